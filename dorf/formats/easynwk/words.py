"""What the places and words of an easyNWK map mean: roles, sectors, horizons, kinds of support.

Data first, for whoever wants to read or correct it; then the ways from it to dorf's own and back.
"""

from __future__ import annotations

import re
from functools import cache

from dorf.core.spelling import fold
from dorf.core.vocabulary import ROLES, Kind, Role, Source
from dorf.imports.role_words import role_stated
from dorf.values import NamedTuple

ROLE_WORDS: dict[str, str] = {
    "partner": "Partner*in, Ehefrau, Ehemann, Lebensgefährt*in, wife, husband, life partner",
    "coparent": "Ex-Partner*in",
    "grandparent": "Oma / Opa, Mutter, Vater, Stiefmutter, Stiefvater, Pflegemutter, Pflegevater, "
    "Adoptivmutter, Adoptivvater, Schwiegermutter, Schwiegervater, Großmutter, Großvater, "
    "mother, father, stepmother, step father, foster mother, foster father, adoptive mother, "
    "adoptive father",
    "relative": "Familienangehörige*r, Schwester, Bruder, Adoptivschwester, Adoptivbruder, "
    "Stiefschwester, Stiefbruder, Halbschwester, Halbbruder, Pflegeschwester, Pflegebruder, "
    "Urgroßmutter, Urgroßvater, Schwager/Schwägerin, Schwiegertochter, Schwiegersohn, Enkelkind, "
    "Urenkelkind, Tante, Onkel, Cousin*e, Angeheiratete Tante, Angeheirateter Onkel, Nichte, "
    "Neffe, Angeheiratete Nichte, Angeheirater Neffe, Angeheirateter Neffe, family member, "
    "adoptive sister, adoptive brother, stepsister, stepbrother, half sister, half brother, "
    "foster sister, foster brother, great-grandmother, great-grandfather, "
    "sister/brother-in-law, daughter-in-law, son-in-law, grandchild, great-grandchild",
    "godparent": "Patin / Pate",
    "friend": "Freund*in",
    "colleague": "Kolleg*in, Arbeitskolleg*in, Vereinskolleg*in, Ausbildungskolleg*in, "
    "Schulkolleg*in, Studienkolleg*in",
    "parent_friend": "Mama-/Papa-Freund*in",
    "acquaintance": "Bekannte*r",
    "course_group": "Eltern-Kind-Gruppe",
    "neighbour": "Nachbar*in",
    "educator": "Erzieher*in / Lehrer*in, Lehrer*in, Erzieher*in, Tagesmutter/-vater",
    "babysitter": "Babysitter*in",
    "rental_grandparent": "Leih-Oma / Leih-Opa",
    "household_help": "Haushaltshilfe",
    "volunteer": "Ehrenamtliche*r",
    "professional": "prof. Helfer*in, Helfer*in, Ärzt*in, Psychotherapeut*in, Pflegefachkraft, "
    "Gesetz. Erwachsenenvertretung, Psycholog*in, Pscholog*in, Sozialarbeiter*in, "
    "Berater*in / Betreuer*in, Pfarrer*in, Physiotherapeut*in, Ergotherapeut*in, prof. help, "
    "prof. helper, psychotherapist, nurse practitioner, legal adult representation, psychologist, "
    "social worker, consultant/supervisor, pastor, physiotherapist, ergotherapist",
    "self_help_group": "Selbsthilfegruppe",
    "online_community": "Online-Community",
}
"""Words of easyNWK for each role; the first is what dorf writes. Parents of the anchor person are
the grandparents of her children. People may type other words: those go to `role_stated`."""

OWN_CHILDREN = (
    "Tochter, Sohn, Adoptivtochter, Adoptivsohn, Pflegetochter, Pflegesohn, Stieftochter, "
    "Stiefsohn, daughter, son, adopted daughter, adopted son, foster daughter, foster son, "
    "stepdaughter, stepson"
)
"""Words for the anchor person's children: they belong to the household, not to its helpers."""

OPEN = "Mitbewohner*in, roommate"
"""Words of easyNWK that are known and state no role of dorf."""


NO_GENDER = "nicht festgelegt"
UID = "dorfUid"
"""Where a contact's uid stands; easyNWK keeps what it does not know of an alter, also when it is
changed there (it spreads the old object into the new one)."""

USUAL_CIRCLE = "dorfUsualCircle"
"""The circle where somebody stands only because most people of that role do. Whoever is moved in
easyNWK stands in another one, and that is stated."""


class Sector(NamedTuple):
    """A quarter of the map: what it is called, where it begins, and the role it states at most."""

    name: str
    start: int
    role: str | None = None


SECTORS = (
    Sector("Familie", 0, "relative"),
    Sector("Freund*innen / Bekannte", 90),
    Sector("Kolleg*innen", -180, "colleague"),
    Sector("prof. Helfer*innen", -90, "professional"),
)
"""By angle, counted from the right against the clock. Friends and acquaintances share one."""

FAMILY, FRIENDS, COLLEAGUES, PROFESSIONALS = SECTORS
_SECTOR_OF = {
    Source.FAMILY: FAMILY,
    Source.PARTNER: FAMILY,
    Source.PROFESSIONALS: PROFESSIONALS,
}

HORIZONS = ((1, 0.0, 33.33), (2, 33.33, 66.67), (3, 66.67, 100.0))
"""Circle, and from where to where its ring reaches; on the outer line or beyond it is circle 4."""

_ROWS = {1: (14.0, 28.0), 2: (39.0, 61.0), 3: (72.0, 94.0), 4: (100.0, 100.0)}
"""Where dorf puts people, by circle. On the outer line easyNWK still draws relationships."""


class Support(NamedTuple):
    """A kind of support of easyNWK: what it is read as, and which kinds are written as it."""

    field: str
    kind: Kind
    written: frozenset[Kind] = frozenset()


SUPPORT = (
    Support("supportEmotional", Kind.EMOTIONAL, frozenset({Kind.EMOTIONAL, Kind.APPRAISAL})),
    Support(
        "supportInstrumental",
        Kind.PRACTICAL,
        frozenset({Kind.PRACTICAL, Kind.CHILDCARE, Kind.EMERGENCY, Kind.MATERIAL, Kind.SKILL}),
    ),
    Support("supportInformational", Kind.ADVICE, frozenset({Kind.ADVICE})),
    Support("supportSocial", Kind.COMPANY, frozenset({Kind.COMPANY})),
    Support("supportCognitive", Kind.ADVICE),
    Support("supportMaterial", Kind.MATERIAL),
    Support("supportPractical", Kind.PRACTICAL),
)
"""Four of easyNWK's five kinds, and three that it had for a while in January 2025.
The fifth, linking to other people and places, is none of dorf's: it stands in the notes."""

SUPPORTING, SUPPORTED = frozenset({1, 3}), frozenset({2, 3})
"""Levels at which the anchor person supports somebody, and is supported."""


def sector_at(angle: float, distance: float) -> Sector | None:
    """Return the sector of a place, None of the middle and of places that are none."""
    if not distance > 0 or not -180 <= angle <= 180:
        return None
    within = {COLLEAGUES: angle < -90, PROFESSIONALS: angle < 0, FAMILY: angle < 90}
    return next((sector for sector, is_here in within.items() if is_here), FRIENDS)


def circle_at(distance: float) -> int | None:
    """Return the circle of a place at *distance*, None of the middle: nobody was put there."""
    if not distance > 0:
        return None
    return next((circle for circle, low, high in HORIZONS if low <= distance < high), 4)


def sector_for(role: Role) -> Sector:
    """Return the sector in which dorf puts people of a main *role*."""
    if role.slug == "colleague":
        return COLLEAGUES
    return _SECTOR_OF.get(role.source, FRIENDS)


def place_of(sector: Sector, circle: int, turn: int, people: int) -> dict[str, float]:
    """Return the place of one of *people*: fanned out, in up to three rows, clear of the lines."""
    rows = min(3, 1 + people // 6)
    low, high = _ROWS[circle]
    angle = sector.start + 3 + 84 * (turn + 0.5) / people
    distance = low + (high - low) * (turn % rows + 0.5) / rows
    return {"angle": round(angle, 2), "distance": round(distance, 2)}


@cache
def _table() -> dict[str, Role | None]:
    table: dict[str, Role | None] = {
        fold(word): ROLES[slug] for slug, words in ROLE_WORDS.items() for word in words.split(", ")
    }
    return table | dict.fromkeys(map(fold, f"{OPEN}, {OWN_CHILDREN}".split(", ")))


@cache
def _own_children() -> frozenset[str]:
    return frozenset(map(fold, OWN_CHILDREN.split(", ")))


def role_words(text: str) -> list[str]:
    """Return the words of the field for the role: one of easyNWK's own, or what commas part."""
    if is_known(text):
        return [text]
    return [word for word in map(str.strip, re.split("[,;]", text)) if word]


def role_of(word: str) -> Role | None:
    """Return the role that *word* states in easyNWK, else anywhere."""
    return _table().get(fold(word)) or role_stated(word)


def is_known(word: str) -> bool:
    """Tell whether *word* is one of easyNWK's own, with a role or without."""
    return fold(word) in _table()


def is_own_child(word: str) -> bool:
    """Tell whether *word* says that somebody is a child of the anchor person."""
    return fold(word) in _own_children()
