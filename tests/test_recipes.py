"""The recipes of CONTRIBUTING.md, followed on a copy of the program: what they promise, works.

Each test does what its recipe says, no more, and counts the files that it took.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests import house
from tests.readme import ROOT

if TYPE_CHECKING:
    from pathlib import Path


class Copy:
    """A copy of the program, and the files of it that a recipe touched."""

    def __init__(self, folder: Path) -> None:
        """Copy the program, without its compiled files, into *folder*."""
        self.folder = folder
        self.touched: set[str] = set()
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "dorf", folder / "dorf", ignore=ignored)

    def new(self, file: str, text: str) -> None:
        """Write a new file."""
        path = self.folder / file
        assert not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        self.touched.add(file)

    def insert(self, file: str, before: str, text: str) -> None:
        """Put *text* in front of the one place in *file* where *before* stands."""
        path = self.folder / file
        page = path.read_text("utf-8")
        assert page.count(before) == 1, (file, before)
        path.write_text(page.replace(before, text + before), "utf-8")
        self.touched.add(file)

    def append(self, file: str, text: str) -> None:
        """Put *text* at the end of *file*."""
        path = self.folder / file
        path.write_text(path.read_text("utf-8") + text, "utf-8")
        self.touched.add(file)

    def dorf(self, *arguments: str, lang: str = "en") -> str:
        """Run a command of the copy; return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "dorf", *arguments],
            cwd=self.folder,
            env={
                "PATH": os.environ["PATH"],
                "DORF_DB": str(self.folder / "dorf.db"),
                "DORF_LANG": lang,
                "DORF_TODAY": "2026-03-02",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Return a copy with one grandmother in its village."""
    made = Copy(tmp_path)
    made.dorf("add", "Oma Gisela", "--role", "grandma", "--last", "yesterday")
    return made


@pytest.mark.slow
def test_a_command(copy: Copy) -> None:
    """CONTRIBUTING.md, Recipes: a module and a line in the table of commands."""
    copy.new(
        "dorf/cli/commands/greet.py",
        '''"""The command `greet`."""

from typing import Annotated

import typer

from dorf.cli.choices import CONTACT, choose_contact
from dorf.cli.env import env_of
from dorf.errors import N_

app = typer.Typer()


@app.command("greet")
def greet(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(click_type=CONTACT, help=N_("Whom to greet."))],
) -> None:
    """Say hello."""
    env = env_of(ctx)
    with env.store() as store:
        entry = choose_contact(env, store.reader.directory(), name)
    env.say(env.language.say("Hello {name}!", name=entry.name))
''',
    )
    copy.insert(
        "dorf/cli/app.py",
        '        "tips": Entry(',
        '        "greet": Entry("greet", N_("Say hello.")),\n',
    )
    assert copy.dorf("greet", "oma") == "Hello Oma Gisela!\n"
    assert "greet" in copy.dorf("--help")
    assert copy.dorf("help", "greet") == copy.dorf("greet", "--help")
    assert len(copy.touched) == 2


@pytest.mark.slow
def test_a_rule(copy: Copy) -> None:
    """CONTRIBUTING.md, Recipes: a function beside the others, and its words."""
    copy.insert(
        "dorf/core/gaps/ties.py",
        "def _starts_school(",
        '''@rule("no_walk", Tip.OWN_ROUND)
def g99(now: Situation) -> Iterator[Finding]:
    """Nobody to walk with."""
    if not any("walking" in contact.skills for contact in now.support.present):
        yield Finding(3)


''',
    )
    copy.insert(
        "dorf/report/gaps/rule_words.py",
        '    "G27": RuleWords(',
        """    "G99": RuleWords(
        N_("Nobody to walk with"), N_("Walking does good."), N_("Nobody walks with you yet.")
    ),
""",
    )
    found = copy.dorf("gaps")
    assert "▲ gap – Nobody walks with you yet.\n  Walking does good. (G99)\n  → " in found
    assert "(G99)" in found
    assert "Nobody to walk with" in copy.dorf("rule", "list")
    copy.dorf("edit", "oma", "--skill", "walking")
    assert "G99" not in copy.dorf("gaps")
    assert len(copy.touched) == 2


@pytest.mark.slow
def test_a_field_of_a_contact(copy: Copy) -> None:
    """CONTRIBUTING.md, Recipes: its declaration, its column, its option; all files carry it."""
    copy.insert(
        "dorf/core/village.py",
        "    changed_at: str | None = field(default=None",
        '    motto: str | None = field(default=None, metadata=of("text", label=N_("motto")))\n',
    )
    copy.insert(
        "dorf/store/schema.py",
        ')\n"""Name and SQL of each migration',
        '    ("9999_motto", "ALTER TABLE contact ADD COLUMN motto TEXT;"),\n',
    )
    copy.insert(
        "dorf/cli/fields.py",
        '    Option("until", "--until',
        '    Option("motto", "--motto", N_("What they always say.")),\n',
    )
    copy.dorf("edit", "oma", "--motto", "Eat first.")
    for file in ("x.json", "x.vcf"):
        copy.dorf("export", str(copy.folder / file))
        (copy.folder / "dorf.db").unlink()
        copy.dorf("import", str(copy.folder / file))
        shown = json.loads(copy.dorf("show", "oma", "--json"))
        assert shown["contact"]["motto"] == "Eat first.", file
    assert len(copy.touched) == 3


@pytest.mark.slow
def test_a_format(copy: Copy) -> None:
    """CONTRIBUTING.md, Recipes: a module and a record; options, endings and errors follow."""
    copy.new(
        "dorf/formats/toy.py",
        '''"""Names, one a line, below a line that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorf.formats.interface import NO_OPTIONS
from dorf.formats.text import text_of
from dorf.imports.draft import Draft
from dorf.imports.incoming import Incoming, Remark

if TYPE_CHECKING:
    from typing import BinaryIO

    from dorf.core.village import Village
    from dorf.formats.interface import Options, Sample


def recognises(sample: Sample) -> bool:
    """Tell whether *sample* begins a list of names."""
    return sample.text.startswith("TOY")


def read(file: BinaryIO, name: str, _options: Options = NO_OPTIONS) -> Incoming:
    """Return the people in *file*."""
    remarks: list[Remark] = []
    contacts = []
    for number, line in enumerate(text_of(file.read(), name, remarks).splitlines()[1:], 2):
        draft = Draft(f"{name}:{number}", remarks)
        draft.name_from(line)
        if contact := draft.finish():
            contacts.append(contact)
    return Incoming({}, tuple(contacts), remarks=tuple(remarks))


def write(village: Village, _options: Options = NO_OPTIONS) -> str:
    """Return the names of everybody."""
    return "\\n".join(["TOY", *(contact.name for contact in village.contacts)]) + "\\n"
''',
    )
    copy.insert(
        "dorf/formats/registry.py",
        "    CSV,\n",
        '    Format("toy", N_("names"), "toy", ("toy",), sign="TOY", writes=True),\n',
    )
    file = copy.folder / "village.toy"
    assert copy.dorf("export", str(file)) == f"{file}: 1 contact.\n"
    assert file.read_text("utf-8") == "TOY\nOma Gisela\n"
    file.write_text("TOY\nJörg\n", "utf-8")
    copy.dorf("import", str(file))
    assert "Jörg" in copy.dorf("list")
    assert "toy" in copy.dorf("import", "--help")
    assert "toy" in copy.dorf("export", "--help")
    assert len(copy.touched) == 2


@pytest.mark.slow
def test_a_language(copy: Copy) -> None:
    """CONTRIBUTING.md, Recipes: its code and its catalogue; what is not worded yet is English."""
    from babel.messages.catalog import Catalog

    from tests.catalogues import compiled

    french = Catalog(locale="fr", domain="dorf")
    french.add("friend", "amie")
    path = copy.folder / "dorf/locale/fr/LC_MESSAGES/dorf.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(compiled(french))
    copy.insert("dorf/i18n.py", '"en")\nVARIABLES', '"fr", ')
    for page in (ROOT / "dorf/manual/en").glob("*.md"):
        copy.new(f"dorf/manual/fr/{page.name}", page.read_text("utf-8"))
    assert "Lena · amie · " in copy.dorf("--lang", "fr", "add", "Lena", "--role", "friend")
    assert copy.dorf("help", "days", lang="fr") == copy.dorf("help", "days")


@pytest.mark.slow
def test_every_room_is_described() -> None:
    """CONTRIBUTING.md, Rooms names each of `tests.house`."""
    page = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
    table = page.partition("## Rooms")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(\w+)(?:/|\.py)`", table))
    assert set(house.ROOMS) - named == {"__init__", "__main__"}
