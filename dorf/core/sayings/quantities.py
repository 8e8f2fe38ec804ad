"""How much time is said: "drei Wochen", "a year and a half", "2w", "ein Vierteljahr"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dorf.core.sayings.lexicon import Sort, unit_of
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.core.sayings.tokens import Token

_MONTHS = {"m": 1, "q": 3, "y": 12}
_DAYS = {"d": 1, "w": 7, "fortnight": 14}
_SPAN_DAYS = {**_DAYS, "m": 30, "q": 90, "y": 365}
_YEAR_PARTS = {0.25: 90, 0.5: 180, 0.75: 270}
"""Days of a part of a year as a rhythm (DOMAIN.md §1)."""

_WHOLE = {"vierteljahr": 0.25, "dreivierteljahr": 0.75, "halbjahr": 0.5}
"""Words that hold both the number and the unit, a year."""


class Quantity(NamedTuple):
    """So many units of time."""

    number: float
    unit: str

    def moved(self, start: date, sign: int) -> date | None:
        """Return the day that lies so far from *start*; None for half a week or half a month.

        Months and years go by the calendar.
        """
        if self.unit in _DAYS:
            days = self.number * _DAYS[self.unit]
            whole = self.number == int(self.number)
            return start + timedelta(days=sign * int(days)) if whole else None
        if self.unit == "h":
            return start
        months = self.number * _MONTHS[self.unit]
        if months != int(months):
            return None
        from dateutil.relativedelta import relativedelta

        return start + relativedelta(months=sign * int(months))

    @property
    def weeks(self) -> int | None:
        """How many whole weeks it is; None for anything else."""
        days = self.number * _DAYS[self.unit] if self.unit in _DAYS else 0.5
        return None if days % 7 else int(days // 7)

    @property
    def days(self) -> int | None:
        """How many days it is as a rhythm: week 7, month 30, year 365; None for parts of a week."""
        whole, part = divmod(self.number, 1)
        if self.unit == "h":
            return None
        if not part:
            return int(whole) * _SPAN_DAYS[self.unit]
        if self.unit == "y" and part in _YEAR_PARTS:
            return int(whole) * 365 + _YEAR_PARTS[part]
        days = self.number * _SPAN_DAYS[self.unit]
        return int(days) if self.unit in _MONTHS and days == int(days) else None


def quantity_at(tokens: Sequence[Token], place: int) -> tuple[Quantity, int] | None:
    """Return the quantity that begins at *place*, and the place after it."""
    count: float | None = None
    after = place
    while after < len(tokens) and after - place < 4:
        token = tokens[after]
        if token.key in _WHOLE and count in {None, 1}:
            return Quantity(_WHOLE[token.key], "y"), after + 1
        number = _number(token, tokens, after)
        if number is None:
            break
        count = _combined(count, number)
        after += 1
        if count is None:
            return None
    if count is None or after >= len(tokens):
        return None
    unit = unit_of(tokens[after].key) or (_slipped_unit(tokens[after]))
    if unit is None:
        return None
    return _with_half(Quantity(count, unit), tokens, after + 1)


def _slipped_unit(token: Token) -> str | None:
    meaning = token.meaning
    return meaning.value if meaning and meaning.sort is Sort.UNIT else None


def _number(token: Token, tokens: Sequence[Token], place: int) -> float | None:
    if token.kind in {"number", "decimal", "year"}:
        return float(token.value)
    if token.kind == "date" and place + 1 < len(tokens) and _is_decimal(token):
        return float(token.key)
    meaning = token.meaning
    if token.key == "an":
        return 1.0
    if meaning and meaning.sort in {Sort.NUMBER, Sort.HALF}:
        return float(meaning.value)
    return None


def _is_decimal(token: Token) -> bool:
    """Tell whether what looks like a day is a number with one decimal: 1.5 months."""
    return token.key.count(".") == 1 and token.key[-1] != "." and " " not in token.key


def _combined(count: float | None, number: float) -> float | None:
    """Return two words of one number, "ein halbes" or "half a"; two numbers are none."""
    if count is None:
        return number
    return count * number if {count, number} == {0.5, 1.0} else None


def _with_half(quantity: Quantity, tokens: Sequence[Token], after: int) -> tuple[Quantity, int]:
    """Return the quantity with "and a half" behind it, if that is said."""
    keys = [token.key for token in tokens[after : after + 3]]
    if keys in (["and", "a", "half"], ["und", "ein", "halbes"]):
        return quantity._replace(number=quantity.number + 0.5), after + 3
    return quantity, after
