"""The columns of one table: what its headings make of them, and what the user says they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from dorf.core.spelling import fold
from dorf.errors import N_, DorfError, UsageFailure
from dorf.formats.table import cells, sheet
from dorf.formats.table.headings import (
    IGNORED,
    NAMING,
    OURS,
    PARTS,
    UNKNOWN,
    Heading,
    heading,
    key_of,
)
from dorf.values import NamedTuple

MOST_COLUMNS = 2_000
"""More headings than this are no headings."""

MAPPABLE = (
    "name", "given", "family", "nicknames", "phones", "emails", "addresses", "birthday", "notes",
    "roles", "circle",
    "cadence_days", "gives", "gets", "skills", "kids", "where", "trusted", "pickup",
    "last_contact", "added_on", "group",
)  # fmt: skip
"""The fields that a person may say a column is."""

MAPPABLE_WORDS = N_(
    "name, first name, last name, nickname, phone, e-mail, address, birthday, notes, role, circle, "
    "rhythm (days), gives, gets, skills, kids, where, trusted, pickup, last contact, added on, "
    "group, ignore"
)
"""A word for each of them and for leaving a column out, to be shown to a person."""

_MAIL = r"(?:mailto:)?[^\s@;,]+@[^\s@;,]+\.[^\s@;,]+"
_NUMBER = (
    r"(?:tel:)?'?(?:\(?\+|\(?0)[0-9 ()/.\u2013-]{5,24}|"
    r"1?[ .-]?\(?[0-9]{3}\)?[ .-][0-9]{3}[.-][0-9]{4}"
)
"""A number that shows by itself that it is one of a phone: by a plus, a zero, or as in America."""
_LOOSE_NUMBER = r"[^0-9]{0,3}[0-9][0-9 ()/.\u2013-]{4,24}"
_OF_PHONES = r"phone|fon|mobil|handy|cell|^tel|tel$|^ph ?no$"


class Column(NamedTuple):
    """One column of a table."""

    at: int
    title: str
    """The heading as the file has it."""
    field: str
    slot: str = ""
    """Columns of one slot make one thing: an address, or a value and its label."""
    order: int = 1
    mapped: bool = False
    by_content: bool = False
    """Whether it is known by what stands in it only: its heading says more than its field."""

    def texts(self, rows: Iterable[Sequence[str]]) -> Iterator[str]:
        """Yield the cells of the column that say something."""
        cells_of = (row[self.at].strip() for row in rows if self.at < len(row))
        return filter(None, cells_of)


class Columns(NamedTuple):
    """The columns of a table, and what they say about where it comes from."""

    all: tuple[Column, ...]
    google: bool = False
    ours: bool = False
    month_first: bool | None = None
    """How days with slashes are to be read where nothing in their column says it."""

    def of(self, *fields: str) -> list[Column]:
        """Return the columns of *fields*."""
        return [column for column in self.all if column.field in fields]

    @property
    def naming(self) -> bool:
        """Whether any column says who somebody is."""
        return any(column.field in NAMING for column in self.all)


def known_by_content(columns: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """Find phone numbers, e-mail addresses and days under headings that nobody knows.

    "Private" is such a heading as well, unless it says yes or no, as that of Outlook does.
    """
    settled = []
    for column in columns.all:
        if column.field in {UNKNOWN, "private"}:
            texts = list(map(sheet.plain, column.texts(rows)))
            field = _field_by_content(column, texts)
            settled.append(column._replace(field=field, by_content=True))
        else:
            settled.append(column)
    return columns._replace(all=tuple(settled))


def _field_by_content(column: Column, texts: Sequence[str]) -> str:
    if column.field == "private" and all(cells.flag(text) is not None for text in texts):
        return IGNORED
    items = [item for text in texts for item in cells.split(text[:200], r"[;,\n|]")]
    if cells.mostly(partial(re.fullmatch, _MAIL), items):
        return "emails"
    if cells.mostly(cells.is_day, texts):
        return "labelled"  # a birthday, perhaps: nobody knows, but it is not lost
    number = _LOOSE_NUMBER if re.search(_OF_PHONES, fold(column.title)) else _NUMBER
    return "phones" if cells.mostly(partial(re.fullmatch, number), items) else UNKNOWN


def _number(title: str) -> int:
    digits = "".join(character for character in title if character in "0123456789")
    return int(digits[:4]) if digits else 1


def columns_of(titles: Sequence[str], mapping: Mapping[str, str]) -> Columns:
    """Return the columns under *titles*; *mapping* says of some headings what they are.

    Raise `UsageFailure` for a mapping of a column that is not there, or to no field.
    """
    titles = titles[:MOST_COLUMNS]
    wanted = _wanted(titles, mapping)
    found = [heading(title) for title in titles]
    columns = [
        Column(at, title.strip(), wanted[fold(title)], f"column {at}", mapped=True)
        if fold(title) in wanted
        else _column(at, title.strip(), what)
        for at, (title, what) in enumerate(zip(titles, found, strict=True))
    ]
    google = any(
        fold(title) == "group membership" or (what.place == "google" and " - " in title)
        for what, title in zip(found, titles, strict=True)
    )
    return Columns(
        _with_streets(columns),
        google,
        _is_ours(titles),
        _month_first(found, google=google),
    )


def _column(at: int, title: str, what: Heading) -> Column:
    number = _number(title)
    slot = what.place
    if slot == "google":
        slot = f"{what.field.removesuffix(' label')} {number}"
        if what.field in {*PARTS, "formatted"}:
            slot = f"address {number}"
    elif what.field in PARTS or what.field == "whole":
        slot = slot or f"address {number}"
    return Column(at, title, what.field, slot, number)


def _with_streets(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Settle what only the neighbours of a column tell.

    "Street 2" is a second line, unless there is a second city or postal code as well; "Nr." is the
    number of a house where it comes after a street, else that of the row. In a list with parents,
    a birthday after a child is the child's.
    """
    parents = any(column.field == "parent" for column in columns)
    full = {column.slot for column in columns if column.field in {"zip", "city"}}
    settled: list[Column] = []
    for column in columns:
        second = (
            column.field == "street"
            and column.slot.startswith("address ")
            and column.slot not in full
        )
        if second and "address 1" in full:
            column = column._replace(slot="address 1")  # noqa: PLW2901 (the column, settled)
        elif column.field == "count" and settled and settled[-1].field in {"street", "whole"}:
            column = column._replace(field="house", slot=settled[-1].slot)  # noqa: PLW2901 (the same)
        elif column.field == "birthday" and parents and settled and settled[-1].field == "kids":
            column = column._replace(field="kid_birthday")  # noqa: PLW2901 (the same)
        settled.append(column)
    return tuple(settled)


def _is_ours(titles: Sequence[str]) -> bool:
    """Tell whether a table is dorf's own: its uid and most of its headings, word for word."""
    present = {title.strip() for title in titles}
    return "uid" in present and any(
        2 * len({words[n] for words in OURS.values()} & present) > len(OURS) for n in (0, 1)
    )


def _month_first(found: Sequence[Heading], *, google: bool) -> bool | None:
    """Return the order of slashed days by the language of the headings and where they come from."""
    german = sum(what.german and not what.english for what in found)
    english = sum(what.english and not what.german for what in found)
    if german > english:
        return False
    fields = {what.field for what in found if what.place in {"home", "work"}}
    outlook = {"phones", "street"} <= fields or {"phones", "whole"} <= fields
    return True if english > german and (google or outlook) else None


def _wanted(titles: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the field of each heading (folded) that *mapping* speaks of."""
    present = {fold(title) for title in titles if title.strip()}
    wanted = {}
    for title, field in mapping.items():
        if fold(title) not in present:
            raise UsageFailure(
                N_("There is no column “{header}”. These are there: {headers}."),
                header=title,
                headers=", ".join(title.strip() for title in titles if title.strip()),
            )
        wanted[fold(title)] = field_named(field)
    return wanted


def field_named(text: str) -> str:
    """Return the field that *text* names, in either language, for a column of one's own choice."""
    asked = key_of(text)
    if asked in {key_of(word) for word in ("ignore", "ignorieren")}:
        return IGNORED
    by_key = {key_of(field): field for field in MAPPABLE}
    field = by_key.get(asked) or heading(text).field
    field = {"whole": "addresses"}.get(field, field)
    if field not in MAPPABLE:
        raise UsageFailure(
            N_("“{field}” is not a field that a column can be. Fields: {choices}."),
            field=text,
            choices=DorfError(MAPPABLE_WORDS),
        )
    return field
