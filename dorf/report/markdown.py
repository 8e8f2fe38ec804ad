"""The village as a Markdown page: to print, to send to the other parent, to put into a wiki.

CommonMark without tables or HTML. Texts of the user stay texts in every common dialect: what could
be markup is escaped, and nothing of it begins a line but where that is looked after.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.core.tending import tend
from dorf.core.vocabulary import Source, Status
from dorf.report.contact import facts
from dorf.report.words import SOURCE_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dorf.core.village import Contact, Village
    from dorf.report.words import Words

_FACTS = (
    "phone", "e-mail", "address", "birthday", "children", "yearly days", "gives", "gets from you",
    "can", "also called",
)  # fmt: skip
"""What a page tells of somebody, by the labels of `facts`: nothing about closeness or reminders."""

_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~$^]")
_ENTITY = re.compile(r"&(?=[#A-Za-z0-9])")
_OPENING = re.compile(r"([-+=])|(>)|([0-9]+)([.)])")


def markdown_text(village: Village, words: Words) -> str:
    """Return the people of *village* as a page, a section for each group that has any.

    Who has left the village comes last. With discreet *words* there are initials, and neither
    addresses nor notes.
    """
    blocks = [f"# {words.say('Your village')}", words.long_day(words.today)]
    for heading, people in _groups(village.contacts, words):
        blocks.append(f"## {heading[:1].upper()}{heading[1:]}")
        for contact in people:
            blocks += _section(contact, village, words)
    if not village.contacts:
        blocks.append(words.say("Nobody matches."))
    return "\n\n".join(blocks) + "\n"


def _groups(contacts: Sequence[Contact], words: Words) -> Iterator[tuple[str, Sequence[Contact]]]:
    """Yield the groups that have people, in the order of the domain, then who has left."""
    here = [contact for contact in contacts if contact.status is not Status.ENDED]
    groups = [
        (
            words.language.word(SOURCE_LABELS[source]),
            [c for c in here if c.main_role.source is source],
        )
        for source in Source
    ]
    gone = [contact for contact in contacts if contact.status is Status.ENDED]
    yield from (
        (heading, people) for heading, people in [*groups, (words.say("earlier"), gone)] if people
    )


def _section(contact: Contact, village: Village, words: Words) -> Iterator[str]:
    """Yield the blocks about one contact: name, roles, what is known, notes."""
    yield f"### {_inline(words.name(contact.name))}"
    yield _inline(words.roles(contact))
    rows = _rows(contact, village, words)
    if items := [f"- {label}: {_inline(value)}" for label, value in rows]:
        yield "\n".join(items)
    if contact.notes and not words.discreet:
        yield _quoted(contact.notes)


def _rows(contact: Contact, village: Village, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what is known, with its label; of who has left, no help is assumed."""
    tending = tend(contact, village.touch(contact), words.today)
    known = dict(facts(tending, words))
    if contact.status is Status.ENDED and contact.assumed:
        del known[words.say("gives")]
    if tending.last_contact:
        yield words.say("last"), words.day(tending.last_contact)
    labels = map(words.language.word, _FACTS)
    yield from ((label, known[label]) for label in labels if known.get(label))


def _inline(text: str) -> str:
    """Return *text* as one line in which nothing is markup, to stand after words of our own."""
    line = " ".join(filter(None, map(str.strip, text.splitlines())))
    # An entity is understood where a backslash before "<" is not, as in Python-Markdown.
    escaped = _ENTITY.sub("&amp;", _SPECIAL.sub(r"\\\g<0>", line))
    return escaped.replace("<", "&lt;")


def _quoted(text: str) -> str:
    """Return *text* as a quoted block that keeps its lines."""
    lines = [_opening(_inline(line)) for line in text.splitlines()]
    quoted = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        broken = "  " if line and following else ""
        quoted.append(f"> {line}{broken}" if line else ">")
    return "\n".join(quoted)


def _opening(line: str) -> str:
    """Return a *line* that does not begin as a list, a quote or a rule."""
    return _OPENING.sub(_guarded, line, count=1) if _OPENING.match(line) else line


def _guarded(match: re.Match[str]) -> str:
    sign, quote, number, end = match.groups()
    if sign:
        return f"\\{sign}"
    return "&gt;" if quote else f"{number}\\{end}"
