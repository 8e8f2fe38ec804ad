"""What a vCard has no property for: the fields of dorf as ``X-DORF-…`` properties, both ways."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from dorf.core.dates import LONGEST_SPAN, PartialDate, parse_iso_day
from dorf.core.names import checked_name, checked_text
from dorf.core.village import LONGEST_LEAD, Kid, RoleSpan, YearlyDay
from dorf.core.vocabulary import KINDS, ROLES, Bond, Kind, Place, Status
from dorf.errors import N_, DorfError, WrongField
from dorf.formats.vcard.lines import escaped, written
from dorf.imports.draft import NO_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dorf.core.village import Contact
    from dorf.core.vocabulary import Role
    from dorf.formats.vcard.lines import Property
    from dorf.imports.draft import Draft

PREFIX = "X-DORF-"
NOTHING = "none"
"""What stands for a set that was stated to be empty; one that was not stated is left out."""

NOT_UNDERSTOOD = N_("“{text}” is nothing that dorf can have written")
WRONG_VALUE = N_("{name}: {reason}")


class _Field(NamedTuple):
    """How one field of a contact is written and read, as the parts of a structured value."""

    name: str
    write: Callable[[Any], Iterable[str]]
    read: Callable[[list[str]], Any]
    several: bool = False
    """Whether the field is a list, one property for each item."""


def _wrong(text: str) -> WrongField:
    return WrongField("value", NOT_UNDERSTOOD, text=text)


def _day(text: str) -> date:
    try:
        return parse_iso_day(text)
    except ValueError as error:
        raise _wrong(text) from error


def _number(least: int, most: int) -> Callable[[list[str]], int]:
    def read(parts: list[str]) -> int:
        text = parts[0]
        if not (text.isascii() and text.isdecimal() and len(text) < 9):
            raise _wrong(text)
        if not least <= int(text) <= most:
            raise _wrong(text)
        return int(text)

    return read


def _flag(parts: list[str]) -> bool:
    if parts[0] not in {"true", "false"}:
        raise _wrong(parts[0])
    return parts[0] == "true"


def _choice(values: dict[str, Any]) -> Callable[[list[str]], Any]:
    def read(parts: list[str]) -> Any:  # noqa: ANN401  (whatever the table holds)
        if parts[0] not in values:
            raise _wrong(parts[0])
        return values[parts[0]]

    return read


def _kinds(parts: list[str]) -> frozenset[Kind]:
    read = _choice({kind.value: kind for kind in KINDS})
    return frozenset(read([part]) for part in parts if parts != [NOTHING])


def _roles(parts: list[str]) -> tuple[Role, ...]:
    return tuple(dict.fromkeys(_choice(ROLES)([part]) for part in parts))


def _text(parts: list[str]) -> str:
    text = checked_text(parts[0], "text")
    if not text:
        raise _wrong(text)
    return text


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
    return checked_name(child), _choice({one.value: one for one in Bond})([bond])


def _span(parts: list[str]) -> RoleSpan:
    slug, start, end = (*parts, "", "")[:3]
    return RoleSpan(
        _choice(ROLES)([slug]), _day(start) if start else None, _day(end) if end else None
    )


def moment(text: str) -> str | None:
    """Return *text*, a moment with its zone in any ISO form, as dorf keeps it; None for others."""
    try:
        stamp = datetime.fromisoformat(text)
        zoned = stamp.astimezone(UTC) if stamp.tzinfo else None
    except (ValueError, OverflowError):
        return None
    return zoned.isoformat(timespec="microseconds") if zoned else None


def _moment(parts: list[str]) -> str:
    found = moment(parts[0])
    if found is None:
        raise _wrong(parts[0])
    return found


def _one(value: object) -> Iterable[str]:
    return (str(value),)


def _one_flag(value: object) -> Iterable[str]:
    return ("true" if value else "false",)


def _kind_words(kinds: frozenset[Kind]) -> Iterable[str]:
    return [kind.value for kind in KINDS if kind in kinds] or [NOTHING]


_TEXT = (_one, _text)
_DAY = (_one, lambda parts: _day(parts[0]))
_FLAG = (_one_flag, _flag)
_ENUMS = {kind: {one.value: one for one in kind} for kind in (Status, Place)}

_FIELDS: tuple[_Field, ...] = (
    _Field("roles", lambda roles: [role.slug for role in roles], _roles),
    _Field("circle", _one, _number(1, 4)),
    _Field("cadence_days", _one, _number(0, LONGEST_SPAN)),
    _Field("added_on", *_DAY),
    _Field("planned_on", *_DAY),
    _Field("planned_note", *_TEXT),
    _Field("snoozed_until", *_DAY),
    _Field("status", _one, _choice(_ENUMS[Status])),
    _Field("paused_until", *_DAY),
    _Field("resumed_on", *_DAY),
    _Field("until", *_DAY),
    _Field("where", _one, _choice(_ENUMS[Place])),
    _Field("online_only", *_FLAG),
    _Field("trusted", *_FLAG),
    _Field("pickup", *_FLAG),
    _Field("strained", *_FLAG),
    _Field("single_parent", *_FLAG),
    _Field("gives", _kind_words, _kinds),
    _Field("gets", _kind_words, _kinds),
    _Field("skills", *_TEXT, several=True),
    _Field("kids", lambda kid: (str(kid.born or ""), kid.name or ""), _kid, several=True),
    _Field("attachment", lambda pair: (pair[1].value, pair[0]), _bond, several=True),
    _Field(
        "role_history",
        lambda span: (span.role.slug, str(span.start or ""), str(span.end or "")),
        _span,
        several=True,
    ),
    _Field("lead_days", _one, _number(0, LONGEST_LEAD)),
    _Field("changed_at", _one, _moment),
)
_UNSAID = {"status": Status.ACTIVE, "strained": False, "single_parent": False}
"""What a contact without the property has."""


def property_of(field: str) -> str:
    """Return the name of the property that carries *field*."""
    return PREFIX + field.upper().replace("_", "-")


_BY_PROPERTY = {property_of(field.name): field for field in _FIELDS} | {
    # Where the standard property can't say it exactly.
    "X-DORF-BIRTHDAY": _Field("birthday", _one, lambda parts: PartialDate.parse(parts[0])),
    "X-DORF-YEARLY-DAY": _Field("yearly_days", lambda one: one, _yearly, several=True),
    "X-DORF-UID": _Field("uid", _one, lambda parts: checked_name(parts[0])),
    "X-DORF-LAST-CONTACT": _Field("last_contact", *_DAY),
}


def is_exact(day: PartialDate) -> bool:
    """Tell whether the standard properties carry *day*, not a year that means none."""
    return day.year not in NO_YEAR


def lines(contact: Contact, last_contact: date | None) -> Iterator[str]:
    """Yield the properties of dorf's own that *contact* needs."""
    for field in _FIELDS:
        value = getattr(contact, field.name)
        if value is None or value == _UNSAID.get(field.name, ()):
            continue
        for item in value if field.several else (value,):
            yield written(property_of(field.name), escaped(field.write(item)))
    if last_contact is not None:
        yield written("X-DORF-LAST-CONTACT", last_contact.isoformat())


def birthday_line(day: PartialDate) -> str:
    """Return a birthday that no standard property carries."""
    return written("X-DORF-BIRTHDAY", str(day))


def yearly_line(one: YearlyDay) -> str:
    """Return a yearly day that no standard property carries."""
    return written("X-DORF-YEARLY-DAY", escaped((str(one.day), one.name)))


def uid_line(uid: str) -> str:
    """Return a uid that the standard property would not carry unchanged."""
    return written("X-DORF-UID", escaped(uid))


def take(draft: Draft, own: Iterable[Property], place: Callable[[Property], str]) -> set[str]:
    """Give *draft* what *own* properties say; return the names of those that nobody knows.

    What can't be read is remarked on and left out; the rest of the card stays.
    """
    unknown = set()
    lists: dict[str, list[Any]] = {}
    for one in own:
        field = _BY_PROPERTY.get(one.name)
        if field is None:
            unknown.add(one.name)
            continue
        try:
            value = field.read(one.fields(", ") or [""])
        except DorfError as wrong:
            draft.remark(WRONG_VALUE, place=place(one), name=one.name, reason=wrong)
            continue
        if field.several:
            lists.setdefault(field.name, []).append(value)
        else:
            draft.values[field.name] = value
    draft.values |= {name: tuple(values) for name, values in lists.items()}
    draft.uid = draft.values.pop("uid", draft.uid)
    draft.last_contact = draft.values.pop("last_contact", draft.last_contact)
    if "attachment" in draft.values:
        draft.values["attachment"] = tuple(sorted(dict(draft.values["attachment"]).items()))
    return unknown
