"""What an import did or would do, in words: a table, remarks, one line of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.village import LABELS
from dorf.core.vocabulary import ROLES
from dorf.errors import N_
from dorf.report.contact import changed_facts, value_in_words, without_role_text
from dorf.report.page import Line, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dorf.core.village import Contact
    from dorf.imports.incoming import Remark
    from dorf.imports.outcome import Conflict, Outcome
    from dorf.report.page import Block, Page
    from dorf.report.words import Words

MOST_PLACES = 3
"""How many places of the same remark are named before the others are only counted."""

MOST_ALIKE = 3
"""How many remarks of one kind, each about something else, are shown before they are counted."""

MOST_REMARKS = 12
"""How many contradictions and different remarks are shown before the others are only counted."""

MOST_NAMES = 5
"""How many people of one guessed role are named."""

_Kinds = dict[str, dict[str, list[str]]]
"""The places of each remark, by its kind and by what it says."""

LONGEST_VALUE = 80
"""Characters of a note that are shown where both sides say something different."""

_OTHER = (ROLES["other"],)

_MORE_LABELS = {
    "notes": N_("note"),
    "roles": N_("roles"),
    "gives": N_("gives"),
    "gets": N_("gets"),
    "planned_note": N_("plan"),
    "plan_every": N_("plan"),
}


def import_page(done: Outcome, words: Words, *, dry_run: bool) -> Page:
    """Return what joined the village: in a dry run a row each, else who was changed; guesses."""
    blocks: list[Block] = []
    if dry_run:
        rows = tuple(_rows(done, words))
        blocks += [Table(("", "", ""), rows)] if rows else []
    else:
        blocks += [Line(text) for text in _renamed(done, words)]
        changed = [after.name for before, after in done.changed if after.name == before.name]
        if changed:
            names = _some(changed, MOST_NAMES, words)
            blocks.append(Line(words.say("Changed: {names}", names=names)))
    blocks += [Line(text) for text in _guesses(done, words)]
    open_ones = sum(contact.roles == _OTHER for contact in done.new)
    if open_ones and not dry_run:
        blocks.append(Line(without_role_text(open_ones, words), "quiet"))
    return tuple(blocks)


def _rows(done: Outcome, words: Words) -> Iterator[tuple[str, str, str]]:
    for contact in done.new:
        yield words.say("new"), contact.name, _sketch(contact, words)
    for before, after in done.changed:
        yield words.say("changed"), after.name, _differences(before, after, words)
    for remark in done.skipped:
        yield words.say("left out"), remark.place, _reason(remark, words)


def _sketch(contact: Contact, words: Words) -> str:
    reach = (*contact.phones[:1], *contact.emails[:1])
    birthday = words.partial(contact.birthday) if contact.birthday else ""
    return " · ".join(filter(None, (words.roles(contact), birthday, *reach)))


def _differences(before: Contact, after: Contact, words: Words) -> str:
    from dorf.core.tending import tend
    from dorf.core.village import UNTOUCHED

    then, now = (tend(contact, UNTOUCHED, words.today) for contact in (before, after))
    facts = changed_facts(then, now, words)
    if before.roles != after.roles:
        facts.insert(0, words.roles(after))
    if before.name != after.name:
        facts.insert(0, words.say("was: {name}", name=before.name))
    return " · ".join(facts or _fields(before, after, words))


def _fields(before: Contact, after: Contact, words: Words) -> list[str]:
    """Return the labels of what is stated now and reads as what was assumed."""
    labels = LABELS | _MORE_LABELS
    changed = (f for f in labels if getattr(before, f) != getattr(after, f))
    return [words.language.word(labels[field]) for field in changed]


def _renamed(done: Outcome, words: Words) -> Iterator[str]:
    """Yield who is found under another name from now on: nobody is to be missed."""
    for before, after in done.changed:
        if before.name != after.name:
            yield words.say("{before} is called {name} now", before=before.name, name=after.name)


def _guesses(done: Outcome, words: Words) -> Iterator[str]:
    """Yield a line for each word that was read as a role, with the people that it is about."""
    people: dict[tuple[str, str], list[str]] = {}
    for guess in done.guessed:
        people.setdefault((guess.word, words.role(guess.role)), []).append(guess.name)
    for (word, role), names in people.items():
        shown = _some(names, MOST_NAMES, words)
        yield words.say("“{word}” read as {role}: {names}", word=word, role=role, names=shown)


def _some(texts: Sequence[str], most: int, words: Words) -> str:
    shown, hidden = ", ".join(texts[:most]), len(texts) - most
    if hidden <= 0:
        return shown
    return words.count("{shown} and {n} more", "{shown} and {n} more", hidden, shown=shown)


def remark_lines(
    done: Outcome, words: Words, *, dry_run: bool = False, everything: bool = False
) -> Iterator[str]:
    """Yield what was not taken and why, the same reason once, with its first places.

    A dry run shows in its table who would be left out, so those remarks would say it twice.
    Unless *everything* is wanted, many are only counted.
    """
    for place in done.unknown:
        yield words.say("{place}: unknown, left out.", place=place)
    for name in done.kept:
        yield words.say("{name}: newer here than in the file, left as it is.", name=name)
    for conflict in done.conflicts[: None if everything else MOST_REMARKS]:
        text = conflict_text(conflict, words)
        yield words.say("{conflict}. It stays as it is here.", conflict=text)
    hidden = len(done.conflicts) - MOST_REMARKS
    if hidden > 0 and not everything:
        yield words.count(
            "and {n} other thing that is different there (--all)",
            "and {n} other things that are different there (--all)",
            hidden,
        )
    if done.conflicts:
        yield words.say("To take what the file says: --prefer-file")
    kinds = _by_kind((r for r in done.remarks if not (dry_run and r.entry)), words)
    if everything:
        yield from (_once(*item) for places in kinds.values() for item in places.items())
    else:
        yield from _first_remarks(kinds, words)


def _by_kind(remarks: Iterable[Remark], words: Words) -> _Kinds:
    kinds: _Kinds = {}
    for remark in remarks:
        places = kinds.setdefault(remark.what.sentence, {})
        places.setdefault(_reason(remark, words), []).append(remark.place)
    return kinds


_NOTHING_CHANGED = " Nothing was changed."
"""The last sentence of a refusal, which is true only where all is refused."""


def _reason(remark: Remark, words: Words) -> str:
    """Return what a remark says; what was read beside it may well have changed something."""
    text = words.language.error(remark.what)
    if remark.what.sentence.endswith(_NOTHING_CHANGED):
        return text.rpartition(". ")[0] + "."
    return text


def _first_remarks(kinds: _Kinds, words: Words) -> Iterator[str]:
    """Yield a line for each remark, those of one kind together, and only the first ones of many."""
    room, hidden = MOST_REMARKS, 0
    for places in kinds.values():
        shown = min(len(places), MOST_ALIKE, room)
        for what, where in list(places.items())[:shown]:
            yield _once(what, where)
        room, more = room - shown, len(places) - shown
        if shown and more:
            yield words.count(
                "… and {n} more like it (--all)", "… and {n} more like it (--all)", more
            )
        elif more:
            hidden += more
    if hidden:
        yield words.count("and {n} other remark (--all)", "and {n} other remarks (--all)", hidden)


def _once(what: str, where: Sequence[str]) -> str:
    """Return a remark with its place, or with its first ones."""
    if len(where) == 1:
        return f"{where[0]}: {what}"
    shown = ", ".join(where[:MOST_PLACES])
    dots = ", …" if len(where) > MOST_PLACES else ""
    return f"{what} ({len(where)} ×: {shown}{dots})"


def conflict_text(conflict: Conflict, words: Words) -> str:
    """Return who it is about, and what either side says."""
    field = conflict.field
    return words.say(
        "{name}, {field}: here {existing}, in the file {incoming}",
        name=conflict.name,
        field=words.language.word((LABELS | _MORE_LABELS).get(field, field)),
        existing=_shortened(_value(field, conflict.existing, words)),
        incoming=_shortened(_value(field, conflict.incoming, words)),
    )


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_VALUE else f"{line[: LONGEST_VALUE - 1]}…"


def _value(field: str, value: Any, words: Words) -> str:  # noqa: ANN401  (any field)
    if field == "roles":
        return ", ".join(words.role(role) for role in value)
    if field in {"gives", "gets"}:
        return words.kinds(value) or words.say("nothing")
    return value_in_words(field, value, words)


def count_line(done: Outcome, words: Words, *, dry_run: bool) -> str:
    """Return how many are new, changed, unchanged, left out; the encounters and the household."""
    say = words.say
    parts = [
        say("{n} new", n=len(done.new)),
        say("{n} changed", n=len(done.changed)),
        say("{n} unchanged", n=done.unchanged),
    ]
    if done.doubled:
        parts.append(say("{n} there twice", n=done.doubled))
    if done.skipped:
        parts.append(say("{n} left out", n=len(done.skipped)))
    new = len(done.new_encounters)
    parts.append(words.count("{n} new encounter", "{n} new encounters", new))
    edited = len(done.changed_encounters)
    if edited:
        parts.append(words.count("{n} changed encounter", "{n} changed encounters", edited))
    if done.household_changed:
        parts.append(say("household changed"))
    shown = ", ".join(parts)
    if dry_run:
        return say("This would happen: {counts}.", counts=shown)
    return say("Imported: {counts}.", counts=shown)


def import_document(done: Outcome, words: Words, *, dry_run: bool) -> dict[str, Any]:
    """Return the JSON document of an import."""
    return {
        "dry_run": dry_run,
        "new": len(done.new),
        "changed": len(done.changed),
        "unchanged": done.unchanged,
        "kept": len(done.kept),
        "doubled": done.doubled,
        "skipped": len(done.skipped),
        "encounters": len(done.new_encounters),
        "encounters_changed": len(done.changed_encounters),
        "household_changed": done.household_changed,
        "unknown": list(done.unknown),
        "contacts": [*(_entry("new", c) for c in done.new),
                     *(_entry("changed", c) for _, c in done.changed)],
        "guessed": [
            {"name": guess.name, "word": guess.word, "role": guess.role.slug}
            for guess in done.guessed
        ],
        "conflicts": [
            {"name": conflict.name, "field": conflict.field, "text": conflict_text(conflict, words)}
            for conflict in done.conflicts
        ],
        "doubtful": [
            {"name": likeness.new, "there": likeness.existing} for likeness in done.doubtful
        ],
        "remarks": [
            {"place": remark.place, "text": _reason(remark, words), "left_out": remark.entry}
            for remark in done.remarks
        ],
    }  # fmt: skip


def _entry(outcome: str, contact: Contact) -> dict[str, str]:
    return {"name": contact.name, "uid": contact.uid, "outcome": outcome}
