"""Pages on a terminal, through Rich: the only module that knows colours and widths."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from dorf.report.page import (
    Bars,
    Block,
    Heading,
    Item,
    Line,
    Page,
    Table,
    Title,
    aligned,
    cleaned,
    display_width,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import ConsoleOptions

MOST_COLUMNS = 100
"""Lines longer than this are hard to read, however wide the window is."""

MANY_ROWS = 100
"""Rows from which on a table is drawn line by line (convention)."""

INDENT = "  "
"""Before entries and tables; part of their text, since a padding costs one more pass."""

_STYLES = {
    "gap": "bold red",
    "thin": "yellow",
    "note": "blue",
    "calm": "cyan",
    "quiet": "dim",
    "step": "bold",
    "good": "green",
    "": "",
}


def console(stream: TextIO, environ: Mapping[str, str]) -> Console:
    """Return a console on *stream* that never takes user text for markup or emoji codes."""
    made = Console(
        file=stream, markup=False, emoji=False, highlight=False, _environ=environ, soft_wrap=False
    )
    made.width = min(made.width, MOST_COLUMNS)
    return made


def show(page: Page, screen: Console) -> None:
    """Print *page* on *screen*."""
    screen.print(renderable(cleaned(page)), crop=False)


def renderable(page: Page) -> Group:
    """Return *page* as one Rich renderable."""
    return Group(*_blocks(page))


def _blocks(page: Page) -> Iterator[RenderableType]:
    items: list[Item] = []
    for number, block in enumerate(page):
        if isinstance(block, Item):
            items.append(block)
            continue
        if items:
            yield _List(items)
            items = []
        if number and isinstance(block, Heading):
            yield Text("")
        yield _one(block)
    if items:
        yield _List(items)


def _one(block: Block) -> RenderableType:
    match block:
        case Title():
            return Text.assemble((block.text, "bold"), (f"  {block.remark}", "dim"))
        case Heading():
            return Text(block.text, f"bold {_STYLES[block.tone]}")
        case Line():
            return _Sentence(block)
        case Table():
            return _LongTable(block) if len(block.rows) > MANY_ROWS else _table(block)
        case Bars():
            return _bars(block)
        case Item():
            return _List([block])


class _List:
    """Entries of a list below each other: signs, first words and texts each in a column."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Yield the lines; no command is broken."""
        signs = 1 + max(len(INDENT + item.sign) if item.sign else 1 for item in self.items)
        leads = _lead_width(self.items)
        for item in self.items:
            sign = INDENT + item.sign if item.sign else ""
            begin = Text.assemble((sign.ljust(signs), _STYLES[item.tone]))
            text, style = item.text, "" if item.sign else _STYLES[item.tone]
            if leads:
                begin.append(item.lead + " " * (leads - display_width(item.lead)), "bold")
            elif item.lead:
                text = f"{item.lead} – {text}"
            width = options.max_width - signs - leads
            lines = [_line(pieces, style) for pieces in wrapped(text, width)]
            if item.lead and not leads:
                lines[0].stylize("bold", 0, len(item.lead))
            details = (line for detail in item.details for line in wrapped(detail, width))
            lines += [_line(pieces, _STYLES["quiet"]) for pieces in details]
            blank = Text(" " * (signs + leads))
            yield Text("\n").join(
                Text.assemble(blank if n else begin, line) for n, line in enumerate(lines)
            )


WIDEST_LEAD = 20
"""First words that are wider stand in front of their text instead of in a column (convention)."""


def _lead_width(items: list[Item]) -> int:
    """Return the width of the column of first words and the gap behind it, 0 for none."""
    if any(item.details for item in items):
        return 0
    widths = [display_width(item.lead) for item in items]
    aligned_ones = len(items) > 1 and all(widths) and max(widths) <= WIDEST_LEAD
    return max(widths) + 2 if aligned_ones else 0


class _Sentence:
    """A line of its own, broken between words and never within a command."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Yield the lines."""
        for pieces in wrapped(self.line.text, options.max_width):
            yield _line(pieces, _STYLES[self.line.tone])


def _line(pieces: list[tuple[str, bool]], style: str) -> Text:
    """Return a line as it is, its commands bold."""
    line = Text(no_wrap=True, overflow="ignore")
    for piece, is_command in pieces:
        line.append(piece, "bold" if is_command else style)
    return line


class _LongTable:
    """A table of many rows: laying them out cell by cell would take seconds for thousands."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Yield the lines as they are where they fit, the usual table on a narrow terminal."""
        rows = [(INDENT + first, *rest) for first, *rest in (self.table.header, *self.table.rows)]
        header, *lines = aligned(rows)
        if max(map(display_width, (header, *lines))) > options.max_width:
            yield _table(self.table)
            return
        if any(self.table.header):
            yield Text(header, "dim", no_wrap=True)
        yield Text("\n".join(lines), no_wrap=True)


def _table(table: Table) -> RenderableType:
    grid = Grid(
        box=None,
        padding=(0, 2, 0, 0),
        show_header=any(table.header),
        header_style="dim",
        pad_edge=False,
    )
    for number, title in enumerate(table.header):
        last = number == len(table.header) - 1
        indent = "" if number else INDENT
        grid.add_column(indent + title, overflow="fold", ratio=1 if last else None)
    tones = table.tones or [""] * len(table.rows)
    for (first, *rest), tone in zip(table.rows, tones, strict=True):
        style = _STYLES[tone]
        label = Text(INDENT + first, "" if tone == "quiet" else style)
        grid.add_row(label, *(Text(cell, style) for cell in rest))
    return grid


def _bars(bars: Bars) -> RenderableType:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for label, drawn, number in bars.cells():
        blank = " " if drawn else ""
        text = Text.assemble((drawn, _STYLES["calm"]), blank, (number, "" if drawn else "dim"))
        grid.add_row(Text(INDENT + label), text)
    return grid
