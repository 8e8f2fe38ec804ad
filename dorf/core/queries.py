"""Which contacts and encounters a question means: filters, orders and searches."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from dorf.core.spelling import fold
from dorf.core.tending import State, is_resting, newest_contact
from dorf.core.vocabulary import (
    Bond,
    Kind,
    Place,
    Role,
    UnknownWord,
    parse_circle,
    parse_kind,
    parse_place,
    unknown_word,
)
from dorf.errors import N_, UsageFailure
from dorf.values import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dorf.core.assessment import Assessment
    from dorf.core.names import Named
    from dorf.core.tending import Tending
    from dorf.core.village import Child, Contact, Encounter, Village

ORDERS = {"name": "name", "last": "zuletzt, last contact", "due": "fällig, faellig"}


class Selection(NamedTuple):
    """Which contacts a list shows, and in which order; None does not filter."""

    role: Role | None = None
    kind: Kind | None = None
    circle: int | None = None
    place: Place | None = None
    state: State | None = None
    order: str = "name"

    @classmethod
    def parse(  # noqa: PLR0913, PLR0917  (one text per field)
        cls,
        role: str | None,
        kind: str | None,
        circle: str | None,
        place: str | None,
        state: str | None,
        order: str,
    ) -> Selection:
        """Read the texts of a command line; raise `UsageFailure` for unknown words."""
        return cls(
            None if role is None else _role(role),
            None if kind is None else parse_kind(kind),
            None if circle is None else parse_circle(circle),
            None if place is None else parse_place(place),
            None if state is None else parse_state(state),
            parse_order(order),
        )

    def fits(self, tending: Tending) -> bool:
        """Tell whether a contact belongs on the list; the past only when it was asked for."""
        contact = tending.contact
        return (
            (self.role is None or self.role in contact.roles)
            and (self.kind is None or self.kind in contact.kinds())
            and (self.circle is None or self.circle == contact.closeness)
            and (self.place is None or self.place is contact.where)
            and (tending.state is self.state if self.state else tending.state is not State.ENDED)
        )


class ChildView(NamedTuple):
    """A village as a child of the household sees it."""

    child: Child
    bonds: tuple[tuple[Bond, Contact], ...]
    """Who is there for it, the primary attachment persons first."""
    same_age: tuple[Contact, ...]
    """Who has a child of about its age, as G10 counts it; no tie that costs strength."""
    pickup: tuple[Contact, ...]
    """Who may pick it up and is not far, the nearest first; no tie that costs strength."""


def child_called(name: str, children: Iterable[Child], people: Iterable[Named]) -> Child | None:
    """Return the child of the household that *name* means, unless somebody is called so."""
    from dorf.core.names import find

    called = fold(name)
    if called and not find(name, people, whole=True):
        return next((child for child in children if fold(child.name) == called), None)
    return None


def view_of(child: Child, assessment: Assessment) -> ChildView:
    """Return who is there for *child*, who is of its age, and who may pick it up."""
    from dorf.core.gaps.ties import same_age  # few commands need the rules
    from dorf.core.support import by_name

    present = by_name(assessment.support.present)
    bonds = [
        (dict(c.attachment)[child.name], c) for c in present if child.name in dict(c.attachment)
    ]
    easy = [contact for contact in present if not contact.strained]
    peers = {contact.uid for contact in same_age(assessment.situation, child)}
    may = [c for c in easy if c.pickup and c.trusted is not False and c.where in _REACHABLE]
    return ChildView(
        child,
        tuple(sorted(bonds, key=lambda pair: pair[0] is not Bond.PRIMARY)),
        tuple(contact for contact in easy if contact.uid in peers),
        tuple(sorted(may, key=lambda contact: _REACHABLE.index(contact.where))),
    )


_REACHABLE = (Place.HOUSEHOLD, Place.NEAR, None)
"""Places from which somebody can pick up a child; None is not known."""


def _role(text: str) -> Role:
    from dorf.core.sayings.roles import parse_role  # most questions name no role

    return parse_role(text)


class Part(NamedTuple):
    """Which part of a village leaves it; what is empty does not filter."""

    role: Role | None = None
    circle: int | None = None
    uids: frozenset[str] = frozenset()

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Part()

    def of(self, village: Village) -> Village:
        """Return those who were asked for, with what they were part of; a part has no household."""
        from dorf.core.village import Village  # reminders, which count, do without it

        if self.everything:
            return village
        contacts = tuple(contact for contact in village.contacts if self._holds(contact))
        uids = {contact.uid for contact in contacts}
        encounters = tuple(
            replace(encounter, contacts=people)
            for encounter in village.encounters
            if (people := tuple(uid for uid in encounter.contacts if uid in uids))
        )
        return Village(contacts=contacts, touches=village.touches, encounters=encounters)

    def _holds(self, contact: Contact) -> bool:
        return (
            (self.role is None or self.role in contact.roles)
            and (self.circle is None or self.circle == contact.closeness)
            and (not self.uids or contact.uid in self.uids)
        )


def parse_count(text: str, most: int) -> int:
    """Return the number from 1 to *most* that *text* gives; raise `UsageFailure` otherwise."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
    if not 1 <= number <= most:
        raise UsageFailure(N_("“{text}” is not a number from 1 to {most}."), text=text, most=most)
    return number


def parse_order(text: str) -> str:
    """Return the order of a list that *text* names, in either language."""
    for order, words in ORDERS.items():
        if fold(text) in {fold(word) for word in (order, *words.split(","))}:
            return order
    raise UsageFailure(
        N_("“{text}” is not an order. Orders: {choices}."), text=text, choices=", ".join(ORDERS)
    )


STATE_WORDS = {
    State.ENDED: "ended, früher, beendet",
    State.PAUSED: "paused, Pause",
    State.UNTRACKED: "untracked, ohne Erinnerung",
    State.PLANNED: "planned, verabredet",
    State.COOLING: "cooling, kalt",
    State.OVERDUE: "overdue, lange nichts gehört",
    State.DUE: "due, mal wieder, mal wieder melden",
    State.SOON: "soon, bald, bald wieder",
    State.FRESH: "fresh, in Verbindung",
}


def parse_state(text: str) -> State:
    """Return the state that *text* names, in either language."""
    for state, words in STATE_WORDS.items():
        if fold(text) in {fold(word) for word in words.split(",")}:
            return state
    raise unknown_word("state", text, ", ".join(State))


def select(tendings: Iterable[Tending], wanted: Selection) -> list[Tending]:
    """Return the contacts that fit, by name, by oldest contact or by due day."""
    keys: dict[str, Callable[[Tending], object]] = {
        "name": lambda _: "",
        "last": lambda tending: tending.last_contact or date.min,
        "due": lambda tending: tending.due or date.max,
    }
    order = keys[wanted.order]
    fitting = [tending for tending in tendings if wanted.fits(tending)]
    return sorted(fitting, key=lambda t: (order(t), fold(t.contact.name), t.contact.name))


class Wanted(NamedTuple):
    """What somebody is looking for: a kind of support, a skill, a thing."""

    text: str
    kind: Kind | None = None
    is_named: bool = False
    """Whether it is a kind by its own name; anything else may stand in words as well."""

    @classmethod
    def parse(cls, text: str) -> Wanted:
        """Read a kind, a word for what is handed on, or anything else; refuse an empty text."""
        if not fold(text):
            raise UsageFailure(N_("Please say what you are looking for."))
        if fold(text) in {fold(word) for word in _HANDED_ON.split(", ")}:
            return cls(text, Kind.MATERIAL, is_named=False)
        try:
            return cls(text, parse_kind(text), is_named=True)
        except UnknownWord:
            return cls(text)

    @property
    def in_log(self) -> bool:
        """Whether the log of what was given and lent may know it."""
        return self.kind in {None, Kind.MATERIAL}


_HANDED_ON = (
    "Kinderkleidung, Kinderkleider, Kinderklamotten, Kindersachen, Babykleidung, Babysachen, "
    "Kleidung, Kleider, Klamotten, Spielzeug, Spielsachen, hand-me-downs, hand-me-down, "
    "baby clothes, kids clothes, children's clothes, clothes, toys"
)
"""What families hand on to each other: it counts as things (`Kind.MATERIAL`)."""


class Match(NamedTuple):
    """Why somebody is an answer: a skill, a line of the notes, an encounter, or the kind alone."""

    skill: str = ""
    note: str = ""
    encounter: Encounter | None = None


class Rank(StrEnum):
    """How soon somebody is an answer: who is nearest first, whom one does not ask last."""

    NEAR = "near"
    HOUSEHOLD = "household"
    UNKNOWN = "unknown"
    FAR = "far"
    COLD = "cold"
    STRAINED = "strained"

    @property
    def at_hand(self) -> bool:
        """Whether somebody may be asked at once."""
        return self in {Rank.NEAR, Rank.HOUSEHOLD, Rank.UNKNOWN}


class Answer(NamedTuple):
    """Somebody who can help, why, and how soon."""

    tending: Tending
    match: Match
    rank: Rank


def who_can(
    tendings: Iterable[Tending], wanted: Wanted, today: date, log: Iterable[Encounter] = ()
) -> list[Answer]:
    """Return who gives the kind that is *wanted*, or of whom words say so, the nearest first.

    Among those who are as near, whoever has a number and is trusted comes first. *log* are the
    encounters, oldest first, in which such a thing was received.
    """
    known = list(tendings)
    resting = is_resting(newest_contact(known, today), today)
    received = {uid: encounter for encounter in log for uid in encounter.contacts}
    found = []
    for tending in known:
        contact = tending.contact
        if tending.state in {State.ENDED, State.PAUSED}:
            continue
        match = _match(contact, wanted, received.get(contact.uid))
        if match != Match() or (wanted.kind and wanted.kind in contact.kinds()):
            found.append(Answer(tending, match, _rank(tending, resting=resting)))
    return sorted(found, key=_nearest_first)


def _rank(tending: Tending, *, resting: bool) -> Rank:
    contact = tending.contact
    if contact.strained:
        return Rank.STRAINED
    if tending.expired or (tending.state is State.COOLING and not resting):
        return Rank.COLD
    return Rank(contact.where.value) if contact.where else Rank.UNKNOWN


def _nearest_first(answer: Answer) -> tuple[int, bool, bool, str, str]:
    contact = answer.tending.contact
    place = list(Rank).index(answer.rank)
    return place, not contact.phones, not contact.trusted, fold(contact.name), contact.name


def _match(contact: Contact, wanted: Wanted, received: Encounter | None) -> Match:
    skill = next((s for s in contact.skills if holds(s, wanted.text)), "")
    lines = [] if wanted.is_named else (contact.notes or "").split("\n")
    note = next((line.strip() for line in lines if holds(line, wanted.text)), "")
    return Match(skill, note, received)


MOST_PIECES = 3
"""Pieces of a text that are looked for before its spellings are compared."""


def holds(haystack: str, text: str) -> bool:
    """Tell whether *text* occurs in *haystack*, in any spelling."""
    return bool(text.strip()) and (
        fold(text) in fold(haystack) or text.casefold() in haystack.casefold()
    )


def pieces_of(text: str) -> list[str]:
    """Return what every text of plain letters holds in lower case if it holds *text*.

    They are the longest pieces of the key between blanks, and between the vowels after which an
    "e" may have been dropped: a quick look before `holds`.
    """
    pieces = dict.fromkeys(re.split("(?<=[aou])|\\s+", fold(text)))
    return sorted(pieces, key=len, reverse=True)[:MOST_PIECES]
