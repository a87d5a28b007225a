"""Expressions and values as JSON: what a plan keeps of them.

In: a resolved expression. Out: a term, a list whose first item names its kind; its meaning in code is in `terms`. What
reads no fact is worked out here.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, assert_never

from praxe.dsl.tree import (
    And,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Contains,
    DaysBetween,
    Duration,
    DurationLiteral,
    Expression,
    FactName,
    FactRef,
    In,
    Literal,
    LoopRef,
    Name,
    Not,
    Or,
    OutcomeIs,
    Today,
    ValueRef,
)
from praxe.engine.evaluate import HOURS, Evaluator, fixed_value
from praxe.engine.values import Json, Value

DEEPEST: Final = 30  # of an expression that becomes code; CPython's parser gives up at 200 parentheses
_SIGNS: Final = {
    Comparison.EQUAL: "==",
    Comparison.IS: "==",
    Comparison.NOT_EQUAL: "!=",
    Comparison.GREATER: ">",
    Comparison.GREATER_EQUAL: ">=",
    Comparison.LESS: "<",
    Comparison.LESS_EQUAL: "<=",
}
_TOO_DEEP: Final = ("deep",)


def written(value: Value) -> Json:
    """Return a value as JSON that `plan.constant` reads."""
    match value:
        case bool() | int() | str():
            return value
        case Decimal():
            return ["decimal", str(value)]
        case datetime.date():
            return ["date", value.isoformat()]
        case _:
            raise AssertionError(f"no literal of a policy is a {type(value).__name__}")


class Terms:
    """Writes the expressions of one policy."""

    def __init__(self, evaluator: Evaluator, attempts: Mapping[FactName, int]) -> None:
        self._evaluator = evaluator
        self._attempts = attempts

    def term(self, expression: Expression) -> Json:
        """Return the term of `expression`; one that is nested too deep stays for the walk."""
        return self._term(expression, 0)

    def fact(self, name: FactName) -> Json:
        """Return the term of a fact: plain, a list of attempts, or derived."""
        if name in self._evaluator.definitions:
            return ["derived", name]
        if name in self._attempts:
            return ["final", name, self._attempts[name]]
        return ["f", name]

    def _term(self, part: Expression, depth: int) -> Json:  # noqa: C901 - one case for each kind of expression
        if depth > DEEPEST:
            return list(_TOO_DEEP)
        match part:
            case FactRef():
                return self.fact(part.name)
            case ValueRef() | Literal():
                return ["is", written(fixed_value(part))]
            case DurationLiteral():
                return self._duration(part.value)
            case Today():
                return ["today"]
            case Not():
                return ["not", self._term(part.operand, depth + 1)]
            case And():
                return ["and", [self._term(each, depth + 1) for each in part.operands]]
            case Or():
                return ["or", [self._term(each, depth + 1) for each in part.operands]]
            case Compare():
                return [_SIGNS[part.operator], self._measured(part.left, depth), self._measured(part.right, depth)]
            case Between():
                return ["between", *(self._measured(each, depth) for each in (part.subject, part.low, part.high))]
            case In():
                members = [self._measured(each, depth) for each in part.members]
                return ["in", self._measured(part.subject, depth), members]
            case Contains():
                return ["has", self._term(part.collection, depth + 1), self._term(part.member, depth + 1)]
            case DaysBetween():
                return ["days", part.business, *(self._term(each, depth + 1) for each in (part.start, part.end))]
            case Arithmetic():
                return ["sum", part.subtract, *(self._term(each, depth + 1) for each in (part.left, part.right))]
            case Name() | LoopRef() | OutcomeIs():
                raise AssertionError(f"not an expression of a procedure: {type(part).__name__}")
            case _:
                assert_never(part)

    def _measured(self, part: Expression, depth: int) -> Json:
        """Return the term of an operand of a comparison: durations are compared in hours."""
        if isinstance(part, DurationLiteral):
            return ["is", part.value.amount * HOURS[part.value.unit]]
        return self._term(part, depth + 1)

    def _duration(self, duration: Duration) -> Json:
        return ["duration", duration.amount, duration.unit.value]
