"""Who needs tending, in words: reasons and never a number, questions about odd days, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.names import argument
from dorf.core.tending import State
from dorf.report.page import Block, Heading, Item
from dorf.report.words import iso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dorf.core.tending import Caution, Tending, Urgency
    from dorf.report.words import Words


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


def caution_items(cautions: Sequence[Caution], words: Words, *, alone: bool) -> Iterator[Block]:
    """Yield what there is to ask, under a heading where it stands *alone*."""
    if cautions and alone:
        yield Heading(words.say("A question"))
    for caution in cautions:
        yield Item("?", caution_text(caution, words), _answers(caution, words), tone="note")


def _answers(caution: Caution, words: Words) -> tuple[str, ...]:
    """Return how to answer the question whether a meeting worked out, as commands."""
    if caution.key != "W2" or words.discreet:
        return ()
    answer = words.say(
        "Yes: dorf log {name} --day {day} · later: dorf plan {name} DAY · no: dorf plan {name} "
        "--cancel",
        name=argument(caution.contact.name),
        day=caution.day.isoformat(),
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
