"""How far a long import is: a bar on a terminal, once it has taken longer than a second."""

import io
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Self

from dorf.cli.env import Env

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 1.0
"""Seconds that pass before anything is shown (the issue's own figure)."""

_STEP = 65_536
"""Bytes after which the bar moves: often enough for the eye, too seldom to cost anything."""


class Progress:
    """The bytes that were read of all that are to be read; then it leaves the screen clean."""

    def __init__(self, env: Env, total: int) -> None:
        """Count towards *total* bytes; only a terminal gets to see it."""
        self._env = env
        self._total = total
        self._done = 0
        self._shown = 0
        self._begun = time.monotonic()
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
        if self._done - self._shown < _STEP or not self._env.world.stderr.isatty():
            return
        self._shown = self._done
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self._done)
        elif time.monotonic() - self._begun > PATIENCE:
            self._show()

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn())
        console = Console(file=self._env.world.stderr, markup=False, emoji=False, highlight=False)
        self._bar = Progress(*columns, TaskProgressColumn(), console=console, transient=True)
        label = self._env.language.say("Reading")
        self._bar.add_task(label, total=self._total, completed=self._done)
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
