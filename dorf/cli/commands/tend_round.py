"""``dorf tend``: the five-minute round, one contact at a time, each answer saved at once."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import typer

from dorf.cli.env import INTERRUPTED, Env, env_of
from dorf.cli.options import Discreet
from dorf.cli.prompts import Choice, ask_choice, ask_until
from dorf.errors import DorfError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dorf.core.tend_round import Stop
    from dorf.core.tending import Tending
    from dorf.core.village import Contact
    from dorf.report.words import Words
    from dorf.store.store import Store

app = typer.Typer()

MOST_STOPS = 5
"""At how many people a round stops before it is enough for today (convention)."""

MOST_ROLES = 5
"""How many people who came without a role a round asks about: it is to take five minutes."""

_LATELY = 10
"""Encounters among which a stop looks for something to ask about."""


@app.command("tend")
def tend(ctx: typer.Context, discreet: Discreet = False) -> int:
    """Walk through the contacts that need tending; Ctrl-C keeps what was answered."""
    from dorf.cli.commands.status import assessment_of
    from dorf.core.tend_round import stops

    env = env_of(ctx).unasked_in_json()
    with env.store() as store:
        found = stops(assessment_of(env))
        walk = Round(env, store, found, env.words(discreet=discreet), quiet=env.as_json)
        try:
            walk.go()
            walk.ask_roles()
        except EOFError:
            if env.interactive:
                env.note("")
        except KeyboardInterrupt:
            walk.finish()
            return INTERRUPTED
        walk.finish()
    return 0


class Round:
    """One walk through the stops, and what was changed on the way."""

    def __init__(
        self,
        env: Env,
        store: "Store",
        stops: "tuple[Stop, ...]",
        words: "Words",
        *,
        quiet: bool,
    ) -> None:
        """Begin at the first of *stops*; *quiet* prints no pages, for JSON."""
        self.env = env
        self.store = store
        self.stops = stops
        self.words = words
        self.quiet = quiet
        known = [stop for stop in stops if stop.met_on or stop.urgency]
        self.most = MOST_STOPS if known else len(stops)
        self.most = min(self.most, len(stops))
        self.here = 0
        self.trail: list[tuple[int, int]] = []
        """The places of the stops where something was written, each with its step; newest last."""
        self.got_role: list[str] = []
        self.enough = False

    # --- walking -----------------------------------------------------------------------------

    def go(self) -> None:
        """Stop at one contact after the other, until the end or until it is enough."""
        from dorf.report.tend_round import MEETING_KEYS, TENDING_KEYS

        while self.here < self.most:
            stop = self.stops[self.here]
            if not self._there(stop.contact):
                name = self.words.name(stop.contact.name)
                self._say(self.env.language.say("{name} is not in your village now.", name=name))
                self.here += 1
                continue
            self._show(stop)
            answer = self._choose(MEETING_KEYS if stop.met_on else TENDING_KEYS)
            while answer == "more":
                self._show_more(stop.contact)
                answer = self._choose(MEETING_KEYS if stop.met_on else TENDING_KEYS)
            if answer == "quit":
                self.enough = True
                return
            if answer == "undo":
                self._take_back()
            elif answer == "next" or self._acted(answer, stop):
                self.here += 1

    def ask_roles(self) -> None:
        """Ask what those are to you who came in from a file; unless it was enough before."""
        from dorf.cli.commands.interview import Interview

        if not self.enough:
            talk = Interview(self.env, self.store, quiet=self.quiet, words=self.words)
            for uid in talk.ask_roles(MOST_ROLES):
                self.got_role.append(uid)  # at once: Ctrl-C may end the round at any question

    def _choose(self, keys: tuple[str, ...]) -> str:
        from dorf.report.tend_round import LABELS, MEANINGS

        word = self.env.language.word
        choices = [Choice(key, word(LABELS[key]), word(MEANINGS[key])) for key in keys]
        return ask_choice(self.env, choices, "next")

    def _acted(self, answer: str, stop: "Stop") -> bool:
        """Do what was chosen; whoever was deleted meanwhile is passed by."""
        try:
            return self._act(answer, stop)
        except DorfError as refused:
            if self._there(stop.contact):
                raise
            self.env.note(self.env.language.error(refused))
            return True

    def _there(self, contact: "Contact") -> bool:
        return any(entry.uid == contact.uid for entry in self.store.reader.directory())

    def _act(self, answer: str, stop: "Stop") -> bool:
        """Do what was chosen; False if it was thought better of."""
        acts: dict[str, Callable[[Stop], bool]] = {
            "today": lambda stop: self._met(stop, self.env.today),
            "yes": lambda stop: self._met(stop, stop.met_on or self.env.today),
            "day": self._met_another_day,
            "plan": self._plan,
            "later": self._plan,
            "cancel": self._cancel,
            "snooze": self._snooze,
            "pause": self._pause,
            "out": self._take_out,
        }
        return acts[answer](stop)

    # --- what the keys do --------------------------------------------------------------------

    def _met(self, stop: "Stop", day: date) -> bool:
        from dorf.cli.commands.encounters import write_encounter
        from dorf.core.village import Encounter

        uid = stop.contact.uid
        line = self._line("log", stop.contact, options=["--day", day.isoformat()])
        write_encounter(self.store, Encounter(str(uuid4()), day, (uid,)), self.env.today, line)
        return self._written(uid)

    def _met_another_day(self, stop: "Stop") -> bool:
        from dorf.cli.answers import past_day

        question = self.env.language.say("Which day? (yesterday, 22.11., last week)")
        day = ask_until(self.env, question, lambda text: past_day(self.env, text))
        return day is not None and self._met(stop, day)

    def _plan(self, stop: "Stop") -> bool:
        from dorf.cli.commands.lifecycle import coming_day
        from dorf.core.lifecycle import planned

        question = self.env.language.say("When will you meet? (saturday, 22.11., 2w)")
        day = ask_until(
            self.env, question, lambda text: coming_day(self.env, text, today_counts=True)
        )
        if day is None:
            return False
        line = self._line("plan", stop.contact, day.isoformat())
        return self._change(stop, line, lambda contact: planned(contact, day))

    def _cancel(self, stop: "Stop") -> bool:
        from dorf.core.lifecycle import planned

        line = self._line("plan", stop.contact, options=["--cancel"])
        return self._change(stop, line, lambda contact: planned(contact, None))

    def _snooze(self, stop: "Stop") -> bool:
        from dorf.cli.commands.lifecycle import coming_day
        from dorf.core.lifecycle import snoozed

        question = self.env.language.say("Until when? (2w, monday; Enter: a week)")
        until = ask_until(self.env, question, lambda text: coming_day(self.env, text))
        until = until or coming_day(self.env, "1w")
        line = self._line("snooze", stop.contact, until.isoformat())
        return self._change(stop, line, lambda contact: snoozed(contact, until))

    def _pause(self, stop: "Stop") -> bool:
        from dorf.cli.commands.lifecycle import coming_day
        from dorf.core.lifecycle import paused

        question = self.env.language.say("Until when? (3m, 1.2.; Enter: until you resume it)")
        until = ask_until(self.env, question, lambda text: coming_day(self.env, text))
        day = ("--until", until.isoformat()) if until else ()
        line = self._line("pause", stop.contact, options=day)
        return self._change(stop, line, lambda contact: paused(contact, until))

    def _take_out(self, stop: "Stop") -> bool:
        from dorf.cli.answers import take_out

        line = self._line("end", stop.contact)
        with self.store.writing(line) as writer:
            take_out(writer, stop.contact.uid, self.env.today)
        self._remember()
        name = self.words.name(stop.contact.name)
        self._say(self.words.say("{name} is out of your village. Back: dorf undo", name=name))
        return True

    def _change(self, stop: "Stop", line: str, change: "Callable[[Contact], Contact]") -> bool:
        uid = stop.contact.uid
        with self.store.writing(line) as writer:
            writer.save_contact(change(writer.contact(uid, self.env.today)))
        return self._written(uid)

    def _line(
        self, command: str, contact: "Contact", *more: str, options: "Sequence[str]" = ()
    ) -> str:
        """Return the command that does the same, for the record of `undo`."""
        from dorf.core.command_line import call

        return call(command, contact.name, *more, options=options)

    def _written(self, uid: str) -> bool:
        from dorf.report.contact import result_line

        self._remember()
        self._say(result_line(self._tending(uid), self.words))
        return True

    def _remember(self) -> None:
        if self.store.last_step is not None:
            self.trail.append((self.here, self.store.last_step))

    def _take_back(self) -> None:
        from dorf.report.undo import step_line

        if not self.trail:
            self._say(self.env.language.say("Nothing was changed in this round yet."))
            return
        place, step = self.trail[-1]
        try:
            taken = self.store.rewind(forward=False, expected=step).step
        except DorfError as refused:
            self.env.note(self.env.language.error(refused))
            return
        self.trail.pop()
        self.here = place
        self._say(step_line(taken, self.words))

    # --- what is shown -----------------------------------------------------------------------

    def _tending(self, uid: str) -> "Tending":
        from dorf.cli.answers import tending_of

        return tending_of(self.env, self.store.reader.village(self.env.today, only=[uid]), uid)

    def _say(self, text: str) -> None:
        if not self.quiet:
            self.env.say(text)

    def _show(self, stop: "Stop") -> None:
        from dorf.report.tend_round import stop_page
        from dorf.store.encounters import EncounterFilter

        if not self.quiet:
            theirs = EncounterFilter(contacts=(stop.contact.uid,))
            log, _ = self.store.reader.newest_encounters(theirs, _LATELY)
            self.env.show(stop_page(stop, log, self.words, self.here + 1))

    def _show_more(self, contact: "Contact") -> None:
        from dorf.report.contact import contact_page
        from dorf.store.encounters import EncounterFilter

        if not self.quiet:
            log = self.store.reader.encounters(EncounterFilter(contacts=(contact.uid,)))
            self.env.show(contact_page(self._tending(contact.uid), log, self.words))

    def finish(self) -> None:
        """Say what was changed, and who can wait."""
        from dorf.report.contact import contact_with_state
        from dorf.report.queries import empty_page
        from dorf.report.tend_round import calm_page, summary_page

        known = {entry.uid for entry in self.store.reader.directory()}
        stopped = dict.fromkeys(self.stops[place].contact.uid for place, _ in self.trail)
        uids = dict.fromkeys((*stopped, *self.got_role))
        changed = [self._tending(uid) for uid in uids if uid in known]
        left = len(self.stops) - sum(uid in known for uid in stopped)
        if self.quiet:
            contacts = [contact_with_state(tending, self.words) for tending in changed]
            self.env.document("tend", {"contacts": contacts, "left": left})
        elif self.stops or self.got_role:
            self.env.show(summary_page(changed, left, self.words))
        elif not known:
            self.env.show(empty_page(self.words))
        else:
            self.env.show(calm_page(self.words))
