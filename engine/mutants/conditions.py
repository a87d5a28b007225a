"""Mistakes in conditions and values: a limit one off, a forgotten `não`, `e` for `ou`, another answer compared with.

In: an expression, or a pattern of a branch. Out: the edits that somebody might make there by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.format_parts import Parts
from praxe.dsl.tree import (
    And,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Contains,
    DaysBetween,
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
from praxe.engine.mutants.mistake import Edit, MistakeKind
from praxe.engine.mutants.values import durations_beside, literals_beside, next_of


class Conditions:
    """Finds the edits in the conditions of one policy."""

    def __init__(self, policy: CheckedPolicy, parts: Parts) -> None:
        self._policy = policy
        self._parts = parts

    def condition(self, condition: Expression) -> Iterator[Edit]:
        """Yield the edits of a condition as a whole and of its parts."""
        for each in (self._negated(condition), *self._inside(condition)):
            yield replace(each, within=condition)

    def edit(self, kind: MistakeKind, old: Expression, new: Expression) -> Edit:
        """Return an edit told in the author's words."""
        return Edit(kind=kind, old=old, new=new, before=self.written(old), after=self.written(new))

    def written(self, expression: Expression) -> str:
        """Return an expression as the author would write it."""
        return self._parts.expression(expression)

    def _negated(self, condition: Expression) -> Edit:
        new = condition.operand if isinstance(condition, Not) else Not(operand=condition, span=condition.span)
        return self.edit(MistakeKind.NEGATION, condition, new)

    def _inside(self, part: Expression) -> Iterator[Edit]:
        match part:
            case And() | Or():
                yield from self._connective(part)
            case Not(operand=operand):
                yield from self._inside(operand)
            case Compare(left=left, right=right):
                yield from self._comparison(part)
                yield from self.term(left)
                yield from self.term(right)
            case Between(low=low, high=high):
                yield from self.term(low)
                yield from self.term(high)
            case In(members=members) if len(members) > 1:
                for each in members:
                    rest = tuple(other for other in members if other is not each)
                    yield self.edit(MistakeKind.VALUE, part, replace(part, members=rest))
            case Contains(collection=FactRef(name=fact), member=ValueRef() as member):
                yield from self._other_value(member, fact)
            case _:
                pass  # a fact alone: its negation is all that can be wrong with it

    def _connective(self, part: And | Or) -> Iterator[Edit]:
        other = Or if isinstance(part, And) else And
        yield self.edit(MistakeKind.CONNECTIVE, part, other(operands=part.operands, span=part.span))
        for each in part.operands:
            rest = tuple(operand for operand in part.operands if operand is not each)
            new = rest[0] if len(rest) == 1 else replace(part, operands=rest)
            yield self.edit(MistakeKind.CONNECTIVE, part, new)
            yield self._negated(each)
            yield from self._inside(each)

    def _comparison(self, part: Compare) -> Iterator[Edit]:
        match part:
            case Compare(left=FactRef(name=fact), right=ValueRef() as value):
                yield from self._other_value(value, fact)
            case Compare(operator=Comparison.GREATER | Comparison.GREATER_EQUAL):
                yield self.edit(MistakeKind.NEGATION, part, replace(part, operator=Comparison.LESS))
            case Compare(operator=Comparison.LESS | Comparison.LESS_EQUAL):
                yield self.edit(MistakeKind.NEGATION, part, replace(part, operator=Comparison.GREATER))
            case _:
                pass  # an equality: its negation is tried already

    def _other_value(self, value: ValueRef, fact: FactName) -> Iterator[Edit]:
        other = next_of(value.name, [each.name for each in self._policy.fact(fact).values])
        if other:
            yield self.edit(MistakeKind.VALUE, value, replace(value, name=other))

    def term(self, part: Expression) -> Iterator[Edit]:
        """Yield the edits of a number, date or term, inside sums too."""
        match part:
            case Literal():
                yield from (self.edit(MistakeKind.LIMIT, part, each) for each in literals_beside(part))
            case DurationLiteral(value=duration):
                for each in durations_beside(duration):
                    yield self.edit(MistakeKind.LIMIT, part, replace(part, value=each))
            case Arithmetic(left=left, right=right):
                yield self.edit(MistakeKind.LIMIT, part, replace(part, subtract=not part.subtract))
                yield from self.term(left)
                yield from self.term(right)
            case DaysBetween(start=start, end=end):
                yield self.edit(MistakeKind.VALUE, part, replace(part, start=end, end=start))
            case Name() | FactRef() | ValueRef() | LoopRef() | Today():
                pass
            case Not() | And() | Or() | Compare() | Between() | In() | Contains() | OutcomeIs():
                pass  # no term
