"""The manual as man pages: ``python -m tests.manpages`` writes them from the same text.

The English page about commands is dorf(1), each other page dorf-TOPIC(7); the German ones lie
beside them in a folder of their own, under their German names, as man-db looks for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.cli.app import app
from dorf.i18n import Language
from dorf.report.manual import TOPICS, blocks, source
from tests.readme import MANUAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dorf.report.manual import Block

MAN = MANUAL / "man"
_SECTIONS = {
    "de": ("NAME", "BESCHREIBUNG", "SIEHE AUCH"),
    "en": ("NAME", "DESCRIPTION", "SEE ALSO"),
}
_MANUALS = {"de": "Handbuch zu dorf", "en": "Manual of dorf"}


def pages() -> dict[Path, str]:
    """Return every man page by the file that holds it."""
    found = {}
    for code in ("en", "de"):
        folder = MAN / "de" if code == "de" else MAN
        for slug in TOPICS:
            name, section = _name(slug, code)
            found[folder / f"man{section}" / f"{name}.{section}"] = man_page(slug, code)
    return found


def _name(slug: str, code: str) -> tuple[str, int]:
    if slug == "commands":
        return "dorf", 1
    return f"dorf-{TOPICS[slug].name(slug, code).replace('ü', 'ue')}", 7


def man_page(slug: str, code: str) -> str:
    """Return a topic of the manual in the language *code* as roff."""
    name, section = _name(slug, code)
    called, described, also = _SECTIONS[code]
    told = str(app.info.help) if slug == "commands" else TOPICS[slug].summary
    summary = Language(code).word(told).rstrip(".")
    others = [_name(other, code) for other in TOPICS if other != slug]
    lines = [
        r".\" Written by python -m tests.manpages from the manual; change it there.",
        f'.TH "{_text(name.upper())}" {section} "" "dorf" "{_MANUALS[code]}"',
        f".SH {called}",
        rf"{_text(name)} \- {_text(summary)}",
        f".SH {described}",
        *(line for block in blocks(source(slug, code)) for line in _block(block)),
        f".SH {also}",
        ",\n".join(rf"\fB{_text(other)}\fR({number})" for other, number in others),
    ]
    return "\n".join(lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block.kind:
        case "title":
            yield ".PP"
            yield rf"\fB{_text(block.joined)}\fR"
        case "heading":
            yield f'.SS "{_text(block.joined)}"'
        case "code":
            yield from (".PP", ".RS 4", ".nf", *map(_line, block.lines), ".fi", ".RE")
        case "item":
            head, dash, rest = block.joined.partition(" – ")
            yield from (".TP", _styled(head)) if dash else (r".IP \(bu 2",)
            yield _styled(rest or head)
        case _:
            yield ".PP"
            yield _styled(block.joined)


def _styled(text: str) -> str:
    """Return a paragraph with its bold words and its code in bold."""
    pieces = re.split(r"(\*\*[^*]+\*\*|`[^`]+`)", text)
    return _guarded(
        "".join(
            rf"\fB{_text(piece.strip('*`'))}\fR" if number % 2 else _text(piece)
            for number, piece in enumerate(pieces)
        )
    )


def _line(text: str) -> str:
    return _guarded(_text(text)) or r"\&"


def _text(text: str) -> str:
    """Return *text* with what roff would take for a command or a sign of its own."""
    return text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq").replace("'", r"\(aq")


def _guarded(line: str) -> str:
    return rf"\&{line}" if line.startswith((".", "'")) else line


def update() -> None:
    """Write all man pages; what no topic makes any more goes."""
    made = pages()
    for old in set(MAN.rglob("*.[17]")) - set(made):
        old.unlink()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    update()
