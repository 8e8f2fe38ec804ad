"""Values that are cheap to declare: frozen dataclasses and named tuples, as Python has them.

Those of the standard library write and compile code for each class: 34 ms of every start. These do
the same from a table of their fields, as far as dorf uses it; types are checked as theirs.
"""

from __future__ import annotations

from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from dataclasses import dataclass, field, fields, replace
    from typing import NamedTuple

__all__ = ["NO_DEFAULT", "NamedTuple", "dataclass", "field", "fields", "replace"]

NO_DEFAULT: Any = object()
"""The default of a field that has none."""


class _Field:
    """One field of a dataclass: its name, its default, and what is declared about it."""

    __slots__ = ("default", "metadata", "name")

    def __init__(
        self, default: Any = NO_DEFAULT, metadata: Mapping[str, Any] | None = None
    ) -> None:
        self.name = ""
        self.default = default
        self.metadata = metadata or {}


def _completed(
    names: Sequence[str],
    defaults: Mapping[str, Any],
    values: Sequence[Any],
    given: Mapping[str, Any],
) -> list[Any]:
    """Return all values in the order of *names*: by their place, by their name, by default.

    Raise `TypeError` if one is missing, unknown, or there twice.
    """
    found = dict(zip(names, values, strict=False))
    twice = len(values) > len(names) or not found.keys().isdisjoint(given)
    found = {**defaults, **found, **given}
    if twice or len(found) != len(names):
        raise TypeError(f"these are not its fields: {', '.join(names)}")
    try:
        return [found[name] for name in names]
    except KeyError as error:
        raise TypeError(f"the field {error} is missing") from None


class _StandardFields:
    """The fields as functions of the standard library look for them; made when one does."""

    def __get__(self, value: object, kind: type[_Frozen]) -> Mapping[str, Any]:
        import dataclasses

        made = [
            (d.name, Any, dataclasses.field(default=d.default, metadata=d.metadata))
            if d.name in kind._defaults
            else (d.name, Any)
            for d in kind._declared
        ]
        return vars(dataclasses.make_dataclass(kind.__name__, made))["__dataclass_fields__"]  # type: ignore[no-any-return]


class _Frozen:
    """What all dataclasses do, each with its own fields."""

    __slots__ = ()
    __dataclass_fields__ = _StandardFields()
    __match_args__: tuple[str, ...] = ()
    _declared: tuple[_Field, ...] = ()
    _defaults: Mapping[str, Any] = {}
    _setters: tuple[Callable[[object, object], None], ...] = ()
    _key: Callable[[object], Any]

    def __init__(self, *values: Any, **given: Any) -> None:
        kind = type(self)
        if given or len(values) != len(kind._setters):
            values = tuple(_completed(kind.__match_args__, kind._defaults, values, given))
        for put, value in zip(kind._setters, values, strict=True):
            put(self, value)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Refuse values that do not go together."""

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return bool(self._key(self) == self._key(other))

    def __hash__(self) -> int:
        return hash(self._key(self))

    def __repr__(self) -> str:
        return _shown(type(self), [getattr(self, name) for name in self.__match_args__])

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, name) for name in self.__match_args__)


def _shown(kind: type[Any], values: Iterable[object]) -> str:
    facts = zip(kind.__match_args__, values, strict=True)
    return f"{kind.__qualname__}({', '.join(f'{name}={value!r}' for name, value in facts)})"


def _dataclass(*, frozen: bool, slots: bool = False) -> Callable[[type[Any]], type[Any]]:
    """Return what makes a frozen dataclass of a class; without *slots* it can cache properties."""
    assert frozen  # noqa: S101  (whoever changes a value needs another)

    def made(cls: type[Any]) -> type[Any]:
        body = dict(vars(cls))
        names = tuple(body["__annotations__"])
        own = {name: body.pop(name, NO_DEFAULT) for name in names}
        declared = [d if isinstance(d, _Field) else _Field(d) for d in own.values()]
        for name, entry in zip(names, declared, strict=True):
            entry.name = name
        body |= {
            "__slots__": names if slots else (*names, "__dict__"),
            "__match_args__": names,
            "_declared": tuple(declared),
            "_defaults": {d.name: d.default for d in declared if d.default is not NO_DEFAULT},
            "_key": attrgetter(*names),
        }
        body = {name: body[name] for name in body if name not in {"__dict__", "__weakref__"}}
        bases = tuple(base for base in cls.__bases__ if base is not object)
        kind: Any = type(cls.__name__, (*bases, _Frozen), body)
        kind._setters = tuple(vars(kind)[name].__set__ for name in names)
        return kind  # type: ignore[no-any-return]

    return made


def _fields(kind: type[_Frozen]) -> tuple[_Field, ...]:
    """Return the fields of a dataclass, in their order."""
    return kind._declared


def _replace(value: _Frozen, **changes: Any) -> _Frozen:
    """Return a dataclass's *value* with some fields changed; it checks itself again."""
    names = value.__match_args__
    known = {name: getattr(value, name) for name in names}
    known.update(changes)
    if len(known) != len(names):
        raise TypeError(f"these are not its fields: {', '.join(names)}")
    return type(value)(*known.values())


class _Tuples(type):
    """Makes the class of a named tuple, with a property for each field."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _Tuples:
        """Take the fields out of the *body* of the class; one without any has those of its base."""
        if fields := tuple(body.get("__annotations__", ())):
            body["_field_defaults"] = {field: body.pop(field) for field in fields if field in body}
            body |= {field: property(itemgetter(place)) for place, field in enumerate(fields)}
            body |= {"_fields": fields, "__match_args__": fields}
        return super().__new__(cls, name, bases, {"__slots__": (), **body})


class _NamedTuple(tuple[Any, ...], metaclass=_Tuples):  # noqa: SLOT001  (all get none)
    """What all named tuples do, each with its own fields."""

    if TYPE_CHECKING:
        _fields: tuple[str, ...]
        _field_defaults: Mapping[str, Any]

    def __new__(cls, *values: Any, **given: Any) -> Any:
        if given or len(values) != len(cls._fields):
            return tuple.__new__(cls, _completed(cls._fields, cls._field_defaults, values, given))
        return tuple.__new__(cls, values)

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        return _shown(type(self), self)

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def _replace(self, **changes: Any) -> Any:
        return type(self)(**{**self._asdict(), **changes})


if not TYPE_CHECKING:
    dataclass, field, fields, replace = _dataclass, _Field, _fields, _replace
    NamedTuple = _NamedTuple
