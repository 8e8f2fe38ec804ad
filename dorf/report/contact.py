"""``dorf show``: the page about one contact, in the order in which one reads before ringing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.anniversaries import next_time
from dorf.core.tending import State
from dorf.report.contacts import encounter_text, facts
from dorf.report.page import Block, Heading, Item, Line, Page, Table, Title
from dorf.report.words import HELP_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dorf.core.dates import PartialDate
    from dorf.core.tending import Tending
    from dorf.core.village import Encounter, Kid, YearlyDay
    from dorf.report.words import Words

BIRTHDAY_DAYS = 30
"""How far ahead the birthdays of a contact's children are told, in days (convention)."""

_LAST = 5


def contact_page(one: Tending, encounters: Sequence[Encounter], words: Words) -> Page:
    """Return the page: state, what helps when ringing, other facts, notes, what was lately.

    *encounters* come oldest first.
    """
    contact = one.contact
    page: list[Block] = [
        Title(words.name(contact.name), words.roles(contact)),
        Line(" · ".join(_standing(one, words)), "quiet"),
        Table(("", ""), _rows(one, words)),
    ]
    if contact.notes and not words.discreet:
        page += [Heading(words.say("Notes")), Line(contact.notes)]
    newest = list(reversed(encounters))
    met = [encounter_text(encounter, {}, words) for encounter in newest[:_LAST]]
    helped = list(_helped(newest, words))[:_LAST]
    for heading, texts in (
        (words.say("Last encounters"), met),
        (words.say("Give and take"), helped),
    ):
        if texts:
            page += [Heading(heading), *(Item("·", text, tone="quiet") for text in texts)]
    return tuple(page)


def _helped(newest: Sequence[Encounter], words: Words) -> Iterator[str]:
    for encounter in newest:
        for help_ in encounter.help:
            kind = words.kind(help_.kind)
            told = words.say(HELP_LABELS[help_.direction], kind=kind)
            yield f"{words.day(encounter.day)} · {told}"


def _standing(one: Tending, words: Words) -> Iterator[str]:
    """Yield where the relationship stands: state, last contact, a reminder that rests."""
    if one.state is State.ENDED:
        yield _ended(one, words)
    else:
        yield words.state(one)
    yield words.last_contact(one)
    snoozed = one.contact.snoozed_until
    if one.hidden and snoozed and one.state is not State.ENDED:
        yield words.say("reminder rests until {day}", day=words.day(snoozed))


def _ended(one: Tending, words: Words) -> str:
    """Return that somebody left, with the day their last role ended where it is known."""
    spans = one.contact.role_history
    ends = [span.end for span in spans if span.end and span.end <= words.today]
    if not ends or any(span.end is None for span in spans):
        return words.state(one)
    return words.say("used to be in the village, until {day}", day=words.day(max(ends)))


def _rows(one: Tending, words: Words) -> tuple[tuple[str, str], ...]:
    """Return the facts that are known; a pause sets no day, and who left reminds of nothing."""
    say, contact = words.say, one.contact
    known = dict(facts(one, words))
    del known[say("reminder rests until")]  # the line above says it
    if one.state in {State.ENDED, State.PAUSED}:
        del known[say("next time")]
    if one.state is State.ENDED:
        del known[say("rhythm")], known[say("plan")]
    else:
        known[say("birthday")] = _birthday(contact.birthday, words)
        known[say("children")] = ", ".join(_kid(kid, words) for kid in contact.kids)
        known[say("yearly days")] = ", ".join(_yearly_day(d, words) for d in contact.yearly_days)
    return tuple((label, value) for label, value in known.items() if value)


def _birthday(born: PartialDate | None, words: Words) -> str:
    """Return a birthday with how far away it is, and the age it brings: (in 12 days, turns 69)."""
    if born is None:
        return ""
    shown = words.partial(born)
    day = born.next_anniversary(words.today)
    if day is None:
        return shown
    when = words.ahead(day)
    age = born.age_on(day)
    text = words.say("{when}, turns {age}", when=when, age=age) if age else when
    return f"{shown} ({text})"


def _yearly_day(one: YearlyDay, words: Words) -> str:
    """Return a yearly day with how far away it is, and the years that it will have been."""
    shown = words.yearly_day(one)
    day = next_time(one.day, words.today)
    if day is None:
        return shown
    when = words.ahead(day)
    if one.day.year is not None:
        years = words.count("{n} year", "{n} years", day.year - one.day.year)
        when = f"{when}, {years}"
    return f"{shown} ({when})"


def _kid(kid: Kid, words: Words) -> str:
    """Return a contact's child with its age, and its birthday where that is near."""
    return words.kid(kid, _near_birthday(kid.born, words) if kid.born else "")


def _near_birthday(born: PartialDate, words: Words) -> str:
    day = born.next_anniversary(words.today)
    if day is None or (day - words.today).days > BIRTHDAY_DAYS:
        return ""
    if day == words.today:
        return words.say("birthday today")
    when, age = words.short_day(day), born.age_on(day)
    if age:
        return words.say("turns {age} on {day}", age=age, day=when)
    return words.say("birthday on {day}", day=when)
