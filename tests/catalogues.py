"""The catalogues: collect the sentences of the source, update the .po, compile the .mo.

``python -m tests.catalogues`` brings ``dorf/locale`` up to date; a test fails when that was
forgotten. English is the language of the source and needs no catalogue.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parent.parent / "dorf"
PO = SOURCE / "locale" / "de" / "LC_MESSAGES" / "dorf.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"N_": None, "NN_": (1, 2), "say": None, "word": None, "count": (1, 2)}


def source_catalogue() -> Catalog:
    """Return every sentence that the source marks, with the files where it stands."""
    catalogue = Catalog(project="dorf", version="1", charset="utf-8")
    found = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for filename, _line, message, _comments, _context in found:
        if message:
            catalogue.add(message, locations=[(filename, None)])  # type: ignore[list-item]
    return catalogue


def german() -> Catalog:
    """Return the German catalogue as it is committed."""
    with PO.open("rb") as file:
        return read_po(file, locale="de", domain="dorf")


def compiled(catalogue: Catalog) -> bytes:
    """Return *catalogue* as the bytes of a .mo file."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def update() -> None:
    """Write the .po with all sentences of the source, and the .mo from it."""
    catalogue = german() if PO.exists() else Catalog(locale="de", domain="dorf", charset="utf-8")
    catalogue.header_comment = "# The German sentences of dorf. Written, not translated."
    catalogue.fuzzy = False
    catalogue.update(source_catalogue(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalogue, omit_header=False, sort_output=False, width=100)
    MO.write_bytes(compiled(catalogue))


if __name__ == "__main__":
    update()
