"""What it takes to open a file safely: transactions, whose file it is, what SQLite complains of."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dorf.errors import N_, DorfError, StoreError, reason_of
from dorf.store.inspection import in_short, inspect
from dorf.store.schema import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dorf.store.inspection import Inspection
    from dorf.store.schema import Steps

LARGE = 100_000_000
"""Bytes from which on a copy takes seconds: larger files are copied in another way (convention)."""

BUSY_SECONDS = 5.0
"""How long to wait for another program that writes to the same file (CONTRIBUTING.md, Data)."""

DAMAGED = N_(
    "{file} is damaged. dorf does not touch it; restore a backup or an export, or choose another "
    "file with --db."
)
CANT_OPEN = N_("{file} can't be opened: {reason}.")
FOREIGN = N_(
    "{file} holds something that dorf has not made and does not trust ({what}). It was left as it "
    "is: “dorf doctor” says what helps, “dorf restore” puts a copy in its place."
)
MOST_STEPS = 500_000_000
"""Instructions of SQLite's machine after which one statement is stopped: some 15 seconds. The
longest of ours, `integrity_check` with 1,000,000 encounters, takes 90 million (measured)."""

LEADS_NOWHERE = N_(
    "{file} leads to a place that is not there just now ({target}). Is a disk missing? Nothing was "
    "made in its stead."
)
NO_LOCKS = N_(
    "{file} lies where files can't be locked, so two commands could spoil each other. Nothing was "
    "changed; keep the village on a disk of this machine, or mount the share with locks."
)
NEWER = N_(
    "{file} was written by a newer dorf (format {version}, this one knows {known}). Please update "
    "dorf; nothing was changed."
)


class DamagedFile(StoreError):
    """The file is damaged, or no database at all. Exit status 5."""


class ForeignSchema(DamagedFile):
    """Another program put something into the file that could run, or rule. Exit status 5."""

    def __init__(self, path: Path, inspection: Inspection) -> None:
        """Name the first few of the things that were found in the file at *path*."""
        super().__init__(FOREIGN, file=str(path), what=in_short(inspection.foreign))
        self.inspection = inspection


class DamagedRowsError(Exception):
    """Rows hold what no dorf has written: another program, or a failing disk, was there."""


def connect(path: Path, mode: str = "ro") -> sqlite3.Connection:
    """Return a connection to the file at *path*, which must be there; ``rw`` may change it.

    The address is written by hand: ``as_uri`` loads modules that cost more than the opening.
    """
    address = str(path.absolute())
    for character in "%?#":
        address = address.replace(character, f"%{ord(character):02x}")
    connection = sqlite3.connect(
        f"file://{address}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    with closed_on_error(connection):
        if mode == "ro":
            connection.execute("PRAGMA trusted_schema = OFF")
        return guarded(connection)


def guarded(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Let no statement run for ever, and no page lead astray; return the connection.

    What SQLite calls defensive can be asked for from Python 3.12 on. It forbids statements that
    write to the schema itself; dorf has none, and what could bring some is refused beforehand.
    """
    with closed_on_error(connection):
        connection.set_progress_handler(lambda: 1, MOST_STEPS)
        connection.execute("PRAGMA cell_size_check = ON")
        if configure := getattr(connection, "setconfig", None):
            configure(_DEFENSIVE, True)  # noqa: FBT003  (as Python has it)
    return connection


@contextmanager
def closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Close the connection if the block fails: nobody else will have it."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


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


def refuse_what_leads_nowhere(path: Path) -> None:
    """Raise `StoreError` if *path*, or a folder on its way, is a link to what is not there."""
    for place in (path, *path.parents):
        if os.path.islink(place) and not os.path.exists(place):  # noqa: PTH110, PTH114  (a loop)
            target = os.readlink(place)  # noqa: PTH115  (as it stands)
            raise StoreError(LEADS_NOWHERE, file=str(path), target=target)


def _knows_no_locks(path: Path) -> bool:
    """Tell whether the file lies where the system can't lock any."""
    try:
        import fcntl
    except ImportError:  # Windows
        return False
    with suppress(FileNotFoundError, PermissionError), path.open("rb") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, _FAR_AWAY)
        except OSError as error:
            return error.errno in {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS}
    return False


_FAR_AWAY = 1 << 40
"""A byte that neither SQLite nor anybody else locks."""


def cant_open(path: Path, error: OSError) -> StoreError:
    """Return the sentence for what the system reports about the file at *path*."""
    return StoreError(CANT_OPEN, file=str(path), reason=reason_of(error))


def is_large(path: Path) -> bool:
    """Tell whether the file at *path* takes too long to be copied while somebody waits."""
    return path.exists() and path.stat().st_size >= LARGE


def copy_path(path: Path, day: str) -> Path:
    """Return where the automatic copy of a *day* lies: in a folder beside the file.

    Beside the real one: whoever opens the file through a link shares its copies.
    """
    real = os.path.realpath(path)
    return Path(f"{real}.copies", f"{day}.db")


def trust(connection: sqlite3.Connection) -> None:
    """Let the schema of an open file, which was compared word by word, call functions again.

    SQLite 3.40 takes the JSON functions of our own checks for unsafe ones: it opens such a file
    for reading, but not for writing. So a connection that writes has the comparison alone.
    """
    connection.execute("PRAGMA trusted_schema = ON")


def checked_version(connection: sqlite3.Connection, path: Path, steps: Steps) -> int:
    """Return the version of the file; raise `StoreError` if it is not ours to open.

    Its schema must be the one after as many of the *steps*, but for columns and tables more.
    """
    with transaction(connection, "DEFERRED"):
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        ours = owner == APPLICATION_ID and 0 < version <= len(steps)
        inspection = inspect(connection, steps[:version]) if ours else None
    if owner != APPLICATION_ID and (owner or version or tables):
        raise StoreError(
            N_(
                "{file} is a database of another program. dorf leaves it alone; choose another "
                "file with --db."
            ),
            file=str(path),
        )
    if version > len(steps):
        raise StoreError(NEWER, file=str(path), version=version, known=len(steps))
    if inspection and inspection.foreign:
        raise ForeignSchema(path, inspection)
    return version


_DEFENSIVE = 1010
"""``SQLITE_DBCONFIG_DEFENSIVE``; the module has the name from Python 3.12 on."""

_ABOUT_LOCKS = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})
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
    if code in _ABOUT_LOCKS and _knows_no_locks(path):
        code = sqlite3.SQLITE_PROTOCOL
    sentences = {
        sqlite3.SQLITE_PROTOCOL: NO_LOCKS,
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
        sqlite3.SQLITE_INTERRUPT: N_(
            "{file} takes much longer to read than any village: something in it is wrong. “dorf "
            "doctor” looks closer."
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
    except _REFUSED as error:
        raise DamagedRowsError(str(error)) from error


_REFUSED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError,
            DorfError)  # fmt: skip
"""What a value, or what reads it, raises for one that it can't be."""
