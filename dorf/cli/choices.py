"""From what was typed to who was meant, and the types of the words that shells complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer._click.types import ParamType

from dorf.core.command_line import argument, quoted
from dorf.core.names import find, nearest
from dorf.core.spelling import clean_text, fold
from dorf.errors import N_, SeveralMatch, UnknownContact

JOINS = frozenset({"und", "and", "u", "sowie", "mit", "with", "+", "&", ""})
"""Words between names that are no name."""

LONGEST_NAME = 5
"""Words that a name can have without quotes."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click import Context, Parameter

    from dorf.cli.env import Env
    from dorf.core.names import Entry


def choose_contact(
    env: Env, directory: Sequence[Entry], query: str, *, maybe_note: bool = False
) -> Entry:
    """Return the one contact that *query* means; ask on a terminal when several could be.

    Raise `UnknownContact` with the nearest spellings, or `SeveralMatch` with the candidates.
    """
    query = clean_text(query)
    if not query:
        raise UnknownContact(N_("Please say whom you mean."))
    found = find(query, directory)
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unknown(query, directory, maybe_note=maybe_note)
    if env.interactive:
        return ask_which(env, query, found)
    raise SeveralMatch(
        N_("“{query}” could be {names}. Please type a little more of the name."),
        query=query,
        names=", ".join(contact.name for contact in found[:8]),
    )


def choose_contacts(
    env: Env, directory: Sequence[Entry], words: Sequence[str], *, maybe_note: bool = False
) -> list[Entry]:
    """Return the contacts that *words* name, each once: the longest name first, "und" between them.

    Raise as `choose_contact` does for what is no name.
    """
    chosen: list[Entry] = []
    begin = 0
    while begin < len(words):
        end = begin + name_length(directory, words[begin:])
        if end == begin and fold(words[begin].strip(",")) in JOINS:
            begin += 1
            continue
        end = max(end, begin + 1)
        query = " ".join(words[begin:end]).rstrip(",")
        chosen.append(choose_contact(env, directory, query, maybe_note=maybe_note))
        begin = end
    return list(dict.fromkeys(chosen)) or [choose_contact(env, directory, " ".join(words))]


def name_length(directory: Sequence[Entry], words: Sequence[str]) -> int:
    """Return how many of *words* are the longest name that they begin with; 0 for none."""
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        query = " ".join(words[:length]).rstrip(",").strip()
        if query and fold(query) not in JOINS and find(query, directory):
            return length
    return 0


def _unknown(query: str, directory: Sequence[Entry], *, maybe_note: bool) -> UnknownContact:
    close = nearest(query, (c.name for c in directory))
    if close:
        return UnknownContact(
            N_("Nobody in your village is called “{query}”. Did you mean {names}?"),
            query=query,
            names=" / ".join(close),
        )
    if maybe_note and _is_day(query):
        return UnknownContact(
            N_("Nobody in your village is called “{query}”. The day? Then: --day {argument}"),
            query=query,
            argument=quoted(query),
        )
    if maybe_note and " " in query:
        return UnknownContact(
            N_(
                "Nobody in your village is called “{query}”. Is that the note? Then: --note "
                "{argument}"
            ),
            query=query,
            argument=quoted(query),
        )
    return UnknownContact(
        N_("Nobody in your village is called “{query}”. New? Then: dorf add {argument}"),
        query=query,
        argument=argument(query),
    )


def _is_day(text: str) -> bool:
    from datetime import date

    from dorf.core.sayings.days import UnknownDay, parse_day

    try:
        parse_day(text, date(2000, 1, 1))
    except UnknownDay:
        return False
    return True


def ask_which(env: Env, query: str, found: Sequence[Entry]) -> Entry:
    """Return whom *query* means of those *found*; raise `SeveralMatch` if nobody is chosen."""
    for number, contact in enumerate(found, 1):
        env.note(f"  {number}  {contact.name}")
    answer = env.ask(env.language.say("Who is “{query}”? Number:", query=query))
    if answer.isdecimal() and 1 <= int(answer) <= len(found):
        return found[int(answer) - 1]
    raise SeveralMatch(N_("Nobody was chosen. Nothing was changed."))


class Completed(ParamType):
    """A text that shells can complete; its *name* says from what (`dorf.completion.table`)."""

    def __init__(self, name: str) -> None:
        """Show *name* in the help."""
        self.name = name

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> str:  # noqa: ANN401
        """Return the text as it was typed."""
        del param, ctx
        return str(value)

    def get_metavar(self, param: Parameter, ctx: Context) -> str | None:
        """Show what is meant, not a type."""
        from dorf.cli.usage import language_of, placeholder

        del param
        return placeholder(self.name.upper(), language_of(ctx))


class FormatChoice(Completed):
    """The name of a format that a command takes; its help lists those that there are."""

    def get_metavar(self, param: Parameter, ctx: Context) -> str | None:
        """Show what is meant, whatever the command does with it."""
        del param, ctx
        return "FORMAT"

    def choices_listed(self) -> str:
        """Return all names, for the help text."""
        from dorf.formats.registry import READ, WRITTEN

        return ", ".join(form.name for form in (READ if self is FORMAT_READ else WRITTEN))


CONTACT = Completed("name")
CHILD = Completed("child")
WISH = Completed("wish")
KEY = Completed("key")
ROLE = Completed("role")
KINDS = Completed("kinds")
HOW = Completed("how")
GROUP = Completed("group")
STATE = Completed("state")
FORMAT_READ = FormatChoice("read_format")
FORMAT_WRITTEN = FormatChoice("written_format")
