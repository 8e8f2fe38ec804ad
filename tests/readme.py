"""The README's sessions: replayed word for word, or written anew by ``python -m tests.readme``.

A session is a ``console`` block after a comment that gives language and day; all sessions share
one village, in the order of the page.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import Dorf

if TYPE_CHECKING:
    from collections.abc import Iterator

README = Path(__file__).parent.parent / "README.md"
_SESSION = re.compile(
    r"<!-- session: lang=(?P<lang>\w+) today=(?P<today>[-\d]+) -->\n```console\n(?P<text>.*?)```\n",
    re.DOTALL,
)


@dataclass
class Session:
    """One block: its language, its day and its lines as they stand on the page."""

    lang: str
    today: str
    text: str

    def commands(self) -> list[str]:
        """Return the lines that are typed."""
        return [line[2:] for line in self.text.splitlines() if line.startswith("$ ")]


def sessions(page: str) -> list[Session]:
    """Return the sessions of *page* in order."""
    return [Session(**match.groupdict()) for match in _SESSION.finditer(page)]


def replay(path: Path, found: list[Session]) -> Iterator[str]:
    """Yield each session as it should stand on the page."""
    for session in found:
        lines = []
        for command in session.commands():
            dorf = Dorf(path, session.lang, session.today)
            program, *arguments = shlex.split(command)
            assert program == "dorf", command
            printed = dorf.any_status(*arguments)
            lines.append(f"$ {command}\n{_timeless(printed)}")
        yield "".join(lines)


def _timeless(printed: str) -> str:
    """Return what was printed with the signs of encounters, which differ in every run, masked."""
    return re.sub(r"^[0-9a-f]{8} ", "3fa1c0d2 ", printed, flags=re.MULTILINE)


def update() -> None:
    """Write what the sessions print today into the README."""
    page = README.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        printed = replay(Path(folder) / "dorf.db", sessions(page))
        page = _SESSION.sub(lambda match: match[0].replace(match["text"], next(printed)), page)
    README.write_text(page, "utf-8")


if __name__ == "__main__":
    update()
