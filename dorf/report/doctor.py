"""The check-up in words: what was looked at, how it is, and what to do about it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dorf.core.command_line import argument, call
from dorf.core.dates import PartialDate
from dorf.core.doctor import Advice, Bytes, Level, Verdict, verdict
from dorf.errors import N_, NN_, DorfError
from dorf.report.page import Block, Heading, Item, Line, Page, Table, Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dorf.core.doctor import Check, DailyCopy, ProgramFacts
    from dorf.report.words import Form, Words

_SIGNS = {Level.FINE: ("✓", "good"), Level.NOTE: ("△", "thin"), Level.PROBLEM: ("▲", "gap")}

_LARGE = N_(
    "The file is larger than 100 MB, which takes a while to copy: once a week, when a reminder "
    "runs by itself (“dorf schedule”); where the disk can copy without taking room (Btrfs, XFS), "
    "each day."
)
_CHECKS: dict[str, Form] = {
    "file": N_("{file} ({how}), {size}"),
    "file none": N_("There is no file yet: {file} ({how}). The first “dorf add” makes it."),
    "private": N_("Only you may read the file."),
    "private file": N_("Others on this computer may read the file."),
    "private folder": N_("Others on this computer may look into the folder of the file."),
    "writable": N_("The file can be written."),
    "writable not": N_("The file or its folder can't be written: dorf can only look."),
    "interrupted": N_("A write was cut off; the next command takes back what is left of it."),
    "trouble": "{reason}",
    "format": N_("The file is one of dorf’s, in format {version}."),
    "format old": N_(
        "The file has format {version}; the next command copies it and brings it to {known}."
    ),
    "sound": N_("SQLite finds every page and every link sound."),
    "sound not": N_("The file is damaged: {reason}"),
    "lonely": NN_("{n} encounter is with nobody.", "{n} encounters are with nobody."),
    "miscounted": N_("The help in some encounters is counted wrongly."),
    "record": NN_(
        "{n} step can be taken back, since {day} ({size}).",
        "{n} steps can be taken back, since {day} ({size}).",
    ),
    "record empty": N_("There is nothing to take back."),
    "copies": NN_(
        "{n} automatic copy, the newest of {day}.",
        "{n} automatic copies, the newest of {day}.",
    ),
    "copies off": N_("Automatic copies are switched off."),
    "copies no room": N_("Automatic copies can't be made: {file} is in the way."),
    "copies closed": N_("The folder of the automatic copies can't be read or written: {file}"),
    "copies bad": N_(
        "The newest automatic copy ({day}) is damaged; the last good one is of {good}."
    ),
    "copies none good": N_(
        "The newest automatic copy ({day}) is damaged, and no older one is good."
    ),
    "foreign": N_("Another program put this into the file: {what}"),
    "added": N_(
        "Another program added {what}. That is kept, but “dorf restore” does not take it along."
    ),
    "required": N_(
        "Another program added {what}, which must not be empty: nothing can be written."
    ),
    "wal": N_(
        "The file is in WAL mode: the newest changes may lie beside it, where a copy by hand or a "
        "synced folder leaves them behind."
    ),
    "conflict": N_("Two machines have written at once, and the program that syncs kept {file}."),
    "space": N_("Only {size} are free on the disk."),
    "copies absent": N_("There is no automatic copy."),
    "copies none": N_("There is no automatic copy yet; the first change of a day makes one."),
    "copies_ahead": NN_(
        "{n} automatic copy is of a day that is still to come: {day}.",
        "{n} automatic copies are of days that are still to come, up to {day}.",
    ),
    "leftover": N_("A copy was cut off and left {file}."),
    "days": N_("All days can be right."),
    "links": N_("Everything that is named is there."),
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
    "language": N_("This is English, chosen by {source}."),
    "language usual": N_("This is English, since nothing says otherwise."),
    "language missing": N_("A language is missing: dorf is not installed completely."),
    "terminal": N_("Output goes to {place}, {colour}, in {encoding}."),
    "versions": "dorf {dorf} · Python {python} · SQLite {sqlite}",
}
"""What each check says, by its id and its case."""

_ADVICE = {
    Advice.RESTORE: N_("The newest automatic copy is of {day}: {command}"),
    Advice.OWN_BACKUP: N_("If you have a backup: {command}"),
    Advice.CLOSE: "chmod {mode} {file}",
    Advice.ALLOW_WRITING: "chmod u+w {file}",
    Advice.REMOVE: "rm {file}",
    Advice.LOOK_AT_COPIES: N_("Was the clock wrong? “dorf backup --list” shows all copies."),
    Advice.MOVE_ASIDE: N_("Move it aside, or: dorf backup"),
    Advice.MAKE_ROOM: N_("Is there room on the disk? “dorf backup” tells what is in the way."),
    Advice.TYPE: "{command}",
    Advice.MAKE_BACKUP: N_("A new one that is checked: dorf backup"),
    Advice.OWN_FOLDER: 'sudo chown -R "$USER" {file}',
    Advice.COMPARE: N_("Look into it: dorf --db {file} list. What is in both can go: rm {file}"),
    Advice.FREE_DISK: N_("Make room, so that copies and changes can still be written."),
    Advice.EXPORT: N_("dorf export village.json, then import it into a new file"),
    Advice.REINSTALL: "pip install --force-reinstall dorf-cli",
    Advice.ENCODING: N_("Some signs can’t be shown here. This helps: {command}"),
    Advice.SET_CLOCK: N_("Set the clock first; the days of your village may well be right."),
    Advice.EDIT_ENCOUNTER: N_("dorf history {name}, then dorf encounter edit"),
    Advice.LOG_OR_CANCEL: N_("dorf log {name}, or dorf {cancel}"),
    Advice.SHOW: N_("dorf show {name}"),
    Advice.HISTORY: N_("dorf history {name}"),
    Advice.RULE_ON: N_("dorf rule on {word}"),
    Advice.RENAME: N_("dorf rename {name}"),
}
_TYPED = {"name", "word", "file"}
"""The values that advice quotes, since it is typed as it stands."""


def check_text(check: Check, words: Words) -> str:
    """Return how a check went, in words."""
    key = f"{check.id} {check.case}".rstrip()
    more = ""
    if check.id == "copies" and check.case.endswith("large"):
        key, more = key.removesuffix(" large"), f" {words.language.word(_LARGE)}"
    fields = {name: _worded(value, words) for name, value in check.values.items()}
    if check.id == "file":
        fields["how"] = _chosen_by(str(fields["source"]), words)
    elif check.id == "terminal":
        fields |= _output(check.values["run"], words)  # type: ignore[arg-type]
    elif "name" in fields:
        fields["name"] = words.name(str(fields["name"]))
    n = fields.pop("n", 1)
    return words.fill(_CHECKS[key], int(str(n)), **fields) + more


def advice_text(check: Check, words: Words) -> str:
    """Return what to do about a check; "" where there is nothing."""
    if check.advice is None:
        return ""
    fields = {name: _worded(value, words) for name, value in check.values.items()}
    cancel = call("plan", str(fields.get("name", "")), options=[words.say("--cancel")])
    fields |= {name: argument(str(fields[name])) for name in _TYPED & fields.keys()}
    fields["cancel"] = cancel
    fields.setdefault("command", "export PYTHONIOENCODING=utf-8")
    return words.say(_ADVICE[check.advice], **fields)


def _worded(value: object, words: Words) -> object:
    match value:
        case date():
            return words.day(value)
        case PartialDate():
            return words.partial(value)
        case Bytes():
            return size(value)
        case DorfError():
            return words.language.error(value)
    return value


def _chosen_by(source: str, words: Words) -> str:
    return (
        words.say("chosen by {source}", source=source) if source else words.say("the usual place")
    )


def _output(run: ProgramFacts, words: Words) -> dict[str, object]:
    place = (
        words.count("a terminal, {n} cell wide", "a terminal, {n} cells wide", run.width)
        if run.terminal
        else words.say("no terminal")
    )
    return {
        "place": place,
        "colour": words.say("in colour") if run.colour else words.say("without colour"),
    }


def size(count: int) -> str:
    """Return a number of bytes as people read it."""
    if count < 1000:
        return f"{count} B"
    thousands, unit = (count / 1e3, "kB") if count < 999_500 else (count / 1e6, "MB")
    return f"{thousands:.0f} {unit}"


def checkup_page(checks: Sequence[Check], words: Words) -> Page:
    """Return the check-up, a line each, with the verdict at the end."""
    page: list[Block] = [Title(words.say("Check-up"), words.long_day(words.today))]
    for check in checks:
        sign, tone = _SIGNS[check.level]
        advice = advice_text(check, words)
        details = (f"→ {advice}",) if advice else ()
        page.append(Item(sign, check_text(check, words), details, tone))
    return (*page, Heading(_verdict(checks, words)))


def _verdict(checks: Sequence[Check], words: Words) -> str:
    match verdict(checks):
        case Verdict.PROBLEMS:
            return words.say("The file can’t be used as it is. What helps stands beside ▲.")
        case Verdict.NOTES:
            notes = sum(check.level is Level.NOTE for check in checks)
            return words.count("One thing to look at.", "{n} things to look at.", notes)
    return words.say("All is well.")


def checkup_document(checks: Sequence[Check], words: Words) -> dict[str, Any]:
    """Return the check-up as JSON carries it."""
    return {
        "verdict": verdict(checks).value,
        "checks": [
            {
                "id": check.id,
                "level": check.level.value,
                "text": check_text(check, words),
                "advice": advice_text(check, words) or None,
            }
            for check in checks
        ],
    }


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
        page.append(Line(words.language.word(_LARGE)))
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
