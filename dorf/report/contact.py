"""One contact in words: its facts, the answer to a write, and the page that one reads first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.anniversaries import near_birthday, next_time
from dorf.core.command_line import arguments
from dorf.core.lifecycle import left_on
from dorf.core.tending import NEEDY, NO_REMINDER, State
from dorf.core.village import LABELS
from dorf.core.vocabulary import Status
from dorf.errors import N_
from dorf.report.encounters import encounter_text
from dorf.report.page import Block, Heading, Item, Line, Page, Table, Title
from dorf.report.words import BOND_LABELS, CIRCLE_LABELS, HELP_LABELS, PLACE_LABELS, iso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from dorf.core.dates import PartialDate
    from dorf.core.likeness import Likeness
    from dorf.core.tending import Tending
    from dorf.core.village import Contact, Encounter, Kid, YearlyDay
    from dorf.core.vocabulary import Kind
    from dorf.report.words import Words


LIKENESS = {
    "spelling": N_("“{new}” and “{existing}” are the same name in two spellings."),
    "phone": N_("“{new}” and “{existing}” have the same phone number."),
    "email": N_("“{new}” and “{existing}” have the same e-mail address."),
    "nickname": N_("“{new}” and “{existing}” go by the same name."),
    "slip": N_("“{new}” and “{existing}” are one letter apart."),
    "words": N_("“{new}” and “{existing}” have a name in common."),
    "namesake": N_(
        "“{new}” has the name of “{existing}”, but another number, address or birthday."
    ),
}
"""Why two contacts may be one, by `dorf.core.likeness.Reason`, which few answers load."""


def likeness_text(likeness: Likeness, words: Words) -> str:
    """Return why two contacts may be one, and what to do then."""
    why = words.say(LIKENESS[likeness.reason], new=likeness.new, existing=likeness.existing)
    names = arguments(likeness.existing, likeness.new)
    return words.say(
        "{why} Are they the same person? Then: dorf merge {names}", why=why, names=names
    )


def without_role_text(n: int, words: Words) -> str:
    """Return how many people have no role yet, and who asks about it."""
    return words.count(
        "{n} without a role so far: dorf init, or dorf role NAME ROLE",
        "{n} without a role so far: dorf init, or dorf role NAME ROLE",
        n,
    )


def single_value(contact: Contact, field: str, words: Words) -> str:
    """Return the value of a field of `LABELS` in words, "" where none is stated."""
    value = getattr(contact, field)
    if field == "status":
        return _status(contact, words)
    if field == "planned_on":
        every = words.standing_date(contact)
        return " · ".join(filter(None, (value and words.day(value), every, contact.planned_note)))
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
    "died_on": lambda value, words: words.day(value),
    "planned_on": lambda value, words: words.day(value),
    "lead_days": lambda value, words: words.before(value),
}


def result_line(tending: Tending, words: Words) -> str:
    """Return the answer to a write: who, which roles, last contact, what comes next."""
    contact = tending.contact
    parts = [words.name(contact.name), words.roles(contact), words.last_contact(tending)]
    rests = (
        tending.hidden and contact.snoozed_until is not None and tending.state is not State.ENDED
    )
    plan = _coming_plan(tending, words)
    if (rests and tending.state not in NO_REMINDER) or (tending.state is State.UNTRACKED and plan):
        pass
    elif tending.state in {State.FRESH, State.SOON} and tending.due:
        parts.append(words.say("next time by {day}", day=words.short_day(tending.due)))
    elif tending.recorded or tending.state not in {*NEEDY, State.UNRECORDED}:
        parts.append(words.state(tending))
    if tending.state is not State.PLANNED and plan:
        parts.append(words.meeting(contact, plan))
    if plan and contact.planned_note:
        parts.append(words.say("plan: {note}", note=" ".join(contact.planned_note.split())))
    if rests and contact.snoozed_until:
        day = words.day(contact.snoozed_until)
        parts.append(words.say("reminder rests until {day}", day=day))
    return " · ".join(parts)


def _coming_plan(tending: Tending, words: Words) -> date | None:
    plan = tending.contact.next_plan(words.today)
    is_coming = plan is not None and plan >= words.today and tending.state is not State.ENDED
    return plan if is_coming else None


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


def _facts_and_notes(tending: Tending, words: Words) -> dict[str, str]:
    return dict(facts(tending, words)) | {
        words.say("note"): " / ".join((tending.contact.notes or "").split("\n"))
    }


def facts(tending: Tending, words: Words) -> Iterator[tuple[str, str]]:
    """Yield every fact about a contact with its label, "" where nothing is known.

    What helps most before ringing comes first.
    """
    contact, say = tending.contact, words.say
    if not words.discreet:
        yield say("phone"), ", ".join(contact.phones)
    yield say("plan"), ", ".join(filter(None, (words.standing_date(contact), words.plan(contact))))
    yield say("birthday"), words.partial(contact.birthday) if contact.birthday else ""
    yield say("children"), ", ".join(words.kid(kid) for kid in contact.kids)
    yield say("yearly days"), ", ".join(words.yearly_day(day) for day in contact.yearly_days)
    yield say("lead"), "" if contact.lead_days is None else words.before(contact.lead_days)
    yield say("gives"), _gives(contact, words)
    yield say("gets from you"), "" if contact.gets is None else _kinds(contact.gets, words)
    yield say("circle"), words.language.word(CIRCLE_LABELS[contact.closeness])
    yield say("rhythm"), words.every(tending.cadence)
    coming = tending.due if tending.due and tending.due >= words.today else None
    yield say("next time"), say("by {day}", day=words.day(coming)) if coming else ""
    if not words.discreet:
        yield say("address"), "; ".join(contact.addresses)
        yield say("e-mail"), ", ".join(contact.emails)
    yield say("also called"), ", ".join(words.name(name) for name in contact.nicknames)
    yield say("lives"), words.language.word(PLACE_LABELS[contact.where]) if contact.where else ""
    yield say("can"), ", ".join(contact.skills)
    yield from _plain_facts(contact, words)
    yield say("also"), ", ".join(_remarks(contact, words))
    yield say("reminder rests until"), words.day(contact.snoozed_until) if tending.hidden else ""  # type: ignore[arg-type]
    yield say("here until"), words.day(contact.until) if contact.until else ""
    yield say("earlier"), ", ".join(_earlier(contact, words))
    yield say("since"), words.day(contact.added_on)
    yield say("died"), words.day(contact.died_on) if contact.died_on else ""


def _plain_facts(contact: Contact, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the labelled fields that have no wording of their own."""
    for field in (name for name in LABELS if name not in {"status", *_SINGLE_WORDS}):
        value = None if words.discreet else getattr(contact, field)
        yield words.language.word(LABELS[field]), value_in_words(field, value, words)


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
    stated = (value_in_words(f, getattr(contact, f), words) for f in ("trusted", "pickup"))
    yield from filter(None, stated)
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


def contact_with_state(tending: Tending, words: Words) -> dict[str, Any]:
    """Return the contact as the village file carries it, with its state beside it."""
    from dorf.formats.village_file import contact_document

    if words.discreet:
        return {"name": words.name(tending.contact.name), **state_document(tending)}
    return {
        **contact_document(tending.contact),
        **state_document(tending),
        "hidden": tending.hidden,
        "next_plan": iso(tending.contact.next_plan(words.today)),
        "assumed": sorted(tending.contact.kinds()) if tending.contact.assumed else [],
    }


def contact_page_document(
    tending: Tending, encounters: Sequence[Encounter], words: Words
) -> dict[str, Any]:
    """Return a contact with all of its encounters, the oldest first; discreetly without them."""
    from dorf.formats.village_file import encounter_document

    log = [] if words.discreet else [encounter_document(entry) for entry in encounters]
    left = iso(left_on(tending.contact, words.today))
    return {"contact": contact_with_state(tending, words), "left_on": left, "encounters": log}


def state_document(tending: Tending) -> dict[str, Any]:
    """Return where a relationship stands."""
    return {
        "state": tending.state.value,
        "last_contact": iso(tending.last_contact),
        "due": iso(tending.due),
        "effective_cadence_days": tending.cadence,
        "days": tending.days,
    }


_LAST = 5


def contact_page(tending: Tending, encounters: Sequence[Encounter], words: Words) -> Page:
    """Return the page: state, what helps when ringing, other facts, notes, what was lately.

    *encounters* come oldest first.
    """
    contact = tending.contact
    page: list[Block] = [
        Title(words.name(contact.name), words.roles(contact)),
        Line(" · ".join(_standing(tending, words)), "quiet"),
        Table(("", ""), _rows(tending, words)),
    ]
    if contact.notes and not words.discreet:
        page += [Heading(words.say("Notes")), *map(Line, contact.notes.split("\n"))]
    newest = list(reversed(encounters))
    met = [encounter_text(encounter, {}, words) for encounter in newest[:_LAST]]
    helped = list(_helped(newest, words))[:_LAST]
    for heading, texts in (
        (words.say("Last encounters"), met),
        (words.say("Give and take"), helped),
    ):
        if texts:
            page += [Heading(heading), *(Item("·", text, tone="quiet") for text in texts)]
    return tuple(page)


def _helped(newest: Sequence[Encounter], words: Words) -> Iterator[str]:
    for encounter in newest:
        for help_ in encounter.help:
            kind = words.kind(help_.kind)
            text = words.say(HELP_LABELS[help_.direction], kind=kind)
            yield f"{words.day(encounter.day)} · {text}"


def _standing(tending: Tending, words: Words) -> Iterator[str]:
    """Yield where the relationship stands: state, last contact, a reminder that rests."""
    left = left_on(tending.contact, words.today)
    if left is not None and tending.contact.died_on is None:
        yield words.say("used to be in the village, until {day}", day=words.day(left))
    elif tending.state is not State.UNRECORDED:
        yield words.state(tending)
    yield words.last_contact(tending)
    snoozed = tending.contact.snoozed_until
    if tending.hidden and snoozed and tending.state is not State.ENDED:
        yield words.say("reminder rests until {day}", day=words.day(snoozed))


def _rows(tending: Tending, words: Words) -> tuple[tuple[str, str], ...]:
    """Return the facts that are known; a pause sets no day, and who left reminds of nothing."""
    say, contact = words.say, tending.contact
    known = dict(facts(tending, words))
    del known[say("reminder rests until")]  # the line above says it
    if tending.state in {State.ENDED, State.PAUSED, State.UNRECORDED}:
        del known[say("next time")]
    if tending.state is State.ENDED:
        del known[say("rhythm")], known[say("plan")], known[say("died")]
    else:
        known[say("birthday")] = birthday(contact.birthday, words)
        known[say("children")] = ", ".join(_kid(kid, words) for kid in contact.kids)
        known[say("yearly days")] = ", ".join(_yearly_day(d, words) for d in contact.yearly_days)
    return tuple((label, value) for label, value in known.items() if value)


def birthday(born: PartialDate | None, words: Words) -> str:
    """Return a birthday with how far away it is, and the age it brings: (in 12 days, turns 69)."""
    if born is None:
        return ""
    shown = words.partial(born)
    day = born.next_anniversary(words.today)
    if day is None:
        return shown
    when = words.ahead(day)
    age = born.age_on(day)
    text = words.say("{when}, turns {age}", when=when, age=age) if age else when
    return f"{shown} ({text})"


def _yearly_day(yearly: YearlyDay, words: Words) -> str:
    """Return a yearly day with how far away it is, and the years that it will have been."""
    shown = words.yearly_day(yearly)
    day = next_time(yearly.day, words.today)
    if day is None:
        return shown
    when = words.ahead(day)
    if yearly.day.year is not None:
        years = words.count("{n} year", "{n} years", day.year - yearly.day.year)
        when = f"{when}, {years}"
    return f"{shown} ({when})"


def _kid(kid: Kid, words: Words) -> str:
    """Return a contact's child with its age, and its birthday where that is near."""
    return words.kid(kid, _near_birthday(kid.born, words) if kid.born else "")


def _near_birthday(born: PartialDate, words: Words) -> str:
    day = near_birthday(born, words.today)
    if day is None:
        return ""
    if day == words.today:
        return words.say("birthday today")
    when, age = words.short_day(day), born.age_on(day)
    if age:
        return words.say("turns {age} on {day}", age=age, day=when)
    return words.say("birthday on {day}", day=when)
