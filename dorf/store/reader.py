"""What can be read from an open village file: one method for each question that dorf asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.names import Entry
from dorf.timing import TIMES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import date

    from dorf.core.calendar import Published
    from dorf.core.reminders import Notified, Subject
    from dorf.core.statistics import Course, Past, Period
    from dorf.core.village import Encounter, Household, Village
    from dorf.core.vocabulary import Source
    from dorf.imports.provenance import Known
    from dorf.store.encounters import EncounterFilter
    from dorf.store.light import Rhythm


MOST_AT_ONCE = 500
"""Contacts that are asked for by name; SQLite takes 999 values in each of its versions."""


class Reader:
    """The questions to one connection; each is answered as of one moment.

    Raise `sqlite3.Error` and `DamagedRowsError` as they come: `Store` words them. What a question
    needs is loaded by it alone, since a start asks few of them.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read through *connection*, which is for the modules of this package."""
        self.connection = connection

    def directory(self) -> list[Entry]:
        """Return as much of every contact as it takes to find one by name."""
        more: dict[str, dict[int, list[str]]] = {"nicknames": {}, "kids": {}}
        run = self.connection.execute
        for field, key, text in run(
            "SELECT 'nicknames', contact_id, text FROM contact_text WHERE field = 'nicknames'"
            " UNION ALL SELECT 'kids', contact_id, name FROM kid WHERE name IS NOT NULL"
        ):
            more[field].setdefault(key, []).append(text)
        nicknames, kids = more["nicknames"], more["kids"]
        return [
            Entry(uid, name, tuple(nicknames.get(key, ())), tuple(kids.get(key, ())))
            for key, uid, name in run("SELECT id, uid, name FROM contact ORDER BY id")
        ]

    def names(self) -> dict[str, str]:
        """Return the names of all contacts by their uid."""
        return dict(self.connection.execute("SELECT uid, name FROM contact ORDER BY id"))

    def reach(self) -> dict[str, tuple[list[str], list[str]]]:
        """Return the phone numbers and e-mail addresses of all who have any, by their uid."""
        found: dict[str, tuple[list[str], list[str]]] = {}
        for uid, is_email, text in self.connection.execute(
            "SELECT c.uid, t.field = 'emails', t.text FROM contact_text t"
            " JOIN contact c ON c.id = t.contact_id WHERE t.field IN ('phones', 'emails')"
        ):
            found.setdefault(uid, ([], []))[is_email].append(text)
        return found

    def child_names(self) -> list[str]:
        """Return the names of the household's children."""
        return [name for (name,) in self.connection.execute("SELECT name FROM child ORDER BY id")]

    def household(self) -> Household:
        """Return what is noted about the household."""
        from dorf.store import rows
        from dorf.store.opening import trusting

        with trusting():
            return rows.household(self.connection)

    def interview(self) -> dict[str, tuple[str, ...] | None]:
        """Return what the interview has asked: by question, the uids named, None if skipped."""
        import json

        from dorf.store.opening import trusting

        found = self.connection.execute("SELECT question, answer FROM interview").fetchall()
        with trusting():
            answers = {question: json.loads(answer) for question, answer in found}
            return {key: None if uids is None else tuple(uids) for key, uids in answers.items()}

    def village(
        self,
        today: date,
        log: EncounterFilter | None = None,
        only: Sequence[str] | None = None,
    ) -> Village:
        """Return the household, the contacts and what the log says about each.

        The encounters themselves are read only as *log* wants them; *only* names, by uid, the few
        contacts that are wanted.
        """
        from dorf.store import rows

        few = only if only is None or len(only) <= MOST_AT_ONCE else None
        with TIMES.phase("reading"):
            village = rows.village(self.connection, today, log, few)
        if only is few:
            return village
        wanted = set(only or ())
        return village._replace(contacts=tuple([c for c in village.contacts if c.uid in wanted]))

    def whole_village(self, today: date) -> Village:
        """Return the village with every encounter, for an export."""
        from dorf.store.encounters import EncounterFilter

        return self.village(today, EncounterFilter())

    def rhythms(self) -> list[Rhythm]:
        """Return the contacts with as much as tending and yearly days need, and no more."""
        from dorf.store.light import rhythms

        return rhythms(self.connection)

    def known(self) -> Known:
        """Return what the village remembers of earlier imports."""
        import json

        from dorf.imports.provenance import Known, Origin
        from dorf.store.opening import trusting

        run = self.connection.execute
        found = run(
            "SELECT c.uid, source, uid_key, name_key, stated, o.id FROM origin o"
            " JOIN contact c ON c.id = o.contact_id ORDER BY o.id"
        ).fetchall()
        departed = run("SELECT key FROM departed").fetchall()
        with trusting():
            origins = [
                Origin(uid, source, uid_key, name_key, frozenset(json.loads(stated)), row)
                for uid, source, uid_key, name_key, stated, row in found
            ]
        return Known(tuple(origins), frozenset(key for (key,) in departed))

    def published(self) -> dict[str, Published]:
        """Return what calendars were told, by the uid of the entry."""
        from datetime import date

        from dorf.core.calendar import Published
        from dorf.store.opening import trusting

        day = date.fromisoformat
        statement = "SELECT uid, day, sequence, digest, cancelled_on FROM published"
        found = self.connection.execute(statement).fetchall()
        with trusting():
            return {
                uid: Published(uid, day(on), sequence, digest, gone and day(gone))
                for uid, on, sequence, digest, gone in found
            }

    def encounters(self, wanted: EncounterFilter) -> tuple[Encounter, ...]:
        """Return the *wanted* encounters, oldest first."""
        from dorf.store import encounters

        return encounters.read(self.connection, wanted)

    def newest_encounters(
        self, wanted: EncounterFilter, most: int | None
    ) -> tuple[tuple[Encounter, ...], int]:
        """Return the newest of the *wanted* encounters, oldest first, and how many more there are.

        All are read if *most* is None.
        """
        from dorf.store import encounters

        if most is None:
            return encounters.read(self.connection, wanted), 0
        return encounters.newest(self.connection, wanted, most)

    def encounters_by_start(self, start: str) -> tuple[Encounter, ...]:
        """Return the encounters whose uid begins with *start*: two stand for several."""
        from dorf.store.encounters import read_where

        near = "e.id IN (SELECT id FROM encounter WHERE uid >= ? AND uid < ? LIMIT 2)"
        return read_where(self.connection, near, [start, start + "\U0010ffff"])

    def contacts_with(self, text: str) -> list[str]:
        """Return the uids of the contacts in whose words *text* occurs, in any spelling."""
        from dorf.store.search import contacts_with

        return contacts_with(self.connection, text)

    def last_encounter(self) -> tuple[Encounter, ...]:
        """Return the encounter that was noted last, whichever its day."""
        from dorf.store.encounters import read_where

        return read_where(self.connection, "e.id = (SELECT max(id) FROM encounter)", [])

    def encounters_with_nobody_else(self, *uids: str) -> int:
        """Return how many encounters go when the contacts go."""
        these = ", ".join("?" * len(uids))
        found = self.connection.execute(
            "SELECT count(DISTINCT p.encounter_id) FROM participation p"
            f" JOIN contact c ON c.id = p.contact_id WHERE c.uid IN ({these})"
            " AND NOT EXISTS (SELECT 1 FROM participation o JOIN contact k ON k.id = o.contact_id"
            f" WHERE o.encounter_id = p.encounter_id AND k.uid NOT IN ({these}))",
            [*uids, *uids],
        )
        return int(found.fetchone()[0])

    def memory(self) -> dict[tuple[Subject, str], Notified]:
        """Return what reminders have told, and when."""
        from dorf.store import reminders

        return reminders.memory(self.connection)

    def past(self, period: Period) -> Past:
        """Return what the log of the whole village counts in *period*."""
        from dorf.store import statistics

        return statistics.past(self.connection, period)

    def course(self, period: Period, uid: str) -> Course:
        """Return how often a contact was met."""
        from dorf.store import statistics

        return statistics.course(self.connection, period, uid)

    def course_of_group(self, period: Period, source: Source) -> Course:
        """Return how often anybody was met whose main role belongs to one of the eight groups."""
        from dorf.store import statistics

        return statistics.course_of_group(self.connection, period, source)
