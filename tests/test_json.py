"""``--json``: one document for every command, whole, and the same in both languages.

The shapes are those of CONTRIBUTING.md, Output; slugs, keys and days never depend on the language.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY, Dorf

CASES = Path(__file__).parent / "cases"
CONTACT = {"uid", "name", "roles", "added_on", "changed_at"}
STATE = {"state", "last_contact", "due", "effective_cadence_days", "days", "hidden", "assumed"}
ENCOUNTER = {"uid", "day", "contacts", "how", "note", "help", "changed_at"}
HOUSEHOLD = {"single_parent", "children", "wishes", "rules_off", "accepted"}
TENDING = {
    "name", "uid", "state", "score", "days", "cadence_days", "last_contact", "due", "reasons",
    "text",
}  # fmt: skip
STATUS = {
    "tending", "gaps", "warnings", "soon", "next_step", "contacts", "coverage", "measures",
    "holds", "givers", "weights", "better", "questions", "plans", "hidden",
}  # fmt: skip
FINDING = {"key", "severity", "text", "reason", "names", "ask", "suggestions", "answers"}
MEASURES = {
    "size", "bus_factor", "effective_helpers", "resting", "mourning", "in_touch", "recorded",
}  # fmt: skip
STATES = {
    "ended", "paused", "untracked", "planned", "unrecorded", "cooling", "overdue", "due", "soon",
    "fresh",
}  # fmt: skip
KINDS = [
    "emotional", "childcare", "emergency", "practical", "advice", "company", "appraisal",
    "material", "skill",
]  # fmt: skip
IMPORT = {
    "dry_run", "new", "changed", "unchanged", "doubled", "skipped", "kept", "encounters",
    "encounters_changed", "household_changed", "unknown", "contacts", "guessed", "conflicts",
    "doubtful", "remarks",
}  # fmt: skip
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")

COMMANDS: list[tuple[list[str], set[str]]] = [
    (["status"], STATUS),
    (["gaps"], {"gaps", "hidden"}),
    (["without", "oma"], {"names", "gaps", "leaves"}),
    (["tips"], {"tips"}),
    (["list"], {"contacts"}),
    (["show", "jana"], {"contact", "left_on", "encounters"}),
    (["who", "Rat"], {"kind", "asked", "contacts"}),
    (["find", "a"], {"contacts", "encounters"}),
    (["history"], {"encounters"}),
    (["household"], {"household", "people", "groups"}),
    (["rule", "list"], {"rules", "off", "accepted"}),
    (["add", "Lena"], {"contacts"}),
    (["edit", "jana", "--near"], {"contacts"}),
    (["rename", "jana", "Jana B."], {"contacts"}),
    (["role", "jana", "friend"], {"contacts"}),
    (["log", "jana", "tom"], {"contacts", "encounter"}),
    (["encounter", "edit", "last", "--how", "call"], {"contacts", "encounter"}),
    (["encounter", "remove", "last", "--yes"], {"contacts", "encounter"}),
    (["household", "--not-single-parent"], {"household", "people", "groups"}),
    (["child", "add", "Ida", "2021-12"], {"household", "people", "groups"}),
    (["child", "edit", "emil", "--name", "Emil M."], {"household", "people", "groups"}),
    (["child", "remove", "emil"], {"household", "people", "groups"}),
    (["wish", "add", "Nähen"], {"household", "people", "groups"}),
    (["wish", "remove", "Gitarre"], {"household", "people", "groups"}),
    (["rule", "off", "G12"], {"household", "people", "groups"}),
    (["rule", "on", "G12"], {"household", "people", "groups"}),
    (["accept", "G01"], {"household", "people", "groups"}),
    (["delete", "jana", "--yes"],
     {"deleted", "encounters", "for_good", "copies", "unreadable"}),
    (["delete", "jana", "--for-good", "--yes"],
     {"deleted", "encounters", "for_good", "copies", "unreadable"}),
    (["merge", "jana", "tom", "--prefer", "first"], {"contacts", "merged"}),
    (["plan", "jana", "2w"], {"contacts"}),
    (["snooze", "jana", "2w"], {"contacts"}),
    (["pause", "jana"], {"contacts"}),
    (["resume", "jana"], {"contacts"}),
    (["end", "jana", "--keep", "Nora"], {"contacts"}),
    (["tend"], {"contacts", "left"}),
    (["init"],
     {"left", *STATUS}),
    (["undo"], {"steps", "contacts"}),
    (["undo", "--list"], {"steps"}),
    (["stats"], {"measures", "months", "help", "how", "contacts", "groups"}),
    (["stats", "jana"], {"measures", "months", "help", "how", "contacts", "groups"}),
    (["doctor"], {"verdict", "checks"}),
    (["remind"], {"due", "people", "waiting", "plans", "days", "gap", "suggestion", "meetings",
                  "rhythms", "weeks_at_rest"}),
    (["birthdays"], {"within_days", "days"}),
    (["schedule", "status"], {"installed", "others"}),
    (["import", "-"], IMPORT),
    (["import", "-", "--dry-run"], IMPORT),
    (["help"], {"topics"}),
    (["help", "days"], {"topic", "text"}),
    (["demo"],
     {"file", *STATUS}),
]  # fmt: skip


@pytest.fixture(scope="module")
def household_b(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of the second worked household, with a wish."""
    dorf = Dorf(tmp_path_factory.mktemp("b") / "dorf.db")
    dorf("import", str(CASES / "household-b.json"))
    dorf("wish", "add", "Gitarre")
    return dorf.path.read_bytes()


@pytest.fixture
def aylin(dorf: Dorf, household_b: bytes) -> Dorf:
    """Return a village of its own: the second worked household."""
    dorf.path.write_bytes(household_b)
    return dorf


def asked(dorf: Dorf, command: list[str], *, tty: bool = False) -> Any:
    """Return the document with which *command* answers; nothing may stand around it."""
    file = '{"dorf": 1, "contacts": [{"name": "Mia"}]}'
    stdin = file if command[0] == "import" else ""
    document = json.loads(dorf(*command, "--json", stdin=stdin, tty=tty))
    assert dorf.said == ""
    if command == ["demo"]:
        path = Path(document["file"])
        path.unlink()
        path.parent.rmdir()
    return document


def report_of(command: list[str]) -> str:
    """Return the name of the report that *command* gives."""
    groups = {"encounter", "child", "wish", "rule", "schedule"}
    return " ".join(command[: 2 if command[0] in groups else 1])


def spoken(value: Any) -> str:
    """Return a test's name for a command; none for other parameters."""
    words = isinstance(value, list) and value and all(isinstance(one, str) for one in value)
    return " ".join(value) if words else ""


def shape(value: Any) -> Any:
    """Return keys, slugs, numbers and days of a document; sentences and uids are left out."""
    if isinstance(value, dict):
        free = {
            "text",
            "reasons",
            "reason",
            "answers",
            "suggestion",
            "suggestions",
            "uid",
            "file",
            "contacts_uid",
            "encounter",
            "copies",
        }
        return {key: shape(one) for key, one in value.items() if key not in free}
    if isinstance(value, list):
        return [shape(one) for one in value]
    return "uid" if isinstance(value, str) and UID.fullmatch(value) else value


IDS = [" ".join(command) for command, _ in COMMANDS]


@pytest.mark.parametrize(("command", "keys"), COMMANDS, ids=IDS)
def test_every_command_answers_with_one_document(
    aylin: Dorf, command: list[str], keys: set[str]
) -> None:
    """It begins with the version, the name of the report and the day."""
    document = asked(aylin, command)
    assert list(document)[:3] == ["dorf", "report", "today"]
    assert document["dorf"] == 1
    assert document["report"] == report_of(command)
    assert document["today"] == TODAY
    assert set(document) - {"dorf", "report", "today"} == keys


@pytest.mark.few(5)
@pytest.mark.parametrize(("command", "keys"), COMMANDS, ids=IDS)
def test_a_document_is_the_same_in_german_but_for_its_sentences(
    aylin: Dorf, household_b: bytes, command: list[str], keys: set[str]
) -> None:
    """Keys, slugs, numbers, days and the order are a script's, not a language's."""
    english = asked(aylin, command)
    aylin.path.write_bytes(household_b)
    aylin.lang = "de"
    german = asked(aylin, command, tty=True)
    assert shape(german) == shape(english)
    assert keys


def test_status_has_the_shape_of_the_design(aylin: Dorf) -> None:
    """Each entry has exactly its fields (CONTRIBUTING.md, Output)."""
    document = asked(aylin, ["status"])
    assert [set(one) for one in document["tending"]] == [TENDING] * 2
    first = document["tending"][0]
    assert shape(first) == {
        "name": "Tom", "state": "cooling", "score": 450, "days": 199, "cadence_days": 30,
        "last_contact": "2025-08-15", "due": "2025-09-14",
    }  # fmt: skip
    assert UID.fullmatch(first["uid"])
    assert "Tom" in first["text"]
    assert all(reason in first["text"] for reason in first["reasons"])
    assert first["reasons"]
    assert all(set(gap) == FINDING for gap in document["gaps"])
    assert all(gap["text"] for gap in document["gaps"])
    assert [set(one) for one in document["contacts"]] == [{"name", "state", "hidden"}] * 7
    assert {one["state"] for one in document["contacts"]} <= STATES
    assert list(document["coverage"]) == KINDS
    assert sorted(document["coverage"]["childcare"]) == ["Jana", "Murat"]
    assert document["coverage"]["practical"] == ["Jana"]
    assert document["coverage"]["appraisal"] == []
    assert document["givers"]["practical"] == [
        {"name": "Jana", "sureness": "noted"}, {"name": "Tom", "sureness": "cold"},
    ]  # fmt: skip
    assert document["measures"] == {
        "size": 6, "bus_factor": 1, "effective_helpers": 3.27, "resting": False, "mourning": [],
        "in_touch": 2, "recorded": 4,
    }  # fmt: skip
    assert [document[key] for key in ("warnings", "questions", "plans", "hidden")] == [[]] * 4
    assert document["holds"] is False


def test_what_comes_soon_has_the_shape_of_tending_and_its_day(aylin: Dorf) -> None:
    """Meetings, the next hello, and yearly days: each day that the page has, none left out."""
    aylin("plan", "Jana", "8.3.2026", "--note", "Kuchen")
    aylin("edit", "Tom", "--birthday", "4.3.1990")
    aylin("edit", "Frau Petrov", "--every", "18d")
    soon = asked(aylin, ["status"])["soon"]
    assert [set(one) for one in soon] == [TENDING | {"on"}] * len(soon)
    shown = [(one["on"], one["name"], one["state"], one["text"]) for one in soon]
    assert shown == [
        ("2026-03-04", "Tom", "cooling", "Wed 4 Mar · in 2 days: Tom turns 36"),
        ("2026-03-05", "Frau Petrov", "soon", "Frau Petrov – coming up, by 5 Mar"),
        ("2026-03-08", "Jana", "planned", "Jana – meeting on 8 Mar 2026: Kuchen"),
    ]
    lines = aylin("status", "--all").splitlines()
    section = lines[lines.index("What comes soon") + 1 :][: len(soon)]
    assert section == [f"· {text}" for *_, text in shown]


def test_the_next_step_is_a_text_a_command_and_a_name(aylin: Dorf) -> None:
    """Towards a person, after a meeting, towards a tip, and null when there is none."""
    aylin("plan", "Tom", "3.3.2026")
    step = asked(aylin, ["status"])["next_step"]
    assert step["name"] != "Tom"
    aylin.today = "2026-03-05"
    step = asked(aylin, ["status"])["next_step"]
    assert step == {
        "text": "One step for today: if the meeting with Tom worked out, note it: dorf log Tom "
        "--day 2026-03-03",
        "command": "dorf log Tom --day 2026-03-03",
        "name": "Tom",
    }
    assert step["text"] in aylin("status").splitlines()


def test_the_next_step_tells_nothing_over_a_shoulder(aylin: Dorf) -> None:
    """Initials, and no command, which would need the name."""
    step = aylin.json("status", "--discreet")["next_step"]
    assert step == {
        "text": "One step for today: say hello to T", "command": None, "name": "T",
    }  # fmt: skip


@pytest.mark.slow
def test_without_anybody_waiting_the_next_step_is_a_tip_or_null(dorf: Dorf) -> None:
    """A tip has neither command nor name."""
    dorf("add", "Lena", "--role", "friend", "--last", "today")
    step = dorf.status()["next_step"]
    assert (step["command"], step["name"]) == (None, None)
    assert step["text"] in dorf("status").splitlines()
    for rule in [f"G{n:02d}" for n in range(1, 28)]:
        dorf("rule", "off", rule)
    assert dorf.status()["next_step"] is None


def test_the_measures_of_household_a_are_those_worked_by_hand(dorf: Dorf) -> None:
    """M1 = 3, B = 0, N_eff = 3.57 (DOMAIN.md §6.1)."""
    dorf("import", str(CASES / "household-a.json"))
    measures = dorf.status()["measures"]
    assert set(measures) == MEASURES
    assert [measures[key] for key in ("size", "bus_factor", "effective_helpers")] == [3, 0, 3.57]
    assert (measures["in_touch"], measures["recorded"]) == (1, 3)


def test_warnings_have_a_key_a_name_and_a_sentence(dorf: Dorf) -> None:
    """W1 and W2 (DOMAIN.md §3.4)."""
    dorf.load({"contacts": [
        {"name": "Lena", "last_contact": "2026-12-24"}, {"name": "Tom", "planned_on": "2026-02-20"},
    ]})  # fmt: skip
    warnings = dorf.status()["warnings"]
    assert [set(one) for one in warnings] == [{"key", "name", "text"}] * 2
    assert [(one["key"], one["name"]) for one in warnings] == [("W1", "Lena"), ("W2", "Tom")]
    assert all(one["name"] in one["text"] for one in warnings)


def test_nothing_is_cut(dorf: Dorf) -> None:
    """Eight people, all findings, all 25 encounters and all tips, without --all."""
    people = [
        {"name": f"P{n}", "roles": ["friend"], "gives": [], "added_on": "2025-01-01"}
        for n in range(8)
    ]
    log = [
        {"day": f"2025-01-{n:02}", "contacts": [f"P{k}" for k in range(8)]} for n in range(1, 26)
    ]
    children = [{"name": name, "born": "2021-10"} for name in ("Ida", "Ole", "Mia")]
    dorf.load({"contacts": people, "encounters": log, "household": {"children": children}})
    assert len(dorf.status()["tending"]) == 8
    assert len(dorf.status()["gaps"]) == len(dorf.json("gaps")["gaps"]) > 10
    assert dorf.json("status", "--all") == dorf.status()
    assert len(dorf.json("history")["encounters"]) == 25
    assert len(dorf.json("show", "p0")["encounters"]) == 25
    tips = [one["id"] for one in dorf.json("tips")["tips"]]
    assert [tip for tip in tips if tip.startswith("T")][:10] == [f"T{n}" for n in range(1, 11)]


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("command", "changed"),
    [
        (["add", "Lena", "--near"], {"name": "Lena", "where": "near"}),
        (["edit", "jana", "--circle", "1"], {"name": "Jana", "circle": 1}),
        (["rename", "jana", "Jana B."], {"name": "Jana B."}),
        (["role", "jana", "Nachbarin"], {"name": "Jana", "roles": ["neighbour"]}),
        (["log", "jana"], {"name": "Jana", "last_contact": TODAY, "state": "fresh"}),
        (["log", "jana", "--day", "27.2."], {"name": "Jana", "last_contact": "2026-02-27"}),
    ],
    ids=spoken,
)
def test_a_write_answers_with_the_contact_as_it_now_stands(
    aylin: Dorf, command: list[str], changed: dict[str, Any]
) -> None:
    """The fields of the village file and the state, the same as `show` gives afterwards."""
    (answer,) = asked(aylin, command)["contacts"]
    assert answer.keys() >= CONTACT | STATE
    assert changed.items() <= answer.items()
    assert answer == aylin.json("show", changed["name"])["contact"]


@pytest.mark.parametrize(
    "command",
    [
        ["log", "jana", "tom", "--gestern", "Kuchen", "--wie", "Anruf", "--bekommen", "Rat"],
        ["encounter", "edit", "last", "--note", "Kuchen"],
    ],
    ids=lambda command: command[0],
)
def test_a_write_of_an_encounter_answers_with_what_was_written(
    aylin: Dorf, command: list[str]
) -> None:
    """Day, people, way, note and help, as `history` has them; a uid alone would not tell."""
    answer = asked(aylin, command)["encounter"]
    stored = [one for one in aylin.json("history")["encounters"] if one["note"] == "Kuchen"]
    assert len(stored) == 1
    assert answer.keys() >= ENCOUNTER
    assert answer == stored[0]


def test_a_removed_encounter_and_a_deleted_contact_are_named(aylin: Dorf) -> None:
    """So that a script knows what is gone."""
    aylin("log", "jana", "--note", "x")
    newest = aylin.json("history", "--text", "x")["encounters"][0]
    gone = asked(aylin, ["encounter", "remove", "last", "--yes"])
    assert newest["uid"] in json.dumps(gone["encounter"])
    assert [one["name"] for one in gone["contacts"]] == ["Jana"]
    assert gone["contacts"][0]["last_contact"] == "2026-02-26"
    assert asked(aylin, ["delete", "tom", "--yes"])["deleted"] == "Tom"


@pytest.mark.parametrize(
    ("command", "field", "value"),
    [
        (["child", "add", "Ida", "2025-08"], "children",
         [{"name": "Emil", "born": "2021-10", "age_months": 53},
          {"name": "Ida", "born": "2025-08", "age_months": 7}]),
        (["wish", "add", "Nähen"], "wishes", ["Gitarre", "Nähen"]),
        (["wish", "remove", "gitarre"], "wishes", []),
        (["rule", "off", "g02:company"], "rules_off", ["G02:company"]),
        (["accept", "G01", "--until", "1.6."], "accepted",
         [{"key": "G01", "until": "2026-06-01"}]),
        (["household", "--zu-zweit"], "single_parent", False),
    ],
    ids=spoken,
)  # fmt: skip
def test_a_write_about_the_household_answers_with_the_household(
    aylin: Dorf, command: list[str], field: str, value: Any
) -> None:
    """As it now stands in the file."""
    household = asked(aylin, command)["household"]
    assert set(household) == HOUSEHOLD
    assert household[field] == value
    assert household == aylin.json("household")["household"]


def test_list_and_show_carry_the_fields_of_the_village_file(aylin: Dorf) -> None:
    """Whatever an export has of a contact stands there, and its state beside it."""
    exported = {one["uid"]: one for one in json.loads(aylin("export"))["contacts"]}
    listed = asked(aylin, ["list"])["contacts"]
    assert len(listed) == 7
    for one in listed:
        stored = exported[one["uid"]]
        assert one.keys() >= stored.keys() | STATE
        assert {key: one[key] for key in stored} == stored
        assert one == aylin.json("show", one["name"])["contact"]


def test_encounters_carry_the_names_of_the_people(aylin: Dorf) -> None:
    """In history and find; a uid alone is nothing for a script that prints."""
    aylin("log", "jana", "tom", "--note", "Zoo")
    for command in (["history", "--text", "zoo"], ["find", "zoo"]):
        (entry,) = asked(aylin, command)["encounters"]
        assert entry.keys() == ENCOUNTER | {"names"}
        assert entry["names"] == ["Jana", "Tom"]


def test_who_names_the_kind_that_was_meant(aylin: Dorf) -> None:
    """A German word gives the English slug; a skill gives null."""
    assert asked(aylin, ["who", "Kinderbetreuung"])["kind"] == "childcare"
    answer = asked(aylin, ["who", "handwerk"])
    assert answer["kind"] is None
    assert [one["name"] for one in answer["contacts"]] == ["Tom"]


def test_rule_list_has_all_27_rules_with_their_slugs(aylin: Dorf) -> None:
    """Slugs as in DOMAIN.md §4.2, and which are on."""
    aylin("rule", "off", "G12")
    aylin("accept", "G24:Gitarre")
    document = asked(aylin, ["rule", "list"])
    assert [one["id"] for one in document["rules"]] == [f"G{n:02}" for n in range(1, 28)]
    assert [one["id"] for one in document["rules"] if not one["on"]] == ["G12"]
    assert all(re.fullmatch(r"[a-z_]+", one["slug"]) for one in document["rules"])
    assert document["off"] == ["G12"]
    assert document["accepted"] == [{"key": "G24:Gitarre", "until": None}]


def test_export_to_a_file_answers_with_what_was_written(aylin: Dorf, tmp_path: Path) -> None:
    """And the file is the village; to standard output the village itself is the document."""
    file = tmp_path / "village.json"
    answer = asked(aylin, ["export", str(file)])
    assert answer == {
        "dorf": 1, "report": "export", "today": TODAY,
        "file": str(file), "contacts": 7, "encounters": 6,
    }  # fmt: skip
    assert asked(aylin, ["export"]) == json.loads(file.read_text("utf-8"))


def test_import_counts_what_it_did(aylin: Dorf) -> None:
    """New, changed, unchanged, and what it did not know."""
    file = json.dumps({
        "dorf": 1, "zoo": 1,
        "contacts": [{"name": "Jana", "circle": 1}, {"name": "Tom"}, {"name": "Mia"}],
        "encounters": [{"day": "2026-03-01", "contacts": ["Mia"]}],
    })  # fmt: skip
    answer = json.loads(aylin("import", "-", "--json", stdin=file, stderr=None, tty=True))
    counts = ("new", "changed", "unchanged", "kept", "encounters", "encounters_changed")
    assert [answer[key] for key in counts] == [1, 1, 1, 0, 1, 0]
    assert answer["unknown"] == ["zoo"]
    assert answer["dry_run"] is False
    assert answer["household_changed"] is False


@pytest.mark.parametrize(
    ("command", "status"),
    [(["show", "zorro"], 3), (["log", "a", "--day", "soon"], 2), (["delete", "jana"], 1)],
    ids=spoken,
)
def test_a_refusal_prints_no_document(aylin: Dorf, command: list[str], status: int) -> None:
    """The sentence is on stderr and the status tells, with --json as without."""
    assert aylin(*command, "--json", status=status) == ""
    assert aylin.said


def test_names_of_any_script_survive(dorf: Dorf) -> None:
    """As letters, not as escapes."""
    for name in ("Jörg", "张伟", "👩‍👩‍👧", 'a "b" \\ c'):
        dorf("add", name)
    text = dorf("list", "--json")
    assert "Jörg" in text
    assert "张伟" in text
    listed = [one["name"] for one in json.loads(text)["contacts"]]
    assert set(listed) == {"Jörg", "张伟", "👩‍👩‍👧", 'a "b" \\ c'}
