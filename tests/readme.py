"""The sessions of README and manual, word for word; ``python -m tests.readme`` writes them anew.

A session is a ``console`` block after a comment that gives language and day. All sessions of a
page share one village, in their order; a comment "before" holds commands that fill it first.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import Dorf

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
MANUAL = ROOT / "dorf" / "manual"
SAMPLES = ROOT / "tests" / "samples" / "readme"
"""The files that sessions name lie here."""
_BEFORE = re.compile(r"<!-- before:\n(.*?)-->\n", re.DOTALL)
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


def pages() -> list[Path]:
    """Return the README and every page of the manual, in both languages."""
    return [README, *sorted(MANUAL.glob("*/*.md"))]


def sessions(page: str) -> list[Session]:
    """Return the sessions of *page* in order."""
    return [Session(**match.groupdict()) for match in _SESSION.finditer(page)]


def replay(path: Path, page: str) -> Iterator[str]:
    """Yield each session of *page* as it should stand there; *path* is the file of its village."""
    found = sessions(page)
    prepared = "".join(_BEFORE.findall(page)).splitlines()
    for command in prepared:
        _run(Dorf(path, found[0].lang, found[0].today), command)
    for session in found:
        dorf = Dorf(path, session.lang, session.today)
        yield "".join(f"$ {one}\n{_timeless(_run(dorf, one))}" for one in session.commands())


def _run(dorf: Dorf, command: str) -> str:
    program, *arguments = shlex.split(command)
    assert program == "dorf", command
    with chdir(SAMPLES):
        return dorf.any_status(*arguments)


def _timeless(printed: str) -> str:
    """Return what was printed with the signs of encounters, which differ in every run, masked."""
    return re.sub(r"^[0-9a-f]{8} ", "3fa1c0d2 ", printed, flags=re.MULTILINE)


def update() -> None:
    """Write what the sessions print today into the pages."""
    for path in pages():
        page = path.read_text("utf-8")
        with tempfile.TemporaryDirectory() as folder:
            printed = list(replay(Path(folder) / "dorf.db", page))
        for session, text in zip(sessions(page), printed, strict=True):
            page = page.replace(session.text, text, 1)
        path.write_text(page, "utf-8")


if __name__ == "__main__":
    update()
