"""What generated code calls: sums, days and attempts, meant as `evaluate` and `deadlines` mean them.

In: typed values. Out: values; KeyError where nothing is known yet. What counts business days is imported when first
used.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from praxe.engine.deadlines import Calendar


def final_state(attempts: object, bound: int) -> bool:
    """Return what a retry's fact is worth: yes once an attempt succeeded, no once all failed."""
    if isinstance(attempts, tuple):
        if True in attempts:
            return True
        if len(attempts) >= bound:
            return False
    raise KeyError


def outcome_of_attempts(attempts: object, bound: int) -> bool:
    """Return whether a retry of so many attempts succeeded."""
    if isinstance(attempts, tuple):
        if True in attempts[:bound]:
            return True
        if len(attempts) >= bound:
            return False
    raise KeyError


def total(left: int | Decimal, right: int | Decimal) -> int | Decimal:
    """Return the exact sum."""
    if type(left) is int and type(right) is int:
        return left + right
    from praxe.engine.values import add_exactly

    return add_exactly(left, right, subtract=False)


def difference(left: int | Decimal, right: int | Decimal) -> int | Decimal:
    """Return the exact difference."""
    if type(left) is int and type(right) is int:
        return left - right
    from praxe.engine.values import add_exactly

    return add_exactly(left, right, subtract=True)


def days(start: datetime.date, end: datetime.date) -> int:
    """Return the days from one date to another."""
    return (end - start).days


class Dates:
    """Counts by one policy's calendar."""

    def __init__(self, calendar: Callable[[], Calendar]) -> None:
        self._calendar = calendar

    def business_days(self, start: datetime.date, end: datetime.date) -> int:
        """Return the business days from one date to another."""
        from praxe.engine.deadlines import days_between

        return days_between(start, end, self._calendar())

    def after(self, start: datetime.date, amount: int, unit: str) -> datetime.date:
        """Return the date so much later."""
        from praxe.dsl.tree import Duration, Unit
        from praxe.engine.deadlines import add_duration

        return add_duration(start, Duration(amount, Unit(unit)), self._calendar())

    def before(self, start: datetime.date, amount: int, unit: str) -> datetime.date:
        """Return the date so much earlier."""
        from praxe.dsl.tree import Duration, Unit
        from praxe.engine.deadlines import subtract_duration

        return subtract_duration(start, Duration(amount, Unit(unit)), self._calendar())
