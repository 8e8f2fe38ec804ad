"""``dorf init``: the interview that fills a village, each answer saved at once."""

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from dorf.cli.answers import past_day
from dorf.cli.env import INTERRUPTED, Env, env_of
from dorf.cli.options import option
from dorf.cli.prompts import ask_until, read_yes
from dorf.errors import N_, UsageFailure
from dorf.values import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from dorf.core.dates import PartialDate
    from dorf.core.interview import Question
    from dorf.core.names import Entry
    from dorf.core.village import Child, Contact
    from dorf.report.words import Words
    from dorf.store.store import Store
    from dorf.store.writer import Writer

app = typer.Typer()

_LONG_ENOUGH = 4
"""Letters that a name needs before another one could be meant by it."""


@app.command("init")
def init(
    ctx: typer.Context,
    again: Annotated[bool, option("--again --nochmal", N_("Ask everything once more."))] = False,
) -> int:
    """Ask who is around, question by question, and end with the report."""
    from dorf.core.interview import pending
    from dorf.report.interview import done_page, welcome_page

    env = env_of(ctx).unasked_in_json()
    with env.store() as store:
        if again and store.exists():
            with store.writing() as writer:
                writer.forget_answers()
        talk = Interview(env, store, quiet=env.as_json)
        answers = store.reader.interview()
        left = pending(store.reader.village(env.today), answers, env.today)
        if left and not env.as_json:
            env.show(welcome_page(len(left), env.words(), again=bool(answers)))
        try:
            asked_all = talk.go()
        except KeyboardInterrupt:
            env.note("")
            env.note(
                env.language.say("Everything up to the last question is kept. To go on: dorf init")
            )
            return INTERRUPTED
    if asked_all and not env.as_json:
        env.show(done_page(env.words()))
    _show_status(env)
    return 0


def _show_status(env: Env) -> None:
    from dorf.cli.commands.status import assessment_of
    from dorf.core.interview import pending
    from dorf.report.status import status_document, status_page

    assessment, words = assessment_of(env), env.words()
    with env.store() as store:
        left = pending(assessment.village, store.reader.interview(), env.today)
    env.answer(
        "init",
        lambda: {"left": [q.key for q in left]} | status_document(assessment, words),
        lambda: status_page(assessment, words),
    )


class _Skipped(Exception):
    """A question was left without an answer."""


class Interview:
    """One sitting: asks what is pending, and writes each answer as a step of its own."""

    def __init__(
        self, env: Env, store: "Store", *, quiet: bool, words: "Words | None" = None
    ) -> None:
        """Ask in *env* in its *words*, write to *store*; *quiet* prints no results, for JSON."""
        self.env = env
        self.words = words or env.words()
        self.store = store
        self.quiet = quiet

    def go(self) -> bool:
        """Ask until nothing is pending; False if the input ended before."""
        from dorf.core.interview import Topic, pending

        ask: dict[Topic, Callable[[Question], None]] = {
            Topic.HOME: self._ask_home,
            Topic.CHILDREN: self._ask_children,
            Topic.SINGLE: self._ask_single,
            Topic.KIND: self._ask_kind,
            Topic.BOND: self._ask_bond,
            Topic.ROLE: self._ask_role,
            Topic.NEAR: self._ask_near,
            Topic.LAST: self._ask_last,
        }
        while True:
            village = self.store.reader.village(self.env.today)
            left = pending(village, self.store.reader.interview(), self.env.today)
            if not left:
                return True
            try:
                self._put(ask[left[0].topic], left[0])
            except EOFError:
                return False

    def ask_roles(self, most: int) -> "Iterator[str]":
        """Ask at most so many people's roles that are open; yield who got one, by uid."""
        from dorf.core.interview import roles_left

        village = self.store.reader.village(self.env.today)
        left = roles_left(village, self.store.reader.interview(), self.env.today)
        if left and self.env.interactive:
            self.env.note(
                self.words.count(
                    "{n} person has no role yet. Enter skips, Ctrl-C stops.",
                    "{n} people have no role yet; here are some of them. Enter skips, Ctrl-C "
                    "stops.",
                    len(left),
                )
            )
        for question in left[:most]:
            self._put(self._ask_role, question)
            uid = question.contact.uid if question.contact else ""
            if self.store.reader.interview().get(question.key) is not None:
                yield uid

    # --- asking ------------------------------------------------------------------------------

    def _ask(self, question: "Question", read: "Callable[[str], Any]", words: Any = ()) -> Any:  # noqa: ANN401
        """Return what *read* makes of the answer; raise `_Skipped` if there is none."""
        from dorf.report.interview import question_text

        answer = ask_until(self.env, question_text(question, self.words), read, words)
        if answer is None:
            raise _Skipped
        return answer

    @contextmanager
    def _writing(self, question: "Question", named: "Sequence[str] | None") -> "Iterator[Writer]":
        """Write one answer, and remember who was *named* in it; None was skipped."""
        about = question.kind or (question.contact and question.contact.name) or question.child
        about = about or question.topic
        with self.store.writing(f"init · {about}") as writer:
            writer.save_answer(question.key, named)
            yield writer

    def _put(self, ask: "Callable[[Question], None]", question: "Question") -> None:
        """Put one question; that it was skipped is remembered, too."""
        try:
            ask(question)
        except _Skipped:
            with self._writing(question, None):
                pass

    def _say(self, text: str) -> None:
        if not self.quiet:
            self.env.say(f"  {text}")

    # --- the household -----------------------------------------------------------------------

    def _ask_home(self, question: "Question") -> None:
        """Who is named lives here; the first new one is taken for the partner."""
        from dorf.core.lifecycle import with_open_role_known
        from dorf.core.vocabulary import ROLES, Place

        people = self._ask(question, self._people, self._names())
        with self._writing(question, ()) as writer:
            uids = [self._uid(writer, person) for person in people]
            village = writer.village(self.env.today)
            has_partner = any(c.main_role.slug == "partner" for c in village.contacts)
            for uid in uids:
                contact = replace(writer.contact(uid, self.env.today), where=Place.HOUSEHOLD)
                if not has_partner and contact.roles == (ROLES["other"],):
                    contact = with_open_role_known(contact, ROLES["partner"])
                    has_partner = True
                writer.save_contact(contact)
            writer.save_answer(question.key, uids)
        self._tell(uids)

    def _ask_children(self, question: "Question") -> None:
        children = self._ask(question, lambda text: _children(text, self.env.today))
        with self._writing(question, ()) as writer:
            household = writer.household()
            known = {child.name for child in household.children}
            new = tuple(child for child in children if child.name not in known)
            writer.save_household(household._replace(children=(*household.children, *new)))
        words = self.env.words()
        for child in children:
            self._say(f"{child.name} · {words.age(child.age_in_months(self.env.today))}")

    def _ask_single(self, question: "Question") -> None:
        alone = self._ask(question, read_yes)
        with self._writing(question, ()) as writer:
            household = writer.household()
            writer.save_household(household._replace(single_parent=alone))

    # --- who gives what ----------------------------------------------------------------------

    def _ask_kind(self, question: "Question") -> None:
        """Who is named gives this kind; of whom it was only assumed and who is not, does not."""
        from dorf.core.interview import ASSUMED, named, not_named
        from dorf.core.vocabulary import Kind

        skilled = question.kind is Kind.SKILL
        read = self._skilled_people if skilled else self._people
        people = self._ask(question, read, self._names())
        kind = question.kind or Kind.SKILL
        with self._writing(question, ()) as writer:
            answers = writer.interview()
            assumed = dict.fromkeys(answers.get(ASSUMED) or ())
            skills = [person[1] for person in people] if skilled else [()] * len(people)
            uids = [self._uid(writer, person[0] if skilled else person) for person in people]
            for uid in assumed.keys() - set(uids):
                if contact := writer.find_contact(uid, self.env.today):
                    writer.save_contact(not_named(contact, kind))
            for uid, can in zip(uids, skills, strict=True):
                contact = writer.contact(uid, self.env.today)
                assumed |= {uid: None} if contact.gives is None else {}
                known = tuple(dict.fromkeys((*contact.skills, *can)))
                writer.save_contact(named(replace(contact, skills=known), kind, answers))
            writer.save_answer(ASSUMED, list(assumed))
            writer.save_answer(question.key, list(dict.fromkeys(uids)))
        self._tell(uids)

    def _ask_bond(self, question: "Question") -> None:
        from dorf.core.vocabulary import Bond

        people = self._ask(question, self._people, self._names())
        with self._writing(question, ()) as writer:
            uids = [self._uid(writer, person) for person in people]
            for uid in uids:
                contact = writer.contact(uid, self.env.today)
                bonds = {question.child: Bond.SECONDARY} | dict(contact.attachment)
                writer.save_contact(replace(contact, attachment=tuple(sorted(bonds.items()))))
            writer.save_answer(question.key, uids)
        self._tell(uids)

    def _names(self) -> list[str]:
        return [entry.name for entry in self.store.reader.directory()]

    def _people(self, text: str) -> "list[Entry | str]":
        """Return who is meant: entries of the directory, or names that are new."""
        from dorf.core.interview import split_names

        return [self._person(name) for name in split_names(text)]

    def _skilled_people(self, text: str) -> "list[tuple[Entry | str, tuple[str, ...]]]":
        """Read "Tom: woodwork, Mia: sewing"; a name alone is fine."""
        from dorf.core.interview import split_names
        from dorf.core.names import checked_name

        pairs = [name.partition(":") for name in split_names(text)]
        return [
            (self._person(name.strip()), (checked_name(can, "skills"),) if can.strip() else ())
            for name, _, can in pairs
        ]

    def _person(self, name: str) -> "Entry | str":
        from dorf.cli.choices import choose_contact
        from dorf.cli.commands.contacts import typed_name
        from dorf.core.names import find, nearest

        directory = self.store.reader.directory()
        if find(name, directory):
            return choose_contact(self.env, directory, name)
        names = (entry.name for entry in directory)
        for close in nearest(name, names, 1) if len(name) >= _LONG_ENOUGH else ():
            question = self.env.language.say(
                "Is “{name}” the same as {known}? (yes / no)", name=name, known=close
            )
            if ask_until(self.env, question, read_yes):
                return choose_contact(self.env, directory, close)
        return typed_name(name)

    def _uid(self, writer: "Writer", person: "Entry | str") -> str:
        """Return the uid of somebody known, or of the contact that is made for a new name."""
        from dorf.cli.commands.contacts import newcomer
        from dorf.core.names import looks_like

        if not isinstance(person, str):
            return person.uid
        twin = next((entry for entry in writer.directory() if looks_like(entry.name, person)), None)
        if twin is not None:  # named twice in one answer, or added by somebody else meanwhile
            return twin.uid
        contact = newcomer(self.env, person, {})
        writer.add_contact(contact)
        return contact.uid

    def _tell(self, uids: list[str]) -> None:
        names = {entry.uid: entry.name for entry in self.store.reader.directory()}
        known = dict.fromkeys(names[uid] for uid in uids if uid in names)
        shown = self.env.language.join(list(known))
        nobody = self.env.language.say("nobody")
        self._say(f"✓ {shown or nobody}")

    # --- about one person --------------------------------------------------------------------

    def _ask_role(self, question: "Question") -> None:
        from dorf.cli.role_change import ask_about_strength
        from dorf.core.interview import ASSUMED, Topic
        from dorf.core.lifecycle import with_open_role_known
        from dorf.core.sayings.roles import parse_role
        from dorf.core.vocabulary import ROLES

        words = [word.strip() for role in ROLES.values() for word in role.words.split(",")]
        role = self._ask(question, parse_role, words)
        with self._about(question) as (writer, before):
            answers = writer.interview()
            after = with_open_role_known(before, role)
            if after.uid in (answers.get(ASSUMED) or ()):
                open_kinds = {k for k in role.assumed if answers.get(f"{Topic.KIND}:{k}") is None}
                after = replace(after, gives=(after.gives or frozenset()) | open_kinds)
            writer.save_contact(after)
        if self.env.interactive:
            ask_about_strength(self.env, self.store, after.uid)

    def _ask_near(self, question: "Question") -> None:
        from dorf.core.vocabulary import Place

        near = self._ask(question, read_yes)
        with self._about(question) as (writer, contact):
            writer.save_contact(replace(contact, where=Place.NEAR if near else Place.FAR))

    def _ask_last(self, question: "Question") -> None:
        from dorf.core.village import Encounter

        day = self._ask(question, lambda text: past_day(self.env, text))
        with self._about(question) as (writer, contact):
            encounter = Encounter(str(uuid4()), day, (contact.uid,))
            writer.log_encounter(encounter, self.env.today)

    @contextmanager
    def _about(self, question: "Question") -> "Iterator[tuple[Writer, Contact]]":
        uid = question.contact.uid if question.contact else ""
        with self._writing(question, [uid]) as writer:
            yield writer, writer.contact(uid, self.env.today)


def _children(text: str, today: "date") -> "tuple[Child, ...]":
    """Read "Ida Oktober 2021, Ben 3.2024"; raise `UsageFailure` where a month is missing."""
    from dorf.cli.commands.contacts import typed_name
    from dorf.core.interview import split_names
    from dorf.core.village import Child

    children: dict[str, Child] = {}
    for part in split_names(text):
        name, born = _name_and_birth(part, today)
        child = Child(typed_name(name), born)
        if child.name in children:
            raise UsageFailure(
                N_("{name} is there twice. Please tell them apart, such as “{name} L.”"),
                name=child.name,
            )
        children[child.name] = child
    return tuple(children.values())


def _name_and_birth(text: str, today: "date") -> "tuple[str, PartialDate]":
    """Return the name and the birth behind it, however many words each has."""
    from dorf.core.sayings.births import UnknownBirth, read_birth

    words = text.replace(":", " ").split()
    for place in range(1, len(words)):
        with suppress(UnknownBirth):
            born = read_birth(" ".join(words[place:]), today, child=True)
            return " ".join(words[:place]), born
    if len(words) > 1 and words[-1][0].isdigit():
        read_birth(words[-1], today, child=True)
    raise UsageFailure(N_("Please give each child with its birth month: {name} 2021-10"), name=text)
