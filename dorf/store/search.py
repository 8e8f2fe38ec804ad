"""Searching texts inside SQLite, with the spellings that `dorf.core.queries.holds` takes for one.

SQLite itself decides about texts of plain letters, at the speed of a walk through the file; only
what it can't tell goes through Python, row by row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.queries import holds, pieces_of

if TYPE_CHECKING:
    import sqlite3


def holding(connection: sqlite3.Connection, column: str, text: str) -> tuple[str, list[str]]:
    """Return a condition under which *column* holds *text* in any spelling, and its values.

    *column* is a name of the schema. The condition is for statements of this connection.
    """
    if not text.strip():
        return "0", []
    connection.create_function("holds", 2, holds, deterministic=True)
    like = f"{column} LIKE ? ESCAPE '\\'"
    strange = f"length({column}) <> length(CAST({column} AS BLOB))"
    apostrophes = f"{column} LIKE '%''%' OR {column} LIKE '%`%'"
    pieces = pieces_of(text)
    held = " AND ".join([like] * len(pieces))
    maybe, values = f"{held} OR {strange} OR {apostrophes}", [_anywhere(p) for p in pieces]
    typed = text.casefold()
    if any(piece not in typed for piece in pieces):  # what was typed is found by itself, too
        maybe, values = f"{like} OR {maybe}", [_anywhere(typed), *values]
    return f"(({maybe}) AND ({like} OR holds({column}, ?)))", [*values, _anywhere(typed), text]


def _anywhere(text: str) -> str:
    """Return the pattern for LIKE that finds *text*; small and capital letters are the same."""
    for sign in "\\%_":
        text = text.replace(sign, f"\\{sign}")
    return f"%{text}%"


def contacts_with(connection: sqlite3.Connection, text: str) -> list[str]:
    """Return the uids of all contacts in whose words *text* occurs, in the order of the list."""
    places = [
        holding(connection, column, text)
        for column in ("c.name", "c.notes", "c.met_at", "t.text", "k.name")
    ]
    name, notes, met, words, kid = (condition for condition, _ in places)
    found = connection.execute(
        f"SELECT c.uid FROM contact c WHERE {name} OR {notes} OR {met}"
        f" OR c.id IN (SELECT t.contact_id FROM contact_text t WHERE {words})"
        f" OR c.id IN (SELECT k.contact_id FROM kid k WHERE {kid}) ORDER BY c.id",
        [value for _, values in places for value in values],
    )
    return [uid for (uid,) in found]
