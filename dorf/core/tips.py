"""Tips and offers as data, and which to show when (DOMAIN.md §4.4). Their words are in ``report``.

Nothing here is fetched: an offer names an organisation, and the day on which somebody last looked
whether it is still there.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


MOST_SUGGESTIONS = 2
"""Suggestions shown per finding (DOMAIN.md §4.4)."""

CHOICE_DAYS = 7
"""For how many days the same suggestions stand in front (DOMAIN.md §4.4)."""


class Tip(StrEnum):
    """The ten tips, the offers and the concrete steps that findings suggest."""

    PLAYGROUND = "T1"
    LOCAL_GROUP = "T2"
    SOCIAL_MEDIA = "T3"
    OWN_ROUND = "T4"
    OPEN = "T5"
    ASK_AND_OFFER = "T6"
    PARENTS_EVENING = "T7"
    HOBBIES = "T8"
    KEEP_AT_IT = "T9"
    MAKE_TIME = "T10"
    SINGLE = "A-single"
    CARE = "A-care"
    BABY = "A-baby"
    CURE = "A-cure"
    GRANNY = "A-granny"
    EMERGENCY = "A-emergency"
    PRO = "A-pro"
    GRIEF = "A-grief"
    NEIGHBOURS = "S-neighbours"
    PICKUP = "S-pickup"
    AFTERNOON = "S-afternoon"
    GODPARENT = "S-godparent"
    VIDEO_CALL = "S-video"
    CHANGE_ROLE = "S-role"
    ASK_AROUND = "S-ask-around"


TIPS = tuple(tip for tip in Tip if tip.value.startswith("T"))
OFFERS = tuple(tip for tip in Tip if tip.value.startswith("A"))


class Offer(NamedTuple):
    """Where an offer can be found: names with addresses, and when that was last looked up."""

    places: tuple[str, ...]
    checked_on: date | None


_SEEN = date(2026, 11, 23)
"""When the pages behind the offers were last looked up, in stored copies and not live."""

OFFER_FACTS: dict[Tip, Offer] = {
    Tip.SINGLE: Offer(("VAMV: vamv.de", "NAKOS: nakos.de", "Millie&Me"), _SEEN),
    Tip.CARE: Offer((), None),
    Tip.BABY: Offer(("wellcome: wellcome-online.de",), _SEEN),
    Tip.CURE: Offer(("Müttergenesungswerk: muettergenesungswerk.de",), _SEEN),
    Tip.GRANNY: Offer((), None),
    Tip.EMERGENCY: Offer(("VAMV: vamv.de",), _SEEN),
    Tip.PRO: Offer((), None),
    Tip.GRIEF: Offer(("trauergruppe.de", "TelefonSeelsorge: 0800 1110111"), _SEEN),
}

T = TypeVar("T")


def rotate(items: Sequence[T], turn: int, most: int = MOST_SUGGESTIONS) -> tuple[T, ...]:
    """Return at most *most* of *items*, beginning with number *turn* of the circle."""
    start = turn % len(items) if items else 0
    return tuple((*items[start:], *items[:start])[:most])


def daily(items: Sequence[T], today: date, most: int) -> tuple[T, ...]:
    """Return at most *most* of *items*, beginning with another one each day."""
    return rotate(items, today.toordinal(), most)
