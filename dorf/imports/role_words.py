"""Which role a word of another program states: a group, a category, a relation.

Only what is stated counts. A word that can mean several roles ("Kita": the teachers, or the other
parents?) is none; such a contact is left open, and the interview asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from dorf.core.spelling import fold
from dorf.core.vocabulary import ROLES, Role

STATED: dict[str, str] = {
    "partner": "spouse, husband, wife, life partner, significant other, fiancé, fiancée, "
    "boyfriend, girlfriend, Ehemann, Ehefrau, Ehepartner, Ehegatte, Ehegattin, Lebensgefährte, "
    "Lebensgefährtin, Lebenspartner, Verlobter, Verlobte, domestic partner",
    "coparent": "ex-boyfriend, ex-girlfriend, Ex-Freund, Ex-Freundin, Kindsvater, Kindsmutter",
    "grandparent": "grandparents, parents-in-law, parent-in-law, mother-in-law, father-in-law, "
    "grandmothers, grandfathers, great-grandmother, great-grandfather, Omas, Opas, Omi, Opi, "
    "Omma, Oma und Opa, Uroma, Uropa",
    "relative": "relatives, Familie, Verwandtschaft, family, kin, sibling, siblings, brothers, "
    "sisters, half-brother, half-sister, stepbrother, stepsister, Geschwister, Schwestern, Brüder, "
    "Halbbruder, Halbschwester, Stiefbruder, Stiefschwester, nephew, niece, nephews, nieces, "
    "Neffe, Nichte, Neffen, Nichten, Cousins, Cousinen, Vetter, Tanten, Onkels, aunts, uncles, "
    "cousins, Angehörige, Großtante, Großonkel, sister-in-law, brother-in-law, "
    "Schwiegertochter, Schwiegersohn",
    "godparent": "godparents, Paten",
    "friend": "friends, Freunde, Freundinnen, Freundeskreis, best friends, beste Freunde, "
    "beste Freundinnen, buddy, bestie, BFF, Kumpel, Kumpels, Schulfreunde, Studienfreunde, "
    "Sandkastenfreundin",
    "colleague": "colleagues, co-worker, coworker, coworkers, co-workers, Kollegen, Kolleginnen, "
    "Arbeitskollege, Arbeitskollegin, Arbeitskollegen, work colleagues, boss, Chef, Chefin",
    "parent_friend": "parent friends, Mama-Freundinnen, Papa-Freunde, Elternfreunde, Kita-Eltern, "
    "Kita-Mamas, Kita-Papas, Kita-Freunde, Kindergarten-Eltern, Krippeneltern, Schuleltern, "
    "Schulmama, Schulpapa, other parents",
    "acquaintance": "new acquaintance, new acquaintances",
    "course_group": "Krabbelgruppen, playgroups, parent-child group, Spielgruppe, Babykurs",
    "neighbour": "neighbours, neighbors, neighborhood, neighbourhood, Nachbarschaft, Nachbarn, "
    "Nachbarinnen, Hausgemeinschaft, Hausbewohner",
    "educator": "teachers, educators, Erzieherinnen, Lehrerinnen, Klassenlehrer, Klassenlehrerin, "
    "Kitaleitung, childminders, Tagesmütter, Tagespflege",
    "babysitter": "babysitters, sitters, Babysitterinnen, nanny, Kinderfrau, Au-pair",
    "household_help": "Haushaltshilfen, Putzfrau, Reinigungshilfe, cleaners",
    "volunteer": "volunteers, Ehrenamtliche, Familienpate, Familienpatin",
    "professional": "doctors, physician, paediatrician, pediatrician, dentist, Ärzte, Kinderärzte, "
    "Kinderarztpraxis, Hausarzt, Hausärztin, Zahnarzt, Zahnärztin, Frauenarzt, Frauenärztin, "
    "Hebammen, midwives, doula, Stillberaterin, therapists, Therapeuten, Logopädin, "
    "Ergotherapeut, Ergotherapeutin, Physiotherapeut, Physiotherapeutin, Psychologe, Psychologin, "
    "Sozialarbeiter, Sozialarbeiterin, Familienhelfer, Familienhelferin, SPFH, Jugendamt, "
    "Fachleute, Beratungsstellen, professionals",
    "self_help_group": "Selbsthilfegruppen, self-help groups",
    "online_community": "online groups, Foren, forums",
}
"""Words of address books and trackers for a role, beside those of the vocabulary."""

AMBIGUOUS = (
    "Kita, Kurs, course, Chat, Online, Andere, other, Eltern, parents, Ex, Bekannte, Bekannter, "
    "acquaintance, contact, Ehrenamt, Chatgruppe, Sonstige"
)
"""Words of the vocabulary that, as the name of a group, say too little about the people in it.

"Bekannte" in an address book are old acquaintances; the role is for new ones (DOMAIN.md §1).
"""

_GENDER_SIGNS = r"[*:_/·]-?in(nen)?\b"


@cache
def _table() -> dict[str, Role]:
    unclear = {fold(word) for word in AMBIGUOUS.split(",")}
    table: dict[str, Role] = {}
    for slug, role in ROLES.items():
        words = f"{slug.replace('_', ' ')}, {role.words}, {STATED.get(slug, '')}"
        for word in words.split(","):
            key = fold(word)
            if key and key not in unclear:
                table.setdefault(key, role)
    return table


def role_stated(word: str) -> Role | None:
    """Return the role that *word* states, in any spelling, if it states one."""
    plain = re.sub(_GENDER_SIGNS, r"in\1", word)
    found = _table().get(fold(plain.replace("_", " ")))
    return None if found is None or found.slug == "other" else found


def roles_stated(words: Iterable[str]) -> tuple[tuple[str, Role], ...]:
    """Return each of *words* that states a role with that role, each role once."""
    found: dict[str, tuple[str, Role]] = {}
    for word in words:
        role = role_stated(word)
        if role is not None:
            found.setdefault(role.slug, (word, role))
    return tuple(found.values())
