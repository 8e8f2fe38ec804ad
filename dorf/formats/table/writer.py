"""A village as a table that spreadsheets open as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dorf.core.fields import Field, ValueKind
from dorf.core.village import FIELDS, LAST_CONTACT, Contact, Village
from dorf.core.vocabulary import KINDS, Kind
from dorf.formats.interface import NO_OPTIONS, Options
from dorf.formats.table import cells, sheet
from dorf.formats.table.cells import NONE
from dorf.formats.table.headings import OURS


def write(village: Village, options: Options = NO_OPTIONS) -> str:
    """Return the contacts of *village* as a table for spreadsheets.

    It carries name, nicknames, roles, circle, birthday, phones, emails, addresses, cadence_days,
    the last contact, gives, gets, skills, kids, where, trusted, pickup, yearly_days, met_at,
    died_on, status, notes, added_on and uid.
    """
    # Excel cuts a table at the list separator of its own country and asks nobody: a semicolon
    # where the comma is the decimal sign, as in German, a comma in English. LibreOffice looks at
    # both, and so does `read`. A first line "sep=;" would settle it for Excel, but makes it
    # overlook the mark of UTF-8, and other programs take the line for an entry.
    german = options.german
    delimiter = ";" if german else ","
    headings = [words[german] for words in OURS.values()]
    rows = [_row(village, contact, german=german) for contact in village.contacts]
    return sheet.written([headings, *rows], delimiter)


def _row(village: Village, contact: Contact, *, german: bool) -> list[str]:
    values = {field: getattr(contact, field, None) for field in OURS}
    values[LAST_CONTACT.name] = village.touch(contact).last_contact
    return [_text(FIELDS.get(field, LAST_CONTACT), values[field], german) for field in OURS]


def _text(field: Field, value: Any, german: bool) -> str:  # noqa: ANN401, FBT001  (any field)
    if value is None:
        return ""
    write = _WRITERS.get(field.kind)
    return write(value, german) if write else str(value)


def _kinds(kinds: frozenset[Kind], german: bool) -> str:  # noqa: FBT001  (as each row below)
    return cells.joined(cells.KIND_NAMES[kind][german] for kind in KINDS if kind in kinds) or NONE


_CHOICES: dict[Any, tuple[str, str]] = {**cells.PLACE_NAMES, **cells.STATUS_NAMES}
_WRITERS: dict[ValueKind, Callable[[Any, bool], str]] = {
    # What is not here is one text.
    "flag": lambda value, german: cells.FLAG_NAMES[value][german],
    "choice": lambda value, german: _CHOICES[value][german],
    "names": lambda texts, _: cells.joined(texts),
    "texts": lambda texts, _: cells.joined(texts),
    "roles": lambda roles, german: cells.joined(cells.role_names()[r.slug][german] for r in roles),
    "kinds": _kinds,
    "kids": lambda kids, _: "; ".join(cells.dated(kid.name, kid.born) for kid in kids),
    "yearly_days": lambda days, _: "; ".join(cells.dated(each.name, each.day) for each in days),
}
