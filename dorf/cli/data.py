"""Commands that move data: export, import, demo."""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from dorf.cli.answering import Json, Yes, hint_at_likeness
from dorf.cli.env import Env, env_of
from dorf.errors import N_, DorfError, UnreadableFile, UsageFailure, reason_of

if TYPE_CHECKING:
    from dorf.core.duplicates import Alike
    from dorf.core.intake import Intake, Merge
    from dorf.store.store import Store

app = typer.Typer()

STANDARD_STREAM = "-"
VILLAGE, CALENDAR = "village", "ics"
_LARGEST = 200_000_000


@app.command("export")
def export(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=N_("Where to; - is standard output."))
    ] = STANDARD_STREAM,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="village|ics",
            help=N_("A village file or a calendar; else as the file’s name ends."),
        ),
    ] = None,
    discreet: Annotated[
        bool,
        typer.Option(
            "--discreet",
            "--diskret",
            help=N_("In a calendar: initials, no notes and no phone numbers."),
        ),
    ] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Write the village, with everything in it, as a village file, or its days as a calendar."""
    env = env_of(ctx)
    if _format(file, form) == CALENDAR:
        _export_calendar(env, file, discreet=discreet, yes=yes, as_json=as_json)
        return
    if discreet:
        raise UsageFailure(
            N_("A village file always holds everything; --discreet is for calendars (.ics).")
        )
    _export_village(env, file, yes=yes, as_json=as_json)


def _format(file: str, form: str | None) -> str:
    """Return the format that was asked for, else the one that the name of the file says."""
    if form is None:
        return CALENDAR if file.casefold().endswith(f".{CALENDAR}") else VILLAGE
    wanted = form.strip().casefold()
    if wanted not in {VILLAGE, CALENDAR}:
        raise UsageFailure(N_("“{text}” is neither village nor ics."), text=form)
    return wanted


def _export_village(env: Env, file: str, *, yes: bool, as_json: bool) -> None:
    from dorf.formats import village_file

    with env.store() as store:
        village = store.whole_village(env.today)
    text = village_file.write(village)
    if file == STANDARD_STREAM:
        env.world.stdout.write(text)
        return
    path = _target(env, file, yes=yes)
    _write_private(path, text)
    people, encounters = len(village.contacts), len(village.encounters)
    if as_json:
        counts = {"contacts": people, "encounters": encounters}
        env.document("export", {"file": str(path)} | counts)
        return
    count = env.language.count
    contacts_text = count("{n} contact", "{n} contacts", people)
    encounters_text = count("{n} encounter", "{n} encounters", encounters)
    env.say(
        env.language.say(
            "{file}: {contacts}, {encounters}.",
            file=path,
            contacts=contacts_text,
            encounters=encounters_text,
        )
    )


def _export_calendar(env: Env, file: str, *, discreet: bool, yes: bool, as_json: bool) -> None:
    from dorf.cli.publishing import publish_calendar

    if file == STANDARD_STREAM:
        if as_json:
            raise UsageFailure(N_("A calendar is not JSON: please name a file, or leave --json."))
        env.world.stdout.write(publish_calendar(env, discreet=discreet).text)
        return
    path = _target(env, file, yes=yes)
    published = publish_calendar(env, discreet=discreet)
    _write_private(path, published.text)
    if as_json:
        env.document("export", {"file": str(path), "events": published.events})
        return
    count = env.language.count
    env.say(count("{file}: {n} entry.", "{file}: {n} entries.", published.events, file=path))


def _target(env: Env, file: str, *, yes: bool) -> Path:
    """Return where to write; raise `DorfError` if a file there is to stay, or is none."""
    path = _path(file)
    if path.exists() and not path.is_file():
        raise UnreadableFile(
            N_("{file} can't be written: {reason}. Nothing was changed."),
            file=str(path),
            reason=DorfError(N_("that is not a file")),
        )
    if path.exists():
        env.confirm(env.language.say("{file} is there already. Replace it?", file=path), yes=yes)
    return path


def _path(file: str) -> Path:
    return Path(os.path.expanduser(file))  # noqa: PTH111  (never raises, unlike Path's)


def _write_private(path: Path, text: str) -> None:
    """Write a file of mode 0600 as a whole: what was there stays until the new one is complete."""
    path = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UnreadableFile(
            N_("{file} can't be written: {reason}. Nothing was changed."),
            file=str(path),
            reason=reason_of(error),
        ) from error


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=N_("A village file; - is standard input."))
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "--probe", help=N_("Only show what would happen."))
    ] = False,
    as_json: Json = False,
) -> None:
    """Join a village file with the village; the same file twice changes nothing."""
    from dorf.formats import village_file

    env = env_of(ctx)
    intake = village_file.read(_read_text(env, file))
    with env.store() as store:
        done = _preview(env, store, intake) if dry_run else bring_in(env, store, intake)
        found = _likenesses(store, done)
    for place in done.unknown:
        env.note(env.language.say("{place}: unknown, left out.", place=place))
    for name in done.kept:
        env.note(env.language.say("{name}: newer here than in the file, left as it is.", name=name))
    _answer_import(env, done, dry_run=dry_run, as_json=as_json)
    hint_at_likeness(env, found)


def _likenesses(store: "Store", done: "Merge") -> "list[Alike]":
    """Return who of the new contacts may be somebody who was there, or came before them."""
    from dorf.core.duplicates import features, likenesses

    if not done.new:
        return []
    new = {one.uid: features(one.name, one.nicknames, one.phones, one.emails) for one in done.new}
    reach = store.reach()
    there = (
        features(one.name, one.nicknames, *reach.get(one.uid, ((), ())))
        for one in store.directory()
        if one.uid not in new
    )
    return likenesses(new.values(), there)


def _read_text(env: Env, file: str) -> str:
    try:
        if file == STANDARD_STREAM:
            return env.world.stdin.read()
        path = _path(file)
        if path.stat().st_size > _LARGEST:
            raise UnreadableFile(N_("{file} is too large for a village file."), file=file)
        return path.read_text("utf-8")
    except OSError as error:
        raise UnreadableFile(
            N_("{file} can't be read: {reason}."), file=file, reason=reason_of(error)
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            N_("{file} is not a village file (it is not UTF-8 text). Nothing was changed."),
            file=file,
        ) from error


def _merged(env: Env, village: Any, intake: "Intake") -> "Merge":  # noqa: ANN401  (a Village)
    from dorf.core.intake import merge

    return merge(village, intake, env.today, lambda: str(uuid4()))


def _preview(env: Env, store: "Store", intake: "Intake") -> "Merge":
    return _merged(env, store.whole_village(env.today), intake)


def bring_in(env: Env, store: "Store", intake: "Intake") -> "Merge":
    """Write what *intake* adds and changes, all of it or nothing."""
    from dorf.store.store import EncounterFilter

    with store.writing() as writer:
        done = _merged(env, writer.village(env.today, EncounterFilter()), intake)
        if done.household_changed:
            writer.save_household(done.household)
        writer.save_contacts(after for _, after in done.changed)
        writer.add_contacts(done.new)
        for encounter in done.changed_encounters:
            writer.save_encounter(encounter, encounter.changed_at)
        writer.add_encounters(done.new_encounters)
    return done


def _answer_import(env: Env, done: "Merge", *, dry_run: bool, as_json: bool) -> None:
    counts = {
        "new": len(done.new),
        "changed": len(done.changed),
        "unchanged": done.unchanged,
        "kept": len(done.kept),
        "encounters": len(done.new_encounters),
        "encounters_changed": len(done.changed_encounters),
    }
    if as_json:
        lists = {"household_changed": done.household_changed, "unknown": list(done.unknown)}
        env.document("import", {"dry_run": dry_run, **counts, **lists})
        return
    say = env.language.say
    if dry_run:
        from dorf.report.contacts import merge_page

        env.show(merge_page(done, env.words()))
    parts = [
        say("{n} new", n=counts["new"]),
        say("{n} changed", n=counts["changed"]),
        say("{n} unchanged", n=counts["unchanged"]),
        env.language.count("{n} new encounter", "{n} new encounters", counts["encounters"]),
    ]
    shown = ", ".join(parts)
    if dry_run:
        env.say(say("This would happen: {counts}.", counts=shown))
    else:
        env.say(say("Imported: {counts}.", counts=shown))


@app.command("demo")
def demo(ctx: typer.Context, as_json: Json = False) -> None:
    """Show the status of a sample village in a temporary file."""
    from dorf.cli.looking import assessment_of
    from dorf.core.sample import sample_village
    from dorf.report.status import status_document, status_page

    env = env_of(ctx)
    path = Path(tempfile.mkdtemp(prefix="dorf-demo-")) / "demo.db"
    own = Env(path, env.today, env.language, env.world)
    with own.store() as store:
        bring_in(own, store, sample_village(env.today))
    assessment = assessment_of(own)
    if as_json:
        env.document("demo", {"file": str(path)} | status_document(assessment, own.words()))
        return
    env.show(status_page(assessment, own.words()))
    env.note("")
    env.note(
        env.language.say(
            "This is an invented family; yours is not touched. To play with it:\n"
            "  export DORF_DB={file}",
            file=path,
        )
    )
