"""What the word at the end of a command line is: a command, an option, or a value of some kind."""

from __future__ import annotations

from dorf.completion.table import GERMAN, TABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

FREE = "-"
"""The kind of a value that only the user knows: a note, a day."""

FIRST = "first"
"""The kind of the first word: a command, also by its name in the language of the run."""

_HELP = "-h/--help"
_QUOTES = "'\""


class Asked:
    """What is asked for: its *kind*, what it begins with, and the global options before it."""

    __slots__ = ("begun", "kind", "names", "options", "plain")

    def __init__(
        self,
        kind: str,
        begun: str,
        options: dict[str, str],
        names: tuple[str, ...],
        *,
        plain: bool,
    ) -> None:
        """Ask for a value of *kind*, or for one of *names*: commands or options.

        After "--", *plain*, a word that begins with "-" is no option.
        """
        self.kind, self.begun, self.options = kind, begun, options
        self.names, self.plain = names, plain


class _Part:
    """The options and arguments of one command, from its line of the table."""

    __slots__ = ("arguments", "options", "visible")

    def __init__(self, line: str) -> None:
        """Read the *line*; `tests.completion` writes it."""
        self.arguments: list[str] = []
        self.options: dict[str, tuple[str, str]] = {}
        """By spelling: the option's line, and the kind of its value, empty for a flag."""
        self.visible: list[str] = []
        for entry in (*line.split(), _HELP):
            if entry.startswith("<"):
                self.arguments.append(entry[1:-1])
                continue
            spellings, _, kind = entry.rstrip("*!").partition("=")
            for spelling in spellings.split("/"):
                self.options[spelling] = (entry, kind)
            if not entry.endswith("!"):
                self.visible.append(entry)


def asked(words: list[str], begun: str) -> Asked:
    """Return what is asked for after the complete *words*, dorf itself left out."""
    globals_: dict[str, str] = {}
    walk = _Walk("", globals_)
    for word in words:
        command = walk.step(word)
        if command is not None:
            walk = _Walk(command, globals_)
    return walk.last(begun)


class _Walk:
    """A walk along the words of one command, up to the word that is asked for."""

    def __init__(self, command: str, globals_: dict[str, str]) -> None:
        """Begin behind the name of *command*; what the first options say goes to *globals_*."""
        self.command = command
        self.part = _Part(TABLE.get(command, ""))
        self.globals = globals_
        self.given: set[str] = set()
        self.count = 0
        self.waiting = ""
        """The option whose value comes next."""
        self.plain = False

    def step(self, typed: str) -> str | None:
        """Go past a complete word *typed*; return the command that it names, if it does."""
        if self.waiting:
            self._take(self.waiting, typed)
        elif typed == "--" and not self.plain:
            self.plain = True
        elif typed[:1] == "-" and typed != "-" and not self.plain:
            self._option(typed)
        elif subs := self._below():
            typed = typed if self.command else GERMAN.get(typed, typed)
            return f"{self.command} {typed}".strip() if typed in subs else "?"
        else:
            self.count += 1
        return None

    def _option(self, typed: str) -> None:
        name, equals, value = typed.partition("=")
        if not typed.startswith("--") and typed[:2] in self.part.options and len(typed) > 2:
            name, equals, value = typed[:2], "=", typed[2:].removeprefix("=")
        line, kind = self.part.options.get(name, ("", ""))
        self.given.add(line)
        if kind and equals:
            self._take(name, value)
        elif kind:
            self.waiting = name

    def _take(self, name: str, value: str) -> None:
        self.waiting = ""
        if not self.command:
            self.globals[name] = value

    def _below(self) -> list[str]:
        """Return the commands that can follow here."""
        start = f"{self.command} " if self.command else ""
        names = (name.removeprefix(start) for name in TABLE if name.startswith(start) and name)
        return [name for name in names if " " not in name]

    def last(self, begun: str) -> Asked:
        """Return what is asked for by the word that is being typed."""
        if self.waiting:
            return self._asked(self.part.options[self.waiting][1], begun.removeprefix("="))
        name, equals, value = begun.partition("=")
        if begun[:1] == "-" and not self.plain:
            if equals and (kind := self.part.options.get(name, ("", ""))[1]):
                return self._asked(kind, value)
            return self._asked("option", begun, tuple(self._options()))
        if below := self._below():
            return self._asked("command" if self.command else FIRST, begun, tuple(below))
        arguments = self.part.arguments
        many = [argument for argument in arguments if argument.endswith("…")]
        kinds = arguments[self.count : self.count + 1] or many or [FREE]
        return self._asked(kinds[0].removesuffix("…"), begun)

    def _asked(self, kind: str, begun: str, names: tuple[str, ...] = ()) -> Asked:
        return Asked(kind, begun, self.globals, names, plain=self.plain)

    def _options(self) -> Iterator[str]:
        """Yield the options that can still be given."""
        for entry in self.part.visible:
            if entry not in self.given or entry.endswith("*"):
                yield from entry.rstrip("*").partition("=")[0].split("/")


def split(line: str, breaks: str = "") -> tuple[list[str], str, int]:
    """Return the words of a *line* as a shell reads them; after a blank the last one is empty.

    With them come the quote that is still open, and how many letters of the last word are a word of
    their own for a shell that begins a new one after the signs in *breaks*.
    """
    words, quote, kept = [""], "", 0
    begun = escaped = False
    for sign in line:
        if not escaped and not quote and sign.isspace():
            if begun:
                words.append("")
            begun, kept = False, 0
            continue
        begun = True
        if escaped:
            escaped = False
        elif sign == "\\" and quote != "'":
            escaped = True
            continue
        elif sign == quote:
            quote = ""
            continue
        elif sign in _QUOTES and not quote:
            quote, kept = sign, len(words[-1])
            continue
        elif sign in breaks and not quote:
            kept = len(words[-1]) + 1
        words[-1] += sign
    return words, quote, kept
