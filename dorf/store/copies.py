"""Copies of the file: the automatic one of each day, backups, and putting one back.

All are made by SQLite's own backup, which sees one moment of the file while others write, into a
private file under another name that gets its own name only once it is complete and checked.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from dorf.errors import N_, UnreadableFile
from dorf.store.store import copy_path

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS_KEPT = 7
"""Automatic copies that are kept, one a day (convention)."""

WEEKS_KEPT = 4
"""Weeks before those of which the last copy is kept (convention)."""

SWITCH = "daily_copies"
"""The setting that switches automatic copies off."""


class BrokenCopy(UnreadableFile):
    """A copy is not as it should be; it was not used, and nothing was changed. Exit status 6."""


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


def daily_copies(path: Path) -> list[Path]:
    """Return the automatic copies of the file at *path*, oldest first."""
    return sorted(copy_path(path, "").parent.glob("????-??-??.db"))


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
    with _unfinished(target) as copy:
        with closing(_reader(path)) as source, closing(sqlite3.connect(copy)) as made:
            source.backup(made)
            made.execute("PRAGMA journal_mode = DELETE")
        check(copy, thorough=thorough)
        _sync(copy)
        copy.replace(target)
        _sync(target.parent)


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """Make a private file beside *target*; whatever is left of it at the end goes."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for left in (name, f"{name}-journal"):
            Path(left).unlink(missing_ok=True)


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check(path: Path, *, thorough: bool = True) -> None:
    """Raise `BrokenCopy` unless SQLite finds the file at *path* sound."""
    with closing(_reader(path)) as connection:
        if found := complaints(connection, thorough=thorough):
            raise BrokenCopy(
                N_("{file} is damaged ({reason}). Nothing was changed."),
                file=str(path),
                reason=found[0],
            )


def complaints(connection: sqlite3.Connection, *, thorough: bool = True) -> list[str]:
    """Return what SQLite itself finds wrong, at most a few lines."""
    pragma = "integrity_check(5)" if thorough else "quick_check(5)"
    try:
        found = [str(line) for (line,) in connection.execute(f"PRAGMA {pragma}") if line != "ok"]
        if thorough and not found:
            dangling = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
            found = [f"{table}: {parent}?" for table, _, parent, _ in dangling]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    return found


def copy_beside(path: Path, name: str, now: str) -> Path:
    """Put a private copy of the file beside it, under *name* and a stamp that is still free.

    A second connection reads it: the caller's may hold the lock that keeps writers away.
    """
    stamp = now[:19].replace(":", "").replace("-", "")
    for number in count():
        copy = path.with_name(f"{name}-{stamp}{f'-{number}' if number else ''}")
        with suppress(FileExistsError):
            os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
            break
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy
