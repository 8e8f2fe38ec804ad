"""Where the support network has gaps: the 24 rules of DOMAIN.md §4, one function each.

A rule states facts; ``report`` words them. Switches and acceptances only filter what is shown, so
turning a rule off never changes another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.gaps.finding import About, Finding, Rule
from dorf.core.tending import State
from dorf.core.tips import Tip
from dorf.core.vocabulary import CORE5, CORE6, Kind, Place, Source
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dorf.core.gaps.situation import Situation
    from dorf.core.village import Contact, Household

    Find = Callable[[Situation], Iterable[Finding]]

ENDS_SOON_DAYS = 60
"""How long before the end of a role G22 speaks, in days (DOMAIN.md §4.2)."""

HIRED = frozenset(
    {"babysitter", "rental_grandparent", "household_help", "volunteer", "professional"}
)
TRUST_MATTERS = frozenset({"neighbour", "acquaintance", "babysitter"})

RULES: dict[str, Rule] = {}


def renamed_keys(old: str, new: str, about: About = About.CONTACT) -> dict[str, str]:
    """Return how the keys of findings about somebody change with the name.

    Only those *about* that sort of somebody: a child and a contact may share a name.
    """
    rules = [rule.id for rule in RULES.values() if rule.about is about]
    return {f"{rule}:{old}": f"{rule}:{new}" for rule in rules}


def keys_about(name: str) -> frozenset[str]:
    """Return the keys that findings about a contact can have.

    Those about a child or a wish of the same name are others.
    """
    return frozenset(renamed_keys(name, name))


def without_keys_about(household: Household, name: str) -> Household:
    """Return the household without switches and acceptances for findings about a contact."""
    gone = keys_about(name)
    return household._replace(
        rules_off=household.rules_off - gone,
        accepted=tuple(entry for entry in household.accepted if entry.key not in gone),
    )


def _rule(
    slug: str,
    *tips: Tip,
    scopes: tuple[str, ...] = (),
    about: About | None = None,
    first: tuple[Tip, ...] = (),
) -> Callable[[Find], Find]:
    """Register a function under its own name in capitals: ``g01`` is rule G01."""

    def register(find: Find) -> Find:
        rule_id = find.__name__.upper()
        RULES[rule_id] = Rule(rule_id, slug, find, scopes, about, tips, first)
        return find

    return register


def _names(contacts: Iterable[Contact]) -> tuple[str, ...]:
    return tuple(contact.name for contact in contacts)


def _askable(contacts: Iterable[Contact]) -> tuple[str, ...]:
    """Return the names of those who may be proposed: never a tie that costs strength (§0.2)."""
    return _names(c for c in contacts if not c.strained)


@_rule("small_village", Tip.PLAYGROUND, Tip.LOCAL_GROUP, Tip.HOBBIES)
def g01(now: Situation) -> Iterator[Finding]:
    """Fewer than five people outside; fewer than three weigh more (Dunbar's inner layer)."""
    size = now.support.size
    if size <= 4:
        yield Finding(2 if size < 3 else 1, size=size)


_UNCOVERED: dict[Kind, tuple[int, tuple[Tip, ...]]] = {
    Kind.EMOTIONAL: (3, (Tip.ASK_AND_OFFER, Tip.KEEP_AT_IT, Tip.MAKE_TIME)),
    Kind.CHILDCARE: (3, (Tip.ASK_AND_OFFER, Tip.CARE)),
    Kind.PRACTICAL: (2, (Tip.ASK_AND_OFFER, Tip.NEIGHBOURS)),
    Kind.ADVICE: (2, (Tip.LOCAL_GROUP, Tip.PARENTS_EVENING)),
    Kind.COMPANY: (2, (Tip.PLAYGROUND, Tip.OWN_ROUND, Tip.HOBBIES)),
    Kind.APPRAISAL: (1, (Tip.OPEN,)),
}


@_rule("uncovered", scopes=tuple(_UNCOVERED))
def g02(now: Situation) -> Iterator[Finding]:
    """Nobody warm for a kind of support (House 1981; Cutrona & Russell 1987)."""
    for kind, (severity, tips) in _UNCOVERED.items():
        if now.cover(kind) == "G02":
            cold = _askable(now.support.cold(kind))
            yield Finding(severity, kind, others=cold, tips=tips)


@_rule("only_at_home", Tip.ASK_AND_OFFER, Tip.PLAYGROUND, scopes=CORE5)
def g03(now: Situation) -> Iterator[Finding]:
    """A kind rests on the household alone: whoever lives together falls ill together."""
    for kind in CORE5:
        if now.cover(kind) == "G03":
            severity = 2 if kind in {Kind.EMOTIONAL, Kind.CHILDCARE} else 1
            care = (Tip.ASK_AND_OFFER, Tip.PLAYGROUND, Tip.CARE)
            tips = care if kind is Kind.CHILDCARE else None
            yield Finding(severity, kind, _names(now.support.warm[kind]), tips=tips)


@_rule("single_point", Tip.ASK_AND_OFFER, Tip.MAKE_TIME, scopes=CORE5)
def g04(now: Situation) -> Iterator[Finding]:
    """A kind hangs on one person (redundancy: Lubben et al. 2006)."""
    for kind in CORE5:
        if now.cover(kind) == "G04":
            severity = 2 if kind in {Kind.EMOTIONAL, Kind.CHILDCARE} else 1
            if kind is Kind.CHILDCARE and now.household.single_parent:
                severity = 3
            warm, cold = now.support.warm[kind], now.support.cold(kind)
            yield Finding(severity, kind, _names(warm), _askable(cold))


@_rule(
    "nobody_nearby",
    Tip.ASK_AND_OFFER,
    Tip.OWN_ROUND,
    Tip.PLAYGROUND,
    Tip.EMERGENCY,
    scopes=("ask",),
)
def g05(now: Situation) -> Iterator[Finding]:
    """Nobody near for an emergency, or a question where the place is unknown."""
    if now.nearby == "G05:ask":
        yield Finding(1, "ask", _names(now.place_unknown), tips=())
    elif now.nearby == "G05":
        yield Finding(3, others=_askable(c for c in now.support.active if c.where is Place.NEAR))


@_rule("one_nearby", Tip.ASK_AND_OFFER, Tip.PARENTS_EVENING)
def g06(now: Situation) -> Iterator[Finding]:
    """Exactly one near helper in an emergency."""
    if now.nearby == "G06":
        severity = 3 if now.household.single_parent else 2
        helper, maybe = _names(now.support.nearby_in_emergency), _askable(now.place_unknown)
        yield Finding(severity, names=helper, others=maybe)


@_rule("pickup_missing", Tip.PICKUP)
def g07(now: Situation) -> Iterator[Finding]:
    """Near helpers, none of them authorised to pick up a child of 12–143 months."""
    helpers = now.support.nearby_in_emergency
    old_enough = any(now.age(child) >= 12 for child in now.small_children)
    if helpers and old_enough and not any(c.pickup for c in helpers):
        yield Finding(2, names=_names(helpers))


@_rule(
    "no_second_anchor",
    Tip.AFTERNOON,
    Tip.GODPARENT,
    Tip.OWN_ROUND,
    Tip.GRANNY,
    about=About.CHILD,
)
def g08(now: Situation) -> Iterator[Finding]:
    """A child without a secondary attachment person (van IJzendoorn et al. 1992)."""
    for child in now.small_children:
        if not now.attached_to(child):
            yield Finding(2, child.name)


@_rule(
    "second_anchor_fading",
    Tip.AFTERNOON,
    Tip.VIDEO_CALL,
    Tip.MAKE_TIME,
    about=About.CHILD,
)
def g09(now: Situation) -> Iterator[Finding]:
    """All secondary attachment persons of a child have not been seen for a while."""
    for child in now.small_children:
        people = now.attached_to(child)
        ties = [now.tending_of[c.uid] for c in people]
        if ties and all(t.recorded and t.state in {State.OVERDUE, State.COOLING} for t in ties):
            yield Finding(2, child.name, _names(people))


@_rule(
    "no_same_age",
    Tip.PLAYGROUND,
    Tip.LOCAL_GROUP,
    Tip.OWN_ROUND,
    Tip.PARENTS_EVENING,
    Tip.SOCIAL_MEDIA,
    about=About.CHILD,
)
def g10(now: Situation) -> Iterator[Finding]:
    """No family nearby with a child of about the same age (Strange et al. 2014)."""
    for child in now.household.children:
        age = now.age(child)
        if 0 <= age < 120 and not _same_age(now, age):
            yield Finding(2 if age < 72 else 1, child.name)


def _same_age(now: Situation, age: int) -> bool:
    tolerance = 6 if age < 24 else 12 if age < 72 else 24
    return any(
        kid.born is not None
        and (months := kid.born.age_in_months(now.today)) is not None
        and abs(months - age) <= tolerance
        for contact in now.support.outside
        if not contact.is_online_only and contact.where is not Place.FAR
        for kid in contact.kids
    )


@_rule("all_online", Tip.PLAYGROUND, Tip.LOCAL_GROUP, Tip.OWN_ROUND)
def g11(now: Situation) -> Iterator[Finding]:
    """Everybody informal is known online only (Sutcliffe, Binder & Dunbar 2018)."""
    informal = now.support.informal
    if informal and all(c.is_online_only for c in informal):
        yield Finding(3)


@_rule("mostly_online", Tip.OWN_ROUND, Tip.SOCIAL_MEDIA)
def g12(now: Situation) -> Iterator[Finding]:
    """Half or more of at least four is known online only."""
    online, informal = now.support.online
    if informal >= 4 and informal <= 2 * online < 2 * informal:
        yield Finding(1, variant="half" if 2 * online == informal else "most")


@_rule("one_way_village", Tip.ASK_AND_OFFER, scopes=("take", "give"))
def g13(now: Situation) -> Iterator[Finding]:
    """Help goes one way only, over all equals (Uehara 1995; Flynn & Lake 2008)."""
    if now.one_way:
        yield Finding({"take": 1, "give": 2}[now.one_way], now.one_way, variant=now.one_way)


@_rule("one_way_person", Tip.ASK_AND_OFFER, about=About.CONTACT)
def g14(now: Situation) -> Iterator[Finding]:
    """Help goes one way with one person; never for the inner circle (Clark 1984)."""
    if now.one_way:
        return
    for contact in now.peers:
        way = _one_way(now, contact)
        if way and contact.closeness != 1:
            yield Finding(1, contact.name, (contact.name,), variant=way)


def _one_way(now: Situation, contact: Contact) -> str:
    """Weigh the recent help (M6), or the stated kinds without a log."""
    touch = now.village.touch(contact)
    if now.helped(contact):
        received, given = touch.recent_in, touch.recent_out
        if received + given < 5:
            return ""
        return "take" if received >= 4 * given else "give" if given >= 4 * received else ""
    gives, gets = contact.gives or (), contact.gets or ()
    if len(gives) >= 2 and not gets:
        return "take"
    return "give" if len(gets) >= 2 and not gives else ""


@_rule("one_carries_most", Tip.ASK_AND_OFFER, Tip.OWN_ROUND, about=About.CONTACT)
def g15(now: Situation) -> Iterator[Finding]:
    """One outside contact carries half of everything or more (concentration, M5)."""
    for contact in now.support.carrying_most:
        yield Finding(2, contact.name, (contact.name,))


@_rule("one_corner", Tip.PLAYGROUND, Tip.PARENTS_EVENING, Tip.HOBBIES, scopes=tuple(Source))
def g16(now: Situation) -> Iterator[Finding]:
    """Everybody comes from one of the eight groups."""
    sources = {c.main_role.source for c in now.support.outside}
    if len(now.support.outside) >= 3 and len(sources) == 1:
        yield Finding(1, sources.pop())


@_rule("mostly_formal", Tip.PLAYGROUND, Tip.OWN_ROUND)
def g17(now: Situation) -> Iterator[Finding]:
    """Half or more of at least four is paid or organised help."""
    formal, outside = now.support.formal
    if outside >= 4 and 2 * formal >= outside:
        yield Finding(1)


@_rule("strained_only", Tip.PRO, Tip.ASK_AND_OFFER, scopes=CORE6)
def g18(now: Situation) -> Iterator[Finding]:
    """A kind comes only from people who cost strength, too (Hartman 1978)."""
    for kind in CORE6:
        warm = now.support.warm[kind]
        if now.matters(kind) and warm and all(c.strained for c in warm):
            yield Finding(2, kind, _names(warm))


@_rule("sp_no_peer", Tip.SINGLE)
def g19(now: Situation) -> Iterator[Finding]:
    """A single parent who knows no other one in person."""
    known = any(
        c.single_parent or c.main_role.slug == "self_help_group"
        for c in now.support.outside
        if not c.is_online_only
    )
    if now.household.single_parent and not known:
        yield Finding(2)


@_rule("sp_no_stand_in", Tip.ASK_AND_OFFER, Tip.SINGLE, Tip.EMERGENCY)
def g20(now: Situation) -> Iterator[Finding]:
    """A single parent whom nobody near could replace altogether."""
    if not (now.household.single_parent and now.small_children):
        return
    if now.nearby in {"G05", "G05:ask"}:
        return
    carers = {c.uid for c in now.support.warm[Kind.CHILDCARE]}
    if not any(c.uid in carers for c in now.support.nearby_in_emergency):
        yield Finding(3, names=tuple(child.name for child in now.small_children))


@_rule("no_pro_yet", Tip.CARE, Tip.CURE, first=(Tip.BABY,))
def g21(now: Situation) -> Iterator[Finding]:
    """No paid or organised help, where it could close a gap in care."""
    if any(c.main_role.slug in HIRED for c in now.support.outside):
        return
    if now.cover(Kind.CHILDCARE) or now.nearby == "G05" or now.support.size < 3:
        yield Finding(1)


@_rule("phase_ends", Tip.CHANGE_ROLE, Tip.KEEP_AT_IT, about=About.CONTACT)
def g22(now: Situation) -> Iterator[Finding]:
    """A role ends within `ENDS_SOON_DAYS` days, or has ended."""
    for contact in now.support.active:
        if contact.until and (contact.until - now.today).days <= ENDS_SOON_DAYS:
            variant = "over" if contact.until < now.today else "soon"
            yield Finding(
                1,
                contact.name,
                (contact.name,),
                variant=variant,
                day=contact.until,
                role=contact.main_role,
            )


@_rule("trust_unclear", about=About.CONTACT)
def g23(now: Situation) -> Iterator[Finding]:
    """Somebody could look after a child, and nobody noted whether they are trusted with it."""
    if not now.small_children:
        return
    care = {Kind.CHILDCARE, Kind.EMERGENCY}
    for contact in now.support.active:
        if (
            contact.main_role.slug in TRUST_MATTERS
            and contact.trusted is None
            and care & contact.stated_or_assumed()
        ):
            yield Finding(1, contact.name, (contact.name,))


@_rule("wish_open", Tip.ASK_AROUND, Tip.HOBBIES, Tip.PARENTS_EVENING, about=About.WISH)
def g24(now: Situation) -> Iterator[Finding]:
    """A skill that is wished for and that nobody has."""
    known = {skill.casefold() for c in now.support.active for skill in c.skills}
    for wish in now.household.wishes:
        if wish.casefold() not in known:
            yield Finding(1, wish)


class Findings(NamedTuple):
    """The findings of a day: those that the household wants to see, and the others."""

    shown: tuple[Finding, ...]
    hidden: tuple[Finding, ...]


def find_gaps(now: Situation) -> Findings:
    """Return the findings, sorted by whether they are switched off or accepted.

    Both are in the order of DOMAIN.md §4.5.
    """
    off = now.household.rules_off
    accepted = {a.key for a in now.household.accepted if a.until is None or now.today < a.until}
    shown: list[Finding] = []
    hidden: list[Finding] = []
    for finding in sorted((f for rule in RULES.values() for f in rule.findings(now)), key=_order):
        wanted = finding.rule not in off and finding.key not in off | accepted
        (shown if wanted else hidden).append(finding)
    return Findings(tuple(shown), tuple(hidden))


def _order(finding: Finding) -> tuple[bool, int, str, tuple[int, str, str]]:
    small_village = finding.rule == "G01" and finding.severity == 2
    place = RULES[finding.rule].place(finding.scope)
    return not small_village, -finding.severity, finding.rule, place
