"""What a calendar is told, and what it was told before: so that nothing stands in it twice.

An entry keeps its uid for as long as it is meant, and its sequence grows whenever it says something
new (RFC 5545 §3.8.7.4). What was published and is no longer meant is cancelled, for as long as a
calendar may need to hear of it.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

from dorf.core.anniversaries import Sort, days_of, has_yearly_days, lead_of
from dorf.core.tending import NO_REMINDER
from dorf.core.village import WEEK
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dorf.core.dates import PartialDate
    from dorf.core.tending import Tending
    from dorf.core.village import Contact

CANCELLED_DAYS = 90
"""How long a cancelled entry is still written, in days (convention)."""

HIGHEST = 2**31 - 1
"""The largest number that every calendar can read (RFC 5545 §3.3.8)."""

MORNING = timedelta(hours=9)
"""When the alarm of a hello or a yearly day rings (convention)."""

EVENING_BEFORE = timedelta(hours=-6)
"""When the alarm of a meeting rings: at six in the evening of the day before (convention)."""

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


class Topic(StrEnum):
    """What an entry is about; its uid begins with it."""

    DUE = "due"
    PLAN = "plan"
    STANDING = "standing"
    BIRTHDAY = "birthday"
    KID = "kid"
    DAY = "day"


class Repeat(StrEnum):
    """How an entry comes back."""

    YEARLY = "yearly"
    END_OF_FEBRUARY = "end of February"
    """29 February, which falls on 28 February in other years (CONTRIBUTING.md, Days)."""


class Entry(NamedTuple):
    """One whole day that belongs into a calendar, before `report` words it."""

    uid: str
    day: date
    topic: Topic
    contact: Contact
    alarm: timedelta
    """When it rings, counted from the beginning of the day."""
    repeat: Repeat | int | None = None
    """How it comes back; a number is the weeks from one to the next."""
    name: str = ""
    """The child's name ("" if unknown), or the name of the day."""
    since: int | None = None
    """The year of a yearly day, if it is known."""


class Event(NamedTuple):
    """One whole day in a calendar, worded."""

    uid: str
    day: date
    summary: str
    description: str = ""
    alarm: timedelta | None = None
    """When it rings, counted from the beginning of the day."""
    repeat: Repeat | int | None = None


class Published(NamedTuple):
    """What is remembered of an entry that was published; no words, no names."""

    uid: str
    day: date
    sequence: int
    digest: str | None = None
    """The fingerprint of what it said; None once it is cancelled."""
    cancelled_on: date | None = None


class Edition(NamedTuple):
    """One calendar to be written, and what to remember of it."""

    events: tuple[tuple[Event, int], ...]
    """Each event with its sequence."""
    cancelled: tuple[Published, ...]

    @property
    def memory(self) -> tuple[Published, ...]:
        """What to remember in the place of what was known before."""
        live = (Published(event.uid, event.day, n, _digest(event)) for event, n in self.events)
        return (*live, *self.cancelled)


def entry_uid(topic: Topic, contact: str, *more: str) -> str:
    """Return the uid of the entry about a contact (its uid), told apart from others by *more*."""
    return f"{'-'.join((topic, contact, *more))}@dorf"


def calendar_entries(tendings: Iterable[Tending], today: date) -> tuple[Entry, ...]:
    """Return what stands in the calendar of *today*, the earliest day first."""
    found = [
        entry
        for tending in tendings
        if tending.present
        for entry in (
            *_hello(tending, today),
            *_meeting(tending.contact, today),
            *_yearly_days(tending.contact, today),
        )
    ]
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.uid)))


def _hello(tending: Tending, today: date) -> Iterator[Entry]:
    contact = tending.contact
    if tending.state not in NO_REMINDER and tending.due is not None:
        day = max(tending.due, today, contact.snoozed_until or today)
        yield Entry(entry_uid(Topic.DUE, contact.uid), day, Topic.DUE, contact, MORNING)


def _meeting(contact: Contact, today: date) -> Iterator[Entry]:
    """Yield the plan; a standing date is one entry, for as long as it lasts."""
    day, every = contact.planned_on, contact.plan_every
    if day is not None and every is not None:
        uid = entry_uid(Topic.STANDING, contact.uid)
        yield Entry(uid, day, Topic.STANDING, contact, EVENING_BEFORE, every // WEEK)
    elif day is not None and day >= today:
        uid = entry_uid(Topic.PLAN, contact.uid, day.isoformat())
        yield Entry(uid, day, Topic.PLAN, contact, EVENING_BEFORE)


def _yearly_days(contact: Contact, today: date) -> Iterator[Entry]:
    """Yield the yearly days of a contact; uids hold the day, since names may be corrected."""
    if not has_yearly_days(contact, today):
        return
    alarm = MORNING - timedelta(days=lead_of(contact))
    seen = Counter[str]()
    for sort, name, when in days_of(contact):
        first = _first(when, today)
        if first is None:
            continue
        topic, more = Topic(sort.value), list[str]()
        if sort is not Sort.BIRTHDAY:
            key = f"{when.month:02d}{when.day:02d}"
            seen[topic + key] += 1
            times = seen[topic + key]
            more = [key] if times == 1 else [key, str(times)]
        uid = entry_uid(topic, contact.uid, *more)
        leap_day = (when.month, when.day) == (2, 29)
        repeat = Repeat.END_OF_FEBRUARY if leap_day else Repeat.YEARLY
        yield Entry(uid, first, topic, contact, alarm, repeat, name, when.year)


def _first(when: PartialDate, today: date) -> date | None:
    """Return the day itself; its first anniversary while it is still to come; None without a day.

    Without a year it is the day as it falls this year.
    """
    if when.year is None or when.day is None:
        return when.anniversary_in(today.year)
    is_to_come = date(when.year, when.month, when.day) >= today
    return when.anniversary_in(when.year + is_to_come)


def settle(
    events: Iterable[Event], before: Mapping[str, Published], today: date, now: datetime
) -> Edition:
    """Return the calendar of *today* after what was published *before* (by uid).

    A new sequence is the moment of writing, in seconds, so that it is higher than any from before,
    wherever the memory of those may be lost.
    """
    moment = min(max(0, int((now - _EPOCH).total_seconds())), HIGHEST)
    current = tuple((event, _sequence(event, before.get(event.uid), moment)) for event in events)
    live = {event.uid for event, _ in current}
    gone = (old for uid, old in sorted(before.items()) if uid not in live)
    cancelled = tuple(found for old in gone if (found := _cancelled(old, today, moment)))
    return Edition(current, cancelled)


def _sequence(event: Event, old: Published | None, moment: int) -> int:
    if old is None:
        return moment
    return old.sequence if old.digest == _digest(event) else _above(old, moment)


def _above(old: Published, moment: int) -> int:
    return min(max(moment, old.sequence + 1), HIGHEST)


def _cancelled(old: Published, today: date, moment: int) -> Published | None:
    """Return an entry as cancelled; None if nothing is left to say of it.

    A meeting that is over was held, or not, and stays where it stands.
    """
    if old.cancelled_on is None:
        if old.uid.startswith(f"{Topic.PLAN}-") and old.day < today:
            return None
        return Published(old.uid, old.day, _above(old, moment), None, today)
    return old if (today - old.cancelled_on).days < CANCELLED_DAYS else None


def _digest(event: Event) -> str:
    return blake2b(repr(tuple(event)).encode("utf-8", "replace"), digest_size=8).hexdigest()
