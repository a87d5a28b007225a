"""Axes and their classes: the finitely many kinds of answers that the policies at hand can tell apart.

In: what `cuts` found out about each fact. Out: one `Axis` for each fact (for a set: one for each member spoken of; for
a comparison of two facts: one for what is compared), each class with an answer that stands for all of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from praxe.dsl.tree import Expression, FactName
from praxe.engine.values import Value

FIRST_DAY: Final = 1
LAST_DAY: Final = datetime.date.max.toordinal()

Boundary = tuple[Fraction, int]  # a class begins at the number (0), or just beyond it (1)


class AxisKind(Enum):
    """What an axis stands for."""

    FACT = "fact"  # the answer to a question
    ATTEMPTS = "attempts"  # at which attempt a retry's fact becomes yes; None: at none
    MEMBER = "member"  # whether a set holds a value
    DIFFERENCE = "difference"  # a sum of facts, some of them negative: `dias entre a e b`
    TRUTH = "truth"  # whether a comparison of several facts holds that nothing simpler stands for

    __hash__ = object.__hash__  # there is one of each: by its name it would take ten times as long


_SIMPLE: Final = (AxisKind.FACT, AxisKind.ATTEMPTS, AxisKind.MEMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisClass:
    """Answers that nothing tells apart: those from `low` to `high`; None is an open end."""

    low: Value | None
    high: Value | None

    @property
    def sample(self) -> Value | None:
        """The answer that stands for all."""
        return self.high if self.low is None else self.low


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One thing on which cases differ."""

    kind: AxisKind
    facts: tuple[FactName, ...]  # one, but for differences and truths
    classes: tuple[AxisClass, ...]
    member: str | None = None  # of MEMBER
    terms: tuple[tuple[FactName, int], ...] = ()  # of DIFFERENCE: how often each fact counts
    condition: Expression | None = field(default=None, compare=False)  # of TRUTH
    begins: tuple[Boundary, ...] = ()  # of ordered answers: where each class but the first begins

    @property
    def fact(self) -> FactName:
        """The fact, or the first of several."""
        return self.facts[0]

    @property
    def is_simple(self) -> bool:
        """Whether its classes alone say what to answer."""
        return self.kind in _SIMPLE

    def class_of(self, value: Value | None) -> int:
        """Return the class an answer belongs to."""
        if self.begins or len(self.classes) == 1:
            number = _number(value) if self.begins else Fraction(0)
            return sum(1 for at, beyond in self.begins if number > at or (number == at and not beyond))
        for place, each in enumerate(self.classes):
            if each.low == value and type(each.low) is type(value):
                return place
        if self.kind is AxisKind.ATTEMPTS and isinstance(value, int):
            return next(place for place, each in enumerate(self.classes) if _holds(each, value))
        return len(self.classes) - 1  # any other text


def _holds(attempts: AxisClass, count: int) -> bool:
    low, high = attempts.low, attempts.high
    return isinstance(low, int) and isinstance(high, int) and low <= count <= high


def _number(value: Value | None) -> Fraction:
    match value:
        case datetime.date():
            return Fraction(value.toordinal())
        case int() | Decimal():
            return Fraction(value)
        case _:
            raise AssertionError(f"not an ordered answer: {value!r}")


def attempts_value(success: Value | None, bound: int) -> tuple[bool, ...]:
    """Return the attempts up to the one that succeeds; all failed when that is beyond the bound, or None."""
    if isinstance(success, int) and success <= bound:
        return (*(False,) * (success - 1), True)
    return (False,) * bound


def listed(values: Iterable[Value | None]) -> tuple[AxisClass, ...]:
    """Return a class for each of these answers."""
    return tuple(AxisClass(low=each, high=each) for each in values)


def whole_begins(boundaries: Iterable[Boundary]) -> list[Boundary]:
    """Return where classes of whole numbers begin."""
    starts = {at.numerator + beyond if at.denominator == 1 else at // 1 + 1 for at, beyond in boundaries}
    return [(Fraction(each), 0) for each in sorted(starts)]


def within(begins: Sequence[Boundary], low: Fraction | None, high: Fraction | None) -> tuple[Boundary, ...]:
    """Return the boundaries strictly above `low` and not above `high`: the others cut nothing off."""
    return tuple(each for each in begins if (low is None or each > (low, 0)) and (high is None or each < (high, 1)))


def whole_classes(begins: Sequence[Boundary], low: int | None, high: int | None) -> tuple[AxisClass, ...]:
    """Return the classes of whole numbers from `low` to `high`."""
    starts = [int(at) for at, _ in begins]
    lows = [low, *starts]
    highs = [*(each - 1 for each in starts), high]
    if low is None and high is None and not starts:
        return (AxisClass(low=0, high=0),)
    return tuple(AxisClass(low=a, high=b) for a, b in zip(lows, highs, strict=True))


def day_classes(begins: Sequence[Boundary], usual: datetime.date) -> tuple[AxisClass, ...]:
    """Return the classes of dates; without any boundary `usual` stands for all days."""
    if not begins:
        return (AxisClass(low=usual, high=usual),)
    starts = [datetime.date.fromordinal(int(at)) for at, _ in begins]
    ends = [datetime.date.fromordinal(int(at) - 1) for at, _ in begins]
    return tuple(AxisClass(low=a, high=b) for a, b in zip([None, *starts], [*ends, None], strict=True))


def decimal_classes(begins: Sequence[Boundary], low: Decimal | None, high: Decimal | None) -> tuple[AxisClass, ...]:
    """Return the classes of decimals from `low` to `high`, each with a number from its inside."""
    edges: list[Boundary | None] = [(Fraction(low), 0) if low is not None else None, *begins]
    found = []
    for place, begin in enumerate(edges):
        end = edges[place + 1] if place + 1 < len(edges) else ((Fraction(high), 1) if high is not None else None)
        found.append(AxisClass(low=_inside(begin, end), high=_upper(begin, end)))
    return tuple(found)


def _inside(begin: Boundary | None, end: Boundary | None) -> Decimal:
    """Return a number from `begin` on and before `end`."""
    if begin is None:
        return Decimal(0) if end is None else exact(end[0]) - (0 if end[1] else 1)
    if not begin[1]:
        return exact(begin[0])
    if end is None:
        return exact(begin[0]) + 1
    if end[1]:
        return exact(end[0])
    return exact((begin[0] + end[0]) / 2)


def _upper(begin: Boundary | None, end: Boundary | None) -> Decimal:
    return exact(end[0]) if end is not None and end[1] else _inside(begin, end)


def exact(number: Fraction) -> Decimal:
    """Return a fraction with a finite decimal form as that decimal; INVARIANT: every boundary has one."""
    digits, scale = number.denominator, 0
    while digits % 10 == 0:
        digits, scale = digits // 10, scale + 1
    while digits > 1:
        scale += 1
        digits = digits // 2 if digits % 2 == 0 else digits // 5 if digits % 5 == 0 else 0
        assert digits, "INVARIANT: a boundary is a finite decimal"
    whole = number.numerator * 10**scale // number.denominator
    return Decimal((whole < 0, tuple(map(int, str(abs(whole)))), -scale))
