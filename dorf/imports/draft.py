"""A contact while a file of another program is read: takes what comes, keeps what can be kept.

Nobody who wrote such a file had dorf in mind. So nothing here refuses a file: what can't be kept
becomes a `Remark`, and the rest goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from dorf.core.dates import PartialDate
from dorf.core.names import LONGEST_TEXT, checked_name, checked_text
from dorf.core.spelling import clean_text
from dorf.core.village import Kid, YearlyDay
from dorf.core.vocabulary import Status
from dorf.errors import N_, DorfError, WrongField
from dorf.imports.incoming import IncomingContact, Remark
from dorf.imports.role_words import role_stated, roles_stated

_OURS = UUID("8f4c6f57-6f0e-4a0b-9d3c-6d6f72662121")
_TEXTS = ("nicknames", "phones", "emails", "addresses", "skills")

DIED = "died"
"""The label in the notes under which the day of a death stands."""
_DEATH_WORDS = frozenset(
    {
        "†", "died", "dead", "death", "deceased", "departed", "death date", "deathdate",
        "date of death", "day of death", "passed away", "in memoriam", "verstorben",
        "verstorbene", "verstorbener", "verstorben am", "gestorben", "gestorben am", "tot",
        "todestag", "todesdatum", "todesfall", "sterbedatum", "sterbetag",
    }
)  # fmt: skip
_DEATH_LINE = re.compile(
    rf"^(?:{DIED}|gestorben|†)(?:: *|$)(?P<day>.*)", re.IGNORECASE | re.MULTILINE
)
_ALIVE_ONLY = (
    "planned_on", "planned_note", "plan_every", "snoozed_until", "paused_until", "resumed_on",
)  # fmt: skip

TAKEN_AS_DEAD = N_("“{text}”: {name} is noted as somebody who has died, and nobody is reminded")

NAMELESS = N_("left out: no name in it, no number and no e-mail address")


def stable_uid(*parts: object) -> str:
    """Return a uid that is the same for the same *parts*, whenever and wherever it is made."""
    return str(uuid5(_OURS, "\x1f".join(map(str, parts))))


def one_line(text: str) -> str:
    """Return *text* in one line: clean, with single blanks."""
    return " ".join(clean_text(text).split())


def is_death_word(text: str) -> bool:
    """Tell whether a label, a heading or a group says that somebody has died."""
    return one_line(text).strip("#*:. ").casefold().replace("_", " ") in _DEATH_WORDS


def death_in(notes: str | None) -> str | None:
    """Return what *notes* say of the day of a death: "" if only that there was one, None if none.

    That is the line which `Draft.died` writes.
    """
    match = _DEATH_LINE.search(notes or "")
    return match["day"].strip() if match else None


class Draft:
    """One contact of a file, gathered piece by piece; `finish` makes an `IncomingContact` of it."""

    def __init__(self, place: str, remarks: list[Remark]) -> None:
        """Begin the contact that stands at *place*; what can't be kept joins *remarks*."""
        self.place = place
        self.uid: str | None = None
        self.name = ""
        self.aside: str | None = None
        self.parts: tuple[str, ...] = ()
        """The name in parts, as the file has it: family, given, more, before, after."""
        self.last_contact: date | None = None
        self.values: dict[str, Any] = {}
        self.dead = False
        self.revised: str | None = None
        self._dead_by = ""
        self._remarks = remarks
        self._texts: dict[str, dict[str, str]] = {field: {} for field in _TEXTS}
        self._notes: dict[str, None] = {}
        self._words: dict[str, None] = {}
        self._kids: dict[Kid, None] = {}
        self._days: dict[YearlyDay, None] = {}

    def remark(
        self, sentence: str, *, place: str = "", entry: bool = False, **what: object
    ) -> None:
        """Say that something at *place* (else at the contact's own) is not taken, and why."""
        self._remarks.append(Remark(place or self.place, DorfError(sentence, **what), entry))

    def identify(self, uid: str | None) -> None:
        """Take the identity that the file gives this contact, if it is one."""
        text = one_line(uid or "")
        self.uid = text if 0 < len(text) <= 200 else None

    def name_from(self, *texts: str | None) -> None:
        """Take the first of *texts* that says something as the name, unless there is one."""
        for text in texts:
            self.name = self.name or one_line(text or "")
        if "†" in self.name:
            self.taken_as_dead("†")

    def add(self, field: str, text: str | None, place: str = "") -> None:
        """Add to the texts of *field*: nicknames, phones, emails, addresses or skills."""
        kept = self._checked(field, one_line(text or ""), place)
        if kept:
            self._texts[field].setdefault(kept.casefold(), kept)

    def note(self, text: str | None, label: str = "", place: str = "") -> None:
        """Add lines to the notes, each text once; *label* says what they are."""
        lines = clean_text((text or "").replace("\r\n", "\n").replace("\r", "\n"), lines=True)
        if lines and label:
            lines = f"{label}: {lines}"
        kept = self._checked("notes", lines, place)
        if kept:
            self._notes[kept] = None

    def group(self, word: str | None) -> None:
        """Take the name of a group, a category or a relation: a role, or a tag in the notes."""
        name = one_line(word or "").lstrip("#")
        if name:
            self._words[name] = None
        if is_death_word(name):
            self.taken_as_dead(name)

    def died(self, day: str | PartialDate | None = None, place: str = "") -> None:
        """Take that the contact has died; the notes keep what is no whole day, such as a year.

        `finish` makes it somebody who used to be in the village.
        """
        self.dead = True
        text = one_line(str(day or ""))
        found = read_date(text)
        if found and found.year and found.day:
            self.values.setdefault("died_on", date(found.year, found.month, found.day))
        else:
            self.note(str(found or text) or DIED, DIED if text else "", place)

    def taken_as_dead(self, text: str) -> None:
        """Take for dead whom a word of the file calls so, and say so in a remark."""
        self.dead = True
        self._dead_by = self._dead_by or text

    def born(self, text: str | PartialDate | None, place: str = "") -> None:
        """Take the birthday, a partial date or a text that is one."""
        day = self.day(text, place)
        if day == EPOCH:
            self.remark(_PERHAPS_NO_DAY, place=place)
        if day is not None:
            self.values.setdefault("birthday", day)

    def yearly(self, name: str, text: str | PartialDate | None, place: str = "") -> None:
        """Take a day of the year that matters, such as a wedding day."""
        day = self.day(text, place)
        if day is None:
            return
        try:
            self._days[YearlyDay(checked_name(name), day)] = None
        except WrongField as wrong:
            self.remark(N_("{name}: {reason}"), place=place, name=one_line(name), reason=wrong)

    def kid(self, name: str | None, born: str | PartialDate | None = None, place: str = "") -> None:
        """Take a child: a name, a birthday, or both."""
        called, day = one_line(name or ""), self.day(born, place)
        if day is not None and day.year is None:
            day = None
        try:
            kid = Kid(checked_name(called) if called else None, day) if called or day else None
        except WrongField as wrong:
            self.remark(N_("{name}: {reason}"), place=place, name=called[:40], reason=wrong)
            return
        if kid:
            self._kids[kid] = None

    def day(self, text: str | PartialDate | None, place: str = "") -> PartialDate | None:
        """Return *text* as a partial date; remark on one that is none."""
        if text is None or isinstance(text, PartialDate):
            return text
        text = one_line(text)
        if not text:
            return None
        found = read_date(text)
        if found is None and is_no_day(text):
            self.remark(NO_DAY, place=place, text=text)
        elif found is None:
            self.note(text)
            self.remark(
                N_("“{text}” is not a day; it is kept in the notes"), place=place, text=text
            )
        return found

    def finish(self) -> IncomingContact | None:
        """Return the contact; None, with a remark, if it has no name that can be kept.

        Without a name, what else it is called by becomes its name: a nickname, an address.
        """
        texts = {field: list(found.values()) for field, found in self._texts.items()}
        self._name_by_something(texts)
        if not self.name:
            return None
        if "died_on" in self.values:
            self._notes.pop(DIED, None)
        guessed = roles_stated(self._words)
        roles = self.values.get("roles", [role for _, role in guessed])
        tags = [f"#{word}" for word in self._words if role_stated(word) not in roles]
        notes = self._fitting(tags)
        texts["nicknames"] = [name for name in texts["nicknames"] if name != self.name]
        given: dict[str, Any] = {field: tuple(found) for field, found in texts.items() if found}
        if guessed:
            given["roles"] = tuple(role for _, role in guessed)
        if self._kids:
            given["kids"] = tuple(self._kids)
        if self._days:
            given["yearly_days"] = tuple(self._days)
        if notes:
            given["notes"] = notes
        given |= self.values
        if "roles" in self.values:
            guessed = ()
        if self._dead_by:
            self.remark(TAKEN_AS_DEAD, text=self._dead_by, name=self.name)
        if self.dead and given.get("status") is not Status.ENDED:
            given = {field: value for field, value in given.items() if field not in _ALIVE_ONLY}
            given["status"] = Status.ENDED
        return IncomingContact(
            self.place,
            self.name,
            given,
            self.uid,
            self.last_contact,
            guessed,
            self.aside,
            tuple(self._words),
            self.dead,
            exact="phones" in self.values,
            revised=self.revised,
            parts=tuple(self.parts),
        )

    def _fitting(self, tags: Iterable[str]) -> str:
        """Return the notes and, as their last line, *tags*: none longer than notes can be."""
        last = self._whole(tags, " ", LONGEST_TEXT)
        notes = self._whole(self._notes, "\n", LONGEST_TEXT - len(last) - bool(last))
        return "\n".join(filter(None, (notes, last)))

    def _whole(self, texts: Iterable[str], between: str, room: int) -> str:
        """Return *texts* as one of at most *room* characters; remark on what has none there."""
        kept: list[str] = []
        for text in texts:
            if len(text) <= room:
                kept.append(text)
                room -= len(text) + len(between)
            else:
                self.remark(
                    N_("the notes are full; “{text}…” is left out"), text=one_line(text[:40])
                )
        return between.join(kept)

    def _name_by_something(self, texts: dict[str, list[str]]) -> None:
        for field in ("nicknames", "emails", "phones"):
            if not self.name and texts[field]:
                self.name = texts[field][0]
                if field != "nicknames":
                    self.remark(N_("no name in it; it is called “{name}” here"), name=self.name)
        if not self.name:
            self.remark(NAMELESS, entry=True)
            return
        try:
            self.name = checked_name(self.name)
        except WrongField as wrong:
            self.remark(N_("left out: {reason}"), entry=True, reason=wrong)
            self.name = ""

    def _checked(self, field: str, text: str, place: str) -> str:
        try:
            return checked_text(text, field)
        except WrongField as wrong:
            self.remark(N_("left out: {reason}"), place=place, reason=wrong)
            return ""


NO_YEAR = frozenset({0, 1, 1604, 1804, 1900})
"""Years that programs write where they know none.

1604 is Apple's, 1804 that of some other phones: leap years, for 29 February. In 1900 Outlook's and
many tables begin to count; nobody born then is alive. 1904 is a year: some people are as old.
"""

NO_DAYS = frozenset(
    PartialDate(*day)
    for day in (
        (1, 1, 1),  # .NET and Go
        (1601, 1, 1),  # Windows
        (1753, 1, 1),  # SQL Server
        (1899, 12, 30),  # Excel, Access, LibreOffice
        (1899, 12, 31),
        (1900, 1, 1),
        (1904, 1, 1),  # Excel and others on a Mac
        (4501, 1, 1),  # Outlook
        (9999, 12, 31),
    )
)
"""Days that programs write where they know none: where they begin or end to count."""

EPOCH = PartialDate(1970, 1, 1)
"""Where Unix begins to count; people were born on that day, too."""

NO_DAY = N_("“{text}” stands for a day that nobody knows; it is left out")
_PERHAPS_NO_DAY = N_(
    "the birthday on 1 January 1970 is kept; some programs write it where they know none"
)

_COMPACT = r"([0-9]{4}|--)([0-9]{2})([0-9]{2})"
_DASHED = r"([0-9]{4}|-)-([0-9]{1,2})-([0-9]{1,2})"
_MONTH = r"([0-9]{4})-([0-9]{2})()"
_DOTTED = r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})?"
_SLASHED = r"([0-9]{1,2})([/-])([0-9]{1,2})(?:\2([0-9]{4}))?"
_WEEKDAY = (
    r"^(?:mo|di|mi|do|fr|sa|so|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|"
    r"mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)[.,]{1,2}\s*"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_WORD = r"(?P<month>[^\W\d_]{3,9})\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_WRITTEN = (
    rf"{_DAY}\.?[\s-]*{_WORD}(?:,?[\s-]*{_YEAR})?",
    rf"{_WORD}\s+{_DAY}(?:,?\s+{_YEAR})?",
    rf"{_WORD}[\s-]+{_YEAR}",
)
_MONTH_WORDS = (
    "january jan januar jänner jän", "february feb februar feber", "march mar märz mär mrz",
    "april apr", "may mai", "june jun juni", "july jul juli", "august aug", "september sep sept",
    "october oct oktober okt", "november nov", "december dec dezember dez",
)  # fmt: skip
_MONTHS = {word: n for n, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
_TIME = r"(?:T[0-9]{2}(?::?[0-9]{2}){0,2}| [0-9]{1,2}(?::[0-9]{2}){1,2})"
_LONGEST_DATE = 40
"""Characters of the longest text that is looked at as a date."""
_MOMENT = rf"(.*[0-9]){_TIME}(?:\.[0-9]+)?(?:Z|[+-][0-9:]+)?"


def read_date(text: str, *, month_first: bool | None = None) -> PartialDate | None:
    """Return the day that *text* states in one of the forms of files, else None.

    1985-02-28, 19850228, --02-28, --0228, 1985-02, each also with a time that is not looked at;
    28.2.1985, 28.2. and 2/28/1985; 28. Februar 1985, 28-Feb-1985, February 28, 1985, Feb. 28 and
    Februar 1985. With slashes, *month_first* says which is which; where it is
    None, only what can't be read in two ways is read. Years of `NO_YEAR` are unknown ones, and
    `NO_DAYS` are no days.
    """
    found = _stated_date(text, month_first)
    if found is None or found in NO_DAYS:
        return None
    if found.year not in NO_YEAR:
        return found
    return PartialDate(None, found.month, found.day) if found.day else None


def is_no_day(text: str) -> bool:
    """Tell whether *text* is one of `NO_DAYS`, in whatever form."""
    return len(text) <= _LONGEST_DATE and _stated_date(text, None) in NO_DAYS


def _stated_date(text: str, month_first: bool | None) -> PartialDate | None:  # noqa: FBT001 (inner)
    stated = text.strip()
    if match := re.fullmatch(_MOMENT, stated):
        stated = match[1]
    for pattern in (_COMPACT, _DASHED, _MONTH):
        if match := re.fullmatch(pattern, stated):
            return _date(*match.groups())
    if match := re.fullmatch(_DOTTED, stated):
        return _date(match[3], match[2], match[1])
    if match := re.fullmatch(_SLASHED, stated):
        first, second = match[1], match[3]
        if month_first is None:
            both = int(first) <= 12 and int(second) <= 12 and first != second
            month_first = None if both else int(second) > 12 or first == second
        if month_first is None:
            return None
        return _date(match[4], *((first, second) if month_first else (second, first)))
    return _written_date(stated)


def _written_date(text: str) -> PartialDate | None:
    """Return the day of *text* whose month is a word, in either language."""
    stated = re.sub(_WEEKDAY, "", text.casefold())
    for pattern in _WRITTEN:
        match = re.fullmatch(pattern, stated)
        month = _MONTHS.get(match["month"]) if match else None
        if match and month:
            parts = match.groupdict()
            return _date(parts["year"], str(month), parts.get("day") or "")
    return None


def _date(year: str | None, month: str, day: str) -> PartialDate | None:
    number = int(year) if year and year.isdecimal() else None
    try:
        return PartialDate(number or None, int(month), int(day) if day else None)
    except WrongField:
        return None
