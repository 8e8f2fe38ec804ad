"""Undo and redo: every command that wrote can be taken back, exactly, and brought back again.

What a step has to restore is looked at twice: as the village file that ``export`` prints, and as
every row of every table.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorf.store.store import Store
from tests.conftest import Dorf
from tests.test_properties import villages

if TYPE_CHECKING:
    from tests.villages import Document

RECORD = {"undo_step", "undo_change", "reminded", "published"}
"""Tables that are no part of the village: the record, and what reminders and calendars told."""


def rows(path: Path) -> dict[str, list[Any]]:
    """Return every row of every table of the village; empty tables left out."""
    if not path.exists():
        return {"household": ["(1, 0)"]}
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in RECORD and not name.startswith(("_", "sqlite_"))
        ]
        found = {
            name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))  # noqa: S608
            for name in names
        }
        return {name: existing for name, existing in found.items() if existing}


def snapshot(dorf: Dorf) -> tuple[str, dict[str, list[Any]]]:
    """Return all that a step can change."""
    return dorf("export"), rows(dorf.path)


def steps(dorf: Dorf) -> list[Any]:
    """Return the steps that can be taken back, the newest first."""
    found = json.loads(dorf("undo", "--list", "--json"))["steps"]
    return [step for step in found if not step["undone"]]


# --- what people see ----------------------------------------------------------------------------


def test_undo_says_what_it_took_back_and_how_things_stand(dorf: Dorf) -> None:
    """The line as it was typed, and the contact as it is now."""
    dorf("add", "Lena", "--role", "friend", "--last", "24.2.")
    dorf("log", "lena", "--note", "Kuchen gebacken")
    first, second = dorf("undo").splitlines()
    assert first.startswith("Taken back: dorf log lena --note 'Kuchen gebacken' (2 Mar, ")
    assert second == "  Lena · friend · last 6 days ago (24 Feb 2026) · next time by 26 Mar"
    first, second = dorf("redo").splitlines()
    assert first.startswith("Brought back: dorf log lena --note 'Kuchen gebacken' (2 Mar, ")
    assert second == "  Lena · friend · last today (2 Mar 2026) · next time by 1 Apr"


def test_undo_speaks_german(german: Dorf) -> None:
    """… and names the command as it was typed."""
    german("add", "Lena")
    assert german("undo").startswith("Zurückgenommen: dorf add Lena (2.3., ")
    german("undo", status=1, stderr="dorf: Es gibt nichts zurückzunehmen.\n")
    assert german("redo").startswith("Wiederhergestellt: dorf add Lena (2.3., ")


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_nothing_to_take_back_is_said(dorf: Dorf, command: str) -> None:
    """Status 1, and no file comes to be by asking."""
    dorf(command, status=1)
    assert "nothing" in dorf.said
    assert not dorf.path.exists()


def test_several_steps_at_once(dorf: Dorf) -> None:
    """As many as there are, when more are wanted."""
    for name in ("Anna", "Bea", "Cleo"):
        dorf("add", name)
    assert len(dorf("undo", "2").splitlines()) == 2
    assert [contact["name"] for contact in dorf.json("list")["contacts"]] == ["Anna"]
    assert len(dorf("redo", "999").splitlines()) == 4
    assert len(dorf.json("list")["contacts"]) == 3


@pytest.mark.parametrize("text", ["0", "1001", "zwei", "1.5", "²", "99999999999999999999"])
def test_a_number_of_steps_is_a_number(dorf: Dorf, text: str) -> None:
    """Anything else is refused before anything happens."""
    dorf("add", "Anna")
    message = f"dorf: “{text}” is not a number from 1 to 1000.\n"
    dorf("undo", text, status=2, stderr=message)
    assert len(steps(dorf)) == 1


def test_a_number_and_the_list_exclude_each_other(dorf: Dorf) -> None:
    """No option without an effect."""
    dorf("undo", "7", "--list", status=2, stderr="dorf: Please give either a number or --list.\n")


def test_steps_that_were_taken_back_are_told_before_the_one_that_can_not_be(dorf: Dorf) -> None:
    """Status 1 for the last; those before it stay taken back."""
    dorf("add", "Anna")
    dorf("add", "Bea")
    with closing(sqlite3.connect(dorf.path)) as connection:
        connection.execute("DROP TRIGGER undo_contact_UPDATE")
        connection.execute("UPDATE contact SET notes = 'x' WHERE name = 'Anna'")
        connection.commit()
    out = dorf("undo", "3", status=1)
    assert out.startswith("Taken back: dorf add Bea (")
    assert out.count("\n") == 1
    assert dorf.said.startswith("dorf: Another program has changed the file in between")
    assert [contact["name"] for contact in dorf.json("list")["contacts"]] == ["Anna"]
    dorf("undo", status=1)


def test_a_row_that_is_written_as_it_was_is_no_change(dorf: Dorf) -> None:
    """No empty step, and what can be brought back still can."""
    dorf("add", "Anna")
    dorf("backup", "--no-daily")
    dorf("add", "Bea")
    dorf("undo")
    before = steps(dorf)
    dorf("backup", "--no-daily")
    assert steps(dorf) == before
    assert dorf("redo").startswith("Brought back: dorf add Bea (")


def test_the_list_shows_both_directions(dorf: Dorf) -> None:
    """What can be taken back, the newest first; what can be brought back, the next one first."""
    for name in ("Anna", "Bea", "Cleo"):
        dorf("add", name)
    dorf("undo", "2")
    lines = dorf("undo", "--list").splitlines()
    assert [line.rpartition(" ")[2] for line in lines if "dorf" in line] == ["Anna", "Bea", "Cleo"]
    headings = [line for line in lines if line and "dorf" not in line]
    assert headings == ["Can be taken back, the newest first", "Can be brought back"]


def test_a_new_command_ends_what_can_be_brought_back(dorf: Dorf) -> None:
    """One line of time; but a command that changes nothing leaves redo as it is."""
    dorf("add", "Anna")
    dorf("add", "Bea")
    dorf("undo")
    dorf("edit", "anna", "--not-strained")
    dorf("list")
    assert dorf("redo")
    dorf("undo")
    dorf("add", "Cleo")
    dorf("redo", status=1)
    assert [contact["name"] for contact in dorf.json("list")["contacts"]] == ["Anna", "Cleo"]


NO_CHANGE = (
    ["edit", "anna", "--near"], ["wish", "add", "sewing"], ["role", "anna", "friend"],
    ["household", "--not-single-parent"], ["resume", "anna"], ["rule", "on", "G03"],
    ["encounter", "edit", "last", "--note", "tea"], ["child", "edit", "ida"],
    ["rename", "anna", "Anna"], ["plan", "anna", "--cancel"], ["snooze", "anna", "--off"],
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("command", NO_CHANGE, ids=" ".join)
def test_what_changes_nothing_is_no_step(dorf: Dorf, command: list[str]) -> None:
    """Otherwise undo would seem to do nothing."""
    dorf("add", "Anna", "--role", "friend", "--near")
    dorf("child", "add", "Ida", "2021-10")
    dorf("wish", "add", "sewing")
    dorf("log", "anna", "--note", "tea")
    before = steps(dorf)
    dorf(*command)
    assert steps(dorf) == before


def test_a_long_line_is_kept_short(dorf: Dorf) -> None:
    """The record is no second diary, and holds no escape sequence."""
    dorf("add", "Anna", "--note", "\x1b[31mx" * 3000)
    (step,) = steps(dorf)
    assert len(step["line"]) == 200
    assert step["line"].isprintable()


def test_the_record_keeps_a_thousand_steps(dorf: Dorf) -> None:
    """The bound that the README states."""
    dorf("add", "Anna")
    with closing(sqlite3.connect(dorf.path)) as connection:
        connection.execute(
            "INSERT INTO undo_step (line, at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT"
            " i + 1 FROM n WHERE i < 1005) SELECT 'x', '2026-03-02T12:00:00+00:00' FROM n"
        )
        connection.commit()
    dorf("log", "anna")
    assert len(steps(dorf)) == 1000
    assert steps(dorf)[0]["line"] == "log anna"


# --- what wrote several steps -----------------------------------------------------------------


def entries(dorf: Dorf, *more: str) -> list[str]:
    """Return the lines of the list without their moments."""
    lines = dorf("undo", "--list", *more).splitlines()
    return [line.rpartition(" · ")[2] if line[:1] == "·" else line for line in lines]


def test_an_interview_is_one_entry(dorf: Dorf) -> None:
    """It opens with its steps, and goes step by step or as a whole."""
    dorf("add", "Tom")
    before = snapshot(dorf)
    dorf("init", stdin=ANSWERS["init"], remarks=True)
    after, written = snapshot(dorf), len(steps(dorf)) - 1
    head = "Can be taken back, the newest first"
    assert written > 1
    assert entries(dorf) == [head, f"dorf init ({written} steps)", "dorf add Tom"]
    opened = entries(dorf, "--details")
    assert len(opened) == 3 + written
    assert all(line.startswith("    dorf init · ") for line in opened[2:-1])
    dorf("undo")
    assert entries(dorf)[1] == f"dorf init ({written - 1} steps)"
    dorf("redo")
    dorf("undo", "--whole")
    assert snapshot(dorf) == before
    assert entries(dorf)[-1] == f"dorf init ({written} steps)"
    dorf("redo", "--whole")
    assert snapshot(dorf) == after


def test_a_round_is_one_entry(dorf: Dorf) -> None:
    """Whatever was done in it is below it."""
    dorf("add", "Anna", "--role", "friend", "--last", "1.1.2025")
    dorf("add", "Bea", "--role", "friend", "--last", "1.1.2025")
    dorf("tend", stdin="t\nt\n", remarks=True)
    assert entries(dorf)[1] == "dorf tend (2 steps)"
    opened = entries(dorf, "--details")[2:4]
    assert sorted(opened) == [f"    dorf log {n} --day 2026-03-02" for n in ("Anna", "Bea")]
    assert len(dorf("undo", "--whole").splitlines()) == 4


def test_one_command_typed_twice_is_two_entries(dorf: Dorf) -> None:
    """Only what wrote several steps is put together."""
    dorf("add", "Anna")
    dorf("log", "anna")
    dorf("log", "anna", remarks=True)
    assert entries(dorf)[1:] == ["dorf log anna", "dorf log anna", "dorf add Anna"]


def test_a_sample_village_knows_how_it_came(dorf: Dorf) -> None:
    """What was typed is in its record."""
    file = dorf.json("demo")["file"]
    dorf.path = Path(file)
    assert entries(dorf)[1] == "dorf demo --json"


def test_a_number_and_the_whole_exclude_each_other(dorf: Dorf) -> None:
    """No option without an effect."""
    dorf("undo", "2", "--whole", status=2)
    assert dorf.said == "dorf: Please give either a number or --whole.\n"


# --- other programs -----------------------------------------------------------------------------


def test_what_another_program_changed_is_never_overwritten(dorf: Dorf) -> None:
    """A row that is not as the record knows it stops the whole step."""
    dorf("add", "Anna")
    dorf("edit", "anna", "--circle", "1", "--phone", "0171")
    with closing(sqlite3.connect(dorf.path)) as connection:
        connection.execute("DROP TRIGGER undo_contact_UPDATE")
        connection.execute("UPDATE contact SET circle = 3")
        connection.commit()
    before = snapshot(dorf)
    dorf("undo", status=1)
    assert dorf.said.startswith("dorf: Another program has changed the file in between")
    assert snapshot(dorf) == before


def test_what_another_program_wrote_goes_with_the_last_step(dorf: Dorf) -> None:
    """The triggers see it, so the chain of changes never breaks."""
    dorf("add", "Anna")
    dorf("add", "Bea")
    before = snapshot(dorf)
    with closing(sqlite3.connect(dorf.path)) as connection:
        connection.execute("UPDATE contact SET notes = 'from elsewhere' WHERE name = 'Anna'")
        connection.commit()
    after = snapshot(dorf)
    dorf("undo", "2")
    dorf("redo", "2")
    assert snapshot(dorf) == after != before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE undo_change SET place = 'sqlite_master'",
        "UPDATE undo_change SET place = 'contact; DROP TABLE contact'",
        'UPDATE undo_change SET after = \'{"id": 1, "x) --": 2}\'',
        "UPDATE undo_change SET place = 'undo_step'",
    ],
)
def test_a_forged_record_does_no_harm(dorf: Dorf, statement: str) -> None:
    """No code from data (CONTRIBUTING.md, Promises): only known tables and columns are written."""
    dorf("add", "Anna")
    with closing(sqlite3.connect(dorf.path)) as connection:
        connection.execute(statement)
        connection.commit()
    before = snapshot(dorf)
    dorf("undo", status=1)
    assert snapshot(dorf) == before


def test_every_table_of_the_village_is_watched(dorf: Dorf) -> None:
    """Three triggers each, made by the migration from the tables that there are."""
    dorf("add", "Anna")
    with closing(sqlite3.connect(dorf.path)) as connection:
        triggers = {
            (table, name.rpartition("_")[2])
            for table, name in connection.execute(
                "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
            )
        }
        tables = {
            name
            for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE strict")
            if name not in RECORD
        }
    events = ("INSERT", "UPDATE", "DELETE")
    assert triggers == {(table, event) for table in tables for event in events}


# --- for any sequence ---------------------------------------------------------------------------

WHO = st.sampled_from(["Anna", "Bea", "Oma Gisela", "Jörg", "PEKiP", "👵"])
DAYS = st.sampled_from(["today", "gestern", "3w", "1.2.", "2026-02-20"])
AHEAD = st.sampled_from(["morgen", "2w", "monday", "1.4."])
ROLES = st.sampled_from(["friend", "oma", "pekip", "nachbar", "partner", "forum"])
KINDS = st.sampled_from(["advice", "childcare", "practical,emotional", "none"])
FIELDS = st.sampled_from(
    [
        ["--near"], ["--far"], ["--circle", "1"], ["--every", "never"], ["--phone", "0171 1"],
        ["--gives", "+advice"], ["--gets", "none"], ["--kid", "Mats:2021-12"], ["--skill", "Nähen"],
        ["--bond", "Ida"], ["--note", "Zeile"], ["--birthday", "29.2."], ["--strained"],
        ["--trusted", "--pickup"], ["--clear", "gives"], ["--clear", "phones"], ["--until", "1.9."],
        ["--nickname", "Nana"], ["--yearly", "Namenstag:4.12."], ["--lead", "2w"],
    ]
)  # fmt: skip
KEYS = st.sampled_from(["G01", "G12", "G02:company", "G24:Nähen"])


def line(*parts: str | st.SearchStrategy[Any]) -> st.SearchStrategy[list[str]]:
    """Return a strategy for command lines; a part that draws a list adds all of it."""
    drawn = st.tuples(*(st.just(part) if isinstance(part, str) else part for part in parts))
    return drawn.map(lambda found: [w for p in found for w in (p if isinstance(p, list) else [p])])


COMMANDS = st.one_of(
    line("add", WHO, "--role", ROLES, "--last", DAYS),
    line("add", WHO),
    line("edit", WHO, FIELDS, FIELDS),
    line("rename", WHO, WHO.map(lambda name: f"{name} Neu")),
    line("role", WHO, ROLES),
    line("log", WHO, WHO, "--day", DAYS, "--got", st.sampled_from(["advice", "childcare"])),
    line("log", WHO),
    line("plan", WHO, AHEAD, "--note", "Zoo"),
    line("snooze", WHO, AHEAD),
    line("pause", WHO, st.sampled_from([[], ["--until", "1.5."]])),
    line("resume", WHO),
    line("end", WHO, st.sampled_from([[], ["--keep", "Mia,Nora"]])),
    line("delete", WHO, "--yes"),
    line("encounter", "edit", "last", "--day", DAYS, "--note", "anders"),
    line("encounter", "remove", "last", "--yes"),
    line("child", "add", "Ida", "2021-10"),
    line("child", "edit", "Ida", "--name", "Ida Lou"),
    line("child", "remove", "Ida"),
    line("wish", "add", "Nähen"),
    line("wish", "remove", "Nähen"),
    line("rule", "off", KEYS),
    line("rule", "on", KEYS),
    line("accept", KEYS, st.sampled_from([[], ["--until", "1.6."]])),
    line("household", st.sampled_from(["--single-parent", "--not-single-parent"])),
    line("tend"),
    line("init"),
    line("import", "-"),
)  # fmt: skip
ANSWERS = {
    "tend": "t\np\nmonday\ns\n\na\n\nq\n",
    "init": "Jonas\nIda 2021-10\nAnna, Ole\nfriend\n\nno\n2w\n",
}


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(COMMANDS, min_size=6, max_size=14), villages(cards=True))
def test_undo_restores_exactly_and_redo_brings_back(
    commands: list[list[str]], document: Document
) -> None:
    """For any sequence of writing commands, after each of them, and all the way back at the end."""
    answers = ANSWERS | {"import": json.dumps(document)}
    with tempfile.TemporaryDirectory() as folder:
        dorf = Dorf(Path(folder) / "dorf.db")
        states = [snapshot(dorf)]
        for command in commands:
            before = len(steps(dorf))
            run(dorf, command, answers.get(command[0], ""))
            written = len(steps(dorf)) - before
            after = snapshot(dorf)
            assert written or after == states[-1], command
            if written:
                dorf("undo", str(written))
                assert snapshot(dorf) == states[-1], command
                dorf("redo", str(written))
                assert snapshot(dorf) == after, command
                states.append(after)
        if found := len(steps(dorf)):
            dorf("undo", str(found))
        assert snapshot(dorf) == states[0]


def run(dorf: Dorf, command: list[str], stdin: str) -> None:
    """Run a command that may well be refused: nobody of that name, a second Anna."""
    dorf.any_status(*command, stdin=stdin)


def test_a_row_that_takes_the_place_of_another_is_recorded(dorf: Dorf) -> None:
    """An upsert and a REPLACE are in the record like everything else, and undo takes them back."""
    now = "2026-03-02T12:00:00+00:00"
    with Store(dorf.path, now) as store:
        for answer in (["a"], None):
            with store.writing() as writer:
                writer.save_answer("G02", answer)
        with store.writing() as writer:
            replacing = "REPLACE INTO interview (question, answer) VALUES ('G02', '[\"b\"]')"
            writer.connection.execute(replacing)
    seen = []
    for _ in range(3):
        with Store(dorf.path, now) as store:
            seen.append(store.reader.interview())
        dorf("undo")
    assert seen == [{"G02": ("b",)}, {"G02": None}, {"G02": ("a",)}]
    with Store(dorf.path, now) as store:
        assert store.reader.interview() == {}
