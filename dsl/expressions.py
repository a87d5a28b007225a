"""Names and kinds in expressions: part of pass 2.

In: an expression as written. Out: the same with every `Name` resolved, and the kind of its value; what does not
exist or does not fit is reported to the scope. A bare word next to a fact with named values is one of those
values; else a loop's variable; else a fact.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Final, assert_never

from praxe.dsl import tree as t
from praxe.dsl.record import replaced
from praxe.dsl.scope import KIND_OF, UNKNOWN, Kind, Scope, Typed
from praxe.dsl.vocabulary import Fact

_ORDERED: Final = (Kind.NUMBER, Kind.DATE, Kind.DURATION)
_EQUALITY: Final = (t.Comparison.EQUAL, t.Comparison.IS, t.Comparison.NOT_EQUAL)


def resolve_condition(expression: t.Expression, scope: Scope) -> t.Expression:
    """Resolve an expression that must be a yes or a no."""
    resolved, typed = resolve(expression, scope)
    if isinstance(resolved, t.Literal) and isinstance(resolved.value, bool):
        scope.report("PX243", resolved.span, value=spelled(resolved))
    elif typed.kind not in (Kind.YES_NO, Kind.UNKNOWN):
        scope.report("PX232", resolved.span, found=term(typed))
    return resolved


def resolve(  # noqa: C901 - one short case for each kind
    expression: t.Expression, scope: Scope, hint: Typed | None = None
) -> tuple[t.Expression, Typed]:
    """Resolve any expression; `hint` is what stands next to it, for the words that name its values."""
    match expression:
        case t.Name():
            return _name(expression, scope, hint)
        case t.Literal(value=value):
            return expression, Typed(_kind_of(value))
        case t.DurationLiteral():
            return expression, Typed(Kind.DURATION)
        case t.Today():
            return expression, Typed(Kind.DATE)
        case t.FactRef() | t.ValueRef() | t.LoopRef():
            return expression, hint or UNKNOWN  # resolved already
        case t.Not():
            return replaced(expression, operand=resolve_condition(expression.operand, scope)), Typed(Kind.YES_NO)
        case t.And() | t.Or():
            operands = tuple(resolve_condition(operand, scope) for operand in expression.operands)
            return replaced(expression, operands=operands), Typed(Kind.YES_NO)
        case t.Compare():
            return _compare(expression, scope), Typed(Kind.YES_NO)
        case t.Between():
            return _between(expression, scope), Typed(Kind.YES_NO)
        case t.In():
            return _in(expression, scope), Typed(Kind.YES_NO)
        case t.Contains():
            return _contains(expression, scope), Typed(Kind.YES_NO)
        case t.DaysBetween():
            start, end = (_expect(each, Kind.DATE, scope) for each in (expression.start, expression.end))
            return replaced(expression, start=start, end=end), Typed(Kind.NUMBER)
        case t.Arithmetic():
            return _arithmetic(expression, scope)
        case t.OutcomeIs(outcome=outcome):
            if not scope.is_rule:
                scope.report("PX401", expression.span)
            check_outcome(outcome, scope)
            return expression, Typed(Kind.YES_NO)
        case _:
            assert_never(expression)


def check_outcome(ref: t.OutcomeRef, scope: Scope) -> None:
    """Report an outcome that the vocabulary does not have."""
    if ref.name not in scope.vocabulary.outcomes:
        scope.unknown("PX204", ref.span, ref.name, lambda: scope.vocabulary.outcomes)


def check_fact(ref: t.FactRef, scope: Scope) -> Fact | None:
    """Return the fact a reference names, or report it."""
    fact = scope.fact(ref.name)
    if fact is None and not scope.is_derived(ref.name):
        scope.unknown("PX203", ref.span, ref.name, scope.fact_names)
    return fact


def value_of(expression: t.Expression, fact: Fact, scope: Scope) -> t.Expression:
    """Resolve a literal that must be a value of `fact`, within its bounds."""
    typed = Typed(KIND_OF[fact.type], fact)
    resolved, found = resolve(expression, scope, typed)
    if found.kind is not Kind.UNKNOWN and found.kind is not _member_kind(typed).kind:
        scope.report("PX236", expression.span, text=spelled(expression), fact=fact.name, type="@" + fact.type.value)
    else:
        check_bounds(resolved, fact, scope)
    return resolved


def check_bounds(expression: t.Expression, fact: Fact, scope: Scope) -> None:
    """Report a number that the fact can never have."""
    match expression:
        case t.Literal(value=int() | Decimal() as value) if not isinstance(value, bool):
            low, high = fact.minimum, fact.maximum
            if (low is not None and value < low) or (high is not None and value > high):
                bounds = {"low": "…" if low is None else str(low), "high": "…" if high is None else str(high)}
                scope.report("PX233", expression.span, value=str(value), fact=fact.name, **bounds)


def term(typed: Typed) -> str:
    """Return the name of the catalogue's words for a kind."""
    return "@" + typed.kind.value


def spelled(expression: t.Expression) -> str:
    """Return a literal or name about as written, for a message."""
    match expression:
        case t.Name(name=name) | t.ValueRef(name=name) | t.LoopRef(name=name):
            return name
        case t.FactRef(name=fact_name):
            return fact_name
        case t.Literal(value=bool() as truth):
            return "@yes" if truth else "@no"
        case t.Literal(value=value):
            return str(value)
        case _:
            return "…"


def _name(expression: t.Name, scope: Scope, hint: Typed | None) -> tuple[t.Expression, Typed]:
    span, name = expression.span, expression.name
    if hint and hint.fact and name in hint.values:
        return t.ValueRef(span=span, name=name), _member_kind(hint)
    if name in scope.loops:
        loop = scope.loops[name]
        return t.LoopRef(span=span, name=name, collection=loop.name), Typed(Kind.ONE_OF, loop)
    fact = scope.fact(name)
    if fact:
        return t.FactRef(span=span, name=fact.name), Typed(KIND_OF[fact.type], fact)
    parameter = scope.parameters.get(name)
    if parameter:  # its value stands there from now on
        scope.used_parameters.add(name)
        return t.Literal(span=span, value=parameter.value), Typed(KIND_OF[parameter.type])
    if scope.is_derived(name):  # its definition was not understood; told there
        return t.FactRef(span=span, name=t.FactName(name)), UNKNOWN
    if hint and hint.fact and hint.kind in (Kind.ONE_OF, Kind.SET_OF):
        values = ", ".join(f"`{value}`" for value in hint.values)
        scope.unknown("PX206", span, name, lambda: hint.values, fact=hint.fact.name, values=values)
        return t.ValueRef(span=span, name=name), UNKNOWN
    if hint is None or hint.kind is not Kind.UNKNOWN:  # next to a name not known either, it may be a value of it
        scope.unknown("PX207" if hint else "PX203", span, name, scope.fact_names)
    return t.FactRef(span=span, name=t.FactName(name)), UNKNOWN


def _member_kind(typed: Typed) -> Typed:
    return Typed(Kind.ONE_OF, typed.fact) if typed.kind is Kind.SET_OF else typed


def _kind_of(value: bool | int | Decimal | datetime.date | str) -> Kind:
    match value:
        case bool():
            return Kind.YES_NO
        case int() | Decimal():
            return Kind.NUMBER
        case datetime.date():
            return Kind.DATE
        case str():
            return Kind.TEXT


def _pair(left: t.Expression, right: t.Expression, scope: Scope) -> tuple[t.Expression, Typed, t.Expression, Typed]:
    """Resolve two sides that must be of one kind; either may name a value of the other."""
    if isinstance(left, t.Name) and not scope.fact(left.name) and isinstance(right, t.Name) and scope.fact(right.name):
        second, second_type = resolve(right, scope)
        first, first_type = resolve(left, scope, second_type)
    else:
        first, first_type = resolve(left, scope)
        second, second_type = resolve(right, scope, first_type)
    return first, first_type, second, second_type


def _compare(expression: t.Compare, scope: Scope) -> t.Compare:
    left, left_type, right, right_type = _pair(expression.left, expression.right, scope)
    resolved = replaced(expression, left=left, right=right)
    if Kind.UNKNOWN in (left_type.kind, right_type.kind):
        return resolved
    if left_type.kind is not right_type.kind or left_type.kind is Kind.SET_OF:
        near = _without_quotes(left, right_type) or _without_quotes(right, left_type)
        scope.report("PX231", expression.span, left=term(left_type), right=term(right_type), **near)
    elif expression.operator not in _EQUALITY and left_type.kind not in _ORDERED:
        scope.report("PX234", expression.span, operator=expression.operator.value, type=term(left_type))
    elif left_type.fact and KIND_OF[left_type.fact.type] is Kind.NUMBER:
        check_bounds(right, left_type.fact, scope)
    return resolved


def _without_quotes(side: t.Expression, other: Typed) -> dict[str, str]:
    """Return the value that a text in quotes should have been, as an argument of the finding."""
    match side:
        case t.Literal(value=str() as text) if text in other.values:
            return {"near": text}
        case _:
            return {}


def _between(expression: t.Between, scope: Scope) -> t.Between:
    subject, typed = resolve(expression.subject, scope)
    low, low_type = resolve(expression.low, scope, typed)
    high, high_type = resolve(expression.high, scope, typed)
    resolved = replaced(expression, subject=subject, low=low, high=high)
    for other in (low_type, high_type):
        if Kind.UNKNOWN not in (typed.kind, other.kind) and other.kind is not typed.kind:
            scope.report("PX231", expression.span, left=term(typed), right=term(other))
            return resolved
    if typed.kind not in (*_ORDERED, Kind.UNKNOWN):
        scope.report("PX234", expression.span, operator="@between", type=term(typed))
    elif typed.fact:
        check_bounds(low, typed.fact, scope)
        check_bounds(high, typed.fact, scope)
    match low, high:
        case t.Literal(value=first), t.Literal(value=last) if type(first) is type(last) and first > last:  # type: ignore[operator]
            scope.report("PX237", expression.span, low=str(first), high=str(last))
    return resolved


def _in(expression: t.In, scope: Scope) -> t.In:
    subject, typed = resolve(expression.subject, scope)
    members = []
    for member in expression.members:
        resolved, found = resolve(member, scope, typed)
        members.append(resolved)
        if Kind.UNKNOWN not in (typed.kind, found.kind) and found.kind is not typed.kind:
            scope.report("PX231", member.span, left=term(typed), right=term(found))
        elif typed.fact and typed.kind is Kind.NUMBER:
            check_bounds(resolved, typed.fact, scope)
    return replaced(expression, subject=subject, members=tuple(members))


def _contains(expression: t.Contains, scope: Scope) -> t.Contains:
    collection, typed = resolve(expression.collection, scope)
    if typed.kind not in (Kind.SET_OF, Kind.UNKNOWN):
        scope.report("PX234", expression.span, operator="@contains", type=term(typed))
        typed = UNKNOWN
    member, found = resolve(expression.member, scope, typed)
    if typed.kind is Kind.SET_OF and found.kind not in (Kind.ONE_OF, Kind.UNKNOWN):
        scope.report("PX231", expression.span, left=term(typed), right=term(found))
    return replaced(expression, collection=collection, member=member)


def _expect(expression: t.Expression, kind: Kind, scope: Scope) -> t.Expression:
    resolved, typed = resolve(expression, scope)
    if typed.kind not in (kind, Kind.UNKNOWN):
        scope.report("PX231", expression.span, left="@" + kind.value, right=term(typed))
    return resolved


def _arithmetic(expression: t.Arithmetic, scope: Scope) -> tuple[t.Expression, Typed]:
    left, left_type = resolve(expression.left, scope)
    right, right_type = resolve(expression.right, scope)
    resolved = replaced(expression, left=left, right=right)
    kinds = (left_type.kind, right_type.kind)
    if Kind.UNKNOWN in kinds:
        return resolved, UNKNOWN
    if kinds == (Kind.NUMBER, Kind.NUMBER):
        return resolved, Typed(Kind.NUMBER)
    if kinds == (Kind.DATE, Kind.DURATION):
        return resolved, Typed(Kind.DATE)
    if kinds == (Kind.DURATION, Kind.DATE) and not expression.subtract:
        return resolved, Typed(Kind.DATE)
    scope.report("PX234", expression.span, operator="-" if expression.subtract else "+", type=term(left_type))
    return resolved, UNKNOWN
