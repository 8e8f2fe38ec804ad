"""Help in a line, from words that leave no doubt: who did it, what, and that it was done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.core.sayings.line_words import CHILDREN, NO_DEED, SELF
from dorf.core.vocabulary import Direction, Kind
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.core.sayings.pieces import Piece

_MINDED = re.compile(
    r"aufgepasst|abgeholt|betreut|gehutet|ins bett gebracht|looked after|minded|watched|picked up"
    r"|took care of|put .{1,30} to bed"
)
"""A child was minded; the child is named beside it."""

_DEEDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"gebabysitte|babysat|babygesittet"), Kind.CHILDCARE),
    (re.compile(r"eingesprungen|stepped in|sprang .{0,20}ein\b"), Kind.EMERGENCY),
    (
        re.compile(
            r"\b(?:beim|bei|mit|im|uns|mir|mich)\b.{0,40}geholfen|repariert"
            r"|paket\w* .{0,20}angenommen|fur (?:uns|mich) .{0,30}gekauft"
            r"|eingekauft fur (?:uns|mich)|(?:uns|mich|kinder) .{0,30}gefahren"
            r"|helped (?:us|me)\b|(?:fixed|repaired) (?:our|my|the)\b"
            r"|(?:did|done) (?:our|the|my) shopping|drove (?:us|me)\b"
        ),
        Kind.PRACTICAL,
    ),
    (
        re.compile(r"\bgeld .{0,20}ge(?:liehen|schenkt)|geliehen|geschenkt|lent (?:us|me)\b"),
        Kind.MATERIAL,
    ),
)
_GIVEN: tuple[tuple[re.Pattern[str], Kind], ...] = (
    *_DEEDS[:2],
    (
        re.compile(
            r"geholfen|repariert|paket\w* (?:\w+ )?angenommen|eingekauft|gefahren|helped \w"
            r"|(?:fixed|repaired) \w|(?:did|done) the shopping|drove \w"
        ),
        Kind.PRACTICAL,
    ),
    (re.compile(r"geliehen|geschenkt|\blent \w"), Kind.MATERIAL),
)
"""The same, done by the parent; "they" are then named as the one who was helped."""


_DONE = frozenset(
    {"hat", "haben", "ist", "sind", "hatte", "hatten", "has", "have", "had", "looked", "minded",
     "watched", "picked", "took", "put", "babysat", "stepped", "helped", "fixed", "repaired", "did",
     "drove", "lent", "sprang"}
)  # fmt: skip
"""Words without which nobody says who did it: Tom Geld geliehen can be either way."""


class Deed(NamedTuple):
    """Help that was given or received, or that none is said."""

    direction: Direction
    kind: Kind


def deed_of(
    pieces: Sequence[Piece],
    subject: int | None,
    children: frozenset[str],
    kids: frozenset[str],
) -> Deed | None:
    """Return the help of which *pieces* tell.

    *subject* is the place of somebody who is named without a preposition; *children* are those of
    the household, *kids* those of contacts.
    """
    keys = [piece.key for piece in pieces]
    if NO_DEED & set(keys):
        return None
    text = " ".join(keys)
    own = bool(SELF & set(keys)) or "I" in {piece.text for piece in pieces}
    if own:
        kind = _minding(text, kids, keys) or _kind(text, _GIVEN)
        return Deed(Direction.OUT, kind) if kind else None
    kind = _minding(text, children | CHILDREN, keys) or _kind(text, _DEEDS)
    if kind is None or subject is None or not _DONE & set(keys):
        return None
    return Deed(Direction.IN, kind)


def _minding(text: str, children: frozenset[str], keys: Sequence[str]) -> Kind | None:
    """Return whether a child was minded: the child must be named."""
    if not children & set(keys) or not _MINDED.search(text):
        return None
    if "watched" in keys and not children & set(keys[keys.index("watched") + 1 :][:2]):
        return None
    return Kind.CHILDCARE


def _kind(text: str, table: Sequence[tuple[re.Pattern[str], Kind]]) -> Kind | None:
    return next((kind for pattern, kind in table if pattern.search(text)), None)
