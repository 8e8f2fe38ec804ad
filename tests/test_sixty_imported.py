"""Sixty people of a phone's address book: what the report and the reminders make of mere names.

The golden texts are to be read: nothing in them may alarm, nag or guess. They are written anew by
``python -m tests.test_sixty_imported``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.conftest import Dorf

GOLDEN = Path(__file__).parent / "golden"
DAYS = ("2026-03-02", "2026-03-16", "2026-04-30")
"""The day of the import, the fifteenth and the sixtieth."""

FIRST = (
    "Anna Ben Clara David Emma Felix Greta Hannes Ilse Jakob Katrin Lukas Mia Noah Olga Paul Ronja "
    "Simon Wiebke Uwe"
)
LAST = "Albrecht Brandt Cordes"


def cards() -> str:
    """Return sixty cards with a name and a number each."""
    names = [(first, last) for last in LAST.split() for first in FIRST.split()]
    return "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nN:{last};{first};;;\nFN:{first} {last}\n"
        f"TEL:+49 151 {1_000_000 + 37 * number}\nEND:VCARD\n"
        for number, (first, last) in enumerate(names)
    )


def told(folder: Path, lang: str) -> str:
    """Return the import, and the report and the reminder of each day."""
    (folder / "phone.vcf").write_text(cards(), "utf-8")
    dorf = Dorf(folder / f"{lang}.db", lang=lang)
    pages = [dorf("import", str(folder / "phone.vcf"))]
    for day in DAYS:
        dorf.today = day
        pages += [f"--- {day}: status\n{dorf('status')}", f"--- {day}: remind\n{dorf('remind')}"]
    return "\n".join(pages)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_sixty_names_are_one_question_and_no_pile(tmp_path: Path, lang: str) -> None:
    """Nothing is known of them, so nothing is missing yet, and nobody waits for a hello."""
    assert told(tmp_path, lang) == (GOLDEN / f"sixty-imported.{lang}.txt").read_text("utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        for code in ("de", "en"):
            text = told(Path(place), code)
            (GOLDEN / f"sixty-imported.{code}.txt").write_text(text, "utf-8")
