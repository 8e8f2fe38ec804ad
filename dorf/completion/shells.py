"""The three shells: the script that each needs, and where it looks for it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPTS = Path(__file__).parent / "scripts"


class Place(NamedTuple):
    """Where a script goes, and the line that the shell's own start file has to have for it."""

    script: Path
    start_file: Path | None = None
    line: str = ""


def script(shell: str) -> str:
    """Return the script that completes dorf in *shell*."""
    return (SCRIPTS / f"dorf.{shell}").read_text("utf-8")


SHELLS = ("bash", "zsh", "fish")
"""The shells that dorf knows."""


def _places(home: Path, environ: Mapping[str, str]) -> dict[str, Place]:
    bash = home / ".bash_completions" / "dorf.sh"
    zsh_start = Path(environ.get("ZDOTDIR") or home) / ".zshrc"
    zsh_line = "fpath+=~/.zfunc; autoload -Uz compinit; compinit"
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return {
        "bash": Place(bash, home / ".bashrc", f"source '{bash}'"),
        "zsh": Place(home / ".zfunc" / "_dorf", zsh_start, zsh_line),
        "fish": Place(config / "fish" / "completions" / "dorf.fish"),
    }


def install(shell: str, environ: Mapping[str, str]) -> Path:
    """Put the script where *shell* looks for it, and return that; raise `OSError`.

    What stands in a start file already is not written again.
    """
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  (never raises, unlike Path's)
    place = _places(home, environ)[shell]
    place.script.parent.mkdir(parents=True, exist_ok=True)
    _write(place.script, script(shell).encode())
    if place.start_file is not None:
        present = place.start_file.read_bytes() if place.start_file.exists() else b""
        if place.line.encode() not in present:
            gap = b"" if not present or present.endswith(b"\n") else b"\n"
            _write(place.start_file, present + gap + f"{place.line}\n".encode())
    return place.script


def _write(path: Path, data: bytes) -> None:
    """Put *data* in place of the file at *path*, which is whole at each moment; raise `OSError`.

    Half a line in a start file would keep a shell from starting. A link stays a link.
    """
    real = Path(os.path.realpath(path))
    draft = real.with_name(f".{real.name}.new")
    try:
        draft.write_bytes(data)
        if real.exists():
            draft.chmod(real.stat().st_mode & 0o7777)
        draft.replace(real)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        error.filename = str(path)
        raise
