"""Days of files, and birthdays and birth months of which the year or the day is unknown."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import MAXYEAR, MINYEAR, date

from dorf.errors import N_, UsageFailure, WrongField
from dorf.values import dataclass

LONGEST_SPAN = 36_500
"""The longest span that makes sense for people, in days: a hundred years."""

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
"""The days of the week, Monday first."""

# Patterns stay texts: `re` compiles each when it is first needed, not at every start.
_ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_PARTIAL_ISO = r"(?:([0-9]{4})|-)-([0-9]{2})(?:-([0-9]{2}))?"
_PARTIAL_DOTTED = r"(?:([0-9]{1,2})\.\s?)?([0-9]{1,2})\.\s?([0-9]{4})?"
_PARTIAL_SLASHED = r"()([0-9]{1,2})/([0-9]{4})"


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


def parse_iso_day(text: str) -> date:
    """Return the day written as ``YYYY-MM-DD``; raise `ValueError` for any other form."""
    if not re.fullmatch(_ISO, text):
        raise ValueError(text)
    return date.fromisoformat(text)


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
