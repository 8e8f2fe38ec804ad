"""How far a long reading is: shown to whoever waits longer than a second, and to nobody else."""

from __future__ import annotations

import io

import pytest

from dorf.report.progress import PATIENCE, Progress, Watched
from tests.conftest import Terminal

XTERM = {"TERM": "xterm-256color", "COLUMNS": "60"}


def shown(*, tty: bool, wait: float) -> str:
    """Return what a reading of a megabyte shows that takes *wait* seconds in its middle."""
    stream, now = Terminal(tty=tty), [0.0]
    with Progress(stream, XTERM, "Reading", 1_000_000, lambda: now[0]) as progress:
        progress.advance(100_000)
        now[0] += wait
        progress.advance(400_000)
    return stream.getvalue()


def test_a_terminal_sees_a_bar_after_a_second() -> None:
    """With what it is and how much is done."""
    bar = shown(tty=True, wait=PATIENCE + 0.05)
    assert "Reading" in bar
    assert "50%" in bar


@pytest.mark.parametrize(("tty", "wait"), [(True, 0.0), (False, PATIENCE + 0.05)])
def test_nobody_else_sees_anything(*, tty: bool, wait: float) -> None:
    """Neither a quick import nor a pipe."""
    assert shown(tty=tty, wait=wait) == ""


def test_what_is_read_twice_counts_once() -> None:
    """A reader looks at the head first, and then begins again."""
    counted: list[int] = []

    class Counter(Progress):
        def advance(self, size: int) -> None:
            counted.append(size)

    file = Watched(io.BytesIO(b"one\ntwo\nthree"), Counter(Terminal(), {}, "", 13))
    assert file.read(5) == b"one\nt"
    file.seek(0)
    assert list(file) == [b"one\n", b"two\n", b"three"]
    assert sum(counted) == 13
