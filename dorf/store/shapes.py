"""Values to the rows that stand for them, table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dorf.core.village import Contact, Encounter, Household

_TEXTS = ("nicknames", "skills", "phones", "emails", "addresses")

Row = dict[str, object]


def participations(key: int, encounter: Encounter, ids: Mapping[str, int]) -> Iterator[Row]:
    """Yield who was there, a row each; *ids* are the rows of the contacts by uid."""
    ways = [one.direction.value for one in encounter.help]
    for n, uid in enumerate(encounter.contacts):
        yield {
            "contact_id": ids[uid],
            "day": encounter.day.isoformat(),
            "encounter_id": key,
            "position": n,
            "help_in": ways.count("in"),
            "help_out": ways.count("out"),
        }


def helps(key: int, encounter: Encounter) -> Iterator[Row]:
    """Yield the help that went either way, a row each."""
    for n, one in enumerate(encounter.help):
        yield {
            "encounter_id": key,
            "position": n,
            "direction": one.direction.value,
            "kind": one.kind.value,
        }


def contact_parts(contact: Contact) -> dict[str, list[Row]]:
    """Return the fields of a contact that have tables of their own, as rows without their owner."""
    return {
        "contact_role": [
            {"position": n, "role": role.slug} for n, role in enumerate(contact.roles)
        ],
        "role_span": [
            {
                "position": n,
                "role": span.role.slug,
                "start_day": iso(span.start),
                "end_day": iso(span.end),
            }
            for n, span in enumerate(contact.role_history)
        ],
        "contact_kind": [
            {"way": way, "kind": kind.value}
            for way, kinds in (("gives", contact.gives), ("gets", contact.gets))
            for kind in sorted(kinds or ())
        ],
        "contact_text": [
            {"field": field, "position": n, "text": text}
            for field in _TEXTS
            for n, text in enumerate(getattr(contact, field))
        ],
        "kid": [
            {"position": n, "name": kid.name, "born": kid.born and str(kid.born)}
            for n, kid in enumerate(contact.kids)
        ],
        "yearly_day": [
            {"position": n, "name": one.name, "day": str(one.day)}
            for n, one in enumerate(contact.yearly_days)
        ],
        "attachment": [{"child": child, "bond": bond.value} for child, bond in contact.attachment],
    }


def household_parts(household: Household) -> dict[str, list[Row]]:
    """Return the fields of the household that have tables of their own, as rows."""
    return {
        "child": [{"name": c.name, "born": str(c.born)} for c in household.children],
        "wish": [{"skill": wish} for wish in household.wishes],
        "rule_off": [{"key": key} for key in sorted(household.rules_off)],
        "acceptance": [{"key": a.key, "until": iso(a.until)} for a in household.accepted],
    }


def iso(day: date | None) -> str | None:
    """Return a day as it is written in a column."""
    return day.isoformat() if day else None


def contact_row(contact: Contact, stamp: str) -> Row:
    """Return the fields of a contact that are columns of its own row."""
    return {
        "uid": contact.uid,
        "name": contact.name,
        "added_on": contact.added_on.isoformat(),
        "circle": contact.circle,
        "cadence_days": contact.cadence_days,
        "planned_on": iso(contact.planned_on),
        "planned_note": contact.planned_note,
        "lead_days": contact.lead_days,
        "snoozed_until": iso(contact.snoozed_until),
        "status": contact.status.value,
        "paused_until": iso(contact.paused_until),
        "resumed_on": iso(contact.resumed_on),
        "until": iso(contact.until),
        "place": contact.where and contact.where.value,
        "online_only": contact.online_only,
        "trusted": contact.trusted,
        "pickup": contact.pickup,
        "strained": contact.strained,
        "single_parent": contact.single_parent,
        "gives_stated": contact.gives is not None,
        "gets_stated": contact.gets is not None,
        "birthday": contact.birthday and str(contact.birthday),
        "notes": contact.notes,
        "changed_at": stamp,
    }


def encounter_row(encounter: Encounter, stamp: str) -> Row:
    """Return the fields of an encounter that are columns of its own row."""
    return {
        "uid": encounter.uid,
        "day": encounter.day.isoformat(),
        "how": encounter.how and encounter.how.value,
        "note": encounter.note,
        "changed_at": stamp,
    }
