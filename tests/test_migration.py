"""Files that each earlier version of the program wrote: they open, and hold what they held.

``tests/earlier`` has one for each format of the file, as SQL, written by the last program
that knew no newer one, with what that program exported from it. Whoever adds a migration writes
the sample of the format before it first: ``python -m tests.test_migration``.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from dorf.store.schema import VERSION
from tests.conftest import CASE_B, Dorf
from tests.test_store import copies, execute

SAMPLES = Path(__file__).parent / "earlier"
LIFE = (
    ("import", str(CASE_B)),
    ("edit", "jana", "--skill", "sewing", "--birthday", "28.2.", "--note", "tea"),
    ("edit", "jana", "--phone", "0171 123", "--email", "jana@example.org"),
    ("add", "Lena Groß", "--role", "friend", "--every", "2w", "--gives", "childcare,advice"),
    ("edit", "lena", "--kid", "Mats:2021-12", "--yearly", "name day:24.6.", "--lead", "10d"),
    ("log", "jana", "tom", "--how", "call", "--got", "childcare", "--note", "zoo"),
    ("role", "tom", "neighbour"),
    ("wish", "add", "Handwerk"),
    ("rule", "off", "G12"),
    ("accept", "G03:advice", "--until", "2026-12-01"),
    ("plan", "lena", "2026-04-01", "--note", "cake"),
    ("snooze", "tom", "2w"),
    ("pause", "jana"),
    ("undo",),
    ("remind",),
    ("export", "FOLDER/calendar.ics", "--yes"),
)
"""What a sample has been through."""


@pytest.fixture(params=range(1, VERSION), ids="format-{}".format)
def old(request: pytest.FixtureRequest, dorf: Dorf) -> tuple[int, Dorf]:
    """Return the number of an earlier format, and a village that has it."""
    with closing(sqlite3.connect(dorf.path)) as connection:
        connection.executescript((SAMPLES / f"format-{request.param}.sql").read_text("utf-8"))
    dorf.path.chmod(0o600)
    return request.param, dorf


@pytest.mark.few(1)
def test_a_file_of_an_earlier_program_holds_what_it_held(old: tuple[int, Dorf]) -> None:
    """Every word of it, in today's format, with a copy of the old file beside it."""
    version, dorf = old
    before = json.loads((SAMPLES / f"format-{version}.json").read_text("utf-8"))
    assert execute(dorf.path, "PRAGMA user_version") == [(version,)]
    assert json.loads(dorf("export")) == before
    assert execute(dorf.path, "PRAGMA user_version") == [(VERSION,)]
    (copy,) = copies(dorf.path)
    assert copy.name.startswith(f"dorf.db.format-{version}-2026")
    assert dorf.json("doctor")["verdict"] == "well"


@pytest.mark.few(1)
def test_life_goes_on_in_it(old: tuple[int, Dorf]) -> None:
    """What is written now is taken back, and so is what the earlier program wrote."""
    version, dorf = old
    dorf("list")
    before = dorf("export")
    dorf("log", "lena", "--how", "call")
    dorf("undo")
    assert dorf("export") == before
    if version > 1:  # the first format kept no record
        dorf("undo", "2")
        assert dorf("export") != before
        dorf("redo", "2")
        assert dorf("export") == before
    dorf("edit", "lena", "--yearly", "wedding day:1.8.")
    dorf("status")


@pytest.mark.parametrize(
    ("notes", "day"),
    [
        ("died: 2026-01-31", "2026-01-31"),
        ("Tee\ndied: 2020-02-29\nKuchen", "2020-02-29"),
        ("died: 2020-02-30", None),
        ("died: 2020-01", None),
        ("died: 2020-01-01 in Kiel", None),
        ("died", None),
        ("he died: 2020-01-01", None),
    ],
)
def test_a_day_of_death_in_the_notes_becomes_a_fact(
    dorf: Dorf, notes: str, day: str | None
) -> None:
    """Of those who are ended; the notes stay as they are, and earlier steps can be undone."""
    with closing(sqlite3.connect(dorf.path)) as connection, connection:
        connection.executescript((SAMPLES / "format-6.sql").read_text("utf-8"))
        change = "UPDATE contact SET notes = ?, status = ? WHERE name LIKE ?"
        connection.execute(change, [notes, "ended", "Tom%"])
        connection.execute(change, [notes, "active", "Lena%"])
    dorf.path.chmod(0o600)
    contacts = {c["name"].split()[0]: c for c in json.loads(dorf("export"))["contacts"]}
    assert (contacts["Tom"].get("died_on"), contacts["Tom"]["notes"]) == (day, notes)
    assert "died_on" not in contacts["Lena"]


def write_sample() -> None:
    """Write the sample of the present format."""
    with tempfile.TemporaryDirectory() as folder:
        dorf = Dorf(Path(folder) / "dorf.db")
        for words in LIFE:
            dorf(*(word.replace("FOLDER", folder) for word in words), remarks=True)
        with closing(sqlite3.connect(dorf.path)) as connection:
            head = [
                f"PRAGMA {name} = {connection.execute(f'PRAGMA {name}').fetchone()[0]};"
                for name in ("application_id", "user_version")
            ]
            text = "\n".join([*head, *connection.iterdump(), ""])
        (SAMPLES / f"format-{VERSION}.sql").write_text(text, "utf-8")
        (SAMPLES / f"format-{VERSION}.json").write_text(dorf("export"), "utf-8")


if __name__ == "__main__":
    write_sample()
