"""The root command: global options, and the table from which commands are loaded one at a time."""

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from typer.core import TyperCommand
from typer.main import get_command_from_info, get_group_from_info

from dorf import __version__
from dorf.cli import shells
from dorf.cli.env import make_env
from dorf.cli.usage import SpokenCommand, SpokenGroup, language_of, placeholder
from dorf.errors import N_, UsageFailure
from dorf.i18n import CODES
from dorf.timing import TIMES

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter, Parameter
    from typer.models import CommandInfo

    from dorf.i18n import Language


class Entry(NamedTuple):
    """A command: its module in ``dorf.cli.commands``, and what it does in one line."""

    module: str
    summary: str


PANELS: dict[str, dict[str, Entry]] = {
    N_("Your village"): {
        "add": Entry("contacts", N_("Add a person or a group to your village.")),
        "edit": Entry("contacts", N_("Change what is noted about a contact.")),
        "rename": Entry("contacts", N_("Give a contact another name.")),
        "role": Entry("contacts", N_("Give a contact a new role; the old one is kept as history.")),
        "show": Entry("queries", N_("Show all that is noted about a contact.")),
        "list": Entry("queries", N_("List contacts, filtered and sorted.")),
        "who": Entry("queries", N_("See who gives a kind of support or has a skill.")),
        "find": Entry("queries", N_("Search names, notes, skills and encounters.")),
        "merge": Entry("merge", N_("Put two entries of one person together.")),
        "delete": Entry("contacts", N_("Delete a contact.")),
    },
    N_("Staying in touch"): {
        "log": Entry("encounters", N_("Note that you were in touch.")),
        "plan": Entry("lifecycle", N_("Note an agreed meeting.")),
        "snooze": Entry("lifecycle", N_("Let a reminder rest for a while.")),
        "pause": Entry("lifecycle", N_("Let a relationship rest altogether.")),
        "resume": Entry("lifecycle", N_("Take somebody up again.")),
        "end": Entry("lifecycle", N_("Say goodbye; kept as history, never reminded of.")),
        "tend": Entry("tend_round", N_("Take five minutes: one contact after the other.")),
        "history": Entry("encounters", N_("Show past encounters.")),
        "encounter": Entry("encounters", N_("Correct or remove a noted encounter.")),
    },
    N_("Looking"): {
        "status": Entry("status", N_("Show who would enjoy a hello and where someone is missing.")),
        "without": Entry("status", N_("Show what would be missing without somebody.")),
        "gaps": Entry("status", N_("Show all gaps with reasons and suggestions.")),
        "birthdays": Entry("status", N_("Show whose birthday or other yearly day comes next.")),
        "stats": Entry("status", N_("Look back: who is around you, and month by month.")),
        "remind": Entry("reminders", N_("Say briefly what is due today; nothing if nothing is.")),
        "tips": Entry("status", N_("Show ideas for your village.")),
    },
    N_("Your household"): {
        "init": Entry("interview", N_("Fill your village: a few questions, five minutes.")),
        "household": Entry("household", N_("Show or set what is noted about your household.")),
        "child": Entry("household", N_("Add, change or remove a child of the household.")),
        "wish": Entry("household", N_("Note which skills you wish for.")),
        "rule": Entry("household", N_("List the rules for gaps, switch them off or on.")),
        "accept": Entry("household", N_("Say of a gap: that is fine for us.")),
    },
    N_("Your data"): {
        "undo": Entry("undo", N_("Take back what the last command changed.")),
        "redo": Entry("undo", N_("Bring back what was taken back.")),
        "export": Entry("export", N_("Give everything out: vCard, CSV, calendar, village file.")),
        "import": Entry("imports", N_("Bring in people: phone, CSV, other trackers.")),
        "backup": Entry("backups", N_("Copy the village file, checked, also while it is in use.")),
        "restore": Entry("backups", N_("Put a backup back; what is replaced is kept.")),
        "doctor": Entry("backups", N_("Check the file, its days and this program.")),
        "schedule": Entry("scheduler", N_("Be reminded by cron or systemd, without asking.")),
        "demo": Entry("imports", N_("Show a sample village; yours is not touched.")),
        "help": Entry("help", N_("Read the manual, or how a command is used.")),
    },
}
EVERYDAY = ("add", "log", "plan", "status", "show", "who", "find", "tend", "undo", "help")
"""The ten commands that the first help page explains."""

PHRASES = {("schedule", "a"), ("show", "all")}
"""What begins like a command and says another one."""

COMMANDS = {name: entry for panel in PANELS.values() for name, entry in panel.items()}


class LazyGroup(SpokenGroup):
    """A group that builds only the command that runs, and speaks the language of the run."""

    def list_commands(self, ctx: "Context") -> list[str]:
        """Return the names of all commands, in the order of the help page."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """Import the module of a command and build it."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = build(import_module(f"dorf.cli.commands.{entry.module}").app, cmd_name)
        command.help = entry.summary
        return worded(command, language_of(ctx))

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read the options before the command."""
        return super().parse_args(ctx, shells.with_shell(args, COMMANDS))

    def resolve_command(
        self, ctx: "Context", args: list[str]
    ) -> "tuple[str | None, Command | None, list[str]]":
        """Remember what was typed, for the record that `undo` reads; take what people say, too."""
        if args[0] not in COMMANDS or tuple(args[:2]) in PHRASES:
            args = self._spoken(ctx, args)
        ctx.meta["dorf.typed"] = list(args)
        return super().resolve_command(ctx, args)

    def _spoken(self, ctx: "Context", args: list[str]) -> list[str]:
        """Return the command line that other words stand for."""
        from dorf.cli.first_words import command_line

        if args[0].startswith("-"):
            return args
        world, language = ctx.obj
        env = make_env(world, language, ctx.params.get("db"), ctx.params.get("today"))
        return command_line(args, env, COMMANDS)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the commands of everyday with what they do, and the others by name."""
        language = language_of(ctx)
        with formatter.section(language.say("Every day")):
            rows = [(name, language.word(COMMANDS[name].summary)) for name in EVERYDAY]
            formatter.write_dl(rows, col_max=12)
        with formatter.section(language.say("And also (dorf help commands)")):
            for panel, entries in PANELS.items():
                names = ", ".join(name for name in entries if name not in EVERYDAY)
                formatter.write_text(f"{language.word(panel)}: {names}")


def build(app: typer.Typer, name: str) -> "Command":
    """Return the one command or group called *name* of a module's app, and build no other."""
    for command in app.registered_commands:
        if command.name == name:
            _speak(command)
            return get_command_from_info(
                command, pretty_exceptions_short=False, rich_markup_mode=None
            )
    for group in app.registered_groups:
        if group.name == name and group.typer_instance:
            for command in group.typer_instance.registered_commands:
                _speak(command)
            group.cls = SpokenGroup
            return get_group_from_info(
                group, pretty_exceptions_short=False, rich_markup_mode=None, suggest_commands=True
            )
    raise LookupError(name)


def _speak(command: "CommandInfo") -> None:
    if command.cls is None or command.cls is TyperCommand:
        command.cls = SpokenCommand


def worded(command: "Command", language: "Language") -> "Command":
    """Put the help texts of *command* and of what is below it into the user's language."""
    if command.help:
        command.help = language.word(command.help)
    for param in command.params:
        text = getattr(param, "help", None)
        if text:
            param.help = _filled_in(param, language.word(text))  # type: ignore[attr-defined]
        if param.metavar:
            param.metavar = placeholder(param.metavar, language)
    for sub in getattr(command, "commands", {}).values():
        worded(sub, language)
    return command


def _filled_in(param: "Parameter", text: str) -> str:
    """Return the help *text* of a parameter with the choices that its type lists, if it does."""
    choices = getattr(param.type, "choices_listed", None)
    return text.format(choices=choices()) if choices else text


app = typer.Typer(
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,  # Typer's scripts evaluate what they are answered
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
    help=N_("See who is in your village, who would enjoy a hello, and where someone is missing."),
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dorf {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=N_("The file with your village (or DORF_DB).")),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(metavar="de|en", help=N_("The language (or DORF_LANG).")),
    ] = None,
    today: Annotated[str | None, typer.Option(metavar="DAY", hidden=True)] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_show_version, help=N_("Show the version.")
        ),
    ] = False,
    show_completion: Annotated[
        str | None,
        typer.Option(
            shells.SHOW,
            metavar="[bash|zsh|fish]",
            is_eager=True,
            callback=shells.show,
            help=N_("Show what completes dorf in a shell."),
        ),
    ] = None,
    install_completion: Annotated[
        str | None,
        typer.Option(
            shells.INSTALL,
            metavar="[bash|zsh|fish]",
            is_eager=True,
            callback=shells.install,
            help=N_("Let a shell complete commands, names, words."),
        ),
    ] = None,
) -> None:
    """See who is in your village, who would enjoy a hello, and where someone is missing."""
    del version, show_completion, install_completion
    if lang is not None and lang not in CODES:
        raise UsageFailure(N_("“{text}” is not spoken here. Languages: de, en."), text=lang)
    TIMES.passed("imports")
    world, language = ctx.obj
    ctx.obj = make_env(world, language, db, today, ctx.meta.get("dorf.typed", ()))
    if ctx.invoked_subcommand is None:
        from dorf.cli.commands.status import show_today

        show_today(ctx.obj)
