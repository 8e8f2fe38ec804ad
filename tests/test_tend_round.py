"""``tend`` and ``init``: over a pipe, where each answer is a line, and with keys in a terminal."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect
import pyte
import pytest

from tests.conftest import HANGING, TODAY, Dorf, hear_ctrl_c
from tests.test_terminal import ESCAPE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent


def contact(dorf: Dorf, name: str) -> Any:
    """Return a contact as ``show --json`` gives it."""
    return dorf.json("show", name)["contact"]


def lines(dorf: Dorf) -> list[str]:
    """Return what undo could take back, the newest first."""
    return [step["line"] for step in dorf.json("undo", "--list")["steps"] if not step["undone"]]


@pytest.fixture
def tended(dorf: Dorf) -> Dorf:
    """Return a village with a plan that is over, and three people to say hello to."""
    dorf("add", "Herr Aydin", "--role", "neighbour", "--last", "2026-02-01")
    dorf("add", "Tom", "--role", "friend", "--last", "2025-10-01")
    dorf("add", "Lena", "--role", "friend", "--last", "2026-01-01", "--phone", "0171 555 0178")
    dorf("log", "lena", "--day", "2025-12-24", "--how", "call", "--note", "New job\nin May")
    dorf("add", "Oma Gisela", "--role", "oma", "--last", "2026-02-01", "--birthday", "10.3.1950")
    dorf.today = "2026-02-20"
    dorf("plan", "aydin", "1.3.", "--note", "barbecue")
    dorf.today = TODAY
    return dorf


# --- tend, over a pipe --------------------------------------------------------------------------


def test_a_round_stops_at_plans_first_and_then_at_the_most_worthwhile(tended: Dorf) -> None:
    """In the order of the report, with reason, phone, last notes, and a way to begin."""
    page = tended("tend", stdin="n\nn\nn\nn\n")
    stops = re.findall(r"^(.+) · (?:neighbour|friend|grandparent)$", page, re.MULTILINE)
    urgent = [one["name"] for one in tended.status()["tending"]]
    assert stops == ["Herr Aydin", *urgent]


def test_a_round_is_enough_after_five(dorf: Dorf) -> None:
    """Nobody is told how many are left."""
    for number in range(9):
        dorf("add", f"Mia {number}", "--role", "friend", "--last", "2025-10-01")
    page = dorf("tend", stdin="n\n" * 9)
    assert len(re.findall(r"^Mia \d · friend$", page, re.MULTILINE)) == 5
    assert page.endswith("Nothing was changed.\nEnough for today. The others can wait.\n")


def test_a_question_mark_explains_the_keys(tended: Dorf) -> None:
    """A line each, which fits into sixty columns; the stop stays."""
    for tended.lang in ("en", "de"):
        tended("tend", stdin="?\nq\n", tty=True, remarks=True)
        explained = [line for line in tended.said.splitlines() if line.startswith("  ")]
        assert len(explained) >= 9
        assert max(map(len, explained)) <= 60


def test_who_does_not_belong_is_taken_out(tended: Dorf) -> None:
    """A goodbye for whom something is noted; one step to take it back."""
    tended("tend", stdin="h\nq\n")
    assert contact(tended, "Herr Aydin")["state"] == "ended"
    tended("undo")
    assert contact(tended, "Herr Aydin")["state"] != "ended"


def test_a_stop_is_a_page_to_ring_from(tended: Dorf) -> None:
    """Word for word, where something is known to ask about."""
    page = tended("tend", stdin="n\n" * 4)
    begin = page.index("Lena · friend")
    assert page[begin : page.index("\n\n", begin)] == (
        "Lena · friend\n"
        "▸ nothing heard for 8 weeks\n"
        "→ phone – 0171 555 0178\n"
        "· 1 Jan 2026 · contact\n"
        "· 24 Dec 2025 · call · New job in May\n"
        "→ You could ask about it: “New job”"
    )
    assert "A good reason: birthday on 10 Mar." in page


def test_a_round_asks_what_those_are_who_came_without_a_role(dorf: Dorf) -> None:
    """At most five of them, each once; what was skipped is not asked again."""
    people = [{"name": f"Mia {letter}", "last_contact": TODAY} for letter in "ABCDEFG"]
    dorf.load({"contacts": people})
    page = dorf("tend", stdin="friend\n\nnachbarin\nquatsch\noma\n\n", remarks=True)
    assert page == (
        "\n\nChanged in this round\n"
        "✓ Mia A · friend · last today (2 Mar 2026) · next time by 1 Apr\n"
        "✓ Mia C · neighbour · last today (2 Mar 2026) · next time by 1 Apr\n"
        "✓ Mia D · grandparent · last today (2 Mar 2026) · next time by 16 Mar\n"
        "Taken back one by one with: dorf undo\n"
        "That was everybody. Your village thanks you.\n"
    )
    dorf("tend", stdin="friend\nfriend\n")
    roles = {one["name"][-1]: one["roles"][0] for one in dorf.json("list")["contacts"]}
    assert [letter for letter, role in roles.items() if role == "other"] == ["B", "E"]
    assert roles["F"] == roles["G"] == "friend"


def test_a_round_asks_when_one_last_talked_with_those_of_whom_nothing_is_noted(dorf: Dorf) -> None:
    """Q1: ten of them at most, others first each day; an answer takes them off."""
    dorf.load({"contacts": [{"name": f"Mia {n:02}", "roles": ["friend"]} for n in range(12)]})
    page = dorf("tend", stdin="d\n2w\n" + "n\n" * 9)
    stops = re.findall(r"^(Mia .+) · friend\n\? When did you last talk\?$", page, re.MULTILINE)
    assert len(stops) == 10
    assert contact(dorf, stops[0])["last_contact"] == "2026-02-16"
    assert len(dorf.status()["questions"][0]["names"]) == 11
    dorf.today = "2026-03-03"
    assert f"{stops[1]} · friend\n" not in dorf("tend", stdin="q\n")


def test_a_round_that_is_enough_asks_nothing_more(tended: Dorf) -> None:
    """The key for that ends the questions, too."""
    tended.load({"contacts": [{"name": "Mia"}]})
    tended("tend", stdin="q\nfriend\n")
    assert contact(tended, "Mia")["roles"] == ["other"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "line", "expected"),
    [
        ("y\n", "log 'Herr Aydin' --day 2026-03-01", {"last_contact": "2026-03-01"}),
        ("d\nyesterday\n", "log 'Herr Aydin' --day 2026-03-01", {"last_contact": "2026-03-01"}),
        ("p\nsaturday\n", "plan 'Herr Aydin' 2026-03-07", {"planned_on": "2026-03-07"}),
        ("o\n", "plan 'Herr Aydin' --cancel", {"state": "soon"}),
        ("n\nt\n", "log Tom --day 2026-03-02", {}),
        ("n\nd\nlast week\n", "log Tom --day 2026-02-23", {}),
        ("n\np\n2w\n", "plan Tom 2026-03-16", {}),
        ("n\ns\n\n", "snooze Tom 2026-03-09", {}),
        ("n\ns\n1.4.\n", "snooze Tom 2026-04-01", {}),
        ("n\na\n\n", "pause Tom", {}),
        ("n\na\n1.6.\n", "pause Tom --until 2026-06-01", {}),
    ],
)
def test_each_key_does_what_a_command_would(
    tended: Dorf, keys: str, line: str, expected: dict[str, str]
) -> None:
    """Saved at once, as one step that undo knows under the name of that very command."""
    before = tended("export")
    tended("tend", stdin=keys)
    assert lines(tended)[0] == line
    there = contact(tended, "aydin")
    assert {field: there[field] for field in expected} == expected
    after = tended.json("status")
    tended("undo")
    assert tended("export") == before
    tended(*shlex.split(line))
    assert tended.json("status") == after


def test_a_round_ends_by_saying_what_changed(tended: Dorf) -> None:
    """Each contact as it stands now, and how many can wait."""
    page = tended("tend", stdin="y\nt\ns\n2w\nq\n")
    assert page[page.index("Changed in this round") :] == (
        "Changed in this round\n"
        "✓ Herr Aydin · neighbour · last yesterday (1 Mar 2026) · next time by 31 Mar\n"
        "✓ Tom · friend · last today (2 Mar 2026) · next time by 1 Apr\n"
        "✓ Oma Gisela · grandparent · last 29 days ago (1 Feb 2026) · reminder rests until 16 Mar "
        "2026\n"
        "Taken back one by one with: dorf undo\n"
        "Enough for today. The others can wait.\n"
    )


def test_a_key_takes_the_last_answer_back(tended: Dorf) -> None:
    """The round goes back to that stop; what was before the round is left alone."""
    before = tended("export")
    page = tended("tend", stdin="u\ny\nt\nu\nu\nq\n")
    assert "Nothing was changed in this round yet." in page
    assert page.count("Taken back: dorf log") == 2
    assert tended("export") == before
    assert page.endswith("Nothing was changed.\nEnough for today. The others can wait.\n")


@pytest.mark.slow
def test_a_round_takes_back_its_own_answers_only(session: Any, tended: Dorf) -> None:
    """What somebody else wrote meanwhile is left alone, and said so."""
    there = session("tend", columns=100)
    there.until("[q]uit")
    there.child.send("y")
    there.until("nothing heard")
    there.until("[q]uit")
    tended("add", "Zora")
    there.child.send("u")
    there.until("Another program has changed the file in between")
    there.until("[q]uit")
    there.child.send("q")
    assert there.end() == 0
    assert contact(tended, "zora")
    assert contact(tended, "aydin")["last_contact"] == "2026-03-01"


@pytest.mark.slow
def test_keys_typed_ahead_are_kept(session: Any, tended: Dorf) -> None:
    """Also letters of several bytes, and arrows, which are no keys of ours."""
    there = session("tend", columns=100)
    there.until("[q]uit")
    there.child.send("nä\x1b[Ant")
    there.until("“ä” is none of these keys.")
    there.until("“?” is none of these keys.")
    there.until("last today")
    there.child.send("q")
    assert there.end() == 0
    third = tended.status()["tending"]
    assert len(third) == 2
    assert lines(tended)[0].startswith("log ")


def test_an_empty_answer_is_thought_better_of(tended: Dorf) -> None:
    """No day, no plan: the same stop again."""
    before = tended("export")
    page = tended("tend", stdin="p\n\nd\n\nq\n")
    assert page.count("Herr Aydin · neighbour\n") == 3
    assert tended("export") == before


def test_a_wrong_answer_is_asked_again(tended: Dorf) -> None:
    """With the reason on stderr; nothing that was answered before is lost."""
    tended("tend", stdin="y\nx\np\nsoon\nyesterday\nsaturday\n", stderr=None, tty=True)
    assert "“x” is none of these keys." in tended.said
    assert "“soon” is not a day that dorf understands." in tended.said
    assert "1 Mar 2026 is over." in tended.said
    assert lines(tended)[:2] == ["plan Tom 2026-03-07", "log 'Herr Aydin' --day 2026-03-01"]


def test_more_shows_the_whole_page(tended: Dorf) -> None:
    """And comes back to the same stop."""
    page = tended("tend", stdin="n\nm\nt\nq\n")
    assert "rhythm" in page
    assert lines(tended)[0].startswith("log Tom")


def test_nobody_to_tend_is_good_news(german: Dorf) -> None:
    """An empty village gets its first steps instead, and no file."""
    calm = "Heute wartet niemand auf einen Gruß. Dein Dorf hält.\n"
    assert "dorf add" in german("tend")
    assert not german.path.exists()
    german("add", "Lena", "--last", "heute")
    assert german("tend") == calm


@pytest.mark.slow
def test_whoever_is_deleted_meanwhile_is_passed_by(session: Any, tended: Dorf) -> None:
    """Whether before the stop or while it is shown; the round goes on and tells what it did."""
    there = session("tend", columns=100)
    there.until("[q]uit")
    tended("delete", "aydin", "--yes")
    tended("delete", "tom", "--yes")
    there.child.send("y")
    there.until("Tom is not in your village now.")
    there.until("· friend")
    there.until("[q]uit")
    there.child.send("t")
    there.until("· friend")
    there.until("[q]uit")
    there.child.send("q")
    assert there.end() == 0
    assert "Changed in this round" in there.shown()


def test_a_strained_tie_gets_no_invitation(tended: Dorf) -> None:
    """DOMAIN.md §0.1: only with an own rhythm, without a number, never as an invitation."""
    tended("edit", "tom", "--strained", "--phone", "1")
    assert "Tom" not in tended("tend", stdin="n\n" * 4)
    tended("edit", "tom", "--every", "30d")
    page = tended("tend", stdin="n\n" * 4)
    begin = page.index("Tom · friend")
    assert page[begin : page.index("\n\n", begin)].split("\n")[1:] == [
        "▸ it is time for an exchange",
        "· 1 Oct 2025 · contact",
    ]


def test_a_discreet_round_shows_initials_only(tended: Dorf) -> None:
    """Neither names nor numbers nor notes."""
    page = tended("tend", "--discreet", stdin="y\nt\nu\nt\nm\nq\n")
    for secret in ("Aydin", "Tom", "Lena", "Gisela", "0171", "job", "barbecue"):
        assert secret not in page


def test_a_round_as_json_is_one_document(tended: Dorf) -> None:
    """What was changed, as other writes tell it, and how many are left."""
    document = json.loads(tended("tend", "--json", stdin="y\nt\n"))
    assert (document["report"], document["left"]) == ("tend", 2)
    assert [one["name"] for one in document["contacts"]] == ["Herr Aydin", "Tom"]


# --- init, over a pipe --------------------------------------------------------------------------

ANSWERS = (
    "Jonas\n"  # at home
    "Ida 2021-10, Ben 3.2024\n"
    "Oma Gisela, Lena\n"  # emotional
    "oma\n3w\n"  # … Oma Gisela: role, last
    "friend\n\n"  # … Lena: role, last skipped
    "oma\n"  # childcare
    "no\n"  # … Oma Gisela: near?
    "Frau Petrov\n"  # emergency
    "neighbour\nyes\nyesterday\n"
    "\n"  # practical: skipped
    "nobody\n"  # advice
    "Lena\n"  # company
    "\n\n"  # appraisal, material
    "Lena: sewing\n"  # skill
    "Oma Gisela\n"  # Ida's bond
    "\n"  # Ben's
)


def test_an_interview_fills_a_village_and_ends_in_the_report(dorf: Dorf) -> None:
    """Household, people with role, place and last contact, and who gives what."""
    page = dorf("init", stdin=ANSWERS)
    assert page.count("Your village · Monday, 2 March 2026") == 1
    assert dorf.json("init")["left"] == []
    household = dorf.json("household")["household"]
    assert [child["name"] for child in household["children"]] == ["Ida", "Ben"]
    people = {one["name"]: one for one in dorf.json("list")["contacts"]}
    facts = {
        name: (one["roles"], one.get("where"), one.get("gives"), one["last_contact"])
        for name, one in people.items()
    }
    assert facts == {
        "Jonas": (["partner"], "household", None, None),
        "Oma Gisela": (["grandparent"], "far", ["emotional", "childcare"], "2026-02-09"),
        "Lena": (["friend"], None, ["emotional", "company", "skill"], None),
        "Frau Petrov": (["neighbour"], "near", ["emergency"], "2026-03-01"),
    }
    assert people["Lena"]["skills"] == ["sewing"]
    assert people["Oma Gisela"]["attachment"] == {"Ida": "secondary"}


@pytest.mark.slow
@pytest.mark.parametrize("cut", range(ANSWERS.count("\n") + 1))
def test_an_interview_can_stop_anywhere_and_goes_on_from_there(dorf: Dorf, cut: int) -> None:
    """The input ends, and a second sitting asks just the rest: nothing twice, nothing lost."""
    answers = ANSWERS.splitlines(keepends=True)
    dorf("init", stdin="".join(answers[:cut]))
    dorf("init", stdin="".join(answers[cut:]))
    twin = Dorf(dorf.path.with_name("twin.db"))
    twin("init", stdin=ANSWERS)
    assert timeless(dorf.json("list")) == timeless(twin.json("list"))
    assert dorf.json("household") == twin.json("household")


def timeless(document: Any) -> Any:
    """Return a list of contacts without what differs from run to run."""
    gone = {"uid", "changed_at"}
    return [{k: v for k, v in c.items() if k not in gone} for c in document["contacts"]]


def test_people_are_named_as_people_do(dorf: Dorf) -> None:
    """With the role in the same words, which is not asked again; several in one answer."""
    dorf("init", stdin="mein Mann Jonas\nnein\nmeine Freundin Lena und Petra\nweiter\nneighbour\n")
    roles = {one["name"]: one["roles"] for one in dorf.json("list")["contacts"]}
    assert roles == {"Jonas": ["partner"], "Lena": ["friend"], "Petra": ["neighbour"]}


def test_a_role_in_the_plural_is_that_of_all(dorf: Dorf) -> None:
    """And one in a name is offered: Enter takes it."""
    dorf("init", stdin="nobody\nkeine\nnein\nunsere Nachbarn Petra und Kurt, Oma Hilde\n\n\n\n")
    roles = {one["name"]: one["roles"] for one in dorf.json("list")["contacts"]}
    assert roles == {"Petra": ["neighbour"], "Kurt": ["neighbour"], "Oma Hilde": ["grandparent"]}


@pytest.mark.parametrize("no", ["nein", "keiner", "niemand", "no", "none", "Nein."])
def test_a_no_is_nobody(dorf: Dorf, no: str) -> None:
    """Never somebody of that name."""
    dorf("init", stdin=f"{no}\n{no}\n{no}\n" + f"{no}\n" * 9)
    assert dorf.json("list")["contacts"] == []
    assert dorf.json("init")["left"] == []


def test_back_asks_the_question_before(dorf: Dorf) -> None:
    """Its answer is taken back."""
    dorf("init", stdin="zurück\nJonas\nzurück\nTom\n", remarks=True)
    assert [one["name"] for one in dorf.json("list")["contacts"]] == ["Tom"]
    assert dorf.json("init")["left"][0] == "children"


def test_a_role_without_a_name_is_asked_for_it(dorf: Dorf) -> None:
    """Nobody is called “mein Mann”."""
    dorf("init", tty=True, stdin="mein Mann\nJonas\n", remarks=True)
    assert "What is the name of “mein Mann”?" in dorf.said
    assert [one["name"] for one in dorf.json("list")["contacts"]] == ["Jonas"]


def test_an_import_is_sorted_with_a_key_each(dorf: Dorf) -> None:
    """In, out, later; at most five roles are asked for then."""
    dorf.load({"contacts": [{"name": f"Mia {letter}"} for letter in "ABCDEFGH"]})
    skipped = "nobody\n" * 2 + "no\n" + "nobody\n" * 9
    dorf("init", tty=True, remarks=True, stdin=f"{skipped}i\no\nl\ni\no\no\nl\ni\n")
    assert "What is Mia A to you?" in dorf.said
    assert "What is Mia C to you?" not in dorf.said
    assert [one["name"] for one in dorf.json("list")["contacts"]] == [
        f"Mia {letter}" for letter in "ACDGH"
    ]


def test_who_is_not_of_the_village_goes(dorf: Dorf) -> None:
    """As an answer to the question about them."""
    dorf("init", stdin="nobody\nnobody\nno\nLena\ngehört nicht zum Dorf\n")
    assert dorf.json("list")["contacts"] == []


def test_what_is_known_already_is_not_asked(dorf: Dorf) -> None:
    """A partner, children, and somebody whose role and place are noted."""
    dorf("add", "Jonas", "--role", "partner")
    dorf("child", "add", "Ida", "2021-10")
    dorf("add", "Oma Gisela", "--role", "oma", "--far", "--last", "gestern", "--bond", "Ida")
    assert dorf.json("init")["left"] == [
        f"kind:{kind}"
        for kind in (
            "emotional", "childcare", "emergency", "practical", "advice", "company", "appraisal",
            "material", "skill",
        )
    ]  # fmt: skip
    dorf("init", stdin="oma\n" + "\n" * 8)
    assert dorf.json("init")["left"] == []


def test_what_was_stated_before_is_kept(dorf: Dorf) -> None:
    """The interview adds to it; only what was assumed from the role gives way to answers."""
    dorf("add", "Oma Gisela", "--role", "oma", "--far", "--last", "gestern", "--gives", "advice")
    dorf("add", "Jonas", "--role", "partner")
    dorf("init", stdin="\noma\nJonas\n" + "nobody\n" * 7)
    assert contact(dorf, "gisela")["gives"] == ["emotional", "advice"]
    assert contact(dorf, "jonas")["gives"] == ["childcare"]


def test_again_asks_everything_once_more(dorf: Dorf) -> None:
    """… and what was answered stays in the village meanwhile."""
    dorf("init", stdin=ANSWERS)
    assert "Every question has been asked." in dorf("init")
    assert "Every question has been asked." not in dorf("init", "--again")
    assert len(dorf.json("init")["left"]) > 5
    assert len(dorf.json("list")["contacts"]) == 4


def test_every_answer_of_an_interview_is_a_step(dorf: Dorf) -> None:
    """Taking one back asks that question again."""
    dorf("init", stdin="Jonas\nIda 2021-10\nOma Gisela\n")
    left = dorf.json("init")["left"]
    dorf("undo")
    assert dorf.json("init")["left"] == ["kind:emotional", *left[2:]]
    assert dorf.json("household")["household"]["children"]


def test_a_name_that_is_nearly_known_is_asked_about(dorf: Dorf) -> None:
    """Never guessed silently (CONTRIBUTING.md, Names)."""
    dorf("add", "Oma Gisela", "--role", "oma", "--far", "--last", "gestern")
    dorf("init", stdin="nobody\nIda 2021-10\nno\nOma Gisla\nyes\nOma Gislar\nno\n")
    names = [one["name"] for one in dorf.json("list")["contacts"]]
    assert names == ["Oma Gisela", "Oma Gislar"]
    assert contact(dorf, "Oma Gisela")["gives"] == ["emotional", "emergency", "advice"]


def test_one_name_in_two_spellings_is_one_person(dorf: Dorf) -> None:
    """As with `add`: capitals tell nobody apart."""
    dorf("init", stdin="nobody\nnobody\nno\nMia, mia\n")
    assert [one["name"] for one in dorf.json("list")["contacts"]] == ["Mia"]


def test_two_children_of_one_name_are_asked_about(dorf: Dorf) -> None:
    """Neither replaces the other in silence."""
    dorf("init", tty=True, stdin="nobody\nIda 2021-10, Ida 2023-01\nIda 2021-10, Ida L. 2023-01\n")
    assert "Ida is there twice." in dorf.said
    children = dorf.json("household")["household"]["children"]
    assert [child["name"] for child in children] == ["Ida", "Ida L."]


@pytest.mark.slow
def test_when_last_in_touch_is_an_encounter_like_any_other(dorf: Dorf) -> None:
    """It settles a plan that is over, takes its note, and wakes the reminder."""
    dorf.load({"contacts": [{
        "name": "Lena", "roles": ["friend"], "planned_on": "2026-02-20", "planned_note": "Zoo",
        "snoozed_until": "2026-04-01",
    }]})  # fmt: skip
    dorf("init", stdin="nobody\nnobody\nno\nLena\n20.2.\n")
    there = contact(dorf, "lena")
    assert not {"planned_on", "snoozed_until"} & there.keys()
    assert dorf.json("history")["encounters"][0]["note"] == "Zoo"


def test_again_makes_no_file_of_nothing(dorf: Dorf) -> None:
    """There is nothing to forget."""
    dorf("init", "--again")
    assert not dorf.path.exists()


def test_wrong_answers_are_asked_again(dorf: Dorf) -> None:
    """A child without a month, a month that is none, an empty name: a sentence each."""
    dorf("init", tty=True, stdin="nobody\nIda\nIda 2021-13\nIda 2021-10\nmaybe\nno\n , \n")
    assert "Please give each child with its birth month: Ida 2021-10" in dorf.said
    assert "“2021-13” does not tell month and year of a birth." in dorf.said
    assert "Please answer yes or no; Enter leaves it open." in dorf.said


# --- in a real terminal -------------------------------------------------------------------------


class Session:
    """A real ``dorf`` in a terminal of a given width, with its screen."""

    def __init__(self, path: Path, lang: str, columns: int, *arguments: str) -> None:
        """Start the program; its screen is what a person would see."""
        self.screen = pyte.HistoryScreen(columns, 200, history=1000)
        self.stream = pyte.Stream(self.screen)
        variables = {
            "PATH": os.environ["PATH"], "DORF_DB": str(path), "DORF_LANG": lang,
            "DORF_TODAY": TODAY, "LANG": "C.UTF-8", "TERM": "xterm-256color",
        }  # fmt: skip
        self.child = pexpect.spawn(
            sys.executable, ["-m", "dorf", *arguments], env=variables, cwd=str(ROOT),
            encoding="utf-8", timeout=HANGING, dimensions=(200, columns), preexec_fn=hear_ctrl_c,
        )  # fmt: skip

    def until(self, text: str) -> None:
        """Wait until *text* is printed."""
        self.child.expect_exact(text)
        self.stream.feed(str(self.child.before) + str(self.child.after))

    def interrupt(self) -> int:
        """Press Ctrl-C until it is heard: a line editor that just starts may miss one."""
        self.child.sendintr()
        while self.child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=5):
            self.child.sendintr()
        self.stream.feed(str(self.child.before))
        self.child.close()
        return int(self.child.exitstatus or 0)

    def end(self) -> int:
        """Wait for the end and return the exit status."""
        self.child.expect(pexpect.EOF)
        self.stream.feed(str(self.child.before))
        self.child.close()
        return int(self.child.exitstatus or 0)

    def shown(self) -> str:
        """Return the screen as text."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()


@pytest.fixture
def session(tended: Dorf) -> Iterator[Any]:
    """Return a way to start dorf in a terminal on the village of `tended`."""
    started: list[Session] = []

    def start(*arguments: str, lang: str = "en", columns: int = 60) -> Session:
        started.append(Session(tended.path, lang, columns, *arguments))
        return started[-1]

    yield start
    for one in started:
        one.child.close(force=True)


@pytest.mark.slow
def test_one_key_is_enough(session: Any, tended: Dorf) -> None:
    """No return key for a choice; a day is typed as a line, with the keys of a line."""
    there = session("tend", columns=100)
    there.until("[q]uit")
    there.child.send("y")
    there.until("[q]uit")
    there.child.send("p")
    there.until("> ")
    there.child.send("sundax\x7f\x7fay\r")
    there.until("meeting on 8 Mar 2026")
    there.until("[q]uit")
    there.child.send("q")
    assert there.end() == 0
    assert "Enough for today. The others can wait." in there.shown()
    assert lines(tended)[:2] == ["plan Tom 2026-03-08", "log 'Herr Aydin' --day 2026-03-01"]


PROMPTS = {
    "en": ("[q]uit", {"y": "", "d": "> ", "p": "> ", "m": "[q]uit"}),
    "de": ("[q] Schluss", {"j": "", "t": "> ", "v": "> ", "m": "[q] Schluss"}),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "key"), [(lang, key) for lang, (_, keys) in PROMPTS.items() for key in keys]
)
def test_ctrl_c_at_any_prompt_of_a_round_keeps_what_was_answered(
    session: Any, tended: Dorf, lang: str, key: str
) -> None:
    """Status 130, the summary, and the first answer in the file."""
    menu, keys = PROMPTS[lang]
    there = session("tend", lang=lang)
    there.until(menu)
    there.child.send("y" if lang == "en" else "j")
    there.until(menu)
    if keys[key]:
        there.child.send(key)
        there.until(keys[key])
    assert there.interrupt() == 130
    assert {"en": "Changed in this round", "de": "In dieser Runde geändert"}[lang] in there.shown()
    assert "Traceback" not in there.shown()
    assert contact(tended, "aydin")["last_contact"] == "2026-03-01"


TALK = (
    ("grown-ups", "Jonas"), ("children", "Ida 2021-10"), ("listens", "Mia"),
    ("What is Mia", "friend"), ("with Mia?", "2w"), ("looks after", ""), ("short notice", "Mia"),
    ("nearby", "yes"), ("small things", ""), ("advice", ""),
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("answered", range(len(TALK)))
def test_ctrl_c_at_any_question_of_the_interview_keeps_what_was_answered(
    tmp_path: Path, answered: int
) -> None:
    """Status 130, and the next sitting begins with the question that was left."""
    path = tmp_path / "dorf.db"
    there = Session(path, "en", 60, "init")
    for number, (question, answer) in enumerate(TALK):
        there.until(question)
        there.until("> ")
        if number == answered:
            break
        there.child.send(f"{answer}\r")
    assert there.interrupt() == 130
    assert "Everything up to the last question is kept." in there.shown()
    again = Session(path, "en", 60, "init")
    again.until(TALK[answered][0])
    assert again.interrupt() == 130
    dorf = Dorf(path)
    if answered > 3:
        assert contact(dorf, "mia")["roles"] == ["friend"]
    if answered > 7:
        assert contact(dorf, "mia")["where"] == "near"


@pytest.mark.slow
def test_names_are_completed_in_the_interview(session: Any, tended: Dorf) -> None:
    """The tab key completes the last of several names."""
    there = session("init")
    there.until("grown-ups")
    there.until("> ")
    there.child.send("Tom, Oma G\t\r")
    there.until("✓ Tom and Oma Gisela")
    there.interrupt()
    assert contact(tended, "gisela")["where"] == "household"


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "de"])
def test_a_round_fits_into_sixty_columns(tended: Dorf, lang: str) -> None:
    """Questions break between words; no line is pushed out of the window."""
    tended.lang, tended.environ = lang, {"COLUMNS": "60", "TERM": "xterm-256color"}
    keys = {"en": "y\np\nsaturday\ns\n2w\nm\nq\n", "de": "j\nv\nSamstag\ns\n2w\nm\nq\n"}[lang]
    page = tended("tend", stdin=keys, tty=True) + tended.said
    page += tended("init", stdin=ANSWERS, tty=True) + tended.said
    plain = ESCAPE.sub("", page).replace("> ", "")  # nobody pressed return after it
    assert [line for line in plain.split("\n") if len(line) > 60] == []
