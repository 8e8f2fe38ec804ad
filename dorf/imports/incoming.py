"""What a file brings in, as every reader hands it over: contacts, encounters, remarks."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from dorf.core.names import find
from dorf.core.spelling import fold
from dorf.core.village import Encounter
from dorf.errors import N_, DorfError, UnknownContact, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dorf.core.village import Help
    from dorf.core.vocabulary import How, Role


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

    def as_encounter(self, uids: tuple[str, ...]) -> Encounter:
        """Return it as an encounter with the contacts of these *uids*; one without a uid has ""."""
        return Encounter(
            self.uid or "", self.day, uids, self.how, self.note, self.help, self.changed_at
        )


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
