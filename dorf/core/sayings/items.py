"""A phrase as items: a weekday, a date, "last", a week …, each a letter in `forms.FORMS`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.sayings.lexicon import FEASTS, LONGEST_FEAST, WORDS, Sort
from dorf.core.sayings.quantities import quantity_at
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dorf.core.sayings.tokens import Token


class Item(NamedTuple):
    """A part of a phrase: its letter in `forms.FORMS`, and what it says."""

    letter: str
    value: Any = None


def items_of(tokens: Sequence[Token]) -> tuple[list[Item], list[Token]]:
    """Return the items of a phrase, and the tokens that are a time."""
    times = [token for token in tokens if token.kind == "time"]
    rest = [token for token in tokens if token.kind not in {"time", "comma"}]
    items: list[Item] = []
    place = 0
    while place < len(rest):
        item, place = _item_at(rest, place, items)
        if rest[place - 1].key == "tonight":
            times.append(rest[place - 1])
        if item.letter == "t":
            times.append(rest[place - 1])
        elif item.letter:
            items.append(item)
    return _dated(items), sorted(times)


def _item_at(tokens: Sequence[Token], place: int, before: Sequence[Item]) -> tuple[Item, int]:
    """Return the item that begins at *place*, and the place after it; a letter "" is a filler."""
    if found := _feast_at(tokens, place):
        return found
    if found_quantity := quantity_at(tokens, place):
        quantity, after = found_quantity
        return Item("Q", quantity), after
    token = tokens[place]
    if token.kind in _BY_KIND:
        return Item(_BY_KIND[token.kind], token.value), place + 1
    if token.kind != "word":
        return Item("?"), place + 1
    return _word(tokens, place, before)


_BY_KIND = {"date": "T", "number": "N", "ordinal": "O", "year": "Y", "plus": ""}


def _feast_at(tokens: Sequence[Token], place: int) -> tuple[Item, int] | None:
    for length in range(min(LONGEST_FEAST, len(tokens) - place), 0, -1):
        name = " ".join(_feast_word(token) for token in tokens[place : place + length])
        if name in FEASTS:
            return Item("F", FEASTS[name]), place + length
    return None


_NTH = {1: "erster", 2: "zweiter", 3: "dritter", 4: "vierter"}


def _feast_word(token: Token) -> str:
    meaning = WORDS.get(token.key)
    if token.kind == "ordinal":
        return _NTH.get(token.value, "?")
    if meaning is not None and meaning.sort is Sort.ORDINAL:
        return _NTH.get(meaning.value, token.key)
    return token.key


_BY_SORT = {
    Sort.DAY: "D",
    Sort.WEEKDAY: "W",
    Sort.MONTH: "M",
    Sort.FEAST: "F",
    Sort.REL: "R",
    Sort.UNIT: "U",
    Sort.WEEKEND: "K",
    Sort.EDGE: "E",
    Sort.NUMBER: "N",
    Sort.ORDINAL: "O",
    Sort.AGO: "A",
    Sort.IN: "I",
    Sort.PART: "t",
}


def _word(tokens: Sequence[Token], place: int, before: Sequence[Item]) -> tuple[Item, int]:
    token = tokens[place]
    meaning = token.meaning
    if meaning is None:
        return Item("?"), place + 1
    if token.key == "morgen" and _says_a_day(before):
        return Item("t"), place + 1
    if meaning.sort is Sort.FILLER:
        return Item("a" if meaning.value else ""), place + 1
    return Item(_BY_SORT.get(meaning.sort, "?"), meaning.value), place + 1


def _says_a_day(items: Sequence[Item]) -> bool:
    """Tell whether a day was said already: then "morgen" is its morning."""
    return any(item.letter in "DWTF" for item in items)


def _dated(items: list[Item]) -> list[Item]:
    """Return the items with day, month and year put together, and without articles."""
    found: list[Item] = []
    place = 0
    while place < len(items):
        for row, make in _DATES:
            part = items[place : place + len(row)]
            if "".join(item.letter for item in part) == row:
                found.append(make([item.value for item in part]))
                place += len(row)
                break
        else:
            item = items[place]
            place += 1
            if item.letter != "a":
                found.append(item)
    return found


def _date(day: int, month: int, year: int | None = None) -> Item:
    return Item("T", (year, month, day))


_DATES: tuple[tuple[str, Callable[[list[Any]], Item]], ...] = (
    ("aOMY", lambda v: _date(v[1], v[2], v[3])),
    ("aNMY", lambda v: _date(v[1], v[2], v[3])),
    ("aOM", lambda v: _date(v[1], v[2])),
    ("aNM", lambda v: _date(v[1], v[2])),
    ("OMY", lambda v: _date(v[0], v[1], v[2])),
    ("NMY", lambda v: _date(v[0], v[1], v[2])),
    ("MOY", lambda v: _date(v[1], v[0], v[2])),
    ("MNY", lambda v: _date(v[1], v[0], v[2])),
    ("OM", lambda v: _date(v[0], v[1])),
    ("NM", lambda v: _date(v[0], v[1])),
    ("MO", lambda v: _date(v[1], v[0])),
    ("MN", lambda v: _date(v[1], v[0])),
    ("aO", lambda v: Item("o", v[1])),
    ("aN", lambda v: Item("o", v[1])),
)
"""How days of a month are said: 1. März 2026, March 1st, am Ersten, the 15th; "this coming"."""
