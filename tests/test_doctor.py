"""`dorf doctor` looks at everything, says what to do, and changes nothing."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dorf.core.command_line import argument
from dorf.core.dates import PartialDate
from dorf.core.oddities import Oddity, lookalikes, loose_ends, odd_days
from dorf.core.village import (
    Acceptance,
    Child,
    Contact,
    Encounter,
    Household,
    Kid,
    Touch,
    Village,
    YearlyDay,
)
from dorf.core.vocabulary import Bond, Status
from dorf.report.doctor import size
from dorf.store.schema import STEPS, VERSION
from dorf.store.store import Store
from tests.conftest import TODAY, Dorf
from tests.test_backups import half, half_written
from tests.test_bad_input import BAD_DATABASES, process, snapshot
from tests.test_store import DAMAGE, NOW, execute, run, whole

if TYPE_CHECKING:
    from pathlib import Path

DAY = date.fromisoformat(TODAY)


def checks(dorf: Dorf, status: int = 0) -> dict[str, Any]:
    """Return the checks that are not fine, by their id."""
    found = dorf.json("doctor", status=status)["checks"]
    return {one["id"]: one for one in found if one["level"] != "fine"}


# --- all is well --------------------------------------------------------------------------------


def test_a_village_that_is_well_says_so_line_by_line(family: Dorf) -> None:
    """Each check is one line with its sign; the verdict is the last."""
    family("log", "jana")
    lines = family("doctor").splitlines()
    shown = size(family.path.stat().st_size)
    assert lines[:5] == [
        "Check-up · Monday, 2 March 2026",
        f"✓ {family.path} (chosen by DORF_DB), {shown}",
        "✓ Only you may read the file.",
        "✓ The file can be written.",
        f"✓ The file is one of dorf’s, in format {VERSION}.",
    ]
    assert lines[5] == "✓ SQLite finds every page and every link sound."
    assert lines[6].startswith("✓ 7 steps can be taken back, since 2 Mar 2026 (")
    assert lines[7:12] == [
        "✓ 1 automatic copy, the newest of 2 Mar 2026.",
        "✓ All days can be right.",
        "✓ Everything that is named is there.",
        "✓ This is English, chosen by DORF_LANG.",
        "✓ Output goes to no terminal, without colour, in utf-8.",
    ]
    assert lines[12].startswith("✓ dorf 0.1.0 · Python 3.")
    assert lines[13:] == ["", "All is well."]


def test_the_document_has_a_verdict_and_the_checks(family: Dorf) -> None:
    """Ids and levels are English, advice is null where none is needed."""
    document = family.json("doctor")
    assert list(document) == ["dorf", "report", "today", "verdict", "checks"]
    assert (document["report"], document["verdict"]) == ("doctor", "well")
    assert [one["id"] for one in document["checks"]] == [
        "file", "private", "writable", "format", "sound", "record", "copies", "days", "links",
        "language", "terminal", "versions",
    ]  # fmt: skip
    assert {one["level"] for one in document["checks"]} == {"fine"}
    assert document["checks"][1] == {
        "id": "private", "level": "fine", "text": "Only you may read the file.", "advice": None,
    }  # fmt: skip


def test_without_a_file_all_is_well(dorf: Dorf) -> None:
    """There is nothing that could be wrong; nothing is made."""
    lines = dorf("doctor").splitlines()
    assert lines[1] == (
        f"✓ There is no file yet: {dorf.path} (chosen by DORF_DB). The first “dorf add” makes it."
    )
    assert lines[-1] == "All is well."
    assert list(dorf.path.parent.iterdir()) == []


def test_doctor_changes_nothing(family: Dorf) -> None:
    """Neither the bytes nor the time of the file nor what lies beside it."""
    os.utime(family.path, (1_772_000_000, 1_772_000_000))
    before, stat = snapshot(family.path.parent), family.path.stat()
    family("doctor")
    assert snapshot(family.path.parent) == before
    assert family.path.stat().st_mtime_ns == stat.st_mtime_ns


def test_on_a_terminal_the_signs_stand_apart_from_the_text(family: Dorf) -> None:
    """No line is wider than the window."""
    out = family("doctor", tty=True)
    assert "  ✓ Only you may read the file." in out
    assert max(len(line) for line in out.splitlines()) <= 80


# --- the file -----------------------------------------------------------------------------------


def test_a_file_that_others_may_read_is_a_note(family: Dorf) -> None:
    """With the command that helps."""
    family.path.chmod(0o644)
    document = family.json("doctor")
    assert document["verdict"] == "notes"
    assert checks(family)["private"] == {
        "id": "private", "level": "note",
        "text": "Others on this computer may read the file.",
        "advice": f"chmod 600 {argument(str(family.path))}",
    }  # fmt: skip
    assert family("doctor").splitlines()[-1] == "One thing to look at."
    family.path.chmod(0o600)
    assert checks(family) == {}


@pytest.mark.slow
def test_the_folder_matters_only_where_it_is_dorfs_own(tmp_path: Path) -> None:
    """0700 in the usual place; a folder that somebody chose is theirs."""
    home, data = str(tmp_path), str(tmp_path / "data")
    run("add", "Lena", HOME=home, XDG_DATA_HOME=data)
    folder = tmp_path / "data" / "dorf"
    assert "(the usual place)" in run("doctor", HOME=home, XDG_DATA_HOME=data).stdout
    folder.chmod(0o755)
    lines = run("doctor", HOME=home, XDG_DATA_HOME=data).stdout.splitlines()
    place = lines.index("△ Others on this computer may look into the folder of the file.")
    assert lines[place + 1] == f"  → chmod 700 {argument(str(folder))}"
    chosen = run("--db", str(folder / "dorf.db"), "doctor", HOME=home).stdout
    assert "(chosen by --db)" in chosen
    assert "△" not in chosen


def test_a_write_that_was_cut_off_is_a_note_and_what_is_left_is_checked(family: Dorf) -> None:
    """The journal stays where it is: the next command, not doctor, plays it back."""
    torn = Dorf(family.path.with_name("torn.db"))
    expected = whole(family.path)
    half_written(family.path, torn.path)
    torn.path.chmod(0o600)
    before = snapshot(torn.path.parent)
    document = torn.json("doctor")
    assert document["verdict"] == "notes"
    assert list(checks(torn)) == ["interrupted"]
    assert snapshot(torn.path.parent) == before
    assert whole(torn.path) == expected
    assert not torn.path.with_name("torn.db-journal").exists()
    assert torn.json("doctor")["verdict"] == "well"


@pytest.mark.parametrize(("spoil", "sentence"), BAD_DATABASES)
def test_a_bad_file_gets_its_page_and_status_5(family: Dorf, spoil: Any, sentence: str) -> None:
    """The sentence of every other command is the failing check; nothing changes."""
    spoil(family.path)
    before = snapshot(family.path.parent)
    lines = family("doctor", status=5).splitlines()
    assert family.said == ""
    assert f"▲ {sentence.format(family.path)}" in lines
    assert lines[-1] == "The file can’t be used as it is. What helps stands beside ▲."
    assert family.json("doctor", status=5)["verdict"] == "problems"
    assert snapshot(family.path.parent) == before


@pytest.mark.few(3)
@pytest.mark.parametrize("damage", DAMAGE)
def test_wrong_rows_are_a_problem(family: Dorf, damage: str) -> None:
    """What keeps `export` from working keeps doctor from being content."""
    execute(
        family.path, "PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON", damage
    )
    family("export", status=5)
    before = family.path.read_bytes()
    assert family.json("doctor", status=5)["verdict"] == "problems"
    assert family.path.read_bytes() == before


def test_encounters_with_nobody_and_rows_of_nobody_are_problems(family: Dorf) -> None:
    """The first keep `export` from working; SQLite finds the second."""
    execute(family.path, "DELETE FROM participation")
    assert checks(family, 5)["lonely"]["text"] == "7 encounters are with nobody."
    execute(family.path, "PRAGMA foreign_keys = OFF", "DELETE FROM encounter WHERE id = 7")
    assert checks(family, 5)["sound"]["text"] == "The file is damaged: encounter_help: encounter?"


def test_the_way_out_is_the_newest_copy_that_is_sound(family: Dorf) -> None:
    """What doctor says can be typed, and then all is well."""
    for day in ("2026-02-26", "2026-02-27", "2026-02-28"):
        with Store(family.path, f"{day}T12:00:00+00:00") as store, store.writing():
            pass
    half(family.path.parent / "dorf.db.copies" / "2026-02-28.db")
    half(family.path)
    assert checks(family, 5)["trouble"]["advice"] == (
        "The newest automatic copy is of 27 Feb 2026: dorf restore 2026-02-27"
    )
    named = family("--db", str(family.path), "doctor", status=5)
    assert f": dorf --db {argument(str(family.path))} restore 2026-02-27\n" in named
    family("restore", "2026-02-27", "--yes")
    after = checks(family)
    assert after["copies"]["text"] == (
        "The newest automatic copy (28 Feb 2026) is damaged; the last good one is of 27 Feb 2026."
    )
    assert [name for name, check in after.items() if check["level"] != "fine"] == ["copies"]


def test_without_a_copy_the_way_out_is_a_backup(family: Dorf) -> None:
    """A foreign file has none: nothing of ours is lost."""
    half(family.path)
    assert checks(family, 5)["trouble"]["advice"] == "If you have a backup: dorf restore FILE"
    family.path.unlink()
    execute(family.path, "CREATE TABLE bookmark (url TEXT)")
    assert checks(family, 5)["trouble"]["advice"] is None


def test_a_village_that_is_gone_can_be_had_back(family: Dorf) -> None:
    """No file, but copies of one: that is worth a note."""
    family("log", "jana")
    family.path.unlink()
    assert checks(family)["file"]["advice"] == (
        f"The newest automatic copy is of 2 Mar 2026: dorf restore {TODAY}"
    )


def test_an_older_format_is_told_and_not_changed(family: Dorf) -> None:
    """The next command brings it to the new one, not doctor."""
    old = Dorf(family.path.with_name("old.db"))
    with Store(old.path, NOW, STEPS[:1]) as store:
        store._create_file()  # noqa: SLF001  (writing needs tables of today)
        store.reader.directory()
    before = old.path.read_bytes()
    assert checks(old)["format"]["text"] == (
        f"The file has format 1; the next command copies it and brings it to {VERSION}."
    )
    assert old.path.read_bytes() == before


def test_old_copies_of_a_file_that_changed_are_a_note(family: Dorf) -> None:
    """Seven days are fine, eight are not; nor is it fine if the file did not change since."""
    with Store(family.path, "2026-02-22T12:00:00+00:00") as store, store.writing():
        pass
    moment = 1_772_409_600  # 2 March 2026
    os.utime(family.path, (moment, moment))
    assert checks(family)["copies"]["text"] == "1 automatic copy, the newest of 22 Feb 2026."
    family.today = "2026-03-01"
    assert "copies" not in checks(family)
    family.today = "2026-04-01"
    assert list(checks(family)) == ["copies"]
    moment = 1_771_718_400  # 22 February 2026
    os.utime(family.path, (moment, moment))
    assert checks(family) == {}


def test_copies_of_days_to_come_are_a_note(family: Dorf) -> None:
    """They hide neither that there is none of these days, nor which is the one to put back."""
    for day in ("2026-03-01", "2031-01-01", "2032-01-01"):
        with Store(family.path, f"{day}T12:00:00+00:00") as store, store.writing():
            pass
    found = checks(family)
    assert list(found) == ["copies_ahead"]
    assert found["copies_ahead"]["text"] == (
        "2 automatic copies are of days that are still to come, up to 1 Jan 2032."
    )
    family.path.rename(family.path.with_name("gone"))
    assert checks(family)["file"]["advice"].endswith(" dorf restore 2026-03-01")
    half(family.path.with_name("gone"))
    family.path.with_name("gone").rename(family.path)
    assert checks(family, 5)["trouble"]["advice"].endswith(" dorf restore 2026-03-01")
    (family.path.parent / "dorf.db.copies" / "2026-03-01.db").unlink()
    assert checks(family, 5)["trouble"]["advice"].endswith(" dorf restore 2032-01-01")


def test_copies_that_are_switched_off_are_fine(family: Dorf) -> None:
    """Somebody wanted it so."""
    family("backup", "--no-daily")
    assert "✓ Automatic copies are switched off." in family("doctor").splitlines()


def test_what_a_killed_copy_left_is_named(family: Dorf) -> None:
    """With the command that takes it away."""
    left = family.path.with_name(".dorf.db.abc.part")
    left.write_text("half")
    os.utime(left, (1_772_451_000, 1_772_451_000))  # 2 March 2026, half an hour before
    assert checks(family) == {}
    os.utime(left, (0, 0))
    assert checks(family)["leftover"]["text"] == f"A copy was cut off and left {left}."
    assert str(left) in checks(family)["leftover"]["advice"]


def test_help_that_is_counted_wrongly_is_a_note(family: Dorf) -> None:
    """The balance of a contact is read from those counts."""
    execute(family.path, "UPDATE participation SET help_in = help_in + 1 WHERE encounter_id = 1")
    assert list(checks(family)) == ["miscounted"]


# --- days and names -----------------------------------------------------------------------------

LENA = Contact("u", "Lena", date(2026, 1, 1))
ODD: list[tuple[dict[str, Any], Touch, list[Oddity]]] = [
    ({}, Touch(date(2026, 3, 2)), []),
    ({}, Touch(date(2026, 3, 3)), [Oddity("W1", "Lena", date(2026, 3, 3))]),
    (
        {"status": Status.ENDED},
        Touch(date(2026, 3, 3)),
        [Oddity("W1", "Lena", date(2026, 3, 3))],
    ),
    ({"added_on": date(2026, 3, 2)}, Touch(), []),
    ({"added_on": date(2026, 3, 3)}, Touch(), [Oddity("added_on", "Lena", date(2026, 3, 3))]),
    ({"added_on": date(1950, 1, 1)}, Touch(), []),
    ({"added_on": date(1949, 12, 31)}, Touch(), [Oddity("long_ago", "Lena", date(1949, 12, 31))]),
    ({"planned_on": date(2026, 3, 2)}, Touch(), []),
    ({"planned_on": date(2026, 3, 1)}, Touch(date(2026, 3, 1)), []),
    ({"planned_on": date(2026, 3, 1)}, Touch(), [Oddity("W2", "Lena", date(2026, 3, 1))]),
    ({"birthday": PartialDate(None, 2, 29)}, Touch(), []),
    ({"birthday": PartialDate(1900, 1, 1)}, Touch(), []),
    (
        {"birthday": PartialDate(1899, 12, 31)},
        Touch(),
        [Oddity("born", "Lena", born=PartialDate(1899, 12, 31))],
    ),
    ({"kids": (Kid("Mats", PartialDate(2027, 1)),)}, Touch(), []),
    (
        {"kids": (Kid("Mats", PartialDate(2027, 2)), Kid(None, PartialDate(2027, 2)))},
        Touch(),
        [
            Oddity("born", "Mats", born=PartialDate(2027, 2)),
            Oddity("born", "Lena", born=PartialDate(2027, 2)),
        ],
    ),
    ({"yearly_days": (YearlyDay("Namenstag", PartialDate(None, 12, 4)),)}, Touch(), []),
    ({"yearly_days": (YearlyDay("A", PartialDate(1876, 1, 1)),)}, Touch(), []),
    ({"yearly_days": (YearlyDay("A", PartialDate(2026, 12, 31)),)}, Touch(), []),
    (
        {
            "yearly_days": (
                YearlyDay("A", PartialDate(1875, 12, 31)),
                YearlyDay("B", PartialDate(2027, 1, 1)),
            )
        },
        Touch(),
        [
            Oddity("yearly", "Lena", born=PartialDate(1875, 12, 31), word="A"),
            Oddity("yearly", "Lena", born=PartialDate(2027, 1, 1), word="B"),
        ],
    ),
    ({"status": Status.PAUSED, "paused_until": date(2025, 3, 2)}, Touch(), []),
    (
        {"status": Status.PAUSED, "paused_until": date(2025, 3, 1)},
        Touch(),
        [Oddity("paused_until", "Lena", date(2025, 3, 1))],
    ),
    ({"paused_until": date(2020, 3, 1)}, Touch(), []),
    ({"until": date(2025, 3, 2)}, Touch(), []),
    ({"until": date(2025, 3, 1)}, Touch(), [Oddity("until", "Lena", date(2025, 3, 1))]),
    ({"until": date(2025, 3, 1), "status": Status.ENDED}, Touch(), []),
]


@pytest.mark.parametrize(("fields", "touch", "expected"), ODD, ids=[str(f) for f, *_ in ODD])
def test_a_day_is_odd_from_its_border_on(
    fields: dict[str, Any], touch: Touch, expected: list[Oddity]
) -> None:
    """And not a day before."""
    contact = replace(LENA, **fields)
    village = Village(contacts=(contact,), touches={"u": touch})
    assert list(odd_days(village, DAY)) == expected


def test_a_child_of_the_household_and_a_day_of_the_log_can_be_odd() -> None:
    """1949 is before anybody noted anything."""
    child = Child("Ida", PartialDate(2030, 1))
    encounters = tuple(Encounter(str(y), date(y, 1, 1), ("u",)) for y in (1949, 1950))
    village = Village(Household(children=(child,)), (LENA,), encounters=encounters)
    assert odd_days(village, DAY) == (
        Oddity("born", "Ida", born=PartialDate(2030, 1)),
        Oddity("long_ago", "Lena", date(1949, 1, 1)),
    )


def test_names_that_nobody_bears_are_loose_ends() -> None:
    """Children, contacts, wishes and the scopes of rules are there; others were."""
    contact = replace(LENA, attachment=(("Ida", Bond.PRIMARY), ("Ole", Bond.SECONDARY)))
    household = Household(
        children=(Child("Ida", PartialDate(2025, 1)),),
        wishes=("Nähen",),
        rules_off=frozenset({"G12", "G02:company", "G02:gossip", "G99", "G15:Lena", "G15:Jana"}),
        accepted=(Acceptance("G24:Nähen"), Acceptance("G08:Ida"), Acceptance("G24:Backen")),
    )
    assert loose_ends(Village(household, (contact,))) == (
        Oddity("attachment", "Lena", word="Ole"),
        Oddity("key", "", word="G02:gossip"),
        Oddity("key", "", word="G15:Jana"),
        Oddity("key", "", word="G24:Backen"),
        Oddity("rule", "", word="G99"),
    )


def test_names_that_differ_by_capitals_look_alike() -> None:
    """Pairs, in the order of their names; other spellings may well be two people."""
    names = ("Lena", "Jörg", "LENA", "Jorg")
    contacts = [replace(LENA, uid=name, name=name) for name in names]
    assert lookalikes(contacts) == (Oddity("lookalike", "Lena", word="LENA"),)


def test_what_is_odd_is_worded_with_something_to_type(dorf: Dorf) -> None:
    """One line each, and the verdict counts them."""
    dorf.load({
        "household": {"children": [{"name": "Ida", "born": "1850-01"}], "rules_off": ["G15:Jana"]},
        "contacts": [
            {"name": "Oma Gisela", "planned_on": "2026-02-01", "attachment": {"Ole": "primary"}},
            {"name": "Lena", "last_contact": "2026-03-09", "added_on": "2026-01-01"},
            {"name": "LENA", "added_on": "2027-01-01", "until": "2020-01-01"},
        ],
    })  # fmt: skip
    lines = dorf("doctor").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("△"))
    assert lines[start : start + 14] == [
        "△ The last contact with Lena lies in the future: 9 Mar 2026.",
        "  → dorf history Lena, then dorf encounter edit",
        "△ LENA was added in the future: 1 Jan 2027.",
        "  → dorf show LENA",
        "△ Nobody has noted whether the meeting with Oma Gisela on 1 Feb 2026 happened.",
        "  → dorf log 'Oma Gisela', or dorf plan 'Oma Gisela' --cancel",
        "△ The birth of Ida can hardly be right: Jan 1850.",
        "  → dorf show Ida",
        "△ LENA was expected to leave long ago: 1 Jan 2020.",
        "  → dorf show LENA",
        "△ Oma Gisela is attached to Ole, who is not among your children.",
        "  → dorf show 'Oma Gisela'",
        "△ G15:Jana is accepted or switched off, but names nobody any more.",
        "  → dorf rule on G15:Jana",
    ]
    assert lines[start + 14] == "△ Lena and LENA look almost the same."
    assert lines[-1] == "8 things to look at."
    dorf("rule", "on", "G15:Jana")
    dorf("edit", "Oma Gisela", "--clear", "plan")
    assert dorf("doctor").splitlines()[-1] == "6 things to look at."


# --- the program --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "variables", "expected"),
    [
        (["--lang", "en"], {}, "This is English, chosen by --lang."),
        ([], {"DORF_LANG": "en"}, "This is English, chosen by DORF_LANG."),
        ([], {"LC_ALL": "fr_FR", "LANG": "de_DE"}, "This is English, chosen by LC_ALL."),
        ([], {"LANG": ""}, "This is English, since nothing says otherwise."),
    ],
)
def test_doctor_tells_what_chose_the_language(
    tmp_path: Path, words: list[str], variables: dict[str, str], expected: str
) -> None:
    """The first of the option and the variables that is set."""
    dorf = Dorf(tmp_path / "dorf.db", environ={"DORF_LANG": ""} | variables)
    assert f"✓ {expected}" in dorf(*words, "doctor").splitlines()


@pytest.mark.slow
def test_a_terminal_that_can_not_show_the_signs_gets_a_hint(family: Dorf) -> None:
    """ASCII only: the page comes with question marks, and says what helps."""
    done = process(family, "doctor", more={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "in ascii." in done.stdout
    assert "export PYTHONIOENCODING=utf-8" in done.stdout


def test_doctor_tells_the_width_and_the_colour_of_a_terminal(family: Dorf) -> None:
    """As Rich sees them."""
    family.environ = {"TERM": "xterm"}
    assert "a terminal, 80 cells wide, in colour" in " ".join(family("doctor", tty=True).split())
    family.environ = {"TERM": "xterm", "NO_COLOR": "1"}
    assert "80 cells wide, without colour" in " ".join(family("doctor", tty=True).split())


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (999_499, "999 kB"), (999_500, "1 MB"),
     (12_345_678, "12 MB")],
)  # fmt: skip
def test_sizes_are_round(count: int, text: str) -> None:
    """Nobody needs the last digit."""
    assert size(count) == text


def test_the_versions_are_those_of_this_run(family: Dorf) -> None:
    """For whoever reports a bug."""
    line = family("doctor").splitlines()[-3]
    assert line.startswith("✓ dorf ")
    assert f"Python {sys.version.split()[0]} · SQLite " in line


def test_what_is_in_the_way_of_automatic_copies_is_said(dorf: Dorf) -> None:
    """A copy that can't be made refuses no write; the check-up tells of it."""
    folder = dorf.path.with_name(f"{dorf.path.name}.copies")
    folder.touch()
    dorf("add", "Anna")
    dorf("add", "Bea")
    found = checks(dorf)["copies"]
    assert found["text"] == f"Automatic copies can't be made: {folder} is in the way."
    assert found["advice"] == "Move it aside, or: dorf backup"


def test_a_clock_that_is_behind_is_not_blamed_on_the_days(dorf: Dorf) -> None:
    """One note about the clock, instead of advice to change every correct day."""
    for name in ("Anna", "Bea", "Cleo"):
        dorf("add", name, "--last", "yesterday")
    dorf.today = "2025-03-02"
    found = checks(dorf)
    assert set(found) == {"clock", "copies_ahead"}  # the copy was made on the later day
    assert found["clock"]["text"] == (
        "This computer’s clock says 2 Mar 2025, and most people here were added later."
    )
    assert found["clock"]["advice"] == (
        "Set the clock first; the days of your village may well be right."
    )
