"""Values behave as those of the standard library do, which they stand in for."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import typing
from typing import Any

import pytest

from dorf import values
from tests import house


class _Plain:
    name: str
    days: int = 7
    words: tuple[str, ...] = ()

    @property
    def long(self) -> bool:
        """Whether it is more than a week."""
        return self.days > 7


def _dataclass_of(library: Any) -> Any:
    return library.dataclass(frozen=True, slots=True)(type("Span", (), dict(vars(_Plain))))


def _tuple_of(library: Any) -> Any:
    class Span(library.NamedTuple):  # type: ignore[misc]
        name: str
        days: int = 7
        words: tuple[str, ...] = ()

        @property
        def long(self) -> bool:
            """Whether it is more than a week."""
            return self.days > 7

    return Span


KINDS = pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (_dataclass_of(values), _dataclass_of(dataclasses)),
        (_tuple_of(values), _tuple_of(typing)),
    ],
    ids=["dataclass", "tuple"],
)


def _facts(value: Any) -> tuple[Any, ...]:
    return (value.name, value.days, value.words, value.long, repr(value).rpartition(".")[2])


@KINDS
@pytest.mark.parametrize(
    ("given", "by_name"),
    [
        (("a",), {}),
        (("a", 8), {}),
        (("a", 8, ("b",)), {}),
        ((), {"name": "a"}),
        (("a",), {"words": ("b",)}),
        ((), {"words": (), "name": "a", "days": 9}),
    ],
)
def test_it_is_made_by_place_by_name_and_by_default(
    ours: Any, theirs: Any, given: Any, by_name: dict[str, Any]
) -> None:
    """What is not given has its default; the value shows, compares and hashes by its fields."""
    value = ours(*given, **by_name)
    assert _facts(value) == _facts(theirs(*given, **by_name))
    assert value == ours(*given, **by_name)
    assert hash(value) == hash(ours(*given, **by_name))
    assert value != ours("other")
    assert value.__match_args__ == ("name", "days", "words")


@KINDS
@pytest.mark.parametrize(
    ("given", "by_name"),
    [
        ((), {}),
        ((), {"days": 8}),
        (("a", 8, (), 1), {}),
        (("a",), {"name": "a"}),
        (("a",), {"nme": "a"}),
        ((), {"nme": "a"}),
    ],
)
def test_what_does_not_fit_is_refused(
    ours: Any, theirs: Any, given: Any, by_name: dict[str, Any]
) -> None:
    """Too few, too many, unknown and twice: a `TypeError`, as with the standard library."""
    for kind in (ours, theirs):
        with pytest.raises(TypeError):
            kind(*given, **by_name)


@KINDS
def test_it_can_not_be_changed(ours: Any, theirs: Any) -> None:
    """Neither a field nor anything else."""
    for kind in (ours, theirs):
        for name in ("name", "other"):
            # The standard library's dataclass says TypeError of a name that it doesn't know.
            with pytest.raises((AttributeError, TypeError)):
                setattr(kind("a"), name, "b")
            with pytest.raises((AttributeError, TypeError)):
                delattr(kind("a"), name)


@values.dataclass(frozen=True, slots=True)
class _Checked:
    """A value that checks itself."""

    days: int = values.field(default=7, metadata={"unit": "day"})
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse what is below 0."""
        if self.days < 0:
            raise ValueError(self.days)


@pytest.mark.parametrize("replace", [values.replace, dataclasses.replace])
def test_a_changed_copy_checks_itself(replace: Any) -> None:
    """`replace` gives a value of the same kind, and takes only its fields."""
    assert replace(_Checked(3, "a"), days=4) == _Checked(4, "a")
    with pytest.raises(ValueError, match="-1"):
        replace(_Checked(), days=-1)
    with pytest.raises(TypeError):
        replace(_Checked(), weeks=1)


def test_fields_tell_what_is_declared() -> None:
    """Names, defaults and metadata, to us and to the standard library."""
    for library in (values, dataclasses):
        found = library.fields(_Checked)
        facts = [(f.name, f.default, dict(f.metadata)) for f in found]
        assert facts == [("days", 7, {"unit": "day"}), ("name", "", {})]


class _Pair(values.NamedTuple):
    one: int
    two: int = 2


class _Twins(_Pair):
    __slots__ = ()


def test_tuples_are_tuples() -> None:
    """They unpack, change by `_replace`, become mappings, and can be built upon."""
    one, two = pair = _Twins(1)
    assert (one, two) == (1, 2) == pair
    assert pair._replace(one=3) == (3, 2)
    assert type(pair._replace(one=3)) is _Twins
    assert pair._asdict() == {"one": 1, "two": 2}
    with pytest.raises((TypeError, ValueError)):
        pair._replace(three=3)  # type: ignore[call-arg]


def test_values_can_be_copied() -> None:
    """By `copy` and `pickle`."""
    for value in (_Checked(3), _Pair(1)):
        assert copy.copy(value) == copy.deepcopy(value) == value
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301  (our own)


def test_values_are_declared_at_a_low_price() -> None:
    """Whatever starts load declares no class that the standard library has to write first."""
    dear = {"dataclasses.dataclass", "dataclasses.replace", "typing.NamedTuple"}
    users = {
        name
        for name, path in house.modules().items()
        if house.room(name) not in {"scheduler", "completion", "cli", "values"}
        and dear & {full for full, _ in house.imported(path)}
    }
    assert users == set()
