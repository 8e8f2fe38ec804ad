"""What an entry of a file adds to a contact that exists, field by field.

For each field three things are compared: the *base*, which the file said last time, what is noted
*here*, and what the *file* says now. Files never overwrite what was typed here, and never bring
back what was removed here; what a file said itself, it may correct.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Any

from dorf.core.likeness import HOME
from dorf.core.merge import (
    fuller_day,
    joined_texts,
    united_days,
    united_kids,
    united_lists,
)
from dorf.core.names import appearance
from dorf.core.village import Contact
from dorf.core.vocabulary import ROLES
from dorf.errors import WrongField
from dorf.imports.incoming import IncomingContact
from dorf.imports.outcome import Conflict
from dorf.imports.provenance import LISTS, digest, earlier, phone_digest
from dorf.values import NamedTuple, replace

_UNSTATED: dict[str, object] = {
    "roles": (ROLES["other"],),
    "strained": False,
    "single_parent": False,
}
"""What counts as not stated yet, beside None and an empty list: 0, "no", "nothing" are stated."""

_NEW_ONLY = frozenset(
    {"added_on", "changed_at", "role_history", "status", "paused_until", "resumed_on"}
)
"""What a file says of somebody new only: here it came about by what was done here."""


class Options(NamedTuple):
    """What was asked for: whose word counts, and whether deleted people may come back."""

    prefer_file: bool = False
    take: frozenset[tuple[str, str, str]] = frozenset()
    """The `conflict_key` of each conflict in which the file is right."""
    again: bool = False


def conflict_key(conflict: Conflict) -> tuple[str, str, str]:
    """Return name, field and digest of a conflict; uids of new people are other ones each time."""
    return conflict.name, conflict.field, digest(conflict.field, conflict.incoming)


# --- a field with one value ---------------------------------------------------------------------


class Action(Enum):
    """What becomes of a field."""

    KEEP = auto()
    TAKE = auto()
    UNITE = auto()
    CONFLICT = auto()


class Sides(NamedTuple):
    """What is known of one field before it is decided."""

    field: str
    equal: bool
    """Here stands what the file says."""
    empty: bool
    """Nothing is stated here."""
    repeated: bool
    """The file says what its base said: whatever is different was done here."""
    untouched: bool
    """Here stands what the base said: nobody changed it here."""
    returning: bool
    """The file said this once, and something else last time: two files take turns."""
    compatible: bool
    """Both can be stated together: a day without a year and the same day with one."""
    preferred: bool
    """Whoever imports prefers the file."""
    chosen: bool
    """Whoever imports was asked about just this, and took the file's value."""
    guessed: bool
    """The value was guessed from a word of the file, such as the name of a group."""


_TABLE: tuple[tuple[str, Callable[[Sides], bool], Action], ...] = (
    # The first row that fits decides.
    ("both sides agree", lambda s: s.equal, Action.KEEP),
    ("removed here", lambda s: s.repeated and s.empty, Action.KEEP),
    ("changed here only", lambda s: s.repeated and not s.preferred, Action.KEEP),
    ("a day with and without a year", lambda s: s.compatible and s.field == "birthday",
     Action.UNITE),
    ("nothing here yet", lambda s: s.empty, Action.TAKE),
    ("changed in the file only", lambda s: s.untouched and not s.returning, Action.TAKE),
    ("changed on both sides, and fits together", lambda s: s.compatible, Action.UNITE),
    ("the file is to be right", lambda s: s.preferred or s.chosen, Action.TAKE),
    ("a guess against what was typed", lambda s: s.guessed and not s.untouched, Action.KEEP),
    ("changed on both sides", lambda _: True, Action.CONFLICT),
)  # fmt: skip


def decide(sides: Sides) -> Action:
    """Return what becomes of a field, by the first row of the table that fits."""
    return next(action for _, fits, action in _TABLE if fits(sides))


class Comparison:
    """A contact that exists, and what an entry of a file adds to it."""

    def __init__(  # noqa: PLR0913, PLR0917  (all that is compared)
        self,
        existing: Contact,
        entry: IncomingContact,
        base: frozenset[str],
        known: frozenset[str],
        options: Options,
        country: str = HOME,
    ) -> None:
        """Compare with the *base* of this file, and with what is *known* of all files.

        Numbers without a code are those of *country*.
        """
        self._country = country
        self._existing = existing
        self._base = base
        self._known = known
        self._options = options
        self.conflicts: list[Conflict] = []
        self.fields: dict[str, Any] = {}
        """The fields that change, with their new values."""
        given = {f: v for f, v in entry.given.items() if f not in _NEW_ONLY}
        for field, value in given.items():
            if field not in LISTS:
                guessed = field == "roles" and bool(entry.guessed)
                self._compare(field, value, guessed=guessed)
        self._add_items({field: given.get(field, ()) for field in LISTS})

    def _compare(self, field: str, incoming: Any, *, guessed: bool) -> None:  # noqa: ANN401  (any field)
        existing = getattr(self._existing, field)
        conflict = Conflict(self._existing.uid, self._existing.name, field, existing, incoming)
        both = _united(field, existing, incoming)
        action = decide(self._sides(conflict, compatible=both is not None, guessed=guessed))
        if action is Action.CONFLICT:
            self.conflicts.append(conflict)
        elif action is not Action.KEEP:
            self.fields[field] = both if action is Action.UNITE else incoming

    def _sides(self, conflict: Conflict, *, compatible: bool, guessed: bool) -> Sides:
        field, existing, incoming = conflict.field, conflict.existing, conflict.incoming
        here = "" if existing is None else digest(field, existing)
        file = digest(field, incoming)
        untouched = here in self._base or (guessed and earlier(here) in self._base)
        return Sides(
            field,
            equal=existing == incoming,
            empty=existing in (None, ()) or existing == _UNSTATED.get(field),
            repeated=file in self._known,
            untouched=untouched,
            returning=earlier(file) in self._base,
            compatible=compatible,
            preferred=self._options.prefer_file and (untouched or not guessed),
            chosen=conflict_key(conflict) in self._options.take,
            guessed=guessed,
        )

    # --- a field with many values ---------------------------------------------------------------

    def _add_items(self, given: Mapping[str, Sequence[Any]]) -> None:
        """Add what is not there yet, unless the file said it before and it was removed here."""
        new: dict[str, Any] = {
            field: tuple(item for item in items if self._is_new(field, item))
            for field, items in given.items()
        }
        if not any(new.values()):
            return
        existing, incoming = self._existing, replace(self._existing, **new)
        self.fields |= united_lists(existing, incoming, self._country)
        self.fields["kids"] = united_kids(existing.kids, incoming.kids, appearance)
        self.fields["yearly_days"] = united_days(existing.yearly_days, incoming.yearly_days)

    def _is_new(self, field: str, item: Any) -> bool:  # noqa: ANN401  (any field)
        digests = [digest(field, item)]
        if field == "phones":
            digests.append(phone_digest(item, self._country))
        return self._known.isdisjoint((*digests, *map(earlier, digests)))


def _united(field: str, existing: Any, incoming: Any) -> object:  # noqa: ANN401  (any field)
    """Return what both sides say together, None if that is a contradiction or no question."""
    if field == "birthday" and existing and incoming:
        return fuller_day(existing, incoming)
    if field == "attachment":
        return tuple(sorted((dict(incoming) | dict(existing)).items()))
    if field != "notes" or not existing:
        return None
    try:
        return joined_texts("\n", existing, incoming)
    except WrongField:
        return None
