"""Where the support network has gaps: the rules of DOMAIN.md §4, and what they find on a day.

A rule states facts; ``report`` words them. Switches and acceptances only filter what is shown, so
turning a rule off never changes another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.gaps import coverage, ties
from dorf.core.gaps.finding import About, Finding, Held, Reason
from dorf.core.gaps.registry import REGISTERED
from dorf.core.gaps.suggestions import suggestions
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from dorf.core.gaps.registry import Rule
    from dorf.core.gaps.situation import Situation
    from dorf.core.tips import Tip
    from dorf.core.village import Household

_MODULES = (coverage, ties)
"""Where the rules stand; each is registered when its module is loaded."""

RULES: dict[str, Rule] = {rule: REGISTERED[rule] for rule in sorted(REGISTERED)}
"""All rules, by their id."""


def renamed_keys(old: str, new: str, about: About = About.CONTACT) -> dict[str, str]:
    """Return how the keys of findings about somebody change with the name.

    Only those *about* that sort of somebody: a child and a contact may share a name.
    """
    rules = [rule.id for rule in RULES.values() if rule.about is about]
    return {f"{rule}:{old}": f"{rule}:{new}" for rule in rules}


def keys_about(name: str) -> frozenset[str]:
    """Return the keys that findings about a contact can have.

    Those about a child or a wish of the same name are others.
    """
    return frozenset(renamed_keys(name, name))


def without_keys_about(household: Household, name: str) -> Household:
    """Return the household without switches and acceptances for findings about a contact."""
    gone = keys_about(name)
    return household._replace(
        rules_off=household.rules_off - gone,
        accepted=tuple(entry for entry in household.accepted if entry.key not in gone),
    )


class Findings(NamedTuple):
    """The findings of a day: those that are shown, and those that are held back."""

    shown: tuple[Finding, ...]
    held: tuple[Held, ...]


def all_findings(now: Situation) -> list[Finding]:
    """Return what the rules find, in the order of DOMAIN.md §4.5; nothing is held back."""
    first = _first_rules(now)
    found = (finding for rule in RULES.values() for finding in rule.findings(now))
    return sorted(found, key=lambda finding: _order(finding, first))


def find_gaps(now: Situation, without_loss: Mapping[str, int] | None = None) -> Findings:
    """Return the findings, sorted by whether they are shown, with the suggestions of the day.

    While somebody is mourned, *without_loss* gives the severity of each finding that there would
    be with them, by key: what came with the loss is held back, and so is what can wait (§4.6).
    """
    off = now.household.rules_off
    accepted = {a.key for a in now.household.accepted if a.until is None or now.today < a.until}
    shown: list[Finding] = []
    held: list[Held] = []
    for finding in all_findings(now):
        if without_loss is not None and _can_wait(finding, without_loss):
            held.append(Held(finding, Reason.MOURNING))
        elif finding.rule in off or finding.key in off:
            held.append(Held(finding, Reason.OFF))
        elif finding.key in accepted:
            held.append(Held(finding, Reason.ACCEPTED))
        else:
            shown.append(finding)
    return Findings(tuple(_with_suggestions(shown, now)), tuple(held))


def _can_wait(finding: Finding, without_loss: Mapping[str, int]) -> bool:
    """Tell whether a finding is held back in mourning; a birth does not wait."""
    if finding.key == "G25" and finding.severity == 3:
        return False
    if finding.rule == "G01" or finding.severity == 1:
        return True
    return without_loss.get(finding.key, 0) < finding.severity


def _with_suggestions(findings: Iterable[Finding], now: Situation) -> Iterator[Finding]:
    """Yield *findings* with what is suggested today, nothing twice in one report."""
    given: set[Tip] = set()
    for finding in findings:
        rule = RULES[finding.rule]
        if finding.is_question:
            yield finding
            continue
        tips, first = (rule.tips, rule.first) if finding.tips is None else (finding.tips, ())
        cold = bool(finding.names if finding.rule == "G09" else finding.others)
        chosen = suggestions(tips, first, now, given, cold=cold)
        given.update(chosen)
        yield finding._replace(suggestions=chosen)


def _first_rules(now: Situation) -> Collection[str]:
    """Return the rules that come before all others but G01: help for the first weeks (§4.5)."""
    return {"G21"} if now.newborn else ()


def _order(
    finding: Finding, first: Collection[str]
) -> tuple[bool, bool, int, str, tuple[int, str, str]]:
    small_village = finding.rule == "G01" and finding.severity == 2
    place = RULES[finding.rule].place(finding.scope)
    return not small_village, finding.rule not in first, -finding.severity, finding.rule, place
