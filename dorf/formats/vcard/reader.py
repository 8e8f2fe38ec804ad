"""A file of vCards to an `Incoming`: its lines.cards in turn, then what they say of each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

from dorf.errors import N_, DorfError, UnreadableFile
from dorf.formats.interface import NO_OPTIONS, Options, Sample
from dorf.formats.vcard import lines
from dorf.formats.vcard.contact import Gathering, Relation, uid_in
from dorf.formats.vcard.lines import Card, Letters, Property, Stray
from dorf.formats.vcard.words import OLD_VERSION, is_silent, is_system_group
from dorf.imports.draft import Draft, one_line
from dorf.imports.incoming import Incoming, IncomingContact, Remark
from dorf.values import NamedTuple

NO_CARD = N_("There is no vCard in this file. Nothing was changed.")
OUTSIDE = N_("“{text}” stands outside of any card")
NO_END = N_("this card has no end; what stands in it is taken all the same")
TWO_CARDS = N_("this card begins a second time here; two people may have become one")
NOT_KEPT = N_("pictures, sounds and keys are not kept")
NO_PLACE = N_("dorf has no place for {property}")
GROUP_EMPTY = N_("nobody is in the group “{name}”")
MEMBER_MISSING = N_("somebody in the group “{name}” is not in this file")

_OF_SOMEBODY = frozenset({"TEL", "EMAIL", "ADR", "BDAY", "NOTE", "URL", "IMPP"})
"""What makes a group somebody as well: a club has a number of its own."""

_BEGIN = re.compile(r"^\s*BEGIN\s*:\s*VCARD\s*$", re.IGNORECASE | re.MULTILINE)


def recognises(sample: Sample) -> bool:
    """Tell whether *sample* has the beginning of a card in it."""
    text = sample.text.lstrip("\ufeff \t\r\n").replace("\r", "\n")
    return not text.startswith(("{", "[", "BEGIN:VCALENDAR")) and bool(_BEGIN.search(text))


def read(file: BinaryIO, name: str, _options: Options = NO_OPTIONS) -> Incoming:
    """Return the contacts in *file*, which the user calls *name*; remark on what is not taken.

    Raise `UnreadableFile` if there is no card in it.
    """
    reader = _File(name, Letters(file))
    found = False
    for card in lines.cards(file):
        if isinstance(card, Stray):
            reader.remark(OUTSIDE, card.line, text=_shortened(reader.letters.text(card.data)))
        else:
            found = True
            reader.take(card)
    if not found:
        raise UnreadableFile(NO_CARD)
    contacts = tuple(reader.contacts())
    reader.say_placeless()
    if reader.letters.guess:
        reader.remarks.append(reader.letters.guess.remark(name))
    return Incoming({}, contacts, remarks=tuple(reader.remarks))


def _shortened(text: str) -> str:
    line = one_line(text[:200])
    return line if len(line) <= 40 else f"{line[:39]}…"


class _Group(NamedTuple):
    """A card that stands for a group of others."""

    line: int
    name: str
    members: list[str]


class _File:
    """What has been read of a file."""

    def __init__(self, name: str, letters: Letters) -> None:
        self.name = name
        self.letters = letters
        self.remarks: list[Remark] = []
        self.drafts: list[tuple[int, Draft]] = []
        self.by_uid: dict[str, Draft] = {}
        self.groups: list[_Group] = []
        self.relations: list[Relation] = []
        self.placeless: dict[str, int] = {}
        """Names of properties that dorf has no place for, each with its first line."""

    def place(self, line: int) -> str:
        return f"{self.name}:{line}"

    def remark(self, sentence: str, line: int, **what: object) -> None:
        self.remarks.append(Remark(self.place(line), DorfError(sentence, **what)))

    def take(self, card: Card) -> None:
        """Read one card."""
        if not card.closed:
            self.remark(NO_END, card.line)
            if not card.lines:
                return
        draft = Draft(self.place(card.line), self.remarks)
        found = list(self._properties(card))
        versions = [prop.line for prop in found if prop.name == "VERSION"]
        if len(versions) > 1:
            self.remark(TWO_CARDS, versions[1])
        self._take_agents(found)
        somebody = any(prop.name in _OF_SOMEBODY and prop.value.strip() for prop in found)
        if _is_group(found):
            self._take_group(card, found)
            if not somebody:
                names = {"FN", "N"}
                self._leave(p for p in found if p.name not in names and not is_silent(p.name))
                return
        gathering = Gathering(draft, found, self.name)
        gathering.take()
        self._leave(gathering.placeless)
        self.relations += gathering.relations
        self.drafts.append((card.line, draft))
        if draft.uid:
            self.by_uid.setdefault(draft.uid.casefold(), draft)

    def _leave(self, properties: Iterable[Property]) -> None:
        for prop in properties:
            self.placeless.setdefault(prop.name, prop.line)

    def say_placeless(self) -> None:
        """Say in one remark what dorf has no place for, so that it does not hide the others."""
        if self.placeless:
            names = ", ".join(self.placeless)
            self.remark(NO_PLACE, next(iter(self.placeless.values())), property=names)

    def _take_agents(self, found: list[Property]) -> None:
        """Read the lines.cards that stand inside a property, with escapes (RFC 2426, 3.5.4)."""
        for prop in found:
            if prop.name != "AGENT" or not prop.value.strip():
                continue
            if prop.value.lstrip()[:5].upper() != "BEGIN":
                self._leave([prop])
            else:
                for card in lines.cards(BytesIO(prop.text().encode())):
                    if isinstance(card, Card):
                        numbered = [(prop.line, raw) for _, raw in card.lines]
                        self.take(Card(prop.line, numbered, closed=card.closed))

    def _properties(self, card: Card) -> Iterator[Property]:
        """Yield the properties of *card*, and what is none without a name."""
        old = any(_is_old_version(raw) for _, raw in card.lines)
        for number, raw in card.lines:
            try:
                prop = lines.read_property(number, raw, self.letters, old=old)
            except lines.BadLine as bad:
                text = str(bad.fields.get("text", ""))
                if "text" not in bad.fields or text.strip():
                    what = bad.fields | {"text": _shortened(text)}
                    self.remark(bad.sentence, number, **what)
                    yield lines.remainder(number, text)
                continue
            if prop.name not in lines.BINARY:
                yield prop
            elif prop.value.strip():
                self.remark(NOT_KEPT, number)

    def _take_group(self, card: Card, found: list[Property]) -> None:
        names = [prop.text() for prop in found if prop.name == "FN"]
        names += [" ".join(prop.fields()) for prop in found if prop.name == "N"]
        members = [
            uid_in(prop.text()).casefold()
            for prop in found
            if prop.name in {"MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"}
        ]
        name = next((name for name in map(one_line, names) if name), "")
        self.groups.append(_Group(card.line, name, members))

    def contacts(self) -> Iterator[IncomingContact]:
        """Yield everybody, once all lines.cards have been read."""
        for group in self.groups:
            if not is_system_group(group.name):
                self._share_out(group)
        for relation in self.relations:
            self._relate(relation)
        self.by_uid.clear()
        self.relations.clear()
        self.drafts.sort(
            key=lambda pair: -pair[0]
        )  # inner lines.cards came before those around them
        while self.drafts:
            newcomer = self.drafts.pop()[1].finish()
            if newcomer is not None:
                yield newcomer

    def _share_out(self, group: _Group) -> None:
        if not group.members and group.name:
            self.remark(GROUP_EMPTY, group.line, name=group.name)
        if any(member not in self.by_uid for member in group.members):
            self.remark(MEMBER_MISSING, group.line, name=group.name)
        for member in group.members:
            if member in self.by_uid:
                self.by_uid[member].group(group.name)

    def _relate(self, relation: Relation) -> None:
        """Take somebody who was named by the uid of a card; the notes keep a uid of nobody."""
        other = self.by_uid.get(uid_in(relation.uid).casefold())
        if other is None or not other.name:
            relation.gathering.draft.note(relation.uid, relation.label)
        elif relation.kid:
            relation.gathering.kid(other.name, other.values.get("birthday"))
        else:
            relation.gathering.draft.note(other.name, relation.label)


def _is_old_version(raw: bytes) -> bool:
    return raw[:8].upper() == b"VERSION:" and raw[8:].strip() == OLD_VERSION.encode()


def _is_group(found: Iterable[Property]) -> bool:
    return any(
        prop.name in {"KIND", "X-ADDRESSBOOKSERVER-KIND", "X-KADDRESSBOOK-KIND"}
        and prop.value.strip().casefold() == "group"
        for prop in found
    )
