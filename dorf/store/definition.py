"""What a CREATE TABLE says, in one normal form: however it is quoted, spaced or ordered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"\s+|--[^\n]*|/\*.*?(?:\*/|$)|(?P<text>'(?:[^']|'')*')"
    r'|"(?P<double>(?:[^"]|"")*)"|`(?P<back>(?:[^`]|``)*)`|\[(?P<square>[^\]]*)\]'
    r"|(?P<word>\w+|<=|>=|<>|!=|==|\|\||.)",
    re.DOTALL,
)
_CONSTRAINTS = frozenset({"constraint", "check", "unique", "primary", "foreign"})
_CLAUSES = frozenset(
    {"not", "null", "default", "primary", "unique", "check", "references", "collate", "generated",
     "as", "constraint"}
)  # fmt: skip
_LITERAL = re.compile(r"[-+]?\d+|'.*'|null|true|false", re.DOTALL)

Tokens = tuple[str, ...]


class Column(NamedTuple):
    """A column: its type, whether it must have a value, what it has where none is given."""

    type: str
    required: bool = False
    default: str | None = None

    @property
    def fills_itself(self) -> bool:
        """Whether rows can be written without naming the column, and without running anything."""
        return not self.required if self.default is None else bool(_LITERAL.fullmatch(self.default))


class Definition(NamedTuple):
    """A table: its columns, all constraints as those of the table, and its options."""

    columns: dict[str, Column]
    constraints: frozenset[Tokens]
    options: frozenset[str]


def tokens(sql: str) -> list[str]:
    """Return the words and signs of a statement, small letters, without quotes and comments."""
    found = []
    for match in _TOKEN.finditer(sql):
        kind = match.lastgroup
        if kind == "text":
            found.append(match[0])
        elif kind:
            found.append(match[kind].lower())
    return found


def definition(sql: str) -> Definition | None:
    """Return what a statement defines; None if it makes no ordinary table."""
    words = tokens(sql)
    if words[:2] != ["create", "table"] or words[3:4] != ["("]:
        return None
    *parts, options = _split(words[4:])
    columns, constraints = dict[str, Column](), set[Tokens]()
    for part in filter(None, parts):
        if part[0] in _CONSTRAINTS:
            constraints.add(tuple(part[2:] if part[0] == "constraint" else part))
        else:
            columns[part[0]] = _column(part[0], part[1:], constraints)
    return Definition(columns, frozenset(constraints), frozenset(" ".join(options).split(" , ")))


def _split(words: list[str]) -> Iterator[list[str]]:
    """Yield the parts between commas, and at last what follows the closing bracket."""
    depth, part = 0, list[str]()
    for place, word in enumerate(words):
        depth += {"(": 1, ")": -1}.get(word, 0)
        if depth < 0:
            yield part
            yield words[place + 1 :]
            return
        if word == "," and not depth:
            yield part
            part = []
        else:
            part.append(word)
    yield part
    yield []


def _column(name: str, words: list[str], constraints: set[Tokens]) -> Column:
    """Return a column; what constrains it is added as a constraint of the table."""
    kind, *clauses = _clauses(words)
    required, default = False, None
    for clause in clauses:
        match clause:
            case ["not", "null"]:
                required = True
            case ["default", *value]:
                default = "".join(value)
            case ["null"] | ["constraint", _]:
                pass
            case ["primary", "key", *more]:
                constraints.add(("primary", "key", "(", name, ")", *more))
            case ["unique", *more]:
                constraints.add(("unique", "(", name, ")", *more))
            case ["references", *_]:
                constraints.add(("foreign", "key", "(", name, ")", *clause))
            case ["check", *_]:
                constraints.add(tuple(clause))
            case _:
                constraints.add((name, *clause))
    return Column(" ".join(kind), required, default)


def _clauses(words: list[str]) -> Iterator[list[str]]:
    """Yield the type of a column, then its clauses."""
    depth, clause = 0, list[str]()
    for place, word in enumerate(words):
        depth += {"(": 1, ")": -1}.get(word, 0)
        goes_on = (
            word == "null" and words[place - 1 : place] in (["not"], ["set"], ["default"])
        ) or (word == "as" and words[place - 1 : place] == ["always"])
        if word in _CLAUSES and not depth and not goes_on:
            yield clause
            clause = []
        clause.append(word)
    yield clause
