"""A reminder with nothing to say: most days end here, before Typer is loaded at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.cli.env import World
    from dorf.i18n import Language

_SILENT = {"--notify", "--melden", "--discreet", "--diskret", "--exit-code"}
"""Options with which ``remind`` says and keeps nothing, either, when nothing is due."""


def nothing_is_due(arguments: Sequence[str], world: World, language: Language) -> bool:
    """Tell whether *arguments* ask for a reminder that has nothing to say.

    False leaves the answer to the command itself. Raise `DorfError` as it would.
    """
    if list(arguments[:1]) != ["remind"] or not _SILENT.issuperset(arguments[1:]):
        return False
    from dorf.cli.env import make_env
    from dorf.core.reminders import nothing_to_say

    env = make_env(world, language, None, None)
    with env.store() as store:
        if not store.exists():
            return False
        reader = store.reader
        silent = nothing_to_say(reader.rhythms(), reader.memory(), env.today)
        if silent and not world.stdout.isatty():
            store.copy_while_nobody_waits()
        return silent
