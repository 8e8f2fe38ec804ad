"""Who counts for a gap rule and who does not, and why: the names behind a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.gaps.registry import can_be_met, names_of
from dorf.core.gaps.rules import RULES
from dorf.core.gaps.ties import same_age
from dorf.core.names import nearest
from dorf.core.spelling import fold
from dorf.core.vocabulary import Bond, Kind, Place
from dorf.errors import N_, UsageFailure
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dorf.core.assessment import Assessment
    from dorf.core.gaps.finding import Finding
    from dorf.core.gaps.situation import Situation
    from dorf.core.village import Contact


class Evidence(NamedTuple):
    """Some of the people whom a rule looks at: why they count or not, and their names."""

    label: str
    names: tuple[str, ...]


def read_key(text: str, assessment: Assessment) -> str:
    """Return the key of a finding, or the rule, that *text* names; raise `UsageFailure` if none."""
    today = [finding.key for finding in known_findings(assessment)]
    scoped = [f"{rule.id}:{scope}" for rule in RULES.values() for scope in rule.scopes]
    keys = list(dict.fromkeys((*today, *RULES, *scoped)))
    for key in keys:
        if fold(key) == fold(text):
            return key
    near = nearest(text, keys) or today[:3]
    sentence = N_("“{text}” is not a finding. Did you mean {choices}?")
    if not near:
        sentence = N_("“{text}” is not a finding. “dorf rule list” shows the rules.")
    raise UsageFailure(sentence, text=text, choices=", ".join(near))


def known_findings(assessment: Assessment) -> list[Finding]:
    """Return the findings of today, also those that are held back."""
    return [*assessment.findings, *(held.finding for held in assessment.held)]


def evidence(key: str, now: Situation) -> list[Evidence]:
    """Return whom the rule of *key* looks at, those who count first; nobody stands twice."""
    rule, _, scope = key.partition(":")
    if rule in _IN_EMERGENCY:
        found = _helpers(Kind.EMERGENCY, now)
    elif scope in set(Kind):
        found = _helpers(Kind(scope), now)
    elif rule in {"G08", "G09"}:
        found = _attached(scope, now)
    elif rule == "G10":
        found = _families(scope, now)
    elif rule in {"G13", "G14"}:
        found = iter([("counts", now.peers)])
    elif rule == "G15":
        carrying = [c for c in now.support.outside if c.uid in now.support.load]
        found = iter([("counts", carrying)])
    elif rule in {"G11", "G12", "G17"}:
        found = _ties(now)
    else:
        found = iter(())
    return [Evidence(label, names_of(people)) for label, people in found if people]


_IN_EMERGENCY = frozenset({"G05", "G06", "G07", "G20", "G23", "G25", "G26"})
"""The rules that look at who steps in at short notice."""


def _helpers(kind: Kind, now: Situation) -> Iterator[tuple[str, list[Contact]]]:
    """Yield who gives *kind*, and who would if something were not in the way."""
    support = now.support
    warm = support.warm[kind]
    if kind is Kind.EMERGENCY:
        yield "counts", support.nearby
        yield "place unknown", support.place_unknown
        counted = {c.uid for c in (*support.nearby, *support.place_unknown)}
        yield "does not count", [c for c in warm if c.uid not in counted and not c.strained]
    else:
        yield "counts", [c for c in warm if not c.strained and c.where is not Place.HOUSEHOLD]
        yield "at home", [c for c in warm if not c.strained and c.where is Place.HOUSEHOLD]
    yield "strained", [c for c in warm if c.strained]
    yield "cold", support.cold(kind)
    kept_out = [c for c in support.present if kind in c.stated_or_assumed() - c.kinds()]
    yield "far", [c for c in kept_out if c.where is Place.FAR]
    yield "online", [c for c in kept_out if c.is_online_only]
    yield "not trusted", [c for c in kept_out if c.trusted is False and can_be_met(c)]
    if kind is Kind.EMERGENCY:
        yield "to ask", now.askable


def _attached(child: str, now: Situation) -> Iterator[tuple[str, list[Contact]]]:
    people = now.support.present
    yield "counts", [c for c in people if (child, Bond.SECONDARY) in c.attachment]
    yield "closest", [c for c in people if (child, Bond.PRIMARY) in c.attachment]


def _families(child: str, now: Situation) -> Iterator[tuple[str, list[Contact]]]:
    outside = now.support.outside
    same = [c for one in now.household.children if one.name == child for c in same_age(now, one)]
    counted = {c.uid for c in same}
    others = [c for c in outside if c.kids and c.uid not in counted]
    yield "counts", same
    yield "other age", [c for c in others if can_be_met(c)]
    yield "far", [c for c in others if not can_be_met(c)]


def _ties(now: Situation) -> Iterator[tuple[str, list[Contact]]]:
    outside = now.support.outside
    yield "in person", [c for c in outside if not (c.is_online_only or c.main_role.formal)]
    yield "online", [c for c in outside if c.is_online_only]
    yield "formal", [c for c in outside if c.main_role.formal and not c.is_online_only]
