"""Commands that dorf prints mean the same in bash, zsh and fish, whatever stands in a name."""

from __future__ import annotations

import itertools
import random
import re
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import pexpect
import pytest

from dorf.core.command_line import argument, arguments, call, command_line, quoted
from tests.conftest import HANGING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Dorf

SHELLS = {
    "sh": ["sh"],
    "bash": ["bash", "--norc"],
    "zsh": ["zsh", "-f"],
    "fish": ["fish", "--no-config"],
}
LIVE = "\\'\"`$!#~=%&|;<>()[]{}*?^-+@:,./ aZ0ä\u00a0😀"
"""Signs that mean something to some shell, and some that mean nothing to any."""

ATTACKS = [
    "a\\'X\"; touch P #",
    "a\\'; touch P; '",
    "$(touch P)",
    "`touch P`",
    "a'$(touch P)'b",
    "\\",
    "'",
    "''",
    "\\\\'",
    "=ls",
    "~",
    "~root",
    "%self",
    "%1",
    "#x",
    "{a,b}",
    "a=~",
    "!!",
    "it's !x",
    "^a^b",
    "--yes",
    "-",
    "--",
    "Sean O'Neil",
    'Robert "Bob" Meyer',
    "back\\slash",
    "G15:O'Hara",
    "*",
    "[!a]",
    "&",
    "۱",
    "$HOME",
    "a$'\\n'b",
    "(true)",
    "\\n",
]


def names() -> list[str]:
    """Return every text of one and two live signs, and thousands of longer ones."""
    dice = random.Random(11)  # noqa: S311  (the same names each time)
    short = ["".join(pair) for n in (1, 2) for pair in itertools.product(LIVE, repeat=n)]
    long = ["".join(dice.choices(LIVE, k=dice.randint(3, 12))) for _ in range(4000)]
    # Blanks at the ends are no part of a name.
    return [text for text in [*ATTACKS, *short, *long] if text.strip() == text]


def missing(shell: str) -> bool:
    """Tell whether this machine lacks *shell*."""
    return shutil.which(shell) is None


@pytest.mark.few(1)
@pytest.mark.parametrize("shell", SHELLS)
def test_a_quoted_text_is_the_same_word_in_every_shell(shell: str, tmp_path: Path) -> None:
    """Scripts of thousands of names, one process a shell."""
    if missing(shell):
        pytest.skip(f"{shell} is not installed")
    texts = names()
    script = tmp_path / "script"
    script.write_text("".join(f"printf '%s\\0' {quoted(text)}\n" for text in texts), "utf-8")
    done = subprocess.run(
        [*SHELLS[shell], str(script)], capture_output=True, check=True, cwd=tmp_path,
        timeout=HANGING, env={"HOME": "/home/x", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    got = done.stdout.decode().split("\0")[:-1]
    assert [pair for pair in zip(texts, got, strict=True) if pair[0] != pair[1]] == []
    assert [path.name for path in tmp_path.iterdir()] == ["script"]


@pytest.mark.few(1)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_line_that_is_pasted_into_a_prompt_is_that_word(shell: str, tmp_path: Path) -> None:
    """At a prompt the history speaks, too: ! and ^ mean earlier lines."""
    if missing(shell):
        pytest.skip(f"{shell} is not installed")
    texts = [text for text in names() if "!" in text or "^" in text][::40] + ATTACKS
    environ = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    inside = pexpect.spawn(
        SHELLS[shell][0], [*SHELLS[shell][1:], "-i"], env=environ, cwd=str(tmp_path),
        encoding="utf-8", timeout=60, echo=False,
    )  # fmt: skip
    out = tmp_path / "got"
    for text in texts:
        inside.sendline(f"printf '%s\\0' {quoted(text)} >> {out}")
    inside.sendline(f"printf end >> {out}; exit")
    inside.expect(pexpect.EOF)
    inside.close()
    assert out.read_bytes().decode().split("\0") == [*texts, "end"]
    assert not (tmp_path / "P").exists()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Lena", "Lena"),
        ("Özlem", "Özlem"),
        ("G02:company", "G02:company"),
        ("Oma Gisela", "'Oma Gisela'"),
        ("Sean O'Neil", '"Sean O\'Neil"'),
        ("a\\'X", r"'a'\\\''X'"),
        ("", "''"),
        ("=ls", "'=ls'"),
        ("two\nlines\x1b[2J", "'two lines[2J'"),
    ],
)
def test_quotes_stand_only_where_they_are_needed(text: str, shown: str) -> None:
    """Letters, digits and the signs of keys and paths stand bare."""
    assert quoted(text) == shown


def test_what_looks_like_an_option_stands_behind_two_dashes_with_options_before_them() -> None:
    """Else the name would be read as an option, or an option as a name."""
    assert argument("--yes") == "-- --yes"
    assert arguments("Lena", "-x") == "-- Lena -x"
    assert call("log", "Lena", options=["--day", "2026-03-01"]) == "log Lena --day 2026-03-01"
    assert call("log", "--yes", options=["--day", "2026-03-01"]) == "log --day 2026-03-01 -- --yes"
    assert command_line(["log", "--", "--yes"]) == "log -- --yes"


@pytest.mark.few(1)
@pytest.mark.parametrize("name", ["--yes", "-nobody", "a\\'X\"; touch P #"])
def test_what_is_printed_about_a_name_works_as_it_is_typed(dorf: Dorf, name: str) -> None:
    """Steps, questions, answers and ways back: each is run."""
    dorf("add", "--role", "neighbour", "--gives", "childcare", "--", name)
    dorf("child", "add", "--", name, "2024-05")
    dorf("plan", "--", name, "2026-03-03")
    dorf.today = "2026-03-05"
    shown = dorf("status", "--all") + dorf("gaps", "--all")
    shown += dorf.any_status("show", "--", "-q")
    words = "log|edit|plan|wish|accept|child|add|rule"
    found = re.findall(rf"dorf ((?:{words}) .*?)(?: · |$)", shown, re.MULTILINE)
    printed = [
        line.replace(" DAY", " 9.3.2026")
        for line in found
        if quoted(name) in line and "NAME" not in line
    ]
    assert {line.split()[0] for line in printed} >= {"log", "plan", "edit"}
    for line in sorted(printed):  # a finding is accepted before it is answered
        answer = dorf.any_status(*shlex.split(line))
        assert dorf.ended in {0, 1}, f"{line}: {answer}"
    back = dorf("child", "remove", "--", name).partition("dorf ")[2]
    assert dorf(*shlex.split(back)).startswith(name)
