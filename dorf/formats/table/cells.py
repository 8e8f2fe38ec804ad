"""The cells of tables: texts to core values, and core values to the texts of dorf's own tables.

What people write for a value is known here in both languages; what can't be read is None, and the
caller keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, partial
from typing import Any, TypeVar

from dorf.core import vocabulary
from dorf.core.dates import LONGEST_SPAN, PartialDate, UnknownPartialDate
from dorf.core.names import LONGEST_NAME
from dorf.core.sayings.spans import UnknownSpan, parse_span
from dorf.core.spelling import fold
from dorf.core.vocabulary import ROLES, Kind, Place, Role, Status
from dorf.i18n import Language
from dorf.imports.draft import read_date
from dorf.imports.role_words import role_stated

T = TypeVar("T")

NONE = "–"
"""What a cell says that states "none"; an empty one states nothing."""

# Words of dorf's own tables: (English, German).
KIND_NAMES = {
    Kind.EMOTIONAL: ("emotional support", "Rückhalt"),
    Kind.CHILDCARE: ("childcare", "Kinderbetreuung"),
    Kind.EMERGENCY: ("emergency", "im Notfall da"),
    Kind.PRACTICAL: ("everyday help", "Alltagshilfe"),
    Kind.ADVICE: ("advice and experience", "Rat & Erfahrung"),
    Kind.COMPANY: ("company", "gemeinsame Zeit"),
    Kind.APPRAISAL: ("encouragement", "Zuspruch"),
    Kind.MATERIAL: ("things and money", "Sachen & Geld"),
    Kind.SKILL: ("special skill", "besonderes Können"),
}
PLACE_NAMES = {
    Place.HOUSEHOLD: ("at home", "zu Hause"),
    Place.NEAR: ("near", "nah"),
    Place.FAR: ("far", "fern"),
}
STATUS_NAMES = {
    Status.ACTIVE: ("active", "aktiv"),
    Status.PAUSED: ("paused", "pausiert"),
    Status.ENDED: ("ended", "beendet"),
}
FLAG_NAMES = {True: ("yes", "ja"), False: ("no", "nein")}

FLAG_WORDS = {True: "yes, y, ja, j, true, wahr, 1, x", False: "no, n, nein, false, falsch, 0"}
FLAG_SIGNS = {"✓": True, "✔": True, "☑": True, "✗": False, "✘": False, "☐": False}
NONE_WORDS = "keine, keins, kein, nichts, none, nothing, no, nein"

_EVERY = r"(?:alle|aller|every|each|jede[nsr]?)\s+(.+)"
_NO_DAY = r"[0-]{1,4}[./-][0-]{1,2}[./-][0-]{1,4}|.*\b4501\b.*"
"""What programs write in each row where no day is known; 4501 is Outlook's year for it."""

_BORN = r"(.*?)[ ,:]?[(\[]?(?:\*|geb\. ?|born )? ?([0-9][0-9./-]{3,9})[)\]]?"


_DATED = r"((?:[^\\()]|\\.)*?)\s*\(([^\\()]*)\)"


def key_of(text: str) -> str:
    """Return the key under which spellings of one word are equal."""
    return fold(text.replace(":in", "in").replace("_", " ")).replace(" ", "")


@cache
def role_names() -> dict[str, tuple[str, str]]:
    """Return what each role is called in English and in German."""
    german = Language("de")
    return {slug: (label, german.word(label)) for slug, label in vocabulary.ROLE_LABELS.items()}


@cache
def _meanings(field: str) -> dict[str, Any]:
    """Return what each word means as a value of *field*, by its key."""
    words: dict[str, tuple[Mapping[Any, str], Mapping[Any, tuple[str, str]]]] = {
        "role": ({slug: f"{slug}, {role.words}" for slug, role in ROLES.items()}, role_names()),
        "kind": (vocabulary.KIND_WORDS, KIND_NAMES),
        "where": (vocabulary.PLACE_WORDS, PLACE_NAMES),
        "status": ({}, STATUS_NAMES),
        "circle": (vocabulary.CIRCLE_WORDS, {}),
        "flag": (FLAG_WORDS, {}),
        "none": ({True: NONE_WORDS}, {}),
    }
    spellings, names = words[field]
    found = {
        key_of(word): value for value, listed in spellings.items() for word in listed.split(",")
    }
    return found | {key_of(name): value for value, both in names.items() for name in both}


def meaning(field: str, text: str) -> Any:  # noqa: ANN401  (any field)
    """Return the value of *field* that *text* names in one word; None if it names none."""
    return _meanings(field).get(key_of(text))


def role(text: str) -> Role | None:
    """Return the role that *text* names exactly, a slug or a word."""
    slug = meaning("role", text)
    return ROLES[slug] if slug else role_stated(text)


def roles(text: str) -> tuple[list[Role], list[str]]:
    """Return the roles that *text* names, and what in it names none."""
    found, rest = _all(text, role, r"[,/+&]|\s(?:und|and)\s")
    return list(dict.fromkeys(found)), rest


def kinds(text: str) -> tuple[frozenset[Kind] | None, list[str]]:
    """Return the kinds of support that *text* names (None: it names none), and the rest."""
    if says_none(text):
        return frozenset(), []
    found, rest = _all(text, partial(meaning, "kind"), r"[,/]")
    return frozenset(found) if found else None, rest


def _all(text: str, read: Callable[[str], T | None], separators: str) -> tuple[list[T], list[str]]:
    """Read each item of a cell, else what stands between weaker *separators* in it.

    Return what was read, and what could not be.
    """
    parts: list[tuple[str, T | None]] = []
    for item in split(text, r"[;\n|]"):
        whole = read(item)
        if whole is None:
            parts += ((part, read(part)) for part in split(item, separators))
        else:
            parts.append((item, whole))
    found = [value for _, value in parts if value is not None]
    return found, [part for part, value in parts if value is None]


def says_none(text: str) -> bool:
    """Tell whether a cell states that there is none."""
    return text.strip() in {"-", "–", "—"} or bool(meaning("none", text))


def flag(text: str) -> bool | None:
    """Return whether *text* says yes; None if it says neither yes nor no."""
    found: bool | None = meaning("flag", text)
    return FLAG_SIGNS.get(text.strip(), found)


def span(text: str) -> int | None:
    """Return the days of a rhythm: ``14``, ``2w``, ``alle 2 Wochen``, ``jeden Monat``, ``nie``."""
    wording = " ".join(text.casefold().split())
    if re.fullmatch(r"[0-9]{1,5}", wording):
        return int(wording) if int(wording) <= LONGEST_SPAN else None
    if match := re.fullmatch(_EVERY, wording):
        wording = match[1]
    for phrase in (wording, f"1 {wording}"):
        try:
            return parse_span(phrase)
        except UnknownSpan:
            continue
    return None


# --- days ---------------------------------------------------------------------------------------


def is_no_day(text: str) -> bool:
    """Tell whether *text* is what a program writes for a day that it does not know."""
    return re.fullmatch(_NO_DAY, text[:40].strip()) is not None


def day(
    text: str, *, month_first: bool | None = None, today: date | None = None
) -> PartialDate | None:
    """Return the day that *text* states; years of two digits are read where there is a *today*."""
    if len(text) > 40:
        return None
    found = read_date(text, month_first=month_first)
    return found or (today and short_day(text, today, month_first=month_first)) or None


def short_day(text: str, today: date, *, month_first: bool | None = None) -> PartialDate | None:
    """Return the day of *text* whose year has two digits: the latest one that is not to come.

    Three such numbers with hyphens could begin with the year as well, and are no day.
    """
    match = re.fullmatch(r"(.*[0-9].*[^0-9'’])['’]?([0-9]{2})", text.strip()[:40])
    if match is None or re.fullmatch(r"[0-9]{1,2}-[0-9]{1,2}-", match[1]):
        return None
    for century in (today.year // 100, today.year // 100 - 1):
        found = read_date(f"{match[1]}{century}{match[2]}", month_first=month_first)
        if found and (found.year, found.month, found.day or 1) <= today.timetuple()[:3]:
            return found
    return None


def month_first(texts: Iterable[str]) -> bool | None:
    """Return the order of the slashed days in one column, if one of them tells it.

    Days that tell different orders tell none.
    """
    orders = set()
    for text in texts:
        for match in re.finditer(r"(?<![0-9/-])([0-9]{1,2})[/-]([0-9]{1,2})(?![0-9])", text[:200]):
            first, second = int(match[1]), int(match[2])
            if (first > 12) != (second > 12):
                orders.add(second > 12)
    return orders.pop() if len(orders) == 1 else None


_SOME_DAY = date(2100, 1, 1)
"""Late enough to read years of two digits as any."""
_FIRST_SERIAL = date(1899, 12, 30)
_SERIAL = r"[1-7][0-9]{4}(?:[.,]0+)?"


def is_day(text: str) -> bool:
    """Tell whether *text* can be a day, whichever of two it is."""
    return day(text, month_first=True, today=_SOME_DAY) is not None


def serial_day(text: str, today: date | None) -> PartialDate | None:
    """Return the day that Excel counts as *text*, a number of days, if it is not to come."""
    if not re.fullmatch(_SERIAL, text[:40]):
        return None
    found = _FIRST_SERIAL + timedelta(days=int(text[:5]))
    return None if today and found > today else PartialDate(found.year, found.month, found.day)


def month(text: str) -> int | None:
    """Return the month that *text* names, by its number or its word."""
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return int(text)
    found = read_date(f"{text} 2000") if len(text) < 20 and not text[:1].isdecimal() else None
    return found.month if found else None


def mostly(is_so: Callable[[str], object], texts: Sequence[str]) -> bool:
    """Tell whether four in five of *texts*, if there are any, are so."""
    return 5 * sum(bool(is_so(text)) for text in texts) >= 4 * len(texts) > 0


# --- several values in one cell -----------------------------------------------------------------


def split(text: str, pattern: str = r"[;,\n|]") -> list[str]:
    """Return what stands between separators in a cell that a person wrote."""
    return [part.strip() for part in re.split(pattern, text) if part.strip()]


def joined(texts: Iterable[str]) -> str:
    """Return *texts* as one cell; `taken_apart` gives them back, whatever they hold."""
    return "; ".join(re.sub(r"[\\;]", r"\\\g<0>", text) for text in texts)


def taken_apart(text: str) -> list[str]:
    """Return the texts of a cell of dorf's own tables."""
    return [part for raw in _raw_parts(text) if (part := _bare(raw))]


def _raw_parts(text: str) -> Iterator[str]:
    for match in re.finditer(r"(?:[^\\;]|\\.|\\\Z)+", text, re.DOTALL):
        yield match[0].strip()


def _bare(raw: str) -> str:
    r"""Return *raw* without the backslashes that dorf put there; ``C:\x`` is somebody's own."""
    return re.sub(r"\\([\\;()\d])", r"\1", raw)


def dated(name: str | None, on: PartialDate | None) -> str:
    """Return a name with a day, as one item of a cell that is not escaped any further."""
    escaped = re.sub(r"[\\;()]", r"\\\g<0>", name or "")
    if on is None:
        return f"\\{escaped}" if escaped[:1].isdecimal() else escaped
    return f"{escaped} ({on})".strip()


def dated_items(text: str) -> Iterator[tuple[str | None, PartialDate | None]]:
    """Yield the names and days that `dated` made, of a cell in which "; " joins them."""
    for raw in _raw_parts(text):
        short = len(raw) <= 2 * LONGEST_NAME + 20  # longer is no name, and takes too long
        match = re.fullmatch(_DATED, raw, re.DOTALL) if short else None
        on = _own_day(match[2]) if match else None
        if match and on:
            yield _bare(match[1]) or None, on
        else:
            bare_day = _own_day(raw) if raw[:1].isdecimal() else None
            yield (None, bare_day) if bare_day else (_bare(raw), None)


def _own_day(text: str) -> PartialDate | None:
    return iso(text) or read_date(text)  # a spreadsheet may have written it anew


def iso(text: str) -> PartialDate | None:
    """Return the day that *text* states in the forms of dorf itself, of any year."""
    try:
        return PartialDate.parse(text)
    except UnknownPartialDate:
        return None


def child(
    text: str, *, month_first: bool | None = None, today: date | None = None
) -> tuple[str | None, PartialDate | None]:
    """Return the name and the birthday of a child that a person wrote down: ``Mats (12.2021)``."""
    line = " ".join(text.split())
    match = re.fullmatch(_BORN, line) if len(line) <= 200 else None
    born = match and (iso(match[2]) or day(match[2], month_first=month_first, today=today))
    if match and born and born.year is not None:
        return match[1].strip(" :,;") or None, born
    return line, None


def in_one_line(text: str) -> str:
    """Return the lines of an address as one."""
    return ", ".join(line.strip(" ,") for line in text.split("\n") if line.strip(" ,"))


def address(parts: Mapping[str, list[tuple[int, str]]]) -> str:
    """Return the parts of an address, each with its numbered lines, as one text."""
    by_field = {
        field: ", ".join(in_one_line(text) for _, text in sorted(texts))
        for field, texts in parts.items()
    }
    lines = (
        by_field.get("whole", ""),
        by_field.get("extended", ""),
        by_field.get("box", ""),
        f"{by_field.get('street', '')} {by_field.get('house', '')}",
        f"{by_field.get('zip', '')} {by_field.get('city', '')}",
        by_field.get("region", ""),
        by_field.get("country", ""),
    )
    return ", ".join(line.strip() for line in lines if line.strip())
