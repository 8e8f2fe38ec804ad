"""Which spellings of a text are the same, and which characters are no text.

Completion reads this on every press of a key: nothing is imported here that costs time.
"""

from __future__ import annotations

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_INVISIBLE = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # directions
    "\u206a\u206b\u206c\u206d\u206e\u206f"  # deprecated
    "\ufff9\ufffa\ufffb"  # between the lines
)
_BLACK_FLAG = "\U0001f3f4"
_FLAGS = tuple(
    _BLACK_FLAG + "".join(chr(0xE0000 + ord(letter)) for letter in region) + "\U000e007f"
    for region in ("gbeng", "gbsct", "gbwls")
)
"""The three emoji that are written with tags: the flags of England, Scotland and Wales."""


def is_control(character: str) -> bool:
    """Tell whether *character* steers what shows it instead of being shown, or is no text.

    Joiners and variation selectors are not meant: names and emoji need them.
    """
    return (
        character < " "
        or "\x7f" <= character <= "\x9f"
        or character in "\u2028\u2029"
        or character in _INVISIBLE
        or "\ud800" <= character <= "\udfff"
        or "\U000e0000" <= character <= "\U000e007f"
    )


def without_controls(text: str, *, keep: str = "", undecodable: str = "") -> str:
    """Return *text* without control characters but those to *keep*; other breaks become blanks.

    A byte that was no text (a lone surrogate) becomes *undecodable*.
    """
    if text.isprintable():  # none of them is
        return text
    kept: list[str] = []
    place = 0
    while place < len(text):
        character = text[place]
        if character == _BLACK_FLAG and text.startswith(_FLAGS, place):
            kept.append(text[place : place + len(_FLAGS[0])])
            place += len(_FLAGS[0])
            continue
        place += 1
        if character in keep or not is_control(character):
            kept.append(character)
        elif character in "\n\t\u2028\u2029":
            kept.append(" ")
        elif "\ud800" <= character <= "\udfff":
            kept.append(undecodable)
    return "".join(kept)


def clean_text(text: str, *, lines: bool = False) -> str:
    """Return *text* without control characters and outer blanks; nothing else is touched.

    Line breaks and tabs become blanks, or stay where *lines* is true. Directional controls and
    characters that are no text at all (lone surrogates) go as well: both can forge what is shown.
    """
    return without_controls(text, keep="\n" if lines else "").strip()


_BLANKS = {code: " " for code in range(128) if not chr(code).isalnum()}
"""What is neither letter nor digit, as far as ASCII goes."""


def fold(text: str) -> str:
    """Return the key under which spellings of one name are equal: Jörg = jorg = joerg.

    NFKC, casefold, accents off, apostrophes out; then ae, oe and ue become a, o and u, so that
    both ways to write a German umlaut meet. Texts without any letter or digit (an emoji) are
    their own key.
    """
    text = text.translate(_APOSTROPHES)
    if text.isascii():
        plain = text.lower()
        letters = plain.translate(_BLANKS)
    else:
        plain = _unaccented(text)
        letters = "".join(
            c if c.isalnum() or (c >= "\u0300" and _is_mark(c)) else " " for c in plain
        )
    words = " ".join(letters.split())
    return _without_e(words) if words else plain.strip()


def _without_e(words: str) -> str:
    """Return *words* with ae, oe and ue as a, o and u, however many e follow."""
    for vowel in "aou":
        while f"{vowel}e" in words:
            words = words.replace(f"{vowel}e", vowel)
    return words


def _unaccented(text: str) -> str:
    """Return *text* casefolded, without the accents of European scripts."""
    import unicodedata  # a start that meets only ASCII does without

    # A free-standing accent is an apostrophe, also after NFKC has put a blank before it.
    composed = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    folded = unicodedata.normalize("NFKC", composed).casefold().replace(" \u0301", "")
    decomposed = unicodedata.normalize("NFKD", folded).translate(_LETTERS)
    bare = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFKC", bare).translate(_APOSTROPHES)


def _is_mark(character: str) -> bool:
    """Tell whether *character* belongs to the letter before it, as Hindi vowels do."""
    import unicodedata

    return unicodedata.category(character)[0] == "M"
