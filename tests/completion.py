"""Writes the table of what the shells complete, from the commands as Typer knows them.

python -m tests.completion    writes dorf/completion/table.py anew
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.main import get_command

from dorf.cli.app import COMMANDS, app, build
from dorf.cli.choices import Completed
from dorf.core.sayings.commands import german_name
from dorf.core.tending import State
from dorf.core.vocabulary import HOW_WORDS, KIND_WORDS, ROLES, SOURCE_WORDS
from dorf.formats.registry import READ, WRITTEN
from dorf.report.manual import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).parent.parent / "dorf" / "completion" / "table.py"

HEAD = '''"""What each command takes, for completing. Written by ``python -m tests.completion``.

A command's line holds its arguments, as ``<kind>``, with … if there can be several, and its
options: all spellings, ``=kind`` if it takes a value, * if it can be given again, ! if it is
hidden. A kind is a key of `WORDS`, the words themselves between bars, or one that is looked up:
name, child, wish, key, file; - is free text. `GERMAN` holds the German names of commands.
"""

# fmt: off
# ruff: noqa: E501
'''


def _words() -> dict[str, list[str]]:
    spelled = (s.strip() for slug, r in ROLES.items() for s in (slug, *r.words.split(",")))
    topics = (s for slug, topic in TOPICS.items() for s in (slug, *topic.words.split(", ")))
    return {
        "role": list(dict.fromkeys(spelled)),
        "topic": [*dict.fromkeys(topics), *dict.fromkeys([*COMMANDS, *map(german_name, COMMANDS)])],
        "kinds": [str(kind) for kind in KIND_WORDS],
        "how": [str(how) for how in HOW_WORDS],
        "group": [str(source) for source in SOURCE_WORDS],
        "state": [str(state) for state in State],
        "read_format": [one.name for one in READ],
        "written_format": [one.name for one in WRITTEN],
    }


def _kind(param: Any) -> str:
    """Return the kind of a value: what its type says, or what its placeholder shows."""
    if isinstance(param.type, Completed):
        return str(param.type.name)
    shown = str(param.metavar or "").strip("[]")
    if "FILE" in shown:
        return "file"
    return shown if "|" in shown and shown.islower() else "-"


def _param(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"<{_kind(param)}{'…' if _takes_several(param) else ''}>"
    spellings = "/".join((*param.opts, *param.secondary_opts))
    value = "" if param.is_flag or param.count else f"={_kind(param)}"
    return spellings + value + ("*" if param.multiple else "") + ("!" if param.hidden else "")


def _takes_several(param: Any) -> bool:
    """Tell whether several things can be given, not only one thing in several words."""
    shown = param.metavar or ""
    return param.nargs == -1 and (not shown or "…" in shown or "..." in shown)


def _lines(name: str, command: Any) -> Iterator[tuple[str, str]]:
    yield name, " ".join(map(_param, command.params))
    for below in getattr(command, "commands", {}).values():
        yield from _lines(f"{name} {below.name}", below)


def table() -> str:
    """Return the text of the module."""
    lines = [("", " ".join(map(_param, get_command(app).params)))]
    for name, entry in COMMANDS.items():
        command = build(import_module(f"dorf.cli.commands.{entry.module}").app, name)
        lines += _lines(name, command)
    rows = "".join(f'    "{name}": "{line}",\n' for name, line in lines)
    words = "".join(f'    "{kind}": {_list(found)},\n' for kind, found in _words().items())
    german = "".join(f'    "{german_name(name)}": "{name}",\n' for name in COMMANDS)
    return f"{HEAD}\nTABLE = {{\n{rows}}}\n\nGERMAN = {{\n{german}}}\n\nWORDS = {{\n{words}}}\n"


def _list(words: list[str]) -> str:
    return "(" + ", ".join(f'"{word}"' for word in words) + ")"


def main() -> None:
    """Write the module."""
    TARGET.write_text(table(), "utf-8")


if __name__ == "__main__":
    main()
