"""Commands about reminders that come by themselves: schedule install, status, remove."""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from dorf.cli.answers import Json, Yes
from dorf.cli.env import Env, default_path, env_of
from dorf.errors import N_, DorfError, UsageFailure

if TYPE_CHECKING:
    from dorf.report.scheduler import Text
    from dorf.scheduler.machine import CronRefusal, Machine
    from dorf.scheduler.schedule import Errand, Reminder, Schedule

app = typer.Typer()
schedule_app = typer.Typer()
app.add_typer(schedule_app, name="schedule")


class Plan(NamedTuple):
    """What an install would write, whether that changes anything, and how it is carried out."""

    question: str
    texts: "tuple[Text, ...]"
    changed: bool
    carry_out: Callable[[], object]


@schedule_app.command("install", help=N_("Let cron or systemd remind you."))
def install(
    ctx: typer.Context,
    at: Annotated[
        str,
        typer.Option("--at", "--um", metavar="TIME", help=N_("At what time of day: 8:00, 18.30.")),
    ] = "8:00",
    days: Annotated[
        str | None,
        typer.Option(
            "--days",
            "--tage",
            metavar="DAYS",
            help=N_("On which days: mon-fri, mo,mi,fr; daily if left out."),
        ),
    ] = None,
    weekly: Annotated[
        bool, typer.Option("--weekly", "--wöchentlich", help=N_("Once a week, on Mondays."))
    ] = False,
    systemd: Annotated[
        bool,
        typer.Option(
            "--systemd",
            help=N_("By a timer of systemd instead of cron; it makes up for a day it slept."),
        ),
    ] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Write a crontab line or a pair of units; a second time, it replaces just that.

    On a terminal it shows what it will write and asks; elsewhere it writes, and prints what.
    """
    from dorf.scheduler.schedule import Way

    env = env_of(ctx)._replace(scripted=as_json)
    schedule, errand, machine = _schedule(at, days, weekly=weekly), _errand(env), _machine(env)
    plan_of = _unit_plan if systemd else _cron_plan
    plan = plan_of(env, machine, schedule, errand)
    asked = plan.changed and _ask(env, plan, yes=yes)
    if plan.changed:
        plan.carry_out()
    installed = [one for one in _reminders(machine)[0] if one.mark == errand.mark]
    way = Way.SYSTEMD if systemd else Way.CRON
    new = next(one for one in installed if one.way is way)
    _answer(env, plan if not asked else plan._replace(texts=()), new, installed, as_json=as_json)


def _schedule(at: str, days: str | None, *, weekly: bool) -> "Schedule":
    from dorf.scheduler.schedule import EVERY_DAY, MONDAYS, Schedule, parse_days, parse_time

    if weekly and days is not None:
        raise UsageFailure(N_("Please give either --weekly or --days."))
    chosen = MONDAYS if weekly else EVERY_DAY if days is None else parse_days(days)
    return Schedule(parse_time(at), chosen)


def _village(env: Env) -> str:
    return os.path.abspath(env.path)  # noqa: PTH100  (keeps links)


def _errand(env: Env) -> "Errand":
    from dorf.scheduler.machine import running_program
    from dorf.scheduler.schedule import Errand

    program = running_program(sys.argv[0], sys.executable)
    return Errand(program, _village(env), env.language.code)


def _machine(env: Env) -> "Machine":
    from dorf.scheduler.machine import Machine

    return Machine(env.world.environ)


def _now(env: Env) -> datetime:
    """Return the day of this run at the time on the wall."""
    return datetime.combine(env.today, env.world.clock().astimezone().time())


def _cron_plan(env: Env, machine: "Machine", schedule: "Schedule", errand: "Errand") -> Plan:
    from dorf.report.scheduler import Text
    from dorf.scheduler.machine import checked_line, read_crontab, write_crontab
    from dorf.scheduler.schedule import cron_line, with_line

    table = read_crontab(machine)
    if table is None:
        if machine.find("systemctl"):
            raise DorfError(
                N_("There is no cron on this machine, but there is systemd: {command}"),
                command="dorf schedule install --systemd",
            )
        raise _by_hand(env, schedule, errand)
    line = checked_line(cron_line(schedule, errand))
    new = with_line(table, line)
    question = env.language.say("Write this line into your crontab?")
    texts = (Text("", line),)
    return Plan(question, texts, new != table, lambda: write_crontab(machine, new))


def _unit_plan(env: Env, machine: "Machine", schedule: "Schedule", errand: "Errand") -> Plan:
    from dorf.report.scheduler import Text
    from dorf.scheduler.machine import start_timer, unit_folder, write_units
    from dorf.scheduler.schedule import unit_name, units

    if machine.find("systemctl") is None:
        if machine.find("crontab"):
            raise DorfError(
                N_("There is no systemd on this machine, but there is cron: {command}"),
                command="dorf schedule install",
            )
        raise _by_hand(env, schedule, errand)
    folder = unit_folder(machine.environ)
    default = errand.village == os.path.abspath(default_path())  # noqa: PTH100  (keeps links)
    name = unit_name(errand.village, default=default)
    new = units(schedule, errand)

    def carry_out() -> None:
        write_units(folder, name, new, errand.mark)
        start_timer(machine, name)

    service, timer = (f"{folder / name}.{kind}" for kind in new._fields)
    texts = (Text(service, new.service), Text(timer, new.timer))
    return Plan(env.language.say("Write these two files?"), texts, True, carry_out)


def _by_hand(env: Env, schedule: "Schedule", errand: "Errand") -> DorfError:
    from dorf.report.scheduler import when_text

    return DorfError(
        N_(
            "There is neither cron nor systemd on this machine. Whatever else starts programs "
            "here can run this, {when}: {command}"
        ),
        when=when_text(schedule, env.words()),
        command=errand.shell(),
    )


def _ask(env: Env, plan: Plan, *, yes: bool) -> bool:
    """Show on a terminal what will be written, and ask; tell whether that was done."""
    from dorf.report.page import plain_lines
    from dorf.report.scheduler import written_page

    if yes or not env.interactive:
        return False
    env.note("\n".join(plain_lines(written_page(plan.texts, env.words()))))
    env.confirm(plan.question, yes=False)
    return True


def _answer(
    env: Env, plan: Plan, new: "Reminder", installed: "list[Reminder]", *, as_json: bool
) -> None:
    from dorf.report.scheduler import (
        installed_page,
        reminder_document,
        start_command,
        written_page,
    )

    now, words = _now(env), env.words()
    if as_json:
        content = {
            "written": [{"file": one.file or None, "text": one.text} for one in plan.texts],
            "todo": None if new.active else start_command(new.files),
            "installed": [reminder_document(one, now) for one in installed],
        }
        env.document("schedule install", content)
        return
    env.show(installed_page(new, installed, now, words))
    env.show(written_page(plan.texts, words))


def _reminders(machine: "Machine") -> "tuple[list[Reminder], CronRefusal | None]":
    """Return the reminders of all villages, and why cron did not show its own."""
    from dorf.scheduler.machine import (
        CronRefusal,
        cron_reminders,
        read_crontab,
        unit_folder,
        unit_reminders,
    )

    refusal, table = None, None
    try:
        table = read_crontab(machine)
    except CronRefusal as error:
        refusal = error
    timers = unit_reminders(unit_folder(machine.environ))
    return [*cron_reminders(table or ""), *timers], refusal


def _sorted(env: Env, machine: "Machine") -> "tuple[list[Reminder], list[Reminder]]":
    """Return the reminders of this village, and those of others.

    Raises `CronRefusal` only if systemd has none of this village either: who may not use cron
    may well be reminded.
    """
    from dorf.scheduler.schedule import mark_of

    mark = mark_of(_village(env))
    found, refusal = _reminders(machine)
    ours = [one for one in found if one.mark == mark]
    if refusal is not None and not ours:
        raise refusal
    return ours, [one for one in found if one.mark != mark]


@schedule_app.command("status", help=N_("Show what is set up, and when it comes next."))
def status(ctx: typer.Context, as_json: Json = False) -> None:
    """Show the reminders of this village, and those of others."""
    from dorf.report.scheduler import reminder_document, schedule_page

    env = env_of(ctx)
    ours, others = _sorted(env, _machine(env))
    now = _now(env)
    if as_json:
        content = {
            "installed": [reminder_document(one, now) for one in ours],
            "others": [reminder_document(one, now) for one in others],
        }
        env.document("schedule status", content)
    else:
        env.show(schedule_page(ours, others, now, env.words()))


@schedule_app.command("remove", help=N_("Take the reminders of this village away."))
def remove(ctx: typer.Context, as_json: Json = False) -> None:
    """Take away the line and the units of this village, and nothing else."""
    from dorf.report.scheduler import reminder_document, removed_page
    from dorf.scheduler.machine import read_crontab, remove_units, write_crontab
    from dorf.scheduler.schedule import Way, without_line

    env = env_of(ctx)
    machine = _machine(env)
    ours, _ = _sorted(env, machine)
    for one in ours:
        if one.way is Way.SYSTEMD:
            remove_units(machine, one)
    marks = {one.mark for one in ours if one.way is Way.CRON}
    for mark in marks:
        write_crontab(machine, without_line(read_crontab(machine) or "", mark))
    if as_json:
        now = _now(env)
        env.document("schedule remove", {"removed": [reminder_document(one, now) for one in ours]})
    else:
        env.show(removed_page(ours, env.words()))
