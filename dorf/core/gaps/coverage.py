"""The gap rules about help: who gives each kind of it, and who comes in an emergency (§4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.gaps.finding import ASK, About, Finding
from dorf.core.gaps.registry import can_be_met, children_of, names_of, rule
from dorf.core.gaps.suggestions import suggestions
from dorf.core.support import by_name
from dorf.core.tips import Tip
from dorf.core.vocabulary import CORE5, NEEDS_TRUST, Kind, Place, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dorf.core.gaps.situation import Situation
    from dorf.core.village import Contact

FEW_STATED = 3
"""For how many the kinds have to be stated before encouragement is missed (G02)."""

HIRED = frozenset({"babysitter", "rental_grandparent", "household_help", "volunteer"})
TRUST_MATTERS = frozenset({"neighbour", "acquaintance", "babysitter"})


_UNCOVERED: dict[Kind, tuple[int, tuple[Tip, ...]]] = {
    Kind.EMOTIONAL: (3, (Tip.ASK_AND_OFFER, Tip.KEEP_AT_IT, Tip.MAKE_TIME)),
    Kind.CHILDCARE: (3, (Tip.ASK_AND_OFFER, Tip.CARE)),
    Kind.PRACTICAL: (2, (Tip.ASK_AND_OFFER, Tip.NEIGHBOURS)),
    Kind.ADVICE: (2, (Tip.LOCAL_GROUP, Tip.PARENTS_EVENING)),
    Kind.COMPANY: (2, (Tip.PLAYGROUND, Tip.OWN_ROUND, Tip.HOBBIES)),
    Kind.APPRAISAL: (1, (Tip.OPEN,)),
}


@rule("uncovered", scopes=tuple(_UNCOVERED))
def g02(now: Situation) -> Iterator[Finding]:
    """Nobody warm for a kind of support (House 1981; Cutrona & Russell 1987)."""
    for kind, (severity, tips) in _UNCOVERED.items():
        if now.cover(kind) == "G02" and (kind is not Kind.APPRAISAL or _kinds_are_stated(now)):
            cold = names_of(now.support.cold(kind))
            yield Finding(now.weight(severity), kind, others=cold, tips=tips)


def _kinds_are_stated(now: Situation) -> bool:
    return sum(contact.gives is not None for contact in now.support.present) >= FEW_STATED


@rule("only_at_home", Tip.ASK_AND_OFFER, Tip.PLAYGROUND, scopes=CORE5)
def g03(now: Situation) -> Iterator[Finding]:
    """A kind rests on the household alone: whoever lives together falls ill together."""
    for kind in CORE5:
        if now.cover(kind) == "G03":
            severity = 2 if kind in {Kind.EMOTIONAL, Kind.CHILDCARE} else 1
            care = (Tip.ASK_AND_OFFER, Tip.PLAYGROUND, Tip.CARE)
            tips = care if kind is Kind.CHILDCARE else None
            at_home = names_of(now.support.warm[kind])
            yield Finding(now.weight(severity), kind, at_home, tips=tips)


@rule("single_point", Tip.ASK_AND_OFFER, scopes=CORE5, first=(Tip.MAKE_TIME,))
def g04(now: Situation) -> Iterator[Finding]:
    """A kind hangs on one person (redundancy: Lubben et al. 2006)."""
    for kind in CORE5:
        if now.cover(kind) == "G04":
            severity = 2 if kind in {Kind.EMOTIONAL, Kind.CHILDCARE} else 1
            if kind is Kind.CHILDCARE and now.single_parent:
                severity = 3
            only, cold = names_of(now.support.warm[kind]), names_of(now.support.cold(kind))
            yield Finding(now.weight(severity), kind, only, others=cold)


@rule(
    "nobody_nearby",
    Tip.OWN_ROUND,
    Tip.PLAYGROUND,
    Tip.EMERGENCY,
    scopes=(ASK,),
    first=(Tip.ASK_AND_OFFER,),
)
def g05(now: Situation) -> Iterator[Finding]:
    """Nobody near for an emergency, or a question where the place is unknown.

    While a birth is near, G25 asks for the same person (precedence of DOMAIN.md §4.5).
    """
    if now.nearby == "G05:ask":
        yield Finding(1, ASK, names=names_of(now.support.place_unknown), is_question=True)
    elif now.nearby == "G05" and now.birth != 3:
        variant = "baby" if all(now.age(c) < 12 for c in now.small_children) else ""
        yield _to_ask(now, Finding(now.weight(3), variant=variant))


def _to_ask(now: Situation, finding: Finding) -> Finding:
    """Return the *finding* with those who might be asked."""
    return finding._replace(asked=now.asked, helped=now.helped_already)


@rule("one_nearby", Tip.PARENTS_EVENING, first=(Tip.ASK_AND_OFFER,))
def g06(now: Situation) -> Iterator[Finding]:
    """Exactly one near helper in an emergency."""
    if now.nearby == "G06":
        severity = now.weight(3 if now.single_parent else 2)
        maybe = names_of(now.support.place_unknown)
        yield _to_ask(now, Finding(severity, names=names_of(now.support.nearby), others=maybe))


@rule("pickup_missing", Tip.PICKUP, scopes=(ASK,))
def g07(now: Situation) -> Iterator[Finding]:
    """Near helpers, and nobody authorised to pick up a child of 12–143 months."""
    children = now.aged(12, 144)
    trusted = [c for c in now.support.nearby if c.trusted is True and c.pickup is not False]
    if not (children and trusted) or any(map(may_pick_up, now.support.present)):
        return
    here = [c for c in now.village.contacts if c.status_on(now.today) is not Status.ENDED]
    names, nothing_noted = names_of(trusted), all(c.pickup is None for c in here)
    if nothing_noted:
        yield Finding(1, ASK, names=names, children=children_of(children), is_question=True)
    else:
        yield Finding(2, names=names)


def may_pick_up(contact: Contact) -> bool:
    """Tell whether somebody besides the parents fetches a child (G07)."""
    return (
        contact.pickup is True
        and contact.where in {Place.NEAR, Place.HOUSEHOLD}
        and contact.main_role.slug != "partner"
        and not contact.strained
        and contact.trusted is not False
    )


@rule("one_carries_most", Tip.ASK_AND_OFFER, Tip.OWN_ROUND, about=About.CONTACT)
def g15(now: Situation) -> Iterator[Finding]:
    """One outside contact carries half of everything or more (concentration, M5)."""
    for contact in now.support.carrying_most:
        if not contact.strained:
            yield Finding(2, contact.name, (contact.name,))


@rule("strained_only", Tip.PRO, Tip.ASK_AND_OFFER, scopes=CORE5)
def g18(now: Situation) -> Iterator[Finding]:
    """A kind comes only from people who cost strength, too (Hartman 1978)."""
    for kind in CORE5:
        warm = now.support.warm[kind]
        if now.matters(kind) and warm and all(c.strained for c in warm):
            yield Finding(2, kind, names_of(warm))


@rule("sp_no_stand_in", Tip.SINGLE, Tip.EMERGENCY, first=(Tip.ASK_AND_OFFER,))
def g20(now: Situation) -> Iterator[Finding]:
    """A single parent whom nobody near could replace altogether."""
    if not (now.single_parent and now.support.nearby and now.small_children):
        return
    carers = {c.uid for c in now.support.warm[Kind.CHILDCARE]}
    if not any(c.uid in carers for c in now.support.nearby):
        children = children_of(now.small_children)
        yield _to_ask(now, Finding(now.weight(3), names=children, children=children))


@rule("no_pro_yet", Tip.CARE, Tip.CURE, first=(Tip.BABY,))
def g21(now: Situation) -> Iterator[Finding]:
    """No paid or organised help, where it could close a gap in care."""
    if any(c.main_role.slug in HIRED for c in now.support.outside):
        return
    carers = sum(c.where is Place.NEAR for c in now.support.warm[Kind.CHILDCARE])
    if (
        now.cover(Kind.CHILDCARE)
        or now.nearby == "G05"
        or now.size < 3
        or (now.baby and carers <= 1)
    ):
        offers = suggestions((Tip.CARE, Tip.CURE), (Tip.BABY,), now, (), cold=False)
        yield Finding(1, offers=offers)


@rule("trust_unclear", about=About.CONTACT)
def g23(now: Situation) -> Iterator[Finding]:
    """Somebody could look after a child, and nobody noted whether they are trusted with it.

    One question a report, and only while there are few who can.
    """
    carers = [c for c in now.support.warm[Kind.CHILDCARE] if c.where in {Place.NEAR, None}]
    if not now.small_children or (len(now.support.nearby) >= 2 and len(carers) >= 2):
        return
    unclear = [c for c in now.support.outside if _trust_matters(c)]
    for contact in sorted(by_name(unclear), key=lambda c: c.where is not Place.NEAR)[:1]:
        yield Finding(1, contact.name, (contact.name,))


def _trust_matters(contact: Contact) -> bool:
    """Tell whether it would help to know if somebody is trusted with a child."""
    if contact.strained or contact.trusted is not None or not can_be_met(contact):
        return False
    slug = contact.main_role.slug
    willing = slug in TRUST_MATTERS and bool(NEEDS_TRUST & contact.kinds())
    return willing or (slug == "neighbour" and contact.gives is None)


@rule("birth_plan", Tip.EMERGENCY, scopes=("early",), first=(Tip.ASK_AND_OFFER,))
def g25(now: Situation) -> Iterator[Finding]:
    """A child is due, and it is open who is with the others, or who helps in the first weeks."""
    if now.birth:
        children = children_of(now.small_children)
        yield _to_ask(now, Finding(now.birth, names=children, children=children))
    born = now.youngest is not None
    helpers = {role.slug for c in now.support.present for role in c.roles}
    if now.expecting and not born and not helpers & {"professional", "volunteer"}:
        yield Finding(1, "early", tips=(Tip.BABY,))


@rule("phone_missing")
def g26(now: Situation) -> Iterator[Finding]:
    """In an emergency one needs a number at hand, and a second one if nobody answers."""
    without = [c for c in now.support.nearby if not c.phones]
    if now.small_children and without and len(now.support.nearby) - len(without) < 2:
        yield Finding(1, names=names_of(without))
