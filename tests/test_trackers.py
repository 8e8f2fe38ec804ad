"""What the files of other trackers bring: whole outcomes, sample by sample, and no crash ever."""

from __future__ import annotations

import io
import json
import random
from datetime import UTC, date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from dorf.core.village import Contact, Encounter
from dorf.errors import UnreadableFile
from dorf.formats import friends, knotter, monica
from dorf.formats.interface import Options, Sample
from dorf.formats.village_file import contact_document, encounter_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from dorf.imports.incoming import Incoming, IncomingContact, IncomingEncounter

    Reader = Callable[[BinaryIO, str], Incoming]

SAMPLES = Path(__file__).parent / "samples"
UTC_DAYS = Options(zone=UTC)
READERS: dict[str, Reader] = {
    "monica": monica.read,
    "friends": friends.read,
    "knotter": lambda file, name: knotter.read(file, name, UTC_DAYS),
}
FILES = sorted(
    path
    for folder in READERS
    for path in (SAMPLES / folder).iterdir()
    if not path.name.endswith(".expected.json")
)


def _person(newcomer: IncomingContact) -> dict[str, Any]:
    """Return a contact as the village file has it, with nothing that the file does not state."""
    unstated: dict[str, Any] = {"uid": newcomer.uid or "", "added_on": date(2026, 3, 2)}
    document = contact_document(Contact(name=newcomer.name, **(unstated | dict(newcomer.given))))
    stated = {"name", *newcomer.given}
    if newcomer.uid:
        stated.add("uid")
    if newcomer.last_contact:
        document["last_contact"] = newcomer.last_contact.isoformat()
        stated.add("last_contact")
    return {key: value for key, value in document.items() if key in stated}


def _exchange(meeting: IncomingEncounter, names: dict[str, str]) -> dict[str, Any]:
    encounter = Encounter(meeting.uid or "", meeting.day, meeting.people, meeting.how, meeting.note)
    document = encounter_document(encounter)
    document["contacts"] = [names[person] for person in meeting.people]
    return {key: value for key, value in document.items() if value}


def _outcome(incoming: Incoming) -> dict[str, Any]:
    names = {person.name: person.name for person in incoming.contacts}
    names |= {person.uid: person.name for person in incoming.contacts if person.uid}
    outcome: dict[str, Any] = {
        "contacts": [_person(person) for person in incoming.contacts],
        "encounters": [_exchange(meeting, names) for meeting in incoming.encounters],
        "remarks": [f"{remark.place}: {remark.what}" for remark in incoming.remarks],
    }
    if incoming.household.get("children"):
        children = incoming.household["children"]
        born = [{"name": child.name, "born": str(child.born)} for child in children]
        outcome["household"] = {"children": born}
    return outcome


def _read(path: Path) -> Incoming:
    return READERS[path.parent.name](io.BytesIO(path.read_bytes()), path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_sample_brings_what_is_expected(path: Path) -> None:
    """Contacts, encounters and remarks are those that were thought out beside the sample."""
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    found = _outcome(_read(path))
    for encounter in found["encounters"]:
        if not any(encounter["uid"] == other.get("uid") for other in expected["encounters"]):
            del encounter["uid"]
    assert found == expected


def _bytes(reader: str, sample: str) -> bytes:
    return (SAMPLES / reader / sample).read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_second_reading_says_the_same(path: Path) -> None:
    """Uids of encounters are the same each time, so that a second import changes nothing."""
    assert _outcome(_read(path)) == _outcome(_read(path))
    assert [encounter.uid for encounter in _read(path).encounters] == [
        encounter.uid for encounter in _read(path).encounters
    ]
    assert len({encounter.uid for encounter in _read(path).encounters}) == len(
        _read(path).encounters
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_is_recognised_by_its_own_reader_alone(path: Path) -> None:
    """No reader claims the file of another program, nor a village file."""
    text = path.read_text("utf-8")
    claims = {"friends"} if friends.recognises(Sample(text[:2000])) else set[str]()
    if path.suffix == ".json":
        document = json.loads(text)
        claims |= {"monica"} if monica.recognises(Sample("", lambda: document)) else set()
        claims |= {"knotter"} if knotter.recognises(Sample("", lambda: document)) else set()
    assert claims == {path.parent.name}


OTHERS = [
    {"dorf": 1, "contacts": [{"name": "Lena"}], "account": {"data": [], "properties": {}}},
    {"contacts": [{"name": "Lena"}]},
    {"contacts": []},
    {"account": []},
    [],
    None,
    "account",
    {"ego": {"name": "Ego"}, "alteri": [], "format": "easyNWK"},
]


@pytest.mark.parametrize("document", OTHERS, ids=repr)
def test_other_json_is_nobodys(document: object) -> None:
    """What only looks a little like an export is not claimed, and refused when insisted on."""
    assert not monica.recognises(Sample("", lambda: document))
    assert not knotter.recognises(Sample("", lambda: document))
    for reader, program in ((monica.read, "Monica"), (knotter.read, "knotter")):
        with pytest.raises(UnreadableFile) as refused:
            reader(io.BytesIO(json.dumps(document).encode()), "x.json")
        assert str(refused.value) == f"This is not an export of {program}. Nothing was changed."


OTHER_TEXTS = [
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Lena\r\nEND:VCARD\r\n",
    "Name,Friends\nLena,Tom\n",
    "# My village\n\n## Friends\n\n- Lena\n",
    "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "",
]


@pytest.mark.parametrize("text", OTHER_TEXTS)
def test_other_text_is_not_of_friends(text: str) -> None:
    """vCard, CSV, calendars and other Markdown are not claimed."""
    assert not friends.recognises(Sample(text))


def test_a_text_without_any_part_of_friends_is_refused() -> None:
    """Without one of the headings nothing can be read."""
    with pytest.raises(UnreadableFile) as refused:
        friends.read(io.BytesIO(b"- Lena\n"), "x.md")
    assert str(refused.value) == "This is not a file of friends. Nothing was changed."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Line 1, column 1: this is not JSON. Nothing was changed."),
        (b'{"account": \n}', "Line 2, column 1: this is not JSON. Nothing was changed."),
        (b"[" * 100_000, "This file is nested too deeply to be read. Nothing was changed."),
    ],
    ids=["empty", "broken", "deep"],
)
def test_what_is_no_json_is_refused(data: bytes, sentence: str) -> None:
    """The sentence says where reading ended."""
    for reader in (monica.read, knotter.read):
        with pytest.raises(UnreadableFile) as refused:
            reader(io.BytesIO(data), "x.json")
        assert str(refused.value) == sentence


def _knotter(contact: str) -> bytes:
    metadata = '"metadata": {"format_version": 1, "exported_at": NaN}'
    return f'{{{metadata}, "contacts": [{contact}]}}'.encode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32-le"])
def test_json_may_come_in_any_unicode(encoding: str) -> None:
    """A byte order mark and wide characters are read as what they are."""
    data = _knotter('{"display_name": "Jörg"}').decode().encode(encoding)
    assert [contact.name for contact in knotter.read(io.BytesIO(data), "k.json").contacts] == [
        "Jörg"
    ]


def test_what_json_can_bear_is_borne() -> None:
    """Endless numbers, keys that stand twice, damaged bytes and half characters stop nothing."""
    data = _knotter(
        '{"display_name": "Lena\\ud800", "phone": 1' + "0" * 5000 + ', "tags": [1e999, -0.0],'
        ' "cadence_days": 7, "cadence_days": 14, "handle": "?"}'
    ).replace(b'"?"', b'"\xff"')
    incoming = knotter.read(io.BytesIO(data), "k.json")
    [person] = incoming.contacts
    assert person.name == "Lena"
    assert person.given["cadence_days"] == 14
    assert person.given["phones"] == ("1" + "0" * 5000,)
    assert [str(remark.what) for remark in incoming.remarks] == [
        "some signs are damaged; they are shown as \ufffd",
        "“cadence_days” stands twice in one place; the last one is taken",
    ]


def test_a_moment_of_knotter_falls_on_its_day_in_the_users_zone() -> None:
    """A day typed in Berlin is midnight there, which is the evening before in UTC."""
    moment = 1_767_308_400  # 2026-01-01T23:00:00Z
    data = _knotter(
        f'{{"display_name": "Lena", "interactions": [{{"occurred_at": {moment}, "kind": "call"}}]}}'
    )
    berlin = knotter.read(io.BytesIO(data), "k.json", Options(zone=ZoneInfo("Europe/Berlin")))
    assert [encounter.day for encounter in berlin.encounters] == [date(2026, 1, 2)]
    assert [
        encounter.day for encounter in knotter.read(io.BytesIO(data), "k.json", UTC_DAYS).encounters
    ] == [date(2026, 1, 1)]


def test_a_note_beyond_measure_is_left_out_and_the_encounter_stays() -> None:
    """The remark says how long it is."""
    line = f"### Activities:\n- 2026-01-01: **Lena** {'x' * 30_000}\n"
    incoming = friends.read(io.BytesIO(line.encode()), "f.md")
    assert [(encounter.day, encounter.note) for encounter in incoming.encounters] == [
        (date(2026, 1, 1), None)
    ]
    [remark] = incoming.remarks
    assert remark.place == "f.md:2"
    assert str(remark.what) == (
        "the note of an encounter is left out: "
        "a text can have 20000 characters at most, this one has 30005"
    )


def test_notes_that_are_full_lose_whole_notes_and_say_which() -> None:
    """What fits stays, the marks stay, and each note that does not fit is named."""
    notes = "".join(f"- 2026-01-0{n}: **Lena** {str(n) * 9_000}\n" for n in (1, 2, 3))
    data = f"### Notes:\n{notes}- 2026-01-04: **Lena** fits\n### Friends:\n- Lena @x\n"
    incoming = friends.read(io.BytesIO(data.encode()), "f.md")
    [person] = incoming.contacts
    kept = person.given["notes"].split("\n")
    assert [line[:12] for line in kept] == ["2026-01-01: ", "2026-01-02: ", "2026-01-04: ", "#x"]
    assert [f"{remark.place}: {remark.what}" for remark in incoming.remarks] == [
        "f.md:7: the notes are full; “2026-01-03: Lena 33333333333333333333333…” is left out"
    ]


JUNK = (
    *rb'{} [] ** _ @ null false -1e999 " \ud800 2026-13-45 (a.k.a. ###'.split(),
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\r", b"[" * 50, b"9" * 40),
)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return *data* with some bytes flipped, cut out, doubled, cut off or pushed in."""
    text = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.choice((1, 1, 2, 8, 64, 400)))
        kind = rng.randrange(6)
        if kind == 0 and start < len(text):
            text[start] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del text[start:end]
        elif kind == 2:
            text[end:end] = text[start:end]
        elif kind == 3:
            text[start:start] = rng.choice(JUNK)
        elif kind == 4:
            text[start:end] = rng.choice(JUNK)
        elif rng.random() < 0.1:
            del text[start:]
    return bytes(text)


def reshaped(value: Any, rng: random.Random) -> Any:
    """Return a JSON *value* in which some parts have become something else."""
    if rng.random() < 0.02:
        return rng.choice([None, True, 0, -1, 10**25, 1e308, "", "x", [], {}, ["x"], {"0": 1}])
    if isinstance(value, list):
        items = [reshaped(item, rng) for item in value]
        return items * 2 if rng.random() < 0.02 else items
    if isinstance(value, dict):
        return {key: reshaped(item, rng) for key, item in value.items()}
    return value


def cases(rng: random.Random) -> tuple[Path, bytes]:
    """Return one damaged sample, with the path of the whole one."""
    path = rng.choice(FILES)
    data = path.read_bytes()
    if path.suffix == ".json" and rng.random() < 0.6:
        return path, json.dumps(reshaped(json.loads(data), rng)).encode()
    return path, mutated(data, rng)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_file_is_read_or_refused(seed: int) -> None:
    """Whatever stands in a file, only `UnreadableFile` is raised, and what is read is valid."""
    rng = random.Random(seed)  # noqa: S311  (the same damage each time)
    for _ in range(100):
        path, data = cases(rng)
        try:
            incoming = READERS[path.parent.name](io.BytesIO(data), path.name)
        except UnreadableFile:
            continue
        _outcome(incoming)
