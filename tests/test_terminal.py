"""Real terminals and real shells: widths, colours, pipes, and names completed by a key.

What must hold for a screen is checked on one: a pseudo terminal of the width in question, a bash
that loads the completion as a user would.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest
from rich.cells import cell_len

from tests.conftest import HANGING, TODAY, Dorf

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[a-zA-Z]|\][^\x07]*\x07|.)")
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")

REPORTS = (
    ["status", "--all"], ["status"], ["gaps", "--all"], ["list"], ["show", "Jana"],
    ["who", "advice"], ["find", "a"], ["history", "--all"], ["household"], ["rule", "list"],
    ["tips", "--all"], ["status", "--discreet"], ["import", "--dry-run"],
    ["stats", "--details"], ["stats", "jana", "--group", "family", "--months", "120"],
)  # fmt: skip
NEWCOMERS: list[dict[str, Any]] = [
    {"name": "Eine neue Bekannte aus dem Kurs", "roles": ["rental_grandparent", "self_help_group"]},
    {"name": "Tom", "roles": ["friend"]},
    {"name": "Jana", "circle": 1, "where": "far", "phones": ["1"], "notes": "x", "gives": []},
]
"""What an import would add and change."""


def environ(path: Path, lang: str = "en", **more: str) -> dict[str, str]:
    """Return the variables for a process that uses the village in *path*."""
    return {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(path.parent),
        "LANG": "C.UTF-8", "TERM": "xterm-256color", "DORF_DB": str(path), "DORF_LANG": lang,
        "DORF_TODAY": TODAY, **more,
    }  # fmt: skip


def on_terminal(variables: dict[str, str], columns: int, *arguments: str) -> str:
    """Return everything that ``dorf`` prints on a real terminal of *columns*."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "dorf", *arguments],
        env=variables,
        cwd=str(ROOT),
        encoding="utf-8",
        timeout=HANGING,
        dimensions=(50, columns),
    )
    screen = str(child.read())
    child.close()
    assert child.exitstatus == 0, screen
    return screen.replace("\r\n", "\n")


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with both worked households, long names and long notes; only read here."""
    path = tmp_path_factory.mktemp("terminal") / "dorf.db"
    dorf = Dorf(path)
    for case in ("household-a", "household-b"):
        dorf("import", str(CASES / f"{case}.json"))
    dorf("add", "Oma " + "Langename" * 12, "--role", "oma", "--gives", "advice,company")
    dorf("add", "张伟" * 15, "--role", "friend", "--last", "1.1.2025", "--gives", "advice")
    dorf("add", "👩‍👩‍👧 Familie mit sehr vielen Leuten und Tieren", "--role", "parent_friend")
    dorf("edit", "gisela", "--phone", "0251 555 0143", "--note", "Donaudampfschiff" * 10)
    dorf("add", "O'Brien & Söhne (Kita)", "--role", "neighbour")
    dorf("edit", "jana", "--note", "ein langer Text " * 20, "--address", "Hauptstraße 12, Münster")
    for email in ("jana.mustermann-von-und-zu@beispiel-adresse.example", "j@x.example"):
        dorf("edit", "jana", "--email", email)
    dorf("log", "jana", "tom", "--note", "Wort " * 60, "--how", "visit", "--got", "childcare")
    dorf("wish", "add", "Klavierunterricht für Fortgeschrittene und ihre kleinen Geschwister")
    dorf("rule", "off", "G12")
    dorf("accept", "G01", "--until", "1.6.")
    return path


def text_of(screen: str) -> str:
    """Return the letters and digits of a screen, whatever was wrapped or padded around them."""
    return re.sub(r"\W+", "", ESCAPE.sub("", screen))


def wide(screen: str, columns: int) -> list[str]:
    """Return the lines of a screen that do not fit into *columns* cells.

    A command that is wider than the terminal is left to it, which copies it as a whole.
    """
    lines = ESCAPE.sub("", screen).split("\n")
    whole = re.compile(r"\s*(→ )?dorf \S.*")
    return [line for line in lines if cell_len(line) > columns and not whole.fullmatch(line)]


def report(path: Path, lang: str, command: list[str], **variables: str) -> str:
    """Return a report as it is rendered for a terminal with these *variables*."""
    dorf = Dorf(path, lang=lang, environ={"TERM": "xterm-256color", **variables})
    if command[0] != "import":
        return dorf(*command, tty=True)
    file = json.dumps({"dorf": 1, "contacts": NEWCOMERS})
    return dorf("import", "-", "--dry-run", stdin=file, tty=True)


# --- width --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("command", REPORTS, ids=" ".join)
def test_no_line_of_a_report_is_wider_than_the_terminal(
    village: Path, command: list[str], columns: int, lang: str
) -> None:
    """Long names, words without a blank and wide letters are folded, never pushed out."""
    screen = report(village, lang, command, COLUMNS=str(columns))
    assert screen.strip()
    assert wide(screen, columns) == []


@pytest.mark.slow
@pytest.mark.parametrize("command", REPORTS, ids=" ".join)
def test_a_narrow_terminal_shows_as_many_letters_as_a_wide_one(
    village: Path, command: list[str]
) -> None:
    """Nothing is cut off with dots to make it fit."""

    def letters(columns: int) -> list[str]:
        return sorted(text_of(report(village, "de", command, COLUMNS=str(columns))))

    assert letters(60) == letters(120)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_answer_to_a_write_is_wider_than_the_terminal(dorf: Dorf, lang: str) -> None:
    """Result lines and errors are broken between words, not by the terminal in the middle."""
    dorf.lang, dorf.environ = lang, {"COLUMNS": "60"}
    name = "Eine Bekannte aus der Krabbelgruppe am Mittwoch"
    dorf("child", "add", "Anna Lena", "2021-10")
    for command in (
        ["add", name, "--role", "Kursgruppe", "--last", "24.2."],
        ["log", name, "--note", "ein langer Spaziergang mit allen Kindern um den See"],
        ["edit", name, "--near"],
        ["rename", name, f"{name} Abend"],
        ["accept", "G08:ask", "--until", "1.6."],
        ["child", "remove", "Anna Lena"],
    ):
        screen = dorf(*command, tty=True)
        assert screen.count("\n") > 1
        assert wide(screen, 60) == []


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "lang"), [(60, "en"), (60, "de"), (80, "de"), (120, "en")])
def test_a_real_terminal_of_that_width_gets_reports_that_fit(
    village: Path, columns: int, lang: str
) -> None:
    """Without COLUMNS, from the terminal itself; and no traceback in it."""
    screen = on_terminal(environ(village, lang), columns, "status", "--all")
    assert "Traceback" not in screen
    assert "Jana" in screen
    assert wide(screen, columns) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "columns", "lang"),
    [
        (["--help"], 60, "de"),
        (["log", "--help"], 60, "en"),
        (["add", "--help"], 80, "en"),
        (["add", "--help"], 80, "de"),
    ],
)
def test_help_fits_into_a_terminal(
    village: Path, lang: str, arguments: list[str], columns: int
) -> None:
    """Each option with its text beside or below it."""
    assert wide(on_terminal(environ(village, lang), columns, *arguments), columns) == []


# --- colour and escapes -------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("command", REPORTS, ids=" ".join)
def test_no_color_means_no_colour(village: Path, command: list[str]) -> None:
    """Bold and dim may stay; colours go (no-color.org). The text is the same."""
    coloured = report(village, "en", command, COLUMNS="80")
    plain = report(village, "en", command, COLUMNS="80", NO_COLOR="1")
    assert COLOUR.findall(plain) == []
    assert ESCAPE.sub("", plain) == ESCAPE.sub("", coloured)


@pytest.mark.slow
def test_remarks_fit_while_the_result_goes_through_a_pipe(village: Path) -> None:
    """Their width is that of the terminal they stand on, not of the pipe beside it."""
    child = pexpect.spawn(
        "bash",
        ["-c", f"{shlex.quote(sys.executable)} -m dorf log Niemand-und-keine-die-so-heißt | cat"],
        env=environ(village, "de"),
        cwd=str(ROOT),
        encoding="utf-8",
        timeout=HANGING,
        dimensions=(50, 60),
    )
    screen = str(child.read()).replace("\r\n", "\n")
    child.close()
    assert screen.startswith("dorf: ")
    assert screen.count("\n") > 1
    assert wide(screen, 60) == []


def test_a_colour_terminal_gets_colours(village: Path) -> None:
    """Otherwise the test above would prove nothing."""
    assert COLOUR.search(report(village, "en", ["status"], COLUMNS="80"))


@pytest.mark.few(4)
@pytest.mark.parametrize("command", REPORTS, ids=" ".join)
def test_a_dumb_terminal_gets_no_escapes(village: Path, command: list[str]) -> None:
    """TERM=dumb knows none of them."""
    assert "\x1b" not in report(village, "en", command, COLUMNS="80", TERM="dumb")


@pytest.mark.few(6)
@pytest.mark.parametrize("command", REPORTS, ids=" ".join)
@pytest.mark.parametrize("force", [{}, {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}])
def test_a_pipe_gets_no_escapes(village: Path, command: list[str], force: dict[str, str]) -> None:
    """A script reads lines, not terminals: one entry is one line, however narrow COLUMNS is."""
    dorf = Dorf(village, environ={"TERM": "xterm-256color", "COLUMNS": "60", **force})
    if command[0] == "import":
        piped = dorf("import", "-", "--dry-run", stdin='{"dorf": 1, "contacts": [{"name": "X"}]}')
    else:
        piped = dorf(*command)
    assert "\x1b" not in piped
    assert all(line == line.rstrip() for line in piped.split("\n"))


@pytest.mark.slow
def test_real_pipes_and_files_get_no_escapes(village: Path, tmp_path: Path) -> None:
    """Checked once with real processes: standard output, standard error, and a question."""
    file = tmp_path / "out.txt"
    with file.open("w") as out:
        for arguments in (["status"], ["show", "zorro"], ["delete", "jana"], ["--help"]):
            subprocess.run(
                [sys.executable, "-m", "dorf", *arguments],
                env=environ(village), cwd=ROOT, stdout=out, stderr=out, check=False,
                timeout=HANGING,
            )  # fmt: skip
    assert "Jana" in file.read_text("utf-8")
    assert "\x1b" not in file.read_text("utf-8")


@pytest.mark.parametrize("lang", ["en", "de"])
def test_colour_is_never_the_only_sign(village: Path, lang: str) -> None:
    """Severity and state have a sign or a word in plain text (CONTRIBUTING.md, Output)."""
    page = Dorf(village, lang=lang)("gaps")
    severities = {gap["severity"] for gap in Dorf(village).json("gaps")["gaps"]}
    signs = {line[0] for line in page.splitlines() if line[:1] in "▲△·" and line[1:2] == " "}
    assert len(signs) == len(severities)
