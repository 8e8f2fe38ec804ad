"""Boundaries of DOMAIN.md §3 and §4 worked by hand, on the day itself and on the days beside it.

Each row is asked of the program and of the second reading (`tests.second_reading`): both must give
what was worked out from the page.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.comparison import program
from tests.second_reading import read, without
from tests.villages import COLD, DAY, NEAR, ago, child, helped, helper, person, village

if TYPE_CHECKING:
    from tests.villages import Document

UNMET: Document = {"last_contact": None, "added_on": ago(0)}


def after(days: int) -> str:
    """Return the day that lies *days* after `TODAY`."""
    return (DAY + timedelta(days)).isoformat()


def both(document: Document, today: str) -> list[Any]:
    """Return the status of the program, and the one of the page."""
    return [program(document, today), read(document, today)]


# --- states ----------------------------------------------------------------------------------

STATES: dict[str, tuple[Document, dict[int, str]]] = {
    "a friend": (
        person("Lena", "friend"),
        {23: "fresh", 24: "soon", 29: "soon", 30: "due", 44: "due", 45: "overdue", 89: "overdue",
         90: "cooling"},
    ),
    "kin bears longer gaps": (
        person("Oma", "grandparent"),
        {11: "fresh", 12: "soon", 13: "soon", 14: "due", 27: "due", 28: "overdue", 55: "overdue",
         56: "cooling"},
    ),
    "kin by the second role": (
        person("Uwe", roles=["friend", "relative"]),
        {45: "due", 59: "due", 60: "overdue", 119: "overdue", 120: "cooling"},
    ),
    "the own circle": (
        person("Lena", "friend", circle=1),
        {5: "fresh", 6: "soon", 7: "due", 10: "due", 11: "overdue", 20: "overdue", 21: "cooling"},
    ),
    "the smallest rhythm of the roles": (
        person("Kim", roles=["colleague", "course_group", "parent_friend"]),
        {11: "fresh", 12: "soon", 14: "due", 21: "overdue", 42: "cooling"},
    ),
    "no circle for who is paid": (
        person("Sina", "babysitter", circle=1),
        {47: "fresh", 48: "soon", 59: "soon", 60: "due", 89: "due", 90: "overdue", 180: "cooling"},
    ),
    "no circle for groups": (person("PEKiP", "course_group", circle=1), {400: "untracked"}),
    "an own rhythm for a group": (
        person("PEKiP", "course_group", cadence_days=7),
        {5: "fresh", 6: "soon", 7: "due", 11: "overdue", 21: "cooling"},
    ),
    "nobody at home": (person("Jonas", "friend", where="household", circle=1), {400: "untracked"}),
    "time for two": (
        person("Jonas", "partner", where="household", cadence_days=10),
        {7: "fresh", 8: "soon", 10: "due", 15: "overdue", 30: "cooling"},
    ),
    "strained ties rest": (person("Ralf", "friend", strained=True, circle=1), {400: "untracked"}),
    "strained with a rhythm": (
        person("Ralf", "friend", strained=True, cadence_days=20),
        {19: "soon", 20: "due", 30: "overdue", 60: "cooling"},
    ),
    "nothing recorded": (person("Lena", "friend", **UNMET), {0: "unrecorded", 900: "unrecorded"}),
    "nothing recorded, with a rhythm": (
        person("Lena", "friend", cadence_days=10, **UNMET),
        {7: "fresh", 8: "soon", 10: "due", 14: "due", 15: "overdue", 900: "overdue"},
    ),
    "a new acquaintance": (
        person("Kim", "acquaintance", **UNMET),
        {11: "fresh", 12: "soon", 14: "due", 20: "due", 21: "overdue", 900: "overdue"},
    ),
    "a new acquaintance as the second role": (
        person("Kim", roles=["friend", "acquaintance"], **UNMET),
        {14: "unrecorded"},
    ),
    "since the role was taken": (
        person(
            "Kim", "acquaintance", last_contact=None,
            role_history=[{"role": "acquaintance", "from": after(5)},
                          {"role": "acquaintance", "from": after(50), "to": after(60)},
                          {"role": "friend", "from": after(80)}],
        ),
        {18: "soon", 19: "due", 25: "due", 26: "overdue"},
    ),
    "a role's beginning, once something is recorded": (
        person("Kim", "acquaintance", role_history=[{"role": "acquaintance", "from": after(9)}]),
        {13: "soon", 14: "due"},
    ),
    "a plan masks thirty days": (
        person("Lena", "friend", planned_on=after(40)),
        {8: "fresh", 9: "fresh", 10: "planned", 40: "planned", 41: "due", 45: "overdue"},
    ),
    "a plan masks a whole rhythm": (
        person("Lena", "friend", circle=3, planned_on=after(200)),
        {19: "fresh", 20: "planned", 200: "planned", 201: "due"},
    ),
    "no plan without a rhythm": (
        person("PEKiP", "course_group", planned_on=after(1)), {0: "untracked"}
    ),
    "a plan before anything is recorded": (
        person("Lena", "friend", planned_on=after(30), **UNMET),
        {0: "planned", 30: "planned", 31: "unrecorded"},
    ),
    "a pause ends by itself": (
        person("Lena", "friend", status="paused", paused_until=after(10)),
        {9: "paused", 10: "fresh", 33: "fresh", 34: "soon", 39: "soon", 40: "due", 100: "cooling"},
    ),
    "a pause without an end": (person("Lena", "friend", status="paused"), {900: "paused"}),
    "an old end of a pause": (
        person("Lena", "friend", paused_until=after(10)),
        {9: "fresh", 29: "soon", 30: "due"},
    ),
    "a pause ended by hand": (
        person("Lena", "friend", resumed_on=after(12)),
        {30: "fresh", 35: "fresh", 36: "soon", 41: "soon", 42: "due", 101: "overdue",
         102: "cooling"},
    ),
    "the dead": (person("Opa", "grandparent", died_on=ago(3), status="ended"), {0: "ended"}),
    "the dead, whatever the status": (person("Opa", "grandparent", died_on=ago(3)), {0: "ended"}),
    "a contact noted for later": (
        person("Lena", "friend", last_contact=after(5)),
        {0: "fresh", 5: "fresh", 29: "soon", 34: "soon", 35: "due"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", STATES)
def test_a_state_begins_on_its_day(what: str) -> None:
    """DOMAIN.md §3.2 to §3.4."""
    contact, days = STATES[what]
    for day, expected in days.items():
        for status in both(village(contact), after(day)):
            assert (day, status["contacts"][0]["state"]) == (day, expected)


TENDED: dict[str, tuple[Document, dict[int, int | None]]] = {
    "a friend, due": (person("Lena", "friend"), {29: None, 30: 150, 31: 153, 120: 450, 200: 450}),
    "kin": (person("Oma", "grandparent"), {13: None, 14: 150, 28: 250, 70: 450}),
    "an own circle": (person("Lena", "friend", circle=1), {7: 175, 8: 189}),
    "a loose circle": (person("Lena", "friend", circle=4), {364: None, 365: 125}),
    "a neighbour": (person("Aydin", "neighbour"), {30: 125 + 50}),
    "nothing recorded": (person("Kim", "acquaintance", **UNMET), {14: 125, 21: 175, 99: 175}),
    "snoozed": (person("Lena", "friend", snoozed_until=after(35)), {34: None, 35: 116 + 50}),
    "a role that is over": (person("Lena", "friend", until=after(30)), {30: 150, 31: None}),
    "strained": (
        person("Ralf", "friend", strained=True, cadence_days=20), {19: None, 20: 100 + 50}
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TENDED)
def test_a_score_is_worked_out_by_hand(what: str) -> None:
    """DOMAIN.md §3.5; beside somebody who gives it all, but for the neighbour's small things."""
    contact, days = TENDED[what]
    kinds = {"emotional", "childcare", "emergency", "practical", "advice", "company"}
    rich = helper("Zoe", *kinds - ({"practical"} if what == "a neighbour" else set()))
    for day, expected in days.items():
        for status in both(village(contact, rich | {"cadence_days": 0}), after(day)):
            scores = {row["name"]: row["score"] for row in status["tending"]}
            assert (day, scores.get(contact["name"])) == (day, expected)


# --- findings --------------------------------------------------------------------------------

JANA = helper("Jana", "childcare", "emergency", trusted=True, pickup=True, **NEAR)
"""A near, trusted helper of whom there is no number."""
JONAS = person("Jonas", "partner", where="household")
OMA = person("Oma", "grandparent", attachment={"Ida": "secondary"}, where="far", gives=[])
CLOSE = person("Lea", "friend", circle=1, gives=["practical"], gets=[])
FORUM = person("Forum", "online_community")
BLANKS = [{"name": name} for name in ("A", "B", "C")]
IDA = [child(53)]


def born(day: str, name: str = "Ida") -> Document:
    """Return a child by the day or month of its birth."""
    return {"name": name, "born": day}


def parents(*names: str, **fields: Any) -> list[Document]:
    """Return friends who are parents, too."""
    return [person(name, "parent_friend", **({"gives": [], "gets": []} | fields)) for name in names]


def other_parent(kid: int) -> Document:
    """Return somebody with a child of so many months on `TODAY`."""
    return person("Kim", "friend", kids=[child(kid)["born"]])


FINDINGS: dict[str, tuple[Document, str, dict[int, int | None]]] = {
    "children of a month are twelve on its first": (
        village(children=[child(143)]), "G05", {0: 3, 29: 3, 30: None}
    ),
    "children of a day are twelve on it": (
        village(children=[born("2014-03-10")]), "G05", {7: 3, 8: None}
    ),
    "nobody is born before the day": (
        village(children=[born("2026-03-10")]), "G05", {7: None, 8: 3}
    ),
    "a birth within 120 days": (
        village(children=[*IDA, born(after(121), "Neo")]), "G25",
        {0: None, 1: 3, 120: 3, 121: None},
    ),
    "a birth takes the place of nobody nearby": (
        village(children=[*IDA, born(after(121), "Neo")]), "G05", {0: 3, 1: None, 121: 3}
    ),
    "a birth by its month": (
        village(children=[*IDA, born("2026-07", "Neo")]), "G25", {0: None, 1: 3, 120: 3, 121: None}
    ),
    "a birth beside somebody who may live near": (
        village(helper("Petra", "emergency"), children=[*IDA, born(after(9), "Neo")]), "G25", {0: 1}
    ),
    "a birth beside somebody near whose line is cold": (
        village(helper("Petra", "emergency", **NEAR | COLD), FORUM,
                children=[*IDA, born(after(9), "Neo")]),
        "G25", {0: None},
    ),
    "a birth beside a grandmother in the house": (
        village(helper("Oma", "emergency", where="household"),
                children=[*IDA, born(after(9), "Neo")]),
        "G25", {0: None},
    ),
    "a birth beside the partner": (
        village(person("Jo", "partner", gives=["emergency"], where="household"),
                children=[*IDA, born(after(9), "Neo")]),
        "G25", {0: 3},
    ),
    "a first birth": (
        village(children=[born(after(121))]), "G25:early", {0: None, 1: 1, 121: None}
    ),
    "a first birth with a midwife": (
        village(person("Eva", roles=["friend", "professional"]), children=[born(after(9))]),
        "G25:early", {0: None},
    ),
    "a role that ends": (
        village(person("Eva", "volunteer", gives=[], until=after(61))), "G22:Eva",
        {0: None, 1: 1, 61: 1, 62: 1, 900: 1},
    ),
    "a role that ends and leaves nobody": (
        village(person("Eva", "volunteer", gives=["practical"], until=after(30))), "G22:Eva",
        {0: 2, 30: 2, 31: 1},
    ),
    "a role that ends and leaves one": (
        village(helper("A", "practical"), helper("Eva", "practical", until=after(30))), "G22:Eva",
        {0: 2, 31: 1},
    ),
    "a role that ends and leaves two": (
        village(*(helper(n, "practical") for n in ("A", "B")),
                helper("Eva", "practical", until=after(30))), "G22:Eva", {0: 1}
    ),
    "a role that ends and leaves nobody to fetch a child that nobody has": (
        village(helper("Eva", "childcare", until=after(30))), "G22:Eva", {0: 1}
    ),
    "go-to people, while the log rests": (
        village(OMA, children=IDA), "G09:Ida", {27: None, 28: 2, 29: None}
    ),
    "go-to people with one of them fresh": (
        village(OMA, OMA | {"name": "Opa", "last_contact": after(20)}, children=IDA),
        "G09:Ida", {28: None, 47: None, 48: 2},
    ),
    "cold lines, while the log rests": (
        village(CLOSE), "G02:practical", {20: None, 21: 2, 28: 2, 29: None}
    ),
    "the one warm line, while the log rests": (
        village(CLOSE), "G04:practical", {20: 1, 21: None, 28: None, 29: 1}
    ),
    "school: the window": (
        village(person("Frau Klein", "educator"), children=[born("2019-10")]), "G27:Ida",
        {59: None, 60: 1, 182: 1, 183: None},
    ),
    "school: six in September": (
        village(person("Frau Klein", "educator"), children=[born("2020-09-30")]), "G27:Ida", {60: 1}
    ),
    "school: six in October": (
        village(person("Frau Klein", "educator"), children=[born("2020-10-01")]), "G27:Ida",
        {60: None},
    ),
    "school: six before October": (
        village(person("Frau Klein", "educator"), children=[born("2019-09")]), "G27:Ida",
        {60: None},
    ),
    "school: a kid twelve months away": (
        village(*parents("Kim", kids=["2018-12"]), children=[born("2019-12")]), "G27:Ida", {60: 1}
    ),
    "school: a kid thirteen months away": (
        village(*parents("Kim", kids=["2018-11"]), children=[born("2019-12")]), "G27:Ida",
        {60: None},
    ),
    "go-to person from six months on": (
        village(person("Jo", "partner", attachment={"Ida": "primary"}, where="household"),
                children=[born("2025-09-10")]),
        "G08:Ida", {7: None, 8: 2},
    ),
    "go-to person from twelve years on": (
        village(person("Jo", "partner", attachment={"Ida": "primary"}, where="household"),
                children=[child(143)]),
        "G08:Ida", {29: 2, 30: 1},
    ),
    "go-to person until eighteen": (
        village(person("Jo", "partner", attachment={"Ida": "primary"}, where="household"),
                children=[child(215)]),
        "G08:Ida", {29: 1, 30: None},
    ),
    "go-to person, asked": (village(children=[born("2025-09-10")]), "G08:ask", {7: None, 8: 1}),
    "bonds of somebody who left": (
        village(person("Opa", attachment={"Ida": "secondary"}, status="ended"), children=IDA),
        "G08:ask", {0: 1},
    ),
    "bonds of somebody who pauses": (
        village(person("Opa", attachment={"Ida": "secondary"}, status="paused"), children=IDA),
        "G08:Ida", {0: 2},
    ),
    "the same age: six months": (
        village(other_parent(29), children=[child(23)]), "G10:Ida", {0: None}
    ),
    "the same age: seven months": (
        village(other_parent(30), children=[child(23)]), "G10:Ida", {0: 2, 30: None}
    ),
    "the same age: twelve months": (
        village(other_parent(83), children=[child(71)]), "G10:Ida", {0: None}
    ),
    "the same age: thirteen months": (
        village(other_parent(84), children=[child(71)]), "G10:Ida", {0: 2, 30: None}
    ),
    "the same age: two years": (
        village(other_parent(96), children=[child(72)]), "G10:Ida", {0: None}
    ),
    "the same age: more than two years": (
        village(other_parent(97), children=[child(72)]), "G10:Ida", {0: 1}
    ),
    "the same age until ten": (village(children=[child(119)]), "G10:Ida", {29: 1, 30: None}),
    "the same age, asked": (village(*parents("Kim"), children=IDA), "G10:ask", {0: 1}),
    "the same age, never asked of strained ones": (
        village(*parents("Kim", strained=True), children=IDA), "G10:ask", {0: None}
    ),
    "a village of two": (village(*parents("A", "B")), "G01", {0: 2}),
    "a village of three": (village(*parents("A", "B", "C")), "G01", {0: 1}),
    "a village of four": (village(*parents("A", "B", "C", "D")), "G01", {0: 1}),
    "a village of five": (village(*parents("A", "B", "C", "D", "E")), "G01", {0: None}),
    "a village of three who give it all": (
        village(*(helper(n, "emotional", "practical", "advice", "company") for n in "ABC")), "G01",
        {0: None},
    ),
    "the partner is not counted": (village(*parents("A", "B"), JONAS), "G01", {0: 2}),
    "a grandmother in the house is": (
        village(*parents("A", "B"), person("Oma", "grandparent", where="household")), "G01", {0: 1}
    ),
    "encouragement, with two stated": (
        village(helper("A"), helper("B"), person("C")), "G02:appraisal", {0: None}
    ),
    "encouragement, with three stated": (
        village(helper("A"), helper("B"), helper("C")), "G02:appraisal", {0: 1}
    ),
    "childcare of a single parent": (
        village(JANA, children=IDA, single_parent=True), "G04:childcare", {0: 3}
    ),
    "childcare of a pair": (village(JANA, children=IDA), "G04:childcare", {0: 2}),
    "an emergency without a number": (village(JANA, children=IDA), "G26", {0: 1}),
    "an emergency with two numbers": (
        village(JANA, *(JANA | {"name": n, "phones": ["1"]} for n in "AB"), children=IDA), "G26",
        {0: None},
    ),
    "pick-up by a trusted one": (village(JANA | {"pickup": None}, children=IDA), "G07:ask", {0: 1}),
    "pick-up where something is noted": (
        village(JANA | {"pickup": None}, helper("B", pickup=False), children=IDA), "G07", {0: 2}
    ),
    "pick-up: trust comes first": (
        village(JANA | {"pickup": None, "trusted": None}, children=IDA), "G07:ask", {0: None}
    ),
    "pick-up from twelve months on": (
        village(JANA | {"pickup": None}, children=[child(11)]), "G07:ask", {29: None, 30: 1}
    ),
    "pick-up by somebody who may, and gives nothing for emergencies": (
        village(JANA | {"pickup": None}, helper("B", pickup=True, **NEAR), children=IDA), "G07",
        {0: None},
    ),
    "nobody near": (village(helper("A", "emergency", where="far"), children=IDA), "G05", {0: 3}),
    "nobody near, asked": (village(helper("A", "emergency"), children=IDA), "G05:ask", {0: 1}),
    "one near": (village(JANA, children=IDA), "G06", {0: 2}),
    "one in the house who may pick up": (
        village(helper("Oma", "emergency", where="household", pickup=True), children=IDA), "G06",
        {0: 2},
    ),
    "one in the house who may not": (
        village(helper("Oma", "emergency", where="household"), children=IDA), "G05", {0: 3}
    ),
    "a partner who may pick up is no reserve": (
        village(person("Jo", "partner", where="household", pickup=True), children=IDA), "G05",
        {0: 3},
    ),
    "a single parent's stand-in": (
        village(JANA | {"gives": ["emergency"]}, children=IDA, single_parent=True), "G20", {0: 3}
    ),
    "a single parent's stand-in, while a place is asked": (
        village(helper("A", "emergency"), children=IDA, single_parent=True), "G20", {0: None}
    ),
    "half online": (
        village(*parents("A", "B"), *parents("C", "D", online_only=True)), "G12", {0: 1}
    ),
    "half online of three": (
        village(*parents("A"), *parents("C", "D", online_only=True)), "G12", {0: None}
    ),
    "less than half online": (
        village(*parents("A", "B", "E"), *parents("C", "D", online_only=True)), "G12", {0: None}
    ),
    "half online beside mere names": (
        village(*parents("A", "B"), *parents("C", "D", online_only=True), {"name": "X"}), "G12",
        {0: 1},
    ),
    "all online but a mere name": (
        village(*parents("A", "B", "C", "D", online_only=True), {"name": "X"}), "G12", {0: 1}
    ),
    "all online": (village(*parents("A", online_only=True)), "G11", {0: 3}),
    "all online but the professionals": (
        village(*parents("A", online_only=True), person("Eva", "educator")), "G11", {0: 3}
    ),
    "half formal": (
        village(*parents("A", "B"), *(person(n, "educator") for n in "CD")), "G17", {0: 1}
    ),
    "less than half formal": (
        village(*parents("A", "B", "E"), *(person(n, "educator") for n in "CD")), "G17", {0: None}
    ),
    "one carries half": (
        village(helper("A", "emotional", "advice", "practical"), helper("B", "advice", "company"),
                helper("C", "company")), "G15:A", {0: 2}
    ),
    "one carries less than half": (
        village(helper("A", "emotional", "advice", "practical"), helper("B", "advice", "company"),
                helper("C", "company", "advice")), "G15:A", {0: None}
    ),
    "one of two carries most": (
        village(helper("A", "emotional", "advice", "practical", "company"),
                helper("B", "advice", "company")), "G15:A", {0: None}
    ),
    "a strained one carries half": (
        village(helper("A", "emotional", "advice", "practical", strained=True),
                helper("B", "advice", "company"), helper("C", "company")), "G15:A", {0: None}
    ),
    "only taken": (
        village(*parents("A", "B", "C", gives=["advice"]), children=[child(5)]), "G13:take",
        {29: None, 30: 1},
    ),
    "given to two of three": (
        village(*parents("A", "B", gets=["advice"]), *parents("C", gives=["advice"])), "G13:give",
        {0: 2},
    ),
    "given to one of two": (village(*parents("A", "B", gets=["advice"])), "G13:give", {0: None}),
    "given within 180 days": (
        village(*parents("A", "B", "C"), log=(helped("A", "out", 0), helped("B", "out", 0))),
        "G13:give", {179: 2, 180: None},
    ),
    "given four times as often": (
        village(*parents("A"), log=(*(helped("A", "out", 0),) * 4, helped("A", "in", 0))), "G14:A",
        {0: 1, 179: 1, 180: None},
    ),
    "given three times as often": (
        village(*parents("A"), log=(*(helped("A", "out", 0),) * 6, *(helped("A", "in", 0),) * 2)),
        "G14:A", {0: None},
    ),
    "given four times": (
        village(*parents("A"), log=(helped("A", "out", 0),) * 4), "G14:A", {0: None}
    ),
    "two kinds one way": (village(*parents("A", gives=["advice", "skill"])), "G14:A", {0: 1}),
    "one kind one way": (village(*parents("A", gives=["advice"])), "G14:A", {0: None}),
    "two kinds one way, very close": (
        village(*parents("A", gives=["advice", "skill"], circle=1)), "G14:A", {0: None}
    ),
    "trust in a neighbour": (village(person("A", "neighbour"), children=IDA), "G23:A", {0: 1}),
    "trust in a neighbour for parcels": (
        village(person("A", "neighbour", gives=["practical"]), children=IDA), "G23:A", {0: None}
    ),
    "trust in a sitter who lives near": (
        village(JANA, person("A", "babysitter", **NEAR), children=IDA), "G23:A", {0: None}
    ),
    "trust in a sitter who may live near": (
        village(JANA, person("A", "babysitter"), children=IDA), "G23:A", {0: 1}
    ),
    "trust in a neighbour, with two near": (
        village(JANA, JANA | {"name": "B"}, person("A", "neighbour"), children=IDA), "G23:A",
        {0: None},
    ),
    "one source": (village(*parents("A", "B", "C"), person("X")), "G16:parents", {0: 1}),
    "one source of two": (village(*parents("A", "B"), person("X")), "G16:parents", {0: None}),
    "a wish": (village(person("A", skills=["NÄHEN"]), wishes=["nähen"]), "G24:nähen", {0: None}),
    "a wish that nobody present has": (
        village(person("A", skills=["nähen"], until=after(3)), wishes=["nähen"]), "G24:nähen",
        {3: None, 4: 1},
    ),
    "a peer online is none": (
        village(person("A", "friend", single_parent=True, online_only=True), single_parent=True),
        "G19", {0: 2},
    ),
    "help for a baby with one near": (
        village(JANA, JONAS, *parents("A", "B"), children=[child(11)]), "G21", {29: 1, 30: None}
    ),
    "help for a baby with two near": (
        village(JANA, JANA | {"name": "B"}, *parents("A"), children=[child(11)]), "G21", {0: None}
    ),
    "names only: what is missing is unknown": (village(*BLANKS), "G02:emotional", {0: 1}),
    "names only, less than half": (
        village(*BLANKS, *parents("P", "Q", "R", "S")), "G02:emotional", {0: 3}
    ),
    "accepted until a day": (
        village(accepted=[{"key": "G02:emotional", "until": after(5)}]), "G02:emotional",
        {4: None, 5: 3},
    ),
    "a switched-off rule has its question off": (
        village(helper("A", "emergency"), children=IDA, rules_off=["G05"]), "G05:ask", {0: None}
    ),
    "an accepted rule has its question on": (
        village(helper("A", "emergency"), children=IDA, accepted=[{"key": "G05", "until": None}]),
        "G05:ask", {0: 1},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FINDINGS)
def test_a_finding_is_there_on_its_days(what: str) -> None:
    """DOMAIN.md §4."""
    document, key, days = FINDINGS[what]
    for day, expected in days.items():
        for status in both(document, after(day)):
            severities = {gap["key"]: gap["severity"] for gap in status["gaps"]}
            assert (day, severities.get(key)) == (day, expected)


# --- questions, mourning, what if ------------------------------------------------------------


def test_mere_names_are_a_question_from_half_on() -> None:
    """DOMAIN.md §3.4, Q1 and Q2."""
    for people, expected in (
        (parents("P", "Q", "R"), {"Q1": ["A", "B", "C"], "Q2": ["A", "B", "C"]}),
        (parents("P", "Q", "R", "S"), {"Q1": ["A", "B", "C"]}),
    ):
        for status in both(village(*BLANKS, *people), after(0)):
            assert {one["key"]: one["names"] for one in status["questions"]} == expected
    for status in both(village(BLANKS[0], BLANKS[1] | {"snoozed_until": after(1)}), after(0)):
        assert [one["names"] for one in status["questions"]] == [["A"]]


@pytest.mark.parametrize(("day", "mourning"), [(0, True), (59, True), (60, False)])
def test_for_sixty_days_only_what_has_nothing_to_do_with_it_is_told(
    day: int, *, mourning: bool
) -> None:
    """DOMAIN.md §4.6: her emergency help is not missed aloud, the empty advice is."""
    oma = helper("Oma", "emergency", "emotional", "company", died_on=after(0), status="ended")
    document = village(oma | NEAR, FORUM | {"gives": []}, children=[child(60)])
    for status in both(document, after(day)):
        shown = {gap["key"] for gap in status["gaps"]}
        hidden = {one["key"] for one in status["hidden"] if one["reason"] == "mourning"}
        assert status["measures"]["mourning"] == (["Oma"] if mourning else [])
        away = {"G01", "G05", "G02:emotional", "G02:company"}
        assert (away <= hidden, away & shown) == ((True, set()) if mourning else (False, away))
        assert {"G02:advice", "G02:practical", "G02:childcare"} <= shown


def test_a_plan_that_is_over_is_asked_about() -> None:
    """DOMAIN.md §3.4, W1 and W2: from the day after the plan, unless they met on it."""
    lena = person("Lena", "friend", planned_on=after(5))
    for contact, day, expected in (
        (lena, 5, []),
        (lena, 6, ["W2"]),
        (lena | {"last_contact": after(5)}, 6, []),
        (lena | {"strained": True}, 6, []),
        (lena | {"until": after(5)}, 6, []),
        (lena | {"last_contact": after(7)}, 6, ["W1"]),
        (lena | {"last_contact": after(7), "status": "paused"}, 6, []),
    ):
        for status in both(village(contact), after(day)):
            assert [one["key"] for one in status["warnings"]] == expected


def test_without_a_contact_what_is_new_is_told() -> None:
    """DOMAIN.md §4.7."""
    document = village(JANA, helper("Tom", "childcare", **NEAR), JONAS, children=IDA)
    assert without(document, after(0), "Jana") == {
        "findings": [{"key": "G05", "severity": 3}],
        "leaves": {"emergency": []},
    }
    assert without(document, after(0), "Tom") == {"findings": [], "leaves": {}}
