"""Villages for the tests, as village files carry them: short to write down."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from dorf.core.assessment import Assessment, assess
from dorf.core.village import Encounter, Touch, Village
from dorf.core.vocabulary import Direction
from dorf.formats import village_file
from dorf.imports.village_policy import VillageJoin
from tests.conftest import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dorf.imports.outcome import Outcome
    from tests.conftest import Dorf

DAY = date.fromisoformat(TODAY)
UIDS = (f"uid-{number}" for number in count())
Document = dict[str, Any]
NEAR: Document = {"where": "near"}
CORE6 = ["emotional", "childcare", "emergency", "practical", "advice", "company"]


def ago(days: int) -> str:
    """Return the day that lies *days* before `TODAY`; after it for a negative number."""
    return (DAY - timedelta(days=days)).isoformat()


def months_ago(months: int) -> str:
    """Return the birth month of somebody who is *months* old on `TODAY`."""
    year, month = divmod(12 * DAY.year + DAY.month - 1 - months, 12)
    return f"{year:04d}-{month + 1:02d}"


def child(months: int, name: str = "Ida") -> Document:
    """Return a child of the household that is *months* old on `TODAY`."""
    return {"name": name, "born": months_ago(months)}


def person(name: str, role: str = "other", **fields: Any) -> Document:
    """Return a contact that was added a year ago and met today, unless *fields* say more.

    `last_contact=None` leaves the contact unrecorded.
    """
    return {
        "name": name,
        "roles": [role],
        "added_on": ago(365),
        "last_contact": ago(0),
        **fields,
    }


def helper(name: str, *kinds: str, **fields: Any) -> Document:
    """Return somebody of no group who gives just *kinds* and gets nothing."""
    return person(name, "other", **({"gives": list(kinds), "gets": []} | fields))


def helped(name: str, way: str, days: int = 1) -> Document:
    """Return the encounter in which *name* was helped ("out") or did help ("in")."""
    return {
        "day": ago(days),
        "contacts": [name],
        "help": [{"direction": way, "kind": "practical"}],
    }


def village(*contacts: Document, log: tuple[Document, ...] = (), **household: Any) -> Document:
    """Return a village document; *household* are the fields of the household."""
    return {
        "dorf": 1,
        "household": household,
        "contacts": list(contacts),
        "encounters": list(log),
    }


COLD: Document = {"cadence_days": 6, "last_contact": ago(18)}
"""Silent for three times the cadence: the line has gone cold, and the log does not rest yet."""

RICH = village(
    helper("Jonas", "emotional", "emergency", where="household", strained=True, until=ago(-9)),
    helper("Mia", "emotional", "material", roles=["friend"], until=ago(-3)),
    helper("Kurs", "company", roles=["course_group"], until=ago(3)),
    helper("Pit", "emergency", roles=["neighbour"], **NEAR),
    helper("Oma", "advice", roles=["relative"], attachment={"Ida": "secondary"}, **COLD),
    log=tuple(helped("Pit", "in", n) for n in range(5)),
    children=[child(53), child(7, "ben"), child(143, "Cem")],
    wishes=["Nähen", "arzt", "Löten"],
    single_parent=True,
)
"""A village with a finding of most rules."""

ONE_SIDED = village(
    *(helper(name, "emotional", "practical", roles=["friend"]) for name in ("Mia", "Tom", "Uwe")),
    children=[child(53)],
)
"""A village that only takes: G13 speaks, and G14 is silent for it."""
TWINS = village(
    *(person(name, planned_on=ago(1), last_contact=ago(30)) for name in ("Anna", "anna", "ANNA"))
)
"""Three people who differ by capitals only: in tending, warnings and coverage they tie."""


def severities(dorf: Dorf) -> dict[str, int]:
    """Return the keys of all findings with their severities."""
    return {gap["key"]: gap["severity"] for gap in dorf.status()["gaps"]}


# --- as values, without a database ------------------------------------------------------------


def read(document: Document, today: date = DAY) -> Village:
    """Return the village of a *document* that was imported into an empty file."""
    return joined(Village(), imported(Village(), json.dumps(document), today), today)


def imported(village: Village, text: str, today: date = DAY) -> Outcome:
    """Return what importing *text* does to a *village*."""
    return VillageJoin(village, village_file.parse(text), today, lambda: next(UIDS)).outcome()


def joined(village: Village, done: Outcome, today: date = DAY) -> Village:
    """Return the *village* after an import, with what the log says about everybody."""
    contacts = {one.uid: one for one in village.contacts}
    contacts |= {after.uid: after for _, after in done.changed}
    contacts |= {one.uid: one for one in done.new}
    log = {one.uid: one for one in village.encounters}
    log |= {one.uid: one for one in (*done.changed_encounters, *done.new_encounters)}
    encounters = tuple(log.values())
    touches = {uid: touch(uid, encounters, today) for uid in contacts}
    return Village(done.household, tuple(contacts.values()), touches, encounters)


def touch(uid: str, encounters: Iterable[Encounter], today: date = DAY) -> Touch:
    """Return the last contact and the help of DOMAIN.md §3b, M6: ever, and within 180 days."""
    met = [one for one in encounters if uid in one.contacts]
    ever = [one.direction for each in met for one in each.help]
    recent = [one.direction for e in met if 0 <= (today - e.day).days < 180 for one in e.help]
    return Touch(
        max((one.day for one in met), default=None),
        Direction.IN in ever,
        Direction.OUT in ever,
        recent.count(Direction.IN),
        recent.count(Direction.OUT),
    )


def report(document: Document) -> Assessment:
    """Return what is true of the village of a *document*."""
    return assess(read(document), DAY)
