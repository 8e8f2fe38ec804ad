"""The two households that DOMAIN.md §6 works by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Dorf

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", ["household-a", "household-b"])
def test_a_worked_household_gives_exactly_its_expected_report(dorf: Dorf, case: str) -> None:
    """Names, states, scores, keys, severities and order are those worked by hand."""
    expected = json.loads((CASES / f"{case}.expected.json").read_text())
    dorf("import", str(CASES / f"{case}.json"))
    report = dorf.status()
    tending = [{k: one[k] for k in ("name", "state", "score")} for one in report["tending"]]
    gaps = [{k: one[k] for k in ("key", "severity")} for one in report["gaps"]]
    assert {
        "today": report["today"],
        "tending": tending,
        "gaps": gaps,
        "warnings": report["warnings"],
        "questions": report["questions"],
    } == expected
