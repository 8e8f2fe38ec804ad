"""Copies of the file: the automatic one of each day, backups, and putting one back.

All are made by SQLite's own backup, which sees one moment of the file while others write, into a
private file under another name that gets its own name only once it is complete and checked.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dorf.errors import N_, DorfError, UnreadableFile, reason_of
from dorf.store import store
from dorf.store.opening import DAMAGED, DamagedFile, code_of, copy_path, is_damage, transaction
from dorf.store.schema import APPLICATION_ID
from dorf.store.undoing import forget

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS_KEPT = 7
"""Automatic copies that are kept, one a day (convention)."""

WEEKS_KEPT = 4
"""Weeks before those of which the last copy is kept (convention)."""

SWITCH = "daily_copies"
"""The setting that switches automatic copies off."""

BESIDE = ("format", "before-restore", "damaged")
"""What stands between the name of the file and the stamp of a copy that was put beside it."""

SIDES = ("-journal", "-wal", "-shm")
"""What SQLite may keep beside a file; it belongs to the file and moves with it."""


class BrokenCopy(UnreadableFile):
    """A copy is not as it should be; it was not used, and nothing was changed. Exit status 6."""


class Census(NamedTuple):
    """How much there is in a village file."""

    contacts: int
    encounters: int


def copy_of_the_day(connection: sqlite3.Connection, path: Path, today: str) -> None:
    """Put the village aside as it is now, unless it is empty or copies are switched off.

    A copy that can't be made is no reason to refuse a write: `doctor` tells how old the last is.
    """
    off = connection.execute("SELECT 1 FROM setting WHERE key = ? AND value = 'off'", [SWITCH])
    if off.fetchone() or not connection.execute("SELECT 1 FROM contact LIMIT 1").fetchone():
        return
    target = copy_path(path, today)
    with suppress(OSError, sqlite3.Error, BrokenCopy):
        target.parent.mkdir(mode=0o700, exist_ok=True)
        back_up(path, target, thorough=False)
        for old in superfluous([one.stem for one in daily_copies(path)]):
            copy_path(path, old).unlink()
        for left in leftovers(target.parent):
            if date.fromtimestamp(left.stat().st_mtime).isoformat() < today:  # noqa: DTZ012
                left.unlink()


def daily_copies(path: Path) -> list[Path]:
    """Return the automatic copies of the file at *path*, oldest first."""
    found = copy_path(path, "").parent.glob("????-??-??.db")
    return sorted(one for one in found if _is_day(one.stem))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def leftovers(folder: Path) -> list[Path]:
    """Return the unfinished copies in *folder* that a killed process could not take away."""
    return sorted(folder.glob(".*.part*"))


def superfluous(days: list[str]) -> list[str]:
    """Return which of the *days* (ISO) fall out of the rotation: 7 days, then 4 weeks."""
    newest = sorted(days, reverse=True)
    kept, weeks = newest[:DAYS_KEPT], dict[tuple[int, int], str]()
    for day in newest[DAYS_KEPT:]:
        year, week, _ = date.fromisoformat(day).isocalendar()
        weeks.setdefault((year, week), day)
    kept += list(weeks.values())[:WEEKS_KEPT]
    return [day for day in newest if day not in kept]


def back_up(path: Path, target: Path, *, thorough: bool = True) -> None:
    """Copy the file at *path*, also while others write, to *target*, which is replaced as a whole.

    The copy is private (0600) and checked before it gets its name: *thorough* looks into every
    index. Raise `BrokenCopy` if it is not sound, `OSError` and `sqlite3.Error` as they come.
    """
    with unfinished(target) as copy:
        fill(path, copy)
        check(copy, thorough=thorough)
        sync(copy)
        copy.replace(target)
        sync(target.parent)


def back_up_elsewhere(path: Path, target: Path) -> Census:
    """Put a checked copy of the village at *path* where the user wants it; return what it holds.

    Raise `DorfError` for a target that is the village itself, `UnreadableFile` for one that can't
    be written, `DamagedFile` when the village is not sound.
    """
    target = checked_target(path, target)
    try:
        back_up(path, target)
        return census(target)
    except BrokenCopy as error:
        raise DamagedFile(DAMAGED, file=str(path)) from error
    except OSError as error:
        raise _unwritable(target, reason_of(error)) from error
    except sqlite3.Error as error:
        if is_damage(error) or code_of(error) == sqlite3.SQLITE_BUSY:
            raise  # of the village, not of the target
        full = code_of(error) == sqlite3.SQLITE_FULL
        reason = reason_of(OSError(errno.ENOSPC, "")) if full else str(error)
        raise _unwritable(target, reason) from error


def _unwritable(target: Path, reason: object) -> UnreadableFile:
    return UnreadableFile(
        N_("{file} can't be written: {reason}. Nothing was changed."),
        file=str(target),
        reason=reason,
    )


def checked_target(path: Path, target: Path) -> Path:
    """Return where *target* really lies; raise `DorfError` if a backup must not go there.

    The village file itself is meant as well by a link to it, and so is what SQLite keeps beside.
    """
    real, own = (Path(os.path.realpath(one)) for one in (target, path))
    try:
        there = real.exists()
        itself = there and own.exists() and real.samefile(own)
        if there and not real.is_file():
            raise _unwritable(target, DorfError(N_("that is not a file")))
    except OSError as error:
        raise _unwritable(target, reason_of(error)) from error
    if itself or real in {own.with_name(f"{own.name}{side}") for side in ("", *SIDES)}:
        raise DorfError(
            N_(
                "{file} is your village file itself. Nothing was changed; choose another name for "
                "the backup."
            ),
            file=str(target),
        )
    return real


def fill(path: Path, copy: Path) -> None:
    """Write the file at *path*, as it is at one moment, over the one at *copy*.

    The lock is taken first: a backup that finds it taken would wait for ever.
    """
    with closing(reader(path)) as source, closing(sqlite3.connect(copy)) as made:
        with transaction(source, "DEFERRED"):
            source.execute("SELECT 1 FROM sqlite_master").fetchone()
            source.backup(made)
        made.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Make a private file beside *target*; whatever is left of it at the end goes."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for left in (name, f"{name}-journal"):
            Path(left).unlink(missing_ok=True)


def reader(path: Path) -> sqlite3.Connection:
    """Return a connection that can't change the file at *path*."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=store.BUSY_SECONDS,
        isolation_level=None,
    )


def census(path: Path) -> Census:
    """Return how much there is in the village file at *path*."""
    with closing(reader(path)) as connection:
        return count_rows(connection)


def count_rows(connection: sqlite3.Connection) -> Census:
    """Return how much there is in an open village file."""
    statement = "SELECT (SELECT count(*) FROM contact), (SELECT count(*) FROM encounter)"
    return Census(*connection.execute(statement).fetchone())


def sync(path: Path) -> None:
    """Return once a file, or the names in a folder, are safe from a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check(path: Path, *, thorough: bool = True) -> None:
    """Raise `BrokenCopy` unless SQLite finds the file at *path* sound."""
    with closing(reader(path)) as connection:
        if found := complaints(connection, thorough=thorough):
            raise BrokenCopy(
                N_("{file} is damaged ({reason}). Nothing was changed."),
                file=str(path),
                reason=found[0],
            )


def complaints(connection: sqlite3.Connection, *, thorough: bool = True) -> list[str]:
    """Return what SQLite itself finds wrong, at most a few lines.

    Raise `sqlite3.Error` when it could not look, such as while another program writes.
    """
    found = unsound(connection, thorough=thorough)
    return found or (dangling(connection) if thorough else [])


def unsound(connection: sqlite3.Connection, *, thorough: bool = True) -> list[str]:
    """Return what is wrong with the pages of a file; *thorough* looks into every index."""
    pragma = "integrity_check(5)" if thorough else "quick_check(5)"
    return [row[0] for row in _asked(connection, pragma) if row[0] != "ok"]


def dangling(connection: sqlite3.Connection) -> list[str]:
    """Return which tables have rows that belong to nothing."""
    found = _asked(connection, "foreign_key_check")
    return list(dict.fromkeys(f"{row[0]}: {row[2]}?" for row in found))[:5]


def _asked(connection: sqlite3.Connection, pragma: str) -> list[tuple[str, ...]]:
    try:
        return connection.execute(f"PRAGMA {pragma}").fetchall()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return [(str(error), "", str(error))]


def copy_beside(path: Path, name: str, now: str) -> Path:
    """Put a private copy of the file beside it, under *name* and a stamp that is still free.

    A second connection reads it: the caller's may hold the lock that keeps writers away.
    """
    copy = free_name(path.with_name(name), now)
    try:
        fill(path, copy)
        sync(copy)
    except BaseException:
        copy.unlink()
        raise
    return copy


def free_name(path: Path, now: str) -> Path:
    """Return *path* with the stamp of *now*, as an empty private file that was not there."""
    stamp = now[:19].replace(":", "").replace("-", "")
    for number in count():
        copy = path.with_name(f"{path.name}-{stamp}{f'-{number}' if number else ''}")
        with suppress(FileExistsError):
            os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
            break
    return copy


# --- forgetting somebody for good ---------------------------------------------------------------


def erase_from_copies(path: Path, uid: str) -> int:
    """Remove a contact from every copy that lies beside the file at *path*.

    Encounters with nobody else go, too, and the record for undo is emptied where it knows the
    contact. A copy that can't be read might hold the contact and is deleted, and so is what a
    killed process left of one. Backups that lie elsewhere stay as they are. Return how many
    files were changed or deleted; raise `OSError` and `sqlite3.Error` as they come.
    """
    changed = 0
    for copy in copies_beside(path):
        try:
            changed += _erased(copy, uid)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            _delete(copy)
            changed += 1
    for left in (*leftovers(copy_path(path, "").parent), *own_leftovers(path)):
        left.unlink(missing_ok=True)
        changed += 1
    return changed


def copies_beside(path: Path) -> list[Path]:
    """Return all copies of the file at *path* that dorf made by itself."""
    beside = [
        one
        for file in {path.absolute(), Path(os.path.realpath(path))}
        for one in file.parent.iterdir()
        if one.name.startswith(tuple(f"{file.name}.{mark}-" for mark in BESIDE))
        and not one.name.endswith(SIDES)
    ]
    return daily_copies(path) + sorted(beside)


def own_leftovers(path: Path) -> list[Path]:
    """Return what a killed `backup` or `restore` left beside the file at *path*."""
    beginnings = (f".{path.name}.", f".{path.stem}-")
    return [one for one in leftovers(path.parent) if one.name.startswith(beginnings)]


def _delete(copy: Path) -> None:
    for side in ("", *SIDES):
        copy.with_name(f"{copy.name}{side}").unlink(missing_ok=True)


def _erased(copy: Path, uid: str) -> bool:
    """Remove a contact from one copy; tell whether there was anything of it."""
    uri = f"{copy.absolute().as_uri()}?mode=rw"
    with closing(
        sqlite3.connect(uri, uri=True, timeout=store.BUSY_SECONDS, isolation_level=None)
    ) as connection:
        for pragma in ("foreign_keys = ON", "secure_delete = ON", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            return False
        with transaction(connection, "IMMEDIATE"):
            found = _forget_contact(connection, uid)
        if found:
            connection.execute("VACUUM")  # pages that were split keep old rows in their gaps
    return found


def forget_published(connection: sqlite3.Connection, uid: str) -> bool:
    """Remove what calendars were told of a contact; tell whether that was anything."""
    done = connection.execute(
        "DELETE FROM published WHERE instr(uid, '-' || ?1 || '@') OR instr(uid, '-' || ?1 || '-')",
        [uid],
    )
    return done.rowcount > 0


def _forget_contact(connection: sqlite3.Connection, uid: str) -> bool:
    """Remove the contact, what only it was part of, and what remembers it."""
    run = connection.execute
    row = run("SELECT name FROM contact WHERE uid = ?", [uid]).fetchone()
    tables = {name for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'table'")}
    published = "published" in tables and forget_published(connection, uid)
    record = "undo_change" in tables
    told = "SELECT 1 FROM undo_change WHERE instr(before, ?1) OR instr(after, ?1) LIMIT 1"
    if row is None and not (record and run(told, [uid]).fetchone()):
        return published
    if record:  # first: without a step, the triggers note nothing of what follows
        forget(connection)
    if row is not None:
        run("DELETE FROM contact WHERE uid = ?", [uid])
        run("DELETE FROM encounter WHERE id NOT IN (SELECT encounter_id FROM participation)")
        for table in ("acceptance", "rule_off"):
            run(f"DELETE FROM {table} WHERE substr(key, instr(key, ':') + 1) = ?", row)
    return True
