"""What a vCard has no property for: the fields of dorf as ``X-DORF-…`` properties, both ways.

Servers take what they don't know for one text: Radicale escapes a semicolon and cuts
``a,b`` after the comma. So each value is one text, and blanks stand between its parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NoReturn, TypeVar

from dorf.core.dates import PartialDate, parse_iso_day
from dorf.core.fields import ITEMS, Field, ValueKind, moment
from dorf.core.names import checked_name, checked_text
from dorf.core.village import FIELDS, LAST_CONTACT, Contact, Kid, RoleSpan, YearlyDay
from dorf.core.vocabulary import KINDS, ROLES, Bond, Kind, Role
from dorf.errors import N_, DorfError, WrongField
from dorf.formats.vcard.lines import Property, escaped, written
from dorf.imports.draft import NO_DAYS, NO_YEAR, Draft

T = TypeVar("T")

PREFIX = "X-DORF-"
NOTHING = "none"
"""What stands for a set that was stated to be empty; one that was not stated is left out."""

_EMPTY = "-"
"""What stands for a part that is not known."""
_PARTS: Mapping[ValueKind, int] = {"kids": 2, "yearly_days": 2, "bonds": 2, "spans": 3}
"""How many parts a value has at most; only the last may have blanks in it."""
_EARLIER_FORM = re.compile(r"[\w-]*\\*;")
"""How a value begins that an earlier version wrote, with semicolons between its parts."""

NOT_UNDERSTOOD = N_("“{text}” is nothing that dorf can have written")
WRONG_VALUE = N_("{name}: {reason}")


def _wrong(text: str) -> WrongField:
    return WrongField("value", NOT_UNDERSTOOD, text=text)


def _refused(text: str) -> NoReturn:
    raise _wrong(text)


def _day(text: str) -> date:
    try:
        return parse_iso_day(text)
    except ValueError as error:
        raise _wrong(text) from error


def _number(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and least <= int(text) <= most):
        raise _wrong(text)
    return int(text)


def _choice(text: str, choices: Mapping[str, T]) -> T:
    if text not in choices:
        raise _wrong(text)
    return choices[text]


def _kinds(parts: list[str]) -> frozenset[Kind]:
    return frozenset(_choice(part, _KINDS) for part in parts if parts != [NOTHING])


def _roles(parts: list[str]) -> tuple[Role, ...]:
    return tuple(dict.fromkeys(_choice(part, ROLES) for part in parts))


def _text(text: str) -> str:
    return checked_text(text, "text") or _refused(text)


def _kid(parts: list[str]) -> Kid:
    born, name = (*parts, "")[:2]
    day = PartialDate.parse(born) if born else None
    if day is not None and day.year is None:
        raise _wrong(born)
    return Kid(checked_name(name) if name else None, day)


def _yearly(parts: list[str]) -> YearlyDay:
    day, name = (*parts, "")[:2]
    return YearlyDay(checked_name(name), PartialDate.parse(day))


def _bond(parts: list[str]) -> tuple[str, Bond]:
    bond, child = (*parts, "")[:2]
    return checked_name(child), _choice(bond, _BONDS)


def _span(parts: list[str]) -> RoleSpan:
    slug, start, end = (*parts, "", "")[:3]
    return RoleSpan(
        _choice(slug, ROLES), _day(start) if start else None, _day(end) if end else None
    )


_KINDS = {kind.value: kind for kind in KINDS}
_BONDS = {bond.value: bond for bond in Bond}
_READERS: dict[ValueKind, Callable[[list[str]], Any]] = {
    # One item of a list, where the value is one: each has a property of its own.
    "name": lambda parts: checked_name(parts[0]),
    "text": lambda parts: _text(parts[0]),
    "texts": lambda parts: _text(parts[0]),
    "day": lambda parts: _day(parts[0]),
    "partial": lambda parts: PartialDate.parse(parts[0]),
    "moment": lambda parts: moment(parts[0]) or _refused(parts[0]),
    "flag": lambda parts: _choice(parts[0], {"true": True, "false": False}),
    "roles": _roles,
    "kinds": _kinds,
    "kids": _kid,
    "yearly_days": _yearly,
    "bonds": _bond,
    "spans": _span,
}
_WRITERS: dict[ValueKind, Callable[[Any], Iterable[str]]] = {
    # What is not here is one text.
    "flag": lambda value: ("true" if value else "false",),
    "roles": lambda roles: [role.slug for role in roles],
    "kinds": lambda kinds: [kind.value for kind in KINDS if kind in kinds] or [NOTHING],
    "kids": lambda kid: (str(kid.born or ""), kid.name or ""),
    "bonds": lambda pair: (pair[1].value, pair[0]),
    "spans": lambda span: (span.role.slug, str(span.start or ""), str(span.end or "")),
}


def _parts(field: Field, line: Property) -> list[str]:
    """Return the parts of a value, as dorf writes it, wrote it, or as a server has changed that."""
    text = line.text()
    if field.kind not in _PARTS and field.kind not in {"roles", "kinds"}:
        return [text]
    if len(parts := line.fields(", ")) > 1:
        return parts
    most = _PARTS.get(field.kind, 0) - 1
    if _EARLIER_FORM.match(text):
        return re.split(r"\\*;", text, maxsplit=max(0, most))
    parts = text.split(" ", most)
    return ["" if part == _EMPTY and n != most else part for n, part in enumerate(parts)]


def _read(field: Field, parts: list[str]) -> Any:  # noqa: ANN401  (any field)
    if field.kind == "whole":
        return _number(parts[0], field.least, field.most)
    if field.choices:
        return _choice(parts[0], {choice.value: choice for choice in field.choices})
    return _READERS[field.kind](parts)


def property_of(field: str) -> str:
    """Return the name of the property that carries *field*."""
    return PREFIX + field.upper().replace("_", "-")


_OWN = [field for field in FIELDS.values() if not field.standard]
_BY_PROPERTY = {property_of(field.name): field for field in (*_OWN, LAST_CONTACT)} | {
    # Where the standard property can't say it exactly.
    property_of("birthday"): FIELDS["birthday"],
    property_of("yearly_day"): FIELDS["yearly_days"],
    property_of("died_on"): FIELDS["died_on"],
    property_of("uid"): FIELDS["uid"],
}


def is_exact(day: PartialDate) -> bool:
    """Tell whether the standard properties carry *day*, not a year or a day that means none."""
    return day.year not in NO_YEAR and day not in NO_DAYS


def _joined(parts: Iterable[str]) -> str:
    """Return the parts of a value as one text."""
    listed = list(parts)
    while len(listed) > 1 and not listed[-1]:
        listed.pop()
    return " ".join(part or _EMPTY for part in listed)


def lines(contact: Contact, last_contact: date | None) -> Iterator[str]:
    """Yield the properties of dorf's own that *contact* needs."""
    for field in _OWN:
        value = getattr(contact, field.name)
        if field.states(value):
            for item in value if field.kind in ITEMS else (value,):
                parts = _WRITERS[field.kind](item) if field.kind in _WRITERS else (str(item),)
                yield line(field.name, *parts)
    if last_contact is not None:
        yield line(LAST_CONTACT.name, last_contact.isoformat())


def line(field: str, *parts: str) -> str:
    """Return the property for a *field* that no standard property carries as it is."""
    return written(property_of(field), escaped(_joined(parts)))


def take(draft: Draft, own: Iterable[Property], place: Callable[[Property], str]) -> set[str]:
    """Give *draft* what *own* properties say; return the names of those that nobody knows.

    What can't be read is remarked on and left out; the rest of the card stays.
    """
    unknown = set()
    lists: dict[str, list[Any]] = {}
    for line in own:
        field = _BY_PROPERTY.get(line.name)
        if field is None:
            unknown.add(line.name)
            continue
        try:
            value = _read(field, _parts(field, line))
        except DorfError as wrong:
            draft.remark(WRONG_VALUE, place=place(line), name=line.name, reason=wrong)
            continue
        if field.kind in ITEMS:
            lists.setdefault(field.name, []).append(value)
        else:
            draft.values[field.name] = value
    draft.values |= {name: tuple(values) for name, values in lists.items()}
    draft.uid = draft.values.pop("uid", draft.uid)
    draft.last_contact = draft.values.pop("last_contact", draft.last_contact)
    if "attachment" in draft.values:
        draft.values["attachment"] = tuple(sorted(dict(draft.values["attachment"]).items()))
    return unknown
