"""``dorf gaps KEY``: why a finding is there, who counts, and the one command that answers it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from tests.conftest import CASE_B

if TYPE_CHECKING:
    from tests.conftest import Dorf


@pytest.fixture
def aylin(dorf: Dorf) -> Dorf:
    """Return the second worked household."""
    dorf("import", str(CASE_B))
    return dorf


def test_a_key_tells_why_who_counts_and_what_answers_it(aylin: Dorf) -> None:
    """Whole, for the person of whom everything hangs in an emergency."""
    assert aylin("gaps", "g06") == (
        "Only one person nearby for an emergency · G06\n"
        "▲ In an emergency everything hangs on Jana. A plan B would help. Why not ask Tom? "
        "Perhaps also Frau Petrov?\n"
        "  With a plan B, one phone call that nobody answers is no trouble.\n"
        "  → Ask for help, and offer some: picking up, babysitting, bringing along.\n"
        "  → Go to the parents’ evening or the coffee morning.\n"
        "\n"
        "Who counts, and who does not\n"
        "count               Jana\n"
        "distance not noted  Frau Petrov\n"
        "could be asked      Tom\n"
        "\n"
        "What answers it: dorf edit NAME --near --gives emergency\n"
    )


def test_whoever_does_not_count_is_named_with_the_reason(aylin: Dorf) -> None:
    """Cold, far away, costing strength, not trusted; a strained tie is never one to be asked."""
    aylin("add", "Oma Ruth", "--role", "oma", "--far", "--gives", "emergency,practical")
    aylin("add", "Ralf", "--role", "friend", "--near", "--strained", "--gives", "emergency")
    aylin("add", "Udo", "--role", "friend", "--near", "--not-trusted", "--gives", "emergency")
    people = aylin.json("gaps", "G06")["gaps"][0]["evidence"]
    assert people["far"] == ["Oma Ruth"]
    assert people["strained"] == ["Ralf"]
    assert people["not trusted"] == ["Udo"]
    assert people["to ask"] == ["Tom"]
    assert aylin.json("gaps", "G04:practical")["gaps"][0]["evidence"] == {
        "counts": ["Jana"],
        "cold": ["Tom"],
        "far": ["Oma Ruth"],
    }


def test_a_rule_that_found_nothing_says_so(aylin: Dorf) -> None:
    """Also with a scope that it could have; no page is an error."""
    page = aylin("gaps", "G02:company")
    assert "Not found today." in page
    assert aylin.json("gaps", "G10")["gaps"] == []


def test_a_finding_that_is_held_back_can_be_asked_about(aylin: Dorf) -> None:
    """Accepted, and yet explained."""
    aylin("accept", "G06")
    assert [one["key"] for one in aylin.json("gaps", "G06")["hidden"]] == ["G06"]
    assert "everything hangs on Jana" in aylin("gaps", "G06")


@pytest.mark.parametrize(
    ("typed", "offered"), [("G15:jan", "G15:Jana"), ("G04:compny", "G04:company"), ("G6", "G06")]
)
def test_a_wrong_key_gets_the_nearest_ones(aylin: Dorf, typed: str, offered: str) -> None:
    """With status 2."""
    aylin("gaps", typed, status=2)
    assert offered in aylin.said


@pytest.mark.parametrize("lang", ["en", "de"])
def test_each_command_that_answers_is_one(aylin: Dorf, lang: str) -> None:
    """With the placeholders filled in, dorf takes it."""
    aylin.lang = lang
    aylin("wish", "add", "Nähen")
    filled = {
        "NAME": "Jana", "ROLE": "friend", "ROLLE": "friend", "KINDS": "advice", "HILFE": "advice",
        "NUMBER": "0251", "NUMMER": "0251", "TAG": "tomorrow", "DAY": "tomorrow",
    }  # fmt: skip
    commands = [
        aylin.json("gaps", g["key"])["gaps"][0]["command"] for g in aylin.json("gaps")["gaps"]
    ]
    assert len(commands) > 5
    for command in commands:
        words = [filled.get(word, word) for word in shlex.split(command)[1:]]
        if words[0] != "add":
            aylin(*words)


def test_over_a_shoulder_there_are_initials(aylin: Dorf) -> None:
    """And no command that would hold a name."""
    page = aylin("gaps", "G06", "--discreet")
    assert "Jana" not in page
    assert "dorf " not in page
