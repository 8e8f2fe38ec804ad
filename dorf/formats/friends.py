"""The Markdown file of friends: activities, notes, friends and locations, one a line.

Activities are encounters with everybody whose name stands in bold; how they met is not said.
Notes are, in friends' own words, about somebody and no activity: dated lines of the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from dorf.errors import N_, DorfError, UnreadableFile
from dorf.formats.encounters import Log
from dorf.formats.interface import NO_OPTIONS, Options, Sample
from dorf.formats.text import text_of
from dorf.imports.draft import Draft, one_line, read_date
from dorf.imports.incoming import Incoming, IncomingContact, Remark
from dorf.values import NamedTuple

_HEADING = r"#{1,6}\s*(activities|notes|friends|locations)\s*:?"
_OWN_HEADING = r"### (Activities|Notes|Friends|Locations):\s*"
_FRIEND = r"([^(\[@]*)(?:\(a\.k\.a\. (.*)\))? ?(?:\[([^\]]*)\])?(.*)"
_TAG = r"(?<![^\W_])@[^\W_]+(?:[:-][^\W_]+)*"
_BOLD = r"\*\*(\w[^*]*)\*\*"
_PLACE = r"(?<!\w)_(\w[^_]*)_(?!\w)"


class _Line(NamedTuple):
    """One entry of the file, and where it begins."""

    place: str
    text: str


class _Event(NamedTuple):
    """An activity or a note: its day, whom it names, and its text without markup."""

    place: str
    day: date | None
    people: tuple[str, ...]
    text: str


def recognises(sample: Sample) -> bool:
    """Tell whether *sample* begins a file of friends: with one of the headings that it writes."""
    lines = [line for line in re.split(r"\r\n|[\r\n]", sample.text) if line.strip()]
    if lines and re.fullmatch(_OWN_HEADING, lines[0]):
        return True
    return any(re.fullmatch(r"### (Activities|Friends):\s*", line) for line in lines)


def read(file: BinaryIO, name: str, _options: Options = NO_OPTIONS) -> Incoming:
    """Return what the file of friends, called *name*, states.

    Raise `UnreadableFile` if none of friends' headings is in it.
    """
    remarks: list[Remark] = []
    sections = _sections(text_of(file.read(), name, remarks), name, remarks)
    if not sections:
        raise UnreadableFile(N_("This is not a file of friends. Nothing was changed."))
    return _Reading(sections, remarks).incoming()


def _sections(text: str, name: str, remarks: list[Remark]) -> dict[str, list[_Line]]:
    """Return the entries under each heading; an indented line goes on with the one before it."""
    entries: list[tuple[str, list[str]]] | None = None
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for number, line in enumerate(re.split(r"\r\n|[\r\n]", text), 1):
        content, place = line.strip(), f"{name}:{number}"
        if not content:
            continue
        heading = re.fullmatch(_HEADING, content, re.IGNORECASE) if len(content) <= 40 else None
        if heading:
            entries = found.setdefault(heading[1].lower(), [])
        elif content.startswith("#") or entries is None:
            entries = None if content.startswith("#") else entries
            what = N_("“{text}” stands in none of the parts that dorf knows; it is left out")
            remarks.append(Remark(place, DorfError(what, text=one_line(content[:60])), entry=True))
        elif line[0].isspace() and entries and not re.match(r"[-*+]\s", content):
            entries[-1][1].append(content)
        else:
            entries.append((place, [re.sub(r"^[-*+]\s+", "", content)]))
    return {
        part: [_Line(place, " ".join(texts)) for place, texts in entries]
        for part, entries in found.items()
    }


class _Reading:
    """One pass over the entries of a file."""

    def __init__(self, sections: dict[str, list[_Line]], remarks: list[Remark]) -> None:
        self.sections = sections
        self.remarks = remarks
        self.drafts: dict[str, Draft] = {}
        self.by_nickname: dict[str, str] = {}

    def incoming(self) -> Incoming:
        for line in self.sections.get("friends", ()):
            self._friend(line)
        for note in self._events("notes"):
            self._note(note)
        activities = [event for event in self._events("activities") if not self._is_undated(event)]
        people = self._people(activities)
        log = Log("friends", self.remarks)
        for activity in activities:
            present = [people[self._full(name)] for name in activity.people]
            names = [person.name for person in present if person is not None]
            log.add(activity.place, activity.day, names, activity.text)
        self._remark_on_places()
        return Incoming(
            {},
            tuple(person for person in people.values() if person is not None),
            tuple(log.encounters),
            remarks=tuple(self.remarks),
        )

    def _draft(self, name: str, place: str) -> Draft:
        """Return the draft of *name*, who may be met for the first time."""
        if name not in self.drafts:
            self.drafts[name] = Draft(place, self.remarks)
            self.drafts[name].name_from(name)
        return self.drafts[name]

    def _full(self, name: str) -> str:
        """Return the full name of whom *name*, which may be a nickname, means."""
        return name if name in self.drafts else self.by_nickname.get(name, name)

    def _friend(self, line: _Line) -> None:
        text = one_line(line.text)
        match = re.fullmatch(_FRIEND, text)
        name, nicknames, town, rest = match.groups() if match else (text, "", "", "")
        draft = self._draft(one_line(name), line.place)
        for nickname in (nicknames or "").split(" a.k.a. "):
            draft.add("nicknames", nickname, line.place)
            self.by_nickname.setdefault(one_line(nickname), one_line(name))
        draft.add("addresses", town, line.place)
        for tag in re.findall(_TAG, rest):
            draft.group(tag.removeprefix("@"))
        draft.note(one_line(re.sub(_TAG, " ", rest)), place=line.place)

    def _events(self, section: str) -> Iterator[_Event]:
        for line in self.sections.get(section, ()):
            head, _, text = line.text.partition(": ")
            day = read_date(head) if len(head) <= 40 else None
            whole = day is not None and day.year is not None and day.day is not None
            names = dict.fromkeys(map(one_line, re.findall(_BOLD, line.text)))
            plain = re.sub(_PLACE, r"\1", re.sub(_BOLD, r"\1", text if whole else line.text))
            yield _Event(
                line.place,
                date.fromisoformat(str(day)) if whole else None,
                tuple(names),
                plain.strip(),
            )

    def _note(self, note: _Event) -> None:
        for name in note.people:
            draft = self._draft(self._full(name), note.place)
            draft.note(note.text, str(note.day or ""), note.place)
        if not note.people:
            what = DorfError(N_("a note about nobody in the file; it is left out"))
            self.remarks.append(Remark(note.place, what, entry=True))

    def _is_undated(self, activity: _Event) -> bool:
        """Tell whether *activity* has no day; then keep it as a note, if it names somebody."""
        if activity.day is None and activity.people:
            self._note(activity)
            what = DorfError(N_("an activity without a day; it is kept in the notes"))
            self.remarks.append(Remark(activity.place, what))
        return activity.day is None and bool(activity.people)

    def _people(self, activities: list[_Event]) -> dict[str, IncomingContact | None]:
        """Return everybody by name; whom activities name is somebody, in the list or not."""
        for activity in activities:
            for name in activity.people:
                self._draft(self._full(name), activity.place)
        return {name: draft.finish() for name, draft in self.drafts.items()}

    def _remark_on_places(self) -> None:
        places = self.sections.get("locations", ())
        if places:
            what = N_("the list of places is left out ({count}); texts keep the names")
            self.remarks.append(Remark(places[0].place, DorfError(what, count=len(places))))
