"""Bytes to text: Unicode with and without a mark, the old code pages, and what is said of it."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorf.formats import easynwk, friends, knotter, monica, table, vcard
from dorf.formats.code_pages import CODE_PAGES
from dorf.formats.text import decoded, text_of, utf_8_blocks

if TYPE_CHECKING:
    from tests.conftest import Dorf

SENTENCES = [
    "Jörg Müller und Käthe Groß wohnen in Köln.",
    "MÜLLER, JÖRG; GRÖSSE: ÄNNE AUS ÜBERLINGEN",
    "Weißt Du noch? Übers Jahr „im schönen Österreich“ – 20 € für Äpfel.",
    "Straße 5, 80331 München",
    "Özlem Gül, Ümit Öztürk",
    "François et Chloé Lefèvre, né à Besançon, où l’été est gâché.",
    "José Núñez Peña, María Ángeles Muñoz, año 1987, ¿mañana?",
    "João Conceição e Inês Simões, São Paulo",
    "Niccolò è già più in là, perché Città è così.",
    "Søren Kjærgård bor på Østerbro, Åse på Ærø.",
    "Åsa Ångström, Björn Sjögren, Malmö",
    "Äiti Väinö ja Pekka Hämäläinen, Jyväskylä",
    "Zoë, Daniëlle en Renée uit België",
]
WORDS = sorted({word for line in SENTENCES for word in line.split() if not word.isascii()})


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("encoding", CODE_PAGES)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_read_in_the_code_page_that_it_was_written_in(
    sentence: str, encoding: str
) -> None:
    """One sentence is enough, in each code page that has its letters."""
    if not _fits(sentence, encoding):
        pytest.skip("a letter of it is not in that code page")
    text, guessed = decoded(sentence.encode(encoding))
    assert text == sentence
    assert guessed is not None


UMLAUTS = "Jörg Björn Sören Käthe Bärbel Jürgen Günther Götz Änne Öhl Übel Groß Weiß Müller MÜLLER"


@pytest.mark.parametrize("encoding", CODE_PAGES)
@pytest.mark.parametrize("name", UMLAUTS.split(" "))
def test_one_german_name_is_enough(name: str, encoding: str) -> None:
    """A list may hold a single umlaut."""
    text = f"Name;Tel\r\n{name};1\r\n"
    assert decoded(text.encode(encoding))[0] == text


GERMAN = st.sampled_from([word for word in WORDS if set(word) & set("äöüß")])


@pytest.mark.slow
@given(
    words=st.lists(GERMAN | st.sampled_from(["Lena", "und", "0171 5550101"]), max_size=8),
    sure=st.lists(GERMAN, min_size=3, max_size=5, unique=True),
    encoding=st.sampled_from([*CODE_PAGES, "utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_text_with_umlauts_survives_every_encoding(
    words: list[str], sure: list[str], encoding: str
) -> None:
    """Encoded and decoded, it is the same."""
    text = "\r\n".join([*words, *sure])
    if _fits(text, encoding):
        assert decoded(text.encode(encoding))[0] == text


@given(data=st.binary(max_size=400))
def test_any_bytes_become_some_text(data: bytes) -> None:
    """Nothing is refused, and what is UTF-8 stays what it is."""
    text, guessed = decoded(data)
    assert isinstance(text, str)
    assert guessed is None or guessed.code_page in CODE_PAGES


@pytest.mark.parametrize("mark", [True, False], ids=["mark", "no-mark"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_unicode_shows_by_itself(encoding: str, *, mark: bool) -> None:
    """With a byte order mark or without, and nothing is said of it."""
    text = "Name,E-Mail\nJörg Groß,joerg@example.org\nŁukasz Şahin,\n"
    remarks: list[Any] = []
    data = ("\ufeff" if mark else "").encode(encoding) + text.encode(encoding)
    assert text_of(data, "f", remarks) == text
    assert remarks == []
    assert b"".join(utf_8_blocks(BytesIO(data))) == text.encode()


def test_a_line_in_another_encoding_spoils_only_itself() -> None:
    """As where two programs have written into one file."""
    data = "Łukasz\n".encode() + "Jörg\n".encode("cp1252") + "Şahin\n".encode()
    assert decoded(data)[0] == "Łukasz\nJörg\nŞahin\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Jörg, Käthe, Groß".encode()[:-1], "Jörg, Käthe, Gro\ufffd"),
        ("Jörg, Käthe, ".encode() + b"\xe4 und Anna", "Jörg, Käthe, \ufffd und Anna"),
    ],
    ids=["cut", "broken"],
)
def test_broken_utf_8_stays_utf_8(data: bytes, text: str) -> None:
    """A letter that was cut in two does not turn all the others into something else."""
    remarks: list[Any] = []
    assert text_of(data, "f", remarks) == text
    assert [str(remark.what) for remark in remarks] == [
        "some signs are damaged; they are shown as �"
    ]


PERSON = '{"display_name": "Jörg Groß"}'
KNOTTER = f'{{"metadata": {{"format_version": 1}}, "contacts": [{PERSON}]}}'
EASYNWK = '{"ego": {}, "alteri": [{"name": "Jörg Groß"}], "connections": []}'
MONICA = {
    "version": "1.0-preview.1",
    "account": {
        "data": [
            {
                "type": "contact",
                "values": [
                    {"uuid": "1", "properties": {"first_name": "Jörg", "last_name": "Groß"}}
                ],
            }
        ]
    },
}
READERS = {
    "vcard": (vcard, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jörg Groß\r\nEND:VCARD\r\n"),
    "table": (table, "Name;Telefon\r\nJörg Groß;0171 5550101\r\n"),
    "friends": (friends, "### Activities:\n\n### Friends:\n- Jörg Groß\n"),
    "knotter": (knotter, KNOTTER),
    "easynwk": (easynwk, EASYNWK),
    "monica": (monica, json.dumps(MONICA, ensure_ascii=False)),
}  # fmt: skip
NAMES = {"cp1252": "Windows (cp1252)", "cp850": "DOS (cp850)", "mac-roman": "Mac Roman"}


@pytest.mark.parametrize("encoding", [*NAMES, "utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("name", READERS)
def test_every_reader_reads_the_same_letters(name: str, encoding: str) -> None:
    """The same bytes are the same text, whatever the format; a guess is said once."""
    module, text = READERS[name]
    incoming = module.read(BytesIO(text.encode(encoding)), "f")
    assert [contact.name for contact in incoming.contacts] == ["Jörg Groß"]
    assert [f"{remark.place}: {remark.what}" for remark in incoming.remarks] == [
        f"f: its letters are read as those of {page}, such as “Jörg”"
        for page in [NAMES.get(encoding)]
        if page
    ]


def test_a_charset_of_one_property_goes_before_a_guess() -> None:
    """As in vCards 2.1, where each property may say its own."""
    data = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\n"
        + "FN;CHARSET=CP850:Jörg\r\n".encode("cp850")
        + "NOTE;CHARSET=ISO-8859-1:grün\r\n".encode("latin-1")
        + "X-SKYPE:Käthe\r\n".encode("mac-roman")
        + "ADR:;;Große Straße 5;;;;\r\n".encode("mac-roman")
        + b"END:VCARD\r\n"
    )
    [person] = vcard.read(BytesIO(data), "f").contacts
    assert (person.name, person.given["addresses"]) == ("Jörg", ("Große Straße 5",))
    assert person.given["notes"] == "grün\nSkype: Käthe"


def test_a_table_of_dos_keeps_its_umlauts(dorf: Dorf) -> None:
    """As Excel writes “CSV (MS-DOS)”; the guess is said, with an example to judge it by."""
    file = dorf.path.with_name("dos.csv")
    file.write_bytes("Name;Telefon\r\nJörg Müller;0171 5550101\r\n".encode("cp850"))
    text = dorf.any_status("import", str(file))
    assert "its letters are read as those of DOS (cp850), such as “Jörg”" in text
    assert "Jörg Müller" in dorf("list")
