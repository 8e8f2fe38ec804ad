"""Phone numbers: which spellings are one, seen from which country, in one card and in two files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dorf.core.likeness import country_of, one_each, phone_key

if TYPE_CHECKING:
    from tests.conftest import Dorf


def card(name: str, *numbers: str) -> str:
    """Return a vCard with these numbers."""
    lines = [f"TEL:{number}" for number in numbers]
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", *lines, "END:VCARD", ""])


def bring(dorf: Dorf, text: str, *options: str) -> Any:
    """Import *text* and return what happened."""
    return json.loads(dorf("import", "-", "--json", *options, stdin=text, remarks=True))


def phones(dorf: Dorf, name: str) -> list[str]:
    """Return the numbers of somebody in the village."""
    people = json.loads(dorf("export"))["contacts"]
    found: list[str] = next(person for person in people if person["name"] == name).get("phones", [])
    return found


@pytest.mark.parametrize(
    ("country", "spellings"),
    [
        ("49", ["0171 5550101", "+49 171 5550101", "0049-171-5550101", "+49 (0) 171 5550101"]),
        ("43", ["0664 123456", "+43 664 123456", "0043 664 123456", "+43 (0)664/123456"]),
        ("41", ["079 123 45 67", "+41 79 123 45 67", "0041 791234567"]),
        ("39", ["06 1234567", "+39 06 1234567", "0039 06 1234567"]),  # Italy keeps its zero
        ("1", ["(212) 555-0100", "1-212-555-0100", "+1 212 555 0100", "011 1 212 555 0100"]),
        ("44", ["020 7946 0018", "+44 20 7946 0018", "+44 (0)20 7946 0018"]),
        ("7", ["8 912 345-67-89", "+7 912 345 67 89", "912 345 67 89"]),
        ("36", ["06 20 123 4567", "+36 20 123 4567"]),
        ("48", ["512 345 678", "+48 512 345 678"]),
    ],
)
def test_the_spellings_of_a_number_are_one(country: str, spellings: list[str]) -> None:
    """Each country has its own way to dial at home; a number of another one is another."""
    assert len({phone_key(text, country) for text in spellings}) == 1
    assert len({phone_key(text, "351") for text in spellings}) > 1
    assert country_of(spellings) == country


def test_italy_keeps_its_zero() -> None:
    """Without it, it would be a mobile phone's."""
    assert phone_key("+39 6 1234567", "39") != phone_key("06 1234567", "39")


@pytest.mark.parametrize(
    ("numbers", "country"),
    [
        ([], "49"), (["0171 1"], "49"), (["+43 664 123456"], "43"), (["0041 79 1234567"], "41"),
        (["+43 664 123456", "+49 171 5550101"], "49"),  # who knows: the usual one
        (["+43 664 123456", "+43 1 5550101", "+49 171 5550101"], "43"),
        (["+33 1 23456789", "+33 1 23456780", "0171 5550101", "+49 171 5550101"], "49"),
        (["+", "+0", "+12"], "49"), (["+420 123 456 789"], "420"), (["+352 123456"], "352"),
    ],
)  # fmt: skip
def test_the_other_numbers_tell_the_country(numbers: list[str], country: str) -> None:
    """By their codes, and most of all where a number stands there with and without one."""
    assert country_of(numbers) == country


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["0171 5550101", "+49 171 5550101", "0049-171-5550101"], ["+49 171 5550101"]),
        (["+49 (0) 171 5550101", "+491715550101"], ["+491715550101"]),
        (["0251 1 (work)", "+49 251 1"], ["+49 251 1 (work)"]),
        (["0251 1 (work)", "0251 1 (home)"], ["0251 1 (work) (home)"]),
        (["0251 1 (work)", "0251-1 (Work)"], ["0251 1 (work)"]),
        (["0251 1", "0251 2"], ["0251 1", "0251 2"]),
        (["0251 1 ext. 5", "0251 1"], ["0251 1 ext. 5", "0251 1"]),
        (["ask her", "ask him"], ["ask her", "ask him"]),
        (["0171 5550101", "+43 171 5550101"], ["0171 5550101", "+43 171 5550101"]),
    ],
)
def test_a_number_is_kept_once_as_fully_as_it_was_written(
    given: list[str], kept: list[str]
) -> None:
    """With every word around any of its spellings."""
    assert list(one_each(given, "49")) == kept


def test_four_spellings_in_a_card_are_one_number(dorf: Dorf) -> None:
    """And once more they change nothing."""
    text = card("Nina", "0171 5550101", "+49 171 5550101", "0049-171-5550101", "+49 (0)171 5550101")
    assert bring(dorf, text)["new"] == 1
    assert phones(dorf, "Nina") == ["+49 171 5550101"]
    assert bring(dorf, text)["unchanged"] == 1


def test_a_number_has_the_country_of_the_village(dorf: Dorf) -> None:
    """In a village of Austria 0664 is +43 664, in one card, in two files and in two people."""
    bring(dorf, card("Karl", "+43 1 5550101") + card("Grete", "+43 1 5550102"))
    bring(dorf, card("Nina", "0664 123456"))
    done = bring(dorf, "Name,Phone\nNina,+43 664 123456\n")
    assert (done["new"], done["unchanged"]) == (0, 1)
    assert phones(dorf, "Nina") == ["0664 123456"]
    dorf("add", "Nini", "--phone", "0043 664 123456", remarks=True)
    assert "dorf merge" in dorf.said
    assert bring(dorf, card("Uli", "0664 7", "+43 664 7"))["new"] == 1
    assert phones(dorf, "Uli") == ["+43 664 7"]


def test_a_number_of_two_countries_is_two(dorf: Dorf) -> None:
    """0171 in a German village is not +43 171: two people who share nothing else."""
    bring(dorf, card("Karl", "+49 251 5550101") + card("Grete", "+49 251 5550102"))
    bring(dorf, card("Nina", "0171 5550101"))
    assert bring(dorf, "Name,Phone\nNina,+43 171 5550101\n")["new"] == 1


def test_a_number_that_was_removed_stays_away_in_any_spelling(dorf: Dorf) -> None:
    """What was said of it before is known whatever country the village has by then."""
    bring(dorf, card("Karl", "+43 1 5550101") + card("Nina", "0664 123456", "0664 9"))
    dorf("edit", "Nina", "--clear", "phone", "--phone", "0664 9")
    bring(dorf, card("Karl", "+43 1 5550101") + card("Nina", "+43 664 123456", "0664 9"))
    assert phones(dorf, "Nina") == ["0664 9"]


@pytest.mark.few(1)
@pytest.mark.parametrize("form", ["vcard", "vcard3", "csv", "village"])
def test_what_somebody_typed_twice_comes_back_twice(dorf: Dorf, form: str) -> None:
    """Dorf's own files are read letter by letter."""
    dorf("add", "Nina", "--phone", "0171 5550101", "--phone", "+49 171 5550101")
    file = dorf("export", "--format", form)
    dorf("undo")
    bring(dorf, file)
    assert phones(dorf, "Nina") == ["0171 5550101", "+49 171 5550101"]
