"""`dorf help`: the manual in both languages, whole and readable, and what it says is true."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pexpect
import pytest

from dorf.cli.app import COMMANDS
from dorf.core.tending import State
from dorf.core.vocabulary import CIRCLE_DAYS, KIND_WORDS, ROLES, SOURCE_WORDS, How
from dorf.report.manual import PAGES, TOPICS, blocks, plain_page, source
from tests import manpages
from tests.readme import ROOT
from tests.test_json import COMMANDS as ASKED
from tests.test_json import report_of
from tests.test_terminal import ESCAPE, environ, on_terminal, wide

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Dorf

LANGUAGES = ("de", "en")
EVERY_PAGE = [(code, slug) for code in LANGUAGES for slug in TOPICS]
CIRCLES = {
    "de": ["ganz nah", "nah", "vertraut", "locker"],
    "en": ["closest", "close", "familiar", "loose"],
}
RHYTHM = {"de": ("keine Erinnerung", "alle {} Tage"), "en": ("no reminder", "every {} days")}


def test_help_lists_the_topics(dorf: Dorf) -> None:
    """A line each, under the name of the language."""
    english = dorf("help").splitlines()
    dorf.lang = "de"
    german = dorf("help").splitlines()
    assert [line.split()[0] for line in english[1:-2]] == list(TOPICS)
    assert [line.split()[0] for line in german[1:-2]] == [t.name("", "de") for t in TOPICS.values()]
    assert english[-1] == "Read one: dorf help days · A command: dorf help log"
    assert german[-1] == "Eines lesen: dorf help tage · Einen Befehl: dorf help log"


@pytest.mark.few(1)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_topic_is_found_by_each_of_its_names(dorf: Dorf, code: str) -> None:
    """In both languages, whichever is spoken, in any spelling; shown in the language of the run."""
    dorf.lang = code
    for slug, topic in TOPICS.items():
        page = "".join(f"{line}\n" for line in plain_page(source(slug, code)))
        for name in (slug, *topic.words.split(", "), slug.upper()):
            assert dorf("help", name) == page


def test_no_topic_is_called_as_a_command() -> None:
    """Each word after `help` has one meaning."""
    names = {name for slug, t in TOPICS.items() for name in (slug, *t.words.split(", "))}
    assert names & (set(COMMANDS) - {"import"}) == set()


@pytest.mark.parametrize("words", [["log"], ["child", "add"], ["child"]], ids=" ".join)
def test_a_command_is_shown_as_its_own_help(dorf: Dorf, words: list[str]) -> None:
    """`dorf help log` is `dorf log --help`, also below a group and in German."""
    for dorf.lang in LANGUAGES:
        assert dorf("help", *words) == dorf(*words, "--help")


def test_what_is_unknown_gets_near_names(dorf: Dorf) -> None:
    """Topics and commands, in the language of the run."""
    near = "dorf: There is no topic “dyas” in the manual. Did you mean days?\n"
    dorf("help", "dyas", status=2, stderr=near)
    none = "dorf: There is no topic “xyz” in the manual. “dorf help” shows all topics.\n"
    dorf("help", "xyz", status=2, stderr=none)
    dorf.lang = "de"
    near = "dorf: „tagee“ steht nicht im Handbuch. Meinst Du tage?\n"
    dorf("help", "tagee", status=2, stderr=near)


def test_scripts_read_it_as_a_document(dorf: Dorf) -> None:
    """The text of a page, and of a command's help."""
    assert json.loads(dorf("help", "tage", "--json"))["topic"] == "days"
    usage = json.loads(dorf("help", "child", "add", "--json"))
    assert usage["topic"] == "child add"
    assert usage["text"].startswith("Usage: dorf child add")


def test_help_needs_no_village(dorf: Dorf) -> None:
    """Nothing is opened or made."""
    dorf("help", "days")
    assert not dorf.path.exists()


# --- the pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "slug"), EVERY_PAGE)
def test_a_page_reads_in_eighty_columns(code: str, slug: str) -> None:
    """A title, at least one section or session, no line too wide but what programs print."""
    page = source(slug, code)
    kinds = [block.kind for block in blocks(page)]
    assert kinds[0] == "title"
    prose = [line for block in blocks(page) if block.kind != "code" for line in block.lines]
    assert [line for line in prose if len(line) > 79] == []
    assert not [line for line in plain_page(page) if "<!--" in line or "```" in line]


def test_there_is_a_page_for_each_topic_and_no_other() -> None:
    """In both languages, with the same sections in the same order."""
    for code in LANGUAGES:
        assert {path.stem for path in (PAGES / code).glob("*.md")} == set(TOPICS)
    for slug in TOPICS:
        german, english = (
            [block.kind for block in blocks(source(slug, code))] for code in LANGUAGES
        )
        assert german.count("heading") == english.count("heading"), slug


def _entries(slug: str, code: str) -> dict[str, str]:
    """Return what a page says of each word that begins an entry."""
    found: dict[str, str] = {}
    for block in blocks(source(slug, code)):
        head, _, rest = block.joined.partition(" – ")
        if block.kind == "item":
            found = dict.fromkeys(re.findall(r"`([^`]+)`", head), rest) | found
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_roles_kinds_circles_and_ways_are_the_ones_of_the_program(code: str) -> None:
    """Each with its rhythm and its circle."""
    said = _entries("roles", code)
    for slug, role in ROLES.items():
        none, every = RHYTHM[code]
        rhythm = every.format(role.cadence) if role.cadence else none
        assert said[slug].startswith(f"{rhythm}, {CIRCLES[code][role.circle - 1]}: ")
    known = {*ROLES, *KIND_WORDS, *How, *SOURCE_WORDS, *map(str, CIRCLE_DAYS)}
    assert set(said) == known | set(State)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_report_and_its_keys_are_on_the_page_about_json(code: str) -> None:
    """Under the name of the command."""
    said = _entries("json", code)
    for command, keys in ASKED:
        name = report_of(command)
        entry = said.get(name) or said[f"{command[0]} …"]
        if command[0] not in {"demo", "init", "import"}:
            assert {key for key in keys - {"unreadable"} if f"`{key}`" not in entry} == set(), name


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_exit_status_is_on_its_page(code: str) -> None:
    """CONTRIBUTING.md, Exit statuses."""
    assert set(_entries("exit", code)) >= {"0", "1", "2", "3", "4", "5", "6", "10", "70", "130"}


# --- on a terminal ------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("columns", [60, 100])
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_fits_the_terminal(tmp_path: Path, code: str, columns: int) -> None:
    """Prose is wrapped to the width; every word of it is there."""
    variables = environ(tmp_path / "dorf.db", lang=code, PAGER="cat")
    screen = on_terminal(variables, columns, "help", "days")
    assert wide(screen, columns) == []
    words = " ".join(ESCAPE.sub("", screen).split())
    for block in blocks(source("days", code)):
        if block.kind in {"title", "heading"}:
            assert block.joined in words


@pytest.mark.slow
def test_a_long_page_is_shown_by_the_pager(tmp_path: Path) -> None:
    """$PAGER, when the page is longer than the terminal; a short one is simply printed."""
    path = tmp_path / "dorf.db"
    pager = environ(path, PAGER="sed 's/^/|/'")
    assert on_terminal(pager, 80, "help", "days").startswith("|")
    assert not on_terminal(pager, 80, "help", "exit").startswith("|")
    for absent in ("no-such-pager", ""):
        assert "Days and spans" in on_terminal(environ(path, PAGER=absent), 80, "help", "days")


@pytest.mark.slow
def test_a_pager_may_be_left_at_once(tmp_path: Path) -> None:
    """Whoever has read enough sees no complaint."""
    child = pexpect.spawn(
        sys.executable, ["-m", "dorf", "help", "commands"],
        env=environ(tmp_path / "dorf.db", PAGER="head -n 1"), cwd=str(ROOT), encoding="utf-8",
    )  # fmt: skip
    assert "Every command" in ESCAPE.sub("", str(child.read()))
    child.close()
    assert child.exitstatus == 0


# --- as man pages -------------------------------------------------------------------------------


def test_man_pages_are_the_manual_of_today() -> None:
    """``python -m tests.manpages`` writes them anew; nothing else lies there."""
    kept = {path: path.read_text("utf-8") for path in manpages.MAN.rglob("*") if path.is_file()}
    assert kept == manpages.pages()


@pytest.mark.few(4)
@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
@pytest.mark.parametrize("path", manpages.pages(), ids=lambda path: path.name)
def test_a_man_page_is_set_without_a_warning(path: Path) -> None:
    """Every word of the manual's headings is on it."""
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", str(path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    assert ".TH" not in done.stdout


# --- in the wheel -------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_manual_is_in_the_wheel(tmp_path: Path) -> None:
    """Whoever installs dorf has every page."""
    from hatchling.builders.wheel import WheelBuilder

    built = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    names = set(zipfile.ZipFile(built).namelist())
    shared = {name.partition("/share/man/")[2] for name in names if "/share/man/" in name}
    assert shared == {str(path.relative_to(manpages.MAN)) for path in manpages.pages()}
    assert not [name for name in names if name.startswith("dorf/manual/man/")]
    assert names >= {f"dorf/manual/{code}/{slug}.md" for code, slug in EVERY_PAGE}
    assert "dorf/core/DOMAIN.md" in names


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_stands_for_a_value_is_in_the_language_of_the_help(dorf: Dorf, code: str) -> None:
    """Those of options, of arguments, and of what shells complete; one name has two words."""
    dorf.lang = code
    shown = dorf("import", "--help") + dorf("who", "--help") + dorf("snooze", "--help")
    words = {
        "en": {"FILE...", "HEADER=FIELD", "KIND-OR-SKILL", "NAME… DAY"},
        "de": {"DATEI...", "ÜBERSCHRIFT=FELD", "HILFE-ODER-KÖNNEN", "NAME… TAG"},
    }
    assert {one for one in words["en"] | words["de"] if one in shown} == words[code]
