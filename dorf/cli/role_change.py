"""What else may be different once somebody has a new role: a question each, Enter leaves it."""

from typing import TYPE_CHECKING

from dorf.cli.prompts import ask_until, read_yes

if TYPE_CHECKING:
    from dorf.cli.env import Env
    from dorf.core.lifecycle import Consequence
    from dorf.core.village import Contact
    from dorf.store.store import Store


def ask_what_else(env: "Env", store: "Store", before: "Contact") -> None:
    """Ask about what was stated for the roles *before*; each answer is written at once."""
    from dorf.core.lifecycle import Consequence, consequences

    village = store.reader.village(env.today, only=[before.uid])
    for contact in village.contacts:
        left = list(consequences(before, contact, village.household))
        while left:
            what = left.pop(0)
            try:
                yes = _ask(env, store, contact, what)
            except EOFError:
                return
            if what is Consequence.HOME and yes is False:
                left.insert(0, Consequence.NEAR)


def ask_about_strength(env: "Env", store: "Store", uid: str) -> None:
    """Ask whether a new tie costs strength, where that may be; raise `EOFError` at the end."""
    from dorf.core.lifecycle import Consequence, may_cost_strength

    for contact in store.reader.village(env.today, only=[uid]).contacts:
        if may_cost_strength(contact):
            _ask(env, store, contact, Consequence.STRAINED)


def _ask(env: "Env", store: "Store", contact: "Contact", what: "Consequence") -> bool | None:
    """Ask one question, write its answer and return it; None leaves all as it is."""
    from dorf.core.command_line import call
    from dorf.core.lifecycle import Consequence
    from dorf.report.interview import consequence_text

    yes = ask_until(env, consequence_text(what, contact, env.words()), read_yes)
    if yes is not None:
        _write(env, store, contact, what, yes=yes)
    if yes and what is Consequence.STRAINED:
        say = env.language.say
        edit = call("edit", contact.name, options=[say("--not-strained")])
        env.say(
            say(
                "Nothing more about {name} by itself. Otherwise: dorf {edit}",
                name=contact.name,
                edit=edit,
            )
        )
    return yes


def _write(
    env: "Env", store: "Store", contact: "Contact", what: "Consequence", *, yes: bool
) -> None:
    from dorf.core.lifecycle import Consequence, answered

    with store.writing(f"role · {contact.name} · {what}") as writer:
        if what is Consequence.SINGLE_PARENT:
            household = writer.household()
            writer.save_household(household._replace(single_parent=yes))
        else:
            present = writer.contact(contact.uid, env.today)
            writer.save_contact(answered(present, what, yes=yes))
