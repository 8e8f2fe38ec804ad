"""Tips and offers in words (DOMAIN.md §4.4): ``dorf tips``, and what findings suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.gaps.suggestions import tips_for
from dorf.core.tips import OFFER_FACTS, Tip
from dorf.errors import N_
from dorf.report.page import Heading, Item, Line, Page, Title
from dorf.report.words import iso

if TYPE_CHECKING:
    from dorf.core.assessment import Assessment
    from dorf.report.words import Words


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
    Tip.GRIEF: N_(
        "Grief takes time; grief groups and hospice services near you listen (trauergruppe.de), "
        "and TelefonSeelsorge day and night: 0800 1110111."
    ),
    Tip.NEIGHBOURS: N_("Offer a neighbour to take in a parcel; that is how it starts."),
    Tip.PICKUP: N_("Hand in the authorisation in writing at the daycare or the school."),
    Tip.AFTERNOON: N_("Agree on one regular afternoon."),
    Tip.GODPARENT: N_("Ask a godparent or a friend who likes being with your child."),
    Tip.VIDEO_CALL: N_("A video call with your child fits in, too."),
    Tip.CHANGE_ROLE: N_("Give them a new role: dorf role NAME ROLE."),
    Tip.ASK_AROUND: N_("Ask around: somebody always knows somebody."),
}


def tip_text(tip: Tip, words: Words) -> str:
    """Return a tip or an offer in words."""
    return words.language.word(TIP_TEXTS[tip])


def tips_page(assessment: Assessment, words: Words, *, everything: bool = False) -> Page:
    """Return a few tips of the day, or all tips and offers."""
    tips, offers = tips_for(assessment.situation, everything=everything)
    return (
        Title(words.say("Ideas for your village"), words.long_day(words.today)),
        *(Item("→", tip_text(tip, words), tone="step") for tip in tips),
        Heading(words.say("Help from outside")),
        *(Item("·", tip_text(tip, words), tone="calm") for tip in offers),
        Line(words.say("Addresses may have changed; ask there what they offer today."), "quiet"),
    )


def tips_document(words: Words) -> dict[str, Any]:
    """Return all tips and offers; an offer with its places and when they were last looked up."""
    tips: list[dict[str, Any]] = []
    for tip in Tip:
        entry: dict[str, Any] = {"id": tip.value, "text": tip_text(tip, words)}
        if offer := OFFER_FACTS.get(tip):
            entry |= {"places": list(offer.places), "checked_on": iso(offer.checked_on)}
        tips.append(entry)
    return {"tips": tips}
