"""The village file (CONTRIBUTING.md, The village file): all of it as JSON, there and back.

`read` turns its text into an `Incoming` and names the place of whatever is wrong; `write` turns a
village into text. Reading what was written and writing it again gives the same text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, BinaryIO, NoReturn, TypeVar

from dorf.core.dates import PartialDate, parse_iso_day
from dorf.core.fields import Field, ValueKind, moment
from dorf.core.gaps.rules import RULES
from dorf.core.names import checked_name, checked_text
from dorf.core.spelling import clean_text
from dorf.core.village import (
    FIELDS,
    LAST_CONTACT,
    Acceptance,
    Child,
    Contact,
    Encounter,
    Help,
    Kid,
    RoleSpan,
    Village,
    YearlyDay,
)
from dorf.core.vocabulary import KINDS, ROLES, Bond, Direction, How, Kind, Role
from dorf.errors import N_, DorfError, UnreadableFile, WrongField
from dorf.formats.interface import NO_OPTIONS, Options, Sample
from dorf.formats.text import text_of
from dorf.imports.incoming import (
    Incoming,
    IncomingContact,
    IncomingEncounter,
    NotJson,
    Remark,
    WrongPlace,
)
from dorf.values import replace

FORMAT = 1
"""The version of the village file that this dorf reads and writes."""

_PLAIN = partial(checked_text, field="text")

T = TypeVar("T")
EnumT = TypeVar("EnumT", bound="StrEnum")


class _Twins(dict[str, Any]):
    """An object of the file in which a *key* stands twice."""

    key = ""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twins = _Twins(found)
    twins.key = clean_text(Counter(key for key, _ in pairs).most_common(1)[0][0])[:40]
    return twins


class _Node:
    """One value of the file and where it stands, read as what it has to be."""

    def __init__(self, value: Any, place: str, unknown: list[str]) -> None:  # noqa: ANN401 (JSON)
        self.value = value
        self.place = place
        self.unknown = unknown

    def fail(self, reason: str, **fields: object) -> NoReturn:
        raise WrongPlace(self.place, reason, **{"value": self.shown(), **fields})

    def shown(self) -> str:
        """Return the value as the file has it, shortened."""
        try:
            shown = json.dumps(self.value, ensure_ascii=False)
        except RecursionError:
            return "[…]"
        return shown if len(shown) <= 40 else f"{shown[:39]}…"

    def checked(self, read: Callable[[], T]) -> T:
        """Return what *read* gives; what it refuses is refused at this place."""
        try:
            return read()
        except WrongField as wrong:
            self.fail(wrong.sentence, **wrong.fields)

    def text(self, check: Callable[[str], str] = _PLAIN) -> str:
        if not isinstance(self.value, str):
            self.fail(N_("{value} is not a text"))
        return self.checked(lambda: check(self.value))

    def name(self) -> str:
        return self.text(checked_name)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.fail(N_("{value} is neither true nor false"))
        return self.value

    def whole(self, least: int, most: int) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.fail(N_("{value} is not a whole number"))
        if not least <= self.value <= most:
            self.fail(N_("{value} is not {least}–{most}"), value=self.value, least=least, most=most)
        return self.value

    def day(self) -> date:
        try:
            return parse_iso_day(self.text())
        except ValueError:
            self.fail(N_("{value} is not a day like 2026-11-22"))

    def partial(self) -> PartialDate:
        try:
            return PartialDate.parse(self.text())
        except DorfError:
            self.fail(N_("{value} is not a date like 2021-12 or --02-29"))

    def choice(self, choices: Mapping[str, T]) -> T:
        if not isinstance(self.value, str) or self.value not in choices:
            self.fail(
                N_("{value} is none of: {choices}"),
                choices=", ".join(choices),
            )
        return choices[self.value]

    def enum(self, kind: type[EnumT]) -> EnumT:
        return self.choice({member.value: member for member in kind})

    def items(self) -> Iterator[_Node]:
        if not isinstance(self.value, list):
            self.fail(N_("{value} is not a list"))
        for number, value in enumerate(self.value):
            yield _Node(value, f"{self.place}[{number}]", self.unknown)

    def each(self, read: Callable[[_Node], T]) -> tuple[T, ...]:
        return tuple(read(item) for item in self.items())

    def fields(self, known: Mapping[str, T]) -> Iterator[tuple[str, T, _Node]]:
        """Yield the fields that are known and not null; remember the others."""
        if not isinstance(self.value, dict):
            self.fail(N_("{value} is not an object"))
        self.without_twins()
        for key, value in self.value.items():
            place = f"{self.place}.{key}" if self.place else key
            if key not in known:
                self.unknown.append(place)
            elif value is not None:
                yield key, known[key], _Node(value, place, self.unknown)

    def without_twins(self) -> None:
        """Refuse an object in which a key stands twice: one of its values would be lost."""
        if isinstance(self.value, _Twins):
            place = f"{self.place}.{self.value.key}" if self.place else self.value.key
            _Node(None, place, []).fail(N_("stands twice in one place"))

    def read(self, known: Mapping[str, Callable[[_Node], Any]]) -> dict[str, Any]:
        """Return the known fields, each read in its own way."""
        return {key: read(node) for key, read, node in self.fields(known)}

    def without_repeats(self, values: tuple[T, ...], key: Callable[[T], object]) -> tuple[T, ...]:
        seen = set()
        for number, value in enumerate(values):
            if key(value) in seen:
                _Node(None, f"{self.place}[{number}]", []).fail(N_("is listed twice"))
            seen.add(key(value))
        return values


def _stamp(node: _Node) -> str:
    stamp = moment(node.text())
    if stamp is None:
        node.fail(N_("{value} is not a moment like 2026-11-22T08:00:00+00:00"))
    return stamp


def _filled(node: _Node) -> str:
    text = node.text()
    return text or node.fail(N_("the text is empty"))


def _names(node: _Node) -> tuple[str, ...]:
    return node.each(_Node.name)


def _kinds(node: _Node) -> frozenset[Kind]:
    return frozenset(node.each(lambda item: item.enum(Kind)))


def _role(node: _Node) -> Role:
    return node.choice(ROLES)


def _roles(node: _Node) -> tuple[Role, ...]:
    roles = tuple(dict.fromkeys(node.each(_role)))
    return roles or node.fail(N_("a contact needs at least one role"))


def _need(node: _Node, given: Mapping[str, Any], *fields: str) -> None:
    for name in fields:
        if name not in given:
            node.fail(N_("“{field}” is missing"), field=name)


def _born(node: _Node) -> PartialDate:
    born = node.partial()
    if born.year is None:
        node.fail(N_("the year of birth is missing"))
    return born


def _record(
    make: Callable[..., T], known: Mapping[str, Callable[[_Node], Any]], *needed: str
) -> Callable[[_Node], T]:
    """Return what reads an object with the *known* fields, of which some are *needed*."""

    def read(node: _Node) -> T:
        given = node.read(known)
        _need(node, given, *needed)
        return node.checked(lambda: make(**given))

    return read


def _kid(node: _Node) -> Kid:
    return Kid(born=_born(node)) if isinstance(node.value, str) else _named_kid(node)


def _span(role: Role, **days: date) -> RoleSpan:
    return RoleSpan(role, days.get("from"), days.get("to"))


_named_kid = _record(Kid, {"name": _Node.name, "born": _born})
_child = _record(Child, {"name": _Node.name, "born": _born}, "name", "born")
_yearly = _record(YearlyDay, {"name": _Node.name, "day": _Node.partial}, "name", "day")
_help = _record(
    Help,
    {"direction": lambda node: node.enum(Direction), "kind": lambda node: node.enum(Kind)},
    "direction",
    "kind",
)


def _bonds(node: _Node) -> tuple[tuple[str, Bond], ...]:
    if not isinstance(node.value, dict):
        node.fail(N_("{value} is not an object"))
    node.without_twins()
    bonds = {
        _Node(child, node.place, []).name(): _Node(bond, f"{node.place}.{child}", []).enum(Bond)
        for child, bond in node.value.items()
        if bond is not None
    }
    return tuple(sorted(bonds.items()))


def _key(node: _Node) -> str:
    """Read a rule or a finding key; the scope is free, since people come and go."""
    key = node.name()
    if key.partition(":")[0] not in RULES:
        node.fail(N_("{value} is not a rule (G01 to G24)"))
    return key


_HOUSEHOLD: dict[str, Callable[[_Node], Any]] = {
    "single_parent": _Node.flag,
    "children": lambda node: node.without_repeats(node.each(_child), lambda child: child.name),
    "wishes": lambda node: tuple(dict.fromkeys(_names(node))),
    "rules_off": lambda node: frozenset(node.each(_key)),
    "accepted": lambda node: node.without_repeats(
        node.each(_record(Acceptance, {"key": _key, "until": _Node.day}, "key")),
        lambda acceptance: acceptance.key,
    ),
}
_READERS: dict[ValueKind, Callable[[_Node], Any]] = {
    "name": _Node.name,
    "text": _filled,
    "day": _Node.day,
    "partial": _Node.partial,
    "moment": _stamp,
    "flag": _Node.flag,
    "names": _names,
    "texts": lambda node: node.each(_filled),
    "roles": _roles,
    "kinds": _kinds,
    "kids": lambda node: node.each(_kid),
    "yearly_days": lambda node: node.each(_yearly),
    "bonds": _bonds,
    "spans": lambda node: node.each(
        _record(_span, {"role": _role, "from": _Node.day, "to": _Node.day}, "role")
    ),
}


def _reader(field: Field) -> Callable[[_Node], Any]:
    if field.kind == "whole":
        return lambda node: node.whole(field.least, field.most)
    if field.choices:
        choices = field.choices
        return lambda node: node.enum(choices)
    return _READERS[field.kind]


_CONTACT = {field.name: _reader(field) for field in (*FIELDS.values(), LAST_CONTACT)}
_ENCOUNTER: dict[str, Callable[[_Node], Any]] = {
    "uid": _Node.name,
    "day": _Node.day,
    "contacts": _names,
    "how": lambda node: node.enum(How),
    "note": _Node.text,
    "help": lambda node: node.each(_help),
    "changed_at": _stamp,
}


def _contact(node: _Node) -> IncomingContact:
    given = node.read(_CONTACT)
    _need(node, given, "name")
    uid, last_contact = given.pop("uid", None), given.pop("last_contact", None)
    return IncomingContact(node.place, given["name"], given, uid, last_contact)


def _meeting(node: _Node) -> IncomingEncounter:
    given = node.read(_ENCOUNTER)
    _need(node, given, "day", "contacts")
    if not given["contacts"]:
        node.fail(N_("an encounter needs at least one contact"))
    given["note"] = given.get("note") or None
    return IncomingEncounter(node.place, people=given.pop("contacts"), **given)


def recognises(sample: Sample) -> bool:
    """Tell whether *sample* begins a village file, of whatever version."""
    return isinstance(sample.document, dict) and "dorf" in sample.document


def read(file: BinaryIO, name: str, _options: Options = NO_OPTIONS) -> Incoming:
    """Return what the village file states; raise `UnreadableFile` where it is wrong."""
    remarks: list[Remark] = []
    text = text_of(file.read(), name, remarks)
    try:
        return replace(parse(text), remarks=tuple(remarks))
    except NotJson as error:
        if not remarks:
            raise
        raise UnreadableFile(
            N_("{file} is not a village file (it is not UTF-8 text). Nothing was changed."),
            file=name,
        ) from error


def parse(text: str) -> Incoming:
    """Return what the *text* of a village file states; raise `UnreadableFile` as `read` does."""
    root = _Node(_parse(text), "", [])
    if not isinstance(root.value, dict) or "dorf" not in root.value:
        raise UnreadableFile(
            N_(
                'This is not a village file: it does not begin with {{"dorf": 1. Nothing was '
                "changed."
            )
        )
    version = root.value["dorf"]
    if version != FORMAT or isinstance(version, bool):
        raise UnreadableFile(
            N_(
                "This village file has format {version}; this dorf reads format {known}. Nothing "
                "was changed."
            ),
            version=json.dumps(version),
            known=FORMAT,
        )
    given = root.read(
        {
            "dorf": lambda node: node.value,
            "household": lambda node: node.read(_HOUSEHOLD),
            "contacts": lambda node: node.each(_contact),
            "encounters": lambda node: node.each(_meeting),
        }
    )
    contacts = given.get("contacts", ())
    node = _Node(None, "contacts", [])
    node.without_repeats(contacts, lambda contact: contact.name)
    node.without_repeats(contacts, lambda contact: contact.uid or object())
    encounters = given.get("encounters", ())
    _Node(None, "encounters", []).without_repeats(
        encounters, lambda meeting: meeting.uid or object()
    )
    return Incoming(given.get("household", {}), contacts, encounters, tuple(root.unknown))


def _parse(text: str) -> Any:  # noqa: ANN401  (JSON)
    try:
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise NotJson(error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableFile(N_("This is not a village file. Nothing was changed.")) from error


def write(village: Village, _options: Options = NO_OPTIONS) -> str:
    """Return *village*, with its encounters, as the text of a village file."""
    return json.dumps(document(village), ensure_ascii=False, indent=1) + "\n"


def document(village: Village) -> dict[str, Any]:
    """Return *village* as the JSON document of a village file."""
    household = village.household
    return {
        "dorf": FORMAT,
        "household": {
            "single_parent": household.single_parent,
            "children": [{"name": c.name, "born": str(c.born)} for c in household.children],
            "wishes": list(household.wishes),
            "rules_off": sorted(household.rules_off),
            "accepted": [
                {"key": key, "until": until and until.isoformat()}
                for key, until in household.accepted
            ],
        },
        "contacts": [contact_document(contact) for contact in village.contacts],
        "encounters": [encounter_document(encounter) for encounter in village.encounters],
    }


def contact_document(contact: Contact) -> dict[str, Any]:
    """Return the fields of *contact* that say something; an empty `gives` does."""
    stated = ((field, getattr(contact, name)) for name, field in FIELDS.items())
    return {
        field.name: _WRITERS.get(field.kind, str)(value)
        for field, value in stated
        if field.states(value)
    }


def encounter_document(encounter: Encounter) -> dict[str, Any]:
    """Return *encounter*; its contacts are uids."""
    return {
        "uid": encounter.uid,
        "day": encounter.day.isoformat(),
        "contacts": list(encounter.contacts),
        "how": encounter.how and encounter.how.value,
        "note": encounter.note,
        "help": [
            {"direction": part.direction.value, "kind": part.kind.value} for part in encounter.help
        ],
        "changed_at": encounter.changed_at,
    }


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _kid_document(kid: Kid) -> str | dict[str, str]:
    if kid.name is None:
        return str(kid.born)
    return {"name": kid.name} | ({"born": str(kid.born)} if kid.born else {})


def _as_it_is(value: T) -> T:
    return value


_WRITERS: dict[ValueKind, Callable[[Any], Any]] = {
    # What is not here is written as the text that it is.
    "flag": _as_it_is,
    "whole": _as_it_is,
    "names": list,
    "texts": list,
    "roles": lambda roles: [role.slug for role in roles],
    "kinds": lambda kinds: [kind.value for kind in KINDS if kind in kinds],
    "kids": lambda kids: [_kid_document(kid) for kid in kids],
    "yearly_days": lambda days: [{"name": each.name, "day": str(each.day)} for each in days],
    "bonds": lambda bonds: {child: bond.value for child, bond in bonds},
    "spans": lambda spans: [
        {"role": span.role.slug, "from": _text(span.start), "to": _text(span.end)} for span in spans
    ],
}
