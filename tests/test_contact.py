"""The page to read before ringing somebody: what stands on it, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.villages import ago, person, village

if TYPE_CHECKING:
    from tests.conftest import Dorf

GISELA: dict[str, Any] = {
    "name": "Oma Gisela", "roles": ["grandparent"], "added_on": "2025-01-01", "circle": 1,
    "cadence_days": 14, "where": "near", "gives": ["childcare", "advice"], "gets": ["company"],
    "birthday": "1957-03-14", "phones": ["0251 1"], "emails": ["g@x.org"], "addresses": ["Weg 1"],
    "nicknames": ["Omi"], "skills": ["sewing"], "trusted": True, "notes": "likes tea",
    "planned_on": "2026-03-05", "planned_note": "Zoo,\nbring bread", "until": "2026-06-01",
    "snoozed_until": "2026-03-20",
    "kids": [{"name": "Mats", "born": "2021-03-12"}, {"name": "Ida", "born": "2019-04-02"},
             {"name": "Bo", "born": "2024-03"}, "2020-03-02"],
    "role_history": [{"role": "neighbour", "from": None, "to": "2025-06-01"},
                     {"role": "grandparent", "from": "2025-06-01", "to": None}],
}  # fmt: skip
LOG = (
    {"day": "2026-02-28", "contacts": ["Oma Gisela"], "how": "visit", "note": "Cake",
     "help": [{"direction": "in", "kind": "childcare"}, {"direction": "out", "kind": "company"}]},
    *({"day": f"2026-01-0{day}", "contacts": ["Oma Gisela"], "how": "call",
       "help": [{"direction": "in", "kind": "advice"}]} for day in range(1, 7)),
)  # fmt: skip


@pytest.fixture
def gisela(dorf: Dorf) -> Dorf:
    """Return a village in which everything is known about one contact."""
    dorf.load(village(GISELA, log=LOG))
    return dorf


def facts(page: str) -> dict[str, str]:
    """Return the table of a page: label and value, in their order."""
    rows = page.split("\n\n", 1)[0].splitlines()[2:]
    cells = [row.split("  ", 1) for row in rows]
    return {label: value.strip() for label, value in cells}


def shown(dorf: Dorf, **fields: Any) -> str:
    """Return the page of Kim, about whom just *fields* are known."""
    dorf.load(village(person("Kim", "friend", **fields)))
    return dorf("show", "kim")


def test_the_page_begins_with_what_helps_when_ringing(gisela: Dorf) -> None:
    """Phone, plan, birthdays and help first, then everything else; the newest comes first."""
    assert gisela("show", "omi") == (
        "Oma Gisela · grandparent\n"
        "meeting on 5 Mar 2026 · last 2 days ago (28 Feb 2026) · "
        "reminder rests until 20 Mar 2026\n"
        "phone          0251 1\n"
        "plan           5 Mar 2026: Zoo, bring bread\n"
        "birthday       14 Mar 1957 (in 12 days, turns 69)\n"
        "children       Mats (4 years old, turns 5 on 12 Mar), Ida (6 years old), "
        "Bo (2 years old), a child, 6 years old, birthday today\n"
        "gives          childcare, advice and experience\n"
        "gets from you  company\n"
        "circle         closest\n"
        "rhythm         every 2 weeks\n"
        "next time      by 14 Mar 2026\n"
        "address        Weg 1\n"
        "e-mail         g@x.org\n"
        "also called    Omi\n"
        "lives          nearby\n"
        "can            sewing\n"
        "also           trusted with your child\n"
        "here until     1 Jun 2026\n"
        "earlier        neighbour until 1 Jun 2025\n"
        "since          1 Jan 2025\n"
        "\n"
        "Notes\n"
        "likes tea\n"
        "\n"
        "Last encounters\n"
        "· 28 Feb 2026 · visit · got: childcare · gave: company · Cake\n"
        "· 6 Jan 2026 · call · got: advice and experience\n"
        "· 5 Jan 2026 · call · got: advice and experience\n"
        "· 4 Jan 2026 · call · got: advice and experience\n"
        "· 3 Jan 2026 · call · got: advice and experience\n"
        "\n"
        "Give and take\n"
        "· 28 Feb 2026 · got: childcare\n"
        "· 28 Feb 2026 · gave: company\n"
        "· 6 Jan 2026 · got: advice and experience\n"
        "· 5 Jan 2026 · got: advice and experience\n"
        "· 4 Jan 2026 · got: advice and experience\n"
    )


def test_a_page_about_somebody_new_is_short(dorf: Dorf) -> None:
    """No empty heading stands there."""
    dorf("add", "Lena")
    assert dorf("show", "lena") == (
        "Lena · other\n"
        "no contact recorded yet\n"
        "circle  familiar\n"
        "rhythm  every 30 days\n"
        "since   2 Mar 2026\n"
    )


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("born", "told"),
    [
        ("1957-03-14", "14 Mar 1957 (in 12 days, turns 69)"),
        ("1957-03-03", "3 Mar 1957 (tomorrow, turns 69)"),
        ("1957-03-02", "2 Mar 1957 (today, turns 69)"),
        ("1957-03-01", "1 Mar 1957 (in 364 days, turns 70)"),
        ("--03-14", "14 Mar (in 12 days)"),
        ("1996-02-29", "29 Feb 1996 (in 363 days, turns 31)"),
        ("1957-03", "Mar 1957"),
        ("2026-01-05", "5 Jan 2026 (in 309 days, turns 1)"),
    ],
)
def test_a_birthday_says_when_it_is_next(dorf: Dorf, born: str, told: str) -> None:
    """And the age it brings where the year is known; 29 February falls on the 28th."""
    assert facts(shown(dorf, birthday=born))["birthday"] == told


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("kid", "told"),
    [
        ({"name": "Mats", "born": "2021-04-01"}, "Mats (4 years old, turns 5 on 1 Apr)"),
        ({"name": "Mats", "born": "2021-04-02"}, "Mats (4 years old)"),
        ({"name": "Mats", "born": "2021-03"}, "Mats (5 years old)"),
        ({"name": "Mats", "born": "2021-03-02"}, "Mats (5 years old, birthday today)"),
        ({"name": "Mats", "born": "2025-10-20"}, "Mats (4 months old)"),
        ({"name": "Mats"}, "Mats"),
        ("2021-03-03", "a child, 4 years old, turns 5 on 3 Mar"),
    ],
)
def test_a_birthday_of_a_child_is_told_thirty_days_ahead(
    dorf: Dorf, kid: dict[str, str] | str, told: str
) -> None:
    """The day must be known; and nobody is five before the day."""
    assert facts(shown(dorf, kids=[kid]))["children"] == told


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"status": "paused"}, "pause · last today (2 Mar 2026)"),
        ({"status": "paused", "paused_until": "2026-04-01"},
         "pause until 1 Apr 2026 · last today (2 Mar 2026)"),
        ({"snoozed_until": "2026-03-20"},
         "in touch · last today (2 Mar 2026) · reminder rests until 20 Mar 2026"),
        ({"snoozed_until": "2026-03-02"}, "in touch · last today (2 Mar 2026)"),
        ({"status": "ended"}, "used to be in the village · last today (2 Mar 2026)"),
    ],
)  # fmt: skip
def test_the_state_stands_in_words_below_the_name(
    dorf: Dorf, fields: dict[str, Any], line: str
) -> None:
    """With its day; a reminder that rests says until when."""
    page = shown(dorf, **fields)
    assert page.splitlines()[1] == line
    assert ("next time" in page) is ("status" not in fields)


LEFT: dict[str, Any] = {
    "status": "ended", "birthday": "1957-03-14", "kids": [{"name": "Mats", "born": "2021-03-12"}],
    "planned_on": "2026-03-05", "snoozed_until": "2026-03-20", "cadence_days": 7,
    "phones": ["0251 1"], "last_contact": "2025-02-01",
    "role_history": [{"role": "friend", "from": "2024-01-01", "to": "2025-03-03"}],
}  # fmt: skip


def test_nothing_reminds_of_somebody_who_left(dorf: Dorf) -> None:
    """No rhythm, no next time, no plan, no countdown: the past as it was."""
    assert shown(dorf, **LEFT) == (
        "Kim · friend\n"
        "used to be in the village, until 3 Mar 2025 · last 394 days ago (1 Feb 2025)\n"
        "phone     0251 1\n"
        "birthday  14 Mar 1957\n"
        "children  Mats (4 years old)\n"
        "gives     emotional support, childcare, help at short notice, advice and experience, "
        "company, encouragement (assumed from the role)\n"
        "circle    close\n"
        "since     2 Mar 2025\n"
        "\n"
        "Last encounters\n"
        "· 1 Feb 2025 · contact\n"
    )


def test_a_role_that_goes_on_gives_no_day_of_leaving(dorf: Dorf) -> None:
    """The end of an earlier role is not the end."""
    earlier = {"role": "neighbour", "from": None, "to": "2024-03-03"}
    now = {"role": "friend", "from": "2024-03-03", "to": None}
    page = shown(dorf, status="ended", role_history=[earlier, now])
    assert page.splitlines()[1].startswith("used to be in the village · ")


def test_an_edit_answers_with_the_bare_fact(gisela: Dorf) -> None:
    """What was typed is echoed; no countdown and no other line is mixed in."""
    assert gisela("edit", "gisela", "--birthday", "15.3.1957") == (
        "Oma Gisela · birthday: 15 Mar 1957\n"
    )


def test_discreet_shows_no_note_of_a_plan(gisela: Dorf) -> None:
    """A note may name anybody; so may the note of an encounter."""
    page = gisela("show", "omi", "--discreet")
    assert facts(page)["plan"] == "5 Mar 2026"
    assert [w for w in ("Gisela", "Omi", "Mats", "Zoo", "Cake", "tea", "0251") if w in page] == []


# --- what comes soon ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "options", "line"),
    [
        ("zoo", [], "· Kim – meeting on 5 Mar 2026: zoo\n"),
        (None, [], "· Kim – meeting on 5 Mar 2026\n"),
        ("zoo", ["--discreet"], "· K – meeting on 5 Mar 2026\n"),
    ],
)
def test_status_tells_what_a_plan_is_about(
    dorf: Dorf, note: str | None, options: list[str], line: str
) -> None:
    """Under "What comes soon"; not over somebody's shoulder."""
    dorf.load(village(person("Kim", planned_on="2026-03-05", planned_note=note, added_on=ago(9))))
    assert f"What comes soon\n{line}" in dorf("status", *options)


def test_where_you_met_is_found_shown_and_kept(dorf: Dorf) -> None:
    """On `add` and `edit`, in both languages; who stays when a course ends has met you there."""
    dorf("add", "Lena", "--role", "friend", "--met", "PEKiP")
    dorf("add", "Ole", "--kennengelernt", "Spielplatz")
    dorf("add", "PEKiP-Kurs", "--role", "pekip")
    assert ["met", "PEKiP"] in [line.split() for line in dorf("show", "lena").splitlines()]
    assert dorf("edit", "ole", "--met", "Kita") == "Ole · met: Kita\n"
    assert [c["name"] for c in dorf.json("find", "pekip")["contacts"]] == ["Lena", "PEKiP-Kurs"]
    dorf("end", "PEKiP-Kurs", "--keep", "Mia")
    assert [c["name"] for c in dorf.json("find", "pekip")["contacts"]] == [
        "Lena", "PEKiP-Kurs", "Mia",
    ]  # fmt: skip
    assert "PEKiP" not in dorf("show", "mia", "--discreet")
    assert dorf("edit", "mia", "--clear", "met") == "Mia · met: not stated\n"


# --- a child's own page -------------------------------------------------------------------------


LATELY = "last 29 days ago (1 Feb 2026)"


@pytest.fixture
def emil(dorf: Dorf) -> Dorf:
    """Return the village of a child, with people whom it can count on and others."""
    dorf("child", "add", "Emil", "2021-10-04")
    dorf("child", "add", "Ida", "2025-08")
    for line in (
        "Gisela --role oma --last 1.2. --bond Emil --pickup --near --phone 0171 --nickname Omi",
        "Jonas --role partner --bond Emil:primary --pickup",
        "Ralf --role Ex --strained --near --pickup --kid Bo:2021-11",
        "Lena --role friend --near --kid Mats:2021-12",
        "Weit --role friend --far --pickup --kid Zoe:2021-10",
        "Kleine --role friend --near --kid 2025-07",
        "Nein --role friend --near --pickup --not-trusted",
        "Netz --role online --kid 2021-10",
        "Tot --role opa --near --pickup --bond Emil --kid 2021-10",
    ):
        dorf("add", *line.split())
    dorf("end", "Tot", "--died")
    return dorf


def test_a_child_of_yours_has_a_page_of_its_own(emil: Dorf) -> None:
    """Who is there for it, who is of its age, who may pick it up; in German, too."""
    assert emil("show", "emil").splitlines() == [
        "Emil · 4 years old",
        "4 Oct 2021 (in 216 days, turns 5)",
        "",
        "Who is there for Emil",
        "· Jonas – partner · primary attachment person",
        "· Gisela – “Omi” · grandparent · secondary attachment person · " + LATELY,
        "",
        "Families with a child of that age",
        "· Lena – friend · Mats (4 years old)",
        "",
        "Who may pick up Emil",
        "· Jonas – partner · at home with you",
        "· Gisela – “Omi” · grandparent · nearby · 0171",
    ]
    emil.lang = "de"
    assert "Wer Emil abholen darf" in emil("show", "Emil")


def test_a_childs_page_says_what_is_missing(emil: Dorf) -> None:
    """And how it is noted."""
    page = emil("show", "Ida")
    assert "nobody noted yet\n→ dorf edit NAME --bond Ida\n" in page
    assert "· Kleine – friend · a child, 8 months old" in page


def test_a_childs_page_is_whole_in_json_and_discreet_for_others(emil: Dorf) -> None:
    """Names, bonds, ages, numbers; over a shoulder neither numbers nor names."""
    document = emil.json("show", "emil")
    assert document["child"] == {
        "name": "Emil", "born": "2021-10-04", "age_months": 52, "birthday": "2026-10-04",
    }  # fmt: skip
    assert [(one["name"], one["bond"]) for one in document["bonds"]] == [
        ("Jonas", "primary"), ("Gisela", "secondary"),
    ]  # fmt: skip
    assert [one["name"] for one in document["same_age"]] == ["Lena"]
    assert [(one["name"], one["where"], one["phones"]) for one in document["pickup"]] == [
        ("Jonas", "household", []), ("Gisela", "near", ["0171"]),
    ]  # fmt: skip
    shown = emil("show", "emil", "--discreet") + emil("show", "emil", "--discreet", "--json")
    assert not [word for word in ("Gisela", "Omi", "0171", "Mats", "Emil") if word in shown]


def test_a_contact_of_that_name_comes_first(emil: Dorf) -> None:
    """Who is called as the child is; a parent of a child of that name does not."""
    emil("add", "Papa", "--kid", "Emil:2020-01")
    assert "child" in emil.json("show", "emil")
    emil("add", "Emil")
    assert "contact" in emil.json("show", "emil")
