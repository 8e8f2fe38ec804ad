"""The household in words: its children, wishes and groups, and its switches for rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.command_line import call
from dorf.core.vocabulary import Bond
from dorf.errors import N_
from dorf.report.gaps.rule_words import RULE_WORDS
from dorf.report.page import Block, Heading, Item, Line, Page, Table, Title
from dorf.report.words import PLACE_LABELS, SOURCE_LABELS, iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dorf.core.assessment import Assessment
    from dorf.core.gaps.registry import Rule
    from dorf.core.queries import ChildView
    from dorf.core.tending import Tending
    from dorf.core.village import Contact, Household
    from dorf.report.words import Words

_BONDS = {
    Bond.PRIMARY: N_("primary attachment person"),
    Bond.SECONDARY: N_("secondary attachment person"),
}


def household_page(assessment: Assessment, words: Words) -> Page:
    """Return the household: children with their people, wishes, groups of the village."""
    household = assessment.village.household
    rows = [
        (
            words.say("single parent"),
            words.say("yes") if household.single_parent else words.say("no"),
        ),
        (words.say("children"), _children(household, words)),
        (words.say("wishes"), ", ".join(household.wishes) or "–"),
        (words.say("rules off"), ", ".join(sorted(household.rules_off)) or "–"),
        (words.say("fine for us"), _accepted(household, words) or "–"),
    ]
    groups = tuple(
        (words.language.word(SOURCE_LABELS[source]), str(count))
        for source, count in assessment.support.sources.items()
    )
    people = tuple(
        (words.name(child.name), _people_of(child.name, assessment, words))
        for child in household.children
    )
    page: list[Block] = [Title(words.say("Your household")), Table(("", ""), tuple(rows))]
    if people:
        page += [Heading(words.say("Who is there for whom")), Table(("", ""), people)]
    return (*page, Heading(words.say("Your village by groups")), Table(("", ""), groups))


def _accepted(household: Household, words: Words) -> str:
    shown = []
    for acceptance in household.accepted:
        day = words.day(acceptance.until) if acceptance.until else ""
        shown.append(
            words.say("{key} until {day}", key=acceptance.key, day=day) if day else acceptance.key
        )
    return ", ".join(shown)


def _children(household: Household, words: Words) -> str:
    shown = [
        f"{words.name(c.name)} ({words.age(c.age_in_months(words.today))})"
        for c in household.children
    ]
    return ", ".join(shown) or "–"


def _people_of(child: str, assessment: Assessment, words: Words) -> str:
    people = _attached(child, assessment)
    return words.names(people) or words.say("nobody noted yet")


def _attached(child: str, assessment: Assessment) -> list[str]:
    return [c.name for c in assessment.support.present if child in dict(c.attachment)]


def household_document(assessment: Assessment) -> dict[str, Any]:
    """Return the household as the village file carries it, with ages and groups."""
    from dorf.formats.village_file import document

    household = document(assessment.village)["household"]
    for child, entry in zip(
        assessment.village.household.children, household["children"], strict=True
    ):
        entry["age_months"] = child.age_in_months(assessment.today)
    groups = {source.value: count for source, count in assessment.support.sources.items()}
    people = {
        child.name: _attached(child.name, assessment)
        for child in assessment.village.household.children
    }
    return {"household": household, "people": people, "groups": groups}


def child_page(view: ChildView, tendings: Mapping[str, Tending], words: Words) -> Page:
    """Return a child's own page: its age, who is there for it, of its age, and may pick it up."""
    from dorf.report.contact import birthday

    child, say = view.child, words.say
    name = words.name(child.name)
    bonds = [
        _person(c, words, say(_BONDS[bond]), _last(tendings[c.uid], words))
        for bond, c in view.bonds
    ]
    families = [_person(c, words, ", ".join(map(words.kid, c.kids))) for c in view.same_age]
    pickup = [
        _person(c, words, _place(c, words), "" if words.discreet else ", ".join(c.phones))
        for c in view.pickup
    ]
    age = words.age(child.age_in_months(words.today))
    return (
        Title(name, age),
        Line(birthday(child.born, words), "quiet"),
        Heading(say("Who is there for {name}", name=name)),
        *_or_how(bonds, call("edit", "NAME", options=["--bond", child.name]), words),
        Heading(say("Families with a child of that age")),
        *_or_how(families, call("edit", "NAME", options=["--kid", "Mats:2021-10"]), words),
        Heading(say("Who may pick up {name}", name=name)),
        *_or_how(pickup, call("edit", "NAME", options=["--pickup"]), words),
    )


def _person(contact: Contact, words: Words, *facts: str) -> Item:
    called = "" if words.discreet else next(iter(contact.nicknames), "")
    called = words.say("“{name}”", name=called) if called else ""
    known = filter(None, (called, words.roles(contact), *facts))
    return Item("·", " · ".join(known), lead=words.name(contact.name))


def _last(tending: Tending, words: Words) -> str:
    return words.last_contact(tending) if tending.recorded else ""


def _place(contact: Contact, words: Words) -> str:
    return words.language.word(PLACE_LABELS[contact.where]) if contact.where else ""


def _or_how(items: Sequence[Item], command: str, words: Words) -> Sequence[Block]:
    """Return the people, or that nobody is noted, with the *command* that notes somebody."""
    if items:
        return items
    nobody = Line(words.say("nobody noted yet"), "quiet")
    return nobody, Item("→", f"dorf {command}", tone="step")


def child_document(view: ChildView, words: Words) -> dict[str, Any]:
    """Return a child's own view: whole, but for numbers and other names where it is discreet."""
    child, next_birthday = view.child, view.child.born.next_anniversary(words.today)
    return {
        "child": {
            "name": words.name(child.name),
            "born": str(child.born),
            "age_months": child.age_in_months(words.today),
            "birthday": iso(next_birthday),
        },
        "bonds": [_known(contact, words) | {"bond": bond.value} for bond, contact in view.bonds],
        "same_age": [
            _known(contact, words) | {"kids": [str(kid.born) for kid in contact.kids if kid.born]}
            for contact in view.same_age
        ],
        "pickup": [
            _known(contact, words)
            | {
                "where": contact.where and contact.where.value,
                "phones": [] if words.discreet else list(contact.phones),
            }
            for contact in view.pickup
        ],
    }


def _known(contact: Contact, words: Words) -> dict[str, Any]:
    called = [] if words.discreet else list(contact.nicknames)
    roles = [role.slug for role in contact.roles]
    return {"name": words.name(contact.name), "roles": roles, "nicknames": called}


def rules_page(rules: Iterable[Rule], household: Household, words: Words) -> Page:
    """Return the rules with their switches, and what is switched off or accepted by itself."""
    rows = tuple(
        (
            rule.id,
            words.say("off") if rule.id in household.rules_off else words.say("on"),
            words.language.word(RULE_WORDS[rule.id].title),
        )
        for rule in rules
    )
    single = sorted(key for key in household.rules_off if ":" in key)
    page: list[Block] = [Table(("", "", ""), rows)]
    if single:
        page.append(Line(words.say("Off one by one: {keys}", keys=", ".join(single)), "quiet"))
    if household.accepted:
        keys = ", ".join(acceptance.key for acceptance in household.accepted)
        page.append(Line(words.say("Fine for you: {keys}", keys=keys), "quiet"))
    return tuple(page)


def rules_document(rules: Iterable[Rule], household: Household, words: Words) -> dict[str, Any]:
    """Return the rules with their slugs and switches."""
    return {
        "rules": [
            {
                "id": rule.id,
                "slug": rule.slug,
                "on": rule.id not in household.rules_off,
                "text": words.language.word(RULE_WORDS[rule.id].title),
            }
            for rule in rules
        ],
        "off": sorted(household.rules_off),
        "accepted": [{"key": a.key, "until": iso(a.until)} for a in household.accepted],
    }
