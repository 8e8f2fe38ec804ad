"""The gap rules about people: of what the village is made, and how its ties are doing (§4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.gaps.finding import ASK, About, Finding
from dorf.core.gaps.registry import can_be_met, children_of, names_of, rule
from dorf.core.tending import State
from dorf.core.tips import Tip
from dorf.core.vocabulary import Source, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dorf.core.gaps.situation import Situation
    from dorf.core.tending import Tending
    from dorf.core.village import Child, Contact

ENDS_SOON_DAYS = 60
"""How long before the end of a role G22 speaks, in days (DOMAIN.md §4.2)."""

TEEN_MONTHS = 216
"""Up to this age, in months, a child needs somebody besides its parents (G08)."""

MEETS_FAMILIES = frozenset({"parent_friend", "course_group", "acquaintance"})
FROM_DAYCARE = frozenset({"parent_friend", "course_group", "educator"})


@rule("small_village", Tip.PLAYGROUND, Tip.LOCAL_GROUP, Tip.HOBBIES)
def g01(now: Situation) -> Iterator[Finding]:
    """Few people around the parents (Dunbar's inner layer), and some help on one pair of hands."""
    if now.size < 3:
        yield Finding(2, size=now.size)
    elif now.size < 5 and any(len(now.support.warm[kind]) < 2 for kind in now.kinds):
        yield Finding(1, size=now.size)


@rule(
    "no_second_anchor",
    Tip.AFTERNOON,
    Tip.GODPARENT,
    Tip.OWN_ROUND,
    Tip.GRANNY,
    about=About.CHILD,
)
def g08(now: Situation) -> Iterator[Finding]:
    """A child without a secondary attachment person (van IJzendoorn et al. 1992)."""
    children = now.aged(6, TEEN_MONTHS)
    here = (c for c in now.village.contacts if c.status_on(now.today) is not Status.ENDED)
    if children and not any(contact.attachment for contact in here):
        variant = "teen" if all(now.age(child) >= 144 for child in children) else ""
        names = children_of(children)
        yield Finding(1, ASK, names, is_question=True, children=names, variant=variant)
        return
    for child in children:
        if not now.attached_to(child):
            teen = now.age(child) >= 144
            severity = now.weight(1 if teen else 2)
            yield Finding(severity, child.name, variant="teen" if teen else "")


@rule(
    "second_anchor_fading",
    Tip.AFTERNOON,
    Tip.VIDEO_CALL,
    Tip.MAKE_TIME,
    about=About.CHILD,
)
def g09(now: Situation) -> Iterator[Finding]:
    """All secondary attachment persons of a child have not been seen for a while."""
    for child in [] if now.resting else now.small_children:
        people = [c for c in now.attached_to(child) if not c.strained]
        if people and all(_fades(now.support.tendings[c.uid]) for c in people):
            yield Finding(now.weight(2), child.name, names_of(people))


def _fades(tending: Tending) -> bool:
    return tending.recorded and tending.state in {State.OVERDUE, State.COOLING}


@rule(
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
    alone = [child for child in now.aged(0, 120) if not same_age(now, child)]
    if alone and (unknown := [c for c in now.support.outside if _may_have_kids(c)]):
        yield Finding(1, ASK, names=names_of(unknown), variant=_sort_of(unknown), is_question=True)
        return
    for child in alone:
        yield Finding(now.weight(2 if now.age(child) < 72 else 1), child.name)


def same_age(now: Situation, child: Child) -> list[Contact]:
    """Return who has a child of about the age of *child*, and can be met (G10)."""
    age = now.age(child)
    apart = 6 if age < 24 else 12 if age < 72 else 24
    reachable = (c for c in now.support.outside if can_be_met(c))
    return [c for c in reachable if _has_kid_within(c, child, apart)]


def _has_kid_within(contact: Contact, child: Child, most: int) -> bool:
    births = (kid.born.months_apart(child.born) for kid in contact.kids if kid.born is not None)
    return any(months is not None and months <= most for months in births)


def _may_have_kids(contact: Contact) -> bool:
    """Tell whether somebody may have a child whose age is not noted."""
    families = contact.main_role.slug in MEETS_FAMILIES
    families = families or any(role.slug == "parent_friend" for role in contact.roles)
    return families and can_be_met(contact) and not (contact.strained or _knows_births(contact))


def _knows_births(contact: Contact) -> bool:
    return any(kid.born is not None and kid.born.year is not None for kid in contact.kids)


def _sort_of(contacts: Sequence[Contact]) -> str:
    """Return which sentence fits *contacts*: people, groups, or both."""
    groups = sum(contact.main_role.group for contact in contacts)
    return "" if not groups else "groups" if groups == len(contacts) else "both"


@rule("all_online", Tip.PLAYGROUND, Tip.LOCAL_GROUP, Tip.OWN_ROUND)
def g11(now: Situation) -> Iterator[Finding]:
    """Everybody informal is known online only (Sutcliffe, Binder & Dunbar 2018)."""
    if _all_online(now):
        yield Finding(3)


def _all_online(now: Situation) -> bool:
    online, informal = now.support.online
    return 0 < informal == online


@rule("mostly_online", Tip.OWN_ROUND, Tip.SOCIAL_MEDIA)
def g12(now: Situation) -> Iterator[Finding]:
    """Half or more of at least four of whom something is known is online only."""
    informal = [c for c in now.support.noted if not c.main_role.formal]
    online = sum(c.is_online_only for c in informal)
    if len(informal) >= 4 and 2 * online >= len(informal) and not _all_online(now):
        yield Finding(1, variant="half" if 2 * online == len(informal) else "most")


@rule("one_way_village", Tip.ASK_AND_OFFER, scopes=("take", "give"))
def g13(now: Situation) -> Iterator[Finding]:
    """Help goes one way only, over all equals (Uehara 1995; Flynn & Lake 2008)."""
    way = now.one_way
    if way == "take":
        yield Finding(1, way, variant=way)
    elif way:
        open_to_it = [c for c in now.only_given if c.gives != frozenset()]
        asked = tuple(c.name for c in now.in_order_of_asking(open_to_it)[:1])
        yield Finding(2, way, asked=asked, variant=way)


@rule("one_way_person", Tip.ASK_AND_OFFER, about=About.CONTACT)
def g14(now: Situation) -> Iterator[Finding]:
    """Help goes one way with one person; never for the inner circle (Clark 1984)."""
    if now.one_way:
        return
    for contact in now.peers:
        way = _one_way(now, contact)
        if way and contact.closeness != 1 and not (way == "take" and now.newborn):
            logged = "" if now.helped(contact) else "_stated"
            variant = f"take{logged}" if way == "take" else way
            yield Finding(1, contact.name, (contact.name,), variant=variant)


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


@rule("one_corner", Tip.PLAYGROUND, Tip.PARENTS_EVENING, Tip.HOBBIES, scopes=tuple(Source))
def g16(now: Situation) -> Iterator[Finding]:
    """Everybody of whom the role is known comes from one of the eight groups."""
    known = [c.main_role.source for c in now.support.outside if c.main_role.slug != "other"]
    if len(known) >= 3 and len(set(known)) == 1:
        yield Finding(1, known[0])


@rule("mostly_formal", Tip.PLAYGROUND, Tip.OWN_ROUND)
def g17(now: Situation) -> Iterator[Finding]:
    """Half or more of at least four is paid or organised help."""
    formal = sum(c.main_role.formal for c in now.support.noted)
    if len(now.support.noted) >= 4 and 2 * formal >= len(now.support.noted):
        yield Finding(1)


@rule("sp_no_peer", Tip.SINGLE)
def g19(now: Situation) -> Iterator[Finding]:
    """A single parent who knows no other one in person."""
    known = any(
        c.single_parent or c.main_role.slug == "self_help_group"
        for c in now.support.outside
        if not c.is_online_only
    )
    if now.single_parent and not known:
        yield Finding(2)


@rule("phase_ends", Tip.CHANGE_ROLE, Tip.KEEP_AT_IT, about=About.CONTACT)
def g22(now: Situation) -> Iterator[Finding]:
    """A role ends within `ENDS_SOON_DAYS` days, or has ended."""
    for contact in now.village.contacts:
        until = contact.until
        if (
            until is not None
            and (until - now.today).days <= ENDS_SOON_DAYS
            and contact.status_on(now.today) is Status.ACTIVE
        ):
            leaves = now.left_without({contact.uid}) if until >= now.today else ()
            soon = "group" if contact.main_role.group else "soon"
            yield Finding(
                2 if leaves else 1,
                contact.name,
                (contact.name,),
                variant=soon if until >= now.today else "over",
                day=until,
                role=contact.main_role,
                leaves=leaves,
            )


@rule("wish_open", Tip.ASK_AROUND, Tip.HOBBIES, Tip.PARENTS_EVENING, about=About.WISH)
def g24(now: Situation) -> Iterator[Finding]:
    """A skill that is wished for and that nobody has; a wish that is repeated counts once."""
    known = {skill.casefold() for c in now.support.present for skill in c.skills}
    for wish in dict.fromkeys(now.household.wishes):
        if wish.casefold() not in known:
            yield Finding(1, wish)


@rule("school", Tip.CHANGE_ROLE, Tip.KEEP_AT_IT, about=About.CHILD)
def g27(now: Situation) -> Iterator[Finding]:
    """A child may start school after the summer, and friends from daycare could stay."""
    if not 5 <= now.today.month <= 8:
        return
    for child in now.household.children:
        if _starts_school(child, now.today.year):
            known = [c for c in now.support.outside if _knows_from_daycare(c, child)]
            if known:
                yield Finding(1, child.name, names_of(known))


def _starts_school(child: Child, year: int) -> bool:
    """Tell whether *child* turns six from October before the summer of *year* to September."""
    born = (child.born.year or 0, child.born.month)
    return (year - 7, 10) <= born <= (year - 6, 9)


def _knows_from_daycare(contact: Contact, child: Child) -> bool:
    if contact.strained or contact.main_role.slug not in FROM_DAYCARE:
        return False
    return not _knows_births(contact) or _has_kid_within(contact, child, 12)
