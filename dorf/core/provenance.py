"""Where a contact came from: what another program's file said of it when it was last read.

Only marks are kept, no words: a digest of each detail. They tell what the file says anew, what
somebody changed here, and whom a file means although it was renamed on either side.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from dorf.core.dates import PartialDate
from dorf.core.duplicates import phone_key
from dorf.core.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dorf.core.intake import Newcomer
    from dorf.core.village import Contact

LISTS = ("nicknames", "phones", "emails", "addresses", "skills", "kids", "yearly_days")
"""The fields of which a contact can have many values."""

DETAILS = ("birthday", "phones", "emails")
"""The fields that, with the name, tell who somebody is."""


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
    if field == "phones":
        return phone_key(str(value)) or " ".join(str(value).split())
    if field in {"gives", "gets"} and isinstance(value, frozenset):
        return " ".join(sorted(value))
    if field == "roles" and isinstance(value, tuple):
        return " ".join(role.slug for role in value)
    if field == "name":
        return fold(str(value))
    if isinstance(value, str) and field != "notes":
        return " ".join(value.split()).casefold()
    return str(value)


def uid_key(uid: str | None) -> str | None:
    """Return the digest of an identity that a file gives, if it gives one."""
    return mark("uid", uid) if uid else None


def name_key(name: str) -> str:
    """Return the digest of a name, the same for all its spellings."""
    return mark("name", name)


def keys_of(newcomer: Newcomer) -> tuple[str, ...]:
    """Return the keys under which a deleted entry is known: its identity, else its name."""
    key = uid_key(newcomer.uid)
    return (key or name_key(newcomer.name),)


def marks_of(newcomer: Newcomer) -> frozenset[str]:
    """Return the marks of all that a file says of somebody."""
    said = {mark("name", newcomer.name), *details(newcomer.given)}
    if newcomer.last_contact is not None:
        said.add(mark("last_contact", newcomer.last_contact))
    for field, value in newcomer.given.items():
        values: Iterable[object] = value if field in LISTS else (value,)
        said |= {mark(field, one) for one in values}
    return frozenset(said)


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
