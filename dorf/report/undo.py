"""The record of changes in words: what was taken back, and what can be."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from dorf.report.page import Block, Heading, Item, Line, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.report.words import Words

    class Step(Protocol):
        """A command of the record: what was typed, when (UTC, ISO), whether undone."""

        @property
        def line(self) -> str:
            """What was typed."""

        @property
        def at(self) -> str:
            """When, in UTC."""

        @property
        def undone(self) -> bool:
            """Whether it is taken back at the moment."""

        @property
        def typed(self) -> str | None:
            """What was typed, where that wrote several steps."""

    class Run(Protocol):
        """What was typed once, and its steps, the newest first."""

        @property
        def line(self) -> str:
            """What was typed."""

        @property
        def steps(self) -> Sequence[Step]:
            """The steps that it wrote."""


MOST = 20
"""Steps that the list shows."""


def step_line(step: Step, words: Words) -> str:
    """Return the answer to `undo` or `redo`: what it was that came back."""
    line, moment = _line(step.line, words), _moment(step, words)
    if step.undone:
        return words.say("Taken back: {line} ({moment})", line=line, moment=moment)
    return words.say("Brought back: {line} ({moment})", line=line, moment=moment)


def _line(line: str, words: Words) -> str:
    """Return what was typed; when somebody may look on, only which command it was."""
    return f"dorf {line.split(' ', 1)[0] if words.discreet else line}"


def _moment(step: Step, words: Words) -> str:
    """Return when a step was made: the time for today, the day for others."""
    at = datetime.fromisoformat(step.at).astimezone()
    day = words.short_day(at.date())
    return f"{day}, {at.hour}:{at.minute:02d}"


def steps_page(runs: Sequence[Run], words: Words, *, details: bool = False) -> Page:
    """Return what can be taken back, the newest first, and what can be brought back.

    What was typed once is one entry, its steps below it with *details*.
    """
    done = [run for run in runs if not run.steps[0].undone]
    undone = [run for run in reversed(runs) if run.steps[0].undone]
    if not runs:
        return (Line(words.say("There is nothing to take back."), "quiet"),)
    page: list[Block] = [Heading(words.say("Can be taken back, the newest first"))] if done else []
    for run in done[:MOST]:
        page += _entry(run, run.steps, words, details=details)
    hidden = len(done) - len(done[:MOST])
    more = words.count("and {n} more", "and {n} more", hidden)
    page += [Line(more, "quiet")] if hidden else []
    page += [Heading(words.say("Can be brought back"))] if undone else []
    for run in undone[:MOST]:
        page += _entry(run, run.steps[::-1], words, details=details)
    return tuple(page)


def _entry(run: Run, steps: Sequence[Step], words: Words, *, details: bool) -> list[Block]:
    text = f"{_moment(steps[0], words)} · {_line(run.line, words)}"
    if len(steps) == 1:
        return [Item("·", text)]
    number = words.count("{n} step", "{n} steps", len(steps))
    below = [Line(f"    {_line(step.line, words)}", "quiet") for step in steps if details]
    return [Item("·", f"{text} ({number})"), *below]


def steps_document(steps: Sequence[Step]) -> dict[str, Any]:
    """Return steps as JSON carries them."""
    return {
        "steps": [
            {"line": s.line, "typed": s.typed or s.line, "at": s.at, "undone": s.undone}
            for s in steps
        ]
    }
