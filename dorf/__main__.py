"""``python -m dorf``."""

from dorf.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
