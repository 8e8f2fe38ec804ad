"""The folders in which the faults happen, and what the files in them hold."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import Dorf
from tests.faults.driver import environ
from tests.test_migration import LIFE

if TYPE_CHECKING:
    from tests.faults.scenarios import Scenario

EARLIER = Path(__file__).parent.parent / "earlier"
BY_CHANCE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=dorf-demo-)\w+"
)
"""What differs from run to run: uids, and the name of a folder for a while."""

SIDE_FILES = re.compile(r"\..*\.(part|new|[a-z0-9_]{8})(-journal)?|.*-journal")
"""What a killed process may leave: nothing that anybody reads."""

COPY = re.compile(r"dorf\.db\.(before-restore|damaged|format-\d+)-.*")

Tables = dict[str, list[str]]


def tables(path: Path) -> Tables:
    """Return every row of every table of a database, without what chance decided."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE"
            " '\\' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return {
            name: sorted(
                BY_CHANCE.sub("*", repr(row))
                for row in connection.execute(f"SELECT * FROM {name}")  # noqa: S608
            )
            for (name,) in found
        }


def sound(path: Path) -> bool:
    """Tell whether SQLite finds nothing wrong with a file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def contents(folder: Path) -> dict[str, object]:
    """Return what the files of *folder* hold, without copies and what a kill leaves behind."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = BY_CHANCE.sub("*", str(path.relative_to(folder)))
        hidden = SIDE_FILES.fullmatch(path.name) or COPY.fullmatch(path.name)
        if not path.is_file() or hidden or path.parent.name == "dorf.db.copies":
            continue
        if path.suffix == ".db":
            there = tables(path)
            if there.get("contact") or there.get("undo_step"):  # else as good as no file
                found[name] = there
        else:
            found[name] = BY_CHANCE.sub("*", path.read_text("utf-8"))
    return found


def copies(folder: Path) -> list[Path]:
    """Return the copies of the village that dorf made by itself."""
    beside = [path for path in folder.glob("dorf.db.*-*") if COPY.fullmatch(path.name)]
    beside = [path for path in beside if not SIDE_FILES.fullmatch(path.name)]
    return sorted([*beside, *(folder / "dorf.db.copies").glob("????-??-??.db")])


def build(scenario: Scenario, source: Path) -> None:
    """Make the folder from which each run of *scenario* starts."""
    (source / "bin").mkdir(parents=True)
    for program in ("dorf", "systemctl"):
        path = source / "bin" / program
        path.write_text("#!/bin/sh\nexit 0\n", "utf-8")
        path.chmod(0o755)
    (source / "cards.vcf").write_text(cards(20), "utf-8")
    dorf = Dorf(source / "dorf.db", environ=environ(source))
    if scenario.village.startswith("format"):
        script = (EARLIER / f"{scenario.village}.sql").read_text("utf-8")
        with closing(sqlite3.connect(dorf.path)) as connection:
            connection.executescript(script)
        dorf.path.chmod(0o600)
        return
    _live(dorf, source)
    if scenario.village == "bare":
        dorf.path.unlink()
        shutil.rmtree(source / "dorf.db.copies")
        return
    _put_copies(source, today=scenario.same_day)


def _live(dorf: Dorf, source: Path) -> None:
    for words in LIFE:
        dorf(*(word.replace("FOLDER", str(source)) for word in words), remarks=True)
    dorf("child", "add", "Mats", "2021-10", remarks=True)
    dorf("household", "--single-parent")
    dorf("pause", "lena")
    dorf("export", str(source / "village.json"))
    dorf("export", str(source / "days.ics"))
    dorf("backup", str(source / "backup.db"))
    dorf("schedule", "install", "--systemd", "--yes", remarks=True)
    dorf("add", "Later", "--note", "x" * 9000)
    dorf("log", "later")
    dorf("undo")


def _put_copies(source: Path, *, today: bool) -> None:
    """Leave copies of many days, of which the oldest go when the next one is made."""
    folder = source / "dorf.db.copies"
    whole = (source / "backup.db").read_bytes()
    for path in folder.glob("*.db"):
        if not today:
            path.unlink()
    for day in range(21, 29):
        path = folder / f"2026-02-{day}.db"
        path.write_bytes(whole)
        path.chmod(0o600)


def cards(number: int) -> str:
    """Return that many people as an address book writes them."""
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Card {n}\r\nUID:card-{n}\r\nTEL:0150 {n:05}\r\n"
        f"NOTE:{'n' * 150}\r\nEND:VCARD\r\n"
        for n in range(number)
    )
