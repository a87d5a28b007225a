"""Conditions of three values as formulas of two: when is it certainly so, when is it certainly not so?

In: a resolved expression, definitions and tables. Out: a `Formula` over plain facts, which holds when the expression
is certainly the value asked for. A fact not yet known makes neither formula hold, so a workflow engine stops where our
walk asks; left to themselves, engines differ in what they make of an unknown value. Definitions and tables are written
out case by case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

from praxe.dsl.tree import (
    And,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Contains,
    DaysBetween,
    Definition,
    DurationLiteral,
    Expression,
    FactName,
    FactRef,
    HitPolicy,
    In,
    Literal,
    LoopRef,
    Name,
    Not,
    Or,
    OutcomeIs,
    Pattern,
    RangePattern,
    Table,
    Today,
    ValuePattern,
    ValueRef,
)
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.deadlines import Calendar
from praxe.engine.evaluate import Evaluator
from praxe.engine.wording import text_of

Operand = Expression  # of a comparison, without derived facts


@dataclass(frozen=True, slots=True)
class Constant:
    """Always, or never."""

    value: bool


@dataclass(frozen=True, slots=True)
class Junction:
    """All of them (`every`), or any of them; two or more."""

    every: bool
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison that holds when both sides are known and compare so."""

    operator: Comparison
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class Member:
    """`fact` is known and is (or is none) of `values`."""

    fact: FactRef
    values: tuple[Operand, ...]
    wanted: bool


@dataclass(frozen=True, slots=True)
class Holds:
    """The set `collection` is known and holds `member` (or does not)."""

    collection: Operand
    member: Operand
    wanted: bool


Formula = Constant | Junction | Test | Member | Holds
Leaf = Callable[[Expression], Formula]
Derived = Mapping[FactName, Definition | Table]

_MOST_TESTS: Final = 8
YES: Final = Constant(True)
NO: Final = Constant(False)
OPPOSITE: Final = {
    Comparison.EQUAL: Comparison.NOT_EQUAL,
    Comparison.IS: Comparison.NOT_EQUAL,
    Comparison.NOT_EQUAL: Comparison.EQUAL,
    Comparison.GREATER: Comparison.LESS_EQUAL,
    Comparison.GREATER_EQUAL: Comparison.LESS,
    Comparison.LESS: Comparison.GREATER_EQUAL,
    Comparison.LESS_EQUAL: Comparison.GREATER,
}


def every(parts: Iterable[Formula]) -> Formula:
    """Return the formula that holds when all parts do."""
    return _junction(parts, every=True)


def either(parts: Iterable[Formula]) -> Formula:
    """Return the formula that holds when any part does."""
    return _junction(parts, every=False)


def _junction(parts: Iterable[Formula], *, every: bool) -> Formula:
    kept: dict[Formula, None] = {}
    for part in parts:
        if isinstance(part, Constant):
            if part.value is not every:
                return part
        elif isinstance(part, Junction) and part.every is every:
            kept |= dict.fromkeys(part.parts)
        else:
            kept[part] = None
    if not kept:
        return Constant(every)
    return next(iter(kept)) if len(kept) == 1 else Junction(every, tuple(kept))


@dataclass(frozen=True, slots=True)
class Logic:
    """Writes out the conditions of one policy.

    INVARIANT: `definitions` are those to be written out; others are variables like any fact.
    """

    definitions: Derived
    fact: Callable[[FactName], Fact]

    @classmethod
    def sparing(cls, definitions: Derived, fact: Callable[[FactName], Fact]) -> Logic:
        """Return the logic that writes out the definitions that take few tests; the others are to be worked out."""
        kept: dict[FactName, Definition | Table] = {}
        for name, definition in definitions.items():  # each after those it reads
            if cls({**kept, name: definition}, fact).length(name) <= _MOST_TESTS:
                kept[name] = definition
        return cls(kept, fact)

    def with_definition(self, name: FactName, definition: Definition | Table) -> Logic:
        """Return the logic that writes out one definition more."""
        return Logic({**self.definitions, name: definition}, self.fact)

    def length(self, name: FactName) -> int:
        """Return how many tests it takes to write out a definition."""
        cases = self.guarded(name)
        values = [self.certainly(value, True) for _, value in cases if is_condition(value)]
        return sum(map(_tests, [*(guard for guard, _ in cases), *values]))

    def certainly(self, test: Expression, wanted: bool) -> Formula:
        """Return when `test` is certainly `wanted`."""
        match test:
            case Not():
                return self.certainly(test.operand, not wanted)
            case And() | Or():
                parts = (self.certainly(each, wanted) for each in test.operands)
                return _junction(parts, every=isinstance(test, And) is wanted)
            case Literal(value=bool() as value):
                return Constant(value is wanted)
            case FactRef(name=name) if name not in self.definitions:
                return Test(Comparison.EQUAL, test, Literal(value=wanted, span=test.span))
            case FactRef():
                return self.cases(test, lambda leaf: self.certainly(leaf, wanted))
            case Between():
                ends = ((Comparison.GREATER_EQUAL, test.low), (Comparison.LESS_EQUAL, test.high))
                return _junction((self._compared(sign, test.subject, end, wanted) for sign, end in ends), every=wanted)
            case In():
                return self._among(test.subject, test.members, wanted)
            case Compare():
                return self._compared(test.operator, test.left, test.right, wanted)
            case Contains():
                return self._parts(
                    (test.collection, test.member), lambda pair: _folded(Holds(pair[0], pair[1], wanted))
                )
            case Name() | LoopRef() | OutcomeIs() | ValueRef() | Literal() | DurationLiteral() | Today():
                raise AssertionError(f"not a condition of a procedure: {type(test).__name__}")
            case DaysBetween() | Arithmetic():
                raise AssertionError("a number is no condition")
            case _:
                assert_never(test)

    def admits(self, subject: Expression, patterns: Sequence[Pattern], wanted: bool) -> Formula:
        """Return when `subject` is certainly (not) admitted by one of `patterns`."""
        return self.resolved(subject, lambda leaf: self._admits(leaf, patterns, wanted))

    def resolved(self, value: Expression, leaf: Leaf) -> Formula:
        """Return `leaf` of what `value` is worth: of each case of it, when it is derived."""
        if isinstance(value, FactRef) and value.name in self.definitions:
            return self.cases(value, lambda each: self.resolved(each, leaf))
        return self._parts((value,), lambda parts: leaf(parts[0]))

    def cases(self, derived: FactRef, leaf: Leaf) -> Formula:
        """Return `leaf` of the value of a definition or table, in the case that certainly holds."""
        return either(every((guard, leaf(value))) for guard, value in self.guarded(derived.name))

    def guarded(self, name: FactName) -> list[tuple[Formula, Expression]]:
        """Return the values of a definition or table, each with when it is certainly that value."""
        definition = self.definitions[name]
        match definition:
            case Definition():
                tests = [(case.condition, case.value) for case in definition.cases]
                return self._first_match(
                    [(self.certainly(when, True), self.certainly(when, False), value) for when, value in tests],
                    definition.otherwise,
                )
            case Table(hit_policy=HitPolicy.FIRST):
                return self._first_match([*self._rows(definition)], None)
            case Table():
                return self._only_match([*self._rows(definition)])
            case _:
                assert_never(definition)

    def put(self, expression: Expression, name: FactName, value: Expression) -> Expression:
        """Return a value with one of the facts it reads replaced."""
        match expression:
            case FactRef():
                return value if expression.name == name else expression
            case Arithmetic():
                left, right = (self.put(each, name, value) for each in (expression.left, expression.right))
                return replace(expression, left=left, right=right)
            case DaysBetween():
                start, end = (self.put(each, name, value) for each in (expression.start, expression.end))
                return replace(expression, start=start, end=end)
            case _:
                return expression

    # --- parts ---------------------------------------------------------------------------------------------------

    def _first_match(
        self, cases: Sequence[tuple[Formula, Formula, Expression]], otherwise: Expression | None
    ) -> list[tuple[Formula, Expression]]:
        found: list[tuple[Formula, Expression]] = []
        before: Formula = YES
        for holds, fails, value in cases:
            found.append((every((before, holds)), value))
            before = every((before, fails))
        return found if otherwise is None else [*found, (before, otherwise)]

    def _only_match(self, rows: Sequence[tuple[Formula, Formula, Expression]]) -> list[tuple[Formula, Expression]]:
        """One row matches, and no row with another answer may still match."""
        answers = {text_of(value): value for _, _, value in rows}
        return [
            (
                every(
                    (
                        either(holds for holds, _, value in rows if text_of(value) == answer),
                        *(fails for _, fails, value in rows if text_of(value) != answer),
                    )
                ),
                value,
            )
            for answer, value in answers.items()
        ]

    def _rows(self, table: Table) -> Iterable[tuple[Formula, Formula, Expression]]:
        for row in table.rows:
            cells = [(subject, cell.patterns) for subject, cell in zip(table.inputs, row.cells, strict=True)]
            asked = [(subject, patterns) for subject, patterns in cells if patterns]
            yield (
                every(self.admits(subject, patterns, True) for subject, patterns in asked),
                either(self.admits(subject, patterns, False) for subject, patterns in asked),
                row.output,
            )

    def _admits(self, subject: Expression, patterns: Sequence[Pattern], wanted: bool) -> Formula:
        values = [each.value for each in patterns if isinstance(each, ValuePattern)]
        ranges = [each for each in patterns if isinstance(each, RangePattern)]
        if isinstance(subject, FactRef) and self.fact(subject.name).type is FactType.SET_OF:
            return _junction((Holds(subject, each, wanted) for each in values), every=not wanted)
        parts = [self._among(subject, values, wanted)] if values else []
        parts += (self._within(subject, each, wanted) for each in ranges)
        return _junction(parts, every=not wanted)

    def _within(self, subject: Expression, within: RangePattern, wanted: bool) -> Formula:
        low = Literal(value=within.low, span=within.span)
        parts = [self._compared(Comparison.GREATER_EQUAL, subject, low, wanted)]
        if within.high is not None:
            high = Literal(value=within.high, span=within.span)
            parts.append(self._compared(Comparison.LESS_EQUAL, subject, high, wanted))
        return _junction(parts, every=wanted)

    def _among(self, subject: Expression, members: Sequence[Expression], wanted: bool) -> Formula:
        is_plain = isinstance(subject, FactRef) and subject.name not in self.definitions
        if is_plain and len(members) > 1 and all(isinstance(each, ValueRef | Literal) for each in members):
            assert isinstance(subject, FactRef)
            return Member(subject, tuple(members), wanted)
        parts = (self._compared(Comparison.EQUAL, subject, each, wanted) for each in members)
        return _junction(parts, every=not wanted)

    def _compared(self, operator: Comparison, left: Expression, right: Expression, wanted: bool) -> Formula:
        sign = operator if wanted else OPPOSITE[operator]
        return self._parts((left, right), lambda pair: self._test(sign, pair[0], pair[1]))

    def _test(self, sign: Comparison, left: Expression, right: Expression) -> Formula:
        """Return when two operands without derived facts certainly compare so; either may be a condition itself."""
        if not any(is_condition(each) for each in (left, right)):
            return _folded(Test(sign, left, right))
        agree = sign is not Comparison.NOT_EQUAL
        return either(
            every((self.certainly(left, value), self.certainly(right, value is agree))) for value in (True, False)
        )

    def _parts(self, operands: tuple[Expression, ...], leaf: Callable[[tuple[Expression, ...]], Formula]) -> Formula:
        """Return `leaf` of the operands with each derived fact in them replaced by its cases."""
        derived = next(
            (
                node
                for each in operands
                for node in each.descendants()
                if isinstance(node, FactRef) and node.name in self.definitions
            ),
            None,
        )
        if derived is None:
            return leaf(operands)
        return self.cases(
            derived,
            lambda value: self._parts(tuple(self.put(each, derived.name, value) for each in operands), leaf),
        )


def _tests(formula: Formula) -> int:
    return sum(map(_tests, formula.parts)) if isinstance(formula, Junction) else 1


def is_condition(operand: Expression) -> bool:
    """Whether a value is a yes or no that an expression of its own decides."""
    return isinstance(operand, Not | And | Or | Compare | Between | In | Contains) or (
        isinstance(operand, Literal) and isinstance(operand.value, bool)
    )


def _folded(test: Test | Holds) -> Formula:
    """Return a test, or whether it holds when it reads no fact at all."""
    operands = (test.left, test.right) if isinstance(test, Test) else (test.collection, test.member)
    if any(isinstance(node, FactRef | Today) for each in operands for node in each.descendants()):
        return test
    assert isinstance(test, Test)  # INVARIANT: no set can be written down
    span = test.left.span
    value = Evaluator({}, attempts={}, calendar=Calendar()).value(
        Compare(operator=test.operator, left=test.left, right=test.right, span=span), {}
    )
    return Constant(value is True)
