"""Under which heading a finding stands, and how a heading and a finding look (DOMAIN.md §8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.errors import N_
from dorf.report.gaps.rule_words import SEVERITY
from dorf.report.gaps.statements import statement_text
from dorf.report.page import Heading, Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dorf.core.gaps.finding import Finding
    from dorf.report.gaps.statements import Statement
    from dorf.report.page import Block
    from dorf.report.words import Words

_SORTS = (
    (N_("Someone is missing here"), "missing"),
    (N_("This hangs on one person"), "one"),
    (N_("Good to know"), "note"),
)
"""The headings of findings, in their order, and the sort of findings below each."""

_ON_ONE_PERSON = frozenset({"G03", "G04", "G06", "G15", "G22"})


def sort_of(finding: Finding) -> str:
    """Return under which heading a finding stands."""
    if finding.severity == 1 or finding.rule == "G13":
        return "note"
    return "one" if finding.rule in _ON_ONE_PERSON else "missing"


def heading_of(finding: Finding, words: Words, *, mourning: bool = False) -> Heading:
    """Return the heading below which a finding stands, in the colour of its weight."""
    sort = sort_of(finding)
    heading = next(heading for heading, name in _SORTS if name == sort)
    if sort == "missing" and mourning:
        heading = N_("Still open")
    return Heading(words.language.word(heading), SEVERITY[finding.severity][1])


def sections(
    shown: Sequence[Statement],
    details: Callable[[Statement], Sequence[str]],
    words: Words,
    *,
    mourning: bool,
) -> Iterator[Block]:
    """Yield findings below their headings, each with its *details*, the heaviest first."""
    for sort in sorted(dict.fromkeys(sort_of(said.first) for said in shown), key="note".__eq__):
        these = [said for said in shown if sort_of(said.first) == sort]
        if these:
            heaviest = max(these, key=lambda said: said.severity)
            yield heading_of(heaviest.first, words, mourning=mourning)
        for said in these:
            sign, tone, _ = SEVERITY[said.severity]
            yield Item(sign, statement_text(said, words), tuple(details(said)), tone)
