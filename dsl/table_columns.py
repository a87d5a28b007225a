"""The columns of a decision table, cut into the classes that its cells tell apart.

In: the cells of one input. Out: a `Column`: how each class is written, which classes each cell admits (as stretches of
their order), and for each class the rows that admit it, as the bits of one integer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, reduce
from itertools import accumulate, chain
from operator import and_, or_, xor
from typing import Final, Protocol

from praxe.dsl import tree as t
from praxe.dsl.coverage import interval_of, key_of, names_of, written
from praxe.dsl.keywords import Face
from praxe.dsl.vocabulary import Fact, FactType

Stretches = tuple[tuple[int, int], ...]  # from one class to another, both included, apart from each other and in order
REST: Final = "…"  # any other text
_FINE: Final = Decimal("1e-9")  # no limit of a decimal is written finer
_BLOCK: Final = 128  # classes taken together where there are many


class Axis(Protocol):
    """What can be the case of one input, in classes."""

    @property
    def size(self) -> int:
        """The number of classes."""

    def name(self, place: int) -> str:
        """Return how a class is written."""

    def admitted(self, patterns: Sequence[t.Pattern]) -> Stretches:
        """Return the classes that any of some patterns admits; without patterns, all."""


class NamedAxis:
    """Values that can be listed, or texts and all that are not among them."""

    def __init__(self, fact: Fact, face: Face, mentioned: Iterable[str]) -> None:
        every = names_of(fact, face)
        self.names = every if every is not None else [*dict.fromkeys(mentioned), REST]
        self.size = len(self.names)
        self._face = face
        self._alone: dict[str | None, Stretches] = {name: ((place, place),) for place, name in enumerate(self.names)}
        self._all = whole(self.size)

    def name(self, place: int) -> str:
        """Return how a class is written."""
        return self.names[place]

    def admitted(self, patterns: Sequence[t.Pattern]) -> Stretches:
        """Return the classes that any of some patterns admits; without patterns, all."""
        if not patterns:
            return self._all
        found = [self._alone.get(key_of(each, self._face), ()) for each in patterns]
        return found[0] if len(found) == 1 else joined(chain.from_iterable(found))


class NumberAxis:
    """Stretches of numbers, each from one limit to just before the next."""

    def __init__(self, fact: Fact, face: Face, intervals: Iterable[tuple[Decimal, Decimal]]) -> None:
        self._top = fact.maximum if fact.maximum is not None else Decimal("Infinity")
        low = fact.minimum if fact.minimum is not None else Decimal("-Infinity")
        self._step = Decimal(1) if fact.type is FactType.INTEGER else _FINE
        starts = {low}
        for first, last in intervals:
            starts.add(first)
            starts.add(last + self._step)
        self._cuts = sorted(cut for cut in starts if low <= cut <= self._top)
        self.size = len(self._cuts)
        self._face = face

    def name(self, place: int) -> str:
        """Return how a class is written."""
        end = self._cuts[place + 1] - self._step if place + 1 < self.size else self._top
        return written(self._cuts[place], end, self._face)

    def admitted(self, patterns: Sequence[t.Pattern]) -> Stretches:
        """Return the classes that any of some patterns admits; without patterns, all."""
        if not patterns:
            return whole(self.size)
        return self.between((each.low, each.high) for each in map(interval_of, patterns) if each)

    def between(self, intervals: Iterable[tuple[Decimal, Decimal]]) -> Stretches:
        """Return the classes that lie in any of some stretches of numbers, for which the axis was cut."""
        cuts = self._cuts
        return joined((bisect_left(cuts, low), bisect_right(cuts, high) - 1) for low, high in intervals)


def whole(size: int) -> Stretches:
    """Return all classes."""
    return ((0, size - 1),) if size else ()


def joined(stretches: Iterable[tuple[int, int]]) -> Stretches:
    """Return stretches in order, those that touch made one; an empty one is left out."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(each for each in stretches if each[0] <= each[1]):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def common(one: Stretches, other: Stretches) -> Stretches:
    """Return the classes that lie in both."""
    if one == other:
        return one
    return joined((max(a, c), min(b, d)) for a, b in one for c, d in other)


def complement(stretches: Stretches, size: int) -> Stretches:
    """Return the classes that lie in none of some stretches."""
    ends = [-1, *(end for first, last in stretches for end in (first, last)), size]
    return joined((ends[place] + 1, ends[place + 1] - 1) for place in range(0, len(ends), 2))


@dataclass(frozen=True)
class Column:
    """One input: its classes, and for each row (and what is assumed, after the rows) the classes that it admits."""

    axis: Axis
    cells: Sequence[Stretches]

    @cached_property
    def admitting(self) -> tuple[int, ...]:
        """For each class the cells (bits) that admit it."""
        changes = [0] * (self.axis.size + 1)
        everything, everywhere, bit = whole(self.axis.size), 0, 1
        for stretches in self.cells:
            if stretches == everything:
                everywhere |= bit
            else:
                for first, last in stretches:
                    changes[first] ^= bit
                    changes[last + 1] ^= bit
            bit <<= 1
        return tuple(each | everywhere for each in accumulate(changes[:-1], xor))

    def touching(self) -> list[int]:
        """Return, for each cell, the cells (bits) that share a class with it."""
        if self._is_plain:
            begun, ended = self._begun_and_ended
            return [begun[last] & ~ended[first] for ((first, last),) in self.cells]
        return self._joined(or_, 0)

    def holding(self) -> list[int]:
        """Return, for each cell, the cells (bits) that admit all its classes."""
        if self._is_plain:
            begun, ended = self._begun_and_ended
            return [begun[first] & ~ended[last] for ((first, last),) in self.cells]
        return self._joined(and_, (1 << len(self.cells)) - 1)

    @cached_property
    def _is_plain(self) -> bool:
        """Whether there are many classes, of which each cell admits one stretch."""
        return self.axis.size > _BLOCK and all(len(each) == 1 for each in self.cells)

    @property
    def _begun_and_ended(self) -> tuple[list[int], list[int]]:
        """For each class the cells (bits) whose stretch has begun there, and those whose stretch lies before it."""
        begun, ended = [0] * self.axis.size, [0] * (self.axis.size + 1)
        bit = 1
        for ((first, last),) in self.cells:
            begun[first] |= bit
            ended[last + 1] |= bit
            bit <<= 1
        return list(accumulate(begun, or_)), list(accumulate(ended[:-1], or_))

    def is_single(self, cell: int) -> bool:
        """Whether a cell admits a single class."""
        stretches = self.cells[cell]
        return len(stretches) == 1 and stretches[0][0] == stretches[0][1]

    def places(self, stretches: Stretches, cells: int) -> list[int]:
        """Return a class for each way in which some cells (bits) may differ on these classes, in order."""
        if self.axis.size <= _BLOCK or self.axis.size <= cells.bit_count():
            return [place for first, last in stretches for place in range(first, last + 1)]
        cuts = {first for first, _ in stretches}
        for cell in bits(cells):
            cuts.update(place for first, last in self.cells[cell] for place in (first, last + 1))
        return sorted(cut for cut in cuts if any(first <= cut <= last for first, last in stretches))

    def _joined(self, join: Callable[[int, int], int], neutral: int) -> list[int]:
        admitting = self.admitting
        blocks = [reduce(join, admitting[first : first + _BLOCK]) for first in range(0, len(admitting), _BLOCK)]
        known = {each: reduce(join, _parts(each, admitting, blocks), neutral) for each in set(self.cells)}
        return [known[each] for each in self.cells]


def _parts(stretches: Stretches, admitting: Sequence[int], blocks: Sequence[int]) -> Iterator[int]:
    """Yield what stretches of classes consist of, whole blocks where there are any."""
    for first, last in stretches:
        low, high = -(-first // _BLOCK), (last + 1) // _BLOCK
        if low < high:
            yield from admitting[first : low * _BLOCK]
            yield from blocks[low:high]
            yield from admitting[high * _BLOCK : last + 1]
        else:
            yield from admitting[first : last + 1]


def bits(number: int) -> Iterator[int]:
    """Yield the places of the bits of a number that are set, the lowest first."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low
