"""How a file joins the village: the same steps for every sort of file, one entry after the other.

What an entry may do is a matter of policy: in `village_policy` the file's word counts, in
`program_policy` a file fills what is empty and overwrites nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import date

from dorf.core.gaps.rules import renamed_keys
from dorf.core.likeness import Likeness
from dorf.core.village import Contact, Household, Village
from dorf.imports.encounters import Journal
from dorf.imports.incoming import Incoming, IncomingContact, Remark
from dorf.imports.outcome import Conflict, Guess, Outcome
from dorf.imports.provenance import Origin
from dorf.values import replace


class Join(ABC):
    """A village and a file that joins it; `outcome` takes all the steps."""

    def __init__(
        self, village: Village, incoming: Incoming, today: date, new_uid: Callable[[], str]
    ) -> None:
        """Begin with *village*, whole as it is; whoever is new gets a *new_uid*."""
        self.village = village
        self.incoming = incoming
        self.today = today
        self.new_uid = new_uid
        self.before = village.by_uid()
        self.contacts = dict(self.before)
        """Everybody, as they are by now."""
        self.names = {self.name_key(contact.name): contact.uid for contact in village.contacts}
        """Who has a name, by its key."""
        self.new: dict[str, None] = {}
        self.met: set[str] = set()
        """Whom the entries meant so far."""
        self.stamps: dict[str, str | None] = {}
        """When the file says that a contact was changed, where it says so."""
        self.kept: dict[str, str] = {}
        """The names of those who are newer here than in the file."""
        self.doubled = 0
        self.remarks: list[Remark] = []
        self.doubtful: list[Likeness] = []
        self.conflicts: list[Conflict] = []
        self.guessed: list[Guess] = []
        self.came_back: set[str] = set()
        self._of_entry: list[str | None] = []
        self._named_by_file: dict[str, str | None] = {}

    # --- what a policy decides -----------------------------------------------------------------

    @abstractmethod
    def name_key(self, name: str) -> str:
        """Return the key under which two contacts can't have one name."""

    @abstractmethod
    def match(self, number: int) -> str | None:
        """Return the uid of the contact whom an entry means; None for somebody new."""

    @abstractmethod
    def add(self, number: int) -> Contact | None:
        """Return the new contact of an entry, None if it is left out."""

    @abstractmethod
    def update(self, contact: Contact, number: int) -> Contact:
        """Return a contact that exists with what its entry says."""

    @abstractmethod
    def journal(self) -> Journal:
        """Return the log that the encounters of the file join."""

    @abstractmethod
    def household(self) -> Household:
        """Return the household with what the file says of it."""

    def joined(self, contact: Contact, number: int) -> None:
        """Remember what an entry became."""
        del contact, number

    def last_contact_is_new(self, uid: str, number: int) -> bool:
        """Tell whether the file did not say this last contact before."""
        del uid, number
        return True

    def origins(self) -> tuple[Origin, ...]:
        """Return what is to be remembered of the file."""
        return ()

    # --- the steps -----------------------------------------------------------------------------

    def outcome(self) -> Outcome:
        """Return what the file does to the village: contacts, encounters, then the household."""
        for number, entry in enumerate(self.incoming.contacts):
            self._join_entry(number, entry)
        journal = self.journal()
        for encounter in self.incoming.encounters:
            journal.join(encounter)
        for number, uid in enumerate(self._of_entry):
            if uid is not None and self.last_contact_is_new(uid, number):
                journal.join_last_contact(self.incoming.contacts[number], uid)
        household = self.household()
        return Outcome(
            household=household,
            household_changed=household != self.village.household,
            new=tuple(self.contacts[uid] for uid in self.new),
            changed=tuple(self.changed()),
            same=self._same(),
            kept=tuple(self.kept.values()),
            new_encounters=tuple(journal.new),
            changed_encounters=tuple(journal.changed.values()),
            unknown=self.incoming.unknown,
            doubled=self.doubled,
            remarks=(*self.incoming.remarks, *self.remarks, *journal.remarks),
            doubtful=tuple(self.doubtful),
            conflicts=tuple(self.conflicts),
            guessed=tuple(self.guessed),
            origins=self.origins(),
            came_back=frozenset(self.came_back),
        )

    def _join_entry(self, number: int, entry: IncomingContact) -> None:
        uid = self.match(number)
        contact = self.add(number) if uid is None else self.update(self.contacts[uid], number)
        became = contact.uid if contact else None
        self._of_entry.append(became)
        for name in filter(None, (entry.uid, entry.name)):
            self._named_by_file.setdefault(name, became)
        if contact is None:
            return
        if uid is None:
            self.new[contact.uid] = None
        self.doubled += contact.uid in self.met
        self.met.add(contact.uid)
        self.contacts[contact.uid] = contact
        self.names[self.name_key(contact.name)] = contact.uid
        self.joined(contact, number)

    def find(self, person: str) -> tuple[str | None, bool]:
        """Return the uid of whom an encounter names, and whether anybody is called so at all."""
        if person in self._named_by_file:
            return self._named_by_file[person], True
        uid = person if person in self.contacts else self.names.get(self.name_key(person))
        return uid, uid is not None

    def changed(self) -> Iterator[tuple[Contact, Contact]]:
        """Yield who existed and is different now, as before and as now."""
        for uid, before in self.before.items():
            if uid in self.met and self.contacts[uid] != before:
                yield before, replace(self.contacts[uid], changed_at=self.stamps.get(uid))

    def _same(self) -> frozenset[str]:
        """Return whom the file and the village both know, and nothing new of them."""
        existing = self.met - self.new.keys() - self.kept.keys()
        return frozenset(uid for uid in existing if self.contacts[uid] == self.before[uid])

    def renamed(self, household: Household) -> Household:
        """Return *household*, its keys with the names that changed."""
        keys: dict[str, str] = {}
        for old, new in self.changed():
            if old.name != new.name:
                keys |= renamed_keys(old.name, new.name)
        return household.renamed(keys) if keys else household
