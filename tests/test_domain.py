"""DOMAIN.md says what the code does: its tables are those of the program."""

from __future__ import annotations

import re

import pytest

from dorf.core.gaps.rules import RULES
from dorf.core.tending import State
from dorf.core.vocabulary import CIRCLE_DAYS, KINDS, ROLES
from tests.test_citations import PAGES

PAGE = PAGES["DOMAIN.md"].read_text("utf-8")


def rows(section: str) -> list[list[str]]:
    """Return the cells of the first table of a section, without its head."""
    text = re.split(rf"\n#+ {re.escape(section)} ", PAGE, maxsplit=1)[1]
    table = re.search(r"\|.*\n\|[-| ]+\n((?:\|.*\n)+)", text)
    assert table
    lines = table[1].replace("\\|", "/").splitlines()
    return [[cell.strip(" `") for cell in line[1:-1].split("|")] for line in lines]


def test_roles() -> None:
    """Source, flag, cadence, circle and assumed kinds of each, in the order of the program."""
    written = [tuple(row) for row in rows("1")]
    coded = []
    for slug, role in ROLES.items():
        flag = "formal" * role.formal or "group" * role.group or "kin" * role.kin
        kinds = ", ".join(kind for kind in KINDS if kind in role.assumed)
        coded.append((slug, role.source, flag, str(role.cadence), str(role.circle), kinds))
    assert written == coded


def test_kinds_circles_and_states() -> None:
    """Each of them, in its order; states as they are tried."""
    assert [row[0] for row in rows("2")] == list(KINDS)
    assert {int(row[0]): int(row[2]) for row in rows("3.1")} == CIRCLE_DAYS
    assert {row[0] for row in rows("3.4")} == set(State)


def test_rules() -> None:
    """Every rule has its row, under its id and its slug."""
    assert [(row[0], row[1]) for row in rows("4.2")] == [(r.id, r.slug) for r in RULES.values()]


@pytest.mark.parametrize("measure", range(1, 12))
def test_measures(measure: int) -> None:
    """M1 to M11 are defined."""
    assert rows("3b")[measure - 1][0] == f"M{measure}"


def test_every_source_that_is_named_is_listed() -> None:
    """A name with a year stands in section 9."""
    body, sources = PAGE.split("\n## 9 Sources\n")
    listed = sources.replace("\n  ", " ")
    cited = set(re.findall(r"([A-Z][\w-]+)(?: et al\.)? ((?:19|20)\d\d)", body)) - {
        ("March", "2026")
    }
    assert len(cited) > 15
    assert {one for one in cited if not re.search(rf"{one[0]}\b[^\n]*{one[1]}", listed)} == set()
