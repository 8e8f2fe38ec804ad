"""``dorf without``: what would be missing if somebody could not help for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.villages import Document, helper, village

if TYPE_CHECKING:
    from tests.conftest import Dorf

CARE = ("emotional", "childcare", "practical", "advice", "company")


def two_helpers() -> Document:
    """Return a village in which two people near give everything."""
    people = [helper(name, *CARE, where="near", roles=["friend"]) for name in ("Ada", "Bea")]
    return village(*people)


def test_what_then_hangs_on_one_person_is_said_and_nothing_is_written(dorf: Dorf) -> None:
    """Both give all of it, so without one the other is alone with it."""
    dorf.load(two_helpers())
    before = dorf("list", "--json")
    shown = dorf("without", "ada")
    assert "Without Ada" in shown
    assert "Then with Bea alone: " in shown
    assert dorf("list", "--json") == before


def test_without_the_last_one_the_kind_is_with_nobody(dorf: Dorf) -> None:
    """Several names are away at once; findings that are new come first, the worst first."""
    dorf.load(two_helpers())
    found = dorf.json("without", "ada", "bea")
    assert found["names"] == ["Ada", "Bea"]
    assert found["leaves"]["emotional"] == []
    assert found["gaps"][0]["key"] == "G02:emotional"


@pytest.mark.parametrize("how", ["end", "pause"])
def test_a_goodbye_and_a_pause_say_it_in_one_line(dorf: Dorf, how: str) -> None:
    """Whoever lets somebody go learns what hangs on one person now."""
    dorf.load(two_helpers())
    assert "\nThen with Bea alone: " in dorf(how, "ada")


def test_a_death_says_nothing_of_the_kind(dorf: Dorf) -> None:
    """Who mourns is not told what help is gone."""
    dorf.load(two_helpers())
    assert "alone" not in dorf("end", "ada", "--died")


def test_who_is_not_needed_would_be_missed_all_the_same(dorf: Dorf) -> None:
    """There is a kind sentence where somebody would still be there for everything."""
    people = [helper(name, *CARE, where="near", roles=["friend"]) for name in "ABCDEF"]
    dorf.load(village(*people))
    assert "would be missed all the same" in dorf("without", "A")


def test_the_german_name_of_the_command(dorf: Dorf) -> None:
    """The command has a German name, too."""
    dorf.load(two_helpers())
    assert "Ohne Ada" in dorf("--lang", "de", "ohne", "ada")
