"""How each kind of value of a contact stands in the file: as a column, or as rows of a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dorf.core.dates import PartialDate
from dorf.core.village import Kid, RoleSpan, YearlyDay
from dorf.core.vocabulary import ROLES, Bond, Kind
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from dorf.core.fields import Field, ValueKind

Row = dict[str, object]

_DAY = date.fromisoformat
_READERS: dict[ValueKind, Callable[[Any], Any]] = {
    # What is not here is the same in both.
    "day": _DAY,
    "partial": PartialDate.parse,
    "flag": bool,
}


class Table(NamedTuple):
    """Where the items of a list are kept, a row each, and how a row is read and written."""

    name: str
    columns: tuple[str, ...]
    read: Callable[..., Any]
    write: Callable[[Any], tuple[object, ...]]
    field: str = ""
    """The column that tells of which field a row is, where the table keeps several."""
    ordered: bool = True
    """Whether the items have an order, which is kept in ``position``."""
    collect: Callable[[Collection[Any]], Any] = tuple

    def rows(self, field: str, items: Collection[Any]) -> Iterator[Row]:
        """Yield the *items* of a *field* as rows without their owner."""
        own: Row = {self.field: field} if self.field else {}
        for position, item in enumerate(items if self.ordered else sorted(items)):
            order: Row = {"position": position} if self.ordered else {}
            yield own | order | dict(zip(self.columns, self.write(item), strict=True))


def iso(day: date | None) -> str | None:
    """Return a day as it is written in a column."""
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return _DAY(text) if text else None


def _partial(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.parse(text)


def _same(text: str) -> str:
    return text


_KINDS = {kind.value: kind for kind in Kind}
_TEXT = Table("contact_text", ("text",), _same, lambda text: (text,), field="field")
TABLES: dict[ValueKind, Table] = {
    "roles": Table("contact_role", ("role",), ROLES.__getitem__, lambda role: (role.slug,)),
    "spans": Table(
        "role_span",
        ("role", "start_day", "end_day"),
        lambda role, start, end: RoleSpan(ROLES[role], _day(start), _day(end)),
        lambda span: (span.role.slug, iso(span.start), iso(span.end)),
    ),
    "kinds": Table(
        "contact_kind",
        ("kind",),
        _KINDS.__getitem__,
        lambda kind: (kind.value,),
        field="way",
        ordered=False,
        collect=frozenset,
    ),
    "names": _TEXT,
    "texts": _TEXT,
    "kids": Table(
        "kid",
        ("name", "born"),
        lambda name, born: Kid(name, _partial(born)),
        lambda kid: (kid.name, kid.born and str(kid.born)),
    ),
    "yearly_days": Table(
        "yearly_day",
        ("name", "day"),
        lambda name, day: YearlyDay(name, PartialDate.parse(day)),
        lambda yearly: (yearly.name, str(yearly.day)),
    ),
    "bonds": Table(
        "attachment",
        ("child", "bond"),
        lambda child, bond: (child, Bond(bond)),
        lambda bond: (bond[0], bond[1].value),
        ordered=False,
    ),
}
"""The tables of the kinds of value that are lists or sets; all others are columns."""

PLAIN = frozenset({"flag", "whole"})
"""The kinds of value that a column holds as they are; others stand there as their text."""

STATED = "{}_stated"
"""The column that tells an empty set from one that is not stated."""


def reader(field: Field) -> Callable[[Any], Any] | None:
    """Return what makes a value of what stands in the column of *field*; None if it is the same."""
    if field.choices:
        return {choice.value: choice for choice in field.choices}.__getitem__
    return _READERS.get(field.kind)


def expression(field: Field) -> str:
    """Return what to select of a contact's row for *field*; of a list, whether it is stated."""
    if field.kind not in TABLES:
        return f"c.{field.column}"
    return f"c.{STATED.format(field.name)}" if field.kind == "kinds" else "1"
