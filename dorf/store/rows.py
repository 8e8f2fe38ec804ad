"""Rows to values: how a `Village` is read from its tables, in a fixed number of statements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dorf.core.dates import PartialDate
from dorf.core.village import (
    HELP_WINDOW,
    Acceptance,
    Child,
    Contact,
    Household,
    Kid,
    RoleSpan,
    Touch,
    Village,
    YearlyDay,
)
from dorf.core.vocabulary import ROLES, Bond, Kind, Place, Status
from dorf.store import encounters
from dorf.store.opening import transaction, trusting
from dorf.store.table import grouped

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from dorf.core.calendar import Published
    from dorf.imports.provenance import Known
    from dorf.store.encounters import EncounterFilter
    from dorf.store.table import Groups

_CONTACTS = """
SELECT c.id, c.uid, c.name, c.added_on, c.circle, c.cadence_days, c.planned_on, c.snoozed_until,
    c.status, c.paused_until, c.resumed_on, c.until, c.place, c.online_only, c.trusted, c.pickup,
    c.strained, c.single_parent, c.gives_stated, c.gets_stated, c.birthday, c.notes, c.changed_at,
    c.planned_note, c.lead_days,
    (SELECT max(day) FROM participation p WHERE p.contact_id = c.id),
    EXISTS (SELECT 1 FROM participation p WHERE p.contact_id = c.id AND help_in > 0),
    EXISTS (SELECT 1 FROM participation p WHERE p.contact_id = c.id AND help_out > 0),
    (SELECT sum(help_in) FROM participation p
        WHERE p.contact_id = c.id AND day > :after AND day <= :today AND help_in > 0),
    (SELECT sum(help_out) FROM participation p
        WHERE p.contact_id = c.id AND day > :after AND day <= :today AND help_out > 0)
FROM contact c {} ORDER BY c.id
"""
_KIND = {kind.value: kind for kind in Kind}
_DAY = date.fromisoformat


def village(
    connection: sqlite3.Connection,
    today: date,
    log: EncounterFilter | None = None,
    only: Sequence[str] | None = None,
) -> Village:
    """Return the village; its encounters only when *log* says which, contacts only as wanted."""
    with transaction(connection, "DEFERRED"), trusting():
        return _village(connection, today, log, only)


def _village(
    connection: sqlite3.Connection,
    today: date,
    log: EncounterFilter | None,
    only: Sequence[str] | None,
) -> Village:
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
        tuple(Child(name, PartialDate.parse(born)) for name, born in children),
        tuple(wish for (wish,) in wishes),
        frozenset(key for (key,) in rules),
        tuple(Acceptance(key, until and _DAY(until)) for key, until in accepted),
    )


def _contacts(
    connection: sqlite3.Connection,
    today: date,
    only: Sequence[str] | None,
) -> tuple[tuple[Contact, ...], dict[str, Touch]]:
    chosen, uids = "", {}
    if only is not None:
        uids = {f"uid{number}": uid for number, uid in enumerate(only)}
        chosen = f" IN (SELECT id FROM contact WHERE uid IN ({', '.join(f':{u}' for u in uids)}))"

    def part(columns: str, table: str, condition: str = "1") -> Groups:
        these = f"contact_id{chosen}" if chosen else "1"
        return grouped(
            connection.execute(
                f"SELECT contact_id, {columns} FROM {table} WHERE {these} AND {condition}", uids
            )
        )

    roles = part("role", "contact_role")
    gives = part("kind", "contact_kind", "way = 'gives'")
    gets = part("kind", "contact_kind", "way = 'gets'")
    texts = {
        field: part("text", "contact_text", f"field = '{field}'")
        for field in ("nicknames", "skills", "phones", "emails", "addresses")
    }
    kids = part("name, born", "kid")
    bonds = part("child, bond", "attachment")
    days = part("name, day", "yearly_day")
    spans = part("role, start_day, end_day", "role_span")
    contacts, touches = [], {}
    after = (today - timedelta(days=HELP_WINDOW)).isoformat()
    statement = _CONTACTS.format(f"WHERE c.id{chosen}" if chosen else "")
    window = {"after": after, "today": today.isoformat()}
    for row in connection.execute(statement, window | uids):
        key, uid = row[0], row[1]
        contacts.append(
            Contact(
                uid=uid,
                name=row[2],
                added_on=_DAY(row[3]),
                roles=tuple([ROLES[role] for role in roles[key]]),
                nicknames=tuple(texts["nicknames"].get(key, ())),
                circle=row[4],
                cadence_days=row[5],
                planned_on=row[6] and _DAY(row[6]),
                snoozed_until=row[7] and _DAY(row[7]),
                status=Status(row[8]),
                paused_until=row[9] and _DAY(row[9]),
                resumed_on=row[10] and _DAY(row[10]),
                until=row[11] and _DAY(row[11]),
                where=row[12] and Place(row[12]),
                online_only=_flag(row[13]),
                trusted=_flag(row[14]),
                pickup=_flag(row[15]),
                strained=bool(row[16]),
                single_parent=bool(row[17]),
                gives=frozenset([_KIND[k] for k in gives.get(key, ())]) if row[18] else None,
                gets=frozenset([_KIND[k] for k in gets.get(key, ())]) if row[19] else None,
                skills=tuple(texts["skills"].get(key, ())),
                kids=tuple([Kid(name, _partial(born)) for name, born in kids.get(key, ())]),
                attachment=tuple([(child, Bond(bond)) for child, bond in bonds.get(key, ())]),
                birthday=_partial(row[20]),
                phones=tuple(texts["phones"].get(key, ())),
                emails=tuple(texts["emails"].get(key, ())),
                addresses=tuple(texts["addresses"].get(key, ())),
                notes=row[21],
                role_history=tuple([_span(*span) for span in spans.get(key, ())]),
                changed_at=row[22],
                planned_note=row[23],
                lead_days=row[24],
                yearly_days=tuple(
                    [YearlyDay(name, PartialDate.parse(day)) for name, day in days.get(key, ())]
                ),
            )
        )
        if row[25]:
            touches[uid] = Touch(
                _DAY(row[25]), bool(row[26]), bool(row[27]), row[28] or 0, row[29] or 0
            )
    return tuple(contacts), touches


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _partial(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.parse(text)


def _span(role: str, start: str | None, end: str | None) -> RoleSpan:
    return RoleSpan(ROLES[role], _DAY(start) if start else None, _DAY(end) if end else None)


def published(connection: sqlite3.Connection) -> dict[str, Published]:
    """Return what calendars were told, by the uid of the entry."""
    from dorf.core.calendar import Published

    statement = "SELECT uid, day, sequence, digest, cancelled_on FROM published"
    found = connection.execute(statement).fetchall()
    with trusting():
        return {
            uid: Published(uid, _DAY(day), sequence, digest, gone and _DAY(gone))
            for uid, day, sequence, digest, gone in found
        }


def interview(connection: sqlite3.Connection) -> dict[str, tuple[str, ...] | None]:
    """Return the answers of the interview, by question; None where it was skipped."""
    import json

    found = connection.execute("SELECT question, answer FROM interview").fetchall()
    with trusting():
        answers = {question: json.loads(answer) for question, answer in found}
        return {key: None if uids is None else tuple(uids) for key, uids in answers.items()}


def known(connection: sqlite3.Connection) -> Known:
    """Return what the village remembers of earlier imports."""
    import json

    from dorf.imports.provenance import Known, Origin

    found = connection.execute(
        "SELECT c.uid, source, uid_key, name_key, stated, o.id FROM origin o"
        " JOIN contact c ON c.id = o.contact_id ORDER BY o.id"
    ).fetchall()
    departed = connection.execute("SELECT key FROM departed").fetchall()
    with trusting():
        origins = [
            Origin(uid, source, uid_key, name_key, frozenset(json.loads(stated)), row)
            for uid, source, uid_key, name_key, stated, row in found
        ]
    return Known(tuple(origins), frozenset(key for (key,) in departed))
