"""The words of the gap rules (DOMAIN.md §4.2, §4.3): a record each, and what goes into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.tips import Tip
from dorf.core.vocabulary import Kind
from dorf.errors import N_, NN_
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dorf.report.words import Form

SEVERITY = {
    3: ("▲", "gap", N_("gap")),
    2: ("△", "thin", N_("thin")),
    1: ("·", "note", N_("good to know")),
}
"""By its severity, the sign of a finding, its tone and its label."""


class RuleWords(NamedTuple):
    """All words of one rule; the fields of its sentences are those of `fields_of`."""

    title: str
    """How it reads in ``dorf rule list``."""
    reason: str
    """Why it matters, in ``dorf gaps``."""
    sentence: Form | Mapping[str, Form]
    """What a finding says; by its variant or its scope where there are several."""
    others: Form = ""
    """What follows if there are others who could help."""
    answer: str = ""
    """The command that answers a finding that is a question."""
    command: str = ""
    """The command that answers a finding, where it is none."""
    merges: bool = True
    """Whether one sentence can say it of several children, kinds or people at once."""


_COLD = NN_(
    "{others} could, only the line is going cold.",
    "{others} could, only the lines are going cold.",
)

RULE_WORDS = {
    "G01": RuleWords(
        N_("The village is small just now"),
        N_("Most families lean on about five close people; every encounter can be a beginning."),
        {
            "": N_("Your village is small just now ({size}). Every encounter counts."),
            "none": N_("Your village is just beginning. Every encounter counts."),
        },
        command=N_("dorf add NAME --role ROLE"),
    ),
    "G02": RuleWords(
        N_("Nobody for a kind of support"),
        N_("It does not take many contacts, only someone for each thing."),
        "{kind}: {missing}",
        _COLD,
        merges=False,
        command=N_("dorf edit NAME --gives {scope}"),
    ),
    "G03": RuleWords(
        N_("A kind of support rests on the household alone"),
        N_("Whoever shares a home tends to share the cold, too."),
        N_(
            "{kind}: this rests on your own home ({names}). Someone from outside would be a relief."
        ),
        command=N_("dorf edit NAME --gives {scope}"),
    ),
    "G04": RuleWords(
        N_("A kind of support hangs on one person"),
        N_("With two people for the same thing, one may be ill, away or tired."),
        N_("{kind}: this hangs on one person, {to}. Who else could?"),
        _COLD,
        command=N_("dorf edit NAME --gives {scope}"),
    ),
    "G05": RuleWords(
        N_("Nobody nearby for an emergency"),
        N_("In an emergency, whoever can be there within half an hour helps most."),
        {
            "": N_("Nobody nearby is noted yet who could pick up your child in an emergency."),
            "baby": N_("Nobody nearby is noted yet who could step in in an emergency."),
            "ask": NN_(
                "Does {names} live within about 30 minutes?",
                "{names}: does any of them live within about 30 minutes?",
            ),
        },
        answer=N_("dorf edit NAME --near"),
    ),
    "G06": RuleWords(
        N_("Only one person nearby for an emergency"),
        N_("With a plan B, one phone call that nobody answers is no trouble."),
        N_("In an emergency everything hangs on {to}. A plan B would help."),
        N_("Perhaps also {perhaps}?"),
        command=N_("dorf edit NAME --near --gives {scope}"),
    ),
    "G07": RuleWords(
        N_("Nobody authorised to pick up"),
        N_("Then the daycare knows what to do when things have to go fast."),
        {
            "": NN_(
                "{names} could pick up but is not noted as authorised. Daycare and schools "
                "normally hand children only to listed people.",
                "{names} could pick up but are not noted as authorised. Daycare and schools "
                "normally hand children only to listed people.",
            ),
            "ask": N_("Who may pick up {children}?"),
        },
        answer=N_("dorf edit NAME --pickup"),
    ),
    "G08": RuleWords(
        N_("No go-to person besides the parents for a child"),
        N_("With one more go-to person children dare more, and different rules are fine there."),
        {
            "": NN_(
                "{children} has no go-to person besides you yet. Someone like that opens up the "
                "world.",
                "{children} have no go-to person besides you yet. Someone like that opens up the "
                "world.",
            ),
            "teen": NN_(
                "Besides you nobody is noted yet whom {children} can talk to. Someone like that "
                "helps through these years.",
                "Besides you nobody is noted yet whom {children} can talk to. Someone like that "
                "helps through these years.",
            ),
            "ask": NN_(
                "Besides you: to whom does {children} run for comfort?",
                "Besides you: to whom do {children} run for comfort?",
            ),
            "ask-teen": NN_(
                "Besides you: whom can {children} talk to about anything?",
                "Besides you: whom can {children} talk to about anything?",
            ),
        },
        answer=N_("dorf edit NAME --bond={child}"),
    ),
    "G09": RuleWords(
        N_("Nothing noted of a child’s go-to person for a while"),
        N_("Children keep a bond alive by meeting regularly."),
        NN_(
            "Nothing has been noted of {to} for a while. {children} would surely love to see them, "
            "or a call.",
            "Nothing has been noted of {to} for a while. {children} would surely love to see "
            "them, or a call.",
        ),
        command=N_("dorf log {who}"),
    ),
    "G10": RuleWords(
        N_("No family with a child of the same age"),
        N_("Families with children of one age and one area help each other most easily."),
        {
            "": N_("No family nearby yet with a child the age of {children}."),
            "ask": NN_("How old is the child of {to}?", "How old are the children of {to}?"),
            "ask-groups": N_("{names}: are there children, and how old?"),
            "ask-both": N_("{names}: which children are there, and how old?"),
        },
        answer=N_("dorf edit NAME --kid 2021-12"),
    ),
    "G11": RuleWords(
        N_("The village is online only"),
        N_("Online groups are a good supplement; comparing oneself there can tire."),
        N_(
            "Apart from your home and professionals only online contact is noted so far. It "
            "counts, and somebody who drops by would do good, too."
        ),
        command=N_("dorf add NAME --role ROLE"),
    ),
    "G12": RuleWords(
        N_("Half or more is online only"),
        N_("Online groups are a good supplement; comparing oneself there can tire."),
        {
            "half": N_("Half of it is online only. Whom would you like to meet?"),
            "most": N_("More than half is online only. Whom would you like to meet?"),
        },
        command=N_("dorf plan NAME DAY"),
    ),
    "G13": RuleWords(
        N_("Help goes one way in the whole village"),
        N_("Giving and taking may go both ways; people like to help more than we think."),
        {
            "take": N_(
                "So far only help that you receive is noted. What do you like to give? Small "
                "things count."
            ),
            "give": N_("You give a lot and rarely ask. You may ask for help."),
            "give-asked": N_(
                "You give a lot and rarely ask. You may ask for help, {asked} for one."
            ),
        },
        command=N_("dorf edit NAME --gives KINDS --gets KINDS"),
    ),
    "G14": RuleWords(
        N_("Help goes one way with one person"),
        N_("Friendships like a rough back and forth; a small gesture is enough."),
        {
            "take": NN_(
                "{names} helps you a lot. A small gesture back feels good to both.",
                "{names} help you a lot. A small gesture back feels good to everybody.",
            ),
            "take_stated": N_("With {to} only what you can get is noted. What do you give?"),
            "give": N_("With {to} it is mostly you who gives. Go ahead and ask."),
        },
        command=N_("dorf edit {who} --gives KINDS --gets KINDS"),
    ),
    "G15": RuleWords(
        N_("A lot rests on one person"),
        N_("If one person drops out, a lot would be missing at once."),
        N_("A lot rests on {to}. More shoulders would make it lighter, for {to} too."),
        command=N_("dorf edit NAME --gives KINDS"),
    ),
    "G16": RuleWords(
        N_("Everybody comes from one corner"),
        N_("Different circles bring different things."),
        N_("Your village comes from one corner ({source}). Other circles bring other things."),
        command=N_("dorf add NAME --role ROLE"),
    ),
    "G17": RuleWords(
        N_("Much of the support is professional"),
        N_("Paid help is good help; it often ends when a contract does."),
        N_("Much of your support is professional. Good. Whom would you like beside you who stays?"),
        command=N_("dorf add NAME --role friend"),
    ),
    "G18": RuleWords(
        N_("Support only from people who cost strength"),
        N_("Support that also costs strength is support you may want to spread."),
        N_("{kind}: for now only from people who also cost you strength ({names})."),
        command=N_("dorf edit NAME --gives {scope}"),
    ),
    "G19": RuleWords(
        N_("No other single parent noted"),
        N_("No long explanations needed."),
        N_("Nobody is noted yet who is a single parent, too. It is easier in the same boat."),
        command=N_("dorf edit NAME --single-parent"),
    ),
    "G20": RuleWords(
        N_("Nobody to step in for a single parent"),
        N_("Alone with a child, a plan for your own sick days takes a load off."),
        N_(
            "And when you fall ill yourself: who could be with {children} all along? That is "
            "still open."
        ),
        command=N_("dorf edit NAME --near --gives {scope}"),
    ),
    "G21": RuleWords(
        N_("No help from outside yet"),
        N_("Help from outside gives you room to breathe, and asking for it is fine."),
        N_("Do get help from outside: {offers}."),
        command=N_("dorf add NAME --role babysitter"),
    ),
    "G22": RuleWords(
        N_("A role ends"),
        N_("People met in one phase of life often stay for the next, if somebody asks."),
        {
            "over": N_("{names} ({role}) was here until {day}. A new role, or goodbye?"),
            "soon": N_("{names} ({role}): this time ends on {day}. How do you go on from there?"),
            "group": N_("{names}: this time ends on {day}. Whom would you like to take along?"),
        },
        merges=False,
        command=N_("dorf role {who} ROLE"),
    ),
    "G23": RuleWords(
        N_("Trust is not noted yet"),
        N_("Whom you trust with your child is for you to say."),
        N_("Would you trust {to} with your child? (yes / no)"),
        answer=N_("dorf {trust}"),
    ),
    "G24": RuleWords(
        N_("A wish is open"),
        N_("You noted this as a wish; nobody in the village has it yet."),
        N_("Wanted: someone who knows {skill}."),
        command=N_("dorf edit NAME --skill {skill_word}"),
    ),
    "G25": RuleWords(
        N_("A plan for the birth"),
        N_("A birth does not wait for the evening, and somebody has to be with the others."),
        {
            "": N_("Who stays with {children} when the baby comes?"),
            "early": N_("The baby comes soon: it is good to ask a midwife and wellcome early."),
        },
        command=N_("dorf edit NAME --near --gives {scope}"),
    ),
    "G26": RuleWords(
        N_("A number is missing for emergencies"),
        N_("In an emergency you need a number at hand."),
        N_("For an emergency the number of {to} is still missing."),
        answer=N_("dorf edit {who} --phone NUMBER"),
    ),
    "G27": RuleWords(
        N_("School comes after the summer"),
        N_("Friends from daycare often become friends from school or the club."),
        NN_(
            "If {children} starts school after the summer: whom from daycare would you like to "
            "take along? ({names})",
            "If {children} start school after the summer: whom from daycare would you like to "
            "take along? ({names})",
        ),
        command=N_("dorf role NAME ROLE"),
    ),
}

MISSING = {
    Kind.EMOTIONAL: N_("there is room for someone who listens and is there for you."),
    Kind.CHILDCARE: N_("there is room for someone to look after the children."),
    Kind.PRACTICAL: N_("there is room for someone who helps with the small things."),
    Kind.ADVICE: N_("there is room for someone you can ask."),
    Kind.COMPANY: N_("there is room for someone to do things with."),
    Kind.APPRAISAL: N_("there is room for someone who tells you that you are doing well."),
}
SHORT_OFFERS = {
    Tip.BABY: N_("wellcome or a mothers’ nurse in the first year"),
    Tip.CARE: N_("rental grandparents, babysitters, household help"),
    Tip.CURE: N_("a health retreat with your child"),
}
ASK = N_("Why not ask {asked}?")
ASK_FIRST = N_("You help {first} already; ask there first.")
PERHAPS = N_("Perhaps {perhaps}?")
LEFT_TO_ONE = N_("After that {left} alone: {kinds}.")
LEFT_OPEN = N_("After that still open: {kinds}.")
