"""How far a long reading is: a bar on a terminal, once it has taken longer than a second."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, BinaryIO, Self, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rich.progress import Progress as Bar

PATIENCE = 1.0
"""Seconds that pass before anything is shown (the issue's own figure)."""

_STEP = 65_536
"""Bytes after which the bar moves: often enough for the eye, too seldom to cost anything."""


class Progress:
    """The bytes that were read of all that are to be read; then it leaves the screen clean."""

    def __init__(
        self,
        stream: TextIO,
        environ: Mapping[str, str],
        label: str,
        total: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Count towards *total* bytes under a *label*; only a terminal gets to see it."""
        self._stream = stream
        self._environ = environ
        self._label = label
        self._total = total
        self._done = 0
        self._shown = 0
        self._clock = clock
        self._begun = clock()
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        """Return the progress itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def advance(self, size: int) -> None:
        """Count *size* more bytes, and show where that is."""
        self._done += size
        if self._done - self._shown < _STEP or not self._stream.isatty():
            return
        self._shown = self._done
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self._done)
        elif self._clock() - self._begun > PATIENCE:
            self._show()

    def _show(self) -> None:
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        from dorf.report.screen import console

        columns = (TextColumn("{task.description}", markup=False), BarColumn())
        screen = console(self._stream, self._environ)
        self._bar = Progress(*columns, TaskProgressColumn(), console=screen, transient=True)
        self._bar.add_task(self._label, total=self._total, completed=self._done)
        self._bar.start()


class Watched(io.RawIOBase):
    """A file that tells a `Progress` what was read of it for the first time."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        """Read from *file*, which somebody else closes."""
        self._file = file
        self._progress = progress
        self._furthest = file.tell()

    def _told(self, data: bytes) -> bytes:
        here = self._file.tell()
        if here > self._furthest:
            self._progress.advance(here - self._furthest)
            self._furthest = here
        return data

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read again."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Return the next *size* bytes."""
        return self._told(self._file.read(-1 if size is None else size))

    def readline(self, size: int | None = -1) -> bytes:
        """Return the next line."""
        return self._told(self._file.readline(-1 if size is None else size))

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines."""
        while line := self.readline():
            yield line

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to another place."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return self._file.tell()
