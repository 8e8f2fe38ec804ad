"""The village as a Markdown page: what stands on it, and that no text of the user is markup."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dorf.core.dates import PartialDate
from dorf.core.spelling import clean_text
from dorf.core.village import Contact, Kid, Touch, Village
from dorf.core.vocabulary import ROLES, Kind, Status
from dorf.i18n import Language
from dorf.report.markdown import markdown_text
from dorf.report.words import Words
from tests.conftest import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

DAY = date.fromisoformat(TODAY)
ENGLISH, GERMAN = (Words(Language(code), DAY) for code in ("en", "de"))

GISELA = Contact(
    "1", "Oma Gisela", DAY, (ROLES["grandparent"], ROLES["neighbour"]), nicknames=("Omi",),
    phones=("0251 1", "+49 (251) 2-3"), emails=("gisela_k@example.org",),
    addresses=("Weg 1\n48143 Münster",), birthday=PartialDate(1957, 3, 14),
    kids=(Kid("Mats", PartialDate(2021, 12)),), gives=frozenset({Kind.CHILDCARE, Kind.ADVICE}),
    gets=frozenset({Kind.COMPANY}), skills=("sewing",), circle=1, strained=True,
    notes="- likes tea\n- no sugar\n\n1. ring twice",
)  # fmt: skip
TOM = Contact("2", "Tom", DAY, (ROLES["friend"],))
WIRTH = Contact("3", "Dr. Wirth", DAY, (ROLES["professional"],), status=Status.ENDED)
JO = Contact("4", "Jo", DAY, (ROLES["friend"],), gives=frozenset())
VILLAGE = Village(contacts=(TOM, WIRTH, GISELA, JO), touches={"1": Touch(date(2026, 2, 28))})


def test_a_page_in_english() -> None:
    """Groups in the order of the domain, who has left last, each with what is known.

    Of somebody who has left, nothing is assumed.
    """
    assert markdown_text(VILLAGE, ENGLISH) == (
        "# Your village\n\nMonday, 2 March 2026\n\n"
        "## Family\n\n"
        "### Oma Gisela\n\n"
        "grandparent, neighbour\n\n"
        "- last: 28 Feb 2026\n"
        "- phone: 0251 1, +49 (251) 2-3\n"
        "- e-mail: gisela\\_k@example.org\n"
        "- address: Weg 1 48143 Münster\n"
        "- birthday: 14 Mar 1957\n"
        "- children: Mats (4 years old)\n"
        "- gives: childcare, advice and experience\n"
        "- gets from you: company\n"
        "- can: sewing\n"
        "- also called: Omi\n\n"
        "> \\- likes tea  \n> \\- no sugar\n>\n> 1\\. ring twice\n\n"
        "## Friends\n\n"
        "### Tom\n\n"
        "friend\n\n"
        "- gives: emotional support, childcare, advice and experience, company, "
        "encouragement (assumed from the role)\n\n"
        "### Jo\n\n"
        "friend\n\n"
        "- gives: nothing\n\n"
        "## Earlier\n\n"
        "### Dr. Wirth\n\n"
        "professional\n"
    )


def test_a_page_in_german() -> None:
    """The same in German, months and all."""
    assert markdown_text(Village(contacts=(GISELA, WIRTH)), GERMAN) == (
        "# Dein Dorf\n\nMontag, 2. März 2026\n\n"
        "## Familie\n\n"
        "### Oma Gisela\n\n"
        "Oma/Opa, Nachbar:in\n\n"
        "- Telefon: 0251 1, +49 (251) 2-3\n"
        "- E-Mail: gisela\\_k@example.org\n"
        "- Adresse: Weg 1 48143 Münster\n"
        "- Geburtstag: 14.3.1957\n"
        "- Kinder: Mats (4 Jahre alt)\n"
        "- gibt: Kinderbetreuung, Rat & Erfahrung\n"
        "- bekommt von Dir: Gemeinsame Zeit\n"
        "- kann: sewing\n"
        "- auch genannt: Omi\n\n"
        "> \\- likes tea  \n> \\- no sugar\n>\n> 1\\. ring twice\n\n"
        "## Früher\n\n"
        "### Dr. Wirth\n\n"
        "Fachkraft/Beratung\n"
    )


def test_over_a_shoulder_there_are_initials_and_no_ways_to_reach_anybody() -> None:
    """Discreet words hide names, addresses and notes."""
    discreet = Words(Language("en"), DAY, discreet=True)
    page = markdown_text(Village(contacts=(GISELA,)), discreet)
    assert page == (
        "# Your village\n\nMonday, 2 March 2026\n\n"
        "## Family\n\n"
        "### OG\n\n"
        "grandparent, neighbour\n\n"
        "- birthday: 14 Mar 1957\n"
        "- children: M (4 years old)\n"
        "- gives: childcare, advice and experience\n"
        "- gets from you: company\n"
        "- can: sewing\n"
        "- also called: O\n"
    )


def test_a_page_about_nobody_says_so() -> None:
    """A title, the day, a sentence."""
    assert markdown_text(Village(), ENGLISH) == (
        "# Your village\n\nMonday, 2 March 2026\n\nNobody matches.\n"
    )


NASTY = [
    "# no heading", "#hashtag", "- no list", "+ no list", "* no list", "1. no list", "2) no list",
    "123456789. no list", "> no quote", "---", "***", "___", "===", "C #", "##", "~~gone~~",
    "**bold** and _slanted_ and __both__", "snake_case_name", "`code` ``more``", "```", "~~~ sh",
    "<script>alert(1)</script>", "<b>x</b>", "<!-- x -->", "<https://x.example>", "<a@x.example>",
    "&lt;b&gt; &amp; &#60; &copy", "[a](javascript:alert(1))", "![a](x.png)", "[a]: /x", "[^1]",
    "[ ] task", "a | b", "| a | b |", "|---|---|", ":--- | ---:", "back\\slash\\", "\\# \\* \\",
    "\\<b>", "a  b", "ends in two blanks  ", "    indented", "\tcode", "$x^2$", "{{ x }}", "{#a}",
    "!", "![", "x < y > z & w", "<3", "a@b_c.de", "“quoted”", "🌻 *", "%", ": def", "Term\n: def",
    "line\nanother\n\nthird", "a\n---", "a\n===", "a\n- b\n1. c\n> d\n# e", "| a |\n|---|\n| b |",
    "<div>\n*x*\n</div>", "```\n<b>\n```",
]  # fmt: skip
PIECES = st.sampled_from([*"#-+*>_`~|<>&![](){}=.:;1 \\\n\t$^x", "<b>", "&amp;", "\n\n", "1. "])
TEXTS = (
    st.sampled_from(NASTY)
    | st.lists(PIECES, max_size=12).map("".join)
    | st.text(st.characters(codec="utf-8"), max_size=30)
)


def lines_of(text: str) -> list[str]:
    """Return what is left of *text* in lines, each without outer blanks."""
    return [line.strip() for line in text.splitlines()]


def flat(text: str) -> str:
    """Return *text* as a value is shown in one line."""
    return " ".join(filter(None, lines_of(text)))


def render(page: str) -> list[Token]:
    """Parse *page* as CommonMark with what GitHub adds; raw HTML would be HTML."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)


def plain(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Yield each block with the text in it; anything but text in a block is an error."""
    kind, quoted = "", False
    for token in tokens:
        if token.type == "inline":
            assert {child.type for child in token.children or []} <= {"text", "hardbreak"}, token
            parts = [c.content if c.type == "text" else "\n" for c in token.children or []]
            yield f"quote {kind}" if quoted else kind, "".join(parts)
        elif token.type.startswith("blockquote"):
            quoted = token.type == "blockquote_open"
        else:
            kind = token.tag if token.nesting == 1 else kind


@pytest.mark.parametrize("text", NASTY)
def test_texts_are_no_markup(text: str) -> None:
    """Wherever a text stands, a Markdown parser shows just that text."""
    check(text, text, text)


@pytest.mark.slow
@given(TEXTS, TEXTS, TEXTS)
@example("x", "x", "a\n\n\n\nb\n")
def test_no_text_is_markup(name: str, value: str, notes: str) -> None:
    """The same for whatever else people may have written."""
    check(name, value, notes)


def check(name: str, value: str, notes: str) -> None:
    """Compare the plain text of a rendered page with what was put in."""
    name = clean_text(name) or "x"
    value = clean_text(value, lines=True) or "y"
    notes = clean_text(notes, lines=True)
    fields: dict[str, Any] = {"phones": (value,), "addresses": (value,), "skills": (value,)}
    contact = Contact("1", name, DAY, (ROLES["other"],), notes=notes or None, **fields)
    page = markdown_text(Village(contacts=(contact,)), ENGLISH)
    blocks = list(plain(render(page)))
    quoted = [text for kind, text in blocks if kind.startswith("quote")]
    assert [block for block in blocks if not block[0].startswith("quote")] == [
        ("h1", "Your village"),
        ("p", "Monday, 2 March 2026"),
        ("h2", "Friends"),
        ("h3", flat(name) or "x"),
        ("p", "other"),
        ("p", f"phone: {flat(value)}"),
        ("p", f"address: {flat(value)}"),
        ("p", f"can: {flat(value)}"),
    ]
    paragraphs = "\n".join(lines_of(notes)).split("\n\n")
    expected = [text.strip("\n") for text in paragraphs]
    assert quoted == [text for text in expected if text]
