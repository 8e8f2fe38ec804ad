"""Everyday life of a relationship: planned, snoozed, paused, back, ended, in another role."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Dorf


def contact(dorf: Dorf, name: str) -> Any:
    """Return a contact as ``show --json`` gives it."""
    return dorf.json("show", name)["contact"]


def state(dorf: Dorf, name: str) -> tuple[str, bool]:
    """Return the state of a contact, and whether its reminder is hidden, as status knows them."""
    found = {one["name"]: one for one in dorf.status()["contacts"]}
    return found[name]["state"], found[name]["hidden"]


def tending(dorf: Dorf) -> list[str]:
    """Return the names on the tending list."""
    return [one["name"] for one in dorf.status()["tending"]]


@pytest.fixture
def lena(dorf: Dorf) -> Dorf:
    """Return a village with a friend who was last met 60 days ago, and a grandmother."""
    dorf("add", "Lena", "--role", "friend", "--last", "2026-01-01")
    dorf("add", "Oma Gisela", "--role", "oma", "--last", "2026-02-25")
    return dorf


# --- plan ---------------------------------------------------------------------------------------


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (["saturday"], "2026-03-07"), (["Samstag"], "2026-03-07"), (["2w"], "2026-03-16"),
        (["5.3."], "2026-03-05"), (["today"], "2026-03-02"), (["morgen"], "2026-03-03"),
        (["in 3 Wochen"], "2026-03-23"), (["2026-04-01"], "2026-04-01"),
    ],
)  # fmt: skip
def test_a_plan_is_the_next_such_day(lena: Dorf, typed: list[str], day: str) -> None:
    """Ambiguous days point ahead, and today counts (CONTRIBUTING.md, Days)."""
    lena("plan", "lena", *typed)
    assert contact(lena, "lena")["planned_on"] == day
    assert state(lena, "Lena") == ("planned", False)
    assert tending(lena) == []


def test_a_plan_shows_everywhere(lena: Dorf) -> None:
    """In the answer, in show, list and status, with what was agreed on."""
    answer = lena("plan", "lena", "saturday", "--note", "Zoo")
    plan = "meeting on 7 Mar 2026"
    assert answer == f"Lena · friend · last 60 days ago (1 Jan 2026) · {plan} · plan: Zoo\n"
    assert plan in lena("list", "--state", "planned")
    assert "7 Mar 2026" in lena("show", "lena")
    assert "Zoo" in lena("show", "lena")
    assert plan in lena("status")


def test_several_people_meet_on_one_day(lena: Dorf) -> None:
    """Names first, the day last; the words of one name count once."""
    assert len(lena("plan", "lena", "oma", "gisela", "saturday").splitlines()) == 2
    assert {one["planned_on"] for one in lena.json("list")["contacts"]} == {"2026-03-07"}


def test_a_plan_that_is_over_is_asked_about(lena: Dorf) -> None:
    """W2, with the three answers to type; each of them settles it."""
    lena("plan", "lena", "saturday", "--note", "Zoo")
    lena.today = "2026-03-09"
    page = lena("status")
    assert "? Lena: did the meeting on 7 Mar 2026 work out?" in page
    assert (
        "  → Yes: dorf log Lena --day 2026-03-07 · later: dorf plan Lena DAY · no: dorf plan Lena "
        "--cancel\n"
    ) in page
    assert [one["key"] for one in lena.status()["warnings"]] == ["W2"]
    for answer in (
        ["log", "Lena", "--day", "2026-03-07"],
        ["plan", "Lena", "2w"],
        ["plan", "Lena", "--cancel"],
    ):
        lena(*answer)
        assert lena.status()["warnings"] == []
        lena("undo")


def test_an_encounter_takes_the_note_of_the_plan_that_it_fulfils(lena: Dorf) -> None:
    """Nothing that was typed is lost; a note of its own says more."""
    lena("plan", "lena", "saturday", "--note", "Zoo")
    lena.today = "2026-03-09"
    lena("log", "lena", "--day", "2026-03-07")
    assert lena.json("history", "lena")["encounters"][-1]["note"] == "Zoo"
    assert "planned_note" not in contact(lena, "lena")
    lena("undo")
    lena("log", "lena", "--day", "2026-03-07", "--note", "Regen, also Kino")
    assert lena.json("history", "lena")["encounters"][-1]["note"] == "Regen, also Kino"


# --- snooze -------------------------------------------------------------------------------------


def test_a_snoozed_reminder_rests_until_that_day(lena: Dorf) -> None:
    """Hidden before it, there again on it (DOMAIN.md §3.4), or as soon as it is woken."""
    answer = lena("snooze", "lena", "1w")
    assert answer.endswith("· reminder rests until 9 Mar 2026\n")
    assert state(lena, "Lena") == ("overdue", True)
    assert tending(lena) == []
    assert "reminder rests until 9 Mar" in lena("list")
    assert "9 Mar 2026" in lena("show", "lena")
    lena.today = "2026-03-08"
    assert tending(lena) == []
    lena.today = "2026-03-09"
    assert tending(lena) == ["Lena"]
    lena.today = "2026-03-02"
    lena("snooze", "lena", "--off")
    assert tending(lena) == ["Lena"]


def test_being_in_touch_wakes_a_snoozed_reminder(lena: Dorf) -> None:
    """Logging clears the snooze (DOMAIN.md §3.4)."""
    lena("snooze", "lena", "1y")
    lena("log", "lena")
    assert "snoozed_until" not in contact(lena, "lena")


# --- pause and resume ---------------------------------------------------------------------------


def test_a_pause_ends_by_itself_and_days_count_from_then(lena: Dorf) -> None:
    """No reminder and no part in the report meanwhile; then as after a fresh contact."""
    assert (
        lena("pause", "lena", "--until", "1.6.")
        .splitlines()[0]
        .endswith("· pause until 1 Jun 2026")
    )
    assert state(lena, "Lena")[0] == "paused"
    assert "Lena" not in lena("who", "advice")
    lena.today = "2026-06-01"
    assert state(lena, "Lena")[0] == "fresh"
    assert contact(lena, "lena")["days"] == 0


def test_resume_ends_a_pause_today(lena: Dorf) -> None:
    """With or without a day on which it would have ended."""
    for more in ([], ["--until", "1.6."]):
        lena("pause", "lena", *more)
        assert lena("resume", "lena").endswith("· next time by 1 Apr\n")
        there = contact(lena, "lena")
        assert (there["resumed_on"], there["state"]) == ("2026-03-02", "fresh")
        assert "paused_until" not in there


# --- end ----------------------------------------------------------------------------------------


def test_who_left_is_kept_as_history_and_never_reminded_of(lena: Dorf) -> None:
    """No plan, no snooze, no birthday, no warning, no finding: for the dead as well."""
    lena("edit", "oma", "--birthday", "10.3.1950", "--until", "1.4.", "--gives", "childcare")
    lena("plan", "oma", "saturday")
    lena("snooze", "oma", "1y")
    assert lena("end", "oma").endswith("· used to be in the village\n")
    there = contact(lena, "oma")
    assert there["role_history"] == [
        {"role": "grandparent", "from": "2026-03-02", "to": "2026-03-02"}
    ]
    assert not {"planned_on", "snoozed_until", "due"} & {k for k, v in there.items() if v}
    for day in ("2026-03-02", "2026-03-09", "2027-03-10", "2030-01-01"):
        lena.today = day
        for command in (["status", "--all"], ["gaps", "--all"], ["list"], ["who", "childcare"]):
            assert "Gisela" not in lena(*command), (day, command)
        assert [one["name"] for one in lena.status()["warnings"]] == []
    assert "used to be in the village" in lena("list", "--state", "ended")
    assert len(lena.json("history", "oma")["encounters"]) == 1


def test_who_left_can_come_back(lena: Dorf) -> None:
    """With the roles and everything noted; the history tells of the time between."""
    lena("end", "lena")
    for command in (["plan", "lena", "2w"], ["snooze", "lena", "2w"], ["pause", "lena"]):
        lena(*command, status=1, stderr=(
            "dorf: Lena used to be in the village. Back again: dorf resume\n"
        ))  # fmt: skip
    lena.today = "2026-05-02"
    lena("resume", "lena")
    there = contact(lena, "lena")
    assert (there["state"], there["due"]) == ("fresh", "2026-06-01")
    assert there["role_history"] == [
        {"role": "friend", "from": "2026-03-02", "to": "2026-03-02"},
        {"role": "friend", "from": "2026-05-02", "to": None},
    ]


def test_to_end_or_resume_twice_changes_nothing(lena: Dorf) -> None:
    """The first day of history stays."""
    lena("end", "lena")
    before = lena("export")
    lena.today = "2026-05-02"
    lena("end", "lena")
    assert lena("export") == before
    lena("resume", "lena")
    before = lena("export")
    lena.today = "2026-06-02"
    lena("resume", "lena")
    assert lena("export") == before


def test_an_ending_course_keeps_its_people(dorf: Dorf) -> None:
    """As new acquaintances who came from there, in the same step for undo."""
    dorf("add", "PEKiP", "--role", "pekip")
    before = dorf("export")
    answer = dorf("end", "PEKiP", "--keep", "Mia, Nora", "--keep", "Ole")
    assert [line.split(" · ")[0] for line in answer.splitlines()] == [
        "PEKiP", "Mia", "Nora", "Ole", "Then with nobody: advice and experience and company.",
    ]  # fmt: skip
    there = contact(dorf, "mia")
    assert (there["roles"], there["notes"]) == (["acquaintance"], "from PEKiP")
    dorf("undo")
    assert dorf("export") == before


def test_an_ending_course_asks_on_a_terminal_whom_to_keep(german: Dorf) -> None:
    """Enter keeps nobody; single people are not asked about."""
    german("add", "PEKiP", "--role", "pekip")
    german("add", "Lena")
    german("end", "lena", tty=True)
    assert german.said == ""
    german("end", "PEKiP", tty=True, stdin="Mia\n")
    assert "Wen aus PEKiP möchtest Du mitnehmen?" in german.said
    assert contact(german, "mia")["notes"] == "aus PEKiP"
    german("undo", "2")
    german("end", "PEKiP", tty=True, stdin="\n")
    assert [one["name"] for one in german.json("list")["contacts"]] == []


def test_who_is_there_already_simply_stays(dorf: Dorf) -> None:
    """Naming somebody known is the natural answer; the others are added all the same."""
    dorf("add", "PEKiP", "--role", "pekip")
    dorf("add", "Mia", "--role", "friend")
    dorf("end", "PEKiP", "--keep", "Nora und mia; Rosa", stderr="Mia is in your village already.\n")
    names = {one["name"]: one["roles"] for one in dorf.json("list")["contacts"]}
    assert names == {"Mia": ["friend"], "Nora": ["acquaintance"], "Rosa": ["acquaintance"]}


# --- bad input ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "status", "message"),
    [
        (["plan", "lena", "2026-03-01"], 2,
         "1 Mar 2026 is over. If you met that day: dorf log … --day 2026-03-01"),
        (["plan", "lena"], 2, "Please say whom you mean, and then the day."),
        (["snooze", "lena"], 2, "Please say whom you mean, and then the day."),
        (["snooze", "lena", "today"], 2, "2 Mar 2026 is not in the future."),
        (["snooze", "lena", "yesterday"], 2, "1 Mar 2026 is not in the future."),
        (["pause", "lena", "--until", "2026-03-02"], 2, "2 Mar 2026 is not in the future."),
        (["resume", "zorro"], 3,
         "Nobody in your village is called “zorro”. New? Then: dorf add zorro"),
        (["end"], 2, "NAME… is missing. “dorf end --help” shows how."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_bad_input_is_refused_with_a_sentence(
    lena: Dorf, command: list[str], status: int, message: str
) -> None:
    """… and nothing changes."""
    before = lena("export")
    lena(*command, status=status, stderr=f"dorf: {message}\n")
    assert lena("export") == before


# --- a new role ---------------------------------------------------------------------------------


STRENGTH = (
    "Kostet Dich der Kontakt zu {} Kraft? Dann lässt dorf ihn in Ruhe: keine Erinnerung, kein "
    "Vorschlag, kein Geburtstag. (ja / nein)"
)


@pytest.mark.parametrize("word", ["coparent", "Ex", "Ex-Mann", "Co-Papa"])
def test_a_coparent_is_asked_about_gently(german: Dorf, word: str) -> None:
    """Once, on a terminal; yes leaves the contact alone, and the answer says how to change it."""
    german.environ = {"COLUMNS": "200"}
    answer = german("add", "Ralf", "--rolle", word, tty=True, stdin="ja\n")
    assert german.said == f"{STRENGTH.format('Ralf')}\n> "
    assert "Anders wird es mit: dorf edit Ralf --unbelastet" in " ".join(answer.split())
    assert contact(german, "ralf")["strained"] is True
    german("undo")  # the answer is a step of its own
    assert "strained" not in contact(german, "ralf")


def test_whoever_has_said_it_and_whoever_is_no_coparent_is_not_asked(german: Dorf) -> None:
    """Nor anybody who is no terminal, or wants JSON; Enter and the end of input say nothing."""
    german("add", "A", "--rolle", "Ex")
    german("add", "B", "--rolle", "Ex", "--unbelastet", tty=True)
    german("add", "C", "--rolle", "Ex", "--belastet", tty=True)
    german("add", "D", "--rolle", "Freund", tty=True)
    german("add", "E", "--rolle", "Ex", "--json", tty=True)
    assert german.said == ""
    for name, stdin in (("F", ""), ("G", "\n"), ("H", "nein\n")):
        german("add", name, "--rolle", "Ex", tty=True, stdin=stdin)
        assert "Kraft?" in german.said
        assert "strained" not in contact(german, name)


@pytest.mark.parametrize("role", ["coparent", "friend"])
def test_a_coparent_lives_at_home_no_more(dorf: Dorf, role: str) -> None:
    """The place is open then; any other role leaves it."""
    dorf("add", "Jonas", "--role", "partner")
    dorf("role", "jonas", role)
    assert contact(dorf, "jonas").get("where") == (None if role == "coparent" else "household")


def test_a_new_role_asks_what_else_changes(german: Dorf) -> None:
    """Only what was stated for the old one; each answer counts, Enter leaves it."""
    german.environ = {"COLUMNS": "200"}
    german("add", "Jonas", "--role", "partner", "--alle", "7d", "--circle", "1", "--until", "1.9.")
    german("role", "jonas", "coparent", tty=True, stdin="nein\nnein\nja\n\nnein\nja\nnein\n")
    assert german.said.split("\n") == [
        "Wohnt Jonas noch bei Dir? (ja / nein)",
        "> Wohnt Jonas in der Nähe, bis etwa 30 Minuten? (ja / nein)",
        "> Erziehst Du jetzt allein? (ja / nein)",
        "> Die bisherige Rolle sollte am 1.9.2026 enden. Gilt der Tag noch? (ja / nein)",
        "> Rhythmus bisher: jede Woche. Soll es so bleiben? (ja / nein: wie bei der Rolle üblich)",
        "> Nähe bisher: ganz nah. Soll es so bleiben? (ja / nein: wie bei der Rolle üblich)",
        f"> {STRENGTH.format('Jonas')}",
        "> ",
    ]
    there = contact(german, "jonas")
    assert (there["where"], there["until"], there["circle"]) == ("far", "2026-09-01", 1)
    assert "cadence_days" not in there
    assert german.json("household")["household"]["single_parent"] is True


def test_who_stays_at_home_stays_at_home(dorf: Dorf) -> None:
    """No question about the distance then."""
    dorf("add", "Jo", "--role", "partner")
    dorf("role", "jo", "friend", tty=True, stdin="yes\n\n")
    assert "30 minutes" not in dorf.said
    assert contact(dorf, "jo")["where"] == "household"


def test_a_new_role_is_for_those_who_are_there(lena: Dorf) -> None:
    """The history of somebody who left stays as it is."""
    lena("end", "lena")
    before = lena("export")
    message = "dorf: Lena used to be in the village. Back again: dorf resume\n"
    lena("role", "lena", "colleague", status=1, stderr=message)
    assert lena("export") == before


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("commands", "tells"),
    [
        (["plan lena 6.3.", "snooze lena 2w"],
         "meeting on 6 Mar 2026 · reminder rests until 16 Mar 2026"),
        (["edit lena --every never", "snooze lena 2w"], "reminder rests until 16 Mar 2026"),
        (["pause lena", "plan lena 6.3."], "pause · meeting on 6 Mar 2026"),
        (["log lena", "log lena --yesterday --note walk"],
         "last today (2 Mar 2026) · next time by 1 Apr · noted for 1 Mar 2026 · note: walk"),
    ],
)  # fmt: skip
def test_the_answer_shows_what_was_just_noted(lena: Dorf, commands: list[str], tells: str) -> None:
    """Also where another state hides it."""
    answers = [lena(*command.split()) for command in commands]
    assert tells in answers[-1]


def test_a_strained_tie_is_never_proposed(dorf: Dorf) -> None:
    """DOMAIN.md §0.1: in no list without an own rhythm, no invitation, nobody who could."""
    dorf("child", "add", "Ida", "2021-10")
    dorf("add", "Ex", "--role", "coparent", "--strained", "--near", "--last", "2026-01-01")
    assert "Ex" not in dorf("status", "--all")
    assert dorf.status()["tending"] == []
    dorf("edit", "Ex", "--every", "30d")
    page = dorf("status", "--all")
    assert "A hello would do good" not in page
    assert "\nSome time has passed\n▸ Ex – it is time for an exchange\n" in page
    for line in page.splitlines():
        assert not ("Ex" in line and ("could" in line or "asking" in line or "hello" in line))
    assert [one["name"] for one in dorf.status()["tending"]] == ["Ex"]


def test_while_a_meeting_is_asked_about_nobody_is_called_silent(lena: Dorf) -> None:
    """One question is enough; the document knows both (DOMAIN.md §3.4)."""
    lena("plan", "lena", "saturday")
    lena.today = "2026-03-09"
    page = lena("status")
    assert "▸ Lena" not in page
    assert "\nA question\n? Lena: did the meeting on 7 Mar 2026 work out?\n" in page
    assert tending(lena) == ["Lena"]


def test_a_role_asks_nothing_without_a_terminal(dorf: Dorf) -> None:
    """Nor where nothing was stated for the old role, nor when a role is only added."""
    dorf("add", "Tom", "--role", "acquaintance", "--circle", "3")
    dorf("role", "tom", "friend")
    dorf("role", "tom", "neighbour", "--also", tty=True)
    assert dorf.said == ""
    dorf("add", "Uwe", "--role", "acquaintance")
    dorf("role", "uwe", "friend", tty=True)
    assert dorf.said == ""


# --- a standing date ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "day", "every"),
    [
        (["--every", "Mittwoch"], "2026-03-04", 7),
        (["--jeden", "Wednesday"], "2026-03-04", 7),
        (["--every", "montags"], "2026-03-02", 7),  # today counts
        (["--every", "every other Friday"], "2026-03-06", 14),
        (["--jeden", "2 Wochen freitags"], "2026-03-06", 14),
        (["10.3.", "--every", "2w"], "2026-03-10", 14),
        (["10.3.", "--every", "Wednesday"], "2026-03-11", 7),
        (["Tuesday", "--every", "weekly"], "2026-03-03", 7),
    ],
)
def test_a_standing_date_begins_on_its_next_day(
    lena: Dorf, typed: list[str], day: str, every: int
) -> None:
    """A weekday names its first day by itself; a span counts from the day that was typed."""
    lena("plan", "lena", *typed)
    there = contact(lena, "lena")
    assert (there["planned_on"], there["plan_every"]) == (day, every)


def test_a_standing_date_is_echoed_and_shown(lena: Dorf) -> None:
    """With its next day, in both languages, also where there is no reminder."""
    lena("add", "Jonas", "--role", "partner")
    assert "every Wednesday, next on 4 Mar 2026 · plan: cake" in lena(
        "plan", "lena", "--every", "Wednesday", "--note", "cake"
    )
    assert "every 2 weeks on Friday, next on 6 Mar 2026" in lena(
        "plan", "jonas", "--every", "2w Friday"
    )
    lena.today = "2026-03-05"
    assert "every Wednesday, 11 Mar 2026: cake" in lena("show", "lena")
    lena.lang = "de"
    assert "jeden Mittwoch, 11.3.2026: cake" in lena("show", "lena")
    assert "alle 2 Wochen am Freitag, 6.3.2026" in lena("show", "jonas")


@pytest.mark.parametrize(
    ("day", "plan", "note"),
    [
        ("2026-03-04", "2026-03-11", "cake"),
        ("2026-03-10", "2026-03-11", None),
        ("2026-03-11", "2026-03-18", "cake"),
        ("2026-03-01", "2026-03-04", None),
    ],
)
def test_a_visit_settles_one_day_of_a_standing_date(
    lena: Dorf, day: str, plan: str, note: str | None
) -> None:
    """The next one after it becomes the plan, and undo brings the old one back."""
    lena("plan", "lena", "--every", "Wednesday", "--note", "cake")
    lena.today = "2026-03-12"
    lena("log", "lena", "--day", day)
    there = contact(lena, "lena")
    assert (there["planned_on"], there["plan_every"]) == (plan, 7)
    assert lena.json("history", "lena")["encounters"][-1]["note"] == note
    lena("undo")
    assert contact(lena, "lena")["planned_on"] == "2026-03-04"


def test_a_standing_date_ends_by_cancelling_or_by_another_plan(lena: Dorf) -> None:
    """That is echoed, and undo brings it back."""
    lena("plan", "lena", "--every", "Wednesday")
    assert lena("plan", "lena", "--cancel").endswith(" · no longer every Wednesday\n")
    assert not {"planned_on", "plan_every"} & contact(lena, "lena").keys()
    lena("undo")
    assert contact(lena, "lena")["plan_every"] == 7
    lena("plan", "lena", "5.3.")
    assert "plan_every" not in contact(lena, "lena")
    lena("undo")
    lena("edit", "lena", "--clear", "plan")
    assert not {"planned_on", "plan_every"} & contact(lena, "lena").keys()


@pytest.mark.parametrize(
    ("said", "options"),
    [
        (["jeden Mittwoch"], "--every Wednesday"),
        (["jeden", "Mittwoch"], "--every Wednesday"),
        (["every Wednesday"], "--every Wednesday"),
        (["mittwochs"], "--every Wednesday"),
        (["every", "other", "Monday"], "--every '2w Monday'"),
        (["jede Woche"], "2026-03-02 --every 1w"),
    ],
)
def test_a_standing_date_in_the_place_of_a_day_is_refused(
    lena: Dorf, said: list[str], options: str
) -> None:
    """With the command that notes it, and that command works."""
    lena(
        "plan", "lena", *said, status=2,
        stderr=f"dorf: “{' '.join(said)}” is a standing date, not a day. Note it so: "
        f"dorf plan lena {options}\n",
    )  # fmt: skip
    lena("plan", "lena", *shlex.split(options))
    assert contact(lena, "lena")["plan_every"] in {7, 14}


def test_a_standing_date_by_weeks_needs_its_first_day(lena: Dorf) -> None:
    """The sentence says how; a weekday needs none."""
    lena(
        "plan", "lena", "--every", "2w", status=2,
        stderr="dorf: Please say its first day as well: dorf plan lena DAY --every 2w\n",
    )  # fmt: skip


@pytest.mark.parametrize("every", ["3d", "monthly", "2y", "Quatsch", "", "0w"])
def test_what_is_no_standing_date_is_refused(lena: Dorf, every: str) -> None:
    """It comes every week or every few weeks."""
    lena("plan", "lena", "5.3.", "--every", every, status=2, remarks=True)
    assert "is no standing date" in lena.said
    assert "planned_on" not in contact(lena, "lena")
