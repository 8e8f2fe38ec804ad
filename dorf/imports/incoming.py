"""What a file brings in, and how it joins the village that is there already.

Every format hands over an `Incoming`; `merge` decides, without a database, what is new, what
changes and what stays. The same file a second time changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from dorf.core.names import find
from dorf.core.spelling import fold
from dorf.core.village import Contact, Encounter, Help, Household, Village
from dorf.errors import N_, DorfError, UnknownContact, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from dorf.core.likeness import Likeness
    from dorf.core.vocabulary import How, Role
    from dorf.imports.provenance import Origin

MISSING_PERSON = N_("nobody in the file or in the village is called “{name}”")
NAME_TAKEN = N_("“{name}” is somebody else in the village already")


class WrongPlace(UnreadableFile):
    """A file is wrong at one place; the whole file is refused and nothing changes."""

    def __init__(self, place: str, reason: str, **fields: object) -> None:
        """Name the *place* (``contacts[3].circle``) and keep the *reason* for it."""
        super().__init__(
            N_("{place}: {reason}. Nothing was changed."),
            place=place,
            reason=UnreadableFile(reason, **fields),
        )


class NotJson(UnreadableFile):
    """A text that was to be JSON and is none, with the place where that shows."""

    def __init__(self, line: int, column: int) -> None:
        """Name the *line* and the *column*, both from 1."""
        super().__init__(
            N_("Line {line}, column {column}: this is not JSON. Nothing was changed."),
            line=line,
            column=column,
        )


class Remark(NamedTuple):
    """Something of a file that is not taken as it stands there, and why."""

    place: str
    """Where it stands: a file and a line (``phone.vcf:12``), or a path in JSON."""
    what: DorfError
    entry: bool = False
    """Whether a whole contact or encounter is left out, not a detail of one."""


@dataclass(frozen=True, slots=True)
class IncomingContact:
    """A contact as a file states it: only the fields that the file gives, as core values."""

    place: str
    name: str
    given: Mapping[str, Any]
    uid: str | None = None
    last_contact: date | None = None
    guessed: tuple[tuple[str, Role], ...] = ()
    """Words of the file that were read as a role, such as the group "Nachbarn"."""
    aside: str | None = None
    """What tells two people of this name apart, such as an organisation."""
    groups: tuple[str, ...] = ()
    """Groups and categories in which the file has them."""

    @property
    def nicknames(self) -> tuple[str, ...]:
        """Other names for the same contact, by which it is found as well."""
        return tuple(self.given.get("nicknames", ()))

    @property
    def kid_names(self) -> tuple[str, ...]:
        """The names of the contact's children, by which it is found as well."""
        return tuple(kid.name for kid in self.given.get("kids", ()) if kid.name)


@dataclass(frozen=True, slots=True)
class IncomingEncounter:
    """An encounter as a file states it; people are uids or exact names."""

    place: str
    day: date
    people: tuple[str, ...]
    how: How | None = None
    note: str | None = None
    help: tuple[Help, ...] = ()
    uid: str | None = None
    changed_at: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """Everything that one file brings, and the places in it that nobody understood."""

    household: Mapping[str, Any]
    contacts: tuple[IncomingContact, ...] = ()
    encounters: tuple[IncomingEncounter, ...] = ()
    unknown: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    others: tuple[IncomingContact, ...] = ()
    """Who is in the file, but was not asked for: nobody else is to be taken for them."""


def gathered(parts: Sequence[Incoming]) -> Incoming:
    """Return what several files of another program's format bring as if they were one."""
    children = {child.name: child for one in parts for child in one.household.get("children", ())}
    return Incoming(
        {"children": tuple(children.values())},
        contacts=tuple(entry for one in parts for entry in one.contacts),
        encounters=tuple(meeting for one in parts for meeting in one.encounters),
        remarks=tuple(remark for one in parts for remark in one.remarks),
    )


def chosen(parts: Sequence[Incoming], texts: Sequence[str]) -> list[Incoming]:
    """Return of each incoming only who is called like one of *texts*, or in a group of that name.

    Encounters keep those people only; households are left out. Raise `UnknownContact` for a text
    that means nobody in any of them.
    """
    found: list[dict[int, IncomingContact]] = [{} for _ in parts]
    for text in texts:
        meant = [_meant(incoming, text) for incoming in parts]
        if not any(meant):
            raise UnknownContact(
                N_("Nobody and no group in the file is called “{text}”. Nothing was changed."),
                text=text,
            )
        for entries, more in zip(found, meant, strict=True):
            entries.update((id(one), one) for one in more)
    return [
        _part(incoming, tuple(entries.values()))
        for incoming, entries in zip(parts, found, strict=True)
    ]


def _meant(incoming: Incoming, text: str) -> list[IncomingContact]:
    """Return whom *text* means: a group or a name that is spelled so before any other spelling."""
    everybody = incoming.contacts
    return (
        [one for one in everybody if text in one.groups]
        or [one for one in everybody if text == one.name or text in one.nicknames]
        or [one for one in everybody if fold(text) and fold(text) in map(fold, one.groups)]
        or find(text, everybody)
    )


def _part(incoming: Incoming, entries: Sequence[IncomingContact]) -> Incoming:
    people = {name for one in entries for name in (one.uid, one.name)}
    encounters = (
        replace(one, people=there)
        for one in incoming.encounters
        if (there := tuple(person for person in one.people if person in people))
    )
    asked = set(map(id, entries))
    return replace(
        incoming,
        household={},
        contacts=tuple(entries),
        encounters=tuple(encounters),
        others=tuple(one for one in incoming.contacts if id(one) not in asked),
        remarks=tuple(_remarks_on(incoming, entries)),
    )


def _remarks_on(incoming: Incoming, entries: Sequence[IncomingContact]) -> Iterator[Remark]:
    """Yield the remarks on *entries*, and on what stands above all of them."""
    entries_at = [one.place for one in incoming.contacts]
    entries_at += (one.place for one in incoming.remarks if one.entry)
    begins = sorted(filter(None, map(_line, entries_at)))
    places = {one.place for one in entries}
    for remark in incoming.remarks:
        line = _line(remark.place)
        if remark.entry:
            continue
        if line is None:
            ours = any(remark.place.startswith(place) for place in places)
        else:
            at = bisect_right(begins, line) - 1
            above = at < 0 or begins[at][0] != line[0]
            ours = above or "{}:{}".format(*begins[at]) in places
        if ours:
            yield remark


def _line(place: str) -> tuple[str, int] | None:
    """Return file and line of a *place* in a text, None for a path in a document."""
    file, _, number = place.rpartition(":")
    return (file, int(number)) if number.isdecimal() else None


class Conflict(NamedTuple):
    """One thing of which the file and the village say something different; it stays as it is."""

    uid: str
    name: str
    field: str
    here: Any
    there: Any


class Guess(NamedTuple):
    """A role that somebody got because a word of the file states it."""

    name: str
    word: str
    role: Role


@dataclass(frozen=True, slots=True)
class Merge:
    """What an incoming does to a village."""

    household: Household
    household_changed: bool
    new: tuple[Contact, ...]
    changed: tuple[tuple[Contact, Contact], ...]
    """Contacts before and after; `Contact.changed_at` of the second is None for "now"."""
    same: frozenset[str]
    """The uids of those whom the file and the village both know, and nothing new of them."""
    kept: tuple[str, ...]
    """Names of contacts that the village knows in a newer version than the file."""
    new_encounters: tuple[Encounter, ...]
    changed_encounters: tuple[Encounter, ...]
    unknown: tuple[str, ...] = ()
    doubled: int = 0
    """Entries of somebody of whom the file has another one, too."""
    remarks: tuple[Remark, ...] = ()
    doubtful: tuple[Likeness, ...] = ()
    """Who has the name of somebody who was there, and may be that one."""
    conflicts: tuple[Conflict, ...] = ()
    guessed: tuple[Guess, ...] = ()
    origins: tuple[Origin, ...] = ()
    came_back: frozenset[str] = frozenset()
    """Keys of entries that were deleted here and are back."""

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (
            self.household_changed
            or self.new
            or self.changed
            or self.new_encounters
            or self.changed_encounters
        )

    @property
    def unchanged(self) -> int:
        """How many stay just as they are."""
        return len(self.same)

    @property
    def skipped(self) -> tuple[Remark, ...]:
        """What was left out as a whole: contacts and encounters."""
        return tuple(remark for remark in self.remarks if remark.entry)

    def applied(self, village: Village) -> Village:
        """Return *village* as it is with all this, without what the log says of each."""
        contacts = village.by_uid() | {after.uid: after for _, after in self.changed}
        contacts |= {contact.uid: contact for contact in self.new}
        log = {one.uid: one for one in (*village.encounters, *self.changed_encounters)}
        log |= {one.uid: one for one in self.new_encounters}
        encounters = tuple(log.values())
        return Village(self.household, tuple(contacts.values()), encounters=encounters)


def together(first: Merge, second: Merge) -> Merge:
    """Return what two merges do one after the other, the second in the village of the first."""
    before = {old.uid: old for old, _ in first.changed}
    after = {new.uid: new for _, new in first.changed}
    new = {contact.uid: contact for contact in first.new}
    for old, now in second.changed:
        if old.uid in new:
            new[old.uid] = now
        else:
            before.setdefault(old.uid, old)
            after[old.uid] = now
    log = {one.uid: one for one in first.new_encounters}
    changed = {one.uid: one for one in first.changed_encounters}
    for one in second.changed_encounters:
        (log if one.uid in log else changed)[one.uid] = one
    return Merge(
        household=second.household,
        household_changed=first.household_changed or second.household_changed,
        new=(*new.values(), *second.new),
        changed=tuple((before[uid], after[uid]) for uid in after),
        same=(first.same | second.same) - new.keys() - after.keys(),
        kept=first.kept + second.kept,
        new_encounters=(*log.values(), *second.new_encounters),
        changed_encounters=tuple(changed.values()),
        unknown=first.unknown + second.unknown,
        doubled=first.doubled + second.doubled,
        remarks=first.remarks + second.remarks,
        doubtful=first.doubtful + second.doubtful,
        conflicts=first.conflicts + second.conflicts,
        guessed=first.guessed + second.guessed,
        origins=first.origins + second.origins,
        came_back=first.came_back | second.came_back,
    )


def merge(village: Village, incoming: Incoming, today: date, new_uid: Callable[[], str]) -> Merge:
    """Join *incoming* with *village* (whose encounters must all be there).

    Contacts are matched by uid, then by exact name. What the file states wins, unless both sides
    carry a stamp and the village's is newer. Raise `WrongPlace` for an encounter with somebody
    unknown and for a name that would be there twice.
    """
    people = _People(village, today, new_uid)
    for newcomer in incoming.contacts:
        people.take(newcomer)
    log = _Log(village, people, new_uid)
    for meeting in incoming.encounters:
        log.take(meeting)
    for newcomer in incoming.contacts:
        log.take_shorthand(newcomer)
    household = _join_household(village.household, incoming.household)
    return Merge(
        household=household,
        household_changed=household != village.household,
        new=tuple(people.new.values()),
        changed=tuple(people.changed),
        same=frozenset(people.same),
        kept=tuple(people.kept),
        new_encounters=tuple(log.new),
        changed_encounters=tuple(log.changed),
        unknown=incoming.unknown,
    )


class _People:
    """The contacts of the village, and those that join it."""

    def __init__(self, village: Village, today: date, new_uid: Callable[[], str]) -> None:
        self.today = today
        self.new_uid = new_uid
        self.by_uid = village.by_uid()
        self.by_name = {contact.name: contact for contact in village.contacts}
        self.uid_of: dict[str, str] = {}
        self.new: dict[str, Contact] = {}
        self.changed: list[tuple[Contact, Contact]] = []
        self.kept: list[str] = []
        self.same: set[str] = set()

    def take(self, newcomer: IncomingContact) -> None:
        """Add *newcomer*, or bring the contact that it is up to date."""
        there = self.by_uid.get(newcomer.uid or "") or self.by_name.get(newcomer.name)
        if there is None:
            uid = newcomer.uid or self.new_uid()
            contact = Contact(
                **{"added_on": self.today, **newcomer.given, "uid": uid, "name": newcomer.name}
            )
            self.new[uid] = contact
        else:
            contact = self._update(there, newcomer)
        if newcomer.uid:
            self.uid_of[newcomer.uid] = contact.uid
        self.by_uid[contact.uid] = self.by_name[contact.name] = contact

    def _update(self, there: Contact, newcomer: IncomingContact) -> Contact:
        stamp = newcomer.given.get("changed_at")
        wanted = replace(
            there, **{**newcomer.given, "name": newcomer.name, "changed_at": there.changed_at}
        )
        if wanted == there:
            self.same.add(there.uid)
            return there
        if stamp and there.changed_at and stamp < there.changed_at:
            self.kept.append(there.name)
            return there
        if wanted.name != there.name:
            if wanted.name in self.by_name:
                raise WrongPlace(f"{newcomer.place}.name", NAME_TAKEN, name=wanted.name)
            del self.by_name[there.name]
        newer = stamp if stamp and stamp != there.changed_at else None
        self.changed.append((there, replace(wanted, changed_at=newer)))
        return wanted

    def find(self, person: str, place: str) -> str:
        """Return the uid of *person*, who is named by uid or by exact name."""
        uid = self.uid_of.get(person, person)
        if uid in self.by_uid:
            return uid
        if person in self.by_name:
            return self.by_name[person].uid
        raise WrongPlace(place, MISSING_PERSON, name=person)


class _Log:
    """The encounters of the village, and those that join it."""

    def __init__(self, village: Village, people: _People, new_uid: Callable[[], str]) -> None:
        self.people = people
        self.new_uid = new_uid
        self.by_uid = {one.uid: one for one in village.encounters}
        self.alike: dict[object, list[str]] = defaultdict(list)
        self.newest: dict[str, date] = {}
        self.new: list[Encounter] = []
        self.changed: list[Encounter] = []
        for encounter in village.encounters:
            self.alike[likeness(encounter)].append(encounter.uid)
            self._note(encounter)

    def _note(self, encounter: Encounter) -> None:
        for uid in encounter.contacts:
            self.newest[uid] = max(encounter.day, self.newest.get(uid, encounter.day))

    def take(self, meeting: IncomingEncounter) -> None:
        """Add *meeting*, unless the same one is there already."""
        uids = tuple(
            self.people.find(person, f"{meeting.place}.contacts[{n}]")
            for n, person in enumerate(meeting.people)
        )
        if len(set(uids)) != len(uids):
            raise WrongPlace(f"{meeting.place}.contacts", N_("somebody is listed twice"))
        encounter = Encounter(
            meeting.uid or "",
            meeting.day,
            uids,
            meeting.how,
            meeting.note,
            meeting.help,
            meeting.changed_at,
        )
        there = self.by_uid.get(encounter.uid)
        if there is not None:
            self._update(there, encounter)
        elif not encounter.uid and self.alike[likeness(encounter)]:
            self.alike[likeness(encounter)].pop()
        else:
            self._add(replace(encounter, uid=encounter.uid or self.new_uid()))

    def _update(self, there: Encounter, encounter: Encounter) -> None:
        stamp = encounter.changed_at
        older = stamp and there.changed_at and stamp < there.changed_at
        if not older and replace(encounter, changed_at=there.changed_at) != there:
            newer = stamp if stamp != there.changed_at else None
            self.changed.append(replace(encounter, changed_at=newer))
            self._note(encounter)

    def _add(self, encounter: Encounter) -> None:
        self.new.append(encounter)
        self._note(encounter)

    def take_shorthand(self, newcomer: IncomingContact) -> None:
        """Turn ``last_contact`` into a plain encounter, unless there is one that new."""
        if newcomer.last_contact is None:
            return
        uid = self.people.find(newcomer.uid or newcomer.name, newcomer.place)
        newest = self.newest.get(uid)
        if newest is None or newest < newcomer.last_contact:
            self._add(Encounter(self.new_uid(), newcomer.last_contact, (uid,)))


def likeness(encounter: Encounter) -> object:
    """Return the key under which encounters are equal that have no identity of their own."""
    return (
        encounter.day,
        frozenset(encounter.contacts),
        encounter.how,
        encounter.note,
        encounter.help,
    )


def _join_household(household: Household, given: Mapping[str, Any]) -> Household:
    children = {child.name: child for child in household.children}
    children |= {child.name: child for child in given.get("children", ())}
    accepted = {one.key: one for one in household.accepted}
    accepted |= {one.key: one for one in given.get("accepted", ())}
    wishes = dict.fromkeys((*household.wishes, *given.get("wishes", ())))
    return Household(
        single_parent=given.get("single_parent", household.single_parent),
        children=tuple(children.values()),
        wishes=tuple(wishes),
        rules_off=household.rules_off | given.get("rules_off", frozenset()),
        accepted=tuple(accepted.values()),
    )
