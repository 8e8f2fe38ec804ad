"""The command `help`: the topics of the manual, one page of it, or how a command is used."""

import os
import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from dorf.cli.choices import Completed
from dorf.cli.env import Env, env_of
from dorf.cli.options import operand
from dorf.errors import N_, UsageFailure

if TYPE_CHECKING:
    from typer._click import Command, Context

app = typer.Typer()


def _commands(ctx: "Context") -> Iterable[str]:
    root = ctx.find_root()
    return root.command.list_commands(root)  # type: ignore[attr-defined, no-any-return]


TOPIC = Completed("topic")


@app.command("help")
def help_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        operand("[TOPIC]", N_("A topic of the manual, or a command."), click_type=TOPIC),
    ] = None,
) -> None:
    """List the topics of the manual, show one of them, or how a command is used."""
    env = env_of(ctx)
    if not words:
        _list_topics(env)
    elif slug := _topic(" ".join(words)):
        _show_topic(env, slug)
    else:
        text = _usage(ctx, words)
        if env.as_json:
            env.document("help", {"topic": " ".join(words), "text": text})
        else:
            env.print(text)


def _list_topics(env: Env) -> None:
    from dorf.report.manual import TOPICS, topics_page

    word = env.language.word
    env.answer(
        "help",
        lambda: {"topics": [{"name": n, "text": word(t.summary)} for n, t in TOPICS.items()]},
        lambda: topics_page(env.language),
    )


def _topic(text: str) -> str | None:
    """Return the topic that is called *text* in either language."""
    from dorf.core.spelling import fold
    from dorf.report.manual import TOPICS

    for slug, topic in TOPICS.items():
        if fold(text) in {fold(name) for name in (slug, *topic.words.split(", "))}:
            return slug
    return None


def _show_topic(env: Env, slug: str) -> None:
    from dorf.report.manual import plain_page, source

    page, out = source(slug, env.language.code), env.world.stdout
    if env.as_json:
        env.document("help", {"topic": slug, "text": "\n".join(plain_page(page))})
    elif out.isatty():
        _show_on_terminal(env, page)
    else:
        env.print("\n".join(plain_page(page)))


def _show_on_terminal(env: Env, page: str) -> None:
    """Print a page, through a pager if it is longer than the terminal."""
    from dorf.report.manual import screen_page
    from dorf.report.screen import console

    screen = console(env.world.stdout, env.world.environ)
    with screen.capture() as captured:
        screen.print(screen_page(page))
    text = captured.get()
    pager = _pager(env) if text.count("\n") >= screen.height else None
    if not pager or not _paged(env, pager, text):
        env.world.stdout.write(text)


def _pager(env: Env) -> list[str] | None:
    """Return the program that shows long texts, if there is one and somebody to press its keys."""
    import shlex

    streams = (env.world.stdin, env.world.stdout)
    if not all(map(_real_terminal, streams)) or env.world.environ.get("TERM", "dumb") == "dumb":
        return None
    words = shlex.split(env.world.environ.get("PAGER", "less"))
    return words if words and shutil.which(words[0]) else None


def _real_terminal(stream: TextIO) -> bool:
    try:
        return os.isatty(stream.fileno())
    except (OSError, ValueError):  # no terminal of this machine
        return False


def _paged(env: Env, pager: list[str], text: str) -> bool:
    """Show *text* in a pager; return False if that could not be started."""
    import subprocess

    environ = {"LESS": "-FRX", **os.environ}
    env.world.stdout.flush()
    try:
        subprocess.run(pager, input=text, text=True, env=environ, check=False)  # noqa: S603
    except OSError:
        return False
    return True


def _usage(ctx: typer.Context, words: list[str]) -> str:
    """Return the help of the command that *words* name; raise `UsageFailure` if none does."""
    parent: Any = ctx.find_root()
    for word in words:
        command = _command(parent, word)
        if command is None:
            raise _unknown(ctx, " ".join(words))
        parent = type(parent)(command, info_name=command.name, parent=parent)
    return str(parent.get_help())


def _command(parent: "Context", word: str) -> "Command | None":
    from dorf.core.sayings.commands import spoken

    find = getattr(parent.command, "get_command", None)
    command: Command | None = find(parent, word) if find else None
    if find and command is None and parent.parent is None and (meant := spoken([word])):
        command = find(parent, meant.line[0])
    return command


def _unknown(ctx: typer.Context, text: str) -> UsageFailure:
    from dorf.core.names import nearest
    from dorf.report.manual import TOPICS

    code = env_of(ctx).language.code
    topics = [topic.name(slug, code) for slug, topic in TOPICS.items()]
    if close := nearest(text, [*topics, *_commands(ctx)]):
        return UsageFailure(
            N_("There is no topic “{name}” in the manual. Did you mean {names}?"),
            name=text,
            names=" / ".join(close),
        )
    return UsageFailure(
        N_("There is no topic “{name}” in the manual. “dorf help” shows all topics."), name=text
    )
