"""What a search found, in words: lists of contacts, who gives what, and what mentions a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.command_line import argument
from dorf.core.tending import State
from dorf.report.contact import contact_with_state
from dorf.report.encounters import (
    encounter_text,
    encounters_document,
    history_page,
    more_line,
)
from dorf.report.page import Item, Line, Page, Table, Title
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dorf.core.queries import Match
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


def who_page(asked: str, found: Sequence[tuple[Tending, Match]], words: Words) -> Page:
    """Return who gives a kind of support, can do or has something, the warm ones first."""
    if not found:
        return (
            Line(words.say("{what}: nobody yet.", what=asked)),
            Item(
                "→",
                words.say("Note it as a wish: dorf wish add {what}", what=argument(asked)),
                tone="step",
            ),
        )
    items = [
        Item(
            _sign(tending, match),
            " · ".join(
                filter(None, (words.state(tending), _why(match, words), _phone(tending, words)))
            ),
            lead=words.name(tending.contact.name),
            tone="thin" if tending.state is State.COOLING else "good",
        )
        for tending, match in found
    ]
    return (Title(asked), *items)


def _why(match: Match, words: Words) -> str:
    """Return what speaks for somebody; over a shoulder no words of notes."""
    if match.skill or words.discreet:
        return match.skill
    return match.note or (encounter_text(match.encounter, {}, words) if match.encounter else "")


def _sign(tending: Tending, match: Match) -> str:
    """Return the sign of the status report: cold, assumed from the role, or noted."""
    if tending.state is State.COOLING:
        return "○"
    return "●" if any(match) or not tending.contact.assumed else "◐"


def _phone(tending: Tending, words: Words) -> str:
    phones = () if words.discreet else tending.contact.phones
    return phones[0] if phones else ""


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
