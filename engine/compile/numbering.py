"""A number for each path (T. Ball, J. R. Larus, Efficient Path Profiling, 1996).

In: a layout. Out: for each place what each of its ways adds, such that every path has a sum of its own; and the path
of a sum. Where one number is not enough, each function counts by itself, and a path is the list of their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from praxe.engine.compile.layout import Layout
from praxe.engine.compile.plan import PlannedSpot

Key = int | tuple[int, ...]
Pick = tuple[int, int]  # a place and the number of the way taken there


class Numbering:
    """The numbers of one layout."""

    def __init__(self, layout: Layout) -> None:
        self._flow = layout.flow
        self._apart = layout.cuts if layout.in_keys else {}
        self.adds: dict[int, tuple[int, ...]] = {}
        paths: dict[int, int] = {}
        for place in reversed(self._flow.order):
            total, following = 0, self._flow.following[place]
            adds = [0] * len(following)
            ways = range(len(following))
            for way in reversed(ways) if is_rarely_first(self._flow.spots[place]) else ways:
                adds[way] = total
                total += 1 if following[way] in self._apart else paths[following[way]]
            self.adds[place] = tuple(adds)
            paths[place] = total or 1
        self.paths = paths[self._flow.root]

    def picks(self, key: Key, stop: int | None = None) -> tuple[list[Pick], int]:
        """Return the ways that a path takes, and the place where it ends, at the latest at `stop`."""
        flow = self._flow
        picks: list[Pick] = []
        returning: list[int] = []
        here = flow.root
        numbers: Sequence[int] = (key,) if isinstance(key, int) else key
        for count, number in enumerate(numbers, start=1):
            start = here
            here = self._follow(start, number, stop if count == len(numbers) else None, picks)
            if count == len(numbers) or (here in self._apart and here != start):
                continue  # the next number counts from here
            if flow.spots[here].kind == "call" and flow.is_seam(here):
                inside, after = flow.called(here)
                returning.append(after)
                here = inside
            elif flow.is_seam(here):
                here = returning.pop()
        return picks, here

    def _follow(self, start: int, number: int, stop: int | None, picks: list[Pick]) -> int:
        """Follow one number as far as it counts."""
        here, left = start, number
        while here != stop and (adds := self.adds[here]) and (here == start or here not in self._apart):
            way = max((number, way) for way, number in enumerate(adds) if number <= left)[1]
            left -= adds[way]
            picks.append((here, way))
            here = self._flow.following[here][way]
        return here


def is_rarely_first(spot: PlannedSpot) -> bool:
    """Whether the first of two ways is likely the rarer one: then the other should add nothing."""
    if len(spot.ways) != 2:
        return False
    if spot.lookup:
        return 2 * sum(way == 0 for _, way in spot.lookup) < len(spot.lookup)
    return spot.test is not None and spot.test[0] in {"and", "=="}
