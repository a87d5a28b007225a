"""Numbers that fit several sums: found just when trying all of them finds some."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from praxe.engine.prove.fitting import AtMost, TooManyBoundsError, are_possible, fitting

NAMES = ("a", "b", "c")
MOST = 4  # each number is between nought and this

_sums = st.lists(st.integers(-2, 2), min_size=3, max_size=3).filter(any)
_bounds = st.lists(
    st.builds(
        lambda counts, most, is_below: AtMost(
            tuple((name, count) for name, count in zip(NAMES, counts, strict=True) if count), Fraction(most), is_below
        ),
        _sums,
        st.integers(-6, 8),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


def limits() -> list[AtMost]:
    return [
        each for name in NAMES for each in (AtMost(((name, 1),), Fraction(MOST)), AtMost(((name, -1),), Fraction(0)))
    ]


def fits(bounds: list[AtMost], numbers: Mapping[str, Fraction]) -> bool:
    totals = ((sum(count * numbers[name] for name, count in each.counts), each) for each in bounds)
    return all(total < each.most if each.is_below else total <= each.most for total, each in totals)


@given(_bounds, st.sampled_from([frozenset(NAMES), frozenset("ab")]))
def test_numbers_are_found_just_when_there_are_some(drawn: list[AtMost], whole: frozenset[str]) -> None:
    bounds = drawn + limits()
    grid = [
        [Fraction(each, 1 if name in whole else 4) for each in range(MOST * (1 if name in whole else 4) + 1)]
        for name in NAMES
    ]
    there_are = any(fits(bounds, dict(zip(NAMES, each, strict=True))) for each in product(*grid))
    try:
        found = fitting(bounds, whole, lambda name: Fraction(0))
    except TooManyBoundsError:
        return
    if there_are:
        assert found is not None
        assert are_possible(bounds, whole)
    if whole == frozenset(NAMES):
        assert (found is not None) is there_are
    if found is not None:
        numbers = {name: found.get(name, Fraction(0)) for name in NAMES}
        assert fits(bounds, numbers)
        assert all(numbers[name].denominator == 1 for name in whole)
