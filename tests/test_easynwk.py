"""easyNWK's network maps: what the samples bring, what is written, what breaks nothing."""

from __future__ import annotations

import io
import json
import random
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorf.core.spelling import clean_text
from dorf.core.village import Contact, Touch, Village
from dorf.core.vocabulary import ROLES, Kind, Status
from dorf.errors import UnreadableFile
from dorf.formats import easynwk
from dorf.formats.easynwk.words import ROLE_WORDS
from dorf.formats.interface import Options, Sample
from dorf.formats.village_file import contact_document

if TYPE_CHECKING:
    from dorf.imports.incoming import Incoming, IncomingContact

SAMPLES = Path(__file__).parent / "samples" / "easynwk"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.json") if ".expected" not in path.name)
DAY = date(2026, 3, 2)


def read(data: bytes, name: str = "map.json") -> Incoming:
    """Read the bytes of a file."""
    return easynwk.read(io.BytesIO(data), name)


def document(newcomer: IncomingContact, *, uid: bool) -> dict[str, Any]:
    """Return *newcomer* as a contact of the village file, with nothing that was not stated."""
    contact = Contact(newcomer.uid or "", newcomer.name, DAY, **newcomer.given)
    found = contact_document(contact)
    del found["added_on"]
    if "roles" not in newcomer.given:
        del found["roles"]
    if not uid:
        del found["uid"]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_brings_just_what_is_expected(name: str) -> None:
    """Contacts, nothing else, and each thing that is not taken in a remark."""
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text("utf-8"))
    data = (SAMPLES / f"{name}.json").read_bytes()
    assert easynwk.recognises(Sample("", lambda: json.loads(data.decode("utf-8-sig"))))
    incoming = read(data, f"{name}.json")
    stated = {contact["name"] for contact in expected["contacts"] if "uid" in contact}
    found = [
        document(contact, uid=contact.name in stated and bool(contact.uid))
        for contact in incoming.contacts
    ]
    assert found == expected["contacts"]
    assert not incoming.encounters
    assert [f"{remark.place}: {remark.what}" for remark in incoming.remarks] == expected["remarks"]


def test_words_of_easynwk_and_its_sectors_are_shown_as_guesses() -> None:
    """Each role comes with the word, or the sector, that it was read from."""
    people = read((SAMPLES / "roles.json").read_bytes()).contacts
    assert [[(word, role.slug) for word, role in person.guessed] for person in people[3:5]] == [
        [("Nachbar*in", "neighbour"), ("Freund*in", "friend")],
        [("prof. Helfer*innen", "professional")],
    ]


def test_the_same_person_has_the_same_uid_on_the_next_map() -> None:
    """A number that was given anew to somebody else is somebody else."""

    def uid(name: str, number: int) -> str | None:
        alter = {"id": number, "name": name}
        data = json.dumps({"ego": {"name": "Nora"}, "alteri": [alter], "connections": []})
        return read(data.encode()).contacts[0].uid

    assert uid("Jo", 1) == uid("Jo", 1) is not None
    assert uid("Jo", 1) != uid("Max", 1)


def test_every_role_of_dorf_is_written_in_a_word_that_is_read_as_this_role() -> None:
    """All but "other", for which easyNWK's own empty role stands."""
    assert set(ROLE_WORDS) == set(ROLES) - {"other"}
    village = Village(contacts=tuple(Contact(s, s, DAY, (role,)) for s, role in ROLES.items()))
    people = read(easynwk.write(village).encode()).contacts
    found = {
        person.name: [role.slug for role in person.given.get("roles", [])] for person in people
    }
    assert found == {slug: [slug] if slug != "other" else [] for slug in ROLES}


def test_a_file_is_what_easynwk_loads() -> None:
    """One map with every field that its views read without asking, at its place."""
    lena = Contact(
        "uid-1", "Lena", DAY, (ROLES["neighbour"], ROLES["friend"]), circle=1, strained=True,
        gives=frozenset({Kind.CHILDCARE, Kind.EMOTIONAL}), gets=frozenset({Kind.APPRAISAL}),
        notes="mag Tee\nund Kuchen",
    )  # fmt: skip
    amt = Contact("uid-2", "Amt", DAY, (ROLES["professional"],), status=Status.ENDED)
    village = Village(contacts=(lena, amt), touches={"uid-1": Touch(date(2026, 4, 1))})
    assert json.loads(easynwk.write(village)) == {
        "versions": [
            {"id": 1, "title": "dorf", "date": "2026-04-01", "nwk": {
                "ego": {"name": "", "currentGender": "nicht festgelegt", "age": "", "note": "",
                        "emoji": ""},
                "alteri": [
                    {"id": 1, "name": "Lena", "role": "Nachbar*in, Freund*in",
                     "roleDefault": False, "human": True, "currentGender": "nicht festgelegt",
                     "genderDefault": True, "age": "", "note": "mag Tee\nund Kuchen",
                     "deceased": False, "edgeType": 2, "edgeTypeByUser": 2, "angle": 135.0,
                     "distance": 21.0, "emoji": "", "conflict": True, "supportEmotional": 3,
                     "supportInstrumental": 2, "supportInformational": 0, "supportSocial": 0,
                     "supportLinking": 0, "dorfUid": "uid-1"},
                    {"id": 2, "name": "Amt", "role": "prof. Helfer*in", "roleDefault": False,
                     "human": True, "currentGender": "nicht festgelegt", "genderDefault": True,
                     "age": "", "note": "", "deceased": False, "edgeType": 0,
                     "edgeTypeByUser": 0, "angle": -45.0, "distance": 100.0, "emoji": "",
                     "conflict": False, "supportEmotional": 0, "supportInstrumental": 0,
                     "supportInformational": 0, "supportSocial": 0, "supportLinking": 0,
                     "dorfUid": "uid-2", "dorfUsualCircle": 4},
                ],
                "connections": [],
            }},
        ],
        "currentVersion": 1,
        "size": "5",
    }  # fmt: skip
    assert (
        json.loads(easynwk.write(village, Options(today=DAY)))["versions"][0]["date"]
        == "2026-03-02"
    )


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
CARRIED = frozenset({Kind.EMOTIONAL, Kind.PRACTICAL, Kind.ADVICE, Kind.COMPANY})
KINDS = st.frozensets(st.sampled_from(sorted(CARRIED)), min_size=1) | st.none()
PEOPLE = st.builds(
    Contact,
    uid=st.uuids().map(str),
    name=TEXTS.map(lambda text: " ".join(clean_text(text).split()) or "x").filter(str.isprintable),
    added_on=st.dates(),
    roles=st.lists(st.sampled_from(sorted(ROLES)), min_size=1, max_size=3, unique=True).map(
        lambda slugs: tuple(ROLES[slug] for slug in slugs)
    ),
    circle=st.integers(1, 4) | st.none(),
    gives=KINDS,
    gets=KINDS,
    notes=TEXTS.map(lambda text: clean_text(text, lines=True) or None),
    strained=st.booleans(),
    status=st.sampled_from([Status.ACTIVE, Status.ENDED]),
)
VILLAGES = st.lists(PEOPLE, max_size=40, unique_by=lambda entry: entry.uid)


@pytest.mark.slow
@given(VILLAGES)
def test_what_a_map_carries_comes_back(people: list[Contact]) -> None:
    """uid, name, roles, circle, the four kinds that both know, notes, strain, and who left."""
    incoming = read(easynwk.write(Village(contacts=tuple(people))).encode())
    assert not incoming.remarks
    for before, after in zip(people, incoming.contacts, strict=True):
        expected = {
            "roles": tuple(role for role in before.roles if role.slug != "other"),
            "circle": before.circle,
            "gives": before.gives,
            "gets": before.gets,
            "notes": before.notes,
            "strained": before.strained,
            "status": Status.ENDED if before.status is Status.ENDED else None,
        }
        assert (after.uid, after.name) == (before.uid, before.name)
        assert dict(after.given) == {key: value for key, value in expected.items() if value}


def test_whoever_is_moved_in_easynwk_has_the_new_circle() -> None:
    """The place of a role says nothing of a person; the place where somebody was put does."""
    village = Village(contacts=(Contact("uid-1", "Oma", DAY, (ROLES["grandparent"],)),))
    written = json.loads(easynwk.write(village))
    alter = written["versions"][0]["nwk"]["alteri"][0]
    assert "circle" not in read(json.dumps(written).encode()).contacts[0].given
    alter["distance"] = 60
    assert read(json.dumps(written).encode()).contacts[0].given["circle"] == 2


@pytest.mark.slow
@given(VILLAGES)
def test_nobody_stands_on_a_line_between_sectors(people: list[Contact]) -> None:
    """Each is in the ring and the quarter that is theirs, and no two share a place."""
    text = easynwk.write(Village(contacts=tuple(people)))
    alteri = json.loads(text)["versions"][0]["nwk"]["alteri"]
    assert all(abs(entry["angle"]) % 90 > 1 and 0 < entry["distance"] <= 100 for entry in alteri)
    places = {(entry["angle"], entry["distance"]) for entry in alteri}
    assert len(places) == len(alteri)


@pytest.mark.parametrize(
    "other",
    [
        {"dorf": 1, "contacts": []},
        {"version": "4.0", "account": {"data": []}},
        {"versions": [], "currentVersion": 1},
        {"versions": [{"id": 1}], "currentVersion": 1},
        {"versions": [{"nwk": {}}]},
        {"ego": {}, "connections": []},
        {"alteri": []},
        [],
        [{"name": "Lena", "tags": []}],
        "ego",
        None,
        7,
    ],
    ids=str,
)
def test_other_files_are_not_claimed(other: object) -> None:
    """Neither recognised nor read."""
    assert not easynwk.recognises(Sample("", lambda: other))
    with pytest.raises(UnreadableFile):
        read(json.dumps(other).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe{", b"E;Nora;34;\r\n", b"[" * 200_000, b'{"a":' * 100_000, b"9" * 10_000],
    ids=["empty", "utf-16", "nwk-1.5", "deep-list", "deep-object", "long-number"],
)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    """In a sentence, whatever it is."""
    with pytest.raises(UnreadableFile):
        read(data)


def test_letters_of_another_encoding_stop_nothing() -> None:
    """They are guessed; a remark says it."""
    data = '{"ego": {}, "alteri": [{"name": "Jörg"}], "connections": []}'.encode("cp1252")
    incoming = read(data, "alt.json")
    assert [contact.name for contact in incoming.contacts] == ["Jörg"]
    assert [f"{remark.place}: {remark.what}" for remark in incoming.remarks] == [
        "alt.json: its letters are read as those of Windows (cp1252), such as “Jörg”"
    ]


JUNK = [
    b"\x00", b"\xff", b'"', b"{", b"]", b"null", b"NaN", b"1e999", b"-1", b"\\ud800", b"[[[[",
    b'"alteri":', b'"name":7,', b"true", "\u202e".encode(), b"9" * 5000,
]  # fmt: skip


def mutated(data: bytes, luck: random.Random) -> bytes:
    """Return *data* with a few bytes flipped, cut, doubled or put in between."""
    mutant = bytearray(data)
    for _ in range(luck.randint(1, 4)):
        start = luck.randrange(len(mutant) + 1)
        end = min(len(mutant), start + luck.randint(1, 40))
        match luck.randrange(5):
            case 0 if start < len(mutant):
                mutant[start] ^= 1 << luck.randrange(8)
            case 1:
                del mutant[start:end]
            case 2:
                mutant[start:start] = mutant[start:end]
            case 3:
                del mutant[start:]
            case _:
                mutant[start:start] = luck.choice(JUNK)
    return bytes(mutant)


VALUES = [
    "null", "true", "0", "-1", "1e999", "NaN", '""', '"\\ud800"', '"3"', "[]", "{}", "[[]]",
    "9" * 400,
]  # fmt: skip


def swapped(data: bytes, luck: random.Random) -> bytes:
    """Return *data* as JSON in which a few values are of another type."""
    document = json.loads(data.decode("utf-8-sig"))
    for _ in range(luck.randint(1, 6)):
        node = document
        while isinstance(node, dict | list) and node:
            keys: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node)))
            key = luck.choice(keys)
            if luck.random() < 0.2 or not isinstance(node[key], dict | list):
                node[key] = json.loads(luck.choice(VALUES))
                break
            node = node[key]
    return json.dumps(document).encode()


@pytest.mark.few(1)
@pytest.mark.parametrize("name", NAMES)
def test_damaged_files_are_read_or_refused(name: str) -> None:
    """Nothing but `UnreadableFile` comes out, whatever has happened to a file."""
    data, luck = (SAMPLES / f"{name}.json").read_bytes(), random.Random(name)  # noqa: S311 (repeatable)
    for number in range(120):
        mutant = (mutated if number % 2 else swapped)(data, luck)
        try:
            incoming = read(mutant)
        except UnreadableFile:
            continue
        for newcomer in incoming.contacts:
            document(newcomer, uid=True)
        assert all(str(remark.what) for remark in incoming.remarks)
