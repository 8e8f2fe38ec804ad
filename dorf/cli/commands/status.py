"""Commands that look at the village as a whole: status, gaps, birthdays, stats, tips."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from dorf.cli.choices import CONTACT, GROUP, KEY, choose_contacts
from dorf.cli.env import Env, env_of
from dorf.cli.options import All, Discreet, operand, option
from dorf.errors import N_

if TYPE_CHECKING:
    from dorf.core.assessment import Assessment
    from dorf.core.names import Entry
    from dorf.core.statistics import Met, Period
    from dorf.core.vocabulary import Source
    from dorf.report.words import Words
    from dorf.store.reader import Reader

app = typer.Typer()


def assessment_of(env: Env) -> "Assessment":
    """Read the village and return what is true of it today."""
    from dorf.core.assessment import assess

    with env.store() as store:
        return assess(store.reader.village(env.today), env.today)


@app.command("status")
def status(ctx: typer.Context, everything: All = False, discreet: Discreet = False) -> None:
    """Show whom to tend, what is missing, what comes soon, and who gives what."""
    from dorf.core.assessment import assess
    from dorf.core.gaps.improvements import improvements
    from dorf.report.status import status_document, status_page

    env = env_of(ctx)
    words = env.words(discreet=discreet)
    with env.store() as store:
        assessment = assess(store.reader.village(env.today), env.today)
        better = improvements(assessment, store.reader.memory())
    env.answer(
        "status",
        lambda: status_document(assessment, words, better),
        lambda: status_page(assessment, words, better, everything=everything),
    )


def show_today(env: Env) -> None:
    """Show today in a few lines, or a greeting where nobody is noted yet."""
    from dorf.report.today import greeting, today_page

    assessment, words = assessment_of(env), env.words()
    env.show(today_page(assessment, words) if assessment.village.contacts else greeting(words))


@app.command("gaps")
def gaps(
    ctx: typer.Context,
    key: Annotated[
        str | None, operand("[KEY]", N_("Only this one, with who counts."), click_type=KEY)
    ] = None,
    everything: All = False,
    discreet: Discreet = False,
) -> None:
    """Show all findings with reason and suggestions, or one with who counts and who does not."""
    from dorf.report.gaps.page import gaps_document, gaps_page

    env = env_of(ctx)
    assessment, words = assessment_of(env), env.words(discreet=discreet)
    if key is not None:
        _explain(env, key, assessment, words)
        return
    env.answer(
        "gaps",
        lambda: gaps_document(assessment, words),
        lambda: gaps_page(assessment, words, hidden=everything),
    )


def _explain(env: Env, text: str, assessment: "Assessment", words: "Words") -> None:
    """Answer why a finding is there."""
    from dorf.core.gaps.evidence import read_key
    from dorf.report.gaps.reasons import reasons_document, reasons_page

    key = read_key(text, assessment)
    env.answer(
        "gaps",
        lambda: reasons_document(key, assessment, words),
        lambda: reasons_page(key, assessment, words),
    )


@app.command("without")
def without(
    ctx: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME…", click_type=CONTACT, help=N_("Who is away for a while.")),
    ],
    discreet: Discreet = False,
) -> None:
    """Show what would be missing without somebody; nothing is written."""
    from dorf.core.assessment import without as loss_of
    from dorf.report.gaps.loss import loss_document, loss_page

    env = env_of(ctx)
    words = env.words(discreet=discreet)
    with env.store() as store:
        directory = store.reader.directory()
        people = choose_contacts(env, directory, names)
        village = store.reader.village(env.today)
    loss = loss_of(village, env.today, [entry.uid for entry in people])
    shown = [entry.name for entry in people]
    env.answer(
        "without",
        lambda: loss_document(loss, shown, words),
        lambda: loss_page(loss, shown, words),
    )


@app.command("birthdays")
def birthdays(
    ctx: typer.Context,
    within: Annotated[
        str,
        option(
            "--within --binnen",
            N_("How far ahead: 2w, 3m, 1y; usually 60d."),
            "SPAN",
            show_default=False,
        ),
    ] = "60d",
    discreet: Discreet = False,
) -> None:
    """Show whose birthday or other yearly day comes next, children of contacts included."""
    from dorf.core.anniversaries import occasions, parse_ahead
    from dorf.report.anniversaries import birthdays_document, birthdays_page
    from dorf.report.queries import empty_page

    env = env_of(ctx)
    ahead, words = parse_ahead(within), env.words(discreet=discreet)
    with env.store() as store:
        contacts = store.reader.village(env.today).contacts
    days = occasions(contacts, env.today, ahead)
    env.answer(
        "birthdays",
        lambda: birthdays_document(days, ahead, words),
        lambda: birthdays_page(days, ahead, words) if contacts else empty_page(words),
    )


@app.command("tips")
def tips(ctx: typer.Context, everything: All = False) -> None:
    """Show a few tips of the day, or all of them."""
    from dorf.report.tips import tips_document, tips_page

    env = env_of(ctx)
    words = env.words()
    env.answer(
        "tips",
        lambda: tips_document(words),
        lambda: tips_page(assessment_of(env), words, everything=everything),
    )


@app.command("stats")
def stats(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, operand("[NAME…]", N_("Only these, a graph each."), click_type=CONTACT)
    ] = None,
    group: Annotated[
        str | None,
        option("--group --gruppe", N_("Only one group: family, friends …"), click_type=GROUP),
    ] = None,
    months: Annotated[
        str,
        option(
            "--months --monate",
            N_("How many months, 1 to 120; usually 12."),
            "N",
            show_default=False,
        ),
    ] = "12",
    details: Annotated[
        bool, option("--details --genauer", N_("Also how evenly it is carried."))
    ] = False,
    discreet: Discreet = False,
) -> None:
    """Look back: facts about the village and its months; with names, only their months."""
    from dorf.core.assessment import assess
    from dorf.core.queries import parse_count
    from dorf.core.statistics import MOST_MONTHS, Period
    from dorf.core.vocabulary import parse_source
    from dorf.report.statistics import courses_page, stats_document, stats_page

    env = env_of(ctx)
    words = env.words(discreet=discreet)
    period = Period.ending(env.today, parse_count(months, MOST_MONTHS))
    source = None if group is None else parse_source(group)
    with env.store() as store:
        directory = store.reader.directory() if names else []
        people = choose_contacts(env, directory, names) if names else []
        with store.reading() as reader:
            met = _met(reader, period, source, people)
            if met and not env.as_json:
                env.show(courses_page(met, period, words))
                return
            assessment, past = assess(reader.village(env.today), env.today), reader.past(period)
    env.answer(
        "stats",
        lambda: stats_document(assessment.support, past, period, met, words),
        lambda: stats_page(assessment, past, period, words, details=details),
    )


def _met(
    reader: "Reader", period: "Period", source: "Source | None", people: "Iterable[Entry]"
) -> list["Met"]:
    """Count the encounters with a group and with contacts, where any are asked for."""
    from dorf.core.statistics import Met

    group = [] if source is None else [Met(reader.course_of_group(period, source), source=source)]
    return group + [
        Met(reader.course(period, entry.uid), entry.uid, entry.name) for entry in people
    ]
