"""Names: which spellings are the same, and which one contact was meant.

The rules stand in CONTRIBUTING.md, Names. Nothing here changes a name; keys are for comparing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from dorf.core.spelling import clean_text, fold
from dorf.errors import N_, WrongField
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    class Named(Protocol):
        """Anything that can be meant by a name."""

        @property
        def name(self) -> str:
            """The name as it was typed."""

        @property
        def nicknames(self) -> tuple[str, ...]:
            """Other names for the same contact."""

        @property
        def kid_names(self) -> tuple[str, ...]:
            """The names of the contact's children, as far as they are known."""


LONGEST_NAME = 200
"""Characters that a name may have; longer ones are pasted by accident (convention)."""

LONGEST_TEXT = 20_000
"""Characters that a note or another free text may have (convention)."""

_PARENT_OF = (
    r"(?:papa|mama|vater|mutter|eltern|elternteil|dad|daddy|mum|mom|mummy|father|mother|parents?)"
    r"\s+(?:von|vom|of)\s+(?P<child>.+)"
    r"|(?P<owner>.+?)(?:['’]s|s['’]|['’]|s)?\s+"
    r"(?:papa|mama|vater|mutter|eltern|dad|daddy|mum|mom|mummy|father|mother|parents?)"
)


class Entry(NamedTuple):
    """A line of the village's directory: as much of a contact as finding it takes."""

    uid: str
    name: str
    nicknames: tuple[str, ...] = ()
    kid_names: tuple[str, ...] = ()


NamedT = TypeVar("NamedT", bound="Named")


def checked_name(text: str, field: str = "name") -> str:
    """Return the cleaned *text* as a name; raise `WrongField` when it is empty or too long."""
    name = clean_text(text)
    if not any(_is_visible(character) for character in name):
        raise WrongField(field, N_("a name needs at least one letter or sign"))
    if len(name) > LONGEST_NAME:
        raise WrongField(
            field,
            N_("a name can have {most} characters at most, this one has {length}"),
            most=LONGEST_NAME,
            length=len(name),
        )
    return name


def _is_visible(character: str) -> bool:
    """Tell whether *character* can be seen: no blank, no joiner, no control."""
    import unicodedata

    return unicodedata.category(character)[0] not in "CZ"


def checked_text(text: str, field: str) -> str:
    """Return the cleaned *text*, line breaks kept; raise `WrongField` when it is too long."""
    cleaned = clean_text(text, lines=True)
    if len(cleaned) > LONGEST_TEXT:
        raise WrongField(
            field,
            N_("a text can have {most} characters at most, this one has {length}"),
            most=LONGEST_TEXT,
            length=len(cleaned),
        )
    return cleaned


def looks_like(name: str, other: str) -> bool:
    """Tell whether two names can't be told apart on the screen, or only by their capitals."""
    return appearance(name) == appearance(other)


def appearance(name: str) -> str:
    """Return the key under which names are equal that nobody can tell apart on the screen.

    Capitals and signs without a width, such as a soft hyphen, tell nobody apart.
    """
    if name.isascii():
        return name.lower()
    import unicodedata

    composed = unicodedata.normalize("NFC", name)
    return "".join(c for c in composed if unicodedata.category(c) != "Cf").casefold()


def find(query: str, candidates: Iterable[NamedT], *, whole: bool = False) -> list[NamedT]:
    """Return whom *query* can mean, from the first step that finds anyone.

    Exact name or nickname, equal key, words that begin words of the name, then the parents of a
    child of that name ("Mats", "Papa von Mats", "Mats' dad"); the *whole* name stops at the key.
    """
    pool = list(candidates)
    asked = query.strip()
    if exact := [c for c in pool if asked == c.name or asked in c.nicknames]:
        return exact
    key = fold(asked)
    if not key:
        return []
    keys = [(c, [fold(c.name), *map(fold, c.nicknames)]) for c in pool]
    if equal := [c for c, folded in keys if key in folded]:
        return equal
    if whole:
        return []
    words = key.split()
    if begun := [c for c, folded in keys if any(_words_begin(words, one) for one in folded)]:
        return begun
    return _parents_of(asked, pool)


def _words_begin(words: Sequence[str], folded: str) -> bool:
    """Tell whether each of *words* begins a word of *folded*, each of those used once."""
    left = folded.split()
    for word in sorted(words, key=len, reverse=True):
        for candidate in left:
            if candidate.startswith(word):
                left.remove(candidate)
                break
        else:
            return False
    return True


def _parents_of(asked: str, pool: Sequence[NamedT]) -> list[NamedT]:
    match = re.fullmatch(_PARENT_OF, asked, re.IGNORECASE)
    children = {fold(asked)}
    if match:
        owner = match["child"] or match["owner"]
        children = {fold(owner), fold(owner + "s")} if match["owner"] else {fold(owner)}
    return [c for c in pool if any(fold(kid) in children for kid in c.kid_names)]


def nearest(query: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Return up to *most* names whose spelling is closest to *query*, best first."""
    from difflib import get_close_matches

    by_key: dict[str, str] = {}
    for name in names:
        for key in (fold(name), *fold(name).split()):
            by_key.setdefault(key, name)
    close = get_close_matches(fold(query), by_key, n=most * 2, cutoff=0.6)
    return list(dict.fromkeys(by_key[key] for key in close))[:most]
