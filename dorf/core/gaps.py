"""Where the support network has gaps: the 24 rules of DOMAIN.md §4, one function each.

A rule states facts; ``report`` words them. Precedence between rules (G02 before G03 before G04,
G13 before G14 …) is decided on the conditions alone: switches and acceptances only filter what is
shown, so turning a rule off never changes another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dorf.core.tending import State
from dorf.core.tips import Tip, fitting, rotate
from dorf.core.vocabulary import CORE5, CORE6, KINDS, Bond, Kind, Place, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from dorf.core.support import Support
    from dorf.core.tending import Tending
    from dorf.core.village import Child, Contact, Household, Village

CHILD_MONTHS = 144
"""Below this age, in months, a child needs somebody to look after it (DOMAIN.md §4.1)."""

ENDS_SOON_DAYS = 60
"""How long before the end of a role G22 speaks, in days (DOMAIN.md §4.2)."""

PEERS = frozenset({"friend", "parent_friend", "neighbour", "acquaintance", "colleague"})
HIRED = frozenset(
    {"babysitter", "rental_grandparent", "household_help", "volunteer", "professional"}
)
TRUST_MATTERS = frozenset({"neighbour", "acquaintance", "babysitter"})


class Finding(NamedTuple):
    """One gap: its key, its severity (3 gap, 2 thin, 1 note) and the facts to word it."""

    rule: str
    severity: int
    scope: str = ""
    kind: Kind | None = None
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    variant: str = ""
    size: int = 0
    day: date | None = None
    suggestions: tuple[Tip, ...] = ()

    @property
    def key(self) -> str:
        """The stable key, such as ``G02:company``; switches and acceptances name it."""
        return f"{self.rule}:{self.scope}" if self.scope else self.rule


@dataclass(frozen=True)
class Look:
    """What the rules look at: one village on one day, with the questions they share."""

    today: date
    village: Village
    support: Support
    tendings: Sequence[Tending]

    @property
    def household(self) -> Household:
        """The household whose village it is."""
        return self.village.household

    @cached_property
    def small_children(self) -> list[Child]:
        """The children from birth up to `CHILD_MONTHS` (u12)."""
        return [c for c in self.household.children if 0 <= self.age(c) < CHILD_MONTHS]

    def age(self, child: Child) -> int:
        """Return the age of *child* in months."""
        return child.age_in_months(self.today)

    @cached_property
    def tending_of(self) -> dict[str, Tending]:
        """The tendings by the uid of their contact."""
        return {one.contact.uid: one for one in self.tendings}

    def matters(self, kind: Kind) -> bool:
        """Tell whether *kind* is looked at: care for children only while there are any."""
        return kind not in {Kind.CHILDCARE, Kind.EMERGENCY} or bool(self.small_children)

    def cover(self, kind: Kind) -> str:
        """Return which of G02, G03, G04 holds for *kind*, or "" for none."""
        warm = self.support.warm[kind]
        if not self.matters(kind):
            return ""
        if not warm:
            return "G02"
        if not self.support.from_outside(kind):
            return "G03"
        return "G04" if len(warm) == 1 else ""

    @cached_property
    def nearby(self) -> str:
        """Which of G05, G05:ask, G06 holds, or "" for none."""
        if not self.small_children:
            return ""
        if self.support.nearby_in_emergency:
            return "G06" if len(self.support.nearby_in_emergency) == 1 else ""
        return "G05:ask" if self.place_unknown else "G05"

    @cached_property
    def place_unknown(self) -> list[Contact]:
        """Who could step in at short notice, but nobody noted how far away they live."""
        return [c for c in self.support.warm[Kind.EMERGENCY] if c.where is None]

    def anchors(self, child: Child) -> list[Contact]:
        """Return the secondary attachment persons of *child*."""
        bond = (child.name, Bond.SECONDARY)
        return [c for c in self.support.active if bond in c.attachment]

    @cached_property
    def peers(self) -> list[Contact]:
        """B: equals for whom give and take is known (G13)."""
        return [
            c
            for c in self.support.outside
            if c.main_role.slug in PEERS
            and not c.kin
            and not c.is_online_only
            and (self.helped(c) or (c.gives is not None and c.gets is not None))
        ]

    def helped(self, contact: Contact) -> bool:
        """Tell whether *contact* appears in the help log at all."""
        touch = self.village.touch(contact)
        return touch.ever_in or touch.ever_out

    @cached_property
    def one_way(self) -> str:
        """Whether the whole village only takes or only gives (G13): "take", "give" or ""."""
        if len(self.peers) < 3:
            return ""
        touches = [self.village.touch(c) for c in self.peers]
        taken = any(c.gives for c in self.peers) or any(t.ever_in for t in touches)
        given = any(c.gets for c in self.peers) or any(t.ever_out for t in touches)
        if taken == given:
            return ""
        return "take" if taken else "give"

    def suggest(self, *tips: Tip) -> tuple[Tip, ...]:
        """Return the suggestions of the day among those *tips* that fit the household."""
        return rotate([t for t in tips if fitting(t, self.household, self.today)], self.today)


class Rule(NamedTuple):
    """A gap rule: its id, its slug and the function that finds it."""

    id: str
    slug: str
    find: Callable[[Look], Iterable[Finding]]
    scopes: tuple[str, ...] | None
    """The scopes that its findings can have; None for names and skills, which come and go."""


RULES: dict[str, Rule] = {}
ABOUT_CONTACTS = ("G14", "G15", "G22", "G23")
"""Rules whose scope is the name of a contact."""

ABOUT_CHILDREN = ("G08", "G09", "G10")
"""Rules whose scope is the name of a child of the household."""


def renamed_keys(old: str, new: str, rules: Iterable[str] = ABOUT_CONTACTS) -> dict[str, str]:
    """Return how the keys of findings about somebody change with the name.

    Only those of *rules* are about that sort of somebody: a child and a contact may share a name.
    """
    return {f"{rule}:{old}": f"{rule}:{new}" for rule in rules}


def keys_about(name: str) -> frozenset[str]:
    """Return the keys that findings about a contact can have.

    Those about a child or a wish of the same name are others.
    """
    return frozenset(f"{rule}:{name}" for rule in ABOUT_CONTACTS)


def without_keys_about(household: Household, name: str) -> Household:
    """Return the household without switches and acceptances for findings about a contact."""
    gone = keys_about(name)
    return household._replace(
        rules_off=household.rules_off - gone,
        accepted=tuple(one for one in household.accepted if one.key not in gone),
    )


def _rule(
    slug: str, scopes: tuple[str, ...] | None = ()
) -> Callable[[Callable[[Look], Iterable[Finding]]], Callable[[Look], Iterable[Finding]]]:
    """Register a function under its own name in capitals: ``g01`` is rule G01."""

    def register(find: Callable[[Look], Iterable[Finding]]) -> Callable[[Look], Iterable[Finding]]:
        rule_id = find.__name__.upper()
        RULES[rule_id] = Rule(rule_id, slug, find, scopes)
        return find

    return register


def _names(contacts: Iterable[Contact]) -> tuple[str, ...]:
    return tuple(contact.name for contact in contacts)


def _askable(contacts: Iterable[Contact]) -> tuple[str, ...]:
    """Return the names of those who may be proposed: never a tie that costs strength (§0.2)."""
    return _names(c for c in contacts if not c.strained)


@_rule("small_village")
def g01(look: Look) -> Iterator[Finding]:
    """Fewer than five people outside; fewer than three weigh more (Dunbar's inner layer)."""
    size = look.support.size
    if size <= 4:
        tips = look.suggest(Tip.PLAYGROUND, Tip.LOCAL_GROUP, Tip.HOBBIES)
        yield Finding("G01", 2 if size < 3 else 1, size=size, suggestions=tips)


_UNCOVERED: dict[Kind, tuple[int, tuple[Tip, ...]]] = {
    Kind.EMOTIONAL: (3, (Tip.ASK_AND_OFFER, Tip.KEEP_AT_IT, Tip.MAKE_TIME)),
    Kind.CHILDCARE: (3, (Tip.ASK_AND_OFFER, Tip.CARE)),
    Kind.PRACTICAL: (2, (Tip.ASK_AND_OFFER, Tip.NEIGHBOURS)),
    Kind.ADVICE: (2, (Tip.LOCAL_GROUP, Tip.PARENTS_EVENING)),
    Kind.COMPANY: (2, (Tip.PLAYGROUND, Tip.OWN_ROUND, Tip.HOBBIES)),
    Kind.APPRAISAL: (1, (Tip.OPEN,)),
}


@_rule("uncovered", tuple(_UNCOVERED))
def g02(look: Look) -> Iterator[Finding]:
    """Nobody warm for a kind of support (House 1981; Cutrona & Russell 1987)."""
    for kind, (severity, tips) in _UNCOVERED.items():
        if look.cover(kind) == "G02":
            cold = _askable(look.support.cold(kind))
            yield Finding("G02", severity, kind, kind, others=cold, suggestions=look.suggest(*tips))


@_rule("only_at_home", CORE5)
def g03(look: Look) -> Iterator[Finding]:
    """A kind rests on the household alone: whoever lives together falls ill together."""
    for kind in CORE5:
        if look.cover(kind) == "G03":
            care = (Tip.CARE,) if kind is Kind.CHILDCARE else ()
            yield Finding(
                "G03",
                2 if kind in {Kind.EMOTIONAL, Kind.CHILDCARE} else 1,
                kind,
                kind,
                names=_names(look.support.warm[kind]),
                suggestions=look.suggest(Tip.ASK_AND_OFFER, Tip.PLAYGROUND, *care),
            )


@_rule("single_point", CORE5)
def g04(look: Look) -> Iterator[Finding]:
    """A kind hangs on one person (redundancy: Lubben et al. 2006)."""
    for kind in CORE5:
        if look.cover(kind) == "G04":
            severity = 2 if kind in {Kind.EMOTIONAL, Kind.CHILDCARE} else 1
            if kind is Kind.CHILDCARE and look.household.single_parent:
                severity = 3
            yield Finding(
                "G04",
                severity,
                kind,
                kind,
                names=_names(look.support.warm[kind]),
                others=_askable(look.support.cold(kind)),
                suggestions=look.suggest(Tip.ASK_AND_OFFER, Tip.MAKE_TIME),
            )


@_rule("nobody_nearby", ("ask",))
def g05(look: Look) -> Iterator[Finding]:
    """Nobody near for an emergency, or a question where the place is unknown."""
    if look.nearby == "G05:ask":
        yield Finding("G05", 1, "ask", names=_names(look.place_unknown))
    elif look.nearby == "G05":
        near = _askable(c for c in look.support.active if c.where is Place.NEAR)
        tips = look.suggest(Tip.ASK_AND_OFFER, Tip.OWN_ROUND, Tip.PLAYGROUND, Tip.EMERGENCY)
        yield Finding("G05", 3, others=near, suggestions=tips)


@_rule("one_nearby")
def g06(look: Look) -> Iterator[Finding]:
    """Exactly one near helper in an emergency."""
    if look.nearby == "G06":
        yield Finding(
            "G06",
            3 if look.household.single_parent else 2,
            names=_names(look.support.nearby_in_emergency),
            others=_askable(look.place_unknown),
            suggestions=look.suggest(Tip.ASK_AND_OFFER, Tip.PARENTS_EVENING),
        )


@_rule("pickup_missing")
def g07(look: Look) -> Iterator[Finding]:
    """Near helpers, none of them authorised to pick up a child of 12–143 months."""
    helpers = look.support.nearby_in_emergency
    old_enough = any(look.age(child) >= 12 for child in look.small_children)
    if helpers and old_enough and not any(c.pickup for c in helpers):
        yield Finding("G07", 2, names=_names(helpers), suggestions=look.suggest(Tip.PICKUP))


@_rule("no_second_anchor", None)
def g08(look: Look) -> Iterator[Finding]:
    """A child without a secondary attachment person (van IJzendoorn et al. 1992)."""
    for child in look.small_children:
        if not look.anchors(child):
            tips = (Tip.AFTERNOON, Tip.GODPARENT, Tip.OWN_ROUND, Tip.GRANNY)
            yield Finding("G08", 2, child.name, suggestions=look.suggest(*tips))


@_rule("second_anchor_fading", None)
def g09(look: Look) -> Iterator[Finding]:
    """All secondary attachment persons of a child have not been seen for a while."""
    for child in look.small_children:
        anchors = look.anchors(child)
        met = [look.tending_of[c.uid] for c in anchors]
        if met and all(one.recorded and one.state in {State.OVERDUE, State.COOLING} for one in met):
            tips = look.suggest(Tip.AFTERNOON, Tip.VIDEO_CALL, Tip.MAKE_TIME)
            yield Finding("G09", 2, child.name, names=_names(anchors), suggestions=tips)


@_rule("no_same_age", None)
def g10(look: Look) -> Iterator[Finding]:
    """No family nearby with a child of about the same age (Strange et al. 2014)."""
    for child in look.household.children:
        age = look.age(child)
        if 0 <= age < 120 and not _same_age(look, age):
            tips = (Tip.PLAYGROUND, Tip.LOCAL_GROUP, Tip.OWN_ROUND, Tip.PARENTS_EVENING)
            severity = 2 if age < 72 else 1
            suggestions = look.suggest(*tips, Tip.SOCIAL_MEDIA)
            yield Finding("G10", severity, child.name, suggestions=suggestions)


def _same_age(look: Look, age: int) -> bool:
    tolerance = 6 if age < 24 else 12 if age < 72 else 24
    return any(
        kid.born is not None
        and (months := kid.born.age_in_months(look.today)) is not None
        and abs(months - age) <= tolerance
        for contact in look.support.outside
        if not contact.is_online_only and contact.where is not Place.FAR
        for kid in contact.kids
    )


@_rule("all_online")
def g11(look: Look) -> Iterator[Finding]:
    """Everybody informal is known online only (Sutcliffe, Binder & Dunbar 2018)."""
    informal = look.support.informal
    if informal and all(c.is_online_only for c in informal):
        tips = look.suggest(Tip.PLAYGROUND, Tip.LOCAL_GROUP, Tip.OWN_ROUND)
        yield Finding("G11", 3, suggestions=tips)


@_rule("mostly_online")
def g12(look: Look) -> Iterator[Finding]:
    """Half or more of at least four is known online only."""
    online, informal = look.support.online
    if informal >= 4 and informal <= 2 * online < 2 * informal:
        variant = "half" if 2 * online == informal else "most"
        tips = look.suggest(Tip.OWN_ROUND, Tip.SOCIAL_MEDIA)
        yield Finding("G12", 1, variant=variant, suggestions=tips)


@_rule("one_way_village", ("take", "give"))
def g13(look: Look) -> Iterator[Finding]:
    """Help goes one way only, over all equals (Uehara 1995; Flynn & Lake 2008)."""
    if look.one_way:
        severity = {"take": 1, "give": 2}[look.one_way]
        tips = look.suggest(Tip.ASK_AND_OFFER)
        yield Finding("G13", severity, look.one_way, variant=look.one_way, suggestions=tips)


@_rule("one_way_person", None)
def g14(look: Look) -> Iterator[Finding]:
    """Help goes one way with one person; never for the inner circle (Clark 1984)."""
    if look.one_way:
        return
    for contact in look.peers:
        way = _one_way(look, contact)
        if way and contact.closeness != 1:
            tips = look.suggest(Tip.ASK_AND_OFFER)
            yield Finding(
                "G14", 1, contact.name, names=(contact.name,), variant=way, suggestions=tips
            )


def _one_way(look: Look, contact: Contact) -> str:
    """Weigh the recent help (M6), or the stated kinds without a log."""
    touch = look.village.touch(contact)
    if look.helped(contact):
        received, given = touch.recent_in, touch.recent_out
        if received + given < 5:
            return ""
        return "take" if received >= 4 * given else "give" if given >= 4 * received else ""
    gives, gets = contact.gives or (), contact.gets or ()
    if len(gives) >= 2 and not gets:
        return "take"
    return "give" if len(gets) >= 2 and not gives else ""


@_rule("one_carries_most", None)
def g15(look: Look) -> Iterator[Finding]:
    """One outside contact carries half of everything or more (concentration, M5)."""
    for contact in look.support.carrying_most:
        tips = look.suggest(Tip.ASK_AND_OFFER, Tip.OWN_ROUND)
        yield Finding("G15", 2, contact.name, names=(contact.name,), suggestions=tips)


@_rule("one_corner", tuple(Source))
def g16(look: Look) -> Iterator[Finding]:
    """Everybody comes from one of the eight groups."""
    sources = {c.main_role.source for c in look.support.outside}
    if len(look.support.outside) >= 3 and len(sources) == 1:
        tips = look.suggest(Tip.PLAYGROUND, Tip.PARENTS_EVENING, Tip.HOBBIES)
        yield Finding("G16", 1, sources.pop(), suggestions=tips)


@_rule("mostly_formal")
def g17(look: Look) -> Iterator[Finding]:
    """Half or more of at least four is paid or organised help."""
    formal, outside = look.support.formal
    if outside >= 4 and 2 * formal >= outside:
        yield Finding("G17", 1, suggestions=look.suggest(Tip.PLAYGROUND, Tip.OWN_ROUND))


@_rule("strained_only", CORE6)
def g18(look: Look) -> Iterator[Finding]:
    """A kind comes only from people who cost strength, too (Hartman 1978)."""
    for kind in CORE6:
        warm = look.support.warm[kind]
        if look.matters(kind) and warm and all(c.strained for c in warm):
            tips = look.suggest(Tip.PRO, Tip.ASK_AND_OFFER)
            yield Finding("G18", 2, kind, kind, names=_names(warm), suggestions=tips)


@_rule("sp_no_peer")
def g19(look: Look) -> Iterator[Finding]:
    """A single parent who knows no other one in person."""
    known = any(
        c.single_parent or c.main_role.slug == "self_help_group"
        for c in look.support.outside
        if not c.is_online_only
    )
    if look.household.single_parent and not known:
        yield Finding("G19", 2, suggestions=look.suggest(Tip.SINGLE))


@_rule("sp_no_stand_in")
def g20(look: Look) -> Iterator[Finding]:
    """A single parent whom nobody near could replace altogether."""
    if not (look.household.single_parent and look.small_children):
        return
    if look.nearby in {"G05", "G05:ask"}:
        return
    carers = {c.uid for c in look.support.warm[Kind.CHILDCARE]}
    if not any(c.uid in carers for c in look.support.nearby_in_emergency):
        names = tuple(child.name for child in look.small_children)
        tips = look.suggest(Tip.ASK_AND_OFFER, Tip.SINGLE, Tip.EMERGENCY)
        yield Finding("G20", 3, names=names, suggestions=tips)


@_rule("no_pro_yet")
def g21(look: Look) -> Iterator[Finding]:
    """No paid or organised help, where it could close a gap in care."""
    if any(c.main_role.slug in HIRED for c in look.support.outside):
        return
    if look.cover(Kind.CHILDCARE) or look.nearby == "G05" or look.support.size < 3:
        baby = [Tip.BABY] if fitting(Tip.BABY, look.household, look.today) else []
        tips = (*baby, *look.suggest(Tip.CARE, Tip.CURE))[:2]
        yield Finding("G21", 1, suggestions=tips)


@_rule("phase_ends", None)
def g22(look: Look) -> Iterator[Finding]:
    """A role ends within `ENDS_SOON_DAYS` days, or has ended."""
    for contact in look.support.active:
        if contact.until and (contact.until - look.today).days <= ENDS_SOON_DAYS:
            yield Finding(
                "G22",
                1,
                contact.name,
                names=(contact.name,),
                variant="over" if contact.until < look.today else "soon",
                others=(contact.main_role.slug,),
                day=contact.until,
                suggestions=look.suggest(Tip.CHANGE_ROLE, Tip.KEEP_AT_IT),
            )


@_rule("trust_unclear", None)
def g23(look: Look) -> Iterator[Finding]:
    """Somebody could look after a child, and nobody noted whether they are trusted with it."""
    if not look.small_children:
        return
    care = {Kind.CHILDCARE, Kind.EMERGENCY}
    for contact in look.support.active:
        if (
            contact.main_role.slug in TRUST_MATTERS
            and contact.trusted is None
            and care & contact.stated_or_assumed()
        ):
            yield Finding("G23", 1, contact.name, names=(contact.name,))


@_rule("wish_open", None)
def g24(look: Look) -> Iterator[Finding]:
    """A skill that is wished for and that nobody has."""
    known = {skill.casefold() for c in look.support.active for skill in c.skills}
    for wish in look.household.wishes:
        if wish.casefold() not in known:
            tips = look.suggest(Tip.ASK_AROUND, Tip.HOBBIES, Tip.PARENTS_EVENING)
            yield Finding("G24", 1, wish, suggestions=tips)


class Findings(NamedTuple):
    """All findings of a day, and those of them that the household wants to see."""

    everything: tuple[Finding, ...]
    shown: tuple[Finding, ...]


def find_gaps(look: Look) -> Findings:
    """Return the findings in the order of DOMAIN.md §4.5."""
    found = [finding for rule in RULES.values() for finding in rule.find(look)]
    everything = tuple(sorted(found, key=_order))
    off = look.household.rules_off
    accepted = {a.key for a in look.household.accepted if a.until is None or look.today < a.until}
    shown = (f for f in everything if f.rule not in off and f.key not in off | accepted)
    return Findings(everything, tuple(shown))


def _order(finding: Finding) -> tuple[bool, int, str, int, str, str]:
    small_village = finding.rule == "G01" and finding.severity == 2
    kind = KINDS.index(finding.kind) if finding.kind else 0
    return (
        not small_village,
        -finding.severity,
        finding.rule,
        kind,
        finding.scope.casefold(),
        finding.scope,
    )
