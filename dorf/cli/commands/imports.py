"""Commands that bring people in: import, and the sample village of demo."""

import tempfile
from collections.abc import Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from dorf.cli.answers import hint_at_likeness
from dorf.cli.choices import FORMAT_READ
from dorf.cli.env import Env, env_of
from dorf.cli.options import All, operand, option
from dorf.cli.prompts import ask_until, read_yes
from dorf.cli.sources import Source, read_sources
from dorf.errors import N_, UsageFailure
from dorf.values import replace

if TYPE_CHECKING:
    from dorf.core.likeness import Likeness
    from dorf.core.village import Village
    from dorf.imports.fields import Options
    from dorf.imports.merge import Join
    from dorf.imports.outcome import Conflict, Outcome
    from dorf.imports.provenance import Known
    from dorf.store.store import Store
    from dorf.store.writer import Writer

app = typer.Typer()

MOST_QUESTIONS = 20
"""How many contradictions an import asks about before it leaves the rest as it is here."""


@app.command("import")
def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str], operand("FILE...", N_("Files, or a folder of vCards; - is standard input."))
    ],
    form: Annotated[
        str | None,
        option("--format", N_("{choices}; else by its content."), click_type=FORMAT_READ),
    ] = None,
    column: Annotated[
        list[str] | None,
        option(
            "--column --spalte",
            N_("Which field a column of a table is, such as Tea=notes."),
            "HEADER=FIELD",
        ),
    ] = None,
    only: Annotated[
        list[str] | None, option("--only --nur", N_("Only these people, or this group."), "NAME")
    ] = None,
    prefer_file: Annotated[
        bool,
        option(
            "--prefer-file --datei-gilt",
            N_("Where both say something different, take what the file says."),
        ),
    ] = False,
    again: Annotated[
        bool, option("--again --wieder", N_("Bring back whom you deleted here, too."))
    ] = False,
    dry_run: Annotated[
        bool, option("--dry-run --probe", N_("Only show what would happen."))
    ] = False,
    show_all: All = False,
) -> None:
    """Bring in people from other programs; the same file twice changes nothing."""
    from dorf.imports.fields import Options

    env = env_of(ctx).unasked_in_json()
    sources = read_sources(env, files, form, column or (), only or ())
    options = Options(prefer_file=prefer_file, again=again)
    if options != Options():
        _refuse_village_alone(sources)
    with env.store() as store:
        if dry_run:
            done = _preview(env, store, sources, options)
        else:
            options, asked = _asked(env, store, sources, options)
            done = _without(_bring_in(env, store, sources, options), asked)
        found = _likenesses(store, done)
    everything = show_all or not env.world.stderr.isatty()
    _answer(env, done, found, dry_run=dry_run, everything=everything)


def _refuse_village_alone(sources: Sequence[Source]) -> None:
    """Raise `UsageFailure` if options for other programs' files have nothing to act on."""
    from dorf.formats.registry import VILLAGE

    if all(source.form is VILLAGE for source in sources):
        raise UsageFailure(
            N_(
                "A village file knows itself what is newer: --prefer-file and --again are for "
                "files of other programs."
            )
        )


# --- joining ------------------------------------------------------------------------------------


def _joined(
    env: Env, village: "Village", known: "Known", sources: Sequence[Source], options: "Options"
) -> "Outcome":
    """Return what all *sources*, one after the other, do to the village."""
    from dorf.formats.registry import VILLAGE
    from dorf.imports.outcome import combined
    from dorf.imports.program_policy import ProgramJoin
    from dorf.imports.village_policy import VillageJoin

    outcomes = []
    for form, incoming in sources:
        if form is VILLAGE:
            join: Join = VillageJoin(village, incoming, env.today, _new_uid)
        else:
            source = form.name
            join = ProgramJoin(village, incoming, source, known, env.today, _new_uid, options)
        outcomes.append(join.outcome())
        village = outcomes[-1].applied(village)
    return reduce(combined, outcomes)


def _new_uid() -> str:
    return str(uuid4())


def _preview(env: Env, store: "Store", sources: Sequence[Source], options: "Options") -> "Outcome":
    reader = store.reader
    return _joined(env, reader.whole_village(env.today), reader.known(), sources, options)


def _bring_in(env: Env, store: "Store", sources: Sequence[Source], options: "Options") -> "Outcome":
    """Write what *sources* add and change, all of it or nothing."""
    from dorf.store.encounters import EncounterFilter

    with store.writing() as writer:
        village = writer.village(env.today, EncounterFilter())
        done = _joined(env, village, writer.known(), sources, options)
        _write(writer, done)
    return done


def _write(writer: "Writer", done: "Outcome") -> None:
    if done.household_changed:
        writer.save_household(done.household)
    writer.save_contacts(after for _, after in done.changed)
    writer.add_contacts(done.new)
    for encounter in done.changed_encounters:
        writer.save_encounter(encounter, encounter.changed_at)
    writer.add_encounters(done.new_encounters)
    writer.save_origins(done.origins)
    writer.forget_departed(done.came_back)


def _likenesses(store: "Store", done: "Outcome") -> "list[Likeness]":
    """Return who of the new contacts may be somebody who was there, or came before them."""
    from dorf.core.likeness import country_of, features, likenesses

    if not done.new:
        return []
    reach = store.reader.reach()
    country = country_of(number for phones, _ in reach.values() for number in phones)
    new = {c.uid: features(c.name, c.nicknames, c.phones, c.emails, country) for c in done.new}
    nobody: tuple[list[str], list[str]] = ([], [])
    existing = (
        features(entry.name, entry.nicknames, *reach.get(entry.uid, nobody), country)
        for entry in store.reader.directory()
        if entry.uid not in new
    )
    doubtful = {likeness.new for likeness in done.doubtful}
    others = (found for found in likenesses(new.values(), existing) if found.new not in doubtful)
    return [*done.doubtful, *others]


# --- asking and answering -----------------------------------------------------------------------


def _asked(
    env: Env, store: "Store", sources: Sequence[Source], options: "Options"
) -> "tuple[Options, Sequence[Conflict]]":
    """Ask where the file and the village say something different, if there is somebody to ask.

    Return what is to be done, and what was asked about.
    """
    from dorf.imports.fields import conflict_key

    if options.prefer_file or not env.interactive:
        return options, ()
    asked = _preview(env, store, sources, options).conflicts[:MOST_QUESTIONS]
    if asked:
        env.note(
            env.language.say("Enter leaves what is noted here; Ctrl-C changes nothing at all.")
        )
    try:
        taken = [conflict for conflict in asked if _is_right(env, conflict)]
    except KeyboardInterrupt:
        env.note("")
        env.note(env.language.say("Nothing was changed."))
        raise
    return options._replace(take=frozenset(map(conflict_key, taken))), asked


def _without(done: "Outcome", asked: "Sequence[Conflict]") -> "Outcome":
    """Leave out the contradictions that somebody has just decided."""
    from dorf.imports.fields import conflict_key

    decided = set(map(conflict_key, asked))
    left = (conflict for conflict in done.conflicts if conflict_key(conflict) not in decided)
    return replace(done, conflicts=tuple(left))


def _is_right(env: Env, conflict: "Conflict") -> bool:
    """Ask who is right; the end of the input leaves what is here."""
    from dorf.report.imports import conflict_text

    words = env.words()
    question = words.say(
        "{conflict}. Take what the file says? (yes / no)", conflict=conflict_text(conflict, words)
    )
    try:
        return bool(ask_until(env, question, read_yes))
    except EOFError:
        return False


def _answer(
    env: Env, done: "Outcome", found: "Sequence[Likeness]", *, dry_run: bool, everything: bool
) -> None:
    """Say what happened; pipes and logs get to hear *everything*."""
    from dorf.report.imports import count_line, import_document, import_page, remark_lines

    words = env.words()
    if env.as_json:
        env.document("import", import_document(done, words, dry_run=dry_run))
        return
    for line in remark_lines(done, words, dry_run=dry_run, everything=everything):
        env.note(line)
    env.show(import_page(done, words, dry_run=dry_run))
    env.say(count_line(done, words, dry_run=dry_run))
    hint_at_likeness(env, found)


# --- the sample village -------------------------------------------------------------------------


def bring_in_sample(env: Env, store: "Store") -> None:
    """Write the invented family."""
    from dorf.formats.registry import VILLAGE
    from dorf.imports.demo import sample_village
    from dorf.imports.fields import Options

    _bring_in(env, store, [Source(VILLAGE, sample_village(env.today))], Options())


@app.command("demo")
def demo(ctx: typer.Context) -> None:
    """Show the status of a sample village in a temporary file."""
    from dorf.cli.commands.status import assessment_of
    from dorf.report.status import status_document, status_page

    env = env_of(ctx)
    path = Path(tempfile.mkdtemp(prefix="dorf-demo-")) / "demo.db"
    own = env._replace(path=path, chosen=True, scripted=False)
    with own.store() as store:
        bring_in_sample(own, store)
    assessment = assessment_of(own)
    if env.as_json:
        env.document("demo", {"file": str(path)} | status_document(assessment, own.words()))
        return
    env.show(status_page(assessment, own.words()))
    env.note("")
    from dorf.core.command_line import quoted

    hint = env.language.say(
        "This is an invented family; yours is not touched. To play with it:\n"
        "  export DORF_DB={file}",
        file=quoted(str(path)),
    )
    for line in hint.split("\n"):
        env.note(line)
