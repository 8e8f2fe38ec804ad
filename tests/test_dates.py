"""Days, spans and partial dates: what people type, in both languages, and what it means."""

from __future__ import annotations

from calendar import isleap, monthrange
from contextlib import suppress
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dorf.core.dates import PartialDate, UnknownPartialDate, parse_iso_day
from dorf.core.sayings.days import Towards, UnknownDay, parse_day
from dorf.core.sayings.spans import UnknownSpan, parse_span

if TYPE_CHECKING:
    from tests.conftest import Dorf

MONDAY = "2026-03-02"
NO_DAY = (
    "dorf: “neulich” is not a day that dorf understands. Like this: yesterday · last Friday · "
    "2026-02-26 · 2 weeks ago · at Easter.\n"
)
NO_SPAN = (
    "dorf: “ab und zu” is not a rhythm or a span that dorf understands. Like this: every 2 weeks · "
    "once a month · 10d · 3 months · never.\n"
)
NO_PARTIAL = (
    "dorf: “31.2.” does not tell day and month of a birthday. Like this: 14 October · 14.10. · "
    "14.10.1985.\n"
)

CALENDAR = [
    # text, today, as something past, as a plan
    ("2026-11-22", MONDAY, "2026-11-22", "2026-11-22"),
    ("2024-02-29", MONDAY, "2024-02-29", "2024-02-29"),
    ("22.11.2026", MONDAY, "2026-11-22", "2026-11-22"),
    ("1.3.2026", MONDAY, "2026-03-01", "2026-03-01"),
    ("01.03.2026", MONDAY, "2026-03-01", "2026-03-01"),
    ("29.2.2024", MONDAY, "2024-02-29", "2024-02-29"),
    ("22.11.", MONDAY, "2025-11-22", "2026-11-22"),
    ("22.11.", "2026-11-21", "2025-11-22", "2026-11-22"),
    ("22.11.", "2026-11-22", "2026-11-22", "2026-11-22"),
    ("22.11.", "2026-11-23", "2026-11-22", "2027-11-22"),
    ("31.12.", "2026-01-01", "2025-12-31", "2026-12-31"),
    ("31.12.", "2026-12-31", "2026-12-31", "2026-12-31"),
    ("1.1.", "2026-12-31", "2026-01-01", "2027-01-01"),
    ("01.01.", "2026-01-01", "2026-01-01", "2026-01-01"),
    ("31.3.", "2026-03-30", "2025-03-31", "2026-03-31"),
    ("28.2.", "2024-02-29", "2024-02-28", "2025-02-28"),
    ("29.2.", "2024-02-29", "2024-02-29", "2024-02-29"),
    ("1.6.", "0001-06-01", "0001-06-01", "0001-06-01"),
    ("1.6.", "9999-06-01", "9999-06-01", "9999-06-01"),
]
NEAR = [
    # text, today, whichever way
    ("today", MONDAY, "2026-03-02"),
    ("heute", MONDAY, "2026-03-02"),
    ("HEUTE", "2024-02-29", "2024-02-29"),
    ("yesterday", MONDAY, "2026-03-01"),
    ("gestern", "2026-03-01", "2026-02-28"),
    ("Gestern", "2024-03-01", "2024-02-29"),
    ("gestern", "2027-01-01", "2026-12-31"),
    ("vorgestern", MONDAY, "2026-02-28"),
    ("vorgestern", "2024-03-01", "2024-02-28"),
    ("tomorrow", MONDAY, "2026-03-03"),
    ("morgen", "2024-02-28", "2024-02-29"),
    ("morgen", "2026-02-28", "2026-03-01"),
    ("morgen", "2026-12-31", "2027-01-01"),
    ("übermorgen", "2026-12-31", "2027-01-02"),
    ("Übermorgen", MONDAY, "2026-03-04"),
    ("uebermorgen", MONDAY, "2026-03-04"),
    ("last week", MONDAY, "2026-02-23"),
    ("letzte Woche", "2026-01-03", "2025-12-27"),
    ("  letzte   Woche ", MONDAY, "2026-02-23"),
]
WEEKDAYS = [
    # spellings, the last one before Monday 2026-03-02, the first one after it
    ("monday Monday MONTAG montag", "2026-02-23", "2026-03-09"),
    ("tuesday Dienstag", "2026-02-24", "2026-03-03"),
    ("wednesday Mittwoch", "2026-02-25", "2026-03-04"),
    ("thursday Donnerstag", "2026-02-26", "2026-03-05"),
    ("friday Freitag", "2026-02-27", "2026-03-06"),
    ("saturday Samstag Sonnabend", "2026-02-28", "2026-03-07"),
    ("sunday Sonntag", "2026-03-01", "2026-03-08"),
]
COUNTED = [
    # text, today, whichever way
    ("3d ago", MONDAY, "2026-02-27"),
    ("3 days ago", MONDAY, "2026-02-27"),
    ("1 day ago", MONDAY, "2026-03-01"),
    ("a week ago", MONDAY, "2026-02-23"),
    ("2 weeks ago", MONDAY, "2026-02-16"),
    ("vor 3 Tagen", MONDAY, "2026-02-27"),
    ("vor 1 Tag", "2024-03-01", "2024-02-29"),
    ("vor einer Woche", MONDAY, "2026-02-23"),
    ("vor 2 Wochen", "2026-01-05", "2025-12-22"),
    ("vor 0 Tagen", MONDAY, "2026-03-02"),
    ("in 3 Wochen", MONDAY, "2026-03-23"),
    ("in 3 weeks", MONDAY, "2026-03-23"),
    ("in 3 Tagen", "2026-12-30", "2027-01-02"),
    ("in einem Tag", "2024-02-28", "2024-02-29"),
    ("1m ago", "2026-03-31", "2026-02-28"),
    ("a month ago", "2026-05-31", "2026-04-30"),
    ("vor 1 Monat", "2024-03-31", "2024-02-29"),
    ("vor 2 Monaten", "2026-01-31", "2025-11-30"),
    ("vor 13 Monaten", "2026-03-31", "2025-02-28"),
    ("in 1 Monat", "2026-01-31", "2026-02-28"),
    ("in 2 months", "2026-12-31", "2027-02-28"),
    ("vor einem Jahr", "2024-02-29", "2023-02-28"),
    ("4y ago", "2024-02-29", "2020-02-29"),
    ("in 1 year", "2024-02-29", "2025-02-28"),
    ("in 2 Jahren", MONDAY, "2028-03-02"),
]
BARE = [
    # text, today, as something past, as a plan
    ("3d", MONDAY, "2026-02-27", "2026-03-05"),
    ("2w", MONDAY, "2026-02-16", "2026-03-16"),
    ("2W", MONDAY, "2026-02-16", "2026-03-16"),
    ("2 Wochen", MONDAY, "2026-02-16", "2026-03-16"),
    ("3 days", MONDAY, "2026-02-27", "2026-03-05"),
    ("1m", "2026-03-31", "2026-02-28", "2026-04-30"),
    ("1y", "2024-02-29", "2023-02-28", "2025-02-28"),
    ("0d", MONDAY, "2026-03-02", "2026-03-02"),
]
NOT_A_DAY = [
    # no day at all
    "", "   ", "\n", "\x00", "?", "x", "neulich", "irgendwann", "🎂", "{text}",
    # days that are not on the calendar
    "2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "31.2.", "30.2.2026", "29.2.2025",
    "29.2.1900", "31.4.", "0.5.", "1.13.", "1.0.", "00.00.",
    # numbers in other orders, or only nearly in order
    "13/14/2026", "3/4/2026", "22-11-2026", "2026-11", "22.11.20260", "122.11.", "2026-W10-1",
    "2026-11-22T10:00", "٢٢.١١.٢٠٢٦",
    "22.11.-", "-2026-11-22",
    # counts without a number, a unit or a sense
    "3", "d", "w", "ago", "vor", "in", "vor Tagen", "Tage", "3x", "-3d", "in -3 days",
    "3.5d", "1e3d", "vor 3d ago", "in 3d ago", "vor in 3 Tagen", "3d ago ago",
    "3 4 days", "1000000d", "in 9999999 days", "vor 5000 Jahren", "in 999999 Wochen",
    # weekdays with too little or too much
    "last", "letzten", "last 3d", "letzten heute", "Montag Montag", "last last monday",
    "montags", "heute Dienstag",
    "29.2.", "Mittwoch, 1.3.", "1.3.-3.3.", "Mo oder Di", "vor ein paar Tagen", "abends", "2025",
    "jeden Montag", "nach Ostern", "Julian", "Montagsmaler", "gstren", "Sontag",
]  # fmt: skip


def day_of(text: str, today: str, towards: Towards) -> str:
    """Return what *text* means on *today*, both written as ISO days."""
    return parse_day(text, date.fromisoformat(today), towards).isoformat()


def both_ways(text: str, today: str) -> tuple[str, str]:
    """Return what *text* means for the past and for a plan."""
    return day_of(text, today, Towards.PAST), day_of(text, today, Towards.FUTURE)


@pytest.mark.parametrize(("text", "today", "past", "future"), CALENDAR)
def test_a_calendar_day_is_itself_or_the_nearest_of_its_name(
    text: str, today: str, past: str, future: str
) -> None:
    """Without a year it is the most recent such day, for plans the next; today counts."""
    assert both_ways(text, today) == (past, future)


@pytest.mark.parametrize(("text", "today", "expected"), NEAR)
def test_a_near_day_is_counted_from_today(text: str, today: str, expected: str) -> None:
    """The words mean one day, whichever way one looks, over ends of months and years too."""
    assert both_ways(text, today) == (expected, expected)


@pytest.mark.parametrize(("spellings", "past", "future"), WEEKDAYS)
def test_a_weekday_is_never_today(spellings: str, past: str, future: str) -> None:
    """It is the last such day before today, or the first after it; on a Monday a week away."""
    found = {both_ways(text, MONDAY) for text in spellings.split()}
    assert found == {(past, future)}


@pytest.mark.parametrize(("spellings", "past", "future"), WEEKDAYS)
def test_a_last_weekday_is_past_even_in_a_plan(spellings: str, past: str, future: str) -> None:
    """“Last Tuesday” and “letzten Dienstag” say which way they point."""
    del future
    texts = [f"{last} {day}" for last in ("last", "letzten") for day in spellings.split()]
    assert {both_ways(text, MONDAY) for text in texts} == {(past, past)}


def test_a_weekday_crosses_the_end_of_a_year() -> None:
    """1 January 2026 is a Thursday: its Fridays lie in two years."""
    assert both_ways("Freitag", "2026-01-01") == ("2025-12-26", "2026-01-02")


@pytest.mark.parametrize(("text", "today", "expected"), COUNTED)
def test_a_counted_day_says_which_way_it_points(text: str, today: str, expected: str) -> None:
    """Days and weeks are exact; months and years stop at the end of a shorter month."""
    assert both_ways(text, today) == (expected, expected)


@pytest.mark.parametrize(("text", "today", "past", "future"), BARE)
def test_a_bare_count_points_where_the_question_points(
    text: str, today: str, past: str, future: str
) -> None:
    """“2w” is two weeks back for what has happened, two weeks ahead for a plan."""
    assert both_ways(text, today) == (past, future)


@pytest.mark.few(60)
@pytest.mark.parametrize("text", NOT_A_DAY)
@pytest.mark.parametrize("towards", Towards)
def test_what_is_not_on_the_list_is_refused(text: str, towards: Towards) -> None:
    """Nothing is guessed; the error repeats what was typed."""
    with pytest.raises(UnknownDay) as caught:
        parse_day(text, date(2026, 3, 2), towards)
    assert caught.value.fields.get("text", text) == text


def test_a_refused_day_is_answered_with_the_accepted_forms(dorf: Dorf) -> None:
    """The whole message stands on stderr, with the status of a usage error."""
    dorf("add", "Lena")
    dorf("log", "Lena", "--day", "neulich", status=2, stderr=NO_DAY)


def test_a_future_encounter_is_refused_with_the_command_for_plans(dorf: Dorf) -> None:
    """The day was understood, and is named; today itself is fine."""
    dorf("add", "Lena")
    dorf("log", "Lena", "--day", "heute")
    dorf(
        "log", "Lena", "--day", "morgen", status=2,
        stderr="dorf: 3 Mar 2026 is still to come, and only what has happened can be noted here. "
        "Did you mean “dorf plan”?\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["2026-3-2", "20260302", "2026-W10-1", "2026-02-29", " 2026-03-02", "2.3.2026", "heute"]
)
def test_files_carry_iso_days_only(text: str) -> None:
    """Four, two and two digits of a day on the calendar; anything else is a `ValueError`."""
    assert parse_iso_day("2026-03-02") == date(2026, 3, 2)
    with pytest.raises(ValueError, match=r".+"):
        parse_iso_day(text)


# --- spans ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        ("never, nie, NIE", 0),
        ("1d, 1 day, 1 Tag, daily, täglich", 1),
        ("10d, 10 d, 10 days, 10 Tage, 10 Tagen, 10D", 10),
        ("7d, 1w, 1 week, 1 Woche, weekly, wöchentlich, Weekly", 7),
        ("2w, 14d, 2 weeks, 2 Wochen", 14),
        ("1m, 1 month, 1 Monat, monthly, monatlich, 30d", 30),
        ("3m, 3 months, 3 Monate, 90d", 90),
        ("1y, 1 year, 1 Jahr, yearly, jährlich, 365d", 365),
        ("2y, 2 years, 2 Jahre", 730),
        ("100y, 36500d", 36_500),
    ],
)
def test_a_span_is_a_number_of_days(texts: str, days: int) -> None:
    """A week has 7 days, a month 30, a year 365; “never” is 0."""
    assert {text: parse_span(text) for text in texts.split(",")} == dict.fromkeys(
        texts.split(","), days
    )


@pytest.mark.parametrize(
    "text",
    ["", " ", "d", "10", "10x", "-2w", "+2w", "2.5w", "1,5 Wochen", "2w 3d", "2w3d", "in 2w",
     "2w ago", "zweimal im Monat", "alle paar Wochen", "2-3 Wochen", "biweekly", "101y",
    "36501d", "999999y", "9999999d", "niemals nie", "²w",
     "٣d", "immer", "{text}", "\x00", "w2"],
)  # fmt: skip
def test_what_is_no_span_is_refused(text: str) -> None:
    """Neither a sign nor a sum nor more than a hundred years is a span."""
    with pytest.raises(UnknownSpan) as caught:
        parse_span(text)
    assert caught.value.fields == {"text": text}


def test_a_refused_span_is_answered_with_the_accepted_forms(dorf: Dorf) -> None:
    """The whole message stands on stderr, and nobody was added."""
    dorf("add", "Lena", "--every", "ab und zu", status=2, stderr=NO_SPAN)
    assert dorf.json("list")["contacts"] == []


# --- partial dates -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("--02-29", PartialDate(None, 2, 29)),
        ("29.2.", PartialDate(None, 2, 29)),
        ("29.02.", PartialDate(None, 2, 29)),
        ("1.12.", PartialDate(None, 12, 1)),
        ("12.2021", PartialDate(2021, 12)),
        ("2.2021", PartialDate(2021, 2)),
        ("2021-12", PartialDate(2021, 12)),
        ("0001-01", PartialDate(1, 1)),
        ("9999-12-31", PartialDate(9999, 12, 31)),
        ("28.2.1985", PartialDate(1985, 2, 28)),
        ("1985-02-28", PartialDate(1985, 2, 28)),
        ("29.2.1984", PartialDate(1984, 2, 29)),
        (" 28.2.1985 ", PartialDate(1985, 2, 28)),
    ],
)
def test_a_partial_date_keeps_what_is_known(text: str, expected: PartialDate) -> None:
    """A birthday may lack its year, a birth month its day; neither is invented."""
    assert PartialDate.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "1985", "2.", "12", "--02", "--13-01", "--00-01", "--02-30", "30.2.", "31.2.", "29.2.1985",
     "1985-02-29", "1985-2-28", "13.2021", "0.2021", "2021-00", "2021-12-00", "0.2.1985",
     "0000-05", "5.0000", "28.2.85", "28/2/1985", "28.2", "-02-28", "---02-28", "Februar",
     "28. Februar", "2021-12-05-01", "2021.12", "{text}", "\x00"],
)  # fmt: skip
def test_what_is_no_partial_date_is_refused(text: str) -> None:
    """A month alone is nothing, and 29 February needs a leap year or none."""
    with pytest.raises(UnknownPartialDate) as caught:
        PartialDate.parse(text)
    assert caught.value.fields == {"text": text}


def test_a_refused_birthday_is_answered_with_the_accepted_forms(dorf: Dorf) -> None:
    """The whole message stands on stderr, and nobody was added."""
    dorf("add", "Lena", "--birthday", "31.2.", status=2, stderr=NO_PARTIAL)
    assert dorf.json("list")["contacts"] == []


@pytest.mark.parametrize(
    ("born", "today", "months"),
    [
        ("2025-08", MONDAY, 7),
        ("2026-03", MONDAY, 0),
        ("2026-03-31", MONDAY, -1),
        ("2026-04", MONDAY, -1),
        ("2026-02-28", MONDAY, 0),
        ("2021-10", MONDAY, 53),
        ("2014-03", MONDAY, 144),
        ("2025-12-31", "2026-01-01", 0),
        ("2025-12", "2026-11-30", 11),
        ("2024-02-29", "2025-02-28", 11),
        ("--02-28", MONDAY, None),
    ],
)
def test_an_age_is_counted_in_whole_months(born: str, today: str, months: int | None) -> None:
    """Whole months, to the day where it is known; negative before birth, unknown without a year."""
    assert PartialDate.parse(born).age_in_months(date.fromisoformat(today)) == months


@pytest.mark.parametrize(
    ("born", "today", "expected"),
    [
        ("--03-02", MONDAY, "2026-03-02"),
        ("--03-03", MONDAY, "2026-03-03"),
        ("--03-01", MONDAY, "2027-03-01"),
        ("1957-03-02", MONDAY, "2026-03-02"),
        ("--12-31", "2026-12-31", "2026-12-31"),
        ("--01-01", "2026-12-31", "2027-01-01"),
        ("--02-29", "2026-02-27", "2026-02-28"),
        ("--02-29", "2026-02-28", "2026-02-28"),
        ("--02-29", "2026-03-01", "2027-02-28"),
        ("1984-02-29", "2027-03-01", "2028-02-29"),
        ("1984-02-29", "2028-02-28", "2028-02-29"),
        ("1984-02-29", "2028-02-29", "2028-02-29"),
        ("1984-02-29", "2028-03-01", "2029-02-28"),
        ("--02-29", "2100-01-01", "2100-02-28"),
        ("--02-28", "2028-02-29", "2029-02-28"),
        ("2021-12", MONDAY, None),
        ("--01-01", "9999-12-31", None),
        ("--12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_the_next_anniversary_counts_today(born: str, today: str, expected: str | None) -> None:
    """29 February falls on the 28th where there is none; without a day there is no such day."""
    found = PartialDate.parse(born).next_anniversary(date.fromisoformat(today))
    assert (found and found.isoformat()) == expected


# --- properties ----------------------------------------------------------------------------

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
WAYS = st.sampled_from(Towards)
GRAMMAR = [
    "vor", "in", "ago", "last", "letzten", "week", "woche", "monday", "dienstag", "heute", "d", "w",
    "m", "y", "tagen", "jahren", "a", "einem", "3", "0", "29", "2", "2026", "999999", "9999999",
    "29.2.", "31.2.", "22.11.", "2026-02-29", "--02-29", ".", "-", "\x00", "ß", "²", "\u0661",
]  # fmt: skip
PHRASES = st.one_of(
    st.text(),
    st.lists(st.sampled_from(GRAMMAR), max_size=5).map(" ".join),
    st.lists(st.sampled_from(GRAMMAR), max_size=5).map("".join),
)


@given(st.dates(), DAYS, WAYS)
def test_a_full_date_means_itself_on_every_day(day: date, today: date, towards: Towards) -> None:
    """ISO and German notation are read back as the day that was written."""
    german = f"{day.day}.{day.month}.{day.year:04d}"
    assert {parse_day(text, today, towards) for text in (day.isoformat(), german)} == {day}


@given(st.integers(0, 9999), DAYS, WAYS)
def test_days_and_weeks_are_counted_exactly(count: int, today: date, towards: Towards) -> None:
    """“N d ago” lies N days back, “in N Wochen” seven times N ahead, on every day."""
    assert (
        parse_day(f"{count}d ago", today, towards),
        parse_day(f"vor {count} Tagen", today, towards),
        parse_day(f"in {count} Wochen", today, towards),
    ) == (
        today - timedelta(days=count),
        today - timedelta(days=count),
        today + timedelta(days=7 * count),
    )


def months_later(anchor: date, months: int) -> date:
    """Return the same day *months* later, or the last of a month that is too short."""
    year, month = divmod(12 * anchor.year + anchor.month - 1 + months, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


@given(st.integers(0, 1200), DAYS)
def test_months_and_years_are_counted_from_the_anchor(count: int, today: date) -> None:
    """Twelve months are a year, and only the last step may be cut short."""
    assert (
        parse_day(f"vor {count} Monaten", today),
        parse_day(f"in {count} months", today),
        parse_day(f"{count}y ago", today),
    ) == (
        months_later(today, -count),
        months_later(today, count),
        months_later(today, -12 * count),
    )


@given(DAYS, DAYS, WAYS)
def test_a_day_without_a_year_is_the_nearest_one(day: date, today: date, towards: Towards) -> None:
    """It has that day and month, and no such day lies between it and today."""
    assume((day.day, day.month) != (29, 2))  # refused where none is near
    found = parse_day(f"{day.day}.{day.month}.", today, towards)
    low, high = sorted((found, today))
    assert (found.day, found.month) == (day.day, day.month)
    assert (found <= today) if towards is Towards.PAST else (found >= today)
    between = (low + timedelta(days=n) for n in range(1, (high - low).days))
    assert not [one for one in between if (one.day, one.month) == (day.day, day.month)]


@given(DAYS, st.sampled_from(["monday", "Mittwoch", "Sonntag"]))
def test_a_weekday_is_one_to_seven_days_away(today: date, text: str) -> None:
    """Past and plan are the two such days around today, and today is between them."""
    number = {"monday": 0, "Mittwoch": 2, "Sonntag": 6}[text]
    past, future = (parse_day(text, today, towards) for towards in Towards)
    assert (past.weekday(), future.weekday()) == (number, number)
    assert 1 <= (today - past).days <= 7
    assert 1 <= (future - today).days <= 7


@pytest.mark.slow
@settings(max_examples=250)
@given(PHRASES, st.dates(), WAYS)
def test_no_text_breaks_the_reading_of_days(text: str, today: date, towards: Towards) -> None:
    """Any text is a day or an `UnknownDay`, at both ends of the calendar too."""
    with suppress(UnknownDay):
        assert isinstance(parse_day(text, today, towards), date)


@given(PHRASES)
def test_no_text_breaks_the_reading_of_spans_and_partial_dates(text: str) -> None:
    """Any text is a span of 0 to 36,500 days or an `UnknownSpan`; partial dates likewise."""
    with suppress(UnknownSpan):
        assert 0 <= parse_span(text) <= 36_500
    with suppress(UnknownPartialDate):
        partial = PartialDate.parse(text)
        assert PartialDate.parse(str(partial)) == partial


@given(day=st.dates(), with_year=st.booleans(), with_day=st.booleans())
def test_a_partial_date_is_read_back_as_it_was_written(
    day: date, *, with_year: bool, with_day: bool
) -> None:
    """The form that files carry loses nothing, whichever part is missing."""
    year = day.year if with_year or not with_day else None
    partial = PartialDate(year, day.month, day.day if with_day else None)
    assert PartialDate.parse(str(partial)) == partial


@given(st.dates(), st.dates(max_value=date(MAXYEAR - 1, 12, 31)))
def test_an_anniversary_is_less_than_a_year_away(born: date, today: date) -> None:
    """It lies on or after today, within 366 days, and on the day of birth or 28 February."""
    found = PartialDate(None, born.month, born.day).next_anniversary(today)
    assert found is not None
    assert 0 <= (found - today).days < 366
    leaping = (born.month, born.day) == (2, 29) and not isleap(found.year)
    assert (found.month, found.day) == ((2, 28) if leaping else (born.month, born.day))
