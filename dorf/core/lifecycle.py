"""What happens to a contact in everyday life: added, met, planned, snoozed, paused, back, gone.

Each function takes a contact and returns it as it is afterwards; the days are those of DOMAIN.md
§0.2 and §3. Nobody is ever removed here: who leaves the village stays in its history.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dorf.core.village import LONGEST_PLAN, WEEK, Contact, RoleSpan
from dorf.core.vocabulary import ROLES, Place, Status
from dorf.errors import N_, UsageFailure
from dorf.values import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.core.village import Child, Encounter, Household, Village
    from dorf.core.vocabulary import Role


_USUAL_FACTS: dict[str, dict[str, Any]] = {
    "partner": {"where": Place.HOUSEHOLD},
    "online_community": {"online_only": True},
}
"""The fields that a main role sets where nothing else was said (DOMAIN.md §0.2)."""


def added(uid: str, name: str, today: date, fields: dict[str, Any]) -> Contact:
    """Return a new contact with *fields*, and what else holds of somebody who is added today."""
    roles = fields.get("roles", (ROLES["other"],))
    history = tuple(RoleSpan(role, today) for role in roles)
    usual = _USUAL_FACTS.get(roles[0].slug, {})
    return Contact(uid, name, today, **{"role_history": history, **usual, **fields})


def with_open_role_known(contact: Contact, role: Role) -> Contact:
    """Return *contact*, whose role was open, with the *role* that it had all along."""
    usual = _USUAL_FACTS.get(role.slug, {})
    facts = {field: fact for field, fact in usual.items() if getattr(contact, field) is None}
    history = (RoleSpan(role, contact.added_on),)
    known = contact.with_roles((role,), contact.added_on)
    return replace(known, role_history=history, **facts)


def settled(contact: Contact, encounter: Encounter) -> tuple[Contact, Encounter]:
    """Return both after the encounter was noted: no snooze, and no plan up to its day.

    Without a note of its own the encounter takes that of the plan which it fulfils. Of a standing
    date it settles the days up to its own; the next one is the plan.
    """
    day = encounter.day
    met = replace(contact, snoozed_until=None)
    if contact.next_plan(day) == day and not encounter.note:
        encounter = replace(encounter, note=contact.planned_note)
    if contact.planned_on is None or contact.planned_on > day:
        return met, encounter
    if contact.plan_every is None:
        return planned(met, None), encounter
    return replace(met, planned_on=contact.next_plan(day + timedelta(days=1))), encounter


def planned(
    contact: Contact, day: date | None, note: str | None = None, every: int | None = None
) -> Contact:
    """Return *contact* with a meeting agreed on *day*, or with none.

    A standing date comes back *every* so many days.
    """
    note, every = (note, every) if day else (None, None)
    return replace(contact, planned_on=day, planned_note=note, plan_every=every)


def snoozed(contact: Contact, until: date | None) -> Contact:
    """Return *contact* with its reminder hidden before *until*, or awake again."""
    return replace(contact, snoozed_until=until)


def paused(contact: Contact, until: date | None) -> Contact:
    """Return *contact* resting, up to a day or until `resumed`; it is no part of any finding."""
    return replace(
        contact,
        status=Status.PAUSED,
        paused_until=until,
        resumed_on=None,
        snoozed_until=None,
    )


def resumed(contact: Contact, today: date) -> Contact:
    """Return *contact* back from a pause or from having left; days count from *today* on.

    A contact that is active already is returned as it is.
    """
    if contact.status_on(today) is Status.ACTIVE:
        return contact
    back = replace(contact, status=Status.ACTIVE, paused_until=None, resumed_on=today)
    if contact.status is Status.PAUSED:
        return back
    spans = (*contact.role_history, *(RoleSpan(role, today) for role in contact.roles))
    return replace(back, role_history=spans)


def ended(contact: Contact, today: date) -> Contact:
    """Return *contact* as somebody who used to be in the village, with nothing left to remind of.

    The roles end today in the role history; a contact that left already is returned as it is.
    """
    if contact.status is Status.ENDED:
        return contact
    known = {span.role for span in contact.role_history if span.end is None}
    spans = [s._replace(end=today) if s.end is None else s for s in contact.role_history]
    spans += [RoleSpan(r, contact.added_on, today) for r in contact.roles if r not in known]
    return replace(
        planned(contact, None),
        status=Status.ENDED,
        snoozed_until=None,
        paused_until=None,
        resumed_on=None,
        role_history=tuple(spans),
    )


def died(contact: Contact, day: date | None, today: date) -> Contact:
    """Return *contact* as somebody who has died on *day*; on an unknown one if that is None."""
    return replace(ended(contact, today), died_on=day or contact.died_on)


def left_on(contact: Contact, today: date) -> date | None:
    """Return the day on which the last role of somebody who left ended; None if it is unknown."""
    spans = contact.role_history
    ends = [span.end for span in spans if span.end and span.end <= today]
    still_open = any(span.end is None for span in spans)
    is_known = contact.status is Status.ENDED and ends and not still_open
    return max(ends) if is_known else None


def child_changed(
    village: Village, old: Child, new: Child
) -> tuple[Household, tuple[Contact, ...]]:
    """Return the household with the child as it is now, and the contacts whose bond names it anew.

    Who is attached to it stays attached, and what was said of findings about it still counts.
    """
    from dorf.core.gaps.finding import About  # few commands need the rules
    from dorf.core.gaps.rules import renamed_keys

    children = tuple(new if child == old else child for child in village.household.children)
    household = village.household._replace(children=children)
    contacts = []
    for contact in village.contacts:
        bonds = tuple((new.name if c == old.name else c, b) for c, b in contact.attachment)
        if bonds != contact.attachment:
            contacts.append(replace(contact, attachment=bonds))
    keys = renamed_keys(old.name, new.name, About.CHILD)
    return household.renamed(keys), tuple(contacts)


class Consequence(StrEnum):
    """What else may be different once somebody has a new role; worth a question each."""

    HOME = "home"
    NEAR = "near"
    SINGLE_PARENT = "single_parent"
    UNTIL = "until"
    CADENCE = "cadence"
    CIRCLE = "circle"
    GIVES = "gives"
    STRAINED = "strained"


_STATED_IN = {
    Consequence.UNTIL: "until",
    Consequence.CADENCE: "cadence_days",
    Consequence.CIRCLE: "circle",
    Consequence.GIVES: "gives",
}
"""The field of a contact that each is about."""


def consequences(before: Contact, after: Contact, household: Household) -> tuple[Consequence, ...]:
    """Return what to ask after the roles of a contact changed from *before* to *after*.

    Only what was stated for the old role and may not fit the new one: defaults follow by
    themselves.
    """
    if before.roles == after.roles:
        return ()
    slugs = [{role.slug for role in contact.roles} for contact in (before, after)]
    parted = "partner" in slugs[0] and "partner" not in slugs[1]
    asked = {
        Consequence.HOME: parted and before.where is Place.HOUSEHOLD,
        Consequence.SINGLE_PARENT: parted and not household.single_parent,
        Consequence.UNTIL: after.until is not None,
        Consequence.CADENCE: after.cadence_days is not None,
        Consequence.CIRCLE: after.circle is not None,
        Consequence.GIVES: after.gives is not None,
        Consequence.STRAINED: "coparent" in slugs[1] - slugs[0] and may_cost_strength(after),
    }
    return tuple(consequence for consequence, wanted in asked.items() if wanted)


def may_cost_strength(contact: Contact) -> bool:
    """Tell whether to ask if a tie costs strength: that of a co-parent, unless it was said."""
    return ROLES["coparent"] in contact.roles and not contact.strained


def answered(contact: Contact, what: Consequence, *, yes: bool) -> Contact:
    """Return *contact* after the question about *what* was answered.

    Yes keeps what was stated (or lives nearby); no leaves it to the defaults of the new role.
    """
    if what is Consequence.STRAINED:
        return replace(contact, strained=yes)
    if what is Consequence.HOME:
        return replace(contact, where=Place.HOUSEHOLD if yes else None)
    if what is Consequence.NEAR:
        return replace(contact, where=Place.NEAR if yes else Place.FAR)
    if yes or what is Consequence.SINGLE_PARENT:
        return contact
    unstated: dict[str, Any] = {_STATED_IN[what]: None}
    return replace(contact, **unstated)


# --- how a standing date is said ----------------------------------------------------------------

_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday mon montag mo",
            "tuesday tue dienstag di",
            "wednesday wed mittwoch mi",
            "thursday thu donnerstag do",
            "friday fri freitag fr",
            "saturday sat samstag sa sonnabend",
            "sunday sun sonntag so",
        )
    )
    for word in words.split()
}
_EACH = frozenset({"every", "each", "jede", "jeden", "jeder", "jedes", "alle", "immer"})
_BETWEEN = frozenset({"on", "am", "an", "week", "weeks", "woche", "wochen"})
_SECOND = frozenset({"other", "second", "2nd", "zweite", "zweiten", "zweiter", "anderen"})
_MOST_WORDS = 5
"""Words in which a standing date is said: "every other week on Monday"."""


class Repeat(NamedTuple):
    """Every so many days, on a weekday if one was named (0 is Monday)."""

    days: int
    weekday: int | None = None

    def first(self, start: date) -> date:
        """Return the first such day from *start* on."""
        weekday = start.weekday() if self.weekday is None else self.weekday
        return start + timedelta(days=(weekday - start.weekday()) % WEEK)


def parse_repeat(text: str) -> Repeat:
    """Read "Wednesday", "mittwochs", "every other Monday", "2 Wochen montags", "2w" or "weekly".

    Raise `UsageFailure` for any other form: what comes by the month has no weekday of its own.
    """
    words = [word for word in text.casefold().split() if word not in _EACH]
    weekday = _weekday(words[-1]) if words else None
    rest = words[:-1] if weekday is not None else words
    days = _days([word for word in rest if word not in {"on", "am", "an"}])
    if not words or days % WEEK or not 0 < days <= LONGEST_PLAN:
        raise UsageFailure(
            N_(
                "“{text}” is no standing date. It comes on a day of the week, every week or every "
                "few weeks: Wednesday, mittwochs, “2 weeks Wednesday”, 2w."
            ),
            text=text,
        )
    return Repeat(days, weekday)


def _weekday(word: str) -> int | None:
    return _WEEKDAYS.get(word, _WEEKDAYS.get(word.removesuffix("s")))


def _days(words: list[str]) -> int:
    """Return the days from one to the next; 0 if the *words* don't say so."""
    from dorf.core.sayings.spans import UnknownSpan, parse_span

    bare = [word for word in words if word not in _BETWEEN]
    if not bare:
        return WEEK
    if len(bare) == 1 and bare[0] in _SECOND:
        return 2 * WEEK
    try:
        return parse_span(" ".join(words))
    except UnknownSpan:
        return 0


def repeat_in(words: Sequence[str]) -> int:
    """Return how many of the last *words* say a standing date: "every Wednesday", "mittwochs"."""
    for n in range(min(len(words), _MOST_WORDS), 0, -1):
        first, *more = (word.casefold() for word in " ".join(words[-n:]).split())
        adverb = not more and first not in _WEEKDAYS and _weekday(first) is not None
        if adverb or (more and first in _EACH and _is_repeat([first, *more])):
            return n
    return 0


def _is_repeat(words: list[str]) -> bool:
    try:
        parse_repeat(" ".join(words))
    except UsageFailure:
        return False
    return True
