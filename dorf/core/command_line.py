"""How a command is written so that it can be pasted into bash, zsh and fish as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.core.spelling import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BARE = frozenset("_./:@,+-")
"""Signs beside letters and digits that no shell reads as anything else, wherever they stand."""

_LIVE_IN_DOUBLE_QUOTES = frozenset('"\\$`!')


def quoted(text: str) -> str:
    r"""Return *text* as one word of a command line, such as the value of an option.

    Within single quotes fish reads ``\\`` and ``\'`` as one sign, bash and zsh as two: both signs
    stand outside of them, where all three shells agree.
    """
    text = without_controls(text, undecodable="\ufffd").strip()
    if text and all(sign.isalnum() or sign in _BARE for sign in text):
        return text
    if "'" in text and not _LIVE_IN_DOUBLE_QUOTES.intersection(text):
        return f'"{text}"'
    pieces = re.split(r"(['\\])", text)
    escaped = (f"\\{piece}" if piece in "'\\" else f"'{piece}'" for piece in pieces if piece)
    return "".join(escaped) or "''"


def argument(text: str) -> str:
    """Return *text* as the last argument of a command: after ``--`` if it looks like an option."""
    return arguments(text)


def arguments(*texts: str) -> str:
    """Return *texts* as the last arguments of a command."""
    separator = ["--"] if any(text.startswith("-") for text in texts) else []
    return " ".join([*separator, *map(quoted, texts)])


def call(command: str, *texts: str, options: Sequence[str] = ()) -> str:
    """Return *command* with *texts* as its arguments, and *options* where they are read as such."""
    if any(text.startswith("-") for text in texts):
        return " ".join([command, *map(quoted, options), arguments(*texts)])
    return " ".join([command, *map(quoted, (*texts, *options))])


def command_line(words: Iterable[str]) -> str:
    """Return the *words* of a command as a line."""
    return " ".join(map(quoted, words))
