"""What the gap rules look at: one village on one day, and the questions that rules share.

Precedence between rules (G02 before G03 before G04, G25 before G05, G13 before G14 …) is decided
here, on the conditions alone.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dorf.core.gaps.finding import Left
from dorf.core.support import by_name
from dorf.core.vocabulary import CORE6, NEEDS_TRUST, Bond, Kind, Place
from dorf.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dorf.core.support import Support
    from dorf.core.tending import Tending
    from dorf.core.village import Child, Contact, Household, Village

CHILD_MONTHS = 144
"""Below this age, in months, a child needs somebody to look after it (DOMAIN.md §4.1)."""

BIRTH_DAYS = 120
"""How long before a birth one plans for it, in days (G25, convention)."""

MOST_ASKED = 3
"""How many people one sentence proposes to ask (DOMAIN.md §4.1)."""

PEERS = frozenset({"friend", "parent_friend", "neighbour", "acquaintance", "colleague"})
"""Main roles of equals, between whom giving and taking is weighed (G13)."""


@dataclass(frozen=True)
class Situation:
    """One village on one day, with what is true of it before any rule speaks."""

    today: date
    village: Village
    support: Support
    tendings: Sequence[Tending]
    single_parent: bool
    """As noted, but for somebody who mourns the partner (DOMAIN.md §4.6)."""
    resting: bool
    mourned: tuple[Contact, ...] = ()

    @property
    def household(self) -> Household:
        """The household whose village it is."""
        return self.village.household

    def age(self, child: Child) -> int:
        """Return the age of *child* in months."""
        return child.age_in_months(self.today)

    def aged(self, least: int, below: int) -> list[Child]:
        """Return the children from *least* up to *below* months, in the order of the household."""
        return [c for c in self.household.children if least <= self.age(c) < below]

    @cached_property
    def small_children(self) -> list[Child]:
        """The children from birth up to `CHILD_MONTHS` (u12)."""
        return self.aged(0, CHILD_MONTHS)

    @cached_property
    def youngest(self) -> int | None:
        """The age of the youngest child that is born, in months."""
        return min((a for c in self.household.children if (a := self.age(c)) >= 0), default=None)

    @cached_property
    def expecting(self) -> bool:
        """Whether a child is due within `BIRTH_DAYS`."""
        return any(
            self.age(child) < 0 and (_birth(child) - self.today).days <= BIRTH_DAYS
            for child in self.household.children
        )

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The core6 kinds that matter: those of care only while there are small children."""
        return tuple(kind for kind in CORE6 if self.matters(kind))

    def matters(self, kind: Kind) -> bool:
        """Tell whether *kind* is looked at: care for children only while there are any."""
        return kind not in NEEDS_TRUST or bool(self.small_children)

    @cached_property
    def size(self) -> int:
        """How many there are around the parents: n of DOMAIN.md §4.1."""
        return self.support.size + self.support.helpers_at_home

    def cover(self, kind: Kind) -> str:
        """Return which of G02, G03, G04 holds for *kind*, or "" for none."""
        warm = self.support.warm[kind]
        if not self.matters(kind):
            return ""
        if not warm:
            return "G02"
        if not self.support.from_outside(kind):
            return "G03"
        return "G04" if len(warm) == 1 else ""

    @cached_property
    def nearby(self) -> str:
        """Which of G05, G05:ask, G06 holds, or "" for none; G25 is not looked at."""
        if not self.small_children:
            return ""
        if self.support.nearby:
            return "G06" if len(self.support.nearby) == 1 else ""
        return "G05:ask" if self.support.place_unknown else "G05"

    @cached_property
    def birth(self) -> int:
        """The severity of G25, or 0: whether nobody is with the children while one is born."""
        if not (self.expecting and self.small_children):
            return 0
        if any(not c.strained and _could_stay(c) for c in self.support.potential[Kind.EMERGENCY]):
            return 0
        return 1 if self.support.place_unknown else 3

    def weight(self, severity: int) -> int:
        """Return the *severity*; 1 while what the many blank names could give is unknown (Q2)."""
        return 1 if self.support.unsorted else severity

    @cached_property
    def askable(self) -> list[Contact]:
        """Who may be asked for help at short notice, in the order of asking (DOMAIN.md §4.1)."""
        near = {contact.uid for contact in self.support.nearby}
        found = [c for c in self.support.outside if _may_be_asked(c) and c.uid not in near]
        return self.in_order_of_asking(found)

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of those whom a sentence proposes to ask."""
        return tuple(contact.name for contact in self.askable[:MOST_ASKED])

    @property
    def helped_already(self) -> bool:
        """Whether the household helps the first of those who may be asked."""
        return bool(self.askable) and _gets_care(self.askable[0])

    @staticmethod
    def in_order_of_asking(contacts: Iterable[Contact]) -> list[Contact]:
        """Return *contacts*, those first whom it is easiest to ask."""
        return sorted(by_name(contacts), key=_reluctance)

    def left_without(self, gone: Collection[str]) -> tuple[Left, ...]:
        """Return the kinds that hang on one person or on nobody without those uids."""
        found = []
        for kind in self.kinds:
            warm = self.support.warm[kind]
            left = [c for c in warm if c.uid not in gone]
            if len(left) < len(warm) and len(left) <= 1:
                found.append(Left(kind, tuple(c.name for c in left)))
        return tuple(found)

    def attached_to(self, child: Child) -> list[Contact]:
        """Return the secondary attachment persons of *child*."""
        bond = (child.name, Bond.SECONDARY)
        return [c for c in self.support.present if bond in c.attachment]

    @cached_property
    def peers(self) -> list[Contact]:
        """B: equals for whom give and take is known (G13)."""
        return [
            c
            for c in self.support.outside
            if c.main_role.slug in PEERS
            and not (c.kin or c.is_online_only or c.strained)
            and (self.helped(c) or (c.gives is not None and c.gets is not None))
        ]

    def helped(self, contact: Contact) -> bool:
        """Tell whether *contact* appears in the help log at all."""
        touch = self.village.touch(contact)
        return touch.ever_in or touch.ever_out

    @cached_property
    def one_way(self) -> str:
        """Whether the whole village only takes or only gives (G13): "take", "give" or ""."""
        if len(self.peers) < 3:
            return ""
        touches = [self.village.touch(c) for c in self.peers]
        taken = any(c.gives for c in self.peers) or any(t.ever_in for t in touches)
        given = any(c.gets for c in self.peers) or any(t.ever_out for t in touches)
        if taken and not given:
            return "" if self.newborn else "take"
        return "give" if 3 * len(self.only_given) >= 2 * len(self.peers) else ""

    @cached_property
    def only_given(self) -> list[Contact]:
        """The equals who get help, and of whom none is noted (G13)."""
        return [c for c in self.peers if self._only_gets(c)]

    def _only_gets(self, contact: Contact) -> bool:
        touch = self.village.touch(contact)
        gets = contact.gets or touch.recent_out
        return bool(gets) and not (contact.gives or touch.recent_in)

    @property
    def newborn(self) -> bool:
        """Whether the youngest child is under six months: nobody has to give then."""
        return self.youngest is not None and self.youngest < 6

    @property
    def baby(self) -> bool:
        """Whether the youngest child is under a year."""
        return self.youngest is not None and self.youngest < 12


def _birth(child: Child) -> date:
    """Return the day of a birth, the first of the month where only that is known."""
    assert child.born.year is not None  # noqa: S101  (a child has one)
    return date(child.born.year, child.born.month, child.born.day or 1)


def _could_stay(contact: Contact) -> bool:
    """Tell whether somebody is soon there, or at home and not the partner, who is needed."""
    at_home = contact.where is Place.HOUSEHOLD and contact.main_role.slug != "partner"
    return contact.where is Place.NEAR or at_home


def _may_be_asked(contact: Contact) -> bool:
    role = contact.main_role
    unfit = role.formal or role.group or role.slug == "coparent" or contact.is_online_only
    refused = contact.strained or contact.trusted is False or contact.gives == frozenset()
    return contact.where is Place.NEAR and not (unfit or refused)


def _gets_care(contact: Contact) -> bool:
    return bool(NEEDS_TRUST & (contact.gets or frozenset()))


_EASY = ("parent_friend", "friend", "godparent")
"""Main roles of those who are asked first, besides those whom one helps already."""


def _reluctance(contact: Contact) -> int:
    """Return how late somebody is asked: whom one helps first, kin after friends (§4.1)."""
    slug = contact.main_role.slug
    if _gets_care(contact):
        return -1
    if slug in _EASY:
        return _EASY.index(slug)
    return 3 if contact.kin else 4 if slug == "neighbour" else 5
