"""Whether the schema of a file is the one that the migrations make, and what is different in it.

What could run or rule (a trigger, a view, a constraint) is foreign, and such a file is not used.
Columns and tables that another program added are kept as they are. Triggers of the undo record and
indexes that are missing are made again before the next write.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dorf.values import NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from dorf.store.definition import Definition
    from dorf.store.schema import Steps

    Schema = dict[tuple[str, str], str]
    """Statements by the kind and the name of what they make."""

_CREATE = re.compile(r"^(CREATE (TABLE|INDEX) (\w+) .*?);$", re.MULTILINE | re.DOTALL)
_ADD = re.compile(r"^ALTER TABLE (\w+) ADD COLUMN (.*?);$", re.MULTILINE | re.DOTALL)
_END_OF_COLUMNS = re.compile(r",\s*(?:PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY|CONSTRAINT)\b|\)[^()]*$")
"""Where SQLite puts a new column: before the constraints of the table."""

_SCHEMA = "SELECT type, name, tbl_name, sql FROM main.sqlite_master"
_STEPS_TABLE = "_sqlite_migrations"
"""Where sqlite-utils keeps which migrations were made."""

_LONGEST = 60
_MOST = 3


class Entry(NamedTuple):
    """A line of the schema: a kind, a name, the table that it belongs to, the statement."""

    kind: str
    name: str
    table: str
    sql: str

    @property
    def title(self) -> str:
        """The line in a few words, as a statement that drops it takes them."""
        return f"{self.kind} {self.name}"


class Inspection(NamedTuple):
    """What is different in a file."""

    foreign: tuple[str, ...] = ()
    """What keeps the file from being used: its kind and its name."""
    tables: tuple[str, ...] = ()
    """Tables that another program added."""
    columns: tuple[str, ...] = ()
    """Columns that another program added to a table of ours, as TABLE.COLUMN."""
    required: tuple[str, ...] = ()
    """Those of the columns that dorf can't leave empty: nothing can be written."""
    missing: tuple[str, ...] = ()
    """Indexes of ours that are gone."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """What a restore does not take along."""
        return (*self.columns, *self.tables)


@cache
def expected(steps: Steps) -> Schema:
    """Return the tables and indexes after *steps*, with the statements that SQLite keeps of them.

    They are read off the steps, since making them would take longer than a whole `status`.
    """
    found: Schema = {}
    for _, script in steps:
        for sql, kind, name in _CREATE.findall(script):
            found[kind.lower(), name] = sql
        for name, column in _ADD.findall(script):
            place = _END_OF_COLUMNS.search(found["table", name])
            assert place is not None  # noqa: S101  (each statement has an end)
            sql = found["table", name]
            found["table", name] = f"{sql[: place.start()]}, {column}{sql[place.start() :]}"
    return found


def tables_of(steps: Steps) -> list[str]:
    """Return the names of all tables after *steps*, in the order in which they are made."""
    return [name for kind, name in expected(steps) if kind == "table"]


@cache
def columns_of(steps: Steps) -> dict[str, list[str]]:
    """Return the columns of all tables after *steps*."""
    from dorf.store.definition import definition

    found = {
        name: definition(sql) for (kind, name), sql in expected(steps).items() if kind == "table"
    }
    return {name: list(table.columns) for name, table in found.items() if table}


def inspect(connection: sqlite3.Connection, steps: Steps) -> Inspection:
    """Compare the schema of an open file with the one after *steps*."""
    entries = [
        Entry(str(kind), str(name), str(table), str(sql))
        for kind, name, table, sql in connection.execute(_SCHEMA)
        if sql is not None  # an index that belongs to a constraint
    ]
    seen: Schema = {
        (e.kind, e.name): e.sql
        for e in entries
        if e.kind != "trigger" and _STEPS_TABLE not in {e.name, e.table}
    }
    if seen == expected(steps) and all(map(_is_harmless, entries)):
        return Inspection()
    return _differences(entries, expected(steps))


def _is_harmless(entry: Entry) -> bool:
    """Tell whether an entry is no matter of the comparison: of the record, or of sqlite-utils."""
    if entry.kind == "trigger":
        return entry.name.lower().startswith("undo_")
    if _STEPS_TABLE in {entry.name, entry.table}:
        return entry.sql.startswith(("CREATE TABLE", "CREATE UNIQUE INDEX"))
    return True


def _differences(entries: Iterable[Entry], ours: Schema) -> Inspection:
    """Return what is different, at leisure: nearly no file comes here."""
    foreign, tables, columns, required = [list[str]() for _ in range(4)]
    missing = {key for key in ours if key != ("table", "")}
    own_tables = {name for kind, name in ours if kind == "table"}
    for entry in entries:
        key = (entry.kind, entry.name.lower())
        if not _is_harmless(entry) or entry.kind not in {"table", "index", "trigger"}:
            foreign.append(entry.title)
        elif key in missing:
            missing.discard(key)
            if entry.kind == "table":
                more = list(_added(entry, ours[key], foreign))
                columns += [name for name, _ in more]
                required += [name for name, fills in more if not fills]
            elif not _same(entry.sql, ours[key]):
                foreign.append(entry.title)
        elif entry.kind == "table" and not _is_kept_by_sqlite(entry):
            tables += [entry.name] if entry.name != _STEPS_TABLE else []
            if not _makes(entry, "table"):
                foreign.append(entry.title)
        elif entry.kind == "index" and entry.table.lower() in own_tables and not _is_plain(entry):
            foreign.append(entry.title)
    foreign += [" ".join(key) for key in sorted(missing) if key[0] == "table"]
    gone = tuple(name for kind, name in sorted(missing) if kind == "index")
    return Inspection(tuple(foreign), tuple(tables), tuple(columns), tuple(required), gone)


def _added(entry: Entry, wanted: str, foreign: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield the columns that were added to a table, and whether they can be left empty.

    What else is different of the table, or weaker, is *foreign*.
    """
    from dorf.store.definition import definition

    theirs, ours = definition(entry.sql), definition(wanted)
    assert ours is not None  # noqa: S101  (for mypy: it is one of the steps)
    if theirs is None or not _holds(theirs, ours):
        foreign.append(entry.title)
        return
    for name, column in theirs.columns.items():
        if name not in ours.columns:
            if column.default is not None and not column.fills_itself:
                foreign.append(entry.title)
            yield f"{entry.name}.{name}", column.fills_itself


def _holds(theirs: Definition, ours: Definition) -> bool:
    """Tell whether a table has all that ours has, and no more than columns beside it."""
    return (
        theirs.options == ours.options
        and theirs.constraints == ours.constraints
        and ours.columns.items() <= theirs.columns.items()
    )


def _same(sql: str, wanted: str) -> bool:
    from dorf.store.definition import tokens

    return tokens(sql) == tokens(wanted)


def _makes(entry: Entry, what: str) -> bool:
    from dorf.store.definition import tokens

    words = tokens(entry.sql)
    return words[:2] == ["create", what] or words[:3] == ["create", "virtual", what]


def _is_plain(entry: Entry) -> bool:
    """Tell whether an index is over columns alone and refuses nothing."""
    from dorf.store.definition import tokens

    words = tokens(entry.sql)
    return words[:2] == ["create", "index"] and words.count("(") == 1 and words[-1] == ")"


def _is_kept_by_sqlite(entry: Entry) -> bool:
    """Tell whether a table is one of SQLite's own, such as the statistics of ANALYZE."""
    return re.fullmatch(r"sqlite_(stat\d|sequence)", entry.name) is not None


def in_short(names: Iterable[str]) -> str:
    """Return the first few of the *names*, cut where they are very long."""
    cut = [name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…" for name in names]
    more = [f"+ {len(cut) - _MOST}"] if len(cut) > _MOST else []
    return ", ".join(cut[:_MOST] + more)
