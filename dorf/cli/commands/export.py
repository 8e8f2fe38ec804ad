"""The command that gives data out: export, in every format that dorf writes."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from dorf.cli.choices import CONTACT, FORMAT_WRITTEN, choose_contact
from dorf.cli.env import Env, env_of, expanded
from dorf.cli.options import InCircle, OfRole, Yes, operand, option
from dorf.core.spelling import without_controls
from dorf.errors import N_, DorfError, UnreadableFile, UsageFailure, reason_of

if TYPE_CHECKING:
    from dorf.core.queries import Part
    from dorf.core.village import Village
    from dorf.formats.interface import Options
    from dorf.formats.registry import Format
    from dorf.store.store import Store

app = typer.Typer()

STANDARD_STREAM = "-"


@app.command("export")
def export(
    ctx: typer.Context,
    file: Annotated[
        str,
        operand(
            "FILE", N_("Where to; - is standard output, as is naming nothing."), show_default=False
        ),
    ] = STANDARD_STREAM,
    form: Annotated[
        str | None,
        option("--format", N_("{choices}; else as the name ends."), click_type=FORMAT_WRITTEN),
    ] = None,
    role: OfRole = None,
    circle: InCircle = None,
    only: Annotated[
        list[str] | None,
        option("--only --nur", N_("Only this contact."), "NAME", click_type=CONTACT),
    ] = None,
    discreet: Annotated[
        bool,
        option(
            "--discreet --diskret",
            N_("vCards without notes and without what only dorf knows; a calendar with initials."),
        ),
    ] = False,
    yes: Yes = False,
) -> None:
    """Give out the village or a part of it, as a file that dorf or other programs read."""
    env = env_of(ctx)
    order = _order(env, file, form, discreet=discreet)
    if order.format.name == "ics":
        _refuse_part(role, circle, only)
        path = _target(env, file, yes=yes)
        with _placed(path) as write:
            edition = _calendar(env, order, write)
    else:
        with env.store() as store:
            part = _part(env, store, role, circle, only)
            path = _target(env, file, yes=yes)
            village = part.of(store.reader.whole_village(env.today))
            order = _with_names(order, store, village)
        edition = _edition(env, order, village)
        with _placed(path) as write:
            write(edition.text)
    _hand_over(env, path, edition)


class _Order(NamedTuple):
    """What was asked for: a format, and how it is to be written."""

    format: "Format"
    options: "Options"


def _order(env: Env, file: str, form: str | None, *, discreet: bool) -> _Order:
    """Return what was asked for; raise `UsageFailure` for what can't be, before anything is read.

    A name without an ending, and standard output, get the village file: it holds everything.
    """
    from dorf.formats.interface import Options
    from dorf.formats.registry import format_for, written_format

    if not file.strip():
        raise UsageFailure(N_("Please name a file; - is standard output."))
    ending = Path(file).suffix.removeprefix(".")
    wanted = format_for(ending) if form is None else written_format(form)
    if discreet and not wanted.can_be_discreet:
        raise UsageFailure(
            N_("--discreet is for vCards and calendars (.vcf, .ics); other files hold everything.")
        )
    if env.as_json and file == STANDARD_STREAM:
        _refuse_no_json(wanted)
    german = env.language.code == "de"
    return _Order(wanted, Options(today=env.today, discreet=discreet, german=german))


def _with_names(order: _Order, store: "Store", village: "Village") -> _Order:
    """Return *order* with the parts of the names as they came, where the format has them."""
    if not order.format.has_name_parts:
        return order
    from dorf.imports.name_parts import parted_names

    parts = parted_names(village.contacts, store.reader.known())
    return order._replace(options=order.options._replace(name_parts=parts))


def _refuse_no_json(wanted: "Format") -> None:
    if wanted.name == "ics":
        raise UsageFailure(N_("A calendar is not JSON: please name a file, or leave --json."))
    if not wanted.carries_all:
        raise UsageFailure(N_("That format is not JSON: please name a file, or leave --json."))


def _refuse_part(role: str | None, circle: str | None, only: Sequence[str] | None) -> None:
    if role or circle or only:
        raise UsageFailure(N_("A calendar always holds the days of the whole village."))


def _part(
    env: Env, store: "Store", role: str | None, circle: str | None, only: Sequence[str] | None
) -> "Part":
    from dorf.core.queries import Part
    from dorf.core.sayings.roles import parse_role
    from dorf.core.vocabulary import parse_circle

    directory = store.reader.directory() if only else []
    return Part(
        None if role is None else parse_role(role),
        None if circle is None else parse_circle(circle),
        frozenset(choose_contact(env, directory, name).uid for name in only or ()),
    )


class _Edition(NamedTuple):
    """The text of a file, what is in there by the keys of the JSON answer, and that in words."""

    text: str
    counts: dict[str, int | None]
    """None where the format carries no such thing."""
    shown: str


def _edition(env: Env, order: _Order, village: "Village") -> _Edition:
    count = env.language.count
    people, encounters = len(village.contacts), len(village.encounters)
    shown = count("{n} contact", "{n} contacts", people)
    if order.format.carries_all:
        shown += f", {count('{n} encounter', '{n} encounters', encounters)}"
    counts = {"contacts": people, "encounters": encounters if order.format.carries_all else None}
    return _Edition(_text(env, order, village), counts, shown)


def _text(env: Env, order: _Order, village: "Village") -> str:
    if order.format.name == "markdown":
        from dorf.report.markdown import markdown_text

        return markdown_text(village, env.words())
    return order.format.write(village, order.options)


def _calendar(env: Env, order: _Order, write: Callable[[str], None]) -> _Edition:
    """Return the calendar; what it tells is remembered once *write* has all of it on the disk.

    A kill before the file has its name leaves entries that are remembered and were not told: the
    next calendar tells them as they are then.
    """
    from dorf.cli.calendar import publish_calendar

    published = publish_calendar(env, discreet=order.options.discreet, write=write)
    shown = env.language.count("{n} entry", "{n} entries", published.events)
    return _Edition(published.text, {"events": published.events}, shown)


def _hand_over(env: Env, path: Path | None, edition: _Edition) -> None:
    if path is None:
        env.deliver(edition.text)
        return
    if env.as_json:
        env.document("export", {"file": str(path)} | edition.counts)
    else:
        env.say(env.language.say("{file}: {counts}.", file=path, counts=edition.shown))


def _target(env: Env, file: str, *, yes: bool) -> Path | None:
    """Return where to write, None for standard output.

    Raise `DorfError` if a file there is to stay, or what is there is none.
    """
    if file == STANDARD_STREAM:
        return None
    path = expanded(file)
    with _explained(path):
        exists, is_file = path.exists(), path.is_file()
    if exists and not is_file:
        raise UnreadableFile(
            NOT_WRITTEN, file=str(path), reason=DorfError(N_("that is not a file"))
        )
    if exists:
        env.confirm(env.language.say("{file} is there already. Replace it?", file=path), yes=yes)
    return path


@contextmanager
def _placed(path: Path | None) -> Iterator[Callable[[str], None]]:
    """Yield what writes a text for *path*, which it replaces at the end as a whole; mode 0600.

    Whatever fails before leaves what was there as it is; for None nothing is written.
    """
    if path is None:
        yield lambda _: None
        return
    with _explained(path):
        real = Path(os.path.realpath(path))  # unlike `resolve`, it survives a link to itself
        handle, name = tempfile.mkstemp(prefix=f".{real.name[:40]}.", dir=real.parent)
        os.close(handle)

    def write(text: str) -> None:
        with _explained(path), Path(name).open("w", encoding="utf-8", newline="") as file:
            file.write(without_controls(text, keep="\r\n\t"))
            file.flush()
            os.fsync(file.fileno())

    try:
        yield write
        with _explained(path, NOT_PLACED):
            Path(name).replace(real)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


NOT_WRITTEN = N_("{file} can't be written: {reason}. Nothing was changed.")
NOT_PLACED = N_("{file} can't be put in its place: {reason}. What was there before stays.")


@contextmanager
def _explained(path: Path, sentence: str = NOT_WRITTEN) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnreadableFile(sentence, file=str(path), reason=reason_of(error)) from error
