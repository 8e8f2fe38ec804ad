"""Where a contact came from: what another program's file said of it when it was last read.

No words are kept, only a digest of each detail. They tell what the file says anew, what somebody
changed here, and whom a file means although it was renamed on either side. Villages hold digests
that earlier versions made: what goes into one must not change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from hashlib import blake2b
from typing import Any

from dorf.core.dates import PartialDate
from dorf.core.likeness import HOME, international, phone_key
from dorf.core.names import appearance
from dorf.core.spelling import fold
from dorf.core.village import FIELDS, Contact, Encounter
from dorf.imports.incoming import IncomingContact, IncomingEncounter
from dorf.values import NamedTuple

_LISTS = {"names", "texts", "kids", "yearly_days"}
LISTS = frozenset(name for name, field in FIELDS.items() if field.kind in _LISTS)
"""The fields of which a contact can have many values."""

DETAILS = ("birthday", "phones", "emails")
"""The fields that, with the name, tell who somebody is."""

HAD_IDENTITY = "~"
"""Before the key of a name: the entry that was deleted had an identity beside it."""

_BESIDE = "+"
"""Before the digests of what does not stand in the entry itself."""

_EARLIER = "-"
"""Before the digests of what stood in the entry before the file was read last."""

_SPELLED = "="
"""Before the digests of names as they are spelled."""

PART = "&"
"""Before the digests of the parts of a name (`dorf.imports.name_parts`)."""

BOOK = "@"
"""Before the digest of the address book in which somebody was."""

_NOT_IN_ENTRY = (_BESIDE, _EARLIER, _SPELLED, PART, BOOK)


class Origin(NamedTuple):
    """What one entry of one sort of file said of a contact; all keys are digests."""

    contact: str
    """The uid of the contact."""
    source: str
    """The format of the file, such as ``vcard``."""
    uid_key: str | None
    name_key: str
    stated: frozenset[str]
    row: int | None = None
    """Where the file of the village keeps it; None is nowhere yet."""


class Known(NamedTuple):
    """What the village remembers of earlier imports."""

    origins: tuple[Origin, ...] = ()
    departed: frozenset[str] = frozenset()
    """Keys of entries whose contacts or encounters were deleted here."""


def digest(field: str, value: object) -> str:
    """Return the digest under which one value of *field* is remembered."""
    text = f"{field}\0{_plain(field, value)}"
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _plain(field: str, value: object) -> str:
    if field in _PLAIN:
        return _PLAIN[field](value)
    return " ".join(value.split()).casefold() if isinstance(value, str) else str(value)


_PLAIN: dict[str, Callable[[Any], str]] = {
    "phones": lambda text: phone_key(text) or " ".join(text.split()),
    "gives": lambda kinds: " ".join(sorted(kinds)),
    "gets": lambda kinds: " ".join(sorted(kinds)),
    "roles": lambda roles: " ".join(role.slug for role in roles),
    "name": fold,
    "notes": str,
    "spelling": str,
    "encounter": str,
}
"""What of a value counts, where it is more than its words."""


def is_spelled(key: str) -> bool:
    """Tell whether *key* is a `spelled_key`."""
    return key.startswith(_SPELLED)


def uid_key(uid: str | None) -> str | None:
    """Return the digest of an identity that a file gives, if it gives one."""
    return digest("uid", uid) if uid else None


def name_key(name: str) -> str:
    """Return the digest of a name, the same for all its spellings: it finds, and proves nothing."""
    return digest("name", name)


def spelled_key(name: str) -> str:
    """Return the digest of a name as it is spelled, but for capitals and blanks.

    "Jo" and "Joe" have one `name_key` and are two people; this key tells them apart.
    """
    return f"{_SPELLED}{digest('spelled', appearance(name))}"


def departed_under(identity: str | None, name: str) -> frozenset[str]:
    """Return the keys under which an entry is known that was deleted here.

    Another identity is somebody else; an entry without any is meant by its name, and so was one
    that was deleted without any. What was deleted before spellings were kept is known by its
    `name_key`.
    """
    names = (spelled_key(name), name_key(name))
    own = uid_key(identity)
    return frozenset((*names, *([own] if own else (f"{HAD_IDENTITY}{key}" for key in names))))


def departed_keys(uid_key: str | None, name_key: str, stated: Iterable[str]) -> frozenset[str]:
    """Return the keys under which an entry is remembered whose contact is deleted here.

    What was read before spellings were kept has its `name_key` alone.
    """
    names = frozenset(filter(is_spelled, stated)) or {name_key}
    if uid_key is None:
        return frozenset(names)
    return frozenset((uid_key, *(f"{HAD_IDENTITY}{name}" for name in names)))


def child_key(name: str) -> str:
    """Return the key under which a child of the household is remembered that was removed here."""
    return f"{_SPELLED}{digest('child', appearance(name))}"


def child_keys(name: str) -> frozenset[str]:
    """Return all keys under which a child that was removed may be known.

    Before spellings were kept, it was known by its folded name.
    """
    return frozenset((child_key(name), digest("child", fold(name))))


# --- what a file says of a contact --------------------------------------------------------------


def digests_of(entry: IncomingContact, country: str = HOME) -> frozenset[str]:
    """Return the digests of all that a file says of somebody, in a village of *country*."""
    name = entry.name
    found = {name_key(name), digest("spelling", name)}
    found |= {*word_digests(name), *detail_digests(entry.given, country)}
    if entry.last_contact is not None:
        found.add(digest("last_contact", entry.last_contact))
    for field, value in entry.given.items():
        values: Iterable[object] = value if field in LISTS else (value,)
        found |= {digest(field, item) for item in values}
    return frozenset(found)


def in_entry(stated: frozenset[str]) -> frozenset[str]:
    """Return those of the digests that `digests_of` gave."""
    return frozenset(key for key in stated if not key.startswith(_NOT_IN_ENTRY))


def earlier(entry_digest: str) -> str:
    """Return the digest of what an earlier file said, and the last one did not."""
    return f"{_EARLIER}{entry_digest}"


def earlier_digests(base: frozenset[str], now: frozenset[str]) -> frozenset[str]:
    """Return what of *base* is to be remembered of a file that says *now* something else.

    A part of a file, or that of the other parent, leaves out what another one says again.
    """
    old = {key for key in base if key.startswith(_EARLIER)} | set(map(earlier, in_entry(base)))
    return frozenset(old - set(map(earlier, now)))


def word_digests(name: str) -> frozenset[str]:
    """Return the digests of the words of a name, in any spelling, and which one is the first."""
    words = fold(name).split()
    first = map(first_word_digest, words[:1])
    return frozenset((*(digest("word", word) for word in words), *first))


def first_word_digest(word: str) -> str:
    """Return the digest of the first word of a name, which is nearly always the given one."""
    return digest("first", word)


def book_digest(path: str) -> str:
    """Return the digest of an address book, a folder, in which somebody was."""
    return f"{BOOK}{digest('book', path)}"


def coined_digest(name: str) -> str:
    """Return the digest of a name that nobody typed: "Anna (2)", where there was an Anna."""
    return f"{_BESIDE}{digest('coined', name)}"


def phone_digest(text: str, country: str) -> str:
    """Return the digest of a number that is the same for all its spellings in *country*.

    The country that `digest` assumes needs no code; whatever has none is of another one then.
    """
    return digest("phones", text if country == HOME else international(text, country) or text)


def detail_digests(given: Mapping[str, Any], country: str = HOME) -> Iterator[str]:
    """Yield the digests by which, with the name, somebody is recognised."""
    for text in given.get("phones") or ():
        yield phone_digest(text, country)
    for text in given.get("emails") or ():
        yield digest("emails", text)
    birthday = given.get("birthday")
    if isinstance(birthday, PartialDate):
        yield digest("birth", f"{birthday.month}-{birthday.day}")


def details_of(contact: Contact, country: str = HOME) -> frozenset[str]:
    """Return the digests of the details that the village knows of a contact."""
    return frozenset(detail_digests({field: getattr(contact, field) for field in DETAILS}, country))


# --- what a file says of an encounter -----------------------------------------------------------


def day_digest(day: date) -> str:
    """Return the digest of a day on which somebody was met."""
    return f"{_BESIDE}{digest('day', day)}"


def encounter_digest(encounter: IncomingEncounter | Encounter) -> str:
    """Return the digest of what is said of an encounter, but for who was there."""
    parts = (encounter.day, encounter.how, encounter.note, encounter.help)
    text = "\0".join(map(str, parts))
    return f"{_BESIDE}{digest('encounter', text)}"


def encounter_uid_digest(uid: str | None) -> str:
    """Return the digest of the identity that a file gives an encounter."""
    return f"{_BESIDE}{digest('told', uid)}"
