"""What every cell of a row may need: its days, several values in one, and where the rest goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from dorf.core.dates import PartialDate
from dorf.errors import N_
from dorf.formats.table import cells
from dorf.formats.table.columns import Column, Columns
from dorf.formats.table.dates import event
from dorf.formats.table.headings import ALIVE, key_of
from dorf.formats.table.sheet import Row, plain
from dorf.imports.draft import NO_DAY, Draft, is_death_word, is_no_day, one_line
from dorf.imports.incoming import Remark
from dorf.values import NamedTuple

_SEVERAL = " ::: "
"""What Google puts between several values in one cell."""

_NAMES = frozenset({"name", "display", "given", "middle", "family", "parent"})
_DASHES = frozenset("-–—?")
_UNCLEAR = N_("“{header}”: “{text}” is not clear; it is kept in the notes")
_TWO_DAYS = N_("“{header}”: “{text}” could be either of two days; it is kept in the notes")


class Reckoning(NamedTuple):
    """What it takes to read the days of a table."""

    orders: Mapping[int, bool | None]
    """Of each column, whether the month comes first in its slashed days."""
    today: date | None = None
    """The day that years of two digits are not to lie behind."""


class Taking:
    """One row, and how its cells are taken into a draft."""

    def __init__(
        self,
        place: str,
        remarks: list[Remark],
        columns: Columns,
        row: Row,
        reckoning: Reckoning,
    ) -> None:
        """Begin with the *row* that stands at *place*; its days are read by *reckoning*."""
        self.draft = Draft(place, remarks)
        self.columns = columns
        self.reckoning = reckoning
        self.cells: dict[str, list[tuple[Column, str]]] = {}
        for column in columns.all[: len(row.cells)]:
            text = plain(row.cells[column.at])
            if text and not (column.field in _NAMES and text in _DASHES and not columns.ours):
                self.cells.setdefault(column.field, []).append((column, text))
        self.rest = [cell.strip() for cell in row.cells[len(columns.all) :] if cell.strip()]

    def keep(self, column: Column, text: str, sentence: str = _UNCLEAR) -> None:
        """Keep in the notes what can't be read for its field, and say so; "none" says nothing."""
        if cells.says_none(text):
            return
        self.draft.note(text, label=label_of(column))
        shown = one_line(text[:200])
        self.draft.remark(
            sentence,
            header=column.title,
            text=shown if len(shown) <= 60 else f"{shown[:59]}…",
        )

    def first(self, field: str) -> str:
        """Return the first cell of a field."""
        return one_line(self.cells[field][0][1]) if field in self.cells else ""

    def values(self, text: str) -> list[str]:
        """Return the values that Google joined in one cell."""
        parts = text.split(_SEVERAL) if self.columns.google else [text]
        return [part.strip() for part in parts if part.strip()]

    def labels(self, column: Column) -> list[str]:
        """Return what Google's label columns say of the values of *column*, or its own heading."""
        if column.by_content:
            return [column.title] if column.title else []
        found = [
            label.lstrip("* ").strip()
            for other, text in self.cells.get(f"{column.field} label", ())
            if other.slot == column.slot
            for label in self.values(text)
        ]
        return [label for label in found if label]

    def once(self, column: Column, text: str, value: object) -> None:
        """Take *value* for a field that holds one; a second one goes to the notes."""
        if value is None or self.draft.values.setdefault(column.field, value) != value:
            self.keep(column, text)

    # --- days -----------------------------------------------------------------------------------

    def day(self, column: Column, text: str) -> PartialDate | None:
        """Return the day in a cell; keep the cell if it is none."""
        if self.columns.ours and (own := cells.iso(text)):
            return own
        if cells.is_no_day(text):
            return None
        if is_no_day(text):
            self.draft.remark(NO_DAY, text=text)
            return None
        order = self.reckoning.orders.get(column.at)
        today = self.reckoning.today
        found = cells.day(text, month_first=order, today=today) or cells.serial_day(text, today)
        if found is None:
            self.keep(column, text, _TWO_DAYS if cells.day(text, month_first=True) else _UNCLEAR)
        return found

    def birthday(self, column: Column, text: str) -> None:
        """Take the birthday, unless it is only the day of three columns."""
        if re.fullmatch(r"[0-9]{1,2}", text) and "birth_month" in self.cells:
            return
        found = self.day(column, text)
        if self.draft.values.get("birthday", found) != found:
            self.draft.note(text, label=label_of(column))
        self.draft.born(found)

    def birth_month(self, column: Column, text: str) -> None:
        """Take year, month and day of birth from columns of their own, with or without a year."""
        year = self.first("birth_year").strip("-–?0") and self.first("birth_year")
        day = self.first("birth_day") or self.first("birthday")
        plain = re.fullmatch(r"[0-9]{1,2}", day)
        month = cells.month(text) or text
        if plain and len(year) == 2:
            written = f"{day}.{month}.{year}"
        else:
            written = f"{year or '-'}-{month}-{day}" if plain else f"{year}-{str(month).zfill(2)}"
        found = cells.day(written, today=self.reckoning.today)
        if found is None:
            self.keep(column, " ".join(filter(None, (day if plain else "", text, year))))
        self.draft.born(found)

    def birth_year(self, column: Column, text: str) -> None:
        """Keep a year of birth, or a day of it, that stands alone."""
        if "birth_month" not in self.cells and "birthday" not in self.draft.values:
            self.draft.note(text, label=label_of(column))

    def deceased(self, column: Column, _text: str) -> None:
        """Take that somebody has died, with the day that one of the columns may state."""
        entries = self.cells["died_on"]
        if column is not entries[0][0]:
            return
        dead, days = False, dict[str, None]()
        for other, text in entries:
            if (yes := cells.flag(text)) is not None or is_death_word(text):
                dead = dead or yes is not False
            elif day := cells.serial_day(text, self.reckoning.today) or self._day_of_death(
                other, text
            ):
                dead, days = True, days | {str(day): None}
            elif any(map(str.isdecimal, text)):
                if not (cells.is_no_day(text) or is_no_day(text)):
                    dead, days = True, days | {one_line(text): None}  # "2019", "spring 2019"
            elif key_of(text) not in ALIVE:
                self.keep(other, text)
        if dead:
            self.draft.died(", ".join(days))

    def _day_of_death(self, column: Column, text: str) -> PartialDate | None:
        order = self.reckoning.orders.get(column.at)
        return cells.day(text, month_first=order, today=self.reckoning.today)

    def event_day(self, column: Column, text: str) -> None:
        """Take the day of an app for birthdays, whose sort stands in a column of its own."""
        word, found = self.first("event_type"), self.day(column, text)
        sort = event(word)
        if found and found.day and cells.flag(self.first("year_matters")) is False:
            found = PartialDate(None, found.month, found.day)
        if sort == "death":
            self.draft.died(found)
        elif sort == "birthday":
            self.draft.born(found)
        elif sort == "yearly" and found and found.day:
            self.draft.yearly(word.replace("_", " ").capitalize(), found)
        elif found:
            self.draft.note(str(found), label=word or label_of(column))

    def yearly(self, column: Column, text: str) -> None:
        """Take an anniversary under its heading."""
        self._yearly(column, text, column.title)

    def _yearly(self, column: Column, text: str, name: str) -> None:
        found = self.day(column, text)
        if found is not None and found.day is None:
            self.keep(column, text)
        elif found is not None:
            self.draft.yearly(name, found)

    def event(self, column: Column, text: str) -> None:
        """Take one of Google's events under its label."""
        labels = self.labels(column)
        for n, value in enumerate(self.values(text)):
            name = labels[min(n, len(labels) - 1)] if labels else label_of(column)
            self._yearly(column, value, name)

    def whole_day(self, column: Column, text: str) -> None:
        """Take a day that needs its year: the last contact, or since when somebody is there."""
        found = self.day(column, text)
        if found is None:
            return
        if found.year is None or found.day is None:
            self.keep(column, text)
            return
        on = date(found.year, found.month, found.day)
        if column.field == "last_contact":
            self.draft.last_contact = max(on, self.draft.last_contact or on)
        else:
            self.once(column, text, on)


def label_of(column: Column) -> str:
    """Return the heading of *column* as a label: "Relation", not "Relation 1 - Value"."""
    label = re.sub(r" [0-9]+ - ", " ", column.title)
    return label.removesuffix(" Value")
