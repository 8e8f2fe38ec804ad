"""``python -m dorf``."""

from dorf.start import main

if __name__ == "__main__":
    raise SystemExit(main())
