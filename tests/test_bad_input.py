"""Whatever is wrong gets one sentence on stderr and its exit status, and nothing changes.

CONTRIBUTING.md, Exit statuses: 1 refused or declined, 2 usage, 3 no such contact, 4 several match,
5 database, 6 unreadable file, 130 Ctrl-C. Where the sentence is written out it is the whole of
stderr.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pexpect
import pytest

from dorf.store import opening
from dorf.store.schema import VERSION
from tests.conftest import HANGING, Dorf, hear_ctrl_c

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PYTHON = [sys.executable, "-m", "dorf"]
ESC = "\x1b"


def environ(dorf: Dorf) -> dict[str, str]:
    """Return the variables with which a process of its own uses the same village."""
    return {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8",
        "DORF_DB": str(dorf.path), "DORF_LANG": dorf.lang, "DORF_TODAY": dorf.today,
    }  # fmt: skip


def process(
    dorf: Dorf,
    *arguments: str,
    before: tuple[str, ...] = (),
    stdin: IO[bytes] | None = None,
    stdout: IO[str] | int = subprocess.PIPE,
    more: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``dorf`` as a process of its own, after the words *before* (``setpriv …``)."""
    return subprocess.run(
        [*before, *PYTHON, *arguments],
        cwd=ROOT,
        env=environ(dorf) | (more or {}),
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=HANGING,
        check=False,
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return all files of *folder* with their bytes."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


@pytest.fixture(scope="module")
def one_contact(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a village with one contact and one encounter."""
    dorf = Dorf(tmp_path_factory.mktemp("anna") / "dorf.db")
    dorf("add", "Anna", "--last", "1.2.")
    return dorf.path.read_bytes()


@pytest.fixture
def anna(dorf: Dorf, one_contact: bytes) -> Dorf:
    """Return a village of its own with one contact and one encounter."""
    dorf.path.write_bytes(one_contact)
    return dorf


# --- the database -------------------------------------------------------------------------------

NOT_OURS = "{} is not a dorf file. Nothing was changed; choose another file with --db."
DAMAGED = (
    "{} is damaged. dorf does not touch it; restore a backup or an export, or choose another file "
    "with --db."
)
FOREIGN = (
    "{} is a database of another program. dorf leaves it alone; choose another file with --db."
)


def text_file(path: Path) -> None:
    """Put a letter where the database should be."""
    path.write_text("Dear diary,\n" * 200)


def short_text(path: Path) -> None:
    """Put less than SQLite's header there."""
    path.write_text("diary")


def half(path: Path) -> None:
    """Cut the database in two."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def header_only(path: Path) -> None:
    """Leave just the beginning of the header."""
    path.write_bytes(path.read_bytes()[:50])


def one_page(path: Path) -> None:
    """Leave just the first page."""
    path.write_bytes(path.read_bytes()[:4096])


def sql(*statements: str) -> Any:
    """Return a way to spoil the file by raw SQL, from an empty file if it drops the old one."""

    def spoil(path: Path) -> None:
        if statements[0] == "new":
            path.unlink()
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                if statement != "new":
                    connection.execute(statement)
            connection.commit()

    return spoil


BAD_DATABASES = [
    (text_file, NOT_OURS),
    (short_text, NOT_OURS),
    (half, DAMAGED),
    (header_only, DAMAGED),
    (one_page, DAMAGED),
    (
        sql("PRAGMA user_version = 99"),
        (
            f"{{}} was written by a newer dorf (format 99, this one knows {VERSION}). Please "
            "update dorf; nothing was changed."
        ),
    ),
    (sql("new", "CREATE TABLE bookmark (url TEXT)"), FOREIGN),
    (sql("new", "PRAGMA user_version = 7"), FOREIGN),
    (sql("new", "PRAGMA user_version = 1", "CREATE TABLE contact (name TEXT)"), FOREIGN),
    (sql("new", "PRAGMA application_id = 1196444487"), FOREIGN),
    (sql("PRAGMA application_id = 0"), FOREIGN),
]


@pytest.mark.few(12)
@pytest.mark.parametrize("command", [["list"], ["status"], ["add", "Lena"], ["import", "-"]])
@pytest.mark.parametrize(
    ("spoil", "sentence"), BAD_DATABASES,
    ids=["text", "short text", "half", "header only", "one page", "newer", "other tables",
         "other version", "like ours", "other mark", "mark gone"],
)  # fmt: skip
def test_a_bad_database_is_named_and_left_alone(
    anna: Dorf, spoil: Any, sentence: str, command: list[str]
) -> None:
    """Status 5, the same sentence for reading and writing, and not a byte changed."""
    spoil(anna.path)
    before = snapshot(anna.path.parent)
    anna(*command, stdin='{"dorf": 1}', status=5, stderr=f"dorf: {sentence.format(anna.path)}\n")
    assert snapshot(anna.path.parent) == before


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("command", [["list"], ["add", "Lena"]])
def test_a_folder_is_not_a_database(dorf: Dorf, command: list[str], lang: str) -> None:
    """Status 5, and the folder is named."""
    dorf.lang = lang
    dorf.path.mkdir()
    dorf(*command, status=5)
    assert str(dorf.path) in dorf.said
    assert list(dorf.path.iterdir()) == []


@contextmanager
def answered() -> Iterator[None]:
    """Fail when the block has waited for so long that it hangs."""

    def fail(*_: object) -> None:
        pytest.fail("no answer")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(HANGING)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [["list"], ["add", "Lena"], ["restore", "copy", "--yes"], ["undo"], ["doctor"],
                ["backup"], ["backup", "--no-daily"], ["delete", "lena", "--for-good"]],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_file_is_not_waited_for(anna: Dorf, kind: str, command: list[str]) -> None:
    """Status 5 and the reason, at once and whatever is asked."""
    copy = anna.path.with_name("copy")
    anna("backup", str(copy))
    anna.path.unlink()
    if kind == "pipe":
        os.mkfifo(anna.path)
    elif kind == "folder":
        anna.path.mkdir()
    else:
        anna.path.symlink_to("/dev/null")
    before = sorted(anna.path.parent.iterdir())
    words = [str(copy) if word == "copy" else word for word in command]
    with answered():
        shown = anna(*words, status=5)
    reason = "that is a folder" if kind == "folder" else "that is not a file"
    sentence = f"{anna.path} can't be opened: {reason}."
    assert sentence in (shown if command == ["doctor"] else anna.said)
    assert anna("backup", "--list") == "There is no automatic copy.\n"
    assert sorted(anna.path.parent.iterdir()) == before


@pytest.mark.parametrize("command", [["add", "Lena"], ["list"], ["status"]])
def test_a_missing_folder_is_named_and_not_created(dorf: Dorf, command: list[str]) -> None:
    """A slip in --db must not look like an empty village."""
    path = dorf.path.parent / "nowhere" / "dorf.db"
    dorf("--db", str(path), *command, status=5, stderr=(
        f"dorf: The folder {path.parent} does not exist. Create it first, or choose another file "
        "with --db.\n"
    ))  # fmt: skip
    assert list(dorf.path.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "status"), [("", 2), (":memory:", 2), ("~nobody-by-that-name/x.db", 5)]
)
def test_an_odd_path_is_no_reason_for_a_traceback(dorf: Dorf, path: str, status: int) -> None:
    """An empty --db is none at all; memory forgets; an unknown home is unknown."""
    dorf("--db", path, "list", status=status)
    assert bool(dorf.said) is bool(status)


def test_a_file_that_stays_locked_is_left_for_later(
    anna: Dorf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the timeout: status 5, a sentence, nothing changed; then it works again."""
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.2)
    before = anna.path.read_bytes()
    with closing(sqlite3.connect(anna.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert anna("list")  # reading goes on beside somebody who prepares a write
        anna("log", "anna", status=5, stderr=(
            f"dorf: {anna.path} is in use by another program. Nothing was changed; please try "
            "again in a moment.\n"
        ))  # fmt: skip
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        anna("list", status=5)
    assert anna.path.read_bytes() == before
    anna("log", "anna")


def test_a_short_lock_is_waited_for(anna: Dorf) -> None:
    """Another command that is just writing is no reason to fail."""
    import threading

    with closing(
        sqlite3.connect(anna.path, isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
        release.start()
        anna("log", "anna")
        release.join()


def powerless() -> tuple[str, ...]:
    """Return the words before a command that take away root's right to write anywhere."""
    if os.geteuid() != 0:
        return ()
    drop = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
    if not shutil.which("setpriv") or subprocess.run([*drop, "true"], check=False).returncode:
        pytest.skip("root stays root here")
    return drop


@contextmanager
def modes(path: Path, mode: int) -> Iterator[None]:
    """Give *path* other permissions for a while."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Bea\nEND:VCARD\n"


@pytest.mark.slow
def test_what_is_closed_in_a_folder_of_cards_is_said(anna: Dorf, tmp_path: Path) -> None:
    """A folder below, a card, a link to nowhere: the others come in."""
    drop, cards = powerless(), tmp_path / "cards"
    (cards / "closed").mkdir(parents=True)
    for name in ("closed/cleo.vcf", "bea.vcf", "ben.vcf"):
        (cards / name).write_text(CARD)
    (cards / "lost.vcf").symlink_to("nowhere")
    os.mkfifo(cards / "pipe.vcf")
    with modes(cards / "closed", 0), modes(cards / "ben.vcf", 0):
        done = process(anna, "import", str(cards), before=drop)
    assert done.returncode == 0
    assert "Imported: 1 new, 0 changed, 0 unchanged, 3 left out" in done.stdout
    assert done.stderr == (
        f"can't be read: you may not do that (2 ×: {cards}/closed, {cards}/ben.vcf)\n"
        f"{cards}/lost.vcf: can't be read: there is no such file or folder\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("inside", ["", "/bea.vcf"])
def test_a_closed_folder_is_named(anna: Dorf, tmp_path: Path, inside: str) -> None:
    """Status 6, to import and to export alike: what is in it is not nothing."""
    drop, cards = powerless(), tmp_path / "cards"
    cards.mkdir()
    (cards / "bea.vcf").write_text(CARD)
    asked = f"{cards}{inside}"
    with modes(cards, 0):
        read = process(anna, "import", asked, before=drop)
        written = process(anna, "export", f"{cards}/new.vcf", before=drop)
    assert (read.returncode, read.stdout) == (6, "")
    assert read.stderr == f"dorf: {asked} can't be read: you may not do that.\n"
    assert (written.returncode, written.stdout) == (6, "")
    assert written.stderr == (
        f"dorf: {cards}/new.vcf can't be written: you may not do that. Nothing was changed.\n"
    )


def test_a_name_that_no_file_can_have(anna: Dorf, tmp_path: Path) -> None:
    """Status 6, with the reason."""
    path = tmp_path / ("a" * 300)
    anna("import", str(path), status=6, stderr=(
        f"dorf: {path} can't be read: the name is too long.\n"
    ))  # fmt: skip
    anna("export", str(path), status=6, stderr=(
        f"dorf: {path} can't be written: the name is too long. Nothing was changed.\n"
    ))  # fmt: skip
    longest = tmp_path / f"{'a' * 250}.csv"
    assert anna("export", str(longest)) == f"{longest}: 1 contact.\n"


def test_a_link_to_itself_ends_in_a_sentence(anna: Dorf, tmp_path: Path) -> None:
    """To read from or to write behind; written to, it becomes the file."""
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    anna("import", str(loop), status=6)
    assert anna.said.startswith(f"dorf: {loop} can't be read: ")
    anna("export", str(loop / "x.csv"), status=6)
    assert anna.said.startswith(f"dorf: {loop}/x.csv can't be written: ")
    anna("export", str(loop))
    assert loop.is_file()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["village", "vcard", "monica"])
def test_a_file_without_end_is_refused(anna: Dorf, form: str) -> None:
    """Before it has taken all the memory."""
    anna("import", "--format", form, "/dev/zero", status=6, stderr=(
        "dorf: /dev/zero is too large to be a list of contacts.\n"
    ))  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_village_can_be_read_and_says_so_when_written(anna: Dorf, what: str) -> None:
    """Status 5 for writing, with the file's name; looking still works."""
    drop = powerless()
    locked, mode = (anna.path, 0o400) if what == "file" else (anna.path.parent, 0o500)
    before = anna.path.read_bytes()
    with modes(locked, mode):
        read = process(anna, "list", before=drop)
        written = process(anna, "log", "anna", before=drop)
    assert (read.returncode, read.stderr) == (0, "")
    assert read.stdout.startswith("Anna")
    assert (written.returncode, written.stdout) == (5, "")
    assert written.stderr.startswith(f"dorf: {anna.path} can't be ")
    assert written.stderr.count("\n") == 1
    assert anna.path.read_bytes() == before


@pytest.mark.slow
def test_an_unreadable_village_says_so(anna: Dorf) -> None:
    """Status 5, one line."""
    drop = powerless()
    with modes(anna.path, 0):
        done = process(anna, "list", before=drop)
    assert (done.returncode, done.stdout) == (5, "")
    assert str(anna.path) in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """Status 5, and everything that was acknowledged before is still there."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=320k,mode=700", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        dorf = Dorf(disk / "dorf.db")
        dorf("add", "Anna")
        kept = 0
        for kept in range(100):  # noqa: B007
            try:
                dorf("log", "anna", "--note", "x" * 15_000)
            except AssertionError:
                break
        assert 0 < kept < 99
        assert dorf.said == (
            f"dorf: The disk is full, so {dorf.path} could not be written. Nothing was changed.\n"
        )
        assert len(dorf.json("history")["encounters"]) == kept
        there = {"dorf.db", "dorf.db.copies"}  # nothing half written is left beside them
        assert {one.name for one in disk.iterdir()} <= there
        with suppress(OSError), (disk / "rest").open("wb", buffering=0) as rest:
            while True:
                rest.write(bytes(1024))
        dorf("export", str(disk / "village.json"), status=6)
        assert {one.name for one in disk.iterdir()} <= there | {"rest"}
        subprocess.run(["mount", "-o", "remount,size=2m", str(disk)], check=True)
        dorf("log", "anna")
        with closing(sqlite3.connect(dorf.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.slow
def test_a_file_that_may_not_grow_loses_nothing(anna: Dorf) -> None:
    """A quota ends a write in the middle: status 5, the file is named, the village is whole."""
    before = anna("export")
    blocks = anna.path.stat().st_size // 512
    line = f'ulimit -f {blocks}; exec "{sys.executable}" -m dorf log anna --note "$NOTE"'
    done = subprocess.run(
        ["sh", "-c", line], cwd=ROOT, env=environ(anna) | {"NOTE": "x" * 19_000},
        capture_output=True, text=True, check=False, timeout=HANGING,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.startswith(f"dorf: {anna.path} ")
    assert done.stderr.count("\n") == 1
    assert anna("export") == before
    anna("log", "anna", "--note", "x" * 19_000)


# --- files to import ----------------------------------------------------------------------------

NO_JSON = "Line {}, column {}: this is not JSON. Nothing was changed."
NO_VILLAGE = 'This is not a village file: it does not begin with {"dorf": 1. Nothing was changed.'
FORMAT = "This village file has format {}; this dorf reads format 1. Nothing was changed."
EMPTY = "There is nothing in that file. Nothing was changed."
NOT_AT_ALL = (
    "No contacts can be read from that. dorf takes village (.json), vcard (.vcf), friends (.md), "
    "csv (.csv), easynwk (.nwk), monica (.json), knotter (.json); --format insists on one. Nothing "
    "was changed."
)
BAD_FILES = [
    (b"", EMPTY),
    (b"   \n ", EMPTY),
    (b"Dear diary", NOT_AT_ALL),
    (b'{"dorf": 1,\n "contacts": [,]}', NO_JSON.format(2, 15)),
    (b'{"dorf": 1', NO_JSON.format(1, 11)),
    (b"[]", NOT_AT_ALL),
    (b"{}", NOT_AT_ALL),
    (b'"dorf"', NOT_AT_ALL),
    (b"null", NOT_AT_ALL),
    (b'{"dorf": 2}', FORMAT.format(2)),
    (b'{"dorf": "1"}', FORMAT.format('"1"')),
    (b'{"dorf": true}', FORMAT.format("true")),
    (b'{"dorf": null}', FORMAT.format("null")),
    (b"[" * 100_000, NOT_AT_ALL),
    (b'{"dorf": 1, "contacts": ' + b"[" * 100_000, NOT_AT_ALL),
    (b'{"dorf": 1, "x": ' + b'{"a":' * 100_000, NOT_AT_ALL),
]


@pytest.mark.few(10)
@pytest.mark.parametrize(
    ("content", "sentence"), BAD_FILES, ids=[ascii(one[:20]) for one, _ in BAD_FILES]
)
@pytest.mark.parametrize("way", ["file", "stdin"])
def test_a_file_that_is_no_village_file_is_refused(
    anna: Dorf, content: bytes, sentence: str, way: str
) -> None:
    """Status 6, and not a byte of the village changed."""
    before = anna.path.read_bytes()
    file = anna.path.with_suffix(".json")
    file.write_bytes(content)
    source = str(file) if way == "file" else "-"
    anna("import", source, stdin=content.decode(), status=6, stderr=f"dorf: {sentence}\n")
    assert anna.path.read_bytes() == before


@pytest.mark.slow
def test_a_file_that_is_no_text_is_refused(anna: Dorf) -> None:
    """A picture instead of a village, given by name and on standard input."""
    before = anna.path.read_bytes()
    file = anna.path.with_suffix(".json")
    file.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    anna("import", str(file), status=6, stderr=(
        "dorf: That is a picture or a film. Please export the contacts as vCard or CSV.\n"
    ))  # fmt: skip
    anna("import", str(file), "--format", "village", status=6, stderr=(
        f"dorf: {file} is not a village file (it is not UTF-8 text). Nothing was changed.\n"
    ))  # fmt: skip
    with file.open("rb") as stdin:
        done = process(anna, "import", "-", stdin=stdin)
    assert (done.returncode, done.stdout) == (6, "")
    assert done.stderr.count("\n") == 1
    assert anna.path.read_bytes() == before


def test_a_file_with_a_byte_order_mark_is_read(dorf: Dorf) -> None:
    """Some editors put one there; it is no reason to refuse."""
    file = dorf.path.with_suffix(".json")
    file.write_bytes(b'\xef\xbb\xbf{"dorf": 1, "contacts": [{"name": "Lena"}]}')
    dorf("import", str(file))
    assert dorf("list").startswith("Lena")


@pytest.mark.parametrize(
    ("name", "reason"),
    [("none.json", "there is no such file or folder")],
)
def test_a_file_that_is_not_there_is_named(anna: Dorf, name: str, reason: str) -> None:
    """Status 6."""
    file = str(anna.path.parent / name)
    anna("import", file, status=6, stderr=f"dorf: {file} can't be read: {reason}.\n")


@pytest.mark.parametrize("file", ["none/v.json", ".", "~nobody-by-that-name/v.json"])
def test_a_file_that_can_not_be_written_is_named(anna: Dorf, file: str) -> None:
    """Status 6 also after --yes; nothing is left lying about."""
    path = file if file.startswith("~") else str(anna.path.parent / file)
    before = snapshot(anna.path.parent)
    anna("export", path, "--yes", status=6)
    assert path in anna.said or str(Path(path)) in anna.said
    assert snapshot(anna.path.parent) == before


LONG = "x" * 20_001
WRONG_CONTACT = [
    ({"circle": 7}, ".circle: 7 is not 1–4"),
    ({"circle": "1"}, '.circle: "1" is not a whole number'),
    ({"circle": True}, ".circle: true is not a whole number"),
    ({"circle": 1.0}, ".circle: 1.0 is not a whole number"),
    ({"cadence_days": -1}, ".cadence_days: -1 is not 0–36500"),
    ({"name": ""}, ".name: a name needs at least one letter or sign"),
    ({"name": " \t"}, ".name: a name needs at least one letter or sign"),
    ({"name": 5}, ".name: 5 is not a text"),
    ({"name": "x" * 201}, ".name: a name can have 200 characters at most, this one has 201"),
    ({"name": None}, ": “name” is missing"),
    ({"nicknames": "Leni"}, '.nicknames: "Leni" is not a list'),
    ({"nicknames": ["ok", ""]}, ".nicknames[1]: a name needs at least one letter or sign"),
    ({"roles": []}, ".roles: a contact needs at least one role"),
    ({"roles": ["friend", 3]}, ".roles[1]: 3 is none of: "),
    ({"roles": ["oma"]}, '.roles[0]: "oma" is none of: partner, coparent, '),
    ({"gives": ["gossip"]}, '.gives[0]: "gossip" is none of: emotional, childcare, '),
    ({"gives": "advice"}, '.gives: "advice" is not a list'),
    ({"where": "home"}, '.where: "home" is none of: household, near, far'),
    ({"status": "gone"}, '.status: "gone" is none of: active, paused, ended'),
    ({"trusted": "yes"}, '.trusted: "yes" is neither true nor false'),
    ({"strained": 1}, ".strained: 1 is neither true nor false"),
    ({"added_on": "2026-13-01"}, '.added_on: "2026-13-01" is not a day like 2026-11-22'),
    ({"added_on": "1.3.2026"}, '.added_on: "1.3.2026" is not a day like 2026-11-22'),
    ({"added_on": "2026-02-29"}, '.added_on: "2026-02-29" is not a day like 2026-11-22'),
    ({"last_contact": "gestern"}, '.last_contact: "gestern" is not a day like 2026-11-22'),
    ({"snoozed_until": 20260301}, ".snoozed_until: 20260301 is not a text"),
    ({"birthday": "spring"}, '.birthday: "spring" is not a date like 2021-12 or --02-29'),
    ({"kids": ["soon"]}, '.kids[0]: "soon" is not a date like 2021-12 or --02-29'),
    ({"kids": [{}]}, ".kids[0]: a child needs a name or a birth month"),
    ({"kids": [{"born": "--05-03"}]}, ".kids[0].born: the year of birth is missing"),
    ({"kids": [5]}, ".kids[0]: 5 is not an object"),
    ({"attachment": ["Ida"]}, '.attachment: ["Ida"] is not an object'),
    ({"attachment": {"Ida": "best"}}, '.attachment.Ida: "best" is none of: primary, secondary'),
    ({"role_history": [{}]}, ".role_history[0]: “role” is missing"),
    ({"notes": LONG}, ".notes: a text can have 20000 characters at most, this one has 20001"),
    ({"phones": ["\x1b"]}, ".phones[0]: the text is empty"),
    ({"uid": 7}, ".uid: 7 is not a text"),
    ({"changed_at": "yesterday"}, ".changed_at: "),
]
WRONG_ENCOUNTER = [
    ({"day": None}, ": “day” is missing"),
    ({"day": "morgen"}, '.day: "morgen" is not a day like 2026-11-22'),
    ({"contacts": None}, ": “contacts” is missing"),
    ({"contacts": []}, ": an encounter needs at least one contact"),
    ({"contacts": ["Anna", "Zorro"]},
     ".contacts[1]: nobody in the file or in the village is called “Zorro”"),
    ({"contacts": ["Anna", "Anna"]}, ".contacts: somebody is listed twice"),
    ({"how": "telepathy"}, '.how: "telepathy" is none of: visit, call, '),
    ({"help": [{"direction": "in"}]}, ".help[0]: “kind” is missing"),
    ({"help": [{"direction": "up", "kind": "advice"}]},
     '.help[0].direction: "up" is none of: in, out'),
    ({"note": ["x"]}, '.note: ["x"] is not a text'),
]  # fmt: skip
WRONG_HOUSEHOLD = [
    ([], ": [] is not an object"),
    ({"single_parent": 1}, ".single_parent: 1 is neither true nor false"),
    ({"children": [{"name": "Ida"}]}, ".children[0]: “born” is missing"),
    ({"children": [{"name": "Ida", "born": "--05-03"}]},
     ".children[0].born: the year of birth is missing"),
    ({"children": [{"name": "Ida", "born": "2021-12"}] * 2}, ".children[1]: is listed twice"),
    ({"wishes": [5]}, ".wishes[0]: 5 is not a text"),
    ({"rules_off": ["G99"]}, '.rules_off[0]: "G99" is not a rule (G01 to G24)'),
    ({"accepted": ["G01"]}, '.accepted[0]: "G01" is not an object'),
    ({"accepted": [{"key": "G01", "until": "later"}]},
     '.accepted[0].until: "later" is not a day like 2026-11-22'),
]  # fmt: skip
WRONG_FIELDS = (
    [(("contacts", 3), wrong, said) for wrong, said in WRONG_CONTACT]
    + [(("encounters", 1), wrong, said) for wrong, said in WRONG_ENCOUNTER]
    + [(("household", None), wrong, said) for wrong, said in WRONG_HOUSEHOLD]
)


def good_file() -> dict[str, Any]:
    """Return a village file in which nothing is wrong yet."""
    return {
        "dorf": 1,
        "household": {"single_parent": True},
        "contacts": [{"name": name} for name in ("Bea", "Cem", "Dora", "Emre")],
        "encounters": [{"day": "2026-02-01", "contacts": ["Bea"]},
                       {"day": "2026-02-02", "contacts": ["Cem", "Anna"]}],
    }  # fmt: skip


@pytest.mark.few(20)
@pytest.mark.parametrize(
    ("place", "wrong", "said"), WRONG_FIELDS,
    ids=[f"{place[0]}{ascii(wrong)[:40]}" for place, wrong, _ in WRONG_FIELDS],
)  # fmt: skip
def test_one_wrong_field_names_its_place_and_changes_nothing(
    anna: Dorf, place: tuple[str, int | None], wrong: Any, said: str
) -> None:
    """The other people of the file are not taken either (CONTRIBUTING.md, The village file)."""
    before = anna.path.read_bytes()
    file, (key, number) = good_file(), place
    if number is None:
        file[key], shown = wrong, key
    else:
        file[key][number] |= wrong
        shown = f"{key}[{number}]"
    anna("import", "-", stdin=json.dumps(file), status=6)
    assert anna.said.startswith(f"dorf: {shown}{said}")
    assert anna.said.endswith(". Nothing was changed.\n")
    assert anna.said.count("\n") == 1
    assert anna.path.read_bytes() == before


def test_the_good_file_is_good(anna: Dorf) -> None:
    """So each refusal above is about the one thing that is wrong."""
    anna("import", "-", stdin=json.dumps(good_file()))
    assert len(anna.json("list")["contacts"]) == 5


@pytest.mark.parametrize("twin", [{"name": "Bea"}, {"name": "Fritz", "uid": "b"}])
def test_nobody_may_stand_in_a_file_twice(anna: Dorf, twin: dict[str, str]) -> None:
    """Neither by name nor by uid."""
    file = {"dorf": 1, "contacts": [{"name": "Bea", "uid": "b"}, twin]}
    anna("import", "-", stdin=json.dumps(file), status=6, stderr=(
        "dorf: contacts[1]: is listed twice. Nothing was changed.\n"
    ))  # fmt: skip


# --- what people type ---------------------------------------------------------------------------

DAYS = "Like this: yesterday · last Friday · 2026-02-26 · 2 weeks ago · at Easter."
SPANS = "Like this: every 2 weeks · once a month · 10d · 3 months · never."
ROLES = (
    "partner, coparent, grandparent, relative, godparent, friend, colleague, parent_friend, "
    "acquaintance, course_group, neighbour, educator, babysitter, rental_grandparent, "
    "household_help, volunteer, professional, self_help_group, online_community, other"
)
KINDS = "emotional, childcare, emergency, practical, advice, company, appraisal, material, skill"
NO_NAME = "That name does not work: a name needs at least one letter or sign."
TYPED: list[tuple[list[str], int, str]] = [
    (["add", ""], 2, NO_NAME),
    (["add", "   "], 2, NO_NAME),
    (["add", "\t\n"], 2, NO_NAME),
    (["add", "\x1b\x07"], 2, NO_NAME),
    (["rename", "anna", " "], 2, NO_NAME),
    (["child", "add", "", "2021-12"], 2, NO_NAME),
    (["add", "x" * 10_000], 2,
     "That name does not work: a name can have 200 characters at most, this one has 10000."),
    (["add", "Anna"], 1,
     ("“Anna” is in your village already. Add something that tells them apart, such as “Anna "
     "(Kita)”, or change the one you have: dorf edit.")),
    (["add", "Lena", "--role", "zebra"], 2,
     f"“zebra” is not a role that dorf knows. Roles: {ROLES}."),
    (["add", "Lena", "--gives", "gossip"], 2,
     f"“gossip” is not a kind of support that dorf knows. Kinds: {KINDS}."),
    (["log", "anna", "--got", "gossip"], 2,
     f"“gossip” is not a kind of support that dorf knows. Kinds: {KINDS}."),
    (["log", "anna", "--how", "telepathy"], 2,
     ("“telepathy” is not a way to be in touch that dorf knows. Ways: visit, call, message, "
     "letter, online, other.")),
    (["log", "anna", "--day", "soon"], 2, f"“soon” is not a day that dorf understands. {DAYS}"),
    (["log", "anna", "--day", "31.2."], 2, "“31.2.” is not on the calendar. Which day is meant?"),
    (["--today", "soon", "list"], 2, f"“soon” is not a day that dorf understands. {DAYS}"),
    (["log", "anna", "--day", "tomorrow"], 2,
     ("3 Mar 2026 is still to come, and only what has happened can be noted here. Did you mean "
     "“dorf plan”?")),
    (["add", "Lena", "--every", "often"], 2,
     f"“often” is not a rhythm or a span that dorf understands. {SPANS}"),
    (["add", "Lena", "--every", "0d"], 2,
     f"“0d” is not a rhythm or a span that dorf understands. {SPANS}"),
    (["add", "Lena", "--circle", "7"], 2, "“7” is not a circle. Circles: 1, 2, 3, 4."),
    (["add", "Lena", "--near", "--far"], 2,
     "Near, far and at home exclude each other. Please choose one."),
    (["add", "Lena", "--birthday", "1.1.2030"], 2,
     "The birthday 1.1.2030 is still to come. Is the year right?"),
    (["add", "Lena", "--birthday", "2.1985"], 2,
     ("“2.1985” does not tell day and month of a birthday. Like this: 14 October · 14.10. · "
      "14.10.1985.")),
    (["add", "Lena", "--kid", "Mats:12.5."], 2,
     ("“12.5.” does not tell month and year of a birth. Like this: October 2021 · 10/2021 · "
      "14.10.2021.")),
    (["edit", "anna"], 2,
     "Nothing to change was given. “dorf edit --help” shows what can be."),
    (["list", "--place", "mars"], 2,
     "“mars” is not a place that dorf knows. Places: household, near, far."),
    (["list", "--state", "angry"], 2,
     ("“angry” is not a state that dorf knows. States: ended, paused, untracked, planned, "
     "unrecorded, cooling, overdue, due, soon, fresh.")),
    (["list", "--sort", "age"], 2, "“age” is not an order. Orders: name, last, due."),
    (["show", "zorro"], 3,
     "Nobody in your village is called “zorro”. New? Then: dorf add zorro"),
    (["log", "two words"], 3,
     "Nobody in your village is called “two words”. New? Then: dorf add 'two words'"),
    (["show", "Ana"], 3, "Nobody in your village is called “Ana”. Did you mean Anna?"),
    (["encounter", "remove", "zzz", "--yes"], 3,
     "No encounter has the ID “zzz”. “dorf history” shows the IDs."),
    (["child", "remove", "Ida"], 2, "No child here is called “Ida”. Children: –."),
    (["wish", "remove", "x"], 2, "No wish is called “x”. Wishes: –."),
    (["rule", "off", "G99"], 2,
     "“G99” is not a rule. “dorf rule list” shows the rules, “dorf gaps” the findings."),
    (["accept", "G01", "--until", "yesterday"], 2, "1 Mar 2026 is not in the future."),
    (["delete", "anna"], 1, "Nothing was changed: add --yes to confirm without being asked."),
    (["frobnicate"], 2,
     "There is no command “frobnicate”. “dorf help” shows the way."),
    (["ad", "Lena"], 2, "There is no command “ad Lena”. “dorf help” shows the way."),
    (["statsu"], 2, "There is no command “statsu”. Did you mean “dorf status”?"),
    (["--lang", "fr", "list"], 2, "“fr” is not spoken here. Languages: de, en."),
    (["--db", ":memory:", "list"], 2,
     "“:memory:” would forget everything at once. Please name a file."),
    (["add"], 2, "NAME is missing. “dorf add --help” shows how."),
    (["add", "Lena Müller", "Tom"], 2,
     "“Tom” is one too many: a name in quotes stands alone. Somebody else: dorf add"),
    (["list", "--frobnicate"], 2,
     "There is no option --frobnicate here. “dorf list --help” shows all."),
    (["list", "--json=1"], 2, "--json takes no value."),
]  # fmt: skip


@pytest.mark.few(12)
@pytest.mark.parametrize(
    ("arguments", "status", "sentence"), TYPED,
    ids=[" ".join(ascii(word)[1:-1][:12] for word in words) for words, _, _ in TYPED],
)  # fmt: skip
def test_what_can_not_be_understood_is_said_in_one_sentence(
    anna: Dorf, arguments: list[str], status: int, sentence: str
) -> None:
    """The whole of stderr, its status, an empty stdout, and an unchanged village."""
    before = anna.path.read_bytes()
    assert anna(*arguments, status=status, stderr=f"dorf: {sentence}\n") == ""
    assert anna.path.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "status", "sentence"), TYPED,
    ids=[" ".join(ascii(word)[1:-1][:12] for word in words) for words, _, _ in TYPED],
)  # fmt: skip
def test_the_german_sentence_is_another_one(
    anna: Dorf, arguments: list[str], status: int, sentence: str
) -> None:
    """The same status, one line, and no English left in it."""
    anna.lang = "de"
    if arguments[0] == "--lang":
        arguments = ["--lang=fr", *arguments[2:]]
    anna(*arguments, status=status)
    assert anna.said.count("\n") == 1
    assert anna.said.startswith("dorf: ")
    if arguments[0] != "--lang=fr":  # a language that does not exist is refused in English
        assert anna.said != f"dorf: {sentence}\n"


SEVERAL = [
    (["add", "Lena", "--gives", ""], 2),
    (["add", "Lena", "--role", ""], 2),
    (["add", "Lena", "--phone", " "], 2),
    (["add", "Lena", "--skill", ""], 2),
    (["add", "Lena", "--nickname", ""], 2),
    (["add", "Lena", "--bond", "Ida:best"], 2),
    (["add", "Lena", "--note", "x" * 20_001], 2),
    (["add", "\u200b"], 2),
    (["add", "\u2060\ufeff"], 2),
    (["who", ""], 2),
    (["log", "anna", "--day", ""], 2),
    (["log", "anna", "--how", ""], 2),
    (["list", "--role", ""], 2),
    (["history", "--since", ""], 2),
    (["accept", "G01", "--until", ""], 2),
    (["show", ""], 3),
    (["show", "  "], 3),
    (["wish", "add", " "], 2),
    (["edit", "anna", "--clear", "name"], 2),
    (["role", "anna", "zebra"], 2),
    (["role", "anna", ""], 2),
    (["accept", "G02:gossip"], 2),
    (["rule", "off", "G02:gossip"], 2),
    (["encounter"], 2),
    (["child"], 2),
    (["encounter", "frobnicate"], 2),
    (["encounter", "edit", "last"], 2),
    (["encounter", "edit", "", "--how", "call"], 3),
    (["history", "--since", "soon"], 2),
    (["history", "zorro"], 3),
    (["child", "add", "Ida", "--05-03"], 2),
    (["child", "add", "Ida", "12.5."], 2),
    (["child", "edit", "Ida", "--born", "2020-01"], 2),
    (["add", "Lena", "--role"], 2),
    (["--db"], 2),
    (["import"], 2),
]


@pytest.mark.few(20)
@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize(
    ("arguments", "status"), SEVERAL,
    ids=[" ".join(ascii(word)[1:-1][:12] or "''" for word in words) for words, _ in SEVERAL],
)  # fmt: skip
def test_other_slips_have_their_status_as_well(
    anna: Dorf, arguments: list[str], status: int, lang: str
) -> None:
    """One line on stderr (or a help page), nothing on stdout, nothing stored."""
    anna.lang = lang
    before = anna.path.read_bytes()
    assert anna(*arguments, status=status) == ""
    assert anna.said
    assert "Traceback" not in anna.said
    assert anna.path.read_bytes() == before


@pytest.mark.parametrize("group", ["encounter", "child", "wish", "rule"])
def test_a_group_without_its_command_speaks_german(german: Dorf, group: str) -> None:
    """No sentence of Typer's is left untranslated."""
    german(group, status=2)
    assert "Missing" not in german.said
    assert group in german.said


def test_several_matches_are_listed(dorf: Dorf) -> None:
    """Status 4; without a terminal nobody is asked and nothing is guessed."""
    dorf("add", "Anna Berg")
    dorf("add", "Anna Tal")
    dorf("log", "anna", status=4, stderr=(
        "dorf: “anna” could be Anna Berg, Anna Tal. Please type a little more of the name.\n"
    ))  # fmt: skip


# --- text that wants to be more than text -------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("field", ["name", "note", "phone", "skill", "nickname", "address"])
@pytest.mark.parametrize("tty", [False, True], ids=["piped", "terminal"])
def test_control_characters_reach_neither_the_file_nor_the_screen(
    dorf: Dorf, field: str, *, tty: bool
) -> None:
    """No escape sequence, bell, carriage return or bidi control that somebody pasted survives."""
    evil = f"Le{ESC}[31mna{ESC}]0;title\x07\r\x9b2J\u202e\x00"[:-1]
    words = ["add", evil] if field == "name" else ["add", "Lena", f"--{field}", evil]
    looks = (["list"], ["show", "le"], ["status"], ["gaps"], ["list", "--json"])
    dorf.environ = {"NO_COLOR": "1"}
    text = "".join(dorf(*command, tty=tty) + dorf.said for command in (words, *looks))
    allowed = text.replace(f"{ESC}[1m", "").replace(f"{ESC}[2m", "").replace(f"{ESC}[0m", "")
    assert not [c for c in "\x1b\x07\r\x9b\u202e" if c in allowed]
    with closing(sqlite3.connect(dorf.path)) as connection:
        stored = "".join(connection.iterdump())
    assert not [c for c in "\x1b\x07\r\x9b\u202e" if c in stored]


def test_control_characters_from_a_file_are_removed_as_well(dorf: Dorf) -> None:
    """An import is no way around."""
    evil = {"name": f"Le{ESC}[31mna", "notes": f"a{ESC}b\nc", "skills": [f"x{ESC}y"]}
    dorf.load({"contacts": [evil], "household": {"wishes": [f"w{ESC}z"]}})
    assert ESC not in json.dumps(json.loads(dorf("export")), ensure_ascii=False)


def test_control_characters_in_a_wrong_command_line_are_not_echoed(anna: Dorf) -> None:
    """The error shows the text without what could drive the terminal."""
    for arguments, status in (
        (["show", f"x{ESC}[2J"], 3),
        ([f"{ESC}[2J"], 2),
        (["list", f"--{ESC}[2J"], 2),
        (["--db", f"{ESC}/x/y", "add", "Lena"], 5),
    ):
        anna(*arguments, status=status)  # fmt: skip
        assert ESC not in anna.said


@pytest.mark.slow
@pytest.mark.parametrize("name", ["[b]", "[bold red]Lena[/]", ":smile:", "a\\[b]", "{name}", "%s"])
@pytest.mark.parametrize(("lang", "tty"), [("en", False), ("de", True)], ids=["piped", "terminal"])
def test_markup_in_a_name_is_just_a_name(dorf: Dorf, name: str, lang: str, *, tty: bool) -> None:
    """Rich's markup and emoji codes, and the signs of our own templates, are shown literally."""
    dorf.lang = lang
    words = ["--note", name, "--skill", name, "--gives", "advice"]
    assert dorf("add", name, *words, tty=tty).startswith(name)
    dorf("log", name, "--note", name)
    for command in (["list"], ["show", name], ["status", "--all"], ["gaps"], ["who", name],
                    ["find", name], ["history"]):  # fmt: skip
        assert name in " ".join(dorf(*command, tty=tty).split()), command
    dorf("delete", name, tty=True, stdin="no\n", status=1)
    assert name in dorf.said
    dorf("show", f"zorro {name} zorro", status=3)
    assert f"zorro {name} zorro" in dorf.said


# --- streams ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("command", [["list"], ["export"], ["status", "--json"], ["--help"]])
def test_a_reader_who_leaves_early_is_no_error_to_talk_about(
    anna: Dorf, command: list[str]
) -> None:
    """``dorf list | head -c0`` says nothing on stderr."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = process(anna, *command, stdout=writing)
    finally:
        os.close(writing)
    assert done.stderr == ""
    assert done.returncode in {0, 1}


@pytest.mark.slow
@pytest.mark.parametrize("command", [["list"], ["export"], ["add", "Lena"], ["--help"]])
def test_an_output_that_is_full_is_told(anna: Dorf, command: list[str]) -> None:
    """Status 1 and a sentence, not a traceback at the end of the process."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = process(anna, *command, stdout=full)
    assert done.returncode == 1
    assert done.stderr == "dorf: The output could not be written: the disk is full.\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("closed", "command", "status"),
    [
        (">&-", "list", None),
        (">&-", "add Lena", None),
        ("2>&-", "list", 0),
        ("2>&-", "nonsense", 2),
        ("2>/dev/full", "nonsense", 2),
        ("<&-", "list", 0),
        ("<&-", "import -", 6),
        ("<&-", "delete anna", 1),
    ],
)
def test_a_closed_stream_never_ends_in_a_traceback(
    anna: Dorf, closed: str, command: str, status: int | None
) -> None:
    """Cron and wrappers close streams; the exit status stays what it would have been."""
    line = f'"{sys.executable}" -m dorf {command} {closed}'
    done = subprocess.run(
        ["sh", "-c", line], cwd=ROOT, env=environ(anna), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert status is None or done.returncode == status


@pytest.mark.slow
def test_a_terminal_that_knows_only_ascii_gets_an_answer(anna: Dorf) -> None:
    """Names outside of the terminal's letters are replaced, not fatal; JSON stays exact."""
    anna("add", "Jörg 张伟")
    plain = {"PYTHONIOENCODING": "ascii", "LANG": "C", "PYTHONUTF8": "0"}
    done = process(anna, "list", more=plain)
    assert (done.returncode, done.stderr) == (0, "")
    assert "J?rg" in done.stdout
    done = process(anna, "list", "--json", more=plain)
    assert "Jörg 张伟" in [one["name"] for one in json.loads(done.stdout)["contacts"]]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["delete anna", "encounter remove last", "log a"])
def test_ctrl_c_in_a_question_changes_nothing(anna: Dorf, command: str) -> None:
    """Status 130, no traceback, the same bytes."""
    anna("add", "Ada")
    before = anna.path.read_bytes()
    child = pexpect.spawn(
        sys.executable,
        ["-m", "dorf", *command.split()],
        cwd=str(ROOT),
        env=environ(anna) | {"TERM": "xterm"},
        encoding="utf-8",
        timeout=HANGING,
        preexec_fn=hear_ctrl_c,
    )
    child.expect([r"\(yes / no\)", "Number:"])
    child.sendintr()
    while child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=5):
        child.sendintr()  # it came in the moment before the program listened
    child.close()
    assert child.exitstatus == 130
    assert "Traceback" not in (child.before or "")
    assert anna.path.read_bytes() == before


@pytest.mark.parametrize(("command", "status"), [("delete anna", 1), ("log a", 4)])
def test_the_end_of_input_in_a_question_declines(anna: Dorf, command: str, status: int) -> None:
    """Ctrl-D is a no."""
    anna("add", "Ada")
    before = anna.path.read_bytes()
    anna(*command.split(), tty=True, stdin="", status=status)
    assert anna.said.endswith("Nothing was changed.\n")
    assert anna.path.read_bytes() == before


@pytest.mark.parametrize("twin", ["Le\u200bna", "Le\u00adna", "LENA\u2060"])
def test_a_name_with_signs_nobody_sees_is_a_twin(dorf: Dorf, twin: str) -> None:
    """Two entries that look the same could never be told apart again."""
    dorf("add", "Lena")
    dorf("add", twin, status=1)
    assert dorf.said.startswith("dorf: “Lena” is in your village already.")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_today_is_near_enough_for_the_calendar(dorf: Dorf, day: str) -> None:
    """Status 2 instead of days before the first and after the last one."""
    dorf("--today", day, "status", status=2, stderr=(
        f"dorf: “{day}” is too far away to be today.\n"
    ))  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [
        ["list"], ["log", "anna"], ["add", "anna"], ["find", "a"], ["undo"], ["undo", "--list"],
        ["backup"], ["backup", "--list"], ["backup", "--no-daily"], ["restore", "heute"],
        ["remind"], ["export"], ["stats"], ["delete", "anna", "--for-good"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_the_system_says_is_about_the_file(tmp_path: Path, command: list[str]) -> None:
    """Not about the output, which nothing is wrong with: status 5, and the file's own name."""
    dorf = Dorf(tmp_path / ("x" * 300))
    sentence = f"dorf: {dorf.path} can't be opened: the name is too long.\n"
    assert dorf(*command, status=5, stderr=sentence) == ""
