"""Which format a file has, judged by what is in it, and the reader that it takes.

The readers are loaded one at a time: a table of contacts needs no vCards.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from dorf.core.spelling import fold
from dorf.errors import N_, UnreadableFile, UsageFailure
from dorf.formats.text import decoded
from dorf.imports.incoming import NotJson

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dorf.imports.incoming import Incoming

HEAD = 65_536
"""Bytes of a file in which its format has to show."""


class Form(StrEnum):
    """The formats that dorf reads."""

    VILLAGE = "village"
    VCARD = "vcard"
    CSV = "csv"
    MONICA = "monica"
    FRIENDS = "friends"
    KNOTTER = "knotter"
    EASYNWK = "easynwk"


FORM_WORDS = {
    Form.VILLAGE: "village, dorf, json",
    Form.VCARD: "vcard, vcf, vCard",
    Form.CSV: "csv, tsv, google, outlook, Tabelle, table",
    Form.MONICA: "monica",
    Form.FRIENDS: "friends, friends.md",
    Form.KNOTTER: "knotter",
    Form.EASYNWK: "easynwk, nwk",
}
"""What people may type for a format."""

_READERS = {
    Form.VILLAGE: "village_file",
    Form.VCARD: "vcard",
    Form.CSV: "table",
    Form.MONICA: "monica",
    Form.FRIENDS: "friends",
    Form.KNOTTER: "knotter",
    Form.EASYNWK: "easynwk",
}
_BY_KEYS = (Form.MONICA, Form.KNOTTER, Form.EASYNWK)
_PICTURE = N_("That is a picture or a film. Please export the contacts as vCard or CSV.")
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
    (b"dn:", N_("That is LDIF. Please export the address book as vCard or CSV.")),
    (b"version: 1", N_("That is LDIF. Please export the address book as vCard or CSV.")),
)
_WEB_PAGE = N_("That is a web page or XML. Please export the contacts as vCard or CSV.")
_JSON = r"[{\[]\s*(?:[\"{\[}\]]|\Z)"
"""How JSON begins that could be anything; a chat begins with ``[28.02.``, a text with ``{\rtf``."""


class UnknownForm(UnreadableFile):
    """A file in none of the formats that dorf reads."""

    def __init__(self) -> None:
        """Say which ones those are."""
        super().__init__(
            N_(
                "No contacts can be read from that. dorf takes vCard (.vcf), CSV with a header "
                "line, village files, and files of Monica, friends, knotter and easyNWK; "
                "--format insists on one. Nothing was changed."
            )
        )


def parse_form(text: str) -> Form:
    """Return the format that *text* names; raise `UsageFailure` if there is none."""
    asked = fold(text)
    for form, words in FORM_WORDS.items():
        if asked in {fold(word) for word in words.split(",")}:
            return form
    raise UsageFailure(
        N_("“{text}” is not a format that dorf reads. Formats: {choices}."),
        text=text,
        choices=", ".join(Form),
    )


def read(
    file: BinaryIO,
    name: str,
    form: Form | None = None,
    columns: Mapping[str, str] | None = None,
    today: date | None = None,
) -> tuple[Form, Incoming]:
    """Return the format of *file*, which the user calls *name*, and what it brings.

    *columns* maps headers of a table to fields; *today* tells what its years of two digits mean.
    Raise `UnreadableFile` if nothing in it can be read, `UsageFailure` for *columns* of a file
    without any.
    """
    form = form or recognise(file)
    if columns and form is not Form.CSV:
        raise UsageFailure(N_("{file} is no table: --column is for CSV."), file=name)
    more: dict[str, object] = {"columns": columns} if columns else {}
    if form is Form.CSV:
        more["today"] = today
    if form is Form.KNOTTER:
        more["zone"] = None  # it keeps moments; their days are those of this machine's zone
    incoming: Incoming = _reader(form).read(file, name, **more)
    return form, incoming


def _reader(form: Form) -> Any:  # noqa: ANN401  (a module)
    return import_module(f"dorf.formats.{_READERS[form]}")


def recognise(file: BinaryIO) -> Form:
    """Return the format of *file*, which stays where it is; raise `UnreadableFile` for none."""
    start = file.tell()
    head = file.read(HEAD)
    file.seek(start)
    text, _ = decoded(head)
    _refuse_strangers(head, text)
    if "vcard" in text.casefold() and _reader(Form.VCARD).recognises(text):
        return Form.VCARD
    if "begin:vcalendar" in text.casefold():
        raise UnreadableFile(N_("That is a calendar; dorf takes people, as vCard or CSV."))
    if re.match(_JSON, _bare(text)):
        whole = file.read()
        file.seek(start)
        return _of_document(whole)
    for form in (Form.FRIENDS, Form.CSV):
        if _reader(form).recognises(text):
            return form
    if _reader(Form.CSV).is_grid(text):
        return Form.CSV  # which says what it lacks
    raise UnknownForm


def _refuse_strangers(head: bytes, text: str) -> None:
    """Raise `UnreadableFile` for what is no list of people at all, or none that can be read."""
    for mark, sentence in _STRANGERS:
        if head.startswith(mark):
            raise UnreadableFile(sentence)
    if not text.strip("\ufeff\0 \t\r\n"):
        raise UnreadableFile(N_("There is nothing in that file. Nothing was changed."))
    if _bare(text).startswith("<"):
        raise UnreadableFile(_WEB_PAGE)


def _bare(text: str) -> str:
    return text.lstrip("\ufeff \t\r\n")


def _of_document(data: bytes) -> Form:
    document = parsed(data)
    if isinstance(document, dict) and "dorf" in document:
        return Form.VILLAGE
    for form in _BY_KEYS:
        if _reader(form).recognises(document):
            return form
    raise UnknownForm


def parsed(data: bytes) -> Any:  # noqa: ANN401  (JSON)
    """Return the JSON in *data*; raise `UnreadableFile` with its place if it is none."""
    try:
        return json.loads(decoded(data)[0])
    except json.JSONDecodeError as error:
        raise NotJson(error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a number without end
        raise UnknownForm from error
