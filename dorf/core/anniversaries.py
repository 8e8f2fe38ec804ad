"""Days that come back every year: birthdays, those of children, and days that somebody named.

A day is told ahead by the contact's own lead time, else by `LEAD_DAYS`. Nobody who has left the
village, or rests, has any; 29 February falls on 28 February in other years (CONTRIBUTING.md, Days).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dorf.core.dates import PartialDate, UnknownPartialDate
from dorf.core.names import checked_name
from dorf.core.vocabulary import Status
from dorf.errors import N_, UsageFailure, WrongField
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from dorf.core.village import Contact, YearlyDay

LEAD_DAYS = 7
"""How long ahead a yearly day is told, in days, unless the contact says otherwise (convention)."""

NEAR_DAYS = 30
"""How far ahead the page of a contact names the birthdays of its children (convention)."""


class Sort(StrEnum):
    """What comes back every year."""

    BIRTHDAY = "birthday"
    KID = "kid"
    DAY = "day"


class Occasion(NamedTuple):
    """One yearly day of a contact, on the next date on which it falls."""

    contact: Contact
    sort: Sort
    name: str
    """The child's name ("" if unknown), or the name of the day; "" for the contact's birthday."""
    on: date
    years: int | None
    """The age that is reached, or how many years it has been; None if the year is unknown."""

    @property
    def lead(self) -> int:
        """How long ahead it is told, in days."""
        return lead_of(self.contact)

    def tells(self, today: date) -> bool:
        """Tell whether its lead time has begun on *today*."""
        return (self.on - today).days <= self.lead

    @property
    def key(self) -> str:
        """A stable name for this day in this year."""
        return f"{self.contact.uid}:{self.sort}:{self.name}:{self.on.isoformat()}"


def lead_of(contact: Contact) -> int:
    """Return how long ahead the yearly days of a contact are told, in days."""
    return LEAD_DAYS if contact.lead_days is None else contact.lead_days


def has_yearly_days(contact: Contact, today: date) -> bool:
    """Tell whether yearly days of a contact are announced: nobody rests, has left or hurts (§0.2).

    A tie that costs strength is left alone, unless its own lead time says otherwise.
    """
    over = contact.until is not None and contact.until < today
    wanted = not contact.strained or contact.lead_days is not None
    return wanted and not over and contact.status_on(today) is Status.ACTIVE


def days_of(contact: Contact) -> Iterator[tuple[Sort, str, PartialDate]]:
    """Yield what comes back every year: the sort, the name as in `Occasion`, and the date."""
    if contact.birthday is not None:
        yield Sort.BIRTHDAY, "", contact.birthday
    for kid in contact.kids:
        if kid.born is not None:
            yield Sort.KID, kid.name or "", kid.born
    for yearly in contact.yearly_days:
        yield Sort.DAY, yearly.name, yearly.day


def occasions(
    contacts: Iterable[Contact], today: date, within: int | None = None
) -> tuple[Occasion, ...]:
    """Return the yearly days from *today* to *within* days ahead, the next one first.

    Without *within*, those whose lead time has begun. Each comes once, on its next date. The first
    day itself (a birth) is none yet.
    """
    found = [
        occasion
        for contact in contacts
        if (contact.birthday or contact.kids or contact.yearly_days)
        and has_yearly_days(contact, today)
        for occasion in _of(contact, today, lead_of(contact) if within is None else within)
    ]
    return tuple(sorted(found, key=_order))


def _order(occasion: Occasion) -> tuple[date, str, str, str]:
    return occasion.on, occasion.contact.name.casefold(), occasion.sort, occasion.name


def _of(contact: Contact, today: date, within: int) -> Iterator[Occasion]:
    for sort, name, day in days_of(contact):
        on = next_time(day, today)
        if on is not None and (on - today).days <= within:
            years = None if day.year is None else on.year - day.year
            yield Occasion(contact, sort, name, on, years)


def next_time(day: PartialDate, today: date) -> date | None:
    """Return when *day* comes back next, from *today* on; None while its day is unknown.

    The first day itself is no return: somebody born today turns one in a year.
    """
    on = day.next_anniversary(today)
    if on is None or day.year is None or on.year > day.year:
        return on
    return day.anniversary_in(day.year + 1)


def near_birthday(born: PartialDate, today: date) -> date | None:
    """Return the next birthday of a contact's child, if it is within `NEAR_DAYS`."""
    day = born.next_anniversary(today)
    return None if day is None or (day - today).days > NEAR_DAYS else day


class UnknownYearlyDay(UsageFailure):
    """A yearly day that is in none of the accepted forms."""

    def __init__(self, text: str) -> None:
        """Remember what was typed."""
        super().__init__(
            N_(
                "“{text}” is not a yearly day that dorf understands. Please type a name, a colon "
                "and the day: name day:4.12. · name day:--12-04 · wedding day:12.6.2015 · "
                "wedding day:2015-06-12."
            ),
            text=text,
        )


def parse_yearly_day(text: str) -> YearlyDay:
    """Read "name day:4.12." or "wedding day:12.6.2015"; raise `UsageFailure` for other forms."""
    from dorf.core.village import YearlyDay

    name, _, day = text.rpartition(":")
    try:
        when = PartialDate.parse(day)
    except UnknownPartialDate as wrong:
        raise UnknownYearlyDay(text) from wrong
    if when.day is None or not name.strip():
        raise UnknownYearlyDay(text)
    try:
        return YearlyDay(checked_name(name), when)
    except WrongField as wrong:
        raise UsageFailure(
            N_("The name of that day does not work: {reason}."), reason=wrong
        ) from wrong


def parse_ahead(text: str) -> int:
    """Return how many days ahead *text* looks: a span, or 0 for the day itself.

    Raise `UsageFailure` for other forms, and beyond `LONGEST_LEAD`: all has come by then.
    """
    from dorf.core.sayings.spans import parse_span
    from dorf.core.village import LONGEST_LEAD

    days = 0 if text.strip() == "0" else parse_span(text, least=0)
    if days > LONGEST_LEAD:
        raise UsageFailure(
            N_("“{text}” is longer than a year. At most {most} days can be looked ahead."),
            text=text,
            most=LONGEST_LEAD,
        )
    return days
