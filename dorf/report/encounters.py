"""Encounters in words: one as a line, the history, and their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.report.page import Item, Line, Page
from dorf.report.words import HELP_LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dorf.core.village import Encounter
    from dorf.report.words import Words


def encounter_text(encounter: Encounter, names: Mapping[str, str], words: Words) -> str:
    """Return an encounter as one line: day, people, way, help, note."""
    people = [words.name(names[uid]) for uid in encounter.contacts if uid in names]
    helped = helped_texts(encounter, words)
    note = "" if words.discreet else " ".join((encounter.note or "").split())
    has_details = bool(helped or note)
    how = "" if has_details and encounter.how is None else words.how(encounter.how)
    parts = [words.day(encounter.day), ", ".join(people), how, *helped, note]
    return " · ".join(part for part in parts if part)


def helped_texts(encounter: Encounter, words: Words) -> list[str]:
    """Return the help given and received in words."""
    return [words.say(HELP_LABELS[h.direction], kind=words.kind(h.kind)) for h in encounter.help]


def details(encounter: Encounter, words: Words) -> list[str]:
    """Return the way of an encounter and the help in it, as far as they are noted."""
    how = [] if encounter.how is None else [words.how(encounter.how)]
    return [*how, *helped_texts(encounter, words)]


def history_page(
    encounters: Sequence[Encounter], names: Mapping[str, str], words: Words, hidden: int
) -> Page:
    """Return encounters, the newest first, numbered for `encounter`, and how many are *hidden*."""
    if not encounters:
        return (Line(words.say("Nothing is noted about that yet."), "quiet"),)
    items = [
        Item(encounter.uid[:8], encounter_text(encounter, names, words), tone="quiet")
        for encounter in reversed(encounters)
    ]
    return (*items, *more_line(hidden, words))


def more_line(hidden: int, words: Words) -> Page:
    """Return the line that says how many are not shown, if any."""
    rest = words.count("and {n} more (--all)", "and {n} more (--all)", hidden)
    return (Line(rest, "quiet"),) if hidden else ()


def encounters_document(
    encounters: Sequence[Encounter], names: Mapping[str, str], words: Words
) -> dict[str, Any]:
    """Return encounters with the names of the people beside their uids."""
    return {"encounters": [encounter_with_names(each, names, words) for each in encounters]}


def encounter_with_names(
    encounter: Encounter, names: Mapping[str, str], words: Words
) -> dict[str, Any]:
    """Return an encounter as the village file carries it, with the names of its people."""
    from dorf.formats.village_file import encounter_document

    people = [words.name(names[uid]) for uid in encounter.contacts]
    shown = encounter_document(encounter) | {"names": people}
    return shown | {"note": None} if words.discreet else shown
