"""The domain page read a second time: what the status of a village file must be, as plain dicts.

Written from the page alone, without a look at the program: it is what the program is checked
against. What it takes is a village file, as written by hand or as exported; `tests.reading` has the
page's definitions (§0.2 to §3b) and its rules (§4).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.reading.people import (
    CORE6,
    KINDS,
    Contact,
    anchor,
    by_name,
    cadence,
    circle,
    is_formal,
    is_group,
    is_kin,
    is_snoozed,
    names,
    silence,
)
from tests.reading.rules import left_without
from tests.reading.verdict import judged, sifted
from tests.reading.village import Village, village_of


def score(v: Village, c: Contact) -> int:
    """Return the urgency of §3.5."""
    urgency = min(400 if c["last"] else 150, 100 * silence(c, v.today) // cadence(c))
    close = {1: 50, 2: 25}.get(circle(c), 0)
    only = 50 if any(v.can[kind] == [c] for kind in CORE6) else 0
    return int(urgency + close + only + (0 if is_kin(c) else 25))


def tending(v: Village) -> list[dict[str, Any]]:
    """Return who needs tending, in the order of §3.5."""
    calling = [c for c in v.present if v.states[c["name"]] in {"due", "overdue", "cooling"}]
    rows = [
        {
            "name": c["name"],
            "state": v.states[c["name"]],
            "score": score(v, c),
            "days": silence(c, v.today),
            "cadence_days": cadence(c),
            "last_contact": c["last"],
            "due": (anchor(c, v.today) + timedelta(cadence(c))).isoformat(),
        }
        for c in calling
        if not is_snoozed(c, v.today)
    ]
    return sorted(rows, key=lambda row: (-row["score"], row["due"], by_name(row["name"])))


def next_name(document: dict[str, Any], today: str) -> str | None:
    """Return whom the one step for today is about; nobody, if it is a suggestion (§3.5)."""
    v = village_of(document, today)
    people = {c["name"]: c for c in v.present}
    rows = [people[row["name"]] for row in tending(v)]
    fitting = [c["name"] for c in rows if not (is_formal(c) or is_group(c) or c["strained"])]
    return next(iter(fitting), None)


def warnings(v: Village) -> list[dict[str, str]]:
    """Return W1 and W2 of §3.4."""
    now, found = v.today.isoformat(), []
    for c in v.present:
        last, planned = c["last"] or "", c["planned_on"] or now
        found += [{"key": "W1", "name": c["name"]}] * (last > now)
        found += [{"key": "W2", "name": c["name"]}] * (last < planned < now and not c["strained"])
    return sorted(found, key=lambda warning: (warning["key"], by_name(warning["name"])))


def questions(v: Village) -> list[dict[str, Any]]:
    """Return Q1 and Q2 of §3.4."""
    unrecorded = [c for c in v.present if v.states[c["name"]] == "unrecorded"]
    asked = {
        "Q1": names(c for c in unrecorded if not is_snoozed(c, v.today)),
        "Q2": names(v.blank) if v.unsorted else [],
    }
    return [{"key": key, "names": people} for key, people in asked.items() if people]


def measures(v: Village) -> dict[str, Any]:
    """Return the figures of §3b."""
    weights = [w for w, _ in v.weights]
    known = [c for c in v.present if cadence(c) > 0 and c["last"]]
    good = {"fresh", "soon", "planned"}
    return {
        "size": v.size,
        "bus_factor": min(len(v.warm[kind]) for kind in CORE6),
        "effective_helpers": round(sum(weights) ** 2 / (sum(w * w for w in weights) or 1), 2),
        "resting": v.resting,
        "mourning": names(v.mourned),
        "in_touch": sum(v.states[c["name"]] in good for c in known),
        "recorded": len(known),
    }


def read(document: dict[str, Any], today: str) -> dict[str, Any]:
    """Return what the status of a village file must be, as far as the page settles it."""
    v = village_of(document, today)
    return {
        "tending": tending(v),
        **judged(v),
        "warnings": warnings(v),
        "questions": questions(v),
        "contacts": [
            {"name": c["name"], "state": v.states[c["name"]], "hidden": is_snoozed(c, v.today)}
            for c in v.people
        ],
        "coverage": {kind: [c["name"] for c in v.warm[kind]] for kind in KINDS},
        "measures": measures(v),
    }


def without(document: dict[str, Any], today: str, name: str) -> dict[str, Any]:
    """Return what §4.7 says about the village without a contact."""
    v = village_of(document, today)
    away = [c for c in v.active if c["name"] == name]
    if not away:
        return {"findings": [], "leaves": {}}
    raw = [
        c | {"status": "paused", "paused_until": None} if c["name"] == name else c
        for c in document["contacts"]
    ]
    before = {one.key: one.severity for one in sifted(v)[0]}
    after, _ = sifted(village_of(document | {"contacts": raw}, today))
    worse = [one for one in after if one.severity > before.get(one.key, 0)]
    return {
        "findings": [{"key": one.key, "severity": one.severity} for one in worse],
        "leaves": left_without(v, away[0]),
    }
