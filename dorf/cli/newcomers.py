"""People who came in from a file without a role: sorted with one key each, in, out or later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.cli.prompts import Choice, ask_choice
from dorf.core.interview import Topic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    from dorf.cli.env import Env
    from dorf.core.interview import Answers, Question
    from dorf.core.village import Contact
    from dorf.report.words import Words
    from dorf.store.store import Store

    class Talk(Protocol):
        """The interview, as much of it as sorting needs."""

        env: Env
        words: Words
        store: Store
        later: set[str]

        def take_out(self, contact: Contact, key: str) -> None:
            """Take somebody out of the village."""


MOST_ROLES = 5
"""People whose roles one sitting asks for when many came in from a file (convention)."""


def sorted_out(talk: Talk, left: Sequence[Question], answers: Answers) -> bool:
    """Let many people be sorted by a key each; False where they are few, or nobody is asked."""
    if left[0].topic is not Topic.ROLE or not talk.env.interactive:
        return False
    people = [q.contact for q in left if q.topic is Topic.ROLE and q.contact]
    fresh = [contact for contact in people if f"sort:{contact.uid}" not in answers]
    if len(fresh) <= MOST_ROLES:
        return False
    talk.env.note(talk.words.say("Many came in without a role. Who belongs to your village?"))
    kept = [contact.uid for contact in fresh if _belongs(talk, contact)]
    asked = set(kept[:MOST_ROLES])
    talk.later |= {f"{Topic.ROLE}:{contact.uid}" for contact in fresh if contact.uid not in asked}
    return True


def _belongs(talk: Talk, contact: Contact) -> bool:
    """Ask whether somebody is in, out, or to be decided later; what was decided is kept."""
    from dorf.report.tend_round import SORTING

    word = talk.env.language.word
    talk.env.note(talk.words.name(contact.name))
    keys = [Choice(key, word(label)) for key, label in SORTING.items()]
    answer = ask_choice(talk.env, keys, "later")
    if answer == "out":
        talk.take_out(contact, f"sort:{contact.uid}")
    elif answer == "in":
        with talk.store.writing(f"init · {contact.name}") as writer:
            writer.save_answer(f"sort:{contact.uid}", [contact.uid])
    return answer == "in"
