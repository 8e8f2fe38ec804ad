"""The pictures of the README: the report of the invented family, exported by Rich.

``python -m tests.picture`` writes them anew.
"""

from __future__ import annotations

import io
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

from dorf.cli.commands.imports import bring_in_sample
from dorf.cli.commands.status import assessment_of
from dorf.cli.env import Env, World
from dorf.i18n import Language
from dorf.report.screen import renderable
from dorf.report.status import status_page

TODAY = date(2026, 3, 2)
PICTURES = Path(__file__).parent.parent / ".pictures"


def path(language: str) -> Path:
    """Return where the picture of a language lies."""
    return PICTURES / f"status-{language}.svg"


def svg(language: str) -> str:
    """Return the picture: the page that `dorf demo` shows on `TODAY`, 80 columns wide."""
    streams = (io.StringIO(), io.StringIO(), io.StringIO())
    world = World({}, *streams, lambda: datetime(2026, 3, 2, 12, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder:
        env = Env(Path(folder) / "demo.db", TODAY, Language(language), world)
        with env.store() as store:
            bring_in_sample(env, store)
        page = status_page(assessment_of(env), env.words())
    screen = Console(
        record=True,
        width=80,
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    screen.print(renderable(page))
    return screen.export_svg(title="dorf status", theme=SVG_EXPORT_THEME)


def update() -> None:
    """Write the pictures."""
    PICTURES.mkdir(exist_ok=True)
    for language in ("de", "en"):
        path(language).write_text(svg(language), "utf-8")


if __name__ == "__main__":
    update()
