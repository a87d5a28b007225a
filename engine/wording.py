"""Expressions and patterns as short stable text, the same whatever language they were written in.

In: a resolved expression. Out: one line (`dias_atraso gt 15`), of which node ids, branch keys and comparisons are made.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

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
from praxe.engine.values import normal_text, plain_decimal

_LONGEST_SLUG = 40


def text_of(expression: Expression) -> str:  # noqa: C901 - one case for each kind of expression
    """Return an expression as stable text."""
    match expression:
        case FactRef() | ValueRef() | LoopRef() | Name():
            return expression.name
        case Literal():
            return literal_text(expression.value)
        case DurationLiteral():
            return duration_text(expression.value)
        case Today():
            return "today"
        case Not():
            return f"not {text_of(expression.operand)}"
        case And():
            return f"({' and '.join(map(text_of, expression.operands))})"
        case Or():
            return f"({' or '.join(map(text_of, expression.operands))})"
        case Compare():
            return f"({text_of(expression.left)} {_sign(expression.operator)} {text_of(expression.right)})"
        case Between():
            low, high = text_of(expression.low), text_of(expression.high)
            return f"({text_of(expression.subject)} between {low} and {high})"
        case In():
            return f"({text_of(expression.subject)} in {{{', '.join(map(text_of, expression.members))}}})"
        case Contains():
            return f"({text_of(expression.collection)} has {text_of(expression.member)})"
        case DaysBetween():
            days = "business days" if expression.business else "days"
            return f"{days} between {text_of(expression.start)} and {text_of(expression.end)}"
        case Arithmetic():
            sign = "minus" if expression.subtract else "plus"
            return f"({text_of(expression.left)} {sign} {text_of(expression.right)})"
        case OutcomeIs():
            return f"outcome is {expression.outcome.name}"
        case _:
            assert_never(expression)


def literal_text(value: bool | int | Decimal | datetime.date | str) -> str:
    """Return a literal as stable text; a text stands in quotes, so that `sim` and `"sim"` differ."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case Decimal():
            return plain_decimal(value)
        case datetime.date():
            return value.isoformat()
        case str():
            return f'"{normal_text(value)}"'
        case _:
            assert_never(value)


def duration_text(duration: Duration) -> str:
    """Return a duration as stable text."""
    return f"{duration.amount} {duration.unit.value}"


def patterns_text(patterns: Iterable[Pattern]) -> str:
    """Return the key of a branch with these patterns: `tecnico`, `0..15|17+`."""
    return "|".join(map(_pattern_text, patterns))


def slug(text: str) -> str:
    """Return the part of `text` that is shown in a node's id: plain letters, digits, `_` and `-`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    cut = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-")[: _LONGEST_SLUG + 1]
    if len(cut) > _LONGEST_SLUG:  # end between two words rather than inside one
        cut = cut.rpartition("-")[0] or cut[:_LONGEST_SLUG]
    return cut or "x"


def _pattern_text(pattern: Pattern) -> str:
    match pattern:
        case ValuePattern():
            return text_of(pattern.value)
        case RangePattern():
            low = literal_text(pattern.low)
            return f"{low}+" if pattern.high is None else f"{low}..{literal_text(pattern.high)}"
        case _:
            assert_never(pattern)


def _sign(operator: Comparison) -> str:
    match operator:
        case Comparison.EQUAL | Comparison.IS:
            return "is"
        case Comparison.NOT_EQUAL:
            return "is not"
        case Comparison.GREATER:
            return "gt"
        case Comparison.GREATER_EQUAL:
            return "ge"
        case Comparison.LESS:
            return "lt"
        case Comparison.LESS_EQUAL:
            return "le"
        case _:
            assert_never(operator)
