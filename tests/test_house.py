"""The house of CONTRIBUTING.md, Rooms: who may import whom, and what a start loads."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_json import COMMANDS

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "dorf"
ROOMS = {
    "errors": set[str](),
    "core": {"errors"},
    "i18n": {"errors"},
    "imports": {"core", "errors"},
    "formats": {"imports", "core", "errors"},
    "store": {"imports", "core", "errors"},
    "scheduler": {"errors"},
    "report": {"scheduler", "formats", "imports", "core", "i18n", "errors"},
    "cli": {"report", "store", "scheduler", "formats", "imports", "core", "i18n", "errors"},
    "__main__": {"cli"},
    "__init__": set[str](),
}
OUTSIDE = {
    "core": {"dateutil"},
    "errors": set[str](),
    "i18n": set[str](),
    "formats": {"icalendar", "vobject"},
    "store": {"sqlite_utils"},
    "report": {"rich"},
    "imports": set[str](),
    "scheduler": {"crontab"},
    "cli": {"typer", "platformdirs"},
    "__main__": set[str](),
    "__init__": set[str](),
}


def _room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """Return the full names of all modules that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(str(node.module))
            if node.module == "dorf":
                names |= {f"dorf.{alias.name}" for alias in node.names}
    return names - {"dorf"}


@pytest.mark.parametrize("path", sorted(HOUSE.rglob("*.py")), ids=str)
def test_imports_run_one_way(path: Path) -> None:
    """Cli → report, store, formats → core → errors, and each room has its own libraries."""
    room = _room(path)
    for name in _imports(path):
        first, _, rest = name.partition(".")
        if first == "dorf":
            assert rest.split(".")[0] in ROOMS[room] | {room}, name
        elif first not in sys.stdlib_module_names:
            assert first in OUTSIDE[room], name


def test_only_the_store_knows_sql() -> None:
    """sqlite3 and sqlite_utils are imported in dorf/store alone."""
    others = [p for p in HOUSE.rglob("*.py") if _room(p) != "store"]
    assert not [p for p in others if {"sqlite3", "sqlite_utils"} & _imports(p)]


def _loaded(tmp_path: Path, *arguments: str, **environ: str) -> set[str]:
    """Return the modules that a run of dorf has loaded when it ends."""
    script = (
        "import sys\nfrom dorf.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: sys.stderr.write('\\n'.join(['', *sys.modules]))"
    )
    base = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=base | {"DORF_DB": str(tmp_path / "dorf.db")} | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    return set(done.stderr.split("\n"))


HEAVY = {
    "rich", "sqlite_utils", "platformdirs", "dateutil", "importlib.metadata", "json",
    "dorf.store.writer", "dorf.formats.village_file", "dorf.report.screen",
    "icalendar", "dorf.formats.calendar", "dorf.core.calendar",
    "crontab", "dorf.scheduler.machine", "dorf.imports.merge", "dorf.imports.provenance",
}  # fmt: skip
COMPLETION = {
    "_DORF_COMPLETE": "complete_bash",
    "COMP_WORDS": "dorf show O",
    "COMP_CWORD": "2",
}


@pytest.mark.parametrize(
    ("arguments", "environ", "allowed"),
    [
        (["--version"], {}, {"importlib.metadata", "json"}),
        (["list"], {}, set[str]()),
        (["status"], {}, set[str]()),
        (["status", "--json"], {}, {"json"}),
        (["birthdays"], {}, set[str]()),
        (["history"], {}, set[str]()),
        (["stats"], {}, set[str]()),
        (["stats", "Oma"], {}, set[str]()),
        (["export"], {}, {"json", "dorf.formats.village_file"}),
        ([], COMPLETION, set[str]()),
        (
            ["log", "Oma"],
            {},
            {"sqlite_utils", "dateutil", "importlib.metadata", "json", "dorf.store.writer"},
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_start_loads_no_more_than_it_needs(
    tmp_path: Path, arguments: list[str], environ: dict[str, str], allowed: set[str]
) -> None:
    """Piped reads load neither Rich nor sqlite-utils; completion not even the domain."""
    _loaded(tmp_path, "add", "Oma Gisela")
    loaded = _loaded(tmp_path, *arguments, **environ)
    assert "typer" in loaded
    assert loaded & HEAVY == loaded & allowed & HEAVY
    if environ:
        domain = {"dorf.core.village", "dorf.core.assessment", "dorf.core.vocabulary"}
        assert loaded & domain == set()
    if arguments == ["--version"]:
        assert "dorf.store.store" not in loaded


FOREIGN = {
    "vobject", "icalendar", "pytz", "dorf.formats.vcard", "dorf.formats.table",
    "dorf.formats.monica", "dorf.formats.friends", "dorf.formats.knotter", "dorf.formats.easynwk",
    "dorf.formats.recognising", "dorf.formats.calendar",
}  # fmt: skip
"""The libraries and modules of other programs' formats."""

BRING_IN = {"import", "demo"}


@pytest.mark.parametrize(
    "command",
    [one for one, _ in COMMANDS if one[0] not in BRING_IN],
    ids=" ".join,
)
def test_no_format_of_others_is_loaded_by_any_other_command(
    tmp_path: Path, family_file: bytes, command: list[str]
) -> None:
    """Whoever does not bring people in or give them out does not wait for it either."""
    (tmp_path / "dorf.db").write_bytes(family_file)
    assert _loaded(tmp_path, *command) & FOREIGN == set()


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["import", "-"], {"dorf.formats.recognising", "dorf.formats.table"}),
        (["export", "x.vcf"], {"vobject", "pytz", "dorf.formats.vcard"}),
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
    words = [str(tmp_path / one) if one.startswith("x.") else one for one in arguments]
    assert _loaded(tmp_path, *words) & FOREIGN <= allowed
