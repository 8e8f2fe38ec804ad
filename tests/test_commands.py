"""Each command from outside: what it answers, and what the village holds afterwards.

What is stored is read back through ``export``, the one command that shows everything; what is
said is compared as a whole only where CONTRIBUTING.md fixes it, by its parts elsewhere.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from dorf.cli.app import EVERYDAY
from tests.conftest import TODAY, Dorf

CASES = Path(__file__).parent / "cases"
YESTERDAY = "2026-03-01"


def village(dorf: Dorf) -> dict[str, Any]:
    """Return everything that the village holds."""
    document: dict[str, Any] = json.loads(dorf("export"))
    return document


def contact(dorf: Dorf, name: str) -> dict[str, Any]:
    """Return the one stored contact called *name*."""
    (found,) = [one for one in village(dorf)["contacts"] if one["name"] == name]
    assert isinstance(found, dict)
    return found


def log_of(dorf: Dorf) -> list[dict[str, Any]]:
    """Return the stored encounters, oldest first, with names in place of uids."""
    document = village(dorf)
    names = {one["uid"]: one["name"] for one in document["contacts"]}
    return [
        {key: one[key] for key in ("day", "how", "note", "help")}
        | {"names": [names[uid] for uid in one["contacts"]]}
        for one in document["encounters"]
    ]


def entry(day: str, *names: str, **more: Any) -> dict[str, Any]:
    """Return a stored encounter as `log_of` gives it."""
    return {"day": day, "how": None, "note": None, "help": [], "names": list(names)} | more


def bare(stored: dict[str, Any]) -> dict[str, Any]:
    """Return a stored contact without what differs from file to file."""
    return {key: stored[key] for key in stored if key not in {"uid", "changed_at"}}


def parts(line: str) -> list[str]:
    """Return the pieces of an answer of one line."""
    assert line.count("\n") == 1, line
    return line.rstrip("\n").split(" · ")


def findings(dorf: Dorf) -> list[str]:
    """Return the keys of the findings, in their order."""
    return [gap["key"] for gap in dorf.status()["gaps"]]


def signs(dorf: Dorf) -> list[str]:
    """Return the signs of the encounters, newest first, as ``history`` shows them."""
    return [line.split(" ")[0] for line in dorf("history", "--all").splitlines()]


# --- add -------------------------------------------------------------------------------------


def test_a_name_alone_is_enough(dorf: Dorf) -> None:
    """Nothing else is invented: no kinds, no circle, no cadence are written down."""
    assert parts(dorf("add", "Lena"))[0] == "Lena"
    assert bare(contact(dorf, "Lena")) == {
        "name": "Lena",
        "roles": ["other"],
        "added_on": TODAY,
        "role_history": [{"role": "other", "from": TODAY, "to": None}],
    }
    assert log_of(dorf) == []


ENGLISH = (
    "--role", "grandma", "--last", "24.2.", "--every", "2w", "--near",
    "--gives", "childcare,advice", "--gets", "company", "--circle", "closest",
    "--kid", "Mats:2021-12", "--birthday", "1957-03-14", "--phone", "0251 1", "--email", "g@x.org",
    "--address", "Weg 1", "--nickname", "Omi", "--note", "likes tea", "--trusted", "--pickup",
    "--skill", "sewing", "--in-person", "--single-parent", "--strained", "--bond", "Ida:primary",
    "--until", "1.6.",
)  # fmt: skip
GERMAN = (
    "--rolle", "oma", "--zuletzt", "letzten Dienstag", "--alle", "2 Wochen", "--nah",
    "--gibt", "Kinderbetreuung,Rat", "--bekommt", "gemeinsame Zeit", "--kreis", "ganz nah",
    "--kind", "Mats:12.2021", "--geburtstag", "14.3.1957", "--telefon", "0251 1",
    "--mail", "g@x.org", "--adresse", "Weg 1", "--spitzname", "Omi", "--notiz", "likes tea",
    "--vertraut", "--abholen", "--kann", "sewing", "--persönlich", "--alleinerziehend",
    "--belastet", "--bindung", "Ida:primär", "--bis", "1. 6.",
)  # fmt: skip


@pytest.mark.parametrize("options", [ENGLISH, GERMAN], ids=["english", "german"])
@pytest.mark.parametrize("lang", ["en", "de"])
def test_everything_fits_on_one_line_in_both_languages(
    dorf: Dorf, lang: str, options: tuple[str, ...]
) -> None:
    """German words work whatever the language of the run is, and mean the same."""
    dorf.lang = lang
    dorf("add", "Oma Gisela", *options)
    assert bare(contact(dorf, "Oma Gisela")) == {
        "name": "Oma Gisela",
        "nicknames": ["Omi"],
        "roles": ["grandparent"],
        "circle": 1,
        "cadence_days": 14,
        "added_on": TODAY,
        "until": "2026-06-01",
        "where": "near",
        "online_only": False,
        "trusted": True,
        "pickup": True,
        "strained": True,
        "single_parent": True,
        "gives": ["childcare", "advice"],
        "gets": ["company"],
        "skills": ["sewing"],
        "kids": [{"name": "Mats", "born": "2021-12"}],
        "attachment": {"Ida": "primary"},
        "birthday": "1957-03-14",
        "phones": ["0251 1"],
        "emails": ["g@x.org"],
        "addresses": ["Weg 1"],
        "notes": "likes tea",
        "role_history": [{"role": "grandparent", "from": TODAY, "to": None}],
    }
    assert log_of(dorf) == [entry("2026-02-24", "Oma Gisela")]


def test_the_answer_to_add_shows_the_result(dorf: Dorf) -> None:
    """Name, role, the resolved day of the last contact, the next time (CONTRIBUTING.md, Output)."""
    dorf.lang, dorf.today = "de", "2026-11-22"
    answer = dorf("add", "Oma Gisela", "--rolle", "oma", "--zuletzt", "gestern")
    assert answer == (
        "Oma Gisela · Oma/Opa · zuletzt gestern (21.11.2026) · nächstes Mal bis 5.12.\n"
    )


@pytest.mark.few(6)
@pytest.mark.parametrize(
    ("options", "field", "stored"),
    [
        (["--role", "friend", "--role", "Nachbarin"], "roles", ["friend", "neighbour"]),
        (["--rolle", "Kita-Mama,Kollegin"], "roles", ["parent_friend", "colleague"]),
        (["--every", "never"], "cadence_days", 0),
        (["--alle", "nie"], "cadence_days", 0),
        (["--every", "monthly"], "cadence_days", 30),
        (["--alle", "10 Tage"], "cadence_days", 10),
        (["--every", "1y"], "cadence_days", 365),
        (["--circle", "3"], "circle", 3),
        (["--kreis", "locker"], "circle", 4),
        (["--far"], "where", "far"),
        (["--zuhause"], "where", "household"),
        (["--gives", "none"], "gives", []),
        (["--gibt", "nichts"], "gives", []),
        (["--gets", "nothing"], "gets", []),
        (["--gives", "Zuspruch, listening"], "gives", ["emotional", "appraisal"]),
        (["--role", "friend", "--gives", "-childcare,+skill"], "gives",
         ["emotional", "advice", "company", "appraisal", "skill"]),
        (["--role", "partner"], "where", "household"),
        (["--role", "partner", "--far"], "where", "far"),
        (["--role", "online_community"], "online_only", True),
        (["--role", "forum", "--in-person"], "online_only", False),
        (["--kid", "2021-12", "--kid", "Mats"], "kids", ["2021-12", {"name": "Mats"}]),
        (["--bond", "Ida"], "attachment", {"Ida": "secondary"}),
        (["--birthday", "29.2."], "birthday", "--02-29"),
        (["--yearly", "Namenstag:4.12.", "--jahrestag", "wedding: day :12.6.2015"], "yearly_days",
         [{"name": "Namenstag", "day": "--12-04"}, {"name": "wedding: day", "day": "2015-06-12"}]),
        (["--yearly", "X:29.2.", "--yearly", "x:2016-02-29"], "yearly_days",
         [{"name": "x", "day": "2016-02-29"}]),
        (["--lead", "2w"], "lead_days", 14),
        (["--vorlauf", "10 Tage"], "lead_days", 10),
        (["--lead", "366d"], "lead_days", 366),
        (["--lead", "0"], "lead_days", 0),
        (["--vorlauf", "0 Tage"], "lead_days", 0),
        (["--vorlauf", "nie"], "lead_days", 0),
        (["--lead", "never"], "lead_days", 0),
        (["--not-trusted"], "trusted", False),
        (["--nicht-abholen"], "pickup", False),
        (["--phone", "1", "--telefon", "2"], "phones", ["1", "2"]),
    ],
)  # fmt: skip
def test_an_option_of_add_is_stored_as_meant(
    dorf: Dorf, options: list[str], field: str, stored: object
) -> None:
    """A field holds the value of the vocabulary, whichever words were typed."""
    dorf("add", "Lena", *options)
    assert contact(dorf, "Lena")[field] == stored


def test_the_same_name_twice_is_refused_and_a_similar_one_is_mentioned(dorf: Dorf) -> None:
    """Two Annas need something that tells them apart; Jörg and Joerg may both exist."""
    dorf("add", "Jörg")
    dorf("add", "Jörg", status=1)
    assert "Jörg" in dorf.said
    dorf(
        "add", "Joerg",
        stderr="“Joerg” and “Jörg” are the same name in two spellings. Are they the same person? "
        "Then: dorf merge Jörg Joerg\n",
    )  # fmt: skip
    assert [one["name"] for one in village(dorf)["contacts"]] == ["Jörg", "Joerg"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Jörg", "joerg"),
        ("Jörg", "jorg"),
        ("Özlem", "ozlem"),
        ("Groß", "GROSS"),
        ("Oma (Gisela)", "gisela oma"),
        ("O'Brien", "obrien"),
        ("O'Brien", "o’brien"),
        ("张伟", "张伟"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("[b]", "[b]"),
        ("-x", "-x"),
    ],
)
def test_a_name_is_kept_as_typed_and_found_again(dorf: Dorf, name: str, query: str) -> None:
    """Nothing is cut or rewritten, and any usual spelling finds it (CONTRIBUTING.md, Names)."""
    dorf("add", "--", name)
    assert parts(dorf("log", "--", query))[0] == name


# --- edit, rename, role -----------------------------------------------------------------------


def test_edit_adds_to_lists_and_notes_and_replaces_the_rest(dorf: Dorf) -> None:
    """What was noted before is not lost by noting more."""
    dorf("add", "Lena", "--skill", "sewing", "--note", "tea", "--phone", "1", "--circle", "3")
    dorf("edit", "lena", "--skill", "piano", "--note", "no sugar", "--phone", "2", "--circle", "2")
    stored = contact(dorf, "Lena")
    assert stored["skills"] == ["sewing", "piano"]
    assert stored["notes"] == "tea\nno sugar"
    assert stored["phones"] == ["1", "2"]
    assert stored["circle"] == 2


def test_edit_knows_a_kid_again_by_its_name(dorf: Dorf) -> None:
    """A birth month that follows later completes the child; nobody gets a second one."""
    dorf("add", "Lena", "--kid", "Mats")
    dorf("edit", "lena", "--kid", "Mats:2021-12")
    assert contact(dorf, "Lena")["kids"] == [{"name": "Mats", "born": "2021-12"}]


def test_naming_a_kid_again_loses_no_birth_month(dorf: Dorf) -> None:
    """Lists grow unless they are cleared, and so does what is known of a child."""
    dorf("add", "Lena", "--kid", "Mats:2021-12")
    dorf("edit", "lena", "--kid", "Mats")
    assert contact(dorf, "Lena")["kids"] == [{"name": "Mats", "born": "2021-12"}]


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("clear", "options", "field"),
    [
        ("circle", ["--circle", "1"], "circle"),
        ("cadence", ["--every", "2w"], "cadence_days"),
        ("where", ["--near"], "where"),
        ("gives", ["--gives", "advice"], "gives"),
        ("gets", ["--gets", "advice"], "gets"),
        ("skills", ["--skill", "sewing"], "skills"),
        ("kids", ["--kid", "Mats"], "kids"),
        ("birthday", ["--birthday", "28.2."], "birthday"),
        ("yearly", ["--yearly", "Namenstag:4.12."], "yearly_days"),
        ("jahrestag", ["--yearly", "Namenstag:4.12."], "yearly_days"),
        ("lead", ["--lead", "2w"], "lead_days"),
        ("vorlauf", ["--lead", "0"], "lead_days"),
        ("phones", ["--phone", "1"], "phones"),
        ("emails", ["--email", "a@b.c"], "emails"),
        ("addresses", ["--address", "Weg 1"], "addresses"),
        ("nicknames", ["--nickname", "Leni"], "nicknames"),
        ("notes", ["--note", "tea"], "notes"),
        ("trusted", ["--trusted"], "trusted"),
        ("pickup", ["--pickup"], "pickup"),
        ("online", ["--online"], "online_only"),
        ("bonds", ["--bond", "Ida"], "attachment"),
        ("until", ["--until", "1.6."], "until"),
    ],
)
def test_edit_clear_brings_a_field_back_to_not_stated(
    dorf: Dorf, clear: str, options: list[str], field: str
) -> None:
    """`gives` cleared is not `gives` nothing: the field is gone from the file."""
    dorf("add", "Lena", *options)
    assert field in contact(dorf, "Lena")
    dorf("edit", "lena", "--clear", clear)
    assert field not in contact(dorf, "Lena")


def test_edit_leaves_encounters_alone(dorf: Dorf) -> None:
    """A change of a contact is no contact."""
    dorf("add", "Lena", "--last", "1.2.")
    dorf("edit", "lena", "--near")
    assert log_of(dorf) == [entry("2026-02-01", "Lena")]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "query", ["Omi", "gisela", "Oma G", "mats", "Papa von Mats", "Mats' dad", "mama of mats"]
)
def test_a_contact_is_found_by_part_nickname_or_child(dorf: Dorf, query: str) -> None:
    """And the full name is echoed, so that a wrong guess is seen at once."""
    dorf("add", "Oma Gisela", "--nickname", "Omi", "--kid", "Mats")
    dorf("add", "Lena", "--kid", "Ole")
    assert parts(dorf("edit", query, "--near"))[0] == "Oma Gisela"
    assert contact(dorf, "Oma Gisela")["where"] == "near"
    assert "where" not in contact(dorf, "Lena")


def test_rename_keeps_everything_but_the_name(dorf: Dorf) -> None:
    """The uid, the fields and the encounters stay; the old name is told once."""
    dorf("add", "Lena", "--near", "--last", "1.2.")
    before = contact(dorf, "Lena")
    answer = dorf("rename", "lena", "Lena Kita")
    assert parts(answer)[0] == "Lena Kita"
    assert re.search(r"\bLena\b(?! Kita)", answer)
    after = contact(dorf, "Lena Kita")
    assert after == before | {"name": "Lena Kita", "changed_at": after["changed_at"]}
    assert log_of(dorf) == [entry("2026-02-01", "Lena Kita")]


def test_rename_refuses_a_name_that_is_taken(dorf: Dorf) -> None:
    """Two contacts never share one name."""
    dorf("add", "Anna")
    dorf("add", "Lena")
    before = village(dorf)
    dorf("rename", "lena", "Anna", status=1)
    assert village(dorf) == before


def test_role_closes_the_old_role_and_opens_the_new_one(dorf: Dorf) -> None:
    """The history tells both, and the kinds, the circle and the encounters stay."""
    dorf.today = "2025-09-01"
    dorf("add", "Frau Klein", "--role", "educator", "--circle", "2", "--gives", "advice")
    dorf("log", "klein")
    dorf.today = TODAY
    answer = dorf("role", "klein", "Freundin")
    assert parts(answer)[:2] == ["Frau Klein", "friend"]
    stored = contact(dorf, "Frau Klein")
    assert stored["roles"] == ["friend"]
    assert stored["circle"] == 2
    assert stored["gives"] == ["advice"]
    assert stored["role_history"] == [
        {"role": "educator", "from": "2025-09-01", "to": TODAY},
        {"role": "friend", "from": TODAY, "to": None},
    ]
    assert log_of(dorf) == [entry("2025-09-01", "Frau Klein")]
    assert "educator" in dorf("show", "klein")


def test_role_also_keeps_the_roles_they_have(german: Dorf) -> None:
    """A neighbour may become a parent friend as well."""
    german("add", "Lena", "--rolle", "Nachbarin")
    german("role", "lena", "Kita-Mama", "--auch")
    stored = contact(german, "Lena")
    assert stored["roles"] == ["neighbour", "parent_friend"]
    assert [span["to"] for span in stored["role_history"]] == [None, None]


# --- show, list, who, find --------------------------------------------------------------------


def test_show_tells_all_that_is_noted(dorf: Dorf) -> None:
    """Every value that was typed is on the page to read before ringing."""
    dorf("add", "Oma Gisela", *ENGLISH)
    for day in range(1, 8):
        dorf("log", "gisela", "--day", f"{day}.2.", "--note", f"talk {day}")
    page = dorf("show", "omi")
    for shown in (
        "Oma Gisela", "grandparent", "Omi", "0251 1", "g@x.org", "Weg 1", "14 Mar 1957", "Mats",
        "childcare", "advice", "company", "sewing", "likes tea", "Ida", "1 Jun 2026",
        "24 Feb 2026", "talk 7",
    ):  # fmt: skip
        assert shown in page, shown
    assert page.index("talk 7") < page.index("talk 6")
    assert "talk 1\n" not in page


def test_show_says_what_is_only_assumed(dorf: Dorf) -> None:
    """Kinds that follow from the role are not passed off as noted ones."""
    dorf("add", "Lena", "--role", "friend")
    dorf("add", "Tom", "--role", "friend", "--gives", "advice")
    assert "assumed" in dorf("show", "lena")
    assert "assumed" not in dorf("show", "tom")


PEOPLE: dict[str, Any] = {
    "household": {"children": [{"name": "Ida", "born": "2021-10"}]},
    "contacts": [
        {"name": "Anna", "roles": ["friend"], "circle": 1, "where": "near", "gives": ["advice"],
         "added_on": "2025-01-01", "last_contact": "2026-02-28"},
        {"name": "Bea", "roles": ["neighbour", "friend"], "where": "far", "gives": ["practical"],
         "added_on": "2025-01-01", "last_contact": "2026-01-25", "skills": ["Klavier"]},
        {"name": "Cem", "roles": ["colleague"], "added_on": "2025-01-01", "status": "paused",
         "last_contact": "2026-02-01"},
        {"name": "Dora", "roles": ["relative"], "added_on": "2025-01-01", "status": "ended",
         "last_contact": "2026-02-02"},
        {"name": "Emre", "roles": ["friend"], "gives": ["advice", "skill"], "skills": ["sewing"],
         "added_on": "2025-01-01", "last_contact": "2025-08-15", "notes": "Österreich"},
        {"name": "ärmel", "roles": ["partner"], "where": "household", "added_on": "2025-01-01",
         "gives": ["practical", "advice"]},
    ],
    "encounters": [
        {"day": "2026-01-10", "contacts": ["Anna", "Bea"], "how": "visit", "note": "Plätzchen",
         "help": [{"direction": "in", "kind": "childcare"}]},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Dorf:
    """Return a village of six that tests only read."""
    dorf = Dorf(tmp_path_factory.mktemp("people") / "dorf.db")
    dorf.load(PEOPLE)
    return dorf


@pytest.mark.few(5)
@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([], ["Anna", "ärmel", "Bea", "Cem", "Emre"]),
        (["--role", "friend"], ["Anna", "Bea", "Emre"]),
        (["--rolle", "Nachbarin"], ["Bea"]),
        (["--kind", "advice"], ["Anna", "ärmel", "Cem", "Emre"]),
        (["--art", "Alltagshilfe"], ["ärmel"]),
        (["--circle", "1"], ["Anna", "ärmel"]),
        (["--kreis", "vertraut"], ["Bea", "Cem"]),
        (["--place", "near"], ["Anna"]),
        (["--ort", "weit weg"], ["Bea"]),
        (["--state", "paused"], ["Cem"]),
        (["--stand", "Pause"], ["Cem"]),
        (["--state", "ended"], ["Dora"]),
        (["--stand", "kalt"], ["Emre"]),
        (["--role", "friend", "--kind", "advice"], ["Anna", "Emre"]),
        (["--sort", "last"], ["ärmel", "Emre", "Bea", "Cem", "Anna"]),
        (["--sort", "due", "--role", "friend"], ["Emre", "Bea", "Anna"]),
        (["--role", "godparent"], []),
    ],
)
def test_list_filters_and_sorts(people: Dorf, options: list[str], names: list[str]) -> None:
    """Who left the village shows only when asked for; plain and JSON agree."""
    assert [one["name"] for one in people.json("list", *options)["contacts"]] == names
    lines = people("list", *options).splitlines()
    assert [line.split()[0] for line in lines if names] == names
    assert lines


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("advice", ["Anna", "ärmel", "Emre"]),
        ("Rat", ["Anna", "ärmel", "Emre"]),
        ("Nähen", []),
        ("sewing", ["Emre"]),
        ("klavier", ["Bea"]),
    ],
)
def test_who_finds_kinds_and_skills_with_warm_lines_first(
    people: Dorf, asked: str, names: list[str]
) -> None:
    """Emre's line has gone cold, so he comes last; who paused or left is not offered."""
    assert [one["name"] for one in people.json("who", asked)["contacts"]] == names
    page = people("who", asked)
    assert re.findall(r"Anna|Bea|Cem|Dora|Emre|ärmel", page) == names


@pytest.mark.parametrize("asked", ["sewing", "piano lessons", "Jo's bread"])
def test_who_without_an_answer_offers_a_wish_that_can_be_typed_as_it_stands(
    dorf: Dorf, asked: str
) -> None:
    """The command it shows does what it says, also for a skill of two words."""
    page = dorf("who", asked)
    command = page.partition("dorf wish add ")[2].splitlines()[0]
    dorf("wish", "add", *shlex.split(command))
    assert village(dorf)["household"]["wishes"] == [asked]


@pytest.mark.parametrize(
    ("text", "names", "notes"),
    [
        ("anna", ["Anna"], []),
        ("osterreich", ["Emre"], []),
        ("plaetzchen", [], ["Plätzchen"]),
        ("PLÄTZ", [], ["Plätzchen"]),
        ("klavier", ["Bea"], []),
        ("nothing at all", [], []),
    ],
)
def test_find_searches_names_notes_skills_and_encounters(
    people: Dorf, text: str, names: list[str], notes: list[str]
) -> None:
    """In any spelling, with accents or without."""
    found = people.json("find", text)
    assert [one["name"] for one in found["contacts"]] == names
    assert [one["note"] for one in found["encounters"]] == notes
    assert all(word in people("find", text) for word in (*names, *notes))


def test_find_looks_into_nicknames_children_and_numbers(dorf: Dorf) -> None:
    """Whatever one remembers of somebody leads to them."""
    dorf("add", "Lena", "--nickname", "Leni", "--kid", "Mats", "--phone", "0251 77")
    dorf("add", "Tom")
    for text in ("leni", "mats", "0251"):
        assert [one["name"] for one in dorf.json("find", text)["contacts"]] == ["Lena"]


# --- delete -----------------------------------------------------------------------------------


def test_delete_removes_the_contact_and_what_was_with_nobody_else(dorf: Dorf) -> None:
    """An encounter with others stays with the others."""
    for name in ("Anna", "Bea"):
        dorf("add", name)
    dorf("log", "anna", "--day", "1.2.", "--note", "alone")
    dorf("log", "anna", "bea", "--day", "2.2.", "--note", "together")
    dorf("delete", "anna", "--yes")
    assert [one["name"] for one in village(dorf)["contacts"]] == ["Bea"]
    assert log_of(dorf) == [entry("2026-02-02", "Bea", note="together")]


def test_delete_is_not_done_unasked(dorf: Dorf) -> None:
    """Without a terminal and without --yes nothing happens."""
    dorf("add", "Anna")
    dorf("delete", "anna", status=1)
    assert "--yes" in dorf.said
    assert contact(dorf, "Anna")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "answer", "gone"),
    [
        ("en", "yes\n", True), ("en", "Y\n", True), ("de", "ja\n", True), ("de", "j\n", True),
        ("en", "no\n", False), ("en", "\n", False), ("de", "nein\n", False), ("en", "", False),
        ("en", "yesterday\n", False),
    ],
)  # fmt: skip
def test_delete_asks_on_a_terminal(dorf: Dorf, lang: str, answer: str, *, gone: bool) -> None:
    """The question names whom and how much; only a clear yes deletes."""
    dorf.lang = lang
    dorf("add", "Anna Berg")
    dorf("log", "anna", "--day", "1.2.")
    dorf("log", "anna", "--day", "2.2.")
    dorf("delete", "anna", tty=True, stdin=answer, status=0 if gone else 1)
    assert "Anna Berg" in dorf.said
    assert "2" in dorf.said
    assert [one["name"] for one in village(dorf)["contacts"]] == ([] if gone else ["Anna Berg"])
    assert len(log_of(dorf)) == (0 if gone else 2)


def test_two_annas_are_chosen_by_number_on_a_terminal(dorf: Dorf) -> None:
    """The list shows full names; the number decides, and the answer echoes who it was."""
    dorf("add", "Anna Berg")
    dorf("add", "Anna Tal")
    answer = dorf("log", "anna", tty=True, stdin="2\n")
    assert answer.startswith("Anna Tal")
    assert "1  Anna Berg" in dorf.said
    assert "2  Anna Tal" in dorf.said
    assert log_of(dorf) == [entry(TODAY, "Anna Tal")]


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["0\n", "3\n", "\n", "Anna\n", "-1\n", "²\n", ""])
def test_a_number_that_is_not_there_chooses_nobody(dorf: Dorf, answer: str) -> None:
    """Nothing is guessed and nothing is written."""
    dorf("add", "Anna Berg")
    dorf("add", "Anna Tal")
    dorf("log", "anna", tty=True, stdin=answer, status=4)
    assert log_of(dorf) == []


# --- log --------------------------------------------------------------------------------------


def test_the_example_of_the_design_means_what_it_says(german: Dorf) -> None:
    """Several people, yesterday, and the text at the end is the note."""
    german("add", "Oma Gisela", "--rolle", "oma")
    german("add", "Lena", "--rolle", "Freundin")
    answer = german("log", "Oma", "Lena", "--gestern", "Kuchen gebacken")
    assert [line.split(" · ")[0] for line in answer.splitlines()] == ["Oma Gisela", "Lena"]
    assert answer.count("1.3.2026") == 2
    assert answer.count("Kuchen gebacken") == 2
    assert log_of(german) == [entry(YESTERDAY, "Oma Gisela", "Lena", note="Kuchen gebacken")]


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["oma"], entry(TODAY, "Oma Gisela")),
        (["oma", "--day", "24.2."], entry("2026-02-24", "Oma Gisela")),
        (["oma", "--tag", "vor 3 Tagen"], entry("2026-02-27", "Oma Gisela")),
        (["oma", "-d", "last friday"], entry("2026-02-27", "Oma Gisela")),
        (["oma", "--yesterday"], entry(YESTERDAY, "Oma Gisela")),
        (["--gestern", "oma"], entry(YESTERDAY, "Oma Gisela")),
        (["oma", "--vorgestern"], entry("2026-02-28", "Oma Gisela")),
        (["oma", "--vorgestern", "Kuchen"], entry("2026-02-28", "Oma Gisela", note="Kuchen")),
        (["oma", "--gestern", "lena"], entry(YESTERDAY, "Oma Gisela", "Lena")),
        (["oma", "--gestern", "lena", "-n", "tea"],
         entry(YESTERDAY, "Oma Gisela", "Lena", note="tea")),
        (["oma", "--gestern", "--notiz", "tea"], entry(YESTERDAY, "Oma Gisela", note="tea")),
        (["oma", "--how", "call"], entry(TODAY, "Oma Gisela", how="call")),
        (["oma", "--wie", "telefoniert"], entry(TODAY, "Oma Gisela", how="call")),
        (["oma", "--wie", "Besuch"], entry(TODAY, "Oma Gisela", how="visit")),
        (["oma", "--note", "two\nlines"], entry(TODAY, "Oma Gisela", note="two\nlines")),
        (["oma", "--got", "childcare", "--gave", "practical,company"],
         entry(TODAY, "Oma Gisela", help=[
             {"direction": "in", "kind": "childcare"}, {"direction": "out", "kind": "practical"},
             {"direction": "out", "kind": "company"}])),
        (["oma", "--bekommen", "Kinderbetreuung", "--gegeben", "Alltagshilfe"],
         entry(TODAY, "Oma Gisela", help=[
             {"direction": "in", "kind": "childcare"}, {"direction": "out", "kind": "practical"}])),
        (["oma", "gisela"], entry(TODAY, "Oma Gisela")),
        (["Papa von Mats"], entry(TODAY, "Lena")),
    ],
)  # fmt: skip
def test_log_writes_what_was_said(
    dorf: Dorf, arguments: list[str], expected: dict[str, Any]
) -> None:
    """Order does not matter, and both languages work."""
    dorf("add", "Oma Gisela")
    dorf("add", "Lena", "--kid", "Mats")
    dorf("log", *arguments)
    assert log_of(dorf) == [expected]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("day", ["tomorrow", "morgen", "in 3 Wochen", "2026-03-03", "9999-12-31"])
def test_log_refuses_a_day_to_come_and_hints_at_plan(dorf: Dorf, lang: str, day: str) -> None:
    """The hint names the command; nothing is written."""
    dorf.lang = lang
    dorf("add", "Lena")
    for arguments in (["log", "lena", "--day", day], ["add", "Tom", "--last", day]):
        dorf(*arguments, status=2)
        assert "dorf plan" in dorf.said
    assert log_of(dorf) == []
    assert len(village(dorf)["contacts"]) == 1


def test_nobody_unknown_takes_part(dorf: Dorf) -> None:
    """One wrong name of three, and nothing is written for the other two either."""
    dorf("add", "Anna")
    dorf("add", "Bea")
    dorf("log", "anna", "bea", "zorro", status=3)
    assert log_of(dorf) == []


def plans(day: str) -> dict[str, Any]:
    """Return a village whose one contact has a plan on *day* and a snoozed reminder."""
    lena = {
        "name": "Lena", "roles": ["friend"], "added_on": "2025-01-01",
        "last_contact": "2025-10-01", "planned_on": day, "snoozed_until": "2026-04-01",
    }  # fmt: skip
    return {"contacts": [lena]}


@pytest.mark.parametrize(
    ("planned", "logged", "left"),
    [
        ("2026-02-20", "2026-03-02", None),
        ("2026-02-20", "2026-02-20", None),
        ("2026-02-20", "2026-02-19", "2026-02-20"),
        ("2026-03-20", "2026-03-02", "2026-03-20"),
    ],
)
def test_logging_ends_the_snooze_and_settles_a_plan_that_is_over(
    dorf: Dorf, planned: str, logged: str, left: str | None
) -> None:
    """A plan after the logged day stays (DOMAIN.md §3.4)."""
    dorf.load(plans(planned))
    dorf("log", "lena", "--day", logged)
    stored = contact(dorf, "Lena")
    assert "snoozed_until" not in stored
    assert stored.get("planned_on") == left


def test_logging_today_takes_somebody_off_the_tending_list(dorf: Dorf) -> None:
    """That is what the list is for."""
    lena = {"name": "Lena", "last_contact": "2026-01-01", "roles": ["friend"]}
    dorf.load({"contacts": [lena]})
    assert [one["name"] for one in dorf.status()["tending"]] == ["Lena"]
    dorf("log", "lena")
    assert dorf.status()["tending"] == []


# --- encounter, history -----------------------------------------------------------------------


def test_removing_an_encounter_brings_the_last_contact_back(dorf: Dorf) -> None:
    """The last contact is derived from the log, never stored."""
    dorf("add", "Lena", "--last", "1.2.")
    dorf("log", "lena", "--note", "by mistake")
    assert dorf.json("show", "lena")["contact"]["last_contact"] == TODAY
    answer = dorf("encounter", "remove", "last", "--yes")
    assert "1 Feb 2026" in answer
    assert dorf.json("show", "lena")["contact"]["last_contact"] == "2026-02-01"
    assert log_of(dorf) == [entry("2026-02-01", "Lena")]


def test_an_encounter_is_meant_by_the_sign_that_history_shows(dorf: Dorf) -> None:
    """Any of them can be corrected or removed, not only the newest."""
    dorf("add", "Lena")
    for day in ("1.2.", "2.2.", "3.2."):
        dorf("log", "lena", "--day", day)
    newest, middle, oldest = signs(dorf)
    dorf("encounter", "edit", middle, "--day", "letzten Samstag", "--note", "moved")
    dorf("encounter", "remove", oldest, "--yes")
    assert log_of(dorf) == [
        entry("2026-02-03", "Lena"), entry("2026-02-28", "Lena", note="moved")
    ]  # fmt: skip
    assert set(signs(dorf)) == {newest, middle}


@pytest.mark.parametrize("word", ["last", "letzte", "Letztes"])
def test_last_is_the_encounter_that_was_noted_last(dorf: Dorf, word: str) -> None:
    """Whatever its day: a slip is corrected right after it was made."""
    dorf("add", "Lena")
    dorf("log", "lena")
    dorf("log", "lena", "--day", "1.2.")
    dorf("encounter", "edit", word, "--how", "call")
    assert [one["how"] for one in log_of(dorf)] == ["call", None]


def test_encounter_edit_changes_only_what_was_given(german: Dorf) -> None:
    """Day, way, note and help each stand for themselves."""
    german("add", "Lena")
    german("log", "lena", "--tag", "1.2.", "--notiz", "Kuchen", "--bekommen", "Rat")
    german("encounter", "edit", "last", "--wie", "Brief")
    helped = [{"direction": "in", "kind": "advice"}]
    assert log_of(german) == [
        entry("2026-02-01", "Lena", how="letter", note="Kuchen", help=helped)
    ]  # fmt: skip
    german("encounter", "edit", "last", "--tag", "2.2.", "--gegeben", "Rat")
    helped = [{"direction": "out", "kind": "advice"}]
    assert log_of(german) == [
        entry("2026-02-02", "Lena", how="letter", note="Kuchen", help=helped)
    ]  # fmt: skip


def test_encounter_remove_asks_on_a_terminal(dorf: Dorf) -> None:
    """The question shows which one it is."""
    dorf("add", "Lena")
    dorf("log", "lena", "--note", "tea")
    dorf("encounter", "remove", "last", tty=True, stdin="no\n", status=1)
    assert "tea" in dorf.said
    dorf("encounter", "remove", "last", status=1)
    assert len(log_of(dorf)) == 1
    dorf("encounter", "remove", "last", tty=True, stdin="yes\n")
    assert log_of(dorf) == []


def test_an_edited_encounter_cannot_move_to_a_day_to_come(dorf: Dorf) -> None:
    """The same rule as for log."""
    dorf("add", "Lena")
    dorf("log", "lena")
    dorf("encounter", "edit", "last", "--day", "tomorrow", status=2)
    assert log_of(dorf) == [entry(TODAY, "Lena")]


@pytest.fixture(scope="module")
def february(tmp_path_factory: pytest.TempPathFactory) -> Dorf:
    """Return a village with four encounters that tests only read."""
    dorf = Dorf(tmp_path_factory.mktemp("february") / "dorf.db")
    for name in ("Anna", "Bea"):
        dorf("add", name)
    dorf("log", "anna", "--day", "1.2.", "-n", "a")
    dorf("log", "anna", "--day", "10.2.", "-n", "b", "--how", "call")
    dorf("log", "bea", "--day", "20.2.", "-n", "c", "--how", "visit")
    dorf("log", "anna", "bea", "--day", "1.3.", "-n", "d")
    return dorf


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("options", "notes"),
    [
        ([], ["d", "c", "b", "a"]),
        (["anna"], ["d", "b", "a"]),
        (["anna", "bea"], ["d", "c", "b", "a"]),
        (["--how", "call"], ["b"]),
        (["--wie", "Besuch"], ["c"]),
        (["--text", "C"], ["c"]),
        (["--since", "5.2."], ["d", "c", "b"]),
        (["--seit", "vor 2 Wochen", "--bis", "22.2."], ["c"]),
        (["--until", "1.2."], ["a"]),
        (["bea", "--since", "25.2."], ["d"]),
    ],
)
def test_history_filters_and_shows_the_newest_first(
    february: Dorf, options: list[str], notes: list[str]
) -> None:
    """By people, way, text and span of days, alone or together."""
    lines = february("history", *options).splitlines()
    assert [line.rsplit(" · ", 1)[1] for line in lines] == notes
    stored = february.json("history", *options)["encounters"]
    assert sorted(one["note"] for one in stored) == sorted(notes)


def test_history_shows_twenty_unless_all_are_wanted(dorf: Dorf) -> None:
    """And says how many more there are."""
    dorf.load({
        "contacts": [{"name": "Lena"}],
        "encounters": [{"day": f"2026-01-{n:02}", "contacts": ["Lena"]} for n in range(1, 26)],
    })  # fmt: skip
    lines = dorf("history").splitlines()
    assert len(lines) == 21
    assert "5" in lines[-1]
    assert "--all" in lines[-1]
    assert len(dorf("history", "--all").splitlines()) == 25


# --- status, gaps, tips -----------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "de"])
def test_status_of_an_empty_village_shows_the_first_steps(dorf: Dorf, lang: str) -> None:
    """Commands that work when they are copied, and no alarm."""
    dorf.lang = lang
    page = dorf("status")
    assert "dorf add" in page
    assert "dorf demo" in page
    assert "▲" not in page
    assert not dorf.path.exists()


@pytest.mark.parametrize("lang", ["en", "de"])
def test_status_shows_at_most_five_people_and_five_findings(dorf: Dorf, lang: str) -> None:
    """The rest is counted, and --all shows it."""
    dorf.lang = lang
    people = [
        {"name": f"Person{n}", "roles": ["friend"], "gives": [], "added_on": "2025-01-01",
         "last_contact": "2026-01-01"} for n in range(8)
    ]  # fmt: skip
    children = [{"name": "Ida", "born": "2021-10"}]
    dorf.load({"contacts": people, "household": {"children": children}})
    document = dorf.status()
    assert len(document["tending"]) == 8
    assert len(document["gaps"]) > 5
    page, everything = dorf("status"), dorf("status", "--all")
    assert len(re.findall(r"^\S Person\d", page, re.MULTILINE)) == 5
    assert len(re.findall(r"^\S Person\d", everything, re.MULTILINE)) == 8
    assert len(re.findall(r"^[▲△·] ", page, re.MULTILINE)) == 5
    texts = [gap["text"] for gap in document["gaps"]]
    assert [text for text in texts if text in page] == texts[:5]
    assert [text for text in texts if text in everything] == texts
    assert page.count("(--al") == 2
    assert "(--all)" not in everything


def test_status_shows_the_four_sections_and_one_kind_line(german: Dorf) -> None:
    """Whom to tend, what is missing, what comes soon, who gives what, and no score."""
    german("import", str(CASES / "household-b.json"))
    page = german("status")
    for shown in ("Tom", "Oma Fatma", "Frau Klein", "Rückhalt", "dorf log Tom"):
        assert shown in page
    assert "450" not in page
    assert page.index("Tom") < page.index("Oma Fatma") < page.index("Frau Klein")


def test_status_tells_plans_birthdays_and_who_is_due_soon(dorf: Dorf) -> None:
    """What comes within two weeks, in the order of the days."""
    dorf.load({"contacts": [
        {"name": "Lena", "planned_on": "2026-03-09", "last_contact": "2026-02-28"},
        {"name": "Tom", "birthday": "1980-03-05", "last_contact": "2026-02-28"},
        {"name": "Mia", "birthday": "--04-05", "last_contact": "2026-02-28"},
        {"name": "Bea", "cadence_days": 10, "last_contact": "2026-02-21"},
    ]})  # fmt: skip
    section = dorf("status").partition("comes soon")[2].partition("\n\n")[0]
    assert re.findall(r"Lena|Tom|Mia|Bea", section) == ["Bea", "Tom", "Lena"]


def test_status_honours_the_states_that_a_file_brings(dorf: Dorf) -> None:
    """Paused, ended, planned and snoozed contacts are left in peace."""
    old = {"added_on": "2025-01-01", "last_contact": "2025-06-01", "roles": ["friend"]}
    dorf.load({"contacts": [
        {"name": "Lena", "status": "paused", **old}, {"name": "Tom", "status": "ended", **old},
        {"name": "Mia", "planned_on": "2026-03-09", **old},
        {"name": "Bea", "snoozed_until": "2026-03-09", **old},
        {"name": "Ada", "snoozed_until": TODAY, **old},
    ]})  # fmt: skip
    document = dorf.status()
    assert [one["name"] for one in document["tending"]] == ["Ada"]
    assert {one["name"]: one["state"] for one in document["contacts"]} == {
        "Lena": "paused", "Tom": "ended", "Mia": "planned", "Bea": "cooling", "Ada": "cooling",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("case", ["household-a", "household-b"])
def test_gaps_shows_each_finding_with_commands_that_work(dorf: Dorf, case: str, lang: str) -> None:
    """Typing ``dorf accept`` with a shown key hides just that finding."""
    dorf.lang = lang
    dorf("import", str(CASES / f"{case}.json"))
    keys = findings(dorf)
    page = dorf("gaps")
    shown = re.findall(r"^  .*\((G\d\d[^()]*)\)$", page, re.MULTILINE)
    assert sorted(key for keys in shown for key in keys.split(", ")) == sorted(keys)
    assert page.count("dorf accept ") == page.count("dorf gaps ") == 1
    for number, key in enumerate(keys):
        dorf("accept", key)
        assert findings(dorf) == keys[number + 1 :]
    assert len(dorf.json("gaps")["hidden"]) == len(keys)
    for key in keys:
        assert key in dorf("gaps", "--all")


def test_gaps_gives_each_finding_a_reason_and_suggestions(dorf: Dorf) -> None:
    """Under the sentence stand why it matters and what one could do; nothing is said twice."""
    dorf("import", str(CASES / "household-a.json"))
    blocks = re.split(r"^(?=[▲△·] )", dorf("gaps"), flags=re.MULTILINE)[1:]
    found = dorf.json("gaps")["gaps"]
    assert len(blocks) == len(found)
    for block, gap in zip(blocks, found, strict=True):
        assert gap["text"] in block
        assert all(f"→ {suggestion}" in block for suggestion in gap["suggestions"])
        assert not block.splitlines()[1].lstrip().startswith("→")
    hints = [hint for gap in found for hint in gap["suggestions"]]
    assert len(hints) == len(set(hints)) > 5


@pytest.mark.parametrize("lang", ["en", "de"])
def test_tips_shows_a_few_and_all_on_request(dorf: Dorf, lang: str) -> None:
    """The few are among all, and change from day to day."""
    dorf.lang = lang
    few = set(re.findall(r"^→ (.+)$", dorf("tips"), re.MULTILINE))
    everything = set(re.findall(r"^→ (.+)$", dorf("tips", "--all"), re.MULTILINE))
    assert few < everything
    assert len(everything) == 10
    dorf.today = "2026-03-03"
    assert set(re.findall(r"^→ (.+)$", dorf("tips"), re.MULTILINE)) != few


# --- household, child, wish, rule, accept -------------------------------------------------------


def test_household_is_shown_and_set(german: Dorf) -> None:
    """Single parent or not; the page shows children, wishes and switches."""
    german("child", "add", "Ida", "2021-10")
    german("wish", "add", "Nähen")
    german("rule", "off", "G12")
    german("accept", "G24:nahen")
    page = german("household", "--alleinerziehend")
    for shown in ("Ida", "Nähen", "G12", "G24:Nähen"):
        assert shown in page
    assert village(german)["household"] == {
        "single_parent": True,
        "children": [{"name": "Ida", "born": "2021-10"}],
        "wishes": ["Nähen"],
        "rules_off": ["G12"],
        "accepted": [{"key": "G24:Nähen", "until": None}],
    }
    german("household", "--zu-zweit")
    assert village(german)["household"]["single_parent"] is False
    german("household")
    assert village(german)["household"]["single_parent"] is False


def test_a_child_is_added_changed_and_removed(dorf: Dorf) -> None:
    """Whoever is attached to it stays attached under the new name."""
    dorf("child", "add", "Ida", "12.2021")
    dorf("add", "Oma", "--bond", "Ida")
    assert village(dorf)["household"]["children"] == [{"name": "Ida", "born": "2021-12"}]
    answer = dorf("child", "edit", "ida", "--name", "Ida Marie", "--born", "2021-11-30")
    assert parts(answer)[0] == "Ida Marie"
    assert village(dorf)["household"]["children"] == [{"name": "Ida Marie", "born": "2021-11-30"}]
    assert contact(dorf, "Oma")["attachment"] == {"Ida Marie": "secondary"}
    dorf("child", "remove", "ida marie")
    assert village(dorf)["household"]["children"] == []
    assert contact(dorf, "Oma")["attachment"] == {"Ida Marie": "secondary"}


def test_a_second_child_of_the_same_name_is_refused(dorf: Dorf) -> None:
    """As a new one and by renaming."""
    dorf("child", "add", "Ida", "2021-12")
    dorf("child", "add", "Ole", "2023-01")
    dorf("child", "add", "Ida", "2020-01", status=1)
    dorf("child", "edit", "Ole", "--name", "Ida", status=1)
    assert [one["name"] for one in village(dorf)["household"]["children"]] == ["Ida", "Ole"]


def test_a_child_not_born_yet_is_fine(dorf: Dorf) -> None:
    """It is noted, and no child rule speaks of it (DOMAIN.md §4.1)."""
    dorf("child", "add", "Bauchbewohner", "2026-07")
    dorf("add", "Lena")
    assert not [key for key in findings(dorf) if "Bauchbewohner" in key]


COPYABLE = [
    (["child", "remove", "Anna Lena"], "child add"),
    (["accept", "G10:Anna Lena"], "rule on"),
    (["rule", "off", "G10:Anna Lena"], "rule on"),
]


@pytest.mark.parametrize(("arguments", "back"), COPYABLE)
def test_the_way_back_that_is_shown_can_be_typed_as_it_stands(
    dorf: Dorf, arguments: list[str], back: str
) -> None:
    """A name of two words is quoted in the command that takes a step back."""
    dorf("child", "add", "Anna Lena", "2021-10")
    dorf("add", "Lena")
    before = village(dorf)["household"]
    answer = dorf(*arguments)
    assert village(dorf)["household"] != before
    shown = answer.partition(f"dorf {back} ")[2].strip()
    dorf(*back.split(), *shlex.split(shown))
    assert village(dorf)["household"] == before


def test_wishes_come_and_go(german: Dorf) -> None:
    """Twice the same wish is one wish; G24 speaks of it until somebody has the skill."""
    for _ in range(2):
        german("wish", "add", "Nähen")
    german("wish", "add", "Ärztin")
    german("add", "Lena")
    assert village(german)["household"]["wishes"] == ["Nähen", "Ärztin"]
    assert "G24:Nähen" in findings(german)
    german("edit", "lena", "--kann", "nähen")
    assert "G24:Nähen" not in findings(german)
    german("wish", "remove", "ärztin")
    assert village(german)["household"]["wishes"] == ["Nähen"]


def test_a_rule_is_switched_off_and_on(dorf: Dorf) -> None:
    """All its findings go and come back; rule list shows the switch."""
    dorf("add", "Lena", "--gives", "advice")
    keys = findings(dorf)
    assert "G01" in keys
    answer = dorf("rule", "off", "g02")
    assert "G02" in answer
    assert findings(dorf) == [key for key in keys if not key.startswith("G02")]
    lines = dorf("rule", "list").splitlines()
    assert len(lines) == 27
    assert [line.split()[0] for line in lines] == [f"G{n:02}" for n in range(1, 28)]
    assert len({line.split()[1] for line in lines}) == 2
    dorf("rule", "on", "G02")
    assert findings(dorf) == keys


def test_one_finding_is_switched_off_alone(dorf: Dorf) -> None:
    """Its siblings stay."""
    dorf("add", "Lena", "--gives", "none")
    keys = findings(dorf)
    dorf("rule", "off", "G02:Company")
    assert findings(dorf) == [key for key in keys if key != "G02:company"]
    assert "G02:company" in dorf("rule", "list")


def test_an_accepted_finding_comes_back_on_its_day(dorf: Dorf) -> None:
    """Until the day before it is out of sight."""
    dorf("add", "Lena")
    answer = dorf("accept", "G01", "--until", "in 2 weeks")
    assert "16 Mar 2026" in answer
    assert village(dorf)["household"]["accepted"] == [{"key": "G01", "until": "2026-03-16"}]
    for day, shown in (("2026-03-15", False), ("2026-03-16", True)):
        dorf.today = day
        assert ("G01" in findings(dorf)) is shown


def test_accepting_twice_keeps_the_newer_word(dorf: Dorf) -> None:
    """First until a day, then for good."""
    dorf("add", "Lena")
    dorf("accept", "G01", "--until", "1.6.")
    dorf("accept", "G01")
    assert village(dorf)["household"]["accepted"] == [{"key": "G01", "until": None}]


# --- export, import, demo -----------------------------------------------------------------------


def test_export_and_import_lose_nothing(dorf: Dorf, tmp_path: Path) -> None:
    """The text of a village, read into an empty one and written again, is the same text."""
    dorf.load(PEOPLE)
    dorf("add", "Oma Gisela", *ENGLISH)
    dorf("role", "gisela", "friend", "--also")
    dorf("log", "gisela", "anna", "--note", "two\nlines", "--got", "advice")
    dorf("accept", "G01", "--until", "1.6.")
    dorf("rule", "off", "G02:company")
    text = dorf("export")
    other = Dorf(tmp_path / "other.db")
    other("import", "-", stdin=text)
    assert other("export") == text


@pytest.mark.parametrize("case", ["household-a", "household-b"])
def test_the_same_file_twice_changes_nothing(dorf: Dorf, case: str) -> None:
    """Also a hand-written file without uids, with its shorthand for the last contact."""
    dorf("import", str(CASES / f"{case}.json"))
    before = dorf("export")
    counts = dorf.json("import", str(CASES / f"{case}.json"))
    assert dorf("export") == before
    assert [counts[key] for key in ("new", "changed", "encounters")] == [0, 0, 0]


def test_import_joins_by_name_and_by_uid(dorf: Dorf) -> None:
    """A field that the file states is taken over, one that it leaves out stays."""
    dorf("add", "Lena", "--near", "--phone", "1")
    uid = contact(dorf, "Lena")["uid"]
    dorf.load({"contacts": [{"name": "Lena", "circle": 2}]})
    stored = contact(dorf, "Lena")
    assert (stored["circle"], stored["where"], stored["phones"]) == (2, "near", ["1"])
    dorf.load({"contacts": [{"uid": uid, "name": "Lena Kita"}]})
    assert contact(dorf, "Lena Kita")["uid"] == uid


def test_import_dry_run_only_tells(dorf: Dorf) -> None:
    """Names and fields that would come or change, and an untouched village."""
    dorf("add", "Lena")
    before = dorf("export")
    file = json.dumps({"dorf": 1, "contacts": [{"name": "Lena", "circle": 1}, {"name": "Tom"}]})
    answer = dorf("import", "-", "--dry-run", stdin=file)
    for shown in ("Lena", "circle", "Tom"):
        assert shown in answer
    assert dorf("export") == before


def test_import_reports_what_it_does_not_know(dorf: Dorf) -> None:
    """Unknown keys are named, not dropped in silence, and the rest is taken."""
    file = json.dumps({"dorf": 1, "contacts": [{"name": "Lena", "hobby": "x"}], "zoo": 1})
    dorf("import", "-", stdin=file, stderr=(
        "contacts[0].hobby: unknown, left out.\nzoo: unknown, left out.\n"
    ))  # fmt: skip
    assert contact(dorf, "Lena")


def test_last_contact_in_a_file_is_one_plain_encounter(dorf: Dorf) -> None:
    """Unless there is one that new already."""
    dorf.load({
        "contacts": [{"name": "Lena", "last_contact": "2026-02-01"},
                     {"name": "Tom", "last_contact": "2026-02-01"}],
        "encounters": [{"day": "2026-02-05", "contacts": ["Tom"]}],
    })  # fmt: skip
    assert log_of(dorf) == [entry("2026-02-01", "Lena"), entry("2026-02-05", "Tom")]


def test_a_last_contact_to_come_is_kept_and_questioned(dorf: Dorf) -> None:
    """W1 (DOMAIN.md §3.4)."""
    dorf.load({"contacts": [{"name": "Lena", "last_contact": "2026-12-24"}]})
    assert [(one["key"], one["name"]) for one in dorf.status()["warnings"]] == [("W1", "Lena")]


def test_an_exported_file_is_private_and_never_replaced_unasked(dorf: Dorf, tmp_path: Path) -> None:
    """Mode 0600 from the first moment; on a terminal the question names the file."""
    dorf("add", "Lena")
    file = tmp_path / "village.json"
    dorf("export", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text("utf-8")) == village(dorf)
    file.write_text("mine")
    dorf("export", str(file), status=1)
    dorf("export", str(file), tty=True, stdin="no\n", status=1)
    assert str(file) in dorf.said.replace("\n", "")
    assert file.read_text() == "mine"
    dorf("export", str(file), tty=True, stdin="yes\n")
    assert file.read_text() == dorf("export")
    assert [one.name for one in tmp_path.iterdir() if one.suffix != ".db"] == ["village.json"]


def test_export_through_a_link_writes_to_what_it_points_to(dorf: Dorf, tmp_path: Path) -> None:
    """Somebody who links the file into a synced folder keeps the link."""
    dorf("add", "Lena")
    file, link = tmp_path / "synced.json", tmp_path / "village.json"
    file.write_text("old")
    link.symlink_to(file)
    dorf("export", str(link), "--yes")
    assert link.is_symlink()
    assert json.loads(file.read_text("utf-8")) == village(dorf)


def test_demo_shows_a_sample_and_leaves_the_own_file_alone(dorf: Dorf) -> None:
    """Its file lies elsewhere, is private, and can be played with."""
    answer = dorf.json("demo")
    assert answer["tending"]
    assert answer["gaps"]
    assert not dorf.path.exists()
    file = Path(answer["file"])
    try:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert dorf("--db", str(file), "log", answer["tending"][0]["name"])
        assert not dorf.path.exists()
    finally:
        shutil.rmtree(file.parent)


# --- looking over the shoulder ------------------------------------------------------------------

DISCREET = (
    ["status", "--all"], ["gaps", "--all"], ["list"], ["history", "--all"], ["show", "Gisela"],
    ["who", "advice"], ["find", "a"], ["stats", "--details"], ["birthdays"],
)  # fmt: skip
COMMON_WORDS = {"Oma", "Herr", "Frau", "Chat", "Alleinerziehende", "Forum"}
SECRETS: dict[str, Any] = {
    "name": "Oma Gisela", "nicknames": ["Gisi"], "roles": ["grandparent"], "gives": ["advice"],
    "phones": ["0251 47110815"], "emails": ["gisela@beispiel.org"], "addresses": ["Giselastraße 9"],
    "kids": [{"name": "Adelheid", "born": "1990-03-07"}], "attachment": {"Emil": "secondary"},
    "notes": "Gisela mag Tee", "until": "2026-04-01", "added_on": "2025-01-01",
    "birthday": "--03-09", "last_contact": "2025-12-01",
    "yearly_days": [{"name": "Giselafest", "day": "--03-08"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dorf, list[str]]:
    """Return a village in which most rules name somebody, and all the names in it."""
    dorf = Dorf(tmp_path_factory.mktemp("secret") / "dorf.db")
    for case in ("household-a", "household-b"):
        dorf("import", str(CASES / f"{case}.json"))
    zoo = {"day": "2026-01-05", "contacts": ["Oma Gisela", "Lena"],
           "note": "Gisela und Lena im Zoo"}  # fmt: skip
    dorf.load({"contacts": [SECRETS], "encounters": [zoo]})
    document = village(dorf)
    names = [one["name"] for one in (*document["contacts"], *document["household"]["children"])]
    names += ["Gisi", "Adelheid", "Giselafest"]
    words = {word for name in names for word in re.findall(r"\w+", name)}
    return dorf, sorted(words - COMMON_WORDS)


def discreet(dorf: Dorf, command: list[str], form: str) -> str:
    """Return the discreet output of *command*: plain, on a terminal, or as JSON."""
    more = ["--json"] if form == "json" else []
    output = dorf(*command, "--discreet", *more, tty=form == "terminal")
    assert output.strip()
    return output


@pytest.mark.few(10)
@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("form", ["plain", "terminal", "json"])
@pytest.mark.parametrize("command", DISCREET, ids=lambda command: command[0])
def test_discreet_output_holds_no_name(
    secret: tuple[Dorf, list[str]], command: list[str], form: str, lang: str
) -> None:
    """Initials stand for names, also inside findings, keys, reasons, notes and JSON."""
    dorf, names = secret
    dorf.lang = lang
    output = discreet(dorf, command, form)
    assert [name for name in names if re.search(rf"\b{name}\b", output)] == []


@pytest.mark.few(4)
@pytest.mark.parametrize("form", ["plain", "json"])
@pytest.mark.parametrize("command", DISCREET, ids=lambda command: command[0])
def test_discreet_output_holds_nothing_that_leads_to_somebody(
    secret: tuple[Dorf, list[str]], command: list[str], form: str
) -> None:
    """A number, an address or a note over the shoulder says who it is as well as a name."""
    output = discreet(secret[0], command, form)
    tells = ("47110815", "beispiel.org", "straße", "mag Tee", "im Zoo")
    assert [one for one in tells if one in output] == []


# --- the root command ---------------------------------------------------------------------------

COMMANDS = [
    "add", "edit", "rename", "role", "show", "list", "who", "find", "delete", "log", "history",
    "encounter", "status", "gaps", "birthdays", "stats", "tips", "household", "child", "wish",
    "rule", "accept", "export", "import", "demo",
]  # fmt: skip
GROUPS = {
    "encounter": ("edit", "remove"), "child": ("add", "edit", "remove"),
    "wish": ("add", "remove"), "rule": ("list", "off", "on"),
}  # fmt: skip
EVERY_COMMAND = [
    [name, *sub] for name in COMMANDS for sub in ([], *([one] for one in GROUPS.get(name, ())))
]


@pytest.mark.parametrize("lang", ["en", "de"])
def test_help_lists_every_command(dorf: Dorf, lang: str) -> None:
    """Ten with what they do, the others by name in groups; no line wraps in eighty columns."""
    dorf.lang = lang
    page = dorf("--help")
    for name in COMMANDS:
        assert re.search(rf"(^| ){name}(,|$|  )", page, re.MULTILINE), name
    described = re.findall(r"^  ([a-z]+)  +\S", page, re.MULTILINE)
    assert described == list(EVERYDAY)
    assert not [line for line in page.splitlines() if len(line) > 80]
    assert dorf("-h") == page
    assert "--today" not in page


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
def test_every_command_and_option_has_a_help_text_in_both_languages(
    dorf: Dorf, command: list[str]
) -> None:
    """The pages differ, and no option stands there without a word."""
    pages = {}
    for lang in ("en", "de"):
        dorf.lang = lang
        pages[lang] = dorf(*command, "--help")
        for block in re.split(r"\n(?=  -)", pages[lang])[1:]:
            words = re.sub(r"^\s*(-\S+,? )*-\S+", "", block.partition("\n\n")[0])
            assert len(words.split()) > 1, block
    assert pages["en"].splitlines()[2:] != pages["de"].splitlines()[2:]


def test_the_file_is_chosen_by_option_before_variable(dorf: Dorf, tmp_path: Path) -> None:
    """``--db`` wins over ``DORF_DB``."""
    other = tmp_path / "other.db"
    dorf("--db", str(other), "add", "Lena")
    assert not dorf.path.exists()
    assert dorf("--db", str(other), "list").startswith("Lena")


def test_the_language_is_chosen_by_option_before_variable(dorf: Dorf) -> None:
    """``--lang`` wins over ``DORF_LANG``, and works in both spellings."""
    dorf("add", "Lena", "--role", "friend")
    assert "Freund" in dorf("--lang", "de", "list")
    assert "Freund" in dorf("--lang=de", "list")
    assert "friend" in dorf("list")


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"LANG": "de_DE.UTF-8"}, "Freund"),
        ({"LANG": "en_US.UTF-8"}, "friend"),
        ({"LANG": "fr_FR.UTF-8"}, "friend"),
        ({"LC_ALL": "de_AT.UTF-8", "LANG": "en_US.UTF-8"}, "Freund"),
        ({"LC_MESSAGES": "de_DE", "LANG": "en_US.UTF-8"}, "Freund"),
        ({"LANG": "C.UTF-8"}, "friend"),
        ({}, "friend"),
    ],
)
def test_the_language_follows_the_locale(dorf: Dorf, environ: dict[str, str], word: str) -> None:
    """LC_ALL before LC_MESSAGES before LANG, else English (CONTRIBUTING.md, Languages)."""
    dorf("add", "Lena", "--role", "friend")
    dorf.environ = {"DORF_LANG": "", **environ}
    assert word in dorf("list")


def test_a_key_that_names_no_finding_is_refused_with_those_there_are(dorf: Dorf) -> None:
    """A slip would answer "fine for you" while the finding stays; nothing is noted then."""
    dorf("import", str(Path(__file__).parent / "cases" / "household-b.json"))
    dorf("accept", "G23:Frau Petrow", status=2)
    assert (
        dorf.said == "dorf: “G23:Frau Petrow” is not a finding. G23 has these: G23:Frau Petrov.\n"
    )
    dorf("accept", "g23:frau petrov")
    left = dorf.keys()
    assert "G23:Frau Petrov" not in left
    dorf("delete", "petrov", "--yes")
    assert dorf.json("rule", "list")["accepted"] == []  # what is about her goes with her
    dorf("undo")
    assert dorf.json("rule", "list")["accepted"] == [{"key": "G23:Frau Petrov", "until": None}]


def test_a_contact_and_a_child_of_one_name_keep_their_own_findings(dorf: Dorf) -> None:
    """Renaming or deleting the one touches no key of the other."""
    dorf("child", "add", "Ida", "2021-10")
    dorf("child", "add", "Ole", "2021-10")
    dorf("add", "Ida", "--role", "neighbour", "--near")
    dorf("add", "Oma", "--role", "grandparent", "--bond", "Ole")
    dorf("accept", "G08:Ida")
    dorf("accept", "G23:Ida")
    dorf("rename", "Ida", "Ida Berg")
    accepted = {one["key"] for one in dorf.json("rule", "list")["accepted"]}
    assert accepted == {"G08:Ida", "G23:Ida Berg"}
    dorf("rename", "Ida Berg", "Ida")
    dorf("child", "edit", "Ida", "--name", "Ida Lou")
    accepted = {one["key"] for one in dorf.json("rule", "list")["accepted"]}
    assert accepted == {"G08:Ida Lou", "G23:Ida"}
    dorf("delete", "Ida", "--yes")
    assert [one["key"] for one in dorf.json("rule", "list")["accepted"]] == ["G08:Ida Lou"]


def test_only_what_is_found_can_be_accepted(dorf: Dorf) -> None:
    """A rule alone is a finding's key only where its findings have no scope (DOMAIN.md §4.1)."""
    dorf("import", str(Path(__file__).parent / "cases" / "household-b.json"))
    before = dorf.keys()
    dorf("accept", "G04", status=2)
    assert dorf.said == (
        "dorf: “G04” is not a finding. G04 has these: G04:emotional, G04:childcare, "
        "G04:practical, G04:advice, G04:company.\n"
    )
    assert dorf.keys() == before
    dorf("accept", "G06")
    dorf("rule", "off", "G04")
    assert set(before) - set(dorf.keys()) == {"G06", "G04:practical", "G04:company"}


def test_a_word_that_is_nearly_a_role_is_offered(dorf: Dorf) -> None:
    """Nobody has to read twenty slugs for one typing error."""
    dorf("add", "Ina", "--role", "erzihrin", status=2)
    assert dorf.said == "dorf: “erzihrin” is unknown here. Did you mean Erzieherin?\n"
    dorf("add", "Ina", "--role", "Hund", status=2)
    assert "Did you mean" not in dorf.said
