"""Which faults are tried, and what must hold after each of them."""

from __future__ import annotations

import errno
import json
import random
import shutil
from typing import TYPE_CHECKING, NamedTuple

from tests.conftest import Dorf
from tests.faults.driver import KILLS, Ending, Fault, Mode, environ, renew, run
from tests.faults.villages import build, contents, copies, sound, tables

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.scenarios import Scenario

REFUSED = {1, 5, 6}
"""Statuses of a command that says that it could not do its work."""

GROWING = "clmw"
"""Letters of the calls that a full disk refuses."""


class Tried(NamedTuple):
    """A scenario, how many calls it makes, which faults it met, and what went wrong."""

    scenario: Scenario
    calls: int
    faults: list[Fault]
    failures: list[str]


READ = "i"
"""The letter of a call that reads from a file."""


def all_faults(calls: str) -> list[Fault]:
    """Return every fault that the *calls* of a command that change something can meet."""
    found = []
    for at, kind in enumerate(calls, 1):
        if kind == READ:
            continue
        modes = [Mode.BEFORE, Mode.AFTER] + [Mode.TORN, Mode.SHORT] * (kind == "w")
        found += [Fault(mode, at) for mode in modes]
        errors = [errno.EIO] + [errno.ENOSPC] * (kind in GROWING)
        found += [Fault(mode, at, e) for mode in (Mode.ONCE, Mode.FROM_THEN_ON) for e in errors]
    return found


def reading_faults(calls: str) -> list[Fault]:
    """Return the errors that those of the *calls* can meet that read from a file."""
    places = [at for at, kind in enumerate(calls, 1) if kind == READ]
    return [Fault(mode, at, errno.EIO) for at in places for mode in (Mode.ONCE, Mode.FROM_THEN_ON)]


def begin(scenario: Scenario, work: Path) -> tuple[Path, Path]:
    """Return the folder from which *scenario* starts, and the one in which it runs."""
    source, folder = work / f"{scenario.village}-{scenario.same_day}", work / "run"
    if not source.exists():
        shutil.rmtree(folder, ignore_errors=True)
        build(scenario, folder)  # there, since some of its files have their place in them
        renew(folder, source)
    renew(source, folder)
    return source, folder


def try_reading(
    library: ctypes.CDLL, scenario: Scenario, work: Path, many: int, seed: str
) -> list[str]:
    """Return what goes wrong in a *scenario* that only reads, also if *many* of its reads fail."""
    _, folder = begin(scenario, work)
    before = contents(folder)
    ending = run(library, scenario.words, folder, Fault())
    failures = [f"{scenario}: {ending}"] if ending.calls.strip(READ) or ending.status else []
    possible = reading_faults(ending.calls)
    chance = random.Random(f"{seed} {scenario}")  # noqa: S311
    for fault in chance.sample(possible, min(many, len(possible))):
        ending = run(library, scenario.words, folder, fault)
        says = ending if scenario.words[0] != "doctor" else ending._replace(err=f"dorf: {ending}")
        failures += [f"{scenario}: {fault}: {text}" for text in _wrong_ending(says, fault)]
        if ending.calls.strip(READ) or contents(folder) != before:
            failures.append(f"{scenario}: {fault}: something was written")
    return failures


class Trial:
    """One scenario: where it starts, how things may stand at its end, and its faults."""

    def __init__(self, library: ctypes.CDLL, scenario: Scenario, work: Path) -> None:
        """Build the village and run the command undisturbed."""
        self.library, self.scenario = library, scenario
        self.source, self.folder = begin(scenario, work)
        self.before = contents(self.folder)
        self.copied = tables(self.folder / "dorf.db") if "dorf.db" in self.before else {}
        self.middle = [self._after(words) for words in scenario.stages]
        self.middle += [self._after(scenario.words, part) for part in _parts(scenario.stdin)]
        ending = self._run(Fault())
        if ending.status not in {0, 10}:
            raise AssertionError(f"{scenario}: {ending}")
        self.calls, self.after = ending.calls, contents(self.folder)
        if self.after == self.before and not scenario.village.startswith("format"):
            raise AssertionError(f"{scenario}: nothing is written")

    def _words(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word.replace("FOLDER", str(self.folder)) for word in words)

    def _run(self, fault: Fault) -> Ending:
        renew(self.source, self.folder)
        scenario = self.scenario
        words = self._words(scenario.words)
        return run(self.library, words, self.folder, fault, scenario.stdin)

    def _after(self, words: tuple[str, ...], stdin: str = "") -> dict[str, object]:
        renew(self.source, self.folder)
        run(self.library, self._words(words), self.folder, Fault(), stdin)
        return contents(self.folder)

    def try_fault(self, fault: Fault) -> list[str]:
        """Return what is wrong after the command met *fault*."""
        ending = self._run(fault)
        return [
            f"{self.scenario}: {fault}: {text}"
            for text in (*_wrong_ending(ending, fault), *self._wrong_folder(ending))
        ]

    def _wrong_folder(self, ending: Ending) -> Iterator[str]:
        dorf = Dorf(self.folder / "dorf.db", environ=environ(self.folder))
        there = dorf.path.exists()
        yield from _life_goes_on(dorf, ("list",))
        if there:
            yield from _wrong_report(dorf)
        found = contents(self.folder)
        yield from self._wrong_contents(found, ending)
        yield from self._wrong_copies()
        yield from _life_goes_on(dorf, ("add", "Afterwards", "--role", "friend"))
        yield from _life_goes_on(dorf, ("undo",))
        if "dorf.db" in found:
            now = contents(self.folder).get("dorf.db", {})
            yield from _differences(_village(found["dorf.db"]), _village(now))

    def _wrong_contents(self, found: dict[str, object], ending: Ending) -> Iterator[str]:
        """Yield which files are neither as they were nor as they should be."""
        untold = ending.status not in {0, 10} and "Nothing was changed" in ending.err
        for name in sorted(self.before | self.after | found):
            content = found.get(name)
            if all(content != state.get(name) for state in self._states(ending)):
                yield f"{name} is not as it should be (status {ending.status}): {ending.err}"
            elif untold and all(content != state.get(name) for state in self._states(None)):
                yield f"{name} was changed: {ending.err}"

    def _states(self, ending: Ending | None) -> list[dict[str, object]]:
        """Return how things may stand after an *ending*, or (None) when nothing was changed."""
        if self.scenario.village.startswith("format"):
            return [self.after]  # the first look afterwards brings it there
        if ending is None:
            return [self.before, *self.middle]
        answered = ending.status < 0 and ending.out and not self.middle
        if ending.status in {0, 10} or answered:
            return [self.after]
        return [self.before, self.after, *self.middle]

    def _wrong_copies(self) -> Iterator[str]:
        """Yield which copies are not whole."""
        for path in copies(self.folder):
            same = self.source / path.relative_to(self.folder)
            if same.exists() and same.read_bytes() == path.read_bytes():
                continue
            if not sound(path) or not tables(path).get("contact"):
                yield f"{path.name} is not whole"


def _parts(stdin: str) -> list[str]:
    lines = stdin.splitlines(keepends=True)
    return ["".join(lines[:number]) for number in range(1, len(lines))]


def _wrong_ending(ending: Ending, fault: Fault) -> Iterator[str]:
    if "Traceback" in ending.err:
        yield f"a traceback: {ending.err[-900:]}"
    if ending.status < 0:
        if fault.mode not in KILLS or ending.status != -9:
            yield f"ended by signal {-ending.status}"
    elif ending.status not in {0, 10}:
        if ending.status not in REFUSED or not fault.error:
            yield f"status {ending.status}: {ending.err}"
        if "dorf: " not in ending.err:
            yield f"no sentence: {ending.err}"


def _life_goes_on(dorf: Dorf, words: tuple[str, ...]) -> Iterator[str]:
    said = dorf.any_status(*words)
    if dorf.ended != 0:
        yield f"afterwards {words[0]} fails: {said}"


def _wrong_report(dorf: Dorf) -> Iterator[str]:
    said = dorf.any_status("doctor", "--json")
    if dorf.ended != 0 or json.loads(said)["verdict"] not in {"well", "notes"}:
        yield f"doctor is not content: {said[-900:]}"


def _village(found: object) -> dict[str, list[str]]:
    assert isinstance(found, dict)
    apart = {"undo_step", "undo_change", "published", "reminded"}
    return {name: rows for name, rows in found.items() if name not in apart}


def _differences(before: dict[str, list[str]], now: dict[str, list[str]]) -> Iterator[str]:
    for name, rows in before.items():
        if rows != now.get(name):
            yield f"undo leaves {name} otherwise than it was"


def try_scenario(
    library: ctypes.CDLL, scenario: Scenario, work: Path, many: int, seed: str
) -> Tried:
    """Try *many* faults of a *scenario*, chosen by a *seed*, in the folder *work*."""
    trial = Trial(library, scenario, work)
    possible = all_faults(trial.calls)
    chance = random.Random(f"{seed} {scenario}")  # noqa: S311
    chosen = chance.sample(possible, min(many, len(possible)))
    possible = reading_faults(trial.calls)
    chosen += chance.sample(possible, min(-(-many // 4), len(possible)))
    failures = [text for fault in chosen for text in trial.try_fault(fault)]
    return Tried(scenario, len(trial.calls), chosen, failures)
