"""The ways to say a day: each row of items, and the day that it means (CONTRIBUTING.md, Days)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dorf.core.dates import WEEKDAYS
from dorf.errors import N_, DorfError, UsageFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dorf.core.sayings.quantities import Quantity


class Towards(StrEnum):
    """Which way an ambiguous day ("22.11.", "Monday", "2w") points."""

    PAST = "past"
    FUTURE = "future"


class UnknownDay(UsageFailure):
    """What was typed is no day, no single day, or none that exists."""


def shown_day(day: date) -> DorfError:
    """Return *day* as a field of a sentence, in the order of its language."""
    year, month, number = day.isoformat().split("-")
    return DorfError(N_("{year}-{month}-{day}"), year=year, month=month, day=number)


class Said:
    """The values of a phrase, on a day, with the direction in which it points."""

    def __init__(self, today: date, towards: Towards, values: list[Any]) -> None:
        """Remember what was said, and when."""
        self.today = today
        self.ahead = towards is Towards.FUTURE
        self.values = values

    @property
    def monday(self) -> date:
        """The Monday of this week."""
        return self.today - timedelta(days=self.today.weekday())

    def weekday(self, number: int) -> date:
        """Return the next such day after today, or the last one before it."""
        if self.ahead:
            return self.today + timedelta(days=(number - self.today.weekday() - 1) % 7 + 1)
        return self.today - timedelta(days=(self.today.weekday() - number - 1) % 7 + 1)

    def month(self, shift: int) -> date:
        """Return the first day of the month that lies *shift* months from this one."""
        months = 12 * self.today.year + self.today.month - 1 + shift
        return date(months // 12, months % 12 + 1, 1)

    def nearest(self, candidates: Sequence[date]) -> date | None:
        """Return the next of *candidates*, or the last one that has been; today counts."""
        if self.ahead:
            return min((day for day in candidates if day >= self.today), default=None)
        return max((day for day in candidates if day <= self.today), default=None)

    def years(self) -> range:
        """Return the years in which a day without a year may lie."""
        return range(max(1, self.today.year - 1), min(9999, self.today.year + 1) + 1)


def _relative_weekday(said: Said, rel: int, number: int) -> date:
    if rel == 0:
        return said.monday + timedelta(days=number)
    toward = Said(said.today, Towards.FUTURE if rel > 0 else Towards.PAST, [])
    return toward.weekday(number) + timedelta(weeks=rel - 1 if rel > 0 else rel + 1)


def _of_week(said: Said, rel: int, number: int) -> date:
    return said.monday + timedelta(weeks=rel, days=number)


def _of_unit(said: Said, number: int, rel: int, unit: str) -> date | None:
    return _of_week(said, rel, number) if unit == "w" else None


def _whole(said: Said, rel: int, unit: str) -> date | None:
    """Return the day that stands for a whole week, month or year."""
    if unit == "w" and rel:
        return said.today + timedelta(weeks=rel) if rel < 0 else _of_week(said, rel, 0)
    if unit == "m" and rel:
        return said.month(rel).replace(day=15 if rel < 0 else 1)
    return date(said.today.year + rel, 1, 1) if unit == "y" and rel > 0 else None


def _weekend(said: Said, rel: int | None = None) -> date:
    saturday = said.monday + timedelta(days=5)
    begun = saturday <= said.today
    if rel is None:
        if said.ahead:
            return saturday + timedelta(weeks=said.today > saturday)
        return saturday if begun else saturday - timedelta(weeks=1)
    if rel == 0:
        return saturday
    return saturday + timedelta(weeks=rel if rel < 0 or begun else rel - 1)


_EDGE_DAYS = {"start": 0, "middle": 2, "end": 4}


def _edge_of_week(said: Said, edge: str, rel: int = 0) -> date | None:
    return _of_week(said, rel, _EDGE_DAYS[edge]) if edge in _EDGE_DAYS else None


def _edge_day(edge: str, first: date) -> date:
    last = monthrange(first.year, first.month)[1]
    return first.replace(day={"start": 1, "middle": 15}.get(edge, last))


def _edge_of_unit(said: Said, edge: str, unit: str, rel: int | None = None) -> date | None:
    if unit == "w":
        return _edge_of_week(said, edge, rel or 0)
    if unit != "m":
        return None
    if rel is not None:
        return _edge_day(edge, said.month(rel))
    return said.nearest([_edge_day(edge, said.month(shift)) for shift in (-1, 0, 1)])


def _edge_of_month(said: Said, edge: str, month: int, year: int | None = None) -> date | None:
    if year:
        return _edge_day(edge, date(year, month, 1))
    return said.nearest([_edge_day(edge, date(y, month, 1)) for y in said.years()])


def _whole_month(said: Said, month: int, year: int | None = None) -> date | None:
    """Return the middle of a month that has been, or the first day of one to come."""
    if (year or said.today.year, month) == (said.today.year, said.today.month):
        return None
    day = 1 if said.ahead else 15
    if year:
        return date(year, month, day)
    return said.nearest([date(y, month, day) for y in said.years()])


def _date_of(said: Said, value: tuple[int | None, int, int]) -> date | None:
    year, month, day = value
    if year is not None:
        return date(year, month, day)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(4, month)[1]:
        raise ValueError
    exist = [date(y, month, day) for y in said.years() if day <= monthrange(y, month)[1]]
    return said.nearest(exist)


def _weekday_and_date(said: Said, number: int, value: tuple[int | None, int, int]) -> date | None:
    day = _date_of(said, value)
    if day is not None and day.weekday() != number:
        raise UnknownDay(
            N_("{day} is a {weekday}. Which of the two is meant?"),
            day=shown_day(day),
            weekday=DorfError(WEEKDAYS[day.weekday()]),
        )
    return day


def _day_of_month(said: Said, number: int, weekday: int | None = None) -> date | None:
    if not 1 <= number <= 31:
        raise ValueError
    months = [said.month(shift) for shift in range(-40, 41)]
    days = [m.replace(day=number) for m in months if number <= monthrange(m.year, m.month)[1]]
    return said.nearest([day for day in days if weekday in {None, day.weekday()}])


def _feast(rule: str, year: int) -> date:
    if "-" in rule[1:] and rule[0].isdigit():
        return date(year, int(rule[:2]), int(rule[3:]))
    if rule[0] == "e":
        from dateutil.easter import easter

        return easter(year) + timedelta(days=int(rule[1:]))
    if rule == "m":
        first = date(year, 5, 1)
        return first + timedelta(days=(6 - first.weekday()) % 7 + 7)
    christmas_eve = date(year, 12, 24)
    fourth = christmas_eve - timedelta(days=(christmas_eve.weekday() + 1) % 7)
    number = int(rule[1:])
    return fourth - timedelta(days=7 * (4 - number) if number > 0 else 21 - number)


def _feast_day(said: Said, rule: str, rel: int | None = None) -> date | None:
    days = [_feast(rule, said.today.year + shift) for shift in (-2, -1, 0, 1, 2)]
    if rel is None:
        return said.nearest(days)
    if rel == 0:
        return _feast(rule, said.today.year)
    if rel < 0:
        return sorted(day for day in days if day <= said.today)[rel]
    return sorted(day for day in days if day >= said.today)[rel - 1]


def _moved(said: Said, start: date, quantity: Quantity, sign: int) -> date | None:
    del said
    return quantity.moved(start, sign)


def _from_weekday(said: Said, number: int, quantity: Quantity, sign: int) -> date | None:
    """Return a weekday so many weeks before the last one, or after the next one."""
    weeks = quantity.weeks
    if weeks is None:
        return None
    toward = Said(said.today, Towards.FUTURE if sign > 0 else Towards.PAST, [])
    same = number == said.today.weekday()
    start = said.today if same else toward.weekday(number)
    return start + timedelta(weeks=sign * weeks)


def _same_weekday(said: Said, offset: int, number: int) -> date | None:
    day = said.today + timedelta(days=offset)
    return day if day.weekday() == number else None


def _bare(said: Said, quantity: Quantity) -> date | None:
    return quantity.moved(said.today, 1 if said.ahead else -1)


def _form(*order: int, **fixed: Any) -> Callable[..., Any]:  # noqa: ANN401  (what a form says)
    """Return a reader of a form: the values of a phrase in the *order* that it takes them."""

    def made(read: Callable[..., date | None]) -> Callable[[Said], date | None]:
        return lambda said: read(said, *(said.values[n] for n in order), **fixed)

    return made


def _day(said: Said, offset: int) -> date:
    return said.today + timedelta(days=offset)


def _day_moved(said: Said, offset: int, quantity: Quantity, sign: int) -> date | None:
    return quantity.moved(_day(said, offset), sign)


FORMS: dict[str, Callable[[Said], date | None]] = {
    "D": _form(0)(_day),
    "DW": _form(0, 1)(_same_weekday),
    "DAQ": _form(0, 2, sign=-1)(_day_moved),
    "QAD": _form(2, 0, sign=-1)(_day_moved),
    "DIQ": _form(0, 2, sign=1)(_day_moved),
    "QID": _form(2, 0, sign=1)(_day_moved),
    "IQD": _form(2, 1, sign=1)(_day_moved),
    "W": _form(0)(Said.weekday),
    "RW": _form(0, 1)(_relative_weekday),
    "WR": _form(1, 0)(_relative_weekday),
    "WRU": _form(0, 1, 2)(_of_unit),
    "RUW": _form(2, 0, 1)(_of_unit),
    "IRUW": _form(3, 1, 2)(_of_unit),
    "WIRU": _form(0, 2, 3)(_of_unit),
    "RU": _form(0, 1)(_whole),
    "IRU": _form(1, 2)(_whole),
    "EU": _form(0, 1)(_edge_of_unit),
    "ERU": _form(0, 2, 1)(_edge_of_unit),
    "E": lambda said: _edge_of_unit(said, "end", "m") if said.values == ["monthend"] else None,
    "EM": _form(0, 1)(_edge_of_month),
    "EMY": _form(0, 1, 2)(_edge_of_month),
    "IM": _form(1)(_whole_month),
    "IMY": _form(1, 2)(_whole_month),
    "K": _form()(_weekend),
    "RK": _form(0)(_weekend),
    "KR": _form(1)(_weekend),
    "WAQ": _form(0, 2, sign=-1)(_from_weekday),
    "AQW": _form(2, 1, sign=-1)(_from_weekday),
    "QAW": _form(2, 0, sign=-1)(_from_weekday),
    "WQA": _form(0, 1, sign=-1)(_from_weekday),
    "WIQ": _form(0, 2, sign=1)(_from_weekday),
    "IQW": _form(2, 1, sign=1)(_from_weekday),
    "QIW": _form(2, 0, sign=1)(_from_weekday),
    "QW": _form(1, 0, sign=1)(_from_weekday),
    "WU": lambda said: (
        said.weekday(said.values[0]) + timedelta(weeks=1)
        if said.ahead and said.values[1] == "w"
        else None
    ),
    "AQ": lambda said: said.values[1].moved(said.today, -1),
    "QA": lambda said: said.values[0].moved(said.today, -1),
    "IQ": lambda said: said.values[1].moved(said.today, 1),
    "Q": _form(0)(_bare),
    "T": _form(0)(_date_of),
    "TRU": lambda said: _date_of_year(said, said.values[0], said.values[1], said.values[2]),
    "RUT": lambda said: _date_of_year(said, said.values[2], said.values[0], said.values[1]),
    "WT": _form(0, 1)(_weekday_and_date),
    "TW": _form(1, 0)(_weekday_and_date),
    "o": _form(0)(_day_of_month),
    "Wo": _form(1, 0)(_day_of_month),
    "WO": _form(1, 0)(_day_of_month),
    "F": _form(0)(_feast_day),
    "RF": _form(1, 0)(_feast_day),
    "FR": _form(0, 1)(_feast_day),
    "FY": lambda said: _feast(said.values[0], said.values[1]),
    "RUF": lambda said: _feast_of_year(said, said.values[2], said.values[0], said.values[1]),
    "FRU": lambda said: _feast_of_year(said, said.values[0], said.values[1], said.values[2]),
}
"""All ways to say a day, by the letters of their items.

D a day by its distance, W a weekday, R which one (last, this, next), U a unit, E beginning, middle
or end, M a month, Y a year, K a weekend, Q a quantity, A ago, I in, T a date, o a day of the
month, F a feast.
"""


def _date_of_year(
    said: Said, value: tuple[int | None, int, int], rel: int, unit: str
) -> date | None:
    year, month, day = value
    return date(said.today.year + rel, month, day) if unit == "y" and year is None else None


def _feast_of_year(said: Said, rule: str, rel: int, unit: str) -> date | None:
    return _feast(rule, said.today.year + rel) if unit == "y" else None
