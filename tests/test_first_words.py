"""The first word of a line: names for every command in both languages, names, whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dorf.cli.app import COMMANDS
from dorf.core.sayings.commands import COMMAND_WORDS, SPOKEN
from dorf.core.spelling import fold

if TYPE_CHECKING:
    from tests.conftest import Dorf


NEW = (
    "There is no command “Petra”, and nobody is called that. New? dorf add Petra · help: dorf help"
)
NEAR = (
    "Nobody is called “Kowalsky”, and no command. Did you mean Frau Kowalski? "
    "dorf show 'Frau Kowalski'"
)
BOTH = "What about Lena? dorf show Lena · dorf log Lena Kuchen · all commands: dorf help"


@pytest.fixture
def village(dorf: Dorf) -> Dorf:
    """Return a village with names that people could say in several ways."""
    for name, role in (("Lena", "friend"), ("Anna Berg", "friend"), ("Anna Tal", "friend")):
        dorf("add", name, "--role", role)
    dorf("add", "Frau Kowalski", "--role", "neighbour", "--birthday", "9.5.1960")
    dorf("child", "add", "Emil", "2021-10")
    return dorf


def test_every_command_has_a_german_name_and_each_word_one_command() -> None:
    """Nothing is said for two commands."""
    assert set(COMMANDS) - set(COMMAND_WORDS) == set()
    words = [fold(w) or w for row in COMMAND_WORDS.values() for w in row.split(", ")]
    assert sorted({w for w in words if words.count(w) > 1}) == []
    shadowed = {w for w in words if w in COMMANDS and SPOKEN[w] != (w,)}
    assert shadowed == set()


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("notieren", "log"), ("löschen", "delete"), ("loeschen", "delete"), ("LOSCHEN", "delete"),
        ("suche", "find"), ("wie geht das", "help"), ("?", "help"), ("neuer Kontakt", "add"),
        ("was steht an", "status"), ("who's next", "status"), ("fünf Minuten", "tend"),
        ("ups", "undo"), ("rueckgaengig", "undo"), ("schedule a coffee", "plan"),
        ("treffen gestern", "log"), ("treffen", "plan"), ("ohne Lena", "without"),
        ("Lena gestern", "log"), ("Lena angerufen", "log"), ("coffee with Lena", "log"),
        ("gestern war Lena zum Kaffee da", "log"), ("called Lena yesterday", "log"),
        ("Lena morgen", "plan"), ("on Friday I meet Lena", "plan"), ("treffe Lena morgen", "plan"),
        ("wann hat Lena Geburtstag", "birthdays"), ("when is Lena's birthday", "birthdays"),
        ("wann habe ich Lena zuletzt gesehen", "history"), ("wer kann nähen", "who"),
        ("hat Lena gestern angerufen", "history"), ("Emil", "child"), ("Lena", "show"),
    ],
)  # fmt: skip
def test_what_people_say_is_a_command(village: Dorf, typed: str, command: str) -> None:
    """In either language, with umlauts or without, whole sentences too."""
    for village.lang in ("en", "de"):
        page = village(*typed.split(), "--help")
        assert page.split("\n")[0].split()[1:3] == ["dorf", command]


def test_a_name_is_shown(village: Dorf) -> None:
    """The one who is meant; a child of the household with its view."""
    assert village("kowalski") == village("show", "Frau Kowalski")
    assert village("Emil") == village("show", "Emil")


def test_several_of_a_name_are_ready_commands(village: Dorf) -> None:
    """Where nobody can be asked."""
    ready = "dorf show 'Anna Berg' · dorf show 'Anna Tal'"
    village("Anna", status=4, stderr=f"dorf: “Anna” could be several: {ready}\n")


def test_an_emergency_is_never_asked_about(village: Dorf) -> None:
    """Whoever could step in."""
    assert village("notfall") == village("emergency") == village("who", "emergency")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("statsu", "There is no command “statsu”. Did you mean “dorf status”?"),
        ("löshcen", "There is no command “löshcen”. Did you mean “dorf delete”?"),
        ("hlep", "There is no command “hlep”. “dorf help” shows the way."),
        ("fertig", "There is no command “fertig”. “dorf help” shows the way."),
        ("12", "There is no command “12”. “dorf help” shows the way."),
        ("Petra", NEW),
        ("Kowalsky", NEAR),
        ("Lena Kuchen", BOTH),
        ("warum regnet es", "There is no command “warum regnet es”. “dorf help” shows the way."),
    ],
)  # fmt: skip
def test_what_is_no_command_is_one_sentence(village: Dorf, typed: str, answer: str) -> None:
    """At most one command that is one slip away; nothing is changed."""
    before = village("export")
    village(*typed.split(), status=2, stderr=f"dorf: {answer}\n")
    assert village("export") == before


@pytest.mark.parametrize("typed", ["hat Lena gestern angerufen", "war Lena gestern da?"])
def test_a_question_is_never_noted(village: Dorf, typed: str) -> None:
    """Even where the words are those of a note."""
    before = village("export")
    village.any_status(*typed.split())
    assert village("export") == before


def test_a_plan_said_as_a_sentence_keeps_what_else_was_said(village: Dorf) -> None:
    """As its note; the answer shows the day."""
    village("am", "Freitag", "treffe", "ich", "Lena", "Kaffee")
    contact = village.json("show", "Lena")["contact"]
    assert (contact["planned_on"], contact["planned_note"]) == ("2026-03-06", "Kaffee")


def test_dorf_alone_greets_an_empty_village(dorf: Dorf) -> None:
    """In four lines, without making a file."""
    assert dorf() == (
        "Welcome! It takes a village to raise a child.\n"
        "→ A few questions, five minutes: dorf init\n"
        "→ What a filled village looks like: dorf demo\n"
        "Whenever you get stuck: dorf help\n"
    )
    assert not dorf.path.exists()


def test_dorf_alone_is_today_in_short(dorf: Dorf) -> None:
    """Meetings, at most three people, the one step; a line each."""
    for number in range(5):
        dorf("add", f"Mia {number}", "--role", "friend", "--last", f"2026-01-0{number + 1}")
    dorf("log", "Mia 3", "--yesterday")
    dorf("plan", "Mia 4", "tomorrow", "--note", "coffee")
    assert dorf() == (
        "Today · Monday, 2 March 2026\n"
        "▸ tomorrow – Mia 4, coffee\n"
        "▸ Mia 0 – nothing heard for 8 weeks\n"
        "▸ Mia 1 – nothing heard for 8 weeks\n"
        "▸ Mia 2 – nothing heard for 8 weeks\n"
        "One step for today: say hello to Mia 0, then: dorf log 'Mia 0'\n"
        "Everything: dorf status · help: dorf help\n"
    )


def test_help_knows_the_german_names(dorf: Dorf) -> None:
    """Of topics and of commands."""
    assert dorf("hilfe", "tage") == dorf("help", "days")
    assert dorf("hilfe", "notieren") == dorf("help", "log")
    assert dorf("befehle") == dorf("help", "commands")
