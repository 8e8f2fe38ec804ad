"""How a file of another program joins the village: it fills what is empty and overwrites nothing.

What the file says is compared with what it said last time, so that both sides may go on being
edited: a number that was deleted here stays away, one that is new there comes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from dorf.core.gaps.rules import renamed_keys
from dorf.core.likeness import Likeness, Reason
from dorf.core.merge import same_day
from dorf.core.names import LONGEST_NAME, appearance
from dorf.core.spelling import fold
from dorf.core.village import Contact
from dorf.errors import N_, DorfError, WrongField
from dorf.imports.encounters import Journal
from dorf.imports.fields import Filling
from dorf.imports.incoming import Conflict, Guess, Merge, Remark
from dorf.imports.matching import Matching
from dorf.imports.provenance import (
    Origin,
    child_keys,
    coined,
    day_mark,
    grown_old,
    keys_of,
    mark,
    name_key,
    once,
    spelled_key,
    uid_key,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from dorf.core.village import Child, Household, Village
    from dorf.imports.fields import Policy
    from dorf.imports.incoming import Incoming, IncomingContact, IncomingEncounter
    from dorf.imports.provenance import Known


def join(  # noqa: PLR0913  (named one by one; CONTRIBUTING.md allows eight)
    village: Village,
    incoming: Incoming,
    source: str,
    known: Known,
    *,
    today: date,
    new_uid: Callable[[], str],
    policy: Policy,
) -> Merge:
    """Join the entries of a file of the format *source* with *village*, whole as it is."""
    people = _People(village, incoming, source, known, today, new_uid, policy)
    for number, entry in enumerate(incoming.contacts):
        people.take(number, entry)
    log = Journal(village, people, known.departed, today, new_uid, insists=policy.prefer_file)
    log.take_all(incoming.encounters)
    for number, (entry, uid) in enumerate(zip(incoming.contacts, people.of_entry, strict=True)):
        if entry.last_contact is not None and uid and people.last_contact_is_new(uid, number):
            log.take_last(entry, uid, entry.last_contact)
    children = people.welcome_children(incoming.household.get("children", ()))
    household = _with_children(people.household(village.household), children)
    return Merge(
        household=household,
        household_changed=household != village.household,
        new=tuple(people.contacts[uid] for uid in people.new),
        changed=tuple(people.changed()),
        same=people.same(),
        kept=(),
        new_encounters=tuple(log.new),
        changed_encounters=tuple(log.changed.values()),
        unknown=incoming.unknown,
        doubled=people.doubled,
        remarks=(*incoming.remarks, *people.remarks, *log.remarks),
        doubtful=tuple(people.doubtful),
        conflicts=tuple(people.conflicts),
        guessed=tuple(people.guessed),
        origins=tuple(people.remembered(log.marks)),
        came_back=frozenset(people.came_back),
    )


def _with_children(household: Household, given: Iterable[Child]) -> Household:
    """Add the children of the file whom the household does not have, under any name.

    The same name is the same child; so is one of the same birth whom the file does not name, a
    twin aside.
    """
    given = tuple(given)
    named = {spelled_key(child.name) for child in given}
    names = {spelled_key(child.name) for child in household.children}
    unnamed = [child for child in household.children if spelled_key(child.name) not in named]
    new = []
    for child in given:
        if spelled_key(child.name) in names:
            continue
        same = next((one for one in unnamed if _may_be_one(one, child)), None)
        if same is None:
            new.append(child)
        else:
            unnamed.remove(same)
    return household._replace(children=(*household.children, *new))


def _may_be_one(first: Child, second: Child) -> bool:
    """Tell whether two children were born on one day, or can be: a name in another spelling."""
    alike = fold(first.name) == fold(second.name)
    return first.born == second.born or (alike and same_day(first.born, second.born))


def _days_met(encounters: Iterable[IncomingEncounter]) -> dict[str, frozenset[str]]:
    """Return for each person, as the file names them, the marks of the days they were met on."""
    days: dict[str, set[str]] = defaultdict(set)
    for meeting in encounters:
        for person in meeting.people:
            days[person].add(day_mark(meeting.day))
    return {person: frozenset(marks) for person, marks in days.items()}


class _People:
    """The contacts of the village and of the file, entry by entry."""

    def __init__(  # noqa: PLR0913, PLR0917  (the state of one join)
        self,
        village: Village,
        incoming: Incoming,
        source: str,
        known: Known,
        today: date,
        new_uid: Callable[[], str],
        policy: Policy,
    ) -> None:
        self._entries = incoming.contacts
        days, all_of_them = _days_met(incoming.encounters), (*incoming.contacts, *incoming.others)
        self._matching = Matching(village.contacts, known, source, all_of_them, days)
        self._before = village.by_uid()
        self._source = source
        self._departed = known.departed
        self._today = today
        self._new_uid = new_uid
        self._policy = policy
        self._names = {appearance(contact.name): contact.uid for contact in village.contacts}
        self._numbers: dict[str, int] = {}
        self._called_so: dict[str, str | None] = {}
        self.of_entry: list[str | None] = []
        """The uid of the contact that each entry became, None if it is left out."""
        self._met: set[str] = set()
        self._rows: set[int | None] = {None}
        self.contacts = dict(self._before)
        self.new: list[str] = []
        self.doubled = 0
        self._origins: dict[tuple[str, str | None, str], Origin] = {}
        self.remarks: list[Remark] = []
        self.doubtful: list[Likeness] = []
        self.conflicts: list[Conflict] = []
        self.guessed: list[Guess] = []
        self.came_back: set[str] = set()
        self._rename()

    def take(self, number: int, entry: IncomingContact) -> None:
        """Add the one who is meant by *entry*, or fill in what is noted of that one."""
        uid, maybe = self._matching.found.get(number), None
        if uid is None:
            uid, maybe = self._matching.namesake(number)
        if uid is not None:
            contact: Contact | None = self._fill(uid, number)
        elif self._stays_away(entry):
            contact = None
        else:
            contact = self._add(number, maybe)
        became = contact.uid if contact else None
        self.of_entry.append(became)
        for key in filter(None, (entry.uid, entry.name)):
            self._called_so.setdefault(key, became)
        if contact is not None:
            self._keep(contact, number)

    def _keep(self, contact: Contact, number: int) -> None:
        self.doubled += contact.uid in self._met
        self._met.add(contact.uid)
        self.contacts[contact.uid] = contact
        self._remember(contact, number)
        self._matching.meet(number, contact)

    def _stays_away(self, entry: IncomingContact) -> bool:
        gone = self._departed & keys_of(self._matching.identity(entry), entry.name)
        if gone and self._policy.again:
            self.came_back |= gone
            return False
        if gone:
            what = DorfError(
                N_("{name} was deleted here; --again brings them back"), name=entry.name
            )
            self.remarks.append(Remark(entry.place, what, entry=True))
        return bool(gone)

    def welcome_children(self, given: Iterable[Child]) -> Iterator[Child]:
        """Yield the children of the household who were not removed here."""
        for child in given:
            gone = child_keys(child.name) & self._departed
            if gone and self._policy.again:
                self.came_back |= gone
            if not gone or self._policy.again:
                yield child

    def _remember(self, contact: Contact, number: int) -> None:
        uid, entry = contact.uid, self._entries[number]
        there = self._matching.origin(uid, number)
        identity = self._matching.identity(entry)
        key = (uid, uid_key(identity), name_key(entry.name))
        marks = self._matching.marks[number] | {spelled_key(entry.name)}
        name = coined(contact.name)
        if (there and name in there.stated) or (uid in self.new and contact.name != entry.name):
            marks |= {name}
        if there:
            marks |= grown_old(there.stated, marks)
        if key in self._origins:
            before = self._origins[key]
            self._origins[key] = before._replace(stated=before.stated | marks)
            return
        row = there.row if there and there.row not in self._rows else None
        self._rows.add(row)
        self._origins[key] = Origin(uid, self._source, key[1], key[2], marks, row)

    def remembered(self, marks: Mapping[str, set[str]]) -> Iterator[Origin]:
        """Yield what the file said of everybody, with *marks* of their encounters."""
        for one in self._origins.values():
            yield one._replace(stated=one.stated.union(marks.get(one.contact, ())))

    # --- somebody new --------------------------------------------------------------------------

    def _add(self, number: int, maybe: str | None) -> Contact | None:
        entry = self._entries[number]
        identity = self._matching.identity(entry)
        uid = identity if identity and identity not in self.contacts else self._new_uid()
        name = self._free_name(entry)
        try:
            contact = Contact(**{"added_on": self._today, **entry.given, "uid": uid, "name": name})
        except WrongField as wrong:
            what = DorfError(N_("left out: {reason}"), reason=wrong)
            self.remarks.append(Remark(entry.place, what, entry=True))
            return None
        self.new.append(uid)
        self._names[appearance(name)] = uid
        self._guess(contact, entry)
        if maybe is not None:
            same = self._matching.is_spelled_so(maybe, number)
            reason = Reason.NAMESAKE if same else Reason.SPELLING
            self.doubtful.append(Likeness(name, self.contacts[maybe].name, reason))
        return contact

    def _free_name(self, entry: IncomingContact) -> str:
        """Return the name, with what tells it apart where somebody else has it already."""
        if appearance(entry.name) not in self._names:
            return entry.name
        stem = entry.name[: LONGEST_NAME - 60]
        asides = [f"{stem} ({entry.aside[:40]})"] if entry.aside else []
        return next(
            name
            for name in chain(asides, self._numbered(stem))
            if appearance(name) not in self._names
        )

    def _numbered(self, stem: str) -> Iterator[str]:
        """Yield names with a number, from where the last one of that name left off."""
        while True:
            self._numbers[stem] = self._numbers.get(stem, 1) + 1
            yield f"{stem} ({self._numbers[stem]})"

    def _guess(self, contact: Contact, entry: IncomingContact) -> None:
        self.guessed += [Guess(contact.name, word, role) for word, role in entry.guessed]

    # --- somebody who is there -----------------------------------------------------------------

    def _fill(self, uid: str, number: int) -> Contact:
        entry = self._entries[number]
        there = self._called(self.contacts[uid], number)
        stated, known = self._stated(uid, number), self._matching.known(uid)
        filled = Filling(there, entry, stated, known, self._policy)
        roles = filled.fields.pop("roles", there.roles)
        self.conflicts += filled.conflicts
        there = replace(there, **filled.fields)
        if roles != there.roles:
            there = there.with_roles(roles, self._today)
            self._guess(there, entry)
        return there

    def _stated(self, uid: str, number: int) -> frozenset[str]:
        origin = self._matching.origin(uid, number)
        return origin.stated if origin else frozenset()

    def _rename(self) -> None:
        """Give people the new names that the file has for them, and let the old ones be free.

        All at once: two may have swapped their names, or one got what another gave up.
        """
        wanted: dict[str, int] = {}
        for number, uid in self._matching.found.items():
            asked = number < len(self._entries)
            if asked and uid not in wanted and self._follows(uid, number):
                wanted[uid] = number
        while blocked := self._blocked(wanted):
            for uid in blocked:
                del wanted[uid]
        for uid in wanted:
            del self._names[appearance(self._before[uid].name)]
        for uid, number in wanted.items():
            name = self._entries[number].name
            self._names[appearance(name)] = uid
            self.contacts[uid] = replace(self._before[uid], name=name)

    def _follows(self, uid: str, number: int) -> bool:
        """Tell whether the file has a new name for somebody whose name nobody changed here."""
        contact, new = self._before[uid], self._entries[number].name
        stated = self._stated(uid, number)
        said = mark("spelling", new)
        if new == contact.name or not stated.isdisjoint((said, once(said))):
            return False
        if fold(new) == fold(contact.name):
            return mark("spelling", contact.name) in stated
        if fold(new) in map(fold, contact.nicknames):
            return False
        ours = mark("name", contact.name) in stated or coined(contact.name) in stated
        return ours and mark("name", new) not in stated

    def _blocked(self, wanted: Mapping[str, int]) -> list[str]:
        """Return who can't get the new name: somebody has it and keeps it, or gets it before."""
        given: set[str] = set()
        blocked = []
        for uid, number in wanted.items():
            new = appearance(self._entries[number].name)
            holder = self._names.get(new, uid)
            if (holder != uid and holder not in wanted) or new in given:
                blocked.append(uid)
            given.add(new)
        return blocked

    def _called(self, contact: Contact, number: int) -> Contact:
        """Let a new name in the file be a nickname, where the name was changed here."""
        new = self._entries[number].name
        known = {fold(name) for name in (contact.name, *contact.nicknames)}
        if mark("name", new) in self._matching.known(contact.uid) or fold(new) in known:
            return contact
        return replace(contact, nicknames=(*contact.nicknames, new))

    # --- afterwards ----------------------------------------------------------------------------

    def find(self, person: str) -> tuple[str | None, bool]:
        """Return the uid of whom an encounter names, and whether anybody is called so at all."""
        if person in self._called_so:
            return self._called_so[person], True
        uid = self._names.get(appearance(person))
        return uid, uid is not None

    def stated(self, uid: str) -> frozenset[str]:
        """Return all that earlier files of this format said of somebody."""
        return self._matching.stated(uid)

    def last_contact_is_new(self, uid: str, number: int) -> bool:
        """Tell whether the file did not say this last contact before."""
        last = mark("last_contact", self._entries[number].last_contact)
        return self._matching.known(uid).isdisjoint((last, once(last)))

    def changed(self) -> Iterator[tuple[Contact, Contact]]:
        """Yield who was there and is different now, as before and as now."""
        for uid in self._before:
            if uid in self._met and self.contacts[uid] != self._before[uid]:
                yield self._before[uid], replace(self.contacts[uid], changed_at=None)

    def same(self) -> frozenset[str]:
        """Return whom the file and the village both know, and nothing new of them."""
        there = self._met - set(self.new)
        return frozenset(u for u in there if self.contacts[u] == self._before[u])

    def household(self, before: Household) -> Household:
        """Return the household, its keys with the names that changed."""
        keys: dict[str, str] = {}
        for old, new in self.changed():
            if old.name != new.name:
                keys |= renamed_keys(old.name, new.name)
        return before.renamed(keys) if keys else before
