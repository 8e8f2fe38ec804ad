"""Typer's help and usage errors in the user's language.

Typer's own messages are English only. `Spoken` commands word their usage line and their help
option, and `as_failure` turns what Typer refuses into one of our sentences.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperCommand, TyperGroup, TyperOption

from dorf.cli.streams import as_text
from dorf.errors import N_, UsageFailure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer._click import Command, Context, HelpFormatter, Parameter
    from typer._click.exceptions import ClickException

    from dorf.i18n import Language

# What Typer looks up with gettext by itself.
TYPER_WORDS = (
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
    N_("Missing command."),
)

# What stands in the help for a value that somebody types.
PLACEHOLDERS = (
    *(N_("ADDRESS"), N_("BORN"), N_("CHILD"), N_("DAY"), N_("DAYS"), N_("FIELD"), N_("FILE")),
    *(N_("FORMAT"), N_("GROUP"), N_("HEADER"), N_("HOW"), N_("ID"), N_("KEY"), N_("KINDS")),
    *(N_("KIND-OR-SKILL"), N_("MONTH"), N_("N"), N_("NAME"), N_("NEW"), N_("NUMBER"), N_("PLACE")),
    *(N_("ROLE"), N_("SKILL"), N_("SPAN"), N_("STATE"), N_("TEXT"), N_("TIME"), N_("TOPIC")),
    *(N_("WEEKDAY"), N_("WISH")),
)

_EXTRA = "Got unexpected extra argument(s) ("


def language_of(ctx: Context) -> Language:
    """Return the language of the run, before and after the callback has built the `Env`."""
    obj = ctx.find_root().obj
    return obj.language if hasattr(obj, "language") else obj[1]  # type: ignore[no-any-return]


def _answer_in_json(ctx: Context, _param: Parameter, wanted: bool) -> None:
    if wanted:
        ctx.obj = ctx.obj._replace(as_json=True)


def placeholder(text: str, language: Language) -> str:
    """Return *text*, such as “NAME… DAY”, with its words in the user's language."""
    return re.sub(r"[A-Z]+(-[A-Z]+)*", lambda found: language.word(found[0]), text)


class _Spoken(TyperCommand if TYPE_CHECKING else object):  # type: ignore[misc]
    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the usage line with its first word translated."""
        language = language_of(ctx)
        pieces = [
            {
                "[OPTIONS]": language.say("[OPTIONS]"),
                "COMMAND [ARGS]...": language.say("COMMAND …"),
            }.get(piece, piece.strip("{}"))
            for piece in self.collect_usage_pieces(ctx)
        ]
        prefix = language.say("Usage: ")
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=prefix)

    def get_help_option(self, ctx: Context) -> Any:  # noqa: ANN401  (Typer's own type)
        """Return the help option with its help in the language of the run."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = language_of(ctx).say("Show this help.")
        return option


class SpokenCommand(_Spoken, TyperCommand):
    """A command whose help speaks the language of the run, and that answers in JSON if asked."""

    def __init__(self, *args: Any, **settings: Any) -> None:  # noqa: ANN401  (Typer's own)
        """Give the command its ``--json``."""
        super().__init__(*args, **settings)
        if not any("--json" in param.opts for param in self.params):
            self.params.append(
                TyperOption(
                    param_decls=["--json"],
                    help=N_("Answer in JSON, for scripts."),
                    is_flag=True,
                    expose_value=False,
                    callback=_answer_in_json,
                )
            )

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments; raise `UsageFailure` for one that is no text and names no file."""
        rest = super().parse_args(ctx, args)
        for param in self.params:
            if "FILE" not in (getattr(param, "metavar", None) or ""):
                _check_text(ctx.params.get(param.name or ""))
        return rest


def _check_text(value: object) -> None:
    if isinstance(value, str):
        as_text(value)
    elif isinstance(value, list | tuple):
        for part in value:
            _check_text(part)


class SpokenGroup(_Spoken, TyperGroup):
    """A group whose help and errors speak the language of the run."""

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that *args* begin with; raise `UsageFailure` if there is none."""
        if not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            raise no_such_command(args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)


def no_such_command(name: str, names: Iterable[str]) -> UsageFailure:
    """Return the error for an unknown command, with the nearest names."""
    from difflib import get_close_matches

    close = get_close_matches(name, list(names), n=2)
    if close:
        return UsageFailure(
            N_("There is no command “{name}”. Did you mean {names}?"),
            name=name,
            names=" / ".join(close),
        )
    return UsageFailure(
        N_("There is no command “{name}”. “dorf --help” shows all commands."), name=name
    )


def as_failure(error: ClickException) -> UsageFailure:
    """Return our sentence for what Typer refuses."""
    command = error.ctx.command_path if isinstance(error, UsageError) and error.ctx else "dorf"
    return UsageFailure(_sentence(error), command=command, **_facts(error))


def _sentence(error: ClickException) -> str:
    sentence = N_("{reason}. “{command} --help” shows how.")
    match error:
        case MissingParameter():
            sentence = N_("{what} is missing. “{command} --help” shows how.")
        case NoSuchOption(possibilities=[_, *_]):
            sentence = N_("There is no option {option} here. Similar: {close}.")
        case NoSuchOption():
            sentence = N_("There is no option {option} here. “{command} --help” shows all.")
        case BadOptionUsage() if "requires" in error.message:
            sentence = N_("{option} needs a value. “{command} --help” shows how.")
        case BadOptionUsage():
            sentence = N_("{option} takes no value.")
        case BadParameter():
            sentence = N_("{what}: {reason}.")
        case UsageError() if _EXTRA in error.message:
            sentence = N_("“{extra}” is not expected here. “{command} --help” shows how.")
    return sentence


def _facts(error: ClickException) -> dict[str, str]:
    facts = {"reason": error.message.rstrip(".")}
    if isinstance(error, BadParameter):
        facts["what"] = _name(error)
    if isinstance(error, NoSuchOption | BadOptionUsage):
        facts["option"] = error.option_name
        facts["close"] = ", ".join(sorted(getattr(error, "possibilities", None) or ()))
    if _EXTRA in error.message:
        facts["extra"] = error.message.partition(_EXTRA)[2].rstrip(")")
    return facts


def _name(error: BadParameter) -> str:
    if error.param is None:
        hint = error.param_hint
        return hint if isinstance(hint, str) else ", ".join(hint or ())
    if error.param.param_type_name == "argument" and error.ctx:
        return error.param.make_metavar(ctx=error.ctx).strip("[]{}.")
    return error.param.opts[0]
