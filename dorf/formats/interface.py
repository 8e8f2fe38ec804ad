"""What every format offers: `recognises`, `read`, `write`, and the values that they take.

A module (or package) of a format has those of the three that its record in the registry promises:

- ``recognises(sample: Sample) -> bool``
- ``read(file: BinaryIO, name: str, options: Options = NO_OPTIONS) -> Incoming``
- ``write(village: Village, options: Options = NO_OPTIONS) -> str``
"""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dorf.values import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, tzinfo


class Options(NamedTuple):
    """What one or another format needs besides the file or the village."""

    columns: Mapping[str, str] = MappingProxyType({})
    """Of headings of a table, the field that each one is."""
    today: date | None = None
    """The day that tells what years of two digits mean, and the day of a map."""
    zone: tzinfo | None = None
    """Where moments become days; None is the zone of this machine."""
    version: str = ""
    """The version of a format that has several; else its newest."""
    discreet: bool = False
    """Whether only what any address book has is written."""
    german: bool = False
    """Whether headings and words of a table are written in German."""
    name_parts: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """By uid, the parts of a name as an address book had them (`dorf.imports.name_parts`)."""


NO_OPTIONS = Options()


@dataclass(frozen=True)
class Sample:
    """A file as `recognises` sees it: how its text begins, and the whole as JSON if it is that."""

    text: str
    parse: Callable[[], Any] = field(default=lambda: None)

    @cached_property
    def document(self) -> Any:  # noqa: ANN401  (JSON)
        """The JSON document; None for other files."""
        return self.parse()
