"""Findings in words (DOMAIN.md §4.2, §4.3): the words of each rule, ``dorf gaps``, and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.command_line import argument, call
from dorf.core.gaps.finding import About
from dorf.core.gaps.rules import RULES
from dorf.core.tips import MOST_SUGGESTIONS, Tip
from dorf.core.vocabulary import Kind
from dorf.errors import N_, NN_
from dorf.report.page import Block, Heading, Item, Line, Page, Title
from dorf.report.tips import tip_text
from dorf.report.words import KIND_LABELS, SOURCE_LABELS
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dorf.core.assessment import Assessment
    from dorf.core.gaps.finding import Finding, Held, Left
    from dorf.report.words import Form, Words

SEVERITY = {
    3: ("▲", "gap", N_("gap")),
    2: ("△", "thin", N_("thin")),
    1: ("·", "note", N_("good to know")),
}
"""By its severity, the sign of a finding, its tone and its label."""


class RuleWords(NamedTuple):
    """All words of one rule; the fields of its sentences are those of `fields_of`."""

    title: str
    """How it reads in ``dorf rule list``."""
    reason: str
    """Why it matters, in ``dorf gaps``."""
    sentence: Form | Mapping[str, Form]
    """What a finding says; by its variant or its scope where there are several."""
    others: Form = ""
    """What follows if there are others who could help."""
    answer: str = ""
    """The command that answers a finding that is a question."""
    merges: bool = True
    """Whether one sentence can say it of several children, kinds or people at once."""


_COLD = NN_(
    "{others} could, only the line is going cold.",
    "{others} could, only the lines are going cold.",
)

RULE_WORDS = {
    "G01": RuleWords(
        N_("The village is small just now"),
        N_("Most families lean on about five close people; every encounter can be a beginning."),
        {
            "": N_("Your village is small just now ({size}). Every encounter counts."),
            "none": N_("Your village is just beginning. Every encounter counts."),
        },
    ),
    "G02": RuleWords(
        N_("Nobody for a kind of support"),
        N_("It does not take many contacts, only someone for each thing."),
        "{kind}: {missing}",
        _COLD,
        merges=False,
    ),
    "G03": RuleWords(
        N_("A kind of support rests on the household alone"),
        N_("Whoever shares a home tends to share the cold, too."),
        N_(
            "{kind}: this rests on your own home ({names}). Someone from outside would be a relief."
        ),
    ),
    "G04": RuleWords(
        N_("A kind of support hangs on one person"),
        N_("With two people for the same thing, one may be ill, away or tired."),
        N_("{kind}: this hangs on one person, {to}. Who else could?"),
        _COLD,
    ),
    "G05": RuleWords(
        N_("Nobody nearby for an emergency"),
        N_("In an emergency, whoever can be there within half an hour helps most."),
        {
            "": N_("Nobody nearby is noted yet who could pick up your child in an emergency."),
            "baby": N_("Nobody nearby is noted yet who could step in in an emergency."),
            "ask": NN_(
                "Does {names} live within about 30 minutes?",
                "{names}: does any of them live within about 30 minutes?",
            ),
        },
        answer=N_("dorf edit NAME --near"),
    ),
    "G06": RuleWords(
        N_("Only one person nearby for an emergency"),
        N_("With a plan B, one phone call that nobody answers is no trouble."),
        N_("In an emergency everything hangs on {to}. A plan B would help."),
        N_("Perhaps also {perhaps}?"),
    ),
    "G07": RuleWords(
        N_("Nobody authorised to pick up"),
        N_("Then the daycare knows what to do when things have to go fast."),
        {
            "": NN_(
                "{names} could pick up but is not noted as authorised. Daycare and schools "
                "normally hand children only to listed people.",
                "{names} could pick up but are not noted as authorised. Daycare and schools "
                "normally hand children only to listed people.",
            ),
            "ask": N_("Who may pick up {children}?"),
        },
        answer=N_("dorf edit NAME --pickup"),
    ),
    "G08": RuleWords(
        N_("No go-to person besides the parents for a child"),
        N_("With one more go-to person children dare more, and different rules are fine there."),
        {
            "": NN_(
                "{children} has no go-to person besides you yet. Someone like that opens up the "
                "world.",
                "{children} have no go-to person besides you yet. Someone like that opens up the "
                "world.",
            ),
            "teen": NN_(
                "Besides you nobody is noted yet whom {children} can talk to. Someone like that "
                "helps through these years.",
                "Besides you nobody is noted yet whom {children} can talk to. Someone like that "
                "helps through these years.",
            ),
            "ask": NN_(
                "Besides you: to whom does {children} run for comfort?",
                "Besides you: to whom do {children} run for comfort?",
            ),
            "ask-teen": NN_(
                "Besides you: whom can {children} talk to about anything?",
                "Besides you: whom can {children} talk to about anything?",
            ),
        },
        answer=N_("dorf edit NAME --bond {child}"),
    ),
    "G09": RuleWords(
        N_("Nothing noted of a child’s go-to person for a while"),
        N_("Children keep a bond alive by meeting regularly."),
        NN_(
            "Nothing has been noted of {to} for a while. {children} would surely love to see them, "
            "or a call.",
            "Nothing has been noted of {to} for a while. {children} would surely love to see "
            "them, or a call.",
        ),
    ),
    "G10": RuleWords(
        N_("No family with a child of the same age"),
        N_("Families with children of one age and one area help each other most easily."),
        {
            "": N_("No family nearby yet with a child the age of {children}."),
            "ask": NN_("How old is the child of {to}?", "How old are the children of {to}?"),
            "ask-groups": N_("{names}: are there children, and how old?"),
            "ask-both": N_("{names}: which children are there, and how old?"),
        },
        answer=N_("dorf edit NAME --kid 2021-12"),
    ),
    "G11": RuleWords(
        N_("The village is online only"),
        N_("Online groups are a good supplement; comparing oneself there can tire."),
        N_(
            "Apart from your home and professionals only online contact is noted so far. It "
            "counts, and somebody who drops by would do good, too."
        ),
    ),
    "G12": RuleWords(
        N_("Half or more is online only"),
        N_("Online groups are a good supplement; comparing oneself there can tire."),
        {
            "half": N_("Half of it is online only. Whom would you like to meet?"),
            "most": N_("More than half is online only. Whom would you like to meet?"),
        },
    ),
    "G13": RuleWords(
        N_("Help goes one way in the whole village"),
        N_("Giving and taking may go both ways; people like to help more than we think."),
        {
            "take": N_(
                "So far only help that you receive is noted. What do you like to give? Small "
                "things count."
            ),
            "give": N_("You give a lot and rarely ask. You may ask for help."),
            "give-asked": N_(
                "You give a lot and rarely ask. You may ask for help, {asked} for one."
            ),
        },
    ),
    "G14": RuleWords(
        N_("Help goes one way with one person"),
        N_("Friendships like a rough back and forth; a small gesture is enough."),
        {
            "take": NN_(
                "{names} helps you a lot. A small gesture back feels good to both.",
                "{names} help you a lot. A small gesture back feels good to everybody.",
            ),
            "take_stated": N_("With {to} only what you can get is noted. What do you give?"),
            "give": N_("With {to} it is mostly you who gives. Go ahead and ask."),
        },
    ),
    "G15": RuleWords(
        N_("A lot rests on one person"),
        N_("If one person drops out, a lot would be missing at once."),
        N_("A lot rests on {to}. More shoulders would make it lighter, for {to} too."),
    ),
    "G16": RuleWords(
        N_("Everybody comes from one corner"),
        N_("Different circles bring different things."),
        N_("Your village comes from one corner ({source}). Other circles bring other things."),
    ),
    "G17": RuleWords(
        N_("Much of the support is professional"),
        N_("Paid help is good help; it often ends when a contract does."),
        N_("Much of your support is professional. Good. Whom would you like beside you who stays?"),
    ),
    "G18": RuleWords(
        N_("Support only from people who cost strength"),
        N_("Support that also costs strength is support you may want to spread."),
        N_("{kind}: for now only from people who also cost you strength ({names})."),
    ),
    "G19": RuleWords(
        N_("No other single parent noted"),
        N_("No long explanations needed."),
        N_("Nobody is noted yet who is a single parent, too. It is easier in the same boat."),
    ),
    "G20": RuleWords(
        N_("Nobody to step in for a single parent"),
        N_("Alone with a child, a plan for your own sick days takes a load off."),
        N_(
            "And when you fall ill yourself: who could be with {children} all along? That is "
            "still open."
        ),
    ),
    "G21": RuleWords(
        N_("No help from outside yet"),
        N_("Help from outside gives you room to breathe, and asking for it is fine."),
        N_("Do get help from outside: {offers}."),
    ),
    "G22": RuleWords(
        N_("A role ends"),
        N_("People met in one phase of life often stay for the next, if somebody asks."),
        {
            "over": N_("{names} ({role}) was here until {day}. A new role, or goodbye?"),
            "soon": N_("{names} ({role}): this time ends on {day}. How do you go on from there?"),
            "group": N_("{names}: this time ends on {day}. Whom would you like to take along?"),
        },
        merges=False,
    ),
    "G23": RuleWords(
        N_("Trust is not noted yet"),
        N_("Whom you trust with your child is for you to say."),
        N_("Would you trust {to} with your child? (yes / no)"),
        answer=N_("dorf {trust}"),
    ),
    "G24": RuleWords(
        N_("A wish is open"),
        N_("You noted this as a wish; nobody in the village has it yet."),
        N_("Wanted: someone who knows {skill}."),
    ),
    "G25": RuleWords(
        N_("A plan for the birth"),
        N_("A birth does not wait for the evening, and somebody has to be with the others."),
        {
            "": N_("Who stays with {children} when the baby comes?"),
            "early": N_("The baby comes soon: it is good to ask a midwife and wellcome early."),
        },
    ),
    "G26": RuleWords(
        N_("A number is missing for emergencies"),
        N_("In an emergency you need a number at hand."),
        N_("For an emergency the number of {to} is still missing."),
        answer=N_("dorf edit {who} --phone NUMBER"),
    ),
    "G27": RuleWords(
        N_("School comes after the summer"),
        N_("Friends from daycare often become friends from school or the club."),
        NN_(
            "If {children} starts school after the summer: whom from daycare would you like to "
            "take along? ({names})",
            "If {children} start school after the summer: whom from daycare would you like to "
            "take along? ({names})",
        ),
    ),
}

_MISSING = {
    Kind.EMOTIONAL: N_("there is room for someone who listens and is there for you."),
    Kind.CHILDCARE: N_("there is room for someone to look after the children."),
    Kind.PRACTICAL: N_("there is room for someone who helps with the small things."),
    Kind.ADVICE: N_("there is room for someone you can ask."),
    Kind.COMPANY: N_("there is room for someone to do things with."),
    Kind.APPRAISAL: N_("there is room for someone who tells you that you are doing well."),
}
_SHORT_OFFERS = {
    Tip.BABY: N_("wellcome or a mothers’ nurse in the first year"),
    Tip.CARE: N_("rental grandparents, babysitters, household help"),
    Tip.CURE: N_("a health retreat with your child"),
}
_ASK = N_("Why not ask {asked}?")
_ASK_FIRST = N_("You help {first} already; ask there first.")
_PERHAPS = N_("Perhaps {perhaps}?")
_LEFT_TO_ONE = N_("After that {left} alone: {kinds}.")
_LEFT_OPEN = N_("After that still open: {kinds}.")


class Statement(NamedTuple):
    """Findings that are said in one sentence: those of one rule that differ by a name only."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all of them."""
        return self.findings[0]

    @property
    def severity(self) -> int:
        """How much it weighs."""
        return self.first.severity

    @property
    def suggestions(self) -> tuple[Tip, ...]:
        """What is suggested, by any of them."""
        found = dict.fromkeys(tip for finding in self.findings for tip in finding.suggestions)
        return tuple(found)[:MOST_SUGGESTIONS]

    @property
    def names(self) -> tuple[str, ...]:
        """Whom it is about, each once."""
        return tuple(dict.fromkeys(name for entry in self.findings for name in entry.names))

    @property
    def children(self) -> tuple[str, ...]:
        """The children of the household that it is about."""
        about_child = RULES[self.first.rule].about is About.CHILD and not self.first.is_question
        return tuple(f.scope for f in self.findings) if about_child else self.first.children


def statements(findings: Iterable[Finding]) -> list[Statement]:
    """Return *findings* as sentences, in their order; one sentence for what can be said at once."""
    found: dict[object, list[Finding]] = {}
    for finding in findings:
        found.setdefault(_sentence_key(finding), []).append(finding)
    return [Statement(tuple(group)) for group in found.values()]


def _sentence_key(finding: Finding) -> object:
    """Return what findings have in common that share a sentence."""
    if not RULE_WORDS[finding.rule].merges:
        return finding.key
    named = () if RULES[finding.rule].about is About.CONTACT else finding.names
    scope = finding.scope if finding.is_question else ""
    return finding.rule, finding.severity, finding.variant, scope, named, finding.others


def fields_of(said: Statement, words: Words) -> dict[str, object]:
    """Return what the sentences of all rules can name; German declines "Herr" after `to`."""
    finding, word = said.first, words.language.word
    kinds = words.language.join(
        [word(KIND_LABELS[Kind(f.scope)]) for f in said.findings if f.scope in _KINDS]
    )
    who = next(iter(finding.names), "")
    return {
        "size": finding.size,
        "kind": kinds[:1].upper() + kinds[1:],
        "missing": word(_label(_MISSING, finding.scope)),
        "source": word(_label(SOURCE_LABELS, finding.scope)),
        "children": words.names(said.children),
        "child": argument(next(iter(said.children), "")),
        "skill": words.language.join([f.scope for f in said.findings]),
        "names": words.few(said.names),
        "to": words.few_to(said.names),
        "others": words.few(finding.others),
        "perhaps": words.few_to(finding.others),
        "asked": words.few_to(finding.asked),
        "first": words.few_to(finding.asked[:1]),
        "role": words.role(finding.role) if finding.role else "",
        "day": words.day(finding.day) if finding.day else "",
        "offers": "; ".join(word(_SHORT_OFFERS[tip]) for tip in finding.offers),
        "who": argument(who),
        "trust": call("edit", who, options=[words.say("--trusted")]),
    }


_KINDS = frozenset(Kind)


def _label(labels: Mapping[Any, str], slug: str) -> str:
    return labels.get(slug, "")


def statement_text(said: Statement, words: Words) -> str:
    """Return the sentence or two that say what findings are about."""
    rule, fields, finding = RULE_WORDS[said.first.rule], fields_of(said, words), said.first
    n = len(said.children) or len(said.names) or 1
    text = [words.fill(_form(rule, finding), n, **fields)]
    if finding.asked and finding.rule != "G13":
        text.append(words.say(_ASK_FIRST if finding.helped else _ASK, **fields))
    if rule.others and finding.others:
        perhaps = finding.rule == "G06" and not finding.asked
        form = _PERHAPS if perhaps else rule.others
        text.append(words.fill(form, len(finding.others), **fields))
    return " ".join((*text, *left_texts(finding.leaves, words)))


def _form(rule: RuleWords, finding: Finding) -> Form:
    """Return which of the sentences of a rule fits a finding."""
    if isinstance(rule.sentence, str | tuple):
        return rule.sentence
    variant = finding.variant
    if finding.rule == "G01" and not finding.size:
        variant = "none"
    if finding.rule == "G13" and finding.asked:
        variant = "give-asked"
    if finding.is_question or finding.rule == "G25":
        variant = "-".join(filter(None, (finding.scope, variant)))
    return rule.sentence[variant]


def left_texts(leaves: Iterable[Left], words: Words) -> Iterator[str]:
    """Yield what is left once somebody is gone: the kinds with one person, and those with none."""
    by_names: dict[tuple[str, ...], list[Kind]] = {}
    for left in leaves:
        by_names.setdefault(left.names, []).append(left.kind)
    for names, kinds in by_names.items():
        form = _LEFT_TO_ONE if names else _LEFT_OPEN
        joined = words.language.join([words.kind(kind) for kind in kinds])
        yield words.say(form, left=words.to(names), kinds=joined)


def finding_text(finding: Finding, words: Words) -> str:
    """Return the sentence or two that say what one finding is about."""
    return statement_text(Statement((finding,)), words)


def reason_text(finding: Finding, words: Words) -> str:
    """Return why a finding matters."""
    return words.language.word(RULE_WORDS[finding.rule].reason)


def suggestion_texts(finding: Finding | Statement, words: Words) -> list[str]:
    """Return the suggestions of a finding in words."""
    return [tip_text(tip, words) for tip in finding.suggestions]


def answer_texts(finding: Finding, words: Words) -> list[str]:
    """Return the command that answers a finding, if it is a question and all may be read."""
    answer = RULE_WORDS[finding.rule].answer
    is_asked = finding.is_question or finding.rule in {"G23", "G26"}
    if not (answer and is_asked) or words.discreet:
        return []
    return [words.say(answer, **fields_of(Statement((finding,)), words))]


def scope_text(finding: Finding, words: Words) -> str:
    """Return the finding's key as it may be shown: names in it hidden in discreet reports."""
    if finding.scope and RULES[finding.rule].about and not finding.is_question:
        return f"{finding.rule}:{words.name(finding.scope)}"
    return finding.key


def finding_document(finding: Finding, words: Words) -> dict[str, Any]:
    """Return one finding as JSON carries it."""
    document = {
        "key": scope_text(finding, words),
        "severity": finding.severity,
        "text": finding_text(finding, words),
        "reason": reason_text(finding, words),
        "names": [words.name(name) for name in finding.names],
        "ask": [words.name(name) for name in finding.asked],
        "suggestions": suggestion_texts(finding, words),
        "answers": answer_texts(finding, words),
    }
    if finding.rule == "G22":
        document["leaves"] = leaves_document(finding.leaves, words)
    return document


def leaves_document(leaves: Iterable[Left], words: Words) -> dict[str, list[str]]:
    """Return who is left for a kind of support, by kind, as JSON carries it."""
    return {left.kind.value: [words.name(name) for name in left.names] for left in leaves}


def held_document(held: Held, words: Words) -> dict[str, Any]:
    """Return a finding that is held back as JSON carries it."""
    return {
        "key": scope_text(held.finding, words),
        "severity": held.finding.severity,
        "reason": held.reason.value,
    }


def gaps_document(assessment: Assessment, words: Words) -> dict[str, Any]:
    """Return all findings, and those that are held back."""
    return {
        "gaps": [finding_document(finding, words) for finding in assessment.findings],
        "hidden": [
            held_document(held, words) | {"text": finding_text(held.finding, words)}
            for held in assessment.held
        ],
    }


def gaps_page(assessment: Assessment, words: Words, *, hidden: bool = False) -> Page:
    """Return all findings with reason, suggestions and how to switch or accept each."""
    if not assessment.village.contacts:
        from dorf.report.queries import empty_page

        return empty_page(words)
    page: list[Block] = [Title(words.say("Where someone is missing"), words.long_day(words.today))]
    reasons: set[str] = set()
    page += [_statement_item(said, words, reasons) for said in statements(assessment.findings)]
    if not assessment.findings:
        page.append(Line(words.say("Nothing is missing. Your village holds."), "good"))
    if hidden and assessment.held:
        page.append(Heading(words.say("Held back")))
        page += [
            Item("–", finding_text(h.finding, words), (scope_text(h.finding, words),), "quiet")
            for h in assessment.held
        ]
    elif assessment.held:
        n = len(assessment.held)
        text = words.count("{n} more is held back (--all).", "{n} more are held back (--all).", n)
        page.append(Line(text, "quiet"))
    if assessment.findings and not words.discreet:
        page += [Line(""), Line(words.say("Fine for you as it is? dorf accept KEY"), "quiet")]
    return tuple(page)


def _statement_item(said: Statement, words: Words, reasons: set[str]) -> Item:
    """Return a sentence with why it matters, unless one of the *reasons* said that already."""
    sign, tone, label = SEVERITY[said.severity]
    reason = reason_text(said.first, words)
    keys = ", ".join(scope_text(finding, words) for finding in said.findings)
    details = [
        *([] if reason in reasons else [reason]),
        *(f"→ {text}" for text in suggestion_texts(said, words)),
        *(f"→ {text}" for text in answer_texts(said.first, words)),
        *([] if words.discreet else [f"({keys})"]),
    ]
    reasons.add(reason)
    lead = words.language.word(label)
    return Item(sign, statement_text(said, words), tuple(details), tone, lead)
