"""Cards and names: two people stay two, the preferred name is the name, N goes out as it came."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.test_vcard import outcome, read

if TYPE_CHECKING:
    from tests.conftest import Dorf

FIRST = "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Ohne\nTEL:0251 5550102\n"
SECOND = "VERSION:3.0\nFN:Bert Mit\nTEL:0251 5550103\nN:;;;;\nEND:VCARD\n"


@pytest.mark.parametrize(
    "glue",
    [
        "END:VCARDBEGIN:VCARD\n",
        "END:VCARD BEGIN:VCARD\n",
        "end:vcardbegin:vcard\n",
        "END : VCARD\tBegin : vCard\n",
        "END:VCARD\n BEGIN:VCARD\n",
        "END:VCARDBEGI\n N:VCARD\n",
        "NOTE;ENCODING=QUOTED-PRINTABLE:x=\nEND:VCARDBEGIN:VCARD\n",
        "PHOTO;ENCODING=b:AAAA\nEND:VCARDBEGIN:VCARD\n",
        "END:VCARDBEGIN:VCARDEND:VCARDBEGIN:VCARD\n",
        "END:VCARDBEGIN:VCARD",
        "END:VCARD\N{ZERO WIDTH NO-BREAK SPACE}BEGIN:VCARD\n",
        "END:VCARD\N{ZERO WIDTH NO-BREAK SPACE}\nBEGIN:VCARD\n",
        "END:VCARD\0BEGIN:VCARD\n",
        "END:VCARD;BEGIN:VCARD\n",
    ],
)
def test_cards_that_are_glued_together_stay_two_people(glue: str) -> None:
    """However the end of one and the beginning of the next share a line."""
    people = [
        contact for contact in outcome(read(FIRST + glue + SECOND))["contacts"] if contact["name"]
    ]
    assert [(person["name"], person["phones"]) for person in people] == [
        ("Anna Ohne", ["0251 5550102"]),
        ("Bert Mit", ["0251 5550103"]),
    ]


def test_a_card_in_a_card_is_said_with_its_line() -> None:
    """Where the end is lost in a value, nothing tells two people apart but what comes twice."""
    found = outcome(read(FIRST + "NOTE:xEND:VCARDBEGIN:VCARD\n" + SECOND))
    assert found["remarks"] == [
        "phone.vcf:6: this card begins a second time here; two people may have become one"
    ]


@pytest.mark.parametrize(
    ("version", "lines"),
    [
        ("4.0", "FN;PREF=2:Zweitname Anton\nFN;PREF=1:Anton Erst"),
        ("4.0", "FN:Zweitname Anton\nFN;PREF=50:Anton Erst"),
        ("4.0", 'FN;PREF="2":Zweitname Anton\nFN;pref="1":Anton Erst'),
        ("4.0", "FN;TYPE=home:Zweitname Anton\nFN;TYPE=work,pref:Anton Erst"),
        ("3.0", "FN:Zweitname Anton\nFN;TYPE=PREF:Anton Erst"),
        ("2.1", "FN:Zweitname Anton\nFN;PREF:Anton Erst"),
        ("4.0", "FN;PREF=x:Zweitname Anton\nFN;PREF=100:Anton Erst"),
        ("4.0", "FN:Anton Erst\nFN:Zweitname Anton"),
    ],
)
def test_the_preferred_name_is_the_name(version: str, lines: str) -> None:
    """RFC 6350, 5.3: the lowest PREF; RFC 2426: the type pref. The others are nicknames."""
    text = f"BEGIN:VCARD\nVERSION:{version}\nUID:1\n{lines}\nEND:VCARD\n"
    (contact,) = outcome(read(text))["contacts"]
    assert (contact["name"], contact["nicknames"]) == ("Anton Erst", ["Zweitname Anton"])


@pytest.mark.parametrize(
    "lines",
    [
        "FN:山田太郎\nN:山田;太郎;;;",
        "FN:山田 太郎\nN:山田;太郎;;;",
        "FN:太郎 山田\nN:山田;太郎;;;",
        "FN:山田太郎様\nN:山田;太郎;;;様",
        "FN:山田太郎\nFN:山田 太郎\nN:山田;太郎",
        "FN:김철수\nN:김;철수;;;",
        "FN:王小明\nN:王;小明;;;",
        "FN:Nagy Péter\nN:Nagy;Péter;;;",
        "FN:Nguyễn Văn An\nN:Nguyễn;An;Văn;;",
        "FN:Tal\\, Nora\nN:Tal;Nora;;;",
        "FN:Nora Tal\nN:TAL;NORA;;;",
        "FN:Dr. Nora Tal M.A.\nN:Tal;Nora;;Dr.;M.A.",
    ],
)
def test_a_name_is_no_nickname_of_itself(lines: str) -> None:
    """In whatever order, with blanks or without, with titles or without."""
    text = f"BEGIN:VCARD\nVERSION:4.0\nUID:1\n{lines}\nEND:VCARD\n"
    (contact,) = outcome(read(text))["contacts"]
    assert "nicknames" not in contact
    assert "notes" not in contact


@pytest.mark.parametrize(
    ("lines", "nicknames", "notes"),
    [
        ("FN:Nora Tal\nN:Tal;Nora;;Dr.;M.A.", None, "Title: Dr., M.A."),
        ("FN:Nora Tal\nN:Tal;Nora;;;jr.", None, "Title: jr."),
        ("FN:Oma\nN:Tal;Gisela;;Dr.;", ["Gisela Tal"], "Title: Dr."),
        ("FN:Oma\nN:Tal;Gisela;;;", ["Gisela Tal"], None),
        ("FN:先生\nN:山田;太郎;;;", ["山田太郎"], None),
    ],
)
def test_titles_are_no_nicknames(lines: str, nicknames: list[str] | None, notes: str) -> None:
    """What N has beside the name: another name is a nickname, a title stands in the notes."""
    text = f"BEGIN:VCARD\nVERSION:4.0\nUID:1\n{lines}\nEND:VCARD\n"
    (contact,) = outcome(read(text))["contacts"]
    assert (contact.get("nicknames"), contact.get("notes")) == (nicknames, notes)


# --- the parts of a name on their way out --------------------------------------------------------


def exported(dorf: Dorf, *arguments: str) -> list[str]:
    """Return the lines N of an export."""
    text = dorf("export", "--format", "vcard3", *arguments)
    return [line[2:] for line in text.splitlines() if line.startswith("N:")]


NAMES = [
    ("Dr. Nora Tal M.A.", "Tal;Nora;;Dr.;M.A."),
    ("Nora Tal", "Tal;Nora;;Dr.;M.A."),
    ("Nagy Péter", "Nagy;Péter;;;"),
    ("Nora van der Tal", "van der Tal;Nora;;;"),
    ("Kinder-\\, Jugend- und Elterntelefon", "Kinder-\\, Jugend- und Elterntelefon;;;;"),
    ("Kern Ute (Mama)", "Kern;Ute;;;"),
    ("Oma", "Tal;Gisela;;;"),
    ("山田太郎", "山田;太郎;;;"),
    ("Tal\\, Nora", "Tal;Nora;;;"),
    ("Sting", ";Sting;;;"),
    ("Jan Jan", "Jan;Jan;;;"),
    ("Nora Maria Tal", "Tal;Nora;Maria;;"),
]


@pytest.mark.few(2)
@pytest.mark.parametrize(("name", "parts"), NAMES)
def test_parts_of_a_name_go_out_as_they_came(dorf: Dorf, name: str, parts: str) -> None:
    """Also after an import of what was exported, and discreetly."""
    card = f"BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:{name}\nN:{parts}\nEND:VCARD\n"
    dorf("import", "-", stdin=card, remarks=True)
    assert exported(dorf) == [parts]
    assert exported(dorf, "--discreet") == [parts]
    out = dorf("export", "--format", "vcard")
    other = type(dorf)(dorf.path.parent / "other.db")
    other("import", "-", stdin=out, remarks=True)
    assert exported(other) == [parts]


@pytest.mark.parametrize("name", ["Nora Tal", "Nagy Péter", "Oma Gisela", "+49 171 5550100"])
def test_no_family_name_is_made_up(dorf: Dorf, name: str) -> None:
    """Of who was typed here, or came without parts, nobody knows which word it is."""
    dorf("add", name, remarks=True)
    assert exported(dorf) == [f";{name};;;"]


def test_a_new_name_has_no_old_family_name(dorf: Dorf) -> None:
    """Who was renamed here has parts that nobody knows, until the address book says them."""
    card = "BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:Nora Tal\nN:Tal;Nora;;;\nEND:VCARD\n"
    dorf("import", "-", stdin=card, remarks=True)
    dorf("rename", "Nora Tal", "Nora Tal Kern")
    assert exported(dorf) == [";Nora Tal Kern;;;"]
    dorf(
        "import",
        "-",
        stdin=card.replace("Nora Tal", "Nora Tal Kern").replace("N:Tal", "N:Tal Kern"),
    )
    assert exported(dorf) == ["Tal Kern;Nora;;;"]


def test_the_parts_of_a_name_are_kept_as_digests_alone(dorf: Dorf) -> None:
    """What an import remembers holds no words."""
    card = "BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:Oma\nN:Xylander;Zerlina;;;\nEND:VCARD\n"
    dorf("import", "-", stdin=card, remarks=True)
    with closing(sqlite3.connect(dorf.path)) as base:
        (stated,) = base.execute("SELECT stated FROM origin").fetchone()
    assert "&" in stated
    assert not [word for word in ("xylander", "zerlina", "oma") if word in stated.casefold()]
