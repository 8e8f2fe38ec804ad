"""From the files that were named to what is in them: folders, pipes, several files at once."""

import io
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from dorf.cli.env import Env, expanded
from dorf.errors import N_, DorfError, UnreadableFile, UsageFailure, reason_of
from dorf.report.progress import Progress, Watched

if TYPE_CHECKING:
    from dorf.formats.interface import Options
    from dorf.formats.registry import Format
    from dorf.imports.incoming import Incoming, Remark

STANDARD_STREAM = "-"
_LARGEST = 1_000_000_000
_LARGEST_PIPE = 300_000_000
"""What is no file is kept in memory, and may have no end at all."""
_CARDS = (".vcf", ".vcard")
_NO_PART = frozenset({"__MACOSX", "@eaDir", "#recycle", "$RECYCLE.BIN", "lost+found"})
"""Folders of systems and their bins; like what begins with a dot, they are no address book."""


class Source(NamedTuple):
    """The entries of one or more files of one format."""

    form: "Format"
    incoming: "Incoming"


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
    from dorf.formats.interface import Options
    from dorf.formats.registry import VILLAGE, read_format
    from dorf.imports.incoming import gathered

    if not all(map(str.strip, files)):  # as from an unset variable; "" would be the folder here
        raise UsageFailure(N_("Please name a file; - is standard input."))
    wanted = None if form is None else read_format(form)
    options = Options(columns=_columns(columns), today=env.today)
    reading = _Reading(env, files, wanted, options)
    found: dict[Format, list[Incoming]] = {}
    with reading.progress:
        for file in files:
            for kind, incoming in reading.read(file):
                found.setdefault(kind, []).append(incoming)
    villages = [Source(VILLAGE, village) for village in found.pop(VILLAGE, [])]
    others = [Source(kind, gathered(parts)) for kind, parts in found.items()]
    return _only([*villages, *others], only) if only else [*villages, *others]


def _only(sources: list[Source], texts: Sequence[str]) -> list[Source]:
    from dorf.imports.incoming import chosen

    parts = chosen([source.incoming for source in sources], texts)
    return [Source(source.form, part) for source, part in zip(sources, parts, strict=True)]


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
        form: "Format | None",
        options: "Options",
    ) -> None:
        self._env = env
        self._several = len(files) > 1
        self._form = form
        self._options = options
        world, label = env.world, env.language.say("Reading")
        total = sum(map(_size, files))
        self.progress = Progress(world.stderr, world.environ, label, total)

    def read(self, file: str) -> "Iterator[tuple[Format, Incoming]]":
        """Yield what is in *file*, or in each vCard of the folder that it is."""
        path = expanded(file)
        if file != STANDARD_STREAM and _is_folder(path):
            yield from self._folder(path)
            return
        with _opened(self._env, file) as stream, _naming(file if self._several else None):
            yield self._one(stream, file, self._form)

    def _one(self, stream: BinaryIO, name: str, form: "Format | None") -> "tuple[Format, Incoming]":
        from dorf.formats.recognition import read

        watched = cast("BinaryIO", Watched(stream, self.progress))
        return read(watched, name, form, self._options)

    def _folder(self, folder: Path) -> "Iterator[tuple[Format, Incoming]]":
        """Read the vCards of a folder and of those in it, as khard and vdirsyncer keep them."""
        from dorf.formats.registry import VCARD
        from dorf.imports.incoming import Book, Incoming, Remark

        closed: list[OSError] = []
        paths = list(_cards(folder, closed.append))
        if not paths:
            raise _without_cards(folder, closed)
        unread = [_unread(error.filename, error) for error in closed]
        before = len(unread)
        for path in paths:
            try:
                with path.open("rb") as stream:
                    yield self._one(stream, str(path), VCARD)
            except OSError as error:
                unread.append(_unread(str(path), error))
            except UnreadableFile as error:
                unread.append(Remark(str(path), error, entry=True))
        if len(unread) - before == len(paths):
            place, reason, _ = unread[before]
            raise UnreadableFile(N_("{file}: {reason}"), file=place, reason=reason)
        book = Book(str(folder / "x")[:-1], str(folder.absolute()), whole=not unread)
        yield VCARD, Incoming({}, remarks=tuple(unread), books=(book,))


@contextmanager
def _naming(file: str | None) -> Iterator[None]:
    """Say which of several files it is that can't be read."""
    try:
        yield
    except UnreadableFile as error:
        if file is None or error.fields.keys() & {"file", "name"}:
            raise
        raise UnreadableFile(N_("{file}: {reason}"), file=file, reason=error) from error


def _is_folder(path: Path) -> bool:
    with _explained(path):
        return path.is_dir()


def _size(file: str) -> int:
    """Return how many bytes there are to read, as far as that is known beforehand."""
    path = expanded(file)
    try:
        if path.is_dir():
            return sum(map(_size, map(str, _cards(path))))
        return path.stat().st_size
    except OSError:
        return 0


def _cards(folder: Path, closed: Callable[[OSError], object] | None = None) -> Iterator[Path]:
    """Yield the vCards in *folder* and below it; tell *closed* of folders that can't be read."""
    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(filter(_is_part, folders))
        for name in sorted(filter(_is_part, names)):
            path = Path(place, name)
            if name.lower().endswith(_CARDS) and not _is_special(path):
                yield path


def _is_part(name: str) -> bool:
    """Tell whether a file or folder is not what a program hides: versions, bins, caches."""
    return not name.startswith(".") and name not in _NO_PART


def _without_cards(folder: Path, closed: Sequence[OSError]) -> UnreadableFile:
    if closed:
        return _unreadable(closed[0].filename, closed[0])
    return UnreadableFile(
        N_("{file}: there are no vCards (.vcf) in that folder. Nothing was changed."),
        file=str(folder),
    )


def _unread(place: str, error: OSError) -> "Remark":
    from dorf.imports.incoming import Remark

    what = DorfError(N_("can't be read: {reason}"), reason=reason_of(error))
    return Remark(place, what, entry=True)


def _is_special(path: Path) -> bool:
    """Tell whether *path* is a pipe, say; of what can't be seen, reading it will say why."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


@contextmanager
def _opened(env: Env, file: str) -> Iterator[BinaryIO]:
    """Open *file*, or standard input; a pipe is read whole, since readers look twice."""
    if file == STANDARD_STREAM:
        yield _whole(_standard_input(env), file)
        return
    path = expanded(file)
    with _explained(path), path.open("rb") as stream:
        if path.stat().st_size > _LARGEST:
            raise _too_large(file)
        yield stream if path.is_file() else _whole(stream, file)


def _standard_input(env: Env) -> BinaryIO:
    stream = env.world.stdin
    binary: BinaryIO | None = getattr(stream, "buffer", None)
    return binary or io.BytesIO(stream.read().encode("utf-8", "surrogateescape"))


def _whole(stream: BinaryIO, file: str) -> BinaryIO:
    data = stream.read(_LARGEST_PIPE + 1)
    if len(data) > _LARGEST_PIPE:
        raise _too_large(file)
    return io.BytesIO(data)


def _too_large(file: str) -> UnreadableFile:
    return UnreadableFile(N_("{file} is too large to be a list of contacts."), file=file)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unreadable(str(path), error) from error


def _unreadable(file: str, error: OSError) -> UnreadableFile:
    return UnreadableFile(N_("{file} can't be read: {reason}."), file=file, reason=reason_of(error))
