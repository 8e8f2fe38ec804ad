"""The one door to the domain: a village and a day in, everything there is to say out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dorf.core.anniversaries import occasions
from dorf.core.gaps.rules import find_gaps
from dorf.core.gaps.situation import Situation
from dorf.core.support import Support
from dorf.core.tending import State, cautions, tend, urgencies
from dorf.core.vocabulary import ROLES
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dorf.core.anniversaries import Occasion
    from dorf.core.gaps.finding import Finding
    from dorf.core.tending import Caution, Tending, Urgency
    from dorf.core.tips import Tip
    from dorf.core.village import Contact, Village

MOST_SHOWN = 5
"""People and findings that a report shows unless it is asked for all (DOMAIN.md §3.5, §4.5)."""

MANY_WITHOUT_ROLE = 5
"""How many people without a role, if they are most, a report speaks about (convention)."""

SOON_DAYS = 14
"""How far ahead "what comes soon" looks for meetings, in days (convention)."""


class Coming(NamedTuple):
    """Something that comes soon: a yearly day, a meeting, or the day of the next hello.

    It is the next hello if the state is `State.SOON` and there is no occasion.
    """

    on: date
    tending: Tending
    occasion: Occasion | None = None


class Step(NamedTuple):
    """The one thing to do today: say hello, note a meeting that is over, or follow a tip."""

    contact: Contact | None = None
    met_on: date | None = None
    """The day of the meeting, if it is to be noted."""
    tip: Tip | None = None


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

    @property
    def past_plans(self) -> dict[str, Caution]:
        """The meetings of which nobody noted whether they happened (W2), by uid."""
        return {c.contact.uid: c for c in self.cautions if c.key == "W2"}

    @property
    def waiting(self) -> tuple[Urgency, ...]:
        """Who would enjoy a hello; whoever is asked about a meeting is not named twice."""
        asked = self.past_plans
        return tuple(urgency for urgency in self.urgent if urgency.tending.contact.uid not in asked)

    @property
    def soon(self) -> tuple[Coming, ...]:
        """What comes soon, the next day first."""
        coming = [*_meetings_and_hellos(self.tendings, self.today), *self._yearly_days()]
        return tuple(sorted(coming, key=lambda entry: (entry.on, entry.tending.contact.name)))

    def _yearly_days(self) -> Iterator[Coming]:
        """Yield the yearly days whose lead time has begun."""
        tending_of = {tending.contact.uid: tending for tending in self.tendings}
        for day in occasions(self.village.contacts, self.today):
            yield Coming(day.on, tending_of[day.contact.uid], day)

    @property
    def next_step(self) -> Step | None:
        """The one thing to do today, or None when all is well; never towards a strained tie."""
        asked = self.past_plans
        for urgency in self.urgent:
            contact = urgency.tending.contact
            if contact.uid in asked:
                return Step(contact, met_on=asked[contact.uid].day)
            if not contact.strained:
                return Step(contact)
        tips = (finding.suggestions[0] for finding in self._serious if finding.suggestions)
        return next((Step(tip=tip) for tip in tips), None)

    @property
    def _serious(self) -> Iterator[Finding]:
        return (finding for finding in self.findings if finding.severity > 1)

    @property
    def holds(self) -> bool:
        """Whether all is well: nobody waits, and no finding is more than a note."""
        return not self.urgent and not any(self._serious)

    @property
    def without_role(self) -> int:
        """How many people have no role yet, as after an import; 0 while they are few."""
        known = [t.contact for t in self.tendings if t.state is not State.ENDED]
        open_roles = sum(contact.roles == (ROLES["other"],) for contact in known)
        many = open_roles >= MANY_WITHOUT_ROLE and 2 * open_roles > len(known)
        return open_roles if many else 0


def _meetings_and_hellos(tendings: Sequence[Tending], today: date) -> Iterator[Coming]:
    """Yield the meetings that are planned, and who is due soon; a strained tie never is."""
    horizon = today + timedelta(days=SOON_DAYS)
    for tending in tendings:
        planned, due = tending.contact.planned_on, tending.due
        if tending.state in {State.ENDED, State.PAUSED}:
            continue
        if planned and today <= planned <= horizon:
            yield Coming(planned, tending)
        elif tending.state is State.SOON and due and not tending.quiet:
            yield Coming(due, tending)


def assess(village: Village, today: date) -> Assessment:
    """Return everything that DOMAIN.md §3–§4 says of *village* on *today*."""
    tendings = tuple(tend(c, village.touch(c), today) for c in village.contacts)
    support = Support.of(tendings)
    gaps = find_gaps(Situation(today, village, support, tendings))
    urgent = urgencies(tendings, support.sole_kinds)
    odd = cautions(tendings, today)
    return Assessment(today, village, tendings, urgent, support, gaps.shown, gaps.hidden, odd)
