"""Counting in the log: per month, way and kind of help. SQLite counts; no encounter is read."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from dorf.core.statistics import Course, Past
from dorf.core.vocabulary import ROLES, Direction, How, Kind
from dorf.store.opening import transaction, trusting

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from dorf.core.statistics import Period
    from dorf.core.vocabulary import Source

_MONTHS = """
SELECT substr(day, 1, 7), count(*) FROM encounter WHERE day BETWEEN ? AND ? GROUP BY 1
"""
# Through its index, each row of the period would be looked up for its way: slower than reading all.
_HOW = """
SELECT how, count(*) FROM encounter NOT INDEXED WHERE day BETWEEN ? AND ? GROUP BY how
"""
# Help is rare: from there to the encounters, not the other way round.
_HELP = """
SELECT h.direction, h.kind, count(*) FROM encounter_help h
    CROSS JOIN encounter e ON e.id = h.encounter_id
    WHERE e.day BETWEEN ? AND ? GROUP BY h.direction, h.kind
"""
_OF_CONTACT = "p.contact_id = (SELECT id FROM contact WHERE uid = ?)"
_OF_ROLES = (
    "p.contact_id IN (SELECT contact_id FROM contact_role WHERE position = 0 AND role IN {})"
)


def past(connection: sqlite3.Connection, period: Period) -> Past:
    """Return what the log of the whole village counts in *period*."""
    days = (period.since.isoformat(), period.until.isoformat())
    with transaction(connection, "DEFERRED"), trusting():
        helped: dict[Direction, dict[Kind, int]] = {way: {} for way in Direction}
        for way, kind, times in connection.execute(_HELP, days):
            helped[Direction(way)][Kind(kind)] = times
        how = {way and How(way): times for way, times in connection.execute(_HOW, days)}
        return Past(_per_month(connection.execute(_MONTHS, days), period), how, helped)


def course(connection: sqlite3.Connection, period: Period, uid: str) -> Course:
    """Return how often a contact was met."""
    return _course(connection, period, _OF_CONTACT, [uid])


def course_of_group(connection: sqlite3.Connection, period: Period, source: Source) -> Course:
    """Return how often anybody was met whose main role belongs to a group (DOMAIN.md §1).

    An encounter with several of them counts once.
    """
    roles = [role.slug for role in ROLES.values() if role.source is source]
    marks = f"({', '.join('?' * len(roles))})"
    return _course(connection, period, _OF_ROLES.format(marks), roles)


def _course(
    connection: sqlite3.Connection, period: Period, whose: str, values: list[str]
) -> Course:
    since, until = period.since.isoformat(), period.until.isoformat()
    ever = (
        "SELECT count(DISTINCT p.encounter_id), min(p.day), max(p.day) FROM participation p"
        f" WHERE {whose} AND p.day <= ?"
    )
    months = (
        "SELECT substr(p.day, 1, 7), count(DISTINCT p.encounter_id) FROM participation p"
        f" WHERE {whose} AND p.day BETWEEN ? AND ? GROUP BY 1"
    )
    with transaction(connection, "DEFERRED"), trusting():
        times, first, last = connection.execute(ever, [*values, until]).fetchone()
        counted = _per_month(connection.execute(months, [*values, since, until]), period)
        return Course(counted, times, _day(first), _day(last))


def _per_month(rows: Iterable[tuple[str, int]], period: Period) -> tuple[int, ...]:
    counted = defaultdict(int, rows)
    return tuple(counted[month.isoformat()[:7]] for month in period.months)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
