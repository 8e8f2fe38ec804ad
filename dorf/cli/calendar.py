"""The calendar as commands hand it out: read, worded, and remembered for the next time."""

from typing import TYPE_CHECKING, NamedTuple

from dorf.errors import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from dorf.cli.env import Env
    from dorf.core.calendar import Edition
    from dorf.report.words import Words
    from dorf.store.writer import Writer


class PublishedCalendar(NamedTuple):
    """A calendar as text, and how many entries stand in it; cancelled ones do not count."""

    text: str
    events: int


def publish_calendar(
    env: "Env", *, discreet: bool = False, write: "Callable[[str], None]" = lambda _: None
) -> PublishedCalendar:
    """Return the calendar of today (RFC 5545), and remember what it told, once *write* was able to.

    What an earlier one told and is no longer meant is cancelled in it. Remembering is no step for
    `undo`; a village that is not there yet has an empty calendar, and gets no file by it.
    """
    from dorf.core.calendar import Edition

    words = env.words(discreet=discreet)
    with env.store() as store:
        if not store.exists():
            return _written(env, words, Edition((), ()), write)
        with store.writing() as writer:
            edition = _edition(env, words, writer)
            published = _written(env, words, edition, write)
            writer.save_published(edition.memory)
    return published


def _edition(env: "Env", words: "Words", writer: "Writer") -> "Edition":
    from dorf.core.assessment import assess
    from dorf.core.calendar import settle
    from dorf.report.calendar import calendar_events

    events = calendar_events(assess(writer.village(env.today), env.today), words)
    return settle(events, writer.published(), env.today, env.world.clock())


def _written(
    env: "Env", words: "Words", edition: "Edition", write: "Callable[[str], None]"
) -> PublishedCalendar:
    from dorf.formats import calendar

    text = calendar.write(
        edition,
        stamp=env.world.clock(),
        name=words.say("Your village"),
        cancelled=words.language.word(N_("Cancelled")),
    )
    write(text)
    return PublishedCalendar(text, len(edition.events))
