"""Who somebody is, as people say it: "Schwiegermutter", "Mats' Mama", "best friend".

A word is looked up as a whole, then by what it ends with, as compounds do; then the phrases that
name a child or a place. One slip in a known word of five letters or more is forgiven, never in a
name (DOMAIN.md §1).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dorf.core.sayings.lexicon import LEAST_LETTERS, is_one_slip
from dorf.core.sayings.role_words import (
    BURDENS,
    ENDINGS,
    NOBODY,
    PARENT_WORDS,
    ROLE_WORDS,
    SURNAMES,
)
from dorf.core.spelling import fold
from dorf.core.vocabulary import (
    DID_YOU_MEAN,
    ROLE_LABELS,
    ROLES,
    SHOWN,
    Role,
    UnknownWord,
    unknown_word,
)
from dorf.errors import DorfError
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class RoleReading(NamedTuple):
    """A role that was said, and what else follows from the words; only the role is taken."""

    role: Role
    kid: str = ""
    """The child whose parent it is."""
    own_parent: bool = False
    """Whether it is the parent of whoever speaks: grandparent of the children."""


_LEAD_WORDS = (
    "mein meine meinen meiner meinem unser unsere unseren unserer dein deine eine ein einer der "
    "die das den my our the a an gute guter gutes good alte alter alten old liebe lieber dear "
    "nette netter nice enge enger close neue neuer new andere anderer eigene"
)
_LEAD = frozenset(fold(word) for word in _LEAD_WORDS.split())
"""Words before a role that do not change it."""

_BEST = frozenset({"beste", "bester", "besten", "best"})
_FORMER = frozenset(map(fold, ("ehemalige", "ehemaliger", "frühere", "früherer", "former")))
_PARTNERS = frozenset({"partner", "coparent"})
_PARENT = (
    r"(?:mama|mami|mutti|mutter|papa|papi|vati|vater|eltern|mum|mom|mummy|mommy|mam|dad|daddy|mother|"
    r"father|parents?)"
)
_OF_CHILD = (
    rf"^(?:die |der |the )?{_PARENT} (?:von|vom|of|des|der) (.+)$",
    rf"^(.+?)(?:['’]s?|s) {_PARENT}$",
)
_KINDS_OF_CHILD = (
    rf"^(?:{_PARENT}) (?:von|of|des|der) (?:dem |der |the )?"
    r"(?:meine[rsn]? |my |our |unsere[rsn]? )?"
    r"(?:kinder[sn]?|kindes|kids|child|children)$"
)
_WHOSE = r"^[^\W\d_]+(?:['’]s?|(?<=[a-z])s) (?=\S+$)"
_TAIL = (
    r" (?:väterlicherseits|mütterlicherseits|von (?:mir|uns|früher|damals)|um die Ecke"
    r"|meines (?!Sohn)\w+|meiner (?!Tochter)\w+|of my (?!son|daughter)\w+)$"
)
_FROM = r"^(.+?) (?:aus|vom|von|beim|in|im|from|at|of) (?:der |dem |den |the |dem )?(.+)$"


@cache
def _words() -> dict[str, str]:
    """Return the role of each word, by its key without blanks."""
    found: dict[str, str] = {}
    for slug, words in ROLE_WORDS.items():
        labels = (slug, ROLE_LABELS[slug], *ROLES[slug].words.split(","))
        for word in (*words.split(","), *labels):
            found.setdefault(_squeezed(word), slug)
    return found


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    """Return the endings with their role, the longest first."""
    found = [(_squeezed(word), slug) for slug, words in ENDINGS for word in words.split()]
    return tuple(sorted(found, key=lambda ending: -len(ending[0])))


@cache
def _nobody() -> frozenset[str]:
    return frozenset(_squeezed(word) for word in NOBODY.split(","))


def _squeezed(text: str) -> str:
    return fold(text.replace(":in", "in").replace("_", " ").replace("-", " ")).replace(" ", "")


def parse_role(text: str, children: Iterable[str] = ()) -> Role:
    """Return the role that *text* names; raise `UnknownWord` where it names none."""
    if reading := role_of(text, children):
        return reading.role
    if meant := _meant(text):
        raise UnknownWord(DID_YOU_MEAN, text=text, close=meant)
    raise unknown_word("role", text, DorfError(SHOWN["role"]))


def _meant(text: str) -> str:
    """Return the word that *text* is nearly; "" where one only looks alike, or it is nobody."""
    from difflib import get_close_matches

    if _squeezed(text) in _nobody():
        return ""
    spelled = {
        _squeezed(word): word.strip() for words in ROLE_WORDS.values() for word in words.split(",")
    }
    close = get_close_matches(_squeezed(text), spelled, n=1, cutoff=0.8)
    return spelled[close[0]] if close else ""


def role_of(text: str, children: Iterable[str] = ()) -> RoleReading | None:
    """Return who somebody is by what people say; *children* are those of the household."""
    phrase = " ".join(text.strip(' .,;:!?()"“”„').split())
    if not phrase or len(phrase) > 80 or _squeezed(phrase) in _nobody():
        return None
    return (
        _whole(phrase)
        or _of_child(phrase, children)
        or _whole(_without_lead(phrase))
        or _former(phrase)
        or _from_place(_without_lead(phrase))
        or _compound(_without_lead(phrase))
        or _slipped(_without_lead(phrase))
    )


def _whole(phrase: str) -> RoleReading | None:
    key = _squeezed(phrase)
    slug = _words().get(key)
    return _reading(slug, key) if slug and key not in _nobody() else None


def _reading(slug: str, key: str = "", kid: str = "") -> RoleReading:
    own = slug == "grandparent" and key in _own_parents()
    return RoleReading(ROLES[slug], kid, own)


@cache
def _own_parents() -> frozenset[str]:
    return frozenset(map(_squeezed, PARENT_WORDS.split()))


def _without_lead(phrase: str) -> str:
    """Return the phrase without articles, adjectives and whose it is before the role."""
    words = re.sub(
        _TAIL, "", re.sub(r"^[^\W\d_]+(?:['’]s?|(?<=[a-z])s) (?=\S+$)", "", phrase)
    ).split()
    while len(words) > 1 and fold(words[0]) in _LEAD | _BEST:
        words = words[1:]
    return " ".join(words)


def _of_child(phrase: str, children: Iterable[str]) -> RoleReading | None:
    """Read "Mama von Mats", "Mats' Mama": a child of the household makes it the co-parent."""
    low = phrase.lower()
    if re.match(_KINDS_OF_CHILD, low):
        return _reading("coparent")
    own = {fold(child) for child in children}
    for pattern in _OF_CHILD:
        if found := re.match(pattern, phrase, re.IGNORECASE):
            name = found[1].strip()
            if _names_own_child(name, own):
                return _reading("coparent")
            if name[:1].isupper() and " " not in name and not _is_known(name):
                return _reading("parent_friend", kid=name)
            return None if " " not in name and _is_known(name) else _reading("parent_friend")
    return None


def _names_own_child(name: str, own: set[str]) -> bool:
    key = fold(name)
    return key in own or (key.endswith("s") and key[:-1] in own)


def _is_known(word: str) -> bool:
    return _squeezed(word) in _words() or _squeezed(word) in _nobody()


def _former(phrase: str) -> RoleReading | None:
    """Read "Ex-Kollegin", "ehemalige Nachbarin": only a partner of old is a co-parent."""
    words = re.split(r"[\s-]+", phrase)
    if len(words) < 2 or not (fold(words[0]) == "ex" or fold(words[0]) in _FORMER):
        return None
    rest = role_of(" ".join(words[1:]))
    if rest is None:
        return None
    is_partner = rest.role.slug in _PARTNERS or _squeezed(words[-1]) in {"freund", "freundin"}
    return _reading("coparent") if is_partner else rest


_PLAYGROUND = frozenset({"spielplatz", "playground"})
_OFFICES = frozenset({"jugendamt"})


def _from_place(phrase: str) -> RoleReading | None:
    """Read "Mama vom Spielplatz", "Frau vom Jugendamt", "Mutter aus der Kita"."""
    found = re.match(_FROM, phrase, re.IGNORECASE)
    if found is None:
        return None
    who, place = _without_lead(found[1]), _squeezed(found[2])
    if place in _PLAYGROUND:
        return _reading("acquaintance")
    if place in _OFFICES:
        return _reading("professional")
    if re.fullmatch(_PARENT, who.lower()):
        return _reading("parent_friend")
    reading = _whole(who) or _compound(who)
    if reading and place in {"sohn", "tochter"}:
        return _reading("other")
    return reading


def _compound(phrase: str) -> RoleReading | None:
    """Return the role of the last part of a compound or the last word of a phrase."""
    key = _squeezed(phrase)
    for ending, slug in _endings():
        if key.endswith(ending) and len(key) > len(ending):
            before = key[: -len(ending)]
            if " " not in phrase and "-" not in phrase and len(before) < 2:
                return None
            return _reading(_refined(slug, before))
    return None


def _refined(slug: str, before: str) -> str:
    """Return the role of a compound, which what stands *before* may change."""
    if slug == "parent_friend" and any(place in before for place in _PLAYGROUND):
        return "acquaintance"
    if slug == "course_group" and any(fold(burden) in before for burden in BURDENS.split()):
        return "self_help_group"
    if slug in {"grandparent", "relative"} and before in {"leih", "wunsch", "ersatz"}:
        return "rental_grandparent"
    return slug


def _slipped(phrase: str) -> RoleReading | None:
    """Return the role of the one known word that *phrase* is one slip away from."""
    key = _squeezed(phrase)
    if len(key) < LEAST_LETTERS - 1 or key in _nobody():
        return None
    near = {
        slug for word, slug in _words().items()
        if len(word) >= LEAST_LETTERS and is_one_slip(key, word)
    }  # fmt: skip
    return _reading(near.pop()) if len(near) == 1 else None


# --- names that hold a role -----------------------------------------------------------------------

_TITLES = frozenset({"dr", "prof", "herr", "frau", "mr", "mrs", "ms", "miss", "mister"})


def role_in_name(name: str, children: Iterable[str] = ()) -> RoleReading | None:
    """Return the role that a *name* holds: Oma Hilde, Lena (Kita), Tom, mein Bruder; else None.

    Titles and surnames hold none, and slips in a name are never corrected.
    """
    if (found := re.fullmatch(r"(.+?)\s*\((.+)\)\s*", name)) or (
        found := re.fullmatch(r"(.+?),\s*(.+)", name)
    ):
        return _exact(found[2], children)
    words = name.split()
    if len(words) < 2:
        return _exact(name, children) if _is_plain_role(name) else None
    if reading := _of_child(name, children):
        return reading
    if fold(words[0]) in _TITLES:
        return None
    return _first_role(words, children) or _last_role(words, children)


def _last_role(words: list[str], children: Iterable[str]) -> RoleReading | None:
    """Return the role of the last word; a place beside a first name makes another parent."""
    last = words[-1]
    if fold(last) in SURNAMES.split():
        return None
    if len(words) == 2 and _is_place(last):
        return _reading("parent_friend")
    return _exact(last, children)


def _is_plain_role(name: str) -> bool:
    return _squeezed(name) in _words()


_PLACES = frozenset(
    ["kita", "kiga", "kindergarten", "pekip", "krabbelgruppe", "babyschwimmen", "schule"]
)


def _is_place(word: str) -> bool:
    """Tell whether *word* says where somebody is known from, beside a first name."""
    return _squeezed(word) in _PLACES


def _first_role(words: list[str], children: Iterable[str]) -> RoleReading | None:
    for length in (2, 1):
        if len(words) > length and (reading := _exact(" ".join(words[:length]), children)):
            return reading
    return None


def _exact(text: str, children: Iterable[str]) -> RoleReading | None:
    """Return the role of a word in a name, without forgiving a slip."""
    phrase = " ".join(text.split())
    key = _squeezed(_without_lead(phrase))
    if key in _nobody() or fold(phrase) in _TITLES:
        return None
    reading = _whole(phrase) or _whole(_without_lead(phrase)) or _of_child(phrase, children)
    if reading:
        return reading
    compound = _compound(phrase) if len(key) > 6 else None
    return compound if compound and "-" in phrase else compound if len(key) > 8 else None
