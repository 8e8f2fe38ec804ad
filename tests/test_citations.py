"""Whoever reads a line can open what it cites: pages and sections of the project alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = {
    "DOMAIN.md": ROOT / "dorf" / "core" / "DOMAIN.md",
    "CONTRIBUTING.md": ROOT / ".github" / "CONTRIBUTING.md",
}
HIDDEN = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "samples"}
TEXTS = {".py", ".toml", ".md", ".yaml", ".po", ""}
NUMBERED = re.compile(r"\b(\w+\.md)\s+((?:§[\d.]*\d\w?(?:[-–,]\s?|\b))+)")
NAMED = re.compile(r"\bCONTRIBUTING\.md, ([A-Z][a-z]+(?: [a-z]+)*)")


def _lines() -> list[tuple[str, str]]:
    """Return the text of every file that people write, under its name in the project."""
    files = [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and path.suffix in TEXTS
        and not HIDDEN & set(path.relative_to(ROOT).parts)
        and path != Path(__file__)
    ]
    return [(str(path.relative_to(ROOT)), path.read_text("utf-8")) for path in files]


TEXT = _lines()


def _headings(page: str) -> list[str]:
    return re.findall(r"^#+ (.*)$", PAGES[page].read_text("utf-8"), re.MULTILINE)


def test_cited_sections_exist() -> None:
    """`DOMAIN.md §3.4` is a heading that begins with 3.4; `CONTRIBUTING.md, Days` one called so."""
    numbers = {heading.split()[0] for heading in _headings("DOMAIN.md")}
    names = _headings("CONTRIBUTING.md")
    lost = [
        (file, page, section)
        for file, text in TEXT
        for page, sections in NUMBERED.findall(text)
        for section in re.findall(r"§([\d.]*\d[a-z]?)", sections)
        if page != "DOMAIN.md" or section not in numbers
    ]
    lost += [
        (file, "CONTRIBUTING.md", name)
        for file, text in TEXT
        for name in NAMED.findall(text)
        if not any(name.startswith(heading) for heading in names)
    ]
    assert lost == []


@pytest.mark.parametrize("page", ["domain.md", "design.md", "style.md", "wording.md", "../shared"])
def test_no_page_is_cited_that_a_reader_does_not_have(page: str) -> None:
    """The pages that the project was planned on are not in it."""
    assert [file for file, text in TEXT if page in text] == []
