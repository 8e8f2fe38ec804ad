"""Rows that no dorf has written: one sentence in every command, never a traceback."""

from __future__ import annotations

import os
import random
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from dorf.store.inspection import columns_of, expected
from dorf.store.schema import STEPS
from tests.conftest import endless_after

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Dorf

POISON = (
    "NULL", "''", "'x'", "-1", "9", "9223372036854775807", "1e300", "x'ff00'", "zeroblob(70000)",
    "CAST(x'c328' AS TEXT)", "'2026-99-99'", "'[1,2]'", "'{}'", "'null'", "'[' || char(0)",
    "replace(hex(zeroblob(3000)), '0', '[')", "char(27) || '[31m'",
)  # fmt: skip
READING = (
    ["status"], ["list"], ["show", "jana"], ["history", "jana"], ["find", "jana"], ["gaps"],
    ["tend", "--list"], ["upcoming"], ["remind"], ["stats"], ["export"],
    ["export", "--format", "csv"], ["export", "--format", "vcard"], ["calendar"], ["doctor"],
    ["undo", "--list"], ["undo"], ["redo"], ["backup", "x.db", "--yes"], ["backup", "--list"],
    ["household"], ["wish", "list"], ["rule", "list"], ["interview", "--list"],
    ["list", "--json"], ["status", "--json"],
)  # fmt: skip
CELLS = [(table, column) for table, names in columns_of(STEPS).items() for column in names]
SEED = int(os.environ.get("DORF_POISON_SEED", "7"))
AMOUNT = int(os.environ.get("DORF_POISON", "40"))
"""How many cases are tried; 0 tries every table and column with every poison."""
QUICK = 5


def poison(path: Path, table: str, column: str, value: str) -> bool:
    """Write a value past all that SQLite checks, in all rows; tell whether that was possible."""
    sql = expected(STEPS)["table", table]
    weak = sql.replace(") STRICT, WITHOUT", ") WITHOUT").replace(") STRICT", ")")
    weak = re.sub("(?<! IS) NOT NULL", "", weak) if "WITHOUT ROWID" not in sql else weak
    for schema, statement in ((weak, f"UPDATE {table} SET {column} = {value}"), (sql, "SELECT 1")):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", [schema, table])
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            try:
                connection.execute(statement)
            except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.OperationalError):
                return False
    return True


def chosen() -> list[Any]:
    """Return the cases of this run, the first few for the quick tests."""
    cases = [(table, column, value) for table, column in CELLS for value in POISON]
    drawn = random.Random(SEED).sample(cases, AMOUNT) if AMOUNT else cases  # noqa: S311
    return drawn[:QUICK] + [pytest.param(*case, marks=pytest.mark.slow) for case in drawn[QUICK:]]


@pytest.mark.parametrize(("table", "column", "value"), chosen())
def test_a_poisoned_row_ends_in_a_sentence(
    family: Dorf, monkeypatch: pytest.MonkeyPatch, table: str, column: str, value: str
) -> None:
    """In every command that reads: a status that is known, and no more than a sentence."""
    if not poison(family.path, table, column, value):
        pytest.skip("SQLite would not take it")
    spoiled = family.path.read_bytes()
    monkeypatch.chdir(family.path.parent)
    with endless_after():
        for command in READING:
            family.path.write_bytes(spoiled)
            said = family.any_status(*command)
            assert "Traceback" not in said, (command, said)
            assert "\x1b" not in said, (command, said)
            assert family.ended != 70, (command, said)
