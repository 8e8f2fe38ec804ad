"""Values to rows: every change of a village, through sqlite-utils, inside one transaction."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from dorf.errors import N_, StoreError
from dorf.store import encounters as log
from dorf.store import shapes
from dorf.store.columns import iso
from dorf.store.reader import Reader
from dorf.store.table import Table
from dorf.store.undo import forget, forget_published
from dorf.values import replace

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from dorf.core.calendar import Published
    from dorf.core.village import Contact, Encounter, Household
    from dorf.imports.provenance import Origin

T = TypeVar("T")

_BATCH = 500
"""Contacts or encounters that are written together: their rows are in memory at once."""

_CHILD = "child"
"""What stands for the uid where a child of the household was removed: they have none."""

_ALL = "1"
"""The condition that every row fulfils; the rows of such a table keep their order."""


class Writer(Reader):
    """An open transaction; what it writes counts once the transaction is committed.

    What it reads is the village as it stands inside the transaction.
    """

    def __init__(self, connection: sqlite3.Connection, now: str) -> None:
        """Write through *connection*; *now* stamps the rows that change."""
        super().__init__(connection)
        self._now = now

    def contact(self, uid: str, today: date) -> Contact:
        """Return one contact as it stands inside this transaction."""
        self._id("contact", uid)
        return self.village(today, only=[uid]).contacts[0]

    def find_contact(self, uid: str, today: date) -> Contact | None:
        """Return one contact as it stands inside this transaction, if it is there."""
        found = self.village(today, only=[uid]).contacts
        return found[0] if found else None

    def add_contact(self, contact: Contact) -> None:
        """Write a new contact; its own stamp is kept if it has one."""
        row = shapes.contact_row(contact, contact.changed_at or self._now)
        self._table("contact").insert([row])
        key = self._id("contact", contact.uid)
        for table, rows_of in shapes.contact_parts(contact).items():
            self._table(table).insert({"contact_id": key, **row} for row in rows_of)

    def add_contacts(self, contacts: Iterable[Contact]) -> None:
        """Write many new contacts, a table at a time: thousands take no longer than they must."""
        for some in _batches(contacts):
            self._table("contact").insert(
                shapes.contact_row(c, c.changed_at or self._now) for c in some
            )
            ids = self._ids("contact", [c.uid for c in some])
            parts = defaultdict[str, list[dict[str, object]]](list)
            for contact in some:
                for table, rows_of in shapes.contact_parts(contact).items():
                    parts[table] += ({"contact_id": ids[contact.uid], **row} for row in rows_of)
            for table, rows_of in parts.items():
                self._table(table).insert(rows_of)

    def save_contacts(self, contacts: Iterable[Contact]) -> None:
        """Write many contacts that are there already; a stamp of their own is kept.

        They may have swapped their names.
        """
        changed = list(contacts)
        names = {contact.name: contact.uid for contact in changed}
        existing = self.connection.execute("SELECT uid, name FROM contact").fetchall()
        for uid, name in existing:
            if names.get(name, uid) != uid:  # free for whom it is meant; its own one comes below
                self.connection.execute(
                    "UPDATE contact SET name = ? WHERE uid = ?", [f"\0{uid}", uid]
                )
        for contact in changed:
            self.save_contact(contact, contact.changed_at)

    def save_contact(self, contact: Contact, stamp: str | None = None) -> None:
        """Write what is different of a contact that is there already; *stamp* replaces "now"."""
        key = self._id("contact", contact.uid)
        parts = {
            table: [{"contact_id": key, **row} for row in rows_of]
            for table, rows_of in shapes.contact_parts(contact).items()
        }
        changed = [t for t, new in parts.items() if self._replace(t, "contact_id = ?", [key], new)]
        row = shapes.contact_row(contact, stamp or self._now)
        if changed or stamp or self._differs("contact", key, row):
            self._table("contact").update(key, row)

    def delete_contact(self, uid: str) -> None:
        """Remove a contact, and the encounters that were with nobody else.

        The entries of files that it came from are remembered: the next import leaves them out.
        """
        import json

        from dorf.imports.provenance import departed_keys

        key = self._id("contact", uid)
        origins = self.connection.execute(
            "SELECT uid_key, name_key, stated FROM origin WHERE contact_id = ?", [key]
        ).fetchall()
        self.connection.executemany(
            "INSERT OR IGNORE INTO departed (uid, key) VALUES (?, ?)",
            [
                (uid, name)
                for uid_key, name_key, stated in origins
                for name in departed_keys(uid_key, name_key, json.loads(stated))
            ],
        )
        self._table("contact").delete("id = ?", [key])
        self._table("encounter").delete("id NOT IN (SELECT encounter_id FROM participation)")

    def merge_contact(self, kept_uid: str, gone_uid: str) -> int:
        """Let what names one contact name another, and remove the first.

        Return how many encounters came along: those that the kept one was not part of already.
        """
        kept, gone = self._id("contact", kept_uid), self._id("contact", gone_uid)
        theirs = "SELECT encounter_id FROM participation WHERE contact_id = ?"
        run = self.connection.execute
        run(f"UPDATE encounter SET changed_at = ? WHERE id IN ({theirs})", [self._now, gone])
        run(
            f"DELETE FROM participation WHERE contact_id = ? AND encounter_id IN ({theirs})",
            [gone, kept],
        )
        run("UPDATE origin SET contact_id = ? WHERE contact_id = ?", [kept, gone])
        moved = run("UPDATE participation SET contact_id = ? WHERE contact_id = ?", [kept, gone])
        run(
            "UPDATE interview SET answer ="
            " (SELECT json_group_array(DISTINCT iif(value = ?, ?, value)) FROM json_each(answer))"
            " WHERE json_type(answer) = 'array'"
            " AND EXISTS (SELECT 1 FROM json_each(answer) WHERE value = ?)",
            [gone_uid, kept_uid, gone_uid],
        )
        self._table("contact").delete("id = ?", [gone])
        return moved.rowcount

    def add_encounter(self, encounter: Encounter) -> None:
        """Write a new encounter; its own stamp is kept if it has one."""
        row = shapes.encounter_row(encounter, encounter.changed_at or self._now)
        self._table("encounter").insert([row])
        self._add_people(self._id("encounter", encounter.uid), encounter)

    def log_encounter(self, encounter: Encounter, today: date) -> Encounter:
        """Write a new encounter, settle the plans that it fulfils, and return it as written."""
        from dorf.core.lifecycle import settled

        for uid in encounter.contacts:
            before = self.contact(uid, today)
            after, encounter = settled(before, encounter)
            if after != before:
                self.save_contact(after)
        self.add_encounter(encounter)
        return encounter

    def add_encounters(self, encounters: Iterable[Encounter]) -> None:
        """Write many new encounters, a table at a time."""
        people: dict[str, int] = {}
        for some in _batches(encounters):
            people = people or self._ids("contact")
            rows_of = (shapes.encounter_row(e, e.changed_at or self._now) for e in some)
            self._table("encounter").insert(rows_of)
            keys = self._ids("encounter", [e.uid for e in some])
            present = (shapes.participations(keys[e.uid], e, people) for e in some)
            self._table("participation").insert(chain.from_iterable(present))
            helped = (shapes.helps(keys[e.uid], e) for e in some)
            self._table("encounter_help").insert(chain.from_iterable(helped))

    def save_encounter(self, encounter: Encounter, stamp: str | None = None) -> None:
        """Write an encounter that is there already, if anything in it is different."""
        key = self._id("encounter", encounter.uid)
        existing = log.read_where(self.connection, "e.id = ?", [key])[0]
        if stamp is None and replace(encounter, changed_at=existing.changed_at) == existing:
            return
        for table in ("encounter_help", "participation"):
            self._table(table).delete("encounter_id = ?", [key])
        self._table("encounter").update(key, shapes.encounter_row(encounter, stamp or self._now))
        self._add_people(key, encounter)

    def delete_encounter(self, uid: str) -> None:
        """Remove an encounter; a file that has it as well does not bring it back."""
        self.connection.execute("INSERT OR IGNORE INTO departed (uid, key) VALUES (?1, ?1)", [uid])
        self._table("encounter").delete("id = ?", [self._id("encounter", uid)])

    def save_origins(self, origins: Iterable[Origin]) -> None:
        """Remember what a file said: anew, or in the place of what it said before."""
        import json

        ids, new = self._ids("contact"), list[dict[str, object]]()
        for origin in origins:
            stated = json.dumps(sorted(origin.stated))
            row = {
                "contact_id": ids[origin.contact],
                "source": origin.source,
                "uid_key": origin.uid_key,
                "name_key": origin.name_key,
                "stated": stated,
            }
            if origin.row is None:
                new.append(row)
            elif self._differs("origin", origin.row, row):
                self._table("origin").update(origin.row, row)
        self._table("origin").insert(new)

    def forget_departed(self, keys: Iterable[str]) -> None:
        """Let entries of files come back that were deleted here."""
        for key in keys:
            self._table("departed").delete(
                "uid IN (SELECT uid FROM departed WHERE key = ?1 AND uid <> ?2)"
                " OR (key = ?1 AND uid = ?2)",
                [key, _CHILD],
            )

    def save_household(self, household: Household) -> None:
        """Write what is different of the household."""
        single_parent: dict[str, object] = {"single_parent": int(household.single_parent)}
        if self._differs("household", 1, single_parent):
            self._table("household").update(1, single_parent)
        names = {child.name for child in household.children}
        existing = self.connection.execute("SELECT name FROM child").fetchall()
        self._let_go(name for (name,) in existing if name not in names)
        for table, new in shapes.household_parts(household).items():
            self._replace(table, _ALL, [], new)

    def _let_go(self, children: Iterable[str]) -> None:
        """Remember who was removed, or has another name: no file brings them back."""
        for name in children:
            from dorf.imports.provenance import child_key  # what else writes does without it

            self._table("departed").insert(
                [{"uid": _CHILD, "key": child_key(name)}], tail="ON CONFLICT DO NOTHING"
            )

    def save_answer(self, question: str, uids: Sequence[str] | None) -> None:
        """Remember that a question of the interview was answered, or skipped (None)."""
        import json

        row = {"question": question, "answer": json.dumps(uids)}
        self._table("interview").upsert(row, "question")

    def forget_answers(self) -> None:
        """Let the interview ask everything again."""
        self._table("interview").delete()

    def switch(self, key: str, *, on: bool) -> None:
        """Write a setting of the file that is on unless it says “off”."""
        settings = self._table("setting")
        if on:
            settings.delete("key = ? AND value = 'off'", [key])
        else:
            settings.upsert({"key": key, "value": "off"}, "key")

    def forget_for_good(self, uids: Iterable[str]) -> None:
        """Let nothing outside the village remember a contact that was deleted.

        The record of `undo` is emptied, this step included: what was deleted is in it, too.
        """
        forget(self.connection)
        for uid in uids:
            forget_published(self.connection, uid)
            self._table("departed").delete("uid = ?", [uid])

    def save_published(self, memory: Iterable[Published]) -> None:
        """Let *memory* be all that calendars were told."""
        self._table("published").delete()
        self._table("published").insert(
            (
                {
                    "uid": entry.uid,
                    "day": entry.day.isoformat(),
                    "sequence": entry.sequence,
                    "digest": entry.digest,
                    "cancelled_on": iso(entry.cancelled_on),
                }
                for entry in memory
            ),
        )

    def _table(self, name: str) -> Table:
        return Table.of(self.connection, name)

    def _replace(
        self, table: str, where: str, values: list[object], new: Sequence[dict[str, object]]
    ) -> bool:
        """Let the rows *where* be just the *new* ones; return whether that changed anything."""
        columns = list(new[0]) if new else ["1"]
        order = "id" if where == _ALL else ", ".join(columns)
        existing = self.connection.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY {order}", values
        ).fetchall()
        wanted = [tuple(row.values()) for row in new]
        if existing == (wanted if where == _ALL else sorted(wanted, key=_nulls_first)):
            return False
        self._table(table).delete(where, values)
        self._table(table).insert(new)
        return True

    def _differs(self, table: str, key: int, row: dict[str, object]) -> bool:
        """Tell whether a row is not as the file has it, but for its stamp."""
        wanted = {column: value for column, value in row.items() if column != "changed_at"}
        existing = self.connection.execute(
            f"SELECT {', '.join(wanted)} FROM {table} WHERE id = ?", [key]
        ).fetchone()
        return bool(existing != tuple(wanted.values()))

    def _id(self, table: str, uid: str) -> int:
        """Return the row of a contact or an encounter; raise `StoreError` if it is gone."""
        row = self.connection.execute(f"SELECT id FROM {table} WHERE uid = ?", [uid]).fetchone()
        if row is None:
            raise StoreError(
                N_("Somebody else changed the file at the same moment. Please try again.")
            )
        return int(row[0])

    def _ids(self, table: str, uids: Sequence[str] | None = None) -> dict[str, int]:
        """Return the rows of contacts or encounters by uid, of all or of some few."""
        wanted = "" if uids is None else f" WHERE uid IN ({', '.join('?' * len(uids))})"
        return dict(self.connection.execute(f"SELECT uid, id FROM {table}{wanted}", uids or ()))

    def _add_people(self, key: int, encounter: Encounter) -> None:
        ids = {uid: self._id("contact", uid) for uid in encounter.contacts}
        self._table("participation").insert(shapes.participations(key, encounter, ids))
        self._table("encounter_help").insert(shapes.helps(key, encounter))


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    left = iter(values)
    while some := list(islice(left, _BATCH)):
        yield some


def _nulls_first(row: tuple[object, ...]) -> list[tuple[bool, object]]:
    return [(value is not None, value) for value in row]
