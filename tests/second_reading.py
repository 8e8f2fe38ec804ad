"""The domain page read a second time: what the status of a village file must be, as plain dicts.

Written from the page alone, without a look at the program: it is what the program is checked
against. A contact is a dict of the village file in which every missing field reads as None.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Contact = dict[str, Any]
Findings: TypeAlias = "Iterator[tuple[str, int, list[str]]]"
"""Keys, severities, and the names that the sentences speak of."""

CORE6 = ["emotional", "childcare", "emergency", "practical", "advice", "company"]
CORE5 = [kind for kind in CORE6 if kind != "emergency"]
KINDS = [*CORE6, "appraisal", "material", "skill"]
NOT_ONLINE = {"childcare", "emergency", "practical", "company", "material"}
CIRCLE_DAYS = {1: 7, 2: 30, 3: 180, 4: 365}
PAID_HELP = {"babysitter", "rental_grandparent", "household_help", "volunteer", "professional"}
EVEN_TIES = {"friend", "parent_friend", "neighbour", "acquaintance", "colleague"}

# slug: source, flag, cadence, circle, assumed kinds
ROLES: dict[str, tuple[str, str, int, int, str]] = {
    "partner": ("partner", "", 0, 1, "emotional childcare practical company"),
    "coparent": ("partner", "", 14, 2, "childcare"),
    "grandparent": ("family", "kin", 14, 1, "emotional childcare emergency advice"),
    "relative": ("family", "kin", 30, 2, "emotional practical material"),
    "godparent": ("friends", "", 30, 2, "emotional company material"),
    "friend": ("friends", "", 30, 2, "emotional childcare advice company"),
    "colleague": ("friends", "", 90, 3, "advice company"),
    "parent_friend": ("parents", "", 14, 2, "emotional childcare emergency advice company"),
    "acquaintance": ("parents", "", 14, 4, ""),
    "course_group": ("parents", "group", 14, 3, "advice company"),
    "neighbour": ("neighbours", "", 30, 3, "emergency practical"),
    "educator": ("professionals", "formal", 90, 3, "advice"),
    "babysitter": ("professionals", "formal", 30, 3, "childcare emergency"),
    "rental_grandparent": ("professionals", "formal", 14, 2, "childcare company"),
    "household_help": ("professionals", "formal", 0, 4, "practical"),
    "volunteer": ("professionals", "formal", 14, 3, "emotional childcare practical"),
    "professional": ("professionals", "formal", 180, 4, "advice appraisal"),
    "self_help_group": ("selfhelp", "group", 30, 3, "emotional advice company"),
    "online_community": ("online", "group", 0, 4, "advice appraisal"),
    "other": ("friends", "", 30, 3, ""),
}


@dataclass
class Village:
    """What a rule may look at: `can` is the page's P, `warm` its W, `reach` its E."""

    today: date
    active: list[Contact]
    outside: list[Contact]
    household: dict[str, Any]
    u12: list[dict[str, Any]]
    can: dict[str, list[Contact]]
    warm: dict[str, list[Contact]]

    @property
    def reach(self) -> list[Contact]:
        """M7: the warm helpers in need who live near."""
        return [c for c in self.warm["emergency"] if c["where"] == "near"]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _months(born: str, then: str) -> int:
    return 12 * (int(then[:4]) - int(born[:4])) + int(then[5:7]) - int(born[5:7])


def _age(child: dict[str, Any], today: date) -> int:
    return _months(child["born"], today.isoformat())


def _names(contacts: Iterable[Contact]) -> list[str]:
    return [c["name"] for c in contacts]


def _main_role(c: Contact) -> tuple[str, str, int, int, str]:
    return ROLES[c["roles"][0]]


def _is_kin(c: Contact) -> bool:
    return any(ROLES[role][1] == "kin" for role in c["roles"])


def _filled(raw: Contact, encounters: list[dict[str, Any]]) -> Contact:
    c: Contact = defaultdict(lambda: None, raw)
    c["roles"] = c["roles"] or ["other"]
    if c["online_only"] is None:
        c["online_only"] = c["roles"][0] == "online_community"
    mine = [e for e in encounters if c["uid"] in e["contacts"]]
    c["last"] = max((e["day"] for e in mine), default=None)
    c["log"] = [(e["day"], h["direction"]) for e in mine for h in e["help"]]
    return c


def _effective_status(c: Contact, today: date) -> str:
    until = _day(c["paused_until"])
    back = c["status"] == "paused" and until is not None and until <= today
    return "active" if back else c["status"] or "active"


def _cadence(c: Contact) -> int:
    if c["cadence_days"] is not None:
        days = c["cadence_days"]
    elif c["where"] == "household":
        days = 0
    elif c["circle"]:
        days = CIRCLE_DAYS[c["circle"]]
    else:
        days = min((ROLES[role][2] for role in c["roles"] if ROLES[role][2]), default=0)
    return int(min(days, 14) if c["last"] is None else days)


def _anchor(c: Contact, today: date) -> date:
    last = _day(c["last"])
    start = min(last, today) if last else _day(c["added_on"]) or today
    back = (_day(c["paused_until"]), _day(c["resumed_on"]))
    return max([start, *(one for one in back if one and one <= today)])


def _days(c: Contact, today: date) -> int:
    return max(0, (today - _anchor(c, today)).days)


def _state(c: Contact, today: date) -> str:
    status, size, days = _effective_status(c, today), _cadence(c), _days(c, today)
    planned, slow = _day(c["planned_on"]), _is_kin(c)
    table = [
        (status != "active", status),
        (size == 0, "untracked"),
        (planned is not None and planned >= today, "planned"),
        (c["last"] is not None and days >= (4 if slow else 3) * size, "cooling"),
        (days >= 2 * size if slow else 2 * days >= 3 * size, "overdue"),
        (days >= size, "due"),
        (5 * days >= 4 * size, "soon"),
        (True, "fresh"),
    ]
    return next(name for holds, name in table if holds)


def _is_snoozed(c: Contact, today: date) -> bool:
    until = _day(c["snoozed_until"])
    return until is not None and today < until


def _score(v: Village, c: Contact) -> int:
    urgency = min(400 if c["last"] else 150, 100 * _days(c, v.today) // _cadence(c))
    close = {1: 50, 2: 25}.get(c["circle"] or _main_role(c)[3], 0)
    only = 50 if any(v.can[kind] == [c] for kind in CORE6) else 0
    return int(urgency + close + only + (0 if _is_kin(c) else 25))


def _tending(v: Village) -> list[dict[str, Any]]:
    rows = [
        {
            "name": c["name"],
            "state": _state(c, v.today),
            "score": _score(v, c),
            "days": _days(c, v.today),
            "cadence_days": _cadence(c),
            "last_contact": c["last"],
            "due": (_anchor(c, v.today) + timedelta(_cadence(c))).isoformat(),
        }
        for c in v.active
        if _state(c, v.today) in {"due", "overdue", "cooling"} and not _is_snoozed(c, v.today)
    ]
    return sorted(rows, key=lambda r: (-r["score"], r["due"], r["name"].casefold(), r["name"]))


def _warnings(v: Village) -> list[dict[str, str]]:
    now, found = v.today.isoformat(), []
    for c in v.active:
        last, planned = c["last"] or "", c["planned_on"] or now
        found += [{"key": "W1", "name": c["name"]}] * (last > now)
        found += [{"key": "W2", "name": c["name"]}] * (last < planned < now)
    return sorted(found, key=lambda w: (w["key"], w["name"].casefold(), w["name"]))


def _stated_or_assumed(c: Contact) -> set[str]:
    if c["gives"] is not None:
        return set(c["gives"])
    return {kind for role in c["roles"] for kind in ROLES[role][4].split()}


def _gives(c: Contact) -> set[str]:
    by_screen = NOT_ONLINE if c["online_only"] else set()
    from_afar = {"practical"} if c["where"] == "far" else set()
    untrusted = {"childcare", "emergency"} if c["trusted"] is False else set()
    return _stated_or_assumed(c) - by_screen - from_afar - untrusted


def _m1_size(v: Village) -> int:
    return sum(c["roles"][0] != "online_community" for c in v.outside)


def _m5_weights(v: Village) -> list[tuple[int, str]]:
    weights = [(sum(c in v.warm[kind] for kind in CORE6), c["name"]) for c in v.outside]
    return [(w, name) for w, name in weights if w]


def _m8_online(v: Village) -> tuple[int, int]:
    informal = [c for c in v.outside if _main_role(c)[1] != "formal"]
    return sum(c["online_only"] for c in informal), len(informal)


def _measures(v: Village) -> dict[str, float]:
    weights = [w for w, _ in _m5_weights(v)]
    return {
        "size": _m1_size(v),
        "bus_factor": min(len(v.warm[kind]) for kind in CORE6),
        "effective_helpers": round(sum(weights) ** 2 / (sum(w * w for w in weights) or 1), 2),
    }


def _asked(v: Village, kinds: list[str]) -> list[str]:
    return [kind for kind in kinds if v.u12 or kind not in {"childcare", "emergency"}]


def _g01_small_village(v: Village) -> Findings:
    if _m1_size(v) <= 4:
        yield "G01", 2 if _m1_size(v) < 3 else 1, []


def _g02_uncovered(v: Village) -> Findings:
    for kind in _asked(v, [*CORE5, "appraisal"]):
        if not v.warm[kind]:
            severity = {"emotional": 3, "childcare": 3, "appraisal": 1}.get(kind, 2)
            yield f"G02:{kind}", severity, []


def _g03_only_at_home(v: Village) -> Findings:
    for kind in _asked(v, CORE5):
        if v.warm[kind] and all(c["where"] == "household" for c in v.warm[kind]):
            severity = 2 if kind in {"emotional", "childcare"} else 1
            yield f"G03:{kind}", severity, _names(v.warm[kind])


def _g04_single_point(v: Village) -> Findings:
    for kind in _asked(v, CORE5):
        if len(v.warm[kind]) == 1 and v.warm[kind][0]["where"] != "household":
            severity = 2 if kind in {"emotional", "childcare"} else 1
            alone = v.household["single_parent"] and kind == "childcare"
            yield f"G04:{kind}", 3 if alone else severity, _names(v.warm[kind])


def _g05_nobody_nearby(v: Village) -> Findings:
    maybe = [c for c in v.warm["emergency"] if c["where"] is None]
    if v.u12 and not v.reach:
        yield ("G05:ask", 1, _names(maybe)) if maybe else ("G05", 3, [])


def _g06_one_nearby(v: Village) -> Findings:
    if v.u12 and len(v.reach) == 1:
        yield "G06", 3 if v.household["single_parent"] else 2, _names(v.reach)


def _g07_pickup_missing(v: Village) -> Findings:
    away = any(_age(child, v.today) >= 12 for child in v.u12)
    if away and v.reach and not any(c["pickup"] for c in v.reach):
        yield "G07", 2, _names(v.reach)


def _second_anchors(v: Village, child: str) -> list[Contact]:
    return [c for c in v.active if (c["attachment"] or {}).get(child) == "secondary"]


def _g08_no_second_anchor(v: Village) -> Findings:
    for child in v.u12:
        if not _second_anchors(v, child["name"]):
            yield f"G08:{child['name']}", 2, []


def _g09_second_anchor_fading(v: Village) -> Findings:
    for child in v.u12:
        people = _second_anchors(v, child["name"])
        fading = (c["last"] and _state(c, v.today) in {"overdue", "cooling"} for c in people)
        if people and all(fading):
            yield f"G09:{child['name']}", 2, _names(people)


def _g10_no_same_age(v: Village) -> Findings:
    around = [c for c in v.outside if not c["online_only"] and c["where"] != "far"]
    kids = [
        kid if isinstance(kid, str) else kid.get("born") for c in around for kid in c["kids"] or []
    ]
    for child in v.u12:
        age = _age(child, v.today)
        tolerance = 6 if age < 24 else 12 if age < 72 else 24
        near = any(abs(_months(born, child["born"])) <= tolerance for born in kids if born)
        if age < 120 and not near:
            yield f"G10:{child['name']}", 2 if age < 72 else 1, []


def _g11_all_online(v: Village) -> Findings:
    online, everybody = _m8_online(v)
    if everybody and online == everybody:
        yield "G11", 3, []


def _g12_mostly_online(v: Village) -> Findings:
    online, everybody = _m8_online(v)
    if everybody >= 4 and online < everybody and 2 * online >= everybody:
        yield "G12", 1, []


def _even_ties(v: Village) -> list[Contact]:
    ties = [c for c in v.outside if c["roles"][0] in EVEN_TIES and not _is_kin(c)]
    met = [c for c in ties if not c["online_only"]]
    return [c for c in met if c["log"] or (c["gives"] is not None and c["gets"] is not None)]


def _g13_one_way_village(v: Village) -> Findings:
    ties = _even_ties(v)
    logged = {direction for c in ties for _, direction in c["log"]}
    taken = "in" in logged or any(c["gives"] for c in ties)
    given = "out" in logged or any(c["gets"] for c in ties)
    if len(ties) >= 3 and taken != given:
        yield ("G13:take", 1, []) if taken else ("G13:give", 2, [])


def _is_one_way(c: Contact, today: date) -> bool:
    if not c["log"]:
        there, back = len(c["gives"]), len(c["gets"])
        return (there >= 2 and back == 0) or (back >= 2 and there == 0)
    before = (today - timedelta(180)).isoformat()
    recent = [direction for day, direction in c["log"] if before < day <= today.isoformat()]
    i, o = recent.count("in"), recent.count("out")
    return i + o >= 5 and (i >= 4 * o or o >= 4 * i)


def _g14_one_way_person(v: Village) -> Findings:
    for c in [] if any(_g13_one_way_village(v)) else _even_ties(v):
        if (c["circle"] or _main_role(c)[3]) != 1 and _is_one_way(c, v.today):
            yield f"G14:{c['name']}", 1, [c["name"]]


def _g15_one_carries_most(v: Village) -> Findings:
    weights = _m5_weights(v)
    total, most = sum(w for w, _ in weights), max((w for w, _ in weights), default=0)
    if len(weights) >= 3 and total >= 6 and 2 * most >= total:
        yield from ((f"G15:{name}", 2, [name]) for w, name in weights if w == most)


def _g16_one_corner(v: Village) -> Findings:
    sources = {_main_role(c)[0] for c in v.outside}
    if len(v.outside) >= 3 and len(sources) == 1:
        yield f"G16:{sources.pop()}", 1, []


def _g17_mostly_formal(v: Village) -> Findings:
    formal = [c for c in v.outside if _main_role(c)[1] == "formal"]
    if len(v.outside) >= 4 and 2 * len(formal) >= len(v.outside):
        yield "G17", 1, []


def _g18_strained_only(v: Village) -> Findings:
    for kind in _asked(v, CORE6):
        if v.warm[kind] and all(c["strained"] for c in v.warm[kind]):
            yield f"G18:{kind}", 2, _names(v.warm[kind])


def _g19_sp_no_peer(v: Village) -> Findings:
    met = [c for c in v.outside if not c["online_only"]]
    peers = (c["single_parent"] or c["roles"][0] == "self_help_group" for c in met)
    if v.household["single_parent"] and not any(peers):
        yield "G19", 2, []


def _g20_sp_no_stand_in(v: Village) -> Findings:
    applies = v.household["single_parent"] and v.u12 and not any(_g05_nobody_nearby(v))
    if applies and not any(c in v.warm["childcare"] for c in v.reach):
        yield "G20", 3, _names(v.u12)


def _g21_no_pro_yet(v: Village) -> Findings:
    rules = (_g02_uncovered, _g03_only_at_home, _g04_single_point, _g05_nobody_nearby)
    care = {"G02:childcare", "G03:childcare", "G04:childcare", "G05"}
    needed = any(key in care for rule in rules for key, *_ in rule(v))
    if (needed or _m1_size(v) < 3) and not any(c["roles"][0] in PAID_HELP for c in v.outside):
        yield "G21", 1, []


def _g22_phase_ends(v: Village) -> Findings:
    soon = (v.today + timedelta(60)).isoformat()
    ending = [c for c in v.active if c["until"] and c["until"] <= soon]
    yield from ((f"G22:{c['name']}", 1, [c["name"]]) for c in ending)


def _g23_trust_unclear(v: Village) -> Findings:
    for c in v.active if v.u12 else []:
        stranger = c["roles"][0] in {"neighbour", "acquaintance", "babysitter"}
        if stranger and c["trusted"] is None and {"childcare", "emergency"} & _stated_or_assumed(c):
            yield f"G23:{c['name']}", 1, [c["name"]]


def _g24_wish_open(v: Village) -> Findings:
    known = {skill.casefold() for c in v.active for skill in c["skills"] or []}
    for wish in v.household["wishes"]:
        if wish.casefold() not in known:
            yield f"G24:{wish}", 1, []


RULES = [rule for name, rule in sorted(globals().items()) if name[:3] in {"_g0", "_g1", "_g2"}]


def _is_off(v: Village, key: str) -> bool:
    now, accepted = v.today.isoformat(), v.household["accepted"]
    fine = {one["key"] for one in accepted if not one["until"] or now < one["until"]}
    return key in fine or bool({key, key.partition(":")[0]} & set(v.household["rules_off"]))


def _place(finding: tuple[str, int, list[str]]) -> tuple[Any, ...]:
    rule, _, scope = finding[0].partition(":")
    kind = KINDS.index(scope) if rule in {"G02", "G03", "G04", "G18"} else 0
    return finding[:2] != ("G01", 2), -finding[1], rule, kind, scope.casefold(), scope


def read(document: dict[str, Any], today: str) -> dict[str, Any]:
    """Return what the status of a village file must be, as far as the page settles it."""
    now, household = date.fromisoformat(today), document["household"]
    people = [_filled(raw, document["encounters"]) for raw in document["contacts"]]
    active = [c for c in people if _effective_status(c, now) == "active"]
    u12 = [child for child in household["children"] if 0 <= _age(child, now) < 144]
    outside = [c for c in active if c["where"] != "household"]
    can = {kind: [c for c in active if kind in _gives(c)] for kind in KINDS}
    warm = {kind: [c for c in can[kind] if _state(c, now) != "cooling"] for kind in KINDS}
    v = Village(now, active, outside, household, u12, can, warm)
    found = sorted((one for rule in RULES for one in rule(v)), key=_place)
    return {
        "tending": _tending(v),
        "gaps": [{"key": k, "severity": s, "names": n} for k, s, n in found if not _is_off(v, k)],
        "warnings": _warnings(v),
        "contacts": [
            {"name": c["name"], "state": _state(c, now), "hidden": _is_snoozed(c, now)}
            for c in people
        ],
        "coverage": {kind: _names(warm[kind]) for kind in KINDS},
        "measures": _measures(v),
    }
