"""Network maps of easyNWK, the tool of social workers in Vienna, there and back."""

from dorf.formats.easynwk.reader import read, recognises
from dorf.formats.easynwk.writer import write

__all__ = ["read", "recognises", "write"]
