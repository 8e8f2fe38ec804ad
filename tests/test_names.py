"""Names: kept as typed, found in any spelling, never guessed (CONTRIBUTING.md, Names)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dorf.core.likeness import phone_key
from dorf.core.names import find, nearest
from dorf.core.spelling import clean_text, fold
from tests.villages import ago, person, village

if TYPE_CHECKING:
    from tests.conftest import Dorf


class Someone(NamedTuple):
    """As much of a contact as a name can mean."""

    name: str
    nicknames: tuple[str, ...] = ()
    kid_names: tuple[str, ...] = ()


def named(*names: str) -> list[Someone]:
    """Return people of these names."""
    return [Someone(name) for name in names]


def found(query: str, people: list[Someone]) -> list[str]:
    """Return the names of those whom *query* can mean."""
    return [one.name for one in find(query, people)]


# --- folding ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spellings",
    [
        ["Jörg", "jorg", "joerg", "JÖRG", "JOERG", "Jo\u0308rg", " Jörg "],
        ["Groß", "gross", "GROSS", "GROẞ", "Gross"],
        ["Özlem", "ozlem", "oezlem", "ÖZLEM"],
        ["Müller", "Mueller", "muller"],
        ["Ägäis", "aegaeis", "agais"],
        [
            "O'Brien",
            "O’Brien",
            "O‘Brien",
            "OʼBrien",
            "O`Brien",
            "O´Brien",
            "O＇Brien",
            "OBrien",
            "obrien",
        ],
        ["Oma (Gisela)", "oma gisela", "Oma: Gisela", "Oma-Gisela", "Oma – „Gisela“"],
        ["René", "Rene", "RENÉ"],
        ["Irène Façade", "irene facade"],
        ["Łukasz", "lukasz"],
        ["Søren", "soren", "soeren"],
        ["İpek", "ipek", "IPEK"],
        ["张伟", " 张伟 "],
        ["Zoë", "Zoe", "ZOË"],
        ["Zoée", "Zoee"],
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: list[str]) -> None:
    """Capitals, accents, umlauts both ways, apostrophes and signs make no difference."""
    assert {fold(text) for text in spellings} == {fold(spellings[0])}


@pytest.mark.parametrize(
    "names",
    [
        ["Jörg", "Georg", "Jürg", "Jarg"],
        ["Anna", "Anne", "Hanna", "Anna K", "Ana"],
        ["张伟", "张卫", "李伟"],
        ["👵", "👴", "👵🏽"],
        ["राम", "रीमा", "रम"],
        ["Groß", "Gros"],
    ],
)
def test_different_names_have_different_keys(names: list[str]) -> None:
    """Folding forgives spelling; it does not make two people one, in any script."""
    assert len({fold(name) for name in names}) == len(names)


LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=12)


@given(st.one_of(st.text(), LATIN, st.text("aeouAEOUäöüß'’ ", max_size=8)))
@example("Zoee")
@example("Aeoeue")
@example("ŉ")
@example("O＇Brien")
def test_a_key_is_its_own_key(text: str) -> None:
    """Folding twice is folding once."""
    assert fold(fold(text)) == fold(text)


@given(st.text())
@example("O\u1ffdBrien")
@example("O\u1fefBrien")
def test_a_key_does_not_depend_on_how_unicode_was_typed(text: str) -> None:
    """Composed and decomposed letters, which look alike, are alike."""
    forms = {unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text), text}
    assert {fold(form) for form in forms} == {fold(text)}


@given(LATIN)
@example("ŉ")
def test_a_key_does_not_depend_on_capitals(text: str) -> None:
    """Upper, lower and folded case of Latin letters meet."""
    assert {fold(text.upper()), fold(text.lower()), fold(text.casefold())} == {fold(text)}


# --- finding ---------------------------------------------------------------------------------

CROWD = [
    Someone("Jörg"),
    Someone("Anna Groß"),
    Someone("Anna Weber"),
    Someone("Özlem"),
    Someone("Oma (Gisela)", nicknames=("Omi", "Mrs. G")),
    Someone("Sean O'Brien"),
    Someone("张伟"),
    Someone("👵"),
    Someone("[b]"),
    Someone("[31mRot"),
]


@pytest.mark.parametrize(
    ("queries", "names"),
    [
        ("Jörg|jorg|joerg|JOERG|Jo\u0308rg| jörg |jo|j", ["Jörg"]),
        ("Anna Groß|anna gross|GROSS|groß|gro|gross anna|g ann", ["Anna Groß"]),
        ("Weber|anna w|w a|WEBER ANNA", ["Anna Weber"]),
        ("anna|Anna|ann|a|ANNA", ["Anna Groß", "Anna Weber"]),
        ("Özlem|ozlem|oezlem|Öz|oez|oz", ["Özlem"]),
        ("Oma (Gisela)|oma gisela|oma|Gisela|gisela oma|gis|Omi|omi|mrs g|Mrs", ["Oma (Gisela)"]),
        ("Sean O'Brien|sean o’brien|O‘Brien|OʼBrien|o`brien|O´Brien|OBrien|sean o'b|obr",
         ["Sean O'Brien"]),
        ("张伟|张", ["张伟"]),
        ("👵| 👵 ", ["👵"]),
        ("[b]|b|B", ["[b]"]),
        ("[31mRot|\x1b[31mRot|31mrot", ["[31mRot"]),
        ("|   |\t|zz|örg|eber|anna anna|anna weber gross|oma gisela oma|伟|'|\x1b|👴|()", []),
    ],
)  # fmt: skip
def test_a_name_is_found_by_any_spelling_of_its_beginning(queries: str, names: list[str]) -> None:
    """Whole words in any order, each a prefix of another word; never the middle of a word."""
    assert {query: found(query, CROWD) for query in queries.split("|")} == dict.fromkeys(
        queries.split("|"), names
    )


def test_an_exact_name_comes_before_a_folded_one() -> None:
    """Three spellings may be three people; only a fourth spelling means all of them."""
    people = named("Jörg", "Jorg", "joerg")
    assert [found(query, people) for query in ("Jörg", "Jorg", "joerg", "JÖRG")] == [
        ["Jörg"],
        ["Jorg"],
        ["joerg"],
        ["Jörg", "Jorg", "joerg"],
    ]


def test_an_equal_name_comes_before_a_beginning() -> None:
    """“anna” is Anna, although Anna Weber begins like her."""
    assert found("anna", named("Anna Weber", "Anna", "Annabel")) == ["Anna"]


def test_a_short_word_does_not_take_a_long_ones_place() -> None:
    """“a anna” is Anna Abel: each word finds one of its own."""
    assert [found(query, named("Anna Abel")) for query in ("a anna", "anna a", "a a a")] == [
        ["Anna Abel"],
        ["Anna Abel"],
        [],
    ]


def test_a_nickname_is_a_name() -> None:
    """It is found exactly, folded and by its beginning, each before the next step."""
    people = [
        Someone("Gisela", nicknames=("Oma",)),
        Someone("Oma Erna"),
        Someone("Hilde", nicknames=("oma!",)),
    ]
    assert [found(query, people) for query in ("Oma", "OMA", "om")] == [
        ["Gisela"],
        ["Gisela", "Hilde"],
        ["Gisela", "Oma Erna", "Hilde"],
    ]


def test_the_beginning_of_a_name_comes_before_a_child() -> None:
    """Mats the neighbour is meant by “Mats”; his namesake's mother by saying so."""
    people = [Someone("Lena", kid_names=("Mats",)), Someone("Mats Meier")]
    assert [found(query, people) for query in ("mats", "Mama von Mats")] == [
        ["Mats Meier"],
        ["Lena"],
    ]


@pytest.mark.parametrize(
    ("queries", "names"),
    [
        ("Mats|mats|Papa von Mats|Mama von Mats|mutter vom mats|Eltern von Mats", ["Lena"]),
        ("dad of Mats|Parents of mats|Mats' dad|Mats’ dad|Mats's mum|MATS' DAD|Mats mum", ["Lena"]),
        ("Mats Mama|Mats Papa|Matsʼ Papa|Mats` Papa|Mats´ Papa|Mats parents", ["Lena"]),
        ("Ida's dad|Ida’s mum|Idas Mama|Ida Papa|ida´s papa|Papa von Ida|IDA", ["Lena", "Tom"]),
        ("Zoë|Papa von Zoe|Zoes Mama|ZOË'S DAD", ["Tom"]),
        ("Papa von Max|Max' Mama|Matsens Papa|Papa von|von Mats|Mat|dad|Papa Mats", []),
    ],
)  # fmt: skip
def test_a_childs_name_finds_the_parents(queries: str, names: list[str]) -> None:
    """In both languages, with every way to write the genitive; a child is named in full."""
    people = [
        Someone("Lena", kid_names=("Mats", "Ida")),
        Someone("Tom", kid_names=("Ida", "Zoë")),
        Someone("Uwe"),
    ]
    assert {query: found(query, people) for query in queries.split("|")} == dict.fromkeys(
        queries.split("|"), names
    )


def test_a_very_long_text_finds_nobody() -> None:
    """Ten thousand characters are an accident, not a name, and cost no time."""
    assert (found("a" * 10_000, CROWD), nearest("a" * 10_000, ["Anna"])) == ([], [])


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Lenna", ["Lena", "Lene"]),
        ("Giesela", ["Oma (Gisela)"]),
        ("jrg", ["Jörg"]),
        ("Hern Aydin", ["Herr Aydin"]),
        ("Xaver", []),
        ("", []),
    ],
)
def test_the_nearest_spellings_are_offered(query: str, names: list[str]) -> None:
    """Whole names and single words are compared, the closest first."""
    assert nearest(query, ["Lene", "Oma (Gisela)", "Lena", "Jörg", "Herr Aydin"]) == names


def test_three_spellings_are_offered_at_most() -> None:
    """A long list of guesses would help nobody."""
    assert len(nearest("Lenx", ["Lena", "Lene", "Leni", "Leno", "Lenz"])) == 3


TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.one_of(
    TYPED,
    st.lists(
        st.sampled_from(["Anna", "Jörg", "Joerg", "Groß", "oma", "O'Brien", "张伟", "👵"])
    ).map(" ".join),
)
CROWDS = st.lists(NAMES.map(clean_text).filter(bool), unique=True, max_size=6)


@pytest.mark.slow
@given(CROWDS)
def test_everybody_is_found_by_their_own_name(names: list[str]) -> None:
    """An exact name means one person, whoever else there is."""
    people = named(*names)
    assert [found(name, people) for name in names] == [[name] for name in names]


@given(CROWDS, NAMES)
def test_whoever_is_found_begins_with_what_was_typed(names: list[str], query: str) -> None:
    """Each word that was typed begins a word of each name that was found."""
    asked = fold(query).split()
    for name in found(query, named(*names)):
        assert [word for word in asked if not f" {fold(name)}".count(f" {word}")] == []


@given(CROWDS, st.data())
def test_a_part_of_a_name_finds_the_person(names: list[str], data: st.DataObject) -> None:
    """Some words of a name, cut short and in any order, never miss whom they belong to.

    Unless somebody is called just that: then they are meant.
    """
    name = data.draw(st.sampled_from(names)) if names else "Anna"
    words = data.draw(st.permutations(fold(name).split()))
    length = data.draw(st.integers(1, 4))
    query = " ".join(word[:length] for word in words)
    people = named(*dict.fromkeys((*names, name)))
    hits = found(query, people)
    assert not query or name in hits or {fold(hit) for hit in hits} == {fold(query)}


@given(st.text())
def test_cleaning_removes_only_what_could_forge_the_screen(text: str) -> None:
    """What is left has no control characters, and cleaning it again changes nothing."""
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert {unicodedata.category(sign) for sign in cleaned}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})


@pytest.mark.parametrize(
    ("text", "line", "lines"),
    [
        (" a\nb\tc\r\nd ", "a b c d", "a\nb c\nd"),
        ("a\u2028b\u2029c", "a b c", "a b c"),
        ("\x1b[1mfett\x07\x7f\x85", "[1mfett", "[1mfett"),
        ("\u202eanneL\u2066\u200f", "anneL", "anneL"),
        ("\ud800 Lena", "Lena", "Lena"),
        ("👩\u200d👧 \u00a0", "👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_a_text_loses_what_is_not_text(text: str, line: str, lines: str) -> None:
    """Controls and directions go, line breaks stay only where there may be several lines."""
    assert (clean_text(text), clean_text(text, lines=True)) == (line, lines)


def test_a_note_may_be_long_but_not_endless(dorf: Dorf) -> None:
    """Twenty thousand characters are kept as they are; one more is refused."""
    note = "ä" * 19_998 + "\nb"
    dorf("add", "Lena", "--note", note)
    dorf("add", "Mia", "--note", note + "c", status=2)
    assert [one["notes"] for one in dorf.json("list")["contacts"]] == [note]


# --- on the command line ---------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["Jörg", "Jo\u0308rg", "Groß", "Özlem", "Oma (Gisela)", "Sean O'Brien", "O’Brien", "张伟", "👵",
     "👩‍👧 Nina", "[b]fett[/b]", ":smile:", "{name}", "%s", "a\\b", "'); DROP TABLE contact;--",
     "राम", "שרה", "x" * 200],
)  # fmt: skip
def test_a_name_is_kept_and_shown_as_it_was_typed(dorf: Dorf, name: str) -> None:
    """Nothing is cut, escaped or read as markup, and the echo shows the whole name."""
    echo = f"{name} · other · no contact recorded yet\n"
    assert (dorf("add", name), dorf.json("show", name)["contact"]["name"]) == (echo, name)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\x1b[31mRot\x1b[0m", "[31mRot[0m"),
        ("  Lena  ", "Lena"),
        ("Oma\tGisela", "Oma Gisela"),
        ("Oma\nGisela", "Oma Gisela"),
        ("Le\x1bna", "Lena"),
        ("\u202eanneL", "anneL"),
        ("\x9b2JLena", "2JLena"),
    ],
)
def test_control_characters_do_not_enter_a_name(dorf: Dorf, typed: str, kept: str) -> None:
    """They are left out when written, so that no screen can be forged; both ways find it."""
    dorf("add", typed)
    names = [dorf.json("show", query)["contact"]["name"] for query in (typed, kept)]
    assert names == [kept, kept]


NO_SIGN = "a name needs at least one letter or sign"
TOO_LONG = "a name can have 200 characters at most, this one has {}"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", NO_SIGN),
        ("   ", NO_SIGN),
        ("\x1b", NO_SIGN),
        ("\t\n", NO_SIGN),
        ("\u200d", NO_SIGN),
        ("x" * 201, TOO_LONG.format(201)),
        ("ü" * 10_000, TOO_LONG.format(10_000)),
    ],
)
def test_a_text_that_is_no_name_is_refused(dorf: Dorf, name: str, reason: str) -> None:
    """The sentence says why, and nobody was added."""
    dorf("add", name, status=2, stderr=f"dorf: That name does not work: {reason}.\n")
    assert dorf.json("list")["contacts"] == []


def test_two_annas_are_not_mixed_up(dorf: Dorf) -> None:
    """Without a terminal the candidates are named with status 4, and nothing is written."""
    dorf.load(village(person("Anna Groß"), person("Anna Weber"), person("Mia")))
    dorf(
        "log", "anna", "--yesterday", status=4,
        stderr="dorf: “anna” could be Anna Groß, Anna Weber. Please type a little more of the "
        "name.\n",
    )  # fmt: skip
    assert len(dorf.json("history")["encounters"]) == 3


def test_on_a_terminal_the_right_anna_is_asked_for(dorf: Dorf) -> None:
    """The number that was typed decides who was met."""
    people = [person(name, last_contact=None) for name in ("Anna Groß", "Anna Weber")]
    dorf.load(village(*people))
    dorf("log", "anna", tty=True, stdin="2\n")
    met = {c["name"]: c["last_contact"] for c in dorf.json("list")["contacts"]}
    assert met == {"Anna Groß": None, "Anna Weber": ago(0)}


@pytest.mark.few(2)
@pytest.mark.parametrize("answer", ["", "0\n", "3\n", "-1\n", "Weber\n", "²\n"])
def test_no_answer_means_nobody(dorf: Dorf, answer: str) -> None:
    """Anything but a number of the list changes nothing."""
    dorf.load(village(person("Anna Groß"), person("Anna Weber")))
    dorf("log", "anna", tty=True, stdin=answer, status=4)
    assert len(dorf.json("history")["encounters"]) == 2


def test_a_name_that_nobody_has_is_answered_with_the_nearest(dorf: Dorf) -> None:
    """Status 3; close spellings are offered, or else how to add the person."""
    dorf.load(village(person("Lena"), person("Oma (Gisela)")))
    dorf(
        "log", "Lenna", status=3,
        stderr="dorf: Nobody in your village is called “Lenna”. Did you mean Lena?\n",
    )  # fmt: skip
    dorf(
        "log", "Herr Xu", status=3,
        stderr="dorf: Nobody in your village is called “Herr Xu”. New? Then: dorf add 'Herr Xu'\n",
    )  # fmt: skip


@pytest.mark.parametrize("query", ["", "   ", "\x1b", "x" * 10_000])
def test_a_text_that_is_no_name_finds_nobody(dorf: Dorf, query: str) -> None:
    """Status 3, and nothing is written."""
    dorf.load(village(person("Lena")))
    dorf("log", query, status=3)
    assert len(dorf.json("history")["encounters"]) == 1


def test_the_parent_is_found_and_named_in_full(dorf: Dorf) -> None:
    """What was typed is a child's; what is echoed is the contact."""
    dorf.load(village(person("Lena Weber", kids=[{"name": "Mats", "born": "2021-12"}])))
    assert dorf("log", "Papa von Mats") == (
        "Lena Weber · other · last today (2 Mar 2026) · next time by 1 Apr\n"
    )


def test_a_name_means_one_person_only(dorf: Dorf) -> None:
    """The same name twice is refused; a spelling of it is added, and pointed out."""
    dorf("add", "Jörg")
    dorf(
        "add", "Jörg", status=1,
        stderr="dorf: “Jörg” is in your village already. Add something that tells them apart, "
        "such as “Jörg (Kita)”, or change the one you have: dorf edit.\n",
    )  # fmt: skip
    dorf(
        "add", "Joerg",
        stderr="“Joerg” and “Jörg” are the same name in two spellings. Are they the same person? "
        "Then: dorf merge Jörg Joerg\n",
    )  # fmt: skip
    assert [one["name"] for one in dorf.json("list")["contacts"]] == ["Joerg", "Jörg"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("0171 555-01", "17155501"), ("+49 171 55501", "17155501"), ("0049171/55501", "17155501"),
        ("+49 (0)171 55501", "17155501"), ("171 55501", "17155501"), ("+43 1 555", "+431555"),
        ("0043 1 555", "+431555"), ("ask her", ""), ("+", ""), ("110", "110"),
        ("(0)171 555 01", "17155501"), ("0491 55", "49155"),
    ],
)  # fmt: skip
def test_numbers_are_compared_by_their_digits(text: str, key: str) -> None:
    """However they are written; the code of another country stays."""
    assert phone_key(text) == key
