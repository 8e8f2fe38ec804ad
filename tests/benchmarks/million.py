"""A village of 10,000 people and a million encounters: what daily commands cost in it.

Each command runs as a process of its own: time on the clock, time of the processor, and the most
memory at any moment. ``python -m tests.benchmarks.million`` prints these rows alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.villages import TODAY, build

PEOPLE, ENCOUNTERS = 10_000, 1_000_000
COMMANDS = (
    ("history",),
    ("history", "--text", "kaffee"),
    ("find", "Person 7"),
    ("log", "Person 7"),
    ("status",),
)
MEASURED = """
import os, resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""A small process between: a child's peak begins with that of whoever started it."""


class Cost(NamedTuple):
    """What one command took: seconds on the clock, seconds of the processor, bytes."""

    clock: float
    processor: float
    peak: int

    def line(self, name: str) -> str:
        """Return the row of the table."""
        return (
            f"{name:42}  {self.clock * 1000:6.0f} ms  {self.processor * 1000:6.0f} ms  "
            f"{self.peak / 1_000_000:5.0f} MB"
        )


def cost(words: list[str], environ: dict[str, str]) -> Cost:
    """Run a command and return what it took; raise if it fails."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words],
        env=environ,
        check=True,
        capture_output=True,
        text=True,
    )
    clock, processor, kilobytes = done.stdout.split()
    return Cost(float(clock), float(processor), int(kilobytes) * 1024)


def report(village: Path, program: list[str], environ: dict[str, str]) -> str:
    """Return the rows for the large *village*, which is written to.

    The first write of a day makes the daily copy; the second one shows what that costs.
    """
    environ = environ | {"DORF_DB": str(village)}
    log = [*program, "log", "Person 7"]
    cost(log, environ)  # today's copy is made
    lines = [cost([*program, *words], environ).line(f"{' '.join(words)}") for words in COMMANDS]
    tomorrow = environ | {"DORF_TODAY": (TODAY + timedelta(days=1)).isoformat()}
    lines += [cost(log, tomorrow).line(f"{which} write of a day") for which in ("first", "second")]
    head = f"{f'{PEOPLE:,} contacts, {ENCOUNTERS:,} encounters':42}  {'clock':>9}  {'CPU':>9}  peak"
    return "\n".join([head, *lines])


def main() -> None:
    """Build the village, measure and print."""
    from tests.benchmarks.__main__ import _environ, _program

    with tempfile.TemporaryDirectory(prefix="dorf-million-") as folder:
        village = Path(folder) / "dorf.db"
        build(village, PEOPLE, ENCOUNTERS)
        print(report(village, _program(Path(folder)), _environ(Path(folder))))


if __name__ == "__main__":
    main()
