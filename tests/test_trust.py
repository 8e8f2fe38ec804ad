"""Around the file: copies that can't be read, links that lead nowhere, what stays behind."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dorf.store import opening
from dorf.store.backups.conflicts import conflict_copies
from tests.test_bad_input import modes, powerless, process
from tests.test_store import execute

if TYPE_CHECKING:
    from tests.conftest import Dorf


def holding(folder: Path, text: str) -> set[str]:
    """Return the files below a folder in whose bytes *text* is."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.name for file in files if text.encode() in file.read_bytes()}


# --- links and locks ----------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["list"], ["status"], ["add", "Zoe"], ["undo"], ["backup"]])
@pytest.mark.parametrize("kind", ["dangling", "loop", "folder"])
def test_a_link_that_leads_nowhere_is_no_empty_village(
    dorf: Dorf, tmp_path: Path, command: list[str], kind: str
) -> None:
    """A disk is missing: status 5, and nothing is made."""
    link = tmp_path / "link"
    link.symlink_to(link if kind == "loop" else tmp_path / "disk")
    dorf.path = link / "dorf.db" if kind == "folder" else link
    dorf(*command, status=5)
    assert "leads to a place that is not there just now" in dorf.said
    assert dorf.said.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == [link]


def test_a_share_without_locks_has_a_sentence_of_its_own(
    family: Dorf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite takes it for a file in use; `doctor` tells it, too."""

    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOLCK, "")

    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(family.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        family("list", status=5)
        assert "in use by another program" in family.said
        monkeypatch.setattr(fcntl, "lockf", refuse)
        family("list", status=5)
        assert "where files can't be locked" in family.said
        assert "where files can't be locked" in family("doctor", status=5)


# --- copies -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_folder_of_copies_that_can_not_be_read_stops_no_write(family: Dorf) -> None:
    """It is said once, with what gives it back; no other file is blamed."""
    folder = family.path.with_name("dorf.db.copies")
    folder.mkdir()
    drop = powerless()
    with modes(folder, 0):
        for command in (["log", "jana"], ["undo"]):
            done = process(family, *command, before=drop)
            assert done.returncode == 0
            assert done.stderr == (
                "Today's automatic copy could not be made: you may not read or write"
                f' {folder}. This gives it back to you: sudo chown -R "$USER" {folder}\n'
            )
        for command in (["backup", "--list"], ["restore", "2026-03-01", "--yes"]):
            done = process(family, *command, before=drop)
            assert done.stderr == f"dorf: {folder} can't be opened: you may not do that.\n"
        done = process(family, "doctor", before=drop)
        assert done.returncode == 0
        assert (
            f"The folder of the automatic copies can't be read or written: {folder}" in done.stdout
        )
        done = process(family, "delete", "jana", "--for-good", "--yes", before=drop)
        assert done.returncode == 5
        assert str(folder) in done.stderr


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "name",
    [
        "dorf.sync-conflict-20260302-120000-ABCDEFG.db",
        "dorf (Lena's conflicted copy 2026-03-02).db",
        "dorf (In Konflikt stehende Kopie von Lena 2026-03-02).db",
        "dorf (conflicted copy 2026-03-02 120000).db",
        "dorf_conflict-20260302-120000.db",
        "dorf-DESKTOP-4711.db",
        "dorf (1).db",
        "dorf.sync-conflict-20260302-120000-ABCDEFG.db-journal",
    ],
)
def test_conflict_copies_are_named_by_doctor_and_by_forgetting(family: Dorf, name: str) -> None:
    """They are not dorf's: named, and not touched."""
    file = family.path.with_name(name)
    file.write_bytes(family.path.read_bytes())
    assert name in family("doctor")
    family("delete", "jana", "--for-good", "--yes", remarks=True)
    assert name in family.said
    assert holding(family.path.parent, "Jana") == {name}


@pytest.mark.parametrize("name", ["dorf-2026-03-02.db", "dorf-2026-03-02-2.db", "dorf2.db", "x.db"])
def test_a_backup_is_no_conflict_copy(family: Dorf, name: str) -> None:
    """Nor is anybody else's file."""
    family.path.with_name(name).touch()
    assert conflict_copies(family.path) == []


def test_a_damaged_newest_copy_is_told_with_the_last_good_day(family: Dorf) -> None:
    """And `--verify` says the same of it, with status 6."""
    family("log", "jana")
    copy = family.path.with_name("dorf.db.copies") / "2026-03-02.db"
    assert "can be restored" in family("backup", "--verify")
    assert family.json("backup", "--verify")["sound"] is True
    assert "can be restored" in family("backup", "--verify", "today")
    copy.write_bytes(copy.read_bytes()[:20_000])
    family("backup", "--verify", status=6)
    assert str(copy) in family.said
    checks = {check["id"]: check["text"] for check in family.json("doctor")["checks"]}
    assert "is damaged" in checks["copies"]
    family("backup", "--verify", "--list", status=2)


def test_without_an_automatic_copy_there_is_nothing_to_check(family: Dorf) -> None:
    """Status 6 and a sentence."""
    family("backup", "--verify", status=6, stderr="dorf: There is no automatic copy to check.\n")


# --- what stays behind --------------------------------------------------------------------------


def test_wal_mode_is_a_note(family: Dorf) -> None:
    """With what ends it."""
    execute(family.path, "PRAGMA journal_mode = WAL")
    assert "'PRAGMA journal_mode = DELETE'" in family("doctor")


@pytest.mark.slow
def test_somebody_is_forgotten_in_wal_mode_too(family: Dorf) -> None:
    """No byte is left; a reader that keeps the old pages is named, and what ends that is true."""
    execute(family.path, "PRAGMA journal_mode = WAL")
    family("edit", "jana", "--note", "zebrafish")
    with closing(sqlite3.connect(family.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM contact").fetchone()
        family("delete", "jana", "--for-good", "--yes", status=5, stderr=(
            f"dorf: Jana is deleted, but another program has {family.path} open as it was before,"
            " so what was there still lies on the disk. Close that program; the next command of"
            " dorf clears it away.\n"
        ))  # fmt: skip
        assert holding(family.path.parent, "zebrafish") != set()
        family("delete", "jana", "--for-good", "--yes", status=3)
    family("list")
    assert holding(family.path.parent, "zebrafish") == set()


def interrupt(path: Path, into: Path) -> None:
    """Leave at *into* what a process leaves of a file that is killed in the middle of a write."""
    journal = "{}-journal"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE contact SET notes = notes || hex(zeroblob(20000))")
        files = [(path, into), (Path(journal.format(path)), Path(journal.format(into)))]
        cut_off = [(to, source.read_bytes()) for source, to in files]
    for to, data in cut_off:
        to.write_bytes(data)


@pytest.mark.parametrize("name", ["dorf.db", "dorf.db.copies/2026-03-01.db"])
def test_what_a_killed_write_left_is_forgotten_too(family: Dorf, name: str) -> None:
    """Its journal holds the pages of before: of the village, or of a copy."""
    family("edit", "jana", "--note", "zebrafish")
    interrupt(family.path, family.path.parent / name)
    assert holding(family.path.parent, "zebrafish") >= {f"{Path(name).name}-journal"}
    family("delete", "jana", "--for-good", "--yes")
    assert holding(family.path.parent, "zebrafish") == set()
    assert len(family.json("list")["contacts"]) > 1


def test_a_journal_without_its_copy_is_forgotten(family: Dorf) -> None:
    """The copy went meanwhile; the journal alone still holds pages."""
    family("edit", "jana", "--note", "zebrafish")
    copy = family.path.with_name("dorf.db.copies") / "2026-03-01.db"
    interrupt(family.path, copy)
    copy.unlink()
    family("delete", "jana", "--for-good", "--yes")
    assert holding(family.path.parent, "zebrafish") == set()


def test_a_copy_that_was_looked_at_when_its_process_was_killed_is_forgotten(
    family: Dorf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder for such files; links, and what is not dorf's, stay."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    family("edit", "jana", "--note", "zebrafish")
    for name in ("tmp/dorf-copy-abc", "tmp/other", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / f"{name[-3:]}.db").write_bytes(family.path.read_bytes())
    (tmp_path / "tmp" / "dorf-copy-link").symlink_to(tmp_path / "elsewhere")
    family("delete", "jana", "--for-good", "--yes")
    assert holding(tmp_path, "zebrafish") == {"her.db", "ere.db"}


def test_a_check_leaves_nothing_behind(
    family: Dorf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the check of a copy, nor a look at a file whose write was cut off."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    family("log", "jana")
    family("backup", "--verify")
    interrupt(family.path, family.path)
    assert "interrupted" in {check["id"] for check in family.json("doctor")["checks"]}
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_a_killed_copy_left_is_forgotten_at_once(family: Dorf) -> None:
    """However young it is."""
    family("edit", "jana", "--note", "zebrafish")
    left = family.path.with_name(".dorf.db.abc123.part")
    left.write_bytes(family.path.read_bytes())
    family("delete", "jana", "--for-good", "--yes")
    assert holding(family.path.parent, "zebrafish") == set()


def test_a_restore_that_could_not_tidy_up_says_so(
    family: Dorf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has succeeded: status 0."""
    copy = family.path.with_name("good")
    family("backup", str(copy))
    family("log", "jana")
    unlink = os.unlink

    def refuse(path: Any, **options: Any) -> None:
        if str(path).endswith(".part"):
            raise PermissionError(errno.EACCES, "")
        unlink(path, **options)

    monkeypatch.setattr(os, "unlink", refuse)
    family("restore", str(copy), "--yes", remarks=True)
    assert "The restore is complete, but this could not be deleted" in family.said


@pytest.mark.few(1)
@pytest.mark.parametrize("encoding", ["UTF-16le", "UTF-16be"])
def test_a_village_in_another_encoding_works(family: Dorf, encoding: str) -> None:
    """As it is, as a copy, and as what a copy goes into."""
    plain, other = family.path.with_name("plain"), family.path.with_name("other")
    family("backup", str(plain))
    before = family("export")
    with closing(sqlite3.connect(plain)) as source, closing(sqlite3.connect(other)) as made:
        made.execute(f"PRAGMA encoding = '{encoding}'")
        made.executescript("\n".join(source.iterdump()))
        for pragma in ("application_id", "user_version"):
            made.execute(f"PRAGMA {pragma} = {source.execute(f'PRAGMA {pragma}').fetchone()[0]}")
    family("log", "jana")
    family("restore", str(other), "--yes")
    assert family("export") == before
    family.path.write_bytes(other.read_bytes())
    assert family("export") == before
    family("log", "jana")
    family("restore", str(plain), "--yes")
    assert family("export") == before
    family("undo", "2")
    assert family("export") == before


def test_a_system_that_opens_no_folder_still_copies_and_restores(
    family: Dorf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows: the names in a folder are its own matter."""
    real = os.open

    def refuse(path: Any, *arguments: Any, **options: Any) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "")
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)
    copy = family.path.with_name("good")
    family("backup", str(copy))
    before = family("export")
    family("log", "jana")
    family("restore", str(copy), "--yes")
    assert family("export") == before
    family.path.unlink()
    family("restore", str(copy))
    assert family("export") == before


@pytest.mark.parametrize("lang", [b"\xff\xfe", b"d\xe9", b"de\xff", b"\x1b[31m"])
def test_a_language_that_is_no_text_is_no_bug(family: Dorf, lang: bytes) -> None:
    """Another one is tried, and nothing of it gets out."""
    environ = {b"DORF_LANG": lang, b"DORF_DB": os.fsencode(family.path), b"LC_ALL": b"C.UTF-8"}
    line = [sys.executable, "-m", "dorf", "list"]
    done = subprocess.run(line, env=environ, capture_output=True, check=False)
    assert done.returncode in {0, 2}, done
    assert b"Traceback" not in done.stderr
    assert not {b"\x1b", b"\xff"} & {bytes([byte]) for byte in done.stdout + done.stderr}
