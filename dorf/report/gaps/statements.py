"""Findings as sentences: one for those that differ by a name only, and each as JSON carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.command_line import argument, call, quoted
from dorf.core.gaps.finding import About
from dorf.core.gaps.rules import RULES
from dorf.core.tips import MOST_SUGGESTIONS
from dorf.core.vocabulary import Kind
from dorf.report.gaps.rule_words import (
    ASK,
    ASK_FIRST,
    LEFT_OPEN,
    LEFT_TO_ONE,
    MISSING,
    PERHAPS,
    RULE_WORDS,
    SHORT_OFFERS,
)
from dorf.report.tips import tip_text
from dorf.report.words import KIND_LABELS, SOURCE_LABELS
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dorf.core.gaps.finding import Finding, Held, Left
    from dorf.core.tips import Tip
    from dorf.report.gaps.rule_words import RuleWords
    from dorf.report.words import Form, Words


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
        "missing": word(_label(MISSING, finding.scope)),
        "source": word(_label(SOURCE_LABELS, finding.scope)),
        "children": words.names(said.children),
        "child": quoted(next(iter(said.children), "")),
        "skill": words.language.join([f.scope for f in said.findings]),
        "names": words.few(said.names),
        "to": words.few_to(said.names),
        "others": words.few(finding.others),
        "perhaps": words.few_to(finding.others),
        "asked": words.few_to(finding.asked),
        "first": words.few_to(finding.asked[:1]),
        "role": words.role(finding.role) if finding.role else "",
        "day": words.day(finding.day) if finding.day else "",
        "offers": "; ".join(word(SHORT_OFFERS[tip]) for tip in finding.offers),
        "who": argument(who),
        "scope": _kind_word(Kind(finding.scope) if finding.scope in _KINDS else None, words),
        "skill_word": argument(finding.scope),
        "trust": call("edit", who, options=[words.say("--trusted")]),
    }


_KINDS = frozenset(Kind)


def _kind_word(kind: Kind | None, words: Words) -> str:
    """Return how a command names *kind*, help at short notice if it is None."""
    kind = kind or Kind.EMERGENCY
    return kind.value if words.language.code == "en" else argument(words.kind(kind))


def _label(labels: Mapping[Any, str], slug: str) -> str:
    return labels.get(slug, "")


def statement_text(said: Statement, words: Words) -> str:
    """Return the sentence or two that say what findings are about."""
    rule, fields, finding = RULE_WORDS[said.first.rule], fields_of(said, words), said.first
    n = len(said.children) or len(said.names) or 1
    text = [words.fill(_form(rule, finding), n, **fields)]
    if finding.asked and finding.rule != "G13":
        text.append(words.say(ASK_FIRST if finding.helped else ASK, **fields))
    if rule.others and finding.others:
        perhaps = finding.rule == "G06" and not finding.asked
        form = PERHAPS if perhaps else rule.others
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


def left_texts(
    leaves: Iterable[Left], words: Words, one: str = LEFT_TO_ONE, nobody: str = LEFT_OPEN
) -> Iterator[str]:
    """Yield what is left once somebody is gone, a sentence for each who is left, or for nobody."""
    by_names: dict[tuple[str, ...], list[Kind]] = {}
    for left in leaves:
        by_names.setdefault(left.names, []).append(left.kind)
    for names, kinds in by_names.items():
        form = one if names else nobody
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
