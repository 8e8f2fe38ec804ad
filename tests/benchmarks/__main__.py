"""Print the speed table of CONTRIBUTING.md, Speed: ``python -m tests.benchmarks``.

Each row is measured in turn with its floor, so that whatever else the machine does hits both. The
figure is the fastest of the runs; the spread beside it is how much slower the middle run was.
Status runs on a pseudo-terminal (Rich), as people see it; so does its floor.
"""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import cards
from tests.benchmarks.villages import TODAY, build

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


@dataclass
class Run:
    """A command to measure, and the times it took in seconds."""

    arguments: list[str]
    environ: dict[str, str] = field(default_factory=dict)
    terminal: bool = False
    times: list[float] = field(default_factory=list)

    def once(self) -> None:
        """Run the command once and keep the time; raise if it fails."""
        start = time.perf_counter()
        if self.terminal:
            _on_terminal(self.arguments, self.environ)
        else:
            subprocess.run(self.arguments, env=self.environ, check=True, stdout=subprocess.DEVNULL)
        self.times.append(time.perf_counter() - start)

    @property
    def best(self) -> float:
        """The fastest run, in seconds."""
        return min(self.times)

    @property
    def spread(self) -> float:
        """How much slower the middle run was than the fastest, as a share."""
        middle = sorted(self.times)[len(self.times) // 2]
        return middle / self.best - 1


def _on_terminal(arguments: list[str], environ: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    reader = threading.Thread(target=_drain, args=(ours,))
    reader.start()
    subprocess.run(arguments, env=environ, check=True, stdout=theirs)
    os.close(theirs)
    reader.join()
    os.close(ours)


def _drain(ours: int) -> None:
    try:
        while os.read(ours, 65536):
            pass
    except OSError:  # the other end is closed
        return


def _program() -> list[str]:
    beside = Path(sys.executable).with_name("dorf")
    found = str(beside) if beside.exists() else shutil.which("dorf")
    return [found] if found else [sys.executable, "-m", "dorf"]


def _environ(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
        "TERM": "xterm-256color",
        "DORF_TODAY": TODAY.isoformat(),
    }


def measure(folder: Path, rounds: int) -> list[tuple[str, Run, Run, float]]:
    """Return the rows: what was measured, the run, its floor and the budget as a factor."""
    base = _environ(folder)
    files = {}
    for people, encounters in (SMALL, MIDDLE, LARGE):
        files[people] = folder / f"{people}.db"
        build(files[people], people, encounters)
    program = _program()

    def dorf(people: int, *arguments: str, terminal: bool = False) -> Run:
        return Run([*program, *arguments], base | {"DORF_DB": str(files[people])}, terminal)

    def floor(script: str, *, terminal: bool = False) -> Run:
        return Run([sys.executable, "-c", script], base, terminal)

    completion = {
        "_DORF_COMPLETE": "complete_bash",
        "COMP_WORDS": "dorf log Pers",
        "COMP_CWORD": "2",
    }
    names = iter(range(1_000_000))
    completing = dorf(150)
    completing.environ |= completion
    status = dorf(150, "status", terminal=True)
    calm = folder / "calm.db"
    shutil.copy(files[150], calm)
    remind = dorf(150, "remind")
    remind.environ["DORF_DB"] = str(calm)
    for _ in range(60):  # everybody who is due is named in turn, then it is still
        remind.once()
    remind.times.clear()
    rows = [
        ("status, 150 contacts, 2,000 encounters", status, floor(TYPER_RICH, terminal=True), 1.3),
        ("remind with nothing due", remind, floor(TYPER), 1.3),
        ("completing a name", completing, floor(TYPER), 1.2),
        ("log", dorf(150, "log", "Person 7"), floor(TYPER_WRITES), 1.3),
        ("add", dorf(150, "add", "Neu {}", "--role", "oma"), floor(TYPER_WRITES), 1.3),
        ("status, 500 contacts, 50,000", dorf(500, "status", terminal=True), status, 1.5),
        ("status, 10,000 contacts, 1,000,000", dorf(10_000, "status", terminal=True), status, 6),
    ]
    for number in range(rounds):
        for _, run, against, _ in rows:
            if number and "10000" in run.environ["DORF_DB"] and number % 4:
                continue
            arguments = run.arguments
            run.arguments = [part.format(next(names)) for part in arguments]
            run.once()
            run.arguments = arguments
            if against is not status:
                against.once()
    return [(name, run, against, budget) for name, run, against, budget in rows]


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory(prefix="dorf-benchmark-") as folder:
        rows = measure(Path(folder), rounds)
        imported = cards.report(Path(folder), _program(), _environ(Path(folder)))
    print(f"{'':42}  {'time':>7}  {'floor':>7}  {'factor':>6}  {'at most':>7}  spread")
    for name, run, against, budget in rows:
        factor = run.best / against.best
        sign = " " if factor <= budget else "!"
        print(
            f"{name:42}  {run.best * 1000:4.0f} ms  {against.best * 1000:4.0f} ms  {factor:6.2f}"
            f"{sign} {budget:7.1f}  {run.spread:4.0%} / {against.spread:.0%}"
        )
    print(imported)


if __name__ == "__main__":
    main()
