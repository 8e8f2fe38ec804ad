"""Forgetting somebody for good: in every copy that dorf made by itself, and in nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dorf.core.gaps.rules import keys_about
from dorf.core.names import Entry
from dorf.store.backups.conflicts import conflict_copies
from dorf.store.backups.copies import SIDES, copies_beside, leftovers
from dorf.store.backups.verification import strange
from dorf.store.opening import code_of, connect, explain, is_damage, reached, transaction
from dorf.store.schema import APPLICATION_ID, STEPS
from dorf.store.undo import forget, forget_published
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.store.store import Store


_NOW = datetime.max.replace(tzinfo=UTC)
"""So late that every unfinished copy is an abandoned one: a promise of privacy does not wait."""


class Erased(NamedTuple):
    """What became of the copies."""

    changed: int
    """How many were cleared or deleted."""
    unreadable: int
    """How many of those were deleted because they can't be read."""
    failed: tuple[Path, ...]
    """Which could not be written: they may still hold what was to be erased."""
    conflicts: tuple[Path, ...] = ()
    """Copies of a program that syncs, which are not dorf's to change."""
    in_use: bool = False
    """Whether another program reads the village of before, in WAL mode, which keeps that there."""


def erase_from_copies(store: Store, uids: Sequence[str]) -> Erased:
    """Remove contacts from every copy that lies beside the village.

    Encounters with nobody else go, too, and the record for undo is emptied where it knows one of
    them. A copy that can't be read might hold anybody and is deleted, and so is what a killed
    process left of one. Backups that lie elsewhere stay as they are. One copy that can't be
    written keeps none of the others from being cleared.
    """
    failed: list[Path] = []
    copies, abandoned, conflicts = list[Path](), list[Path](), list[Path]()
    try:
        copies = copies_beside(store.path)
        abandoned = leftovers(store.path, _NOW)
        conflicts = conflict_copies(store.path)
    except OSError as error:
        failed.append(Path(str(error.filename)))
    in_use = _is_read_in_wal_mode(store.opened())
    done = [_cleared(copy, uids) for copy in copies] + [_deleted(left) for left in abandoned]
    failed += [file for file, fate in zip(copies + abandoned, done, strict=True) if fate is None]
    unreadable = done.count("unreadable")
    changed = done.count("cleared") + done.count("deleted") + unreadable
    return Erased(changed, unreadable, tuple(failed), tuple(conflicts), in_use)


def _cleared(copy: Path, uids: Sequence[str]) -> str | None:
    """Remove contacts from one copy; return what became of it, None if it could not be written."""
    try:
        try:
            return "cleared" if _erased(copy, uids) else "unchanged"
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            _delete(copy)
            return "unreadable"
    except (OSError, sqlite3.Error):
        return None


def _deleted(left: Path) -> str | None:
    try:
        left.unlink(missing_ok=True)
    except OSError:
        return None
    return "deleted"


def _is_read_in_wal_mode(connection: sqlite3.Connection) -> bool:
    """Empty what lies beside a village in WAL mode; tell whether a reader keeps it from that."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        return False
    return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])


def lost_contacts(store: Store) -> list[Entry]:
    """Return who is not in the village any more, but in its record or in a copy of it.

    Somebody may be there more than once, under former names. A copy that can't be read tells of
    nobody; raise `StoreError` for one that is in use.
    """
    connection = store.reader.connection
    present = {uid for (uid,) in connection.execute("SELECT uid FROM contact")}
    found = _remembered(connection)
    with reached(store.path):
        copies = copies_beside(store.path)
    for copy in copies:
        try:
            with closing(connect(copy)) as old:
                found |= _remembered(old)
        except sqlite3.Error as error:
            if code_of(error) == sqlite3.SQLITE_BUSY:
                raise explain(error, copy) from error
    return [Entry(uid, name) for uid, name in sorted(found) if uid not in present]


def _remembered(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return uid and name of all contacts in an open file and in its record."""
    statement = "SELECT uid, name FROM contact"
    if _has_record(connection):
        statement += "".join(
            f" UNION SELECT json_extract({image}, '$.uid'), json_extract({image}, '$.name')"
            f" FROM undo_change WHERE place = 'contact' AND {image} IS NOT NULL"
            for image in ("before", "after")
        )
    return set(connection.execute(statement))


def _delete(copy: Path) -> None:
    for side in ("", *SIDES):
        copy.with_name(f"{copy.name}{side}").unlink(missing_ok=True)


def _erased(copy: Path, uids: Sequence[str]) -> bool:
    """Remove contacts from one copy; tell whether there was anything of them."""
    with closing(connect(copy, "rw")) as connection:
        for pragma in (
            "foreign_keys = ON",
            "secure_delete = ON",
            "temp_store = MEMORY",
            "locking_mode = EXCLUSIVE",  # nobody comes between the deletion and VACUUM
        ):
            connection.execute(f"PRAGMA {pragma}")
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            return False
        if any(not what.startswith("table ") for what in strange(connection, STEPS)):
            raise sqlite3.DatabaseError
        with transaction(connection, "EXCLUSIVE"):
            found = [_forget_contact(connection, uid) for uid in uids]
        if any(found):
            connection.execute("VACUUM")  # pages that were split keep old rows in their gaps
    return any(found)


def _forget_contact(connection: sqlite3.Connection, uid: str) -> bool:
    """Remove the contact, what only it was part of, and the record that knows it."""
    run = connection.execute
    row = run("SELECT name FROM contact WHERE uid = ?", [uid]).fetchone()
    record = _has_record(connection)
    published = _has(connection, "published") and forget_published(connection, uid)
    recorded = "SELECT 1 FROM undo_change WHERE instr(before, ?1) OR instr(after, ?1) LIMIT 1"
    if _has(connection, "departed"):
        run("DELETE FROM departed WHERE uid = ?", [uid])
    if row is None and not (record and run(recorded, [uid]).fetchone()):
        return published
    if record:  # first: without a step, the triggers note nothing of what follows
        forget(connection)
    if row is not None:
        run("DELETE FROM contact WHERE uid = ?", [uid])
        run("DELETE FROM encounter WHERE id NOT IN (SELECT encounter_id FROM participation)")
        for table in ("acceptance", "rule_off"):
            for key in keys_about(row[0]):
                run(f"DELETE FROM {table} WHERE key = ?", [key])
    return True


def _has_record(connection: sqlite3.Connection) -> bool:
    """Tell whether an open file has a record for undo; the first format had none."""
    return _has(connection, "undo_change")


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table])
    return found.fetchone() is not None
