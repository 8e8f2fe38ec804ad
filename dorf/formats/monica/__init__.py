"""Monica 4's export of an account: people, their ties, and what was done together."""

from dorf.formats.monica.reader import read, recognises

__all__ = ["read", "recognises"]
