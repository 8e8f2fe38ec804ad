"""Every field of a contact is carried by every room that keeps or exchanges contacts."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from dorf.core.dates import PartialDate
from dorf.core.village import FIELDS, LABELS, Contact, Kid, RoleSpan, Village, YearlyDay
from dorf.core.vocabulary import ROLES, Bond, Kind
from dorf.formats import village_file
from dorf.formats.vcard import reader, writer
from dorf.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from dorf.core.fields import Field, ValueKind

NOW = "2026-03-01T12:00:00.000000+00:00"
DAY = date(2026, 3, 2)
STATED: dict[ValueKind, Any] = {
    "name": "Lena; Ä",
    "text": "eins, zwei\ndrei; vier",
    "day": DAY,
    "partial": PartialDate(None, 2, 29),
    "moment": NOW,
    "flag": True,
    "names": ("Leni", "L."),
    "texts": ("eins; zwei", "drei"),
    "roles": (ROLES["friend"], ROLES["neighbour"]),
    "kinds": frozenset({Kind.ADVICE, Kind.COMPANY}),
    "kids": (Kid("Mats", PartialDate(2021, 12)), Kid("Ida"), Kid(None, PartialDate(2024, 1, 31))),
    "yearly_days": (YearlyDay("name day", PartialDate(None, 12, 4)),),
    "bonds": (("Ida", Bond.PRIMARY), ("Mats", Bond.SECONDARY)),
    "spans": (RoleSpan(ROLES["colleague"], None, DAY), RoleSpan(ROLES["friend"], DAY)),
}


def stated(field: Field) -> Any:
    """Return a value that is not what a contact has of which nothing is known."""
    if field.kind == "whole":
        return field.most
    return list(field.choices)[-1] if field.choices else STATED[field.kind]


ALL = Contact(**{name: stated(field) for name, field in FIELDS.items()})
EMPTY = Contact("u", "Ö", DAY, gives=frozenset(), gets=frozenset(), changed_at=NOW)


@pytest.mark.parametrize("contact", [ALL, EMPTY], ids=["all", "empty sets"])
def test_a_village_file_carries_every_field(contact: Contact) -> None:
    """What was written is read again as it was."""
    incoming = village_file.parse(village_file.write(Village(contacts=(contact,)))).contacts[0]
    assert Contact(**{"uid": incoming.uid, **incoming.given}) == contact


@pytest.mark.parametrize("contact", [ALL, EMPTY], ids=["all", "empty sets"])
def test_a_card_carries_every_field(contact: Contact) -> None:
    """What no property of the standard holds goes along in one of dorf's own."""
    card = writer.write(Village(contacts=(contact,))).encode()
    incoming = reader.read(BytesIO(card), "v.vcf").contacts[0]
    assert Contact(**{"uid": incoming.uid, "name": incoming.name, **incoming.given}) == contact


@pytest.mark.parametrize("contact", [ALL, EMPTY], ids=["all", "empty sets"])
def test_the_store_carries_every_field(tmp_path: Path, contact: Contact) -> None:
    """A contact comes back as it was written, new and changed."""
    with Store(tmp_path / "v.db", NOW) as store, store.writing() as file:
        file.add_contact(Contact(contact.uid, contact.name, contact.added_on))
        file.save_contacts([contact])
        assert file.contact(contact.uid, DAY) == contact


def test_fields_stand_in_the_order_of_files() -> None:
    """Who it is comes first, and the stamp of the last change comes last."""
    assert list(json.loads(json.dumps(village_file.contact_document(ALL)))) == list(FIELDS)
    assert (*list(FIELDS)[:4], list(FIELDS)[-1]) == (
        "uid", "name", "nicknames", "roles", "changed_at",
    )  # fmt: skip


def test_what_completes_a_field_names_one_that_people_choose() -> None:
    """A part belongs to a field of which a contact has one value."""
    assert {field.part_of for field in FIELDS.values()} - {""} <= LABELS.keys()
