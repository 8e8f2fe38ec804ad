"""Whatever a backup or a check calls good can be restored, also when other programs were there."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from dorf.store.inspection import expected
from dorf.store.schema import STEPS
from dorf.store.undo import village_tables
from tests.conftest import CASE_B, Dorf
from tests.test_poison import CELLS, POISON, poison
from tests.test_properties import villages
from tests.test_schema import KEPT, KINDS, TABLES, hostile, rebuilt
from tests.test_store import execute
from tests.villages import RICH, TWINS

if TYPE_CHECKING:
    from tests.villages import Document

KNOWN = {0, 1, 5, 6}
"""Statuses of a command that did its work, or refused a file."""


class Tampering(NamedTuple):
    """What another program did to a file."""

    kind: str
    table: str = ""
    column: str = ""
    value: str = ""

    def do(self, path: Path) -> None:
        """Do it to the file at *path*, as far as SQLite lets it."""
        if self.kind == "poison":
            poison(path, self.table, self.column, self.value)
            return
        try:
            execute(path, *self.statements())
        except sqlite3.Error:  # two that exclude each other
            return

    def statements(self) -> list[str]:
        """Return it in SQL."""
        if self.kind == "rebuilt":
            return [
                "PRAGMA foreign_keys = OFF",
                "PRAGMA legacy_alter_table = ON",
                f"ALTER TABLE {self.table} RENAME TO old_one",
                rebuilt(expected(STEPS)["table", self.table]),
                f"INSERT INTO {self.table} SELECT * FROM old_one",  # noqa: S608
                "DROP TABLE old_one",
            ]
        if self.kind in KINDS:
            return hostile(self.table)[self.kind]
        return KEPT[self.kind] if self.kind in KEPT else HARMLESS[self.kind]


HARMLESS = {
    "lost triggers": [
        f"DROP TRIGGER undo_{table}_{event}"
        for table in village_tables(STEPS)
        for event in ("INSERT", "UPDATE", "DELETE")
    ],
    "changed trigger": [
        "DROP TRIGGER undo_contact_DELETE",
        "CREATE TRIGGER undo_contact_DELETE AFTER DELETE ON contact BEGIN DELETE FROM kid; END",
    ],
    "lost index": ["DROP INDEX encounter_day"],
    "statistics": ["ANALYZE"],
    "required column": [
        "DROP TABLE departed",
        (
            "CREATE TABLE departed (uid TEXT NOT NULL, key TEXT NOT NULL, x TEXT NOT NULL,"
            " PRIMARY KEY (uid, key)) STRICT, WITHOUT ROWID"
        ),
    ],
    "wal": ["PRAGMA journal_mode = WAL"],
    "large pages": ["PRAGMA page_size = 32768", "VACUUM"],
    "nobody's rows": ["PRAGMA foreign_keys = OFF", "DELETE FROM contact WHERE id = 1"],
    "no roles": ["DELETE FROM contact_role"],
    "no encounters": ["PRAGMA foreign_keys = OFF", "DELETE FROM encounter"],
    "empty": ["DELETE FROM contact", "DELETE FROM undo_step"],
    "older": ["PRAGMA user_version = 3"],
    "newer": ["PRAGMA user_version = 99"],
    "another's": ["PRAGMA application_id = 7"],
}

TAMPERINGS = st.one_of(
    st.sampled_from([Tampering(kind, table) for table in TABLES for kind in hostile(table)]),
    st.sampled_from([Tampering("rebuilt", table) for table in TABLES]),
    st.sampled_from([Tampering(kind) for kind in (*KEPT, *HARMLESS)]),
    st.sampled_from([Tampering("poison", *cell, value) for cell in CELLS for value in POISON]),
)


AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)
"""Each example takes several commands: looking for a smaller one takes too long."""


def torn(data: bytes, place: float, junk: bytes) -> bytes:
    """Return the bytes of a file with *junk* over them at a *place* between 0 and 1."""
    at = int(place * len(data))
    return data[:at] + junk + data[at + len(junk) :]


class Trial:
    """A village in a folder, what is restored, and the two places in which it is put."""

    def __init__(self, folder: Path, document: Document) -> None:
        """Make the village and the full place."""
        self.village, self.empty = Dorf(folder / "dorf.db"), Dorf(folder / "empty.db")
        self.full = Dorf(folder / "full.db")
        self.village.load(document)
        self.full("import", str(CASE_B), remarks=True)

    def ended(self, *words: str) -> int:
        """Run a command on the village, whatever becomes of it, and return its status."""
        said = self.village.any_status(*words)
        assert "Traceback" not in said
        assert self.village.ended in KNOWN, said
        return self.village.ended

    def restores(self, copy: Path, exported: str | None) -> None:
        """Hold that *copy* can be put into both places, and is what was *exported*."""
        before = self.full("export")
        for place in (self.empty, self.full):
            place("restore", str(copy), "--yes", remarks=True)
            if exported is not None:
                assert place("export") == exported
            assert place.json("doctor")["verdict"] != "problems"
        if self.full("export") != before:
            self.full("undo")
            assert self.full("export") == before
        self.empty.path.unlink()

    def hold(self, copy: Path, exported: str | None) -> bool:
        """Hold that *copy* restores if the check says so, and else changes nothing."""
        if self.ended("backup", "--verify", str(copy)) == 0:
            self.restores(copy, exported)
            return True
        before = self.full.path.read_bytes()
        said = self.full.any_status("restore", str(copy), "--yes")
        assert self.full.ended in KNOWN - {0}, said
        assert self.full.path.read_bytes() == before
        return False


def exported(dorf: Dorf) -> str | None:
    """Return the whole village; None if it can't be read."""
    said = dorf.any_status("export")
    return said if dorf.ended == 0 else None


@settings(max_examples=20, phases=AS_FOUND)
@given(villages(cards=True), st.lists(TAMPERINGS, max_size=2))
@example(RICH, [])
@example(TWINS, [Tampering("contact.fav"), Tampering("wal")])
@example(RICH, [Tampering("required column"), Tampering("lost triggers")])
def test_every_backup_that_says_checked_restores(
    document: Document, tamperings: list[Tampering]
) -> None:
    """Into an empty place and a full one; and the automatic copy, if the check says so."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), document)
        for tampering in tamperings:
            tampering.do(trial.village.path)
        content = exported(trial.village)
        good = Path(folder) / "good.db"
        if trial.ended("backup", str(good)) == 0:
            assert trial.hold(good, content)
        else:
            assert not good.exists()
        trial.village.today = "2026-03-09"
        trial.ended("add", "Zoe")
        copy = Path(folder) / "dorf.db.copies" / "2026-03-09.db"
        if copy.exists():
            trial.hold(copy, content)


@settings(max_examples=20, phases=AS_FOUND)
@given(
    villages(cards=True),
    st.lists(TAMPERINGS, max_size=2),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from([b"", b"", b"\0" * 64, b"\xff" * 3, b"SQLite", bytes(range(200))]),
)
@example(RICH, [Tampering("older")], 0.0, b"")
def test_a_copy_that_others_changed_restores_or_is_refused(
    document: Document, tamperings: list[Tampering], place: float, junk: bytes
) -> None:
    """As the check says; a refused one changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), document)
        content = trial.village("export")
        copy = Path(folder) / "copy.db"
        trial.village("backup", str(copy))
        for tampering in tamperings:
            tampering.do(copy)
        copy.write_bytes(torn(copy.read_bytes(), place, junk))
        trial.hold(copy, None if tamperings or junk else content)
