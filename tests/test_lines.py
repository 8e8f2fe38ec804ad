"""Lines about an encounter as people type them: who, when, how, help, and the note that is left."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorf.core.names import Entry
from dorf.core.sayings.day_places import MOST_DAYS, days_in
from dorf.core.sayings.lines import Line, read_line
from dorf.core.sayings.pieces import MOST_LETTERS, MOST_PIECES, pieces_of
from dorf.core.sayings.refusals import NoEncounter

if TYPE_CHECKING:
    from tests.conftest import Dorf

TODAY = date(2026, 3, 4)
NAMES = {"Nora": ("Finn",), "Nora Vogt": (), "Tante Uschi": (), "Herr Yilmaz": (), "Ela Stein": (),
         "Paul Sonntag": (), "April Winter": (), "Ela Wolf": (), "Bo": ()}  # fmt: skip
ENTRIES = [Entry(name, name, (), kids) for name, kids in NAMES.items()]
CHILDREN = ["Liv", "Jon"]

NOTED = [
    # line, people, day, how, help, note
    ("nora", "Nora", "03-04", "-", "-", ""),
    ("Nora Vogt", "Nora Vogt", "03-04", "-", "-", ""),
    ("Bo, Uschi und Nora", "Bo,Tante Uschi,Nora", "03-04", "-", "-", ""),
    ("vorgestern Yilmaz", "Herr Yilmaz", "03-02", "-", "-", ""),
    ("Bo am Sonntag", "Bo", "03-01", "-", "-", ""),
    ("Paul Sonntag am Sonntag", "Paul Sonntag", "03-01", "-", "-", ""),
    ("im Treppenhaus Herrn Yilmaz getroffen", "Herr Yilmaz", "03-04", "visit", "-",
     "im Treppenhaus"),
    ("April angerufen", "April Winter", "03-04", "call", "-", ""),
    ("am 1. Februar Bo gesehen", "Bo", "02-01", "visit", "-", ""),
    ("called Bo last night", "Bo", "03-03", "call", "-", ""),
    ("Bo hat gestern eine Mail geschrieben", "Bo", "03-03", "message", "-", ""),
    ("Geburtstagskarte von Uschi", "Tante Uschi", "03-04", "letter", "-", "Geburtstagskarte"),
    ("Videoanruf mit Uschi", "Tante Uschi", "03-04", "online", "-", ""),
    ("saw a film with Bo on Monday", "Bo", "03-02", "-", "-", "saw a film"),
    ("Nora angerufen, sie fährt am Freitag", "Nora", "03-04", "call", "-",
     "sie fährt am Freitag"),
    ("Bo: gestern getroffen, war schön", "Bo", "03-03", "visit", "-", "war schön"),
    ("Nora wegen Bo angerufen", "Nora", "03-04", "call", "-", "wegen Bo"),
    ("Finns Mama getroffen", "Nora", "03-04", "visit", "-", ""),
    ("mit Liv bei Uschi", "Tante Uschi", "03-04", "visit", "-", "mit Liv"),
    ("Bo hat Liv abgeholt", "Bo", "03-04", "-", "in:childcare", "Liv abgeholt"),
    ("ich habe Bo beim Streichen geholfen", "Bo", "03-04", "-", "out:practical",
     "beim Streichen geholfen"),
    ("Bo würde Liv abholen", "Bo", "03-04", "-", "-", "würde Liv abholen"),
    ("mit Bo 2.5 km gelaufen", "Bo", "03-04", "-", "-", "2.5 km gelaufen"),
    ("Bo getrofen", "Bo", "03-04", "visit", "-", ""),
    ("Bo gesucht", "Bo", "03-04", "-", "-", "gesucht"),
    ("Bo angerufen (endlich) 😊", "Bo", "03-04", "call", "-", "(endlich) 😊"),
    ("Kaffee mit Bo um elf", "Bo", "03-04", "visit", "-", "Kaffee mit Bo um elf"),
]  # fmt: skip

ASKED = [
    ("Ela getroffen", {"Ela Stein", "Ela Wolf"}),
    ("Finn getroffen", {"Nora"}),
    ("Noras Geburtstag gefeiert", {"Nora"}),
    ("Yilmatz getroffen", {"Herr Yilmaz"}),
]

UNKNOWN = [
    ("gestern Petra getroffen", "Petra"), ("called aunt Mary", "aunt Mary"),
    ("Bo Schmidt getroffen", "Bo Schmidt"), ("mit Herrn Lehmann telefoniert", "Herr Lehmann"),
    ("angerufen", ""), ("und", ""), ("Kaffee getrunken", ""), ("Liv gebadet", ""),
]  # fmt: skip

NOISE = ["mo", "1.3.", "am", "und", "Nora", ",", "(", "„", "morgen", "letzten", "x", "12", ":"]

REFUSED = [
    "Wann war ich bei Bo?", "Bo anrufen", "muss Bo noch schreiben", "call Bo", "Bo nicht erreicht",
    "neulich Bo getroffen", "Bo morgen treffen", "Bo kommt am Freitag", "Bo am 31.2. getroffen",
    "gestern und heute Bo getroffen", "Bo angerufen und Nora getroffen", "nach Ostern Bo gesehen",
    "Montag, 1.3. Bo getroffen", "Sontag Bo",
]  # fmt: skip


def _read(text: str) -> Line:
    return read_line(text, ENTRIES, CHILDREN, TODAY)


@pytest.mark.parametrize("row", NOTED)
def test_a_line_says_who_when_how_and_what(row: tuple[str, ...]) -> None:
    """One reading, and nothing that was typed is lost."""
    line = _read(row[0])
    helped = ",".join(f"{deed.direction}:{deed.kind}" for deed in line.help) or "-"
    found = (",".join(e.name for e in line.people), line.day.strftime("%m-%d"))
    assert (*found, line.how or "-", helped, line.note) == row[1:]
    assert not line.doubts


@pytest.mark.parametrize(("text", "names"), ASKED)
def test_who_is_not_clear_is_asked(text: str, names: set[str]) -> None:
    """Nobody is guessed: several of one name, a child, an owner, a slip."""
    line = _read(text)
    assert not line.people
    assert names == {entry.name for doubt in line.doubts for entry in doubt.candidates}


@pytest.mark.parametrize(("text", "name"), UNKNOWN)
def test_nobody_is_made_up(text: str, name: str) -> None:
    """Only a name is offered to be added, never a word."""
    line = _read(text)
    assert (line.people, line.unknown) == ((), name)


@pytest.mark.parametrize("text", REFUSED)
def test_what_was_no_encounter_is_refused(text: str) -> None:
    """Questions, wishes, attempts, and days that are none or several."""
    with pytest.raises(NoEncounter):
        _read(text)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60))
def test_a_note_is_kept_letter_by_letter(text: str) -> None:
    """Behind a comma everything is note, whatever it is."""
    note = f"also {' '.join(text.split())} x"
    with suppress(NoEncounter):
        assert _read(f"Nora angerufen, {note}").note in {note, f"Nora angerufen, {note}"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(NOISE)))
def test_noise_takes_bounded_work(words: list[str]) -> None:
    """Of a long line only a beginning is searched; the rest is the note."""
    text = " ".join((words or ["x"]) * 300)[:1000]
    pieces = pieces_of(text)
    assert len(pieces) <= MOST_PIECES
    assert all(piece.end <= MOST_LETTERS for piece in pieces)
    assert len(days_in(text, (), TODAY)) <= MOST_DAYS
    with suppress(NoEncounter):
        _read(text)


@pytest.fixture
def village(dorf: Dorf) -> Dorf:
    """Return a village with the names of these lines."""
    dorf.today = TODAY.isoformat()
    contacts = [
        {"name": e.name, "roles": ["friend"], "kids": [{"name": kid} for kid in e.kid_names]}
        for e in ENTRIES
    ]
    children = [{"name": name, "born": "2022-01"} for name in CHILDREN]
    dorf.load({"household": {"children": children}, "contacts": contacts})
    return dorf


def test_log_echoes_all_that_it_noted(village: Dorf) -> None:
    """Who, day, how, help and note stand in the answer, and in the history."""
    village("log", "Bo", "vorgestern", "getroffen")
    answer = village("log", "am", "1.2.", "hat", "Bo", "Liv", "abgeholt,", "lieb")
    for piece in ("Bo · ", "noted for 1 Feb 2026", "got: childcare", "lieb"):
        assert piece in answer
    assert "2 Mar 2026" in answer


def test_an_option_wins_over_the_words(village: Dorf) -> None:
    """The day and the way of the options are noted, the rest of the line with them."""
    words = ("log", "gestern", "Bo", "angerufen,", "müde")
    noted = village.json(*words, "--day", "1.3.", "--how", "visit")["encounter"]
    assert (noted["day"], noted["how"], noted["note"]) == ("2026-03-01", "visit", "müde")


def test_the_readings_of_a_doubt_are_commands_that_work(village: Dorf) -> None:
    """Each reading can be pasted; nothing was noted before."""
    village("log", "gestern", "Ela", "getroffen,", "im", "Zoo", status=4, stderr=None)
    answer = village.any_status("log", "gestern", "Ela", "getroffen,", "im", "Zoo")
    assert not village.json("history")["encounters"]
    assert "--day 2026-03-03 --how visit --note 'im Zoo'" in answer


def test_somebody_new_is_added_and_noted_with_one_word(village: Dorf) -> None:
    """The line is kept: "ja" adds Petra and notes it, and one undo takes both back."""
    answer = village("log", "gestern", "Petra", "getroffen", stdin="ja\n", tty=True, stderr=None)
    assert "Petra" in answer
    assert village.json("history")["encounters"][0]["day"] == "2026-03-03"
    village("undo")
    village("show", "Petra", status=3, stderr=None)


SPOKEN = [
    (["show", "Herr", "Yilmaz"], {"Herr Yilmaz"}),
    (["edit", "Nora", "Vogt", "--circle", "2"], {"Nora Vogt"}),
    (["pause", "Ela", "Stein", "und", "Bo"], {"Ela Stein", "Bo"}),
    (["plan", "samstag", "Nora", "Vogt,", "Bo"], {"Nora Vogt", "Bo"}),
    (["plan", "mit", "Ela", "Wolf", "am", "Freitag"], {"Ela Wolf"}),
    (["snooze", "in", "2", "Wochen", "Paul", "Sonntag"], {"Paul Sonntag"}),
    (["merge", "Nora", "Vogt", "Nora"], {"Nora Vogt"}),
]


@pytest.mark.parametrize(("arguments", "names"), SPOKEN)
def test_names_of_several_words_need_no_quotes(
    village: Dorf, arguments: list[str], names: set[str]
) -> None:
    """The longest name is meant, "und" and commas join, and a day may stand anywhere."""
    document = village.json(*arguments)
    contacts = document.get("contacts") or [document["contact"]]
    assert {contact["name"] for contact in contacts} == names


def test_a_plan_keeps_its_time_and_what_was_agreed_on(village: Dorf) -> None:
    """Time and words behind the day are its note, as they were typed, and are echoed."""
    answer = village("plan", "Bo", "Samstag", "15", "Uhr", "Eisdiele", "--note", "bring Eimer")
    assert answer.endswith(" · plan: 15 Uhr Eisdiele bring Eimer\n")
    assert village.json("show", "Bo")["contact"]["planned_on"] == "2026-03-07"


def test_an_unknown_name_is_never_the_note_of_a_plan(village: Dorf) -> None:
    """Before the day stand names only."""
    village("plan", "Bo", "zorro", "samstag", status=3, stderr=None)
    assert not village.json("show", "Bo")["contact"].get("planned_on")


def test_several_are_deleted_at_once_and_come_back_together(village: Dorf) -> None:
    """An encounter goes when nobody of it is left, and one undo brings all back."""
    village("log", "Bo", "Ela Wolf", "--day", "1.3.")
    answer = village("delete", "Bo", "und", "Ela", "Wolf", "--yes")
    assert answer == "Bo and Ela Wolf are deleted. Back again: dorf undo\n"
    assert not village.json("history")["encounters"]
    village("undo")
    assert len(village.json("list")["contacts"]) == len(ENTRIES)
