"""What a finding is: the facts of one gap, what is left without somebody, what is held back."""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING

from dorf.values import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from dorf.core.tips import Tip
    from dorf.core.vocabulary import Kind, Role

ASK = "ask"
"""The scope of a finding that is a question: what it would be about is not known yet."""


class Left(NamedTuple):
    """A kind of support that hangs on one person or on nobody, once somebody is gone."""

    kind: Kind
    names: tuple[str, ...]


class Finding(NamedTuple):
    """One gap: its severity (3 gap, 2 thin, 1 note), and the facts to word it."""

    severity: int
    scope: str = ""
    names: tuple[str, ...] = ()
    """Whom it is about, all of them."""
    asked: tuple[str, ...] = ()
    """Who might be asked, in the order of asking; at most three."""
    others: tuple[str, ...] = ()
    """Who could help if the line had not gone cold, or lived near perhaps."""
    children: tuple[str, ...] = ()
    """The children of the household that it is about, where they are no scope."""
    variant: str = ""
    """Which of the sentences of the rule it is, where there are several."""
    size: int = 0
    day: date | None = None
    role: Role | None = None
    leaves: tuple[Left, ...] = ()
    """What is left of the kinds of support once the person is gone (G22)."""
    helped: bool = False
    """Whether the first of `asked` is somebody whom the household helps already."""
    offers: tuple[Tip, ...] = ()
    """The help from outside that its sentence names (G21)."""
    tips: tuple[Tip, ...] | None = None
    """What can be suggested, if that is not what `Rule.tips` says."""
    suggestions: tuple[Tip, ...] = ()
    """What is suggested today; `rules.find_gaps` chooses."""
    is_question: bool = False
    """Whether it asks for what is not known, before anything is called missing."""
    rule: str = ""
    """The id of its rule; `Rule.findings` notes it."""

    @property
    def key(self) -> str:
        """The stable key, such as ``G02:company``; switches and acceptances name it."""
        return f"{self.rule}:{self.scope}" if self.scope else self.rule


class Reason(StrEnum):
    """Why a finding is held back."""

    MOURNING = "mourning"
    OFF = "off"
    ACCEPTED = "accepted"


class Held(NamedTuple):
    """A finding that is not shown, and why."""

    finding: Finding
    reason: Reason


class About(Enum):
    """What the scope of a finding names, where it comes and goes with the village."""

    CONTACT = auto()
    CHILD = auto()
    WISH = auto()
