"""What commands share: the answer to a write, and the days that they take."""

from datetime import date
from typing import TYPE_CHECKING, Any

from dorf.errors import N_, UnknownContact, UsageFailure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dorf.cli.env import Env
    from dorf.core.likeness import Likeness
    from dorf.core.tending import Tending
    from dorf.core.village import Encounter, Village
    from dorf.report.words import Words
    from dorf.store.store import Store
    from dorf.store.writer import Writer


MOST_SHOWN = 20
"""How many encounters or search results are shown without ``--all``."""

MOST_HINTS = 5
"""How many likenesses a write remarks on before it only counts them."""


def tending_of(env: "Env", village: "Village", uid: str) -> "Tending":
    """Return where the relationship with one contact stands."""
    from dorf.core.tending import tend

    contact = village.by_uid().get(uid)
    if contact is None:
        raise UnknownContact(N_("Somebody deleted this contact at the same moment."))
    return tend(contact, village.touch(contact), env.today)


def answer_contacts(
    env: "Env",
    store: "Store",
    report: str,
    uids: list[str],
    *,
    more: str = "",
    encounter: "Encounter | None" = None,
    beside: "Mapping[str, Any] | None" = None,
) -> None:
    """Answer a write with the contacts as they now stand in the file, a line each.

    *more* follows the line; what is *beside* the contacts goes into the document.
    """
    from dorf.report.contact import contact_with_state, result_line

    words = env.words()
    village = store.reader.village(env.today, only=uids)
    tendings = [tending_of(env, village, uid) for uid in uids]
    if env.as_json:
        from dorf.report.encounters import encounter_with_names

        content: dict[str, Any] = {"contacts": [contact_with_state(t, words) for t in tendings]}
        if encounter is not None:
            names = {contact.uid: contact.name for contact in village.contacts}
            content["encounter"] = encounter_with_names(encounter, names, words)
        env.document(report, content | dict(beside or {}))
        return
    for tending in tendings:
        env.say(result_line(tending, words) + _other_day(tending, encounter, words) + more)


def _other_day(tending: "Tending", encounter: "Encounter | None", words: "Words") -> str:
    """Return the day of an encounter that is not the last contact: which day was meant."""
    if encounter is None or tending.last_contact == encounter.day:
        return ""
    return words.say(" · noted for {day}", day=words.day(encounter.day))


def answer_change(env: "Env", store: "Store", before: "Tending") -> None:
    """Answer an edit with the facts that are different now."""
    from dorf.report.contact import change_line

    uid = before.contact.uid
    if env.as_json:
        answer_contacts(env, store, "edit", [uid])
        return
    after = tending_of(env, store.reader.village(env.today, only=[uid]), uid)
    env.say(change_line(before, after, env.words()))


def hint_at_likeness(env: "Env", found: "Sequence[Likeness]") -> None:
    """Remark on new contacts who may be there already; nothing is held up by it."""
    if not found:
        return
    from dorf.report.contact import likeness_text

    words = env.words()
    for likeness in found[:MOST_HINTS]:
        env.note(likeness_text(likeness, words))
    hidden = len(found) - MOST_HINTS
    if hidden > 0:
        env.note(words.count("and {n} more", "and {n} more", hidden))


def past_day(env: "Env", text: str) -> date:
    """Return the day of an encounter; raise `UsageFailure` when it is still to come."""
    from dorf.core.sayings.days import parse_day

    day = parse_day(text, env.today)
    if day > env.today:
        raise UsageFailure(
            N_(
                "{day} is still to come, and only what has happened can be noted here. Did you "
                "mean “dorf plan”?"
            ),
            day=env.words().day(day),
        )
    return day


def take_out(writer: "Writer", uid: str, today: date) -> None:
    """Take somebody out of the village: a goodbye where something was noted, else no trace."""
    from dorf.core.lifecycle import ended

    contact = writer.contact(uid, today)
    if writer.village(today, only=[uid]).touch(contact).last_contact is None:
        writer.delete_contact(uid)
    else:
        writer.save_contact(ended(contact, today))
