"""A page: what a report says, before it is known whether people or pipes will read it.

Blocks are plain values. `plain_lines` turns them into one line each, for pipes and cron;
`dorf.report.screen` renders the same blocks with Rich on a terminal. `wrapped` breaks a text into
lines, but never a command: one that a sentence shows stands at its end, or before a comma, a middle
dot, a bracket or an “or”, so it can be told from the words around it and copied as a whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dorf.core.spelling import without_controls
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Title(NamedTuple):
    """The first line of a report, with a quieter remark beside it."""

    text: str
    remark: str = ""


class Heading(NamedTuple):
    """The start of a section; its tone is that of what weighs most in it."""

    text: str
    tone: str = ""


class Line(NamedTuple):
    """A sentence of its own; the tone is one of `TONES`."""

    text: str
    tone: str = ""


class Item(NamedTuple):
    """An entry of a list: a sign that carries the tone without colour, the text, and details."""

    sign: str
    text: str
    details: tuple[str, ...] = ()
    tone: str = ""
    lead: str = ""
    """The first words of the text, set off from the rest."""


class Table(NamedTuple):
    """Rows of texts under a header; the last column takes the room that is left."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tones: tuple[str, ...] = ()
    """How each row feels, where rows differ; a quiet one keeps its first cell plain."""


class Bars(NamedTuple):
    """Numbers to compare at a glance: a bar and the number a row, a dash where there is none."""

    rows: tuple[tuple[str, int], ...]

    def cells(self) -> Iterator[tuple[str, str, str]]:
        """Yield label, bar and number of each row, as texts."""
        most = max((number for _, number in self.rows), default=0)
        for label, number in self.rows:
            yield label, bar(number, most), str(number) if number else "–"


LONGEST_BAR = 40
"""The cells of the longest bar: with label and number it fits into 60 columns."""

_CELLS_EACH = 2
"""A bar grows by no more than this for each one, so that few do not look like many."""

_EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(number: int, most: int) -> str:
    """Return a bar for *number* where *most* is the largest shown, in steps of an eighth cell.

    Whatever is there at all is seen: the shortest bar is an eighth.
    """
    if not number:
        return ""
    longest = min(LONGEST_BAR, _CELLS_EACH * most)
    eighths = max(1, 8 * longest * number // most)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


_NARROW = frozenset("●◐○▸–…·→△▲✓„“”’█▏▎▍▌▋▊▉")
"""The signs of our own reports: one cell wide each."""

Block = Title | Heading | Line | Item | Table | Bars
Page = tuple[Block, ...]

TONES = ("gap", "thin", "note", "calm", "quiet", "step", "good")
"""How a block feels: three severities, a calm entry, quiet small print, a step, good news."""


def cleaned(page: Page) -> Page:
    """Return *page* without control characters and line breaks, wherever its texts come from."""
    return tuple(type(block)(*map(_cleaned, block)) for block in page)


def _cleaned(value: Any) -> Any:  # noqa: ANN401  (whatever a block holds)
    if isinstance(value, str):
        return without_controls(value, undecodable="\ufffd")
    return tuple(map(_cleaned, value)) if isinstance(value, tuple) else value


def plain_lines(page: Page) -> Iterator[str]:
    """Yield the page as plain lines without wrapping: one entry is one line."""
    for number, block in enumerate(cleaned(page)):
        if number and isinstance(block, Heading):
            yield ""
        yield from _plain(block)


def _plain(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield f"{block.text} · {block.remark}" if block.remark else block.text
        case Heading() | Line():
            yield block.text
        case Item():
            lead = f"{block.lead} – " if block.lead else ""
            yield f"{block.sign} {lead}{block.text}".lstrip()
            yield from (f"  {detail}" for detail in block.details)
        case Table():
            yield from aligned(block.rows)
        case Bars():
            rows = [(label, f"{drawn} {n}".lstrip()) for label, drawn, n in block.cells()]
            yield from aligned(rows)


def aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows as lines whose columns stand below each other, two blanks apart."""
    widths = [max(display_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = [
            cell + " " * (width - display_width(cell))
            for cell, width in zip(row, widths, strict=True)
        ]
        yield "  ".join(padded).rstrip()


def display_width(text: str) -> int:
    """Return how many terminal cells *text* takes."""
    if text.isascii() or all(c < "\u0300" or c in _NARROW for c in text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


_GLUE, _BEGIN, _END = "\x00", "\x01", "\x02"
"""Signs that no page holds, since `cleaned` removes them."""

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
