"""The record of changes: how triggers write it, and how a step is taken back and brought back.

Every table but those of the record itself has three triggers that note each row as it was and as
it is, inside the transaction that changes it; no command can forget them, since `migrate` makes
them anew from the tables that there are. A step is undone by putting the old rows back in reverse
order, and redone by putting the new ones back in order. The record holds values only, never SQL.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from dorf.errors import N_, DorfError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    Row = dict[str, int | str | None]

STEPS_KEPT = 1_000
"""How many commands can be taken back (convention)."""

CHANGES_KEPT = 500_000
"""How many changed rows the record holds before its oldest steps go (convention)."""

LONGEST_LINE = 200
"""Characters of a command's line that the record keeps."""

NOTHING_BACK = N_("There is nothing to take back.")
NOTHING_FORWARD = N_(
    "There is nothing to bring back: nothing was taken back since the last change."
)

_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'undo_%'"
    " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_%' ESCAPE '\\' "
    " AND name NOT IN ('reminded', 'published')"
)
_TRIGGER = """
CREATE TRIGGER undo_{table}_{event} AFTER {event} ON {table} {when} BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, '{table}', {before}, {after} FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END
"""


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


def watch(connection: sqlite3.Connection) -> None:
    """Make the triggers anew, for all tables and columns that there are now."""
    old = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'undo_%'"
    ).fetchall()
    for (name,) in old:
        connection.execute(f"DROP TRIGGER {name}")
    for table in village_tables(connection):
        for event, before, after in (
            ("INSERT", "", "new"),
            ("UPDATE", "old", "new"),
            ("DELETE", "old", ""),
        ):
            was, will = (_image(connection, table, side) for side in (before, after))
            when = f"WHEN {was} IS NOT {will}" if event == "UPDATE" else ""
            connection.execute(
                _TRIGGER.format(table=table, event=event, when=when, before=was, after=will)
            )


def village_tables(connection: sqlite3.Connection) -> list[str]:
    """Return the tables that hold the village, without those of the record."""
    return [name for (name,) in connection.execute(f"{_TABLES} ORDER BY rowid")]


def _image(connection: sqlite3.Connection, table: str, side: str) -> str:
    if not side:
        return "NULL"
    pairs = [f"'{column}', {side}.{column}" for column in columns(connection, table)]
    return f"json_object({', '.join(pairs)})"


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
    return [Step(key, line, at, bool(undone), typed) for key, line, at, undone, typed in found]


def rewind(
    connection: sqlite3.Connection, *, forward: bool, expected: int | None = None
) -> Rewound:
    """Undo the newest step that is not undone, or redo the oldest that is.

    If it has to be a certain one, *expected* is its id. The caller's transaction has foreign keys
    off: every row that went by cascade is in the record and comes back by itself. Raise
    `NothingToUndo` at either end of the record, and `DorfError` when a row is not as the record
    knows it, or the step is another one.
    """
    import json  # what only writes does without it

    order, end = ("ASC", "min") if forward else ("DESC", "max")
    found = connection.execute(
        f"SELECT id, line, at, typed FROM undo_step WHERE id ="
        f" (SELECT {end}(id) FROM undo_step WHERE undone = ?)",
        [int(forward)],
    ).fetchone()
    if found is None:
        raise NothingToUndo(NOTHING_FORWARD if forward else NOTHING_BACK)
    key, line, at, typed = found
    if expected is not None and key != expected:
        raise _changed_elsewhere()
    step = Step(key, line, at, not forward, typed)
    changes = connection.execute(
        f"SELECT place, before, after FROM undo_change WHERE step = ? ORDER BY id {order}",
        [step.id],
    ).fetchall()
    newest = connection.execute("SELECT max(id) FROM undo_change").fetchone()[0]
    shapes = {name: set(columns(connection, name)) for name in village_tables(connection)}
    touched: dict[str, None] = {}
    for place, before, after in changes:
        old, new = (json.loads(image) if image else None for image in (before, after))
        if not shapes.get(place, set()).issuperset((old or {}).keys() | (new or {}).keys()):
            raise _changed_elsewhere()
        _put(connection, place, *((old, new) if forward else (new, old)))
        touched |= dict.fromkeys(_contacts(connection, place, old, new))
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


def _put(
    connection: sqlite3.Connection, table: str, existing: Row | None, wanted: Row | None
) -> None:
    """Turn the *existing* row into the row *wanted*; None is no row."""
    which = " AND ".join(f"{column} IS ?" for column in existing or ())
    if existing is None:
        names, marks = ", ".join(wanted or ()), ", ".join("?" * len(wanted or ()))
        connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", [*(wanted or {}).values()]
        )
        return
    if wanted is None:
        done = connection.execute(f"DELETE FROM {table} WHERE {which}", [*existing.values()])
    else:
        changes = ", ".join(f"{column} = ?" for column in wanted)
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
