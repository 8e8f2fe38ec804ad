"""Rows to values: how a `Village` is read from its tables, in a fixed number of statements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dorf.core.dates import PartialDate
from dorf.core.village import (
    FIELDS,
    HELP_WINDOW,
    Acceptance,
    Child,
    Contact,
    Household,
    Touch,
    Village,
)
from dorf.store import columns, encounters
from dorf.store.opening import transaction, trusting
from dorf.store.table import Groups

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from dorf.store.encounters import EncounterFilter

_FIELDS = [FIELDS[name] for name in Contact.__match_args__]
"""The fields in the order in which `Contact` takes them."""

_LISTS = [
    (place, field.name, columns.TABLES[field.kind].collect)
    for place, field in enumerate(_FIELDS)
    if field.kind in columns.TABLES
]
_TABLES = {columns.TABLES[FIELDS[name].kind]: name for _, name, _ in _LISTS}
_READERS = [(place, read) for place, field in enumerate(_FIELDS) if (read := columns.reader(field))]
_CONTACTS = f"""
SELECT {", ".join(map(columns.expression, _FIELDS))}, c.id,
    (SELECT max(day) FROM participation p WHERE p.contact_id = c.id),
    EXISTS (SELECT 1 FROM participation p WHERE p.contact_id = c.id AND help_in > 0),
    EXISTS (SELECT 1 FROM participation p WHERE p.contact_id = c.id AND help_out > 0),
    (SELECT sum(help_in) FROM participation p
        WHERE p.contact_id = c.id AND day > :after AND day <= :today AND help_in > 0),
    (SELECT sum(help_out) FROM participation p
        WHERE p.contact_id = c.id AND day > :after AND day <= :today AND help_out > 0)
FROM contact c WHERE c.id {{}} ORDER BY c.id
"""
_DAY = date.fromisoformat


def village(
    connection: sqlite3.Connection,
    today: date,
    log: EncounterFilter | None = None,
    only: Sequence[str] | None = None,
) -> Village:
    """Return the village; its encounters only when *log* says which, contacts only as wanted."""
    with transaction(connection, "DEFERRED"), trusting():
        contacts, touches = _contacts(connection, today, only)
        found = encounters.read(connection, log) if log else ()
        return Village(household(connection), contacts, touches, found)


def household(connection: sqlite3.Connection) -> Household:
    """Return what is noted about the household."""
    single_parent = connection.execute("SELECT single_parent FROM household").fetchone()[0]
    children = connection.execute("SELECT name, born FROM child ORDER BY id")
    wishes = connection.execute("SELECT skill FROM wish ORDER BY id")
    rules = connection.execute("SELECT key FROM rule_off")
    accepted = connection.execute("SELECT key, until FROM acceptance ORDER BY id")
    return Household(
        bool(single_parent),
        tuple(Child(_text(name), PartialDate.parse(born)) for name, born in children),
        tuple(_text(wish) for (wish,) in wishes),
        frozenset(_text(key) for (key,) in rules),
        tuple(Acceptance(_text(key), until and _DAY(until)) for key, until in accepted),
    )


def _text(value: object) -> str:
    """Return what a column of words holds; raise `TypeError` if that is anything else."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _contacts(
    connection: sqlite3.Connection,
    today: date,
    only: Sequence[str] | None,
) -> tuple[tuple[Contact, ...], dict[str, Touch]]:
    chosen, uids = "IS NOT NULL", {}
    if only is not None:
        uids = {f"uid{number}": uid for number, uid in enumerate(only)}
        chosen = f"IN (SELECT id FROM contact WHERE uid IN ({', '.join(f':{u}' for u in uids)}))"
    lists = _lists(connection, chosen, uids)
    plan = [(place, lists[name], collect(())) for place, name, collect in _LISTS]
    after = today - timedelta(days=HELP_WINDOW)
    window = {"after": after.isoformat(), "today": today.isoformat()}
    contacts, touches = [], {}
    for row in connection.execute(_CONTACTS.format(chosen), window | uids):
        values = list(row[: len(_FIELDS)])
        key, last_contact, ever_in, ever_out, recent_in, recent_out = row[len(_FIELDS) :]
        for place, read in _READERS:
            if values[place] is not None:
                values[place] = read(values[place])
        for place, found, empty in plan:
            values[place] = found.get(key, empty) if values[place] else None
        contact = Contact(*values)
        contacts.append(contact)
        if last_contact is not None:
            touches[contact.uid] = Touch(
                _DAY(last_contact), bool(ever_in), bool(ever_out), recent_in or 0, recent_out or 0
            )
    return tuple(contacts), touches


def _lists(
    connection: sqlite3.Connection, chosen: str, uids: dict[str, str]
) -> dict[str, dict[int, Any]]:
    """Return the lists and sets of contacts, by field and by the contact's row."""
    found = {name: Groups(list) for _, name, _ in _LISTS}
    for table, name in _TABLES.items():
        owner = table.field or f"'{name}'"
        statement = (
            f"SELECT contact_id, {owner}, {', '.join(table.columns)} FROM {table.name}"
            f" WHERE contact_id {chosen}"
        )
        for key, field, *cells in connection.execute(statement, uids):
            found[field][key].append(table.read(*cells))
    return {
        name: {key: collect(items) for key, items in found[name].items()}
        for _, name, collect in _LISTS
    }
