"""One card, its properties in turn, to the draft of a contact."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import ClassVar
from urllib.parse import unquote

from dorf.core.dates import PartialDate
from dorf.core.fields import moment
from dorf.core.names import LONGEST_NAME, LONGEST_TEXT, checked_name
from dorf.core.spelling import clean_text, fold
from dorf.core.village import Kid, YearlyDay
from dorf.errors import N_, WrongField
from dorf.formats.vcard import own, words
from dorf.formats.vcard.lines import NOT_A_PROPERTY, SPOKEN_NAME, Property
from dorf.formats.vcard.names import PartedName, is_same_name
from dorf.imports.draft import (
    NO_DAY,
    Draft,
    death_in,
    is_death_word,
    is_no_day,
    one_line,
    read_date,
)
from dorf.imports.name_parts import TITLE
from dorf.imports.role_words import role_stated
from dorf.values import NamedTuple

NOT_A_DAY = N_("“{text}” is not a day; it is kept in the notes")

_SCHEME = re.compile(r"\s*(?:urn:uuid:|urn:|uuid:)", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_URI = re.compile(r"[a-z][a-z0-9+.-]*:\S", re.IGNORECASE)
_ANDROID = "vnd.android.cursor.item/"
_MANY = 50
"""Addresses of one contact among which a label is looked for."""
_NO_KIND = frozenset({"pref", "text", "uri", "work", "home", "internet"})


def uid_in(text: str) -> str:
    """Return the uid in *text*, without the scheme that some programs put before it."""
    scheme = _SCHEME.match(text)
    return one_line(text[scheme.end() :] if scheme else text)


class Relation(NamedTuple):
    """Somebody else in the life of a contact, by the uid of a card that may come later."""

    gathering: Gathering
    label: str
    uid: str
    kid: bool


class Gathering:
    """One card on its way to a draft."""

    def __init__(self, draft: Draft, found: list[Property], file: str) -> None:
        """Begin with the properties that were *found* in a card of *file*."""
        self.draft = draft
        self.relations: list[Relation] = []
        self.placeless: list[Property] = []
        """Properties that can't be kept and are nobody's fault."""
        self._file = file
        self._found = found
        self._labels = {p.group: p.text() for p in found if p.group and p.name == "X-ABLABEL"}
        self._own = any(prop.name.startswith(own.PREFIX) for prop in found)
        self._exact: dict[str, list[str]] = {}
        self._names: list[tuple[int, str]] = []
        self._names_in_parts: list[PartedName] = []
        self._nicknames: list[str] = []
        self._organisations: list[str] = []
        self._works: list[str] = []
        self._addresses: list[set[str]] = []
        self._days: list[YearlyDay] = []

    def take(self) -> None:
        """Give the draft everything that the card says."""
        self._take_own()
        for prop in sorted(self._found, key=lambda prop: prop.name == "LABEL"):
            self._take(prop)
        self._call()
        self._work()
        for field, texts in self._exact.items():
            self.draft.values[field] = tuple(texts)
        if self._days:
            stated = self.draft.values.get("yearly_days", ())
            self.draft.values["yearly_days"] = (*stated, *self._days)

    def kid(self, name: str, born: PartialDate | None = None, place: str = "") -> None:
        """Add a child, unless dorf's own properties name it already."""
        kids = self.draft.values.get("kids")
        if kids is None:
            self.draft.kid(name, born, place)
        elif _is_visible(name) and not self._has_kid(name):
            self.draft.values["kids"] = (*kids, Kid(checked_name(name[:LONGEST_NAME])))

    def _has_kid(self, name: str) -> bool:
        kids = self.draft.values.get("kids", ())
        return any(_words(name) == _words(kid.name) for kid in kids if kid.name)

    def _take(self, prop: Property) -> None:
        if prop.name in self._WAYS:
            self._WAYS[prop.name](self, prop)
        elif words.is_of_death(prop.name, prop.value):
            self._death(prop)
        elif prop.name in words.LABELS:
            self._noted(prop)
        elif prop.name in words.RELATIONS:
            self._relation_named(prop)
        elif prop.name in words.ANNIVERSARIES:
            self._yearly(prop)
        elif not (
            words.is_silent(prop.name) or prop.name.startswith(own.PREFIX) or not prop.value.strip()
        ):
            self._other(prop)

    def _other(self, prop: Property) -> None:
        if prop.name.startswith("X-") and prop.name.endswith(("TEL", "PHONE", "MOBILE")):
            self._phone(prop)
            return
        if prop.name.startswith("X-") and prop.name.endswith("EMAIL"):
            self._email(prop)
            return
        if prop.name.startswith("X-") or prop.name in words.NO_PLACE:
            self.placeless.append(prop)
            return
        line = f"{prop.spelled}:{prop.value}"  # as in the second line of a note
        self.draft.note(line, place=self._place(prop))
        self.draft.remark(NOT_A_PROPERTY, place=self._place(prop), text=one_line(line[:40]))

    def _place(self, prop: Property) -> str:
        return f"{self._file}:{prop.line}"

    def _take_own(self) -> None:
        """Take what dorf itself wrote first: it is stated, so nothing is guessed instead."""
        for prop in self._found:
            if prop.name == "UID" and not self.draft.uid:
                self.draft.identify(uid_in(prop.text()))
        mine = [prop for prop in self._found if prop.name.startswith(own.PREFIX)]
        unknown = own.take(self.draft, mine, self._place)
        self.placeless += [prop for prop in mine if prop.name in unknown]
        stamp = self.draft.values.get("changed_at")
        revised = next((prop.value.strip() for prop in self._found if prop.name == "REV"), "")
        newer = moment(revised)
        self.draft.revised = newer or moment(f"{revised}Z") or moment(f"{revised}T00:00:00Z")
        if stamp and newer and newer[:19] > stamp[:19]:  # another program changed the card since
            self.draft.values["changed_at"] = newer

    def _add(self, field: str, text: str, prop: Property) -> None:
        """Add to a list of texts: just what dorf wrote, tidied up what others did."""
        kept = clean_text(text, lines=True)
        if not self._own or len(kept) > LONGEST_TEXT:
            self.draft.add(field, text, self._place(prop))
        elif kept:
            self._exact.setdefault(field, []).append(kept)

    def _label(self, prop: Property) -> str:
        """Return the label that the user gave a property, if it is one of their own."""
        label = words.own_label(self._labels.get(prop.group, ""))
        label = label or words.own_label(prop.param("X-CUSTOM"))
        for kind in prop.types:
            if "fax" in kind.casefold():
                return label or "Fax"
            if kind[:2] in {"X-", "x-"}:
                label = label or words.own_label(kind[2:])
        return label

    def _full_name(self, prop: Property) -> None:
        self._names.append((prop.preference, prop.text()))

    def _parts_of_name(self, prop: Property) -> None:
        self._names_in_parts.append(PartedName.of(prop.fields()))

    def _nickname(self, prop: Property) -> None:
        for text in prop.texts():
            self._add("nicknames", text, prop)
            self._nicknames.append(text)

    def _call(self) -> None:
        """Name the contact: FN, else N, else a nickname, else the organisation.

        What else FN and N say becomes a nickname, unless the name has all its words.
        """
        full = [text for _, text in sorted(self._names, key=itemgetter(0))]
        parted = [candidate for candidate in self._names_in_parts if _is_visible(candidate.text())]
        self.draft.parts = next(iter(parted), ())
        if self._own and full:
            self.draft.name = clean_text(full[0])
            return
        names = [*filter(_is_visible, full), *(candidate.text() for candidate in parted)]
        self.draft.name_from(*names[:1], *self._nicknames[:1], *self._organisations[:1])
        for name in filter(_is_visible, full[1:]):
            if not is_same_name(self.draft.name, name):
                self.draft.add("nicknames", name)
        for candidate in parted:
            self._other_name(candidate)

    def _other_name(self, parted: PartedName) -> None:
        """Take from the parts of a name what the name does not have: a nickname, a title."""
        if not parted.is_in(self.draft.name):
            self.draft.add("nicknames", parted.bare().text())
        titles = [text for text in (parted.before, parted.after) if text.strip()]
        missing = [text for text in titles if fold(text) not in fold(self.draft.name)]
        self.draft.note(", ".join(missing), TITLE)

    def _organisation(self, prop: Property) -> None:
        text = ", ".join(part for part in map(one_line, prop.fields(", ")) if part)
        if text:
            self._organisations.append(text)

    def _work_as(self, prop: Property) -> None:
        text = one_line(prop.text())
        role = role_stated(text)
        if text:
            self._works.append(text)
        if role is not None and role.formal:  # a boss is not yet the user's
            self.draft.group(text)

    def _work(self) -> None:
        """Note organisation and profession in one line, without what is the name already."""
        texts = dict.fromkeys((*self._organisations, *self._works))
        self.draft.note(", ".join(text for text in texts if text != self.draft.name))
        organisation = next(iter(self._organisations), None)
        self.draft.aside = None if organisation == self.draft.name else organisation

    def _phone(self, prop: Property) -> None:
        text = prop.text()
        if self._is_uri(prop, "tel:"):
            text = _phone_of_uri(text.strip()[4:])
        self._add("phones", self._labelled(text, prop), prop)

    def _is_uri(self, prop: Property, scheme: str) -> bool:
        """Tell whether a value is a URI of *scheme*; what dorf wrote is one only if it says so."""
        may_be = prop.param("VALUE").casefold() == "uri" or not self._own
        return may_be and prop.value.strip().casefold().startswith(scheme)

    def _labelled(self, text: str, prop: Property) -> str:
        label = self._label(prop) if text.strip() else ""
        return f"{text} ({label})" if label else text

    def _email(self, prop: Property) -> None:
        text = prop.text()
        if self._is_uri(prop, "mailto:"):
            text = unquote(text.strip()[7:])
        self._add("emails", text, prop)
        if label := self._label(prop):
            self.draft.note(text, label, self._place(prop))

    def _address(self, prop: Property) -> None:
        box, extended, street, city, region, code, land = [*prop.fields(", "), *[""] * 7][:7]
        parts = [street, extended, box, f"{code} {city}", region, land]
        if not any(part.strip() for part in (box, extended, city, region, code, land)):
            text = street  # dorf's own addresses may have lines
        else:
            text = _in_one_line("\n".join(parts))
        if one_line(text):
            self._addresses.append(_words(text))
            self._add("addresses", self._labelled(text, prop), prop)
        self._address_label(prop.param("LABEL").replace("\\n", "\n"), prop)

    def _letter(self, prop: Property) -> None:
        """Take an address as it stands on a letter; by then those are known that it repeats."""
        self._address_label(prop.text(), prop)

    def _address_label(self, text: str, prop: Property) -> None:
        """Take an address as it stands on a letter, unless it only repeats the one in parts."""
        spoken = _words(text)
        if self._own and self._addresses:
            return
        if one_line(text) and not any(spoken <= known for known in self._addresses[:_MANY]):
            self._addresses.append(spoken)
            line = _in_one_line(text.replace("\r", ""))
            self._add("addresses", self._labelled(line, prop), prop)

    def _note(self, prop: Property) -> None:
        self.draft.note(prop.text(), place=self._place(prop))

    def _skill(self, prop: Property) -> None:
        self.draft.add("skills", prop.text(), self._place(prop))

    def _noted(self, prop: Property) -> None:
        self.draft.note(
            prop.text(), words.tidy(self._label(prop)) or words.LABELS[prop.name], self._place(prop)
        )

    def _spoken(self, prop: Property) -> None:
        spoken = " ".join(part for part in map(one_line, prop.fields()) if part)
        self.draft.note(spoken, "Phonetic", self._place(prop))

    def _chat(self, prop: Property) -> None:
        """Note where somebody can be written to or seen: a service and a name in it."""
        text = prop.text().strip()
        scheme, colon, rest = text.partition(":")
        kinds = [kind for kind in prop.types if kind.casefold() not in _NO_KIND]
        service = (
            prop.param("X-SERVICE-TYPE") or prop.param("SERVICE-TYPE") or next(iter(kinds), "")
        )
        if prop.name == "IMPP" and colon and not rest.startswith("//"):
            service, text = service or scheme, unquote(rest)
        label = words.own_label(self._labels.get(prop.group, "")) or service or "Chat"
        self.draft.note(text or prop.param("X-USER"), words.tidy(label), self._place(prop))

    # --- days and people ---

    def _day(self, text: str, label: str, prop: Property) -> PartialDate | None:
        """Return the day that *text* states; the notes keep what is none."""
        found = read_date(text)
        if found is not None and found.day and prop.param("X-APPLE-OMIT-YEAR") == str(found.year):
            return PartialDate(None, found.month, found.day)
        if found is None and is_no_day(text):
            self.draft.remark(NO_DAY, place=self._place(prop), text=text)
        elif found is None and text:
            self.draft.note(text, label, self._place(prop))
            self.draft.remark(NOT_A_DAY, place=self._place(prop), text=one_line(text[:200]))
        return found

    def _birthday(self, prop: Property) -> None:
        self._born(self._day(prop.text().strip(), "Birthday", prop))

    def _born(self, day: PartialDate | None) -> None:
        self.draft.born(day)
        if day is not None and self.draft.values["birthday"] != day:
            self.draft.note(str(day), "Birthday")

    def _death(self, prop: Property) -> None:
        """Take a day or place of death, unless the notes that dorf wrote name it already."""
        text = one_line(prop.text())
        known = self._own and any(
            death_in(other.text()) is not None for other in self._found if other.name == "NOTE"
        )
        if known:
            self.draft.dead = True
        elif prop.name.endswith("PLACE"):
            self.draft.dead = True
            self.draft.note(text, "†", self._place(prop))
        else:
            self.draft.died("" if text.casefold() in words.DEAD else text, self._place(prop))

    def _yearly(self, prop: Property) -> None:
        name = words.plain_label(self._labels.get(prop.group, "")) or words.ANNIVERSARY
        self._yearly_on(name, self._day(prop.text().strip(), name, prop), prop)

    def _yearly_on(self, name: str, day: PartialDate | None, prop: Property) -> None:
        if is_death_word(name) and not self._own:
            self.draft.taken_as_dead(name)
            self.draft.died(day, self._place(prop))
            return
        if day is None or not self._own:
            self.draft.yearly(name, day, self._place(prop))
            return
        try:
            exact = YearlyDay(checked_name(name), day)
        except WrongField:
            self.draft.yearly(name, day, self._place(prop))  # says why not
            return
        self._days.append(exact)

    def _category(self, prop: Property) -> None:
        for word in _listed(prop.texts(",;" if prop.old else ",")):
            stated_better = self._own and role_stated(one_line(word)) is not None
            if not stated_better and not words.is_system_group(word):
                self.draft.group(word)

    def _related(self, prop: Property) -> None:
        """Take what RELATED (RFC 6350) or Apple's related names say."""
        kinds = [kind for kind in prop.types if kind.casefold() not in _NO_KIND]
        label = words.plain_label(self._labels.get(prop.group, ""))
        kinds.sort(key=lambda kind: kind.casefold() not in words.CHILD_WORDS)
        label = words.tidy(label or next(iter(kinds), "Related"))
        self._relate(label, prop.text().strip(), prop)

    def _relation_named(self, prop: Property) -> None:
        label = words.RELATIONS[prop.name]
        for name in prop.texts() if label == "Child" else [prop.text()]:
            self._relate(label, name.strip(), prop)

    def _relate(self, label: str, text: str, prop: Property) -> None:
        kid = label.casefold() in words.CHILD_WORDS
        if kid and self._has_kid(text):
            return
        if _SCHEME.match(text) or _UUID.fullmatch(text):
            self.relations.append(Relation(self, label, text, kid))
        elif kid and text and not _URI.match(text):
            self.kid(text, place=self._place(prop))
        else:
            self.draft.note(text, label, self._place(prop))

    def _android(self, prop: Property) -> None:
        """Take what Android has no property for: nickname, relation, day, by their MIME types."""
        mime, text, number, label = [*prop.fields(", "), *[""] * 4][:4]
        kind = mime.strip().removeprefix(_ANDROID)
        if kind == "nickname":
            self._add("nicknames", text, prop)
            self._nicknames.append(text)
        elif kind == "relation":
            self._relate(
                label or _numbered(words.ANDROID_RELATIONS, number) or "Related", text, prop
            )
        elif kind == "contact_event":
            name = label or _numbered(words.ANDROID_DAYS, number) or words.ANNIVERSARY
            day = self._day(text.strip(), name, prop)
            if name == "Birthday":
                self._born(day)
            else:
                self._yearly_on(name, day, prop)
        elif text.strip():
            self.draft.note(", ".join(filter(None, (text, label))), kind, self._place(prop))

    _WAYS: ClassVar[Mapping[str, Callable[[Gathering, Property], None]]] = {
        "": _note,
        "FN": _full_name,
        "N": _parts_of_name,
        "NICKNAME": _nickname,
        "X-NICKNAME": _nickname,
        "ORG": _organisation,
        "TITLE": _work_as,
        "ROLE": _work_as,
        "TEL": _phone,
        "X-MS-TEL": _phone,
        "EMAIL": _email,
        "ADR": _address,
        "LABEL": _letter,
        "NOTE": _note,
        SPOKEN_NAME: _spoken,
        "EXPERTISE": _skill,
        "IMPP": _chat,
        "SOCIALPROFILE": _chat,
        "X-SOCIALPROFILE": _chat,
        "X-SOCIAL-PROFILE": _chat,
        "BDAY": _birthday,
        "X-ABDATE": _yearly,
        "CATEGORIES": _category,
        "X-GN": _category,
        "RELATED": _related,
        "X-ABRELATEDNAMES": _related,
        "X-ANDROID-CUSTOM": _android,
    }
    """How each property is taken; others stand in the tables of `words`."""


def _listed(listed: list[str]) -> list[str]:
    """Return *listed*, those of a whole list apart that an older ownCloud wrote as one word."""
    parts = [part.strip() for part in listed[0].split(",")] if len(listed) == 1 else []
    several = len(parts) > 1 and role_stated(listed[0]) is None and any(map(role_stated, parts))
    return parts if several else listed


def _in_one_line(text: str) -> str:
    lines = (line.strip(" ,\t") for line in text.split("\n"))
    return ", ".join(filter(None, lines))


def _words(text: str) -> set[str]:
    return set(fold(text).split())


def _is_visible(text: str) -> bool:
    try:
        checked_name(text[:LONGEST_NAME])
    except WrongField:
        return False
    return True


def _numbered(table: tuple[str, ...], number: str) -> str:
    text = number.strip()
    known = text.isascii() and text.isdecimal() and len(text) < 4 and int(text) < len(table)
    return table[int(text)] if known else ""


def _phone_of_uri(uri: str) -> str:
    """Return the number in a ``tel:`` URI (RFC 3966), with its extension."""
    number, *parameters = unquote(uri).split(";")
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.casefold() == "ext" and value:
            number += f" ext. {value}"
        elif key.casefold() == "phone-context" and value.startswith("+"):
            number = f"{value} {number}"
    return number
