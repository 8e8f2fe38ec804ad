"""Two entries of one person: what they become together, and which names may be the same one.

Nothing here decides that two entries are one person: it only says why they could be, and what
either side states. Whoever keeps the village decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from dorf.core.dates import PartialDate
from dorf.core.names import checked_text
from dorf.core.spelling import fold
from dorf.core.village import Kid, RoleSpan, YearlyDay
from dorf.core.vocabulary import ROLES, Bond, Status
from dorf.errors import WrongField

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence

    from dorf.core.village import Contact
    from dorf.core.vocabulary import Role

T = TypeVar("T")

SINGLE: dict[str, tuple[str, ...]] = {
    "circle": ("circle",),
    "cadence_days": ("cadence_days",),
    "where": ("where",),
    "birthday": ("birthday",),
    "trusted": ("trusted",),
    "pickup": ("pickup",),
    "online_only": ("online_only",),
    "planned_on": ("planned_on", "planned_note"),
    "snoozed_until": ("snoozed_until",),
    "status": ("status", "paused_until", "resumed_on"),
    "until": ("until",),
    "lead_days": ("lead_days",),
}
"""The fields of which a contact has one value, each with all that belongs to that value."""

SHORTEST_SLIP = 4
"""Letters below which a name one slip away is simply another name (convention): Mia, Pia."""

LONGEST_SLIP = 40
"""Letters above which nobody looks for a slip (convention); keys would grow with the square."""

_OTHER = ROLES["other"]
_ASIDE = r"\(.*\w.*\)"


# --- two entries become one -------------------------------------------------------------------


def conflicts(first: Contact, second: Contact) -> tuple[str, ...]:
    """Return the fields of `SINGLE` that both contacts state, and differently."""
    return tuple(field for field in SINGLE if _together(field, first, second) is None)


def merged(first: Contact, second: Contact, take: Collection[str] = ()) -> Contact:
    """Return *first* with all that *second* has, too; of `conflicts` those in *take* from *second*.

    Name, uid and stamp are those of *first*. Raise `WrongField` when the notes of both together
    are longer than a text can be.
    """
    fields: dict[str, Any] = united_lists(first, second)
    for field, attributes in SINGLE.items():
        together = _together(field, first, second)
        if together is None:
            chosen = second if field in take else first
            together = {name: getattr(chosen, name) for name in attributes}
        fields |= together
    roles = _roles(first, second)
    return replace(
        first,
        **fields,
        roles=roles,
        role_history=_history(first, second, roles),
        added_on=min(first.added_on, second.added_on),
        strained=first.strained or second.strained,
        single_parent=first.single_parent or second.single_parent,
        gives=_either(first.gives, second.gives),
        gets=_either(first.gets, second.gets),
        kids=united_kids(first.kids, second.kids),
        yearly_days=united_days(first.yearly_days, second.yearly_days),
        attachment=_attachment(first, second),
        notes=joined_texts("\n", first.notes, second.notes),
    )


def _together(field: str, first: Contact, second: Contact) -> dict[str, Any] | None:
    """Return what both state of one field together; None if that is a contradiction."""
    if field in _OF_ITS_OWN:
        return _OF_ITS_OWN[field](first, second)
    one, other = getattr(first, field), getattr(second, field)
    if one is None or other is None or one == other:
        return {field: other if one is None else one}
    return None


def _plan(first: Contact, second: Contact) -> dict[str, Any] | None:
    one, other = first.planned_on, second.planned_on
    if one and other and one != other:
        return None
    note = joined_texts("; ", first.planned_note, second.planned_note)
    return {"planned_on": one or other, "planned_note": note}


def _status(first: Contact, second: Contact) -> dict[str, Any] | None:
    """Active is a statement, too: nobody falls asleep because a forgotten entry was paused."""
    if _state(first) != _state(second):
        return None
    days = {
        name: max(filter(None, (getattr(first, name), getattr(second, name))), default=None)
        for name in ("paused_until", "resumed_on")
    }
    return {"status": first.status, **days}


def _state(contact: Contact) -> tuple[object, ...]:
    return contact.status, contact.paused_until if contact.status is Status.PAUSED else None


def _birthday(first: Contact, second: Contact) -> dict[str, Any] | None:
    one, other = first.birthday, second.birthday
    if one is None or other is None:
        return {"birthday": one or other}
    fuller = fuller_day(one, other)
    return {"birthday": fuller} if fuller else None


def same_day(one: PartialDate, other: PartialDate) -> bool:
    """Tell whether two partial dates can be the same day."""
    return fuller_day(one, other) is not None


def fuller_day(one: PartialDate, other: PartialDate) -> PartialDate | None:
    """Return what two partial dates say together; None if they are different ones."""
    same = (
        one.month == other.month
        and (one.year == other.year or None in {one.year, other.year})
        and (one.day == other.day or None in {one.day, other.day})
    )
    try:
        both = PartialDate(one.year or other.year, one.month, one.day or other.day)
    except WrongField:  # 29 February of a year that has none
        return None
    return both if same else None


_OF_ITS_OWN: dict[str, Callable[[Contact, Contact], dict[str, Any] | None]] = {
    "planned_on": _plan,
    "status": _status,
    "birthday": _birthday,
}


def joined_texts(between: str, one: str | None, other: str | None) -> str | None:
    """Return both texts, or one of them where the other is part of it already."""
    if not (one and other):
        return one or other
    if between + other + between in between + one + between:
        return one
    return checked_text(one + between + other, "notes")


def _either(one: frozenset[T] | None, other: frozenset[T] | None) -> frozenset[T] | None:
    return None if one is None and other is None else (one or frozenset()) | (other or frozenset())


def united_lists(first: Contact, second: Contact) -> dict[str, Any]:
    """Return names, skills and all addresses of both, each once."""
    names = united((first.name, *first.nicknames), (second.name, *second.nicknames), fold)
    fields = {"skills": _plainly, "emails": _plainly, "addresses": _plainly, "phones": _dialled}
    lists = {
        field: united(getattr(first, field), getattr(second, field), key)
        for field, key in fields.items()
    }
    return {"nicknames": names[1:], **lists}


def united(one: Sequence[str], other: Sequence[str], key: Callable[[str], T]) -> tuple[str, ...]:
    """Return *one* as it is, and of *other* what is not there under its *key* already."""
    new: dict[T, str] = {}
    for text in other:
        new.setdefault(key(text), text)
    for text in one:
        new.pop(key(text), None)
    return (*one, *new.values())


def _plainly(text: str) -> str:
    return " ".join(text.split()).casefold()


def _dialled(text: str) -> tuple[str, str]:
    """Return the number and what is written around it: "0251 1 (work)" says more than "02511"."""
    return phone_key(text), "".join(c for c in text.casefold() if c.isalpha())


def _roles(first: Contact, second: Contact) -> tuple[Role, ...]:
    """Return the roles of both; "other" alone means that nobody stated any, and gives way."""
    if first.roles == (_OTHER,):
        return second.roles
    if second.roles == (_OTHER,):
        return first.roles
    return tuple(dict.fromkeys((*first.roles, *second.roles)))


def _history(first: Contact, second: Contact, roles: tuple[Role, ...]) -> tuple[RoleSpan, ...]:
    """Return the role spans of both; of two open ones of the same role, one since the earlier."""
    spans: dict[Hashable, RoleSpan] = {}
    for span in (*first.role_history, *second.role_history):
        if span.end is None and span.role == _OTHER and _OTHER not in roles:
            continue
        key = span if span.end else span.role
        starts = [one.start for one in (span, spans.get(key, span)) if one.start]
        spans[key] = span._replace(start=min(starts, default=None))
    return tuple(spans.values())


def _attachment(first: Contact, second: Contact) -> tuple[tuple[str, Bond], ...]:
    primary = {pair for pair in (*first.attachment, *second.attachment) if pair[1] is Bond.PRIMARY}
    bonds = dict(first.attachment) | dict(second.attachment) | dict(primary)
    return tuple(sorted(bonds.items()))


def united_kids(first: tuple[Kid, ...], second: tuple[Kid, ...]) -> tuple[Kid, ...]:
    """Return the children of both; each child of one is at most one child of the other."""
    kids, free = list(first), set(range(len(first)))
    for kid in sorted(second, key=lambda one: one.name is None):  # names are the surer sign
        same = [n for n in sorted(free) if _same_kid(kids[n], kid)]
        place = min(same, key=lambda n: kids[n].name is None, default=None)
        if place is None:
            kids.append(kid)
        else:
            free.remove(place)
            there = kids[place]
            born = fuller_day(there.born, kid.born) if there.born and kid.born else None
            kids[place] = Kid(there.name or kid.name, born or there.born or kid.born)
    return tuple(kids)


def _same_kid(one: Kid, other: Kid) -> bool:
    months = bool(one.born and other.born)
    if one.born and other.born and not fuller_day(one.born, other.born):
        return False
    return fold(one.name) == fold(other.name) if one.name and other.name else months


def united_days(
    first: tuple[YearlyDay, ...], second: tuple[YearlyDay, ...]
) -> tuple[YearlyDay, ...]:
    """Return the days of both, one that both name as fully as the two know it."""
    days = list(first)
    for one in second:
        same = [n for n, there in enumerate(days) if _plainly(there.name) == _plainly(one.name)]
        if any(days[n].day == one.day for n in same):
            continue
        fuller = ((n, both) for n in same if (both := fuller_day(days[n].day, one.day)))
        place, day = next(fuller, (None, one.day))
        if place is None:
            days.append(one)
        else:
            days[place] = YearlyDay(days[place].name, day)
    return tuple(days)


# --- who may be the same ----------------------------------------------------------------------


class Reason(StrEnum):
    """Why two entries may be one person, the surest reason first."""

    SPELLING = "spelling"
    PHONE = "phone"
    EMAIL = "email"
    NICKNAME = "nickname"
    SLIP = "slip"
    WORDS = "words"
    NAMESAKE = "namesake"


class Alike(NamedTuple):
    """Two contacts who may be one: the new one, the one who was there, and why."""

    new: str
    there: str
    reason: Reason


class Features(NamedTuple):
    """What of a contact is compared, as keys; a name of apostrophes alone has none."""

    name: str
    key: str
    words: frozenset[str]
    called: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()


def features(
    name: str,
    nicknames: Iterable[str] = (),
    phones: Iterable[str] = (),
    emails: Iterable[str] = (),
) -> Features:
    """Return the keys under which a contact is compared with others."""
    key = fold(name)
    return Features(
        name,
        key,
        frozenset(key.split()),
        frozenset(filter(None, map(fold, nicknames))),
        frozenset(filter(None, map(phone_key, phones))),
        frozenset(map(_plainly, emails)),
    )


def phone_key(text: str) -> str:
    """Return the digits of a number: +49 171, 0049 171, +49 (0)171 and 0171 are the same.

    Numbers of other countries keep their code, with a plus; a text without digits has no key.
    """
    number = "".join(c for c in text.replace("(0)", "") if c.isdecimal() or c == "+")
    if number.startswith("00"):
        number = f"+{number[2:]}"
    abroad = number.startswith("+") and not number.startswith("+49")
    digits = number.replace("+", "")
    if abroad:
        return f"+{digits}" if digits else ""
    return digits.removeprefix("49" if number.startswith("+") else "0")


def alike(new: Features, there: Iterable[Features]) -> list[Alike]:
    """Return all of *there* who may be *new*, the surest first."""
    found = [(_likeness(new, one), one) for one in there]
    order = list(Reason)
    return sorted(
        (Alike(new.name, one.name, reason) for reason, one in found if reason),
        key=lambda one: order.index(one.reason),
    )


def _likeness(new: Features, there: Features) -> Reason | None:
    reason = None
    if new.key and new.key == there.key:
        reason = Reason.SPELLING
    elif not new.phones.isdisjoint(there.phones):
        reason = Reason.PHONE
    elif not new.emails.isdisjoint(there.emails):
        reason = Reason.EMAIL
    elif new.key in there.called or there.key in new.called:
        reason = Reason.NICKNAME
    elif one_slip(new.key, there.key):
        reason = Reason.SLIP
    elif _share_words(new.words, there.words) and not _told_apart(new.name):
        reason = Reason.WORDS
    return reason


def _share_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether all words of one name are in the other."""
    return bool(one and other) and (one <= other or other <= one)


def _told_apart(name: str) -> bool:
    """Tell whether a name says in brackets which one is meant: "Anna (Kita)"."""
    return "(" in name and re.search(_ASIDE, name) is not None


def one_slip(one: str, other: str) -> bool:
    """Tell whether two keys differ by one letter: wrong, missing, too many, or two swapped.

    Numbers and initials are no slips: they tell "Group 1" from "Group 2", "Anna M." from "Anna K.".
    """
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other or not _long_enough(one, other):
        return False
    start = next((n for n, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1),
                 len(one))  # fmt: skip
    rest, longer = one[start:], other[start:]
    if len(one) < len(other):
        slip = rest == longer[1:]
    else:
        slip = rest[1:] == longer[1:] or (rest[1::-1], rest[2:]) == (longer[:2], longer[2:])
    return slip and _marks(one) == _marks(other)


def _long_enough(*keys: str) -> bool:
    return all(SHORTEST_SLIP <= len(key) <= LONGEST_SLIP for key in keys)


def _marks(key: str) -> list[str]:
    return [word for word in key.split() if len(word) == 1 or not word.isalpha()]


class Register:
    """Many contacts, in the order in which they came, by the keys under which they are found.

    A search costs as much as the few that have a key in common, however many there are.
    """

    def __init__(self, there: Iterable[Features] = ()) -> None:
        """Enter all who are *there*."""
        self._all: list[Features] = []
        self._by: dict[Reason, dict[str, int]] = {reason: {} for reason in Reason}
        self._called: dict[str, int] = {}
        self._without: defaultdict[str, list[int]] = defaultdict(list)
        self._with_word: defaultdict[str, set[int]] = defaultdict(set)
        self._longest: defaultdict[str, list[int]] = defaultdict(list)
        for one in there:
            self.enter(one)

    def enter(self, one: Features) -> None:
        """Add somebody, who is found from now on."""
        number = len(self._all)
        self._all.append(one)
        for reason, keys in _exact_keys(one).items():
            for key in keys:
                self._by[reason].setdefault(key, number)
        for key in one.called:
            self._called.setdefault(key, number)
        for key in _without_one(one.key):
            self._without[key].append(number)
        for word in one.words:
            self._with_word[word].add(number)
        if one.words:
            self._longest[max(one.words, key=len)].append(number)

    def find(self, new: Features) -> Alike | None:
        """Return the first of the surest who may be *new*: the head of what `alike` returns."""
        for reason, numbers in self._candidates(new):
            first = min(numbers, default=None)
            if first is not None:
                return Alike(new.name, self._all[first].name, reason)
        return None

    def _candidates(self, new: Features) -> Iterator[tuple[Reason, Iterable[int]]]:
        for reason, keys in _exact_keys(new).items():
            known = self._by[reason]
            yield reason, [known[key] for key in keys if key in known]
        spelled = self._by[Reason.SPELLING]
        called = [self._called.get(new.key), *map(spelled.get, new.called)]
        yield Reason.NICKNAME, [number for number in called if number is not None]
        near = {number for key in _without_one(new.key) for number in self._without.get(key, ())}
        yield Reason.SLIP, [n for n in near if one_slip(new.key, self._all[n].key)]
        if not _told_apart(new.name):
            yield Reason.WORDS, self._sharing_words(new.words)

    def _sharing_words(self, words: frozenset[str]) -> set[int]:
        having = sorted((self._with_word.get(word, set()) for word in words), key=len)
        longer = having[0].intersection(*having[1:]) if having else set[int]()
        shorter = {
            number
            for word in words
            for number in self._longest.get(word, ())
            if self._all[number].words <= words
        }
        return longer | shorter


def _exact_keys(one: Features) -> dict[Reason, Iterable[str]]:
    spelling = (one.key,) if one.key else ()
    return {Reason.SPELLING: spelling, Reason.PHONE: one.phones, Reason.EMAIL: one.emails}


def _without_one(key: str) -> set[str]:
    """Return *key* and what is left of it without any one letter.

    Two keys that are one slip apart have at least one of these in common.
    """
    if not SHORTEST_SLIP <= len(key) <= LONGEST_SLIP:
        return set()
    return {key, *(key[:n] + key[n + 1 :] for n in range(len(key)))}


def likenesses(new: Iterable[Features], there: Iterable[Features]) -> list[Alike]:
    """Return for each of *new* the one who is most alike: of *there*, or of those before it."""
    register, found = Register(there), []
    for one in new:
        if resembled := register.find(one):
            found.append(resembled)
        register.enter(one)
    return found
