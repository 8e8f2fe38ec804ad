"""How commands declare their options and arguments, and those that many of them have."""

from typing import Annotated, Any

import typer

from dorf.cli.choices import CONTACT, ROLE
from dorf.errors import N_


def option(flags: str, text: str = "", shown: str | None = None, **more: Any) -> object:  # noqa: ANN401
    """Return an option: its spellings, its help, and what is *shown* in the place of its value."""
    return typer.Option(*flags.split(), help=text or None, metavar=shown, **more)


def operand(shown: str, text: str, **more: Any) -> object:  # noqa: ANN401  (Typer's)
    """Return an argument: what is *shown* in its place, and its help."""
    return typer.Argument(metavar=shown, help=text, **more)


OneName = Annotated[str, operand("NAME", N_("Whom you mean; a part will do."), click_type=CONTACT)]
Name = Annotated[
    list[str], operand("NAME", N_("Whom you mean; a part will do."), click_type=CONTACT)
]
All = Annotated[bool, option("--all --alle", N_("Show everything, not the first few."))]
Discreet = Annotated[bool, option("--discreet --diskret", N_("Show initials instead of names."))]
Yes = Annotated[bool, option("--yes --ja -y", N_("Do it without asking."))]
OfRole = Annotated[str | None, option("--role --rolle", N_("Only this role."), click_type=ROLE)]
InCircle = Annotated[str | None, option("--circle --kreis", N_("Only this circle."), "1-4")]
