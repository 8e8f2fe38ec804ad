"""Language as a value: German or English sentences through gettext.

English is the language of the source; the German catalogue lies in ``locale/``. Nothing here is
global but `speak`, which tells Typer's own messages, too, which language to use.
"""

from __future__ import annotations

import gettext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dorf.errors import DorfError

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping, Sequence

CODES = ("de", "en")
VARIABLES = ("DORF_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that tell the language; the first that is set does."""

LOCALE_DIR = Path(__file__).parent / "locale"
DOMAIN = "dorf"


class Language:
    """One of the two languages: it finds words, fills in fields and picks plural forms."""

    def __init__(self, code: str) -> None:
        """Remember the *code*; the catalogue is read when the first word is asked for."""
        self.code = code

    @cached_property
    def _catalogue(self) -> gettext.NullTranslations:
        if self.code == "en":
            return gettext.NullTranslations()
        return gettext.translation(DOMAIN, LOCALE_DIR, [self.code])

    def word(self, message: str) -> str:
        """Return *message*, which somewhere is marked with ``N_``, in this language."""
        return self._catalogue.gettext(message) if message else ""

    def say(self, message: str, **fields: object) -> str:
        """Return the sentence *message* with its named fields filled in."""
        return self.word(message).format(**fields)

    def count(self, one: str, many: str, n: int, **fields: object) -> str:
        """Return the form of a sentence that fits *n*, with its named fields filled in."""
        return self._catalogue.ngettext(one, many, n).format(n=n, **fields)

    def error(self, error: DorfError) -> str:
        """Return the sentence of *error*; fields that are errors themselves are worded, too."""
        fields = {
            name: self.error(value) if isinstance(value, DorfError) else value
            for name, value in error.fields.items()
        }
        return self.say(error.sentence, **fields)

    def join(self, names: Sequence[str]) -> str:
        """Return "A, B and C"."""
        if len(names) < 2:
            return "".join(names)
        last = f" {'und' if self.code == 'de' else 'and'} "
        return ", ".join(names[:-1]) + last + names[-1]


def choose(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """Return the language of a run: ``--lang``, ``DORF_LANG``, the locale, else English."""
    for number, argument in enumerate(arguments):
        if argument == "--lang" or argument.startswith("--lang="):
            following = arguments[number + 1 : number + 2]
            code = _code(argument[7:] if "=" in argument else "".join(following))
            if code:
                return Language(code)
    for name in VARIABLES:
        if value := environ.get(name):
            return Language(_code(value) or "en")
    return Language("en")


def _code(value: str) -> str | None:
    code = value[:2].lower()
    return code if code in CODES else None


def speak(language: Language, environ: MutableMapping[str, str]) -> None:
    """Let Typer's own messages (usage, help) come in *language*, too."""
    environ["LANGUAGE"] = language.code
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)
