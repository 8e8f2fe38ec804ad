"""Backups, restores and copies: nothing that was acknowledged is lost, whatever happens.

Real processes write, are killed and run out of disk here; what a backup holds is looked at with
``sqlite3`` alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorf.store import opening
from dorf.store.backups.copies import (
    DAYS_KEPT,
    WEEKS_KEPT,
    back_up,
    copy_beside,
    daily_back_up,
    daily_copies,
    superfluous,
)
from dorf.store.backups.erase import Erased, erase_from_copies
from dorf.store.backups.verification import complaints
from dorf.store.schema import STEPS, VERSION
from dorf.store.store import Store
from tests.conftest import HANGING, TODAY, Dorf
from tests.test_bad_input import environ, modes, powerless, process, snapshot
from tests.test_store import DAMAGE, NOW, ROOT, execute, finish, many, mode, whole

if TYPE_CHECKING:
    from pathlib import Path

DAY_BEFORE = "2026-03-01T12:00:00.000000+00:00"
LATER = datetime(2026, 3, 2, 12, 1, tzinfo=UTC)


def sound(path: Path) -> bool:
    """Tell whether SQLite finds nothing wrong with the file at *path*."""
    return execute(path, "PRAGMA integrity_check") == [("ok",)] and not execute(
        path, "PRAGMA foreign_key_check"
    )


def beside(dorf: Dorf, pattern: str) -> list[Path]:
    """Return what lies beside the village file."""
    return sorted(dorf.path.parent.glob(pattern))


# --- backup -------------------------------------------------------------------------------------


def test_a_backup_lies_beside_the_village_under_the_day(family: Dorf) -> None:
    """Private, sound, numbered when the name is taken, and the answer counts what it holds."""
    folder = family.path.parent
    names = [f"dorf-{TODAY}.db", f"dorf-{TODAY}-2.db", f"dorf-{TODAY}-3.db"]
    for name in names:
        assert family("backup") == f"{folder / name}: 7 contacts, 7 encounters, checked.\n"
        assert mode(folder / name) == 0o600
        assert sound(folder / name)
        assert whole(folder / name) == whole(family.path)
    assert [one.name for one in beside(family, "dorf-*")] == sorted(names)
    assert beside(family, ".*") == []


def test_a_backup_may_go_to_a_folder_or_to_a_file(family: Dorf, tmp_path: Path) -> None:
    """A folder gets the name of the day; JSON tells where it went and what it holds."""
    folder = tmp_path / "stick"
    folder.mkdir()
    assert family.json("backup", str(folder)) == {
        "dorf": 1, "report": "backup", "today": TODAY,
        "file": str(folder / f"dorf-{TODAY}.db"), "contacts": 7, "encounters": 7,
    }  # fmt: skip
    family("backup", str(folder / "mine"))
    assert sorted(one.name for one in folder.iterdir()) == [f"dorf-{TODAY}.db", "mine"]


def test_a_file_that_is_there_is_replaced_only_if_somebody_agrees(family: Dorf) -> None:
    """As a whole: until the new one is complete, the old one stays."""
    target = family.path.with_name("old")
    target.write_text("old")
    family("backup", str(target), status=1)
    family("backup", str(target), tty=True, stdin="no\n", status=1)
    assert target.read_text() == "old"
    family("backup", str(target), tty=True, stdin="yes\n")
    assert sound(target)
    family("backup", str(target), "--yes")


@pytest.mark.parametrize("way", ["itself", "symlink", "hardlink", "journal"])
def test_a_backup_never_goes_over_the_village(family: Dorf, way: str) -> None:
    """Also not through a link, and not where SQLite keeps its journal."""
    target = family.path.with_name("other" if way.endswith("link") else family.path.name)
    if way == "symlink":
        target.symlink_to(family.path)
    elif way == "hardlink":
        target.hardlink_to(family.path)
    elif way == "journal":
        target = family.path.with_name("dorf.db-journal")
    before = snapshot(family.path.parent)
    family("backup", str(target), "--yes", status=1, stderr=(
        f"dorf: {target} is your village file itself. Nothing was changed; choose another name for "
        "the backup.\n"
    ))  # fmt: skip
    assert snapshot(family.path.parent) == before


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none/b.db", "there is no such file or folder"),
        ("fifo", "that is not a file"),
        ("x" * 300, "the name is too long"),
    ],
)
def test_a_backup_that_can_not_be_written_is_named(family: Dorf, name: str, reason: str) -> None:
    """Status 6, and nothing is left lying about."""
    os.mkfifo(family.path.with_name("fifo"))
    target = family.path.parent / name
    before = beside(family, "*")
    family("backup", str(target), "--yes", status=6, stderr=(
        f"dorf: {target} can't be written: {reason}. Nothing was changed.\n"
    ))  # fmt: skip
    assert beside(family, "*") == before


@pytest.mark.parametrize("command", [["backup"], ["backup", "x"], ["backup", "--no-daily"]])
def test_without_a_village_there_is_nothing_to_back_up(dorf: Dorf, command: list[str]) -> None:
    """Status 1, a sentence, and no file made."""
    dorf(*command, status=1, stderr=(
        f"dorf: There is no village file yet: {dorf.path}. Nothing was changed.\n"
    ))  # fmt: skip
    assert list(dorf.path.parent.iterdir()) == []


def test_a_damaged_village_is_not_backed_up(family: Dorf) -> None:
    """A backup is good or it isn't there."""
    execute(family.path, "PRAGMA foreign_keys = OFF", "DELETE FROM encounter")
    family("backup", status=5)
    assert beside(family, "dorf-*") == []


def test_a_village_that_stays_locked_is_backed_up_later(
    family: Dorf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the timeout, with the usual sentence; beside a writer that only prepares it goes on."""
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(family.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        family("backup", str(family.path.with_name("good")))
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        family("backup", str(family.path.with_name("bad")), status=5)
        assert "in use by another program" in family.said
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            back_up(family.path, family.path.with_name("bad"), STEPS)
    assert beside(family, "*") == [family.path, family.path.with_name("good")]


@pytest.mark.slow
def test_backups_beside_a_writer_are_sound_and_lose_nothing(dorf: Dorf) -> None:
    """Each holds a prefix of what was written, and all that was acknowledged before it began."""
    dorf("add", "Lena")
    backups: list[tuple[int, Path]] = []
    with many(dorf.path, "n", 5000, "log", "lena", "-n", "n#") as writer:
        try:
            assert writer.stdout is not None
            for number in range(8):
                acknowledged = [writer.stdout.readline() for _ in range(4)]
                assert acknowledged[-1] == f"n{4 * number + 3}\n"
                target = dorf.path.with_name(f"backup-{number}")
                dorf("backup", str(target))
                backups.append((4 * number + 4, target))
            assert writer.poll() is None
        finally:
            writer.kill()
    for known, target in backups:
        assert sound(target)
        notes = [one["note"] for one in whole(target)["encounters"]]
        assert notes == [f"n{number}" for number in range(len(notes))]
        assert len(notes) >= known
    middle = backups[4][1]
    dorf("restore", str(middle), "--yes")
    assert whole(dorf.path) == whole(middle)


# --- the automatic copies -----------------------------------------------------------------------


DAYS = st.dates(date(2025, 12, 1), date(2026, 12, 31))


@given(st.lists(DAYS, unique=True, min_size=1, max_size=60))
def test_the_rotation_keeps_the_newest_week_and_four_weeks_before(days: list[date]) -> None:
    """Whenever dorf was used: at most 11 files, never without the newest 7 days."""
    texts = [day.isoformat() for day in days]
    kept = set(texts) - set(superfluous(texts, max(texts)))
    newest = sorted(texts)[-DAYS_KEPT:]
    assert len(kept) <= DAYS_KEPT + WEEKS_KEPT
    assert set(newest) <= kept
    weeks = {day.isocalendar()[:2] for day in days if day.isoformat() in kept - set(newest)}
    assert len(weeks) == len(kept - set(newest))


@pytest.mark.slow
@given(st.lists(st.integers(1, 40), min_size=1, max_size=80))
def test_the_rotation_holds_day_after_day(steps: list[int]) -> None:
    """What it threw away yesterday is never missing today."""
    day, kept = date(2026, 1, 1), list[str]()
    for step in steps:
        day += timedelta(days=step)
        kept.append(day.isoformat())
        before = sorted(kept)[-DAYS_KEPT:]
        kept = [one for one in kept if one not in superfluous(kept, day.isoformat())]
        assert set(before) <= set(kept)
        assert len(kept) <= DAYS_KEPT + WEEKS_KEPT


@pytest.mark.slow
@given(st.lists(DAYS, unique=True, min_size=1, max_size=60), DAYS)
def test_a_clock_that_was_ahead_takes_no_place_in_the_rotation(
    days: list[date], today: date
) -> None:
    """Whatever comes after today: today is kept, and so is what would be without it."""
    texts, now = [day.isoformat() for day in {*days, today}], today.isoformat()
    come = [day for day in texts if day <= now]
    gone = superfluous(texts, now)
    assert now not in gone
    assert set(gone) & set(come) == set(superfluous(come, now))
    ahead = sorted(set(texts) - set(come))
    assert set(ahead) - set(gone) == set(ahead[-DAYS_KEPT:])


def test_a_clock_that_was_ahead_does_not_switch_copies_off(family: Dorf) -> None:
    """Twelve days of 2031 later, the copy of today is made and stays."""
    for number in range(12):
        moment = f"2031-01-{number + 1:02}T12:00:00+00:00"
        with Store(family.path, moment) as store, store.writing():
            pass
    family("log", "jana")
    assert [one.stem for one in daily_copies(family.path)] == [
        TODAY, *(f"2031-01-{number:02}" for number in range(6, 13))
    ]  # fmt: skip


def test_a_copy_is_called_by_the_day_on_the_wall(
    family: Dorf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by that of Greenwich nor by one that was asked about; yesterday means the same."""
    monkeypatch.setenv("TZ", "XXX-14")  # noon in Greenwich is two in the morning of the next day
    time.tzset()
    try:
        family("log", "jana")
        assert [one.stem for one in daily_copies(family.path)] == ["2026-03-03"]
        family.environ, family.today = {"DORF_TODAY": ""}, "2026-03-03"
        family("log", "tom")
        family("restore", "gestern", "--yes")
        assert len(whole(family.path)["encounters"]) == 7
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_first_of_two_writers_makes_the_copy_of_the_day(family: Dorf) -> None:
    """The other one saw the file after the first change; a disk without links takes the last."""
    family("log", "jana")
    (copy,) = daily_copies(family.path)
    before = copy.read_bytes()
    daily_back_up(family.path, copy)
    assert copy.read_bytes() == before
    assert [one.name for one in copy.parent.iterdir()] == [copy.name]
    back_up(family.path, copy, STEPS)
    assert copy.read_bytes() != before


def test_strange_files_among_the_copies_are_left_alone(family: Dorf) -> None:
    """A name that only looks like a day stops nothing; yesterday's unfinished copy goes."""
    folder = family.path.with_name("dorf.db.copies")
    folder.mkdir()
    odd, left = folder / "abcd-ef-gh.db", folder / ".2026-01-01.db.x.part"
    odd.write_text("odd")
    left.write_text("left")
    os.utime(left, (0, 0))
    family("log", "jana")
    assert [one.stem for one in daily_copies(family.path)] == [TODAY]
    assert odd.exists()
    assert not left.exists()


def test_the_copies_of_a_file_can_be_listed_and_switched_off(family: Dorf) -> None:
    """The switch is a step of the record like any other, and is on unless it says off."""
    family("log", "jana")
    (copy,) = daily_copies(family.path)
    size = f"{copy.stat().st_size / 1000:.0f} kB"
    listed = f"2 Mar 2026  {size}  7 contacts\n"
    assert family("backup", "--list") == f"Automatic copies are on.\n{listed}"
    assert family("backup", "--no-daily") == f"Automatic copies are switched off.\n{listed}"
    assert family.json("backup", "--liste") == {
        "dorf": 1, "report": "backup", "today": TODAY, "daily": False,
        "copies": [
            {"day": TODAY, "file": str(copy), "bytes": copy.stat().st_size, "contacts": 7}
        ],
    }  # fmt: skip
    copy.unlink()
    family("log", "jana")
    assert daily_copies(family.path) == []
    assert family("backup", "--list") == (
        "Automatic copies are switched off.\nThere is no automatic copy.\n"
    )
    family("undo", "2")
    assert family.json("backup", "--list")["daily"] is True
    family("backup", "--nicht-täglich")
    family("backup", "--täglich")
    assert family.json("backup", "--list")["daily"] is True
    before = len(family.json("undo", "--list")["steps"])
    family("backup", "--daily")
    assert len(family.json("undo", "--list")["steps"]) == before


def test_the_list_works_without_a_village_that_can_be_read(family: Dorf) -> None:
    """It is needed most then; a copy that can't be read says so."""
    family("log", "jana")
    folder = family.path.with_name("dorf.db.copies")
    (folder / "2026-02-27.db").write_text("diary")
    family.path.write_text("Dear diary")
    lines = family("backup", "--list").splitlines()
    assert lines[0].endswith("7 contacts")
    assert lines[1] == "27 Feb 2026  5 B     can’t be read"


def test_the_help_names_the_figures_of_the_rotation(dorf: Dorf) -> None:
    """How long copies are kept stands where they are switched."""
    text = " ".join(dorf("backup", "--help").split())
    assert f"of the last {DAYS_KEPT} days are kept" in text
    assert f"each of the {WEEKS_KEPT} weeks before" in text


def test_backup_does_one_thing_at_a_time(family: Dorf) -> None:
    """A file beside a switch is a slip."""
    for words in (["x", "--list"], ["x", "--daily"], ["--list", "--daily"]):
        family("backup", *words, status=2)


# --- restore ------------------------------------------------------------------------------------


def changed(dorf: Dorf) -> None:
    """Change something in many tables."""
    dorf("add", "Anna Neu", "--role", "friend", "--kid", "Mats:2021-12", "--phone", "1")
    dorf("log", "anna", "jana", "--got", "advice", "--note", "later")
    dorf("edit", "tom", "--note", "moved")
    dorf("delete", "frau klein", "--yes")
    dorf("encounter", "edit", "last", "--note", "much later")
    dorf("wish", "add", "Nähen")
    dorf("rule", "on", "G12")
    dorf("child", "add", "Ole", "2024-05")
    dorf("backup", "--no-daily")


@pytest.mark.slow
def test_a_restore_is_one_step_that_can_be_taken_back(family: Dorf) -> None:
    """There and back and there again: to the letter, with nothing left over."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    changed(family)
    now, steps = family("export"), len(family.json("undo", "--list")["steps"])
    out = family("restore", str(copy), "--yes").splitlines()
    (kept,) = beside(family, "dorf.db.before-restore-*")
    assert out == [
        f"{copy} is back: 7 contacts, 7 encounters.",
        f"What was there before is kept: {kept} (or: dorf undo)",
    ]
    assert mode(kept) == 0o600
    assert whole(kept) == json.loads(now)
    restored = family("export")
    assert json.loads(restored) == whole(copy)
    assert len(family.json("undo", "--list")["steps"]) == steps + 1
    assert family.json("backup", "--list")["daily"] is True
    assert sound(family.path)
    family("undo")
    assert family("export") == now
    family("redo")
    assert family("export") == restored
    assert family("restore", str(copy)) == "Your village is already just like that.\n"
    assert len(beside(family, "dorf.db.before-restore-*")) == 1
    family("undo", str(steps + 1))
    assert whole(family.path)["contacts"] == []
    assert sound(family.path)


def test_a_restore_asks_with_the_figures_of_both(family: Dorf) -> None:
    """Declined, or with nobody to ask: nothing changes and nothing is left."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    family("delete", "frau klein", "--yes")
    before = {one: one.read_bytes() for one in beside(family, "*") if one.is_file()}
    family("restore", str(copy), status=1)
    family("restore", str(copy), tty=True, stdin="no\n", status=1)
    assert family.said.startswith(
        f"Replace what is there now (6 contacts and 6 encounters) with {copy} (7 contacts and 7 "
        "encounters)?"
    )
    assert {one: one.read_bytes() for one in beside(family, "*") if one.is_file()} == before
    family("restore", str(copy), tty=True, stdin="yes\n")
    assert len(whole(family.path)["contacts"]) == 7


def test_a_restore_answers_in_json(family: Dorf) -> None:
    """With what was there before, what is there now, and where the former is kept."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    assert family.json("restore", str(copy))["changed"] is False
    family("delete", "frau klein", "--yes")
    answer = family.json("restore", str(copy), "--yes")
    (kept,) = beside(family, "dorf.db.before-restore-*")
    assert answer == {
        "dorf": 1, "report": "restore", "today": TODAY, "file": str(copy), "changed": True,
        "before": {"contacts": 6, "encounters": 6}, "contacts": 7, "encounters": 7,
        "kept": str(kept), "left_out": [],
    }  # fmt: skip


def test_a_step_that_was_undone_is_forgotten_like_after_any_command(family: Dorf) -> None:
    """And its traces with it: nothing dangles although foreign keys are off meanwhile."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    family("log", "jana")
    family("log", "tom")
    family("undo")
    family("restore", str(copy), "--yes")
    family("redo", status=1)
    assert sound(family.path)


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2026-03-01", "1.3.", "yesterday", "gestern"])
def test_a_day_means_the_automatic_copy_of_that_day(family: Dorf, day: str) -> None:
    """In any form that days have; a file of that name goes before."""
    with Store(family.path, DAY_BEFORE) as store, store.writing():
        pass
    family("delete", "frau klein", "--yes")
    family("restore", day, "--yes")
    assert len(whole(family.path)["contacts"]) == 7
    family("restore", "2026-02-01", "--yes", status=6, stderr=(
        "dorf: There is no automatic copy of 1 Feb 2026. “dorf backup --list” shows those that "
        "are.\n"
    ))  # fmt: skip


def test_an_old_backup_is_brought_to_the_new_format(family: Dorf) -> None:
    """Its content, not its format; the backup itself stays as it was, and no copy of it is left."""
    old = family.path.with_name("old")
    with Store(old, NOW, STEPS[:1]) as store:
        store._create_file()  # noqa: SLF001  (writing needs tables of today)
        store.reader.directory()
    triggers = execute(old, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    execute(
        old,
        *(f"DROP TRIGGER {name}" for (name,) in triggers),  # format 1 had none
        "INSERT INTO contact (uid, name, added_on, changed_at) VALUES ('u','Ada','2026-01-01','x')",
        "INSERT INTO contact_role VALUES (1, 0, 'friend')",
    )
    before = old.read_bytes()
    family("restore", str(old), "--yes")
    assert [one["name"] for one in whole(family.path)["contacts"]] == ["Ada"]
    assert execute(family.path, "PRAGMA user_version") == [(VERSION,)]
    assert old.read_bytes() == before
    assert beside(family, "*format*") == []
    family("undo")
    assert len(whole(family.path)["contacts"]) == 7


def cuts(size: int) -> list[int]:
    """Return where to cut a file: within the header, at pages, within pages, near the end."""
    return [0, 1, 50, 99, 100, 512, 4095, 4096, 4097, 8192, size // 3, size // 2,
            size - 8192, size - 4097, size - 4096, size - 100, size - 1]  # fmt: skip


def test_a_truncated_backup_is_refused(family: Dorf) -> None:
    """Wherever it was cut: status 6, and not a byte of the village changed."""
    whole_file = family.path.read_bytes()
    family("log", "jana")
    before = family.path.read_bytes()
    copy = family.path.with_name("cut")
    for cut in cuts(len(whole_file)):
        copy.write_bytes(whole_file[:cut])
        assert family("restore", str(copy), "--yes", status=6) == "", cut
        assert family.said.startswith(f"dorf: {copy} is "), cut
        assert family.said.endswith("Nothing was changed.\n"), cut
        assert family.path.read_bytes() == before, cut
    assert beside(family, ".*") == []
    assert beside(family, "*.before-restore-*") == []


def test_a_backup_that_lost_only_free_pages_is_refused_as_well(family: Dorf) -> None:
    """SQLite would not miss them; a file that is shorter than it says was not copied to its end."""
    copy = family.path.with_name("cut")
    family("backup", str(copy))
    execute(
        copy,
        "CREATE TABLE filler (x)",
        "INSERT INTO filler VALUES (zeroblob(20000))",
        "DROP TABLE filler",
    )
    family("log", "jana")
    size = copy.stat().st_size
    os.truncate(copy, size - 10)
    family("restore", str(copy), "--yes", status=6, stderr=(
        f"dorf: {copy} is damaged ({size - 10} < {size}). Nothing was changed.\n"
    ))  # fmt: skip


def test_a_restore_that_can_not_be_written_leaves_everything(family: Dorf) -> None:
    """No row, no step, no copy beside: as if it had not been tried."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    family("log", "jana")
    execute(
        family.path,
        "DROP TABLE departed",
        "CREATE TABLE departed (uid TEXT NOT NULL, key TEXT NOT NULL, x TEXT NOT NULL,"
        " PRIMARY KEY (uid, key)) STRICT, WITHOUT ROWID",
    )
    before = snapshot(family.path.parent)
    family("restore", str(copy), "--yes", status=5)
    assert snapshot(family.path.parent) == before


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_backup_with_wrong_rows_is_refused(family: Dorf, damage: str) -> None:
    """What can't be read as a village can't be restored either."""
    copy = family.path.with_name("bad")
    family("backup", str(copy))
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(damage)
        connection.commit()
    before = family.path.read_bytes()
    family("restore", str(copy), "--yes", status=6)
    assert str(copy) in family.said
    assert family.path.read_bytes() == before


def strange(copy: Path, kind: str) -> None:
    """Spoil a backup."""
    if kind == "text":
        copy.write_text("Dear diary,\n" * 200)
    elif kind == "village file":
        copy.write_text('\n {"dorf": 1}')
    elif kind == "folder":
        copy.unlink()
        copy.mkdir()
    elif kind == "missing":
        copy.unlink()
    elif kind == "fifo":
        copy.unlink()
        os.mkfifo(copy)
    else:
        execute(copy, kind)


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("text", "{} is not a copy of a village. Nothing was changed."),
        ("village file", "{0} is a village file: dorf import {0}. Nothing was changed."),
        ("folder", "{} can't be read: that is a folder."),
        ("missing", "{} can't be read: there is no such file or folder."),
        ("fifo", "{} is not a copy of a village. Nothing was changed."),
        ("PRAGMA application_id = 7", "{} is not a copy of a village. Nothing was changed."),
        (
            "PRAGMA user_version = 99",
            (
                f"{{}} was written by a newer dorf (format 99, this one knows {VERSION}). Please "
                "update dorf; nothing was changed."
            ),
        ),
        (
            "CREATE TRIGGER sly AFTER INSERT ON contact BEGIN DELETE FROM encounter; END",
            "{} is damaged (sly). Nothing was changed.",
        ),
    ],
    ids=lambda value: value[:24],
)
def test_what_is_no_backup_is_refused(family: Dorf, kind: str, sentence: str) -> None:
    """Status 6, what it is, and what to do."""
    copy = family.path.with_name("copy")
    family("backup", str(copy))
    strange(copy, kind)
    before = family.path.read_bytes()
    family("restore", str(copy), "--yes", status=6, stderr=f"dorf: {sentence.format(copy)}\n")
    assert family.path.read_bytes() == before
    assert beside(family, ".*") == []


def test_the_village_itself_is_no_backup_of_itself(family: Dorf) -> None:
    """Also not through a link."""
    link = family.path.with_name("link")
    link.symlink_to(family.path)
    for path in (family.path, link):
        family("restore", str(path), "--yes", status=1)


def test_a_copy_left_in_the_middle_of_a_write_says_how_to_tidy_it(family: Dorf) -> None:
    """Its journal would have to be played back, and a backup is never written to."""
    copy = family.path.with_name("copy")
    half_written(family.path, copy)
    before = copy.read_bytes()
    family("restore", str(copy), "--yes", status=6)
    assert f"dorf --db {copy} list" in family.said
    assert copy.read_bytes() == before


def half_written(path: Path, copy: Path) -> None:
    """Leave at *copy* what a process leaves that is killed while it writes the file at *path*."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE contact SET notes = 'x' || hex(zeroblob(20000))")
        for side in ("", "-journal"):
            shutil.copyfile(f"{path}{side}", f"{copy}{side}")
        connection.execute("ROLLBACK")


# --- a village that is beyond help --------------------------------------------------------------


def text(path: Path) -> None:
    """Put a letter where the village should be."""
    path.write_text("Dear diary,\n" * 200)


def half(path: Path) -> None:
    """Cut the village in two."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def hole(path: Path) -> None:
    """Let a page of an index be all zeros: only a thorough look sees it."""
    ((page,),) = execute(path, "SELECT rootpage FROM sqlite_master WHERE name = 'encounter_day'")
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))


def no_table(path: Path) -> None:
    """Lose a table."""
    execute(path, "DROP TABLE kid")


def no_setting(path: Path) -> None:
    """Lose a table that no report reads."""
    execute(path, "DROP TABLE setting")


def zeros(path: Path) -> None:
    """Leave what a disk may leave of a file: its length."""
    path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [zeros, half, hole, no_table, no_setting])
def test_a_damaged_village_is_moved_aside(family: Dorf, spoil: Any) -> None:
    """The main use: the copy takes its place, what was there is kept."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    spoil(family.path)
    bad = family.path.read_bytes()
    family("restore", str(copy), status=1)
    assert family.path.read_bytes() == bad
    out = family("restore", str(copy), "--yes").splitlines()
    (aside,) = beside(family, "dorf.db.damaged-*")
    assert out == [
        f"{copy} is back: 7 contacts, 7 encounters.", f"The damaged file is kept: {aside}"
    ]  # fmt: skip
    assert aside.read_bytes() == bad
    assert mode(family.path) == 0o600
    assert whole(family.path) == whole(copy)
    assert beside(family, ".*") == []
    family("log", "jana")
    assert sound(family.path)


@pytest.mark.parametrize("content", [b"Dear diary,\n" * 200, b"diary", b"\0" * 70_000 + b"x"])
def test_a_file_of_somebody_else_is_not_moved_aside(family: Dorf, content: bytes) -> None:
    """A slip in --db: the usual sentence, and nothing is changed."""
    copy, diary = family.path.with_name("good"), Dorf(family.path.with_name("notes.txt"))
    family("backup", str(copy))
    diary.path.write_bytes(content)
    before = snapshot(diary.path.parent)
    diary("restore", str(copy), "--yes", status=5, stderr=(
        f"dorf: {diary.path} is not a dorf file. Nothing was changed; choose another file with "
        "--db.\n"
    ))  # fmt: skip
    assert snapshot(diary.path.parent) == before


@pytest.mark.slow
def test_what_has_copies_was_a_village_whatever_it_looks_like(family: Dorf, tmp_path: Path) -> None:
    """And so was what lies in the usual place."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    family("log", "jana")
    text(family.path)
    family("restore", str(copy), "--yes")
    assert whole(family.path) == whole(copy)
    usual = tmp_path / "data" / "dorf" / "dorf.db"
    usual.parent.mkdir(parents=True)
    text(usual)
    done = subprocess.run(
        [sys.executable, "-m", "dorf", "restore", str(copy), "--yes"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8",
             "XDG_DATA_HOME": str(tmp_path / "data")},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert whole(usual) == whole(copy)


def test_a_missing_village_is_put_in_its_place(family: Dorf) -> None:
    """Without a question, and not together with a journal of the file that was lost."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    half_written(family.path, family.path.with_name("torn"))
    family.path.with_name("torn-journal").rename(family.path.with_name("dorf.db-journal"))
    family.path.unlink()
    assert family("restore", str(copy)) == f"{copy} is back: 7 contacts, 7 encounters.\n"
    assert whole(family.path) == whole(copy)
    assert not family.path.with_name("dorf.db-journal").exists()
    assert len(beside(family, "dorf.db.damaged-*-journal")) == 1


@pytest.mark.slow
def test_the_usual_folder_is_made_for_a_restore(family: Dorf, tmp_path: Path) -> None:
    """A new computer, a backup, one command."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    done = subprocess.run(
        [sys.executable, "-m", "dorf", "restore", str(copy)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8",
             "XDG_DATA_HOME": str(tmp_path / "data")},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    file = tmp_path / "data" / "dorf" / "dorf.db"
    assert (mode(file), mode(file.parent)) == (0o600, 0o700)


@pytest.mark.slow
def test_a_village_behind_a_link_stays_behind_it(family: Dorf, tmp_path: Path) -> None:
    """The link survives, damaged or not."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    synced = tmp_path / "synced"
    synced.mkdir()
    real = synced / "village.db"
    family.path.rename(real)
    family.path.symlink_to(real)
    half(real)
    family("restore", str(copy), "--yes")
    assert family.path.is_symlink()
    assert whole(real) == whole(copy)
    family("delete", "frau klein", "--yes")
    family("restore", str(copy), "--yes")
    assert family.path.is_symlink()
    assert whole(real) == whole(copy)


@pytest.mark.parametrize(
    "statement", ["PRAGMA user_version = 99", "PRAGMA application_id = 7"], ids=["newer", "foreign"]
)
def test_a_newer_or_foreign_village_is_not_replaced(family: Dorf, statement: str) -> None:
    """Status 5: it may be the better one, or somebody else's."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    execute(family.path, statement)
    before = snapshot(family.path.parent)
    family("restore", str(copy), "--yes", status=5)
    assert snapshot(family.path.parent) == before


def test_a_village_in_use_is_restored_later(family: Dorf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock is no damage: the usual sentence, and nothing is moved."""
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    copy = family.path.with_name("good")
    family("backup", str(copy))
    family("log", "jana")
    before = snapshot(family.path.parent)
    with closing(sqlite3.connect(family.path, isolation_level=None)) as other:
        for lock in ("IMMEDIATE", "EXCLUSIVE"):
            other.execute(f"BEGIN {lock}")
            family("restore", str(copy), "--yes", status=5, stderr=(
                f"dorf: {family.path} is in use by another program. Nothing was changed; please "
                "try again in a moment.\n"
            ))  # fmt: skip
            other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        with (
            closing(opening.connect(family.path)) as connection,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            complaints(connection)
    assert snapshot(family.path.parent) == before
    family("restore", str(copy), "--yes")


@pytest.mark.slow
def test_a_restore_beside_a_writer_loses_nothing(dorf: Dorf) -> None:
    """Each waits for the other; what is written afterwards stands in the restored village."""
    dorf("add", "Lena")
    copy = dorf.path.with_name("good")
    dorf("backup", str(copy))
    writer = many(dorf.path, "n", 60, "log", "lena", "-n", "n#")
    assert writer.stdout is not None
    first = [writer.stdout.readline().strip() for _ in range(10)]
    for _ in range(3):
        dorf("restore", str(copy), "--yes")
    acknowledged = first + finish(writer)
    notes = [one["note"] for one in whole(dorf.path)["encounters"]]
    assert notes == acknowledged[len(acknowledged) - len(notes) :]
    kept = [whole(one)["encounters"] for one in beside(dorf, "*.before-restore-*")]
    everything = {one["note"] for encounters in kept for one in encounters} | set(notes)
    assert everything == set(acknowledged)
    assert sound(dorf.path)


# --- disks --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_disk_that_is_full_changes_nothing(family: Dorf, command: str) -> None:
    """A quota ends the copy in the middle: status 5 or 6, a sentence, nothing left over."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    family("log", "jana")
    before = snapshot(family.path.parent)
    target = copy if command == "restore" else family.path.with_name("new")
    line = f'ulimit -f 100; exec "{sys.executable}" -m dorf {command} "{target}" --yes'
    done = subprocess.run(
        ["sh", "-c", line], cwd=ROOT, env=environ(family), capture_output=True, text=True,
        check=False, timeout=HANGING,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == ({"backup": 6, "restore": 5}[command], "")
    assert str(family.path if command == "restore" else target) in done.stderr
    assert done.stderr.count("\n") == 1
    assert snapshot(family.path.parent) == before


def test_a_small_disk_is_named(family: Dorf, tmp_path: Path) -> None:
    """Status 6, “the disk is full”, and the stick is as empty as before."""
    disk = tmp_path / "stick"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        family("backup", str(disk / "b.db"), status=6, stderr=(
            f"dorf: {disk / 'b.db'} can't be written: the disk is full. Nothing was changed.\n"
        ))  # fmt: skip
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.slow
def test_a_read_only_folder_takes_no_backup(family: Dorf) -> None:
    """Status 6 and the reason; a backup elsewhere works, and so does looking."""
    drop = powerless()
    elsewhere = family.path.parent / "elsewhere"
    elsewhere.mkdir()
    with modes(family.path.parent, 0o500):
        refused = process(family, "backup", before=drop)
        done = process(family, "backup", str(elsewhere), before=drop)
        looked = process(family, "doctor", before=drop)
    assert (refused.returncode, refused.stdout) == (6, "")
    assert refused.stderr.endswith("can't be written: you may not do that. Nothing was changed.\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert (looked.returncode, looked.stderr) == (0, "")
    assert "can't be written: dorf can only look" in looked.stdout


@pytest.mark.slow
def test_a_read_only_folder_can_not_be_restored_into(family: Dorf) -> None:
    """Status 5, one line, nothing changed."""
    drop = powerless()
    copy = family.path.with_name("good")
    family("backup", str(copy))
    family("log", "jana")
    before = snapshot(family.path.parent)
    with modes(family.path.parent, 0o500):
        refused = process(family, "restore", str(copy), "--yes", before=drop)
    assert (refused.returncode, refused.stdout) == (5, "")
    assert refused.stderr.count("\n") == 1
    assert snapshot(family.path.parent) == before


# --- forgetting somebody for good ---------------------------------------------------------------

SECRETS = (b"Unverwechselbar", b"4711 0815", b"Geheimnis", b"Heimlichkeit")


def traces(folder: Path) -> set[Path]:
    """Return the files below *folder* that still hold one of the secrets."""
    files = [one for one in folder.rglob("*") if one.is_file()]
    return {one for one in files if any(secret in one.read_bytes() for secret in SECRETS)}


def confided(dorf: Dorf) -> str:
    """Note somebody with secrets in all places that have text; return the uid."""
    dorf("add", "Zacharias Unverwechselbar", "--phone", "0251 4711 0815", "--note", "Geheimnis")
    dorf("log", "zacharias", "--note", "Heimlichkeit")
    dorf("log", "zacharias", "jana", "--note", "together")
    return str(next(c["uid"] for c in whole(dorf.path)["contacts"] if "Zach" in c["name"]))


def _erased(path: Path, uid: str) -> Erased:
    with Store(path, LATER.isoformat()) as store:
        return erase_from_copies(store, [uid])


@pytest.mark.slow
def test_somebody_is_erased_from_all_copies(family: Dorf) -> None:
    """Automatic ones, those of migrations and restores; what else they hold stays."""
    uid = confided(family)
    family("log", "jana")
    with Store(family.path, "2026-03-03T12:00:00+00:00") as store, store.writing():
        pass
    beside_it = copy_beside(family.path, "before-restore", NOW)
    old = copy_beside(family.path, "format-1", NOW)
    execute(old, *(f"DROP TRIGGER {name}" for (name,) in execute(
        old, "SELECT name FROM sqlite_master WHERE type = 'trigger'")),
        "DROP TABLE undo_change", "DROP TABLE undo_step", "VACUUM")  # fmt: skip
    newest = daily_copies(family.path)[-1]
    own = family.path.with_name("own-backup.db")
    family("backup", str(own))
    unconcerned = daily_copies(family.path)[0]
    unchanged = {one: one.read_bytes() for one in (unconcerned, own, family.path)}
    assert traces(family.path.parent) == {family.path, newest, beside_it, old, own}

    assert _erased(family.path, uid) == Erased(3, 0, ())
    assert traces(family.path.parent) == {family.path, own}
    assert {one: one.read_bytes() for one in unchanged} == unchanged
    assert _erased(family.path, uid) == Erased(0, 0, ())
    for copy in (newest, beside_it):
        assert sound(copy)
        assert mode(copy) == 0o600
        left = whole(copy)
        assert len(left["contacts"]) == 7
        assert "together" in [one["note"] for one in left["encounters"]]
        assert Dorf(copy).json("undo", "--list")["steps"] == []
    assert sound(old)


def test_a_record_that_remembers_somebody_is_emptied(family: Dorf) -> None:
    """The contact may be gone from the rows of a copy and still stand in its record."""
    uid = confided(family)
    family("delete", "zacharias", "--yes")
    execute(family.path, "UPDATE undo_step SET line = 'x Geheimnis'")
    copy = copy_beside(family.path, "before-restore", NOW)
    assert copy in traces(copy.parent)
    assert _erased(family.path, uid) == Erased(1, 0, ())
    assert copy not in traces(copy.parent)


def test_copies_that_can_not_be_read_are_deleted(family: Dorf) -> None:
    """They might hold anybody; so might what a killed process left. Others' files stay."""
    uid = confided(family)
    folder = family.path.with_name("dorf.db.copies")
    folder.mkdir(exist_ok=True)
    unreadable = [
        folder / "2026-01-01.db",
        family.path.with_name("dorf.db.damaged-20260101T000000"),
        family.path.with_name("dorf.db.damaged-20260102T000000-1-journal"),
    ]
    left = [
        folder / ".2026-01-02.db.abc.part",
        family.path.with_name(".dorf.db.abc_1.part"),
        family.path.with_name(".dorf-2026-01-02-2.db.abc.part-journal"),
    ]
    own = [
        family.path.with_name(name)
        for name in (
            "dorf.db.format-notes.txt",
            "dorf.db.damaged-for-expert.zip",
            "dorf.db.before-restore-20260101T000000.txt",
            "other.db.format-1-20260101T000000",
            ".dorf-notes.part",
        )
    ]
    for one in (*unreadable, *left, *own):
        one.write_bytes(b"Geheimnis" * 200)
        os.utime(one, (0, 0))
    running = family.path.with_name(".dorf-2026-01-02.db.abc.part")
    running.write_bytes(b"Geheimnis")
    os.utime(running, (LATER.timestamp() - 3500, LATER.timestamp() - 3500))
    foreign = family.path.with_name("dorf.db.format-1-20260101T000000")
    execute(foreign, "CREATE TABLE bookmark (url TEXT)")
    assert _erased(family.path, uid) == Erased(7, 3, ())
    assert not any(one.exists() for one in (*unreadable, *left, running))
    assert all(one.exists() for one in (*own, foreign))


def test_it_is_said_that_a_copy_could_not_be_read(family: Dorf) -> None:
    """It may have been all that was left of something."""
    confided(family)
    for day in ("20260101", "20260102"):
        family.path.with_name(f"dorf.db.damaged-{day}T000000").write_text("Geheimnis")
    assert family("delete", "zacharias", "--for-good", "--yes").splitlines()[1:] == [
        "2 copies could not be read any more and are deleted altogether."
    ]
    family.path.with_name("dorf.db.damaged-20260101T000000").write_text("Geheimnis")
    answer = family.json("delete", "jana", "--for-good", "--yes")
    assert (answer["unreadable"], answer["copies"]) == (1, 2)


@pytest.mark.slow
def test_one_copy_in_use_keeps_no_other_from_being_cleared(
    family: Dorf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock is no damage: it is named, nothing is claimed, and the same command ends the work."""
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    confided(family)
    copies = [copy_beside(family.path, "before-restore", NOW) for _ in range(3)]
    with closing(sqlite3.connect(copies[1], isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        line = ["delete", "Zacharias Unverwechselbar", "--for-good", "--yes"]
        family(*line, status=5, stderr=(
            "dorf: Zacharias Unverwechselbar is deleted from the village, but these copies still "
            f"hold it: {copies[1]}. Once they can be written, say it again: dorf delete "
            "'Zacharias Unverwechselbar' --for-good\n"
        ))  # fmt: skip
        assert traces(family.path.parent) == {copies[1]}
        family(*line, status=5)
        assert f"{copies[1]} is in use by another program. Nothing was changed" in family.said
    assert sound(copies[1])
    answer = family.json("delete", "zacharias unverwechselbar", "--for-good", "--yes")
    assert (answer["deleted"], answer["copies"]) == ("Zacharias Unverwechselbar", 1)
    assert traces(family.path.parent) == set()
    family(*line, status=3)


def test_somebody_who_was_deleted_before_can_be_forgotten(family: Dorf) -> None:
    """By that very name, as it was or is; nobody who only begins like that goes instead."""
    confided(family)
    family("rename", "zacharias", "Onkel Geheimnis")
    family("delete", "onkel geheimnis", "--yes")
    copy_beside(family.path, "before-restore", NOW)
    family("add", "Onkel Geheimnis Doppelt")
    family("delete", "onkel", "--for-good", status=1)
    family("delete", "ONKEL GEHEIMNIS", "--for-good", status=1)
    assert len(traces(family.path.parent)) == 2
    family("delete", "onkel geheimnis", "--for-good", tty=True, stdin="yes\n")
    assert family.said.startswith("Delete Onkel Geheimnis? This is for good;")
    assert [c["name"] for c in whole(family.path)["contacts"]].count("Onkel Geheimnis Doppelt") == 1
    assert family.json("undo", "--list")["steps"] == []
    family("delete", "onkel geheimnis doppelt", "--for-good", "--yes")
    assert traces(family.path.parent) == set()


def test_a_former_name_finds_somebody_only_if_they_are_gone(family: Dorf) -> None:
    """Whoever was renamed is still there."""
    family("rename", "jana", "Johanna")
    family("delete", "jana", "--for-good", "--yes", status=3)
    family("delete", "johanna", "--yes")
    assert family.json("delete", "jana", "--for-good", "--yes")["deleted"].startswith("Jana")


def test_names_that_only_sound_alike_are_not_forgotten_together(dorf: Dorf) -> None:
    """Several spellings: say which. Several of one name: all of them."""
    for name in ("Jörg", "Jorg", "Jörg"):
        dorf("add", name)
        dorf("delete", name, "--yes")
    dorf("delete", "joerg", "--for-good", "--yes", status=4)
    dorf("delete", "Jörg", "--for-good", "--yes")
    assert dorf.json("undo", "--list")["steps"] == []


def test_a_child_of_the_same_name_keeps_its_keys_in_the_copies(family: Dorf) -> None:
    """Only the keys of findings about a contact name a contact."""
    family("add", "Ida")
    uid = next(c["uid"] for c in whole(family.path)["contacts"] if c["name"] == "Ida")
    keys = ("G08:Ida", "G14:Ida", "G15:Ida", "G22:Ida", "G23:Ida", "G24:Ida", "G14:Ida:Ida")
    copy = copy_beside(family.path, "before-restore", NOW)
    with closing(sqlite3.connect(copy)) as connection:
        for insert in (
            "INSERT INTO rule_off (key) VALUES (?)",
            "INSERT INTO acceptance (key) VALUES (?)",
        ):
            connection.executemany(insert, [[key] for key in keys])
        connection.commit()
    assert _erased(family.path, uid) == Erased(1, 0, ())
    for select in ("SELECT key FROM rule_off", "SELECT key FROM acceptance"):
        assert {key for (key,) in execute(copy, select)} & set(keys) == {
            "G08:Ida",
            "G24:Ida",
            "G14:Ida:Ida",
        }


@pytest.mark.slow
def test_behind_a_link_there_is_one_place_for_copies(family: Dorf, tmp_path: Path) -> None:
    """Beside the real file, whichever way it is opened; and from there somebody is erased."""
    confided(family)
    synced = tmp_path / "synced"
    synced.mkdir()
    family.path.rename(synced / "village.db")
    for one in daily_copies(family.path):
        one.unlink()
    family.path.symlink_to(synced / "village.db")
    family("log", "jana")
    (copy,) = daily_copies(family.path)
    assert copy == synced / "village.db.copies" / f"{TODAY}.db"
    assert "1 automatic copy" in family("doctor")
    assert "1 automatic copy" in Dorf(synced / "village.db")("doctor")
    before = copy_beside(family.path, "before-restore", NOW)
    assert before.parent == synced
    assert traces(synced) == {synced / "village.db", copy, before}
    family("delete", "zacharias", "--for-good", "--yes")
    assert traces(tmp_path) == set()


# --- kill -9 ------------------------------------------------------------------------------------

LIVES = """
import hashlib, io, json, os, random, sys
from dorf.cli import main
from dorf.cli.env import World

def dorf(*words):
    out, err = io.StringIO(), io.StringIO()
    status = main(list(words), World(os.environ, io.StringIO(), out, err))
    assert status in {0, 1, 3}, (words, status, err.getvalue())  # 1 and 3: nothing to undo, no Lena
    return out.getvalue()

def live(seed, log):
    chance = random.Random(seed)
    for number in range(10_000):
        words = chance.choice([
            ["add", f"P {seed} {number}", "--role", "friend", "--note", "x" * 8000],
            ["log", "Lena", "--note", f"{seed} {number}"],
            ["edit", "Lena", "--every", f"{number + 1}d"],
            ["role", "Lena", chance.choice(["friend", "neighbour", "colleague"])],
            ["undo"], ["undo", "2"], ["redo"],
            ["backup", os.environ["BACKUP"], "--yes"],
        ])
        os.write(log, f"{json.dumps(words)}\\n".encode())
        dorf(*words)
        state = hashlib.sha256(dorf("export").encode()).hexdigest()
        os.write(log, f"{state}\\n".encode())

dorf("add", "Lena")
dorf("backup", os.environ["BACKUP"])
for line in sys.stdin:
    seed, log = line.split()
    child = os.fork()
    if not child:
        live(int(seed), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""
KILLS = 50


def state_of(dorf: Dorf) -> str:
    """Return the digest of all that is in a village."""
    return hashlib.sha256(dorf("export").encode()).hexdigest()


def one_life(nursery: subprocess.Popen[str], seed: int, log: Path, seconds: float) -> list[str]:
    """Let a process run commands for some time, kill it, and return what it wrote about them.

    A line for each command that it began, and after it one for the state that it answered. A line
    that the kill cut off in the middle was not written.
    """
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(f"{seed} {log}\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline())
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    assert nursery.stdout.readline() == "gone\n"
    return log.read_text(errors="replace").split("\n")[:-1] if log.exists() else []


def check_answered(dorf: Dorf, before: str, lines: list[str]) -> None:
    """Assert that all that was answered is there, and at most the one command that was running.

    Taking that one back leads to the last answer.
    """
    known = lines[-1 - len(lines) % 2] if len(lines) > 1 else before
    if len(lines) % 2 == 0:
        assert state_of(dorf) == known, "a command that had answered is lost"
        return
    running = json.loads(lines[-1])
    for _ in range(3 if running == ["undo", "2"] else 2):  # each of the two is a step of its own
        if state_of(dorf) == known:
            return
        dorf("redo" if running[0] == "undo" else "undo")
    assert state_of(dorf) == known, running


@pytest.mark.slow
@pytest.mark.parametrize("lane", range(2))
def test_kill_9_at_any_moment_loses_nothing_that_was_answered(dorf: Dorf, lane: int) -> None:
    """Twice fifty processes die amid commands of all kinds: the file opens, doctor is calm.

    Backups are whole as well: the old one or the new one.
    """
    chance = random.Random(lane)  # noqa: S311
    copy, log = Dorf(dorf.path.with_name("copy")), dorf.path.with_name("log")
    nursery = subprocess.Popen(
        [sys.executable, "-c", LIVES], cwd=ROOT, text=True,
        env=environ(dorf) | {"BACKUP": str(copy.path)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with nursery:
        for number in range(KILLS):
            log.unlink(missing_ok=True)
            before = state_of(dorf)
            lines = one_life(nursery, 1000 * lane + number, log, chance.uniform(0.01, 0.12))
            report = dorf.json("doctor")
            assert report["verdict"] in {"well", "notes"}, report
            check_answered(dorf, before, lines)
            assert sound(dorf.path)
            if len(lines) >= 2 and len(lines) % 2 == 0 and '"backup"' in lines[-2]:
                assert state_of(copy) == lines[-1]
            assert sound(copy.path)
    assert nursery.returncode == 0


def test_an_empty_file_that_was_there_becomes_private(dorf: Dorf) -> None:
    """Whoever made it, and with which rights (CONTRIBUTING.md, Promises)."""
    dorf.path.touch(mode=0o644)
    dorf.path.chmod(0o644)
    dorf("add", "Anna")
    assert dorf.path.stat().st_mode & 0o777 == 0o600


def test_a_backup_is_a_file(dorf: Dorf) -> None:
    """Standard output is for exports."""
    dorf("add", "Anna")
    dorf("backup", "-", status=2)
    assert "please name one" in dorf.said
