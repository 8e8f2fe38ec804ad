"""From what was typed to what was meant: the contact of a name, the words of a shell."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING, Any

from typer._click.shell_completion import CompletionItem
from typer._click.types import ParamType

from dorf.core.names import find, nearest
from dorf.core.spelling import clean_text, fold
from dorf.errors import N_, DorfError, SeveralMatch, UnknownContact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping, Sequence

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
        return _ask_which(env, query, found)
    raise SeveralMatch(
        N_("“{query}” could be {names}. Please type a little more of the name."),
        query=query,
        names=", ".join(contact.name for contact in found[:8]),
    )


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
            argument=shlex.quote(query),
        )
    if maybe_note and " " in query:
        return UnknownContact(
            N_(
                "Nobody in your village is called “{query}”. Is that the note? Then: --note "
                "{argument}"
            ),
            query=query,
            argument=shlex.quote(query),
        )
    return UnknownContact(
        N_("Nobody in your village is called “{query}”. New? Then: dorf add {argument}"),
        query=query,
        argument=shlex.quote(query),
    )


def _is_day(text: str) -> bool:
    from datetime import date

    from dorf.core.dates import UnknownDay, parse_day

    try:
        parse_day(text, date(2000, 1, 1))
    except UnknownDay:
        return False
    return True


def _ask_which(env: Env, query: str, found: Sequence[Entry]) -> Entry:
    for number, contact in enumerate(found, 1):
        env.note(f"  {number}  {contact.name}")
    answer = env.ask(env.language.say("Who is “{query}”? Number:", query=query))
    if answer.isdecimal() and 1 <= int(answer) <= len(found):
        return found[int(answer) - 1]
    raise SeveralMatch(N_("Nobody was chosen. Nothing was changed."))


class Completed(ParamType):
    """A text that the shell can complete from *candidates*, ignoring case and accents."""

    def __init__(self, name: str, candidates: Callable[[Context], Iterable[str]]) -> None:
        """Show *name* in the help; ask for *candidates* only while completing."""
        self.name = name
        self._candidates = candidates

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> str:  # noqa: ANN401
        """Return the text as it was typed."""
        del param, ctx
        return str(value)

    def get_metavar(self, param: Parameter, ctx: Context) -> str | None:
        """Show what is meant, not a type."""
        del param, ctx
        return self.name.upper()

    def shell_complete(
        self, ctx: Context, param: Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the candidates that begin, or have a word that begins, with *incomplete*."""
        del param
        head, comma, asked = "", "", incomplete
        if self.name == "kinds":
            head, comma, asked = incomplete.rpartition(",")
        key = fold(asked) if asked else ""
        try:
            candidates = list(self._candidates(ctx))
        except DorfError:
            return []  # a key press is no moment for a complaint
        return [
            CompletionItem(_for_shell(head + comma + one, incomplete))
            for one in candidates
            if not key or one.casefold().startswith(asked.casefold()) or _begins(fold(one), key)
        ]


def rejoin_colons(environ: MutableMapping[str, str]) -> None:
    """Put together what bash took apart: for it, "G02:company" is three words.

    Changes COMP_WORDS and COMP_CWORD, which bash hands over; other shells leave words whole.
    Bash will replace only what stands after the last colon: _DORF_AFTER_COLON says so.
    """
    if environ["_DORF_COMPLETE"] != "complete_bash":
        return
    between = "\n" if "\n" in environ["COMP_WORDS"] else " "
    words = environ["COMP_WORDS"].split(between)
    current = int(environ["COMP_CWORD"])
    while ":" in words[1 : current + 1]:
        colon = words.index(":", 1)
        after = words[colon + 1] if current > colon else ""
        words[colon - 1 : colon + 2] = [f"{words[colon - 1]}:{after}"]
        current -= 2 if current > colon else 1
        environ["_DORF_AFTER_COLON"] = "yes"
    environ["COMP_WORDS"], environ["COMP_CWORD"] = between.join(words), str(current)


def _begins(folded: str, key: str) -> bool:
    return folded.startswith(key) or any(word.startswith(key) for word in folded.split())


def _for_shell(text: str, incomplete: str) -> str:
    """Escape blanks and signs for bash, which takes what it is given as it is."""
    if os.environ.get("_DORF_COMPLETE") != "complete_bash":
        return text
    if ":" in incomplete and os.environ.get("_DORF_AFTER_COLON"):
        text = text[incomplete.rindex(":") + 1 :]
    return "".join(f"\\{c}" if c in " \"'()&;<>|$`\\*?[]#~!{}" else c for c in text)


def _env(ctx: Context) -> Env:
    """Return the environment while completing, when no callback has run."""
    from dorf.cli.env import World, make_env
    from dorf.i18n import choose

    params = ctx.find_root().params
    world = World.here()
    return make_env(world, choose([], world.environ), params.get("db"), params.get("today"))


def _contact_names(ctx: Context) -> Iterable[str]:
    with _env(ctx).store() as store:
        return [name for one in store.reader.directory() for name in (one.name, *one.nicknames)]


def _child_names(ctx: Context) -> Iterable[str]:
    with _env(ctx).store() as store:
        return store.reader.child_names()


def _finding_keys(ctx: Context) -> Iterable[str]:
    from dorf.core.assessment import assess
    from dorf.core.gaps.rules import RULES

    env = _env(ctx)
    with env.store() as store:
        findings = assess(store.reader.village(env.today), env.today).findings
    return [*(finding.key for finding in findings), *RULES]


def _roles(_ctx: Context) -> Iterable[str]:
    from dorf.core.vocabulary import ROLES

    return _spellings((slug, role.words) for slug, role in ROLES.items())


def _kinds(_ctx: Context) -> Iterable[str]:
    from dorf.core.vocabulary import KIND_WORDS

    return list(KIND_WORDS)


def _hows(_ctx: Context) -> Iterable[str]:
    from dorf.core.vocabulary import HOW_WORDS

    return list(HOW_WORDS)


def _sources(_ctx: Context) -> Iterable[str]:
    from dorf.core.vocabulary import SOURCE_WORDS

    return list(SOURCE_WORDS)


def _states(_ctx: Context) -> Iterable[str]:
    from dorf.core.tending import State

    return list(State)


def _spellings(rows: Iterable[tuple[str, str]]) -> Iterable[str]:
    return [spelling.strip() for slug, words in rows for spelling in (slug, *words.split(","))]


CONTACT = Completed("name", _contact_names)
CHILD = Completed("child", _child_names)
KEY = Completed("key", _finding_keys)
ROLE = Completed("role", _roles)
KINDS = Completed("kinds", _kinds)
HOW = Completed("how", _hows)
GROUP = Completed("group", _sources)
STATE = Completed("state", _states)
