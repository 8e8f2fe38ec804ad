"""Tables of contacts (CSV): those of other programs and of people, dorf's own, and broken ones."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from contextlib import suppress
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorf.core.dates import PartialDate
from dorf.core.names import checked_name, checked_text
from dorf.core.village import Contact, Kid, Touch, Village, YearlyDay
from dorf.core.vocabulary import KINDS, ROLES, Place, Status
from dorf.errors import UnreadableFile, UsageFailure, WrongField
from dorf.formats import table
from dorf.formats.interface import Options, Sample
from dorf.formats.table.columns import MAPPABLE, MAPPABLE_WORDS, field_named
from dorf.formats.table.headings import IGNORED, OURS, heading
from dorf.formats.table.reader import has_headings, is_grid
from dorf.formats.text import decoded
from dorf.formats.village_file import contact_document
from dorf.i18n import CODES, Language
from tests.conftest import HANGING, endless_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from dorf.imports.incoming import Incoming, IncomingContact

SAMPLES = sorted((Path(__file__).parent / "samples" / "csv").glob("*.csv"))
DAY = date(2026, 3, 2)


def read(text: str | bytes, **columns: str) -> Incoming:
    """Read a table that is called f.csv."""
    data = text.encode() if isinstance(text, str) else text
    return table.read(io.BytesIO(data), "f.csv", Options(columns or {}))


def read_on_the_day(text: str) -> Incoming:
    """Read a table on 2 March 2026."""
    return table.read(io.BytesIO(text.encode()), "f.csv", Options(today=DAY))


def outcome(incoming: Incoming) -> dict[str, Any]:
    """Return what a file brings, as the expected outcomes have it."""
    return {
        "contacts": [_document(contact) for contact in incoming.contacts],
        "encounters": list(incoming.encounters),
        "remarks": [f"{remark.place}: {remark.what}" for remark in incoming.remarks],
    }


def _document(newcomer: IncomingContact) -> dict[str, Any]:
    contact = _contact(newcomer)
    unstated = {"roles", "added_on"} - set(newcomer.given) | ({"uid"} - {newcomer.uid and "uid"})
    document = {k: v for k, v in contact_document(contact).items() if k not in unstated}
    if newcomer.last_contact:
        document["last_contact"] = newcomer.last_contact.isoformat()
    return document


def _contact(newcomer: IncomingContact) -> Contact:
    stated: dict[str, Any] = {"added_on": DAY, **newcomer.given}
    return Contact(uid=newcomer.uid or "", name=newcomer.name, **stated)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_brings_what_stands_beside_it(path: Path) -> None:
    """Each sample has the quirks of one program, or of people, and its whole outcome beside it."""
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    with path.open("rb") as file:
        assert outcome(table.read(file, path.name)) == expected


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_recognised(path: Path) -> None:
    """The headings of every sample are seen in its first lines."""
    assert table.recognises(Sample(decoded(path.read_bytes())[0][:4000]))


# --- how a table may be written -----------------------------------------------------------------

ROWS = [
    ["Vorname", "Nachname", "E-Mail", "Notizen"],
    ["Jörg", "Groß", "joerg@example.org", 'Zeile 1\nZeile, 2; mit | allem\tund "Zitat"'],
    ["Zoë", "Müller", "", "'=keine Formel"],
]  # fmt: skip


GUESSED = {
    "cp1252": "Windows (cp1252)",
    "mac-roman": "Mac Roman",
    "cp850": "DOS (cp850)",
    "cp437": "DOS (cp850)",  # the same letters in all these words
}


def _quoted(rows: list[list[str]], delimiter: str, end: str) -> str:
    lines = (delimiter.join('"{}"'.format(c.replace('"', '""')) for c in row) for row in rows)
    return end.join(lines).replace("\n", end) + end


@pytest.mark.slow
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("utf-32-be", b""),
        ("cp1252", b""),
        ("mac-roman", b""),
        ("cp850", b""),
        ("cp437", b""),
    ],
)
def test_encoding_delimiter_and_line_ends_make_no_difference(
    encoding: str, mark: bytes, delimiter: str, end: str
) -> None:
    """A table is the same however it is written down, in each way that programs have."""
    data = mark + _quoted(ROWS, delimiter, end).encode(encoding)
    assert outcome(read(data)) == {
        "contacts": [
            {
                "name": "Jörg Groß",
                "emails": ["joerg@example.org"],
                "notes": 'Zeile 1\nZeile, 2; mit | allem und "Zitat"',
            },
            {"name": "Zoë Müller", "notes": "=keine Formel"},
        ],
        "encounters": [],
        "remarks": [
            f"f.csv: its letters are read as those of {page}, such as “Jörg”"
            for page in [GUESSED.get(encoding)]
            if page
        ],
    }


def test_mac_roman_is_told_by_most_of_its_letters() -> None:
    """A dotless i, which would be a letter in cp1252 as well, does not hide the umlauts."""
    names = ["Jürgen Müller", "Ayla Yıldız", "Bärbel Strauß"]
    data = "\n".join(["Name", *names]).encode("mac-roman")
    assert [contact.name for contact in read(data).contacts] == names


@pytest.mark.parametrize("text", ["Name,Tel.\n\0A\0nna,\0001\n", 'Name , Tel. \n Anna , "1" \n'])
def test_zero_bytes_and_blanks_around_cells_are_no_matter(text: str) -> None:
    """Zero bytes go, and blanks around a cell or its quotes as well."""
    assert outcome(read(text))["contacts"] == [{"name": "Anna", "phones": ["1"]}]


def test_rows_that_are_only_numbered_are_empty() -> None:
    """A number before an empty row makes nobody of it; before a full one it says nothing."""
    incoming = read("Nr.;Name;Gemocht\n1;Anna;\n2;;\n3;;ja\n")
    assert outcome(incoming) == {
        "contacts": [{"name": "Anna"}],
        "encounters": [],
        "remarks": [
            (
                "f.csv:1: the column “Gemocht” is unknown and not taken; to keep it: --column "
                "Gemocht=notes"
            )
        ],
    }


def test_a_line_of_another_encoding_spoils_nothing() -> None:
    """A line in cp1252 among lines in UTF-8 is read as what it is."""
    data = "Name\nJörg\n".encode() + "Zoë\n".encode("cp1252")
    assert [contact.name for contact in read(data).contacts] == ["Jörg", "Zoë"]


@pytest.mark.few(20)
@pytest.mark.parametrize(
    ("title", "field"),
    [(word, field) for field, words in OURS.items() for word in words]
    + [
        (spelling, field)
        for spellings, field in (
            ("Straße, STRASSE, strasse, Home Street, straße_privat, Business Street 2", "street"),
            ("E-Mail, email, E Mail, e_mail, E-Mail-Adresse, EMail 2, Mail privat", "emails"),
            ("Fähigkeiten, Faehigkeiten, FAHIGKEITEN", "skills"),
            ("Telefon (privat), Tel. 1, Handy-Nr, Mobile Phone, Phone 2 - Value", "phones"),
            ("Weiteres/r Bundesland/Kanton, Home County", "region"),
            ("Straße/Nr., Straße und Nr.", "street"),
            ("Nr., No.", "count"),
            ("ID, Id", "ignore"),
            ("First, Vorname", "given"),
            ("Last, Familie", "family"),
            ("Name Vorname, FN", "name"),
            ("Tel. dienstl., Phone (Mobile), iPhone, Telefon : mobil", "phones"),
            ("Mutter, Name Vater, Parents", "parent"),
            ("Geburtstag Kind, Child's birthday", "kid_birthday"),
            ("Lieblingstee, 2024, , #1b", ""),
        )
        for spelling in spellings.split(", ")
    ],
)
def test_headings_are_known_in_any_spelling(title: str, field: str) -> None:
    """Case, umlauts, hyphens and numbers of a heading make no difference."""
    assert heading(title).field == field


# --- days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("28.02.85", "1985-02-28"),
        ("28. Feb. '85", "1985-02-28"),
        ("2/28/85", "1985-02-28"),
        ("2.3.26", "2026-03-02"),
        ("3.3.26", "1926-03-03"),
        ("29.2.00", "2000-02-29"),
        ("29.2.01", None),
        ("85-02-28", None),
        ("24-12-05", None),
        ("2/3/85", None),
        ("12.85", None),
    ],
)
def test_a_year_of_two_digits_is_the_latest_one(text: str, birthday: str | None) -> None:
    """A day is read as the latest one that is not to come, and said so; else it is a note."""
    incoming = read_on_the_day(f"Name,Birthday\nAnna,{text}\n")
    [contact] = outcome(incoming)["contacts"]
    assert contact.get("birthday") == birthday
    assert contact.get("notes") == (None if birthday else f"Birthday: {text}")
    [remark] = incoming.remarks
    if birthday:
        assert str(remark.what) == (
            "“Birthday” has years of two digits; each is read as the latest one that is not to "
            f"come, such as “{text}” as {birthday[:4]}"
        )


def test_a_year_of_two_digits_is_said_once() -> None:
    """One example of each column is enough; without a today, nobody knows the century."""
    text = "Name;geb.;Kinder\nAnna;28.2.85;Mats (21.12.21)\nBo;1.3.90;\n"
    assert outcome(read_on_the_day(text)) == {
        "contacts": [
            {
                "name": "Anna",
                "birthday": "1985-02-28",
                "kids": [{"name": "Mats", "born": "2021-12-21"}],
            },
            {"name": "Bo", "birthday": "1990-03-01"},
        ],
        "encounters": [],
        "remarks": [
            (
                "f.csv:1: “geb.” has years of two digits; each is read as the latest one that is "
                "not to come, such as “28.2.85” as 1985"
            )
        ],
    }
    assert not any(contact.given.get("birthday") for contact in read(text).contacts)


# --- what a column is, said by the user ---------------------------------------------------------


def test_a_column_can_be_explained() -> None:
    """Each mapped column is read as its field; notes carry the heading; ignored ones are silent."""
    incoming = read(
        "Wer denn;Lieblingstee;Wirkt;Kram\nAnna;Earl Grey;zuhören;x\n",
        **{"wer DENN": "name", "lieblingstee": "Notizen", "Wirkt": "gibt", "Kram": "ignorieren"},
    )
    assert outcome(incoming) == {
        "contacts": [{"name": "Anna", "gives": ["emotional"], "notes": "Lieblingstee: Earl Grey"}],
        "encounters": [],
        "remarks": [],
    }


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"Tee": "notes"}, "There is no column “Tee”. These are there: Name, Ort."),
        (
            {"Ort": "farbe"},
            (
                "“farbe” is not a field that a column can be. Fields: name, first name, last "
                "name, nickname, phone, e-mail, address, birthday, notes, role, circle, rhythm "
                "(days), gives, gets, skills, kids, where, trusted, pickup, last contact, added "
                "on, group, ignore."
            ),
        ),
    ],
)
def test_a_wrong_mapping_is_refused(columns: dict[str, str], sentence: str) -> None:
    """A column that is not there and a field that is none are answered with the choices."""
    with pytest.raises(UsageFailure, match=f"^{re.escape(sentence)}$"):
        read("Name;Ort\nAnna;Ulm\n", **columns)


def test_who_is_this_asks_for_a_role() -> None:
    """People write that above the column in which they say it."""
    incoming = read("Vorname;Wer ist das\nRosa;Freundin\n")
    assert outcome(incoming)["contacts"] == [{"name": "Rosa", "roles": ["friend"]}]


@pytest.mark.parametrize("code", CODES)
def test_the_fields_that_are_shown_are_understood(code: str) -> None:
    """In either language there is a word for each of them, in their order."""
    words = Language(code).word(MAPPABLE_WORDS).split(", ")
    assert [field_named(word) for word in words] == [*MAPPABLE, IGNORED]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Farbe,Tee\nrot,Earl Grey\n",
            (
                "No column of f.csv says who somebody is. Its headings are: Farbe, Tee. Say what "
                "one is with --column HEADER=FIELD, for example --column Farbe=name."
            ),
        ),
        (
            "Anna Weber,anna@example.org\nBo,bo@example.org\n",
            (
                "f.csv begins with an entry, not with headings: Anna Weber, anna@example.org. Put "
                "a line with headings above it, such as Name, Telefon, E-Mail; a heading that dorf "
                "does not know can be explained with --column HEADER=FIELD."
            ),
        ),
        (
            "name,url,username,password\nshop,https://shop.example,mia,secret\n",
            "That table holds passwords, not people. Nothing was changed.",
        ),
        (
            "Name;Buchungstag;Betrag (€)\nLaden;1.3.2026;-12,00\n",
            "That is an account statement, not people. Nothing was changed.",
        ),
        ("Name\n" + "A\n" * 20_000, "f.csv is too large to be a list of contacts."),
        ("Name\n" + "A" * 32_000_000, "f.csv is too large to be a list of contacts."),
        ("", "There is nothing in f.csv."),
        ("\n \n", "There is nothing in f.csv."),
    ],
)
def test_a_file_without_names_is_refused(text: str, sentence: str) -> None:
    """Where no heading says who somebody is, the way out is told."""
    with pytest.raises(UnreadableFile, match=f"^{re.escape(sentence)}$"):
        read(text)


@pytest.mark.parametrize(
    "head",
    [
        "",
        "Liebe Oma,\nName und Telefon stehen unten.\n",
        "# Name\n\n- Anna, 030 1\n",
        "- Name, Telefon\n",
        "Kontakt\n=======\n",
        "| Name | Telefon |\n|---|---|\n| Anna | 030 1 |\n",
        '{"name": "Anna", "phones": []}',
        '[{"name": "Anna"}]',
        "BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEND:VCARD\n",
        "begin:vcalendar\nVERSION:2.0\nEND:VCALENDAR\n",
        "<html><body>Name, Telefon</body></html>",
        "Anna;030 123456\nBo;030 234567\n",
        "Datum;Betrag\n1.1.2026;20\n",
    ],
)
def test_other_files_are_not_claimed(head: str) -> None:
    """Only a row with the headings of contacts makes a table of contacts."""
    assert not has_headings(head)


@pytest.mark.parametrize(
    ("head", "grid"),
    [
        ("Anna;030 123456\nBo;030 234567\n", True),
        ("Prénom,Nom\nAnna,Weber\n", True),
        ("Anna\nBo\n", False),
        ("Anna;Bo\n", False),
        ("Once upon a time, far away,\nthere was a village, and a well.\n", False),
        ("| Anna | Bo |\n| Cem | Dora |\n", False),
    ],
)
def test_a_table_of_anything_has_rows_of_one_width(head: str, grid: bool) -> None:  # noqa: FBT001
    """What may be a table is read as one, and answered with what it lacks."""
    assert is_grid(head) == grid


# --- dorf's own tables ---------------------------------------------------------------------------

CARRIED = (
    "uid", "name", "nicknames", "roles", "circle", "birthday", "phones", "emails", "addresses",
    "cadence_days", "gives", "gets", "skills", "kids", "where", "trusted", "pickup",
    "yearly_days", "met_at", "died_on", "status", "notes", "added_on",
)  # fmt: skip


def _clean(text: str, check: Callable[[str, str], str]) -> str:
    try:
        return check(text, "text")
    except WrongField:
        return ""


LETTERS = st.sampled_from(
    [
        *"aÄß=+-@'\"\\;,:|()[]<>{}#*/.%&0123456789–＝＋－＠👵张 \t\n\u00a0\u200b\ufeff\u2028'",
        *("; ", "\\;", " ::: ", "2021-12", "(2021-12)", "--02-28", "'=", "–", "ja", "none"),
    ]
)
RAW = st.lists(LETTERS, min_size=1, max_size=8).map("".join)
NAMES = RAW.map(lambda text: _clean(text, checked_name)).filter(bool)
TEXTS = RAW.map(lambda text: _clean(text, checked_text)).filter(bool)
TUPLES = st.lists(TEXTS, max_size=3, unique=True).map(tuple)
DAYS = st.dates(min_value=date(1, 1, 1))
FULL = st.builds(lambda day: PartialDate(day.year, day.month, day.day), DAYS)
MONTHS = st.builds(lambda day: PartialDate(day.year, day.month), DAYS)
YEARLESS = st.builds(lambda day: PartialDate(None, day.month, day.day), DAYS)
KIND_SETS = st.none() | st.frozensets(st.sampled_from(KINDS))
FLAGS = st.none() | st.booleans()
KIDS = st.builds(Kid, NAMES, st.none() | FULL | MONTHS) | st.builds(Kid, st.none(), FULL | MONTHS)
CONTACTS = st.builds(
    Contact,
    uid=NAMES,
    name=NAMES,
    added_on=DAYS,
    roles=st.lists(st.sampled_from(list(ROLES.values())), min_size=1, max_size=3, unique=True).map(
        tuple
    ),
    nicknames=TUPLES,
    circle=st.none() | st.integers(1, 4),
    cadence_days=st.none() | st.integers(0, 36_500),
    status=st.sampled_from(Status),
    where=st.none() | st.sampled_from(Place),
    trusted=FLAGS,
    pickup=FLAGS,
    gives=KIND_SETS,
    gets=KIND_SETS,
    skills=TUPLES,
    kids=st.lists(KIDS, max_size=3, unique=True).map(tuple),
    birthday=st.none() | FULL | MONTHS | YEARLESS,
    phones=TUPLES,
    emails=TUPLES,
    addresses=TUPLES,
    notes=st.none() | TEXTS,
    met_at=st.none() | NAMES,
    died_on=st.none() | DAYS,
    yearly_days=st.lists(st.builds(YearlyDay, NAMES, FULL | YEARLESS), max_size=2, unique=True).map(
        tuple
    ),
)


@st.composite
def villages(draw: st.DrawFn) -> Village:
    """Draw a village of a few contacts, some of them met."""
    contacts = draw(st.lists(CONTACTS, min_size=1, max_size=4, unique_by=lambda entry: entry.uid))
    touches = {contact.uid: Touch(draw(st.none() | DAYS)) for contact in contacts}
    return Village(contacts=tuple(contacts), touches=touches)


@pytest.mark.slow
@given(villages(), st.booleans())
@settings(max_examples=100)
def test_a_village_comes_back_from_its_table(village: Village, german: bool) -> None:  # noqa: FBT001
    """What was written is read again, in everything that a table carries, in both languages."""
    incoming = read(table.write(village, Options(german=german)))
    assert [str(remark.what) for remark in incoming.remarks] == []
    assert [_contact(contact) for contact in incoming.contacts] == list(village.contacts)
    assert [contact.last_contact for contact in incoming.contacts] == [
        village.touch(contact).last_contact for contact in village.contacts
    ]


def test_a_table_carries_what_it_says() -> None:
    """The round trip above compares whole contacts; these fields of theirs are the carried ones."""
    drawn = {"last_contact"} ^ set(OURS)
    assert drawn == set(CARRIED) <= {field.name for field in fields(Contact)}


RISKY = ["=1+1", "+49 30", "-2", "@x", " =1", "＝1", "＋1", "－1", "＠x", "\u00a0=1", "'=1", "''+1"]


@pytest.mark.parametrize("german", [False, True])
@pytest.mark.parametrize("text", RISKY)
def test_no_cell_begins_like_a_formula(text: str, german: bool) -> None:  # noqa: FBT001
    """Spreadsheets compute nothing from a table of dorf's, and dorf reads the text as it was."""
    contact = Contact("u", f"N{text}", DAY, nicknames=(text.strip(),), notes=text.strip())
    written = table.write(Village(contacts=(contact,)), Options(german=german))
    cells = re.split("[;,\r\n]", written.removeprefix("\ufeff").replace('"', ""))
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]", cell)]
    assert [_contact(entry) for entry in read(written).contacts] == [contact]


@pytest.mark.parametrize("german", [False, True])
def test_a_table_is_made_for_spreadsheets(german: bool) -> None:  # noqa: FBT001
    """It begins with a mark of UTF-8, its lines end in CRLF, its cells hold their line breaks."""
    contact = Contact("u-1", "Jörg", DAY, addresses=("Weg 1\n12345 Ort",), gets=frozenset())
    sign = ";" if german else ","
    headings = sign.join(words[german] for words in OURS.values())
    row = {
        "name": "Jörg",
        "roles": "Sonstige" if german else "other",
        "addresses": '"Weg 1\n12345 Ort"',
        "gets": "–",
        "status": "aktiv" if german else "active",
        "added_on": "2026-03-02",
        "uid": "u-1",
    }
    cells = sign.join(row.get(field, "") for field in OURS)
    written = table.write(Village(contacts=(contact,)), Options(german=german))
    assert written == f"\ufeff{headings}\r\n{cells}\r\n"


# --- real readers -------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not there")
@pytest.mark.parametrize(("german", "sign"), [(False, 44), (True, 59)])
def test_libreoffice_reads_a_table_as_text(tmp_path: Path, german: bool, sign: int) -> None:  # noqa: FBT001
    """Umlauts, phone numbers, signs of formulas and line breaks arrive, and nothing is computed."""
    contact = Contact(
        "u-1", "Jörg Groß", DAY, nicknames=("=1+1",), phones=("+49 30 1",), notes="Zeile 1\nZeile 2"
    )
    path = tmp_path / "dorf.csv"
    path.write_text(
        table.write(Village(contacts=(contact,)), Options(german=german)), "utf-8", newline=""
    )
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--headless",
            f"--infilter=CSV:{sign},34,76,1", "--convert-to", "fods", "--outdir", str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=HANGING,
    )  # fmt: skip
    sheet = (tmp_path / "dorf.fods").read_text("utf-8")
    cells = [
        "\n".join(re.findall(r"<text:p>(.*?)</text:p>", cell))
        for cell in re.findall(
            r"<table:table-cell[^>]*?(?:/>|>(.*?)</table:table-cell>)", sheet, re.DOTALL
        )
    ]
    assert "table:formula" not in sheet
    assert {"Jörg Groß", "&apos;=1+1", "&apos;+49 30 1"} <= set(cells)
    assert "<text:p>Zeile 1</text:p><text:p>Zeile 2</text:p>" in re.sub(r">\s+<", "><", sheet)


# --- broken files -------------------------------------------------------------------------------

JUNK = [
    b'"',
    b";",
    b",",
    b"\t",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xe4",
    b"'=",
    b"|",
    b" ::: ",
    b"--02-30",
    b"99999999999",
    b"\xf0\x9f\x91\xb5",
    b"\\",
    b"(",
    b"1/2/1999",
]


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """Draw a sample with a few accidents: bytes changed, lost, doubled, cut off or added."""
    data = draw(st.sampled_from(SAMPLES)).read_bytes()
    for _ in range(draw(st.integers(1, 6))):
        at, upto = sorted(draw(st.integers(0, len(data))) for _ in range(2))
        length = min(upto - at, draw(st.sampled_from([1, 2, 20, 500])))
        piece = data[at : at + length]
        junk = draw(st.sampled_from(JUNK))
        new = draw(st.sampled_from([junk, b"", piece * 2, junk + piece, junk * 40]))
        data = data[:at] + new + data[at + length :]
    return data


@pytest.mark.slow
@given(broken())
@settings(max_examples=300)
def test_a_broken_table_is_read_or_refused(data: bytes) -> None:
    """Whatever has happened to a file: contacts and remarks, or one sentence."""
    try:
        incoming = read(data)
    except UnreadableFile:
        return
    for remark in incoming.remarks:
        assert str(remark.what)
    for newcomer in incoming.contacts:
        assert _contact(newcomer).name


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "Name;Notizen\n" + '"' * 300_000,
        "Name;Notizen\n" + '"a;' * 100_000,
        "Name;Notizen\n" + '""x\n' * 20_000,
        "Name;Notizen\n" + '"x\n' * 20_000,
        "Name" + ";" * 300_000 + "\nA\n",
        "Name;Notizen\n" + "A;b\n" * 20_000,
        "Name;E-Mail\nA;" + "<@" * 150_000,
        "Name;Kinder\nA;" + " " * 300_000 + "(",
        "Name;Handy\nA;" + ",  " * 100_000,
        "Name;Geburtstag\nA;" + "1" * 300_000,
        "Name;Rhythmus\nA;" + "9" * 300_000,
        "Name;Rolle\n" + "".join(f"A{n};Rolle {n}\n" for n in range(3000)),
        " " * 300_000 + "\nName\nA\n",
        'Name;Telefon\n"' + "a;b" * 1_000_000,
    ],
)
def test_no_table_takes_long(text: str) -> None:
    """The time grows with the file, and no faster."""
    with endless_after(), suppress(UnreadableFile):
        read(text)
