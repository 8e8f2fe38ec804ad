"""When reminders come and what runs then, whichever program of the machine starts it.

A `Schedule` is a time of day on days of the week, a `Job` is what runs. `dorf.scheduler.cron` and
`dorf.scheduler.systemd` write both down and read them back. Each text that they write holds a tag
that stands for the village file, so that two villages never touch each other's reminders.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple
from unicodedata import normalize

from dorf.errors import N_, DorfError, UsageFailure

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


def valid_schedule(hour: int, minute: int, days: Iterable[int]) -> Schedule | None:
    """Return the schedule of these figures; None if there is no such time or day."""
    try:
        return Schedule(time(hour, minute), tuple(sorted(days)))
    except ValueError:
        return None


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


# --- what runs ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Job:
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
            if any(ord(character) < 32 or ord(character) == 127 for character in text):
                raise DorfError(
                    N_("The name of {file} has signs in it that no schedule can carry."), file=text
                )

    @property
    def tag(self) -> str:
        """The comment by which the reminder of this village is recognised."""
        return tag_of(self.village)

    def command(self, quote: Callable[[str], str]) -> str:
        """Return the command for a shell, each name quoted by *quote*."""
        program = " ".join(map(quote, self.program))
        return f"DORF_DB={quote(self.village)} DORF_LANG={self.language} {program} remind"


TAG = re.compile(r"# dorf: reminder [0-9a-f]{8}")
"""The comments of `tag_of`."""


def tag_of(village: str) -> str:
    """Return the comment that stands with every reminder of the file *village*."""
    return f"# dorf: reminder {digest_of(village)}"


def digest_of(village: str) -> str:
    """Return eight characters that stand for the path *village*."""
    return sha256(village.encode("utf-8", "surrogateescape")).hexdigest()[:8]


# --- what is set up, and what is to be ----------------------------------------------------------


class Way(StrEnum):
    """Who starts the reminders."""

    CRON = "cron"
    SYSTEMD = "systemd"


class Reminder(NamedTuple):
    """A reminder that is set up: by whom, how it is written down, and what it names.

    The schedule is None if somebody changed it into something that only cron or systemd reads.
    """

    way: Way
    tag: str
    schedule: Schedule | None
    text: str
    program: str
    village: str
    program_exists: bool
    village_exists: bool
    files: tuple[str, ...] = ()
    active: bool = True
    """Whether it runs; a timer that was never started is set up and still does not."""


class Text(NamedTuple):
    """What is written down, and where: a file, or "" for the crontab."""

    file: str
    text: str


class Change(NamedTuple):
    """What an installation writes, whether anything differs from now, and how it is carried out."""

    texts: tuple[Text, ...]
    differs: bool
    apply: Callable[[], object]
