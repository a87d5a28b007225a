"""Cases that can be: what sums of facts leave possible of the facts, and of one another.

In: axes. Out: the cases in which every sum (`dias entre a e b`) belongs to the class that its facts give it. Where it
cannot be told, or takes too long, a case counts as one that can be: too many cases, never too few.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod
from typing import Final

from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.prove.axes import FIRST_DAY, LAST_DAY, Axis, AxisKind
from praxe.engine.prove.cuts import USUAL_DAY
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE, Diagrams
from praxe.engine.prove.fitting import AtMost, TooManyBoundsError, are_possible, fitting
from praxe.engine.values import TODAY, Value

MOST_CHOICES: Final = 4_000  # of classes, of axes that belong together
MOST_TRIED: Final = 400  # answers to questions that are tried one by one

ValueOn = Callable[[Axis, Mapping[FactName, Value]], int]  # the class that facts have on an axis


class Coherence:
    """Which classes of one space's axes go together."""

    def __init__(self, axes: Sequence[Axis], facts: Mapping[FactName, Fact], class_on: ValueOn) -> None:
        self._axes = axes
        self._facts = facts
        self._class_on = class_on
        self._own = {axis.fact: number for number, axis in enumerate(axes) if axis.kind is AxisKind.FACT}

    def cases(self, diagrams: Diagrams) -> int:
        """Return the cases that can be."""
        found = EVERY_CASE
        for group in self._groups():
            if not all(self.is_number(name) for number in group for name in self._axes[number].facts):
                continue
            try:
                found = diagrams.both(found, _Group(self, group).cases(diagrams))
            except TooManyBoundsError:
                found = diagrams.both(found, self._one_by_one(group, diagrams))
        return found

    def _one_by_one(self, group: Sequence[int], diagrams: Diagrams) -> int:
        """Return the cases that can be as far as each sum says by itself, where all together are too many."""
        found = EVERY_CASE
        for number in group:
            if not self._axes[number].is_simple:
                own = [self._own[name] for name in self._axes[number].facts if name in self._own]
                try:
                    found = diagrams.both(found, _Group(self, sorted({number, *own})).cases(diagrams))
                except TooManyBoundsError:
                    continue  # all of them count
        return found

    def facts_of(self, choice: Mapping[int, int]) -> Mapping[FactName, Value] | None:
        """Return answers within the chosen classes of numbers and days that are summed up; None if there are none.

        Raises:
            TooManyBoundsError: it cannot be told.
        """
        numbers = [number for number in choice if self._axes[number].begins]
        bounds = [each for number in numbers for each in self.bounds(number, choice[number])]
        names = dict.fromkeys(name for number in numbers for name in self._axes[number].facts)
        bounds += [each for name in names for each in self.limits(name)]
        found = fitting(bounds, self.whole(names), self._usual)
        return None if found is None else {name: self._value(name, found.get(name)) for name in names}

    def bounds(self, number: int, place: int) -> Iterator[AtMost]:
        """Yield what a class says of the facts of its axis."""
        axis = self._axes[number]
        counts = axis.terms or ((axis.fact, 1),)
        if place > 0:
            at, is_above = axis.begins[place - 1]
            yield AtMost(tuple(sorted((name, -count) for name, count in counts)), -at, bool(is_above))
        if place < len(axis.begins):
            at, is_at_most = axis.begins[place]
            yield AtMost(tuple(sorted(counts)), at, not is_at_most)

    def limits(self, name: FactName) -> Iterator[AtMost]:
        """Yield the limits of a fact."""
        low, high = self.range(name)
        if low is not None:
            yield AtMost(((name, -1),), -low)
        if high is not None:
            yield AtMost(((name, 1),), high)

    def range(self, name: FactName) -> tuple[Fraction | None, Fraction | None]:
        """Return the least and greatest number a fact may be; a day counts as its number."""
        if self.is_day(name):
            return Fraction(FIRST_DAY), Fraction(LAST_DAY)
        fact = self._facts[name]
        low, high = (None if each is None else Fraction(each) for each in (fact.minimum, fact.maximum))
        return low, high

    def is_day(self, name: FactName) -> bool:
        """Return whether a fact is a day."""
        return name == TODAY or self._facts[name].type is FactType.DATE

    def is_number(self, name: FactName) -> bool:
        """Return whether a fact is a number or a day."""
        return self.is_day(name) or self._facts[name].type in (FactType.INTEGER, FactType.DECIMAL)

    def whole(self, names: Mapping[FactName, None]) -> frozenset[str]:
        """Return the facts that are whole numbers."""
        return frozenset(n for n in names if self.is_day(n) or self._facts[n].type is FactType.INTEGER)

    def own_axis(self, name: FactName) -> int | None:
        """Return the axis of a fact by itself."""
        return self._own.get(name)

    def axis(self, number: int) -> Axis:
        """Return an axis by its number."""
        return self._axes[number]

    def class_on(self, number: int, facts: Mapping[FactName, Value]) -> int:
        """Return the class that facts have on an axis."""
        return self._class_on(self._axes[number], facts)

    def _groups(self) -> list[list[int]]:
        """Return the axes that say something about the same facts, where some say it about several."""
        groups: list[tuple[set[FactName], list[int]]] = []
        for number, axis in enumerate(self._axes):
            if axis.is_simple:
                continue
            facts, numbers = set(axis.facts), [number]
            for other in [each for each in groups if each[0] & facts]:
                groups.remove(other)
                facts |= other[0]
                numbers += other[1]
            groups.append((facts, numbers))
        own = [[self._own[name] for name in sorted(facts) if name in self._own] for facts, _ in groups]
        return [sorted({*numbers, *more}) for (_, numbers), more in zip(groups, own, strict=True)]

    def _usual(self, name: str) -> Fraction:
        return Fraction(USUAL_DAY.toordinal() if self.is_day(FactName(name)) else 0)

    def _value(self, name: FactName, number: Fraction | None) -> Value:
        known = self._usual(name) if number is None else number
        if self.is_day(name):
            return datetime.date.fromordinal(int(known))
        return int(known) if self._facts[name].type is FactType.INTEGER else _decimal(known)


class _Group:
    """Axes that belong together."""

    def __init__(self, all_axes: Coherence, numbers: Sequence[int]) -> None:
        self._all = all_axes
        self._numbers = numbers
        self._sums = [each for each in numbers if all_axes.axis(each).kind is not AxisKind.TRUTH]
        self._truths = [each for each in numbers if all_axes.axis(each).kind is AxisKind.TRUTH]
        self._names = dict.fromkeys(name for each in numbers for name in all_axes.axis(each).facts)
        self._whole = all_axes.whole(self._names)
        terms = [all_axes.axis(each).terms for each in self._sums if all_axes.axis(each).terms]
        differences = all(sorted(count for _, count in each) == [-1, 1] for each in terms)
        self._is_mixed = not differences or 0 < len(self._whole) < len(self._names)  # bounds alone do not tell then
        self._left = MOST_CHOICES
        self._tried: dict[tuple[tuple[int, int], ...], frozenset[tuple[int, ...]] | None] = {}

    def cases(self, diagrams: Diagrams) -> int:
        """Return the cases that can be, as far as these axes say."""
        bounds = [each for name in self._names for each in self._all.limits(name)]
        return self._below(diagrams, 0, bounds, {})

    def _below(self, diagrams: Diagrams, place: int, bounds: Sequence[AtMost], choice: Mapping[int, int]) -> int:
        if place == len(self._numbers):
            return EVERY_CASE if self._is_met(choice) else NO_CASE
        number = self._numbers[place]
        axis = self._all.axis(number)
        parts = []
        for each in range(len(axis.classes)):
            self._left -= 1
            if self._left < 0:
                raise TooManyBoundsError
            more = bounds if axis.kind is AxisKind.TRUTH else [*bounds, *self._all.bounds(number, each)]
            if more is not bounds and not self._is_possible(more):
                parts.append(NO_CASE)
            else:
                parts.append(self._below(diagrams, place + 1, more, {**choice, number: each}))
        return diagrams.test(number, tuple(parts))

    def _is_possible(self, bounds: Sequence[AtMost]) -> bool:
        try:
            return are_possible(bounds, self._whole)
        except TooManyBoundsError:
            return True

    def _is_filled(self, choice: Mapping[int, int]) -> bool:
        """Return whether there are numbers in these classes, whole ones where they have to be; yes, if not known."""
        bounds = [each for number in self._sums for each in self._all.bounds(number, choice[number])]
        bounds += [each for name in self._names for each in self._all.limits(name)]
        try:
            return fitting(bounds, self._whole, lambda name: Fraction(0)) is not None
        except TooManyBoundsError:
            return True

    def _is_met(self, choice: Mapping[int, int]) -> bool:
        """Return whether some answers of these classes have these truths; yes, where they are too many to try."""
        if self._is_mixed and not self._is_filled(choice):
            return False
        if not self._truths:
            return True
        own = tuple((number, choice[number]) for number in self._sums if self._all.axis(number).kind is AxisKind.FACT)
        if own not in self._tried:
            self._tried[own] = self._met(dict(own))
        met = self._tried[own]
        return met is None or tuple(choice[number] for number in self._numbers) in met

    def _met(self, own: Mapping[int, int]) -> frozenset[tuple[int, ...]] | None:
        """Return the classes of all answers whose own classes are these; None where they are too many to try."""
        answers = []
        for name in self._names:
            low, high = self._all.range(name)
            number = self._all.own_axis(name)
            if number is not None and number in own:
                each = self._all.axis(number).classes[own[number]]
                low = _number(each.low) if each.low is not None else low
                high = _number(each.high) if each.high is not None else high
            is_whole = name in self._whole
            if low is None or high is None or not is_whole or high - low > MOST_TRIED:
                return None
            answers.append(range(int(low), int(high) + 1))
        if prod(map(len, answers)) > MOST_TRIED:
            return None
        met = set()
        for tried in product(*answers):
            facts = {name: self._of_number(name, each) for name, each in zip(self._names, tried, strict=True)}
            met.add(tuple(self._all.class_on(number, facts) for number in self._numbers))
        return frozenset(met)

    def _of_number(self, name: FactName, number: int) -> Value:
        return datetime.date.fromordinal(number) if self._all.is_day(name) else number


def _number(value: Value) -> Fraction:
    assert isinstance(value, datetime.date | int | Decimal)
    return Fraction(value.toordinal() if isinstance(value, datetime.date) else value)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
