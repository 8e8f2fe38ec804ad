"""What each command is asked to do while the disk fails, and which commands only read.

`test_faults` compares both tables with the table of commands: a new one can't be forgotten.
"""

from __future__ import annotations

from typing import NamedTuple

from dorf.completion.table import TABLE
from dorf.store.schema import VERSION

FULL, BARE = "full", "bare"
"""A village with something in every table, and a folder without a village."""


class Scenario(NamedTuple):
    """One command in one village; ``FOLDER`` in it is where the village lies."""

    words: tuple[str, ...]
    village: str = FULL
    stdin: str = ""
    stages: tuple[tuple[str, ...], ...] = ()
    """Commands after which things may stand as well: a command of several transactions."""
    same_day: bool = False
    """Whether the copy of the day was made before."""

    def __str__(self) -> str:
        """Return the command and where it runs."""
        return f"{' '.join(self.words)} [{self.village}{', same day' * self.same_day}]"


def _of(*lines: str, stdin: str = "") -> tuple[Scenario, ...]:
    return tuple(Scenario(tuple(line.split()), stdin=stdin) for line in lines)


_ADDED = ("add", "Erste", "--role", "friend", "--last", "3d", "--phone", "0171 9")
_LOG = ("log", "jana", "tom", "--how", "call", "--got", "childcare", "--note", "zoo " * 40)

WRITING: dict[str, tuple[Scenario, ...]] = {
    "add": (Scenario(_ADDED), Scenario(_ADDED, BARE)),
    "edit": _of("edit jana --skill cooking --kid Mats:2021-12 --clear phones"),
    "rename": _of("rename jana Johanna"),
    "role": _of("role jana colleague"),
    "merge": _of("merge jana tom --prefer first"),
    "delete": _of("delete jana --yes", "delete jana --for-good --yes"),
    "log": (Scenario(_LOG), Scenario(_LOG, same_day=True)),
    "plan": _of("plan jana 2026-04-01 --note cake"),
    "snooze": _of("snooze jana 2w"),
    "pause": _of("pause jana"),
    "resume": _of("resume lena"),
    "end": _of("end tom"),
    "tend": _of("tend", stdin="t\np\nmonday\ns\n\na\n\nq\n"),
    "encounter edit": _of("encounter edit last --day 2026-02-20 --note anders"),
    "encounter remove": _of("encounter remove last --yes"),
    # It speaks before it notes that it did: rather twice than never.
    "remind": (Scenario(("--today", "2026-04-20", "remind"), stages=(("list",),)),),
    "init": (
        Scenario(("init",), BARE, "Jonas\nIda 2021-10\nAnna, Ole\nfriend\n\nno\n2w\n"),
    ),
    "household": _of("household --not-single-parent"),
    "child add": _of("child add Ben 2021-10"),
    "child edit": _of("child edit Mats --name Matti"),
    "child remove": _of("child remove Mats"),
    "wish add": _of("wish add Löten"),
    "wish remove": _of("wish remove Handwerk"),
    "rule off": _of("rule off G02:company"),
    "rule on": _of("rule on G12"),
    "accept": _of("accept G01 --until 2026-12-01"),
    "undo": (*_of("undo"), Scenario(("undo", "2"), stages=(("undo",),))),
    "redo": _of("redo"),
    "export": _of(
        "export FOLDER/village.json --yes", "export FOLDER/new.vcf", "export FOLDER/people.csv",
        "export FOLDER/days.ics --discreet --yes", "export FOLDER/new.ics",
    ),
    "import": (
        *_of("import FOLDER/cards.vcf"), Scenario(("import", "FOLDER/village.json"), BARE)
    ),
    "backup": _of("backup FOLDER/backup.db --yes", "backup FOLDER/new.db", "backup --no-daily"),
    "restore": (
        *_of("restore FOLDER/backup.db --yes", "restore 2026-02-27 --yes"),
        Scenario(("restore", "FOLDER/backup.db", "--yes"), BARE),
    ),
    "schedule install": _of("schedule install --systemd --at 7:00 --yes"),
    "schedule remove": _of("schedule remove"),
    "demo": _of("demo --json"),
    "--install-completion": _of("--install-completion bash"),
}  # fmt: skip
"""Every command that writes, and what it is asked to do."""

MIGRATIONS = tuple(Scenario(("list",), f"format-{number}") for number in range(1, VERSION))
"""Reading a file of each earlier program, which brings it to today's format."""

READING: dict[str, tuple[Scenario, ...]] = {
    "show": _of("show jana"),
    "list": _of("list"),
    "who": _of("who childcare"),
    "find": _of("find zoo"),
    "history": _of("history"),
    "status": _of("status"),
    "gaps": _of("gaps"),
    "without": _of("without", "oma"),
    "birthdays": _of("birthdays"),
    "stats": _of("stats"),
    "tips": _of("tips"),
    "rule list": _of("rule list"),
    "doctor": _of("doctor"),
    "schedule status": _of("schedule status"),
    "help": _of("help days"),
}
"""Every command that changes nothing on the disk."""


def leaves() -> set[str]:
    """Return all commands of the program; those of a group with its name before theirs."""
    groups = {name.rpartition(" ")[0] for name in TABLE}
    return set(TABLE) - groups
