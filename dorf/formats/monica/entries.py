"""What Monica knows about one contact besides its fields: how each kind of entry is kept."""

from __future__ import annotations

import re
from collections.abc import Callable

from dorf.errors import N_
from dorf.formats.json import Value
from dorf.formats.monica.account import Account, day_text, of
from dorf.imports.draft import Draft


def joined(*parts: str) -> str:
    """Return the *parts* that say something, as one line."""
    return ", ".join(part for part in parts if part)


def _field(draft: Draft, entry: Value, account: Account) -> None:
    data = of(entry, "data").text
    kind = account.words.get(of(entry, "type").line)
    label = of(kind, "type").line or of(kind, "name").line if kind else ""
    field = {"email": "emails", "phone": "phones"}.get(label.casefold())
    if not label and re.fullmatch(r"[^@\s]{1,100}@[^@\s]{1,100}", data.strip()):
        field = "emails"
    elif not label and re.fullmatch(r"\+?[0-9 ()/.-]{5,40}", data.strip()):
        field = "phones"
    if field:
        draft.add(field, data, entry.place)
    else:
        draft.note(data, label or "contact", entry.place)


def _address(draft: Draft, entry: Value, _: Account) -> None:
    part = {key: of(entry, key).line for key in
            ("name", "street", "postal_code", "city", "province", "country")}  # fmt: skip
    town = " ".join(filter(None, (part["postal_code"], part["city"])))
    where = joined(part["street"], town, part["province"], part["country"])
    label = f" ({part['name']})" if where and part["name"] else part["name"]
    draft.add("addresses", where + label, entry.place)


def _note(draft: Draft, entry: Value, _: Account) -> None:
    draft.note(of(entry, "body").text, day_text(entry, "created_at"), entry.place)


def _gift(draft: Draft, entry: Value, account: Account) -> None:
    what = (of(entry, part).line for part in ("name", "comment", "amount", "url"))
    whom = of(entry, "recipient").line
    receiver = f"for {account.name(whom)}" if whom in account.contacts else ""
    label = joined("gift", of(entry, "status").line, day_text(entry, "date"))
    draft.note(joined(*what, receiver), label, entry.place)


def _debt(draft: Draft, entry: Value, _: Account) -> None:
    owes = "I owe" if of(entry, "in_debt").flag else "owes me"
    amount = " ".join(filter(None, (of(entry, "amount").line, of(entry, "currency").line)))
    label = joined("debt", of(entry, "status").line, day_text(entry, "created_at"))
    draft.note(joined(f"{owes} {amount}", of(entry, "reason").line), label, entry.place)


def _reminder(draft: Draft, entry: Value, _: Account) -> None:
    """Take a yearly reminder as a yearly day; Monica's own ones repeat the birthday."""
    title, every = of(entry, "title").line, of(entry, "frequency_type").line
    delible, first = of(entry, "delible"), of(entry, "initial_date")
    if delible.raw is not None and not delible.flag:
        return
    if every == "year" and of(entry, "frequency_number").whole in {None, 1} and first.day():
        draft.yearly(title or "reminder", first.text, entry.place)
        draft.note(of(entry, "description").text, title, entry.place)
    else:
        label = joined("reminder", every.replace("_", " "), day_text(entry, "initial_date"))
        draft.note(joined(title, of(entry, "description").line), label, entry.place)


def _task(draft: Draft, entry: Value, _: Account) -> None:
    label = "task, done" if of(entry, "completed").flag else "task"
    text = joined(of(entry, "title").line, of(entry, "description").line)
    draft.note(text, label, entry.place)


def _pet(draft: Draft, entry: Value, _: Account) -> None:
    draft.note(joined(of(entry, "name").line, of(entry, "category").line), "pet", entry.place)


def _life_event(draft: Draft, entry: Value, account: Account) -> None:
    text = joined(account.word(entry, "type"), of(entry, "name").line, of(entry, "note").line)
    draft.note(text, day_text(entry, "happened_at", "created_at") or "life event", entry.place)


def _photo(draft: Draft, entry: Value, _: Account) -> None:
    draft.remark(N_("a photo of “{name}” is left out"), place=entry.place, name=draft.name)


def _document(draft: Draft, entry: Value, _: Account) -> None:
    draft.remark(N_("a document of “{name}” is left out"), place=entry.place, name=draft.name)


ENTRIES: dict[str, Callable[[Draft, Value, Account], None]] = {
    "contact_field": _field,
    "address": _address,
    "note": _note,
    "gift": _gift,
    "debt": _debt,
    "reminder": _reminder,
    "task": _task,
    "pet": _pet,
    "life_event": _life_event,
    "photo": _photo,
    "document": _document,
}
"""How each thing that Monica knows about a contact is taken."""
