"""How often a reminder speaks: less and less while nobody answers (DOMAIN.md §3.6)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dorf.core.assessment import assess
from dorf.core.reminders import Notified, remind
from tests.conftest import CASE_B
from tests.test_reminders import FAMILY
from tests.villages import DAY, Document, ago, person, read, village

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dorf.core.reminders import Memory, Reminder, Subject

KIM = person("Kim", cadence_days=0)
"""Somebody who is met now and then, so that the log does not rest."""


def met_until(document: Document, day: date) -> Document:
    """Return the *document* with the encounters up to a *day*; everybody is known by the name."""
    contacts = [contact | {"uid": contact["name"]} for contact in document["contacts"]]
    log = [entry for entry in document.get("encounters", ()) if entry["day"] <= day.isoformat()]
    return document | {"contacts": contacts, "encounters": log}


def told(document: Document, days: Iterable[int]) -> Iterator[tuple[int, Reminder]]:
    """Yield what a reminder says on *days* after `DAY`, each remembering the ones before."""
    memory: dict[tuple[Subject, str], Notified] = {}
    for number in days:
        day = DAY + timedelta(number)
        known: Memory = memory
        reminder = remind(assess(read(met_until(document, day)), day), known)
        for notice in reminder.notices:
            memory[notice.subject, notice.key] = Notified(day, notice.times, notice.basis)
        yield number, reminder


def people(reminder: Reminder) -> list[str]:
    """Return whom a reminder names for a hello."""
    return [urgency.tending.contact.name for urgency in reminder.people]


def asked(reminder: Reminder) -> list[str]:
    """Return of whom it asks whether the rhythm still fits."""
    return [urgency.tending.contact.name for urgency in reminder.rhythms]


def logged(name: str, *days: int) -> tuple[Document, ...]:
    """Return encounters with *name* on *days* after `DAY`."""
    return tuple({"day": ago(-number), "contacts": [name]} for number in days)


@pytest.mark.parametrize(
    ("cadence", "named", "question"),
    [(7, [0, 3, 10, 24], 54), (14, [0, 3, 10, 24], 54), (30, [0, 7, 14, 28], 58),
     (90, [0, 7, 14, 28], 58)],
)  # fmt: skip
def test_somebody_is_named_less_and_less(cadence: int, named: list[int], question: int) -> None:
    """3, 7, 14, 30 days, or a quarter of the rhythm; then one question, then silence."""
    lena = person("Lena", "friend", cadence_days=cadence, last_contact=ago(cadence))
    document = village(lena, KIM, log=logged("Kim", *range(0, 200, 14)))
    spoken = list(told(document, range(200)))
    assert [number for number, said in spoken if people(said) == ["Lena"]] == named
    assert [number for number, said in spoken if asked(said) == ["Lena"]] == [question]


def test_an_encounter_begins_anew() -> None:
    """Whoever answered is named again after the rhythm, as if for the first time."""
    lena = person("Lena", "friend", cadence_days=7, last_contact=ago(7))
    log = (*logged("Kim", *range(0, 200, 14)), *logged("Lena", 100))
    spoken = list(told(village(lena, KIM, log=log), range(140)))
    assert [number for number, said in spoken if people(said)] == [
        0, 3, 10, 24, 107, 110, 117, 131,
    ]  # fmt: skip


def test_another_rhythm_begins_anew() -> None:
    """An edit of the rhythm is an answer, too."""
    memory: dict[tuple[Subject, str], Notified] = {}
    spoken = []
    for number in range(80):
        day = DAY + timedelta(number)
        lena = person("Lena", "friend", cadence_days=7 if number < 60 else 14, last_contact=ago(14))
        document = village(lena, KIM, log=logged("Kim", *range(0, 80, 14)))
        reminder = remind(assess(read(met_until(document, day)), day), memory)
        for notice in reminder.notices:
            memory[notice.subject, notice.key] = Notified(day, notice.times, notice.basis)
        if people(reminder):
            spoken.append(number)
    assert spoken == [0, 3, 10, 24, 60, 63, 70]


def test_a_worse_state_does_not_come_earlier() -> None:
    """DOMAIN.md §3.4: from 45 days on overdue; the next naming waits its days all the same."""
    lena = person("Lena", "friend", last_contact=ago(44))
    spoken = list(told(village(lena, KIM), range(8)))
    assert [number for number, said in spoken if people(said)] == [0, 7]


MANY = village(
    *(person(f"P{n}", "friend", cadence_days=7 + n, last_contact=ago(27)) for n in range(20)),
    person("Herr Tod", "relative", died_on=ago(-200)),
    log=logged("P0", *range(40, 90, 20)),
)


@pytest.mark.parametrize("document", [FAMILY, MANY, json.loads(CASE_B.read_text("utf-8"))])
def test_greetings_come_on_three_days_of_any_week(document: Document) -> None:
    """And on one while the log rests; nobody is named for the third time in a week."""
    greeting: list[int] = []
    for number, said in told(document | {"dorf": 1}, range(90)):
        assert len(said.people) + len(said.rhythms) <= 3
        if not said.greets:
            continue
        lately = [day for day in greeting if number - day < 7]
        assert len(lately) < (1 if said.weeks_at_rest else 3), number
        assert not (said.weeks_at_rest and (said.people or said.rhythms))
        greeting.append(number)
    assert greeting


@pytest.mark.parametrize("resting", [False, True])
def test_in_mourning_one_day_of_seven_carries_a_greeting(*, resting: bool) -> None:
    """For sixty days; none at all while the log rests, too."""
    friends = [person(f"P{n}", "friend", cadence_days=7, last_contact=ago(27)) for n in range(9)]
    oma = person("Oma", "grandparent", died_on=ago(0), last_contact=None)
    log = () if resting else logged("P0", *range(0, 60, 14))
    start = 2 if resting else 0
    greeting = [
        number
        for number, said in told(village(*friends, oma, log=log), range(start, 60))
        if said.greets
    ]
    assert greeting == ([] if resting else list(range(0, 60, 7))[: len(greeting)])
    assert resting or len(greeting) > 3


def test_the_log_at_rest_is_said_once_a_week() -> None:
    """Instead of names: one line, with the whole weeks since the newest encounter."""
    document = village(*(person(f"P{n}", "parent_friend", last_contact=ago(28)) for n in range(5)))
    spoken = list(told(document, range(30)))
    assert [number for number, said in spoken if people(said)][:1] == [0]
    resting = {number: said.weeks_at_rest for number, said in spoken if said.weeks_at_rest}
    assert [later - sooner for sooner, later in zip(resting, [*resting][1:], strict=False)] == (
        [7] * (len(resting) - 1)
    )
    assert all(weeks == (28 + number) // 7 for number, weeks in resting.items())
    assert not [number for number, said in spoken if number and people(said)]


@pytest.mark.parametrize("document", [FAMILY, MANY, json.loads(CASE_B.read_text("utf-8"))])
def test_a_quarter_in_which_nobody_types_stays_quiet(document: Document) -> None:
    """On at most 20 of 60 workdays, birthdays and plans aside, and nobody more than four times."""
    silent = {key: value for key, value in document.items() if key != "encounters"} | {"dorf": 1}
    workdays = [number for number in range(84) if (DAY + timedelta(number)).weekday() < 5]
    assert len(workdays) == 60
    spoken, named = 0, dict[str, int]()
    for _, said in told(silent, workdays):
        spoken += not said._replace(days=(), meetings=()).empty
        for name in people(said):
            named[name] = named.get(name, 0) + 1
    assert 0 < spoken <= 20
    assert max(named.values(), default=0) <= 4


def test_plans_are_told_today_and_tomorrow_and_before_all_else() -> None:
    """Of anybody present, once a day, even in mourning and while the log rests."""
    lena = person("Lena", "friend", planned_on=ago(-3), planned_note="15 Uhr Eisdiele")
    ralf = person("Ralf", "coparent", planned_on=ago(-3), strained=True)
    oma = person("Oma", "grandparent", died_on=ago(1), planned_on=ago(-3))
    kurs = person("Kurs", "course_group", until=ago(1), planned_on=ago(-3))
    met = {
        number: [tending.contact.name for tending in said.meetings]
        for number, said in told(village(lena, ralf, oma, kurs), range(6))
        if said.meetings
    }
    assert met == {2: ["Lena", "Ralf"], 3: ["Lena", "Ralf"]}


def test_names_of_whom_nothing_is_noted_are_in_no_reminder() -> None:
    """Q1 and Q2 are asked in the report; an address book rings nobody up."""
    book = village(*(person(f"N{n}", last_contact=None, added_on=ago(0)) for n in range(60)))
    for _, said in told(book, range(90)):
        assert not said.greets
