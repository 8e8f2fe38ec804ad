"""How a file of another program joins the village: it fills what is empty and overwrites nothing.

What the file says is compared with what it said last time, so that both sides may go on being
edited: a number that was deleted here stays away, one that is new there comes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import chain, count
from typing import TYPE_CHECKING, Any, NamedTuple

from dorf.core.duplicates import (
    Alike,
    Reason,
    fuller_day,
    joined_texts,
    united_days,
    united_kids,
    united_lists,
)
from dorf.core.gaps import renamed_keys
from dorf.core.intake import Conflict, Guess, Merge, Remark, likeness
from dorf.core.matching import Matching
from dorf.core.names import LONGEST_NAME, appearance, fold
from dorf.core.provenance import LISTS, Origin, keys_of, mark, marks_of, name_key, uid_key
from dorf.core.village import Contact, Encounter
from dorf.core.vocabulary import ROLES, Status
from dorf.errors import N_, DorfError, WrongField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dorf.core.intake import Intake, Meeting, Newcomer
    from dorf.core.provenance import Known
    from dorf.core.village import Child, Household, Village

_OTHER = (ROLES["other"],)
_EMPTY: dict[str, tuple[object, ...]] = {"roles": (_OTHER,), "status": (Status.ACTIVE,)}
"""What counts as not stated yet, beside None, False and an empty list."""

_NEW_ONLY = frozenset({"added_on", "changed_at", "role_history", "status", "resumed_on"})
"""What a file says of somebody new only: here it came about by what was done here."""


class Policy(NamedTuple):
    """What was asked for: whose word counts, and whether deleted people may come back."""

    prefer_file: bool = False
    take: frozenset[tuple[str, str]] = frozenset()
    """Uid and field of each conflict in which the file is right."""
    again: bool = False


def join(  # noqa: PLR0913  (named one by one; style.md allows eight)
    village: Village,
    intake: Intake,
    source: str,
    known: Known,
    *,
    today: date,
    new_uid: Callable[[], str],
    policy: Policy,
) -> Merge:
    """Join the entries of a file of the format *source* with *village*, whole as it is."""
    people = _People(village, intake.contacts, source, known, today, new_uid, policy)
    for number, entry in enumerate(intake.contacts):
        people.take(number, entry)
    log = _Log(village, people, known, today, new_uid)
    for meeting in intake.meetings:
        log.take(meeting)
    for entry, uid in zip(intake.contacts, people.of_entry, strict=True):
        if uid is not None and entry.last_contact is not None:
            log.take_last(entry, uid, entry.last_contact)
    household = people.household(village.household)
    household = _with_children(household, intake.household.get("children", ()))
    return Merge(
        household=household,
        household_changed=household != village.household,
        new=tuple(people.contacts[uid] for uid in people.new),
        changed=tuple(people.changed()),
        unchanged=people.unchanged(),
        kept=(),
        new_encounters=tuple(log.new),
        changed_encounters=(),
        unknown=intake.unknown,
        doubled=people.doubled,
        remarks=(*intake.remarks, *people.remarks, *log.remarks),
        doubtful=tuple(people.doubtful),
        conflicts=tuple(people.conflicts),
        guessed=tuple(people.guessed),
        origins=tuple(people.origins.values()),
        came_back=frozenset(people.came_back),
    )


def _with_children(household: Household, given: Sequence[Child]) -> Household:
    """Add the children of the file whom the household does not have, under any name."""
    names = {fold(child.name) for child in household.children}
    births = {child.born for child in household.children}
    new = [one for one in given if fold(one.name) not in names and one.born not in births]
    return household._replace(children=(*household.children, *new))


class _People:
    """The contacts of the village and of the file, entry by entry."""

    def __init__(  # noqa: PLR0913, PLR0917  (the state of one join)
        self,
        village: Village,
        entries: Sequence[Newcomer],
        source: str,
        known: Known,
        today: date,
        new_uid: Callable[[], str],
        policy: Policy,
    ) -> None:
        self._matching = Matching(village.contacts, known, source, entries)
        self._before = village.by_uid()
        self._source = source
        self._departed = known.departed
        self._today = today
        self._new_uid = new_uid
        self._policy = policy
        self._names = {appearance(contact.name): contact.uid for contact in village.contacts}
        self._called_so: dict[str, str | None] = {}
        self.of_entry: list[str | None] = []
        """The uid of the contact that each entry became, None if it is left out."""
        self._met: set[str] = set()
        self._rows: set[int | None] = {None}
        self.contacts = dict(self._before)
        self.new: list[str] = []
        self.doubled = 0
        self.origins: dict[tuple[str, str | None, str], Origin] = {}
        self.remarks: list[Remark] = []
        self.doubtful: list[Alike] = []
        self.conflicts: list[Conflict] = []
        self.guessed: list[Guess] = []
        self.came_back: set[str] = set()

    def take(self, number: int, entry: Newcomer) -> None:
        """Add the one who is meant by *entry*, or fill in what is noted of that one."""
        uid, maybe = self._matching.found.get(number), None
        if uid is None:
            uid, maybe = self._matching.namesake(entry)
        if uid is not None:
            contact: Contact | None = self._fill(uid, entry)
        elif self._stays_away(entry):
            contact = None
        else:
            contact = self._add(entry, maybe)
        became = contact.uid if contact else None
        self.of_entry.append(became)
        for key in filter(None, (entry.uid, entry.name)):
            self._called_so.setdefault(key, became)
        if contact is not None:
            self._keep(contact, entry)

    def _keep(self, contact: Contact, entry: Newcomer) -> None:
        self.doubled += contact.uid in self._met
        self._met.add(contact.uid)
        self.contacts[contact.uid] = contact
        self._remember(contact.uid, entry)
        self._matching.enter(contact)
        self._matching.meet(contact.uid)

    def _stays_away(self, entry: Newcomer) -> bool:
        gone = self._departed.intersection(keys_of(entry))
        if gone and self._policy.again:
            self.came_back |= gone
            return False
        if gone:
            what = DorfError(
                N_("{name} was deleted here; --again brings them back"), name=entry.name
            )
            self.remarks.append(Remark(entry.place, what, entry=True))
        return bool(gone)

    def _remember(self, uid: str, entry: Newcomer) -> None:
        there = self._matching.origin(uid, entry)
        identity = self._matching.identity(entry)
        key = (uid, uid_key(identity), name_key(entry.name))
        marks = marks_of(entry)
        if key in self.origins:
            self.origins[key] = self.origins[key]._replace(stated=self.origins[key].stated | marks)
            return
        row = there.row if there and there.row not in self._rows else None
        self._rows.add(row)
        self.origins[key] = Origin(uid, self._source, key[1], key[2], marks, row)

    # --- somebody new --------------------------------------------------------------------------

    def _add(self, entry: Newcomer, maybe: str | None) -> Contact | None:
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
            self.doubtful.append(Alike(name, self.contacts[maybe].name, Reason.NAMESAKE))
        return contact

    def _free_name(self, entry: Newcomer) -> str:
        """Return the name, with what tells it apart where somebody else has it already."""
        stem = entry.name[: LONGEST_NAME - 60]
        asides = [entry.aside[:40]] if entry.aside else []
        tries = chain(
            [entry.name], (f"{stem} ({a})" for a in asides), (f"{stem} ({n})" for n in count(2))
        )
        return next(name for name in tries if appearance(name) not in self._names)

    def _guess(self, contact: Contact, entry: Newcomer) -> None:
        self.guessed += [Guess(contact.name, word, role) for word, role in entry.guessed]

    # --- somebody who is there -----------------------------------------------------------------

    def _fill(self, uid: str, entry: Newcomer) -> Contact:
        there = self.contacts[uid]
        origin = self._matching.origin(uid, entry)
        stated = origin.stated if origin else frozenset()
        filled = _Filling(there, entry, stated, self._policy)
        wanted = replace(there, **filled.fields)
        self.conflicts += filled.conflicts
        if wanted.roles != there.roles:
            self._guess(there, entry)
        return self._called(wanted, entry, stated)

    def _called(self, contact: Contact, entry: Newcomer, stated: frozenset[str]) -> Contact:
        """Follow a new name in the file; where the name was changed here, it is a nickname."""
        known = {fold(name) for name in (contact.name, *contact.nicknames)}
        if mark("name", entry.name) in stated or fold(entry.name) in known:
            return contact
        free = appearance(entry.name) not in self._names
        if free and mark("name", contact.name) in stated:
            del self._names[appearance(contact.name)]
            self._names[appearance(entry.name)] = contact.uid
            return replace(contact, name=entry.name)
        return replace(contact, nicknames=(*contact.nicknames, entry.name))

    # --- afterwards ----------------------------------------------------------------------------

    def find(self, person: str) -> tuple[str | None, bool]:
        """Return the uid of whom an encounter names, and whether anybody is called so at all."""
        if person in self._called_so:
            return self._called_so[person], True
        uid = self._names.get(appearance(person))
        return uid, uid is not None

    def last_contact_is_new(self, uid: str, entry: Newcomer) -> bool:
        """Tell whether the file did not say this last contact before."""
        origin = self._matching.origin(uid, entry)
        return not origin or mark("last_contact", entry.last_contact) not in origin.stated

    def changed(self) -> Iterator[tuple[Contact, Contact]]:
        """Yield who was there and is different now, as before and as now."""
        for uid in self._before:
            if uid in self._met and self.contacts[uid] != self._before[uid]:
                yield self._before[uid], replace(self.contacts[uid], changed_at=None)

    def unchanged(self) -> int:
        """Return how many the file and the village both know, and nothing new of them."""
        there = self._met - set(self.new)
        return sum(self.contacts[uid] == self._before[uid] for uid in there)

    def household(self, before: Household) -> Household:
        """Return the household, its keys with the names that changed."""
        for old, new in self.changed():
            if old.name != new.name:
                before = before.renamed(renamed_keys(old.name, new.name))
        return before


class _Filling:
    """What an entry adds to a contact: where nothing is noted, or the file says something new."""

    def __init__(
        self, there: Contact, entry: Newcomer, stated: frozenset[str], policy: Policy
    ) -> None:
        self._there = there
        self._stated = stated
        self._policy = policy
        self.conflicts: list[Conflict] = []
        self.fields: dict[str, Any] = {}
        given = {f: v for f, v in entry.given.items() if f not in _NEW_ONLY}
        for field in given.keys() - set(LISTS):
            if mark(field, given[field]) not in stated:
                guess = field == "roles" and bool(entry.guessed)
                self._single(field, given[field], guess=guess)
        self._lists({field: given.get(field, ()) for field in LISTS})

    def _single(self, field: str, new: Any, *, guess: bool) -> None:  # noqa: ANN401  (any field)
        old = getattr(self._there, field)
        if old == new:
            return
        fuller = self._together(field, old, new)
        if old in _EMPTY.get(field, (None, False, ())) or mark(field, old) in self._stated:
            self.fields[field] = new
        elif fuller is not None:
            self.fields[field] = fuller
        elif self._policy.prefer_file or (self._there.uid, field) in self._policy.take:
            self.fields[field] = new
        elif not guess:
            self.conflicts.append(Conflict(self._there.uid, self._there.name, field, old, new))

    def _together(self, field: str, old: Any, new: Any) -> object:  # noqa: ANN401  (any field)
        """Return what both sides say together, None if that is a contradiction."""
        if field == "birthday" and old and new:
            return fuller_day(old, new)
        if field == "attachment":
            return tuple(sorted((dict(new) | dict(old)).items()))
        if field != "notes" or not old:
            return None
        try:
            return joined_texts("\n", old, new)
        except WrongField:
            return None

    def _lists(self, given: Mapping[str, Sequence[Any]]) -> None:
        """Add what is not there yet, unless the file said it before and it was removed here."""
        new: dict[str, Any] = {
            field: tuple(one for one in values if mark(field, one) not in self._stated)
            for field, values in given.items()
        }
        if not any(new.values()):
            return
        there, theirs = self._there, replace(self._there, **new)
        self.fields |= united_lists(there, theirs)
        self.fields["kids"] = united_kids(there.kids, theirs.kids)
        self.fields["yearly_days"] = united_days(there.yearly_days, theirs.yearly_days)


class _Log:
    """The encounters of the village, and those of the file that it does not have."""

    def __init__(
        self,
        village: Village,
        people: _People,
        known: Known,
        today: date,
        new_uid: Callable[[], str],
    ) -> None:
        self._people = people
        self._new_uid = new_uid
        self._departed = known.departed
        self._today = today
        self._uids = {one.uid for one in village.encounters}
        self._alike = Counter(likeness(one) for one in village.encounters)
        self._newest: dict[str, date] = {}
        self.new: list[Encounter] = []
        self.remarks: list[Remark] = []
        for encounter in village.encounters:
            self._note(encounter)

    def _note(self, encounter: Encounter) -> None:
        for uid in encounter.contacts:
            self._newest[uid] = max(encounter.day, self._newest.get(uid, encounter.day))

    def take(self, meeting: Meeting) -> None:
        """Add *meeting*, unless it is there already or was deleted here."""
        if meeting.uid in self._uids or meeting.uid in self._departed:
            return
        uids = self._who(meeting)
        if not uids:
            return
        if meeting.day > self._today:
            self._leave(meeting.place, N_("an encounter that is still to come"))
            return
        one = Encounter(
            meeting.uid or "", meeting.day, uids, meeting.how, meeting.note, meeting.help
        )
        if not meeting.uid and self._alike[likeness(one)]:
            self._alike[likeness(one)] -= 1
            return
        self._add(replace(one, uid=meeting.uid or self._new_uid()))

    def _who(self, meeting: Meeting) -> tuple[str, ...]:
        found: dict[str, None] = {}
        unknown = []
        for person in meeting.people:
            uid, known = self._people.find(person)
            if uid is not None:
                found[uid] = None
            elif not known:
                unknown.append(person)
        if unknown:
            what = N_("nobody in the file or in the village is called “{name}”")
            self._leave(meeting.place, what, entry=not found, name=", ".join(unknown))
        return tuple(found)

    def take_last(self, entry: Newcomer, uid: str, day: date) -> None:
        """Let a last contact without anything else be an encounter, unless there is one as new."""
        if not self._people.last_contact_is_new(uid, entry):
            return
        if day > self._today:
            self._leave(entry.place, N_("a last contact that is still to come"), entry=False)
        elif self._newest.get(uid, date.min) < day:
            self._add(Encounter(self._new_uid(), day, (uid,)))

    def _add(self, encounter: Encounter) -> None:
        self.new.append(encounter)
        self._uids.add(encounter.uid)
        self._note(encounter)

    def _leave(self, place: str, sentence: str, *, entry: bool = True, **what: object) -> None:
        self.remarks.append(Remark(place, DorfError(sentence, **what), entry=entry))
