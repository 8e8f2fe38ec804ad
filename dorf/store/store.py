"""The village file as an object: opened when it is needed, read, changed step by step, undone."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Self

from dorf.errors import N_, DorfError, StoreError
from dorf.store import opening
from dorf.store.opening import DamagedFile, connect, explained, reached, transaction
from dorf.store.reader import Reader
from dorf.store.schema import STEPS
from dorf.timing import TIMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path
    from types import TracebackType

    from dorf.core.reminders import Notice
    from dorf.store.backups.verification import Census
    from dorf.store.schema import Steps
    from dorf.store.undo import Rewound, Step
    from dorf.store.writer import Writer


NO_COPY = N_(
    "Today's automatic copy could not be made: you may not read or write {folder}. This gives it "
    'back to you: sudo chown -R "$USER" {argument}'
)
PAGES_KEPT = 256
"""Pages that a file may have free for what comes next: 1 MB (convention)."""

PAGES_AT_ONCE = 512
"""Pages that one command gives back: 2 MB, some ten milliseconds (convention)."""


_EXPECTED = (DorfError, sqlite3.Error, opening.DamagedRowsError, UnicodeDecodeError, OSError)
"""What is worded elsewhere; anything else is a bug, or rows that nobody wrote."""


class Store:
    """One open village file, or none yet: reading from a file that isn't there finds nobody."""

    def __init__(  # noqa: PLR0913  (named one by one; CONTRIBUTING.md allows eight)
        self,
        path: Path,
        now: str,
        schema: Steps = STEPS,
        *,
        line: Callable[[], str] = str,
        day: str | None = None,
        make_folder: bool = False,
    ) -> None:
        """Remember where the file is; *now* (UTC, ISO) stamps what is written.

        *line* says what was typed, for the record that `undo` reads. *day* (ISO) is the one on the
        wall just now: it names the automatic copy. The folder must be there, unless *make_folder*
        lets the first write make it (0700).
        """
        self.path = path
        self.now = now
        self.schema = schema
        self.line = line
        self._day = now[:10] if day is None else day
        self.make_folder = make_folder
        """Whether this is the usual place: nobody chose the file, and the folder is dorf's."""
        self._connection: sqlite3.Connection | None = None
        self._mended = False
        self._empty: sqlite3.Connection | None = None
        self.remarks: list[DorfError] = []
        """What went wrong beside the work, and did not stop it."""
        self.last_step: int | None = None
        """The id of the step that was written last here; None if it changed nothing."""

    def __enter__(self) -> Self:
        """Return the store itself; the file is opened by the first read or write."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; what SQLite reported while it was read becomes a `StoreError`."""
        unexpected = isinstance(error, Exception) and not isinstance(error, _EXPECTED)
        if unexpected and self._connection is not None and self._is_spoiled(self._connection):
            self.close()
            raise DamagedFile(opening.DAMAGED, file=str(self.path)) from error
        self.close()
        if error is not None:
            with explained(self.path):
                raise error.with_traceback(trace)

    def _is_spoiled(self, connection: sqlite3.Connection) -> bool:
        """Tell whether the file is to blame for what looks like a bug: its rows are no village."""
        from dorf.store.backups.verification import fault

        try:
            return fault(connection, self.schema) is not None
        except sqlite3.Error:
            return True

    # --- reading and writing ---------------------------------------------------------------

    @property
    def reader(self) -> Reader:
        """What answers questions about the village; raise `StoreError` if it can't be opened."""
        return Reader(self.opened() if self.exists() else self._nobody())

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Let all questions inside see the file at one moment, whoever writes meanwhile."""
        connection = self.opened() if self.exists() else self._nobody()
        with explained(self.path), transaction(connection, "DEFERRED"):
            yield Reader(connection)

    @contextmanager
    def writing(self, line: str | None = None) -> Iterator[Writer]:
        """Open the file for one transaction: all that happens inside is kept, or nothing.

        It is one step for `undo`, under the name *line* if it is one of several of this run.
        """
        from dorf.store.undo import recorded
        from dorf.store.writer import Writer

        connection = self.ready()
        typed = self.line()
        with (
            explained(self.path),
            transaction(connection, "IMMEDIATE"),
            recorded(connection, typed, self.now, part=line) as recording,
        ):
            yield Writer(connection, self.now)
        self.last_step = recording.step

    def remember(self, notices: Iterable[Notice], today: date) -> None:
        """Remember that *notices* were told *today*; no step for `undo`."""
        from dorf.store import reminders

        with explained(self.path):
            connection = self.opened()
            self._mend(connection)
            reminders.remember(connection, notices, today)

    # --- undo and copies -------------------------------------------------------------------

    def steps(self) -> list[Step]:
        """Return the steps that `undo` knows, the newest first; undone ones among them."""
        from dorf.store.undo import steps

        with self.reading() as reader:
            return steps(reader.connection)

    def rewind(self, *, forward: bool, expected: int | None = None) -> Rewound:
        """Take back the newest step, or bring back (*forward*) the one taken back last.

        Raise `NothingToUndo` when there is none, and `DorfError` if it is not the *expected* one.
        """
        from dorf.store.undo import (
            NOTHING_BACK,
            NOTHING_FORWARD,
            NothingToUndo,
            rewind,
            village_tables,
        )

        if not self.exists():
            raise NothingToUndo(NOTHING_FORWARD if forward else NOTHING_BACK)
        with explained(self.path):
            connection = self.ready()
            connection.execute("PRAGMA foreign_keys = OFF")  # cascades are in the record
            try:
                with transaction(connection, "IMMEDIATE"):
                    tables = village_tables(self.schema)
                    return rewind(connection, tables, forward=forward, only=expected)
            finally:
                connection.execute("PRAGMA foreign_keys = ON")

    def copy_while_nobody_waits(self) -> None:
        """Put a large file aside, which takes seconds where the disk can't clone: once a week."""
        with reached(self.path):
            if opening.is_large(self.path):
                self.copy_of_the_day(self.opened(), patient=True)

    def copy_of_the_day(self, connection: sqlite3.Connection, *, patient: bool = False) -> None:
        """Put the file aside as it is before the first write of a day."""
        try:
            if opening.copy_path(self.path, self._day).exists():
                return
            from dorf.store.backups.copies import copy_of_the_day

            now = datetime.fromisoformat(self.now)
            copy_of_the_day(connection, self.path, self._day, now, patient=patient)
        except PermissionError:
            from dorf.core.command_line import quoted

            folder = str(opening.copy_path(self.path, "").parent)
            self.remarks = [DorfError(NO_COPY, folder=folder, argument=quoted(folder))]

    def back_up(self, target: Path) -> Census:
        """Put a checked copy of the village at *target* and return what is in the copy.

        Raise `DorfError` for a bad *target*, `UnreadableFile` when it can't be written.
        """
        from dorf.store.backups.copies import back_up_elsewhere

        with reached(self.path):
            self.opened()
            return back_up_elsewhere(self.path, target, self.schema)

    # --- opening ---------------------------------------------------------------------------

    def exists(self) -> bool:
        """Tell whether there is a file to read; raise `StoreError` if its folder is missing."""
        with reached(self.path):
            if self._connection is not None or self.path.exists():
                return True
            opening.refuse_what_leads_nowhere(self.path)
            self._need_folder()
            return False

    def require(self) -> None:
        """Raise `DorfError` when there is no village yet."""
        if not self.exists():
            raise DorfError(
                N_("There is no village file yet: {file}. Nothing was changed."),
                file=str(self.path),
            )

    def opened(self) -> sqlite3.Connection:
        """Return the connection, after refusing what is not ours and migrating what is old.

        Raise `StoreError`.
        """
        if self._connection is None:
            with reached(self.path), TIMES.phase("opening"):
                self._connection = self._opened()
        return self._connection

    def close(self) -> None:
        """Close the file; the next read or write opens it again.

        If much of it is used by nothing any more, a little is given back to the disk: after the
        answer, and only when something was written, so that nobody waits for it.
        """
        if self._empty is not None:
            self._empty.close()
            self._empty = None
        if self._connection is not None:
            if self.last_step is not None:
                _give_back(self._connection)
            self._connection.close()
            self._connection = None
            self._mended = False

    def _nobody(self) -> sqlite3.Connection:
        """Return a village without anybody, in memory: what a file that isn't there holds."""
        if self._empty is None:
            self._empty = sqlite3.connect(":memory:", isolation_level=None)
            self._empty.executescript("".join(sql for _, sql in self.schema))
        return self._empty

    def prepare_folder(self) -> None:
        """Make the folder if it is dorf's own; raise `StoreError` if it is missing otherwise."""
        self._need_folder()
        if self.make_folder:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _need_folder(self) -> None:
        if not self.make_folder and not self.path.parent.is_dir():
            raise StoreError(
                N_(
                    "The folder {folder} does not exist. Create it first, or choose another "
                    "file with --db."
                ),
                folder=str(self.path.parent),
            )

    def ready(self) -> sqlite3.Connection:
        """Return the connection for a write, after the copy of the day."""
        with reached(self.path):
            if self._connection is None:
                opening.refuse_what_is_no_file(self.path)
                self._create_file()
            connection = self.opened()
            self._mend(connection)
            self.copy_of_the_day(connection)
            return connection

    def _mend(self, connection: sqlite3.Connection) -> None:
        """See that whatever is written from now on is recorded."""
        if not self._mended:
            from dorf.store.undo import mend

            mend(connection, self.path, self.schema)
            self._mended = True

    def _create_file(self) -> None:
        """Make the file private before SQLite opens it (CONTRIBUTING.md, Data)."""
        opening.refuse_what_leads_nowhere(self.path)
        self.prepare_folder()
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            made_before = os.fstat(handle).st_size == 0
            if made_before and hasattr(os, "fchmod"):  # not on Windows
                os.fchmod(handle, 0o600)
        finally:
            os.close(handle)

    def _opened(self) -> sqlite3.Connection:
        opening.refuse_what_is_no_file(self.path)
        if not self.path.stat().st_size:  # somebody made it, with whichever rights
            self._create_file()
        connection = connect(self.path, "rw")
        with opening.closed_on_error(connection):
            if opening.checked_version(connection, self.path, self.schema) < len(self.schema):
                from dorf.store.migration import migrate

                migrate(connection, self.path, self.schema, self.now)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")  # a REPLACE is recorded, too
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")  # delete really deletes
            return connection


def _give_back(connection: sqlite3.Connection) -> None:
    """Shorten the file by a few of the pages that nothing uses any more, if there are many."""
    with suppress(sqlite3.Error):  # another program writes; the next command goes on
        if connection.execute("PRAGMA freelist_count").fetchone()[0] > PAGES_KEPT:
            # As a script: `execute` would stop after the first page.
            connection.executescript(f"PRAGMA incremental_vacuum({PAGES_AT_ONCE})")
