"""Where a contact came from: what another program's file said of it when it was last read.

Only marks are kept, no words: a digest of each detail. They tell what the file says anew, what
somebody changed here, and whom a file means although it was renamed on either side.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from dorf.core.dates import PartialDate
from dorf.core.names import appearance, phone_key
from dorf.core.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from dorf.core.village import Contact, Encounter
    from dorf.imports.incoming import IncomingContact, IncomingEncounter

LISTS = ("nicknames", "phones", "emails", "addresses", "skills", "kids", "yearly_days")
"""The fields of which a contact can have many values."""

DETAILS = ("birthday", "phones", "emails")
"""The fields that, with the name, tell who somebody is."""


_BESIDE = "+"
"""Before the marks of what does not stand in the entry itself."""

_ONCE = "-"
"""Before the marks of what stood in the entry once."""

_SPELLED = "="
"""Before the digests of names as they are spelled."""


class Origin(NamedTuple):
    """What one entry of one sort of file said of a contact; keys and marks are digests."""

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


def mark(field: str, value: object) -> str:
    """Return the digest under which one value of *field* is remembered."""
    said = f"{field}\0{_plainly(field, value)}"
    return blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _plainly(field: str, value: object) -> str:
    plain = _PLAIN.get(field)
    if plain is not None:
        return plain(value)
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
    return mark("uid", uid) if uid else None


def name_key(name: str) -> str:
    """Return the digest of a name, the same for all its spellings: it finds, and proves nothing."""
    return mark("name", name)


def spelled_key(name: str) -> str:
    """Return the digest of a name as it is spelled, but for capitals and blanks.

    "Jo" and "Joe" have one `name_key` and are two people; this key tells them apart.
    """
    return f"{_SPELLED}{mark('spelled', appearance(name))}"


HAD_IDENTITY = "~"
"""Before the key of a name: the entry that was deleted had an identity beside it."""


def keys_of(identity: str | None, name: str) -> frozenset[str]:
    """Return the keys under which an entry is known that was deleted here.

    Another identity is somebody else; an entry without any is meant by its name, and so was one
    that was deleted without any. What was deleted before spellings were kept is known by its
    `name_key`.
    """
    names = (spelled_key(name), name_key(name))
    own = uid_key(identity)
    return frozenset((*names, *([own] if own else (f"{HAD_IDENTITY}{key}" for key in names))))


def departed_keys(uid_key: str | None, name_key: str, stated: Iterable[str]) -> frozenset[str]:
    """Return the keys of `keys_of` under which an entry is remembered whose contact is deleted.

    What was read before spellings were kept has its `name_key` alone.
    """
    names = frozenset(filter(is_spelled, stated)) or {name_key}
    if uid_key is None:
        return frozenset(names)
    return frozenset((uid_key, *(f"{HAD_IDENTITY}{name}" for name in names)))


def child_key(name: str) -> str:
    """Return the key under which a child of the household is remembered that was removed here."""
    return f"{_SPELLED}{mark('child', appearance(name))}"


def child_keys(name: str) -> frozenset[str]:
    """Return all keys under which a child that was removed may be known.

    Before spellings were kept, it was known by its folded name.
    """
    return frozenset((child_key(name), mark("child", fold(name))))


def marks_of(newcomer: IncomingContact) -> frozenset[str]:
    """Return the marks of all that a file says of somebody."""
    name = newcomer.name
    said = {mark("name", name), mark("spelling", name), *words_of(name), *details(newcomer.given)}
    if newcomer.last_contact is not None:
        said.add(mark("last_contact", newcomer.last_contact))
    for field, value in newcomer.given.items():
        values: Iterable[object] = value if field in LISTS else (value,)
        said |= {mark(field, one) for one in values}
    return frozenset(said)


def words_of(name: str) -> frozenset[str]:
    """Return the marks of the words of a name, in any spelling, and which one is the first."""
    words = fold(name).split()
    return frozenset((*(mark("word", word) for word in words), *map(first_mark, words[:1])))


def first_mark(word: str) -> str:
    """Return the mark of the first word of a name, which is nearly always the given one."""
    return mark("first", word)


def coined(name: str) -> str:
    """Return the mark of a name that nobody typed: "Anna (2)", where there was an Anna."""
    return f"{_BESIDE}{mark('coined', name)}"


def day_mark(day: date) -> str:
    """Return the mark of a day on which somebody was met."""
    return f"{_BESIDE}{mark('day', day)}"


def encounter_mark(one: IncomingEncounter | Encounter) -> str:
    """Return the mark of what is said of an encounter, but for who was there."""
    said = "\0".join(map(str, (one.day, one.how, one.note, one.help)))
    return f"{_BESIDE}{mark('encounter', said)}"


def told_mark(uid: str | None) -> str:
    """Return the mark of the identity that a file gives an encounter."""
    return f"{_BESIDE}{mark('told', uid)}"


def of_entry(stated: frozenset[str]) -> frozenset[str]:
    """Return those of the marks that `marks_of` gave."""
    return frozenset(one for one in stated if not one.startswith((_BESIDE, _ONCE, _SPELLED)))


def once(one: str) -> str:
    """Return the mark of what an earlier file said, and the last one did not."""
    return f"{_ONCE}{one}"


def grown_old(stated: frozenset[str], now: frozenset[str]) -> frozenset[str]:
    """Return what of *stated* is to be remembered of a file that says *now* something else.

    A part of a file, or that of the other parent, leaves out what another one says again.
    """
    old = {one for one in stated if one.startswith(_ONCE)} | set(map(once, of_entry(stated)))
    return frozenset(old - set(map(once, now)))


def details(given: Mapping[str, Any]) -> Iterator[str]:
    """Yield the marks by which, with the name, somebody is recognised."""
    for field in ("phones", "emails"):
        for text in given.get(field) or ():
            yield mark(field, text)
    birthday = given.get("birthday")
    if isinstance(birthday, PartialDate):
        yield mark("birth", f"{birthday.month}-{birthday.day}")


def details_of(contact: Contact) -> frozenset[str]:
    """Return the marks of the details that the village knows of a contact."""
    return frozenset(details({field: getattr(contact, field) for field in DETAILS}))
