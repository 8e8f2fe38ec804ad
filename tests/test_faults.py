"""Each command that writes, stopped or refused by the disk at each of its calls.

``tests/faults`` has the harness: what was acknowledged is there afterwards, anything else is there
whole or not at all, the file opens, ``doctor`` is content, copies are whole, life goes on.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import HANGING
from tests.faults.driver import Mode
from tests.faults.points import all_faults
from tests.faults.scenarios import READING, WRITING, leaves

POINTS = 1000
PARTS = 4
SEED = "11" if "CI" in os.environ else str(random.randrange(1_000_000))  # noqa: S311

needs_a_compiler = pytest.mark.skipif(
    shutil.which("cc") is None or sys.platform != "linux",
    reason="no C compiler here, or no Linux: faults can't be put between program and system",
)


def test_every_command_is_tried() -> None:
    """A new command needs a scenario, and a command that went leaves none behind."""
    assert set(WRITING).isdisjoint(READING)
    assert {name for name in (*WRITING, *READING) if not name.startswith("-")} == leaves()


def test_every_call_meets_every_fault() -> None:
    """A write is torn as well, and what a full disk still does is not refused by one."""
    assert len(all_faults("w")) == 8
    assert {fault.mode for fault in all_faults("u")} == set(Mode) - {
        Mode.COUNT, Mode.TORN, Mode.SHORT,
    }  # fmt: skip


def harness(*words: str) -> str:
    """Run the harness and return its report; fail with it if it found something."""
    line = [sys.executable, "-m", "tests.faults", *words]
    ended = subprocess.run(
        line, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=False,
        timeout=4 * HANGING,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@needs_a_compiler
@pytest.mark.slow
@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_nothing_is_lost_at_any_call(part: int) -> None:
    """A thousand points in four parts; the seed stands in the report of a failure."""
    report = harness(str(POINTS), "--seed", SEED, "--part", f"{part}/{PARTS}")
    assert report.splitlines()[-1].endswith(" 0 failures")


@needs_a_compiler
@pytest.mark.slow
def test_commands_that_only_read_write_nothing() -> None:
    """Not one call of theirs changes a file, also where the disk can't be read."""
    assert (
        harness("200", "--seed", SEED, "--reading").splitlines()[-1]
        == f"{len(READING)} commands, 0 failures"
    )
