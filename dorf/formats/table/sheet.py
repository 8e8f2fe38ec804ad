"""The text of a table to rows of cells and back: delimiters, quotes, formulas.

A table (CSV) does not say what separates its cells; that is told from its content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dorf.values import NamedTuple

DELIMITERS = (",", ";", "\t", "|")
SPREADSHEET_BOM = "\ufeff"
"""Without it, Excel reads UTF-8 as the code page of the machine: "JÃ¶rg"."""

_UNCLOSED_AT_MOST = 8
"""So often a quote is followed to the end of the file in vain; then quotes end with their line."""


class Row(NamedTuple):
    """One row of a table, and the line of the file at which it begins."""

    line: int
    cells: list[str]


class Sheet(NamedTuple):
    """The rows of a table that hold anything, and the lines with a quote that is never closed."""

    rows: list[Row]
    unclosed: list[int]


# --- rows ---------------------------------------------------------------------------------------


def plain_ends(text: str) -> str:
    """Return *text* with plain line ends and without the zeros of broken programs."""
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def announced_delimiter(text: str) -> tuple[str, int]:
    """Return the delimiter of a first line like ``sep=;`` and where the table begins after it."""
    match = re.match(r"\ufeff?\"?sep=([^\n])\"?[^\S\t\n]*(?:\n|$)", text, re.IGNORECASE)
    return (match[1], match.end()) if match else ("", 0)


def rows_of(text: str, delimiter: str, start: int = 0, most: int | None = None) -> Sheet:
    """Return the rows of *text* from *start*, as many as *most*.

    A quote that is never closed is taken as a sign like any other, so that one of them does not
    swallow the rows after it.
    """
    reader = _Reader(text, delimiter, start)
    rows = []
    for row in reader:
        if any(map(str.strip, row.cells)):
            rows.append(row)
            if most is not None and len(rows) >= most:
                break
    return Sheet(rows, reader.unclosed)


class _Reader:
    """Walks through a text, row by row; the time it takes grows with the text, and no faster."""

    def __init__(self, text: str, delimiter: str, start: int) -> None:
        self.text = text
        self.delimiter = delimiter
        self.at = start
        self.line = 1 + text.count("\n", 0, start)
        self.unclosed: list[int] = []
        self.in_vain = 0
        self.free_of_ends = (0, -1)
        pads = " " if delimiter == "\t" else " \t"
        self.opening = re.compile(rf"[{pads}]*\"")
        self.closing = re.compile(rf"[{pads}]*(?:{re.escape(delimiter)}|\n|\Z)")

    def __iter__(self) -> Iterator[Row]:
        while self.at < len(self.text):
            begin, line = self.at, self.line
            end = self._line_end(begin)
            if '"' in self.text[begin:end]:
                cells = self._quoted_row(line)
            else:
                cells = self.text[begin:end].split(self.delimiter)
                self.at = end + 1
            self.line += self.text.count("\n", begin, self.at)
            yield Row(line, cells)

    def _line_end(self, start: int) -> int:
        """Return where the line of *start* ends; one that was found is not looked for again."""
        begin, end = self.free_of_ends
        if not begin <= start <= end:
            end = self.text.find("\n", start)
            end = len(self.text) if end < 0 else end
            self.free_of_ends = (start, end)
        return end

    def _quoted_row(self, line: int) -> list[str]:
        cells: list[str] = []
        quotes, more = True, True
        while more:
            opened = self.opening.match(self.text, self.at) if quotes else None
            close = self._close(opened.end()) if opened else -1
            ended = self.closing.match(self.text, close + 1) if close >= 0 else None
            if opened and ended:
                cells.append(self.text[opened.end() : close].replace('""', '"'))
                self.at = ended.end()
                more = ended[0].endswith(self.delimiter)
            else:
                if opened:
                    quotes = False
                    self._drop_quote(opened.end(), line)
                more = self._plain(cells)
        return cells

    def _drop_quote(self, after: int, line: int) -> None:
        """Step over a quote that opens a cell, unless its cell has another one: ``"Bo" Ey``."""
        end = self._line_end(after)
        stop = self.text.find(self.delimiter, after, end)
        if '"' not in self.text[after : end if stop < 0 else stop]:
            self.at = after
            self.unclosed.append(line)

    def _plain(self, cells: list[str]) -> bool:
        """Take a cell without quotes; tell whether another one follows in its row."""
        end = self._line_end(self.at)
        stop = self.text.find(self.delimiter, self.at, end)
        cells.append(self.text[self.at : end if stop < 0 else stop])
        self.at = (end if stop < 0 else stop) + 1
        return stop >= 0

    def _close(self, start: int) -> int:
        """Return where the quote closes that was opened before *start*, or -1.

        A single quote within a cell is a slip, and a sign like any other. Where one stands as if
        it opened the next cell, this cell's own was never closed.
        """
        end = self._line_end(start) if self.in_vain >= _UNCLOSED_AT_MOST else len(self.text)
        at = self.text.find('"', start, end)
        while at >= 0:
            if self.text.startswith('"', at + 1):
                at = self.text.find('"', at + 2, end)
            elif self.closing.match(self.text, at + 1):
                return at
            elif self.text[at - 1] in (self.delimiter, "\n") and at > start:
                return -1
            else:
                at = self.text.find('"', at + 1, end)
        self.in_vain += 1
        return -1


# --- formulas -----------------------------------------------------------------------------------

_SIGNS = "=+\\-@\t\r＝＋－＠"
_ACTIVE = re.compile(rf"'*\s*[{_SIGNS}]")
_GUARDED = re.compile(rf"''*\s*[{_SIGNS}]")


def harmless(text: str) -> str:
    """Return *text* with a ``'`` before it where a spreadsheet could take it for a formula."""
    return f"'{text}" if _ACTIVE.match(text) else text


def restored(text: str) -> str:
    """Return *text* without the ``'`` that `harmless` put before it."""
    return text[1:] if _GUARDED.match(text) else text


def plain(cell: str) -> str:
    """Return the text of a cell, also of one that tells a spreadsheet to take it for a text."""
    text = cell.strip()
    formula = re.fullmatch(r'="([^"]*)"', text)
    return (formula[1] if formula else restored(text)).strip()


def written(rows: Iterable[Iterable[str]], delimiter: str) -> str:
    """Return *rows* as the text of a table for spreadsheets, each cell harmless."""
    lines = (delimiter.join(_cell(harmless(cell)) for cell in row) + "\r\n" for row in rows)
    return SPREADSHEET_BOM + "".join(lines)


def _cell(text: str) -> str:
    """Return *text*, in quotes where any program could need them."""
    plain = text == text.strip() and not re.search(r"[\"\r\n\t,;|]", text)
    return text if plain else '"{}"'.format(text.replace('"', '""'))
