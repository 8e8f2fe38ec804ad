"""Findings in words (DOMAIN.md §4.2, §4.3): the words of each rule, ``dorf gaps``, and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.command_line import argument, call
from dorf.core.gaps.rules import RULES
from dorf.core.tips import Tip
from dorf.core.vocabulary import Kind
from dorf.errors import N_, NN_
from dorf.report.page import Block, Heading, Item, Line, Page, Title
from dorf.report.tips import tip_text
from dorf.report.words import KIND_LABELS, SOURCE_LABELS
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dorf.core.assessment import Assessment
    from dorf.core.gaps.finding import Finding
    from dorf.report.words import Form, Words

SEVERITY = {
    3: ("▲", "gap", N_("gap")),
    2: ("△", "thin", N_("thin")),
    1: ("·", "note", N_("good to know")),
}
"""By its severity, the sign of a finding, its tone and its label."""

MOST_ASKED = 3
"""How many people one sentence proposes to ask (convention)."""


class RuleWords(NamedTuple):
    """All words of one rule; the fields of its sentences are those of `fields_of`."""

    title: str
    """How it reads in ``dorf rule list``."""
    reason: str
    """Why it matters, in ``dorf gaps``."""
    sentence: Form | Mapping[str, Form]
    """What a finding says; by its variant or its scope where there are several."""
    others: Form = ""
    """What follows if there are others who could help or might be asked."""
    answer: str = ""
    """The commands that answer a finding that is a question."""


RULE_WORDS = {
    "G01": RuleWords(
        N_("The village is still small"),
        N_("About five close people carry most families; every encounter can lead to one."),
        N_("Your village is still small ({size}). Every encounter counts."),
    ),
    "G02": RuleWords(
        N_("Nobody for a kind of support"),
        N_("What counts is having someone for each kind of support, not many contacts."),
        "{kind}: {missing}",
        NN_(
            "{others} could, but the line has gone cold.",
            "{others} could, but the lines have gone cold.",
        ),
    ),
    "G03": RuleWords(
        N_("A kind of support rests on the household alone"),
        N_("People who live together often fall ill together."),
        N_(
            "{kind} rests entirely on your own household ({names}). Someone from outside would be "
            "a relief."
        ),
    ),
    "G04": RuleWords(
        N_("A kind of support hangs on one person"),
        N_("With two people for the same thing, one may be ill, away or tired."),
        N_("{kind} hangs on one person: {names}. Who else could?"),
        N_("(gone cold: {others})"),
    ),
    "G05": RuleWords(
        N_("Nobody nearby for an emergency"),
        N_("In an emergency, whoever can be there within half an hour helps most."),
        {
            "": N_("Nobody nearby could pick up your child in an emergency."),
            "ask": NN_(
                "{names}: does that person live nearby (within about 30 minutes)?",
                "{names}: does any of them live nearby (within about 30 minutes)?",
            ),
        },
        N_("How about asking {asked}?"),
    ),
    "G06": RuleWords(
        N_("Only one person nearby for an emergency"),
        N_("With a plan B, one phone call that nobody answers is no trouble."),
        N_("In an emergency everything hangs on {to}. A plan B would do good."),
        N_("Perhaps also {asked}?"),
    ),
    "G07": RuleWords(
        N_("Nobody authorised to pick up"),
        N_("Then the daycare knows what to do when things have to go fast."),
        NN_(
            "{names} could pick up but is not noted as authorised yet. Daycare and schools "
            "normally hand children only to people on their list.",
            "{names} could pick up but are not noted as authorised yet. Daycare and schools "
            "normally hand children only to people on their list.",
        ),
    ),
    "G08": RuleWords(
        N_("No second trusted person for a child"),
        N_("With a second trusted person children dare more; other rules are fine there."),
        N_(
            "{child} has no second trusted person beyond you yet. Someone like that opens up the "
            "world."
        ),
    ),
    "G09": RuleWords(
        N_("A child has not seen its second trusted person for a while"),
        N_("Children keep a bond alive by meeting regularly."),
        N_("{child} and {names} have not seen each other for a while."),
    ),
    "G10": RuleWords(
        N_("No family with a child of the same age"),
        N_("Families with children of one age and one area help each other most easily."),
        N_("No family nearby yet with a child of {child}’s age."),
    ),
    "G11": RuleWords(
        N_("The village is online only"),
        N_("Online groups are a good supplement; comparing oneself there can tire."),
        N_(
            "So far your village is online only: a fine supplement, but nobody who can ring at "
            "the door."
        ),
    ),
    "G12": RuleWords(
        N_("Half or more is online only"),
        N_("Online groups are a good supplement; comparing oneself there can tire."),
        {
            "half": N_("Half of it is online only. Whom of them would you like to meet?"),
            "most": N_("More than half is online only. Whom of them would you like to meet?"),
        },
    ),
    "G13": RuleWords(
        N_("Help goes one way in the whole village"),
        N_("Giving and taking may go both ways; people like to help more than we think."),
        {
            "take": N_(
                "You receive help and have noted none of your own yet; small things count. What "
                "do you like to give?"
            ),
            "give": N_("You give a lot and rarely ask. You may ask for help."),
        },
    ),
    "G14": RuleWords(
        N_("Help goes one way with one person"),
        N_("Friendships rest on a rough balance; a small gesture is enough."),
        {
            "take": N_("{names} helps you a lot. A small gesture back feels good to both."),
            "give": N_("With {to} it is mostly you who gives. Go ahead and ask, too."),
        },
    ),
    "G15": RuleWords(
        N_("A lot rests on one person"),
        N_("If one person drops out, a lot would be missing at once."),
        N_("A lot rests on {to}. Spread it over more shoulders, for {to}’s sake too."),
    ),
    "G16": RuleWords(
        N_("Everybody comes from one corner"),
        N_("Different circles bring different things."),
        N_("Your village comes from one corner ({source}). Other circles bring other things."),
    ),
    "G17": RuleWords(
        N_("Much of the support is professional"),
        N_("Paid help is good help; it often ends when a contract does."),
        N_("Much of your support is professional. Fine, and who stays when the contract ends?"),
    ),
    "G18": RuleWords(
        N_("Support only from people who cost strength"),
        N_("Support that also costs strength is support you may want to spread."),
        N_("{kind}: at the moment only from people who also cost you strength ({names})."),
    ),
    "G19": RuleWords(
        N_("No other single parent known"),
        N_("Somebody in the same position understands without long explanations."),
        N_("You do not know another single parent yet. Talking to an equal takes a load off."),
    ),
    "G20": RuleWords(
        N_("Nobody to step in for a single parent"),
        N_("Alone with a child, a plan for your own sick days takes a load off."),
        N_("Who is with {names} when you fall ill yourself? Nobody can step in altogether yet."),
    ),
    "G21": RuleWords(
        N_("No help from outside yet"),
        N_("Help from outside gives you room to breathe, and asking for it is fine."),
        N_("Help from outside is allowed: {offers}."),
    ),
    "G22": RuleWords(
        N_("A role ends"),
        N_("People met in one phase of life often stay for the next, if somebody asks."),
        {
            "over": N_("{names} ({role}) was there until {day}. A new role, or goodbye?"),
            "soon": N_(
                "{names} ({role}): this time ends on {day}. Whom would you like to keep in your "
                "village?"
            ),
        },
    ),
    "G23": RuleWords(
        N_("Trust is not noted yet"),
        N_("Whom you trust with your child is for you to say."),
        N_("Would you trust {to} with your child? (yes / no)"),
        answer=N_("Yes: dorf {trust} · no: --not-trusted"),
    ),
    "G24": RuleWords(
        N_("A wish is open"),
        N_("You noted this as a wish; nobody in the village has it yet."),
        N_("Wanted in the village: {skill}."),
    ),
}

_MISSING = {
    Kind.EMOTIONAL: N_("someone who listens and is there for you is still missing here."),
    Kind.CHILDCARE: N_("someone to look after the children is still missing here."),
    Kind.PRACTICAL: N_("someone for the small things of the day is still missing here."),
    Kind.ADVICE: N_("someone with advice and experience is still missing here."),
    Kind.COMPANY: N_("someone to spend time with is still missing here."),
    Kind.APPRAISAL: N_("someone who tells you that you are doing well is still missing here."),
}
_SHORT_OFFERS = {
    Tip.BABY: N_("wellcome or a mothers’ nurse in the first year"),
    Tip.CARE: N_("rental grandparents, babysitters, household help"),
    Tip.CURE: N_("a health retreat with your child"),
}


def fields_of(finding: Finding, words: Words) -> dict[str, object]:
    """Return what the sentences of all rules can name; German declines "Herr" after `to`."""
    scope, word = finding.scope, words.language.word
    kind, offers = word(_label(KIND_LABELS, scope)), map(_SHORT_OFFERS.get, finding.suggestions)
    return {
        "size": finding.size,
        "kind": kind[:1].upper() + kind[1:],
        "missing": word(_label(_MISSING, scope)),
        "source": word(_label(SOURCE_LABELS, scope)),
        "child": words.name(scope),
        "skill": scope,
        "names": words.names(finding.names),
        "to": words.to(finding.names),
        "others": words.names(finding.others),
        "asked": words.to(finding.others[:MOST_ASKED]),
        "role": words.role(finding.role) if finding.role else "",
        "day": words.day(finding.day) if finding.day else "",
        "offers": "; ".join(word(offer) for offer in offers if offer),
        "trust": call("edit", next(iter(finding.names), ""), options=[words.say("--trusted")]),
    }


def _label(labels: Mapping[Any, str], slug: str) -> str:
    return labels.get(slug, "")


def finding_text(finding: Finding, words: Words) -> str:
    """Return the sentence or two that say what a finding is about."""
    rule, fields = RULE_WORDS[finding.rule], fields_of(finding, words)
    sentence = rule.sentence
    form = (
        sentence
        if isinstance(sentence, str | tuple)
        else sentence[finding.variant or finding.scope]
    )
    text = words.fill(form, len(finding.names), **fields)
    if not (rule.others and finding.others):
        return text
    return f"{text} {words.fill(rule.others, len(finding.others), **fields)}"


def reason_text(finding: Finding, words: Words) -> str:
    """Return why a finding matters."""
    return words.language.word(RULE_WORDS[finding.rule].reason)


def suggestion_texts(finding: Finding, words: Words) -> list[str]:
    """Return the suggestions of a finding in words."""
    return [tip_text(tip, words) for tip in finding.suggestions]


def answer_texts(finding: Finding, words: Words) -> list[str]:
    """Return the commands that answer a finding, if it is a question and all may be read."""
    answer = RULE_WORDS[finding.rule].answer
    return [words.say(answer, **fields_of(finding, words))] if answer and not words.discreet else []


def scope_text(finding: Finding, words: Words) -> str:
    """Return the finding's key as it may be shown: names in it hidden in discreet reports."""
    if finding.scope and RULES[finding.rule].about:
        return f"{finding.rule}:{words.name(finding.scope)}"
    return finding.key


def finding_document(finding: Finding, words: Words) -> dict[str, Any]:
    """Return one finding as JSON carries it."""
    return {
        "key": scope_text(finding, words),
        "severity": finding.severity,
        "text": finding_text(finding, words),
        "reason": reason_text(finding, words),
        "names": [words.name(name) for name in finding.names],
        "suggestions": suggestion_texts(finding, words),
        "answers": answer_texts(finding, words),
    }


def gaps_document(assessment: Assessment, words: Words) -> dict[str, Any]:
    """Return all findings, and those that the household does not want to see."""
    return {
        "gaps": [finding_document(finding, words) for finding in assessment.findings],
        "hidden": [finding_document(finding, words) for finding in assessment.hidden_findings],
    }


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


def _finding_item(finding: Finding, words: Words) -> Item:
    sign, tone, label = SEVERITY[finding.severity]
    details = [
        reason_text(finding, words),
        *(f"→ {text}" for text in suggestion_texts(finding, words)),
        *(f"→ {text}" for text in answer_texts(finding, words)),
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
