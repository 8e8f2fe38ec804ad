"""Commands that look at the village as a whole: status, gaps, tips."""

from typing import TYPE_CHECKING

import typer

from dorf.cli.answering import All, Discreet, Json
from dorf.cli.env import Env, env_of

if TYPE_CHECKING:
    from dorf.core.assessment import Assessment

app = typer.Typer()


def assessment_of(env: Env) -> "Assessment":
    """Read the village and return what is true of it today."""
    from dorf.core.assessment import assess

    with env.store() as store:
        return assess(store.village(env.today), env.today)


@app.command("status")
def status(
    ctx: typer.Context, everything: All = False, discreet: Discreet = False, as_json: Json = False
) -> None:
    """Show whom to tend, what is missing, what comes soon, and who gives what."""
    from dorf.report.status import status_document, status_page

    env = env_of(ctx)
    assessment, words = assessment_of(env), env.words(discreet=discreet)
    if as_json:
        env.document("status", status_document(assessment, words))
    else:
        env.show(status_page(assessment, words, everything=everything))


@app.command("gaps")
def gaps(
    ctx: typer.Context, everything: All = False, discreet: Discreet = False, as_json: Json = False
) -> None:
    """Show all findings, each with its reason, suggestions and how to switch or accept it."""
    from dorf.report.status import finding_document, gaps_page

    env = env_of(ctx)
    assessment, words = assessment_of(env), env.words(discreet=discreet)
    if as_json:
        shown = [finding_document(one, words) for one in assessment.findings]
        hidden = [finding_document(one, words) for one in assessment.hidden_findings]
        env.document("gaps", {"gaps": shown, "hidden": hidden})
    else:
        env.show(gaps_page(assessment, words, hidden=everything))


@app.command("tips")
def tips(ctx: typer.Context, everything: All = False, as_json: Json = False) -> None:
    """Show a few tips of the day, or all of them."""
    from dorf.report.status import tips_document, tips_page

    env = env_of(ctx)
    words = env.words()
    if as_json:
        env.document("tips", tips_document(words))
    else:
        env.show(tips_page(assessment_of(env), words, everything=everything))
