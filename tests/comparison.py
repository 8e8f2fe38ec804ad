"""The program beside the second reading, on villages at random: ``python -m tests.comparison``.

``python -m tests.comparison [N] [SEED]`` reads N villages twice. Of each kind of difference it
prints the first, made as small as it stays a difference, and at last how many there are of each.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from dorf.core.assessment import assess
from dorf.core.assessment import without as core_without
from dorf.i18n import Language
from dorf.report.status import status_document
from dorf.report.words import Words
from tests.random_villages import random_village
from tests.reading.verdict import suggestions
from tests.second_reading import next_name, read, without
from tests.villages import read as village_in_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.villages import Document

    Reader = Callable[[Document, str], Any]


def program(document: Document, today: str) -> Any:
    """Return the JSON of the status report, without a database."""
    day = date.fromisoformat(today)
    found = assess(village_in_memory(document, day), day)
    return json.loads(json.dumps(status_document(found, Words(Language("en"), day))))


def program_tips(document: Document, today: str) -> list[Document]:
    """Return the tips of the findings that the program shows."""
    day = date.fromisoformat(today)
    shown = assess(village_in_memory(document, day), day).findings
    return [{"key": one.key, "tips": [str(tip) for tip in one.suggestions]} for one in shown]


def program_without(document: Document, today: str, name: str) -> Document:
    """Return what the program says of the village without somebody."""
    day = date.fromisoformat(today)
    village = village_in_memory(document, day)
    loss = core_without(village, day, [c.uid for c in village.contacts if c.name == name])
    return {
        "findings": [{"key": one.key, "severity": one.severity} for one in loss.findings],
        "leaves": {left.kind.value: list(left.names) for left in loss.leaves},
    }


def settled(report: Any, expected: Any) -> Any:
    """Leave out of a report what *expected* does not tell, such as sentences."""
    if isinstance(expected, dict) and isinstance(report, dict):
        return {key: settled(report.get(key), value) for key, value in expected.items()}
    if isinstance(expected, list) and isinstance(report, list) and len(expected) == len(report):
        return [settled(base, value) for base, value in zip(report, expected, strict=True)]
    return report


def differences(document: Document, today: str) -> list[tuple[str, Any, Any]]:
    """Return where the program and the page differ: place, what it says, what it should say."""
    return [
        (f"{part} {place}", actual, wanted)
        for part, report, expected in _parts(document, today)
        for place, actual, wanted in _differences(part, report, expected)
    ]


def _parts(document: Document, today: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield the parts of both: of the status, the tips, and the village without somebody."""
    expected, report = read(document, today), program(document, today)
    yield from ((part, report.get(part), expected[part]) for part in expected)
    step = {"name": (report["next_step"] or {}).get("name")}
    yield "next_step", step, {"name": next_name(document, today)}
    yield "tips", program_tips(document, today), suggestions(document, today)
    for name in [c["name"] for c in document["contacts"]][:2]:
        actual, wanted = (each(document, today, name) for each in (program_without, without))
        yield "without", actual["findings"], wanted["findings"]
        yield "without", {"leaves": actual["leaves"]}, {"leaves": wanted["leaves"]}


def _differences(part: str, actual: Any, wanted: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield the differences of a part, entry by entry."""
    if not isinstance(wanted, dict):
        actual, wanted = _by_key(part, actual), _by_key(part, wanted)
        common = [key for key in actual if key in wanted]
        if part != "contacts" and common != [key for key in wanted if key in actual]:
            yield "order", [*actual], [*wanted]
    for key in dict.fromkeys([*(actual or {}), *wanted]):
        here, there = settled(actual.get(key), wanted.get(key)), wanted.get(key)
        if here != there and (key in wanted or part not in {"measures", "coverage"}):
            yield f"{_short(part, key)} {_kind(here, there)}".strip(), here, there


def _short(part: str, key: str) -> str:
    return "" if part in {"contacts", "tending"} else key.partition(":")[0].partition(" ")[0]


def _kind(here: Any, there: Any) -> str:
    """Return what kind of difference there is."""
    if here is None or there is None:
        return "missing" if here is None else "surplus"
    if isinstance(here, dict) and isinstance(there, dict):
        return " ".join(key for key in there if here.get(key) != there[key])
    return ""


def _by_key(part: str, rows: list[Document] | None) -> dict[str, Document]:
    name = "name" if part in {"tending", "contacts"} else "key"
    return {
        row[name] + (f" {row['name']}" if part == "warnings" else ""): row for row in rows or ()
    }


def places(document: Document, today: str) -> set[str]:
    """Return the kinds of difference that a village has."""
    return {place for place, *_ in differences(document, today)}


def smaller(document: Document, today: str, place: str) -> Document:
    """Return the smallest part of a village that still has the difference."""
    done = False
    while not done:
        done = True
        for candidate in _fewer(document):
            if place in places(candidate, today):
                document, done = candidate, False
                break
    return document


def _fewer(document: Document) -> Iterator[Document]:
    """Yield the village without one thing."""
    home, people, log = document["household"], document["contacts"], document["encounters"]
    for number in range(len(log)):
        yield document | {"encounters": log[:number] + log[number + 1 :]}
    for number, person in enumerate(people):
        rest = people[:number] + people[number + 1 :]
        if not any(person["name"] in entry["contacts"] for entry in log):
            yield document | {"contacts": rest}
        for key in set(person) - {"name"}:
            fewer = {field: value for field, value in person.items() if field != key}
            yield document | {"contacts": [*people[:number], fewer, *people[number + 1 :]]}
    for key in home:
        yield document | {"household": {k: value for k, value in home.items() if k != key}}
        for number in range(len(home[key]) if isinstance(home[key], list) else 0):
            fewer = home[key][:number] + home[key][number + 1 :]
            yield document | {"household": home | {key: fewer}}


def main(count: int = 1000, seed: int = 0) -> None:
    """Print the differences among *count* villages from *seed* on."""
    times: Counter[str] = Counter()
    for number in range(seed, seed + count):
        document, today = random_village(number)
        new = sorted(places(document, today) - set(times))
        for place in new:
            _show(number, smaller(document, today, place), today, place)
        times.update(places(document, today))
    print(f"{count} villages, differences: {dict(times) or 'none'}")


def _show(number: int, document: Document, today: str, place: str) -> None:
    print(f"--- {place} (seed {number}, {today})")
    print(json.dumps(document["household"], ensure_ascii=False))
    for row in [*document["contacts"], *document["encounters"]]:
        print("  ", json.dumps(row, ensure_ascii=False))
    for where, actual, wanted in differences(document, today):
        if where == place:
            print("  program:", json.dumps(actual, ensure_ascii=False))
            print("  page:   ", json.dumps(wanted, ensure_ascii=False))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
