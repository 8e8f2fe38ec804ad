"""Villages for the tests, as village files carry them (design.md §8): short to write down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.conftest import TODAY

if TYPE_CHECKING:
    from tests.conftest import Dorf

Document = dict[str, Any]
CORE6 = ["emotional", "childcare", "emergency", "practical", "advice", "company"]


def ago(days: int) -> str:
    """Return the day that lies *days* before `TODAY`; after it for a negative number."""
    return (date.fromisoformat(TODAY) - timedelta(days=days)).isoformat()


def months_ago(months: int) -> str:
    """Return the birth month of somebody who is *months* old on `TODAY`."""
    today = date.fromisoformat(TODAY)
    year, month = divmod(12 * today.year + today.month - 1 - months, 12)
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


def severities(dorf: Dorf) -> dict[str, int]:
    """Return the keys of all findings with their severities."""
    return {gap["key"]: gap["severity"] for gap in dorf.status()["gaps"]}
