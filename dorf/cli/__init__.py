"""The command line: parse, call, render. `main` is the one way in and the one way out."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from dorf.cli.env import World

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None, world: World | None = None) -> int:
    """Run one command and return its exit status (design.md §7).

    Everything that a command can fail with ends here, as a sentence on stderr.
    """
    from typer.main import get_command  # noqa: PLC0415  (tests replace the world before)

    from dorf import i18n  # noqa: PLC0415
    from dorf.cli.app import app, worded  # noqa: PLC0415

    arguments = sys.argv[1:] if arguments is None else arguments
    world = world or World.here()
    language = i18n.choose(arguments, world.environ)
    i18n.speak(language, os.environ)
    command = worded(get_command(app), language)
    return world.guard(
        lambda: command.main(
            list(arguments), prog_name="dorf", standalone_mode=False, obj=(world, language)
        ),
        language,
    )
