"""Who gives what, as a small matrix whose gaps catch the eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.support import Sureness
from dorf.errors import N_
from dorf.report.page import Block, Heading, Item, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dorf.core.assessment import Assessment
    from dorf.core.vocabulary import Kind
    from dorf.report.words import Words

_NAMES_PER_KIND = 4

SIGNS = {Sureness.NOTED: "●", Sureness.ASSUMED: "◐", Sureness.COLD: "○"}
"""How sure it is that somebody gives a kind; the signs are equally large in any font."""

_NOBODY = "▲"
_LEGEND = {
    Sureness.NOTED: N_("● noted"),
    Sureness.ASSUMED: N_("◐ a guess from the role"),
    Sureness.COLD: N_("○ line going cold"),
}
_TONES = {3: "gap", 2: "thin", 0: "quiet"}


def coverage_blocks(assessment: Assessment, words: Words) -> Iterator[Block]:
    """Yield the kinds with who gives each, and what the signs mean if there are several."""
    support = assessment.support
    if support.unsorted and not any(support.potential.values()):  # many names and no more
        return
    yield Heading(words.say("Who gives what"))
    rows = tuple(_row(assessment, kind, words) for kind in support.shown)
    tones = tuple(_TONES[assessment.weight_of(kind)] for kind in support.shown)
    yield Table(("", "", ""), rows, tones)
    known = {how for kind in support.shown for how, _ in support.givers(kind)[:_NAMES_PER_KIND]}
    if known - {Sureness.NOTED}:
        legend = (words.language.word(_LEGEND[how]) for how in Sureness if how in known)
        yield Item("", " · ".join(legend), tone="quiet")


def _row(assessment: Assessment, kind: Kind, words: Words) -> tuple[str, str, str]:
    people = assessment.support.givers(kind)
    shown, hidden = people[:_NAMES_PER_KIND], len(people[_NAMES_PER_KIND:])
    signs = "".join(SIGNS[how] for how, _ in shown)
    text = ", ".join(words.name(contact.name) for _, contact in shown)
    text += f" +{hidden}" if hidden else ""
    if assessment.weight_of(kind) == 3:
        signs = _NOBODY
        text = _nobody(text, words, nearby=bool(assessment.support.warm[kind]))
    label = words.kind(kind)
    return label[:1].upper() + label[1:], signs or "–", text


def _nobody(names: str, words: Words, *, nearby: bool) -> str:
    """Return that there is nobody; *names* are those who are far from it, or from being nearby."""
    if not names:
        return words.say("nobody yet")
    if nearby:
        return words.say("nobody nearby yet ({names})", names=names)
    return words.say("nobody just now ({names}: the line is going cold)", names=names)
