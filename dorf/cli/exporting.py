"""Commands that move data: export, import, demo."""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dorf.cli.answering import Json, Yes
from dorf.cli.env import Env, env_of
from dorf.errors import N_, DorfError, UnreadableFile, UsageFailure, reason_of

if TYPE_CHECKING:
    pass

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
