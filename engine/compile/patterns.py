"""Whether a value is admitted by the patterns of a plan, meant as `tables.admitted` means it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from praxe.engine.compile.plan import constant


def split(patterns: Iterable[Any]) -> tuple[set[Any], list[tuple[Any, Any]]]:
    """Return the single values and the ranges of some patterns; a range without an upper end has None there."""
    values: set[Any] = set()
    ranges: list[tuple[Any, Any]] = []
    for kind, *ends in patterns:
        if kind == "is":
            values.add(constant(ends[0]))
        else:
            low, high = ends
            ranges.append((constant(low), None if high is None else constant(high)))
    return values, ranges


def admits(patterns: Iterable[Any]) -> Callable[[Any], bool]:
    """Return the test whether a value is admitted; a set is by any of its members."""
    values, ranges = split(patterns)

    def test(value: Any) -> bool:
        if isinstance(value, frozenset):
            return not values.isdisjoint(value)
        if value in values:
            return True
        return isinstance(value, (int, Decimal)) and any(
            low <= value and (high is None or value <= high) for low, high in ranges
        )

    return test
