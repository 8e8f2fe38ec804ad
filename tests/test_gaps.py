"""The 27 gap rules of DOMAIN.md §4: when each speaks, how loudly, and when it is silent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dorf.core.assessment import assess
from dorf.core.gaps.finding import Finding
from dorf.core.gaps.rules import RULES as GAP_RULES
from dorf.i18n import Language
from dorf.report.gaps.rule_words import RULE_WORDS
from dorf.report.gaps.statements import Statement, fields_of
from dorf.report.words import Words
from tests.villages import (
    COLD,
    CORE6,
    DAY,
    NEAR,
    RICH,
    Document,
    ago,
    child,
    helped,
    helper,
    months_ago,
    person,
    read,
    report,
    severities,
    village,
)

if TYPE_CHECKING:
    from dorf.core.tips import Tip
    from tests.conftest import Dorf

RULES = [f"G{n:02d}" for n in range(1, 28)]
IDA = [child(53)]
ALONE: Document = {"children": IDA, "single_parent": True}


def found(document: Document, *rules: str) -> dict[str, int]:
    """Return the findings of *rules*, or of all, with their severities, in their order."""
    findings = report(document).findings
    return {one.key: one.severity for one in findings if not rules or one.rule in rules}


def shown(dorf: Dorf, *rules: str) -> list[str]:
    """Return the keys of the findings of *rules* that the status report has."""
    return [key for key in severities(dorf) if key.partition(":")[0] in rules]


def neighbours(count: int, **fields: Any) -> list[Document]:
    """Return *count* people outside, of the group of neighbours, who give nothing."""
    return [helper(f"N{n}", roles=["neighbour"], **fields) for n in range(count)]


def peer(name: str, gives: list[str] | None = None, gets: list[str] | None = None) -> Document:
    """Return a friend with what was stated about give and take."""
    return person(name, "friend", gives=gives, gets=gets)


# --- G01 … G04 ------------------------------------------------------------------------------

FORUM = person("Forum", "online_community")
PARTNER = person("Jonas", "partner", where="household")
EVERYTHING_TWICE = [helper(name, *CORE6) for name in ("Mia", "Tom")]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([], {"G01": 2}),
        (neighbours(2), {"G01": 2}),
        (neighbours(3), {"G01": 1}),
        (neighbours(4), {"G01": 1}),
        (neighbours(5), {}),
        ([*neighbours(4), FORUM], {"G01": 1}),
        ([*neighbours(4), PARTNER], {"G01": 1}),
        ([*neighbours(2), helper("Au-pair", where="household")], {"G01": 1}),
        ([*EVERYTHING_TWICE, *neighbours(1)], {}),
        ([*EVERYTHING_TWICE, *neighbours(2)], {}),
        (EVERYTHING_TWICE, {"G01": 2}),
        ([*neighbours(4), helper("Tom", status="paused")], {"G01": 1}),
        ([*neighbours(4), helper("Tom", status="ended")], {"G01": 1}),
        ([*neighbours(4), helper("Tom", online_only=True)], {}),
        ([*neighbours(4), helper("Tom", **COLD)], {}),
        ([*neighbours(4), helper("Tom", roles=["friend", "online_community"])], {}),
    ],
)
def test_g01_counts_people_outside(people: list[Document], expected: dict[str, int]) -> None:
    """Under three is thin, under five worth knowing where some help is thin, too.

    Online communities and the partner are not counted; others at home are.
    """
    assert found(village(*people), "G01") == expected


UNCOVERED = {
    "emotional": 3,
    "childcare": 3,
    "practical": 2,
    "advice": 2,
    "company": 2,
    "appraisal": 1,
}


@pytest.mark.parametrize("kind", UNCOVERED)
def test_g02_names_the_one_kind_that_nobody_gives(kind: str) -> None:
    """Emotional support and childcare are gaps, encouragement a note, the others thin."""
    others = [one for one in UNCOVERED if one != kind]
    people = (helper("Mia", *others), helper("Tom", *others), helper("Uwe"))
    assert found(village(*people, children=IDA), "G02") == {f"G02:{kind}": UNCOVERED[kind]}


@pytest.mark.parametrize(
    ("third", "missed"),
    [
        (helper("Uwe"), True),
        (helper("Uwe", where="household"), True),
        (helper("Uwe", gives=None), False),
        (helper("Uwe", status="paused"), False),
        (helper("Uwe", until=ago(1)), False),
    ],
)
def test_encouragement_is_missed_once_three_are_stated(third: Document, *, missed: bool) -> None:
    """What nobody stated is unknown; three statements of present people tell enough."""
    document = village(helper("Mia", "advice"), helper("Tom", "advice"), third)
    assert ("G02:appraisal" in found(document, "G02")) is missed


@pytest.mark.parametrize(
    ("giver", "covered"),
    [
        ({}, True),
        ({"last_contact": ago(29), "cadence_days": 10}, True),
        (COLD, False),
        ({**COLD, "planned_on": ago(0)}, True),
        ({**COLD, "cadence_days": 0}, True),
        ({"last_contact": None, "cadence_days": 1}, True),
        ({"status": "paused"}, False),
        ({"status": "paused", "paused_until": ago(0)}, True),
        ({"status": "ended"}, False),
        ({"where": "household"}, True),
        ({"where": "far"}, False),
        ({"where": "near"}, True),
        ({"online_only": True}, False),
        ({"roles": ["online_community"]}, False),
        ({"roles": ["online_community"], "online_only": False}, True),
        ({"trusted": False}, True),
        ({"strained": True}, True),
    ],
)
def test_only_a_warm_tie_that_can_give_covers_a_kind(giver: Document, *, covered: bool) -> None:
    """Everyday help needs a warm line, someone in person and no long way."""
    uncovered = found(village(helper("Mia", "practical", **giver)), "G02")
    assert ("G02:practical" not in uncovered) is covered


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({}, "emotional childcare emergency practical advice company appraisal material skill"),
        ({"online_only": True}, "emotional advice appraisal skill"),
        ({"trusted": False}, "emotional practical advice company appraisal material skill"),
        ({"trusted": True},
         "emotional childcare emergency practical advice company appraisal material skill"),
        ({"where": "far"}, "emotional childcare advice company appraisal material skill"),
        ({"where": "far", "online_only": True, "trusted": False},
         "emotional advice appraisal skill"),
    ],
)  # fmt: skip
def test_some_kinds_cannot_be_given_by_some(dorf: Dorf, fields: Document, left: str) -> None:
    """Not by screen, not without trust; neither parcels nor a rescue from far away (§2)."""
    everything = [*CORE6, "appraisal", "material", "skill"]
    dorf.load(village(helper("Mia", *everything, **fields)))
    coverage = dorf.status()["coverage"]
    assert [kind for kind, names in coverage.items() if names == ["Mia"]] == left.split()


ASSUMED = {
    # role: the kinds that count while nothing is stated (DOMAIN.md §1)
    "partner": "emotional childcare practical company appraisal",
    "coparent": "childcare",
    "grandparent": "emotional childcare emergency advice",
    "relative": "emotional practical material",
    "godparent": "emotional company material",
    "friend": "emotional childcare advice company appraisal",
    "colleague": "advice company",
    "parent_friend": "emotional childcare emergency advice company appraisal",
    "acquaintance": "",
    "course_group": "advice company",
    "neighbour": "practical",
    "educator": "advice",
    "babysitter": "childcare emergency",
    "rental_grandparent": "childcare company",
    "household_help": "practical",
    "volunteer": "emotional childcare practical",
    "professional": "advice appraisal",
    "self_help_group": "emotional advice company appraisal",
    "online_community": "advice appraisal",
    "other": "",
}


def test_every_role_has_its_assumed_kinds(dorf: Dorf) -> None:
    """A person of whom only the role is known counts with what such people usually give."""
    dorf.load(village(*(person(role, role) for role in ASSUMED)))
    coverage = dorf.status()["coverage"]
    kinds = {role: [kind for kind, names in coverage.items() if role in names] for role in ASSUMED}
    assert kinds == {role: assumed.split() for role, assumed in ASSUMED.items()}


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"roles": ["neighbour", "colleague"]}, ["practical", "advice", "company"]),
        ({"roles": ["neighbour"], "trusted": True}, ["emergency", "practical"]),
        ({"roles": ["neighbour"], "strained": True}, []),
        ({"roles": ["neighbour"], "strained": True, "gives": ["advice"]}, ["advice"]),
        ({"roles": ["godparent"], "kids": [months_ago(50)]}, ["emotional", "company", "material"]),
        ({"roles": ["friend"], "kids": [months_ago(50)]},
         ["emotional", "childcare", "emergency", "advice", "company", "appraisal"]),
        ({"roles": ["colleague"], "pickup": True}, ["advice", "company"]),
        ({"roles": ["colleague"], "pickup": True, **NEAR}, ["emergency", "advice", "company"]),
        ({"roles": ["colleague"], "pickup": True, "where": "far"}, ["advice", "company"]),
        ({"gives": ["advice"], "pickup": True, **NEAR}, ["advice"]),
        ({"roles": ["coparent"], "where": "far"}, []),
        ({"roles": ["coparent"], "where": "far", "gives": ["childcare"]}, ["childcare"]),
        ({"roles": ["neighbour"], "gives": []}, []),
        ({"roles": ["neighbour"], "gives": ["emotional"]}, ["emotional"]),
        ({"roles": ["neighbour"], "gets": ["emotional"]}, ["practical"]),
    ],
)  # fmt: skip
def test_what_is_stated_replaces_what_is_assumed(
    dorf: Dorf, fields: Document, kinds: list[str]
) -> None:
    """All roles are assumed together; a statement, even an empty one, is the whole truth."""
    dorf.load(village(person("Mia", **fields)))
    coverage = dorf.status()["coverage"]
    assert [kind for kind, names in coverage.items() if names] == kinds


AT_HOME = {"emotional": 2, "childcare": 2, "practical": 1, "advice": 1, "company": 1}


@pytest.mark.parametrize("kind", AT_HOME)
def test_g03_speaks_while_only_the_household_gives(kind: str) -> None:
    """However many live at home; a person outside, if warm, ends it."""
    home = [helper(name, kind, where="household") for name in ("Jonas", "Au-pair")]
    cold, warm = helper("Tom", kind, **COLD), helper("Tom", kind)
    assert found(village(*home, cold, children=IDA), "G03") == {f"G03:{kind}": AT_HOME[kind]}
    assert found(village(*home, warm, children=IDA), "G03") == {}


@pytest.mark.parametrize("kind", AT_HOME)
def test_g04_speaks_while_one_person_gives(kind: str) -> None:
    """A cold second one is no second one; who lives at home is."""
    mia, cold = helper("Mia", kind), helper("Tom", kind, **COLD)
    at_home = helper("Tom", kind, where="household")
    assert found(village(mia, cold, children=IDA), "G04") == {f"G04:{kind}": AT_HOME[kind]}
    assert found(village(mia, at_home, children=IDA), "G04") == {}


def test_g04_weighs_childcare_more_for_a_single_parent() -> None:
    """Childcare rises to 3, and nothing else does."""
    document = village(helper("Mia", *CORE6, "appraisal"), **ALONE)
    assert found(document, "G04") == {
        f"G04:{kind}": 3 if kind == "childcare" else n for kind, n in AT_HOME.items()
    }


def test_emergency_and_encouragement_are_no_matter_of_g03_and_g04() -> None:
    """Emergencies have their own rules, encouragement is only looked at for absence."""
    people = (helper("Jonas", "emergency", where="household"), helper("Mia", "appraisal"))
    assert found(village(*people, children=IDA), "G02", "G03", "G04") == {
        f"G02:{kind}": UNCOVERED[kind] for kind in AT_HOME
    }


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([], {"G02:advice": 2}),
        ([helper("Tom", "advice", **COLD)], {"G02:advice": 2}),
        ([helper("Jonas", "advice", where="household")], {"G03:advice": 1}),
        ([helper("Mia", "advice")], {"G04:advice": 1}),
        ([helper("Mia", "advice"), helper("Jonas", "advice", where="household")], {}),
    ],
)
def test_a_kind_has_one_finding_at_most(people: list[Document], expected: dict[str, int]) -> None:
    """G02 comes before G03, and G03 before G04."""
    findings = found(village(*people), "G02", "G03", "G04")
    assert {key: n for key, n in findings.items() if key.endswith(":advice")} == expected


# --- G05 … G07 ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([], {"G05": 3}),
        ([helper("Mia", "emergency", where="far")], {"G05": 3}),
        ([helper("Mia", "emergency", where="household")], {"G05": 3}),
        ([helper("Mia", "childcare", **NEAR)], {"G05": 3}),
        ([helper("Mia", "emergency", **NEAR, **COLD)], {"G05": 3}),
        ([helper("Mia", "emergency", **NEAR, trusted=False)], {"G05": 3}),
        ([helper("Mia", "emergency", **NEAR, online_only=True)], {"G05": 3}),
        ([helper("Mia", "emergency", **COLD)], {"G05": 3}),
        ([helper("Mia", "emergency")], {"G05:ask": 1}),
        ([helper("Mia", "emergency"), helper("Tom", "emergency", where="far")], {"G05:ask": 1}),
        ([helper("Mia", "emergency", **NEAR)], {"G06": 2}),
        ([helper("Mia", "emergency", where="household", pickup=True)], {"G06": 2}),
        ([helper("J", "emergency", roles=["partner"], where="household", pickup=True)], {"G05": 3}),
        ([helper("Mia", "emergency", strained=True, **NEAR)], {"G05": 3}),
        ([helper("Mia", "emergency", until=ago(1), **NEAR)], {"G05": 3}),
        ([helper("Mia", "emergency", strained=True)], {"G05": 3}),
        ([helper("Mia", "emergency", **NEAR), helper("Tom", "emergency")], {"G06": 2}),
        ([helper("Mia", "emergency", **NEAR), helper("Tom", "emergency", **NEAR)], {}),
    ],
)
def test_one_of_g05_g05_ask_and_g06_holds_at_most(
    people: list[Document], expected: dict[str, int]
) -> None:
    """Nobody near is a gap, an unknown place a question, one person near is thin."""
    assert found(village(*people, children=IDA), "G05", "G06") == expected


def test_g06_weighs_more_for_a_single_parent() -> None:
    """Who is alone with one helper near has no plan B."""
    people = (helper("Mia", "emergency", **NEAR), helper("Tom", "emergency"))
    assert found(village(*people, **ALONE), "G06") == {"G06": 3}


@pytest.mark.parametrize(
    ("months", "helpers", "expected"),
    [
        ([11], [{}], {}),
        ([12], [{}], {"G07:ask": 1}),
        ([143], [{}], {"G07:ask": 1}),
        ([144], [{}], {}),
        ([11, 144], [{}], {}),
        ([3, 30], [{}], {"G07:ask": 1}),
        ([30], [{"pickup": False}], {}),
        ([30], [{}, {"pickup": False}], {"G07": 2}),
        ([30], [{}, {"pickup": False, "status": "paused"}], {"G07": 2}),
        ([30], [{}, {"pickup": False, "status": "ended"}], {"G07:ask": 1}),
        ([30], [{"trusted": None}], {}),
        ([30], [{"trusted": False}], {}),
        ([30], [{"pickup": True}], {}),
        ([30], [{}, {"pickup": True}], {}),
        ([30], [{}, {"pickup": True, **COLD}], {}),
        ([30], [{}, {"pickup": True, "where": "household", "roles": ["coparent"]}], {}),
        ([30], [{}, {"pickup": True, "where": "household", "roles": ["partner"]}], {"G07": 2}),
        ([30], [{}, {"pickup": True, "strained": True}], {"G07": 2}),
        ([30], [{}, {"pickup": True, "trusted": False}], {"G07": 2}),
        ([30], [{}, {"pickup": True, "trusted": None}], {}),
        ([30], [{}, {"pickup": True, "until": ago(1)}], {"G07": 2}),
        ([30], [{}, {"pickup": True, "where": "far"}], {"G07": 2}),
        ([30], [{}, {"pickup": True, "where": None}], {"G07": 2}),
        ([30], [{"where": "far"}], {}),
        ([30], [], {}),
    ],
)
def test_g07_asks_who_may_pick_up(
    months: list[int], helpers: list[Document], expected: dict[str, int]
) -> None:
    """From the first birthday on; trust comes before, and what nobody noted is asked for."""
    trusted = {**NEAR, "trusted": True}
    people = [helper(f"H{n}", "emergency", **{**trusted, **more}) for n, more in enumerate(helpers)]
    children = [child(age, f"K{age}") for age in months]
    assert found(village(*people, children=children), "G07") == expected


# --- G08 … G10 ------------------------------------------------------------------------------

BOND = {"attachment": {"Ida": "secondary"}}
OVERDUE = {"cadence_days": 10, "last_contact": ago(15)}


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([{}], {"G08:ask": 1}),
        ([{"attachment": {"Ida": "primary"}}], {"G08:Ida": 2}),
        ([{"attachment": {"Ben": "secondary"}}], {"G08:Ida": 2}),
        ([{**BOND, "status": "paused"}], {"G08:Ida": 2}),
        ([{**BOND, "status": "ended"}], {"G08:ask": 1}),
        ([{**BOND, "until": ago(1)}], {"G08:Ida": 2}),
        ([{**BOND, **OVERDUE, "strained": True}], {}),
        ([{**BOND, **OVERDUE}, {**BOND, "strained": True}], {"G09:Ida": 2}),
        ([BOND], {}),
        ([{**BOND, "where": "household"}], {}),
        ([{**BOND, "cadence_days": 10, "last_contact": ago(14)}], {}),
        ([{**BOND, **OVERDUE}], {"G09:Ida": 2}),
        ([{**BOND, **COLD}], {"G09:Ida": 2}),
        ([{**BOND, **OVERDUE, "snoozed_until": ago(-1)}], {"G09:Ida": 2}),
        ([{**BOND, **OVERDUE, "planned_on": ago(-1)}], {}),
        ([{**BOND, "cadence_days": 10, "last_contact": None}], {}),
        ([{**BOND, **OVERDUE}, {**BOND, **COLD}], {"G09:Ida": 2}),
        ([{**BOND, **OVERDUE}, BOND], {}),
        ([{**BOND, **OVERDUE}, {**BOND, "last_contact": None}], {}),
        ([{**BOND, **OVERDUE}, {**BOND, "status": "paused"}], {"G09:Ida": 2}),
    ],
)
def test_a_child_needs_a_second_person_and_sees_them(
    people: list[Document], expected: dict[str, int]
) -> None:
    """G08 while there is nobody, G09 while all were recorded and not seen for a while.

    While no bond is noted at all, that is asked for; nobody is told to see a strained person.
    """
    document = village(*(helper(f"P{n}", **p) for n, p in enumerate(people)), children=IDA)
    assert found(document, "G08", "G09") == expected


def test_each_child_is_looked_at_by_itself() -> None:
    """From six months to the eighteenth birthday, by name, and each with its own people.

    For a teenager it is good to know; a bond fades for children under twelve.
    """
    ages = {"Ida": 53, "ben": 5, "Ada": 6, "Cem": 143, "Dora": 144, "Gül": 215, "Max": 216,
            "Elif": -1}  # fmt: skip
    children = [child(months, name) for name, months in ages.items()]
    bonds = {"Ida": "secondary"}
    assert found(village(helper("Oma", attachment=bonds, **OVERDUE), children=children),
                 "G08", "G09") == {
        "G08:Ada": 2, "G08:Cem": 2, "G09:Ida": 2, "G08:Dora": 1, "G08:Gül": 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ages", "variant", "children"),
    [
        ([6], "", ["K6"]),
        ([5, 30, 150], "", ["K30", "K150"]),
        ([144, 215], "teen", ["K144", "K215"]),
        ([5, 216, -1], None, []),
    ],
)
def test_bonds_are_asked_for_once(ages: list[int], variant: str, children: list[str]) -> None:
    """One question for all children, in other words once all are teenagers."""
    document = village(helper("Oma"), children=[child(age, f"K{age}") for age in ages])
    asked = [(f.variant, [*f.children]) for f in report(document).findings if f.rule == "G08"]
    assert asked == ([] if variant is None else [(variant, children)])


@pytest.mark.parametrize(
    ("months", "kid", "severity"),
    [
        # the child's age and the kid's; None: somebody of the same age is there
        (0, 6, None),
        (0, 7, 2),
        (0, -6, None),
        (23, 29, None),
        (23, 30, 2),
        (23, 17, None),
        (23, 16, 2),
        (24, 36, None),
        (24, 37, 2),
        (71, 83, None),
        (71, 84, 2),
        (72, 96, None),
        (72, 97, 1),
        (72, 48, None),
        (72, 47, 1),
        (119, 144, 1),
        (119, 143, None),
        (120, 200, None),
        (-1, 200, None),
    ],
)
def test_g10_looks_for_children_of_about_the_same_age(
    months: int, kid: int, severity: int | None
) -> None:
    """Six months apart under two, twelve under six, then 24; asked up to ten years."""
    document = village(helper("Mia", kids=[months_ago(kid)]), children=[child(months)])
    assert found(document, "G10") == ({"G10:Ida": severity} if severity else {})


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ({"kids": ["2014-01", months_ago(53)]}, True),
        ({"kids": [{"name": "Mats", "born": months_ago(53)}]}, True),
        ({"kids": [{"name": "Mats"}]}, False),
        ({"kids": []}, False),
        ({"where": "near"}, True),
        ({"where": "far"}, False),
        ({"where": "household"}, False),
        ({"online_only": True}, False),
        ({"roles": ["online_community"]}, False),
        ({"status": "paused"}, False),
        (COLD, True),
    ],
)
def test_g10_counts_families_whom_the_child_can_meet(fields: Document, *, known: bool) -> None:
    """Outside, in person, not far away; an unknown place and a birth month will do."""
    document = village(helper("Mia", **{"kids": [months_ago(53)], **fields}), children=IDA)
    assert found(document, "G10") == ({} if known else {"G10:Ida": 2})


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"roles": ["parent_friend"]}, True),
        ({"roles": ["course_group"]}, True),
        ({"roles": ["acquaintance"]}, True),
        ({"roles": ["neighbour", "parent_friend"]}, True),
        ({"roles": ["neighbour", "course_group"]}, False),
        ({"roles": ["friend"]}, False),
        ({"roles": ["parent_friend"], "kids": ["2014-01"]}, False),
        ({"roles": ["parent_friend"], "kids": [{"name": "Mats"}]}, True),
        ({"roles": ["parent_friend"], "where": "far"}, False),
        ({"roles": ["parent_friend"], "where": "household"}, False),
        ({"roles": ["parent_friend"], "online_only": True}, False),
        ({"roles": ["parent_friend"], "strained": True}, False),
        ({"roles": ["parent_friend"], "until": ago(1)}, False),
        ({"roles": ["parent_friend"], "status": "paused"}, False),
    ],
)
def test_g10_asks_before_it_misses_a_family(fields: Document, *, asked: bool) -> None:
    """Of whoever is met through children, the age of the child may just not be noted."""
    children = [child(53), child(80, "Ben"), child(130, "Cem")]
    document = village(helper("Mia", **fields), children=children)
    alone = {"G10:Ida": 2, "G10:Ben": 1}
    assert found(document, "G10") == ({"G10:ask": 1} if asked else alone)


# --- G11 … G14 ------------------------------------------------------------------------------


def online(count: int) -> list[Document]:
    """Return *count* friends who were never met."""
    return [helper(f"O{n}", roles=["friend"], online_only=True) for n in range(count)]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([], {}),
        (online(1), {"G11": 3}),
        ([FORUM], {"G11": 3}),
        (online(4), {"G11": 3}),
        ([*online(1), PARTNER], {"G11": 3}),
        ([*online(1), helper("Kita", roles=["educator"])], {"G11": 3}),
        ([*online(1), helper("Tom", status="paused")], {"G11": 3}),
        ([*online(1), *neighbours(1)], {}),
        ([*online(2), *neighbours(1)], {}),
        ([*online(2), *neighbours(2)], {"G12": 1}),
        ([*online(3), *neighbours(1)], {"G12": 1}),
        ([*online(1), *neighbours(3)], {}),
        ([*online(2), *neighbours(3)], {}),
        ([*online(3), *neighbours(3)], {"G12": 1}),
        ([*online(2), *neighbours(1), helper("Kita", roles=["educator"])], {}),
        ([*online(2), *neighbours(1), person("Blank")], {}),
        ([*online(2), *neighbours(2), person("Blank")], {"G12": 1}),
        ([helper("Kita", roles=["educator"])], {}),
        (neighbours(4), {}),
    ],
)
def test_a_village_that_is_online_is_told_so(
    people: list[Document], expected: dict[str, int]
) -> None:
    """G11 when all informal ties are online, else G12 for half or more of at least four."""
    assert found(village(*people), "G11", "G12") == expected


STATED = ["emotional"]


@pytest.mark.parametrize(
    ("people", "log", "expected"),
    [
        ([peer("A", STATED, []), peer("B", [], []), peer("C", [], [])], [], {"G13:take": 1}),
        ([peer("A", [], STATED), peer("B", [], []), peer("C", [], [])], [], {}),
        ([peer("A", [], STATED), peer("B", [], STATED), peer("C", [], [])], [], {"G13:give": 2}),
        ([peer("A", [], STATED), peer("B", [], STATED), peer("C", STATED, [])], [],
         {"G13:give": 2}),
        ([peer("A", [], STATED), peer("B", [], STATED), peer("C", [], [])], [("B", "in")], {}),
        ([peer("A", [], []), peer("B", [], []), peer("C", [], [])], [], {}),
        ([peer("A", STATED, STATED), peer("B", [], []), peer("C", [], [])], [], {}),
        ([peer("A", STATED, []), peer("B", [], STATED), peer("C", [], [])], [], {}),
        ([peer("A", STATED, []), peer("B", [], [])], [], {}),
        ([peer("A", STATED, []), peer("B", [], []), peer("C", None, [])], [], {}),
        ([peer("A", STATED, []), peer("B", [], []), peer("C", [], None)], [], {}),
        ([peer("A", STATED, []), peer("B", [], []), peer("C")], [("C", "in")], {"G13:take": 1}),
        ([peer("A", STATED, []), peer("B", [], []), peer("C")], [("C", "out")], {}),
        ([peer("A"), peer("B"), peer("C")], [("A", "out"), ("B", "out"), ("C", "out")],
         {"G13:give": 2}),
        ([peer("A"), peer("B"), peer("C")], [("A", "in"), ("B", "in"), ("C", "in")],
         {"G13:take": 1}),
        ([peer("A"), peer("B"), peer("C")], [], {}),
        ([peer("A"), peer("B"), peer("C", [], STATED)], [("A", "in"), ("B", "in")], {}),
    ],
)  # fmt: skip
def test_g13_weighs_what_is_known_of_three_equals(
    people: list[Document], log: list[tuple[str, str]], expected: dict[str, int]
) -> None:
    """Stated kinds or the help log count, never what is assumed; both ways are no finding."""
    entries = tuple(helped(name, way) for name, way in log)
    assert found(village(*people, log=entries), "G13") == expected


@pytest.mark.parametrize("days", [0, 180, 3000])
def test_g13_remembers_help_of_any_time(days: int) -> None:
    """The window of 180 days is only for the weighing of single persons."""
    people = [peer("A", STATED, []), peer("B", [], []), peer("C", [], [])]
    assert found(village(*people, log=(helped("B", "out", days),)), "G13") == {}


@pytest.mark.parametrize(
    ("third", "counted"),
    [
        ({"roles": ["friend"]}, True),
        ({"roles": ["parent_friend"]}, True),
        ({"roles": ["neighbour"]}, True),
        ({"roles": ["acquaintance"]}, True),
        ({"roles": ["colleague"]}, True),
        ({"roles": ["colleague", "course_group"]}, True),
        ({"roles": ["course_group", "colleague"]}, False),
        ({"roles": ["friend", "relative"]}, False),
        ({"roles": ["friend"], "online_only": True}, False),
        ({"roles": ["friend"], "where": "household"}, False),
        ({"roles": ["friend"], "status": "paused"}, False),
        ({"roles": ["friend"], "strained": True}, False),
        ({"roles": ["friend"], "until": ago(1)}, False),
        ({"roles": ["friend"], **COLD}, True),
        ({"roles": ["friend"], "circle": 1}, True),
        ({"roles": ["godparent"]}, False),
        ({"roles": ["babysitter"]}, False),
        ({"roles": ["grandparent"]}, False),
        ({"roles": ["other"]}, False),
    ],
)
def test_only_equals_weigh_give_and_take(third: Document, *, counted: bool) -> None:
    """No scorekeeping with kin, at home, with paid help or by screen (DOMAIN.md §0.1)."""
    people = [peer("A", STATED, []), peer("B", [], []), helper("C", **third)]
    assert found(village(*people), "G13") == ({"G13:take": 1} if counted else {})


TWO = ["emotional", "practical"]
BALANCED = peer("Ben", STATED, STATED)


@pytest.mark.parametrize(
    ("contact", "fires"),
    [
        (peer("Mia", TWO, []), True),
        (peer("Mia", [], TWO), True),
        (peer("Mia", STATED, []), False),
        (peer("Mia", [], STATED), False),
        (peer("Mia", TWO, STATED), False),
        (peer("Mia", TWO, None), False),
        (peer("Mia", None, TWO), False),
        (peer("Mia", None, []), False),
        (peer("Mia", TWO, []) | {"circle": 1}, False),
        (peer("Mia", TWO, []) | {"circle": 2}, True),
        (peer("Mia", TWO, []) | {"roles": ["friend", "relative"]}, False),
        (peer("Mia", TWO, []) | {"where": "household"}, False),
        (peer("Mia", TWO, []) | {"roles": ["babysitter"]}, False),
    ],
)
def test_g14_looks_at_what_is_stated_of_one_person(contact: Document, *, fires: bool) -> None:
    """Two kinds against none, both stated; never for the inner circle, kin or paid help."""
    assert found(village(contact, BALANCED), "G14") == ({"G14:Mia": 1} if fires else {})


@pytest.mark.parametrize(
    ("inward", "outward", "days", "fires"),
    [
        (5, 0, 1, True),
        (0, 5, 1, True),
        (4, 0, 1, False),
        (0, 4, 1, False),
        (4, 1, 1, True),
        (1, 4, 1, True),
        (7, 2, 1, False),
        (8, 2, 1, True),
        (2, 7, 1, False),
        (2, 8, 1, True),
        (3, 3, 1, False),
        (5, 0, 0, True),
        (5, 0, 179, True),
        (5, 0, 180, False),
        (5, 0, -1, False),
    ],
)
def test_g14_weighs_the_help_of_180_days(
    inward: int, outward: int, days: int, *, fires: bool
) -> None:
    """At least five times, four to one; what was stated does not count beside a log."""
    log = [helped("Mia", "in", days)] * inward + [helped("Mia", "out", days)] * outward
    document = village(peer("Mia", STATED, STATED), BALANCED, log=tuple(log))
    assert found(document, "G14") == ({"G14:Mia": 1} if fires else {})


@pytest.mark.parametrize(("days", "fires"), [(-1, False), (0, True), (179, True), (180, False)])
def test_the_window_is_the_same_in_the_database(dorf: Dorf, days: int, *, fires: bool) -> None:
    """`today - 180 < day ≤ today`, as SQL counts it."""
    log = tuple(helped("Mia", "in", days) for _ in range(5))
    dorf.load(village(peer("Mia", STATED, STATED), BALANCED, log=log))
    assert shown(dorf, "G14") == (["G14:Mia"] if fires else [])


@pytest.mark.parametrize(("months", "silent"), [(5, True), (6, False)])
def test_nobody_has_to_give_in_the_first_half_year(months: int, *, silent: bool) -> None:
    """“Take” waits until the youngest is six months old; “give” does not."""
    born: Document = {"children": [child(53), child(months, "Ben"), child(-1, "Elif")]}
    three = [peer(name, STATED, []) for name in "ABC"]
    assert found(village(*three, **born), "G13") == ({} if silent else {"G13:take": 1})
    one_way = (peer("Mia", TWO, []), peer("Tom", [], TWO))
    assert found(village(*one_way, **born), "G14") == (
        {"G14:Tom": 1} if silent else {"G14:Mia": 1, "G14:Tom": 1}
    )


def test_g14_believes_the_log_rather_than_the_card() -> None:
    """One logged favour makes the card silent, however one-sided the card is."""
    document = village(peer("Mia", TWO, []), BALANCED, log=(helped("Mia", "in"),))
    assert found(document, "G14") == {}


def test_g13_suppresses_g14_even_when_it_is_off(dorf: Dorf) -> None:
    """One hint about give and take is enough; switching it off brings up no other."""
    people = [peer(name, TWO, []) for name in ("Mia", "Tom", "Ida")]
    dorf.load(village(*people, children=IDA))
    assert shown(dorf, "G13", "G14") == ["G13:take"]
    dorf("rule", "off", "G13")
    assert shown(dorf, "G13", "G14") == []


# --- G15 … G18 ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loads", "expected"),
    [
        ([3, 2, 1], {"G15:P0": 2}),
        ([1, 2, 3], {"G15:P2": 2}),
        ([3, 1, 1], {}),
        ([3, 3], {}),
        ([3, 3, 0], {}),
        ([4, 4, 1], {}),
        ([2, 2, 2], {}),
        ([4, 2, 1, 1], {"G15:P0": 2}),
        ([4, 2, 2, 1], {}),
        ([6, 1, 1], {"G15:P0": 2}),
    ],
)
def test_g15_speaks_when_half_rests_on_one(loads: list[int], expected: dict[str, int]) -> None:
    """Half or more of at least six, carried by at least three."""
    people = [helper(f"P{n}", *CORE6[:load]) for n, load in enumerate(loads)]
    assert found(village(*people), "G15") == expected


@pytest.mark.parametrize(
    ("third", "fires"),
    [
        (helper("C", "company"), True),
        (helper("C", "company", where="household"), False),
        (helper("C", "company", **COLD), False),
        (helper("C", "appraisal", "material", "skill"), False),
        (helper("C", "practical", where="far"), False),
        (helper("C", "company", strained=True), True),
        (helper("C", "company", until=ago(1)), False),
    ],
)
def test_g15_counts_warm_core_kinds_from_outside(third: Document, *, fires: bool) -> None:
    """Whoever carries nothing now, or lives at home, is none of the three."""
    people = [helper("A", *CORE6[:4]), helper("B", *CORE6[:2]), third]
    assert found(village(*people), "G15") == ({"G15:A": 2} if fires else {})


def test_g15_compares_strained_people_and_names_none_of_them() -> None:
    """Their help counts in the whole; that a lot rests on them is no finding."""
    people = [helper("A", *CORE6[:4], strained=True), helper("B", "advice"), helper("C", "advice")]
    assert found(village(*people), "G15") == {}


SOURCES = {
    # the group of the article: the roles that come from it (DOMAIN.md §1)
    "partner": "partner coparent",
    "family": "grandparent relative",
    "friends": "godparent friend colleague other",
    "parents": "parent_friend acquaintance course_group",
    "neighbours": "neighbour",
    "professionals": "educator babysitter rental_grandparent household_help volunteer professional",
    "selfhelp": "self_help_group",
    "online": "online_community",
}


@pytest.mark.parametrize("source", SOURCES)
def test_g16_names_the_one_corner(source: str) -> None:
    """Three outside from one of the eight groups; one more from elsewhere ends it.

    Who somebody is has to be known: the open role is no corner.
    """
    roles = [role for role in SOURCES[source].split() if role != "other"]
    people = [person(f"{role} {n}", role, where="near") for role in roles for n in range(3)]
    assert found(village(*people), "G16") == {f"G16:{source}": 1}
    other = person("Xenia", "friend" if source != "friends" else "neighbour")
    assert found(village(*people, other), "G16") == {}


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (neighbours(2), {}),
        (neighbours(3), {"G16:neighbours": 1}),
        ([*neighbours(2), helper("Tom", roles=["neighbour"], where="household")], {}),
        ([*neighbours(3), PARTNER], {"G16:neighbours": 1}),
        ([*neighbours(2), helper("Tom", roles=["neighbour", "friend"])], {"G16:neighbours": 1}),
        ([*neighbours(2), helper("Tom", roles=["friend", "neighbour"])], {}),
    ],
)
def test_g16_counts_main_roles_outside(people: list[Document], expected: dict[str, int]) -> None:
    """At least three of them; the household is no corner."""
    assert found(village(*people), "G16") == expected


def formal(count: int) -> list[Document]:
    """Return *count* paid or organised helpers."""
    return [helper(f"F{n}", roles=["educator"]) for n in range(count)]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (formal(3), {}),
        (formal(4), {"G17": 1}),
        ([*formal(2), *neighbours(2)], {"G17": 1}),
        ([*formal(2), *neighbours(1)], {}),
        ([*formal(2), *neighbours(3)], {}),
        ([*formal(3), *neighbours(3)], {"G17": 1}),
        ([*formal(1), *neighbours(3)], {}),
        ([*formal(2), *neighbours(1), PARTNER], {}),
        ([*formal(2), *neighbours(1), person("Blank")], {}),
        ([*formal(3), person("Blank")], {}),
        ([*formal(1), helper("Tom", roles=["babysitter", "friend"]), *neighbours(2)], {"G17": 1}),
        ([*formal(1), helper("Tom", roles=["friend", "babysitter"]), *neighbours(2)], {}),
    ],
)
def test_g17_speaks_when_half_is_paid_or_organised(
    people: list[Document], expected: dict[str, int]
) -> None:
    """Half or more of at least four outside, by their main roles."""
    assert found(village(*people), "G17") == expected


FORMAL = ["educator", "babysitter", "rental_grandparent", "household_help", "volunteer",
          "professional"]  # fmt: skip


@pytest.mark.parametrize("role", ASSUMED)
def test_paid_and_organised_are_six_roles(role: str) -> None:
    """The flag of DOMAIN.md §1, seen through G17."""
    people = [person(f"P{n}", role, where="near", gives=[]) for n in range(4)]
    assert found(village(*people), "G17") == ({"G17": 1} if role in FORMAL else {})


@pytest.mark.parametrize("kind", AT_HOME)
def test_g18_names_a_kind_that_only_costs_strength(kind: str) -> None:
    """All warm givers are strained; one who is not, and is warm, ends it."""
    people = [helper(f"S{n}", kind, strained=True) for n in range(2)]
    cold, warm = helper("Mia", kind, **COLD), helper("Mia", kind)
    assert found(village(*people, cold, children=IDA), "G18") == {f"G18:{kind}": 2}
    assert found(village(*people, warm, children=IDA), "G18") == {}


def test_g18_is_about_core_kinds() -> None:
    """Encouragement, emergencies, things and skills from strained people are no finding."""
    kinds = ("appraisal", "emergency", "material", "skill")
    document = village(helper("Tom", *kinds, strained=True), children=IDA)
    assert found(document, "G18") == {}


# --- G19 … G27 ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("single", "fields", "fires"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"single_parent": True}, False),
        (True, {"roles": ["self_help_group"]}, False),
        (True, {"roles": ["friend", "self_help_group"]}, True),
        (True, {"single_parent": True, "online_only": True}, True),
        (True, {"roles": ["self_help_group"], "online_only": True}, True),
        (True, {"single_parent": True, "where": "household"}, True),
        (True, {"single_parent": True, "where": "far"}, False),
        (True, {"single_parent": True, "status": "paused"}, True),
        (True, {"single_parent": True, **COLD}, False),
    ],
)
def test_g19_looks_for_another_single_parent(
    fields: Document, *, single: bool, fires: bool
) -> None:
    """A group or a person, met in person, outside the household."""
    document = village(helper("Mia", **fields), single_parent=single)
    assert found(document, "G19") == ({"G19": 2} if fires else {})


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([helper("Mia", "childcare", "emergency", **NEAR)], {"G06": 3}),
        ([helper("Mia", "emergency", **NEAR)], {"G06": 3, "G20": 3}),
        ([helper("Mia", "emergency", **NEAR), helper("Tom", "childcare", **NEAR)],
         {"G06": 3, "G20": 3}),
        ([helper("Mia", "emergency", **NEAR), helper("Tom", "childcare", "emergency")],
         {"G06": 3, "G20": 3}),
        ([helper("Mia", "emergency", **NEAR), helper("Tom", "emergency", **NEAR)], {"G20": 3}),
        ([helper("Mia", "childcare", "emergency", **NEAR, **COLD)], {"G05": 3}),
        ([helper("Mia", "childcare", "emergency")], {"G05:ask": 1}),
        ([], {"G05": 3}),
    ],
)  # fmt: skip
def test_g20_speaks_only_when_somebody_is_near(
    people: list[Document], expected: dict[str, int]
) -> None:
    """One near person for both; G05 and the question of G05 say enough already."""
    assert found(village(*people, **ALONE), "G05", "G06", "G20") == expected


def test_g20_is_for_single_parents() -> None:
    """Where two live together, one can be ill."""
    document = village(helper("Mia", "emergency", **NEAR), children=IDA)
    assert found(document, "G20") == {}


@pytest.mark.parametrize("switched", ["G05", "G05:ask"])
def test_g05_suppresses_g20_even_when_it_is_off(dorf: Dorf, switched: str) -> None:
    """A switch hides; it does not bring up another finding."""
    people = [helper("Mia", "emergency")] if switched == "G05:ask" else []
    dorf.load(village(*people, rules_off=[switched], **ALONE))
    assert shown(dorf, "G05", "G20") == []


CARED = [helper(f"C{n}", "childcare", "emergency", **NEAR) for n in range(3)]


@pytest.mark.parametrize(
    ("people", "household", "fires"),
    [
        (CARED, {"children": IDA}, False),
        (CARED[:2], {"children": IDA}, True),
        (CARED[:2], {}, True),
        (neighbours(3), {}, False),
        (neighbours(3), {"children": IDA}, True),
        ([*CARED[:1], helper("D", "emergency", **NEAR), *neighbours(1)], {"children": IDA}, True),
        ([helper("A", "childcare", where="household"), *neighbours(3)], {"children": IDA}, True),
        ([helper(f"A{n}", "childcare") for n in range(3)], {"children": IDA}, True),
        ([helper(f"A{n}", "childcare", "emergency") for n in range(3)], {"children": IDA}, False),
        ([*CARED[:1], *(helper(f"A{n}", "childcare") for n in range(2))], {"children": IDA}, False),
    ],
)
def test_g21_points_at_help_from_outside(
    people: list[Document], household: Document, *, fires: bool
) -> None:
    """When childcare is missing or thin, nobody is near, or the village is tiny."""
    assert found(village(*people, **household), "G21") == ({"G21": 1} if fires else {})


@pytest.mark.parametrize(
    ("fields", "hired"),
    [
        ({"roles": ["babysitter"]}, True),
        ({"roles": ["rental_grandparent"]}, True),
        ({"roles": ["household_help"]}, True),
        ({"roles": ["volunteer"]}, True),
        ({"roles": ["professional"]}, False),
        ({"roles": ["educator"]}, False),
        ({"roles": ["friend", "babysitter"]}, False),
        ({"roles": ["babysitter"], "status": "paused"}, False),
        ({"roles": ["babysitter"], "where": "household"}, False),
        ({"roles": ["babysitter"], **COLD}, True),
    ],
)
def test_g21_is_silent_once_there_is_such_help(fields: Document, *, hired: bool) -> None:
    """Four main roles count; educators and midwives do not help in the household."""
    assert found(village(helper("Pia", **fields)), "G21") == ({} if hired else {"G21": 1})


CARING = [helper(f"A{n}", "childcare", "emergency") for n in range(3)]


@pytest.mark.parametrize(
    ("months", "people", "fires"),
    [
        ([11], CARING, True),
        ([12], CARING, False),
        ([53, 11], [*CARING, *CARED[:1]], True),
        ([53, 11], [*CARING, *CARED[:2]], False),
        ([53, -1], CARING, False),
    ],
)
def test_g21_speaks_while_the_baby_is_under_a_year(
    months: list[int], people: list[Document], *, fires: bool
) -> None:
    """Unless two who look after children live near."""
    children = [child(age, f"K{age}") for age in months]
    assert found(village(*people, children=children), "G21") == ({"G21": 1} if fires else {})


@pytest.mark.parametrize(("months", "first"), [([53, 5], True), ([6], False), ([-1, 6], False)])
def test_help_for_the_first_weeks_comes_before_all_else(months: list[int], *, first: bool) -> None:
    """While the youngest is under six months old; only the smallest village stands before it."""
    children = [child(age, f"K{age}") for age in months]
    keys = [f.key for f in report(village(*neighbours(3), children=children)).findings]
    assert (keys[0] == "G21") is first
    keys = [f.key for f in report(village(*neighbours(2), children=children)).findings]
    assert keys[0] == "G01"
    assert (keys[1] == "G21") is first


@pytest.mark.parametrize("switched", ["G01", "G02", "G05"])
def test_switches_do_not_take_g21_its_reasons(switched: str) -> None:
    """What feeds it is looked at as if everything were on."""
    assert found(village(children=IDA, rules_off=[switched]), "G21") == {"G21": 1}


@pytest.mark.parametrize(
    ("fields", "fires"),
    [
        ({"until": ago(-61)}, False),
        ({"until": ago(-60)}, True),
        ({"until": ago(0)}, True),
        ({"until": ago(1)}, True),
        ({"until": ago(5000)}, True),
        ({}, False),
        ({"until": ago(0), "status": "ended"}, False),
        ({"until": ago(0), "status": "paused"}, False),
        ({"until": ago(0), "where": "household"}, True),
    ],
)
def test_g22_speaks_sixty_days_before_the_end(fields: Document, *, fires: bool) -> None:
    """And goes on after it, until the role is changed or the contact ended."""
    document = village(helper("Mia", **fields))
    assert found(document, "G22") == ({"G22:Mia": 1} if fires else {})


@pytest.mark.parametrize(
    ("fields", "fires"),
    [
        ({"roles": ["neighbour"], "gives": ["childcare"]}, True),
        ({"roles": ["neighbour"], "gives": ["emergency"]}, True),
        ({"roles": ["neighbour"], "gives": ["practical"]}, False),
        ({"roles": ["neighbour"], "gives": []}, False),
        ({"roles": ["neighbour"], "gives": None}, True),
        ({"roles": ["babysitter"], "gives": None}, True),
        ({"roles": ["acquaintance"], "gives": None}, False),
        ({"roles": ["acquaintance"], "gives": ["emergency"]}, True),
        ({"roles": ["acquaintance", "parent_friend"], "gives": None}, True),
        ({"roles": ["friend", "neighbour"], "gives": ["childcare"]}, False),
        ({"roles": ["neighbour"], "gives": ["childcare"], "trusted": True}, False),
        ({"roles": ["neighbour"], "gives": ["childcare"], "trusted": False}, False),
        ({"roles": ["neighbour"], "gives": ["childcare"], "status": "paused"}, False),
        ({"roles": ["neighbour"], "gives": ["childcare"], **COLD}, True),
    ],
)
def test_g23_asks_about_trust(fields: Document, *, fires: bool) -> None:
    """Of neighbours, acquaintances and sitters who could take the child, stated or assumed."""
    document = village(helper("Mia", **fields), children=IDA)
    assert found(document, "G23") == ({"G23:Mia": 1} if fires else {})


@pytest.mark.parametrize(
    ("fields", "fires"),
    [
        ({}, True),
        ({"skills": ["Nähen"]}, False),
        ({"skills": ["Kochen", "nÄHEN"]}, False),
        ({"skills": ["Näherei"]}, True),
        ({"skills": ["Nähen"], "where": "household"}, False),
        ({"skills": ["Nähen"], **COLD}, False),
        ({"skills": ["Nähen"], "status": "paused"}, True),
        ({"skills": ["Nähen"], "status": "ended"}, True),
    ],
)
def test_g24_names_a_wish_that_nobody_fulfils(fields: Document, *, fires: bool) -> None:
    """Any active contact with the skill will do, capitals aside."""
    document = village(helper("Mia", **fields), wishes=["Nähen"])
    assert found(document, "G24") == ({"G24:Nähen": 1} if fires else {})


GIVES_ALL = helper("Mia", *CORE6, until=ago(-60), **NEAR)


@pytest.mark.parametrize(
    ("others", "left", "severity"),
    [
        ([], {kind: [] for kind in CORE6}, 2),
        ([helper("Tom", "advice")], {kind: ["Tom"] if kind == "advice" else [] for kind in CORE6},
         2),
        ([helper(name, *CORE6) for name in ("Tom", "Uwe")], {}, 1),
        ([helper(name, *CORE6[1:]) for name in ("Tom", "Uwe")], {"emotional": []}, 2),
    ],
)  # fmt: skip
def test_g22_tells_what_is_left(
    others: list[Document], left: dict[str, list[str]], severity: int
) -> None:
    """The kinds that will hang on one person or on nobody; it weighs more then."""
    (g22,) = (
        finding
        for finding in report(village(GIVES_ALL, *others, children=IDA)).findings
        if finding.rule == "G22"
    )
    assert ({entry.kind: [*entry.names] for entry in g22.leaves}, g22.severity) == (left, severity)


def test_an_end_that_is_over_leaves_nothing_to_count() -> None:
    """Whose role is over counts no more, so nothing goes with them (DOMAIN.md §0.2)."""
    document = village(GIVES_ALL | {"until": ago(1)}, children=IDA)
    assert found(document, "G22", "G06") == {"G22:Mia": 1}
    assert found(document, "G02")["G02:advice"] == 2


@pytest.mark.parametrize(
    ("people", "asked"),
    [
        ([person("Mia", "neighbour"), person("Ada", "neighbour", **NEAR)], ["G23:Ada"]),
        ([person("Mia", "neighbour"), person("Ada", "neighbour")], ["G23:Ada"]),
        ([person("Ada", "neighbour", where="far"), person("Mia", "neighbour")], ["G23:Mia"]),
        ([person("Mia", "neighbour", strained=True)], []),
        ([person("Mia", "neighbour", online_only=True)], []),
        ([person("Mia", "neighbour", until=ago(1))], []),
        ([*CARED[:2], person("Mia", "neighbour")], []),
        ([*CARED[:1], helper("E", "childcare"), person("Mia", "neighbour")], ["G23:Mia"]),
    ],
)
def test_g23_is_one_question(people: list[Document], asked: list[str]) -> None:
    """Near before unknown, then by name; none once two are near for each kind of care."""
    assert [*found(village(*people, children=IDA), "G23")] == asked


EXPECTED_SOON = child(-3, "Neu")


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([], {"G25": 3}),
        ([helper("Mia", "emergency")], {"G05:ask": 1, "G25": 1}),
        ([helper("Mia", "emergency", **NEAR)], {"G06": 2}),
        ([helper("Mia", "emergency", where="household")], {"G05": 3}),
        ([helper("Mia", "emergency", where="household", roles=["partner"])], {"G25": 3}),
        ([helper("Mia", "emergency", **NEAR, **COLD)], {"G05": 3}),
        ([helper("Mia", "emergency", **NEAR, strained=True)], {"G25": 3}),
        ([helper("Mia", "emergency", **NEAR, trusted=False)], {"G25": 3}),
        ([helper("Mia", "emergency", where="far")], {"G25": 3}),
    ],
)
def test_g25_asks_who_stays_when_the_baby_comes(
    people: list[Document], expected: dict[str, int]
) -> None:
    """Whoever lives near or at home will do, even if the line is cold; G05 gives way to it."""
    document = village(*people, children=[child(53), {"name": "Neu", "born": ago(-120)}])
    assert found(document, "G05", "G06", "G25") == expected
    later = village(*people, children=[child(53), {"name": "Neu", "born": ago(-121)}])
    assert found(later, "G25") == {}


@pytest.mark.parametrize(
    ("people", "children", "early"),
    [
        ([], [child(-1)], True),
        ([helper("Hanna", roles=["professional"])], [child(-1)], False),
        ([helper("Hanna", roles=["friend", "volunteer"])], [child(-1)], False),
        ([helper("Hanna", roles=["professional"], status="paused")], [child(-1)], True),
        ([helper("Hanna", roles=["educator"])], [child(-1)], True),
        ([], [child(-1), child(0, "Ben")], False),
        ([], [{"name": "Neu", "born": ago(-120)}], True),
        ([], [{"name": "Neu", "born": ago(-121)}], False),
    ],
)
def test_before_the_first_birth_help_is_arranged_early(
    people: list[Document], children: list[Document], *, early: bool
) -> None:
    """A midwife or a volunteer of wellcome, within the last 120 days, for a first child."""
    assert found(village(*people, children=children)).get("G25:early") == (1 if early else None)


@pytest.mark.parametrize(
    ("phones", "missing"),
    [
        (["", ""], ["A", "B"]),
        (["1", ""], ["B"]),
        (["1", "2", ""], None),
        (["1"], None),
        ([""], ["A"]),
        ([], None),
    ],
)
def test_g26_wants_two_numbers_for_an_emergency(
    phones: list[str], missing: list[str] | None
) -> None:
    """Those near who could come and have no number, while fewer than two have any."""
    people = [
        helper(name, "emergency", phones=[phone] if phone else [], **NEAR)
        for name, phone in zip("ABC", phones, strict=False)
    ]
    findings = report(village(*people, children=IDA)).findings
    found = [[*one.names] for one in findings if one.rule == "G26"]
    assert found == ([] if missing is None else [missing])
    assert not [f for f in report(village(*people)).findings if f.rule == "G26"]


def school(day: str, born: str, *people: Document) -> dict[str, list[str]]:
    """Return what G27 says on a *day* about a child that was *born* in a month."""
    findings = assess(read(village(*people, children=[{"name": "Ida", "born": born}])),
                      date.fromisoformat(day)).findings  # fmt: skip
    return {one.key: [*one.names] for one in findings if one.rule == "G27"}


@pytest.mark.parametrize(
    ("day", "born", "speaks"),
    [
        ("2026-04-30", "2020-05", False),
        ("2026-05-01", "2020-05", True),
        ("2026-08-31", "2020-05", True),
        ("2026-09-01", "2020-05", False),
        ("2026-05-01", "2019-09", False),
        ("2026-05-01", "2019-10", True),
        ("2026-05-01", "2020-09", True),
        ("2026-05-01", "2020-10", False),
    ],
)
def test_g27_speaks_in_the_summer_before_school(day: str, born: str, *, speaks: bool) -> None:
    """From May to August, for whoever turns six from last October to this September."""
    kita = person("Kita", "educator")
    assert school(day, born, kita) == ({"G27:Ida": ["Kita"]} if speaks else {})


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ({"roles": ["parent_friend"]}, True),
        ({"roles": ["course_group"]}, True),
        ({"roles": ["friend"]}, False),
        ({"roles": ["friend", "parent_friend"]}, False),
        ({"roles": ["parent_friend"], "kids": ["2021-05"]}, True),
        ({"roles": ["parent_friend"], "kids": ["2021-06"]}, False),
        ({"roles": ["parent_friend"], "strained": True}, False),
        ({"roles": ["parent_friend"], "where": "household"}, False),
        ({"roles": ["parent_friend"], "status": "paused"}, False),
    ],
)
def test_g27_names_who_is_known_from_daycare(fields: Document, *, known: bool) -> None:
    """With a child within a year of age, or of an age that is not noted."""
    assert bool(school("2026-06-01", "2020-05", person("Mia", **fields))) is known


# --- whom to ask (§4.1) ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, True),
        ({"gives": None}, True),
        ({"gives": []}, False),
        ({"where": None}, False),
        ({"where": "far"}, False),
        ({"where": "household"}, False),
        ({"online_only": True}, False),
        ({"strained": True}, False),
        ({"trusted": False}, False),
        ({"status": "paused"}, False),
        ({"status": "ended"}, False),
        ({"until": ago(1)}, False),
        *(({"roles": [role]}, False) for role in FORMAL),
        ({"roles": ["coparent"]}, False),
        ({"roles": ["course_group"]}, False),
        ({"roles": ["friend", "educator"]}, True),
    ],
)
def test_only_whoever_may_be_asked_is_proposed(fields: Document, *, asked: bool) -> None:
    """Near, in person, and nobody who costs strength, is paid, or is not trusted."""
    document = village(helper("Pit", **{"gives": ["company"], **NEAR, **fields}), children=IDA)
    assert facts(document, "G05").get("asked", []) == (["Pit"] if asked else [])


def test_they_are_asked_in_their_order() -> None:
    """Whom one helps already, then by how easy it is, then by name; three at most."""
    order = {
        "Zoe": {"roles": ["other"], "gets": ["childcare"]},
        "Yu": {"roles": ["parent_friend"]},
        "Xe": {"roles": ["friend"]},
        "Wu": {"roles": ["godparent"]},
        "Vera": {"roles": ["relative"]},
        "Uwe": {"roles": ["neighbour"]},
        "Ada": {"roles": ["colleague"]},
    }
    names = list(order)
    for n in range(len(names)):
        people = [helper(name, "company", **NEAR, **order[name]) for name in reversed(names[n:])]
        assert facts(village(*people, children=IDA), "G05")["asked"] == names[n : n + 3]


# --- an address book (§3.4, Q2; §4.1) --------------------------------------------------------


@pytest.mark.parametrize(
    ("blank", "others", "unsorted"), [(2, 0, False), (3, 0, True), (3, 3, True), (3, 4, False)]
)
def test_what_blank_names_could_give_is_unknown(blank: int, others: int, *, unsorted: bool) -> None:
    """From three names on that are half of the village, what is missing is good to know."""
    names = [person(f"B{n}") for n in range(blank)]
    known = [helper(f"K{n}", roles=["neighbour"]) for n in range(others)]
    document = village(*names, *known, person("Jo", where="household"), **ALONE)
    weighed = ("G02", "G03", "G04", "G05", "G06", "G08", "G10", "G20")
    assert ({*found(document, *weighed).values()} == {1}) is unsorted
    assert found(document, "G19") == {"G19": 2}


# --- children -------------------------------------------------------------------------------

YOUNG = {"G06", "G20", "G04:childcare", "G10:Ida", "G23:Pit", "G26"}


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (-1, {"G25:early"}),
        (0, YOUNG),
        (5, YOUNG),
        (6, {*YOUNG, "G08:ask"}),
        (11, {*YOUNG, "G08:ask"}),
        (12, {*YOUNG, "G08:ask", "G07:ask"}),
        (119, {*YOUNG, "G08:ask", "G07:ask"}),
        (143, {*YOUNG, "G08:ask", "G07:ask"} - {"G10:Ida"}),
        (144, {"G08:ask"}),
        (215, {"G08:ask"}),
        (216, set()),
    ],
)
def test_rules_about_children_need_a_child_of_that_age(months: int, expected: set[str]) -> None:
    """From birth to twelve years; the unborn and the older ones are no reason for most."""
    mia = helper("Mia", "emergency", trusted=True, **NEAR)
    pit = helper("Pit", "childcare", roles=["neighbour"], **NEAR)
    document = village(mia, pit, children=[child(months)], single_parent=True)
    rules = ["G05", "G06", "G07", "G08", "G09", "G10", "G18", "G20", "G23", "G25", "G26"]
    care = [key for key in found(document, "G02", "G03", "G04") if key.endswith(":childcare")]
    assert {*found(document, *rules), *care} == expected


@pytest.mark.parametrize(
    ("ages", "more"),
    [([], {}), ([-1], {"G25:early": 1}), ([144], {"G08:ask": 1}), ([-1, 300], {}), ([216], {})],
)
def test_without_small_children_nobody_asks_about_care(
    ages: list[int], more: dict[str, int]
) -> None:
    """An empty village of adults lacks people and the other kinds of support."""
    children = [child(age, f"K{age}") for age in ages]
    assert found(village(children=children, single_parent=True), *RULES) == {
        "G01": 2, "G02:emotional": 3, "G02:practical": 2, "G02:advice": 2, "G02:company": 2,
        "G19": 2, "G21": 1, **more,
    }  # fmt: skip


# --- switches, acceptances, order -----------------------------------------------------------

RULE_CASES: dict[str, Document] = {
    "G03": village(helper("Jonas", *CORE6, where="household"), children=IDA),
    "G05": village(helper("Mia", "emergency"), children=IDA),
    "G07": village(
        helper("Mia", "emergency", trusted=True, **NEAR),
        helper("Tom", "emergency", trusted=True, pickup=False, **NEAR),
        children=IDA,
    ),
    "G11": village(*online(3)),
    "G12": village(*online(2), *neighbours(2)),
    "G13": village(*(peer(name, TWO, []) for name in ("Mia", "Tom", "Ida"))),
    "G15": village(helper("A", *CORE6), helper("B", "advice"), helper("C", "advice")),
    "G16": village(*neighbours(3), children=IDA),
    "G17": village(*formal(4), children=IDA),
    "G18": village(helper("Mia", *CORE6, strained=True), children=IDA),
    "G23": village(person("Mia", "neighbour", **NEAR), children=IDA),
    "G25": village(children=[*IDA, EXPECTED_SOON]),
    "G27": village(person("Kita", "educator"), children=[child(70)]),
}


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_a_switch_removes_exactly_the_findings_of_its_rule(dorf: Dorf, rule: str) -> None:
    """What others find, and their order, does not change; ``rule on`` brings all back."""
    dorf.today = "2026-05-01" if rule == "G27" else dorf.today
    document = RULE_CASES.get(rule, RICH)
    dorf.load(document)
    before = dorf.keys()
    assert [key for key in before if key.partition(":")[0] == rule] != []
    dorf.load({"household": {"rules_off": [rule]}})
    assert dorf.keys() == [key for key in before if key.partition(":")[0] != rule]
    dorf("rule", "on", rule)
    assert dorf.keys() == before


@pytest.mark.few(2)
@pytest.mark.parametrize("key", ["G02:practical", "G05:ask", "G08:ben", "G24:arzt", "G14:Pit"])
def test_a_switch_can_be_for_one_scope(dorf: Dorf, key: str) -> None:
    """Only the finding of that very key is gone."""
    document = RULE_CASES["G05"] if key == "G05:ask" else RICH
    dorf.load(document)
    before = dorf.keys()
    assert key in before
    dorf.load({"household": {"rules_off": [key]}})
    assert dorf.keys() == [one for one in before if one != key]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("until", "hidden"),
    [(None, True), (ago(-1), True), (ago(0), False), (ago(1), False)],
)
def test_an_accepted_finding_comes_back_on_its_day(
    dorf: Dorf, until: str | None, *, hidden: bool
) -> None:
    """Fine for good without a day, else up to the day before."""
    dorf.load(RICH)
    before = dorf.keys()
    dorf.load({"household": {"accepted": [{"key": "G02:practical", "until": until}]}})
    assert dorf.keys() == [key for key in before if not hidden or key != "G02:practical"]


def test_an_acceptance_is_for_one_key(dorf: Dorf) -> None:
    """Neither a rule as a whole nor another scope of it is accepted along."""
    dorf.load(RICH)
    before = dorf.keys()
    accepted = [{"key": key, "until": None} for key in ("G02", "G08", "G05", "G24:Kochen")]
    dorf.load({"household": {"accepted": accepted}})
    assert dorf.keys() == before


def test_what_is_hidden_is_not_forgotten(dorf: Dorf) -> None:
    """``gaps`` still names what is switched off or accepted, apart from the rest."""
    dorf.load(RICH)
    before = severities(dorf)
    accepted = [{"key": "G02:practical", "until": None}]
    dorf.load({"household": {"rules_off": ["G24"], "accepted": accepted}})
    gaps = dorf.json("gaps")
    hidden = {gap["key"]: gap["severity"] for gap in gaps["hidden"]}
    left = {gap["key"]: gap["severity"] for gap in gaps["gaps"]}
    assert list(hidden) == ["G02:practical", "G24:arzt", "G24:Löten", "G24:Nähen"]
    assert left | hidden == before


def test_findings_stand_in_their_order(dorf: Dorf) -> None:
    """By severity, then by rule, then by kind as in §2, or by scope without capitals."""
    dorf.load(RICH)
    assert list(severities(dorf).items()) == [
        ("G02:childcare", 3), ("G06", 3), ("G20", 3),
        ("G02:practical", 2), ("G02:company", 2), ("G08:ben", 2), ("G08:Cem", 2),
        ("G09:Ida", 2), ("G10:ben", 2), ("G10:Ida", 2), ("G19", 2), ("G22:Jonas", 2),
        ("G22:Mia", 2),
        ("G01", 1), ("G02:appraisal", 1), ("G04:advice", 1), ("G14:Mia", 1), ("G14:Pit", 1),
        ("G21", 1), ("G22:Kurs", 1), ("G23:Pit", 1),
        ("G24:arzt", 1), ("G24:Löten", 1), ("G24:Nähen", 1), ("G26", 1),
    ]  # fmt: skip


def test_a_very_small_village_comes_first(dorf: Dorf) -> None:
    """G01 with severity 2 stands before gaps of severity 3; with severity 1 in its place."""
    dorf.load(village(*neighbours(2), children=IDA))
    before = dorf.keys()
    dorf("add", "Mia", "--role", "neighbour")
    after = dorf.keys()
    assert (before[:3], after[0], after.index("G01") > after.index("G10:Ida")) == (
        ["G01", "G02:emotional", "G02:childcare"],
        "G02:emotional",
        True,
    )


# --- facts -----------------------------------------------------------------------------------


def facts(document: Document, key: str) -> Document:
    """Return what the finding of *key* states, without what is empty, rule and severity."""
    (one,) = (finding for finding in report(document).findings if finding.key == key)
    stated = {
        "names": list(one.names),
        "asked": list(one.asked),
        "others": list(one.others),
        "variant": one.variant,
        "day": one.day and one.day.isoformat(),
        "role": one.role and one.role.slug,
    }
    return {field: value for field, value in stated.items() if value}


GIVER = helper("Mia", "advice", "emergency", **NEAR)
TRUSTED = GIVER | {"trusted": True}
FROZEN = helper("Tom", "advice", "emergency", **COLD)


@pytest.mark.parametrize(
    ("people", "key", "expected"),
    [
        ([FROZEN], "G02:advice", {"others": ["Tom"]}),
        ([FROZEN, helper("Uwe", "advice", status="paused")], "G02:advice", {"others": ["Tom"]}),
        ([FROZEN], "G02:company", {}),
        ([GIVER | {"where": "household"}, FROZEN], "G03:advice", {"names": ["Mia"]}),
        ([GIVER, FROZEN], "G04:advice", {"names": ["Mia"], "others": ["Tom"]}),
        ([FROZEN, helper("Pit", "company", **NEAR)], "G05", {"asked": ["Pit"]}),
        ([helper("Uwe", "emergency"), helper("Pit", **NEAR)], "G05:ask", {"names": ["Uwe"]}),
        ([GIVER, helper("Uwe", "emergency")], "G06", {"names": ["Mia"], "others": ["Uwe"]}),
        ([TRUSTED, TRUSTED | {"name": "Pit"}], "G07:ask", {"names": ["Mia", "Pit"]}),
        ([TRUSTED, TRUSTED | {"name": "Pit", "pickup": False}], "G07", {"names": ["Mia"]}),
        ([helper("Oma", **BOND, **COLD)], "G09:Ida", {"names": ["Oma"]}),
        ([*online(2), *neighbours(2)], "G12", {"variant": "half"}),
        ([*online(3), *neighbours(2)], "G12", {"variant": "most"}),
        ([peer(name, TWO, []) for name in "ABC"], "G13:take", {"variant": "take"}),
        ([peer(name, [], TWO) for name in "ABC"], "G13:give", {"variant": "give"}),
        ([peer("Mia", TWO, []), BALANCED], "G14:Mia", {"names": ["Mia"], "variant": "take_stated"}),
        ([peer("Mia", [], TWO), BALANCED], "G14:Mia", {"names": ["Mia"], "variant": "give"}),
        ([helper("Uwe", "advice", strained=True)], "G18:advice", {"names": ["Uwe"]}),
        ([helper("Mia", until=ago(1))], "G22:Mia",
         {"names": ["Mia"], "role": "other", "variant": "over", "day": ago(1)}),
        ([helper("Mia", until=ago(0))], "G22:Mia",
         {"names": ["Mia"], "role": "other", "variant": "soon", "day": ago(0)}),
        ([person("Pit", "neighbour")], "G23:Pit", {"names": ["Pit"]}),
    ],
)  # fmt: skip
def test_a_finding_states_its_facts(people: list[Document], key: str, expected: Document) -> None:
    """Who gives, who could if the line were not cold, who lives near; which way, until when."""
    assert facts(village(*people, children=IDA), key) == expected


@pytest.mark.parametrize(
    ("inward", "outward", "variant"), [(5, 1, "take"), (1, 5, "give"), (8, 2, "take")]
)
def test_the_log_tells_which_way_help_goes(inward: int, outward: int, variant: str) -> None:
    """More received is “take”, more given is “give”."""
    log = [helped("Mia", "in")] * inward + [helped("Mia", "out")] * outward
    document = village(peer("Mia"), BALANCED, log=tuple(log))
    assert facts(document, "G14:Mia") == {"names": ["Mia"], "variant": variant}


def test_g20_is_about_all_small_children() -> None:
    """The grown-up ones can do without."""
    children = [child(53), child(144, "Max"), child(0, "ben")]
    document = village(helper("Mia", "emergency", **NEAR), children=children, single_parent=True)
    assert facts(document, "G20") == {"names": ["Ida", "ben"]}


@pytest.mark.parametrize(
    ("ages", "baby"),
    [([11], True), ([12], False), ([50, 0], True), ([-3], True), ([-5], False), ([], False)],
)
def test_offers_for_babies_come_first_while_there_is_one(ages: list[int], *, baby: bool) -> None:
    """Up to the first birthday of the youngest, and while a child is due within 120 days."""
    children = [child(age, f"K{age}") for age in ages]
    (finding,) = (f for f in report(village(children=children)).findings if f.rule == "G21")
    assert (finding.offers[0] == "A-baby", len(finding.offers)) == (baby, 2)


SUGGESTIONS = {
    "G01": "T1 T2 T8",
    "G02:emotional": "T6 T9 T10",
    "G02:childcare": "T6 A-care",
    "G02:practical": "T6 S-neighbours",
    "G02:advice": "T2 T7",
    "G02:company": "T1 T4 T8",
    "G02:appraisal": "T5",
    "G03:childcare": "T6 T1 A-care",
    "G03:company": "T6 T1",
    "G04:emotional": "T6 T10",
    "G05": "T6 T4 T1 A-emergency",
    "G05:ask": "",
    "G06": "T6 T7",
    "G07": "S-pickup",
    "G08:ben": "S-afternoon S-godparent T4 A-granny",
    "G09:Ida": "S-afternoon S-video T10",
    "G10:ben": "T1 T2 T4 T7 T3",
    "G11": "T4",
    "G12": "T4 T3",
    "G13:take": "T6",
    "G14:Mia": "T6",
    "G15:A": "T6 T4",
    "G16:neighbours": "T1 T7 T8",
    "G17": "T1 T4",
    "G18:emotional": "A-pro T6",
    "G19": "A-single",
    "G20": "T6 A-single A-emergency",
    "G21": "A-baby A-care A-cure",
    "G22:Jonas": "S-role T9",
    "G23:Pit": "",
    "G24:arzt": "S-ask-around T8 T7",
}


WITH_COLD_LINES = (
    village(helper("Tom", "emotional", **COLD), helper("Mia", "advice"), children=IDA),
    village(helper("Tom", "emotional", **COLD), helper("Mia", "emotional"), children=IDA),
)


def alone(document: Document, day: date) -> dict[str, tuple[Tip, ...]]:
    """Return what is suggested for each finding if no other is shown."""
    now = read(document)
    keys = [finding.key for finding in assess(now, day).findings]
    shown = {}
    for key in keys:
        household = now.household._replace(rules_off=frozenset(keys) - {key})
        (finding,) = assess(now._replace(household=household), day).findings
        shown[key] = finding.suggestions
    return shown


def test_every_finding_turns_through_its_suggestions() -> None:
    """At most two, others each week, and in time all of DOMAIN.md §4.2 that fit the household."""
    offered: dict[str, set[str]] = {}
    for document in (*WITH_COLD_LINES, RICH, village(children=IDA), *RULE_CASES.values()):
        for weeks in range(4):
            for key, tips in alone(document, DAY + timedelta(weeks=weeks)).items():
                offered.setdefault(key, set()).update(tips)
                assert len(tips) <= 2
    wanted = {key: set(tips.split()) for key, tips in SUGGESTIONS.items()}
    assert {key: offered.get(key) for key in wanted} == wanted


def test_a_choice_stays_for_seven_days_and_nothing_is_said_twice() -> None:
    """The same first suggestion all week, and each tip once in a report (DOMAIN.md §4.4)."""
    now = read(village(children=IDA))
    for first in range(1, 15):
        days = [DAY + timedelta(first + n) for n in range(7)]
        chosen = [{f.key: f.suggestions for f in assess(now, day).findings} for day in days]
        weeks = {day.toordinal() // 7 for day in days}
        assert len({str(one.get("G02:company")) for one in chosen}) <= len(weeks)
        for one in chosen:
            tips = [tip for suggested in one.values() for tip in suggested]
            assert len(tips) == len(set(tips))


@pytest.mark.parametrize(
    ("tip", "document", "key"),
    [
        ("T1", village(children=[child(5)]), "G02:company"),
        ("T1", village(children=[child(120)]), "G02:company"),
        ("T2", village(children=[child(36)]), "G02:advice"),
        ("T4", village(helper("Mia", where="far"), children=IDA), "G02:company"),
        ("T7", village(children=[child(11)]), "G02:advice"),
        ("T10", village(children=IDA), "G02:emotional"),
        ("A-single", village(children=IDA), "G02:emotional"),
        ("A-baby", village(children=[child(12)]), "G21"),
    ],
)
def test_what_does_not_fit_is_not_suggested(tip: str, document: Document, key: str) -> None:
    """No playground for a newborn, no baby group at school age, no call without a cold line."""
    offered = {
        one for weeks in range(4) for one in alone(document, DAY + timedelta(weeks=weeks))[key]
    }
    assert offered
    assert tip not in offered


# --- measures (§3b) -------------------------------------------------------------------------


def test_the_village_is_counted_by_its_eight_groups(dorf: Dorf) -> None:
    """By main role, whoever is there; an empty group is shown and no flag."""
    people = [
        helper(f"{source} {n}", roles=[SOURCES[source].split()[0]])
        for n, source in enumerate(("family", "friends", "friends", "online"))
    ]
    dorf.load(village(*people, PARTNER, helper("Tom", status="paused")))
    assert dorf.json("household")["groups"] == {
        "partner": 1, "selfhelp": 0, "family": 1, "parents": 0, "neighbours": 0, "friends": 2,
        "professionals": 0, "online": 1,
    }  # fmt: skip


def test_being_in_touch_is_counted_among_the_tracked() -> None:
    """M11: fresh, soon and planned, of all that have a rhythm and a note and are present."""
    days = {"fresh": 0, "soon": 8, "overdue": 15, "cooling": 30}
    people = [helper(name, cadence_days=10, last_contact=ago(n)) for name, n in days.items()]
    people += [
        helper("planned", planned_on=ago(0), **COLD),
        helper("untracked", cadence_days=0),
        helper("unrecorded", last_contact=None),
        helper("expected", cadence_days=5, last_contact=None),
        helper("expired", until=ago(1)),
        helper("paused", status="paused"),
        helper("ended", status="ended"),
    ]
    assert report(village(*people)).support.in_touch == (3, 5)


@pytest.mark.parametrize(
    ("people", "measures"),
    [
        ([], {"size": 0, "bus_factor": 0, "effective_helpers": 0.0}),
        ([helper("A", *CORE6)], {"size": 1, "bus_factor": 1, "effective_helpers": 1.0}),
        ([helper("A", *CORE6), helper("B", *CORE6[:5])],
         {"size": 2, "bus_factor": 1, "effective_helpers": 1.98}),
        ([helper("A", *CORE6), helper("B", *CORE6), helper("C", *CORE6, **COLD)],
         {"size": 3, "bus_factor": 2, "effective_helpers": 2.0}),
        ([helper("A", *CORE6), helper("B", *CORE6, where="household")],
         {"size": 1, "bus_factor": 2, "effective_helpers": 1.0}),
        ([helper("A", *CORE6), helper("B", *CORE6, status="paused"), FORUM],
         {"size": 1, "bus_factor": 1, "effective_helpers": 1.32}),
    ],
)  # fmt: skip
def test_measures_are_facts_about_warm_ties(
    dorf: Dorf, people: list[Document], measures: Document
) -> None:
    """M1 counts outside, M3 the thinnest core kind, M5 how many really carry."""
    dorf.load(village(*people))
    found = dorf.status()["measures"]
    assert {measure: found[measure] for measure in measures} == measures


# --- the words of the rules ---------------------------------------------------------------------


def test_every_rule_has_words_and_no_words_are_without_a_rule() -> None:
    """A new rule needs one record in report/gaps/rule_words.py, in the order of the rules."""
    assert list(RULE_WORDS) == list(GAP_RULES) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_the_words_of_a_rule_name_only_what_a_finding_has(rule: str) -> None:
    """Each sentence can be filled in, in both languages, whatever the finding states."""
    words, finding = RULE_WORDS[rule], Finding(1, rule=rule)
    sentences = words.sentence.values() if isinstance(words.sentence, dict) else [words.sentence]
    for code in ("en", "de"):
        said = Words(Language(code), DAY)
        known = fields_of(Statement((finding,)), said)
        for form in (*sentences, words.others, words.answer):
            assert "{" not in said.fill(form, 1, **known)
        assert said.language.word(words.title)
        assert said.language.word(words.reason)
