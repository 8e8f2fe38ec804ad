"""A line cut into pieces: words, numbers, signs, and asides such as quoted speech."""

from __future__ import annotations

import re

from dorf.core.spelling import fold
from dorf.values import NamedTuple

MOST_LETTERS = 200
"""Characters in which the people, the day and the way are looked for; what follows is note."""

MOST_PIECES = 48

_PIECE = re.compile(
    r"(?P<aside>[:;]-?[)(DPp](?!\w)|\"[^\"]{1,200}\"|„[^“”]{1,200}[“”]|“[^“”]{1,200}”"
    r"|»[^«»]{1,200}«|«[^«»]{1,200}»|\([^()]{1,200}\))"
    r"|(?P<mixed>[0-9]+[^\W\d_]+)"
    r"|(?P<number>[0-9]+(?:[.,:/][0-9]+)*\.?)"
    r"|(?P<word>[^\W\d_][^\W_]*(?:[-'’][^\W\d_]+)*(?:['’](?!\w))?)"
    r"|(?P<sign>\S)"
)
PUNCTUATION = frozenset(".,;:!?–—-/'\"“”„…·")


class Piece(NamedTuple):
    """One piece of a line, where it stands, its key, and of which kind it is."""

    start: int
    end: int
    text: str
    key: str
    kind: str

    @property
    def silent(self) -> bool:
        """Whether it is a sign that says nothing by itself."""
        return self.kind == "sign" and self.text in PUNCTUATION

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces of the beginning of a line, never more than `MOST_PIECES`."""
    found: list[Piece] = []
    for match in _PIECE.finditer(text):
        if match.end() > MOST_LETTERS or len(found) == MOST_PIECES:
            break
        kind = match.lastgroup or ""
        key = fold(match[0]) if kind in {"word", "number"} else match[0]
        found.append(Piece(match.start(), match.end(), match[0], key, kind))
    return found
