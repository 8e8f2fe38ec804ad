"""The machine's own schedulers: a user's crontab, and the units of systemd.

python-crontab reads and checks single lines here; it never writes the table. Given a whole table
(3.4, tried) it moves variables to the top, joins blanks, takes indents away and puts a blank
before ``%``. Somebody's crontab is theirs, so it goes through ``crontab -l`` and ``crontab -`` as
it stands, with one line of ours put in or taken out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dorf.errors import N_, DorfError, UnreadableFile, reason_of
from dorf.scheduler.schedule import (
    Reminder,
    Units,
    Way,
    mark_in,
    mark_of_unit,
    our_lines,
    parts_of_command,
    parts_of_units,
    schedule_of_calendar,
    schedule_of_cron,
    split_cron_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dorf.scheduler.schedule import Schedule

_BYTES = {"encoding": "utf-8", "errors": "surrogateescape"}
"""How a crontab becomes text and the same bytes again, whatever its encoding."""


class CronRefusal(DorfError):
    """Cron says no, in its own words. Exit status 1."""


class Machine(NamedTuple):
    """The programs of this machine, found and run with the variables of the world."""

    environ: Mapping[str, str]

    def find(self, name: str) -> str | None:
        """Return where the program *name* is; None if there is none."""
        return shutil.which(name, path=self.environ.get("PATH"))

    def run(self, name: str, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program in its own plain English and return what it said; *given* is its input."""
        program = self.find(name) or name
        try:
            done = subprocess.run(  # noqa: S603  (crontab and systemctl, no shell)
                [program, *arguments],
                input=given.encode(**_BYTES),
                env={**self.environ, "LC_ALL": "C"},
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise DorfError(
                N_("{file} could not be started: {reason}."), file=program, reason=reason_of(error)
            ) from error
        said = done.stdout.decode(**_BYTES), done.stderr.decode(**_BYTES)
        return subprocess.CompletedProcess(done.args, done.returncode, *said)


def running_program(argv0: str, python: str) -> tuple[str, ...]:
    """Return how to start this program again from anywhere: as it was started, or by *python*.

    A link is kept as it is: it is what stays when the program is upgraded.
    """
    path = Path(os.path.abspath(argv0))  # noqa: PTH100  (keeps links)
    if path.name == "dorf" and path.is_file() and os.access(path, os.X_OK):
        return (str(path),)
    return (python, "-m", "dorf")


# --- cron ---------------------------------------------------------------------------------------


def read_crontab(machine: Machine) -> str | None:
    """Return the user's crontab, "" if there is none; None where there is no cron at all.

    Raises `CronRefusal` if this user may not have one.
    """
    if machine.find("crontab") is None:
        return None
    done = machine.run("crontab", "-l")
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.casefold()
    if "no crontab for" in said or ("open" in said and "no such file" in said):
        return ""
    raise _refusal(done)


def write_crontab(machine: Machine, table: str) -> None:
    """Put *table* in the place of the user's crontab; an empty one is taken away.

    Raises `CronRefusal` if cron does not take it; then nothing has changed.
    """
    done = machine.run("crontab", "-", given=table) if table else machine.run("crontab", "-r")
    if done.returncode:
        raise _refusal(done)


def _refusal(done: subprocess.CompletedProcess[str]) -> CronRefusal:
    said = " ".join((done.stderr or done.stdout).split()).rstrip(".")
    return CronRefusal(N_("Cron refuses and says: {said}."), said=said or str(done.returncode))


def checked_line(line: str) -> str:
    """Return *line* if a reader of crontabs finds one job in it; raise `DorfError` otherwise."""
    from crontab import CronTab

    jobs = [job for job in CronTab(tab=f"{line}\n") if job.is_valid() and job.is_enabled()]
    if len(jobs) != 1:
        raise DorfError(N_("Cron would not understand this line: {line}"), line=line)
    return line


def cron_reminders(table: str) -> Iterator[Reminder]:
    """Yield the reminders of all villages in the crontab *table*."""
    for line in our_lines(table):
        fields, command = split_cron_line(line)
        program, village = parts_of_command(command)
        yield Reminder(
            Way.CRON, mark_in(line), _schedule_in(fields), line, program, village,
            program_there=_there(program), village_there=_there(village),
        )  # fmt: skip


def _schedule_in(fields: str) -> Schedule | None:
    """Return the schedule of a line that somebody may have changed: ``@daily``, Sunday as 7."""
    from crontab import CronSlices

    if not CronSlices.is_valid(fields):
        return None
    return schedule_of_cron(CronSlices(fields).clean_render())


def _there(path: str) -> bool:
    """Tell whether *path* is there; one that can't be read off is not called missing."""
    return not path or os.path.exists(path)  # noqa: PTH110  (never raises, unlike Path's)


# --- systemd ------------------------------------------------------------------------------------


def unit_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the user's units."""
    home = Path(environ.get("HOME") or os.path.expanduser("~"))  # noqa: PTH111  (never raises)
    config = environ.get("XDG_CONFIG_HOME", "")
    base = Path(config) if config.startswith("/") else home / ".config"
    return base / "systemd" / "user"


def write_units(folder: Path, name: str, texts: Units, mark: str) -> None:
    """Write the pair of units called *name*, each whole or not at all.

    Raises `DorfError` if a file of that name is not ours, `UnreadableFile` if it can't be written.
    """
    for path in _pair(folder, name):
        if os.path.lexists(path) and mark_of_unit(_read(path)) != mark:
            raise DorfError(N_("{file} is not dorf’s own, so it was left alone."), file=path)
    for path, text in zip(_pair(folder, name), texts, strict=True):
        fresh = path.with_name(f".{path.name}.new")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(text.encode(**_BYTES))
            fresh.replace(path)
        except OSError as error:
            raise _unwritable(path, error) from error


def _pair(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.service", folder / f"{name}.timer"


def _unwritable(path: Path, error: OSError) -> UnreadableFile:
    return UnreadableFile(
        N_("{file} can't be written: {reason}. Nothing was changed."),
        file=path,
        reason=reason_of(error),
    )


def _read(path: Path) -> str:
    """Return the text of a file; "" for one that can't be read, and so is none of ours."""
    try:
        return path.read_bytes().decode(**_BYTES)
    except OSError:
        return ""


def unit_reminders(folder: Path) -> Iterator[Reminder]:
    """Yield the reminders of all villages among the user's units."""
    for name in sorted({path.stem for path in folder.glob("dorf-remind*.*")}):
        paths = [path for path in _pair(folder, name) if mark_of_unit(_read(path))]
        if not paths:
            continue
        texts = Units(*map(_read, _pair(folder, name)))
        program, village, calendar = parts_of_units(texts)
        yield Reminder(
            Way.SYSTEMD, mark_of_unit(_read(paths[0])), schedule_of_calendar(calendar), calendar,
            program, village, tuple(map(str, paths)),
            len(paths) == 2 and os.path.lexists(_started(paths[-1])),
            _there(program), _there(village),
        )  # fmt: skip


def _started(timer: Path) -> Path:
    """Return the link by which systemd starts a *timer* that is enabled."""
    return timer.parent / "timers.target.wants" / timer.name


def start_timer(machine: Machine, name: str) -> bool:
    """Let systemd start the timer; return False where it does not run for this user."""
    return _systemctl(machine, ("daemon-reload",), ("enable", "--now", f"{name}.timer"))


def remove_units(machine: Machine, reminder: Reminder) -> None:
    """Stop the timer of *reminder* and take its files away, with the link that started it."""
    paths = list(map(Path, reminder.files))
    timers = [path for path in paths if path.suffix == ".timer"]
    for timer in timers:
        _systemctl(machine, ("disable", "--now", timer.name))
        link = _started(timer)
        if link.is_symlink() and link.parent / link.readlink() == timer:
            paths.append(link)
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(path, error) from error
    _systemctl(machine, ("daemon-reload",))


def _systemctl(machine: Machine, *calls: Sequence[str]) -> bool:
    if machine.find("systemctl") is None:
        return False
    return all(machine.run("systemctl", "--user", *call).returncode == 0 for call in calls)
