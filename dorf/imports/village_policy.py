"""What a village file may do: whatever it states counts, unless it is older than what is here.

Contacts are one by their uid, else by their exact name. The file knows what it says: a place in it
that fits nowhere is an error, and then nothing changes at all.
"""

from __future__ import annotations

from dorf.core.village import Contact, Encounter, Household
from dorf.errors import N_
from dorf.imports.encounters import MISSING_PERSON, Journal
from dorf.imports.incoming import IncomingEncounter, WrongPlace
from dorf.imports.merge import Join
from dorf.values import replace

NAME_TAKEN = N_("“{name}” is somebody else in the village already")


def _is_older(stamp: str | None, existing: str | None) -> bool:
    """Tell whether both sides have a stamp, and that of the file is the older one."""
    return bool(stamp and existing and stamp < existing)


class VillageJoin(Join):
    """A village, whose encounters must all be there, and a village file.

    `outcome` raises `WrongPlace` for an encounter with somebody unknown and for a name that would
    be there twice.
    """

    def name_key(self, name: str) -> str:
        """Return the name: it is as exact as everything in such a file."""
        return name

    def match(self, number: int) -> str | None:
        """Return the uid of the contact of the same uid, else of the same name."""
        entry = self.incoming.contacts[number]
        return entry.uid if entry.uid in self.contacts else self.names.get(entry.name)

    def add(self, number: int) -> Contact:
        """Return the new contact as the file states it."""
        entry = self.incoming.contacts[number]
        uid = entry.uid or self.new_uid()
        return Contact(**{"added_on": self.today, **entry.given, "uid": uid, "name": entry.name})

    def update(self, contact: Contact, number: int) -> Contact:
        """Return a contact with all that the file states, unless it is newer here."""
        entry = self.incoming.contacts[number]
        stamp = entry.given.get("changed_at")
        stated = {**entry.given, "name": entry.name, "changed_at": contact.changed_at}
        wanted = replace(contact, **stated)
        if wanted == contact:
            return contact
        if _is_older(stamp, contact.changed_at):
            self.kept[contact.uid] = contact.name
            return contact
        if wanted.name != contact.name:
            if wanted.name in self.names:
                raise WrongPlace(f"{entry.place}.name", NAME_TAKEN, name=wanted.name)
            del self.names[contact.name]
        self.stamps[contact.uid] = stamp if stamp != contact.changed_at else None
        return wanted

    def journal(self) -> Journal:
        """Return the log, which takes encounters as the file states them."""
        return _Journal(self.village, self, self.new_uid, () if self.incoming.encounters else None)

    def household(self) -> Household:
        """Return the household as the file states it, with what it does not know of."""
        here, given = self.village.household, self.incoming.household
        children = {child.name: child for child in (*here.children, *given.get("children", ()))}
        accepted = {
            acceptance.key: acceptance
            for acceptance in (*here.accepted, *given.get("accepted", ()))
        }
        return Household(
            single_parent=given.get("single_parent", here.single_parent),
            children=tuple(children.values()),
            wishes=tuple(dict.fromkeys((*here.wishes, *given.get("wishes", ())))),
            rules_off=here.rules_off | given.get("rules_off", frozenset()),
            accepted=tuple(accepted.values()),
        )


class _Journal(Journal):
    """The log, while a village file joins it: one by their uids, without them by their looks."""

    def join(self, incoming: IncomingEncounter) -> None:
        """Add an encounter, or bring it up to date if the file is not older."""
        encounter = incoming.as_encounter(self._who(incoming))
        existing = self.log.get(encounter.uid)
        if existing is not None:
            self._update(existing, encounter)
        elif encounter.uid or not self.take_alike(encounter):
            self.add(replace(encounter, uid=encounter.uid or self.new_uid()))

    def _update(self, existing: Encounter, encounter: Encounter) -> None:
        stamp = encounter.changed_at
        same = replace(encounter, changed_at=existing.changed_at) == existing
        if not same and not _is_older(stamp, existing.changed_at):
            self.change(encounter, stamp if stamp != existing.changed_at else None)

    def _who(self, incoming: IncomingEncounter) -> tuple[str, ...]:
        """Return the uids of those who were met; raise `WrongPlace` for somebody unknown."""
        place = f"{incoming.place}.contacts"
        uids = []
        for number, person in enumerate(incoming.people):
            uid, _ = self.people.find(person)
            if uid is None:
                raise WrongPlace(f"{place}[{number}]", MISSING_PERSON, name=person)
            uids.append(uid)
        if len(set(uids)) != len(uids):
            raise WrongPlace(place, N_("somebody is listed twice"))
        return tuple(uids)
