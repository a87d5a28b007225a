"""Records: as `@dataclass(frozen=True, slots=True)` makes them, seen from outside."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.record import RecordBase, record


@record
class Base(RecordBase):
    place: Any = field(compare=False, repr=False)


@record
class Named(Base):
    name: str
    parts: tuple[int, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict, hash=False)


@record
class Empty(Base):
    pass


@record(kw_only=False)
class Pair(RecordBase):
    first: int
    second: str = "b"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualBase:
    place: Any = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualNamed(UsualBase):
    name: str
    parts: tuple[int, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class UsualPair:
    first: int
    second: str = "b"


VALUES = st.fixed_dictionaries(
    {"place": st.integers(0, 1), "name": st.sampled_from("ab")},
    optional={"parts": st.tuples(st.integers(0, 1)), "notes": st.just({"a": "b"})},
)


@given(VALUES, VALUES)
def test_it_is_equal_hashed_and_shown_as_a_dataclass(one: dict[str, Any], other: dict[str, Any]) -> None:
    ours, usual = [[kind(**each) for each in (one, other)] for kind in (Named, UsualNamed)]
    assert (ours[0] == ours[1]) is (usual[0] == usual[1])
    assert [hash(each) for each in ours] == [hash(each) for each in usual]
    assert [repr(each) for each in ours] == [repr(each).removeprefix("Usual") for each in usual]
    assert [[getattr(each, part.name) for part in fields(each)] for each in ours] == [
        [getattr(each, part.name) for part in fields(each)] for each in usual
    ]


def test_fields_may_be_given_by_their_place_where_the_class_says_so() -> None:
    assert Pair(1) == Pair(first=1, second="b") == Pair(1, second="b")
    assert repr(Pair(1, "c")) == repr(UsualPair(1, "c")).removeprefix("Usual")
    match Pair(1, "c"):
        case Pair(first, second):
            assert (first, second) == (1, "c")


@pytest.mark.parametrize(
    ("kind", "placed", "named", "told"),
    [
        (Named, (), {"place": 1}, "lacks ['name']"),
        (Named, (), {"place": 1, "name": "a", "part": ()}, "does not know ['part']"),
        (Named, (), {"place": 1, "nam": "a", "parts": (), "notes": {}}, "lacks ['name'], does not know ['nam']"),
        (Named, (1, "a"), {}, "2 by place"),
        (Named, (1, "a", (), {}), {}, "4 by place"),
        (Pair, (1, "a", 2), {}, "3 by place"),
        (Pair, (1,), {"first": 2}, "1 by place, ['first'] by name"),
        (Pair, (), {}, "lacks ['first']"),
    ],
)
def test_what_does_not_fit_is_refused(
    kind: type[RecordBase], placed: tuple[Any, ...], named: dict[str, Any], told: str
) -> None:
    with pytest.raises(TypeError) as caught:
        kind(*placed, **named)
    assert told in str(caught.value)


def test_it_does_not_change_and_has_no_room_for_more() -> None:
    here: Any = Named(place=1, name="a")
    with pytest.raises(FrozenInstanceError):
        here.name = "b"
    with pytest.raises(FrozenInstanceError):
        del here.name
    with pytest.raises(FrozenInstanceError):
        here.other = 1
    assert not hasattr(here, "__dict__")


def test_kinds_with_the_same_fields_differ() -> None:
    assert Empty(place=1) == Empty(place=2)
    assert hash(Empty(place=1)) == hash(Empty(place=2))
    assert Empty(place=1) != Base(place=1)
    assert Pair(1) != (1, "b")


def test_it_is_copied_pickled_and_replaced() -> None:
    here = Named(place=[1], name="a", notes={"b": "c"})
    for again in (pickle.loads(pickle.dumps(here)), copy.deepcopy(here), copy.copy(here)):
        assert again == here
        assert again.place == [1]
    assert is_dataclass(here)
    assert replace(here, name="b") == Named(place=2, name="b", notes={"b": "c"})
    assert Named(place=1, name="a").notes is not Named(place=1, name="a").notes
