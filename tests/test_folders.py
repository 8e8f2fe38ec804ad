"""Folders of cards that programs keep alike on several machines: what is a part of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Dorf


def card(name: str, *lines: str) -> str:
    """Return a vCard."""
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", *lines, "END:VCARD", ""])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a folder with one card in it."""
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "u1.vcf").write_text(card("Lena Kern", "UID:u1", "TEL:1"))
    return folder


def names(dorf: Dorf) -> list[str]:
    """Return who is in the village."""
    return [contact["name"] for contact in json.loads(dorf("export"))["contacts"]]


def remarks(done: Any) -> list[str]:
    """Return what an import said."""
    return [remark["text"] for remark in done["remarks"]]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "place",
    [".stversions/u9.vcf", "._u9.vcf", ".Radicale.cache/item/u9.vcf", ".trash/u9.vcf",
     ".git/u9.vcf", "sub/.stversions/u9.vcf", "@eaDir/u9.vcf", "__MACOSX/u9.vcf",
     "#recycle/u9.vcf", ".u9.vcf"],
)  # fmt: skip
def test_what_a_program_hides_is_no_part_of_a_folder(dorf: Dorf, book: Path, place: str) -> None:
    """Old versions, bins and caches bring nobody back; and nothing is said of them."""
    file = book / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(card("Ex Partner", "UID:u9"))
    dorf("import", str(book))
    assert names(dorf) == ["Lena Kern"]


def test_a_folder_that_is_hidden_itself_is_read(dorf: Dorf, book: Path) -> None:
    """As in ~/.contacts: it was named."""
    dorf("import", str(book.rename(book.parent / ".contacts")))
    assert names(dorf) == ["Lena Kern"]


@pytest.mark.parametrize("copy", ["a.vcf", "u1.sync-conflict-20260101-120000-ABCDEF.vcf"])
@pytest.mark.parametrize("newer", ["Neumann", "Altmann"])
def test_of_conflict_copies_the_newer_one_counts(
    dorf: Dorf, book: Path, copy: str, newer: str
) -> None:
    """Whichever is read first; the other one is left out with a remark."""
    revisions = ["REV:20250101T100000Z", "REV:2026-02-01T10:00:00+01:00"]
    own, other = revisions if newer == "Neumann" else reversed(revisions)
    (book / "u1.vcf").write_text(card("Pia Altmann", "UID:u1", "TEL:1", own))
    (book / copy).write_text(card("Pia Neumann", "UID:u1", "TEL:2", other))
    done = json.loads(dorf("import", str(book), "--json"))
    expected = ("Pia Neumann", "2") if newer == "Neumann" else ("Pia Altmann", "1")
    [pia] = json.loads(dorf("export"))["contacts"]
    assert (pia["name"], *pia["phones"]) == expected
    assert (done["new"], done["skipped"]) == (1, 1)
    assert (
        f"a newer copy of “Pia {'Altmann' if newer == 'Neumann' else 'Neumann'}”"
        in remarks(done)[0]
    )
    again = json.loads(dorf("import", str(book), "--json"))
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["UID:1"], ["UID:1"]),  # nobody knows which one is newer
        (["UID:1", "REV:20250101T100000Z"], ["UID:1", "REV:20250101T100000Z"]),
        (["UID:1", "REV:20250101T100000Z"], ["UID:1"]),
    ],
)
def test_two_cards_of_one_identity_are_two_people_with_a_remark(
    dorf: Dorf, book: Path, first: list[str], second: list[str]
) -> None:
    """Where nothing says which of two names is the new one."""
    (book / "u1.vcf").write_text(card("Pia Altmann", *first))
    (book / "u2.vcf").write_text(card("Pia Neumann", *second))
    done = json.loads(dorf("import", str(book), "--json"))
    assert names(dorf) == ["Pia Altmann", "Pia Neumann"]
    assert ["has the identity of" in text for text in remarks(done)] == [True]


def test_a_program_that_gives_everybody_one_identity_loses_nobody(dorf: Dorf, book: Path) -> None:
    """Nothing but the identity is the same."""
    (book / "u1.vcf").write_text(card("Pia Altmann", "UID:0", "REV:20250101T100000Z"))
    (book / "u2.vcf").write_text(card("Otto Beck", "UID:0", "REV:20260101T100000Z"))
    dorf("import", str(book), "--json")
    assert sorted(names(dorf)) == ["Otto Beck", "Pia Altmann"]
    (book / "u3.vcf").write_text(card("Pia Beck", "UID:0", "REV:20270101T100000Z"))
    dorf("import", str(book), "--json")
    assert sorted(names(dorf)) == ["Otto Beck", "Pia Altmann", "Pia Beck"]


@pytest.mark.few(2)
@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("content", [b"", b"\0\1", b"no card", b"PK\x03\x04", b"\0\5\26\7\0\2"])
def test_one_bad_card_of_a_folder_does_not_say_that_nothing_changed(
    dorf: Dorf, book: Path, content: bytes, lang: str
) -> None:
    """It is named, it is counted, and the others are read."""
    (book / "bad.vcf").write_bytes(content)
    shown = dorf("--lang", lang, "import", str(book), remarks=True)
    assert ("1 left out" if lang == "en" else "1 ausgelassen") in shown
    assert f"{book / 'bad.vcf'}: " in dorf.said
    assert not any(part in dorf.said for part in ("Nothing was", "nichts geändert"))
    assert names(dorf) == ["Lena Kern"]


def test_a_folder_of_bad_cards_alone_is_refused(dorf: Dorf, book: Path) -> None:
    """Nobody could be read: then it is true that nothing was changed."""
    (book / "u1.vcf").write_bytes(b"no card")
    dorf("import", str(book), status=6, stderr=(
        f"dorf: {book / 'u1.vcf'}: There is no vCard in this file. Nothing was changed.\n"
    ))  # fmt: skip
