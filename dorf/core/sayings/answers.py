"""What people answer when they are asked: nobody, back, "mein Mann Jonas", several at once."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from dorf.core.spelling import fold
from dorf.errors import N_, UsageFailure
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dorf.core.vocabulary import Role


class Reply(StrEnum):
    """An answer that is about the question and not in it."""

    NOBODY = "nobody"
    UNKNOWN = "unknown"
    BACK = "back"
    KEYS = "keys"
    OUT = "out"


_REPLIES = {
    Reply.NOBODY: "nobody, noone, no one, none, niemand, niemanden, keiner, keine, keinen, kein, "
    "nein, no, nope, nee, nö, gibt es nicht, gibt's nicht, haben wir nicht, leider nein, "
    "leider niemand, leider keiner, nicht wirklich, nobody really",
    Reply.UNKNOWN: "weiß nicht, weiß ich nicht, keine ahnung, weiter, überspringen, nächste, "
    "später, i don't know, don't know, dunno, idk, no idea, skip, next, pass, later, unklar, -",
    Reply.BACK: "zurück, back, go back, eins zurück, vorherige",
    Reply.KEYS: "?, hilfe, help",
    Reply.OUT: "gehört nicht zum dorf, gehört nicht dazu, nicht im dorf, nicht in meinem dorf, "
    "raus, not in my village, doesn't belong, does not belong, not mine, out",
}
_BY_KEY = {fold(w) or w: reply for reply, row in _REPLIES.items() for w in row.split(", ")}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_OWNING = _set("mein meine meinen meiner meinem unser unsere unseren my our")
_ARTICLES = _set("der die das den dem the a an ein eine einen")
_ADDRESSED = _set(
    "oma opa omi opi uroma uropa grossmutter grossvater tante onkel mama mami mutter mutti papa "
    "papi vater vati mum mom mummy dad daddy mother father granny grandma grandpa nan auntie aunt "
    "uncle schwiegermutter schwiegervater schwiegermama schwiegerpapa gran"
)
"""Folded words that name somebody by themselves, and stay in the name: Oma Gisela."""

_MANY = re.compile(r"\w*(?:innen|freunde|geschwister|rn|ten|gen|brüder)|\w+s")


class Introduced(NamedTuple):
    """Somebody as named in an answer, with the role that the words said."""

    name: str
    role: Role | None = None


def reply_of(text: str) -> Reply | None:
    """Return what an answer says about its question; None if it is an answer to it."""
    text = text.strip(" .!")
    return _BY_KEY.get(fold(text) or text)


def split_names(text: str) -> list[str]:
    """Return the names of an answer: "Jana, Oma und Tom" are three; "nobody" is none."""
    parts = re.split(r"[,;\n]| und | and | & | \+ | sowie | plus ", text)
    names = [part.strip() for part in parts if part.strip()]
    return [] if len(names) == 1 and reply_of(names[0]) is Reply.NOBODY else names


def introduced(part: str, children: Iterable[str] = ()) -> Introduced:
    """Return the name and the role in "meine Freundin Lena"; raise `UsageFailure` without a name.

    A name that begins with a role stays whole, as in Oma Gisela; its role is for somebody to ask.
    """
    from dorf.core.sayings.roles import role_of

    words = part.split()
    rest = _without_lead(words)
    led = len(rest) < len(words)
    for length in range(min(3, len(rest) - 1), 0, -1):
        phrase = " ".join(rest[:length])
        if not (led or phrase[:1].islower()) or not rest[length][:1].isupper():
            continue
        if reading := role_of(phrase, children):
            kept = rest if fold(phrase) in _ADDRESSED else rest[length:]
            return Introduced(" ".join(kept), reading.role)
    if led and (reading := role_of(" ".join(rest), children)):
        if fold(" ".join(rest)) not in _ADDRESSED:
            raise UsageFailure(N_("What is the name of “{text}”?"), text=part)
        return Introduced(" ".join(rest), reading.role)
    return Introduced(" ".join(rest) if rest else part)


def _without_lead(words: list[str]) -> list[str]:
    count = 0
    while count < len(words) - 1 and (
        words[count].casefold() in _OWNING or words[count] in _ARTICLES
    ):
        count += 1
    return words[count:]


def people_of(text: str, children: Iterable[str] = ()) -> list[Introduced]:
    """Return everybody in an answer; a role in the plural is that of those who follow, too."""
    from dorf.core.sayings.roles import role_in_name

    people: list[Introduced] = []
    shared: Role | None = None
    for part in split_names(text):
        person = introduced(part, children)
        if person.role:
            before = part.removesuffix(person.name).split()
            shared = person.role if before and _MANY.fullmatch(before[-1].lower()) else None
        alone = person.role or role_in_name(person.name, children)
        people.append(person if alone else person._replace(role=shared))
    return people
