"""A check-up: the facts about a file and a run, the checks that follow, and the verdict.

A check is facts and a level; ``report`` words it. What can be odd about the village itself stands
in `dorf.core.oddities`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dorf.core.command_line import quoted
from dorf.core.oddities import lookalikes, loose_ends, odd_days
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dorf.core.oddities import Oddity
    from dorf.core.village import Village
    from dorf.errors import DorfError

STALE = timedelta(days=7)
"""An automatic copy that is older than that, of a file that changed since, is worth a note."""

STALE_WHEN_LARGE = timedelta(days=14)
"""The same of a large file, which is copied once in a calendar week at most."""


ROOM = 3
"""How often the file fits on the disk, at least: a migration and the copies take that
(convention)."""

LEAST_ROOM = 20_000_000
"""Free bytes below which a disk is nearly full, whatever the size of the file (convention)."""


class Level(StrEnum):
    """How a check went."""

    FINE = "fine"
    NOTE = "note"
    PROBLEM = "problem"


class Verdict(StrEnum):
    """What all checks come to."""

    WELL = "well"
    NOTES = "notes"
    PROBLEMS = "problems"


class Advice(StrEnum):
    """What to do about a check that is not fine."""

    RESTORE = "restore"
    OWN_BACKUP = "own backup"
    CLOSE = "close"
    ALLOW_WRITING = "allow writing"
    REMOVE = "remove"
    LOOK_AT_COPIES = "look at copies"
    MOVE_ASIDE = "move aside"
    MAKE_ROOM = "make room"
    EXPORT = "export"
    REINSTALL = "reinstall"
    ENCODING = "encoding"
    SET_CLOCK = "set clock"
    EDIT_ENCOUNTER = "edit encounter"
    LOG_OR_CANCEL = "log or cancel"
    SHOW = "show"
    HISTORY = "history"
    RULE_ON = "rule on"
    RENAME = "rename"
    TYPE = "type"
    MAKE_BACKUP = "make backup"
    OWN_FOLDER = "own folder"
    COMPARE = "compare"
    FREE_DISK = "free disk"


class Bytes(int):
    """A number of bytes."""


class Check(NamedTuple):
    """One line of the check-up: what was looked at, how it is, and what to do about it."""

    id: str
    level: Level = Level.FINE
    case: str = ""
    """Which of the sentences of the check it is, where there are several."""
    advice: Advice | None = None
    values: Mapping[str, object] = {}
    """The facts that its sentence and its advice name; days are days, sizes are `Bytes`."""


class DailyCopy(NamedTuple):
    """An automatic copy: its day, where it lies, its size in bytes, the contacts in it.

    The contacts are None in a copy that can't be read.
    """

    day: date
    file: str
    size: int
    contacts: int | None


class Record(NamedTuple):
    """The record for undo: how many steps, its size in bytes, when the oldest was (UTC, ISO)."""

    steps: int
    size: int
    oldest: str | None


class FileFacts(NamedTuple):
    """What there is to know about a village file without changing it; sizes are in bytes."""

    path: str
    file_from: str
    """What chose the file: ``--db``, a variable, or nothing for the usual place."""
    newest_format: int
    sqlite: str
    day: date
    """The day on the wall, by which automatic copies are named, whatever day is asked about."""
    exists: bool = False
    size: int = 0
    large: bool = False
    """Whether the file is too large to be copied every day."""
    mode: int = 0o600
    folder_mode: int = 0o700
    writable: bool = True
    changed_on: date | None = None
    interrupted: bool = False
    """Whether a write was cut off; the next command takes back what is left of it."""
    format: int | None = None
    trouble: DorfError | None = None
    """What opening or reading the file says, if it can't be used."""
    damaged: bool = False
    """Whether a copy would help with the trouble."""
    unsound: tuple[str, ...] = ()
    dangling: tuple[str, ...] = ()
    record: Record | None = None
    daily: bool | None = None
    copies: tuple[DailyCopy, ...] = ()
    rescue: date | None = None
    """The day of the newest automatic copy that is sound."""
    closed_copies: str | None = None
    """The folder of the copies if it can't be read."""
    foreign: tuple[str, ...] = ()
    """What another program put into the file that could run: its kind and its name."""
    tables: frozenset[str] = frozenset()
    """The names of dorf's own tables."""
    added: tuple[str, ...] = ()
    """Columns and tables that another program put into it, which are kept."""
    required: tuple[str, ...] = ()
    """Those of the columns that must not be empty, so that nothing can be written."""
    wal: bool = False
    """Whether the newest changes may lie in a second file beside it."""
    conflicts: tuple[str, ...] = ()
    """Copies that a program which syncs the folder made, when two machines wrote at once."""
    free: int | None = None
    """Bytes that are free on the disk."""
    no_room_for_copies: str | None = None
    """What stands where the folder of the copies would be, if that is no folder to write to."""
    leftovers: tuple[str, ...] = ()
    lonely: int = 0
    """Encounters without people."""
    miscounted: int = 0
    """People at encounters whose counts of help are not those of the encounter."""

    @property
    def copies_ahead(self) -> tuple[DailyCopy, ...]:
        """The automatic copies of days that are still to come: a clock was wrong."""
        return tuple(copy for copy in self.copies if copy.day > self.day)

    @property
    def newest_copy(self) -> DailyCopy | None:
        """The newest automatic copy, of the days that have come if there is one of them."""
        come = self.copies[: len(self.copies) - len(self.copies_ahead)]
        return (come or self.copies or (None,))[-1]

    @property
    def broken(self) -> bool:
        """Whether what is in the file is not as it should be."""
        return self.damaged or bool(self.unsound or self.dangling or self.lonely)


class ProgramFacts(NamedTuple):
    """What there is to know about the run: the language, the terminal (its width in cells)."""

    language_from: str
    """What chose the language: ``--lang``, a variable, or nothing."""
    speaks: bool
    """Whether both languages answer."""
    terminal: bool
    width: int
    colour: bool
    encoding: str
    shows_signs: bool
    dorf: str
    python: str


def check_up(
    facts: FileFacts, village: Village | None, program: ProgramFacts, today: date
) -> tuple[Check, ...]:
    """Return all checks, in the order in which they are shown: the file, the days, the program."""
    checks = list(_of_the_file(facts))
    if village is not None:
        checks += _of_the_village(village, today)
    return (*checks, *_of_the_program(facts, program))


def verdict(checks: Iterable[Check]) -> Verdict:
    """Return what the checks come to: with a problem the file can't be used as it is."""
    levels = {check.level for check in checks}
    if Level.PROBLEM in levels:
        return Verdict.PROBLEMS
    return Verdict.NOTES if Level.NOTE in levels else Verdict.WELL


# --- the file -----------------------------------------------------------------------------------


def _of_the_file(facts: FileFacts) -> Iterator[Check]:
    yield _place(facts)
    if facts.exists:
        yield _private(facts)
        yield _writable(facts)
    if facts.interrupted:
        yield Check("interrupted", Level.NOTE)
    if facts.trouble is not None:
        yield _damage("trouble", facts, reason=facts.trouble)
    for what in facts.foreign:
        yield _foreign(facts, what)
    if facts.format is not None:
        yield from _inside(facts, facts.format)
    yield _copies(facts)
    if ahead := facts.copies_ahead:
        values = {"n": len(ahead), "day": ahead[-1].day}
        yield Check("copies_ahead", Level.NOTE, advice=Advice.LOOK_AT_COPIES, values=values)
    for file in facts.leftovers:
        yield Check("leftover", Level.NOTE, advice=Advice.REMOVE, values={"file": file})
    for file in facts.conflicts:
        yield Check("conflict", Level.NOTE, advice=Advice.COMPARE, values={"file": file})
    if facts.free is not None and facts.free < max(ROOM * facts.size, LEAST_ROOM):
        values = {"size": Bytes(facts.free)}
        yield Check("space", Level.NOTE, advice=Advice.FREE_DISK, values=values)


def _place(facts: FileFacts) -> Check:
    values = {"file": facts.path, "source": facts.file_from, "size": Bytes(facts.size)}
    if facts.exists or facts.trouble is not None:
        return Check("file", values=values)
    if facts.newest_copy is None:
        return Check("file", case="none", values=values)
    values |= _restoring(facts, facts.newest_copy.day)
    return Check("file", Level.NOTE, "none", Advice.RESTORE, values)


def _private(facts: FileFacts) -> Check:
    if facts.mode & 0o077:
        values = {"mode": "600", "file": facts.path}
        return Check("private", Level.NOTE, "file", Advice.CLOSE, values)
    if not facts.file_from and facts.folder_mode & 0o077:
        values = {"mode": "700", "file": facts.path.rpartition("/")[0]}
        return Check("private", Level.NOTE, "folder", Advice.CLOSE, values)
    return Check("private")


def _writable(facts: FileFacts) -> Check:
    if facts.writable:
        return Check("writable")
    return Check("writable", Level.NOTE, "not", Advice.ALLOW_WRITING, {"file": facts.path})


def _inside(facts: FileFacts, version: int) -> Iterator[Check]:
    values = {"version": version, "known": facts.newest_format}
    old = version != facts.newest_format
    yield Check("format", Level.NOTE if old else Level.FINE, "old" if old else "", values=values)
    if found := facts.unsound or facts.dangling:
        yield _damage("sound", facts, "not", reason=" · ".join(found))
    else:
        yield Check("sound")
    if facts.lonely:
        yield _damage("lonely", facts, n=facts.lonely)
    if facts.miscounted:
        yield Check("miscounted", Level.NOTE, advice=Advice.EXPORT)
    yield from _of_others(facts)
    if facts.record is not None:
        yield _record(facts.record)


def _of_others(facts: FileFacts) -> Iterator[Check]:
    """Yield what other programs did to the file, and dorf can live with."""
    if facts.added:
        yield Check("added", Level.NOTE, values={"what": ", ".join(facts.added)})
    for column in facts.required:
        table, _, name = column.partition(".")
        drop = f"ALTER TABLE {table} DROP COLUMN {_identifier(name)}"
        values = {"what": column, "command": _sqlite(facts, drop)}
        yield Check("required", Level.NOTE, advice=Advice.TYPE, values=values)
    if facts.wal:
        values = {"command": _sqlite(facts, "PRAGMA journal_mode = DELETE")}
        yield Check("wal", Level.NOTE, advice=Advice.TYPE, values=values)


def _foreign(facts: FileFacts, what: str) -> Check:
    """Return the problem that something foreign is, with what takes it out where that can be."""
    kind, _, name = what.partition(" ")
    values = {"what": what, "command": _sqlite(facts, f"DROP {kind.upper()} {_identifier(name)}")}
    simple = kind in {"trigger", "index"} or (kind == "view" and name not in facts.tables)
    return Check("foreign", Level.PROBLEM, "", Advice.TYPE if simple else None, values)


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _sqlite(facts: FileFacts, statement: str) -> str:
    """Return what lets SQLite's own program carry out a statement, to be typed as it stands."""
    return f"sqlite3 {quoted(facts.path)} {quoted(statement)}"


def _damage(what: str, facts: FileFacts, case: str = "", **values: object) -> Check:
    """Return a problem, with the way out of it if a copy would help."""
    if not facts.broken:
        return Check(what, Level.PROBLEM, case, values=values)
    if facts.rescue is None:
        values["command"] = _command(facts, "restore FILE")
        return Check(what, Level.PROBLEM, case, Advice.OWN_BACKUP, values)
    values |= _restoring(facts, facts.rescue)
    return Check(what, Level.PROBLEM, case, Advice.RESTORE, values)


def _restoring(facts: FileFacts, day: date) -> dict[str, object]:
    return {"day": day, "command": _command(facts, f"restore {day.isoformat()}")}


def _command(facts: FileFacts, command: str) -> str:
    """Return a *command* for this very file, to be typed as it stands."""
    named = f" --db {quoted(facts.path)}" if facts.file_from == "--db" else ""
    return f"dorf{named} {command}"


def _record(record: Record) -> Check:
    if not record.steps:
        return Check("record", case="empty")
    since = datetime.fromisoformat(record.oldest or "").astimezone().date()
    values = {"n": record.steps, "day": since, "size": Bytes(record.size)}
    return Check("record", values=values)


def _copies(facts: FileFacts) -> Check:
    if facts.daily is False:
        return Check("copies", case="off")
    if facts.no_room_for_copies:
        values: dict[str, object] = {"file": facts.no_room_for_copies}
        return Check("copies", Level.NOTE, "no room", Advice.MOVE_ASIDE, values)
    if facts.closed_copies:
        values = {"file": facts.closed_copies}
        return Check("copies", Level.NOTE, "closed", Advice.OWN_FOLDER, values)
    if facts.newest_copy is None:
        return (
            _copy_wanted(facts, "absent large", {}) if facts.large else Check("copies", case="none")
        )
    return _newest_copy(facts, facts.newest_copy.day)


def _newest_copy(facts: FileFacts, newest: date) -> Check:
    values: dict[str, object]
    if facts.rescue != newest:
        values = {"day": newest, "good": facts.rescue or ""}
        case = "bad" if facts.rescue else "none good"
        return Check("copies", Level.NOTE, case, Advice.MAKE_BACKUP, values)
    values = {"n": len(facts.copies), "day": newest}
    case = "large" if facts.large else ""
    late = facts.day - newest > (STALE_WHEN_LARGE if facts.large else STALE)
    if late and (facts.changed_on or newest) > newest:
        if facts.large:
            return _copy_wanted(facts, case, values)
        return Check("copies", Level.NOTE, case, Advice.MAKE_ROOM, values)
    return Check("copies", case=case, values=values)


def _copy_wanted(facts: FileFacts, case: str, values: dict[str, object]) -> Check:
    """Return the note that no command has copied a large file, with the one that does at once."""
    command = _command(facts, "backup --daily")
    return Check("copies", Level.NOTE, case, Advice.TYPE, {**values, "command": command})


# --- the village --------------------------------------------------------------------------------

_ABOUT_ODDITIES = {
    "clock": Advice.SET_CLOCK,
    "W1": Advice.EDIT_ENCOUNTER,
    "W2": Advice.LOG_OR_CANCEL,
    "added_on": Advice.SHOW,
    "born": Advice.SHOW,
    "yearly": Advice.SHOW,
    "paused_until": Advice.SHOW,
    "until": Advice.SHOW,
    "long_ago": Advice.HISTORY,
    "attachment": Advice.SHOW,
    "key": Advice.RULE_ON,
    "lookalike": Advice.RENAME,
}


def _of_the_village(village: Village, today: date) -> Iterator[Check]:
    yield from _odd(odd_days(village, today)) or [Check("days")]
    yield from _odd((*loose_ends(village), *lookalikes(village.contacts))) or [Check("links")]


def _odd(found: Iterable[Oddity]) -> list[Check]:
    return [
        Check(
            odd.id,
            Level.NOTE,
            advice=_ABOUT_ODDITIES.get(odd.id),
            values={"name": odd.name, "day": odd.day or odd.born or "", "word": odd.word},
        )
        for odd in found
    ]


# --- the program --------------------------------------------------------------------------------


def _of_the_program(facts: FileFacts, program: ProgramFacts) -> Iterator[Check]:
    if not program.speaks:
        yield Check("language", Level.NOTE, "missing", Advice.REINSTALL)
    else:
        case = "" if program.language_from else "usual"
        yield Check("language", case=case, values={"source": program.language_from})
    values: dict[str, object] = {"run": program, "encoding": program.encoding}
    if program.shows_signs:
        yield Check("terminal", values=values)
    else:
        yield Check("terminal", Level.NOTE, advice=Advice.ENCODING, values=values)
    versions = {"dorf": program.dorf, "python": program.python, "sqlite": facts.sqlite}
    yield Check("versions", values=versions)
