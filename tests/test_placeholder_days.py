"""Days and years that stand for none: every reader knows them, whatever program wrote them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Dorf


def card(day: str) -> str:
    """Return a vCard with a birthday."""
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mia\r\nBDAY:{day}\r\nEND:VCARD\r\n"


def table(day: str) -> str:
    """Return a table with a birthday."""
    return f"Name,Birthday,Phone\r\nMia,{day},0251 1\r\n"


def monica(day: str) -> str:
    """Return an export of Monica with a birthday."""
    person = {
        "uuid": "1",
        "properties": {"first_name": "Mia", "birthdate": {"date": f"{day}T00:00:00Z"}},
    }
    data = [{"type": "contact", "values": [person]}]
    return json.dumps({"version": "1", "account": {"uuid": "0", "data": data}})


def knotter(day: str) -> str:
    """Return an export of knotter with a birthday."""
    year, month, number = map(int, day.split("-"))
    dates = [{"kind": "birthday", "year": year, "month": month, "day": number}]
    return json.dumps({
        "metadata": {"version": "1"},
        "contacts": [{"id": "1", "display_name": "Mia", "dates": dates}],
    })  # fmt: skip


WRITERS = {"vcard": card, "csv": table, "monica": monica, "knotter": knotter}


def birthday(dorf: Dorf, form: str, day: str) -> tuple[Any, str]:
    """Return what becomes of the birthday *day* in a file, and what was said of it."""
    text = WRITERS[form](day)
    done = json.loads(dorf("import", "-", "--format", form, "--json", stdin=text, remarks=True))
    [person] = json.loads(dorf("export"))["contacts"]
    return person.get("birthday"), " ".join(remark["text"] for remark in done["remarks"])


@pytest.mark.few(3)
@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("1900-03-14", "--03-14"), ("1604-02-29", "--02-29"), ("1804-02-29", "--02-29"),
        ("0001-05-04", "--05-04"), ("1904-03-14", "1904-03-14"), ("1910-01-01", "1910-01-01"),
        ("1899-03-14", "1899-03-14"), ("1900-01-02", "--01-02"),
    ],
)  # fmt: skip
def test_a_year_that_stands_for_none_is_none(dorf: Dorf, form: str, day: str, kept: str) -> None:
    """The day stays; somebody born in 1904 may be alive."""
    assert birthday(dorf, form, day) == (kept, "")


@pytest.mark.few(3)
@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize(
    "day",
    ["1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1601-01-01", "4501-01-01",
     "9999-12-31"],
)  # fmt: skip
def test_a_day_where_a_program_begins_to_count_is_nobodys_birthday(
    dorf: Dorf, form: str, day: str
) -> None:
    """It is left out and said; Outlook writes 4501 in every row of a table."""
    stated, remarks = birthday(dorf, form, day)
    silent = form == "csv" and day.startswith("4501")
    assert (stated, "stands for a day that nobody knows" in remarks) == (None, not silent)


@pytest.mark.parametrize("form", WRITERS)
def test_the_first_day_of_unix_stays_and_is_pointed_out(dorf: Dorf, form: str) -> None:
    """People were born then, and programs write it where they know no day."""
    stated, remarks = birthday(dorf, form, "1970-01-01")
    assert (stated, "1 January 1970" in remarks) == ("1970-01-01", True)


@pytest.mark.few(2)
@pytest.mark.parametrize("form", ["vcard", "vcard3", "csv", "village"])
@pytest.mark.parametrize("day", ["1900-03-14", "1900-01-01", "1899-12-30"])
def test_dorf_reads_back_whatever_somebody_typed(dorf: Dorf, form: str, day: str) -> None:
    """Its own files state what was noted, odd as it is."""
    dorf("add", "Mia", "--birthday", day)
    file = dorf("export", "--format", form)
    dorf("delete", "Mia", "--yes")
    dorf("import", "-", "--again" if form != "village" else "--json", stdin=file, remarks=True)
    assert json.loads(dorf("export"))["contacts"][0]["birthday"] == day
