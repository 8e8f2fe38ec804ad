"""Contacts in words: the page of one, lists of many, and the one-line answer to a write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.names import argument
from dorf.core.tending import NEEDY, RESTING, State
from dorf.core.vocabulary import Status
from dorf.errors import N_
from dorf.report.page import Block, Heading, Item, Line, Page, Table, Title
from dorf.report.words import BOND_LABELS, CIRCLE_LABELS, PLACE_LABELS, SOURCE_LABELS, iso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dorf.core.assessment import Assessment
    from dorf.core.merge import Alike
    from dorf.core.tending import Tending
    from dorf.core.village import Contact, Encounter, Household
    from dorf.core.vocabulary import Kind
    from dorf.report.words import Words


LIKENESS = {
    "spelling": N_("“{new}” and “{there}” are the same name in two spellings."),
    "phone": N_("“{new}” and “{there}” have the same phone number."),
    "email": N_("“{new}” and “{there}” have the same e-mail address."),
    "nickname": N_("“{new}” and “{there}” go by the same name."),
    "slip": N_("“{new}” and “{there}” are one letter apart."),
    "words": N_("“{new}” and “{there}” have a name in common."),
    "namesake": N_("“{new}” has the name of “{there}”, but other numbers or addresses."),
}
"""Why two contacts may be one, by `dorf.core.merge.Reason`, which few answers load."""

SINGLE_LABELS = {
    "circle": N_("circle"),
    "cadence_days": N_("rhythm"),
    "where": N_("place"),
    "birthday": N_("birthday"),
    "trusted": N_("trust"),
    "pickup": N_("pickup"),
    "online_only": N_("online"),
    "planned_on": N_("plan"),
    "snoozed_until": N_("reminder"),
    "status": N_("status"),
    "until": N_("until"),
    "lead_days": N_("lead"),
}
"""The fields of which a contact has one value, each by a word that can also be typed."""


def likeness_text(one: Alike, words: Words) -> str:
    """Return why two contacts may be one, and what to do then."""
    why = words.say(LIKENESS[one.reason], new=one.new, there=one.there)
    names = [argument(one.there), argument(one.new)]
    if any(name.startswith("-") for name in names):
        names = ["--", *names]
    return words.say(
        "{why} Are they the same person? Then: dorf merge {names}", why=why, names=" ".join(names)
    )


def without_role_text(n: int, words: Words) -> str:
    """Return how many people have no role yet, and who asks about it."""
    return words.count(
        "{n} without a role so far: dorf init asks, or dorf role NAME ROLE",
        "{n} without a role so far: dorf init asks, or dorf role NAME ROLE",
        n,
    )


def single_value(contact: Contact, field: str, words: Words) -> str:
    """Return the value of a field of `SINGLE_LABELS` in words, "" where none is stated."""
    value = getattr(contact, field)
    if field == "status":
        return _status(contact, words)
    if field == "planned_on":
        return " · ".join(filter(None, (value and words.day(value), contact.planned_note)))
    return value_in_words(field, value, words)


def value_in_words(field: str, value: Any, words: Words) -> str:  # noqa: ANN401  (any field)
    """Return a value of any field that has one, in words where there are some."""
    if value is None:
        return ""
    return _SINGLE_WORDS[field](value, words) if field in _SINGLE_WORDS else str(value)


def _status(contact: Contact, words: Words) -> str:
    if contact.status is Status.PAUSED and contact.paused_until:
        return words.say("pause until {day}", day=words.day(contact.paused_until))
    return words.language.word(_STATUS_LABELS[contact.status])


def _either(yes: str, no: str) -> Callable[[Any, Words], str]:
    return lambda value, words: words.language.word(yes if value else no)


_STATUS_LABELS = {
    Status.ACTIVE: N_("active"),
    Status.PAUSED: N_("pause"),
    Status.ENDED: N_("used to be in the village"),
}
_SINGLE_WORDS: dict[str, Callable[[Any, Words], str]] = {
    "circle": lambda value, words: words.language.word(CIRCLE_LABELS[value]),
    "cadence_days": lambda value, words: words.every(value),
    "where": lambda value, words: words.language.word(PLACE_LABELS[value]),
    "birthday": lambda value, words: words.partial(value),
    "trusted": _either(N_("trusted with your child"), N_("not alone with your child")),
    "pickup": _either(N_("authorised to pick up"), N_("not authorised to pick up")),
    "online_only": _either(N_("online only"), N_("met in person")),
    "snoozed_until": lambda value, words: words.say("rests until {day}", day=words.day(value)),
    "until": lambda value, words: words.day(value),
    "planned_on": lambda value, words: words.day(value),
    "lead_days": lambda value, words: words.before(value),
}


def result_line(one: Tending, words: Words) -> str:
    """Return the answer to a write: who, which roles, last contact, what comes next."""
    contact = one.contact
    parts = [words.name(contact.name), words.roles(contact), words.last_contact(one)]
    rests = one.hidden and contact.snoozed_until is not None and one.state is not State.ENDED
    if rests and one.state not in RESTING:
        pass
    elif one.state in {State.FRESH, State.SOON} and one.due:
        parts.append(words.say("next time by {day}", day=words.short_day(one.due)))
    elif one.recorded or one.state not in NEEDY:
        parts.append(words.state(one))
    if one.state is State.PLANNED and contact.planned_note:
        parts.append(words.say("plan: {note}", note=" ".join(contact.planned_note.split())))
    if one.state is State.PAUSED and contact.planned_on and contact.planned_on >= words.today:
        parts.append(words.say("meeting on {day}", day=words.day(contact.planned_on)))
    if rests and contact.snoozed_until:
        day = words.day(contact.snoozed_until)
        parts.append(words.say("reminder rests until {day}", day=day))
    return " · ".join(parts)


def change_line(before: Tending, after: Tending, words: Words) -> str:
    """Return the answer to a change: who, and each fact that is different now."""
    name = words.name(after.contact.name)
    changes = changed_facts(before, after, words) or [words.say("nothing changed")]
    return " · ".join([name, *changes])


def changed_facts(before: Tending, after: Tending, words: Words) -> list[str]:
    """Return each fact that is different now, as it is now."""
    old, new = _facts_and_notes(before, words), _facts_and_notes(after, words)
    unstated = words.say("not stated")
    return [
        f"{label}: {value or unstated}"
        for label, value in new.items()
        if value != old[label] and (value or label != words.say("next time"))
    ]


def _facts_and_notes(one: Tending, words: Words) -> dict[str, str]:
    return dict(facts(one, words)) | {
        words.say("note"): " / ".join((one.contact.notes or "").split("\n"))
    }


def facts(one: Tending, words: Words) -> Iterator[tuple[str, str]]:
    """Yield every fact about a contact with its label, "" where nothing is known.

    What helps most before ringing comes first.
    """
    contact, say = one.contact, words.say
    if not words.discreet:
        yield say("phone"), ", ".join(contact.phones)
    yield say("plan"), words.plan(contact)
    yield say("birthday"), words.partial(contact.birthday) if contact.birthday else ""
    yield say("children"), ", ".join(words.kid(kid) for kid in contact.kids)
    yield say("yearly days"), ", ".join(words.yearly_day(day) for day in contact.yearly_days)
    yield say("lead"), "" if contact.lead_days is None else words.before(contact.lead_days)
    yield say("gives"), _gives(contact, words)
    yield say("gets from you"), "" if contact.gets is None else _kinds(contact.gets, words)
    yield say("circle"), words.language.word(CIRCLE_LABELS[contact.closeness])
    yield say("rhythm"), words.every(one.cadence)
    yield say("next time"), say("by {day}", day=words.day(one.due)) if one.due else ""
    if not words.discreet:
        yield say("address"), "; ".join(contact.addresses)
        yield say("e-mail"), ", ".join(contact.emails)
    yield say("also called"), ", ".join(words.name(name) for name in contact.nicknames)
    yield say("lives"), words.language.word(PLACE_LABELS[contact.where]) if contact.where else ""
    yield say("can"), ", ".join(contact.skills)
    yield say("also"), ", ".join(_remarks(contact, words))
    yield say("reminder rests until"), words.day(contact.snoozed_until) if one.hidden else ""  # type: ignore[arg-type]
    yield say("here until"), words.day(contact.until) if contact.until else ""
    yield say("earlier"), ", ".join(_earlier(contact, words))
    yield say("since"), words.day(contact.added_on)


def _kinds(kinds: frozenset[Kind], words: Words) -> str:
    return words.kinds(kinds) or words.say("nothing")


def _gives(contact: Contact, words: Words) -> str:
    if contact.gives is not None:
        return _kinds(contact.gives, words)
    assumed = words.kinds(contact.kinds())
    return words.say("{kinds} (assumed from the role)", kinds=assumed) if assumed else ""


def _remarks(contact: Contact, words: Words) -> Iterator[str]:
    for child, bond in contact.attachment:
        yield words.say(BOND_LABELS[bond], child=words.name(child))
    if contact.trusted is not None:
        yes = words.say("trusted with your child")
        yield yes if contact.trusted else words.say("not alone with your child")
    if contact.pickup is not None:
        yes = words.say("authorised to pick up")
        yield yes if contact.pickup else words.say("not authorised to pick up")
    if contact.is_online_only:
        yield words.say("online only")
    if contact.single_parent:
        yield words.say("single parent")
    if contact.strained:
        yield words.say("costs strength, too")


def _earlier(contact: Contact, words: Words) -> Iterator[str]:
    for span in contact.role_history:
        if span.end and span.role not in contact.roles:
            role, day = words.role(span.role), words.day(span.end)
            yield words.say("{role} until {day}", role=role, day=day)


def empty_page(words: Words) -> Page:
    """Return the welcome to an empty village."""
    return (
        Title(words.say("Your village"), words.long_day(words.today)),
        Line(words.say("Nobody is here yet. The first one is quick to add:")),
        Item("→", words.say("dorf add Grandma --role grandparent --last yesterday"), tone="step"),
        Item("→", words.say("dorf demo shows what a filled village looks like."), tone="step"),
    )


def list_page(tendings: Sequence[Tending], words: Words) -> Page:
    """Return contacts as a table: name, role, last contact, state."""
    if not tendings:
        return (Line(words.say("Nobody matches."), "quiet"),)
    rows = tuple(
        (
            words.name(one.contact.name),
            words.role(one.contact.main_role),
            words.short_day(one.last_contact) if one.last_contact else "–",
            _state_and_due(one, words),
        )
        for one in tendings
    )
    header = (words.say("name"), words.say("role"), words.say("last"), words.say("state"))
    return (Table(header, rows),)


def _state_and_due(one: Tending, words: Words) -> str:
    state = words.state(one)
    if one.hidden and one.contact.snoozed_until:
        day = words.short_day(one.contact.snoozed_until)
        return words.say("{state}, reminder rests until {day}", state=state, day=day)
    if one.state in {State.FRESH, State.SOON} and one.due:
        return words.say("{state}, by {day}", state=state, day=words.short_day(one.due))
    return state


def list_document(tendings: Sequence[Tending], words: Words) -> dict[str, Any]:
    """Return contacts with all their fields and where each relationship stands."""
    return {"contacts": [contact_with_state(one, words) for one in tendings]}


def contact_with_state(one: Tending, words: Words) -> dict[str, Any]:
    """Return the contact as the village file carries it, with its state beside it."""
    from dorf.formats.village_file import contact_document

    if words.discreet:
        return {"name": words.name(one.contact.name), **state_document(one)}
    return {
        **contact_document(one.contact),
        **state_document(one),
        "hidden": one.hidden,
        "assumed": sorted(one.contact.kinds()) if one.contact.assumed else [],
    }


def state_document(one: Tending) -> dict[str, Any]:
    """Return where a relationship stands."""
    return {
        "state": one.state.value,
        "last_contact": iso(one.last_contact),
        "due": iso(one.due),
        "effective_cadence_days": one.cadence,
        "days": one.days,
    }


def who_page(asked: str, found: Sequence[tuple[Tending, str]], words: Words) -> Page:
    """Return who gives a kind of support or has a skill, the warm ones first."""
    if not found:
        return (
            Line(words.say("{what}: nobody yet.", what=asked)),
            Item(
                "→",
                words.say("Note it as a wish: dorf wish add {what}", what=argument(asked)),
                tone="step",
            ),
        )
    items = [
        Item(
            _sign(one, how),
            " · ".join(part for part in (words.state(one), how, _phone(one, words)) if part),
            lead=words.name(one.contact.name),
            tone="thin" if one.state is State.COOLING else "good",
        )
        for one, how in found
    ]
    return (Title(asked), *items)


def _sign(one: Tending, skill: str) -> str:
    """Return the sign of the status report: cold, assumed from the role, or noted."""
    if one.state is State.COOLING:
        return "○"
    return "●" if skill or not one.contact.assumed else "◌"


def _phone(one: Tending, words: Words) -> str:
    phones = () if words.discreet else one.contact.phones
    return phones[0] if phones else ""


def encounter_text(encounter: Encounter, names: Mapping[str, str], words: Words) -> str:
    """Return an encounter as one line: day, people, way, help, note."""
    from dorf.report.words import HELP_LABELS

    people = [words.name(names[uid]) for uid in encounter.contacts if uid in names]
    helped = [words.say(HELP_LABELS[h.direction], kind=words.kind(h.kind)) for h in encounter.help]
    note = "" if words.discreet else " ".join((encounter.note or "").split())
    told = bool(helped or note)
    how = "" if told and encounter.how is None else words.how(encounter.how)
    parts = [words.day(encounter.day), ", ".join(people), how, *helped, note]
    return " · ".join(part for part in parts if part)


def history_page(
    encounters: Sequence[Encounter], names: Mapping[str, str], words: Words, most: int | None
) -> Page:
    """Return encounters, the newest first, at most *most* of them, numbered for `encounter`."""
    if not encounters:
        return (Line(words.say("Nothing is noted about that yet."), "quiet"),)
    newest = list(reversed(encounters))
    items = [
        Item(f"{one.uid[:8]}", encounter_text(one, names, words), tone="quiet")
        for one in newest[:most]
    ]
    hidden = len(newest) - len(items)
    rest = words.count("and {n} more (--all)", "and {n} more (--all)", hidden)
    return (*items, *([Line(rest, "quiet")] if hidden else []))


def encounters_document(
    encounters: Sequence[Encounter], names: Mapping[str, str], words: Words
) -> dict[str, Any]:
    """Return encounters with the names of the people beside their uids."""
    return {"encounters": [encounter_with_names(one, names, words) for one in encounters]}


def encounter_with_names(one: Encounter, names: Mapping[str, str], words: Words) -> dict[str, Any]:
    """Return an encounter as the village file carries it, with the names of its people."""
    from dorf.formats.village_file import encounter_document

    shown = encounter_document(one) | {"names": [words.name(names[uid]) for uid in one.contacts]}
    return shown | {"note": None} if words.discreet else shown


def found_page(
    tendings: Sequence[Tending], log: Sequence[Encounter], names: Mapping[str, str], words: Words
) -> Page:
    """Return what a search found: contacts, then encounters."""
    if not tendings and not log:
        return (Line(words.say("Nothing was found."), "quiet"),)
    people = list_page(tendings, words) if tendings else ()
    return (*people, *(history_page(log, names, words, None) if log else ()))


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
    for one in household.accepted:
        day = words.day(one.until) if one.until else ""
        shown.append(words.say("{key} until {day}", key=one.key, day=day) if day else one.key)
    return ", ".join(shown)


def _children(household: Household, words: Words) -> str:
    shown = [
        f"{words.name(c.name)} ({words.age(c.age_in_months(words.today))})"
        for c in household.children
    ]
    return ", ".join(shown) or "–"


def _people_of(child: str, assessment: Assessment, words: Words) -> str:
    people = [c.name for c in assessment.support.active if child in dict(c.attachment)]
    return words.names(people) or words.say("nobody noted yet")


def household_document(assessment: Assessment) -> dict[str, Any]:
    """Return the household as the village file carries it, with ages and groups."""
    from dorf.formats.village_file import document

    household = document(assessment.village)["household"]
    for child, entry in zip(
        assessment.village.household.children, household["children"], strict=True
    ):
        entry["age_months"] = child.age_in_months(assessment.today)
    groups = {source.value: count for source, count in assessment.support.sources.items()}
    return {"household": household, "groups": groups}
