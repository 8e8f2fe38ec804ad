"""Commands about reminders that come by themselves: schedule install, status, remove."""

import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dorf.cli.env import Env, default_path, env_of
from dorf.cli.options import Yes, option
from dorf.cli.streams import as_text
from dorf.errors import N_, DorfError, UsageFailure

if TYPE_CHECKING:
    from dorf.scheduler.cron import CronRefusal
    from dorf.scheduler.machine import Machine
    from dorf.scheduler.schedule import Change, Job, Reminder, Schedule

app = typer.Typer()
schedule_app = typer.Typer()
app.add_typer(schedule_app, name="schedule")


@schedule_app.command("install", help=N_("Let cron or systemd remind you."))
def install(
    ctx: typer.Context,
    at: Annotated[
        str, option("--at --um", N_("At what time of day: 8:00, 18.30."), "TIME")
    ] = "8:00",
    days: Annotated[
        str | None,
        option("--days --tage", N_("On which days: mon-fri, mo,mi,fr; daily if left out."), "DAYS"),
    ] = None,
    weekly: Annotated[
        bool, option("--weekly --wöchentlich", N_("Once a week, on Mondays."))
    ] = False,
    systemd: Annotated[
        bool,
        option(
            "--systemd",
            N_("By a timer of systemd instead of cron; it makes up for a day it slept."),
        ),
    ] = False,
    yes: Yes = False,
) -> None:
    """Write a crontab line or a pair of units; a second time, it replaces just that.

    On a terminal it shows what it will write and asks; elsewhere it writes, and prints what.
    """
    from dorf.report.scheduler import installed_document, installed_page, written_page
    from dorf.scheduler.schedule import Way

    env = env_of(ctx).unasked_in_json()
    schedule, job, machine = _schedule(at, days, weekly=weekly), _job(env), _machine(env)
    change = (_unit_change if systemd else _cron_change)(env, machine, schedule, job)
    shown = change.differs and _ask(env, change, yes=yes, systemd=systemd)
    if change.differs:
        change.apply()
    installed = [reminder for reminder in _reminders(machine)[0] if reminder.tag == job.tag]
    way = Way.SYSTEMD if systemd else Way.CRON
    new = next((reminder for reminder in installed if reminder.way is way), None)
    if new is None:
        raise DorfError(
            N_(
                "The reminder was written, but can’t be read back. “dorf schedule” shows what is "
                "there."
            )
        )
    texts = () if shown else change.texts
    now, words = _now(env), env.words()
    env.answer(
        "schedule install",
        lambda: installed_document(new, installed, texts, now),
        lambda: (*installed_page(new, installed, now, words), *written_page(texts, words)),
    )


def _schedule(at: str, days: str | None, *, weekly: bool) -> "Schedule":
    from dorf.scheduler.schedule import EVERY_DAY, MONDAYS, Schedule, parse_days, parse_time

    if weekly and days is not None:
        raise UsageFailure(N_("Please give either --weekly or --days."))
    chosen = MONDAYS if weekly else EVERY_DAY if days is None else parse_days(days)
    return Schedule(parse_time(at), chosen)


def _village(env: Env) -> str:
    """Return the path of the village; raise `UsageFailure` if it is no text, as crontabs are."""
    return as_text(os.path.abspath(env.path))  # noqa: PTH100  (keeps links)


def _job(env: Env) -> "Job":
    from dorf.scheduler.machine import running_program
    from dorf.scheduler.schedule import Job

    program = running_program(sys.argv[0], sys.executable)
    return Job(program, _village(env), env.language.code)


def _machine(env: Env) -> "Machine":
    from dorf.scheduler.machine import Machine

    return Machine(env.world.environ)


def _now(env: Env) -> datetime:
    """Return the day of this run at the time on the wall."""
    return datetime.combine(env.today, env.world.clock().astimezone().time())


def _cron_change(env: Env, machine: "Machine", schedule: "Schedule", job: "Job") -> "Change":
    from dorf.scheduler.cron import cron_change

    if machine.find("crontab"):
        return cron_change(machine, schedule, job)
    if machine.find("systemctl"):
        raise DorfError(
            N_("There is no cron on this machine, but there is systemd: {command}"),
            command="dorf schedule install --systemd",
        )
    raise _by_hand(env, schedule, job)


def _unit_change(env: Env, machine: "Machine", schedule: "Schedule", job: "Job") -> "Change":
    from dorf.scheduler.systemd import unit_change

    if machine.find("systemctl"):
        default = job.village == os.path.abspath(default_path())  # noqa: PTH100  (keeps links)
        return unit_change(machine, schedule, job, default=default)
    if machine.find("crontab"):
        raise DorfError(
            N_("There is no systemd on this machine, but there is cron: {command}"),
            command="dorf schedule install",
        )
    raise _by_hand(env, schedule, job)


def _by_hand(env: Env, schedule: "Schedule", job: "Job") -> DorfError:
    from dorf.core.command_line import quoted
    from dorf.report.scheduler import when_text

    return DorfError(
        N_(
            "There is neither cron nor systemd on this machine. Whatever else starts programs "
            "here can run this, {when}: {command}"
        ),
        when=when_text(schedule, env.words()),
        command=job.command(quoted),
    )


def _ask(env: Env, change: "Change", *, yes: bool, systemd: bool) -> bool:
    """Show on a terminal what will be written, and ask; tell whether that was done."""
    from dorf.report.page import plain_lines
    from dorf.report.scheduler import written_page

    if yes or not env.interactive:
        return False
    say = env.language.say
    for text in plain_lines(written_page(change.texts, env.words())):
        env.preview(text)
    line, files = say("Write this line into your crontab?"), say("Write these two files?")
    env.confirm(files if systemd else line, yes=False)
    return True


def _reminders(machine: "Machine") -> "tuple[list[Reminder], CronRefusal | None]":
    """Return the reminders of all villages, and why cron did not show its own."""
    from dorf.scheduler.cron import CronRefusal, cron_reminders
    from dorf.scheduler.systemd import unit_reminders

    timers = list(unit_reminders(machine))
    try:
        return [*cron_reminders(machine), *timers], None
    except CronRefusal as error:
        return timers, error


def _reminders_by_village(env: Env, machine: "Machine") -> "tuple[list[Reminder], list[Reminder]]":
    """Return the reminders of this village, and those of others.

    Raises `CronRefusal` only if systemd has none of this village either: who may not use cron
    may well be reminded.
    """
    from dorf.scheduler.schedule import tag_of

    tag = tag_of(_village(env))
    found, refusal = _reminders(machine)
    ours = [reminder for reminder in found if reminder.tag == tag]
    if refusal is not None and not ours:
        raise refusal
    return ours, [reminder for reminder in found if reminder.tag != tag]


@schedule_app.command("status", help=N_("Show what is set up, and when it comes next."))
def status(ctx: typer.Context) -> None:
    """Show the reminders of this village, and those of others."""
    from dorf.report.scheduler import reminder_documents, schedule_page

    env = env_of(ctx)
    ours, others = _reminders_by_village(env, _machine(env))
    now = _now(env)
    env.answer(
        "schedule status",
        lambda: {
            "installed": reminder_documents(ours, now),
            "others": reminder_documents(others, now),
        },
        lambda: schedule_page(ours, others, now, env.words()),
    )


@schedule_app.command("remove", help=N_("Take the reminders of this village away."))
def remove(ctx: typer.Context) -> None:
    """Take away the line and the units of this village, and nothing else."""
    from dorf.report.scheduler import reminder_documents, removed_page
    from dorf.scheduler.cron import remove_line
    from dorf.scheduler.schedule import Way
    from dorf.scheduler.systemd import remove_units

    env = env_of(ctx)
    machine = _machine(env)
    ours, _ = _reminders_by_village(env, machine)
    for reminder in ours:
        if reminder.way is Way.SYSTEMD:
            remove_units(machine, reminder)
    if any(reminder.way is Way.CRON for reminder in ours):
        remove_line(machine, ours[0].tag)
    env.answer(
        "schedule remove",
        lambda: {"removed": reminder_documents(ours, _now(env))},
        lambda: removed_page(ours, env.words()),
    )
