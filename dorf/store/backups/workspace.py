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
_CHOSEN = ("TMPDIR", "TEMP", "TMP")
_USUAL = ("/tmp", "/var/tmp", "/usr/tmp")  # noqa: S108  (only looked into)


@contextmanager
def workspace() -> Iterator[Path]:
    """Make a folder that only this user can read; it goes at the end, with all that is in it."""
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-") as folder:
        yield Path(folder)


def abandoned_files() -> list[Path]:
    """Return what lies in workspaces of this user whose process is gone.

    Anybody may give names in the folder above them, so a link, and a folder of somebody else, is
    none. `tempfile` itself is not asked where that is: it writes a file to find out.
    """
    found: list[Path] = []
    places = (tempfile.tempdir, *map(os.environ.get, _CHOSEN), *_USUAL)
    for place in dict.fromkeys(filter(None, places)):
        with suppress(OSError):  # it isn't there, or a workspace goes meanwhile
            for folder in Path(place).glob(f"{_PREFIX}*"):
                if _is_own_folder(folder) and not _is_in_use(folder):
                    found += sorted(file for file in folder.iterdir() if file.is_file())
    return found


def _is_own_folder(folder: Path) -> bool:
    seen = folder.lstat()
    owner = os.getuid() if hasattr(os, "getuid") else seen.st_uid  # not on Windows
    return stat.S_ISDIR(seen.st_mode) and seen.st_uid == owner


def _is_in_use(folder: Path) -> bool:
    """Tell whether the process that made the folder runs; Windows itself keeps what is open."""
    process = folder.name.removeprefix(_PREFIX).partition("-")[0]
    if os.name == "nt" or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
