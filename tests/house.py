"""The house as its imports draw it: ``python -m tests.house`` prints it, a test holds it.

Every import counts, wherever it stands: at the top of a module, inside a function, or a module's
full name in a string, as lazy loading writes it. Imports for types alone are told apart: at run
time they do not exist.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "dorf"

ROOMS = {
    "errors": set[str](),
    "timing": set[str](),
    "values": set[str](),
    "i18n": {"errors"},
    "core": {"errors", "values"},
    "scheduler": {"errors"},
    "imports": {"core", "errors", "values"},
    "formats": {"imports", "core", "i18n", "errors", "values"},
    "store": {"imports", "core", "timing", "errors", "values"},
    "report": {"scheduler", "formats", "imports", "core", "i18n", "errors", "values"},
    "completion": {"store", "core", "errors"},
    "cli": {
        "completion", "report", "store", "scheduler", "formats", "imports", "core", "i18n",
        "timing", "errors", "values",
    },
    "start": {"completion", "cli"},
    "__init__": set[str](),
    "__main__": {"start"},
}  # fmt: skip
"""The rooms from the ground up, and which others each may import."""

LONG, TOO_LONG = 450, 500
"""Lines of a module: from where the printout names it, and what the test holds."""

CROWDED = 24
"""Modules in one package that ``ls`` still explains: about twenty."""

NAMELESS = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "base"}
"""Names that say nothing about what a module knows."""


class Arrow(NamedTuple):
    """One module imports another one of dorf; *typing* if only a type checker does."""

    source: str
    target: str
    typing: bool


def modules() -> dict[str, Path]:
    """Return all modules of dorf by their full names; a package has the name of its folder."""
    return {_name(path): path for path in sorted(HOUSE.rglob("*.py"))}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)


def room(name: str) -> str:
    """Return the room of the module *name*."""
    return name.split(".")[1]


@cache
def imported(path: Path) -> frozenset[tuple[str, bool]]:
    """Return the full names that a file imports, and whether only for types."""
    return frozenset(_imported(ast.parse(path.read_text("utf-8")), typing=False))


def _imported(node: ast.AST, *, typing: bool) -> Iterator[tuple[str, bool]]:
    match node:
        case ast.Import():
            yield from ((alias.name, typing) for alias in node.names)
        case ast.ImportFrom():
            if node.level:
                raise ValueError(f"relative import in line {node.lineno}")
            yield from ((f"{node.module}.{alias.name}", typing) for alias in node.names)
        case ast.Constant(value=str(text)) if re.fullmatch(r"dorf(\.\w+)+", text):
            yield text, typing
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            yield from (name for inner in node.body for name in _imported(inner, typing=True))
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _imported(child, typing=typing)


def arrows() -> set[Arrow]:
    """Return who imports whom; an import at run time hides one for types between the same two."""
    known = modules()
    found = {
        Arrow(source, target, typing)
        for source, path in known.items()
        for name, typing in imported(path)
        for target in {name, name.rpartition(".")[0]} & set(known)
        if target != source and (target == name or name not in known)
    }
    return {
        arrow for arrow in found if not (arrow.typing and arrow._replace(typing=False) in found)
    }


def rings(found: Iterable[Arrow]) -> list[list[str]]:
    """Return the groups of modules that reach each other along the arrows *found*."""
    graph: dict[str, set[str]] = {}
    for arrow in found:
        graph.setdefault(arrow.source, set()).add(arrow.target)
    reached = {name: _reached(graph, name) for name in graph}
    groups = {
        frozenset(other for other in reached[name] if name in reached.get(other, ()))
        for name in graph
        if name in reached[name]
    }
    return sorted(sorted(group) for group in groups)


def _reached(graph: Mapping[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        fresh = graph.get(waiting.pop(), set()) - seen
        seen |= fresh
        waiting += fresh
    return seen


def arrows_up(found: Iterable[Arrow]) -> list[Arrow]:
    """Return the arrows between rooms that `ROOMS` does not allow."""
    return sorted(
        arrow
        for arrow in found
        if room(arrow.target) not in ROOMS[room(arrow.source)] | {room(arrow.source)}
    )


def lines(path: Path) -> int:
    """Return the number of lines of a file."""
    return len(path.read_text("utf-8").splitlines())


def packages() -> Counter[str]:
    """Return the number of modules of each package, those of its inner packages not counted."""
    return Counter(str(path.parent.relative_to(ROOT)) for path in modules().values())


def nameless() -> list[str]:
    """Return the modules whose name says nothing."""
    return [name for name in modules() if NAMELESS & set(name.split("."))]


# --- the printout ------------------------------------------------------------------------------


def _rooms_table() -> Iterator[str]:
    files: Counter[str] = Counter()
    length: Counter[str] = Counter()
    for name, path in modules().items():
        files[room(name)] += 1
        length[room(name)] += lines(path)
    yield f"{'room':<12}{'files':>6}{'lines':>8}"
    yield from (f"{name:<12}{files[name]:>6}{length[name]:>8,}" for name in ROOMS)
    yield f"{'dorf':<12}{files.total():>6}{length.total():>8,}"


def _arrows_table(found: Iterable[Arrow]) -> Iterator[str]:
    count: Counter[tuple[str, str]] = Counter()
    for arrow in found:
        count[room(arrow.source), room(arrow.target)] += 1
    for source in ROOMS:
        targets = [f"{target} {count[source, target]}" for target in ROOMS if count[source, target]]
        if targets:
            yield f"{source:<12}→ {', '.join(targets)}"


def offenders() -> list[str]:
    """Return what is wrong with the house, a line each."""
    found = arrows()
    return [
        *(f"cycle: {' ↔ '.join(ring)}" for ring in rings(found)),
        *(f"arrow up: {arrow.source} → {arrow.target}" for arrow in arrows_up(found)),
        *(f"too long: {name}, {lines(path)} lines" for name, path in modules().items()
          if lines(path) > TOO_LONG),
        *(f"crowded: {name}, {number} modules" for name, number in packages().items()
          if number > CROWDED),
        *(f"says nothing: {name}" for name in nameless()),
    ]  # fmt: skip


def _functions_line() -> str:
    lengths = sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules().values()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    )
    nine = lengths[len(lengths) * 9 // 10]
    return (
        f"functions: {len(lengths):,}, median {median(lengths):.0f} lines, "
        f"nine in ten at most {nine}, longest {lengths[-1]}"
    )


def _long_modules() -> Iterator[str]:
    for name, path in modules().items():
        if LONG < lines(path) <= TOO_LONG:
            yield f"long: {name}, {lines(path)} lines"


def main() -> None:
    """Print rooms, arrows, sizes, and what is wrong."""
    found, wrong = arrows(), offenders()
    sections = [
        _rooms_table(),
        _arrows_table(found),
        [
            _functions_line(),
            *_long_modules(),
        ],
        [f"for types alone: {' ↔ '.join(ring)}" for ring in rings(found)],
        wrong or ["no cycle of files, no arrow up"],
    ]
    print("\n\n".join("\n".join(section) for section in map(list, sections) if section))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
