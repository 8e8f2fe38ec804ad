"""The options that describe a contact, as a table that ``add`` and ``edit`` share.

`with_fields` gives a command one option per row and hands over what was typed as one mapping of
contact fields, so that no command needs two dozen parameters.
"""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Annotated, Any

import typer

from dorf.cli.choices import CHILD, KINDS, ROLE
from dorf.core.anniversaries import parse_ahead, parse_yearly_day
from dorf.core.dates import PartialDate
from dorf.core.fields import ValueKind
from dorf.core.names import checked_name, checked_text
from dorf.core.village import FIELDS, Contact, Kid, YearlyDay
from dorf.core.vocabulary import (
    Bond,
    Kind,
    Place,
    Role,
    parse_bond,
    parse_circle,
    parse_kind,
)
from dorf.errors import N_, UsageFailure
from dorf.values import NamedTuple, replace

NOTHING = frozenset({"none", "nothing", "nichts", "keine", "nix"})


class Reading(NamedTuple):
    """What parsing a field needs to know."""

    today: date
    contact: Contact | None
    assumed: frozenset[Kind] = frozenset()
    """What the roles of a new contact usually give."""
    field: str = ""
    children: tuple[str, ...] = ()
    """The names of the household's children: whose parent somebody is decides the role."""


class Option(NamedTuple):
    """One option: the contact's field, its spellings, its help, and what differs from its kind."""

    field: str
    flags: str
    help: str
    metavar: str | None = None
    read: Callable[[Any, Reading], Any] | None = None
    """How its text is read, where not as usual for the kind of value."""
    states: Place | None = None
    """What the option states by itself, without a text."""

    @property
    def name(self) -> str:
        """What the value goes by in a command: several options may state one field."""
        return self.field if self.states is None else self.states.value


class Style(NamedTuple):
    """How options of one kind of value look and are read."""

    read: Callable[[Any, Reading], Any]
    type: Any = str
    metavar: str | None = None
    click_type: Any = None


def _roles(texts: Sequence[str], reading: Reading) -> tuple[Role, ...]:
    if not texts:
        return ()
    from dorf.core.sayings.roles import parse_role  # each option loads what reads it, no more

    words = [word for text in texts for word in text.split(",")]
    return tuple(dict.fromkeys(parse_role(word, reading.children) for word in words))


def _kinds(text: str, reading: Reading) -> frozenset[Kind] | None:
    """Read "childcare,advice", "+childcare,-advice" (relative to now) or "none"."""
    parts = [part.strip() for part in text.split(",") if part.strip()] or [text]
    if len(parts) == 1 and parts[0].casefold() in NOTHING:
        return frozenset()
    plain = frozenset(parse_kind(part) for part in parts if part[:1] not in {"+", "-"})
    plus = frozenset(parse_kind(part[1:]) for part in parts if part[:1] == "+")
    minus = frozenset(parse_kind(part[1:]) for part in parts if part[:1] == "-")
    if not (plus or minus):
        return plain
    return (_existing_kinds(reading) | plain | plus) - minus


def _existing_kinds(reading: Reading) -> frozenset[Kind]:
    if reading.field == "gets":
        return (reading.contact and reading.contact.gets) or frozenset()
    return reading.contact.stated_or_assumed() if reading.contact else reading.assumed


def _texts(texts: Sequence[str], reading: Reading) -> tuple[str, ...]:
    existing = getattr(reading.contact, reading.field) if reading.contact else ()
    new = [checked_name(text, reading.field) for text in texts]
    return tuple(dict.fromkeys((*existing, *new)))


def _kids(texts: Sequence[str], reading: Reading) -> tuple[Kid, ...]:
    existing = (
        {kid.name or str(kid.born): kid for kid in reading.contact.kids} if reading.contact else {}
    )
    for text in texts:
        kid = read_kid(text, reading.today)
        key = kid.name or str(kid.born)
        known = existing.get(key)
        existing[key] = replace(kid, born=known.born) if known and kid.born is None else kid
    return tuple(existing.values())


def read_kid(text: str, today: date) -> Kid:
    """Read "Mats:2021-12", "Mats" or "2021-12"."""
    from dorf.core.sayings.births import read_birth

    name, colon, born = text.rpartition(":")
    if not colon and text.strip().casefold() in set(Kind):
        raise UsageFailure(
            N_("“{text}” is a kind of support, not a child. Did you mean --gives {text}?"),
            text=text.strip().casefold(),
        )
    if colon:
        return Kid(checked_name(name), read_birth(born, today, child=True))
    if text.strip()[:1].isdigit():
        return Kid(born=read_birth(text, today, child=True))
    return Kid(checked_name(text))


def _birthday(text: str, reading: Reading) -> PartialDate:
    from dorf.core.sayings.births import read_birth

    when = read_birth(text, reading.today, child=False)
    if when.day and when.year and date(when.year, when.month, when.day) > reading.today:
        raise UsageFailure(
            N_("The birthday {text} is still to come. Is the year right?"), text=text
        )
    return when


def _yearly_days(texts: Sequence[str], reading: Reading) -> tuple[YearlyDay, ...]:
    """Add days to the existing ones; an existing name gets the new day."""
    days = list(reading.contact.yearly_days) if reading.contact else []
    for text in texts:
        new = parse_yearly_day(text)
        days = [day for day in days if day.name.casefold() != new.name.casefold()] + [new]
    return tuple(days)


def _bonds(texts: Sequence[str], reading: Reading) -> tuple[tuple[str, Bond], ...]:
    bonds = dict(reading.contact.attachment) if reading.contact else {}
    for text in texts:
        child, colon, bond = text.partition(":")
        bonds[checked_name(child)] = parse_bond(bond) if colon else Bond.SECONDARY
    return tuple(sorted(bonds.items()))


def _notes(text: str, reading: Reading) -> str | None:
    """Add a line to what is noted already; nothing is overwritten."""
    new = checked_text(text, "notes")
    existing = reading.contact.notes if reading.contact else None
    return "\n".join(part for part in (existing, new) if part) or None


def _future(text: str, reading: Reading) -> date:
    from dorf.core.sayings.days import Towards, parse_day

    return parse_day(text, reading.today, Towards.FUTURE)


def _span(text: str, _reading: Reading) -> int:
    from dorf.core.sayings.spans import parse_span

    return parse_span(text)


def _text(text: str, reading: Reading) -> str | None:
    return checked_text(text, reading.field) or None


def _by(read: Callable[[str], Any]) -> Callable[[str, Reading], Any]:
    return lambda text, _reading: read(text)


STYLES: dict[ValueKind, Style] = {
    "text": Style(_text, metavar="TEXT"),
    "texts": Style(_texts, list[str], "TEXT"),
    "names": Style(_texts, list[str], "NAME"),
    "day": Style(_future, metavar="DAY"),
    "partial": Style(_birthday, metavar="DAY"),
    "flag": Style(_by(bool), bool),
    "whole": Style(_span, metavar="SPAN"),
    "choice": Style(_by(bool), bool),
    "roles": Style(_roles, list[str], click_type=ROLE),
    "kinds": Style(_kinds, click_type=KINDS),
    "kids": Style(_kids, list[str], "NAME:MONTH"),
    "yearly_days": Style(_yearly_days, list[str], "NAME:DAY"),
    "bonds": Style(_bonds, list[str], click_type=CHILD),
}
OPTIONS = (
    Option("roles", "--role --rolle -r", N_("What they are to you: grandma, neighbour, friend …")),
    Option("cadence_days", "--every --alle", N_("How often to be in touch: 2w, 10d, never.")),
    Option("circle", "--circle --kreis", N_("How close it feels: 1 closest, 2, 3, 4 loose."),
           "1-4", _by(parse_circle)),
    Option("where", "--near --nah", N_("Lives within about 30 minutes."), states=Place.NEAR),
    Option("where", "--far --fern", N_("Lives further away."), states=Place.FAR),
    Option("where", "--home --zuhause", N_("Lives in your household."), states=Place.HOUSEHOLD),
    Option("gives", "--gives --gibt", N_("What they can give: childcare,advice … or none.")),
    Option("gets", "--gets --bekommt", N_("What you give them: company,practical … or none.")),
    Option("skills", "--skill --kann", N_("A special skill: sewing, piano, first aid.")),
    Option("kids", "--kid --kind", N_("A child of theirs: Mats:2021-12, Mats or 2021-12.")),
    Option("birthday", "--birthday --geburtstag", N_("Their birthday: 28.2. or 1985-02-28.")),
    Option("yearly_days", "--yearly --jahrestag",
           N_("Another day that comes back every year: “name day:4.12.”.")),
    Option("lead_days", "--lead --vorlauf",
           N_("How long ahead birthdays and yearly days are told: 2w, 10d, 0; usually a week."),
           read=_by(parse_ahead)),
    Option("phones", "--phone --telefon", N_("A phone number."), "NUMBER"),
    Option("emails", "--email --mail", N_("An e-mail address."), "ADDRESS"),
    Option("addresses", "--address --adresse", N_("A postal address.")),
    Option("nicknames", "--nickname --spitzname", N_("Another name for them.")),
    Option("met_at", "--met --kennengelernt", N_("Where you met: PEKiP, playground, work.")),
    Option("notes", "--note --notiz -n", N_("Something worth remembering."), read=_notes),
    Option("trusted", "--trusted/--not-trusted --vertraut/--nicht-vertraut",
           N_("Whether you would leave your child with them.")),
    Option("pickup", "--pickup/--no-pickup --abholen/--nicht-abholen",
           N_("Whether they may pick up your child at daycare or school.")),
    Option("online_only", "--online/--in-person --nur-online/--persönlich",
           N_("Whether you only know each other online.")),
    Option("single_parent", "--single-parent/--not-single-parent --alleinerziehend/--zu-zweit",
           N_("Whether they are a single parent, too.")),
    Option("strained", "--strained/--not-strained --belastet/--unbelastet",
           N_("Whether the tie costs you strength, too.")),
    Option("attachment", "--bond --bindung",
           N_("A child of yours who trusts them (Ida or Ida:primary).")),
    Option("until", "--until --bis", N_("When this role is expected to end.")),
)  # fmt: skip
_FIELD_OF = {
    "cadence": "cadence_days", "online": "online_only", "bonds": "attachment",
    "plan": "planned_on", "snooze": "snoozed_until", "yearly": "yearly_days", "lead": "lead_days",
    "died": "died_on", "met": "met_at",
}  # fmt: skip
CLEARABLE = {name: _FIELD_OF.get(name, name) for name in (
    "circle", "cadence", "where", "gives", "gets", "skills", "kids", "birthday", "phones", "emails",
    "addresses", "nicknames", "notes", "trusted", "pickup", "online", "bonds", "until", "plan",
    "snooze", "yearly", "lead", "died", "met",
)}  # fmt: skip
"""What `--clear` names, and the field that it empties."""


def with_fields(*without: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the `OPTIONS`; it receives what was typed as ``typed``."""
    chosen = [option for option in OPTIONS if option.field not in without]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command)
        own = [p for name, p in signature.parameters.items() if name != "typed"]
        parameters = [*own, *map(_parameter, chosen)]

        @wraps(command)
        def run(**values: Any) -> None:  # noqa: ANN401  (Typer's values)
            typed = {option.name: values.pop(option.name) for option in chosen}
            command(**values, typed={k: v for k, v in typed.items() if v not in (None, [])})

        run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        return run

    return decorate


def _parameter(option: Option) -> inspect.Parameter:
    style = STYLES[FIELDS[option.field].kind]
    extra: dict[str, Any] = {"click_type": style.click_type} if style.click_type else {}
    metavar = option.metavar or style.metavar
    flags = typer.Option(*option.flags.split(), help=option.help, metavar=metavar, **extra)
    annotation: Any = Annotated[style.type | None, flags]
    return inspect.Parameter(
        option.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation
    )


def read_fields(
    typed: Mapping[str, Any],
    today: date,
    contact: Contact | None = None,
    children: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return the contact fields that *typed* states, read and checked.

    Lists and notes grow: what *contact* has already stays (`cleared` empties a field first).
    """
    reading = Reading(today, contact, children=children)
    roles = _roles(typed.get("roles", ()), reading)
    assumed = frozenset[Kind]().union(*(role.assumed for role in roles))
    reading = reading._replace(assumed=assumed)
    fields = {
        option.field: _reader(option)(typed[option.name], reading._replace(field=option.field))
        for option in OPTIONS
        if option.name in typed and not option.states
    }
    places = [option.states for option in OPTIONS if option.states and option.name in typed]
    if len(places) > 1:
        raise UsageFailure(N_("Near, far and at home exclude each other. Please choose one."))
    return fields | ({"where": places[0]} if places else {})


def _reader(option: Option) -> Callable[[Any, Reading], Any]:
    return option.read or STYLES[FIELDS[option.field].kind].read


def field_called(name: str) -> str:
    """Return the contact's field that *name* means, "" if none.

    A field goes by its own name in `CLEARABLE` or by any spelling of its option.
    """
    spellings = {
        flag.lstrip("-"): option.field
        for option in OPTIONS
        for flag in re.split("[ /]", option.flags)
    }
    return (spellings | CLEARABLE).get(name.strip().lstrip("-").casefold(), "")


def cleared(contact: Contact, names: Sequence[str]) -> Contact:
    """Return *contact* with the fields *names* back to "not stated".

    A field goes by any name that `field_called` knows.
    """
    fields: dict[str, Any] = {}
    for name in names:
        field = field_called(name)
        if field not in CLEARABLE.values():
            raise UsageFailure(
                N_("“{text}” can't be cleared. These can: {choices}."),
                text=name,
                choices=", ".join(CLEARABLE),
            )
        parts = (name for name, f in FIELDS.items() if field in {name, f.part_of})
        fields |= {part: FIELDS[part].default for part in parts}
    return replace(contact, **fields)
