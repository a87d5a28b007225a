"""Comparisons as sums: `dias entre a e b > 15` is `b - a > 15`, `a - 1 dia = b` is `a - b = 1`.

In: the two sides of a comparison, no derived facts in them. Out: how often each fact counts, and the number that is
compared with; or None where a side counts business days or months, which are no sums.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from praxe.dsl.tree import (
    Arithmetic,
    Comparison,
    DaysBetween,
    Duration,
    DurationLiteral,
    Expression,
    FactName,
    FactRef,
    Literal,
    Today,
    Unit,
)
from praxe.engine.prove.axes import Boundary
from praxe.engine.values import TODAY


@dataclass(frozen=True, slots=True)
class Sum:
    """Facts, each counted so many times, and a number; dates count as their day's number."""

    facts: tuple[tuple[FactName, int], ...]
    number: Fraction


def sum_of(expression: Expression) -> Sum | None:
    """Return an expression as a sum."""
    match expression:
        case FactRef(name=name):
            return Sum(((name, 1),), Fraction(0))
        case Today():
            return Sum(((TODAY, 1),), Fraction(0))
        case Literal(value=datetime.date() as day):
            return Sum((), Fraction(day.toordinal()))
        case Literal(value=bool() | str()):
            return None
        case Literal(value=int() | Decimal() as number):
            return Sum((), Fraction(number))
        case DurationLiteral(value=Duration(amount=amount, unit=Unit.DAY)):
            return Sum((), Fraction(amount))
        case DaysBetween(business=False):
            return _added(sum_of(expression.end), sum_of(expression.start), -1)
        case Arithmetic():
            return _added(sum_of(expression.left), sum_of(expression.right), -1 if expression.subtract else 1)
        case _:
            return None


def difference(left: Expression, right: Expression) -> Sum | None:
    """Return `left` minus `right`, its first fact counted positively or not at all."""
    return _added(sum_of(left), sum_of(right), -1)


def boundaries(operator: Comparison, at: Fraction) -> list[Boundary]:
    """Return where the answer to `x operator at` changes as x grows."""
    match operator:
        case Comparison.GREATER_EQUAL | Comparison.LESS:
            return [(at, 0)]
        case Comparison.GREATER | Comparison.LESS_EQUAL:
            return [(at, 1)]
        case _:
            return [(at, 0), (at, 1)]


def flipped(operator: Comparison) -> Comparison:
    """Return the operator with its sides exchanged."""
    exchanged = {
        Comparison.GREATER: Comparison.LESS,
        Comparison.LESS: Comparison.GREATER,
        Comparison.GREATER_EQUAL: Comparison.LESS_EQUAL,
        Comparison.LESS_EQUAL: Comparison.GREATER_EQUAL,
    }
    return exchanged.get(operator, operator)


def _added(first: Sum | None, second: Sum | None, sign: int) -> Sum | None:
    if first is None or second is None:
        return None
    counts = dict(first.facts)
    for name, count in second.facts:
        counts[name] = counts.get(name, 0) + sign * count
    facts = tuple(sorted((name, count) for name, count in counts.items() if count))  # `a + b` and `b + a` are one sum
    return Sum(facts, first.number + sign * second.number)
