"""What a file brings in, as every reader hands it over: contacts, encounters, remarks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from dorf.core.names import find
from dorf.core.spelling import fold
from dorf.core.village import Encounter, Help
from dorf.core.vocabulary import How, Role
from dorf.errors import N_, DorfError, UnknownContact, UnreadableFile
from dorf.values import NamedTuple, dataclass, replace


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


SAME_IDENTITY = N_("“{name}” has the identity of “{other}” ({place}); both are taken")
_MOST_NAMES = 2
"""Names that the copies of one entry have, the old and the new one; more are those of others."""
OLDER_COPY = N_("left out: {place} has a newer copy of “{name}”, with the same identity")


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
    dead: bool = False
    """Whether the file says that the contact has died."""
    exact: bool = False
    """Whether dorf wrote it: its numbers stay as they are, in as many spellings."""
    revised: str | None = None
    """When the file says that the entry was changed last, as a moment in UTC."""
    parts: tuple[str, ...] = ()
    """The name in parts, as an address book has it: family, given, more, before, after."""

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

    def as_encounter(self, uids: tuple[str, ...]) -> Encounter:
        """Return it as an encounter with the contacts of these *uids*; one without a uid has ""."""
        return Encounter(
            self.uid or "", self.day, uids, self.how, self.note, self.help, self.changed_at
        )


class Book(NamedTuple):
    """A folder of cards, as an address book keeps them."""

    beginning: str
    """How the places of its entries begin."""
    path: str
    """Where it lies, by which it is known the next time."""
    whole: bool
    """Whether all of it was read, so that whoever is not in it has left it."""


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
    books: tuple[Book, ...] = ()
    """The address books in which these contacts are."""


def gathered(parts: Sequence[Incoming]) -> Incoming:
    """Return what several files of another program's format bring as if they were one.

    Of conflict copies, which programs that keep folders alike put beside a file, the newer counts.
    """
    children = chain.from_iterable(part.household.get("children", ()) for part in parts)
    older, remarks = _copies(parts)
    contacts = chain.from_iterable(part.contacts for part in parts)
    return Incoming(
        {"children": tuple({child.name: child for child in children}.values())},
        contacts=tuple(contact for contact in contacts if id(contact) not in older),
        encounters=tuple(chain.from_iterable(part.encounters for part in parts)),
        remarks=(*chain.from_iterable(part.remarks for part in parts), *remarks),
        books=tuple(chain.from_iterable(part.books for part in parts)),
    )


def _copies(parts: Sequence[Incoming]) -> tuple[set[int], list[Remark]]:
    """Return by their `id` the contacts of whom another file has a newer copy, and the remarks.

    The identity has to be the same, and something else: some programs give one to everybody.
    """
    copies: dict[str, list[tuple[int, IncomingContact]]] = {}
    for number, part in enumerate(parts if len(parts) > 1 else ()):
        for contact in part.contacts:
            if contact.uid:
                copies.setdefault(contact.uid, []).append((number, contact))
    older, remarks = set(), []
    for entries in copies.values():
        newest_in, newest = max(entries, key=lambda pair: pair[1].revised or "")
        telling = len({fold(contact.name) for _, contact in entries}) <= _MOST_NAMES
        for number, contact in entries:
            fields = {"name": contact.name, "other": newest.name, "place": newest.place}
            if number != newest_in and telling and _is_older_copy(contact, newest):
                older.add(id(contact))
                remarks.append(Remark(contact.place, DorfError(OLDER_COPY, **fields), entry=True))
            elif number != newest_in and fold(contact.name) != fold(newest.name):
                remarks.append(Remark(contact.place, DorfError(SAME_IDENTITY, **fields)))
    return older, remarks


def _is_older_copy(contact: IncomingContact, newest: IncomingContact) -> bool:
    if not contact.revised or contact.revised >= (newest.revised or ""):
        return False
    words = set(fold(contact.name).split()) & set(fold(newest.name).split())
    reach = (*contact.given.get("phones", ()), *contact.given.get("emails", ()))
    shared = {*newest.given.get("phones", ()), *newest.given.get("emails", ())}.intersection(reach)
    birthday = contact.given.get("birthday")
    return bool(words or shared or (birthday and birthday == newest.given.get("birthday")))


def chosen(parts: Sequence[Incoming], texts: Sequence[str]) -> list[Incoming]:
    """Return of each part only who is called like one of *texts*, or in a group of that name.

    Encounters keep those people only; households are left out. Raise `UnknownContact` for a text
    that means nobody in any of them.
    """
    found: list[dict[int, IncomingContact]] = [{} for _ in parts]
    for text in texts:
        meant = [_meant(part.contacts, text) for part in parts]
        if not any(meant):
            raise UnknownContact(
                N_("Nobody and no group in the file is called “{text}”. Nothing was changed."),
                text=text,
            )
        for entries, more in zip(found, meant, strict=True):
            entries.update((id(entry), entry) for entry in more)
    return [
        _only(part, tuple(entries.values())) for part, entries in zip(parts, found, strict=True)
    ]


def _meant(entries: Sequence[IncomingContact], text: str) -> list[IncomingContact]:
    """Return whom *text* means: a group or a name that is spelled so before any other spelling."""
    key = fold(text)
    return (
        [entry for entry in entries if text in entry.groups]
        or [entry for entry in entries if text == entry.name or text in entry.nicknames]
        or [entry for entry in entries if key and key in map(fold, entry.groups)]
        or find(text, entries)
    )


def _only(incoming: Incoming, entries: Sequence[IncomingContact]) -> Incoming:
    names = {name for entry in entries for name in (entry.uid, entry.name)}
    encounters = (
        replace(encounter, people=people)
        for encounter in incoming.encounters
        if (people := tuple(person for person in encounter.people if person in names))
    )
    asked = set(map(id, entries))
    return replace(
        incoming,
        household={},
        contacts=tuple(entries),
        encounters=tuple(encounters),
        others=tuple(entry for entry in incoming.contacts if id(entry) not in asked),
        remarks=tuple(_remarks_on(incoming, entries)),
        books=tuple(book._replace(whole=False) for book in incoming.books),
    )


def _remarks_on(incoming: Incoming, entries: Sequence[IncomingContact]) -> Iterator[Remark]:
    """Yield the remarks on *entries*, and on what stands above all of them."""
    left_out = (remark.place for remark in incoming.remarks if remark.entry)
    places_of_entries = (*(entry.place for entry in incoming.contacts), *left_out)
    begins = sorted(filter(None, map(_line, places_of_entries)))
    places = {entry.place for entry in entries}
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
