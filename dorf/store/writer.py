"""Values to rows: every change of a village, through sqlite-utils, inside one transaction."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from itertools import count
from typing import TYPE_CHECKING

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from dorf.errors import N_, StoreError
from dorf.store import rows
from dorf.store.schema import APPLICATION_ID
from dorf.store.store import read_directory, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dorf.core.names import Entry
    from dorf.core.village import Contact, Encounter, Household, Village
    from dorf.store.store import EncounterFilter

_TEXTS = ("nicknames", "skills", "phones", "emails", "addresses")
_PARTS = ("contact_role", "role_span", "contact_kind", "contact_text", "kid", "attachment")


class Writer:
    """An open transaction; what it writes counts once the transaction is committed."""

    def __init__(self, connection: sqlite3.Connection, now: str) -> None:
        """Write through *connection*; *now* stamps the rows that change."""
        self._connection = connection
        self._now = now
        self._db = Database(connection, execute_plugins=False)

    def village(
        self,
        today: date,
        log: EncounterFilter | None = None,
        only: Sequence[str] | None = None,
    ) -> Village:
        """Return the village as it stands inside this transaction, contacts only as wanted."""
        return rows.village(self._connection, today, log, only)

    def directory(self) -> list[Entry]:
        """Return the directory as it stands inside this transaction."""
        return read_directory(self._connection)

    def contact(self, uid: str, today: date) -> Contact:
        """Return one contact as it stands inside this transaction."""
        self._contact_id(uid)
        return rows.village(self._connection, today, only=[uid]).contacts[0]

    def add_contact(self, contact: Contact) -> None:
        """Write a new contact; its own stamp is kept if it has one."""
        row = _contact_row(contact, contact.changed_at or self._now)
        self._db.table("contact").insert(row)
        self._add_parts(self._contact_id(contact.uid), contact)

    def add_contacts(self, contacts: Iterable[Contact]) -> None:
        """Write many new contacts."""
        for contact in contacts:
            self.add_contact(contact)

    def save_contacts(self, contacts: Iterable[Contact]) -> None:
        """Write many contacts that are there already; a stamp of their own is kept."""
        for contact in contacts:
            self.save_contact(contact, contact.changed_at)

    def save_contact(self, contact: Contact, stamp: str | None = None) -> None:
        """Write all fields of a contact that is there already; *stamp* replaces "now"."""
        key = self._contact_id(contact.uid)
        self._db.table("contact").update(key, _contact_row(contact, stamp or self._now))
        for table in _PARTS:
            self._db.table(table).delete_where("contact_id = ?", [key])
        self._add_parts(key, contact)

    def delete_contact(self, uid: str) -> None:
        """Remove a contact for good, and the encounters that were with nobody else."""
        self._db.table("contact").delete(self._contact_id(uid))
        self._db.table("encounter").delete_where(
            "id NOT IN (SELECT encounter_id FROM participation)"
        )

    def add_encounter(self, encounter: Encounter) -> None:
        """Write a new encounter; its own stamp is kept if it has one."""
        row = _encounter_row(encounter, encounter.changed_at or self._now)
        self._db.table("encounter").insert(row)
        self._add_people(self._encounter_id(encounter.uid), encounter)

    def add_encounters(self, encounters: Iterable[Encounter]) -> None:
        """Write many new encounters."""
        for encounter in encounters:
            self.add_encounter(encounter)

    def save_encounter(self, encounter: Encounter, stamp: str | None = None) -> None:
        """Write all fields of an encounter that is there already."""
        key = self._encounter_id(encounter.uid)
        for table in ("encounter_help", "participation"):
            self._db.table(table).delete_where("encounter_id = ?", [key])
        self._db.table("encounter").update(key, _encounter_row(encounter, stamp or self._now))
        self._add_people(key, encounter)

    def delete_encounter(self, uid: str) -> None:
        """Remove an encounter for good."""
        self._db.table("encounter").delete(self._encounter_id(uid))

    def save_household(self, household: Household) -> None:
        """Write the household as a whole."""
        self._db.table("household").update(1, {"single_parent": int(household.single_parent)})
        self._replace_all(
            "child", ({"name": c.name, "born": str(c.born)} for c in household.children)
        )
        self._replace_all("wish", ({"skill": wish} for wish in household.wishes))
        self._replace_all("rule_off", ({"key": key} for key in sorted(household.rules_off)))
        self._replace_all(
            "acceptance",
            ({"key": a.key, "until": a.until and a.until.isoformat()} for a in household.accepted),
        )

    def _replace_all(self, table: str, new: Iterable[dict[str, object]]) -> None:
        self._db.table(table).delete_where()
        self._db.table(table).insert_all(new)

    def _contact_id(self, uid: str) -> int:
        return self._id("SELECT id FROM contact WHERE uid = ?", uid)

    def _encounter_id(self, uid: str) -> int:
        return self._id("SELECT id FROM encounter WHERE uid = ?", uid)

    def _id(self, statement: str, uid: str) -> int:
        row = self._connection.execute(statement, [uid]).fetchone()
        if row is None:
            raise StoreError(
                N_("Somebody else changed the file at the same moment. Please try again.")
            )
        return int(row[0])

    def _add_parts(self, key: int, contact: Contact) -> None:
        """Write the fields that have tables of their own."""
        owner = {"contact_id": key}
        parts: dict[str, list[dict[str, object]]] = {
            "contact_role": [
                {"position": n, "role": role.slug} for n, role in enumerate(contact.roles)
            ],
            "role_span": [
                {
                    "position": n,
                    "role": span.role.slug,
                    "start_day": span.start and span.start.isoformat(),
                    "end_day": span.end and span.end.isoformat(),
                }
                for n, span in enumerate(contact.role_history)
            ],
            "contact_kind": [
                {"way": way, "kind": kind.value}
                for way, kinds in (("gives", contact.gives), ("gets", contact.gets))
                for kind in sorted(kinds or ())
            ],
            "contact_text": [
                {"field": field, "position": n, "text": text}
                for field in _TEXTS
                for n, text in enumerate(getattr(contact, field))
            ],
            "kid": [
                {"position": n, "name": kid.name, "born": kid.born and str(kid.born)}
                for n, kid in enumerate(contact.kids)
            ],
            "attachment": [
                {"child": child, "bond": bond.value} for child, bond in contact.attachment
            ],
        }
        for table, new in parts.items():
            if new:
                self._db.table(table).insert_all(owner | row for row in new)

    def _add_people(self, key: int, encounter: Encounter) -> None:
        ways = [one.direction.value for one in encounter.help]
        self._db.table("participation").insert_all(
            {
                "contact_id": self._contact_id(uid),
                "day": encounter.day.isoformat(),
                "encounter_id": key,
                "position": n,
                "help_in": ways.count("in"),
                "help_out": ways.count("out"),
            }
            for n, uid in enumerate(encounter.contacts)
        )
        if encounter.help:
            self._db.table("encounter_help").insert_all(
                {
                    "encounter_id": key,
                    "position": n,
                    "direction": one.direction.value,
                    "kind": one.kind.value,
                }
                for n, one in enumerate(encounter.help)
            )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _contact_row(contact: Contact, stamp: str) -> dict[str, object]:
    return {
        "uid": contact.uid,
        "name": contact.name,
        "added_on": contact.added_on.isoformat(),
        "circle": contact.circle,
        "cadence_days": contact.cadence_days,
        "planned_on": _iso(contact.planned_on),
        "snoozed_until": _iso(contact.snoozed_until),
        "status": contact.status.value,
        "paused_until": _iso(contact.paused_until),
        "resumed_on": _iso(contact.resumed_on),
        "until": _iso(contact.until),
        "place": contact.where and contact.where.value,
        "online_only": contact.online_only,
        "trusted": contact.trusted,
        "pickup": contact.pickup,
        "strained": contact.strained,
        "single_parent": contact.single_parent,
        "gives_stated": contact.gives is not None,
        "gets_stated": contact.gets is not None,
        "birthday": contact.birthday and str(contact.birthday),
        "notes": contact.notes,
        "changed_at": stamp,
    }


def _encounter_row(encounter: Encounter, stamp: str) -> dict[str, object]:
    return {
        "uid": encounter.uid,
        "day": encounter.day.isoformat(),
        "how": encounter.how and encounter.how.value,
        "note": encounter.note,
        "changed_at": stamp,
    }


def migrate(
    connection: sqlite3.Connection, path: Path, steps: tuple[tuple[str, str], ...], now: str
) -> None:
    """Bring the file to the newest version, after a copy of it was put beside it.

    All pending steps are one transaction: a failure leaves the file as it was.
    """
    migrations = Migrations("dorf")
    for number, (name, sql) in enumerate(steps, 1):
        migrations(name=name)(_step(number, sql))
    with transaction(connection, "IMMEDIATE"):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if 0 < version < len(steps):  # nobody was faster
            _copy_beside(path, f"{path.name}.format-{version}", now)
        migrations.apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


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


def _copy_beside(path: Path, name: str, now: str) -> None:
    """Put a private copy of the file beside it, under a name that is still free.

    A second connection reads it: the first one holds the lock that keeps writers away.
    """
    stamp = now[:19].replace(":", "").replace("-", "")
    for number in count():
        copy = path.with_name(f"{name}-{stamp}{f'-{number}' if number else ''}")
        with suppress(FileExistsError):
            os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
            break
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
