"""JSON of other programs: documents of any shape, numbers and days of any form.

Nothing here trusts a file. A value that is not what it should be reads as nothing, and whoever
asks for it decides what to say.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, BinaryIO

from dorf.errors import N_, DorfError, UnreadableFile
from dorf.formats.text import text_of
from dorf.imports.draft import Draft, one_line, read_date
from dorf.imports.incoming import NotJson, Remark

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_IN_MILLISECONDS = 100_000_000_000
"""From here on a moment counts milliseconds: in seconds, that would be the year 5138."""
_LONGEST_NUMBER = 30


def load(file: BinaryIO, name: str, remarks: list[Remark]) -> object:
    """Return the JSON document in *file*, called *name*; raise `UnreadableFile` if it is none.

    Bytes that are no text and keys that stand twice join *remarks*; endless numbers stay texts,
    and what JSON does not know (NaN) is nothing.
    """
    text = text_of(file.read(), name, remarks)

    def joined(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            [(key, _)] = Counter(key for key, _ in pairs).most_common(1)
            what = DorfError(
                N_("“{key}” stands twice in one place; the last one is taken"),
                key=one_line(key[:40]),
            )
            remarks.append(Remark(name, what))
        return found

    try:
        return json.loads(
            text, parse_int=_number, parse_constant=lambda _: None, object_pairs_hook=joined
        )
    except json.JSONDecodeError as error:
        raise NotJson(error.lineno, error.colno) from error
    except RecursionError as error:
        raise UnreadableFile(
            N_("This file is nested too deeply to be read. Nothing was changed.")
        ) from error


def _number(digits: str) -> int | str:
    """Return a whole number; one that is too long to be any stays a text."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


class Value:
    """One value of a foreign document and where it stands."""

    __slots__ = ("_name", "_path", "raw")

    def __init__(self, raw: Any, name: str, path: str = "") -> None:  # noqa: ANN401  (JSON)
        """Hold *raw*, which stands at *path* in the file called *name*."""
        self.raw = raw
        self._name = name
        self._path = path

    @property
    def place(self) -> str:
        """The file and the path in it, such as ``monica.json: account.data[1]``."""
        path = one_line(self._path[-200:])
        return f"{self._name}: {path}" if path else self._name

    def __bool__(self) -> bool:
        """Tell whether there is anything: neither null nor false, nor empty."""
        return self.raw is not False and self.raw not in (None, "", [], {})

    def at(self, *keys: str) -> Value:
        """Return the first value under *keys* that is not null; one that is nothing without any."""
        inside = self.raw if isinstance(self.raw, dict) else {}
        key = next((key for key in keys if inside.get(key) is not None), keys[0])
        return Value(inside.get(key), self._name, f"{self._path}.{key}" if self._path else key)

    def fields(self) -> Iterable[tuple[str, Value]]:
        """Yield the fields of an object; nothing of anything else."""
        for key in self.raw if isinstance(self.raw, dict) else ():
            yield key, self.at(key)

    def each(self) -> Iterable[Value]:
        """Yield the items of a list; also of an object that numbers them, as PHP writes some."""
        if isinstance(self.raw, list):
            for number, item in enumerate(self.raw):
                yield Value(item, self._name, f"{self._path}[{number}]")
        elif isinstance(self.raw, dict) and all(key.isdecimal() for key in self.raw):
            yield from (value for _, value in self.fields())

    @property
    def text(self) -> str:
        """The text; a number as its digits; else an empty one."""
        if isinstance(self.raw, str):
            return self.raw
        if isinstance(self.raw, bool) or not isinstance(self.raw, int | float):
            return ""
        return str(self.raw)

    @property
    def line(self) -> str:
        """The text in one line, clean."""
        return one_line(self.text)

    @property
    def flag(self) -> bool:
        """Whether the value says yes."""
        return self.raw is True or self.raw == 1 or self.text.casefold() in {"1", "true", "yes"}

    @property
    def whole(self) -> int | None:
        """The whole number, also one that is written as a text or with a fraction of nothing."""
        if isinstance(self.raw, str) and self.raw.isascii() and len(self.raw) <= _LONGEST_NUMBER:
            digits = self.raw.strip().removeprefix("-")
            return int(self.raw) if digits.isdecimal() else None
        if isinstance(self.raw, bool) or not isinstance(self.raw, int | float):
            return None
        return int(self.raw) if math.isfinite(self.raw) and self.raw == int(self.raw) else None

    def day(self, zone: tzinfo | None = UTC) -> date | None:
        """Return the day of a date or a moment.

        A text is taken as it is written, whatever its offset; seconds (or milliseconds) since 1970
        fall on their day in *zone*, which is the machine's own where it is None.
        """
        if isinstance(self.raw, str):
            found = read_date(self.raw) if len(self.raw) <= 40 else None
            whole = found is not None and found.year is not None and found.day is not None
            return date.fromisoformat(str(found)) if whole else None
        if isinstance(self.raw, bool) or not isinstance(self.raw, int | float):
            return None
        return _day_of_moment(self.raw, zone)


def _day_of_moment(moment: float, zone: tzinfo | None) -> date | None:
    seconds = moment / 1000 if abs(moment) >= _IN_MILLISECONDS else moment
    try:
        return (_BEGINNING + timedelta(seconds=seconds)).astimezone(zone).date()
    except (OverflowError, ValueError, OSError):  # beyond the years there are; NaN
        return None


NOT_KNOWN = N_("“{field}” is not known here; it is left out")


def take_unknown(draft: Draft, key: str, value: Value) -> None:
    """Keep a field that no reader knows in the notes; remark on one that is no text."""
    label = one_line(key.replace("_", " ")[:100])
    if value.text or value.raw is True:
        draft.note(value.text or "yes", label, value.place)
    elif value:
        draft.remark(NOT_KNOWN, place=value.place, field=label)
