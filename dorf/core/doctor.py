"""A check-up: what can be odd about a village, and the facts about its file as plain values.

Nothing here is wrong enough to be refused. Each oddity is worth one look: a slip of the finger, a
clock that was off, or something that went and left its name behind.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dorf.core.gaps.rules import RULES
from dorf.core.names import looks_like
from dorf.core.tending import cautions, tend
from dorf.core.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dorf.core.dates import PartialDate
    from dorf.core.village import Contact, Household, Village
    from dorf.errors import DorfError

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


class DailyCopy(NamedTuple):
    """An automatic copy: its day, where it lies, its size in bytes, the contacts in it.

    The contacts are None in a copy that can't be read.
    """

    day: date
    file: str
    size: int
    contacts: int | None


class Record(NamedTuple):
    """The record for undo: how many steps, its size in bytes, when the oldest was (UTC, ISO)."""

    steps: int
    size: int
    oldest: str | None


class FileFacts(NamedTuple):
    """What there is to know about a village file without changing it; sizes are in bytes."""

    path: str
    file_from: str
    """What chose the file: ``--db``, a variable, or nothing for the usual place."""
    newest_format: int
    sqlite: str
    day: date
    """The day on the wall, by which automatic copies are named, whatever day is asked about."""
    exists: bool = False
    size: int = 0
    large: bool = False
    """Whether the file is too large to be copied every day."""
    mode: int = 0o600
    folder_mode: int = 0o700
    writable: bool = True
    changed_on: date | None = None
    interrupted: bool = False
    """Whether a write was cut off; the next command takes back what is left of it."""
    format: int | None = None
    trouble: DorfError | None = None
    """What opening or reading the file says, if it can't be used."""
    damaged: bool = False
    """Whether a copy would help with the trouble."""
    unsound: tuple[str, ...] = ()
    dangling: tuple[str, ...] = ()
    record: Record | None = None
    daily: bool | None = None
    copies: tuple[DailyCopy, ...] = ()
    rescue: date | None = None
    """The day of the newest automatic copy that is sound."""
    no_room_for_copies: str | None = None
    """What stands where the folder of the copies would be, if that is no folder to write to."""
    leftovers: tuple[str, ...] = ()
    lonely: int = 0
    """Encounters without people."""
    miscounted: int = 0
    """People at encounters whose counts of help are not those of the encounter."""

    @property
    def copies_ahead(self) -> tuple[DailyCopy, ...]:
        """The automatic copies of days that are still to come: a clock was wrong."""
        return tuple(one for one in self.copies if one.day > self.day)

    @property
    def newest_copy(self) -> DailyCopy | None:
        """The newest automatic copy, of the days that have come if there is one of them."""
        come = self.copies[: len(self.copies) - len(self.copies_ahead)]
        return (come or self.copies or (None,))[-1]

    @property
    def broken(self) -> bool:
        """Whether what is in the file is not as it should be."""
        return self.damaged or bool(self.unsound or self.dangling or self.lonely)


class ProgramFacts(NamedTuple):
    """What there is to know about the run: the language, the terminal (its width in cells)."""

    language_from: str
    """What chose the language: ``--lang``, a variable, or nothing."""
    speaks: bool
    """Whether both languages answer."""
    terminal: bool
    width: int
    colour: bool
    encoding: str
    shows_signs: bool
    dorf: str
    python: str


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
        for one in contact.yearly_days:
            year = one.day.year
            if year is not None and not 0 <= today.year - year <= OLDEST_YEARS:
                yield Oddity("yearly", contact.name, born=one.day, word=one.name)


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
    return sorted(household.rules_off | {one.key for one in household.accepted})


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
