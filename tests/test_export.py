"""What leaves dorf: each format as a file or on standard output, the whole village or a part."""

from __future__ import annotations

import csv
import io
import json
import shutil
import stat
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import vobject

from tests.conftest import HANGING, Dorf

if TYPE_CHECKING:
    from pathlib import Path

FILES = ["v.json", "v.vcf", "v.csv", "v.md", "v.nwk"]
"""A file of each format by the end of its name; calendars have tests of their own."""

BEGINNINGS = {
    "village": '{\n "dorf": 1',
    "vcard": "BEGIN:VCARD\r\nVERSION:4.0",
    "vcard3": "BEGIN:VCARD\r\nVERSION:3.0",
    "csv": "\ufeffName,Nicknames",
    "easynwk": "{",
    "markdown": "# Your village",
    "ics": "BEGIN:VCALENDAR",
}


def contacts(dorf: Dorf) -> dict[str, Any]:
    """Return everybody by name, as the village file has them, without their stamps."""
    found = json.loads(dorf("export"))["contacts"]
    return {entry["name"]: {k: v for k, v in entry.items() if k != "changed_at"} for entry in found}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_private_and_says_how_many(family: Dorf, tmp_path: Path, name: str) -> None:
    """Mode 0600; encounters are counted where the format has them."""
    file = tmp_path / name
    more = ", 7 encounters" if name == "v.json" else ""
    existing = family("export", str(file))
    assert existing == f"{file}: 7 contacts{more}.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(("form", "beginning"), BEGINNINGS.items())
def test_every_format_goes_to_standard_output(family: Dorf, form: str, beginning: str) -> None:
    """Without a word around it."""
    assert family("export", "--format", form).startswith(beginning)


def test_an_unknown_format_is_refused(family: Dorf) -> None:
    """With those that there are."""
    family("export", "--format", "pdf", status=2, stderr=(
        "dorf: “pdf” is not a format that dorf writes. Formats: village, vcard, vcard3, csv, "
        "easynwk, markdown, ics.\n"
    ))  # fmt: skip


ODD_ENDINGS = ["Familie.xlsx", "dorf.PDF", "x.svg", "x.tsv", "x.xml", "x.json.gz", "x.2026-03-02"]


@pytest.mark.parametrize("name", ODD_ENDINGS)
def test_an_ending_that_no_format_owns_is_refused(family: Dorf, tmp_path: Path, name: str) -> None:
    """Nobody finds a village file in a spreadsheet; with --format it may be called anything."""
    file = tmp_path / name
    family("export", str(file), status=2, stderr=(
        f"dorf: A village can't be written as {file.suffix.lower()}. "
        "Endings: .json, .vcf, .csv, .nwk, .md, .ics.\n"
    ))  # fmt: skip
    assert not file.exists()
    family("export", str(file), "--format", "csv")
    assert file.exists()


def test_a_name_without_an_ending_is_a_village_file(family: Dorf, tmp_path: Path) -> None:
    """It holds everything, so nothing is lost by not saying which format was meant."""
    family("export", str(tmp_path / "village"))
    assert json.loads((tmp_path / "village").read_text("utf-8"))["dorf"] == 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["x.svg"], 2),
        (["x", "--format", "pdf"], 2),
        (["v.csv", "--discreet"], 2),
        (["-", "--format", "csv", "--json"], 2),
        (["."], 6),
    ],
)
def test_an_export_is_refused_before_anything_is_read(
    tmp_path: Path, arguments: list[str], status: int
) -> None:
    """What can't be written is refused, even where the database can't be read."""
    database = tmp_path / "dorf.db"
    database.write_text("no database")
    village = Dorf(database)
    assert "database" not in village.any_status("export", *arguments)
    assert village.ended == status


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--role", "nachbarin"], ["Tom", "Frau Petrov"]),
        (["--circle", "1"], ["Oma Fatma"]),
        (["--only", "jana", "--only", "tom"], ["Jana", "Tom"]),
        (["--role", "friend", "--only", "jana"], []),
    ],
)
def test_a_part_of_the_village(family: Dorf, options: list[str], names: list[str]) -> None:
    """Only those people, and of what they were part of only their part; no household."""
    document = json.loads(family("export", *options))
    assert [contact["name"] for contact in document["contacts"]] == names
    uids = {contact["uid"] for contact in document["contacts"]}
    assert {uid for encounter in document["encounters"] for uid in encounter["contacts"]} <= uids
    assert document["household"]["children"] == []
    rows = list(csv.DictReader(io.StringIO(family("export", "--format", "csv", *options)[1:])))
    assert [row["Name"] for row in rows] == names


def test_a_calendar_has_no_parts(family: Dorf) -> None:
    """And the discretion of calendars is for calendars."""
    family("export", "v.ics", "--role", "friend", status=2, stderr=(
        "dorf: A calendar always holds the days of the whole village.\n"
    ))  # fmt: skip
    family("export", "v.csv", "--discreet", status=2, stderr=(
        "dorf: --discreet is for vCards and calendars (.vcf, .ics); other files hold everything.\n"
    ))  # fmt: skip


@pytest.mark.parametrize("form", ["village", "vcard", "vcard3"])
def test_what_carries_everything_comes_back_whole(family: Dorf, tmp_path: Path, form: str) -> None:
    """Export, an empty file, import: every contact is the same, but for the encounters."""
    file = tmp_path / "v"
    family("export", str(file), "--format", form)
    other = Dorf(tmp_path / "other.db")
    other("import", str(file), remarks=True)
    assert contacts(other) == contacts(family)
    again = json.loads(other("import", str(file), "--json"))
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 7)


def test_the_names_survive_a_terminal_that_has_no_letters_for_them(family: Dorf) -> None:
    """Standard output is a file here: UTF-8, whatever the locale says."""
    import os
    import sys

    family("add", "Ayşe 🙂")
    environ = os.environ | {
        "DORF_DB": str(family.path), "PYTHONIOENCODING": "latin-1", "DORF_TODAY": family.today,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "dorf", "export", "--only", "ayse"],
        env=environ,
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["contacts"][0]["name"] == "Ayşe 🙂"


@pytest.mark.parametrize("form", ["vcard", "vcard3"])
def test_discreet_cards_hold_what_any_address_book_has(family: Dorf, form: str) -> None:
    """Neither roles nor notes nor what dorf thinks of anybody, and the same people as before."""
    family("edit", "jana", "--phone", "0171 5", "--nickname", "Jani", "--kid", "Mats:2021-12")
    cards = family("export", "--format", form, "--discreet", "--only", "jana")
    shown = [line for line in cards.splitlines() if not line.startswith(("UID:", "PRODID:"))]
    day = "--0228" if form == "vcard" else "1604-02-28"
    omit = "" if form == "vcard" else ";X-APPLE-OMIT-YEAR=1604"
    assert shown == [
        "BEGIN:VCARD", f"VERSION:{'4.0' if form == 'vcard' else '3.0'}", "FN:Jana", "N:;Jana;;;",
        "NICKNAME:Jani", f"BDAY{omit}:{day}", "TEL:0171 5", "END:VCARD",
    ]  # fmt: skip
    done = json.loads(family("import", "-", "--json", stdin=cards))
    assert (done["new"], done["changed"], done["unchanged"]) == (0, 0, 1)


def test_vobject_reads_the_cards(family: Dorf) -> None:
    """Names, numbers and birthdays as they are."""
    family("edit", "jana", "--phone", "0171 5", "--birthday", "29.2.1988")
    for form in ("vcard", "vcard3"):
        cards = list(vobject.readComponents(family("export", "--format", form)))
        jana = next(card for card in cards if card.fn.value == "Jana")
        assert jana.tel.value == "0171 5"
        assert jana.bday.value.replace("-", "") == "19880229"
        assert len(cards) == 7


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("khard"), reason="khard is not installed")
def test_khard_lists_the_cards(family: Dorf, tmp_path: Path) -> None:
    """A folder with a card each, as it wants them."""
    family("edit", "jana", "--birthday", "28.2.1988")
    book = tmp_path / "book"
    book.mkdir()
    for name in ("jana", "tom"):
        family("export", str(book / f"{name}.vcf"), "--format", "vcard3", "--only", name)
    conf = tmp_path / "khard.conf"
    conf.write_text(f"[addressbooks]\n[[book]]\npath = {book}\n")
    run = ["khard", "-c", str(conf)]
    listed = subprocess.run([*run, "list", "-p"], capture_output=True, text=True, check=True)
    assert {line.split("\t")[1] for line in listed.stdout.splitlines()} == {"Jana", "Tom"}
    days = subprocess.run([*run, "birthdays"], capture_output=True, text=True, check=True)
    assert "Jana" in days.stdout


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_table(family: Dorf, tmp_path: Path) -> None:
    """Umlauts, plus signs and line breaks arrive as text, and nothing is a formula."""
    family("add", "Jörg", "--phone", "+49 171 5", "--note", "=1+1\nzweite Zeile")
    family("export", str(tmp_path / "v.csv"))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
         "--infilter=CSV:44,34,76,1", "--convert-to", "fods", "--outdir", str(tmp_path),
         str(tmp_path / "v.csv")],
        capture_output=True,
        check=True,
        timeout=HANGING,
    )  # fmt: skip
    sheet = (tmp_path / "v.fods").read_text("utf-8")
    assert "Jörg" in sheet
    assert "+49 171 5" in sheet
    assert "zweite Zeile" in sheet
    assert "table:formula" not in sheet
