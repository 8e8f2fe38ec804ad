"""Which encounters are read from the log, and how: by filter, by the start of an ID, the newest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dorf.core.vocabulary import Direction, How, Kind
from dorf.store.opening import transaction, trusting
from dorf.store.table import grouped

if TYPE_CHECKING:
    import sqlite3

    from dorf.core.village import Encounter

_DAY = date.fromisoformat
_NEWEST = "e.id = (SELECT max(id) FROM encounter)"


class EncounterFilter(NamedTuple):
    """Which encounters to read; what is None does not filter."""

    contacts: tuple[str, ...] = ()
    how: str | None = None
    since: date | None = None
    until: date | None = None
    noted: bool = False
    """Only those with a note."""
    newest: int | None = None
    """Only so many, the newest ones."""


def read(connection: sqlite3.Connection, wanted: EncounterFilter) -> tuple[Encounter, ...]:
    """Return the *wanted* encounters, oldest first."""
    where, values = _conditions(wanted)
    if wanted.newest is not None:
        where = (
            f"e.id IN (SELECT e.id FROM encounter e WHERE {where}"
            f" ORDER BY e.day DESC, e.id DESC LIMIT {int(wanted.newest)})"
        )
    return _read(connection, where, values)


def by_row(connection: sqlite3.Connection, key: int) -> Encounter:
    """Return the encounter of one row."""
    return _read(connection, "e.id = ?", [key])[0]


def newest(connection: sqlite3.Connection) -> tuple[Encounter, ...]:
    """Return the encounter that was noted last, whichever its day, if there is any."""
    return _read(connection, _NEWEST, [])


def _read(
    connection: sqlite3.Connection, where: str, values: list[str | int]
) -> tuple[Encounter, ...]:
    """Return the encounters *where* a condition of constants holds, at one moment."""
    from dorf.core.village import Encounter, Help

    chosen = f"SELECT e.id FROM encounter e WHERE {where}"
    run = connection.execute
    with transaction(connection, "DEFERRED"), trusting():
        people = grouped(
            run(
                "SELECT p.encounter_id, c.uid FROM participation p JOIN contact c"
                f" ON c.id = p.contact_id WHERE p.encounter_id IN ({chosen})"
                " ORDER BY p.encounter_id, p.position",
                values,
            )
        )
        helped = grouped(
            run(
                "SELECT encounter_id, direction, kind FROM encounter_help"
                f" WHERE encounter_id IN ({chosen}) ORDER BY encounter_id, position",
                values,
            )
        )
        found = run(
            "SELECT e.id, e.uid, e.day, e.how, e.note, e.changed_at FROM encounter e"
            f" WHERE {where} ORDER BY e.day, e.id",
            values,
        )
        return tuple(
            Encounter(
                uid,
                _DAY(day),
                tuple(people[key]),
                how and How(how),
                note,
                tuple([Help(Direction(way), _KIND[kind]) for way, kind in helped.get(key, ())]),
                changed_at,
            )
            for key, uid, day, how, note, changed_at in found
        )


_KIND = {kind.value: kind for kind in Kind}


def _conditions(wanted: EncounterFilter) -> tuple[str, list[str | int]]:
    """Return the WHERE clause for *wanted*, made of constants, and the values for its marks."""
    clauses, values = ["1"], list[str | int]()
    if wanted.contacts:
        marks = ", ".join("?" * len(wanted.contacts))
        clauses.append(
            "e.id IN (SELECT p.encounter_id FROM participation p JOIN contact c"
            f" ON c.id = p.contact_id WHERE c.uid IN ({marks}))"
        )
        values += wanted.contacts
    for clause, value in (
        ("e.how = ?", wanted.how),
        ("e.day >= ?", wanted.since and wanted.since.isoformat()),
        ("e.day <= ?", wanted.until and wanted.until.isoformat()),
    ):
        if value:
            clauses.append(clause)
            values.append(value)
    if wanted.noted:
        clauses.append("e.note IS NOT NULL")
    return " AND ".join(clauses), values


def count_with_nobody_else(connection: sqlite3.Connection, uid: str) -> int:
    """Return how many encounters were with the contact *uid* and nobody else."""
    found = connection.execute(
        "SELECT count(*) FROM participation p JOIN contact c ON c.id = p.contact_id"
        " WHERE c.uid = ? AND NOT EXISTS (SELECT 1 FROM participation o WHERE"
        " o.encounter_id = p.encounter_id AND o.contact_id <> p.contact_id)",
        [uid],
    )
    return int(found.fetchone()[0])
