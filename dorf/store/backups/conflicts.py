"""Copies of the village that a program which syncs folders made when two machines wrote at once."""

from __future__ import annotations

import os
import re
from pathlib import Path

_CONFLICT = re.compile(
    r"[._]sync-conflict-.*"  # Syncthing
    r"|_conflict-\d.*"  # ownCloud
    r"| \(.*\b(conflict|konflikt).*\)"  # Dropbox, Nextcloud
    r"| ?\(\d+\)"  # Google Drive
    r"|-(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]+",  # OneDrive: the name of the machine
    re.IGNORECASE,
)
_MACHINE = re.compile(r"-[A-Z0-9-]+")


def conflict_copies(path: Path) -> list[Path]:
    """Return the conflict copies beside the file at *path*; raise `OSError` as it comes."""
    real = Path(os.path.realpath(path))
    if not real.parent.is_dir():
        return []
    return sorted(file for file in real.parent.iterdir() if _is_of(file.name, real))


def _is_of(name: str, real: Path) -> bool:
    """Tell whether a file of that *name* is a conflict copy, or what SQLite kept beside one."""
    stem, suffix = real.stem, real.suffix
    for side in ("", "-journal", "-wal"):
        end = f"{suffix}{side}"
        middle = name[len(stem) : len(name) - len(end)]
        if name.startswith(stem) and name.endswith(end) and _CONFLICT.fullmatch(middle):
            return not middle.startswith("-") or _MACHINE.fullmatch(middle) is not None
    return False
