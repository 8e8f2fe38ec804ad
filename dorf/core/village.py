"""The values of a village: household, contacts, encounters. Frozen, and they check themselves.

Fields are those of DOMAIN.md §0.2. Days are dates without times; null means "not stated" and is
never treated as "no".
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from dorf.core.dates import LONGEST_SPAN, PartialDate
from dorf.core.fields import Field, declared, of
from dorf.core.vocabulary import (
    NEEDS_NEARNESS,
    NEEDS_TRUST,
    NOT_ONLINE,
    ROLES,
    Bond,
    Direction,
    How,
    Kind,
    Place,
    Role,
    Standing,
    Status,
)
from dorf.errors import N_, WrongField
from dorf.values import NamedTuple, dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

HELP_WINDOW = 180
"""Days over which give and take is weighed (DOMAIN.md §3b, M6)."""


WEEK = 7
LONGEST_PLAN = 52 * WEEK
"""The longest time from one day of a standing date to the next, in days."""

LONGEST_LEAD = 366
"""The longest time ahead of a yearly day at which it is told, in days."""


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the household; the birth month is enough."""

    name: str
    born: PartialDate

    def __post_init__(self) -> None:
        """Refuse a child without a year of birth: ages would be unknown."""
        if self.born.year is None:
            raise WrongField("born", N_("the year of birth is missing"))

    def age_in_months(self, today: date) -> int:
        """Return the age in months, negative before birth."""
        return self.born.age_in_months(today) or 0


@dataclass(frozen=True, slots=True)
class Kid:
    """A child of a contact: a name, a birth month, or both."""

    name: str | None = None
    born: PartialDate | None = None

    def __post_init__(self) -> None:
        """Refuse a kid of whom nothing is known."""
        if self.name is None and self.born is None:
            raise WrongField("kids", N_("a child needs a name or a birth month"))


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A day of the year that matters to a contact, by its name; the year may be unknown."""

    name: str
    day: PartialDate

    def __post_init__(self) -> None:
        """Refuse a month without a day: it would come on no day at all."""
        if self.day.day is None:
            raise WrongField("yearly_days", N_("the day of the month is missing"))


class RoleSpan(NamedTuple):
    """A role that a contact had from one day to another; None is unknown, or still so."""

    role: Role
    start: date | None = None
    end: date | None = None


class Help(NamedTuple):
    """One help given (out) or received (in)."""

    direction: Direction
    kind: Kind


class Acceptance(NamedTuple):
    """A finding that is fine as it is ("für uns gut so"), until a day or for good."""

    key: str
    until: date | None = None


class Household(NamedTuple):
    """The family that owns the file."""

    single_parent: bool = False
    children: tuple[Child, ...] = ()
    wishes: tuple[str, ...] = ()
    rules_off: frozenset[str] = frozenset()
    accepted: tuple[Acceptance, ...] = ()

    def renamed(self, scopes: Mapping[str, str]) -> Household:
        """Return the household with the keys of findings that name somebody by a new name.

        *scopes* maps old keys to new ones, such as ``G15:Jana`` to ``G15:Janna``. Of two
        acceptances that get the same key, the one that lasts longer stays.
        """
        accepted: dict[str, Acceptance] = {}
        for acceptance in self.accepted:
            key = scopes.get(acceptance.key, acceptance.key)
            existing = accepted.get(key, acceptance)
            until = acceptance.until and existing.until and max(acceptance.until, existing.until)
            accepted[key] = Acceptance(key, until)
        return self._replace(
            rules_off=frozenset(scopes.get(key, key) for key in self.rules_off),
            accepted=tuple(accepted.values()),
        )


@dataclass(frozen=True, slots=True)
class Contact(Standing):
    """One person or group of the village. None means not stated (DOMAIN.md §0.2)."""

    uid: str = field(metadata=of("name", standard=True))
    name: str = field(metadata=of("name", standard=True))
    added_on: date = field(metadata=of("day"))
    roles: tuple[Role, ...] = field(default=(ROLES["other"],), metadata=of("roles", always=True))
    nicknames: tuple[str, ...] = field(default=(), metadata=of("names", standard=True))
    circle: int | None = field(default=None, metadata=of("whole", 1, 4, label=N_("circle")))
    cadence_days: int | None = field(
        default=None, metadata=of("whole", 0, LONGEST_SPAN, label=N_("rhythm"))
    )
    planned_on: date | None = field(default=None, metadata=of("day", label=N_("plan")))
    planned_note: str | None = field(default=None, metadata=of("text", part_of="planned_on"))
    plan_every: int | None = field(
        default=None, metadata=of("whole", WEEK, LONGEST_PLAN, part_of="planned_on")
    )
    snoozed_until: date | None = field(default=None, metadata=of("day", label=N_("reminder")))
    status: Status = field(
        default=Status.ACTIVE, metadata=of("choice", choices=Status, label=N_("status"))
    )
    paused_until: date | None = field(default=None, metadata=of("day", part_of="status"))
    resumed_on: date | None = field(default=None, metadata=of("day", part_of="status"))
    died_on: date | None = field(default=None, metadata=of("day", label=N_("died"), standard=True))
    until: date | None = field(default=None, metadata=of("day", label=N_("until")))
    where: Place | None = field(
        default=None, metadata=of("choice", choices=Place, label=N_("place"), column="place")
    )
    online_only: bool | None = field(default=None, metadata=of("flag", label=N_("online")))
    trusted: bool | None = field(default=None, metadata=of("flag", label=N_("trust")))
    pickup: bool | None = field(default=None, metadata=of("flag", label=N_("pickup")))
    strained: bool = field(default=False, metadata=of("flag"))
    single_parent: bool = field(default=False, metadata=of("flag"))
    gives: frozenset[Kind] | None = field(default=None, metadata=of("kinds"))
    gets: frozenset[Kind] | None = field(default=None, metadata=of("kinds"))
    skills: tuple[str, ...] = field(default=(), metadata=of("texts"))
    kids: tuple[Kid, ...] = field(default=(), metadata=of("kids"))
    attachment: tuple[tuple[str, Bond], ...] = field(default=(), metadata=of("bonds"))
    birthday: PartialDate | None = field(
        default=None, metadata=of("partial", label=N_("birthday"), standard=True)
    )
    phones: tuple[str, ...] = field(default=(), metadata=of("texts", standard=True))
    emails: tuple[str, ...] = field(default=(), metadata=of("texts", standard=True))
    addresses: tuple[str, ...] = field(default=(), metadata=of("texts", standard=True))
    met_at: str | None = field(default=None, metadata=of("text", label=N_("met")))
    notes: str | None = field(default=None, metadata=of("text", standard=True))
    role_history: tuple[RoleSpan, ...] = field(default=(), metadata=of("spans"))
    yearly_days: tuple[YearlyDay, ...] = field(
        default=(), metadata=of("yearly_days", standard=True)
    )
    lead_days: int | None = field(
        default=None, metadata=of("whole", 0, LONGEST_LEAD, label=N_("lead"))
    )
    changed_at: str | None = field(default=None, metadata=of("moment"))

    def __post_init__(self) -> None:
        """Refuse values outside the vocabularies and ranges of DOMAIN.md §0.2."""
        if not self.name:
            raise WrongField("name", N_("a name needs at least one letter or sign"))
        if not self.roles:
            raise WrongField("roles", N_("a contact needs at least one role"))
        if self.circle is not None and not 1 <= self.circle <= 4:
            raise WrongField("circle", N_("{value} is not 1–4"), value=self.circle)
        for name, most in (("cadence_days", LONGEST_SPAN), ("lead_days", LONGEST_LEAD)):
            days = getattr(self, name)
            if days is not None and not 0 <= days <= most:
                sentence = N_("{value} is not a number of days from 0 to {most}")
                raise WrongField(name, sentence, value=days, most=most)
        if self.plan_every is not None and self.plan_every not in range(
            WEEK, LONGEST_PLAN + 1, WEEK
        ):
            sentence = N_("{value} days are not whole weeks, from one to 52")
            raise WrongField("plan_every", sentence, value=self.plan_every)
        if self.died_on is not None:
            object.__setattr__(self, "status", Status.ENDED)

    @property
    def main_role(self) -> Role:
        """The first role: it decides group, formality and default circle."""
        return self.roles[0]

    @property
    def is_online_only(self) -> bool:
        """Whether never met in person: as stated, else by the main role."""
        if self.online_only is None:
            return self.main_role.slug == "online_community"
        return self.online_only

    @property
    def closeness(self) -> int:
        """The circle: the contact's own, else the main role's default."""
        return self.main_role.circle if self.circle is None else self.circle

    @property
    def kid_names(self) -> tuple[str, ...]:
        """The names of the contact's children that are known."""
        return tuple(kid.name for kid in self.kids if kid.name)

    @property
    def assumed(self) -> bool:
        """Whether the kinds given are assumed from the roles, not stated."""
        return self.gives is None

    def stated_or_assumed(self) -> frozenset[Kind]:
        """Return the kinds that were stated, else those that are assumed (DOMAIN.md §1)."""
        if self.gives is not None:
            return self.gives
        if self.strained:
            return frozenset()
        assumed = self.roles[0].assumed
        for role in self.roles[1:]:
            assumed |= role.assumed
        if self._may_step_in:
            assumed |= {Kind.EMERGENCY}
        return assumed

    @property
    def _may_step_in(self) -> bool:
        """Whether help at short notice is assumed of somebody who said nothing of it."""
        slugs = {role.slug for role in self.roles}
        return (
            (self.pickup is True and self.where in {Place.NEAR, Place.HOUSEHOLD})
            or ("neighbour" in slugs and self.trusted is True)
            or ("friend" in slugs and bool(self.kids))
        )

    def kinds(self) -> frozenset[Kind]:
        """Return what the contact can give, after the exclusions of DOMAIN.md §2."""
        given = self.stated_or_assumed()
        if self.is_online_only:
            given -= NOT_ONLINE
        if self.trusted is False:
            given -= NEEDS_TRUST
        if self.where is Place.FAR:
            given -= NEEDS_NEARNESS
            if self.assumed:
                given -= {Kind.CHILDCARE}
        return given

    def with_roles(self, roles: tuple[Role, ...], today: date) -> Contact:
        """Return the contact with new *roles*: lost ones end today, gained ones begin today.

        That a role was still open ("other") is no history. Who becomes a co-parent moves out.
        """
        history = [
            span._replace(end=today) if span.end is None and span.role not in roles else span
            for span in self.role_history
        ]
        known = {span.role for span in self.role_history if span.end is None}
        past = (role for role in self.roles if role not in roles and role.slug != "other")
        lost = [role for role in past if role not in known]
        gained = [role for role in roles if role not in self.roles]
        history += [RoleSpan(role, self.added_on, today) for role in lost]
        history += [RoleSpan(role, today) for role in gained]
        parted = self.where is Place.HOUSEHOLD and ROLES["coparent"] in gained
        where = None if parted else self.where
        return replace(self, roles=roles, role_history=tuple(history), where=where)


FIELDS = declared(Contact, "uid", "name", "nicknames", "roles", "circle", "cadence_days")
"""What each field of a contact is, by name, in the order of files."""

_ASKED_FIRST = ("circle", "cadence_days", "where", "birthday", "trusted", "pickup", "online_only")
LABELS = {n: FIELDS[n].label for n in (*_ASKED_FIRST, *FIELDS) if FIELDS[n].label}
"""The word for each field of which a contact has one value, in the order in which they are asked.

It can also be typed.
"""

LAST_CONTACT = Field("day", name="last_contact")
"""The day of the newest encounter: files carry it, a contact never holds it."""


@dataclass(frozen=True, slots=True)
class Encounter:
    """One real exchange on one day with one or more contacts (their uids)."""

    uid: str
    day: date
    contacts: tuple[str, ...]
    how: How | None = None
    note: str | None = None
    help: tuple[Help, ...] = ()
    changed_at: str | None = None

    def __post_init__(self) -> None:
        """Refuse an encounter with nobody, or with somebody twice."""
        if not self.contacts:
            raise WrongField("contacts", N_("an encounter needs at least one contact"))
        if len(set(self.contacts)) != len(self.contacts):
            raise WrongField("contacts", N_("somebody is listed twice"))


class Touch(NamedTuple):
    """What the encounters say about one contact: newest day, help ever, help in the window."""

    last_contact: date | None = None
    ever_in: bool = False
    ever_out: bool = False
    recent_in: int = 0
    recent_out: int = 0


UNTOUCHED = Touch()


class Village(NamedTuple):
    """One household and its contacts, with what the encounters say about each."""

    household: Household = Household()
    contacts: tuple[Contact, ...] = ()
    touches: Mapping[str, Touch] = MappingProxyType({})
    encounters: tuple[Encounter, ...] = ()

    def touch(self, contact: Contact) -> Touch:
        """Return what the encounters say about *contact*."""
        return self.touches.get(contact.uid, UNTOUCHED)

    def by_uid(self) -> dict[str, Contact]:
        """Return the contacts by their uid."""
        return {contact.uid: contact for contact in self.contacts}
