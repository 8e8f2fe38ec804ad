"""How somebody was met, by the words of a line: Anruf, geschrieben, coffee, bei Oma."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.sayings.lexicon import LEAST_LETTERS, WORDS, is_one_slip
from dorf.core.sayings.line_words import (
    ARRIVED,
    CAME,
    DROPPED,
    DROPPED_HERE,
    EXCHANGED,
    HERE,
    KNOWN,
    MEETINGS,
    NO_CARDS,
    NO_SLIP,
    NOUNS,
    ONLINE,
    PHONES,
    SPOKEN,
    TOPIC,
    TRANSITIVE,
    VERBS,
)
from dorf.core.vocabulary import How
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.core.sayings.pieces import Piece


class Way(NamedTuple):
    """The way of an encounter, and the places of the words that say nothing else."""

    how: How | None = None
    places: frozenset[int] = frozenset()
    several: bool = False
    """Whether two ways are said that one encounter can't have."""


def way_of(pieces: Sequence[Piece], free: Sequence[bool], *, with_somebody: bool) -> Way:
    """Return the way that the *free* pieces of a line say.

    *with_somebody* tells that people follow "mit": then a film was seen, not they.
    """
    keys = [piece.key if ok else "" for piece, ok in zip(pieces, free, strict=True)]
    nouns = {n: how for n, key in enumerate(keys) if (how := _noun(keys, n, key))}
    verbs = {n: how for n, key in enumerate(keys) if (how := _verb(key))}
    verbs |= dict.fromkeys(_phrase(keys), How.VISIT) | dict.fromkeys(_rang(keys), How.CALL)
    if with_somebody:
        objects = [n for n in verbs if keys[n] in TRANSITIVE and _has_object(pieces, free, n)]
        verbs = {n: how for n, how in verbs.items() if n not in objects}
    if any(key in PHONES for key in keys):
        verbs |= {n: How.CALL for n, key in enumerate(keys) if key in SPOKEN}
    how = _chosen(list(nouns.values()), list(verbs.values()))
    if how is None:
        met = any(key in MEETINGS for key in keys)
        return Way(How.VISIT if met else None)
    places = {*nouns, *verbs} - {n for n in nouns if keys[n] not in NOUNS and _is_card(keys[n])}
    places -= {n for n in nouns if keys[n] in {"card", "cards"} and _has_word_before(keys, n)}
    if nouns:
        places |= {n for n, key in enumerate(keys) if key in EXCHANGED}
    places |= {n + 1 for n in places if keys[n + 1 : n + 2] == ["up"]}
    done = set(verbs.values())
    return Way(how, frozenset(places), len(done - {how} if nouns else done) > 1)


def _has_word_before(keys: Sequence[str], place: int) -> bool:
    """Tell whether a card is named by its kind: a birthday card, which stays in the note."""
    return place > 0 and bool(keys[place - 1]) and keys[place - 1] not in KNOWN


def _noun(keys: Sequence[str], place: int, key: str) -> How | None:
    """Return the way that a noun says, unless it was only talked about."""
    if not key or (place and keys[place - 1] in TOPIC - {"an", "von", "from", "of", "nach"}):
        return None
    words = key.split()
    if "video" in words or key.startswith("video"):
        return ONLINE
    if _is_card(key) and key not in NO_CARDS:
        return How.LETTER
    if key in {"card", "cards"}:
        return How.LETTER if {"from", "to", "von", "an"} & set(keys) else None
    if key == "post":
        return How.LETTER if {"von", "an", "bekommen", "from"} & set(keys) else None
    known = NOUNS.get(key) or next((NOUNS[word] for word in words if word in NOUNS), None)
    return known or _slipped(key, NOUNS)


def _is_card(key: str) -> bool:
    return key.endswith(("karte", "karten")) and key != "karten"


def _verb(key: str) -> How | None:
    return VERBS.get(key) or _slipped(key, VERBS)


def _slipped(key: str, table: dict[str, How]) -> How | None:
    """Return the way whose word is one slip from *key*, if only one is that near."""
    if len(key) < LEAST_LETTERS - 1 or key in KNOWN or key in NO_SLIP or key in WORDS:
        return None
    near = {h for word, h in table.items() if len(word) >= LEAST_LETTERS and is_one_slip(key, word)}
    return near.pop() if len(near) == 1 else None


def _phrase(keys: Sequence[str]) -> set[int]:
    """Return the places of "war … da", "kam vorbei", "came over", "dropped by"."""
    found: set[int] = set()
    came = [n for n, key in enumerate(keys) if key in CAME]
    for n, key in enumerate(keys):
        near = came and (key in {"da", "hier", "vorbei", "ruber"} or keys[n - 1] in CAME)
        if n and key in HERE and near and not _goes_on(keys, n):
            found |= {n, *(place for place in came if keys[place] in ARRIVED)}
        if n and key in DROPPED_HERE and keys[n - 1] in DROPPED:
            found |= {n - 1, n}
    return found


def _goes_on(keys: Sequence[str], place: int) -> bool:
    """Tell whether "by" or "over" begins another phrase: by train."""
    following = keys[place + 1] if place + 1 < len(keys) else ""
    return keys[place] == "by" and bool(following) and following not in WORDS | {"for": None}


def _rang(keys: Sequence[str]) -> set[int]:
    """Return the places of "rief … an"."""
    begins = [n for n, key in enumerate(keys) if key in {"rief", "riefen"}]
    ends = [n for n, key in enumerate(keys) if key == "an" and begins and n > begins[0]]
    return {begins[0], ends[-1]} if begins and ends else set()


def _has_object(pieces: Sequence[Piece], free: Sequence[bool], place: int) -> bool:
    """Tell whether something besides people was seen or visited: the word beside it is a thing."""
    beside = [place - 1, place + 1]
    things = [pieces[n] for n in beside if 0 <= n < len(pieces) and free[n]]
    return any(
        piece.kind == "word" and (piece.key not in KNOWN or piece.key in {"a", "the"})
        for piece in things
    )


def _chosen(nouns: Sequence[How], verbs: Sequence[How]) -> How | None:
    """Return one way: a picture on the screen first, then what a letter was, then what was done."""
    for how in (How.ONLINE, How.LETTER):
        if how in nouns:
            return how
    return next(iter([*verbs, *nouns]), None)


def is_noun(key: str) -> bool:
    """Tell whether a word is a noun for a way: what somebody can have from somebody."""
    return (
        key in NOUNS
        or key.endswith(("karte", "karten", "anruf", "nachricht", "card", "cards"))
        or (any(word in NOUNS for word in key.split()))
    )
