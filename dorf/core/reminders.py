"""What a reminder says today, and what it keeps to itself because it gave notice lately.

The rules are DOMAIN.md §3.6: few people, on few days, and less and less often while nobody answers;
one gap a week, each in its turn; a meeting and a yearly day on their days, always. What was
notified is a `Memory`, which the village's file keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, cast

from dorf.core.anniversaries import occasions
from dorf.core.tending import (
    MOURNING_DAYS,
    State,
    cautions,
    is_resting,
    newest_contact,
    plans_of,
    tend,
)
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dorf.core.anniversaries import Occasion
    from dorf.core.assessment import Assessment
    from dorf.core.gaps.finding import Finding
    from dorf.core.tending import Caution, Tending, Urgency
    from dorf.core.village import Contact, Touch

MOST_PEOPLE = 3
"""People that one reminder names (DOMAIN.md §3.6)."""

WEEK = 7
"""The days over which greetings are counted, and between two gaps (convention)."""

GREETING_DAYS = 3
"""On so many days of any week there are greetings at most (DOMAIN.md §3.6, convention)."""

WAITS = (3, 7, 14, 30)
"""How long somebody is not named again, in days, by how often that was in vain (§3.6)."""

PLAN_WAITS = (7, 14)
"""How long until a meeting that is over is asked about again, in days; then never (convention)."""

_WORST_FIRST = (State.COOLING, State.OVERDUE, State.DUE)


class Subject(StrEnum):
    """What a reminder can give notice of."""

    PERSON = "person"
    PLAN = "plan"
    OCCASION = "occasion"
    GAP = "gap"
    RUN = "run"


class Notified(NamedTuple):
    """When notice of something was given last, how often, and on what basis."""

    day: date
    times: int = 1
    basis: str | None = None
    """What the notices rest on: once it has changed, the counting begins anew."""


class Notice(NamedTuple):
    """Something that is shown today, to be remembered once it really was."""

    subject: Subject
    key: str
    times: int = 1
    basis: str | None = None


Memory = Mapping[tuple[Subject, str], Notified]

ONCE = Notice(Subject.RUN, "once-a-day")
"""The notice of a run that is wanted once a day only."""

_GREETED = "greeted-"
"""The key of a day that carried a greeting begins with this."""


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

    today: date = date.min
    meetings: tuple[Tending, ...] = ()
    """Who is met today or tomorrow."""
    people: tuple[Urgency, ...] = ()
    waiting: int = 0
    """How many more people would enjoy a hello."""
    rhythms: tuple[Urgency, ...] = ()
    """Of whom it is asked whether the rhythm still fits."""
    plans: tuple[Caution, ...] = ()
    days: tuple[Occasion, ...] = ()
    finding: Finding | None = None
    weeks_at_rest: int = 0
    """For how many weeks nothing was noted, if that is to be said."""
    notices: tuple[Notice, ...] = ()
    """What is to be remembered."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        shown = self.meetings or self.people or self.rhythms or self.plans or self.days
        return not (shown or self.finding or self.weeks_at_rest)

    @property
    def greets(self) -> bool:
        """Whether it invites to a hello, which happens on few days only."""
        return bool(self.people or self.rhythms or self.weeks_at_rest)


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
    return not (
        (not _gap_rests(notified, today) and _may_greet(notified, today, GREETING_DAYS))
        or _anybody_waits(tendings, notified, today)
        or any(_meetings(plans_of(tendings, today), notified, today))
        or any(_plans(cautions(tendings, today), notified, today))
        or any(_days(cast("list[Contact]", people), notified, today))
    )


def _anybody_waits(tendings: Iterable[Tending], notified: Memory, today: date) -> bool:
    """Tell whether there may be a greeting today, or the line that says that the log rests."""
    known = list(tendings)
    resting = is_resting(newest_contact(known, today), today)
    mourning = any(_is_mourned(tending.contact, today) for tending in known)
    if not _may_greet(notified, today, 1 if resting or mourning else GREETING_DAYS):
        return False
    if resting:
        return not mourning
    return any(t.needs_tending and not _waits(t, notified, today) for t in known)


def _is_mourned(contact: Contact, today: date) -> bool:
    died = contact.died_on
    return died is not None and 0 <= (today - died).days < MOURNING_DAYS


def remind(
    assessment: Assessment, memory: Memory, *, most: int = MOST_PEOPLE, quiet: bool = True
) -> Reminder:
    """Return what to say today; without *quiet* the memory holds nothing back."""
    today = assessment.today
    notified: Memory = memory if quiet else {}
    reminder = Reminder(
        today,
        meetings=tuple(_meetings(assessment.plans, notified, today)),
        plans=tuple(_plans(assessment.cautions, notified, today)),
        days=tuple(_days(assessment.village.contacts, notified, today)),
    )
    reminder = _with_greetings(reminder, assessment, notified, most)
    reminder = reminder._replace(finding=_gap(assessment, notified, alone=reminder.empty))
    if not reminder.empty:
        waiting = len(assessment.waiting) - len(reminder.people) - len(reminder.rhythms)
        reminder = reminder._replace(waiting=0 if reminder.weeks_at_rest else waiting)
    return reminder._replace(notices=tuple(_notices(reminder, memory)))


def _with_greetings(
    reminder: Reminder, assessment: Assessment, notified: Memory, most: int
) -> Reminder:
    """Return the *reminder* with whom to greet, or the line of a log that rests (§3.6)."""
    today = assessment.today
    fewer = assessment.resting or bool(assessment.mourned)
    if not _may_greet(notified, today, 1 if fewer else GREETING_DAYS):
        return reminder
    if assessment.resting:
        weeks = 0 if assessment.mourned else assessment.weeks_at_rest
        return reminder._replace(weeks_at_rest=weeks)
    free = [u for u in assessment.waiting if not _waits(u.tending, notified, today)]
    chosen = sorted(free, key=_worst_first)[:most]
    asked = [u for u in chosen if _times(u.tending, notified) >= len(WAITS)]
    people = [u for u in chosen if u not in asked]
    return reminder._replace(people=tuple(people), rhythms=tuple(asked))


def _worst_first(urgency: Urgency) -> tuple[int, bool]:
    """Return where somebody stands among those who are named; the rest is the usual order."""
    return _WORST_FIRST.index(urgency.tending.state), urgency.tending.contact.closeness > 2


def _may_greet(notified: Memory, today: date, most: int) -> bool:
    """Tell whether a greeting today makes at most *most* days with one in any `WEEK` days."""
    last = (today - timedelta(days=ago) for ago in range(1, WEEK))
    days = sum((Subject.RUN, _GREETED + day.isoformat()) in notified for day in last)
    return days < most


def quiet_days(cadence: int) -> int:
    """Return for how many days nobody is named again: a quarter of the cadence, 1 to 7."""
    return min(7, max(1, cadence // 4))


def _basis(tending: Tending) -> str:
    """Return what notices about somebody rest on: the last encounter, and the rhythm."""
    return f"{tending.last_contact} {tending.cadence}"


def _times(tending: Tending, notified: Memory) -> int:
    """Return how often somebody was named since the last encounter or change of the rhythm."""
    last = notified.get((Subject.PERSON, tending.contact.uid))
    return last.times if last is not None and last.basis == _basis(tending) else 0


def _waits(tending: Tending, notified: Memory, today: date) -> bool:
    """Tell whether somebody is not named today, since that was in vain lately (§3.6)."""
    times = _times(tending, notified)
    if not times:
        return False
    if times > len(WAITS):
        return True
    wait = max(quiet_days(tending.cadence), WAITS[times - 1])
    return _lately(notified[Subject.PERSON, tending.contact.uid], today, wait)


def _lately(notified: Notified | None, today: date, days: int) -> bool:
    """Tell whether notice was given less than *days* ago; a clock set back forgets it."""
    return notified is not None and 0 <= (today - notified.day).days < days


def _meetings(plans: Iterable[Tending], notified: Memory, today: date) -> Iterator[Tending]:
    """Yield whom one meets today or tomorrow, unless this day told of it already."""
    for tending in plans:
        last = notified.get((Subject.PLAN, _meeting_key(tending)))
        if last is None or last.day != today:
            yield tending


def _meeting_key(tending: Tending) -> str:
    return f"{tending.contact.uid}:{tending.plan}:met"


def _plan_key(caution: Caution) -> str:
    return f"{caution.contact.uid}:{caution.day.isoformat()}"


def _plans(odd: Iterable[Caution], notified: Memory, today: date) -> Iterator[Caution]:
    """Yield the meetings that are over and are to be asked about, each a few times at most."""
    for caution in odd:
        last = notified.get((Subject.PLAN, _plan_key(caution)))
        times = last.times if last is not None else 0
        again = times <= len(PLAN_WAITS) and not (
            times and _lately(last, today, PLAN_WAITS[times - 1])
        )
        if caution.key == "W2" and again:
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
        subject is Subject.GAP and _lately(last, today, WEEK)
        for (subject, _), last in notified.items()
    )


def _gap(assessment: Assessment, notified: Memory, *, alone: bool) -> Finding | None:
    """Return the gap whose turn it is, or None before a week is over and while the log rests.

    A mere note (severity 1) never comes *alone*, and nothing does on a day without a greeting.
    """
    today = assessment.today
    fewer = 1 if assessment.mourned else GREETING_DAYS
    rests = _gap_rests(notified, today) or assessment.resting
    if rests or (alone and not _may_greet(notified, today, fewer)):
        return None
    findings = [finding for finding in assessment.findings if finding.severity > 1 or not alone]
    last = {key: told.day for (subject, key), told in notified.items() if subject is Subject.GAP}
    return min(findings, key=lambda finding: last.get(finding.key, date.min), default=None)


def _notices(reminder: Reminder, memory: Memory) -> Iterator[Notice]:
    """Yield what is to be remembered of a reminder; *memory* is what was so far."""
    for urgency in (*reminder.people, *reminder.rhythms):
        tending = urgency.tending
        times = _times(tending, memory) + 1
        yield Notice(Subject.PERSON, tending.contact.uid, times, _basis(tending))
    for caution in reminder.plans:
        key = _plan_key(caution)
        told = memory.get((Subject.PLAN, key))
        yield Notice(Subject.PLAN, key, told.times + 1 if told else 1)
    for tending in reminder.meetings:
        yield Notice(Subject.PLAN, _meeting_key(tending))
    for occasion in reminder.days:
        yield Notice(Subject.OCCASION, occasion.key)
    if reminder.finding:
        yield Notice(Subject.GAP, reminder.finding.key)
    if reminder.greets or (reminder.finding and not (reminder.plans or reminder.days)):
        yield Notice(Subject.RUN, _GREETED + reminder.today.isoformat())
