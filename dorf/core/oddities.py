"""What can be odd about a village: days that can hardly be meant, and names that lead nowhere.

Nothing here is wrong enough to be refused. Each oddity is worth one look: a slip of the finger, a
clock that was off, or something that went and left its name behind.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from dorf.core.gaps.rules import RULES
from dorf.core.names import looks_like
from dorf.core.tending import cautions, tend
from dorf.core.vocabulary import Status
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dorf.core.dates import PartialDate
    from dorf.core.village import Contact, Household, Village

MONTHS_BEFORE_BIRTH = 10
"""How far ahead a birth can be known, in months (convention)."""

OLDEST_BIRTH = 1900
"""Births before this year are slips (convention)."""

OLDEST_YEARS = 150
"""Yearly days that began longer ago than that, in years, are slips (convention)."""

OLDEST_DAY = date(1950, 1, 1)
"""Encounters before this day are slips (convention)."""

LONG_PAST = timedelta(days=365)
"""After that long, the end of a pause or of a role was forgotten (convention)."""


class Oddity(NamedTuple):
    """Something odd: what (`id`), about whom, and the day, birth or word that is odd.

    A yearly day is the word for it, with its day in the place of a birth.
    """

    id: str
    name: str
    day: date | None = None
    born: PartialDate | None = None
    word: str = ""


def odd_days(village: Village, today: date) -> tuple[Oddity, ...]:
    """Return the days of *village* that can hardly be meant, seen from *today*."""
    found = [
        *_future(village, today),
        *_asked(village, today),
        *_births(village, today),
        *_yearly(village, today),
        *_forgotten(village, today),
        *_long_ago(village),
    ]
    return tuple(found)


def _future(village: Village, today: date) -> Iterator[Oddity]:
    """Yield what can't have happened yet; W1 of DOMAIN.md §3.4, for former contacts as well.

    Where most people were added on a day to come, it is the clock that is wrong, not the days.
    """
    ahead = [contact.added_on for contact in village.contacts if contact.added_on > today]
    if len(ahead) > 1 and 2 * len(ahead) > len(village.contacts):
        yield Oddity("clock", "", today)
        return
    for contact in village.contacts:
        last = village.touch(contact).last_contact
        if last is not None and last > today:
            yield Oddity("W1", contact.name, last)
    for contact in village.contacts:
        if contact.added_on > today:
            yield Oddity("added_on", contact.name, contact.added_on)


def _asked(village: Village, today: date) -> Iterator[Oddity]:
    """Yield meetings of which nobody said whether they happened: W2 of DOMAIN.md §3.4."""
    tendings = [tend(c, village.touch(c), today) for c in village.contacts]
    for caution in cautions(tendings, today):
        if caution.key == "W2":
            yield Oddity("W2", caution.contact.name, caution.day)


def _births(village: Village, today: date) -> Iterator[Oddity]:
    for name, born in _born(village):
        if born is None or born.year is None:
            continue
        months = born.age_in_months(today)
        if born.year < OLDEST_BIRTH or (months is not None and months < -MONTHS_BEFORE_BIRTH):
            yield Oddity("born", name, born=born)


def _born(village: Village) -> Iterator[tuple[str, PartialDate | None]]:
    for child in village.household.children:
        yield child.name, child.born
    for contact in village.contacts:
        yield contact.name, contact.birthday
        yield from ((kid.name or contact.name, kid.born) for kid in contact.kids)


def _yearly(village: Village, today: date) -> Iterator[Oddity]:
    for contact in village.contacts:
        for yearly in contact.yearly_days:
            year = yearly.day.year
            if year is not None and not 0 <= today.year - year <= OLDEST_YEARS:
                yield Oddity("yearly", contact.name, born=yearly.day, word=yearly.name)


def _forgotten(village: Village, today: date) -> Iterator[Oddity]:
    for contact in village.contacts:
        paused, until = contact.paused_until, contact.until
        if contact.status is Status.PAUSED and paused is not None and today - paused > LONG_PAST:
            yield Oddity("paused_until", contact.name, paused)
        if contact.status is not Status.ENDED and until is not None and today - until > LONG_PAST:
            yield Oddity("until", contact.name, until)


def _long_ago(village: Village) -> Iterator[Oddity]:
    names = {contact.uid: contact.name for contact in village.contacts}
    for contact in village.contacts:
        if contact.added_on < OLDEST_DAY:
            yield Oddity("long_ago", contact.name, contact.added_on)
    for encounter in village.encounters:
        if encounter.day < OLDEST_DAY:
            yield Oddity("long_ago", names.get(encounter.contacts[0], ""), encounter.day)


def loose_ends(village: Village) -> tuple[Oddity, ...]:
    """Return what names somebody, or a rule, that isn't there any more."""
    children = {child.name for child in village.household.children}
    bonds = [
        Oddity("attachment", contact.name, word=child)
        for contact in village.contacts
        for child, _ in contact.attachment
        if child not in children
    ]
    known = children | {c.name for c in village.contacts} | set(village.household.wishes)
    keys = [
        Oddity("rule" if key.partition(":")[0] not in RULES else "key", "", word=key)
        for key in _keys(village.household)
        if not _names(key, known)
    ]
    return (*bonds, *keys)


def _keys(household: Household) -> list[str]:
    return sorted(household.rules_off | {acceptance.key for acceptance in household.accepted})


def _names(key: str, known: set[str]) -> bool:
    """Tell whether *key* is that of a rule, and of something that there can be."""
    rule_id, colon, scope = key.partition(":")
    rule = RULES.get(rule_id)
    if rule is None:
        return False
    return not colon or scope in (known if rule.about else rule.scopes)


def lookalikes(contacts: Iterable[Contact]) -> tuple[Oddity, ...]:
    """Return the pairs of contacts whose names differ only by capitals, or not on the screen."""
    names = sorted((contact.name for contact in contacts), key=str.casefold)
    return tuple(
        Oddity("lookalike", name, word=other)
        for name, other in pairwise(names)
        if looks_like(name, other)
    )
