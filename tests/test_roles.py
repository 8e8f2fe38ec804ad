"""Who somebody is, as people say it, and names of several words that hold a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dorf.core.sayings.roles import role_in_name, role_of

if TYPE_CHECKING:
    from tests.conftest import Dorf

CHILDREN = ("Emil", "Ida")
SAID = {
    "grandparent": "Oma; meine Mama; Schwiegermutter; Opi; granny; Uroma; Oma väterlicherseits",
    "relative": "Tante; mein Bruder; Großcousine; Schwägerin; Schwester meines Mannes",
    "partner": "meine Frau; Lebensgefährte; husband; fester Freund",
    "coparent": "Ex-Mann; Kindsvater; Papa von Ida; the kids' dad; co-parent",
    "friend": "beste Freundin; Kumpel; Schulfreundin; old friend; Freundinn",
    "colleague": "Ex-Kollegin; Chefin; coworker; ehemalige Kollegin",
    "parent_friend": "Kita-Mama; Mats' Mama; Papa von Linus; Mutter aus der Kita; Schulmama",
    "acquaintance": "Mama vom Spielplatz; neue Bekannte; gerade kennengelernt",
    "course_group": "Rückbildungskurs; Chor; baby group; Turnverein; PEKiP",
    "self_help_group": "Trauergruppe; VAMV; single parents' group; Zwillingstreff",
    "neighbour": "die Nachbarin; von nebenan; next-door neighbour; Nachbrin",
    "educator": "Klassenlehrerin; Tagesmutter; Fußballtrainer; nursery teacher; Kita",
    "babysitter": "Au-pair; Nanny; Babysiter",
    "household_help": "Putzfrau; cleaning lady",
    "volunteer": "Familienpatin; wellcome; Ehrenamtliche",
    "professional": "Kinderärztin; Ergotherapeut; Frau vom Jugendamt; midwife; Nachsorgehebamme",
    "online_community": "WhatsApp-Gruppe; Kita-WhatsApp-Gruppe; Discord; group chat",
    "rental_grandparent": "Leihoma; Leih-Opa; surrogate grandma",
    "other": "Vermieter; Friseurin; plumber",
}  # fmt: skip
NOBODY = "Hund; ADAC; niemand; ich; weiß nicht; Sohn; the bank; Kuchen; asdf; playground"
NAMES = {
    "Oma Hilde": "grandparent",
    "Nachbarin Petra": "neighbour",
    "Jana (Kita-Mama)": "parent_friend",
    "Tom, mein Bruder": "relative",
    "Lisa Kita": "parent_friend",
    "Ute Hebamme": "professional",
}
PLAIN_NAMES = "Frau Dr. Sommer; Thomas Mann; Eva Vetter; Omar; Exner; Patel; Nina Koch; Max Bruder"


@pytest.mark.parametrize("slug", SAID)
def test_a_word_is_the_role_that_people_mean(slug: str) -> None:
    """In both languages, with and without articles, in compounds, with a slip."""
    found = {text: role_of(text, CHILDREN) for text in SAID[slug].split("; ")}
    assert {text: said and said.role.slug for text, said in found.items()} == dict.fromkeys(
        found, slug
    )


@pytest.mark.parametrize("text", NOBODY.split("; "))
def test_what_is_nobody_of_a_village_has_no_role(text: str) -> None:
    """Offices, places, pets, own children, and nobody at all."""
    assert role_of(text, CHILDREN) is None


def test_a_name_may_hold_a_role() -> None:
    """As first or last word, in brackets, behind a comma."""
    found = {name: role_in_name(name, CHILDREN) for name in NAMES}
    assert {name: said and said.role.slug for name, said in found.items()} == NAMES


@pytest.mark.parametrize("name", PLAIN_NAMES.split("; "))
def test_titles_and_surnames_hold_none(name: str) -> None:
    """Nor do names that merely begin like a role."""
    assert role_in_name(name, CHILDREN) is None


def test_the_child_whose_parent_it_is_is_named() -> None:
    """Mats' Mama has a kid called Mats; a child of the household makes it the co-parent."""
    said = role_of("Mats' Mama", CHILDREN)
    assert said is not None
    assert (said.role.slug, said.kid) == ("parent_friend", "Mats")


def test_names_of_several_words_need_no_quotes(dorf: Dorf) -> None:
    """A role word in small letters behind them is the role; a capital belongs to the name."""
    assert dorf("add", "Oma", "Hilde").startswith("Oma Hilde · grandparent · ")
    assert dorf("add", "Petra", "Müller", "freundin").startswith("Petra Müller · friend · ")
    assert dorf("add", "Eva", "beste", "freundin").startswith("Eva · friend · ")
    assert dorf("add", "Ali", "Koch").startswith("Ali Koch · other · ")
    dorf("add", "Anna Berg", "Lena", status=2)
    assert {contact["name"] for contact in dorf.json("list")["contacts"]} == {
        "Oma Hilde", "Petra Müller", "Eva", "Ali Koch",
    }  # fmt: skip


def test_a_role_from_a_name_is_said_with_the_way_back(dorf: Dorf) -> None:
    """Nothing is guessed in silence."""
    answer = dorf("add", "Nachbarin Petra")
    assert "role taken from the name" in answer
    assert "dorf edit 'Nachbarin Petra' --role ROLE" in answer


def test_the_birth_of_a_child_needs_no_quotes(dorf: Dorf) -> None:
    """As it is said."""
    dorf("child", "add", "Ida", "Oktober", "2021")
    (child,) = dorf.json("household")["household"]["children"]
    assert (child["name"], child["born"]) == ("Ida", "2021-10")
