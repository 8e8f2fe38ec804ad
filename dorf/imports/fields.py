"""What an entry of a file adds to somebody who is there: where nothing is noted, or it is new.

The file never overwrites what was typed here, and never brings back what was removed here. What
it said itself, it may correct.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from dorf.core.merge import (
    fuller_day,
    joined_texts,
    united_days,
    united_kids,
    united_lists,
)
from dorf.core.names import appearance
from dorf.core.vocabulary import ROLES
from dorf.errors import WrongField
from dorf.imports.incoming import Conflict
from dorf.imports.provenance import LISTS, mark, once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dorf.core.village import Contact
    from dorf.imports.incoming import IncomingContact

_OTHER = (ROLES["other"],)
_UNSAID: dict[str, object] = {"roles": _OTHER, "strained": False, "single_parent": False}
"""What counts as not stated yet, beside None and an empty list: 0, "no" and "nothing" are said."""

_NEW_ONLY = frozenset(
    {"added_on", "changed_at", "role_history", "status", "paused_until", "resumed_on"}
)
"""What a file says of somebody new only: here it came about by what was done here."""


class Policy(NamedTuple):
    """What was asked for: whose word counts, and whether deleted people may come back."""

    prefer_file: bool = False
    take: frozenset[tuple[str, str, str]] = frozenset()
    """Name, field and mark of what the file says, of each conflict in which it is right."""
    again: bool = False


def token(one: Conflict) -> tuple[str, str, str]:
    """Return how a `Policy` names a conflict; uids of new people are other ones each time."""
    return one.name, one.field, mark(one.field, one.there)


class Filling:
    """What an entry adds to a contact: where nothing is noted, or the file says something new."""

    def __init__(
        self,
        there: Contact,
        entry: IncomingContact,
        stated: frozenset[str],
        known: frozenset[str],
        policy: Policy,
    ) -> None:
        """Compare with what the last file *stated*, and with what is *known* of all files."""
        self._there = there
        self._stated = stated
        self._known = known
        self._policy = policy
        self.conflicts: list[Conflict] = []
        self.fields: dict[str, Any] = {}
        given = {f: v for f, v in entry.given.items() if f not in _NEW_ONLY}
        for field in given.keys() - set(LISTS):
            self._single(field, given[field], guess=field == "roles" and bool(entry.guessed))
        self._lists({field: given.get(field, ()) for field in LISTS})

    def _single(self, field: str, new: Any, *, guess: bool) -> None:  # noqa: ANN401  (any field)
        old, said = getattr(self._there, field), mark(field, new)
        mine = "" if old is None else mark(field, old)
        ours = mine in self._stated or (guess and once(mine) in self._stated)
        insists = self._policy.prefer_file and (ours or not guess)
        empty = old in (None, ()) or old == _UNSAID.get(field)
        if old == new or (said in self._known and (empty or not insists)):
            return
        conflict = Conflict(self._there.uid, self._there.name, field, old, new)
        fuller = self._together(field, old, new)
        if empty or (ours and once(said) not in self._stated):
            self.fields[field] = fuller if field == "birthday" and fuller else new
        elif fuller is not None:
            self.fields[field] = fuller
        elif insists or token(conflict) in self._policy.take:
            self.fields[field] = new
        elif ours or not guess:
            self.conflicts.append(conflict)

    def _together(self, field: str, old: Any, new: Any) -> object:  # noqa: ANN401  (any field)
        """Return what both sides say together, None if that is a contradiction."""
        if field == "birthday" and old and new:
            return fuller_day(old, new)
        if field == "attachment":
            return tuple(sorted((dict(new) | dict(old)).items()))
        if field != "notes" or not old:
            return None
        try:
            return joined_texts("\n", old, new)
        except WrongField:
            return None

    def _lists(self, given: Mapping[str, Sequence[Any]]) -> None:
        """Add what is not there yet, unless the file said it before and it was removed here."""
        new: dict[str, Any] = {
            field: tuple(one for one in values if self._is_new(mark(field, one)))
            for field, values in given.items()
        }
        if not any(new.values()):
            return
        there, theirs = self._there, replace(self._there, **new)
        self.fields |= united_lists(there, theirs)
        self.fields["kids"] = united_kids(there.kids, theirs.kids, appearance)
        self.fields["yearly_days"] = united_days(there.yearly_days, theirs.yearly_days)

    def _is_new(self, one: str) -> bool:
        return self._known.isdisjoint((one, once(one)))
