"""Which contacts may be one person: by their names, their numbers and their addresses.

Numbers without a code are those of a country, whose codes are those of ITU-T E.164.
Likeness never proves that two are one: it says why they could be, and whoever keeps the village
decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from dorf.core.spelling import fold
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHORTEST_SLIP = 4
"""Letters below which a name one slip away is simply another name (convention): Mia, Pia."""

LONGEST_SLIP = 40
"""Letters above which nobody looks for a slip (convention); keys would grow with the square."""

FEW_SEARCHES = 3
"""Searches that look for slips in every name: an index of letters costs as much as many of them."""

HOME = "49"
"""The country whose code numbers without one have where nothing tells another (convention)."""

_TRUNKS = {"1": "1", "7": "8", "36": "06", "39": ""}
"""What goes before a number at home and not after the code, where that is not 0: Italy keeps it."""
_WITH_TRUNK = {"1": 11, "7": 11}
"""The digits that such a number has then; a shorter one begins with that digit by itself."""
_TWO_DIGITS = re.compile(
    "2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
)  # fmt: skip
"""Codes of two digits; 1 and 7 have one, all others three."""
_SHORTEST = 7
"""Digits of the shortest number that tells its country (convention)."""
_PAIR = 2
"""How many numbers one counts for that also stands there without its code (convention)."""

_SPELLED = re.compile(r"\s*(\+?[0-9(](?:[0-9 ()/.\u2010-\u2015-]*[0-9)])?)(.*)", re.DOTALL)

_ASIDE = r"\(.*\w.*\)"


class Reason(StrEnum):
    """Why two entries may be one person, the surest reason first."""

    SPELLING = "spelling"
    PHONE = "phone"
    EMAIL = "email"
    NICKNAME = "nickname"
    SLIP = "slip"
    WORDS = "words"
    NAMESAKE = "namesake"
    """The name is the same, the numbers and addresses are not: only an import knows this one."""


class Likeness(NamedTuple):
    """Two contacts who may be one, by their names, and why."""

    new: str
    existing: str
    reason: Reason


class Features(NamedTuple):
    """What of a contact is compared, as keys; a name of apostrophes alone has none."""

    name: str
    key: str
    words: frozenset[str]
    nicknames: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()


def features(
    name: str,
    nicknames: Iterable[str] = (),
    phones: Iterable[str] = (),
    emails: Iterable[str] = (),
    country: str = HOME,
) -> Features:
    """Return the keys under which a contact is compared with others in a village of *country*."""
    key = fold(name)
    return Features(
        name,
        key,
        frozenset(key.split()),
        frozenset(filter(None, map(fold, nicknames))),
        frozenset(filter(None, (phone_key(text, country) for text in phones))),
        frozenset(" ".join(email.split()).casefold() for email in emails),
    )


class Register:
    """Many contacts, in the order in which they came, by the keys under which they are found.

    A search costs as much as the few that have a key in common, however many there are.
    """

    def __init__(self, existing: Iterable[Features] = ()) -> None:
        """Enter all who exist already."""
        self._all: list[Features] = []
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        self._by_nickname: defaultdict[str, list[int]] = defaultdict(list)
        self._by_phone: defaultdict[str, list[int]] = defaultdict(list)
        self._by_email: defaultdict[str, list[int]] = defaultdict(list)
        self._by_slip: defaultdict[str, list[int]] = defaultdict(list)
        self._searches = 0
        self._in_slip_index = 0
        self._by_word: defaultdict[str, set[int]] = defaultdict(set)
        self._by_longest_word: defaultdict[str, list[int]] = defaultdict(list)
        for contact in existing:
            self.enter(contact)

    def enter(self, contact: Features) -> None:
        """Add somebody, who is found from now on."""
        number = len(self._all)
        self._all.append(contact)
        longest = [max(contact.words, key=len)] if contact.words else []
        indexes: tuple[tuple[defaultdict[str, list[int]], Iterable[str]], ...] = (
            (self._by_name, filter(None, (contact.key,))),
            (self._by_nickname, contact.nicknames),
            (self._by_phone, contact.phones),
            (self._by_email, contact.emails),
            (self._by_longest_word, longest),
        )
        for index, keys in indexes:
            for key in keys:
                index[key].append(number)
        for word in contact.words:
            self._by_word[word].add(number)

    def surest(self, new: Features) -> Likeness | None:
        """Return the first one of the surest reason why *new* may be somebody who exists."""
        for reason, groups in self._candidates(new):
            first = min((group[0] for group in groups if group), default=None)
            if first is not None:
                return Likeness(new.name, self._all[first].name, reason)
        return None

    def every(self, new: Features) -> list[Likeness]:
        """Return everybody who may be *new*, each with the surest reason, the surest first."""
        found: dict[int, Reason] = {}
        for reason, groups in self._candidates(new):
            for number in sorted({number for group in groups for number in group}):
                found.setdefault(number, reason)
        return [Likeness(new.name, self._all[n].name, reason) for n, reason in found.items()]

    def _candidates(self, new: Features) -> Iterator[tuple[Reason, list[Sequence[int]]]]:
        """Yield for each reason whom it finds, as groups of numbers in order."""
        yield Reason.SPELLING, [self._by_name.get(new.key, ())]
        yield Reason.PHONE, [self._by_phone.get(key, ()) for key in new.phones]
        yield Reason.EMAIL, [self._by_email.get(key, ()) for key in new.emails]
        named = [self._by_name.get(key, ()) for key in new.nicknames]
        yield Reason.NICKNAME, [self._by_nickname.get(new.key, ()), *named]
        yield Reason.SLIP, [self._slips(new.key)]
        if not _told_apart(new.name):
            yield Reason.WORDS, [self._sharing_words(new.words)]

    def _slips(self, key: str) -> list[int]:
        self._searches += 1
        near: Iterable[int] = range(len(self._all))
        if self._searches > FEW_SEARCHES:
            self._index_slips()
            near = {n for part in _without_one_letter(key) for n in self._by_slip.get(part, ())}
        return sorted(number for number in near if one_slip(key, self._all[number].key))

    def _index_slips(self) -> None:
        for number in range(self._in_slip_index, len(self._all)):
            for part in _without_one_letter(self._all[number].key):
                self._by_slip[part].append(number)
        self._in_slip_index = len(self._all)

    def _sharing_words(self, words: frozenset[str]) -> list[int]:
        """Return whose name has all of *words*, or has no others."""
        having = sorted((self._by_word.get(word, set()) for word in words), key=len)
        longer = having[0].intersection(*having[1:]) if having else set[int]()
        shorter = {
            number
            for word in words
            for number in self._by_longest_word.get(word, ())
            if self._all[number].words <= words
        }
        return sorted(longer | shorter)


def likenesses(new: Iterable[Features], existing: Iterable[Features]) -> list[Likeness]:
    """Return for each of *new* whom they resemble most: of *existing*, or of those before them."""
    register, found = Register(existing), []
    for contact in new:
        if likeness := register.surest(contact):
            found.append(likeness)
        register.enter(contact)
    return found


def _told_apart(name: str) -> bool:
    """Tell whether a name says in brackets which one is meant: "Anna (Kita)"."""
    return "(" in name and re.search(_ASIDE, name) is not None


def one_slip(first: str, second: str) -> bool:
    """Tell whether two keys differ by one letter: wrong, missing, too many, or two swapped.

    Numbers and initials are no slips: they tell "Group 1" from "Group 2", "Anna M." from "Anna K.".
    """
    if abs(len(first) - len(second)) > 1 or first == second or not _long_enough(first, second):
        return False
    short, long = sorted((first, second), key=len)
    pairs = enumerate(zip(short, long, strict=False))
    start = next((n for n, (letter, other) in pairs if letter != other), len(short))
    rest, longer = short[start:], long[start:]
    if len(short) < len(long):
        slip = rest == longer[1:]
    else:
        slip = rest[1:] == longer[1:] or (rest[1::-1], rest[2:]) == (longer[:2], longer[2:])
    return slip and _numbers_and_initials(short) == _numbers_and_initials(long)


def _long_enough(*keys: str) -> bool:
    return all(SHORTEST_SLIP <= len(key) <= LONGEST_SLIP for key in keys)


def _numbers_and_initials(key: str) -> list[str]:
    return [word for word in key.split() if len(word) == 1 or not word.isalpha()]


def _without_one_letter(key: str) -> set[str]:
    """Return *key* and what is left of it without any one letter.

    Two keys that are one slip apart have at least one of these in common.
    """
    if not _long_enough(key):
        return set()
    return {key, *(key[:n] + key[n + 1 :] for n in range(len(key)))}


# --- phone numbers -----------------------------------------------------------------------------


def phone_key(text: str, country: str = HOME) -> str:
    """Return what is the same for all spellings of a number, seen from *country*.

    At home +49 171, 0049 171, +49 (0)171 and 0171 are the same. Numbers of other countries keep
    their code, with a plus; a text without digits has no key.
    """
    number = _dialled(text, country)
    digits = number.replace("+", "")
    if not number.startswith("+"):
        return _without_trunk(digits, country)
    if digits.startswith(country):
        return digits.removeprefix(country)
    return f"+{digits}" if digits else ""


def _dialled(text: str, country: str) -> str:
    """Return the digits of *text*, after a plus where a code begins them."""
    number = "".join(c for c in text.replace("(0)", "") if c.isdecimal() or c == "+")
    if country == "1" and number.startswith("011"):
        return f"+{number[3:]}"
    return f"+{number[2:]}" if number.startswith("00") else number


def _without_trunk(digits: str, country: str) -> str:
    if country in _WITH_TRUNK and len(digits) != _WITH_TRUNK[country]:
        return digits
    return digits.removeprefix(_TRUNKS.get(country, "0"))


def international(text: str, country: str) -> str:
    """Return a number with the code of its country, which is *country* where it has none."""
    key = phone_key(text, country)
    return key if not key or key.startswith("+") else f"+{country}{key}"


def country_of(texts: Iterable[str]) -> str:
    """Return the code of the country from which most of the numbers in *texts* are.

    Those with a code tell it, most of all where the same number stands there without one, too.
    """
    numbers = [_dialled(text, HOME) for text in texts]
    bare = {number.removeprefix("0") for number in numbers if not number.startswith("+")}
    found: Counter[str] = Counter()
    for digits in (number.replace("+", "") for number in numbers if number.startswith("+")):
        code = _code(digits)
        if code:
            found[code] += _PAIR if _without_trunk(digits.removeprefix(code), code) in bare else 1
    return max(found, key=lambda code: (found[code], code == HOME), default=HOME)


def _code(digits: str) -> str:
    if len(digits) < _SHORTEST or digits[0] == "0":
        return ""
    if digits[0] in {"1", "7"}:
        return digits[0]
    return digits[: 2 if _TWO_DIGITS.match(digits) else 3]


def one_each(texts: Iterable[str], country: str) -> Iterator[str]:
    """Yield each number of *texts* once: in its fullest spelling, with all words around it."""
    spellings: dict[str, list[str]] = {}
    for text in texts:
        spellings.setdefault(phone_key(text, country) or text, []).append(text)
    for same in spellings.values():
        yield same[0] if len(same) == 1 else _fullest(same)


def _fullest(texts: Iterable[str]) -> str:
    parts = [
        match.groups() if (match := _SPELLED.fullmatch(text)) else (text, "") for text in texts
    ]
    words = dict.fromkeys(words.casefold().strip() for _, words in parts)
    said = {words.casefold().strip(): words for _, words in reversed(parts)}
    number = max((number for number, _ in parts), key=_fullness)
    return number + "".join(said[word] for word in words)


def _fullness(number: str) -> tuple[bool, bool, bool, int]:
    """Return what makes a spelling fuller than another: a code, no trunk, groups."""
    groups = sum(not character.isdecimal() for character in number)
    return number.startswith("+"), "(0)" not in number, number.startswith("00"), groups
