"""The one door to the domain: a village and a day in, everything there is to say out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dorf.core.gaps import Finding, Look, find_gaps
from dorf.core.support import Support
from dorf.core.tending import Caution, Tending, Urgency, cautions, tend, urgencies

if TYPE_CHECKING:
    from datetime import date

    from dorf.core.village import Village


class Assessment(NamedTuple):
    """What is true of a village on a day; every report renders this same value."""

    today: date
    village: Village
    tendings: tuple[Tending, ...]
    urgent: tuple[Urgency, ...]
    support: Support
    findings: tuple[Finding, ...]
    """The gaps that the household wants to see, in the order of DOMAIN.md §4.5."""
    hidden_findings: tuple[Finding, ...]
    """The gaps that are switched off or accepted."""
    cautions: tuple[Caution, ...]


def assess(village: Village, today: date) -> Assessment:
    """Return everything that DOMAIN.md §3–§4 says of *village* on *today*."""
    tendings = tuple(tend(c, village.touch(c), today) for c in village.contacts)
    support = Support.of(tendings)
    gaps = find_gaps(Look(today, village, support, tendings))
    shown = set(gaps.shown)
    return Assessment(
        today,
        village,
        tendings,
        urgencies(tendings, support.sole_kinds),
        support,
        gaps.shown,
        tuple(f for f in gaps.everything if f not in shown),
        cautions(tendings, today),
    )
