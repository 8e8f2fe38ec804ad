"""A village as a table that spreadsheets open as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.formats.table import cells, sheet
from dorf.formats.table.headings import OURS

if TYPE_CHECKING:
    from dorf.core.village import Contact, Village


def write(village: Village, *, german: bool) -> str:
    """Return the contacts of *village* as a table for spreadsheets.

    It carries name, nicknames, roles, circle, birthday, phones, emails, addresses, cadence_days,
    the last contact, gives, gets, skills, kids, where, trusted, pickup, yearly_days, status,
    notes, added_on and uid.
    """
    # Excel cuts a table at the list separator of its own country and asks nobody: a semicolon
    # where the comma is the decimal sign, as in German, a comma in English. LibreOffice looks at
    # both, and so does `read`. A first line "sep=;" would settle it for Excel, but makes it
    # overlook the mark of UTF-8, and other programs take the line for an entry.
    delimiter = ";" if german else ","
    headings = [words[german] for words in OURS.values()]
    rows = [_row(village, contact, german=german) for contact in village.contacts]
    return sheet.written([headings, *rows], delimiter)


def _row(village: Village, contact: Contact, *, german: bool) -> list[str]:
    texts = cells.texts_of(contact, village.touch(contact).last_contact, german=german)
    return [texts.get(field, "") for field in OURS]
