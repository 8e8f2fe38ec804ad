"""A reminder in words: plain lines for cron and shells, a mail, a notification, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.command_line import argument
from dorf.core.spelling import clean_text
from dorf.report.anniversaries import occasion_document, soon_text
from dorf.report.gaps.rule_words import SEVERITY
from dorf.report.gaps.sections import heading_of
from dorf.report.gaps.statements import (
    answer_texts,
    finding_document,
    finding_text,
    suggestion_texts,
)
from dorf.report.page import Block, Heading, Item, Line, Page, Title, plain_lines
from dorf.report.status import (
    caution_items,
    caution_text,
    kind_word,
    people_blocks,
    plan_document,
    plan_items,
    resting_text,
    tending_document,
    urgency_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dorf.core.reminders import Reminder
    from dorf.core.tending import Urgency
    from dorf.report.words import Words


def reminder_page(reminder: Reminder, words: Words) -> Page:
    """Return what there is to say, or an empty page."""
    if reminder.empty:
        return ()
    return (
        Title(words.say("Your village"), words.long_day(words.today)),
        *plan_items(reminder.meetings, words),
        *_people(reminder, words),
        *_days(reminder, words),
        *_gap(reminder, words),
        *_closing(reminder, words),
    )


def _people(reminder: Reminder, words: Words) -> Iterator[Block]:
    if reminder.weeks_at_rest:
        yield Line(resting_text(reminder.weeks_at_rest, words), "calm")
    yield from people_blocks(reminder.people, lambda urgency: _person_text(urgency, words), words)
    if reminder.people and reminder.waiting:
        text = words.count(
            "  and {n} more: dorf status", "  and {n} more: dorf status", reminder.waiting
        )
        yield Line(text, "quiet")
    asked = [*caution_items(reminder.plans, words), *_rhythm_items(reminder, words)]
    if asked and not reminder.people:
        yield Heading(words.count("A question", "Questions", len(asked)))
    yield from asked


def _rhythm_items(reminder: Reminder, words: Words) -> Iterator[Item]:
    """Yield the question whether a rhythm still fits, of whom was named often in vain."""
    for urgency in reminder.rhythms:
        name = urgency.tending.contact.name
        text = rhythm_text(name, words)
        command = words.say("→ dorf edit {name} --every 2m", name=argument(name))
        yield Item("?", text, () if words.discreet else (command,), "note")


def rhythm_text(name: str, words: Words) -> str:
    """Return the question whether the rhythm for somebody still fits."""
    return words.say("Does the rhythm for {name} still fit?", name=words.to([name]))


def _person_text(urgency: Urgency, words: Words) -> str:
    return " · ".join(filter(None, (urgency_text(urgency, words), _reach(urgency, words))))


def _reach(urgency: Urgency, words: Words) -> str | None:
    """Return how to reach somebody; a number is no invitation where the tie is strained."""
    contact = urgency.tending.contact
    if words.discreet or contact.strained:
        return None
    return next(iter((*contact.phones, *contact.emails)), None)


def _days(reminder: Reminder, words: Words) -> Iterator[Block]:
    if reminder.days:
        yield Heading(words.say("What comes soon"))
    for occasion in reminder.days:
        yield Item("·", soon_text(occasion, words), tone="quiet")


def _gap(reminder: Reminder, words: Words) -> Iterator[Block]:
    finding = reminder.finding
    if finding is None:
        return
    sign, tone, _ = SEVERITY[finding.severity]
    hints = (*suggestion_texts(finding, words)[:1], *answer_texts(finding, words))
    yield heading_of(finding, words)
    yield Item(sign, finding_text(finding, words), tuple(f"→ {hint}" for hint in hints), tone)


def _closing(reminder: Reminder, words: Words) -> Iterator[Block]:
    if any(not urgency.tending.contact.strained for urgency in reminder.people):
        yield Line("")
        yield Line(kind_word(words), "good")


def reminder_lines(reminder: Reminder, words: Words) -> list[str]:
    """Return the reminder as plain lines."""
    return list(plain_lines(reminder_page(reminder, words)))


def subject(reminder: Reminder, words: Words) -> str:
    """Return the first line of a mail or a notification: whom or what it is about."""
    names = [tending.contact.name for tending in reminder.meetings]
    names += [entry.tending.contact.name for entry in (*reminder.people, *reminder.rhythms)]
    names += [entry.contact.name for entry in reminder.plans]
    names += [entry.contact.name for entry in reminder.days]
    known = words.names(dict.fromkeys(names[:3]))
    known = clean_text(known)  # a header and a title have one line
    return words.say("Your village: {names}", names=known) if known else words.say("Your village")


def reminder_mail(reminder: Reminder, words: Words, now: datetime) -> str:
    """Return a whole mail (RFC 5322), plain text and HTML, for ``sendmail ADDRESS``."""
    from email.message import EmailMessage
    from email.utils import format_datetime
    from html import escape

    lines = reminder_lines(reminder, words)
    mail = EmailMessage()
    mail["Subject"] = subject(reminder, words)
    mail["Date"] = format_datetime(now)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n".join(lines) + "\n")
    body = "<br>\n".join(escape(line).replace("  ", "&nbsp; ") for line in lines)
    mail.add_alternative(
        f'<!doctype html>\n<html lang="{words.language.code}"><body '
        f'style="font-family: sans-serif; line-height: 1.5">\n{body}\n</body></html>\n',
        subtype="html",
    )
    return mail.as_string()


def reminder_document(reminder: Reminder, words: Words) -> dict[str, Any]:
    """Return the reminder as JSON carries it."""
    return {
        "due": not reminder.empty,
        "people": [
            tending_document(urgency, words) | {"reach": _reach(urgency, words)}
            for urgency in reminder.people
        ],
        "waiting": reminder.waiting,
        "plans": [
            {
                "name": words.name(caution.contact.name),
                "day": caution.day.isoformat(),
                "text": caution_text(caution, words),
            }
            for caution in reminder.plans
        ],
        "days": [occasion_document(occasion, words) for occasion in reminder.days],
        "gap": reminder.finding and finding_document(reminder.finding, words),
        "suggestion": _suggestion(reminder, words),
        "meetings": [plan_document(tending, words) for tending in reminder.meetings],
        "rhythms": [
            {
                "name": words.name(urgency.tending.contact.name),
                "text": rhythm_text(urgency.tending.contact.name, words),
            }
            for urgency in reminder.rhythms
        ],
        "weeks_at_rest": reminder.weeks_at_rest,
    }


def _suggestion(reminder: Reminder, words: Words) -> str | None:
    finding = reminder.finding
    return next(iter(suggestion_texts(finding, words)), None) if finding else None
