"""Who is named in a line: contacts, parents by their children, owners, and slips of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.sayings.lexicon import WORDS, Sort, is_one_slip
from dorf.core.sayings.line_words import (
    ARTICLES,
    AUNTS,
    JOIN,
    KNOWN,
    PARENTS,
    RELATIVES,
    TITLES,
)
from dorf.core.spelling import fold
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dorf.core.names import Entry
    from dorf.core.sayings.pieces import Piece

LONGEST_NAME = 4
"""Pieces that a name in a line can have."""

_OF = frozenset({"von", "vom", "of"})
_BEFORE_MONTH = frozenset(
    {"in", "im", "ab", "seit", "bis", "ende", "anfang", "mitte", "letzten", "last", "since", "next",
     "until", "vom", "diesen", "this", "nachsten", "early", "late", "am"}
)  # fmt: skip
_FULL = {"herrn": "herr"}


class Mention(NamedTuple):
    """Somebody named from one piece to another, and who it can be."""

    start: int
    end: int
    candidates: tuple[Entry, ...]
    sort: str = "name"
    """name, kid (the child alone), owner (in the possessive), relative (of a contact), slip, title.
    """
    weak: bool = False
    """Whether only a surname was said that is also a common word."""


class Directory:
    """The names of the village by their words, for one line."""

    def __init__(self, entries: Iterable[Entry], words: frozenset[str]) -> None:
        """Keep what can be meant by the *words* of a line."""
        self.named: list[tuple[Entry, list[tuple[str, ...]]]] = []
        self.kids: dict[str, list[Entry]] = {}
        for entry in entries:
            rows = [tuple(fold(name).split()) for name in (entry.name, *entry.nicknames)]
            self.named.append((entry, rows))
            for kid in entry.kid_names:
                self.kids.setdefault(fold(kid), []).append(entry)
                self.kids.setdefault(fold(kid).partition(" ")[0], []).append(entry)
        self.here = [
            (entry, rows) for entry, rows in self.named if any(words & set(r) for r in rows)
        ]

    def match(self, words: Sequence[str], short: frozenset[str] = frozenset()) -> list[Entry]:
        """Return whom *words* name: exactly if anyone, else by whole words; *short* ones begin."""
        pool = self.named if short else self.here
        exact = [e for e, rows in pool if any(sorted(r) == sorted(words) for r in rows)]
        if exact:
            return exact
        return [e for e, rows in pool if any(_within(words, r, short) for r in rows)]

    def parents(self, key: str) -> list[Entry]:
        """Return the parents of a child."""
        return list(dict.fromkeys(self.kids.get(key, ())))

    def slipped(self, key: str) -> list[Entry]:
        """Return whose name has a word that is one slip from *key*."""
        if len(key) < 4:
            return []
        return [
            entry
            for entry, rows in self.named
            if any(len(w) > 3 and is_one_slip(key, w) for row in rows for w in row)
        ]


def _within(words: Sequence[str], row: Sequence[str], short: frozenset[str]) -> bool:
    left = list(row)
    for word in words:
        found = next((w for w in left if w == word or (word in short and w.startswith(word))), None)
        if found is None:
            return False
        left.remove(found)
    return True


def mentions_of(
    pieces: Sequence[Piece], directory: Directory, children: frozenset[str], free: Sequence[bool]
) -> list[Mention]:
    """Return who is named in *pieces*, from left to right; *free* pieces are no part of a day."""
    found: list[Mention] = []
    place = 0
    while place < len(pieces):
        mention = None
        if pieces[place].kind == "word" and free[place]:
            mention = _mention_at(pieces, place, directory, children)
        if mention is None:
            place += 1
            continue
        found.append(mention)
        place = mention.end
    return found


def _mention_at(
    pieces: Sequence[Piece], place: int, directory: Directory, children: frozenset[str]
) -> Mention | None:
    return (
        _parent_at(pieces, place, directory)
        or _name_at(pieces, place, directory, children)
        or _kid_or_owner_at(pieces, place, directory, children)
    )


def _parent_at(pieces: Sequence[Piece], place: int, directory: Directory) -> Mention | None:
    """Return the parent of a contact's child: Mats' Mama, the mother of Mats."""
    keys = [piece.key for piece in pieces[place : place + 3]]
    if len(keys) > 1 and keys[1] in PARENTS:
        for stem in _stems(pieces[place]):
            if parents := directory.parents(stem):
                return Mention(place, place + 2, tuple(parents))
    named = len(keys) > 2 and keys[0] in PARENTS and keys[1] in _OF
    parents = directory.parents(keys[2]) if named else []
    return Mention(place, place + 3, tuple(parents)) if parents else None


def _stems(piece: Piece) -> list[str]:
    """Return the names of which *piece* may be the possessive, itself first."""
    bare = piece.text.rstrip("'’")
    stems = [fold(bare)]
    if bare.endswith(("'s", "’s")):
        stems.append(fold(bare[:-2]))
    elif bare.endswith("s") and len(bare) > 3:
        stems.append(fold(bare[:-1]))
    return stems


def _name_at(
    pieces: Sequence[Piece], place: int, directory: Directory, children: frozenset[str]
) -> Mention | None:
    """Return the longest name that begins at *place*."""
    for end in range(min(len(pieces), place + LONGEST_NAME), place, -1):
        words, short = _query(pieces[place:end])
        if end > place + 1 and _is_weekday(pieces[place].key):
            continue
        if end == place + 1 and words and words[0] in TITLES and _is_followed(pieces, end):
            break
        if not words or (pieces[end - 1].text == "." and not short):
            continue
        if len(words) == 1 and not _may_be_name(pieces, place, children):
            continue
        if found := directory.match(words, short):
            return _named(pieces, place, end, words, found)
    if pieces[place].key in _TITLE_KEYS:
        return _titled(pieces, place, directory)
    return None


_TITLE_KEYS = TITLES | frozenset({"herrn"})


def _named(
    pieces: Sequence[Piece], place: int, end: int, words: Sequence[str], found: list[Entry]
) -> Mention | None:
    """Return the mention of *found*; a title that nobody has too is asked about."""
    if all(word in TITLES for word in words):
        return Mention(place, end, tuple(found), "title") if len(words) == 1 else None
    single = end - place == 1
    if pieces[end - 1].text[-1:] in "'’":
        after = pieces[end].key if end < len(pieces) else ""
        return Mention(place, end, tuple(found), "relative" if after in RELATIVES else "owner")
    surname = single and all(words[0] != fold(e.name).partition(" ")[0] for e in found)
    return Mention(place, end, tuple(found), weak=surname)


def _query(pieces: Sequence[Piece]) -> tuple[list[str], frozenset[str]]:
    """Return the words of a name, and those of them that a full stop cuts short."""
    words: list[str] = []
    short = set()
    for piece in pieces:
        if piece.text == "." and words and (words[-1] in TITLES or len(words[-1]) == 1):
            if words[-1] not in TITLES:
                short.add(words[-1])
            continue
        if piece.kind != "word":
            return [], frozenset()
        words += [_FULL.get(word, word) for word in piece.key.split()]
    return words, frozenset(short)


def _may_be_name(pieces: Sequence[Piece], place: int, children: frozenset[str]) -> bool:
    """Tell whether a word by itself may be a name: no child, no month with its number."""
    piece, before = pieces[place], pieces[place - 1] if place else None
    if piece.key in children or (piece.key in KNOWN - RELATIVES and not piece.capital):
        return False
    if piece.text in {"I", "So", "Am", "An", "Will", "May"} and piece.key in KNOWN:
        return False
    meaning = WORDS.get(piece.key)
    if meaning is None:
        return True
    if meaning.sort is Sort.MONTH and before is not None:
        return before.kind != "number" and before.key not in _BEFORE_MONTH and before.text != "."
    return meaning.sort is Sort.MONTH and (piece.capital or piece.key not in {"may", "march"})


def _is_weekday(key: str) -> bool:
    meaning = WORDS.get(key)
    return meaning is not None and meaning.sort is Sort.WEEKDAY


def _is_followed(pieces: Sequence[Piece], place: int) -> bool:
    """Tell whether a surname, or another title, follows a title."""
    if place < len(pieces) and pieces[place].text == ".":
        place += 1
    return place < len(pieces) and pieces[place].kind == "word" and pieces[place].capital


def _titled(pieces: Sequence[Piece], place: int, directory: Directory) -> Mention | None:
    """Return whom a title and a surname mean that are not noted with one: a question."""
    end = place + 1
    while end < len(pieces) and (pieces[end].text == "." or pieces[end].key in TITLES):
        end += 1
    if end < len(pieces) and pieces[end].kind == "word" and pieces[end].capital:
        found = [
            e for e in directory.match([pieces[end].key]) if not TITLES & set(fold(e.name).split())
        ]
        return Mention(place, end + 1, tuple(found), "titled")
    return Mention(place, end, (), "title") if place and pieces[place].key == "herrn" else None


def _kid_or_owner_at(
    pieces: Sequence[Piece], place: int, directory: Directory, children: frozenset[str]
) -> Mention | None:
    piece = pieces[place]
    if piece.key in children or (piece.key in KNOWN and not piece.capital):
        return None
    if kids := directory.parents(piece.key):
        return Mention(place, place + 1, tuple(kids), "kid")
    after = pieces[place + 1].key if place + 1 < len(pieces) else ""
    for stem in _stems(piece)[0 if piece.text[-1:] in "'’" else 1 :]:
        found = directory.match([stem]) if stem not in TITLES | KNOWN else []
        if found:
            sort = "relative" if after in RELATIVES else "owner"
            return Mention(place, place + 1, tuple(found), sort)
        if kids := directory.parents(stem):
            return Mention(place, place + 1, tuple(kids), "kid")
    return None


def before_name(pieces: Sequence[Piece], place: int) -> int:
    """Return the place of what stands before a name and its articles and titles; -1 for nothing."""
    place -= 1
    while place >= 0 and pieces[place].key in ARTICLES | AUNTS:
        place -= 1
    return place


def joins(piece: Piece) -> bool:
    """Tell whether *piece* stands between two people who were met together."""
    return piece.key in JOIN or piece.text in {",", "+", "&"}
