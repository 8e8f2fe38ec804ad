"""Weeks in which nothing is noted, weeks of mourning, and whom no report may name (§3.4, §4.6)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from dorf.core.assessment import assess
from dorf.i18n import Language
from dorf.report.gaps.statements import statement_text, statements
from dorf.report.words import Words
from tests.villages import CORE6, DAY, NEAR, Document, ago, child, helper, person, read, village

if TYPE_CHECKING:
    from dorf.core.assessment import Assessment
    from tests.conftest import Dorf

IDA = [child(53)]
BOND = {"attachment": {"Ida": "secondary"}}


def keys(assessment: Assessment) -> set[str]:
    """Return the keys of the findings that are shown."""
    return {finding.key for finding in assessment.findings}


# --- a log at rest ----------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "resting"), [(27, False), (28, False), (29, True), (400, True)])
@pytest.mark.parametrize("newest", [{}, {"status": "ended"}, {"status": "paused"}, NEAR])
def test_the_log_rests_after_28_days(newest: Document, days: int, *, resting: bool) -> None:
    """Whoever the newest encounter was with; before the first one there is no rest."""
    old = helper("Tom", "advice", cadence_days=7, last_contact=ago(500))
    now = assess(read(village(old, helper("Kim", last_contact=ago(days), **newest))), DAY)
    assert now.resting is resting
    assert ("Tom" in [c.name for c in now.support.warm["advice"]]) is resting  # type: ignore[index]
    assert [urgency.tending.state for urgency in now.urgent][:1] == ["cooling"]
    assert not assess(read(village(helper("Kim", last_contact=None))), DAY).resting


def test_a_day_in_the_future_counts_as_today() -> None:
    """It is asked about (W1) and no sign that the log rests."""
    people = (helper("Kim", last_contact=ago(-5)), helper("Tom", last_contact=ago(99)))
    assert not assess(read(village(*people)), DAY).resting


def test_no_bond_fades_while_the_log_rests() -> None:
    """G09 needs a log that is kept; states and the tending list stay as they are."""
    grandma = helper("Oma", cadence_days=7, last_contact=ago(29), **BOND)
    assert "G09:Ida" not in keys(assess(read(village(grandma, children=IDA)), DAY))
    kept = village(grandma, helper("Kim"), children=IDA)
    assert "G09:Ida" in keys(assess(read(kept), DAY))


@pytest.mark.parametrize(("days", "weeks"), [(29, "4 weeks"), (34, "4 weeks"), (35, "5 weeks")])
def test_the_report_begins_with_the_rest(dorf: Dorf, days: int, weeks: str) -> None:
    """In whole weeks, without reproach, and with the way to catch up."""
    dorf.load(village(helper("Kim", last_contact=ago(days))))
    line = f"Nothing has been noted for {weeks}, and that is fine. Five minutes to catch up:"
    assert line in dorf("status")
    assert line in dorf("remind")
    dorf("log", "Kim")
    assert line not in dorf("status")


# --- mourning -----------------------------------------------------------------------------------

OMA = helper("Oma", *CORE6, roles=["grandparent"], last_contact=ago(61), **NEAR, **BOND)


def dead(days: int, *others: Document) -> Document:
    """Return the village of somebody who died *days* ago."""
    return village(OMA | {"died_on": ago(days)}, *others, children=IDA)


@pytest.mark.parametrize(("days", "mourned"), [(0, True), (59, True), (60, False), (-1, False)])
def test_somebody_is_mourned_for_sixty_days(dorf: Dorf, days: int, *, mourned: bool) -> None:
    """One quiet line; what the loss alone brought up, and what can wait, is held back."""
    dorf.load(dead(days, helper("Kim", "company")))
    document = dorf.status()
    assert document["measures"]["mourning"] == (["Oma"] if mourned else [])
    assert ("A farewell takes time. Nothing here is urgent." in dorf("status")) is mourned
    held = {entry["key"] for entry in document["hidden"] if entry["reason"] == "mourning"}
    shown = {gap["key"]: gap["severity"] for gap in document["gaps"]}
    assert bool(held) is mourned
    if mourned:
        assert {"G01", "G02:emotional", "G02:childcare", "G05"} <= held
        assert min(shown.values(), default=2) >= 2
    else:
        assert {"G01", "G02:emotional", "G05"} <= set(shown)


def test_what_was_missing_before_the_loss_stays() -> None:
    """Nobody gave company while she lived either, and others are told about as ever."""
    oma = OMA | {"died_on": ago(3), "gives": ["emotional"]}
    now = assess(read(village(oma, helper("Kim"), children=IDA)), DAY)
    assert "G02:company" in keys(now)
    assert "G02:emotional" not in keys(now)


def test_shown_and_held_back_are_together_what_there_is() -> None:
    """Mourning filters, and changes no condition."""
    mourning = assess(read(dead(59, helper("Kim", "company"))), DAY)
    later = assess(read(dead(60, helper("Kim", "company"))), DAY)
    held = {entry.finding.key for entry in mourning.held}
    assert keys(mourning) | held == keys(later)
    assert not keys(mourning) & held


@pytest.mark.parametrize("days", [0, 30])
def test_a_birth_does_not_wait(days: int) -> None:
    """G25 of severity 3 is shown, although it would be absent if she were still there."""
    due = [*IDA, {"name": "Neu", "born": ago(-30)}]
    now = assess(read(village(OMA | {"died_on": ago(days)}, helper("Kim"), children=due)), DAY)
    assert {f.key: f.severity for f in now.findings}["G25"] == 3
    alive = assess(read(village(OMA, helper("Kim"), children=due)), DAY)
    assert "G25" not in keys(alive)


def test_whoever_lost_the_partner_is_compared_as_a_couple() -> None:
    """What only a single parent lacks came with the loss (DOMAIN.md §4.6)."""
    partner = helper("Jonas", *CORE6, roles=["partner"], where="household", died_on=ago(5))
    people = (helper("Kim", "emergency", **NEAR), partner)
    now = assess(read(village(*people, children=IDA, single_parent=True)), DAY)
    held = {entry.finding.key for entry in now.held}
    assert {"G19", "G20"} <= held


def test_the_dead_are_in_no_list() -> None:
    """No tending, no yearly day, no question, no plan, ever."""
    fields: Document = {"birthday": "1950-03-04", "planned_on": ago(-1), "cadence_days": 7}
    oma = person("Oma", "grandparent", died_on=ago(100), **{**fields, "last_contact": None})
    now = assess(read(village(oma, helper("Kim"), children=IDA)), DAY)
    named = [urgency.tending.contact.name for urgency in now.urgent]
    named += [coming.tending.contact.name for coming in now.soon]
    named += [tending.contact.name for tending in now.plans]
    named += [contact.name for question in now.questions for contact in question.contacts]
    assert "Oma" not in named


def test_a_village_in_mourning_never_holds(dorf: Dorf) -> None:
    """And what is missing is still open."""
    dorf.load(dead(3, *(helper(name, *CORE6, phones=["1"], **NEAR) for name in ("Kim", "Tom"))))
    assert dorf.status()["holds"] is False
    assert "Your village holds." not in dorf("status")
    assert "Someone is missing here" not in dorf("status", "--all")


# --- of whom nothing is noted -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, True),
        ({"roles": ["friend"]}, True),
        ({"circle": 1, "roles": ["friend"]}, True),
        ({"roles": ["acquaintance"]}, False),
        ({"roles": ["friend", "acquaintance"]}, True),
        ({"cadence_days": 30}, False),
        ({"cadence_days": 0}, False),
        ({"roles": ["educator"]}, False),
        ({"where": "household"}, False),
        ({"strained": True}, False),
        ({"snoozed_until": ago(-1)}, False),
        ({"snoozed_until": ago(0)}, True),
        ({"planned_on": ago(-30)}, False),
        ({"planned_on": ago(-31)}, True),
        ({"status": "paused"}, False),
        ({"until": ago(1)}, False),
        ({"last_contact": ago(400)}, False),
    ],
)
def test_q1_asks_of_whom_nothing_is_noted(fields: Document, *, asked: bool) -> None:
    """One question for all who would have a rhythm, and nobody nags."""
    someone = person("Mia", **{"last_contact": None, "added_on": ago(500), **fields})
    now = assess(read(village(someone, helper("Kim"))), DAY)
    questions = {entry.key: [c.name for c in entry.contacts] for entry in now.questions}
    assert questions == ({"Q1": ["Mia"]} if asked else {})
    if asked:
        assert not now.urgent


@pytest.mark.parametrize(
    ("blank", "others", "asked"), [(2, 0, False), (3, 0, True), (3, 3, True), (3, 4, False)]
)
def test_q2_asks_who_people_are(dorf: Dorf, blank: int, others: int, *, asked: bool) -> None:
    """Once three are blank and they are half of the village; by name, three in the sentence."""
    names = [person(f"B{n}") for n in range(blank)]
    stated = [person(f"K{n}", gives=[]) for n in range(others)]
    home = person("Jo", where="household")
    dorf.load(village(*names, *stated, home))
    questions = {entry["key"]: entry["names"] for entry in dorf.status()["questions"]}
    assert questions == ({"Q2": [f"B{n}" for n in range(blank)]} if asked else {})
    assert ("who 3 people are to you (B0, B1 and B2)" in dorf("status")) is asked


def test_an_address_book_is_two_questions_and_no_pile(dorf: Dorf) -> None:
    """Sixty imported names: day 1, 15 and 60 are calm, and a reminder says nothing of them."""
    dorf.load(village(*(person(f"N{n:02}", last_contact=None, added_on=ago(0)) for n in range(60))))
    for days in (0, 14, 59):
        dorf.today = (DAY + timedelta(days)).isoformat()
        document = dorf.status()
        assert document["tending"] == []
        assert [len(entry["names"]) for entry in document["questions"]] == [60, 60]
        assert {gap["severity"] for gap in document["gaps"]} <= {1, 3}
        assert "(N00, N01, N02 and 57 more)" in dorf("status")
        assert "N0" not in dorf("remind")


# --- who is left alone --------------------------------------------------------------------------

ALONE: dict[str, Document] = {
    "strained": {"strained": True},
    "dead": {"died_on": ago(100)},
    "ended": {"status": "ended"},
    "paused": {"status": "paused"},
    "expired": {"until": ago(100)},
}


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("fields", ALONE.values(), ids=ALONE)
def test_nobody_reminds_of_whoever_is_left_alone(dorf: Dorf, fields: Document, lang: str) -> None:
    """Not to ask, not to greet, not as a step, a birthday, a plan that is over, a phone number."""
    dorf.lang = lang
    zoe = person("Zoe", "parent_friend", last_contact=ago(90), birthday="1990-03-04", **NEAR,
                 phones=["0171"], trusted=True, planned_on=ago(9), gives=None, gets=["childcare"],
                 kids=[], skills=["Nähen"], **fields)  # fmt: skip
    dorf.load(village(zoe, helper("Kim"), children=IDA, single_parent=True))
    over = {"G22:Zoe"}
    told = [gap for gap in dorf.status()["gaps"] if gap["key"] not in over]
    assert "Zoe" not in str(told)
    assert "Zoe" not in dorf("remind")
    assert "Zoe" not in dorf("tend", stdin="")
    assert "0171" not in dorf("status", "--all")
    assert "Zoe" not in dorf("export", "-", "--format", "ics")
    step = dorf.status()["next_step"]
    assert step is None or step["name"] is None


# --- sentences that say several findings ----------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Emil and Ida have no go-to person besides you yet."),
        ("de", "Emil und Ida haben außer Euch noch keine feste Bezugsperson."),
    ],
)
def test_findings_of_one_rule_are_one_sentence(lang: str, sentence: str) -> None:
    """Both children in one, while each keeps its key."""
    children = [child(53, "Emil"), child(7, "Ida")]
    jonas = helper("Jonas", where="household", attachment={"Emil": "primary"})
    findings = assess(read(village(jonas, children=children)), DAY).findings
    merged = [said for said in statements(findings) if said.first.rule == "G08"]
    assert [[f.key for f in said.findings] for said in merged] == [["G08:Emil", "G08:Ida"]]
    assert statement_text(merged[0], Words(Language(lang), DAY)).startswith(sentence)


def test_kinds_of_the_same_people_are_one_sentence() -> None:
    """What comes only from those who cost strength is said once, with all its kinds."""
    tom = helper("Tom", "emotional", "advice", strained=True)
    findings = assess(read(village(tom, helper("Kim"))), DAY).findings
    (said,) = [said for said in statements(findings) if said.first.rule == "G18"]
    assert statement_text(said, Words(Language("en"), DAY)) == (
        "Emotional support and advice and experience: for now only from people who also cost you "
        "strength (Tom)."
    )
