"""Searching inside SQLite: the same texts as in Python, little read, long results cut."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorf.core.queries import holds
from dorf.report.screen import MANY_ROWS
from dorf.store.search import holding

if TYPE_CHECKING:
    from tests.conftest import Dorf

LETTERS = st.text(st.sampled_from("aeouäöüßAOUEé mnlrsx’'`-.%_\\ıſ\u0301ø1!ﬁ"), max_size=12)


def found(haystack: str, text: str) -> bool:
    """Ask SQLite whether *text* occurs in *haystack*."""
    with closing(sqlite3.connect(":memory:")) as connection:
        condition, values = holding(connection, "note", text)
        statement = f"SELECT {condition} FROM (SELECT ? AS note)"  # noqa: S608
        return bool(connection.execute(statement, [*values, haystack]).fetchone()[0])


@given(LETTERS, LETTERS, LETTERS)
def test_sqlite_finds_the_same_texts(before: str, text: str, after: str) -> None:
    """Whatever is typed and noted: accents, apostrophes, signs that LIKE reads otherwise."""
    for haystack in (before + text + after, before + after, text.upper(), text.lower()):
        assert found(haystack, text) == holds(haystack, text)


@pytest.mark.parametrize(
    ("haystack", "text"),
    [
        ("Maerchen", "märchen"), ("Märchen", "maerchen"), ("d'accord", "daccord"),
        ("Straße 5", "STRASSE"), ("100% sicher", "0%"), ("a_b", "_"), ("hand-ball", "hand ball"),
        ("Crème brûlée", "creme bru"), ("Goethe", "gothe"), ("!!", "!"),
    ],
)  # fmt: skip
def test_spellings_are_found(haystack: str, text: str) -> None:
    """Each of them in SQLite as well as in Python."""
    assert found(haystack, text)
    assert holds(haystack, text)


@pytest.fixture
def talkative(dorf: Dorf) -> Dorf:
    """Return a village with 30 people and 25 notes about tea."""
    people = [{"name": f"Teetrinker {number:02}", "roles": ["friend"]} for number in range(30)]
    lena = {"name": "Lena", "roles": ["friend"], "skills": ["Teekochen"]}
    notes = [
        {"day": "2026-02-01", "contacts": ["Lena"], "note": f"Tee {number}"} for number in range(25)
    ]
    dorf.load({"contacts": [lena, *people], "encounters": notes})
    return dorf


def test_a_long_search_is_cut_and_counted(talkative: Dorf) -> None:
    """The first twenty contacts and the newest twenty encounters; --all and --json know all."""
    shown = talkative("find", "tee").splitlines()
    assert [line for line in shown if "more" in line] == [
        "and 11 more (--all)",
        "and 5 more (--all)",
    ]
    assert "Tee 24" in shown[-21]
    assert len(talkative("find", "tee", "--all").splitlines()) == 31 + 25
    everything = talkative.json("find", "tee")
    assert (len(everything["contacts"]), len(everything["encounters"])) == (31, 25)


def test_a_long_history_is_cut_and_counted(talkative: Dorf) -> None:
    """With a text as well as without, in the order of the days."""
    talkative("log", "Lena", "--day", "2026-01-01", "--note", "Tee, die erste")
    for command in (["history"], ["history", "--text", "TEE"], ["history", "lena"]):
        shown = talkative(*command).splitlines()
        assert shown[-1] == "and 6 more (--all)"
        assert "Tee 24" in shown[0]
        assert "die erste" in talkative(*command, "--all").splitlines()[-1]
    assert talkative("history", "--text", " ") == "Nothing is noted about that yet.\n"


def test_an_id_that_several_begin_with_is_refused(talkative: Dorf) -> None:
    """The start of one ID is enough, nothing is none, and “%” stands for itself."""
    ids = [entry["uid"] for entry in talkative.json("history")["encounters"]]
    shared = next(uid[0] for uid in ids if sum(other[0] == uid[0] for other in ids) > 1)
    for text in (shared, "", "%", "zz"):
        talkative("encounter", "edit", text, "--note", "x", status=3)
    talkative("encounter", "edit", ids[0][:9].upper(), "--note", "Kakao")
    assert [entry["uid"] for entry in talkative.json("find", "kakao")["encounters"]] == [ids[0]]


@pytest.mark.slow
def test_a_long_list_looks_like_a_short_one(dorf: Dorf) -> None:
    """Thousands of lines are drawn in another way, and stand where they would stand anyway."""
    people = [{"name": f"Mila {n:03}", "roles": ["friend"]} for n in range(MANY_ROWS + 1)]
    dorf.load({"dorf": 1, "contacts": [*people, {"name": "Jörg 小林", "roles": ["neighbour"]}]})
    long = dorf("list", tty=True).splitlines()
    dorf("delete", "Mila 100", "--yes")
    dorf("delete", "Mila 099", "--yes")
    short = dorf("list", tty=True).splitlines()
    assert len(long) == len(short) + 2
    assert [line.rstrip() for line in short] == [
        line.rstrip() for line in long if "Mila 1" not in line and "Mila 099" not in line
    ]


@pytest.mark.slow
def test_many_results_are_read_at_once(dorf: Dorf) -> None:
    """More than SQLite takes values: all of them are found, and nobody else."""
    people = [{"name": f"Mila {n}", "roles": ["friend"]} for n in range(1100)]
    dorf.load({"dorf": 1, "contacts": [*people, {"name": "Jana", "roles": ["friend"]}]})
    assert len(dorf.json("find", "mila")["contacts"]) == 1100


# --- who has such a thing -----------------------------------------------------------------------


@pytest.fixture
def things(dorf: Dorf) -> Dorf:
    """Return a village in which things are handed on, and one who has left it."""
    dorf("add", "Ada", "--role", "friend", "--note", "Tee\nhat Kinderkleidung in Größe 92")
    dorf("add", "Bea", "--role", "colleague", "--skill", "Kinderkleidung nähen")
    dorf("add", "Cem", "--role", "colleague")
    dorf("log", "cem", "--day", "1.2.", "--got", "material", "--note", "Tüte Kinderkleidung")
    dorf("add", "Dora", "--role", "colleague")
    dorf("log", "dora", "--got", "material", "--note", "Bobbycar")
    dorf("add", "Emre", "--role", "relative")
    dorf("add", "Fia", "--role", "colleague")
    dorf("log", "fia", "--note", "über Bobbycar geredet")
    dorf("add", "Gone", "--role", "friend", "--note", "Kinderkleidung, Bobbycar")
    dorf("end", "Gone")
    return dorf


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("Kinderkleidung", ["Ada", "Bea", "Cem", "Dora", "Emre"]),
        ("hand-me-downs", ["Cem", "Dora", "Emre"]),
        ("Bobbycar", ["Dora"]),
        ("bobby", ["Dora"]),
        ("Größe 92", ["Ada"]),
        ("material", ["Cem", "Dora", "Emre"]),
        ("company", ["Ada", "Bea", "Cem", "Dora", "Fia"]),
    ],
)
def test_who_knows_of_things_from_skills_notes_and_the_log(
    things: Dorf, asked: str, names: list[str]
) -> None:
    """What is handed on counts as things; a kind by its name is not looked for in notes."""
    assert [one["name"] for one in things.json("who", asked)["contacts"]] == names


def test_who_says_where_it_is_known_from(things: Dorf) -> None:
    """The line of a note, the encounter; over a shoulder neither."""
    page = things("who", "Kinderkleidung")
    assert "hat Kinderkleidung in Größe 92" in page
    assert "1 Feb 2026 · got: things and money · Tüte Kinderkleidung" in page
    assert "Tee" not in page
    assert page.startswith("Kinderkleidung\n")
    discreet = things("who", "Kinderkleidung", "--discreet")
    assert not [word for word in ("Größe", "Tüte", "Ada", "Cem") if word in discreet]
