"""What has been: a span of calendar months, and what the log counts in it.

Facts to look back on, never a grade and never a comparison of people (DOMAIN.md §0.1, §3b).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dorf.core.vocabulary import Direction, How, Kind, Source

MOST_MONTHS = 120
"""The longest look back, in months (convention)."""

_FEW = 3
"""Below this many encounters there is no rhythm to speak of."""


class Period(NamedTuple):
    """Calendar months in a row, by their first days, oldest first; the last ends on `until`."""

    months: tuple[date, ...]
    until: date

    @property
    def since(self) -> date:
        """The first day."""
        return self.months[0]

    @classmethod
    def ending(cls, today: date, count: int) -> Period:
        """Return the month of *today* and those before it, *count* in all.

        There are fewer where the calendar begins.
        """
        newest = 12 * today.year + today.month - 1
        numbers = range(max(newest - count + 1, 12), newest + 1)
        return cls(tuple(date(n // 12, n % 12 + 1, 1) for n in numbers), today)


class Past(NamedTuple):
    """What the log of the whole village counts in a period."""

    months: tuple[int, ...]
    """Encounters in each month of the period."""
    how: Mapping[How | None, int]
    """Encounters per way; None is "not noted"."""
    help: Mapping[Direction, Mapping[Kind, int]]
    """How often each kind of help came and went."""


class Course(NamedTuple):
    """How often somebody, or a group, was met: per month of a period, and since ever."""

    months: tuple[int, ...]
    encounters: int
    first: date | None = None
    last: date | None = None

    @property
    def rhythm(self) -> int | None:
        """The days between two encounters on average; None while there are too few."""
        if self.first is None or self.last is None or self.encounters < _FEW:
            return None
        return max(1, round((self.last - self.first).days / (self.encounters - 1)))


class Met(NamedTuple):
    """One contact, by uid and name, or one of the eight groups, and how often they were met."""

    course: Course
    uid: str = ""
    name: str = ""
    source: Source | None = None
