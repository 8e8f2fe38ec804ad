"""Yearly days in words: ``dorf birthdays``, and the same sentences for other reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.anniversaries import Sort
from dorf.errors import N_
from dorf.report.page import Item, Line, Page, Table, Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.core.anniversaries import Occasion
    from dorf.report.words import Words

_BIRTHDAYS = {
    Sort.BIRTHDAY: (N_("{name} turns {age}"), N_("{name} has a birthday")),
    Sort.KID: (N_("{child} turns {age} ({name})"), N_("{child} has a birthday ({name})")),
}
"""How a birthday is told, with the age that it brings and without."""

_NAMELESS = (N_("a child of {name} turns {age}"), N_("a child of {name} has a birthday"))


def occasion_text(occasion: Occasion, words: Words) -> str:
    """Return whose day it is and which: "Oma Gisela turns 69", "Jana – wedding day (11 years)"."""
    name = words.name(occasion.contact.name)
    if occasion.sort is Sort.DAY:
        day = words.day_name(occasion.name)
        years = "" if occasion.years is None else f" ({_years(occasion, words)})"
        return f"{name} – {day}{years}"
    forms, child = _BIRTHDAYS[occasion.sort], occasion.name
    if occasion.sort is Sort.KID and (words.discreet or not child):
        forms, name = _NAMELESS, words.to([occasion.contact.name])
    form = forms[occasion.years is None]
    return words.say(form, name=name, child=child, age=occasion.years)


def _years(occasion: Occasion, words: Words) -> str:
    return words.count("{n} year", "{n} years", occasion.years or 0)


def soon_text(occasion: Occasion, words: Words) -> str:
    """Return an occasion with its day, as one phrase: "today: Oma Gisela turns 69"."""
    when = words.say("today") if occasion.on == words.today else when_text(occasion, words)
    return f"{when}: {occasion_text(occasion, words)}"


def when_text(occasion: Occasion, words: Words) -> str:
    """Return the day of an occasion and how far away it is: "Sat 14 Mar · in 12 days"."""
    return f"{words.week_day(occasion.on)} · {words.ahead(occasion.on)}"


def birthdays_page(days: Sequence[Occasion], within: int, words: Words) -> Page:
    """Return the yearly days of the next *within* days, a line each, the next one first."""
    if not days:
        text = words.count(
            "No birthday and no other yearly day is noted for today or tomorrow.",
            "No birthday and no other yearly day is noted for the next {n} days.",
            within,
        )
        if not within:
            text = words.say("No birthday and no other yearly day is noted for today.")
        hint = words.say("One that you know is quick to note: dorf edit NAME --birthday 14.3.")
        return (Line(text), Item("→", hint, tone="step"))
    remark = words.count("today and tomorrow", "the next {n} days", within)
    rows = tuple((when_text(occasion, words), occasion_text(occasion, words)) for occasion in days)
    return (
        Title(words.say("Birthdays and yearly days"), remark if within else words.say("today")),
        Table(("", ""), rows),
    )


def birthdays_document(days: Sequence[Occasion], within: int, words: Words) -> dict[str, Any]:
    """Return the yearly days as JSON carries them; `of` is the child or the name of the day."""
    return {
        "within_days": within,
        "days": [occasion_document(occasion, words) for occasion in days],
    }


def occasion_document(occasion: Occasion, words: Words) -> dict[str, Any]:
    """Return one yearly day as JSON carries it."""
    return {
        "name": words.name(occasion.contact.name),
        "uid": occasion.contact.uid,
        "sort": occasion.sort.value,
        "of": None if words.discreet else occasion.name or None,
        "on": occasion.on.isoformat(),
        "years": occasion.years,
        "in_days": (occasion.on - words.today).days,
        "lead_days": occasion.lead,
    }
