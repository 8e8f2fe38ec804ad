"""From the files that were named to what is in them: folders, pipes, several files at once."""

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from dorf.cli.env import Env, expanded
from dorf.errors import N_, UnreadableFile, UsageFailure, reason_of
from dorf.report.progress import Progress, Watched

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
    env: Env,
    files: Sequence[str],
    form: str | None,
    columns: Sequence[str],
    only: Sequence[str],
) -> list[Source]:
    """Read all *files*, those of one format as one source; raise `UnreadableFile` for any.

    Of people and groups, *only* those that are named, if any are.
    Of a folder, each file for itself may be unreadable: it is remarked on.
    """
    from dorf.core.intake import gathered
    from dorf.formats.recognising import Form, parse_form

    wanted = None if form is None else parse_form(form)
    reading = _Reading(env, files, wanted, _columns(columns))
    found: dict[Form, list[Intake]] = {}
    with reading.progress:
        for file in files:
            for kind, intake in reading.read(file):
                found.setdefault(kind, []).append(intake)
    villages = [Source(Form.VILLAGE, one) for one in found.pop(Form.VILLAGE, [])]
    others = [Source(kind, gathered(intakes)) for kind, intakes in found.items()]
    return _only([*villages, *others], only) if only else [*villages, *others]


def _only(sources: list[Source], texts: Sequence[str]) -> list[Source]:
    from dorf.core.intake import chosen

    parts = chosen([one.intake for one in sources], texts)
    return [Source(one.form, part) for one, part in zip(sources, parts, strict=True)]


def _columns(texts: Sequence[str]) -> dict[str, str]:
    columns = {}
    for text in texts:
        header, _, field = text.rpartition("=")
        if not (header.strip() and field.strip()):
            raise UsageFailure(N_("“{text}” is not HEADER=FIELD, such as Tea=notes."), text=text)
        columns[header.strip()] = field.strip()
    return columns


class _Reading:
    """The files of one import, and how far reading them is."""

    def __init__(
        self,
        env: Env,
        files: Sequence[str],
        form: "Form | None",
        columns: Mapping[str, str],
    ) -> None:
        self._env = env
        self._several = len(files) > 1
        self._form = form
        self._columns = columns
        world, label = env.world, env.language.say("Reading")
        total = sum(map(_size, files))
        self.progress = Progress(world.stderr, world.environ, label, total)

    def read(self, file: str) -> "Iterator[tuple[Form, Intake]]":
        """Yield what is in *file*, or in each vCard of the folder that it is."""
        path = expanded(file)
        if file != STANDARD_STREAM and path.is_dir():
            yield from self._folder(path)
            return
        with _naming(file if self._several else None), _opened(self._env, file) as stream:
            yield self._one(stream, file, self._form)

    def _one(self, stream: BinaryIO, name: str, form: "Form | None") -> "tuple[Form, Intake]":
        from dorf.formats.recognising import read

        return read(
            cast("BinaryIO", Watched(stream, self.progress)),
            name,
            form,
            self._columns,
            self._env.today,
        )

    def _folder(self, folder: Path) -> "Iterator[tuple[Form, Intake]]":
        """Read the vCards of a folder and of those in it, as khard and vdirsyncer keep them."""
        from dorf.core.intake import Intake, Remark
        from dorf.formats.recognising import Form

        paths = list(_cards(folder))
        if not paths:
            raise UnreadableFile(
                N_("{file}: there are no vCards (.vcf) in that folder. Nothing was changed."),
                file=str(folder),
            )
        for path in paths:
            try:
                with _explained(path), path.open("rb") as stream:
                    yield self._one(stream, str(path), Form.VCARD)
            except UnreadableFile as error:
                yield Form.VCARD, Intake({}, remarks=(Remark(str(path), error, entry=True),))


@contextmanager
def _naming(file: str | None) -> Iterator[None]:
    """Say which of several files it is that can't be read."""
    try:
        yield
    except UnreadableFile as error:
        if file is None or error.fields.keys() & {"file", "name"}:
            raise
        raise UnreadableFile(N_("{file}: {reason}"), file=file, reason=error) from error


def _size(file: str) -> int:
    """Return how many bytes there are to read, as far as that is known beforehand."""
    path = expanded(file)
    try:
        if path.is_dir():
            return sum(card.stat().st_size for card in _cards(path))
        return path.stat().st_size
    except OSError:
        return 0


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
    path = expanded(file)
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
