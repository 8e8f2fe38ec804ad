"""The five-minute round: at whom it stops, in which order, and what gives a way to begin."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dorf.core.tips import daily
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dorf.core.assessment import Assessment
    from dorf.core.tending import Urgency
    from dorf.core.village import Contact, Encounter


BIRTHDAY = timedelta(days=14)
"""How far ahead a birthday is a reason to begin (convention)."""

MOST_UNRECORDED = 10
"""How many people of whom nothing is noted one round asks about: five minutes (convention)."""


class Stop(NamedTuple):
    """One contact of the round: a meeting to ask about (W2), a hello, or when one last talked."""

    contact: Contact
    met_on: date | None = None
    """The day of a plan that is over, if that is the question."""
    urgency: Urgency | None = None


def stops(assessment: Assessment) -> tuple[Stop, ...]:
    """Return the stops of a round: plans that are over, who needs tending, then some of Q1.

    Whoever has both comes once, with the plan; of those in Q1 others come first each day.
    """
    asked = [Stop(c.contact, c.day) for c in assessment.cautions if c.key == "W2"]
    seen = {stop.contact.uid for stop in asked}
    needy = [
        Stop(u.tending.contact, None, u)
        for u in assessment.urgent
        if u.tending.contact.uid not in seen
    ]
    unrecorded = [c for c in assessment.support.unrecorded if c.uid not in seen]
    chosen = daily(unrecorded, assessment.today, MOST_UNRECORDED)
    return (*asked, *needy, *(Stop(contact) for contact in chosen))


class Beginning(NamedTuple):
    """What makes it easier to begin: a birthday that is near, or a note to ask about."""

    birthday: date | None = None
    note: str = ""


def beginning(stop: Stop, log: Sequence[Encounter], today: date) -> Beginning | None:
    """Return how to begin at a *stop*; None where nothing invites to a hello.

    The *log* is what was lately, oldest first.
    """
    contact = stop.contact
    if stop.urgency is None or contact.strained:
        return None
    birthday = contact.birthday and contact.birthday.next_anniversary(today)
    if birthday and birthday - today <= BIRTHDAY:
        return Beginning(birthday)
    notes = (encounter.note for encounter in reversed(log))
    return Beginning(note=next(filter(None, notes), ""))
