"""The health of a file, looked at without changing it: nothing is migrated, repaired or tidied."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dorf.core.doctor import DailyCopy, FileFacts, Record
from dorf.errors import DorfError, StoreError
from dorf.store.backups.conflicts import conflict_copies
from dorf.store.backups.copies import (
    daily_copies,
    is_on,
    leftovers,
    newest_first,
)
from dorf.store.backups.verification import (
    BrokenCopy,
    census,
    check,
    dangling,
    read_everything,
    unsound,
)
from dorf.store.backups.workspace import workspace
from dorf.store.inspection import inspect, tables_of
from dorf.store.opening import (
    DAMAGED,
    DamagedFile,
    DamagedRowsError,
    ForeignSchema,
    cant_open,
    checked_version,
    code_of,
    connect,
    copy_path,
    explain,
    is_large,
    refuse_what_is_no_file,
    transaction,
    trust,
)
from dorf.store.schema import STEPS, VERSION
from dorf.store.store import Store
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dorf.core.village import Village

_LONELY = "SELECT count(*) FROM encounter WHERE id NOT IN (SELECT encounter_id FROM participation)"
_MISCOUNTED = """
SELECT count(*) FROM participation p WHERE
    help_in <> (SELECT count(*) FROM encounter_help h
        WHERE h.encounter_id = p.encounter_id AND direction = 'in')
    OR help_out <> (SELECT count(*) FROM encounter_help h
        WHERE h.encounter_id = p.encounter_id AND direction = 'out')
"""
_RECORD = """
SELECT (SELECT count(*) FROM undo_step WHERE undone = 0),
    (SELECT ifnull(sum(length(ifnull(before, '')) + length(ifnull(after, ''))), 0)
        FROM undo_change),
    (SELECT at FROM undo_step WHERE undone = 0 ORDER BY id LIMIT 1)
"""


class Findings(NamedTuple):
    """What was seen: the facts about the file, and the village if it could be read."""

    facts: FileFacts
    village: Village | None


def examine(path: Path, today: date, file_from: str, now: datetime) -> Findings:
    """Look at the village file at *path* and at the copies beside it, which *now* may be old.

    Nothing is raised: what can't be looked at is the trouble that the facts tell of. A folder
    that is missing is one, unless nothing chose the file (*file_from*) and the folder is dorf's.
    """
    facts = _outside(path, file_from, now)
    village = None
    if facts.exists and facts.trouble is None:
        try:
            with _unchanged(path) as (connection, interrupted):
                facts = facts._replace(interrupted=interrupted)
                facts, village = _inside(connection, path, facts, today)
        except StoreError as trouble:
            facts = _troubled(facts, trouble)
        except sqlite3.Error as error:
            facts = _troubled(facts, explain(error, path))
        except DamagedRowsError:
            facts = _troubled(facts, DamagedFile(DAMAGED, file=str(path)))
        except OSError as error:
            facts = _troubled(facts, cant_open(path, error))
    with suppress(OSError):
        facts = facts._replace(rescue=_newest_sound_copy(path, facts.day))
    return Findings(facts, village)


def _troubled(facts: FileFacts, trouble: StoreError) -> FileFacts:
    if isinstance(trouble, ForeignSchema):
        foreign = trouble.inspection.foreign
        facts = facts._replace(foreign=foreign, tables=frozenset(tables_of(STEPS)))
    return facts._replace(trouble=trouble, damaged=isinstance(trouble, DamagedFile))


def _outside(path: Path, file_from: str, now: datetime) -> FileFacts:
    """Return what can be seen without opening the file."""
    day = now.astimezone().date()
    facts = FileFacts(str(path), file_from, VERSION, sqlite3.sqlite_version, day)
    try:
        facts = _beside(path, facts, now)
        Store(path, "", make_folder=not file_from).exists()
        if not path.exists():
            return facts
        refuse_what_is_no_file(path)
        seen = path.stat()
    except OSError as error:
        return _troubled(facts, cant_open(path, error))
    except StoreError as trouble:
        return _troubled(facts, trouble)
    return facts._replace(
        exists=True,
        size=seen.st_size,
        large=is_large(path),
        mode=seen.st_mode & 0o777,
        folder_mode=path.parent.stat().st_mode & 0o777,
        writable=os.access(path, os.W_OK) and os.access(path.parent, os.W_OK),
        changed_on=date.fromtimestamp(seen.st_mtime),  # noqa: DTZ012  (the day here)
    )


def _beside(path: Path, facts: FileFacts, now: datetime) -> FileFacts:
    """Return what lies beside the file, as far as its folder and that of the copies can be read."""
    folder = copy_path(path, "").parent
    free = None
    with suppress(OSError, AttributeError):  # a system that can't tell
        free = shutil.disk_usage(path.parent).free
    closed = folder.is_dir() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    facts = facts._replace(
        free=free,
        no_room_for_copies=_no_room(folder),
        closed_copies=str(folder) if closed else None,
        conflicts=tuple(str(file) for file in conflict_copies(path)),
    )
    if closed and not os.access(folder, os.R_OK | os.X_OK):
        return facts
    return facts._replace(
        copies=tuple(automatic_copies(path)),
        leftovers=tuple(str(file) for file in leftovers(path, now)),
    )


def _no_room(folder: Path) -> str | None:
    """Return the folder of the copies if something else stands there, or it can't be written."""
    fits = folder.is_dir() or not os.path.lexists(folder)
    return None if fits else str(folder)


@contextmanager
def _unchanged(path: Path) -> Iterator[tuple[sqlite3.Connection, bool]]:
    """Open the file for reading only; tell whether a write was cut off.

    Then SQLite would have to take back what is left of the write before anybody can read. That
    happens in a private copy that goes at the end.
    """
    with ExitStack() as stack:
        connection = stack.enter_context(closing(connect(path)))
        interrupted = _interrupted(connection)
        if interrupted:
            folder = stack.enter_context(workspace())
            real = Path(os.path.realpath(path))
            with suppress(FileNotFoundError):
                for name in (real.name, f"{real.name}-journal"):
                    shutil.copyfile(real.with_name(name), folder / name)
            interrupted = _interrupted(connection)  # or somebody has tidied up meanwhile
            if interrupted:
                connection = stack.enter_context(closing(sqlite3.connect(folder / real.name)))
                connection.isolation_level = None
        yield connection, interrupted


def _interrupted(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if code_of(error) != sqlite3.SQLITE_READONLY:
            raise
        return True
    return False


def _inside(
    connection: sqlite3.Connection, path: Path, facts: FileFacts, today: date
) -> tuple[FileFacts, Village | None]:
    with transaction(connection, "DEFERRED"):
        version = checked_version(connection, path, STEPS)
        trust(connection)
        facts = facts._replace(
            format=version,
            unsound=tuple(unsound(connection)),
            dangling=tuple(dangling(connection)),
            wal=connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal",
        )
        different = inspect(connection, STEPS[:version])
        facts = facts._replace(added=different.left_out, required=different.required)
        if version < VERSION or facts.unsound:
            return facts, None
        run = connection.execute
        facts = facts._replace(
            record=Record(*run(_RECORD).fetchone()),
            daily=is_on(connection),
            lonely=run(_LONELY).fetchone()[0],
            miscounted=run(_MISCOUNTED).fetchone()[0],
        )
        if facts.lonely:
            return facts, None
        return facts, read_everything(connection, today)


def _newest_sound_copy(path: Path, day: date) -> date | None:
    """Return the day of the copy that is best put back; one after *day* is the last choice."""
    for made in newest_first((copy.stem for copy in daily_copies(path)), day.isoformat()):
        with suppress(BrokenCopy, sqlite3.Error):
            check(copy_path(path, made))
            return date.fromisoformat(made)
    return None


def makes_daily_copies(store: Store) -> bool | None:
    """Tell whether the file copies itself every day; None if it can't be read or isn't there."""
    with suppress(DorfError):
        if store.exists():
            return is_on(store.opened())
    return None


def automatic_copies(path: Path) -> Iterator[DailyCopy]:
    """Yield the automatic copies of the file at *path*, oldest first.

    Raise `OSError` as it comes.
    """
    for copy in daily_copies(path):
        contacts = None
        with suppress(sqlite3.Error):
            contacts = census(copy).contacts
        yield DailyCopy(date.fromisoformat(copy.stem), str(copy), copy.stat().st_size, contacts)
