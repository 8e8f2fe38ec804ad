"""Which format a file has, judged by what is in it, and what is no list of people at all."""

from __future__ import annotations

import json
import re
from typing import Any, BinaryIO

from dorf.errors import N_, UnreadableFile, UsageFailure
from dorf.formats.interface import NO_OPTIONS, Options, Sample
from dorf.formats.registry import CSV, READ, Format
from dorf.formats.text import decoded
from dorf.imports.incoming import Incoming, NotJson

_BLANK = "\ufeff \t\r\n"
HEAD = 65_536
"""Bytes of a file in which its format has to show."""

_PICTURE = N_("That is a picture or a film. Please export the contacts as vCard or CSV.")
_LDIF = N_("That is LDIF. Please export the address book as vCard or CSV.")
_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"SQLite format 3\0", N_("That is a database. A copy of a dorf village: dorf restore FILE.")),
    (b"PK\x03\x04", N_("That is an archive or an office file. Unpack it, or save it as CSV.")),
    (b"%PDF", N_("That is a PDF. Please export the contacts as vCard or CSV.")),
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89PNG", _PICTURE),
    (b"\0\0\0\x18ftyp", _PICTURE),
    (b"\0\0\0\x20ftyp", _PICTURE),
    (b"\0\0\0\x24ftyp", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"\x1f\x8b", N_("That file is compressed. Please unpack it first.")),
    (b"\xd0\xcf\x11\xe0", N_("That is an old office file. Please save it as CSV.")),
    (b"dn:", _LDIF),
    (b"version: 1", _LDIF),
)
_WEB_PAGE = N_("That is a web page or XML. Please export the contacts as vCard or CSV.")
_EVENTS = N_("That is a calendar; dorf takes people, as vCard or CSV.")


class UnknownFormat(UnreadableFile):
    """A file in none of the formats that dorf reads."""

    def __init__(self) -> None:
        """Say which ones those are."""
        super().__init__(
            N_(
                "No contacts can be read from that. dorf takes {choices}; --format insists on "
                "one. Nothing was changed."
            ),
            choices=", ".join(form.shown for form in READ),
        )


def read(
    file: BinaryIO, name: str, wanted: Format | None = None, options: Options = NO_OPTIONS
) -> tuple[Format, Incoming]:
    """Return the format of *file*, which the user calls *name*, and what it brings.

    Raise `UnreadableFile` if nothing in it can be read, `UsageFailure` for columns of a file
    without any.
    """
    found = wanted or recognise(file)
    if options.columns and found is not CSV:
        raise UsageFailure(N_("{file} is no table: --column is for CSV."), file=name)
    return found, found.read(file, name, options)


def recognise(file: BinaryIO) -> Format:
    """Return the format of *file*, which stays where it is; raise `UnreadableFile` for none."""
    start = file.tell()
    head = file.read(HEAD)
    file.seek(start)
    text = decoded(head)[0]
    _refuse_strangers(head, text)

    def document() -> Any:  # noqa: ANN401  (JSON)
        whole = file.read()
        file.seek(start)
        return parsed(whole)

    sample = Sample(text, document)
    for form in READ:
        if re.match(form.sign or "", text.lstrip(_BLANK), re.IGNORECASE) and form.recognises(
            sample
        ):
            return form
    if "begin:vcalendar" in text.casefold():
        raise UnreadableFile(_EVENTS)
    raise UnknownFormat


def _refuse_strangers(head: bytes, text: str) -> None:
    """Raise `UnreadableFile` for what is no list of people at all, or none that can be read."""
    for magic, sentence in _STRANGERS:
        if head.startswith(magic):
            raise UnreadableFile(sentence)
    if not text.strip("\0" + _BLANK):
        raise UnreadableFile(N_("There is nothing in that file. Nothing was changed."))
    if text.lstrip(_BLANK).startswith("<"):
        raise UnreadableFile(_WEB_PAGE)


def parsed(data: bytes) -> Any:  # noqa: ANN401  (JSON)
    """Return the JSON in *data*; raise `UnreadableFile` with its place if it is none."""
    try:
        return json.loads(decoded(data)[0])
    except json.JSONDecodeError as error:
        raise NotJson(error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a number without end
        raise UnknownFormat from error
