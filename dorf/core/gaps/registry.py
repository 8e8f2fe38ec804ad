"""What a gap rule is, how it is registered, and the names in its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.core.support import by_name
from dorf.core.vocabulary import Place
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dorf.core.gaps.finding import About, Finding
    from dorf.core.gaps.situation import Situation
    from dorf.core.tips import Tip
    from dorf.core.village import Child, Contact

    Find = Callable[[Situation], Iterable[Finding]]


class Rule(NamedTuple):
    """A gap rule: all that is known of it but its words, which are in ``report``."""

    id: str
    slug: str
    find: Callable[[Situation], Iterable[Finding]]
    scopes: tuple[str, ...] = ()
    """The scopes that its findings can have, in their order."""
    about: About | None = None
    """What its scopes name, if they are names."""
    tips: tuple[Tip, ...] = ()
    """What it suggests, in turns."""
    first: tuple[Tip, ...] = ()
    """What it suggests before those."""

    def findings(self, now: Situation) -> Iterable[Finding]:
        """Return what the rule finds."""
        return [found._replace(rule=self.id) for found in self.find(now)]

    def place(self, scope: str) -> tuple[int, str, str]:
        """Return where *scope* stands among the findings of the rule: to sort by."""
        known = self.scopes.index(scope) if scope in self.scopes else 0
        return known, scope.casefold(), scope


REGISTERED: dict[str, Rule] = {}


def rule(
    slug: str,
    *tips: Tip,
    scopes: tuple[str, ...] = (),
    about: About | None = None,
    first: tuple[Tip, ...] = (),
) -> Callable[[Find], Find]:
    """Register a function under its own name in capitals: ``g01`` is rule G01."""

    def register(find: Find) -> Find:
        rule_id = find.__name__.upper()
        REGISTERED[rule_id] = Rule(rule_id, slug, find, scopes, about, tips, first)
        return find

    return register


def names_of(contacts: Iterable[Contact]) -> tuple[str, ...]:
    """Return the names, in order of name."""
    return tuple(contact.name for contact in by_name(contacts))


def children_of(children: Iterable[Child]) -> tuple[str, ...]:
    """Return the names of children of the household, in its order."""
    return tuple(child.name for child in children)


def can_be_met(contact: Contact) -> bool:
    """Tell whether somebody can be met: not online only, and not far away."""
    return not contact.is_online_only and contact.where is not Place.FAR
