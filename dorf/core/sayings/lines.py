"""A line about an encounter as people say it: who, which day, how, help, and the note.

The line's head ends with the first comma or full stop behind a name; what follows is note. In the
head people, a day and a way are looked for in any order; what is left is the note, and where that
would be two pieces, the whole line is (CONTRIBUTING.md, Lines).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from dorf.core.sayings.day_places import DayPlace, is_slip_of_two, is_vague
from dorf.core.sayings.deeds import Deed, deed_of
from dorf.core.sayings.forms import shown_day
from dorf.core.sayings.heads import Head
from dorf.core.sayings.line_words import (
    ARTICLES,
    AUNTS,
    CAME,
    DROPPED,
    KNOWN,
    MEETINGS,
    NOT_DAY,
    NOUNS,
    SELF,
    SMALL,
    TITLES,
    TOPIC,
    VERBS,
)
from dorf.core.sayings.people import Mention, before_name, joins
from dorf.core.sayings.refusals import (
    NoEncounter,
    refuse_ahead,
    refuse_plans,
    refuse_question,
    says_several_days,
)
from dorf.core.sayings.ways import Way, is_noun, way_of
from dorf.core.vocabulary import How
from dorf.errors import N_
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dorf.core.names import Entry
    from dorf.core.sayings.pieces import Piece


class Doubt(NamedTuple):
    """A part of a line that can mean one of several, or one who was perhaps not met."""

    query: str
    candidates: tuple[Entry, ...]


class Line(NamedTuple):
    """What a line says."""

    people: tuple[Entry, ...]
    day: date
    how: How | None = None
    help: tuple[Deed, ...] = ()
    note: str = ""
    doubts: tuple[Doubt, ...] = ()
    unknown: str = ""
    """A name that nobody in the village has."""
    child: str = ""
    """A child of the household who is named where nobody else is."""


def read_line(text: str, entries: Sequence[Entry], children: Sequence[str], today: date) -> Line:
    """Return what *text* says on *today*.

    *entries* are the contacts, *children* the names of the household's children. Raise
    `NoEncounter` for a question, a wish, an attempt, and for a day that is not one that has been.
    """
    return _Reader(text, entries, children, today).line()


class _Reader(Head):
    """One line while it is read."""

    def line(self) -> Line:
        """Return what the line says; raise `NoEncounter` if it can't be noted."""
        refuse_question(self)
        day, day_places = self._day()
        met, others = self._met()
        way = self._way(met, day_places)
        refuse_plans(self, way, met)
        return self._made(day, day_places, met, others, way)

    def _day(self) -> tuple[date, set[int]]:
        """Return the day of the encounter, today if none is said, and the places of its words."""
        end = self.head[-1].end if self.head else 0
        named = self.places_of(self.mentions)
        days = [d for d in self.days if d.end <= end and not self._is_name(d, named)]
        days = [d for d in days if self._counts(d)]
        slips = any(
            p.kind == "word" and n not in named and is_slip_of_two(p.key)
            for n, p in enumerate(self.head[: self.clause])
        )
        if slips or is_vague(self.text[:end]) or any(d.day is None for d in days):
            raise _which_day(self.today)
        if len(days) > 1 or says_several_days(self.typed):
            raise NoEncounter(
                N_("More than one day is said here. Please note each encounter by itself.")
            )
        if not days:
            return self._day_behind()
        refuse_ahead(self, days[0])
        day = days[0].day
        assert day is not None  # noqa: S101  (for mypy: refused above)
        return day, self.places(days)

    def _day_behind(self) -> tuple[date, set[int]]:
        """Return the day that alone stands behind the head, if one does: "…, gestern"."""
        rest = self.pieces[self.end + 1 :]
        for place in self.days:
            if not rest or not place.day or place.day > self.today:
                continue
            if place.start <= rest[0].start and all(p.start < place.end or p.silent for p in rest):
                return place.day, {*range(self.end, len(self.pieces))}
        return self.today, set()

    def _is_name(self, day: DayPlace, named: set[int]) -> bool:
        return bool(self.places([day]) & named)

    def _counts(self, day: DayPlace) -> bool:
        """Tell whether a day in the head is that of the encounter, not one that is talked about."""
        places = sorted(self.places([day]))
        if not places or places[0] >= self.clause:
            return False
        before = self.head[places[0] - 1].key if places[0] else ""
        first = self.head[places[0]].key
        if first == "uber" and (day.row not in {"K", "F"} or self._talks()):
            return False
        if before in {"vor", "nach", "before", "after"}:
            raise _which_day(self.today)
        if day.row == "o" and not self._stands_free(places[-1] + 1):
            return False
        if before in {"bis", "till", "until"}:
            raise _which_day(self.today)
        if day.row != "D" and self._is_topic(places[0]):
            return False
        if day.row == "F" and self._is_noun_of_feast(places[-1] + 1):
            return False
        dropped = (
            before == "by" and places[0] > 1 and self.head[places[0] - 2].key in DROPPED | CAME
        )
        return dropped or before not in NOT_DAY

    def _is_topic(self, place: int) -> bool:
        """Tell whether a day belongs to what was talked about: about the party on Saturday."""
        named = self.places_of(self.mentions)
        for n in range(place - 1, -1, -1):
            key = self.head[n].key
            if n in named or key in VERBS:
                return False
            if key in {"about", "wegen", "uber", "regarding"}:
                return True
        return False

    def _is_noun_of_feast(self, place: int) -> bool:
        """Tell whether an English feast only says of which kind a thing is: Christmas card."""
        if place >= len(self.head):
            return False
        return self.head[place].key in {
            *("card", "cards", "party", "dinner", "lunch", "market", "present", "presents"),
            *("tree", "cookies", "gift", "gifts", "shopping", "show", "play", "eggs", "egg"),
        }

    def _talks(self) -> bool:
        keys = {piece.key for piece in self.head}
        return bool(
            keys & {"geredet", "gesprochen", "telefoniert", "geschrieben", "talked", "spoke"}
        )

    def _stands_free(self, place: int) -> bool:
        """Tell whether no noun follows to which a number belongs."""
        if place >= len(self.head) or self.names_at(place):
            return True
        piece = self.head[place]
        return piece.key in KNOWN or not piece.capital

    def _met(self) -> tuple[list[Mention], list[Mention]]:
        """Return those who were met, and those who were named otherwise."""
        met: list[Mention] = []
        others: list[Mention] = []
        previous: tuple[int, bool] | None = None
        for mention in self.mentions:
            place = before_name(self.head, mention.start)
            joined = (
                previous is not None
                and place >= 0
                and joins(self.head[place])
                and all(joins(p) or p.key in ARTICLES for p in self.head[previous[0] : place + 1])
            )
            was_met = previous[1] if joined and previous else self._is_met(place)
            (met if was_met else others).append(mention)
            previous = (mention.end, was_met)
        return self._sorted_out(met, others)

    def _is_met(self, place: int) -> bool:
        """Tell whether who is named behind the word at *place* was met, not talked about."""
        key = self.head[place].key if place >= 0 else ""
        keys = [piece.key for piece in self.head]
        if key in {"von", "from"}:
            back = place - 1
            while back >= 0 and keys[back] in {"bekommen", "got", "gekriegt", "erhalten"}:
                back -= 1
            return back >= 0 and is_noun(keys[back])
        if key in {"fur", "for"}:
            return bool(set(keys) & (SELF | {"did"})) and any(k not in KNOWN for k in keys)
        if key == "an":
            return any(is_noun(k) or k in VERBS for k in keys)
        return key not in TOPIC

    def _sorted_out(
        self, met: list[Mention], others: list[Mention]
    ) -> tuple[list[Mention], list[Mention]]:
        """Return the same with owners, children and common words put where they belong."""
        sure = [m for m in met if m.sort in {"name", "titled"} and not m.weak]
        if sure:
            weak = [m for m in met if m not in sure and not (m.weak and self._is_clear(m))]
            return [m for m in met if m not in weak], [*others, *weak]
        return met, others

    def _is_clear(self, mention: Mention) -> bool:
        """Tell whether a surname alone is meant as somebody: behind "mit" or "und"."""
        place = mention.start - 1
        return place >= 0 and (
            joins(self.head[place]) or self.head[place].key in {"mit", "with", "bei"}
        )

    def _way(self, met: Sequence[Mention], day_places: set[int]) -> Way:
        taken = self.places_of(self.mentions) | day_places
        free = [
            n not in taken and n < self.clause and p.kind == "word" and p.key not in self.children
            for n, p in enumerate(self.head)
        ]
        keys = [piece.key for piece in self.head]
        befores = [before_name(self.head, m.start) for m in met]
        beside = any(n >= 0 and keys[n] in {"mit", "with"} for n in befores)
        way = way_of(self.head, free, with_somebody=beside)
        if way.how is None and any(n >= 0 and keys[n] == "bei" for n in befores):
            return Way(How.VISIT)
        if way.how is None and self._meeting_behind():
            return Way(How.VISIT)
        return way

    def _meeting_behind(self) -> bool:
        rest = [p.key for p in self.pieces[self.end + 1 :] if p.kind == "word"]
        return bool(rest) and len(rest) < 4 and bool(MEETINGS & {rest[0], rest[-1]})

    def _made(
        self,
        day: date,
        day_places: set[int],
        met: list[Mention],
        others: list[Mention],
        way: Way,
    ) -> Line:
        people, doubts = self._people(met, others)
        unknown, unknown_places, sure = self._unknown(met, day_places, way)
        if not sure:
            people = ()
        named = [m for m in met if m.candidates and m.sort not in {"owner", "relative"}]
        taken = self.places_of(named) | day_places | set(way.places)
        taken |= unknown_places if not people else set()
        note = self.note(taken, self.titles_of(named), day_places)
        deed = self._deed(met)
        child = next((p.text for p in self.head if p.key in self.children), "")
        return Line(
            people,
            day,
            way.how,
            (deed,) if deed else (),
            note,
            doubts,
            unknown,
            "" if people else child,
        )

    def _people(
        self, met: Sequence[Mention], others: Sequence[Mention]
    ) -> tuple[tuple[Entry, ...], tuple[Doubt, ...]]:
        """Return who was met for sure, and who has to be asked about."""
        sure: list[Entry] = []
        doubts: list[Doubt] = []
        for m in met:
            if self._is_sure(m):
                sure.append(m.candidates[0])
            elif m.candidates and m.sort != "relative":
                doubts.append(Doubt(self._said(m), m.candidates))
        if not sure and not doubts:
            doubts += [
                Doubt(self._said(m), m.candidates)
                for m in others
                if m.candidates and m.sort != "relative"
            ][:1]
        doubts += self._slips(met, nobody=not (sure or doubts))
        return tuple(dict.fromkeys(sure)), tuple(doubts)

    def _is_sure(self, mention: Mention) -> bool:
        if mention.sort != "name" or len(mention.candidates) != 1:
            return False
        if not mention.weak or self._is_clear(mention):
            return True
        before = self.head[mention.start - 1] if mention.start else None
        return before is None or before.key not in ARTICLES

    def _said(self, mention: Mention) -> str:
        return self.text[self.pieces[mention.start].start : self.pieces[mention.end - 1].end]

    def _slips(self, met: Sequence[Mention], *, nobody: bool) -> list[Doubt]:
        """Return the names that were mistyped: next to a name, where one is due, or instead."""
        named = self.places_of(self.mentions)
        found = []
        for n, piece in enumerate(self.head[: self.clause]):
            due = nobody or any(m.end == n for m in met) or (n and self._introduces(n - 1))
            if n in named or piece.kind != "word" or not due or piece.key in KNOWN:
                continue
            if piece.key in self.children or not (nobody or piece.capital):
                continue
            if found_by := self.directory.slipped(piece.key):
                found.append(Doubt(piece.text, tuple(dict.fromkeys(found_by))))
        return found

    def _introduces(self, place: int) -> bool:
        piece = self.head[place]
        return joins(piece) or piece.key in {"mit", "with", "bei", "met"}

    def _unknown(
        self, met: Sequence[Mention], day_places: set[int], way: Way
    ) -> tuple[str, set[int], bool]:
        """Return a name that nobody has, its places, and whether the others stand without it.

        A capital word right behind a name, with nothing but a way or a day after it, is a surname
        that is not in the village: then somebody else is meant.
        """
        for m in met:
            if m.sort == "titled" and not m.candidates:
                return self._between(m.start, m.end - 1), set(range(m.start, m.end)), len(met) > 1
        blocked = self.places_of(self.mentions) | day_places | set(way.places)
        for n, piece in enumerate(self.head[: self.clause]):
            if n in blocked or not self._may_be_new(n, piece):
                continue
            last = n + 1 == len(self.head) or n + 1 in blocked or self.head[n + 1].silent
            first = next((m.start for m in met if m.end == n), None)
            if first is not None and last and not self._is_thing(n):
                return self._between(first, n), {*range(first, n + 1)}, False
            begin = self._title_before(n)
            alone = last and not met and self._next_to(n, way, day_places)
            if begin < n or alone or self._introduces_new(n, way):
                end = n if met else self._last_of_name(n, blocked)
                return self._between(begin, end), {*range(begin, end + 1)}, begin == n or bool(met)
        return "", set(), not self._is_list_with_stranger(met, blocked, way)

    def _may_be_new(self, place: int, piece: Piece) -> bool:
        """Tell whether a word can be a name that nobody has yet: no child, nobody's thing."""
        before = self.head[place - 1] if place else None
        owned = before is not None and before.capital and _is_possessive(before)
        return not owned and _is_unknown(piece) and piece.key not in self.children

    def _title_before(self, place: int) -> int:
        while place and self.head[place - 1].key in TITLES | AUNTS | {"herrn"}:
            place -= 1
        return place

    def _last_of_name(self, place: int, blocked: set[int]) -> int:
        while place + 1 < len(self.head) and place + 1 not in blocked:
            if not _is_unknown(self.head[place + 1]):
                break
            place += 1
        return place

    def _is_list_with_stranger(self, met: Sequence[Mention], blocked: set[int], way: Way) -> bool:
        """Tell whether names are listed and one word with them is none: lena tom zorro."""
        rest = [n for n in range(len(self.pieces)) if n not in blocked]
        if len(rest) != 1 or self.days or way.places or len(self.pieces) == 1:
            return False
        piece = self.pieces[rest[0]]
        listed = piece.kind == "word" and piece.key not in KNOWN and not _is_done(piece.key)
        return listed and any(m.end == rest[0] or m.start == rest[0] + 1 for m in met)

    def _is_thing(self, place: int) -> bool:
        """Tell whether a capital word is surely a thing: the line is in English, or it is a way."""
        return self.head[place].key in MEETINGS | NOUNS.keys()

    def _between(self, begin: int, end: int) -> str:
        text = self.text[self.head[begin].start : self.head[end].end]
        return re.sub(r"^Herrn\b", "Herr", text)

    def _introduces_new(self, place: int, way: Way) -> bool:
        """Tell whether a person is due: behind mit, und, met, called."""
        if not place:
            return False
        before = place - 1
        while before and self.head[before].key in ARTICLES:
            before -= 1
        piece = self.head[before]
        if joins(piece):
            return before > 0 and (before - 1 in self.places_of(self.mentions))
        return piece.key in {"mit", "with", "bei"} or (before in way.places and piece.key in VERBS)

    def _next_to(self, place: int, way: Way, day_places: set[int]) -> bool:
        beside = way.places | day_places
        return place + 1 in beside or place - 1 in beside or len(self.head) == 1

    def _deed(self, met: Sequence[Mention]) -> Deed | None:
        subject = None
        for m in met:
            place = before_name(self.head, m.start)
            key = self.head[place].key if place >= 0 else ""
            if key not in TOPIC | SMALL - ARTICLES:
                subject = m.start
                break
        kids = frozenset(self.directory.kids)
        return deed_of(self.head[: self.clause], subject, self.children, kids)


def _is_possessive(piece: Piece) -> bool:
    return piece.text[-1:] in {"s", "'", "’"} and piece.key not in KNOWN


def _is_done(key: str) -> bool:
    """Tell whether a word says what was done or what people are at: gegrillt, swimming."""
    return len(key) > 4 and key.endswith(("t", "en", "ing", "ed", "n"))


def _is_unknown(piece: Piece) -> bool:
    """Tell whether a word can be a name that nobody has yet."""
    return piece.kind == "word" and piece.capital and len(piece.key) > 1 and piece.key not in KNOWN


def _which_day(today: date) -> NoEncounter:
    return NoEncounter(
        N_("Which day was that? For example: yesterday · last Friday · {day}."),
        day=shown_day(today - timedelta(days=4)),
    )
