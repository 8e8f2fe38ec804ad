"""Damaged files of every format: a sentence or what could be read, never a traceback or a loss."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Dorf, endless_after

SAMPLES = Path(__file__).parent / "samples"
FILES = sorted(p for p in SAMPLES.rglob("*.*") if not p.name.endswith(".expected.json"))
FORMATS = sorted({path.parent.name for path in FILES})
JUNK = [
    b"", b"\0", b"\xff\xfe", b"\r", b"\n\n", b'"', b";" * 40, b"{" * 400, b"=", b"\xe2\x80\xae",
    b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"a" * 9_000, b"9" * 5_000, b"\x1b[31m", "ß€".encode(),
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """Return *data* after some accidents: cut, doubled, turned, or with junk in it."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 200)))
        accident = draw(st.sampled_from(["cut", "end", "double", "junk", "flip", "move"]))
        piece = data[start:end]
        if accident == "cut":
            data = data[:start] + data[end:]
        elif accident == "end":
            data = data[:start]
        elif accident == "double":
            data = data[:end] + piece * 3 + data[end:]
        elif accident == "junk":
            data = data[:start] + draw(st.sampled_from(JUNK)) + data[start:]
        elif accident == "flip":
            data = data[:start] + bytes(byte ^ 0x55 for byte in piece[:3]) + data[start + 3 :]
        else:
            data = data[:start] + data[end:] + piece
    return data


@pytest.fixture(scope="session")
def inhabited(tmp_path_factory: pytest.TempPathFactory) -> Dorf:
    """Return a village that goes through all the damage."""
    dorf = Dorf(tmp_path_factory.mktemp("damage") / "dorf.db")
    dorf("add", "Lena", "--phone", "0171 1")
    return dorf


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(inhabited: Dorf, form: str, data: st.DataObject) -> None:
    """Status 0 or 6, and an end; and a refused one changes not a byte."""
    sample = data.draw(st.sampled_from([path for path in FILES if path.parent.name == form]))
    file = inhabited.path.with_name(f"{form}.damaged")
    file.write_bytes(data.draw(damaged(sample.read_bytes())))
    before = inhabited.path.read_bytes()
    with endless_after():
        said = inhabited.any_status("import", str(file))
    assert "Traceback" not in said
    if inhabited.ended != 0:
        assert inhabited.ended == 6, said
        assert inhabited.path.read_bytes() == before
