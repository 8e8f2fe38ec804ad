"""The people of a Monica export, found by their uuids, and what they are to each other.

Learnt from Monica's own source. In a relationship, `of_contact` is what the type says and
`contact_is` is whose page it stands on: type "child" makes `of_contact` the child.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from dorf.core.dates import PartialDate
from dorf.errors import N_, DorfError
from dorf.formats.json import Value
from dorf.imports.draft import read_date
from dorf.imports.incoming import Remark
from dorf.values import NamedTuple

REVERSE = {
    "partner": "partner", "spouse": "spouse", "date": "date", "lover": "lover",
    "inlovewith": "lovedby", "lovedby": "inlovewith", "ex": "ex", "ex_husband": "ex_husband",
    "parent": "child", "child": "parent", "stepparent": "stepchild", "stepchild": "stepparent",
    "grandparent": "grandchild", "grandchild": "grandparent", "sibling": "sibling",
    "uncle": "nephew", "nephew": "uncle", "cousin": "cousin",
    "godfather": "godson", "godson": "godfather", "friend": "friend", "bestfriend": "bestfriend",
    "colleague": "colleague", "boss": "subordinate", "subordinate": "boss",
    "mentor": "protege", "protege": "mentor",
}  # fmt: skip
"""Monica's types of relationship, each with what the other one is in return."""

WORDS = {
    "date": "dating", "inlovewith": "in love with", "lovedby": "loved by", "ex": "ex-partner",
    "ex_husband": "ex-husband or ex-wife", "sibling": "brother or sister",
    "uncle": "uncle or aunt", "nephew": "nephew or niece", "godfather": "godparent",
    "godson": "godchild", "bestfriend": "best friend", "protege": "protégé",
}  # fmt: skip
"""How a type reads in the notes, where its own name would not do."""

CHILDREN = ("child", "stepchild")
_OLDER = frozenset({"parent", "stepparent", "grandparent"})
_YOUNGER = frozenset({"child", "stepchild", "grandchild"})
_GROWN_UP = 14
"""Years below which nobody is taken for a parent."""

_SECTIONS = frozenset(
    {"user", "contact", "relationship", "activity", "addressbook", "addressbook_subscription",
     "photo", "document"}
)  # fmt: skip


class Tie(NamedTuple):
    """One relationship: *person* is *kind* to *whom*; both are keys of contacts."""

    person: str
    kind: str
    whom: str

    @property
    def word(self) -> str:
        """The kind as it reads in notes."""
        return WORDS.get(self.kind, self.kind.replace("_", " "))


class Moment(NamedTuple):
    """A special date of Monica: a day, with or without its year, or about a year."""

    day: PartialDate | None = None
    about: int | None = None

    def __str__(self) -> str:
        """Return it as notes say it."""
        return f"about {self.about}" if self.about else str(self.day or "")


def of(value: Value, *keys: str) -> Value:
    """Return a property of *value*: from its ``properties``, else from itself."""
    found = value.at("properties").at(*keys)
    return found if found.raw is not None else value.at(*keys)


def sections(value: Value) -> Iterator[tuple[str, Value]]:
    """Yield each entry of the typed sections of *value*, with its type."""
    for section in value.at("data").each():
        for entry in section.at("values").each():
            yield section.at("type").line, entry


def moment(value: Value) -> Moment:
    """Return what a special date of Monica says."""
    text = value.at("date").text or value.text
    day = read_date(text) if len(text) <= 40 else None
    if day is None:
        return Moment()
    if value.at("is_age_based").flag:
        return Moment(about=day.year)
    if value.at("is_year_unknown").flag:
        return Moment(PartialDate(None, day.month, day.day))
    return Moment(day)


def day_text(value: Value, *keys: str) -> str:
    """Return the day under the first of *keys* that has one, as text."""
    return next((str(day) for key in keys if (day := of(value, key).day())), "")


class Account:
    """The export, with everything in it that is found by its uuid."""

    def __init__(self, root: Value, remarks: list[Remark]) -> None:
        """Sort what *root* holds; what can't be sorted in joins *remarks*."""
        self.root = root
        self.account = root.at("account")
        self.contacts: dict[str, Value] = {}
        self.activities: dict[str, Value] = {}
        self.others: list[tuple[str, Value]] = []
        self._users: list[Value] = []
        self._relationships: list[Value] = []
        self._remarks = remarks
        for kind, entry in sections(self.account):
            self._sort_in(kind, entry)

    def _sort_in(self, kind: str, entry: Value) -> None:
        key = entry.at("uuid").line
        if kind == "contact":
            self.contacts[key if key and key not in self.contacts else entry.place] = entry
        elif kind == "activity":
            self.activities.setdefault(key or entry.place, entry)
        elif kind == "user":
            self._users.append(entry)
        elif kind == "relationship":
            self._relationships.append(entry)
        elif kind not in _SECTIONS:
            self.others.append((kind, entry))

    @cached_property
    def me(self) -> str:
        """The key of the contact who is the owner of the export, if one is."""
        owner = self.root.at("exported_by").line
        mine = [user for user in self._users if user.at("uuid").line == owner] or self._users
        key = of(mine[0], "me_contact").line if len(mine) == 1 else ""
        return key if key in self.contacts else ""

    @cached_property
    def words(self) -> dict[str, Value]:
        """The types of activities, fields and life events, by uuid."""
        return {
            entry.at("uuid").line: entry
            for _, entries in self.account.at("instance").fields()
            for entry in entries.each()
        }

    def word(self, value: Value, *keys: str) -> str:
        """Return the name of the type that *value* names by uuid."""
        entry = self.words.get(of(value, *keys).line)
        if entry is None:
            return ""
        return of(entry, "name").line or of(entry, "translation_key").line.replace("_", " ")

    def name(self, key: str) -> str:
        """Return what a contact is called."""
        contact = self.contacts[key]
        parts = (of(contact, part).line for part in ("first_name", "middle_name", "last_name"))
        return " ".join(part for part in parts if part) or of(contact, "nickname").line

    def birth(self, key: str) -> Moment:
        """Return when a contact was born, as far as it is known."""
        return moment(of(self.contacts[key], "birthdate"))

    @cached_property
    def ties(self) -> dict[str, list[Tie]]:
        """All relationships by the one whose they are, each from both sides."""
        stated = [tie for entry in self._relationships if (tie := self._tie(entry))]
        if sum(map(self._fits, stated)) < 0:  # written the other way round, by other programs
            stated = [Tie(tie.whom, tie.kind, tie.person) for tie in stated]
        found: dict[Tie, None] = {}
        for tie in stated:
            found[tie] = None
            if tie.kind in REVERSE:
                found[Tie(tie.whom, REVERSE[tie.kind], tie.person)] = None
        by_whom: dict[str, list[Tie]] = {}
        for tie in found:
            by_whom.setdefault(tie.whom, []).append(tie)
        return by_whom

    def _tie(self, entry: Value) -> Tie | None:
        whom, person = of(entry, "contact_is").line, of(entry, "of_contact").line
        kind = of(entry, "type", "relationship_type").line
        if person in self.contacts and whom in self.contacts and kind and person != whom:
            return Tie(person, kind, whom)
        what = DorfError(N_("a relationship with somebody who is not in the file; it is left out"))
        self._remarks.append(Remark(entry.place, what))
        return None

    def _fits(self, tie: Tie) -> int:
        """Return 1 if the ages say that *tie* can be so, -1 if they say it can't, else 0."""
        if tie.kind in _OLDER:
            older, younger = tie.person, tie.whom
        elif tie.kind in _YOUNGER:
            older, younger = tie.whom, tie.person
        else:
            return 0
        before, after = self._born(older), self._born(younger)
        exported = self.root.at("export_date").day()
        now = exported.year if exported else 9999
        if before and after and before != after:
            return 1 if before < after else -1
        if after and not before and now - after < _GROWN_UP:
            return 1
        return -1 if before and not after and now - before < _GROWN_UP else 0

    def _born(self, key: str) -> int | None:
        birth = self.birth(key)
        return birth.about or (birth.day.year if birth.day else None)
