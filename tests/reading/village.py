"""A village as the domain page has it: who counts, and the measures of §3b that rules look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from tests.reading.people import (
    CORE6,
    KINDS,
    Contact,
    age,
    by_name,
    effective_status,
    filled,
    gives,
    is_formal,
    is_group,
    is_kin,
    main_role,
    state,
)


@dataclass
class Village:
    """What the rules may look at; names as on the page where it has any."""

    today: date
    household: dict[str, Any]
    people: list[Contact]
    rests: bool | None = None
    """Whether the log rests, where that is taken from another village (§4.6)."""

    def of(self, people: list[Contact], **household: Any) -> Village:
        """Return the village with other people and the same log."""
        return replace(
            self, people=people, household=self.household | household, rests=self.resting
        )

    @cached_property
    def resting(self) -> bool:
        """Whether nothing has been noted for more than 28 days."""
        if self.rests is not None:
            return self.rests
        days = [min(date.fromisoformat(c["last"]), self.today) for c in self.people if c["last"]]
        return bool(days) and (self.today - max(days)).days > 28

    @cached_property
    def states(self) -> dict[str, str]:
        """The state of everybody."""
        return {c["name"]: state(c, self.today) for c in self.people}

    @cached_property
    def not_ended(self) -> list[Contact]:
        """Whoever has not left."""
        return [c for c in self.people if effective_status(c, self.today) != "ended"]

    @cached_property
    def active(self) -> list[Contact]:
        """Whoever neither left nor pauses; the role may be over."""
        return [c for c in self.people if effective_status(c, self.today) == "active"]

    @cached_property
    def present(self) -> list[Contact]:
        """Active and not expired."""
        return [c for c in self.active if not self.is_expired(c)]

    def is_expired(self, c: Contact) -> bool:
        """Tell whether the role of an active contact is over."""
        return c["until"] is not None and date.fromisoformat(c["until"]) < self.today

    @cached_property
    def outside(self) -> list[Contact]:
        """Present, and not of the household."""
        return [c for c in self.present if c["where"] != "household"]

    @cached_property
    def mourned(self) -> list[Contact]:
        """Whoever died within the last 60 days (§4.6)."""
        dead = [c for c in self.people if c["died_on"]]
        return [c for c in dead if 0 <= (self.today - date.fromisoformat(c["died_on"])).days < 60]

    @cached_property
    def blank(self) -> list[Contact]:
        """Of whom nothing but a name is known (Q2)."""
        return [c for c in self.outside if set(c["roles"]) == {"other"} and c["gives"] is None]

    @cached_property
    def unsorted(self) -> bool:
        """Whether too many are blank."""
        return len(self.blank) >= 3 and 2 * len(self.blank) >= len(self.outside)

    @cached_property
    def can(self) -> dict[str, list[Contact]]:
        """P: who can give which kind."""
        return {kind: [c for c in self.present if kind in gives(c)] for kind in KINDS}

    def is_warm(self, c: Contact) -> bool:
        """Tell whether the line of a present contact is warm."""
        return self.resting or self.states[c["name"]] != "cooling"

    @cached_property
    def warm(self) -> dict[str, list[Contact]]:
        """W: the warm part of P."""
        return {kind: [c for c in self.can[kind] if self.is_warm(c)] for kind in KINDS}

    def cold(self, kind: str) -> list[Contact]:
        """Return those of P without W and without the strained."""
        return [c for c in self.can[kind] if c not in self.warm[kind] and not c["strained"]]

    @cached_property
    def size(self) -> int:
        """M1."""
        return sum(main_role(c) != "online_community" for c in self.outside)

    @cached_property
    def n(self) -> int:
        """The size with those at home who are no partner (§4.1)."""
        home = [c for c in self.present if c["where"] == "household"]
        return self.size + sum(main_role(c) != "partner" for c in home)

    @cached_property
    def weights(self) -> list[tuple[int, Contact]]:
        """M5: how many core kinds each one outside carries."""
        return [(sum(c in self.warm[kind] for kind in CORE6), c) for c in self.outside]

    @cached_property
    def reach(self) -> list[Contact]:
        """M7, E: who could step in at once."""
        helpers = [c for c in self.warm["emergency"] if not c["strained"]]
        return [c for c in helpers if c["where"] == "near" or (self.is_home(c) and c["pickup"])]

    def is_home(self, c: Contact) -> bool:
        """Tell whether somebody lives in the household and is no partner."""
        return c["where"] == "household" and main_role(c) != "partner"

    @cached_property
    def maybe(self) -> list[Contact]:
        """U: who might live near."""
        helpers = [c for c in self.warm["emergency"] if not c["strained"]]
        return [c for c in helpers if c["where"] is None]

    @cached_property
    def informal(self) -> list[Contact]:
        """M8, V: outside and not formal."""
        return [c for c in self.outside if not is_formal(c)]

    @cached_property
    def children(self) -> list[tuple[str, int, str]]:
        """Name, age in months and birth of each child."""
        children = self.household.get("children") or []
        return [(c["name"], age(c["born"], self.today), c["born"]) for c in children]

    @cached_property
    def u12(self) -> list[str]:
        """The names of born children under twelve."""
        return [name for name, months, _ in self.children if 0 <= months < 144]

    @cached_property
    def youngest(self) -> int | None:
        """The age of the youngest born child."""
        return min((months for _, months, _ in self.children if months >= 0), default=None)

    @cached_property
    def is_due(self) -> bool:
        """Whether a child is due within 120 days."""
        due = [born if len(born) > 7 else f"{born}-01" for _, m, born in self.children if m < 0]
        return any(date.fromisoformat(day) <= self.today + timedelta(120) for day in due)

    @cached_property
    def single_parent(self) -> bool:
        """Whether the household has one parent."""
        return bool(self.household.get("single_parent"))

    @cached_property
    def askable(self) -> list[Contact]:
        """Whom one may ask for help in an emergency, in the order of asking (§4.1)."""
        people = [c for c in self.outside if c["where"] == "near" and c not in self.reach]
        people = [c for c in people if not c["online_only"] and not c["strained"]]
        people = [c for c in people if not is_formal(c) and not is_group(c)]
        people = [c for c in people if main_role(c) != "coparent" and c["trusted"] is not False]
        return sorted((c for c in people if c["gives"] != []), key=asking_order)


def asking_order(c: Contact) -> tuple[int, tuple[str, str]]:
    """Return the place in the order of asking."""
    classes = [
        bool({"childcare", "emergency"} & set(c["gets"] or ())),
        main_role(c) == "parent_friend",
        main_role(c) == "friend",
        main_role(c) == "godparent",
        is_kin(c),
        main_role(c) == "neighbour",
        True,
    ]
    return classes.index(True), by_name(c["name"])


def village_of(document: dict[str, Any], today: str) -> Village:
    """Return the village of a file."""
    now, log = date.fromisoformat(today), document.get("encounters") or []
    people = [filled(raw, log, now) for raw in document.get("contacts") or []]
    return Village(now, document.get("household") or {}, people)
