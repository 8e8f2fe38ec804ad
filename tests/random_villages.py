"""Villages at random, each with its day, in which every rule of the page speaks or is just silent.

``python -m tests.random_villages [N] [SEED]`` prints how many of N villages have which finding.
Days lie on the boundaries of the page and beside them; a village is made again from its seed.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from tests.reading.people import KINDS, ROLES, cadence, filled
from tests.reading.verdict import found
from tests.reading.village import village_of
from tests.second_reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.villages import Document

TODAYS = [
    *["2026-03-02"] * 6, "2026-04-30", *["2026-05-01", "2026-06-15", "2026-08-31"] * 2,
    "2026-09-01", "2026-12-31", "2027-01-01", "2028-02-29", "2026-03-31", "2026-10-01",
]  # fmt: skip
NAMES = [
    "Anna", "anna", "Oma Gisela", "Jörg", "joerg", "O'Brien", "张伟", "ask", "Zoë", "Lena", "Tom",
    "Frau Klein", "Herr Aydin", "ß", "Mia", "Uwe", "Ben", "ÄRZTE", "Ida", "Chat",
]  # fmt: skip
CHILDREN = ["Ida", "ben", "Cem", "Ada"]
SKILLS = ["Nähen", "nähen", "Arzt", "Löten", "STRASSE", "Straße"]
MOODS: dict[str, list[str]] = {
    "any": [*ROLES],
    "plain": ["friend", "parent_friend", "neighbour", "grandparent", "relative", "other"],
    "names": ["other", "other", "other", "other", "friend", "babysitter"],
    "online": ["online_community", "online_community", "friend", "educator", "other"],
    "formal": ["educator", "babysitter", "volunteer", "professional", "friend", "household_help"],
    "corner": ["parent_friend", "acquaintance", "course_group", "other"],
    "even": ["friend", "parent_friend", "neighbour", "acquaintance", "colleague"],
    "home": ["partner", "grandparent", "coparent", "relative"],
    "carers": ["neighbour", "babysitter", "acquaintance", "parent_friend", "grandparent"],
}
"""What a village's people mostly are."""


def shifted(today: date, days: int) -> str:
    """Return the day that lies *days* after *today*."""
    return (today + timedelta(days)).isoformat()


def month_before(today: date, months: int) -> str:
    """Return the month that lies *months* before that of *today*."""
    year, month = divmod(12 * today.year + today.month - 1 - months, 12)
    return f"{year:04d}-{month + 1:02d}"


def _born(rng: Random, today: date) -> str:
    """Return when a child was or will be born, often just at a boundary."""
    if rng.random() < 0.12:
        return shifted(today, rng.choice([1, 30, 119, 120, 121, 200]))
    if rng.random() < 0.2:
        year, month = rng.choice([(7, 9), (7, 10), (7, 12), (6, 3), (6, 9), (6, 10)])
        return f"{today.year - year}-{month:02d}"
    bounds = [0, 6, 12, 24, 36, 72, 120, 144, 216]
    months = rng.choice([bound + step for bound in bounds for step in (-1, 0, 1)] + [-4, 50, 100])
    born = month_before(today, months)
    day = min(28, max(1, today.day + rng.choice([-1, 0, 1])))
    return rng.choice([born, born, f"{born}-{day:02d}"])


def _children(rng: Random, today: date) -> list[Document]:
    count = rng.choice([0, 1, 1, 1, 2, 2, 3])
    children = [{"name": name, "born": _born(rng, today)} for name in rng.sample(CHILDREN, count)]
    if children and rng.random() < 0.5:
        children[0]["born"] = month_before(today, rng.choice([8, 15, 30, 53, 70, 90]))
    return children


def _kid(rng: Random, children: list[Document], today: date) -> Any:
    base = rng.choice(children)["born"] if children else today.isoformat()
    year, month = int(base[:4]), int(base[5:7])
    away = rng.choice([0, 6, 7, 12, 13, 24, 25]) * rng.choice([1, -1])
    born = month_before(date(year, month, 1), away)
    return rng.choice([born, born, {"name": "Mats", "born": born}, f"{born}-15", {"name": "Mats"}])


def _kinds(rng: Random) -> list[str]:
    some = rng.choice([0, 1, 1, 2, 2, 3, 6, 9])
    return rng.sample(KINDS, some)


def _silence(rng: Random, size: int) -> int:
    """Return days of silence, most of them beside a boundary of a cadence."""
    bounds = [size, 4 * size // 5, 3 * size // 2, 2 * size, 3 * size, 4 * size, 28]
    return max(0, rng.choice(bounds) + rng.choice([-1, 0, 0, 1]))


def _traits(rng: Random, today: date, mood: str) -> dict[str, Callable[[], Any]]:
    """Return how each field that has a rare value is filled."""
    near = [-1, 0, 1]

    def day(*days: int) -> str:
        return shifted(today, rng.choice(days))

    def plan() -> str:
        return day(-9, *near, 7, 14, 30, 31, 59, 60, 61, 180, 181)

    return {
        "circle": lambda: rng.choice([1, 2, 3, 4]),
        "cadence_days": lambda: rng.choice([0, 1, 7, 10, 30, 365]),
        "planned_on": plan,
        "snoozed_until": lambda: day(*near),
        "until": lambda: day(*near, 30, 59, 60, 61),
        "online_only": lambda: rng.choice([True, False]),
        "trusted": lambda: rng.choice([True, True, False]),
        "pickup": lambda: rng.choice([True, True, False]),
        "strained": lambda: True,
        "single_parent": lambda: True,
        "phones": lambda: ["0171 5550178"],
        "skills": lambda: rng.sample(SKILLS, 2),
        "resumed_on": lambda: day(-60, -20, -7, *near),
        "gives": lambda: _kinds(rng) if mood != "names" else [],
        "gets": lambda: rng.choice([[], [], _kinds(rng)]),
    }


RARE = {"until": 0.1, "strained": 0.12, "online_only": 0.1, "single_parent": 0.08, "gives": 0.5,
        "gets": 0.4, "phones": 0.25, "trusted": 0.35, "pickup": 0.2,
        "resumed_on": 0.08}  # fmt: skip
"""How often a field is filled; 0.15 if it does not stand here."""


def _roles(rng: Random, mood: str) -> list[str]:
    roles = [rng.choice(MOODS[mood if rng.random() < 0.8 else "any"])]
    more = rng.choice([*ROLES])
    return (
        [*roles, more] if rng.random() < 0.12 and more not in roles and mood != "names" else roles
    )


def _history(rng: Random, today: date, roles: list[str], size: int) -> list[Document]:
    role = rng.choice([*roles, "friend"])
    since = rng.choice([None, shifted(today, -_silence(rng, size)), shifted(today, -400)])
    return [{"role": role, "from": since, "to": rng.choice([None, None, shifted(today, 0)])}]


def _contact(rng: Random, today: date, name: str, mood: str, children: list[Document]) -> Document:
    """Return one contact."""
    c: Document = {"name": name, "roles": _roles(rng, mood)}
    where = rng.choice(["near", "near", "near", "far", None, None, "household"])
    c["where"] = "household" if mood == "home" and rng.random() < 0.6 else where
    traits = _traits(rng, today, mood)
    busy = 0.1 if mood == "names" else 1
    c |= {key: fill() for key, fill in traits.items() if rng.random() < busy * RARE.get(key, 0.15)}
    if rng.random() < 0.3 * busy:
        c["kids"] = [_kid(rng, children, today) for _ in range(rng.choice([1, 1, 2]))]
    if children and rng.random() < 0.25 * busy:
        bond = rng.choice(["secondary", "secondary", "primary"])
        c["attachment"] = {rng.choice(children)["name"]: bond}
    if rng.random() < 0.15:
        c |= rng.choice(_endings(today))
    return c


def _endings(today: date) -> list[Document]:
    """Return the ways in which a contact may be away."""
    dead = [{"died_on": shifted(today, -days), "status": "ended"} for days in (0, 5, 59, 60, 400)]
    dead += [{"died_on": shifted(today, days)} for days in (-2, 1)]
    pauses = [shifted(today, days) for days in (-20, -1, 0, 1)]
    return [
        *dead, {"status": "ended"}, {"status": "paused"},
        *({"status": "paused", "paused_until": day} for day in pauses),
        {"paused_until": shifted(today, -3)},
    ]  # fmt: skip


def _met(rng: Random, today: date, c: Document) -> None:
    """Say when a contact was added and when it was met, if it was."""
    size = cadence(filled(c, [], today)) or 14
    days = _silence(rng, size)
    c["added_on"] = shifted(today, -rng.choice([days, 365, 365, 400, -1]))
    if rng.random() < 0.3:
        c["role_history"] = _history(rng, today, c["roles"], size)
    if rng.random() < 0.75:
        days = rng.choice([days, days, 0, 1, size // 2]) if rng.random() < 0.97 else -3
        c["last_contact"] = shifted(today, -days)


def _log(rng: Random, today: date, people: list[Document]) -> list[Document]:
    """Return a log with help in it."""
    entries: list[Document] = []
    for _ in range(rng.choice([0, 0, 1, 3, 6]) if people else 0):
        days = rng.choice([0, 1, 30, 100, 179, 180, 181, 300, 300, 0, 1, -2])
        way, times = rng.choice(
            [("in", 1), ("out", 1), ("in", 4), ("out", 4), ("in", 5), ("in", 0)]
        )
        aid = [{"direction": way, "kind": rng.choice(KINDS)}] * times
        if rng.random() < 0.2:
            aid.append({"direction": "in" if way == "out" else "out", "kind": "practical"})
        met = rng.sample([c["name"] for c in people], min(len(people), rng.choice([1, 1, 2])))
        entries.append({"day": shifted(today, -days), "contacts": met, "help": aid})
    return entries


# --- what would be rare by chance --------------------------------------------------------------


def _one_way(rng: Random, _: date, document: Document) -> None:
    """Let most people only give, or only get."""
    ways = rng.sample(["gives", "gets"], 2)
    for c in document["contacts"]:
        there, back = ways if rng.random() < 0.95 else reversed(ways)
        c[there] = rng.sample(KINDS, rng.choice([1, 2, 3]))
        c[back] = []
        if rng.random() < 0.1:
            c["gives"] = None
    document["encounters"] = document["encounters"][: rng.choice([0, 0, 1])]


def _one_strong(rng: Random, _: date, document: Document) -> None:
    """Let one or two carry nearly everything."""
    strong = rng.sample(document["contacts"], min(2, len(document["contacts"])))
    for c in document["contacts"]:
        c["gives"] = KINDS[:6] if c in strong[: rng.choice([1, 1, 2])] else rng.sample(KINDS, 1)


def _all_strained(rng: Random, _: date, document: Document) -> None:
    """Let whoever gives a kind cost strength."""
    kind = rng.choice(KINDS[:6])
    for c in document["contacts"]:
        if kind in (c.get("gives") or [kind]):
            c |= {"strained": True, "gives": c.get("gives") or [kind]}


def _due(rng: Random, today: date, document: Document) -> None:
    """Expect a child, beside others or as the first one."""
    children = document["household"]["children"]
    kept = [child for child in children if child["name"] != "Neo"][: rng.choice([0, 0, 1, 2])]
    born = rng.choice([shifted(today, rng.choice([1, 119, 120, 121])), month_before(today, -3)])
    document["household"]["children"] = [*kept, {"name": "Neo", "born": born}]
    for c in document["contacts"] if rng.random() < 0.3 else []:
        c |= {"where": rng.choice([None, None, "far"]), "pickup": None}


def _bonds(rng: Random, today: date, document: Document) -> None:
    """Give a child people, of whom nothing was heard for a while."""
    for c in document["contacts"][: rng.choice([1, 2])]:
        children = document["household"]["children"]
        c["attachment"] = {child["name"]: "secondary" for child in children}
        size = cadence(filled(c, [], today)) or 14
        c["last_contact"] = shifted(today, -size * rng.choice([1, 2, 2, 3, 4]) + rng.choice([0, 1]))


def _trusted_helpers(rng: Random, _: date, document: Document) -> None:
    """Let near helpers be trusted, and see who may pick up and has a number."""
    for c in document["contacts"][: rng.choice([1, 2, 3])]:
        c |= {"where": rng.choice(["near", "near", "household"]), "trusted": True}
        c["gives"] = rng.choice([["childcare", "emergency"], ["emergency"], c.get("gives")])
        c["pickup"] = rng.choice([None, None, False, True])
        c["phones"] = rng.choice([[], [], ["0171 5550178"]])
        c["strained"] = rng.random() < 0.05


def _names_only(rng: Random, today: date, document: Document) -> None:
    """Add names of an address book."""
    for name in [f"Name {number}" for number in range(rng.choice([2, 3, 4, 6, 12]))]:
        blank = {"name": name, "added_on": shifted(today, -rng.choice([0, 29, 30, 45, 200]))}
        document["contacts"].append(blank)


def _all_silent(rng: Random, today: date, document: Document) -> None:
    """Let the newest line of the log be 27 to 30 days old."""
    newest = shifted(today, -rng.choice([27, 28, 29, 29, 30]))
    for c in document["contacts"]:
        if c.get("last_contact"):
            c["last_contact"] = min(c["last_contact"], newest)
    for entry in document["encounters"]:
        entry["day"] = min(entry["day"], newest)


def _one_died(rng: Random, today: date, document: Document) -> None:
    """Let somebody have died who mattered."""
    for c in document["contacts"][: rng.choice([1, 1, 2])]:
        c |= {"died_on": shifted(today, -rng.choice([0, 1, 30, 59, 60])), "status": "ended"}


def _all_online(rng: Random, _: date, document: Document) -> None:
    """Let nearly nobody be met in person."""
    for c in document["contacts"]:
        c["online_only"] = rng.random() < 0.9


def _before_school(rng: Random, today: date, document: Document) -> None:
    """Let a child be six, and know people of its daycare."""
    ages = [(7, 9), (7, 10), (7, 12), (6, 3), (6, 9), (6, 10)]
    year, month = rng.choice(ages)
    born = f"{today.year - year}-{month:02d}"
    document["household"]["children"] = [{"name": "Ida", "born": born}]
    for c in document["contacts"][:3]:
        c["roles"] = [rng.choice(["parent_friend", "course_group", "educator"])]
        c["kids"] = rng.choice([[], [_kid(rng, [{"born": born}], today)]])


TURNS = [
    _one_way, _one_strong, _all_strained, _due, _bonds, _trusted_helpers, _names_only, _all_silent,
    _one_died, _all_online, _before_school,
]  # fmt: skip


def _switched(rng: Random, document: Document, today: str) -> None:
    """Switch off or accept some of what is found."""
    keys = [one.key for one in found(village_of(document, today))]
    chosen = rng.sample(keys, min(3, len(keys)))
    household, now = document["household"], date.fromisoformat(today)
    if rng.random() < 0.3:
        off = [rng.choice([key, key.partition(":")[0]]) for key in chosen]
        household["rules_off"] = [*dict.fromkeys(off), "G12"][: rng.choice([1, 2])]
    if rng.random() < 0.3:
        untils = [None, shifted(now, 0), shifted(now, 1)]
        household["accepted"] = [{"key": key, "until": rng.choice(untils)} for key in chosen]


def random_village(seed: int) -> tuple[Document, str]:
    """Return the village file and the day of a *seed*."""
    rng = Random(seed)  # noqa: S311 (no secret)
    today = date.fromisoformat(rng.choice(TODAYS))
    mood = rng.choice([*MOODS])
    children = _children(rng, today)
    names = rng.sample(NAMES, rng.choice([0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14]))
    people = [_contact(rng, today, name, mood, children) for name in names]
    household: Document = {"children": children, "single_parent": rng.random() < 0.4}
    if rng.random() < 0.4:
        household["wishes"] = rng.sample(SKILLS, 3)
    for c in people:
        _met(rng, today, c)
    document = {"dorf": 1, "household": household, "contacts": people,
                "encounters": _log(rng, today, people)}  # fmt: skip
    for turn in TURNS:
        if rng.random() < (0.6 if turn is _one_way and mood == "even" else 0.14):
            turn(rng, today, document)
    _switched(rng, document, today.isoformat())
    return document, today.isoformat()


def main(count: int = 2000, seed: int = 0) -> None:
    """Print in how many of *count* villages each kind of finding stands, at each severity."""
    keys: Counter[tuple[str, int]] = Counter()
    for number in range(seed, seed + count):
        document, today = random_village(number)
        shown = read(document, today)
        gaps = {(_short(gap["key"]), gap["severity"]) for gap in shown["gaps"]}
        hidden = {(f"hidden: {gap['reason']}", 0) for gap in shown["hidden"]}
        asked = {(question["key"], 0) for question in shown["questions"] + shown["warnings"]}
        states = {(contact["state"], 0) for contact in shown["contacts"]}
        facts = {(name, 0) for name in ("resting", "mourning") if shown["measures"][name]}
        keys.update(gaps | hidden | asked | states | facts)
    for (key, severity), times in sorted(keys.items()):
        print(f"{key:18}{severity or '':2}{times:6}")


def _short(key: str) -> str:
    """Return a key without the name in it."""
    rule, _, scope = key.partition(":")
    return key if scope in {*KINDS, "ask", "take", "give", "early"} else rule


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
