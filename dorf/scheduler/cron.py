"""Reminders by cron: one line of ours in the user's crontab, which else stays as it is.

python-crontab reads and checks single lines here; it never writes the table. Given a whole table
(3.4, tried) it moves variables to the top, joins blanks, takes indents away and puts a blank
before ``%``. Somebody's crontab is theirs, so it goes through ``crontab -l`` and ``crontab -`` as
it stands, with one line of ours put in or taken out.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from subprocess import CompletedProcess

from dorf.errors import N_, DorfError
from dorf.scheduler.machine import Machine, exists
from dorf.scheduler.schedule import (
    TAG,
    Change,
    Job,
    Reminder,
    Schedule,
    Text,
    Way,
    runs,
    valid_schedule,
)


class CronRefusal(DorfError):
    """Cron says no, in its own words. Exit status 1."""


# --- the table ----------------------------------------------------------------------------------


def read_crontab(machine: Machine) -> str:
    """Return the user's crontab; "" if there is none, or no cron at all.

    Raises `CronRefusal` if this user may not have one.
    """
    if machine.find("crontab") is None:
        return ""
    done = machine.run("crontab", "-l")
    if done.returncode == 0:
        return done.stdout
    answer = done.stderr.casefold()
    if "no crontab for" in answer or ("open" in answer and "no such file" in answer):
        return ""
    raise _refusal(done)


def _write_crontab(machine: Machine, table: str) -> None:
    """Put *table* in the place of the user's crontab; an empty one is taken away.

    Raises `CronRefusal` if cron does not take it; then nothing has changed.
    """
    done = machine.run("crontab", "-", stdin=table) if table else machine.run("crontab", "-r")
    if done.returncode:
        raise _refusal(done)


def _refusal(done: CompletedProcess[str]) -> CronRefusal:
    answer = " ".join((done.stderr or done.stdout).split()).rstrip(".")
    return CronRefusal(
        N_("Cron refuses and says: {answer}."), answer=answer or str(done.returncode)
    )


def cron_change(machine: Machine, schedule: Schedule, job: Job) -> Change:
    """Return what puts the job into the user's crontab.

    Raises `DorfError` if a reader of crontabs would not find exactly this job in its line.
    """
    from crontab import CronTab

    line, table = cron_line(schedule, job), read_crontab(machine)
    jobs = [item for item in CronTab(tab=f"{line}\n") if item.is_valid() and item.is_enabled()]
    if len(jobs) != 1:
        raise DorfError(N_("Cron would not understand this line: {line}"), line=line)
    new = with_line(table, line)
    return Change((Text("", line),), new != table, lambda: _write_crontab(machine, new))


def remove_line(machine: Machine, tag: str) -> None:
    """Take the lines with *tag* out of the user's crontab."""
    _write_crontab(machine, without_line(read_crontab(machine), tag))


def cron_reminders(machine: Machine) -> Iterator[Reminder]:
    """Yield the reminders of all villages in the user's crontab."""
    for line in map(str.strip, _lines(read_crontab(machine))):
        if tag := _tag_in(line):
            fields, command = split_line(line)
            program, village = parse_command(command)
            yield Reminder(
                Way.CRON, tag, _schedule_in(fields), line, program, village,
                exists(program), exists(village),
            )  # fmt: skip


def with_line(table: str, line: str) -> str:
    """Return the crontab *table* with *line* in the place of its former self, else at the end.

    No other character changes: a table that ends without a line break still does.
    """
    tag, lines = _tag_in(line), _lines(table)
    ours = [number for number, existing in enumerate(lines) if _tag_in(existing) == tag]
    if not ours:
        return f"{table}{line}\n" if table.endswith("\n") or not table else f"{table}\n{line}"
    first = ours[0]
    lines[first] = line + _end(lines[first])
    return "".join(text for number, text in enumerate(lines) if number not in ours[1:])


def without_line(table: str, tag: str) -> str:
    """Return the crontab *table* without the lines that end in *tag*: what was before them."""
    lines = _lines(table)
    kept = [line for line in lines if _tag_in(line) != tag]
    if len(kept) < len(lines) and kept and not _end(lines[-1]):
        kept[-1] = kept[-1].removesuffix("\n")
    return "".join(kept)


def _lines(table: str) -> list[str]:
    """Return the lines with their ends; only a line feed ends one, as cron has it."""
    return re.findall(r"[^\n]*\n|[^\n]+$", table)


def _end(line: str) -> str:
    return "\n" if line.endswith("\n") else ""


# --- one line -----------------------------------------------------------------------------------


def cron_line(schedule: Schedule, job: Job) -> str:
    """Return the line for a user's crontab, without its line break."""
    return f"{cron_fields(schedule)} {job.command(_quoted)} {job.tag}"


def cron_fields(schedule: Schedule) -> str:
    """Return the five fields of a crontab line (crontab(5); 0 is Sunday)."""
    days = runs(sorted((day + 1) % 7 for day in schedule.days))
    ranges = (f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in days)
    field = "*" if len(schedule.days) == 7 else ",".join(ranges)
    return f"{schedule.at.minute} {schedule.at.hour} * * {field}"


def parse_fields(fields: str) -> Schedule | None:
    """Return the schedule that the five *fields* of a crontab line mean; None if none of ours."""
    match = re.fullmatch(r"(\d{1,2}) (\d{1,2}) \* \* (\*|[0-7](?:[-,][0-7])*)", fields)
    if match is None:
        return None
    days: set[int] = set()
    for part in ["0-6"] if match[3] == "*" else match[3].split(","):
        first, *rest = part.split("-")
        days |= {(day - 1) % 7 for day in range(int(first), int((rest or [first])[-1]) + 1)}
    return valid_schedule(int(match[2]), int(match[1]), days)


def _schedule_in(fields: str) -> Schedule | None:
    """Return the schedule of a line that somebody may have changed: ``@daily``, Sunday as 7."""
    from crontab import CronSlices

    return parse_fields(CronSlices(fields).clean_render()) if CronSlices.is_valid(fields) else None


def _quoted(word: str) -> str:
    r"""Quote *word* for a shell that is called by cron.

    Cron reads its line before the shell does: an unescaped ``%`` ends the command, ``\%`` becomes
    ``%``, and ``\\`` stays as it is, but takes the second backslash's meaning away. So where an
    odd number of backslashes precedes a ``%``, an empty pair of quotes keeps them apart; whatever
    holds a backslash stands in single quotes already.
    """
    apart = re.sub(r"((?<!\\)(?:\\\\)*\\)%", r"\1''%", shlex.quote(word))
    return apart.replace("%", r"\%")


def _after_cron(command: str) -> str:
    r"""Return what cron hands to the shell: all up to the first bare ``%``, and ``\%`` as ``%``."""
    pieces = re.findall(r"\\.|[^\\%]|\\$|%", command, re.DOTALL)
    if "%" in pieces:
        pieces = pieces[: pieces.index("%")]
    return "".join("%" if piece == r"\%" else piece for piece in pieces)


def parse_command(command: str) -> tuple[str, str]:
    """Return the program and the village file in the *command* of a crontab line, "" if unknown."""
    try:
        words = shlex.split(_after_cron(command), comments=True)
    except ValueError:  # somebody changed it by hand
        return "", ""
    village = next((w.partition("=")[2] for w in words if w.startswith("DORF_DB=")), "")
    program = next((w for w in words if not re.match(r"[A-Z_]+=", w)), "")
    return program, village


def split_line(line: str) -> tuple[str, str]:
    """Return the fields and the command of a crontab line."""
    words = line.split(None, 1 if line.lstrip().startswith("@") else 5)
    return " ".join(words[:-1]), words[-1] if words else ""


def _tag_in(line: str) -> str:
    """Return the tag at the end of a crontab line; "" for all lines that are not ours."""
    found = re.search(rf"\s({TAG.pattern})\s*$", line)
    return "" if found is None or line.lstrip().startswith("#") else found[1]
