"""Births as people say them: "Oktober 2021", "10/21", "14. Oktober", "* 14.10.2021"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dorf.core.dates import PartialDate
from dorf.core.sayings.days import Towards, UnknownDay, read_day
from dorf.core.sayings.lexicon import FEASTS, Sort
from dorf.core.sayings.tokens import tokens_of
from dorf.core.spelling import fold
from dorf.errors import N_, UsageFailure, WrongField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from dorf.core.sayings.tokens import Token


class UnknownBirth(UsageFailure):
    """What was typed is no birth month and no birthday, or could be two."""


_BEFORE = r"^\s*(?:\*|geb(?:oren)?\b\.?|born\b|b\.)\s*(?:am\b|im\b|on\b|in\b)?\s*"
_YEAR_FIRST = r"([0-9]{4})[-./\s]\s?([0-9]{1,2})(?:[-./\s]\s?([0-9]{1,2}))?"
_COMPACT = r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})?"
_YEARLESS = r"--([0-9]{2})-([0-9]{2})"
_MONTH_YEAR = r"([0-9]{1,2})\s?[-./]\s?([0-9]{4})"
_THREE = r"([0-9]{1,2})([-./])\s?([0-9]{1,2})\2\s?'?([0-9]{2}|[0-9]{4})"
_TWO = r"([0-9]{1,2})([-./])\s?([0-9]{1,2})(\.?)"


def read_birth(text: str, today: date, *, child: bool) -> PartialDate:
    """Return the birth that *text* says: of a *child* a month with its year, else a birthday.

    A child needs month and year, a day is kept; a birthday needs day and month. Raise
    `UnknownBirth` for anything else, and for what could be two.
    """
    phrase = re.sub(_BEFORE, "", text.strip(), flags=re.IGNORECASE).strip(' \t,;!?()„“"')
    found = {b for b in _readings(phrase, today, child=child) if _is_enough(b, child=child)}
    if len(found) == 1:
        return found.pop()
    raise _unknown(text, child=child)


def _is_enough(born: PartialDate, *, child: bool) -> bool:
    return born.year is not None if child else born.day is not None


def _unknown(text: str, *, child: bool) -> UnknownBirth:
    if child:
        return UnknownBirth(
            N_(
                "“{text}” does not tell month and year of a birth. Like this: October 2021 · "
                "10/2021 · 14.10.2021."
            ),
            text=text,
        )
    return UnknownBirth(
        N_(
            "“{text}” does not tell day and month of a birthday. Like this: 14 October · 14.10. · "
            "14.10.1985."
        ),
        text=text,
    )


def _readings(phrase: str, today: date, *, child: bool) -> Iterator[PartialDate]:
    """Yield everything that *phrase* can mean."""
    for parts in (*_numeric(phrase, today, child=child), *_named(phrase, today)):
        try:
            yield PartialDate(*parts)
        except WrongField:
            continue


Parts = tuple[int | None, int, int | None]


def _numeric(phrase: str, today: date, *, child: bool) -> Iterator[Parts]:
    if found := re.fullmatch(_YEAR_FIRST, phrase) or re.fullmatch(_COMPACT, phrase):
        yield int(found[1]), int(found[2]), int(found[3]) if found[3] else None
    elif found := re.fullmatch(_YEARLESS, phrase):
        yield None, int(found[1]), int(found[2])
    elif found := re.fullmatch(_MONTH_YEAR, phrase):
        yield int(found[2]), int(found[1]), None
    elif found := re.fullmatch(_THREE, phrase):
        year = _full_year(int(found[4]), today, child=child)
        yield year, int(found[3]), int(found[1])
        if found[2] == "/":
            yield year, int(found[1]), int(found[3])
    elif found := re.fullmatch(_TWO, phrase):
        yield from _two(int(found[1]), int(found[3]), found[2], dotted=bool(found[4]), child=child)


def _two(first: int, second: int, mark: str, *, dotted: bool, child: bool) -> Iterator[Parts]:
    """Yield day and month, or month and year, of two numbers."""
    if child:
        if not dotted and second > 12:
            yield 2000 + second, first, None
        return
    if mark in "./":
        yield None, second, first
    if mark == "/":
        yield None, first, second


def _full_year(year: int, today: date, *, child: bool) -> int:
    if year > 99:
        return year
    ahead = 2000 + year > today.year
    return 1900 + year if ahead and not child else 2000 + year


def _named(phrase: str, today: date) -> Iterator[Parts]:
    """Yield what a phrase with the name of a month, a feast or a near day can mean."""
    tokens = [t for t in tokens_of(phrase) if t.kind != "comma" and not _says_nothing(t)]
    rows = [_sort_of(token) for token in tokens]
    letters, values = "".join(row[0] for row in rows), [row[1] for row in rows]
    if letters in _NAMED:
        yield _NAMED[letters](values)
    elif letters in {"MN", "NM"} and _is_clear(letters, values):
        month, day = (values[0], values[1]) if letters == "MN" else (values[1], values[0])
        yield None, month, day
    elif letters in {"D", "W", "RW"}:
        try:
            day = read_day(phrase, today, Towards.PAST).day
        except UnknownDay:
            return
        yield day.year, day.month, day.day
    else:
        yield from _of_feast(tokens)


def _says_nothing(token: Token) -> bool:
    fillers = {Sort.FILLER, Sort.IN, Sort.EDGE}
    return token.meaning is not None and token.meaning.sort in fillers


def _is_clear(letters: str, values: Sequence[Any]) -> bool:
    """Tell whether a bare number beside a month is a day: Mai 26 could be a year."""
    return letters == "NM" or values[1] < 10


_NAMED: dict[str, Callable[[Sequence[Any]], Parts]] = {
    "MY": lambda v: (v[1], v[0], None),
    "YM": lambda v: (v[0], v[1], None),
    "OMY": lambda v: (v[2], v[1], v[0]),
    "NMY": lambda v: (v[2], v[1], v[0]),
    "MOY": lambda v: (v[2], v[0], v[1]),
    "MNY": lambda v: (v[2], v[0], v[1]),
    "YMN": lambda v: (v[0], v[1], v[2]),
    "OM": lambda v: (None, v[1], v[0]),
    "MO": lambda v: (None, v[0], v[1]),
}
"""Births with the name of a month: M the month, Y the year, O and N a number."""


def _sort_of(token: Token) -> tuple[str, Any]:
    letters = {"year": "Y", "ordinal": "O", "number": "N"}
    if token.kind in letters:
        return letters[token.kind], token.value
    if token.kind == "date" and isinstance(token.value, tuple):
        return "T", token.value
    sorts = {Sort.MONTH: "M", Sort.DAY: "D", Sort.WEEKDAY: "W", Sort.REL: "R", Sort.ORDINAL: "O"}
    meaning = token.meaning
    return (sorts.get(meaning.sort, "?"), meaning.value) if meaning else ("?", None)


def _of_feast(tokens: Sequence[Token]) -> Iterator[Parts]:
    year = tokens[-1].value if tokens and tokens[-1].kind == "year" else None
    words = tokens[:-1] if year else tokens
    rule = FEASTS.get(fold(" ".join(token.key for token in words)), "") if words else ""
    if re.fullmatch("[0-9]{2}-[0-9]{2}", rule):
        yield year, int(rule[:2]), int(rule[3:])
