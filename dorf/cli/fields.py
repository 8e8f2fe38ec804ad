"""The options that describe a contact, as a table that ``add`` and ``edit`` share.

`with_fields` gives a command one option per row and hands over what was typed as one mapping of
contact fields, so that no command needs two dozen parameters.
"""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial, wraps
from typing import Annotated, Any, NamedTuple

import typer

from dorf.cli.choices import CHILD, KINDS, ROLE
from dorf.core.anniversaries import parse_ahead, parse_yearly_day
from dorf.core.dates import PartialDate, Towards, parse_day, parse_span
from dorf.core.names import checked_name, checked_text
from dorf.core.village import Contact, Kid, YearlyDay
from dorf.core.vocabulary import (
    Bond,
    Kind,
    Place,
    Role,
    parse_bond,
    parse_circle,
    parse_kind,
    parse_role,
)
from dorf.errors import N_, UsageFailure

NOTHING = frozenset({"none", "nothing", "nichts", "keine", "nix"})


class Reading(NamedTuple):
    """What parsing a field needs to know."""

    today: date
    contact: Contact | None
    assumed: frozenset[Kind] = frozenset()
    """What the roles of a new contact usually give."""


class Field(NamedTuple):
    """One option: the contact's field, its spellings, its help and how its text is read."""

    field: str
    flags: str
    help: str
    read: Callable[[Any, Reading], Any]
    type: Any = str
    metavar: str | None = None
    click_type: Any = None


def _roles(texts: Sequence[str], reading: Reading) -> tuple[Role, ...]:
    del reading
    words = [word for text in texts for word in text.split(",")]
    return tuple(dict.fromkeys(parse_role(word) for word in words))


def _kinds(text: str, reading: Reading, field: str) -> frozenset[Kind] | None:
    """Read "childcare,advice", "+childcare,-advice" (relative to now) or "none"."""
    words = [word.strip() for word in text.split(",") if word.strip()] or [text]
    if len(words) == 1 and words[0].casefold() in NOTHING:
        return frozenset()
    plain = frozenset(parse_kind(one) for one in words if one[:1] not in {"+", "-"})
    plus = frozenset(parse_kind(one[1:]) for one in words if one[:1] == "+")
    minus = frozenset(parse_kind(one[1:]) for one in words if one[:1] == "-")
    if not (plus or minus):
        return plain
    return (_present_kinds(reading, field) | plain | plus) - minus


def _present_kinds(reading: Reading, field: str) -> frozenset[Kind]:
    if field == "gets":
        return (reading.contact and reading.contact.gets) or frozenset()
    return reading.contact.stated_or_assumed() if reading.contact else reading.assumed


def _texts(texts: Sequence[str], reading: Reading, field: str) -> tuple[str, ...]:
    present = getattr(reading.contact, field) if reading.contact else ()
    new = [checked_name(text, field) for text in texts]
    return tuple(dict.fromkeys((*present, *new)))


def _kids(texts: Sequence[str], reading: Reading) -> tuple[Kid, ...]:
    present = (
        {kid.name or str(kid.born): kid for kid in reading.contact.kids} if reading.contact else {}
    )
    for text in texts:
        kid = read_kid(text)
        key = kid.name or str(kid.born)
        known = present.get(key)
        present[key] = replace(kid, born=known.born) if known and kid.born is None else kid
    return tuple(present.values())


def read_kid(text: str) -> Kid:
    """Read "Mats:2021-12", "Mats" or "2021-12"."""
    name, colon, born = text.rpartition(":")
    if not colon and text.strip().casefold() in set(Kind):
        raise UsageFailure(
            N_("“{text}” is a kind of support, not a child. Did you mean --gives {text}?"),
            text=text.strip().casefold(),
        )
    if colon:
        return Kid(checked_name(name), read_born(born))
    return Kid(born=read_born(text)) if text.strip()[:1].isdigit() else Kid(checked_name(text))


def read_born(text: str) -> PartialDate:
    """Read a birth month or a day of birth, with its year."""
    born = PartialDate.parse(text)
    if born.year is None:
        raise UsageFailure(N_("“{text}” needs the year of birth, too: 2021-12."), text=text)
    return born


def _birthday(text: str, reading: Reading) -> PartialDate:
    when = PartialDate.parse(text)
    if when.day is None:
        raise UsageFailure(N_("“{text}” needs the day, too: 28.2. or 1985-02-28."), text=text)
    if when.year and date(when.year, when.month, when.day) > reading.today:
        raise UsageFailure(
            N_("The birthday {text} is still to come. Is the year right?"), text=text
        )
    return when


def _yearly_days(texts: Sequence[str], reading: Reading) -> tuple[YearlyDay, ...]:
    """Add days to those that are there; a name that is there already gets the new day."""
    days = list(reading.contact.yearly_days) if reading.contact else []
    for text in texts:
        new = parse_yearly_day(text)
        days = [one for one in days if one.name.casefold() != new.name.casefold()] + [new]
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
    present = reading.contact.notes if reading.contact else None
    return "\n".join(part for part in (present, new) if part) or None


def _future(text: str, reading: Reading) -> date:
    return parse_day(text, reading.today, Towards.FUTURE)


def _plain(read: Callable[[str], Any]) -> Callable[[str, Reading], Any]:
    return lambda text, _reading: read(text)


def _same(value: bool, _reading: Reading) -> bool:
    return value


def _list(field: str, flags: str, help_text: str, metavar: str) -> Field:
    return Field(field, flags, help_text, partial(_texts, field=field), list[str], metavar)


FIELDS = (
    Field("roles", "--role --rolle -r", N_("What they are to you: grandma, neighbour, friend …"),
          _roles, list[str], click_type=ROLE),
    Field("cadence_days", "--every --alle", N_("How often to be in touch: 2w, 10d, never."),
          _plain(parse_span), metavar="SPAN"),
    Field("circle", "--circle --kreis", N_("How close it feels: 1 closest, 2, 3, 4 loose."),
          _plain(parse_circle), metavar="1-4"),
    Field("near", "--near --nah", N_("Lives within about 30 minutes."), _same, bool),
    Field("far", "--far --fern", N_("Lives further away."), _same, bool),
    Field("home", "--home --zuhause", N_("Lives in your household."), _same, bool),
    Field("gives", "--gives --gibt", N_("What they can give: childcare,advice … or none."),
          partial(_kinds, field="gives"), click_type=KINDS),
    Field("gets", "--gets --bekommt", N_("What you give them: company,practical … or none."),
          partial(_kinds, field="gets"), click_type=KINDS),
    _list("skills", "--skill --kann", N_("A special skill: sewing, piano, first aid."), "TEXT"),
    Field("kids", "--kid --kind", N_("A child of theirs: Mats:2021-12, Mats or 2021-12."),
          _kids, list[str], "NAME:MONTH"),
    Field("birthday", "--birthday --geburtstag", N_("Their birthday: 28.2. or 1985-02-28."),
          _birthday, metavar="DAY"),
    Field("yearly_days", "--yearly --jahrestag",
          N_("Another day that comes back every year: “name day:4.12.”."),
          _yearly_days, list[str], "NAME:DAY"),
    Field("lead_days", "--lead --vorlauf",
          N_("How long ahead birthdays and yearly days are told: 2w, 10d, 0; usually a week."),
          _plain(parse_ahead), metavar="SPAN"),
    _list("phones", "--phone --telefon", N_("A phone number."), "NUMBER"),
    _list("emails", "--email --mail", N_("An e-mail address."), "ADDRESS"),
    _list("addresses", "--address --adresse", N_("A postal address."), "TEXT"),
    _list("nicknames", "--nickname --spitzname", N_("Another name for them."), "NAME"),
    Field("notes", "--note --notiz -n", N_("Something worth remembering."), _notes, metavar="TEXT"),
    Field("trusted", "--trusted/--not-trusted --vertraut/--nicht-vertraut",
          N_("Whether you would leave your child with them."), _same, bool),
    Field("pickup", "--pickup/--no-pickup --abholen/--nicht-abholen",
          N_("Whether they may pick up your child at daycare or school."), _same, bool),
    Field("online_only", "--online/--in-person --nur-online/--persönlich",
          N_("Whether you only know each other online."), _same, bool),
    Field("single_parent", "--single-parent/--not-single-parent --alleinerziehend/--zu-zweit",
          N_("Whether they are a single parent, too."), _same, bool),
    Field("strained", "--strained/--not-strained --belastet/--unbelastet",
          N_("Whether the tie costs you strength, too."), _same, bool),
    Field("attachment", "--bond --bindung",
          N_("A child of yours who trusts them (Ida or Ida:primary)."), _bonds, list[str],
          click_type=CHILD),
    Field("until", "--until --bis", N_("When this role is expected to end."), _future,
          metavar="DAY"),
)  # fmt: skip
BY_NAME = {one.field: one for one in FIELDS}
_PLACES = {"near": Place.NEAR, "far": Place.FAR, "home": Place.HOUSEHOLD}
CLEARABLE: dict[str, Any] = {
    "circle": None, "cadence": None, "where": None, "gives": None, "gets": None, "skills": (),
    "kids": (), "birthday": None, "phones": (), "emails": (), "addresses": (), "nicknames": (),
    "notes": None, "trusted": None, "pickup": None, "online": None, "bonds": (), "until": None,
    "plan": None, "snooze": None, "yearly": (), "lead": None,
}  # fmt: skip
_FIELD_OF = {
    "cadence": "cadence_days", "online": "online_only", "bonds": "attachment",
    "plan": "planned_on", "snooze": "snoozed_until", "yearly": "yearly_days", "lead": "lead_days",
}  # fmt: skip


def with_fields(*without: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of `FIELDS`; it receives what was typed as ``typed``."""
    chosen = [one for one in FIELDS if one.field not in without]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command)
        own = [p for name, p in signature.parameters.items() if name != "typed"]
        options = [_parameter(one) for one in chosen]

        @wraps(command)
        def run(**values: Any) -> None:  # noqa: ANN401  (Typer's values)
            typed = {one.field: values.pop(one.field) for one in chosen}
            command(**values, typed={k: v for k, v in typed.items() if v not in (None, [])})

        run.__signature__ = signature.replace(parameters=[*own, *options])  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in (*own, *options)}
        return run

    return decorate


def _parameter(one: Field) -> inspect.Parameter:
    extra: dict[str, Any] = {"click_type": one.click_type} if one.click_type else {}
    option = typer.Option(*one.flags.split(), help=one.help, metavar=one.metavar, **extra)
    annotation: Any = Annotated[one.type | None, option]
    return inspect.Parameter(
        one.field, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation
    )


def read_fields(
    typed: Mapping[str, Any], today: date, contact: Contact | None = None
) -> dict[str, Any]:
    """Return the contact fields that *typed* states, read and checked.

    Lists and notes grow: what *contact* has already stays (`cleared` empties a field first).
    """
    roles = _roles(typed.get("roles", ()), Reading(today, contact))
    assumed = frozenset[Kind]().union(*(role.assumed for role in roles))
    reading = Reading(today, contact, assumed)
    fields = {name: BY_NAME[name].read(value, reading) for name, value in typed.items()}
    places = [name for name in _PLACES if fields.pop(name, False)]
    if len(places) > 1:
        raise UsageFailure(N_("Near, far and at home exclude each other. Please choose one."))
    if places:
        fields["where"] = _PLACES[places[0]]
    return fields


def field_called(name: str) -> str:
    """Return the contact's field that *name* means, "" if none.

    A field goes by its own name in `CLEARABLE` or by any spelling of its option.
    """
    spellings = {
        flag.lstrip("-"): one.field for one in FIELDS for flag in re.split("[ /]", one.flags)
    }
    spellings |= dict.fromkeys(("near", "nah", "far", "fern", "home", "zuhause"), "where")
    spellings |= {name: _FIELD_OF.get(name, name) for name in CLEARABLE}
    return spellings.get(name.strip().lstrip("-").casefold(), "")


def cleared(contact: Contact, names: Sequence[str]) -> Contact:
    """Return *contact* with the fields *names* back to "not stated".

    A field goes by any name that `field_called` knows.
    """
    empty = {_FIELD_OF.get(name, name): value for name, value in CLEARABLE.items()}
    fields = {}
    for name in names:
        field = field_called(name)
        if field not in empty:
            raise UsageFailure(
                N_("“{text}” can't be cleared. These can: {choices}."),
                text=name,
                choices=", ".join(CLEARABLE),
            )
        fields[field] = empty[field]
    return replace(contact, **fields)
