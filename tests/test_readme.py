"""README and manual do what they say: sessions, commands, options, words and the picture."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command

from dorf.cli.app import COMMANDS, app, build
from tests import picture
from tests.readme import MANUAL, README, pages, replay, sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = README.read_text("utf-8")
COMMON = {"--json", "--discreet", "--diskret", "--yes", "--ja", "--vorgestern"}
"""Options of many commands, described once above them all; and one that is a day's name."""

WITH_SESSIONS = [path for path in pages() if sessions(path.read_text("utf-8"))]


@pytest.mark.few(4)
@pytest.mark.parametrize("path", WITH_SESSIONS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_sessions_print_what_the_page_says(tmp_path: Path, path: Path) -> None:
    """Word for word; ``python -m tests.readme`` writes them anew."""
    page = path.read_text("utf-8")
    shown = [session.text for session in sessions(page)]
    assert list(replay(tmp_path / "dorf.db", page)) == shown


def test_there_are_sessions() -> None:
    """In the README and in the manual of both languages."""
    assert len(sessions(PAGE)) >= 5
    assert {path.parent.name for path in WITH_SESSIONS} >= {"de", "en"}


def _commands() -> Iterator[tuple[str, Any]]:
    """Yield each command that can run, under the words that are typed for it."""
    for name, entry in COMMANDS.items():
        command = build(import_module(f"dorf.cli.commands.{entry.module}").app, name)
        below = getattr(command, "commands", {})
        yield from (
            ((f"{name} {sub}", one) for sub, one in below.items()) if below else [(name, command)]
        )


ALL = dict(_commands())


def _rows(code: str) -> dict[str, str]:
    """Return the entries of the page about commands, by the command that they begin with."""
    page = (MANUAL / code / "commands.md").read_text("utf-8")
    entries = re.findall(r"^- (.*(?:\n  .*)*)", page, re.MULTILINE)
    return {name: entry for entry in entries for name in _named(entry.partition(" – ")[0])}


def _named(head: str) -> Iterator[str]:
    for words in re.findall(r"`([^`]+)`", head):
        first, *others = words.split()
        yield f"{first} {others[0]}" if others and f"{first} {others[0]}" in ALL else first


@pytest.mark.parametrize("code", ["de", "en"])
def test_every_command_is_in_the_manual(code: str) -> None:
    """Each has an entry of its own, and there is none for anything else."""
    assert set(_rows(code)) == set(ALL)


@pytest.mark.parametrize("code", ["de", "en"])
def test_every_option_of_a_command_is_in_its_entry(code: str) -> None:
    """In the words of the page's language, the first or the second of each option's names."""
    rows = {name: re.sub(r"\n  ", " ", row) for name, row in _rows(code).items()}
    missing = {name: _missing(name, rows[name], code) for name in ALL if name != "edit"}
    assert {name: options for name, options in missing.items() if options} == {}


def _missing(name: str, row: str, code: str) -> list[str]:
    missing = []
    for param in ALL[name].params:
        names = [one for one in param.opts if one.startswith("--")]
        if not names or getattr(param, "hidden", False) or set(names) & COMMON:
            continue
        spoken = names[min(1, len(names) - 1)] if code == "de" else names[0]
        if not re.search(rf"{spoken}\b", row) and not _said(param.secondary_opts, row):
            missing.append(spoken)
    return missing


def _said(names: list[str], row: str) -> bool:
    return any(re.search(rf"{name}\b", row) for name in names)


def test_options_in_front_of_the_command_are_described() -> None:
    """--db, --lang, --version and completion stand above the entries, in both languages."""
    options = {opt for param in get_command(app).params for opt in param.opts if "-" in opt}
    for code in ("de", "en"):
        page = (MANUAL / code / "commands.md").read_text("utf-8")
        assert {opt for opt in options - {"--today"} if opt not in page} == set()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_picture_is_the_real_report(language: str) -> None:
    """Rich exports the very picture from today's report; ``python -m tests.picture`` writes it."""
    assert picture.path(language).read_text("utf-8") == picture.svg(language)
