"""Which days a table holds whose headings do not say it: "Date", "Type", "Year" beside "Month".

A list of names and days is a list of birthdays; apps that keep several sorts of days say the sort
in a column of its own. What is not clear stays in the notes, and it is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from dorf.core.command_line import quoted
from dorf.errors import N_, DorfError
from dorf.formats.table import cells
from dorf.formats.table.columns import Column, Columns
from dorf.formats.table.headings import EVENTS, IGNORED, UNKNOWN, key_of
from dorf.imports.draft import is_death_word
from dorf.values import NamedTuple

BIRTHDAYS = N_(
    "“{header}” is read as the birthday: nothing else is in this list beside the names. If it is "
    "something else: --column {typed}=notes"
)
UNCLEAR_DAYS = N_(
    "nothing says what the days of “{header}” are; they are kept in the notes. If they are "
    "birthdays: --column {typed}=birthday"
)

_OPEN = frozenset({"date", "event_type", "year_matters", "year", "month", "day"})
"""What means nothing alone."""
_PARTS = (("birth_year", "year"), ("birth_month", "month"), ("birth_day", "day"))
_BESIDE_BIRTHDAYS = frozenset(
    {"name", "display", "given", "middle", "family", "prefix", "suffix", "nicknames", "notes",
     "count", "gender", "uid", "date", "day", IGNORED}
)  # fmt: skip
"""The columns that a list of birthdays may have; any other could be what the days belong to."""

_YOUNG = 2
"""Years: a list of which most days are younger is one of events rather (convention)."""

_DAY_OF_MONTH = re.compile(r"0?[1-9]|[12][0-9]|3[01]")


class Settled(NamedTuple):
    """The columns of a table as they are meant, and what is to be said of them."""

    columns: Columns
    remarks: tuple[DorfError, ...] = ()


def event(text: str) -> str:
    """Return which sort of day *text* names: birthday, death, yearly or thing; else nothing."""
    if is_death_word(text):
        return "death"
    key = key_of(text)
    return next((sort for sort, words in EVENTS.items() if key in words), "")


def settled(columns: Columns, rows: Sequence[Sequence[str]], today: date | None) -> Settled:
    """Return *columns* with what those of days, parts of days and sorts of days stand for."""
    table = _Table(columns, rows, today)
    meant = {column.at: UNKNOWN for column in columns.all if column.field in _OPEN}
    meant |= table.birth_parts()
    remarks = []
    for column in table.days(meant):
        field, sentence = table.meaning(column, born="birth_month" in meant.values())
        meant[column.at] = field
        if sentence:
            typed = quoted(column.title)
            remarks.append(DorfError(sentence, header=column.title, typed=typed))
    if "event_day" in meant.values():
        meant |= {column.at: column.field for column in table.of("event_type", "year_matters")}
    found = tuple(
        column._replace(field=meant.get(column.at, column.field)) for column in columns.all
    )
    return Settled(columns._replace(all=found), tuple(remarks))


class _Table:
    """The columns of a table, with what stands in those that say too little by themselves."""

    def __init__(self, columns: Columns, rows: Sequence[Sequence[str]], today: date | None) -> None:
        self.all = [column for column in columns.all if not column.mapped]
        self.fields = {column.field for column in columns.all if any(column.texts(rows))}
        self.today = today
        self._texts = {
            column.at: list(column.texts(rows)) for column in self.all if _is_open(column)
        }

    def of(self, *fields: str) -> list[Column]:
        """Return the columns of *fields*."""
        return [column for column in self.all if column.field in fields]

    def texts(self, column: Column) -> list[str]:
        """Return the cells of an open column that say something."""
        return self._texts.get(column.at, [])

    def birth_parts(self) -> dict[int, str]:
        """Return the columns of year, month and day of a birth, if there are a month and a day."""
        found: dict[int, str] = {}
        for field, word in _PARTS:
            here = self.of(word)
            if field == "birth_day":
                here += filter(_is_german_day, self.all)
            fitting = (column.at for column in here if self._is_part(column, field))
            if field not in self.fields and (at := next(fitting, None)) is not None:
                found[at] = field
        fields = self.fields.union(found.values())
        is_whole = "birth_month" in fields and not fields.isdisjoint({"birth_day", "birthday"})
        return found if is_whole else {}

    def _is_part(self, column: Column, field: str) -> bool:
        """Tell whether the cells of *column* can be the year, month or day of a birth."""
        fits: dict[str, Callable[[str], object]] = {
            "birth_year": lambda text: re.fullmatch(r"[0-9]{4}|[0-9]{2}", text),
            "birth_month": cells.month,
            "birth_day": _DAY_OF_MONTH.fullmatch,
        }
        return cells.mostly(fits[field], self.texts(column))

    def days(self, meant: dict[int, str]) -> Iterator[Column]:
        """Yield the columns that hold whole days of which no heading says what they are."""
        for column in self.all:
            bare = column.field in {"date", "day"} and not meant[column.at]
            by_content = column.by_content and column.field == "labelled"
            if (by_content or bare or _is_german_day(column)) and cells.mostly(
                self._is_day, self.texts(column)
            ):
                yield column

    def _is_day(self, text: str) -> object:
        return cells.is_day(text) or cells.serial_day(text, self.today)

    def meaning(self, column: Column, *, born: bool) -> tuple[str, str]:
        """Return the field of a column of days, and what is to be said of it."""
        if any(cells.mostly(event, self.texts(other)) for other in self.of("event_type")):
            return "event_day", ""
        if born or not self.fields.isdisjoint({"birthday", "birth_month"}):
            return "labelled", ""
        alone = not column.by_content and self.fields <= {*_BESIDE_BIRTHDAYS, column.field}
        if alone and self._may_be_births(column):
            return "birthday", BIRTHDAYS
        return "labelled", UNCLEAR_DAYS

    def _may_be_births(self, column: Column) -> bool:
        """Tell whether no day of *column* is to come, and most are not just over."""
        if self.today is None:
            return True
        found = filter(None, (cells.day(text, month_first=True) for text in self.texts(column)))
        years = [day.year for day in found if day.year is not None]
        young = sum(self.today.year - year < _YOUNG for year in years)
        return all(year <= self.today.year for year in years) and 2 * young <= len(years)


def _is_open(column: Column) -> bool:
    return column.field in _OPEN or column.by_content or _is_german_day(column)


def _is_german_day(column: Column) -> bool:
    """Tell whether the heading is "Tag", which is a label in English and a day in German."""
    return column.field == "group" and key_of(column.title) == "tag"
