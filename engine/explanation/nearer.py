"""The value nearest to the one given that still leads to a goal: of numbers and dates, found by halving.

In: a value given, one that leads there, and the test. Out: a value in between that leads there while its neighbour on
the side of the one given does not.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal

from praxe.engine.values import Value


def nearest_value(given: Value, value: Value, leads_there: Callable[[Value], bool]) -> Value:
    """Return the nearest such value; of other kinds than numbers and dates `value` itself."""
    match given, value:
        case (bool(), _) | (_, bool()):
            return value
        case int(), int():
            return _halved(given, value, leads_there)
        case datetime.date(), datetime.date():
            day = datetime.date.fromordinal
            return day(_halved(given.toordinal(), value.toordinal(), lambda each: leads_there(day(each))))
        case (int() | Decimal(), int() | Decimal()):
            return _halved_decimal(Decimal(given), Decimal(value), leads_there)
        case _:
            return value


def _halved(given: int, found: int, leads_there: Callable[[int], bool]) -> int:
    while abs(found - given) > 1:
        middle = (found + given) // 2
        if leads_there(middle):
            found = middle
        else:
            given = middle
    return found


def _halved_decimal(given: Decimal, value: Decimal, leads_there: Callable[[Value], bool]) -> Decimal:
    """Halve in cents, or in the smallest unit that either number has."""
    exponents = [each.as_tuple().exponent for each in (given, value)]
    least = min(-2, *(each for each in exponents if isinstance(each, int)))
    whole = [int(each.scaleb(-least)) for each in (given, value)]
    found = _halved(whole[0], whole[1], lambda each: leads_there(Decimal(each).scaleb(least)))
    return Decimal(found).scaleb(least)
