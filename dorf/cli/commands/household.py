"""Commands about the household: children, wishes, rules, what is fine as it is."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from dorf.cli.choices import CHILD, KEY, WISH
from dorf.cli.commands.status import assessment_of
from dorf.cli.env import Env, env_of
from dorf.cli.options import operand, option
from dorf.core.command_line import argument
from dorf.errors import N_, DorfError, UsageFailure

if TYPE_CHECKING:
    from datetime import date

    from dorf.core.dates import PartialDate
    from dorf.core.village import Child, Household

app = typer.Typer()
child_app = typer.Typer()
wish_app = typer.Typer()
rule_app = typer.Typer()
app.add_typer(child_app, name="child")
app.add_typer(wish_app, name="wish")
app.add_typer(rule_app, name="rule")

ChildName = Annotated[str, operand("NAME", N_("The name of the child."), click_type=CHILD)]
Skill = Annotated[str, operand("SKILL", N_("Sewing, plumbing, music …"))]
KnownSkill = Annotated[str, operand("SKILL", N_("Sewing, plumbing, music …"), click_type=WISH)]
RuleKey = Annotated[
    str, operand("KEY", N_("A rule (G12) or one finding (G02:company)."), click_type=KEY)
]
_BORN = N_("Month of birth: 2021-12; a day may follow.")


def _save(env: Env, change: "Callable[[Household], Household]") -> "Household":
    """Write the household that *change* makes of the present one."""
    with env.store() as store, store.writing() as writer:
        household = change(writer.household())
        writer.save_household(household)
    return household


def _answer(env: Env, report: str, text: str) -> None:
    """Answer a write: with the whole household in JSON, else with *text*."""
    from dorf.report.household import household_document

    if env.as_json:
        env.document(report, household_document(assessment_of(env)))
    else:
        env.say(text)


@app.command("household")
def household(
    ctx: typer.Context,
    single_parent: Annotated[
        bool | None,
        option(
            "--single-parent/--not-single-parent --alleinerziehend/--zu-zweit",
            N_("Whether you bring up your children alone."),
        ),
    ] = None,
) -> None:
    """Show the household, or set whether one parent lives in it."""
    from dorf.report.household import household_document, household_page

    env = env_of(ctx)
    if single_parent is not None:
        _save(env, lambda h: h._replace(single_parent=single_parent))
    assessment = assessment_of(env)
    env.answer(
        "household",
        lambda: household_document(assessment),
        lambda: household_page(assessment, env.words()),
    )


def _read_child(name: str, born: str, today: "date") -> "Child":
    from dorf.core.sayings.births import read_birth
    from dorf.core.village import Child

    return Child(_typed_name(name), read_birth(born, today, child=True))


def _refuse_namesake(household: "Household", child: "Child") -> None:
    if any(existing.name == child.name for existing in household.children):
        raise DorfError(N_("{name} is there already: dorf child edit."), name=child.name)


def _typed_name(name: str) -> str:
    from dorf.cli.commands.contacts import typed_name

    return typed_name(name)


def _find_child(household: "Household", name: str) -> "Child":
    from dorf.core.spelling import fold

    for child in household.children:
        if fold(child.name) == fold(name):
            return child
    names = ", ".join(child.name for child in household.children) or "–"
    raise UsageFailure(
        N_("No child here is called “{name}”. Children: {names}."), name=name, names=names
    )


def _answer_child(env: Env, report: str, child: "Child") -> None:
    words = env.words()
    age = words.age(child.age_in_months(env.today))
    _answer(env, report, f"{child.name} · {words.partial(child.born)} · {age}")


@child_app.command("add", help=N_("Add a child of the household."))
def child_add(
    ctx: typer.Context,
    name: Annotated[str, operand("NAME", N_("The name of the child."))],
    born: Annotated[list[str], operand("BORN", _BORN)],
) -> None:
    """Add a child; the name must be new."""
    env = env_of(ctx)
    child = _read_child(name, " ".join(born), env.today)

    def change(household: "Household") -> "Household":
        _refuse_namesake(household, child)
        return household._replace(children=(*household.children, child))

    _save(env, change)
    _answer_child(env, "child add", child)


@child_app.command("edit", help=N_("Change the name or the birth month of a child."))
def child_edit(
    ctx: typer.Context,
    name: ChildName,
    new_name: Annotated[str | None, option("--name", N_("The new name."), "NAME")] = None,
    born: Annotated[str | None, option("--born --geboren", _BORN, "BORN")] = None,
) -> None:
    """Change a child; who is attached to it stays attached."""
    from dorf.core.lifecycle import child_changed

    env = env_of(ctx)
    with env.store() as store, store.writing() as writer:
        village = writer.village(env.today)
        old = _find_child(village.household, name)
        new = _read_child(new_name or old.name, born or str(old.born), env.today)
        if new.name != old.name:
            _refuse_namesake(village.household, new)
        household, contacts = child_changed(village, old, new)
        writer.save_household(household)
        for contact in contacts:
            writer.save_contact(contact)
    _answer_child(env, "child edit", new)


@child_app.command("remove", help=N_("Remove a child from the household."))
def child_remove(ctx: typer.Context, name: ChildName) -> None:
    """Remove a child; what is noted about contacts stays."""
    env = env_of(ctx)
    gone: list[Child] = []

    def change(household: "Household") -> "Household":
        gone.append(_find_child(household, name))
        return household._replace(children=tuple(c for c in household.children if c is not gone[0]))

    _save(env, change)
    text = env.language.say(
        "{name} is no longer noted. Back again: dorf child add {argument} {born}",
        name=gone[0].name,
        argument=argument(gone[0].name),
        born=gone[0].born,
    )
    _answer(env, "child remove", text)


@wish_app.command("add", help=N_("Wish for a skill in your village."))
def wish_add(ctx: typer.Context, skill: Skill) -> None:
    """Add a wish; one that is there already stays as it is."""
    env = env_of(ctx)
    wish = _typed_name(skill)

    def change(household: "Household") -> "Household":
        known = any(existing.casefold() == wish.casefold() for existing in household.wishes)
        return household if known else household._replace(wishes=(*household.wishes, wish))

    _answer_wishes(env, "wish add", _save(env, change))


@wish_app.command("remove", help=N_("Remove a wish."))
def wish_remove(ctx: typer.Context, skill: KnownSkill) -> None:
    """Remove a wish."""
    env = env_of(ctx)

    def change(household: "Household") -> "Household":
        left = tuple(w for w in household.wishes if w.casefold() != skill.strip().casefold())
        if left == household.wishes:
            raise UsageFailure(
                N_("No wish is called “{name}”. Wishes: {names}."),
                name=skill,
                names=", ".join(household.wishes) or "–",
            )
        return household._replace(wishes=left)

    _answer_wishes(env, "wish remove", _save(env, change))


def _answer_wishes(env: Env, report: str, household: "Household") -> None:
    names = ", ".join(household.wishes) or "–"
    _answer(env, report, env.language.say("Wishes: {names}", names=names))


def _read_key(env: Env, text: str, *, finding: bool = False) -> str:
    """Return the key that *text* names: a rule, or a finding in any spelling of its scope.

    With *finding* a rule alone will do only if its findings go by that name (DOMAIN.md §4.1).
    """
    from dorf.core.gaps.rules import RULES
    from dorf.core.spelling import fold

    rule, _, scope = text.strip().partition(":")
    rule = rule.upper()
    if rule not in RULES:
        raise UsageFailure(
            N_(
                "“{text}” is not a rule. “dorf rule list” shows the rules, “dorf gaps” the "
                "findings."
            ),
            text=text,
        )
    assessment = assessment_of(env)
    findings = (*assessment.findings, *(held.finding for held in assessment.held))
    household = assessment.village.household
    noted = (*household.rules_off, *(acceptance.key for acceptance in household.accepted))
    today = [f.key for f in findings if f.rule == rule]
    scopes = RULES[rule].scopes
    keys: list[str] = today if RULES[rule].about else [f"{rule}:{word}" for word in scopes]
    scoped = scopes or RULES[rule].about
    alone: tuple[str, ...] = (rule,) if not (finding and scoped) or rule in today else ()
    for key in (*keys, *noted, *alone):
        if fold(key) == fold(f"{rule}:{scope}"):
            return key
    raise UsageFailure(
        N_("“{text}” is not a finding. {rule} has these: {choices}."),
        text=text,
        rule=rule,
        choices=", ".join(keys) or rule,
    )


@rule_app.command("list", help=N_("List the rules, and which are off."))
def rule_list(ctx: typer.Context) -> None:
    """List the 24 rules with their switches."""
    from dorf.core.gaps.rules import RULES
    from dorf.report.household import rules_document, rules_page

    env = env_of(ctx)
    household, words = assessment_of(env).village.household, env.words()
    env.answer(
        "rule list",
        lambda: rules_document(RULES.values(), household, words),
        lambda: rules_page(RULES.values(), household, words),
    )


@rule_app.command("off", help=N_("Switch a rule or one finding off."))
def rule_off(ctx: typer.Context, key: RuleKey) -> None:
    """Switch a rule off; no other finding changes by it."""
    env = env_of(ctx)
    chosen = _read_key(env, key)
    _save(env, lambda h: h._replace(rules_off=h.rules_off | {chosen}))
    text = env.language.say("{key} is off. Back on: dorf rule on {key}", key=argument(chosen))
    _answer(env, "rule off", text)


@rule_app.command("on", help=N_("Switch a rule or a finding back on."))
def rule_on(ctx: typer.Context, key: RuleKey) -> None:
    """Take back a switch, or that something was fine."""
    env = env_of(ctx)
    chosen = _read_key(env, key)

    def change(household: "Household") -> "Household":
        return _without_acceptance(household, chosen)._replace(
            rules_off=household.rules_off - {chosen}
        )

    _save(env, change)
    _answer(env, "rule on", env.language.say("{key} is on.", key=argument(chosen)))


def _without_acceptance(household: "Household", key: str) -> "Household":
    left = tuple(acceptance for acceptance in household.accepted if acceptance.key != key)
    return household._replace(accepted=left)


@app.command("accept")
def accept(
    ctx: typer.Context,
    key: RuleKey,
    until: Annotated[str | None, option("--until --bis", N_("Only up to this day."), "DAY")] = None,
) -> None:
    """Accept a finding for good, or until a day."""
    from dorf.core.sayings.days import Towards, parse_day
    from dorf.core.village import Acceptance

    env = env_of(ctx)
    chosen = _read_key(env, key, finding=True)
    day = None if until is None else parse_day(until, env.today, Towards.FUTURE)
    if day and day <= env.today:
        raise UsageFailure(N_("{day} is not in the future."), day=env.words().day(day))
    new = Acceptance(chosen, day)
    _save(env, lambda h: h._replace(accepted=(*_without_acceptance(h, chosen).accepted, new)))
    say = env.language.say
    text = say(
        "{key}: fine for you{until}. Back again: dorf rule on {key}",
        key=argument(chosen),
        until=say(" until {day}", day=env.words().day(day)) if day else "",
    )
    _answer(env, "accept", text)


def children_of(text: str, today: "date") -> "tuple[Child, ...]":
    """Read "Ida Oktober 2021, Ben 3.2024"; raise `UsageFailure` where a month is missing."""
    from dorf.cli.commands.contacts import typed_name
    from dorf.core.sayings.answers import split_names
    from dorf.core.village import Child

    children: dict[str, Child] = {}
    for part in split_names(text):
        name, born = _name_and_birth(part, today)
        child = Child(typed_name(name), born)
        if child.name in children:
            raise UsageFailure(
                N_("{name} is there twice. Please tell them apart, such as “{name} L.”"),
                name=child.name,
            )
        children[child.name] = child
    return tuple(children.values())


def _name_and_birth(text: str, today: "date") -> "tuple[str, PartialDate]":
    """Return the name and the birth behind it, however many words each has."""
    from dorf.core.sayings.births import UnknownBirth, read_birth

    words = text.replace(":", " ").split()
    for place in range(1, len(words)):
        with suppress(UnknownBirth):
            born = read_birth(" ".join(words[place:]), today, child=True)
            return " ".join(words[:place]), born
    if len(words) > 1 and words[-1][0].isdigit():
        read_birth(words[-1], today, child=True)
    raise UsageFailure(N_("Please give each child with its birth month: {name} 2021-10"), name=text)
