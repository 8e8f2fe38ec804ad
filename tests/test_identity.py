"""Who is who: another spelling of a name finds somebody, and proves nothing by itself.

"Jo" and "Joe", "Kai-Uwe #1" and "Kai Uwe 1" fold to one key, for searching. An import that took
them for one person would hand the number of one to the other without a word.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dorf.imports.provenance import departed_under, name_key
from tests.test_imports import bring, card, counts, people, table, whole

if TYPE_CHECKING:
    from tests.conftest import Dorf

PAIRS = [
    ("Jo Meyer", "Joe Meyer"),
    ("Jö Meyer", "Joe Meyer"),
    ("Kai-Uwe #1", "Kai Uwe 1"),
    ("=1+1", "1 1"),
    ("C++", "C"),
    ("Anna 🌻", "Anna"),
    ("O'Neill", "ONeill"),
]
"""Names of two people that have one key for searching."""


@pytest.mark.few(2)
@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_a_name_in_another_spelling_gets_no_number_of_somebody_else(
    dorf: Dorf, here: str, there: str
) -> None:
    """Two entries, the likeness is said with the way to put them together, and again nothing."""
    dorf("add", "--", here)
    text = card(there, "TEL:0171 1")
    done = bring(dorf, text, "--dry-run")
    assert (counts(done), done["doubtful"]) == ((1, 0, 0, 0), [{"name": there, "there": here}])
    dorf("import", "-", stdin=text, remarks=True)
    assert dorf.said.startswith(
        f"“{there}” and “{here}” are the same name in two spellings. Are they the same person? "
        "Then: dorf merge "
    )
    assert "phones" not in people(dorf)[here]
    assert people(dorf)[there]["phones"] == ["0171 1"]
    before = whole(dorf)
    done = bring(dorf, text)
    assert (counts(done), done["doubtful"]) == ((0, 0, 1, 0), [])
    assert whole(dorf) == before


@pytest.mark.few(1)
@pytest.mark.parametrize("first", [card("Jo Meyer", "TEL:0171 1"), card("Jo Meyer")])
@pytest.mark.parametrize("second", [card("Joe Meyer", "TEL:0171 2"), card("Joe Meyer")])
def test_nor_in_the_next_file_of_the_same_program(dorf: Dorf, first: str, second: str) -> None:
    """Whoever is not in it any more has not got another spelling."""
    bring(dorf, first)
    assert counts(bring(dorf, second)) == (1, 0, 0, 0)
    assert counts(bring(dorf, second)) == (0, 0, 1, 0)
    assert counts(bring(dorf, first + second)) == (0, 0, 2, 0)
    assert list(people(dorf)) == ["Jo Meyer", "Joe Meyer"]


def test_nor_in_one_file(dorf: Dorf) -> None:
    """One row says a number, the other one nothing at all."""
    rows = table("Jo Meyer,0171 1,,,", "Joe Meyer,,,,")
    done = bring(dorf, rows)
    assert (done["new"], done["doubled"]) == (2, 0)
    assert done["doubtful"] == [{"name": "Joe Meyer", "there": "Jo Meyer"}]


def test_a_birthday_that_differs_tells_siblings_with_one_landline_apart(dorf: Dorf) -> None:
    """Joe is not Jo, whose row the file of the other parent lacks."""
    bring(dorf, table("Jo Meyer,0251 1,,2015-01-02,"))
    assert counts(bring(dorf, table("Joe Meyer,0251 1,,2018-03-04,"))) == (1, 0, 0, 0)
    assert people(dorf)["Jo Meyer"]["birthday"] == "2015-01-02"


@pytest.mark.few(2)
@pytest.mark.parametrize("detail", ["0171 5,,", ",o@x.org,", ",,1988-01-02"])
@pytest.mark.parametrize("typed", [True, False])
def test_another_spelling_with_a_number_an_address_or_a_birthday_is_the_same(
    dorf: Dorf, detail: str, *, typed: bool
) -> None:
    """The name finds, the detail proves: as before, and not with a question."""
    phone, email, birthday = detail.split(",")
    options = {"--phone": phone, "--email": email, "--birthday": birthday}
    if typed:
        dorf("add", "Özlem Kaya", *(part for pair in options.items() if pair[1] for part in pair))
    else:
        bring(dorf, table(f"Özlem Kaya,{detail},"))
    done = bring(dorf, table(f"Oezlem Kaya,{detail},"))
    assert (done["new"], done["doubtful"]) == (0, [])
    assert len(people(dorf)) == 1


@pytest.mark.few(1)
@pytest.mark.parametrize("name", ["ANNA GROẞ", "anna groß", "Anna  Groß", "Anna Gro\u00adß"])
def test_capitals_and_blanks_are_no_other_spelling(dorf: Dorf, name: str) -> None:
    """Whatever looks the same but for them is the same name."""
    dorf("add", "Anna Groß")
    assert counts(bring(dorf, card(name, "TEL:0171 1"))) == (0, 1, 0, 0)
    assert people(dorf)["Anna Groß"]["phones"] == ["0171 1"]


def test_who_was_deleted_keeps_nobody_away_whose_name_is_spelled_otherwise(dorf: Dorf) -> None:
    """Jo stays away, and Joe comes."""
    jo, joe = card("Jo Meyer", "TEL:0171 1"), card("Joe Meyer", "TEL:0171 2")
    bring(dorf, jo)
    dorf("delete", "Jo Meyer", "--yes")
    assert counts(bring(dorf, jo + joe)) == (1, 0, 0, 1)
    assert list(people(dorf)) == ["Joe Meyer"]
    assert counts(bring(dorf, jo + joe)) == (0, 0, 1, 1)


def test_who_was_deleted_before_spellings_were_kept_stays_away() -> None:
    """Such a file remembers the folded name only."""
    assert name_key("Jo Meyer") in departed_under(None, "Jo Meyer")
    assert name_key("Jo Meyer") in departed_under("u-1", "Jo Meyer")


def test_a_child_of_somebody_gets_no_birth_of_another_one(dorf: Dorf) -> None:
    """Jo may have a sister."""
    dorf("add", "Jana", "--kid", "Jo")
    bring(dorf, "Name,Kids,Phone\r\nJana,Joe (2021-12),0171 1\r\n")
    assert people(dorf)["Jana"]["kids"] == [
        {"name": "Jo"},
        {"name": "Joe", "born": "2021-12"},
    ]


def test_children_of_one_spelling_are_told_apart_by_it(dorf: Dorf) -> None:
    """Twins whose names fold to one key, in whatever order the file has them."""
    dorf("add", "Jana", "--kid", "Jo:2021-12")
    bring(dorf, "Name,Kids,Phone\r\nJana,Joe (2021-12); Jo (2021-12),0171 1\r\n")
    assert [kid["name"] for kid in people(dorf)["Jana"]["kids"]] == ["Jo", "Joe"]


def test_a_child_of_the_household_is_not_another_one(dorf: Dorf) -> None:
    """Neither one that is here nor one that was removed here."""
    dorf("child", "add", "Jo", "2019-03")
    dorf("child", "add", "Mia", "2017-03")
    assert _children(dorf, "Joe", "2021-12-05") == ["Jo", "Mia", "Joe"]
    dorf("child", "remove", "Joe", remarks=True)
    dorf("child", "remove", "Jo", remarks=True)
    assert _children(dorf, "Joe", "2021-12-05") == ["Mia"]
    assert _children(dorf, "Jö", "2021-12-05") == ["Mia", "Jö"]


def _children(dorf: Dorf, name: str, born: str) -> list[str]:
    """Import a family that has this child, and return the names of the children then."""
    done: Any = bring(dorf, family(name, born))
    assert not done["skipped"]
    return [child["name"] for child in json.loads(whole(dorf))["household"]["children"]]


def family(name: str, born: str) -> str:
    """Return a file of Monica whose owner has one child."""
    from tests.test_imports import SAMPLES

    text = (SAMPLES / "family.json").read_text()
    return text.replace("Ida", name).replace("2025-08-14", born)


def test_only_takes_the_group_that_is_spelled_so(dorf: Dorf) -> None:
    """Jo's choir is not Joe's; where there is one of the two, either spelling finds it."""
    cards = card("Anna", "CATEGORIES:Jo's") + card("Bea", "CATEGORIES:Joe's")
    assert counts(bring(dorf, cards, "--dry-run", "--only", "Jo's")) == (1, 0, 0, 0)
    assert counts(bring(dorf, card("Bea", "CATEGORIES:Joe's"), "--only", "Jo's")) == (1, 0, 0, 0)
    assert list(people(dorf)) == ["Bea"]


# --- names that prove nothing, and two people of one name ---------------------------------------

WITHOUT_LETTERS = [
    ("1", "#1"),
    ("1", "(1)"),
    ("=1+1", "1 1"),
    ("+1", "1"),
    ("👵", "👴"),
    ("1.", "1"),
]


@pytest.mark.parametrize(("here", "there"), [*WITHOUT_LETTERS, ("Kai-Uwe #1", "Kai Uwe 1")])
def test_such_names_are_never_one_by_themselves(dorf: Dorf, here: str, there: str) -> None:
    """In one list or in two, with a number on one side or on none."""
    for number in ("", "0171 1"):
        assert bring(dorf, table(f"{here},{number},,,", f"{there},,,,"), "--dry-run")["new"] == 2
        bring(dorf, table(f"{here},{number},,,"))
        assert bring(dorf, table(f"{there},,,,"))["new"] == 1
        dorf("undo", "2")


@pytest.mark.parametrize(("here", "there"), WITHOUT_LETTERS)
def test_nor_are_names_without_letters_by_a_number(dorf: Dorf, here: str, there: str) -> None:
    """Rows that were counted have the number of whoever made the list."""
    bring(dorf, table(f"{here},0171 1,,,"))
    assert bring(dorf, table(f"{there},0171 1,,,"), "--dry-run")["new"] == 1
    dorf("import", "-", stdin=table(f"{there},0171 1,,,"), remarks=True)
    assert dorf.said.startswith(f"“{there}” and “{here}” ")
    assert "Are they the same person? Then: dorf merge" in dorf.said
    assert counts(bring(dorf, table(f"{there},0171 1,,,"))) == (0, 0, 1, 0)
    assert counts(bring(dorf, table(f"{here},0171 1,,,", f"{there},0171 1,,,"))) == (0, 0, 2, 0)


def test_a_name_with_wholly_another_birthday_is_asked_about(dorf: Dorf) -> None:
    """A mother and a daughter with one landline; a slip in one part is corrected silently."""
    bring(dorf, table("Anna,0251 1,,2015-01-02,"))
    dorf("import", "-", stdin=table("Anna,0251 1,,1985-02-03,"), remarks=True)
    assert (
        "Anna has another birthday than last time (1985-02-03, not 2015-01-02). If this is somebody"
        " else: dorf undo, then give one of the two another name in the file, and import it again."
    ) in dorf.said
    dorf("import", "-", stdin=table("Anna,0251 1,,1985-02-04,"))


def test_an_entry_that_means_two_just_as_well_is_told(dorf: Dorf) -> None:
    """Two Annas of one household in one list; another list has one."""
    bring(dorf, table("Anna,0251 1,,2015-01-02,", "Anna,0251 1,,1985-02-03,"))
    dorf("import", "-", stdin=table("Anna,0251 1,a@example.org,,"), remarks=True)
    assert "Anna or Anna (2)? Both have the same name and details" in dorf.said
    dorf("import", "-", stdin=table("Anna,0251 1,a@example.org,,"))
