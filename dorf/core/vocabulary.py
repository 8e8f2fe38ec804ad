"""The closed vocabularies of dorf: roles, kinds of support, circles, and their defaults.

Everything here is data from DOMAIN.md §1–§3, with what people may *type* for a slug in both
languages. Labels live in ``report``; those of roles stand here, since tables carry them, too.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from dorf.core.names import nearest
from dorf.core.spelling import fold
from dorf.errors import N_, DorfError, UsageFailure
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Kind(StrEnum):
    """The kinds of support, in the order of DOMAIN.md §2."""

    EMOTIONAL = "emotional"
    CHILDCARE = "childcare"
    EMERGENCY = "emergency"
    PRACTICAL = "practical"
    ADVICE = "advice"
    COMPANY = "company"
    APPRAISAL = "appraisal"
    MATERIAL = "material"
    SKILL = "skill"


KINDS = tuple(Kind)
CORE5 = (Kind.EMOTIONAL, Kind.CHILDCARE, Kind.PRACTICAL, Kind.ADVICE, Kind.COMPANY)
CORE6 = (*CORE5[:2], Kind.EMERGENCY, *CORE5[2:])
NOT_ONLINE = frozenset(
    {Kind.CHILDCARE, Kind.EMERGENCY, Kind.PRACTICAL, Kind.COMPANY, Kind.MATERIAL}
)
"""What nobody can give by screen (DOMAIN.md §2)."""
NEEDS_TRUST = frozenset({Kind.CHILDCARE, Kind.EMERGENCY})
"""What needs somebody to whom one would leave the child (DOMAIN.md §2)."""
NEEDS_NEARNESS = frozenset({Kind.EMERGENCY, Kind.PRACTICAL})
"""What nobody can give from far away (DOMAIN.md §2)."""

KIND_WORDS: dict[Kind, str] = {
    Kind.EMOTIONAL: "emotional, emotional support, Rückhalt, zuhören, listening",
    Kind.CHILDCARE: "childcare, Kinderbetreuung, Betreuung, babysitten, babysitting",
    Kind.EMERGENCY: (
        "emergency, Notfall, im Notfall, im Notfall da, Hilfe im Notfall, help at short notice, "
        "short notice"
    ),
    Kind.PRACTICAL: (
        "practical, Alltagshilfe, Alltag, praktisch, praktische Hilfe, everyday help, everyday"
    ),
    Kind.ADVICE: "advice, Rat, Rat & Erfahrung, Erfahrung, advice and experience",
    Kind.COMPANY: "company, gemeinsame Zeit, Gesellschaft",
    Kind.APPRAISAL: "appraisal, Zuspruch, encouragement",
    Kind.MATERIAL: "material, Sachen & Geld, Sachen, Geld, things and money, things, money",
    Kind.SKILL: "skill, besonderes Können, Können, special skill",
}
"""What people may type for a kind, besides its slug."""


class Source(StrEnum):
    """The eight groups that a village draws from (DOMAIN.md §1)."""

    PARTNER = "partner"
    SELFHELP = "selfhelp"
    FAMILY = "family"
    PARENTS = "parents"
    NEIGHBOURS = "neighbours"
    FRIENDS = "friends"
    PROFESSIONALS = "professionals"
    ONLINE = "online"


SOURCE_WORDS: dict[Source, str] = {
    Source.PARTNER: "partner, Partnerschaft, Partner, Partnerin",
    Source.SELFHELP: "selfhelp, Selbsthilfe, self-help, Alleinerziehende",
    Source.FAMILY: "family, Familie, Verwandte",
    Source.PARENTS: "parents, Eltern, Elternnetz, Elternnetzwerk, parents’ network",
    Source.NEIGHBOURS: "neighbours, Nachbarschaft, Nachbarn, neighbourhood, neighbors",
    Source.FRIENDS: "friends, Freundeskreis, Freunde, Freundinnen",
    Source.PROFESSIONALS: "professionals, Fachleute, Profis",
    Source.ONLINE: "online, Internet",
}
"""What people may type for a group, besides its slug."""


class Place(StrEnum):
    """How far away somebody lives; near is about 30 minutes or 8 km (convention)."""

    HOUSEHOLD = "household"
    NEAR = "near"
    FAR = "far"


class Status(StrEnum):
    """What the user said about a contact; the state of §3.4 is derived."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class How(StrEnum):
    """The ways of an encounter. Any real exchange counts (DOMAIN.md §3.4)."""

    VISIT = "visit"
    CALL = "call"
    MESSAGE = "message"
    LETTER = "letter"
    ONLINE = "online"
    OTHER = "other"


HOW_WORDS: dict[How, str] = {
    How.VISIT: "visit, Besuch, Treffen, getroffen, gesehen, Spielplatz, met, in person, playground",
    How.CALL: "call, Anruf, Telefon, telefoniert, phone",
    How.MESSAGE: "message, Nachricht, SMS, Chat, WhatsApp, Signal, text",
    How.LETTER: "letter, Brief, Karte, Post, card",
    How.ONLINE: "online, Video, Videoanruf, video call",
    How.OTHER: "other, anders, Sonstiges",
}


class Direction(StrEnum):
    """Which way help went: in is what I received, out is what I gave."""

    IN = "in"
    OUT = "out"


class Bond(StrEnum):
    """What a contact is to a child (Bindungsperson, DOMAIN.md §0.2)."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


BOND_WORDS = {Bond.PRIMARY: "primary, primär", Bond.SECONDARY: "secondary, sekundär"}
CIRCLE_DAYS = {1: 7, 2: 30, 3: 180, 4: 365}
"""Base cadence in days per circle (DOMAIN.md §3.1)."""

CIRCLE_WORDS = {
    1: "1, ganz nah, closest",
    2: "2, nah, close",
    3: "3, vertraut, familiar",
    4: "4, locker, loose",
}
PLACE_WORDS = {
    Place.HOUSEHOLD: "household, Haushalt, zu Hause, at home",
    Place.NEAR: "near, nah, nearby, in der Nähe",
    Place.FAR: "far, fern, weit, far away, weit weg",
}


class Role(NamedTuple):
    """A role of DOMAIN.md §1 with its defaults: cadence in days, circle, assumed kinds."""

    slug: str
    source: Source
    cadence: int
    circle: int
    assumed: frozenset[Kind]
    words: str
    formal: bool = False
    group: bool = False
    kin: bool = False


def _role(  # noqa: PLR0913, PLR0917  (one row of a table)
    slug: str, source: Source, cadence: int, circle: int, assumed: str, words: str, flag: str = ""
) -> Role:
    return Role(
        slug,
        source,
        cadence,
        circle,
        frozenset(Kind(kind) for kind in assumed.split()),
        words,
        formal=flag == "formal",
        group=flag == "group",
        kin=flag == "kin",
    )


_S = Source
ROLES: dict[str, Role] = {
    role.slug: role
    for role in (
        _role("partner", _S.PARTNER, 0, 1, "emotional childcare practical company appraisal",
              "Partnerin, Mann, Frau, husband, wife, spouse"),
        _role("coparent", _S.PARTNER, 0, 2, "childcare",
              "Co-Elternteil, Co-Mama, Co-Papa, co-parent, Ex, Ex-Mann, Ex-Frau, Ex-Partner, "
              "Ex-Partnerin, ex-husband, ex-wife, ex-partner"),
        _role("grandparent", _S.FAMILY, 14, 1, "emotional childcare emergency advice",
              "Oma, Opa, Großeltern, Großmutter, Großvater, Schwiegermutter, Schwiegervater, "
              "Schwiegereltern, grandma, grandpa, granny, nan, grandmother, grandfather", "kin"),
        _role("relative", _S.FAMILY, 30, 2, "emotional practical material",
              "Verwandte, Verwandter, Schwester, Bruder, Schwägerin, Schwager, Tante, "
              "Onkel, Cousin, Cousine, Familie, sister, brother, aunt, uncle, cousin, family",
              "kin"),
        _role("godparent", _S.FRIENDS, 30, 2, "emotional company material",
              "Patin, Pate, Patentante, Patenonkel, godmother, godfather"),
        _role("friend", _S.FRIENDS, 30, 2, "emotional childcare advice company appraisal",
              "Freund, Freundin, beste Freundin, bester Freund, best friend"),
        _role("colleague", _S.FRIENDS, 90, 3, "advice company", "Kollege, Kollegin"),
        _role("parent_friend", _S.PARENTS, 14, 2,
              "emotional childcare emergency advice company appraisal",
              "Mama-Freundin, Papa-Freund, Elternfreund, Elternfreundin, Kita-Mama, Kita-Papa, "
              "parent friend, mum friend, dad friend, mom friend"),
        _role("acquaintance", _S.PARENTS, 14, 4, "",
              "Bekannte, Bekannter, Bekanntschaft, neue Bekanntschaft"),
        _role("course_group", _S.PARENTS, 0, 3, "advice company",
              "Kurs, Kursgruppe, Eltern-Kind-Gruppe, Krabbelgruppe, PEKiP, Babyschwimmen, course, "
              "playgroup", "group"),
        _role("neighbour", _S.NEIGHBOURS, 30, 3, "practical",
              "Nachbar, Nachbarin, Nachbarn, neighbor"),
        _role("educator", _S.PROFESSIONALS, 0, 3, "advice",
              "Erzieher, Erzieherin, Lehrer, Lehrerin, Tagesmutter, Tagesvater, Kita, teacher, "
              "childminder", "formal"),
        _role("babysitter", _S.PROFESSIONALS, 60, 3, "childcare emergency",
              "Babysitterin, sitter", "formal"),
        _role("rental_grandparent", _S.PROFESSIONALS, 0, 2, "childcare company",
              "Leih-Oma, Leih-Opa, Leihoma, Leihopa, rental grandparent", "formal"),
        _role("household_help", _S.PROFESSIONALS, 0, 4, "practical",
              "Haushaltshilfe, Reinigungskraft, Putzhilfe, household help, cleaner", "formal"),
        _role("volunteer", _S.PROFESSIONALS, 0, 3, "emotional childcare practical",
              "Ehrenamtliche, Ehrenamtlicher, Ehrenamt, wellcome", "formal"),
        _role("professional", _S.PROFESSIONALS, 0, 4, "advice appraisal",
              "Fachkraft, Beratung, Beratungsstelle, Hebamme, Mütterpflegerin, Kinderarzt, "
              "Kinderärztin, Arzt, Ärztin, Therapeutin, Therapeut, midwife, doctor, therapist, "
              "counselling", "formal"),
        _role("self_help_group", _S.SELFHELP, 0, 3, "emotional advice company appraisal",
              "Selbsthilfegruppe, Selbsthilfe, VAMV, self-help group, self-help", "group"),
        _role("online_community", _S.ONLINE, 0, 4, "advice appraisal",
              "Online-Community, Online-Gruppe, Online, Forum, Chat, Chatgruppe", "group"),
        _role("other", _S.FRIENDS, 30, 3, "", "Sonstige, Sonstiger, Andere"),
    )
}  # fmt: skip
ROLE_LABELS = {
    "partner": N_("partner"),
    "coparent": N_("co-parent"),
    "grandparent": N_("grandparent"),
    "relative": N_("relative"),
    "godparent": N_("godparent"),
    "friend": N_("friend"),
    "colleague": N_("colleague"),
    "parent_friend": N_("parent friend"),
    "acquaintance": N_("new acquaintance"),
    "course_group": N_("course or group"),
    "neighbour": N_("neighbour"),
    "educator": N_("educator"),
    "babysitter": N_("babysitter"),
    "rental_grandparent": N_("rental grandparent"),
    "household_help": N_("household help"),
    "volunteer": N_("volunteer"),
    "professional": N_("professional"),
    "self_help_group": N_("self-help group"),
    "online_community": N_("online community"),
    "other": N_("other"),
}
"""What each role is called where people read it."""


class Standing:
    """What follows from the roles and the status of a contact, however much of it was read."""

    __slots__ = ()

    if TYPE_CHECKING:
        roles: tuple[Role, ...]
        status: Status
        paused_until: date | None
        planned_on: date | None
        plan_every: int | None

    @property
    def kin(self) -> bool:
        """Whether any role is kin."""
        return any(role.kin for role in self.roles)

    def status_on(self, today: date) -> Status:
        """Return the effective status: a pause ends by itself on its last day."""
        if self.status is Status.PAUSED and self.paused_until and self.paused_until <= today:
            return Status.ACTIVE
        return self.status

    def next_plan(self, today: date) -> date | None:
        """Return the day of the plan: of a standing date the next one, *today* included."""
        day, every = self.planned_on, self.plan_every
        if day is None or not every or day >= today:
            return day
        return today + timedelta(days=-(today - day).days % every)


T = TypeVar("T")


class UnknownWord(UsageFailure):
    """A word that is in none of the closed vocabularies."""


DID_YOU_MEAN = N_("“{text}” is unknown here. Did you mean {close}?")

_UNKNOWN_WORD = {
    "role": N_("“{text}” is not a role that dorf knows. Roles: {choices}."),
    "kind": N_("“{text}” is not a kind of support that dorf knows. Kinds: {choices}."),
    "circle": N_("“{text}” is not a circle. Circles: {choices}."),
    "bond": N_("“{text}” is not a bond that dorf knows. Bonds: {choices}."),
    "place": N_("“{text}” is not a place that dorf knows. Places: {choices}."),
    "source": N_("“{text}” is not a group that dorf knows. Groups: {choices}."),
    "how": N_("“{text}” is not a way to be in touch that dorf knows. Ways: {choices}."),
    "state": N_("“{text}” is not a state that dorf knows. States: {choices}."),
}


SHOWN = {
    "role": N_(
        "partner, coparent, grandparent, relative, godparent, friend, colleague, parent_friend, "
        "acquaintance, course_group, neighbour, educator, babysitter, rental_grandparent, "
        "household_help, volunteer, professional, self_help_group, online_community, other"
    ),
    "kind": N_(
        "emotional, childcare, emergency, practical, advice, company, appraisal, material, skill"
    ),
}
"""All words of a vocabulary, one each, where people are shown them in their own language."""


def parse_kind(text: str) -> Kind:
    """Return the kind of support that *text* names."""
    return _choose(text, KIND_WORDS, "kind")


def parse_circle(text: str) -> int:
    """Return the circle, 1 (closest) to 4, that *text* names."""
    return _choose(text, CIRCLE_WORDS, "circle")


def parse_bond(text: str) -> Bond:
    """Return what somebody is to a child, as *text* names it."""
    return _choose(text, BOND_WORDS, "bond")


def parse_place(text: str) -> Place:
    """Return the place that *text* names."""
    return _choose(text, PLACE_WORDS, "place")


def parse_source(text: str) -> Source:
    """Return the one of the eight groups that *text* names."""
    return _choose(text, SOURCE_WORDS, "source")


def parse_how(text: str) -> How:
    """Return the way of an encounter that *text* names."""
    return _choose(text, HOW_WORDS, "how")


def unknown_word(vocabulary: str, text: str, choices: str | DorfError) -> UnknownWord:
    """Return the error for *text*, which is none of the *choices* of a *vocabulary*."""
    return UnknownWord(_UNKNOWN_WORD[vocabulary], text=text, choices=choices)


def _choose(text: str, words: dict[T, str], vocabulary: str) -> T:
    """Return the key one of whose comma-separated words is *text*, in any spelling."""
    asked = _squeeze(text)
    for value, spellings in words.items():
        if asked and asked in {_squeeze(word) for word in spellings.split(",")}:
            return value
    known = [word.strip() for spellings in words.values() for word in spellings.split(",")]
    if close := nearest(text, known):
        raise UnknownWord(DID_YOU_MEAN, text=text, close=" / ".join(close))
    if vocabulary in SHOWN:
        raise unknown_word(vocabulary, text, DorfError(SHOWN[vocabulary]))
    choices = ", ".join(spellings.split(",", 1)[0] for spellings in words.values())
    raise unknown_word(vocabulary, text, choices)


def _squeeze(text: str) -> str:
    return fold(text.replace(":in", "in").replace("_", " ")).replace(" ", "")
