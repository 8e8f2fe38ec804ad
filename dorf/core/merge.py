"""What two entries of one person become together, and where they contradict each other.

Nothing here decides that two entries are one person: whoever keeps the village decides.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from dorf.core.dates import PartialDate
from dorf.core.likeness import country_of, phone_key
from dorf.core.names import checked_text
from dorf.core.spelling import fold
from dorf.core.village import FIELDS, LABELS, Kid, RoleSpan, YearlyDay
from dorf.core.vocabulary import ROLES, Bond, Status
from dorf.errors import WrongField
from dorf.values import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Sequence

    from dorf.core.village import Contact
    from dorf.core.vocabulary import Kind, Role

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
    fields = united_lists(first, second)
    for name, field in FIELDS.items():
        if field.kind in _UNITED and not field.label:
            fields[name] = _UNITED[field.kind](getattr(first, name), getattr(second, name))
    for name, parts in SINGLE.items():
        both = _together(name, first, second)
        if both is None:
            chosen = second if name in take else first
            both = {part: getattr(chosen, part) for part in parts}
        fields |= both
    roles = _roles(first, second)
    return replace(
        first,
        **fields,
        roles=roles,
        role_history=_history(first, second, roles),
        added_on=min(first.added_on, second.added_on),
        notes=joined_texts("\n", first.notes, second.notes),
    )


# --- fields with one value ----------------------------------------------------------------------


def _together(field: str, first: Contact, second: Contact) -> dict[str, Any] | None:
    """Return what both state of one field together; None if that is a contradiction."""
    if field in _OF_ITS_OWN:
        return _OF_ITS_OWN[field](first, second)
    ours, theirs = getattr(first, field), getattr(second, field)
    if ours is None or theirs is None or ours == theirs:
        return {field: theirs if ours is None else ours}
    return None


def _plan(first: Contact, second: Contact) -> dict[str, Any] | None:
    plans = [contact for contact in (first, second) if contact.planned_on]
    if len({(plan.planned_on, plan.plan_every) for plan in plans}) > 1:
        return None
    day, every = next(((plan.planned_on, plan.plan_every) for plan in plans), (None, None))
    note = joined_texts("; ", first.planned_note, second.planned_note)
    return {"planned_on": day, "plan_every": every, "planned_note": note}


def _status(first: Contact, second: Contact) -> dict[str, Any] | None:
    """Active is a statement, too: nobody falls asleep because a forgotten entry was paused."""
    if _state(first) != _state(second) and not (first.died_on or second.died_on):
        return None
    days = {
        name: max(filter(None, (getattr(first, name), getattr(second, name))), default=None)
        for name in ("paused_until", "resumed_on")
    }
    return {"status": first.status, **days}


def _state(contact: Contact) -> tuple[object, ...]:
    return contact.status, contact.paused_until if contact.status is Status.PAUSED else None


def _birthday(first: Contact, second: Contact) -> dict[str, Any] | None:
    if first.birthday is None or second.birthday is None:
        return {"birthday": first.birthday or second.birthday}
    fuller = fuller_day(first.birthday, second.birthday)
    return {"birthday": fuller} if fuller else None


_OF_ITS_OWN: dict[str, Callable[[Contact, Contact], dict[str, Any] | None]] = {
    "planned_on": _plan,
    "status": _status,
    "birthday": _birthday,
}


def same_day(first: PartialDate, second: PartialDate) -> bool:
    """Tell whether two partial dates can be the same day."""
    return fuller_day(first, second) is not None


def fuller_day(first: PartialDate, second: PartialDate) -> PartialDate | None:
    """Return what two partial dates say together; None if they are different ones."""
    same = (
        first.month == second.month
        and (first.year == second.year or None in {first.year, second.year})
        and (first.day == second.day or None in {first.day, second.day})
    )
    try:
        both = PartialDate(first.year or second.year, first.month, first.day or second.day)
    except WrongField:  # 29 February of a year that has none
        return None
    return both if same else None


def joined_texts(between: str, first: str | None, second: str | None) -> str | None:
    """Return both texts, or one of them where the other is part of it already."""
    if not (first and second):
        return first or second
    if between + second + between in between + first + between:
        return first
    return checked_text(first + between + second, "notes")


# --- fields with many values --------------------------------------------------------------------


def united_lists(first: Contact, second: Contact, country: str = "") -> dict[str, Any]:
    """Return the names and the lists of texts of both, each entry once.

    Numbers without a code are those of *country*, else of that which most others of the two have.
    """
    country = country or country_of((*first.phones, *second.phones))
    names = united((first.name, *first.nicknames), (second.name, *second.nicknames), fold)
    keys: dict[str, Callable[[str], object]] = {
        "phones": partial(_number_and_words, country=country)
    }
    texts = {
        name: united(getattr(first, name), getattr(second, name), keys.get(name, _plain))
        for name, field in FIELDS.items()
        if field.kind == "texts"
    }
    return {"nicknames": names[1:], **texts}


def united(
    first: Sequence[str], second: Sequence[str], key: Callable[[str], object]
) -> tuple[str, ...]:
    """Return *first* as it is, and of *second* what is not there under its *key* already."""
    new: dict[object, str] = {}
    for text in second:
        new.setdefault(key(text), text)
    for text in first:
        new.pop(key(text), None)
    return (*first, *new.values())


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _number_and_words(text: str, country: str) -> tuple[str, str]:
    """Return a number and what is written around it: "0251 1 (work)" says more than "02511"."""
    return phone_key(text, country), "".join(c for c in text.casefold() if c.isalpha())


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
        starts = [known.start for known in (span, spans.get(key, span)) if known.start]
        spans[key] = span._replace(start=min(starts, default=None))
    return tuple(spans.values())


def _either(
    first: frozenset[Kind] | None, second: frozenset[Kind] | None
) -> frozenset[Kind] | None:
    if first is None or second is None:
        return second if first is None else first
    return first | second


def _bonds(
    first: tuple[tuple[str, Bond], ...], second: tuple[tuple[str, Bond], ...]
) -> tuple[tuple[str, Bond], ...]:
    primary = {pair for pair in (*first, *second) if pair[1] is Bond.PRIMARY}
    return tuple(sorted((dict(first) | dict(second) | dict(primary)).items()))


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
        if not same:
            kids.append(kid)
            continue
        place = min(same, key=lambda n: (kids[n].name is None, kids[n].name != kid.name))
        free.remove(place)
        existing = kids[place]
        born = fuller_day(existing.born, kid.born) if existing.born and kid.born else None
        kids[place] = Kid(existing.name or kid.name, born or existing.born or kid.born)
    return tuple(kids)


def _same_kid(first: Kid, second: Kid, key: Callable[[str], str]) -> bool:
    born = bool(first.born and second.born)
    if first.born and second.born and not same_day(first.born, second.born):
        return False
    if not (first.name and second.name):
        return born
    same = key(first.name) == key(second.name)
    return same or (born and fold(first.name) == fold(second.name))


def united_days(
    first: tuple[YearlyDay, ...], second: tuple[YearlyDay, ...]
) -> tuple[YearlyDay, ...]:
    """Return the days of both, one that both name as fully as the two know it."""
    days = list(first)
    for new in second:
        same = [n for n, known in enumerate(days) if _plain(known.name) == _plain(new.name)]
        if any(days[n].day == new.day for n in same):
            continue
        fuller = ((n, both) for n in same if (both := fuller_day(days[n].day, new.day)))
        place, day = next(fuller, (None, new.day))
        if place is None:
            days.append(new)
        else:
            days[place] = YearlyDay(days[place].name, day)
    return tuple(days)


_UNITED: dict[str, Callable[[Any, Any], Any]] = {
    "flag": lambda first, second: first or second,
    "kinds": _either,
    "kids": united_kids,
    "yearly_days": united_days,
    "bonds": _bonds,
}
"""What two values of a kind become together, where they can't contradict each other."""
