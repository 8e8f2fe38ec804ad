"""Two entries of one person: `dorf merge`, and the remarks that lead to it.

What is said is compared as a whole; what is stored is read back through ``export``. That nothing
gets lost is checked on contacts that Hypothesis makes up.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorf.cli import main
from dorf.core.dates import PartialDate
from dorf.core.likeness import phone_key
from dorf.core.merge import SINGLE, conflicts, merged
from dorf.core.spelling import fold
from dorf.core.village import LABELS, Acceptance, Contact, Household, Kid
from dorf.core.vocabulary import ROLES, Bond
from dorf.i18n import Language
from tests.conftest import Dorf, Terminal
from tests.test_properties import CARD, FACTS, records
from tests.villages import DAY, Document, ago, person, read, village

if TYPE_CHECKING:
    from collections.abc import Iterable

NOW = "2026-03-02T12:00:00.000000+00:00"
OLD = "2026-01-01T08:00:00.000000+00:00"
ANNA: Document = {
    "uid": "a", "name": "Anna Müller", "added_on": "2025-06-01", "circle": 1,
    "nicknames": ["Anni"], "phones": ["0171 555"], "emails": ["a@x.org"], "skills": ["Nähen"],
    "gives": ["advice"], "kids": [{"name": "Mats"}], "notes": "Tee ohne Zucker",
    "attachment": {"Ida": "secondary"}, "changed_at": OLD,
}  # fmt: skip
TWIN: Document = {
    "uid": "b", "name": "Anna aus der Kita", "added_on": "2025-03-01", "roles": ["parent_friend"],
    "nicknames": ["anni", "Änne"], "where": "near", "birthday": "--05-01", "trusted": True,
    "phones": ["+49 171 555", "0251 1"], "emails": ["A@X.org", "b@x.org"],
    "skills": ["nähen", "Tango"],
    "gets": ["company"], "kids": [{"name": "mats", "born": "2021-12"}, "2023-02"],
    "notes": "Allergie: Nüsse", "attachment": {"Ida": "primary", "Ben": "secondary"},
    "strained": True, "planned_on": "2026-04-01", "planned_note": "Zoo", "changed_at": OLD,
    "role_history": [{"role": "parent_friend", "from": "2025-03-01", "to": None}],
}  # fmt: skip
LOG = [
    {"uid": "e1", "day": "2026-02-01", "contacts": ["b"], "note": "Kuchen", "changed_at": OLD},
    {"uid": "e2", "day": "2026-02-02", "contacts": ["b", "t", "a"], "changed_at": OLD},
    {"uid": "e3", "day": "2026-02-03", "contacts": ["a"], "changed_at": OLD,
     "help": [{"direction": "in", "kind": "childcare"}]},
    {"uid": "e4", "day": "2026-02-04", "contacts": ["t", "b"], "changed_at": OLD,
     "help": [{"direction": "out", "kind": "advice"}]},
]  # fmt: skip
TOM: Document = {"uid": "t", "name": "Tom", "added_on": "2025-01-01", "changed_at": OLD}


def exported(dorf: Dorf) -> Any:
    """Return everything that the village holds."""
    return json.loads(dorf("export"))


def contact(dorf: Dorf, name: str) -> Any:
    """Return the one stored contact called *name*."""
    (found,) = [one for one in exported(dorf)["contacts"] if one["name"] == name]
    return found


def names(dorf: Dorf) -> list[str]:
    """Return the names of all contacts, in the order of the file."""
    return [one["name"] for one in exported(dorf)["contacts"]]


@pytest.fixture
def two(dorf: Dorf) -> Dorf:
    """Return a village with Anna twice, and Tom who met them both."""
    dorf.load({"contacts": [ANNA, TWIN, TOM], "encounters": LOG})
    return dorf


@pytest.fixture
def torn(dorf: Dorf) -> Dorf:
    """Return a village where two entries contradict each other twice."""
    dorf("add", "Anna", "--circle", "1", "--birthday", "1.5.", "--near")
    dorf("add", "Bella", "--circle", "4", "--birthday", "2.5.1985", "--note", "tea")
    return dorf


# --- what becomes of two entries --------------------------------------------------------------


def test_everything_of_both_is_in_the_one_that_stays(two: Dorf) -> None:
    """Name and uid of the first, and each field as the two say it together."""
    assert two("merge", "müller", "anna aus der kita") == (
        "Anna Müller · parent friend · last 26 days ago (4 Feb 2026) · meeting on 1 Apr 2026"
        " · plan: Zoo (was also: Anna aus der Kita; 2 encounters came along)\n"
    )
    assert names(two) == ["Anna Müller", "Tom"]
    assert contact(two, "Anna Müller") == {
        "uid": "a",
        "name": "Anna Müller",
        "nicknames": ["Anni", "Anna aus der Kita", "Änne"],
        "roles": ["parent_friend"],
        "circle": 1,
        "added_on": "2025-03-01",
        "planned_on": "2026-04-01",
        "planned_note": "Zoo",
        "where": "near",
        "trusted": True,
        "strained": True,
        "gives": ["advice"],
        "gets": ["company"],
        "skills": ["Nähen", "Tango"],
        "kids": [{"name": "Mats", "born": "2021-12"}, "2023-02"],
        "attachment": {"Ben": "secondary", "Ida": "primary"},
        "birthday": "--05-01",
        "phones": ["0171 555", "0251 1"],
        "emails": ["a@x.org", "b@x.org"],
        "notes": "Tee ohne Zucker\nAllergie: Nüsse",
        "role_history": [{"role": "parent_friend", "from": "2025-03-01", "to": None}],
        "changed_at": NOW,
    }


def test_encounters_come_along_and_nobody_is_in_one_twice(two: Dorf) -> None:
    """The others keep their order; only encounters that changed have a new stamp."""
    two("merge", "Anna Müller", "Anna aus der Kita")
    log = exported(two)["encounters"]
    assert [(one["uid"], one["contacts"], one["changed_at"]) for one in log] == [
        ("e1", ["a"], NOW),
        ("e2", ["t", "a"], NOW),
        ("e3", ["a"], OLD),
        ("e4", ["t", "a"], NOW),
    ]
    assert [(one["note"], len(one["help"])) for one in log] == [
        ("Kuchen", 0), (None, 0), (None, 1), (None, 1)
    ]  # fmt: skip


def test_help_counts_for_the_one_who_stays(two: Dorf) -> None:
    """What stands beside each participation moves with it: who helped is found by index."""
    two("merge", "Anna Müller", "Anna aus der Kita")
    with closing(sqlite3.connect(two.path)) as connection:
        rows = connection.execute(
            "SELECT c.uid, e.uid, p.help_in, p.help_out FROM participation p"
            " JOIN contact c ON c.id = p.contact_id JOIN encounter e ON e.id = p.encounter_id"
            " ORDER BY 2, 1"
        ).fetchall()
    assert rows == [
        ("a", "e1", 0, 0), ("a", "e2", 0, 0), ("t", "e2", 0, 0),
        ("a", "e3", 1, 0), ("a", "e4", 0, 1), ("t", "e4", 0, 1),
    ]  # fmt: skip


def test_undo_brings_both_back(two: Dorf) -> None:
    """A merge is one step of the record; redo does it again."""
    before = two("export")
    two("merge", "Anna Müller", "Anna aus der Kita")
    after = two("export")
    two("undo")
    assert two("export") == before
    two("redo")
    assert two("export") == after


def test_nothing_to_say_about_encounters_when_none_came(dorf: Dorf) -> None:
    """One that both took part in is there already, and one alone is counted as one."""
    dorf("add", "Anna")
    dorf("add", "Bella")
    dorf("log", "anna", "bella")
    assert dorf("merge", "anna", "bella") == (
        "Anna · other · last today (2 Mar 2026) · next time by 1 Apr (was also: Bella)\n"
    )
    dorf("add", "Carla", "--last", "yesterday")
    assert dorf("merge", "anna", "carla") == (
        "Anna · other · last today (2 Mar 2026) · next time by 1 Apr"
        " (was also: Carla; 1 encounter came along)\n"
    )
    assert contact(dorf, "Anna")["nicknames"] == ["Bella", "Carla"]


def test_the_answer_speaks_german(german: Dorf) -> None:
    """As every answer to a write does."""
    german("add", "Anna", "--rolle", "oma")
    german("add", "Bella", "--zuletzt", "gestern")
    also = Language("de").count(
        " (was also: {name}; {n} encounter came along)",
        " (was also: {name}; {n} encounters came along)",
        1,
        name="Bella",
    )
    assert german("merge", "anna", "bella") == (
        f"Anna · Oma/Opa · zuletzt gestern (1.3.2026) · nächstes Mal bis 15.3.{also}\n"
    )


def test_json_has_the_contact_and_the_name_that_went(two: Dorf) -> None:
    """The contact is the one of every write; stdout holds nothing else."""
    document = two.json("merge", "Anna Müller", "Anna aus der Kita")
    assert list(document) == ["dorf", "report", "today", "contacts", "merged"]
    assert (document["report"], document["merged"]) == ("merge", "Anna aus der Kita")
    (one,) = document["contacts"]
    assert contact(two, "Anna Müller").items() <= one.items()
    assert (one["last_contact"], one["state"]) == ("2026-02-04", "untracked")


def test_the_name_that_went_still_finds_the_one_who_stays(two: Dorf) -> None:
    """It is a nickname now, however it is spelled."""
    two("merge", "Anna Müller", "Anna aus der Kita")
    assert two("show", "ANNA AUS DER KITA").startswith("Anna Müller")


@pytest.mark.parametrize("name", ["Anna Muller", "änni"])
def test_a_name_that_is_the_same_anyway_is_no_nickname(two: Dorf, name: str) -> None:
    """Neither another spelling of the name nor of a nickname adds anything."""
    two("add", name, "--skill", "chess", remarks=True)
    two("merge", "Anna Müller", name)
    assert contact(two, "Anna Müller")["nicknames"] == ["Anni"]


def test_keys_that_named_the_one_who_went_name_the_one_who_stays(dorf: Dorf) -> None:
    """Switched-off and accepted findings follow; of two that meet, the longer one counts."""
    home: Document = {
        "rules_off": ["G15:Bella", "G15:Anna", "G01"],
        "accepted": [
            {"key": "G14:Anna", "until": "2026-05-01"},
            {"key": "G02:company", "until": None},
            {"key": "G14:Bella", "until": None},
            {"key": "G23:Bella", "until": "2026-06-01"},
        ],
    }
    dorf.load(village(person("Anna"), person("Bella"), **home))
    dorf("merge", "anna", "bella")
    household = exported(dorf)["household"]
    assert household["rules_off"] == ["G01", "G15:Anna"]
    assert household["accepted"] == [
        {"key": "G14:Anna", "until": None},
        {"key": "G02:company", "until": None},
        {"key": "G23:Anna", "until": "2026-06-01"},
    ]


@pytest.mark.parametrize("order", [("x", "y"), ("y", "x")])
def test_of_two_acceptances_of_one_finding_the_longer_counts(order: tuple[str, str]) -> None:
    """Whichever of the two came first."""
    until = {"x": DAY, "y": DAY.replace(month=4)}
    home = Household(accepted=tuple(Acceptance(key, until[key]) for key in order))
    assert home.renamed({"x": "z", "y": "z"}).accepted == (Acceptance("z", until["y"]),)


def test_answers_of_the_interview_name_the_one_who_stays(two: Dorf) -> None:
    """It has asked about people by their uids."""
    with closing(sqlite3.connect(two.path)) as connection:
        rows = [("q1", '["b","t","a"]'), ("q2", '["t"]')]
        connection.executemany("INSERT INTO interview VALUES (?, ?)", rows)
        connection.commit()
    two("merge", "Anna Müller", "Anna aus der Kita")
    with closing(sqlite3.connect(two.path)) as connection:
        rows = connection.execute("SELECT * FROM interview ORDER BY 1").fetchall()
    assert [(question, sorted(json.loads(answer))) for question, answer in rows] == [
        ("q1", ["a", "t"]), ("q2", ["t"])
    ]  # fmt: skip


# --- where the two contradict each other ------------------------------------------------------

VALUES: dict[str, tuple[Document, Document]] = {
    "circle": ({"circle": 1}, {"circle": 4}),
    "cadence_days": ({"cadence_days": 0}, {"cadence_days": 14}),
    "where": ({"where": "near"}, {"where": "household"}),
    "birthday": ({"birthday": "1985-05-01"}, {"birthday": "--05-02"}),
    "trusted": ({"trusted": False}, {"trusted": True}),
    "pickup": ({"pickup": True}, {"pickup": False}),
    "online_only": ({"online_only": False}, {"online_only": True}),
    "planned_on": (
        {"planned_on": "2026-04-01", "planned_note": "Zoo"}, {"planned_on": "2026-04-02"}
    ),
    "snoozed_until": ({"snoozed_until": "2026-04-01"}, {"snoozed_until": "2026-04-02"}),
    "status": (
        {"status": "paused", "paused_until": "2026-04-01"},
        {"status": "paused", "paused_until": "2026-05-01"},
    ),
    "until": ({"until": "2026-04-01"}, {"until": "2026-04-02"}),
    "died_on": ({"died_on": "2026-01-01"}, {"died_on": "2026-01-02"}),
    "met_at": ({"met_at": "PEKiP"}, {"met_at": "Kita"}),
    "lead_days": ({"lead_days": 0}, {"lead_days": 10}),
}  # fmt: skip
SHOWN = {
    "circle": "circle: closest or loose",
    "cadence_days": "rhythm: no reminder or every 2 weeks",
    "where": "place: nearby or at home with you",
    "birthday": "birthday: 1 May 1985 or 2 May",
    "trusted": "trust: not alone with your child or trusted with your child",
    "pickup": "pickup: authorised to pick up or not authorised to pick up",
    "online_only": "online: met in person or online only",
    "planned_on": "plan: 1 Apr 2026 · Zoo or 2 Apr 2026",
    "snoozed_until": "reminder: rests until 1 Apr 2026 or rests until 2 Apr 2026",
    "status": "status: pause until 1 Apr 2026 or pause until 1 May 2026",
    "until": "until: 1 Apr 2026 or 2 Apr 2026",
    "died_on": "died: 1 Jan 2026 or 2 Jan 2026",
    "met_at": "met: PEKiP or Kita",
    "lead_days": "lead: on the day itself or 10 days before",
}


def values(dorf: Dorf, fields: Iterable[str]) -> Document:
    """Return those *fields* of Anna that are stored."""
    stored = contact(dorf, "Anna")
    return {name: stored[name] for name in fields if name in stored}


def pair(first: Document, second: Document) -> Document:
    """Return a village of Anna and Bella with these fields."""
    contacts = [{"name": "Anna", **first}, {"name": "Bella", **second}]
    return {"contacts": contacts}


@pytest.mark.slow
@pytest.mark.parametrize("field", SINGLE)
def test_what_only_one_states_is_what_counts(dorf: Dorf, field: str) -> None:
    """Whichever of the two it is; a status is stated by everybody."""
    first, _ = VALUES[field]
    for n, (one, other) in enumerate([(first, {}), ({}, first), (first, first)]):
        if field == "status" and one != other:
            continue
        own = Dorf(dorf.path.with_name(f"{n}.db"))
        own.load(pair(one, other))
        own("merge", "anna", "bella")
        assert values(own, SINGLE[field]) == first


@pytest.mark.slow
@pytest.mark.parametrize("field", SINGLE)
def test_a_contradiction_is_refused_when_nobody_can_be_asked(dorf: Dorf, field: str) -> None:
    """The sentence names the field, both values, and the ways to choose; nothing changes."""
    dorf.load(pair(*VALUES[field]))
    before = dorf("export")
    label = LABELS[field]
    dorf(
        "merge", "anna", "bella", status=1,
        stderr=f"dorf: Anna and Bella differ ({SHOWN[field]}). Say what is right: --prefer first, "
        f"--prefer second, or --take {label} to take just that from Bella. Nothing was changed.\n",
    )  # fmt: skip
    assert dorf("export") == before


@pytest.mark.slow
@pytest.mark.parametrize("field", SINGLE)
@pytest.mark.parametrize(
    ("options", "side"),
    [
        (["--prefer", "first"], 0),
        (["--prefer", "second"], 1),
        (["--vorrang", "erste"], 0),
        (["--vorrang", "Zweite"], 1),
        (["--take", "FIELD"], 1),
        (["--nimm", "LABEL"], 1),
        (["--prefer", "first", "--take", "FIELD"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_contradiction_is_decided_by_an_option(
    dorf: Dorf, field: str, options: list[str], side: int
) -> None:
    """With all that belongs to the field, and by any of its names."""
    dorf.load(pair(*VALUES[field]))
    spelled = {"FIELD": field, "LABEL": LABELS[field].upper()}
    dorf("merge", "anna", "bella", *(spelled.get(option, option) for option in options))
    assert values(dorf, SINGLE[field]) == VALUES[field][side]


def test_take_leaves_the_other_contradictions_to_the_first(torn: Dorf) -> None:
    """Just that field comes from the second; what does not contradict comes along anyway."""
    torn("merge", "anna", "bella", "--take", "birthday")
    stored = contact(torn, "Anna")
    assert (stored["birthday"], stored["circle"], stored["where"], stored["notes"]) == (
        "1985-05-02", 1, "near", "tea"
    )  # fmt: skip


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("answers", "birthday", "circle"),
    [("\n\n", "--05-01", 1), ("2\n1\n", "--05-01", 4), ("1\n 2 \n", "1985-05-02", 1)],
)
def test_on_a_terminal_each_contradiction_is_asked(
    torn: Dorf, answers: str, birthday: str, circle: int
) -> None:
    """Both values in words; Enter keeps the first."""
    torn("merge", "anna", "bella", tty=True, stdin=answers)
    assert torn.said == (
        "circle:\n  1  closest (Anna)\n  2  loose (Bella)\nWhich one? Number, or Enter for 1: "
        "birthday:\n  1  1 May (Anna)\n  2  2 May 1985 (Bella)\n"
        "Which one? Number, or Enter for 1: "
    )
    stored = contact(torn, "Anna")
    assert (stored["birthday"], stored["circle"]) == (birthday, circle)


def test_a_slip_is_asked_again(torn: Dorf) -> None:
    """What was chosen before is not lost."""
    torn("merge", "anna", "bella", tty=True, stdin="2\nü\n3\n2\n")
    assert torn.said.count("Please type 1 or 2, or Enter for 1: ") == 2
    stored = contact(torn, "Anna")
    assert (stored["birthday"], stored["circle"]) == ("1985-05-02", 4)


@pytest.mark.few(2)
@pytest.mark.parametrize("answers", ["3\n", "x\n", "1\n", "", "2\nno\n"])
def test_any_other_answer_changes_nothing(torn: Dorf, answers: str) -> None:
    """The end of input declines, too."""
    before = torn("export")
    torn("merge", "anna", "bella", tty=True, stdin=answers, status=1)
    assert torn.said.endswith("dorf: Nothing was chosen. Nothing was changed.\n")
    assert torn("export") == before


def test_an_option_spares_the_questions_on_a_terminal(torn: Dorf) -> None:
    """Who has said what is right is not asked again."""
    torn("merge", "anna", "bella", "--prefer", "second", tty=True, stderr="")
    assert contact(torn, "Anna")["circle"] == 4


def test_an_answer_that_comes_too_late_changes_nothing(torn: Dorf) -> None:
    """What somebody else noted while the question stood there is not overwritten."""

    class Slow(Terminal):
        def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
            torn("edit", "bella", "--circle", "3")
            return super().readline(size)

    world, _, err = torn._world("", tty=True)  # noqa: SLF001  (a stream of its own)
    late = world._replace(stdin=Slow("2\n2\n", tty=True))
    assert main(["merge", "anna", "bella"], late) == 5
    assert err.getvalue().endswith(
        "dorf: Somebody else changed the file at the same moment. Please try again.\n"
    )
    assert names(torn) == ["Anna", "Bella"]


def test_active_and_paused_contradict_each_other(dorf: Dorf) -> None:
    """A forgotten entry that rests must not silence the one that is used."""
    dorf.load(pair({}, {"status": "ended"}))
    dorf("merge", "anna", "bella", status=1)
    assert "(status: active or used to be in the village)" in dorf.said
    dorf("merge", "anna", "bella", "--take", "status")
    assert contact(dorf, "Anna")["status"] == "ended"


# --- bad input --------------------------------------------------------------------------------

CHOICES = (
    "circle, rhythm, place, birthday, trust, pickup, online, plan, reminder, status, died, until, "
    "met, lead"
)  # fmt: skip


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["anna", "Anna"], 1, "That is the same entry twice: Anna. Please name two of them."),
        (["anna", "anni"], 1, "That is the same entry twice: Anna. Please name two of them."),
        (["anna", "zoe"], 3,
         "Nobody in your village is called “zoe”. New? Then: dorf add zoe"),
        (["be", "anna"], 4,
         "“be” could be Bella, Bea. Please type a little more of the name."),
        (["anna", "bella", "--prefer", "third"], 2, "“third” is neither first nor second."),
        (["anna", "bella", "--prefer", ""], 2, "“” is neither first nor second."),
        (["anna", "bella", "--take", "phones"], 2,
         f"“phones” can't be taken from one of the two. These can: {CHOICES}."),
        (["anna", "bella", "--take", "x"], 2,
         f"“x” can't be taken from one of the two. These can: {CHOICES}."),
        (["anna"], 2, "B is missing. “dorf merge --help” shows how."),
        (["anna", "bella", "bea"], 2,
         "“bea” is not expected here. “dorf merge --help” shows how."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_changes_nothing(
    dorf: Dorf, arguments: list[str], status: int, said: str
) -> None:
    """One sentence, the exit status of its kind, and the same village."""
    contacts = [{"name": "Anna", "nicknames": ["Anni"]}, {"name": "Bella"}, {"name": "Bea"}]
    dorf.load({"contacts": contacts})
    before = dorf("export")
    dorf("merge", *arguments, status=status, stderr=f"dorf: {said}\n")
    assert dorf("export") == before


def test_in_an_empty_village_nobody_is_merged(dorf: Dorf) -> None:
    """And no file appears for it."""
    dorf("merge", "anna", "bella", status=3)
    assert not dorf.path.exists()


def test_notes_that_are_too_long_together_are_refused(dorf: Dorf) -> None:
    """Nothing is cut, and an export stays one that can be imported."""
    dorf.load(pair({"notes": "a" * 10_000}, {"notes": "b" * 10_000}))
    before = dorf("export")
    dorf(
        "merge", "anna", "bella", status=1,
        stderr="dorf: These two don't fit into one: a text can have 20000 characters at most, "
        "this one has 20001.\n",
    )  # fmt: skip
    assert dorf("export") == before


def test_names_are_data(dorf: Dorf) -> None:
    """Neither markup nor fields nor options are read out of them."""
    dorf.load({"contacts": [{"name": "[b]{x}"}, {"name": "-y %s"}]})
    assert dorf("merge", "--", "[b]{x}", "-y %s") == (
        "[b]{x} · other · no contact recorded yet (was also: -y %s)\n"
    )


# --- nothing gets lost ------------------------------------------------------------------------

FIELDS = {key: rows for key, rows in (FACTS | CARD).items() if key != "last_contact"} | {
    "planned_note": ["Zoo", "Eis"],
    "birthday": ["--02-29", "1957-02", "1957-03-14", "--03-14", "1957-03"],
    "kids": [
        ["2021-12", "2021-12", {"name": "Mats"}], [{"name": "mats", "born": "2021-12-05"}],
        [{"name": "Lena", "born": "2021-12"}, "2020-02-29"], ["2021-12"],
    ],
    "phones": [["0171 555-0178", "+49 (0)30"], ["+49 171 5550178", "030 (work)", "ask her"]],
    "yearly_days": [
        [{"name": "Namenstag", "day": "--12-04"}, {"name": "X", "day": "2012-02-29"}],
        [{"name": "namenstag", "day": "1990-12-04"}, {"name": "x", "day": "--02-29"},
         {"name": "x", "day": "--12-04"}, {"name": "X", "day": "2016-02-29"}],
    ],
}  # fmt: skip
CARDS = records(FIELDS, 3, 18)
TAKE = st.sets(st.sampled_from(sorted(SINGLE)))


def both(first: Document, second: Document) -> tuple[Contact, Contact]:
    """Return two contacts with these fields, as values."""
    log = {"contacts": [first | {"name": "Anna"}, second | {"name": "Bella"}]}
    one, other = read(village(*log["contacts"])).contacts
    return one, other


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(CARDS, CARDS, TAKE)
def test_nothing_of_either_side_is_lost(first: Document, second: Document, take: set[str]) -> None:
    """Every number, address, skill, name, child, role, kind, bond and line of a note is there."""
    one, other = both(first, second)
    done = merged(one, other, take)
    assert (done.uid, done.name, done.changed_at) == (one.uid, one.name, one.changed_at)
    for side in (one, other):
        kept = {*map(phone_key, done.phones), *done.phones}
        assert all(phone_key(text) in kept or text in kept for text in side.phones)
        for field in ("skills", "emails", "addresses"):
            there = {text.casefold() for text in getattr(done, field)}
            assert {text.casefold() for text in getattr(side, field)} <= there
        lines = (done.notes or "").split("\n")
        assert set((side.notes or "").split("\n")) <= {*lines, ""}
        assert {*map(fold, (side.name, *side.nicknames))} <= {
            *map(fold, (done.name, *done.nicknames))
        }
        assert {*map(fold, side.kid_names)} <= {*map(fold, done.kid_names)}
        months = [str(kid.born)[:7] for kid in done.kids if kid.born]
        assert {str(kid.born)[:7] for kid in side.kids if kid.born} <= set(months)
        assert len(done.kids) >= len(side.kids)
        days = {(one.name.casefold(), str(one.day)[-5:]) for one in done.yearly_days}
        assert {(d.name.casefold(), str(d.day)[-5:]) for d in side.yearly_days} <= days
        assert set(side.roles) - {ROLES["other"]} <= set(done.roles)
        assert (side.gives or frozenset()) <= (done.gives or frozenset())
        assert (side.gets or frozenset()) <= (done.gets or frozenset())
        assert (done.gives is None) == (one.gives is None and other.gives is None)
        assert dict(side.attachment).keys() <= dict(done.attachment).keys()
        assert done.added_on <= side.added_on
        assert (done.strained, done.single_parent) >= (side.strained, False)
        assert done.single_parent or not side.single_parent


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(CARDS, CARDS, TAKE)
def test_a_field_has_the_value_of_the_side_that_was_chosen(
    first: Document, second: Document, take: set[str]
) -> None:
    """Swapping the two and choosing the other way round gives the same values."""
    one, other = both(first, second)
    assert conflicts(one, other) == conflicts(other, one)
    torn = set(conflicts(one, other))
    done, swapped = merged(one, other, take), merged(other, one, set(SINGLE) - take)
    for field, attributes in SINGLE.items():
        chosen = other if field in take else one
        for name in attributes:
            value = getattr(done, name)
            if field in torn:
                assert value == getattr(chosen, name)
            elif name not in {"planned_note", "birthday"}:
                assert value in {getattr(one, name), getattr(other, name)}
            if name != "planned_note":
                assert value == getattr(swapped, name)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(CARDS, CARDS, TAKE)
def test_merging_again_adds_nothing(first: Document, second: Document, take: set[str]) -> None:
    """Neither the same second entry once more nor a copy of the first."""
    one, other = both(first, second)
    done = merged(one, other, take)
    assert merged(done, other, take) == done
    assert merged(done, done, take) == done
    assert conflicts(done, done) == ()


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(
    CARDS, CARDS, TAKE, st.lists(st.sampled_from(["a", "b", "ab", "ba", "t", "bta"]), max_size=6)
)
def test_undo_gives_the_very_village_back(
    first: Document, second: Document, take: set[str], log: list[str]
) -> None:
    """And every encounter, with its day and its note, is there after the merge."""
    people = [first | {"name": "a"}, second | {"name": "b"}, {"name": "t"}]
    met = [{"day": ago(n), "contacts": list(who), "note": str(n)} for n, who in enumerate(log)]
    options = [word for field in sorted(take) for word in ("--take", field)]
    with tempfile.TemporaryDirectory() as folder:
        dorf = Dorf(Path(folder) / "dorf.db")
        dorf.load(village(*people, log=tuple(met)))
        before = dorf("export")
        dorf("merge", "a", "b", *(options or ["--prefer", "first"]))
        after = exported(dorf)
        assert names(dorf) == ["a", "t"]
        uids = {one["name"]: one["uid"] for one in after["contacts"]} | {"b": "?"}
        uids["b"] = uids["a"]
        wanted = {one["note"]: {uids[name] for name in one["contacts"]} for one in met}
        assert {one["note"]: set(one["contacts"]) for one in after["encounters"]} == wanted
        assert all(len(one["contacts"]) == len(wanted[one["note"]]) for one in after["encounters"])
        dorf("undo")
        assert dorf("export") == before


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (["2021-12"], ["2021-12"], ["2021-12"]),
        (["2021-12"], ["2021-12", "2021-12"], ["2021-12", "2021-12"]),
        (["2021-12"], [{"name": "Mats", "born": "2021-12"}],
         [{"name": "Mats", "born": "2021-12"}]),
        (["2021-12", {"name": "Mats", "born": "2021-12"}], [{"name": "Mats"}],
         ["2021-12", {"name": "Mats", "born": "2021-12"}]),
        (["2021-12", {"name": "Mats", "born": "2021-12"}], [{"name": "Mats", "born": "2021-12"}],
         ["2021-12", {"name": "Mats", "born": "2021-12"}]),
        ([{"name": "Jörg"}], [{"name": "Joerg", "born": "2021-12-05"}],
         [{"name": "Jörg", "born": "2021-12-05"}]),
        ([{"name": "Mats", "born": "2021-12"}], [{"name": "Mats", "born": "2023-01"}],
         [{"name": "Mats", "born": "2021-12"}, {"name": "Mats", "born": "2023-01"}]),
        ([{"name": "Mats", "born": "2021-12"}], [{"name": "Ole", "born": "2021-12"}],
         [{"name": "Mats", "born": "2021-12"}, {"name": "Ole", "born": "2021-12"}]),
        ([{"name": "Mats"}], ["2021-12"], [{"name": "Mats"}, "2021-12"]),
    ],
)  # fmt: skip
def test_children_are_known_again(first: list[Any], second: list[Any], together: list[Any]) -> None:
    """By their name, else by their month; twins and namesakes stay two."""
    one, other = both({"kids": first}, {"kids": second})
    wanted, _ = both({"kids": together}, {})
    assert merged(one, other).kids == wanted.kids


def test_what_one_side_lists_twice_stays_as_it_is() -> None:
    """Two children of one month in a group are two."""
    one, other = both({"kids": ["2021-12", "2021-12"]}, {})
    assert merged(one, other).kids == (Kid(born=PartialDate(2021, 12)),) * 2


def test_yearly_days_are_united_by_name_and_day(dorf: Dorf) -> None:
    """One that both know is there once, as fully as they know it; the name is that of the first."""
    first = [{"name": "Namenstag", "day": "--12-04"}, {"name": "Hochzeitstag", "day": "--06-12"},
             {"name": "Jubiläum", "day": "--05-01"}]  # fmt: skip
    second = [{"name": "hochzeitstag", "day": "2015-06-12"}, {"name": "Jubiläum", "day": "--05-02"},
              {"name": "Namenstag", "day": "--12-04"}]  # fmt: skip
    dorf.load(pair({"yearly_days": first}, {"yearly_days": second}))
    dorf("merge", "anna", "bella")
    assert sorted((one["name"], one["day"]) for one in contact(dorf, "Anna")["yearly_days"]) == [
        ("Hochzeitstag", "2015-06-12"), ("Jubiläum", "--05-01"), ("Jubiläum", "--05-02"),
        ("Namenstag", "--12-04"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("--05-01", "1985-05-01", "1985-05-01"),
        ("1985-05-01", "--05-01", "1985-05-01"),
        ("1985-05", "--05-01", "1985-05-01"),
        ("--02-29", "1985-02", None),
        ("--05-01", "--05-02", None),
        ("1984-05-01", "1985-05-01", None),
    ],
)
def test_birthdays_that_agree_become_the_fuller_one(
    first: str, second: str, together: str | None
) -> None:
    """None: they contradict each other."""
    one, other = both({"birthday": first}, {"birthday": second})
    assert conflicts(one, other) == (() if together else ("birthday",))
    assert merged(one, other).birthday == PartialDate.parse(together or first)


@pytest.mark.parametrize("bonds", [("primary", "secondary"), ("secondary", "primary")])
def test_of_two_bonds_with_a_child_the_primary_one_counts(bonds: tuple[str, str]) -> None:
    """Whichever side says so."""
    one, other = both(*({"attachment": {"Ida": bond}} for bond in bonds))
    assert merged(one, other).attachment == (("Ida", Bond.PRIMARY),)


@pytest.mark.parametrize(
    ("first", "second", "roles"),
    [
        (["other"], ["friend", "neighbour"], ["friend", "neighbour"]),
        (["friend"], ["other"], ["friend"]),
        (["other"], ["other"], ["other"]),
        (["friend", "other"], ["relative", "friend"], ["friend", "other", "relative"]),
    ],
)
def test_other_gives_way_to_a_role(first: list[str], second: list[str], roles: list[str]) -> None:
    """It is what a contact is before anybody said more; the main role is the first one's."""
    one, other = both({"roles": first}, {"roles": second})
    assert [role.slug for role in merged(one, other).roles] == roles


def test_a_role_that_both_have_is_open_once_since_the_earlier_day() -> None:
    """Closed spans stay as they are, and that of a role which gave way goes."""
    spans = {
        "roles": ["friend"],
        "role_history": [
            {"role": "friend", "from": "2026-01-02"},
            {"role": "educator", "from": "2024-01-01", "to": "2025-01-01"},
        ],
    }
    more = {
        "roles": ["friend"],
        "role_history": [
            {"role": "friend", "from": "2025-05-05"},
            {"role": "friend", "from": "2020-01-01", "to": "2021-01-01"},
        ],
    }
    one, other = both(spans, more)
    shown = [(s.role.slug, str(s.start), str(s.end)) for s in merged(one, other).role_history]
    assert shown == [
        ("friend", "2025-05-05", "None"),
        ("educator", "2024-01-01", "2025-01-01"),
        ("friend", "2020-01-01", "2021-01-01"),
    ]
    plain, _ = both({"role_history": [{"role": "other", "from": "2026-01-01"}]}, {})
    assert merged(plain, one).role_history == one.role_history


def test_plans_for_one_day_keep_both_notes() -> None:
    """Two different days contradict each other; two notes do not."""
    plan = {"planned_on": "2026-04-01"}
    one, other = both(plan | {"planned_note": "Zoo"}, plan | {"planned_note": "Eis"})
    assert conflicts(one, other) == ()
    assert merged(one, other).planned_note == "Zoo; Eis"


def test_every_field_has_a_word() -> None:
    """The tables of ``report`` and ``core`` name the same things."""
    assert list(LABELS) == list(SINGLE)
