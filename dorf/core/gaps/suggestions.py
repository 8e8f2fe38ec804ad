"""What a finding suggests, and the tips of a day: those that fit the household (DOMAIN.md §4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.tips import CHOICE_DAYS, MOST_SUGGESTIONS, OFFERS, TIPS, Tip, daily, rotate
from dorf.core.vocabulary import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from dorf.core.gaps.situation import Situation


def suggestions(
    tips: Sequence[Tip], first: Sequence[Tip], now: Situation, given: Collection[Tip], *, cold: bool
) -> tuple[Tip, ...]:
    """Return what is suggested of *tips*, those that come *first* in front (DOMAIN.md §4.4).

    The others take turns, a week each. What does not fit, or is *given* already in the same
    report, is left out. *cold* tells whether there is somebody whose line has gone cold.
    """
    fits = [tip for tip in tips if tip not in first and fitting(tip, now, cold=cold)]
    front = [tip for tip in first if fitting(tip, now, cold=cold)]
    turned = rotate(fits, now.today.toordinal() // CHOICE_DAYS, len(fits))
    return tuple(tip for tip in (*front, *turned) if tip not in given)[:MOST_SUGGESTIONS]


def fitting(tip: Tip, now: Situation, *, cold: bool = False) -> bool:
    """Tell whether *tip* fits the household and its village (DOMAIN.md §4.4)."""
    if tip is Tip.MAKE_TIME:
        return cold
    fits = _FITS.get(tip)
    return fits is None or fits(now)


_FITS: dict[Tip, Callable[[Situation], bool]] = {
    Tip.PLAYGROUND: lambda now: bool(now.aged(6, 120)),
    Tip.LOCAL_GROUP: lambda now: any(now.age(child) < 36 for child in now.household.children),
    Tip.OWN_ROUND: lambda now: any(c.where is not Place.FAR for c in now.support.outside),
    Tip.PARENTS_EVENING: lambda now: any(now.age(child) >= 12 for child in now.household.children),
    Tip.SINGLE: lambda now: now.single_parent,
    Tip.BABY: lambda now: now.baby or now.expecting,
    Tip.GRIEF: lambda now: bool(now.mourned),
}
"""What a tip needs, where it does not always fit."""


def tips_for(now: Situation, *, everything: bool = False) -> tuple[Sequence[Tip], Sequence[Tip]]:
    """Return tips and offers that fit: a few for the day, or *everything*.

    Who mourns is told where others listen, before all else.
    """
    tips = [tip for tip in TIPS if fitting(tip, now, cold=True)]
    offers = [offer for offer in OFFERS if fitting(offer, now) and offer is not Tip.GRIEF]
    grief = [Tip.GRIEF] if fitting(Tip.GRIEF, now) else []
    if everything:
        return TIPS, [*grief, *offers]
    return daily(tips, now.today, 3), grief or daily(offers, now.today, 1)
