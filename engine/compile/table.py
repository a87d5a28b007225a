"""Decision tables as bit sets: the rows that match, found without trying them.

In: a planned table. Out: a function from its inputs to its value. A column holds, for each value it tells apart, the
rows that admit it as the bits of one integer; the integers of all columns are joined by `&`, and the lowest bit left
is the first row that matches. Numbers are looked up by bisection over the ends of the ranges, each end and each gap
between two ends having rows of its own. What no row answers, or two rows of a table that allows only one answer
differently, raises KeyError: the walk says why.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any

from praxe.engine.compile.patterns import split
from praxe.engine.compile.plan import PlannedTable, Term, constant

Column = Callable[[Any], int]


class BitTable:
    """A table, ready to be read."""

    def __init__(self, table: PlannedTable, reader: Callable[[Term], Callable[[Any], Any]]) -> None:
        """Prepare.

        Args:
            reader: makes a function of the facts that reads a term, for answers that are no constants.
        """
        self._columns = tuple(column_of(each) for each in table.cells)
        self._is_first = table.is_first
        self._answers = table.answers
        readers: dict[str, Callable[[Any], Any]] = {}
        self._outputs: list[Any] = []
        self._is_constant = all(term[0] == "is" for term in table.outputs)
        for term in table.outputs:
            if self._is_constant:
                self._outputs.append(constant(term[1]))
            else:
                self._outputs.append(readers.setdefault(repr(term), reader(term)))

    @property
    def read(self) -> Callable[..., Any]:
        """Return the function from the facts and the inputs to the table's value."""
        if len(self._columns) == 2 and self._is_first and self._is_constant:
            return _two_columns(*self._columns, self._outputs)
        return self._read

    def rows(self, *inputs: Any) -> int:
        """Return the rows that match, as bits."""
        bits = -1
        for column, value in zip(self._columns, inputs, strict=True):
            bits &= column(value)
        return bits

    def _read(self, facts: Any, *inputs: Any) -> Any:
        bits = -1
        for column, value in zip(self._columns, inputs, strict=True):
            bits &= column(value)
        if not bits:
            raise KeyError
        row = (bits & -bits).bit_length() - 1
        if not self._is_first and bits & (bits - 1):
            self._check_agreement(bits, self._answers[row])
        output = self._outputs[row]
        return output if self._is_constant else output(facts)

    def _check_agreement(self, bits: int, answer: int) -> None:
        while bits:
            lowest = bits & -bits
            if self._answers[lowest.bit_length() - 1] != answer:
                raise KeyError
            bits ^= lowest


def _two_columns(one: Column, other: Column, outputs: Sequence[Any]) -> Callable[..., Any]:
    """Read a table of two inputs: the same as `_read`, without its loop."""

    def read(_facts: Any, first: Any, second: Any) -> Any:
        bits = one(first) & other(second)
        if not bits:
            raise KeyError
        return outputs[(bits & -bits).bit_length() - 1]

    return read


def column_of(cells: Sequence[Any]) -> Column:
    """Return the function from an input to the rows of a column that admit it, as bits."""
    anything = 0
    by_value: dict[Any, int] = {}
    ranges: list[tuple[Any, Any, int]] = []
    for row, patterns in enumerate(cells):
        bit = 1 << row
        if not patterns:
            anything |= bit
            continue
        if len(patterns) == 1 and patterns[0][0] == "is":  # the usual cells, without more ado
            value = constant(patterns[0][1])
            by_value[value] = by_value.get(value, 0) | bit
        elif len(patterns) == 1 and type(patterns[0][1]) is type(patterns[0][2]) is int:
            _, low, high = patterns[0]
            if low <= high:
                ranges.append((low, high, bit))
        else:
            values, between = split(patterns)
            for value in values:
                by_value[value] = by_value.get(value, 0) | bit
            ranges += ((low, high, bit) for low, high in _apart(between))
    if ranges:
        return _numbers(ranges, by_value, anything)
    return _values({value: bits | anything for value, bits in by_value.items()}, anything)


def _values(by_value: Mapping[Any, int], anything: int) -> Column:
    get = by_value.get

    def rows(value: Any) -> int:
        if value.__class__ is frozenset:
            bits = anything
            for each in value:
                bits |= get(each, 0)
            return bits
        return get(value, anything)

    return rows


def _numbers(ranges: Iterable[tuple[Any, Any, int]], by_value: Mapping[Any, int], anything: int) -> Column:
    """Sweep over the ends of the ranges; of place 2i+1 is the end i itself, of 2i what lies below it."""
    starts: dict[Any, int] = {}
    stops: dict[Any, int] = {}
    for low, high, bit in ranges:
        starts[low] = starts.get(low, 0) | bit
        if high is not None:
            stops[high] = stops.get(high, 0) | bit
    singles = {_plain(value): bits for value, bits in by_value.items() if isinstance(value, (int, Decimal))}
    ends = sorted({*starts, *stops, *singles})
    places: list[int] = []
    under_way = anything
    for end in ends:
        places.append(under_way)
        under_way |= starts.get(end, 0)
        places.append(under_way | singles.get(end, 0))
        under_way &= ~stops.get(end, 0)
    places.append(under_way)
    count = len(ends)

    def rows(value: Any) -> int:
        place = bisect_left(ends, value)
        return places[2 * place + 1 if place < count and ends[place] == value else 2 * place]

    return rows


def _apart(ranges: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return the ranges of one cell, those that touch made one."""
    found: list[tuple[Any, Any]] = []
    plain = ((_plain(low), None if high is None else _plain(high)) for low, high in ranges)
    for low, high in sorted((each for each in plain if each[1] is None or each[0] <= each[1]), key=itemgetter(0)):
        if found and (found[-1][1] is None or low <= found[-1][1]):
            before = found[-1][1]
            found[-1] = (found[-1][0], None if before is None or high is None else max(before, high))
        else:
            found.append((low, high))
    return found


def _plain(number: Any) -> Any:
    """Return a number as an int where it is one: those are compared faster."""
    return int(number) if isinstance(number, Decimal) and number == number.to_integral_value() else number
