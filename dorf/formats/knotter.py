"""knotter's export as JSON: contacts with cadence, tags, dates and every interaction.

Its moments are seconds since 1970. knotter takes a day that is typed as midnight of the clock on
the wall, so the day of a moment depends on where the user lives: the options say the zone.
"""

from __future__ import annotations

from datetime import date, timedelta, tzinfo
from typing import BinaryIO

from dorf.core.dates import LONGEST_SPAN, PartialDate
from dorf.core.vocabulary import How, Status
from dorf.errors import N_, UnreadableFile, WrongField
from dorf.formats.encounters import Log
from dorf.formats.interface import NO_OPTIONS, Options, Sample
from dorf.formats.json import Value, load, take_unknown
from dorf.imports.draft import Draft
from dorf.imports.incoming import Incoming, IncomingContact, Remark

_WAYS = {
    "call": How.CALL,
    "text": How.MESSAGE,
    "email": How.MESSAGE,
    "telegram": How.MESSAGE,
    "hangout": How.VISIT,
}
_JUST_TOUCHED = "touch"
"""What knotter writes for an interaction of which nothing was said."""

_READ = frozenset(
    {"id", "display_name", "email", "emails", "phone", "cadence_days", "tags", "dates",
     "interactions", "next_touchpoint_at", "archived_at", "created_at", "updated_at"}
)  # fmt: skip


def recognises(sample: Sample) -> bool:
    """Tell whether *sample* is knotter's export: it says its formats, and names for display."""
    return _is_export(sample.document)


def _is_export(document: object) -> bool:
    if not isinstance(document, dict) or not isinstance(document.get("contacts"), list):
        return False
    metadata = document.get("metadata")
    if isinstance(metadata, dict) and {"format_version", "schema_version"} & metadata.keys():
        return True
    contacts = document["contacts"]
    return bool(contacts) and isinstance(contacts[0], dict) and "display_name" in contacts[0]


def read(file: BinaryIO, name: str, options: Options = NO_OPTIONS) -> Incoming:
    """Return what the export in *file*, called *name*, states.

    Moments become days in the zone of *options*. Raise `UnreadableFile` if it
    is not an export of knotter at all.
    """
    remarks: list[Remark] = []
    document = load(file, name, remarks)
    if not _is_export(document):
        raise UnreadableFile(N_("This is not an export of knotter. Nothing was changed."))
    return _Reading(Value(document, name), remarks, options.zone).incoming()


class _Reading:
    """One pass over an export."""

    def __init__(self, root: Value, remarks: list[Remark], zone: tzinfo | None) -> None:
        self.root = root
        self.remarks = remarks
        self.zone = zone
        self.exported = root.at("metadata").at("exported_at").day(zone)
        self.log = Log("knotter", remarks)
        self.uids: set[str] = set()

    def incoming(self) -> Incoming:
        people = []
        for contact in self.root.at("contacts").each():
            newcomer = self._contact(contact)
            if newcomer is not None:
                people.append(newcomer)
                self._interactions(contact, newcomer)
        return Incoming({}, tuple(people), tuple(self.log.encounters), remarks=tuple(self.remarks))

    def _contact(self, contact: Value) -> IncomingContact | None:
        draft = Draft(contact.place, self.remarks)
        uid = contact.at("id").line
        draft.identify(None if uid in self.uids else uid)
        self.uids.add(uid)
        draft.name_from(contact.at("display_name").text)
        for mail in (contact.at("email"), *contact.at("emails").each()):
            draft.add("emails", mail.text, mail.place)
        draft.add("phones", contact.at("phone").text, contact.at("phone").place)
        for tag in contact.at("tags").each():
            draft.group(tag.text)
        for day in contact.at("dates").each():
            self._date(draft, day)
        self._standing(draft, contact)
        self._plan(draft, contact)
        for key, value in contact.fields():
            if key not in _READ:
                take_unknown(draft, key, value)
        return draft.finish()

    def _standing(self, draft: Draft, contact: Value) -> None:
        """Take cadence and status.

        Who is archived is paused: knotter only leaves such people out of its lists, also those
        that an import set aside as possible doubles.
        """
        days = contact.at("cadence_days").whole
        if days is not None and 0 < days <= LONGEST_SPAN:
            draft.values["cadence_days"] = days
        elif days:
            draft.note(str(days), "every (days)")
        if contact.at("archived_at"):
            draft.values["status"] = Status.PAUSED

    def _date(self, draft: Draft, value: Value) -> None:
        month, day, year = (value.at(key).whole for key in ("month", "day", "year"))
        kind, label = value.at("kind").line, value.at("label").line
        try:
            found = PartialDate(year, month or 0, day)
        except WrongField:
            parts = (kind, label, *(value.at(key).line for key in ("year", "month", "day")))
            draft.note(" ".join(filter(None, parts)))
            draft.remark(N_("no such day; it is kept in the notes"), place=value.place)
            return
        if kind == "birthday" and "birthday" not in draft.values:
            draft.born(str(found), value.place)
            draft.note(label, "birthday")
        else:
            draft.yearly(label or kind.replace("_", " ") or "date", found, value.place)

    def _plan(self, draft: Draft, contact: Value) -> None:
        """Take the next touchpoint as a plan where somebody chose it.

        With a cadence knotter works it out from the last interaction, as dorf does; one that lies
        before the export is no plan any more.
        """
        touchpoint = contact.at("next_touchpoint_at").day(self.zone)
        if touchpoint is None or self._is_worked_out(contact, touchpoint):
            return
        if self.exported is None or touchpoint > self.exported:
            draft.values["planned_on"] = touchpoint
        else:
            draft.note(str(touchpoint), "next touchpoint")

    def _is_worked_out(self, contact: Value, touchpoint: date) -> bool:
        days = contact.at("cadence_days").whole
        if not days or not 0 < days <= LONGEST_SPAN or touchpoint.toordinal() <= days + 1:
            return False
        moments = [contact.at("created_at"), contact.at("updated_at")]
        for interaction in contact.at("interactions").each():
            moments += [interaction.at("occurred_at"), interaction.at("created_at")]
        since = {touchpoint - timedelta(days=days + shift) for shift in (-1, 0, 1)}
        return any(moment.day(self.zone) in since for moment in moments)

    def _interactions(self, contact: Value, newcomer: IncomingContact) -> None:
        for interaction in contact.at("interactions").each():
            kind = interaction.at("kind").line
            how, label = _WAYS.get(kind), ""
            if how is None and kind:
                label = kind.partition(":")[2] or kind
                how = None if label == _JUST_TOUCHED else How.OTHER
            lines = [label if how is How.OTHER else "", interaction.at("note").text]
            follow_up = interaction.at("follow_up_at").day(self.zone)
            lines += [f"follow up: {follow_up}"] if follow_up else []
            self.log.add(
                interaction.place,
                interaction.at("occurred_at").day(self.zone),
                [newcomer.uid or newcomer.name],
                "\n".join(filter(None, lines)),
                how=how,
                uid=interaction.at("id").line,
            )
