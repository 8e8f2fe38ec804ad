"""One contact as the domain page has it (§0.2 to §3.4): kinds, cadence, days, status and state.

A contact is a dict of the village file in which every missing field reads as None.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Contact = dict[str, Any]

KINDS = [
    "emotional", "childcare", "emergency", "practical", "advice", "company",
    "appraisal", "material", "skill",
]  # fmt: skip
CORE6 = KINDS[:6]
CORE5 = [kind for kind in CORE6 if kind != "emergency"]
NOT_ONLINE = {"childcare", "emergency", "practical", "company", "material"}
CIRCLE_DAYS = {1: 7, 2: 30, 3: 180, 4: 365}

# slug: source, flag, cadence, circle, assumed kinds
ROLES: dict[str, tuple[str, str, int, int, str]] = {
    "partner": ("partner", "", 0, 1, "emotional childcare practical company appraisal"),
    "coparent": ("partner", "", 0, 2, "childcare"),
    "grandparent": ("family", "kin", 14, 1, "emotional childcare emergency advice"),
    "relative": ("family", "kin", 30, 2, "emotional practical material"),
    "godparent": ("friends", "", 30, 2, "emotional company material"),
    "friend": ("friends", "", 30, 2, "emotional childcare advice company appraisal"),
    "colleague": ("friends", "", 90, 3, "advice company"),
    "parent_friend": (
        "parents", "", 14, 2, "emotional childcare emergency advice company appraisal"
    ),
    "acquaintance": ("parents", "", 14, 4, ""),
    "course_group": ("parents", "group", 0, 3, "advice company"),
    "neighbour": ("neighbours", "", 30, 3, "practical"),
    "educator": ("professionals", "formal", 0, 3, "advice"),
    "babysitter": ("professionals", "formal", 60, 3, "childcare emergency"),
    "rental_grandparent": ("professionals", "formal", 0, 2, "childcare company"),
    "household_help": ("professionals", "formal", 0, 4, "practical"),
    "volunteer": ("professionals", "formal", 0, 3, "emotional childcare practical"),
    "professional": ("professionals", "formal", 0, 4, "advice appraisal"),
    "self_help_group": ("selfhelp", "group", 0, 3, "emotional advice company appraisal"),
    "online_community": ("online", "group", 0, 4, "advice appraisal"),
    "other": ("friends", "", 30, 3, ""),
}  # fmt: skip


def copied(c: Contact, changes: dict[str, Any]) -> Contact:
    """Return a contact with *changes*, in which every missing field reads as None."""
    return defaultdict(lambda: None, c | changes)


def day_of(text: str | None) -> date | None:
    """Return the day that an ISO *text* names."""
    return date.fromisoformat(text) if text else None


def names(contacts: Iterable[Contact]) -> list[str]:
    """Return the names in order of name, as §4.1 has them where nothing else is said."""
    return sorted((c["name"] for c in contacts), key=by_name)


def by_name(name: str) -> tuple[str, str]:
    """Return what names are sorted by."""
    return name.casefold(), name


def main_role(c: Contact) -> str:
    """Return the first of the roles."""
    return str(c["roles"][0])


def is_formal(c: Contact) -> bool:
    """Tell whether the main role is organised or paid."""
    return ROLES[main_role(c)][1] == "formal"


def is_group(c: Contact) -> bool:
    """Tell whether the main role is not a single person."""
    return ROLES[main_role(c)][1] == "group"


def is_kin(c: Contact) -> bool:
    """Tell whether any role is kin."""
    return any(ROLES[role][1] == "kin" for role in c["roles"])


def circle(c: Contact) -> int:
    """Return the own circle, else the main role's default."""
    return int(c["circle"] or ROLES[main_role(c)][3])


def kid_months(c: Contact) -> list[str]:
    """Return the birth months of the contact's kids that are known."""
    born = [kid if isinstance(kid, str) else kid.get("born") for kid in c["kids"] or []]
    return [day[:7] for day in born if day]


def months_between(born: str, then: str) -> int:
    """Return how many months lie from the month of *born* to that of *then*."""
    return 12 * (int(then[:4]) - int(born[:4])) + int(then[5:7]) - int(born[5:7])


def age(born: str, today: date) -> int:
    """Return the age in whole months, negative for a due child."""
    before_its_day = len(born) > 7 and today.day < int(born[8:10])
    return months_between(born, today.isoformat()) - before_its_day


def filled(raw: Contact, encounters: list[dict[str, Any]], today: date) -> Contact:
    """Return a contact of the file with every field, and with its days of the log."""
    c = copied(raw, {})
    c["roles"] = c["roles"] or ["other"]
    c["status"] = c["status"] or "active"
    c["added_on"] = c["added_on"] or today.isoformat()
    if c["online_only"] is None:
        c["online_only"] = main_role(c) == "online_community"
    mine = [e for e in encounters if {c["uid"], c["name"]} & set(e["contacts"])]
    days = [e["day"] for e in mine] + [c["last_contact"]] * bool(c["last_contact"])
    c["last"] = max(days, default=None)
    c["log"] = [(e["day"], h["direction"]) for e in mine for h in e.get("help") or ()]
    return c


def stated_or_assumed(c: Contact) -> set[str]:
    """Return the kinds of §1, before the exclusions of §2."""
    if c["gives"] is not None:
        return set(c["gives"])
    if c["strained"]:
        return set()
    kinds = {kind for role in c["roles"] for kind in ROLES[role][4].split()}
    extra = [
        c["pickup"] is True and c["where"] in {"near", "household"},
        "friend" in c["roles"] and bool(c["kids"]),
        "neighbour" in c["roles"] and c["trusted"] is True,
    ]
    return kinds | {"emergency"} if any(extra) else kinds


def gives(c: Contact) -> set[str]:
    """Return what counts of what the contact can give (§2)."""
    kinds = stated_or_assumed(c)
    if c["online_only"]:
        kinds -= NOT_ONLINE
    if c["where"] == "far":
        kinds -= {"emergency", "practical"}
        kinds -= {"childcare"} if c["gives"] is None else set()
    if c["trusted"] is False:
        kinds -= {"childcare", "emergency"}
    return kinds


def cadence(c: Contact) -> int:
    """Return C of §3.2."""
    if c["cadence_days"] is not None:
        return int(c["cadence_days"])
    if c["where"] == "household" or c["strained"]:
        return 0
    if c["circle"] and not is_formal(c) and not is_group(c):
        return CIRCLE_DAYS[c["circle"]]
    return min((ROLES[role][2] for role in c["roles"] if ROLES[role][2]), default=0)


def anchor(c: Contact, today: date) -> date:
    """Return the day from which the silence counts (§3.3)."""
    last = day_of(c["last"])
    if last:
        start = min(last, today)
    else:
        spans = [s for s in c["role_history"] or () if s["role"] == main_role(c)]
        since = [s["from"] for s in spans if s.get("from") and not s.get("to")]
        start = max(date.fromisoformat(day) for day in [c["added_on"], *since])
    pause = day_of(c["paused_until"])
    if c["status"] == "paused" and pause and pause <= today:
        return max(start, pause)
    return max(start, day_of(c["resumed_on"]) or start)


def silence(c: Contact, today: date) -> int:
    """Return the whole days since the anchor."""
    return max(0, (today - anchor(c, today)).days)


def effective_status(c: Contact, today: date) -> str:
    """Return the status of §0.2 at *today*."""
    if c["died_on"] or c["status"] == "ended":
        return "ended"
    pause = day_of(c["paused_until"])
    is_paused = c["status"] == "paused" and (pause is None or today < pause)
    return "paused" if is_paused else "active"


def state(c: Contact, today: date) -> str:
    """Return the first state of §3.4 that matches."""
    if c["still_there"]:
        return "fresh"
    status, size, days = effective_status(c, today), cadence(c), silence(c, today)
    planned, kin = day_of(c["planned_on"]), is_kin(c)
    unrecorded = c["last"] is None and c["cadence_days"] is None
    soon = today + timedelta(max(size, 30))
    table = [
        (status != "active", status),
        (size == 0, "untracked"),
        (planned is not None and today <= planned <= soon, "planned"),
        (unrecorded and main_role(c) != "acquaintance", "unrecorded"),
        (c["last"] is not None and days >= (4 if kin else 3) * size, "cooling"),
        (days >= 2 * size if kin else 2 * days >= 3 * size, "overdue"),
        (days >= size, "due"),
        (5 * days >= 4 * size, "soon"),
        (True, "fresh"),
    ]
    return next(name for holds, name in table if holds)


def is_snoozed(c: Contact, today: date) -> bool:
    """Tell whether the reminder is hidden."""
    return c["snoozed_until"] is not None and today < date.fromisoformat(c["snoozed_until"])
