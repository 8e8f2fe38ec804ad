"""The calendar as commands hand it out: read, worded, and remembered for the next time."""

from typing import TYPE_CHECKING, NamedTuple

from dorf.errors import N_

if TYPE_CHECKING:
    from dorf.cli.env import Env
    from dorf.core.calendar import Edition
    from dorf.report.words import Words


class PublishedCalendar(NamedTuple):
    """A calendar as text, and how many entries stand in it; cancelled ones do not count."""

    text: str
    events: int


def publish_calendar(env: "Env", *, discreet: bool = False) -> PublishedCalendar:
    """Return the calendar of today (RFC 5545), and remember what it told.

    What an earlier one told and is no longer meant is cancelled in it. Remembering is no step for
    `undo`; a village that is not there yet has an empty calendar, and gets no file by it.
    """
    from dorf.formats import calendar

    words = env.words(discreet=discreet)
    edition = _edition(env, words)
    text = calendar.write(
        edition,
        stamp=env.world.clock(),
        name=words.say("Your village"),
        cancelled=words.language.word(N_("Cancelled")),
    )
    return PublishedCalendar(text, len(edition.events))


def _edition(env: "Env", words: "Words") -> "Edition":
    from dorf.core.assessment import assess
    from dorf.core.calendar import Edition, settle
    from dorf.report.calendar import calendar_events

    with env.store() as store:
        if not store.exists():
            return Edition((), ())
        with store.writing() as writer:
            events = calendar_events(assess(writer.village(env.today), env.today), words)
            edition = settle(events, writer.published(), env.today, env.world.clock())
            writer.save_published(edition.memory)
    return edition
