"""Lines that tell of no encounter: questions, wishes, attempts, and what is still to come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.core.sayings.forms import shown_day
from dorf.core.sayings.line_words import (
    AGREED,
    COMING,
    FUTURE,
    NEGATIONS,
    PLAIN,
    QUESTIONS,
    VERBS,
    WISHES,
)
from dorf.errors import N_, UsageFailure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.core.sayings.day_places import DayPlace
    from dorf.core.sayings.heads import Head
    from dorf.core.sayings.people import Mention
    from dorf.core.sayings.ways import Way

_SHORT = 40
_UNANSWERED = re.compile(
    r"nicht (?:erreicht|rangegangen|ans telefon|abgenommen)|(?:ging|geht) nicht (?:ran|dran)"
    r"|(?:niemand|keiner) (?:da|ran)|no answer|(?:did ?n['’]?o?t|not) (?:answer|pick up)"
    r"|voicemail|mailbox",
    re.IGNORECASE,
)
_ATTEMPT = re.compile(
    r"nicht (?:erreicht|rangegangen|ans telefon|abgenommen|angetroffen)|(?:ging|geht) nicht ran"
    r"|(?:niemanden?|keinen?|keiner) (?:da|erreicht)|no answer"
    r"|(?:did ?n['’]?o?t|not) (?:answer|pick up)|(?:could ?n['’]?o?t|can['’]?t) reach|tried to"
    r"|versucht,? .{0,40}zu|verpasster anruf|missed (?:a )?call|anruf verpasst|missed .{1,30} call"
    r"|mailbox|\bbesetzt\b|voicemail|abgesagt|cancell?ed|sagte ab|\bge?liked?t?\b"
    r"|verschoben|postponed|ausgefallen|fiel aus|(?:kam|kamen) nicht\b|nicht gekommen"
    r"|did ?n['’]?o?t (?:come|show|call|write|text|meet|make it)"
    r"|vergessen.{0,40}\bzu|vergessen anzu|forgot to|versäumt|verpasst"
    r"|nicht da\b|not (?:in|home|at home)\b|nicht zu hause",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:hätten?|haetten?|would have|would['’]ve|beinahe|almost|nearly)\b", re.IGNORECASE
)
_DAY = r"(?:mo|di|mi|do|fr|sa|so)(?:n?tag|enstag|ttwoch|nnerstag|eitag|mstag|nntag|ntag)?"
_RANGE = re.compile(
    rf"\b[0-9]{{1,2}}\.(?:[0-9]{{1,2}}\.)?\s?[-–/]\s?[0-9]{{1,2}}\.|\b{_DAY}\s?[-–/]\s?{_DAY}\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:muss|müsste|muesste|mussten?|sollte|soll|möchte|moechte|will|wollen|werde|wird|need to"
    r"|have to|must|want to|wanna|gonna|going to|let['’]?s|should|shall|please|bitte|remember"
    r"|reminder|todo)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:hab|habe|war|bin|haben|was|have|had|has|did|is|are|were)\s+(?:ich|i|wir|we)\b",
    re.IGNORECASE,
)


class NoEncounter(UsageFailure):
    """A line that tells of no encounter, or of none that can be noted as it stands."""


def says_several_days(text: str) -> bool:
    """Tell whether *text* says the days from one to another."""
    return _RANGE.search(text) is not None


def no_encounter(text: str) -> NoEncounter:
    """Return the refusal of a question or of something that has not been."""
    return NoEncounter(
        N_("“{text}” tells of no encounter that has been. What was: dorf history · dorf show NAME"),
        text=text if len(text) < 60 else f"{text[:57]}…",
    )


def refuse_question(head: Head) -> None:
    """Refuse a question, and an attempt that reached nobody."""
    words = [piece.key for piece in head.pieces if piece.kind == "word"]
    if words[:1] and words[0] in QUESTIONS and not _did_the(head, words):
        raise no_encounter(head.text)
    if _ASKED.match(head.text):
        raise no_encounter(head.text)
    rest = head.text[len(head.typed) :]
    if _ATTEMPT.search(head.typed) or (len(rest) < _SHORT and _UNANSWERED.search(rest)):
        raise NoEncounter(
            N_("An attempt is no encounter yet. If you did reach somebody: dorf log NAME")
        )


def _did_the(head: Head, words: Sequence[str]) -> bool:
    """Tell whether "did" begins a deed: did the shopping."""
    return (
        words[0] == "did"
        and len(words) > 1
        and words[1] not in {"i", "we", "you"}
        and ("?" not in head.text and not head.names_at(1))
    )


def refuse_plans(head: Head, way: Way, met: Sequence[Mention]) -> None:
    """Refuse what is to be done, was not done, or is two encounters."""
    keys = [piece.key for piece in head.head[: head.clause]]
    taken = head.places_of(head.mentions)
    todo = any(
        k in WISHES and not head.head[n].capital and n not in taken for n, k in enumerate(keys)
    )
    plain = any(
        k in PLAIN and n not in taken and (_asks(head, n) or (n and keys[n - 1] == "to"))
        for n, k in enumerate(keys)
    )
    wish = _WISH.search(head.typed)
    wanted = wish and (todo or any(k in PLAIN for k in keys))
    if wanted or plain or (todo and not _has_done(keys)) or COMING & set(keys):
        raise NoEncounter(
            N_("That is still to come. Once it has a day: dorf plan NAME DAY"),
        )
    if way.how and way.places and (NEGATIONS & set(keys) or _UNREAL.search(head.typed)):
        raise no_encounter(head.text)
    if way.several and met:
        raise NoEncounter(N_("Two encounters stand in this line. Please note each by itself."))


def _has_done(keys: Sequence[str]) -> bool:
    return any(k in VERBS for k in keys) or any(k in {"beim", "zum"} for k in keys)


def _asks(head: Head, place: int) -> bool:
    """Tell whether an English verb asks to do something: a name follows, none precedes."""
    return (
        head.names_at(place + 1)
        and not any(m.end <= place for m in head.mentions)
        and (place == 0 or head.head[place - 1].key in {"please", "must", "and"})
    )


def refuse_ahead(head: Head, place: DayPlace) -> None:
    """Refuse a day that is still to come, or that something was agreed on for."""
    keys = {piece.key for piece in head.head}
    if place.day and place.day > head.today:
        raise NoEncounter(
            N_(
                "{day} is still to come, and only what has happened can be noted here. Did you "
                "mean “dorf plan”?"
            ),
            day=shown_day(place.day),
        )
    if keys & (AGREED | FUTURE) and place.row != "D":
        raise no_encounter(head.text)
