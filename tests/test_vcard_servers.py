"""Cards on a CardDAV server: nothing is lost there, and what is done there comes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import vobject

from dorf.core.dates import PartialDate
from dorf.core.village import Kid, RoleSpan, Touch, Village, YearlyDay
from dorf.core.vocabulary import KINDS, ROLES, Bond
from dorf.formats import vcard
from dorf.formats.interface import Options
from tests.test_vcard import ALL, DAY, joined, outcome, read

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.conftest import Dorf

CARD = "BEGIN:VCARD\nVERSION:4.0\nUID:1\nFN:Ana\n{line}\nEND:VCARD\n"


SPAN = [{"role": "friend", "to": "2020-01-02"}]
DAYS = [{"name": "Namenstag", "day": "--12-04"}]


def _without_nothing(value: Any) -> Any:
    """Return a value of a village file without what is not stated in its items."""
    if not isinstance(value, list):
        return value
    return [
        {key: text for key, text in item.items() if text is not None}
        if isinstance(item, dict)
        else item
        for item in value
    ]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("KIDS:2021-12;Mats", "kids", [{"name": "Mats", "born": "2021-12"}]),
        ("KIDS:2021-12\\;Mats", "kids", [{"name": "Mats", "born": "2021-12"}]),
        ("KIDS:2021-12\\\\\\;Mats", "kids", [{"name": "Mats", "born": "2021-12"}]),
        ("KIDS:2021-12 Mats", "kids", [{"name": "Mats", "born": "2021-12"}]),
        ("KIDS:2021-12\\;Mats\\, Ole\\; x", "kids", [{"name": "Mats, Ole; x", "born": "2021-12"}]),
        ("KIDS:2021-12 Mats\\; Ole", "kids", [{"name": "Mats; Ole", "born": "2021-12"}]),
        ("KIDS:;Mats", "kids", [{"name": "Mats"}]),
        ("KIDS:\\;Mats", "kids", [{"name": "Mats"}]),
        ("KIDS:- Mats", "kids", [{"name": "Mats"}]),
        ("KIDS:2021-12;", "kids", ["2021-12"]),
        ("KIDS:2021-12\\;", "kids", ["2021-12"]),
        ("KIDS:2021-12", "kids", ["2021-12"]),
        ("KIDS:2021-12 -", "kids", [{"name": "-", "born": "2021-12"}]),
        ("GIVES:childcare;emotional", "gives", ["emotional", "childcare"]),
        ("GIVES:childcare\\;emotional", "gives", ["emotional", "childcare"]),
        ("GIVES:childcare emotional", "gives", ["emotional", "childcare"]),
        ("GIVES:none", "gives", []),
        ("ROLES:friend;neighbour", "roles", ["friend", "neighbour"]),
        ("ROLES:friend\\;neighbour", "roles", ["friend", "neighbour"]),
        ("ATTACHMENT:secondary;Ida Ö", "attachment", {"Ida Ö": "secondary"}),
        ("ATTACHMENT:secondary\\;Ida Ö", "attachment", {"Ida Ö": "secondary"}),
        ("ATTACHMENT:secondary Ida Ö", "attachment", {"Ida Ö": "secondary"}),
        ("YEARLY-DAY:--12-04;Namenstag", "yearly_days", DAYS),
        ("YEARLY-DAY:--12-04\\;Namenstag", "yearly_days", DAYS),
        ("YEARLY-DAY:--12-04 Namenstag", "yearly_days", DAYS),
        ("ROLE-HISTORY:friend;;2020-01-02", "role_history", SPAN),
        ("ROLE-HISTORY:friend\\;\\;2020-01-02", "role_history", SPAN),
        ("ROLE-HISTORY:friend - 2020-01-02", "role_history", SPAN),
        ("SKILLS:a\\, b\\; c", "skills", ["a, b; c"]),
    ],
)  # fmt: skip
def test_own_values_are_read_in_every_form(line: str, field: str, value: Any) -> None:
    """As dorf writes them, as it wrote them once, and as Radicale stores the latter."""
    found = outcome(read(CARD.format(line=f"X-DORF-{line}")))
    (contact,) = found["contacts"]
    without_nothing = [
        {key: entry for key, entry in item.items() if entry is not None}
        if isinstance(item, dict)
        else item
        for item in contact[field]
    ]
    assert (contact[field] if isinstance(contact[field], dict) else without_nothing) == value
    assert not found["remarks"]


KIDS = (
    Kid("Mats, Ole; und \\ Co", PartialDate(2021, 12)),
    Kid(None, PartialDate(2020, 1)),
    Kid("-"),
    Kid("Zoë"),
)
FULL = replace(
    ALL,
    kids=KIDS,
    gives=frozenset(KINDS),
    skills=("sewing, knitting; both", "a\\b"),
    attachment=(("Ida; die Große, 2", Bond.SECONDARY),),
    role_history=(RoleSpan(ROLES["friend"], None, DAY), RoleSpan(ROLES["other"])),
    yearly_days=(YearlyDay("Tag, der; zählt", PartialDate(1604, 3, 4)),),
    planned_note="Zoo; um 10, am Tor",
)


@pytest.mark.parametrize("version", ["4.0", "3.0"])
def test_own_values_survive_a_server(version: str) -> None:
    """Radicale writes each card anew with vobject: no field of a contact changes by that."""
    village = Village(contacts=(FULL,), touches={FULL.uid: Touch(DAY)})
    stored = vobject.readOne(vcard.write(village, Options(version=version))).serialize()
    incoming = read(stored)
    assert not incoming.remarks
    assert joined(incoming) == (FULL,)


# --- a folder that somebody edits elsewhere ------------------------------------------------------


def _book(folder: Path, *names: str) -> None:
    """Make *folder* an address book of these people."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.vcf"):
        path.unlink()
    for name in names:
        card = f"BEGIN:VCARD\nVERSION:4.0\nUID:{name[0]}\nFN:{name}\nEND:VCARD\n"
        (folder / f"{name[0]}.vcf").write_text(card)


def test_who_left_an_address_book_is_asked_about(dorf: Dorf, tmp_path: Path) -> None:
    """Until they are ended or deleted here; nobody is deleted by itself."""
    book = tmp_path / "book"
    _book(book, "Ana Tal", "Bo", "-Cem")
    dorf("import", str(book), remarks=True)
    assert "no longer" not in dorf.said
    _book(book, "Bo")
    dorf("import", str(book), remarks=True)
    question = (
        f"{book}: Ana Tal is no longer in this address book. Have they left your village, too?"
        " dorf end 'Ana Tal' · dorf delete 'Ana Tal'"
    )
    assert question in dorf.said.splitlines()
    assert "dorf end -- -Cem · dorf delete -- -Cem" in dorf.said
    dorf("end", "Ana Tal")
    dorf("import", str(book), remarks=True)
    assert "Ana Tal" not in dorf.said
    assert "-Cem" in dorf.said
    dorf("delete", "--yes", "--", "-Cem")
    dorf("import", str(book), remarks=True)
    assert not dorf.said


def test_nobody_is_asked_about_who_may_still_be_there(dorf: Dorf, tmp_path: Path) -> None:
    """Another folder, a part of one, or one that can't be read whole says nothing of them."""
    book, other = tmp_path / "book", tmp_path / "other"
    _book(book, "Ana", "Bo")
    _book(other, "Dan")
    dorf("import", str(book), remarks=True)
    dorf("import", str(other), remarks=True)
    assert "no longer" not in dorf.said
    dorf("import", str(book / "B.vcf"), remarks=True)
    dorf("import", str(book), "--only", "Bo", remarks=True)
    assert "no longer" not in dorf.said
    (book / "A.vcf").write_text("nothing")
    dorf("import", str(book), remarks=True)
    assert "no longer" not in dorf.said


def test_a_new_name_there_is_a_new_name_here(dorf: Dorf, tmp_path: Path) -> None:
    """The identity of the card tells who it is."""
    book = tmp_path / "book"
    _book(book, "Ana Tal")
    dorf("import", str(book), remarks=True)
    _book(book, "Ana Kern")
    assert "Ana Tal is called Ana Kern now" in dorf("import", str(book), remarks=True)
    assert not dorf.said
