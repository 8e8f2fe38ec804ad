"""The calendar (RFC 5545): whole days that updates replace and nobody else sees.

A day is written as a day, without times or a time zone; words come from the caller.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from dorf.core.calendar import Edition, Event, Repeat

PRODUCT = "-//dorf//dorf-cli//EN"

_RULES: dict[Repeat | int, dict[str, Any]] = {
    Repeat.YEARLY: {"freq": "yearly"},
    Repeat.END_OF_FEBRUARY: {"freq": "yearly", "bymonth": 2, "bymonthday": -1},
}


def write(edition: Edition, *, stamp: datetime, name: str, cancelled: str) -> str:
    """Return *edition* as the text of a calendar, lines ending in CRLF.

    *stamp* (UTC) is when it was made, *name* what the calendar is called; *cancelled* is all that
    an entry still says that was taken back.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in _entries(edition, cancelled):
        entry.add("dtstamp", stamp)
        calendar.add_component(entry)
    text: bytes = calendar.to_ical()
    return text.decode("utf-8")


def _entries(edition: Edition, cancelled: str) -> Iterator[Entry]:
    for event, sequence in edition.events:
        entry = _entry(event.uid, event.day, sequence, "CONFIRMED", event.summary)
        _complete(entry, event)
        yield entry
    for old in edition.cancelled:
        yield _entry(old.uid, old.day, old.sequence, "CANCELLED", cancelled)


def _entry(uid: str, day: date, sequence: int, status: str, summary: str) -> Entry:
    entry = Entry()
    entry.add("uid", uid)
    entry.add("sequence", sequence)
    entry.add("dtstart", day)
    if day < date.max:  # without an end, a day lasts a day as well
        entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", summary)
    entry.add("status", status)
    entry.add("transp", "TRANSPARENT")
    entry.add("class", "PRIVATE")
    return entry


def _complete(entry: Entry, event: Event) -> None:
    if event.description:
        entry.add("description", event.description)
    if event.repeat is not None:
        weeks = {"freq": "weekly", "interval": event.repeat}
        entry.add("rrule", _RULES.get(event.repeat, weeks))
    if event.alarm is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event.summary)
        alarm.add("trigger", event.alarm)
        entry.add_component(alarm)
