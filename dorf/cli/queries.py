"""Commands that look at contacts: show, list, who, find."""

from typing import TYPE_CHECKING, Annotated

import typer

from dorf.cli.answers import MOST_SHOWN, All, Discreet, Json, Name, tending_of
from dorf.cli.choices import KINDS, ROLE, STATE, choose_contact
from dorf.cli.env import env_of
from dorf.errors import N_, UsageFailure

if TYPE_CHECKING:
    from dorf.cli.env import Env
    from dorf.core.tending import Tending
    from dorf.core.village import Village
    from dorf.report.queries import Found
    from dorf.store.reader import Reader

app = typer.Typer()


@app.command("show")
def show(ctx: typer.Context, name: Name, discreet: Discreet = False, as_json: Json = False) -> None:
    """Show one contact: the page to read before ringing."""
    from dorf.formats.village_file import encounter_document
    from dorf.report.contact import contact_page, contact_with_state
    from dorf.store.encounters import EncounterFilter

    env = env_of(ctx)
    words = env.words(discreet=discreet)
    with env.store() as store:
        uid = choose_contact(env, store.reader.directory(), name).uid
        with store.reading() as reader:
            encounters = reader.encounters(EncounterFilter(contacts=(uid,)))
            tending = tending_of(env, reader.village(env.today, only=[uid]), uid)
    if as_json:
        log = [] if discreet else [encounter_document(entry) for entry in encounters]
        env.document("show", {"contact": contact_with_state(tending, words), "encounters": log})
    else:
        env.show(contact_page(tending, encounters, words))


@app.command("list")
def list_(
    ctx: typer.Context,
    role: Annotated[
        str | None, typer.Option("--role", "--rolle", click_type=ROLE, help=N_("Only this role."))
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", "--art", click_type=KINDS, help=N_("Only those who give this.")),
    ] = None,
    circle: Annotated[
        str | None, typer.Option("--circle", "--kreis", metavar="1-4", help=N_("Only this circle."))
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", "--ort", metavar="PLACE", help=N_("near, far or home."))
    ] = None,
    state: Annotated[
        str | None,
        typer.Option("--state", "--stand", click_type=STATE, help=N_("Only in this state.")),
    ] = None,
    sort: Annotated[
        str, typer.Option("--sort", metavar="name|last|due", help=N_("The order of the list."))
    ] = "name",
    discreet: Discreet = False,
    as_json: Json = False,
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
    if as_json:
        env.document("list", list_document(shown, words))
    elif not tendings:
        env.show(empty_page(words))
    else:
        env.show(list_page(shown, words))


def _tendings(env: "Env", village: "Village") -> list["Tending"]:
    from dorf.core.tending import tend

    return [tend(contact, village.touch(contact), env.today) for contact in village.contacts]


@app.command("who")
def who(
    ctx: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="KIND-OR-SKILL", click_type=KINDS, help=N_("childcare, advice … or sewing …")
        ),
    ],
    discreet: Discreet = False,
    as_json: Json = False,
) -> None:
    """Tell who gives a kind of support or has a skill, warm lines first."""
    from dorf.core.queries import who_can
    from dorf.report.contact import contact_with_state
    from dorf.report.queries import who_page

    env = env_of(ctx)
    words = env.words(discreet=discreet)
    with env.store() as store:
        tendings = _tendings(env, store.reader.village(env.today))
    kind, found = who_can(tendings, what)
    if as_json:
        people = [contact_with_state(tending, words) for tending, _ in found]
        env.document("who", {"kind": kind and kind.value, "asked": what, "contacts": people})
    else:
        env.show(who_page(words.kind(kind) if kind else what, found, words))


@app.command("find")
def find(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=N_("What to look for."))],
    everything: All = False,
    discreet: Discreet = False,
    as_json: Json = False,
) -> None:
    """Search names, nicknames, notes, skills and the notes of encounters."""
    from dorf.report.encounters import encounters_document
    from dorf.report.queries import found_page, list_document

    if not text.strip():
        raise UsageFailure(N_("Please say what you are looking for."))
    env = env_of(ctx)
    words = env.words(discreet=discreet)
    with env.store() as store, store.reading() as reader:
        names = reader.names()
        found = _found(env, reader, text, None if everything or as_json else MOST_SHOWN)
    if as_json:
        log = encounters_document(found.encounters, names, words)
        env.document("find", list_document(found.tendings, words) | log)
    else:
        env.show(found_page(found, names, words))


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
