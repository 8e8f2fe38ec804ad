"""Progress is seen: whom one heard from this week, and a gap that is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import CASE_B

if TYPE_CHECKING:
    from tests.conftest import Dorf

FRIDAY = "2026-03-06"


@pytest.fixture
def aylin(dorf: Dorf) -> Dorf:
    """Return the second worked household, on the Friday of its week."""
    dorf("import", str(CASE_B))
    dorf.today = FRIDAY
    return dorf


def better(dorf: Dorf) -> dict[str, object]:
    """Return what became better."""
    found = dorf.json("status")["better"]
    assert isinstance(found, dict)
    return found


def test_who_was_heard_from_since_monday_is_named_at_the_top(aylin: Dorf) -> None:
    """At most three names; never somebody who costs strength, nor who comes by profession."""
    for name in ("Tom", "Oma Fatma", "Murat", "Frau Klein"):
        aylin("log", name, "--day", "2026-03-04")
    aylin("log", "Jana", "--day", "2026-03-01")
    assert better(aylin)["heard"] == ["Oma Fatma", "Tom"]
    line = "Since Monday: heard from Oma Fatma and Tom"
    assert aylin("status").splitlines()[2] == line
    aylin.lang = "de"
    assert aylin("status").splitlines()[2] == "Seit Montag: Oma Fatma und Tom gehört"


def test_on_a_monday_the_week_before_counts(aylin: Dorf) -> None:
    """A week that has just begun has nothing to show."""
    aylin.today = "2026-03-09"
    aylin("log", "Tom", "--day", "2026-03-04")
    assert aylin("status").splitlines()[2] == "Last week: heard from Tom"


def told(dorf: Dorf, *keys: str) -> None:
    """Let reminders tell of the gaps, one a week, until they told of all those."""
    seen: set[str] = set()
    for day in ("2026-03-06", "2026-03-13", "2026-03-20", "2026-03-27"):
        dorf.today = day
        dorf("log", "Jana", "--day", day)
        gap = dorf.json("remind")["gap"]
        seen |= {gap["key"]} if gap else set()
    assert set(keys) <= seen


def test_a_gap_that_a_reminder_told_of_and_that_is_closed_is_good_news(aylin: Dorf) -> None:
    """With whose help; it is told for thirty days."""
    told(aylin, "G06")
    assert better(aylin)["closed"] == []
    aylin("edit", "Frau Petrov", "--near", "--trusted")
    news = "Good news on G06: there is a plan B for emergencies: Frau Petrov and Jana"
    assert news in aylin("status").splitlines()[2]
    assert [one["key"] for one in better(aylin)["closed"]] == ["G06"]  # type: ignore[attr-defined]
    aylin.today = "2026-05-20"
    aylin("log", "Jana", "--day", "2026-05-19")
    assert better(aylin)["closed"] == []


def test_what_is_only_held_back_or_got_worse_is_no_good_news(aylin: Dorf) -> None:
    """Accepted, switched off, or replaced by a larger gap."""
    told(aylin, "G06")
    aylin("accept", "G06")
    assert better(aylin)["closed"] == []
    aylin("rule", "on", "G06")
    aylin("rule", "off", "G06")
    assert better(aylin)["closed"] == []
    aylin("rule", "on", "G06")
    aylin("pause", "Jana")
    assert better(aylin)["closed"] == []


def test_over_a_shoulder_nobody_is_named(aylin: Dorf) -> None:
    """Initials, and no key."""
    told(aylin, "G06")
    aylin("edit", "Frau Petrov", "--near", "--trusted")
    line = aylin("status", "--discreet").splitlines()[2]
    assert "Good news: there is a plan B for emergencies: FP and J" in line
