"""What goes into a calendar, in words: when to say hello, meetings, and days of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.calendar import Event, Topic, calendar_entries
from dorf.errors import N_

if TYPE_CHECKING:
    from dorf.core.assessment import Assessment
    from dorf.core.calendar import Entry
    from dorf.report.words import Words


def calendar_events(assessment: Assessment, words: Words) -> tuple[Event, ...]:
    """Return what an assessment has for a calendar, the earliest day first.

    Discreet *words* give initials, and neither notes nor phone numbers.
    """
    return tuple(
        Event(
            entry.uid,
            entry.day,
            _title(entry, words),
            "\n".join(filter(None, _description(entry, words))),
            entry.alarm,
            entry.repeat,
        )
        for entry in calendar_entries(assessment.tendings, assessment.today)
    )


def _title(entry: Entry, words: Words) -> str:  # noqa: PLR0911  (one sentence a topic)
    """Return what an entry is called; what somebody named may name people, and is not discreet."""
    contact = entry.contact
    name, to = words.name(contact.name), words.to([contact.name])
    match entry.topic:
        case Topic.DUE if contact.strained:  # no invitation (DOMAIN.md §0.1)
            return words.say("{name}: some time has passed", name=name)
        case Topic.DUE if contact.main_role.slug == "partner":
            return f"{name}: {words.say('time for the two of you')}"
        case Topic.DUE if contact.main_role.slug == "babysitter":
            return f"{name}: {words.say('book again some time')}"
        case Topic.DUE:
            return words.say("A hello to {name}", name=to)
        case Topic.PLAN | Topic.STANDING:
            return words.say("Meeting with {name}", name=to)
        case Topic.BIRTHDAY:
            return words.say("Birthday: {name}", name=name)
        case Topic.KID if entry.name:
            child = words.name(entry.name)
            return words.say("Birthday: {child} (child of {name})", child=child, name=to)
        case Topic.KID:
            return words.say("Birthday: a child of {name}", name=to)
        case Topic.DAY if words.discreet:
            return words.say("Special day: {name}", name=name)
    return f"{entry.name}: {name}"


def _description(entry: Entry, words: Words) -> tuple[str, ...]:
    """Return the year, which a yearly entry cannot turn into an age; a note; how to call."""
    contact, since = entry.contact, ""
    if entry.since is not None:
        sentence = N_("Since {year}") if entry.topic is Topic.DAY else N_("Born in {year}")
        since = words.say(sentence, year=entry.since)
    if words.discreet:
        return (since,)
    note = contact.planned_note or "" if entry.topic in {Topic.PLAN, Topic.STANDING} else ""
    may_call = contact.phones and not (entry.topic is Topic.DUE and contact.strained)
    phones = words.say("Phone: {numbers}", numbers=", ".join(contact.phones)) if may_call else ""
    return since, note, phones
