"""Few answers that stand for all: what a policy can tell apart about a fact.

In: the graph and definitions of a policy. Out: for each fact, one answer for each group of answers that no expression
of the policy tells apart; or None where there are no few such answers.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from decimal import Context, Decimal
from itertools import chain, combinations, pairwise
from typing import Final, assert_never

from praxe.dsl.tree import (
    Between,
    Compare,
    Contains,
    Definition,
    Duration,
    Expression,
    FactName,
    FactRef,
    In,
    Literal,
    Pattern,
    RangePattern,
    Table,
    Today,
    ValuePattern,
)
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.evaluate import Evaluator
from praxe.engine.graph import Decision, DecisionGraph, Retry, Step, Wait
from praxe.engine.values import TODAY, Attempts, Known, Value

MOST_MEMBERS: Final = 4  # of a set that are told apart: 16 answers
_EXACT: Final = Context(prec=200)  # far more digits than a fact may have

Number = int | Decimal


@dataclass(slots=True)
class _Uses:
    """How the expressions of a policy use one fact."""

    compared_with: list[Expression] = field(default_factory=list)  # none of these reads a fact
    otherwise: bool = False  # in any other way than comparing it with these

    def copied(self) -> _Uses:
        """Return uses of their own, to be added to."""
        return _Uses(list(self.compared_with), self.otherwise)


class Answers:
    """The answers that stand for all, of one policy."""

    def __init__(
        self,
        graph: DecisionGraph,
        facts: Mapping[FactName, Fact],
        evaluator: Evaluator,
        attempts: Mapping[FactName, int],
    ) -> None:
        self._facts = facts
        self._evaluator = evaluator
        self._attempts = attempts
        self._uses: defaultdict[FactName, _Uses] = defaultdict(_Uses)
        for node in graph.nodes.values():
            match node:
                case Decision():
                    self._note_test(node.test)
                    for branch in graph.branches[node.id]:
                        self._note_patterns(node.test, branch.patterns)
                case Step() | Retry():
                    self._note_values(value for _, value in node.arguments)
                case Wait():
                    self._note_values(value for step in node.meanwhile for _, value in step.arguments)
                    if not isinstance(node.deadline, Duration):
                        self._note_values([node.deadline])
                case _:
                    pass  # no other kind of node has an expression
        for definition in evaluator.definitions.values():
            self._note_definition(definition)

    def of(self, name: FactName, known: Known) -> tuple[Value, ...] | None:
        """Return the answers to try for an unknown fact, or None when no few stand for all."""
        fact, uses = self._facts[name], self._uses[name]
        if name in self._attempts:
            return tuple(_attempts_after(known.get(name), self._attempts[name]))
        match fact.type:
            case FactType.YES_NO:
                return (True, False)
            case FactType.ONE_OF:
                return tuple(each.name for each in fact.values)
            case FactType.SET_OF:
                return self._sets(fact, uses, known)
            case FactType.INTEGER | FactType.DECIMAL | FactType.DATE | FactType.TEXT if uses.otherwise:
                return None
            case FactType.INTEGER:
                return tuple(each for each in _whole_numbers(self._numbers(fact, uses, known)) if _within(fact, each))
            case FactType.DECIMAL:
                return tuple(_decimals(fact, self._numbers(fact, uses, known)))
            case FactType.DATE:
                return tuple(_dates(self._fixed(uses, known)))
            case FactType.TEXT:
                return tuple(_texts(self._fixed(uses, known)))
            case _:
                assert_never(fact.type)

    def telling_apart_also(self, conditions: Iterable[Expression]) -> Answers:
        """Return the answers that stand for all where these conditions count too."""
        other = copy(self)
        other._uses = defaultdict(_Uses, {name: each.copied() for name, each in self._uses.items()})
        for each in conditions:
            other._note_test(each)
        return other

    def landmarks(self, name: FactName) -> tuple[Value, ...]:
        """Return the fixed values that a fact is compared with, each once, whatever else is done with it."""
        worth = (self._evaluator.value(each, {}) for each in self._uses[name].compared_with)
        return tuple(dict.fromkeys(each for each in worth if each is not None))

    def cuts(self, name: FactName) -> tuple[Value, ...] | None:
        """Return the fixed values that a number or date is compared with, ascending, if that is all that is done."""
        fact, uses = self._facts[name], self._uses[name]
        if uses.otherwise or name in self._attempts:
            return None
        literals = {each.value for each in uses.compared_with if isinstance(each, Literal)}
        others = [each for each in uses.compared_with if not isinstance(each, Literal)]
        if any(isinstance(node, Today) for each in others for node in each.descendants()):
            return None
        worth = (self._evaluator.value(each, {}) for each in others)
        ends = literals.union(each for each in worth if each is not None)
        match fact.type:
            case FactType.INTEGER | FactType.DECIMAL:
                return tuple(sorted(each for each in ends if isinstance(each, Number)))
            case FactType.DATE:
                return tuple(sorted(each for each in ends if isinstance(each, datetime.date)))
            case FactType.YES_NO | FactType.ONE_OF | FactType.SET_OF | FactType.TEXT:
                return None
            case _:
                assert_never(fact.type)

    # --- what the policy compares ------------------------------------------------------------------------------

    def _note_test(self, test: Expression) -> None:
        """Note the comparisons of a condition; a fact that is itself the condition needs no note."""
        stack = [test]
        while stack:
            part = stack.pop()
            match part:
                case Compare():
                    self._note_comparison(part.left, [part.right])
                    self._note_comparison(part.right, [part.left])
                case Between():
                    self._note_comparison(part.subject, [part.low, part.high])
                    self._note_values(each for each in (part.low, part.high) if not self._is_fixed(each))
                case In():
                    self._note_comparison(part.subject, part.members)
                case Contains():
                    self._note_comparison(part.collection, [part.member])
                case FactRef():
                    pass
                case _:
                    stack.extend(each for each in part.children() if isinstance(each, Expression))

    def _note_comparison(self, subject: Expression, others: Iterable[Expression]) -> None:
        fixed = list(others)
        if isinstance(subject, FactRef) and all(map(self._is_fixed, fixed)):
            self._uses[subject.name].compared_with += fixed
        elif not self._is_fixed(subject):
            self._note_values([subject])

    def _note_values(self, values: Iterable[Expression]) -> None:
        """Note facts whose value itself counts."""
        for value in values:
            for node in value.descendants():
                if isinstance(node, FactRef):
                    self._uses[node.name].otherwise = True

    def _note_patterns(self, subject: Expression, patterns: Iterable[Pattern]) -> None:
        if not isinstance(subject, FactRef):
            return
        for pattern in patterns:
            match pattern:
                case ValuePattern():
                    ends: list[Expression] = [pattern.value]
                case RangePattern():
                    bounds = [each for each in (pattern.low, pattern.high) if each is not None]
                    ends = [Literal(value=each, span=pattern.span) for each in bounds]
                case _:
                    assert_never(pattern)
            self._uses[subject.name].compared_with += ends

    def _note_definition(self, definition: Definition | Table) -> None:
        match definition:
            case Definition():
                for case in definition.cases:
                    self._note_test(case.condition)
                    self._note_result(case.value)
                self._note_result(definition.otherwise)
            case Table():
                for row in definition.rows:
                    for subject, cell in zip(definition.inputs, row.cells, strict=True):
                        self._note_patterns(subject, cell.patterns)
                    self._note_values([row.output])
            case _:
                assert_never(definition)

    def _note_result(self, value: Expression) -> None:
        """Note what a definition is worth: a number, date or text may be compared with anything later on."""
        if isinstance(value, FactRef):
            self._note_values([value])
        else:
            self._note_test(value)

    def _is_fixed(self, value: Expression) -> bool:
        return not any(isinstance(node, FactRef) for node in value.descendants())

    # --- the values it compares with ---------------------------------------------------------------------------

    def _fixed(self, uses: _Uses, known: Known) -> list[Value]:
        today: Known = {TODAY: known[TODAY]} if TODAY in known else {}
        worth = (self._evaluator.value(each, dict(today)) for each in uses.compared_with)
        return list(dict.fromkeys(each for each in worth if each is not None))

    def _numbers(self, fact: Fact, uses: _Uses, known: Known) -> list[Number]:
        fixed = [each for each in self._fixed(uses, known) if isinstance(each, Number)]
        return sorted({*fixed, *(each for each in (fact.minimum, fact.maximum) if each is not None)})

    def _sets(self, fact: Fact, uses: _Uses, known: Known) -> tuple[Value, ...] | None:
        mentioned = {str(each) for each in self._fixed(uses, known)}
        members = [each.name for each in fact.values if uses.otherwise or each.name in mentioned]
        if len(members) > MOST_MEMBERS:
            return None
        return all_subsets(members)


def all_subsets(members: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Return all sets of some of `members`, the full one first."""
    sizes = range(len(members), -1, -1)
    return tuple(map(frozenset, chain.from_iterable(combinations(members, size) for size in sizes)))


def _attempts_after(so_far: Value | None, bound: int) -> Iterator[Attempts]:
    made = so_far if isinstance(so_far, tuple) else ()
    for failed in range(bound - len(made)):
        yield (*made, *(False,) * failed, True)
    yield made + (False,) * (bound - len(made))


def _within(fact: Fact, number: Number) -> bool:
    above = fact.minimum is None or fact.minimum <= number
    return above and (fact.maximum is None or number <= fact.maximum)


def _whole_numbers(ends: list[Number]) -> Iterator[int]:
    """Yield the ends that are whole numbers, and a whole number from each gap beside them."""
    yield math.ceil(ends[0]) - 1 if ends else 0
    for low, high in pairwise([*ends, Decimal("Infinity")]):
        if low == math.floor(low):
            yield math.floor(low)
        if math.floor(low) + 1 < high:
            yield math.floor(low) + 1


def _decimals(fact: Fact, ends: list[Number]) -> Iterator[Decimal]:
    """Yield the ends, and a number from each gap beside them."""
    exact = [Decimal(each) for each in ends]
    candidates = [_EXACT.subtract(exact[0], Decimal(1)), exact[0]] if exact else [Decimal(0)]
    for low, high in pairwise(exact):
        candidates += [_EXACT.divide(_EXACT.add(low, high), Decimal(2)), high]
    if exact:
        candidates.append(_EXACT.add(exact[-1], Decimal(1)))
    yield from (each for each in candidates if _within(fact, each))


def _dates(ends: Iterable[Value]) -> Iterator[datetime.date]:
    """Yield the ends, and a day from each gap beside them."""
    numbers: list[Number] = [each.toordinal() for each in ends if isinstance(each, datetime.date)]
    for number in _whole_numbers(sorted(numbers)) if numbers else [1]:
        if 1 <= number <= datetime.date.max.toordinal():
            yield datetime.date.fromordinal(number)


def _texts(ends: Iterable[Value]) -> Iterator[str]:
    """Yield the texts, and one that is none of them."""
    texts = [each for each in ends if isinstance(each, str)]
    yield from texts
    yield "".join(["…", *texts])
