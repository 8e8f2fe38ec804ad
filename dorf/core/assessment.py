"""The one door to the domain: a village and a day in, everything there is to say out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dorf.core.anniversaries import occasions
from dorf.core.gaps.rules import all_findings, find_gaps
from dorf.core.gaps.situation import Situation
from dorf.core.support import Support, by_name
from dorf.core.tending import (
    MOURNING_DAYS,
    State,
    cautions,
    is_resting,
    newest_contact,
    plans_of,
    tend,
    urgencies,
)
from dorf.core.vocabulary import CORE5, Kind, Status
from dorf.values import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from dorf.core.anniversaries import Occasion
    from dorf.core.gaps.finding import Finding, Held, Left
    from dorf.core.tending import Caution, Tending, Urgency
    from dorf.core.tips import Tip
    from dorf.core.village import Contact, Village

MOST_SHOWN = 5
"""People and findings that a report shows unless it is asked for all (DOMAIN.md §3.5, §4.5)."""

SOON_DAYS = 14
"""How far ahead "what comes soon" looks for meetings, in days (convention)."""


_WEIGHTS = {"G02": 3, "G05": 3, "G03": 2, "G04": 2, "G06": 2}
"""How much it weighs that a kind of support has few givers, by the rule that says so."""


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


class Question(NamedTuple):
    """What is asked of many at once, instead of an alarm about each: Q1 or Q2 (§3.4)."""

    key: str
    contacts: tuple[Contact, ...]


class Assessment(NamedTuple):
    """What is true of a village on a day; every report renders this same value."""

    today: date
    village: Village
    tendings: tuple[Tending, ...]
    urgent: tuple[Urgency, ...]
    support: Support
    findings: tuple[Finding, ...]
    """The gaps that are shown, in the order of DOMAIN.md §4.5."""
    held: tuple[Held, ...]
    """The gaps that are held back: switched off, accepted, or while somebody is mourned."""
    cautions: tuple[Caution, ...]
    situation: Situation
    newest: date | None
    """The newest encounter's day."""

    @property
    def resting(self) -> bool:
        """Whether nothing was noted for so long that the log says little (DOMAIN.md §3.4)."""
        return self.situation.resting

    @property
    def weeks_at_rest(self) -> int:
        """For how many whole weeks nothing was noted."""
        return (self.today - self.newest).days // 7 if self.newest else 0

    @property
    def mourned(self) -> tuple[Contact, ...]:
        """Who died lately (DOMAIN.md §4.6)."""
        return self.situation.mourned

    @property
    def questions(self) -> tuple[Question, ...]:
        """Q1, of whom nothing is noted, and Q2, who they are (DOMAIN.md §3.4)."""
        blank = by_name(self.support.blank) if self.support.unsorted else []
        asked = (("Q1", self.support.unrecorded), ("Q2", blank))
        return tuple(Question(key, tuple(people)) for key, people in asked if people)

    @property
    def plans(self) -> tuple[Tending, ...]:
        """The meetings of today and tomorrow, the next one first (DOMAIN.md §3.5)."""
        return plans_of(self.tendings, self.today)

    @property
    def past_plans(self) -> dict[str, Caution]:
        """The meetings of which nobody noted whether they happened (W2), by uid."""
        return {c.contact.uid: c for c in self.cautions if c.key == "W2"}

    @property
    def waiting(self) -> tuple[Urgency, ...]:
        """Who would enjoy a hello; whoever is asked about a meeting is not named twice."""
        asked = self.past_plans
        return tuple(urgency for urgency in self.urgent if urgency.tending.contact.uid not in asked)

    def weight_of(self, kind: Kind) -> int:
        """Return how few give *kind*: 3 if nobody does, 2 if it hangs on one person, else 0.

        Also 0 where nobody is missed: the kind is not looked at, what is missing is fine or held
        back, or what the village could give is unknown.
        """
        now = self.situation
        in_emergency = kind is Kind.EMERGENCY
        rule = now.nearby if in_emergency else now.cover(kind) if kind in CORE5 else ""
        key = rule if in_emergency else f"{rule}:{kind}"
        held = any(entry.finding.key == key for entry in self.held)
        return 0 if held or self.support.unsorted else _WEIGHTS.get(rule, 0)

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
        """The one thing to do today, or None when all is well (DOMAIN.md §3.5).

        Never towards a strained tie, nor somebody who comes by profession or with a group.
        """
        asked = self.past_plans
        for urgency in self.urgent:
            contact = urgency.tending.contact
            if not (contact.strained or contact.main_role.formal or contact.main_role.group):
                met = asked.get(contact.uid)
                return Step(contact, met_on=met.day if met else None)
        tips = (finding.suggestions[0] for finding in self.findings if finding.suggestions)
        return next((Step(tip=tip) for tip in tips), None)

    @property
    def _serious(self) -> Iterator[Finding]:
        return (finding for finding in self.findings if finding.severity > 1)

    @property
    def holds(self) -> bool:
        """Whether all is well: nobody waits, no finding is more than a note, nobody is mourned."""
        quiet = self.urgent or self.mourned or self.questions
        return not (quiet or any(self._serious))


def _meetings_and_hellos(tendings: Sequence[Tending], today: date) -> Iterator[Coming]:
    """Yield the meetings that are planned, and who is due soon; a strained tie never is."""
    horizon = today + timedelta(days=SOON_DAYS)
    for tending in tendings:
        planned, due = tending.plan, tending.due
        if not tending.present:
            continue
        if planned and today <= planned <= horizon:
            yield Coming(planned, tending)
        elif tending.state is State.SOON and due and not tending.quiet:
            yield Coming(due, tending)


def assess(village: Village, today: date) -> Assessment:
    """Return everything that DOMAIN.md §3–§4 says of *village* on *today*."""
    tendings = tuple(tend(c, village.touch(c), today) for c in village.contacts)
    newest = newest_contact(tendings, today)
    situation = _situation(village, today, tendings, resting=is_resting(newest, today))
    loss = _without_loss(situation) if situation.mourned else None
    gaps = find_gaps(situation, loss)
    support = situation.support
    urgent = urgencies(tendings, support.sole_kinds, support.scarce_kinds)
    return Assessment(
        today,
        village,
        tendings,
        urgent,
        support,
        gaps.shown,
        gaps.held,
        cautions(tendings, today),
        situation,
        newest,
    )


def _situation(
    village: Village, today: date, tendings: Sequence[Tending], *, resting: bool
) -> Situation:
    mourned = by_name(
        contact
        for contact in village.contacts
        if contact.died_on is not None and 0 <= (today - contact.died_on).days < MOURNING_DAYS
    )
    support = Support.of(tendings, resting=resting)
    single = village.household.single_parent
    return Situation(today, village, support, tendings, single, resting, tuple(mourned))


def _without_loss(now: Situation) -> dict[str, int]:
    """Return the severity of each finding that there would be if nobody had died, by key (§4.6).

    Whoever lost the partner is not taken for a single parent there.
    """
    lost = {contact.uid for contact in now.mourned}
    people = tuple(
        replace(c, died_on=None, status=Status.ACTIVE, until=None) if c.uid in lost else c
        for c in now.village.contacts
    )
    village = now.village._replace(contacts=people)
    tendings = [tend(c, village.touch(c), now.today) for c in people]
    alive = [t._replace(state=State.FRESH) if t.contact.uid in lost else t for t in tendings]
    partner = any(contact.main_role.slug == "partner" for contact in now.mourned)
    then = replace(
        now,
        village=village,
        support=Support.of(alive, resting=now.resting),
        tendings=alive,
        single_parent=now.single_parent and not partner,
        mourned=(),
    )
    return {finding.key: finding.severity for finding in all_findings(then)}


class Loss(NamedTuple):
    """What would be missing if somebody could not help for a while (DOMAIN.md §4.7)."""

    findings: tuple[Finding, ...]
    """The findings that are new, or weigh more than today."""
    leaves: tuple[Left, ...]
    """The kinds of support that then hang on one person or on nobody."""

    @property
    def nothing(self) -> bool:
        """Whether somebody would still be there for everything."""
        return not (self.findings or self.leaves)


def without(village: Village, today: date, uids: Iterable[str]) -> Loss:
    """Return what would be missing without those *uids*; who is not active changes nothing."""
    gone = set(uids)
    people = tuple(
        replace(c, status=Status.PAUSED, paused_until=None)
        if c.uid in gone and c.status_on(today) is Status.ACTIVE
        else c
        for c in village.contacts
    )
    before = assess(village, today)
    after = assess(village._replace(contacts=people), today)
    known = {finding.key: finding.severity for finding in before.findings}
    worse = (f for f in after.findings if known.get(f.key, 0) < f.severity)
    return Loss(tuple(worse), before.situation.left_without(gone))
