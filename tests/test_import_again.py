"""One address book, imported three times, and edited in between on both sides, at random.

A small model knows what is there and what is here, and what is fair to ask: where files have no
identities, whoever gets another name keeps a word of it and a number.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dorf.core.spelling import fold
from tests.conftest import Dorf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

FIRST = ("Anna", "Otto", "Jörg", "Lena", "Bea")
LAST = ("Meier", "Groß", "Beck")
GROUPS = {"Nachbarn": "neighbour", "Freunde": "friend", "Verein": None}


@dataclass(frozen=True)
class Entry:
    """Somebody as the address book has them; the key is who it really is."""

    key: int
    name: str
    phones: tuple[str, ...] = ()
    email: str = ""
    birthday: str = ""
    note: str = ""
    group: str = ""

    @property
    def own(self) -> set[str]:
        """What nobody else has, not even in the same family."""
        return {phone for phone in self.phones if phone.startswith("0171")} | {self.email} - {""}

    def card(self, *, uid: bool) -> str:
        """Return the entry as a vCard."""
        lines = [f"UID:u-{self.key}"] if uid else []
        lines += [f"TEL:{phone}" for phone in self.phones]
        lines += [f"EMAIL:{self.email}"] if self.email else []
        lines += [f"BDAY:{self.birthday}"] if self.birthday else []
        lines += [f"NOTE:{self.note}"] if self.note else []
        lines += [f"CATEGORIES:{self.group}"] if self.group else []
        return "\r\n".join(
            ["BEGIN:VCARD", "VERSION:3.0", f"FN:{self.name}", *lines, "END:VCARD", ""]
        )

    def row(self) -> str:
        """Return the entry as a row of Google's table."""
        cells = (self.name, " ::: ".join(self.phones), self.email, self.birthday, self.note)
        return ",".join((*cells, self.group))


TYPED = {
    "name": ("rename", "{0}", "{1}"),
    "birthday": ("edit", "{0}", "--birthday", "{1}"),
    "roles": ("role", "{0}", "{1}"),
    "nicknames": ("edit", "{0}", "--nickname", "{1}"),
}
"""The commands that say what a file can say as well, by the field of the village file."""

HEADER = "Name,Phone 1 - Value,E-mail 1 - Value,Birthday,Notes,Labels"
FORMS: dict[str, Callable[[Iterable[Entry]], str]] = {
    "table": lambda all_: "\r\n".join([HEADER, *(entry.row() for entry in all_), ""]),
    "cards": lambda all_: "".join(entry.card(uid=False) for entry in all_),
    "cards with identities": lambda all_: "".join(entry.card(uid=True) for entry in all_),
}


@dataclass
class Here:
    """What has to be true of one contact of the village."""

    keys: set[int]
    phones: set[str] = field(default_factory=set)
    mentioned: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    typed: dict[str, str] = field(default_factory=dict)


class Families:
    """Both sides, and the commands and edits that change them."""

    def __init__(self, dorf: Dorf, random: Random, form: str) -> None:
        """Begin with an address book of a few people, and an empty village."""
        self.dorf = dorf
        self.random = random
        self.form = form
        self.sure = "identities" in form
        self.numbers = count(100)
        self.keys = count()
        self.book: dict[int, Entry] = {}
        self.last: dict[int, Entry] = {}
        self.mentioned: dict[int, set[str]] = defaultdict(set)
        self.here: dict[str, Here] = {}
        self.gone: set[int] = set()
        self.names: set[str] = set()
        for _ in range(random.randint(1, 6)):
            self.meet(fresh=False)

    # --- there ----------------------------------------------------------------------------------

    def number(self) -> str:
        """Return a number that nobody has."""
        return f"0171 55{next(self.numbers)}"

    def meet(self, *, fresh: bool) -> None:
        """Add somebody to the address book; *fresh* is nobody whose name was there before."""
        key = next(self.keys)
        name = f"{self.random.choice(FIRST)} {self.random.choice(LAST)}"
        others = (*self.book.values(), *self.last.values())
        vague = any(fold(other.name) == fold(name) and not other.own for other in others)
        if fold(name) in self.names and (fresh or vague):
            name = f"Neu{key} {name.rpartition(' ')[2]}"
        alone = fold(name) not in self.names
        self.names.add(fold(name))
        pick = self.random.randint
        phones = tuple(self.number() for _ in range(pick(0 if alone else 1, 2)))
        if alone and pick(0, 1):
            phones += (f"0251 {LAST.index(name.rpartition(' ')[2])}00",)  # the landline of a family
        self.book[key] = Entry(
            key,
            name,
            phones,
            f"e{key}@example.org" if pick(0, 1) or not alone else "",
            self.day() if pick(0, 1) else "",
            f"note{key}" if pick(0, 1) else "",
            self.random.choice(("", *GROUPS)),
        )

    def day(self) -> str:
        """Return a birthday that nobody else has: with the name, it tells who somebody is."""
        number = next(self.numbers)
        year = self.random.randint(1950, 1999)
        return f"{year}-{number % 12 + 1:02}-{number // 12 % 28 + 1:02}"

    def edit_there(self) -> None:
        """Change one entry in one way; without identities something stays as it was."""
        if not self.book:
            return
        key = self.random.choice(sorted(self.book))
        entry = self.book[key]
        before = self.last.get(key)
        can_rename = self.sure or (bool(entry.own) and key not in self.gone and entry == before)
        what = self.random.choice(
            ("name", "phone", "less", "birthday", "note", "group", "spelling")
        )
        if what == "name" and can_rename:
            new = f"{entry.name.split()[0]} Ehe{next(self.numbers)}"
            self.names.add(fold(new))
            entry = replace(entry, name=new)
        elif what == "spelling" and "ö" in entry.name and can_rename:
            entry = replace(entry, name=entry.name.replace("ö", "oe"))
        elif before is None or entry.name == before.name or self.sure:
            changes: dict[str, dict[str, Any]] = {
                "phone": {"phones": (*entry.phones, self.number())},
                "less": {"phones": entry.phones[1:] if entry.email or self.sure else entry.phones},
                "birthday": {"birthday": self.day()},
                "note": {"note": f"note{next(self.numbers)}"},
                "group": {"group": self.random.choice(tuple(GROUPS))},
            }
            entry = replace(entry, **changes.get(what, {}))
        self.book[key] = entry

    def leave_there(self) -> None:
        """Remove somebody from the address book."""
        if self.book:
            del self.book[self.random.choice(sorted(self.book))]

    # --- here -----------------------------------------------------------------------------------

    def people(self) -> dict[str, Any]:
        """Return everybody by uid, as the village file has them."""
        return {contact["uid"]: contact for contact in json.loads(self.dorf("export"))["contacts"]}

    def edit_here(self) -> None:
        """Change, delete or merge somebody whose name means nobody else."""
        existing = self.people()
        nicknames = {name for entry in existing.values() for name in entry.get("nicknames", ())}
        clear = [uid for uid in self.here if existing[uid]["name"] not in nicknames]
        if not clear:
            return
        uid = self.random.choice(clear)
        what = self.random.choice((*TYPED, "phones", "clear", "words", "delete", "merge"))
        if what == "delete":
            self._delete(uid, existing[uid]["name"])
        elif what == "merge" and len(clear) > 1:
            self._merge(uid, clear, existing)
        elif what in TYPED:
            value = {"roles": "relative", "birthday": self.day()}.get(what, self.typed())
            self.here[uid].typed[what] = value
            self.dorf(*(p.format(existing[uid]["name"], value) for p in TYPED[what]), remarks=True)
        else:
            self._edit(self.here[uid], existing[uid]["name"], what)

    def typed(self) -> str:
        """Return something that is in no file."""
        return f"Typed{next(self.numbers)}"

    def _edit(self, model: Here, name: str, what: str) -> None:
        if what == "clear" and model.phones:
            self.dorf("edit", name, "--clear", "phones")
            model.phones.clear()
        elif what == "phones":
            model.phones.add(number := self.number())
            self.dorf("edit", name, "--phone", number)
        elif what == "words":
            model.words.add(word := self.typed())
            self.dorf("edit", name, "--note", word)

    def _delete(self, uid: str, name: str) -> None:
        if self._may_go(self.here[uid]):
            self.dorf("delete", name, "--yes")
            self.gone |= self.here.pop(uid).keys

    def _may_go(self, model: Here) -> bool:
        """Tell whether a name without an identity is enough to know who is to stay away."""
        mine = {fold(self.last[key].name) for key in model.keys}
        all_ = (*self.last.items(), *self.book.items())
        others = {fold(entry.name) for key, entry in all_ if key not in model.keys}
        spelled = {self.last[key].name for key in model.keys}
        now = {self.book[key].name for key in model.keys if key in self.book}
        return self.sure or (now <= spelled and not mine & others)

    def _merge(self, uid: str, clear: list[str], existing: dict[str, Any]) -> None:
        other = self.random.choice([entry for entry in clear if entry != uid])
        self.dorf("merge", existing[uid]["name"], existing[other]["name"], "--prefer", "first")
        gone, kept = self.here.pop(other), self.here[uid]
        kept.keys |= gone.keys
        kept.phones |= gone.phones
        kept.mentioned |= gone.mentioned
        kept.words |= gone.words
        if existing[uid].get("birthday"):
            gone.typed.pop("birthday", None)
        gone.typed.pop("name", None)
        kept.typed = {**gone.typed, **kept.typed}

    # --- both -----------------------------------------------------------------------------------

    def bring(self, text: str, *options: str) -> Any:
        """Import *text* and return the document that says what happened."""
        arguments = ("import", "-", "--json", *options)
        return json.loads(self.dorf(*arguments, stdin=text, remarks=True))

    def bring_in(self) -> None:
        """Import what the address book has, or a part of it, and look at everything."""
        part = self.random.random() < 0.3
        chosen = [entry for entry in self.book.values() if not part or self.random.random() < 0.5]
        names = {fold(entry.name) for entry in chosen}  # of one name, all or none are in a part
        entries = [entry for entry in self.book.values() if fold(entry.name) in names]
        if not entries:
            return
        self.random.shuffle(entries)
        text = FORMS[self.form](entries)
        before = self.dorf("export")
        shown = self.bring(text, "--dry-run")
        assert self.dorf("export") == before
        done = self.bring(text)
        for name in ("new", "changed", "unchanged", "doubled", "skipped", "household_changed"):
            assert shown[name] == done[name], name
        assert [c["text"] for c in shown["conflicts"]] == [c["text"] for c in done["conflicts"]]
        self.look(entries, done)
        after = self.dorf("export")
        again = self.bring(text)
        assert (again["new"], again["changed"], again["conflicts"]) == (0, 0, [])
        assert self.dorf("export") == after
        self._back_and_forth(before, after)

    def _back_and_forth(self, before: str, after: str) -> None:
        """Take the import back and bring it back, if it changed anything at all."""
        if before == after:
            return
        taken = 0
        while self.dorf("export") != before:
            self.dorf("undo")
            taken += 1
            assert taken <= 2
        self.dorf("redo", str(taken))
        assert self.dorf("export") == after

    def look(self, entries: list[Entry], done: Any) -> None:
        """Compare the village with what it has to be."""
        existing = self.people()
        self._find_new(entries, existing)
        assert set(existing) == set(self.here)
        gone = [remark for remark in done["remarks"] if "was deleted here" in remark["text"]]
        assert len(gone) == len([item for item in entries if item.key in self.gone])
        for entry in entries:
            if entry.key not in self.gone:
                self._look_at(entry, existing, done)
        for uid, model in self.here.items():
            contact = existing[uid]
            assert set(contact.get("phones", ())) == model.phones, (contact, model)
            assert all(word in contact.get("notes", "") for word in model.words), contact
            for what, value in model.typed.items():
                text = contact.get(what, ())
                assert value == text or value in text, (what, contact, model)

    def _find_new(self, entries: list[Entry], existing: dict[str, Any]) -> None:
        """Say who of those who came is whom: by what only they have."""
        known = {key for model in self.here.values() for key in model.keys} | self.gone
        new = [item for item in entries if item.key not in known]
        came = {uid: contact for uid, contact in existing.items() if uid not in self.here}
        assert len(came) == len(new), (came, new)
        for entry in new:
            own = entry.own
            (uid,) = (
                uid
                for uid, contact in came.items()
                if (own & {*contact.get("phones", ()), *contact.get("emails", ())})
                or (not own and fold(contact["name"]) == fold(entry.name))
            )
            self.here[uid] = Here({entry.key})

    def _look_at(self, entry: Entry, existing: dict[str, Any], done: Any) -> None:
        ((uid, model),) = ((u, m) for u, m in self.here.items() if entry.key in m.keys)
        contact, last = existing[uid], self.last.get(entry.key)
        model.phones |= set(entry.phones) - model.mentioned
        model.mentioned |= set(entry.phones)
        if last is None or fold(entry.name) != fold(last.name):
            names = (contact["name"], *contact.get("nicknames", ()))
            assert fold(entry.name) in {fold(re.sub(r" \(\d+\)$", "", name)) for name in names}
        conflicts = {(c["name"], c["field"]) for c in done["conflicts"]}
        if entry.email:
            assert entry.email in contact["emails"]
        if entry.note and (last is None or entry.note != last.note):
            assert entry.note in contact["notes"]
        if entry.birthday and entry.birthday not in self.mentioned[entry.key]:
            is_same = contact["birthday"] == entry.birthday
            assert is_same or (contact["name"], "birthday") in conflicts, (entry, contact)
            if "birthday" not in model.typed and len(model.keys) == 1:
                assert is_same, (entry, contact)
        self.mentioned[entry.key].add(entry.birthday)
        guess = GROUPS.get(entry.group)
        new = last is None or last.group != entry.group
        if guess and new and "roles" not in model.typed and len(model.keys) == 1:
            stated = (contact["name"], "roles") in conflicts
            assert stated or contact["roles"] == [guess], (entry, contact)
        self.last[entry.key] = entry


def _live(form: str, random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        families = Families(Dorf(Path(folder) / "dorf.db"), random, form)
        for _ in range(3):
            families.bring_in()
            for _ in range(random.randint(0, 4)):
                families.edit_here()
            for _ in range(random.randint(0, 4)):
                families.edit_there()
            if random.random() < 0.3:
                families.meet(fresh=not families.sure)
            if random.random() < 0.2:
                families.leave_there()


@pytest.mark.slow
@settings(max_examples=12, derandomize=True, phases=[Phase.generate])
@given(st.sampled_from(sorted(FORMS)), st.randoms(use_true_random=False))
def test_edited_on_both_sides_nobody_doubles_and_nothing_is_lost(form: str, random: Random) -> None:
    """Whatever happens there and here between three imports."""
    _live(form, random)
