"""Tables of contacts (CSV): those of Google, Outlook, Thunderbird, of people, and dorf's own.

`read` finds out for itself how a table is written and what its headings mean; what it can't read in
a cell stays in the notes, with a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import BinaryIO

from dorf.core.command_line import quoted
from dorf.core.dates import PartialDate
from dorf.core.spelling import fold
from dorf.errors import N_, DorfError, UnreadableFile
from dorf.formats.interface import NO_OPTIONS, Options, Sample
from dorf.formats.table import cells, dates, sheet
from dorf.formats.table.columns import MOST_COLUMNS, Columns, columns_of, known_by_content
from dorf.formats.table.contact import Entry
from dorf.formats.table.entry import Reckoning
from dorf.formats.table.headings import BOOKINGS, DATED, PASSWORDS, UNKNOWN, UNSAID, heading, key_of
from dorf.formats.table.sheet import Row, Sheet
from dorf.formats.text import text_of
from dorf.imports.incoming import Incoming, Remark
from dorf.values import NamedTuple

_NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
_LOOKED_AT = 200_000
"""Characters at the beginning that tell what separates the cells."""

MOST_BYTES = 32_000_000
MOST_ROWS = 20_000
"""More than this is no list of the people whom anybody knows; reading it would take minutes."""

MOST_NAMED = 3
"""So many unknown columns are explained one by one; more are named together."""

SHORT_YEARS = N_(
    "“{header}” has years of two digits; each is read as the latest one that is not to come, such "
    "as “{text}” as {year}"
)
SERIAL_DAYS = N_("“{header}” has days as Excel counts them, such as “{text}” for {year}")

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
    texts: Sequence[Sequence[str]]
    """The cells of these rows."""
    skipped: Sequence[Row]
    """What stands above them."""
    remarks: tuple[DorfError, ...] = ()
    """What is to be said of what the columns were taken for."""


def recognises(sample: Sample) -> bool:
    """Tell whether *sample* begins a table of contacts, or of something else, if of anything.

    Reading will say what it lacks.
    """
    return has_headings(sample.text) or is_grid(sample.text)


def has_headings(head: str) -> bool:
    """Tell whether *head*, the beginning of a file, has the headings of a table of contacts."""
    text = sheet.plain_ends(head[:_LOOKED_AT])
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


def is_grid(head: str) -> bool:
    """Tell whether *head* is a table of something: several cells in each row, always as many."""
    text = sheet.plain_ends(head[:_LOOKED_AT])
    if _OTHER_FORMATS.match(text):
        return False
    widths = [len(row.cells) for row in _sheet(text, _NO_COLUMNS, most=6).rows]
    return len(widths) > 1 and len(set(widths)) == 1 and widths[0] > 1


def read(file: BinaryIO, name: str, options: Options = NO_OPTIONS) -> Incoming:
    """Return the contacts of the table in *file*, which the user calls *name*.

    The columns of *options* say of headings which field they are ("ignore": none). Years of two
    digits are read as the latest ones before its today, if it has one. Raise `UsageFailure` for a
    column that is not there or no field, `UnreadableFile` where no heading says who somebody is,
    or nobody is in it at all.
    """
    columns = options.columns
    too_large = UnreadableFile(N_("{file} is too large to be a list of contacts."), file=name)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise too_large
    remarks: list[Remark] = []
    text = sheet.plain_ends(text_of(data, name, remarks))
    whole = _sheet(text, columns, most=MOST_ROWS + 1)
    if len(whole.rows) > MOST_ROWS:
        raise too_large
    table = _table(whole, name, options)
    reckoning = Reckoning(_orders(table), options.today)
    remarks += _remarks(table, whole, name, reckoning)
    contacts = []
    for row in table.rows:
        newcomer = Entry(f"{name}:{row.line}", remarks, table.columns, row, reckoning).newcomer()
        if newcomer is not None:
            contacts.append(newcomer)
    return Incoming(household={}, contacts=tuple(contacts), remarks=tuple(remarks))


def _sheet(text: str, columns: Mapping[str, str], most: int | None = None) -> Sheet:
    """Return the rows of *text*, cut at what separates its cells."""
    delimiter, start = sheet.announced_delimiter(text)
    if not delimiter:
        delimiter = max(sheet.DELIMITERS, key=lambda sign: _fitness(text, sign, columns))
    return sheet.rows_of(text, delimiter, start, most)


def _fitness(text: str, delimiter: str, columns: Mapping[str, str]) -> tuple[int, int]:
    """Return how well *delimiter* explains the beginning of *text*: headings, then columns."""
    rows = sheet.rows_of(text[:_LOOKED_AT], delimiter, most=6).rows
    mapped = set(map(fold, columns))
    known = [
        sum(bool(heading(title).field) or fold(title) in mapped for title in titles)
        for titles in (row.cells[:MOST_COLUMNS] for row in rows)
    ]
    return max(known, default=0), max((len(row.cells) for row in rows), default=0)


def _headings_at(rows: Sequence[Row]) -> int | None:
    """Return which of *rows* has the headings: the first one, below titles of one cell at most."""
    for at, row in enumerate(rows[:6]):
        titles = [cell for cell in row.cells if cell.strip()]
        found = columns_of(row.cells, _NO_COLUMNS)
        known = sum(1 for column in found.all if column.field)
        data = any(_DATA.fullmatch(title.strip()) for title in titles)
        if found.naming and not data and (at == 0 or known > 1):
            return at
        if len(titles) > 1:
            break
    return None


def _table(whole: Sheet, name: str, options: Options) -> _Table:
    rows, columns = whole.rows, options.columns
    if not rows:
        raise UnreadableFile(N_("There is nothing in {name}."), name=name)
    found_at = _headings_at(rows)
    at = found_at or 0
    found = columns_of(rows[at].cells, columns)
    if not columns:
        _refuse_what_is_no_list(rows[at])
    if not found.naming or (found_at is None and not columns):
        raise _no_headings(rows[at], name)
    below = rows[at + 1 :]
    texts = [row.cells for row in below]
    meant = dates.settled(known_by_content(found, texts), texts, options.today)
    return _Table(meant.columns, rows[at].line, below, texts, rows[:at], meant.remarks)


def _refuse_what_is_no_list(headings: Row) -> None:
    keys = {key_of(title) for title in headings.cells[:MOST_COLUMNS] if title.strip()}
    if keys & PASSWORDS:
        raise UnreadableFile(N_("That table holds passwords, not people. Nothing was changed."))
    if len(keys & BOOKINGS) > 1:
        raise UnreadableFile(N_("That is an account statement, not people. Nothing was changed."))


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
        example=quoted(next((c.strip()[:40] for c in row.cells if c.strip()), "HEADER")),
    )


def _remarks(table: _Table, whole: Sheet, name: str, reckoning: Reckoning) -> Iterator[Remark]:
    """Yield what is to be said of the table as a whole."""
    place = f"{name}:{table.line}"
    for row in table.skipped:
        text = " ".join(" ".join(row.cells).split())
        above = DorfError(N_("above the headings, not taken: “{text}”"), text=text[:60])
        yield Remark(f"{name}:{row.line}", above)
    for what in (*_unknown(table), *table.remarks, *_guessed_days(table, reckoning)):
        yield Remark(place, what)
    if any(
        set(map(key_of, column.texts(table.texts))) - UNSAID
        for column in table.columns.of("gender")
    ):
        yield Remark(place, DorfError(N_("the gender of contacts is left out")))
    for line in whole.unclosed:
        yield Remark(f"{name}:{line}", DorfError(N_("a quotation mark is never closed here")))


def _unknown(table: _Table) -> Iterator[DorfError]:
    titles = [
        column.title or f"({column.at + 1})"
        for column in table.columns.of(UNKNOWN)
        if any(column.texts(table.texts))
    ]
    if len(titles) > MOST_NAMED:
        sentence = N_(
            "these columns are unknown and not taken: {headers}; --column HEADER=FIELD says what "
            "one is"
        )
        yield DorfError(sentence, headers=", ".join(titles))
        return
    for title in titles:
        sentence = N_(
            "the column “{header}” is unknown and not taken; to keep it: --column {typed}=notes"
        )
        yield DorfError(sentence, header=title, typed=quoted(title))


def _guessed_days(table: _Table, reckoning: Reckoning) -> Iterator[DorfError]:
    """Yield an example of the years of two digits, and of counted days, in each column."""
    today = reckoning.today
    for column in table.columns.of(*DATED):
        texts = list(column.texts(table.texts))
        order = reckoning.orders.get(column.at)
        for sentence, read in (
            (SHORT_YEARS, partial(_short_year, today, order)),
            (SERIAL_DAYS, partial(cells.serial_day, today=today)),
        ):
            text, day = next(((text, day) for text in texts if (day := read(text))), ("", None))
            if day is not None:
                year = day if sentence == SERIAL_DAYS else day.year
                yield DorfError(sentence, header=column.title, text=text, year=year)


def _short_year(today: date | None, order: bool | None, text: str) -> PartialDate | None:  # noqa: FBT001 (as `orders` has it)
    if today is None or cells.day(text, month_first=order):
        return None
    return cells.short_day(text, today, month_first=order)


def _orders(table: _Table) -> dict[int, bool | None]:
    """Return for each column with days whether the month comes first in its slashed ones."""
    orders = {}
    for column in table.columns.of(*DATED):
        order = cells.month_first(column.texts(table.texts))
        orders[column.at] = table.columns.month_first if order is None else order
    return orders
