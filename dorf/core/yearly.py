"""Days that come back every year: birthdays, those of children, and days that somebody named.

A day is told ahead by the contact's own lead time, else by `LEAD_DAYS`. Nobody who has left the
village, or rests, has any; 29 February falls on 28 February in other years (design.md §5).
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from dorf.core.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dorf.core.dates import PartialDate
    from dorf.core.village import Contact

LEAD_DAYS = 7
"""How long ahead a yearly day is told, in days, unless the contact says otherwise (convention)."""


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


def days_of(contact: Contact) -> Iterator[tuple[Sort, str, PartialDate]]:
    """Yield what comes back every year: the sort, the name as in `Occasion`, and the date."""
    if contact.birthday is not None:
        yield Sort.BIRTHDAY, "", contact.birthday
    for kid in contact.kids:
        if kid.born is not None:
            yield Sort.KID, kid.name or "", kid.born
    for one in contact.yearly_days:
        yield Sort.DAY, one.name, one.day


def occasions(contacts: Iterable[Contact], today: date, within: int) -> tuple[Occasion, ...]:
    """Return the yearly days from *today* to *within* days ahead, the next one first.

    Contacts that rest or have left have none; the first day itself (a birth) is none yet.
    """
    horizon = today + timedelta(days=within)
    found = [
        occasion
        for contact in contacts
        if contact.status_on(today) is Status.ACTIVE
        for occasion in _of(contact, today)
        if occasion.on <= horizon
    ]
    return tuple(sorted(found, key=_order))


def _order(one: Occasion) -> tuple[date, str, str, str]:
    return one.on, one.contact.name.casefold(), one.sort, one.name


def _of(contact: Contact, today: date) -> Iterator[Occasion]:
    for sort, name, day in days_of(contact):
        if (on := day.next_anniversary(today)) is None:
            continue
        years = None if day.year is None else on.year - day.year
        if years is None or years > 0:
            yield Occasion(contact, sort, name, on, years)
