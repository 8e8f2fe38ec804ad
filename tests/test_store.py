"""The file: private, checked by SQLite itself, migrated with a copy beside it, never half written.

What is in the file is looked at with ``sqlite3`` alone; whatever happens to a real process
(another one beside it, ``kill -9``) happens to real processes here.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dorf.errors import StoreError
from dorf.store.migration import migrate as build
from dorf.store.schema import APPLICATION_ID, STEPS
from dorf.store.store import Store
from tests.conftest import HANGING, TODAY, Dorf

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
DAY = date.fromisoformat(TODAY)
NOW = "2026-03-02T12:00:00.000000+00:00"


def run(
    *arguments: str, cwd: Path = ROOT, umask: int = -1, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run ``dorf`` as a process of its own, with *environ* and little else."""
    return subprocess.run(
        [sys.executable, "-m", "dorf", *arguments],
        cwd=cwd,
        umask=umask,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **environ},
        capture_output=True,
        text=True,
        timeout=HANGING,
        check=False,
    )


def mode(path: Path) -> int:
    """Return the permission bits of *path*."""
    return stat.S_IMODE(path.stat().st_mode)


def execute(path: Path, *statements: str) -> list[tuple[Any, ...]]:
    """Run raw SQL with foreign keys on; return the rows of the last statement."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        connection.commit()
    return rows


def whole(path: Path) -> Any:
    """Return what ``dorf export`` says of the village in *path*."""
    return json.loads(Dorf(path)("export"))


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a village with something in every table."""
    dorf = Dorf(tmp_path_factory.mktemp("filled") / "dorf.db")
    dorf("import", str(CASES / "household-b.json"))
    dorf("edit", "jana", "--skill", "sewing", "--birthday", "28.2.", "--note", "tea")
    dorf("log", "jana", "tom", "--how", "call", "--got", "childcare", "--note", "zoo")
    dorf("role", "tom", "neighbour")
    dorf("wish", "add", "Handwerk")
    dorf("rule", "off", "G12")
    dorf("accept", "G01", "--until", "1.6.")
    return dorf.path.read_bytes()


@pytest.fixture
def filled(dorf: Dorf, full_file: bytes) -> Dorf:
    """Return a village of its own with something in every table."""
    dorf.path.write_bytes(full_file)
    dorf.path.chmod(0o600)
    return dorf


@pytest.mark.slow
def test_a_write_loads_what_makes_copies_only_for_the_first_of_a_day(filled: Dorf) -> None:
    """Every start counts."""
    lines = (
        "import sys; from dorf.cli import main; from dorf.cli.env import World; "
        "main(['log', 'jana'], World.here()); "
        "print('dorf.store.backups.copies' in sys.modules, 'dorf.store.writer' in sys.modules)"
    )
    loaded = [
        subprocess.run(
            [sys.executable, "-c", lines], cwd=ROOT, capture_output=True, text=True, check=True,
            env={"PATH": os.environ["PATH"], "DORF_DB": str(filled.path), "LANG": "C.UTF-8"},
        ).stdout.splitlines()[-1]
        for _ in range(2)
    ]  # fmt: skip
    assert loaded == ["True True", "False True"]


# --- where it lies, and who may read it ---------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_a_new_file_is_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    """0600 in the default folder, which is 0700."""
    data = tmp_path / "data"
    done = run("add", "Lena", umask=umask, HOME=str(tmp_path), XDG_DATA_HOME=str(data))
    assert (done.returncode, done.stderr) == (0, "")
    file = data / "dorf" / "dorf.db"
    assert mode(file) == 0o600
    assert mode(file.parent) == 0o700
    assert [one.name for one in file.parent.iterdir()] == ["dorf.db"]


def test_a_file_that_is_named_is_private_as_well(tmp_path: Path) -> None:
    """Also when it lies in a folder that everybody may read."""
    run("--db", "village.db", "add", "Lena", cwd=tmp_path, umask=0)
    assert mode(tmp_path / "village.db") == 0o600


READS = (
    ["list"], ["status"], ["gaps"], ["tips"], ["history"], ["household"], ["rule", "list"],
    ["who", "advice"], ["find", "x"], ["export"], ["list", "--json"],
)  # fmt: skip


@pytest.mark.parametrize("command", READS, ids=" ".join)
def test_reading_a_file_that_is_not_there_creates_nothing(dorf: Dorf, command: list[str]) -> None:
    """It finds nobody, and leaves no empty file behind."""
    assert dorf(*command)
    assert list(dorf.path.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["log", "lena"], 3),
        (["show", "lena"], 3),
        (["edit", "lena", "--near"], 3),
        (["delete", "lena", "--yes"], 3),
        (["encounter", "remove", "last", "--yes"], 3),
        (["add", "Lena", "--last", "tomorrow"], 2),
        (["add", "Lena", "--role", "xyz"], 2),
    ],
)
def test_a_command_that_fails_creates_nothing_either(
    dorf: Dorf, arguments: list[str], status: int
) -> None:
    """A typing error in the first command leaves the disk as it was."""
    dorf(*arguments, status=status)
    assert list(dorf.path.parent.iterdir()) == []


@pytest.mark.slow
def test_what_is_deleted_is_gone_from_the_bytes_of_the_file(filled: Dorf) -> None:
    """`delete --for-good` really deletes (DOMAIN.md §0.2): nothing of it can be dug up.

    Neither from the file with its record of changes, nor from the automatic copies beside it.
    """
    filled("add", "Zacharias Unverwechselbar", "--phone", "0251 4711 0815", "--note", "Geheimnis")
    filled("log", "zacharias", "--note", "Heimlichkeit")
    secrets = (b"Unverwechselbar", b"4711 0815", b"Geheimnis", b"Heimlichkeit")
    assert all(secret in filled.path.read_bytes() for secret in secrets)
    filled("rename", "zacharias", "Zacharias Sehrunverwechselbar")
    filled("delete", "zacharias", "--for-good", "--yes")
    files = [one for one in filled.path.parent.rglob("*") if one.is_file()]
    assert len(files) == 2
    assert [s for s in secrets for one in files if s in one.read_bytes()] == []
    filled("undo", status=1)


# --- what SQLite itself refuses -----------------------------------------------------------------


def test_the_file_says_what_it_is(filled: Dorf) -> None:
    """Our mark, the number of the last step, STRICT tables, and nothing dangling."""
    assert execute(filled.path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert execute(filled.path, "PRAGMA user_version") == [(len(STEPS),)]
    assert execute(filled.path, "PRAGMA integrity_check") == [("ok",)]
    assert execute(filled.path, "PRAGMA foreign_key_check") == []
    assert execute(filled.path, "PRAGMA journal_mode") == [("delete",)]
    tables = execute(filled.path, "SELECT name, strict FROM pragma_table_list")
    loose = [name for name, strict in tables if not strict and not name.startswith("sqlite_")]
    assert [name for name in loose if not name.startswith("_sqlite_migrations")] == []


REFUSED = [
    "UPDATE contact SET name = '' WHERE id = 1",
    "UPDATE contact SET name = NULL",
    "UPDATE contact SET uid = NULL",
    "UPDATE contact SET added_on = 'gestern'",
    "UPDATE contact SET added_on = '2026-3-2'",
    "UPDATE contact SET added_on = '2026-02-31'",
    "UPDATE contact SET circle = 5",
    "UPDATE contact SET circle = 'nah'",
    "UPDATE contact SET cadence_days = -1",
    "UPDATE contact SET cadence_days = 1.5",
    "UPDATE contact SET planned_on = '22.11.2026'",
    "UPDATE contact SET snoozed_until = 'never'",
    "UPDATE contact SET status = 'asleep'",
    "UPDATE contact SET place = 'mars'",
    "UPDATE contact SET trusted = 2",
    "UPDATE contact SET trusted = 'yes'",
    "UPDATE contact SET strained = NULL",
    "UPDATE contact SET birthday = 'spring'",
    "INSERT INTO contact (uid, name, added_on, changed_at) VALUES (NULL, 'N', '2026-01-01', 'x')",
    "UPDATE contact_role SET role = 'boss'",
    "INSERT INTO contact_role VALUES (999, 0, 'friend')",
    "UPDATE role_span SET start_day = 'once'",
    "UPDATE contact_kind SET kind = 'gossip' WHERE kind = 'practical'",
    "UPDATE contact_kind SET way = 'sells' WHERE kind = 'practical'",
    "INSERT INTO contact_kind VALUES (999, 'gives', 'advice')",
    "UPDATE contact_text SET field = 'secrets'",
    "UPDATE contact_text SET text = ''",
    "INSERT INTO kid (contact_id, position) VALUES (1, 9)",
    "UPDATE kid SET born = 'soon'",
    "UPDATE attachment SET bond = 'tertiary'",
    "INSERT INTO encounter (uid, day, changed_at) VALUES ('u', 'today', 'x')",
    "INSERT INTO encounter (uid, day, changed_at) VALUES ('u', '2026-02-31', 'x')",
    "UPDATE encounter SET how = 'telepathy'",
    "UPDATE encounter_help SET direction = 'up'",
    "UPDATE encounter_help SET kind = 'gossip'",
    "INSERT INTO encounter_help VALUES (999, 0, 'in', 'advice')",
    "UPDATE participation SET day = '1999-01-01'",
    "UPDATE participation SET contact_id = 999 WHERE position = 0",
    "UPDATE participation SET encounter_id = 999",
    "UPDATE child SET born = 'soon'",
    "UPDATE child SET name = ''",
    "UPDATE acceptance SET until = 'later'",
    "UPDATE wish SET skill = ''",
    "INSERT INTO household (id) VALUES (2)",
    "UPDATE household SET single_parent = 2",
]


@pytest.mark.few(10)
@pytest.mark.parametrize("statement", REFUSED)
def test_the_schema_refuses_what_is_not_in_the_vocabulary(filled: Dorf, statement: str) -> None:
    """Days, closed words, flags and references hold against raw SQL (CONTRIBUTING.md, Data)."""
    with pytest.raises(sqlite3.IntegrityError, match=r"CHECK|FOREIGN KEY|NOT NULL|cannot store"):
        execute(filled.path, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contact SET name = 'Jana'",
        "UPDATE contact SET uid = 'u'",
        "UPDATE encounter SET uid = 'u'",
        "INSERT INTO child (name, born) VALUES ('Emil', '2024-01')",
        "INSERT INTO wish (skill) VALUES ('Handwerk')",
    ],
)
def test_the_schema_refuses_the_same_twice(filled: Dorf, statement: str) -> None:
    """Names, uids, children and wishes are there once."""
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        execute(filled.path, statement)


def test_the_schema_lets_parts_go_with_their_owner(filled: Dorf) -> None:
    """No row of a deleted contact or encounter is left over."""
    execute(filled.path, "DELETE FROM contact", "DELETE FROM encounter")
    for table in ("contact_role", "role_span", "contact_kind", "contact_text", "kid",
                  "attachment", "participation", "encounter_help"):  # fmt: skip
        assert execute(filled.path, f"SELECT count(*) FROM {table}") == [(0,)], table  # noqa: S608


# --- migrations ---------------------------------------------------------------------------------

SECOND = (
    "9998_pets",
    """
ALTER TABLE contact ADD COLUMN pet TEXT;
CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
INSERT INTO pet (name) SELECT name FROM contact;
""",
)
BROKEN = ("9999_broken", "CREATE TABLE vet (id INTEGER) STRICT;\nINSERT INTO nowhere VALUES (1);\n")


def migrate(path: Path, *more: tuple[str, str]) -> None:
    """Open the file with a program that knows *more* steps than this one."""
    with Store(path, NOW, (*STEPS, *more)) as store:
        store.reader.directory()


def copies(path: Path) -> list[Path]:
    """Return what lies beside the file."""
    return sorted(one for one in path.parent.iterdir() if one != path)


def test_a_new_step_keeps_the_data_and_leaves_a_private_copy(filled: Dorf) -> None:
    """The copy is the old version as it was, and can be opened by the old program."""
    before = whole(filled.path)
    migrate(filled.path, SECOND)
    assert execute(filled.path, "PRAGMA user_version") == [(len(STEPS) + 1,)]
    names = [one["name"] for one in before["contacts"]]
    assert execute(filled.path, "SELECT name FROM pet ORDER BY name") == [
        (n,) for n in sorted(names)
    ]
    (copy,) = copies(filled.path)
    assert mode(copy) == 0o600
    assert execute(copy, "PRAGMA user_version") == [(len(STEPS),)]
    assert execute(copy, "PRAGMA integrity_check") == [("ok",)]
    assert whole(copy) == before


def test_the_migrated_village_is_the_same_village(filled: Dorf) -> None:
    """Every contact, encounter and word of the household is read as before."""
    with Store(filled.path, NOW) as store:
        before = store.reader.whole_village(DAY)
    migrate(filled.path, SECOND)
    with Store(filled.path, NOW, (*STEPS, SECOND)) as store:
        assert store.reader.whole_village(DAY) == before


def test_a_step_is_taken_once(filled: Dorf) -> None:
    """The second opening neither migrates nor copies again."""
    migrate(filled.path, SECOND)
    after = filled.path.read_bytes()
    migrate(filled.path, SECOND)
    assert filled.path.read_bytes() == after
    assert len(copies(filled.path)) == 1


def test_a_new_file_needs_no_copy(tmp_path: Path) -> None:
    """There was nothing to lose."""
    path = tmp_path / "dorf.db"
    with Store(path, NOW, (*STEPS, SECOND)) as store, store.writing():
        pass
    assert execute(path, "PRAGMA user_version") == [(len(STEPS) + 1,)]
    assert copies(path) == []


@pytest.mark.parametrize("steps", [(BROKEN,), (SECOND, BROKEN)], ids=["alone", "after a good one"])
def test_a_step_that_fails_leaves_the_file_untouched(
    filled: Dorf, steps: tuple[tuple[str, str], ...]
) -> None:
    """All pending steps or none; the old program goes on with the same bytes."""
    before = filled.path.read_bytes()
    with pytest.raises(StoreError) as caught:
        migrate(filled.path, *steps)
    assert caught.value.status == 5
    assert str(filled.path) in str(caught.value)
    assert filled.path.read_bytes() == before
    assert filled("list")


def test_a_migration_that_failed_can_be_tried_again_at_once(filled: Dorf) -> None:
    """The copy of the first try does not stand in the way of the second."""
    with pytest.raises(StoreError):
        migrate(filled.path, BROKEN)
    migrate(filled.path, SECOND)
    assert execute(filled.path, "PRAGMA user_version") == [(len(STEPS) + 1,)]


@pytest.mark.few(1)
@pytest.mark.parametrize("version", range(1, len(STEPS)))
def test_a_file_of_every_earlier_format_is_brought_up_to_date(dorf: Dorf, version: int) -> None:
    """With its people and encounters, a copy beside it, and a record that begins from there."""
    with closing(sqlite3.connect(dorf.path, isolation_level=None)) as connection:
        build(connection, dorf.path, STEPS[:version], NOW)
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")  # the first format had none
        for statement in (
            (
                "INSERT INTO contact (uid, name, added_on, changed_at)"
                " VALUES ('u', 'Lena', '2026-01-01', '2026-01-01T12:00:00+00:00')"
            ),
            "INSERT INTO contact_role VALUES (1, 0, 'friend')",
            (
                "INSERT INTO encounter (uid, day, changed_at)"
                " VALUES ('e', '2026-02-02', '2026-01-01T12:00:00+00:00')"
            ),
            "INSERT INTO participation VALUES (1, '2026-02-02', 1, 0, 0, 0)",
        ):
            connection.execute(statement)
    dorf.path.chmod(0o600)
    assert dorf.json("show", "lena")["contact"]["last_contact"] == "2026-02-02"
    assert execute(dorf.path, "PRAGMA user_version") == [(len(STEPS),)]
    (copy,) = copies(dorf.path)
    assert copy.name.startswith(f"dorf.db.format-{version}-")
    before = dorf("export")
    dorf("log", "lena")
    dorf("undo")
    assert dorf("export") == before
    assert dorf.json("doctor")["verdict"] == "well"


# --- several processes, and one that dies -------------------------------------------------------

MANY = """
import io, os, sys
from dorf.cli import main
from dorf.cli.env import World

def dorf(*words):
    out, err = io.StringIO(), io.StringIO()
    world = World(os.environ, io.StringIO(), out, err)
    status = main(list(words), world)
    if status:
        sys.exit(f"{words}: {status} {err.getvalue()}")

for number in range(int(sys.argv[2])):
    dorf(*(word.replace("#", str(number)) for word in sys.argv[3:]))
    os.write(1, f"{sys.argv[1]}{number}\\n".encode())  # only what is written is acknowledged
"""


def many(path: Path, mark: str, count: int, *words: str) -> subprocess.Popen[str]:
    """Start a process that runs one command *count* times and prints a line after each."""
    environ = {"DORF_DB": str(path), "DORF_TODAY": TODAY, "DORF_LANG": "en"}
    return subprocess.Popen(
        [sys.executable, "-c", MANY, mark, str(count), *words],
        cwd=ROOT,
        env=os.environ | environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> list[str]:
    """Wait for a process of `many` and return the lines that it printed."""
    out, err = process.communicate(timeout=HANGING)
    assert (process.returncode, err) == (0, "")
    return out.splitlines()


@pytest.mark.slow
def test_two_processes_logging_at_once_lose_nothing(dorf: Dorf) -> None:
    """Two times two hundred are four hundred, each with its own note."""
    dorf("add", "Lena")
    both = [many(dorf.path, mark, 200, "log", "lena", "-n", f"{mark}#") for mark in "ab"]
    acknowledged = [line for process in both for line in finish(process)]
    assert len(acknowledged) == 400
    notes = [one["note"] for one in whole(dorf.path)["encounters"]]
    assert sorted(notes) == sorted(acknowledged)
    assert execute(dorf.path, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.slow
def test_two_processes_may_begin_the_village_together(tmp_path: Path) -> None:
    """Nobody finds half a file: the second sees an empty village or a ready one."""
    path = tmp_path / "dorf.db"
    both = [many(path, mark, 1, "add", mark) for mark in "ab"]
    for process in both:
        finish(process)
    assert sorted(one["name"] for one in whole(path)["contacts"]) == ["a", "b"]


@pytest.mark.slow
@pytest.mark.parametrize("command", [["history", "--json"], ["show", "lena"], ["export"]])
def test_a_command_that_reads_sees_one_moment(dorf: Dorf, command: list[str]) -> None:
    """Beside a writer in a loop, no reader meets a locked file or half an encounter."""
    dorf("add", "Lena")
    with many(dorf.path, "w", 25, "log", "lena", "--got", "advice") as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "w0\n"
            while writer.poll() is None:
                assert dorf(*command)
        finally:
            writer.kill()


def interrupted(
    monkeypatch: pytest.MonkeyPatch, statement: int, meanwhile: Callable[[], None]
) -> None:
    """Let *meanwhile* happen just before a connection runs its *statement*-th statement.

    A connection that is in a transaction is never interrupted: others would have to wait for it.
    """
    left = [statement]

    class Interrupted(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            left[0] -= 1
            if left[0] == 0 and not self.in_transaction:
                meanwhile()
            return super().execute(*arguments)

    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda *a, **options: connect(*a, factory=Interrupted, **options)
    )


@pytest.mark.few(2)
@pytest.mark.parametrize("statement", range(1, 8))
def test_the_file_may_come_to_life_while_it_is_opened(
    dorf: Dorf, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    """Between any two steps of the first command, another first command may run to its end."""

    def somebody_else() -> None:
        dorf("add", "Anna")

    interrupted(monkeypatch, statement, somebody_else)
    dorf("add", "Bea")
    monkeypatch.undo()
    names = {one["name"] for one in whole(dorf.path)["contacts"]}
    assert names in ({"Anna", "Bea"}, {"Bea"})


@pytest.mark.slow
@pytest.mark.parametrize("statement", range(1, 8))
def test_the_file_may_be_migrated_while_it_is_opened(
    filled: Dorf, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    """After an upgrade, cron and a person may both be the first, in the same second."""
    before = whole(filled.path)
    interrupted(monkeypatch, statement, lambda: migrate(filled.path, SECOND))
    migrate(filled.path, SECOND)
    monkeypatch.undo()
    assert execute(filled.path, "PRAGMA user_version") == [(len(STEPS) + 1,)]
    oldest = copies(filled.path)[0]
    assert execute(oldest, "PRAGMA user_version") == [(len(STEPS),)]
    assert whole(oldest) == before


@pytest.mark.few(1)
@pytest.mark.parametrize("seed", range(3))
def test_kill_9_loses_nothing_that_was_acknowledged(dorf: Dorf, seed: int) -> None:
    """And leaves a whole file with at most the one encounter more that was being written."""
    dorf("add", "Lena")
    writer = many(dorf.path, "n", 2000, "log", "lena", "-n", "n#")
    assert writer.stdout is not None
    seen = [writer.stdout.readline() for _ in range(random.Random(seed).randrange(3, 25))]  # noqa: S311
    os.kill(writer.pid, signal.SIGKILL)
    rest, _ = writer.communicate(timeout=HANGING)
    acknowledged = "".join([*seen, rest]).split()
    notes = [one["note"] for one in whole(dorf.path)["encounters"]]
    assert notes[: len(acknowledged)] == acknowledged
    assert len(notes) - len(acknowledged) in {0, 1}
    assert execute(dorf.path, "PRAGMA integrity_check") == [("ok",)]
    dorf("log", "lena")


# --- a file that is damaged ---------------------------------------------------------------------

DAMAGE = [
    "UPDATE contact SET added_on = '2026-02-31'",
    "UPDATE contact SET added_on = '2026-02-3x'",
    "UPDATE contact SET birthday = 'spring'",
    "UPDATE kid SET born = 'soon'",
    "UPDATE child SET born = '2021-19'",
    "UPDATE participation SET day = '2026-02-31'",
    "UPDATE contact_role SET role = 'bosz'",
    "UPDATE contact_kind SET kind = 'gossip' WHERE kind = 'practical'",
    "UPDATE contact SET name = '' WHERE id = 1",
    "DELETE FROM contact_role",
    "DELETE FROM household",
    "DROP TABLE kid",
    "ALTER TABLE contact RENAME COLUMN place TO plaice",
]


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_with_wrong_rows_gets_a_sentence(filled: Dorf, damage: str) -> None:
    """Status 5 and the name of the file, never a traceback and never a word about typing."""
    with closing(sqlite3.connect(filled.path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(damage)
        connection.commit()
    before = filled.path.read_bytes()
    for command in (["status"], ["export"], ["list"]):
        filled(*command, status=5)
        assert str(filled.path) in filled.said
    assert filled.path.read_bytes() == before


@pytest.mark.slow
def test_a_file_with_flipped_bytes_never_ends_in_a_traceback(filled: Dorf) -> None:
    """Two hundred damaged copies: each is read, or refused with status 5 and left alone."""
    whole_file = filled.path.read_bytes()
    chance = random.Random(20260302)  # noqa: S311
    used = [place for place, byte in enumerate(whole_file) if byte]
    path = filled.path.with_name("damaged.db")
    damaged = Dorf(path)
    for number in range(200):
        flipped = bytearray(whole_file)
        for _ in range(chance.choice((1, 3, 20))):
            flipped[chance.choice(used)] = chance.randrange(256)
        path.write_bytes(flipped)
        status = 0
        try:
            damaged("status", "--json")
        except AssertionError as refused:
            status = int(re.findall(r"status (\d+)", str(refused))[0])
            assert str(path) in damaged.said, number
        assert status in {0, 5}, (number, damaged.said)
        assert path.read_bytes() == flipped, number


# --- cost ---------------------------------------------------------------------------------------


class Unlimited(sqlite3.Connection):
    """A connection whose one progress handler is that of the test."""

    def set_progress_handler(self, *_: Any) -> None:
        """Leave the handler as it is."""


def report_watched_by(
    path: Path, monkeypatch: pytest.MonkeyPatch, watch: Callable[[sqlite3.Connection], None]
) -> None:
    """Read the village of *path* as a report does, over a connection that *watch* has seen."""
    connect = sqlite3.connect

    def watched(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options, factory=Unlimited)
        watch(connection)
        return connection

    with monkeypatch.context() as patch, Store(path, NOW) as store:
        patch.setattr(sqlite3, "connect", watched)
        store.reader.village(DAY)


def test_no_statement_of_a_report_scans_the_log(
    filled: Dorf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last contact and the balance of each contact are index seeks (CONTRIBUTING.md, Data)."""
    statements: list[str] = []
    report_watched_by(filled.path, monkeypatch, lambda c: c.set_trace_callback(statements.append))
    asked = [
        one for one in statements if re.search(r"SELECT(?s:.)*\b(participation|encounter)", one)
    ]
    assert asked
    for statement in asked:
        named = re.findall(r"\b(participation|encounter\w*)(?: AS)?(?: (\w+))?", statement)
        log = {word for pair in named for word in pair} - {"WHERE", "JOIN", "ON", ""}
        for *_, step in execute(filled.path, f"EXPLAIN QUERY PLAN {statement}"):
            scanned = re.match(r"SCAN (\w+)", step)
            assert not (scanned and scanned[1] in log), (step, statement)


LONG_LOG = """
INSERT INTO encounter (uid, day, changed_at)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {days})
SELECT 'e' || i, date('2025-06-01', '-' || i || ' days'), 'x' FROM n
"""
EVERYBODY = (
    "INSERT INTO participation SELECT c.id, e.day, e.id, c.id, 0, 0 FROM encounter e, contact c"
)


def cost_of_a_report(path: Path, days: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return the steps of SQLite's machine for 20 contacts, all of them met on each of *days*."""
    people = [{"name": f"P{n}", "added_on": "2020-01-01"} for n in range(20)]
    Dorf(path).load({"contacts": people})
    execute(path, LONG_LOG.format(days=days), EVERYBODY)
    ticks: list[None] = []
    report_watched_by(
        path,
        monkeypatch,
        lambda c: sqlite3.Connection.set_progress_handler(c, lambda: ticks.append(None), 10),
    )
    return len(ticks)


@pytest.mark.slow
def test_reading_a_village_costs_the_same_with_a_long_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in steps, not in seconds: a hundredfold log adds nothing (CONTRIBUTING.md, Data)."""
    short = cost_of_a_report(tmp_path / "short.db", 10, monkeypatch)
    long = cost_of_a_report(tmp_path / "long.db", 1000, monkeypatch)
    assert 0 < long <= 1.1 * short
