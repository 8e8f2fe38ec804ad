"""What goes into a calendar, in words: when to say hello, meetings, and days of the year."""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING

from dorf.core.anniversaries import Sort, days_of, lead_of
from dorf.core.calendar import Event, Repeat, Topic, entry_uid
from dorf.core.tending import RESTING, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dorf.core.assessment import Assessment
    from dorf.core.dates import PartialDate
    from dorf.core.tending import Tending
    from dorf.core.village import Contact
    from dorf.report.words import Words

MORNING = timedelta(hours=9)
"""When a day that is told on a morning rings (convention)."""

EVENING_BEFORE = timedelta(hours=-6)
"""When a meeting rings: at six in the evening of the day before (convention)."""

_TOPICS = {Sort.BIRTHDAY: Topic.BIRTHDAY, Sort.KID: Topic.KID, Sort.DAY: Topic.DAY}


def calendar_events(assessment: Assessment, words: Words) -> tuple[Event, ...]:
    """Return what an assessment has for a calendar, the earliest day first.

    Discreet *words* give initials, and neither notes nor phone numbers.
    """
    found = [
        event
        for one in assessment.tendings
        if one.state not in {State.ENDED, State.PAUSED}
        for event in (
            *_due(one, assessment.today, words),
            *_plan(one.contact, assessment.today, words),
            *_days(one.contact, assessment.today, words),
        )
    ]
    return tuple(sorted(found, key=lambda event: (event.day, event.uid)))


def _due(one: Tending, today: date, words: Words) -> Iterator[Event]:
    """Yield the day of the next hello; a strained tie is no invitation (DOMAIN.md §0.1)."""
    if one.state in RESTING or one.due is None:
        return
    contact = one.contact
    day = max(one.due, today, contact.snoozed_until or today)
    uid = entry_uid(Topic.DUE, contact.uid)
    if contact.strained:
        summary = words.say("{name}: some time has passed", name=words.name(contact.name))
        yield Event(uid, day, summary, alarm=MORNING)
        return
    summary = words.say("A hello to {name}", name=words.to([contact.name]))
    yield Event(uid, day, summary, _phone(contact, words), MORNING)


def _plan(contact: Contact, today: date, words: Words) -> Iterator[Event]:
    day = contact.planned_on
    if day is None or day < today:
        return
    summary = words.say("Meeting with {name}", name=words.to([contact.name]))
    note = "" if words.discreet else contact.planned_note or ""
    description = "\n".join(filter(None, (note, _phone(contact, words))))
    uid = entry_uid(Topic.PLAN, contact.uid, day.isoformat())
    yield Event(uid, day, summary, description, EVENING_BEFORE)


def _phone(contact: Contact, words: Words) -> str:
    if words.discreet or not contact.phones:
        return ""
    return words.say("Phone: {numbers}", numbers=", ".join(contact.phones))


def _days(contact: Contact, today: date, words: Words) -> Iterator[Event]:
    """Yield the yearly days of a contact; uids hold the day, since names may be corrected."""
    alarm = MORNING - timedelta(days=lead_of(contact))
    seen = Counter[str]()
    for sort, name, when in days_of(contact):
        first = _first(when, today)
        if first is None:
            continue
        topic, more = _TOPICS[sort], list[str]()
        if sort is not Sort.BIRTHDAY:
            key = f"{when.month:02d}{when.day:02d}"
            seen[topic + key] += 1
            times = seen[topic + key]
            more = [key] if times == 1 else [key, str(times)]
        yield Event(
            entry_uid(topic, contact.uid, *more),
            first,
            _title(contact, sort, name, words),
            "\n".join(filter(None, (_since(sort, when, words), _phone(contact, words)))),
            alarm,
            Repeat.END_OF_FEBRUARY if (when.month, when.day) == (2, 29) else Repeat.YEARLY,
        )


def _first(when: PartialDate, today: date) -> date | None:
    """Return the day itself; its first anniversary while it is still to come; None without a day.

    Without a year it is the day as it falls this year.
    """
    if when.day is None:
        return None
    year = today.year if when.year is None else when.year
    if when.year is not None and date(year, when.month, when.day) >= today:
        year += 1
    if year > MAXYEAR:
        return None
    day = 28 if (when.month, when.day) == (2, 29) and not isleap(year) else when.day
    return date(year, when.month, day)


def _title(contact: Contact, sort: Sort, name: str, words: Words) -> str:
    """Return what the day is called; what somebody named may name people, and is not discreet."""
    who, to = words.name(contact.name), words.to([contact.name])
    match sort:
        case Sort.BIRTHDAY:
            return words.say("Birthday: {name}", name=who)
        case Sort.KID if name:
            return words.say("Birthday: {child} (child of {name})", child=words.name(name), name=to)
        case Sort.KID:
            return words.say("Birthday: a child of {name}", name=to)
        case Sort.DAY if words.discreet:
            return words.say("Special day: {name}", name=who)
    return f"{name}: {who}"


def _since(sort: Sort, when: PartialDate, words: Words) -> str:
    """Return the year, which an entry that comes back cannot turn into an age."""
    if when.year is None:
        return ""
    if sort is Sort.DAY:
        return words.say("Since {year}", year=when.year)
    return words.say("Born in {year}", year=when.year)
