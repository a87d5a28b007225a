"""What an expression is worth, given what is known.

In: resolved expressions, and the policy's definitions and tables. Out: readers, functions from what is known to a
value or None, not yet known. Logic is Kleene's: `no e ?` is no, `yes ou ?` is yes, `não ?` is unknown (S. C. Kleene,
Introduction to Metamathematics, 1952, §64). Readers are closures, prepared once for a policy: no text becomes code.
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Mapping, Sequence
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
    Definition,
    Duration,
    DurationLiteral,
    Expression,
    FactName,
    FactRef,
    In,
    Literal,
    LoopRef,
    Name,
    Node,
    Not,
    Or,
    OutcomeIs,
    Table,
    Today,
    Unit,
    ValueRef,
)
from praxe.engine.deadlines import Calendar, add_duration, days_between, subtract_duration
from praxe.engine.tables import PreparedTable, Reader
from praxe.engine.values import TODAY, Known, Value, add_exactly, normal_text


class Evaluator:
    """Prepares the readers of one policy. INVARIANT: `definitions` stand after those they read."""

    def __init__(
        self,
        definitions: Mapping[FactName, Definition | Table],
        *,
        attempts: Mapping[FactName, int],
        calendar: Calendar,
    ) -> None:
        """Prepare the definitions.

        Args:
            attempts: the facts of retries, with the largest bound of the retries of each.
        """
        self.calendar = calendar
        self.definitions = definitions
        self.tables: dict[FactName, PreparedTable] = {}
        self._attempts = attempts
        self._readers: dict[int, Reader] = {}  # of every part of `_kept`, by identity
        self._kept: list[Expression] = []
        self._derived: dict[FactName, Reader] = {}
        self._bodies: dict[FactName, Reader] = {}
        self._parts: dict[FactName, set[FactName]] = {}  # a definition's own name and those of all that it reads
        for name, definition in definitions.items():
            self._define(name, definition)

    def reader(self, expression: Expression) -> Reader:
        """Return the function that reads the value of `expression`, None while it is not known."""
        if id(expression) not in self._readers:
            self._kept.append(expression)
            self._prepare(expression, self._readers, self._derived)
        return self._readers[id(expression)]

    def value(self, expression: Expression, known: Known) -> Value | None:
        """Return what `expression` is worth, or None while that is not known."""
        return self.reader(expression)(known)

    def derived(self, name: FactName, known: Known) -> Value | None:
        """Return what a definition is worth, or None while that is not known."""
        return self._derived[name](known)

    def comparison(self, expression: Expression) -> tuple[Callable[..., bool], FactName, Value] | None:
        """Return operator, fact and fixed value of a comparison of a plain fact with a fixed value, else None."""
        match expression:
            case Compare(left=FactRef(name=name), right=(ValueRef() | Literal()) as fixed) if self._is_plain(name):
                return OPERATORS[expression.operator], name, fixed_value(fixed)
            case _:
                return None

    def with_answers(self, known: Known, answers: Known) -> Known:
        """Return what is known together with `answers`; derived facts are to be worked out again."""
        return {name: value for name, value in known.items() if name not in self.definitions} | answers

    def _define(self, name: FactName, definition: Definition | Table) -> None:
        match definition:
            case Definition():
                body = self._first_match(definition)
            case Table():
                inputs = [self._inside(each) for each in definition.inputs]
                outputs = [self._inside(row.output) for row in definition.rows]
                self.tables[name] = PreparedTable.of(definition, inputs, outputs)
                body = self.tables[name].read
            case _:
                assert_never(definition)
        parts: set[FactName] = set()
        for node in definition.descendants():
            if isinstance(node, FactRef) and node.name in self._parts:
                parts |= self._parts[node.name]
        self._parts[name] = parts | {name}
        self._bodies[name] = body
        self._derived[name] = _derived_reader(
            name, [pair for pair in self._bodies.items() if pair[0] in self._parts[name]]
        )

    def _first_match(self, definition: Definition) -> Reader:
        cases = [(self._inside(each.condition), self._inside(each.value)) for each in definition.cases]
        otherwise = self._inside(definition.otherwise)

        def read(known: Known) -> Value | None:
            for guard, value in cases:
                holds = guard(known)
                if holds is None:
                    return None  # an earlier guard may still hold
                if holds:
                    return value(known)
            return otherwise(known)

        return read

    def _inside(self, expression: Expression) -> Reader:
        """Return the reader of a part of a definition: there, other definitions are looked up.

        `_derived_reader` has computed them, so a chain of definitions is no chain of calls.
        """
        readers: dict[int, Reader] = {}
        self._prepare(expression, readers, {})
        return readers[id(expression)]

    def _prepare(self, expression: Expression, readers: dict[int, Reader], derived: Mapping[FactName, Reader]) -> None:
        """Prepare `expression` and all below it, from the leaves up: any depth will do."""
        for part in reversed(tuple(expression.descendants())):
            if isinstance(part, Expression):
                below = [readers[id(each)] for each in part.children() if isinstance(each, Expression)]
                readers[id(part)] = self._reader(part, below, derived)

    def _reader(  # noqa: C901 - one case for each kind of expression
        self, part: Expression, below: Sequence[Reader], derived: Mapping[FactName, Reader]
    ) -> Reader:
        """Return the reader of `part`, given those of its operands, in the order of its fields."""
        match part:
            case FactRef():
                return derived.get(part.name) or self._fact(part.name)
            case ValueRef() | Literal():
                return _constant(fixed_value(part))
            case DurationLiteral():
                return _constant(part.value)
            case Today():
                return _look_up(TODAY)
            case Not(operand=FactRef(name=name)) if self._is_plain(name):
                return _lacks(name)
            case Not():
                return _negation(below[0])
            case And():
                return _junction(below, decisive=False)
            case Or():
                return _junction(below, decisive=True)
            case Compare(left=FactRef(name=name), right=(ValueRef() | Literal()) as fixed) if self._is_plain(name):
                return _compares(OPERATORS[part.operator], name, fixed_value(fixed))
            case Compare():
                return _both(OPERATORS[part.operator], *map(_measured, below, part.children()))
            case Between():
                subject, low, high = map(_measured, below, part.children())
                return _junction([_both(operator.ge, subject, low), _both(operator.le, subject, high)], decisive=False)
            case In():
                subject, *members = map(_measured, below, part.children())
                return _junction([_both(operator.eq, subject, each) for each in members], decisive=True)
            case Contains(collection=FactRef(name=name), member=ValueRef(name=member)) if self._is_plain(name):
                return _has(name, member)
            case Contains():
                return _both(_contains, *below)
            case DaysBetween():
                return _both(_days(self.calendar if part.business else None), *below)
            case Arithmetic():
                return _both(_arithmetic(self.calendar, subtract=part.subtract), *below)
            case Name() | LoopRef() | OutcomeIs():
                # INVARIANT: resolve leaves no Name, lower no LoopRef, and OutcomeIs stands only in rules
                raise AssertionError(f"not an expression of a procedure: {type(part).__name__}")
            case _:
                assert_never(part)

    def _is_plain(self, name: FactName) -> bool:
        """Whether a fact is simply looked up: neither derived nor a list of attempts."""
        return name not in self.definitions and name not in self._attempts

    def _fact(self, name: FactName) -> Reader:
        return _final_state(name, self._attempts[name]) if name in self._attempts else _look_up(name)


def fixed_value(expression: ValueRef | Literal) -> Value:
    """Return the value that a name of a value, or a literal, stands for; texts as they are compared."""
    match expression:
        case ValueRef():
            return expression.name
        case Literal(value=str() as text):
            return normal_text(text)
        case Literal():
            return expression.value


OPERATORS: Mapping[Comparison, Callable[..., bool]] = {
    Comparison.EQUAL: operator.eq,
    Comparison.IS: operator.eq,
    Comparison.NOT_EQUAL: operator.ne,
    Comparison.GREATER: operator.gt,
    Comparison.GREATER_EQUAL: operator.ge,
    Comparison.LESS: operator.lt,
    Comparison.LESS_EQUAL: operator.le,
}


def _measured(read: Reader, part: Node) -> Reader:
    """Return the reader of an operand of a comparison: durations are compared in hours, a month as 30 days."""
    if not isinstance(part, DurationLiteral):
        return read
    return _constant(part.value.amount * HOURS[part.value.unit])


HOURS: Mapping[Unit, int] = {Unit.HOUR: 1, Unit.DAY: 24, Unit.BUSINESS_DAY: 24, Unit.MONTH: 30 * 24}


def _constant(value: Value) -> Reader:
    return lambda known: value


def _look_up(name: FactName) -> Reader:
    return lambda known: known.get(name)


def _final_state(name: FactName, bound: int) -> Reader:
    """Read a retry's fact: yes once an attempt succeeded, no once all failed."""

    def read(known: Known) -> Value | None:
        attempts = known.get(name)
        if not isinstance(attempts, tuple):
            return attempts
        return True if any(attempts) else False if len(attempts) >= bound else None

    return read


def _derived_reader(name: FactName, parts: Sequence[tuple[FactName, Reader]]) -> Reader:
    """Read a derived fact: compute those it reads and itself, each once, and keep them among what is known."""

    def read(known: Known) -> Value | None:
        if name not in known:
            for each, body in parts:
                if each not in known:
                    known[each] = body(known)
        return known[name]

    return read


def _negation(operand: Reader) -> Reader:
    def read(known: Known) -> Value | None:
        value = operand(known)
        return None if value is None else not value

    return read


def _lacks(name: FactName) -> Reader:
    """Read the negation of a yes/no fact: the same as `_negation`, in one call instead of two."""

    def read(known: Known) -> Value | None:
        value = known.get(name)
        return None if value is None else not value

    return read


def _junction(operands: Sequence[Reader], *, decisive: bool) -> Reader:
    """Read `e` (any no decides) or `ou` (any yes decides)."""

    def read(known: Known) -> Value | None:
        result: bool | None = not decisive
        for operand in operands:
            value = operand(known)
            if value is decisive:
                return decisive
            if value is None:
                result = None
        return result

    return read


def _both(function: Callable[..., Value], left: Reader, right: Reader) -> Reader:
    def read(known: Known) -> Value | None:
        a = left(known)
        if a is None:
            return None
        b = right(known)
        return None if b is None else function(a, b)

    return read


def _compares(test: Callable[..., bool], name: FactName, fixed: Value) -> Reader:
    """Read the comparison of a fact with a fixed value: the same as `_both`, in one call instead of three."""

    def read(known: Known) -> Value | None:
        value = known.get(name)
        return None if value is None else test(value, fixed)

    return read


def _has(name: FactName, member: str) -> Reader:
    """Read whether a set fact holds a fixed member: the same as `_both`, in one call instead of three."""

    def read(known: Known) -> Value | None:
        value = known.get(name)
        return None if value is None else member in value  # type: ignore[operator] # INVARIANT: a set, from facts

    return read


def _contains(collection: frozenset[str], member: str) -> bool:
    return member in collection


def _days(calendar: Calendar | None) -> Callable[[datetime.date, datetime.date], int]:
    return lambda start, end: days_between(start, end, calendar)


def _arithmetic(calendar: Calendar, *, subtract: bool) -> Callable[[Value, Value], Value]:
    """Return the sum or difference of two numbers, or of a date and a duration (in either order for a sum)."""
    shift = subtract_duration if subtract else add_duration

    def total(left: Value, right: Value) -> Value:
        match left, right:
            case datetime.date(), Duration():
                return shift(left, right, calendar)
            case Duration(), datetime.date():
                return add_duration(right, left, calendar)
            case ((int() | Decimal()), (int() | Decimal())):
                return add_exactly(left, right, subtract=subtract)
            case _:
                raise AssertionError("INVARIANT: the checker lets only numbers, or a date and a duration, be added")

    return total
