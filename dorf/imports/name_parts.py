"""The parts of a name in an address book: remembered as digests, found again in the name.

Which word of "Nagy Péter" is the family's can't be seen. An import leaves a digest of each part, no
words; an export looks for the words of the name that have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dorf.core.village import Contact
from dorf.imports.provenance import PART, Known, coined_digest, digest, spelled_key

TITLE = "Title"
"""The label in the notes of titles that do not stand in the name."""
_NEEDED = (0, 1)
"""Family and given name: without either, the others say nothing."""
_PARTS = 5
_MOST_WORDS = 12
"""Words of a name that are looked at in turn; longer ones are sentences."""


def part_digests(parts: Sequence[str]) -> frozenset[str]:
    """Return the digests of the parts of a name: family, given, more, before, after."""
    stated = {n: part for n, part in enumerate(parts) if part.strip()}
    if not stated:
        return frozenset()
    which = _which(stated)
    return frozenset((which, *(_part(n, text) for n, text in stated.items())))


def _part(number: int, text: str) -> str:
    return f"{PART}{digest(f'part {number}', text)}"


def _which(numbers: Iterable[int]) -> str:
    return f"{PART}{digest('parts', sorted(numbers))}"


def parted_names(contacts: Iterable[Contact], known: Known) -> dict[str, tuple[str, ...]]:
    """Return by uid the parts of the names that came from an address book and are the same here."""
    by_uid = {contact.uid: contact for contact in contacts}
    found: dict[str, tuple[str, ...]] = {}
    for origin in known.origins:
        contact = by_uid.get(origin.contact)
        if contact is None or not _is_called_so(contact, origin.stated):
            continue
        digests = {key for key in origin.stated if key.startswith(PART)}
        parts = _found(contact, digests) if digests else None
        if parts and not found.get(contact.uid, ("",))[0]:
            found[contact.uid] = parts
    return found


def _is_called_so(contact: Contact, stated: frozenset[str]) -> bool:
    return not stated.isdisjoint((spelled_key(contact.name), coined_digest(contact.name)))


def _found(contact: Contact, digests: set[str]) -> tuple[str, ...] | None:
    """Return the parts whose digests are among *digests*; None if family or given is missing."""
    parts = [""] * _PARTS
    for text in dict.fromkeys(_texts(contact)):
        for number in range(_PARTS):
            if not parts[number] and _part(number, text) in digests:
                parts[number] = text
    needed = tuple(n for n in _NEEDED if parts[n])
    return tuple(parts) if needed and _needed(digests) == needed else None


def _needed(digests: set[str]) -> tuple[int, ...] | None:
    """Return which of family and given name were stated."""
    for mask in range(1, 2**_PARTS):
        numbers = [n for n in range(_PARTS) if mask >> n & 1]
        if _which(numbers) in digests:
            return tuple(n for n in _NEEDED if n in numbers)
    return None


def _texts(contact: Contact) -> Iterator[str]:
    """Yield what may be a part: each run of words of a name, longer ones first, and titles."""
    for name in (contact.name, *contact.nicknames):
        yield from _runs(name, name.split(), " ")
        if len(name.split()) == 1 and not name.isascii():  # 山田太郎 is two names
            yield from _runs(name, list(name), "")
    for line in (contact.notes or "").splitlines():
        label, _, titles = line.partition(": ")
        if label == TITLE:
            yield from titles.split(", ")


def _runs(name: str, words: Sequence[str], between: str) -> Iterator[str]:
    yield name
    if len(words) > _MOST_WORDS:
        return
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            run = between.join(words[start : start + length])
            yield run
            yield run.strip(" ,;()")


def as_one_part(name: str) -> tuple[str, ...]:
    """Return a name of which nobody knows the parts: no family name is made up."""
    return ("", name, "", "", "")


def parts_of(contact: Contact, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the parts of a contact's name as they are *known*, else all of it as one."""
    return known.get(contact.uid) or as_one_part(contact.name)
