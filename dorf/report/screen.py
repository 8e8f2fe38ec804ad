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
    screen.print(renderable(cleaned(page)))


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
            yield _list(items)
            items = []
        if number and isinstance(block, Heading):
            yield Text("")
        yield _one(block)
    if items:
        yield _list(items)


def _one(block: Block) -> RenderableType:
    match block:
        case Title():
            return Text.assemble((block.text, "bold"), (f"  {block.remark}", "dim"))
        case Heading():
            return Text(block.text, "bold")
        case Line():
            return Text(block.text, _STYLES[block.tone])
        case Table():
            return _LongTable(block) if len(block.rows) > MANY_ROWS else _table(block)
        case Bars():
            return _bars(block)
        case Item():
            return _list([block])


def _list(items: list[Item]) -> RenderableType:
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for item in items:
        text = Text(item.text, "" if item.sign else _STYLES[item.tone])
        if item.lead:
            text = Text.assemble((item.lead, "bold"), " – ", item.text)
        for detail in item.details:
            text.append(f"\n{detail}", "dim")
        grid.add_row(Text(INDENT + item.sign if item.sign else " ", _STYLES[item.tone]), text)
    return grid


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
    for first, *rest in table.rows:
        grid.add_row(Text(INDENT + first), *(Text(cell) for cell in rest))
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
