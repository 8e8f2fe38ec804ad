"""The names in a village file, for a shell that completes them: read only, and in no time.

Nothing is created, migrated or repaired here, and nobody is waited for longer than a key press
allows: what can't be read at once offers nothing.
"""

from __future__ import annotations

import os
import sqlite3

from dorf.store.schema import APPLICATION_ID, VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from dorf.core.village import Village

WAIT = 0.2
"""Seconds to wait for another program that writes to the same file (CONTRIBUTING.md, Speed)."""

MOST_STEPS = 20_000_000
"""Instructions of SQLite's machine after which a reading is given up: no schema can hang a key."""

_MAGIC = b"SQLite format 3\0"
_WRITE_AHEAD = 2
"""What the header says of a file that SQLite can only read with others beside it."""

CONTACTS = (
    "SELECT text FROM (SELECT id, 0 AS part, 0 AS position, name AS text FROM contact UNION ALL"
    " SELECT contact_id, 1, position, text FROM contact_text WHERE field = 'nicknames')"
    " ORDER BY id, part, position"
)
KIDS = "SELECT DISTINCT name FROM kid WHERE name IS NOT NULL"
CHILDREN = "SELECT name FROM child ORDER BY id"
WISHES = "SELECT skill FROM wish ORDER BY id"


def words(path: str, statement: str) -> list[str]:
    """Return what one of the statements above finds in the file at *path*; nothing if it can't."""
    try:
        connection = _opened(path)
        if connection is None:
            return []
        try:
            return [text for (text,) in connection.execute(statement)]
        finally:
            connection.close()
    except (sqlite3.Error, OSError, ValueError):  # a key press is no moment for a complaint
        return []


def village(path: str, today: date) -> Village:
    """Return the whole village of the file at *path*, an empty one if it can't be read."""
    from dorf.core.village import Village
    from dorf.store import rows
    from dorf.store.opening import DamagedRowsError

    try:
        connection = _opened(path)
        if connection is None:
            return Village()
        try:
            return rows.village(connection, today)
        finally:
            connection.close()
    except (sqlite3.Error, OSError, ValueError, DamagedRowsError):
        return Village()


def _opened(path: str) -> sqlite3.Connection | None:
    """Open the village file at *path*; None where there is none that can be read just so."""
    if not _is_village(path):
        return None
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = sqlite3.connect(f"file://{quoted}?mode=ro", uri=True, timeout=WAIT)
    try:
        connection.set_progress_handler(lambda: 1, MOST_STEPS)
        connection.execute("PRAGMA trusted_schema = OFF")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_village(path: str) -> bool:
    """Tell from the header whether the file is ours, of a format that this program knows."""
    if not os.path.isfile(path):  # noqa: PTH113  (pathlib costs as much as SQLite)
        return False
    with open(path, "rb") as file:  # noqa: PTH123  (the same)
        head = file.read(100)
    alone = head[18:19] != bytes([_WRITE_AHEAD]) or os.path.exists(f"{path}-shm")  # noqa: PTH110
    version = int.from_bytes(head[60:64], "big")
    ours = int.from_bytes(head[68:72], "big") == APPLICATION_ID
    return head.startswith(_MAGIC) and alone and ours and 0 < version <= VERSION
