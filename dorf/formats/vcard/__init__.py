"""vCards of any address book (2.1, 3.0, 4.0), there and back."""

from dorf.formats.vcard.reader import read, recognises
from dorf.formats.vcard.writer import write

__all__ = ["read", "recognises", "write"]
