"""Questions to somebody at a terminal, or answered line by line over a pipe.

On a terminal a key is enough for a choice, and names are completed with the tab key. Over a pipe
each answer is a line, and no question is printed. The end of the input raises `EOFError`.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from dorf.cli.streams import as_text, shown
from dorf.errors import N_, DorfError, UsageFailure
from dorf.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dorf.cli.env import Env

T = TypeVar("T")
_PROMPT = "> "
_NEXT = {"\r", "\n", " ", ""}
_END = {"\x04", "\x1a"}
_ESCAPE = b"\x1b"
_SEVERAL_BYTES = 0xC0
"""The least first byte of a letter that takes several in UTF-8."""


class Choice(NamedTuple):
    """One answer to choose: what it means, and its label, whose key stands in brackets."""

    value: str
    label: str
    meaning: str = ""
    """What it does, for whoever asks with a question mark."""

    @property
    def key(self) -> str:
        """The key that chooses it."""
        return self.label[self.label.index("[") + 1].casefold()


def _at_keyboard(env: Env) -> bool:
    """Tell whether somebody sits in front of this very process, with keys to press."""
    world = env.world
    return env.interactive and world.stdin is sys.stdin and world.stderr is sys.stderr


def ask_choice(env: Env, choices: Sequence[Choice], default: str) -> str:
    """Return the value that was chosen; Enter or a blank is *default*."""
    keys = {choice.key: choice.value for choice in choices}
    menu = " · ".join(choice.label for choice in choices)
    with _key_by_key(env) as press:
        while True:
            if env.interactive:
                env.note(menu)
            pressed = press()
            if pressed in _NEXT:
                return default
            if pressed in keys:
                return keys[pressed]
            if pressed == "?":
                for choice in choices:
                    env.note(f"  {choice.key}  {choice.meaning or choice.label}")
                continue
            key = pressed if pressed.isprintable() else "?"
            env.note(env.language.say("“{key}” is none of these keys.", key=key))


@contextmanager
def _key_by_key(env: Env) -> Iterator[Callable[[], str]]:
    """Yield how to read a key: as it is pressed on a terminal, as a line's first sign on a pipe.

    The terminal listens for keys before the menu is shown, so that no key gets lost.
    """
    try:
        import termios
        import tty
    except ImportError:  # Windows: a line for each key
        termios = None  # type: ignore[assignment]
    if termios is None or not _at_keyboard(env):
        yield lambda: _first_sign(_read_line(env))
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal, termios.TCSADRAIN)
    try:
        yield lambda: _press(terminal)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _press(terminal: int) -> str:
    """Return one key; an arrow or another key of several bytes is one, too.

    What was typed ahead stays for the next question.
    """
    pressed = os.read(terminal, 1)
    if pressed == _ESCAPE:
        _read_rest_of_key(terminal)
    elif pressed and pressed[0] >= _SEVERAL_BYTES:
        pressed += os.read(terminal, _bytes_that_follow(pressed[0]))
    text = pressed.decode(errors="replace")
    if not text or text in _END:
        raise EOFError
    return _first_sign(text)


def _read_rest_of_key(terminal: int) -> None:
    """Read what follows an escape sign: "[" with parameters up to a letter, or "O" and a letter.

    The escape key alone sends nothing more.
    """
    import select

    if not select.select([terminal], [], [], 0.02)[0]:
        return
    begun = os.read(terminal, 1)
    last = begun
    while begun in {b"[", b"O"} and (last == begun or not 0x40 <= last[0] <= 0x7E):
        last = os.read(terminal, 1)
        if begun == b"O" or not last:
            return


def _bytes_that_follow(first: int) -> int:
    """Return how many bytes of a letter come after its *first* one (UTF-8)."""
    return 3 if first >= 0xF0 else 2 if first >= 0xE0 else 1


def _first_sign(text: str) -> str:
    return text[:1].casefold()


def _read_line(env: Env) -> str:
    line = env.read_line()
    if not line:
        raise EOFError
    return line.strip()


def ask_line(env: Env, question: str, words: Sequence[str] = ()) -> str:
    """Return a line of text, without outer blanks; *words* can be completed on a terminal."""
    if env.interactive:
        env.note(question)
    if _at_keyboard(env) and env.world.stdout is sys.stdout and sys.stdout.isatty():
        with _completing(words):
            return as_text(input(_PROMPT), sys.stdin.encoding).strip()
    if env.interactive:
        env.world.stderr.write(_PROMPT)
        env.world.stderr.flush()
    return _read_line(env)


@contextmanager
def _completing(words: Sequence[str]) -> Iterator[None]:
    """Let the tab key complete the last of several names, separated by commas."""
    try:
        import readline
    except ImportError:  # a Python without it still reads lines
        yield
        return

    def complete(begun: str, state: int) -> str | None:
        word = begun.lstrip()
        blanks = begun[: len(begun) - len(word)]
        fitting = [
            blanks + shown(candidate)
            for candidate in words
            if candidate.casefold().startswith(word.casefold())
        ]
        return fitting[state] if state < len(fitting) else None

    before = readline.get_completer()
    readline.set_auto_history(False)
    readline.set_completer_delims(",")
    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)


def ask_until(
    env: Env, question: str, read: Callable[[str], T], words: Sequence[str] = ()
) -> T | None:
    """Ask until *read* takes the answer, and return what it makes of it; None for an empty one."""
    while text := ask_line(env, question, words):
        try:
            return read(text)
        except DorfError as wrong:
            env.note(env.language.error(wrong))
    return None


def read_yes(text: str) -> bool:
    """Return whether *text* is a yes, in either language; raise `UsageFailure` if it is neither."""
    word = text.casefold().strip(" .!")
    if word in {"y", "yes", "j", "ja", "jo", "yep", "yeah", "klar", "ja klar", "genau", "stimmt"}:
        return True
    if word in {"n", "no", "nein", "nö", "nee", "nope"}:
        return False
    raise UsageFailure(N_("Please answer yes or no; Enter leaves it open."))
