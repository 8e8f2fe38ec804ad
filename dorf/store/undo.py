"""The record of changes: how triggers write it, and how a step is taken back and brought back.

Every table of the village has three triggers that note each row as it was and as it is, inside the
transaction that changes it; no command can forget them, since `migrate` makes them from the tables
that there are, and `mend` makes them again where another program lost them. A step is undone by
putting the old rows back in reverse order, and redone by putting the new ones back in order. The
record holds values only, never SQL.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from dorf.errors import N_, DorfError, StoreError
from dorf.store.inspection import expected, in_short, inspect, tables_of
from dorf.store.opening import transaction, trusting
from dorf.store.table import quoted
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dorf.store.schema import Steps

    Row = dict[str, int | str | None]

STEPS_KEPT = 1_000
"""How many commands can be taken back (convention)."""

CHANGES_KEPT = 500_000
"""How many changed rows the record holds before its oldest steps go (convention)."""

LONGEST_LINE = 200
"""Characters of a command's line that the record keeps."""

REQUIRED = N_(
    "{file} can be read, but not written: another program added {what}, which must not be empty. "
    "“dorf doctor” says what helps."
)
NOTHING_BACK = N_("There is nothing to take back.")
NOTHING_FORWARD = N_(
    "There is nothing to bring back: nothing was taken back since the last change."
)

_NOT_RECORDED = {"undo_step", "undo_change", "reminded", "published"}
_TRIGGERS = "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'"
_INCOMPLETE = """
SELECT EXISTS (SELECT 1 FROM contact WHERE id NOT IN (SELECT contact_id FROM contact_role))
    OR EXISTS (SELECT 1 FROM encounter WHERE id NOT IN (SELECT encounter_id FROM participation))
"""
"""Everybody has a role, and every encounter is with somebody."""

_IN_JSON = {"INT", "INTEGER", "REAL", "TEXT"}
"""The types whose values JSON can hold; a column of another program may have others."""

_TRIGGER = """\
CREATE TRIGGER undo_{table}_{event} AFTER {event} ON {table} {when} BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, '{table}', {before}, {after} FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END"""


class NothingToUndo(DorfError):
    """The record has no step in that direction. Exit status 1."""


class Step(NamedTuple):
    """One command as the record knows it: what was typed, when (UTC, ISO), whether undone."""

    id: int
    line: str
    at: str
    undone: bool = False
    typed: str | None = None
    """What was typed, where that wrote several steps with names of their own."""


class Run(NamedTuple):
    """What was typed once, and the steps that it wrote, the newest first."""

    line: str
    steps: tuple[Step, ...]


def runs(steps: Sequence[Step]) -> list[Run]:
    """Return *steps*, the newest first, by what was typed: an interview is one run."""
    found: list[Run] = []
    for step in steps:
        line = step.typed or step.line
        last = found[-1].steps[-1] if found else None
        together = last is not None and (step.typed or last.typed) is not None
        if last is not None and together and _moment(step) == _moment(last):
            found[-1] = Run(line, (*found[-1].steps, step))
        else:
            found.append(Run(line, (step,)))
    return found


def _moment(step: Step) -> tuple[str, str, bool]:
    """Return what the steps of one run have in common."""
    return step.typed or step.line, step.at, step.undone


class Rewound(NamedTuple):
    """A step that was undone or redone, and the uids of the contacts that it touched."""

    step: Step
    contacts: tuple[str, ...]


def watch(connection: sqlite3.Connection, steps: Steps) -> None:
    """Make the triggers anew, for all tables and columns that there are after *steps*."""
    drop_triggers(connection)
    for sql in _wanted(connection, steps).values():
        connection.execute(sql)


def drop_triggers(connection: sqlite3.Connection) -> None:
    """Remove all triggers of an open file."""
    for name, _ in connection.execute(_TRIGGERS).fetchall():
        connection.execute(f"DROP TRIGGER main.{quoted(name)}")


def mend(connection: sqlite3.Connection, path: Path, steps: Steps) -> None:
    """Make the triggers and the indexes again that another program lost or changed.

    Raise `StoreError` if it added a column that must not be empty, since nothing can be written.
    """
    inspection = inspect(connection, steps)
    if inspection.required:
        raise StoreError(REQUIRED, file=str(path), what=in_short(inspection.required))
    wanted = _wanted(connection, steps)
    if dict(connection.execute(_TRIGGERS)) != wanted:
        with transaction(connection, "IMMEDIATE"):
            watch(connection, steps)
    for name in inspection.missing:
        connection.execute(expected(steps)["index", name])


def _wanted(connection: sqlite3.Connection, steps: Steps) -> dict[str, str]:
    """Return the triggers that an open file must have, by name."""
    found: dict[str, str] = {}
    for table in village_tables(steps):
        info = connection.execute(f"PRAGMA main.table_info({table})")
        names = [name for _, name, kind, *_ in info if kind.upper() in _IN_JSON]
        found |= _triggers(table, tuple(names))
    return found


@cache
def _triggers(table: str, names: tuple[str, ...]) -> dict[str, str]:
    """Return the triggers of a table, with its columns of these *names* in the record."""
    old, new = _image(names, "old"), _image(names, "new")
    found = {}
    for event, before, after in (
        ("INSERT", "NULL", new),
        ("UPDATE", old, new),
        ("DELETE", old, "NULL"),
    ):
        when = f"WHEN {before} IS NOT {after}" if event == "UPDATE" else ""
        found[f"undo_{table}_{event}"] = _TRIGGER.format(
            table=table, event=event, when=when, before=before, after=after
        )
    return found


def village_tables(steps: Steps) -> list[str]:
    """Return the tables that hold the village, without those of the record."""
    return [name for name in tables_of(steps) if name not in _NOT_RECORDED]


def _image(names: tuple[str, ...], side: str) -> str:
    """Return an expression for a row; of a column of another program, what JSON can hold."""
    pairs = [f"{_text(name)}, {side}.{quoted(name)}" for name in names]
    return f"json_object({', '.join(pairs)})"


def _text(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the names of the columns of a table of the village, in their order."""
    return [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]


class Recording:
    """A step that is being written; afterwards its id, or None if nothing changed."""

    def __init__(self, step: int) -> None:
        """Begin as the step of that id."""
        self.step: int | None = step


@contextmanager
def recorded(
    connection: sqlite3.Connection, typed: str, now: str, *, part: str | None = None
) -> Iterator[Recording]:
    """Record what happens inside as one step; nothing is recorded if nothing changed.

    It is known by what was *typed*, or as a *part* of that with a name of its own.
    """
    typed, line = _cut(typed), _cut(typed if part is None else part)
    step = connection.execute(
        "INSERT INTO undo_step (line, at, typed) VALUES (?, ?, ?) RETURNING id",
        [line, now, None if part is None else typed],
    ).fetchone()[0]
    recording = Recording(step)
    yield recording
    run = connection.execute
    if run("SELECT 1 FROM undo_change WHERE step = ? LIMIT 1", [step]).fetchone() is None:
        run("DELETE FROM undo_step WHERE id = ?", [step])
        recording.step = None
        return
    run("DELETE FROM undo_step WHERE undone = 1")
    run("DELETE FROM undo_step WHERE id <= ?", [step - STEPS_KEPT])
    run(
        "DELETE FROM undo_step WHERE id <= (SELECT max(step) FROM undo_change WHERE id <="
        " (SELECT max(id) FROM undo_change) - ?)",
        [CHANGES_KEPT],
    )


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def forget(connection: sqlite3.Connection) -> None:
    """Empty the record, the step that is being written included, and what reminders have told.

    A copy of an earlier format lacks some of these tables.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for table in ("undo_change", "undo_step", "reminded"):
        if table in tables:
            connection.execute(f"DELETE FROM {table}")


def forget_published(connection: sqlite3.Connection, uid: str) -> bool:
    """Remove what calendars were told of a contact; tell whether that was anything."""
    done = connection.execute(
        "DELETE FROM published WHERE instr(uid, '-' || ?1 || '@') OR instr(uid, '-' || ?1 || '-')",
        [uid],
    )
    return done.rowcount > 0


def steps(connection: sqlite3.Connection) -> list[Step]:
    """Return all steps of the record, the newest first."""
    found = connection.execute("SELECT id, line, at, undone, typed FROM undo_step ORDER BY id DESC")
    return [_step(key, line, at, typed, bool(undone)) for key, line, at, undone, typed in found]


def _step(key: int, line: object, at: object, typed: object, undone: bool) -> Step:  # noqa: FBT001
    """Return a step of the record; raise `DamagedRowsError` if it says no line or no moment."""
    with trusting():
        datetime.fromisoformat(at).astimezone()  # type: ignore[arg-type]
        if not isinstance(line, str) or not isinstance(typed, str | None):
            raise TypeError(line)
    return Step(key, line, str(at), undone, typed)


def rewind(
    connection: sqlite3.Connection, tables: list[str], *, forward: bool, only: int | None = None
) -> Rewound:
    """Undo the newest step that is not undone, or redo the oldest that is.

    If it has to be a certain one, *only* is its id. The caller's transaction has foreign keys off:
    every row that went by cascade is in the record and comes back by itself. Raise `NothingToUndo`
    at either end of the record, and `DorfError` when a row is not as the record knows it, the
    record does not cover all that belongs to the step, or the step is another one.
    """
    order, end = ("ASC", "min") if forward else ("DESC", "max")
    found = connection.execute(
        f"SELECT id, line, at, typed FROM undo_step WHERE id ="
        f" (SELECT {end}(id) FROM undo_step WHERE undone = ?)",
        [int(forward)],
    ).fetchone()
    if found is None:
        raise NothingToUndo(NOTHING_FORWARD if forward else NOTHING_BACK)
    key, line, at, typed = found
    if only is not None and key != only:
        raise _changed_elsewhere()
    step = _step(key, line, at, typed, not forward)
    changes = connection.execute(
        f"SELECT place, before, after FROM undo_change WHERE step = ? ORDER BY id {order}",
        [step.id],
    ).fetchall()
    newest = connection.execute("SELECT max(id) FROM undo_change").fetchone()[0]
    shapes = {name: set(columns(connection, name)) for name in tables}
    touched: dict[str, None] = {}
    for place, before, after in changes:
        known = shapes.get(place, set())
        old, new = _row(before, known), _row(after, known)
        try:
            _put(connection, place, *((old, new) if forward else (new, old)))
        except (sqlite3.IntegrityError, OverflowError) as error:
            raise _unreliable() from error
        touched |= dict.fromkeys(_contacts(connection, place, old, new))
    if _hanging(connection, tables):
        raise _unreliable()
    connection.execute("DELETE FROM undo_change WHERE id > ?", [newest])  # our own traces
    connection.execute("UPDATE undo_step SET undone = ? WHERE id = ?", [int(step.undone), step.id])
    return Rewound(step, tuple(touched))


def _changed_elsewhere() -> DorfError:
    return DorfError(
        N_(
            "Another program has changed the file in between, so this step can't be taken back "
            "safely. It stays as it is."
        )
    )


def _unreliable() -> DorfError:
    return DorfError(
        N_(
            "The record of this step is not complete or not right, so it can't be taken back. "
            "Nothing was changed; “dorf backup --list” shows what “dorf restore” can bring back."
        )
    )


def _row(image: object, known: set[str]) -> Row | None:
    """Return a row as the record has it; raise `DorfError` unless it has columns of the table."""
    import json  # what only writes does without it

    if image is None:
        return None
    try:
        row = json.loads(image)  # type: ignore[arg-type]
    except (TypeError, ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or any(isinstance(cell, dict | list) for cell in row.values()):
        raise _unreliable()
    if not known.issuperset(row) or not row:
        raise _changed_elsewhere()
    return row


def _hanging(connection: sqlite3.Connection, tables: list[str]) -> bool:
    """Tell whether any row belongs to nothing, or a contact lacks what each has."""
    run = connection.execute
    return any(
        run(f"PRAGMA main.foreign_key_check({table})").fetchone() for table in tables
    ) or bool(run(_INCOMPLETE).fetchone()[0])


def _put(
    connection: sqlite3.Connection, table: str, existing: Row | None, wanted: Row | None
) -> None:
    """Turn the *existing* row into the row *wanted*; None is no row."""
    which = " AND ".join(f"{quoted(column)} IS ?" for column in existing or ())
    if existing is None:
        names, marks = ", ".join(map(quoted, wanted or ())), ", ".join("?" * len(wanted or ()))
        connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", [*(wanted or {}).values()]
        )
        return
    if wanted is None:
        done = connection.execute(f"DELETE FROM {table} WHERE {which}", [*existing.values()])
    else:
        changes = ", ".join(f"{quoted(column)} = ?" for column in wanted)
        done = connection.execute(
            f"UPDATE {table} SET {changes} WHERE {which}", [*wanted.values(), *existing.values()]
        )
    if done.rowcount != 1:
        raise _changed_elsewhere()


def _contacts(
    connection: sqlite3.Connection, place: str, *rows: dict[str, Any] | None
) -> Iterator[str]:
    """Yield the uids of the contacts whose rows these are, as far as they are there."""
    for row in filter(None, rows):
        if place == "contact":
            yield str(row["uid"])
        elif "contact_id" in row:
            found = connection.execute(
                "SELECT uid FROM contact WHERE id = ?", [row["contact_id"]]
            ).fetchone()
            yield from found or ()
