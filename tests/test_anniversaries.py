"""Days that come back every year: which there are, when, in which words, and how they are noted."""

from __future__ import annotations

import calendar
import json
import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dorf.core.anniversaries import LEAD_DAYS, Occasion, Sort, occasions, parse_ahead
from dorf.core.dates import PartialDate
from dorf.core.village import Contact, Kid, YearlyDay
from dorf.core.vocabulary import Status
from tests.villages import DAY, person, village

if TYPE_CHECKING:
    from tests.conftest import Dorf


def somebody(name: str = "Lena", **fields: Any) -> Contact:
    """Return a contact of whom just *fields* are known."""
    return Contact(name, name, date(2025, 1, 1), **fields)


def days(contact: Contact, today: str, within: int | None = None) -> list[tuple[str, int | None]]:
    """Return the days of one contact and their years."""
    found = occasions([contact], date.fromisoformat(today), within)
    return [(one.on.isoformat(), one.years) for one in found]


# --- on which day -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "today", "expected"),
    [
        ("1957-03-14", "2026-03-02", ("2026-03-14", 69)),
        ("1957-03-02", "2026-03-02", ("2026-03-02", 69)),
        ("1957-03-01", "2026-03-02", ("2027-03-01", 70)),
        ("--03-14", "2026-03-02", ("2026-03-14", None)),
        ("1957-01-01", "2026-12-31", ("2027-01-01", 70)),
        ("1957-12-31", "2027-01-01", ("2027-12-31", 70)),
        ("1957-12-31", "2026-12-31", ("2026-12-31", 69)),
        ("1996-02-29", "2027-01-01", ("2027-02-28", 31)),
        ("1996-02-29", "2027-02-28", ("2027-02-28", 31)),
        ("1996-02-29", "2027-03-01", ("2028-02-29", 32)),
        ("1996-02-29", "2028-02-28", ("2028-02-29", 32)),
        ("1996-02-29", "2028-03-01", ("2029-02-28", 33)),
        ("--02-29", "2027-02-01", ("2027-02-28", None)),
        ("--02-29", "2028-02-01", ("2028-02-29", None)),
        ("2026-03-02", "2026-03-02", ("2027-03-02", 1)),
        ("2026-03-03", "2026-03-02", ("2027-03-03", 1)),
        ("2026-03-01", "2026-03-02", ("2027-03-01", 1)),
        ("2026-03-04", "2026-03-02", None),
        ("2028-01-01", "2026-03-02", None),
        ("1957-03", "2026-03-02", None),
        ("9998-05-01", "9999-12-31", None),
    ],
)
def test_a_day_comes_back_on_its_anniversary(
    born: str, today: str, expected: tuple[str, int] | None
) -> None:
    """Birthdays, those of children, and other days alike; nobody turns zero."""
    when = PartialDate.parse(born)
    wanted = [expected] if expected else []
    assert days(somebody(kids=(Kid("Mats", when),)), today, 366) == wanted
    assert days(somebody(birthday=when), today, 366) == wanted
    if when.day is not None:
        assert days(somebody(yearly_days=(YearlyDay("X", when),)), today, 366) == wanted


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        (None, ["2026-03-02", "2026-03-09"]),
        (0, ["2026-03-02"]),
        (8, ["2026-03-02", "2026-03-09", "2026-03-10"]),
    ],
)
def test_a_day_is_told_by_the_lead_time_of_its_contact(lead: int | None, told: list[str]) -> None:
    """A week unless the contact says otherwise; 0 is on the day itself."""
    several = tuple(YearlyDay(str(d), PartialDate(None, 3, d)) for d in (1, 2, 9, 10, 11))
    contact = somebody(yearly_days=several, lead_days=lead)
    assert [day for day, _ in days(contact, "2026-03-02")] == told
    everything = occasions([contact], DAY, 366)
    assert [one.on.isoformat() for one in everything if one.tells(DAY)] == told
    assert {one.lead for one in everything} == {LEAD_DAYS if lead is None else lead}


@pytest.mark.parametrize(
    ("fields", "there"),
    [
        ({"status": Status.ENDED}, False),
        ({"status": Status.PAUSED}, False),
        ({"status": Status.PAUSED, "paused_until": date(2026, 3, 3)}, False),
        ({"status": Status.PAUSED, "paused_until": date(2026, 3, 2)}, True),
        ({"snoozed_until": date(2026, 4, 1)}, True),
        ({"cadence_days": 0}, True),
        ({"strained": True}, False),
        ({"strained": True, "lead_days": 0}, True),
        ({"died_on": date(2026, 2, 1)}, False),
        ({"until": date(2026, 3, 1)}, False),
        ({"until": date(2026, 3, 2)}, True),
    ],
)
def test_who_rests_or_has_left_has_no_days(fields: dict[str, Any], there: bool) -> None:  # noqa: FBT001
    """Nor has a tie that costs strength, without an own lead time; a snooze is another matter."""
    contact = somebody(birthday=PartialDate(None, 3, 5), **fields)
    assert bool(days(contact, "2026-03-02", 60)) is there


def test_the_next_day_comes_first() -> None:
    """On one day by name, then the contact before the child before the day with a name."""
    fifth = PartialDate(None, 3, 5)
    zoe = somebody("zoe", birthday=PartialDate(None, 3, 4))
    ben = somebody("ben", birthday=fifth)
    ada = somebody(
        "Ada",
        birthday=fifth,
        kids=(Kid("Mats", PartialDate(2020, 3, 5)), Kid("Ida", PartialDate(2020, 3, 5))),
        yearly_days=(YearlyDay("Fest", fifth),),
    )
    found = occasions([ben, ada, zoe], DAY, 60)
    assert [(one.contact.name, one.sort, one.name) for one in found] == [
        ("zoe", Sort.BIRTHDAY, ""),
        ("Ada", Sort.BIRTHDAY, ""),
        ("Ada", Sort.DAY, "Fest"),
        ("Ada", Sort.KID, "Ida"),
        ("Ada", Sort.KID, "Mats"),
        ("ben", Sort.BIRTHDAY, ""),
    ]


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Draw a day with or without its year, 29 February often, or a month with its year."""
    leap = st.just(date(2024, 2, 29))
    one = draw(st.dates(date(2020, 1, 1), date(2030, 12, 31)) | leap)
    year = draw(st.sampled_from([one.year, None]))
    day = one.day if year is None else draw(st.sampled_from([one.day, one.day, None]))
    return PartialDate(year, one.month, day)


@st.composite
def contacts(draw: st.DrawFn) -> list[Contact]:
    """Draw a few contacts with days of all sorts."""
    made = []
    for number in range(draw(st.integers(0, 4))):
        whole = partial_dates().filter(lambda one: one.day is not None)
        kids = draw(st.lists(partial_dates(), max_size=2))
        named = draw(st.lists(whole, max_size=2))
        made.append(
            somebody(
                f"P{number}",
                birthday=draw(st.none() | whole),
                kids=tuple(Kid(f"K{n}", born) for n, born in enumerate(kids)),
                yearly_days=tuple(YearlyDay(f"Y{n}", day) for n, day in enumerate(named)),
                status=draw(st.sampled_from([Status.ACTIVE, Status.ACTIVE, Status.ENDED])),
                lead_days=draw(st.sampled_from([None, 0, 10, 366])),
            )
        )
    return made


def comes_back(day: PartialDate, on: date) -> bool:
    """Tell by the calendar alone whether *day* comes back *on* that date."""
    if day.day is None or (day.year is not None and on.year <= day.year):
        return False
    wanted = f"{day.month:02d}-{day.day:02d}"
    if wanted == "02-29" and not calendar.isleap(on.year):
        wanted = "02-28"
    return datetime(on.year, on.month, on.day).strftime("%m-%d") == wanted  # noqa: DTZ001


def expected(people: list[Contact], today: date, within: int | None) -> set[tuple[Any, ...]]:
    """Return what has to be found, by looking at each day of the calendar in turn."""
    found: set[tuple[Any, ...]] = set()
    for one in people:
        lead = 7 if one.lead_days is None else one.lead_days
        most = lead if within is None else within
        named = [(Sort.DAY, each.name, each.day) for each in one.yearly_days]
        kids = [(Sort.KID, each.name, each.born) for each in one.kids]
        for sort, name, day in ((Sort.BIRTHDAY, "", one.birthday), *kids, *named):
            ahead = (today + timedelta(days=n) for n in range(most + 1))
            on = next((each for each in ahead if day and comes_back(day, each)), None)
            if on and day and one.status is Status.ACTIVE:
                found.add((one.name, sort, name, on, day.year and on.year - day.year))
    return found


@pytest.mark.slow
@settings(max_examples=300)
@given(contacts(), st.dates(date(2023, 1, 1), date(2030, 12, 31)), st.none() | st.integers(0, 366))
@example([somebody(birthday=PartialDate(2026, 3, 2))], DAY, 366)
@example([somebody(birthday=PartialDate(None, 2, 29))], date(2027, 3, 1), 366)
def test_all_days_within_the_time_are_found_and_no_others(
    people: list[Contact], today: date, within: int | None
) -> None:
    """Each is the anniversary, none is missing, each comes once, the next one first."""
    found = occasions(people, today, within)
    as_rows = [(one.contact.name, one.sort, one.name, one.on, one.years) for one in found]
    assert set(as_rows) == expected(people, today, within)
    assert len(set(as_rows)) == len(as_rows)
    assert [one.on for one in found] == sorted(one.on for one in found)
    assert len({one.key for one in found}) == len(found)
    if within is None:
        everything = occasions(people, today, 366)
        assert tuple(one for one in everything if one.tells(today)) == found


def test_a_key_tells_one_year_from_the_next() -> None:
    """It stays the same from day to day until the day has come."""
    lena = somebody(birthday=PartialDate(1957, 3, 14))
    (before,) = occasions([lena], DAY, 60)
    (later,) = occasions([lena], date(2026, 3, 13), 60)
    (after,) = occasions([lena], date(2026, 3, 15), 366)
    assert before.key == later.key == "Lena:birthday::2026-03-14"
    assert after.key == "Lena:birthday::2027-03-14"
    assert before == Occasion(lena, Sort.BIRTHDAY, "", date(2026, 3, 14), 69)


# --- dorf birthdays -----------------------------------------------------------------------------

PEOPLE = (
    person("Oma Gisela", "grandparent", birthday="1957-03-14", phones=["0251 1"], lead_days=14,
           yearly_days=[{"name": "Namenstag", "day": "--03-17"}]),
    person("Jana", "friend", birthday="--03-02",
           kids=[{"name": "Mats", "born": "2021-03-03"}, "2019-03-16", {"name": "Bo"}, "2024-05"],
           yearly_days=[{"name": "Hochzeitstag", "day": "2015-03-09"}]),
    person("Herr Aydin", "neighbour", kids=["2020-03-05"]),
    person("Tom", "friend", status="ended", birthday="1980-03-04"),
    person("Mia", "friend", status="paused", birthday="1980-03-04"),
    person("Bea", "friend", birthday="1996-05-02"),
    person("Kim", "friend", yearly_days=[{"name": "Jubiläum", "day": "2025-03-20"}]),
)  # fmt: skip


@pytest.fixture
def feast(dorf: Dorf) -> Dorf:
    """Return a village with days of all sorts, and a child of the household."""
    dorf.load(village(*PEOPLE, children=[{"name": "Ida", "born": "2020-03-03"}]))
    return dorf


def test_the_days_stand_in_their_order_each_in_words(feast: Dorf) -> None:
    """When, who, and what; sixty days ahead, the last of them included."""
    feast.today = "2026-03-03"
    assert feast("birthdays") == (
        "Birthdays and yearly days · the next 60 days\n"
        "Tue 3 Mar · today        Mats turns 5 (Jana)\n"
        "Thu 5 Mar · in 2 days    a child of Herr Aydin turns 6\n"
        "Mon 9 Mar · in 6 days    Jana – Hochzeitstag (11 years)\n"
        "Sat 14 Mar · in 11 days  Oma Gisela turns 69\n"
        "Mon 16 Mar · in 13 days  a child of Jana turns 7\n"
        "Tue 17 Mar · in 14 days  Oma Gisela – Namenstag\n"
        "Fri 20 Mar · in 17 days  Kim – Jubiläum (1 year)\n"
        "Sat 2 May · in 60 days   Bea turns 30\n"
    )
    feast.today = "2026-03-02"
    assert "Bea" not in feast("birthdays")


def test_the_days_stand_there_in_german(feast: Dorf) -> None:
    """With the short names of the weekdays and the dative of a Herr."""
    feast.lang = "de"
    assert feast("birthdays", "--binnen", "3 Wochen") == (
        "Geburtstage und Jahrestage · die nächsten 21 Tage\n"
        "Mo 2.3. · heute         Jana hat Geburtstag\n"
        "Di 3.3. · morgen        Mats wird 5 (Jana)\n"
        "Do 5.3. · in 3 Tagen    ein Kind von Herrn Aydin wird 6\n"
        "Mo 9.3. · in 7 Tagen    Jana – Hochzeitstag (11 Jahre)\n"
        "Sa 14.3. · in 12 Tagen  Oma Gisela wird 69\n"
        "Mo 16.3. · in 14 Tagen  ein Kind von Jana wird 7\n"
        "Di 17.3. · in 15 Tagen  Oma Gisela – Namenstag\n"
        "Fr 20.3. · in 18 Tagen  Kim – Jubiläum (1 Jahr)\n"
    )


def test_over_a_shoulder_no_name_is_read(feast: Dorf) -> None:
    """Initials, no names of children, and no day that might name somebody."""
    assert feast("birthdays", "--discreet", "--within", "2w") == (
        "Birthdays and yearly days · the next 14 days\n"
        "Mon 2 Mar · today        J has a birthday\n"
        "Tue 3 Mar · tomorrow     a child of J turns 5\n"
        "Thu 5 Mar · in 3 days    a child of HA turns 6\n"
        "Mon 9 Mar · in 7 days    J – a special day (11 years)\n"
        "Sat 14 Mar · in 12 days  OG turns 69\n"
        "Mon 16 Mar · in 14 days  a child of J turns 7\n"
    )


def test_a_year_ahead_names_the_year(feast: Dorf) -> None:
    """And children whose year of birth nobody knows are told without an age."""
    feast.today = "2026-12-30"
    feast.load(village(person("Eva", kids=[{"name": "Nils", "born": "2020-01-02"}]),
                       person("Uli", birthday="--01-01")))  # fmt: skip
    assert feast("birthdays", "--within", "1w") == (
        "Birthdays and yearly days · the next 7 days\n"
        "Fri 1 Jan 2027 · in 2 days  Uli has a birthday\n"
        "Sat 2 Jan 2027 · in 3 days  Nils turns 7 (Eva)\n"
    )


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("within", "remark", "lines"),
    [
        ("0", "today", 1), ("nie", "today", 1), ("1d", "today and tomorrow", 2),
        ("2 Tage", "the next 2 days", 2), ("3d", "the next 3 days", 3),
        ("366 days", "the next 366 days", 9),
    ],
)  # fmt: skip
def test_the_time_ahead_is_chosen(feast: Dorf, within: str, remark: str, lines: int) -> None:
    """Its last day belongs to it."""
    title, *rows = feast("birthdays", "--within", within).splitlines()
    assert title == f"Birthdays and yearly days · {remark}"
    assert len(rows) == lines


@pytest.mark.parametrize(
    ("within", "said"),
    [
        ("60d", "for the next 60 days."), ("0", "for today."), ("1d", "for today or tomorrow."),
    ],
)  # fmt: skip
def test_without_days_there_is_a_hint_how_to_note_one(dorf: Dorf, within: str, said: str) -> None:
    """The line can be typed as it stands, but for the name."""
    dorf("add", "Lena")
    page = dorf("birthdays", "--within", within)
    assert page == (
        f"No birthday and no other yearly day is noted {said}\n"
        "→ One that you know is quick to note: dorf edit NAME --birthday 14.3.\n"
    )
    command = page.split("dorf ")[1].split()
    dorf(*(word if word != "NAME" else "Lena" for word in command))
    assert "Lena has a birthday" in dorf("birthdays")


def test_an_empty_village_says_welcome(dorf: Dorf) -> None:
    """Nobody could be edited there."""
    assert dorf("birthdays") == dorf("status")
    assert dorf.json("birthdays")["days"] == []


@pytest.mark.parametrize("options", [[], ["--discreet"]])
def test_the_document_has_every_day(feast: Dorf, options: list[str]) -> None:
    """Names are reduced when discreet; the keys stay."""
    uids = {one["name"]: one["uid"] for one in json.loads(feast("export"))["contacts"]}
    document = feast.json("birthdays", "--within", "1w", *options)
    assert list(document) == ["dorf", "report", "today", "within_days", "days"]
    assert (document["report"], document["within_days"]) == ("birthdays", 7)
    jana, aydin = ("J", "HA") if options else ("Jana", "Herr Aydin")
    mats, wedding = (None, None) if options else ("Mats", "Hochzeitstag")
    keys = ("name", "uid", "sort", "of", "on", "years", "in_days", "lead_days")
    rows = [
        (jana, uids["Jana"], "birthday", None, "2026-03-02", None, 0, 7),
        (jana, uids["Jana"], "kid", mats, "2026-03-03", 5, 1, 7),
        (aydin, uids["Herr Aydin"], "kid", None, "2026-03-05", 6, 3, 7),
        (jana, uids["Jana"], "day", wedding, "2026-03-09", 11, 7, 7),
    ]
    assert document["days"] == [dict(zip(keys, row, strict=True)) for row in rows]


@pytest.mark.parametrize("lang", ["en", "de"])
def test_the_page_fits_into_sixty_columns(feast: Dorf, lang: str) -> None:
    """Long names break inside their column, and nothing is cut."""
    feast.lang = lang
    feast.environ = {"COLUMNS": "60", "TERM": "xterm-256color", "NO_COLOR": "1"}
    name = "Annegret Konstanze von Hohenstein-Weidenfels"
    feast.load(village(person(name, kids=[{"name": "Maximiliane", "born": "2021-12-30"}])))
    out = re.sub("\x1b\\[[0-9;]*m", "", feast("birthdays", "--within", "366d", tty=True))
    assert max(len(line) for line in out.splitlines()) <= 60
    words = "".join(out.split())
    assert "Maximiliane" in words
    assert "Hohenstein-Weidenfels" in words


# --- what comes soon ----------------------------------------------------------------------------


def soon(dorf: Dorf, *options: str) -> list[str]:
    """Return the lines under "What comes soon"."""
    page = dorf("status", *options)
    return page.partition("What comes soon\n")[2].partition("\n\n")[0].splitlines()


def test_status_tells_a_day_once_its_lead_time_has_begun(feast: Dorf) -> None:
    """Today's first, in the words of ``birthdays``; five of them, unless all are wanted."""
    lines = [
        "· today: Jana has a birthday",
        "· Tue 3 Mar · tomorrow: Mats turns 5 (Jana)",
        "· Thu 5 Mar · in 3 days: a child of Herr Aydin turns 6",
        "· Mon 9 Mar · in 7 days: Jana – Hochzeitstag (11 years)",
        "· Sat 14 Mar · in 12 days: Oma Gisela turns 69",
    ]
    assert soon(feast) == lines
    feast("plan", "kim", "6.3.")
    assert soon(feast) == [
        *lines[:3], "· Kim – meeting on 6 Mar 2026", lines[3], "  and 1 more (--all)",
    ]  # fmt: skip
    assert soon(feast, "--all")[-1] == lines[-1]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("lead", "today", "told"),
    [
        (0, "2026-03-13", False), (0, "2026-03-14", True),
        (3, "2026-03-10", False), (3, "2026-03-11", True),
        (None, "2026-03-06", False), (None, "2026-03-07", True), (None, "2026-03-15", False),
    ],
)  # fmt: skip
def test_status_waits_for_the_lead_time(
    dorf: Dorf,
    lead: int | None,
    today: str,
    told: bool,  # noqa: FBT001
) -> None:
    """A week unless the contact says otherwise."""
    fields: dict[str, Any] = {} if lead is None else {"lead_days": lead}
    dorf.load(village(person("Kim", birthday="1957-03-14", cadence_days=0, **fields)))
    dorf.today = today
    assert ("Kim turns 69" in dorf("status")) is told


def test_status_whispers_over_a_shoulder(feast: Dorf) -> None:
    """Initials, and no names of children or days."""
    assert soon(feast, "--discreet")[:4] == [
        "· today: J has a birthday",
        "· Tue 3 Mar · tomorrow: a child of J turns 5",
        "· Thu 5 Mar · in 3 days: a child of HA turns 6",
        "· Mon 9 Mar · in 7 days: J – a special day (11 years)",
    ]


def test_status_speaks_german(feast: Dorf) -> None:
    """In the words of ``birthdays``, too."""
    feast.lang = "de"
    assert "· heute: Jana hat Geburtstag\n" in feast("status")
    assert "· Do 5.3. · in 3 Tagen: ein Kind von Herrn Aydin wird 6\n" in feast("status")


# --- noting them --------------------------------------------------------------------------------


def stored(dorf: Dorf) -> dict[str, str]:
    """Return the yearly days of Lena that are stored."""
    (lena,) = json.loads(dorf("export"))["contacts"]
    return {one["name"]: one["day"] for one in lena["yearly_days"]}


def test_yearly_days_grow_and_a_name_is_replaced(dorf: Dorf) -> None:
    """The answer shows what is different now; a day cleared and typed anew starts afresh."""
    assert dorf("add", "Lena", "--yearly", "Namenstag:4.12.", "--lead", "2w").startswith("Lena")
    assert dorf("edit", "lena", "--jahrestag", "Hochzeitstag: 12.6.2015") == (
        "Lena · yearly days: Namenstag 4 Dec, Hochzeitstag 12 Jun 2015\n"
    )
    dorf("edit", "lena", "--yearly", "namenstag:5.12.", "--yearly", "Fest:29.2.")
    assert stored(dorf) == {"Hochzeitstag": "2015-06-12", "namenstag": "--12-05", "Fest": "--02-29"}
    dorf("edit", "lena", "--clear", "yearly", "--yearly", "Fest:1.5.")
    assert stored(dorf) == {"Fest": "--05-01"}
    assert dorf("edit", "lena", "--vorlauf", "10 Tage") == "Lena · lead: 10 days before\n"
    assert dorf("edit", "lena", "--clear", "lead") == "Lena · lead: not stated\n"


def test_another_day_of_a_name_that_a_file_brought_twice_stays(dorf: Dorf) -> None:
    """Only the name that is typed is replaced."""
    twice = [{"name": "Fest", "day": "--05-01"}, {"name": "Fest", "day": "--06-01"}]
    dorf.load(village(person("Lena", yearly_days=twice)))
    dorf("edit", "lena", "--yearly", "Namenstag:4.12.")
    (lena,) = json.loads(dorf("export"))["contacts"]
    assert lena["yearly_days"] == [*twice, {"name": "Namenstag", "day": "--12-04"}]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("fields", "label", "told"),
    [
        ({"yearly_days": [{"name": "Fest", "day": "--03-02"}]}, "yearly days",
         "Fest 2 Mar (today)"),
        ({"yearly_days": [{"name": "Fest", "day": "2015-06-12"}, {"name": "X", "day": "--03-03"}]},
         "yearly days", "Fest 12 Jun 2015 (in 102 days, 11 years), X 3 Mar (tomorrow)"),
        ({"yearly_days": [{"name": "Fest", "day": "2025-06-12"}]}, "yearly days",
         "Fest 12 Jun 2025 (in 102 days, 1 year)"),
        ({"yearly_days": [{"name": "Fest", "day": "2015-06-12"}], "status": "ended"},
         "yearly days", "Fest 12 Jun 2015"),
        ({"lead_days": 0}, "lead", "on the day itself"),
        ({"lead_days": 1}, "lead", "1 day before"),
        ({"lead_days": 7}, "lead", "1 week before"),
        ({"lead_days": 14}, "lead", "2 weeks before"),
        ({"lead_days": 366}, "lead", "366 days before"),
    ],
)  # fmt: skip
def test_show_tells_yearly_days_and_the_lead_time(
    dorf: Dorf, fields: dict[str, Any], label: str, told: str
) -> None:
    """How far away a day is, and how many years it will have been; not of those who left."""
    dorf.load(village(person("Kim", "friend", **fields)))
    rows = dict(line.split("  ", 1) for line in dorf("show", "kim").splitlines() if "  " in line)
    assert rows[label].strip() == told


def test_doctor_asks_after_a_day_that_can_hardly_be_right(dorf: Dorf) -> None:
    """A slip of the finger in the year; nothing is refused."""
    dorf("add", "Lena", "--yearly", "Hochzeitstag:12.6.1815", "--yearly", "Fest:1.1.2027")
    notes = [one for one in dorf.json("doctor")["checks"] if one["id"] == "yearly"]
    assert [(one["text"], one["advice"]) for one in notes] == [
        ("“Hochzeitstag” of Lena can hardly be right: 12 Jun 1815.", "dorf show Lena"),
        ("“Fest” of Lena can hardly be right: 1 Jan 2027.", "dorf show Lena"),
    ]


YEARLY_FORMS = (
    "Please type a name, a colon and the day: name day:4.12. · name day:--12-04 · "
    "wedding day:12.6.2015 · wedding day:2015-06-12."
)
SPANS = "Like this: every 2 weeks · once a month · 10d · 3 months · never."


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["Namenstag", "Namenstag:", ":4.12.", " :4.12.", "4.12.", "Namenstag:12.2015", "Namenstag:4.12",
     "Fest:2015-02-29", "Fest:30.2.", "Fest:spring", ""],
)  # fmt: skip
@pytest.mark.parametrize("command", [["add", "Mia"], ["edit", "lena"]])
def test_a_yearly_day_in_another_form_is_refused(dorf: Dorf, command: list[str], text: str) -> None:
    """With the forms that there are; nothing is written."""
    dorf("add", "Lena")
    before = dorf("export")
    said = f"dorf: “{text}” is not a yearly day that dorf understands. {YEARLY_FORMS}\n"
    dorf(*command, "--yearly", text, status=2, stderr=said)
    assert dorf("export") == before


@pytest.mark.parametrize(
    "arguments", [["add", "Lena", "--lead"], ["birthdays", "--within"]], ids=lambda a: a[0]
)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10", f"“10” is not a rhythm or a span that dorf understands. {SPANS}"),
        ("-3d", f"“-3d” is not a rhythm or a span that dorf understands. {SPANS}"),
        ("soon", f"“soon” is not a rhythm or a span that dorf understands. {SPANS}"),
        ("367d", "“367d” is longer than a year. At most 366 days can be looked ahead."),
        ("2y", "“2y” is longer than a year. At most 366 days can be looked ahead."),
    ],
)
def test_a_time_ahead_in_another_form_is_refused(
    dorf: Dorf, arguments: list[str], text: str, said: str
) -> None:
    """A lead time and a look ahead are typed alike; both reach a year at most."""
    dorf(*arguments, text, status=2, stderr=f"dorf: {said}\n")
    assert dorf.path.exists() is False


def test_the_name_of_a_day_is_checked(dorf: Dorf) -> None:
    """As every name is."""
    dorf(
        "add", "Lena", "--yearly", f"{'x' * 201}:4.12.", status=2,
        stderr="dorf: The name of that day does not work: a name can have 200 characters at most, "
        "this one has 201.\n",
    )  # fmt: skip


@pytest.mark.parametrize(("text", "length"), [("0", 0), (" 0 ", 0), ("0d", 0), ("1y", 365)])
def test_a_time_ahead_may_be_nothing(text: str, length: int) -> None:
    """Other spans can't: nobody is in touch every 0 days."""
    assert parse_ahead(text) == length
