"""How often or how long: "alle zwei Wochen", "einmal im Monat", "3m", "never"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.core.dates import LONGEST_SPAN
from dorf.core.sayings.lexicon import LEAST_LETTERS, Sort, is_one_slip
from dorf.core.sayings.quantities import Quantity, quantity_at
from dorf.core.sayings.tokens import tokens_of
from dorf.core.spelling import fold
from dorf.errors import N_, UsageFailure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.core.sayings.tokens import Token

_ADVERBS = {
    fold(word): days
    for days, words in (
        (1, "täglich, daily"),
        (7, "wöchentlich, weekly"),
        (14, "zweiwöchentlich, vierzehntägig, vierzehntäglich, fortnightly, zweiwöchig"),
        (21, "dreiwöchentlich, dreiwöchig"),
        (28, "vierwöchentlich, vierwöchig"),
        (30, "monatlich, monthly"),
        (60, "zweimonatlich"),
        (90, "vierteljährlich, quartalsweise, quarterly, dreimonatlich"),
        (180, "halbjährlich, half yearly, halfyearly, biannually, sechsmonatlich, semiannually"),
        (365, "jährlich, yearly, annually"),
        (730, "zweijährlich"),
        (0, ("nie, never, niemals, gar nicht, aus, off, no, keine, keine erinnerung, no reminder, "
            "ohne erinnerung, nicht erinnern, dont remind me, no reminders, without reminder, "
            "keinmal, gar nie, none, ohne")),
    )
    for word in words.split(", ")
}  # fmt: skip
_ABOUT_WORDS = (
    "ca circa so etwa ungefähr about around roughly mindestens for für lang lange long once einmal "
    "jeweils immer approximately"
)
_ABOUT = frozenset(fold(word) for word in _ABOUT_WORDS.split())
"""What changes nothing in a span."""

_TWO = frozenset(map(fold, ("zweite", "zweiten", "zweites", "zweiter", "other", "second")))
_NTH_ADVERB = r"([0-9]{1,3})\s?-?\s?(?:tägig|taegig|tagig|täglich|taeglich)"
_PER = frozenset("im in am pro die per a the der den das".split())  # noqa: SIM905  (a row)


class UnknownSpan(UsageFailure):
    """What was typed is no span of days, or none that is clear."""


def parse_span(text: str, least: int = 1) -> int:
    """Return the length of *text* in days: week 7, month 30, year 365, never 0.

    Raise `UnknownSpan` for anything else and for a number of days that is below *least* or above
    `LONGEST_SPAN`.
    """
    days = _days(text)
    never = days == 0 and not any(character.isdigit() for character in text)
    if days is None or not (never or least <= days <= LONGEST_SPAN):
        raise UnknownSpan(
            N_(
                "“{text}” is not a rhythm or a span that dorf understands. Like this: every 2 "
                "weeks · once a month · 10d · 3 months · never."
            ),
            text=text,
        )
    return days


def _days(text: str) -> int | None:
    phrase = fold(text)
    if re.search(r"[0-9]\s?[-–]\s?[0-9]|^\s*-", text):
        return None
    text = re.sub(r"(?<=[x×\w])\s?/\s?(?=[^\W\d])", " pro ", text)
    if phrase in _ADVERBS:
        return _ADVERBS[phrase]
    if nth := re.fullmatch(_NTH_ADVERB, text.strip().lower().rstrip(".!")):
        return int(nth[1])
    tokens = [token for token in tokens_of(text) if token.kind != "comma"]
    every = [token for token in tokens if token.meaning and token.meaning.sort is Sort.EVERY]
    tokens = [t for t in tokens if t not in every and t.key not in _ABOUT]
    if len(tokens) == 1 and (slipped := _adverb(tokens[0].key)) is not None:
        return slipped
    once = _is_once(text)
    quantity = _quantity(_without_per(tokens) if once else tokens, bare=bool(every) or once)
    return quantity.days if quantity else None


def _is_once(text: str) -> bool:
    """Tell whether it is said how often in a unit: once, 1x."""
    return bool(re.search(r"\b(?:einmal|once|1\s?(?:x|×|mal|time))\b|1×", text.lower()))


def _without_per(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of "1x im Monat" without what says once per unit."""
    found = list(tokens)
    if len(found) > 1 and found[0].value == 1 and found[1].key in {"x", "×", "mal", "time"}:
        found = found[2:]
    while found and found[0].key in _PER and len(found) == 2 and found[1].kind == "word":
        found = found[1:]
    return found


def _adverb(key: str) -> int | None:
    near = {days for word, days in _ADVERBS.items() if len(word) >= LEAST_LETTERS
            and " " not in word and is_one_slip(key, word)}  # fmt: skip
    return _ADVERBS.get(key, near.pop() if len(near) == 1 else None)


def _nth(token: Token) -> float | None:
    """Return which one is said: the 3rd, dritte."""
    if token.kind == "ordinal":
        return float(token.value)
    is_nth = token.meaning is not None and token.meaning.sort is Sort.ORDINAL
    return float(token.meaning.value) if is_nth and token.meaning else None


def _quantity(tokens: Sequence[Token], *, bare: bool) -> Quantity | None:
    """Return the quantity that all *tokens* say; a *bare* unit is one of it."""
    if found := quantity_at(tokens, 0):
        return found[0] if found[1] == len(tokens) else None
    if not bare or not tokens:
        return None
    count, rest = 1.0, list(tokens)
    if rest[0].key in _TWO:
        count, rest = 2.0, rest[1:]
    elif (nth := _nth(rest[0])) is not None:
        count, rest = nth, rest[1:]
    meaning = rest[0].meaning if len(rest) == 1 else None
    if meaning is None:
        half = quantity_at([tokens[0].__class__(0, 0, "number", "1", 1), *rest], 0)
        return half[0] if half and half[1] == len(rest) + 1 else None
    if meaning.sort in {Sort.WEEKDAY, Sort.WEEKEND}:
        return Quantity(count, "w")
    return Quantity(count, meaning.value) if meaning.sort is Sort.UNIT else None
