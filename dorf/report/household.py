"""The household in words: its children, wishes and groups, and its switches for rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.report.gaps.rule_words import RULE_WORDS
from dorf.report.page import Block, Heading, Line, Page, Table, Title
from dorf.report.words import SOURCE_LABELS, iso

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dorf.core.assessment import Assessment
    from dorf.core.gaps.registry import Rule
    from dorf.core.village import Household
    from dorf.report.words import Words


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
