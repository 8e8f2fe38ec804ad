"""A light reading of the contacts: as much of each as tending and yearly days look at, no more.

On most days a reminder finds nothing to say. It reads this instead of a whole `Village`, whose
values cost as much start-up time as everything else that it does (CONTRIBUTING.md, Speed).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dorf.core.dates import PartialDate
from dorf.core.vocabulary import ROLES, Place, Role, Standing, Status
from dorf.store.opening import transaction, trusting
from dorf.values import NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from dorf.core.village import RoleSpan

_CONTACTS = """
SELECT c.id, c.uid, c.name, c.added_on, c.circle, c.cadence_days, c.planned_on, c.snoozed_until,
    CASE WHEN c.died_on IS NULL THEN c.status ELSE 'ended' END,
    c.paused_until, c.resumed_on, c.place, c.birthday, c.lead_days, c.plan_every,
    c.until, c.strained, c.died_on,
    (SELECT max(day) FROM participation p WHERE p.contact_id = c.id)
FROM contact c ORDER BY c.id
"""
_DAY = date.fromisoformat


class Dated(NamedTuple):
    """A child, or a yearly day, with its name."""

    name: str | None
    day: PartialDate

    @property
    def born(self) -> PartialDate:
        """The birthday, where it is a child."""
        return self.day


class _Fields(NamedTuple):
    uid: str
    name: str
    added_on: date
    roles: tuple[Role, ...]
    circle: int | None
    cadence_days: int | None
    planned_on: date | None
    plan_every: int | None
    snoozed_until: date | None
    status: Status
    paused_until: date | None
    resumed_on: date | None
    where: Place | None
    birthday: PartialDate | None
    kids: tuple[Dated, ...]
    yearly_days: tuple[Dated, ...]
    lead_days: int | None
    until: date | None
    strained: bool
    died_on: date | None
    last_contact: date | None
    role_history: tuple[RoleSpan, ...] = ()
    """Left out: without it somebody is due earlier at most, which a full reading puts right."""


class Rhythm(_Fields, Standing):
    """A contact as far as its rhythm goes; its fields are those of `Contact`."""

    __slots__ = ()


def rhythms(connection: sqlite3.Connection) -> list[Rhythm]:
    """Return all contacts, lightly."""
    with transaction(connection, "DEFERRED"), trusting():
        return list(_read(connection))


def _read(connection: sqlite3.Connection) -> Iterator[Rhythm]:
    roles: dict[int, list[Role]] = {}
    for key, role in connection.execute("SELECT contact_id, role FROM contact_role"):
        roles.setdefault(key, []).append(ROLES[role])
    kids = _dated(connection, "SELECT contact_id, name, born FROM kid WHERE length(born) = 10")
    days = _dated(connection, "SELECT contact_id, name, day FROM yearly_day")
    for row in connection.execute(_CONTACTS):
        key = row[0]
        yield Rhythm(
            uid=row[1],
            name=row[2],
            added_on=_DAY(row[3]),
            roles=tuple(roles[key]),
            circle=row[4],
            cadence_days=row[5],
            planned_on=row[6] and _DAY(row[6]),
            plan_every=row[14],
            snoozed_until=row[7] and _DAY(row[7]),
            status=Status(row[8]),
            paused_until=row[9] and _DAY(row[9]),
            resumed_on=row[10] and _DAY(row[10]),
            where=row[11] and Place(row[11]),
            birthday=row[12] and PartialDate.parse(row[12]),
            kids=tuple(kids.get(key, ())),
            yearly_days=tuple(days.get(key, ())),
            lead_days=row[13],
            until=row[15] and _DAY(row[15]),
            strained=bool(row[16]),
            died_on=row[17] and _DAY(row[17]),
            last_contact=None if row[18] is None else _DAY(row[18]),
        )


def _dated(connection: sqlite3.Connection, statement: str) -> dict[int, list[Dated]]:
    found: dict[int, list[Dated]] = {}
    for key, name, day in connection.execute(statement):
        found.setdefault(key, []).append(Dated(name, PartialDate.parse(day)))
    return found
