"""The manual: its topics, and each page as blocks, as plain text, and on a terminal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from dorf.errors import N_
from dorf.report.page import Line, Table, Title
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType
    from rich.text import Text

    from dorf.i18n import Language
    from dorf.report.page import Page


PAGES = Path(__file__).parent.parent / "manual"
"""The folder of the pages, one folder below it for each language."""


class Topic(NamedTuple):
    """A page of the manual: what it tells, and its other names, the German one first."""

    summary: str
    words: str

    def name(self, slug: str, code: str) -> str:
        """Return what the topic is called in the language *code*."""
        return slug if code == "en" else self.words.split(", ")[0]


TOPICS: dict[str, Topic] = {
    "commands": Topic(N_("Every command with its options."), "befehle, kommandos"),
    "everyday": Topic(N_("Meetings, pauses, farewells, corrections."), "alltag"),
    "days": Topic(N_("How days and spans of time are typed."), "tage, tag, spannen, spans"),
    "roles": Topic(
        N_("Roles, circles and kinds of help, and their words."), "rollen, hilfe, kinds"
    ),
    "formats": Topic(N_("Bring people in and give them out: every format."), "formate, import"),
    "reminders": Topic(N_("Be reminded by cron, systemd or a calendar."), "erinnerungen"),
    "data": Topic(N_("Where your data lies, and what keeps it safe."), "daten, sicherheit, safety"),
    "scripts": Topic(N_("Use dorf in scripts: variables, pipes, examples."), "skripte"),
    "json": Topic(N_("What --json answers, report by report."), "json"),
    "exit": Topic(N_("What each exit status means."), "rückgabe, rueckgabe, fehler, errors"),
    "built": Topic(N_("How the program is built."), "bau, aufbau"),
}
"""All pages, in the order in which the list shows them."""


class Block(NamedTuple):
    """A piece of a page: "title", "heading", "text", "item", "code" or "table", and its lines."""

    kind: str
    lines: tuple[str, ...]

    @property
    def joined(self) -> str:
        """The lines as one, for whoever wraps anew."""
        return " ".join(self.lines)


def topics_page(language: Language) -> Page:
    """Return the list of all topics, and where the commands are."""
    rows = tuple(
        (topic.name(slug, language.code), language.word(topic.summary))
        for slug, topic in TOPICS.items()
    )
    return (
        Title(language.say("The manual")),
        Table(("", ""), rows),
        Line(""),
        Line(
            language.say("Read one: dorf help {topic} · A command: dorf help log", topic=rows[2][0])
        ),
    )


def source(slug: str, code: str) -> str:
    """Return the page about a topic as it was written, in the language *code*."""
    return (PAGES / code / f"{slug}.md").read_text("utf-8")


_KINDS = (("# ", "title"), ("## ", "heading"), ("- ", "item"), ("|", "table"))


def blocks(page: str) -> Iterator[Block]:
    """Yield the blocks of a page; comments are for those who write it."""
    kind, lines = "", list[str]()
    for line in re.sub(r"<!--.*?-->\n", "", page, flags=re.DOTALL).splitlines():
        if kind == "code" and line != "```":
            lines.append(line)
        elif line.startswith(("```", "- ")) or not line:
            if kind:
                yield Block(kind, tuple(lines))
            kind, lines = "", []
            if line.startswith("```") and line != "```":
                kind = "code"
            elif line.startswith("- "):
                kind, lines = "item", [line[2:]]
        elif kind:
            lines.append(line.removeprefix("  ") if kind == "item" else line)
        else:
            kind = next((name for sign, name in _KINDS if line.startswith(sign)), "text")
            lines = [line.lstrip("# ")]
    if kind:
        yield Block(kind, tuple(lines))


def plain_page(page: str) -> Iterator[str]:
    """Yield the lines of a page for pipes and files, as wide as they were written."""
    before = ""
    for block in blocks(page):
        if before and not before == block.kind == "item":
            yield ""
        before = block.kind
        match block.kind:
            case "code":
                yield from (f"    {line}".rstrip() for line in block.lines)
            case "item":
                yield f"· {unmarked(block.lines[0])}"
                yield from (f"  {unmarked(line)}" for line in block.lines[1:])
            case _:
                yield from (unmarked(line) for line in block.lines)


def unmarked(line: str) -> str:
    """Return a line without the marks for bold type and code, and links as text and address."""
    line = re.sub(r"\[([^]]+)\]\(([^)]+)\)", r"\1 (\2)", line)
    return re.sub(r"\*\*|`", "", line)


def screen_page(page: str) -> RenderableType:
    """Return a page as a terminal shows it: wrapped to its width, code and headings set off."""
    from rich.console import Group
    from rich.text import Text

    shown: list[RenderableType] = []
    before = ""
    for block in blocks(page):
        if before and not before == block.kind == "item":
            shown.append(Text(""))
        before = block.kind
        match block.kind:
            case "title" | "heading":
                shown.append(Text(block.joined, "bold"))
            case "code":
                shown += [_hanging("   ", Text(line, _code_style(line))) for line in block.lines]
            case "item":
                shown.append(_hanging("  ·", _styled(block.joined)))
            case _:
                shown.append(_styled(block.joined))
    return Group(*shown)


def _hanging(lead: str, text: Text) -> RenderableType:
    """Return *text* after *lead*, under which no line of it begins."""
    from rich.table import Table as Grid

    grid = Grid.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(lead, text)
    return grid


def _code_style(line: str) -> str:
    return "bold" if line.startswith("$ ") else "cyan"


def _styled(text: str) -> Text:
    """Return a paragraph with its bold words and its code set off."""
    from rich.text import Text

    made = Text()
    for number, piece in enumerate(re.split(r"(\*\*[^*]+\*\*|`[^`]+`)", text)):
        made.append(unmarked(piece), "bold" if number % 2 else "")
    return made
