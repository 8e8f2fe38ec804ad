"""What became better lately: whom one heard from, and which gap that was told of is closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dorf.core.gaps.coverage import may_pick_up
from dorf.core.gaps.evidence import known_findings
from dorf.core.gaps.finding import ASK, About
from dorf.core.gaps.rules import RULES
from dorf.core.reminders import Subject
from dorf.core.support import by_name
from dorf.core.vocabulary import Kind
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from dorf.core.assessment import Assessment
    from dorf.core.reminders import Memory
    from dorf.core.village import Contact

TOLD_DAYS = 30
"""For so many days after a reminder of it a gap that is closed is good news (convention)."""


class Improvements(NamedTuple):
    """What became better: whom one heard from since a Monday, and keys of closed gaps."""

    since: date | None = None
    heard: tuple[Contact, ...] = ()
    closed: tuple[str, ...] = ()
    """The one told of last first."""


def improvements(assessment: Assessment, memory: Memory) -> Improvements:
    """Return what became better; nothing while somebody is mourned or the log rests."""
    if assessment.mourned or assessment.resting:
        return Improvements()
    today = assessment.today
    since = today - timedelta(days=today.weekday() or 7)
    heard = by_name(
        tending.contact
        for tending in assessment.tendings
        if tending.present
        and tending.cadence
        and not tending.contact.strained
        and tending.last_contact is not None
        and since <= tending.last_contact <= today
    )
    told = [
        (notified.day, key)
        for (subject, key), notified in memory.items()
        if subject is Subject.GAP and 0 <= (today - notified.day).days <= TOLD_DAYS
    ]
    closed = (key for _, key in sorted(told, reverse=True) if _is_closed(key, assessment))
    return Improvements(since, tuple(heard), tuple(closed))


_FAMILIES = (
    frozenset({"G02", "G03", "G04", "G18"}),
    frozenset({"G05", "G06", "G25"}),
    frozenset({"G08", "G09"}),
    frozenset({"G11", "G12"}),
)
"""Rules that stand for each other: where another one speaks, nothing is closed."""

CAN_CLOSE = frozenset(
    {"G01", "G02", "G03", "G04", "G05", "G06", "G07", "G08", "G09", "G10", "G11", "G12", "G13"}
    | {"G15", "G19", "G20", "G24", "G26"}
)
"""Rules whose silence is good news; others fall silent when time passes or somebody leaves."""


def _is_closed(key: str, assessment: Assessment) -> bool:
    """Tell whether a gap is closed, and not only held back, replaced or without its subject."""
    rule, _, scope = key.partition(":")
    if rule not in CAN_CLOSE or scope == ASK or not _is_looked_at(rule, scope, assessment):
        return False
    family = next((rules for rules in _FAMILIES if rule in rules), frozenset({rule}))
    scoped = scope in set(Kind)
    return not any(
        finding.rule in family and (not scoped or finding.scope == scope)
        for finding in known_findings(assessment)
    )


def _is_looked_at(rule: str, scope: str, assessment: Assessment) -> bool:
    """Tell whether the rule could still speak: its child, contact, wish or kind is there."""
    now, household = assessment.situation, assessment.village.household
    if scope in set(Kind):
        return now.matters(Kind(scope)) and len(now.support.warm[Kind(scope)]) > 1
    if about := RULES[rule].about:
        people = {
            About.CHILD: [child.name for child in now.small_children],
            About.CONTACT: [contact.name for contact in now.support.present],
            About.WISH: household.wishes,
        }
        return scope in people[about]
    if rule in {"G05", "G06", "G26"}:
        return len(now.support.nearby) > 1
    if rule == "G07":
        return any(map(may_pick_up, now.support.present))
    return now.single_parent or rule not in {"G19", "G20"}
