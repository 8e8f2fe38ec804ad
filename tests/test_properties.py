"""What holds for every village: the invariants of DOMAIN.md §4.5, and the way there and back."""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dorf.core.assessment import Assessment, assess
from dorf.core.gaps.rules import RULES
from dorf.core.village import Village
from dorf.core.vocabulary import KINDS, ROLES
from dorf.formats import village_file
from tests.conftest import TODAY, Dorf
from tests.villages import (
    DAY,
    ONE_SIDED,
    RICH,
    TWINS,
    Document,
    ago,
    imported,
    joined,
    months_ago,
    read,
    report,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

# --- villages, as files carry them -----------------------------------------------------------

DAYS = [ago(days) for days in (-70, -1, 0, 1, 6, 8, 10, 14, 15, 20, 29, 30, 45, 90, 179, 180, 400)]
FEW_DAYS = [ago(days) for days in (-60, -1, 0, 1, 9)]
MONTHS = [months_ago(months) for months in (-1, 0, 7, 11, 12, 53, 60, 119, 143, 144, 400)]
KIND_LISTS = [
    [],
    ["emotional"],
    ["practical", "skill"],
    ["childcare", "emergency"],
    ["appraisal", "advice", "company", "material"],
    [kind.value for kind in KINDS],
]
ROLE_LISTS = [
    *([role] for role in ROLES),
    ["friend", "relative"],
    ["neighbour", "friend"],
    ["friend", "babysitter"],
    ["online_community", "friend"],
]
FACTS: dict[str, list[Any]] = {
    "roles": ROLE_LISTS,
    "added_on": FEW_DAYS,
    "last_contact": DAYS,
    "circle": [1, 2, 3, 4],
    "cadence_days": [0, 1, 7, 10, 30, 365],
    "planned_on": FEW_DAYS,
    "snoozed_until": FEW_DAYS,
    "status": ["active", "paused", "ended"],
    "paused_until": FEW_DAYS,
    "resumed_on": FEW_DAYS,
    "until": FEW_DAYS,
    "where": ["household", "near", "near", "near", "far"],
    "online_only": [True, False],
    "trusted": [True, False],
    "pickup": [True, False],
    "strained": [True, False],
    "single_parent": [True, False],
    "gives": [*KIND_LISTS, *KIND_LISTS],
    "gets": [*KIND_LISTS, []],
    "skills": [[], ["Nähen"], ["nähen", "Arzt"]],
    "kids": [[], *([born] for born in MONTHS)],
    "attachment": [{}, {"Ida": "secondary"}, {"Ida": "secondary", "ben": "primary"}],
}
"""What the rules look at."""
CARD: dict[str, list[Any]] = {
    "nicknames": [[], ["Omi", "o'"]],
    "phones": [[], ["0171 555-0178", "+49 (0)30"]],
    "emails": [["a@example.org"]],
    "addresses": [["Weg 1\n12345 Ort"]],
    "notes": ["Mag <b>Kuchen</b> & „Tee“\nnicht vor 9", "[b] {x} \\ %s 👵"],
    "birthday": ["--02-29", "1957-03-14", "--12-31"],
    "yearly_days": [
        [],
        [{"name": "Namenstag", "day": "--12-04"}, {"name": "X", "day": "2012-02-29"}],
    ],
    "lead_days": [0, 3, 366],
    "kids": [[{"name": "Mats"}], [{"name": "Mats", "born": "2021-12"}, "2020-02-29"]],
    "role_history": [[{"role": "friend"}], [{"role": "educator", "from": ago(9), "to": ago(1)}]],
}
"""What is only kept and shown."""
CHILDREN = [[{"name": name, "born": born}] for name in ("Ida", "ben") for born in MONTHS]
HOME: dict[str, list[Any]] = {
    "single_parent": [True, False],
    "children": [*CHILDREN, [*CHILDREN[0], *CHILDREN[-1]], [*CHILDREN[4], *CHILDREN[-7]]],
    "wishes": [[], ["Nähen", "NÄHEN", "Löten"]],
    "rules_off": [[], ["G01", "G02:company"], ["G13", "G05"]],
    "accepted": [
        [],
        [{"key": "G02:practical", "until": None}, {"key": "G08:Ida", "until": ago(-1)}],
        [{"key": "G21", "until": ago(0)}],
    ],
}
MEETING: dict[str, list[Any]] = {
    "how": ["visit", "online"],
    "note": ["Kuchen\ngebacken", "„so“"],
    "help": [
        [{"direction": way, "kind": "practical"}] * times + more
        for way, other in (("in", "out"), ("out", "in"))
        for times in (1, 4, 5)
        for more in ([], [{"direction": other, "kind": "advice"}])
    ],
}
NAMES = [
    "Anna", "anna", "ANNA", "Oma (Gisela)", "Jörg", "joerg", "O'Brien", "张伟", "👵", "[b]", "ask"
]  # fmt: skip
TEXTS = (
    st.text("aAäßÖ'’\"\\{}[]<>&%;:,-–—👵张Ω \t\n…", min_size=1, max_size=8)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)  # fmt: skip


def records(table: dict[str, list[Any]], least: int, most: int) -> st.SearchStrategy[Document]:
    """Return a strategy for JSON objects with a few fields of *table*, some of them null."""
    traits = [(key, value) for key, values in table.items() for value in (None, *values)]
    return st.lists(st.sampled_from(traits), min_size=least, max_size=most).map(dict)


@st.composite
def villages(draw: st.DrawFn, *, cards: bool = False) -> Document:
    """Draw a village file, written by hand: without uids, people by their names."""
    one = st.sampled_from(NAMES) | TEXTS if cards else st.sampled_from(NAMES)
    least = draw(st.sampled_from([0, 2, 5]))
    names = draw(st.lists(one, unique=True, min_size=least, max_size=9))
    person = records(FACTS | CARD if cards else FACTS, 5, 14)
    log: list[Document] = []
    if names:
        people = st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=3)
        log = [
            {**entry, "day": draw(st.sampled_from(DAYS)), "contacts": draw(people)}
            for entry in draw(st.lists(records(MEETING, 1, 4), max_size=6))
        ]
    return {
        "dorf": 1,
        "household": draw(records(HOME, 2, 6)),
        "contacts": [draw(person) | {"name": name} for name in names],
        "encounters": log,
    }


# --- villages, as values ---------------------------------------------------------------------


def shown(found: Assessment) -> list[str]:
    """Return the keys of what the household wants to see, in their order."""
    return [finding.key for finding in found.findings]


def every(found: Assessment) -> list[tuple[str, str]]:
    """Return rule and scope of all findings, switched off or not."""
    return [
        (one.rule, one.scope) for one in (*found.findings, *(held.finding for held in found.held))
    ]


def with_off(document: Document, keys: Iterable[str]) -> Document:
    """Return the *document* with more rules or keys switched off."""
    household = document["household"]
    off = [*dict.fromkeys((*(household.get("rules_off") or ()), *keys))]
    return document | {"household": household | {"rules_off": off}}


def facts(found: Assessment) -> dict[str, object]:
    """Return what is true of a village, in the order of the reports; sets where there is none."""
    support = found.support
    return {
        "tending": [(one.tending.contact.name, one.score, one.only_for) for one in found.urgent],
        "states": {(one.contact.name, one.state, one.days, one.due) for one in found.tendings},
        "findings": [
            (one.key, one.severity, frozenset(one.names), frozenset(one.others), one.variant)
            for one in found.findings
        ],
        "hidden": [held.finding.key for held in found.held],
        "warnings": [(one.key, one.contact.name, one.day) for one in found.cautions],
        "coverage": {kind: {one.name for one in support.warm[kind]} for kind in KINDS},
        "measures": (support.size, support.bus_factor, support.effective_helpers),
        "groups": (support.sources, support.in_touch),
    }


# --- invariants of DOMAIN.md §4.5 ------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=40)
@given(villages(), st.permutations(range(9)))
@example(RICH, [3, 0, 2, 4, 1])
@example(ONE_SIDED, [2, 1, 0])
@example(TWINS, [1, 2, 0])
def test_the_order_of_contacts_is_irrelevant(document: Document, order: list[int]) -> None:
    """States, scores, findings, warnings and their order depend on who is there alone."""
    contacts, log = (
        [document[part][n] for n in order if n < len(document[part])]
        for part in ("contacts", "encounters")
    )
    shuffled = document | {"contacts": contacts, "encounters": log}
    assert facts(report(shuffled)) == facts(report(document))


@pytest.mark.slow
@given(villages())
@example(RICH)
@example(ONE_SIDED)
@example(TWINS)
def test_whoever_was_met_today_needs_no_tending(document: Document) -> None:
    """Each entry of the list goes away by an encounter today, and nobody else's does."""
    urgent = {one.tending.contact.name for one in report(document).urgent}
    for name in urgent:
        today = {"day": TODAY, "contacts": [name]}
        met = document | {"encounters": [*document["encounters"], today]}
        left = {one.tending.contact.name for one in report(met).urgent}
        assert left == urgent - {name}


@pytest.mark.slow
@settings(max_examples=40)
@given(villages(), st.sets(st.sampled_from(list(RULES)), max_size=6))
@example(RICH, {"G01", "G02", "G05", "G06"})
@example(ONE_SIDED, {"G13", "G04"})
def test_switching_rules_off_removes_exactly_their_keys(
    document: Document, rules: set[str]
) -> None:
    """No other finding comes, goes, or moves."""
    left = [key for key in shown(report(document)) if key.partition(":")[0] not in rules]
    assert shown(report(with_off(document, rules))) == left


@pytest.mark.slow
@settings(max_examples=40)
@given(villages())
@example(RICH)
@example(ONE_SIDED)
@example(TWINS)
def test_switching_one_finding_off_removes_exactly_that(document: Document) -> None:
    """Each key can go by itself, whatever else depends on the same condition."""
    before = shown(report(document))
    for key in before:
        left = [one for one in before if one != key]
        assert shown(report(with_off(document, [key]))) == left


FRIEND: Document = {
    "name": "Frieda",
    "roles": ["friend"],
    "last_contact": TODAY,
    "where": "near",
    "trusted": True,
    "pickup": True,
    "phones": ["1"],
    "gives": [kind.value for kind in KINDS],
    "gets": [],
}


@pytest.mark.slow
@settings(max_examples=40)
@given(villages())
@example(RICH)
@example(ONE_SIDED)
@example(TWINS)
def test_a_friend_for_everything_closes_the_gaps_that_one_person_can_close(
    document: Document,
) -> None:
    """Fresh, trusted, near and authorised: nothing is uncovered, and no measure falls.

    With an encounter today a log that rested is awake again, and lines may be cold.
    """
    found = report(document)
    before = found.support
    after = report(document | {"contacts": [*document["contacts"], FRIEND]})
    assert {rule for rule, _ in every(after)}.isdisjoint({"G02", "G03", "G05", "G07", "G20"})
    assert not [f for f in after.findings if f.key == "G25" and f.severity == 3]
    assert after.support.size == before.size + 1
    assert found.resting or after.support.bus_factor == before.bus_factor + 1


BLANK: list[Document] = [{"name": f"Blank {n}", "added_on": TODAY} for n in range(4)]


@pytest.mark.slow
@settings(max_examples=40)
@given(villages())
@example(RICH)
@example(ONE_SIDED)
@example(TWINS)
def test_blank_names_change_nothing_for_the_worse(document: Document) -> None:
    """An address book makes nobody more urgent and no finding new or heavier; G11 may be G12."""
    before = report(document)
    after = report(document | {"contacts": [*document["contacts"], *BLANK]})
    assert [(u.tending.contact.name, u.score) for u in after.urgent] == [
        (u.tending.contact.name, u.score) for u in before.urgent
    ]
    weights = {finding.key: finding.severity for finding in before.findings}
    if "G11" in weights:
        weights["G12"] = 1
    for finding in after.findings:
        assert finding.severity <= weights.get(finding.key, 0), finding.key


@pytest.mark.slow
@settings(max_examples=40)
@given(villages(), st.integers(0, 80))
@example(RICH, 59)
@example(ONE_SIDED, 60)
def test_mourning_holds_back_and_adds_nothing(document: Document, days: int) -> None:
    """Shown and held back are together what there would be without; nothing that waits is shown."""
    oma: Document = {"name": "Uroma Else", "roles": ["grandparent"], "last_contact": TODAY}
    dead = {"died_on": (DAY - timedelta(days)).isoformat(), "status": "ended"}
    now = report(document | {"contacts": [*document["contacts"], oma | dead]})
    ended = report(document | {"contacts": [*document["contacts"], oma | {"status": "ended"}]})
    assert sorted(every(now)) == sorted(every(ended))
    if now.mourned:
        assert all(one.severity >= 2 and one.rule != "G01" for one in now.findings)


@pytest.mark.slow
@settings(max_examples=40)
@given(villages())
@example(RICH)
@example(ONE_SIDED)
@example(TWINS)
def test_whoever_is_left_alone_is_proposed_nowhere(document: Document) -> None:
    """Strained, gone and expired people are not asked, not in E, and need no tending."""
    found = report(document)
    alone = {
        tending.contact.name
        for tending in found.tendings
        if tending.contact.strained or not tending.present
    }
    asked = {name for finding in found.findings for name in finding.asked}
    near = {contact.name for contact in found.support.nearby}
    tended = {u.tending.contact.name for u in found.urgent if not u.tending.contact.cadence_days}
    assert not alone & (asked | near | tended)
    if found.resting:
        assert found.support.warm == found.support.potential
        assert "G09" not in {rule for rule, _ in every(found)}


@pytest.mark.slow
@settings(max_examples=40)
@given(villages())
@example(RICH)
@example(ONE_SIDED)
@example(TWINS)
def test_no_key_stands_twice(document: Document) -> None:
    """A switch or an acceptance means one finding, shown or hidden."""
    found = every(report(document))
    assert sorted(found) == sorted(set(found))


@pytest.mark.slow
@settings(max_examples=40)
@given(villages())
@example(RICH)
@example(ONE_SIDED)
@example(TWINS)
def test_of_rules_that_exclude_each_other_one_holds_at_most(document: Document) -> None:
    """G02, G03, G04 per kind; G08, G09 per child; G05, its question, G06; and the pairs."""
    found = every(report(document))
    rules = {rule for rule, _ in found}
    for together in ({"G02", "G03", "G04"}, {"G08", "G09"}):
        scopes = [scope for rule, scope in found if rule in together]
        assert sorted(scopes) == sorted(set(scopes))
    assert sum(rule in {"G05", "G06"} for rule, _ in found) <= 1
    for pair in ({"G11", "G12"}, {"G13", "G14"}, {"G05", "G20"}):
        assert not rules.issuperset(pair)


@pytest.mark.slow
@settings(max_examples=40)
@given(villages())
@example(RICH)
@example(ONE_SIDED)
@example(TWINS)
def test_findings_stand_by_weight_then_rule(document: Document) -> None:
    """Only a very small village, and help for the first weeks, come before what weighs more."""
    now = report(document)
    newborn = now.situation.newborn
    rows = [
        ((f.rule, f.severity) != ("G01", 2), not (newborn and f.rule == "G21"), -f.severity, f.rule)
        for f in now.findings
    ]
    assert rows == sorted(rows)


# --- there and back --------------------------------------------------------------------------


@pytest.mark.slow
@given(villages(cards=True))
@example(RICH)
@example(TWINS)
def test_an_export_carries_everything(document: Document) -> None:
    """Read into an empty file it is the same village, and its export the same bytes."""
    village = read(document)
    text = village_file.write(village)
    again = joined(Village(), imported(Village(), text))
    assert (again, village_file.write(again)) == (village, text)


@pytest.mark.slow
@given(villages(cards=True))
@example(RICH)
@example(TWINS)
def test_importing_twice_changes_nothing(document: Document) -> None:
    """Neither the file that was written by hand nor the export of what it became."""
    village = read(document)
    for text in (json.dumps(document), village_file.write(village)):
        done = imported(village, text)
        assert (done.empty, joined(village, done)) == (True, village)


@pytest.mark.slow
@settings(max_examples=40)
@given(villages(cards=True), villages(cards=True))
def test_joining_a_second_village_is_done_once(first: Document, second: Document) -> None:
    """What the second file states is there afterwards, and importing it again does nothing."""
    village = read(first)
    done = imported(village, json.dumps(second))
    both = joined(village, done)
    assert (done.empty, imported(both, json.dumps(second)).empty) == (both == village, True)


@pytest.mark.slow
@settings(max_examples=8)
@given(villages(cards=True))
@example(RICH)
@example(TWINS)
def test_the_file_on_disk_is_the_village_in_memory(document: Document) -> None:
    """Through the commands: the same report, the same bytes from a second file, no change."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = Dorf(Path(folder) / "a.db"), Dorf(Path(folder) / "b.db")
        first.load(document)
        text = first("export")
        second("import", "-", stdin=text, remarks=True)
        assert second("export") == text
        done = [first.json("import", str(write(folder, json.dumps(document)))),
                second.json("import", str(write(folder, text)))]  # fmt: skip
        counts = ("new", "changed", "unchanged", "kept", "encounters", "encounters_changed")
        people = len(document["contacts"])
        assert [[one[key] for key in counts] for one in done] == [[0, 0, people, 0, 0, 0]] * 2
        assert (first("export"), second("export")) == (text, text)
        assert figures(first) == figures(second) == expected(read(document))


def write(folder: str, text: str) -> Path:
    """Write *text* to a village file in *folder* and return its path."""
    path = Path(folder) / "village.json"
    path.write_text(text, encoding="utf-8")
    return path


def figures(dorf: Dorf) -> dict[str, object]:
    """Return the figures of the status report, without its words."""
    status = dorf.status()
    return {
        "tending": [(one["name"], one["state"], one["score"]) for one in status["tending"]],
        "gaps": [(one["key"], one["severity"]) for one in status["gaps"]],
        "warnings": [(one["key"], one["name"]) for one in status["warnings"]],
        "contacts": [(one["name"], one["state"]) for one in status["contacts"]],
        "coverage": status["coverage"],
        "measures": {
            key: status["measures"][key] for key in ("size", "bus_factor", "effective_helpers")
        },
    }


def expected(village: Village) -> dict[str, object]:
    """Return the same figures, computed without a database."""
    found = assess(village, DAY)
    support = found.support
    return {
        "tending": [
            (one.tending.contact.name, one.tending.state, one.score) for one in found.urgent
        ],
        "gaps": [(one.key, one.severity) for one in found.findings],
        "warnings": [(one.key, one.contact.name) for one in found.cautions],
        "contacts": [(one.contact.name, one.state) for one in found.tendings],
        "coverage": {kind: [one.name for one in support.warm[kind]] for kind in KINDS},
        "measures": {
            "size": support.size,
            "bus_factor": support.bus_factor,
            "effective_helpers": round(support.effective_helpers, 2),
        },
    }


# --- two copies of a village -----------------------------------------------------------------

NOW = "2026-03-02T12:00:00.000000+00:00"
STAMP, OLDER, NEWER = (f"2026-0{month}-01T12:00:00.000000+00:00" for month in (2, 1, 3))


def copy(stamp: str | None, text: str, **fields: Any) -> Document:
    """Return a copy of a village with one contact and one encounter, last changed at *stamp*."""
    lena = {"uid": "u1", "name": "Lena", "notes": text, "changed_at": stamp, **fields}
    visit = {"uid": "e1", "day": ago(9), "contacts": ["u1"], "note": text, "changed_at": stamp}
    return {"dorf": 1, "contacts": [lena], "encounters": [visit]}


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("there", "stamp", "left"),
    [
        (STAMP, NEWER, ("after", NEWER)),
        (STAMP, OLDER, ("before", STAMP)),
        (STAMP, STAMP, ("after", None)),
        (STAMP, None, ("after", None)),
        (None, OLDER, ("before", None)),
    ],
)
def test_what_was_changed_last_wins(
    dorf: Dorf, there: str | None, stamp: str | None, left: tuple[str, str | None]
) -> None:
    """Unless both sides are stamped and ours is newer the file wins; a new stamp comes along.

    What has no stamp of its own is stamped with the moment it is written.
    """
    dorf.load(copy(there, "before"))
    kept = "Lena: newer here than in the file, left as it is.\n" if left[0] == "before" else ""
    dorf("import", "-", stdin=json.dumps(copy(stamp, "after")), stderr=kept)
    document = json.loads(dorf("export"))
    (lena,), (visit,) = document["contacts"], document["encounters"]
    expected = (left[0], left[1] or NOW)
    assert (lena["notes"], lena["changed_at"]) == expected
    assert (visit["note"], visit["changed_at"]) == expected


def names_and_days(dorf: Dorf) -> list[tuple[str, str, str | None]]:
    """Return uid, name and last contact of everybody."""
    people = dorf.json("list")["contacts"]
    return [(one["uid"], one["name"], one["last_contact"]) for one in people]


@pytest.mark.parametrize(
    ("change", "empty"),
    [
        ({}, True),
        ({"contacts": [{"uid": "u1", "name": "Lena"}]}, True),
        ({"household": {"rules_off": ["G01"]}}, False),
        ({"contacts": [{"name": "Tom"}]}, False),
        ({"contacts": [{"uid": "u1", "name": "Lena", "circle": 1}]}, False),
        ({"encounters": [{"day": ago(9), "contacts": ["Lena"]}]}, False),
        ({"encounters": [{"uid": "e1", "day": ago(9), "contacts": ["Lena"]}]}, False),
    ],
)
def test_an_import_tells_whether_anything_would_change(change: Document, *, empty: bool) -> None:
    """Each kind of change counts by itself."""
    done = imported(read(copy(None, "x")), json.dumps({"dorf": 1} | change))
    assert done.empty is empty


def test_a_contact_is_known_by_its_uid_then_by_its_name(dorf: Dorf) -> None:
    """A new name is a new name for the same person; a new uid for the same name is not kept."""
    dorf.load(copy(None, "x"))
    dorf.load(copy(None, "x", name="Lena Weber"))
    dorf.load({"contacts": [{"uid": "u2", "name": "Lena Weber"}],
               "encounters": [{"day": ago(1), "contacts": ["u2"]}]})  # fmt: skip
    assert names_and_days(dorf) == [("u1", "Lena Weber", ago(1))]


def test_a_name_moves_on_when_its_owner_was_renamed_first(dorf: Dorf) -> None:
    """Mia becomes Mia K., and Lena may then be called Mia; the other way round is refused."""
    mia = {"uid": "u2", "name": "Mia"}
    dorf.load({"contacts": [{"uid": "u1", "name": "Lena"}, mia]})
    taken = json.dumps({"dorf": 1, "contacts": [{"uid": "u1", "name": "Mia"}]})
    dorf(
        "import", "-", stdin=taken, status=6,
        stderr="dorf: contacts[0].name: “Mia” is somebody else in the village already. Nothing "
        "was changed.\n",
    )  # fmt: skip
    dorf.load({"contacts": [mia | {"name": "Mia K."}, {"uid": "u1", "name": "Mia"}]})
    assert [one[:2] for one in names_and_days(dorf)] == [("u1", "Mia"), ("u2", "Mia K.")]


def test_what_a_file_does_not_state_stays(dorf: Dorf) -> None:
    """A null or a missing field is no statement; an empty list is one."""
    dorf.load({"contacts": [{"name": "Lena", "circle": 1, "phones": ["1"], "gives": ["skill"]}]})
    dorf.load({"contacts": [{"name": "Lena", "circle": None, "gives": [], "gets": []}]})
    (lena,) = json.loads(dorf("export"))["contacts"]
    assert {key: lena[key] for key in ("circle", "phones", "gives", "gets")} == {
        "circle": 1, "phones": ["1"], "gives": [], "gets": [],
    }  # fmt: skip


@pytest.mark.parametrize(("last", "encounters"), [(ago(8), 2), (ago(9), 1), (ago(10), 1)])
def test_a_shorthand_for_the_last_contact_adds_only_what_is_newer(
    dorf: Dorf, last: str, encounters: int
) -> None:
    """An encounter that is as new already makes ``last_contact`` superfluous."""
    dorf.load(copy(None, "x", last_contact=last))
    assert len(dorf.json("history")["encounters"]) == encounters


def test_two_encounters_that_look_alike_are_two(dorf: Dorf) -> None:
    """Written by hand they have no uid; as many as the file has are there, and no more."""
    visit = {"day": ago(3), "contacts": ["Lena"], "how": "visit"}
    for times in (2, 2, 3, 1):
        dorf.load({"contacts": [{"name": "Lena"}], "encounters": [visit] * times})
    assert [one["how"] for one in dorf.json("history")["encounters"]] == ["visit"] * 3
