"""The command line: parse, call, render. `main` is the one way in and the one way out."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from dorf import i18n
from dorf.cli.env import World
from dorf.cli.quiet import nothing_is_due
from dorf.cli.streams import recovered

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None, world: World | None = None) -> int:
    """Run one command and return its exit status (CONTRIBUTING.md, Exit statuses).

    Everything that a command can fail with ends here, as a sentence on stderr.
    """
    encoding = sys.getfilesystemencoding()
    arguments = sys.argv[1:] if arguments is None else arguments
    arguments = [recovered(argument, encoding) for argument in arguments]
    if world is None:
        gc.disable()  # a process of our own lives for milliseconds: 5 to 10 of them saved
        world = World.here()
    language = i18n.choose(arguments, world.environ)
    i18n.speak(language, os.environ)
    return world.guard(lambda: _run(arguments, world, language), language)


def _run(arguments: Sequence[str], world: World, language: i18n.Language) -> object:
    if nothing_is_due(arguments, world, language):
        return 0
    from typer._click.exceptions import ClickException
    from typer.main import get_command

    from dorf.cli.app import app, worded

    command = get_command(app)
    worded(command, language)
    try:
        return command.main(
            list(arguments), prog_name="dorf", standalone_mode=False, obj=(world, language)
        )
    except ClickException as error:
        from dorf.cli.usage import as_failure

        raise as_failure(error) from error
