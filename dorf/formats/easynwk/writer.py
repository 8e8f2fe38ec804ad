"""A village as one map that easyNWK loads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from dorf.core.village import Contact, Village
from dorf.core.vocabulary import Status
from dorf.formats.easynwk import words
from dorf.formats.easynwk.words import Sector, Support, place_of, sector_for
from dorf.formats.interface import NO_OPTIONS, Options


def write(village: Village, options: Options = NO_OPTIONS) -> str:
    """Return the people of *village* as one map of today, as easyNWK loads it.

    Where *options* do not say which day that is, it is the newest one that the village knows of.
    easyNWK has no name for the person in the middle then, and asks for it.
    """
    days = (_newest_day(contact, village) for contact in village.contacts)
    day = options.today or max(days, default=None)
    ego = {"name": "", "currentGender": words.NO_GENDER, "age": "", "note": "", "emoji": ""}
    nwk = {"ego": ego, "alteri": list(_alteri(village.contacts)), "connections": []}
    version = {"id": 1, "title": "dorf", "date": day.isoformat() if day else "", "nwk": nwk}
    document = {"versions": [version], "currentVersion": 1, "size": "5"}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _newest_day(contact: Contact, village: Village) -> date:
    return max(contact.added_on, village.touch(contact).last_contact or contact.added_on)


def _alteri(contacts: Iterable[Contact]) -> Iterator[dict[str, Any]]:
    people = list(contacts)
    groups = Counter((sector_for(contact.main_role), contact.closeness) for contact in people)
    taken = Counter[tuple[Sector, int]]()
    for number, contact in enumerate(people, 1):
        group = (sector_for(contact.main_role), contact.closeness)
        place = place_of(*group, taken[group], groups[group])
        taken[group] += 1
        yield _alter(number, contact) | place


def _alter(number: int, contact: Contact) -> dict[str, Any]:
    slugs = [role.slug for role in contact.roles if role.slug in words.ROLE_WORDS]
    roles = [words.ROLE_WORDS[slug].split(", ")[0] for slug in slugs]
    ended = contact.status is Status.ENDED
    edge = 0 if ended else min(2, max(1, len(roles)))
    return {
        "id": number,
        "name": contact.name,
        "role": ", ".join(roles),
        "roleDefault": not roles,
        "human": True,
        "currentGender": words.NO_GENDER,
        "genderDefault": True,
        "age": "",
        "note": contact.notes or "",
        "deceased": contact.died_on is not None,
        "edgeType": edge,
        "edgeTypeByUser": -1 if edge == 1 else edge,
        "emoji": "",
        "conflict": contact.strained,
        **{
            support.field: _written(support, contact)
            for support in words.SUPPORT
            if support.written
        },
        "supportLinking": 0,
        words.UID: contact.uid,
        **({words.USUAL_CIRCLE: contact.closeness} if contact.circle is None else {}),
    }


def _written(support: Support, contact: Contact) -> int:
    """Return the level: 1 the anchor person supports, 2 she is supported, 3 both, 0 neither."""
    gets = bool(support.written & (contact.gets or frozenset()))
    gives = bool(support.written & (contact.gives or frozenset()))
    return gets + 2 * gives
