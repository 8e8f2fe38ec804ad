"""What a file does to a village: who is new, what changes, what stays and why."""

from __future__ import annotations

from itertools import chain
from typing import Any

from dorf.core.likeness import Likeness
from dorf.core.village import Contact, Encounter, Household, Village
from dorf.core.vocabulary import Role
from dorf.imports.incoming import Remark
from dorf.imports.provenance import Origin
from dorf.values import NamedTuple, dataclass


class Conflict(NamedTuple):
    """One thing of which the file and the village say something different; it stays as it is."""

    uid: str
    name: str
    field: str
    existing: Any
    incoming: Any


class Guess(NamedTuple):
    """A role that somebody got because a word of the file states it."""

    name: str
    word: str
    role: Role


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file does to a village."""

    household: Household
    household_changed: bool
    new: tuple[Contact, ...]
    changed: tuple[tuple[Contact, Contact], ...]
    """Contacts before and after; `Contact.changed_at` of the second is None for "now"."""
    same: frozenset[str]
    """The uids of those whom the file and the village both know, and nothing new of them."""
    kept: tuple[str, ...]
    """Names of contacts that the village knows in a newer version than the file."""
    new_encounters: tuple[Encounter, ...]
    changed_encounters: tuple[Encounter, ...]
    unknown: tuple[str, ...] = ()
    doubled: int = 0
    """Entries of somebody of whom the file has another one, too."""
    remarks: tuple[Remark, ...] = ()
    doubtful: tuple[Likeness, ...] = ()
    """Who has the name of somebody who was there, and may be that one."""
    conflicts: tuple[Conflict, ...] = ()
    guessed: tuple[Guess, ...] = ()
    origins: tuple[Origin, ...] = ()
    came_back: frozenset[str] = frozenset()
    """Keys of entries that were deleted here and are back."""

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (
            self.household_changed
            or self.new
            or self.changed
            or self.new_encounters
            or self.changed_encounters
        )

    @property
    def unchanged(self) -> int:
        """How many stay just as they are."""
        return len(self.same)

    @property
    def skipped(self) -> tuple[Remark, ...]:
        """What was left out as a whole: contacts and encounters."""
        return tuple(remark for remark in self.remarks if remark.entry)

    def applied(self, village: Village) -> Village:
        """Return *village* as it is with all this, without what the log says of each."""
        contacts = village.by_uid() | {after.uid: after for _, after in self.changed}
        contacts |= {contact.uid: contact for contact in self.new}
        parts = (village.encounters, self.changed_encounters, self.new_encounters)
        log = {encounter.uid: encounter for encounter in chain(*parts)}
        return Village(self.household, tuple(contacts.values()), encounters=tuple(log.values()))


def combined(first: Outcome, second: Outcome) -> Outcome:
    """Return what two files do one after the other, the second in the village of the first."""
    before = {old.uid: old for old, _ in first.changed}
    after = {new.uid: new for _, new in first.changed}
    new = {contact.uid: contact for contact in first.new}
    for old, now in second.changed:
        if old.uid in new:
            new[old.uid] = now
        else:
            before.setdefault(old.uid, old)
            after[old.uid] = now
    log = {encounter.uid: encounter for encounter in first.new_encounters}
    changed = {encounter.uid: encounter for encounter in first.changed_encounters}
    for encounter in second.changed_encounters:
        (log if encounter.uid in log else changed)[encounter.uid] = encounter
    summed = {field: getattr(first, field) + getattr(second, field) for field in _SUMMED}
    return Outcome(
        **summed,
        household=second.household,
        household_changed=first.household_changed or second.household_changed,
        new=(*new.values(), *second.new),
        changed=tuple((before[uid], after[uid]) for uid in after),
        same=(first.same | second.same) - new.keys() - after.keys(),
        new_encounters=(*log.values(), *second.new_encounters),
        changed_encounters=tuple(changed.values()),
        came_back=first.came_back | second.came_back,
    )


_SUMMED = (
    "kept", "unknown", "doubled", "remarks", "doubtful", "conflicts", "guessed", "origins"
)  # fmt: skip
"""What the outcome of two files has from the one and from the other."""
