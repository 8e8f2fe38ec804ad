"""``dorf status``: who to tend, what is missing, what comes soon, and who gives what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.assessment import MOST_SHOWN
from dorf.core.command_line import argument, call
from dorf.core.tending import State
from dorf.core.tips import daily
from dorf.core.vocabulary import KINDS
from dorf.errors import N_
from dorf.report.anniversaries import soon_text
from dorf.report.gaps.coverage import coverage_blocks
from dorf.report.gaps.improvements import (
    NOTHING_BETTER,
    improvement_lines,
    improvements_document,
)
from dorf.report.gaps.sections import sections
from dorf.report.gaps.statements import (
    answer_texts,
    finding_document,
    held_document,
    statements,
    suggestion_texts,
)
from dorf.report.page import Block, Heading, Item, Line, Page, Title
from dorf.report.tips import tip_text
from dorf.report.words import iso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from dorf.core.assessment import Assessment, Coming, Question, Step
    from dorf.core.gaps.improvements import Improvements
    from dorf.core.support import Support
    from dorf.core.tending import Caution, Tending, Urgency
    from dorf.core.village import Contact
    from dorf.core.vocabulary import Kind
    from dorf.report.gaps.statements import Statement
    from dorf.report.words import Words

KINDNESS = (
    N_("A short message is enough; it means more than you think."),
    N_("You do not have to do all of this. One thing is plenty."),
    N_("Nobody has to be a super-parent. A village helps."),
    N_("Ten minutes for your village are ten minutes for you."),
)


def status_page(
    assessment: Assessment,
    words: Words,
    better: Improvements = NOTHING_BETTER,
    *,
    everything: bool = False,
) -> Page:
    """Return the report: at most `MOST_SHOWN` entries a section unless *everything* is wanted."""
    if not assessment.village.contacts:
        from dorf.report.queries import empty_page

        return empty_page(words)
    most = None if everything else MOST_SHOWN
    return (
        *_header(assessment, words),
        *improvement_lines(better, assessment, words),
        *plan_items(assessment.plans, words),
        *_tending(assessment, words, most),
        *_questions(assessment, words),
        *_missing(assessment, words, most),
        *_soon(assessment, words, most),
        *coverage_blocks(assessment, words),
        *_closing(assessment, words),
    )


def _header(assessment: Assessment, words: Words) -> Iterator[Block]:
    yield Title(words.say("Your village"), words.long_day(assessment.today))
    yield Line(size_text(assessment.support, words), "quiet")
    if text := quiet_text(assessment, words):
        yield Line(text, "calm")


def size_text(support: Support, words: Words) -> str:
    """Return how many there are, and with how many of them one is in touch if that is most."""
    text = words.count(
        "{n} person or group around you", "{n} people and groups around you", support.size
    )
    connected, recorded = support.in_touch
    if recorded and 2 * connected >= recorded:
        more = words.say("in touch with {x} of {n}", x=connected, n=recorded)
        unrecorded = len(support.unrecorded)
        if unrecorded:
            open_ones = words.count(
                "nothing noted yet for {n}", "nothing noted yet for {n}", unrecorded
            )
            more = f"{more}, {open_ones}"
        text = f"{text} · {more}"
    return text


def quiet_text(assessment: Assessment, words: Words) -> str:
    """Return the one line that comes first while somebody is mourned, or the log rests."""
    if assessment.mourned:
        return words.say("A farewell takes time. Nothing here is urgent.")
    return resting_text(assessment.weeks_at_rest, words) if assessment.resting else ""


def resting_text(weeks: int, words: Words) -> str:
    """Return that nothing was noted for so many *weeks*, which is no reproach."""
    return words.count(
        "Nothing has been noted for {n} week, and that is fine. Five minutes to catch up: "
        "dorf tend",
        "Nothing has been noted for {n} weeks, and that is fine. Five minutes to catch up: "
        "dorf tend",
        weeks,
    )


def plan_items(plans: Sequence[Tending], words: Words) -> Iterator[Block]:
    """Yield the meetings of today and tomorrow, before everything else."""
    for tending in plans:
        contact, on = tending.contact, tending.plan
        assert on is not None  # noqa: S101  (a plan has a day)
        note = "" if words.discreet else " ".join((contact.planned_note or "").split())
        text = ", ".join(filter(None, (words.name(contact.name), note)))
        yield Item("▸", text, tone="step", lead=words.ahead(on))


def _more(hidden: int, words: Words) -> Iterator[Block]:
    if hidden > 0:
        yield Line(words.count("  and {n} more (--all)", "  and {n} more (--all)", hidden), "quiet")


def _tending(assessment: Assessment, words: Words, most: int | None) -> Iterator[Block]:
    waiting = assessment.waiting
    shown = waiting[:most]
    yield from people_blocks(shown, lambda urgency: urgency_text(urgency, words), words)
    yield from _more(len(waiting) - len(shown), words)


def _questions(assessment: Assessment, words: Words) -> Iterator[Block]:
    """Yield what there is to ask: of meetings that are over, of names of whom little is noted."""
    odd = list(caution_items(assessment.cautions, words))
    odd += _question_items(assessment.questions, words)
    if odd:
        yield Heading(words.count("A question", "Questions", len(odd)), "note")
    yield from odd


def question_text(question: Question, words: Words) -> str:
    """Return what is asked of many at once."""
    n, names = len(question.contacts), words.few([c.name for c in question.contacts])
    if question.key == "Q1":
        return words.count(
            "Nothing is noted yet for {n} person ({names}). When did you last talk?",
            "Nothing is noted yet for {n} people ({names}). When did you last talk?",
            n,
            names=names,
        )
    return words.say("It is not noted yet who {n} people are to you ({names}).", n=n, names=names)


def _question_items(questions: Sequence[Question], words: Words) -> Iterator[Item]:
    """Yield what is asked of many, with the names once."""
    named: tuple[Contact, ...] = ()
    for question in questions:
        text = question_text(question, words)
        if question.contacts == named:
            text = words.say("It is not noted yet, either, who they are to you.")
        named = question.contacts
        yield Item("?", text, question_answers(question, words), "note")


def question_answers(question: Question, words: Words) -> tuple[str, ...]:
    """Return the command that answers a question."""
    answers = {"Q1": N_("→ dorf tend"), "Q2": N_("→ dorf edit NAME --role ROLE, or dorf init")}
    return (words.language.word(answers[question.key]),)


def _missing(assessment: Assessment, words: Words, most: int | None) -> Iterator[Block]:
    """Yield the findings, a heading for each sort of them (DOMAIN.md §8)."""
    all_of_them = statements(assessment.findings)
    shown = all_of_them[:most]
    mourning = bool(assessment.mourned)
    yield from sections(shown, lambda said: _hints(said, words), words, mourning=mourning)
    yield from _more(len(all_of_them) - len(shown), words)


def _hints(said: Statement, words: Words) -> list[str]:
    """Return what to do about findings: a suggestion for what weighs, a command for a question."""
    hints = suggestion_texts(said, words)[:1] if said.severity > 1 else []
    return [f"→ {hint}" for hint in (*hints, *answer_texts(said.first, words))]


def _soon(assessment: Assessment, words: Words, most: int | None) -> Iterator[Block]:
    told = {tending.contact.uid for tending in assessment.plans}
    coming = [c for c in assessment.soon if c.occasion or c.tending.contact.uid not in told]
    if coming:
        yield Heading(words.say("What comes soon"))
    for entry in coming[:most]:
        lead = "" if entry.occasion else words.name(entry.tending.contact.name)
        yield Item("·", coming_text(entry, words), tone="quiet", lead=lead)
    yield from _more(len(coming) - len(coming[:most]), words)


def coming_text(coming: Coming, words: Words) -> str:
    """Return what comes soon; a yearly day with the name, the others without."""
    if coming.occasion:
        return soon_text(coming.occasion, words)
    if coming.tending.state is State.SOON:
        return words.say("coming up, by {day}", day=words.short_day(coming.on))
    return words.say("meeting on {day}", day=words.plan(coming.tending.contact))


def _closing(assessment: Assessment, words: Words) -> Iterator[Block]:
    yield Line("")
    if assessment.holds:
        yield Line(words.say("Your village holds."), "good")
    elif not assessment.mourned:
        yield Line(kind_word(words), "good")
    if step := assessment.next_step:
        yield Line(step_text(step, words), "step")


def kind_word(words: Words) -> str:
    """Return the kind word of the day."""
    return words.language.word(daily(KINDNESS, words.today, 1)[0])


_STEPS = {
    (False, False): N_("One step for today: say hello to {name}{phone}, then: dorf log {argument}"),
    (False, True): N_("One step for today: say hello to {name}"),
    (True, False): N_(
        "One step for today: if the meeting with {name} worked out, note it: dorf {log}"
    ),
    (True, True): N_("One step for today: note whether the meeting with {name} worked out"),
}
"""The step towards somebody, by whether a meeting is to be noted and whether to be discreet."""


def step_text(step: Step, words: Words) -> str:
    """Return the one step for today; commands and numbers only where all may be read."""
    if step.tip:
        return words.say("One step for today: {tip}", tip=tip_text(step.tip, words))
    contact = step.contact
    assert contact is not None  # noqa: S101  (a step without a tip has one)
    name = words.name(contact.name) if words.discreet else words.to([contact.name])
    form = _STEPS[step.met_on is not None, words.discreet]
    phone = f" ({contact.phones[0]})" if contact.phones else ""
    log = _log(contact.name, step.met_on, words.say("--day"))
    return words.say(form, name=name, phone=phone, argument=argument(contact.name), log=log)


def _log(name: str, day: date | None, option: str = "--day") -> str:
    """Return the command that notes being in touch, its *option* as the language has it."""
    return call("log", name, options=(option, day.isoformat()) if day else ())


def step_command(step: Step, words: Words) -> str | None:
    """Return the command that notes a step; None for a tip, and where its name is hidden."""
    if step.contact is None or words.discreet:
        return None
    return f"dorf {_log(step.contact.name, step.met_on)}"


def _step_document(step: Step, words: Words) -> dict[str, Any]:
    return {
        "text": step_text(step, words),
        "command": step_command(step, words),
        "name": words.name(step.contact.name) if step.contact else None,
    }


def _coming_document(coming: Coming, words: Words) -> dict[str, Any]:
    text = coming_text(coming, words)
    name = words.name(coming.tending.contact.name)
    return {
        **entry_document(coming.tending, 0, [text], words),
        "text": text if coming.occasion else f"{name} – {text}",
        "on": coming.on.isoformat(),
    }


def status_document(
    assessment: Assessment, words: Words, better: Improvements = NOTHING_BETTER
) -> dict[str, Any]:
    """Return everything that the report knows (CONTRIBUTING.md, Output); nothing is cut."""
    step = assessment.next_step
    return {
        "tending": [tending_document(urgency, words) for urgency in assessment.urgent],
        "gaps": [finding_document(finding, words) for finding in assessment.findings],
        "warnings": [caution_document(caution, words) for caution in assessment.cautions],
        "soon": [_coming_document(coming, words) for coming in assessment.soon],
        "next_step": step and _step_document(step, words),
        "contacts": [
            {
                "name": words.name(tending.contact.name),
                "state": tending.state.value,
                "hidden": tending.hidden,
            }
            for tending in assessment.tendings
        ],
        "questions": [
            {
                "key": question.key,
                "names": [words.name(contact.name) for contact in question.contacts],
                "text": question_text(question, words),
            }
            for question in assessment.questions
        ],
        "plans": [plan_document(tending, words) for tending in assessment.plans],
        "hidden": [held_document(held, words) for held in assessment.held],
        "holds": assessment.holds,
        "better": improvements_document(better, assessment, words),
        "givers": {kind.value: _givers(assessment.support, kind, words) for kind in KINDS},
        "weights": {kind.value: assessment.weight_of(kind) for kind in KINDS},
        "coverage": {
            kind.value: [words.name(c.name) for c in assessment.support.warm[kind]]
            for kind in KINDS
        },
        "measures": {
            "size": assessment.support.size,
            "bus_factor": assessment.support.bus_factor,
            "effective_helpers": round(assessment.support.effective_helpers, 2),
            "resting": assessment.resting,
            "mourning": [words.name(contact.name) for contact in assessment.mourned],
            "in_touch": assessment.support.in_touch[0],
            "recorded": assessment.support.in_touch[1],
        },
    }


def plan_document(tending: Tending, words: Words) -> dict[str, Any]:
    """Return a meeting that is planned as JSON carries it."""
    contact = tending.contact
    note = None if words.discreet else contact.planned_note
    return {"name": words.name(contact.name), "on": iso(tending.plan), "note": note}


def _givers(support: Support, kind: Kind, words: Words) -> list[dict[str, str]]:
    return [
        {"name": words.name(contact.name), "sureness": sureness.name.lower()}
        for sureness, contact in support.givers(kind)
    ]


def people_blocks(
    shown: Sequence[Urgency], text: Callable[[Urgency], str], words: Words
) -> Iterator[Block]:
    """Yield who needs tending, each with a *text*; ties that cost strength are no invitation."""
    for heading, strained in (
        (Heading(words.say("A hello would do good"), "calm"), False),
        (Heading(words.say("Some time has passed")), True),
    ):
        these = [urgency for urgency in shown if urgency.tending.contact.strained is strained]
        if these:
            yield heading
        for urgency in these:
            tending = urgency.tending
            tone = "thin" if tending.state is State.COOLING else "calm"
            yield Item("▸", text(urgency), tone=tone, lead=words.name(tending.contact.name))


def urgency_reasons(urgency: Urgency, words: Words) -> list[str]:
    """Return why somebody is on the tending list, in words and never as a number."""
    tending = urgency.tending
    contact, role = tending.contact, tending.contact.main_role.slug
    if contact.strained:
        return [words.say("it is time for an exchange")]
    if role == "partner":
        return [words.say("time for the two of you")]
    if not tending.recorded:
        reasons = [words.say("nothing noted yet")]
    else:
        reasons = [words.silence(tending.days)]
    if role == "babysitter":
        reasons.append(words.say("book again some time"))
    if urgency.missed_for:
        reasons.append(words.missed_for(urgency.missed_for))
    return reasons


def urgency_text(urgency: Urgency, words: Words) -> str:
    """Return the reasons as one phrase."""
    return ", ".join(urgency_reasons(urgency, words))


def caution_text(caution: Caution, words: Words) -> str:
    """Return the question or remark about an odd day of a contact."""
    name, day = words.name(caution.contact.name), words.day(caution.day)
    if caution.key == "W1":
        return words.say(
            "{name}: the last contact is noted for {day}, which is still to come. Did you mean a "
            "meeting?",
            name=name,
            day=day,
        )
    return words.say("{name}: did the meeting on {day} work out?", name=name, day=day)


def caution_items(cautions: Sequence[Caution], words: Words) -> Iterator[Item]:
    """Yield what there is to ask about odd days."""
    for caution in cautions:
        yield Item("?", caution_text(caution, words), _answers(caution, words), tone="note")


def _answers(caution: Caution, words: Words) -> tuple[str, ...]:
    """Return how to answer the question whether a meeting worked out, as commands."""
    if caution.key != "W2" or words.discreet:
        return ()
    answer = words.say(
        "Yes: dorf {log} · later: dorf plan {name} DAY · no: dorf {cancel}",
        name=argument(caution.contact.name),
        log=_log(caution.contact.name, caution.day, words.say("--day")),
        cancel=call("plan", caution.contact.name, options=[words.say("--cancel")]),
    )
    return (f"→ {answer}",)


def caution_document(caution: Caution, words: Words) -> dict[str, Any]:
    """Return one odd day as JSON carries it."""
    name, text = words.name(caution.contact.name), caution_text(caution, words)
    return {"key": caution.key, "name": name, "text": text}


def tending_document(urgency: Urgency, words: Words) -> dict[str, Any]:
    """Return one entry of the tending list as JSON carries it."""
    return entry_document(urgency.tending, urgency.score, urgency_reasons(urgency, words), words)


def entry_document(
    tending: Tending, score: int, reasons: Sequence[str], words: Words
) -> dict[str, Any]:
    """Return where a relationship stands and why it is named, as JSON carries it."""
    name = words.name(tending.contact.name)
    return {
        "name": name,
        "uid": tending.contact.uid,
        "state": tending.state.value,
        "score": score,
        "days": tending.days,
        "cadence_days": tending.cadence,
        "last_contact": iso(tending.last_contact),
        "due": iso(tending.due),
        "reasons": list(reasons),
        "text": f"{name} – {', '.join(reasons)}",
    }
