"""The way in: a version and a key that completes are answered before dorf itself is loaded."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command that was typed and return its exit status."""
    if instruction := os.environ.get("_DORF_COMPLETE"):
        from dorf.completion.protocol import answer

        return answer(instruction, os.environ, sys.stdout)
    if sys.argv[1:] == ["--version"] and _version_shown():
        return 0
    from dorf.cli import main as run

    return run()


def _version_shown() -> bool:
    """Print the version; False where nobody can read it, which the usual way can tell better."""
    from dorf import __version__

    try:
        sys.stdout.write(f"dorf {__version__}\n")
        sys.stdout.flush()
    except (OSError, AttributeError):
        return False
    return True
