"""What is said of a set axis by axis is true of the tuples in it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from praxe.engine.prove.by_axis import Excluded, shared
from praxe.engine.prove.diagrams import Diagrams
from tests.engine.prove.test_diagrams import AXES, SIZES, made, sets


def excluded_of(cases: frozenset[Any], axes: frozenset[int]) -> dict[int, set[int]]:
    """Return, for each of some axes, the classes that no tuple has."""
    gone = {axis: set(range(SIZES[axis])) - {case[axis] for case in cases} for axis in axes}
    return {axis: classes for axis, classes in gone.items() if classes}


def in_bits(gone: dict[int, set[int]]) -> dict[int, int]:
    return {axis: sum(1 << each for each in classes) for axis, classes in gone.items()}


@given(sets.filter(bool), st.frozensets(st.sampled_from(AXES)))
def test_the_classes_that_no_case_is_in(cases: frozenset[Any], axes: frozenset[int]) -> None:
    diagrams = Diagrams(SIZES)
    assert Excluded(diagrams, axes)[made(diagrams, cases)] == in_bits(excluded_of(cases, axes))


@given(sets.filter(bool), sets.filter(bool))
def test_what_two_sets_exclude_is_what_both_together_do(one: frozenset[Any], other: frozenset[Any]) -> None:
    diagrams, axes = Diagrams(SIZES), frozenset(AXES)
    excluded = Excluded(diagrams, axes)
    each = excluded[made(diagrams, one)], excluded[made(diagrams, other)]
    assert shared(*each) == in_bits(excluded_of(one | other, axes))
