"""A few values that stand for all: the ends that a fact is compared with, and some from each gap beside them.

In: the ends, and how many values each gap needs: as many as there are facts that are compared with each other, so that
every order in which they can stand is among them. Out: values in ascending order, and with each whether it is `alone`:
it stands for no other than itself.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from itertools import pairwise
from typing import Final

Number = int | Decimal
_EXACT: Final = Context(prec=200)  # far more digits than a fact may have
_LAST_DAY: Final = datetime.date.max.toordinal()


def whole_numbers(
    ends: Iterable[Number], count: int, low: Number | None, high: Number | None
) -> Iterator[tuple[int, bool]]:
    """Yield whole numbers from `low` to `high`."""
    least = None if low is None else math.ceil(low)
    most = None if high is None else math.floor(high)
    marks = sorted(each for each in set(ends) if (low is None or low <= each) and (high is None or each <= high))
    for below, above in pairwise([None, *marks, None]):
        first = least if below is None else math.floor(below) + 1
        last = most if above is None else math.ceil(above) - 1
        yield from _some_between(first, last, count, is_lowest=below is None and above is not None)
        if above is not None and above == math.floor(above):
            yield math.floor(above), True


def _some_between(first: int | None, last: int | None, count: int, *, is_lowest: bool) -> Iterator[tuple[int, bool]]:
    """Yield some whole numbers of a gap, of the lowest those at its upper end."""
    if first is not None and last is not None and last - first < count:
        yield from ((each, True) for each in range(first, last + 1))
        return
    begin = last - count + 1 if last is not None and (is_lowest or first is None) else first or 0
    yield from ((each, False) for each in range(begin, begin + count))


def decimals(
    ends: Iterable[Number], count: int, low: Number | None, high: Number | None
) -> Iterator[tuple[Decimal, bool]]:
    """Yield decimals from `low` to `high`."""
    marks = sorted({Decimal(each) for each in ends})
    for below, above in pairwise([None, *marks, None]):
        for each in _points_between(below, above, count):
            if (low is None or low <= each) and (high is None or each <= high):
                yield each, False
        if above is not None and (low is None or low <= above) and (high is None or above <= high):
            yield above, True


def _points_between(below: Decimal | None, above: Decimal | None, count: int) -> Iterator[Decimal]:
    if below is None or above is None:
        begin = below if below is not None else _EXACT.subtract(above or Decimal(count), Decimal(count + 1))
        yield from (_EXACT.add(begin, Decimal(place)) for place in range(1, count + 1))
        return
    step = _EXACT.divide(_EXACT.subtract(above, below), Decimal(count + 1))
    yield from (_EXACT.add(below, _EXACT.multiply(step, Decimal(place))) for place in range(1, count + 1))


def dates(ends: Iterable[datetime.date], count: int) -> Iterator[tuple[datetime.date, bool]]:
    """Yield days."""
    for number, is_alone in whole_numbers([each.toordinal() for each in ends], count, 1, _LAST_DAY):
        yield datetime.date.fromordinal(number), is_alone


def texts(ends: Iterable[str], count: int) -> Iterator[tuple[str, bool]]:
    """Yield the texts, and some that are none of them."""
    written = list(ends)
    yield from ((each, True) for each in written)
    yield from (("".join(["…" * place, *written]), False) for place in range(1, count + 1))
