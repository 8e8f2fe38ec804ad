"""The formats that dorf reads and writes: one record each.

Help texts, completion, error sentences, the list in the manual and the ending of a file's name all
come from here. A format is loaded when it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from dorf.errors import N_, UsageFailure
from dorf.formats.interface import NO_OPTIONS
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dorf.core.village import Village
    from dorf.formats.interface import Options, Sample
    from dorf.imports.incoming import Incoming

_JSON = r"[{\[]\s*(?:[\"{\[}\]]|\Z)"
"""How JSON begins that could be anything; a chat begins with ``[28.02.``, a text with ``{\rtf``."""


READ_ONLY = N_("read only")
WRITTEN_ONLY = N_("written only")


class Format(NamedTuple):
    """One format: its names, what it is for, and where it is read and written."""

    name: str
    about: str
    """What it is for, as the manual says it after the name."""
    module: str = ""
    """The module of ``dorf.formats``; a page that needs words has none, and cli writes it."""
    endings: tuple[str, ...] = ()
    """How names of its files end, the usual one first."""
    words: tuple[str, ...] = ()
    """What else people type for it."""
    sign: str | None = None
    """A pattern for the beginning of its files, so that only what may fit is loaded to look
    closer; None where it can't be read."""
    writes: bool = False
    carries_all: bool = False
    """Whether what is written and read again is the same village, encounters and all."""
    version: str = ""
    can_be_discreet: bool = False
    has_name_parts: bool = False
    """Whether it writes given and family names apart."""

    @property
    def reads(self) -> bool:
        """Whether it can be read."""
        return self.sign is not None

    @property
    def shown(self) -> str:
        """Its name and the usual ending of its files: ``vcard (.vcf)``."""
        return f"{self.name} (.{self.endings[0]})" if self.endings else self.name

    def recognises(self, sample: Sample) -> bool:
        """Tell whether a file of this format begins like *sample*."""
        return bool(self._load().recognises(sample))

    def read(self, file: BinaryIO, name: str, options: Options = NO_OPTIONS) -> Incoming:
        """Return what *file*, which the user calls *name*, brings.

        Raise `UnreadableFile` if nothing in it can be read.
        """
        incoming: Incoming = self._load().read(file, name, options)
        return incoming

    def write(self, village: Village, options: Options = NO_OPTIONS) -> str:
        """Return *village* as the text of a file."""
        return str(self._load().write(village, options._replace(version=self.version)))

    def _load(self) -> Any:  # noqa: ANN401  (a module)
        return import_module(f"dorf.formats.{self.module}")


VILLAGE = Format(
    "village",
    N_("the village file: everything, there and back"),
    "village_file",
    ("json",),
    ("dorf",),
    sign=_JSON,
    writes=True,
    carries_all=True,
)
VCARD = Format(
    "vcard",
    N_(
        "phones and address books: versions 2.1, 3.0 and 4.0 are read, also a folder of cards as "
        "khard keeps it; 4.0 is written"
    ),
    "vcard",
    ("vcf", "vcard"),
    sign=r"(?s).*\bbegin\s*:\s*vcard",
    writes=True,
    version="4.0",
    can_be_discreet=True,
    has_name_parts=True,
)
CSV = Format(
    "csv",
    N_("tables: Google, Outlook, Thunderbird, or your own with English or German headings"),
    "table",
    ("csv",),
    ("tsv", "google", "outlook", "table", "Tabelle"),
    sign=r"[^{\[]",
    writes=True,
)
CALENDAR = Format(
    "ics",
    N_("a calendar with due days, meetings and yearly days"),
    endings=("ics",),
    writes=True,
    can_be_discreet=True,
)
MARKDOWN = Format(
    "markdown",
    N_("a page for people, and for paper"),
    endings=("md", "markdown"),
    writes=True,
)
FORMATS = (
    VILLAGE,
    VCARD,
    VCARD._replace(
        name="vcard3",
        about=N_("the same people as vCards 3.0, for programs that do not know 4.0"),
        sign=None,
        version="3.0",
    ),
    Format(
        "friends", N_("friends: people, activities, notes"), "friends", ("md",), sign=r"(?s).*###"
    ),
    CSV,
    Format(
        "easynwk",
        N_("easyNWK, the network map of social work"),
        "easynwk",
        ("nwk", "json"),
        sign=_JSON,
        writes=True,
    ),
    Format(
        "monica",
        N_("Monica 4: people, activities, calls, relationships"),
        "monica",
        ("json",),
        sign=_JSON,
    ),
    Format("knotter", N_("knotter: people, dates, interactions"), "knotter", ("json",), sign=_JSON),
    MARKDOWN,
    CALENDAR,
)
"""All formats, in the order in which a file is compared with them and in which they are listed."""

READ = tuple(form for form in FORMATS if form.reads)
WRITTEN = tuple(form for form in FORMATS if form.writes)


def read_format(text: str) -> Format:
    """Return the format that *text* names; raise `UsageFailure` if dorf reads no such one."""
    sentence = N_("“{text}” is not a format that dorf reads. Formats: {choices}.")
    return _named(text, READ, sentence)


def written_format(text: str) -> Format:
    """Return the format that *text* names; raise `UsageFailure` if dorf writes no such one."""
    sentence = N_("“{text}” is not a format that dorf writes. Formats: {choices}.")
    return _named(text, WRITTEN, sentence)


def _named(text: str, formats: Iterable[Format], sentence: str) -> Format:
    asked = text.strip().lstrip(".").casefold()
    for form in formats:
        if asked in {word.casefold() for word in (form.name, *form.endings, *form.words)}:
            return form
    raise UsageFailure(sentence, text=text, choices=", ".join(form.name for form in formats))


def format_for(ending: str) -> Format:
    """Return the format in which files whose names end in *ending* are written.

    A name without any ending gets the village file. Raise `UsageFailure` for an ending that
    no format owns.
    """
    for form in WRITTEN:
        if ending.casefold() in form.endings or not ending:
            return form
    endings = dict.fromkeys(f".{form.endings[0]}" for form in WRITTEN)
    raise UsageFailure(
        N_("A village can't be written as .{ending}. Endings: {choices}."),
        ending=ending.casefold(),
        choices=", ".join(endings),
    )
