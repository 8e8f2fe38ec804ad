"""``dorf gaps KEY``: why a finding matters, who counts and who does not, what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.gaps.evidence import evidence, known_findings
from dorf.errors import N_
from dorf.report.gaps.page import gaps_document
from dorf.report.gaps.rule_words import RULE_WORDS, SEVERITY
from dorf.report.gaps.statements import (
    Statement,
    fields_of,
    reason_text,
    statement_text,
    suggestion_texts,
)
from dorf.report.page import Block, Heading, Item, Line, Page, Table, Title

if TYPE_CHECKING:
    from dorf.core.assessment import Assessment
    from dorf.core.gaps.finding import Finding
    from dorf.report.words import Words

_LABELS = {
    "counts": N_("count"),
    "at home": N_("live with you"),
    "place unknown": N_("distance not noted"),
    "does not count": N_("do not count"),
    "strained": N_("cost strength, too"),
    "cold": N_("line going cold"),
    "far": N_("too far away"),
    "online": N_("online only"),
    "not trusted": N_("not alone with your child"),
    "to ask": N_("could be asked"),
    "closest": N_("closest people"),
    "other age": N_("another age"),
    "in person": N_("met in person"),
    "formal": N_("come by profession"),
}
"""Why people count or not, by the label of their `Evidence`."""


def reasons_page(key: str, assessment: Assessment, words: Words) -> Page:
    """Return why the findings of *key* are there, or that there are none today."""
    found = _findings(key, assessment)
    rule = RULE_WORDS[key.partition(":")[0]]
    page: list[Block] = [Title(words.language.word(rule.title), "" if words.discreet else key)]
    if not found:
        page.append(Line(words.say("Not found today."), "good"))
        page += _evidence_blocks(key, assessment, words)
    for finding in found:
        page += _finding_blocks(finding, assessment, words)
    return tuple(page)


def _finding_blocks(finding: Finding, assessment: Assessment, words: Words) -> list[Block]:
    said = Statement((finding,))
    sign, tone, _ = SEVERITY[finding.severity]
    hints = tuple(f"→ {hint}" for hint in suggestion_texts(finding, words))
    details = (reason_text(finding, words), *hints)
    blocks: list[Block] = [Item(sign, statement_text(said, words), details, tone)]
    blocks += _evidence_blocks(finding.key, assessment, words)
    command = command_text(finding, words)
    if command and not words.discreet:
        blocks += [Line(""), Line(words.say("What answers it: {command}", command=command), "step")]
    return blocks


def _evidence_blocks(key: str, assessment: Assessment, words: Words) -> list[Block]:
    rows = tuple(
        (words.language.word(_LABELS[label]), words.names(names))
        for label, names in evidence(key, assessment.situation)
    )
    heading = Heading(words.say("Who counts, and who does not"))
    return [heading, Table(("", ""), rows)] if rows else []


def command_text(finding: Finding, words: Words) -> str:
    """Return the one command that answers a finding."""
    rule = RULE_WORDS[finding.rule]
    return words.say(rule.answer or rule.command, **fields_of(Statement((finding,)), words))


def _findings(key: str, assessment: Assessment) -> list[Finding]:
    """Return the findings of a key, or all of a rule."""
    return [f for f in known_findings(assessment) if key in {f.key, f.rule}]


def reasons_document(key: str, assessment: Assessment, words: Words) -> dict[str, Any]:
    """Return the findings of *key* as `gaps_document` does, each with who counts."""
    keys = {finding.key for finding in _findings(key, assessment)}
    document = gaps_document(assessment, words)
    shown = [f for f in assessment.findings if f.key in keys]
    held = [h for h in assessment.held if h.finding.key in keys]
    all_shown = zip(assessment.findings, document["gaps"], strict=True)
    all_held = zip(assessment.held, document["hidden"], strict=True)
    return {
        "key": key,
        "gaps": [d | _why(f, assessment, words) for f, d in all_shown if f in shown],
        "hidden": [d | _why(h.finding, assessment, words) for h, d in all_held if h in held],
    }


def _why(finding: Finding, assessment: Assessment, words: Words) -> dict[str, Any]:
    people = evidence(finding.key, assessment.situation)
    return {
        "evidence": {entry.label: [words.name(name) for name in entry.names] for entry in people},
        "command": "" if words.discreet else command_text(finding, words),
    }
