"""A little of ``python -m tests.fuzz``: damaged files, wild command lines, hostile texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fuzz import fuzz

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_whatever_comes_in_ends_in_a_documented_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same each time; ``tests/fuzz.py`` by hand looks further."""
    monkeypatch.setenv("HOME", str(tmp_path))
    results = [one for one in fuzz(40, "11", tmp_path) if one.what != "payloads × outputs"]
    assert len(results) == 8
    assert [text for result in results for text in result.failures] == []
