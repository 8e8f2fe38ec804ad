"""How a bug looks from outside: one sentence without anybody's data, or what a report needs."""

from __future__ import annotations

import errno
import io
from typing import TYPE_CHECKING

import pytest

from dorf.cli import main
from dorf.cli.env import World

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

PERSON = "Oma Gisela"


def ended(path: Path, error: Exception, **environ: str) -> tuple[int, str]:
    """Run a command in a world whose clock fails; return the exit status and stderr."""

    def clock() -> datetime:
        raise error

    err = io.StringIO()
    variables = {"DORF_DB": str(path / "dorf.db"), "DORF_LANG": "en"} | environ
    world = World(variables, io.StringIO(), io.StringIO(), err, clock)
    return main(["add", PERSON], world), err.getvalue()


def test_a_bug_is_one_sentence(tmp_path: Path) -> None:
    """Status 70, what it was and where, how to report it; no traceback, no name."""
    status, said = ended(tmp_path, KeyError(PERSON))
    assert status == 70
    assert said.startswith("dorf: That is a bug in dorf (KeyError at cli/env.py:")
    assert "DORF_DEBUG=1" in said
    assert said.count("\n") == 1
    assert PERSON not in said


def test_the_sentence_is_german_as_well(tmp_path: Path) -> None:
    """As everything that people read."""
    _, said = ended(tmp_path, KeyError(PERSON), DORF_LANG="de")
    assert said.startswith("dorf: Das ist ein Fehler in dorf (KeyError in cli/env.py:")


def test_debugging_shows_the_traceback_and_where_the_time_went(tmp_path: Path) -> None:
    """On stderr, with the sentence and the status as before."""
    status, said = ended(tmp_path, KeyError("x"), DORF_DEBUG="1")
    assert status == 70
    assert said.startswith("Traceback (most recent call last):\n")
    sentence, times = said.splitlines()[-2:]
    assert sentence.startswith("dorf: That is a bug in dorf")
    assert times.startswith("dorf: start ")
    assert "imports" in times


def test_debugging_a_command_that_works_shows_the_phases_alone(tmp_path: Path) -> None:
    """The answer itself stays as it is."""
    err, out = io.StringIO(), io.StringIO()
    variables = {"DORF_DB": str(tmp_path / "dorf.db"), "DORF_LANG": "en", "DORF_DEBUG": "1"}
    assert main(["add", PERSON], World(variables, io.StringIO(), out, err)) == 0
    assert main(["list"], World(variables, io.StringIO(), out, err)) == 0
    assert out.getvalue().startswith(PERSON)
    times = err.getvalue().splitlines()[-1]
    assert times.startswith("dorf: start ")
    for phase in ("imports", "opening", "reading", "core", "report"):
        assert f"{phase} " in times


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "broken")])
def test_only_an_output_that_fails_is_called_one(tmp_path: Path, error: OSError) -> None:
    """An error of the system inside of a command does not blame what was printed."""
    status, said = ended(tmp_path, error)
    assert status == 6
    assert "output" not in said


def test_an_error_of_the_system_names_its_file(tmp_path: Path) -> None:
    """Where the system says which one it was."""
    status, said = ended(tmp_path, PermissionError(errno.EACCES, "denied", "/srv/x"))
    assert (status, said) == (6, "dorf: /srv/x can't be used: you may not do that.\n")
