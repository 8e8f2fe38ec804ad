"""The gap rules of the domain page read a second time (§4): see `tests.reading.village`.

A rule yields `Found`: its names are those that its sentence speaks of.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.reading.people import (
    CORE5,
    CORE6,
    ROLES,
    Contact,
    by_name,
    circle,
    day_of,
    gives,
    is_formal,
    is_kin,
    kid_months,
    main_role,
    months_between,
    names,
)
from tests.reading.village import Village, asking_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Rule = Callable[[Village], Iterator["Found"]]

UNSORTED_RULES = {"G02", "G03", "G04", "G05", "G06", "G08", "G09", "G10", "G20"}
HELP_ROLES = {"babysitter", "rental_grandparent", "household_help", "volunteer"}
EVEN_TIES = {"friend", "parent_friend", "neighbour", "acquaintance", "colleague"}
MEETING_ROLES = {"parent_friend", "course_group", "acquaintance"}
DAYCARE_ROLES = {"parent_friend", "course_group", "educator"}


@dataclass
class Found:
    """One finding."""

    rule: str
    severity: int
    scope: str = ""
    names: list[str] = field(default_factory=list)
    cold: list[str] = field(default_factory=list)
    ask: list[str] = field(default_factory=list)
    leaves: dict[str, list[str]] | None = None

    @property
    def is_question(self) -> bool:
        """Whether it asks because something is unknown."""
        return self.scope == "ask" and self.rule in {"G05", "G07", "G08", "G10"}

    @property
    def key(self) -> str:
        """The stable key."""
        return f"{self.rule}:{self.scope}" if self.scope else self.rule


def _asked(v: Village, kinds: list[str]) -> list[str]:
    return [kind for kind in kinds if v.u12 or kind not in {"childcare", "emergency"}]


def _g01_small_village(v: Village) -> Iterator[Found]:
    if v.n < 3:
        yield Found("G01", 2)
    elif v.n < 5 and any(len(v.warm[kind]) < 2 for kind in _asked(v, CORE6)):
        yield Found("G01", 1)


def _g02_uncovered(v: Village) -> Iterator[Found]:
    stated = sum(c["gives"] is not None for c in v.present)
    severities = {"emotional": 3, "childcare": 3, "appraisal": 1}
    for kind in _asked(v, [*CORE5, *["appraisal"] * (stated >= 3)]):
        if not v.warm[kind]:
            cold = names(v.cold(kind))
            yield Found("G02", severities.get(kind, 2), kind, cold=cold)


def _is_only_at_home(v: Village, kind: str) -> bool:
    return bool(v.warm[kind]) and all(c["where"] == "household" for c in v.warm[kind])


def _g03_only_at_home(v: Village) -> Iterator[Found]:
    for kind in _asked(v, CORE5):
        if _is_only_at_home(v, kind):
            severity = 2 if kind in {"emotional", "childcare"} else 1
            yield Found("G03", severity, kind, names(v.warm[kind]))


def _g04_single_point(v: Village) -> Iterator[Found]:
    for kind in _asked(v, CORE5):
        if len(v.warm[kind]) == 1 and not _is_only_at_home(v, kind):
            severity = 2 if kind in {"emotional", "childcare"} else 1
            severity = 3 if v.single_parent and kind == "childcare" else severity
            yield Found("G04", severity, kind, names(v.warm[kind]), names(v.cold(kind)))


def _nobody_near(v: Village) -> bool:
    return bool(v.u12) and not v.reach and not v.maybe


def _ask(v: Village) -> list[str]:
    return [c["name"] for c in v.askable[:3]]


def _g05_nobody_nearby(v: Village) -> Iterator[Found]:
    if _nobody_near(v) and all(f.key != "G25" or f.severity < 3 for f in _g25_birth_plan(v)):
        yield Found("G05", 3, ask=_ask(v))
    if v.u12 and not v.reach and v.maybe:
        yield Found("G05", 1, "ask", names(v.maybe))


def _g06_one_nearby(v: Village) -> Iterator[Found]:
    if v.u12 and len(v.reach) == 1:
        yield Found("G06", 3 if v.single_parent else 2, names=names(v.reach), ask=_ask(v))


def _may_pick_up(c: Contact) -> bool:
    near = c["where"] in {"near", "household"} and main_role(c) != "partner"
    return c["pickup"] is True and near and not c["strained"] and c["trusted"] is not False


def _g07_pickup_missing(v: Village) -> Iterator[Found]:
    older = any(12 <= months < 144 for _, months, _ in v.children)
    able = [c for c in v.reach if c["trusted"] is True and c["pickup"] is not False]
    if older and able and not any(_may_pick_up(c) for c in v.present):
        unknown = all(c["pickup"] is None for c in v.not_ended)
        yield Found("G07", 1, "ask", names(able)) if unknown else Found("G07", 2, names=names(able))


def _second_people(v: Village, child: str) -> list[Contact]:
    return [c for c in v.present if (c["attachment"] or {}).get(child) == "secondary"]


def _g08_no_second_anchor(v: Village) -> Iterator[Found]:
    children = [(name, months) for name, months, _ in v.children if 6 <= months <= 215]
    if not any(c["attachment"] for c in v.not_ended):
        yield from [Found("G08", 1, "ask", [name for name, _ in children])] * bool(children)
        return
    for name, months in children:
        if not _second_people(v, name):
            yield Found("G08", 1 if months >= 144 else 2, name)


def _g09_second_anchor_fading(v: Village) -> Iterator[Found]:
    for child in [] if v.resting else v.u12:
        people = [c for c in _second_people(v, child) if not c["strained"]]
        quiet = [c["last"] and v.states[c["name"]] in {"overdue", "cooling"} for c in people]
        if people and all(quiet):
            yield Found("G09", 2, child, names(people), names(people))


def _is_alone(months: int, born: str, kids: list[str]) -> bool:
    tolerance = 6 if months < 24 else 12 if months < 72 else 24
    return all(abs(months_between(kid, born)) > tolerance for kid in kids)


def _g10_no_same_age(v: Village) -> Iterator[Found]:
    around = [c for c in v.outside if not c["online_only"] and c["where"] != "far"]
    kids = [month for c in around for month in kid_months(c)]
    alone = [
        (name, months)
        for name, months, born in v.children
        if 0 <= months < 120 and _is_alone(months, born, kids)
    ]
    meeting = [c for c in around if main_role(c) in MEETING_ROLES or "parent_friend" in c["roles"]]
    unknown = [c for c in meeting if not kid_months(c) and not c["strained"]]
    if alone and unknown:
        yield Found("G10", 1, "ask", names(unknown))
        return
    for name, months in alone:
        yield Found("G10", 2 if months < 72 else 1, name)


def _g11_all_online(v: Village) -> Iterator[Found]:
    if v.informal and all(c["online_only"] for c in v.informal):
        yield Found("G11", 3)


def _g12_mostly_online(v: Village) -> Iterator[Found]:
    people = [c for c in v.informal if c not in v.blank]
    online = sum(c["online_only"] for c in people)
    if len(people) >= 4 and 2 * online >= len(people) and not any(_g11_all_online(v)):
        yield Found("G12", 1)


def _even_ties(v: Village) -> list[Contact]:
    ties = [c for c in v.outside if main_role(c) in EVEN_TIES and not is_kin(c)]
    ties = [c for c in ties if not c["online_only"] and not c["strained"]]
    return [c for c in ties if c["log"] or (c["gives"] is not None and c["gets"] is not None)]


def _recent(v: Village, c: Contact) -> Counter[str]:
    then, now = (v.today - timedelta(180)).isoformat(), v.today.isoformat()
    return Counter(way for day, way in c["log"] if then < day <= now)


def is_newborn(v: Village) -> bool:
    """Tell whether the youngest born child is under six months."""
    return v.youngest is not None and v.youngest < 6


def _g13_one_way_village(v: Village) -> Iterator[Found]:
    ties = _even_ties(v)
    ever = {c["name"]: {way for _, way in c["log"]} for c in ties}
    taken = any(c["gives"] or "in" in ever[c["name"]] for c in ties)
    given = any(c["gets"] or "out" in ever[c["name"]] for c in ties)
    if len(ties) >= 3 and taken and not given and not is_newborn(v):
        yield Found("G13", 1, "take")
    g = [c for c in ties if (c["gets"] or _recent(v, c)["out"]) and not c["gives"]]
    g = [c for c in g if not _recent(v, c)["in"]]
    if len(ties) >= 3 and 3 * len(g) >= 2 * len(ties):
        helpers = sorted((c for c in g if c["gives"] is None), key=asking_order)
        yield Found("G13", 2, "give", ask=[c["name"] for c in helpers[:1]])


def _is_take(v: Village, c: Contact) -> bool | None:
    """Tell whether a tie only gives (True), only gets (False), or neither."""
    if c["log"]:
        i, o = _recent(v, c)["in"], _recent(v, c)["out"]
        ways = i + o >= 5 and i >= 4 * o, i + o >= 5 and o >= 4 * i
    else:
        i, o = len(c["gives"]), len(c["gets"])
        ways = i >= 2 and o == 0, o >= 2 and i == 0
    return True if ways[0] else False if ways[1] else None


def _g14_one_way_person(v: Village) -> Iterator[Found]:
    for c in [] if any(_g13_one_way_village(v)) else _even_ties(v):
        take = _is_take(v, c)
        if circle(c) != 1 and (take is False or (take and not is_newborn(v))):
            yield Found("G14", 1, c["name"], [c["name"]])


def _g15_one_carries_most(v: Village) -> Iterator[Found]:
    total, most = sum(w for w, _ in v.weights), max((w for w, _ in v.weights), default=0)
    if sum(w > 0 for w, _ in v.weights) >= 3 and total >= 6 and 2 * most >= total:
        for w, c in v.weights:
            if w == most and not c["strained"]:
                yield Found("G15", 2, c["name"], [c["name"]])


def _g16_one_corner(v: Village) -> Iterator[Found]:
    known = [c for c in v.outside if main_role(c) != "other"]
    sources = {ROLES[main_role(c)][0] for c in known}
    if len(known) >= 3 and len(sources) == 1:
        yield Found("G16", 1, sources.pop())


def _g17_mostly_formal(v: Village) -> Iterator[Found]:
    known = [c for c in v.outside if c not in v.blank]
    if len(known) >= 4 and 2 * sum(is_formal(c) for c in known) >= len(known):
        yield Found("G17", 1)


def _g18_strained_only(v: Village) -> Iterator[Found]:
    for kind in _asked(v, CORE5):
        if v.warm[kind] and all(c["strained"] for c in v.warm[kind]):
            yield Found("G18", 2, kind, names(v.warm[kind]))


def _g19_sp_no_peer(v: Village) -> Iterator[Found]:
    met = [c for c in v.outside if not c["online_only"]]
    peers = (c["single_parent"] or main_role(c) == "self_help_group" for c in met)
    if v.single_parent and not any(peers):
        yield Found("G19", 2)


def _g20_sp_no_stand_in(v: Village) -> Iterator[Found]:
    minders = [c for c in v.reach if c in v.warm["childcare"]]
    asked = bool(v.u12) and not v.reach and bool(v.maybe)
    if v.single_parent and v.u12 and not _nobody_near(v) and not asked and not minders:
        yield Found("G20", 3, names=v.u12, ask=_ask(v))


def _needs_pro(v: Village) -> bool:
    rules = (_g02_uncovered, _g03_only_at_home, _g04_single_point)
    if any(f.scope == "childcare" for rule in rules for f in rule(v)):
        return True
    near = [c for c in v.warm["childcare"] if c["where"] == "near"]
    is_baby = v.youngest is not None and v.youngest < 12
    return _nobody_near(v) or v.n < 3 or (is_baby and len(near) <= 1)


def _g21_no_pro_yet(v: Village) -> Iterator[Found]:
    if _needs_pro(v) and not any(main_role(c) in HELP_ROLES for c in v.outside):
        yield Found("G21", 1)


def left_without(v: Village, c: Contact) -> dict[str, list[str]]:
    """Return for the kinds that hang on a contact who else is left, if at most one is."""
    others = {
        kind: [other for other in v.warm[kind] if other is not c]
        for kind in _asked(v, CORE6)
        if any(other is c for other in v.warm[kind])
    }
    return {kind: names(left) for kind, left in others.items() if len(left) <= 1}


def _g22_phase_ends(v: Village) -> Iterator[Found]:
    for c in v.active:
        until = day_of(c["until"])
        if until and until <= v.today + timedelta(60):
            leaves = {} if v.is_expired(c) else left_without(v, c)
            yield Found("G22", 2 if leaves else 1, c["name"], [c["name"]], leaves=leaves)


def _is_trust_unclear(c: Contact) -> bool:
    if c["where"] == "far" or c["online_only"] or c["strained"] or c["trusted"] is not None:
        return False
    if main_role(c) == "neighbour" and c["gives"] is None:
        return True
    stranger = main_role(c) in {"neighbour", "babysitter", "acquaintance"}
    return stranger and bool({"childcare", "emergency"} & gives(c))


def _g23_trust_unclear(v: Village) -> Iterator[Found]:
    minders = [c for c in v.warm["childcare"] if c in v.outside and c["where"] != "far"]
    candidates = [c for c in v.outside if _is_trust_unclear(c)]
    candidates.sort(key=lambda c: (c["where"] != "near", by_name(c["name"])))
    if v.u12 and candidates and (len(v.reach) < 2 or len(minders) < 2):
        yield Found("G23", 1, candidates[0]["name"], [candidates[0]["name"]])


def _g24_wish_open(v: Village) -> Iterator[Found]:
    known = {skill.casefold() for c in v.present for skill in c["skills"] or []}
    for wish in dict.fromkeys(v.household.get("wishes") or []):
        if wish.casefold() not in known:
            yield Found("G24", 1, wish)


def _g25_birth_plan(v: Village) -> Iterator[Found]:
    if not v.is_due:
        return
    helpers = [c for c in v.can["emergency"] if not c["strained"]]
    if v.u12 and not any(c["where"] == "near" or v.is_home(c) for c in helpers):
        yield Found("G25", 1 if v.maybe else 3, names=v.u12, ask=_ask(v))
    midwives = [c for c in v.present if {"professional", "volunteer"} & set(c["roles"])]
    if v.youngest is None and not midwives:
        yield Found("G25", 1, "early")


def _g26_phone_missing(v: Village) -> Iterator[Found]:
    without = [c for c in v.reach if not c["phones"]]
    if v.u12 and without and len(v.reach) - len(without) < 2:
        yield Found("G26", 1, names=names(without))


def _is_from_daycare(c: Contact, born: str) -> bool:
    if c["strained"] or main_role(c) not in DAYCARE_ROLES:
        return False
    kids = kid_months(c)
    return not kids or any(abs(months_between(kid, born)) <= 12 for kid in kids)


def _g27_school(v: Village) -> Iterator[Found]:
    year = v.today.year
    if not date(year, 5, 1) <= v.today <= date(year, 8, 31):
        return
    for name, _, born in v.children:
        people = [c for c in v.outside if _is_from_daycare(c, born)]
        if f"{year - 7:04d}-10" <= born[:7] <= f"{year - 6:04d}-09" and people:
            yield Found("G27", 1, name, names(people))


RULES: list[Rule] = [
    rule for name, rule in sorted(globals().items()) if name.startswith("_g") and name[2].isdigit()
]
