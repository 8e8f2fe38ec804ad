"""A table of the village in plain SQL: what most writes need, and no more.

sqlite-utils takes as long to load as everything else that a daily command does. Names of tables
are those of the schema, names of columns those of `dorf.store.shapes`: nothing that anybody typed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dorf.store.schema import TABLES
from dorf.values import NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

Groups = defaultdict[int, list[Any]]


def grouped(rows: Iterable[tuple[Any, ...]]) -> Groups:
    """Return the rows by their first column, in their order, without it."""
    groups: Groups = defaultdict(list)
    for row in rows:
        groups[row[0]].append(row[1] if len(row) == 2 else row[1:])
    return groups


def quoted(name: str) -> str:
    """Return a name as SQL takes it for one, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


class Table(NamedTuple):
    """One table of an open file; `of` makes it."""

    connection: sqlite3.Connection
    name: str

    @classmethod
    def of(cls, connection: sqlite3.Connection, name: str) -> Table:
        """Return the table *name*; raise `KeyError` if the schema has none."""
        if name not in TABLES:
            raise KeyError(name)
        return cls(connection, quoted(name))

    def insert(self, rows: Iterable[Mapping[str, object]], *, tail: str = "") -> None:
        """Add rows that all have the same columns; *tail* ends the statement."""
        new = list(rows)
        if new:
            columns, marks = ", ".join(map(quoted, new[0])), ", ".join("?" * len(new[0]))
            self.connection.executemany(
                f"INSERT INTO {self.name} ({columns}) VALUES ({marks}) {tail}",
                (tuple(row.values()) for row in new),
            )

    def upsert(self, row: Mapping[str, object], key: str) -> None:
        """Add a row, or let it take the place of the one with the same *key* column."""
        changes = ", ".join(f"{quoted(c)} = excluded.{quoted(c)}" for c in row if c != key)
        self.insert([row], tail=f"ON CONFLICT ({quoted(key)}) DO UPDATE SET {changes}")

    def update(self, key: int, row: Mapping[str, object]) -> None:
        """Write the columns of *row* into the row with the id *key*."""
        changes = ", ".join(f"{quoted(column)} = ?" for column in row)
        self.connection.execute(
            f"UPDATE {self.name} SET {changes} WHERE id = ?", (*row.values(), key)
        )

    def delete(self, where: str = "1", values: Sequence[object] = ()) -> None:
        """Remove the rows *where* a condition holds; all of them if none is given."""
        self.connection.execute(f"DELETE FROM {self.name} WHERE {where}", values)
