"""Who can help: near and reachable first; who is far, cold or costs strength below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Dorf


@pytest.fixture
def helpers(dorf: Dorf) -> Dorf:
    """Return a village in which somebody of each sort gives childcare and steps in."""
    for name, options in {
        "Anna": ["--far"],
        "Bea": ["--near"],
        "Cem": ["--near", "--phone", "0170 1"],
        "Dora": [],
        "Emre": ["--near", "--phone", "0170 2", "--last", "1.1.2025"],
        "Finn": ["--near", "--phone", "0170 3", "--strained"],
        "Gül": ["--near", "--phone", "0170 4", "--trusted", "--pickup"],
        "Jonas": ["--home", "--phone", "0170 5"],
    }.items():
        last = [] if "--last" in options else ["--last", "yesterday"]
        dorf("add", name, "--role", "friend", "--gives", "childcare,emergency", *options, *last)
    return dorf


def test_who_is_near_and_can_be_reached_comes_first(helpers: Dorf) -> None:
    """Whom one trusts before others; at home and unknown places between near and far."""
    answer = helpers.json("who", "childcare")["contacts"]
    assert [(one["name"], one["rank"]) for one in answer] == [
        ("Gül", "near"), ("Cem", "near"), ("Bea", "near"), ("Jonas", "household"),
        ("Dora", "unknown"), ("Anna", "far"), ("Emre", "cold"), ("Finn", "strained"),
    ]  # fmt: skip
    assert helpers("who", "childcare") == (
        "Childcare\n"
        "● Gül – nearby · trusted with your child · authorised to pick up · "
        "last yesterday · 0170 4\n"
        "● Cem – nearby · last yesterday · 0170 1\n"
        "● Bea – nearby · last yesterday\n"
        "● Jonas – at home with you · last yesterday · 0170 5\n"
        "● Dora – distance not noted · last yesterday\n"
        "\n"
        "Not at short notice\n"
        "● Anna – far away · last yesterday\n"
        "○ Emre – nearby · nothing heard for a good 14 months · 0170 2\n"
        "● Finn – costs strength, too · nearby · last yesterday\n"
    )


def test_the_list_for_an_emergency_begins_with_the_numbers(helpers: Dorf) -> None:
    """Piped, it is the list for three in the morning; never with the number of a strained tie."""
    lines = helpers("who", "emergency").splitlines()
    assert lines[:4] == [
        "Help at short notice",
        (
            "● 0170 4 – Gül · nearby · trusted with your child · authorised to pick up · "
            "last yesterday"
        ),
        "● 0170 1 – Cem · nearby · last yesterday",
        "● no number – Bea · nearby · last yesterday",
    ]
    assert lines[-1] == "● no number – Finn · costs strength, too · nearby · last yesterday"
    assert "Anna" not in "".join(lines)  # from far away nobody steps in at short notice


def test_over_a_shoulder_there_are_neither_names_nor_numbers(helpers: Dorf) -> None:
    """Initials, and how near they are."""
    page = helpers("who", "emergency", "--discreet")
    assert "● G – nearby · trusted" in page
    assert "0170" not in page


def test_while_the_log_rests_no_line_is_cold(dorf: Dorf) -> None:
    """A silent log is not a silent life (DOMAIN.md §3.4)."""
    dorf("add", "Emre", "--role", "friend", "--gives", "advice", "--near", "--last", "1.1.2025")
    assert [one["rank"] for one in dorf.json("who", "advice")["contacts"]] == ["near"]
