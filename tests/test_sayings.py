"""Days, spans and births as tired people say them, in both languages; and what is refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorf.core.sayings.births import UnknownBirth, read_birth
from dorf.core.sayings.days import Towards, UnknownDay, parse_day, read_day
from dorf.core.sayings.spans import UnknownSpan, parse_span
from dorf.core.sayings.tokens import tokens_of
from dorf.i18n import Language
from dorf.report.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Dorf

WEDNESDAY = date(2026, 3, 4)

PAST = {
    "2026-03-04": "heute früh; this morning; gerade eben; heute Abend um acht; 4.3.; den 4.3.26",
    "2026-03-03": "gestern Abend; last night; yesterday at 5pm; Dienstag; am Di.; diesen Dienstag; "
                  "Dienstag dieser Woche; gestern gegen 15 Uhr; gestrn",
    "2026-03-02": "day before yesterday; vorgestern mittag; Montagabend; 2. März; 2nd of March; "
                  "on Monday; Mo, 2.3.; 2026/3/2; Anfang der Woche",
    "2026-02-28": "letztes Wochenende; am WE; Samstag Nachmittag; Ende Februar; 28.2; Sat 28 Feb; "
                  "end of last month",
    "2026-02-27": "letzten Freitag; last Fri; letzte Woche Freitag; Friday of last week; Freitga",
    "2026-02-25": "letzte Woche; vor einer Woche; Mittwoch; 7 days ago; heute vor einer Woche",
    "2026-02-18": "vor zwei Wochen; a fortnight ago; vor 14 Tagen; 2w; two weeks back; vorletzte "
                  "Woche; Aschermittwoch",
    "2026-02-20": "vorletzten Freitag; the Friday before last",
    "2026-02-04": "vor einem Monat; a month ago; 1m; vor nem Monat",
    "2025-09-04": "vor einem halben Jahr; half a year ago; vor 6 Monaten",
    "2025-12-24": "Heiligabend; an Heiligabend; Christmas Eve; 24.12.; 24. Dezember letztes Jahr",
    "2025-04-20": "Ostern; letztes Jahr Ostern; last Easter; Ostersonntag",
    "2025-11-19": "Buß- und Bettag; Bußtag",
}  # fmt: skip
COMING = {
    "2026-03-05": "morgen; morgen früh; tomorrow; Donnerstag; on Thursday; morgen um halb vier",
    "2026-03-07": "Samstag; am Wochenende; dieses Wochenende; Sa. 9 Uhr; Sat 7 March",
    "2026-03-09": "nächste Woche; Anfang nächster Woche; Montag nächster Woche; kommenden Montag",
    "2026-03-13": "Freitag in einer Woche; übernächsten Freitag; Freitag, der 13.; Friday week",
    "2026-03-18": "in zwei Wochen; 2w; in a fortnight; heute in 14 Tagen; für zwei Wochen",
    "2026-03-31": "Ende März; Monatsende; end of the month; 31.3.",
    "2026-04-05": "Ostern; an Ostern; Easter Sunday; 5. April; on April 5th",
    "2026-12-24": "Heiligabend; 24.12. um 18 Uhr; Christmas Eve",
    "2026-05-10": "Muttertag; 10. Mai; am 10.5.",
}  # fmt: skip
NO_DAY = (
    "neulich; vor ein paar Tagen; im Sommer; nach Ostern; vor Weihnachten; jeden Montag; montags; "
    "Mo oder Di; 1.3.-3.3.; 30.2.; 29.2.2025; 3/1; Montag, 3.3.; 12; Julian; Montagsmaler; gstren; "
    "2025; bald; wenn es passt; um; zwischen Montag und Mittwoch; vor 2,5 Wochen; Freitag Samstag"
)
TIMES = {
    "morgen um halb vier": "um halb vier",
    "Sa. 9 Uhr": "9 Uhr",
    "am Donnerstag um viertel nach drei": "um viertel nach drei",
    "Do, 12.3., 9:30": "9:30",
    "um 16 Uhr am Samstag": "um 16 Uhr",
    "Friday 3 pm": "3 pm",
    "heute Abend um acht": "Abend um acht",
    "tonight": "tonight",
    "Samstagnachmittag": "nachmittag",
    "15 Uhr morgen": "15 Uhr",
    "Montag 16-18 Uhr": "16-18 Uhr",
    "nächsten Dienstag": "",
}
SPANS = {
    0: "nie; never; niemals; keine Erinnerung; no reminder; don't remind me",
    1: "täglich; jeden Tag; every day; einmal am Tag",
    7: "jede Woche; weekly; wöchentlch; einmal die Woche; every Friday; 1x pro Woche",
    14: "alle zwei Wochen; every other week; 14-tägig; a fortnight; ca. alle 2 Wochen; 2 Wo.",
    30: "einmal im Monat; monatlich; every month; 1× im Monat; mindestens einmal im Monat",
    45: "anderthalb Monate; 1.5 months",
    90: "vierteljährlich; once a quarter; alle drei Monate; jedes Quartal",
    180: "ein halbes Jahr; halbjährlich; every half year; alle 6 Monate",
    270: "ein Dreivierteljahr",
    365: "jährlich; einmal im Jahr; every year",
}
NO_SPAN = (
    "zweimal im Monat; alle paar Wochen; 2-3 Wochen; oft; ab und zu; biweekly; Ende März; 14; "
    "30 min; anderthalb Wochen; am Wochenende"
)
CHILD = {
    "2021-10": "Oktober 2021; im Oktober 2021; 10/21; 10.2021; 2021-10; Oct '21; 2021 Oktober; "
               "Okotber 2021; geb. 10/2021",
    "2021-10-14": "14.10.2021; 14. Oktober 2021; 14.10.21; *14.10.2021; 20211014; Oct 14th 2021",
    "2026-03-03": "gestern; yesterday",
    "2026-05": "Mai 2026; Mai '26",
}  # fmt: skip
NO_CHILD = "4 Jahre; 4; Mai 26; Oct 14; Oktober; 2021; 3.7.; Sommer 21; 13/2021; 29.2.2021; 21-10"
BIRTHDAY = {
    "--10-14": "14.10.; 14. Oktober; Oct 14th; 14 Oct; 14. Ocotber",
    "1957-03-24": "24.3.1957; 24.03.57; 24 Mar 1957",
    "--02-29": "29.2.; 29. Februar",
    "--12-24": "Heiligabend",
}
NO_BIRTHDAY = "October 1988; Mai 26; 05/06; 3/4/1957; 30.2.; weiß nicht; Oct 14"


def rows(table: Mapping[Any, str]) -> list[tuple[str, Any]]:
    """Return each saying with what it means."""
    return [(text.strip(), said) for said, texts in table.items() for text in texts.split(";")]


def sayings(texts: str) -> list[str]:
    """Return the sayings of a row."""
    return [text.strip() for text in texts.split(";")]


@pytest.mark.parametrize("way", Towards)
def test_a_day_is_what_people_mean_by_it(way: Towards) -> None:
    """All of them on one Wednesday, looking back and ahead."""
    table = rows(PAST if way is Towards.PAST else COMING)
    found = {text: parse_day(text, WEDNESDAY, way).isoformat() for text, _ in table}
    assert found == dict(table)


@pytest.mark.parametrize("way", Towards)
def test_what_is_no_day_or_two_is_refused(way: Towards) -> None:
    """Nothing vague, nothing impossible, no habit and no choice is taken for a day."""
    for text in sayings(NO_DAY):
        with pytest.raises(UnknownDay):
            parse_day(text, WEDNESDAY, way)


@pytest.mark.parametrize(("text", "time"), TIMES.items())
def test_a_time_beside_a_day_is_kept_as_it_was_typed(text: str, time: str) -> None:
    """It is cut out letter by letter."""
    assert read_day(text, WEDNESDAY, Towards.FUTURE).time == time


def test_a_span_is_what_people_mean_by_it() -> None:
    """How often, how long, and never."""
    table = rows(SPANS)
    assert {text: parse_span(text) for text, _ in table} == dict(table)


@pytest.mark.parametrize("text", sayings(NO_SPAN))
def test_what_is_no_span_or_two_is_refused(text: str) -> None:
    """Neither vague nor more than once in a unit."""
    with pytest.raises(UnknownSpan):
        parse_span(text)


@pytest.mark.parametrize(("table", "child"), [(CHILD, True), (BIRTHDAY, False)])
def test_a_birth_is_what_people_mean_by_it(table: Mapping[Any, str], *, child: bool) -> None:
    """A child's month and year, anybody's day and month."""
    found = {text: str(read_birth(text, WEDNESDAY, child=child)) for text, _ in rows(table)}
    assert found == dict(rows(table))


@pytest.mark.parametrize(("texts", "child"), [(NO_CHILD, True), (NO_BIRTHDAY, False)])
def test_a_birth_that_could_be_two_is_refused(texts: str, *, child: bool) -> None:
    """An age is no month, and Mai 26 is a month or a day."""
    for text in sayings(texts):
        with pytest.raises(UnknownBirth):
            read_birth(text, WEDNESDAY, child=child)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(["de", "en"]))
def test_what_dorf_prints_as_a_day_it_reads_back(day: date, code: str) -> None:
    """With and without the year, with the weekday, in words."""
    words = Words(Language(code), WEDNESDAY)
    printed = {words.day(day), words.long_day(day)}
    assert {parse_day(text, WEDNESDAY) for text in printed} == {day}


@given(st.integers(2, 300), st.sampled_from(["de", "en"]))
def test_what_dorf_prints_as_a_rhythm_it_reads_back(days: int, code: str) -> None:
    """Every so many days or weeks."""
    assert parse_span(Words(Language(code), WEDNESDAY).every(days)) == days


@given(st.text(max_size=1000), st.sampled_from(Towards))
def test_noise_is_cut_into_few_pieces_and_refused(text: str, way: Towards) -> None:
    """However long it is, the work is bounded by its length."""
    assert len(tokens_of(text)) <= max(1, 2 * len(text))
    with suppress(UnknownDay):
        assert read_day(text, WEDNESDAY, way).time in text


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 6))
def test_both_languages_say_the_same_weekday(today: date, number: int) -> None:
    """Last, this and next mean one day, whatever the language."""
    german, english = (Words(Language(c), WEDNESDAY).weekday(number) for c in ("de", "en"))
    for de, en in (("letzten", "last"), ("diesen", "this"), ("nächsten", "next")):
        found = {parse_day(text, today) for text in (f"{de} {german}", f"{en} {english}")}
        assert len(found) == 1


def test_a_refusal_is_short_and_in_the_language_of_the_run(german: Dorf) -> None:
    """It names what was typed, and days near today that can be typed."""
    german("add", "Lena")
    german("log", "Lena", "--tag", "neulich", status=2)
    assert "„neulich“ versteht dorf nicht als Tag." in german.said
    assert "26.02.2026" in german.said
