"""Villages of a given size, written fast: contacts through the store, the log as plain rows."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dorf.core.dates import PartialDate
from dorf.core.village import Child, Contact, Household, Kid
from dorf.core.vocabulary import KINDS, ROLES, Place
from dorf.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 3, 2)
STAMP = "2026-03-01T12:00:00+00:00"


def build(path: Path, people: int, encounters: int) -> None:
    """Write a village with *people* contacts and *encounters* of them at *path*."""
    chance = random.Random(people)  # noqa: S311  (a village, not a secret)
    with Store(path, STAMP) as store, store.writing() as writer:
        writer.add_contacts(_contact(chance, number) for number in range(people))
        writer.save_household(Household(children=(Child("Ida", PartialDate(2021, 10)),)))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        _write_log(connection, list(_encounters(chance, people, encounters)))


def _write_log(connection: sqlite3.Connection, log: list[tuple[int, str, int, int]]) -> None:
    """Write the *log* in one transaction: nothing is kept for a crash or for `undo`."""
    for pragma in ("synchronous = OFF", "journal_mode = OFF", "cache_size = -400000"):
        connection.execute(f"PRAGMA {pragma}")
    slow = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
        " AND sql IS NOT NULL AND tbl_name IN ('encounter', 'participation', 'encounter_help')"
    ).fetchall()
    connection.execute("BEGIN")
    for kind, name, _ in slow:
        connection.execute(f"DROP {kind} {name}")
    connection.executemany(
        "INSERT INTO encounter VALUES (?, ?, ?, 'call', 'Kaffee getrunken', ?)",
        ((key, f"{key:08x}-0000-4000-a000-000000000000", day, STAMP) for key, day, _, _ in log),
    )
    connection.executemany(
        "INSERT INTO participation VALUES (?, ?, ?, 0, ?, 0)",
        sorted((person, day, key, helped) for key, day, person, helped in log),
    )
    connection.executemany(
        "INSERT INTO encounter_help VALUES (?, 0, 'in', 'childcare')",
        ((key,) for key, _, _, helped in log if helped),
    )
    for _, _, sql in slow:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = DELETE")


def _uid(chance: random.Random) -> str:
    """Return a random UUID4 in the usual spelling; `uuid` takes three times as long."""
    text = f"{chance.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"


def _contact(chance: random.Random, number: int) -> Contact:
    role = list(ROLES.values())[number % len(ROLES)]
    return Contact(
        uid=_uid(chance),
        name=f"Person {number}",
        added_on=TODAY - timedelta(days=500),
        roles=(role,),
        where=chance.choice([None, Place.NEAR, Place.FAR]),
        gives=None if number % 2 else frozenset(chance.sample(KINDS, 3)),
        kids=(Kid(f"Kind {number}", PartialDate(2021, 1 + number % 12)),) if number % 3 else (),
        phones=("0171 555 0100",),
    )


def _encounters(
    chance: random.Random, people: int, count: int
) -> Iterator[tuple[int, str, int, int]]:
    """Yield key, day, person and help: more encounters the nearer to today."""
    days = [(TODAY - timedelta(days=ago)).isoformat() for ago in range(2000)]
    for key in range(1, count + 1):
        day = days[int(chance.random() ** 2 * 2000)]
        yield key, day, 1 + int(chance.random() * people), int(chance.random() < 0.2)
