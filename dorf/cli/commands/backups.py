"""Commands that keep the village safe: backup, restore, doctor."""

import os
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dorf.cli.env import Env, env_of, expanded
from dorf.cli.options import Yes, operand, option
from dorf.errors import N_, UnreadableFile, UsageFailure

if TYPE_CHECKING:
    from dorf.core.doctor import ProgramFacts
    from dorf.store.backups.restore import Restoration
    from dorf.store.backups.verification import Census

app = typer.Typer()

DAMAGED = 5
"""Exit status of a check-up that found the file unusable (CONTRIBUTING.md, Exit statuses)."""


@app.command("backup")
def backup(
    ctx: typer.Context,
    file: Annotated[
        str | None,
        operand("[FILE]", N_("Where to: a file or a folder; beside the village if left out.")),
    ] = None,
    daily: Annotated[
        bool | None,
        option(
            "--daily/--no-daily --täglich/--nicht-täglich",
            N_(
                "Whether the file copies itself before the first change of a day. The copies of "
                "the last 7 days are kept, and the last one of each of the 4 weeks before."
            ),
        ),
    ] = None,
    listed: Annotated[
        bool, option("--list --liste", N_("Only show the automatic copies."))
    ] = False,
    verify: Annotated[
        bool,
        option(
            "--verify --prüfen",
            N_("Check a copy, or the newest automatic one, without restoring it."),
        ),
    ] = False,
    yes: Yes = False,
) -> None:
    """Copy the village to a file that is checked before it gets its name."""
    env = env_of(ctx)
    if [listed, verify, daily is not None].count(True) > 1 or (
        file is not None and (listed or daily is not None)
    ):
        raise UsageFailure(
            N_("Please give one thing at a time: a file, --list, --daily or --no-daily.")
        )
    if verify:
        _verify(env, file)
        return
    if not listed and daily is None:
        _back_up(env, file, yes=yes)
        return
    if daily is not None:
        _switch(env, on=daily)
    _show_copies(env)


def _back_up(env: Env, file: str | None, *, yes: bool) -> None:
    from dorf.store.backups.copies import checked_target

    if file == "-":
        raise UsageFailure(N_("A backup is a file; please name one. For standard output: export."))
    with env.store() as store:
        store.require()
        target = _target(env, file)
        if checked_target(env.path, target).exists():
            question = env.language.say("{file} is there already. Replace it?", file=target)
            env.confirm(question, yes=yes)
        held = store.back_up(target)
    if env.as_json:
        env.document("backup", {"file": str(target)} | held._asdict())
        return
    contacts, encounters = _amounts(env, held)
    env.say(
        env.language.say(
            "{file}: {contacts}, {encounters}, checked.",
            file=target,
            contacts=contacts,
            encounters=encounters,
        )
    )


def _target(env: Env, file: str | None) -> Path:
    """Return where a backup goes; in a folder, under the village's name and the day."""
    folder = env.path.parent if file is None else expanded(file)
    if file is not None and not os.path.isdir(folder):  # noqa: PTH112  (never raises)
        return folder
    name = f"{env.path.stem}-{env.today.isoformat()}"
    names = (folder / f"{name}{f'-{n}' if n > 1 else ''}.db" for n in count(1))
    return next(path for path in names if not os.path.lexists(path))


def _amounts(env: Env, held: "Census") -> tuple[str, str]:
    number = env.language.count
    return (
        number("{n} contact", "{n} contacts", held.contacts),
        number("{n} encounter", "{n} encounters", held.encounters),
    )


def _verify(env: Env, file: str | None) -> None:
    """Check a copy as a restore does, in a private folder that goes at the end."""
    from dorf.store.backups.restore import checked, refuse_what_is_no_copy
    from dorf.store.backups.workspace import workspace
    from dorf.store.schema import STEPS

    source = _newest(env) if file is None else _meant(env, file)
    now, stay = env.world.clock().isoformat(timespec="microseconds"), list[Path]()
    with workspace() as folder:
        place = folder / "copy.db"
        refuse_what_is_no_copy(source, place)
        with checked(source, place, STEPS, now, stay) as copy:
            held, left_out = copy.holds, copy.left_out
    if env.as_json:
        content = {"file": str(source), "sound": True, **held._asdict(), "left_out": list(left_out)}
        env.document("backup", content)
        return
    contacts, encounters = _amounts(env, held)
    text = "{file}: {contacts}, {encounters}. It can be restored."
    env.say(env.language.say(text, file=source, contacts=contacts, encounters=encounters))


def _newest(env: Env) -> Path:
    """Return the newest automatic copy; raise `UnreadableFile` if there is none."""
    from dorf.store.backups.copies import copies_reached, daily_copies

    with copies_reached(env.path):
        found = daily_copies(env.path)
    if not found:
        raise UnreadableFile(N_("There is no automatic copy to check."))
    return found[-1]


def _switch(env: Env, *, on: bool) -> None:
    from dorf.store.backups.copies import SWITCH

    with env.store() as store:
        store.require()
        with store.writing() as writer:
            writer.switch(SWITCH, on=on)
        if on:
            store.copy_while_nobody_waits()


def _show_copies(env: Env) -> None:
    from dorf.report.doctor import copies_document, copies_page
    from dorf.store.backups.copies import copies_reached
    from dorf.store.backups.health import automatic_copies, makes_daily_copies
    from dorf.store.opening import is_large

    with env.store() as store:
        daily = makes_daily_copies(store)
    with copies_reached(env.path):
        copies, large = list(automatic_copies(env.path)), is_large(env.path)
    if env.as_json:
        env.document("backup", copies_document(copies, daily=daily))
    else:
        env.show(copies_page(copies, env.words(), daily=daily, large=large))


@app.command("restore")
def restore(
    ctx: typer.Context,
    file: Annotated[str, operand("FILE", N_("A backup, or the day of an automatic copy."))],
    yes: Yes = False,
) -> None:
    """Put a backup in the place of the village, as one step that undo takes back."""
    from dorf.store.backups.restore import restoring

    env = env_of(ctx)
    source = _meant(env, file)
    with env.store() as store, restoring(store, source) as restoration:
        kept = None
        if not restoration.identical:
            if restoration.now is not None or restoration.damaged:
                env.confirm(_question(env, restoration, source), yes=yes)
            kept = restoration.carry_out()
    _answer(env, restoration, source, kept)
    if restoration.stay:
        files = env.language.join([str(path) for path in restoration.stay])
        env.note(
            env.language.say(
                "The restore is complete, but this could not be deleted: {files}. It holds a "
                "copy of your village.",
                files=files,
            )
        )


def _meant(env: Env, file: str) -> Path:
    """Return the file that was named, or the automatic copy of the day that was."""
    from dorf.core.sayings.days import UnknownDay, parse_day
    from dorf.store.backups.copies import copies_reached
    from dorf.store.opening import copy_path

    path = expanded(file)
    if os.path.lexists(path):
        return path
    try:
        day = parse_day(file, env.today)
    except UnknownDay:
        return path
    copy = copy_path(env.path, day.isoformat())
    with copies_reached(env.path):
        exists = copy.exists()
    if not exists:
        raise UnreadableFile(
            N_("There is no automatic copy of {day}. “dorf backup --list” shows those that are."),
            day=env.words().day(day),
        )
    return copy


def _question(env: Env, restoration: "Restoration", source: Path) -> str:
    say, join = env.language.say, env.language.join
    then = join(_amounts(env, restoration.then))
    if restoration.now is None:
        return say(
            "{file} is damaged. Move it aside and put {source} in its place ({then})?",
            file=env.path,
            source=source,
            then=then,
        )
    return say(
        "Replace what is there now ({now}) with {source} ({then})?",
        now=join(_amounts(env, restoration.now)),
        source=source,
        then=then,
    )


def _answer(env: Env, restoration: "Restoration", source: Path, kept: Path | None) -> None:
    before, then = restoration.now, restoration.then
    if env.as_json:
        content = {
            "file": str(source),
            "changed": not restoration.identical,
            "before": before and before._asdict(),
            **then._asdict(),
            "kept": kept and str(kept),
            "left_out": list(restoration.left_out),
        }
        env.document("restore", content)
        return
    say = env.language.say
    if restoration.identical:
        env.say(say("Your village is already just like that."))
        return
    if restoration.left_out:
        env.say(
            say(
                "Left out, since dorf has not made it: {what}", what=", ".join(restoration.left_out)
            )
        )
    contacts, encounters = _amounts(env, then)
    env.say(
        say(
            "{file} is back: {contacts}, {encounters}.",
            file=source,
            contacts=contacts,
            encounters=encounters,
        )
    )
    if restoration.damaged:
        env.say(say("The damaged file is kept: {file}", file=kept))
    elif kept is not None:
        env.say(say("What was there before is kept: {file} (or: dorf undo)", file=kept))


@app.command("doctor")
def doctor(ctx: typer.Context) -> int:
    """Look at everything and change nothing; status 5 if the file can't be used."""
    from dorf.core.doctor import Verdict, check_up, verdict
    from dorf.report.doctor import checkup_document, checkup_page
    from dorf.store.backups.health import examine

    env = env_of(ctx)
    words = env.words()
    named = "DORF_DB" if env.chosen else ""
    file_from = "--db" if ctx.find_root().params.get("db") is not None else named
    facts, village = examine(env.path, env.today, file_from, env.world.clock())
    checks = check_up(facts, village, _program(ctx, env), env.today)
    if env.as_json:
        env.document("doctor", checkup_document(checks, words))
    else:
        env.show(checkup_page(checks, words))
    return DAMAGED if verdict(checks) is Verdict.PROBLEMS else 0


def _program(ctx: typer.Context, env: Env) -> "ProgramFacts":
    """Return what there is to know about this run."""
    import shutil
    import sys

    from dorf import __version__
    from dorf.core.doctor import ProgramFacts

    out, environ = env.world.stdout, env.world.environ
    columns = environ.get("COLUMNS", "")
    encoding = out.encoding or "utf-8"
    return ProgramFacts(
        language_from=_language_from(env, ctx.find_root().params.get("lang")),
        speaks=_speaks_both(),
        terminal=out.isatty(),
        width=int(columns) if columns.isdecimal() else shutil.get_terminal_size().columns,
        colour=out.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb",
        encoding=encoding,
        shows_signs=_can_show("ä█●", encoding),
        dorf=__version__,
        python=".".join(map(str, sys.version_info[:3])),
    )


def _language_from(env: Env, option: str | None) -> str:
    """Return what chose the language: the option, a variable, or nothing."""
    from dorf.i18n import VARIABLES

    if option:
        return "--lang"
    return next((name for name in VARIABLES if env.world.environ.get(name)), "")


def _speaks_both() -> bool:
    from dorf.i18n import Language

    word = N_("today")
    try:
        return Language("de").word(word) != Language("en").word(word)
    except OSError:
        return False


def _can_show(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
