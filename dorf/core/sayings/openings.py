"""A line without a command: a name, a sentence of what was or will be, or a question.

A question is answered and never noted; what has two readings is left to people to decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.core.names import find
from dorf.core.sayings.days import Reading, Towards, UnknownDay, read_day
from dorf.core.spelling import fold
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dorf.core.names import Entry

MOST_DAY_WORDS = 5
"""Words that a day can have: "am Freitag in einer Woche"."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ASKING = _set(
    "wann wer wo was wie wen wem wessen warum wieso welche welcher welches wieviel when who whom "
    "whose where what how why which did does do is are has hat hast"
)
_BIRTHDAYS = _set(
    "geburtstag geburtstage geboren birthday birthdays born jahrestag anniversary bday"
)
_LATELY = _set(
    "zuletzt letztes letzten last gesehen getroffen gesprochen telefoniert besucht angerufen met "
    "see saw seen meet spoke spoken speak talk visited called heard gehört gehoert kontakt"
)
_TURN = _set("wen wem whom dran next anrufen call melden")
_ABLE = _set("kann hilft can helps could knows weiß weiss")
_AHEAD = _set(
    "treffe treffen trefft will wollen werde werden möchte moechte kommt komme meet meeting going "
    "see visit verabredet geplant verabredung termin besuche besuchen morgen übermorgen tomorrow "
    "appointment gehe gehen plan planned i'll we'll"
)
_BEEN = _set(
    "war waren hat haben habe hatte hatten kam kamen rief schrieb traf trafen sah sahen half was "
    "were had came rang wrote met saw spoke talked did mit with bei called phoned texted visited "
    "anruf brief nachricht whatsapp besuch telefon sms mail"
)
_PARTICIPLE = re.compile(r"(?:ge|\w+ge|be|ver|er|ent)\w{2,}(?:t|en)|\w+iert|\w{2,}ed")
_FILLER = _set(
    "ich wir i we treffe treffen meet meeting will mit with am on um to the den der die sehe see "
    "werde werden shall 'll i'll we'll gehe zu verabredet habe have visit besuche und and &"
)


SAYS_MORE = _set(
    "gestern vorgestern yesterday angerufen getroffen gesehen telefoniert besucht geschrieben met "
    "saw called visited wrote morgen ubermorgen tomorrow"
)
"""Folded words that stand for a command and say when or how, too."""


class Line(NamedTuple):
    """A command line that says the same as what was typed."""

    words: tuple[str, ...]


class Person(NamedTuple):
    """Where in a line somebody is named, and who it can be."""

    start: int
    end: int
    found: tuple[Entry, ...]


def is_question(words: Sequence[str]) -> bool:
    """Tell whether a line asks something, with its mark or by its first word."""
    return words[-1].endswith("?") or (len(words) > 1 and words[0].casefold() in _ASKING)


def people_in(words: Sequence[str], directory: Sequence[Entry]) -> list[Person]:
    """Return who is named in a line: whole names, else whole words of one."""
    people: list[Person] = []
    place = 0
    while place < len(words):
        person = _person_at(words, place, directory)
        if person:
            people.append(person)
        place = person.end if person else place + 1
    return people


def _person_at(words: Sequence[str], start: int, directory: Sequence[Entry]) -> Person | None:
    for end in range(min(len(words), start + 4), start, -1):
        name = " ".join(words[start:end]).strip(".,;:!?")
        for form in dict.fromkeys((name, re.sub(r"['’]s?$", "", name), re.sub("s$", "", name))):
            if found := find(form, directory, whole=True):
                return Person(start, end, tuple(found))
        if end - start == 1 and name[:1].isupper() and not _plain(name):
            key = fold(re.sub(r"['’]s?$", "", name))
            if near := [e for e in directory if key and key in fold(e.name).split()]:
                return Person(start, end, tuple(near))
    return None


def _plain(word: str) -> bool:
    return word.casefold() in _BEEN | _AHEAD | _FILLER


def answer_to(words: Sequence[str], directory: Sequence[Entry]) -> Line | None:
    """Return the command that answers a question; None where none does."""
    keys = {word.strip(".,;:!?").casefold() for word in words}
    names = tuple(p.found[0].name for p in people_in(words, directory) if len(p.found) == 1)
    if keys & _BIRTHDAYS:
        return Line(("birthdays", "--within", "1y"))
    if names and keys & _LATELY:
        return Line(("history", *names))
    if names:
        return Line(("show", names[0]))
    if keys & _TURN:
        return Line(("status",))
    return _able(words)


def _able(words: Sequence[str]) -> Line | None:
    """Return who can do what is asked for: “wer kann nähen”."""
    from dorf.core.vocabulary import KIND_WORDS

    kinds = {fold(w): str(k) for k, row in KIND_WORDS.items() for w in (str(k), *row.split(", "))}
    for word in words:
        if kind := kinds.get(fold(word)):
            return Line(("who", kind))
    if words[0].casefold() in {"wer", "who"} and words[1].casefold() in _ABLE and len(words) > 2:
        return Line(("who", " ".join(words[2:]).rstrip("?")))
    return None


def sentence(words: Sequence[str], directory: Sequence[Entry], today: date) -> Line | None:
    """Return the command that a sentence stands for: `log` of what was, `plan` of what comes."""
    people = people_in(words, directory)
    keys = [word.strip(".,;:!?").casefold() for word in words]
    been = any(key in _BEEN or _PARTICIPLE.fullmatch(key) for key in keys)
    ahead = any(key in _AHEAD for key in keys)
    past, coming = _day_in(words, today, Towards.PAST), _day_in(words, today, Towards.FUTURE)
    if not people and not ((been or ahead) and (past or coming)):
        return None
    if coming and coming[2].day >= today and (not past or (ahead and not been)):
        return _plan(words, people, coming)
    if past or been:
        return Line(("log", *words))
    return None


def _day_in(words: Sequence[str], today: date, towards: Towards) -> tuple[int, int, Reading] | None:
    """Return the longest run of words that is a day in that direction, and its day."""
    for length in range(min(MOST_DAY_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            try:
                reading = read_day(" ".join(words[start : start + length]), today, towards)
            except UnknownDay:
                continue
            if (reading.day > today) is (towards is Towards.FUTURE) or reading.day == today:
                return start, start + length, reading
    return None


def _plan(words: Sequence[str], people: Sequence[Person], day: tuple[int, int, Reading]) -> Line:
    """Return a plan with whom, when, and the rest of the words as its note."""
    start, end, _ = day
    taken = {*range(start, end)} | {n for p in people for n in range(p.start, p.end)}
    names = [p.found[0].name if len(p.found) == 1 else words[p.start] for p in people]
    rest = [
        word
        for n, word in enumerate(words)
        if n not in taken and word.strip(".,;:!?").casefold() not in _FILLER
    ]
    if not names:  # nobody known: the first capital letter is asked for
        names = [word for word in rest if word[:1].isupper()][:1]
        rest = [word for word in rest if word not in names]
    note = ("--note", " ".join(rest)) if rest else ()
    return Line(("plan", *names, " ".join(words[start:end]), *note))
