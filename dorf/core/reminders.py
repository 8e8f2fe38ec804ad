"""What a reminder says today, and what it keeps to itself because it said so lately.

The rules are DOMAIN.md §3.6 and kindness: few people, nobody again before a quiet time is over
unless it got worse, everybody in turn; one gap a week, each in its turn; a yearly day when its
lead time begins and on the day. What was told is a `Memory`, which the village's file keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from dorf.core.anniversaries import occasions
from dorf.core.tending import State, cautions, tend

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dorf.core.anniversaries import Occasion
    from dorf.core.assessment import Assessment
    from dorf.core.gaps.finding import Finding
    from dorf.core.tending import Caution, Tending, Urgency
    from dorf.core.village import Contact, Touch

MOST_PEOPLE = 3
"""People that one reminder names (DOMAIN.md §3.6)."""

GAP_DAYS = 7
"""Days between two gaps; each week another one (convention)."""

PLAN_DAYS = 7
"""Days until a meeting that is over is asked about again (convention)."""

_WORSE = (State.DUE, State.OVERDUE, State.COOLING)


class About(StrEnum):
    """What a reminder can have told of."""

    PERSON = "person"
    PLAN = "plan"
    OCCASION = "occasion"
    GAP = "gap"
    RUN = "run"


class Told(NamedTuple):
    """When something was told last, and in which state a contact was then."""

    day: date
    state: str | None = None


class Mark(NamedTuple):
    """Something that is told today, to be remembered once it was really shown."""

    about: About
    key: str
    state: str | None = None


Memory = Mapping[tuple[About, str], Told]

ONCE = Mark(About.RUN, "once-a-day")
"""The mark of a run that is wanted once a day only."""


class Paced(Protocol):
    """A contact, or as much of it as its rhythm takes, with its last contact."""

    @property
    def uid(self) -> str:
        """The stable name of the contact."""

    @property
    def last_contact(self) -> date | None:
        """The newest encounter's day."""


class Reminder(NamedTuple):
    """What there is to say on a day, the most worthwhile first; all empty if nothing is."""

    people: tuple[Urgency, ...] = ()
    waiting: int = 0
    """How many more people would enjoy a hello."""
    plans: tuple[Caution, ...] = ()
    days: tuple[Occasion, ...] = ()
    finding: Finding | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.people or self.plans or self.days or self.finding)

    def marks(self) -> Iterator[Mark]:
        """Yield what is to be remembered."""
        for urgency in self.people:
            one = urgency.tending
            yield Mark(About.PERSON, one.contact.uid, one.state.value)
        for caution in self.plans:
            yield Mark(About.PLAN, _plan_key(caution))
        for occasion in self.days:
            yield Mark(About.OCCASION, occasion.key)
        if self.finding:
            yield Mark(About.GAP, self.finding.key)


def still(contacts: Iterable[Paced], memory: Memory, today: date, *, quiet: bool = True) -> bool:
    """Tell whether there is surely nothing to say, without looking for gaps.

    A shortcut for most days: whoever asks `remind` on such a day gets an empty reminder.
    """
    told: Memory = memory if quiet else {}
    people = list(contacts)
    # As much of a contact as tending and yearly days look at; nobody beyond them gets to see it.
    tendings = [tend(cast("Contact", one), cast("Touch", one), today) for one in people]
    return (
        _gap_rests(told, today)
        and all(not one.needs_tending or _rests(one, told, today) for one in tendings)
        and not any(_plans(cautions(tendings, today), told, today))
        and not any(_days(cast("list[Contact]", people), told, today))
    )


def remind(
    assessment: Assessment, memory: Memory, *, most: int = MOST_PEOPLE, quiet: bool = True
) -> Reminder:
    """Return what to say today; without *quiet* the memory holds nothing back."""
    today = assessment.today
    told: Memory = memory if quiet else {}
    asked = {one.contact.uid for one in assessment.cautions if one.key == "W2"}
    urgent = [one for one in assessment.urgent if one.tending.contact.uid not in asked]
    free = [one for one in urgent if not _rests(one.tending, told, today)]
    chosen = {id(one) for one in _in_turn(free, told)[:most]}
    people = tuple(one for one in urgent if id(one) in chosen)
    plans = tuple(_plans(assessment.cautions, told, today))
    days = tuple(_days(assessment.village.contacts, told, today))
    said = bool(people or plans or days)
    finding = _gap(assessment, told, alone=not said)
    waiting = len(urgent) - len(people) if said or finding else 0
    return Reminder(people, waiting, plans, days, finding)


def _lately(told: Told | None, today: date, days: int) -> bool:
    """Tell whether something was told less than *days* ago; a clock set back forgets it."""
    return told is not None and 0 <= (today - told.day).days < days


def quiet_days(cadence: int) -> int:
    """Return for how many days somebody is not named again: a quarter of the cadence, 1 to 7."""
    return min(7, max(1, cadence // 4))


def _rests(one: Tending, told: Memory, today: date) -> bool:
    last = told.get((About.PERSON, one.contact.uid))
    if last is None or not _lately(last, today, quiet_days(one.cadence)):
        return False
    return last.state not in _WORSE or _WORSE.index(one.state) <= _WORSE.index(State(last.state))


def _in_turn(people: Iterable[Urgency], told: Memory) -> list[Urgency]:
    """Return whoever was named longest ago first, never comes before ever; else the most urgent."""
    return sorted(people, key=lambda one: _last(told, About.PERSON, one.tending.contact.uid))


def _last(told: Memory, about: About, key: str) -> date:
    found = told.get((about, key))
    return found.day if found else date.min


def _plan_key(caution: Caution) -> str:
    return f"{caution.contact.uid}:{caution.day.isoformat()}"


def _plans(odd: Iterable[Caution], told: Memory, today: date) -> Iterator[Caution]:
    """Yield the meetings that are over and were not asked about lately."""
    for one in odd:
        if one.key == "W2" and not _lately(
            told.get((About.PLAN, _plan_key(one))), today, PLAN_DAYS
        ):
            yield one


def _days(contacts: Iterable[Contact], told: Memory, today: date) -> Iterator[Occasion]:
    """Yield the yearly days whose lead time has begun and that nobody was told of, and today's."""
    for occasion in occasions(contacts, today):
        known = told.get((About.OCCASION, occasion.key))
        again = occasion.on == today and known is not None and known.day != today
        if known is None or again:
            yield occasion


def _gap_rests(told: Memory, today: date) -> bool:
    """Tell whether a gap was told within the week."""
    return any(
        about is About.GAP and _lately(last, today, GAP_DAYS) for (about, _), last in told.items()
    )


def _gap(assessment: Assessment, told: Memory, *, alone: bool) -> Finding | None:
    """Return the gap whose turn it is, or None before a week is over.

    A mere note (severity 1) never comes *alone*.
    """
    if _gap_rests(told, assessment.today):
        return None
    findings = [one for one in assessment.findings if one.severity > 1 or not alone]
    return min(findings, key=lambda one: _last(told, About.GAP, one.key), default=None)
