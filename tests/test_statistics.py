"""Looking back: facts of DOMAIN.md §3b in words, and what the log counts month by month."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dorf.core.statistics import Course, Period
from dorf.core.vocabulary import Source
from dorf.report.page import LONGEST_BAR, bar
from tests.conftest import TODAY, Dorf
from tests.villages import ago, helper, person, village

CASES = Path(__file__).parent / "cases"


def met(day: str, *names: str, **more: Any) -> dict[str, Any]:
    """Return an encounter as a village file carries it."""
    return {"day": day, "contacts": list(names), **more}


LOG = (
    met("2025-03-31", "Jana", how="visit"),  # before twelve months begin
    met("2025-04-01", "Jana", how="visit", help=[{"direction": "in", "kind": "childcare"}]),
    met("2025-12-24", "Jana", "Pit", how="call"),
    met("2025-12-31", "Pit", how="call", help=[{"direction": "out", "kind": "advice"},
                                              {"direction": "in", "kind": "childcare"}]),
    met("2026-03-02", "Jana"),
    met("2026-03-03", "Jana", how="letter", help=[{"direction": "in", "kind": "skill"}]),
)  # fmt: skip
"""Five encounters up to `TODAY`, four of them in twelve months, and one still to come."""
NO_DAY: dict[str, Any] = {"last_contact": None}


@pytest.fixture
def aylin(dorf: Dorf) -> Dorf:
    """Return the village of the second worked household (DOMAIN.md §6.2)."""
    dorf("import", str(CASES / "household-b.json"))
    return dorf


@pytest.fixture
def logged(dorf: Dorf) -> Dorf:
    """Return a village of two with `LOG`."""
    jana = person("Jana", "parent_friend", gives=["childcare"], **NO_DAY)
    dorf.load(village(jana, person("Pit", "neighbour", gives=["practical"], **NO_DAY), log=LOG))
    return dorf


# --- the page -----------------------------------------------------------------------------------


def test_the_worked_household_looks_back(aylin: Dorf) -> None:
    """Each fact in words; M1, M3, M4, M5, M8, M10 and M11 as DOMAIN.md §6.2 works them out."""
    assert aylin("stats", "--months", "3") == (
        "Looking back · 3 months up to 2 Mar 2026\n"
        "around you   6 people and groups\n"
        "in touch     with 2 of 4\n"
        "online only  1 of 6\n"
        "by groups    partner 1, self-help 0, family 1, parents’ network 1, neighbourhood 1, "
        "friends 1, professionals 1, online 1\n"
        "\n"
        "On whose shoulders it rests\n"
        "· everyday help and company: Jana\n"
        "· Jana carries a lot (6 of 12).\n"
        "\n"
        "In this time\n"
        "encounters  4\n"
        "\n"
        "Month by month\n"
        "Jan 2026  ██ 1\n"
        "Feb 2026  ██████ 3\n"
        "Mar 2026  –\n"
    )


def test_details_tell_how_evenly_it_is_carried(aylin: Dorf) -> None:
    """N_eff (inverse Simpson) only when asked for: 144/44 is 3.3."""
    line = "· It is as if 3.3 people around you carried the same each.\n"
    assert line in aylin("stats", "--details")
    assert line in aylin("stats", "--genauer")
    assert line not in aylin("stats")


def test_no_page_holds_a_share_or_a_grade(aylin: Dorf) -> None:
    """Facts, no percentages (DOMAIN.md §0.1)."""
    assert "%" not in aylin("stats", "--details")


def test_what_was_noted_is_counted_by_way_and_by_help(logged: Dorf) -> None:
    """Both directions stand beside each other; no balance is drawn."""
    page = logged("stats")
    assert page[page.index("In this time") :] == (
        "In this time\n"
        "encounters     4\n"
        "how            1 visit, 2 calls, 1 simply in touch\n"
        "help received  2 × childcare\n"
        "help given     1 × advice and experience\n"
        "\n"
        "Month by month\n"
        "Apr 2025  ██ 1\n"
        "May 2025  –\n"
        "Jun 2025  –\n"
        "Jul 2025  –\n"
        "Aug 2025  –\n"
        "Sep 2025  –\n"
        "Oct 2025  –\n"
        "Nov 2025  –\n"
        "Dec 2025  ████ 2\n"
        "Jan 2026  –\n"
        "Feb 2026  –\n"
        "Mar 2026  ██ 1\n"
    )


def test_several_kinds_of_one_person_stand_in_one_sentence(dorf: Dorf) -> None:
    """… and a kind that nobody gives is said to be open, with no alarm."""
    everything = ("childcare", "emergency", "practical")
    dorf.load(village(helper("Jana", *everything, where="near")))
    page = dorf("stats")
    assert "· childcare, help at short notice and everyday help: Jana\n" in page
    assert re.search(r"^· .*company: nobody yet$", page, re.MULTILINE)


def test_no_encounter_in_the_time_is_no_reproach(dorf: Dorf) -> None:
    """One kind sentence stands for a graph of empty months."""
    dorf.load(village(person("Jana", last_contact=ago(500))))
    page = dorf("stats")
    assert page.endswith(
        "In this time\nNothing is noted in this time; any day is a good one to begin.\n"
    )


def test_an_empty_village_is_welcomed(dorf: Dorf) -> None:
    """As by `status`; and no file is made by looking."""
    assert dorf("stats") == dorf("status")
    assert sum(month["encounters"] for month in dorf.json("stats")["months"]) == 0
    assert not dorf.path.exists()


# --- contacts and groups ------------------------------------------------------------------------


def test_a_contact_has_a_graph_of_its_own(logged: Dorf) -> None:
    """With first and last contact, how often, and the months; what is to come is not counted."""
    assert logged("stats", "jana", "--months", "4") == (
        "Looking back · 4 months up to 2 Mar 2026\n"
        "\n"
        "Jana\n"
        "4 encounters · first 31 Mar 2025 · last today (2 Mar 2026) · on average every 16 weeks\n"
        "Dec 2025  ██ 1\n"
        "Jan 2026  –\n"
        "Feb 2026  –\n"
        "Mar 2026  ██ 1\n"
    )


def test_contacts_stand_in_the_order_asked_for(logged: Dorf) -> None:
    """Nobody is ranked; somebody named twice stands there once."""
    page = logged("stats", "pit", "jana", "pit")
    assert re.findall(r"^(Jana|Pit)$", page, re.MULTILINE) == ["Pit", "Jana"]


def test_somebody_who_was_never_met_gets_a_kind_sentence(logged: Dorf) -> None:
    """No row of empty months."""
    logged("add", "Lena")
    assert logged("stats", "lena").endswith(
        "\nLena\nno contact recorded yet\n"
        "Nothing is noted in this time; any day is a good one to begin.\n"
    )


@pytest.mark.parametrize("word", ["parents", "Eltern", "parents' network", "elternnetz"])
def test_a_group_has_a_graph(logged: Dorf, word: str) -> None:
    """In either language; by the main role."""
    page = logged("stats", "--group", word, "--months", "1")
    assert page == (
        "Looking back · 1 month up to 2 Mar 2026\n"
        "\n"
        "parents’ network\n"
        "4 encounters · first 31 Mar 2025 · last today (2 Mar 2026) · on average every 16 weeks\n"
        "Mar 2026  ██ 1\n"
    )


def test_an_encounter_with_two_of_a_group_counts_once(dorf: Dorf) -> None:
    """It was one afternoon. Groups go by the first role, as in the rest of dorf."""
    two = [person(name, "friend", **NO_DAY) for name in ("Mia", "Tom")]
    aunt = person("Ina", roles=["relative", "friend"], **NO_DAY)
    log = (met("2026-02-01", "Mia", "Tom"), met("2026-02-02", "Ina"))
    dorf.load(village(*two, aunt, log=log))
    (group,) = dorf.json("stats", "--group", "friends")["groups"]
    assert group["encounters"] == 1
    assert [one["encounters"] for one in group["months"]] == [0] * 10 + [1, 0]
    (family,) = dorf.json("stats", "--gruppe", "Familie")["groups"]
    assert (family["first"], family["last"]) == ("2026-02-02", "2026-02-02")


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["--months", "0"], 2, "“0” is not a number from 1 to 120."),
        (["--months", "121"], 2, "“121” is not a number from 1 to 120."),
        (["--monate", "-1"], 2, "“-1” is not a number from 1 to 120."),
        (["--months", "two"], 2, "“two” is not a number from 1 to 120."),
        (["--months", "²"], 2, "“²” is not a number from 1 to 120."),
        (["--months", "9" * 9], 2, "“999999999” is not a number from 1 to 120."),
        (["--group", "famly"], 2, "“famly” is unknown here. Did you mean family / Familie?"),
        (["--group", "zzzz"], 2,
         f"“zzzz” is not a group that dorf knows. Groups: {', '.join(Source)}."),
        (["zorro"], 3, "Nobody in your village is called “zorro”. New? Then: dorf add zorro"),
    ],
)  # fmt: skip
def test_what_can_not_be_shown_is_refused_with_a_way_on(
    logged: Dorf, arguments: list[str], status: int, sentence: str
) -> None:
    """The whole sentence; nothing is printed as a result."""
    assert logged("stats", *arguments, status=status, stderr=f"dorf: {sentence}\n") == ""


# --- JSON ---------------------------------------------------------------------------------------


def test_the_document_holds_every_measure(aylin: Dorf) -> None:
    """As worked out by hand in DOMAIN.md §6.2."""
    assert aylin.json("stats")["measures"] == {
        "size": 6,
        "bus_factor": 1,
        "effective_helpers": 3.27,
        "sole": {"Jana": ["company"]},
        "load": {
            "Murat": 1, "Jana": 6, "Oma Fatma": 1, "Frau Klein": 1, "Frau Petrov": 1,
            "Chat Alleinerziehende": 2,
        },
        "carrying_most": ["Jana"],
        "thin": {"practical": 1, "company": 1},
        "online": [1, 6],
        "formal": [1, 7],
        "groups": {
            "partner": 1, "selfhelp": 0, "family": 1, "parents": 1, "neighbours": 1,
            "friends": 1, "professionals": 1, "online": 1,
        },
        "in_touch": [2, 4],
    }  # fmt: skip


def test_the_document_holds_the_months_of_everybody_asked_for(logged: Dorf) -> None:
    """All keys are there, whatever was asked for."""
    answer = logged.json("stats", "pit", "--months", "3")
    del answer["measures"], answer["contacts"][0]["uid"]
    assert answer == {
        "dorf": 1,
        "report": "stats",
        "today": TODAY,
        "months": [
            {"month": "2026-01", "encounters": 0},
            {"month": "2026-02", "encounters": 0},
            {"month": "2026-03", "encounters": 1},
        ],
        "how": {"unknown": 1},
        "help": {"in": {}, "out": {}},
        "groups": [],
        "contacts": [
            {
                "name": "Pit",
                "encounters": 2,
                "first": "2025-12-24",
                "last": "2025-12-31",
                "rhythm_days": None,
                "months": [
                    {"month": "2026-01", "encounters": 0},
                    {"month": "2026-02", "encounters": 0},
                    {"month": "2026-03", "encounters": 0},
                ],
            }
        ],
    }


def test_discreet_keys_stay_apart(dorf: Dorf) -> None:
    """Two people with the same initials do not become one; no uid leads back to either."""
    dorf.load(village(helper("Mia Lang", "advice"), helper("Max Lang", "company")))
    answer = dorf.json("stats", "mia", "--discreet")
    assert answer["measures"]["sole"] == {"ML": ["advice"], "ML 2": ["company"]}
    assert answer["measures"]["load"] == {"ML": 1, "ML 2": 1}
    assert set(answer["contacts"][0]) == {
        "name", "encounters", "first", "last", "rhythm_days", "months",
    }  # fmt: skip


# --- counting -----------------------------------------------------------------------------------

DAYS = st.integers(-40, 800).map(ago)


@pytest.mark.slow
@given(days=st.lists(st.tuples(DAYS, st.sampled_from([("A",), ("B",), ("A", "B")]))),
       months=st.integers(1, 30))  # fmt: skip
def test_months_add_up_to_the_encounters_of_the_period(
    tmp_path_factory: pytest.TempPathFactory,
    days: list[tuple[str, tuple[str, ...]]],
    months: int,
) -> None:
    """… for all, for each contact and for the ways; nothing counts twice, nothing to come."""
    dorf = Dorf(tmp_path_factory.mktemp("months") / "dorf.db")
    people = (person("A", **NO_DAY), person("B", "friend", **NO_DAY))
    dorf.load(village(*people, log=tuple(met(day, *names) for day, names in days)))
    answer = dorf.json("stats", "A", "B", "--months", str(months))
    since = answer["months"][0]["month"] + "-01"
    within = [(day, names) for day, names in days if since <= day <= TODAY]
    assert len(answer["months"]) == months
    assert sum(one["encounters"] for one in answer["months"]) == len(within)
    assert sum(answer["how"].values()) == len(within)
    for one in answer["contacts"]:
        assert sum(m["encounters"] for m in one["months"]) == sum(
            one["name"] in names for _, names in within
        )
        ever = [day for day, names in days if one["name"] in names and day <= TODAY]
        assert one["encounters"] == len(ever)
        assert (one["first"], one["last"]) == (min(ever, default=None), max(ever, default=None))


@given(today=st.dates(), count=st.integers(1, 120))
def test_a_period_is_months_in_a_row_that_end_today(today: date, count: int) -> None:
    """All begin on the first; fewer only where the calendar begins."""
    months = Period.ending(today, count).months
    assert months[-1] == today.replace(day=1)
    assert all((b - timedelta(1)).replace(day=1) == a for a, b in pairwise(months))
    assert len(months) == count or months[0] == date.min


@pytest.mark.parametrize(
    ("course", "rhythm"),
    [
        (Course((), 0), None),
        (Course((), 2, date(2026, 1, 1), date(2026, 2, 1)), None),
        (Course((), 3, date(2026, 1, 1), date(2026, 1, 21)), 10),
        (Course((), 5, date(2026, 1, 1), date(2026, 1, 1)), 1),
    ],
)
def test_a_rhythm_needs_three_encounters(course: Course, rhythm: int | None) -> None:
    """Two say nothing; several on one day are every day."""
    assert course.rhythm == rhythm


# --- bars ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "most", "drawn"),
    [
        (0, 4, ""), (1, 4, "██"), (4, 4, "█" * 8), (20, 20, "█" * 40), (21, 42, "█" * 20),
        (1, 64, "▋"), (1, 10**6, "▏"), (10**6, 10**6, "█" * 40),
    ],
)  # fmt: skip
def test_a_bar_is_in_proportion(number: int, most: int, drawn: str) -> None:
    """Two cells for each while there is room, eighths when there is not, and never nothing."""
    assert bar(number, most) == drawn


@given(most=st.integers(1, 10**6), data=st.data())
def test_a_longer_bar_means_more(most: int, data: st.DataObject) -> None:
    """Bars grow with their numbers and fit into their room."""
    fewer, more = sorted(data.draw(st.lists(st.integers(0, most), min_size=2, max_size=2)))
    assert len(bar(fewer, most)) <= len(bar(more, most)) <= LONGEST_BAR


@pytest.mark.slow
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_bars_fit_into_the_terminal(logged: Dorf, columns: int) -> None:
    """However many encounters there are; and without colour they say the same."""
    many = tuple(met("2026-02-01", "Jana") for _ in range(1500))
    logged.load({"encounters": [*many, *(met("2026-01-01", "Jana") for _ in range(7))]})
    logged.environ = {"COLUMNS": str(columns), "TERM": "xterm-256color", "NO_COLOR": "1"}
    shown = re.sub(r"\x1b\[[0-9;]*m", "", logged("stats", tty=True))
    assert max(cell_len(line) for line in shown.splitlines()) <= columns
    assert [line.rstrip() for line in shown.splitlines()[-3:]] == [
        "  Jan 2026  ▏ 7", f"  Feb 2026  {'█' * 40} 1500", "  Mar 2026  ▏ 1"
    ]  # fmt: skip


@pytest.mark.parametrize("command", [["stats", "--details"], ["stats", "jana", "tom"]])
@pytest.mark.parametrize("form", ["plain", "json"])
def test_discreet_shows_no_name(aylin: Dorf, command: list[str], form: str) -> None:
    """Initials in sentences, headings and keys."""
    shown = aylin(*command, "--discreet", *(["--json"] if form == "json" else []))
    names = ("Murat", "Jana", "Fatma", "Klein", "Petrov", "Tom", "Chat", "Emil")
    assert [name for name in names if name in shown] == []
