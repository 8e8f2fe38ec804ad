"""A phone's address book for measuring: five thousand cards with pictures, a file each."""

from __future__ import annotations

import base64
import random
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = 5_000
AT_MOST = 10.0
"""Seconds that an import of so many may take (issue 5)."""


class Import(NamedTuple):
    """What one import took: seconds, and the most memory at any moment, in bytes."""

    seconds: float
    memory: int


def write(folder: Path, people: int) -> int:
    """Write *people* cards into *folder*; return how many bytes that are."""
    chance = random.Random(people)  # noqa: S311  (an address book, not a secret)
    folder.mkdir()
    size = 0
    for number in range(people):
        picture = base64.b64encode(chance.randbytes(3_000)).decode()
        lines = [picture[at : at + 74] for at in range(0, len(picture), 74)]
        card = [
            "BEGIN:VCARD", "VERSION:3.0", f"UID:{number:08}-phone",
            f"N:Müller-{number};Anna;;;", f"FN:Anna Müller-{number}",
            f"item1.TEL;type=CELL;type=pref:+49 171 {number:07}",
            "item1.X-ABLabel:_$!<Mobile>!$_", f"EMAIL;type=HOME:anna{number}@example.org",
            f"ADR;type=HOME:;;Weg {number};Münster;;48143;Deutschland",
            f"BDAY:{1950 + number % 50}-0{1 + number % 9}-1{number % 10}",
            "CATEGORIES:Nachbarn", "NOTE:Kennt sich aus\\, mit allem",
            f"PHOTO;ENCODING=b;TYPE=JPEG:{lines[0]}", *(f" {line}" for line in lines[1:]),
            "END:VCARD", "",
        ]  # fmt: skip
        file = folder / f"{number}.vcf"
        file.write_text("\r\n".join(card), "utf-8", newline="")
        size += file.stat().st_size
    return size


_MEASURE = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A small process between: a child's peak begins with that of whoever started it."""


def bring_in(program: list[str], environ: dict[str, str], folder: Path) -> Import:
    """Import *folder* in a process of its own, and measure that."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *program, "import", str(folder)],
        env=environ,
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, kilobytes = done.stdout.split()
    return Import(float(seconds), int(kilobytes) * 1024)


def report(folder: Path, program: list[str], environ: dict[str, str]) -> str:
    """Return what importing the whole address book took, beside an import of one card."""
    size = write(folder / "many", PEOPLE)
    write(folder / "one", 1)
    one = bring_in(program, environ | {"DORF_DB": str(folder / "one.db")}, folder / "one")
    there = environ | {"DORF_DB": str(folder / "many.db")}
    first = bring_in(program, there, folder / "many")
    again = bring_in(program, there, folder / "many")
    mega = 1_000_000
    return (
        f"import of {PEOPLE:,} cards ({size / mega:.0f} MB, a file each): {first.seconds:.1f} s, "
        f"again {again.seconds:.1f} s (at most {AT_MOST:.0f} s); peak "
        f"{first.memory / mega:.0f} MB, for one card {one.memory / mega:.0f} MB"
    )
