"""Where the answers to each question are cut into classes.

In: conditions, tables and branches of one or several policies, in reading order. Out: an `Axis` for each thing that
they compare, in that order. Every comparison must be noted before the first set of cases is made of it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from praxe.dsl.tree import Compare, Comparison, Contains, Expression, FactName, FactRef, Literal, Today, ValueRef
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.evaluate import Evaluator, fixed_value
from praxe.engine.prove.axes import (
    FIRST_DAY,
    LAST_DAY,
    Axis,
    AxisClass,
    AxisKind,
    Boundary,
    day_classes,
    decimal_classes,
    listed,
    whole_begins,
    whole_classes,
    within,
)
from praxe.engine.prove.linear import boundaries, difference, flipped
from praxe.engine.values import TODAY, Value
from praxe.engine.wording import text_of

USUAL_DAY: Final = datetime.date(2026, 1, 15)  # an ordinary Thursday, for dates that nothing is compared with
_NUMBERS: Final = (FactType.INTEGER, FactType.DECIMAL)
_ORDERED: Final = (*_NUMBERS, FactType.DATE)
_FINITE: Final = (FactType.YES_NO, FactType.ONE_OF, FactType.SET_OF)
_FACT: Final = AxisKind.FACT
_YES_NO: Final = listed((True, False))

Key = tuple[AxisKind, str, str]  # kind, fact (or text of what is compared), member


def key_of_fact(name: FactName, kind: AxisKind = _FACT, member: str = "") -> Key:
    """Return the key of a fact's axis."""
    return (kind, name, member)


class Cuts:
    """Gathers comparisons, and makes the axes."""

    def __init__(self, facts: Mapping[FactName, Fact], attempts: Mapping[FactName, Iterable[int]]) -> None:
        """Begin.

        Args:
            facts: the facts that may be given, of all policies at hand.
            attempts: the facts of retries, with all bounds of the retries of each.
        """
        self._facts = facts
        self._attempts = attempts
        self._begins: defaultdict[Key, set[Boundary]] = defaultdict(set)
        self._texts: defaultdict[Key, dict[str, None]] = defaultdict(dict)
        self._order: dict[Key, None] = {}
        self._terms: dict[Key, tuple[tuple[FactName, int], ...]] = {}
        self._conditions: dict[Key, tuple[Expression, tuple[FactName, ...]]] = {}

    @property
    def facts(self) -> Mapping[FactName, Fact]:
        """The facts that may be given, of all policies at hand."""
        return self._facts

    def type_of(self, name: FactName) -> FactType:
        """Return the type of a fact; the day of the decision is a date."""
        return FactType.DATE if name == TODAY else self._facts[name].type

    def is_retried(self, name: FactName) -> bool:
        """Return whether a fact is the result of a retry."""
        return name in self._attempts

    def touch(self, name: FactName) -> Key:
        """Give a fact its place in the order."""
        key = key_of_fact(name, AxisKind.ATTEMPTS if name in self._attempts else _FACT)
        self._order.setdefault(key)
        return key

    def touch_member(self, name: FactName, member: str) -> Key:
        """Give a member of a set its place in the order."""
        key = key_of_fact(name, AxisKind.MEMBER, member)
        self._order.setdefault(key)
        return key

    def note(self, atom: Compare | Contains, evaluator: Evaluator) -> Sequence[Key]:
        """Note a comparison without derived facts in it; return the axes that decide it."""
        if isinstance(atom, Compare) and isinstance(atom.left, FactRef) and isinstance(atom.right, Literal):
            number = self._number_compared(atom.left.name, atom.right)
            if number is not None:
                key = self.touch(atom.left.name)
                self._begins[key].update(boundaries(atom.operator, number))
                return [key]
        read = _facts_of(atom)
        if isinstance(atom, Contains) and isinstance(atom.collection, FactRef) and isinstance(atom.member, ValueRef):
            return [self.touch_member(atom.collection.name, atom.member.name)]
        if all(self.is_retried(each) or self.type_of(each) in _FINITE for each in read):
            return [key for each in read for key in self._finite(each)]
        if len(read) == 1 and isinstance(atom, Compare) and self.type_of(read[0]) is FactType.TEXT:
            return [self._text(atom, read[0])]
        if not isinstance(atom, Compare) or not all(self._is_ordered(each) for each in read):
            return [self._opaque(atom, read)]
        sums = difference(atom.left, atom.right)
        if sums is not None and not sums.facts:
            return []  # `n = n + 1`: whatever the facts are
        if sums is None:
            return [self._by_trial(atom, read, evaluator) or self._opaque(atom, read)]
        if len(sums.facts) == 1 and abs(sums.facts[0][1]) == 1:
            ((name, count),) = sums.facts
            key = self.touch(name)
            operator = atom.operator if count > 0 else flipped(atom.operator)
            self._begins[key].update(boundaries(operator, -sums.number / count))
            return [key]
        return [self._difference(atom, sums.facts, sums.number)]

    def axes(self) -> dict[Key, Axis]:
        """Return the axes in the order in which their facts are first read."""
        return {key: self._axis(key) for key in self._order}

    # --- kinds of comparisons ------------------------------------------------------------------------------------

    def _finite(self, name: FactName) -> list[Key]:
        if self.type_of(name) is not FactType.SET_OF:
            return [self.touch(name)]
        return [self.touch_member(name, each.name) for each in self._facts[name].values]

    def _text(self, atom: Compare, name: FactName) -> Key:
        key = self.touch(name)
        for side in (atom.left, atom.right):
            if isinstance(side, Literal) and isinstance(side.value, str):
                self._texts[key].setdefault(str(fixed_value(side)))
        return key

    def _is_ordered(self, name: FactName) -> bool:
        return self.type_of(name) in _ORDERED

    def _number_compared(self, name: FactName, fixed: Literal) -> Fraction | None:
        """Return the number that an ordered fact is compared with; None of any other fact."""
        match fixed.value:
            case bool() | str():
                return None
            case datetime.date() as day:
                return Fraction(day.toordinal()) if self._is_ordered(name) and not self.is_retried(name) else None
            case number:
                return Fraction(number) if self._is_ordered(name) and not self.is_retried(name) else None

    def _difference(self, atom: Compare, facts: tuple[tuple[FactName, int], ...], number: Fraction) -> Key:
        sign = 1 if facts[0][1] > 0 else -1
        terms = tuple((name, count * sign) for name, count in facts)
        key: Key = (AxisKind.DIFFERENCE, " ".join(f"{count:+}*{name}" for name, count in terms), "")
        self._order.setdefault(key)
        self._terms[key] = terms
        operator = atom.operator if sign > 0 else flipped(atom.operator)
        self._begins[key].update(boundaries(operator, -number * sign))
        return key

    def _opaque(self, atom: Compare | Contains, read: tuple[FactName, ...]) -> Key:
        key: Key = (AxisKind.TRUTH, text_of(atom), "")
        self._order.setdefault(key)
        self._conditions[key] = (atom, read)
        return key

    def _by_trial(self, atom: Compare, read: tuple[FactName, ...], evaluator: Evaluator) -> Key | None:
        """Cut the one date of a comparison by business days or months, which only ever grow with the date."""
        places = [each for each in atom.descendants() if isinstance(each, FactRef | Today)]
        if len(places) != 1 or self.type_of(read[0]) is not FactType.DATE:
            return None
        key = self.touch(read[0])
        for operator in (Comparison.GREATER_EQUAL, Comparison.GREATER):
            tried = Compare(operator=operator, left=atom.left, right=atom.right, span=atom.span)
            turn = _turning_day(tried, read[0], evaluator)
            if turn is not None:
                self._begins[key].add((Fraction(turn), 0))
        return key

    # --- axes ------------------------------------------------------------------------------------------------------

    def _axis(self, key: Key) -> Axis:
        kind, name, member = key
        match kind:
            case AxisKind.MEMBER:
                return Axis(kind=kind, facts=(FactName(name),), classes=listed((False, True)), member=member)
            case AxisKind.ATTEMPTS:
                return Axis(kind=kind, facts=(FactName(name),), classes=self._attempt_classes(FactName(name)))
            case AxisKind.TRUTH:
                condition, read = self._conditions[key]
                return Axis(kind=kind, facts=read, classes=listed((False, True)), condition=condition)
            case AxisKind.DIFFERENCE:
                return self._difference_axis(key)
            case AxisKind.FACT:
                return self._fact_axis(key, FactName(name))

    def _attempt_classes(self, name: FactName) -> tuple[AxisClass, ...]:
        bounds = sorted(set(self._attempts[name]))
        lows = [1, *(each + 1 for each in bounds)]
        made = tuple(AxisClass(low=low, high=high) for low, high in zip(lows, bounds, strict=False))
        return (*made, AxisClass(low=None, high=None))

    def _difference_axis(self, key: Key) -> Axis:
        terms = self._terms[key]
        names = tuple(name for name, _ in terms)
        begins = sorted(self._begins[key])
        if any(self.type_of(name) is FactType.DECIMAL for name in names):
            classes = decimal_classes(begins, None, None)
        else:
            begins = whole_begins(begins)
            classes = whole_classes(begins, None, None)
        return Axis(kind=key[0], facts=names, classes=classes, terms=terms, begins=tuple(begins))

    def _fact_axis(self, key: Key, name: FactName) -> Axis:
        begins: tuple[Boundary, ...] = ()
        match self.type_of(name):
            case FactType.YES_NO:
                classes = _YES_NO
            case FactType.ONE_OF:
                classes = listed(each.name for each in self._facts[name].values)
            case FactType.TEXT:
                texts = list(self._texts[key])
                classes = listed([*texts, "".join(["…", *texts])])
            case FactType.DATE:
                begins = within(whole_begins(self._begins[key]), Fraction(FIRST_DAY), Fraction(LAST_DAY))
                classes = day_classes(begins, USUAL_DAY)
            case kind:
                assert kind in _NUMBERS  # a set is cut by its members
                begins, classes = self._number_classes(key, self._facts[name])
        return Axis(kind=key[0], facts=(name,), classes=classes, begins=begins)

    def _number_classes(self, key: Key, fact: Fact) -> tuple[tuple[Boundary, ...], tuple[AxisClass, ...]]:
        low, high = fact.minimum, fact.maximum
        bounds = [None if each is None else Fraction(each) for each in (low, high)]
        if fact.type is FactType.DECIMAL:
            begins = within(sorted(self._begins[key]), *bounds)
            return begins, decimal_classes(begins, low, high)
        begins = within(whole_begins(self._begins[key]), *bounds)
        return begins, whole_classes(begins, _whole(low), _whole(high))


def _whole(bound: Decimal | None) -> int | None:
    return None if bound is None else int(bound)


def _facts_of(atom: Expression) -> tuple[FactName, ...]:
    names = (
        each.name if isinstance(each, FactRef) else TODAY
        for each in atom.descendants()
        if isinstance(each, FactRef | Today)
    )
    return tuple(dict.fromkeys(names))


def _turning_day(tried: Compare, name: FactName, evaluator: Evaluator) -> int | None:
    """Return the first day whose answer differs from that of the very first day, if there is one."""

    def holds(day: int) -> Value | None:
        return evaluator.value(tried, {name: datetime.date.fromordinal(day)})

    low, high = FIRST_DAY, LAST_DAY
    at_first = holds(low)
    if holds(high) == at_first:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle) == at_first:
            low = middle
        else:
            high = middle
    return high
