"""Putting a copy back: as one step of the record, or in the place of a file that is beyond help.

The copy is never touched: it is read once, at one moment, into a private file beside the village.
That one is checked, brought to the newest format and compared row by row; triggers record what
changes, so that `undo` takes a restore back like any other command.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from dorf.core.command_line import argument, quoted
from dorf.errors import N_, DorfError, StoreError, UnreadableFile, reason_of
from dorf.store.backups.copies import (
    SIDES,
    copies_beside,
    copy_beside,
    fill,
    free_name,
    sync,
    unfinished,
)
from dorf.store.backups.verification import BrokenCopy, broken, count_rows, fault
from dorf.store.inspection import columns_of, inspect, tables_of
from dorf.store.migration import migrate
from dorf.store.opening import (
    DAMAGED,
    NEWER,
    DamagedFile,
    code_of,
    connect,
    explain,
    guarded,
    is_damage,
    reached,
    refuse_what_is_no_file,
    transaction,
)
from dorf.store.schema import APPLICATION_ID
from dorf.store.undo import drop_triggers, recorded, village_tables, watch
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dorf.store.backups.verification import Census
    from dorf.store.schema import Steps
    from dorf.store.store import Store

_SQLITE = b"SQLite format 3\x00"


class Checked(NamedTuple):
    """A copy that can take the place of a village."""

    file: Path
    """A private file of the newest format, with nothing in it that dorf has not made."""
    holds: Census
    left_out: tuple[str, ...]
    """Columns and tables of other programs that were in the copy."""


class Restoration:
    """A copy that was checked, and the village whose place it may take."""

    def __init__(self, store: Store, copy: Checked, stay: list[Path]) -> None:
        """Look at the village as it is now; raise `StoreError` if it must stay as it is."""
        self._store = store
        self._copy = copy.file
        self.then = copy.holds
        self.left_out = copy.left_out
        self.stay = stay
        """Private files that could not be deleted at the end."""
        self.now: Census | None = None
        """What is in the village; None if there is none, or none that can be read."""
        self.damaged = False
        """Whether the file is beyond help and will be moved aside."""
        self.identical = False
        """Whether the village is just like the copy."""
        if store.path.exists():
            try:
                self._look(store.opened())
            except DamagedFile:
                if not _was_ours(store):
                    raise
                self.damaged = True

    def _look(self, connection: sqlite3.Connection) -> None:
        with transaction(connection, "DEFERRED"):
            if fault(connection, self._store.schema):
                raise DamagedFile(DAMAGED, file=str(self._store.path))
            self.now = count_rows(connection)
        with _attached(connection, self._copy):
            self.identical = not _differs(connection, self._store.schema)

    def carry_out(self) -> Path | None:
        """Put the copy in the place of the village; return where what it replaced is kept.

        None means that nothing had to be kept: there was no file, or it was the same.
        """
        store = self._store
        with reached(store.path):
            if self.now is None:
                store.close()
                return _put_in_place(self._copy, store.path, store.now, damaged=self.damaged)
            connection = store.ready()
            return _bring(connection, self._copy, store)


def _was_ours(store: Store) -> bool:
    """Tell whether what lies in the place of the village may be what is left of one.

    A file that looks like anything else was named by a slip, unless there are copies of it.
    """
    with store.path.open("rb") as file:
        head = file.read(len(_SQLITE))
        if head == _SQLITE:
            return True
        pieces = chain([head], iter(partial(file.read, 65_536), b""))
        if not any(piece.strip(b"\0") for piece in pieces):
            return True  # empty, or zeros: what a disk makes of a file
    return store.make_folder or bool(copies_beside(store.path))


@contextmanager
def restoring(store: Store, source: Path) -> Iterator[Restoration]:
    """Check the copy at *source* and get ready to put it in the place of the village.

    Raise `DorfError` if it is the village itself, `UnreadableFile` if it is not a sound copy, and
    `StoreError` when the village is newer than this program, of another one, or in use.
    """
    with ExitStack() as stack:
        with reached(store.path):
            refuse_what_is_no_file(store.path)
            if not store.path.exists():
                store.prepare_folder()
            refuse_what_is_no_copy(source, store.path)
            place = Path(os.path.realpath(store.path))
            stay: list[Path] = []
            copy = stack.enter_context(checked(source, place, store.schema, store.now, stay))
            restoration = Restoration(store, copy, stay)
        yield restoration


@contextmanager
def checked(
    source: Path, place: Path, steps: Steps, now: str, stay: list[Path]
) -> Iterator[Checked]:
    """Yield what can be restored of the copy at *source*, in a private file beside *place*.

    That has the encoding of the file at *place*, if one is there. What can't be deleted in the end
    is added to *stay*. Raise `UnreadableFile` for what is not a sound copy.
    """
    with unfinished(place, stay) as copy, unfinished(place, stay) as fresh:
        with _naming(source):
            _check_head(source, len(steps))
            fill(source, copy)
            with closing(connect(copy, "rw")) as connection:
                left_out = _modernise(connection, copy, source, steps, now)
                held = count_rows(connection)
                encoding = _encoding_at(place) or _encoding(connection)
                whole = not left_out and encoding == _encoding(connection)
                if not whole:
                    _rewrite(connection, fresh, encoding, steps, now)
        yield Checked(copy if whole else fresh, held, left_out)


# --- the copy -----------------------------------------------------------------------------------


def refuse_what_is_no_copy(source: Path, path: Path) -> None:
    """Raise `UnreadableFile` unless *source* begins like a database, and is not *path* itself."""
    try:
        if source.exists() and not (source.is_file() or source.is_dir()):
            raise _no_copy(source)
        with source.open("rb") as file:
            head = file.read(100)
        if path.exists() and source.samefile(path):
            raise DorfError(
                N_("{file} is your village file itself. Nothing was changed."), file=str(source)
            )
    except OSError as error:
        raise UnreadableFile(
            N_("{file} can't be read: {reason}."), file=str(source), reason=reason_of(error)
        ) from error
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise UnreadableFile(
            N_("{file} is a village file: dorf import {typed}. Nothing was changed."),
            file=str(source),
            typed=argument(str(source)),
        )
    if not head.startswith(_SQLITE):
        raise _no_copy(source)


def _no_copy(source: Path) -> BrokenCopy:
    return BrokenCopy(
        N_("{file} is not a copy of a village. Nothing was changed."), file=str(source)
    )


@contextmanager
def _naming(source: Path) -> Iterator[None]:
    """Turn what SQLite reports into a sentence about the file that was to be restored."""
    try:
        yield
    except UnicodeDecodeError as error:  # even the words of SQLite's own error
        raise broken(source, str(error.reason)) from error
    except sqlite3.DatabaseError as error:
        match code_of(error):
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_CANTOPEN:
                raise explain(error, source) from error
            case sqlite3.SQLITE_READONLY:
                raise BrokenCopy(
                    N_(
                        "{file} was left in the middle of a write; “dorf --db {typed} list” "
                        "tidies it up. Nothing was changed."
                    ),
                    file=str(source),
                    typed=quoted(str(source)),
                ) from error
        if is_damage(error):
            raise broken(source, str(error)) from error
        raise  # the disk of the village


def _check_head(source: Path, known: int) -> None:
    """Raise `BrokenCopy` unless the file is ours, not newer and as long as it says."""
    with closing(connect(source)) as connection, transaction(connection, "DEFERRED"):
        owner, version, pages, size = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("application_id", "user_version", "page_count", "page_size")
        )
        length = source.stat().st_size
    if owner != APPLICATION_ID:
        raise _no_copy(source)
    if version > known:
        raise UnreadableFile(NEWER, file=str(source), version=version, known=known)
    if length < pages * size:
        raise broken(source, f"{length} < {pages * size}")


def _modernise(
    connection: sqlite3.Connection, copy: Path, source: Path, steps: Steps, now: str
) -> tuple[str, ...]:
    """Bring the private *copy* to the newest format with our own triggers.

    Return what a restore leaves out of it; raise `BrokenCopy` if it can't be restored.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    inspection = inspect(connection, steps[:version])
    if inspection.foreign:
        raise broken(source, inspection.foreign[0].partition(" ")[2])
    if version < len(steps):
        migrate(connection, copy, steps, now, keep=False)
    with transaction(connection, "IMMEDIATE"):
        watch(connection, steps)
    if reason := fault(connection, steps):
        raise broken(source, reason)
    return inspection.left_out


def _encoding(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA encoding").fetchone()[0])


def _encoding_at(path: Path) -> str | None:
    """Return the encoding of the file at *path*; None where none can be read."""
    try:
        with closing(connect(path)) as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            return _encoding(connection) if pages else None
    except sqlite3.Error:
        return None


def _rewrite(
    connection: sqlite3.Connection, fresh: Path, encoding: str, steps: Steps, now: str
) -> None:
    """Write the known columns of the known tables into a new file, in an *encoding*."""
    with closing(guarded(sqlite3.connect(fresh, isolation_level=None))) as made:
        made.execute(f"PRAGMA encoding = '{encoding}'")
        migrate(made, fresh, steps, now, keep=False)
        with transaction(made, "IMMEDIATE"):
            drop_triggers(made)
            for table in tables_of(steps):
                names = columns_of(steps)[table]
                listed, marks = ", ".join(names), ", ".join("?" * len(names))
                made.execute(f"DELETE FROM {table}")
                made.executemany(
                    f"INSERT INTO {table} ({listed}) VALUES ({marks})",
                    connection.execute(f"SELECT {listed} FROM {table}"),
                )
            watch(made, steps)


# --- row by row ---------------------------------------------------------------------------------


@contextmanager
def _attached(connection: sqlite3.Connection, copy: Path) -> Iterator[None]:
    """Let the tables of *copy* be seen beside those of the village; foreign keys are off."""
    uri = f"{copy.absolute().as_uri()}?mode=ro"
    connection.execute("ATTACH DATABASE ? AS copy", [uri])
    connection.execute("PRAGMA foreign_keys = OFF")  # each table is aligned by itself
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DETACH DATABASE copy")


def _bring(connection: sqlite3.Connection, copy: Path, store: Store) -> Path | None:
    """Let the village be just like *copy*, as one step; return where it is kept as it was."""
    with ExitStack() as failing:
        with _attached(connection, copy), transaction(connection, "IMMEDIATE"):
            if not _differs(connection, store.schema):
                return None
            kept = copy_beside(store.path, "before-restore", store.now)
            failing.callback(kept.unlink)
            with recorded(connection, store.line(), store.now):
                _align(connection, store.schema)
            # What left the record went without its changes: foreign keys are off.
            connection.execute(
                "DELETE FROM undo_change WHERE step NOT IN (SELECT id FROM undo_step)"
            )
        failing.pop_all()
        return kept


def _differs(connection: sqlite3.Connection, steps: Steps) -> bool:
    """Tell whether any table of the village is not as the copy has it."""
    return any(
        connection.execute(f"{_rows(steps, table, holder, other)} LIMIT 1").fetchone()
        for table in village_tables(steps)
        for holder, other in (("main", "copy"), ("copy", "main"))
    )


def _align(connection: sqlite3.Connection, steps: Steps) -> None:
    """Delete the rows that the copy doesn't have, and add those that it has more."""
    for table in village_tables(steps):
        names = ", ".join(columns_of(steps)[table])
        key = ", ".join(_key(connection, table))
        gone = _rows(steps, table, "main", "copy")
        connection.execute(
            f"DELETE FROM main.{table} WHERE ({key}) IN (SELECT {key} FROM ({gone}))"
        )
        new = _rows(steps, table, "copy", "main")
        connection.execute(f"INSERT INTO main.{table} ({names}) {new}")


def _rows(steps: Steps, table: str, holder: str, other: str) -> str:
    names = ", ".join(columns_of(steps)[table])
    return f"SELECT {names} FROM {holder}.{table} EXCEPT SELECT {names} FROM {other}.{table}"


def _key(connection: sqlite3.Connection, table: str) -> list[str]:
    info = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
    return [name for _, name, *_, place in info if place]


# --- in the place of a file that is damaged or missing ------------------------------------------


def _put_in_place(copy: Path, path: Path, now: str, *, damaged: bool) -> Path | None:
    """Give *copy* the name of the village; return where a *damaged* file went.

    A journal that was left behind goes first: SQLite would play it back into the new file. Until
    the last step the old file keeps its name as well, so that nobody finds none.
    """
    real = Path(os.path.realpath(path))
    if real.exists() and not damaged:
        raise StoreError(N_("Somebody else changed the file at the same moment. Please try again."))
    aside = free_name(real.with_name(f"{real.name}.damaged"), now)
    aside.unlink()
    if damaged:
        try:
            aside.hardlink_to(real)
        except OSError:  # a disk without links
            real.rename(aside)
    for side in SIDES:
        left = real.with_name(f"{real.name}{side}")
        if left.exists():
            left.rename(aside.with_name(f"{aside.name}{side}"))
    sync(copy)
    copy.replace(real)
    sync(real.parent)
    return aside if damaged else None
