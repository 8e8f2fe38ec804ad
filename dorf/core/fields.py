"""What a field of a contact is: declared once beside it in `village.Contact`, used by every room.

A declaration says of which kind the value is and what it may be. How each *kind* is written stands
once in each room: in a village file, in columns, in a vCard, in a table, behind an option. So a new
field of a kind that exists is one line in `Contact`, wherever it is carried.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from dorf.values import NO_DEFAULT, fields

if TYPE_CHECKING:
    from enum import StrEnum

ValueKind = Literal[
    "name",
    "text",
    "day",
    "partial",
    "moment",
    "flag",
    "whole",
    "choice",
    "names",
    "texts",
    "roles",
    "kinds",
    "kids",
    "yearly_days",
    "bonds",
    "spans",
]
"""The kinds of value: a room that carries fields knows how to read and write each of them."""

ITEMS = frozenset({"names", "texts", "kids", "yearly_days", "bonds", "spans"})
"""The kinds of value that are a list of items which stand for themselves."""


class Field:
    """What one field of a contact is."""

    __slots__ = (
        "always",
        "choices",
        "column",
        "default",
        "kind",
        "label",
        "least",
        "most",
        "name",
        "part_of",
        "standard",
    )

    def __init__(  # noqa: PLR0913  (one row of a table)
        self,
        kind: ValueKind,
        least: int = 0,
        most: int = 0,
        *,
        name: str = "",
        choices: type[StrEnum] | None = None,
        label: str = "",
        part_of: str = "",
        column: str = "",
        standard: bool = False,
        always: bool = False,
    ) -> None:
        """Declare a field; its name and what it is when nothing is stated come from its class."""
        self.name = name
        self.default: Any = None
        """What a contact has of which nothing is stated; a required field has none."""
        self.kind: ValueKind = kind
        self.least, self.most = least, most
        """The range of a whole number."""
        self.choices = choices
        """The closed vocabulary of a choice."""
        self.label = label
        """The word for a field of which a contact has one value, and two entries may disagree."""
        self.part_of = part_of
        """The field whose value this one completes, as the note of a plan does."""
        self.column = column
        """The column in the contact's row, where it is not the field's name."""
        self.standard = standard
        """Whether a vCard has a property of its own for it."""
        self.always = always
        """Whether it is written even where it is what is assumed."""

    def states(self, value: object) -> bool:
        """Tell whether *value* says more than what a file without the field says."""
        return self.always or value != self.default


def of(kind: ValueKind, *numbers: int, **facts: Any) -> dict[str, Field]:  # noqa: ANN401
    """Return the metadata of a dataclass field that declare it; the facts are those of `Field`."""
    return {"field": Field(kind, *numbers, **facts)}


def declared(contact: type[Any], *first: str) -> dict[str, Field]:
    """Return the fields that *contact* declares, in the order of files: *first* ones first."""
    found: dict[str, Field] = dict.fromkeys(first, Field("text"))
    for attribute in fields(contact):
        field: Field = attribute.metadata["field"]
        field.name, field.column = attribute.name, field.column or attribute.name
        field.default = None if attribute.default is NO_DEFAULT else attribute.default
        found[field.name] = field
    return found


def moment(text: str) -> str | None:
    """Return *text*, a moment with its zone in any ISO form, as dorf keeps it; None for others."""
    try:
        stamp = datetime.fromisoformat(text)
        zoned = stamp.astimezone(UTC) if stamp.tzinfo else None
    except (ValueError, OverflowError):
        return None
    return zoned.isoformat(timespec="microseconds") if zoned else None
