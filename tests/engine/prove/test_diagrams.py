"""Sets of cases agree with sets of tuples."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE, Diagrams

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
    assert (a == b) == (one == other)


@given(sets, st.frozensets(st.sampled_from(AXES)))
def test_what_is_forgotten_no_longer_counts(cases: frozenset[Any], kept: frozenset[int]) -> None:
    diagrams = Diagrams(SIZES)
    bits = sum(1 << axis for axis in kept)
    seen = {tuple(case[axis] for axis in sorted(kept)) for case in cases}
    left = diagrams.keep(made(diagrams, cases), bits)
    assert told(diagrams, left) == {case for case in ALL if tuple(case[axis] for axis in sorted(kept)) in seen}
    assert diagrams.reads[left] & ~bits == 0


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
