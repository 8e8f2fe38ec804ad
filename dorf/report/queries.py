"""What a search found, in words: lists of contacts, who gives what, and what mentions a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.command_line import argument
from dorf.core.queries import Rank
from dorf.core.tending import State
from dorf.core.vocabulary import Kind
from dorf.report.contact import contact_with_state, value_in_words
from dorf.report.encounters import (
    encounter_text,
    encounters_document,
    history_page,
    more_line,
)
from dorf.report.page import Block, Heading, Item, Line, Page, Table, Title
from dorf.report.words import PLACE_LABELS
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dorf.core.queries import Answer, Match, Wanted
    from dorf.core.tending import Tending
    from dorf.core.village import Encounter
    from dorf.report.words import Words


def empty_page(words: Words) -> Page:
    """Return the welcome to an empty village."""
    return (
        Title(words.say("Your village"), words.long_day(words.today)),
        Line(words.say("Nobody is here yet. The first one is quick to add:")),
        Item("→", words.say("dorf add Grandma --role grandparent --last yesterday"), tone="step"),
        Item("→", words.say("A few questions to begin with: dorf init"), tone="step"),
        Item("→", words.say("What a filled village looks like: dorf demo"), tone="step"),
    )


def list_page(tendings: Sequence[Tending], words: Words) -> Page:
    """Return contacts as a table: name, role, last contact, state."""
    if not tendings:
        return (Line(words.say("Nobody matches."), "quiet"),)
    rows = tuple(
        (
            words.name(tending.contact.name),
            words.role(tending.contact.main_role),
            words.short_day(tending.last_contact) if tending.last_contact else "–",
            _state_and_due(tending, words),
        )
        for tending in tendings
    )
    header = (words.say("name"), words.say("role"), words.say("last"), words.say("state"))
    return (Table(header, rows),)


def _state_and_due(tending: Tending, words: Words) -> str:
    state = words.state(tending)
    if tending.hidden and tending.contact.snoozed_until:
        day = words.short_day(tending.contact.snoozed_until)
        return words.say("{state}, reminder rests until {day}", state=state, day=day)
    if tending.state in {State.FRESH, State.SOON} and tending.due:
        return words.say("{state}, by {day}", state=state, day=words.short_day(tending.due))
    return state


def list_document(tendings: Sequence[Tending], words: Words) -> dict[str, Any]:
    """Return contacts with all their fields and where each relationship stands."""
    return {"contacts": [contact_with_state(tending, words) for tending in tendings]}


def who_page(wanted: Wanted, found: Sequence[Answer], words: Words) -> Page:
    """Return who gives a kind of support, can do or has something; whom one asks later, below."""
    kind = wanted.kind if wanted.is_named else None
    asked = words.kind(kind) if kind else wanted.text
    if not found:
        return (
            Line(words.say("{what}: nobody yet.", what=asked)),
            Item(
                "→",
                words.say("Note it as a wish: dorf wish add {what}", what=argument(asked)),
                tone="step",
            ),
        )
    item = _number_item if kind is Kind.EMERGENCY and not words.discreet else _answer_item
    page: list[Block] = [Title(asked[:1].upper() + asked[1:])]
    page += [item(answer, words) for answer in found if answer.rank.at_hand]
    later = [item(answer, words) for answer in found if not answer.rank.at_hand]
    if later:
        page.append(Heading(words.say("Not at short notice")))
    return (*page, *later)


def who_document(wanted: Wanted, found: Sequence[Answer], words: Words) -> dict[str, Any]:
    """Return who is an answer, the nearest first, with how soon that is."""
    contacts = [
        contact_with_state(answer.tending, words) | {"rank": answer.rank.value} for answer in found
    ]
    return {"kind": wanted.kind, "asked": wanted.text, "contacts": contacts}


def _answer_item(answer: Answer, words: Words) -> Item:
    why, phone = _why(answer.match, words), _phone(answer, words)
    text = " · ".join(filter(None, (why, *_facts(answer, words), phone)))
    lead = words.name(answer.tending.contact.name)
    return Item(_sign(answer), text, lead=lead, tone=_tone(answer))


def _number_item(answer: Answer, words: Words) -> Item:
    """Return the number first and whose it is: what one looks for at three in the morning."""
    contact = answer.tending.contact
    numbers = [] if answer.rank is Rank.STRAINED else contact.phones
    text = " · ".join((words.name(contact.name), *_facts(answer, words)))
    lead = ", ".join(numbers) or words.say("no number")
    return Item(_sign(answer), text, lead=lead, tone=_tone(answer))


def _facts(answer: Answer, words: Words) -> Iterator[str]:
    """Yield what helps to choose: how far away, trusted or not, when one was last in touch."""
    tending, contact = answer.tending, answer.tending.contact
    if answer.rank is Rank.STRAINED:
        yield words.say("costs strength, too")
    if contact.is_online_only:
        yield words.say("online only")
    elif contact.where:
        yield words.language.word(PLACE_LABELS[contact.where])
    else:
        yield words.say("distance not noted")
    if answer.rank is not Rank.STRAINED:
        stated = [field for field in _CONFIDENCE if getattr(contact, field)]
        yield from (value_in_words(field, value=True, words=words) for field in stated)
    if tending.expired and contact.until:
        yield words.say("was here until {day}", day=words.day(contact.until))
    elif answer.rank is Rank.COLD:
        yield words.silence(tending.days)
    elif tending.last_contact:
        yield words.say("last {ago}", ago=words.ago(tending.last_contact))


_CONFIDENCE = ("trusted", "pickup")
"""The fields that tell how much of a child's care somebody may be given."""


def _tone(answer: Answer) -> str:
    return "good" if answer.rank.at_hand else "thin" if answer.rank is Rank.COLD else "quiet"


def _why(match: Match, words: Words) -> str:
    """Return what speaks for somebody; over a shoulder no words of notes."""
    if match.skill or words.discreet:
        return match.skill
    return match.note or (encounter_text(match.encounter, {}, words) if match.encounter else "")


def _sign(answer: Answer) -> str:
    """Return the sign of the status report: cold, assumed from the role, or noted."""
    if answer.rank is Rank.COLD:
        return "○"
    return "●" if any(answer.match) or not answer.tending.contact.assumed else "◐"


def _phone(answer: Answer, words: Words) -> str:
    """Return a number; of a tie that costs strength none, nor over a shoulder."""
    hidden = words.discreet or answer.rank is Rank.STRAINED
    return next(iter(() if hidden else answer.tending.contact.phones), "")


class Found(NamedTuple):
    """What a search found, as far as it is shown: some contacts and encounters, how many more."""

    tendings: Sequence[Tending]
    more_contacts: int
    encounters: Sequence[Encounter]
    more_encounters: int


def found_page(found: Found, names: Mapping[str, str], words: Words) -> Page:
    """Return what a search found: contacts, then encounters."""
    page: Page = ()
    if found.tendings:
        page = (*list_page(found.tendings, words), *more_line(found.more_contacts, words))
    if found.encounters:
        page += history_page(found.encounters, names, words, found.more_encounters)
    return page or (Line(words.say("Nothing was found."), "quiet"),)


def found_document(found: Found, names: Mapping[str, str], words: Words) -> dict[str, Any]:
    """Return what a search found, whole."""
    log = encounters_document(found.encounters, names, words)
    return list_document(found.tendings, words) | log
