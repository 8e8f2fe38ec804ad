"""The questions of the interview, and those after a new role, in words (DOMAIN.md §1, §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.interview import Topic
from dorf.core.lifecycle import Consequence
from dorf.core.vocabulary import Kind
from dorf.errors import N_
from dorf.report.page import Block, Line, Page, Title
from dorf.report.words import CIRCLE_LABELS

if TYPE_CHECKING:
    from dorf.core.interview import Question
    from dorf.core.village import Contact
    from dorf.report.words import Words

_TOPICS = {
    Topic.HOME: N_("Which other grown-ups live with you? Names, or “nobody”:"),
    Topic.CHILDREN: N_("Which children live with you? Name and birth month, such as Ida 2021-10:"),
    Topic.SINGLE: N_("Do you bring up your children alone? (yes / no)"),
    Topic.BOND: N_("Besides you: to whom does {name} run for comfort or for an adventure?"),
    Topic.ROLE: N_("What is {name} to you? (grandma, friend, neighbour, parent friend …)"),
    Topic.NEAR: N_("Does {name} live nearby, within about 30 minutes? (yes / no)"),
    Topic.LAST: N_("When were you last in touch with {name}? (yesterday, 2w, 24.2.)"),
}
_KINDS = {
    Kind.EMOTIONAL: N_("Who listens and is there for you?"),
    Kind.CHILDCARE: N_("Who looks after the children when it is arranged?"),
    Kind.EMERGENCY: N_("Who could pick up your child at short notice?"),
    Kind.PRACTICAL: N_("Who helps with small things: shopping, parcels, a repair?"),
    Kind.ADVICE: N_("Whom do you ask for advice?"),
    Kind.COMPANY: N_("With whom do you do things: playground, coffee, walks?"),
    Kind.APPRAISAL: N_("Who tells you honestly that you are doing well?"),
    Kind.MATERIAL: N_("Who lends, gives or passes things on?"),
    Kind.SKILL: N_("Who can do something special? Like this: Tom: woodwork, Mia: sewing"),
}
_CONSEQUENCES = {
    Consequence.HOME: N_("Does {name} still live with you? (yes / no)"),
    Consequence.NEAR: N_("Does {name} live nearby, within about 30 minutes? (yes / no)"),
    Consequence.SINGLE_PARENT: N_("Do you bring up your children alone now? (yes / no)"),
    Consequence.UNTIL: N_(
        "The earlier role was to end on {until}. Does that day still hold? (yes / no)"
    ),
    Consequence.CADENCE: N_("Rhythm so far: {every}. Keep it? (yes / no: as usual for the role)"),
    Consequence.CIRCLE: N_(
        "Closeness so far: {circle}. Keep it? (yes / no: as usual for the role)"
    ),
    Consequence.GIVES: N_("Gives so far: {gives}. Keep it? (yes / no: as usual for the role)"),
    Consequence.STRAINED: N_(
        "Does the contact with {name} cost you strength? Then dorf leaves it alone: no reminder, "
        "no suggestion, no birthday. (yes / no)"
    ),
}


def consequence_text(what: Consequence, contact: Contact, words: Words) -> str:
    """Return what is asked after a change of roles."""
    return words.say(
        _CONSEQUENCES[what],
        name=words.name(contact.name),
        until=words.day(contact.until) if contact.until else "",
        every=words.every(contact.cadence_days or 0),
        circle=words.language.word(CIRCLE_LABELS[contact.closeness]),
        gives=words.kinds(contact.gives or ()) or words.say("nothing"),
    )


def question_text(question: Question, words: Words, offered: str = "") -> str:
    """Return a question of the interview as it is asked; Enter takes the role that is *offered*."""
    if question.kind is not None:
        return words.language.word(_KINDS[question.kind])
    name = question.contact.name if question.contact else question.child
    if offered:
        return words.say(
            "What is {name} to you? (Enter: {role})", name=words.to([name]), role=offered
        )
    return words.say(_TOPICS[question.topic], name=words.to([name]))


def welcome_page(left: int, words: Words, *, again: bool) -> Page:
    """Return the first lines of the interview; *again* if some questions were asked before."""
    if again:
        title = words.say("Here we go on")
        text = words.count("{n} question is left.", "{n} questions are left.", left)
    else:
        title = words.say("Getting to know your village")
        text = words.say("A few questions about who is around you: about five minutes.")
    page: list[Block] = [Title(title), Line(text, "quiet")]
    hint = words.say(
        "Enter skips a question. Ctrl-C stops; everything answered is kept, and “dorf init” goes "
        "on from there."
    )
    return (*page, Line(hint, "quiet"), Line(""))


def done_page(words: Words) -> Page:
    """Return what is said when every question was asked."""
    text = words.say("Every question has been asked. To go through them again: dorf init --again")
    return (Line(text, "quiet"), Line(""))
