"""Commands that walk through time: undo and redo."""

from typing import TYPE_CHECKING, Annotated

import typer

from dorf.cli.env import Env, env_of
from dorf.cli.options import operand, option
from dorf.errors import N_, DorfError, UsageFailure

if TYPE_CHECKING:
    from dorf.store.store import Store
    from dorf.store.undo import Rewound

app = typer.Typer()

Many = Annotated[str, operand("[N]", N_("How many commands; one if not given."))]
Whole = Annotated[
    bool, option("--whole --ganz", N_("All steps of what was typed, such as a round."))
]


@app.command("undo")
def undo(
    ctx: typer.Context,
    many: Many = "1",
    listed: Annotated[
        bool, option("--list --liste", N_("Only show what can be taken back."))
    ] = False,
    details: Annotated[
        bool, option("--details --genauer", N_("The list with the steps of each entry."))
    ] = False,
    whole: Whole = False,
) -> None:
    """Take back the newest step of the record, or show the record."""
    env = env_of(ctx)
    if (listed or details) and (many != "1" or whole):
        raise UsageFailure(N_("Please give either a number or --list."))
    if listed or details:
        _show_steps(env, details=details)
    else:
        _rewind(env, many, whole=whole, forward=False)


@app.command("redo")
def redo(ctx: typer.Context, many: Many = "1", whole: Whole = False) -> None:
    """Bring back the step that was taken back last."""
    _rewind(env_of(ctx), many, whole=whole, forward=True)


def _show_steps(env: Env, *, details: bool) -> None:
    from dorf.report.undo import steps_document, steps_page
    from dorf.store.undo import runs

    with env.store() as store:
        steps = store.steps()
    env.answer(
        "undo",
        lambda: steps_document(steps),
        lambda: steps_page(runs(steps), env.words(), details=details),
    )


def _length(store: "Store", *, forward: bool) -> int:
    """Return how many steps were written by what comes next in that direction; at least one."""
    from dorf.store.undo import runs

    found = [run for run in runs(store.steps()) if run.steps[0].undone is forward]
    return len(found[-1 if forward else 0].steps) if found else 1


def _rewind(env: Env, many: str, *, whole: bool, forward: bool) -> None:
    """Walk *many* steps; what was walked is told first if the next one can't be.

    Raise `DorfError` then, unless it was only the end of the record.
    """
    from dorf.core.queries import parse_count
    from dorf.store.undo import STEPS_KEPT, NothingToUndo

    if whole and many != "1":
        raise UsageFailure(N_("Please give either a number or --whole."))
    wanted = parse_count(many, STEPS_KEPT)
    done: list[Rewound] = []
    failure: DorfError | None = None
    with env.store() as store:
        wanted = _length(store, forward=forward) if whole else wanted
        while len(done) < wanted:
            try:
                done.append(store.rewind(forward=forward))
            except DorfError as error:
                if not done:
                    raise
                failure = None if isinstance(error, NothingToUndo) else error
                break
        _answer(env, store, done, forward=forward)
    if failure is not None:
        raise failure


def _answer(env: Env, store: "Store", done: "list[Rewound]", *, forward: bool) -> None:
    from dorf.core.tending import tend
    from dorf.report.contact import contact_with_state, result_line
    from dorf.report.undo import step_line, steps_document

    uids = list(dict.fromkeys(uid for rewound in done for uid in rewound.contacts))
    village = store.reader.village(env.today, only=uids)
    tendings = [tend(c, village.touch(c), env.today) for c in village.contacts]
    words = env.words()
    if env.as_json:
        contacts = [contact_with_state(tending, words) for tending in tendings]
        content = steps_document([rewound.step for rewound in done]) | {"contacts": contacts}
        env.document("redo" if forward else "undo", content)
        return
    for rewound in done:
        env.say(step_line(rewound.step, words))
    for tending in tendings[:3]:
        env.say(f"  {result_line(tending, words)}")
