"""The test of one place: which of its ways is taken.

In: a spot and the writer of its terms. Out: Python expressions; for two ways one, yes or no; for a few ways one each,
the first that holds; for many the number of the way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from praxe.engine.compile.column import column_of
from praxe.engine.compile.patterns import split
from praxe.engine.compile.plan import PlannedFact, PlannedSpot
from praxe.engine.compile.terms import Terms

WIDEST: Final = 8  # ways that are tried one after the other; more are looked up


class Switch(NamedTuple):
    """`before` is a line to be written first, or nothing; `ALWAYS` among the tests needs no test."""

    before: str
    tests: tuple[str, ...]
    is_number: bool = False  # the one test is the number of the way


ALWAYS: Final = "True"


def switch_of(spot: PlannedSpot, terms: Terms, held: set[str] | None = None) -> Switch:
    """Return how the way on from `spot` is found, when all is known.

    Args:
        held: facts that stand in variables; added to. None: nothing is to be kept in variables.
    """
    assert spot.test is not None  # or there is nothing to find
    if spot.lookup:
        assert spot.fact is not None
        if terms.facts[spot.fact].type == "yes_no":
            answer = terms.fact(spot.fact, held)
            return Switch("", (answer if dict(spot.lookup)[True] == 0 else f"not {answer}",))
        return _by_value(spot, terms, held)
    if not spot.arms:
        return Switch("", (terms.text(spot.test, held),))
    return _by_pattern(spot, terms, held)


def by_number(name: str, ways: int) -> Switch:
    """Return the switch over a variable that holds the number of the way."""
    if ways == 2:
        return Switch("", (f"{name} == 0",))
    if ways > WIDEST:
        return Switch("", (name,), is_number=True)
    return Switch("", (*(f"{name} == {number}" for number in range(ways - 1)), ALWAYS))


def _by_value(spot: PlannedSpot, terms: Terms, held: set[str] | None) -> Switch:
    assert spot.fact is not None
    answer = terms.fact(spot.fact, held)
    if len(spot.ways) > WIDEST:
        return Switch(f"x = {terms.name(dict(spot.lookup))}[{answer}]", ("x",), is_number=True)
    groups = [[value for value, way in spot.lookup if way == number] for number in range(len(spot.ways))]
    if len(groups) == 2:
        yes, no = groups
        again = terms.variable(spot.fact, held)
        if len(yes) <= len(no):
            return Switch("", (_among(answer, yes, terms, again=again),))
        return Switch("", (_among(answer, no, terms, negated=True, again=again),))
    return Switch(f"x = {answer}", (*(_among("x", each, terms, again="x") for each in groups[:-1]), ALWAYS))


def _among(
    subject: str, values: Sequence[Any], terms: Terms, *, negated: bool = False, again: str | None = None
) -> str:
    """Return the test whether `subject` is one of some values; `again` is how it is named once it has been read."""
    sign = "!=" if negated else "=="
    if len(values) == 1:
        return f"{subject} {sign} {terms.constant(values[0])}"
    if len(values) == 2 and again is not None:  # two comparisons are faster than a set
        one, other = map(terms.constant, values)
        return f"({subject} {sign} {one} {'and' if negated else 'or'} {again} {sign} {other})"
    return f"{subject} {'not in' if negated else 'in'} {terms.constant(frozenset(values))}"


def _by_pattern(spot: PlannedSpot, terms: Terms, held: set[str] | None) -> Switch:
    assert spot.test is not None
    subject = terms.text(spot.test, held)
    fact = terms.facts.get(spot.test[1]) if spot.test[0] == "f" else None
    if len(spot.arms) > WIDEST or fact is None or not _covers(fact, spot.arms):
        values = _single_values(spot.arms)
        number = (
            f"{terms.name(_first_arm(spot.arms))}({subject})" if values is None else f"{terms.name(values)}[{subject}]"
        )
        switch = by_number("x", len(spot.arms))
        return switch._replace(before=f"x = {number}")
    tests = [_admits(each, "x", terms) for each in spot.arms[:-1]]
    return Switch(f"x = {subject}", (tests[0],) if len(tests) == 1 else (*tests, ALWAYS))


def _admits(patterns: Sequence[Any], subject: str, terms: Terms) -> str:
    values, ranges = split(patterns)
    tests = [f"{subject} == {terms.constant(each)}" for each in values]
    for low, high in ranges:
        until = "" if high is None else f" <= {terms.constant(high)}"
        tests.append(f"{terms.constant(low)} <= {subject}{until}")
    return f"({' or '.join(tests)})"


def _covers(fact: PlannedFact, arms: Sequence[Any]) -> bool:
    """Whether the arms leave out no whole number that the fact may have; the last then needs no test."""
    if arms[-1] is None:
        return fact.type in {"integer", "decimal", "date", "text"}
    if fact.type != "integer" or fact.minimum is None:
        return False
    values, ranges = split([each for arm in arms for each in arm or ()])
    ends = sorted([*ranges, *((each, each) for each in values)], key=lambda each: each[0])
    reached = fact.minimum
    for low, high in ends:
        if low > reached:
            return False
        if high is None:
            return True
        reached = max(reached, high + 1)
    return fact.maximum is not None and reached > fact.maximum


def _single_values(arms: Sequence[Any]) -> dict[Any, int] | None:
    """Return the number of the arm of each value, if each arm names its values; a set is then left to the walk."""
    found: dict[Any, int] = {}
    for number, arm in enumerate(arms):
        values, ranges = split(arm or ())
        if arm is None or ranges:
            return None
        for each in values:
            found.setdefault(each, number)
    return found


def _first_arm(arms: Sequence[Any]) -> Callable[[Any], int]:
    rows = column_of([() if each is None else each for each in arms]).rows

    def number(value: Any) -> int:
        bits = rows(value)
        if not bits:
            raise KeyError
        return (bits & -bits).bit_length() - 1

    return number
