"""Where the time of a run goes, by phase: told with DORF_DEBUG=1, for a bug report."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Times:
    """Seconds by phase; what happens in none of them is the core's and the command's own."""

    def __init__(self) -> None:
        """Begin now; what was before belongs to the start of the interpreter."""
        self.spent = {"start": time.process_time()}
        self._last = time.perf_counter()

    def passed(self, phase: str) -> None:
        """Count what has gone by since the last call to *phase*."""
        now = time.perf_counter()
        self.spent[phase] = self.spent.get(phase, 0.0) + now - self._last
        self._last = now

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count what happens inside to the phase *name*."""
        self.passed("core")
        try:
            yield
        finally:
            self.passed(name)

    def line(self) -> str:
        """Return all phases with their milliseconds."""
        self.passed("core")
        return ", ".join(f"{name} {spent * 1000:.1f} ms" for name, spent in self.spent.items())


TIMES = Times()
"""Those of this process."""
