"""What a finding is, and what a gap rule is: an id, a slug, facts to find, tips to suggest."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from dorf.core.gaps.situation import Situation
    from dorf.core.tips import Tip
    from dorf.core.vocabulary import Role


class Finding(NamedTuple):
    """One gap: its severity (3 gap, 2 thin, 1 note), and the facts to word it."""

    severity: int
    scope: str = ""
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Who might be asked, or could help if the line had not gone cold."""
    variant: str = ""
    """Which of the sentences of the rule it is, where there are several."""
    size: int = 0
    day: date | None = None
    role: Role | None = None
    tips: tuple[Tip, ...] | None = None
    """What can be suggested, if that is not what `Rule.tips` says."""
    suggestions: tuple[Tip, ...] = ()
    """What is suggested today; `Rule.findings` chooses."""
    rule: str = ""
    """The id of its rule; `Rule.findings` notes it."""

    @property
    def key(self) -> str:
        """The stable key, such as ``G02:company``; switches and acceptances name it."""
        return f"{self.rule}:{self.scope}" if self.scope else self.rule


class About(Enum):
    """What the scope of a finding names, where it comes and goes with the village."""

    CONTACT = auto()
    CHILD = auto()
    WISH = auto()


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
    """What it suggests before those, if it fits the household."""

    def findings(self, now: Situation) -> Iterator[Finding]:
        """Yield what the rule finds, with the suggestions of the day."""
        for found in self.find(now):
            tips = self.tips if found.tips is None else found.tips
            chosen = now.suggestions(tips, self.first)
            yield found._replace(rule=self.id, suggestions=chosen)

    def place(self, scope: str) -> tuple[int, str, str]:
        """Return where *scope* stands among the findings of the rule: to sort by."""
        known = self.scopes.index(scope) if scope in self.scopes else 0
        return known, scope.casefold(), scope
