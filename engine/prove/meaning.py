"""Conditions and values of a policy as sets of cases.

In: expressions, and the axes on which cases differ. Out: for a condition, the cases in which it holds and those in
which it does not; in the rest the policy has no answer (a table without a row for them). For a value, what it comes
down to in which cases. Samples of each class are put through the evaluator itself, so the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from praxe.dsl.tree import (
    And,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Contains,
    DaysBetween,
    Definition,
    Expression,
    FactName,
    FactRef,
    In,
    Literal,
    Not,
    Or,
    OutcomeName,
    Pattern,
    Table,
    ValueRef,
)
from praxe.engine.evaluate import OPERATORS, fixed_value
from praxe.engine.prove.at_end import at_end
from praxe.engine.prove.axes import Axis, AxisKind, attempts_value
from praxe.engine.prove.cuts import Key, key_of_fact
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE, Diagrams
from praxe.engine.prove.leaves import NO, NOWHERE, YES, Atom, AtomKey, Leaves, compared, first_named, pattern_atoms
from praxe.engine.prove.linear import difference
from praxe.engine.prove.table_sets import table_pieces
from praxe.engine.prove.truth import ALWAYS, NEVER, Truth
from praxe.engine.tables import admitted
from praxe.engine.values import Known, Value
from praxe.engine.wording import text_of

_FACT: Final = AxisKind.FACT
_new: Final = tuple.__new__  # makes a truth in half of the time that its own constructor takes
Pieces = Sequence[tuple[int, Expression]]  # in these cases, worth this; no case twice


class Meaning:
    """The conditions of one policy as sets of cases. INVARIANT: all its comparisons were noted before."""

    def __init__(
        self, leaves: Leaves, axes: Mapping[Key, Axis], diagrams: Diagrams, attempts: Mapping[FactName, int]
    ) -> None:
        self.leaves = leaves
        self.diagrams = diagrams
        self.axes = axes
        self.number_of: Mapping[Key, int] = {key: number for number, key in enumerate(axes)}
        self._evaluator = leaves.evaluator
        self._definitions = leaves.checked.definitions
        self.listed = list(axes.values())
        self._attempts = attempts
        self.is_exact = True  # else the cases of a condition, and of its contrary, may be too many: never too few
        self._truths: dict[int, Truth] = {}  # of every condition in `_kept`, by identity; facts have it by name
        self._kept: list[Expression] = []
        self._derived: dict[FactName, Truth] = {}  # and given
        self._simple: dict[AtomKey, Truth] = {}
        self._derived_pieces: dict[FactName, Pieces] = {}
        self._atoms: dict[object, Truth] = {}

    # --- conditions ----------------------------------------------------------------------------------------------

    def truth(self, condition: Expression) -> Truth:
        """Return where a condition of the policy holds."""
        if isinstance(condition, FactRef):
            return self._derived.get(condition.name) or self._fact(condition.name)
        known = self._truths.get(id(condition))
        if known is None:
            known = self._truths[id(condition)] = self._truth(condition)
            self._kept.append(condition)
        return known

    def truth_at_end(self, condition: Expression, outcome: OutcomeName | None) -> Truth:
        """Return where the condition of a rule holds of cases that end with this outcome (None: with none)."""
        return self._truth(at_end(condition, outcome))

    def _truth(self, condition: Expression) -> Truth:
        match condition:
            case Literal(value=bool() as value):
                return ALWAYS if value else NEVER
            case FactRef(name=name):
                return self._fact(name)
            case Not(operand=operand):
                yes, no = self.truth(operand)
                return _new(Truth, (no, yes))
            case And(operands=operands):
                return self._all([self.truth(each) for each in operands])
            case Or(operands=operands):
                return self._any([self.truth(each) for each in operands])
            case Compare(operator=operator, left=left, right=right):
                key = self.leaves.key_of(condition)
                if key is None:
                    return self._compare(operator, left, right)
                known = self._simple.get(key)
                if known is None:
                    known = self._simple[key] = self._decided(condition)
                return known
            case Between(subject=subject, low=low, high=high):
                above = self._compare(Comparison.GREATER_EQUAL, subject, low)
                return self._all([above, self._compare(Comparison.LESS_EQUAL, subject, high)])
            case In(subject=subject, members=members):
                return self._any(self._compare(Comparison.EQUAL, subject, each) for each in members)
            case Contains():
                return self._contains(condition)
            case _:
                raise AssertionError(f"INVARIANT: not a condition: {type(condition).__name__}")

    def _all(self, truths: Iterable[Truth]) -> Truth:
        each = list(truths)
        if len(each) == 2:  # as mostly, of tens of thousands of conditions
            (first_yes, first_no), (second_yes, second_no) = each
            both, either = self.diagrams.both, self.diagrams.either
            return _new(Truth, (both(first_yes, second_yes), either(first_no, second_no)))
        return Truth(self.diagrams.all_of(one.yes for one in each), self.diagrams.any_of(one.no for one in each))

    def _any(self, truths: Iterable[Truth]) -> Truth:
        no, yes = self._all([_new(Truth, (no, yes)) for yes, no in truths])
        return _new(Truth, (yes, no))

    def _fact(self, name: FactName) -> Truth:
        if name not in self._derived:
            self._derived[name] = self._defined_fact(name) if name in self._definitions else self._given_fact(name)
        return self._derived[name]

    def _defined_fact(self, name: FactName) -> Truth:
        return self._whether(self.pieces(FactRef(name=name, span=NOWHERE), as_value=True))

    def _given_fact(self, name: FactName) -> Truth:
        number = self.axis_of(name)
        if number is not None and self.listed[number].kind is _FACT:
            return self._compared(number, OPERATORS[Comparison.EQUAL], True)
        fact = FactRef(name=name, span=NOWHERE)
        return self._atom(Compare(operator=Comparison.EQUAL, left=fact, right=YES, span=NOWHERE))

    def _whether(self, pieces: Pieces) -> Truth:
        """Return the truth of a value that is a condition in each of its pieces."""
        yes = no = NO_CASE
        for cases, leaf in pieces:
            truth = self.truth(leaf)
            yes = self.diagrams.either(yes, self.diagrams.both(cases, truth.yes))
            no = self.diagrams.either(no, self.diagrams.both(cases, truth.no))
        return Truth(yes, no)

    def _compare(self, operator: Comparison, left: Expression, right: Expression) -> Truth:
        if self._is_leaf(left) and self._is_leaf(right):
            return self._atom(Compare(operator=operator, left=left, right=right, span=left.span))
        return self._over(
            self.pieces(left), self.pieces(right), lambda one, two: next(compared(operator, [one], [two]))
        )

    def _contains(self, condition: Contains) -> Truth:
        collections, members = self.pieces(condition.collection), self.pieces(condition.member)
        return self._over(
            collections, members, lambda one, two: Contains(collection=one, member=two, span=condition.span)
        )

    def _over(self, left: Pieces, right: Pieces, make: Callable[[Expression, Expression], Atom]) -> Truth:
        yes = no = NO_CASE
        both, either = self.diagrams.both, self.diagrams.either
        for first, one in left:
            for second, two in right:
                cases = both(first, second)
                if cases:
                    truth = self._atom(make(one, two))
                    yes = either(yes, both(cases, truth.yes))
                    no = either(no, both(cases, truth.no))
        return Truth(yes, no)

    # --- values --------------------------------------------------------------------------------------------------

    def pieces(self, value: Expression, *, as_value: bool = False) -> Pieces:
        """Return what a value comes down to in which cases; a condition comes down to yes and no.

        Args:
            as_value: take a derived condition apart into the conditions it is defined by.
        """
        if not as_value and self.leaves.is_condition(value):
            truth = self.truth(value)
            return [(cases, leaf) for cases, leaf in ((truth.yes, YES), (truth.no, NO)) if cases]
        match value:
            case FactRef(name=name) if name in self._definitions:
                if name not in self._derived_pieces:
                    self._derived_pieces[name] = self._defined(self._definitions[name])
                return self._derived_pieces[name]
            case Arithmetic(left=left, right=right, subtract=subtract):
                return [
                    (cases, Arithmetic(subtract=subtract, left=one, right=two, span=value.span))
                    for cases, one, two in self._pairs(left, right)
                ]
            case DaysBetween(start=start, end=end, business=business):
                return [
                    (cases, DaysBetween(business=business, start=one, end=two, span=value.span))
                    for cases, one, two in self._pairs(start, end)
                ]
            case _:
                return [(EVERY_CASE, value)]

    def defined(self, value: Expression) -> int:
        """Return the cases in which a value can be worked out."""
        if self._is_leaf(value):
            return EVERY_CASE
        return self.diagrams.any_of(cases for cases, _ in self.pieces(value))

    def admits(self, subject: Expression, patterns: Iterable[Pattern]) -> Truth:
        """Return where one of the patterns admits a value."""
        wanted = tuple(patterns)
        yes = no = NO_CASE
        for cases, leaf in self.pieces(subject):
            truth = self._any(
                self._all(self._atom(each) for each in pattern_atoms(leaf, pattern, self.leaves)) for pattern in wanted
            )
            yes = self.diagrams.either(yes, self.diagrams.both(cases, truth.yes))
            no = self.diagrams.either(no, self.diagrams.both(cases, truth.no))
        return Truth(yes, no)

    def _pairs(self, left: Expression, right: Expression) -> Iterable[tuple[int, Expression, Expression]]:
        for first, one in self.pieces(left):
            for second, two in self.pieces(right):
                cases = self.diagrams.both(first, second)
                if cases:
                    yield cases, one, two

    def _defined(self, definition: Definition | Table) -> Pieces:
        if isinstance(definition, Table):
            found = table_pieces(definition, self)
        else:
            found = []
            left = EVERY_CASE
            for each in definition.cases:
                guard = self.truth(each.condition)
                found += self._part(self.diagrams.both(left, guard.yes), each.value)
                left = self.diagrams.both(left, guard.no)
            found += self._part(left, definition.otherwise)
        return self._merged(found)

    def _part(self, cases: int, value: Expression) -> list[tuple[int, Expression]]:
        if not cases:
            return []
        if self.leaves.is_condition(value):
            return [(cases, value)]
        return [(both, leaf) for of, leaf in self.pieces(value) if (both := self.diagrams.both(cases, of))]

    def _merged(self, pieces: Pieces) -> Pieces:
        found: dict[str, tuple[int, Expression]] = {}
        for cases, leaf in pieces:
            before = found.get(text := text_of(leaf))
            found[text] = (self.diagrams.either(before[0], cases) if before else cases, leaf)
        return list(found.values())

    # --- comparisons ---------------------------------------------------------------------------------------------

    def _is_leaf(self, value: Expression) -> bool:
        match value:
            case FactRef(name=name):
                return name not in self._definitions
            case Literal() | ValueRef():
                return True
            case _:
                return False

    def _atom(self, atom: Atom) -> Truth:
        key = _atom_key(atom)
        if key not in self._atoms:
            self._atoms[key] = self._decided(atom)
        return self._atoms[key]

    def _decided(self, atom: Atom) -> Truth:
        match atom:
            case Compare(operator=operator, left=FactRef(name=name), right=(ValueRef() | Literal()) as fixed):
                number = self.axis_of(name)
                if number is not None and self.listed[number].kind is _FACT:
                    return self._compared(number, OPERATORS[operator], fixed_value(fixed))
            case _:
                pass
        sums = difference(atom.left, atom.right) if isinstance(atom, Compare) else None
        if isinstance(atom, Compare) and sums is not None and not sums.facts:
            return ALWAYS if OPERATORS[atom.operator](sums.number, 0) else NEVER
        keys = self.leaves.cuts.note(atom, self._evaluator)
        axes = sorted(self.number_of[key] for key in dict.fromkeys(keys))
        if len(axes) == 1 and not self.listed[axes[0]].is_simple:
            return self._of_several(atom, axes[0])
        return self._tried(atom, axes, {})

    def _compared(self, number: int, holds: Callable[..., bool], fixed: Value) -> Truth:
        """Return the truth of a comparison of one fact with a value; INVARIANT: no class has members on both sides."""
        yes = tuple([1 if holds(each.sample, fixed) else 0 for each in self.listed[number].classes])
        return Truth(self.diagrams.test(number, yes), self.diagrams.test(number, tuple([1 - each for each in yes])))

    def _tried(self, atom: Atom, axes: Sequence[int], known: Known) -> Truth:
        """Return the truth of a comparison, trying every class of `axes`."""
        if not axes:
            value = self._evaluator.value(atom, dict(known))
            return ALWAYS if value is True else NEVER if value is False else Truth(NO_CASE, NO_CASE)
        number, *rest = axes
        axis = self.listed[number]
        parts = [self._tried(atom, rest, self._with(known, axis, place)) for place in range(len(axis.classes))]
        yes = self.diagrams.test(number, tuple(part.yes for part in parts))
        return Truth(yes, self.diagrams.test(number, tuple(part.no for part in parts)))

    def _with(self, known: Known, axis: Axis, place: int) -> Known:
        sample = axis.classes[place].sample
        match axis.kind:
            case AxisKind.MEMBER:
                before = known.get(axis.fact) or frozenset()
                assert isinstance(before, frozenset)
                members = before | {axis.member} if sample else before
                return {**known, axis.fact: frozenset(str(each) for each in members)}
            case AxisKind.ATTEMPTS:
                return {**known, axis.fact: attempts_value(sample, self._attempts[axis.fact])}
            case _:
                return {**known, axis.fact: sample}

    def _of_several(self, atom: Atom, number: int) -> Truth:
        axis = self.listed[number]
        if axis.kind is AxisKind.TRUTH:
            yes = self.diagrams.among(number, [1])
            return Truth(yes, self.diagrams.without(yes))
        assert isinstance(atom, Compare)
        sums = difference(atom.left, atom.right)
        assert sums
        sign = 1 if sums.facts[0][1] > 0 else -1
        holds = OPERATORS[atom.operator]
        yes = self.diagrams.among(
            number,
            [
                place
                for place, each in enumerate(axis.classes)
                if holds(sign * _as_fraction(each.sample) + sums.number, 0)
            ],
        )
        return Truth(yes, self.diagrams.without(yes))

    def first_admitting(self, subject: FactRef, patterns: Sequence[Sequence[Pattern]]) -> list[int] | None:
        """Return the cases that each list of patterns is the first to admit, and last those that none admits.

        None where one axis does not tell.
        """
        number = self.axis_of(subject.name)
        if subject.name in self._definitions or number is None or self.listed[number].kind is not AxisKind.FACT:
            return None
        classes: list[list[int]] = [[] for _ in (*patterns, None)]
        samples = [each.sample for each in self.listed[number].classes]
        named = first_named(patterns) if all(isinstance(each, str) for each in samples) else None
        admits = [admitted(each) for each in patterns]
        for place, sample in enumerate(samples):
            if sample is None:
                return None
            if named is not None:
                classes[named.get(str(sample), -1)].append(place)
            else:
                classes[next((index for index, test in enumerate(admits) if test(sample)), -1)].append(place)
        return [self.diagrams.among(number, each) for each in classes]

    def axes_of(self, name: FactName) -> Sequence[int]:
        """Return the numbers of all axes that say something about one fact alone."""
        return self.simple_axes.get(name, ())

    @cached_property
    def simple_axes(self) -> Mapping[FactName, Sequence[int]]:
        """The numbers of the axes that say something about one fact alone, by that fact."""
        found: dict[FactName, list[int]] = {}
        for number, axis in enumerate(self.listed):
            if axis.is_simple:
                found.setdefault(axis.fact, []).append(number)
        return found

    def axis_of(self, name: FactName) -> int | None:
        """Return the number of the axis of a fact that is no set, if anything is compared with it."""
        kind = AxisKind.ATTEMPTS if self.leaves.cuts.is_retried(name) else _FACT
        return self.number_of.get(key_of_fact(name, kind))


def _as_fraction(value: Value | None) -> Fraction:
    assert isinstance(value, int | Decimal)  # INVARIANT: a difference is a number
    return Fraction(value)


def _atom_key(atom: Atom) -> object:
    match atom:
        case Compare(operator=operator, left=FactRef(name=name), right=(ValueRef() | Literal()) as fixed):
            return (operator, name, text_of(fixed))
        case _:
            return text_of(atom)
