"""``dorf status`` and ``dorf gaps``: who to tend, what is missing, what comes soon."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dorf.core.anniversaries import occasions
from dorf.core.names import argument
from dorf.core.tending import State
from dorf.core.tips import Tip, rotate
from dorf.core.vocabulary import CORE6, KINDS, ROLES, Kind, Status
from dorf.errors import N_
from dorf.report.anniversaries import soon_text
from dorf.report.gaps import (
    RULE_REASONS,
    caution_answers,
    caution_text,
    finding_text,
    scope_text,
    suggestion_texts,
    tip_text,
)
from dorf.report.page import Block, Heading, Item, Line, Page, Table, Title
from dorf.report.words import iso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from dorf.core.assessment import Assessment
    from dorf.core.gaps import Finding
    from dorf.core.tending import Caution, Urgency
    from dorf.core.village import Contact
    from dorf.report.words import Words

MOST = 5
"""People and findings that a report shows unless it is asked for all (DOMAIN.md §3.5, §4.5)."""

MANY_STRANGERS = 5
"""How many people without a role, if they are most, the report speaks about (convention)."""

SOON_DAYS = 14
"""How far ahead "what comes soon" looks for meetings, in days (convention)."""

_NAMES_PER_KIND = 4
SEVERITY = {
    3: ("▲", "gap", N_("gap")),
    2: ("△", "thin", N_("thin")),
    1: ("·", "note", N_("good to know")),
}
KINDNESS = (
    N_("A short message is enough; it means more than you think."),
    N_("You do not have to do all of this. One thing is plenty."),
    N_("Nobody has to be a super-parent. A village helps."),
    N_("Ten minutes for your village are ten minutes for you."),
)


def status_page(assessment: Assessment, words: Words, *, everything: bool = False) -> Page:
    """Return the report: at most `MOST` entries a section unless *everything* is wanted."""
    if not assessment.village.contacts:
        from dorf.report.queries import empty_page

        return empty_page(words)
    most = None if everything else MOST
    return (
        *_header(assessment, words),
        *_tending(assessment, words, most),
        *_missing(assessment, words, most),
        *_soon(assessment, words, most),
        *_coverage(assessment, words),
        *_closing(assessment, words),
    )


def _header(assessment: Assessment, words: Words) -> Iterator[Block]:
    yield Title(words.say("Your village"), words.long_day(assessment.today))
    size = assessment.support.size
    text = words.count("{n} contact around you", "{n} people and groups around you", size)
    connected, tracked = assessment.support.in_touch
    if tracked:
        more = words.say("in touch with {x} of {n}", x=connected, n=tracked)
        text = f"{text} · {more}"
    yield Line(text, "quiet")
    yield from _strangers(assessment, words)


def _strangers(assessment: Assessment, words: Words) -> Iterator[Block]:
    """Say it if the report knows of most people only that they are there, as after an import."""
    from dorf.report.contact import without_role_text

    people = [
        c for c in assessment.village.contacts if c.status_on(assessment.today) is not Status.ENDED
    ]
    strangers = sum(contact.roles == (ROLES["other"],) for contact in people)
    if strangers >= MANY_STRANGERS and 2 * strangers > len(people):
        yield Line(without_role_text(strangers, words), "quiet")


def _more(hidden: int, words: Words) -> Iterator[Block]:
    if hidden > 0:
        yield Line(words.count("  and {n} more (--all)", "  and {n} more (--all)", hidden), "quiet")


def _tending(assessment: Assessment, words: Words, most: int | None) -> Iterator[Block]:
    asked = {one.contact.uid for one in assessment.cautions if one.key == "W2"}
    waiting = [one for one in assessment.urgent if one.tending.contact.uid not in asked]
    shown = waiting[:most]
    yield from people_blocks(shown, lambda one: urgency_text(one, words), words)
    yield from _more(len(waiting) - len(shown), words)
    if assessment.cautions and not shown:
        yield Heading(words.say("A question"))
    for caution in assessment.cautions:
        answers = caution_answers(caution, words)
        yield Item("?", caution_text(caution, words), answers, tone="note")


def people_blocks(
    shown: Sequence[Urgency], text: Callable[[Urgency], str], words: Words
) -> Iterator[Block]:
    """Yield who needs tending, each with a *text*; ties that cost strength are no invitation."""
    for heading, strained in (
        (words.say("A hello would do good"), False),
        (words.say("Some time has passed"), True),
    ):
        these = [one for one in shown if one.tending.contact.strained is strained]
        if these:
            yield Heading(heading)
        for urgency in these:
            one = urgency.tending
            tone = "thin" if one.state is State.COOLING else "calm"
            yield Item("▸", text(urgency), tone=tone, lead=words.name(one.contact.name))


def urgency_reasons(urgency: Urgency, words: Words) -> list[str]:
    """Return why somebody is on the tending list, in words and never as a number."""
    one = urgency.tending
    if one.recorded:
        silence = words.count("nothing heard for {n} day", "nothing heard for {n} days", one.days)
    else:
        silence = words.count("noted {n} day ago", "noted {n} days ago", one.days)
    reasons = [words.state(one), silence]
    if urgency.only_for and not one.contact.strained:
        reasons.append(words.only_for(urgency.only_for))
    return reasons


def urgency_text(urgency: Urgency, words: Words) -> str:
    """Return the reasons as one phrase."""
    return ", ".join(urgency_reasons(urgency, words))


def _missing(assessment: Assessment, words: Words, most: int | None) -> Iterator[Block]:
    shown = assessment.findings[:most]
    if shown:
        yield Heading(words.say("Where someone is missing"))
    for finding in shown:
        sign, tone, _ = SEVERITY[finding.severity]
        hints = suggestion_texts(finding, words)[:1] if finding.severity > 1 else []
        hints = [*hints, *(answer.removeprefix("→ ") for answer in _answers(finding, words))]
        details = tuple(f"→ {hint}" for hint in hints)
        yield Item(sign, finding_text(finding, words), details, tone)
    yield from _more(len(assessment.findings) - len(shown), words)


def _soon(assessment: Assessment, words: Words, most: int | None) -> Iterator[Block]:
    coming = [*_coming(assessment, words), *_coming_back(assessment, words)]
    coming.sort(key=lambda entry: entry[:2])
    if coming:
        yield Heading(words.say("What comes soon"))
    for _, _, item in coming[:most]:
        yield item
    yield from _more(len(coming) - len(coming[:most]), words)


def _coming_back(assessment: Assessment, words: Words) -> Iterator[tuple[date, str, Item]]:
    """Yield the yearly days whose lead time has begun."""
    for one in occasions(assessment.village.contacts, assessment.today):
        yield one.on, one.contact.name, Item("·", soon_text(one, words), tone="quiet")


def _coming(assessment: Assessment, words: Words) -> Iterator[tuple[date, str, Item]]:
    """Yield the meetings that are planned, and who is due soon."""
    horizon = assessment.today + timedelta(days=SOON_DAYS)
    for one in assessment.tendings:
        contact = one.contact
        if one.state in {State.ENDED, State.PAUSED}:
            continue
        planned = contact.planned_on
        if planned and assessment.today <= planned <= horizon:
            text = words.say("meeting on {day}", day=words.plan(contact))
            yield planned, contact.name, _soon_item(contact, text, words)
        elif one.state is State.SOON and one.due and not one.hidden and not contact.strained:
            day = words.short_day(one.due)
            text = words.say("coming up, by {day}", day=day)
            yield one.due, contact.name, _soon_item(contact, text, words)


def _soon_item(contact: Contact, text: str, words: Words) -> Item:
    return Item("·", text, tone="quiet", lead=words.name(contact.name))


def _coverage(assessment: Assessment, words: Words) -> Iterator[Block]:
    support = assessment.support
    kinds = [*CORE6, Kind.APPRAISAL]
    kinds += [kind for kind in (Kind.MATERIAL, Kind.SKILL) if support.potential[kind]]
    rows = tuple(_coverage_row(assessment, kind, words) for kind in kinds)
    yield Heading(words.say("Who gives what"))
    yield Table(("", "", ""), rows)
    legend = [
        sign_text
        for sign, sign_text in (
            ("◌", words.say("◌ assumed from the role")),
            ("○", words.say("○ line gone cold")),
        )
        if any(sign in row[1] for row in rows)
    ]
    if legend:
        noted = words.say("● noted")
        yield Item("", " · ".join([noted, *legend]), tone="quiet")


def _coverage_row(assessment: Assessment, kind: Kind, words: Words) -> tuple[str, str, str]:
    support = assessment.support
    people = [(_sign(c), c) for c in support.warm[kind]] + [("○", c) for c in support.cold(kind)]
    people.sort(key=lambda entry: "●◌○".index(entry[0]))
    signs = "".join(sign for sign, _ in people[:_NAMES_PER_KIND])
    names = [words.name(contact.name) for _, contact in people[:_NAMES_PER_KIND]]
    hidden = len(people) - len(names)
    text = ", ".join(names) + (f" +{hidden}" if hidden else "")
    return words.kind(kind), signs or "–", text


def _sign(contact: Contact) -> str:
    return "◌" if contact.assumed else "●"


def _closing(assessment: Assessment, words: Words) -> Iterator[Block]:
    yield Line("")
    step = next_step(assessment, words)
    if step:
        yield Line(step, "step")
    serious = any(finding.severity > 1 for finding in assessment.findings)
    if not assessment.urgent and not serious:
        yield Line(words.say("Your village holds."), "good")
    else:
        kind_line = rotate(KINDNESS, assessment.today, 1)[0]
        yield Line(words.language.word(kind_line), "good")


def next_step(assessment: Assessment, words: Words) -> str:
    """Return the one thing to do next, or "" when all is well; never towards a strained tie."""
    met = {one.contact.uid: one for one in assessment.cautions if one.key == "W2"}
    for urgency in assessment.urgent:
        contact = urgency.tending.contact
        if contact.uid in met:
            return _step_after_a_plan(met[contact.uid], words)
        if not contact.strained:
            if words.discreet:
                return words.say(
                    "One step for today: say hello to {name}", name=words.name(contact.name)
                )
            name = contact.name
            phone = f" ({contact.phones[0]})" if contact.phones else ""
            return words.say(
                "One step for today: say hello to {name}{phone}, then: dorf log {argument}",
                name=words.to([contact.name]),
                phone=phone,
                argument=argument(name),
            )
    for finding in assessment.findings:
        if finding.suggestions and finding.severity > 1:
            return words.say(
                "One step for today: {tip}", tip=tip_text(finding.suggestions[0], words)
            )
    return ""


def _step_after_a_plan(caution: Caution, words: Words) -> str:
    """Return the step for a meeting that was agreed on: perhaps it only wants to be noted."""
    name, day = caution.contact.name, caution.day
    if words.discreet:
        return words.say(
            "One step for today: note whether the meeting with {name} worked out",
            name=words.name(name),
        )
    return words.say(
        "One step for today: if the meeting with {name} worked out, note it: dorf log {argument} "
        "--day {day}",
        name=words.to([name]),
        argument=argument(name),
        day=day.isoformat(),
    )


def gaps_page(assessment: Assessment, words: Words, *, hidden: bool = False) -> Page:
    """Return all findings with reason, suggestions and how to switch or accept each."""
    if not assessment.village.contacts:
        from dorf.report.queries import empty_page

        return empty_page(words)
    page: list[Block] = [Title(words.say("Where someone is missing"), words.long_day(words.today))]
    page += [_finding_item(finding, words) for finding in assessment.findings]
    if not assessment.findings:
        page.append(Line(words.say("Nothing is missing. Your village holds."), "good"))
    if hidden and assessment.hidden_findings:
        page.append(Heading(words.say("Switched off or accepted")))
        page += [
            Item("–", finding_text(f, words), (scope_text(f, words),), "quiet")
            for f in assessment.hidden_findings
        ]
    elif assessment.hidden_findings:
        n = len(assessment.hidden_findings)
        text = words.count(
            "{n} more is switched off or accepted (--all).",
            "{n} more are switched off or accepted (--all).",
            n,
        )
        page.append(Line(text, "quiet"))
    return tuple(page)


def _answers(finding: Finding, words: Words) -> list[str]:
    """Return how to answer a finding that is a question."""
    if finding.rule != "G23" or words.discreet:
        return []
    name = argument(finding.names[0])
    answer = words.say("Yes: dorf edit {name} --trusted · no: --not-trusted", name=name)
    return [f"→ {answer}"]


def _finding_item(finding: Finding, words: Words) -> Item:
    sign, tone, label = SEVERITY[finding.severity]
    details = [
        words.language.word(RULE_REASONS[finding.rule]),
        *(f"→ {text}" for text in suggestion_texts(finding, words)),
        *_answers(finding, words),
    ]
    if not words.discreet:
        details.append(
            words.say(
                "Fine for us: dorf accept {key} · rule off: dorf rule off {rule}",
                key=argument(finding.key),
                rule=finding.rule,
            )
        )
    lead = words.language.word(label)
    return Item(sign, finding_text(finding, words), tuple(details), tone, lead)


def tips_page(assessment: Assessment, words: Words, *, everything: bool = False) -> Page:
    """Return a few tips of the day, or all tips and offers."""
    from dorf.core.tips import OFFERS, TIPS, fitting

    fits = [tip for tip in OFFERS if fitting(tip, assessment.village.household, assessment.today)]
    tips = TIPS if everything else rotate(TIPS, assessment.today, 3)
    offers = fits if everything else rotate(fits, assessment.today, 1)
    return (
        Title(words.say("Ideas for your village"), words.long_day(words.today)),
        *(Item("→", tip_text(tip, words), tone="step") for tip in tips),
        Heading(words.say("Help from outside")),
        *(Item("·", tip_text(tip, words), tone="calm") for tip in offers),
        Line(words.say("Addresses may have changed; ask there what they offer today."), "quiet"),
    )


def tips_document(words: Words) -> dict[str, Any]:
    """Return all tips and offers; an offer with its places and when they were last looked up."""
    from dorf.core.tips import OFFER_FACTS

    tips: list[dict[str, Any]] = []
    for tip in Tip:
        entry: dict[str, Any] = {"id": tip.value, "text": tip_text(tip, words)}
        if offer := OFFER_FACTS.get(tip):
            entry |= {"places": list(offer.places), "checked_on": iso(offer.checked_on)}
        tips.append(entry)
    return {"tips": tips}


def status_document(assessment: Assessment, words: Words) -> dict[str, Any]:
    """Return everything that the report knows (CONTRIBUTING.md, Output); nothing is cut."""
    return {
        "tending": [tending_document(urgency, words) for urgency in assessment.urgent],
        "gaps": [finding_document(finding, words) for finding in assessment.findings],
        "warnings": [
            {
                "key": caution.key,
                "name": words.name(caution.contact.name),
                "text": caution_text(caution, words),
            }
            for caution in assessment.cautions
        ],
        "contacts": [
            {
                "name": words.name(one.contact.name),
                "state": one.state.value,
                "hidden": one.hidden,
            }
            for one in assessment.tendings
        ],
        "coverage": {
            kind.value: [words.name(c.name) for c in assessment.support.warm[kind]]
            for kind in KINDS
        },
        "measures": {
            "size": assessment.support.size,
            "bus_factor": assessment.support.bus_factor,
            "effective_helpers": round(assessment.support.effective_helpers, 2),
        },
    }


def tending_document(urgency: Urgency, words: Words) -> dict[str, Any]:
    """Return one entry of the tending list."""
    one = urgency.tending
    name = words.name(one.contact.name)
    return {
        "name": name,
        "uid": one.contact.uid,
        "state": one.state.value,
        "score": urgency.score,
        "days": one.days,
        "cadence_days": one.cadence,
        "last_contact": iso(one.last_contact),
        "due": iso(one.due),
        "reasons": urgency_reasons(urgency, words),
        "text": f"{name} – {urgency_text(urgency, words)}",
    }


def finding_document(finding: Finding, words: Words) -> dict[str, Any]:
    """Return one finding."""
    return {
        "key": scope_text(finding, words),
        "severity": finding.severity,
        "text": finding_text(finding, words),
        "names": [words.name(name) for name in finding.names],
        "suggestions": suggestion_texts(finding, words),
    }
