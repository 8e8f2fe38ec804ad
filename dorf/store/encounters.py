"""Which encounters are read from the log, and how: by filter, by the start of an ID, the newest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dorf.core.vocabulary import Direction, How, Kind
from dorf.store.opening import transaction, trusting
from dorf.store.table import grouped
from dorf.values import NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from dorf.core.village import Encounter

_DAY = date.fromisoformat
_AT_ONCE = 500
"""Rows that are asked for by their ids; SQLite takes 999 values in each of its versions."""


class EncounterFilter(NamedTuple):
    """Which encounters to read; what is None does not filter."""

    contacts: tuple[str, ...] = ()
    how: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None
    """Only those with this in the note, in any spelling."""
    received: Kind | None = None
    """Only those in which help of this kind was received."""


def read(connection: sqlite3.Connection, wanted: EncounterFilter) -> tuple[Encounter, ...]:
    """Return the *wanted* encounters, oldest first."""
    return read_where(connection, *_conditions(connection, wanted))


def newest(
    connection: sqlite3.Connection, wanted: EncounterFilter, most: int
) -> tuple[tuple[Encounter, ...], int]:
    """Return the newest of the *wanted* encounters, oldest first, and how many more there are."""
    where, values = _conditions(connection, wanted)
    run = connection.execute
    with transaction(connection, "DEFERRED"):
        if wanted.text is None:
            order = "ORDER BY day DESC, id DESC LIMIT ?"
            keys = run(f"SELECT id FROM encounter e WHERE {where} {order}", [*values, most])
            shown = [key for (key,) in keys]
            total = run(f"SELECT count(*) FROM encounter e WHERE {where}", values).fetchone()[0]
        else:  # one walk: the order of days would be a seek for each row that does not hold it
            found = run(f"SELECT day, id FROM encounter e WHERE {where}", values)
            shown, total = _newest(found, most)
        return read_where(connection, *_rows(shown)), total - len(shown)


def _newest(found: Iterable[tuple[str, int]], most: int) -> tuple[list[int], int]:
    """Return the ids of the newest rows, and how many rows there are; few are in memory at once."""
    total, kept = 0, list[tuple[str, int]]()
    for total, row in enumerate(found, 1):  # noqa: B007  (the last number is the total)
        kept.append(row)
        if len(kept) > _AT_ONCE + most:
            kept = sorted(kept)[-most:]
    return [key for _, key in sorted(kept)[-most:]], total


def _rows(keys: list[int]) -> tuple[str, list[str | int]]:
    """Return the condition that just these rows fulfil, and its values."""
    return f"e.id IN ({', '.join('?' * len(keys))})", [*keys]


def read_where(
    connection: sqlite3.Connection, where: str, values: list[str | int]
) -> tuple[Encounter, ...]:
    """Return the encounters *where* a condition of constants holds, at one moment."""
    from dorf.core.village import Encounter, Help

    run = connection.execute
    with transaction(connection, "DEFERRED"), trusting():
        found = run(
            "SELECT e.id, e.uid, e.day, e.how, e.note, e.changed_at FROM encounter e"
            f" WHERE {where} ORDER BY e.day, e.id",
            values,
        ).fetchall()
        if len(found) <= _AT_ONCE:  # the condition may have cost a walk through the log
            where, values = _rows([row[0] for row in found])
        chosen = f"SELECT e.id FROM encounter e WHERE {where}"
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


def _conditions(
    connection: sqlite3.Connection, wanted: EncounterFilter
) -> tuple[str, list[str | int]]:
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
    if wanted.received is not None:
        clauses.append(
            "e.id IN (SELECT encounter_id FROM encounter_help WHERE direction = 'in' AND kind = ?)"
        )
        values.append(wanted.received.value)
    if wanted.text is not None:
        from dorf.store.search import holding

        clause, texts = holding(connection, "e.note", wanted.text)
        clauses.append(clause)
        values += texts
    return " AND ".join(clauses), values
