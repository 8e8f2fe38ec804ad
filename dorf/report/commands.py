"""Commands in sentences: where they begin and end, and lines that never break one.

A command that a sentence shows stands at its end, or before a comma, a middle dot, a bracket or an
“or”; so it can be told from the words around it, and marked and copied as a whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.report.page import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator

_GLUE, _BEGIN, _END = "\x00", "\x01", "\x02"
"""Signs that no page holds, since `dorf.report.page.cleaned` removes them."""

_WORD = r"""
    (?! (?:oder|or|und|and|–) [ ])
    (?: "[^"]*" | '[^']*' | \\. | (?<=\d)\. | [.:](?![ ]|$) | [^\s.:,;()·„“”?"'\\] )+
"""
_COMMAND = re.compile(
    rf"(^|[(„“]|(?:[→:?·,]|\bor|\boder|\band|\bund)[ ]) (dorf (?:[ ]{_WORD})+)", re.VERBOSE
)
_MARKED = re.compile(f"{_BEGIN}([^{_END}]*){_END}")


def _marked(text: str) -> str:
    """Return *text* with each command, and an arrow before it, in one piece between two marks."""
    glued = _COMMAND.sub(
        lambda found: f"{found[1]}{_BEGIN}{found[2].replace(' ', _GLUE)}{_END}", text
    )
    return glued.replace(f"→ {_BEGIN}", f"→{_GLUE}{_BEGIN}")


def _unmarked(text: str) -> str:
    return text.replace(_GLUE, " ").replace(_BEGIN, "").replace(_END, "")


def wrapped(text: str, width: int, indent: int = 0) -> list[list[tuple[str, bool]]]:
    """Return *text* in lines of at most *width* cells, all but the first one *indent* cells less.

    Each line comes in pieces: a text, and whether it is a command. A command stays on one line,
    even one that is wider: a terminal copies such a line as a whole.
    """
    lines: list[str] = []
    for word in _marked(text).split(" "):
        for part in _parts(word, width - indent):
            longer = f"{lines[-1]} {part}" if lines and part is word else ""
            room = width if len(lines) == 1 else width - indent
            if longer and display_width(_unmarked(longer)) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    return [list(_pieces(line)) for line in lines]


def _parts(word: str, width: int) -> Iterator[str]:
    """Yield *word*, in several parts if it is too wide for a line and no command."""
    while _BEGIN not in word and display_width(word) > width:
        fitting = (n for n in range(len(word), 1, -1) if display_width(word[:n]) <= width)
        end = next(fitting, 1)
        yield word[:end]
        word = word[end:]
    yield word


def _pieces(line: str) -> Iterator[tuple[str, bool]]:
    for number, piece in enumerate(_MARKED.split(line)):
        if piece:
            yield _unmarked(piece), number % 2 == 1


def wrapped_text(text: str, width: int, indent: str) -> str:
    """Return *text* as lines of at most *width* cells that break no command."""
    lines = wrapped(text, width, len(indent))
    return f"\n{indent}".join("".join(piece for piece, _ in line) for line in lines)
