"""Tables of contacts (CSV): Google's, Outlook's, Thunderbird's, anybody's own, and dorf's."""

from dorf.formats.table.reader import read, recognises
from dorf.formats.table.writer import write

__all__ = ["read", "recognises", "write"]
