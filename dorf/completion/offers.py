"""What is offered for a word: names and keys from the village file, words from the table."""

from __future__ import annotations

import os
import sys

from dorf.completion.line import FIRST, FREE, Asked
from dorf.completion.table import GERMAN, WORDS
from dorf.core.spelling import clean_text, fold
from dorf.store import names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = "file"
"""The kind of a value that the shell itself completes."""

_FROM_FILE = {
    "name": (names.CONTACTS, names.KIDS),
    "child": (names.CHILDREN,),
    "wish": (names.WISHES,),
}
"""What to read, by kind; the next is read where the one before it offers nothing."""


def offers(asked: Asked, environ: Mapping[str, str]) -> list[str]:
    """Return what fits *asked*, as it is to be read by dorf: nothing is quoted for a shell."""
    if asked.kind in {"command", "option"}:
        return [name for name in asked.names if name.startswith(asked.begun)]
    if asked.kind == FIRST:
        return _commands(asked, environ)
    if asked.kind in {FREE, FILE}:
        return []
    head, begun = "", asked.begun
    if asked.kind == "kinds":
        before, comma, begun = begun.rpartition(",")
        head = before + comma
    found: list[str] = []
    for candidates in _candidates(asked, environ):
        found = found or [head + text for text in candidates if _fits(text, begun)]
    shown = dict.fromkeys(text if text.isprintable() else clean_text(text) for text in found)
    return [text for text in shown if asked.plain or not text.startswith("-")]


def _commands(asked: Asked, environ: Mapping[str, str]) -> list[str]:
    """Return the commands by their names in the language of the run; English ones if begun, too."""
    if not _in_german(asked.options, environ):
        return [name for name in asked.names if name.startswith(asked.begun)]
    german = [name for name, command in GERMAN.items() if command in asked.names]
    names = dict.fromkeys([*german, *asked.names] if asked.begun else german)
    return [name for name in names if _fits(name, asked.begun)]


def _in_german(options: Mapping[str, str], environ: Mapping[str, str]) -> bool:
    """Tell whether the run speaks German, as `dorf.i18n.choose` does, which costs more."""
    variables = ("DORF_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = options.get("--lang") or next(filter(None, map(environ.get, variables)), "")
    return chosen[:2].lower() == "de"


def _fits(text: str, begun: str) -> bool:
    """Tell whether *text*, or a word of it, begins with what was typed, however it is spelled."""
    if text.casefold().startswith(begun.casefold()):
        return True
    key, folded = fold(begun), fold(text)
    return folded.startswith(key) or any(word.startswith(key) for word in folded.split())


def _candidates(asked: Asked, environ: Mapping[str, str]) -> Iterable[Iterable[str]]:
    """Yield what can stand here: the next only counts where the one before offers nothing."""
    if asked.kind in WORDS:
        yield WORDS[asked.kind]
    elif "|" in asked.kind:
        yield asked.kind.split("|")
    elif asked.kind in _FROM_FILE:
        for statement in _FROM_FILE[asked.kind]:
            yield names.words(village_path(asked.options, environ), statement)
    elif asked.kind == "key":
        yield _finding_keys(asked, environ)


def village_path(options: Mapping[str, str], environ: Mapping[str, str]) -> str:
    """Return where the village lies, as the commands find it too."""
    chosen = options.get("--db") or environ.get("DORF_DB")
    if chosen:
        return os.path.abspath(os.path.expanduser(chosen))  # noqa: PTH100, PTH111  (time)
    if sys.platform == "linux" and "ANDROID_DATA" not in environ:  # platformdirs costs 20 ms
        data = environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")  # noqa: PTH111
        return f"{data}/dorf/dorf.db"
    from platformdirs import user_data_path

    return str(user_data_path("dorf", appauthor=False) / "dorf.db")


def _finding_keys(asked: Asked, environ: Mapping[str, str]) -> list[str]:
    """Return the keys of what the report finds today, and those of all rules."""
    from datetime import date

    from dorf.core.assessment import assess
    from dorf.core.gaps.rules import RULES
    from dorf.core.sayings.days import parse_day
    from dorf.errors import DorfError

    today, chosen = date.today(), asked.options.get("--today") or environ.get("DORF_TODAY")  # noqa: DTZ011
    try:
        today = parse_day(chosen, today) if chosen else today
    except DorfError:
        return []
    village = names.village(village_path(asked.options, environ), today)
    return [*(finding.key for finding in assess(village, today).findings), *RULES]
