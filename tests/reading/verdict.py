"""Which findings are shown, in which order, with which tips (the domain page, §4.4 to §4.6)."""

from __future__ import annotations

from typing import Any

from tests.reading.people import KINDS, by_name, copied, main_role
from tests.reading.rules import RULES, UNSORTED_RULES, Found, is_newborn
from tests.reading.village import Village, village_of


def found(v: Village) -> list[Found]:
    """Return all findings in the order of §4.5, before mourning, switches and acceptances."""
    findings = [one for rule in RULES for one in rule(v)]
    for one in findings:
        if v.unsorted and one.rule in UNSORTED_RULES:
            one.severity = 1
    return sorted(findings, key=lambda one: _place(v, one))


def _place(v: Village, one: Found) -> tuple[Any, ...]:
    first = 0 if (one.key, one.severity) == ("G01", 2) else 1
    weeks = one.rule != "G21" or not is_newborn(v)
    kind = KINDS.index(one.scope) if one.rule in {"G02", "G03", "G04", "G18"} else 0
    return first, first and weeks, -one.severity, one.rule, kind, by_name(one.scope)


def _still_there(v: Village) -> Village:
    """Return the village of §4.6, in which those who are mourned are still there."""
    alive = {"died_on": None, "status": "active", "until": None, "still_there": True}
    people = [copied(c, alive) if c in v.mourned else c for c in v.people]
    single = v.single_parent and not any(main_role(c) == "partner" for c in v.mourned)
    return v.of(people, single_parent=single)


def _held_back(v: Village, findings: list[Found]) -> set[str]:
    """Return the keys that mourning holds back."""
    if not v.mourned:
        return set()
    then = {one.key: one.severity for one in found(_still_there(v))}
    quiet = [f for f in findings if f.rule == "G01" or f.severity == 1]
    lost = [f for f in findings if then.get(f.key, 0) < f.severity]
    return {f.key for f in quiet + lost if (f.key, f.severity) != ("G25", 3)}


def _reason(v: Village, held: set[str], one: Found) -> str | None:
    """Return why a finding is not shown, if it is not (§4.5, §4.6)."""
    now, accepted = v.today.isoformat(), v.household.get("accepted") or []
    fine = {a["key"] for a in accepted if not a.get("until") or now < a["until"]}
    if one.key in held:
        return "mourning"
    if {one.key, one.rule} & set(v.household.get("rules_off") or []):
        return "off"
    return "accepted" if one.key in fine else None


def sifted(v: Village) -> tuple[list[Found], list[tuple[Found, str]]]:
    """Return the findings that are shown, and those that are not with the reason."""
    findings = found(v)
    held = _held_back(v, findings)
    reasons = [(one, _reason(v, held, one)) for one in findings]
    return [one for one, why in reasons if not why], [(one, why) for one, why in reasons if why]


def judged(v: Village) -> dict[str, Any]:
    """Return what the status report says about findings."""
    shown, hidden = sifted(v)
    return {
        "gaps": [
            {"key": one.key, "severity": one.severity, "names": one.names, "ask": one.ask}
            | ({} if one.leaves is None else {"leaves": one.leaves})
            for one in shown
        ],
        "hidden": [
            {"key": one.key, "severity": one.severity, "reason": why} for one, why in hidden
        ],
    }


# --- tips (§4.4) -----------------------------------------------------------------------------

ROWS: dict[str, str] = {
    "G01": "T1 T2 T8", "G02:emotional": "T6 T9 T10", "G02:childcare": "T6 A-care",
    "G02:practical": "T6 S-neighbours", "G02:advice": "T2 T7", "G02:company": "T1 T4 T8",
    "G02:appraisal": "T5", "G03": "T6 T1 A-care", "G04": "T10 T6", "G05": "T6 T4 T1 A-emergency",
    "G06": "T6 T7", "G07": "S-pickup", "G08": "S-afternoon S-godparent T4 A-granny",
    "G09": "S-afternoon S-video T10", "G10": "T1 T2 T4 T7 T3", "G11": "T1 T2 T4",
    "G12": "T4 T3", "G13": "T6", "G14": "T6", "G15": "T6 T4", "G16": "T1 T7 T8", "G17": "T1 T4",
    "G18": "A-pro T6", "G19": "A-single", "G20": "T6 A-single A-emergency",
    "G21": "A-baby A-care A-cure", "G22": "S-role T9", "G23": "", "G24": "S-ask-around T8 T7",
    "G25": "T6 A-emergency", "G25:early": "A-baby", "G27": "S-role T9",
}  # fmt: skip
FIRST = {"G04": "T10", "G05": "T6", "G06": "T6", "G20": "T6", "G25": "T6", "G21": "A-baby"}


def _fits(v: Village, one: Found, tip: str) -> bool:
    """Tell whether a tip fits (§4.4)."""
    ages = [months for _, months, _ in v.children]
    is_baby = (v.youngest is not None and v.youngest < 12) or v.is_due
    fits: dict[str, bool] = {
        "T1": any(6 <= months < 120 for months in ages),
        "T2": any(months < 36 for months in ages),
        "T4": any(c["where"] in {"near", None} for c in v.outside),
        "T7": any(months >= 12 for months in ages),
        "T10": bool(one.cold),
        "A-single": v.single_parent,
        "A-baby": is_baby,
        "A-care": one.rule != "G03" or one.scope == "childcare",
    }
    return fits.get(tip, True)


def _row(v: Village, one: Found) -> list[str]:
    """Return the tips that fit, turned by the week."""
    row = "" if one.is_question else ROWS.get(one.key, ROWS.get(one.rule, ""))
    fitting = [tip for tip in row.split() if _fits(v, one, tip)]
    front = [tip for tip in fitting if tip == FIRST.get(one.rule)]
    rest = [tip for tip in fitting if tip not in front]
    turn = v.today.toordinal() // 7 % len(rest) if rest else 0
    return [*front, *rest[turn:], *rest[:turn]]


def suggestions(document: dict[str, Any], today: str) -> list[dict[str, Any]]:
    """Return the tips of each finding that is shown; none is given twice (§4.4).

    What only asks is answered, not acted upon: it has no tips, nor has a number that is missing.
    """
    v = village_of(document, today)
    given: set[str] = set()
    chosen = []
    for one in sifted(v)[0]:
        tips = [tip for tip in _row(v, one) if tip not in given][:2]
        given |= set(tips)
        chosen.append({"key": one.key, "tips": tips})
    return chosen
