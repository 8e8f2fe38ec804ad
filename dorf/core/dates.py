"""Days as people type them (German and English), partial dates, ages and spans.

The grammar is a closed list of forms (CONTRIBUTING.md, Days). Whatever is not on it is refused, and
the refusal shows the list; nothing is guessed.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum

from dorf.errors import N_, UsageFailure, WrongField
from dorf.values import dataclass

DAYS_PER_UNIT = {"d": 1, "w": 7, "m": 30, "y": 365}
"""Days that a unit stands for in a span, such as a cadence (CONTRIBUTING.md, Days)."""

LONGEST_SPAN = 36_500
"""The longest span that makes sense for people, in days: a hundred years."""

_UNITS = {
    "d": "d d. day days tag tage tagen",
    "w": "w week weeks woche wochen",
    "m": "m month months monat monate monaten",
    "y": "y year years jahr jahre jahren",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_ONE = frozenset({"a", "an", "one", "ein", "eine", "einem", "einen", "einer"})
_SPAN_WORDS = {
    "never": 0, "nie": 0,
    "daily": 1, "täglich": 1,
    "weekly": 7, "wöchentlich": 7,
    "monthly": 30, "monatlich": 30,
    "yearly": 365, "jährlich": 365,
}  # fmt: skip
_NEAR_DAYS = {
    "today": 0, "heute": 0,
    "yesterday": -1, "gestern": -1,
    "vorgestern": -2,
    "tomorrow": 1, "morgen": 1,
    "übermorgen": 2, "uebermorgen": 2,
    "last week": -7, "letzte woche": -7,
}  # fmt: skip
_WEEKDAYS = (
    ("monday", "montag"),
    ("tuesday", "dienstag"),
    ("wednesday", "mittwoch"),
    ("thursday", "donnerstag"),
    ("friday", "freitag"),
    ("saturday", "samstag", "sonnabend"),
    ("sunday", "sonntag"),
)
_WEEKDAY_OF = {word: number for number, words in enumerate(_WEEKDAYS) for word in words}

# Patterns stay texts: `re` compiles each when it is first needed, not at every start.
_ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_DOTTED = r"([0-9]{1,2})\.\s?([0-9]{1,2})\.(?:\s?([0-9]{4}))?"
_AMOUNT = r"([0-9]{1,6}|[a-z]+)\s?([a-z]+)"
_SHORT_AMOUNT = r"([0-9]{1,6})\s?([a-z]+)"
_PARTIAL_ISO = r"(?:([0-9]{4})|-)-([0-9]{2})(?:-([0-9]{2}))?"
_PARTIAL_DOTTED = r"(?:([0-9]{1,2})\.\s?)?([0-9]{1,2})\.\s?([0-9]{4})?"
_PARTIAL_SLASHED = r"()([0-9]{1,2})/([0-9]{4})"


class Towards(StrEnum):
    """Which way an ambiguous day ("22.11.", "Monday", "2w") points."""

    PAST = "past"
    FUTURE = "future"


class UnknownDay(UsageFailure):
    """A day that is in none of the accepted forms."""

    def __init__(self, text: str) -> None:
        """Remember what was typed."""
        super().__init__(
            N_(
                "“{text}” is not a day that dorf understands. These forms are: 2026-11-22 · "
                "22.11.2026 · 22.11. · today, yesterday, tomorrow · heute, gestern, vorgestern, "
                "morgen, übermorgen · Monday, last Tuesday · Montag, letzten Dienstag · 3d ago, "
                "2w, in 3 weeks · vor 3 Tagen, vor 2 Wochen, in 3 Wochen · last week, letzte Woche."
            ),
            text=text,
        )


class UnknownSpan(UsageFailure):
    """A span that is in none of the accepted forms."""

    def __init__(self, text: str) -> None:
        """Remember what was typed."""
        super().__init__(
            N_(
                "“{text}” is not a span that dorf understands. These forms are: 10d, 2w, 3m, 1y · "
                "10 days, 2 weeks, 10 Tage, 3 Monate · daily, weekly, monthly, yearly · täglich, "
                "wöchentlich, monatlich, jährlich · never, nie."
            ),
            text=text,
        )


class UnknownPartialDate(UsageFailure):
    """A birthday or birth month that is in none of the accepted forms."""

    def __init__(self, text: str) -> None:
        """Remember what was typed."""
        super().__init__(
            N_(
                "“{text}” is not a birthday or birth month that dorf understands. These forms "
                "are: 1985-02-28, 28.2.1985, 2021-12, 12.2021 and, without a year, --02-28 or "
                "28.2."
            ),
            text=text,
        )


def parse_day(text: str, today: date, towards: Towards = Towards.PAST) -> date:
    """Return the day that *text* means on *today*.

    *towards* decides only what is ambiguous: "22.11." is the most recent or the next such day
    (*today* itself counts), a weekday's name the last one before or the first one after *today*,
    and "2w" lies two weeks back or ahead. Raise `UnknownDay` for any other form.
    """
    phrase = " ".join(text.casefold().split())
    try:
        day = (
            _calendar_day(phrase, today, towards)
            or _near_day(phrase, today, towards)
            or _counted_day(phrase, today, towards)
        )
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise UnknownDay(text)
    return day


def parse_iso_day(text: str) -> date:
    """Return the day written as ``YYYY-MM-DD``; raise `ValueError` for any other form."""
    if not re.fullmatch(_ISO, text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _calendar_day(phrase: str, today: date, towards: Towards) -> date | None:
    if re.fullmatch(_ISO, phrase):
        return date.fromisoformat(phrase)
    if not (match := re.fullmatch(_DOTTED, phrase)):
        return None
    day, month, year = match.groups()
    if year:
        return date(int(year), int(month), int(day))
    return _nearest_year(int(month), int(day), today, towards)


def _nearest_year(month: int, day: int, today: date, towards: Towards) -> date:
    """Walk the years until the day exists (29 February) on the right side of *today*."""
    step = 1 if towards is Towards.FUTURE else -1
    year = today.year
    while MINYEAR <= year <= MAXYEAR:
        if day <= monthrange(year, month)[1]:
            candidate = date(year, month, day)
            if (candidate - today).days * step >= 0:
                return candidate
        elif (month, day) != (2, 29):
            break
        year += step
    raise ValueError


def _near_day(phrase: str, today: date, towards: Towards) -> date | None:
    if phrase in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[phrase])
    words = phrase.split(" ")
    weekday = _WEEKDAY_OF.get(words[-1])
    if weekday is None or len(words) > 2:
        return None
    if len(words) == 2:
        if words[0] not in {"last", "letzten", "letzter"}:
            return None
        towards = Towards.PAST
    if towards is Towards.FUTURE:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def _counted_day(phrase: str, today: date, towards: Towards) -> date | None:
    """Read "3d ago", "vor 3 Tagen", "in 3 Wochen" and the bare "2w"."""
    pattern = _AMOUNT
    if phrase.startswith("vor "):
        sign, amount = -1, phrase[4:]
    elif phrase.endswith(" ago"):
        sign, amount = -1, phrase[:-4]
    elif phrase.startswith("in "):
        sign, amount = 1, phrase[3:]
    else:
        sign, amount, pattern = (1 if towards is Towards.FUTURE else -1), phrase, _SHORT_AMOUNT
    match = re.fullmatch(pattern, amount)
    counted = match and _count(match[1], match[2])
    return _shift(today, sign * counted[0], counted[1]) if counted else None


def _count(number: str, unit: str) -> tuple[int, str] | None:
    if unit not in _UNIT_OF or not (number.isdigit() or number in _ONE):
        return None
    return (int(number) if number.isdigit() else 1), _UNIT_OF[unit]


def _shift(anchor: date, count: int, unit: str) -> date:
    """Move *anchor* by whole units; months and years by the calendar, from the anchor."""
    if unit in "dw":
        return anchor + timedelta(days=count * DAYS_PER_UNIT[unit])
    from dateutil.relativedelta import relativedelta

    delta = relativedelta(months=count) if unit == "m" else relativedelta(years=count)
    return anchor + delta


def parse_span(text: str, least: int = 1) -> int:
    """Return the length of *text* in days: m = 30, y = 365, "never" = 0.

    Raise `UnknownSpan` for any other form and for a number of days that is below *least* or above
    `LONGEST_SPAN`.
    """
    phrase = " ".join(text.casefold().split())
    if phrase in _SPAN_WORDS:
        return _SPAN_WORDS[phrase]
    match = re.fullmatch(_SHORT_AMOUNT, phrase)
    counted = match and _count(match[1], match[2])
    days = counted[0] * DAYS_PER_UNIT[counted[1]] if counted else -1
    if not least <= days <= LONGEST_SPAN:
        raise UnknownSpan(text)
    return days


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A birthday or a birth month: the year or the day may be unknown, never both."""

    year: int | None
    month: int
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is not on the calendar; without a year, 29 February exists."""
        if self.year is None and self.day is None:
            raise WrongField("month", N_("a month alone is not a date"))
        if not (self.year is None or MINYEAR <= self.year <= MAXYEAR) or not 1 <= self.month <= 12:
            raise WrongField("date", N_("there is no such date"))
        longest = monthrange(self.year or 4, self.month)[1]
        if self.day is not None and not 1 <= self.day <= longest:
            raise WrongField("date", N_("there is no such date"))

    def __str__(self) -> str:
        """Return ``2021-12-05``, ``2021-12`` or ``--12-05``: the form that files carry."""
        year = "-" if self.year is None else f"{self.year:04d}"
        day = "" if self.day is None else f"-{self.day:02d}"
        return f"{year}-{self.month:02d}{day}"

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the forms of files (ISO) and of people (``28.2.1985``, ``28.2.``, ``12.2021``).

        ``12/2021`` is how dorf itself shows a month in German. Raise `UnknownPartialDate` for
        anything else.
        """
        phrase = text.strip()
        try:
            if match := re.fullmatch(_PARTIAL_ISO, phrase):
                year, month, day = match.groups()
            elif match := (
                re.fullmatch(_PARTIAL_DOTTED, phrase) or re.fullmatch(_PARTIAL_SLASHED, phrase)
            ):
                day, month, year = match.groups()
            else:
                raise UnknownPartialDate(text)
            return cls(int(year) if year else None, int(month), int(day) if day else None)
        except WrongField as wrong:
            raise UnknownPartialDate(text) from wrong

    def age_in_months(self, today: date) -> int | None:
        """Return the age in whole months (DOMAIN.md §0.2), negative before birth.

        Nobody is born before the day, where it is known; else on the first of the month.
        """
        if self.year is None:
            return None
        months = 12 * (today.year - self.year) + (today.month - self.month)
        return months - 1 if self.day is not None and today.day < self.day else months

    def months_apart(self, other: PartialDate) -> int | None:
        """Return how many calendar months lie between two births; None without both years."""
        if self.year is None or other.year is None:
            return None
        return abs(12 * (self.year - other.year) + (self.month - other.month))

    def age_on(self, day: date) -> int:
        """Return the years that are completed on an anniversary; 0 without a year of birth."""
        return 0 if self.year is None else max(0, day.year - self.year)

    def next_anniversary(self, today: date) -> date | None:
        """Return the first anniversary on or after *today*; None while the day is unknown.

        29 February falls on 28 February in other years (CONTRIBUTING.md, Days).
        """
        day = self.anniversary_in(today.year)
        return self.anniversary_in(today.year + 1) if day is not None and day < today else day

    def anniversary_in(self, year: int) -> date | None:
        """Return the day of *year* on which it comes; None without a day, or after year 9999."""
        if self.day is None or year > MAXYEAR:
            return None
        leaps = (self.month, self.day) == (2, 29) and not isleap(year)
        return date(year, self.month, 28 if leaps else self.day)
