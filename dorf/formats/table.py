"""Tables of contacts (CSV): those of Google, Outlook, Thunderbird, of people, and dorf's own.

`read` finds out for itself how a table is written and what its headings mean; what it can't read in
a cell stays in the notes, with a remark. `write` makes a table that spreadsheets open as it is.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dorf.core.intake import Intake, Remark
from dorf.errors import N_, DorfError, UnreadableFile
from dorf.formats import cells, sheet
from dorf.formats.columns import MOST_COLUMNS, columns_of
from dorf.formats.headings import DATED, OURS, heading
from dorf.formats.table_row import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from dorf.core.village import Contact, Village
    from dorf.formats.columns import Columns
    from dorf.formats.sheet import Row, Sheet

_NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
_LOOKED_AT = 200_000
"""Characters at the beginning that tell what separates the cells."""

_OTHER_FORMATS = re.compile(r"\s*(?:[{\[#|<>]|[-*] |---|===|BEGIN:)", re.IGNORECASE)
_UNDERLINE = re.compile(r"\s*[=~*-]{2,}\s*")
_DATA = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|\+?[0-9][0-9 ()/.+-]{5,}")


class _Table(NamedTuple):
    """A table whose headings were found."""

    columns: Columns
    line: int
    """The line of the headings."""
    rows: Sequence[Row]
    """What stands below them."""
    skipped: Sequence[Row]
    """What stands above them."""


def recognises(head: str) -> bool:
    """Tell whether *head*, the beginning of a file, has the headings of a table of contacts."""
    text = head.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")[:_LOOKED_AT]
    if _OTHER_FORMATS.match(text):
        return False
    rows = _sheet(text, _NO_COLUMNS, most=6).rows
    at = _headings_at(rows)
    if at is None:
        return False
    if sum(map(bool, map(str.strip, rows[at].cells))) > 1:
        return True
    below = rows[at + 1].cells[0] if len(rows) > at + 1 else ""
    return not _UNDERLINE.fullmatch(below)


def read(file: BinaryIO, name: str, columns: Mapping[str, str] = _NO_COLUMNS) -> Intake:
    """Return the contacts of the table in *file*, which the user calls *name*.

    *columns* says of headings which field they are ("ignore": none). Raise `UsageFailure` for one
    that is not there or no field, `UnreadableFile` where no heading says who somebody is.
    """
    text = sheet.decode(file.read()).lstrip("\ufeff")
    whole = _sheet(text, columns)
    table = _table(whole, name, columns)
    remarks = list(_remarks(table, whole, name))
    orders = _orders(table)
    contacts = []
    for row in table.rows:
        newcomer = Entry(f"{name}:{row.line}", remarks, table.columns, row, orders).newcomer()
        if newcomer is not None:
            contacts.append(newcomer)
    return Intake(household={}, contacts=tuple(contacts), remarks=tuple(remarks))


def _sheet(text: str, columns: Mapping[str, str], most: int | None = None) -> Sheet:
    """Return the rows of *text*, cut at what separates its cells."""
    delimiter, start = sheet.announced_delimiter(text)
    if not delimiter:
        delimiter = max(sheet.DELIMITERS, key=lambda one: _fitness(text, one, columns))
    return sheet.rows_of(text, delimiter, start, most)


def _fitness(text: str, delimiter: str, columns: Mapping[str, str]) -> tuple[int, int]:
    """Return how well *delimiter* explains the beginning of *text*: headings, then columns."""
    rows = sheet.rows_of(text[:_LOOKED_AT], delimiter, most=6).rows
    known = [sum(_is_heading(title, columns) for title in row.cells[:MOST_COLUMNS]) for row in rows]
    return max(known, default=0), max((len(row.cells) for row in rows), default=0)


def _is_heading(title: str, columns: Mapping[str, str]) -> bool:
    return bool(heading(title).field) or title.strip() in columns


def _headings_at(rows: Sequence[Row]) -> int | None:
    """Return which of *rows* has the headings: the first one, below titles of one cell at most."""
    for at, row in enumerate(rows[:6]):
        titles = [cell for cell in row.cells if cell.strip()]
        found = columns_of(row.cells, _NO_COLUMNS)
        known = sum(1 for one in found.all if one.field)
        data = any(_DATA.fullmatch(title.strip()) for title in titles)
        if found.naming and not data and (at == 0 or known > 1):
            return at
        if len(titles) > 1:
            break
    return None


def _table(whole: Sheet, name: str, columns: Mapping[str, str]) -> _Table:
    rows = whole.rows
    if not rows:
        raise UnreadableFile(N_("There is nothing in {name}."), name=name)
    told = _headings_at(rows)
    at = told or 0
    found = columns_of(rows[at].cells, columns)
    if not found.naming or (told is None and not columns):
        raise _no_headings(rows[at], name)
    return _Table(found, rows[at].line, rows[at + 1 :], rows[:at])


def _no_headings(row: Row, name: str) -> UnreadableFile:
    shown = ", ".join(cell.strip()[:40] for cell in row.cells[:30] if cell.strip())
    if any(_DATA.fullmatch(cell.strip()) for cell in row.cells):
        return UnreadableFile(
            N_(
                "{name} begins with an entry, not with headings: {headers}. Put a line with "
                "headings above it, such as Name, Telefon, E-Mail; a heading that dorf does not "
                "know can be explained with --column HEADER=FIELD."
            ),
            name=name,
            headers=shown,
        )
    return UnreadableFile(
        N_(
            "No column of {name} says who somebody is. Its headings are: {headers}. Say what one "
            "is with --column HEADER=FIELD, for example --column {example}=name."
        ),
        name=name,
        headers=shown,
        example=next((cell.strip()[:40] for cell in row.cells if cell.strip()), "HEADER"),
    )


def _remarks(table: _Table, whole: Sheet, name: str) -> Iterator[Remark]:
    """Yield what is to be said of the table as a whole."""
    for row in table.skipped:
        text = " ".join(" ".join(row.cells).split())
        above = DorfError(N_("above the headings, not taken: “{text}”"), text=text[:60])
        yield Remark(f"{name}:{row.line}", above)
    for column in table.columns.unknown:
        if any(_said(row, column.at) for row in table.rows):
            yield Remark(
                f"{name}:{table.line}",
                DorfError(
                    N_(
                        "the column “{header}” is unknown and not taken; --column HEADER=FIELD "
                        "says what it is"
                    ),
                    header=column.title or f"({column.at + 1})",
                ),
            )
    for line in whole.unclosed:
        yield Remark(f"{name}:{line}", DorfError(N_("a quotation mark is never closed here")))


def _said(row: Row, index: int) -> str:
    return row.cells[index].strip() if index < len(row.cells) else ""


def _orders(table: _Table) -> dict[int, bool | None]:
    """Return for each column with days whether the month comes first in its slashed ones."""
    orders = {}
    for column in table.columns.all:
        if column.field in DATED:
            order = cells.month_first(_said(row, column.at) for row in table.rows)
            orders[column.at] = table.columns.month_first if order is None else order
    return orders


# --- dorf's own tables --------------------------------------------------------------------------


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
