"""When reminders come, and how cron and systemd write that down.

A `Schedule` is a time of day on days of the week; an `Errand` is what runs then. Both are turned
into the text of a crontab line or of a pair of systemd units, and read back from it. Each such
text ends or begins with a comment that names the village file, so that two villages never touch
each other's reminders.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from dorf.errors import N_, DorfError, UsageFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
MONDAYS = (0,)

_NAMES = (
    ("mon", "monday", "mondays", "mo", "montag", "montags"),
    ("tue", "tu", "tues", "tuesday", "tuesdays", "di", "dienstag", "dienstags"),
    ("wed", "we", "wednesday", "wednesdays", "mi", "mittwoch", "mittwochs"),
    ("thu", "th", "thur", "thurs", "thursday", "thursdays", "do", "donnerstag", "donnerstags"),
    ("fri", "fr", "friday", "fridays", "freitag", "freitags"),
    ("sat", "sa", "saturday", "saturdays", "samstag", "samstags", "sonnabend", "sonnabends"),
    ("sun", "su", "sunday", "sundays", "so", "sonntag", "sonntags"),
)
_DAY_OF = {name: day for day, names in enumerate(_NAMES) for name in names}
_DAILY = {"daily", "everyday", "täglich", "taeglich", "jedentag"}
_TIME = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?(?:h|uhr)?")
_HALF_DAY = re.compile(r"(0?[1-9]|1[0-2])(?:[:.]([0-5][0-9]))?([ap])\.?m\.?")
_SYSTEMD_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Way(StrEnum):
    """Who starts the reminders."""

    CRON = "cron"
    SYSTEMD = "systemd"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A time of day, to the minute, on days of the week (0 is Monday)."""

    at: time = time(8)
    days: tuple[int, ...] = EVERY_DAY

    def __post_init__(self) -> None:
        """Refuse what is no schedule: no day, an unknown one, days out of order."""
        if not self.days or list(self.days) != sorted(set(self.days) & set(EVERY_DAY)):
            raise ValueError(self.days)

    def next_after(self, now: datetime) -> datetime:
        """Return the next time after *now*, in the same time of day as *now*."""
        days = (now + timedelta(days=ahead) for ahead in range(8))
        times = (datetime.combine(day.date(), self.at, now.tzinfo) for day in days)
        return next(when for when in times if when > now and when.weekday() in self.days)

    def cron(self) -> str:
        """Return the five fields of a crontab line (crontab(5); 0 is Sunday)."""
        days = sorted((day + 1) % 7 for day in self.days)
        field = "*" if len(days) == 7 else ",".join(_runs(days, "-", "0123456"))
        return f"{self.at.minute} {self.at.hour} * * {field}"

    def calendar(self) -> str:
        """Return the calendar event of a systemd timer (systemd.time(7))."""
        days = ",".join(_runs(self.days, "..", _SYSTEMD_DAYS))
        return f"{'' if self.days == EVERY_DAY else f'{days} '}*-*-* {self.at:%H:%M}:00"


def _runs(days: Sequence[int], to: str, names: Sequence[str]) -> Iterator[str]:
    """Yield the days by name, three or more in a row as a range."""
    for run in runs(days):
        if len(run) > 2:
            yield f"{names[run[0]]}{to}{names[run[-1]]}"
        else:
            yield from (names[day] for day in run)


def runs(days: Iterable[int]) -> list[list[int]]:
    """Return *days*, which are in order, cut where one is missing between two."""
    found: list[list[int]] = []
    for day in days:
        if found and found[-1][-1] == day - 1:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def parse_time(text: str) -> time:
    """Return the time of day that *text* means in either language; raise `UsageFailure`."""
    typed = "".join(text.casefold().split())
    if match := _TIME.fullmatch(typed):
        return time(int(match[1]), int(match[2] or 0))
    if match := _HALF_DAY.fullmatch(typed):
        return time(int(match[1]) % 12 + 12 * (match[3] == "p"), int(match[2] or 0))
    raise UsageFailure(
        N_("“{text}” is not a time of day. For example: 8:00, 18.30, 7 Uhr, 7 pm"), text=text
    )


def parse_days(text: str) -> tuple[int, ...]:
    """Return the days of the week that *text* names in either language; raise `UsageFailure`.

    Names may be listed and may be ends of a range, which may go round the end of the week.
    """
    folded = normalize("NFC", text).casefold()
    if re.sub(r"\s", "", folded) in _DAILY:
        return EVERY_DAY
    ranges = re.sub(r"\s*(?:[-–]|\bto\b|\bbis\b)\s*", "-", folded)
    parts = [part for part in re.split(r"[,;\s]+", ranges) if part not in {"", "and", "und"}]
    days = {day for part in parts for day in _range(part, text)}
    if not days:
        raise _wrong_days(text)
    return tuple(sorted(days))


def _range(part: str, text: str) -> list[int]:
    ends = [_DAY_OF.get(name.removesuffix(".")) for name in part.split("-")]
    first, last = ends[0], ends[-1]
    if first is None or last is None or len(ends) > 2:
        raise _wrong_days(text)
    return [(first + ahead) % 7 for ahead in range((last - first) % 7 + 1)]


def _wrong_days(text: str) -> UsageFailure:
    return UsageFailure(
        N_("“{text}” names no days of the week. For example: mon-fri, mo,mi,fr, daily, täglich"),
        text=text,
    )


def schedule_of_cron(fields: str) -> Schedule | None:
    """Return the schedule that the five *fields* of a crontab line mean; None if none of ours."""
    match = re.fullmatch(r"(\d{1,2}) (\d{1,2}) \* \* (\*|[0-7](?:[-,][0-7])*)", fields)
    if match is None:
        return None
    days: set[int] = set()
    for part in ["0-6"] if match[3] == "*" else match[3].split(","):
        first, *rest = part.split("-")
        days |= {(day - 1) % 7 for day in range(int(first), int((rest or [first])[-1]) + 1)}
    return _checked(int(match[2]), int(match[1]), days)


def schedule_of_calendar(text: str) -> Schedule | None:
    """Return the schedule that the calendar event *text* means; None if none of ours."""
    match = re.fullmatch(r"(?:([A-Za-z.,]+) )?\*-\*-\* (\d\d):(\d\d):00", text)
    if match is None:
        return None
    try:
        days = parse_days(match[1].replace("..", "-")) if match[1] else EVERY_DAY
    except UsageFailure:
        return None
    return _checked(int(match[2]), int(match[3]), days)


def _checked(hour: int, minute: int, days: Iterable[int]) -> Schedule | None:
    try:
        return Schedule(time(hour, minute), tuple(sorted(days)))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to run: the program (its first word an absolute path), on which village, in what.

    Raises `DorfError` if a name has control characters in it: neither cron nor systemd could
    carry them.
    """

    program: tuple[str, ...]
    village: str
    language: str

    def __post_init__(self) -> None:
        """Refuse line breaks and the like."""
        for text in (*self.program, self.village):
            if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
                raise DorfError(
                    N_("The name of {file} has signs in it that no schedule can carry."), file=text
                )

    @property
    def mark(self) -> str:
        """The comment by which the reminder of this village is known again."""
        return mark_of(self.village)

    def shell(self) -> str:
        """Return the command as it is typed in a shell."""
        return _command(self, shlex.quote)


def mark_of(village: str) -> str:
    """Return the comment that stands with every reminder of the file *village*."""
    return f"# dorf: reminder {fingerprint(village)}"


MARK = re.compile(r"# dorf: reminder [0-9a-f]{8}")
"""The comments of `mark_of`."""


def fingerprint(village: str) -> str:
    """Return eight characters that stand for the path *village*."""
    return sha256(village.encode("utf-8", "surrogateescape")).hexdigest()[:8]


# --- cron ---------------------------------------------------------------------------------------


def _quoted_for_cron(word: str) -> str:
    r"""Quote *word* for a shell that is called by cron.

    Cron reads its line before the shell does: an unescaped ``%`` ends the command, ``\%`` becomes
    ``%``, and ``\\`` stays as it is, but takes the second stroke's meaning away. So where an odd
    number of strokes precedes a ``%``, an empty pair of quotes keeps them apart; whatever holds a
    stroke stands in single quotes already.
    """
    apart = re.sub(r"((?<!\\)(?:\\\\)*\\)%", r"\1''%", shlex.quote(word))
    return apart.replace("%", r"\%")


def cron_line(schedule: Schedule, errand: Errand) -> str:
    """Return the line for a user's crontab, without its line break."""
    return f"{schedule.cron()} {_command(errand, _quoted_for_cron)} {errand.mark}"


def _command(errand: Errand, quote: Callable[[str], str]) -> str:
    program = " ".join(map(quote, errand.program))
    return f"DORF_DB={quote(errand.village)} DORF_LANG={errand.language} {program} remind"


def after_cron(command: str) -> str:
    r"""Return what cron hands to the shell: all up to the first bare ``%``, and ``\%`` as ``%``."""
    pieces = re.findall(r"\\.|[^\\%]|\\$|%", command, re.DOTALL)
    if "%" in pieces:
        pieces = pieces[: pieces.index("%")]
    return "".join("%" if piece == r"\%" else piece for piece in pieces)


def parts_of_command(command: str) -> tuple[str, str]:
    """Return the program and the village file in the *command* of a crontab line, "" if unknown."""
    try:
        words = shlex.split(after_cron(command), comments=True)
    except ValueError:  # somebody changed it by hand
        return "", ""
    village = next((w.partition("=")[2] for w in words if w.startswith("DORF_DB=")), "")
    program = next((w for w in words if not re.match(r"[A-Z_]+=", w)), "")
    return program, village


def split_cron_line(line: str) -> tuple[str, str]:
    """Return the fields and the command of a crontab line."""
    words = line.split(None, 1 if line.lstrip().startswith("@") else 5)
    return " ".join(words[:-1]), words[-1] if words else ""


def mark_in(line: str) -> str:
    """Return the mark at the end of a crontab line; "" for all lines that are not ours."""
    found = re.search(rf"\s({MARK.pattern})\s*$", line)
    return "" if found is None or line.lstrip().startswith("#") else found[1]


def with_line(table: str, line: str) -> str:
    """Return the crontab *table* with *line* in the place of its former self, else at the end.

    No other character changes: a table that ends without a line break still does.
    """
    mark = mark_in(line)
    lines = _lines(table)
    ours = [number for number, there in enumerate(lines) if mark_in(there) == mark]
    if not ours:
        return f"{table}{line}\n" if table.endswith("\n") or not table else f"{table}\n{line}"
    first = ours[0]
    lines[first] = line + _end(lines[first])
    return "".join(there for number, there in enumerate(lines) if number not in ours[1:])


def without_line(table: str, mark: str) -> str:
    """Return the crontab *table* without the lines that end in *mark*: what was before them."""
    lines = _lines(table)
    kept = [line for line in lines if mark_in(line) != mark]
    if len(kept) < len(lines) and kept and not _end(lines[-1]):
        kept[-1] = kept[-1].removesuffix("\n")
    return "".join(kept)


def _lines(table: str) -> list[str]:
    """Return the lines with their ends; only a line feed ends one, as cron has it."""
    return re.findall(r"[^\n]*\n|[^\n]+$", table)


def _end(line: str) -> str:
    return "\n" if line.endswith("\n") else ""


def our_lines(table: str) -> Iterator[str]:
    """Yield the lines of all villages in the crontab *table*."""
    return (line.strip() for line in _lines(table) if mark_in(line))


# --- systemd ------------------------------------------------------------------------------------


_ENV = "/usr/bin/env"
"""The program that starts another one by its path."""


class Units(NamedTuple):
    """The texts of the two units."""

    service: str
    timer: str


def unit_name(village: str, *, default: bool) -> str:
    """Return the name of the units, without its ending; that of the *default* file is plain."""
    return "dorf-remind" if default else f"dorf-remind-{fingerprint(village)}"


def units(schedule: Schedule, errand: Errand) -> Units:
    """Return the units that run the errand (systemd.service(5), systemd.timer(5))."""
    program, *rest = errand.program
    if re.search(r"[\"'\\]", program):  # which systemd takes in any word but the first
        program, rest = _ENV, [program, *rest]
    words = (_quoted(word).replace("$", "$$") for word in rest)
    # In the first word, a dollar sign is itself (systemd.service(5)).
    command = " ".join((_quoted(program), *words, "remind --notify"))
    head = f"{errand.mark}\n# Written by dorf; “dorf schedule remove” takes it away.\n"
    service = (
        f"{head}[Unit]\nDescription=dorf: who would enjoy a hello\n\n"
        f"[Service]\nType=oneshot\n"
        f"Environment={_quoted(f'DORF_DB={errand.village}')}\n"
        f"Environment={_quoted(f'DORF_LANG={errand.language}')}\n"
        f"ExecStart={command}\n"
    )
    timer = (
        f"{head}[Unit]\nDescription=dorf: when to remind\n\n"
        f"[Timer]\nOnCalendar={schedule.calendar()}\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return Units(service, timer)


def _quoted(word: str) -> str:
    r"""Quote *word* for a unit: ``"`` and ``\`` with a stroke, ``%`` twice (systemd.syntax(7))."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def mark_of_unit(text: str) -> str:
    """Return the mark in the first line of a unit; "" for all units that are not ours."""
    first = text.partition("\n")[0]
    return first if MARK.fullmatch(first) else ""


def parts_of_units(texts: Units) -> tuple[str, str, str]:
    """Return program, village file and calendar event as the units have them, "" if unknown."""
    rest = r'((?:[^"\\]|\\.)*)"'
    program = re.search(rf'^ExecStart="{rest}', texts.service, re.MULTILINE)
    started = re.search(rf'^ExecStart="{_ENV}" "{rest}', texts.service, re.MULTILINE)
    village = re.search(rf'^Environment="DORF_DB={rest}', texts.service, re.MULTILINE)
    calendar = re.search(r"^OnCalendar=(.*)$", texts.timer, re.MULTILINE)
    name = _unquoted(started).replace("$$", "$") or _unquoted(program)
    return name, _unquoted(village), calendar[1].strip() if calendar else ""


def _unquoted(found: re.Match[str] | None) -> str:
    return re.sub(r"\\(.)", r"\1", found[1]).replace("%%", "%") if found else ""


# --- what is there ------------------------------------------------------------------------------


class Reminder(NamedTuple):
    """A reminder that is set up: by whom, how it is written there, and what it names.

    The schedule is None if somebody changed it into something that only cron or systemd reads.
    """

    way: Way
    mark: str
    schedule: Schedule | None
    text: str
    program: str
    village: str
    files: tuple[str, ...] = ()
    active: bool = True
    """Whether it runs; a timer that was never started is set up and still does not."""
    program_there: bool = True
    village_there: bool = True
