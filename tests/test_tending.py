"""Who needs tending: cadence, days, states, warnings, score and order of DOMAIN.md §3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dorf.core import vocabulary
from tests.villages import CORE6, Document, ago, helper, person, village

if TYPE_CHECKING:
    from tests.conftest import Dorf

ROLES = {
    # role: default cadence in days, default circle (DOMAIN.md §1)
    "partner": (0, 1),
    "coparent": (0, 2),
    "grandparent": (14, 1),
    "relative": (30, 2),
    "godparent": (30, 2),
    "friend": (30, 2),
    "colleague": (90, 3),
    "parent_friend": (14, 2),
    "acquaintance": (14, 4),
    "course_group": (0, 3),
    "neighbour": (30, 3),
    "educator": (0, 3),
    "babysitter": (60, 3),
    "rental_grandparent": (0, 2),
    "household_help": (0, 4),
    "volunteer": (0, 3),
    "professional": (0, 4),
    "self_help_group": (0, 3),
    "online_community": (0, 4),
    "other": (30, 3),
}
KIN = {"grandparent", "relative"}


def standing(dorf: Dorf, **fields: Any) -> Document:
    """Return what ``show`` says of one contact with these *fields*."""
    dorf.load(village(person("Kim", **fields)))
    contact: Document = dorf.json("show", "Kim")["contact"]
    return contact


def states(dorf: Dorf) -> dict[str, str]:
    """Return the state of each contact by name."""
    return {one["name"]: one["state"] for one in dorf.status()["contacts"]}


def scores(dorf: Dorf) -> list[tuple[str, int]]:
    """Return the tending list, in its order, with the scores."""
    return [(one["name"], one["score"]) for one in dorf.status()["tending"]]


def test_the_roles_are_those_of_the_domain() -> None:
    """Default cadence and circle of each, and which are kin or a group (DOMAIN.md §1)."""
    groups = {"course_group", "self_help_group", "online_community"}
    assert {slug: (role.cadence, role.circle) for slug, role in vocabulary.ROLES.items()} == ROLES
    assert {slug for slug, role in vocabulary.ROLES.items() if role.kin} == KIN
    assert {slug for slug, role in vocabulary.ROLES.items() if role.group} == groups


# --- §3.2 effective cadence ------------------------------------------------------------------


def test_every_role_has_its_own_cadence(dorf: Dorf) -> None:
    """Without any other statement the main role decides how often (DOMAIN.md §1)."""
    dorf.load(village(*(person(role, role) for role in ROLES)))
    found = {one["name"]: one["effective_cadence_days"] for one in dorf.json("list")["contacts"]}
    assert found == {role: cadence for role, (cadence, _) in ROLES.items()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "cadence"),
    [
        ({"cadence_days": 5, "circle": 4, "where": "household"}, 5),
        ({"cadence_days": 400, "roles": ["grandparent"]}, 400),
        ({"cadence_days": 0, "circle": 1, "roles": ["friend"]}, 0),
        ({"where": "household", "circle": 1, "roles": ["friend"]}, 0),
        ({"where": "household", "roles": ["grandparent"]}, 0),
        ({"where": "near", "circle": 1, "roles": ["grandparent"]}, 7),
        ({"circle": 2, "roles": ["grandparent"]}, 30),
        ({"circle": 3, "roles": ["grandparent"]}, 180),
        ({"circle": 4, "roles": ["grandparent"]}, 365),
        ({"circle": 1, "roles": ["online_community"]}, 0),
        ({"circle": 1, "roles": ["course_group"]}, 0),
        ({"circle": 1, "roles": ["babysitter"]}, 60),
        ({"circle": 1, "roles": ["educator", "friend"]}, 30),
        ({"circle": 1, "roles": ["friend", "educator"]}, 7),
        ({"strained": True, "roles": ["friend"]}, 0),
        ({"strained": True, "circle": 1, "roles": ["friend"]}, 0),
        ({"strained": True, "cadence_days": 21, "roles": ["friend"]}, 21),
        ({"where": "far", "roles": ["grandparent"]}, 14),
        ({"roles": ["friend", "parent_friend"]}, 14),
        ({"roles": ["parent_friend", "friend"]}, 14),
        ({"roles": ["household_help", "neighbour"]}, 30),
        ({"roles": ["online_community", "household_help"]}, 0),
    ],
)
def test_the_first_statement_about_the_cadence_wins(
    dorf: Dorf, fields: Document, cadence: int
) -> None:
    """The own cadence, then the household or a tie that costs strength, the own circle, the roles.

    A circle sets no rhythm for groups and professionals, who come by themselves.
    """
    assert standing(dorf, **fields)["effective_cadence_days"] == cadence


@pytest.mark.parametrize(
    ("fields", "cadence"),
    [
        ({"roles": ["colleague"]}, 90),
        ({"circle": 4}, 365),
        ({"cadence_days": 365}, 365),
        ({"roles": ["acquaintance"]}, 14),
        ({"where": "household"}, 0),
    ],
)
def test_a_rhythm_is_the_same_before_the_first_note(
    dorf: Dorf, fields: Document, cadence: int
) -> None:
    """Whoever was only imported or added has the rhythm that anybody else would have."""
    assert standing(dorf, last_contact=None, **fields)["effective_cadence_days"] == cadence


# --- §3.3 anchor and days --------------------------------------------------------------------

PAUSED = {"status": "paused"}


def since(days: int | None, role: str = "other", to: str | None = None) -> Document:
    """Return a history in which a *role* began some *days* ago, open unless it ended."""
    start = None if days is None else ago(days)
    return {"role_history": [{"role": role, "from": start, "to": to}]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "days", "due"),
    [
        ({"last_contact": ago(6)}, 6, ago(-4)),
        ({"last_contact": ago(10)}, 10, ago(0)),
        ({"last_contact": ago(-5)}, 0, ago(-10)),
        ({"last_contact": None, "added_on": ago(6)}, 6, ago(-4)),
        ({"last_contact": None, "added_on": ago(-3)}, 0, ago(-13)),
        ({"last_contact": ago(50), "resumed_on": ago(4)}, 4, ago(-6)),
        ({"last_contact": ago(4), "resumed_on": ago(50)}, 4, ago(-6)),
        ({"last_contact": ago(9), "resumed_on": ago(-1)}, 0, ago(-11)),
        ({"last_contact": None, "added_on": ago(50), "resumed_on": ago(4)}, 4, ago(-6)),
        ({"last_contact": ago(50), "resumed_on": ago(0)}, 0, ago(-10)),
        ({"last_contact": ago(50), "paused_until": ago(4), **PAUSED}, 4, ago(-6)),
        ({"last_contact": ago(50), "paused_until": ago(0), **PAUSED}, 0, ago(-10)),
        ({"last_contact": ago(3), "paused_until": ago(4), **PAUSED}, 3, ago(-7)),
        ({"last_contact": ago(50), "paused_until": ago(9), "resumed_on": ago(4)}, 4, ago(-6)),
        ({"last_contact": None, **since(6)}, 6, ago(-4)),
        ({"last_contact": None, **since(500)}, 365, ago(355)),
        ({"last_contact": None, **since(6, "friend")}, 365, ago(355)),
        ({"last_contact": None, **since(6, to=ago(2))}, 365, ago(355)),
        ({"last_contact": None, **since(None)}, 365, ago(355)),
        ({"last_contact": ago(50), **since(6)}, 50, ago(40)),
    ],
)
def test_days_are_counted_from_the_last_contact_or_the_return(
    dorf: Dorf, fields: Document, days: int, due: str
) -> None:
    """A future day counts as today; who was never met counts from the day added or the new role."""
    found = standing(dorf, cadence_days=10, **fields)
    assert (found["days"], found["due"]) == (days, due)


def test_the_newest_encounter_is_the_last_contact(dorf: Dorf) -> None:
    """The order of the log does not matter, nor does who else was there."""
    log = [
        {"day": ago(3), "contacts": ["Kim", "Mia"]},
        {"day": ago(40), "contacts": ["Kim"]},
        {"day": ago(1), "contacts": ["Mia"]},
    ]
    people = (person("Kim", last_contact=None), person("Mia", last_contact=None))
    dorf.load(village(*people, log=tuple(log)))
    found = {one["name"]: one["last_contact"] for one in dorf.json("list")["contacts"]}
    assert found == {"Kim": ago(3), "Mia": ago(1)}


# --- §3.4 states -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cadence", "fields", "days_of"),
    [
        (10, {}, {"fresh": (0, 7), "soon": (8, 9), "due": (10, 14), "overdue": (15, 29),
                  "cooling": (30, 5000)}),
        (7, {}, {"fresh": (0, 5), "soon": (6, 6), "due": (7, 10), "overdue": (11, 20),
                 "cooling": (21, 5000)}),
        (1, {}, {"fresh": (0, 0), "due": (1, 1), "overdue": (2, 2), "cooling": (3, 5000)}),
        (10, {"roles": ["relative"]}, {"soon": (8, 9), "due": (10, 19), "overdue": (20, 39),
                                       "cooling": (40, 5000)}),
        (7, {"roles": ["friend", "grandparent"]}, {"fresh": (0, 5), "due": (7, 13),
                                                   "overdue": (14, 27), "cooling": (28, 5000)}),
    ],
)  # fmt: skip
def test_a_state_begins_on_its_exact_day(
    dorf: Dorf, cadence: int, fields: Document, days_of: dict[str, tuple[int, int]]
) -> None:
    """First and last day of each state; kin, in any role, bear longer gaps."""
    expected = {f"{n}": state for state, span in days_of.items() for n in span}
    people = (
        person(name, **{"cadence_days": cadence, "last_contact": ago(int(name)), **fields})
        for name in expected
    )
    dorf.load(village(*people))
    assert states(dorf) == expected


@pytest.mark.parametrize(
    ("role", "days_of"),
    [
        ("other", {"fresh": (0, 7), "soon": (8, 9), "due": (10, 14), "overdue": (15, 30, 5000)}),
        ("relative", {"soon": (8, 9), "due": (10, 19), "overdue": (20, 40, 5000)}),
    ],
)
def test_a_line_that_was_never_warm_does_not_go_cold(
    dorf: Dorf, role: str, days_of: dict[str, tuple[int, ...]]
) -> None:
    """Unrecorded contacts get as far as overdue, however long it takes."""
    expected = {f"{n}": state for state, span in days_of.items() for n in span}
    people = (
        person(name, role, cadence_days=10, last_contact=None, added_on=ago(int(name)))
        for name in expected
    )
    dorf.load(village(*people))
    assert states(dorf) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"status": "ended", "planned_on": ago(-1)}, "ended"),
        ({"status": "ended", "cadence_days": 0}, "ended"),
        ({"status": "paused", "planned_on": ago(-1)}, "paused"),
        ({"status": "paused", "cadence_days": 0}, "paused"),
        ({"status": "paused", "paused_until": ago(-1)}, "paused"),
        ({"status": "paused", "paused_until": ago(0)}, "fresh"),
        ({"status": "active", "paused_until": ago(-1)}, "cooling"),
        ({"cadence_days": 0, "planned_on": ago(-1)}, "untracked"),
        ({"planned_on": ago(-1)}, "planned"),
        ({"planned_on": ago(0)}, "planned"),
        ({"planned_on": ago(1)}, "cooling"),
        ({"planned_on": ago(-1), "last_contact": ago(0)}, "planned"),
        ({"planned_on": ago(-1), "last_contact": None}, "planned"),
        ({"snoozed_until": ago(-1)}, "cooling"),
    ],
)
def test_the_first_state_that_matches_wins(dorf: Dorf, fields: Document, state: str) -> None:
    """Ended, paused, untracked and planned hide how long the silence is, in this order."""
    dorf.load(village(person("Kim", **{"last_contact": ago(300), **fields})))
    assert states(dorf) == {"Kim": state}


def one_of_each_state() -> list[Document]:
    """Return contacts named after the states that they are in; all could listen."""
    silence = {"fresh": 0, "soon": 8, "due": 10, "overdue": 15, "cooling": 30}
    fields: dict[str, Document] = {name: {"last_contact": ago(n)} for name, n in silence.items()}
    fields["planned"] = {"last_contact": ago(300), "planned_on": ago(0)}
    fields["untracked"] = {"last_contact": ago(300), "cadence_days": 0}
    fields["paused"] = {"last_contact": ago(15), "status": "paused"}
    fields["ended"] = {"last_contact": ago(15), "status": "ended"}
    fields["snoozed"] = {"last_contact": ago(15), "snoozed_until": ago(-1)}
    return [
        helper(name, "emotional", **{"cadence_days": 10, **more}) for name, more in fields.items()
    ]


def test_only_due_overdue_and_cooling_need_tending(dorf: Dorf) -> None:
    """Whoever is met soon, paused, without a rhythm or gone is left alone."""
    dorf.load(village(*one_of_each_state()))
    assert {name for name, _ in scores(dorf)} == {"due", "overdue", "cooling"}


def test_a_tie_is_warm_unless_it_has_gone_cold(dorf: Dorf) -> None:
    """Snoozed, planned and untracked count for coverage; paused and ended are not active."""
    dorf.load(village(*one_of_each_state()))
    assert set(dorf.status()["coverage"]["emotional"]) == {
        "fresh", "soon", "due", "overdue", "planned", "untracked", "snoozed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("snoozed_until", "hidden"), [(ago(-1), True), (ago(0), False), (ago(1), False)]
)
def test_a_snooze_ends_on_its_day(dorf: Dorf, snoozed_until: str, *, hidden: bool) -> None:
    """On the day itself the reminder is back; until then only the list is silent."""
    dorf.load(village(person("Kim", last_contact=ago(40), snoozed_until=snoozed_until)))
    report = dorf.status()
    assert report["contacts"] == [{"name": "Kim", "state": "due", "hidden": hidden}]
    assert [one["name"] for one in report["tending"]] == ([] if hidden else ["Kim"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "warnings"),
    [
        ({"last_contact": ago(-1)}, ["W1"]),
        ({"last_contact": ago(0)}, []),
        ({"last_contact": ago(9), "planned_on": ago(1)}, ["W2"]),
        ({"last_contact": ago(2), "planned_on": ago(1)}, ["W2"]),
        ({"last_contact": ago(1), "planned_on": ago(1)}, []),
        ({"last_contact": ago(0), "planned_on": ago(1)}, []),
        ({"last_contact": None, "planned_on": ago(1)}, ["W2"]),
        ({"last_contact": ago(9), "planned_on": ago(0)}, []),
        ({"last_contact": ago(9), "planned_on": ago(-1)}, []),
        ({"last_contact": ago(-1), "planned_on": ago(1)}, ["W1"]),
        ({"last_contact": ago(9), "planned_on": ago(1), "cadence_days": 0}, ["W2"]),
        ({"last_contact": ago(9), "planned_on": ago(1), "status": "paused"}, []),
        ({"last_contact": ago(-1), "status": "ended"}, []),
    ],
)
def test_odd_days_are_asked_about(dorf: Dorf, fields: Document, warnings: list[str]) -> None:
    """W1 is a contact still to come, W2 a meeting that nobody noted; active contacts only."""
    dorf.load(village(person("Kim", **fields)))
    found = [(one["key"], one["name"]) for one in dorf.status()["warnings"]]
    assert found == [(key, "Kim") for key in warnings]


def test_warnings_stand_by_key_and_name(dorf: Dorf) -> None:
    """In the order of names without capitals, and with them where that is not enough."""
    odd: Document = {"last_contact": ago(9), "planned_on": ago(1)}
    people = [person(name, **odd) for name in ("carl", "anna", "Bea", "ANNA")]
    dorf.load(village(*people, person("Zora", last_contact=ago(-1))))
    assert [(one["key"], one["name"]) for one in dorf.status()["warnings"]] == [
        ("W1", "Zora"), ("W2", "ANNA"), ("W2", "anna"), ("W2", "Bea"), ("W2", "carl"),
    ]  # fmt: skip


def test_a_contact_in_the_future_counts_as_today(dorf: Dorf) -> None:
    """The data is kept and asked about; the state is that of a contact today."""
    dorf.load(village(person("Kim", last_contact=ago(-40))))
    assert states(dorf) == {"Kim": "fresh"}
    assert dorf.json("show", "Kim")["contact"]["last_contact"] == ago(-40)


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (ago(0), {"planned_on": None, "snoozed_until": None}),
        (ago(5), {"planned_on": None, "snoozed_until": None}),
        (ago(6), {"planned_on": ago(5), "snoozed_until": None}),
    ],
)
def test_logging_clears_the_snooze_and_the_plan_that_is_over(
    dorf: Dorf, day: str, left: Document
) -> None:
    """An encounter before the planned day does not answer whether the meeting took place."""
    dorf.load(village(person("Kim", planned_on=ago(5), snoozed_until=ago(-5), last_contact=None)))
    dorf("log", "Kim", "--day", day)
    contact = dorf.json("show", "Kim")["contact"]
    assert {key: contact.get(key) for key in left} == left


def test_logging_keeps_a_plan_that_is_still_to_come(dorf: Dorf) -> None:
    """A call today does not cancel the visit next week."""
    dorf.load(village(person("Kim", planned_on=ago(-7))))
    dorf("log", "Kim")
    assert dorf.json("show", "Kim")["contact"]["planned_on"] == ago(-7)


# --- §3.5 urgency and order ------------------------------------------------------------------


def test_an_entry_tells_where_its_numbers_come_from(dorf: Dorf) -> None:
    """The worked case of DOMAIN.md §6.2: Tom, 199 days, the only one for practical help."""
    tom = helper("Tom", "practical", roles=["friend"], last_contact="2025-08-15")
    dorf.load(village(tom, helper("Jana", "emotional")))
    (entry,) = dorf.status()["tending"]
    del entry["uid"], entry["text"], entry["reasons"]
    assert entry == {
        "name": "Tom",
        "state": "cooling",
        "score": 500,
        "days": 199,
        "cadence_days": 30,
        "last_contact": "2025-08-15",
        "due": "2025-09-14",
    }


def test_closeness_and_kinship_weigh_by_role(dorf: Dorf) -> None:
    """50 for circle 1, 25 for circle 2 (the role's, where none is stated), 25 if not kin."""
    dorf.load(
        village(
            *(helper(r, roles=[r], cadence_days=10, last_contact=ago(10)) for r in ROLES),
        )
    )
    extra = {1: 50, 2: 25, 3: 0, 4: 0}
    assert dict(scores(dorf)) == {
        role: 100 + extra[circle] + (0 if role in KIN else 25)
        for role, (_, circle) in ROLES.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "score"),
    [
        ({}, 125),
        ({"circle": 1}, 175),
        ({"circle": 2}, 150),
        ({"circle": 3}, 125),
        ({"circle": 4}, 125),
        ({"roles": ["grandparent"]}, 150),
        ({"roles": ["grandparent"], "circle": 3}, 100),
        ({"roles": ["friend", "relative"]}, 125),
        ({"roles": ["other", "friend"]}, 125),
        ({"last_contact": ago(19)}, 215),
        ({"last_contact": ago(39)}, 415),
        ({"last_contact": ago(40)}, 425),
        ({"last_contact": ago(41)}, 425),
        ({"last_contact": ago(4000)}, 425),
        ({"cadence_days": 7, "last_contact": ago(20)}, 310),
        ({"cadence_days": 3, "last_contact": ago(5)}, 191),
        ({"last_contact": None, "added_on": ago(14)}, 165),
        ({"last_contact": None, "added_on": ago(15)}, 175),
        ({"last_contact": None, "added_on": ago(16)}, 175),
        ({"last_contact": None, "added_on": ago(400), "circle": 1}, 225),
    ],
)
def test_a_score_is_the_sum_of_its_parts(dorf: Dorf, fields: Document, score: int) -> None:
    """Whole hundredths of the cadence, capped at 400 (150 while unrecorded), and the extras."""
    dorf.load(village(helper("Kim", **{"cadence_days": 10, "last_contact": ago(10), **fields})))
    assert scores(dorf) == [("Kim", score)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kinds", "extra"),
    [
        *(((kind,), 50) for kind in CORE6),
        (("emotional", "practical"), 50),
        (("appraisal",), 0),
        (("material", "skill"), 0),
        ((), 0),
    ],
)
def test_whoever_alone_gives_a_kind_rises_once(
    dorf: Dorf, kinds: tuple[str, ...], extra: int
) -> None:
    """One of the six core kinds is enough for 50, and more kinds do not add up."""
    dorf.load(village(helper("Kim", *kinds, cadence_days=10, last_contact=ago(10))))
    assert scores(dorf) == [("Kim", 125 + extra)]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("other", "extra"),
    [
        ({"last_contact": ago(0)}, 0),
        ({"where": "household"}, 0),
        ({"last_contact": ago(5000), "snoozed_until": ago(-1)}, 0),
        ({"status": "paused"}, 50),
        ({"status": "ended"}, 50),
        ({"where": "far"}, 50),
        ({"online_only": True}, 50),
    ],
)
def test_only_whoever_could_give_it_too_takes_the_extra_away(
    dorf: Dorf, other: Document, extra: int
) -> None:
    """A cold line and the household could; paused, gone, far or online cannot, practically."""
    kim = helper("Kim", "practical", cadence_days=10, last_contact=ago(10))
    dorf.load(village(kim, helper("Mia", "practical", **other)))
    assert scores(dorf) == [("Kim", 125 + extra)]


def test_assumed_kinds_count_for_the_extra(dorf: Dorf) -> None:
    """Two neighbours of whom nothing is stated share what neighbours usually give."""
    one = person("Kim", "neighbour", last_contact=ago(30))
    dorf.load(village(one, person("Mia", "neighbour")))
    assert scores(dorf) == [("Kim", 125)]


def test_the_most_urgent_comes_first(dorf: Dorf) -> None:
    """By score, then by the older due day, then by name without regard to capitals."""
    rows = [
        # name, cadence, days since
        ("carl", 10, 10),
        ("Bea", 10, 10),
        ("anna", 10, 10),
        ("Zeno", 200, 201),
        ("Aaron", 10, 45),
        ("Zora", 10, 50),
        ("Mia", 10, 11),
    ]
    people = [helper(name, cadence_days=c, last_contact=ago(n)) for name, c, n in rows]
    dorf.load(village(*people))
    assert scores(dorf) == [
        ("Zora", 425), ("Aaron", 425), ("Mia", 135), ("Zeno", 125), ("anna", 125), ("Bea", 125),
        ("carl", 125),
    ]  # fmt: skip
