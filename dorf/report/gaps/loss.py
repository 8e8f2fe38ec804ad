"""``dorf without``: what would be missing if somebody could not help for a while (§4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.errors import N_
from dorf.report.gaps.rule_words import SEVERITY
from dorf.report.gaps.statements import (
    finding_document,
    leaves_document,
    left_texts,
    statement_text,
    statements,
)
from dorf.report.page import Item, Line, Page, Title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dorf.core.assessment import Loss
    from dorf.report.words import Words


_ALONE = N_("Then with {left} alone: {kinds}.")
_NOBODY = N_("Then with nobody: {kinds}.")


def loss_page(loss: Loss, names: Sequence[str], words: Words) -> Page:
    """Return what would be missing without *names*."""
    if loss.nothing:
        return (Line(nothing_text(names, words), "good"),)
    return (
        Title(words.say("Without {names}", names=words.to(names))),
        *_findings(loss, words),
        *(Item("△", text, tone="thin") for text in left_texts(loss.leaves, words, _ALONE, _NOBODY)),
    )


def _findings(loss: Loss, words: Words) -> Iterator[Item]:
    for said in statements(loss.findings):
        sign, tone, _ = SEVERITY[said.severity]
        yield Item(sign, statement_text(said, words), tone=tone)


def nothing_text(names: Sequence[str], words: Words) -> str:
    """Return that somebody would still be there for everything, which is not all that counts."""
    return words.count(
        "If {names} were away, somebody would still be there for everything – and {names} would "
        "be missed all the same.",
        "If {names} were away, somebody would still be there for everything – and they would be "
        "missed all the same.",
        len(names),
        names=words.names(names),
    )


def loss_line(loss: Loss, words: Words) -> str:
    """Return in one line what hangs on one person or on nobody now; "" if nothing does."""
    return " ".join(left_texts(loss.leaves, words, _ALONE, _NOBODY))


def loss_document(loss: Loss, names: Sequence[str], words: Words) -> dict[str, Any]:
    """Return what would be missing as JSON carries it."""
    return {
        "names": [words.name(name) for name in names],
        "gaps": [finding_document(finding, words) for finding in loss.findings],
        "leaves": leaves_document(loss.leaves, words),
    }
