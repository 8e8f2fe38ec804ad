"""Commands about encounters: log, history, encounter edit and remove."""

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple
from uuid import uuid4

import typer

from dorf.cli.answers import MOST_SHOWN, answer_contacts, past_day
from dorf.cli.choices import CONTACT, HOW, KINDS, choose_contact, choose_contacts
from dorf.cli.env import env_of
from dorf.cli.options import All, Discreet, Yes, operand, option
from dorf.cli.usage import SpokenCommand
from dorf.errors import N_, UnknownContact, UsageFailure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click import Context

    from dorf.cli.env import Env
    from dorf.core.names import Entry
    from dorf.core.sayings.lines import Line
    from dorf.core.village import Contact, Encounter, Help
    from dorf.store.store import Store

app = typer.Typer()
encounter_app = typer.Typer()
app.add_typer(encounter_app, name="encounter")

Day = Annotated[str | None, option("--day --tag -d", N_("Which day; today if not given."), "DAY")]
How = Annotated[
    str | None, option("--how --wie", N_("How: visit, call, message …"), click_type=HOW)
]
Note = Annotated[str | None, option("--note --notiz -n", N_("What to remember."), "TEXT")]
Got = Annotated[
    list[str] | None, option("--got --bekommen", N_("Help that you received."), click_type=KINDS)
]
Gave = Annotated[
    list[str] | None, option("--gave --gegeben", N_("Help that you gave."), click_type=KINDS)
]
Which = Annotated[
    str, operand("ID", N_("The ID from “dorf history”, or “last” for the one noted last."))
]
_NEAR = ("--yesterday", "--gestern", "--vorgestern")


class LogCommand(SpokenCommand):
    """``log``, where a text right after ``--gestern`` may be the note.

    So ``dorf log Oma Lena --gestern "Kuchen gebacken"`` means what it says.
    """

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Hand that text over as ``--tail``; the command looks whether it is a name."""
        for number, (flag, text) in enumerate(pairwise(args)):
            if number and flag in _NEAR and not text.startswith("-"):
                args = [*args[: number + 1], "--tail", *args[number + 1 :]]
                break
        return super().parse_args(ctx, args)


@app.command("log", cls=LogCommand)
def log(
    ctx: typer.Context,
    names: Annotated[
        list[str], operand("NAME…", N_("With whom; several names are fine."), click_type=CONTACT)
    ],
    day: Day = None,
    yesterday: Annotated[bool, option("--yesterday --gestern", N_("It was yesterday."))] = False,
    before: Annotated[bool, option("--vorgestern", N_("It was the day before yesterday."))] = False,
    how: How = None,
    note: Note = None,
    got: Got = None,
    gave: Gave = None,
    tail: Annotated[str | None, option("--tail", hidden=True)] = None,
) -> None:
    """Note an encounter with one or several contacts on one day."""
    env = env_of(ctx)
    if sum((yesterday, before, day is not None)) > 1:
        raise UsageFailure(N_("Please give the day once."))
    spoken = "gestern" if yesterday else "vorgestern" if before else None
    spoken = spoken if day is None else day
    when = None if spoken is None else past_day(env, spoken)
    with env.store() as store:
        directory = store.reader.directory()
        names, note = _sort_tail(directory, names, note, tail)
        options = _Typed(when, how, note, _help(got, gave))
        encounter, newcomers = _encounter_of(env, store, directory, names, options)
        encounter = write_encounter(store, encounter, env.today, newcomers=newcomers)
        answer_contacts(
            env,
            store,
            "log",
            list(encounter.contacts),
            more=_echo(env, encounter),
            encounter=encounter,
        )


class _Typed(NamedTuple):
    """What the options of `log` say; None is left to its words."""

    day: date | None = None
    how: str | None = None
    note: str | None = None
    help: "tuple[Help, ...]" = ()


def _encounter_of(
    env: "Env", store: "Store", directory: "Sequence[Entry]", words: list[str], typed: _Typed
) -> "tuple[Encounter, list[Contact]]":
    """Return the encounter that *words* and options say, and who is new in it.

    An option wins over the words.
    """
    from dorf.cli.line import line_of, names_alone

    if names_alone(directory, words):
        people = [entry.uid for entry in choose_contacts(env, directory, words)]
        day = typed.day or env.today
        return _encounter(day, people, typed.how, typed.note, typed.help), []
    line = line_of(env, store, directory, words)
    if typed.note and line.note:
        choose_contact(env, directory, line.note, maybe_note=True)
    newcomers = _newcomers(env, line)
    encounter = _encounter(
        typed.day or line.day,
        [contact.uid for contact in newcomers] or [entry.uid for entry in line.people],
        typed.how or (line.how and line.how.value),
        typed.note or line.note,
        typed.help or _deeds(line),
    )
    return encounter, newcomers


def _newcomers(env: "Env", line: "Line") -> "list[Contact]":
    """Return whom a line names and somebody wants to add first."""
    from dorf.cli.line import NEW

    names = [entry.name for entry in line.people if entry.uid == NEW]
    if not names:
        return []
    from dorf.cli.commands.contacts import newcomer, typed_name

    return [newcomer(env, typed_name(name), {}) for name in names]


def _deeds(line: "Line") -> "tuple[Help, ...]":
    from dorf.core.village import Help

    return tuple(Help(deed.direction, deed.kind) for deed in line.help)


def _echo(env: "Env", encounter: "Encounter") -> str:
    """Return what the answer adds to the people and the day: the way, the help and the note."""
    if not (encounter.how or encounter.help or encounter.note):
        return ""
    from dorf.report.encounters import details

    words = env.words()
    note = [words.say("note: {note}", note=encounter.note)] if encounter.note else []
    return "".join(f" · {part}" for part in [*details(encounter, words), *note])


def _sort_tail(
    directory: "Sequence[Entry]", names: list[str], note: str | None, tail: str | None
) -> tuple[list[str], str | None]:
    """Tell whether the text at the end is one more name, or the note."""
    from dorf.core.names import find, nearest

    if tail is None:
        return names, note
    known = find(tail, directory) or nearest(tail, (c.name for c in directory))
    if known or note:
        return [*names, tail], note
    return names, tail


def _help(got: list[str] | None, gave: list[str] | None) -> tuple["Help", ...]:
    from dorf.core.village import Help
    from dorf.core.vocabulary import Direction, parse_kind

    return tuple(
        Help(direction, parse_kind(word))
        for direction, texts in ((Direction.IN, got), (Direction.OUT, gave))
        for text in texts or ()
        for word in text.split(",")
    )


def _encounter(
    day: date, people: "Sequence[str]", how: str | None, note: str | None, given: tuple["Help", ...]
) -> "Encounter":
    from dorf.core.names import checked_text
    from dorf.core.village import Encounter
    from dorf.core.vocabulary import parse_how

    text = checked_text(note, "note") if note else ""
    return Encounter(
        str(uuid4()),
        day,
        tuple(dict.fromkeys(people)),
        None if how is None else parse_how(how),
        text or None,
        given,
    )


def write_encounter(
    store: "Store",
    encounter: "Encounter",
    today: date,
    line: str | None = None,
    newcomers: "Sequence[Contact]" = (),
) -> "Encounter":
    """Write an encounter as a step of its own, and return it as it was written.

    *newcomers* are added before it, in the same step.
    """
    from dorf.values import replace

    with store.writing(line) as writer:
        for contact in newcomers:
            writer.add_contact(contact)
        written = writer.log_encounter(encounter, today)
    return replace(written, changed_at=store.now)


@app.command("history")
def history(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, operand("[NAME…]", N_("Only with these people."), click_type=CONTACT)
    ] = None,
    how: How = None,
    text: Annotated[str | None, option("--text", N_("Only with this in the note."), "TEXT")] = None,
    since: Annotated[str | None, option("--since --seit", N_("From this day on."), "DAY")] = None,
    until: Annotated[str | None, option("--until --bis", N_("Up to this day."), "DAY")] = None,
    everything: All = False,
    discreet: Discreet = False,
) -> None:
    """Show past encounters, the newest first."""
    from dorf.core.sayings.days import parse_day
    from dorf.core.vocabulary import parse_how
    from dorf.report.encounters import encounters_document, history_page
    from dorf.store.encounters import EncounterFilter

    env = env_of(ctx)
    with env.store() as store:
        directory = store.reader.directory() if names else []
        wanted = EncounterFilter(
            tuple(entry.uid for entry in choose_contacts(env, directory, names or ()))
            if names
            else (),
            None if how is None else parse_how(how).value,
            None if since is None else parse_day(since, env.today),
            None if until is None else parse_day(until, env.today),
            text or None,
        )
        most = None if everything or env.as_json else MOST_SHOWN
        with store.reading() as reader:
            names_of = reader.names()
            found, hidden = reader.newest_encounters(wanted, most)
    words = env.words(discreet=discreet)
    env.answer(
        "history",
        lambda: encounters_document(found, names_of, words),
        lambda: history_page(found, names_of, words, hidden),
    )


def _find_encounter(store: "Store", which: str) -> "Encounter":
    """Return the encounter whose uid begins with *which*, or the newest of all."""
    if which.casefold() in {"last", "letzte", "letztes"}:
        found = store.reader.last_encounter()
    else:
        found = store.reader.encounters_by_start(which.casefold()) if which else ()
    if len(found) != 1:
        raise UnknownContact(
            N_("No encounter has the ID “{text}”. “dorf history” shows the IDs."), text=which
        )
    return found[0]


@encounter_app.command("edit", help=N_("Correct a noted encounter."))
def edit(
    ctx: typer.Context,
    which: Which,
    day: Annotated[str | None, option("--day --tag -d", N_("Which day it was."), "DAY")] = None,
    how: How = None,
    note: Note = None,
    got: Got = None,
    gave: Gave = None,
) -> None:
    """Change what was given; the rest of the encounter stays."""
    from dorf.core.names import checked_text
    from dorf.core.vocabulary import parse_how
    from dorf.values import replace

    env = env_of(ctx)
    changes = {
        "day": None if day is None else past_day(env, day),
        "how": None if how is None else parse_how(how),
        "help": _help(got, gave) or None,
    }
    given: dict[str, Any] = {f: value for f, value in changes.items() if value is not None}
    if note is not None:
        given["note"] = checked_text(note, "note") or None  # an empty note goes
    if not given:
        raise UsageFailure(N_("Nothing to change was given."))
    with env.store() as store:
        encounter = replace(_find_encounter(store, which), **given)
        with store.writing() as writer:
            writer.save_encounter(encounter)
        encounter = replace(encounter, changed_at=store.now)
        answer_contacts(
            env,
            store,
            "encounter edit",
            list(encounter.contacts),
            encounter=encounter,
        )


@encounter_app.command("remove", help=N_("Remove a noted encounter."))
def remove(ctx: typer.Context, which: Which, yes: Yes = False) -> None:
    """Remove an encounter; the people stay, and their last contact follows by itself."""
    from dorf.report.encounters import encounter_text

    env = env_of(ctx)
    with env.store() as store:
        encounter = _find_encounter(store, which)
        names = store.reader.names()
        shown = encounter_text(encounter, names, env.words())
        env.confirm(env.language.say("Remove “{encounter}”?", encounter=shown), yes=yes)
        with store.writing() as writer:
            writer.delete_encounter(encounter.uid)
        answer_contacts(
            env,
            store,
            "encounter remove",
            list(encounter.contacts),
            encounter=encounter,
        )
