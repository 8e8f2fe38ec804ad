"""Where a line says a day: the longest row of words that `days.read_day` takes for one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.core.sayings.days import UnknownDay, read_day
from dorf.core.sayings.forms import FORMS
from dorf.core.sayings.items import items_of
from dorf.core.sayings.lexicon import FEASTS, WORDS, Sort, near_meanings
from dorf.core.sayings.line_words import NO_SLIP
from dorf.core.sayings.pieces import MOST_LETTERS
from dorf.core.sayings.tokens import tokens_of
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dorf.core.sayings.tokens import Token

LONGEST_DAY = 9
"""Tokens that a day in a line can have: "am Freitag, dem 3. Februar 2026 um 10 Uhr"."""

MOST_DAYS = 3
"""Days after which nobody looks for more: two are too many."""

_DAYISH = frozenset(Sort) - {Sort.OTHER, Sort.TIMES}
_LEADING = frozenset(
    {"am", "an", "den", "der", "die", "das", "dem", "on", "the", "vom", "von", "zu", "zum", "at",
     "ubers", "uber"}
)  # fmt: skip
_FEAST_WORDS = frozenset(word for name in FEASTS for word in name.split())
_MORNING = frozenset({"am", "der", "den", "jeden", "guten"})
_SHORT_WORDS = frozenset({"so", "sun", "sat", "we", "may", "mar"})
"""Short days that are words, too."""

_VAGUE_ROWS = frozenset({"IM", "IMY", "MY"})
_VAGUE = re.compile(
    r"\b(?:neulich|kürzlich|kuerzlich|letztens|unlängst|irgendwann|damals|recently|lately"
    r"|(?:the|an)other day|the other (?:day|week|night)|a while (?:ago|back)|in letzter zeit"
    r"|vor (?:ein paar|paar|einigen|wenigen|mehreren|kurzem|langem|längerem|längerer|einiger)"
    r"|(?:a few|few|some|several|a couple of|couple of|many) \w{1,10} (?:ago|back)|some time ago"
    r"|im (?:sommer|winter|herbst|frühling|frühjahr)|in (?:the )?(?:summer|winter|autumn|spring)"
    r"|(?:mon|diens|donners|frei|sams|sonn)tags|mittwochs|(?:mon|tues|wednes|thurs|fri|satur|sun)days"
    r"|(?:jeden|jede|every) (?:\w{2,9}tag|mittwoch|tag|woche|monat|jahr|week|month|\w{2,6}day|day)"
    r"|ages ago|long ago|vor ewigkeiten|vor zeiten)\b",
    re.IGNORECASE,
)
_MORE_UNITS = re.compile(
    r"\s*(?:km|m|cm|kg|g|l|euro|€|%|prozent|grad|°|uhr|h|std|min|mal|x|punkte|seiten|miles|mile|kilo"
    r"|pounds|times|runden|etage|stock|meter|liter|°c|geburtstag|klasse|birthday)\b"
    r"|\s*[€%°]",
    re.IGNORECASE,
)
_FRACTIONS = frozenset({"1/2", "1/4", "3/4"})


class DayPlace(NamedTuple):
    """A day in a line: from one character to another, None if it is none that can be noted."""

    start: int
    end: int
    day: date | None
    row: str = ""
    alone: bool = False
    """Whether it is one word that may be a name: a weekday, a month."""


def days_in(text: str, asides: Sequence[tuple[int, int]], today: date) -> list[DayPlace]:
    """Return the days that the beginning of a line says, from left to right."""
    head = text[:MOST_LETTERS]
    tokens = [_own(token) for token in tokens_of(head)]
    found: list[DayPlace] = []
    place = 0
    while place < len(tokens) and len(found) < MOST_DAYS:
        if _in_aside(tokens[place], asides) or not _is_dayish(tokens[place]):
            place += 1
            continue
        if longest := _longest(head, tokens, place, today):
            found.append(longest[0])
            place = longest[1]
        else:
            place += 1
    return found


def is_vague(text: str) -> bool:
    """Tell whether *text* says a day that nobody can name."""
    return _VAGUE.search(text) is not None


def is_slip_of_two(key: str) -> bool:
    """Tell whether a word is one slip from two days: Sontag."""
    if key in WORDS or key in NO_SLIP:
        return False
    return len(near := near_meanings(key)) > 1 and any(n.sort is Sort.WEEKDAY for n in near)


def _own(token: Token) -> Token:
    """Return *token* without the meaning of a word that is right as it stands."""
    return token._replace(meaning=None) if token.key in NO_SLIP and token.meaning else token


def _in_aside(token: Token, asides: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in asides)


def _is_dayish(token: Token) -> bool:
    if token.kind == "word" and token.key in _FEAST_WORDS:
        return True
    if token.kind == "word":
        return token.meaning is not None and token.meaning.sort in _DAYISH
    return token.kind != "other" or token.key.count("/") > 0


def _longest(
    text: str, tokens: Sequence[Token], place: int, today: date
) -> tuple[DayPlace, int] | None:
    """Return the longest day that begins at *place*, and the place behind it."""
    first = tokens[place]
    if first.kind == "comma" or (_is_filler(first) and first.key not in _LEADING):
        return None
    if first.key == "morgen" and place and tokens[place - 1].key in _MORNING:
        return None
    end = place
    while end < len(tokens) and end - place < LONGEST_DAY and _is_dayish(tokens[end]):
        end += 1
    for after in range(end, place, -1):
        last = tokens[after - 1]
        if last.kind in {"comma", "plus"} or _is_filler(last):
            continue
        if day := _day_of(text, tokens, place, after, today):
            return day, after
    return None


def _is_filler(token: Token) -> bool:
    return token.meaning is not None and token.meaning.sort is Sort.FILLER


def _day_of(
    text: str, tokens: Sequence[Token], place: int, after: int, today: date
) -> DayPlace | None:
    part = tokens[place:after]
    start, end = part[0].start, part[-1].end
    try:
        row = "".join(item.letter for item in items_of(part)[0])
    except (ValueError, OverflowError):
        return None
    if row in _VAGUE_ROWS or (row == "RU" and _is_long(part)):
        vague = row == "RU" or _is_month_said(text, part)
        return DayPlace(start, end, None, "vague") if vague else None
    if after - place == 1 and part[0].kind in {"date", "other"} and _is_number(text, part[0]):
        return None
    if not _is_said(text, part, row):
        return _impossible(part, start, end)
    try:
        day = read_day(text[start:end], today).day
    except UnknownDay:
        return _impossible(part, start, end)
    alone = row in {"W", "M"} and sum(not _is_filler(token) for token in part) == 1
    return DayPlace(start, end, day, row, alone)


def _impossible(part: Sequence[Token], start: int, end: int) -> DayPlace | None:
    """Return a date that is none, such as 31.2., so that it is not noted as something else."""
    (token, *more) = part
    written = token.kind == "date" and (token.key[-1:] == "." or re.search("[-/]", token.key))
    slashed = token.kind == "other" and re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}.*", token.key)
    if more or not (written or (slashed and token.key not in _FRACTIONS)):
        return None
    return DayPlace(start, end, None, "impossible")


def _is_long(part: Sequence[Token]) -> bool:
    return any(t.meaning and t.meaning.sort is Sort.UNIT and t.meaning.value in "myq" for t in part)


def _is_month_said(text: str, part: Sequence[Token]) -> bool:
    """Tell whether "in May" is meant, not "in the march"."""
    months = [t for t in part if t.meaning and t.meaning.sort is Sort.MONTH]
    return (
        len(part) < 4
        and all(text[t.start].isupper() for t in months)
        and part[0].key in {"in", "im"}
    )


def _is_number(text: str, token: Token) -> bool:
    """Tell whether a date is a number with its unit after all: 1.5 Stunden, 3.2 km."""
    rest = text[token.end :]
    if _MORE_UNITS.match(rest):
        return True
    following = re.match(r"\s*(\w+)", rest)
    unit = following and re.fullmatch(
        "stunden?|minuten?|tage?n?|wochen?|monate?n?|jahre?n?|hours?|minutes?|days?|weeks?|years?",
        following[1],
        re.IGNORECASE,
    )
    return bool(unit) and not token.key.endswith(".")


def _is_said(text: str, part: Sequence[Token], row: str) -> bool:
    """Tell whether the words are meant as a day, not as the small words that they are, too."""
    if row not in FORMS:
        return row == "R" and part[0].key in {"this", "diesen", "heutigen"} and len(part) > 1
    core = [token for token in part if not _is_filler(token)]
    words = [text[token.start : token.end] for token in core]
    if any(token.key == "we" and word != "WE" for token, word in zip(core, words, strict=True)):
        return False
    first, led = part[0].key, len(part) > 1
    said = {
        "Q": led and part[0].end == part[1].start and part[0].kind == "number",
        "IQ": not any(t.meaning and t.meaning.value == "h" for t in part),
        "F": led or core[0].key != "martini",
        "D": core[0].key != "morgen" or first not in _MORNING,
        "o": first in {"am", "den", "on", "vom"} or (first == "the" and core[0].kind != "word"),
        "W": len(core[0].key) > 3 or _is_short_day(words[0], core[0].key, led=led),
    }
    return said.get(row, True)


def _is_short_day(word: str, key: str, *, led: bool) -> bool:
    if key in _SHORT_WORDS:
        return word[0].isupper() and (led or key not in {"so", "sun", "sat"})
    return True
