"""Opening the file safely, and reading the village from it.

Reads are plain SQL over ``sqlite3``. sqlite-utils, which costs as much start-up time as Typer
itself, is imported by `dorf.store.writer` only: for writes and for pending migrations.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Self

from dorf.core.names import Entry
from dorf.errors import N_, DorfError, StoreError, reason_of
from dorf.store.opening import (
    CANT_OPEN,
    DAMAGED,
    DamagedFile,
    DamagedRowsError,
    checked_version,
    copy_path,
    explain,
    refuse_what_is_no_file,
    transaction,
)
from dorf.store.schema import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dorf.core.reminders import About, Mark, Told
    from dorf.core.statistics import Course, Past, Period
    from dorf.core.village import Encounter, Village
    from dorf.core.vocabulary import Source
    from dorf.imports.provenance import Known
    from dorf.store.backups.copies import Census
    from dorf.store.backups.erase import Erased
    from dorf.store.backups.restore import Restoration
    from dorf.store.light import Rhythm
    from dorf.store.undo import Rewound, Step
    from dorf.store.writer import Writer

BUSY_SECONDS = 5.0
"""How long to wait for another program that writes to the same file (CONTRIBUTING.md, Data)."""


Steps = tuple[tuple[str, str], ...]


class EncounterFilter(NamedTuple):
    """Which encounters to read; what is None does not filter."""

    contacts: tuple[str, ...] = ()
    how: str | None = None
    since: date | None = None
    until: date | None = None
    noted: bool = False
    """Only those with a note."""
    newest: int | None = None
    """Only so many, the newest ones."""


class Store:
    """One open village file, or none yet: reading from a file that isn't there finds nobody."""

    def __init__(  # noqa: PLR0913  (named one by one; CONTRIBUTING.md allows eight)
        self,
        path: Path,
        now: str,
        steps: Steps = STEPS,
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
        self.line = line
        self._day = now[:10] if day is None else day
        self._steps = steps
        self.make_folder = make_folder
        """Whether this is the usual place: nobody chose the file, and the folder is dorf's."""
        self._connection: sqlite3.Connection | None = None
        self.last_step: int | None = None
        """The id of the step that was written last here; None if it changed nothing."""

    def __enter__(self) -> Self:
        """Return the store itself; the file is opened by the first read or write."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    # --- opening ---------------------------------------------------------------------------

    @contextmanager
    def writing(self, line: str | None = None) -> Iterator[Writer]:
        """Open the file for one transaction: all that happens inside is kept, or nothing.

        It is one step for `undo`, under the name *line*.
        """
        from dorf.store.undo import recorded
        from dorf.store.writer import Writer

        with self._explained():
            if self._connection is None:
                refuse_what_is_no_file(self.path)
                self._create_file()
            connection = self._open()
            self.copy_of_the_day(connection)
            line = self.line() if line is None else line
            with (
                transaction(connection, "IMMEDIATE"),
                recorded(connection, line, self.now) as recording,
            ):
                yield Writer(connection, self.now)
            self.last_step = recording.step

    def copy_of_the_day(self, connection: sqlite3.Connection) -> None:
        """Put the file aside as it is before the first write of a day."""
        if copy_path(self.path, self._day).exists():
            return
        from dorf.store.backups.copies import copy_of_the_day

        copy_of_the_day(connection, self.path, self._day, datetime.fromisoformat(self.now))

    def rewind(self, *, forward: bool, expected: int | None = None) -> Rewound:
        """Take back the newest step, or bring back (*forward*) the one taken back last.

        Raise `NothingToUndo` when there is none, and `DorfError` if it is not the *expected* one.
        """
        from dorf.store.undo import NOTHING_BACK, NOTHING_FORWARD, NothingToUndo, rewind

        with self._reading() as connection:
            if connection is None:
                raise NothingToUndo(NOTHING_FORWARD if forward else NOTHING_BACK)
            self.copy_of_the_day(connection)
            connection.execute("PRAGMA foreign_keys = OFF")  # cascades are in the record
            try:
                with transaction(connection, "IMMEDIATE"):
                    return rewind(connection, forward=forward, expected=expected)
            finally:
                connection.execute("PRAGMA foreign_keys = ON")

    def require(self) -> None:
        """Raise `DorfError` when there is no village yet."""
        if not self.exists():
            raise DorfError(
                N_("There is no village file yet: {file}. Nothing was changed."),
                file=str(self.path),
            )

    def back_up(self, target: Path) -> Census:
        """Put a checked copy of the village at *target* and return what is in the copy.

        Raise `DorfError` for a bad *target*, `UnreadableFile` when it can't be written.
        """
        from dorf.store.backups.copies import back_up_elsewhere

        with self._explained():
            self._open()
            return back_up_elsewhere(self.path, target)

    @contextmanager
    def restoring(self, source: Path) -> Iterator[Restoration]:
        """Check the copy at *source* and get ready to put it in the place of the village.

        Raise `UnreadableFile` when the copy is not sound, `StoreError` when the village is newer
        than this program, of another one, or in use.
        """
        from dorf.store.backups.restore import Restoration, prepared

        with self._explained():
            if not self.path.exists():
                self._need_folder()
                self._make_own_folder()
            with prepared(source, self, self._steps) as (copy, then):
                yield Restoration(self, copy, then, self._steps)

    def opened(self) -> sqlite3.Connection:
        """Return the connection, for the modules of this package; raise `StoreError`."""
        with self._explained():
            return self._open()

    def close(self) -> None:
        """Close the file; the next read or write opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def steps(self) -> list[Step]:
        """Return the steps that `undo` knows, the newest first; undone ones among them."""
        from dorf.store.undo import steps

        with self._reading() as connection:
            return [] if connection is None else steps(connection)

    def _create_file(self) -> None:
        """Make the file private before SQLite opens it (CONTRIBUTING.md, Data)."""
        self._need_folder()
        self._make_own_folder()
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        handle = os.open(self.path, flags, 0o600)
        try:
            if os.fstat(handle).st_size == 0:  # also one that somebody made before
                os.fchmod(handle, 0o600)
        finally:
            os.close(handle)

    def _make_own_folder(self) -> None:
        if self.make_folder:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _open(self) -> sqlite3.Connection:
        """Return the connection, after refusing what is not ours and migrating what is old."""
        if self._connection is not None:
            return self._connection
        refuse_what_is_no_file(self.path)
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
        try:
            known = len(self._steps)
            if checked_version(connection, self.path, known) < known:
                from dorf.store.writer import migrate

                migrate(connection, self.path, self._steps, self.now)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")  # a REPLACE is recorded, too
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")  # delete really deletes
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what SQLite and the system report into a sentence that names the file."""
        try:
            yield
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        except (DamagedRowsError, UnicodeDecodeError) as error:
            raise DamagedFile(DAMAGED, file=str(self.path)) from error
        except OSError as error:
            raise StoreError(
                CANT_OPEN,
                file=str(self.path),
                reason=reason_of(error),
            ) from error

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Let all reads inside see the file as it is at one moment, whoever writes meanwhile."""
        with self._reading() as connection:
            if connection is None:
                yield
                return
            with transaction(connection, "DEFERRED"):
                yield

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        with self._explained():
            yield self._open() if self.exists() else None

    def exists(self) -> bool:
        """Tell whether there is a file to read."""
        if self._connection is not None or self.path.exists():
            return True
        self._need_folder()
        return False

    def _need_folder(self) -> None:
        if not self.make_folder and not self.path.parent.is_dir():
            raise StoreError(
                N_(
                    "The folder {folder} does not exist. Create it first, or choose another "
                    "file with --db."
                ),
                folder=str(self.path.parent),
            )

    # --- reading ---------------------------------------------------------------------------

    def directory(self) -> list[Entry]:
        """Return as much of every contact as it takes to find one by name."""
        with self._reading() as connection:
            return [] if connection is None else read_directory(connection)

    def reach(self) -> dict[str, tuple[list[str], list[str]]]:
        """Return the phone numbers and e-mail addresses of all who have any, by their uid."""
        found: dict[str, tuple[list[str], list[str]]] = {}
        statement = (
            "SELECT c.uid, t.field = 'emails', t.text FROM contact_text t"
            " JOIN contact c ON c.id = t.contact_id WHERE t.field IN ('phones', 'emails')"
        )
        with self._reading() as connection:
            rows = () if connection is None else connection.execute(statement)
            for uid, is_email, text in rows:
                found.setdefault(uid, ([], []))[is_email].append(text)
        return found

    def child_names(self) -> list[str]:
        """Return the names of the household's children."""
        with self._reading() as connection:
            if connection is None:
                return []
            return [name for (name,) in connection.execute("SELECT name FROM child ORDER BY id")]

    def interview(self) -> dict[str, tuple[str, ...] | None]:
        """Return what the interview has asked: by question, the uids named, None if skipped."""
        from dorf.store import rows

        with self._reading() as connection:
            return {} if connection is None else rows.interview(connection)

    def village(self, today: date, only: Sequence[str] | None = None) -> Village:
        """Return the household, the contacts and what the log says about each, without the log.

        *only* names, by uid, the few contacts that are wanted.
        """
        from dorf.store import rows

        with self._reading() as connection:
            if connection is None:
                return rows.empty()
            return rows.village(connection, today, only=only)

    def rhythms(self) -> list[Rhythm]:
        """Return the contacts with as much as tending and yearly days need, and no more."""
        from dorf.store.light import rhythms

        with self._reading() as connection:
            return [] if connection is None else rhythms(connection)

    def whole_village(self, today: date) -> Village:
        """Return the village with every encounter, for an export."""
        from dorf.store import rows

        with self._reading() as connection:
            if connection is None:
                return rows.empty()
            return rows.village(connection, today, EncounterFilter())

    def known(self) -> Known:
        """Return what the village remembers of earlier imports."""
        from dorf.imports.provenance import Known
        from dorf.store import rows

        with self._reading() as connection:
            return Known() if connection is None else rows.known(connection)

    def encounters(self, wanted: EncounterFilter) -> tuple[Encounter, ...]:
        """Return the *wanted* encounters, oldest first."""
        from dorf.store import rows

        with self._reading() as connection:
            return () if connection is None else rows.encounters(connection, wanted)

    def encounters_with_nobody_else(self, uid: str) -> int:
        """Return how many encounters go when the contact goes."""
        with self._reading() as connection:
            return 0 if connection is None else count_alone(connection, uid)

    def lost(self) -> list[Entry]:
        """Return who is in the village no more, but in what `undo` remembers or in a copy.

        Somebody may be there more than once, under former names.
        """
        from dorf.store.backups.erase import lost

        with self._reading() as connection:
            return [] if connection is None else lost(connection, self.path)

    def erase_from_copies(self, uids: Sequence[str]) -> Erased:
        """Remove contacts from all copies that dorf made by itself, as far as that works."""
        from dorf.store.backups.erase import erase_from_copies

        with self._explained():
            return erase_from_copies(self.path, uids, datetime.fromisoformat(self.now))

    def newest_encounter(self) -> tuple[Encounter, ...]:
        """Return the encounter that was noted last, whichever its day."""
        from dorf.store import rows

        with self._reading() as connection:
            return () if connection is None else rows.newest_encounter(connection)

    def memory(self) -> dict[tuple[About, str], Told]:
        """Return what reminders have told, and when."""
        from dorf.store import reminders

        with self._reading() as connection:
            return {} if connection is None else reminders.memory(connection)

    def remember(self, marks: Iterable[Mark], today: date) -> None:
        """Remember that *marks* were told *today*; no step for `undo`."""
        from dorf.store import reminders

        with self._explained():
            reminders.remember(self._open(), marks, today)

    def past(self, period: Period) -> Past:
        """Return what the log of the whole village counts in *period*."""
        from dorf.store import statistics

        with self._reading() as connection:
            if connection is None:
                return statistics.nothing(period)
            return statistics.past(connection, period)

    def course(self, period: Period, uid: str) -> Course:
        """Return how often a contact was met."""
        from dorf.store import statistics

        with self._reading() as connection:
            if connection is None:
                return statistics.never(period)
            return statistics.course(connection, period, uid)

    def course_of_group(self, period: Period, source: Source) -> Course:
        """Return how often anybody was met whose main role belongs to one of the eight groups."""
        from dorf.store import statistics

        with self._reading() as connection:
            if connection is None:
                return statistics.never(period)
            return statistics.course_of_group(connection, period, source)


def read_directory(connection: sqlite3.Connection) -> list[Entry]:
    """Return the directory of the village: names, nicknames and the names of kids."""
    more: dict[str, dict[int, list[str]]] = {"nicknames": {}, "kids": {}}
    statement = (
        "SELECT 'nicknames', contact_id, text FROM contact_text WHERE field = 'nicknames'"
        " UNION ALL SELECT 'kids', contact_id, name FROM kid WHERE name IS NOT NULL"
    )
    for field, key, text in connection.execute(statement):
        more[field].setdefault(key, []).append(text)
    nicknames, kids = more["nicknames"], more["kids"]
    return [
        Entry(uid, name, tuple(nicknames.get(key, ())), tuple(kids.get(key, ())))
        for key, uid, name in connection.execute("SELECT id, uid, name FROM contact ORDER BY id")
    ]


def count_alone(connection: sqlite3.Connection, uid: str) -> int:
    """Return how many encounters were with the contact *uid* and nobody else."""
    found = connection.execute(
        "SELECT count(*) FROM participation p JOIN contact c ON c.id = p.contact_id"
        " WHERE c.uid = ? AND NOT EXISTS (SELECT 1 FROM participation o WHERE"
        " o.encounter_id = p.encounter_id AND o.contact_id <> p.contact_id)",
        [uid],
    )
    return int(found.fetchone()[0])
