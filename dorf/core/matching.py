"""Whom the entries of a file mean: people of the village, each other, or somebody new.

First the identity that a file gives, then the name together with a birthday, an e-mail address or
a number; what earlier imports left (`dorf.core.provenance`) recognises those who were renamed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dorf.core.duplicates import same_day
from dorf.core.names import fold
from dorf.core.provenance import details, details_of, name_key, uid_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dorf.core.intake import Newcomer
    from dorf.core.provenance import Known, Origin
    from dorf.core.village import Contact


class Matching:
    """Who is who: for each entry of a file, by its place in the list, a contact's uid."""

    def __init__(
        self, contacts: Iterable[Contact], known: Known, source: str, entries: Sequence[Newcomer]
    ) -> None:
        """Compare *entries* of a file of the format *source* with those who are there."""
        self._entries = entries
        self._shared = _shared_uids(entries)
        self._source = source
        self._by_uid: dict[str, Contact] = {}
        self._called: dict[str, dict[str, None]] = defaultdict(dict)
        self._details: dict[str, frozenset[str]] = {}
        self._origins: dict[str, list[Origin]] = defaultdict(list)
        self._met: set[str] = set()
        self.found: dict[int, str] = {}
        """The uid of the contact whom an entry means."""
        for contact in contacts:
            self.enter(contact)
        self._remember(known)
        self._by_identity()
        self._by_details()
        self._by_turn()
        self._renamed()

    # --- whom there is to find -----------------------------------------------------------------

    def enter(self, contact: Contact) -> None:
        """Let *contact* be found, as it is now, under its names."""
        self._by_uid[contact.uid] = contact
        for name in (contact.name, *contact.nicknames):
            self._called[fold(name)].setdefault(contact.uid)
        there = self._details.get(contact.uid, frozenset())
        self._details[contact.uid] = there | details_of(contact)

    def _remember(self, known: Known) -> None:
        self._uid_keys: dict[str, str] = {}
        self._name_keys: dict[str, dict[str, None]] = defaultdict(dict)
        for origin in known.origins:
            uid = origin.contact
            if uid not in self._by_uid:
                continue
            self._origins[uid].append(origin)
            self._details[uid] |= origin.stated
            self._name_keys[origin.name_key].setdefault(uid)
            if origin.uid_key:
                self._uid_keys[origin.uid_key] = uid

    def origin(self, uid: str, entry: Newcomer) -> Origin | None:
        """Return what an earlier file of this format said of the contact in this *entry*."""
        mine = [one for one in self._origins.get(uid, ()) if one.source == self._source]
        keys = (uid_key(self.identity(entry)), name_key(entry.name))
        for wanted in (
            lambda one: one.uid_key is not None and one.uid_key == keys[0],
            lambda one: one.uid_key is None and one.name_key == keys[1],
            lambda one: one.uid_key is None or keys[0] is None,
        ):
            for one in filter(wanted, mine):
                return one
        return None

    # --- finding -------------------------------------------------------------------------------

    def _take(self, number: int, uid: str) -> None:
        self.found[number] = uid
        self._met.add(uid)

    def _open(self) -> list[tuple[int, Newcomer]]:
        return [(n, one) for n, one in enumerate(self._entries) if n not in self.found]

    def _by_identity(self) -> None:
        for number, entry in self._open():
            uid = self.identity(entry)
            key = uid_key(uid)
            if uid in self._by_uid:
                self._take(number, uid or "")
            elif key in self._uid_keys:
                self._take(number, self._uid_keys[key or ""])

    def identity(self, entry: Newcomer) -> str | None:
        """Return the identity that the file gives an entry and no entry of another name."""
        return None if entry.uid in self._shared else entry.uid

    def _namesakes(self, entry: Newcomer) -> list[str]:
        """Return who is called so here, or was in a file, those of the exact name first."""
        found = dict(self._called.get(fold(entry.name), {}))
        found |= self._name_keys.get(name_key(entry.name), {})
        return sorted(found, key=lambda uid: self._by_uid[uid].name != entry.name)

    def _by_details(self) -> None:
        for number, entry in self._open():
            sure = self.surely(entry)
            if sure is not None:
                self._take(number, sure)

    def surely(self, entry: Newcomer) -> str | None:
        """Return the namesake with whom *entry* has a birthday, an address or a number."""
        marks = frozenset(details(entry.given))
        if not marks:
            return None
        for uid in self._namesakes(entry):
            if marks & self._details[uid] and not self._contradicts(uid, entry):
                return uid
        return None

    def _contradicts(self, uid: str, entry: Newcomer) -> bool:
        mine, theirs = self._by_uid[uid].birthday, entry.given.get("birthday")
        return mine is not None and theirs is not None and not same_day(mine, theirs)

    def _by_turn(self) -> None:
        """Let those whom a file of this format named before be named again, in their order.

        Their details may all be new: somebody has another number now.
        """
        waiting: dict[str, list[str]] = {}
        for number, entry in self._open():
            key = name_key(entry.name)
            if key not in waiting:
                waiting[key] = [
                    uid
                    for uid in self._name_keys.get(key, ())
                    if uid not in self._met and self._came_as(uid, key)
                ]
            fitting = [u for u in waiting[key] if self._same_sort(u, entry)]
            if fitting:
                waiting[key].remove(fitting[0])
                self._take(number, fitting[0])

    def _came_as(self, uid: str, key: str) -> bool:
        return any(o.source == self._source and o.name_key == key for o in self._origins[uid])

    def _same_sort(self, uid: str, entry: Newcomer) -> bool:
        """Tell whether neither side has an identity that the other one lacks."""
        keys = {o.uid_key for o in self._origins[uid] if o.source == self._source}
        return self.identity(entry) is None or None in keys

    def _renamed(self) -> None:
        """Recognise who got another name in the source, where files have no identities."""
        gone: dict[str, set[str]] = defaultdict(set)
        for uid, origins in self._origins.items():
            if uid not in self._met and any(o.source == self._source for o in origins):
                for one in self._details[uid]:
                    gone[one].add(uid)
        for number, entry in self._open():
            words = set(fold(entry.name).split())
            near = {uid for one in details(entry.given) for uid in gone.get(one, ())}
            near = {u for u in near - self._met if words & set(fold(self._name(u)).split())}
            if len(near) == 1 and not self._namesakes(entry):
                self._take(number, near.pop())

    def _name(self, uid: str) -> str:
        return self._by_uid[uid].name

    def namesake(self, entry: Newcomer) -> tuple[str | None, str | None]:
        """Return who of that name *entry* means after all, and else who it may be.

        A name alone means the same person as long as one of the two says nothing else.
        """
        sure = self.surely(entry)
        if sure is not None:
            return sure, None
        namesakes = self._namesakes(entry)
        silent = not any(True for _ in details(entry.given))
        for uid in namesakes:
            if silent or (uid not in self._met and not self._details_here(uid)):
                return uid, None
        return None, namesakes[0] if namesakes else None

    def _details_here(self, uid: str) -> frozenset[str]:
        return details_of(self._by_uid[uid])

    def meet(self, uid: str) -> None:
        """Remember that an entry meant the contact."""
        self._met.add(uid)


def _shared_uids(entries: Iterable[Newcomer]) -> frozenset[str]:
    """Return the uids that entries of different names have: such an identity is none."""
    names: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.uid:
            names[entry.uid].add(fold(entry.name))
    return frozenset(uid for uid, called in names.items() if len(called) > 1)
