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
    found = connection.execute("SELECT about, key, day, state FROM reminded").fetchall()
    with trusting():
        return {
            (Subject(about), key): Notified(date.fromisoformat(day), state)
            for about, key, day, state in found
        }


def remember(connection: sqlite3.Connection, notices: Iterable[Notice], today: date) -> None:
    """Write that *notices* were given *today*, and forget those of long ago."""
    rows = [
        (notice.subject.value, notice.key, today.isoformat(), notice.state) for notice in notices
    ]
    with transaction(connection, "IMMEDIATE"):
        connection.executemany(
            "INSERT INTO reminded (about, key, day, state) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (about, key) DO UPDATE SET day = excluded.day, state = excluded.state",
            rows,
        )
        past = (today - timedelta(days=KEPT_DAYS)).isoformat()
        connection.execute("DELETE FROM reminded WHERE day < ?", [past])
