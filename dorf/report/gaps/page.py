"""``dorf gaps``: all findings with reason, suggestions and the way to accept each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.report.gaps.rule_words import SEVERITY
from dorf.report.gaps.statements import (
    answer_texts,
    finding_document,
    finding_text,
    held_document,
    reason_text,
    scope_text,
    statement_text,
    statements,
    suggestion_texts,
)
from dorf.report.page import Block, Heading, Item, Line, Page, Title

if TYPE_CHECKING:
    from dorf.core.assessment import Assessment
    from dorf.report.gaps.statements import Statement
    from dorf.report.words import Words


def gaps_document(assessment: Assessment, words: Words) -> dict[str, Any]:
    """Return all findings, and those that are held back."""
    return {
        "gaps": [finding_document(finding, words) for finding in assessment.findings],
        "hidden": [
            held_document(held, words) | {"text": finding_text(held.finding, words)}
            for held in assessment.held
        ],
    }


def gaps_page(assessment: Assessment, words: Words, *, hidden: bool = False) -> Page:
    """Return all findings with reason, suggestions and how to switch or accept each."""
    if not assessment.village.contacts:
        from dorf.report.queries import empty_page

        return empty_page(words)
    page: list[Block] = [Title(words.say("Where someone is missing"), words.long_day(words.today))]
    reasons: set[str] = set()
    page += [_statement_item(said, words, reasons) for said in statements(assessment.findings)]
    if not assessment.findings:
        page.append(Line(words.say("Nothing is missing. Your village holds."), "good"))
    if hidden and assessment.held:
        page.append(Heading(words.say("Held back")))
        page += [
            Item("–", finding_text(h.finding, words), (scope_text(h.finding, words),), "quiet")
            for h in assessment.held
        ]
    elif assessment.held:
        n = len(assessment.held)
        text = words.count("{n} more is held back (--all).", "{n} more are held back (--all).", n)
        page.append(Line(text, "quiet"))
    if assessment.findings and not words.discreet:
        footer = words.say("Why, and who counts? dorf gaps KEY · Fine as it is? dorf accept KEY")
        page += [Line(""), Line(footer, "quiet")]
    return tuple(page)


def _statement_item(said: Statement, words: Words, reasons: set[str]) -> Item:
    """Return a sentence with why it matters, unless one of the *reasons* said that already."""
    sign, tone, label = SEVERITY[said.severity]
    reason = reason_text(said.first, words)
    keys = ", ".join(scope_text(finding, words) for finding in said.findings)
    begin = [] if reason in reasons else [reason]
    begin += [] if words.discreet else [f"({keys})"]
    details = [
        *filter(None, [" ".join(begin)]),
        *(f"→ {text}" for text in suggestion_texts(said, words)),
        *(f"→ {text}" for text in answer_texts(said.first, words)),
    ]
    reasons.add(reason)
    lead = words.language.word(label)
    return Item(sign, statement_text(said, words), tuple(details), tone, lead)
