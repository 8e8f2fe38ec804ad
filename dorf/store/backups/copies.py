"""Copies of the file: the automatic one of each day, backups, and putting one back.

All are made by SQLite's own backup, which sees one moment of the file while others write, into a
private file under another name that gets its own name only once it is complete and checked.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dorf.errors import N_, DorfError, UnreadableFile, reason_of
from dorf.store.backups.verification import BrokenCopy, check, verify
from dorf.store.backups.workspace import abandoned_files
from dorf.store.opening import (
    DAMAGED,
    DamagedFile,
    code_of,
    connect,
    copy_path,
    guarded,
    is_damage,
    is_large,
    reached,
    transaction,
    trust,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dorf.store.backups.verification import Census
    from dorf.store.schema import Steps

DAYS_KEPT = 7
"""Automatic copies that are kept, one a day (convention)."""

WEEKS_KEPT = 4
"""Weeks before those of which the last copy is kept (convention)."""

_FICLONE = 0x40049409
"""The request of Linux to let a file share the blocks of another (``linux/fs.h``)."""

_AT_ONCE = 1 << 30
"""Bytes that the kernel is asked to copy at once; it may do less."""

SWITCH = "daily_copies"
"""The setting that switches automatic copies off."""

SIDES = ("-journal", "-wal", "-shm")
"""What SQLite may keep beside a file; it belongs to the file and moves with it."""

ABANDONED = timedelta(hours=1)
"""After that long, nobody writes an unfinished copy any more (convention)."""

_SIDE = f"({'|'.join(SIDES)})?"
_DAILY = rf"\d{{4}}-\d\d-\d\d\.db{_SIDE}"
_BESIDE = rf"\.(format-\d+|before-restore|damaged)-\d{{8}}T\d{{6}}(-\d+)?{_SIDE}"
"""What follows the name of the file in that of a copy beside it."""

_PART = r"\.[a-z0-9_]+\.part(-journal)?"
_BACKUP = r"-\d{4}-\d\d-\d\d(-\d+)?\.db"


def copy_of_the_day(
    connection: sqlite3.Connection, path: Path, today: str, now: datetime, *, patient: bool = False
) -> None:
    """Put the village aside as it is now, unless it is empty or copies are switched off.

    A copy that can't be made is no reason to refuse a write: `doctor` tells how old the last is.
    Copying a large file would keep people waiting for seconds. Where the disk can, its copy takes
    the blocks that the file has; elsewhere one is made in each week, by a *patient* caller.
    """
    if not is_on(connection) or not connection.execute("SELECT 1 FROM contact LIMIT 1").fetchone():
        return
    target = copy_path(path, today)
    with _suppressed():
        target.parent.mkdir(mode=0o700, exist_ok=True)
        if is_large(path):
            due = patient and _week(today) not in {_week(copy.stem) for copy in daily_copies(path)}
            if not _copy_large(path, target, due=due):
                return
        else:
            daily_back_up(path, target)
        for old in _going(path, today):
            copy_path(path, old).unlink()
        for left in leftovers(path, now):
            left.unlink()


@contextmanager
def _suppressed() -> Iterator[None]:
    """Let go what keeps a copy from being made, but for what a person has to change."""
    try:
        yield
    except PermissionError:
        raise
    except (OSError, sqlite3.Error, BrokenCopy):
        return


def is_on(connection: sqlite3.Connection) -> bool:
    """Tell whether an open file copies itself every day."""
    off = "SELECT 1 FROM setting WHERE key = ? AND value = 'off'"
    return connection.execute(off, [SWITCH]).fetchone() is None


@contextmanager
def copies_reached(path: Path) -> Iterator[None]:
    """Turn what the system says into a sentence about the copies, or about the file at *path*.

    Raise `StoreError` that names the file where already its name is refused.
    """
    with reached(path):
        path.exists()
    with reached(copy_path(path, "").parent):
        yield


def daily_copies(path: Path) -> list[Path]:
    """Return the automatic copies of the file at *path*, oldest first.

    Raise `PermissionError` if their folder can't be read.
    """
    folder = copy_path(path, "").parent
    if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    found = folder.glob("????-??-??.db")
    return sorted(copy for copy in found if _is_day(copy.stem) and copy.is_file())


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def copies_beside(path: Path) -> list[Path]:
    """Return all copies of the file at *path* that dorf made by itself.

    What SQLite kept beside one belongs to it, and stands for itself once that one is gone.
    """
    real = Path(os.path.realpath(path))
    found = [
        *_matching(copy_path(path, "").parent, _DAILY),
        *_matching(real.parent, re.escape(real.name) + _BESIDE),
    ]
    sides = {file.with_name(f"{file.name}{side}") for file in found for side in SIDES}
    return [file for file in found if file not in sides]


def leftovers(path: Path, now: datetime) -> list[Path]:
    """Return the copies of the file at *path* that killed processes left, unfinished or looked at.

    One that is younger than `ABANDONED` may still be in use.
    """
    found = _matching(copy_path(path, "").parent, rf"\.{_DAILY}{_PART}")
    for file in {Path(os.path.realpath(path.parent), path.name), Path(os.path.realpath(path))}:
        name, stem = re.escape(file.name), re.escape(file.stem)
        found += _matching(file.parent, rf"\.({name}|{stem}{_BACKUP}){_PART}")
    found += abandoned_files()
    latest = (now - ABANDONED).timestamp()
    old: list[Path] = []
    for file in found:
        with suppress(FileNotFoundError):  # it was finished meanwhile
            old += [file] if file.stat().st_mtime < latest else []
    return old


def _matching(folder: Path, pattern: str) -> list[Path]:
    """Return the files in *folder* whose whole name is like *pattern*; none if it isn't there."""
    if not folder.is_dir():
        return []
    found = (file for file in folder.iterdir() if re.fullmatch(pattern, file.name))
    return sorted(file for file in found if file.is_file())


def _going(path: Path, today: str) -> list[str]:
    """Return the days whose copies go now: never the newest one that is known to be good.

    The copy of a small file was checked a moment ago. One of a large file was not, so before
    others go it is looked at, and those before it if it is damaged: at most once a week, since
    that takes a second or two (300 MB a second, measured).
    """
    days = [copy.stem for copy in daily_copies(path)]
    going = superfluous(days, today)
    if not going or not is_large(path):
        return going
    if _week(today) in {_week(day) for day in days if day != today}:
        return []
    good = (day for day in newest_first(days, today) if _is_whole(copy_path(path, day)))
    kept = next(good, None)
    return [day for day in going if day != kept]


def newest_first(days: Iterable[str], today: str) -> list[str]:
    """Return *days* (ISO) in the order in which a copy is best put back: those ahead come last."""
    return sorted(days, key=lambda day: (day <= today, day), reverse=True)


def _is_whole(copy: Path) -> bool:
    """Tell whether the pages and the schema of a copy are as they should be."""
    try:
        check(copy, thorough=False)
    except (BrokenCopy, sqlite3.Error):
        return False
    return True


def superfluous(days: list[str], today: str) -> list[str]:
    """Return which of the *days* (ISO) fall out of the rotation: 7 days, then 4 weeks.

    Days after *today* come from a clock that was ahead: they take no place in it, and as many of
    them are kept as days.
    """
    newest = sorted((day for day in days if day <= today), reverse=True)
    ahead = sorted((day for day in days if day > today), reverse=True)
    kept, weeks = newest[:DAYS_KEPT], dict[tuple[int, int], str]()
    for day in newest[DAYS_KEPT:]:
        weeks.setdefault(_week(day), day)
    kept += list(weeks.values())[:WEEKS_KEPT]
    return [day for day in newest if day not in kept] + ahead[DAYS_KEPT:]


def _week(day: str) -> tuple[int, int]:
    """Return the year and the week in which a day (ISO) lies."""
    year, week, _ = date.fromisoformat(day).isocalendar()
    return year, week


def _copy_large(path: Path, target: Path, *, due: bool) -> bool:
    """Copy the file at *path* as it is to *target*: as a clone, or byte by byte if one is *due*.

    Return whether there is a copy now. Checking it would take longer than all else, so it is left
    to `restore`, which checks every copy, and to `doctor`.
    """
    with unfinished(target) as copy:
        if not _duplicate(path, copy, clone_only=not due):
            return False
        sync(copy)
        _name_first(copy, target)
        sync(target.parent)
        return True


def _duplicate(path: Path, copy: Path, *, clone_only: bool = False) -> bool:
    """Write the file at *path*, as it is at one moment, over the one at *copy*; tell whether it is.

    SQLite's shared lock keeps writers away meanwhile. Closing the file drops the locks that this
    process has on it, so it is closed last, and nobody calls this inside a transaction.
    """
    with ExitStack() as stack:
        source = stack.enter_context(path.open("rb"))
        made = stack.enter_context(copy.open("r+b"))
        connection = stack.enter_context(closing(connect(path)))
        stack.enter_context(transaction(connection, "DEFERRED"))
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return False  # a part of the village lies beside the file
        if _clone(source.fileno(), made.fileno()):
            return True
        if not clone_only:
            _pour(source, made)
        return not clone_only


def _clone(source: int, made: int) -> bool:
    """Let one open file share the blocks of another, where the disk can; tell whether it does."""
    if not sys.platform.startswith("linux"):
        return False
    import fcntl

    with suppress(OSError):  # most disks can't
        fcntl.ioctl(made, _FICLONE, source)
        return True
    return False


def _pour(source: IO[bytes], made: IO[bytes]) -> None:
    """Copy *source* into *made*: inside of the kernel as far as it can, in a third of the time."""
    at = 0
    with suppress(OSError, AttributeError):  # Linux has it, though not for every disk
        while copied := os.copy_file_range(source.fileno(), made.fileno(), _AT_ONCE, at, at):
            at += copied
    source.seek(at)
    made.seek(at)
    shutil.copyfileobj(source, made, 1 << 20)


def daily_back_up(path: Path, target: Path) -> None:
    """Copy the file at *path* to *target*, as `back_up` does, but check it less thoroughly.

    A *target* that is there is left: whoever was faster saw the file before the first change.
    """
    with unfinished(target) as copy:
        fill(path, copy, compact=True)
        check(copy, thorough=False)
        sync(copy)
        _name_first(copy, target)
        with suppress(OSError):
            sync(target.parent)


def back_up(path: Path, target: Path, steps: Steps) -> Census:
    """Copy the file at *path*, also while others write, to *target*, which is replaced as a whole.

    The copy is private (0600), and all that a restore checks is checked before it gets its name.
    Raise `BrokenCopy` if it is not sound, `OSError` and `sqlite3.Error` as they come.
    """
    with unfinished(target) as copy:
        fill(path, copy, compact=True)
        held = verify(copy, steps)
        sync(copy)
        copy.replace(target)
        with suppress(OSError):  # the copy is whole; some network disks can't sync a folder
            sync(target.parent)
        return held


def _name_first(copy: Path, target: Path) -> None:
    """Give *copy* the name *target* if that is still free."""
    try:
        target.hardlink_to(copy)
    except FileExistsError:
        return
    except OSError:  # a disk without links
        copy.replace(target)


def back_up_elsewhere(path: Path, target: Path, steps: Steps) -> Census:
    """Put a checked copy of the village at *path* where the user wants it; return what it holds.

    Raise `DorfError` for a target that is the village itself, `UnreadableFile` for one that can't
    be written, `DamagedFile` when the village is not sound.
    """
    target = checked_target(path, target)
    try:
        return back_up(path, target, steps)
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
    real, own = (Path(os.path.realpath(file)) for file in (target, path))
    try:
        exists = real.exists()
        itself = exists and own.exists() and real.samefile(own)
        if exists and not real.is_file():
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


def fill(path: Path, copy: Path, *, compact: bool = False) -> None:
    """Write the file at *path*, as it is at one moment, over the one at *copy*.

    A *compact* copy has no pages that nothing uses any more, such as those of steps that left the
    record of undo. The lock is taken first: a backup that finds it taken would wait for ever.
    """
    with closing(connect(path)) as source, closing(guarded(sqlite3.connect(copy))) as made:
        trust(source)  # its schema is only taken over; whoever uses the copy compares it
        if compact and source.execute("PRAGMA freelist_count").fetchone()[0]:
            with suppress(UnicodeEncodeError):  # a path that is no text can't be said in SQL
                source.execute("VACUUM INTO ?", [str(copy)])
                return
        with transaction(source, "DEFERRED"):
            source.execute("SELECT 1 FROM sqlite_master").fetchone()
            source.backup(made)
        made.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def unfinished(target: Path, stay: list[Path] | None = None) -> Iterator[Path]:
    """Make a private file beside *target*; whatever is left of it at the end goes.

    What can't be deleted is added to *stay*; without that it is left for `doctor` to name.
    """
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for left in (Path(name), Path(f"{name}-journal")):
            try:
                left.unlink(missing_ok=True)
            except OSError:
                if stay is not None:
                    stay.append(left)


def sync(path: Path) -> None:
    """Return once a file, or the names in a folder, are safe from a power cut.

    Windows opens no folder and keeps the names by itself; a file has to be open for writing there.
    """
    is_folder = path.is_dir()
    try:
        handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    except PermissionError:
        if is_folder:
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_beside(path: Path, purpose: str, now: str) -> Path:
    """Put a private copy of the file beside it, under its name, a *purpose* and a free stamp.

    It has that name only once it is whole. A second connection reads the file: the caller's may
    hold the lock that keeps writers away.
    """
    real = Path(os.path.realpath(path))
    with unfinished(real) as copy:
        fill(path, copy)
        sync(copy)
        return _name_stamped(copy, real.with_name(f"{real.name}.{purpose}"), now)


def _name_stamped(copy: Path, path: Path, now: str) -> Path:
    """Give *copy* the first free name of *path* with the stamp of *now*, and return that."""
    for target in _stamped(path, now):
        try:
            target.hardlink_to(copy)
        except FileExistsError:
            continue
        except OSError:  # a disk without links
            break
        return target
    target = free_name(path, now)
    copy.replace(target)
    return target


def free_name(path: Path, now: str) -> Path:
    """Return *path* with the stamp of *now*, as an empty private file that was not there."""
    for copy in _stamped(path, now):
        with suppress(FileExistsError):
            os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            break
    return copy


def _stamped(path: Path, now: str) -> Iterator[Path]:
    """Yield *path* with the stamp of *now*, then with numbers behind it, without end."""
    stamp = now[:19].replace(":", "").replace("-", "")
    for number in count():
        yield path.with_name(f"{path.name}-{stamp}{f'-{number}' if number else ''}")
