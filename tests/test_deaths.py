"""Who has died: whatever a file calls it, they are remembered here and never announced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Dorf

CARD = "BEGIN:VCARD\nVERSION:{version}\nUID:karl\nFN:{name}\nBDAY:19400310\n{line}\nEND:VCARD\n"


def card(line: str, version: str = "4.0", name: str = "Opa Karl") -> str:
    """Return a card that says *line* as well."""
    return CARD.format(line=line, version=version, name=name)


def only(dorf: Dorf) -> dict[str, Any]:
    """Return the one contact of the village."""
    (contact,) = json.loads(dorf("export", "--format", "village"))["contacts"]
    return {key: value for key, value in contact.items() if value}


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("DEATHDATE:20200101", "2020-01-01"),
        ("DEATHDATE:2020-01-01T10:00:00Z", "2020-01-01"),
        ("DEATHDATE:2020-01", "died: 2020-01"),
        ("DEATHDATE:2020", "died: 2020"),
        ("DEATHDATE:--0101", "died: --01-01"),
        ("DEATHDATE;VALUE=text:circa 2019", "died: circa 2019"),
        ("DEATHDATE;VALUE=date;CALSCALE=gregorian:20200101", "2020-01-01"),
        ("item1.DEATHDATE:20200101", "2020-01-01"),
        ("X-DEATHDATE:2020-01-01", "2020-01-01"),
        ("X-DEATH-DATE:2020-01-01", "2020-01-01"),
        ("X-EVOLUTION-DEATHDATE:2020-01-01", "2020-01-01"),
        ("X-KADDRESSBOOK-X-DEATHDATE:2020-01-01", "2020-01-01"),
        ("X-DATE-OF-DEATH:1.1.2020", "2020-01-01"),
        ("X-DECEASED:TRUE", "died"),
        ("X-DIED:2020-01-01", "2020-01-01"),
        ("DEATHPLACE:Dresden", "†: Dresden"),
    ],
)
@pytest.mark.parametrize("version", ["4.0", "3.0", "2.1"])
def test_a_card_of_the_dead_ends_the_contact(
    dorf: Dorf, line: str, fact: str, version: str
) -> None:
    """A whole day is a fact; the notes keep whatever less is known of it."""
    dorf("import", "-", stdin=card(line, version), remarks=True)
    contact = only(dorf)
    day, notes = (fact, None) if fact[0].isdigit() else (None, fact)
    assert contact["status"] == "ended"
    assert (contact.get("died_on"), contact.get("notes")) == (day, notes)


@pytest.mark.parametrize(
    ("line", "name", "word"),
    [
        ("item1.X-ABDATE:20200101\nitem1.X-ABLabel:Todestag", "Opa Karl", "Todestag"),
        ("item1.X-ABDATE:20200101\nitem1.X-ABLabel:_$!<Death>!$_", "Opa Karl", "Death"),
        ("CATEGORIES:Familie,Verstorben", "Opa Karl", "Verstorben"),
        ("NOTE:x", "† Opa Karl", "†"),
        ("NOTE:x", "Opa Karl († 2020)", "†"),
    ],
)
def test_a_word_that_says_so_is_taken_and_said(dorf: Dorf, line: str, name: str, word: str) -> None:
    """Where a death is read from a label, a group or a name, a remark says so."""
    dorf("import", "-", stdin=card(line, name=name), remarks=True)
    assert f"“{word}”: {name} is noted as somebody who has died" in dorf.said
    assert only(dorf)["status"] == "ended"


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "line",
    [
        "DEATHDATE:",
        "X-DECEASED:false",
        "X-DECEASED:0",
        "CATEGORIES:Totensonntag",
        "NOTE:died: no",
        "item1.X-ABDATE:20200101\nitem1.X-ABLabel:Todestag von Papa",
        "X-DEADLINE:2020-01-01",
    ],
)
def test_nobody_else_is_taken_for_dead(dorf: Dorf, line: str) -> None:
    """What is empty, denies it or is about somebody else ends nobody."""
    dorf("import", "-", stdin=card(line), remarks=True)
    assert "status" not in only(dorf) or only(dorf)["status"] == "active"


def test_a_death_that_a_file_says_later_ends_who_is_here(dorf: Dorf) -> None:
    """Once: who was brought back here stays so when the same file comes again."""
    dorf("import", "-", stdin=card("TEL:0171 5550100"), remarks=True)
    dorf("plan", "Opa Karl", "5.3.")
    late = card("TEL:0171 5550100\nDEATHDATE:20260301")
    dorf("import", "-", stdin=late, remarks=True)
    contact = only(dorf)
    assert (contact["status"], contact["died_on"]) == ("ended", "2026-03-01")
    assert not {"planned_on", "notes"} & set(contact)
    dorf("undo")
    dorf("import", "-", stdin=late, remarks=True)
    dorf("edit", "Opa Karl", "--clear", "died")
    dorf("resume", "Opa Karl")
    dorf("import", "-", stdin=late, remarks=True)
    assert only(dorf).get("status", "active") == "active"


@pytest.mark.few(2)
@pytest.mark.parametrize("version", ["vcard", "vcard3"])
@pytest.mark.parametrize("day", ["2020-01-01", "2020-01", "--01-01", "2020", "circa 2019", ""])
def test_the_day_goes_out_and_comes_back(
    dorf: Dorf, tmp_path: Path, version: str, day: str
) -> None:
    """An export has it as a property, and dorf reads its own card unchanged."""
    dorf("add", "Opa Karl", "--note", f"died: {day}" if day else "died", remarks=True)
    dorf("end", "Opa Karl")
    text = dorf("export", "--format", version)
    assert ("\nDEATHDATE" in text) == bool(day)
    before = only(dorf)
    other = type(dorf)(tmp_path / "other.db")
    other("import", "-", stdin=text, remarks=True)
    after = only(other)
    assert before | {"changed_at": ""} == after | {"changed_at": ""}


# --- dorf end --died ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (["Opa", "--died"], "2026-03-02"),
        (["Opa", "--gestorben"], "2026-03-02"),
        (["--died", "Opa"], "2026-03-02"),
        (["Opa", "--died", "gestern"], "2026-03-01"),
        (["--gestorben", "vor", "3", "Tagen", "Opa"], "2026-02-27"),
        (["Opa", "--died=1.1.2020"], "2020-01-01"),
        (["--died", "--", "Opa"], "2026-03-02"),
    ],
)
def test_a_death_is_noted_with_its_day(dorf: Dorf, words: list[str], day: str) -> None:
    """Without a day it was today; whoever has died used to be in the village."""
    dorf("add", "Opa Karl", "--role", "grandparent", "--birthday", "10.3.1940")
    dorf("plan", "Opa Karl", "5.3.")
    dorf("end", *words)
    contact = only(dorf)
    assert (contact["status"], contact["died_on"]) == ("ended", day)
    assert "planned_on" not in contact
    assert dorf.status()["tending"] == []
    dorf("undo")
    assert "died_on" not in only(dorf)


def test_the_answer_is_kind_and_the_page_quiet(dorf: Dorf) -> None:
    """One line; the page says it once, in both languages."""
    dorf("add", "Opa Karl", "--role", "grandparent", "--last", "gestern", "--birthday", "10.3.1940")
    assert dorf("end", "Opa Karl", "--died", "1.3.") == (
        "Opa Karl · grandparent · last yesterday (1 Mar 2026) · died on 1 Mar 2026"
        " · A farewell takes time; nothing here is urgent.\n"
    )
    assert dorf("show", "Opa Karl").splitlines()[:2] == [
        "Opa Karl · grandparent", "died on 1 Mar 2026 · last yesterday (1 Mar 2026)",
    ]  # fmt: skip
    dorf.lang = "de"
    page = dorf("show", "Opa Karl")
    assert "gestorben am 1.3.2026" in page
    assert page.count("gestorben") == 1
    assert "wird" not in page  # no age that is to come


def test_a_death_is_no_day_to_come(dorf: Dorf) -> None:
    """Neither a day that is still to come nor anything else that is none is taken."""
    dorf("add", "Opa Karl")
    dorf(
        "end", "Opa Karl", "--died", "2026-03-03", status=2,
        stderr="dorf: 3 Mar 2026 is still to come. On which day was it?\n",
    )  # fmt: skip
    dorf("end", "Opa Karl", "--died", "31.2.", status=2, remarks=True)
    assert "died_on" not in only(dorf)


@pytest.mark.parametrize(
    "words", [["resume"], ["plan", "morgen"], ["snooze", "2w"], ["pause"], ["role", "friend"]]
)
def test_the_dead_are_not_called_back_by_accident(dorf: Dorf, words: list[str]) -> None:
    """A mistake can be corrected: the sentence says how, and it works."""
    dorf("add", "Opa Karl")
    dorf("end", "Opa Karl", "--died")
    command, *more = words
    dorf(
        command, "Opa Karl", *more, status=1,
        stderr="dorf: Opa Karl is noted as somebody who has died. If that is a mistake: dorf edit "
        "'Opa Karl' --clear died, and then dorf resume 'Opa Karl'\n",
    )  # fmt: skip
    dorf("edit", "Opa Karl", "--clear", "died")
    dorf("resume", "Opa Karl")
    assert only(dorf).get("status", "active") == "active"


def test_who_left_before_has_died_since(dorf: Dorf) -> None:
    """A farewell long ago takes the day of a death as well, and the roles keep their end."""
    dorf("--today", "2025-01-01", "add", "Opa Karl", "--role", "friend")
    dorf("--today", "2025-06-01", "end", "Opa Karl")
    dorf("end", "Opa Karl", "--died", "gestern")
    contact = only(dorf)
    assert contact["died_on"] == "2026-03-01"
    assert contact["role_history"][-1]["to"] == "2025-06-01"


def test_whoever_has_a_day_of_death_is_ended(dorf: Dorf) -> None:
    """Whatever else a village file says."""
    dorf.load({"contacts": [{"name": "Opa", "status": "active", "died_on": "2026-02-01"}]})
    assert only(dorf)["status"] == "ended"
    assert [c["state"] for c in dorf.status()["contacts"]] == ["ended"]


MAP = (
    '{"versions": [{"id": 1, "nwk": {"ego": {"name": "A"}, "alteri": ['
    '{"id": 1, "name": "Opa Karl", "deceased": true}]}}], "currentVersion": 1}'
)


@pytest.mark.parametrize(
    ("file", "day"),
    [
        (card("X-DECEASED:TRUE"), "2026-03-02"),
        (card("CATEGORIES:Verstorben"), "2026-03-02"),
        (card("NOTE:x", name="† Opa Karl"), "2026-03-02"),
        (card("DEATHDATE:20260115"), "2026-01-15"),
        (card("DEATHDATE:2019"), None),
        ("Name,Deceased\nOpa Karl,yes\n", "2026-03-02"),
        ("Name,Gestorben am\nOpa Karl,15.1.2026\n", "2026-01-15"),
(MAP, "2026-03-02"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("here", [True, False])
def test_an_import_says_goodbye_to_who_is_here(
    dorf: Dorf, file: str, day: str | None, here: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Without a day on that of the import; of somebody new nobody knows it (DOMAIN.md §0.2)."""
    name = "† Opa Karl" if "†" in file else "Opa Karl"
    if here:
        dorf("add", name)
    dorf("import", "-", stdin=file, remarks=True)
    contact = only(dorf)
    known = day if here or day != "2026-03-02" else None
    assert (contact["status"], contact.get("died_on")) == ("ended", known)
    if here:
        before = dorf("export")
        dorf("import", "-", stdin=file, remarks=True)
        assert dorf("export") == before


COMMANDS = [
    *(["status"], ["status", "--all"], ["gaps"], ["gaps", "--all"], ["remind"], ["birthdays"]),
    *(["birthdays", "--within", "1y"], ["tend"], ["list"], ["who", "childcare"], ["tips"]),
    *(["who", "sewing"], ["export", "--format", "ics"], ["without", "Lena"], ["doctor"]),
]


@pytest.mark.few(4)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nobody_dead_is_announced_or_counted_in_any_output(dorf: Dorf, command: list[str]) -> None:
    """Neither they, nor their birthday, plan, phase, child or yearly day, on any day of a year."""
    living = {"name": "Lena", "roles": ["friend"], "added_on": "2025-11-01"}
    dead = {
        "name": "Opa Karl", "roles": ["grandparent"], "birthday": "1940-03-10", "circle": 1,
        "gives": ["childcare", "emergency", "skill", "emotional"], "skills": ["sewing"],
        "kids": [{"name": "Wilma", "born": "2021-03-05"}], "where": "near", "trusted": True,
        "pickup": True, "yearly_days": [{"name": "Namenstag", "day": "--03-09"}],
        "planned_on": "2026-03-01", "plan_every": 7, "until": "2026-03-20",
        "added_on": "2020-01-01", "attachment": {"Ida": "secondary"}, "status": "ended",
        "notes": "died: 2026-01-01", "last_contact": "2025-12-20",
    }  # fmt: skip
    dorf.load(
        {"household": {"children": [{"name": "Ida", "born": "2024-08"}], "wishes": ["sewing"]},
         "contacts": [living, dead]}
    )  # fmt: skip
    for today in ("2026-03-02", "2026-03-09", "2026-03-10", "2026-03-20", "2027-01-01"):
        dorf.today = today
        shown = dorf.any_status(*command)
        assert not [word for word in ("Karl", "Wilma", "Namenstag") if word in shown], shown


def test_the_dead_change_no_measure(dorf: Dorf) -> None:
    """A village has the same findings and measures with and without them."""
    dorf("add", "Lena", "--role", "friend")
    before = dorf.status()
    dorf("import", "-", stdin=card("DEATHDATE:20200101\nCATEGORIES:Großeltern"), remarks=True)
    after = dorf.status()
    for key in ("tending", "gaps", "warnings", "coverage", "measures", "soon", "questions"):
        assert after.get(key) == before.get(key), key
