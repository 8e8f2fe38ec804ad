"""The manual's list of formats: ``python -m tests.format_list`` makes it of the registry's records.

It stands below the same heading in each language; a test holds that it is current.
"""

from __future__ import annotations

import re
import textwrap

from dorf.formats.registry import FORMATS, READ_ONLY, WRITTEN_ONLY, Format
from dorf.i18n import CODES, Language
from tests.readme import MANUAL

_LIST = re.compile(r"(?<=\n)- `village`.*?(?=\n\n)", re.DOTALL)


def page_of(code: str) -> str:
    """Return the manual's page about formats, as it should be."""
    page = (MANUAL / code / "formats.md").read_text("utf-8")
    lines = "\n".join(_line(entry, Language(code)) for entry in FORMATS)
    return _LIST.sub(lambda _: lines, page, count=1)


def _line(form: Format, language: Language) -> str:
    endings = ", ".join(f"`.{ending}`" for ending in form.endings)
    only = "" if form.reads and form.writes else READ_ONLY if form.reads else WRITTEN_ONLY
    about = "; ".join(language.word(text) for text in (form.about, only) if text)
    return textwrap.fill(
        f"- `{form.name}` ({endings}) – {about}", 80, subsequent_indent="  ", break_on_hyphens=False
    )


if __name__ == "__main__":
    for code in CODES:
        (MANUAL / code / "formats.md").write_text(page_of(code), "utf-8")
