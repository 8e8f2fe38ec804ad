"""Bytes to text, for every reader: what a file says of its letters, else what they most likely are.

UTF-8, UTF-16 and UTF-32 show by themselves, with a byte order mark or without. Other letters are
those of an old code page, which has to be guessed; that is said in a remark.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from dorf.errors import N_, DorfError
from dorf.formats.code_pages import Guess, guess
from dorf.imports.incoming import Remark

DAMAGED = N_("some signs are damaged; they are shown as �")

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ZEROS = {
    "utf-32-le": [False, True, True, True],
    "utf-32-be": [True, True, True, False],
    "utf-16-le": [False, True, False, True],
    "utf-16-be": [True, False, True, False],
}
"""Which of four bytes are mostly zero in text that leaves out its mark."""
_HEAD = 4_096
"""Bytes at the beginning in which they show."""
_BLOCK = 65_536


def text_of(data: bytes, name: str, remarks: list[Remark]) -> str:
    """Return the text of the file called *name*; what was guessed of it joins *remarks*."""
    text, guessed = decoded(data)
    if guessed:
        remarks.append(guessed.remark(name))
    if text.count("\ufffd") > data.count("\ufffd".encode(stated_encoding(data)[0])):
        remarks.append(Remark(name, DorfError(DAMAGED)))
    return text


def decoded(data: bytes) -> tuple[str, Guess | None]:
    """Return the text of *data* without its byte order mark, and what was guessed for it.

    Every byte becomes something. A line in another encoding among lines of UTF-8 spoils only
    itself.
    """
    encoding, bom_length = stated_encoding(data)
    if encoding != "utf-8":
        return data[bom_length:].decode(encoding, "replace"), None
    try:
        return data[bom_length:].decode(), None
    except UnicodeDecodeError:
        return _decoded_by_line(data[bom_length:].splitlines(keepends=True))


def _decoded_by_line(lines: Sequence[bytes]) -> tuple[str, Guess | None]:
    texts = list(map(utf_8, lines))
    foreign = [line for line, text in zip(lines, texts, strict=True) if text is None]
    guessed = guess(foreign) if foreign else None
    encoding = guessed.code_page if guessed else "utf-8"
    rest = (line.decode(encoding, "replace") for line in foreign)
    return "".join(next(rest) if text is None else text for text in texts), guessed


def utf_8(line: bytes) -> str | None:
    """Return the text of a line in UTF-8, of which a few letters may be broken; else None."""
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        text = line.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        whole = sum(character > "\x7f" for character in text) - broken
        cut_off = error.end == len(line) and error.reason == "unexpected end of data"
        return text if whole > 2 * broken or (whole and cut_off) else None


def stated_encoding(data: bytes) -> tuple[str, int]:
    """Return the Unicode encoding of *data* and the length of its byte order mark.

    Whatever shows none is "utf-8", which it may turn out not to be.
    """
    for bom, encoding in _MARKS:
        if data.startswith(bom):
            return encoding, len(bom)
    fourths = [data[n:_HEAD:4] for n in range(4)]
    zeros = [part.count(0) > 0.6 * len(part) for part in fourths]
    return next((name for name, places in _ZEROS.items() if places == zeros), "utf-8"), 0


def utf_8_blocks(file: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of *file* without a byte order mark, UTF-16 and UTF-32 as UTF-8."""
    block = file.read(_BLOCK)
    encoding, bom_length = stated_encoding(block)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    block = block[bom_length:]
    while block:
        yield block if encoding == "utf-8" else decoder.decode(block).encode()
        block = file.read(_BLOCK)
