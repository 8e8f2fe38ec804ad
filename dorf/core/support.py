"""Who covers what: P, W and O per kind, and the measures M1–M11 (DOMAIN.md §3b)."""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from dorf.core.tending import State
from dorf.core.vocabulary import CORE6, KINDS, Kind, Place, Source
from dorf.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.core.tending import Tending
    from dorf.core.village import Contact

TRACKED = frozenset(
    {State.FRESH, State.SOON, State.PLANNED, State.DUE, State.OVERDUE, State.COOLING}
)
IN_TOUCH = frozenset({State.FRESH, State.SOON, State.PLANNED})


class Sureness(IntEnum):
    """How sure it is that somebody gives a kind of support; the surest first."""

    NOTED = 0
    ASSUMED = 1
    COLD = 2
    """It is noted or assumed, but the line has gone cold."""


@dataclass(frozen=True)
class Support:
    """The active contacts of a village and what each can give, in the order of the file."""

    active: tuple[Contact, ...]
    outside: tuple[Contact, ...]
    potential: dict[Kind, list[Contact]]
    """P: whoever could give a kind."""
    warm: dict[Kind, list[Contact]]
    """W: the part of P whose line is warm."""
    states: dict[str, State]
    """The state of each active contact, by uid."""

    @classmethod
    def of(cls, tendings: Sequence[Tending]) -> Support:
        """Sort the active contacts by the kinds that they can give."""
        potential: dict[Kind, list[Contact]] = {kind: [] for kind in KINDS}
        warm: dict[Kind, list[Contact]] = {kind: [] for kind in KINDS}
        active, outside = [], []
        states: dict[str, State] = {}
        for tending in tendings:
            if tending.state is State.ENDED or tending.state is State.PAUSED:
                continue
            contact = tending.contact
            active.append(contact)
            states[contact.uid] = tending.state
            if contact.where is not Place.HOUSEHOLD:
                outside.append(contact)
            for kind in contact.kinds():
                potential[kind].append(contact)
                if tending.state is not State.COOLING:
                    warm[kind].append(contact)
        return cls(tuple(active), tuple(outside), potential, warm, states)

    def from_outside(self, kind: Kind) -> list[Contact]:
        """Return O: the warm contacts for *kind* who live elsewhere."""
        return [c for c in self.warm[kind] if c.where is not Place.HOUSEHOLD]

    def cold(self, kind: Kind) -> list[Contact]:
        """Return who could give *kind* if the line had not gone cold."""
        return [c for c in self.potential[kind] if self.states[c.uid] is State.COOLING]

    def givers(self, kind: Kind) -> list[tuple[Sureness, Contact]]:
        """Return who could give *kind*, the surest first."""
        found = [(Sureness.ASSUMED if c.assumed else Sureness.NOTED, c) for c in self.warm[kind]]
        found += [(Sureness.COLD, c) for c in self.cold(kind)]
        return sorted(found, key=lambda entry: entry[0])

    @property
    def shown(self) -> list[Kind]:
        """The kinds of which a report tells who gives them: the last two only if anybody does."""
        extra = {Kind.MATERIAL, Kind.SKILL}
        return [kind for kind in Kind if kind not in extra or self.potential[kind]]

    @cached_property
    def sole_kinds(self) -> dict[str, list[Kind]]:
        """M4: by uid, the core6 kinds that only this contact could give."""
        sole: dict[str, list[Kind]] = {}
        for kind in CORE6:
            if len(self.potential[kind]) == 1:
                sole.setdefault(self.potential[kind][0].uid, []).append(kind)
        return sole

    @cached_property
    def nearby_in_emergency(self) -> list[Contact]:
        """M7, E: who can step in at short notice and lives near."""
        return [c for c in self.warm[Kind.EMERGENCY] if c.where is Place.NEAR]

    @cached_property
    def load(self) -> dict[str, int]:
        """M5, w: by uid, how many core6 kinds an outside contact carries now (zeros left out)."""
        load: dict[str, int] = {}
        for kind in CORE6:
            for contact in self.from_outside(kind):
                load[contact.uid] = load.get(contact.uid, 0) + 1
        return load

    @cached_property
    def carrying_most(self) -> list[Contact]:
        """M5: who carries half of it all or more; nobody while there is little to carry (G15)."""
        total = sum(self.load.values())
        if len(self.load) < 3 or total < 6:
            return []
        return [c for c in self.outside if 2 * self.load.get(c.uid, 0) >= total]

    @cached_property
    def informal(self) -> list[Contact]:
        """M8, V: outside contacts who are not paid or organised."""
        return [c for c in self.outside if not c.main_role.formal]

    @cached_property
    def online(self) -> tuple[int, int]:
        """M8: how many of the informal contacts are online only, and how many there are."""
        return sum(c.is_online_only for c in self.informal), len(self.informal)

    @cached_property
    def formal(self) -> tuple[int, int]:
        """M9: how many of the outside contacts are paid or organised, and how many there are."""
        return len(self.outside) - len(self.informal), len(self.outside)

    @cached_property
    def sources(self) -> dict[Source, int]:
        """M10: how many outside contacts each of the eight groups has, in their order."""
        counted = dict.fromkeys(Source, 0)
        for contact in self.outside:
            counted[contact.main_role.source] += 1
        return counted

    @cached_property
    def size(self) -> int:
        """M1: outside contacts that are not online communities."""
        return sum(c.main_role.slug != "online_community" for c in self.outside)

    @cached_property
    def bus_factor(self) -> int:
        """M3, B: how many can drop out before some core6 kind is empty."""
        return min(len(self.warm[kind]) for kind in CORE6)

    @cached_property
    def thin(self) -> dict[Kind, int]:
        """The core6 kinds that rest on the fewest people, with how many that are."""
        most = max(1, self.bus_factor)
        return {kind: n for kind in CORE6 if (n := len(self.warm[kind])) <= most}

    @cached_property
    def effective_helpers(self) -> float:
        """M5, N_eff: the inverse Simpson index of the load; 0 when nobody carries anything."""
        loads = self.load.values()
        return sum(loads) ** 2 / sum(w * w for w in loads) if loads else 0.0

    @cached_property
    def in_touch(self) -> tuple[int, int]:
        """M11: how many of the tracked contacts one is in touch with, and how many there are."""
        states = [state for state in self.states.values() if state in TRACKED]
        return sum(state in IN_TOUCH for state in states), len(states)
