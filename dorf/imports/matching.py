"""Whom the entries of a file mean: people of the village, each other, or somebody new.

First the identity that a file gives, then the name together with a birthday, an e-mail address or
a number; what earlier imports left (`dorf.imports.provenance`) recognises those who were renamed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from dorf.core.likeness import HOME
from dorf.core.merge import same_day
from dorf.core.spelling import fold
from dorf.core.village import Contact
from dorf.imports import provenance
from dorf.imports.incoming import IncomingContact
from dorf.imports.provenance import Known, Origin, digest, name_key, spelled_key, uid_key

T = TypeVar("T")

_NOBODY: frozenset[str] = frozenset()

MOST_SHARING = 50
"""How many people may have one number before it tells nothing about who is who (convention)."""


class Matching:
    """Who is who: for each entry of a file, by its place in the list, a contact's uid."""

    def __init__(  # noqa: PLR0913, PLR0917  (all that is compared)
        self,
        contacts: Iterable[Contact],
        known: Known,
        source: str,
        entries: Sequence[IncomingContact],
        met_on: Mapping[str, frozenset[str]],
        country: str = HOME,
    ) -> None:
        """Compare *entries* of a file of the format *source* with those who exist.

        *met_on* are the digests of the days on which the file lets somebody be met, by uid or name;
        numbers without a code are those of *country*.
        """
        self._entries = entries
        self._country = country
        self._shared = _shared_uids(entries)
        self._source = source
        self._met_on = met_on
        self._departed = known.departed
        self.digests = [provenance.digests_of(entry, country) for entry in entries]
        """All that the file says of each entry."""
        self._folded = [fold(entry.name) for entry in entries]
        self._keys = [name_key(entry.name) for entry in entries]
        self._details_of = [
            frozenset(provenance.detail_digests(entry.given, country)) for entry in entries
        ]
        self._by_uid: dict[str, Contact] = {}
        self._place: dict[str, int] = {}
        self._named: dict[str, str] = {}
        self._called: dict[str, dict[str, None]] = defaultdict(dict)
        self._spelled: dict[str, dict[str, None]] = defaultdict(dict)
        self._details: dict[str, frozenset[str]] = {}
        self._holders: dict[str, dict[str, None]] = defaultdict(dict)
        self._origins: dict[str, list[Origin]] = defaultdict(list)
        self._met: set[str] = set()
        self._lasting = False
        self.found: dict[int, str] = {}
        """The uid of the contact whom an entry means."""
        self.undecided: dict[int, str] = {}
        """The uid of somebody else whom an entry means just as well."""
        for contact in contacts:
            self.enter(contact)
        self._remember(known)
        self._by_identity()
        self._by_memory()
        self._by_details()
        self._by_turn()
        self._renamed()

    # --- whom there is to find -----------------------------------------------------------------

    def enter(self, contact: Contact) -> None:
        """Let *contact* be found, as it is now, under its names."""
        uid = contact.uid
        self._by_uid[uid] = contact
        self._place.setdefault(uid, len(self._place))
        self._named[contact.name] = uid
        for name in (contact.name, *contact.nicknames):
            self._name(uid, name)
        self._know(uid, provenance.details_of(contact, country=self._country))

    def _name(self, uid: str, name: str) -> None:
        self._called[fold(name)].setdefault(uid)
        self._spelled[spelled_key(name)].setdefault(uid)

    def _know(self, uid: str, digests: frozenset[str]) -> None:
        known = self._details.get(uid, _NOBODY)
        self._details[uid] = known | digests
        for detail in digests - known:
            self._holders[detail].setdefault(uid)

    def _remember(self, known: Known) -> None:
        self._uid_keys: dict[str, str] = {}
        self._name_keys: dict[str, dict[str, None]] = defaultdict(dict)
        for origin in known.origins:
            uid = origin.contact
            if uid not in self._by_uid:
                continue
            self._origins[uid].append(origin)
            self._know(uid, origin.stated)
            self._name_keys[origin.name_key].setdefault(uid)
            for key in filter(provenance.is_spelled, origin.stated):
                self._spelled[key].setdefault(uid)
            if origin.uid_key:
                self._uid_keys[origin.uid_key] = uid

    def origin(self, uid: str, number: int) -> Origin | None:
        """Return what an earlier file of this format said of the contact in the same entry.

        Of two that were put together here, what either of them said.
        """
        identity, name = uid_key(self.identity(self._entries[number])), self._keys[number]
        wanted: tuple[Callable[[Origin], bool], ...] = (
            lambda origin: origin.uid_key is not None and origin.uid_key == identity,
            lambda origin: origin.uid_key is None and origin.name_key == name,
            lambda origin: origin.uid_key is None or identity is None,
        )
        for fits in wanted:
            found = [origin for origin in self._of_source(uid) if fits(origin)]
            if found:
                nearest = max(found, key=lambda origin: len(origin.stated & self.digests[number]))
                return nearest._replace(stated=_all_stated(found))
        return None

    def _of_source(self, uid: str) -> list[Origin]:
        """Return what files of this format said of the contact, by entry."""
        return [origin for origin in self._origins.get(uid, ()) if origin.source == self._source]

    def known(self, uid: str) -> frozenset[str]:
        """Return all that files of any format said of the contact."""
        return _all_stated(self._origins.get(uid, ()))

    def _used(self) -> frozenset[int | None]:
        """Return where the village keeps what it knows of the entries that were found."""
        found = (self.origin(uid, number) for number, uid in self.found.items())
        return frozenset(origin.row for origin in found if origin is not None)

    def stated(self, uid: str) -> frozenset[str]:
        """Return all that earlier files of this format said of the contact."""
        return _all_stated(self._of_source(uid))

    # --- finding -------------------------------------------------------------------------------

    def _take(self, number: int, uid: str) -> None:
        self.found[number] = uid
        self._met.add(uid)

    def _open(self) -> list[tuple[int, IncomingContact]]:
        return [(n, entry) for n, entry in enumerate(self._entries) if n not in self.found]

    def _by_identity(self) -> None:
        for number, entry in self._open():
            uid = self.identity(entry)
            key = uid_key(uid)
            if uid in self._by_uid:
                self._take(number, uid or "")
                self._lasting = True
            elif key in self._uid_keys:
                self._take(number, self._uid_keys[key or ""])
                self._lasting = True

    def identity(self, entry: IncomingContact) -> str | None:
        """Return the identity that the file gives an entry and no entry of another name."""
        return None if entry.uid in self._shared else entry.uid

    def _by_memory(self) -> None:
        """Let an entry that says what one said before mean the same person, whatever is here."""
        before: dict[frozenset[str], str] = {}
        for uid in self._origins:
            for origin in self._of_source(uid):
                before.setdefault(provenance.in_entry(origin.stated), uid)
        for number, _ in self._open():
            if self.digests[number] in before:
                self._take(number, before[self.digests[number]])

    def _by_details(self) -> None:
        """Let those be found first of whom there is no doubt: they leave the others over."""
        for decided in (True, False):
            for number, _ in self._open():
                sure = self._surely(number, decided=decided)
                if sure is not None:
                    self._take(number, sure)

    def _surely(self, number: int, *, decided: bool = False) -> str | None:
        """Return the namesake with whom an entry has a birthday, an address or a number.

        Of several the one with whom it has most, then one whom no other entry means; where it
        has to be *decided*, nobody if two have as much.
        """
        entry, details = self._entries[number], self._details_of[number]
        shared = {
            uid: len(details & self._details[uid])
            for detail in details
            for uid in self._sharing(detail, number)
            if not self._contradicts(uid, entry)
        }
        most = max(shared.values(), default=0)
        best = [uid for uid, count in shared.items() if count == most]
        if not best or (decided and len(best) > 1):
            return None
        best.sort(key=lambda uid: (uid in self._met, self._rank(uid, entry)))
        if best[1:] and best[1] not in self._met:
            self.undecided[number] = best[1]
        return best[0]

    def _sharing(self, detail: str, number: int) -> list[str]:
        """Return the namesakes of an entry who have *detail*, searching where there are fewer."""
        holders = self._holders.get(detail, {})
        if len(holders) > MOST_SHARING:
            holders = {uid: None for uid in self._namesakes(number) if uid in holders}
        return [uid for uid in holders if self._is_namesake(uid, number)]

    def _rank(self, uid: str, entry: IncomingContact) -> tuple[bool, int]:
        """Return what comes first of two: the exact name, then who was there first."""
        return self._by_uid[uid].name != entry.name, self._place[uid]

    def _is_namesake(self, uid: str, number: int) -> bool:
        """Tell whether a contact is called so here, or was in a file.

        A name without letters in another spelling is another name: "1", "#1".
        """
        if not self._has_letters(number) and not self.is_spelled_so(uid, number):
            return False
        here = uid in self._called.get(self._folded[number], ())
        return here or uid in self._name_keys.get(self._keys[number], ())

    def _has_letters(self, number: int) -> bool:
        return any(character.isalpha() for character in self._folded[number])

    def is_spelled_so(self, uid: str, number: int) -> bool:
        """Tell whether the name of an entry is that of a contact letter by letter.

        Only such a name can prove anything by itself: "Jo" and "Joe" fold to one key.
        """
        name = self._entries[number].name
        if uid in self._spelled.get(spelled_key(name), ()):
            return True
        spelling = digest("spelling", name)  # all that files said before spellings had a key
        return any(spelling in origin.stated for origin in self._origins.get(uid, ()))

    def _namesakes(self, number: int) -> Iterator[str]:
        """Yield who is called so here, or was in a file, those whose name is spelled so first."""
        name = self._entries[number].name
        exact = self._named.get(name)
        if exact is not None and self._by_uid[exact].name == name:
            yield exact
        yield from self._spelled.get(spelled_key(name), ())
        yield from self._called.get(self._folded[number], ())
        yield from self._name_keys.get(self._keys[number], ())

    def _contradicts(self, uid: str, entry: IncomingContact) -> bool:
        """Tell whether the birthdays differ, and not because it was changed here only."""
        existing, incoming = self._by_uid[uid].birthday, entry.given.get("birthday")
        if existing is None or incoming is None or same_day(existing, incoming):
            return False
        return digest("birthday", incoming) not in self._details[uid]

    def _by_turn(self) -> None:
        """Let those whom a file of this format named before be named again, in their order.

        First whoever has a detail left, also where the birthday is another one now; then the
        others: all their details may be new, so that the name has to be the same to the letter.
        """
        used = self._used()
        waiting: dict[str, dict[str, None]] = {}
        for kept in (True, False):
            for number, entry in self._open():
                key = self._keys[number]
                if key not in waiting:
                    uids = self._name_keys.get(key, ())
                    waiting[key] = {uid: None for uid in uids if self._waits(uid, key, used)}
                pool = self._shared_with(number) if kept else waiting[key]
                fits = (u for u in pool if u in waiting[key] and self._same_sort(u, entry))
                fitting = next((u for u in fits if self._is_proven(u, number, kept=kept)), None)
                if fitting is not None:
                    del waiting[key][fitting]
                    self._take(number, fitting)

    def _is_proven(self, uid: str, number: int, *, kept: bool) -> bool:
        """Tell whether the spelling proves it, or a *kept* detail that no birthday denies."""
        if self.is_spelled_so(uid, number):
            return True
        denied = self._contradicts(uid, self._entries[number])
        return kept and not denied and self._has_letters(number)

    def _shared_with(self, number: int) -> list[str]:
        """Return who has details of an entry, those with most of them first."""
        details = self._details_of[number]
        holders = (self._holders.get(detail, {}) for detail in details)
        shared = Counter(uid for having in holders if len(having) <= MOST_SHARING for uid in having)
        return [uid for uid, _ in shared.most_common()]

    def _waits(self, uid: str, key: str, used: frozenset[int | None]) -> bool:
        """Tell whether a file had the contact under a name, and no entry means that one yet."""
        origins = self._of_source(uid)
        return any(origin.name_key == key and origin.row not in used for origin in origins)

    def _same_sort(self, uid: str, entry: IncomingContact) -> bool:
        """Tell whether neither side has an identity that the other one lacks."""
        return self.identity(entry) is None or any(
            origin.uid_key is None for origin in self._of_source(uid)
        )

    # --- who got another name in the source ----------------------------------------------------

    def _renamed(self) -> None:
        """Recognise who got another name in the source, where files have no identities."""
        used = self._used()
        meant: dict[str, Counter[int]] = defaultdict(Counter)
        for number, entry in self._open():
            uid = _surest(self._near(number, entry, used))
            if uid is not None:
                meant[uid][number] = len(self._traits(number) & self._details[uid])
        for uid, wanting in meant.items():
            left = {origin.row for origin in self._of_source(uid)} - used
            surest = _surest(wanting)
            if len(wanting) <= len(left):  # of two who are one here, both may have another name
                for number in wanting:
                    self._take(number, uid)
            elif surest is not None:
                self._take(surest, uid)

    def _traits(self, number: int) -> frozenset[str]:
        """Return the details of an entry, and the days on which the file lets them be met."""
        entry = self._entries[number]
        days = (self._met_on.get(name, _NOBODY) for name in (entry.uid or "", entry.name))
        return self._details_of[number].union(*days)

    def _near(
        self, number: int, entry: IncomingContact, used: frozenset[int | None]
    ) -> Counter[str]:
        """Return who came from such a file, is not in it any more, and may be called so now.

        A given name and one detail will do; a surname alone takes two.
        """
        near: Counter[str] = Counter()
        if any(True for _ in self._namesakes(number)) or self.is_departed(entry):
            return near
        for trait in self._traits(number):
            holders = self._holders.get(trait, {})
            if len(holders) > MOST_SHARING:
                continue
            for uid in holders:
                if self._is_left_over(uid, entry, used):
                    near[uid] += self._likeness(uid, trait, number)
        return Counter({uid: points for uid, points in near.items() if points > 1})

    def _likeness(self, uid: str, detail: str, number: int) -> int:
        """Return 2 where a given name tells who has *detail*, 1 for another word of the name.

        A family has one landline and one surname: those tell nobody from the others.
        """
        words = self._words(uid)
        others = self._holders[detail].keys() - {uid}
        telling = words.difference(*map(self._words, others))
        spoken = self._folded[number].split()
        shared = [word for word in spoken if digest("word", word) in telling]
        given = [
            word
            for word in shared
            if word == spoken[0] or provenance.first_word_digest(word) in words
        ]
        return 2 if given else min(len(shared), 1)

    def _words(self, uid: str) -> frozenset[str]:
        """Return the digests of the words of a name, and all that files said beside them."""
        return provenance.word_digests(self._by_uid[uid].name) | self.known(uid)

    def _is_left_over(self, uid: str, entry: IncomingContact, used: frozenset[int | None]) -> bool:
        """Tell whether a file of this format had somebody whom this one does not name.

        Of two that were put together here, one may still be there. Whom identities tell apart is
        not the same, unless the program makes new ones every time.
        """
        told_apart = self.identity(entry) is not None and self._lasting
        return any(
            origin.row not in used and not (told_apart and origin.uid_key is not None)
            for origin in self._of_source(uid)
        )

    def is_departed(self, entry: IncomingContact) -> bool:
        """Tell whether the one whom *entry* means was deleted here."""
        return not self._departed.isdisjoint(
            provenance.departed_under(self.identity(entry), entry.name)
        )

    # --- one after the other -------------------------------------------------------------------

    def namesake(self, number: int) -> tuple[str | None, str | None]:
        """Return who of that name an entry means after all, and else who it may be.

        A name alone, spelled the same, means the same person as long as one of the two says
        nothing else.
        """
        sure = self._surely(number)
        if sure is not None:
            return sure, None
        candidate = None
        silent = not self._details_of[number]
        for uid in self._namesakes(number):
            alone = silent or (
                uid not in self._met and not provenance.details_of(self._by_uid[uid], self._country)
            )
            if alone and self.is_spelled_so(uid, number):
                return uid, None
            candidate = candidate or uid
        return None, candidate

    def meet(self, number: int, contact: Contact) -> None:
        """Remember whom an entry meant: as it is now, and under the name that the file has."""
        self.enter(contact)
        self._name(contact.uid, self._entries[number].name)
        self._met.add(contact.uid)


def _surest(counted: Counter[T]) -> T | None:
    """Return what counts most, None if that is nothing or more than one."""
    best = counted.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _shared_uids(entries: Iterable[IncomingContact]) -> frozenset[str]:
    """Return the uids that entries of different names have: such an identity is none.

    Another spelling is no different name here: the uid proves that both are one.
    """
    names: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.uid:
            names[entry.uid].add(fold(entry.name))
    return frozenset(uid for uid, called in names.items() if len(called) > 1)


def _all_stated(origins: Iterable[Origin]) -> frozenset[str]:
    return _NOBODY.union(*(origin.stated for origin in origins))
