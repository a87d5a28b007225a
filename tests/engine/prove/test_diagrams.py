"""Sets of cases agree with sets of tuples."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.engine.prove.diagrams import EVERY_CASE, MANY_SETS, NO_CASE, Diagrams, TooManyTestsError

SIZES = (2, 3, 4)
ALL = frozenset(product(*map(range, SIZES)))
AXES = range(len(SIZES))

sets = st.frozensets(st.sampled_from(sorted(ALL)))


def made(diagrams: Diagrams, cases: frozenset[Any]) -> int:
    return diagrams.any_of(diagrams.exactly(dict(zip(AXES, case, strict=True))) for case in sorted(cases))


def told(diagrams: Diagrams, number: int) -> frozenset[Any]:
    return frozenset(case for case in ALL if diagrams.given(number, dict(zip(AXES, case, strict=True))) == EVERY_CASE)


@given(sets, sets)
def test_sets_combine_as_sets_do(one: frozenset[Any], other: frozenset[Any]) -> None:
    diagrams = Diagrams(SIZES)
    a, b = made(diagrams, one), made(diagrams, other)
    assert told(diagrams, a) == one
    assert told(diagrams, diagrams.both(a, b)) == one & other
    assert told(diagrams, diagrams.either(a, b)) == one | other
    assert told(diagrams, diagrams.without(a)) == ALL - one
    assert told(diagrams, diagrams.minus(a, b)) == one - other
    assert diagrams.meets(a, b) == bool(one & other)
    assert (a == b) == (one == other)


@given(sets, sets)
def test_whether_sets_have_a_case_in_common_is_said_without_putting_them_together(
    one: frozenset[Any], other: frozenset[Any]
) -> None:
    diagrams = Diagrams(SIZES)
    a, b = made(diagrams, one), made(diagrams, other)
    before = len(diagrams)
    assert diagrams.meets(a, b) == diagrams.meets(b, a) == bool(one & other)
    assert len(diagrams) == before
    assert told(diagrams, diagrams.both(a, b)) == one & other


@given(sets, sets)
def test_of_two_parts_that_are_told_to_be_a_whole_nothing_is_made(one: frozenset[Any], other: frozenset[Any]) -> None:
    diagrams = Diagrams(SIZES)
    a, b, whole = (made(diagrams, each) for each in (one, other, one | other))
    diagrams.together(a, b, whole)
    before = len(diagrams)
    assert diagrams.either(a, b) == diagrams.either(b, a) == whole
    assert len(diagrams) == before


@given(sets, sets)
def test_a_set_is_parted_into_what_both_have_and_the_rest(one: frozenset[Any], other: frozenset[Any]) -> None:
    diagrams = Diagrams(SIZES)
    a, b = made(diagrams, one), made(diagrams, other)
    taken, left = diagrams.parted(a, b, diagrams.without(b))
    assert (told(diagrams, taken), told(diagrams, left)) == (one & other, one - other)
    before = len(diagrams)
    assert diagrams.parted(a, b, diagrams.without(b)) == (taken, left)
    assert (diagrams.both(a, b), diagrams.minus(a, b), diagrams.either(left, taken)) == (taken, left, a)
    assert len(diagrams) == before  # all that is known then


@given(sets, st.dictionaries(st.sampled_from(AXES), st.integers(0, min(SIZES) - 1)))
def test_all_cases_of_some_classes_are_in_a_set_or_not(cases: frozenset[Any], choice: dict[int, int]) -> None:
    diagrams = Diagrams(SIZES)
    number = made(diagrams, cases)
    before = len(diagrams)
    chosen = {case for case in ALL if all(case[axis] == each for axis, each in choice.items())}
    assert diagrams.has_all(number, choice) == (chosen <= cases)
    assert len(diagrams) == before  # nothing is made for it


@given(sets, st.frozensets(st.sampled_from(AXES)))
def test_what_is_forgotten_no_longer_counts(cases: frozenset[Any], kept: frozenset[int]) -> None:
    diagrams = Diagrams(SIZES)
    bits = sum(1 << axis for axis in kept)
    seen = {tuple(case[axis] for axis in sorted(kept)) for case in cases}
    left = diagrams.keep(made(diagrams, cases), bits)
    assert told(diagrams, left) == {case for case in ALL if tuple(case[axis] for axis in sorted(kept)) in seen}
    assert diagrams.reads[left] & ~bits == 0


@given(st.lists(sets))
def test_the_axes_of_many_sets_are_what_any_of_them_reads(many: list[frozenset[Any]]) -> None:
    diagrams = Diagrams(SIZES)
    numbers = [made(diagrams, each) for each in many]
    assert diagrams.axes(numbers) == sum(
        1 << axis for axis in AXES if any(diagrams.reads[a] >> axis & 1 for a in numbers)
    )


@given(sets)
def test_the_smallest_choice_has_nothing_to_spare(cases: frozenset[Any]) -> None:
    diagrams = Diagrams(SIZES)
    number = made(diagrams, cases)
    choice = diagrams.smallest(number)
    if choice is None:
        assert number == NO_CASE
        return
    chosen = {case for case in ALL if all(case[axis] == each for axis, each in choice.items())}
    assert chosen <= cases
    for axis in choice:
        wider = {other: each for other, each in choice.items() if other != axis}
        assert diagrams.given(number, wider) != EVERY_CASE


@given(sets, st.lists(st.lists(st.integers(1, 9), min_size=4, max_size=4), min_size=3, max_size=3))
def test_cases_are_counted_exactly(cases: frozenset[Any], drawn: list[list[int]]) -> None:
    diagrams = Diagrams(SIZES)
    weights = [each[:size] for each, size in zip(drawn, SIZES, strict=True)]
    expected = sum(weights[0][a] * weights[1][b] * weights[2][c] for a, b, c in cases)
    assert diagrams.weigh(made(diagrams, cases), weights) == expected


@given(sets, st.sampled_from(AXES))
def test_one_axis_is_left_of_a_set(cases: frozenset[Any], axis: int) -> None:
    diagrams = Diagrams(SIZES)
    number = made(diagrams, cases)
    assert diagrams.along(number, axis) == diagrams.keep(number, 1 << axis)


@given(st.lists(sets, min_size=MANY_SETS + 1, max_size=2 * MANY_SETS))
def test_many_sets_are_put_together_as_few_are(many: list[frozenset[Any]]) -> None:
    diagrams = Diagrams(SIZES)
    whole = diagrams.any_of(made(diagrams, each) for each in many)
    assert told(diagrams, whole) == frozenset().union(*many)


def test_sets_on_an_axis_of_many_classes_are_put_together_class_by_class() -> None:
    diagrams = Diagrams((40, 2))
    yes = diagrams.among(1, [1])
    parts = [diagrams.both(diagrams.among(0, [each]), yes) for each in range(40)]
    before = len(diagrams)
    assert diagrams.any_of(parts) == yes
    assert len(diagrams) == before  # no set on the way was made


def test_no_more_sets_are_made_than_there_is_room_for() -> None:
    diagrams = Diagrams((2,) * 12)
    odd = NO_CASE
    with pytest.raises(TooManyTestsError), diagrams.room(30):
        for axis in reversed(range(12)):
            both = diagrams.among(axis, [0]), diagrams.among(axis, [1])
            odd = diagrams.either(diagrams.both(both[0], odd), diagrams.both(both[1], diagrams.without(odd)))
    assert len(diagrams) <= 2 + 30 + 1
    assert diagrams.among(11, [1]) > EVERY_CASE  # beyond the room is room again
