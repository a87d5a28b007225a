"""Which column each cell of a process stands in, and in which order (Sugiyama's method).

In: cells and the links between them, which never go back. Out: columns from left to right, each with its cells from top
to bottom; a link that passes a column gets a cell of its own there. The first order is the author's; then cells move
towards those they are linked with as long as that takes away crossings.
Source: K. Sugiyama, S. Tagawa, M. Toda, Methods for Visual Understanding of Hierarchical System Structures, 1981.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from praxe.visualize.bpmn.cells import Cell

Link = tuple[str, str]

_PASSING: Final = Cell(0.0, 7.0, 7.0)
_ROUNDS: Final = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells in their columns, and links that lead from one column to the next only."""

    cells: Mapping[str, Cell]
    columns: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]
    ways: tuple[tuple[str, ...], ...]  # of each link asked for: the cells it goes through, both ends included


def arrange(cells: Mapping[str, Cell], links: Sequence[Link]) -> Columns:
    """Put cells into columns."""
    column = _columns_of(cells, links)
    every, ways = dict(cells), list[tuple[str, ...]]()
    for number, (source, target) in enumerate(links):
        passed = [f"{source}>{target}>{number}@{each}" for each in range(column[source] + 1, column[target])]
        every |= dict.fromkeys(passed, _PASSING)
        column |= {name: place for place, name in enumerate(passed, start=column[source] + 1)}
        ways.append((source, *passed, target))
    short = tuple(dict.fromkeys(pair for way in ways for pair in pairwise(way)))
    return Columns(every, _ordered(_in_order(cells, short, column), short), short, tuple(ways))


def _columns_of(cells: Mapping[str, Cell], links: Sequence[Link]) -> dict[str, int]:
    """Return the column of each cell: as far left as what leads to it allows."""
    after, entries = defaultdict[str, list[str]](list), dict.fromkeys(cells, 0)
    for source, target in links:
        after[source].append(target)
        entries[target] += 1
    column = dict.fromkeys(cells, 0)
    ready = [name for name, count in entries.items() if not count]
    while ready:
        name = ready.pop(0)
        for target in after[name]:
            column[target] = max(column[target], column[name] + 1)
            entries[target] -= 1
            if not entries[target]:
                ready.append(target)
    return column


def _in_order(cells: Mapping[str, Cell], links: Sequence[Link], column: Mapping[str, int]) -> list[list[str]]:
    """Return the columns in the order in which the branches are written: the first branch on top."""
    after = defaultdict[str, list[str]](list)
    for source, target in links:
        after[source].append(target)
    columns: list[list[str]] = [[] for _ in range(max(column.values()) + 1)]
    seen: set[str] = set()
    stack = [name for name in reversed(list(cells)) if not column[name]]
    while stack:
        name = stack.pop()
        if name not in seen:
            seen.add(name)
            columns[column[name]].append(name)
            stack.extend(reversed(after[name]))
    return columns


def _ordered(columns: list[list[str]], links: Sequence[Link]) -> tuple[tuple[str, ...], ...]:
    before, after = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for source, target in links:
        after[source].append(target)
        before[target].append(source)
    best = [list(each) for each in columns]
    fewest = _crossings(best, after)
    for number in range(_ROUNDS):
        if not fewest:
            break
        sides = (range(1, len(columns)), before) if number % 2 == 0 else (range(len(columns) - 2, -1, -1), after)
        _sweep(columns, *sides)
        crossings = _crossings(columns, after)
        if crossings < fewest:
            best, fewest = [list(each) for each in columns], crossings
    return tuple(map(tuple, best))


def _sweep(columns: list[list[str]], numbers: Iterable[int], linked: Mapping[str, Sequence[str]]) -> None:
    """Sort each column by the middles of what its cells are linked with in the column beside it."""
    place = {name: index for column in columns for index, name in enumerate(column)}
    for number in numbers:
        own = columns[number]
        middle = {}
        for index, name in enumerate(own):
            beside = sorted(place[each] for each in linked.get(name, ()))
            middle[name] = _median(beside) if beside else float(index)
        own.sort(key=lambda name: middle[name])  # ties stay as they are
        place |= {name: index for index, name in enumerate(own)}


def _median(places: Sequence[int]) -> float:
    half = len(places) // 2
    return float(places[half]) if len(places) % 2 else (places[half - 1] + places[half]) / 2


def _crossings(columns: Sequence[Sequence[str]], after: Mapping[str, Sequence[str]]) -> int:
    place = {name: index for column in columns for index, name in enumerate(column)}
    total = 0
    for column in columns:
        ends = [place[target] for name in column for target in sorted(after.get(name, ()), key=place.__getitem__)]
        total += _inversions(ends)
    return total


def _inversions(ends: Sequence[int]) -> int:
    """Return how many pairs of `ends` stand the wrong way round."""
    before: list[int] = []
    total = 0
    for end in ends:
        place = bisect_right(before, end)
        total += len(before) - place
        before.insert(place, end)
    return total
