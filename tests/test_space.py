"""Room on the disk: pages that nothing uses go back to it, and large files are copied otherwise."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dorf.store import opening
from dorf.store.backups import copies
from dorf.store.opening import copy_path
from dorf.store.schema import STEPS
from dorf.store.store import PAGES_KEPT, Store
from tests.test_store import DAY, NOW, execute, whole

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Dorf


def fill_record(dorf: Dorf) -> None:
    """Let the record of undo grow by some megabytes, and lose them again."""
    with Store(dorf.path, NOW) as store:
        for number in range(200):
            with store.writing() as writer:
                lena = store.reader.village(DAY).contacts[0]
                writer.save_contact(replace(lena, notes=f"{number}" + "x" * 19_000))
    execute(dorf.path, "DELETE FROM undo_change", "DELETE FROM undo_step")


def free_pages(path: Path) -> int:
    """Return how many pages of the file are used by nothing."""
    return int(execute(path, "PRAGMA freelist_count")[0][0])


@pytest.mark.slow
def test_a_file_gives_back_what_nothing_uses(dorf: Dorf) -> None:
    """A little after each write, until only what comes next has room; what is in it stays."""
    dorf("add", "Lena", "--role", "friend")
    fill_record(dorf)
    before = free_pages(dorf.path)
    size = dorf.path.stat().st_size
    assert before > PAGES_KEPT
    dorf("list")
    assert free_pages(dorf.path) == before
    for _ in range(10):
        dorf("log", "lena")
    assert free_pages(dorf.path) <= PAGES_KEPT
    assert dorf.path.stat().st_size < size / 2
    assert len(dorf.json("history")["encounters"]) == 10
    assert execute(dorf.path, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.slow
def test_a_copy_holds_no_free_pages(dorf: Dorf) -> None:
    """Neither that of the day nor a backup, and both are the whole village."""
    dorf("add", "Lena", "--role", "friend")
    fill_record(dorf)
    dorf("backup", str(dorf.path.with_name("good.db")))
    for copy in (dorf.path.with_name("good.db"), copy_path(dorf.path, "2026-03-03")):
        dorf.today = "2026-03-03"
        if not copy.exists():
            with Store(dorf.path, "2026-03-03T12:00:00+00:00") as store, store.writing():
                pass
        assert free_pages(copy) == 0
        assert copy.stat().st_mode & 0o777 == 0o600
        assert whole(copy) == whole(dorf.path)


def test_a_file_of_an_older_format_is_written_anew(dorf: Dorf) -> None:
    """So that it can give back pages from then on."""
    with Store(dorf.path, NOW, STEPS[:1]) as store:
        store._create_file()  # noqa: SLF001  (writing needs tables of today)
        connection = store.opened()
        connection.execute("PRAGMA auto_vacuum = NONE")
        connection.execute("VACUUM")
    assert execute(dorf.path, "PRAGMA auto_vacuum") == [(0,)]
    dorf("list")
    assert execute(dorf.path, "PRAGMA auto_vacuum") == [(2,)]


def write_on(dorf: Dorf, *days: str) -> list[str]:
    """Write something on each of the days; return of which days there are copies then."""
    for day in days:
        with Store(dorf.path, f"{day}T12:00:00+00:00") as store, store.writing() as writer:
            writer.switch(f"test {day}", on=False)
    return [copy.stem for copy in copies.daily_copies(dorf.path)]


@pytest.fixture
def large(dorf: Dorf, monkeypatch: pytest.MonkeyPatch) -> Dorf:
    """Return a village whose file is taken for a large one, on a disk that can't clone."""
    monkeypatch.setattr(opening, "LARGE", 1)
    monkeypatch.setattr(copies, "_FICLONE", 0)
    dorf("add", "Lena", "--role", "friend")
    return dorf


def days_of_copies(dorf: Dorf) -> list[str]:
    """Return of which days there are automatic copies."""
    return [copy.stem for copy in copies.daily_copies(dorf.path)]


def copied_on(dorf: Dorf, *days: str) -> list[str]:
    """Let the file be copied on each of the days, with time for it; return of which it is then."""
    for day in days:
        with Store(dorf.path, f"{day}T12:00:00+00:00") as store:
            store.copy_while_nobody_waits()
    return days_of_copies(dorf)


def test_nobody_waits_for_the_copy_of_a_large_file(large: Dorf) -> None:
    """Where the disk can't clone, no write makes one, and no reminder that somebody looks at."""
    assert write_on(large, "2026-03-02", "2026-03-09") == []
    large("remind", tty=True)
    assert days_of_copies(large) == []
    assert "There is no automatic copy. The file is larger than 100 MB" in large("doctor")


def test_a_reminder_that_runs_by_itself_copies_a_large_file_once_a_week(large: Dorf) -> None:
    """Whether it has something to say or not; the check-up and the list of copies say so."""
    week = ["2026-03-02", "2026-03-03", "2026-03-08", "2026-03-09", "2026-03-15"]
    assert copied_on(large, *week) == ["2026-03-02", "2026-03-09"]
    sentence = "The file is larger than 100 MB, which takes a while to copy: once a week"
    assert sentence in large("backup", "--list")
    assert sentence in large("doctor")


@pytest.mark.parametrize("options", [[], ["--json"], ["--max", "2"]])
def test_reminders_without_a_terminal_copy(large: Dorf, options: list[str]) -> None:
    """As a scheduler starts them, whatever their form."""
    large("remind", *options)
    assert len(days_of_copies(large)) == 1
    (copy,) = copies.daily_copies(large.path)
    assert whole(copy)["contacts"]


def test_switching_copies_on_makes_one_of_a_large_file(large: Dorf) -> None:
    """It is what the check-up advises where no reminder runs; switched off, none is made."""
    large("backup", "--no-daily")
    large("remind")
    assert days_of_copies(large) == []
    large("backup", "--daily")
    assert len(days_of_copies(large)) == 1


def test_the_newest_copy_that_is_known_to_be_good_never_goes(
    large: Dorf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies of large files are made unchecked: one is looked at before any goes."""
    monday = date(2026, 3, 2)
    weeks = [(monday + timedelta(weeks=n)).isoformat() for n in range(14)]
    assert copied_on(large, weeks[0]) == weeks[:1]
    with monkeypatch.context() as failing:
        failing.setattr(os, "copy_file_range", zeros, raising=False)
        assert copied_on(large, *weeks[1:13]) == [weeks[0], *weeks[2:13]]
    assert copied_on(large, weeks[13]) == weeks[3:14]


def zeros(source: int, made: int, count: int, at: int, _: int) -> int:
    """Copy as a failing disk does: the head, and nothing after it."""
    data = os.pread(source, count, at)
    return os.pwrite(made, data[:100] + bytes(len(data[100:])), at)


def test_the_copy_of_a_large_file_is_the_whole_file(
    dorf: Dorf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte by byte, private, and one that can be restored; a clone only on a disk that can."""
    monkeypatch.setattr(opening, "LARGE", 1)
    dorf("add", "Lena", "--role", "friend")
    before = dorf.path.read_bytes()
    copied_on(dorf, "2026-03-02")
    (copy,) = copies.daily_copies(dorf.path)
    assert copy.read_bytes() == before
    assert copy.stat().st_mode & 0o777 == 0o600
    dorf("rename", "Lena", "Lea")
    dorf("restore", str(copy), "--yes")
    assert dorf.json("show", "lena")["contact"]["name"] == "Lena"
    monkeypatch.setattr(copies, "_FICLONE", 0)
    assert not copies._duplicate(dorf.path, copy, clone_only=True)  # noqa: SLF001
    assert copy.read_bytes() == before


@pytest.mark.parametrize("most", [0, 4096, None])
def test_a_copy_goes_on_where_the_kernel_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int | None
) -> None:
    """Whether it copies nothing, a part before the disk complains, or is no help at all."""

    def stops(source: int, made: int, count: int, at: int, _: int) -> int:
        if at:
            raise OSError(errno.EIO, "")
        return os.pwrite(made, os.pread(source, min(count, most or 0), at), at)

    if most is None:
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    else:
        monkeypatch.setattr(os, "copy_file_range", stops, raising=False)
    content = bytes(range(256)) * 100
    source, made = tmp_path / "source", tmp_path / "made"
    source.write_bytes(content)
    made.touch()
    with source.open("rb") as reading, made.open("r+b") as writing:
        copies._pour(reading, writing)  # noqa: SLF001
    assert made.read_bytes() == content


def test_a_large_file_that_is_written_is_copied_later(
    dorf: Dorf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's lock is asked, so no copy holds half of another program's write."""
    monkeypatch.setattr(opening, "LARGE", 1)
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    dorf("add", "Lena", "--role", "friend")
    copy = dorf.path.with_name("copy.db")
    copy.touch()
    with closing(sqlite3.connect(dorf.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            copies._duplicate(dorf.path, copy)  # noqa: SLF001
    assert not copy.read_bytes()
