"""Days as people say them, in German and English, whatever the language of the run.

A phrase is cut into items (a weekday, a date, "last", a week …), and the row of their letters is
looked up in `forms.FORMS`: each form is one way to say a day. What fits no form is refused; nothing
is guessed (CONTRIBUTING.md, Days).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dorf.core.sayings.forms import FORMS, Said, Towards, UnknownDay, shown_day
from dorf.core.sayings.items import items_of
from dorf.core.sayings.lexicon import Sort
from dorf.core.sayings.tokens import tokens_of
from dorf.errors import N_
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dorf.core.sayings.tokens import Token

__all__ = ["Reading", "Towards", "UnknownDay", "parse_day", "read_day", "shown_day"]


class Reading(NamedTuple):
    """A day that was said, with the time beside it as it was typed."""

    day: date
    time: str = ""


def read_day(text: str, today: date, towards: Towards = Towards.PAST) -> Reading:
    """Return the day that *text* means on *today*, and the time that stands beside it.

    *towards* decides what is ambiguous: whether "22.11.", "Monday" and "2w" lie back or ahead.
    Raise `UnknownDay` for what is none, or not one.
    """
    tokens = tokens_of(text)
    try:
        items, times = items_of(tokens)
        letters = "".join(item.letter for item in items)
        if not letters and times and towards is Towards.FUTURE and _is_clock(times):
            return Reading(today, _time_text(text, times))
        if letters == "R" and times and not items[0].value:  # this afternoon
            return Reading(today, text.strip())
        read = FORMS.get(letters)
        day = read and read(Said(today, towards, [i.value for i in items]))
    except (ValueError, OverflowError):
        raise _impossible(text) from None
    if not day:
        raise _unknown(text, tokens, towards, today)
    return Reading(day, _time_text(text, times))


def parse_day(text: str, today: date, towards: Towards = Towards.PAST) -> date:
    """Return the day that *text* means, as `read_day` does, whatever time stands beside it."""
    return read_day(text, today, towards).day


def _is_clock(times: Sequence[Token]) -> bool:
    return any(token.kind == "time" for token in times)


def _time_text(text: str, times: Sequence[Token]) -> str:
    """Return the time as it was typed: one piece where nothing else stands between."""
    if not times:
        return ""
    return " ".join(text[token.start : token.end] for token in _joined(text, times))


def _joined(text: str, times: Sequence[Token]) -> Iterator[Token]:
    pending = times[0]
    for token in times[1:]:
        if not text[pending.end : token.start].strip():
            pending = pending._replace(end=token.end)
        else:
            yield pending
            pending = token
    yield pending


def _impossible(text: str) -> UnknownDay:
    return UnknownDay(N_("“{text}” is not on the calendar. Which day is meant?"), text=text)


_SEVERAL = frozenset({"oder", "und", "or", "and", "bis", "zwischen", "between", "from", "von"})


def _unknown(text: str, tokens: Sequence[Token], towards: Towards, today: date) -> UnknownDay:
    """Return why *text* is no day, with forms that are near it."""
    sorts = [token.meaning.sort for token in tokens if token.meaning]
    shift = 4 if towards is Towards.FUTURE else -4
    near = date.fromordinal(min(max(today.toordinal() + shift, 1), date.max.toordinal()))
    if any(sort is Sort.EVERY for sort in sorts):
        return UnknownDay(
            N_("“{text}” comes again and again; one day is needed here, such as {day}."),
            text=text,
            day=shown_day(near),
        )
    if sum(sort is Sort.WEEKDAY for sort in sorts) > 1 or _SEVERAL & {t.key for t in tokens}:
        return UnknownDay(
            N_("“{text}” is more than one day. Which one is meant? For example {day}."),
            text=text,
            day=shown_day(near),
        )
    if towards is Towards.FUTURE:
        return UnknownDay(
            N_(
                "“{text}” is not a day that dorf understands. Like this: tomorrow · Saturday · "
                "{day} · in 2 weeks · end of May."
            ),
            text=text,
            day=shown_day(near),
        )
    return UnknownDay(
        N_(
            "“{text}” is not a day that dorf understands. Like this: yesterday · last Friday · "
            "{day} · 2 weeks ago · at Easter."
        ),
        text=text,
        day=shown_day(near),
    )
