"""Lines that look like one, moved apart.

In: the pairs of stretches that lie on top of each other, and how far each place has been moved so far. Out: the moves
to try next. A move shifts where a line leaves its box, where the lines into a box enter it, or a vertical on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from praxe.visualize.layout.clash import Stretch

_STEPS = (6.0, -6.0, 12.0, -12.0, 18.0, -18.0)
_MOST_OF_A_TAB = 2  # steps: a tab is narrow


class Place(Enum):
    """Which part of a line is moved, the one that is seen least first."""

    WAY = 0
    HEAD = 1
    TAIL = 2


Key = tuple[Place, str]


@dataclass(frozen=True, slots=True)
class Moves:
    """How often each place has been moved: the number of a step."""

    taken: Mapping[Key, int] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, place: Place, name: str) -> float:
        """Return how far a place is moved sideways."""
        number = self.taken.get((place, name), 0)
        return _STEPS[number - 1] if number else 0.0


def moved(moves: Moves, clashes: Iterable[tuple[Stretch, Stretch]], *, tabbed: frozenset[str]) -> Moves:
    """Return the moves with one more for each pair that clashes and can still be moved."""
    taken = dict(moves.taken)
    touched: set[Key] = set()
    for one, other in clashes:
        keys = [*_movable(one), *_movable(other)]
        if touched.isdisjoint(keys):
            free = [key for key in keys if taken.get(key, 0) < _limit(key, one, other, tabbed)]
            if free:
                best = min(free, key=lambda key: (taken.get(key, 0), key[0].value, key[1]))
                taken[best] = taken.get(best, 0) + 1
                touched.add(best)
    return Moves(MappingProxyType(taken))


def _movable(stretch: Stretch) -> Iterator[Key]:
    wire = stretch.wire
    if stretch.is_upright:
        if stretch.is_last:
            yield Place.HEAD, wire.head
        if stretch.place == 0:
            yield Place.TAIL, wire.id
        if not stretch.is_last and stretch.place:
            yield Place.WAY, wire.id


def _limit(key: Key, one: Stretch, other: Stretch, tabbed: frozenset[str]) -> int:
    is_tab = key[0] is Place.TAIL and any(each.wire.id == key[1] and each.wire.tail in tabbed for each in (one, other))
    return _MOST_OF_A_TAB if is_tab else len(_STEPS)
