"""The wording of findings, tips and offers (DOMAIN.md §4.2–§4.4), in whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.names import argument
from dorf.core.tips import Tip
from dorf.core.vocabulary import ROLES, Kind, Source
from dorf.errors import N_
from dorf.report.words import KIND_LABELS, SOURCE_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dorf.core.gaps import Finding
    from dorf.core.tending import Caution
    from dorf.report.words import Words

_MISSING = {
    Kind.EMOTIONAL: N_("someone who listens and is there for you is still missing here."),
    Kind.CHILDCARE: N_("someone to look after the children is still missing here."),
    Kind.PRACTICAL: N_("someone for the small things of the day is still missing here."),
    Kind.ADVICE: N_("someone with advice and experience is still missing here."),
    Kind.COMPANY: N_("someone to spend time with is still missing here."),
    Kind.APPRAISAL: N_("someone who tells you that you are doing well is still missing here."),
}

RULE_TITLES = {
    "G01": N_("The village is still small"),
    "G02": N_("Nobody for a kind of support"),
    "G03": N_("A kind of support rests on the household alone"),
    "G04": N_("A kind of support hangs on one person"),
    "G05": N_("Nobody nearby for an emergency"),
    "G06": N_("Only one person nearby for an emergency"),
    "G07": N_("Nobody authorised to pick up"),
    "G08": N_("No second trusted person for a child"),
    "G09": N_("A child has not seen its second trusted person for a while"),
    "G10": N_("No family with a child of the same age"),
    "G11": N_("The village is online only"),
    "G12": N_("Half or more is online only"),
    "G13": N_("Help goes one way in the whole village"),
    "G14": N_("Help goes one way with one person"),
    "G15": N_("A lot rests on one person"),
    "G16": N_("Everybody comes from one corner"),
    "G17": N_("Much of the support is professional"),
    "G18": N_("Support only from people who cost strength"),
    "G19": N_("No other single parent known"),
    "G20": N_("Nobody to step in for a single parent"),
    "G21": N_("No help from outside yet"),
    "G22": N_("A role ends"),
    "G23": N_("Trust is not noted yet"),
    "G24": N_("A wish is open"),
}

RULE_REASONS = {
    "G01": N_("About five close people carry most families; every encounter can lead to one."),
    "G02": N_("What counts is having someone for each kind of support, not many contacts."),
    "G03": N_("People who live together often fall ill together."),
    "G04": N_("With two people for the same thing, one may be ill, away or tired."),
    "G05": N_("In an emergency, whoever can be there within half an hour helps most."),
    "G06": N_("With a plan B, one phone call that nobody answers is no trouble."),
    "G07": N_("Then the daycare knows what to do when things have to go fast."),
    "G08": N_("With a second trusted person children dare more; other rules are fine there."),
    "G09": N_("Children keep a bond alive by meeting regularly."),
    "G10": N_("Families with children of one age and one area help each other most easily."),
    "G11": N_("Online groups are a good supplement; comparing oneself there can tire."),
    "G12": N_("Online groups are a good supplement; comparing oneself there can tire."),
    "G13": N_("Giving and taking may go both ways; people like to help more than we think."),
    "G14": N_("Friendships rest on a rough balance; a small gesture is enough."),
    "G15": N_("If one person drops out, a lot would be missing at once."),
    "G16": N_("Different circles bring different things."),
    "G17": N_("Paid help is good help; it often ends when a contract does."),
    "G18": N_("Support that also costs strength is support you may want to spread."),
    "G19": N_("Somebody in the same position understands without long explanations."),
    "G20": N_("Alone with a child, a plan for your own sick days takes a load off."),
    "G21": N_("Help from outside gives you room to breathe, and asking for it is fine."),
    "G22": N_("People met in one phase of life often stay for the next, if somebody asks."),
    "G23": N_("Whom you trust with your child is for you to say."),
    "G24": N_("You noted this as a wish; nobody in the village has it yet."),
}

TIP_TEXTS = {
    Tip.PLAYGROUND: N_("Talk to someone at the playground; “How old is yours?” is enough."),
    Tip.LOCAL_GROUP: N_("Join a group near you: PEKiP, baby swimming, LAUFMAMALAUF."),
    Tip.SOCIAL_MEDIA: N_(
        "Use the net on purpose, to find people near you: Facebook groups, Instagram, Momunity, "
        "Mello."
    ),
    Tip.OWN_ROUND: N_("Start a small group of your own: a weekly walk, for instance."),
    Tip.OPEN: N_("Be open rather than perfect."),
    Tip.ASK_AND_OFFER: N_("Ask for help, and offer some: picking up, babysitting, bringing along."),
    Tip.PARENTS_EVENING: N_("Go to the parents’ evening or the coffee morning."),
    Tip.HOBBIES: N_("Meet people through what you like doing: singing, sewing, cooking."),
    Tip.KEEP_AT_IT: N_("Keep at it, even if it does not click at once."),
    Tip.MAKE_TIME: N_("Make a little time for your village; a call or a message will do."),
    Tip.SINGLE: N_(
        "For single parents: the association VAMV (vamv.de), self-help groups in the NAKOS "
        "database (nakos.de), and Millie&Me, which guides for parents mention."
    ),
    Tip.CARE: N_(
        "A rental grandparent (volunteer agency, Caritas, Diakonie, AWO, youth welfare office; "
        "often with a waiting list), a babysitter, or a household help."
    ),
    Tip.BABY: N_(
        "In the first year: volunteers of wellcome (wellcome-online.de) or a mothers’ nurse."
    ),
    Tip.CURE: N_(
        "A health retreat with your child, for mothers and for fathers; the advice centres of "
        "the Müttergenesungswerk cost nothing (muettergenesungswerk.de)."
    ),
    Tip.GRANNY: N_("A rental grandparent, a godparent, or one fixed afternoon a week."),
    Tip.EMERGENCY: N_(
        "Ask the youth welfare office about care in emergencies (§ 20 SGB VIII) and the health "
        "insurance about household help (§ 38 SGB V); some VAMV groups look after children, too."
    ),
    Tip.PRO: N_("A family counselling centre, a midwife or the paediatrician can help further."),
    Tip.NEIGHBOURS: N_("Offer a neighbour to take in a parcel; that is how it starts."),
    Tip.PICKUP: N_("Hand in the authorisation in writing at the daycare or the school."),
    Tip.AFTERNOON: N_("Agree on one regular afternoon."),
    Tip.GODPARENT: N_("Ask a godparent or a friend who likes being with your child."),
    Tip.VIDEO_CALL: N_("A video call with your child fits in, too."),
    Tip.CHANGE_ROLE: N_("Give them a new role: dorf role NAME ROLE."),
    Tip.ASK_AROUND: N_("Ask around: somebody always knows somebody."),
}
_SHORT_OFFERS = {
    Tip.BABY: N_("wellcome or a mothers’ nurse in the first year"),
    Tip.CARE: N_("rental grandparents, babysitters, household help"),
    Tip.CURE: N_("a health retreat with your child"),
}


def finding_text(finding: Finding, words: Words) -> str:
    """Return the sentence or two that say what a finding is about."""
    return _WORDING[finding.rule](finding, words)


def suggestion_texts(finding: Finding, words: Words) -> list[str]:
    """Return the suggestions of a finding in words."""
    return [tip_text(tip, words) for tip in finding.suggestions]


def tip_text(tip: Tip, words: Words) -> str:
    """Return a tip or an offer in words."""
    return words.language.word(TIP_TEXTS[tip])


def caution_text(caution: Caution, words: Words) -> str:
    """Return the question or remark about an odd day of a contact."""
    name, day = words.name(caution.contact.name), words.day(caution.day)
    if caution.key == "W1":
        return words.say(
            "{name}: the last contact is noted for {day}, which is still to come. Did you mean a "
            "meeting?",
            name=name,
            day=day,
        )
    return words.say("{name}: did the meeting on {day} work out?", name=name, day=day)


def caution_answers(caution: Caution, words: Words) -> tuple[str, ...]:
    """Return how to answer the question whether a meeting worked out, as commands."""
    if caution.key != "W2" or words.discreet:
        return ()
    answer = words.say(
        "Yes: dorf log {name} --day {day} · later: dorf plan {name} DAY · no: dorf plan {name} "
        "--cancel",
        name=argument(caution.contact.name),
        day=caution.day.isoformat(),
    )
    return (f"→ {answer}",)


def scope_text(finding: Finding, words: Words) -> str:
    """Return the finding's key as it may be shown: names in it hidden in discreet reports."""
    if (
        not (words.discreet and finding.scope)
        or finding.kind
        or finding.rule in {"G05", "G13", "G16"}
    ):
        return finding.key
    return f"{finding.rule}:{words.name(finding.scope)}"


def _kind(finding: Finding, words: Words) -> str:
    label = words.language.word(KIND_LABELS[Kind(finding.scope)])
    return label[:1].upper() + label[1:]


def _with(text: str, more: str) -> str:
    return f"{text} {more}" if more else text


def _small(finding: Finding, words: Words) -> str:
    return words.say("Your village is still small ({n}). Every encounter counts.", n=finding.size)


def _uncovered(finding: Finding, words: Words) -> str:
    missing = words.language.word(_MISSING[Kind(finding.scope)])
    text = f"{_kind(finding, words)}: {missing}"
    if not finding.others:
        return text
    return _with(
        text,
        words.count(
            "{names} could, but the line has gone cold.",
            "{names} could, but the lines have gone cold.",
            len(finding.others),
            names=words.names(finding.others),
        ),
    )


def _at_home(finding: Finding, words: Words) -> str:
    return words.say(
        "{kind} rests entirely on your own household ({names}). Someone from outside would be a "
        "relief.",
        kind=_kind(finding, words),
        names=words.names(finding.names),
    )


def _single(finding: Finding, words: Words) -> str:
    text = words.say(
        "{kind} hangs on one person: {name}. Who else could?",
        kind=_kind(finding, words),
        name=words.names(finding.names),
    )
    if not finding.others:
        return text
    return _with(text, words.say("(gone cold: {names})", names=words.names(finding.others)))


def _nobody_near(finding: Finding, words: Words) -> str:
    if finding.scope == "ask":
        return words.count(
            "{names}: does that person live nearby (within about 30 minutes)?",
            "{names}: does any of them live nearby (within about 30 minutes)?",
            len(finding.names),
            names=words.names(finding.names),
        )
    text = words.say("Nobody nearby could pick up your child in an emergency.")
    if not finding.others:
        return text
    return _with(text, words.say("How about asking {names}?", names=_few(finding.others, words)))


def _few(names: tuple[str, ...], words: Words) -> str:
    return words.to(names[:3])


def _one_near(finding: Finding, words: Words) -> str:
    text = words.say(
        "In an emergency everything hangs on {name}. A plan B would do good.",
        name=words.to(finding.names),
    )
    if not finding.others:
        return text
    return _with(text, words.say("Perhaps also {names}?", names=_few(finding.others, words)))


def _pickup(finding: Finding, words: Words) -> str:
    return words.count(
        "{names} could pick up but is not noted as authorised yet. Daycare and schools normally "
        "hand children only to people on their list.",
        "{names} could pick up but are not noted as authorised yet. Daycare and schools normally "
        "hand children only to people on their list.",
        len(finding.names),
        names=words.names(finding.names),
    )


def _no_anchor(finding: Finding, words: Words) -> str:
    return words.say(
        "{child} has no second trusted person beyond you yet. Someone like that opens up the "
        "world.",
        child=words.name(finding.scope),
    )


def _fading(finding: Finding, words: Words) -> str:
    return words.say(
        "{child} and {names} have not seen each other for a while.",
        child=words.name(finding.scope),
        names=words.names(finding.names),
    )


def _same_age(finding: Finding, words: Words) -> str:
    return words.say(
        "No family nearby yet with a child of {child}’s age.",
        child=words.name(finding.scope),
    )


def _online(_finding: Finding, words: Words) -> str:
    return words.say(
        "So far your village is online only: a fine supplement, but nobody who can ring at the "
        "door."
    )


def _mostly_online(finding: Finding, words: Words) -> str:
    if finding.variant == "half":
        return words.say("Half of it is online only. Whom of them would you like to meet?")
    return words.say("More than half is online only. Whom of them would you like to meet?")


def _one_way_village(finding: Finding, words: Words) -> str:
    if finding.variant == "take":
        return words.say(
            "You receive help and have noted none of your own yet; small things count. What do "
            "you like to give?"
        )
    return words.say("You give a lot and rarely ask. You may ask for help.")


def _one_way_person(finding: Finding, words: Words) -> str:
    name = words.names(finding.names)
    if finding.variant == "take":
        return words.say(
            "{name} helps you a lot. A small gesture back feels good to both.", name=name
        )
    name = words.to(finding.names)
    return words.say("With {name} it is mostly you who gives. Go ahead and ask, too.", name=name)


def _carries(finding: Finding, words: Words) -> str:
    return words.say(
        "A lot rests on {name}. Spread it over more shoulders, for {name}’s sake too.",
        name=words.to(finding.names),
    )


def _corner(finding: Finding, words: Words) -> str:
    return words.say(
        "Your village comes from one corner ({source}). Other circles bring other things.",
        source=words.language.word(SOURCE_LABELS[Source(finding.scope)]),
    )


def _formal(_finding: Finding, words: Words) -> str:
    return words.say(
        "Much of your support is professional. Fine, and who stays when the contract ends?"
    )


def _strained(finding: Finding, words: Words) -> str:
    return words.say(
        "{kind}: at the moment only from people who also cost you strength ({names}).",
        kind=_kind(finding, words),
        names=words.names(finding.names),
    )


def _no_peer(_finding: Finding, words: Words) -> str:
    return words.say(
        "You do not know another single parent yet. Talking to an equal takes a load off."
    )


def _stand_in(finding: Finding, words: Words) -> str:
    return words.say(
        "Who is with {children} when you fall ill yourself? Nobody can step in altogether yet.",
        children=words.names(finding.names),
    )


def _no_pro(finding: Finding, words: Words) -> str:
    offers = [words.language.word(_SHORT_OFFERS[tip]) for tip in finding.suggestions]
    return words.say("Help from outside is allowed: {offers}.", offers="; ".join(offers))


def _phase(finding: Finding, words: Words) -> str:
    fields = {
        "name": words.names(finding.names),
        "role": words.role(ROLES[finding.others[0]]),
        "day": words.day(finding.day) if finding.day else "",
    }
    if finding.variant == "over":
        return words.say("{name} ({role}) was there until {day}. A new role, or goodbye?", **fields)
    return words.say(
        "{name} ({role}): this time ends on {day}. Whom would you like to keep in your village?",
        **fields,
    )


def _trust(finding: Finding, words: Words) -> str:
    return words.say(
        "Would you trust {name} with your child? (yes / no)", name=words.to(finding.names)
    )


def _wish(finding: Finding, words: Words) -> str:
    return words.say("Wanted in the village: {skill}.", skill=finding.scope)


_WORDING: dict[str, Callable[[Finding, Words], str]] = {
    "G01": _small,
    "G02": _uncovered,
    "G03": _at_home,
    "G04": _single,
    "G05": _nobody_near,
    "G06": _one_near,
    "G07": _pickup,
    "G08": _no_anchor,
    "G09": _fading,
    "G10": _same_age,
    "G11": _online,
    "G12": _mostly_online,
    "G13": _one_way_village,
    "G14": _one_way_person,
    "G15": _carries,
    "G16": _corner,
    "G17": _formal,
    "G18": _strained,
    "G19": _no_peer,
    "G20": _stand_in,
    "G21": _no_pro,
    "G22": _phase,
    "G23": _trust,
    "G24": _wish,
}
