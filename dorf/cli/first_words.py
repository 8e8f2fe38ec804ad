"""What a line means whose first word is no command: another word for one, a name, or a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.command_line import argument, call
from dorf.core.names import find
from dorf.core.sayings.commands import Found, slipped, spoken
from dorf.core.spelling import fold
from dorf.errors import N_, SeveralMatch, UsageFailure

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dorf.cli.env import Env
    from dorf.core.names import Entry
    from dorf.core.village import Child

_IN_SENTENCES = frozenset({"log", "plan", "status", "who", "find", "show", "birthdays"})
"""Commands whose spoken words can begin a sentence, too."""
_BARE = frozenset({"log", "plan"})
_HELP = frozenset({"-h", "--help"})
MOST_OFFERED = 5
"""How many ready commands a refusal shows."""


def command_line(args: Sequence[str], env: Env, commands: Collection[str]) -> list[str]:
    """Return the command line that *args* stand for; raise `DorfError` if there is none.

    Nothing is read from the village where the words say by themselves which command is meant.
    """
    words = _words(args)
    more = list(args[len(words) :])
    found = spoken(words)
    if found and found.line[0] not in commands:
        found = None
    if found and (found.words == len(words) or found.line[0] not in _IN_SENTENCES):
        return [*found.line, *words[found.words :], *more]
    directory, children = _who_is_known(env)
    if line := _said(words, more, env, directory, children):
        return [*line, *more]
    if found:
        return _with_rest(found, words, more)
    raise _unknown(words, env, directory, commands)


def _words(args: Sequence[str]) -> list[str]:
    """Return the words before the first option."""
    count = next((n for n, arg in enumerate(args) if arg.startswith("-")), len(args))
    return list(args[:count])


def _with_rest(found: Found, words: list[str], more: list[str]) -> list[str]:
    """Return a command with what follows; a day or a way that stood for it stays in the line."""
    rest = words if found.line[0] in _BARE and _says_when_or_how(words[0]) else words[found.words :]
    return [*found.line, *rest, *more]


def _says_when_or_how(word: str) -> bool:
    from dorf.core.sayings.openings import SAYS_MORE

    return fold(word) in SAYS_MORE


def _who_is_known(env: Env) -> tuple[list[Entry], tuple[Child, ...]]:
    with env.store() as store:
        if not store.exists():
            return [], ()
        return store.reader.directory(), store.reader.household().children


def _said(
    words: list[str],
    more: list[str],
    env: Env,
    directory: list[Entry],
    children: tuple[Child, ...],
) -> list[str] | None:
    """Return the command for a name, a question or a sentence; None for none of these."""
    from dorf.core.queries import child_called
    from dorf.core.sayings.openings import answer_to, is_question, sentence

    name = " ".join(words)
    if child_called(name, children, directory):
        return ["child"] if _HELP & set(more) else ["show", name]
    if found := find(name, directory):
        return ["show", _one_of(name, found, env)]
    if is_question(words):
        answer = answer_to(words, directory)
        return list(answer.words) if answer else None
    line = sentence(words, directory, env.today) if len(words) > 1 else None
    return list(line.words) if line else None


def _one_of(name: str, found: list[Entry], env: Env) -> str:
    """Return the name that is meant; several are asked for by the command itself, or refused."""
    if len(found) == 1:
        return found[0].name
    if env.interactive:
        return name
    raise SeveralMatch(
        N_("“{name}” could be several: {commands}"),
        name=name,
        commands=" · ".join(f"dorf {call('show', e.name)}" for e in found[:MOST_OFFERED]),
    )


def _unknown(
    words: list[str], env: Env, directory: list[Entry], commands: Collection[str]
) -> UsageFailure:
    """Return the refusal of a line: one command that was nearly typed, a new name, or help."""
    first, typed = words[0], " ".join(words)
    if near := slipped(first, set(commands)):
        return UsageFailure(
            N_("There is no command “{name}”. Did you mean “dorf {near}”?"),
            name=first,
            near=_shown(near, env),
        )
    if named := _nearly_named(typed, directory):
        return UsageFailure(
            N_("Nobody is called “{name}”, and no command. Did you mean {near}? dorf {command}"),
            name=typed,
            near=named,
            command=call("show", named),
        )
    if is_known := _mentioned(words, directory):
        return UsageFailure(
            N_("What about {known}? dorf {show} · dorf {log} · all commands: dorf help"),
            known=is_known,
            show=call("show", is_known),
            log=call("log", *words),
        )
    if first[:1].isupper() and first[1:2].islower() and len(words) <= 2:
        return UsageFailure(
            N_(
                "There is no command “{name}”, and nobody is called that. New? dorf add "
                "{argument} · help: dorf help"
            ),
            name=typed,
            argument=argument(typed),
        )
    return UsageFailure(N_("There is no command “{name}”. “dorf help” shows the way."), name=typed)


def _shown(near: str, env: Env) -> str:
    """Return a command by the word that was nearly typed, where it is one of the language's."""
    from dorf.core.sayings.commands import SPOKEN, german_name

    command = SPOKEN.get(near, (near,))[0]
    german = german_name(command)
    return german if env.language.code == "de" and fold(german) == near else command


def _nearly_named(typed: str, directory: list[Entry]) -> str | None:
    from dorf.core.likeness import one_slip

    key = fold(typed)
    near = {e.name for e in directory for name in (e.name, *fold(e.name).split()) if
            one_slip(key, fold(name))}  # fmt: skip
    return near.pop() if len(near) == 1 else None


def _mentioned(words: list[str], directory: list[Entry]) -> str | None:
    from dorf.core.sayings.openings import is_question, people_in

    if len(words) < 2 or is_question(words):
        return None
    people = people_in(words, directory)
    return people[0].found[0].name if people and people[0].start == 0 else None
