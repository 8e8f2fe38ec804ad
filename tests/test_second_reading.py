"""The program against the second reading of the domain page, and that one against the page."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.comparison import differences, settled
from tests.conftest import TODAY, Dorf
from tests.random_villages import random_village
from tests.second_reading import read
from tests.test_properties import villages

if TYPE_CHECKING:
    from tests.villages import Document

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", ["household-a", "household-b"])
def test_what_is_read_from_the_page_is_what_the_page_works_out(dorf: Dorf, case: str) -> None:
    """The worked households of DOMAIN.md §6, as written by hand and as exported."""
    document = json.loads((CASES / f"{case}.json").read_text())
    dorf.load(document)
    expected = json.loads((CASES / f"{case}.expected.json").read_text())
    assert expected.pop("today") == TODAY
    for form in (document, json.loads(dorf("export", "-"))):
        assert settled(read(form, TODAY), expected) == expected


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_the_program_reads_villages_of_all_kinds_as_the_page_does(first: int) -> None:
    """Tending, findings, those held back, questions, measures: on boundaries and beside them."""
    for seed in range(first, first + 20):
        assert (seed, differences(*random_village(seed))) == (seed, [])


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 3000, 250))
def test_the_program_reads_thousands_of_villages_as_the_page_does(first: int) -> None:
    """The same, for a long time."""
    for seed in range(first, first + 250):
        assert (seed, differences(*random_village(seed))) == (seed, [])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5000, 5040))
def test_the_commands_read_a_village_as_the_page_does(dorf: Dorf, seed: int) -> None:
    """Through a file on disk, imported on the day itself."""
    document, dorf.today = random_village(seed)
    dorf.load(document)
    expected = read(document, dorf.today)
    assert settled(dorf.status(), expected) == expected


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
