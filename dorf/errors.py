"""The ways in which a command can end without having done its work.

Each error owns its sentence (an English template that the catalogues translate) and its exit
status. Nothing here prints: ``cli`` words the error in the user's language, once, on stderr.
"""

from __future__ import annotations

import errno


def N_(message: str) -> str:  # noqa: N802  (the name that gettext's tools look for)
    """Mark *message* for the catalogues without translating it here."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark the two forms of a sentence about *one* and about *many*, as `N_` does."""
    return one, many


_OS_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EISDIR: N_("that is a folder"),
    errno.ENOTDIR: N_("part of the path is not a folder"),
    errno.EACCES: N_("you may not do that"),
    errno.EPERM: N_("you may not do that"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}


class DorfError(Exception):
    """A refusal in one or two sentences. Exit status 1."""

    status = 1

    def __init__(self, sentence: str, **fields: object) -> None:
        """Keep the template *sentence* and the *fields* that fill it."""
        super().__init__(sentence)
        self.sentence = sentence
        self.fields = fields

    def __str__(self) -> str:
        """Return the English sentence, for logs and tests."""
        return self.sentence.format(**self.fields)


class UsageFailure(DorfError):
    """What was typed can't be understood. Exit status 2."""

    status = 2


class WrongField(UsageFailure):
    """One field of a value is wrong; a file format adds the place. Exit status 2."""

    def __init__(self, field: str, sentence: str, **fields: object) -> None:
        """Keep the *field*'s name beside the reason in *sentence*."""
        super().__init__(sentence, **fields)
        self.field = field


class UnknownContact(DorfError):
    """Nobody by that name. Exit status 3."""

    status = 3


class SeveralMatch(DorfError):
    """More than one contact could be meant. Exit status 4."""

    status = 4


class StoreError(DorfError):
    """The database can't be used as it is. Exit status 5."""

    status = 5


class UnreadableFile(DorfError):
    """A file to read or write is missing, damaged or wrong. Exit status 6."""

    status = 6


class Bug(DorfError):
    """What should not have happened, by where it did: nothing of the user's is in the sentence.

    Exit status 70, as sysexits.h has it for internal errors of a program.
    """

    status = 70

    def __init__(self, error: Exception) -> None:
        """Keep the kind of the *error* and the line of dorf that it came from."""
        here = __file__.removesuffix("errors.py")
        place, trace = "?", error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if file.startswith(here):
                place = f"{file.removeprefix(here)}:{trace.tb_lineno}"
            trace = trace.tb_next
        super().__init__(
            N_(
                "That is a bug in dorf ({kind} at {place}), not your mistake. With DORF_DEBUG=1 "
                "before the command it shows what a report needs; names in it can be blacked out."
            ),
            kind=type(error).__name__,
            place=place,
        )


def reason_of(error: OSError) -> DorfError:
    """Return what the system says of *error*, as a sentence part that can be translated."""
    sentence = _OS_REASONS.get(error.errno or 0)
    return (
        DorfError(sentence) if sentence else DorfError("{text}", text=error.strerror or str(error))
    )
