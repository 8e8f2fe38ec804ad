"""easyNWK's network maps (JSON): alteri around an anchor person.

Read off the sources of easyNWK 2.0 to 2.7.1. A file holds several maps of the same person over
time, each with its date; files from before 2.1 are one map alone. Roles, genders and sectors are
German words in the file, whatever language the tool speaks. What a map says and dorf has no field
for stands in the notes, in those words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from dorf.core.vocabulary import ROLES, Role, Status
from dorf.errors import N_, DorfError, UnreadableFile
from dorf.formats.easynwk import words
from dorf.formats.interface import NO_OPTIONS, Options, Sample
from dorf.formats.json import Value, load
from dorf.imports.draft import Draft, one_line, stable_uid
from dorf.imports.incoming import Incoming, IncomingContact, Remark
from dorf.values import NamedTuple, replace

_LINKING = {
    1: "Linking: ich unterstütze",
    2: "Linking: unterstützt mich",
    3: "Linking: gegenseitig",
}
_NOT_HUMAN = "kein Mensch"
_UNLIKE_THE_OTHERS = N_("This is not a network map of easyNWK. Nothing was changed.")


def recognises(sample: Sample) -> bool:
    """Tell whether *sample* is a file of easyNWK: several maps, or one alone."""
    return bool(_maps(Value(sample.document, "")))


class _Map(NamedTuple):
    """One map of the file."""

    nwk: Value
    day: date | None = None
    number: int = 0

    @property
    def alteri(self) -> list[Value]:
        return list(self.nwk.at("alteri").each())

    def age(self) -> tuple[date, int]:
        """Return what sorts maps, the newest last."""
        return self.day or date.min, self.number

    def names(self) -> set[str]:
        """Return the names of everybody on it."""
        return {name for alter in self.alteri if (name := alter.at("name").line)}


def _maps(root: Value) -> list[_Map]:
    """Return the maps of a document, none if it is something else."""
    versions = root.at("versions")
    if isinstance(versions.raw, list) and "currentVersion" in root.raw:
        return [
            _Map(version.at("nwk"), version.at("date").day(), version.at("id").whole or 0)
            for version in versions.each()
            if isinstance(version.at("nwk").raw, dict)
        ]
    alone = isinstance(root.at("alteri").raw, list) and "ego" in root.raw
    return [_Map(root)] if alone else []


def read(file: BinaryIO, name: str, _options: Options = NO_OPTIONS) -> Incoming:
    """Return the people of the newest map in *file*; raise `UnreadableFile` if there is no map."""
    remarks: list[Remark] = []
    maps = _maps(Value(load(file, name, remarks), name))
    if not maps:
        raise UnreadableFile(_UNLIKE_THE_OTHERS)
    filled = [candidate for candidate in maps if candidate.alteri] or maps
    newest = max(filled, key=_Map.age)
    _say_what_is_older(newest, maps, name, remarks)
    contacts = tuple(_People(newest, remarks).newcomers())
    _say_what_is_left(newest.nwk, remarks)
    return Incoming({}, contacts, remarks=tuple(remarks))


def _say_what_is_older(newest: _Map, maps: list[_Map], name: str, remarks: list[Remark]) -> None:
    if len(maps) == 1:
        return
    day = newest.day or newest.number
    sentence = N_("there are {count} maps in it; the newest is taken, the one of {day}")
    remarks.append(Remark(name, DorfError(sentence, count=len(maps), day=day)))
    seen = newest.names()
    for older in sorted(maps, key=_Map.age, reverse=True):
        for person in sorted(older.names() - seen):
            sentence = N_("left out: {name} is only on an older map")
            place = older.nwk.at("alteri").place
            remarks.append(Remark(place, DorfError(sentence, name=person), entry=True))
        seen |= older.names()


def _say_what_is_left(nwk: Value, remarks: list[Remark]) -> None:
    lines, note = nwk.at("connections"), nwk.at("ego").at("note")
    if count := len(list(lines.each())):
        sentence = N_("lines between two people are not taken: {count}")
        remarks.append(Remark(lines.place, DorfError(sentence, count=count)))
    if note.text:
        sentence = N_("the note about the person in the middle is not taken: that is you")
        remarks.append(Remark(note.place, DorfError(sentence)))


class _People:
    """The alteri of one map, on their way to contacts."""

    def __init__(self, nwk: _Map, remarks: list[Remark]) -> None:
        self.nwk = nwk
        self.remarks = remarks
        self.uids: set[str] = set()
        self.owner = nwk.nwk.at("ego").at("name").line

    def newcomers(self) -> Iterator[IncomingContact]:
        for alter in self.nwk.alteri:
            draft = Draft(alter.place, self.remarks)
            if not isinstance(alter.raw, dict):
                is_list = isinstance(alter.raw, list)
                shown = "[…]" if is_list else json.dumps(alter.raw, ensure_ascii=False)
                draft.remark(N_("{value} is not an object"), value=one_line(shown)[:40], entry=True)
            elif newcomer := self._newcomer(alter, draft):
                yield newcomer

    def _newcomer(self, alter: Value, draft: Draft) -> IncomingContact | None:
        draft.name_from(alter.at("name").text)
        draft.identify(self._uid(alter, draft.name))
        draft.aside = alter.at("role").line or None
        draft.note(alter.at("note").text, place=alter.at("note").place)
        draft.values |= _values(alter)
        draft.dead = alter.at("deceased").raw is True
        roles = tuple(_roles(alter, draft))
        facts = ", ".join(_facts(alter, self.nwk.day, several=len(roles) > 1))
        draft.note(facts, "easyNWK")
        newcomer = draft.finish()
        if newcomer is None or not roles:
            return newcomer
        given = {**newcomer.given, "roles": tuple(role for _, role in roles)}
        return replace(newcomer, given=given, guessed=roles)

    def _uid(self, alter: Value, name: str) -> str | None:
        """Return dorf's own uid, or one made of the number and the name.

        The number alone will not do: easyNWK gives that of the last alter to the next one when
        the last one is deleted.
        """
        uid, number = alter.at(words.UID).line, alter.at("id").line
        if not uid and number:
            uid = stable_uid("easynwk", self.owner, number, name)
        if not uid or uid in self.uids:
            return None
        self.uids.add(uid)
        return uid


def _values(alter: Value) -> dict[str, Any]:
    """Return circle, kinds of support, strain and status as far as the map states them."""
    values: dict[str, Any] = {}
    distance = _measure(alter.at("distance"))
    circle = words.circle_at(distance)
    if circle is not None and circle != alter.at(words.USUAL_CIRCLE).raw:
        values["circle"] = circle
    for field, levels in (("gives", words.SUPPORTED), ("gets", words.SUPPORTING)):
        found = (s.kind for s in words.SUPPORT if _level(alter.at(s.field)) in levels)
        if kinds := frozenset(found):
            values[field] = kinds
    if alter.at("conflict").raw is True:
        values["strained"] = True
    if alter.at("deceased").raw is True or _has_no_relationship(alter, distance):
        values["status"] = Status.ENDED
    return values


def _has_no_relationship(alter: Value, distance: float) -> bool:
    """Tell whether the line to the middle was taken away by hand, where there could be one."""
    return _level(alter.at("edgeType")) == 0 and _is_human(alter) and 0 < distance <= 100


def _measure(value: Value) -> float:
    is_number = isinstance(value.raw, int | float) and not isinstance(value.raw, bool)
    return value.raw if is_number else 0


def _level(value: Value) -> int | None:
    """Return a small number: forms of easyNWK save one as a text once it was chosen."""
    return None if isinstance(value.raw, float) else value.whole


def _is_human(alter: Value) -> bool:
    return alter.at("human").raw is not False and alter.at("currentGender").raw != _NOT_HUMAN


def _roles(alter: Value, draft: Draft) -> Iterator[tuple[str, Role]]:
    """Yield each role that is stated, with its word; other words become tags in the notes.

    The sector states a role only of a person, or of professionals, and only where no word does.
    """
    stated = words.role_words(alter.at("role").line)
    sector = words.sector_at(_measure(alter.at("angle")), _measure(alter.at("distance")))
    anybody = _is_human(alter) or sector is words.PROFESSIONALS
    found: dict[str, str] = {}
    for word in stated:
        role = words.role_of(word)
        if role is None:
            draft.group(word)
        elif anybody or role.group or role.formal:
            found.setdefault(role.slug, word)
        else:  # a pet may be called a friend
            draft.note(f"#{word}")
    if any(map(words.is_own_child, stated)):
        _point_to_the_household(draft)
    if sector and sector.role and anybody and not found and not any(map(words.is_known, stated)):
        found[sector.role] = sector.name
    yield from ((word, ROLES[slug]) for slug, word in found.items())


def _point_to_the_household(draft: Draft) -> None:
    if draft.name:
        sentence = N_("{name} is a child of yours; those at home are added with: dorf child add")
        draft.remark(sentence, name=draft.name)


def _facts(alter: Value, day: date | None, *, several: bool) -> Iterator[str]:
    """Yield what dorf has no field for, in the words of easyNWK."""
    gender = alter.at("currentGender").line
    if not _is_human(alter):
        yield _NOT_HUMAN
    chosen = alter.at("genderDefault").raw is not True
    if chosen and gender not in {"", words.NO_GENDER, _NOT_HUMAN}:
        yield gender
    if age := alter.at("age").line:
        yield f"Alter {age} ({day})" if day else f"Alter {age}"
    if alter.at("deceased").raw is True and not alter.at(words.UID).text:
        yield "verstorben"
    if _level(alter.at("edgeType")) == 2 and not several:
        yield "multiplex"
    if alter.at("contactOfPartner").raw is True:
        yield "Kontakt der Partnerin/des Partners"
    if level := _LINKING.get(_level(alter.at("supportLinking")) or 0):
        yield level
    if emoji := alter.at("emoji").line:
        yield emoji
