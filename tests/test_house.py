"""The house of CONTRIBUTING.md, Rooms: who may import whom, and what a start loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests import house
from tests.test_json import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

OUTSIDE = {
    "core": {"dateutil"},
    "errors": set[str](),
    "timing": set[str](),
    "values": set[str](),
    "i18n": set[str](),
    "formats": {"icalendar"},
    "store": {"sqlite_utils"},
    "report": {"rich"},
    "imports": set[str](),
    "scheduler": {"crontab"},
    "completion": {"platformdirs"},
    "cli": {"typer", "platformdirs"},
    "start": set[str](),
    "__main__": set[str](),
    "__init__": set[str](),
}
"""The libraries of others that each room may import."""

LONG_STILL = set[str]()
CROWDED_STILL = set[str]()


def test_no_files_import_each_other() -> None:
    """Whoever reads a module reads on downwards, and never comes back to it, not for types."""
    assert house.rings(house.arrows()) == []


def test_imports_run_one_way() -> None:
    """Cli → report, store, formats → imports → core → errors, for types as well."""
    assert house.arrows_up(house.arrows()) == []


def test_modules_and_packages_are_of_a_size_to_read() -> None:
    """No module is longer than 500 lines, no package holds many more than twenty."""
    sizes = {name: house.lines(path) for name, path in house.modules().items()}
    assert {name for name, size in sizes.items() if size > house.TOO_LONG} <= LONG_STILL
    crowded = {name for name, number in house.packages().items() if number > house.CROWDED}
    assert crowded <= CROWDED_STILL


def test_a_module_is_called_by_what_it_knows() -> None:
    """There is no drawer for odds and ends."""
    assert house.nameless() == []


def _libraries(name: str) -> set[str]:
    """Return the first names of what a module imports from outside dorf."""
    names = {full.partition(".")[0] for full, _ in house.imported(house.modules()[name])}
    return names - {"dorf"}


def test_each_room_has_its_own_libraries() -> None:
    """A library is known in one room, beside the standard library."""
    strange = {
        name: _libraries(name) - sys.stdlib_module_names - OUTSIDE[house.room(name)]
        for name in house.modules()
    }
    assert {name: found for name, found in strange.items() if found} == {}


def test_only_the_store_knows_sql() -> None:
    """sqlite3 and sqlite_utils are imported in dorf/store alone."""
    others = [name for name in house.modules() if house.room(name) != "store"]
    assert not [name for name in others if {"sqlite3", "sqlite_utils"} & _libraries(name)]


def test_the_graph_finds_rings_and_arrows_up() -> None:
    """What the tests above hold is measured by functions that see an offender."""
    arrow = house.Arrow
    found = [
        arrow("dorf.core.a", "dorf.core.b", typing=False),
        arrow("dorf.core.b", "dorf.core.c", typing=False),
        arrow("dorf.core.c", "dorf.core.a", typing=False),
        arrow("dorf.core.c", "dorf.cli.d", typing=True),
        arrow("dorf.cli.d", "dorf.core.c", typing=False),
    ]
    assert house.rings(found[:3]) == [["dorf.core.a", "dorf.core.b", "dorf.core.c"]]
    assert "dorf.cli.d" in house.rings(found)[0]
    assert house.arrows_up(found) == [found[3]]


def _loaded(tmp_path: Path, *arguments: str, **environ: str) -> set[str]:
    """Return the modules that a run of dorf has loaded when it ends."""
    script = (
        "import sys\nfrom dorf.start import main\n"
        "try: main()\n"
        "finally: sys.stderr.write('\\n'.join(['', *sys.modules]))"
    )
    return set(_stderr(tmp_path, script, *arguments, **environ).split("\n"))


def _stderr(tmp_path: Path, script: str, *arguments: str, **environ: str) -> str:
    """Return what a Python *script* says beside its results."""
    base = {"PATH": os.environ["PATH"], "PYTHONPATH": str(house.ROOT), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=base | {"DORF_DB": str(tmp_path / "dorf.db")} | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr


HEAVY = {
    "rich", "sqlite_utils", "platformdirs", "dateutil", "importlib.metadata", "json",
    "dorf.store.writer", "dorf.formats.village_file", "dorf.report.screen",
    "icalendar", "dorf.formats.calendar", "dorf.core.calendar",
    "crontab", "dorf.scheduler.schedule", "dorf.imports.merge", "dorf.imports.provenance",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["list"], set[str]()),
        (["status"], set[str]()),
        (["status", "--json"], {"json"}),
        (["birthdays"], set[str]()),
        (["history"], set[str]()),
        (["stats"], set[str]()),
        (["stats", "Oma"], set[str]()),
        (["export"], {"json", "dorf.formats.village_file"}),
        (
            ["log", "Oma"],
            {"dateutil", "dorf.store.writer"},
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_start_loads_no_more_than_it_needs(
    tmp_path: Path, arguments: list[str], allowed: set[str]
) -> None:
    """Piped reads load neither Rich nor sqlite-utils."""
    _loaded(tmp_path, "add", "Oma Gisela")
    loaded = _loaded(tmp_path, *arguments)
    assert "typer" in loaded
    assert loaded & HEAVY == loaded & allowed & HEAVY


START = {"dorf", "dorf.start"}
COMPLETION = START | {
    "dorf.completion", "dorf.completion.line", "dorf.completion.table",
    "dorf.completion.protocol", "dorf.completion.offers", "dorf.core", "dorf.core.spelling",
    "dorf.store", "dorf.store.names", "dorf.store.schema",
}  # fmt: skip
COSTLY = {"typer", "sqlite3", "unicodedata", "pathlib", "re", "typing", "json", "shlex"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "line", "modules", "allowed"),
    [
        (["--version"], "", START, set[str]()),
        ([], "dorf show O", COMPLETION, {"sqlite3"}),
        ([], "dorf show Ö", COMPLETION, {"sqlite3", "unicodedata"}),
        ([], "dorf add Mia --role o", COMPLETION, {"sqlite3", "unicodedata"}),
        ([], "dorf lo", COMPLETION, {"sqlite3"}),
    ],
    ids=lambda value: str(value) if isinstance(value, str | list) else "",
)
def test_a_quick_answer_loads_next_to_nothing(
    tmp_path: Path, arguments: list[str], line: str, modules: set[str], allowed: set[str]
) -> None:
    """A version and a completed word come without Typer, the commands and the village's values."""
    _loaded(tmp_path, "add", "Oma Gisela")
    asked = {"_DORF_COMPLETE": "complete_lines", "_DORF_LINE": line} if line else {}
    loaded = _loaded(tmp_path, *arguments, **asked)
    assert {name for name in loaded if name.split(".")[0] == "dorf"} == modules
    assert loaded & (COSTLY | HEAVY) <= allowed


FOREIGN = {
    "vobject", "icalendar", "pytz", "dorf.formats.vcard", "dorf.formats.table",
    "dorf.formats.monica", "dorf.formats.friends", "dorf.formats.knotter", "dorf.formats.easynwk",
    "dorf.formats.recognition", "dorf.formats.calendar",
}  # fmt: skip
"""The libraries and modules of other programs' formats."""

BRING_IN = {"import", "demo"}


@pytest.mark.slow
def test_no_format_of_others_is_loaded_by_any_other_command(
    tmp_path: Path, family_file: bytes
) -> None:
    """Whoever does not bring people in or give them out does not wait for it either."""
    (tmp_path / "dorf.db").write_bytes(family_file)
    commands = [one for one, _ in COMMANDS if one[0] not in BRING_IN]
    assert len(commands) > 30
    script = (
        "import json, sys\nfrom dorf.start import main\n"
        "for words in json.loads(sys.argv[1]):\n"
        "    sys.argv = ['dorf', *words]\n"
        "    sys.stderr.write(f'\\n{words[0]} {main()}\\n')\n"
        "    sys.stderr.write('\\n'.join(['', *sys.modules, '']))"
    )
    text = _stderr(tmp_path, script, json.dumps(commands))
    assert text.count("\ndorf.start\n") == len(commands), text
    assert set(text.split("\n")) & FOREIGN == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["import", "x.csv"], {"dorf.formats.recognition", "dorf.formats.table"}),
        (["import", "x.vcf"], {"dorf.formats.recognition", "dorf.formats.vcard"}),
        (["export", "x.vcf"], {"dorf.formats.vcard"}),
        (["export", "x.csv"], {"dorf.formats.table"}),
        (["export", "x.md"], set[str]()),
        (["export", "x.json"], set[str]()),
        (["export", "--format", "easynwk"], {"dorf.formats.easynwk"}),
        (["export", "x.ics"], {"icalendar", "dorf.formats.calendar"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_format_is_loaded_alone(tmp_path: Path, arguments: list[str], allowed: set[str]) -> None:
    """Each export loads its own format and no other one."""
    if arguments[0] == "import":
        (tmp_path / "x.csv").write_text("Name,Phone\nLena,0171 5550101\n")
        (tmp_path / "x.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Lena\nEND:VCARD\n")
    words = [str(tmp_path / one) if one.startswith("x.") else one for one in arguments]
    assert _loaded(tmp_path, *words) & FOREIGN <= allowed
