"""The parts of a name (N, RFC 6350, 6.2.2): family, given, more names, titles before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import permutations

from dorf.core.spelling import fold
from dorf.values import NamedTuple

_FAMILY_FIRST = re.compile(
    r"[\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]"
)
"""Letters of names that are written without blanks, the family first: Han, Hiragana, Hangul."""


class PartedName(NamedTuple):
    """A name in its parts, as a card has it."""

    family: str = ""
    given: str = ""
    more: str = ""
    before: str = ""
    """Titles, such as Dr."""
    after: str = ""
    """Suffixes, such as M.A. or jr."""

    @classmethod
    def of(cls, fields: Iterable[str]) -> PartedName:
        """Return the parts that the fields of N are; RFC 9554 has more, which repeat these."""
        return cls(*[*fields, *[""] * 5][:5])

    def text(self) -> str:
        """Return the name as it is written in one line."""
        if _FAMILY_FIRST.search(self.family) and _FAMILY_FIRST.search(self.given):
            name = f"{self.family}{self.given}{self.more}"
            return " ".join(filter(str.strip, (self.before, name, self.after)))
        parts = (self.before, self.given, self.more, self.family, self.after)
        return " ".join(part for part in parts if part.strip())

    def bare(self) -> PartedName:
        """Return the name without titles; with them, where there is nothing else."""
        names = PartedName(self.family, self.given, self.more)
        return names if any(map(str.strip, names)) else self

    def is_in(self, name: str) -> bool:
        """Tell whether *name* says all of it already, in any order, its titles aside."""
        words = set(fold(name).split())
        if set(fold(" ".join(self[:3])).split()) <= words:
            return True
        titles = set(fold(f"{self.before} {self.after}").split())
        kept = "".join(word for word in fold(name).split() if word not in titles)
        before, after = _together(self.before), _together(self.after)
        names = {"".join(map(_together, order)) for order in permutations(self[:3])}
        return any(
            kept in {core, before + core, core + after, before + core + after} for core in names
        )


def is_same_name(name: str, other: str) -> bool:
    """Tell whether *name* says all of *other*: the same words, or the same letters."""
    words = set(fold(other).split())
    return words <= set(fold(name).split()) or _together(name) == _together(other)


def _together(text: str) -> str:
    return "".join(fold(text).split())
