"""An invented family for ``dorf demo`` and the pictures of the README; nobody in it exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dorf.core.dates import PartialDate
from dorf.core.village import Child, Help, Kid
from dorf.core.vocabulary import ROLES, Bond, Direction, How, Kind, Place
from dorf.imports.incoming import Incoming, IncomingContact, IncomingEncounter

_IDA_MONTHS = 53
_COURSE_ENDS = 35
_PEOPLE: tuple[tuple[str, str, int | None, dict[str, Any]], ...] = (
    # name, role, days since the last contact (None: nothing noted), what else is known
    ("Jonas", "partner", None, {"where": Place.HOUSEHOLD}),
    ("Oma Gisela", "grandparent", 17, {
        "where": Place.FAR, "attachment": (("Ida", Bond.SECONDARY),),
        "phones": ("0251 555 0143",), "birthday": PartialDate(1957, 3, 14)}),
    ("Jana", "parent_friend", 4, {
        "where": Place.NEAR, "trusted": True, "pickup": True,
        "kids": (Kid("Mats"),), "gets": frozenset({Kind.CHILDCARE})}),
    ("Lena", "friend", 41, {
        "circle": 2, "where": Place.FAR, "gives": frozenset({Kind.EMOTIONAL, Kind.APPRAISAL}),
        "gets": frozenset({Kind.EMOTIONAL}), "phones": ("0171 555 0178",)}),
    ("Herr Aydin", "neighbour", 12, {
        "where": Place.NEAR, "gives": frozenset({Kind.PRACTICAL})}),
    ("Tom", "friend", 130, {
        "where": Place.NEAR, "gives": frozenset({Kind.PRACTICAL, Kind.SKILL}),
        "skills": ("Handwerk",)}),
    ("Frau Klein", "educator", 75, {"where": Place.NEAR}),
    ("Turnen am Mittwoch", "course_group", 5, {"where": Place.NEAR, "until": _COURSE_ENDS}),
    ("Kita-Chat", "online_community", None, {}),
)  # fmt: skip


def sample_village(today: date) -> Incoming:
    """Return the invented family as it stands on *today*."""
    born = _months_before(today, _IDA_MONTHS)
    household = {"children": (Child("Ida", born),), "wishes": ("Nähen",)}
    contacts = tuple(_contacts(today))
    return Incoming(household, contacts, tuple(_meetings(today)))


def _contacts(today: date) -> Iterator[IncomingContact]:
    added = today - timedelta(days=400)
    for number, (name, role, days, more) in enumerate(_PEOPLE):
        last = None if days is None else today - timedelta(days=days)
        given = {"roles": (ROLES[role],), "added_on": added, **more}
        if "until" in given:
            given["until"] = today + timedelta(days=given["until"])
        if "kids" in given:
            given["kids"] = (Kid("Mats", _months_before(today, _IDA_MONTHS + 2)),)
        yield IncomingContact(f"contacts[{number}]", name, given, last_contact=last)


def _meetings(today: date) -> Iterator[IncomingEncounter]:
    helped = (Help(Direction.IN, Kind.CHILDCARE),)
    yield IncomingEncounter(
        "", today - timedelta(days=4), ("Jana",), How.VISIT, "Spielplatz", helped
    )
    yield IncomingEncounter(
        "", today - timedelta(days=17), ("Oma Gisela",), How.CALL, "Rezept für Hefezopf"
    )


def _months_before(today: date, months: int) -> PartialDate:
    count = today.year * 12 + today.month - 1 - months
    return PartialDate(count // 12, count % 12 + 1)
