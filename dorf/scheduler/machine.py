"""The programs of this machine: which there are, and what they answer."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from dorf.errors import N_, DorfError, reason_of

BYTES = {"encoding": "utf-8", "errors": "surrogateescape"}
"""How a crontab or a unit becomes text and the same bytes again, whatever its encoding."""


class Machine(NamedTuple):
    """The programs of this machine, found and run with the variables of the world."""

    environ: Mapping[str, str]

    def find(self, name: str) -> str | None:
        """Return where the program *name* is; None if there is none."""
        return shutil.which(name, path=self.environ.get("PATH"))

    def run(self, name: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program in its own plain English and return what it answered."""
        program = self.find(name) or name
        try:
            done = subprocess.run(  # noqa: S603  (crontab and systemctl, no shell)
                [program, *arguments],
                input=stdin.encode(**BYTES),
                env={**self.environ, "LC_ALL": "C"},
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise DorfError(
                N_("{file} could not be started: {reason}."), file=program, reason=reason_of(error)
            ) from error
        output = done.stdout.decode(**BYTES), done.stderr.decode(**BYTES)
        return subprocess.CompletedProcess(done.args, done.returncode, *output)


def running_program(argv0: str, python: str) -> tuple[str, ...]:
    """Return how to start this program again from anywhere: as it was started, or by *python*.

    A link is kept as it is: it is what stays when the program is upgraded.
    """
    path = Path(os.path.abspath(argv0))  # noqa: PTH100  (keeps links)
    if path.name == "dorf" and path.is_file() and os.access(path, os.X_OK):
        return (str(path),)
    return (python, "-m", "dorf")


def exists(path: str) -> bool:
    """Tell whether there is *path*; one that could not be read off is not called missing."""
    return not path or os.path.exists(path)  # noqa: PTH110  (never raises, unlike Path's)
