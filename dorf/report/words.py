"""The words for what ``core`` knows as data: labels of slugs, days, names and reasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.core.dates import WEEKDAYS
from dorf.core.tending import State
from dorf.core.vocabulary import ROLE_LABELS, Bond, Direction, How, Kind, Place, Source
from dorf.errors import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dorf.core.dates import PartialDate
    from dorf.core.tending import Tending
    from dorf.core.village import Contact, Kid, YearlyDay
    from dorf.core.vocabulary import Role
    from dorf.i18n import Language

    Form = str | tuple[str, str]
    """A sentence of `N_`, or its two forms of `NN_`."""

KIND_LABELS = {
    Kind.EMOTIONAL: N_("emotional support"),
    Kind.CHILDCARE: N_("childcare"),
    Kind.EMERGENCY: N_("help at short notice"),
    Kind.PRACTICAL: N_("everyday help"),
    Kind.ADVICE: N_("advice and experience"),
    Kind.COMPANY: N_("company"),
    Kind.APPRAISAL: N_("encouragement"),
    Kind.MATERIAL: N_("things and money"),
    Kind.SKILL: N_("special skill"),
}
HOW_LABELS = {
    How.VISIT: N_("visit"),
    How.CALL: N_("call"),
    How.MESSAGE: N_("message"),
    How.LETTER: N_("letter"),
    How.ONLINE: N_("online"),
    How.OTHER: N_("other way"),
}
PLACE_LABELS = {
    Place.HOUSEHOLD: N_("at home with you"),
    Place.NEAR: N_("nearby"),
    Place.FAR: N_("far away"),
}
CIRCLE_LABELS = {1: N_("closest"), 2: N_("close"), 3: N_("familiar"), 4: N_("loose")}
STATE_LABELS = {
    State.ENDED: N_("used to be in the village"),
    State.PAUSED: N_("pause"),
    State.UNTRACKED: N_("no reminder"),
    State.PLANNED: N_("a meeting is planned"),
    State.UNRECORDED: N_("nothing noted yet"),
    State.COOLING: N_("the line is going cold"),
    State.OVERDUE: N_("it has been a while"),
    State.DUE: N_("time to say hello"),
    State.SOON: N_("coming up"),
    State.FRESH: N_("in touch"),
}
SOURCE_LABELS = {
    Source.PARTNER: N_("partner"),
    Source.SELFHELP: N_("self-help"),
    Source.FAMILY: N_("family"),
    Source.PARENTS: N_("parents’ network"),
    Source.NEIGHBOURS: N_("neighbourhood"),
    Source.FRIENDS: N_("friends"),
    Source.PROFESSIONALS: N_("professionals"),
    Source.ONLINE: N_("online"),
}
BOND_LABELS = {
    Bond.PRIMARY: N_("primary attachment person of {child}"),
    Bond.SECONDARY: N_("secondary attachment person of {child}"),
}
HELP_LABELS = {
    Direction.IN: N_("got: {kind}"),
    Direction.OUT: N_("gave: {kind}"),
}
_HELPS_WITH = {
    Kind.EMOTIONAL: N_("usually listens to you"),
    Kind.CHILDCARE: N_("usually looks after the children"),
    Kind.EMERGENCY: N_("usually steps in at short notice"),
    Kind.PRACTICAL: N_("usually helps you day to day"),
    Kind.ADVICE: N_("usually has advice for you"),
    Kind.COMPANY: N_("usually spends time with you"),
}
_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


MOST_NAMES = 3
"""How many names one sentence holds (DOMAIN.md §4.1)."""

GOOD_WEEKS = 14
"""From so many days on a silence is told in weeks (DOMAIN.md §3.5)."""

MONTHS_FROM = 63
"""From so many days on a silence is told in months of 30 days (DOMAIN.md §3.5)."""


class Words:
    """The words of one report: a language, the day, and whether names are to be hidden."""

    def __init__(self, language: Language, today: date, *, discreet: bool = False) -> None:
        """Speak *language*; *discreet* shows initials where names would stand."""
        self.language = language
        self.today = today
        self.discreet = discreet
        self.say = language.say
        self.count = language.count

    def fill(self, form: Form, n: int = 1, **fields: object) -> str:
        """Return a sentence that data hold with its fields filled in, in the number of *n*."""
        if isinstance(form, tuple):
            return self.count(form[0], form[1], n, **fields)
        return self.say(form, **fields)

    def name(self, name: str) -> str:
        """Return *name*, or its initials when somebody may look over the shoulder."""
        return initials(name) if self.discreet else name

    def names(self, names: Iterable[str]) -> str:
        """Return the names, joined."""
        return self.language.join([self.name(name) for name in names])

    def to(self, names: Iterable[str]) -> str:
        """Return the names, joined, where German wants "Herrn Aydin" and not "Herr Aydin"."""
        return self.names([self._declined(name) for name in names])

    def few(self, names: Sequence[str]) -> str:
        """Return at most three of the names, joined, and how many more there are."""
        shown = [self.name(name) for name in names[:MOST_NAMES]]
        if hidden := len(names) - len(shown):
            shown.append(self.count("{n} more", "{n} more", hidden))
        return self.language.join(shown)

    def few_to(self, names: Sequence[str]) -> str:
        """Return a few names as `few` does, where German wants "Herrn Aydin"."""
        return self.few([self._declined(name) for name in names])

    def _declined(self, name: str) -> str:
        is_german = self.language.code == "de" and not self.discreet
        return re.sub(r"^Herr\b", "Herrn", name) if is_german else name

    def role(self, role: Role) -> str:
        """Return the label of a role."""
        return self.language.word(ROLE_LABELS[role.slug])

    def roles(self, contact: Contact) -> str:
        """Return the labels of all roles of a contact, the main one first."""
        return ", ".join(self.role(role) for role in contact.roles)

    def kind(self, kind: Kind) -> str:
        """Return the label of a kind of support."""
        return self.language.word(KIND_LABELS[kind])

    def kinds(self, kinds: Iterable[Kind]) -> str:
        """Return the labels of kinds, in the order of the vocabulary."""
        given = set(kinds)
        return ", ".join(self.kind(kind) for kind in Kind if kind in given)

    def state(self, tending: Tending) -> str:
        """Return the state of a relationship in words, with its day where it has one."""
        contact = tending.contact
        if dated := self._dated_state(contact, tending.state):
            return dated
        if contact.strained and tending.needs_tending:
            return self.language.word(N_("some time has passed"))
        if not tending.recorded and tending.needs_tending:
            return self.language.word(N_("nothing noted yet"))
        if not tending.recorded and tending.state in {State.FRESH, State.SOON}:
            return self.language.word(N_("new in the village"))
        return self.language.word(STATE_LABELS[tending.state])

    def _dated_state(self, contact: Contact, state: State) -> str:
        plan = contact.next_plan(self.today)
        if contact.died_on is not None:
            return self.say("died on {day}", day=self.day(contact.died_on))
        if state is State.PAUSED and contact.paused_until:
            return self.say("pause until {day}", day=self.day(contact.paused_until))
        if state is State.PLANNED and plan:
            return self.meeting(contact, plan)
        return ""

    def meeting(self, contact: Contact, plan: date) -> str:
        """Return the day of a plan in a line about somebody, with how often it comes back."""
        day = self.day(plan)
        if contact.plan_every is None:
            return self.say("meeting on {day}", day=day)
        return self.say("{every}, next on {day}", every=self.standing_date(contact), day=day)

    def standing_date(self, contact: Contact) -> str:
        """Return how often a standing date comes: every Wednesday; "" for a single plan."""
        if contact.planned_on is None or contact.plan_every is None:
            return ""
        weeks, weekday = contact.plan_every // 7, self.weekday(contact.planned_on.weekday())
        return self.count("every {weekday}", "every {n} weeks on {weekday}", weeks, weekday=weekday)

    def day(self, day: date) -> str:
        """Return a day as people write it: 21.11.2026 or 21 Nov 2026."""
        if self.language.code == "de":
            return f"{day.day}.{day.month}.{day.year}"
        return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"

    def short_day(self, day: date) -> str:
        """Return a day without its year where that is this year's."""
        if day.year != self.today.year:
            return self.day(day)
        if self.language.code == "de":
            return f"{day.day}.{day.month}."
        return f"{day.day} {_MONTHS[day.month - 1][:3]}"

    def month(self, day: date) -> str:
        """Return the month of a day as graphs show it, always as wide: Mar 2026, Mär 2026."""
        return f"{self.language.word(_MONTHS[day.month - 1])[:3]} {day.year:4}"

    def week_day(self, day: date) -> str:
        """Return a day to come with its weekday, both short: Sat 14 Mar, Sa 14.3."""
        letters = 2 if self.language.code == "de" else 3
        weekday = self.language.word(WEEKDAYS[day.weekday()])[:letters]
        return f"{weekday} {self.short_day(day)}"

    def long_day(self, day: date) -> str:
        """Return a day with its weekday, for headings."""
        return self.say(
            "{weekday}, {day} {month} {year}",
            weekday=self.weekday(day.weekday()),
            day=day.day,
            month=self.language.word(_MONTHS[day.month - 1]),
            year=day.year,
        )

    def weekday(self, number: int) -> str:
        """Return the name of a day of the week; 0 is Monday."""
        return self.language.word(WEEKDAYS[number])

    def ago(self, day: date) -> str:
        """Return how long ago a day was: today, yesterday, 3 days ago."""
        days = (self.today - day).days
        if days < 0:
            return self.say("in the future")
        if days == 0:
            return self.say("today")
        if days == 1:
            return self.say("yesterday")
        return self.count("{n} day ago", "{n} days ago", days)

    def silence(self, days: int) -> str:
        """Return for how long nothing was heard, in days, whole weeks or months of 30 days."""
        if days < GOOD_WEEKS:
            if days == 1:
                return self.say("nothing heard since yesterday")
            return self.count("nothing heard for {n} day", "nothing heard for {n} days", days)
        if days < MONTHS_FROM:
            return self.count(
                "nothing heard for {n} week", "nothing heard for {n} weeks", days // 7
            )
        if days % 30:
            return self.count(
                "nothing heard for a good {n} month",
                "nothing heard for a good {n} months",
                days // 30,
            )
        return self.count("nothing heard for {n} month", "nothing heard for {n} months", days // 30)

    def ahead(self, day: date) -> str:
        """Return how far away a day to come is: today, tomorrow, in 3 days."""
        days = (day - self.today).days
        if days == 0:
            return self.say("today")
        if days == 1:
            return self.say("tomorrow")
        return self.count("in {n} day", "in {n} days", days)

    def before(self, days: int) -> str:
        """Return how long ahead a yearly day is told: 10 days before, on the day itself."""
        if days == 0:
            return self.say("on the day itself")
        if days % 7 == 0:
            return self.count("{n} week before", "{n} weeks before", days // 7)
        return self.count("{n} day before", "{n} days before", days)

    def plan(self, contact: Contact) -> str:
        """Return the day of a plan and, if others may read it, its note; "" without a plan."""
        plan = contact.next_plan(self.today)
        if plan is None:
            return ""
        day = self.day(plan)
        note = "" if self.discreet else " ".join((contact.planned_note or "").split())
        return f"{day}: {note}" if note else day

    def partial(self, when: PartialDate) -> str:
        """Return a birthday or a birth month as people write it."""
        day, year = when.day, when.year
        if self.language.code == "de":
            shown = f"{day}.{when.month}." if day else f"{when.month}/"
            return f"{shown}{year or ''}"
        month = _MONTHS[when.month - 1][:3]
        return " ".join(str(part) for part in (day, month, year) if part)

    def day_name(self, name: str) -> str:
        """Return the name of a yearly day, but not over a shoulder: it may name anybody."""
        return self.say("a special day") if self.discreet else name

    def yearly_day(self, one: YearlyDay) -> str:
        """Return a yearly day as a fact: its name and its day."""
        return f"{self.day_name(one.name)} {self.partial(one.day)}"

    def age(self, months: int) -> str:
        """Return an age in months as people say it: months up to two years, then years."""
        if months < 0:
            return self.say("not born yet")
        if months < 24:
            return self.count("{n} month old", "{n} months old", months)
        return self.count("{n} year old", "{n} years old", months // 12)

    def kid(self, kid: Kid, more: str = "") -> str:
        """Return a child of a contact: name, age or both, and what else there is to say."""
        months = kid.born.age_in_months(self.today) if kid.born else None
        age = "" if months is None else self.age(months)
        age = ", ".join(part for part in (age, more) if part)
        if kid.name is None:
            return self.say("a child, {age}", age=age)
        return f"{self.name(kid.name)} ({age})" if age else self.name(kid.name)

    def every(self, days: int) -> str:
        """Return a cadence in words."""
        if days == 0:
            return self.say("no reminder")
        if days % 7 == 0:
            return self.count("every week", "every {n} weeks", days // 7)
        return self.count("every day", "every {n} days", days)

    def decimal(self, number: float) -> str:
        """Return a number with one decimal, as people write it: 3.6 or 3,6."""
        shown = f"{number:.1f}"
        return shown.replace(".", ",") if self.language.code == "de" else shown

    def how(self, how: How | None) -> str:
        """Return the way of an encounter; one without a way was simply contact."""
        return self.language.word(HOW_LABELS[how]) if how else self.say("contact")

    def last_contact(self, tending: Tending) -> str:
        """Return when somebody was last in touch, relative and as a day."""
        if tending.last_contact is None:
            return self.say("no contact recorded yet")
        last = tending.last_contact
        return self.say("last {ago} ({day})", ago=self.ago(last), day=self.day(last))

    def missed_for(self, kinds: Sequence[Kind]) -> str:
        """Return what would be missed without somebody, as the second half of a reason."""
        return self.language.word(_HELPS_WITH[kinds[0]]) if kinds else ""


def initials(name: str) -> str:
    """Return the first letter of each word of *name*: Oma Gisela is OG."""
    return "".join(next((c for c in word if c.isalnum()), word[0]) for word in name.split())


def iso(day: date | None) -> str | None:
    """Return *day* as JSON carries it."""
    return day.isoformat() if day else None
