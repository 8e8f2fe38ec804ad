"""The head of a line: its pieces, who and which days are named in it, and what is left of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.core.sayings.day_places import DayPlace, days_in
from dorf.core.sayings.line_words import (
    ARTICLES,
    AUNTS,
    AUXILIARIES,
    CLAUSE,
    SMALL,
    TITLES,
    TOPIC,
    VERBS,
)
from dorf.core.sayings.people import Directory, Mention, before_name, mentions_of
from dorf.core.sayings.pieces import Piece, pieces_of
from dorf.core.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dorf.core.names import Entry

_OUTER = (('"', '"'), ("„", "“"), ("“", "”"), ("»", "«"), ("(", ")"), ("'", "'"))


class Head:
    """The part of a line in which people, a day and a way are looked for.

    It ends with the first comma or full stop behind a name that joins no names.
    """

    def __init__(
        self, text: str, entries: Sequence[Entry], children: Sequence[str], today: date
    ) -> None:
        """Find the people and the days of *text*, and where its head ends."""
        text = _without_outer(text.strip())
        self.text, self.today = text, today
        self.pieces = pieces_of(text)
        self.children = frozenset(
            key for name in children for key in (fold(name), *fold(name).split()[:1])
        )
        words = frozenset(word for piece in self.pieces for word in _words(piece))
        self.directory = Directory(entries, words)
        asides = [(p.start, p.end) for p in self.pieces if p.kind == "aside"]
        self.days = days_in(text, asides, today)
        taken = self.places([d for d in self.days if not d.alone])
        free = [p.kind != "aside" and n not in taken for n, p in enumerate(self.pieces)]
        self.mentions = mentions_of(self.pieces, self.directory, self.children, free)
        self.end = self._head_end()
        self.head = self.pieces[: self.end]
        self.clause = self._clause_start()
        self.mentions = [m for m in self.mentions if m.end <= self.end and m.start < self.clause]

    def places(self, days: Sequence[DayPlace]) -> set[int]:
        """Return the places of the words of days."""
        return {
            n
            for n, piece in enumerate(self.pieces)
            for day in days
            if day.start <= piece.start < day.end
        }

    def _head_end(self) -> int:
        """Return the place of the sign that ends the head: behind a name, and joining no names."""
        starts = {m.start for m in self.mentions}
        days = self.places([d for d in self.days if d.day])
        for n, piece in enumerate(self.pieces):
            last = n + 1 == len(self.pieces)
            within = n in days and n + 1 in days
            if last or within or not self._ends_here(n, piece):
                continue
            if not any(m.end <= n for m in self.mentions):
                continue
            if piece.text == "," and self._joins_names(n, starts):
                continue
            if self._only_names_before(n, days) and self._goes_on(n + 1, starts, days):
                continue
            return n
        return len(self.pieces)

    def _ends_here(self, place: int, piece: Piece) -> bool:
        if piece.kind != "sign":
            return False
        before, after = self.text[: piece.start], self.text[piece.end :]
        if piece.text in {",", ":", ";"}:
            return not (piece.text == ":" and after[:1].isdigit())
        if piece.text in {"-", "–", "—"}:
            return before[-1:].isspace() and after[:1].isspace()
        last = self.pieces[place - 1] if place else piece
        short = last.key in TITLES or len(last.key) == 1
        return piece.text in {".", "!", "?", "…"} and not short and bool(after.strip())

    def _joins_names(self, place: int, starts: set[int]) -> bool:
        """Tell whether a comma stands between two people who were met."""
        if not any(m.end == place for m in self.mentions):
            return False
        after = place + 1
        while after < len(self.pieces) and self.pieces[after].key in ARTICLES | AUNTS:
            after += 1
        return after in starts

    def _only_names_before(self, place: int, days: set[int]) -> bool:
        named = days | {n for m in self.mentions for n in range(m.start, m.end)}
        return all(
            n in named or self.pieces[n].key in AUXILIARIES | SMALL or self.pieces[n].silent
            for n in range(place)
        )

    def _goes_on(self, place: int, starts: set[int], days: set[int]) -> bool:
        """Tell whether a day or a way follows, of which nothing was said yet."""
        if place >= len(self.pieces):
            return False
        return place in days | starts or self.pieces[place].key in VERBS

    def _clause_start(self) -> int:
        """Return the place of the first word of saying behind a name: what follows was told."""
        first = min((m.end for m in self.mentions), default=len(self.pieces))
        for n in range(first, self.end):
            last = n + 1 == self.end or self.pieces[n + 1].silent
            if self.head[n].key in CLAUSE and not last:
                return n
        return self.end

    def places_of(self, mentions: Sequence[Mention]) -> set[int]:
        """Return the places of the words that name people."""
        return {n for m in mentions for n in range(m.start, m.end)}

    def names_at(self, place: int) -> bool:
        """Tell whether somebody is named from *place* on."""
        return any(m.start == place for m in self.mentions)

    @property
    def typed(self) -> str:
        """The head as it was typed."""
        return self.text[: self.head[-1].end] if self.head else ""

    def note(self, taken: set[int], glue: set[int], day_places: set[int]) -> str:
        """Return what is left of the line: one piece as it was typed, or all of it."""
        spans = [
            span
            for begin, end in _runs(len(self.head), taken)
            if (span := self._trimmed(begin, end, glue))
        ]
        behind = re.sub(r"^[\s,;.!?–—-]+|^:(?![-)(])\s*", "", self.text[len(self.typed) :]).strip()
        pieces = [self.text[start:end] for start, end in spans]
        if self.end not in day_places and re.search(r"[^\s.,;:!?–—-]", behind):
            pieces.append(behind)
        if len(pieces) > 1:
            return self.text
        return pieces[0] if pieces else ""

    def _trimmed(self, begin: int, end: int, glue: set[int]) -> tuple[int, int] | None:
        """Return the characters of a run without the small words around it; None for nothing."""
        run = [n for n in range(begin, end) if n not in glue]
        if all(self._is_small(n) or n in glue for n in range(begin, end)):
            return None
        while run and self._may_go(run[0], AUXILIARIES):
            run.pop(0)
        right = AUXILIARIES | SMALL | TOPIC if end < len(self.head) else frozenset()
        while run and self._may_go(run[-1], right):
            run.pop()
        return (self.head[run[0]].start, self.head[run[-1]].end) if run else None

    def _may_go(self, place: int, words: frozenset[str]) -> bool:
        piece = self.head[place]
        return piece.silent or piece.key in words

    def _is_small(self, place: int) -> bool:
        return self._may_go(place, AUXILIARIES | SMALL)

    def titles_of(self, met: Sequence[Mention]) -> set[int]:
        """Return the places of aunts and titles before those who were met."""
        return {
            n
            for m in met
            for n in range(before_name(self.head, m.start) + 1, m.start)
            if self.head[n].key in AUNTS | TITLES
        }


def _without_outer(text: str) -> str:
    """Return *text* without quotation marks or brackets around the whole."""
    for begin, end in _OUTER:
        inner = text[1:-1]
        if text[:1] == begin and text[-1:] == end and not {begin, end} & set(inner):
            return inner.strip()
    return text


def _words(piece: Piece) -> list[str]:
    """Return the words by which a piece can name somebody: without the case ending, too."""
    words = piece.key.split()
    if piece.text[-2:] in {"'s", "’s"} or piece.key.endswith("s"):
        words.append(piece.key[:-1])
    return [*words, "herr"] if piece.key == "herrn" else words


def _runs(length: int, taken: set[int]) -> list[tuple[int, int]]:
    """Return the rows of places that are not taken."""
    runs: list[tuple[int, int]] = []
    begin = 0
    for n in range(length + 1):
        if n == length or n in taken:
            if n > begin:
                runs.append((begin, n))
            begin = n + 1
    return runs
