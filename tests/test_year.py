"""A year of an invented family, as a tired parent would type it; each line is read a second time.

Paula and Jonas have a small daughter, Ida. A second child is born in July, a friend moves away,
the grandfather dies in November, and after New Year the parents separate.
"""

from __future__ import annotations

import json
import re
import shlex
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.comparison import settled
from tests.conftest import Dorf, Terminal
from tests.second_reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dorf.cli.env import World

FIRST, LAST = date(2026, 3, 2), date(2027, 3, 2)

ROUTINES = """
2026-03-04 2026-11-04  7  log heinz --note "Nachmittag mit Ida" --got childcare
2026-03-05 2026-05-07  7  log gisela --how call
2026-06-04 2027-02-25  7  log oma --wie anruf
2026-03-17 2026-09-01 14  log nina --how visit
2026-03-20 2027-02-19 28  log aydin --gegeben Alltagshilfe
2026-03-22 2026-08-23 14  log lena --wie nachricht
2026-09-20 2027-02-21 28  log lena --how call --note "wie es im Norden ist"
2026-04-18 2027-02-27 21  log lotte --got childcare
2026-05-10 2027-02-28 35  log silke
2026-06-24 2026-11-25  7  log sander --vorgestern --bekommen Alltagshilfe
2026-04-21 2026-08-25 14  log sofia --wie besuch
2026-09-01 2027-02-27 28  log weber --how visit
2026-09-08 2027-02-23 14  log sofia --gestern --bekommen betreuung
2026-09-15 2027-02-23 28  log sofia --gave childcare
2026-10-08 2027-02-04  7  log pekip
2027-01-26 2027-03-02  7  log vamv --note Treff
"""
"""What comes back: from, to, every so many days, the command."""

YEAR = """
2026-03-02
  init < Jonas | Ida 2024-09 | Lena, Oma Gisela | friend | 24.2. | oma | 2d ago | niemand # 8
  ? has G08:ask G10:Ida
  add "Opa Heinz" --rolle opa --nah --zuletzt gestern --gives emotional,childcare,emergency
  add "Herr Aydin" --role neighbour --near
  add "Tante Silke" --rolle tante --fern --last 2w --geburtstag 12.5.
  add Tom --role friend --last 1.1. --kann Handwerk
  add "Frau Roth" --role childminder --near --every never
  add "Hebamme Katrin" --rolle Hebamme --near
  add Elternforum --role "online community"
  edit lena --circle 1 --near
  ! log Giesla
  ? tends Tom
  ? state untracked Elternforum "Frau Roth" Jonas
  ? state untracked "Hebamme Katrin"

2026-03-03
  log tom --how call --note "Wird er Pate?"
  ? rests Tom
  edit heinz --bindung Ida
  edit gisela --bond Ida --fern
  ? lacks G08:Ida G08:ask
  ? has "G23:Herr Aydin"

2026-03-04
  log aydin --gave practical --note "Paket angenommen"
  edit aydin --vertraut
  ? lacks "G23:Herr Aydin"
  wish add Nähen
  ? has G24:Nähen
  edit silke --skill nähen
  ? lacks G24:Nähen

2026-03-06
  log katrin --note "Schwanger!"
  child add Krümel 2026-07
  ? lacks G08:Krümel G10:Krümel
  rule off G12
  wish add Klavier
  accept G24:Klavier --until 1.6.
  ? lacks G24:Klavier

2026-03-09
  add Nina --role bekanntschaft --nah --kid Mats:2024-11 --last today
  ? lacks G10:Ida
  add Sofia --role acquaintance --near --kid 2024-06

2026-03-12
  log sofia --note "Spielplatz, sie ist auch neu hier"
  undo
  redo
  log nina sofia --yesterday --how visit
  ! log nina --day tomorrow
  ! redo

2026-03-16
  log nina --how message --note "verschrieben"
  encounter remove last --yes
  log nina --how message
  encounter edit last --day gestern --note "wegen Dienstag"
  list
  who childcare

2026-03-24
  add "Lotte Babysitterin" --rolle babysitter --nah --alle 3w --bis 1.5.
  ? lacks "G23:Lotte Babysitterin"
  ? has "G22:Lotte Babysitterin"
  rule off "G22:Lotte Babysitterin"
  rename "Lotte Babysitterin" "Lotte Berg"
  ? lacks "G22:Lotte Berg" "G22:Lotte Babysitterin"
  rule on G22
  rule on "G22:Lotte Berg"
  edit lotte --trusted --gives childcare
  ? has "G22:Lotte Berg"
  edit lotte --clear until
  ? lacks "G22:Lotte Berg"

2026-03-30
  plan lena saturday --note "Flohmarkt"
  ? state planned Lena
  plan tom sofia 2w --notiz "Grillen"
  snooze silke 3w
  ! snooze silke gestern

2026-04-04
  log lena --how visit --note "Flohmarkt, Strampler für Krümel"
  ? state fresh Lena
  household
  find Flohmarkt

2026-04-14
  ? asks W2 Tom Sofia
  log tom --day 13.4. --note "Grillen bei Tom"
  ? quiet W2 Tom
  plan sofia --cancel
  ? quiet W2 Sofia

2026-04-20
  log silke --note "zwei Wochen Ostsee, sie näht"
  role nina "parent friend"
  edit nina --gives emotional,company --gets company,childcare
  role sofia mama-freundin
  edit sofia --gibt Kinderbetreuung,Notfall --trusted
  gaps

2026-05-04
  edit sofia --note "Sofia hat dienstags frei"
  edit sofia --pickup
  add "Kollegin Petra" --role colleague --last 1.5. --every 60d
  child edit Krümel --born 2026-08
  child edit Krümel --geboren 2026-07
  undo 2
  redo
  undo --list

2026-05-08
  pause gisela --until 1.6.
  ? state paused "Oma Gisela"
  ? rests "Oma Gisela"

2026-05-12
  tend < s | 2w | n | n | n | n # 1
  undo
  tend < t | u | q # 0
  tend < p | in 3 weeks | d | yesterday | n | n | n | n # 2

2026-05-31
  ? lacks G24:Klavier
  ? state paused "Oma Gisela"

2026-06-01
  ? state fresh "Oma Gisela"
  ? has G24:Klavier
  accept G24:Klavier
  ? lacks G24:Klavier
  log gisela --note "Wieder da, ganz braun" --how visit
  rule on G12

2026-06-15
  add "Frau Sander" --role wellcome --near --until 30.11.2026
  pause tom
  ? state paused Tom
  history

2026-07-03
  resume tom
  ? state fresh Tom

2026-07-14
  ? lacks G07 G08:Krümel
  ? has "G14:Herr Aydin"
  child edit Krümel --name Theo --born 2026-07
  ? has G10:Theo
  ? lacks G08:Theo
  edit gisela --bond Theo
  ? lacks G08:Theo
  log katrin heinz --how visit --got emotional --note "Theo ist da"
  log sofia --got childcare --note "Ida über Nacht"

2026-07-20
  import - --dry-run < FILE
  import - < FILE
  import - < FILE
  undo
  redo
  ? state fresh "Cousine Marit"

2026-07-31
  log roth --note "Abschied, mit Kuchen"
  end roth
  ? silent "Frau Roth"

2026-08-03
  add "Frau Weber" --role educator --near --last today
  add Kitaeltern --role "Krabbelgruppe" --until 2w --near
  ? has G22:Kitaeltern
  edit Kitaeltern --clear until
  ? lacks G22:Kitaeltern
  edit weber --bond Ida:secondary

2026-08-31
  edit lena --far --every 4w
  role lena friend godparent --also
  log lena --note "Umzug nach Kiel" --gave practical

2026-09-15
  snooze petra 2w
  tend < n | n | q # 0
  edit petra --every never
  ? state untracked "Kollegin Petra"

2026-10-01
  add PEKiP --role pekip --until 4.2.2027 --near
  add Kinderärztin --role professional --note "Dr. Wolf"
  edit PEKiP --kid 2026-06
  ? lacks G10:Theo

2026-10-05
  ? has "G22:Frau Sander"
  accept "G22:Frau Sander" --until 1.11.
  ? lacks "G22:Frau Sander"

2026-11-01
  ? has "G22:Frau Sander"

2026-11-06
  log heinz --how visit --note "im Krankenhaus"
  plan heinz 8.11. --note "Sonntag wieder"

2026-11-09
  end heinz
  ? silent "Opa Heinz"
  log gisela silke --day 8.11. --how call --note "Heinz ist gestorben"

2026-11-10
  ? silent "Opa Heinz"
  ? state ended "Opa Heinz"
  ! plan heinz 24.12.
  log aydin --got practical --note "hat gekocht"

2026-11-14
  log gisela tom silke lena --how visit --got emotional --note "Beerdigung"
  edit gisela --circle 1

2026-11-30
  role sander friend
  edit sander --clear until --gives emotional
  ? lacks "G22:Frau Sander"

2026-12-08
  delete elternforum --yes
  undo
  delete elternforum --yes
  wish remove Klavier
  rule on G24:Klavier

2026-12-24
  log gisela sofia tom --how message --note "Frohe Weihnachten"
  undo
  redo 1
  log aydin --day 23.12. --gave company

2027-01-02
  pause sofia --bis 20.1.
  log sofia --how message --note "aus Portugal"
  ? state paused Sofia

2027-01-11
  role jonas coparent
  edit jonas --far --strained
  household --single-parent
  ? has G06 G19 G20
  ? lacks G21
  ? state untracked Jonas
  edit jonas --every never
  ? state untracked Jonas
  rule off G21

2027-01-20
  ? lacks G20
  ? has G19
  ? state fresh Sofia
  edit sofia --note "darf Ida und Theo holen"
  log sofia --how call --got emotional --note "zwei Stunden geredet"
  edit sofia --gives +emotional,+practical,+advice,+company
  add "VAMV Kiel" --role Selbsthilfegruppe --near
  ? lacks G19
  wish add Steuern
  ? has G24:Steuern
  accept G24:Steuern
  ? lacks G24:Steuern

2027-01-24
  edit nina --gives +childcare,+emergency --trusted --pickup
  pause silke
  ? state paused "Tante Silke"

2027-02-08
  end PEKiP --keep Mira,Sandra
  ? state ended PEKiP
  ? state fresh Mira Sandra
  edit mira --near --kid Jonte:2026-08
  resume silke
  ! add Mira

2027-02-22
  role mira mama-freundin
  log mira --how visit --got childcare
  ? tends Sandra
  tend < s | 2w | w | h | q # 2
  delete kinderärztin --yes

2027-03-02
  tend < n | n | n | n | n | n | n # 0
  household --not-single-parent
  undo
  export -
  undo 3
  redo 2
  redo
"""
"""Each line is a command, or

``COMMAND < ANSWER | ANSWER``  with the lines that answer its questions,
``COMMAND … # 3``              which is three steps for `undo`, not one,
``! COMMAND``                  which is refused and changes nothing,
``? FACT …``                   or a fact, known by hand: a function of `FACTS`.
"""

FILE = {
    "dorf": 1,
    "contacts": [
        {"name": "Tante Silke", "phones": ["0431 123"], "last_contact": "2026-07-19"},
        {"name": "Cousine Marit", "roles": ["relative"], "where": "far", "gets": ["advice"]},
    ],
    "encounters": [
        {
            "day": "2026-07-11",
            "contacts": ["Tante Silke", "Cousine Marit"],
            "help": [{"direction": "in", "kind": "material"}],
        }
    ],
}
"""The village file of a sister, as a mail brought it."""


class Line(NamedTuple):
    """One line of the year."""

    day: date
    sign: str
    text: str
    answers: str = ""
    steps: int | None = None

    @property
    def words(self) -> list[str]:
        """The words of the line, quotes resolved."""
        return shlex.split(self.text)


def told() -> Iterator[Line]:
    """Read `YEAR`."""
    day = FIRST
    for line in filter(str.strip, YEAR.splitlines()):
        if not line.startswith(" "):
            day = date.fromisoformat(line)
            continue
        found = re.fullmatch(r"  ([!?]?) ?(.*?)(?: < (.*?))?(?: # (\d+))?", line)
        assert found
        sign, text, answers, steps = found.groups()
        typed = json.dumps(FILE) if answers == "FILE" else (answers or "").replace(" | ", "\n")
        yield Line(day, sign, text, f"{typed}\n" if typed else "", int(steps) if steps else None)


def routine() -> Iterator[Line]:
    """Read `ROUTINES`."""
    for line in ROUTINES.strip().splitlines():
        first, last, every, text = line.split(maxsplit=3)
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            yield Line(day, "", text)
            day += timedelta(int(every))


class Year(Dorf):
    """A village whose clock follows its days, and what its file held after each step."""

    def __init__(self, path: Path) -> None:
        """Begin with an empty village."""
        super().__init__(path)
        self.ran = 0
        self.empty = self("export", "-")
        self.held: list[str | None] = [self.empty]
        """What `undo` and `redo` walk through; None inside a command of several steps."""
        self.here = 0

    def _world(self, stdin: str, *, tty: bool) -> tuple[World, Terminal, Terminal]:
        world, out, err = super()._world(stdin, tty=tty)
        midnight = datetime.combine(date.fromisoformat(self.today), datetime.min.time(), UTC)
        now = midnight + timedelta(hours=8, seconds=self.ran)
        return world._replace(clock=lambda: now), out, err

    def begin(self, day: date) -> None:
        """Wake up on *day*; the language of the household is English in odd months."""
        self.today, self.lang = day.isoformat(), "en" if day.month % 2 else "de"

    def type(self, line: Line) -> None:
        """Run a line, and check the report and the file."""
        self.ran += 1
        if line.sign == "!":
            assert self.any_status(*line.words).startswith("dorf: "), f"{line}: not refused"
            assert self("export", "-") == self.held[self.here], f"{line}: something was changed"
        else:
            self(*line.words, stdin=line.answers)
            self.note(line, self("export", "-"))
        self.check(line)

    def note(self, line: Line, after: str) -> None:
        """Move through `held` as *line* must have done."""
        command, *rest = line.words
        if command in {"undo", "redo"} and "--list" not in rest:
            many = int(rest[0]) if rest else 1
            self.here += many if command == "redo" else -many
            assert self.held[self.here] in {after, None}, f"{line}: not what was there before"
            self.held[self.here] = after
            return
        steps = int(after != self.held[self.here]) if line.steps is None else line.steps
        if steps:
            self.held[self.here + 1 :] = [*[None] * (steps - 1), after]
            self.here += steps
        assert after == self.held[self.here], f"{line}: more was changed than {steps} steps"

    def check(self, line: Line | date) -> None:
        """Compare the report with the second reading of what the file holds."""
        document = json.loads(self.held[self.here] or "")
        expected, report = read(document, self.today), self.status()
        for part, content in expected.items():
            assert settled(report[part], content) == content, f"{line}: {part}"


def has(year: Year, *keys: str) -> None:
    """Hold that the findings with these keys are there."""
    assert set(keys) <= set(year.keys())


def lacks(year: Year, *keys: str) -> None:
    """Hold that no finding has one of these keys."""
    assert not set(keys) & set(year.keys())


def tends(year: Year, *names: str) -> None:
    """Hold that a hello would do these people good."""
    assert set(names) <= {one["name"] for one in year.status()["tending"]}


def rests(year: Year, *names: str) -> None:
    """Hold that these people need no hello."""
    assert not set(names) & {one["name"] for one in year.status()["tending"]}


def state(year: Year, expected: str, *names: str) -> None:
    """Hold that these people are in the state."""
    states = {one["name"]: one["state"] for one in year.status()["contacts"]}
    assert {name: states[name] for name in names} == dict.fromkeys(names, expected)


def asks(year: Year, key: str, *names: str) -> None:
    """Hold that the warning is there for these people."""
    assert set(names) <= {one["name"] for one in year.status()["warnings"] if one["key"] == key}


def quiet(year: Year, key: str, *names: str) -> None:
    """Hold that the warning is not there for these people."""
    assert not set(names) & {one["name"] for one in year.status()["warnings"] if one["key"] == key}


def silent(year: Year, *names: str) -> None:
    """Hold that nothing shown without asking for them speaks of these people."""
    for command in ("status --all", "list", "tend", "gaps", "who childcare", "tips"):
        shown = year(*command.split())
        assert not [name for name in names if name in shown], command


FACTS = {fact.__name__: fact for fact in (has, lacks, tends, rests, state, asks, quiet, silent)}


@pytest.mark.slow
def test_a_year_is_reported_as_the_domain_says_and_can_be_taken_back_whole(tmp_path: Path) -> None:
    """Every line, every morning and every step back: the report and the file are as they must."""
    year = Year(tmp_path / "dorf.db")
    lines = sorted([*told(), *routine()], key=lambda line: line.day)
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(number)
        year.begin(day)
        year.check(day)
        for line in (one for one in lines if one.day == day):
            if line.sign == "?":
                fact, *about = line.words
                FACTS[fact](year, *about)
            else:
                year.type(line)
    assert year.ran >= 300
    take_back(year)


def take_back(year: Year) -> None:
    """Undo the year step by step down to the empty village, and bring it back at once."""
    end, steps = year("export", "-"), year.here
    while year.here:
        year("undo")
        year.note(Line(LAST, "", "undo"), year("export", "-"))
    year.check(LAST)
    assert year("export", "-") == year.empty
    year("redo", str(steps))
    assert year("export", "-") == end
