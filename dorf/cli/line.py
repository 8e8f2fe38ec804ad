"""What `dorf log` makes of words without options: whom to ask, and what to refuse."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dorf.cli.choices import JOINS, ask_which, choose_contact, name_length
from dorf.core.command_line import argument, call, command_line
from dorf.core.names import Entry, find
from dorf.core.spelling import fold
from dorf.errors import N_, SeveralMatch, UnknownContact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.cli.env import Env
    from dorf.core.sayings.lines import Doubt, Line
    from dorf.store.store import Store

NEW = ""
"""The uid of somebody who is to be added first."""

MOST_DAY_WORDS = 7
"""Words that a day with a time can have: "am Samstag, dem 5. April um 15 Uhr"."""

MOST_READINGS = 3
"""Readings that are shown as commands; whoever has more to choose from types more."""


def names_alone(directory: Sequence[Entry], words: Sequence[str]) -> bool:
    """Tell whether *words* are names, each by itself, and nothing else."""
    found = [find(word, directory) for word in words]
    if not all(found):
        return False
    if len(words) == 1:
        return not _is_kid(words[0], found[0])
    from dorf.core.sayings.lexicon import WORDS
    from dorf.core.sayings.line_words import KNOWN, RELATIVES

    if any(fold(word) in WORDS or fold(word) in KNOWN - RELATIVES for word in words):
        return False
    pairs = (" ".join(pair) for pair in pairwise(words))
    return not any(find(pair, directory) for pair in pairs)


def _is_kid(word: str, found: Sequence[Entry]) -> bool:
    """Tell whether a child's name alone was typed, so that the parent was perhaps not there."""
    return all(fold(word) in map(fold, entry.kid_names) for entry in found)


def line_of(env: Env, store: Store, directory: Sequence[Entry], words: Sequence[str]) -> Line:
    """Return what the *words* say, with everybody in it who was asked about.

    Raise `UnknownContact` or `SeveralMatch` where nobody can be asked.
    """
    from dorf.core.sayings.lines import read_line

    line = read_line(" ".join(words), directory, store.reader.child_names(), env.today)
    if line.doubts:
        if len(words) == 1 and " " not in words[0]:
            choose_contact(env, directory, words[0])  # it raises for a slip, with the nearest names
        return _with_answers(env, line)
    if line.people:
        if line.unknown:
            env.note(
                env.language.say(
                    "“{name}” is not in your village. New? Then: dorf add {argument}",
                    name=line.unknown,
                    argument=argument(line.unknown),
                )
            )
        return line
    if line.unknown and env.interactive and _wants(env, line.unknown):
        return line._replace(people=(Entry(NEW, line.unknown),))
    raise _nobody(env, directory, words, line)


def _wants(env: Env, name: str) -> bool:
    """Ask whether somebody new is to be added, and this noted with them."""
    question = env.language.say("{name} is not in your village. Add, and note this?", name=name)
    answer = env.ask(env.language.say("{question} (yes / no)", question=question))
    return answer.casefold() in {"y", "yes", "j", "ja"}


def _with_answers(env: Env, line: Line) -> Line:
    """Return the line with whom the doubts turned out to mean."""
    people = list(line.people)
    for doubt in line.doubts:
        if not env.interactive:
            raise _several(line, doubt)
        people.append(ask_which(env, doubt.query, doubt.candidates))
    return line._replace(people=tuple(dict.fromkeys(people)), doubts=())


def _several(line: Line, doubt: Doubt) -> SeveralMatch:
    """Return the refusal of a line that can mean several, with each reading as a command."""
    readings = [_command(line, candidate) for candidate in doubt.candidates[:MOST_READINGS]]
    return SeveralMatch(
        N_("“{query}” could be {names}. Then: {commands}"),
        query=doubt.query,
        names=", ".join(candidate.name for candidate in doubt.candidates[:8]),
        commands=" · ".join(readings),
    )


def _command(line: Line, candidate: Entry) -> str:
    """Return the command that notes the *line* with *candidate*, word for word."""
    people = dict.fromkeys([*(entry.name for entry in line.people), candidate.name])
    options = ["--day", line.day.isoformat()]
    options += ["--how", line.how.value] if line.how else []
    for deed in line.help:
        options += ["--got" if deed.direction == "in" else "--gave", deed.kind.value]
    options += ["--note", line.note] if line.note else []
    return f"dorf {call('log', *people, options=options)}"


def _nobody(
    env: Env, directory: Sequence[Entry], words: Sequence[str], line: Line
) -> UnknownContact:
    """Return the refusal of a line in which nobody of the village is named."""
    if line.child and not line.unknown:
        return UnknownContact(
            N_("{name} is your child. With whom were you? Like this: dorf log NAME {words}"),
            name=line.child,
            words=command_line(words),
        )
    if not line.unknown or len(words) == 1:
        _refuse_names(env, directory, words)
    if not line.unknown:
        return UnknownContact(N_("With whom was that? Like this: dorf log NAME yesterday"))
    return UnknownContact(
        N_(
            "Nobody in your village is called “{query}”. New? Then: dorf add {argument}, and once "
            "more: dorf log {words}"
        ),
        query=line.unknown,
        argument=argument(line.unknown),
        words=command_line(words),
    )


def _refuse_names(env: Env, directory: Sequence[Entry], words: Sequence[str]) -> None:
    """Refuse the first of *words* that is no name, if they are few and none is a word we know."""
    from dorf.core.sayings.lexicon import WORDS
    from dorf.core.sayings.line_words import KNOWN

    for word in words:
        if fold(word) in WORDS or fold(word) in KNOWN:
            return
    for word in words:
        choose_contact(env, directory, word, maybe_note=len(words) > 1)


def day_in(env: Env, words: Sequence[str]) -> tuple[int, int] | None:
    """Return where the longest coming day stands in *words*, the last of those."""
    from dorf.core.sayings.days import Towards, UnknownDay, parse_day

    for length in range(min(len(words) - 1, MOST_DAY_WORDS), 0, -1):
        for begin in range(len(words) - length, -1, -1):
            try:
                parse_day(" ".join(words[begin : begin + length]), env.today, Towards.FUTURE)
            except UnknownDay:
                continue
            return begin, begin + length
    return None


def names_and_rest(
    directory: Sequence[Entry], names: Sequence[str], behind: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return whom the words before and *behind* a day name, and what is left behind it.

    Where nobody stands before the day, the names do behind it.
    """
    found, rest = list(names), list(behind)
    while rest:
        joined = len(rest) > 1 and fold(rest[0]) in JOINS
        length = joined + name_length(directory, rest[joined:])
        if length == joined:
            break
        found, rest = [*found, *rest[:length]], rest[length:]
    return (found, rest) if found else (rest, [])
