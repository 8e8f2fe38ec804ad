"""What columns stand for where a heading alone does not say it: names, days, deaths."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest

from dorf.formats import table
from dorf.formats.interface import Options

TODAY = date(2026, 3, 2)


def read(*lines: str, **columns: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the contacts of a table with these lines, and the remarks on it."""
    data = "\r\n".join(lines).encode()
    incoming = table.read(io.BytesIO(data), "f.csv", Options(columns, today=TODAY))
    people = [
        {"name": contact.name} | {field: _plain(value) for field, value in contact.given.items()}
        for contact in incoming.contacts
    ]
    return people, [str(remark.what) for remark in incoming.remarks]


def _plain(value: object) -> object:
    return [str(item) for item in value] if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Name,Surname", "Mia,Kern"), ("Surname,Name", "Kern,Mia"), ("Name;Nachname", "Mia;Kern"),
        ("Nachname;Name", "Kern;Mia"), ("Familienname;Name", "Kern;Mia"),
        ("Name;Zuname", "Mia;Kern"), ("name,last name", "Mia,Kern"), ("Name;Vorname", "Kern;Mia"),
        ("Vorname;Name", "Mia;Kern"), ("First name,Name", "Mia,Kern"), ("Nom;Prénom", "Kern;Mia"),
        ("Prénom;Nom de famille", "Mia;Kern"), ("Nombre;Apellidos", "Mia;Kern"),
        ("Nome;Cognome", "Mia;Kern"), ("Cognome;Nome", "Kern;Mia"),
        ("Voornaam;Achternaam", "Mia;Kern"),
        ("Imię;Nazwisko", "Mia;Kern"), ("Ad;Soyad", "Mia;Kern"), ("Soyadı;Adı", "Kern;Mia"),
        ("Name,Surname", "Mia Kern,Kern"), ("Name;Vorname", "Mia Kern;Mia"),
        ("Имя;Фамилия", "Mia;Kern"),
    ],
)  # fmt: skip
def test_a_name_beside_another_one_is_the_other_half(headings: str, row: str) -> None:
    """In any order and language, unless it holds the whole name; nothing becomes a nickname."""
    assert read(headings, row) == ([{"name": "Mia Kern"}], [])


def test_an_app_for_birthdays_says_the_sort_of_each_day() -> None:
    """As Birday exports: a name is a first name, a death is none to congratulate on."""
    people, remarks = read(
        "date,name,surname,type,yearMatter,notes",
        "1990-05-04,Mia,Kern,BIRTHDAY,true,",
        "1970-06-07,Mia,Berg,BIRTHDAY,false,",
        "2020-01-02,Opa,Kern,DEATH,true,",
        "2015-07-08,Ole,,NAME_DAY,true,likes cake",
        "2019-01-01,Golf,,VEHICLE,true,",
    )
    assert people == [
        {"name": "Mia Kern", "birthday": "1990-05-04"},
        {"name": "Mia Berg", "birthday": "--06-07"},
        {"name": "Opa Kern", "status": "ended", "died_on": "2020-01-02"},
        {"name": "Ole", "notes": "likes cake",
         "yearly_days": ["YearlyDay(name='Name day', day=PartialDate(year=2015, month=7, day=8))"]},
    ]  # fmt: skip
    assert remarks == ["left out: that is nobody, but a thing"]


@pytest.mark.parametrize("heading", ["Date", "Datum", "Tag", "Day", "when"])
@pytest.mark.parametrize(
    ("day", "born"), [("1990-05-04", "1990-05-04"), ("24.12.", "--12-24"), ("32997", "1990-05-04")]
)
def test_a_list_of_names_and_days_is_one_of_birthdays(heading: str, day: str, born: str) -> None:
    """And that is said, with the way to say something else."""
    people, remarks = read(f"Name,{heading}", f"Mia,{day}")
    assert people == [{"name": "Mia", "birthday": born}]
    assert f"“{heading}” is read as the birthday" in remarks[0]
    assert f"--column {heading}=notes" in remarks[0]


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Name,Phone,Date", "Mia,0251 1,1990-05-04"),  # who knows what happened then?
        ("Name,Date", "Mia,2026-02-01"),  # last seen, more likely
        ("Name,Date", "Mia,2026-06-01"),  # still to come
        ("Name,Date,Colour", "Mia,1990-05-04,red"),
        ("Name,Einschulung", "Mia,1990-05-04"),
    ],
)
def test_days_of_anything_stay_in_the_notes_and_it_is_said(headings: str, row: str) -> None:
    """Nothing vanishes without a word, and nobody gets a birthday that was guessed."""
    people, remarks = read(headings, row)
    assert "birthday" not in people[0]
    assert "20" in people[0]["notes"] or "1990-05-04" in people[0]["notes"]
    assert any("nothing says what the days of" in remark for remark in remarks)


@pytest.mark.parametrize(
    ("headings", "row", "born"),
    [
        ("Name;Geburtsjahr;Geburtsmonat;Geburtstag", "Mia;1990;5;4", "1990-05-04"),
        ("Name,BirthYear,BirthMonth,BirthDay", "Mia,1990,5,4", "1990-05-04"),
        ("Name,Birth Day,Birth Month,Birth Year", "Mia,4,5,1990", "1990-05-04"),
        ("Name;Jahr;Monat;Tag", "Mia;1990;5;4", "1990-05-04"),
        ("Name;Tag;Monat;Jahr", "Mia;4;Mai;1990", "1990-05-04"),
        ("Name,Day,Month,Year", "Mia,04,May,1990", "1990-05-04"),
        ("Name;Tag;Monat", "Mia;4;5", "--05-04"),
        ("Name;Geburtsjahr;Monat;Tag", "Mia;1990;5;4", "1990-05-04"),
        ("Name,Month,Day,Year", "Mia,5,4,", "--05-04"),
        ("Name,Month,Day,Year", "Mia,5,4,1604", "--05-04"),
        ("Name,Month,Day,Year", "Mia,5,4,90", "1990-05-04"),
        ("Name;Jahrgang;Monat;Tag", "Mia;1990;5;4", "1990-05-04"),
    ],
)  # fmt: skip
def test_year_month_and_day_may_have_columns_of_their_own(
    headings: str, row: str, born: str
) -> None:
    """In any order, the month by its number or its word, the year if it is known."""
    assert read(headings, row) == ([{"name": "Mia", "birthday": born}], [])


def test_a_tag_is_still_a_label() -> None:
    """In English it is one, and so it is beside a month of something else."""
    people, _ = read("Name,Tag", "Mia,Rot")
    assert people == [{"name": "Mia", "notes": "#Rot"}]


@pytest.mark.few(10)
@pytest.mark.parametrize(
    "heading",
    ["deceased", "Verstorben", "gestorben am", "Todestag", "Date of death", "dead", "†",
     "Sterbedatum"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("cell", "fact"),
    [
        ("2020-01-02", "2020-01-02"), ("02.01.2020", "2020-01-02"), ("43832", "2020-01-02"),
        ("2.1.", "died: --01-02"), ("2019", "died: 2019"), ("2020-01", "died: 2020-01"),
        ("yes", "died"), ("ja", "died"), ("x", "died"), ("TRUE", "died"), ("verstorben", "died"),
        ("about 2019", "died: about 2019"),
    ],
)  # fmt: skip
def test_who_has_died_has_left_the_village(heading: str, cell: str, fact: str) -> None:
    """A column says so, by a day or by yes; the notes keep what is no whole day."""
    people, remarks = read(f"Name,{heading}", f"Opa,{cell}")
    field = "notes" if "died" in fact else "died_on"
    assert people == [{"name": "Opa", "status": "ended", field: fact}]
    assert [remark for remark in remarks if "Excel" not in remark] == []


@pytest.mark.parametrize("cell", ["", "no", "nein", "FALSE", "0", "-", "lebt", "alive", "0.0.00"])
def test_who_lives_stays(cell: str) -> None:
    """A column of deaths is empty for most."""
    assert read("Name,Deceased,Phone", f"Oma,{cell},0251 1") == (
        [{"name": "Oma", "phones": ["0251 1"]}], []
    )  # fmt: skip


def test_a_death_may_stand_in_two_columns_in_the_status_or_the_role() -> None:
    """The day of one of them is the day."""
    people, _ = read("Name,Deceased,Date of death", "Opa,yes,2020-01-02", "Oma,no,")
    assert people == [
        {"name": "Opa", "status": "ended", "died_on": "2020-01-02"}, {"name": "Oma"}
    ]  # fmt: skip
    assert read("Name;Status", "Opa;verstorben")[0][0]["status"] == "ended"
    assert read("Name;Rolle", "Opa;verstorben")[0][0]["status"] == "ended"


def test_days_that_excel_counts_are_read_and_it_is_said() -> None:
    """A table that lost the form of its cells has numbers where days were."""
    people, remarks = read("Name,Birthday,Phone", "Mia,32997,0251 1")
    assert people[0]["birthday"] == "1990-05-04"
    assert remarks == ["“Birthday” has days as Excel counts them, such as “32997” for 1990-05-04"]


@pytest.mark.parametrize("cell", ["Joe:2021-12", "Joe: 12.2021", "Joe (2021-12)"])
def test_a_child_and_its_birth_may_stand_side_by_side(cell: str) -> None:
    """As `dorf add --kid` takes them, too."""
    [person], _ = read("Name;Kids", f"Mia;{cell}")
    assert "name='Joe'" in person["kids"][0]
    assert "year=2021" in person["kids"][0]
