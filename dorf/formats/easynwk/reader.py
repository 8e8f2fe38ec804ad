"""easyNWK's network maps (JSON): alteri around an anchor person.

Read off the sources of easyNWK 2.0 to 2.7.1. A file holds several maps of the same person over
time, each with its date; files from before 2.1 are one map alone. Roles, genders and sectors are
German words in the file, whatever language the tool speaks. What a map says and dorf has no field
for stands in the notes, in those words.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from dorf.core.dates import parse_iso_day
from dorf.core.vocabulary import ROLES, Status
from dorf.errors import N_, DorfError, UnreadableFile
from dorf.formats.easynwk.words import (
    NO_GENDER,
    PROFESSIONALS,
    SUPPORT,
    SUPPORTED,
    SUPPORTING,
    UID,
    USUAL_CIRCLE,
    circle_at,
    is_known,
    is_own_child,
    role_of,
    role_words,
    sector_at,
)
from dorf.formats.interface import NO_OPTIONS
from dorf.formats.json import load
from dorf.imports.draft import Draft, one_line, stable_uid
from dorf.imports.incoming import Incoming, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from dorf.core.vocabulary import Role
    from dorf.formats.interface import Options, Sample
    from dorf.imports.incoming import IncomingContact

_LINKING = {
    1: "Linking: ich unterstütze",
    2: "Linking: unterstützt mich",
    3: "Linking: gegenseitig",
}
_NOT_HUMAN = "kein Mensch"
_UNLIKE_THE_OTHERS = N_("This is not a network map of easyNWK. Nothing was changed.")


def recognises(sample: Sample) -> bool:
    """Tell whether *sample* is a file of easyNWK: several maps, or one alone."""
    return bool(_maps(sample.document))


class _Map(NamedTuple):
    """One map of the file and where it stands."""

    place: str
    nwk: dict[str, Any]
    day: date | None = None
    number: int = 0

    @property
    def alteri(self) -> list[Any]:
        return _items(self.nwk, "alteri")

    def age(self) -> tuple[date, int]:
        """Return what sorts maps, the newest last."""
        return self.day or date.min, self.number

    def names(self) -> set[str]:
        """Return the names of everybody on it."""
        found = (one_line(alter["name"]) for alter in self.alteri if _is_named(alter))
        return {name for name in found if name}


def _items(nwk: dict[str, Any], key: str) -> list[Any]:
    found = nwk.get(key)
    return found if isinstance(found, list) else []


def _is_named(alter: object) -> bool:
    return isinstance(alter, dict) and isinstance(alter.get("name"), str)


def _maps(document: object) -> list[_Map]:
    """Return the maps of *document*, none if it is something else."""
    if not isinstance(document, dict):
        return []
    versions = document.get("versions")
    if isinstance(versions, list) and "currentVersion" in document:
        return [
            _Map(
                f"versions[{n}].nwk.",
                version["nwk"],
                _day(version.get("date")),
                _number(version.get("id")),
            )
            for n, version in enumerate(versions)
            if isinstance(version, dict) and isinstance(version.get("nwk"), dict)
        ]
    alone = "ego" in document and isinstance(document.get("alteri"), list)
    return [_Map("", document)] if alone else []


def _day(value: object) -> date | None:
    try:
        return parse_iso_day(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def read(file: BinaryIO, name: str, _options: Options = NO_OPTIONS) -> Incoming:
    """Return the people of the newest map in *file*; raise `UnreadableFile` if there is no map."""
    remarks: list[Remark] = []
    maps = _maps(load(file, name, remarks))
    if not maps:
        raise UnreadableFile(_UNLIKE_THE_OTHERS)
    filled = [candidate for candidate in maps if candidate.alteri] or maps
    newest = max(filled, key=_Map.age)
    _say_what_is_older(newest, maps, name, remarks)
    people = _People(newest, f"{name}: {newest.place}", remarks)
    contacts = tuple(people.newcomers())
    _say_what_is_left(newest, people.place, remarks)
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
            remarks.append(
                Remark(f"{name}: {older.place}alteri", DorfError(sentence, name=person), entry=True)
            )
        seen |= older.names()


def _say_what_is_left(newest: _Map, place: str, remarks: list[Remark]) -> None:
    if lines := _items(newest.nwk, "connections"):
        sentence = N_("lines between two people are not taken: {count}")
        remarks.append(Remark(f"{place}connections", DorfError(sentence, count=len(lines))))
    ego = newest.nwk.get("ego")
    if isinstance(ego, dict) and _text(ego, "note"):
        sentence = N_("the note about the person in the middle is not taken: that is you")
        remarks.append(Remark(f"{place}ego.note", DorfError(sentence)))


class _People:
    """The alteri of one map, on their way to contacts."""

    def __init__(self, nwk: _Map, place: str, remarks: list[Remark]) -> None:
        self.nwk = nwk
        self.place = place
        self.remarks = remarks
        self.uids: set[str] = set()
        ego = nwk.nwk.get("ego")
        self.owner = one_line(_text(ego, "name")) if isinstance(ego, dict) else ""

    def newcomers(self) -> Iterator[IncomingContact]:
        for number, alter in enumerate(self.nwk.alteri):
            draft = Draft(f"{self.place}alteri[{number}]", self.remarks)
            if not isinstance(alter, dict):
                shown = "[…]" if isinstance(alter, list) else json.dumps(alter, ensure_ascii=False)
                draft.remark(N_("{value} is not an object"), value=one_line(shown)[:40], entry=True)
            elif newcomer := self._newcomer(alter, draft):
                yield newcomer

    def _newcomer(self, alter: dict[str, Any], draft: Draft) -> IncomingContact | None:
        draft.name_from(_text(alter, "name"))
        draft.identify(self._uid(alter, draft.name))
        draft.aside = one_line(_text(alter, "role")) or None
        draft.note(_text(alter, "note"), place=f"{draft.place}.note")
        draft.values |= _values(alter)
        roles = tuple(_roles(alter, draft))
        facts = ", ".join(_facts(alter, self.nwk.day, several=len(roles) > 1))
        draft.note(facts, "easyNWK")
        newcomer = draft.finish()
        if newcomer is None or not roles:
            return newcomer
        given = {**newcomer.given, "roles": tuple(role for _, role in roles)}
        return replace(newcomer, given=given, guessed=roles)

    def _uid(self, alter: dict[str, Any], name: str) -> str | None:
        """Return dorf's own uid, or one made of the number and the name.

        The number alone will not do: easyNWK gives that of the last alter to the next one when
        the last one is deleted.
        """
        uid, number = one_line(_text(alter, UID)), one_line(_text(alter, "id"))
        if not uid and number:
            uid = stable_uid("easynwk", self.owner, number, name)
        if not uid or uid in self.uids:
            return None
        self.uids.add(uid)
        return uid


def _text(entry: dict[str, Any], key: str) -> str:
    """Return a text, or a number as one; "" for anything else."""
    value = entry.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def _values(alter: dict[str, Any]) -> dict[str, Any]:
    """Return circle, kinds of support, strain and status as far as the map states them."""
    values: dict[str, Any] = {}
    distance = _measure(alter, "distance")
    circle = circle_at(distance)
    if circle is not None and circle != alter.get(USUAL_CIRCLE):
        values["circle"] = circle
    for field, levels in (("gives", SUPPORTED), ("gets", SUPPORTING)):
        if kinds := frozenset(
            support.kind for support in SUPPORT if _level(alter, support.field) in levels
        ):
            values[field] = kinds
    if alter.get("conflict") is True:
        values["strained"] = True
    if alter.get("deceased") is True or _has_no_relationship(alter, distance):
        values["status"] = Status.ENDED
    return values


def _has_no_relationship(alter: dict[str, Any], distance: float) -> bool:
    """Tell whether the line to the middle was taken away by hand, where there could be one."""
    return _number_or_none(alter.get("edgeType")) == 0 and _is_human(alter) and 0 < distance <= 100


def _measure(alter: dict[str, Any], key: str) -> float:
    value = alter.get(key)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else 0


def _level(alter: dict[str, Any], field: str) -> int:
    return _number_or_none(alter.get(field)) or 0


def _number_or_none(value: object) -> int | None:
    """Return a small number: forms of easyNWK save one as a text once it was chosen."""
    if isinstance(value, str) and value in {"0", "1", "2", "3"}:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_human(alter: dict[str, Any]) -> bool:
    return alter.get("human") is not False and alter.get("currentGender") != _NOT_HUMAN


def _roles(alter: dict[str, Any], draft: Draft) -> Iterator[tuple[str, Role]]:
    """Yield each role that is stated, with its word; other words become marks in the notes.

    The sector states a role only of a person, or of professionals, and only where no word does.
    """
    words = role_words(one_line(_text(alter, "role")))
    sector = sector_at(_measure(alter, "angle"), _measure(alter, "distance"))
    anybody = _is_human(alter) or sector is PROFESSIONALS
    found: dict[str, str] = {}
    for word in words:
        role = role_of(word)
        if role is None:
            draft.group(word)
        elif anybody or role.group or role.formal:
            found.setdefault(role.slug, word)
        else:  # a pet may be called a friend
            draft.note(f"#{word}")
    if any(map(is_own_child, words)):
        _point_to_the_household(draft)
    if sector and sector.role and anybody and not found and not any(map(is_known, words)):
        found[sector.role] = sector.name
    yield from ((word, ROLES[slug]) for slug, word in found.items())


def _point_to_the_household(draft: Draft) -> None:
    if draft.name:
        sentence = N_("{name} is a child of yours; those at home are added with: dorf child add")
        draft.remark(sentence, name=draft.name)


def _facts(alter: dict[str, Any], day: date | None, *, several: bool) -> Iterator[str]:
    """Yield what dorf has no field for, in the words of easyNWK."""
    gender = one_line(_text(alter, "currentGender"))
    if not _is_human(alter):
        yield _NOT_HUMAN
    if gender not in {"", NO_GENDER, _NOT_HUMAN} and alter.get("genderDefault") is not True:
        yield gender
    if age := one_line(_text(alter, "age")):
        yield f"Alter {age} ({day})" if day else f"Alter {age}"
    if alter.get("deceased") is True:
        yield "verstorben"
    if _number_or_none(alter.get("edgeType")) == 2 and not several:
        yield "multiplex"
    if alter.get("contactOfPartner") is True:
        yield "Kontakt der Partnerin/des Partners"
    if level := _LINKING.get(_level(alter, "supportLinking")):
        yield level
    if emoji := one_line(_text(alter, "emoji")):
        yield emoji
