"""Expressions as JSON: a text for people, and the same as a tree for programs.

In: a resolved expression. Out: `{"text": …, "tree": {"op": …}}`, as graph.schema.json describes it. The text is in the
policy's language, as in its files; decimals are texts, dates are ISO 8601.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

from praxe.dsl.format_parts import Parts
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
    FactRef,
    In,
    Literal,
    LoopRef,
    Name,
    Not,
    Or,
    OutcomeIs,
    Pattern,
    RangePattern,
    Today,
    ValuePattern,
    ValueRef,
)
from praxe.engine.values import Json, plain_decimal


def expression_json(expression: Expression, parts: Parts) -> Json:
    """Return an expression as its text and its tree."""
    return {"text": parts.expression(expression), "tree": tree(expression)}


def patterns_json(patterns: tuple[Pattern, ...], parts: Parts) -> Json:
    """Return what a branch or cell admits, as its text and one by one; no pattern admits everything."""
    return {"text": parts.patterns(patterns) if patterns else "-", "any_of": [_pattern(each) for each in patterns]}


def duration_json(duration: Duration) -> Json:
    """Return a duration."""
    return {"amount": duration.amount, "unit": duration.unit.value}


def tree(expression: Expression) -> Json:  # noqa: C901 - one case for each kind of expression
    """Return an expression as a tree: `op` names the operation."""
    match expression:
        case FactRef():
            return {"op": "fact", "name": expression.name}
        case ValueRef():
            return {"op": "value", "name": expression.name}
        case Literal():
            return {"op": "literal", **_literal(expression.value)}
        case DurationLiteral():
            return {"op": "duration", **duration_json(expression.value)}
        case Today():
            return {"op": "today"}
        case Not():
            return {"op": "not", "operands": [tree(expression.operand)]}
        case And():
            return {"op": "and", "operands": _trees(expression.operands)}
        case Or():
            return {"op": "or", "operands": _trees(expression.operands)}
        case Compare():
            return {"op": _comparison(expression.operator), "operands": _trees((expression.left, expression.right))}
        case Between():
            return {"op": "between", "operands": _trees((expression.subject, expression.low, expression.high))}
        case In():
            return {"op": "in", "operands": _trees((expression.subject, *expression.members))}
        case Contains():
            return {"op": "contains", "operands": _trees((expression.collection, expression.member))}
        case DaysBetween():
            name = "business_days_between" if expression.business else "days_between"
            return {"op": name, "operands": _trees((expression.start, expression.end))}
        case Arithmetic():
            name = "minus" if expression.subtract else "plus"
            return {"op": name, "operands": _trees((expression.left, expression.right))}
        case Name() | LoopRef() | OutcomeIs():
            # INVARIANT: resolve leaves no Name, lower no LoopRef, and OutcomeIs stands only in rules
            raise AssertionError(f"not an expression of a procedure: {type(expression).__name__}")
        case _:
            assert_never(expression)


def _trees(expressions: Iterable[Expression]) -> list[Json]:
    return [tree(each) for each in expressions]


def _pattern(pattern: Pattern) -> Json:
    match pattern:
        case ValuePattern():
            return {"value": tree(pattern.value)}
        case RangePattern():
            high = None if pattern.high is None else _number(pattern.high)
            return {"low": _number(pattern.low), "high": high}
        case _:
            assert_never(pattern)


def _literal(value: bool | int | Decimal | datetime.date | str) -> dict[str, Json]:
    match value:
        case bool():
            return {"type": "yes_no", "value": value}
        case int():
            return {"type": "integer", "value": value}
        case Decimal():
            return {"type": "decimal", "value": plain_decimal(value)}
        case datetime.date():
            return {"type": "date", "value": value.isoformat()}
        case str():
            return {"type": "text", "value": value}
        case _:
            assert_never(value)


def _number(number: int | Decimal) -> Json:
    return number if isinstance(number, int) else plain_decimal(number)


def _comparison(operator: Comparison) -> str:
    match operator:
        case Comparison.EQUAL | Comparison.IS:
            return "equal"
        case Comparison.NOT_EQUAL:
            return "not_equal"
        case Comparison.GREATER:
            return "greater"
        case Comparison.GREATER_EQUAL:
            return "greater_equal"
        case Comparison.LESS:
            return "less"
        case Comparison.LESS_EQUAL:
            return "less_equal"
        case _:
            assert_never(operator)
