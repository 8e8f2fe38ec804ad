"""The program against the second reading of the domain page, and that one against the page."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from tests.conftest import TODAY, Dorf
from tests.second_reading import read
from tests.test_properties import villages

if TYPE_CHECKING:
    from tests.villages import Document

CASES = Path(__file__).parent / "cases"


def settled(report: Any, expected: Any) -> Any:
    """Leave out of a report what *expected* does not tell, such as sentences."""
    if isinstance(expected, dict):
        return {key: settled(report[key], value) for key, value in expected.items()}
    if isinstance(expected, list) and len(expected) == len(report):
        return [settled(one, value) for one, value in zip(report, expected, strict=True)]
    return report


@pytest.mark.parametrize("case", ["household-a", "household-b"])
def test_what_is_read_from_the_page_is_what_the_page_works_out(dorf: Dorf, case: str) -> None:
    """The worked households of DOMAIN.md §6."""
    dorf("import", str(CASES / f"{case}.json"))
    expected = json.loads((CASES / f"{case}.expected.json").read_text())
    assert expected.pop("today") == TODAY
    assert settled(read(json.loads(dorf("export", "-")), TODAY), expected) == expected


@pytest.mark.slow
@settings(max_examples=100)
@given(villages())
def test_the_program_reads_any_village_as_the_page_does(document: Document) -> None:
    """People, order, names, states, scores, findings and measures."""
    with tempfile.TemporaryDirectory() as folder:
        dorf = Dorf(Path(folder) / "dorf.db")
        dorf.load(document)
        expected = read(json.loads(dorf("export", "-")), TODAY)
        assert settled(dorf.status(), expected) == expected
