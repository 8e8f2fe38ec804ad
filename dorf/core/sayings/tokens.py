"""A phrase cut into tokens: words with their meaning, numbers, dates, times."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from dorf.core.sayings.lexicon import WORDS, Meaning, Sort, meaning_of
from dorf.core.spelling import fold
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_PHRASE = 200
"""Whatever is longer is no day and no span."""


class Token(NamedTuple):
    """One piece of a phrase, where it stands in it, and what it says."""

    start: int
    end: int
    kind: str
    key: str = ""
    value: Any = None
    meaning: Meaning | None = None


_NUMBER = (
    r"(?:[0-9]{1,2}|eins?|zwei|drei|vier|fünf|fuenf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwoelf"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_AT = (
    r"(?:(?:so\s)?gegen|um|ab|bis|at|around|about|from|by|till|until|kurz\s(?:vor|nach)|circa|ca\.)"
)
_CLOCK = (
    r"(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9]|\.(?:00|1[3-9]|[2-5][0-9]))(?![0-9.])"
    r"(?:\s?(?:uhr|h|[ap]\.?m\.?)\b)?"
)
_HOUR = (
    rf"{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?\s?(?:uhr(?:\s[0-5]?[0-9](?![0-9.]))?|h|[ap]\.?m\b\.?|"
    r"o['’]clock)(?!\w)"
)
_SAID = (
    r"(?:halb|viertel\s(?:vor|nach)|dreiviertel|viertel|half\spast|quarter\s(?:past|to)|half)\s"
    rf"{_NUMBER}\b(?!\s?(?:tag|woche|monat|jahr|day|week|month|year))"
)
_TIME = (
    rf"(?:{_AT}\s)?(?:{_CLOCK}|{_HOUR}|{_SAID})"
    rf"|{_AT}\s{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?(?![0-9.:/]|\s?\w)(?:\s?uhr)?"
    rf"|{_AT}\s(?:mittag|mitternacht|abend|noon|midnight)\b"
    rf"|(?:zwischen|between)\s{_NUMBER}\s(?:und|and)\s{_NUMBER}(?:\s?uhr)?\b"
)
_TOKEN = (
    rf"(?P<time>\b(?:{_TIME}))"
    r"|(?P<iso>[0-9]{4}([-/.])[0-9]{1,2}\3[0-9]{1,2}(?![0-9]))"
    r"|(?P<compact>(?:19|20)[0-9]{6}(?![0-9]))"
    r"|(?P<dotted>[0-9]{1,2}\.\s?[0-9]{1,2}\.\s?(?:[0-9]{4}|[0-9]{2}(?![0-9:.]|\s?(?:uhr|h)\b))"
    r"(?![0-9]))"
    r"|(?P<slashed>[0-9]{1,2}/[0-9]{1,2}(?:/(?:[0-9]{4}|[0-9]{2}))?(?![0-9/]))"
    r"|(?P<named>[0-9]{1,2}-[^\W\d_]+-[0-9]{4})"
    r"|(?P<dayed>[0-9]{1,2}\.\s?[0-9]{1,2}\.?(?![0-9])(?!\s*[0-9]))"
    r"|(?P<decimal>[0-9]{1,3},[0-9](?![0-9]))"
    r"|(?P<year>(?:19|20)[0-9]{2}(?![0-9]))"
    r"|(?P<apostrophe>['’][0-9]{2}(?![0-9]))"
    r"|(?P<ordinal>[0-9]{1,2}(?:\.|(?:st|nd|rd|th)\b))"
    r"|(?P<number>[0-9]{1,6})"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<plus>\+)"
    r"|(?P<comma>[,.;:!?]+)"
    r"|(?P<other>\S)"
)
_OUTER = " \t\"'“”„‚‘’»«()[]{}<>.,;:!?"

_SAYINGS = (
    (r"\b(?:the\s)?day\s+after\s+tomorrow\b", "übermorgen"),
    (r"\b(?:the\s)?day\s+before\s+yesterday\b", "vorgestern"),
    (r"\b(?:gerade\s+eben|eben\s+gerade|just\s+now|right\s+now)\b", "heute"),
    (r"\bthis\s+coming\b", "coming"),
    (r"\bthis\s+past\b", "last"),
    (r"\bbefore\s+last\b", "vorletzte"),
    (r"\bafter\s+next\b", "overnext"),
    (r"\bbu(?:ß|ss)-?\s+und\s+bettag\b", "bußtag"),
    (r"\blast\s+night\b", "gestern"),
    (r"\bin\s+the\s+(?=morning|afternoon|evening)", "the "),
)
"""Phrases of several words that say what one word says; none is longer than its phrase."""


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a phrase; their places are those in *text* where nothing was put for it.

    Outer brackets, quotation marks and full stops say nothing.
    """
    if len(text) > LONGEST_PHRASE:
        return [Token(0, len(text), "other")]
    phrase = text.lower()
    phrase = phrase if len(phrase) == len(text) else text
    ends: dict[int, int] = {}
    for pattern, word in _SAYINGS:
        phrase = re.sub(pattern, partial(_in_its_place, word, ends), phrase)
    begin = len(phrase) - len(phrase.lstrip(_OUTER))
    last = len(phrase.rstrip(_OUTER)) + (1 if re.search(r"[0-9]\.\W*$", phrase) else 0)
    return [
        token._replace(end=ends.get(token.start, token.end))
        for found in re.finditer(_TOKEN, phrase[begin:last])
        for token in _token(found, begin)
    ]


def _in_its_place(word: str, ends: dict[int, int], found: re.Match[str]) -> str:
    """Return *word*, as wide as what it stands for: places stay those of what was typed."""
    ends[found.start()] = found.end()
    return word.ljust(len(found[0]))


def _token(found: re.Match[str], begin: int) -> Iterator[Token]:
    kind, text = found.lastgroup or "", found[0]
    start, end = begin + found.start(), begin + found.end()
    if kind == "word":
        yield from _words(text, start)
        return
    made = _VALUES[kind](text) if kind in _VALUES else (kind, None)
    yield Token(start, end, made[0], text, made[1])


def _words(text: str, start: int) -> Iterator[Token]:
    """Yield a word, or the weekday and the part of the day that were written as one."""
    key = fold(text)
    if key not in WORDS:
        for part in _PARTS:
            weekday, length = fold(text.removesuffix(part)), len(text) - len(part)
            day = WORDS.get(weekday) if text.endswith(part) and length > 4 else None
            if day and day.sort is Sort.WEEKDAY:
                cut = start + length
                yield Token(start, cut, "word", weekday, None, day)
                yield Token(cut, start + len(text), "word", "frueh", None, Meaning(Sort.PART))
                return
    meaning = meaning_of(key) or meaning_of(text.replace("ß", "ss"))
    yield Token(start, start + len(text), "word", key, None, meaning)


_PARTS = (
    "vormittags", "vormittag", "nachmittags", "nachmittag", "mittags", "mittag", "abends", "abend",
    "nachts", "nacht", "morgens", "morgen", "früh", "frueh",
)  # fmt: skip


def _dated(text: str) -> tuple[str, Any]:
    day, month, *year = re.findall("[0-9]+", text)
    return "date", (_full_year(year[0]) if year else None, int(month), int(day))


def _full_year(digits: str) -> int:
    return 2000 + int(digits) if len(digits) < 4 else int(digits)


def _iso(text: str) -> tuple[str, Any]:
    return "date", tuple(int(n) for n in re.findall("[0-9]+", text))


def _compact(text: str) -> tuple[str, Any]:
    return "date", (int(text[:4]), int(text[4:6]), int(text[6:]))


def _slashed(text: str) -> tuple[str, Any]:
    """Return the one reading of a date with slashes; two that differ are none."""
    first, second = (int(n) for n in text.split("/")[:2])
    year = text.split("/")[2:]
    full = _full_year(year[0]) if year else None
    found = {(full, m, d) for d, m in ((first, second), (second, first)) if m <= 12 and d <= 31}
    return ("date", found.pop()) if len(found) == 1 else ("other", None)


def _named(text: str) -> tuple[str, Any]:
    day, name, year = text.split("-")
    month = meaning_of(fold(name))
    if month is None or month.sort is not Sort.MONTH:
        return "other", None
    return "date", (int(year), month.value, int(day))


_VALUES: dict[str, Callable[[str], tuple[str, Any]]] = {
    "iso": _iso,
    "compact": _compact,
    "dotted": _dated,
    "dayed": _dated,
    "slashed": _slashed,
    "named": _named,
    "decimal": lambda text: ("decimal", float(text.replace(",", "."))),
    "year": lambda text: ("year", int(text)),
    "apostrophe": lambda text: ("year", 2000 + int(text[1:])),
    "ordinal": lambda text: ("ordinal", int(re.findall("[0-9]+", text)[0])),
    "number": lambda text: ("number", int(text)),
}
