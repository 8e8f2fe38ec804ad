"""Print the speed table of CONTRIBUTING.md, Speed: ``python -m tests.benchmarks [ROUNDS]``.

Each row is measured in turn with its floor, so that whatever else the machine does hits both. The
figures are those of the fastest run, processor time beside time on the wall; the spread is how
much more the middle run took. What people see on a terminal is measured on one.
"""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import cards, million
from tests.benchmarks.villages import TODAY, build

NOTHING = "pass"
SQLITE = "import sqlite3"
TYPER = "import typer, sqlite3"
TYPER_RICH = """
import typer, sqlite3
from rich.console import Console
from rich.table import Table
table = Table("a", "b", "c")
for number in range(40):
    table.add_row("Rückhalt", "●●●", "Jonas, Oma Gisela, Lena")
Console().print(table)
"""
TYPER_WRITES = "import typer, sqlite_utils"
SMALL, MIDDLE, LARGE = (150, 2_000), (500, 50_000), (10_000, 1_000_000)

LAUNCHER = """
import os, sys, time
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - start
cost = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, wall, used.ru_maxrss
os.write(int(sys.argv[1]), " ".join(map(str, cost)).encode())
"""
"""A small process between: a child's peak of memory begins with that of whoever started it."""


class Cost(NamedTuple):
    """What one run took: seconds of the processor and on the wall, the most memory in bytes."""

    cpu: float
    wall: float
    memory: int


@dataclass
class Run:
    """A command to measure, and what its runs took."""

    arguments: list[str]
    environ: dict[str, str] = field(default_factory=dict)
    terminal: bool = False
    costs: list[Cost] = field(default_factory=list)

    def once(self, number: int = 0) -> Cost:
        """Run the command once and keep the cost; raise if it fails. {} is the *number*."""
        arguments = [part.format(number) for part in self.arguments]
        cost = _measured(arguments, self.environ, terminal=self.terminal)
        self.costs.append(cost)
        return cost

    @property
    def cpu(self) -> float:
        """The least processor time, in seconds."""
        return min(cost.cpu for cost in self.costs)

    @property
    def wall(self) -> float:
        """The least time on the wall, in seconds."""
        return min(cost.wall for cost in self.costs)

    @property
    def memory(self) -> int:
        """The most memory of any run, in bytes."""
        return max(cost.memory for cost in self.costs)

    @property
    def spread(self) -> float:
        """How much more processor time the middle run took than the least, as a share."""
        middle = sorted(cost.cpu for cost in self.costs)[len(self.costs) // 2]
        return middle / self.cpu - 1


class Row(NamedTuple):
    """A line of the table: it may cost *factor* times its floor, and so many milliseconds more."""

    name: str
    run: Run
    floor: Run
    factor: float = 1.0
    more: float = 0.0
    large: bool = False
    """Whether a run is so long that a few of them do."""

    def within(self) -> bool:
        """Tell whether the row keeps its budget, by processor time."""
        return self.run.cpu <= self.floor.cpu * self.factor + self.more / 1000

    def line(self) -> str:
        """Return the row as it is printed."""
        run, floor = self.run, self.floor
        budget = f"+ {self.more:.0f} ms" if self.more else f"x {self.factor:.2f}"
        return (
            f"{self.name:36} {run.cpu * 1000:6.0f} {run.wall * 1000:6.0f}  {floor.cpu * 1000:6.0f} "
            f"{floor.wall * 1000:6.0f}  {run.cpu / floor.cpu:5.2f} {run.wall / floor.wall:5.2f}  "
            f"{budget:>8}{' ' if self.within() else '!'} {run.memory / 1_000_000:4.0f}  "
            f"{run.spread:4.0%} / {floor.spread:.0%}"
        )


HEADING = (
    f"{'milliseconds':36} {'cpu':>6} {'wall':>6}  {'floor':>6} {'wall':>6}"
    f"  {'cpu':>5} {'wall':>5}  {'at most':>8}    MB  spread"
)


def _measured(arguments: list[str], environ: dict[str, str], *, terminal: bool) -> Cost:
    ours, theirs = pty.openpty() if terminal else (-1, os.open(os.devnull, os.O_WRONLY))
    reader = threading.Thread(target=_drain, args=(ours,))
    if terminal:
        reader.start()
    told, tell = os.pipe()
    launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, str(tell), *arguments]
    process = subprocess.Popen(launcher, env=environ, stdout=theirs, pass_fds=[tell])
    process.wait()
    os.close(tell)
    os.close(theirs)
    with open(told, encoding="ascii") as answer:  # noqa: PTH123  (it has no path)
        status, cpu, wall, kilobytes = answer.read().split()
    if terminal:
        reader.join()
        os.close(ours)
    if int(status):
        raise subprocess.CalledProcessError(int(status), arguments)
    return Cost(float(cpu), float(wall), int(kilobytes) * 1024)


def _drain(ours: int) -> None:
    try:
        while os.read(ours, 65536):
            pass
    except OSError:  # the other end is closed
        return


def _program(folder: Path) -> list[str]:
    """Return the program, begun as the script of the wheel begins it."""
    script = folder / "dorf"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nfrom dorf.start import main\nsys.exit(main())\n"
    )
    script.chmod(0o755)
    return [str(script)]


def _environ(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parent.parent.parent),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
        "TERM": "xterm-256color",
        "DORF_TODAY": TODAY.isoformat(),
    }


class Bench:
    """Villages of three sizes in a folder, and the commands that are measured on them."""

    def __init__(self, folder: Path) -> None:
        """Build the villages."""
        self.folder = folder
        self.base = _environ(folder)
        self.program = _program(folder)
        for people, encounters in (SMALL, MIDDLE, LARGE):
            build(folder / f"{people}.db", people, encounters)

    def dorf(self, people: int, *arguments: str, terminal: bool = False) -> Run:
        """Return a run of dorf on the village with so many *people*."""
        variables = {"DORF_DB": str(self.folder / f"{people}.db")}
        return Run([*self.program, *arguments], self.base | variables, terminal)

    def floor(self, script: str, *, terminal: bool = False) -> Run:
        """Return a run of a *script* that does nothing else."""
        return Run([sys.executable, "-c", script], self.base, terminal)

    def calm(self) -> Run:
        """Return a reminder that has nothing to say."""
        shutil.copy(self.folder / "150.db", self.folder / "calm.db")
        remind = self.dorf(150, "remind")
        remind.environ["DORF_DB"] = str(self.folder / "calm.db")
        for _ in range(60):  # everybody who is due is named in turn, then it is still
            remind.once()
        remind.costs.clear()
        return remind

    def rows(self) -> list[Row]:
        """Return the rows of the table."""
        completing = self.dorf(150)
        completing.environ |= {"_DORF_COMPLETE": "complete_lines", "_DORF_LINE": "dorf log Pers"}
        card = self.folder / "card.vcf"
        card.write_text("BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:Anna Muster\nEND:VCARD\n")
        rich = self.floor(TYPER_RICH, terminal=True)
        status = self.dorf(150, "status", terminal=True)
        rows = [
            Row("--version", self.dorf(150, "--version"), self.floor(NOTHING), 1.15),
            Row("completing a name", completing, self.floor(SQLITE), more=8),
            Row("status", status, rich, 1.25),
            Row("list", self.dorf(150, "list", terminal=True), rich, 1.3),
            Row("remind with nothing due", self.calm(), self.floor(TYPER), 1.2),
            Row("log", self.dorf(150, "log", "Person 7"), self.floor(TYPER_WRITES), 0.85),
            Row("add", self.dorf(150, "add", "Neu {}"), self.floor(TYPER_WRITES), 0.85),
            Row("import of one card", self.dorf(150, "import", str(card)),
                self.floor(TYPER_WRITES), 1.3),
        ]  # fmt: skip
        for command, middle, large in (
            (["status"], 1.5, 5.0),
            (["history"], 1.5, 4.0),
            (["find", "Person 77"], 1.5, 4.0),
        ):
            small = self.dorf(150, *command)
            for people, factor in ((500, middle), (10_000, large)):
                name = f"{' '.join(command)}, {people:,} contacts"
                rows.append(Row(name, self.dorf(people, *command), small, factor, large=True))
        return rows

    def first_write(self) -> str:
        """Return what the first write of a day costs more than the second, at the largest size."""
        log = self.dorf(10_000, "log", "Person 7")
        shutil.rmtree(self.folder / "10000.db.copies", ignore_errors=True)
        first, second = log.once(), log.once()
        return (
            f"first write of a day, 10,000 contacts: {first.wall - second.wall:.2f} s on the wall "
            f"more than the second ({first.cpu - second.cpu:.2f} s of the processor; at most 1 s)"
        )


def measure(rows: list[Row], rounds: int) -> None:
    """Run each row and its floor in turn, so many *rounds*."""
    for number in range(rounds):
        for row in rows:
            if row.large and number % 5:
                continue
            row.run.once(number)
            row.floor.once(number)


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory(prefix="dorf-benchmark-") as folder:
        bench = Bench(Path(folder))
        rows = bench.rows()
        measure(rows, rounds)
        print(HEADING, *(row.line() for row in rows), sep="\n")
        print(bench.first_write())
        print(million.report(bench.folder / "10000.db", bench.program, bench.base))
        print(cards.report(bench.folder, bench.program, bench.base))


if __name__ == "__main__":
    main()
