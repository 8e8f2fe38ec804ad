"""What the shells complete: asked as their scripts ask, and in real shells on a pseudo terminal.

A name is data that may have come from anywhere: it is offered letter by letter, and never run.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pexpect
import pytest

from dorf.cli.env import default_path
from dorf.completion.offers import village_path
from tests.completion import TARGET, table
from tests.conftest import HANGING, TODAY, Dorf

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
SHELLS = ("bash", "zsh", "fish")

CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nEND:VCARD\n"
_SIGNS = (
    "$(touch ran)", r"\$(touch ran)", r"\\$(touch ran)", "`touch ran`", "'; touch ran; '",
    '"; touch ran; "', ") ; touch ran; (", "\\'; touch ran #", "*", "${(e):-$(touch ran)}",
    "&touch ran", "|touch ran", "((touch ran))", ":touch:ran", "~/x", "!!", "{a,b}",
)  # fmt: skip
HOSTILE = tuple(f"Q{chr(97 + number)} Zed {signs}" for number, signs in enumerate(_SIGNS))


def environ(path: Path, **more: str) -> dict[str, str]:
    """Return the variables for a process that uses the village in *path*."""
    return {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(path.parent),
        "LANG": "C.UTF-8", "TERM": "xterm-256color", "DORF_DB": str(path), "DORF_LANG": "en",
        "DORF_TODAY": TODAY, **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with both worked households and names of every kind; only read here."""
    path = tmp_path_factory.mktemp("completion") / "dorf.db"
    dorf = Dorf(path)
    for case in ("household-a", "household-b"):
        dorf("import", str(CASES / f"{case}.json"))
    dorf("add", "O'Brien & Söhne (Kita)", "--role", "neighbour", "--nickname", "Kita Söhne")
    dorf("add", "Özlem", "--role", "friend", "--kid", "Wanja:2021-12")
    for name in ("Sean O'Neil", 'Robert "Bob" Meyer', r"back\slash"):
        dorf("add", name, "--role", "friend")
    dorf("wish", "add", "Klavier spielen")
    return path


def asked(path: Path, line: str, **more: str) -> list[str]:
    """Return what zsh and fish are offered at the end of *line*."""
    done = subprocess.run(
        [sys.executable, "-m", "dorf"],
        env=environ(path, _DORF_COMPLETE="complete_lines", _DORF_LINE=line, **more),
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=HANGING,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


def asked_before(path: Path, shell: str, line: str) -> list[str]:
    """Return the answer to a script that Typer wrote for an earlier dorf."""
    words = line.split(" ")
    variables = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    done = subprocess.run(
        [sys.executable, "-m", "dorf"],
        env=environ(path, _DORF_COMPLETE=f"complete_{shell}") | variables,
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=HANGING,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


# --- what is offered ------------------------------------------------------------------------------


def test_the_table_is_current() -> None:
    """Run ``python -m tests.completion`` after changing an option or a word."""
    assert TARGET.read_text("utf-8") == table()


@pytest.mark.few(6)
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("dorf lo", ["log"]),
        ("dorf child re", ["remove"]),
        ("dorf child remove em", ["Emil"]),
        ("dorf wish remove kla", ["Klavier spielen"]),
        ("dorf add Mia --role coll", ["colleague"]),
        ("dorf add Mia --role=coll", ["--role=colleague"]),
        ("dorf add Mia --gives advice,chi", ["advice,childcare"]),
        ("dorf add Mia --rolle coll", ["colleague"]),
        ("dorf add Mia -r coll", ["colleague"]),
        ("dorf log oma --how vis", ["visit"]),
        ("dorf log oma --notiz gis", []),
        ("dorf list --state coo", ["cooling"]),
        ("dorf list --sort n", ["name"]),
        ("dorf --lang d", ["de"]),
        ("dorf --lang de lo", ["löschen", "log"]),
        ("dorf --lang de noti", ["notieren"]),
        ("dorf --lang de loe", ["löschen", "log"]),
        ("dorf noti", []),
        ("dorf notieren Jana gis", ["Oma Gisela"]),
        ("dorf help noti", ["notieren"]),
        ("dorf rule off G23:Fra", ["G23:Frau Petrov"]),
        ("dorf show zorro", []),
        ("dorf show oz", ["Özlem"]),
        ("dorf show OEZ", ["Özlem"]),
        ("dorf show söh", ["O'Brien & Söhne (Kita)", "Kita Söhne"]),
        ("dorf show wan", ["Wanja"]),
        ("dorf show Jana gis", []),
        ("dorf log Jana gis", ["Oma Gisela"]),
        ("dorf show 'Sean O", ["Sean O'Neil"]),
        ('dorf show "Sean O', ["Sean O'Neil"]),
        ("dorf show Sean\\ O", ["Sean O'Neil"]),
        ("dorf show back\\\\s", ["back\\slash"]),
        ("dorf log oma --how visit --ho", []),
        ("dorf log oma --ye", ["--yesterday"]),
        ("dorf log oma --got advice --go", ["--got"]),
        ("dorf log oma -- --ye", []),
        ("dorf nonsense x", []),
        ("dorf --db nowhere.db log gis", []),
        ("dorf --db=nowhere.db log gis", []),
    ],
)  # fmt: skip
def test_words_are_completed_where_they_belong(
    village: Path, line: str, expected: list[str]
) -> None:
    """Commands, options, names, kids, children, wishes, roles, kinds, ways, states and keys."""
    assert asked(village, line) == expected


def test_german_roles_are_offered_as_well(village: Path) -> None:
    """Beside the slugs."""
    assert "Oma" in asked(village, "dorf add Mia --role om")


def test_the_global_option_names_the_file(village: Path, tmp_path: Path) -> None:
    """… before the variable does."""
    line = f"dorf --db {village} log gis"
    assert asked(village, line, DORF_DB=str(tmp_path / "none.db")) == ["Oma Gisela"]


@pytest.mark.parametrize("data", [None, "", " ", "/srv/data"])
def test_the_usual_file_is_the_one_of_the_commands(
    monkeypatch: pytest.MonkeyPatch, data: str | None
) -> None:
    """Completion finds it without the library that the commands ask."""
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if data is not None:
        monkeypatch.setenv("XDG_DATA_HOME", data)
    assert village_path({}, os.environ | {"DORF_DB": ""}) == str(default_path())


@pytest.mark.parametrize("content", [None, b"", b"Dear diary"], ids=["missing", "empty", "text"])
def test_completion_is_silent_when_there_is_nothing_to_offer(
    tmp_path: Path, content: bytes | None
) -> None:
    """A key press is no moment for a complaint, and creates or changes no file."""
    path = tmp_path / "dorf.db"
    if content is not None:
        path.write_bytes(content)
    assert asked(path, "dorf log om") == []
    assert path.exists() is (content is not None)
    if content:
        assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ([] if content is None else ["dorf.db"])


def change(path: Path, *statements: str) -> None:
    """Change a village file as another program would."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_file_of_a_newer_dorf_offers_nothing(dorf: Dorf) -> None:
    """Only the command itself can say why."""
    dorf("add", "Anna")
    change(dorf.path, "PRAGMA user_version = 999")
    assert asked(dorf.path, "dorf show an") == []


def test_a_file_that_is_being_written_is_not_waited_for(dorf: Dorf) -> None:
    """At most a fifth of a second (SQLite is asked for no more); then nothing is offered."""
    dorf("add", "Anna")
    with closing(sqlite3.connect(dorf.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert asked(dorf.path, "dorf show an") == []


def test_a_name_with_control_characters_is_offered_without(dorf: Dorf) -> None:
    """A file that was tampered with drives no terminal, and gives no second line."""
    dorf("add", "Anna")
    change(dorf.path, "UPDATE contact SET name = 'An' || char(27) || '[31m' || char(10) || 'x'")
    assert asked(dorf.path, "dorf show an") == ["An[31m x"]


@pytest.mark.slow
def test_a_view_that_never_ends_does_not_hang_the_key(dorf: Dorf) -> None:
    """The reading is given up."""
    dorf("add", "Anna")
    change(
        dorf.path,
        "PRAGMA foreign_keys = OFF",
        "ALTER TABLE contact RENAME TO elsewhere",
        "CREATE VIEW contact AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT i AS id, 'x' AS name FROM n",
    )
    assert asked(dorf.path, "dorf show an") == []


def test_a_name_that_looks_like_an_option_needs_the_two_dashes(dorf: Dorf) -> None:
    """Otherwise it would be taken for one."""
    dorf("import", "-", stdin=CARD.format("--yes"), remarks=True)
    assert asked(dorf.path, "dorf delete y") == []
    assert asked(dorf.path, "dorf delete -- y") == ["--yes"]


# --- scripts of an earlier dorf -------------------------------------------------------------------


@pytest.mark.slow
def test_an_older_bash_script_gets_escaped_words(village: Path) -> None:
    """It takes each line as it is."""
    assert sorted(asked_before(village, "bash", "dorf log om")) == ["Oma\\ Fatma", "Oma\\ Gisela"]
    brien = "O\\'Brien\\ \\&\\ Söhne\\ \\(Kita\\)"
    assert asked_before(village, "bash", "dorf show obr") == [brien]
    assert asked_before(village, "bash", "dorf rule off G23:Fra") == ["G23:Frau\\ Petrov"]


def test_an_older_fish_script_gets_lines(village: Path) -> None:
    """It quotes by itself."""
    assert sorted(asked_before(village, "fish", "dorf log om")) == ["Oma Fatma", "Oma Gisela"]


def test_an_older_zsh_script_gets_nothing_that_means_something_to_a_shell(dorf: Dorf) -> None:
    """It evaluates the answer, so every sign is written as its number."""
    dorf("import", "-", stdin="".join(map(card, HOSTILE)), remarks=True)
    (line,) = asked_before(dorf.path, "zsh", "dorf show Zed")
    start = "compadd -U -- "
    assert line.startswith(start)
    offers = line.removeprefix(start).split(" ")
    assert len(offers) == len(HOSTILE)
    assert all(re.fullmatch(r"\$'(?:\w|\\x[0-9a-f]{2})+'", offer) for offer in offers)


def card(name: str) -> str:
    """Return a vCard of somebody called *name*."""
    return CARD.format(name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;"))


# --- scripts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", SHELLS)
def test_each_script_is_printed_from_any_shell(dorf: Dorf, shell: str) -> None:
    """… and evaluates nothing."""
    printed = dorf("--show-completion", shell)
    assert "_dorf_completion" in printed
    assert not re.search(r"^\s*eval\b|\beval ", printed, re.MULTILINE)


def test_without_a_name_it_is_the_shell_that_one_sits_in(dorf: Dorf) -> None:
    """… or else the user's own."""
    dorf.environ["SHELL"] = "/usr/bin/fish"
    assert dorf("--show-completion") in {dorf("--show-completion", shell) for shell in SHELLS}


def test_a_shell_that_is_not_known_is_refused(dorf: Dorf) -> None:
    """With the three that are."""
    message = "dorf: Please name your shell: --show-completion bash, zsh or fish.\n"
    dorf("--show-completion", "tcsh", status=2, stderr=message)


@pytest.mark.parametrize(
    ("shell", "files"),
    [
        ("bash", {".bash_completions/dorf.sh", ".bashrc"}),
        ("zsh", {".zfunc/_dorf", ".zshrc"}),
        ("fish", {".config/fish/completions/dorf.fish"}),
    ],
)
def test_a_script_is_installed_where_its_shell_looks(
    dorf: Dorf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str, files: set[str]
) -> None:
    """Once, however often that is asked for; what stands in a start file stays."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    (home / ".bashrc").write_bytes(b"alias l=ls")
    once = dict[str, bytes]()
    for _ in range(3):
        assert str(home) in dorf("--install-completion", shell)
        now = {str(p.relative_to(home)): p.read_bytes() for p in home.rglob("*") if p.is_file()}
        assert now == (once or now)
        once = now
    assert set(once) == files | {".bashrc"}
    assert once[".bashrc"].startswith(b"alias l=ls")


# --- real shells ----------------------------------------------------------------------------------


class _Ways(NamedTuple):
    """How a shell is started with nobody's start files, and made quiet."""

    arguments: list[str]
    quiet: str
    load: str


_LOAD = 'eval "$(dorf --show-completion {})"'
WAYS = {
    "bash": _Ways(
        ["--norc", "--noprofile"],
        "bind 'set enable-bracketed-paste off'; bind 'set bell-style none'; set +o history",
        _LOAD.format("bash"),
    ),
    "zsh": _Ways(
        ["-f"],
        "unsetopt prompt_sp; unset zle_bracketed_paste; autoload -Uz compinit; compinit -u -D",
        _LOAD.format("zsh"),
    ),
    "fish": _Ways(["--no-config"], "set fish_greeting", "dorf --show-completion fish | source"),
}


class Shell:
    """A real shell in which ``dorf`` is a program and its completion is loaded."""

    def __init__(self, name: str, path: Path, folder: Path) -> None:
        """Start it in *folder* and load what ``--show-completion`` prints."""
        program = folder / "bin" / "dorf"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dorf "$@"\n')
        program.chmod(0o755)
        here = folder / "here"
        here.mkdir()
        variables = environ(path, TERM="xterm", HOME=str(folder))
        variables["PATH"] = f"{program.parent}:{variables['PATH']}"
        ways = WAYS[name]
        self.child = pexpect.spawn(
            name, ways.arguments, env=variables, cwd=str(here), encoding="utf-8", timeout=HANGING,
            dimensions=(50, 200),
        )  # fmt: skip
        self.child.sendline(f"{ways.quiet}; {ways.load}; echo rea''dy")
        self.child.expect("ready")

    def type(self, keys: str) -> list[str]:
        """Type *keys*, press return, and return the words that the program was given."""
        self.child.send(keys)
        time.sleep(1)  # some shells throw away what is typed while they complete
        self.child.send("\x01printf '<%s>\\n' \x05 'en''d'\r")
        self.child.expect("<end>")
        screen = re.sub(r"\x1b\[[0-9;?>=]*[a-zA-Z]|\x1b[=>]|\r", "", str(self.child.before))
        return re.findall(r"^<(.*)>$", screen, re.MULTILINE)[-20:]


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, village: Path, tmp_path: Path) -> Any:
    """Return a shell that is gone after the test."""
    yield from started(request.param, village, tmp_path)


def started(name: str, path: Path, folder: Path) -> Any:
    """Yield a shell of that *name*, if there is one on this machine."""
    if pexpect.which(name) is None:
        pytest.skip(f"there is no {name} here")
    shell = Shell(name, path, folder)
    yield shell
    shell.child.close(force=True)


KEYS = {
    "dorf log gis\t": "Oma Gisela",
    "dorf log Oma\\ G\t": "Oma Gisela",
    'dorf log "Oma G\t': "Oma Gisela",
    "dorf log obr\t": "O'Brien & Söhne (Kita)",
    "dorf log Sea\t": "Sean O'Neil",
    "dorf log Rob\t": 'Robert "Bob" Meyer',
    "dorf log back\t": r"back\slash",
    "dorf log oz\t": "Özlem",
    "dorf log wan\t": "Wanja",
    "dorf wish remove kla\t": "Klavier spielen",
    "dorf rule off G23:Fra\t": "G23:Frau Petrov",
    "dorf add Mia --role=coll\t": "--role=colleague",
    "dorf export /etc/pass\t": "/etc/passwd",
    "dorf remi\t": "remind",
}


@pytest.mark.slow
def test_a_real_shell_completes_to_one_word(shell: Shell) -> None:
    """What the tab key writes is read by the shell as exactly the name that was meant."""
    for keys, word in KEYS.items():
        assert shell.type(keys)[-1] == word, keys


@pytest.mark.slow
@pytest.mark.parametrize("name", SHELLS)
def test_no_name_runs_in_a_real_shell(name: str, dorf: Dorf, tmp_path: Path) -> None:
    """Whatever somebody is called who came in from a file, alone or among others."""
    dorf("import", "-", stdin="".join(map(card, HOSTILE)), remarks=True)
    for shell in started(name, dorf.path, tmp_path):
        shell.child.send("dorf show Z\t\t\t")
        time.sleep(2)
        shell.child.send("\x03")
        for name_of_somebody in HOSTILE:
            assert shell.type(f"dorf show {name_of_somebody[:2]}\t")[-1] == name_of_somebody
        assert list((tmp_path / "here").iterdir()) == []
        assert not (tmp_path / "ran").exists()
