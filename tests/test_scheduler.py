"""``schedule``: what is typed, what is written, and a real cron that runs it.

Most tests use a stand-in for ``crontab`` that keeps a table in a file; those that say so use the
real programs, and are skipped where there are none or where somebody's own table is in the way.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time as clock
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorf.cli.app import COMMANDS
from dorf.errors import DorfError, UsageFailure
from dorf.scheduler.cron import (
    cron_fields,
    cron_line,
    parse_command,
    parse_fields,
    split_line,
    with_line,
    without_line,
)
from dorf.scheduler.machine import running_program
from dorf.scheduler.schedule import EVERY_DAY, Job, Schedule, parse_days, parse_time
from dorf.scheduler.systemd import calendar_event, parse_calendar_event, parse_units, units
from tests.conftest import HANGING, Dorf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAYS = st.sets(st.sampled_from(EVERY_DAY), min_size=1).map(lambda days: tuple(sorted(days)))
SCHEDULES = st.builds(Schedule, st.times().map(lambda at: time(at.hour, at.minute)), DAYS)
NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
TRICKY = st.text(st.sampled_from("a \\%'\"$#!~ü{}*&;|<>()`="), max_size=12)

TWENTY = [
    "# Mein Crontab – bitte nicht anfassen", "", 'MAILTO="papa@example.org"',
    "  PATH = /usr/local/bin:/usr/bin:/bin", "FOO=bar # no comment", "#", "   ",
    "*/5   *\t* * *   /bin/echo  two  blanks", "0 8 * * 1-5 date +\\%F >> /tmp/x%on stdin%twice",
    "#0 1 * * * switched off", "# 0 8 * * * dorf remind # dorf: reminder 0123456789",
    "@daily /bin/true # a remark", "0 0 * * sun  /bin/true", "   30 4 1,15 * 5 /bin/true",
    "0 8 * * * /bin/true trailing   ", "59 23 31 12 * echo 'a # b' \"c\\%\"",
    "0 7 * * * /opt/Müsli/bin/größe --für Oma", "CRON_TZ=Europe/Berlin",
    "0 9 * * * dorf remind # dorf: reminder", "1 1 1 1 * /bin/true\t# dorf: reminder tomorrow",
]  # fmt: skip
TABLE = "\n".join(TWENTY) + "\n"


def tag(path: Path | str) -> str:
    """Return the comment that belongs to a village file."""
    return f"# dorf: reminder {hashlib.sha256(os.fsencode(path)).hexdigest()[:8]}"


EACH = "0123456"


# --- what is typed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("8:00", 8, 0), ("08:00", 8, 0), ("8", 8, 0), ("18.30", 18, 30), ("7 Uhr", 7, 0),
        ("7.15 uhr", 7, 15), ("0:00", 0, 0), ("23:59", 23, 59), ("7 am", 7, 0), ("7pm", 19, 0),
        ("12 AM", 0, 0), ("12:30 p.m.", 12, 30), (" 8:05 ", 8, 5), ("20h", 20, 0),
    ],
)  # fmt: skip
def test_a_time_of_day_is_understood(text: str, hour: int, minute: int) -> None:
    """As people of both languages write it."""
    assert parse_time(text) == time(hour, minute)


@pytest.mark.parametrize(
    "text", ["", "24:00", "8:60", "8:5", "25", "-1", "noon", "8:00:00", "13 pm", "0 am", "٨:٠٠"]
)
def test_a_wrong_time_of_day_is_refused(dorf: Dorf, text: str) -> None:
    """With examples, and before anything is looked at."""
    expected = f"“{text}” is not a time of day. For example: 8:00, 18.30, 7 Uhr, 7 pm"
    dorf("schedule", "install", f"--at={text}", status=2, stderr=f"dorf: {expected}\n")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", "01234"), ("mo-fr", "01234"), ("mo,mi,fr", "024"), ("Mo, Mi und Fr", "024"),
        ("mon wed", "02"), ("daily", EACH), ("täglich", EACH), ("Ta\u0308glich", EACH),
        ("jeden Tag", EACH), ("every day", EACH), ("sa–mo", "056"), ("so", "6"),
        ("Sunday", "6"), ("Montag bis Donnerstag", "0123"), ("monday to tuesday", "01"),
        ("sonntags", "6"), ("di.-do.", "123"), ("fri-fri", "4"), ("mon,mon-tue", "01"),
        ("Sonnabend", "5"), ("tue,thu,sat-sun", "1356"),
    ],
)  # fmt: skip
def test_days_of_the_week_are_understood(text: str, days: str) -> None:
    """Names, lists and ranges in both languages."""
    assert parse_days(text) == tuple(map(int, days))


@pytest.mark.parametrize("text", ["", ",", "mon-", "-fri", "mon-wed-fri", "foo", "mon,8", "1-5"])
def test_wrong_days_are_refused(dorf: Dorf, text: str) -> None:
    """With examples."""
    dorf(
        "schedule", "install", f"--days={text}", status=2,
        stderr=f"dorf: “{text}” names no days of the week. For example: mon-fri, mo,mi,fr, daily, "
        "täglich\n",
    )  # fmt: skip


def test_weekly_and_days_exclude_each_other(dorf: Dorf) -> None:
    """Nobody guesses which one is meant."""
    dorf(
        "schedule", "install", "--wöchentlich", "--tage", "mo", status=2,
        stderr="dorf: Please give either --weekly or --days.\n",
    )  # fmt: skip


# --- what is written ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "cron", "calendar"),
    [
        ("daily", "30 8 * * *", "*-*-* 08:30:00"),
        ("mon-fri", "30 8 * * 1-5", "Mon..Fri *-*-* 08:30:00"),
        ("mo,mi,fr", "30 8 * * 1,3,5", "Mon,Wed,Fri *-*-* 08:30:00"),
        ("sa,so", "30 8 * * 0,6", "Sat,Sun *-*-* 08:30:00"),
        ("sun-tue", "30 8 * * 0-2", "Mon,Tue,Sun *-*-* 08:30:00"),
        ("mon-wed,sat", "30 8 * * 1-3,6", "Mon..Wed,Sat *-*-* 08:30:00"),
    ],
)
def test_a_schedule_as_cron_and_systemd_write_it(days: str, cron: str, calendar: str) -> None:
    """Sunday is 0 for cron, and the last of the week for systemd."""
    schedule = Schedule(time(8, 30), parse_days(days))
    assert (cron_fields(schedule), calendar_event(schedule)) == (cron, calendar)


@given(SCHEDULES)
def test_a_schedule_is_read_back(schedule: Schedule) -> None:
    """From both ways of writing it."""
    assert parse_fields(cron_fields(schedule)) == schedule
    assert parse_calendar_event(calendar_event(schedule)) == schedule


@pytest.mark.slow
@given(SCHEDULES, st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001
def test_the_next_time_is_the_first_one_after_now(schedule: Schedule, now: datetime) -> None:
    """On one of its days, to the minute, and none lies between."""
    found = schedule.next_after(now)
    assert found > now
    assert (found.time(), found.weekday() in schedule.days) == (schedule.at, True)
    day = found - timedelta(days=1)
    while day > now:
        assert day.weekday() not in schedule.days
        day -= timedelta(days=1)


def test_a_schedule_without_a_day_is_none() -> None:
    """Nor one with a day that there is not, or out of order."""
    for days in ((), (7,), (1, 0), (1, 1)):
        with pytest.raises(ValueError, match=re.escape(str(days))):
            Schedule(time(8), days)


def cron_hands_over(command: str) -> str:
    """Return what Vixie's cron passes to the shell (its loop, in Python)."""
    out, escaped = "", False
    for sign in command:
        if escaped:
            out = out[:-1] + sign if sign == "%" else out + sign
            escaped = False
            continue
        if sign == "%":
            break
        out += sign
        escaped = sign == "\\"
    return out


PRINTS = 'printf "%s\\0" "$DORF_DB" "$DORF_LANG" "$@"'


@pytest.mark.slow
@settings(max_examples=150)
@given(NAMES | TRICKY.filter(bool), NAMES | TRICKY)
def test_every_name_survives_cron_and_the_shell(village: str, argument: str) -> None:
    """Cron's own rule for ``%`` first, then a real shell: the same words arrive."""
    job = Job(("/bin/sh", "-c", PRINTS, "sh", argument), village, "de")
    line = cron_line(Schedule(), job)
    fields, command = split_line(line)
    assert fields == "0 8 * * *"
    done = subprocess.run(
        ["/bin/sh", "-c", cron_hands_over(command)], capture_output=True, check=True
    )
    assert done.stdout.decode().split("\0")[:-1] == [village, "de", argument, "remind"]
    assert parse_command(command) == ("/bin/sh", village)


@given(NAMES | TRICKY, NAMES | TRICKY)
def test_units_are_read_back(program: str, village: str) -> None:
    """Program, village and calendar, whatever their names are made of."""
    texts = units(Schedule(), Job((f"/{program}",), f"/{village}", "de"))
    assert parse_units(texts) == (f"/{program}", f"/{village}", "*-*-* 08:00:00")


@pytest.mark.parametrize("name", ["a\nb", "a\rb", "a\x00b", "a\x7fb"])
def test_a_name_with_control_characters_is_refused(name: str) -> None:
    """It would be a second line."""
    with pytest.raises(DorfError, match="signs in it that no schedule can carry"):
        Job(("/usr/bin/dorf",), name, "en")


LINE = f"0 8 * * * DORF_DB=/v DORF_LANG=en /usr/bin/dorf remind {tag('/v')}"
LATER = LINE.replace("0 8", "30 9")


@pytest.mark.parametrize(
    "table",
    ["", TABLE, TABLE[:-1], TABLE.replace("\n", "\r\n"), "\n\n", "x", "0 8 * * * x\x0b\x85y\n"],
)
def test_a_table_gets_a_line_and_loses_it(table: str) -> None:
    """Whatever it ends with, and whatever else might look like the end of a line."""
    with_it = with_line(table, LINE)
    assert with_it.replace(LINE, "").rstrip("\n") == table.rstrip("\n")
    assert with_line(with_it, LINE) == with_it
    assert with_line(with_it, LATER) == with_it.replace(LINE, LATER)
    assert without_line(with_it, tag("/v")) == table
    assert without_line(table, tag("/v")) == table


def test_a_line_keeps_its_place_and_is_there_once() -> None:
    """Also if somebody copied it; a line that was switched off by hand is theirs."""
    table = f"a\n{LINE}\n#{LINE}\nb\n{LINE}\nc\n"
    assert with_line(table, LATER) == f"a\n{LATER}\n#{LINE}\nb\nc\n"
    assert without_line(table, tag("/v")) == f"a\n#{LINE}\nb\nc\n"


@given(st.lists(st.sampled_from(TWENTY) | NAMES.filter(lambda n: "\n" not in n)), st.booleans())
def test_no_other_line_ever_changes(lines: list[str], ended: bool) -> None:  # noqa: FBT001
    """For any table."""
    table = "\n".join(lines) + "\n" * ended
    assert without_line(with_line(table, LINE), tag("/v")) == table


def test_a_program_is_named_as_it_was_started(tmp_path: Path) -> None:
    """A link stays a link; without an executable of that name it is Python's module."""
    program = tmp_path / "dorf"
    module = ("/usr/bin/python3", "-m", "dorf")
    assert running_program(str(program), "/usr/bin/python3") == module
    program.symlink_to("/bin/true")
    assert running_program(str(program), "/usr/bin/python3") == (str(program),)
    assert running_program(os.path.relpath(program), "x") == (str(program),)
    for other in ("/bin/true", str(tmp_path), "-c", ""):
        assert running_program(other, "/usr/bin/python3") == module


# --- with a stand-in for crontab ----------------------------------------------------------------


class Shelf(NamedTuple):
    """A folder with the only programs that dorf finds, and what they keep."""

    programs: Path
    table: Path
    calls: Path
    units: Path

    def program(self, name: str, script: str) -> None:
        """Put a program on the shelf."""
        path = self.programs / name
        path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", "utf-8")
        path.chmod(0o755)


@pytest.fixture
def shelf(dorf: Dorf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Return a machine with a stand-in for crontab, and a village on it."""
    dorf("add", "Lena")
    existing = Shelf(
        tmp_path / "bin", tmp_path / "table", tmp_path / "calls", tmp_path / "config/systemd/user"
    )
    existing.programs.mkdir()
    table = shlex.quote(str(existing.table))
    existing.program(
        "crontab",
        f"case $1 in\n-r) rm {table};;\n-) cat > {table};;\n"
        f"-l) cat {table} 2>/dev/null || {{ echo 'no crontab for me' >&2; exit 1; }};;\nesac",
    )
    existing.program("dorf", "true")
    monkeypatch.setattr(sys, "argv", [str(existing.programs / "dorf"), "schedule"])
    dorf.environ |= {"PATH": str(existing.programs), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    return existing


def with_systemd(shelf: Shelf, *, answers: bool) -> None:
    """Put a stand-in for systemctl on the shelf that notes its calls, with or without a bus."""
    calls, wants = shlex.quote(str(shelf.calls)), shlex.quote(str(shelf.units))
    script = f'echo "$*" >> {calls}\n'
    if answers:
        script += (
            f"w={wants}/timers.target.wants\n"
            f'if [ "$2" = enable ]; then mkdir -p "$w"; ln -sf {wants}/"$4" "$w/$4"; fi'
        )
    else:
        script += "echo 'Failed to connect to bus: No medium found' >&2; exit 1"
    shelf.program("systemctl", script)


def line_of(dorf: Dorf, shelf: Shelf, fields: str = "0 8 * * *") -> str:
    """Return the line that belongs into the table."""
    program = shelf.programs / "dorf"
    return f"{fields} DORF_DB={dorf.path} DORF_LANG=en {program} remind {tag(dorf.path)}"


def test_a_line_is_written_and_shown(dorf: Dorf, shelf: Shelf) -> None:
    """Without a terminal nobody is asked; what was written is printed."""
    line = line_of(dorf, shelf, "30 18 * * 2-5")
    assert dorf("schedule", "install", "--um", "18.30", "--tage", "di-fr") == (
        "✓ cron – Tuesday to Friday at 18:30\n"
        "  Next time: Tuesday, 3 March 2026, 18:30\n"
        "your crontab\n"
        f"  {line}\n"
    )
    assert shelf.table.read_text("utf-8") == f"{line}\n"


def test_in_german(german: Dorf, dorf: Dorf, shelf: Shelf) -> None:
    """The line carries the language in which it was set up."""
    german.environ = dorf.environ
    german("schedule", "install", "--wöchentlich")
    assert shelf.table.read_text("utf-8") == line_of(dorf, shelf, "0 8 * * 1").replace(
        "LANG=en", "LANG=de"
    ) + "\n"  # fmt: skip


def test_another_time_replaces_just_that_line(dorf: Dorf, shelf: Shelf) -> None:
    """Of this village; another has its own."""
    other = Dorf(dorf.path.with_name("other.db"), environ=dorf.environ)
    other("add", "Tom")
    for village in (dorf, other, dorf):
        village("schedule", "install")
    dorf("schedule", "install", "--weekly")
    first, second = line_of(dorf, shelf, "0 8 * * 1"), line_of(other, shelf)
    assert shelf.table.read_text("utf-8") == f"{first}\n{second}\n"
    dorf("schedule", "remove")
    assert shelf.table.read_text("utf-8") == f"{second}\n"
    other("schedule", "remove")
    assert not shelf.table.exists()


@pytest.mark.parametrize(
    "table", [TABLE.encode(), TABLE[:-1].encode(), TABLE.encode("latin-1", "replace"), b"\xff\xfe"]
)
def test_a_table_stays_as_it_is_in_any_encoding(dorf: Dorf, shelf: Shelf, table: bytes) -> None:
    """Byte for byte."""
    shelf.table.write_bytes(table)
    dorf("schedule", "install")
    dorf("schedule", "install", "--at", "9")
    assert shelf.table.read_bytes().startswith(table)
    dorf("schedule", "remove")
    assert shelf.table.read_bytes() == table


def test_on_a_terminal_it_asks_first(dorf: Dorf, shelf: Shelf) -> None:
    """With what it would write; a no changes nothing."""
    question = (
        f"your crontab\n  {line_of(dorf, shelf)}\nWrite this line into your crontab? (yes / no) "
    )
    no = f"{question}dorf: Nothing was changed.\n"
    dorf("schedule", "install", tty=True, stdin="no\n", status=1, stderr=no)
    assert not shelf.table.exists()
    shown = dorf("schedule", "install", tty=True, stdin="yes\n", stderr=question)
    assert "dorf: reminder" not in shown
    assert shelf.table.read_text("utf-8") == f"{line_of(dorf, shelf)}\n"
    dorf("schedule", "install", tty=True, stderr="")  # nothing to write, nothing to ask
    dorf("schedule", "install", "--at", "9", "--yes", tty=True, stderr="")
    assert shelf.table.read_text("utf-8") == f"{line_of(dorf, shelf, '0 9 * * *')}\n"


def test_cron_refuses_in_its_own_words(dorf: Dorf, shelf: Shelf) -> None:
    """Whoever may not use it is told so, by all three."""
    shelf.program(
        "crontab",
        "echo 'You (me) are not allowed to use this program (crontab)' >&2\n"
        "echo 'See crontab(1) for more information' >&2; exit 1",
    )
    expected = (
        "dorf: Cron refuses and says: You (me) are not allowed to use this program (crontab) See "
        "crontab(1) for more information.\n"
    )
    for command in ("install", "status", "remove"):
        dorf("schedule", command, status=1, stderr=expected)
    with_systemd(shelf, answers=True)
    dorf("schedule", "install", "--systemd")
    assert len(dorf.json("schedule", "status")["installed"]) == 1
    assert len(dorf.json("schedule", "remove")["removed"]) == 1


def test_a_table_that_cron_does_not_take(dorf: Dorf, shelf: Shelf) -> None:
    """Its reason, and nothing has changed."""
    text = "new crontab file is missing newline before EOF, can't install."
    shelf.program("crontab", f'[ "$1" = -l ] && exit 0\necho "{text}" >&2; exit 1')
    dorf("schedule", "install", status=1, stderr=f"dorf: Cron refuses and says: {text}\n")


def test_without_a_scheduler_it_says_what_to_do_by_hand(dorf: Dorf, shelf: Shelf) -> None:
    """The command, and when it should run; status and remove have nothing to say."""
    (shelf.programs / "crontab").unlink()
    command = line_of(dorf, shelf).removeprefix("0 8 * * * ").partition(" #")[0]
    for option in ([], ["--systemd"]):
        dorf(
            "schedule", "install", *option, status=1,
            stderr="dorf: There is neither cron nor systemd on this machine. Whatever else starts "
            f"programs here can run this, daily at 8:00: {command}\n",
        )  # fmt: skip
    assert dorf.json("schedule", "status")["installed"] == []
    assert dorf("schedule", "remove") == "No reminder is set up for this village.\n"


def test_each_way_points_to_the_other(dorf: Dorf, shelf: Shelf) -> None:
    """Where only one of them is there."""
    dorf(
        "schedule", "install", "--systemd", status=1,
        stderr="dorf: There is no systemd on this machine, but there is cron: dorf schedule "
        "install\n",
    )  # fmt: skip
    with_systemd(shelf, answers=True)
    (shelf.programs / "crontab").unlink()
    dorf(
        "schedule", "install", status=1,
        stderr="dorf: There is no cron on this machine, but there is systemd: dorf schedule "
        "install --systemd\n",
    )  # fmt: skip


# --- status -------------------------------------------------------------------------------------


def test_status_of_nothing(dorf: Dorf, shelf: Shelf) -> None:
    """One line, and how to begin."""
    assert not shelf.table.exists()
    assert dorf("schedule", "status") == (
        "Reminders · Monday, 2 March 2026\n"
        "No reminder is set up for this village.\n"
        "This sets one up: dorf schedule install\n"
    )


def test_status_shows_line_and_next_time(dorf: Dorf, shelf: Shelf) -> None:
    """And what is there for other villages."""
    dorf("schedule", "install", "--days", "wed,sat-sun")
    line = line_of(dorf, shelf, "0 8 * * 0,3,6")
    assert dorf("schedule", "status") == (
        "Reminders · Monday, 2 March 2026\n"
        "✓ cron – Wednesday, Saturday and Sunday at 8:00\n"
        "  Next time: Wednesday, 4 March 2026, 8:00\n"
        f"  {line}\n"
    )
    other = Dorf(dorf.path.with_name("other.db"), environ=dorf.environ)
    page = other("schedule", "status").partition("\n\n")[2]
    when = "Wednesday, Saturday and Sunday at 8:00"
    assert page == f"For other villages\n· cron – {dorf.path} · {when}\n"
    moved = dorf.path.rename(dorf.path.with_name("moved.db"))
    page = Dorf(moved, environ=dorf.environ)("schedule", "status").partition("\n\n")[2]
    assert page == (
        f"For other villages\n△ cron – {dorf.path} · {when}\n"
        "  → This file is no longer there. If that is meant: dorf --db "
        f"{shlex.quote(str(dorf.path))} schedule remove\n"
    )


def test_status_says_what_keeps_it_from_coming(dorf: Dorf, shelf: Shelf) -> None:
    """A program or a village that is gone, with what helps."""
    dorf("schedule", "install", "--days", "mon-fri", "--at", "7")
    (shelf.programs / "dorf").unlink()
    dorf.path.unlink()
    program, village = dorf("schedule", "status").splitlines()[-2:]
    assert program == (
        f"  → The program {shelf.programs / 'dorf'} is no longer there. This puts the present "
        "one in its place: dorf schedule install --at 7:00 --days mon,tue,wed,thu,fri"
    )
    assert village == (
        f"  → There is no village in {dorf.path}. If it is gone for good: dorf schedule remove"
    )
    entry = dorf.json("schedule", "status")["installed"][0]
    assert (entry["program_there"], entry["village_there"]) == (False, False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "at", "days"),
    [
        ("@daily", "00:00", 7), ("5 18 * * 7", "18:05", 1), ("0  8 * *  1", "08:00", 1),
        ("*/5 8 * * *", None, 0), ("@reboot", None, 0), ("0 8 1 * *", None, 0),
        ("99 8 * * *", None, 0),
    ],
)  # fmt: skip
def test_a_line_that_was_changed_by_hand(
    dorf: Dorf, shelf: Shelf, fields: str, at: str | None, days: int
) -> None:
    """It is read as far as it can be, and shown as it stands."""
    shelf.table.write_text(f"{line_of(dorf, shelf, fields)}\n", "utf-8")
    entry = dorf.json("schedule", "status")["installed"][0]
    assert (entry["at"], len(entry["days"] or ())) == (at, days)
    assert entry["text"] == line_of(dorf, shelf, fields)
    assert (entry["next"] is None) is (at is None)
    page = dorf("schedule", "status")
    assert ("at times that were changed by hand" in page) is (at is None)
    dorf("schedule", "remove")
    assert not shelf.table.exists()


def test_a_command_that_was_changed_by_hand(dorf: Dorf, shelf: Shelf) -> None:
    """What can't be read off the line is not called missing."""
    shelf.table.write_text(f"0 8 * * * echo 'x {tag(dorf.path)}\n", "utf-8")
    assert dorf.json("schedule", "status")["installed"][0]["program_there"]


def test_the_documents(dorf: Dorf, shelf: Shelf) -> None:
    """Word for word."""
    with_systemd(shelf, answers=False)
    text = line_of(dorf, shelf, "0 8 * * 2")
    head = {"dorf": 1, "today": "2026-03-02"}
    entry = {
        "way": "cron", "at": "08:00", "days": ["tue"], "next": "2026-03-03T08:00", "text": text,
        "files": [], "active": True, "program": str(shelf.programs / "dorf"),
        "program_there": True, "village": str(dorf.path), "village_there": True,
    }  # fmt: skip
    assert dorf.json("schedule", "install", "--days", "tue") == head | {
        "report": "schedule install", "written": [{"file": None, "text": text}], "todo": None,
        "installed": [entry],
    }  # fmt: skip
    status = head | {"report": "schedule status", "installed": [entry], "others": []}
    assert dorf.json("schedule", "status") == status
    removed = head | {"report": "schedule remove", "removed": [entry]}
    assert dorf.json("schedule", "remove") == removed
    assert dorf.json("schedule", "remove") == removed | {"removed": []}


# --- systemd ------------------------------------------------------------------------------------


def test_a_pair_of_units_is_written(dorf: Dorf, shelf: Shelf) -> None:
    """Whole, with a mark, and started."""
    with_systemd(shelf, answers=True)
    page = dorf("schedule", "install", "--systemd", "--days", "tue-fri")
    name = f"dorf-remind-{tag(dorf.path)[-8:]}"
    service, timer = shelf.units / f"{name}.service", shelf.units / f"{name}.timer"
    head = f"{tag(dorf.path)}\n# Written by dorf; “dorf schedule remove” takes it away.\n"
    assert service.read_text("utf-8") == (
        f"{head}[Unit]\nDescription=dorf: who would enjoy a hello\n\n[Service]\nType=oneshot\n"
        f'Environment="DORF_DB={dorf.path}"\nEnvironment="DORF_LANG=en"\n'
        f'ExecStart="{shelf.programs / "dorf"}" remind --notify\n'
    )
    assert timer.read_text("utf-8") == (
        f"{head}[Unit]\nDescription=dorf: when to remind\n\n[Timer]\n"
        "OnCalendar=Tue..Fri *-*-* 08:00:00\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    assert shelf.calls.read_text("utf-8") == (
        f"--user daemon-reload\n--user enable --now {name}.timer\n"
    )
    first, second, *_ = page.splitlines()
    assert first == "✓ systemd – Tuesday to Friday at 8:00"
    assert second == "  Next time: Tuesday, 3 March 2026, 8:00"
    assert dorf("schedule", "status").splitlines()[1:] == [first, second, *(
        f"  {path}" for path in (service, timer)
    )]  # fmt: skip


def test_the_default_file_has_plain_names(
    dorf: Dorf, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has one village never sees a hash."""
    monkeypatch.setenv("XDG_DATA_HOME", str(dorf.path.parent))
    with_systemd(shelf, answers=True)
    default = Dorf(dorf.path.parent / "dorf" / "dorf.db", environ=dorf.environ)
    files = default.json("schedule", "install", "--systemd")["installed"][0]["files"]
    assert [Path(file).name for file in files] == ["dorf-remind.service", "dorf-remind.timer"]


def test_removing_takes_just_our_own_files(dorf: Dorf, shelf: Shelf) -> None:
    """With the link that started the timer; not what others put beside them."""
    with_systemd(shelf, answers=True)
    other = Dorf(dorf.path.with_name("other.db"), environ=dorf.environ)
    theirs = other.json("schedule", "install", "--systemd")["installed"][0]["files"]
    foreign = [shelf.units / "dorf-remind-mine.timer", shelf.units / "dorf-remind.service"]
    for path in foreign:
        path.write_text(f"[Unit]\n{tag(dorf.path)}\n", "utf-8")
    before = sorted(shelf.units.rglob("*"))
    dorf("schedule", "install")
    dorf("schedule", "install", "--systemd")
    assert len(dorf.json("schedule", "remove")["removed"]) == 2
    assert sorted(shelf.units.rglob("*")) == before
    assert {*foreign, *map(Path, theirs)} < set(before)
    assert not shelf.table.exists()
    name = f"dorf-remind-{tag(dorf.path)[-8:]}.timer"
    assert shelf.calls.read_text("utf-8").splitlines()[-2:] == [
        f"--user disable --now {name}", "--user daemon-reload",
    ]  # fmt: skip


def test_a_file_of_somebody_else_is_not_replaced(dorf: Dorf, shelf: Shelf) -> None:
    """Nor is its neighbour written."""
    with_systemd(shelf, answers=True)
    shelf.units.mkdir(parents=True)
    timer = shelf.units / f"dorf-remind-{tag(dorf.path)[-8:]}.timer"
    timer.write_text("[Timer]\n", "utf-8")
    dorf(
        "schedule", "install", "--systemd", status=1,
        stderr=f"dorf: {timer} is not dorf’s own, so it was left alone.\n",
    )  # fmt: skip
    assert list(shelf.units.iterdir()) == [timer]


def test_without_a_bus_it_says_what_to_run_later(dorf: Dorf, shelf: Shelf) -> None:
    """The files are there, and so is the command that starts them."""
    with_systemd(shelf, answers=False)
    name = f"dorf-remind-{tag(dorf.path)[-8:]}"
    later = f"systemctl --user daemon-reload && systemctl --user enable --now {name}.timer"
    sentence = (
        f"The timer has not been started yet. Once systemd runs for you, this starts it: {later}"
    )
    page = dorf("schedule", "install", "--systemd")
    assert page.splitlines()[:2] == ["△ systemd – daily at 8:00", sentence]
    assert f"  {sentence}" in dorf("schedule", "status").splitlines()
    document = dorf.json("schedule", "install", "--systemd")
    assert document["todo"] == later
    dorf("schedule", "remove")
    assert list(shelf.units.iterdir()) == []


def test_both_ways_are_remarked_on(dorf: Dorf, shelf: Shelf) -> None:
    """Since nobody wants to be told twice without knowing."""
    with_systemd(shelf, answers=True)
    dorf("schedule", "install")
    assert (
        "Cron and systemd both remind you now. This takes both away: dorf schedule remove\n"
        in dorf("schedule", "install", "--systemd")
    )


def test_units_that_cannot_be_written(dorf: Dorf, shelf: Shelf) -> None:
    """A sentence that names the file."""
    with_systemd(shelf, answers=True)
    shelf.units.parent.parent.mkdir()
    shelf.units.parent.write_text("", "utf-8")
    dorf(
        "schedule", "install", "--systemd", status=6,
        stderr=f"dorf: {shelf.units}/dorf-remind-{tag(dorf.path)[-8:]}.service can't be written: "
        "part of the path is not a folder. Nothing was changed.\n",
    )  # fmt: skip


needs_analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


@pytest.mark.slow
@needs_analyze
@pytest.mark.parametrize("name", ["plain", "Dörf für uns 100%", 'a"b', "a$b$$c", "a\\b$c", "it's"])
def test_systemd_takes_the_units(dorf: Dorf, shelf: Shelf, name: str, tmp_path: Path) -> None:
    """It finds the program by its name, in a folder of any name."""
    with_systemd(shelf, answers=True)
    folder = tmp_path / name
    folder.mkdir()
    program = folder / "dorf"
    shutil.copy(shelf.programs / "dorf", program)
    sys.argv[0] = str(program)
    village = Dorf(folder / "%h $HOME.db", environ=dorf.environ)
    files = village.json("schedule", "install", "--systemd")["installed"][0]["files"]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", "--generators=no", *files],
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    program.unlink()
    entry = village.json("schedule", "status")["installed"][0]
    assert (entry["program"], entry["program_there"]) == (str(program), False)
    assert entry["village"] == str(village.path)


@needs_analyze
@pytest.mark.parametrize("days", ["daily", "mon-fri", "mo,mi,fr", "sat-mon"])
def test_systemd_takes_the_calendar(days: str) -> None:
    """Its own reading of the event is the event."""
    event = calendar_event(Schedule(time(8, 5), parse_days(days)))
    done = subprocess.run(
        ["systemd-analyze", "calendar", event], capture_output=True, text=True, check=True
    )
    assert f"Normalized form: {event}" in done.stdout or f"Original form: {event}" in done.stdout


# --- with the real crontab and the real cron ----------------------------------------------------


def own_table() -> subprocess.CompletedProcess[bytes]:
    """Return what ``crontab -l`` says."""
    return subprocess.run(["crontab", "-l"], capture_output=True, check=False)


@pytest.fixture
def real_table() -> Iterator[None]:
    """Hold the crontab of this user, which has none, for one test at a time."""
    if shutil.which("crontab") is None:
        pytest.skip("crontab is not installed")
    with (Path(tempfile.gettempdir()) / f"dorf-crontab-{os.getuid()}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        existing = own_table()
        if existing.returncode == 0 or b"no crontab for" not in existing.stderr:
            pytest.skip("this user has a crontab of their own, or may not have one")
        try:
            yield
        finally:
            subprocess.run(["crontab", "-r"], capture_output=True, check=False)


@pytest.fixture
def on_this_machine(dorf: Dorf, shelf: Shelf, real_table: None) -> Dorf:
    """Return a village on a machine with the real programs."""
    del shelf, real_table
    dorf.environ["PATH"] = os.environ["PATH"]
    return dorf


def test_a_real_crontab_stays_byte_for_byte(on_this_machine: Dorf) -> None:
    """Twenty lines of all sorts, an install, another, a removal."""
    dorf, table = on_this_machine, TABLE.encode()
    subprocess.run(["crontab", "-"], input=table, check=True)
    dorf("schedule", "install")
    assert own_table().stdout.startswith(table)
    dorf("schedule", "install", "--weekly")
    rest = own_table().stdout.removeprefix(table)
    assert rest.count(b"\n") == 1
    assert rest.startswith(b"0 8 * * 1 ")
    dorf("schedule", "remove")
    assert own_table().stdout == table


def test_a_real_crontab_that_is_not_there(on_this_machine: Dorf) -> None:
    """It comes with the line and goes with it."""
    on_this_machine("schedule", "install")
    assert len(on_this_machine.json("schedule", "status")["installed"]) == 1
    on_this_machine("schedule", "remove")
    assert own_table().returncode == 1


SENDMAIL = Path("/usr/sbin/sendmail")
DAEMON = shutil.which("cron", path="/usr/sbin:/usr/bin")
STAND_IN = """#!/bin/sh
env > "$DORF_DB.ran"
[ -s "$DORF_DB" ] || exit 0
printf '%s|' "$DORF_DB" "$DORF_LANG" "$0" "$@"
"""


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[Path]:
    """Let cron's mail fall into a folder, a file each."""
    box = tmp_path / "mail"
    box.mkdir()
    SENDMAIL.write_text(f"#!/bin/sh\ncat > {shlex.quote(str(box))}/$$\n", "utf-8")
    SENDMAIL.chmod(0o755)
    try:
        yield box
    finally:
        SENDMAIL.unlink()


@pytest.fixture
def daemon() -> Iterator[subprocess.Popen[bytes]]:
    """Start cron for one test; where one runs already, ours ends at once and that one will do."""
    assert DAEMON
    process = subprocess.Popen([DAEMON, "-f"], stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def wait_for(happened: Callable[[], bool]) -> None:
    """Wait until something has *happened*."""
    for _ in range(HANGING * 5):
        if happened():
            return
        clock.sleep(0.2)
    pytest.fail(f"it never happened within {HANGING} seconds")


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0 or DAEMON is None, reason="only root can start a cron")
@pytest.mark.skipif(SENDMAIL.exists(), reason="this machine's sendmail would send real mail")
def test_a_real_cron_reminds_and_is_silent(
    on_this_machine: Dorf, tmp_path: Path, mail: Path, request: pytest.FixtureRequest
) -> None:
    """Slow, a minute: two lines at once, one with something to say and one without.

    In cron's own bare environment, with a program and villages whose names have blanks, umlauts,
    quotes and percent signs in them; only what was said becomes a mail.
    """
    folder = tmp_path / "Dörf 100% o'clock \\%"
    folder.mkdir()
    program = folder / "dorf"
    program.write_text(STAND_IN, "utf-8")
    program.chmod(0o755)
    sys.argv[0] = str(program)
    talks, silent = folder / "Müller %h.db", folder / "still.db"
    talks.write_text("due", "utf-8")
    silent.touch()
    now = datetime.now().astimezone()
    at = f"{now + timedelta(minutes=1 if now.second < 55 else 2):%H:%M}"
    for path in (talks, silent):
        Dorf(path, lang="de", environ=on_this_machine.environ)("schedule", "install", "--at", at)
    request.getfixturevalue("daemon")
    wait_for(lambda: all(path.with_name(f"{path.name}.ran").exists() for path in (talks, silent)))
    wait_for(lambda: any(mail.iterdir()))
    clock.sleep(1)  # a mail that must not come would have come by now
    letters = [path.read_text("utf-8") for path in mail.iterdir()]
    assert [letter.partition("\n\n")[2] for letter in letters] == [f"{talks}|de|{program}|remind|"]
    environment = talks.with_name(f"{talks.name}.ran").read_text("utf-8")
    assert "PYTHONPATH" not in environment
    assert "PATH=/usr/bin:/bin" in environment.splitlines()


@pytest.mark.slow
@pytest.mark.skipif("remind" not in COMMANDS, reason="there is no dorf remind yet")
def test_the_line_runs_the_real_program(on_this_machine: Dorf, tmp_path: Path) -> None:
    """As cron would run it: bare, from the user's home; silent where all has been said."""
    sys.argv[0] = "-m"
    dorf = on_this_machine
    dorf("add", "Oma Gisela", "--role", "oma", "--last", "2020-01-01")
    line = dorf.json("schedule", "install")["written"][0]["text"]
    text = []
    for _ in range(5):
        done = subprocess.run(
            ["/bin/sh", "-c", cron_hands_over(split_line(line)[1])],
            env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"},
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True,
        )  # fmt: skip
        assert done.stderr == ""
        text.append(done.stdout)
    assert "Oma Gisela" in text[0]
    assert text[-1] == ""


def test_wrong_values_are_usage_failures() -> None:
    """Status 2, wherever they come from."""
    for wrong in (lambda: parse_time("x"), lambda: parse_days("x")):
        with pytest.raises(UsageFailure):
            wrong()
