"""What a branch of `caso` or a cell of a table admits, against the fact it is about. Part of pass 2."""

from __future__ import annotations

from typing import assert_never

from praxe.dsl import tree as t
from praxe.dsl.expressions import check_bounds, value_of
from praxe.dsl.record import replaced
from praxe.dsl.scope import Scope
from praxe.dsl.vocabulary import Fact, FactType


def resolve_pattern(pattern: t.Pattern, fact: Fact | None, scope: Scope) -> t.Pattern:
    """Resolve a pattern; without a fact (told already) it stays as it is."""
    if fact is None:
        return pattern
    match pattern:
        case t.ValuePattern(value=value):
            return replaced(pattern, value=value_of(value, fact, scope))
        case t.RangePattern():
            _range(pattern, fact, scope)
            return pattern
        case _:
            assert_never(pattern)


def _range(pattern: t.RangePattern, fact: Fact, scope: Scope) -> None:
    if fact.type not in (FactType.INTEGER, FactType.DECIMAL):
        text = f"{pattern.low}+" if pattern.high is None else f"{pattern.low} a {pattern.high}"
        scope.report("PX236", pattern.span, text=text, fact=fact.name, type="@" + fact.type.value)
    elif pattern.high is not None and pattern.high < pattern.low:
        scope.report("PX237", pattern.span, low=str(pattern.low), high=str(pattern.high))
    else:
        for end in (pattern.low, pattern.high):
            if end is not None:
                check_bounds(t.Literal(span=pattern.span, value=end), fact, scope)
