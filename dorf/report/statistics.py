"""``dorf stats``: looking back, as facts in words. Never a grade, never an order of people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dorf.core.support import by_name
from dorf.core.vocabulary import Direction, How, Kind
from dorf.report.page import Bars, Block, Heading, Item, Line, Page, Table, Title
from dorf.report.queries import empty_page
from dorf.report.words import SOURCE_LABELS, iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dorf.core.assessment import Assessment
    from dorf.core.statistics import Course, Met, Past, Period
    from dorf.core.support import Support
    from dorf.report.words import Words


def stats_page(
    assessment: Assessment, past: Past, period: Period, words: Words, *, details: bool = False
) -> Page:
    """Return the facts of DOMAIN.md §3b and the months; N_eff only with *details*."""
    if not assessment.village.contacts:
        return empty_page(words)
    support = assessment.support
    return (
        _title(period, words),
        Table(("", ""), tuple(_around(support, words))),
        Heading(words.say("On whose shoulders it rests")),
        *_shoulders(support, words, details=details),
        Heading(words.say("In this time")),
        *_encounters(past, period, words),
    )


def _title(period: Period, words: Words) -> Title:
    until = words.day(period.until)
    n = len(period.months)
    remark = words.count("{n} month up to {day}", "{n} months up to {day}", n, day=until)
    return Title(words.say("Looking back"), remark)


def _around(support: Support, words: Words) -> Iterator[tuple[str, str]]:
    people = words.count("{n} person or group", "{n} people and groups", support.size)
    yield words.say("around you"), people
    connected, tracked = support.in_touch
    if tracked and 2 * connected >= tracked:
        yield words.say("in touch"), words.say("with {x} of {n}", x=connected, n=tracked)
    online, informal = support.online
    if informal:
        yield words.say("online only"), words.say("{x} of {n}", x=online, n=informal)
    groups = [
        f"{words.language.word(SOURCE_LABELS[source])} {count}"
        for source, count in support.sources.items()
    ]
    yield words.say("by groups"), ", ".join(groups)


def _shoulders(support: Support, words: Words, *, details: bool) -> Iterator[Block]:
    shared: dict[tuple[str, ...], list[str]] = {}
    for kind in support.thin:
        names = tuple(contact.name for contact in by_name(support.warm[kind]))
        shared.setdefault(names, []).append(words.kind(kind))
    for names, kinds in shared.items():
        who = words.few(names) if names else words.say("nobody yet")
        yield Item("·", f"{words.language.join(kinds)}: {who}", tone="quiet")
    total = sum(support.load.values())
    for contact in support.carrying_most:
        name, w = words.name(contact.name), support.load[contact.uid]
        text = words.say("{name} carries a lot ({w} of {total}).", name=name, w=w, total=total)
        yield Item("·", text, tone="quiet")
    if details and support.load:
        number = words.decimal(support.effective_helpers)
        text = words.say(
            "It is as if {number} people around you carried the same each.", number=number
        )
        yield Item("·", text, tone="quiet")


def _encounters(past: Past, period: Period, words: Words) -> Iterator[Block]:
    if not any(past.months):
        yield _nothing(words)
        return
    rows = [
        (words.say("encounters"), str(sum(past.months))),
        (words.say("how"), ", ".join(_ways(past.how, words))),
    ]
    for way, label in (
        (Direction.IN, words.say("help received")),
        (Direction.OUT, words.say("help given")),
    ):
        counted = past.help[way]
        text = ", ".join(f"{counted[k]} × {words.kind(k)}" for k in Kind if k in counted)
        rows.append((label, text))
    yield Table(("", ""), tuple(row for row in rows if row[1]))
    yield Heading(words.say("Month by month"))
    yield _bars(past.months, period, words)


def _nothing(words: Words) -> Line:
    return Line(words.say("Nothing is noted in this time; any day is a good one to begin."))


def _ways(how: Mapping[How | None, int], words: Words) -> Iterator[str]:
    count = words.count
    texts = {
        How.VISIT: count("{n} visit", "{n} visits", how.get(How.VISIT, 0)),
        How.CALL: count("{n} call", "{n} calls", how.get(How.CALL, 0)),
        How.MESSAGE: count("{n} message", "{n} messages", how.get(How.MESSAGE, 0)),
        How.LETTER: count("{n} letter", "{n} letters", how.get(How.LETTER, 0)),
        How.ONLINE: count("{n} online", "{n} online", how.get(How.ONLINE, 0)),
        How.OTHER: count("{n} in another way", "{n} in other ways", how.get(How.OTHER, 0)),
        None: count("{n} simply in touch", "{n} simply in touch", how.get(None, 0)),
    }
    any_known = any(how)  # not only None: then there is nothing to tell apart
    return (text for way, text in texts.items() if any_known and way in how)


def _bars(counted: Sequence[int], period: Period, words: Words) -> Bars:
    labels = (words.month(month) for month in period.months)
    return Bars(tuple(zip(labels, counted, strict=True)))


def courses_page(met: Sequence[Met], period: Period, words: Words) -> Page:
    """Return a graph for each of those asked for, in their order."""
    page: list[Block] = [_title(period, words)]
    for counted in met:
        label = SOURCE_LABELS[counted.source] if counted.source else ""
        page.append(Heading(words.language.word(label) or words.name(counted.name)))
        page.append(Line(_course_text(counted.course, words), "quiet"))
        months = counted.course.months
        page.append(_bars(months, period, words) if any(months) else _nothing(words))
    return tuple(page)


def _course_text(course: Course, words: Words) -> str:
    if course.first is None or course.last is None:
        return words.say("no contact recorded yet")
    parts = [
        words.count("{n} encounter", "{n} encounters", course.encounters),
        words.say("first {day}", day=words.day(course.first)),
        words.say("last {ago} ({day})", ago=words.ago(course.last), day=words.day(course.last)),
    ]
    if course.rhythm:
        parts.append(words.say("on average {every}", every=words.every(course.rhythm)))
    return " · ".join(parts)


def stats_document(
    support: Support, past: Past, period: Period, met: Sequence[Met], words: Words
) -> dict[str, Any]:
    """Return the measures, the months and what was counted in them."""
    return {
        "measures": _measures(support, words),
        "months": _months(past.months, period),
        "how": {way.value if way else "unknown": n for way, n in past.how.items()},
        "help": {
            way.value: {kind.value: counted[kind] for kind in Kind if kind in counted}
            for way, counted in past.help.items()
        },
        "groups": [
            {"group": counted.source.value, **_course(counted.course, period)}
            for counted in met
            if counted.source
        ],
        "contacts": [_contact(counted, period, words) for counted in met if not counted.source],
    }


def _measures(support: Support, words: Words) -> dict[str, Any]:
    named = _keys(support, words)
    return {
        "size": support.size,
        "bus_factor": support.bus_factor,
        "effective_helpers": round(support.effective_helpers, 2),
        "sole": {
            name: [kind.value for kind in support.sole_kinds[uid]]
            for uid, name in named.items()
            if uid in support.sole_kinds
        },
        "load": {name: support.load[uid] for uid, name in named.items() if uid in support.load},
        "carrying_most": [named[contact.uid] for contact in support.carrying_most],
        "thin": {kind.value: n for kind, n in support.thin.items()},
        "online": list(support.online),
        "formal": list(support.formal),
        "groups": {source.value: count for source, count in support.sources.items()},
        "in_touch": list(support.in_touch),
    }


def _keys(support: Support, words: Words) -> dict[str, str]:
    """Return the active contacts' names by uid; initials that are taken get a number."""
    times: Counter[str] = Counter()
    keys = {}
    for contact in support.present:
        name = words.name(contact.name)
        times[name] += 1
        keys[contact.uid] = f"{name} {times[name]}" if times[name] > 1 else name
    return keys


def _months(counted: Sequence[int], period: Period) -> list[dict[str, Any]]:
    return [
        {"month": month.isoformat()[:7], "encounters": n}
        for month, n in zip(period.months, counted, strict=True)
    ]


def _contact(counted: Met, period: Period, words: Words) -> dict[str, Any]:
    who = {"name": words.name(counted.name)} | ({} if words.discreet else {"uid": counted.uid})
    return who | _course(counted.course, period)


def _course(course: Course, period: Period) -> dict[str, Any]:
    return {
        "encounters": course.encounters,
        "first": iso(course.first),
        "last": iso(course.last),
        "rhythm_days": course.rhythm,
        "months": _months(course.months, period),
    }
