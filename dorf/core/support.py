"""Who covers what: P, W and O per kind, and the measures M1–M11 (DOMAIN.md §3b)."""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from dorf.core.tending import State
from dorf.core.vocabulary import CORE6, KINDS, Kind, Place, Source
from dorf.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dorf.core.tending import Tending
    from dorf.core.village import Contact

IN_TOUCH = frozenset({State.FRESH, State.SOON, State.PLANNED})


class Sureness(IntEnum):
    """How sure it is that somebody gives a kind of support; the surest first."""

    NOTED = 0
    ASSUMED = 1
    COLD = 2
    """It is noted or assumed, but the line has gone cold."""


MIN_BLANK = 3
"""From so many blank contacts on a village may be unsorted (DOMAIN.md §3.4, Q2)."""


@dataclass(frozen=True)
class Support:
    """The present contacts of a village and what each can give, in the order of the file."""

    present: tuple[Contact, ...]
    """Whoever counts: active, and the role not over."""
    outside: tuple[Contact, ...]
    """Those of them who live elsewhere."""
    potential: dict[Kind, list[Contact]]
    """P: whoever could give a kind."""
    warm: dict[Kind, list[Contact]]
    """W: the part of P whose line is warm."""
    tendings: dict[str, Tending]
    """Where each present contact stands, by uid."""

    @classmethod
    def of(cls, tendings: Sequence[Tending], *, resting: bool) -> Support:
        """Sort the present contacts by the kinds that they can give.

        While the log is *resting* no line counts as cold: what was not typed may have happened.
        """
        potential: dict[Kind, list[Contact]] = {kind: [] for kind in KINDS}
        warm: dict[Kind, list[Contact]] = {kind: [] for kind in KINDS}
        known: dict[str, Tending] = {}
        for tending in tendings:
            if not tending.present:
                continue
            contact = tending.contact
            known[contact.uid] = tending
            for kind in contact.kinds():
                potential[kind].append(contact)
                if resting or tending.state is not State.COOLING:
                    warm[kind].append(contact)
        present = tuple(tending.contact for tending in known.values())
        outside = tuple(c for c in present if c.where is not Place.HOUSEHOLD)
        return cls(present, outside, potential, warm, known)

    def from_outside(self, kind: Kind) -> list[Contact]:
        """Return O: the warm contacts for *kind* who live elsewhere."""
        return [c for c in self.warm[kind] if c.where is not Place.HOUSEHOLD]

    def cold(self, kind: Kind) -> list[Contact]:
        """Return who could give *kind* if the line had not gone cold; no strained tie."""
        warm = {contact.uid for contact in self.warm[kind]}
        return [c for c in self.potential[kind] if c.uid not in warm and not c.strained]

    def givers(self, kind: Kind) -> list[tuple[Sureness, Contact]]:
        """Return who could give *kind*, the surest first."""
        found = [(Sureness.ASSUMED if c.assumed else Sureness.NOTED, c) for c in self.warm[kind]]
        warm = {contact.uid for contact in self.warm[kind]}
        found += [(Sureness.COLD, c) for c in self.potential[kind] if c.uid not in warm]
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
    def scarce_kinds(self) -> dict[str, list[Kind]]:
        """By uid of a cold line, the core6 kinds for which fewer than two are warm (§3.5)."""
        scarce: dict[str, list[Kind]] = {}
        for kind in CORE6:
            for contact in self.cold(kind) if len(self.warm[kind]) < 2 else ():
                scarce.setdefault(contact.uid, []).append(kind)
        return scarce

    @cached_property
    def nearby(self) -> list[Contact]:
        """M7, E: who can step in at short notice and is soon there.

        At home that is somebody who may fetch the child and is not the partner.
        """
        return [c for c in self._at_short_notice if c.where is Place.NEAR or _at_home(c)]

    @cached_property
    def place_unknown(self) -> list[Contact]:
        """U: who could step in at short notice, but nobody noted how far away they live."""
        return [c for c in self._at_short_notice if c.where is None]

    @property
    def _at_short_notice(self) -> list[Contact]:
        return [c for c in self.warm[Kind.EMERGENCY] if not c.strained]

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
        """M5: who carries the most, if that is half or more; nobody while there is little (G15)."""
        total, most = sum(self.load.values()), max(self.load.values(), default=0)
        if len(self.load) < 3 or total < 6 or 2 * most < total:
            return []
        return [c for c in self.outside if self.load.get(c.uid) == most]

    @cached_property
    def blank(self) -> list[Contact]:
        """Who is a name and no more: no role, and nothing stated of what they give (Q2)."""
        return [
            c
            for c in self.outside
            if c.gives is None and all(role.slug == "other" for role in c.roles)
        ]

    @cached_property
    def unsorted(self) -> bool:
        """Whether so many are blank that what the village gives is unknown, not missing."""
        return len(self.blank) >= MIN_BLANK and 2 * len(self.blank) >= len(self.outside)

    @cached_property
    def noted(self) -> list[Contact]:
        """The outside contacts of whom more is known than a name."""
        blank = {contact.uid for contact in self.blank}
        return [contact for contact in self.outside if contact.uid not in blank]

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
        """How many present contacts each of the eight groups has, in their order."""
        counted = dict.fromkeys(Source, 0)
        for contact in self.present:
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
    def helpers_at_home(self) -> int:
        """How many people at home help who are not the partner."""
        return sum(
            c.where is Place.HOUSEHOLD and c.main_role.slug != "partner" for c in self.present
        )

    @cached_property
    def in_touch(self) -> tuple[int, int]:
        """M11: of those with a rhythm and a note, how many one is in touch with, and how many."""
        states = [t.state for t in self.tendings.values() if t.cadence and t.recorded]
        return sum(state in IN_TOUCH for state in states), len(states)

    @cached_property
    def unrecorded(self) -> list[Contact]:
        """Q1: of whom nothing is noted yet, in order of name."""
        found = (t for t in self.tendings.values() if t.state is State.UNRECORDED and not t.hidden)
        return by_name(t.contact for t in found)


def by_name(contacts: Iterable[Contact]) -> list[Contact]:
    """Return *contacts* in order of name, as sentences name them (DOMAIN.md §4.1)."""
    return sorted(contacts, key=lambda contact: (contact.name.casefold(), contact.name))


def _at_home(contact: Contact) -> bool:
    """Tell whether somebody of the household counts for emergencies."""
    at_home = contact.where is Place.HOUSEHOLD and contact.main_role.slug != "partner"
    return at_home and contact.pickup is True
