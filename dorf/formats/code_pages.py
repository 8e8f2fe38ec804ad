"""Which of the old code pages some text is in: the one that makes the most plausible letters of it.

In a code page every byte beyond ASCII is a letter or a sign, and another one in each: what is
"Jörg" in one is "J”rg" or "JŠrg" in others. Nothing in the file says which, but few of the wrong
letters could stand where they stand. The tables below say which ones can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from dorf.errors import N_, DorfError
from dorf.imports.draft import one_line
from dorf.imports.incoming import Remark
from dorf.values import NamedTuple

CODE_PAGES = {
    "cp1252": "Windows (cp1252)",
    "cp850": "DOS (cp850)",
    "mac-roman": "Mac Roman",
    "cp437": "DOS (cp437)",
}
"""The code pages and what people call them. The first one wins a tie: Outlook still writes it."""

GUESSED = N_("its letters are read as those of {encoding}, such as “{text}”")

LONGEST_SAMPLE = 200_000
"""Bytes that are looked at; more say nothing new."""

_VOWELS = {
    # How often lists of people in Europe hold the letter, German lists first: "letters".
    4: "äöü",
    3: "é",
    2: "áíóúèàâêîôûëïãåæø",
    1: "òùìœ",
    0: "õýÿı",
}
_CONSONANTS = {5: "ß", 2: "çñšž", 0: "ðþ"}
_WEIGHTS = {
    letter: weight
    for table in (_VOWELS, _CONSONANTS)
    for weight, letters in table.items()
    for letter in letters
}
_VOWEL = frozenset("".join(_VOWELS.values()) + "aeiouy")
_PAIRS = (
    "äu äi äe ää yä äy iä uä eä iö yö öi öy eö uö iü oü eü uü ië oë eë aë uë eï aï oï uï ié éa "
    "ée éo éu éi oé ué aé ía ío aí eí oí uí úa aú uá iá ió uó áu ói eó uè iè où aî oî eî aû oû "
    "uê iê ão õe uâ iâ aå øy øj óa œu"
)
"""Vowels that stand side by side in some language, with one of them beyond ASCII."""
_SIDE_BY_SIDE = frozenset(_PAIRS.split(" "))
_AT_THE_END = frozenset("àùìò")
"""Letters that hardly ever stand within a word."""
_AFTER_SHARP_S = frozenset("aeiouyäöütlkwnmhbfsrz")

_OPENING = frozenset("„“‚‘«‹»›¿¡€£§")
_CLOSING = frozenset("“”‘’»›«‹…€°²³ªº%‰™®©")
_ALONE = frozenset("–—…€£§•·&×½¼¾°") | _OPENING | _CLOSING
_INSIDE = {"’": 3, "‘": 0, "·": 0, "–": -1}
"""Signs by where they may stand: before, after, without and between letters."""

_BAD, _IMPOSSIBLE = -3, -8
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class Guess(NamedTuple):
    """A code page that nobody stated, and a word that shows whether it is right."""

    code_page: str
    example: str

    def remark(self, name: str) -> Remark:
        """Return what the user of the file called *name* should know."""
        encoding = CODE_PAGES[self.code_page]
        return Remark(name, DorfError(GUESSED, encoding=encoding, text=self.example))


def guess(lines: Sequence[bytes]) -> Guess | None:
    """Return in which code page *lines* most likely are; None if no plausible text comes of any."""
    sample = b"\n%b\n" % b"\n".join(lines)[:LONGEST_SAMPLE]

    def plausibility(code_page: str) -> int:
        return sum(map(_score, _windows(sample.decode(code_page, "replace"))))

    code_page = max(CODE_PAGES, key=plausibility)
    if plausibility(code_page) <= 0:
        return None
    return Guess(code_page, _example(sample.decode(code_page, "replace")))


def _example(text: str) -> str:
    """Return the first word of *text* with a letter beyond ASCII, else with a sign beyond it."""
    words = [word for word in re.split(r"[\s;:,|\"=<>]+", text) if not word.isascii()]
    lettered = (word for word in words if any(map(str.isalpha, _BEYOND_ASCII.findall(word))))
    return one_line(next(lettered, next(iter(words), ""))[:40])


def _windows(text: str) -> Iterator[str]:
    """Yield each character beyond ASCII of *text* with its neighbours."""
    for match in _BEYOND_ASCII.finditer(text):
        yield text[match.start() - 1 : match.start() + 2]


@cache
def _score(window: str) -> int:
    """Return how plausible the character in the middle is between its neighbours."""
    before, character, after = tuple(window)
    is_letter = character.isalpha() and character not in "ªº"
    return (_letter_score if is_letter else _sign_score)(before, character, after)


def _letter_score(before: str, letter: str, after: str) -> int:
    low, previous, following = letter.lower(), before.lower(), after.lower()
    if not _has_fitting_case(before, letter, after) or not _is_sharp_s(previous, low, following):
        return _BAD
    score = _WEIGHTS.get(low, -1) - (low in _AT_THE_END and after.isalpha())
    if not before.isalpha():
        if not after.isalpha():
            return min(score, -1)  # a letter alone is no word
        score += 1 if letter.isupper() else 0
    return score + _fit(previous, low) + _fit(low, following)


def _has_fitting_case(before: str, letter: str, after: str) -> bool:
    """Tell whether a capital begins its word or stands among capitals, and no digit goes before."""
    if letter.isupper():
        return not (before.islower() or (before.isupper() and after.islower()))
    return not (before.isdigit() or (after.isupper() and not before.islower()))


def _is_sharp_s(before: str, letter: str, after: str) -> bool:
    """Tell whether a ß stands where German has one; any other letter may stand anywhere."""
    follows = not after.isalpha() or after in _AFTER_SHARP_S
    return letter != "ß" or (before in _VOWEL and follows)


def _fit(first: str, second: str) -> int:
    """Return how well two letters go together: words change between vowels and consonants."""
    if not (first.isalpha() and second.isalpha()):
        return 0
    changes = (first in _VOWEL) != (second in _VOWEL)
    return 1 if changes or first + second in _SIDE_BY_SIDE else -1


def _sign_score(before: str, sign: str, after: str) -> int:
    if sign == "\ufffd" or sign < "\xa0":
        return _IMPOSSIBLE
    if sign == "\xa0":
        return 1 if before.isalnum() or after.isalnum() else -1
    if before.isalpha() and after.isalpha():
        return _INSIDE.get(sign, _BAD)
    if before.isalpha() or after.isalpha():
        return 2 if sign in (_CLOSING if before.isalpha() else _OPENING) else -2
    return 1 if sign in _ALONE else -1
