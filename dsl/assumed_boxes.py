"""What the assumptions of a vocabulary rule out, as boxes over facts; and the facts that they tie together.

In: the assumptions, conditions of the language. Out: those that have a say about the facts of a table, directly or by
way of another fact; and each as the boxes of classes that break it. What cannot be read as a set of values of one fact
(days between dates, what a set contains) is a yes or no of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product
from typing import Final, assert_never

from praxe.dsl import tree as t
from praxe.dsl.cover import TooManyStepsError
from praxe.dsl.table_columns import Axis, Stretches, common, complement, whole
from praxe.dsl.tree import Comparison, FactName
from praxe.dsl.vocabulary import Assumption, Fact, FactType

Key = FactName | t.Expression  # a fact, or a condition that stands for itself
Box = Mapping[Key, Stretches]
FactOf = Callable[[FactName], Fact]
MOST_BOXES: Final = 500  # that one assumption may be taken apart into
_LOWEST: Final = Decimal("-Infinity")
_NUMBERS: Final = (FactType.INTEGER, FactType.DECIMAL)


@dataclass(frozen=True, slots=True)
class Atom:
    """A condition on one fact: its value is among what these patterns admit, or is not."""

    key: Key
    patterns: tuple[t.Pattern, ...] = ()  # of a fact
    is_among: bool = True


class PlainAxis:
    """A condition that stands for itself: it holds, or it does not."""

    size = 2

    def name(self, place: int) -> str:
        """Return how a class is written: never shown, as no table has such a column."""
        return "…"

    def admitted(self, patterns: Sequence[t.Pattern]) -> Stretches:
        """Return both classes, as no pattern speaks of them."""
        return whole(self.size)


def concerning(assumptions: Sequence[Assumption], names: Sequence[FactName]) -> tuple[Assumption, ...]:
    """Return the assumptions that have a say about some facts, directly or by way of another fact."""
    reached = set(names)
    left = [(each, _facts_of(each)) for each in assumptions]
    found: list[Assumption] = []
    while tied := [each for each in left if not reached.isdisjoint(each[1])]:
        found += (assumption for assumption, _ in tied)
        reached.update(*(facts for _, facts in tied))
        left = [each for each in left if each not in tied]
    return tuple(each for each in assumptions if each in found)


def atoms(assumption: Assumption, fact_of: FactOf) -> Iterator[Atom]:
    """Yield every condition on one fact in an assumption."""
    waiting = [*assumption.conditions]
    while waiting:
        match waiting.pop():
            case t.And(operands=operands) | t.Or(operands=operands):
                waiting += operands
            case t.Not(operand=operand):
                waiting.append(operand)
            case t.Literal():
                pass
            case each:
                yield atom_of(each, fact_of)


def breaking(assumption: Assumption, axes: Mapping[Key, Axis], fact_of: FactOf) -> list[Box]:
    """Return the boxes of cases that break an assumption.

    Raises:
        TooManyStepsError: they are too many.
    """
    boxes = _boxes(assumption.then, axes, fact_of, holds=False)
    if assumption.when is not None:
        boxes = _both([_boxes(assumption.when, axes, fact_of, holds=True), boxes])
    return boxes


def atom_of(condition: t.Expression, fact_of: FactOf) -> Atom:
    """Return a condition that is none of `e`, `ou`, `não` as one on a fact, or as one that stands for itself."""
    match condition:
        case t.FactRef(name=name):
            yes = t.Literal(value=True, span=condition.span)
            return Atom(name, (t.ValuePattern(value=yes, span=condition.span),))
        case t.Compare(operator=operator, left=t.FactRef(name=name), right=value) if _is_plain(value, fact_of(name)):
            return _compared(fact_of(name), operator, value)
        case t.Compare(operator=operator, left=value, right=t.FactRef(name=name)) if _is_plain(value, fact_of(name)):
            return _compared(fact_of(name), _turned(operator), value)
        case t.Between(subject=t.FactRef(name=name), low=t.Literal(value=low), high=t.Literal(value=high)) if (
            fact_of(name).type in _NUMBERS
        ):
            return Atom(name, (_range(fact_of(name), Decimal(str(low)), Decimal(str(high)), condition),))
        case t.In(subject=t.FactRef(name=name), members=members) if all(
            _is_plain(each, fact_of(name)) for each in members
        ):
            return Atom(name, tuple(t.ValuePattern(value=each, span=each.span) for each in members))
        case _:
            return Atom(condition)


def _turned(operator: Comparison) -> Comparison:
    """Return the sign for the same two numbers the other way round."""
    match operator:
        case Comparison.GREATER:
            return Comparison.LESS
        case Comparison.LESS:
            return Comparison.GREATER
        case Comparison.GREATER_EQUAL:
            return Comparison.LESS_EQUAL
        case Comparison.LESS_EQUAL:
            return Comparison.GREATER_EQUAL
        case Comparison.EQUAL | Comparison.IS | Comparison.NOT_EQUAL:
            return operator
        case _:
            assert_never(operator)


def _compared(fact: Fact, operator: Comparison, value: t.Expression) -> Atom:
    if fact.type not in _NUMBERS:
        is_among = operator is not Comparison.NOT_EQUAL
        return Atom(fact.name, (t.ValuePattern(value=value, span=value.span),), is_among)
    assert isinstance(value, t.Literal)  # INVARIANT: `_is_plain`
    number = Decimal(str(value.value))
    match operator:
        case Comparison.EQUAL | Comparison.IS | Comparison.NOT_EQUAL:
            is_among = operator is not Comparison.NOT_EQUAL
            return Atom(fact.name, (_range(fact, number, number, value),), is_among)
        case Comparison.GREATER | Comparison.LESS_EQUAL:
            is_among = operator is Comparison.LESS_EQUAL
            return Atom(fact.name, (_range(fact, _LOWEST, number, value),), is_among)
        case Comparison.GREATER_EQUAL | Comparison.LESS:
            is_among = operator is Comparison.GREATER_EQUAL
            return Atom(fact.name, (_range(fact, number, None, value),), is_among)
        case _:
            assert_never(operator)


def _range(fact: Fact, low: Decimal, high: Decimal | None, place: t.Node) -> t.RangePattern:
    """Return a range of numbers; of a fact of whole numbers, from one to another."""
    if fact.type is FactType.INTEGER:
        low = low if low == _LOWEST else low.to_integral_value(ROUND_CEILING)
        high = None if high is None else high.to_integral_value(ROUND_FLOOR)
    return t.RangePattern(low=low, high=high, span=place.span)


def _is_plain(value: t.Expression, fact: Fact) -> bool:
    """Whether a value is one of the fact's own, as a cell of a table would have it."""
    match value:
        case t.Literal(value=bool() | str()) | t.ValueRef():
            return fact.type in (FactType.YES_NO, FactType.ONE_OF, FactType.TEXT)
        case t.Literal(value=int() | Decimal()):
            return fact.type in _NUMBERS
        case _:
            return False


def _facts_of(assumption: Assumption) -> frozenset[FactName]:
    every = (node for condition in assumption.conditions for node in condition.descendants())
    return frozenset(node.name for node in every if isinstance(node, t.FactRef))


def _boxes(condition: t.Expression, axes: Mapping[Key, Axis], fact_of: FactOf, *, holds: bool) -> list[Box]:
    """Return boxes that together are the cases in which a condition holds, or does not."""
    match condition:
        case t.Literal(value=bool() as value):
            return [{}] if value is holds else []
        case t.Not(operand=operand):
            return _boxes(operand, axes, fact_of, holds=not holds)
        case t.And(operands=operands) | t.Or(operands=operands):
            parts = [_boxes(each, axes, fact_of, holds=holds) for each in operands]
            return _both(parts) if isinstance(condition, t.And) is holds else [box for part in parts for box in part]
        case _:
            atom = atom_of(condition, fact_of)
            axis = axes[atom.key]
            among = axis.admitted(atom.patterns) if atom.patterns else ((1, 1),)
            stretches = among if atom.is_among is holds else complement(among, axis.size)
            return [{atom.key: stretches}] if stretches else []


def _both(parts: Sequence[Sequence[Box]]) -> list[Box]:
    """Return the boxes of the cases that lie in a box of each part."""
    found: list[Box] = [{}]
    for part in parts:
        if len(found) * len(part) > MOST_BOXES:
            raise TooManyStepsError
        pairs = (_meeting(one, other) for one, other in product(found, part))
        found = [each for each in pairs if each is not None]
    return found


def _meeting(one: Box, other: Box) -> Box | None:
    met = dict(one)
    for key, stretches in other.items():
        met[key] = common(met[key], stretches) if key in met else stretches
        if not met[key]:
            return None
    return met
