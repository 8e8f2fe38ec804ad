"""Which role a word of another program states: a group, a category, a relation.

Only what is stated counts. A word that can mean several roles ("Kita": the teachers, or the other
parents?) is none; such a contact is left open, and the interview asks.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dorf.core.names import fold
from dorf.core.vocabulary import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dorf.core.vocabulary import Role

STATED: dict[str, str] = {
    "partner": "spouse, husband, wife, life partner, significant other, fiancé, fiancée, "
    "boyfriend, girlfriend, Ehemann, Ehefrau, Ehepartner, Ehepartnerin, Lebensgefährte, "
    "Lebensgefährtin, Lebenspartner, Lebenspartnerin, Verlobter, Verlobte, domestic partner",
    "coparent": "co-parent, ex-husband, ex-wife, ex-partner, Ex-Mann, Ex-Frau, Ex-Partner, "
    "Ex-Partnerin",
    "grandparent": "grandparents, parents-in-law, parent-in-law, mother-in-law, father-in-law, "
    "grandmothers, grandfathers, Omas, Opas, Omi, Opi, Oma und Opa",
    "relative": "relatives, Familie, Verwandtschaft, family, kin, sibling, siblings, brothers, "
    "sisters, Geschwister, nephew, niece, Neffe, Nichte, Cousins, Cousinen, Angehörige, "
    "Großtante, Großonkel, sister-in-law, brother-in-law, Schwippschwager, famille, familia",
    "godparent": "godparents, Paten, Patin von, Pate von",
    "friend": "friends, Freunde, Freundinnen, Freundeskreis, best friends, beste Freunde, buddy, "
    "amis, amigos",
    "colleague": "colleagues, co-worker, coworker, coworkers, co-workers, Kollegen, Kolleginnen, "
    "Arbeit, Arbeitskollegen, work, boss, manager, assistant, Chef, Chefin, job, Büro, office, "
    "subordinate, business",
    "parent_friend": "parent friends, Mama-Freundinnen, Papa-Freunde, Elternfreunde, Kita-Eltern, "
    "Kindergarten-Eltern, Krippeneltern, Schuleltern, other parents, mums, moms, Mamis, Mamas",
    "acquaintance": "acquaintances, Bekannte, Bekanntenkreis, contact",
    "course_group": "Krabbelgruppen, playgroups, parent-child group",
    "neighbour": "neighbours, neighbors, neighborhood, neighbourhood, Nachbarschaft, Nachbarn, "
    "Nachbarinnen, Hausgemeinschaft",
    "educator": "teachers, educators, Erzieherinnen, Lehrerinnen, childminders, Tagesmütter",
    "babysitter": "babysitters, sitters, Babysitterinnen, nanny, Kinderfrau",
    "household_help": "Haushaltshilfen, cleaners",
    "volunteer": "volunteers, Ehrenamtliche",
    "professional": "doctors, physician, Ärzte, Kinderärzte, Hebammen, midwives, therapists, "
    "Therapeuten, Fachleute, Beratungsstellen, professionals",
    "self_help_group": "Selbsthilfegruppen, self-help groups",
    "online_community": "online groups, Foren, forums",
}
"""Words of address books and trackers for a role, beside those of the vocabulary."""

AMBIGUOUS = "Kita, Kurs, course, Chat, Online, Andere, other, Eltern, parents, Post, Ex, partner:in"
"""Words of the vocabulary that, as the name of a group, say too little about the people in it."""


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
    found = _table().get(fold(word.replace("_", " ")))
    return None if found is None or found.slug == "other" else found


def roles_stated(words: Iterable[str]) -> tuple[tuple[str, Role], ...]:
    """Return each of *words* that states a role with that role, each role once."""
    found: dict[str, tuple[str, Role]] = {}
    for word in words:
        role = role_stated(word)
        if role is not None:
            found.setdefault(role.slug, (word, role))
    return tuple(found.values())
