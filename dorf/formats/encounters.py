"""The encounters of another program's file, each with a uid that the next import finds again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from dorf.core.names import checked_text
from dorf.core.vocabulary import How
from dorf.errors import N_, DorfError, WrongField
from dorf.imports.draft import one_line, stable_uid
from dorf.imports.incoming import IncomingEncounter, Remark


class Log:
    """The encounters of a file, each with a uid that is the same at the next import."""

    def __init__(self, program: str, remarks: list[Remark]) -> None:
        """Begin the log of *program*; what can't be kept joins *remarks*."""
        self.encounters: list[IncomingEncounter] = []
        self._program = program
        self._remarks = remarks
        self._uids: set[str] = set()
        self._alike: Counter[object] = Counter()

    def add(  # noqa: PLR0913  (an encounter has that many parts)
        self,
        place: str,
        day: date | None,
        people: Iterable[str],
        note: str = "",
        *,
        how: How | None = None,
        uid: str = "",
    ) -> None:
        """Take an encounter on *day* with *people* (uids or names), if it is one."""
        present = tuple(dict.fromkeys(people))
        if not present:
            self._refuse(place, N_("an encounter with nobody in the file; it is left out"))
        elif day is None:
            self._refuse(place, N_("an encounter without a day; it is left out"))
        else:
            kept = self._note(note, place)
            uid = self._uid(one_line(uid), (day, kept, *present))
            self.encounters.append(
                IncomingEncounter(place, day, present, how, kept or None, uid=uid)
            )

    def _refuse(self, place: str, why: str) -> None:
        self._remarks.append(Remark(place, DorfError(why), entry=True))

    def _note(self, text: str, place: str) -> str:
        try:
            return checked_text(text.replace("\r\n", "\n").replace("\r", "\n"), "note")
        except WrongField as wrong:
            what = DorfError(N_("the note of an encounter is left out: {reason}"), reason=wrong)
            self._remarks.append(Remark(place, what))
            return ""

    def _uid(self, given: str, parts: tuple[object, ...]) -> str:
        if not 0 < len(given) <= 200 or given in self._uids:
            given = stable_uid(self._program, *parts, self._alike[parts])
            self._alike[parts] += 1
        self._uids.add(given)
        return given
