"""Private folders in which a copy is looked at, and what killed processes left in them."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "dorf-copy-"


@contextmanager
def workspace() -> Iterator[Path]:
    """Make a folder that only this user can read; it goes at the end, with all that is in it."""
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
        yield Path(folder)


def workspace_files() -> list[Path]:
    """Return the files that lie in workspaces of this user.

    Anybody may give names in the folder above them, so a link, and a folder of somebody else, is
    none.
    """
    found: list[Path] = []
    with suppress(OSError):  # no folder for files for a while, or it goes meanwhile
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            if _is_own_folder(folder):
                found += sorted(file for file in folder.iterdir() if file.is_file())
    return found


def _is_own_folder(folder: Path) -> bool:
    seen = folder.lstat()
    owner = os.getuid() if hasattr(os, "getuid") else seen.st_uid  # not on Windows
    return stat.S_ISDIR(seen.st_mode) and seen.st_uid == owner
