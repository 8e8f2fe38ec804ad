"""The command that gives data out: export, in every format that dorf writes."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from dorf.cli.answers import Json, Yes
from dorf.cli.choices import CONTACT, ROLE, choose_contact
from dorf.cli.env import Env, env_of, expanded
from dorf.errors import N_, DorfError, UnreadableFile, UsageFailure, reason_of

if TYPE_CHECKING:
    from dorf.core.queries import Part
    from dorf.core.village import Village
    from dorf.store.store import Store

app = typer.Typer()

STANDARD_STREAM = "-"
CALENDAR = "ics"
_ENDINGS = {
    "json": "village",
    "vcf": "vcard",
    "vcard": "vcard",
    "csv": "csv",
    "md": "markdown",
    "markdown": "markdown",
    "ics": CALENDAR,
    "nwk": "easynwk",
}
"""The format that the end of a file's name asks for."""

_STRANGE = frozenset({
    "doc", "docx", "htm", "html", "jpg", "ods", "odt", "pdf", "png", "txt", "xls", "xlsx", "zip",
})  # fmt: skip
"""Ends of names that promise what dorf does not write."""

_CARDS = {"vcard": "4.0", "vcard3": "3.0"}
"""The formats of vCards and their versions."""

FORMATS = ("village", "vcard", "vcard3", "csv", "easynwk", "markdown", CALENDAR)


@app.command("export")
def export(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help=N_("Where to; - is standard output, as is naming nothing."),
            show_default=False,
        ),
    ] = STANDARD_STREAM,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=N_(
                "village, vcard, vcard3, csv, easynwk, markdown or ics; else as the name ends."
            ),
        ),
    ] = None,
    role: Annotated[
        str | None, typer.Option("--role", "--rolle", click_type=ROLE, help=N_("Only this role."))
    ] = None,
    circle: Annotated[
        str | None, typer.Option("--circle", "--kreis", metavar="1-4", help=N_("Only this circle."))
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", "--nur", metavar="NAME", click_type=CONTACT, help=N_("Only this contact.")
        ),
    ] = None,
    discreet: Annotated[
        bool,
        typer.Option(
            "--discreet",
            "--diskret",
            help=N_(
                "vCards without notes and without what only dorf knows; a calendar with initials."
            ),
        ),
    ] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Give out the village or a part of it, as a file that dorf or other programs read."""
    env = env_of(ctx)
    if not file.strip():
        raise UsageFailure(N_("Please name a file; - is standard output."))
    wanted = _format(file, form)
    if wanted == CALENDAR:
        _refuse_part(role, circle, only)
        _export_calendar(env, file, discreet=discreet, yes=yes, as_json=as_json)
        return
    if discreet and wanted not in _CARDS:
        raise UsageFailure(
            N_("--discreet is for vCards and calendars (.vcf, .ics); other files hold everything.")
        )
    with env.store() as store:
        part = _part(env, store, role, circle, only)
        village = part.of(store.reader.whole_village(env.today))
    edition = partial(_edition, env, wanted, village, discreet=discreet)
    _export_people(env, file, wanted, edition, yes=yes, as_json=as_json)


def _format(file: str, form: str | None) -> str:
    """Return the format that was asked for, else the one that the name of the file says."""
    if form is None:
        ending = Path(file).suffix.removeprefix(".").casefold()
        if ending in _STRANGE:
            raise UsageFailure(
                N_("A village can't be written as .{ending}. Endings: {choices}."),
                ending=ending,
                choices=", ".join(f".{one}" for one in ("json", "vcf", "csv", "md", "ics")),
            )
        return _ENDINGS.get(ending, FORMATS[0])
    wanted = form.strip().casefold()
    wanted = _ENDINGS.get(wanted, wanted)
    if wanted not in FORMATS:
        raise UsageFailure(
            N_("“{text}” is not a format that dorf writes. Formats: {choices}."),
            text=form,
            choices=", ".join(FORMATS),
        )
    return wanted


def _refuse_part(role: str | None, circle: str | None, only: Sequence[str] | None) -> None:
    if role or circle or only:
        raise UsageFailure(N_("A calendar always holds the days of the whole village."))


def _part(
    env: Env, store: "Store", role: str | None, circle: str | None, only: Sequence[str] | None
) -> "Part":
    from dorf.core.queries import Part
    from dorf.core.vocabulary import parse_circle, parse_role

    directory = store.reader.directory() if only else []
    return Part(
        None if role is None else parse_role(role),
        None if circle is None else parse_circle(circle),
        frozenset(choose_contact(env, directory, name).uid for name in only or ()),
    )


class _Edition(NamedTuple):
    """A village as the text of a file, and what of it is in there."""

    text: str
    contacts: int
    encounters: int | None
    """None where the format carries no encounters of their own."""


def _edition(env: Env, wanted: str, village: "Village", *, discreet: bool) -> _Edition:
    people = len(village.contacts)
    if wanted == "village":
        from dorf.formats import village_file

        return _Edition(village_file.write(village), people, len(village.encounters))
    return _Edition(_write(env, wanted, village, discreet=discreet), people, None)


def _write(env: Env, wanted: str, village: "Village", *, discreet: bool) -> str:
    if wanted == "csv":
        from dorf.formats import table

        return table.write(village, german=env.language.code == "de")
    if wanted == "easynwk":
        from dorf.formats import easynwk

        return easynwk.write(village, env.today)
    if wanted == "markdown":
        from dorf.report.markdown import markdown_text

        return markdown_text(village, env.words())
    from dorf.formats import vcard

    return vcard.write(village, _CARDS[wanted], discreet=discreet)


def _export_people(
    env: Env,
    file: str,
    wanted: str,
    edition_of: Callable[[], _Edition],
    *,
    yes: bool,
    as_json: bool,
) -> None:
    if file == STANDARD_STREAM:
        if as_json and wanted != "village":
            raise UsageFailure(N_("That format is not JSON: please name a file, or leave --json."))
        env.deliver(edition_of().text)
        return
    path = _target(env, file, yes=yes)
    edition = edition_of()
    _write_private(path, edition.text)
    _answer(env, path, edition, as_json=as_json)


def _answer(env: Env, path: Path, edition: _Edition, *, as_json: bool) -> None:
    people, encounters = edition.contacts, edition.encounters
    if as_json:
        counts = {"contacts": people, "encounters": encounters}
        env.document("export", {"file": str(path)} | counts)
        return
    count = env.language.count
    shown = count("{n} contact", "{n} contacts", people)
    if encounters is not None:
        shown += f", {count('{n} encounter', '{n} encounters', encounters)}"
    env.say(env.language.say("{file}: {counts}.", file=path, counts=shown))


def _export_calendar(env: Env, file: str, *, discreet: bool, yes: bool, as_json: bool) -> None:
    from dorf.cli.calendar import publish_calendar

    if file == STANDARD_STREAM:
        if as_json:
            raise UsageFailure(N_("A calendar is not JSON: please name a file, or leave --json."))
        env.deliver(publish_calendar(env, discreet=discreet).text)
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
    path = expanded(file)
    with _explained(path):
        there, is_file = path.exists(), path.is_file()
    if there and not is_file:
        raise _unwritable(path, DorfError(N_("that is not a file")))
    if there:
        env.confirm(env.language.say("{file} is there already. Replace it?", file=path), yes=yes)
    return path


def _write_private(path: Path, text: str) -> None:
    """Write a file of mode 0600 as a whole: what was there stays until the new one is complete."""
    path = Path(os.path.realpath(path))  # unlike `resolve`, it survives a link to itself
    with _explained(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unwritable(path, reason_of(error)) from error


def _unwritable(path: Path, reason: object) -> UnreadableFile:
    return UnreadableFile(
        N_("{file} can't be written: {reason}. Nothing was changed."),
        file=str(path),
        reason=reason,
    )
