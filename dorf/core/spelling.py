"""Which spellings of a text are the same, and which characters are no text.

Completion reads this on every press of a key: nothing is imported here that costs time.
"""

from __future__ import annotations

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_BIDI_CONTROLS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_text(text: str, *, lines: bool = False) -> str:
    """Return *text* without control characters and outer blanks; nothing else is touched.

    Line breaks and tabs become blanks, or stay where *lines* is true. Directional controls and
    characters that are no text at all (lone surrogates) go as well: both can forge what is shown.
    """
    if text.isprintable():  # none of them is
        return text.strip()
    import unicodedata

    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category == "Cc":
            kept.append("\n" if lines and character == "\n" else " " if character in "\n\t" else "")
        elif category in {"Zl", "Zp"}:
            kept.append(" ")
        elif category != "Cs" and character not in _BIDI_CONTROLS:
            kept.append(character)
    return "".join(kept).strip()


def fold(text: str) -> str:
    """Return the key under which spellings of one name are equal: Jörg = jorg = joerg.

    NFKC, casefold, accents off, apostrophes out; then ae, oe and ue become a, o and u, so that
    both ways to write a German umlaut meet. Texts without any letter or digit (an emoji) are
    their own key.
    """
    text = text.translate(_APOSTROPHES)
    plain = text.lower() if text.isascii() else _unaccented(text)
    letters = (c if c.isalnum() or (c >= "\u0300" and _is_mark(c)) else " " for c in plain)
    words = " ".join("".join(letters).split())
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
