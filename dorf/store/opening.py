"""What it takes to open a file safely: transactions, whose file it is, what SQLite complains of."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dorf.errors import N_, DorfError, StoreError, reason_of
from dorf.store.schema import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_SECONDS = 5.0
"""How long to wait for another program that writes to the same file (CONTRIBUTING.md, Data)."""

DAMAGED = N_(
    "{file} is damaged. dorf does not touch it; restore a backup or an export, or choose another "
    "file with --db."
)
CANT_OPEN = N_("{file} can't be opened: {reason}.")
NEWER = N_(
    "{file} was written by a newer dorf (format {version}, this one knows {known}). Please update "
    "dorf; nothing was changed."
)


class DamagedFile(StoreError):
    """The file is damaged, or no database at all. Exit status 5."""


class DamagedRowsError(Exception):
    """Rows hold what no dorf has written: another program, or a failing disk, was there."""


def connect(path: Path, mode: str = "ro") -> sqlite3.Connection:
    """Return a connection to the file at *path*, which must be there; ``rw`` may change it.

    The address is written by hand: ``as_uri`` loads modules that cost more than the opening.
    """
    address = str(path.absolute())
    for character in "%?#":
        address = address.replace(character, f"%{ord(character):02x}")
    return sqlite3.connect(
        f"file://{address}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str) -> Iterator[None]:
    """Keep all that happens inside, or nothing; inside another transaction, leave it to that."""
    if connection.in_transaction:
        yield
        return
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def refuse_what_is_no_file(path: Path) -> None:
    """Raise `StoreError` for a folder, a pipe or a device: opening one can take for ever."""
    if path.exists() and not path.is_file():
        if path.is_dir():
            raise cant_open(path, IsADirectoryError(errno.EISDIR, ""))
        raise StoreError(CANT_OPEN, file=str(path), reason=DorfError(N_("that is not a file")))


def cant_open(path: Path, error: OSError) -> StoreError:
    """Return the sentence for what the system reports about the file at *path*."""
    return StoreError(CANT_OPEN, file=str(path), reason=reason_of(error))


def copy_path(path: Path, day: str) -> Path:
    """Return where the automatic copy of a *day* lies: in a folder beside the file.

    Beside the real one: whoever opens the file through a link shares its copies.
    """
    real = os.path.realpath(path)
    return Path(f"{real}.copies", f"{day}.db")


def checked_version(connection: sqlite3.Connection, path: Path, known: int) -> int:
    """Return the version of the file; raise `StoreError` if it is not ours to open."""
    with transaction(connection, "DEFERRED"):
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if owner != APPLICATION_ID and (owner or version or tables):
        raise StoreError(
            N_(
                "{file} is a database of another program. dorf leaves it alone; choose another "
                "file with --db."
            ),
            file=str(path),
        )
    if version > known:
        raise StoreError(NEWER, file=str(path), version=version, known=known)
    return version


_DAMAGE = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_NOTADB,
    }
)


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary code of *error*; what Python itself refuses is SQLITE_ERROR."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether *error* is about what is in a file, not about a disk, a right or a lock."""
    return code_of(error) in _DAMAGE


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """Return the sentence for what SQLite reports about the file at *path*."""
    code = code_of(error)
    sentences = {
        sqlite3.SQLITE_NOTADB: N_(
            "{file} is not a dorf file. Nothing was changed; choose another file with --db."
        ),
        sqlite3.SQLITE_CORRUPT: DAMAGED,
        sqlite3.SQLITE_BUSY: N_(
            "{file} is in use by another program. Nothing was changed; please try again in a "
            "moment."
        ),
        sqlite3.SQLITE_READONLY: N_(
            "{file} can't be written: it or its folder is read-only. Nothing was changed."
        ),
        sqlite3.SQLITE_FULL: N_(
            "The disk is full, so {file} could not be written. Nothing was changed."
        ),
        sqlite3.SQLITE_IOERR: N_(
            "{file} could not be read or written: the disk reports an error. Nothing was changed."
        ),
        sqlite3.SQLITE_CANTOPEN: N_(
            "{file} can't be opened. Is it a file, and may you read and write it?"
        ),
    }
    sentence = sentences.get(code, N_("{file} can't be used: {reason}."))
    kind = DamagedFile if is_damage(error) else StoreError
    return kind(sentence, file=str(path), reason=str(error))


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite reports, and rows that nobody wrote, into a sentence about the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error
    except (DamagedRowsError, UnicodeDecodeError) as error:
        raise DamagedFile(DAMAGED, file=str(path)) from error


@contextmanager
def reached(path: Path) -> Iterator[None]:
    """Turn what the system reports as well into a sentence about the file; raise `StoreError`."""
    try:
        with explained(path):
            yield
    except OSError as error:
        raise cant_open(path, error) from error


@contextmanager
def trusting() -> Iterator[None]:
    """Turn what a value refuses into `DamagedRowsError`: it came from the file, not from people."""
    try:
        yield
    except (ValueError, TypeError, KeyError, IndexError, DorfError) as error:
        raise DamagedRowsError(str(error)) from error
