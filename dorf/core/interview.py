"""The interview that fills a village: which question comes next, and what an answer changes.

Nothing is asked twice: `Answers` remembers every question that was answered or skipped, by its
key, with the uids of the people who were named (None: skipped). What the village knows already is
not asked at all. The questions about kinds of support are those of DOMAIN.md §2.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from dorf.core.vocabulary import KINDS, ROLES, Bond, Kind, Place, Status
from dorf.values import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dorf.core.village import Contact, Village

Answers = Mapping[str, tuple[str, ...] | None]
"""By the key of a question: the uids that were named, or None if it was skipped."""

ASSUMED = "assumed"
"""Key under which the contacts stand whose kinds were only assumed when they were first named."""

_BY_HAND = frozenset({Kind.CHILDCARE, Kind.EMERGENCY, Kind.PRACTICAL})
"""Kinds for which it matters who lives nearby."""


class Topic(StrEnum):
    """What a question is about."""

    HOME = "home"
    CHILDREN = "children"
    SINGLE = "single"
    KIND = "kind"
    BOND = "bond"
    ROLE = "role"
    NEAR = "near"
    LAST = "last"


class Question(NamedTuple):
    """One question; a kind, a child of the household or a contact goes with it where needed."""

    topic: Topic
    kind: Kind | None = None
    contact: Contact | None = None
    child: str = ""

    @property
    def key(self) -> str:
        """The name under which its answer is remembered."""
        about = self.kind or (self.contact and self.contact.uid) or self.child
        return f"{self.topic}:{about}" if about else self.topic.value


def pending(village: Village, answers: Answers, today: date) -> tuple[Question, ...]:
    """Return the questions that are left, the next one first.

    Questions about people who were just named come before the next general one; people without
    a role whom nobody named (from an import, say) come last.
    """
    left = [
        *_about_people(village, answers, today),
        *_general(village, today),
        *_without_role(village, today),
    ]
    unasked = {question.key: question for question in left if question.key not in answers}
    return tuple(unasked.values())


def _here(village: Village, today: date) -> list[Contact]:
    return [c for c in village.contacts if c.status_on(today) is not Status.ENDED]


def _about_people(village: Village, answers: Answers, today: date) -> Iterator[Question]:
    kinds_of: dict[str, set[Kind]] = {}
    for key, uids in answers.items():
        topic, _, about = key.partition(":")
        if topic in {Topic.KIND, Topic.HOME, Topic.BOND}:
            for uid in uids or ():
                kinds_of.setdefault(uid, set()).update({Kind(about)} if topic == "kind" else ())
    for contact in _here(village, today):
        if contact.uid not in kinds_of:
            continue
        if _role_open(contact):
            yield Question(Topic.ROLE, contact=contact)
        elsewhere = contact.where is not Place.HOUSEHOLD and not contact.is_online_only
        if elsewhere and contact.where is None and kinds_of[contact.uid] & _BY_HAND:
            yield Question(Topic.NEAR, contact=contact)
        if elsewhere and village.touch(contact).last_contact is None:
            yield Question(Topic.LAST, contact=contact)


def _general(village: Village, today: date) -> Iterator[Question]:
    people = _here(village, today)
    if not any(c.where is Place.HOUSEHOLD for c in people):
        yield Question(Topic.HOME)
    if not village.household.children:
        yield Question(Topic.CHILDREN)
    partner = any(c.main_role.slug == "partner" for c in people)
    if not partner and not village.household.single_parent:
        yield Question(Topic.SINGLE)
    yield from (Question(Topic.KIND, kind) for kind in KINDS)
    for child in village.household.children:
        if not any(dict(c.attachment).get(child.name) is Bond.SECONDARY for c in people):
            yield Question(Topic.BOND, child=child.name)


def roles_left(village: Village, answers: Answers, today: date) -> tuple[Question, ...]:
    """Return the questions for the roles of those who came without one, never asked twice."""
    return tuple(
        question for question in _without_role(village, today) if question.key not in answers
    )


def _without_role(village: Village, today: date) -> Iterator[Question]:
    return (Question(Topic.ROLE, contact=c) for c in _here(village, today) if _role_open(c))


def _role_open(contact: Contact) -> bool:
    return contact.roles == (ROLES["other"],)


def named(contact: Contact, kind: Kind, answers: Answers) -> Contact:
    """Return *contact* after it was named for *kind*.

    If its kinds were only assumed so far, they become stated: *kind*, and those whose question
    is still to come. What was stated before stays; a question that was skipped states nothing.
    """
    if contact.gives is not None:
        return replace(contact, gives=contact.gives | {kind})
    asked = {
        other
        for other in KINDS
        if f"{Topic.KIND}:{other}" in answers
        and contact.uid not in (answers[f"{Topic.KIND}:{other}"] or ())
    }
    return replace(contact, gives=(contact.stated_or_assumed() - asked) | {kind})


def not_named(contact: Contact, kind: Kind) -> Contact:
    """Return *contact*, of whom *kind* was only assumed, after others were named for it."""
    if contact.gives is None:
        return contact
    return replace(contact, gives=contact.gives - {kind})
