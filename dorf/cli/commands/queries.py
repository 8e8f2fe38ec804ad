"""Commands that look at contacts: show, list, who, find."""

from typing import TYPE_CHECKING, Annotated

import typer

from dorf.cli.answers import MOST_SHOWN, tending_of
from dorf.cli.choices import KINDS, STATE, choose_contact
from dorf.cli.env import env_of
from dorf.cli.options import All, Discreet, InCircle, Name, OfRole, operand, option
from dorf.errors import N_, UsageFailure

if TYPE_CHECKING:
    from dorf.cli.env import Env
    from dorf.core.queries import Wanted
    from dorf.core.tending import Tending
    from dorf.core.village import Child, Encounter, Village
    from dorf.report.queries import Found
    from dorf.report.words import Words
    from dorf.store.reader import Reader

app = typer.Typer()


@app.command("show")
def show(ctx: typer.Context, names: Name, discreet: Discreet = False) -> None:
    """Show one contact, the page to read before ringing; or a child of yours, and its village."""
    from dorf.core.queries import child_called
    from dorf.report.contact import contact_page, contact_page_document
    from dorf.store.encounters import EncounterFilter

    env = env_of(ctx)
    words = env.words(discreet=discreet)
    name = " ".join(names)
    with env.store() as store:
        children = store.reader.household().children
        if child := child_called(name, children, store.reader.directory()):
            _show_child(env, child, words)
            return
        uid = choose_contact(env, store.reader.directory(), name).uid
        with store.reading() as reader:
            encounters = reader.encounters(EncounterFilter(contacts=(uid,)))
            tending = tending_of(env, reader.village(env.today, only=[uid]), uid)
    env.answer(
        "show",
        lambda: contact_page_document(tending, encounters, words),
        lambda: contact_page(tending, encounters, words),
    )


def _show_child(env: "Env", child: "Child", words: "Words") -> None:
    from dorf.cli.commands.status import assessment_of
    from dorf.core.queries import view_of
    from dorf.report.household import child_document, child_page

    assessment = assessment_of(env)
    view = view_of(child, assessment)
    env.answer(
        "show",
        lambda: child_document(view, words),
        lambda: child_page(view, assessment.support.tendings, words),
    )


@app.command("list")
def list_(
    ctx: typer.Context,
    role: OfRole = None,
    kind: Annotated[
        str | None, option("--kind --art", N_("Only those who give this."), click_type=KINDS)
    ] = None,
    circle: InCircle = None,
    place: Annotated[str | None, option("--place --ort", N_("near, far or home."), "PLACE")] = None,
    state: Annotated[
        str | None, option("--state --stand", N_("Only in this state."), click_type=STATE)
    ] = None,
    sort: Annotated[str, option("--sort", N_("The order of the list."), "name|last|due")] = "name",
    discreet: Discreet = False,
) -> None:
    """List contacts; those who left the village only when asked for by state."""
    from dorf.core.queries import Selection, select
    from dorf.report.queries import empty_page, list_document, list_page

    env = env_of(ctx)
    wanted = Selection.parse(role, kind, circle, place, state, sort)
    with env.store() as store:
        tendings = _tendings(env, store.reader.village(env.today))
    shown = select(tendings, wanted)
    words = env.words(discreet=discreet)
    env.answer(
        "list",
        lambda: list_document(shown, words),
        lambda: list_page(shown, words) if tendings else empty_page(words),
    )


def _tendings(env: "Env", village: "Village") -> list["Tending"]:
    from dorf.core.tending import tend

    return [tend(contact, village.touch(contact), env.today) for contact in village.contacts]


@app.command("who")
def who(
    ctx: typer.Context,
    what: Annotated[
        list[str], operand("KIND-OR-SKILL", N_("childcare, advice … or sewing …"), click_type=KINDS)
    ],
    discreet: Discreet = False,
) -> None:
    """Tell who gives a kind of support or has a skill, who is near first."""
    from dorf.core.queries import Wanted, who_can
    from dorf.report.queries import who_document, who_page

    env = env_of(ctx)
    words = env.words(discreet=discreet)
    wanted = Wanted.parse(" ".join(what))
    with env.store() as store, store.reading() as reader:
        tendings = _tendings(env, reader.village(env.today))
        found = who_can(tendings, wanted, env.today, _received(reader, wanted))
    env.answer(
        "who",
        lambda: who_document(wanted, found, words),
        lambda: who_page(wanted, found, words),
    )


def _received(reader: "Reader", wanted: "Wanted") -> "tuple[Encounter, ...]":
    """Return the encounters in which such a thing was received; any, if things were asked for."""
    from dorf.core.vocabulary import Kind
    from dorf.store.encounters import EncounterFilter

    if not wanted.in_log:
        return ()
    text = None if wanted.kind else wanted.text
    return reader.encounters(EncounterFilter(text=text, received=Kind.MATERIAL))


@app.command("find")
def find(
    ctx: typer.Context,
    words: Annotated[list[str], operand("TEXT", N_("What to look for."))],
    everything: All = False,
    discreet: Discreet = False,
) -> None:
    """Search names, notes, skills, where you met, and the notes of encounters."""
    from dorf.report.queries import found_document, found_page

    text = " ".join(words)
    if not text.strip():
        raise UsageFailure(N_("Please say what you are looking for."))
    env = env_of(ctx)
    shown = env.words(discreet=discreet)
    with env.store() as store, store.reading() as reader:
        names = reader.names()
        found = _found(env, reader, text, None if everything or env.as_json else MOST_SHOWN)
    env.answer(
        "find",
        lambda: found_document(found, names, shown),
        lambda: found_page(found, names, shown),
    )


def _found(env: "Env", reader: "Reader", text: str, most: int | None) -> "Found":
    """Return the first contacts and the newest encounters in which *text* occurs."""
    from dorf.report.queries import Found
    from dorf.store.encounters import EncounterFilter

    uids = reader.contacts_with(text)
    village = reader.village(env.today, only=uids[:most])
    encounters, more = reader.newest_encounters(EncounterFilter(text=text), most)
    return Found(
        _tendings(env, village),
        len(uids) - len(village.contacts),
        encounters,
        more,
    )
