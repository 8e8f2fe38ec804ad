"""The check-up in words: what was looked at, how it is, and what to do about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from dorf.core.doctor import lookalikes, loose_ends, odd_days
from dorf.core.names import argument
from dorf.errors import N_
from dorf.report.page import Block, Heading, Item, Line, Page, Table, Title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dorf.core.doctor import DailyCopy, FileFacts, Oddity, ProgramFacts
    from dorf.core.village import Village
    from dorf.report.words import Words

STALE = timedelta(days=7)
"""An automatic copy that is older than that, of a file that changed since, is worth a note."""

STALE_WHEN_LARGE = timedelta(days=14)
"""The same of a large file, which is copied once in a calendar week."""


class Level(StrEnum):
    """How a check went."""

    FINE = "fine"
    NOTE = "note"
    PROBLEM = "problem"


class Check(NamedTuple):
    """One line of the check-up: what was looked at, how it is in words, what to do about it."""

    id: str
    level: Level
    text: str
    advice: str = ""


_SIGNS = {Level.FINE: ("✓", "good"), Level.NOTE: ("△", "thin"), Level.PROBLEM: ("▲", "gap")}

_ODD = {
    "clock": N_("This computer’s clock says {day}, and most people here were added later."),
    "W1": N_("The last contact with {name} lies in the future: {day}."),
    "W2": N_("Nobody has noted whether the meeting with {name} on {day} happened."),
    "added_on": N_("{name} was added in the future: {day}."),
    "born": N_("The birth of {name} can hardly be right: {day}."),
    "yearly": N_("“{word}” of {name} can hardly be right: {day}."),
    "paused_until": N_("The pause of {name} ended long ago: {day}."),
    "until": N_("{name} was expected to leave long ago: {day}."),
    "long_ago": N_("A day with {name} lies very far back: {day}."),
    "attachment": N_("{name} is attached to {word}, who is not among your children."),
    "key": N_("{word} is accepted or switched off, but names nobody any more."),
    "rule": N_("{word} is accepted or switched off, but there is no such rule."),
    "lookalike": N_("{name} and {word} look almost the same."),
}
_ODD_ADVICE = {
    "clock": N_("Set the clock first; the days of your village may well be right."),
    "W1": N_("dorf history {name}, then dorf encounter edit"),
    "W2": N_("dorf log {name}, or dorf plan {name} --cancel"),
    "added_on": N_("dorf show {name}"),
    "born": N_("dorf show {name}"),
    "yearly": N_("dorf show {name}"),
    "paused_until": N_("dorf show {name}"),
    "until": N_("dorf show {name}"),
    "long_ago": N_("dorf history {name}"),
    "attachment": N_("dorf show {name}"),
    "key": N_("dorf rule on {word}"),
    "lookalike": N_("dorf rename {name}"),
}


def check_up(
    facts: FileFacts, village: Village | None, program: ProgramFacts, words: Words
) -> tuple[Check, ...]:
    """Return all checks, in the order in which they are shown: the file, the days, the program."""
    checks = list(_of_the_file(facts, words))
    if village is not None:
        checks += _of_the_village(village, words)
    return (*checks, *_of_the_program(facts, program, words))


def broken(checks: Sequence[Check]) -> bool:
    """Tell whether the file can't be used as it is."""
    return any(check.level is Level.PROBLEM for check in checks)


# --- the file -----------------------------------------------------------------------------------


def _of_the_file(facts: FileFacts, words: Words) -> Iterator[Check]:
    yield _place(facts, words)
    if facts.exists:
        yield _private(facts, words)
        yield _writable(facts, words)
    if facts.interrupted:
        text = words.say("A write was cut off; the next command takes back what is left of it.")
        yield Check("interrupted", Level.NOTE, text)
    if facts.trouble is not None:
        yield Check(
            "trouble", Level.PROBLEM, words.language.error(facts.trouble), _way_out(facts, words)
        )
    if facts.format is not None:
        yield from _inside(facts, words)
    yield _copies(facts, words)
    if facts.copies_ahead:
        text = words.count(
            "{n} automatic copy is of a day that is still to come: {day}.",
            "{n} automatic copies are of days that are still to come, up to {day}.",
            len(facts.copies_ahead),
            day=words.day(facts.copies_ahead[-1].day),
        )
        advice = words.say("Was the clock wrong? “dorf backup --list” shows all copies.")
        yield Check("copies_ahead", Level.NOTE, text, advice)
    for left in facts.leftovers:
        text = words.say("A copy was cut off and left {file}.", file=left)
        yield Check("leftover", Level.NOTE, text, f"rm {argument(left)}")


def _place(facts: FileFacts, words: Words) -> Check:
    how = (
        words.say("chosen by {source}", source=facts.file_from)
        if facts.file_from
        else words.say("the usual place")
    )
    if not facts.exists and facts.trouble is None:
        text = words.say(
            "There is no file yet: {file} ({how}). The first “dorf add” makes it.",
            file=facts.path,
            how=how,
        )
        if facts.newest_copy:
            return Check("file", Level.NOTE, text, _restore(facts, facts.newest_copy.day, words))
        return Check("file", Level.FINE, text)
    return Check(
        "file",
        Level.FINE,
        words.say("{file} ({how}), {size}", file=facts.path, how=how, size=size(facts.size)),
    )


def size(count: int) -> str:
    """Return a number of bytes as people read it."""
    if count < 1000:
        return f"{count} B"
    thousands, unit = (count / 1e3, "kB") if count < 999_500 else (count / 1e6, "MB")
    return f"{thousands:.0f} {unit}"


def _private(facts: FileFacts, words: Words) -> Check:
    if facts.mode & 0o077:
        text = words.say("Others on this computer may read the file.")
        return Check("private", Level.NOTE, text, f"chmod 600 {argument(facts.path)}")
    if not facts.file_from and facts.folder_mode & 0o077:
        folder = facts.path.rpartition("/")[0]
        text = words.say("Others on this computer may look into the folder of the file.")
        return Check("private", Level.NOTE, text, f"chmod 700 {argument(folder)}")
    return Check("private", Level.FINE, words.say("Only you may read the file."))


def _writable(facts: FileFacts, words: Words) -> Check:
    if facts.writable:
        return Check("writable", Level.FINE, words.say("The file can be written."))
    return Check(
        "writable",
        Level.NOTE,
        words.say("The file or its folder can't be written: dorf can only look."),
        f"chmod u+w {argument(facts.path)}",
    )


def _inside(facts: FileFacts, words: Words) -> Iterator[Check]:
    yield _format(facts, words)
    yield _sound(facts, words)
    if facts.lonely:
        text = words.count(
            "{n} encounter is with nobody.", "{n} encounters are with nobody.", facts.lonely
        )
        yield Check("lonely", Level.PROBLEM, text, _way_out(facts, words))
    if facts.miscounted:
        text = words.say("The help in some encounters is counted wrongly.")
        advice = words.say("dorf export village.json, then import it into a new file")
        yield Check("miscounted", Level.NOTE, text, advice)
    if facts.record is not None:
        yield _record(facts, words)


def _format(facts: FileFacts, words: Words) -> Check:
    if facts.format != facts.newest_format:
        text = words.say(
            "The file has format {version}; the next command copies it and brings it to {known}.",
            version=facts.format,
            known=facts.newest_format,
        )
        return Check("format", Level.NOTE, text)
    text = words.say("The file is one of dorf’s, in format {version}.", version=facts.format)
    return Check("format", Level.FINE, text)


def _sound(facts: FileFacts, words: Words) -> Check:
    found = facts.unsound or facts.dangling
    if found:
        text = words.say("The file is damaged: {reason}", reason=" · ".join(found))
        return Check("sound", Level.PROBLEM, text, _way_out(facts, words))
    return Check("sound", Level.FINE, words.say("SQLite finds every page and every link sound."))


def _way_out(facts: FileFacts, words: Words) -> str:
    if not facts.broken:
        return ""
    if facts.rescue is None:
        return words.say("If you have a backup: {command}", command=_command(facts, "FILE"))
    return _restore(facts, facts.rescue, words)


def _restore(facts: FileFacts, day: date, words: Words) -> str:
    return words.say(
        "The newest automatic copy is of {day}: {command}",
        day=words.day(day),
        command=_command(facts, day.isoformat()),
    )


def _command(facts: FileFacts, what: str) -> str:
    """Return what restores *what* for this very file, to be typed as it stands."""
    named = f" --db {argument(facts.path)}" if facts.file_from == "--db" else ""
    return f"dorf{named} restore {what}"


def _record(facts: FileFacts, words: Words) -> Check:
    record = facts.record
    assert record is not None  # noqa: S101  (the caller has looked)
    if not record.steps:
        return Check("record", Level.FINE, words.say("There is nothing to take back."))
    text = words.count(
        "{n} step can be taken back, since {day} ({size}).",
        "{n} steps can be taken back, since {day} ({size}).",
        record.steps,
        day=words.day(datetime.fromisoformat(record.oldest or "").astimezone().date()),
        size=size(record.size),
    )
    return Check("record", Level.FINE, text)


def _copies(facts: FileFacts, words: Words) -> Check:
    if facts.daily is False:
        text = words.say("Automatic copies are switched off.")
        return Check("copies", Level.FINE, text)
    if facts.no_room_for_copies:
        text = words.say(
            "Automatic copies can't be made: {file} is in the way.", file=facts.no_room_for_copies
        )
        advice = words.say("Move it aside, or: dorf backup")
        return Check("copies", Level.NOTE, text, advice)
    if facts.newest_copy is None:
        text = words.say("There is no automatic copy yet; the first change of a day makes one.")
        return Check("copies", Level.FINE, text)
    newest = facts.newest_copy.day
    text = words.count(
        "{n} automatic copy, the newest of {day}.",
        "{n} automatic copies, the newest of {day}.",
        len(facts.copies),
        day=words.day(newest),
    )
    if facts.large:
        text = f"{text} {_of_large_files(words)}"
    late = facts.day - newest > (STALE_WHEN_LARGE if facts.large else STALE)
    stale = late and (facts.changed_on or newest) > newest
    if not stale:
        return Check("copies", Level.FINE, text)
    advice = words.say("Is there room on the disk? “dorf backup” tells what is in the way.")
    return Check("copies", Level.NOTE, text, advice)


# --- the village --------------------------------------------------------------------------------


def _of_the_village(village: Village, words: Words) -> Iterator[Check]:
    days = odd_days(village, words.today)
    yield from (_odd(one, words) for one in days)
    if not days:
        yield Check("days", Level.FINE, words.say("All days can be right."))
    ends = (*loose_ends(village), *lookalikes(village.contacts))
    yield from (_odd(one, words) for one in ends)
    if not ends:
        yield Check("links", Level.FINE, words.say("Everything that is named is there."))


def _odd(one: Oddity, words: Words) -> Check:
    day = words.day(one.day) if one.day else words.partial(one.born) if one.born else ""
    text = words.say(_ODD[one.id], name=words.name(one.name), day=day, word=one.word)
    advice = words.say(
        _ODD_ADVICE.get(one.id, ""), name=argument(one.name), word=argument(one.word)
    )
    return Check(one.id, Level.NOTE, text, advice)


# --- the program --------------------------------------------------------------------------------


def _of_the_program(facts: FileFacts, program: ProgramFacts, words: Words) -> Iterator[Check]:
    yield _language(program, words)
    yield _terminal(program, words)
    text = f"dorf {program.dorf} · Python {program.python} · SQLite {facts.sqlite}"
    yield Check("versions", Level.FINE, text)


def _language(program: ProgramFacts, words: Words) -> Check:
    if not program.speaks:
        text = words.say("A language is missing: dorf is not installed completely.")
        return Check("language", Level.NOTE, text, "pip install --force-reinstall dorf-cli")
    source = program.language_from
    text = (
        words.say("This is English, chosen by {source}.", source=source)
        if source
        else words.say("This is English, since nothing says otherwise.")
    )
    return Check("language", Level.FINE, text)


def _terminal(program: ProgramFacts, words: Words) -> Check:
    place = (
        words.count("a terminal, {n} cell wide", "a terminal, {n} cells wide", program.width)
        if program.terminal
        else words.say("no terminal")
    )
    colour = words.say("in colour") if program.colour else words.say("without colour")
    text = words.say(
        "Output goes to {place}, {colour}, in {encoding}.",
        place=place,
        colour=colour,
        encoding=program.encoding,
    )
    if program.shows_signs:
        return Check("terminal", Level.FINE, text)
    advice = words.say(
        "Some signs can’t be shown here. This helps: {command}",
        command="export PYTHONIOENCODING=utf-8",
    )
    return Check("terminal", Level.NOTE, text, advice)


# --- page and document --------------------------------------------------------------------------


def checkup_page(checks: Sequence[Check], words: Words) -> Page:
    """Return the check-up, a line each, with the verdict at the end."""
    page: list[Block] = [Title(words.say("Check-up"), words.long_day(words.today))]
    for check in checks:
        sign, tone = _SIGNS[check.level]
        advice = (f"→ {check.advice}",) if check.advice else ()
        page.append(Item(sign, check.text, advice, tone))
    return (*page, Heading(_verdict(checks, words)))


def _verdict(checks: Sequence[Check], words: Words) -> str:
    if broken(checks):
        return words.say("The file can’t be used as it is. What helps stands beside ▲.")
    notes = sum(check.level is Level.NOTE for check in checks)
    if notes:
        return words.count("One thing to look at.", "{n} things to look at.", notes)
    return words.say("All is well.")


def checkup_document(checks: Sequence[Check]) -> dict[str, Any]:
    """Return the check-up as JSON carries it."""
    levels = {check.level for check in checks}
    verdict = "problems" if Level.PROBLEM in levels else "notes" if Level.NOTE in levels else "well"
    return {
        "verdict": verdict,
        "checks": [
            {"id": c.id, "level": c.level.value, "text": c.text, "advice": c.advice or None}
            for c in checks
        ],
    }


def _of_large_files(words: Words) -> str:
    """Return what is different with the copies of a large file."""
    return words.say(
        "The file is larger than 100 MB: it is copied once a week, or once a day where the disk "
        "can copy without taking room (Btrfs, XFS)."
    )


def copies_page(
    copies: Sequence[DailyCopy], words: Words, *, daily: bool | None, large: bool = False
) -> Page:
    """Return the automatic copies, the newest first, and whether they go on."""
    if daily is None:
        state = ""
    elif daily:
        state = words.say("Automatic copies are on.")
    else:
        state = words.say("Automatic copies are switched off.")
    page: list[Block] = [Line(state)] if state else []
    if daily and large:
        page.append(Line(_of_large_files(words)))
    if not copies:
        return (*page, Line(words.say("There is no automatic copy."), "quiet"))
    rows = tuple(
        (words.day(one.day), size(one.size), _contacts(one, words)) for one in reversed(copies)
    )
    return (*page, Table(("", "", ""), rows))


def _contacts(one: DailyCopy, words: Words) -> str:
    if one.contacts is None:
        return words.say("can’t be read")
    return words.count("{n} contact", "{n} contacts", one.contacts)


def copies_document(copies: Sequence[DailyCopy], *, daily: bool | None) -> dict[str, Any]:
    """Return the automatic copies as JSON carries them, oldest first."""
    return {
        "daily": daily,
        "copies": [
            {"day": c.day.isoformat(), "file": c.file, "bytes": c.size, "contacts": c.contacts}
            for c in copies
        ],
    }
