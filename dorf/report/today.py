"""``dorf`` alone: today in a few calm lines, and the greeting of an empty village."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.report.page import Block, Item, Line, Page, Title
from dorf.report.status import kind_word, plan_items, quiet_text, step_text, urgency_text

if TYPE_CHECKING:
    from dorf.core.assessment import Assessment
    from dorf.report.words import Words

MOST_PEOPLE = 3
"""People whom the short view of a day names (convention)."""


def greeting(words: Words) -> Page:
    """Return the four lines that an empty village is greeted with."""
    return (
        Title(words.say("Welcome! It takes a village to raise a child.")),
        Item("→", words.say("A few questions, five minutes: dorf init"), tone="step"),
        Item("→", words.say("What a filled village looks like: dorf demo"), tone="step"),
        Line(words.say("Whenever you get stuck: dorf help"), "quiet"),
    )


def today_page(assessment: Assessment, words: Words) -> Page:
    """Return the meetings of today and tomorrow, a few people, and the one step; a line each."""
    page: list[Block] = [Title(words.say("Today"), words.long_day(assessment.today))]
    if text := quiet_text(assessment, words):
        page.append(Line(text, "calm"))
    page += plan_items(assessment.plans, words)
    page += [
        Item("▸", urgency_text(u, words), tone="calm", lead=words.name(u.tending.contact.name))
        for u in assessment.waiting[:MOST_PEOPLE]
    ]
    if step := assessment.next_step:
        page.append(Line(step_text(step, words), "step"))
    elif not assessment.mourned:
        page.append(Line(kind_word(words), "good"))
    page.append(Line(words.say("Everything: dorf status · help: dorf help"), "quiet"))
    return tuple(page)
