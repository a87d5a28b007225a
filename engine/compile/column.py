"""One column of a decision table: for each value it tells apart, the rows that admit it, as the bits of one integer.

In: the patterns of its cells. Out: a `Column`. Numbers are looked up by bisection over the ends of the ranges, each end
and each gap between two ends having rows of its own.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from praxe.engine.compile.patterns import split
from praxe.engine.compile.plan import PlannedFact, constant

Number = int | Decimal


class Column(NamedTuple):
    """The rows of a column, by what is looked up in it."""

    rows: Callable[[Any], int]
    by_value: Mapping[Any, int]  # without ranges: the rows of each value that some cell names
    anything: int  # the rows of all other values
    ends: Sequence[Number]  # with ranges: their ends, ascending
    places: Sequence[int]  # of place 2i+1: the rows at the end i; of 2i: those below it


class Classes(NamedTuple):
    """The values of one fact, those that have the same rows counted as one."""

    rows: tuple[int, ...]  # of each class
    numbers: Mapping[Any, int]  # the class of each value
    default: int | None  # the class of all other values; None: there are none
    starts: tuple[int, ...]  # of a number: the first of each class but that of the lowest; then the rest is empty


def column_of(cells: Sequence[Any]) -> Column:
    """Return the column with these cells."""
    anything: list[int] = []
    by_value: defaultdict[Any, list[int]] = defaultdict(list)
    ranges: list[tuple[Any, Any, int]] = []
    for row, patterns in enumerate(cells):
        if not patterns:
            anything.append(row)
        elif len(patterns) == 1 and patterns[0][0] == "is":  # the usual cells, without more ado
            by_value[constant(patterns[0][1])].append(row)
        elif len(patterns) == 1 and type(patterns[0][1]) is type(patterns[0][2]) is int:
            _, low, high = patterns[0]
            if low <= high:
                ranges.append((low, high, row))
        else:
            values, between = split(patterns)
            for value in values:
                by_value[value].append(row)
            ranges += ((low, high, row) for low, high in _apart(between))
    always = _bits(anything)
    bits = {value: _bits(rows) for value, rows in by_value.items()}
    if ranges:
        return _numbers(ranges, bits, always)
    admitting = {value: rows | always for value, rows in bits.items()}
    return Column(_values(admitting, always), admitting, always, (), ())


def _bits(rows: Sequence[int]) -> int:
    """Return the integer in which the bits of some rows, ascending, are set."""
    if not rows:
        return 0
    found = bytearray(rows[-1] // 8 + 1)
    for row in rows:
        found[row >> 3] |= 1 << (row & 7)
    return int.from_bytes(found, "little")


def classes_of(column: Column, fact: PlannedFact) -> Classes | None:
    """Return the classes of a plain fact; None where they are not that simple."""
    if fact.attempts or fact.type == "set_of" or (column.places and fact.type != "integer"):
        return None
    if column.places:
        return _classes_of_numbers(column)
    values: Iterable[Any] = column.by_value
    if fact.type in {"yes_no", "one_of"}:
        values = fact.values or (True, False)
    numbers: dict[int, int] = {}
    found = {each: numbers.setdefault(column.by_value.get(each, column.anything), len(numbers)) for each in values}
    default = None if fact.type in {"yes_no", "one_of"} else numbers.setdefault(column.anything, len(numbers))
    return Classes(tuple(numbers), found, default, ())


def _classes_of_numbers(column: Column) -> Classes:
    """Return the classes of whole numbers, each from a first one on."""
    starts: list[int] = []
    rows = [column.places[0]]
    for place, end in enumerate(column.ends):
        for start, bits in enumerate(column.places[2 * place + 1 : 2 * place + 3], start=math.floor(end)):
            if start < end:
                continue  # the end is no whole number
            if starts and starts[-1] == start:  # no whole number lies between
                rows[-1] = bits
            elif bits != rows[-1]:
                starts.append(start)
                rows.append(bits)
    return Classes(tuple(rows), {}, None, tuple(starts))


def _values(by_value: Mapping[Any, int], anything: int) -> Callable[[Any], int]:
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
    starting: defaultdict[Any, list[int]] = defaultdict(list)
    stopping: defaultdict[Any, list[int]] = defaultdict(list)
    for low, high, row in ranges:
        starting[low].append(row)
        if high is not None:
            stopping[high].append(row)
    starts, stops = ({end: _bits(rows) for end, rows in each.items()} for each in (starting, stopping))
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

    return Column(rows, {}, anything, ends, places)


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
