"""The README does what it says: sessions, commands, options and the picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from typer.main import get_command

from dorf.cli.app import COMMANDS, app, build
from tests import picture
from tests.readme import README, replay, sessions

if TYPE_CHECKING:
    from pathlib import Path

PAGE = README.read_text("utf-8")


def test_sessions_print_what_the_page_says(tmp_path: Path) -> None:
    """Word for word; ``python -m tests.readme`` writes them anew."""
    found = sessions(PAGE)
    assert len(found) >= 6
    assert list(replay(tmp_path / "dorf.db", found)) == [session.text for session in found]


def test_every_command_is_in_the_table() -> None:
    """… under its own name, and no other command is."""
    rows = re.findall(r"^\| (`.*?`) \|", PAGE, re.MULTILINE)
    named = {word for row in rows for word in re.findall(r"`([a-z]+)", row)}
    assert set(COMMANDS) - named == set()


@pytest.mark.parametrize("name", ["log", "history", "list", "add", "import", "export"])
def test_every_option_of_a_command_is_in_its_row(name: str) -> None:
    """Each option's first English spelling; JSON, help and consent are common to many."""
    from importlib import import_module

    command = build(import_module(f"dorf.cli.{COMMANDS[name].module}").app, name)
    row = next(
        line for line in PAGE.splitlines() if line.startswith((f"| `{name} ", f"| `{name}`"))
    )
    shown = {
        opt
        for param in command.params
        for opt in param.opts[:1]
        if opt.startswith("--") and not getattr(param, "hidden", False)
    }
    common = {"--json", "--discreet", "--vorgestern", "--yes"}
    assert {opt for opt in shown - common if opt not in row} == set()


def test_global_options_are_described() -> None:
    """--db, --lang and --version stand above the table."""
    options = {opt for param in get_command(app).params for opt in param.opts if "-" in opt}
    hidden = {"--today", "--show-completion"}
    assert {opt for opt in options - hidden if opt not in PAGE} == set()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_picture_is_the_real_report(language: str) -> None:
    """Rich exports the very picture from today's report; ``python -m tests.picture`` writes it."""
    assert picture.path(language).read_text("utf-8") == picture.svg(language)
