"""``dorf init``: the interview that fills a village, each answer saved at once."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from dorf.cli.answers import past_day
from dorf.cli.commands.household import children_of
from dorf.cli.env import INTERRUPTED, Env, env_of
from dorf.cli.options import option
from dorf.cli.prompts import ask_until, read_yes
from dorf.errors import N_, UsageFailure
from dorf.values import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dorf.core.interview import Question
    from dorf.core.names import Entry
    from dorf.core.sayings.answers import Introduced
    from dorf.core.village import Contact
    from dorf.core.vocabulary import Role
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


_KEYS = N_(
    "Enter or “skip”: leave it open · “back”: the question before · “nobody” · several names: "
    "Lena and Tom · “out”: does not belong to your village · Ctrl-C: stop"
)


class _Skipped(Exception):
    """A question was left without an answer."""


class _Back(Exception):
    """The question before is to be asked again."""


class _Out(Exception):
    """Whom the question is about does not belong to the village."""


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
        self.trail: list[tuple[int | None, int | None]] = []
        """For each question, the steps before and after it; the newest last."""
        self.roles: dict[str, Role] = {}
        """Roles that were said beside a name, by uid or by a name that is new."""
        self.later: set[str] = set()
        """Keys of questions that wait for another sitting."""

    def go(self) -> bool:
        """Ask until nothing is pending; False if the input ended before."""
        from dorf.cli.newcomers import sorted_out
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
            answers = self.store.reader.interview()
            left = [q for q in pending(village, answers, self.env.today) if q.key not in self.later]
            if not left:
                return True
            try:
                if not sorted_out(self, left, answers):
                    self._put(ask[left[0].topic], left[0])
            except _Back:
                self._go_back()
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
        wanted = list(left[:most])
        asked: list[Question] = []
        while wanted:
            question = wanted.pop(0)
            try:
                self._put(self._ask_role, question)
            except _Back:
                again = [asked.pop()] if asked and self._go_back() else []
                wanted = [*again, question, *wanted]
                continue
            asked.append(question)
            uid = question.contact.uid if question.contact else ""
            if self.store.reader.interview().get(question.key) is not None:
                yield uid

    def _go_back(self) -> bool:
        """Take back the answer to the question before, which is asked again; False for none."""
        if not self.trail:
            self.env.note(self.env.language.say("This is the first question."))
            return False
        before, after = self.trail.pop()
        if after is not None and after != before:
            for step in range(after, before or after - 1, -1):
                self.store.rewind(forward=False, expected=step)
        return True

    def take_out(self, contact: "Contact", key: str) -> None:
        """Take somebody out of the village who does not belong to it; *key* is not asked again."""
        from dorf.cli.answers import take_out

        with self.store.writing(f"init · {contact.name}") as writer:
            writer.save_answer(key, None)
            take_out(writer, contact.uid, self.env.today)
        name = self.words.name(contact.name)
        self._say(self.words.say("{name} is out of your village. Back: dorf undo", name=name))

    # --- asking ------------------------------------------------------------------------------

    def _ask(
        self,
        question: "Question",
        read: "Callable[[str], Any]",
        words: Any = (),  # noqa: ANN401
        default: "Role | None" = None,
    ) -> Any:  # noqa: ANN401
        """Return what *read* makes of the answer, Enter being *default*; else raise `_Skipped`."""
        from dorf.core.interview import Topic
        from dorf.core.sayings.answers import Reply, reply_of
        from dorf.report.interview import question_text

        unnamed = {Topic.ROLE, Topic.LAST}

        def understood(text: str) -> Any:  # noqa: ANN401  (whatever *read* returns)
            reply = reply_of(text)
            if reply is Reply.BACK:
                raise _Back
            if reply is Reply.OUT and question.contact:
                raise _Out
            if reply is Reply.KEYS:
                raise UsageFailure(_KEYS)
            if reply is Reply.UNKNOWN or (reply and question.topic in unnamed):
                raise _Skipped
            return read("no" if reply and question.topic in {Topic.SINGLE, Topic.NEAR} else text)

        offered = self.words.role(default) if default else ""
        text = question_text(question, self.words, offered)
        answer = ask_until(self.env, text, understood, words)
        if answer is None and default is None:
            raise _Skipped
        return default if answer is None else answer

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
        before = self.store.last_step
        try:
            ask(question)
        except _Skipped:
            self._skip(question)
        except _Out:
            assert question.contact is not None  # noqa: S101  (who is out was asked about)
            self.take_out(question.contact, question.key)
        self.trail.append((before, self.store.last_step))

    def _skip(self, question: "Question") -> None:
        """Remember that a question was skipped: what was only assumed is not noted by that."""
        from dorf.core.interview import ASSUMED, not_named

        with self._writing(question, None) as writer:
            for uid in writer.interview().get(ASSUMED) or ():
                contact = writer.find_contact(uid, self.env.today)
                if contact and question.kind:
                    writer.save_contact(not_named(contact, question.kind))

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
        children = self._ask(question, lambda text: children_of(text, self.env.today))
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
        from dorf.core.sayings.answers import people_of

        return [self._introduced(person) for person in people_of(text, self._children())]

    def _children(self) -> list[str]:
        return [child.name for child in self.store.reader.household().children]

    def _introduced(self, said: "Introduced") -> "Entry | str":
        """Return who was named, and remember the role that was said with the name."""
        person = self._person(said.name)
        if said.role:
            self.roles[person if isinstance(person, str) else person.uid] = said.role
        return person

    def _skilled_people(self, text: str) -> "list[tuple[Entry | str, tuple[str, ...]]]":
        """Read "Tom: woodwork, Mia: sewing"; a name alone is fine."""
        from dorf.core.names import checked_name
        from dorf.core.sayings.answers import introduced, split_names

        pairs = [name.partition(":") for name in split_names(text)]
        return [
            (
                self._introduced(introduced(name.strip(), self._children())),
                (checked_name(can, "skills"),) if can.strip() else (),
            )
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
            self._give_role(writer, person.uid, person.uid)
            return person.uid
        twin = next((entry for entry in writer.directory() if looks_like(entry.name, person)), None)
        if twin is not None:  # named twice in one answer, or added by somebody else meanwhile
            return twin.uid
        contact = newcomer(self.env, person, {})
        writer.add_contact(contact)
        self._give_role(writer, contact.uid, person)
        return contact.uid

    def _give_role(self, writer: "Writer", uid: str, named: str) -> None:
        """Give somebody without a role the one that was said with the name."""
        from dorf.core.lifecycle import with_open_role_known
        from dorf.core.vocabulary import ROLES

        role, contact = self.roles.get(named), writer.contact(uid, self.env.today)
        if role and contact.roles == (ROLES["other"],):
            writer.save_contact(with_open_role_known(contact, role))

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
        from dorf.core.sayings.roles import parse_role, role_in_name
        from dorf.core.vocabulary import ROLES

        words = [word.strip() for role in ROLES.values() for word in role.words.split(",")]
        name = question.contact.name if question.contact else ""
        offered = role_in_name(name, self._children())
        role = self._ask(question, parse_role, words, offered.role if offered else None)
        with self._about(question) as (writer, before):
            answers = writer.interview()
            after = with_open_role_known(before, role)
            if after.uid in (answers.get(ASSUMED) or ()):
                open_kinds = {k for k in role.assumed if f"{Topic.KIND}:{k}" not in answers}
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
