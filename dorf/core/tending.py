"""Which relationships need tending: cadence → days → state → score → reasons (DOMAIN.md §3)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dorf.core.vocabulary import CIRCLE_DAYS, Kind, Place, Status
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dorf.core.village import Contact, Touch

UNRECORDED_DAYS = 14
"""Longest wait for a first note about somebody new, in days (DOMAIN.md §3.2, convention)."""

SCORE_CAP = 400
SCORE_CAP_UNRECORDED = 150


class State(StrEnum):
    """The states of DOMAIN.md §3.4, in the order in which they are tried."""

    ENDED = "ended"
    PAUSED = "paused"
    UNTRACKED = "untracked"
    PLANNED = "planned"
    COOLING = "cooling"
    OVERDUE = "overdue"
    DUE = "due"
    SOON = "soon"
    FRESH = "fresh"


RESTING = frozenset({State.ENDED, State.PAUSED, State.UNTRACKED, State.PLANNED})
"""States in which there is no reminder that could rest."""

NEEDY = frozenset({State.DUE, State.OVERDUE, State.COOLING})


class Tending(NamedTuple):
    """Where one relationship stands today; days, cadence and due day as in DOMAIN.md §3.3."""

    contact: Contact
    state: State
    last_contact: date | None
    cadence: int
    days: int
    due: date | None
    hidden: bool

    @property
    def recorded(self) -> bool:
        """Whether any encounter was ever noted."""
        return self.last_contact is not None

    @property
    def needs_tending(self) -> bool:
        """Whether the contact belongs on the tending list."""
        return self.state in NEEDY and not self.hidden

    @property
    def quiet(self) -> bool:
        """Whether nothing invites to a hello: a snooze, or a tie that costs strength."""
        return self.hidden or self.contact.strained

    @property
    def warm(self) -> bool:
        """Whether the tie counts for coverage: active and not gone cold."""
        return self.state not in {State.COOLING, State.ENDED, State.PAUSED}


class Urgency(NamedTuple):
    """A contact on the tending list: its score (never shown) and what it alone can give."""

    tending: Tending
    score: int
    only_for: tuple[Kind, ...]


class Caution(NamedTuple):
    """Odd data about a contact: W1 a last contact in the future, W2 a meeting to ask about."""

    key: str
    contact: Contact
    day: date


def cadence_of(contact: Contact, *, recorded: bool) -> int:
    """Return the effective cadence in days, 0 for none (DOMAIN.md §3.2)."""
    if contact.cadence_days is not None:
        cadence = contact.cadence_days
    elif contact.where is Place.HOUSEHOLD:
        cadence = 0
    elif contact.circle is not None:
        cadence = CIRCLE_DAYS[contact.circle]
    else:
        cadence = min((role.cadence for role in contact.roles if role.cadence), default=0)
    return cadence if recorded else min(cadence, UNRECORDED_DAYS)


def tend(contact: Contact, touch: Touch, today: date) -> Tending:
    """Return where the relationship with *contact* stands on *today*."""
    last = touch.last_contact
    cadence = cadence_of(contact, recorded=last is not None)
    anchor = contact.added_on if last is None else min(last, today)
    for back in (contact.resumed_on, contact.paused_until):
        if back is not None and back <= today:
            anchor = max(anchor, back)
    days = max(0, (today - anchor).days)
    hidden = contact.snoozed_until is not None and today < contact.snoozed_until
    state = _state(contact, cadence, days, today, recorded=last is not None)
    due = None if state is State.ENDED else _later(anchor, cadence)
    return Tending(contact, state, last, cadence, days, due, hidden)


def _later(anchor: date, cadence: int) -> date | None:
    """Return the due day; None without a cadence or past the end of the calendar."""
    try:
        return anchor + timedelta(days=cadence) if cadence else None
    except OverflowError:
        return None


def _state(  # noqa: PLR0911  (the table of DOMAIN.md §3.4, a row a line)
    contact: Contact, cadence: int, days: int, today: date, *, recorded: bool
) -> State:
    status = contact.status_on(today)
    if status is Status.ENDED:
        return State.ENDED
    if status is Status.PAUSED:
        return State.PAUSED
    if cadence == 0:
        return State.UNTRACKED
    if contact.planned_on is not None and contact.planned_on >= today:
        return State.PLANNED
    if 5 * days < 4 * cadence:
        return State.FRESH
    if days < cadence:
        return State.SOON
    kin = contact.kin
    if recorded and days >= (4 if kin else 3) * cadence:
        return State.COOLING
    if (days >= 2 * cadence) if kin else (2 * days >= 3 * cadence):
        return State.OVERDUE
    return State.DUE


def urgencies(
    tendings: Iterable[Tending], sole_kinds: Mapping[str, Collection[Kind]]
) -> tuple[Urgency, ...]:
    """Return who needs tending, most urgent first (DOMAIN.md §3.5).

    *sole_kinds* maps the uid of a contact to the core6 kinds that nobody else gives.
    """
    found = []
    for tending in tendings:
        if tending.needs_tending:
            only_for = tuple(sole_kinds.get(tending.contact.uid, ()))
            found.append(Urgency(tending, _score(tending, sole=bool(only_for)), only_for))
    return tuple(sorted(found, key=_order))


def _order(urgency: Urgency) -> tuple[int, date, str, str]:
    tending = urgency.tending
    name = tending.contact.name
    return -urgency.score, tending.due or date.max, name.casefold(), name


def _score(tending: Tending, *, sole: bool) -> int:
    cap = SCORE_CAP if tending.recorded else SCORE_CAP_UNRECORDED
    closeness = {1: 50, 2: 25}.get(tending.contact.closeness, 0)
    return (
        min(cap, 100 * tending.days // tending.cadence)
        + closeness
        + (50 if sole else 0)
        + (0 if tending.contact.kin else 25)
    )


def cautions(tendings: Iterable[Tending], today: date) -> tuple[Caution, ...]:
    """Return the odd days of active contacts, W1 and W2 (DOMAIN.md §3.4), by key and name."""
    found = []
    for tending in tendings:
        if tending.state in {State.ENDED, State.PAUSED}:
            continue
        last, planned = tending.last_contact, tending.contact.planned_on
        if last is not None and last > today:
            found.append(Caution("W1", tending.contact, last))
        if planned is not None and planned < today and (last is None or last < planned):
            found.append(Caution("W2", tending.contact, planned))
    return tuple(sorted(found, key=_caution_order))


def _caution_order(odd: Caution) -> tuple[str, str, str]:
    return odd.key, odd.contact.name.casefold(), odd.contact.name
