"""How shells ask, and how each wants its answer: lines that nothing ever evaluates."""

from __future__ import annotations

from dorf.completion.line import Asked, asked, split
from dorf.completion.offers import FILE, offers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

FILES = 10
"""The exit status that says: a file is asked for, please offer files."""

_BASH_SIGNS = " \"'()&;<>|$`\\*?[]#~!{}"
_IN_DOUBLE_QUOTES = '"\\$`'


def answer(instruction: str, environ: Mapping[str, str], out: TextIO) -> int:
    """Answer the *instruction* of a shell in *out*; return the exit status."""
    if instruction.startswith("source_"):
        from dorf.completion.shells import SHELLS, script

        shell = instruction.removeprefix("source_")
        text = script(shell) if shell in SHELLS else None
        status = 0
    else:
        ways = {"complete_bash": _bash, "complete_zsh": _zsh_evaluating}
        text, status = ways.get(instruction, _lines)(environ)
    if text is None:
        return 1
    # The terminal speaks what the user's locale says; a name that it can't show is still offered.
    out.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[attr-defined]
    out.write(text)
    out.flush()
    return status


def _lines(environ: Mapping[str, str]) -> tuple[str, int]:
    """Answer zsh and fish, whose scripts quote by themselves: a line for each offer."""
    found, wanted = _found(environ)
    if environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":  # a script of an earlier dorf
        return "", int(not found)
    return "".join(f"{text}\n" for text in found), FILES if wanted.kind == FILE else 0


def _zsh_evaluating(environ: Mapping[str, str]) -> tuple[str, int]:
    """Answer a script that Typer wrote for an earlier dorf and that evaluates what it gets.

    Every sign that could mean something to a shell is written as its number.
    """
    found, wanted = _found(environ)
    words = " ".join(f"$'{''.join(map(_numbered, text))}'" for text in found)
    if not found:
        return "_files\n" if wanted.kind == FILE else "", 0
    return f"compadd -U -- {words}\n", 0


def _numbered(sign: str) -> str:
    return sign if sign.isalnum() or not sign.isascii() else f"\\x{ord(sign):02x}"


def _found(environ: Mapping[str, str]) -> tuple[list[str], Asked]:
    line = environ.get("_DORF_LINE") or environ.get("_TYPER_COMPLETE_ARGS", "")
    words, _, _ = split(line)
    wanted = asked(words[1:-1], words[-1] if len(words) > 1 else "")
    before = words[-1].removesuffix(wanted.begun) if len(words) > 1 else ""  # --option=
    return [before + text for text in offers(wanted, environ)], wanted


def _bash(environ: Mapping[str, str]) -> tuple[str, int]:
    """Answer bash, which takes each line as it is: what means something to it is escaped.

    For bash "G02:company" is three words, and it replaces only what stands after the colon.
    """
    words, quote, kept = split(*_bash_line(environ))
    wanted = asked(words[1:-1], words[-1] if len(words) > 1 else "")
    kept = max(kept - len(words[-1]) + len(wanted.begun), 0)  # without the --option= before it
    lines = [f"{_for_bash(text[kept:], quote)}\n" for text in offers(wanted, environ)]
    return "".join(lines), FILES if wanted.kind == FILE else 0


def _bash_line(environ: Mapping[str, str]) -> tuple[str, str]:
    """Return the line up to the cursor, and the signs after which bash sees a new word."""
    if "_DORF_LINE" in environ:
        return environ["_DORF_LINE"], environ.get("_DORF_BREAKS", "")
    line, raw = "", environ.get("COMP_WORDS", "")  # a script of an earlier dorf
    pieces = raw.split("\n" if "\n" in raw else " ")
    pieces = pieces[: int(environ.get("COMP_CWORD", len(pieces))) + 1]
    for piece in pieces:
        together = not line or piece == ":" or (line[-1] == ":" and ":" in pieces)
        line += piece if together else f" {piece}"
    return line, ":" if ":" in pieces else ""


def _for_bash(text: str, quote: str) -> str:
    """Escape what means something to bash, inside of an open *quote* or outside."""
    if quote == "'":
        return text.replace("'", "'\\''")
    signs = _IN_DOUBLE_QUOTES if quote else _BASH_SIGNS
    return "".join(f"\\{sign}" if sign in signs else sign for sign in text)
