"""``remind``: what comes by itself, in a kind measure, anywhere, and without losing a thing."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from email import message_from_string, policy
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings

from dorf.core.anniversaries import occasions
from dorf.core.assessment import assess
from dorf.core.reminders import nothing_to_say, quiet_days, remind
from dorf.core.tending import tend
from dorf.store.store import Store
from tests.conftest import HANGING, TODAY, Dorf
from tests.test_house import HEAVY
from tests.test_house import _loaded as loaded
from tests.test_properties import villages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.villages import Document

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
START = date.fromisoformat(TODAY)


def person(name: str, role: str, days: int | None, **more: Any) -> dict[str, Any]:
    """Return somebody who was met *days* before the first day, or never."""
    last = {} if days is None else {"last_contact": (START - timedelta(days=days)).isoformat()}
    return {"name": name, "roles": [role], "added_on": "2025-03-01", **last, **more}


FAMILY: dict[str, Any] = {
    "household": {"children": [{"name": "Ida", "born": "2021-10"}]},
    "contacts": [
        person("Jonas", "partner", None, where="household"),
        person("Oma Gisela", "grandparent", 20, birthday="1957-03-14", phones=["0251 555 0143"]),
        person("Lena", "friend", 41, circle=1, phones=["0171 555 0178"]),
        person("Jana", "parent_friend", 4, where="near",
               kids=[{"name": "Mats", "born": "2021-04-12"}]),
        person("Herr Aydin", "neighbour", 60, where="near", emails=["aydin@beispiel.example"]),
        person("Tom", "friend", 200, where="far"),
        person("Mia", "acquaintance", None),
        person("Nora", "parent_friend", 15),
        person("Ole", "relative", 45),
        person("Frau Klein", "educator", 100, strained=True),
        person("Kita-Chat", "online_community", None),
    ],
}  # fmt: skip
HABITS = ((9, "Lena"), (16, "Jana"), (23, "Oma Gisela"), (45, "Herr Aydin"), (60, "Jana"))
"""On which days after the first somebody of this family is met."""


@pytest.fixture
def family(dorf: Dorf) -> Dorf:
    """Return the invented family's village."""
    dorf.load(FAMILY)
    return dorf


def ninety_days(dorf: Dorf) -> Iterator[tuple[date, Any]]:
    """Yield each day's reminder as JSON, which remembers what it told as the text does."""
    dorf.load(FAMILY)
    for number in range(90):
        day = START + timedelta(days=number)
        dorf.today = day.isoformat()
        for when, name in HABITS:
            if when == number:
                dorf("log", name)
        yield day, dorf.json("remind")


# --- ninety days --------------------------------------------------------------------------------


@pytest.mark.slow
def test_ninety_days_stay_welcome(dorf: Dorf) -> None:
    """Never more than three people, each after a longer pause, and three days a week at most."""
    waits = (3, 7, 14, 30)
    named: dict[str, list[date]] = {}
    met = {name: START + timedelta(days=number) for number, name in HABITS}
    gaps: list[tuple[date, str]] = []
    greetings: list[date] = []
    for day, said in ninety_days(dorf):
        assert len(said["people"]) <= 3
        assert {one["name"] for one in said["people"]} <= {
            one["name"] for one in dorf.status()["tending"]
        }
        for one in said["people"]:
            before = [n for n in named.get(one["name"], []) if n > met.get(one["name"], n)]
            if before:
                wait = max(quiet_days(one["cadence_days"]), waits[len(before) - 1])
                assert (day - before[-1]).days >= wait, (one["name"], day)
            named.setdefault(one["name"], []).append(day)
        if said["people"] or said["rhythms"] or said["weeks_at_rest"]:
            assert sum((day - other).days < 7 for other in greetings) < 3
            greetings.append(day)
        if said["gap"]:
            assert not gaps or (day - gaps[-1][0]).days >= 7
            gaps.append((day, said["gap"]["key"]))
    keys = [key for _, key in gaps]
    found = {gap["key"] for gap in dorf.json("gaps")["gaps"]}
    assert len(keys) >= len(found) > 3
    assert found <= set(keys)  # each has had its turn
    assert all(one != other for one, other in pairwise(keys))  # and each week it is another one


@pytest.mark.slow
def test_yearly_days_are_told_ahead_and_on_the_day(dorf: Dorf) -> None:
    """Once when the lead time begins, once on the day, and not in between."""
    told = [
        (day.isoformat(), one["name"], one["in_days"])
        for day, said in ninety_days(dorf)
        for one in said["days"]
    ]
    assert told == [
        ("2026-03-07", "Oma Gisela", 7), ("2026-03-14", "Oma Gisela", 0),
        ("2026-04-05", "Jana", 7), ("2026-04-12", "Jana", 0),
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_ninety_days_read_well(tmp_path: Path, lang: str) -> None:
    """The whole as a text; ``python -m tests.test_reminders`` writes it anew."""
    assert told(tmp_path, lang) == (GOLDEN / f"ninety-days.{lang}.txt").read_text("utf-8")


def told(folder: Path, lang: str) -> str:
    """Return ninety days of reminders, one after the other."""
    dorf = Dorf(folder / f"{lang}.db", lang=lang)
    dorf.load(FAMILY)
    pages = []
    for number in range(90):
        day = START + timedelta(days=number)
        dorf.today = day.isoformat()
        for when, name in HABITS:
            if when == number:
                dorf("log", name)
        if page := dorf("remind"):
            pages.append(f"=== {day}\n{page}")
    return "\n".join(pages)


# --- one day ------------------------------------------------------------------------------------


def test_nothing_due_says_nothing(dorf: Dorf) -> None:
    """So cron sends no mail; the status tells scripts."""
    dorf("add", "Lena", "--role", "friend", "--last", "today")
    dorf("rule", "off", "G01")
    for rule in ("G02", "G03", "G04", "G21"):
        dorf("rule", "off", rule)
    assert dorf("remind") == ""
    assert dorf("remind", "--exit-code") == ""
    assert dorf("remind", "--format", "html-mail") == ""
    assert dorf.json("remind")["due"] is False


def test_what_was_told_is_not_told_again(family: Dorf) -> None:
    """Unless the quiet rule is off, or it got worse."""
    first = family("remind")
    assert "▸ Lena – " in first
    assert "▸ Lena – " not in family("remind")
    again = family("remind", "--no-quiet-rule")
    assert "▸ Lena – " in again


def test_a_worse_state_waits_like_any_other(dorf: Dorf) -> None:
    """DOMAIN.md §3.6: after the first time a quarter of the rhythm, here 7 days."""
    dorf.load({"contacts": [person("Lena", "friend", 44), person("Kim", "partner", 0)]})
    assert [one["state"] for one in dorf.json("remind")["people"]] == ["due"]
    dorf.today = "2026-03-03"
    assert dorf.json("remind")["people"] == []
    dorf.today = "2026-03-09"
    assert [one["state"] for one in dorf.json("remind")["people"]] == ["overdue"]


def test_the_most_worthwhile_come_first_and_no_more_than_wanted(family: Dorf) -> None:
    """The worse state first, then the close ones; the others are counted."""
    worst, near = ["cooling", "overdue", "due"], {"Tom", "Oma Gisela", "Nora", "Lena", "Ole"}
    waiting = family.status()["tending"]
    order = [
        one["name"]
        for one in sorted(
            waiting, key=lambda one: (worst.index(one["state"]), one["name"] not in near)
        )
    ]
    said = family.json("remind", "--max", "2")
    assert [one["name"] for one in said["people"]] == order[:2]
    assert said["waiting"] == len(order) - 2
    assert [one["name"] for one in family.json("remind", "--max", "1000")["people"]] == order[2:]


def test_a_meeting_that_should_have_happened_is_asked_about_once_a_week(dorf: Dorf) -> None:
    """W2, with the answers to type; meanwhile nobody is called silent."""
    dorf.load({"contacts": [person("Lena", "friend", 60, planned_on="2026-03-01")]})
    page = dorf("remind")
    assert "? Lena: did the meeting on 1 Mar 2026 work out?" in page
    assert "▸ Lena" not in page
    assert "?" not in dorf("remind")
    dorf.today = "2026-03-09"
    assert "? Lena: did the meeting" in dorf("remind")


def test_once_a_day_is_once_a_day(family: Dorf) -> None:
    """Also on a day with nothing to say; the next day it speaks again."""
    assert family("remind", "--once-a-day", "--no-quiet-rule")
    assert family("remind", "--once-a-day", "--no-quiet-rule") == ""
    assert family("remind", "--no-quiet-rule")
    family.today = "2026-03-03"
    assert family("remind", "--once-a-day", "--no-quiet-rule")


def test_a_status_for_scripts(family: Dorf) -> None:
    """10 if there is something, only when it is asked for."""
    assert family("remind", "--exit-code", status=10)
    family("remind", "--exit-code", "--max", "1000", status=10)
    assert family("remind", "--exit-code") == ""


def test_reminding_is_no_step_for_undo(family: Dorf) -> None:
    """What was told is no part of the village."""
    before = family("export"), family("undo", "--list")
    family("remind")
    assert (family("export"), family("undo", "--list")) == before


def test_a_discreet_reminder_shows_initials_only(family: Dorf) -> None:
    """Neither names nor numbers."""
    page = family("remind", "--discreet")
    for secret in ("Gisela", "Lena", "Aydin", "0171", "beispiel"):
        assert secret not in page


def test_a_mail_is_a_whole_mail(family: Dorf) -> None:
    """Subject, plain text and HTML, for ``sendmail ADDRESS``; user text is no markup."""
    family("rename", "lena", "Lena <b>&")
    mail = message_from_string(family("remind", "--format", "html-mail"), policy=policy.default)
    assert mail["Subject"].startswith("Your village: ")
    plain, html = mail.iter_parts()
    assert "▸ Lena <b>& – " in plain.get_content()
    assert "Lena &lt;b&gt;&amp; – " in html.get_content()


def test_a_calendar_is_the_whole_calendar(family: Dorf) -> None:
    """As `export village.ics` writes it, and it counts as telling nobody."""
    calendar = family("remind", "--format", "ics")
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "▸ Lena – " in family("remind")


def test_a_strained_tie_is_no_invitation(dorf: Dorf) -> None:
    """Only with an own rhythm; a heading of its own, and no number to ring (DOMAIN.md §0.1)."""
    tie = person("Ex", "coparent", 60, strained=True, phones=["0171"], birthday="1985-03-04")
    dorf.load({"contacts": [tie, person("Kim", "partner", 0)]})
    assert "Ex" not in dorf("remind")
    dorf("edit", "Ex", "--every", "30d")
    page = dorf("remind")
    assert page.split("\n\n")[1] == "Some time has passed\n▸ Ex – it is time for an exchange\n"
    assert "Ex turns" not in page


@pytest.mark.slow
def test_for_good_forgets_what_was_told_too(family: Dorf) -> None:
    """Keys of findings carry names."""
    family.today = "2026-03-02"
    family("edit", "aydin", "--gives", "emergency")
    for week in range(30):
        family.today = (START + timedelta(weeks=week)).isoformat()
        family("remind")
    family("delete", "aydin", "--for-good", "--yes")
    assert b"Aydin" not in family.path.read_bytes()


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--max", "0"], "“0” is not a number from 1 to 1000."),
        (["--max", "viele"], "“viele” is not a number from 1 to 1000."),
        (["--format", "pdf"], "“pdf” is not a form. Forms: text, json, ics, html-mail."),
        (["--json", "--notify"], "A notification has no other form: please give one of the two."),
        (
            ["--format", "ics", "--once-a-day"],
            "A calendar is always whole: --once-a-day and --exit-code do nothing.",
        ),
    ],
)
def test_bad_options_are_refused(family: Dorf, options: list[str], message: str) -> None:
    """… and nothing counts as told."""
    family("remind", *options, status=2, stderr=f"dorf: {message}\n")
    assert "▸ Lena – " in family("remind")


# --- where it runs ------------------------------------------------------------------------------


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run ``dorf`` with these variables and no others."""
    return subprocess.run(
        [sys.executable, "-m", "dorf", *arguments],
        cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=HANGING,
    )  # fmt: skip


def test_a_bare_environment_is_enough(family: Dorf) -> None:
    """No HOME, no PATH, no LANG: it speaks, in signs that arrive."""
    done = run("remind", DORF_DB=str(family.path), DORF_TODAY=TODAY)
    assert (done.returncode, done.stderr) == (0, "")
    assert "▸ Lena – " in done.stdout


@pytest.mark.few(1)
@pytest.mark.parametrize("options", [[], ["--format", "ics"]], ids=" ".join)
def test_what_is_missing_is_said_in_one_sentence(tmp_path: Path, options: list[str]) -> None:
    """A reminder that is silent since it looks at no file would never be noticed."""
    done = run("remind", *options, DORF_DB=str(tmp_path / "none.db"))
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr == (
        f"dorf: There is no village file yet: {tmp_path / 'none.db'}. The first “dorf add” makes "
        "it; another one is named by DORF_DB or --db.\n"
    )
    assert not (tmp_path / "none.db").exists()


@pytest.mark.slow
@pytest.mark.parametrize("target", ["/dev/full", None], ids=["full disk", "closed pipe"])
def test_what_could_not_be_printed_was_not_told(family: Dorf, target: str | None) -> None:
    """The next reminder says it again."""
    if target:
        out: int = os.open(target, os.O_WRONLY)
    else:
        reading, out = os.pipe()
        os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "dorf", "remind"],
        cwd=ROOT, env={"DORF_DB": str(family.path), "DORF_TODAY": TODAY, "LANG": "C.UTF-8"},
        stdout=out, stderr=subprocess.PIPE, text=True, check=False, timeout=HANGING,
    )  # fmt: skip
    os.close(out)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "▸ Lena – " in family("remind")


def test_a_locked_file_is_said_and_loses_nothing(family: Dorf, monkeypatch: Any) -> None:
    """The message came out, so it is repeated rather than lost; status 5."""
    import sqlite3
    from contextlib import closing

    from dorf.store import opening

    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(family.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "▸ Lena – " in family("remind", status=5)
        assert "in use by another program" in family.said
    assert "▸ Lena – " in family("remind")


def test_a_notification_goes_through_the_system(family: Dorf, tmp_path: Path) -> None:
    """The program of the desktop gets title and text; what was shown so was told."""
    program = tmp_path / "bin" / "notify-send"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/shown"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    family.environ = {"PATH": str(program.parent)}
    family("rename", "lena", "Lena & <Co>")
    assert family("remind", "--notify") == ""
    shown = (tmp_path / "shown").read_text("utf-8")
    assert "▸ Lena &amp; &lt;Co&gt; – " in shown
    assert "▸ Lena" not in family("remind")


def test_without_a_desktop_that_is_said(family: Dorf, tmp_path: Path) -> None:
    """… and nothing counts as told."""
    family.environ = {"PATH": str(tmp_path)}
    family("remind", "--notify", status=1)
    assert "notify-send is missing" in family.said
    assert "▸ Lena – " in family("remind")


@pytest.mark.slow
@settings(max_examples=40)
@given(villages(cards=True))
def test_a_light_reading_says_the_same(document: Document) -> None:
    """Of any village: states, due days and yearly days are those of a whole reading."""
    with tempfile.TemporaryDirectory() as folder:
        dorf = Dorf(Path(folder) / "dorf.db")
        dorf.load(document)
        with Store(dorf.path, "2026-03-02T12:00:00.000000+00:00") as store:
            village, light = store.reader.village(START), store.reader.rhythms()
        whole = [tend(c, village.touch(c), START) for c in village.contacts]
        lightly = [tend(cast("Any", one), cast("Any", one), START) for one in light]
        assert [one[1:] for one in lightly] == [one[1:] for one in whole]
        near = occasions(village.contacts, START, 366)
        assert [o.key for o in occasions(cast("Any", light), START, 366)] == [o.key for o in near]
        if nothing_to_say(light, {}, START):
            assert remind(assess(village, START), {}).empty


def test_most_days_load_next_to_nothing(family: Dorf) -> None:
    """With nothing to say neither Rich nor sqlite-utils nor a page is loaded."""
    family("remind", "--max", "1000")
    script = (
        "import sys\nfrom dorf.cli import main\nmain(['remind'])\n"
        "print(*(m for m in ('rich', 'sqlite_utils', 'dorf.report', 'dorf.core.gaps',"
        " 'dorf.core.village', 'json')"
        " if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True,
        env={"DORF_DB": str(family.path), "DORF_TODAY": TODAY, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout == "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        GOLDEN.mkdir(exist_ok=True)
        for code in ("de", "en"):
            text = told(Path(place), code)
            (GOLDEN / f"ninety-days.{code}.txt").write_text(text, "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["--notify", "--discreet"], ["--exit-code"]])
def test_a_reminder_with_nothing_due_loads_no_typer(tmp_path: Path, options: list[str]) -> None:
    """What a timer or each new shell runs ends before the commands are loaded."""
    loaded(tmp_path, "add", "Oma Gisela")
    loaded(tmp_path, "remind")  # the gap of the week
    few = loaded(tmp_path, "remind", *options)
    assert not few & ({"typer", "dorf.cli.app", "dorf.core.village", "dorf.report"} | HEAVY)
    assert "typer" in loaded(tmp_path, "remind", "--no-quiet-rule")
