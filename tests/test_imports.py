"""How files of other programs join a village: whom they mean, what they fill, what stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Terminal

if TYPE_CHECKING:
    from tests.conftest import Dorf


def card(name: str, *lines: str) -> str:
    """Return a vCard as a phone writes it."""
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", *lines, "END:VCARD", ""])


def table(*rows: str) -> str:
    """Return a CSV of contacts, which have no identities there."""
    return "\r\n".join(["Name,Phone,E-Mail,Birthday,Notes", *rows, ""])


def google(*rows: str) -> str:
    """Return a CSV as Google writes it: several values of one kind in one cell."""
    header = "Name,Phone 1 - Value,E-mail 1 - Value,Birthday,Notes"
    return "\r\n".join([header, *rows, ""])


def bring(dorf: Dorf, text: str, *options: str) -> Any:
    """Import *text* and return the document that says what happened."""
    return json.loads(dorf("import", "-", "--json", *options, stdin=text, remarks=True))


def counts(done: Any) -> tuple[int, int, int, int]:
    """Return how many are new, changed, unchanged and left out."""
    return done["new"], done["changed"], done["unchanged"], done["skipped"]


UNKNOWN = (
    "No contacts can be read from that. dorf takes village (.json), vcard (.vcf), friends (.md), "
    "csv (.csv), easynwk (.nwk), monica (.json), knotter (.json); --format insists on one. Nothing "
    "was changed."
)


def people(dorf: Dorf) -> dict[str, Any]:
    """Return everybody in the village by name, as the village file has them."""
    return {contact["name"]: contact for contact in json.loads(dorf("export"))["contacts"]}


def whole(dorf: Dorf) -> str:
    """Return the village as a file."""
    return dorf("export")


LENA = card("Lena Meier", "UID:L1", "TEL;TYPE=CELL:0171 1", "EMAIL:lena@example.org")
OTTO = card("Otto Beck", "UID:O1", "TEL:0251 22", "BDAY:1950-03-01", "CATEGORIES:Nachbarn")


# --- whom a file means ------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing(dorf: Dorf) -> None:
    """New the first time, unchanged the second and third; the village stays byte for byte."""
    assert counts(bring(dorf, LENA + OTTO)) == (2, 0, 0, 0)
    before = whole(dorf)
    for _ in range(2):
        assert counts(bring(dorf, LENA + OTTO)) == (0, 0, 2, 0)
        assert whole(dorf) == before


def test_a_name_alone_means_who_is_there_while_one_side_says_no_more(dorf: Dorf) -> None:
    """Somebody typed by hand gets number and address; the role that was typed stays."""
    dorf("add", "Otto Beck", "--role", "friend")
    assert counts(bring(dorf, OTTO)) == (0, 1, 0, 0)
    otto = people(dorf)["Otto Beck"]
    assert otto["phones"] == ["0251 22"]
    assert otto["birthday"] == "1950-03-01"
    assert otto["roles"] == ["friend"]


@pytest.mark.parametrize(
    "known",
    [["--phone", "0049 171 1"], ["--email", "LENA@example.org"]],
    ids=["phone", "email"],
)
def test_a_name_with_a_detail_is_the_same_person(dorf: Dorf, known: list[str]) -> None:
    """However the number is written, and whatever the spelling of the name."""
    dorf("add", "Léna Meier", *known, "--nickname", "Leni")
    assert counts(bring(dorf, LENA)) == (0, 1, 0, 0)
    assert list(people(dorf)) == ["Léna Meier"]


def test_the_same_name_with_other_details_is_proposed_not_joined(dorf: Dorf) -> None:
    """Both have a number, and not the same one: two entries, and a way to put them together."""
    dorf("add", "Lena Meier", "--phone", "0251 99")
    dorf("import", "-", stdin=LENA, remarks=True)
    assert dorf.said == (
        "“Lena Meier (2)” has the name of “Lena Meier”, but another number, address or birthday. "
        "Are they the same person? Then: dorf merge 'Lena Meier' 'Lena Meier (2)'\n"
    )
    assert list(people(dorf)) == ["Lena Meier", "Lena Meier (2)"]
    assert counts(bring(dorf, LENA)) == (0, 0, 1, 0)


def test_two_people_of_one_name_stay_two(dorf: Dorf) -> None:
    """What tells them apart is where they belong; nothing is lost, and nothing doubles."""
    anna = card("Anna Groß", "TEL:0171 5") + card("Anna Groß", "TEL:0171 6", "ORG:Praxis Sonne")
    assert counts(bring(dorf, anna)) == (2, 0, 0, 0)
    existing = people(dorf)
    assert {name: entry["phones"] for name, entry in existing.items()} == {
        "Anna Groß": ["0171 5"],
        "Anna Groß (Praxis Sonne)": ["0171 6"],
    }
    assert counts(bring(dorf, anna)) == (0, 0, 2, 0)


def test_one_person_twice_in_a_file_is_one(dorf: Dorf) -> None:
    """SIM card and account have the same number: one entry, with all that both say."""
    twice = card("Lena Meier", "TEL:+49 171 1") + card("Lena Meier", "TEL:0171 1", "EMAIL:l@x.org")
    done = bring(dorf, twice)
    assert counts(done) == (1, 0, 0, 0)
    assert done["doubled"] == 1
    assert people(dorf)["Lena Meier"]["emails"] == ["l@x.org"]


def test_an_identity_that_all_cards_share_is_none(dorf: Dorf) -> None:
    """A program that gives everybody the same UID must not melt them into one."""
    cards = card("Lena", "UID:1", "TEL:1") + card("Otto", "UID:1", "TEL:2")
    assert counts(bring(dorf, cards)) == (2, 0, 0, 0)
    assert list(people(dorf)) == ["Lena", "Otto"]
    assert counts(bring(dorf, cards)) == (0, 0, 2, 0)


# --- what it fills, and what stays ------------------------------------------------------------


def test_what_was_typed_is_never_overwritten(dorf: Dorf) -> None:
    """A contradiction is said, and stays as it is here unless the file is to be right."""
    dorf("add", "Otto Beck", "--birthday", "2.3.1950", "--phone", "025122")
    done = bring(dorf, OTTO)
    assert [conflict["text"] for conflict in done["conflicts"]] == []
    assert "Otto Beck (2)" in people(dorf)  # the same number, but another birthday


def test_a_contradiction_of_the_same_person_is_said(dorf: Dorf) -> None:
    """The file's word counts when it was asked for, on a terminal or with an option."""
    bring(dorf, OTTO)
    dorf("edit", "otto", "--birthday", "2.3.1950")
    changed = OTTO.replace("BDAY:1950-03-01", "BDAY:1950-03-11")
    done = bring(dorf, changed, "--dry-run")
    assert [conflict["text"] for conflict in done["conflicts"]] == [
        "Otto Beck, birthday: here 2 Mar 1950, in the file 11 Mar 1950"
    ]
    assert people(dorf)["Otto Beck"]["birthday"] == "1950-03-02"
    bring(dorf, changed, "--prefer-file")
    assert people(dorf)["Otto Beck"]["birthday"] == "1950-03-11"


@pytest.mark.parametrize(("answer", "birthday"), [("yes", "1950-03-11"), ("", "1950-03-02")])
def test_a_terminal_is_asked(dorf: Dorf, tmp_path: Path, answer: str, birthday: str) -> None:
    """Enter leaves what is here."""
    bring(dorf, OTTO)
    dorf("edit", "otto", "--birthday", "2.3.1950")
    file = tmp_path / "otto.vcf"
    file.write_text(OTTO.replace("BDAY:1950-03-01", "BDAY:1950-03-11"))
    dorf("import", str(file), stdin=f"{answer}\n", tty=True)
    assert people(dorf)["Otto Beck"]["birthday"] == birthday


@pytest.mark.slow
def test_fifty_contradictions_fill_no_screen(dorf: Dorf, tmp_path: Path) -> None:
    """Twenty are asked about, twelve are told, and all can be decided later."""
    rows = table(*(f"P{n},0171 55{n:02},,1980-01-01," for n in range(50)))
    bring(dorf, rows)
    existing = json.loads(whole(dorf))
    for contact in existing["contacts"]:
        contact["birthday"] = "1981-01-01"
    dorf.load(existing)
    file = tmp_path / "people.csv"
    file.write_text(rows.replace("1980-", "1982-"))
    dorf("import", str(file), tty=True, stdin="yes\n" + "\n" * 30)
    assert dorf.said.count("(yes / no)") == 20
    assert dorf.said.splitlines()[-2:] == [
        "and 18 other things that are different there (--all)",
        "To take what the file says: --prefer-file",
    ]
    days = [person["birthday"] for person in people(dorf).values()]
    assert (days.count("1981-01-01"), days.count("1982-01-01")) == (49, 1)
    assert bring(dorf, file.read_text(), "--prefer-file")["changed"] == 49


def test_leaving_at_a_question_changes_nothing(
    dorf: Dorf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written before all is answered."""
    bring(dorf, OTTO)
    dorf("edit", "otto", "--birthday", "2.3.1950")
    before = whole(dorf)
    file = tmp_path / "otto.vcf"
    file.write_text(OTTO.replace("BDAY:1950-03-01", "BDAY:1950-03-11") + LENA)

    def interrupted(_: Terminal) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Terminal, "readline", interrupted)
        dorf("import", str(file), tty=True, status=130)
    assert dorf.said.endswith("\nNothing was changed.\n\n")
    assert whole(dorf) == before


def test_an_answer_that_is_none_is_asked_again(dorf: Dorf, tmp_path: Path) -> None:
    """Perhaps is neither yes nor no; how to leave it open stands above the first question."""
    bring(dorf, OTTO)
    dorf("edit", "otto", "--birthday", "2.3.1950")
    file = tmp_path / "otto.vcf"
    file.write_text(OTTO.replace("BDAY:1950-03-01", "BDAY:1950-03-11"))
    dorf("import", str(file), stdin="perhaps\nyes\n", tty=True)
    question = (
        "Otto Beck, birthday: here 2 Mar 1950, in the file 11 Mar 1950. Take what the\n"
        "  file says? (yes / no)\n> "
    )
    assert dorf.said == (
        "Enter leaves what is noted here; Ctrl-C changes nothing at all.\n"
        f"{question}Please answer yes or no; Enter leaves it open.\n{question}"
    )
    assert people(dorf)["Otto Beck"]["birthday"] == "1950-03-11"


def test_a_year_of_birth_joins_a_day_without_one(dorf: Dorf) -> None:
    """Two partial dates that fit are one fuller date."""
    dorf("add", "Otto Beck", "--birthday", "1.3.")
    bring(dorf, OTTO)
    assert people(dorf)["Otto Beck"]["birthday"] == "1950-03-01"


def test_a_long_contradiction_is_told_in_short(dorf: Dorf) -> None:
    """One line, whatever stands in the notes."""
    dorf("add", "Lena Meier", "--note", "x" * 15_000)
    done = bring(dorf, card("Lena Meier", f"NOTE:{'y' * 15_000}"))
    assert [conflict["text"] for conflict in done["conflicts"]] == [
        f"Lena Meier, note: here {'x' * 79}…, in the file {'y' * 79}…"
    ]


def test_groups_fill_the_notes_to_what_notes_can_hold(dorf: Dorf) -> None:
    """What came in from anywhere leaves in a village file that comes in again."""
    groups = ",".join(f"choir {n:05}" for n in range(3_000))
    done = bring(dorf, card("Lena Meier", f"CATEGORIES:{groups}"))
    notes = people(dorf)["Lena Meier"]["notes"]
    assert notes.startswith("#choir 00000 #choir 00001")
    assert len(notes) <= 20_000
    assert len(done["remarks"]) == 3_000 - notes.count("#")
    dorf("import", "-", stdin=whole(dorf))


def test_notes_are_joined(dorf: Dorf) -> None:
    """Neither side's words go, and none come twice."""
    dorf("add", "Lena Meier", "--note", "loves tea")
    noted = card("Lena Meier", "UID:L1", "NOTE:plays chess")
    bring(dorf, noted)
    bring(dorf, noted)
    assert people(dorf)["Lena Meier"]["notes"] == "loves tea\nplays chess"


# --- edited on both sides ---------------------------------------------------------------------


def test_a_table_without_identities_edited_on_both_sides(dorf: Dorf) -> None:
    """No double and no lost edit: renamed, removed and added on either side, three times over."""
    bring(
        dorf, table("Lena Meier,0171 1,lena@x.org,,", "Otto Beck,0251 22,,1950-03-01,", "Uli,5,,,")
    )
    dorf("rename", "lena", "Leni")
    dorf("edit", "otto", "--clear", "phones")
    dorf("edit", "uli", "--phone", "7")
    second = table(
        "Lena Meier,0171 2,lena@x.org,1988-01-02,",
        "Otto Beck,0251 22,otto@x.org,1950-03-01,",
        "Uli Groß,5,,,",
        "Mia Neu,9,,,",
    )
    assert counts(bring(dorf, second)) == (1, 3, 0, 0)
    existing = people(dorf)
    assert list(existing) == ["Leni", "Otto Beck", "Uli Groß", "Mia Neu"]
    assert existing["Leni"]["phones"] == ["0171 1", "0171 2"]
    assert existing["Leni"]["birthday"] == "1988-01-02"
    assert "phones" not in existing["Otto Beck"]
    assert existing["Otto Beck"]["emails"] == ["otto@x.org"]
    assert existing["Uli Groß"]["phones"] == ["5", "7"]
    before = whole(dorf)
    assert counts(bring(dorf, second)) == (0, 0, 4, 0)
    assert whole(dorf) == before


def test_a_number_of_somebody_that_changed_altogether(dorf: Dorf) -> None:
    """The only one of that name in file and village stays one, though no detail is the same."""
    bring(dorf, table("Lena Meier,0171 1,,,"))
    assert counts(bring(dorf, table("Lena Meier,0171 2,,,"))) == (0, 1, 0, 0)
    assert people(dorf)["Lena Meier"]["phones"] == ["0171 1", "0171 2"]


def test_who_was_changed_is_named(dorf: Dorf, tmp_path: Path) -> None:
    """Five names, and how many more there are."""
    rows = [f"Mia {n},0171 55{n:02}" for n in range(7)]
    file = tmp_path / "people.csv"
    file.write_text(table(*(f"{row},,," for row in rows)))
    dorf("import", str(file))
    file.write_text(table(*(f"{row},,1988-01-02," for row in rows)))
    assert dorf("import", str(file)) == (
        "Changed: Mia 0, Mia 1, Mia 2, Mia 3, Mia 4 and 2 more\n"
        "Imported: 0 new, 7 changed, 0 unchanged, 0 new encounters.\n"
    )


def test_a_role_that_was_open_is_no_earlier_role(dorf: Dorf) -> None:
    """Whoever came in without one, and got one later, was never something else."""
    dorf("import", "-", stdin=LENA)
    dorf("role", "lena", "friend")
    assert "earlier" not in dorf("show", "lena")


def test_a_village_of_strangers_says_so(dorf: Dorf) -> None:
    """After an import most are only names: the report asks once who they are."""
    dorf("import", "-", stdin="".join(card(f"Mia {n}") for n in range(5)))
    assert [question["key"] for question in dorf.status()["questions"]] == ["Q1", "Q2"]
    for number in range(3):
        dorf("role", f"Mia {number}", "friend")
    assert [question["key"] for question in dorf.status()["questions"]] == ["Q1"]


def test_a_round_asks_when_one_last_talked_with_them(dorf: Dorf) -> None:
    """Of whom nothing is noted is asked once, one after the other."""
    dorf("import", "-", stdin="".join(card(f"Mia {n}") for n in range(9)))
    assert "Mia " in dorf("tend", tty=True, stdin="q\n")


def test_a_dry_run_says_once_who_is_left_out(dorf: Dorf) -> None:
    """The table has it, so no remark repeats it."""
    bring(dorf, LENA)
    dorf("delete", "lena", "--yes")
    assert dorf("import", "-", "--dry-run", stdin=LENA, stderr="") == (
        "left out  -:1  Lena Meier was deleted here; --again brings them back\n"
        "This would happen: 0 new, 0 changed, 0 unchanged, 1 left out, 0 new encounters.\n"
    )


def test_a_correction_in_the_file_reaches_what_came_from_it(dorf: Dorf) -> None:
    """Nobody typed the birthday here, so the file may correct what it said itself."""
    bring(dorf, OTTO)
    bring(dorf, OTTO.replace("1950-03-01", "1951-03-01"))
    assert people(dorf)["Otto Beck"]["birthday"] == "1951-03-01"


def test_who_was_renamed_on_both_sides_keeps_the_name_here(dorf: Dorf) -> None:
    """The name in the file becomes a nickname: both find the same person."""
    bring(dorf, LENA)
    dorf("rename", "lena", "Leni")
    bring(dorf, LENA.replace("Lena Meier", "Lena Schulz"))
    assert people(dorf)["Leni"]["nicknames"] == ["Lena Schulz"]


def test_who_was_renamed_in_the_file_is_renamed_with_all_that_was_said(dorf: Dorf) -> None:
    """Findings that were accepted go by the new name."""
    bring(dorf, LENA)
    dorf.load({"household": {"rules_off": ["G15:Lena Meier"]}})
    bring(dorf, LENA.replace("Lena Meier", "Lena Schulz"))
    assert list(people(dorf)) == ["Lena Schulz"]
    assert json.loads(dorf("export"))["household"]["rules_off"] == ["G15:Lena Schulz"]


def test_two_entries_that_were_merged_here_stay_one(dorf: Dorf) -> None:
    """The file still has both; each means the one that is left."""
    bring(dorf, LENA + card("Leni", "UID:L2", "TEL:0171 3"))
    dorf("merge", "Lena Meier", "Leni")
    assert counts(bring(dorf, LENA + card("Leni", "UID:L2", "TEL:0171 3"))) == (0, 0, 1, 0)
    assert list(people(dorf)) == ["Lena Meier"]


@pytest.mark.parametrize("text", [LENA + OTTO, table("Lena Meier,1,,,", "Otto Beck,2,,,")])
def test_who_was_deleted_here_stays_away(dorf: Dorf, text: str) -> None:
    """Unless asked for; and then it is as if nothing had been."""
    bring(dorf, text)
    dorf("delete", "lena", "--yes")
    done = bring(dorf, text)
    assert counts(done) == (0, 0, 1, 1)
    assert [remark["text"] for remark in done["remarks"]] == [
        "Lena Meier was deleted here; --again brings them back"
    ]
    assert counts(bring(dorf, text, "--again")) == (1, 0, 1, 0)
    assert counts(bring(dorf, text)) == (0, 0, 2, 0)


def test_delete_for_good_leaves_no_trace_of_an_import(dorf: Dorf) -> None:
    """Not even that somebody was deleted: the next import brings them as new."""
    bring(dorf, LENA + OTTO)
    dorf("delete", "lena", "--for-good", "--yes", remarks=True)
    assert counts(bring(dorf, LENA + OTTO)) == (1, 0, 1, 0)


def test_the_file_may_be_preferred_later(dorf: Dorf) -> None:
    """A contradiction that was told once can still be decided; nothing removed here comes back."""
    otto = OTTO.replace("TEL:0251 22", "TEL:0251 22\r\nNOTE:chess")
    bring(dorf, otto)
    dorf("edit", "otto", "--birthday", "2.3.1950", "--clear", "phones", "--clear", "notes")
    bring(dorf, otto)
    assert people(dorf)["Otto Beck"]["birthday"] == "1950-03-02"
    bring(dorf, otto, "--prefer-file")
    existing = people(dorf)["Otto Beck"]
    assert existing["birthday"] == "1950-03-01"
    assert "phones" not in existing
    assert "notes" not in existing


def test_a_guess_contradicts_no_role_that_was_typed(dorf: Dorf) -> None:
    """Not even where the file is to be right: it says “Nachbarn”, which is no role by itself."""
    dorf("add", "Otto Beck", "--role", "relative")
    bring(dorf, OTTO, "--prefer-file")
    assert people(dorf)["Otto Beck"]["roles"] == ["relative"]


def test_another_group_in_the_file_is_another_role_with_a_history(dorf: Dorf) -> None:
    """As if it had been said with `dorf role`."""
    bring(dorf, OTTO)
    dorf.today = "2026-03-12"
    bring(dorf, OTTO.replace("Nachbarn", "Freunde"))
    assert people(dorf)["Otto Beck"]["role_history"] == [
        {"role": "neighbour", "from": "2026-03-02", "to": "2026-03-12"},
        {"role": "friend", "from": "2026-03-12", "to": None},
    ]


@pytest.mark.parametrize(
    ("typed", "column", "field", "value"),
    [
        (["--every", "never"], "Rhythm,7", "cadence_days", 0),
        (["--not-trusted"], "Trusted,yes", "trusted", False),
        (["--gives", "none"], "Gives,advice", "gives", []),
    ],
    ids=["never", "no", "nothing"],
)
def test_no_never_and_nothing_are_statements(
    dorf: Dorf, typed: list[str], column: str, field: str, value: object
) -> None:
    """Whoever is never to be reminded of somebody must not be, whatever a file says."""
    dorf("add", "Alex", *typed)
    header, cell = column.split(",")
    done = bring(dorf, f"Name,{header}\r\nAlex,{cell}\r\n")
    assert people(dorf)["Alex"][field] == value
    assert [conflict["field"] for conflict in done["conflicts"]] == [field]


# --- who is who after all that ----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("later", [("Yve", "Xaver"), ("Yve", "Zoe"), ("Zoe", "Xaver")])
@pytest.mark.parametrize("turned", [False, True])
def test_names_may_be_swapped_or_handed_on(
    dorf: Dorf, later: tuple[str, str], *, turned: bool
) -> None:
    """Both get the names that the file has for them, in whatever order it names them."""
    bring(dorf, card("Xaver", "UID:1", "TEL:1111") + card("Yve", "UID:2", "TEL:2222"))
    dorf.load({"household": {"rules_off": ["G15:Xaver", "G15:Yve"]}})
    before = whole(dorf)
    cards = [card(later[0], "UID:1", "TEL:1111"), card(later[1], "UID:2", "TEL:2222")]
    bring(dorf, "".join(cards[::-1] if turned else cards))
    existing = {person["uid"]: person for person in people(dorf).values()}
    assert (existing["1"]["name"], existing["2"]["name"]) == later
    assert not any("nicknames" in entry for entry in existing.values())
    household = json.loads(whole(dorf))["household"]
    assert set(household["rules_off"]) == {f"G15:{name}" for name in later}
    dorf("undo")
    assert whole(dorf) == before


def test_a_family_with_one_landline_stays_who_they_are(dorf: Dorf) -> None:
    """Surname and number tell nobody from the others: Lisa is not Otto under a new name."""
    bring(dorf, table("Anna Meier,02511,,,", "Otto Meier,02511,,,", "Kim Meier,02511,,,"))
    new = table("Anna Meier,02511,,,", "Lisa Meier,02511,,,", "Kim Meier,02511,,,")
    assert counts(bring(dorf, new)) == (1, 0, 2, 0)
    assert list(people(dorf)) == ["Anna Meier", "Otto Meier", "Kim Meier", "Lisa Meier"]
    married = new.replace("Kim Meier", "Kim Schulz")
    assert counts(bring(dorf, married)) == (0, 1, 2, 0)
    assert list(people(dorf)) == ["Anna Meier", "Otto Meier", "Kim Schulz", "Lisa Meier"]


def test_father_and_son_of_one_name_and_one_landline(dorf: Dorf) -> None:
    """Each keeps his own mobile, in whatever order they come and whoever gets another one."""
    father, son = "Otto Beck,0251 1 ::: {0},,1950-03-01,", "Otto Beck,0251 1 ::: {0},,1980-07-01,"
    bring(dorf, google(father.format("0171 5"), son.format("0171 6")))
    again = google(
        son.format("0171 7").replace("1980-07-01", ""),
        father.format("0171 5").replace("1950-03-01", ""),
    )
    assert counts(bring(dorf, again)) == (0, 1, 1, 0)
    assert {name: entry["phones"] for name, entry in people(dorf).items()} == {
        "Otto Beck": ["0251 1", "0171 5"],
        "Otto Beck (2)": ["0251 1", "0171 6", "0171 7"],
    }


def test_who_was_renamed_on_both_sides_is_recognised_without_identity(dorf: Dorf) -> None:
    """The first name that the file had is remembered, though nobody is called so any more."""
    bring(dorf, table("Lena Meier,0171 1,,,"))
    dorf("rename", "lena", "Schwesterherz")
    assert counts(bring(dorf, table("Lena Schulz,0171 1,,,"))) == (0, 1, 0, 0)
    assert people(dorf)["Schwesterherz"]["nicknames"] == ["Lena Schulz"]


def test_the_same_file_means_the_same_people_whatever_was_typed_here(dorf: Dorf) -> None:
    """A number that was noted with the other Anna, too, melts nobody into one."""
    annas = table("Anna,0171 5,,,", "Anna,0171 6,,,")
    bring(dorf, annas)
    dorf("edit", "Anna", "--phone", "0171 6")
    before = whole(dorf)
    assert counts(bring(dorf, annas)) == (0, 0, 2, 0)
    assert whole(dorf) == before


def test_a_new_name_is_said(dorf: Dorf) -> None:
    """Who looks for the old one would find nobody."""
    bring(dorf, LENA)
    shown = dorf("import", "-", stdin=LENA.replace("Lena Meier", "Lena Schulz"))
    assert shown == (
        "Lena Meier is called Lena Schulz now\n"
        "Imported: 0 new, 1 changed, 0 unchanged, 0 new encounters.\n"
    )


def test_a_number_behind_a_name_goes_once_the_file_has_a_better_one(dorf: Dorf) -> None:
    """Nobody typed “Anna (2)”."""
    bring(dorf, table("Anna,0171 5,,,", "Anna,0171 6,,,"))
    bring(dorf, table("Anna,0171 5,,,", "Anna,0171 6,,,"))
    bring(dorf, table("Anna,0171 5,,,", "Anna Groß,0171 6,,,"))
    assert list(people(dorf)) == ["Anna", "Anna Groß"]


@pytest.mark.parametrize(("typed", "name"), [(None, "Jörg Müller"), ("JÖRG Mueller",) * 2])
def test_a_better_spelling_comes_unless_it_was_spelled_here(
    dorf: Dorf, typed: str | None, name: str
) -> None:
    """Umlauts and capitals, with or without an identity."""
    bring(dorf, table("joerg mueller,0171 5,,,"))
    if typed:
        dorf("rename", "joerg", typed)
    bring(dorf, table("Jörg Müller,0171 5,,,"))
    assert list(people(dorf)) == [name]


def test_what_was_removed_after_a_merge_stays_away(dorf: Dorf) -> None:
    """What the file said of either of the two was there already."""
    annas = table("Anna,0171 5,,1980-01-01,", "Anna,0171 6,,1990-01-01,")
    bring(dorf, annas)
    dorf("merge", "Anna", "Anna (2)", "--prefer", "first")
    dorf("edit", "anna", "--clear", "phones")
    before = whole(dorf)
    done = bring(dorf, annas)
    assert counts(done) == (0, 0, 1, 0)
    assert not done["conflicts"]
    assert whole(dorf) == before


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (table("Alex,0171 5,,,"), card("Alex", "UID:7", "TEL:0171 5")),
        (card("Alex", "UID:7", "TEL:0171 5"), table("Alex,0171 5,,,")),
        (*(card("Lena", "UID:1") + card("Alex", "UID:1", "TEL:0171 5"),) * 2,),
    ],
    ids=["with", "without", "shared"],
)
def test_who_was_deleted_stays_away_in_another_format(dorf: Dorf, first: str, second: str) -> None:
    """With an identity or without one; one that all cards share is none."""
    bring(dorf, first)
    dorf("delete", "alex", "--yes")
    assert counts(bring(dorf, second))[::3] == (0, 1)
    assert "Alex" not in people(dorf)
    assert counts(bring(dorf, second, "--again"))[::3] == (1, 0)
    dorf("delete", "alex", "--yes")
    assert counts(bring(dorf, first))[::3] == (0, 1)


@pytest.mark.few(1)
@pytest.mark.parametrize("second", ["vcard", "csv"])
def test_two_files_of_the_same_people_bring_back_nothing(dorf: Dorf, second: str) -> None:
    """Another format of one phone, or the phone of the other parent: each leaves out something."""
    mine = table("Lena Meier,0171 1,lena@x.org,1988-01-02,tea")
    yours = {
        "vcard": card("Lena Meier", "TEL:0171 1", "EMAIL:l@x.org", "BDAY:1988-01-02", "NOTE:tea"),
        "csv": table("Lena Meier,0171 1,l@x.org,1988-01-03,tea"),
    }[second]
    bring(dorf, mine)
    bring(dorf, yours)
    dorf("edit", "lena", "--clear", "phones", "--clear", "emails", "--birthday", "1988-01-04")
    dorf("edit", "lena", "--clear", "notes")
    dorf("rename", "lena", "Leni")
    before = whole(dorf)
    for text in (mine, yours, mine, yours):
        bring(dorf, text)
        assert whole(dorf) == before
    assert people(dorf)["Leni"]["birthday"] == "1988-01-04"


def test_two_files_that_contradict_each_other_do_not_take_turns(dorf: Dorf) -> None:
    """What a file said before and the last one did not is no correction of it."""
    mine, yours = table("Lena,0171 1,,1988-01-02,"), table("Lena,0171 1,,1988-01-03,")
    bring(dorf, mine)
    bring(dorf, yours)
    assert people(dorf)["Lena"]["birthday"] == "1988-01-03"
    assert [conflict["field"] for conflict in bring(dorf, mine)["conflicts"]] == ["birthday"]
    assert people(dorf)["Lena"]["birthday"] == "1988-01-03"


# --- encounters -------------------------------------------------------------------------------


def activities(*lines: str) -> str:
    """Return a file of friends with these activities."""
    log = "\n".join(f"- 2026-01-0{n}: {text}" for n, text in enumerate(lines, 1))
    return f"### Activities:\n{log}\n\n### Notes:\n\n### Friends:\n\n### Locations:\n"


def notes(dorf: Dorf) -> list[str]:
    """Return the notes of all encounters."""
    return [encounter["note"] for encounter in json.loads(whole(dorf))["encounters"]]


def test_an_encounter_that_was_edited_in_the_file_is_edited_here(dorf: Dorf) -> None:
    """Not there a second time, though friends gives encounters no identities."""
    bring(dorf, activities("Zoo with **Anna**", "Tea with **Bea**"))
    bring(dorf, activities("Zo with **Anna**", "Tea with **Bea**"))
    bring(dorf, activities("The zoo with **Anna**", "Tea with **Bea**", "Tea with **Bea**"))
    assert notes(dorf) == ["The zoo with Anna", "Tea with Bea", "Tea with Bea"]


def test_a_friend_who_was_renamed_keeps_the_encounters(dorf: Dorf) -> None:
    """Without any number: whom the file lets be met on the same days."""
    bring(dorf, activities("Zoo with **Anna**", "Tea with **Bea**"))
    bring(dorf, activities("Zoo with **Anna Schulz**", "Tea with **Bea**"))
    assert list(people(dorf)) == ["Anna Schulz", "Bea"]
    assert notes(dorf) == ["Zoo with Anna Schulz", "Tea with Bea"]


def test_an_encounter_that_was_edited_or_removed_here_stays_so(dorf: Dorf) -> None:
    """Also one that was edited in the file before."""
    bring(dorf, activities("Zo with **Anna**", "Tea with **Bea**"))
    both = activities("Zoo with **Anna**", "Tea with **Bea**")
    bring(dorf, both)
    zoo, tea = (encounter["uid"] for encounter in json.loads(whole(dorf))["encounters"])
    dorf("encounter", "remove", zoo, "--yes")
    dorf("encounter", "edit", tea, "--note", "Coffee")
    before = whole(dorf)
    for _ in range(2):
        bring(dorf, both)
        assert whole(dorf) == before


SAMPLES = Path(__file__).parent / "samples" / "monica"


def test_an_encounter_that_was_edited_on_both_sides_is_said(dorf: Dorf) -> None:
    """It stays as it is here, unless the file is to be right; and it is said once."""
    stated = (SAMPLES / "encounters.json").read_text()
    bring(dorf, stated)
    dorf("encounter", "edit", "act-1", "--note", "Zoo and seals")
    later = stated.replace("Ida loved the seals", "Ida loved the otters")
    text = "an encounter that was changed here, too; it stays as it is here"
    assert text in [remark["text"] for remark in bring(dorf, later, "--dry-run")["remarks"]]
    assert text in [remark["text"] for remark in bring(dorf, later)["remarks"]]
    assert text not in [remark["text"] for remark in bring(dorf, later)["remarks"]]
    assert "Zoo and seals" in notes(dorf)
    best = stated.replace("Ida loved the seals", "Ida loved the penguins")
    assert bring(dorf, best, "--prefer-file")["encounters_changed"] == 1
    assert "Zoo\nIda loved the penguins" in notes(dorf)


def test_what_changes_beside_the_contacts_is_counted_too(dorf: Dorf) -> None:
    """A child that joins the household, an encounter that is corrected in the file."""
    family = (SAMPLES / "family.json").read_text()
    assert dorf("import", "-", stdin=family, remarks=True).endswith(
        " 0 new encounters, household changed.\n"
    )
    stated = (SAMPLES / "encounters.json").read_text()
    bring(dorf, stated)
    later = stated.replace("Ida loved the seals", "Ida loved the otters")
    assert dorf("import", "-", stdin=later, remarks=True).endswith(
        " 0 new encounters, 1 changed encounter.\n"
    )


@pytest.mark.parametrize("command", [["remove", "Ida"], ["edit", "Ida", "--name", "Ida Lou"]])
def test_a_child_that_was_removed_here_stays_away(dorf: Dorf, command: list[str]) -> None:
    """Or has another name here, and another month; unless all are to come back."""
    stated = (SAMPLES / "family.json").read_text()
    bring(dorf, stated)
    dorf("child", *command, *(["--born", "2025-09"] if "edit" in command else []))
    before = whole(dorf)
    assert not bring(dorf, stated)["household_changed"]
    assert whole(dorf) == before
    bring(dorf, stated, "--again")
    assert "Ida" in [child["name"] for child in json.loads(whole(dorf))["household"]["children"]]
    again = whole(dorf)
    bring(dorf, stated)
    assert whole(dorf) == again


def test_a_twin_of_a_child_that_is_there_comes(dorf: Dorf) -> None:
    """Ida of the file is Ida here: her birthday hides nobody else's."""
    stated = json.loads((SAMPLES / "family.json").read_text().replace("2021-12-05", "2025-08-14"))
    for section in stated["account"]["data"]:
        for entry in section["values"] if section["type"] == "relationship" else ():
            if entry["properties"]["of_contact"] == "mats":
                entry["properties"]["contact_is"] = "me"
    dorf("child", "add", "Ida", "2025-08-14")
    bring(dorf, json.dumps(stated))
    born = {
        child["name"]: child["born"] for child in json.loads(whole(dorf))["household"]["children"]
    }
    assert born == {"Ida": "2025-08-14", "Mats": "2025-08-14"}
    assert not bring(dorf, json.dumps(stated))["household_changed"]


# --- as a whole -------------------------------------------------------------------------------


def test_an_import_is_one_step(dorf: Dorf) -> None:
    """`undo` takes back people, encounters and what is remembered of the file."""
    dorf("add", "Otto Beck")
    before = whole(dorf)
    bring(dorf, LENA + OTTO)
    after = whole(dorf)
    dorf("undo")
    assert whole(dorf) == before
    dorf("redo")
    assert whole(dorf) == after
    assert counts(bring(dorf, LENA + OTTO)) == (0, 0, 2, 0)


def test_a_dry_run_shows_and_writes_nothing(dorf: Dorf) -> None:
    """Not even a file."""
    shown = dorf("import", "-", "--dry-run", stdin=LENA + OTTO, remarks=True)
    assert shown == (
        "new  Lena Meier  other · 0171 1 · lena@example.org\n"
        "new  Otto Beck   neighbour · 1 Mar 1950 · 0251 22\n"
        "“Nachbarn” read as neighbour: Otto Beck\n"
        "This would happen: 2 new, 0 changed, 0 unchanged, 0 new encounters.\n"
    )
    assert not dorf.path.exists()


def test_who_is_in_two_files_is_counted_once(dorf: Dorf, tmp_path: Path) -> None:
    """As new, as changed, or as the same."""
    cards, rows = tmp_path / "lena.vcf", tmp_path / "lena.csv"
    cards.write_text(LENA)
    rows.write_text(table("Lena Meier,0171 1,,,"))
    files = ("import", str(cards), str(rows), "--json")
    assert counts(json.loads(dorf(*files))) == (1, 0, 0, 0)
    assert counts(json.loads(dorf(*files))) == (0, 0, 1, 0)
    cards.write_text(card("Lena Meier", "UID:L1", "TEL:0171 2"))
    assert counts(json.loads(dorf(*files))) == (0, 1, 0, 0)


def test_a_dry_run_says_what_changes_although_it_reads_the_same(dorf: Dorf) -> None:
    """A circle that was assumed from the role, and is stated now."""
    dorf("add", "Lena", "--role", "friend")
    stated = card("Lena", "X-DORF-CIRCLE:2")
    assert dorf("import", "-", "--dry-run", stdin=stated) == (
        "changed  Lena  circle\n"
        "This would happen: 0 new, 1 changed, 0 unchanged, 0 new encounters.\n"
    )


def test_files_of_several_formats_and_a_folder_at_once(dorf: Dorf, tmp_path: Path) -> None:
    """One command, one step; whoever is in two of them is one person."""
    folder = tmp_path / "cards" / "work"
    folder.mkdir(parents=True)
    (folder.parent / "lena.vcf").write_text(LENA)
    (folder / "otto.VCF").write_text(OTTO)
    (folder / "broken.vcf").write_bytes(b"\0\1")
    (folder / "readme.txt").write_text("no card")
    rows = tmp_path / "people.csv"
    rows.write_text(table("Lena Meier,0171 1,,1988-01-02,", "Mia,9,,,"))
    done = json.loads(dorf("import", str(folder.parent), str(rows), "--json"))
    assert counts(done) == (3, 0, 0, 1)
    assert people(dorf)["Lena Meier"]["birthday"] == "1988-01-02"
    dorf("undo")
    assert people(dorf) == {}


@pytest.mark.parametrize("command", ["import", "export"])
def test_no_name_of_a_file_is_no_folder(dorf: Dorf, command: str) -> None:
    """An unset variable of a script does not bring in all that lies about."""
    dorf(command, "", status=2, stderr="dorf: Please name a file; - is standard {}.\n".format(
        "input" if command == "import" else "output"
    ))  # fmt: skip


def test_one_file_that_can_not_be_read_refuses_all(dorf: Dorf, tmp_path: Path) -> None:
    """Nothing is half brought in."""
    good, bad = tmp_path / "good.vcf", tmp_path / "bad.bin"
    sentence = "That is an archive or an office file. Unpack it, or save it as CSV."
    good.write_text(LENA)
    bad.write_bytes(b"PK\x03\x04rest")
    dorf(
        "import",
        str(good),
        str(bad),
        status=6,
        stderr=f"dorf: {bad}: {sentence}\n",
    )
    assert not dorf.path.exists()


# --- only some of them ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("only", "names"),
    [
        (["lena"], ["Lena Meier"]),
        (["nachbarn"], ["Otto Beck", "Uli Groß"]),
        (["Nachbarn", "meier"], ["Otto Beck", "Uli Groß", "Lena Meier"]),
        (["chor"], ["Uli Groß"]),
    ],
)
def test_only_some_people_or_a_group(dorf: Dorf, only: list[str], names: list[str]) -> None:
    """By a part of the name, or by a group that the file has; the others stay outside."""
    uli = card("Uli Groß", "TEL:5", "CATEGORIES:Nachbarn,Chor")
    options = [part for text in only for part in ("--only", text)]
    assert bring(dorf, LENA + OTTO + uli, *options)["new"] == len(names)
    assert list(people(dorf)) == names


def test_only_somebody_who_is_not_in_the_file_is_refused(dorf: Dorf) -> None:
    """Status 3, and nothing is brought in."""
    dorf("import", "-", "--only", "lena", "--only", "karl", stdin=LENA, status=3, stderr=(
        "dorf: Nobody and no group in the file is called “karl”. Nothing was changed.\n"
    ))  # fmt: skip
    assert not dorf.path.exists()


def test_only_somebody_is_nobody_else_of_the_file(dorf: Dorf) -> None:
    """Anna Neu is not Anna Alt under a new name: the file has them both, under one number."""
    annas = table("Anna Alt,0251 1,,,", "Anna Neu,0251 1,,,")
    assert bring(dorf, annas, "--only", "anna alt")["new"] == 1
    assert counts(bring(dorf, annas, "--only", "anna neu")) == (1, 0, 0, 0)
    assert list(people(dorf)) == ["Anna Alt", "Anna Neu"]
    elsewhere = annas.replace("Anna Alt", "Anna Kurz")
    assert counts(bring(dorf, elsewhere, "--only", "anna neu")) == (0, 0, 1, 0)
    assert list(people(dorf)) == ["Anna Alt", "Anna Neu"]


def test_the_missing_one_of_several_files_is_named_once(dorf: Dorf, tmp_path: Path) -> None:
    """Its sentence names the file already."""
    file = tmp_path / "people.vcf"
    file.write_text(LENA)
    lost = tmp_path / "lost.vcf"
    dorf("import", str(file), str(lost), status=6, stderr=(
        f"dorf: {lost} can't be read: there is no such file or folder.\n"
    ))  # fmt: skip


def test_only_some_people_have_remarks(dorf: Dorf) -> None:
    """What is not taken of the others was not asked for."""
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ"
    cards = card("Lena Meier", "TEL:1", photo) + card("Otto Beck", "TEL:2", photo) + card("", "X:1")
    done = bring(dorf, cards, "--only", "otto")
    assert [remark["place"] for remark in done["remarks"]] == ["-:11"]


def test_only_some_people_keep_their_part_of_an_encounter(dorf: Dorf, tmp_path: Path) -> None:
    """Whoever was left out was not there."""
    file = tmp_path / "friends.md"
    file.write_text(
        "### Activities:\n- 2026-01-05: **Lena Meier** and **Otto Beck** went skating.\n\n"
        "### Friends:\n- Lena Meier\n- Otto Beck\n"
    )
    dorf("import", str(file), "--only", "lena", remarks=True)
    assert [encounter["names"] for encounter in dorf.json("history")["encounters"]] == [
        ["Lena Meier"]
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "\n<!DOCTYPE html>\n<table><tr><td>Name</td></tr></table>",
            "That is a web page or XML. Please export the contacts as vCard or CSV.",
        ),
        (
            "dn: cn=Mia,mail=mia@example.org\nmail: mia@example.org\n",
            "That is LDIF. Please export the address book as vCard or CSV.",
        ),
        (
            "Mia;030 123456\nBo;030 234567\n",
            (
                "{file} begins with an entry, not with headings: Mia, 030 123456. Put a line with "
                "headings above it, such as Name, Telefon, E-Mail; a heading that dorf does not "
                "know can be explained with --column HEADER=FIELD."
            ),
        ),
        ("[28.02.24, 10:12:33] Mia: Hello\n", UNKNOWN),
        ("{\\rtf1 Name;Telefon}", UNKNOWN),
    ],
)
def test_what_is_no_list_of_people_gets_its_own_sentence(
    dorf: Dorf, tmp_path: Path, text: str, sentence: str
) -> None:
    """Each says what it is and what to do, however the file is called."""
    path = tmp_path / "contacts.csv"
    path.write_text(text)
    dorf("import", str(path), status=6, stderr=f"dorf: {sentence.format(file=path)}\n")


def test_remarks_of_one_kind_do_not_hide_the_others(dorf: Dorf, tmp_path: Path) -> None:
    """A terminal shows three of a kind and counts the rest; pipes, --all and JSON have them all."""
    path = tmp_path / "f.csv"
    days = [f"Mia {n};around {n};" for n in range(9)]
    path.write_text("\n".join(["Name;Birthday;Circle", *days, "Bo;;near the well", ""]))
    dorf("import", str(path), "--dry-run", tty=True)
    assert dorf.said.count("kept in the") == 3
    assert dorf.said.splitlines()[-1] == "… and 7 more like it (--all)"
    dorf("import", str(path), "--dry-run", "--all", tty=True)
    assert "--all" not in dorf.said
    assert "near the well" in dorf.said
    dorf("import", str(path), remarks=True)
    kept = "is not clear; it is kept in the notes"
    assert dorf.said.splitlines() == [
        *(f"{path}:{n + 2}: “Birthday”: “around {n}” {kept}" for n in range(9)),
        f"{path}:11: “Circle”: “near the well” {kept}",
    ]
    dorf("undo")
    assert len(json.loads(dorf("import", str(path), "--json"))["remarks"]) == 10


def test_the_day_of_the_command_tells_the_century(dorf: Dorf, tmp_path: Path) -> None:
    """Years of two digits reach back from today."""
    path = tmp_path / "f.csv"
    path.write_text("Name;Geburtstag\nMia;2.3.26\nBo;3.3.26\n")
    dorf("import", str(path), remarks=True)
    born = {name: entry["birthday"] for name, entry in people(dorf).items()}
    assert born == {"Mia": "2026-03-02", "Bo": "1926-03-03"}


@pytest.mark.parametrize("option", ["--prefer-file", "--again"])
def test_a_village_file_takes_no_options_for_others(dorf: Dorf, option: str) -> None:
    """They would do nothing, so they are refused."""
    village = '{"dorf": 1, "contacts": [{"name": "Mia"}]}'
    dorf("import", "-", option, stdin=village, status=2, stderr=(
        "dorf: A village file knows itself what is newer: --prefer-file and --again are for files "
        "of other programs.\n"
    ))  # fmt: skip
    assert not dorf.path.exists()
