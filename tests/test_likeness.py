"""Who may be somebody who is there already: what add and import say, and how it is found."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorf.core.likeness import Features, Likeness, Reason, Register, features, likenesses, one_slip
from dorf.report.contact import LIKENESS
from tests.conftest import endless_after

if TYPE_CHECKING:
    from tests.conftest import Dorf
    from tests.villages import Document

SAME = "“{}” and “{}” are the same name in two spellings."
SLIP = "“{}” and “{}” are one letter apart."
COMMON = "“{}” and “{}” have a name in common."
PHONE = "“{}” and “{}” have the same phone number."
EMAIL = "“{}” and “{}” have the same e-mail address."
NICK = "“{}” and “{}” go by the same name."
THEN = " Are they the same person? Then: dorf merge {}\n"
THERE: list[Document] = [
    {"name": "Anna Müller", "phones": ["0171 555 01"], "emails": ["anna@x.org"]},
    {"name": "Jörg", "nicknames": ["Jogi"]},
    {"name": "Group 1"},
    {"name": "Ida K."},
]


def names(dorf: Dorf) -> list[str]:
    """Return the names of all contacts, in the order of the file."""
    return [contact["name"] for contact in json.loads(dorf("export"))["contacts"]]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Joerg"], SAME.format("Joerg", "Jörg") + THEN.format("Jörg Joerg")),
        (["JOGI"], NICK.format("JOGI", "Jörg") + THEN.format("Jörg JOGI")),
        (["Georg", "--nickname", "jorg"],
         NICK.format("Georg", "Jörg") + THEN.format("Jörg Georg")),
        (["Anna"], COMMON.format("Anna", "Anna Müller") + THEN.format("'Anna Müller' Anna")),
        (["Müller, Anna Lena"],
         COMMON.format("Müller, Anna Lena", "Anna Müller")
         + THEN.format("'Anna Müller' 'Müller, Anna Lena'")),
        (["Ana Müller"],
         SLIP.format("Ana Müller", "Anna Müller") + THEN.format("'Anna Müller' 'Ana Müller'")),
        (["Anan Müller"],
         SLIP.format("Anan Müller", "Anna Müller") + THEN.format("'Anna Müller' 'Anan Müller'")),
        (["Mama von Ole", "--phone", "+49 (0)171 55501"],
         PHONE.format("Mama von Ole", "Anna Müller")
         + THEN.format("'Anna Müller' 'Mama von Ole'")),
        (["Mama von Ole", "--phone", "1", "--email", "ANNA@x.org"],
         EMAIL.format("Mama von Ole", "Anna Müller")
         + THEN.format("'Anna Müller' 'Mama von Ole'")),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)  # fmt: skip
def test_add_remarks_on_somebody_alike(dorf: Dorf, arguments: list[str], said: str) -> None:
    """The reason and the way out, after the answer; the contact is written all the same."""
    dorf.load({"contacts": THERE})
    dorf("add", *arguments, stderr=said)
    assert names(dorf)[-1] == arguments[0]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "arguments",
    [
        ["Anna (Kita)"], ["Group 2"], ["Ida M."], ["Mia"], ["Lena Müller"], ["Ann Muller-Schmidt"],
        ["Mama von Ole", "--phone", "0171 555 02", "--email", "a@x.org"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_add_is_silent_about_people_who_are_told_apart(dorf: Dorf, arguments: list[str]) -> None:
    """Brackets, numbers, initials and names in part the same are no reason."""
    dorf.load({"contacts": THERE})
    dorf("add", *arguments)
    assert dorf.said == ""


def test_a_remark_can_be_typed_as_it_stands(dorf: Dorf) -> None:
    """A name that looks like an option is no option."""
    dorf("add", "--", "-x y")
    said = COMMON.format("-x", "-x y") + THEN.format("-- '-x y' -x")
    dorf("add", "--", "-x", stderr=said)
    dorf("merge", "--", "-x y", "-x")
    assert names(dorf) == ["-x y"]


def test_after_a_merge_the_old_name_is_remarked_on(dorf: Dorf) -> None:
    """Whoever adds the same person again is told."""
    name = "Anna aus der Kita"
    dorf.load({"contacts": [{"name": "Anna Müller"}, {"name": name}]})
    dorf("merge", "Anna Müller", name)
    said = NICK.format(name, "Anna Müller") + THEN.format(f"'Anna Müller' '{name}'")
    dorf("add", name, stderr=said)


@pytest.mark.parametrize("options", [[], ["--dry-run"]], ids=" ".join)
def test_import_remarks_on_new_people_only(dorf: Dorf, options: list[str]) -> None:
    """Each with the one who is most alike, of the village or of the file before it."""
    dorf.load({"contacts": THERE})
    new = [{"name": name} for name in ("Jörg", "Zoé", "Zoe", "Group 2", "Anna", "Anne Müller")]
    dorf(
        "import", "-", *options, stdin=json.dumps({"dorf": 1, "contacts": new}),
        stderr=SAME.format("Zoe", "Zoé") + THEN.format("Zoé Zoe")
        + COMMON.format("Anna", "Anna Müller") + THEN.format("'Anna Müller' Anna")
        + SLIP.format("Anne Müller", "Anna Müller") + THEN.format("'Anna Müller' 'Anne Müller'"),
    )  # fmt: skip


def test_import_counts_what_it_does_not_show(dorf: Dorf) -> None:
    """Five remarks, then a number."""
    dorf("add", "Anna")
    new = [{"name": f"Anna {name}"} for name in ("Auer", "Beck", "Cohn", "Dahl", "Ende", "Fink")]
    lines = "".join(
        COMMON.format(one["name"], "Anna") + THEN.format(f"Anna '{one['name']}'") for one in new[:5]
    )
    file = json.dumps({"dorf": 1, "contacts": new})
    dorf("import", "-", stdin=file, stderr=lines + "and 1 more\n")


def test_every_reason_has_words() -> None:
    """The tables of ``report`` and ``core`` name the same things."""
    assert list(LIKENESS) == list(Reason)


# --- the register finds what a comparison with everybody finds ---------------------------------

LETTERS = st.text("ab1 ", min_size=1, max_size=9).filter(str.strip)
PEOPLE = st.builds(
    features,
    LETTERS | st.sampled_from(["Anna (Kita)", "'", "anna kita", "👵", "ababab" * 9]),
    st.lists(LETTERS, max_size=1),
    st.lists(st.sampled_from(["0171", "+49171", "x"]), max_size=1),
    st.lists(st.sampled_from(["a@x.org", "A@x.org", "b@x.org"]), max_size=1),
)


def compared(new: Features, existing: list[Features]) -> list[Likeness]:
    """Return whom a comparison with everybody, one after the other, finds alike."""
    found = [(_reason(new, contact), contact.name) for contact in existing]
    order = list(Reason)
    return sorted(
        (Likeness(new.name, name, reason) for reason, name in found if reason),
        key=lambda likeness: order.index(likeness.reason),
    )


def _reason(new: Features, existing: Features) -> Reason | None:
    in_common = new.words and existing.words
    apart = re.search(r"\(.*\w.*\)", new.name)
    tests = {
        Reason.SPELLING: new.key and new.key == existing.key,
        Reason.PHONE: new.phones & existing.phones,
        Reason.EMAIL: new.emails & existing.emails,
        Reason.NICKNAME: new.key in existing.nicknames or existing.key in new.nicknames,
        Reason.SLIP: one_slip(new.key, existing.key),
        Reason.WORDS: in_common
        and (new.words <= existing.words or existing.words <= new.words)
        and not apart,
    }
    return next((reason for reason, holds in tests.items() if holds), None)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(PEOPLE, st.lists(PEOPLE, max_size=12))
def test_the_register_finds_the_surest_of_all(new: Any, there: list[Any]) -> None:
    """The same as looking at everybody, whatever the names are."""
    everybody = compared(new, there)
    assert Register(there).every(new) == everybody
    assert Register(there).surest(new) == (everybody[0] if everybody else None)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.lists(PEOPLE, max_size=8), st.lists(PEOPLE, max_size=4))
def test_new_people_are_compared_with_those_before_them(new: list[Any], there: list[Any]) -> None:
    """And never with themselves."""
    wanted = [compared(one, [*there, *new[:n]]) for n, one in enumerate(new)]
    assert likenesses(new, there) == [found[0] for found in wanted if found]


def distance(one: str, other: str) -> int:
    """Return the number of edits between two texts (optimal string alignment)."""
    rows = [[max(i, j) if not i or not j else 0 for j in range(len(other) + 1)]
            for i in range(len(one) + 1)]  # fmt: skip
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            rows[i][j] = min(
                rows[i - 1][j] + 1,
                rows[i][j - 1] + 1,
                rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]),
            )
            if i > 1 and j > 1 and (one[i - 1], one[i - 2]) == (other[j - 2], other[j - 1]):
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(st.text("abc", min_size=3, max_size=7), st.text("abc", min_size=3, max_size=7))
def test_a_slip_is_an_edit_distance_of_one(one: str, other: str) -> None:
    """Of keys that are long enough to be misspelled."""
    slip = min(len(one), len(other)) >= 4 and distance(one, other) == 1
    assert one_slip(one, other) == slip == one_slip(other, one)


@pytest.mark.slow
def test_many_new_people_are_compared_in_a_moment() -> None:
    """Twice 5,000 names that share words and letters: 25 million pairs would take a minute."""
    syllables = ("ba", "ke", "li", "mo", "ner", "schu", "ta")

    def name(n: int) -> str:
        last = "".join(syllables[n // 7**power % 7] for power in range(5))
        return f"{('Anna', 'Lena', 'Oma', 'Herr')[n % 4]} {last}"

    there = [features(name(n), (), (f"0{n}",)) for n in range(5000)]
    new = [features(name(n), (), (f"0{n}",)) for n in range(5000, 10_000)]
    new += [features(f"{name(1)}x", (), ()), features(name(2).split()[1], (), ())]
    with endless_after(30):
        found = likenesses(new, there)
    assert {one.reason for one in found} == {Reason.SLIP, Reason.WORDS}
