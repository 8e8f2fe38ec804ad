"""Reminders by systemd: a service and a timer among the user's units."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from dorf.errors import N_, DorfError, UnreadableFile, UsageFailure, reason_of
from dorf.scheduler.machine import BYTES, Machine, exists
from dorf.scheduler.schedule import (
    EVERY_DAY,
    TAG,
    Change,
    Job,
    Reminder,
    Schedule,
    Text,
    Way,
    digest_of,
    parse_days,
    runs,
    valid_schedule,
)

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ENV = "/usr/bin/env"
"""The program that starts another one by its path."""


class Units(NamedTuple):
    """The texts of the two units."""

    service: str
    timer: str


# --- the texts ----------------------------------------------------------------------------------


def units(schedule: Schedule, job: Job) -> Units:
    """Return the units that run the job (systemd.service(5), systemd.timer(5))."""
    program, *rest = job.program
    if re.search(r"[\"'\\]", program):  # which systemd takes in any word but the first
        program, rest = _ENV, [program, *rest]
    words = (_quoted(word).replace("$", "$$") for word in rest)
    # In the first word, a dollar sign is itself (systemd.service(5)).
    command = " ".join((_quoted(program), *words, "remind --notify"))
    head = f"{job.tag}\n# Written by dorf; “dorf schedule remove” takes it away.\n"
    service = (
        f"{head}[Unit]\nDescription=dorf: who would enjoy a hello\n\n"
        f"[Service]\nType=oneshot\n"
        f"Environment={_quoted(f'DORF_DB={job.village}')}\n"
        f"Environment={_quoted(f'DORF_LANG={job.language}')}\n"
        f"ExecStart={command}\n"
    )
    timer = (
        f"{head}[Unit]\nDescription=dorf: when to remind\n\n"
        f"[Timer]\nOnCalendar={calendar_event(schedule)}\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return Units(service, timer)


def _quoted(word: str) -> str:
    r"""Quote *word* for a unit: ``"`` and ``\`` escaped, ``%`` doubled (systemd.syntax(7))."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def parse_units(texts: Units) -> tuple[str, str, str]:
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


def calendar_event(schedule: Schedule) -> str:
    """Return the calendar event of a systemd timer (systemd.time(7))."""
    names = [[_DAYS[day] for day in run] for run in runs(schedule.days)]
    days = ",".join(f"{run[0]}..{run[-1]}" if len(run) > 2 else ",".join(run) for run in names)
    return f"{'' if schedule.days == EVERY_DAY else f'{days} '}*-*-* {schedule.at:%H:%M}:00"


def parse_calendar_event(text: str) -> Schedule | None:
    """Return the schedule that the calendar event *text* means; None if none of ours."""
    match = re.fullmatch(r"(?:([A-Za-z.,]+) )?\*-\*-\* (\d\d):(\d\d):00", text)
    if match is None:
        return None
    try:
        days = parse_days(match[1].replace("..", "-")) if match[1] else EVERY_DAY
    except UsageFailure:
        return None
    return valid_schedule(int(match[2]), int(match[3]), days)


def _tag_of_unit(text: str) -> str:
    """Return the tag in the first line of a unit; "" for all units that are not ours."""
    first = text.partition("\n")[0]
    return first if TAG.fullmatch(first) else ""


# --- the files ----------------------------------------------------------------------------------


def unit_change(machine: Machine, schedule: Schedule, job: Job, *, default: bool) -> Change:
    """Return what writes and starts the units; those of the *default* file have a plain name."""
    folder = _folder(machine.environ)
    name = "dorf-remind" if default else f"dorf-remind-{digest_of(job.village)}"
    paths, texts = _pair(folder, name), units(schedule, job)

    def apply() -> None:
        _write(paths, texts, job.tag)
        _systemctl(machine, ("daemon-reload",), ("enable", "--now", f"{name}.timer"))

    written = tuple(Text(str(path), text) for path, text in zip(paths, texts, strict=True))
    return Change(written, differs=True, apply=apply)


def _folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the user's units."""
    home = Path(environ.get("HOME") or os.path.expanduser("~"))  # noqa: PTH111  (never raises)
    config = environ.get("XDG_CONFIG_HOME", "")
    base = Path(config) if config.startswith("/") else home / ".config"
    return base / "systemd" / "user"


def _pair(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.service", folder / f"{name}.timer"


def _write(paths: tuple[Path, Path], texts: Units, tag: str) -> None:
    """Write a pair of units, each whole or not at all.

    Raises `DorfError` if a file of that name is not ours, `UnreadableFile` if it can't be written.
    """
    for path in paths:
        if os.path.lexists(path) and _tag_of_unit(_read(path)) != tag:
            raise DorfError(N_("{file} is not dorf’s own, so it was left alone."), file=path)
    drafts = [path.with_name(f".{path.name}.new") for path in paths]
    try:
        for path, draft, text in zip(paths, drafts, texts, strict=True):
            with _explained(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                draft.write_bytes(text.encode(**BYTES))
        for path, draft in zip(paths, drafts, strict=True):
            with _explained(path, changed=path != paths[0]):
                draft.replace(path)
    finally:
        for draft in drafts:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


@contextmanager
def _explained(path: Path, *, changed: bool = False) -> Iterator[None]:
    """Turn what the system reports into a sentence; *changed* if another file is done already."""
    sentence = (
        N_("{file} can't be written: {reason}.")
        if changed
        else N_("{file} can't be written: {reason}. Nothing was changed.")
    )
    try:
        yield
    except OSError as error:
        raise UnreadableFile(sentence, file=path, reason=reason_of(error)) from error


def _read(path: Path) -> str:
    """Return the text of a file; "" for one that can't be read, and so is none of ours."""
    try:
        return path.read_bytes().decode(**BYTES)
    except OSError:
        return ""


def unit_reminders(machine: Machine) -> Iterator[Reminder]:
    """Yield the reminders of all villages among the user's units."""
    folder = _folder(machine.environ)
    for name in sorted({path.stem for path in folder.glob("dorf-remind*.*")}):
        pair = _pair(folder, name)
        texts = Units(*map(_read, pair))
        tags = {path: tag for path, text in zip(pair, texts, strict=True)
                if (tag := _tag_of_unit(text))}  # fmt: skip
        if not tags:
            continue
        program, village, calendar = parse_units(texts)
        yield Reminder(
            Way.SYSTEMD, next(iter(tags.values())), parse_calendar_event(calendar), calendar,
            program, village, exists(program), exists(village), tuple(map(str, tags)),
            active=len(tags) == 2 and os.path.lexists(_link(pair[1])),
        )  # fmt: skip


def _link(timer: Path) -> Path:
    """Return the link by which systemd starts a *timer* that is enabled."""
    return timer.parent / "timers.target.wants" / timer.name


def remove_units(machine: Machine, reminder: Reminder) -> None:
    """Stop the timer of *reminder* and take its files away, with the link that started it."""
    paths = list(map(Path, reminder.files))
    for timer in [path for path in paths if path.suffix == ".timer"]:
        _systemctl(machine, ("disable", "--now", timer.name))
        link = _link(timer)
        if link.is_symlink() and link.parent / link.readlink() == timer:
            paths.append(link)
    for path in paths:
        with _explained(path, changed=path != paths[0]):
            path.unlink(missing_ok=True)
    _systemctl(machine, ("daemon-reload",))


def _systemctl(machine: Machine, *calls: Sequence[str]) -> None:
    """Run the *calls* until one fails, as they do where systemd does not run for this user."""
    if machine.find("systemctl"):
        all(machine.run("systemctl", "--user", *call).returncode == 0 for call in calls)
