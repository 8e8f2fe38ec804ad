"""``dorf remind``: what comes by itself, from cron, a timer or a shell, never more than is kind."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dorf.cli.env import Env, env_of
from dorf.cli.options import Discreet, option
from dorf.errors import N_, DorfError, StoreError, UsageFailure

if TYPE_CHECKING:
    from dorf.core.reminders import Reminder
    from dorf.report.words import Words
    from dorf.store.store import Store

app = typer.Typer()

MOST_NAMED = 1000
"""The most people that ``--max`` can ask for."""

DUE = 10
"""Exit status of ``--exit-code`` when there is something to say."""


class Format(StrEnum):
    """How a reminder is printed."""

    TEXT = "text"
    JSON = "json"
    ICS = "ics"
    MAIL = "html-mail"


@app.command("remind")
def remind(
    ctx: typer.Context,
    form: Annotated[
        str, option("--format", N_("In which form."), "text|json|ics|html-mail")
    ] = Format.TEXT.value,
    most: Annotated[str, option("--max --höchstens", N_("At most so many people."), "N")] = "3",
    quiet_rule: Annotated[
        bool,
        option(
            "--quiet-rule/--no-quiet-rule --ruhe/--keine-ruhe",
            N_("Whether nobody is named again for a few days, unless it got worse."),
        ),
    ] = True,
    once: Annotated[
        bool, option("--once-a-day --einmal-am-tag", N_("Only the first time each day."))
    ] = False,
    notify: Annotated[
        bool, option("--notify --melden", N_("Show it as a notification instead."))
    ] = False,
    exit_code: Annotated[
        bool, option("--exit-code", N_("End with status 10 if there is something."))
    ] = False,
    discreet: Discreet = False,
) -> int:
    """Say who would enjoy a hello today, what comes soon, and one gap a week; else nothing."""
    from dorf.core.queries import parse_count
    from dorf.core.reminders import ONCE, Reminder, Subject, nothing_to_say
    from dorf.core.reminders import remind as reminder_of

    env = env_of(ctx)
    shape, people = Format.JSON if env.as_json else _format(form), parse_count(most, MOST_NAMED)
    if notify and shape is not Format.TEXT:
        raise UsageFailure(N_("A notification has no other form: please give one of the two."))
    if shape is Format.ICS and (once or exit_code):
        raise UsageFailure(
            N_("A calendar is always whole: --once-a-day and --exit-code do nothing.")
        )
    with env.store() as store:
        _need_file(env, store)
        if shape is Format.ICS:  # which a reader brings up to date by itself
            _publish(env, discreet=discreet)
            return 0
        memory = store.reader.memory()
        ran = memory.get((Subject.RUN, ONCE.key))
        if once and ran and ran.day == env.today:
            return 0
        reminder = Reminder()
        if not nothing_to_say(store.reader.rhythms(), memory, env.today, quiet=quiet_rule):
            from dorf.core.assessment import assess

            assessment = assess(store.reader.village(env.today), env.today)
            reminder = reminder_of(assessment, memory, most=people, quiet=quiet_rule)
        _tell(env, reminder, shape, discreet=discreet, notify=notify)
        notices = [*reminder.notices, *([ONCE] if once else [])]
        if notices:
            store.remember(notices, env.today)
        if not env.world.stdout.isatty():
            store.copy_while_nobody_waits()
    return DUE if exit_code and not reminder.empty else 0


def _need_file(env: Env, store: "Store") -> None:
    """Raise `StoreError` without a file: silence would be taken for a day with nothing due."""
    if not store.exists():
        raise StoreError(
            N_(
                "There is no village file yet: {file}. The first “dorf add” makes it; another "
                "one is named by DORF_DB or --db."
            ),
            file=str(env.path),
        )


def _publish(env: Env, *, discreet: bool) -> None:
    from dorf.cli.calendar import publish_calendar

    env.deliver(publish_calendar(env, discreet=discreet).text)


def _format(text: str) -> Format:
    for form in Format:
        if text.strip().casefold() == form.value:
            return form
    raise UsageFailure(
        N_("“{text}” is not a form. Forms: {choices}."), text=text, choices=", ".join(Format)
    )


def _tell(env: Env, reminder: "Reminder", shape: Format, *, discreet: bool, notify: bool) -> None:
    """Show the reminder; it counts as told once this returns."""
    if reminder.empty and shape is Format.TEXT:  # most days: nothing more is loaded
        return
    from dorf.report.reminders import reminder_document, reminder_lines, reminder_mail

    words, out = env.words(discreet=discreet), env.world.stdout
    if shape is Format.JSON:
        env.document("remind", reminder_document(reminder, words))
    elif reminder.empty:
        return
    elif notify:
        _notify(env, reminder, words)
    elif shape is Format.MAIL:
        env.deliver(reminder_mail(reminder, words, env.world.clock()))
    else:
        for line in reminder_lines(reminder, words):
            env.say(line)
    out.flush()


def _notify(env: Env, reminder: "Reminder", words: "Words") -> None:
    """Show a notification of the desktop; raise `DorfError` where there is no way to."""
    import subprocess
    from html import escape
    from shutil import which

    from dorf.report.reminders import reminder_lines, subject

    title = subject(reminder, words)
    text = "\n".join(line for line in reminder_lines(reminder, words)[1:] if line)
    path = env.world.environ.get("PATH")
    if program := which("notify-send", path=path):
        command = [program, "--app-name=dorf", title, escape(text, quote=False)]
    elif program := which("osascript", path=path):
        script = "on run {t, b}\ndisplay notification b with title t\nend run"
        command = [program, "-e", script, title, text]
    else:
        raise DorfError(
            N_("There is no way to show a notification here: notify-send is missing (libnotify).")
        )
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=20)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise DorfError(
            N_("The notification could not be shown: is a desktop session running?")
        ) from error
