"""The five-minute round in words: one stop, the keys, and what was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.tend_round import beginning
from dorf.errors import N_
from dorf.report.contact import result_line
from dorf.report.encounters import encounter_text
from dorf.report.page import Block, Heading, Item, Line, Page, Title
from dorf.report.status import urgency_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.core.tend_round import Beginning, Stop
    from dorf.core.tending import Tending
    from dorf.core.village import Encounter
    from dorf.report.words import Words

LABELS = {
    "today": N_("[t]oday"),
    "day": N_("another [d]ay"),
    "plan": N_("[p]lan"),
    "snooze": N_("[s]nooze"),
    "pause": N_("p[a]use"),
    "next": N_("[n]ext"),
    "more": N_("[m]ore"),
    "undo": N_("[u]ndo"),
    "quit": N_("[q]uit"),
    "yes": N_("[y]es"),
    "later": N_("[p]lan again"),
    "cancel": N_("n[o]"),
    "out": N_("not [h]ere"),
}
MEANINGS = {
    "today": N_("you are in touch today: noted"),
    "day": N_("you were in touch on another day"),
    "plan": N_("you have agreed on a day"),
    "snooze": N_("ask again later; Enter: in a week"),
    "pause": N_("no reminder for a while"),
    "next": N_("the next one; nothing changes (Enter)"),
    "more": N_("show all that is noted"),
    "undo": N_("take the last change back"),
    "quit": N_("enough for today"),
    "yes": N_("yes, you met: noted"),
    "later": N_("no, but you have a new day"),
    "cancel": N_("no, the meeting is off"),
    "out": N_("does not belong to your village"),
}
"""What a key does, for whoever presses the question mark; each fits into 60 columns."""

SORTING = {
    "in": N_("[i]n: belongs to my village"),
    "out": N_("[o]ut"),
    "later": N_("[l]ater"),
}
"""How somebody from an import is sorted."""

"""What a key does; the key stands in brackets and may differ between the languages."""

TENDING_KEYS = ("today", "day", "plan", "snooze", "pause", "next", "more", "undo", "out", "quit")
MEETING_KEYS = ("yes", "day", "later", "cancel", "next", "more", "undo", "out", "quit")

_BEGINNINGS = (
    N_("A short message is enough; it means more than you think."),
    N_("“I just thought of you” is a whole message."),
    N_("Nobody counts the weeks; people are glad about a hello."),
    N_("A voice message while walking is a visit, too."),
    N_("A photo of the children needs no words."),
)


def stop_page(stop: Stop, log: Sequence[Encounter], words: Words, number: int) -> Page:
    """Return one stop of the round: who, why now, how to reach them, what was last, a beginning."""
    contact = stop.contact
    page: list[Block] = [
        Line(""),
        Title(words.name(contact.name), words.roles(contact)),
    ]
    if stop.met_on is not None:
        day = words.day(stop.met_on)
        text = words.say("Did the meeting on {day} work out?", day=day)
        page.append(Item("?", text, tone="note"))
        if contact.planned_note and not words.discreet:
            page.append(Item("·", contact.planned_note, tone="quiet"))
    if stop.urgency is not None:
        page.append(Item("▸", urgency_text(stop.urgency, words), tone="calm"))
    elif stop.met_on is None:
        page.append(Item("?", words.say("When did you last talk?"), tone="note"))
    if contact.phones and not (words.discreet or contact.strained):
        page.append(Item("→", ", ".join(contact.phones), tone="step", lead=words.say("phone")))
    page += [
        Item("·", encounter_text(encounter, {}, words), tone="quiet")
        for encounter in reversed(log[-2:])
    ]
    if begin := beginning(stop, log, words.today):
        page.append(Item("→", _beginning(begin, words, number), tone="good"))
    return tuple(page)


def _beginning(begin: Beginning, words: Words, number: int) -> str:
    """Return one line that makes it easier to begin: something to ask about, or a kind word."""
    if begin.birthday:
        return words.say("A good reason: birthday on {day}.", day=words.short_day(begin.birthday))
    if begin.note and not words.discreet:
        note = _short(begin.note.splitlines()[0])
        return words.say("You could ask about it: “{note}”", note=note)
    day = words.today.toordinal() + number
    return words.language.word(_BEGINNINGS[day % len(_BEGINNINGS)])


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def calm_page(words: Words) -> Page:
    """Return the answer when nobody needs tending."""
    return (Line(words.say("Nobody is waiting for a hello today. Your village holds."), "good"),)


def summary_page(changed: Sequence[Tending], left: int, words: Words) -> Page:
    """Return the end of a round: who was changed, how each now stands, who is left."""
    page: list[Block] = [Line("")]
    if changed:
        page.append(Heading(words.say("Changed in this round")))
        page += [Item("✓", result_line(tending, words), tone="good") for tending in changed]
        page.append(Line(words.say("Taken back one by one with: dorf undo"), "quiet"))
    else:
        page.append(Line(words.say("Nothing was changed."), "quiet"))
    if left:
        page.append(Line(words.say("Enough for today. The others can wait."), "quiet"))
    else:
        page.append(Line(words.say("That was everybody. Your village thanks you."), "good"))
    return tuple(page)
