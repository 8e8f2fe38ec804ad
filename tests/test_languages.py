"""Every sentence exists in both languages, and the catalogue is complete and up to date."""

from __future__ import annotations

import ast
import re
import string
from typing import TYPE_CHECKING

import pytest

from dorf.core.sayings.roles import parse_role
from dorf.core.vocabulary import KIND_WORDS, ROLES, SHOWN, parse_kind
from dorf.i18n import CODES, Language, choose
from tests.catalogues import KEYWORDS, MO, SOURCE, compiled, german, source_catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Message

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _forms(name: str) -> int:
    """Return how many forms of a sentence a call of that name marks."""
    return 1 if KEYWORDS[name] is None else 2


def _calls(path: Path) -> set[tuple[str, ...]]:
    """Return the sentences that a module marks, read from its syntax tree."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in KEYWORDS:
            wanted = node.args[: _forms(name)]
            texts = [a.value for a in wanted if isinstance(a, ast.Constant)]
            if all(texts) and len(texts) == _forms(name):
                found.add(tuple(str(text) for text in texts))
    return found


def _ids(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def _strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (str(message.string),)


MESSAGES = [message for message in german() if message.id]


@pytest.mark.slow
def test_the_collector_sees_every_sentence_that_the_source_marks() -> None:
    """Sentences inside f-strings, say, would be missed by it and never be translated."""
    marked = set().union(*(_calls(path) for path in SOURCE.rglob("*.py")))
    collected = {_ids(message) for message in source_catalogue() if message.id}
    assert marked - collected == set()


def test_the_catalogue_holds_exactly_the_sentences_of_the_source() -> None:
    """Run ``python -m tests.catalogues`` after changing a sentence."""
    collected = {_ids(message) for message in source_catalogue() if message.id}
    assert {_ids(message) for message in MESSAGES} == collected


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    """The .mo file is what the .po file compiles to."""
    assert MO.read_bytes() == compiled(german())


def _is_translated(message: Message) -> bool:
    """Tell whether each German form is there, is no guess, and has the English one's fields."""
    wanted = {frozenset(PLACEHOLDER.findall(text)) for text in _ids(message)}
    texts = _strings(message)
    same = all(frozenset(PLACEHOLDER.findall(text)) in wanted for text in texts)
    return all(texts) and not message.fuzzy and same


def test_every_sentence_is_translated_with_the_same_fields() -> None:
    """And what stands in braces can be filled in."""
    assert [message.id for message in MESSAGES if not _is_translated(message)] == []
    for message in MESSAGES:
        for text in _strings(message):
            list(string.Formatter().parse(text))


def test_german_is_written_with_a_warm_capital() -> None:
    """The article's "Du", never "du" or "Sie", and none of the words of DOMAIN.md §8 to avoid."""
    avoided = (
        r"\b(du|dich|dir|dein\w*|euch|euer\w*|eure\w*|Ihnen|überfällig|Defizit|Versäumnis|Mutti)\b"
    )
    texts = [text for message in MESSAGES for text in _strings(message)]
    assert [text for text in texts if re.search(avoided, text)] == []


@pytest.mark.parametrize(
    ("arguments", "environ", "code"),
    [
        (["--lang", "de", "status"], {"DORF_LANG": "en"}, "de"),
        (["--lang=en"], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"DORF_LANG": "de", "LC_ALL": "en_GB.UTF-8"}, "de"),
        ([], {"LC_ALL": "de_AT.UTF-8", "LANG": "en_US.UTF-8"}, "de"),
        ([], {"LC_MESSAGES": "de_CH", "LANG": "en_US.UTF-8"}, "de"),
        ([], {"LANG": "de_DE.UTF-8"}, "de"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "en"),
        ([], {}, "en"),
        (["--lang"], {}, "en"),
    ],
)
def test_the_language_is_the_nearest_wish(
    arguments: list[str], environ: dict[str, str], code: str
) -> None:
    """``--lang``, then DORF_LANG, then LC_ALL, LC_MESSAGES, LANG, then English."""
    assert choose(arguments, environ).code == code


@pytest.mark.parametrize("code", CODES)
def test_the_roles_and_kinds_that_are_shown_are_understood(code: str) -> None:
    """One word for each, in either language and in their order."""
    shown = {name: Language(code).word(text).split(", ") for name, text in SHOWN.items()}
    assert [parse_role(word) for word in shown["role"]] == list(ROLES.values())
    assert [parse_kind(word) for word in shown["kind"]] == list(KIND_WORDS)


def test_numbers_choose_their_form() -> None:
    """One is singular, all else plural, in both languages."""
    forms = [Language("de").count("{n} day ago", "{n} days ago", n) for n in (0, 1, 2)]
    assert forms == ["vor 0 Tagen", "vor 1 Tag", "vor 2 Tagen"]
