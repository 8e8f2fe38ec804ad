"""What became better lately, in one line: whom one heard from, and the gap that was closed last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.gaps.coverage import may_pick_up
from dorf.core.gaps.improvements import Improvements
from dorf.core.gaps.ties import same_age
from dorf.core.support import by_name
from dorf.core.vocabulary import Kind
from dorf.errors import N_
from dorf.report.page import Line
from dorf.report.words import iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dorf.core.assessment import Assessment
    from dorf.core.village import Contact
    from dorf.report.words import Words

NOTHING_BETTER = Improvements()

_CLOSED = {
    "G01": N_("your village has grown"),
    "G02": N_("{kind}: several people can by now"),
    "G03": N_("{kind}: several people can by now"),
    "G04": N_("{kind}: several people can by now"),
    "G05": N_("in an emergency several people are nearby: {names}"),
    "G06": N_("there is a plan B for emergencies: {names}"),
    "G07": N_("somebody may pick up by now: {names}"),
    "G08": N_("{child} has a go-to person: {names}"),
    "G09": N_("{child} has {names} again"),
    "G10": N_("a family with a child of {child}’s age is nearby: {names}"),
    "G11": N_("your village is more than online"),
    "G12": N_("your village is more than online"),
    "G13": N_("giving and taking go both ways"),
    "G15": N_("not so much rests on {child} any more"),
    "G19": N_("you know somebody in the same boat"),
    "G20": N_("when you fall ill, somebody can take over altogether"),
    "G24": N_("somebody with {child} is there"),
    "G26": N_("the numbers for an emergency are at hand"),
}
"""What is good news once a finding of the rule is gone; `child` is whatever its scope names."""


def improvement_lines(better: Improvements, assessment: Assessment, words: Words) -> Iterator[Line]:
    """Yield one line if something became better."""
    if parts := list(filter(None, (_heard(better, words), *_news(better, assessment, words)[:1]))):
        yield Line(" · ".join(parts), "good")


def _heard(better: Improvements, words: Words) -> str:
    if not better.heard or better.since is None:
        return ""
    names = words.few_to([contact.name for contact in better.heard])
    if (words.today - better.since).days < 7:
        return words.say("Since Monday: heard from {names}", names=names)
    return words.say("Last week: heard from {names}", names=names)


def _news(better: Improvements, assessment: Assessment, words: Words) -> list[str]:
    return [closed_text(key, assessment, words) for key in better.closed]


def closed_text(key: str, assessment: Assessment, words: Words) -> str:
    """Return that a gap is closed, and by whom where that can be told."""
    rule, _, scope = key.partition(":")
    kind = words.kind(Kind(scope)) if scope in set(Kind) else ""
    people = by_name(_people(rule, scope, assessment))
    child = scope if rule == "G24" else words.name(scope)
    names = words.few([contact.name for contact in people])
    news = words.say(_CLOSED[rule], kind=kind, child=child, names=names)
    if words.discreet:
        return words.say("Good news: {news}", news=news)
    return words.say("Good news on {rule}: {news}", rule=rule, news=news)


def _people(rule: str, scope: str, assessment: Assessment) -> list[Contact]:
    """Return whose doing it is that a gap is closed."""
    now = assessment.situation
    if rule in {"G05", "G06"}:
        return now.support.nearby
    if rule == "G07":
        return [contact for contact in now.support.present if may_pick_up(contact)]
    children = [child for child in now.household.children if child.name == scope]
    if rule in {"G08", "G09"}:
        return [contact for child in children for contact in now.attached_to(child)]
    if rule == "G10":
        return [contact for child in children for contact in same_age(now, child)]
    return []


def improvements_document(
    better: Improvements, assessment: Assessment, words: Words
) -> dict[str, Any]:
    """Return what became better as JSON carries it; nothing is cut."""
    texts = _news(better, assessment, words)
    return {
        "since": iso(better.since),
        "heard": [words.name(contact.name) for contact in better.heard],
        "closed": [
            {"key": _shown(key, words), "text": text}
            for key, text in zip(better.closed, texts, strict=True)
        ],
    }


def _shown(key: str, words: Words) -> str:
    """Return a key without a name in it where somebody may look over the shoulder."""
    rule, _, scope = key.partition(":")
    return key if not words.discreet or scope in set(Kind) else rule
