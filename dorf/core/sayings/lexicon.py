"""The words of days and spans in German and English, and which word a slip of the finger meant.

Every word stands under the key that `dorf.core.spelling.fold` makes of it, so that Maerz is März. A
word of five letters or more is also found with one letter lost, added, changed, or swapped with
its neighbour, if only one meaning is that near (CONTRIBUTING.md, Days).
"""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dorf.core.spelling import fold
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Sort(Enum):
    """What a word contributes to a day or a span."""

    DAY = auto()
    """A day by its distance from today: heute, yesterday."""
    WEEKDAY = auto()
    MONTH = auto()
    FEAST = auto()
    REL = auto()
    """Which one: last is -1, before last -2, this 0, next 1, after next 2."""
    UNIT = auto()
    WEEKEND = auto()
    EDGE = auto()
    """The beginning, the middle or the end of a week or a month."""
    NUMBER = auto()
    """A number word."""
    ORDINAL = auto()
    HALF = auto()
    """A part of a unit, or a number and a half."""
    AGO = auto()
    IN = auto()
    PART = auto()
    """A part of the day."""
    EVERY = auto()
    TIMES = auto()
    """How often in a unit: once, twice."""
    FILLER = auto()
    OTHER = auto()
    """A word that says no day, and is no slip of one that does."""


class Meaning(NamedTuple):
    """What one word means."""

    sort: Sort
    value: Any = None


_W = Sort
_TABLE: tuple[tuple[Sort, Any, str], ...] = (
    (_W.DAY, 0, "heute jetzt now today vorhin tonight"),
    (_W.DAY, -1, "gestern yesterday"),
    (_W.DAY, -2, "vorgestern"),
    (_W.DAY, -3, "vorvorgestern"),
    (_W.DAY, 1, "morgen tomorrow"),
    (_W.DAY, 2, "übermorgen overmorrow"),
    (_W.DAY, 3, "überübermorgen"),
    (_W.WEEKDAY, 0, "montag mo monday mon"),
    (_W.WEEKDAY, 1, "dienstag di tuesday tue tues"),
    (_W.WEEKDAY, 2, "mittwoch mi wednesday wed weds"),
    (_W.WEEKDAY, 3, "donnerstag do thursday thu thur thurs"),
    (_W.WEEKDAY, 4, "freitag fr friday fri"),
    (_W.WEEKDAY, 5, "samstag sonnabend sa saturday sat"),
    (_W.WEEKDAY, 6, "sonntag so sunday sun"),
    (_W.MONTH, 1, "januar jänner jan january"),
    (_W.MONTH, 2, "februar feber feb february"),
    (_W.MONTH, 3, "märz mär mrz march mar"),
    (_W.MONTH, 4, "april apr"),
    (_W.MONTH, 5, "mai may"),
    (_W.MONTH, 6, "juni jun june"),
    (_W.MONTH, 7, "juli jul july"),
    (_W.MONTH, 8, "august aug"),
    (_W.MONTH, 9, "september sep sept"),
    (_W.MONTH, 10, "oktober okt october oct"),
    (_W.MONTH, 11, "november nov"),
    (_W.MONTH, 12, "dezember dez december dec"),
    (_W.REL, -1, ("letzten letzter letzte letztes letztem vergangenen vergangener vergangene "
     "vergangenes vergangenem vorigen voriger vorige voriges vorigem last previous past")),
    (_W.REL, -2, "vorletzten vorletzter vorletzte vorletztes vorletztem"),
    (_W.REL, 0, "diesen dieser diese dieses diesem this heutigen"),
    (_W.REL, 1, ("nächsten nächster nächste nächstes nächstem kommenden kommender kommende "
     "kommendes kommendem next coming upcoming following folgenden folgende")),
    (_W.REL, 2, "übernächsten übernächster übernächste übernächstes übernächstem overnext"),
    (_W.UNIT, "d", "d tag tage tagen tags t day days"),
    (_W.UNIT, "w", "w woche wochen wo week weeks wk wks"),
    (_W.UNIT, "m", "m monat monate monaten monats mon month months mth mths mo"),
    (_W.UNIT, "q", "quartal quartale quartalen quartals quarter quarters"),
    (_W.UNIT, "y", "y j jahr jahre jahren jahres year years yr yrs"),
    (_W.UNIT, "fortnight", "fortnight fortnights"),
    (_W.UNIT, "h", "stunde stunden minute minuten hour hours minutes min"),
    (_W.WEEKEND, None, "wochenende wochenenden wochenendes we weekend weekends"),
    (_W.EDGE, "start", "anfang beginn beginning start early"),
    (_W.EDGE, "middle", "mitte mid middle"),
    (_W.EDGE, "end", "ende end late"),
    (_W.EDGE, "monthend", "monatsende"),
    (_W.NUMBER, 1, "ein eine einem einen einer eines eins nem ner ne n a one"),
    (_W.NUMBER, 2, "zwei zwo two"),
    (_W.NUMBER, 3, "drei three"),
    (_W.NUMBER, 4, "vier four"),
    (_W.NUMBER, 5, "fünf five"),
    (_W.NUMBER, 6, "sechs six"),
    (_W.NUMBER, 7, "sieben seven"),
    (_W.NUMBER, 8, "acht eight"),
    (_W.NUMBER, 9, "neun nine"),
    (_W.NUMBER, 10, "zehn ten"),
    (_W.NUMBER, 11, "elf eleven"),
    (_W.NUMBER, 12, "zwölf twelve dutzend dozen"),
    (_W.NUMBER, 13, "dreizehn thirteen"),
    (_W.NUMBER, 14, "vierzehn fourteen"),
    (_W.NUMBER, 15, "fünfzehn fifteen"),
    (_W.NUMBER, 16, "sechzehn sixteen"),
    (_W.NUMBER, 17, "siebzehn seventeen"),
    (_W.NUMBER, 18, "achtzehn eighteen"),
    (_W.NUMBER, 19, "neunzehn nineteen"),
    (_W.NUMBER, 20, "zwanzig twenty"),
    (_W.NUMBER, 30, "dreißig thirty"),
    (_W.NUMBER, 40, "vierzig forty"),
    (_W.NUMBER, 50, "fünfzig fifty"),
    (_W.ORDINAL, 1, "ersten erster erste erstes erstem first"),
    (_W.ORDINAL, 2, "zweiten zweiter zweite zweites second"),
    (_W.ORDINAL, 3, "dritten dritter dritte drittes third"),
    (_W.ORDINAL, 4, "vierten vierter vierte viertes fourth"),
    (_W.ORDINAL, 5, "fünften fünfter fünfte fünftes fifth"),
    (_W.ORDINAL, 6, "sechsten sechster sechste sechstes sixth"),
    (_W.ORDINAL, 7, "siebten siebter siebte siebenten seventh"),
    (_W.ORDINAL, 8, "achten achter achte eighth"),
    (_W.ORDINAL, 9, "neunten neunter neunte ninth"),
    (_W.ORDINAL, 10, "zehnten zehnter zehnte tenth"),
    (_W.ORDINAL, 11, "elften elfter elfte eleventh"),
    (_W.ORDINAL, 12, "zwölften zwölfter zwölfte twelfth"),
    (_W.ORDINAL, 13, "dreizehnten dreizehnter thirteenth"),
    (_W.ORDINAL, 14, "vierzehnten vierzehnter fourteenth"),
    (_W.ORDINAL, 15, "fünfzehnten fünfzehnter fifteenth"),
    (_W.ORDINAL, 16, "sechzehnten sixteenth"),
    (_W.ORDINAL, 17, "siebzehnten seventeenth"),
    (_W.ORDINAL, 18, "achtzehnten eighteenth"),
    (_W.ORDINAL, 19, "neunzehnten nineteenth"),
    (_W.ORDINAL, 20, "zwanzigsten twentieth"),
    (_W.ORDINAL, 30, "dreißigsten thirtieth"),
    (_W.HALF, 0.5, "halbes halben halbe halber half"),
    (_W.HALF, 1.5, "anderthalb eineinhalb einundeinhalb"),
    (_W.HALF, 2.5, "zweieinhalb"),
    (_W.HALF, 3.5, "dreieinhalb"),
    (_W.HALF, 4.5, "viereinhalb"),
    (_W.AGO, None, "vor ago back her zurück"),
    (_W.IN, None, "in im from"),
    (_W.PART, None, ("früh morgens vormittag vormittags mittag mittags nachmittag nachmittags "
     "abend abends nacht nachts morning afternoon evening night noon midday midnight mitternacht "
     "lunchtime frühmorgens spätabends")),
    (_W.EVERY, 1, "alle aller every jede jeden jeder jedes jedem each"),
    (_W.TIMES, 1, "einmal once"),
    (_W.TIMES, 2, "zweimal twice"),
    (_W.TIMES, 3, "dreimal thrice"),
    (_W.TIMES, 4, "viermal"),
    (_W.OTHER, None, "nach after before mach machen auch noch wenn when halt hart"),
    (_W.FILLER, "article", "am an den der die das dem des on the auf"),
    (_W.FILLER, None, "of vom von zu zum at übers über bis until till by für for"),
    (_W.EVERY, 7, ("montags dienstags mittwochs donnerstags freitags samstags sonnabends sonntags "
     "mondays tuesdays wednesdays thursdays fridays saturdays sundays")),
)  # fmt: skip

_FEASTS: tuple[tuple[str, str], ...] = (
    ("12-25", ("weihnachten, erster weihnachtstag, erster weihnachtsfeiertag, christmas, "
     "christmas day, weihnachtstag, xmas, weihnacht, weihnachtsfeiertag")),
    ("12-24", "heiligabend, heilig abend, heiliger abend, christmas eve, weihnachtsabend"),
    ("12-26", "zweiter weihnachtstag, zweiter weihnachtsfeiertag, boxing day"),
    ("12-31", "silvester, sylvester, new years eve, altjahrsabend"),
    ("01-01", "neujahr, neujahrstag, new years day, new year, new years"),
    ("01-06", ("dreikönig, dreikönigstag, heilige drei könige, heilige dreikönige, epiphany, "
     "twelfth night")),
    ("12-06", "nikolaus, nikolaustag, sankt nikolaus, st nikolaus, st nicholas day"),
    ("02-14", "valentinstag, valentines day, valentines"),
    ("03-08", ("frauentag, weltfrauentag, internationaler frauentag, womens day, "
     "international womens day")),
    ("05-01", "tag der arbeit, maifeiertag, erster mai, labour day, may day"),
    ("10-03", "tag der deutschen einheit, deutsche einheit, einheitstag"),
    ("10-31", "halloween, reformationstag"),
    ("11-01", "allerheiligen, all saints day, all saints"),
    ("11-02", "allerseelen, all souls day"),
    ("11-11", "sankt martin, st martin, martinstag, martini, martinmas, st martins day"),
    ("08-15", "mariä himmelfahrt, maria himmelfahrt"),
    ("e0", "ostern, ostersonntag, easter, easter sunday"),
    ("e-7", "palmsonntag, palm sunday"),
    ("e-3", "gründonnerstag, maundy thursday"),
    ("e-2", "karfreitag, good friday"),
    ("e-1", "karsamstag, ostersamstag, easter saturday, holy saturday"),
    ("e1", "ostermontag, easter monday"),
    ("e39", ("himmelfahrt, christi himmelfahrt, vatertag, ascension, ascension day, "
     "himmelfahrtstag, herrentag, männertag")),
    ("e49", "pfingsten, pfingstsonntag, whitsun, whit sunday, pentecost"),
    ("e50", "pfingstmontag, whit monday"),
    ("e60", "fronleichnam, corpus christi"),
    ("e-52", "weiberfastnacht, altweiber"),
    ("e-48", "rosenmontag"),
    ("e-47", ("faschingsdienstag, fastnachtsdienstag, fastnacht, veilchendienstag, shrove tuesday, "
     "pancake day")),
    ("e-46", "aschermittwoch, ash wednesday"),
    ("m", "muttertag, mothers day"),
    ("a1", "erster advent, advent sunday"),
    ("a2", "zweiter advent"),
    ("a3", "dritter advent"),
    ("a4", "vierter advent"),
    ("a-11", "buß und bettag, bußtag"),
    ("a-7", "totensonntag, ewigkeitssonntag"),
)  # fmt: skip
"""The feasts: a month and day, days after Easter, an Advent, or the second Sunday of May."""


def _words() -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for sort, value, words in _TABLE:
        for word in words.split():
            found.setdefault(fold(word), Meaning(sort, value))
    return found


WORDS = _words()
"""All words that mean something, by their key."""

FEASTS = {fold(name): rule for rule, names in _FEASTS for name in names.split(", ")}
"""All feasts, by the key of their name."""

LONGEST_FEAST = max(name.count(" ") + 1 for name in FEASTS)

LEAST_LETTERS = 5
"""Of words with fewer letters no slip is known."""

AMBIGUOUS_UNITS = {"mo": "m", "mon": "m"}
"""Words that are a weekday, and a unit after a number."""


def unit_of(word: str) -> str | None:
    """Return the unit that *word* (a key) is after a number: mo is a month there."""
    if word in AMBIGUOUS_UNITS:
        return AMBIGUOUS_UNITS[word]
    meaning = WORDS.get(word)
    return meaning.value if meaning and meaning.sort is Sort.UNIT else None


@lru_cache(maxsize=512)
def meaning_of(word: str) -> Meaning | None:
    """Return what *word* (a key) means; with one slip if it is long and only one is that near."""
    if known := WORDS.get(word):
        return known
    near = near_meanings(word)
    return near.pop() if len(near) == 1 else None


def near_meanings(word: str) -> set[Meaning]:
    """Return the meanings of the words that are one slip from *word* (a key)."""
    if len(word) < LEAST_LETTERS - 1:
        return set()
    near = {(found.sort, found.value) for key, found in _long_words() if is_one_slip(word, key)}
    near |= {(Sort.FEAST, rule) for name, rule in FEASTS.items() if _is_near_feast(word, name)}
    return {Meaning(*meaning) for meaning in near}


def _is_near_feast(word: str, name: str) -> bool:
    return " " not in name and len(name) >= LEAST_LETTERS and is_one_slip(word, name)


def _long_words() -> Iterator[tuple[str, Meaning]]:
    return ((key, found) for key, found in WORDS.items() if len(key) >= LEAST_LETTERS)


def is_one_slip(typed: str, meant: str) -> bool:
    """Tell whether *typed* is *meant* but for one letter lost, added, changed or swapped."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b),
        min(len(typed), len(meant)),
    )
    left, right = typed[start:], meant[start:]
    swapped = len(left) > 1 and len(right) > 1 and left[:2] == right[1::-1]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (swapped and left[2:] == right[2:])
    )


def nearest_words(word: str) -> Iterable[str]:
    """Yield the words of days that begin like *word*, for a hint."""
    return (key for key in WORDS if len(key) > 3 and key[:3] == word[:3])
