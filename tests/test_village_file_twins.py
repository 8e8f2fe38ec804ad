"""A village file in which something stands twice, or what no number and no depth should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Dorf


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"dorf": 1, "contacts": [], "contacts": []}', "contacts"),
        ('{"dorf": 1, "dorf": 1}', "dorf"),
        ('{"dorf": 1, "contacts": [{"name": "Mia", "name": "Ole"}]}', "contacts[0].name"),
        ('{"dorf": 1, "household": {"wishes": [], "wishes": ["x"]}}', "household.wishes"),
        (
            '{"dorf": 1, "contacts": [{"name": "Mia", "kids": [{"name": "A", "name": "B"}]}]}',
            "contacts[0].kids[0].name",
        ),
        (
            (
                '{"dorf": 1, "contacts": [{"name": "Mia", "attachment": '
                '{"Ida": "primary", "Ida": "secondary"}}]}'
            ),
            "contacts[0].attachment.Ida",
        ),
    ],
)
def test_a_key_that_stands_twice_is_refused_with_its_place(
    dorf: Dorf, text: str, place: str
) -> None:
    """One of the two values would be lost without a word."""
    dorf("import", "-", stdin=text, status=6, stderr=(
        f"dorf: {place}: stands twice in one place. Nothing was changed.\n"
    ))  # fmt: skip
    assert not dorf.path.exists()


@pytest.mark.parametrize(
    "circle",
    ["NaN", "Infinity", "1e999", "9" * 30, "9" * 5000, "[" * 400 + "]" * 400,
     "[" * 20_000 + "]" * 20_000],
    ids=["nan", "infinity", "float", "long", "endless", "deep", "too deep"],
)  # fmt: skip
def test_what_no_file_should_hold_ends_in_one_sentence(dorf: Dorf, circle: str) -> None:
    """Nothing is changed, and nothing crashes."""
    text = f'{{"dorf": 1, "contacts": [{{"name": "Mia", "circle": {circle}}}]}}'
    dorf("import", "-", stdin=text, status=6, remarks=True)
    assert dorf.said.startswith("dorf: ")
    assert dorf.said.endswith("Nothing was changed.\n")
