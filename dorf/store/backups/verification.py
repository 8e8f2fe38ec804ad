"""Whether a file is a whole village that can be restored: its pages, its schema and its rows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from dorf.errors import N_, UnreadableFile
from dorf.store.inspection import in_short, inspect
from dorf.store.opening import DamagedRowsError, connect, is_damage, trust, trusting
from dorf.store.reader import Reader
from dorf.store.schema import STEPS
from dorf.store.undo import steps as recorded_steps
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from dorf.core.village import Village
    from dorf.store.schema import Steps

_ANY_DAY = date(2000, 1, 1)
_COUNTS = "SELECT sum(help_in), sum(help_out) FROM participation"
"""What `status` adds up for its last months: it must be possible on any day."""


class BrokenCopy(UnreadableFile):
    """A copy is not as it should be; it was not used, and nothing was changed. Exit status 6."""


class Census(NamedTuple):
    """How much there is in a village file."""

    contacts: int
    encounters: int


def verify(path: Path, steps: Steps) -> Census:
    """Check the file at *path*, of the newest format, for all that a restore asks of it.

    Return what it holds; raise `BrokenCopy`.
    """
    with closing(connect(path)) as connection:
        if reason := fault(connection, steps):
            raise broken(path, reason)
        return count_rows(connection)


def fault(connection: sqlite3.Connection, steps: Steps) -> str | None:
    """Return what keeps an open file of the newest format from being a whole village, if anything.

    Raise `sqlite3.Error` when the file could not be looked at.
    """
    if found := strange(connection, steps) or complaints(connection):
        return in_short(found)
    try:
        read_everything(connection, _ANY_DAY)
    except DamagedRowsError as error:
        return str(error)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return str(error)
    return None


def read_everything(connection: sqlite3.Connection, today: date) -> Village:
    """Read all that the village holds, and what it remembers.

    Raise `DamagedRowsError`, and `sqlite3.Error` as it comes.
    """
    reader = Reader(connection)
    with trusting():
        reader.interview()
        reader.known()
        reader.published()
        reader.memory()
        recorded_steps(connection)
        connection.execute(_COUNTS).fetchone()
        return reader.whole_village(today)


def census(path: Path) -> Census:
    """Return how much there is in the village file at *path*."""
    with closing(connect(path)) as connection:
        return count_rows(connection)


def count_rows(connection: sqlite3.Connection) -> Census:
    """Return how much there is in an open village file."""
    statement = "SELECT (SELECT count(*) FROM contact), (SELECT count(*) FROM encounter)"
    return Census(*connection.execute(statement).fetchone())


def check(path: Path, *, thorough: bool = True) -> None:
    """Raise `BrokenCopy` unless the file at *path*, of whatever format, is sound.

    A *thorough* look asks for all that a restore asks of a file of the newest format.
    """
    with closing(connect(path)) as connection:
        newest = connection.execute("PRAGMA user_version").fetchone()[0] == len(STEPS)
        if thorough and newest:
            if reason := fault(connection, STEPS):
                raise broken(path, reason)
        elif found := strange(connection, STEPS) or complaints(connection, thorough=thorough):
            raise broken(path, in_short(found[:1]))


def strange(connection: sqlite3.Connection, steps: Steps) -> tuple[str, ...]:
    """Return what is foreign in the schema of an open file; trust it if that is nothing."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    found = inspect(connection, steps[:version]).foreign
    if not found:
        trust(connection)
    return found


def broken(path: Path, reason: str) -> BrokenCopy:
    """Return the refusal of the copy at *path*."""
    return BrokenCopy(
        N_("{file} is damaged ({reason}). Nothing was changed."), file=str(path), reason=reason
    )


def complaints(connection: sqlite3.Connection, *, thorough: bool = True) -> list[str]:
    """Return what SQLite itself finds wrong, at most a few lines.

    Raise `sqlite3.Error` when it could not look, such as while another program writes.
    """
    found = unsound(connection, thorough=thorough)
    return found or (dangling(connection) if thorough else [])


def unsound(connection: sqlite3.Connection, *, thorough: bool = True) -> list[str]:
    """Return what is wrong with the pages of a file; *thorough* looks into every index."""
    pragma = "integrity_check(5)" if thorough else "quick_check(5)"
    return [row[0] for row in _asked(connection, pragma) if row[0] != "ok"]


def dangling(connection: sqlite3.Connection) -> list[str]:
    """Return which tables have rows that belong to nothing."""
    found = _asked(connection, "foreign_key_check")
    return list(dict.fromkeys(f"{row[0]}: {row[2]}?" for row in found))[:5]


def _asked(connection: sqlite3.Connection, pragma: str) -> list[tuple[str, ...]]:
    try:
        return connection.execute(f"PRAGMA {pragma}").fetchall()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return [(str(error), "", str(error))]
