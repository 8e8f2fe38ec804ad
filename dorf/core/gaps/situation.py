"""What the gap rules look at: one village on one day, and the questions that rules share.

Precedence between rules (G02 before G03 before G04, G13 before G14 …) is decided here, on the
conditions alone.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dorf.core.tips import MOST_SUGGESTIONS, Tip, fitting, rotate
from dorf.core.vocabulary import Bond, Kind
from dorf.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dorf.core.support import Support
    from dorf.core.tending import Tending
    from dorf.core.village import Child, Contact, Household, Village

CHILD_MONTHS = 144
"""Below this age, in months, a child needs somebody to look after it (DOMAIN.md §4.1)."""

PEERS = frozenset({"friend", "parent_friend", "neighbour", "acquaintance", "colleague"})
"""Main roles of equals, between whom giving and taking is weighed (G13)."""


@dataclass(frozen=True)
class Situation:
    """One village on one day, with what is true of it before any rule speaks."""

    today: date
    village: Village
    support: Support
    tendings: Sequence[Tending]

    @property
    def household(self) -> Household:
        """The household whose village it is."""
        return self.village.household

    @cached_property
    def small_children(self) -> list[Child]:
        """The children from birth up to `CHILD_MONTHS` (u12)."""
        return [c for c in self.household.children if 0 <= self.age(c) < CHILD_MONTHS]

    def age(self, child: Child) -> int:
        """Return the age of *child* in months."""
        return child.age_in_months(self.today)

    @cached_property
    def tending_of(self) -> dict[str, Tending]:
        """The tendings by the uid of their contact."""
        return {tending.contact.uid: tending for tending in self.tendings}

    def matters(self, kind: Kind) -> bool:
        """Tell whether *kind* is looked at: care for children only while there are any."""
        return kind not in {Kind.CHILDCARE, Kind.EMERGENCY} or bool(self.small_children)

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
        """Which of G05, G05:ask, G06 holds, or "" for none."""
        if not self.small_children:
            return ""
        if self.support.nearby_in_emergency:
            return "G06" if len(self.support.nearby_in_emergency) == 1 else ""
        return "G05:ask" if self.place_unknown else "G05"

    @cached_property
    def place_unknown(self) -> list[Contact]:
        """Who could step in at short notice, but nobody noted how far away they live."""
        return [c for c in self.support.warm[Kind.EMERGENCY] if c.where is None]

    def attached_to(self, child: Child) -> list[Contact]:
        """Return the secondary attachment persons of *child*."""
        bond = (child.name, Bond.SECONDARY)
        return [c for c in self.support.active if bond in c.attachment]

    @cached_property
    def peers(self) -> list[Contact]:
        """B: equals for whom give and take is known (G13)."""
        return [
            c
            for c in self.support.outside
            if c.main_role.slug in PEERS
            and not c.kin
            and not c.is_online_only
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
        if taken == given:
            return ""
        return "take" if taken else "give"

    def suggestions(self, tips: Sequence[Tip], first: Sequence[Tip] = ()) -> tuple[Tip, ...]:
        """Return the suggestions of the day among the *tips* that fit the household.

        Those that come *first* stay in front.
        """
        turned = rotate(self._fitting(tips), self.today)
        return (*self._fitting(first), *turned)[:MOST_SUGGESTIONS]

    def _fitting(self, tips: Sequence[Tip]) -> list[Tip]:
        return [tip for tip in tips if fitting(tip, self.household, self.today)]
