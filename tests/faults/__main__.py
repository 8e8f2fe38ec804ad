"""``python -m tests.faults [POINTS] [--seed SEED] [--part 1/4] [--only TEXT]``: try, and print."""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.driver import KILLS, PRELOAD, compile_library, warm_up
from tests.faults.points import Tried, try_reading, try_scenario
from tests.faults.scenarios import MIGRATIONS, READING, WRITING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ctypes import CDLL

READY = "DORF_FAULTS"
"""Set in the process that has the library preloaded."""


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("points", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", default=str(random.randrange(1_000_000)))  # noqa: S311
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--only", default="", help="only scenarios with this text")
    parser.add_argument("--reading", action="store_true", help="try that reading writes nothing")
    return parser.parse_args(words)


def with_library(words: Sequence[str]) -> int:
    """Compile the library and begin again with it preloaded."""
    with tempfile.TemporaryDirectory() as folder:
        library = compile_library(Path(folder))
        environ = os.environ | {PRELOAD: str(library), READY: "1"}
        line = [sys.executable, "-m", "tests.faults", *words]
        return subprocess.run(line, env=environ, check=False).returncode


def show(tried: Tried) -> None:
    """Print a line for a scenario, and one for each failure."""
    kills = sum(fault.mode in KILLS for fault in tried.faults)
    errors = sum(bool(fault.error) for fault in tried.faults)
    figures = f"{tried.calls:>5} {len(tried.faults):>7} {kills:>6} {errors:>7}"
    print(f"{figures} {len(tried.failures):>9}  {str(tried.scenario)[:70]}", flush=True)
    for text in tried.failures:
        print(f"FAILED {text}", flush=True)


def main(words: Sequence[str]) -> int:
    """Try what was asked for and return 1 if something did harm."""
    wanted = arguments(words)
    library = warm_up()
    with tempfile.TemporaryDirectory() as work:
        if wanted.reading:
            return _only_read(library, Path(work), wanted)
        return _try_faults(library, Path(work), wanted)


def _try_faults(library: CDLL, work: Path, wanted: argparse.Namespace) -> int:
    scenarios = [*(s for group in WRITING.values() for s in group), *MIGRATIONS]
    scenarios = [scenario for scenario in scenarios if wanted.only in str(scenario)]
    part, parts = map(int, wanted.part.split("/"))
    many = -(-wanted.points // len(scenarios))
    print(f"seed {wanted.seed}\ncalls  points  kills  errors  failures", flush=True)
    found = []
    for scenario in scenarios[part - 1 :: parts]:
        found.append(try_scenario(library, scenario, work, many, wanted.seed))
        show(found[-1])
    faults = [fault for tried in found for fault in tried.faults]
    failures = sum(len(tried.failures) for tried in found)
    print(f"{len(faults)} points, {sum(f.mode in KILLS for f in faults)} kills, "
          f"{sum(bool(f.error) for f in faults)} errors, {failures} failures")  # fmt: skip
    return bool(failures)


def _only_read(library: CDLL, work: Path, wanted: argparse.Namespace) -> int:
    many = -(-wanted.points // len(READING))
    failures = [
        text
        for group in READING.values()
        for scenario in group
        for text in try_reading(library, scenario, work, many, wanted.seed)
    ]
    for text in failures:
        print(f"FAILED {text}")
    print(f"{len(READING)} commands, {len(failures)} failures")
    return bool(failures)


if __name__ == "__main__":
    begin = main if os.environ.get(READY) else with_library
    sys.exit(begin(sys.argv[1:]))
