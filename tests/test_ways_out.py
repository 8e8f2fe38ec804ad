"""Nothing that dorf shows, writes or hands on can steer what shows it, whatever a file holds."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from dorf.core.spelling import clean_text, is_control
from tests.conftest import HANGING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Dorf

PAYLOAD = (
    "\x1b[31mx\x1b]0;t\x07x\nFORGED x\rFORGED x\x7fx\x9b2Jx\x85x\x9d0;t\x9cx\u061cx\u200e\u200fx"
    "\u202a\u202b\u202c\u202d\u202ex\u2066\u2067\u2068\u2069x\u206a\u206fx"
    "\U000e0001\U000e0041\U000e007fx\ufff9\ufffa\ufffbx\u2028\u2029FORGED"
)
"""Colours, titles, line breaks, deletions, C1 controls, marks of direction, tags, separators."""
SHOWN = [
    ["list"], ["list", "--all"], ["show", "le"], ["status", "--all"], ["gaps", "--all"],
    ["birthdays"], ["stats"], ["remind"], ["remind", "--format", "html-mail"], ["history"],
    ["find", "le"], ["find", "na"], ["who", "childcare"], ["tips"], ["household"], ["wish", "list"],
    ["rule", "list"], ["undo", "--list"], ["doctor"], ["backup", "--list"], ["log", "le"],
    ["plan", "le", "9.3.2026"], ["snooze", "le", "2w"], ["edit", "le", "--circle", "2"],
    ["add", "Lena Twin"], ["role", "le", "neighbour"], ["show", "nobody"], ["child", "remove", "m"],
    ["accept", "G08"], ["schedule", "status"], ["undo"], ["delete", "le"],
    ["delete", "le", "--yes"],
]  # fmt: skip
FORMATS = ["village", "vcard", "vcard3", "csv", "ics", "markdown", "easynwk"]
TEXTS = {
    "contact": ["name", "notes", "planned_note"],
    "contact_text": ["text"],
    "encounter": ["note"],
    "wish": ["skill"],
    "child": ["name"],
    "kid": ["name"],
    "undo_step": ["line"],
}
"""Columns that hold what people typed."""


def tampered(family: Dorf) -> None:
    """Put the `PAYLOAD` into every text of a village, past all that looks at it on the way in."""
    with closing(sqlite3.connect(family.path)) as connection, connection:
        for table, columns in TEXTS.items():
            known = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            for column in known.intersection(columns):
                connection.execute(
                    f"UPDATE {table} SET {column} = {column} || ? || 'x' "  # noqa: S608
                    f"WHERE {column} IS NOT NULL",
                    [PAYLOAD],
                )


def controls(text: str, allowed: str = "\n") -> set[str]:
    """Return the control characters in *text*, the flags of our own colours aside."""
    return {character for character in text if is_control(character) and character not in allowed}


@pytest.mark.parametrize("tty", [False, True], ids=["piped", "terminal"])
def test_no_command_shows_a_control_character(family: Dorf, tmp_path: Path, *, tty: bool) -> None:
    """Every command on a file whose texts were tampered with, as people and pipes see it."""
    family.environ = {"NO_COLOR": "1", "PATH": str(tmp_path), "TERM": "dumb"}
    tampered(family)
    for command in SHOWN:
        shown = family.any_status(*command, tty=tty)
        for number in range(10 if tty else 0):  # the styles of our own
            shown = shown.replace(f"\x1b[{number}m", "")
        assert not controls(shown), command
        lines = [] if tty else shown.splitlines()  # a terminal breaks long ones
        assert not [line for line in lines if line.startswith("FORGED")], command
        assert "That is a bug" not in shown, command


def test_json_has_each_control_character_escaped(family: Dorf) -> None:
    """The value is what stands in the file; the document can be shown."""
    tampered(family)
    for command in ("list", "status", "gaps", "history", "household", "remind"):
        document = family(command, "--json", remarks=True)
        assert not controls(document), command
        assert json.loads(document)["report"] == command
    names = [one["name"] for one in family.json("list")["contacts"]]
    assert all(name.endswith(f"{PAYLOAD}x") for name in names)


@pytest.mark.parametrize("form", FORMATS)
def test_no_file_that_dorf_writes_holds_one(family: Dorf, form: str, tmp_path: Path) -> None:
    """Line breaks stay inside what a format quotes; no line begins with what was put in."""
    tampered(family)
    target = tmp_path / "out"
    family("export", "--format", form, str(target), "--yes", remarks=True)
    for text in (target.read_bytes().decode(), family("export", "--format", form, "-")):
        assert not controls(text, "\r\n\t")
        if form != "csv":
            assert not [line for line in text.splitlines() if line.startswith("FORGED")]


def test_emoji_and_names_of_all_scripts_stay_as_they_are() -> None:
    """Joiners and variation selectors belong to letters; three flags are written with tags."""
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    for text in (f"Rhys {flag}", "👩‍👧‍👦", "❤️", "علی‌رضا", "क्‍ष", "Zoë", "张伟"):
        assert clean_text(text) == text
    assert clean_text("🏴\U000e0068\U000e0069\U000e007f") == "🏴"


# --- bytes that are no text -----------------------------------------------------------------------


def run(family: Dorf, *words: Any, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run dorf in a process of its own, with bytes as its arguments."""
    environ = {
        "DORF_DB": os.fspath(family.path), "DORF_LANG": "en", "DORF_TODAY": family.today,
        "PATH": "", "HOME": str(family.path.parent),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "dorf", *words], input=more.pop("stdin", b""),
        capture_output=True, check=False, env=environ | more, timeout=HANGING,
    )  # fmt: skip


LATIN = "Jörg".encode("latin-1")
NO_TEXT = "dorf: “J\ufffdrg” can't be read: it is not UTF-8."
LOCALES = [{"LC_ALL": "C.UTF-8"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}]


@pytest.mark.parametrize(
    "command",
    [
        ["add", LATIN], ["log", LATIN], ["add", "Mia", "--note", LATIN], ["wish", "add", LATIN],
        ["find", LATIN], ["export", "--role", LATIN, "-"], ["add", b"--note=" + LATIN, "Mia"],
        ["child", "add", LATIN, "2024-05"],
    ],
)  # fmt: skip
def test_an_argument_that_is_no_text_is_refused(family: Dorf, command: list[bytes | str]) -> None:
    """One sentence, status 2, and nothing is written: a name is never cut."""
    before = family.path.read_bytes()
    assert family(*map(os.fsdecode, command), status=2) == ""
    assert family.said.startswith(NO_TEXT)
    assert family.path.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES, ids=lambda one: one["LC_ALL"])
def test_it_is_refused_in_every_locale(family: Dorf, locale: dict[str, str]) -> None:
    """Whatever Python takes bytes for."""
    before = family.path.read_bytes()
    done = run(family, "add", LATIN, **locale)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(NO_TEXT)
    assert family.path.read_bytes() == before


def test_utf_8_is_understood_where_the_system_knows_only_ascii(family: Dorf) -> None:
    """Python takes such arguments for bytes then."""
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert run(family, "add", "Jörg", **plain).returncode == 0
    assert "Jörg" in [one["name"] for one in family.json("list")["contacts"]]


@pytest.mark.slow
def test_a_file_whose_name_is_no_text_is_read_and_named(family: Dorf, tmp_path: Path) -> None:
    """Names of files are bytes; a sentence shows what can be shown."""
    name = os.fsencode(tmp_path) + b"/" + LATIN + b"\n.vcf"
    with open(name, "wb") as file:  # noqa: PTH123  (a name that is no text)
        file.write(b"BEGIN:VCARD\nVERSION:3.0\nFN:Neu\nEND:VCARD\n")
    done = run(family, "import", name)
    assert done.returncode == 0, done.stderr
    assert "Neu" in [one["name"] for one in family.json("list")["contacts"]]
    done = run(family, "import", name + b"x")
    assert done.returncode == 6
    assert done.stderr.count(b"\n") == 1
    shown = family("undo", "--list")
    assert "J\ufffdrg .vcf" in shown
    for command in (["export", name + b"2.vcf"], ["backup", name + b"3"]):
        done = run(family, *command)
        assert done.returncode in {0, 6}, done.stderr
        assert b"Traceback" not in done.stderr
        assert b"bug" not in done.stderr


@pytest.mark.few(1)
@pytest.mark.parametrize("way", ["option", "variable"])
def test_a_village_whose_path_is_no_text_works_but_is_not_scheduled(
    family: Dorf, tmp_path: Path, way: str
) -> None:
    """A crontab line is text, and would name another file."""
    path = os.fsencode(tmp_path) + b"/" + LATIN + b".db"
    options = ["--db", path] if way == "option" else []
    more = {"PATH": str(tmp_path)}  # neither cron nor systemd: nothing of this machine is touched
    if way == "variable":
        more["DORF_DB"] = os.fsdecode(path)
    assert run(family, *options, "add", "Lena", **more).returncode == 0
    assert run(family, *options, "list", **more).stdout.startswith(b"Lena")
    for command in (["install", "--yes"], ["install", "--systemd", "--yes"]):
        done = run(family, *options, "schedule", *command, **more)
        assert (done.returncode, done.stdout) == (2, b"")
        assert "J\ufffdrg.db” can't be read" in done.stderr.decode()
    for command in (["doctor"], ["schedule", "status"], ["backup", "--list"]):
        done = run(family, *options, *command, **more)
        assert b"Traceback" not in done.stderr + done.stdout
        assert b"a bug" not in done.stderr


@pytest.mark.slow
def test_an_answer_that_is_no_text_is_refused(family: Dorf) -> None:
    """Answers over a pipe are lines of text, too."""
    done = run(family, "init", stdin=b"J\xf6rg\n" * 20, LC_ALL="C.UTF-8")
    assert b"Traceback" not in done.stderr
    assert b"bug" not in done.stderr
    assert not [one for one in family.json("list")["contacts"] if "rg" in one["name"][:4]]


# --- less than there usually is -------------------------------------------------------------------


@pytest.mark.few(1)
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_signs_differ_where_they_cannot_be_shown(family: Dorf, encoding: str) -> None:
    """Each sign that carries a tone has a form of its own in every encoding."""
    script = (
        "import sys; from dorf.cli.env import World; World.here()\nprint('\\n'.join('●◌○▸▲△✓·'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True,
        env={"PYTHONIOENCODING": encoding, "PATH": ""},
    )  # fmt: skip
    signs = done.stdout.decode(encoding).split()
    assert len(set(signs)) == 8
    assert "?" not in signs
    shown = run(family, "status", PYTHONIOENCODING=encoding).stdout
    assert b"?" not in shown.splitlines()[0]


WINDOWS = """
import builtins, os, sys
absent = {"termios", "tty", "fcntl", "pwd", "grp", "readline", "resource", "select"}
real = builtins.__import__
def found(name, *rest, **more):
    if name in absent:
        raise ImportError(name)
    return real(name, *rest, **more)
import tempfile, subprocess, pathlib, shutil
for name in absent & set(sys.modules):
    del sys.modules[name]
builtins.__import__ = found
for name in ("fchmod", "fchown", "geteuid", "getuid", "getpwuid", "statvfs", "getpgid", "setsid"):
    if hasattr(os, name):
        delattr(os, name)
from dorf.start import main
for line in sys.argv[1:]:
    sys.argv = ["dorf", *line.split()]
    sys.stderr.write(f"{line}: {main()}\\n")
"""


def test_dorf_runs_without_what_windows_lacks(tmp_path: Path) -> None:
    """Modules and functions of POSIX alone are a help, no need."""
    environ = {"DORF_DB": str(tmp_path / "v.db"), "DORF_LANG": "en", "PATH": ""}
    commands = [
        "add Lena", "--version", "--help", "add Ada", "log lena", "list", "status", "remind",
        "undo", "doctor", "backup --list", "export -", "help", "history", "init", "tend",
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", WINDOWS, *commands], capture_output=True, check=False,
        stdin=subprocess.DEVNULL, env=environ, timeout=HANGING, text=True,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "a bug" not in done.stderr
    for command in commands:
        assert re.search(rf"^{command}: [01]$", done.stderr, re.MULTILINE), done.stderr
