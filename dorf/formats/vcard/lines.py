"""The lines of vCards 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350): bytes to properties and back.

Files are read as a stream, one card at a time, and the data of pictures is dropped as it flows by.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import BinaryIO

from dorf.errors import N_, DorfError
from dorf.formats.code_pages import Guess, guess
from dorf.formats.text import utf_8, utf_8_blocks
from dorf.values import NamedTuple, dataclass

LONGEST_LINE = 400_000
"""Octets that are kept of one line, so that a text which is too long is still seen to be."""
LONGEST_HEAD = 2_000
"""Characters that stand before the colon at most; more is no property."""
DEEPEST = 8
"""Cards that may be open inside each other; then the outermost has just lost its end."""
LEAST_PREFERRED = 101
"""How far a property comes behind others that says nothing of it."""
WIDEST = 75
"""Octets in a line that is written, without its end (RFC 6350, 3.2)."""

NOT_A_PROPERTY = N_("“{text}” is not a line of a vCard; it is kept in the notes")
UNREADABLE_LINE = N_("this line can’t be read")
BROKEN_BASE64 = N_("what {property} says can’t be decoded (base64)")

BINARY = frozenset(
    {"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-PHOTO", "X-EVOLUTION-X509"}
)
"""Properties whose data is dropped while a file is read."""

SPOKEN_NAME = "X-IRMC-N"
"""What ``SOUND;X-IRMC-N`` is called here: how a name is spoken, in letters, on Japanese phones."""

_MANY_LINES = 2_000
"""Lines that are looked at to guess a code page."""
_BEGIN = re.compile(rb"\s*(?:AGENT(?:;[^:]*)?:\s*)?BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(rb"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_BETWEEN = rb"(?:[\s\0;,]|\xef\xbb\xbf)*"  # a byte order mark, where files were put together
_EDGES = re.compile(_BETWEEN + rb"(BEGIN|END)\s*:\s*VCARD" + _BETWEEN, re.IGNORECASE)
_GLUED = re.compile(rb"\s*END\s*:\s*VCARD" + _BETWEEN + rb"BEGIN\s*:\s*VCARD", re.IGNORECASE)
_NAME = re.compile(rb"(?:[\w-]{1,80}\.)?([\w-]{1,80})[;:]")
_SPOKEN = re.compile(rb"(?:[\w-]{1,80}\.)?SOUND;[^:]*X-IRMC-N", re.IGNORECASE)
_QUOTED = re.compile(rb'[^:"]*[;=,]QUOTED-PRINTABLE', re.IGNORECASE)
_BASE64 = re.compile(rb'[^:"]*;(?:ENCODING=)?(?:BASE64|B)[;:]', re.IGNORECASE)
_BASE64_DATA = re.compile(rb"[A-Za-z0-9+/]*={0,2}\s*")
_CHARSET = re.compile(rb'[^:"]*;CHARSET="?([\w.-]{1,40})', re.IGNORECASE)
_HEAD = re.compile(
    r'\s*(?:([\w-]{1,80})\.)?([\w-]{1,80})((?:;[^":;]*(?:"[^"]*"[^":;]*)*)*):', re.ASCII
)
_LOOSE_HEAD = re.compile(r"\s*(?:([\w-]{1,80})\.)?([\w-]{1,80})((?:;[^:]*)?):", re.ASCII)
_PARAMETER = re.compile(r';([\w-]+)(?:=((?:"[^"]*"|[^";:])*))?', re.ASCII)
_PARAMETER_VALUE = re.compile(r'"([^"]*)"|([^",]+)')
_CUSTOM = re.compile(
    r";X-CUSTOM\(CHARSET=([^,()]*),ENCODING=QUOTED-PRINTABLE,([^()]*)\)", re.IGNORECASE
)
_TEXT_CODEC = re.compile("iso|cp[0-9]|koi8|mac|shift|euc|gb|big5|utf|ascii|tis")

_ESCAPED = '\\;,:nN"'
_ESCAPED_OLD = ";,:nN"  # in 2.1 a backslash is one, except before what it has to protect
_ESCAPED_QUOTED = ";,:"  # … and a line break is quoted already
_ESCAPED_PARAMETER = {"^n": "\n", "^^": "^", "^'": '"'}  # RFC 6868


class Stray(NamedTuple):
    """A line outside of any card; more may follow it."""

    line: int
    data: bytes


class Card:
    """One card of a file: its logical lines, each with the number that it begins at."""

    __slots__ = ("closed", "inner", "line", "lines")

    def __init__(
        self, line: int, lines: Iterable[tuple[int, bytes]] = (), *, closed: bool = False
    ) -> None:
        """Begin the card at a *line*."""
        self.line = line
        self.lines = list(lines)
        self.closed = closed
        """Whether its end was there."""
        self.inner = False
        """Whether a card inside it has just ended."""


def cards(file: BinaryIO) -> Iterator[Card | Stray]:
    """Yield the cards of *file*, inner ones before those around them, and the first stray lines."""
    pile: list[Card] = []
    stray = False
    for number, line in _apart(_logical_lines(file)):
        if _BEGIN.fullmatch(line):
            # A card that goes on with another one was not around the last one: its end is missing.
            if pile and (pile[-1].inner or len(pile) == DEEPEST):
                yield pile.pop(-1 if pile[-1].inner else 0)
            pile.append(Card(number))
            stray = False
        elif not pile or (pile[-1].inner and not _NAME.match(line) and not _END.fullmatch(line)):
            if not stray:
                yield Stray(number, line[:LONGEST_HEAD])
            stray = True
        elif _END.fullmatch(line):
            card = pile.pop()
            card.closed = True
            yield card
            if pile:
                pile[-1].inner = True
        else:
            pile[-1].inner = False
            pile[-1].lines.append((number, line))
    yield from pile


def _apart(lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield *lines* with each beginning and end of a card for itself, also where they are glued.

    Files that were put together without a line break have ``END:VCARDBEGIN:VCARD``.
    """
    for number, line in lines:
        place = 0
        while edge := _EDGES.match(line, place):
            yield number, edge[1] + b":VCARD"
            place = edge.end()
        if place == 0 or place < len(line):
            yield number, line[place:]


def _logical_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the unfolded lines with the numbers that they begin at; empty ones count only."""
    begun: _Line | None = None
    for number, physical in enumerate(_physical_lines(file), 1):
        if begun is not None and begun.goes_on(physical):
            continue
        if physical:
            if begun is not None:
                yield begun.number, bytes(begun.data)
            begun = _Line(number, physical)
    if begun is not None:
        yield begun.number, bytes(begun.data)


class _Line:
    """A logical line while it grows."""

    def __init__(self, number: int, physical: bytes) -> None:
        name = _NAME.match(physical)
        binary = name is not None and name[1].decode().upper() in BINARY
        self.number = number
        self.data = bytearray()
        self.binary = binary and not _SPOKEN.match(physical)
        self.base64 = self.binary or bool(_BASE64.match(physical))
        self.quoted = not self.base64 and bool(_QUOTED.match(physical))
        self.broken = self.gap = False
        self._take(physical)

    def goes_on(self, physical: bytes) -> bool:
        """Take *physical* if it goes on with this line, and tell whether it does."""
        if self.broken:
            return self._goes_on_after_break(physical)
        if physical[:1] in {b" ", b"\t"}:
            self._take(physical[1:])
            return True
        after_colon = physical[:1] in {b";", b"="} and self.data.endswith(b":")  # some handsets
        data = self.base64 and physical and _BASE64_DATA.fullmatch(physical)
        if after_colon or data:
            self._take(physical)
        return bool(after_colon or data)

    def _goes_on_after_break(self, physical: bytes) -> bool:
        self.gap = self.gap or not physical
        if _BEGIN.fullmatch(physical) or _END.fullmatch(physical) or _GLUED.match(physical):
            return False
        if self.gap and _NAME.match(physical):  # an empty line alone may be a doubled end
            return False
        if physical:
            self.gap = False
            self._take(physical)
        return True

    def _take(self, data: bytes) -> None:
        if self.quoted:  # a break that is none: "=" at the end
            bare = data.rstrip(b" \t")
            self.broken = bare.endswith(b"=")
            data = bare[:-1] if self.broken else data
        most = LONGEST_HEAD if self.binary else LONGEST_LINE
        self.data += data[: max(0, most - len(self.data))]


def _physical_lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines without their ends (CRLF, CR or LF), cut at `LONGEST_LINE`."""
    rest = b""
    after_return = False
    for block in utf_8_blocks(file):
        begun = block[1:] if after_return and block.startswith(b"\n") else block
        after_return = block.endswith(b"\r")
        lines = (rest + begun).splitlines(keepends=True)
        rest = b""
        if lines and not lines[-1].endswith((b"\r", b"\n")):
            rest = lines.pop()[:LONGEST_LINE]
        for line in lines:
            yield line.rstrip(b"\r\n")[:LONGEST_LINE]
    if rest:
        yield rest


class Letters:
    """The letters of one file: UTF-8, else the charset of a line, else a code page for the rest.

    Which code page that is has to be guessed from as many lines as there are, so the file is read
    through once more where one is needed.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Begin with *file*, which is about to be read from where it stands."""
        self._file = file
        self._start = file.tell()
        self.guess: Guess | None = None
        """What was guessed, once a line has needed it."""
        self._encoding = ""

    def text(self, data: bytes, charset: str = "") -> str:
        """Return *data*, a line or a part of one, as text."""
        try:
            return data.decode()
        except UnicodeDecodeError:
            return self._text_in(data, charset)

    def _text_in(self, data: bytes, charset: str) -> str:
        try:
            return data.decode(_text_codec(charset))
        except UnicodeError:
            text = utf_8(data)
        if text is not None:
            return text
        if not self._encoding:
            self.guess = guess(self._foreign_lines() or [data])
            self._encoding = self.guess.code_page if self.guess else "utf-8"
        return data.decode(self._encoding, "replace")

    def _foreign_lines(self) -> list[bytes]:
        """Return lines of the file that are not UTF-8 and do not say what they are."""
        place = self._file.tell()
        self._file.seek(self._start)
        lines = (line for line in _physical_lines(self._file) if not line.isascii())
        unlabelled = (line for line in lines if not _CHARSET.match(line))
        found = list(islice((line for line in unlabelled if utf_8(line) is None), _MANY_LINES))
        self._file.seek(place)
        return found


def _text_codec(charset: str) -> str:
    """Return Python's name of *charset* if it is one of letters, else UTF-8."""
    if not re.fullmatch(r"[\w.:-]{1,40}", charset, re.ASCII):
        return "utf-8"
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return "utf-8"
    return name if _TEXT_CODEC.match(name) else "utf-8"


class BadLine(DorfError):
    """A line of a card that is no property, or whose value can't be decoded."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card, its value decoded but still with its escapes."""

    line: int
    name: str
    spelled: str
    """The name as it stands in the file."""
    group: str
    params: Mapping[str, tuple[str, ...]]
    types: tuple[str, ...]
    """What kinds it is of, as the file spells them (CELL, home); in 2.1 they may stand alone."""
    value: str
    escapes: str = _ESCAPED

    @property
    def old(self) -> bool:
        """Whether its escapes are those of 2.1."""
        return self.escapes != _ESCAPED

    def param(self, name: str) -> str:
        """Return the first value of a parameter, else an empty text."""
        return next(iter(self.params.get(name, ())), "")

    @property
    def preference(self) -> int:
        """How far it comes behind others of its kind: PREF from 1 to 100 (RFC 6350, 5.3)."""
        stated = self.param("PREF")
        if stated.isascii() and stated.isdecimal():
            return min(int(stated[:4]), LEAST_PREFERRED)
        return 1 if any(kind.casefold() == "pref" for kind in self.types) else LEAST_PREFERRED

    def text(self) -> str:
        """Return the value as one text."""
        return _split(self.value, "", self.escapes)[0]

    def texts(self, separators: str = ",") -> list[str]:
        """Return the values of a list."""
        found = [self.value]
        for separator in separators[:-1]:
            found = [part for text in found for part in _split(text, separator, "")]
        return [part for text in found for part in _split(text, separators[-1], self.escapes)]

    def fields(self, joiner: str = " ") -> list[str]:
        """Return the parts of a structured value; *joiner* stands between several in one part."""
        parts = _split(self.value, ";", "")
        if self.old:  # in 2.1 a comma is a comma
            return [_split(part, "", self.escapes)[0] for part in parts]
        return [joiner.join(_split(part, ",", self.escapes)) for part in parts]


def _split(text: str, separator: str, escapes: str) -> list[str]:
    """Return the parts of *text* between separators; a backslash protects the sign after it.

    Before signs that are not among *escapes* the backslash stays.
    """
    if "\\" not in text:
        return text.split(separator) if separator else [text]
    parts = _PARTS[separator].findall(text)[:-1] if separator else [text]
    return [re.sub(r"\\(.)", partial(_unescaped, escapes), part) for part in parts]


_PARTS = {
    sign: re.compile(rf"((?:[^\\{sign}]|\\.|\\\Z)*)(?:{sign}|\Z)", re.DOTALL) for sign in ",;"
}


def _unescaped(escapes: str, match: re.Match[str]) -> str:
    if match[1] not in escapes:
        return match[0]
    return "\n" if match[1] in "nN" else match[1]


def remainder(number: int, text: str) -> Property:
    """Return a line that is no property, as one without a name."""
    return Property(number, "", "", "", {}, (), text, _ESCAPED_QUOTED)


def read_property(number: int, raw: bytes, letters: Letters, *, old: bool) -> Property:
    """Return the property in a logical line; *old* is version 2.1. Raise `BadLine` for none."""
    charset = match[1].decode() if (match := _CHARSET.match(raw[:LONGEST_HEAD])) else ""
    text = letters.text(raw, charset)
    head = _HEAD.match(text[:LONGEST_HEAD]) or _LOOSE_HEAD.match(text[:LONGEST_HEAD])
    if head is None:
        words = " " in text.strip() or len(text) < 60
        raise BadLine(NOT_A_PROPERTY if words else UNREADABLE_LINE, text=text)
    name = head[2].upper().replace("_", "-")
    params, types, encodings = _parameters(head[3], letters)
    if name == "SOUND" and _SPOKEN.match(raw):
        name = SPOKEN_NAME
    value = text[head.end() :]
    escapes = _ESCAPED_OLD if old else _ESCAPED
    if name not in BINARY and "QUOTED-PRINTABLE" in encodings:
        value = letters.text(binascii.a2b_qp(value.encode()), charset)
        escapes = _ESCAPED_QUOTED
    elif name not in BINARY and {"BASE64", "B"} & encodings:
        value = letters.text(_from_base64(name, value), charset)
        escapes = _ESCAPED_QUOTED
    return Property(
        number, name, head[2], (head[1] or "").casefold(), params, types, value, escapes
    )


def _from_base64(name: str, value: str) -> bytes:
    try:
        return binascii.a2b_base64(value)
    except ValueError as error:  # also what is not ASCII
        raise BadLine(BROKEN_BASE64, property=name) from error


def _parameters(
    head: str, letters: Letters
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...], set[str]]:
    """Return the parameters, the types among them as they are spelled, and the encodings."""
    params: dict[str, tuple[str, ...]] = {}
    if not head:
        return params, (), set()
    if match := _CUSTOM.search(head):  # how Samsung writes a label of one's own
        params["X-CUSTOM"] = (letters.text(binascii.a2b_qp(match[2].encode()), match[1]),)
        head = head[: match.start()] + head[match.end() :]
    if head.count('"') % 2:
        head = head.replace('"', "")
    alone = []
    for key, listed in _PARAMETER.findall(head):
        if values := [quoted or plain for quoted, plain in _PARAMETER_VALUE.findall(listed)]:
            unescaped = (
                re.sub(r"\^[n^']", lambda sign: _ESCAPED_PARAMETER[sign[0]], value)
                for value in values
            )
            params[key.upper()] = (*params.get(key.upper(), ()), *unescaped)
        else:
            alone.append(key)
    encodings = {word.upper() for word in (*params.get("ENCODING", ()), *alone)}
    kinds = (kind for value in params.get("TYPE", ()) for kind in value.split(","))
    types = dict.fromkeys(word.strip() for word in (*kinds, *alone))
    return params, tuple(types), encodings


def _bare_parameter(text: str) -> str:
    return re.sub(r"\^[n^']", lambda found: _ESCAPED_PARAMETER[found[0]], text)


def written(
    name: str, value: str, params: Mapping[str, str] | None = None, *, group: str = ""
) -> str:
    """Return a property, folded; *value* has its escapes already, *params* have not."""
    head = f"{group}.{name}" if group else name
    for key, text in (params or {}).items():
        safe = text.replace("^", "^^").replace("\n", "^n").replace('"', "^'")
        head += f';{key}="{safe}"' if re.search("[,;:]", safe) else f";{key}={safe}"
    return folded(f"{head}:{value}")


def escaped(parts: str | Iterable[str]) -> str:
    """Return a text, or the parts of a structured value, with escapes."""
    if not isinstance(parts, str):
        return ";".join(map(escaped, parts))
    return re.sub(r"\r\n|[\r\n]", r"\\n", re.sub(r"[\\;,]", r"\\\g<0>", parts))


def folded(line: str) -> str:
    """Return *line* with its end, cut after `WIDEST` octets and never inside a character."""
    data = line.encode()
    pieces, start, width = [], 0, WIDEST
    while len(data) - start > width:
        end = start + width
        while data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end])
        start, width = end, WIDEST - 1
    pieces.append(data[start:])
    return b"\r\n ".join(pieces).decode() + "\r\n"
