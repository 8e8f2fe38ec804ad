"""A village to vCards 4.0 (RFC 6350) or 3.0 (RFC 2426), as phones and khard read them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dorf.core.dates import PartialDate
from dorf.core.fields import moment
from dorf.core.village import Contact, Village
from dorf.core.vocabulary import Status
from dorf.formats.interface import NO_OPTIONS, Options
from dorf.formats.vcard import own
from dorf.formats.vcard.contact import uid_in
from dorf.formats.vcard.lines import escaped, written
from dorf.formats.vcard.words import CATEGORIES, WEDDING_WORDS, plain_label
from dorf.imports.draft import death_in, read_date
from dorf.imports.name_parts import parts_of

PRODUCT = "-//dorf//dorf-cli//EN"
NEWEST = "4.0"
NO_YEAR = "1604"
"""The year that Apple writes for none; a leap year."""
LONGEST_LABEL = 500
"""Characters of an address that is also written as a label; parameters are to be short."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def write(village: Village, options: Options = NO_OPTIONS) -> str:
    """Return the contacts of *village* as vCards of the version of *options*, CRLF at the ends.

    Of the encounters, only the day of the last contact goes with each card. Discreet cards hold
    what any address book has, and neither notes nor anything of dorf's own.
    """
    return "".join(
        line for contact in village.contacts for line in _lines(village, contact, options)
    )


def _lines(village: Village, contact: Contact, options: Options) -> Iterator[str]:
    shown = _bare(contact) if options.discreet else contact
    parts = parts_of(contact, options.name_parts)
    yield from _Card(shown, options.version or NEWEST, parts).lines()
    if not options.discreet:
        yield from own.lines(contact, village.touch(contact).last_contact)
    yield "END:VCARD\r\n"


def _bare(contact: Contact) -> Contact:
    """Return of *contact* what may lie in a phone, and on the servers behind it."""
    return Contact(
        contact.uid,
        contact.name,
        contact.added_on,
        nicknames=contact.nicknames,
        birthday=contact.birthday,
        died_on=contact.died_on,
        phones=contact.phones,
        emails=contact.emails,
        addresses=contact.addresses,
    )


class _Card:
    """The standard properties of one contact."""

    def __init__(self, contact: Contact, version: str, parts: tuple[str, ...]) -> None:
        self.contact = contact
        self.parts = parts
        self.new = version == NEWEST
        self.version = version
        self.items = 0

    def lines(self) -> list[str]:
        """Return the lines up to what is dorf's own."""
        contact = self.contact
        return [
            "BEGIN:VCARD\r\n",
            written("VERSION", self.version),
            written("PRODID", PRODUCT),
            *self._uid(),
            written("FN", escaped(contact.name)),
            written("N", escaped(self.parts)),
            *(written("NICKNAME", escaped(text)) for text in contact.nicknames),
            *self._birthday(),
            *self._death(),
            *(written("TEL", escaped(text)) for text in contact.phones),
            *(written("EMAIL", escaped(text)) for text in contact.emails),
            *self._addresses(),
            *([written("NOTE", escaped(contact.notes))] if contact.notes else []),
            *self._categories(),
            *self._children(),
            *self._yearly_days(),
            *self._revision(),
        ]

    def _grouped(
        self, name: str, value: str, label: str, params: dict[str, str] | None = None
    ) -> Iterator[str]:
        """Yield a property with a label, the way of Apple."""
        self.items += 1
        group = f"item{self.items}"
        yield written(name, value, params, group=group)
        yield written("X-ABLabel", escaped(label), group=group)

    def _uid(self) -> Iterator[str]:
        uid = self.contact.uid
        if self.new and _UUID.fullmatch(uid):
            yield written("UID", f"urn:uuid:{uid}")
        else:
            yield written("UID", escaped(uid), {"VALUE": "text"} if self.new else None)
        if uid_in(uid) != uid:
            yield own.line("uid", uid)

    def _date(self, day: PartialDate) -> tuple[str, dict[str, str]]:
        """Return the value of a date that has a day, and its parameters."""
        text = str(day)
        if self.new:
            compact = text.replace("-", "")
            return (f"--{compact}" if day.year is None else compact), {}
        if day.year is None:
            return f"{NO_YEAR}{text[1:]}", {"X-APPLE-OMIT-YEAR": NO_YEAR}
        return text, {}

    def _birthday(self) -> Iterator[str]:
        day = self.contact.birthday
        if day is None:
            return
        if not own.is_exact(day) or not (day.day or self.new):
            yield own.line("birthday", str(day))
        elif day.day is None:
            yield written("BDAY", str(day))
        else:
            yield written("BDAY", *self._date(day))

    def _death(self) -> Iterator[str]:
        """Yield the day of a death, so that no program announces a birthday.

        Where it is no whole day, the notes name what is known of it.
        """
        contact = self.contact
        noted = death_in(contact.notes) if contact.status is Status.ENDED else None
        text = str(contact.died_on or noted or "")
        day = PartialDate.parse(text) if contact.died_on else read_date(text)
        if contact.died_on and day and (noted is not None or not own.is_exact(day)):
            yield own.line("died_on", text)
        if not text:
            return
        if day is None or not (day.day or self.new) or not own.is_exact(day):
            yield written("DEATHDATE", escaped(text), {"VALUE": "text"})
        elif day.day is None:
            yield written("DEATHDATE", str(day))
        else:
            yield written("DEATHDATE", *self._date(day))

    def _addresses(self) -> Iterator[str]:
        for text in self.contact.addresses:
            value = escaped(("", "", text, "", "", "", ""))
            label = {"LABEL": text} if self.new and len(text) <= LONGEST_LABEL else None
            yield written("ADR", value, label)
            if not self.new:
                yield written("LABEL", escaped(text))

    def _categories(self) -> Iterator[str]:
        slugs = (role.slug for role in self.contact.roles)
        words = [CATEGORIES[slug] for slug in slugs if slug in CATEGORIES]
        if words:
            yield written("CATEGORIES", ",".join(words))

    def _children(self) -> Iterator[str]:
        for name in self.contact.kid_names:
            if self.new:
                yield written("RELATED", escaped(name), {"TYPE": "child", "VALUE": "text"})
            else:
                yield from self._grouped("X-ABRELATEDNAMES", escaped(name), "_$!<Child>!$_")

    def _yearly_days(self) -> Iterator[str]:
        """Yield the yearly days; a wedding day has a property of its own, but only one."""
        days = self.contact.yearly_days
        if any(
            not own.is_exact(yearly.day) or plain_label(yearly.name) != yearly.name
            for yearly in days
        ):
            yield from (own.line("yearly_day", str(yearly.day), yearly.name) for yearly in days)
            return
        wedding = next((yearly for yearly in days if yearly.name.casefold() in WEDDING_WORDS), None)
        for yearly in days:
            name = "ANNIVERSARY" if self.new and yearly is wedding else "X-ABDATE"
            value, params = self._date(yearly.day)
            yield from self._grouped(name, value, yearly.name, params)

    def _revision(self) -> Iterator[str]:
        stamp = moment(self.contact.changed_at or "")
        if stamp:
            second = f"{stamp[:19]}Z"
            yield written("REV", re.sub("[-:]", "", second) if self.new else second)
