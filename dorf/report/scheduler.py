"""Reminders that come by themselves, in words: when, by whom, and what keeps them from coming."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dorf.core.command_line import quoted
from dorf.report.page import Block, Heading, Item, Line, Page, Title
from dorf.scheduler.schedule import EVERY_DAY, Way, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, time

    from dorf.report.words import Words
    from dorf.scheduler.schedule import Reminder, Schedule, Text

_SLUGS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _time(at: time) -> str:
    """Return a time of day: 8:00."""
    return f"{at.hour}:{at.minute:02}"


def when_text(schedule: Schedule, words: Words) -> str:
    """Return when reminders come: Monday to Friday at 8:00."""
    at = _time(schedule.at)
    if schedule.days == EVERY_DAY:
        return words.say("daily at {time}", time=at)
    days: list[str] = []
    for run in runs(schedule.days):
        if len(run) > 2:
            first, last = words.weekday(run[0]), words.weekday(run[-1])
            days.append(words.say("{first} to {last}", first=first, last=last))
        else:
            days += map(words.weekday, run)
    return words.say("{days} at {time}", days=words.language.join(days), time=at)


def _when(reminder: Reminder, words: Words) -> str:
    if reminder.schedule is None:
        return words.say("at times that were changed by hand: {text}", text=reminder.text)
    return when_text(reminder.schedule, words)


def _next(reminder: Reminder, now: datetime, words: Words) -> Iterator[str]:
    if reminder.schedule and reminder.active:
        when = reminder.schedule.next_after(now)
        day = words.long_day(when.date())
        yield words.say("Next time: {day}, {time}", day=day, time=_time(when.time()))


def _install_command(reminder: Reminder) -> str:
    """Return the command that sets the reminder up once more, as it is."""
    command = "dorf schedule install"
    if reminder.schedule:
        command += f" --at {_time(reminder.schedule.at)}"
        if reminder.schedule.days != EVERY_DAY:
            command += f" --days {','.join(_SLUGS[day] for day in reminder.schedule.days)}"
    return f"{command} --systemd" if reminder.way is Way.SYSTEMD else command


def _obstacles(reminder: Reminder, words: Words) -> Iterator[str]:
    """Yield what keeps the reminder from coming, each with what helps."""
    if not reminder.program_exists:
        yield words.say(
            "The program {file} is no longer there. This puts the present one in its place: "
            "{command}",
            file=reminder.program,
            command=_install_command(reminder),
        )
    if not reminder.village_exists:
        yield words.say(
            "There is no village in {file}. If it is gone for good: {command}",
            file=reminder.village,
            command="dorf schedule remove",
        )


def _item(reminder: Reminder, words: Words, details: Sequence[str]) -> Item:
    advice = tuple(f"→ {obstacle}" for obstacle in _obstacles(reminder, words))
    fine = reminder.active and not advice
    sign, tone = ("✓", "good") if fine else ("△", "thin")
    return Item(sign, _when(reminder, words), (*details, *advice), tone, lead=reminder.way)


def schedule_page(
    installed: Sequence[Reminder], others: Sequence[Reminder], now: datetime, words: Words
) -> Page:
    """Return what is set up for this village, and what for others."""
    page: list[Block] = [Title(words.say("Reminders"), words.long_day(words.today))]
    if not installed:
        page.append(Line(_nothing(words), "quiet"))
        page.append(Line(words.say("This sets one up: {command}", command="dorf schedule install")))
    for reminder in installed:
        written = reminder.files or ((reminder.text,) if reminder.schedule else ())
        asleep = () if reminder.active else (_start_later(reminder, words),)
        page.append(_item(reminder, words, (*_next(reminder, now, words), *written, *asleep)))
    if others:
        page.append(Heading(words.say("For other villages")))
        page += [_other(reminder, words) for reminder in others]
    return tuple(page)


def _other(reminder: Reminder, words: Words) -> Item:
    text = f"{reminder.village} · {_when(reminder, words)}"
    if reminder.village_exists:
        return Item("·", text, (), "quiet", reminder.way)
    remove = f"dorf --db {quoted(reminder.village)} schedule remove"
    gone = words.say("This file is no longer there. If that is meant: {command}", command=remove)
    return Item("△", text, (f"→ {gone}",), "thin", reminder.way)


def _nothing(words: Words) -> str:
    return words.say("No reminder is set up for this village.")


def _start_command(reminder: Reminder) -> str:
    """Return what starts the timer of *reminder* once systemd runs for the user."""
    names = (name.rpartition("/")[2] for name in reminder.files)
    timer = next((name for name in names if name.endswith(".timer")), "")
    return f"systemctl --user daemon-reload && systemctl --user enable --now {timer}"


def _start_later(reminder: Reminder, words: Words) -> str:
    return words.say(
        "The timer has not been started yet. Once systemd runs for you, this starts it: {command}",
        command=_start_command(reminder),
    )


def written_page(texts: Sequence[Text], words: Words) -> Page:
    """Return what is to be written, or was, word for word."""
    return tuple(
        Item("", file or words.say("your crontab"), tuple(text.rstrip("\n").split("\n")))
        for file, text in texts
    )


def installed_page(
    reminder: Reminder, installed: Sequence[Reminder], now: datetime, words: Words
) -> Page:
    """Return the reminder that was set up just now."""
    page: list[Block] = [_item(reminder, words, tuple(_next(reminder, now, words)))]
    if not reminder.active:
        page.append(Line(_start_later(reminder, words)))
    if len({entry.way for entry in installed}) > 1:
        both = words.say(
            "Cron and systemd both remind you now. This takes both away: {command}",
            command="dorf schedule remove",
        )
        page.append(Line(both))
    return tuple(page)


def removed_page(removed: Sequence[Reminder], words: Words) -> Page:
    """Return what was taken away."""
    if not removed:
        return (Line(_nothing(words)),)
    page = [
        Item("✓", _when(reminder, words), reminder.files, "good", reminder.way)
        for reminder in removed
    ]
    return (Line(words.say("Taken away:")), *page)


def installed_document(
    new: Reminder, installed: Sequence[Reminder], texts: Sequence[Text], now: datetime
) -> dict[str, Any]:
    """Return what was set up just now as JSON carries it."""
    return {
        "written": [{"file": file or None, "text": text} for file, text in texts],
        "todo": None if new.active else _start_command(new),
        "installed": reminder_documents(installed, now),
    }


def reminder_documents(reminders: Iterable[Reminder], now: datetime) -> list[dict[str, Any]]:
    """Return reminders as JSON carries them; times are those of the clock on the wall."""
    return [_document(reminder, now) for reminder in reminders]


def _document(reminder: Reminder, now: datetime) -> dict[str, Any]:
    schedule = reminder.schedule
    coming = schedule.next_after(now) if schedule and reminder.active else None
    return {
        "way": reminder.way.value,
        "at": schedule and f"{schedule.at:%H:%M}",
        "days": schedule and [_SLUGS[day] for day in schedule.days],
        "next": coming and coming.isoformat(timespec="minutes"),
        "text": reminder.text,
        "files": list(reminder.files),
        "active": reminder.active,
        "program": reminder.program,
        "program_there": reminder.program_exists,
        "village": reminder.village,
        "village_there": reminder.village_exists,
    }
