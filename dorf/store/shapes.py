"""Values to the rows that stand for them, table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.village import FIELDS
from dorf.store.columns import PLAIN, STATED, TABLES, iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dorf.core.village import Contact, Encounter, Household
    from dorf.store.columns import Row


def participations(key: int, encounter: Encounter, ids: Mapping[str, int]) -> Iterator[Row]:
    """Yield who was there, a row each; *ids* are the rows of the contacts by uid."""
    ways = [part.direction.value for part in encounter.help]
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
    for n, part in enumerate(encounter.help):
        yield {
            "encounter_id": key,
            "position": n,
            "direction": part.direction.value,
            "kind": part.kind.value,
        }


def contact_parts(contact: Contact) -> dict[str, list[Row]]:
    """Return the fields of a contact that have tables of their own, as rows without their owner."""
    parts: dict[str, list[Row]] = {table.name: [] for table in TABLES.values()}
    for name, field in FIELDS.items():
        if table := TABLES.get(field.kind):
            parts[table.name] += table.rows(name, getattr(contact, name) or ())
    return parts


def household_parts(household: Household) -> dict[str, list[Row]]:
    """Return the fields of the household that have tables of their own, as rows."""
    return {
        "child": [{"name": c.name, "born": str(c.born)} for c in household.children],
        "wish": [{"skill": wish} for wish in household.wishes],
        "rule_off": [{"key": key} for key in sorted(household.rules_off)],
        "acceptance": [{"key": a.key, "until": iso(a.until)} for a in household.accepted],
    }


def contact_row(contact: Contact, stamp: str) -> Row:
    """Return the fields of a contact that are columns of its own row."""
    row: Row = {}
    for name, field in FIELDS.items():
        value = getattr(contact, name)
        if field.kind == "kinds":
            row[STATED.format(name)] = value is not None
        elif field.kind not in TABLES:
            row[field.column] = value if value is None or field.kind in PLAIN else str(value)
    return row | {"changed_at": stamp}


def encounter_row(encounter: Encounter, stamp: str) -> Row:
    """Return the fields of an encounter that are columns of its own row."""
    return {
        "uid": encounter.uid,
        "day": encounter.day.isoformat(),
        "how": encounter.how and encounter.how.value,
        "note": encounter.note,
        "changed_at": stamp,
    }
