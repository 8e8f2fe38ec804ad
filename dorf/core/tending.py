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

SCORE_CAP = 400
SCORE_CAP_UNRECORDED = 150

PLAN_DAYS = 30
"""A plan counts if it lies no further ahead than the cadence, or this many days (§3.4)."""

MOURNING_DAYS = 60
"""For how long somebody is mourned, in days (DOMAIN.md §4.6, convention)."""

RESTING_DAYS = 28
"""After so many days without any note the log is resting (DOMAIN.md §3.4, convention)."""


class State(StrEnum):
    """The states of DOMAIN.md §3.4, in the order in which they are tried."""

    ENDED = "ended"
    PAUSED = "paused"
    UNTRACKED = "untracked"
    PLANNED = "planned"
    UNRECORDED = "unrecorded"
    COOLING = "cooling"
    OVERDUE = "overdue"
    DUE = "due"
    SOON = "soon"
    FRESH = "fresh"


NO_REMINDER = frozenset(
    {State.ENDED, State.PAUSED, State.UNTRACKED, State.PLANNED, State.UNRECORDED}
)
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
    """Whether the reminder is snoozed."""
    expired: bool
    """Whether the role is over although the contact is active."""
    plan: date | None
    """The day of the plan, of a standing date the next one."""

    @property
    def recorded(self) -> bool:
        """Whether any encounter was ever noted."""
        return self.last_contact is not None

    @property
    def present(self) -> bool:
        """Whether the contact counts: active, and the role not over (DOMAIN.md §0.2)."""
        return not self.expired and self.state not in {State.ENDED, State.PAUSED}

    @property
    def needs_tending(self) -> bool:
        """Whether the contact belongs on the tending list."""
        return self.state in NEEDY and not self.hidden and self.present

    @property
    def quiet(self) -> bool:
        """Whether nothing invites to a hello: a snooze, or a tie that costs strength."""
        return self.hidden or self.contact.strained


class Urgency(NamedTuple):
    """A contact on the tending list: its score (never shown) and what it alone can give."""

    tending: Tending
    score: int
    only_for: tuple[Kind, ...]
    missed_for: tuple[Kind, ...] = ()
    """What would be missed: what it alone can give, or few others now that its line is cold."""


class Caution(NamedTuple):
    """Odd data about a contact: W1 a last contact in the future, W2 a meeting to ask about."""

    key: str
    contact: Contact
    day: date


def cadence_of(contact: Contact) -> int:
    """Return the effective cadence in days, 0 for none (DOMAIN.md §3.2)."""
    if contact.cadence_days is not None:
        return contact.cadence_days
    if contact.where is Place.HOUSEHOLD or contact.strained:
        return 0
    main = contact.roles[0]
    if contact.circle is not None and not (main.formal or main.group):
        return CIRCLE_DAYS[contact.circle]
    return min((role.cadence for role in contact.roles if role.cadence), default=0)


def tend(contact: Contact, touch: Touch, today: date) -> Tending:
    """Return where the relationship with *contact* stands on *today*."""
    last = touch.last_contact
    cadence = cadence_of(contact)
    anchor = _anchor(contact, last, today)
    days = max(0, (today - anchor).days)
    hidden = contact.snoozed_until is not None and today < contact.snoozed_until
    plan = contact.next_plan(today)
    state = _state(contact, plan, cadence, days, today, recorded=last is not None)
    due = None if state is State.ENDED else _later(anchor, cadence)
    over = contact.until is not None and contact.until < today
    expired = over and contact.status_on(today) is Status.ACTIVE
    return Tending(contact, state, last, cadence, days, due, hidden, expired, plan)


def _anchor(contact: Contact, last: date | None, today: date) -> date:
    """Return the day from which the days are counted (DOMAIN.md §3.3)."""
    if last is not None:
        anchor = min(last, today)
    else:
        main = contact.roles[0]
        begun = [s.start for s in contact.role_history if s.role == main and not s.end and s.start]
        anchor = max([contact.added_on, *begun])
    paused = contact.status is Status.PAUSED
    over = contact.paused_until is not None and contact.paused_until <= today
    resumed = contact.paused_until if paused and over else contact.resumed_on
    return anchor if resumed is None else max(anchor, resumed)


def _later(anchor: date, cadence: int) -> date | None:
    """Return the due day; None without a cadence or past the end of the calendar."""
    try:
        return anchor + timedelta(days=cadence) if cadence else None
    except OverflowError:
        return None


def _state(  # noqa: PLR0911, PLR0913  (the table of DOMAIN.md §3.4, a row a line)
    contact: Contact, plan: date | None, cadence: int, days: int, today: date, *, recorded: bool
) -> State:
    status = contact.status_on(today)
    if status is Status.ENDED:
        return State.ENDED
    if status is Status.PAUSED:
        return State.PAUSED
    if cadence == 0:
        return State.UNTRACKED
    if plan is not None and 0 <= (plan - today).days <= max(cadence, PLAN_DAYS):
        return State.PLANNED
    if not (recorded or contact.cadence_days is not None or _is_new(contact)):
        return State.UNRECORDED
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


def _is_new(contact: Contact) -> bool:
    """Tell whether it is a new acquaintance, which is followed up before anything was noted."""
    return contact.roles[0].slug == "acquaintance"


def newest_contact(tendings: Iterable[Tending], today: date) -> date | None:
    """Return the newest encounter's day of a whole village; one in the future counts as today."""
    days = (t.last_contact for t in tendings if t.last_contact is not None)
    return max((min(day, today) for day in days), default=None)


def is_resting(newest: date | None, today: date) -> bool:
    """Tell whether the log rests, which is no sign that the village does (DOMAIN.md §3.4)."""
    return newest is not None and (today - newest).days > RESTING_DAYS


def plans_of(tendings: Iterable[Tending], today: date) -> tuple[Tending, ...]:
    """Return the present contacts with a meeting today or tomorrow, the next one first."""
    found = [
        (plan, tending.contact.name.casefold(), tending)
        for tending in tendings
        if tending.present and (plan := tending.plan) is not None and 0 <= (plan - today).days <= 1
    ]
    return tuple(entry[2] for entry in sorted(found, key=lambda entry: entry[:2]))


def urgencies(
    tendings: Iterable[Tending],
    sole_kinds: Mapping[str, Collection[Kind]],
    scarce_kinds: Mapping[str, Collection[Kind]],
) -> tuple[Urgency, ...]:
    """Return who needs tending, most urgent first (DOMAIN.md §3.5).

    *sole_kinds* maps the uid of a contact to the core6 kinds that nobody else gives, *scarce_kinds*
    that of whose line is cold to those that few others give.
    """
    found = []
    for tending in tendings:
        if tending.needs_tending:
            uid = tending.contact.uid
            only_for = tuple(sole_kinds.get(uid, ()))
            missed_for = only_for or tuple(scarce_kinds.get(uid, ()))
            score = _score(tending, sole=bool(only_for))
            found.append(Urgency(tending, score, only_for, missed_for))
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
    """Return the odd days of present contacts, W1 and W2 (DOMAIN.md §3.4), by key and name.

    Nobody is asked whether a meeting worked out with somebody who costs strength.
    """
    found = []
    for tending in tendings:
        if not tending.present:
            continue
        last, planned = tending.last_contact, tending.plan
        if last is not None and last > today:
            found.append(Caution("W1", tending.contact, last))
        past = planned is not None and planned < today and (last is None or last < planned)
        if past and planned is not None and not tending.contact.strained:
            found.append(Caution("W2", tending.contact, planned))
    return tuple(sorted(found, key=_caution_order))


def _caution_order(odd: Caution) -> tuple[str, str, str]:
    return odd.key, odd.contact.name.casefold(), odd.contact.name
