"""How the encounters of a file join the log of the village.

As with people, what a file of another program says is compared with what it said last time: an
encounter that was edited or removed here stays so, one that was edited there is brought up to date.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Protocol

from dorf.core.village import Encounter, Village
from dorf.errors import N_, DorfError
from dorf.imports.incoming import IncomingContact, IncomingEncounter, Remark
from dorf.imports.provenance import day_digest, encounter_digest, encounter_uid_digest
from dorf.values import replace

MISSING_PERSON = N_("nobody in the file or in the village is called “{name}”")


class People(Protocol):
    """What the log has to know of those who were met."""

    def find(self, person: str) -> tuple[str | None, bool]:
        """Return the uid of whom an encounter names, and whether anybody is called so at all."""


def likeness(encounter: Encounter) -> object:
    """Return the key under which encounters are equal that have no identity of their own."""
    people = frozenset(encounter.contacts)
    return encounter.day, people, encounter.how, encounter.note, encounter.help


class Journal(ABC):
    """The log of the village, and those encounters of the file that it does not have."""

    def __init__(
        self,
        village: Village,
        people: People,
        new_uid: Callable[[], str],
        spoken_for: Collection[str] | None = (),
    ) -> None:
        """Begin with the log of *village*.

        An encounter of the file without a uid is none of those that it has *spoken for*; None is
        where the file has no encounters, so that nobody has to know which look alike.
        """
        self.people = people
        self.new_uid = new_uid
        self.log = {encounter.uid: encounter for encounter in village.encounters}
        self.new: list[Encounter] = []
        self.added: set[str | None] = set()
        self.changed: dict[str, Encounter] = {}
        self.remarks: list[Remark] = []
        self._newest: dict[str, date] = {}
        self.alike: Counter[object] = Counter()
        for encounter in village.encounters:
            self._note(encounter)
            if spoken_for is not None and encounter.uid not in spoken_for:
                self.alike[likeness(encounter)] += 1

    @abstractmethod
    def join(self, incoming: IncomingEncounter) -> None:
        """Add an encounter of the file, or bring the one that it is up to date."""

    def join_last_contact(self, entry: IncomingContact, uid: str) -> None:
        """Let a last contact without anything else be an encounter, unless there is one as new."""
        day = entry.last_contact
        if day is not None and self._newest.get(uid, date.min) < day:
            self.add(Encounter(self.new_uid(), day, (uid,)))

    def add(self, encounter: Encounter) -> None:
        """Add an encounter that is not there yet."""
        self.new.append(encounter)
        self.added.add(encounter.uid)
        self.log[encounter.uid] = encounter
        self._note(encounter)

    def change(self, encounter: Encounter, stamp: str | None = None) -> None:
        """Put an encounter in the place of the one that it was; without a *stamp* as of now."""
        self.changed[encounter.uid] = replace(encounter, changed_at=stamp)
        self.log[encounter.uid] = encounter
        self._note(encounter)

    def take_alike(self, encounter: Encounter) -> bool:
        """Tell whether one that looks the same is in the log, and was not taken for another."""
        key = likeness(encounter)
        if not self.alike[key]:
            return False
        self.alike[key] -= 1
        return True

    def _note(self, encounter: Encounter) -> None:
        for uid in encounter.contacts:
            self._newest[uid] = max(encounter.day, self._newest.get(uid, encounter.day))


class Remembering(People, Protocol):
    """What the log has to know where a file is compared with what it said before."""

    departed: frozenset[str]

    def stated(self, uid: str) -> frozenset[str]:
        """Return all that earlier files of this format said of somebody."""


class ComparedJournal(Journal):
    """The log, while a file of another program joins it."""

    people: Remembering

    def __init__(  # noqa: PLR0913  (the state of one join)
        self,
        village: Village,
        people: Remembering,
        new_uid: Callable[[], str],
        incoming: Sequence[IncomingEncounter],
        today: date,
        *,
        insists: bool,
    ) -> None:
        """Begin with the log of *village*; where both sides differ, the file may *insist*."""
        named = {encounter.uid for encounter in incoming if encounter.uid}
        super().__init__(village, people, new_uid, named if incoming else None)
        self.people = people
        self._today = today
        self._insists = insists
        self._stated: dict[str, frozenset[str]] = {}
        self._on: dict[tuple[date, frozenset[str]], list[Encounter]] = defaultdict(list)
        self.digests: dict[str, set[str]] = defaultdict(set)
        """What the file says of the encounters of each contact."""
        for encounter in village.encounters if incoming else ():
            if encounter.uid not in named:
                self._on[encounter.day, frozenset(encounter.contacts)].append(encounter)

    def join(self, incoming: IncomingEncounter) -> None:
        """Add an encounter that is not there yet and was not removed here."""
        uids = self._who(incoming)
        if not uids:
            return
        if incoming.day > self._today:
            self._remark(incoming.place, N_("an encounter that is still to come"))
            return
        stated = {encounter_digest(incoming), encounter_uid_digest(incoming.uid)}
        for uid in uids:
            self.digests[uid] |= {*stated, day_digest(incoming.day)}
        fresh = [uid for uid in uids if not stated <= self._stated_of(uid)]
        if not fresh or incoming.uid in self.people.departed or incoming.uid in self.added:
            return
        encounter = incoming.as_encounter(uids)
        existing = self._existing(encounter)
        if existing is not None:
            self._update(existing, encounter, fresh, incoming.place)
        elif not self.take_alike(encounter):
            self.add(replace(encounter, uid=encounter.uid or self.new_uid()))

    def join_last_contact(self, entry: IncomingContact, uid: str) -> None:
        """Let a last contact be an encounter, unless it is still to come."""
        if entry.last_contact is not None and entry.last_contact > self._today:
            self._remark(entry.place, N_("a last contact that is still to come"), entry=False)
        else:
            super().join_last_contact(entry, uid)

    def _stated_of(self, uid: str) -> frozenset[str]:
        if uid not in self._stated:
            self._stated[uid] = self.people.stated(uid)
        return self._stated[uid]

    def _existing(self, encounter: Encounter) -> Encounter | None:
        """Return the same encounter as it is here: by its uid, else the one that came from there.

        Some files have no identities; what was on that day with just these people may have
        another text now.
        """
        if encounter.uid in self.log:
            return self.log[encounter.uid]
        same = self._on[encounter.day, frozenset(encounter.contacts)]
        came = next((other for other in same if self._is_unchanged(other)), None)
        if came is not None and likeness(came) != likeness(encounter):
            same.remove(came)
            self.alike[likeness(came)] -= 1
            return came
        return None

    def _is_unchanged(self, existing: Encounter) -> bool:
        """Tell whether an encounter is as a file of this format stated it."""
        digest = encounter_digest(existing)
        return any(digest in self._stated_of(uid) for uid in existing.contacts)

    def _update(
        self, existing: Encounter, incoming: Encounter, fresh: Sequence[str], place: str
    ) -> None:
        """Bring what was not changed here up to date, and add who was there after all."""
        base = encounter_digest(existing)
        came = [
            uid
            for uid in fresh
            if uid not in existing.contacts and base not in self._stated_of(uid)
        ]
        wanted = replace(existing, contacts=(*existing.contacts, *came))
        stated = replace(
            wanted, day=incoming.day, how=incoming.how, note=incoming.note, help=incoming.help
        )
        if stated != wanted and not (self._insists or self._is_unchanged(existing)):
            self._remark(
                place,
                N_("an encounter that was changed here, too; it stays as it is here"),
                entry=False,
            )
        else:
            wanted = stated
        if wanted != existing:
            self.change(wanted)

    def _who(self, incoming: IncomingEncounter) -> tuple[str, ...]:
        found: dict[str, None] = {}
        unknown = []
        for person in incoming.people:
            uid, known = self.people.find(person)
            if uid is not None:
                found[uid] = None
            elif not known:
                unknown.append(person)
        if unknown:
            self._remark(incoming.place, MISSING_PERSON, entry=not found, name=", ".join(unknown))
        return tuple(found)

    def _remark(self, place: str, sentence: str, *, entry: bool = True, **what: object) -> None:
        self.remarks.append(Remark(place, DorfError(sentence, **what), entry=entry))
