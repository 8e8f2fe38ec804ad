"""What the streams of a process carry: signs where there is only ASCII, bytes that are no text."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, TextIO

from dorf.core.spelling import is_control, without_controls
from dorf.errors import N_, UsageFailure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ASCII = {
    "●": "*", "◌": "~", "◐": "~", "○": "o", "▸": ">", "▲": "!", "△": "^", "✓": "+", "·": "-",
    "→": "->", "←": "<-", "–": "-", "—": "-", "−": "-", "…": "...", "×": "x", "•": "*",
    "„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "‚": "'", "‘": "'", "’": "'", "\u00a0": " ",
    "█": "#", "▉": "#", "▊": "#", "▋": "=", "▌": "=", "▍": "-", "▎": "-", "▏": "-",
}  # fmt: skip
"""How signs of our own are written where a stream can't show them."""

UNREADABLE = "\ufffd"
"""What stands for a byte that is no text."""

_SIGNS = "dorf.signs"


def _replaced(error: UnicodeError) -> tuple[str, int]:
    """Return the ASCII form of signs, and a question mark for each letter that has none."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_ASCII.get(character, "?") for character in text), error.end


def show_signs(stream: TextIO) -> None:
    """Let *stream* show what it can't encode in a form of its own letters."""
    codecs.register_error(_SIGNS, _replaced)
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=_SIGNS)


def take_bytes(stream: TextIO) -> None:
    """Let *stream* hand out bytes that are no text, for `as_text` to refuse."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="surrogateescape")


def shown(text: str) -> str:
    """Return *text* as one line that can't drive a terminal, wherever it comes from."""
    return without_controls(text, undecodable=UNREADABLE)


def escaped(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces of a JSON document with each control character in its strings escaped."""
    for piece in pieces:
        if piece.replace("\n", "").isprintable():
            yield piece
        else:
            yield "".join(c if c == "\n" or not is_control(c) else _number(c) for c in piece)


def _number(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def is_text(typed: str) -> bool:
    """Tell whether all bytes of what was *typed* are text."""
    return typed.isascii() or not any("\ud800" <= c <= "\udfff" for c in typed)


def recovered(typed: str, encoding: str) -> str:
    """Return what was *typed* as UTF-8 if the *encoding* of the system knows less than was meant.

    Text that is neither keeps its bytes, since files may be called so.
    """
    if is_text(typed):
        return typed
    try:
        return typed.encode(encoding, "surrogateescape").decode("utf-8", "surrogateescape")
    except UnicodeError:
        return typed


def as_text(typed: str, encoding: str = "utf-8") -> str:
    """Return what was *typed*; raise `UsageFailure` if bytes of it are no text."""
    text = recovered(typed, encoding)
    if not is_text(text):
        raise UsageFailure(
            N_(
                "“{text}” can't be read: it is not UTF-8. Please type it in a terminal that is "
                "set to UTF-8."
            ),
            text=shown(text.strip()),
        )
    return text
