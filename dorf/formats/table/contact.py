"""One row of a table of contacts, read with what its headings mean.

A cell that can't be read for its field goes to the notes under its heading, with a remark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from dorf.core.dates import PartialDate
from dorf.core.names import checked_name, checked_text
from dorf.core.spelling import clean_text, fold
from dorf.core.village import Kid, YearlyDay
from dorf.errors import N_, WrongField
from dorf.formats.table import cells, headings
from dorf.formats.table.columns import Column
from dorf.formats.table.dates import event
from dorf.formats.table.entry import Taking, label_of
from dorf.formats.table.headings import key_of
from dorf.imports.draft import is_death_word, one_line
from dorf.imports.incoming import IncomingContact
from dorf.imports.role_words import role_stated

_FAX = re.compile(r"fax|pager", re.IGNORECASE)
_BROKEN_NUMBER = r"[0-9][.,][0-9]+E\+?[0-9]{1,2}"
"""A phone number that a spreadsheet took for a quantity: 4,91711E+11."""


_SAYING_NOTHING = frozenset({headings.IGNORED, headings.UNKNOWN, "count", "gender", "mail_name"})
"""Fields that make nobody of a row: numbers before empty ones, and what is not taken."""


class Entry(Taking):
    """One row on its way to a contact."""

    def newcomer(self) -> IncomingContact | None:
        """Return the contact of the row; None if there is nothing in it, or no name."""
        if not self.cells.keys() - _SAYING_NOTHING and not self.rest:
            return None
        if event(self.first("event_type")) == "thing":
            self.draft.remark(N_("left out: that is nobody, but a thing"), entry=True)
            return None
        self._notes()
        self._name()
        for field, read in (_READERS | (_OWN_READERS if self.columns.ours else {})).items():
            for column, text in self.cells.get(field, ()):
                read(self, column, text)
        self._addresses()
        if not self.draft.name and not self.cells.get("nicknames"):
            self.draft.name_from(*(text for _, text in self.cells.get("organisation", ())))
        return self.draft.finish()

    # --- names and notes ------------------------------------------------------------------------

    def _notes(self) -> None:
        for column, text in self.cells.get("notes", ()):
            self.draft.note(text, label=label_of(column) if column.mapped else "")
        if self.rest:
            self.draft.note(" · ".join(self.rest))
            self.draft.remark(
                N_("there are more cells than headings; they are kept in the notes: “{text}”"),
                text=one_line(" · ".join(self.rest))[:60],
            )

    def _name(self) -> None:
        if self.columns.ours:
            self.draft.name = clean_text(self.cells["name"][0][1]) if "name" in self.cells else ""
        whole, given, family = self.first("name"), self.first("given"), self.first("family")
        headed = {column.field for column in self.columns.all}
        # Beside "Vorname" a "Name" is the family's, beside "Nachname" the first name, unless it
        # holds both.
        if "family" not in headed and not _holds(whole, given):
            whole, family = "", whole
        elif "given" not in headed and not _holds(whole, family):
            whole, given = "", whole
        if not given and not family and not whole:
            whole = self.first("display") or self.first("parent") or self._mail_name()
        prefix = self._prefix(given, whole)
        parts = (prefix, given, self.first("middle"), family, self.first("suffix"))
        full = " ".join(filter(None, parts)) if given or family else ""
        self.draft.name_from(whole, full)
        for other in (full, self.first("display")):
            if not _holds(self.draft.name, other):
                self.draft.add("nicknames", other)
        self._other_names()

    def _mail_name(self) -> str:
        """Return the name of "Anna Weber (anna@example.org)", as Outlook writes it."""
        name = re.sub(r"\s?\([^()]*@[^()]*\)$", "", self.first("mail_name")[:500])
        return "" if "@" in name else name

    def _prefix(self, given: str, whole: str) -> str:
        """Return what stands before the name: "Dr."; "Frau" only where there is no first name."""
        prefix = self.first("prefix")
        if key_of(prefix) in headings.SALUTATIONS:
            return "" if given or whole else prefix
        if set(fold(prefix).split()) <= headings.ACADEMIC:
            return prefix
        self.draft.note(prefix, label=label_of(self.cells["prefix"][0][0]) if prefix else "")
        return ""

    def _other_names(self) -> None:
        """Keep what a second column of one kind says: of two, one can't be the name."""
        for field in ("name", "given", "middle", "family", "suffix", "display"):
            for column, text in self.cells.get(field, ())[1:]:
                if one_line(text) != self.first(field):
                    self.draft.note(text, label=label_of(column))
        for column, text in self.cells.get("parent", ()):
            if one_line(text) != self.draft.name:
                self.draft.note(text, label=label_of(column))

    # --- several texts --------------------------------------------------------------------------

    def own_texts(self, column: Column, text: str) -> None:
        """Take the texts of dorf's own table as they are."""
        kept: dict[str, None] = dict.fromkeys(self.draft.values.get(column.field, ()))
        for part in cells.taken_apart(text):
            try:
                kept[checked_text(part, column.field)] = None
            except WrongField as wrong:
                self.draft.remark(N_("left out: {reason}"), reason=wrong)
        self.draft.values[column.field] = tuple(kept)

    def texts(self, column: Column, text: str) -> None:
        """Take nicknames, skills or whole addresses."""
        if column.field == "addresses":
            for part in re.split(r"\n\s*\n|;", text):
                self.draft.add("addresses", cells.in_one_line(part))
        else:
            for value in self.values(text):
                for part in cells.split(value):
                    self.draft.add(column.field, part)

    def phones(self, column: Column, text: str) -> None:
        """Take phone numbers; fax numbers and uncommon labels go to the notes."""
        label = " ".join(self.labels(column))
        for value in self.values(text):
            for part in cells.split(value, r"[;\n|]|,(?=\s*[+(0'])"):
                number = _bare_number(re.sub(r"^(?:tel|phone):\s*", "", part, flags=re.IGNORECASE))
                broken = re.fullmatch(_BROKEN_NUMBER, number, re.IGNORECASE)
                if broken or not any(map(str.isdecimal, number)):
                    self.keep(column, part)
                elif _FAX.search(label):
                    self.draft.note(number, label=label)
                else:
                    self.draft.add("phones", number)
                    self._uncommon(label, number)

    def emails(self, column: Column, text: str) -> None:
        """Take e-mail addresses, also ``Anna <anna@example.org>``."""
        for value in self.values(text):
            for part in cells.split(value, r"[;,\n|]"):
                inner = re.search(r"<([^<>@]+@[^<>@]+)>", part[:500])
                address = re.sub("^mailto:", "", inner[1] if inner else part, flags=re.IGNORECASE)
                if "@" in address:
                    self.draft.add("emails", address)
                    self._uncommon(" ".join(self.labels(column)), address)
                else:
                    self.keep(column, part)

    def _uncommon(self, label: str, value: str) -> None:
        if label and key_of(label) not in headings.USUAL_LABELS:
            self.draft.note(value, label=label)

    def _addresses(self) -> None:
        """Put the parts of each address together."""
        slots: dict[str, dict[str, list[tuple[int, str]]]] = {}
        for field in ("formatted", "whole", *headings.PARTS):
            for column, text in self.cells.get(field, ()):
                parts = slots.setdefault(column.slot, {})
                parts.setdefault(field, []).append((column.order, text))
        for parts in slots.values():
            if "formatted" in parts:
                for _, text in parts["formatted"]:
                    for value in self.values(text):
                        self.draft.add("addresses", cells.in_one_line(value))
            else:
                self.draft.add("addresses", cells.address(parts))

    # --- vocabularies ---------------------------------------------------------------------------

    def roles(self, column: Column, text: str) -> None:
        """Take the roles that a cell names."""
        found, rest = cells.roles(text)
        if found:
            existing = self.draft.values.get("roles", ())
            self.draft.values["roles"] = tuple(dict.fromkeys((*existing, *found)))
        for word in rest:
            if is_death_word(word):
                self.draft.taken_as_dead(word)
            else:
                self.keep(column, word)

    def kinds(self, column: Column, text: str) -> None:
        """Take the kinds of support that a cell names, or that it says "none"."""
        found, rest = cells.kinds(text)
        if found is not None:
            existing = self.draft.values.get(column.field, frozenset())
            self.draft.values[column.field] = existing | found
        for word in rest:
            self.keep(column, word)

    def status(self, column: Column, text: str) -> None:
        """Take whether somebody is still around; who has died is not."""
        if is_death_word(text):
            self.draft.died()
        else:
            self.once(column, text, cells.meaning("status", text))

    def group(self, _column: Column, text: str) -> None:
        """Take groups, categories and tags."""
        for value in self.values(text):
            name = value.removeprefix("* ")
            if key_of(name) in headings.SYSTEM_GROUPS and self.columns.google:
                continue
            whole = self.columns.google or role_stated(name)
            for word in [name] if whole else cells.split(name):
                self.draft.group(word)

    def kids(self, column: Column, text: str) -> None:
        """Take children: names, with a birthday or birth month where it stands there."""
        order = self.reckoning.orders.get(column.at)
        for item in _items(text):
            name, born = cells.child(item, month_first=order, today=self.reckoning.today)
            if born is None and self._has_one_kid():
                born = self._kid_born()
            if name and len(name) > 200:
                self.keep(column, item)
            else:
                self.draft.kid(name, born)

    def _has_one_kid(self) -> bool:
        return [len(_items(text)) for _, text in self.cells.get("kids", ())] == [1]

    def _kid_born(self) -> PartialDate | None:
        found = self.cells.get("kid_birthday", ())
        return self.day(*found[0]) if found else None

    def kid_birthday(self, column: Column, text: str) -> None:
        """Keep a birthday that could be that of several children, or of none in the row."""
        if not self._has_one_kid():
            self.draft.note(text, label=label_of(column))

    def own_days(self, column: Column, text: str) -> None:
        """Take the children or the yearly days of dorf's own table."""
        taken: dict[Kid | YearlyDay, None] = dict.fromkeys(self.draft.values.get(column.field, ()))
        for name, on in cells.dated_items(text):
            try:
                checked = checked_name(name) if name else None
                if column.field == "kids":
                    taken[Kid(checked, on)] = None
                elif checked and on:
                    taken[YearlyDay(checked, on)] = None
                else:
                    self.keep(column, name or str(on))
            except WrongField as wrong:
                self.draft.remark(N_("left out: {reason}"), reason=wrong)
        self.draft.values[column.field] = tuple(taken)

    # --- the rest -------------------------------------------------------------------------------

    def labelled(self, column: Column, text: str) -> None:
        """Keep in the notes what has no field of its own."""
        self.draft.note(text, label=label_of(column))

    def organisation(self, column: Column, text: str) -> None:
        """Keep the organisation: it also tells two people of one name apart."""
        self.draft.aside = self.draft.aside or one_line(text)[:200]
        if self.draft.name:
            self.draft.note(text, label=label_of(column))

    def pair(self, column: Column, text: str) -> None:
        """Keep a value of Google's under its label."""
        label = " ".join(self.labels(column)) or label_of(column)
        for value in self.values(text):
            self.draft.note(value, label=label)

    def relation(self, column: Column, text: str) -> None:
        """Take a child of somebody; other relations go to the notes."""
        labels = self.labels(column)
        if not any(key_of(label) in headings.CHILD for label in labels):
            self.pair(column, text)
            return
        for value in self.values(text):
            self.draft.kid(*cells.child(value))

    def photo(self, _column: Column, _text: str) -> None:
        """Say that there are no pictures in a village."""
        self.draft.remark(N_("the picture is not taken"))

    def met_at(self, column: Column, text: str) -> None:
        """Take where somebody was met."""
        try:
            self.once(column, text, checked_text(text, "met_at") or None)
        except WrongField as wrong:
            self.draft.remark(N_("left out: {reason}"), reason=wrong)

    def uid(self, column: Column, text: str) -> None:
        """Take the identity that dorf gave; a short one, such as 7, is of one list alone."""
        if not self.columns.ours and len(text) < 16:
            self.draft.note(text, label=label_of(column))
            return
        self.draft.identify(text)
        if self.columns.ours and self.draft.uid:
            self.draft.uid = clean_text(text)  # word for word, blanks and all


def _bare_number(text: str) -> str:
    """Return a number without the ``'`` that keeps its zeros in a spreadsheet."""
    return re.sub(r"^'+(?=[+(0-9])", "", text)


def _items(text: str) -> list[str]:
    """Return the children that a cell names."""
    found = cells.split(text, r"[;,\n|/&+]|\s(?:und|and)\s")
    return [item for item in found if not cells.says_none(item)]


def _holds(name: str, other: str) -> bool:
    """Tell whether every word of *other* stands in *name* already."""
    return set(fold(other).split()) <= set(fold(name).split())


Reader = Callable[[Entry, Column, str], None]


def _read_once(read: Callable[[str], object]) -> Reader:
    return lambda entry, column, text: entry.once(column, text, read(text))


_READERS: dict[str, Reader] = {
    "uid": Entry.uid,
    "nicknames": Entry.texts,
    "phones": Entry.phones,
    "emails": Entry.emails,
    "addresses": Entry.texts,
    "skills": Entry.texts,
    "birthday": Entry.birthday,
    "birth_month": Entry.birth_month,
    "birth_year": Entry.birth_year,
    "birth_day": Entry.birth_year,
    "event_day": Entry.event_day,
    "died_on": Entry.deceased,
    "yearly": Entry.yearly,
    "yearly_days": Entry.keep,
    "event": Entry.event,
    "last_contact": Entry.whole_day,
    "added_on": Entry.whole_day,
    "roles": Entry.roles,
    "group": Entry.group,
    "circle": _read_once(partial(cells.meaning, "circle")),
    "cadence_days": _read_once(cells.span),
    "where": _read_once(partial(cells.meaning, "where")),
    "trusted": _read_once(cells.flag),
    "pickup": _read_once(cells.flag),
    "status": Entry.status,
    "met_at": Entry.met_at,
    "gives": Entry.kinds,
    "gets": Entry.kinds,
    "kids": Entry.kids,
    "kid_birthday": Entry.kid_birthday,
    "organisation": Entry.organisation,
    "labelled": Entry.labelled,
    "relation": Entry.relation,
    **dict.fromkeys(
        ("custom", "website", "im", "external", "jot", "calendar", "address"), Entry.pair
    ),
    "photo": Entry.photo,
}
"""How the cells of each field are read, in this order; names, notes and addresses come apart."""

_OWN_READERS: dict[str, Reader] = {
    **dict.fromkeys(("nicknames", "phones", "emails", "addresses", "skills"), Entry.own_texts),
    **dict.fromkeys(("kids", "yearly_days"), Entry.own_days),
}
"""How dorf's own tables are read where they say more than those of others."""
