"""Bringing a file to the newest format: all pending steps in one transaction, after a copy."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from dorf.store.opening import transaction
from dorf.store.schema import APPLICATION_ID
from dorf.store.undo import drop_triggers, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dorf.store.schema import Steps


_GIVES_BACK = "PRAGMA auto_vacuum = INCREMENTAL"
"""What lets a file give back pages one by one; it takes effect in an empty file, or by VACUUM."""


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    steps: Steps,
    now: str,
    *,
    keep: bool = True,
) -> None:
    """Bring the file to the newest version, after a copy of it was put beside it (*keep*).

    All pending steps are one transaction: a failure leaves the file as it was. From then on pages
    that nothing uses can be given back one by one (`Store.close`); a file of an older program is
    written anew for that, once, beside all else that a new format takes.
    """
    migrations = Migrations("dorf")
    for number, (name, sql) in enumerate(steps, 1):
        migrations(name=name)(_step(number, sql))
    if not connection.execute("PRAGMA page_count").fetchone()[0]:
        connection.execute(_GIVES_BACK)
    with transaction(connection, "IMMEDIATE"):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if keep and 0 < version < len(steps):  # nobody was faster
            from dorf.store.backups.copies import copy_beside

            copy_beside(path, f"format-{version}", now)
        drop_triggers(connection)
        migrations.apply(Database(connection, execute_plugins=False))
        watch(connection, steps)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    if keep and not connection.execute("PRAGMA auto_vacuum").fetchone()[0]:
        with suppress(sqlite3.Error):  # such as a full disk: the file is as good without
            connection.execute(_GIVES_BACK)
            connection.execute("VACUUM")


def _step(number: int, sql: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        for statement in _statements(sql):
            db.conn.execute(statement)
        db.conn.execute(f"PRAGMA user_version = {number}")

    return run


def _statements(sql: str) -> Iterator[str]:
    """Split a script into statements; unlike ``executescript``, nothing is committed between."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
