"""What happens to a contact in everyday life: added, met, planned, snoozed, paused, back, gone.

Each function takes a contact and returns it as it is afterwards; the days are those of DOMAIN.md
§0.2 and §3. Nobody is ever removed here: who leaves the village stays in its history.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dorf.core.village import Contact, RoleSpan
from dorf.core.vocabulary import ROLES, Place, Status
from dorf.values import replace

if TYPE_CHECKING:
    from datetime import date

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
    return replace(contact, roles=(role,), role_history=history, **facts)


def settled(contact: Contact, encounter: Encounter) -> tuple[Contact, Encounter]:
    """Return both after the encounter was noted: no snooze, and no plan up to its day.

    Without a note of its own the encounter takes that of the plan which it fulfils.
    """
    plan, day = contact.planned_on, encounter.day
    met = replace(contact, snoozed_until=None)
    if plan == day and not encounter.note:
        encounter = replace(encounter, note=contact.planned_note)
    return planned(met, None) if plan is not None and plan <= day else met, encounter


def planned(contact: Contact, day: date | None, note: str | None = None) -> Contact:
    """Return *contact* with a meeting agreed on *day*, or with none."""
    return replace(contact, planned_on=day, planned_note=note if day else None, plan_every=None)


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


_STATED_IN = {
    Consequence.HOME: "where",
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
        Consequence.HOME: parted and after.where is Place.HOUSEHOLD,
        Consequence.SINGLE_PARENT: parted and not household.single_parent,
        Consequence.UNTIL: after.until is not None,
        Consequence.CADENCE: after.cadence_days is not None,
        Consequence.CIRCLE: after.circle is not None,
        Consequence.GIVES: after.gives is not None,
    }
    return tuple(consequence for consequence, wanted in asked.items() if wanted)


def answered(contact: Contact, what: Consequence, *, yes: bool) -> Contact:
    """Return *contact* after the question about *what* was answered.

    Yes keeps what was stated (or lives nearby); no leaves it to the defaults of the new role.
    """
    if what is Consequence.NEAR:
        return replace(contact, where=Place.NEAR if yes else Place.FAR)
    if yes or what is Consequence.SINGLE_PARENT:
        return contact
    unstated: dict[str, Any] = {_STATED_IN[what]: None}
    return replace(contact, **unstated)
