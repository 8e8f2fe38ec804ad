"""Villages of a given size, written fast: contacts through the store, the log as plain rows."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

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
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        log = list(_encounters(chance, people, encounters))
        connection.executemany(
            "INSERT INTO encounter VALUES (?, ?, ?, 'call', ?, ?)",
            ((key, _uid(chance), day, "Kaffee getrunken", STAMP) for key, day, _, _ in log),
        )
        connection.executemany(
            "INSERT INTO participation VALUES (?, ?, ?, 0, ?, 0)",
            ((person, day, key, helped) for key, day, person, helped in log),
        )
        connection.executemany(
            "INSERT INTO encounter_help VALUES (?, 0, 'in', 'childcare')",
            ((key,) for key, _, _, helped in log if helped),
        )
        connection.commit()


def _uid(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))


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
    for key in range(1, count + 1):
        day = TODAY - timedelta(days=int(chance.random() ** 2 * 2000))
        yield key, day.isoformat(), chance.randint(1, people), int(chance.random() < 0.2)
