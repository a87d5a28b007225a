"""Few answers that stand for all: what a policy can tell apart about a fact.

In: the graph, definitions and assumptions of a policy. Out: for each fact, one answer for each group of answers that no
expression of the policy tells apart, without those that break an assumption whatever else is answered; or None where
there are no few such answers. A fact that is compared with others, or whose value itself counts, has them too where the
others are known, where all are merely compared with each other, or where its limits leave it only a few values.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import Final, assert_never

from praxe.dsl.tree import (
    Arithmetic,
    Between,
    Compare,
    Contains,
    DaysBetween,
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
from praxe.dsl.vocabulary import Assumption, Fact, FactType
from praxe.engine.allowed import Allowed
from praxe.engine.evaluate import Evaluator
from praxe.engine.graph import Decision, DecisionGraph, Retry, Step, Wait
from praxe.engine.representatives import Number, dates, decimals, texts, whole_numbers
from praxe.engine.values import TODAY, Attempts, Known, Value

MOST_MEMBERS: Final = 4  # of a set that are told apart: 16 answers
MOST_ALONE: Final = 24  # values that a fact may have where each counts by itself
MOST_TOGETHER: Final = 3  # facts that are compared with each other


@dataclass(slots=True)
class _Uses:
    """How the expressions of a policy use one fact."""

    compared_with: list[Expression] = field(default_factory=list)  # none of these reads a fact
    beside: list[Expression] = field(default_factory=list)  # compared with these, too, which read others
    otherwise: bool = False  # in any other way than comparing it with these

    def copied(self) -> _Uses:
        """Return uses of their own, to be added to."""
        return _Uses(list(self.compared_with), list(self.beside), self.otherwise)


_Answer = tuple[Value, bool]  # and whether it stands for itself alone


class Answers:
    """The answers that stand for all, of one policy."""

    def __init__(
        self,
        graph: DecisionGraph,
        facts: Mapping[FactName, Fact],
        evaluator: Evaluator,
        attempts: Mapping[FactName, int],
        assumptions: Iterable[Assumption] = (),
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
        telling = [each for each in assumptions if not any(map(_reckons, each.conditions))]
        for each in telling:
            for condition in each.conditions:
                self._note_test(condition)
        self._allowed = Allowed(telling, evaluator, self._all) if telling else None

    def of(self, name: FactName, known: Known, case: Known | None = None) -> tuple[Value, ...] | None:
        """Return the answers to try for an unknown fact, or None when no few stand for all.

        Args:
            known: what they stand for all with.
            case: the same with answers that have been tried, among which the assumptions have to be kept.
        """
        found = self._candidates(name, known)
        if found is None:
            return None
        answers, need_be_alone = found
        possible = self._possible(name, answers, known if case is None else case)
        if need_be_alone and not all(is_alone for _, is_alone in possible):
            return None
        return tuple(each for each, _ in possible)

    def of_one(self, name: FactName, known: Known) -> tuple[Value, ...] | None:
        """Return the same, but None for a fact that is compared with others: they may change with it."""
        return None if self._uses[name].beside else self.of(name, known)

    def only(self, name: FactName, known: Known) -> Value | None:
        """Return the one value that the assumptions leave to an unknown fact, if they leave it no more."""
        found = self._candidates(name, known)
        if found is None or name not in self.tied:
            return None
        possible = self._possible(name, found[0], known)
        ((value, is_alone),) = possible if len(possible) == 1 < len(found[0]) else ((None, False),)
        return value if is_alone else None

    def ruled_out(self, name: FactName, known: Known) -> tuple[Value, ...]:
        """Return the answers that the assumptions leave out."""
        found, _ = self._candidates(name, known) or ((), False)
        possible = self._possible(name, found, known)
        return tuple(each for each, is_alone in found if (each, is_alone) not in possible)

    def fits(self, known: Known) -> bool:
        """Return False if no whole case with these facts keeps the assumptions."""
        return self._allowed is None or self._allowed.is_possible(known)

    @property
    def tied(self) -> frozenset[FactName]:
        """The facts that the assumptions speak of: the answers to one may depend on what is known of another."""
        return self._allowed.facts if self._allowed else frozenset()

    def _possible(self, name: FactName, answers: Sequence[_Answer], case: Known) -> Sequence[_Answer]:
        if name not in self.tied:
            return answers
        with_answers = self._evaluator.with_answers
        possible = [each for each in answers if self.fits(with_answers(case, {name: each[0]}))]
        return possible or answers  # of a case that is itself impossible nothing follows

    def _all(self, name: FactName, known: Known) -> tuple[Value, ...] | None:
        """Return the answers to try, those that break an assumption too."""
        found = self._candidates(name, known)
        if found is None or (found[1] and not all(is_alone for _, is_alone in found[0])):
            return None
        return tuple(each for each, _ in found[0])

    def _candidates(self, name: FactName, known: Known) -> tuple[Sequence[_Answer], bool] | None:
        """Return all answers to try, and whether each has to stand for itself alone."""
        fact, uses = self._facts[name], self._uses[name]
        if name in self._attempts:
            return _each_alone(_attempts_after(known.get(name), self._attempts[name])), False
        match fact.type:
            case FactType.YES_NO:
                return _each_alone((True, False)), False
            case FactType.ONE_OF:
                return _each_alone(each.name for each in fact.values), False
            case FactType.SET_OF:
                sets = self._sets(fact, uses, known)
                return None if sets is None else (_each_alone(sets), False)
            case FactType.INTEGER | FactType.DECIMAL | FactType.DATE | FactType.TEXT:
                return self._of_many(fact, known)
            case _:
                assert_never(fact.type)

    def _of_many(self, fact: Fact, known: Known) -> tuple[Sequence[_Answer], bool] | None:
        """Return answers of a fact with very many values."""
        together = self._together(fact.name, known)
        if together is None and fact.name not in self.tied and not _has_few(fact):
            return None
        count = MOST_ALONE if together is None else len(together)
        ends = [end for each in together or (fact.name,) for end in self._ends(each, known)]
        numbers = [each for each in ends if isinstance(each, Number)]
        found: Iterator[_Answer]
        match fact.type:
            case FactType.INTEGER:
                found = whole_numbers(numbers, count, fact.minimum, fact.maximum)
            case FactType.DECIMAL:
                found = decimals(numbers, count, fact.minimum, fact.maximum)
            case FactType.DATE:
                found = dates([each for each in ends if isinstance(each, datetime.date)], count)
            case _:
                found = texts([each for each in dict.fromkeys(ends) if isinstance(each, str)], count)
        return list(found), together is None

    def _together(self, name: FactName, known: Known) -> Sequence[FactName] | None:
        """Return a fact with those that are not known and that it is compared with, directly or by way of others.

        None if they are too many, of different types, or if something else counts about one of them.
        """
        if not self._uses[name].beside:
            return None if self._uses[name].otherwise else (name,)
        found = [name]
        for each in found:
            uses = self._uses[each]
            if uses.otherwise or len(found) > MOST_TOGETHER or self._facts[each].type is not self._facts[name].type:
                return None
            for other in uses.beside:
                if self._evaluator.value(other, known) is not None:
                    continue
                if not isinstance(other, FactRef) or other.name not in self._facts or other.name in self._attempts:
                    return None
                found += [other.name] if other.name not in found else []
        return found

    def telling_apart_also(self, conditions: Iterable[Expression]) -> Answers:
        """Return the answers that stand for all where these conditions count too."""
        other = copy(self)
        other._uses = defaultdict(_Uses, {name: each.copied() for name, each in self._uses.items()})
        for each in conditions:
            other._note_test(each)
        other._allowed = None  # who looks for other answers keeps the assumptions by changing others with them
        return other

    def landmarks(self, name: FactName) -> tuple[Value, ...]:
        """Return the fixed values that a fact is compared with, each once, whatever else is done with it."""
        worth = (self._evaluator.value(each, {}) for each in self._uses[name].compared_with)
        return tuple(dict.fromkeys(each for each in worth if each is not None))

    def cuts(self, name: FactName) -> tuple[Value, ...] | None:
        """Return the fixed values that a number or date is compared with, ascending, if that is all that is done."""
        fact, uses = self._facts[name], self._uses[name]
        if uses.otherwise or uses.beside or name in self._attempts:
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
                    self._note_each(part.left, [part.right])
                case Between():
                    self._note_each(part.subject, [part.low, part.high])
                case In():
                    self._note_each(part.subject, part.members)
                case Contains():
                    self._note_each(part.collection, [part.member])
                case Arithmetic() | DaysBetween():
                    self._note_values([part])
                case FactRef():
                    pass
                case _:
                    stack.extend(each for each in part.children() if isinstance(each, Expression))

    def _note_each(self, subject: Expression, others: Iterable[Expression]) -> None:
        for each in others:
            self._note_comparison(subject, each)
            self._note_comparison(each, subject)

    def _note_comparison(self, subject: Expression, other: Expression) -> None:
        if not isinstance(subject, FactRef):
            self._note_values([] if self._is_fixed(subject) else [subject])
        elif self._is_fixed(other):
            self._uses[subject.name].compared_with.append(other)
        else:
            self._uses[subject.name].beside.append(other)

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

    def _ends(self, name: FactName, known: Known) -> Iterator[Value]:
        """Yield what a fact is compared with as far as that is known, and its limits."""
        fact, uses = self._facts[name], self._uses[name]
        yield from self._fixed(uses, known)
        worth = (self._evaluator.value(each, known) for each in uses.beside)
        yield from (each for each in (*worth, fact.minimum, fact.maximum) if each is not None)

    def _sets(self, fact: Fact, uses: _Uses, known: Known) -> tuple[Value, ...] | None:
        mentioned = {str(each) for each in self._fixed(uses, known)}
        members = [each.name for each in fact.values if uses.otherwise or uses.beside or each.name in mentioned]
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


def _reckons(condition: Expression) -> bool:
    """Whether something is reckoned with facts: then their few answers do not tell whether it holds."""
    parts = (each for each in condition.descendants() if isinstance(each, Arithmetic | DaysBetween))
    return any(isinstance(each, FactRef) for part in parts for each in part.descendants())


def _has_few(fact: Fact) -> bool:
    low, high = fact.minimum, fact.maximum
    return low is not None and high is not None and high - low <= MOST_ALONE


def _each_alone(answers: Iterable[Value]) -> Sequence[_Answer]:
    return [(each, True) for each in answers]
