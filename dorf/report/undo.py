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


MOST = 20
"""Steps that the list shows."""


def step_line(step: Step, words: Words) -> str:
    """Return the answer to `undo` or `redo`: what it was that came back."""
    if step.undone:
        return words.say(
            "Taken back: {line} ({moment})", line=_line(step, words), moment=_moment(step, words)
        )
    return words.say(
        "Brought back: {line} ({moment})", line=_line(step, words), moment=_moment(step, words)
    )


def _line(step: Step, words: Words) -> str:
    """Return what was typed; when somebody may look on, only which command it was."""
    return f"dorf {step.line.split(' ', 1)[0] if words.discreet else step.line}"


def _moment(step: Step, words: Words) -> str:
    """Return when a step was made: the time for today, the day for others."""
    at = datetime.fromisoformat(step.at).astimezone()
    day = words.short_day(at.date())
    return f"{day}, {at.hour}:{at.minute:02d}"


def steps_page(steps: Sequence[Step], words: Words) -> Page:
    """Return what can be taken back, the newest first, and what can be brought back."""
    done = [step for step in steps if not step.undone]
    undone = [step for step in reversed(steps) if step.undone]
    if not steps:
        return (Line(words.say("There is nothing to take back."), "quiet"),)
    page: list[Block] = [Heading(words.say("Can be taken back, the newest first"))] if done else []
    page += [_item(step, words) for step in done[:MOST]]
    hidden = len(done) - len(done[:MOST])
    more = words.count("and {n} more", "and {n} more", hidden)
    page += [Line(more, "quiet")] if hidden else []
    page += [Heading(words.say("Can be brought back"))] if undone else []
    return (*page, *(_item(step, words) for step in undone[:MOST]))


def _item(step: Step, words: Words) -> Item:
    return Item("·", f"{_moment(step, words)} · {_line(step, words)}")


def steps_document(steps: Sequence[Step]) -> dict[str, Any]:
    """Return steps as JSON carries them."""
    return {"steps": [{"line": s.line, "at": s.at, "undone": s.undone} for s in steps]}
