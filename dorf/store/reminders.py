"""What reminders have told: kept in the file, but no part of the village and of no undo step.

The few rows are written in plain SQL: a reminder in a shell's profile has no time for more.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dorf.core.reminders import Notified, Subject
from dorf.store.opening import transaction, trusting

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from dorf.core.reminders import Notice

KEPT_DAYS = 400
"""How long it is remembered that something was told: a yearly day, once round (convention)."""


def memory(connection: sqlite3.Connection) -> dict[tuple[Subject, str], Notified]:
    """Return what was told, and when."""
    found = connection.execute("SELECT about, key, day, times, basis FROM reminded").fetchall()
    with trusting():
        return {
            (Subject(about), key): Notified(date.fromisoformat(day), times, basis)
            for about, key, day, times, basis in found
        }


def remember(connection: sqlite3.Connection, notices: Iterable[Notice], today: date) -> None:
    """Write that *notices* were given *today*, and forget those of long ago."""
    day = today.isoformat()
    rows = [
        (notice.subject.value, notice.key, day, notice.times, notice.basis) for notice in notices
    ]
    with transaction(connection, "IMMEDIATE"):
        connection.executemany(
            "INSERT INTO reminded (about, key, day, times, basis) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (about, key) DO UPDATE SET day = excluded.day, times = excluded.times,"
            " basis = excluded.basis",
            rows,
        )
        past = (today - timedelta(days=KEPT_DAYS)).isoformat()
        connection.execute("DELETE FROM reminded WHERE day < ?", [past])
