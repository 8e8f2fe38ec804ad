"""Damaged files, wild command lines and hostile texts: ``python -m tests.fuzz [N] [SEED]``.

Each is tried N times (1,000 if not said), damaged files N times for each format. Whatever comes in,
the program ends by itself, with one of its exit statuses and never as a bug; a refused file changes
nothing; nothing that it prints can drive a terminal.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from dorf.completion.table import TABLE
from tests.conftest import CASE_B, Dorf, endless_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

SAMPLES = Path(__file__).parent / "samples"
DOCUMENTED = {0, 1, 2, 3, 4, 5, 6, 10}
"""The exit statuses of CONTRIBUTING.md but those of a bug and of Ctrl-C."""

LEFT_OUT = {"", "demo", "schedule install", "schedule remove"}
"""Commands that write outside of the folder in which the lines run."""

JUNK = (
    b"", b"\0", b"\xff\xfe", b"\r", b"\n\n", b'"', b";" * 40, b"{" * 400, b"=", b"\xe2\x80\xae",
    b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"a" * 9_000, b"9" * 5_000, b"\x1b[31m", b",,", b"\t",
    b"null", b"-1", b"[]", b"1e999", b"0000-00-00", "ß€\u2067".encode(), "ß".encode("latin-1"),
)  # fmt: skip
CONTROLS = tuple(map(chr, (0, 7, 8, 13, 0x1B, 0x7F, 0x85, 0x9B, 0x61C, 0x202E, 0x2028, 0x2066,
                           0x2069, 0xFFF9, 0xE0041)))  # fmt: skip
VALUES = (
    "jana", "tom", "lena", "", " ", "-", "--", "---", "-x", "--=", "--json", "--json=1", "-h",
    "last", "today", "31.2.", "2026-13-01", "0000-00-00", "9999-12-31", "1e9", "-1", "0", "²", "٣",
    "9" * 400, "x" * 20_000, "\udcf6", "J\udcf6rg", "👵🏽", "张伟", "a\nb", "=1+1", "'\"\\$(x)`x`",
    "[b]{x}%s%n", "G02:company", "G99", "childcare,", "+advice,-skill", "none", "Mats:2021-12",
    ":", "Mats:", "nd:24.12.", "2w", "-2w", "99999999999999y", "/dev/null", "/dev/full", ".",
    "no/such/folder", "file", *CONTROLS,
)  # fmt: skip


class Result(NamedTuple):
    """What was tried, how often, and what went wrong."""

    what: str
    tried: int
    failures: list[str]


def damage(data: bytes, chance: Random) -> bytes:
    """Return *data* after some accidents: cut, doubled, moved, turned, or with junk in it."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.randint(0, 200))
        before, piece, after = data[:start], data[start:end], data[end:]
        turned = bytes(byte ^ 1 << chance.randrange(8) for byte in piece[:3])
        data = chance.choice([
            before + after, before, before + piece * 3 + after, before + after + piece,
            before + chance.choice(JUNK) + piece + after, before + turned + piece[3:] + after,
        ])  # fmt: skip
    return data


def samples() -> dict[str, list[bytes]]:
    """Return the sample files of each format."""
    found: dict[str, list[bytes]] = {"village": [CASE_B.read_bytes()]}
    for path in sorted(SAMPLES.rglob("*.*")):
        if not path.name.endswith(".expected.json") and path.parent.name != "readme":
            found.setdefault(path.parent.name, []).append(path.read_bytes())
    return found


def _ended(dorf: Dorf, words: tuple[str, ...], stdin: str = "") -> Iterator[str]:
    """Run a command and yield what is wrong with its end."""
    try:
        with endless_after(30):
            said = dorf.any_status(*words, stdin=stdin)
    except pytest.fail.Exception:
        yield f"no end: {words!r:.300}"
        return
    if "Traceback" in said or dorf.ended not in DOCUMENTED:
        yield f"status {dorf.ended}: {words!r:.300}: {said[-300:]!r}"


def damaged_files(dorf: Dorf, form: str, files: list[bytes], many: int, chance: Random) -> Result:
    """Import damaged files of one format: status 0 or 6, and a refused one changes not a byte."""
    failures = []
    village = dorf.path.read_bytes()
    for number in range(many):
        data = damage(chance.choice(files), chance)
        path = dorf.path.with_name(f"{form}-{number}.damaged")
        path.write_bytes(data)
        wrong = list(_ended(dorf, ("import", str(path), "--format", form)))
        changed = dorf.path.read_bytes() != village
        if changed and dorf.ended != 0:
            wrong.append(f"status {dorf.ended}, and the village has changed")
        failures += [f"{form} {number}: {text}: {data!r:.400}" for text in wrong]
        path.unlink()
        if changed:
            dorf.path.write_bytes(village)
    return Result(f"damaged {form}", many, failures)


def line(chance: Random) -> tuple[str, ...]:
    """Return a command line that nobody would type: true commands and options, wild values."""
    command = chance.choice([name for name in TABLE if name not in LEFT_OUT])
    words = command.split()
    options = [word for word in TABLE[command].split() if word.startswith("-")]
    for _ in range(chance.randint(0, 5)):
        value = chance.choice(VALUES) + chance.choice(["", "", "", chance.choice(VALUES)])
        if options and chance.random() < 0.5:
            option, has_value, _ = chance.choice(options).rstrip("*!").partition("=")
            word = chance.choice(option.split("/"))
            words += [word, value] if has_value else [word]
        else:
            words.append(value)
    if chance.random() < 0.1:
        words.insert(chance.randint(0, len(words)), chance.choice(["--lang", "--today", "--x"]))
    return tuple(words)


def command_lines(dorf: Dorf, many: int, chance: Random) -> Result:
    """Run wild command lines, each in the folder of the village."""
    failures = []
    village = dorf.path.read_bytes()
    with chdir(dorf.path.parent):
        for _ in range(many):
            words = line(chance)
            failures += list(_ended(dorf, words))
            if not dorf.path.exists() or len(dorf.path.read_bytes()) > 3 * len(village):
                dorf.path.write_bytes(village)
    return Result("command lines", many, failures)


OUTPUTS = (
    ("list",), ("show", "Zed"), ("status",), ("gaps",), ("history",), ("find", "Zed"), ("remind",),
    ("birthdays",), ("stats",), ("tips",), ("doctor",), ("undo", "--list"), ("list", "--json"),
    ("status", "--json"), ("show", "Zed", "--json"), ("history", "--json"),
)  # fmt: skip


def payloads(dorf: Dorf, chance: Random) -> Result:
    """Give every control character to every text, and look for it in every output."""
    failures = []
    for sign in CONTROLS:
        text = f"Zed {sign}[31m{chance.choice(VALUES)[:50]}"
        text = text.encode("utf-8", "replace").decode()
        writing: tuple[tuple[str, ...], ...] = (
            ("add", text, "--note", text, "--skill", text, "--kid", text, "--last", "3d"),
            ("log", "Zed", "--note", text),
        )
        for words in writing:
            failures += list(_ended(dorf, words))
        for words in OUTPUTS:
            failures += list(_ended(dorf, words))
            said = dorf.any_status(*words)
            if sign in said:
                failures.append(f"U+{ord(sign):04X} gets out of {' '.join(words)}")
        dorf.any_status("delete", "Zed", "--yes")
    return Result("payloads × outputs", len(CONTROLS) * len(OUTPUTS), failures)


def fuzz(many: int, seed: str, folder: Path) -> Iterator[Result]:
    """Try everything *many* times in a *folder*, and yield the results as they come."""
    village = folder / "dorf.db"
    dorf = Dorf(village, environ={"PATH": str(folder), "HOME": str(folder)})
    dorf("import", str(CASE_B), remarks=True)
    dorf("backup", "--no-daily")
    whole = village.read_bytes()

    def trials() -> Iterator[Callable[[Random], Result]]:
        for form, files in samples().items():
            yield lambda chance, form=form, files=files: damaged_files(  # type: ignore[misc]
                dorf, form, files, many, chance
            )
        yield lambda chance: command_lines(dorf, many, chance)
        yield lambda chance: payloads(dorf, chance)

    for number, trial in enumerate(trials()):
        village.write_bytes(whole)
        yield trial(random.Random(f"{seed} {number}"))  # noqa: S311


def main() -> int:
    """Print a table, and what failed; return 1 if something did."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = sys.argv[2] if len(sys.argv) > 2 else str(random.randrange(1_000_000))  # noqa: S311
    print(f"seed {seed}\n{'tried':>7} {'failures':>9}", flush=True)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        for result in fuzz(many, seed, Path(folder)):
            failed = failed or bool(result.failures)
            print(f"{result.tried:>7} {len(result.failures):>9}  {result.what}", flush=True)
            for text in result.failures[:20]:
                print(f"FAILED {text}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
