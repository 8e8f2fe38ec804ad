"""Commands that write contacts: add, edit, rename, role, delete."""

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from dorf.cli.answers import answer_change, answer_contacts, hint_at_likeness, past_day, tending_of
from dorf.cli.choices import CONTACT, ROLE, choose_contact, choose_contacts
from dorf.cli.env import Env, env_of
from dorf.cli.fields import cleared, read_fields, with_fields
from dorf.cli.options import Name, OneName, Yes, operand, option
from dorf.core.lifecycle import added
from dorf.core.likeness import Likeness, Register, country_of, features
from dorf.core.names import Entry, checked_name, find, looks_like
from dorf.core.spelling import clean_text
from dorf.core.village import Contact, Encounter
from dorf.core.vocabulary import Status
from dorf.errors import N_, DorfError, StoreError, UsageFailure, WrongField
from dorf.store.store import Store
from dorf.values import replace

if TYPE_CHECKING:
    from dorf.core.sayings.roles import RoleReading
    from dorf.store.backups.erase import Erased
    from dorf.store.writer import Writer

app = typer.Typer()

Last = Annotated[str | None, option("--last --zuletzt", N_("When you were last in touch."), "DAY")]


def typed_name(text: str) -> str:
    """Return *text* as a name; what is wrong with it becomes a whole sentence."""
    try:
        return checked_name(text)
    except WrongField as wrong:
        raise UsageFailure(N_("That name does not work: {reason}."), reason=wrong) from wrong


def refuse_twin(directory: Sequence[Entry], name: str) -> None:
    """Raise `DorfError` if somebody in the *directory* can't be told apart from *name*."""
    twin = next((c.name for c in directory if looks_like(c.name, name)), None)
    if twin is not None:
        raise DorfError(
            N_(
                "“{name}” is in your village already. Add something that tells them apart, such "
                "as “{name} (Kita)”, or change the one you have: dorf edit."
            ),
            name=twin,
        )


def one_name(words: Sequence[str]) -> str:
    """Return the one name that *words* are: one in quotes beside another word would be two."""
    extra = next((word for word in words[1:] if len(words[0].split()) > 1 or " " in word), "")
    if extra:
        raise UsageFailure(
            N_("“{extra}” is one too many: a name in quotes stands alone. Somebody else: dorf add"),
            extra=extra,
        )
    return " ".join(words)


def _name_and_role(text: str) -> tuple[str, str]:
    """Return a name and the role behind it: "Lena beste freundin" is Lena, a best friend.

    A word with a capital belongs to the name, as surnames do.
    """
    from dorf.core.sayings.roles import role_of

    words = text.split(" ")
    for place in range(1, len(words)):
        said = " ".join(words[place:])
        if said.islower() and role_of(said):
            return " ".join(words[:place]), said
    return text, ""


@app.command("add")
@with_fields()
def add(
    ctx: typer.Context,
    words: Annotated[list[str], operand("NAME", N_("What you call them."))],
    typed: dict[str, Any],
    last: Last = None,
) -> None:
    """Write a new contact, and the day of the last contact as a first encounter."""
    env = env_of(ctx)
    name, role = one_name(words), ""
    if len(words) > 1 and "roles" not in typed:
        name, role = _name_and_role(name)
        typed |= {"roles": [role]} if role else {}
    name = typed_name(name)
    day = None if last is None else past_day(env, last)
    with env.store() as store:
        is_said = "roles" in typed or len(name.split()) > 1
        children = children_of(store) if is_said else ()
        fields = read_fields(typed, env.today, children=children)
        held = None if "roles" in typed else _role_held(env, store, name, children)
        contact = newcomer(env, name, fields | ({"roles": (held.role,)} if held else {}))
        with store.writing() as writer:
            directory = writer.directory()
            refuse_twin(directory, name)
            writer.add_contact(contact)
            if day:
                writer.add_encounter(Encounter(str(uuid4()), day, (contact.uid,)))
        said = _how_it_was_read(env, contact, typed.get("roles", ()), held, children)
        answer_contacts(env, store, "add", [contact.uid], more=said)
        hint_at_likeness(env, _alike(store, directory, contact))
        if env.interactive and not env.as_json and "strained" not in typed:
            _ask_about_strength(env, store, contact.uid)


def children_of(store: Store) -> tuple[str, ...]:
    """Return the names of the household's children."""
    return tuple(child.name for child in store.reader.household().children)


def _role_held(
    env: Env, store: Store, name: str, children: tuple[str, ...]
) -> "RoleReading | None":
    """Return the role that a name holds, such as Oma Hilde; on a terminal one key declines it."""
    from dorf.core.sayings.roles import role_in_name

    held = role_in_name(name, children)
    if held is None or not env.interactive or env.as_json:
        return held
    refuse_twin(store.reader.directory(), name)  # before anything is asked
    question = env.language.say(
        "{name}: {role}? Enter for yes, n for no:", name=name, role=env.words().role(held.role)
    )
    try:
        return None if env.ask(question).casefold() in {"n", "no", "nein"} else held
    except EOFError:
        return held


def _how_it_was_read(
    env: Env,
    contact: Contact,
    typed: Sequence[str],
    held: "RoleReading | None",
    children: tuple[str, ...],
) -> str:
    """Return what an answer adds where a role was taken from a name, or said in another way."""
    from dorf.core.command_line import call
    from dorf.core.sayings.roles import role_of

    readings = [held] if held else [role_of(text, children) for text in typed]
    say = env.language.say
    added_words = ""
    if any(reading and reading.own_parent for reading in readings):
        added_words = say(" (grandparent of the children)")
    if held and not env.interactive:
        role = say("--role")
        edit = call("edit", contact.name, options=[role, say("ROLE")])
        added_words += say(" · role taken from the name; another one: dorf {edit}", edit=edit)
    return added_words


def _ask_about_strength(env: Env, store: Store, uid: str) -> None:
    from contextlib import suppress

    from dorf.cli.role_change import ask_about_strength

    with suppress(EOFError):
        ask_about_strength(env, store, uid)


def newcomer(env: Env, name: str, fields: dict[str, Any]) -> Contact:
    """Return a contact that is added today, with an identity of its own."""
    return added(str(uuid4()), name, env.today, fields)


def _alike(store: Store, directory: Sequence[Entry], new: Contact) -> list[Likeness]:
    """Return who of the *directory* may be the *new* contact."""
    reach = store.reader.reach() if new.phones or new.emails else {}
    country = country_of(chain(new.phones, *(phones for phones, _ in reach.values())))
    nobody: tuple[list[str], list[str]] = ([], [])
    existing = (
        features(c.name, c.nicknames, *reach.get(c.uid, nobody), country) for c in directory
    )
    asked = features(new.name, new.nicknames, new.phones, new.emails, country)
    return Register(existing).every(asked)


@app.command("edit")
@with_fields("roles")
def edit(
    ctx: typer.Context,
    names: Name,
    typed: dict[str, Any],
    clear: Annotated[
        list[str] | None, option("--clear --leeren", N_("Forget a field: circle, …"), "FIELD")
    ] = None,
) -> None:
    """Change fields of a contact; lists and notes grow unless they are cleared."""
    env = env_of(ctx)
    if not typed and not clear:
        raise UsageFailure(N_("Nothing to change was given. “dorf edit --help” shows what can be."))
    with env.store() as store:
        uid = choose_contact(env, store.reader.directory(), " ".join(names)).uid
        before = tending_of(env, store.reader.village(env.today, only=[uid]), uid)
        with store.writing() as writer:
            contact = cleared(writer.contact(uid, env.today), clear or ())
            writer.save_contact(replace(contact, **read_fields(typed, env.today, contact)))
        answer_change(env, store, before)


@app.command("rename")
def rename(
    ctx: typer.Context,
    name: OneName,
    new_name: Annotated[str, operand("NEW", N_("The new name."))],
) -> None:
    """Give a contact another name; everything else stays."""
    from dorf.core.gaps.rules import renamed_keys

    env = env_of(ctx)
    new_name = typed_name(new_name)
    with env.store() as store:
        contact = choose_contact(env, store.reader.directory(), name)
        with store.writing() as writer:
            others = [entry for entry in writer.directory() if entry.uid != contact.uid]
            refuse_twin(others, new_name)
            writer.save_contact(replace(writer.contact(contact.uid, env.today), name=new_name))
            keys = renamed_keys(contact.name, new_name)
            writer.save_household(writer.household().renamed(keys))
        more = env.language.say(" (was: {name})", name=contact.name)
        answer_contacts(env, store, "rename", [contact.uid], more=more)


def not_dead(contact: Contact) -> Contact:
    """Return *contact*; raise `DorfError` if it is noted as somebody who has died."""
    if contact.died_on is not None:
        from dorf.core.command_line import call

        raise DorfError(
            N_(
                "{name} is noted as somebody who has died. If that is a mistake: dorf {edit}, and "
                "then dorf {resume}"
            ),
            name=contact.name,
            edit=call("edit", contact.name, options=["--clear", "died"]),
            resume=call("resume", contact.name),
        )
    return contact


def still_here(contact: Contact) -> Contact:
    """Return *contact*; raise `DorfError` if it has left the village."""
    if not_dead(contact).status is Status.ENDED:
        raise DorfError(
            N_("{name} used to be in the village. Back again: dorf resume"), name=contact.name
        )
    return contact


@app.command("role")
def role(
    ctx: typer.Context,
    name: OneName,
    roles: Annotated[list[str], operand("ROLE…", N_("The new role or roles."), click_type=ROLE)],
    also: Annotated[bool, option("--also --auch", N_("Keep the roles they already have."))] = False,
) -> None:
    """Close the old role today and open the new one; contact, kinds and circle stay."""
    env = env_of(ctx)
    from dorf.core.sayings.roles import parse_role

    with env.store() as store:
        children = children_of(store)
        new = [parse_role(word, children) for text in roles for word in text.split(",")]
        uid = choose_contact(env, store.reader.directory(), name).uid
        with store.writing() as writer:
            before = still_here(writer.contact(uid, env.today))
            wanted = tuple(dict.fromkeys([*before.roles, *new] if also else new))
            writer.save_contact(before.with_roles(wanted, env.today))
        answer_contacts(env, store, "role", [uid])
        if env.interactive and not (also or env.as_json):
            from dorf.cli.role_change import ask_what_else

            ask_what_else(env, store, before)


@app.command("delete")
def delete(
    ctx: typer.Context,
    names: Annotated[
        list[str],
        operand("NAME…", N_("Whom you mean; several names are fine."), click_type=CONTACT),
    ],
    for_good: Annotated[
        bool,
        option(
            "--for-good --endgültig",
            N_("Also from what undo remembers and from the automatic copies."),
        ),
    ] = False,
    yes: Yes = False,
) -> None:
    """Remove a contact, and the encounters that were with nobody else."""
    env = env_of(ctx)
    if for_good:
        _delete_for_good(env, " ".join(names), yes=yes)
        return
    with env.store() as store:
        contacts = choose_contacts(env, store.reader.directory(), names)
        name = env.language.join([contact.name for contact in contacts])
        alone = store.reader.encounters_with_nobody_else(*(entry.uid for entry in contacts))
        env.confirm(_delete_question(env, name, alone), yes=yes)
        with store.writing() as writer:
            for contact in contacts:
                _remove(writer, contact)
    if env.as_json:
        _delete_document(env, name, alone, None)
    elif len(contacts) == 1:
        env.say(env.language.say("{name} is deleted. Back again: dorf undo", name=name))
    else:
        env.say(env.language.say("{names} are deleted. Back again: dorf undo", names=name))


def _delete_for_good(env: Env, name: str, *, yes: bool) -> None:
    """Remove somebody from the file, its record and its copies, from each as far as they are there.

    Raise `StoreError` at the end if a copy could not be written.
    """
    from dorf.store.backups.erase import erase_from_copies

    with env.store() as store:
        meant = _meant_for_good(env, store, name)
        name, uids = meant[0].name, [entry.uid for entry in meant]
        alone = sum(map(store.reader.encounters_with_nobody_else, uids))
        hint = env.language.say("This is for good; not even undo brings it back.")
        env.confirm(f"{_delete_question(env, name, alone)} {hint}", yes=yes)
        with store.writing() as writer:
            existing = {entry.uid for entry in writer.directory()}
            for contact in meant:
                if contact.uid in existing:
                    _remove(writer, contact)
            writer.forget_for_good(uids)
        erased = erase_from_copies(store, uids)
    if erased.conflicts:
        files = env.language.join([str(path) for path in erased.conflicts])
        env.note(
            env.language.say(
                "Conflict copies that a syncing program made were left alone and may still hold it:"
                " {files}",
                files=files,
            )
        )
    _refuse_unfinished(env, name, erased)
    if env.as_json:
        _delete_document(env, name, alone, erased)
    else:
        _answer_erased(env, name, erased.unreadable)


def _refuse_unfinished(env: Env, name: str, erased: "Erased") -> None:
    """Raise `StoreError` if something of a contact is still there."""
    from dorf.core.command_line import call

    if erased.failed:
        raise StoreError(
            N_(
                "{name} is deleted from the village, but these copies still hold it: {files}. Once "
                "they can be written, say it again: dorf {delete}"
            ),
            name=name,
            files=env.language.join([str(path) for path in erased.failed]),
            delete=call("delete", name, options=[env.language.say("--for-good")]),
        )
    if erased.in_use:
        raise StoreError(
            N_(
                "{name} is deleted, but another program has {file} open as it was before, so what "
                "was there still lies on the disk. Close that program; the next command of dorf "
                "clears it away."
            ),
            name=name,
            file=str(env.path),
        )


def _answer_erased(env: Env, name: str, unreadable: int) -> None:
    env.say(
        env.language.say(
            "{name} is deleted for good: undo remembers nothing from before, and the "
            "automatic copies are cleared. Backups and exports of your own still hold it.",
            name=name,
        )
    )
    if unreadable:
        env.say(
            env.language.count(
                "{n} copy could not be read any more and is deleted altogether.",
                "{n} copies could not be read any more and are deleted altogether.",
                unreadable,
            )
        )


def _meant_for_good(env: Env, store: Store, name: str) -> list[Entry]:
    """Return whom to forget: a contact, or all of just that name who were deleted before."""
    from dorf.store.backups.erase import lost_contacts

    directory, query = store.reader.directory(), clean_text(name)
    if query and not find(query, directory, whole=True):
        lost = find(query, lost_contacts(store), whole=True)
        if lost:
            names = {entry.name: entry for entry in lost}
            chosen = choose_contact(env, list(names.values()), name)
            return [entry for entry in lost if entry.name == chosen.name]
    return [choose_contact(env, directory, name)]


def _remove(writer: "Writer", contact: Entry) -> None:
    """Remove a contact, and what the household has said about them."""
    from dorf.core.gaps.rules import without_keys_about

    writer.delete_contact(contact.uid)
    household = writer.household()
    writer.save_household(without_keys_about(household, contact.name))


def _delete_document(env: Env, name: str, alone: int, erased: "Erased | None") -> None:
    content = {"deleted": name, "encounters": alone, "for_good": erased is not None}
    counts = {
        "copies": erased.changed if erased else 0,
        "unreadable": erased.unreadable if erased else 0,
    }
    env.document("delete", content | counts)


def _delete_question(env: Env, name: str, alone: int) -> str:
    if not alone:
        return env.language.say("Delete {name}?", name=name)
    return env.language.count(
        "Delete {name} and {n} encounter?",
        "Delete {name} and {n} encounters?",
        alone,
        name=name,
    )
