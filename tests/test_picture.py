"""The report as a picture: commands stay whole and stand out, and the gaps catch the eye."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from dorf.report.page import Heading, Item, Line, Table, wrapped, wrapped_text
from dorf.report.screen import renderable
from tests.conftest import CASE_B, Dorf

COMMANDS = [
    ("Then: dorf log Tom", ["dorf log Tom"]),
    ("→ dorf edit NAME --role ROLE, or dorf init", ["dorf edit NAME --role ROLE", "dorf init"]),
    ("Ja: dorf log 'Oma Gisela' --tag 5.3.2026 · nein: dorf plan Oma --absagen",
     ["dorf log 'Oma Gisela' --tag 5.3.2026", "dorf plan Oma --absagen"]),
    ("Doch nicht? dorf undo", ["dorf undo"]),
    ("Kept (or: dorf undo).", ["dorf undo"]),
    ("„dorf edit --help“ zeigt, was geht.", ["dorf edit --help"]),
    ("dorf init oder dorf role NAME ROLLE", ["dorf init", "dorf role NAME ROLLE"]),
    ("So: dorf edit NAME --geburtstag 14.3.", ["dorf edit NAME --geburtstag 14.3."]),
    ('Then: dorf merge "Anna, die Große" \'a "b" (c)\'.',
     ['dorf merge "Anna, die Große" \'a "b" (c)\'']),
    ("dorf accept G22:Lena. Und weiter.", ["dorf accept G22:Lena"]),
    ("Dein Dorf hält. Auch ohne dorf.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "commands"), COMMANDS)
@pytest.mark.parametrize("width", [10, 24, 80])
def test_a_command_is_found_and_stays_on_one_line(
    text: str, commands: list[str], width: int
) -> None:
    """However narrow it is; the words around it break, and nothing is lost."""
    lines = wrapped(text, width)
    assert [piece for line in lines for piece, is_command in line if is_command] == commands
    assert wrapped_text(text, width, "").replace("\n", " ") == text.replace("\n", " ")
    for line in lines:
        if not any(is_command for _, is_command in line):
            assert len("".join(piece for piece, _ in line)) <= width


def test_a_word_that_is_wider_than_the_line_is_folded() -> None:
    """A name of a hundred letters does not leave the window."""
    assert wrapped_text("ja " + "x" * 25, 10, "") == "ja\nxxxxxxxxxx\nxxxxxxxxxx\nxxxxx"


def drawn(*blocks: Heading | Item | Line | Table, columns: int = 60) -> str:
    """Return blocks with the codes of colours."""
    screen = Console(
        file=io.StringIO(), width=columns, force_terminal=True, color_system="standard",
        markup=False, emoji=False, highlight=False, _environ={},
    )  # fmt: skip
    screen.print(renderable(blocks))
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def test_a_command_is_bold_where_the_words_around_it_are_dim() -> None:
    """In details as in lines."""
    bold, dim = "\x1b[1mdorf log Tom\x1b[0m", "\x1b[2mThen: \x1b[0m"
    assert f"{dim}{bold}" in drawn(Line("Then: dorf log Tom", "quiet"))
    assert f"{dim}{bold}" in drawn(Item("·", "Tom", ("Then: dorf log Tom",)))


def test_people_stand_below_each_other() -> None:
    """Their names in one column, what is told of them in the next; names are not cut."""
    people = [Item("▸", "for 5 weeks", lead="Tom"), Item("▸", "for 2 weeks", lead="Oma Fatma")]
    plain = re.sub("\x1b[^m]*m", "", drawn(*people))
    assert plain == "  ▸ Tom        for 5 weeks\n  ▸ Oma Fatma  for 2 weeks\n"
    long = Item("▸", "for 2 weeks", lead="Eine Bekannte aus der Krabbelgruppe")
    assert "  ▸ Tom – for 5 weeks\n" in re.sub("\x1b[^m]*m", "", drawn(people[0], long))


@pytest.fixture
def household(dorf: Dorf, request: pytest.FixtureRequest) -> Dorf:
    """Return a worked household."""
    dorf("import", str(CASE_B.with_name(f"household-{request.param}.json")))
    return dorf


def in_household(*letters: str) -> pytest.MarkDecorator:
    """Run a test in the worked households that are named."""
    return pytest.mark.parametrize("household", letters, indirect=True)


def coverage(page: str) -> list[str]:
    """Return the lines of the matrix."""
    return page.partition("Who gives what\n")[2].partition("\n\n")[0].splitlines()


@in_household("a")
def test_the_matrix_shows_where_nobody_is_and_where_one_is(household: Dorf) -> None:
    """A red sign and a word for nobody, yellow for a single one; the same without colour."""
    dorf = household
    assert "Company                ▲    nobody yet" in coverage(dorf("status"))
    document = dorf.json("status")
    weights = {kind: weight for kind, weight in document["weights"].items() if weight}
    assert weights == {"childcare": 2, "emergency": 3, "company": 3}
    dorf.environ = {"TERM": "xterm-256color", "COLUMNS": "80"}
    screen = dorf("status", tty=True)
    assert re.search(r"\x1b\[1;31m  Company +\x1b", screen)
    assert re.search(r"\x1b\[33m  Childcare +\x1b", screen)


@in_household("a")
def test_what_is_fine_for_us_or_not_known_is_not_red(household: Dorf) -> None:
    """An accepted gap is quiet; of sixty names without a role nobody knows what they give."""
    dorf = household
    dorf("accept", "G02:company")
    assert dorf.json("status")["weights"]["company"] == 0
    for number in range(12):
        dorf("add", f"Name {number}", "--role", "other")
    assert set(dorf.json("status")["weights"].values()) == {0}


@in_household("a", "b")
def test_the_legend_names_the_signs_that_occur(household: Dorf) -> None:
    """Once, and none where everything is noted."""
    page = household("status")
    assert page.count("● noted · ○ line going cold\n") == page.count("○ line") == page.count("●○")


@in_household("b")
def test_a_cold_line_says_what_it_could_give_where_few_others_do(household: Dorf) -> None:
    """DOMAIN.md §3.5; with a second warm helper it says the silence alone."""
    line = "▸ Tom – nothing heard for a good 6 months"
    assert f"{line}, usually helps you day to day\n" in household("status")
    household("add", "Udo", "--role", "friend", "--gives", "practical", "--last", "yesterday")
    assert f"{line}\n" in household("status")


@in_household("b")
def test_a_day_that_is_over_is_no_next_time(household: Dorf) -> None:
    """Tom would have been due in September."""
    assert "next time" not in household("show", "Tom")
    assert "next time      by 12 Mar 2026" in household("show", "Jana")


@in_household("a", "b")
def test_the_step_for_today_is_the_last_line(household: Dorf) -> None:
    """Nearest to the prompt, its command whole."""
    last = household("status").splitlines()[-1]
    assert re.fullmatch(r"One step for today: .*dorf log (Lena|Tom)", last)


def test_a_list_of_names_stands_once(dorf: Dorf) -> None:
    """Two questions about the same sixty names."""
    for number in range(5):
        dorf("add", f"Name {number}", "--role", "other")
    page = dorf("status")
    assert page.count("Name 0, Name 1, Name 2 and 2 more") == 1
    assert "It is not noted yet, either, who they are to you." in page
