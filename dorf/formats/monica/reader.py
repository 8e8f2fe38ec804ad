"""Monica 4's export of an account as JSON: people, what ties them, and what was done together.

Days are taken as they are written (Monica writes UTC, and midnight for a day). A note of Monica is
text *about* somebody, dated by when it was typed; it becomes a dated line of the contact's notes.
As an encounter it would claim an exchange that may never have been, and last contacts would be
wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from dorf.core.dates import LONGEST_SPAN
from dorf.core.names import checked_name
from dorf.core.village import Child
from dorf.core.vocabulary import How, Status
from dorf.errors import N_, DorfError, UnreadableFile, WrongField
from dorf.formats.encounters import Log
from dorf.formats.interface import NO_OPTIONS, Options, Sample
from dorf.formats.json import NOT_KNOWN, Value, load, take_unknown
from dorf.formats.monica.account import (
    CHILDREN,
    REVERSE,
    Account,
    Tie,
    day_text,
    moment,
    of,
    sections,
)
from dorf.formats.monica.entries import ENTRIES, joined
from dorf.imports.draft import Draft
from dorf.imports.incoming import Incoming, IncomingContact, Remark

ROLES = {
    "partner": "partner", "spouse": "partner", "ex_husband": "coparent",
    "parent": "grandparent", "stepparent": "grandparent", "grandparent": "grandparent",
    "sibling": "relative", "uncle": "relative", "nephew": "relative", "cousin": "relative",
    "grandchild": "relative", "friend": "friend", "bestfriend": "friend",
    "colleague": "colleague", "boss": "colleague", "subordinate": "colleague",
}  # fmt: skip
"""The role of whoever is this to the owner of the export.

A parent of the owner is a grandparent of the household's children. A godparent of the owner is
none of theirs, and a child of the owner belongs to the household.
"""

_LABELLED = {
    "job": "job", "company": "company", "food_preferences": "food",
    "first_met_where": "first met at", "first_met_additional_info": "first met",
}  # fmt: skip
_READ_ELSEWHERE = frozenset(
    {"first_name", "middle_name", "last_name", "nickname", "description", "is_starred",
     "is_partial", "is_active", "is_dead", "last_talked_to", "stay_in_touch_frequency", "tags",
     "birthdate", "deceased_date", "first_met_date", "first_met_through", "gender", *_LABELLED}
)  # fmt: skip
_OF_NO_USE = frozenset(
    {"avatar", "last_consulted_at", "number_of_views", "stay_in_touch_trigger_date", "vcard",
     "distant_etag", "deceased_reminder", "first_met_reminder"}
)  # fmt: skip
"""What Monica keeps for itself, or works out from what is read."""


def recognises(sample: Sample) -> bool:
    """Tell whether *sample* begins an export of Monica: an account, its data in typed sections."""
    return _is_export(sample.document)


def _is_export(document: object) -> bool:
    if not isinstance(document, dict) or "dorf" in document:
        return False
    account = document.get("account")
    if not isinstance(account, dict):
        return False
    data = account.get("data")
    signs = {"version", "app_version", "exported_by", "export_date"} & document.keys()
    return isinstance(data, list | dict) and bool(
        signs or {"properties", "instance"} & account.keys()
    )


def read(file: BinaryIO, name: str, _options: Options = NO_OPTIONS) -> Incoming:
    """Return what the export in *file*, called *name*, states.

    Raise `UnreadableFile` if it is not an export of Monica at all.
    """
    remarks: list[Remark] = []
    document = load(file, name, remarks)
    if not _is_export(document):
        raise UnreadableFile(N_("This is not an export of Monica. Nothing was changed."))
    return _Reading(Account(Value(document, name), remarks), remarks).incoming()


_LOGGED = frozenset({"activity", "call", "conversation"})


class _Reading:
    """One pass over an export: who becomes a contact, and what each of them brings."""

    def __init__(self, account: Account, remarks: list[Remark]) -> None:
        self.account = account
        self.remarks = remarks
        self.log = Log("monica", remarks)
        self.people: dict[str, IncomingContact] = {}
        self.folded = {key for key in account.contacts if self._is_folded(key)}

    def incoming(self) -> Incoming:
        for key, contact in self.account.contacts.items():
            if key == self.account.me:
                self._remark(
                    contact, N_("“{name}” is you; you are no contact of your own village"), key
                )
            elif key not in self.folded:
                self._take(key, contact)
        self._log_activities()
        for key, contact in self.account.contacts.items():
            self._log_exchanges(key, contact)
        self._remark_on_the_rest()
        return Incoming(
            {"children": tuple(self._own_children())} if self.account.me else {},
            tuple(self.people.values()),
            tuple(self.log.encounters),
            remarks=tuple(self.remarks),
        )

    def _remark(self, value: Value, sentence: str, key: str = "", **fields: object) -> None:
        if key:
            fields["name"] = self.account.name(key)
        self.remarks.append(Remark(value.place, DorfError(sentence, **fields)))

    def _is_folded(self, key: str) -> bool:
        """Tell whether a contact is a part of others: Monica calls it partial, it is only tied."""
        contact = self.account.contacts[key]
        if not of(contact, "is_partial").flag or not self.account.name(key):
            return False
        more = ("description", "tags", *_LABELLED)
        if any(of(contact, part) for part in more):
            return False
        if any(kind != "reminder" for kind, _ in sections(contact)):
            return False
        return any(
            not of(self.account.contacts[tie.person], "is_partial").flag
            and (tie.person == self.account.me or self.account.name(tie.person))
            for tie in self.account.ties.get(key, ())
        )

    def _take(self, key: str, contact: Value) -> None:
        draft = Draft(contact.place, self.remarks)
        draft.identify(contact.at("uuid").line if key == contact.at("uuid").line else None)
        draft.name_from(self.account.name(key))
        if of(contact, "nickname").line != draft.name:
            draft.add("nicknames", of(contact, "nickname").text)
        draft.aside = of(contact, "company").line or None
        draft.note(of(contact, "description").text)
        self._take_standing(draft, contact)
        self._take_dates(draft, contact)
        self._take_properties(draft, contact)
        for kind, entry in sections(contact):
            self._take_entry(draft, kind, entry)
        for tie in self.account.ties.get(key, ()):
            self._take_tie(draft, tie)
        newcomer = draft.finish()
        if newcomer is not None:
            self.people[key] = newcomer

    def _take_standing(self, draft: Draft, contact: Value) -> None:
        """Take tags, cadence and status.

        Who is archived is paused: Monica only takes such people off the list, and can put them
        back; that they have left the village is nowhere said.
        """
        for tag in of(contact, "tags").each():
            draft.group(tag.text or tag.at("name").text)
        if of(contact, "is_starred").flag:
            draft.group("favourite")
        days = of(contact, "stay_in_touch_frequency").whole
        if days is not None and 0 < days <= LONGEST_SPAN:
            draft.values["cadence_days"] = days
        elif days:
            draft.note(str(days), "stay in touch every (days)")
        active = of(contact, "is_active")
        if active.raw is not None and not active.flag:
            draft.values["status"] = Status.PAUSED
        draft.last_contact = of(contact, "last_talked_to").day()

    def _take_dates(self, draft: Draft, contact: Value) -> None:
        birthdate = of(contact, "birthdate")
        birth = moment(birthdate)
        if birth.about:
            draft.note(str(birth), "born")
        else:
            text = birthdate.at("date").text or birthdate.text
            draft.born(birth.day or text, birthdate.place)
        death = str(moment(of(contact, "deceased_date")))
        if of(contact, "is_dead").flag or death:
            draft.died(death)
        draft.note(str(moment(of(contact, "first_met_date"))), "first met")
        through = of(contact, "first_met_through").line
        if through in self.account.contacts:
            draft.note(self.account.name(through), "first met through")

    def _take_properties(self, draft: Draft, contact: Value) -> None:
        for key, value in contact.at("properties").fields():
            if key in _LABELLED:
                draft.note(value.text, _LABELLED[key], value.place)
            elif key not in _READ_ELSEWHERE | _OF_NO_USE:
                take_unknown(draft, key, value)

    def _take_entry(self, draft: Draft, kind: str, entry: Value) -> None:
        take = ENTRIES.get(kind)
        if take is not None:
            take(draft, entry, self.account)
        elif kind not in _LOGGED:
            self._remark(entry, NOT_KNOWN, field=kind[:40])

    def _take_tie(self, draft: Draft, tie: Tie) -> None:
        if tie.person == self.account.me:
            return self._take_bond(draft, tie)
        name, birth = self.account.name(tie.person), self.account.birth(tie.person)
        gone = of(self.account.contacts[tie.person], "is_dead").flag
        folded = tie.person in self.folded
        if tie.kind in CHILDREN and not gone:
            draft.kid(name, birth.day)
            kept = birth.day is not None and birth.day.year is not None
            if folded and not kept and str(birth):
                draft.note(str(birth), f"{name}, born")
            return None
        nickname = of(self.account.contacts[tie.person], "nickname").line
        more = [f"“{nickname}”" if nickname != name and nickname else ""]
        more += [f"born {birth}" if str(birth) else "", "died" if gone else ""]
        draft.note(joined(name, *(more if folded or gone else ())), tie.word)
        return None

    def _take_bond(self, draft: Draft, tie: Tie) -> None:
        """Take what the contact is to the owner; *tie* says what the owner is to the contact."""
        kind = REVERSE.get(tie.kind, tie.kind)
        if kind == "ex" and self._children(tie.person) & self._children(tie.whom):
            draft.group("coparent")
        elif kind in ROLES:
            draft.group(ROLES[kind])
        if kind == "bestfriend":  # DOMAIN.md §1: circle 1
            draft.values["circle"] = 1
        draft.note(Tie(tie.whom, kind, tie.person).word, "to you")

    def _children(self, key: str) -> set[str]:
        return {tie.person for tie in self.account.ties.get(key, ()) if tie.kind == "child"}

    def _own_children(self) -> Iterator[Child]:
        """Yield the owner's children who are no contacts of their own."""
        for tie in self.account.ties.get(self.account.me, ()):
            if tie.person not in self.folded:
                continue
            contact, birth = self.account.contacts[tie.person], self.account.birth(tie.person)
            if tie.kind in CHILDREN and birth.day:
                try:
                    yield Child(checked_name(self.account.name(tie.person)), birth.day)
                except WrongField as wrong:
                    sentence = N_("your child “{name}” is left out: {reason}")
                    self._remark(contact, sentence, tie.person, reason=wrong)
            elif all(other.person == self.account.me for other in self.account.ties[tie.person]):
                sentence = N_("“{name}” is tied to you alone ({kind}); left out")
                self._remark(contact, sentence, tie.person, kind=joined(tie.word, str(birth)))

    def _refer(self, key: str) -> list[str]:
        person = self.people.get(key)
        return [person.uid or person.name] if person else []

    def _log_activities(self) -> None:
        present: dict[str, list[str]] = {key: [] for key in self.account.activities}
        for key, contact in self.account.contacts.items():
            for kind, entry in sections(contact):
                if kind == "activity":
                    uuid = entry.line or entry.at("uuid").line
                    if uuid not in present:
                        self.account.activities[uuid] = entry
                    present.setdefault(uuid, []).extend(self._refer(key))
        for key, entry in self.account.activities.items():
            summary = of(entry, "summary").text or self.account.word(entry, "type")
            note = "\n".join(filter(None, (summary, of(entry, "description").text)))
            day = of(entry, "happened_at").day() or of(entry, "created_at").day()
            uid = entry.at("uuid").line
            self.log.add(entry.place, day, present[key], note, how=How.VISIT, uid=uid)

    def _log_exchanges(self, key: str, contact: Value) -> None:
        for kind, entry in sections(contact):
            uid = entry.at("uuid").line
            if kind == "call":
                note, how = self._said_in_call(key, entry), How.CALL
                day = of(entry, "called_at").day() or of(entry, "created_at").day()
            elif kind == "conversation":
                note, how = self._said_in_messages(key, entry), How.MESSAGE
                day = of(entry, "happened_at").day() or of(entry, "created_at").day()
            else:
                continue
            self.log.add(entry.place, day, self._refer(key), note, how=how, uid=uid)

    def _said_in_call(self, key: str, entry: Value) -> str:
        called = of(entry, "contact_called").flag
        feelings = ", ".join(
            emotion.line for emotion in of(entry, "emotions").each() if emotion.line
        )
        lines = (
            of(entry, "content").text,
            f"{self.account.name(key)} called" if called else "",
            feelings,
        )
        return "\n".join(filter(None, lines))

    def _said_in_messages(self, key: str, entry: Value) -> str:
        lines = [self.account.word(entry, "contact_field_type")]
        for message in of(entry, "messages").each():
            content = of(message, "content").text
            who = "I" if of(message, "written_by_me").flag else self.account.name(key)
            lines += [f"{who}: {content}"] if content else []
        return "\n".join(filter(None, lines))

    def _remark_on_the_rest(self) -> None:
        for kind, entry in self.account.others:
            self._remark(entry, NOT_KNOWN, field=kind[:40])
        for entry in of(self.account.account, "journal_entries").each():
            day = day_text(entry, "date", "created_at")
            self._remark(entry, N_("a page of your journal is left out ({day})"), day=day)
        if any(of(contact, "gender") for contact in self.account.contacts.values()):
            self._remark(self.account.root, N_("the gender of contacts is left out"))
