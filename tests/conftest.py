"""What every test may use: a world of its own, and `dorf(...)`, which runs one command in it."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer.main
from hypothesis import HealthCheck, settings
from typer.utils import get_params_from_function

from dorf.cli import main
from dorf.cli.app import LazyGroup
from dorf.cli.env import World
from dorf.cli.usage import language_of
from dorf.store import migration
from dorf.store.schema import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dorf.store.schema import Steps

settings.register_profile(
    "dorf",
    deadline=None,
    derandomize="CI" in os.environ,  # a gate answers the same each time; people look further
    suppress_health_check=[HealthCheck.too_slow],  # it measures how busy the machine is
)
settings.register_profile("quick", settings.get_profile("dorf"), max_examples=15)

QUICK = "not slow"
"""What `-m` says for the quick tests alone."""


def pytest_configure(config: pytest.Config) -> None:
    """Draw few examples where only the quick tests were asked for."""
    settings.load_profile("quick" if config.getoption("-m") == QUICK else "dorf")


_cases: Counter[str] = Counter()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave the first cases of a test with many to the quick ones, and call the others slow."""
    few = item.get_closest_marker("few")
    if few:
        name = item.nodeid.partition("[")[0]
        _cases[name] += 1
        if _cases[name] > few.args[0]:
            item.add_marker("slow")


typer.main.get_params_from_function = cache(  # type: ignore[attr-defined]
    get_params_from_function
)
"""Typer reads each command's signature anew at each call, a third of what a call costs here."""

_build, _commands = LazyGroup.get_command, dict[tuple[str, str], Any]()
_migrate = migration.migrate


def _command(group: LazyGroup, context: Any, name: str) -> Any:
    """Build a command once for each language; it keeps nothing of a run."""
    key = name, language_of(context).code
    if key not in _commands:
        _commands[key] = _build(group, context, name)
    return _commands[key]


def _migrated(
    connection: sqlite3.Connection, path: Path, steps: Steps, now: str, *, keep: bool = True
) -> None:
    """Begin a new file with what all steps made of an empty one once: half a command's time."""
    if steps is STEPS and keep and not path.stat().st_size:
        path.write_bytes(_empty_village())
    else:
        _migrate(connection, path, steps, now, keep=keep)


@cache
def _empty_village() -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        _migrate(made, Path(), STEPS, f"{TODAY}T12:00:00+00:00", keep=False)
        return made.serialize()


LazyGroup.get_command = _command  # type: ignore[assignment,method-assign]
migration.migrate = _migrated

HANGING = 300
"""Seconds after which a process that a test started is taken to hang; no measure of speed."""

TODAY = "2026-03-02"
"""A Monday; the reference day of the worked households."""

CASE_B = Path(__file__).parent / "cases" / "household-b.json"


class Terminal(io.StringIO):
    """A stream that says it is a terminal, or not."""

    def __init__(self, text: str = "", *, tty: bool = False) -> None:
        """Hold *text*; claim to be a terminal if *tty*."""
        super().__init__(text)
        self.tty = tty

    def isatty(self) -> bool:
        """Return what was claimed."""
        return self.tty


@dataclass
class Dorf:
    """One village file, and a way to run commands on it.

    A call asserts the exit status (0 unless told) and, for status 0, an empty stderr, then
    returns what was printed; `said` keeps stderr.
    """

    path: Path
    lang: str = "en"
    today: str = TODAY
    environ: dict[str, str] = field(default_factory=dict)
    said: str = ""
    ended: int = 0
    """The exit status of the last `any_status`."""

    def __call__(
        self,
        *arguments: str,
        status: int = 0,
        stdin: str = "",
        tty: bool = False,
        stderr: str | None = None,
        remarks: bool = False,
    ) -> str:
        """Run ``dorf`` with *arguments*; *tty* makes all three streams a terminal.

        With *remarks*, stderr may hold some that do not matter to the test.
        """
        world, out, err = self._world(stdin, tty=tty)
        with redirect_stdout(out), redirect_stderr(err):
            got = main(list(arguments), world)
        self.said = err.getvalue()
        assert got == status, f"{arguments}: status {got}, {out.getvalue()}{self.said}"
        if stderr is not None:
            assert self.said == stderr
        elif status == 0 and not tty and not remarks:
            assert not self.said
        return out.getvalue()

    def _world(self, stdin: str, *, tty: bool) -> tuple[World, Terminal, Terminal]:
        environ = {"DORF_DB": str(self.path), "DORF_LANG": self.lang, "DORF_TODAY": self.today}
        out, err = Terminal(tty=tty), Terminal(tty=tty)
        world = World(
            environ | {"COLUMNS": "80", "TERM": "dumb"} | self.environ,
            Terminal(stdin, tty=tty),
            out,
            err,
            lambda: datetime.combine(date.fromisoformat(self.today), time(12), UTC),
        )
        return world, out, err

    def any_status(self, *arguments: str, stdin: str = "", tty: bool = False) -> str:
        """Run a command, whatever becomes of it, and return both its streams."""
        world, out, err = self._world(stdin, tty=tty)
        with redirect_stdout(out), redirect_stderr(err):
            self.ended = main(list(arguments), world)
        return out.getvalue() + err.getvalue()

    def json(self, *arguments: str, status: int = 0) -> Any:
        """Run a command with ``--json`` and return the document."""
        return json.loads(self(*arguments, "--json", status=status))

    def load(self, village: dict[str, Any]) -> None:
        """Import a village document; some of its people may look alike."""
        self("import", "-", stdin=json.dumps({"dorf": 1} | village), remarks=True)

    def status(self) -> Any:
        """Return the status document."""
        return self.json("status")

    def keys(self) -> list[str]:
        """Return the keys of the findings."""
        return [gap["key"] for gap in self.status()["gaps"]]


@contextmanager
def endless_after(seconds: float = 60) -> Iterator[None]:
    """Fail when the block has used that many seconds of the processor: it would not have ended.

    Other programs of the machine do not count, and what ends needs a fraction of it.
    """

    def fail(*_: object) -> None:
        pytest.fail(f"no end after {seconds} seconds of work")

    before = signal.signal(signal.SIGPROF, fail)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def hear_ctrl_c() -> None:
    """Undo the deafness to Ctrl-C that tests started in the background hand down."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def dorf(tmp_path: Path) -> Dorf:
    """Return an empty village in English on `TODAY`."""
    return Dorf(tmp_path / "dorf.db")


@pytest.fixture
def german(tmp_path: Path) -> Dorf:
    """Return an empty village in German on `TODAY`."""
    return Dorf(tmp_path / "dorf.db", lang="de")


@pytest.fixture(scope="session")
def family_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a village with something in every table."""
    dorf = Dorf(tmp_path_factory.mktemp("family") / "dorf.db")
    dorf("import", str(CASE_B))
    dorf("edit", "jana", "--skill", "sewing", "--birthday", "28.2.", "--note", "tea")
    dorf("log", "jana", "tom", "--how", "call", "--got", "childcare", "--note", "zoo")
    dorf("role", "tom", "neighbour")
    dorf("wish", "add", "Handwerk")
    dorf("rule", "off", "G12")
    return dorf.path.read_bytes()


@pytest.fixture
def family(dorf: Dorf, family_file: bytes) -> Dorf:
    """Return a village of its own with something in every table."""
    dorf.path.write_bytes(family_file)
    dorf.path.chmod(0o600)
    return dorf
