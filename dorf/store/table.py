"""The few statements that most tables need, in plain SQL, with names from the schema alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Groups = defaultdict[int, list[Any]]


def grouped(rows: Iterable[tuple[Any, ...]]) -> Groups:
    """Return the rows by their first column, in their order, without it."""
    groups: Groups = defaultdict(list)
    for row in rows:
        groups[row[0]].append(row[1] if len(row) == 2 else row[1:])
    return groups
