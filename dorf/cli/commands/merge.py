"""The command that puts two entries of one person together: merge."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from dorf.cli.answers import answer_contacts
from dorf.cli.choices import CONTACT, choose_contact
from dorf.cli.env import Env, env_of
from dorf.cli.options import operand, option
from dorf.core.spelling import fold
from dorf.errors import N_, DorfError, StoreError, UnknownContact, UsageFailure, WrongField

if TYPE_CHECKING:
    from dorf.core.village import Contact
    from dorf.store.store import Store

app = typer.Typer()

Kept = Annotated[str, operand("A", N_("Whose entry and name stay."), click_type=CONTACT)]
Gone = Annotated[list[str], operand("B", N_("Whose entry goes into that one."), click_type=CONTACT)]
Prefer = Annotated[
    str | None,
    option(
        "--prefer --vorrang", N_("Which of the two is right where they differ."), "first|second"
    ),
]
Take = Annotated[
    list[str] | None,
    option("--take --nimm", N_("Take just this from B where they differ."), "FIELD"),
]
_SECOND = {"first": False, "erste": False, "second": True, "zweite": True}


@app.command("merge")
def merge(
    ctx: typer.Context,
    kept: Kept,
    gone: Gone,
    prefer: Prefer = None,
    take: Take = None,
) -> None:
    """Put all that is noted about B into the entry of A; B becomes a nickname."""
    env = env_of(ctx)
    wanted = _wanted(env, prefer, take)
    with env.store() as store:
        first, second = _two(env, store, *_names(store, [kept, *gone]))
        differing = _differing(first, second)
        if wanted is None:
            wanted = _asked(env, first, second, differing)
        came = _join(env, store, first, second, wanted)
        answer_contacts(
            env,
            store,
            "merge",
            [first.uid],
            more=_was_also(env, second.name, came),
            beside={"merged": second.name},
        )


def _names(store: "Store", words: list[str]) -> tuple[str, str]:
    """Return the two names that *words* are: the first is the longest that they begin with."""
    from dorf.cli.choices import JOINS, name_length

    directory = store.reader.directory()
    n = max(name_length(directory, words[:-1]), 1) if len(words) > 2 else 1
    rest = words[n:]
    rest = rest[len(rest) > 1 and fold(rest[0]) in JOINS | {"into", "in"} :]
    known = name_length(directory, rest)
    if 0 < known < len(rest):
        raise UsageFailure(
            N_("“{extra}” is not expected here. “{command} --help” shows how."),
            extra=" ".join(rest[known:]),
            command="dorf merge",
        )
    return " ".join(words[:n]).rstrip(","), " ".join(rest)


def _wanted(env: Env, prefer: str | None, take: Sequence[str] | None) -> frozenset[str] | None:
    """Return the fields to take from B, None if nothing was said about that."""
    from dorf.core.merge import SINGLE

    if prefer is None and not take:
        return None
    second = _SECOND.get("first" if prefer is None else prefer.strip().casefold())
    if second is None:
        raise UsageFailure(N_("“{text}” is neither first nor second."), text=prefer)
    taken = frozenset(_field(env, text) for text in take or ())
    return frozenset(SINGLE) if second else taken


def _field(env: Env, text: str) -> str:
    """Return the field that *text* names: by label, as in JSON, or as in ``edit --clear``."""
    from dorf.cli.fields import field_called
    from dorf.core.village import LABELS

    spoken = {env.language.word(label): field for field, label in LABELS.items()}
    known = {word.casefold(): field for word, field in spoken.items()}
    known |= {label: field for field, label in LABELS.items()}
    known |= {field: field for field in LABELS}
    field = known.get(text.strip().casefold()) or field_called(text)
    if field not in LABELS:
        raise UsageFailure(
            N_("“{text}” can't be taken from one of the two. These can: {choices}."),
            text=text,
            choices=", ".join(spoken),
        )
    return field


def _two(env: Env, store: "Store", kept: str, gone: str) -> "tuple[Contact, Contact]":
    """Return the two contacts that are meant; raise `DorfError` when they are one."""
    directory = store.reader.directory()
    first = choose_contact(env, directory, kept)
    second = choose_contact(env, directory, gone)
    if first.uid == second.uid:
        raise DorfError(
            N_("That is the same entry twice: {name}. Please name two of them."), name=first.name
        )
    found = store.reader.village(env.today, only=[first.uid, second.uid]).by_uid()
    if len(found) < 2:
        raise UnknownContact(N_("Somebody deleted this contact at the same moment."))
    return found[first.uid], found[second.uid]


def _differing(first: "Contact", second: "Contact") -> Sequence[str]:
    from dorf.core.merge import conflicts

    return conflicts(first, second)


def _asked(
    env: Env, first: "Contact", second: "Contact", differing: Sequence[str]
) -> frozenset[str]:
    """Ask for each field whether B's value is right; raise `DorfError` if nobody can answer."""
    if differing and not env.interactive:
        raise _undecided(env, first, second, differing)
    return frozenset(field for field in differing if _ask(env, field, first, second))


def _ask(env: Env, field: str, first: "Contact", second: "Contact") -> bool:
    from dorf.core.village import LABELS
    from dorf.report.contact import single_value

    words = env.words()
    env.note(f"{words.language.word(LABELS[field])}:")
    for number, contact in enumerate((first, second), 1):
        env.note(f"  {number}  {single_value(contact, field, words)} ({contact.name})")
    answer = env.ask(words.say("Which one? Number, or Enter for 1:"), enter="1")
    while answer not in {"1", "2", ""}:  # a slip loses nothing of what was chosen before
        answer = env.ask(words.say("Please type 1 or 2, or Enter for 1:"), enter="1")
    if not answer:
        raise DorfError(N_("Nothing was chosen. Nothing was changed."))
    return answer == "2"


def _undecided(
    env: Env, first: "Contact", second: "Contact", differing: Sequence[str]
) -> DorfError:
    from dorf.core.village import LABELS
    from dorf.report.contact import single_value

    words = env.words()
    labels = [words.language.word(LABELS[field]) for field in differing]
    shown = [
        words.say(
            "{field}: {value} or {other}",
            field=label,
            value=single_value(first, field, words),
            other=single_value(second, field, words),
        )
        for label, field in zip(labels, differing, strict=True)
    ]
    return DorfError(
        N_(
            "{first} and {second} differ ({differences}). Say what is right: --prefer first, "
            "--prefer second, or --take {field} to take just that from {second}. Nothing was "
            "changed."
        ),
        first=first.name,
        second=second.name,
        differences="; ".join(shown),
        field=labels[0],
    )


def _join(
    env: Env, store: "Store", first: "Contact", second: "Contact", wanted: frozenset[str]
) -> int:
    """Write the two as one, all of it or nothing; return how many encounters came along."""
    from dorf.core.gaps.rules import renamed_keys
    from dorf.core.merge import merged

    try:
        both = merged(first, second, wanted)
    except WrongField as wrong:
        raise DorfError(N_("These two don't fit into one: {reason}."), reason=wrong) from wrong
    with store.writing() as writer:
        present = [writer.contact(contact.uid, env.today) for contact in (first, second)]
        if present != [first, second]:
            raise StoreError(
                N_("Somebody else changed the file at the same moment. Please try again.")
            )
        came = writer.merge_contact(first.uid, second.uid)
        writer.save_contact(both)
        household = writer.household()
        writer.save_household(household.renamed(renamed_keys(second.name, first.name)))
    return came


def _was_also(env: Env, name: str, came: int) -> str:
    if not came:
        return env.language.say(" (was also: {name})", name=name)
    return env.language.count(
        " (was also: {name}; {n} encounter came along)",
        " (was also: {name}; {n} encounters came along)",
        came,
        name=name,
    )
