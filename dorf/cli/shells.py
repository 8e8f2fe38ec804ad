"""``--show-completion`` and ``--install-completion``: the scripts for bash, zsh and fish."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from dorf.errors import N_, UnreadableFile, UsageFailure, reason_of

if TYPE_CHECKING:
    from collections.abc import Container

    from dorf.cli.env import World
    from dorf.i18n import Language

SHOW, INSTALL = "--show-completion", "--install-completion"
DETECT = "auto"
"""The value that stands for the shell of the user."""


def with_shell(args: list[str], commands: Container[str]) -> list[str]:
    """Return *args* where each of the two options has a value: its shell may be left out."""
    filled: list[str] = []
    for number, word in enumerate(args):
        if word in commands:
            return [*filled, *args[number:]]
        filled.append(word)
        following = args[number + 1] if number + 1 < len(args) else "-"
        if word in {SHOW, INSTALL} and (following.startswith("-") or following in commands):
            filled.append(DETECT)
    return filled


def show(ctx: typer.Context, shell: str | None) -> None:
    """Print the script that completes dorf in *shell*."""
    if shell is not None:
        from dorf.completion.shells import script

        world, _ = _outside(ctx)
        world.stdout.write(script(_known(shell, world)))
        raise typer.Exit


def install(ctx: typer.Context, shell: str | None) -> None:
    """Put the script where *shell* looks for it, and say where that is."""
    if shell is not None:
        from dorf.cli.streams import shown
        from dorf.completion.shells import install

        world, language = _outside(ctx)
        shell = _known(shell, world)
        try:
            path = install(shell, world.environ)
        except OSError as error:
            raise UnreadableFile(
                N_("{file} can't be written: {reason}."),
                file=str(error.filename or shell),
                reason=reason_of(error),
            ) from error
        done = language.say(
            "{file} completes dorf in {shell}, from the next terminal on.", file=path, shell=shell
        )
        world.stdout.write(f"{shown(done)}\n")
        raise typer.Exit


def _outside(ctx: typer.Context) -> tuple[World, Language]:
    world, language = ctx.find_root().obj
    return world, language


def _known(shell: str, world: World) -> str:
    from dorf.completion.shells import SHELLS

    name = _running(world) if shell == DETECT else shell
    if name not in SHELLS:
        raise UsageFailure(N_("Please name your shell: {option} bash, zsh or fish."), option=SHOW)
    return name


def _running(world: World) -> str:
    """Return the shell that dorf was started from, else the user's own one."""
    from typer._completion_shared import _get_shell_name

    return _get_shell_name() or os.path.basename(world.environ.get("SHELL", ""))  # noqa: PTH119
