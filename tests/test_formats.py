"""The registry of formats: what is made of its records, and that each record keeps its promises."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from dorf.formats.interface import Options
from dorf.formats.recognition import recognise
from dorf.formats.registry import FORMATS, READ, WRITTEN, Format, read_format, written_format
from dorf.i18n import CODES
from tests.format_list import page_of
from tests.readme import MANUAL, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Dorf

SAMPLES = [
    path
    for path in sorted((ROOT / "tests" / "samples").glob("*/*.*"))
    if path.parent.name != "readme" and not path.name.endswith(".expected.json")
]
WITH_MODULES = [entry for entry in FORMATS if entry.module]


@pytest.mark.parametrize("form", WITH_MODULES, ids=lambda entry: entry.name)
def test_each_format_has_the_face_that_its_record_promises(form: Format) -> None:
    """One signature each for recognising, reading and writing."""
    module = import_module(f"dorf.formats.{form.module}")
    faces = {name: list(inspect.signature(getattr(module, name)).parameters) for name in
             ("recognises", "read", "write") if hasattr(module, name)}  # fmt: skip
    expected: dict[str, list[str]] = {}
    if form.reads:
        expected |= {"recognises": ["sample"], "read": ["file", "name", "options"]}
    if form.writes:
        expected["write"] = ["village", "options"]
    plain = {name: [p.lstrip("_") for p in found] for name, found in faces.items()}
    assert plain.items() >= expected.items()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_sample_is_recognised(path: Path) -> None:
    """The folder of a sample says which format it is of."""
    with path.open("rb") as file:
        assert recognise(file).name == path.parent.name
        assert file.tell() == 0


def test_no_two_formats_have_a_name_in_common() -> None:
    """Neither among those that are read nor among those that are written."""
    for formats, find in ((READ, read_format), (WRITTEN, written_format)):
        for entry in formats:
            assert find(entry.name) is entry
            for word in entry.words:
                assert find(word.upper()) is entry


@pytest.mark.parametrize("command", ["import", "export"])
def test_the_help_lists_the_formats(dorf: Dorf, command: str) -> None:
    """All that there are, in both languages."""
    names = ", ".join(entry.name for entry in (READ if command == "import" else WRITTEN))
    for code in CODES:
        dorf.lang = code
        assert names in " ".join(dorf(command, "--help").split())


@pytest.mark.parametrize("code", CODES)
def test_the_manual_lists_the_formats(code: str) -> None:
    """A line each, made from the records by ``python -m tests.format_list``."""
    assert (MANUAL / code / "formats.md").read_text("utf-8") == page_of(code)


def test_the_options_have_a_default_each() -> None:
    """A reader or writer that needs none is called without any."""
    assert Options() == Options({}, None, None, "", discreet=False, german=False)
