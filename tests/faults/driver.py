"""A warm process that runs commands in children of its own, each with one fault."""

from __future__ import annotations

import ctypes
import errno
import gc
import importlib
import io
import os
import pkgutil
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

import dorf
from dorf.cli import main
from dorf.cli.env import World
from tests.conftest import HANGING, TODAY

SOURCE = Path(__file__).with_name("faults.c")
PRELOAD = "LD_PRELOAD"


class Mode(IntEnum):
    """What happens at a call, in the numbers of ``faults.c``."""

    COUNT = 1
    BEFORE = 2
    AFTER = 3
    TORN = 4
    SHORT = 5
    ONCE = 6
    FROM_THEN_ON = 7


KILLS = (Mode.BEFORE, Mode.AFTER, Mode.TORN)


class Fault(NamedTuple):
    """What happens at which call (from 1), and the error that it answers."""

    mode: Mode = Mode.COUNT
    at: int = 0
    error: int = 0

    def __str__(self) -> str:
        """Return the fault as a report has it."""
        reason = f" {errno.errorcode[self.error]}" if self.error else ""
        return f"{self.mode.name}{reason} at call {self.at}"


class Ending(NamedTuple):
    """How a child ended: its status (negative for a signal), what it printed, and its calls."""

    status: int
    out: str
    err: str
    calls: str


def compile_library(folder: Path) -> Path:
    """Compile the library into *folder*; raise `OSError` where there is no compiler."""
    library = folder / "faults.so"
    line = ["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(line, check=True, capture_output=True)
    return library


def warm_up() -> ctypes.CDLL:
    """Import everything that a command may need, and return the preloaded library."""
    for module in pkgutil.walk_packages(dorf.__path__, "dorf."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("sqlite_utils", "rich.console", "rich.table", "dateutil.relativedelta", "crontab"):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    library = ctypes.CDLL(None)
    library.faults_calls.restype = ctypes.c_char_p
    return library


def environ(folder: Path) -> dict[str, str]:
    """Return the variables of a run whose home, programs and village are in *folder*."""
    return {
        "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"), "TMPDIR": str(folder),
        "PATH": str(folder / "bin"), "DORF_DB": str(folder / "dorf.db"), "DORF_LANG": "en",
        "DORF_TODAY": TODAY, "SHELL": "/bin/bash",
    }  # fmt: skip


def run(
    library: ctypes.CDLL, words: tuple[str, ...], folder: Path, fault: Fault, stdin: str = ""
) -> Ending:
    """Run one command with one *fault* in a child."""
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(4)]
        files[0].write(stdin.encode())
        files[0].seek(0)
        child = os.fork()
        if not child:
            _be_the_child(library, words, folder, fault, [file.fileno() for file in files])
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        for file in files:
            file.seek(0)
        out, err, calls = (file.read().decode("utf-8", "replace") for file in files[1:])
        return Ending(status, out, err, calls)


def _be_the_child(
    library: ctypes.CDLL, words: tuple[str, ...], folder: Path, fault: Fault, files: list[int]
) -> None:
    """Run the command and leave this process, whatever happens."""
    status = 99
    try:
        signal.alarm(HANGING)
        for number in range(3):
            os.dup2(files[number], number)
        os.environ.clear()
        os.environ.update(environ(folder))
        tempfile.tempdir = None
        sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), "utf-8")
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8")
        sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8")
        sys.argv = [str(folder / "bin" / "dorf"), *words]
        world = World(os.environ, sys.stdin, sys.stdout, sys.stderr, _noon)
        library.faults_arm(int(fault.mode), ctypes.c_long(fault.at), fault.error)
        status = main(words, world)
        os.pwrite(files[3], library.faults_calls(), 0)
        sys.stderr.flush()
    finally:
        os._exit(status)


def _noon() -> datetime:
    return datetime.combine(date.fromisoformat(TODAY), time(12), UTC)


def renew(source: Path, folder: Path) -> None:
    """Make *folder* what *source* is."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
