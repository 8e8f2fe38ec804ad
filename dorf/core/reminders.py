"""What a reminder says today, and what it keeps to itself because it gave notice lately.

The rules are DOMAIN.md §3.6 and kindness: few people, nobody again before a quiet time is over
unless it got worse, everybody in turn; one gap a week, each in its turn; a yearly day when its
lead time begins and on the day. What was notified is a `Memory`, which the village's file keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, cast

from dorf.core.anniversaries import occasions
from dorf.core.tending import State, cautions, tend
from dorf.core.tips import rotate
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dorf.core.anniversaries import Occasion
    from dorf.core.assessment import Assessment
    from dorf.core.gaps.finding import Finding
    from dorf.core.tending import Caution, Tending, Urgency
    from dorf.core.tips import Tip
    from dorf.core.village import Contact, Touch

MOST_PEOPLE = 3
"""People that one reminder names (DOMAIN.md §3.6)."""

GAP_DAYS = 7
"""Days between two gaps; each week another one (convention)."""

PLAN_DAYS = 7
"""Days until a meeting that is over is asked about again (convention)."""

_WORSE = (State.DUE, State.OVERDUE, State.COOLING)


class Subject(StrEnum):
    """What a reminder can give notice of."""

    PERSON = "person"
    PLAN = "plan"
    OCCASION = "occasion"
    GAP = "gap"
    RUN = "run"


class Notified(NamedTuple):
    """When notice of something was given last, and in which state a contact was then."""

    day: date
    state: str | None = None


class Notice(NamedTuple):
    """Something that is shown today, to be remembered once it really was."""

    subject: Subject
    key: str
    state: str | None = None


Memory = Mapping[tuple[Subject, str], Notified]

ONCE = Notice(Subject.RUN, "once-a-day")
"""The notice of a run that is wanted once a day only."""


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
    suggestion: Tip | None = None
    """The one suggestion of the day for the finding."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.people or self.plans or self.days or self.finding)

    def notices(self) -> Iterator[Notice]:
        """Yield what is to be remembered."""
        for urgency in self.people:
            tending = urgency.tending
            yield Notice(Subject.PERSON, tending.contact.uid, tending.state.value)
        for caution in self.plans:
            yield Notice(Subject.PLAN, _plan_key(caution))
        for occasion in self.days:
            yield Notice(Subject.OCCASION, occasion.key)
        if self.finding:
            yield Notice(Subject.GAP, self.finding.key)


def nothing_to_say(
    contacts: Iterable[Paced], memory: Memory, today: date, *, quiet: bool = True
) -> bool:
    """Tell whether there is surely nothing to say, without looking for gaps.

    A shortcut for most days: whoever asks `remind` on such a day gets an empty reminder.
    """
    notified: Memory = memory if quiet else {}
    people = list(contacts)
    # As much of a contact as tending and yearly days look at; nobody beyond them gets to see it.
    tendings = [tend(cast("Contact", person), cast("Touch", person), today) for person in people]
    return (
        _gap_rests(notified, today)
        and all(
            not tending.needs_tending or _rests(tending, notified, today) for tending in tendings
        )
        and not any(_plans(cautions(tendings, today), notified, today))
        and not any(_days(cast("list[Contact]", people), notified, today))
    )


def remind(
    assessment: Assessment, memory: Memory, *, most: int = MOST_PEOPLE, quiet: bool = True
) -> Reminder:
    """Return what to say today; without *quiet* the memory holds nothing back."""
    today = assessment.today
    notified: Memory = memory if quiet else {}
    urgent = assessment.waiting
    free = [urgency for urgency in urgent if not _rests(urgency.tending, notified, today)]
    chosen = {id(urgency) for urgency in _in_turn(free, notified)[:most]}
    people = tuple(urgency for urgency in urgent if id(urgency) in chosen)
    plans = tuple(_plans(assessment.cautions, notified, today))
    days = tuple(_days(assessment.village.contacts, notified, today))
    more = bool(people or plans or days)
    finding = _gap(assessment, notified, alone=not more)
    waiting = len(urgent) - len(people) if more or finding else 0
    return Reminder(people, waiting, plans, days, finding, _suggestion(finding, today))


def _suggestion(finding: Finding | None, today: date) -> Tip | None:
    return next(iter(rotate(finding.suggestions, today, 1)), None) if finding else None


def _lately(notified: Notified | None, today: date, days: int) -> bool:
    """Tell whether notice was given less than *days* ago; a clock set back forgets it."""
    return notified is not None and 0 <= (today - notified.day).days < days


def quiet_days(cadence: int) -> int:
    """Return for how many days somebody is not named again: a quarter of the cadence, 1 to 7."""
    return min(7, max(1, cadence // 4))


def _rests(tending: Tending, notified: Memory, today: date) -> bool:
    last = notified.get((Subject.PERSON, tending.contact.uid))
    if last is None or not _lately(last, today, quiet_days(tending.cadence)):
        return False
    return last.state not in _WORSE or _WORSE.index(tending.state) <= _WORSE.index(
        State(last.state)
    )


def _in_turn(people: Iterable[Urgency], notified: Memory) -> list[Urgency]:
    """Return whoever was named longest ago first, never comes before ever; else the most urgent."""
    return sorted(
        people, key=lambda urgency: _last(notified, Subject.PERSON, urgency.tending.contact.uid)
    )


def _last(notified: Memory, subject: Subject, key: str) -> date:
    found = notified.get((subject, key))
    return found.day if found else date.min


def _plan_key(caution: Caution) -> str:
    return f"{caution.contact.uid}:{caution.day.isoformat()}"


def _plans(odd: Iterable[Caution], notified: Memory, today: date) -> Iterator[Caution]:
    """Yield the meetings that are over and were not asked about lately."""
    for caution in odd:
        if caution.key == "W2" and not _lately(
            notified.get((Subject.PLAN, _plan_key(caution))), today, PLAN_DAYS
        ):
            yield caution


def _days(contacts: Iterable[Contact], notified: Memory, today: date) -> Iterator[Occasion]:
    """Yield the yearly days whose lead time has begun and without a notice so far, and today's."""
    for occasion in occasions(contacts, today):
        known = notified.get((Subject.OCCASION, occasion.key))
        again = occasion.on == today and known is not None and known.day != today
        if known is None or again:
            yield occasion


def _gap_rests(notified: Memory, today: date) -> bool:
    """Tell whether notice of a gap was given within the week."""
    return any(
        subject is Subject.GAP and _lately(last, today, GAP_DAYS)
        for (subject, _), last in notified.items()
    )


def _gap(assessment: Assessment, notified: Memory, *, alone: bool) -> Finding | None:
    """Return the gap whose turn it is, or None before a week is over.

    A mere note (severity 1) never comes *alone*.
    """
    if _gap_rests(notified, assessment.today):
        return None
    findings = [finding for finding in assessment.findings if finding.severity > 1 or not alone]
    return min(
        findings, key=lambda finding: _last(notified, Subject.GAP, finding.key), default=None
    )
