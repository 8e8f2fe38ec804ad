"""vCards: what every address book writes is read, and what dorf writes comes back unchanged."""

from __future__ import annotations

import io
import json
import random
import shutil
import subprocess
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dorf.core.dates import PartialDate
from dorf.core.guessing import role_stated
from dorf.core.intake import Intake, merge
from dorf.core.names import LONGEST_NAME, clean_text
from dorf.core.village import Contact, Kid, RoleSpan, Touch, Village, YearlyDay
from dorf.core.vocabulary import KINDS, ROLES, Bond, Place, Status
from dorf.errors import UnreadableFile, WrongField
from dorf.formats import vcard, village_file
from dorf.formats.vcard.writing import category

SAMPLES = sorted((Path(__file__).parent / "samples" / "vcard").glob("*.vcf"))
DAY = date(2026, 3, 2)


def read(data: bytes | str, name: str = "phone.vcf") -> Intake:
    """Return what a file says."""
    return vcard.read(io.BytesIO(data.encode() if isinstance(data, str) else data), name)


def joined(intake: Intake) -> tuple[Contact, ...]:
    """Return the contacts after an import into an empty village."""
    return merge(Village(), intake, DAY, lambda: "new").new


def outcome(intake: Intake) -> dict[str, Any]:
    """Return what a file says, as documents of a village file without what it does not say."""
    contacts = []
    for one in intake.contacts:
        made = Contact(**{"added_on": DAY, "uid": "", "name": one.name, **one.given})
        document = village_file.contact_document(made)
        for key in ("added_on", "changed_at", "roles"):
            if key not in one.given:
                document.pop(key, None)
        document["uid"] = one.uid
        document["last_contact"] = one.last_contact and one.last_contact.isoformat()
        contacts.append({key: value for key, value in document.items() if value is not None})
    remarks = [
        f"{one.place}: {one.what}" for one in intake.remarks
    ]
    return {"contacts": contacts, "encounters": [], "remarks": remarks}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples(path: Path) -> None:
    """Each file says exactly what stands beside it."""
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    assert outcome(read(path.read_bytes(), path.name)) == expected


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_recognised(path: Path) -> None:
    """The beginning of each file tells that it is one of vCards."""
    raw = path.read_bytes()
    encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    assert vcard.recognises(raw.decode(encoding, "replace")[:4000])


@pytest.mark.parametrize(
    "head",
    [
        "",
        '{"dorf": 1, "contacts": [{"notes": "\nBEGIN:VCARD\n"}]}',
        "BEGIN:VCALENDAR\nVERSION:2.0\n",
        "Name,Notes\nLena,BEGIN:VCARD\n",
        "### Activities:\n- 2026-01-01: **Lena** wrote BEGIN:VCARD on a card\n",
    ],
)
def test_other_files_are_not_recognised(head: str) -> None:
    """No other format is taken for vCards."""
    assert not vcard.recognises(head)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"FN:Lena\n", b"\xff\xfe", b"END:VCARD", b"\0" * 9])
def test_a_file_without_a_card_is_refused(data: bytes) -> None:
    """Nothing in it can be read."""
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert str(caught.value) == "There is no vCard in this file. Nothing was changed."


# --- there and back ------------------------------------------------------------------------------

QUIRKS = st.sampled_from(
    [
        ",", ";", ":", "\\", "\\n", "\\N", '"', "^n", "=", "=3D", "\n", " ", "  ", "\t", "ü", "é",
        "e\u0301", "👩‍👩‍👧", "\u200d", "\u00ad", "\u3000", "\x85", "\u2028", "क्षि", "BEGIN:VCARD",
        "\nEND:VCARD\n", "QUOTED-PRINTABLE", "_$!<Home>!$_", "#Kita", "tel:", "urn:uuid:", "𝒳",
    ]
)  # fmt: skip
LETTERS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
RAW = st.lists(QUIRKS | LETTERS, min_size=1, max_size=12).map("".join) | st.integers(60, 90).map(
    lambda n: "x" * n + "e\u0301👍\u0301 " * 9
)
TEXTS = RAW.map(lambda text: clean_text(text, lines=True)).filter(bool)


NAMES = RAW.map(clean_text).filter(lambda text: any(map(str.isalnum, text)) and len(text) <= 200)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
YEARS = st.integers(1850, 2100) | st.sampled_from([1, 4, 999, 1604, 9999])
FULL = st.builds(PartialDate, st.none() | YEARS, st.integers(1, 12), st.integers(1, 28)) | st.just(
    PartialDate(None, 2, 29)
)
MONTHS = st.builds(PartialDate, YEARS, st.integers(1, 12))
BORN = MONTHS | st.builds(PartialDate, YEARS, st.integers(1, 12), st.integers(1, 28))
KIDS = st.builds(Kid, NAMES, st.none() | BORN) | st.builds(Kid, st.none(), BORN)
MAYBE = st.none() | st.booleans()
ROLE = st.sampled_from(list(ROLES.values()))


def lists(one: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    """Draw tuples."""
    return st.lists(one, min_size=least, max_size=3).map(tuple)


STAMPS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001  (made UTC)
    lambda one: one.replace(tzinfo=UTC).isoformat(timespec="microseconds")
)
BONDS = st.dictionaries(NAMES, st.sampled_from(Bond), max_size=3)
CONTACTS = st.builds(
    Contact,
    uid=st.uuids().map(str) | NAMES,
    name=NAMES,
    added_on=DAYS,
    roles=st.lists(ROLE, min_size=1, max_size=3, unique=True).map(tuple),
    nicknames=lists(NAMES),
    circle=st.none() | st.integers(1, 4),
    cadence_days=st.none() | st.integers(0, 36_500),
    planned_on=st.none() | DAYS,
    planned_note=st.none() | TEXTS,
    snoozed_until=st.none() | DAYS,
    status=st.sampled_from(Status),
    paused_until=st.none() | DAYS,
    resumed_on=st.none() | DAYS,
    until=st.none() | DAYS,
    where=st.none() | st.sampled_from(Place),
    online_only=MAYBE,
    trusted=MAYBE,
    pickup=MAYBE,
    strained=st.booleans(),
    single_parent=st.booleans(),
    gives=st.none() | st.frozensets(st.sampled_from(KINDS)),
    gets=st.none() | st.frozensets(st.sampled_from(KINDS)),
    skills=lists(TEXTS),
    kids=lists(KIDS),
    attachment=BONDS.map(lambda bonds: tuple(sorted(bonds.items()))),
    birthday=st.none() | FULL | MONTHS,
    phones=lists(TEXTS),
    emails=lists(TEXTS),
    addresses=lists(TEXTS),
    notes=st.none() | TEXTS,
    role_history=lists(st.builds(RoleSpan, ROLE, st.none() | DAYS, st.none() | DAYS)),
    yearly_days=lists(
        st.builds(YearlyDay, NAMES | st.sampled_from(["Hochzeitstag", "Anniversary"]), FULL)
    ),
    lead_days=st.none() | st.integers(0, 366),
    changed_at=st.none() | STAMPS,
)


@pytest.mark.parametrize("version", ["4.0", "3.0"])
@settings(max_examples=150, deadline=None)
@given(contact=CONTACTS, last=st.none() | DAYS)
def test_every_field_comes_back(version: str, contact: Contact, last: date | None) -> None:
    """Village → vCard → village: each field of a contact is the same, and nothing is remarked."""
    text = vcard.write(Village(contacts=(contact,), touches={contact.uid: Touch(last)}), version)
    intake = read(text)
    assert intake.remarks == ()
    assert joined(intake) == (contact,)
    (newcomer,) = intake.contacts
    assert (newcomer.uid, newcomer.last_contact) == (contact.uid, last)
    assert not newcomer.guessed
