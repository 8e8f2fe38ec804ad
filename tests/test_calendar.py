"""The calendar: read back by other programs, whole days, nothing twice, nobody named unasked."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import recurring_ical_events  # type: ignore[import-untyped]  # it has no types
from hypothesis import example, given, settings
from icalendar import Calendar

from dorf.core.assessment import assess
from dorf.core.calendar import HIGHEST, Event, Published, settle
from dorf.formats import calendar
from dorf.i18n import Language
from dorf.report.calendar import calendar_events
from dorf.report.words import Words
from tests.conftest import TODAY, Dorf
from tests.test_properties import villages
from tests.villages import DAY, RICH, ago, person, read, village

if TYPE_CHECKING:
    from tests.villages import Document

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CONFIRMED, CANCELLED = "CONFIRMED", "CANCELLED"
OMA = person(
    "Oma Gisela",
    "grandparent",
    uid="oma",
    last_contact=ago(6),
    phones=["0171 555-0178"],
    birthday="1944-02-29",
)


def ics(dorf: Dorf, *options: str) -> str:
    """Return the calendar that an export writes to standard output."""
    return dorf("export", "--format", "ics", *options)


def entries(text: str) -> dict[str, Any]:
    """Return the entries of a calendar by uid, without “@dorf”; no uid stands twice."""
    found = Calendar.from_ical(text).walk("VEVENT")
    by_uid = {str(one["UID"]).removesuffix("@dorf"): one for one in found}
    assert len(by_uid) == len(found)
    return by_uid


def days(text: str) -> dict[str, date]:
    """Return the first day of each entry that holds."""
    return {
        uid: one["DTSTART"].dt for uid, one in entries(text).items() if one["STATUS"] == CONFIRMED
    }


def summaries(text: str) -> dict[str, str]:
    """Return what each entry is called."""
    return {uid: str(one["SUMMARY"]) for uid, one in entries(text).items()}


def alarm(entry: Any) -> timedelta:
    """Return when an entry rings, counted from the beginning of its day."""
    (one,) = entry.walk("VALARM")
    assert (one["ACTION"], one["DESCRIPTION"]) == ("DISPLAY", entry["SUMMARY"])
    when: timedelta = one["TRIGGER"].dt
    return when


def falls(text: str, uid: str, *years: int) -> list[date]:
    """Return on which days an entry falls in some years, as another program expands it."""
    return [
        one["DTSTART"].dt
        for year in years
        for one in recurring_ical_events.of(Calendar.from_ical(text)).at(year)
        if one["UID"] == f"{uid}@dorf"
    ]


def only(**fields: Any) -> Document:
    """Return a village of one friend, who is called Lena."""
    return village(person("Lena", "friend", uid="lena", **fields))


# --- the whole text -----------------------------------------------------------------------------


def test_a_calendar_as_a_whole(dorf: Dorf) -> None:
    """A private whole day that blocks no time, with its alarm; lines end in CRLF."""
    dorf.load(village(OMA | {"birthday": None}))
    assert ics(dorf).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//dorf//dorf-cli//EN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Your village",
        "BEGIN:VEVENT",
        "SUMMARY:A hello to Oma Gisela",
        "DTSTART;VALUE=DATE:20260310",
        "DTEND;VALUE=DATE:20260311",
        "DTSTAMP:20260302T120000Z",
        "UID:due-oma@dorf",
        "SEQUENCE:5227200",
        "CLASS:PRIVATE",
        "DESCRIPTION:Phone: 0171 555-0178",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:A hello to Oma Gisela",
        "TRIGGER:PT9H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


# --- which days ---------------------------------------------------------------------------------

SOON = ago(-24)
"""When somebody who was met six days ago, and is met every 30, is due."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({}, SOON),
        ({"last_contact": ago(90)}, TODAY),
        ({"last_contact": ago(90), "snoozed_until": ago(-9)}, ago(-9)),
        ({"snoozed_until": ago(-9)}, SOON),
        ({"last_contact": ago(90), "snoozed_until": ago(9)}, TODAY),
        ({"last_contact": None, "added_on": ago(2)}, None),
        ({"last_contact": None, "added_on": ago(2), "cadence_days": 14}, ago(-12)),
        ({"until": ago(1)}, None),
        ({"cadence_days": 0}, None),
        ({"where": "household"}, None),
        ({"status": "ended"}, None),
        ({"status": "paused"}, None),
        ({"status": "paused", "paused_until": ago(1)}, ago(-29)),
        ({"planned_on": ago(-5)}, None),
        ({"planned_on": ago(5)}, SOON),
    ],
)
def test_the_day_of_the_next_hello(dorf: Dorf, fields: Document, day: str | None) -> None:
    """The due day, today if that is past, and none where no reminder comes."""
    dorf.load(only(**({"last_contact": ago(6)} | fields)))
    due = days(ics(dorf)).get("due-lena")
    assert due == (day and date.fromisoformat(day))


def test_a_strained_tie_is_no_invitation(dorf: Dorf) -> None:
    """It has a day with an own rhythm only, which says that time has passed, and no number."""
    dorf.load(only(strained=True, phones=["1"], birthday="--12-04"))
    assert entries(ics(dorf)) == {}
    dorf("edit", "Lena", "--every", "30d")
    (entry,) = entries(ics(dorf)).values()
    assert entry["SUMMARY"] == "Lena: some time has passed"
    assert "DESCRIPTION" not in entry


@pytest.mark.parametrize(
    ("role", "title"),
    [
        ("partner", "Lena: time for the two of you"),
        ("babysitter", "Lena: book again some time"),
        ("friend", "A hello to Lena"),
    ],
)
def test_a_title_fits_whom_it_is_about(dorf: Dorf, role: str, title: str) -> None:
    """Nobody says hello to the partner, and a sitter is booked."""
    dorf.load(only(roles=[role], cadence_days=30))
    assert [*summaries(ics(dorf)).values()] == [title]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, True),
        ({"planned_on": TODAY}, True),
        ({"cadence_days": 0}, True),
        ({"strained": True}, True),
        ({"planned_on": ago(1)}, False),
        ({"status": "ended"}, False),
        ({"status": "paused"}, False),
    ],
)
def test_a_meeting_rings_the_evening_before(dorf: Dorf, fields: Document, *, told: bool) -> None:
    """With what was noted for it, and the number in case something comes up."""
    fields = {"planned_on": ago(-5), "phones": ["1", "2"], "planned_note": "Tee\nund Zeit"} | fields
    dorf.load(only(**fields))
    found = entries(ics(dorf))
    plan = found.get(f"plan-lena-{fields['planned_on']}")
    assert (plan is not None) == told
    if plan is not None:
        assert plan["SUMMARY"] == "Meeting with Lena"
        assert plan["DESCRIPTION"] == "Tee\nund Zeit\nPhone: 1, 2"
        assert plan["DTSTART"].dt.isoformat() == fields["planned_on"]
        assert alarm(plan) == timedelta(hours=-6)


@pytest.mark.parametrize(("typed", "interval"), [("Wednesday", 1), ("2w Wednesday", 2)])
def test_a_standing_date_comes_back(dorf: Dorf, typed: str, interval: int) -> None:
    """One entry that repeats, the same from day to day, until it ends; then it is cancelled."""
    dorf.load(only(phones=["1"]))
    dorf("plan", "lena", "--every", typed, "--note", "Tee")
    uid = "standing-lena"
    first = entries(ics(dorf))[uid]
    rule = {"FREQ": ["WEEKLY"], "INTERVAL": [interval]}
    assert (first["SUMMARY"], dict(first["RRULE"])) == ("Meeting with Lena", rule)
    assert first["DTSTART"].dt.isoformat() == "2026-03-04"
    dorf.today = "2026-04-15"
    assert entries(ics(dorf))[uid]["SEQUENCE"] == first["SEQUENCE"]
    dorf("log", "lena")
    later = entries(ics(dorf))[uid]
    assert later["DTSTART"].dt.isoformat() == ago(-44 - 7 * interval)
    dorf("plan", "lena", "--cancel")
    assert entries(ics(dorf))[uid]["STATUS"] == "CANCELLED"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("born", "first", "falling"),
    [
        ("1944-02-29", "1944-02-29", ["2026-02-28", "2027-02-28", "2028-02-29"]),
        ("--02-29", "2026-02-28", ["2026-02-28", "2027-02-28", "2028-02-29"]),
        ("1945-02-28", "1945-02-28", ["2026-02-28", "2027-02-28", "2028-02-28"]),
        ("--02-28", "2026-02-28", ["2026-02-28", "2027-02-28", "2028-02-28"]),
        ("--12-31", "2026-12-31", ["2026-12-31", "2027-12-31", "2028-12-31"]),
        ("1957-03-14", "1957-03-14", ["2026-03-14", "2027-03-14", "2028-03-14"]),
        ("2027-05-01", "2028-05-01", ["2028-05-01"]),
    ],
)
def test_a_yearly_day_falls_where_it_should(
    dorf: Dorf, born: str, first: str, falling: list[str]
) -> None:
    """29 February falls on 28 February in other years; a birth to come is no birthday yet."""
    dorf.load(only(birthday=born, yearly_days=[{"name": "Hochzeitstag", "day": born}]))
    text = ics(dorf)
    for uid in ("birthday-lena", f"day-lena-{born[-5:].replace('-', '')}"):
        assert days(text)[uid].isoformat() == first
        found = [day.isoformat() for day in falls(text, uid, 2026, 2027, 2028)]
        assert found == falling


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("lead", "when"),
    [
        (None, timedelta(days=-6, hours=-15)),
        (0, timedelta(hours=9)),
        (1, timedelta(hours=-15)),
        (14, timedelta(days=-13, hours=-15)),
    ],
)
def test_a_yearly_day_rings_ahead(dorf: Dorf, lead: int | None, when: timedelta) -> None:
    """At nine in the morning, as many days before as the contact wants, else seven."""
    dorf.load(only(birthday="--12-04", lead_days=lead))
    assert alarm(entries(ics(dorf))["birthday-lena"]) == when


def test_what_yearly_days_are_called(dorf: Dorf) -> None:
    """The year stands beside, since no age can stand in what comes back; twins are two."""
    kids = [
        {"name": "Mats", "born": "2021-12-05"},
        "2021-12-05",
        {"name": "Ole"},
        {"name": "Pia", "born": "2019-01"},
    ]
    named = [{"name": "Namenstag", "day": "--12-04"}, {"name": "Einzug", "day": "2012-12-05"}]
    dorf.load(only(birthday="1985-07-01", kids=kids, yearly_days=named, cadence_days=0))
    found = entries(ics(dorf))
    assert {uid: (str(one["SUMMARY"]), one.get("DESCRIPTION")) for uid, one in found.items()} == {
        "birthday-lena": ("Birthday: Lena", "Born in 1985"),
        "kid-lena-1205": ("Birthday: Mats (child of Lena)", "Born in 2021"),
        "kid-lena-1205-2": ("Birthday: a child of Lena", "Born in 2021"),
        "day-lena-1204": ("Namenstag: Lena", None),
        "day-lena-1205": ("Einzug: Lena", "Since 2012"),
    }


@pytest.mark.parametrize("status", ["ended", "paused"])
def test_whoever_rests_or_left_has_no_days(dorf: Dorf, status: str) -> None:
    """Neither birthdays nor those of children, nor days that were named."""
    days_of = [{"name": "Namenstag", "day": "--12-04"}]
    dorf.load(only(status=status, birthday="--12-04", kids=["2021-12-05"], yearly_days=days_of))
    assert entries(ics(dorf)) == {}


def test_german_entries(german: Dorf) -> None:
    """… with the case that “mit” and “bei” ask for."""
    aydin = {
        "uid": "a",
        "phones": ["1"],
        "birthday": "1985-07-01",
        "kids": [{"name": "Can", "born": "2021-12-05"}, "2020-02-29"],
        "yearly_days": [{"name": "Einzug", "day": "2012-12-05"}],
    }
    ines = person("Ines", uid="i", strained=True, cadence_days=30)
    german.load(
        village(
            person("Herr Aydin", "neighbour", **aydin), ines, only(planned_on=SOON)["contacts"][0]
        )
    )
    text = ics(german)
    assert summaries(text) == {
        "due-a": "Mal wieder melden bei Herrn Aydin",
        "birthday-a": "Geburtstag: Herr Aydin",
        "kid-a-1205": "Geburtstag: Can (Kind von Herrn Aydin)",
        "kid-a-0229": "Geburtstag: ein Kind von Herrn Aydin",
        "day-a-1205": "Einzug: Herr Aydin",
        "due-i": "Ines: etwas Zeit ist vergangen",
        f"plan-lena-{SOON}": "Verabredet mit Lena",
    }
    found = entries(text)
    assert found["birthday-a"]["DESCRIPTION"] == "Geburtsjahr: 1985\nTelefon: 1"
    assert found["day-a-1205"]["DESCRIPTION"] == "Seit 2012\nTelefon: 1"
    german("delete", "ines", "--yes")
    assert summaries(ics(german))["due-i"] == "Entfällt"


# --- days, not moments --------------------------------------------------------------------------


def test_days_are_the_same_wherever_one_is(dorf: Dorf, monkeypatch: pytest.MonkeyPatch) -> None:
    """No value is a moment but the stamp, and none depends on the zone of the machine."""
    dorf.load(village(OMA | {"planned_on": ago(-5)}))
    texts = set()
    for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles"):
        with monkeypatch.context() as patched:
            patched.setenv("TZ", zone)
            time.tzset()
            texts.add(ics(dorf))
            assert falls(ics(dorf), "birthday-oma", 2028) == [date(2028, 2, 29)]
    time.tzset()
    (text,) = texts
    assert ("TZID" in text, "VTIMEZONE" in text) == (False, False)
    for one in entries(text).values():
        for key in ("DTSTART", "DTEND"):
            assert type(one[key].dt) is date
            assert one[key].params["VALUE"] == "DATE"
        assert one["DTEND"].dt - one["DTSTART"].dt == timedelta(days=1)


def test_the_last_day_of_the_calendar_has_no_next(dorf: Dorf) -> None:
    """It is written without an end, which is a whole day as well."""
    dorf.load(only(planned_on="9999-12-31", cadence_days=0))
    assert days(ics(dorf)) == {"plan-lena-9999-12-31": date.max}


# --- nothing twice ------------------------------------------------------------------------------


class Reader:
    """A calendar program: it keeps the newest of each uid that it was ever given."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.known: dict[str, Any] = {}

    def take(self, text: str) -> None:
        """Import a calendar; what is not newer by its sequence must say the same."""
        for uid, new in entries(text).items():
            old = self.known.get(uid)
            if old is None or new["SEQUENCE"] > old["SEQUENCE"]:
                self.known[uid] = new
            else:
                assert new["SEQUENCE"] == old["SEQUENCE"]
                same = ("SUMMARY", "DTSTART", "DESCRIPTION", "STATUS", "RRULE")
                assert [new.get(key) for key in same] == [old.get(key) for key in same]

    def shown(self) -> dict[str, str]:
        """Return what stands in the calendar: what it is called, by uid."""
        return {u: str(e["SUMMARY"]) for u, e in self.known.items() if e["STATUS"] == CONFIRMED}


DUE, BIRTHDAY = "A hello to Oma Gisela", "Birthday: Oma Gisela"
BOTH = {"due-oma": DUE, "birthday-oma": BIRTHDAY}


def test_an_export_without_changes_is_the_same(dorf: Dorf) -> None:
    """A day later, only the stamp is new."""
    dorf.load(village(OMA))
    first = ics(dorf)
    assert ics(dorf) == first
    dorf.today = ago(-1)
    assert ics(dorf) == first.replace("20260302T120000Z", "20260303T120000Z")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["delete", "oma", "--yes"], {}),
        (["end", "oma"], {}),
        (["pause", "oma"], {}),
        (["edit", "oma", "--every", "never"], {"birthday-oma": BIRTHDAY}),
        (["rename", "oma", "Omi"],
         {"due-oma": "A hello to Omi", "birthday-oma": "Birthday: Omi"}),
        (["plan", "oma", "7.3."],
         {"plan-oma-2026-03-07": "Meeting with Oma Gisela", "birthday-oma": BIRTHDAY}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("later", [0, 1])
def test_a_second_calendar_updates_the_first(
    dorf: Dorf, command: list[str], shown: dict[str, str], later: int
) -> None:
    """Also within the same second; and so does the calendar after that was taken back."""
    dorf.load(village(OMA))
    reader = Reader()
    reader.take(ics(dorf))
    assert reader.shown() == BOTH
    dorf.today = ago(-later)
    dorf(*command)
    reader.take(ics(dorf))
    assert reader.shown() == shown
    reader.take(ics(dorf))
    assert reader.shown() == shown
    dorf("undo")
    reader.take(ics(dorf))
    assert reader.shown() == BOTH


def test_being_in_touch_moves_the_day(dorf: Dorf) -> None:
    """The contact itself did not change, and still the sequence grows."""
    dorf.load(village(OMA))
    reader = Reader()
    for command, day in ((["list"], ago(-8)), (["log", "oma"], ago(-14)), (["undo"], ago(-8))):
        dorf(*command)
        reader.take(ics(dorf))
        assert reader.known["due-oma"]["DTSTART"].dt.isoformat() == day


def test_a_discreet_calendar_replaces_the_open_one(dorf: Dorf) -> None:
    """… and the other way round."""
    dorf.load(village(OMA))
    reader = Reader()
    for options, name in (([], "Oma Gisela"), (["--discreet"], "OG"), ([], "Oma Gisela")):
        reader.take(ics(dorf, *options))
        assert set(reader.shown().values()) == {f"A hello to {name}", f"Birthday: {name}"}


def test_what_went_is_cancelled_for_a_while(dorf: Dorf) -> None:
    """For 90 days, under one sequence and without a name; then nothing is left of it."""
    dorf.load(village(OMA))
    before = entries(ics(dorf))
    dorf("delete", "oma", "--yes")
    text = ics(dorf)
    for uid, one in entries(text).items():
        assert (one["STATUS"], one["SUMMARY"]) == (CANCELLED, "Cancelled")
        assert one["SEQUENCE"] > before[uid]["SEQUENCE"]
        assert one["DTSTART"].dt == before[uid]["DTSTART"].dt
        assert not {"RRULE", "DESCRIPTION"} & set(one)
        assert not one.walk("VALARM")
    assert set(entries(text)) == set(BOTH)
    dorf.today = ago(-89)
    assert ics(dorf) == text.replace("20260302T120000Z", "20260530T120000Z")
    dorf.today = ago(-90)
    assert entries(ics(dorf)) == {}
    assert memory(dorf) == []


def test_a_meeting_that_is_over_stays_in_the_calendar(dorf: Dorf) -> None:
    """One that was moved or called off does not."""
    dorf.load(village(OMA | {"birthday": None}))
    reader = Reader()
    for command in (["plan", "oma", "4.3."], ["plan", "oma", "5.3."], ["list"]):
        dorf(*command)
        reader.take(ics(dorf))
    assert list(reader.shown()) == ["plan-oma-2026-03-05"]
    dorf.today = "2026-03-06"
    dorf("log", "oma", "--yesterday")
    reader.take(ics(dorf))
    assert set(reader.shown()) == {"due-oma", "plan-oma-2026-03-05"}


def test_a_lost_memory_does_not_turn_time_back(dorf: Dorf) -> None:
    """From a backup or on another machine, what is written later is newer."""
    dorf.load(village(OMA))
    reader = Reader()
    reader.take(ics(dorf))
    with closing(sqlite3.connect(dorf.path)) as connection, connection:
        connection.execute("DELETE FROM published")
    dorf.today = ago(-1)
    dorf("rename", "oma", "Omi")
    reader.take(ics(dorf))
    assert set(reader.shown().values()) == {"A hello to Omi", "Birthday: Omi"}


@pytest.mark.parametrize(
    ("now", "old", "sequence"),
    [
        (datetime(1999, 1, 1, tzinfo=UTC), None, 0),
        (datetime(1999, 1, 1, tzinfo=UTC), 7, 8),
        (datetime(2026, 1, 1, 0, 0, 9, tzinfo=UTC), 7, 9),
        (datetime(2999, 1, 1, tzinfo=UTC), 7, HIGHEST),
        (datetime(2999, 1, 1, tzinfo=UTC), HIGHEST, HIGHEST),
    ],
)
def test_a_sequence_grows_whatever_the_clock_says(
    now: datetime, old: int | None, sequence: int
) -> None:
    """It stays within what every calendar can read."""
    before = {} if old is None else {"x": Published("x", DAY, old, "other")}
    edition = settle([Event("x", DAY, "Anna")], before, DAY, now)
    assert [number for _, number in edition.events] == [sequence]


# --- what is remembered -------------------------------------------------------------------------


def memory(dorf: Dorf) -> list[Any]:
    """Return what the file remembers of calendars."""
    with closing(sqlite3.connect(dorf.path)) as connection:
        return connection.execute("SELECT * FROM published").fetchall()


def test_no_word_is_remembered(dorf: Dorf) -> None:
    """Only uids, days, numbers and a fingerprint of 64 bits."""
    dorf.load(village(OMA | {"birthday": None}))
    ics(dorf)
    ((uid, day, sequence, digest, cancelled_on),) = memory(dorf)
    assert (uid, day, sequence, cancelled_on) == ("due-oma@dorf", ago(-8), 5227200, None)
    assert (len(digest), int(digest, 16) > 0) == (16, True)


def test_a_calendar_is_no_step_for_undo(dorf: Dorf) -> None:
    """What was taken back can still be brought back after it."""
    dorf.load(village(OMA))
    dorf("rename", "oma", "Omi")
    dorf("undo")
    ics(dorf)
    assert dorf("redo").startswith("Brought back: dorf rename oma Omi")


def test_whoever_is_deleted_for_good_is_forgotten(dorf: Dorf) -> None:
    """Neither the file nor its copies know the uid any more; others are remembered."""
    dorf.load(village(OMA | {"planned_on": ago(-5)}, person("Lena", uid="oma2")))
    ics(dorf)
    dorf.today = ago(-1)
    dorf("add", "Tom")
    dorf("delete", "gisela", "--for-good", "--yes")
    assert [uid for uid, *_ in memory(dorf)] == ["due-oma2@dorf"]
    (copy,) = [one for one in dorf.path.parent.rglob("*.db") if one.name == f"{ago(-1)}.db"]
    assert [uid for uid, *_ in memory(Dorf(copy))] == ["due-oma2@dorf"]


def test_asking_for_a_calendar_makes_no_village(dorf: Dorf) -> None:
    """Without a file the calendar is empty, and there is still none."""
    assert entries(ics(dorf)) == {}
    assert not dorf.path.exists()


# --- the command --------------------------------------------------------------------------------


def test_a_calendar_file_is_private(dorf: Dorf, tmp_path: Path) -> None:
    """Its name tells the format; it is mode 0600 and never replaced unasked."""
    dorf.load(village(OMA))
    file = tmp_path / "Village.ICS"
    assert dorf("export", str(file)) == f"{file}: 2 entries.\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_bytes().decode("utf-8") == ics(dorf)
    dorf("export", str(file), status=1)
    dorf("edit", "oma", "--every", "never")
    assert dorf("export", str(file), "--yes") == f"{file}: 1 entry.\n"


def test_the_format_can_be_named(dorf: Dorf, tmp_path: Path) -> None:
    """It counts for more than the ending of the file."""
    dorf.load(village(OMA))
    one, other = tmp_path / "a.txt", tmp_path / "b.ics"
    dorf("export", str(one), "--format", "ICS")
    dorf("export", str(other), "--format", "village")
    assert one.read_text("utf-8").startswith("BEGIN:VCALENDAR")
    assert json.loads(other.read_text("utf-8"))["dorf"] == 1
    assert dorf("export", "--format", "village") == dorf("export")


def test_json_tells_the_file_and_how_many(dorf: Dorf, tmp_path: Path) -> None:
    """What was cancelled does not count."""
    dorf.load(village(OMA))
    ics(dorf)
    dorf("edit", "oma", "--every", "never")
    file = tmp_path / "a.ics"
    answer = {"file": str(file), "events": 1}
    assert (
        dorf.json("export", str(file)) == {"dorf": 1, "report": "export", "today": TODAY} | answer
    )


FORMATS = "village, vcard, vcard3, csv, easynwk, markdown, ics."


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--format", "pdf"], 2, "“pdf” is not a format that dorf writes. Formats: " + FORMATS),
        (["--format", ""], 2, "“” is not a format that dorf writes. Formats: " + FORMATS),
        (["--format", "ics", "--json"], 2,
         "A calendar is not JSON: please name a file, or leave --json."),
        (["--discreet"], 2,
         "--discreet is for vCards and calendars (.vcf, .ics); other files hold everything."),
        (["a.json", "--discreet"], 2,
         "--discreet is for vCards and calendars (.vcf, .ics); other files hold everything."),
        (["/nowhere/a.ics"], 6,
         "/nowhere/a.ics can't be written: there is no such file or folder. Nothing was changed."),
    ],
)  # fmt: skip
def test_what_is_refused(dorf: Dorf, arguments: list[str], status: int, message: str) -> None:
    """… in one sentence."""
    dorf.load(village(OMA))
    dorf("export", *arguments, status=status, stderr=f"dorf: {message}\n")


def test_a_discreet_calendar_names_nobody(dorf: Dorf) -> None:
    """Initials, and neither names of days nor notes nor numbers."""
    dorf.load(
        only(
            planned_on=ago(-5), planned_note="Kuchen", phones=["0171 555"], notes="Tee",
            birthday="1985-07-01", kids=[{"name": "Mats", "born": "2021-12-05"}],
            yearly_days=[{"name": "Todestag Karl", "day": "--12-04"}], nicknames=["Leni"],
        )
    )  # fmt: skip
    text = ics(dorf, "--discreet")
    for secret in ("Lena", "Leni", "Kuchen", "0171", "Tee", "Mats", "Karl"):
        assert secret not in text
    assert set(summaries(text).values()) == {
        "Meeting with L",
        "Birthday: L",
        "Birthday: M (child of L)",
        "Special day: L",
    }


# --- whatever is in it --------------------------------------------------------------------------

ODD = [
    "Anna, Bea; Cleo",
    "back\\slash \\n \\,",
    'He said "hi": x=y^n',
    "👵👩‍👩‍👧 " * 12,
    "مرحبا \u202eabc",
    "BEGIN:VEVENT",
    "Ä" * 200,
]


@pytest.mark.slow
@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_names_come_back_as_they_are(dorf: Dorf, name: str) -> None:
    """Whatever signs are in them, and however long they are."""
    dorf.load(village(person(name, uid="x", birthday="--12-04")))
    (stored,) = [one["name"] for one in dorf.json("list")["contacts"]]
    text = ics(dorf)
    well_formed(text)
    assert summaries(text)["birthday-x"] == f"Birthday: {stored}"


def test_a_long_note_comes_back_as_it_is(dorf: Dorf) -> None:
    """10,000 signs, folded into lines of at most 75 octets."""
    note = ("Tee, Kuchen; „süß“ 👵\nund \\ mehr " * 400)[:10_000].strip()
    dorf.load(only(planned_on=ago(-5), planned_note=note))
    text = ics(dorf)
    well_formed(text)
    assert entries(text)[f"plan-lena-{ago(-5)}"]["DESCRIPTION"] == note


def well_formed(text: str) -> None:
    """Assert that lines are as RFC 5545 wants them."""
    assert text.endswith("\r\n")
    assert text.count("\r") == text.count("\n") == text.count("\r\n")
    lines = text.encode("utf-8").split(b"\r\n")
    assert max(map(len, lines)) <= 75


@pytest.mark.slow
@settings(max_examples=60)
@given(villages(cards=True))
@example(RICH)
def test_every_village_has_a_calendar(document: Document) -> None:
    """It can be read, says each thing once and in order, and the second updates the first."""
    there = read(document)
    events = calendar_events(assess(there, DAY), Words(Language("en"), DAY))
    assert [one.day for one in events] == sorted(one.day for one in events)
    first = settle(events, {}, DAY, NOW)
    text = calendar.write(first, stamp=NOW, name="x", cancelled="y")
    well_formed(text)
    found = entries(text)
    assert [str(one["SUMMARY"]) for one in found.values()] == [one.summary for one in events]
    assert [one.get("DESCRIPTION", "") for one in found.values()] == [e.description for e in events]
    assert [alarm(one) for one in found.values()] == [one.alarm for one in events]
    recurring_ical_events.of(Calendar.from_ical(text)).between(DAY, (DAY.replace(year=2027)))
    remembered = {one.uid: one for one in first.memory}
    assert settle(events, remembered, DAY, NOW + timedelta(9)) == first
    empty = settle((), remembered, DAY, NOW)
    assert {one.uid for one in empty.cancelled} == {one.uid for one in events}
    reader = Reader()
    reader.take(text)
    reader.take(calendar.write(empty, stamp=NOW, name="x", cancelled="y"))
    assert reader.shown() == {}


@pytest.mark.slow
@settings(max_examples=8)
@given(villages(cards=True), villages(cards=True))
@example(RICH, RICH)
def test_a_reader_always_shows_what_the_newest_calendar_has(
    first: Document, second: Document
) -> None:
    """Through the commands, with a step back in between."""
    with tempfile.TemporaryDirectory() as folder:
        dorf, reader = Dorf(Path(folder) / "a.db"), Reader()
        for document in (first, second):
            dorf("import", "-", stdin=json.dumps(document), remarks=True)
            reader.take(ics(dorf))
            assert reader.shown().keys() == days(ics(dorf)).keys()
        dorf.any_status("undo")
        reader.take(ics(dorf))
        assert reader.shown() == {
            u: s for u, s in summaries(ics(dorf)).items() if u in days(ics(dorf))
        }


@pytest.mark.skipif(shutil.which("khal") is None, reason="khal is not installed")
def test_khal_shows_what_was_written(dorf: Dorf, tmp_path: Path) -> None:
    """Another calendar program reads the file."""
    dorf.load(village(OMA | {"planned_on": ago(-5), "planned_note": "Tee, Kuchen"}))
    dorf("export", str(tmp_path / "a.ics"))
    (tmp_path / "calendar").mkdir()
    config = tmp_path / "config"
    config.write_text(
        f"[calendars]\n[[village]]\npath = {tmp_path / 'calendar'}\n"
        "[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "timeformat = %H:%M\ndatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
    )
    for _ in range(2):  # the second import replaces
        khal(config, "import", "--batch", "-a", "village", str(tmp_path / "a.ics"))
    shown = khal(config, "list", "--format", "{start-date} {title}", "2026-03-01", "800d")
    lines = [line.strip() for line in shown.splitlines() if "Gisela" in line]
    assert lines == [
        "2026-03-07 Meeting with Oma Gisela",
        "2027-02-28 Birthday: Oma Gisela",
        "2028-02-29 Birthday: Oma Gisela",
    ]


def khal(config: Path, *arguments: str) -> str:
    """Run khal and return what it printed."""
    command = ["khal", "--config", str(config), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
