"""What two entries of one person become together, and where they contradict each other.

Nothing here decides that two entries are one person: whoever keeps the village decides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from dorf.core.dates import PartialDate
from dorf.core.names import checked_text, phone_key
from dorf.core.spelling import fold
from dorf.core.village import FIELDS, LABELS, Kid, RoleSpan, YearlyDay
from dorf.core.vocabulary import ROLES, Bond, Status
from dorf.errors import WrongField

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Sequence

    from dorf.core.village import Contact
    from dorf.core.vocabulary import Role

T = TypeVar("T")

SINGLE = {
    name: (name, *(part.name for part in FIELDS.values() if part.part_of == name))
    for name in LABELS
}
"""The fields of which a contact has one value, each with all that belongs to that value."""

_OTHER = ROLES["other"]


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


def united_kids(
    first: tuple[Kid, ...], second: tuple[Kid, ...], key: Callable[[str], str] = fold
) -> tuple[Kid, ...]:
    """Return the children of both; each child of one is at most one child of the other.

    Names under one *key* are one name: any spelling where somebody said that both parents are one
    person, as `dorf merge` does. Births say it, too, where the names may be spellings of one.
    """
    kids, free = list(first), set(range(len(first)))
    names = {kid.name for kid in first}
    # Names are the surer sign, and those that are the same to the letter the surest.
    for kid in sorted(second, key=lambda kid: (kid.name is None, kid.name not in names)):
        same = [n for n in sorted(free) if _same_kid(kids[n], kid, key)]
        place = min(
            same, key=lambda n: (kids[n].name is None, kids[n].name != kid.name), default=-1
        )
        if place < 0:
            kids.append(kid)
        else:
            free.remove(place)
            existing = kids[place]
            born = fuller_day(existing.born, kid.born) if existing.born and kid.born else None
            kids[place] = Kid(existing.name or kid.name, born or existing.born or kid.born)
    return tuple(kids)


def _same_kid(one: Kid, other: Kid, key: Callable[[str], str]) -> bool:
    born = bool(one.born and other.born)
    if one.born and other.born and not fuller_day(one.born, other.born):
        return False
    if not (one.name and other.name):
        return born
    return key(one.name) == key(other.name) or (born and fold(one.name) == fold(other.name))


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
