"""How the encounters of another program's file join the log of the village.

As with people, what the file says is compared with what it said last time: an encounter that was
edited or removed here stays so, one that was edited there is brought up to date.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from dorf.core.village import Encounter
from dorf.errors import N_, DorfError
from dorf.imports.incoming import MISSING_PERSON, Remark, likeness
from dorf.imports.provenance import day_mark, encounter_mark, told_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dorf.core.village import Village
    from dorf.imports.incoming import IncomingContact, IncomingEncounter


class People(Protocol):
    """What has to be known of those who were there."""

    def find(self, person: str) -> tuple[str | None, bool]:
        """Return the uid of whom an encounter names, and whether anybody is called so at all."""

    def stated(self, uid: str) -> frozenset[str]:
        """Return all that earlier files of this format said of somebody."""


class Journal:
    """The encounters of the village, and those of the file that it does not have."""

    def __init__(  # noqa: PLR0913  (the state of one join)
        self,
        village: Village,
        people: People,
        departed: frozenset[str],
        today: date,
        new_uid: Callable[[], str],
        *,
        insists: bool,
    ) -> None:
        """Begin with the log of *village*; where both sides differ, the file may *insist*."""
        self._people = people
        self._departed = departed
        self._today = today
        self._new_uid = new_uid
        self._insists = insists
        self._log = {one.uid: one for one in village.encounters}
        self._newest: dict[str, date] = {}
        self._said: dict[str, frozenset[str]] = {}
        self._told: set[str] = set()
        self._added: set[str] = set()
        self._alike: Counter[object] = Counter()
        self._on: dict[tuple[date, frozenset[str]], list[Encounter]] = defaultdict(list)
        self.new: list[Encounter] = []
        self.changed: dict[str, Encounter] = {}
        self.remarks: list[Remark] = []
        self.marks: dict[str, set[str]] = defaultdict(set)
        """What the file says of the encounters of each contact."""
        for encounter in village.encounters:
            self._note(encounter)

    def _note(self, encounter: Encounter) -> None:
        for uid in encounter.contacts:
            self._newest[uid] = max(encounter.day, self._newest.get(uid, encounter.day))

    def take_all(self, encounters: Sequence[IncomingEncounter]) -> None:
        """Add the *encounters* that are not there yet and were not removed here."""
        if not encounters:
            return
        self._told = {meeting.uid for meeting in encounters if meeting.uid}
        for one in self._log.values():
            if one.uid not in self._told:
                self._alike[likeness(one)] += 1
                self._on[one.day, frozenset(one.contacts)].append(one)
        for meeting in encounters:
            self._take(meeting)

    def _take(self, meeting: IncomingEncounter) -> None:
        uids = self._who(meeting)
        if not uids:
            return
        if meeting.day > self._today:
            self._leave(meeting.place, N_("an encounter that is still to come"))
            return
        said = {encounter_mark(meeting), told_mark(meeting.uid)}
        for uid in uids:
            self.marks[uid] |= {*said, day_mark(meeting.day)}
        fresh = [uid for uid in uids if not said <= self._stated(uid)]
        if not fresh or meeting.uid in self._departed or meeting.uid in self._added:
            return
        one = Encounter(
            meeting.uid or "", meeting.day, uids, meeting.how, meeting.note, meeting.help
        )
        there = self._there(one)
        if there is not None:
            self._retell(there, one, fresh, meeting.place)
        elif self._alike[likeness(one)]:
            self._alike[likeness(one)] -= 1
        else:
            self._add(replace(one, uid=one.uid or self._new_uid()))

    def _stated(self, uid: str) -> frozenset[str]:
        if uid not in self._said:
            self._said[uid] = self._people.stated(uid)
        return self._said[uid]

    def _there(self, one: Encounter) -> Encounter | None:
        """Return the same encounter as it is here: by its uid, else the one that came from there.

        Some files have no identities; what was on that day with just these people may have
        another text now.
        """
        if one.uid in self._log:
            return self._log[one.uid]
        same = self._on[one.day, frozenset(one.contacts)]
        came = next((other for other in same if self._came_so(other)), None)
        if came is not None and likeness(came) != likeness(one):
            same.remove(came)
            self._alike[likeness(came)] -= 1
            return came
        return None

    def _came_so(self, there: Encounter) -> bool:
        """Tell whether an encounter is as a file of this format told it."""
        told = encounter_mark(there)
        return any(told in self._stated(uid) for uid in there.contacts)

    def _retell(self, there: Encounter, one: Encounter, fresh: Sequence[str], place: str) -> None:
        """Bring what was not changed here up to date, and add who was there after all."""
        before = encounter_mark(there)
        came = [u for u in fresh if u not in there.contacts and before not in self._stated(u)]
        wanted = replace(there, contacts=(*there.contacts, *came))
        told = replace(wanted, day=one.day, how=one.how, note=one.note, help=one.help)
        if told != wanted and not (self._insists or self._came_so(there)):
            self._leave(
                place,
                N_("an encounter that was changed here, too; it stays as it is here"),
                entry=False,
            )
        else:
            wanted = told
        if wanted != there:
            self.changed[there.uid] = replace(wanted, changed_at=None)
            self._log[there.uid] = wanted
            self._note(wanted)

    def _who(self, meeting: IncomingEncounter) -> tuple[str, ...]:
        found: dict[str, None] = {}
        unknown = []
        for person in meeting.people:
            uid, known = self._people.find(person)
            if uid is not None:
                found[uid] = None
            elif not known:
                unknown.append(person)
        if unknown:
            self._leave(meeting.place, MISSING_PERSON, entry=not found, name=", ".join(unknown))
        return tuple(found)

    def take_last(self, entry: IncomingContact, uid: str, day: date) -> None:
        """Let a last contact without anything else be an encounter, unless there is one as new."""
        if day > self._today:
            self._leave(entry.place, N_("a last contact that is still to come"), entry=False)
        elif self._newest.get(uid, date.min) < day:
            self._add(Encounter(self._new_uid(), day, (uid,)))

    def _add(self, encounter: Encounter) -> None:
        self.new.append(encounter)
        self._added.add(encounter.uid)
        self._log[encounter.uid] = encounter
        self._note(encounter)

    def _leave(self, place: str, sentence: str, *, entry: bool = True, **what: object) -> None:
        self.remarks.append(Remark(place, DorfError(sentence, **what), entry=entry))
