"""The outside world as values: `World` is what a process gets, `Env` what a command needs."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from dorf.cli.streams import as_text, escaped, show_signs, shown, take_bytes
from dorf.core.command_line import command_line
from dorf.core.spelling import without_controls
from dorf.errors import N_, Bug, DorfError, UnreadableFile, UsageFailure, reason_of
from dorf.timing import TIMES
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import typer

    from dorf.i18n import Language
    from dorf.report.page import Page
    from dorf.report.words import Words
    from dorf.store.store import Store

_EARLIEST, _LATEST = 1900, 9000
"""Years between which today lies: the calendar of Python ends a little way outside of them."""

_OF_THE_DISK = {errno.EIO, errno.ENOSPC}
_BREAK = "\n"
INTERRUPTED = 130
"""Exit status after Ctrl-C."""


def _now() -> datetime:
    return datetime.now(UTC)


class World(NamedTuple):
    """Streams, environment variables and the clock; a test hands in its own."""

    environ: Mapping[str, str]
    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    clock: Callable[[], datetime] = _now

    @classmethod
    def here(cls) -> World:
        """Return the world of this process; what a stream can't encode is replaced."""
        if sys.stdin is None:  # closed by whoever started us
            sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115  (for good)
        take_bytes(sys.stdin)
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name)
            if stream is None:
                setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
            else:
                show_signs(stream)
        return cls(os.environ, sys.stdin, sys.stdout, sys.stderr)

    def guard(self, run: Callable[[], object], language: Language) -> int:
        """Run a command; return its exit status, with one sentence on stderr if it failed."""
        try:
            status = run()
            self.stdout.flush()
        except KeyboardInterrupt:
            status = INTERRUPTED
        except BrokenPipeError:
            _forget(self.stdout)
            return 1
        except Exception as error:  # noqa: BLE001  (the one place: a bug is told in a sentence, too)
            failure = self._failure(error)
            return self._complain(language.error(failure), failure.status)
        finally:
            if self.environ.get("DORF_DEBUG"):
                self._report_times()
        if status == INTERRUPTED:
            self.stderr.write("\n")
        return status if isinstance(status, int) else 0

    def wrapped(self, text: str, stream: TextIO) -> str:
        """Return *text*, for a terminal in lines that break no command."""
        text = shown(text)
        if not stream.isatty():
            return text
        from dorf.report.page import wrapped_text

        columns = self.environ.get("COLUMNS", "")
        width = int(columns) if columns.isdecimal() else _width(stream)
        return wrapped_text(text, max(width, 20), "  ")

    def _failure(self, error: Exception) -> DorfError:
        """Return the sentence for what a command failed with, after its traceback if wanted."""
        if self.environ.get("DORF_DEBUG"):
            import traceback

            for line in "".join(traceback.format_exception(error)).splitlines():
                self.stderr.write(f"{shown(line)}\n")
        if isinstance(error, DorfError):
            return error
        if isinstance(error, OSError) and not self._can_be_written():
            _forget(self.stdout)
            return DorfError(
                N_("The output could not be written: {reason}."), reason=reason_of(error)
            )
        if isinstance(error, OSError) and isinstance(error.filename, str):
            sentence = N_("{file} can't be used: {reason}.")
            return UnreadableFile(sentence, file=error.filename, reason=reason_of(error))
        if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
            return UnreadableFile(
                N_("A disk could not be read or written: {reason}."), reason=reason_of(error)
            )
        return Bug(error)

    def _can_be_written(self) -> bool:
        """Tell whether what is still to be printed gets out."""
        try:
            self.stdout.flush()
        except OSError:
            return False
        return True

    def _report_times(self) -> None:
        self._complain(TIMES.line(), 0)

    def _complain(self, sentence: str, status: int) -> int:
        try:
            self.stderr.write(f"{self.wrapped(f'dorf: {sentence}', self.stderr)}\n")
            self.stderr.flush()
        except OSError:  # nobody listens; the status still tells
            _forget(self.stderr)
        return status


def _width(stream: TextIO) -> int:
    """Return the columns of the terminal that *stream* is: standard output may be a pipe."""
    import shutil

    try:
        own = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):  # no terminal of this machine after all
        own = 0
    return own or shutil.get_terminal_size().columns


def _forget(stream: TextIO) -> None:
    """Keep Python from complaining about a closed pipe or a full disk once more at its end."""
    if stream in {sys.stdout, sys.stderr}:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class Env(NamedTuple):
    """What every command needs: the file, the day, the language and the world outside."""

    path: Path
    today: date
    language: Language
    world: World
    chosen: bool = True
    """Whether somebody named the file; the default file may get its folder made."""
    typed: tuple[str, ...] = ()
    """The command with its arguments: under it the record keeps what this run changes."""
    scripted: bool = False
    """Whether a program reads the answer, so that no question is worded."""
    as_json: bool = False
    """Whether the answer is to be JSON."""

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the village file for the time of a command."""
        from dorf.store.store import Store

        clock = self.world.clock()
        with Store(
            self.path,
            clock.isoformat(timespec="microseconds"),
            line=partial(command_line, self.typed),
            day=clock.astimezone().date().isoformat(),
            make_folder=not self.chosen,
        ) as store:
            yield store
        for remark in store.remarks:
            self.note(self.language.error(remark))

    def unasked_in_json(self) -> Env:
        """Return the environment of a command that words no question where it answers in JSON."""
        return self._replace(scripted=self.as_json)

    def words(self, *, discreet: bool = False) -> Words:
        """Return the words of this run."""
        from dorf.report.words import Words

        return Words(self.language, self.today, discreet=discreet)

    @property
    def interactive(self) -> bool:
        """Whether there is somebody to ask."""
        return not self.scripted and self.world.stdin.isatty() and self.world.stderr.isatty()

    def show(self, page: Page) -> None:
        """Print a page: with Rich on a terminal, as plain lines elsewhere."""
        with TIMES.phase("report"):
            out = self.world.stdout
            if out.isatty():
                from dorf.report.screen import console, show

                show(page, console(out, self.world.environ))
            else:
                from dorf.report.page import plain_lines

                for line in plain_lines(page):
                    out.write(f"{line}\n")

    def say(self, text: str) -> None:
        """Print one line of result; on a terminal it breaks between words."""
        self.world.stdout.write(f"{self.world.wrapped(text, self.world.stdout)}\n")

    def print(self, text: str) -> None:
        """Print a text of our own that has its lines already."""
        self.world.stdout.write(f"{without_controls(text, keep=_BREAK)}\n")

    def deliver(self, text: str) -> None:
        """Print a file that other programs read: UTF-8 as it is, whatever the terminal speaks."""
        text, out = without_controls(text, keep="\r\n\t"), self.world.stdout
        binary = getattr(out, "buffer", None)
        if binary is None:
            out.write(text)
            return
        out.flush()
        binary.write(text.encode("utf-8"))
        binary.flush()

    def note(self, text: str) -> None:
        """Print a remark that is not the result, on stderr."""
        self.world.stderr.write(f"{self.world.wrapped(text, self.world.stderr)}\n")

    def preview(self, line: str) -> None:
        """Print on stderr a line that stays whole on any terminal: one that is to be written."""
        self.world.stderr.write(f"{shown(line)}\n")

    def answer(
        self, report: str, document: Callable[[], dict[str, Any]], page: Callable[[], Page]
    ) -> None:
        """Print a result: its *document* where JSON is asked for, else its *page*."""
        if self.as_json:
            self.document(report, document())
        else:
            self.show(page())

    def document(self, report: str, content: dict[str, Any]) -> None:
        """Print one JSON document (CONTRIBUTING.md, Output)."""
        with TIMES.phase("report"):
            import json

            out = self.world.stdout
            head = {"dorf": 1, "report": report, "today": self.today.isoformat()}
            unicode = (out.encoding or "utf-8").lower().startswith("utf")
            encoder = json.JSONEncoder(ensure_ascii=not unicode, indent=1)
            out.writelines(escaped(encoder.iterencode(head | content)))
            out.write("\n")

    def ask(self, question: str, *, enter: str = "") -> str:
        """Ask on stderr and return the answer from stdin; Enter alone answers *enter*.

        The end of input declines: that answer is always empty.
        """
        self.world.stderr.write(f"{shown(question)} ")
        self.world.stderr.flush()
        answer = self.read_line()
        if not answer:
            self.world.stderr.write("\n")
            return ""
        return answer.strip() or enter

    def read_line(self) -> str:
        """Return a line of standard input; raise `UsageFailure` if it is no text."""
        stdin = self.world.stdin
        return as_text(stdin.readline(), getattr(stdin, "encoding", None) or "utf-8")

    def confirm(self, question: str, *, yes: bool) -> None:
        """Return if *yes*, or if somebody agrees; raise `DorfError` otherwise."""
        if yes:
            return
        if not self.interactive:
            raise DorfError(N_("Nothing was changed: add --yes to confirm without being asked."))
        answer = self.ask(self.language.say("{question} (yes / no)", question=question))
        if answer.casefold() not in {"y", "yes", "j", "ja"}:
            raise DorfError(N_("Nothing was changed."))


def env_of(ctx: typer.Context) -> Env:
    """Return the environment that the callback built."""
    env = ctx.obj
    assert isinstance(env, Env)  # noqa: S101  (for mypy: the callback always ran)
    return env


def make_env(
    world: World, language: Language, db: str | None, today: str | None, typed: Sequence[str] = ()
) -> Env:
    """Return the environment of a run from the global options and the variables of the world.

    *typed* is the command with its arguments.
    """
    chosen = world.environ.get("DORF_DB") if db is None else db
    path = _path(chosen, db)
    return Env(path, _today(world, today), language, world, bool(chosen), tuple(typed))


def _path(chosen: str | None, db: str | None) -> Path:
    if db is not None and not db.strip():
        raise UsageFailure(N_("Please name a file after --db."))
    if chosen == ":memory:":
        raise UsageFailure(N_("“:memory:” would forget everything at once. Please name a file."))
    return expanded(chosen) if chosen else default_path()


def expanded(file: str) -> Path:
    """Return the path that somebody named, `~` being their own folder."""
    return Path(os.path.expanduser(file))  # noqa: PTH111  (never raises, unlike Path's)


def default_path() -> Path:
    """Return where the village lies when nobody names a file."""
    from platformdirs import user_data_path

    return user_data_path("dorf", appauthor=False) / "dorf.db"


def _today(world: World, today: str | None) -> date:
    chosen = today or world.environ.get("DORF_TODAY")
    here = world.clock().astimezone().date()
    if not chosen:
        return here
    from dorf.core.sayings.days import parse_day

    day = parse_day(chosen, here)
    if not _EARLIEST <= day.year <= _LATEST:
        raise UsageFailure(N_("“{text}” is too far away to be today."), text=chosen)
    return day
