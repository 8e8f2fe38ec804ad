"""What a file of another program may do: it fills what is empty and overwrites nothing.

What the file says is compared with what it said last time, so that both sides may go on being
edited: a number that was deleted here stays away, one that is new there comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from dorf.core.command_line import call
from dorf.core.dates import PartialDate
from dorf.core.lifecycle import died
from dorf.core.likeness import Likeness, Reason, country_of, one_each
from dorf.core.merge import same_day
from dorf.core.names import LONGEST_NAME, appearance
from dorf.core.spelling import fold
from dorf.core.village import Child, Contact, Household, Village
from dorf.core.vocabulary import Status
from dorf.errors import N_, DorfError, WrongField
from dorf.imports import provenance
from dorf.imports.draft import DIED, death_in
from dorf.imports.encounters import ComparedJournal
from dorf.imports.fields import Comparison, Options
from dorf.imports.incoming import Incoming, IncomingContact, IncomingEncounter, Remark
from dorf.imports.matching import Matching
from dorf.imports.merge import Join
from dorf.imports.name_parts import part_digests
from dorf.imports.outcome import Guess, Outcome
from dorf.imports.provenance import Known, Origin, digest, earlier, name_key
from dorf.values import replace

NOT_THERE = N_(
    "{name} is no longer in this address book. Have they left your village, too? {end} · {delete}"
)
MAY_BE_BOTH = N_(
    "{name} or {other}? Both have the same name and details; what stands here went to {name}."
)
OTHER_BIRTHDAY = N_(
    "{name} has another birthday than last time ({new}, not {old}). If this is somebody else: dorf "
    "undo, then give one of the two another name in the file, and import it again."
)
_WAYS_TO_PART = ("dorf end", "dorf delete")


class ProgramJoin(Join):
    """A village, whole as it is, and a file of another program, of the format *source*."""

    def __init__(  # noqa: PLR0913, PLR0917  (the state of one join)
        self,
        village: Village,
        incoming: Incoming,
        source: str,
        known: Known,
        today: date,
        new_uid: Callable[[], str],
        options: Options,
    ) -> None:
        """Begin with what is *known* of earlier imports; see `Join` for the others."""
        self._country = _country(village, incoming)
        incoming = _with_single_numbers(incoming, self._country)
        super().__init__(village, incoming, today, new_uid)
        days, everybody = _days_met(incoming.encounters), (*incoming.contacts, *incoming.others)
        self._matching = Matching(village.contacts, known, source, everybody, days, self._country)
        self._source = source
        self._known = known
        self.departed = known.departed
        self._options = options
        self._candidates: dict[int, str] = {}
        """Whom an entry may mean that is added as somebody new."""
        self._numbers: dict[str, int] = {}
        self._rows: set[int | None] = {None}
        self._origins: dict[tuple[str, str | None, str], Origin] = {}
        self._log_digests: Mapping[str, set[str]] = {}
        self._follow_names()

    def name_key(self, name: str) -> str:
        """Return the name as it looks on the screen."""
        return appearance(name)

    def match(self, number: int) -> str | None:
        """Return whom an entry means; remember whom it may mean where that is not sure."""
        uid, candidate = self._matching.found.get(number), None
        if uid is None:
            uid, candidate = self._matching.namesake(number)
        if candidate is not None:
            self._candidates[number] = candidate
        if uid is not None and number in self._matching.undecided:
            other = self.contacts[self._matching.undecided[number]].name
            self._tell(number, DorfError(MAY_BE_BOTH, name=self.contacts[uid].name, other=other))
        return uid

    def _tell(self, number: int, what: DorfError) -> None:
        self.remarks.append(Remark(self.incoming.contacts[number].place, what))

    def joined(self, contact: Contact, number: int) -> None:
        """Remember what the file says of a contact, and let it be found by the next entries."""
        self._remember(contact, number)
        self._matching.meet(number, contact)

    def journal(self) -> ComparedJournal:
        """Return the log, which compares with what the file said before."""
        journal = ComparedJournal(
            self.village,
            self,
            self.new_uid,
            self.incoming.encounters,
            self.today,
            insists=self._options.prefer_file,
        )
        self._log_digests = journal.digests
        return journal

    # --- somebody new --------------------------------------------------------------------------

    def add(self, number: int) -> Contact | None:
        """Return the new contact of an entry, unless it was deleted here or can't be kept."""
        entry = self.incoming.contacts[number]
        if self._stays_away(entry):
            return None
        identity = self._matching.identity(entry)
        uid = identity if identity and identity not in self.contacts else self.new_uid()
        name = self._free_name(entry)
        try:
            contact = Contact(**{"added_on": self.today, **entry.given, "uid": uid, "name": name})
        except WrongField as wrong:
            what = DorfError(N_("left out: {reason}"), reason=wrong)
            self.remarks.append(Remark(entry.place, what, entry=True))
            return None
        self._guess(contact, entry)
        if number in self._candidates:
            self._doubt(name, self._candidates[number], number)
        return contact

    def _stays_away(self, entry: IncomingContact) -> bool:
        gone = self.departed & provenance.departed_under(self._matching.identity(entry), entry.name)
        if gone and self._options.again:
            self.came_back |= gone
            return False
        if gone:
            what = DorfError(
                N_("{name} was deleted here; --again brings them back"), name=entry.name
            )
            self.remarks.append(Remark(entry.place, what, entry=True))
        return bool(gone)

    def _doubt(self, name: str, candidate: str, number: int) -> None:
        """Say that a new contact may be somebody who exists already."""
        exact = self._matching.is_spelled_so(candidate, number)
        reason = Reason.NAMESAKE if exact else Reason.SPELLING
        self.doubtful.append(Likeness(name, self.contacts[candidate].name, reason))

    def _free_name(self, entry: IncomingContact) -> str:
        """Return the name, with what tells it apart where somebody else has it already."""
        if self.name_key(entry.name) not in self.names:
            return entry.name
        stem = entry.name[: LONGEST_NAME - 60]
        asides = [f"{stem} ({entry.aside[:40]})"] if entry.aside else []
        names = chain(asides, self._numbered(stem))
        return next(name for name in names if self.name_key(name) not in self.names)

    def _numbered(self, stem: str) -> Iterator[str]:
        """Yield names with a number, from where the last one of that name left off."""
        while True:
            self._numbers[stem] = self._numbers.get(stem, 1) + 1
            yield f"{stem} ({self._numbers[stem]})"

    def _guess(self, contact: Contact, entry: IncomingContact) -> None:
        self.guessed += [Guess(contact.name, word, role) for word, role in entry.guessed]

    # --- somebody who exists -------------------------------------------------------------------

    def update(self, contact: Contact, number: int) -> Contact:
        """Return a contact with what the file says anew, and where nothing is noted."""
        entry = self.incoming.contacts[number]
        contact = self._called(contact, number)
        known = self._matching.known(contact.uid)
        compared = Comparison(
            contact, entry, self._base(contact.uid, number), known, self._options, self._country
        )
        self.conflicts += compared.conflicts
        self._ask_about_birthday(contact, compared.fields.get("birthday"), number)
        died_on = compared.fields.pop("died_on", None)
        roles = compared.fields.pop("roles", contact.roles)
        contact = replace(contact, **compared.fields)
        if roles != contact.roles:
            contact = contact.with_roles(roles, self.today)
            self._guess(contact, entry)
        if entry.dead and digest("status", Status.ENDED) not in known:
            contact = self._remembered(contact, entry, died_on)
        elif died_on and contact.status is Status.ENDED:
            contact = died(contact, died_on, self.today)
        return contact

    def _remembered(self, contact: Contact, entry: IncomingContact, day: date | None) -> Contact:
        """Return somebody of whom the file says for the first time that they have died.

        Who was in the village is said goodbye to on the day that the file knows, else today.
        """
        notes = entry.given.get("notes") or ""
        if day is None and contact.status is not Status.ENDED and not death_in(notes):
            day = self.today
            if DIED in notes.split("\n") and contact.notes:  # the field says it now
                lines = [line for line in contact.notes.split("\n") if line != DIED]
                contact = replace(contact, notes="\n".join(lines) or None)
        return died(contact, day, self.today)

    def _ask_about_birthday(self, contact: Contact, new: PartialDate | None, number: int) -> None:
        """Ask whether a name with wholly another birthday is a namesake: a mother, a neighbour.

        Files correct a birthday, too, so it is taken all the same; an identity proves it.
        """
        old = contact.birthday
        if new and old and self._matching.identity(self.incoming.contacts[number]) is None:
            parts = ((old.year, new.year), (old.month, new.month), (old.day, new.day))
            if all(None not in part and part[0] != part[1] for part in parts):
                self._tell(number, DorfError(OTHER_BIRTHDAY, name=contact.name, old=old, new=new))

    def _base(self, uid: str, number: int) -> frozenset[str]:
        """Return what the file said last time of the contact in the same entry."""
        origin = self._matching.origin(uid, number)
        return origin.stated if origin else frozenset()

    def _follow_names(self) -> None:
        """Give people the new names that the file has for them, and let the old ones be free.

        All at once: two may have swapped their names, or one got what another gave up.
        """
        wanted: dict[str, int] = {}
        for number, uid in self._matching.found.items():
            asked = number < len(self.incoming.contacts)
            if asked and uid not in wanted and self._has_new_name(uid, number):
                wanted[uid] = number
        while blocked := self._blocked(wanted):
            for uid in blocked:
                del wanted[uid]
        for uid in wanted:
            del self.names[self.name_key(self.before[uid].name)]
        for uid, number in wanted.items():
            name = self.incoming.contacts[number].name
            self.names[self.name_key(name)] = uid
            self.contacts[uid] = replace(self.before[uid], name=name)

    def _has_new_name(self, uid: str, number: int) -> bool:
        """Tell whether the file has a new name for somebody whose name nobody changed here."""
        contact, new = self.before[uid], self.incoming.contacts[number].name
        base, spelling = self._base(uid, number), digest("spelling", new)
        if new == contact.name or not base.isdisjoint((spelling, earlier(spelling))):
            return False
        if fold(new) == fold(contact.name):
            return digest("spelling", contact.name) in base
        if fold(new) in map(fold, contact.nicknames):
            return False
        unchanged = not base.isdisjoint(
            (name_key(contact.name), provenance.coined_digest(contact.name))
        )
        return unchanged and name_key(new) not in base

    def _blocked(self, wanted: Mapping[str, int]) -> list[str]:
        """Return who can't get the new name: somebody has it and keeps it, or gets it before."""
        given: set[str] = set()
        blocked = []
        for uid, number in wanted.items():
            new = self.name_key(self.incoming.contacts[number].name)
            holder = self.names.get(new, uid)
            if (holder != uid and holder not in wanted) or new in given:
                blocked.append(uid)
            given.add(new)
        return blocked

    def _called(self, contact: Contact, number: int) -> Contact:
        """Let a new name in the file be a nickname, where the name was changed here."""
        new = self.incoming.contacts[number].name
        names = {fold(name) for name in (contact.name, *contact.nicknames)}
        if name_key(new) in self._matching.known(contact.uid) or fold(new) in names:
            return contact
        return replace(contact, nicknames=(*contact.nicknames, new))

    # --- what is remembered --------------------------------------------------------------------

    def stated(self, uid: str) -> frozenset[str]:
        """Return all that earlier files of this format said of somebody."""
        return self._matching.stated(uid)

    def last_contact_is_new(self, uid: str, number: int) -> bool:
        """Tell whether the file did not say this last contact before."""
        last = digest("last_contact", self.incoming.contacts[number].last_contact)
        return self._matching.known(uid).isdisjoint((last, earlier(last)))

    def _remember(self, contact: Contact, number: int) -> None:
        uid, entry = contact.uid, self.incoming.contacts[number]
        base = self._matching.origin(uid, number)
        identity = self._matching.identity(entry)
        key = (uid, provenance.uid_key(identity), name_key(entry.name))
        stated = self._matching.digests[number] | {provenance.spelled_key(entry.name)}
        stated |= {*part_digests(entry.parts), *self._books(entry, base)}
        coined = provenance.coined_digest(contact.name)
        is_new = uid not in self.before
        if (base and coined in base.stated) or (is_new and contact.name != entry.name):
            stated |= {coined}
        if base:
            stated |= provenance.earlier_digests(base.stated, stated)
        if key in self._origins:
            before = self._origins[key]
            self._origins[key] = before._replace(stated=before.stated | stated)
            return
        row = base.row if base and base.row not in self._rows else None
        self._rows.add(row)
        self._origins[key] = Origin(uid, self._source, key[1], key[2], stated, row)

    def _books(self, entry: IncomingContact, base: Origin | None) -> Iterator[str]:
        """Yield the digests of the address books in which an entry is, or was before."""
        yield from (key for key in (base.stated if base else ()) if key.startswith(provenance.BOOK))
        for book in self.incoming.books:
            if entry.place.startswith(book.beginning):
                yield provenance.book_digest(book.path)

    def outcome(self) -> Outcome:
        """Return what the file does, and ask about whom an address book no longer has."""
        done = super().outcome()
        return replace(done, remarks=(*done.remarks, *self._missing()))

    def _missing(self) -> Iterator[Remark]:
        """Yield a question about each contact who was in an address book and left it."""
        for book in self.incoming.books:
            key = provenance.book_digest(book.path)
            gone = {o.contact for o in self._known.origins if key in o.stated} - self.met
            for contact in self.before.values():
                if book.whole and contact.uid in gone and contact.status is not Status.ENDED:
                    end, delete = (call(way, contact.name) for way in _WAYS_TO_PART)
                    what = DorfError(NOT_THERE, name=contact.name, end=end, delete=delete)
                    yield Remark(book.path, what)

    def origins(self) -> tuple[Origin, ...]:
        """Return what the file said of everybody, with the digests of their encounters."""
        return tuple(
            origin._replace(stated=origin.stated.union(self._log_digests.get(origin.contact, ())))
            for origin in self._origins.values()
        )

    # --- the household -------------------------------------------------------------------------

    def household(self) -> Household:
        """Return the household with the children of the file, its keys with new names."""
        children = self._welcome(self.incoming.household.get("children", ()))
        return _with_children(self.renamed(self.village.household), tuple(children))

    def _welcome(self, given: Iterable[Child]) -> Iterator[Child]:
        """Yield the children of the household who were not removed here."""
        for child in given:
            gone = provenance.child_keys(child.name) & self.departed
            if gone and self._options.again:
                self.came_back |= gone
            if not gone or self._options.again:
                yield child


def _country(village: Village, incoming: Incoming) -> str:
    """Return the code of the country from which most numbers of the village and the file are."""
    stated = (entry.given.get("phones", ()) for entry in incoming.contacts)
    return country_of(chain(*(contact.phones for contact in village.contacts), *stated))


def _with_single_numbers(incoming: Incoming, country: str) -> Incoming:
    """Return *incoming* with each number once for everybody, but for what dorf itself wrote."""

    def single(entry: IncomingContact) -> IncomingContact:
        phones = entry.given.get("phones", ())
        if entry.exact or not phones[1:]:
            return entry
        return replace(entry, given={**entry.given, "phones": tuple(one_each(phones, country))})

    contacts, others = (tuple(map(single, each)) for each in (incoming.contacts, incoming.others))
    return replace(incoming, contacts=contacts, others=others)


def _with_children(household: Household, given: tuple[Child, ...]) -> Household:
    """Add the children of the file whom the household does not have, under any name.

    The same name is the same child; so is one of the same birth whom the file does not name, a
    twin aside.
    """
    named = {provenance.spelled_key(child.name) for child in given}
    names = {provenance.spelled_key(child.name) for child in household.children}
    unnamed = [
        child for child in household.children if provenance.spelled_key(child.name) not in named
    ]
    new = []
    for child in given:
        if provenance.spelled_key(child.name) in names:
            continue
        same = next((existing for existing in unnamed if _may_be_one(existing, child)), None)
        if same is None:
            new.append(child)
        else:
            unnamed.remove(same)
    return household._replace(children=(*household.children, *new))


def _may_be_one(first: Child, second: Child) -> bool:
    """Tell whether two children were born on one day, or can be: a name in another spelling."""
    alike = fold(first.name) == fold(second.name)
    return first.born == second.born or (alike and same_day(first.born, second.born))


def _days_met(encounters: Iterable[IncomingEncounter]) -> dict[str, frozenset[str]]:
    """Return for each person, as the file names them, the digests of the days they were met on."""
    days: dict[str, set[str]] = defaultdict(set)
    for encounter in encounters:
        for person in encounter.people:
            days[person].add(provenance.day_digest(encounter.day))
    return {person: frozenset(digests) for person, digests in days.items()}
