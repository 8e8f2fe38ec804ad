"""vCards: what every address book writes is read, and what dorf writes comes back unchanged."""

from __future__ import annotations

import io
import json
import random
import shutil
import subprocess
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from dorf.core.dates import PartialDate
from dorf.core.spelling import clean_text
from dorf.core.village import Contact, Kid, RoleSpan, Touch, Village, YearlyDay
from dorf.core.vocabulary import KINDS, ROLES, Bond, Place, Status
from dorf.errors import UnreadableFile
from dorf.formats import vcard, village_file
from dorf.formats.interface import Options, Sample
from dorf.formats.recognition import recognise
from dorf.formats.registry import VCARD
from dorf.formats.text import decoded
from dorf.formats.vcard.lines import escaped, folded
from dorf.formats.vcard.words import CATEGORIES
from dorf.imports.role_words import role_stated
from dorf.imports.village_policy import VillageJoin
from tests.conftest import endless_after

if TYPE_CHECKING:
    from dorf.core.vocabulary import Role
    from dorf.imports.incoming import Incoming

SAMPLES = sorted((Path(__file__).parent / "samples" / "vcard").glob("*.vcf"))
DAY = date(2026, 3, 2)


def read(data: bytes | str, name: str = "phone.vcf") -> Incoming:
    """Return what a file says."""
    return vcard.read(io.BytesIO(data.encode() if isinstance(data, str) else data), name)


def joined(incoming: Incoming) -> tuple[Contact, ...]:
    """Return the contacts after an import into an empty village."""
    return VillageJoin(Village(), incoming, DAY, lambda: "new").outcome().new


def outcome(incoming: Incoming) -> dict[str, Any]:
    """Return what a file says, as documents of a village file without what it does not say."""
    contacts = []
    for contact in incoming.contacts:
        made = Contact(**{"added_on": DAY, "uid": "", "name": contact.name, **contact.given})
        document = village_file.contact_document(made)
        for key in ("added_on", "changed_at", "roles"):
            if key not in contact.given:
                document.pop(key, None)
        document["uid"] = contact.uid
        document["last_contact"] = contact.last_contact and contact.last_contact.isoformat()
        contacts.append({key: value for key, value in document.items() if value is not None})
    remarks = [f"{remark.place}: {remark.what}" for remark in incoming.remarks]
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
    assert recognise(io.BytesIO(raw)) is VCARD
    assert vcard.recognises(Sample(decoded(raw)[0][:4000]))


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
    assert not vcard.recognises(Sample(head))


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


def lists(item: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    """Draw tuples."""
    return st.lists(item, min_size=least, max_size=3).map(tuple)


STAMPS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001  (made UTC)
    lambda entry: entry.replace(tzinfo=UTC).isoformat(timespec="microseconds")
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
    died_on=st.none() | DAYS,
    met_at=st.none() | TEXTS,
    plan_every=st.none() | st.sampled_from([7, 14]),
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


@pytest.mark.slow
@pytest.mark.parametrize("version", ["4.0", "3.0"])
@settings(max_examples=150)
@given(contact=CONTACTS, last=st.none() | DAYS)
def test_every_field_comes_back(version: str, contact: Contact, last: date | None) -> None:
    """Village → vCard → village: each field of a contact is the same, and nothing is remarked."""
    text = vcard.write(
        Village(contacts=(contact,), touches={contact.uid: Touch(last)}), Options(version=version)
    )
    incoming = read(text)
    assert incoming.remarks == ()
    assert joined(incoming) == (contact,)
    (newcomer,) = incoming.contacts
    assert (newcomer.uid, newcomer.last_contact) == (contact.uid, last)
    assert not newcomer.guessed


@pytest.mark.slow
@given(text=st.text(max_size=400) | RAW, name=st.sampled_from(["NOTE", "X-DORF-PLANNED-NOTE"]))
def test_lines_are_folded_at_75_octets(text: str, name: str) -> None:
    """No line is longer, no letter is cut, and unfolding gives back what was folded."""
    line = f"{name}:{escaped(clean_text(text, lines=True))}"
    cut = folded(line).encode()
    assert cut.endswith(b"\r\n")
    assert max(map(len, cut[:-2].split(b"\r\n"))) <= 75
    assert all(part.decode() for part in cut[:-2].split(b"\r\n"))
    assert cut.replace(b"\r\n ", b"").decode() == f"{line}\r\n"


ALL = Contact(
    "5e1c2c9e-0000-4000-8000-000000000001",
    "Jana Elif Kaya",
    date(2025, 1, 2),
    roles=(ROLES["friend"], ROLES["parent_friend"]),
    nicknames=("Janni", "J, K"),
    gives=frozenset(),
    kids=(Kid("Mats", PartialDate(2020, 5)), Kid(None, PartialDate(2023, 1))),
    birthday=PartialDate(None, 2, 29),
    phones=("+49 171 5550101", "0251 5550102 (Praxis)"),
    emails=("jana@example.org",),
    addresses=("Weg 3, 48143 Münster",),
    notes="Kommt dienstags.\nBringt Kuchen; isst keinen, sagt sie.",
    yearly_days=(
        YearlyDay("Hochzeitstag", PartialDate(2012, 8, 4)),
        YearlyDay("Namenstag", PartialDate(None, 12, 4)),
    ),
    changed_at="2026-01-02T03:04:05.678900+00:00",
)
OMA = Contact("oma", "Oma", date(2025, 1, 2), birthday=PartialDate(1950, 7, 3))
MONTH = Contact("m", "Tom", date(2025, 1, 2), birthday=PartialDate(1985, 2))
VILLAGE = Village(contacts=(ALL, OMA, MONTH), touches={ALL.uid: Touch(date(2026, 2, 10))})


def test_the_whole_text_of_a_4_0_card() -> None:
    """This is what other programs get."""
    assert vcard.write(VILLAGE._replace(contacts=(ALL,)), Options(version="4.0")) == CARD_4.replace(
        "\n", "\r\n"
    )


CARD_4 = """\
BEGIN:VCARD
VERSION:4.0
PRODID:-//dorf//dorf-cli//EN
UID:urn:uuid:5e1c2c9e-0000-4000-8000-000000000001
FN:Jana Elif Kaya
N:;Jana Elif Kaya;;;
NICKNAME:Janni
NICKNAME:J\\, K
BDAY:--0229
TEL:+49 171 5550101
TEL:0251 5550102 (Praxis)
EMAIL:jana@example.org
ADR;LABEL="Weg 3, 48143 Münster":;;Weg 3\\, 48143 Münster;;;;
NOTE:Kommt dienstags.\\nBringt Kuchen\\; isst keinen\\, sagt sie.
CATEGORIES:Friend,Parent friend
RELATED;TYPE=child;VALUE=text:Mats
item1.ANNIVERSARY:20120804
item1.X-ABLabel:Hochzeitstag
item2.X-ABDATE:--1204
item2.X-ABLabel:Namenstag
REV:20260102T030405Z
X-DORF-ROLES:friend parent_friend
X-DORF-ADDED-ON:2025-01-02
X-DORF-GIVES:none
X-DORF-KIDS:2020-05 Mats
X-DORF-KIDS:2023-01
X-DORF-CHANGED-AT:2026-01-02T03:04:05.678900+00:00
X-DORF-LAST-CONTACT:2026-02-10
END:VCARD
"""


def test_what_3_0_writes_in_another_way() -> None:
    """Apple's signs for a birthday without a year, for children and for days of the year."""
    new, old = (
        set(vcard.write(VILLAGE, Options(version=entry)).split("\r\n")) for entry in ("4.0", "3.0")
    )
    assert old - new == {
        "BDAY:1950-07-03",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29",
        "ADR:;;Weg 3\\, 48143 Münster;;;;",
        "LABEL:Weg 3\\, 48143 Münster",
        "REV:2026-01-02T03:04:05Z",
        "UID:5e1c2c9e-0000-4000-8000-000000000001",
        "UID:m",
        "UID:oma",
        "VERSION:3.0",
        "X-DORF-BIRTHDAY:1985-02",
        "item1.X-ABLabel:_$!<Child>!$_",
        "item1.X-ABRELATEDNAMES:Mats",
        "item2.X-ABDATE:2012-08-04",
        "item2.X-ABLabel:Hochzeitstag",
        "item3.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-12-04",
        "item3.X-ABLabel:Namenstag",
    }


@pytest.mark.parametrize("version", ["4.0", "3.0"])
def test_vobject_reads_what_dorf_writes(version: str) -> None:
    """The library under khard finds the same values, by its own rules."""
    jana, oma, _ = vobject.readComponents(vcard.write(VILLAGE, Options(version=version)))
    assert jana.fn.value == "Jana Elif Kaya"
    assert (jana.n.value.family, jana.n.value.given) == ("", "Jana Elif Kaya")
    assert [entry.value for entry in jana.nickname_list] == ["Janni", "J, K"]
    assert [entry.value for entry in jana.tel_list] == list(ALL.phones)
    assert jana.adr.value.street == ALL.addresses[0]
    assert jana.note.value == ALL.notes
    assert jana.categories.value == ["Friend", "Parent friend"]
    assert jana.bday.value == {"4.0": "--0229", "3.0": "1604-02-29"}[version]
    assert oma.bday.value == {"4.0": "19500703", "3.0": "1950-07-03"}[version]


def _khard(tmp_path: Path, version: str, *arguments: str) -> str:
    book = tmp_path / "book"
    book.mkdir(exist_ok=True)
    for contact in VILLAGE.contacts:
        card = vcard.write(VILLAGE._replace(contacts=(contact,)), Options(version=version))
        (book / f"{contact.uid}.vcf").write_bytes(card.encode())
    settings_file = tmp_path / "khard.conf"
    settings_file.write_text(f"[addressbooks]\n[[book]]\npath = {book}\n", "utf-8")
    command = ["khard", "-c", str(settings_file), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("khard") is None, reason="khard is not installed")
@pytest.mark.parametrize("version", ["4.0", "3.0"])
def test_khard_lists_what_dorf_writes(tmp_path: Path, version: str) -> None:
    """Khard lists everybody, with the birthdays that it knows: 1900 had no 29 February."""
    listed = _khard(tmp_path, version, "list", "--parsable")
    assert [line.split("\t")[1] for line in listed.splitlines()] == ["Jana Elif Kaya", "Oma", "Tom"]
    born = _khard(tmp_path, version, "birthdays", "--parsable").splitlines()
    jana = [] if version == "4.0" else ["1604.02.29\tJana Elif Kaya"]
    assert born == [*jana, "1950.07.03\tOma"]


def test_categories_are_read_back_without_the_rest() -> None:
    """What a program leaves that drops all X- properties: the categories still state the roles."""
    assert {slug: role and role.slug for slug, role in _stated()} == {
        slug: slug for slug in CATEGORIES
    }
    text = vcard.write(Village(contacts=(ALL,)))
    kept = [line for line in text.split("\r\n") if not line.startswith("X-DORF-")]
    (newcomer,) = read("\r\n".join(kept)).contacts
    assert newcomer.given == {
        "roles": ALL.roles,
        "nicknames": ALL.nicknames,
        "phones": ALL.phones,
        "emails": ALL.emails,
        "addresses": ALL.addresses,
        "kids": (Kid("Mats"),),
        "birthday": ALL.birthday,
        "yearly_days": ALL.yearly_days,
        "notes": ALL.notes,
    }


@pytest.mark.parametrize(
    ("categories", "roles", "notes"),
    [
        (r"Freunde\,Nachbarn", ("friend", "neighbour"), None),
        (r"Freunde\, Nachbarn\, Chor", ("friend", "neighbour"), "#Chor"),
        (r"Chor\,Verein", None, "#Chor,Verein"),
        (r"Freunde,Meier\, Sohn", ("friend",), "#Meier, Sohn"),
    ],
)
def test_a_list_that_was_escaped_as_one_word_is_a_list(
    categories: str, roles: tuple[str, ...] | None, notes: str | None
) -> None:
    """Older ownCloud wrote all categories as one; a comma in a group of one's own stays."""
    card = f"BEGIN:VCARD\nVERSION:3.0\nFN:Pia\nCATEGORIES:{categories}\nEND:VCARD\n"
    [pia] = read(card).contacts
    slugs = tuple(role.slug for role in pia.given["roles"]) if "roles" in pia.given else None
    assert (slugs, pia.given.get("notes")) == (roles, notes)


def _stated() -> list[tuple[str, Role | None]]:
    return [(slug, role_stated(word)) for slug, word in CATEGORIES.items()]


def test_a_card_that_another_program_has_changed_says_so() -> None:
    """What was changed there counts; dorf's own fields stay, and the stamp is the newer one."""
    text = vcard.write(Village(contacts=(ALL,)), Options(version="3.0"))
    for old, new in {
        "FN:Jana Elif Kaya": "FN:Jana Weber",
        "TEL:+49 171 5550101\r\n": "",
        "EMAIL:": "EMAIL:new@example.org\r\nEMAIL:",
        "CATEGORIES:Friend,Parent friend": "CATEGORIES:Neighbour,Chor",
        "X-ABRELATEDNAMES:Mats": "X-ABRELATEDNAMES:Mats\r\nX-MS-CHILD:Lia",
        "REV:2026-01-02T03:04:05Z": "REV:20260209T101112Z",
        "X-DORF-GIVES:none": "X-DORF-GIVES:everything\r\nX-DORF-NEW:x",
    }.items():
        assert old in text
        text = text.replace(old, new)
    incoming = read(text)
    (newcomer,) = incoming.contacts
    changed = {key: newcomer.given[key] for key in ("phones", "emails", "roles", "changed_at")}
    assert (newcomer.name, newcomer.uid) == ("Jana Weber", ALL.uid)
    assert changed == {
        "phones": ALL.phones[1:],
        "emails": ("new@example.org", *ALL.emails),
        "roles": ALL.roles,
        "changed_at": "2026-02-09T10:11:12.000000+00:00",
    }
    assert newcomer.given["kids"] == (*ALL.kids, Kid("Lia"))
    assert newcomer.given["notes"] == f"{ALL.notes}\n#Chor"
    assert "gives" not in newcomer.given
    assert [str(remark.what) for remark in incoming.remarks] == [
        "X-DORF-GIVES: “everything” is nothing that dorf can have written",
        "dorf has no place for X-DORF-NEW",
    ]


# --- damage --------------------------------------------------------------------------------------

JUNK = [
    b"\0", b"\xff", b"\xed\xa0\xbd", b"=", b"=\r\n", b";", b":", b",", b'"', b"\\", b"\r", b"\n ",
    b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b";ENCODING=QUOTED-PRINTABLE", b";ENCODING=b",
    b";CHARSET=idna", b";CHARSET=unicode_escape", b"VERSION:2.1\r\n", b"X-DORF-KIDS:;\r\n",
    b"X-DORF-CIRCLE:99999999999999999999\r\n", b"X-DORF-ROLES:\r\n", b"X-DORF-UID:\r\n",
    b"X-DORF-CHANGED-AT:0001-01-01T00:00:00+14:00\r\n", b"BDAY:99999999\r\n",
]  # fmt: skip


def _damaged(chance: random.Random) -> bytes:
    data = bytearray(chance.choice(SAMPLES).read_bytes())
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.randint(1, 60))
        way = chance.randrange(5)
        if way == 0:
            data[start:end] = bytes(chance.randrange(256) for _ in range(end - start))
        elif way == 1:
            del data[start:end]
        elif way == 2:
            data[start:start] = data[start:end] * chance.randint(1, 3)
        elif way == 3:
            del data[start:]
        else:
            data[start:start] = chance.choice(JUNK)
    return bytes(data)


@pytest.mark.slow
def test_damaged_files_are_read_or_refused() -> None:
    """Bytes flipped, lost, doubled, put in: nothing but a refusal is raised."""
    chance = random.Random(5)  # noqa: S311  (no secret)
    refused = 0
    for _ in range(600):
        try:
            [str(remark.what) for remark in read(_damaged(chance)).remarks]
        except UnreadableFile:
            refused += 1
    assert refused < 300


CARD = b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:A\r\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        CARD + b"TEL;A" + b"," * 3_000,
        CARD + b"TEL" + b';A="' * 500 + b":1",
        CARD + b"T" * 3_000_000,
        CARD + b"NOTE:" + b"\\" * 3_000_001,
        CARD + b"NOTE;ENCODING=QUOTED-PRINTABLE:" + b"abc=\r\n" * 400_000,
        CARD + b"NOTE:a" + b"\r\n b" * 400_000,
        CARD + b"PHOTO;BASE64:" + b"A" * 10_000_000,
        CARD + b"AGENT:" + b"BEGIN:VCARD\\nAGENT:" * 5_000,
        b"BEGIN:VCARD\r\n" * 50_000,
        CARD + b"END:VCARD\r\n" * 50_000,
        CARD + b"NOTE:x\r\n" * 50_000,
        CARD + b"ADR:;;" + b" " * 390_000 + b"a;b",
        CARD + b"UID:" + b" " * 390_000 + b"a",
    ],
    ids=range(13),
)
def test_monstrous_files_take_no_time(data: bytes) -> None:
    """Neither the patterns nor the loops take more than time in proportion to the file."""
    with endless_after():
        read(data)


@pytest.mark.slow
def test_pictures_take_no_memory() -> None:
    """What stays while a file is read grows with the cards, not with their pictures."""
    picture = b"PHOTO;ENCODING=b:" + b"\r\n ".join([b"A" * 74] * 1_000) + b"\r\n"
    data = b"".join(b"BEGIN:VCARD\r\nFN:P%d\r\n%sEND:VCARD\r\n" % (n, picture) for n in range(100))
    tracemalloc.start()
    try:
        incoming = read(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(incoming.contacts) == 100
    assert peak < len(data) / 4
