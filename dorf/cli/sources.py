"""From the files that were named to what is in them: folders, pipes, several files at once."""

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from dorf.cli.env import Env
from dorf.errors import N_, UnreadableFile, UsageFailure, reason_of

if TYPE_CHECKING:
    from dorf.core.intake import Intake
    from dorf.formats.recognising import Form

STANDARD_STREAM = "-"
_LARGEST = 1_000_000_000
_CARDS = (".vcf", ".vcard")


class Source(NamedTuple):
    """The entries of one or more files of one format."""

    form: "Form"
    intake: "Intake"


def read_sources(
    env: Env, files: Sequence[str], form: str | None, columns: Sequence[str]
) -> list[Source]:
    """Read all *files*, those of one format as one source; raise `UnreadableFile` for any.

    Of a folder, each file for itself may be unreadable: it is remarked on.
    """
    from dorf.formats.recognising import Form, parse_form

    wanted = None if form is None else parse_form(form)
    mapping = _columns(columns)
    found: dict[Form, list[Intake]] = {}
    for file in files:
        path = _path(file)
        if file != STANDARD_STREAM and path.is_dir():
            found.setdefault(Form.VCARD, []).extend(_folder(path))
        else:
            kind, intake = _read(env, file, wanted, mapping)
            found.setdefault(kind, []).append(intake)
    villages = [Source(Form.VILLAGE, one) for one in found.pop(Form.VILLAGE, [])]
    return [*villages, *(Source(kind, _together(intakes)) for kind, intakes in found.items())]


def _columns(texts: Sequence[str]) -> dict[str, str]:
    columns = {}
    for text in texts:
        header, _, field = text.rpartition("=")
        if not (header.strip() and field.strip()):
            raise UsageFailure(N_("“{text}” is not HEADER=FIELD, such as Tea=notes."), text=text)
        columns[header.strip()] = field.strip()
    return columns


def _together(intakes: "Sequence[Intake]") -> "Intake":
    from dorf.core.intake import Intake

    return Intake(
        {},
        contacts=tuple(chain.from_iterable(one.contacts for one in intakes)),
        meetings=tuple(chain.from_iterable(one.meetings for one in intakes)),
        remarks=tuple(chain.from_iterable(one.remarks for one in intakes)),
    )


def _read(
    env: Env, file: str, form: "Form | None", columns: dict[str, str]
) -> "tuple[Form, Intake]":
    from dorf.formats.recognising import read

    with _opened(env, file) as stream:
        return read(stream, file, form, columns)


def _folder(folder: Path) -> "Iterator[Intake]":
    """Read the vCards of a folder and of those in it, as khard and vdirsyncer keep them."""
    from dorf.core.intake import Intake, Remark
    from dorf.formats.recognising import Form, read

    paths = list(_cards(folder))
    if not paths:
        raise UnreadableFile(
            N_("{file}: there are no vCards (.vcf) in that folder. Nothing was changed."),
            file=str(folder),
        )
    for path in paths:
        try:
            with _explained(path), path.open("rb") as stream:
                yield read(stream, str(path), Form.VCARD)[1]
        except UnreadableFile as error:
            yield Intake({}, remarks=(Remark(str(path), error, entry=True),))


def _cards(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if name.lower().endswith(_CARDS) and path.is_file():
                yield path


@contextmanager
def _opened(env: Env, file: str) -> Iterator[BinaryIO]:
    """Open *file*, or standard input; a pipe is read whole, since readers look twice."""
    if file == STANDARD_STREAM:
        yield io.BytesIO(_standard_input(env))
        return
    path = _path(file)
    with _explained(path), path.open("rb") as stream:
        if path.stat().st_size > _LARGEST:
            raise UnreadableFile(N_("{file} is too large to be a list of contacts."), file=file)
        yield stream if stream.seekable() else io.BytesIO(stream.read())


def _standard_input(env: Env) -> bytes:
    stream = env.world.stdin
    binary = getattr(stream, "buffer", None)
    if binary is None:
        return stream.read().encode("utf-8", "surrogateescape")
    data: bytes = binary.read()
    return data


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnreadableFile(
            N_("{file} can't be read: {reason}."), file=str(path), reason=reason_of(error)
        ) from error


def _path(file: str) -> Path:
    return Path(os.path.expanduser(file))  # noqa: PTH111  (never raises, unlike Path's)
