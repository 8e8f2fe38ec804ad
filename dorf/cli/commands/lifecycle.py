"""Commands about how a relationship stands: plan, snooze, pause, resume, end."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple, NoReturn

import typer

from dorf.cli.answers import answer_contacts
from dorf.cli.choices import CONTACT, choose_contacts
from dorf.cli.env import Env, env_of
from dorf.cli.options import operand, option
from dorf.cli.usage import SpokenCommand
from dorf.errors import N_, UsageFailure

if TYPE_CHECKING:
    from typer._click import Context

    from dorf.core.village import Contact, Village
    from dorf.store.store import Store
    from dorf.store.writer import Writer

app = typer.Typer()

Names = Annotated[
    list[str], operand("NAME…", N_("Whom you mean; several names are fine."), click_type=CONTACT)
]
NamesAndDay = Annotated[
    list[str],
    operand(
        "NAME… DAY", N_("Whom you mean, and the day: saturday, 22.11., 2w …"), click_type=CONTACT
    ),
]


_DIED = ("--died", "--gestorben")
_EVERY = ("--every", "--jeden")
MOST_WORDS = 4
"""Words that a day can have: "am 3. März 2026"."""


def coming_day(env: Env, text: str, *, today_counts: bool = False) -> date:
    """Return a day still to come; raise `UsageFailure` when it is over."""
    from dorf.core.sayings.days import Towards, parse_day

    day = parse_day(text, env.today, Towards.FUTURE)
    if day < env.today and today_counts:
        raise UsageFailure(
            N_("{day} is over. If you met that day: dorf log … --day {iso}"),
            day=env.words().day(day),
            iso=day.isoformat(),
        )
    if day <= env.today and not today_counts:
        raise UsageFailure(N_("{day} is not in the future."), day=env.words().day(day))
    return day


class _End(SpokenCommand):
    """`end`, whose ``--died`` needs no day: without one it was today."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read the arguments, the words behind ``--died`` as its day as far as they are one."""
        for place, word in enumerate(args):
            if word == "--":
                break
            if word in _DIED:
                n = _day_words(args[place + 1 :])
                day = " ".join(args[place + 1 : place + 1 + n]) or "today"
                args = [*args[:place], f"{word}={day}", *args[place + 1 + n :]]
                break
        return super().parse_args(ctx, args)


def _day_words(words: list[str]) -> int:
    """Return how many of the *words* are a day, or are meant as one since they begin so."""
    from dorf.core.sayings.days import UnknownDay, parse_day

    for n in range(min(len(words), MOST_WORDS), 0, -1):
        try:
            parse_day(" ".join(words[:n]), date(2000, 1, 1))
        except UnknownDay:
            continue
        return n
    return int(bool(words) and words[0][:1].isdigit())


def _change(
    env: Env,
    store: "Store",
    report: str,
    names: list[str],
    change: "Callable[[Contact], Contact]",
    more: "Callable[[], str]" = str,
) -> None:
    """Write what *change* makes of each contact, and answer with them; *more* ends each line."""
    uids = _chosen(env, store, names)
    with store.writing() as writer:
        for uid in uids:
            writer.save_contact(change(writer.contact(uid, env.today)))
    answer_contacts(env, store, report, uids, more=more())


def _say_what_is_left(env: Env, village: "Village", uids: list[str]) -> None:
    """Say in one line what hangs on one person or on nobody without those *uids*, if anything."""
    from dorf.core.assessment import without
    from dorf.report.gaps.loss import loss_line

    if env.as_json:
        return
    if line := loss_line(without(village, env.today, uids), env.words()):
        env.say(line)


def _chosen(env: Env, store: "Store", names: list[str]) -> list[str]:
    directory = store.reader.directory()
    return [entry.uid for entry in choose_contacts(env, directory, names)]


def _split(env: Env, words: list[str], *, off: bool) -> tuple[list[str], str, list[str]]:
    """Return the words before the day, the day, and the words behind it; none if it is taken back.

    Where no words are a day, the last is meant as one.
    """
    from dorf.cli.line import day_in

    if off:
        return words, "", []
    if len(words) < 2:
        raise UsageFailure(N_("Please say whom you mean, and then the day."))
    begin, end = day_in(env, words) or (len(words) - 1, len(words))
    return words[:begin], " ".join(words[begin:end]), words[end:]


class _Agreement(NamedTuple):
    """Whom a plan is about, the day, None if it is taken back, and the days to the next one."""

    names: list[str]
    day: date | None = None
    every: int | None = None
    time: str = ""
    """The time beside the day, as it was typed."""
    behind: Sequence[str] = ()
    """The words behind the day: more names, or what was agreed on."""

    def note(self, rest: Sequence[str], note: str | None) -> str | None:
        """Return what is kept with the plan: its time, the words that are no name, the note."""
        from dorf.core.names import checked_text

        text = " ".join(filter(None, (self.time, *rest, note)))
        return checked_text(text, "note") or None


def _agreement(env: Env, words: list[str], every: str | None, *, cancel: bool) -> _Agreement:
    """Read what was agreed on; a standing date needs a first day unless it names a weekday."""
    from dorf.core.command_line import call
    from dorf.core.lifecycle import parse_repeat, repeat_in

    if every is None and not cancel and 0 < (n := repeat_in(words)) < len(words):
        _refuse_repeat(env, words[:-n], words[-n:])
    if every is None or cancel:
        names, text, behind = _split(env, words, off=cancel)
        if not text:
            return _Agreement(names)
        day = coming_day(env, text, today_counts=True)
        return _Agreement(names, day, None, _time_of(env, text), behind)
    repeat = parse_repeat(every)
    dated = len(words) > 1 and _day_words(words[-1:]) > 0
    if not dated and repeat.weekday is None:
        raise UsageFailure(
            N_("Please say its first day as well: dorf {plan}"),
            plan=call("plan", *words, env.language.word("DAY"), options=[_every(env), every]),
        )
    start = coming_day(env, words[-1], today_counts=True) if dated else env.today
    return _Agreement(words[:-1] if dated else words, repeat.first(start), repeat.days)


def _time_of(env: Env, text: str) -> str:
    from dorf.core.sayings.days import Towards, read_day

    return read_day(text, env.today, Towards.FUTURE).time


def _every(env: Env) -> str:
    """Return the option for standing dates in the language of the run."""
    return _EVERY[env.language.code == "de"]


def _refuse_repeat(env: Env, names: list[str], words: list[str]) -> NoReturn:
    """Say how a standing date is noted."""
    from dorf.core.command_line import call
    from dorf.core.lifecycle import parse_repeat
    from dorf.core.village import WEEK

    text = " ".join(words)
    repeat = parse_repeat(text)
    weekday = "" if repeat.weekday is None else env.words().weekday(repeat.weekday)
    span = f"{repeat.days // WEEK}w" if repeat.days > WEEK or not weekday else ""
    value = " ".join(filter(None, (span, weekday)))
    day = () if weekday else (env.today.isoformat(),)
    raise UsageFailure(
        N_("“{text}” is a standing date, not a day. Note it so: dorf {plan}"),
        text=text,
        plan=call("plan", *names, *day, options=[_every(env), value]),
    )


@app.command("plan")
def plan(
    ctx: typer.Context,
    words: NamesAndDay,
    every: Annotated[
        str | None,
        option(" ".join(_EVERY), N_("A standing date: Wednesday, 2w …"), "WEEKDAY"),
    ] = None,
    note: Annotated[
        str | None, option("--note --notiz -n", N_("What you agreed on."), "TEXT")
    ] = None,
    cancel: Annotated[bool, option("--cancel --absagen", N_("It will not take place."))] = False,
) -> None:
    """Note an agreed meeting; afterwards the report asks whether it worked out."""
    from dorf.cli.commands.contacts import still_here
    from dorf.cli.line import names_and_rest
    from dorf.core.lifecycle import planned

    env = env_of(ctx)
    agreed = _agreement(env, words, every, cancel=cancel)
    over: list[str] = []

    def change(contact: "Contact") -> "Contact":
        over.append("" if agreed.day else env.words().standing_date(contact))
        return planned(still_here(contact), agreed.day, noted, agreed.every)

    with env.store() as store:
        names, rest = names_and_rest(store.reader.directory(), agreed.names, agreed.behind)
        noted = agreed.note(rest, note)
        _change(env, store, "plan", names, change, lambda: _no_longer(env, over))


def _no_longer(env: Env, over: "Sequence[str]") -> str:
    every = next(filter(None, over), "")
    return env.language.say(" · no longer {every}", every=every) if every else ""


@app.command("snooze")
def snooze(
    ctx: typer.Context,
    words: NamesAndDay,
    off: Annotated[bool, option("--off --aus", N_("Let the reminder come again."))] = False,
) -> None:
    """Let a reminder rest up to a day; being in touch wakes it, too."""
    from dorf.cli.commands.contacts import still_here
    from dorf.core.lifecycle import snoozed

    env = env_of(ctx)
    names, text, behind = _split(env, words, off=off)
    until = coming_day(env, text) if text else None
    with env.store() as store:
        _change(
            env,
            store,
            "snooze",
            [*names, *behind],
            lambda contact: snoozed(still_here(contact), until),
        )


@app.command("pause")
def pause(
    ctx: typer.Context,
    names: Names,
    until: Annotated[
        str | None, option("--until --bis", N_("Back by itself on this day."), "DAY")
    ] = None,
) -> None:
    """Let a relationship rest altogether: no reminder, no part in the report."""
    from dorf.cli.commands.contacts import still_here
    from dorf.core.lifecycle import paused

    env = env_of(ctx)
    day = None if until is None else coming_day(env, until)
    with env.store() as store:
        village = store.reader.village(env.today)
        uids = _chosen(env, store, names)
        with store.writing() as writer:
            for uid in uids:
                writer.save_contact(paused(still_here(writer.contact(uid, env.today)), day))
        answer_contacts(env, store, "pause", uids)
    _say_what_is_left(env, village, uids)


@app.command("resume")
def resume(ctx: typer.Context, names: Names) -> None:
    """Take somebody up again after a pause, or back into the village."""
    from dorf.cli.commands.contacts import not_dead
    from dorf.core.lifecycle import resumed

    env = env_of(ctx)
    with env.store() as store:
        _change(env, store, "resume", names, lambda contact: resumed(not_dead(contact), env.today))


@app.command("end", cls=_End)
def end(
    ctx: typer.Context,
    names: Names,
    died: Annotated[
        str | None,
        option(" ".join(_DIED), N_("They have died; without a day: today."), "[DAY]"),
    ] = None,
    keep: Annotated[
        list[str] | None,
        option(
            "--keep --mitnehmen",
            N_("Somebody of an ending group who stays in your village."),
            "NAME",
        ),
    ] = None,
) -> None:
    """Say goodbye: kept as history, with no reminder ever again. Also for the dead."""
    env = env_of(ctx)
    day = None if died is None else _day_of_death(env, died)
    with env.store() as store:
        village = store.reader.village(env.today)
        uids, groups = _chosen(env, store, names), list[str]()
        with store.writing() as writer:
            for uid in uids:
                contact = writer.contact(uid, env.today)
                groups += [contact.name] if contact.main_role.group else []
                writer.save_contact(_gone(contact, day, env.today))
            stay = _keep(env, writer, keep or (), groups)
        more = env.language.say(" · A farewell takes time; nothing here is urgent.") if day else ""
        answer_contacts(env, store, "end", [*uids, *stay], more=more)
        if groups and not keep and env.interactive and not env.as_json:
            _ask_whom_to_keep(env, store, groups)
    if day is None:
        _say_what_is_left(env, village, uids)


def _day_of_death(env: Env, text: str) -> date:
    from dorf.core.sayings.days import parse_day

    day = parse_day(text, env.today)
    if day > env.today:
        raise UsageFailure(
            N_("{day} is still to come. On which day was it?"), day=env.words().day(day)
        )
    return day


def _gone(contact: "Contact", died_on: date | None, today: date) -> "Contact":
    from dorf.core.lifecycle import died, ended

    return ended(contact, today) if died_on is None else died(contact, died_on, today)


def _ask_whom_to_keep(env: Env, store: "Store", groups: list[str]) -> None:
    question = env.language.say(
        "Whom from {group} would you like to keep? Names, or Enter for nobody:",
        group=env.language.join(groups),
    )
    answer = env.ask(question)
    with store.writing() as writer:
        stay = _keep(env, writer, [answer], groups)
    answer_contacts(env, store, "end", stay)


def _keep(env: Env, writer: "Writer", names: "Sequence[str]", groups: list[str]) -> list[str]:
    """Add the people of an ending group as new acquaintances; return their uids.

    Who is in the village already simply stays there.
    """
    from dorf.cli.commands.contacts import newcomer, typed_name
    from dorf.core.names import looks_like
    from dorf.core.sayings.answers import split_names
    from dorf.core.vocabulary import ROLES

    wanted = [typed_name(name) for text in names for name in split_names(text)]
    met_at = env.language.join(groups) or None
    note = env.language.say("from {group}", group=met_at) if groups else None
    fields = {"roles": (ROLES["acquaintance"],), "notes": note, "met_at": met_at}
    uids = []
    for name in dict.fromkeys(wanted):
        known = [entry.name for entry in writer.directory() if looks_like(entry.name, name)]
        if known:
            env.note(env.language.say("{name} is in your village already.", name=known[0]))
            continue
        contact = newcomer(env, name, fields)
        writer.add_contact(contact)
        uids.append(contact.uid)
    return uids
