"""A number for each path (T. Ball, J. R. Larus, Efficient Path Profiling, 1996).

In: a layout. Out: for each place what each of its ways adds, such that every path has a sum of its own; and the path
of a sum. Where one number is not enough, each function counts by itself, and a path is the list of their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from praxe.engine.compile.layout import Layout

Key = int | tuple[int, ...]
Pick = tuple[int, int]  # a place and the number of the way taken there


class Numbering:
    """The numbers of one layout."""

    def __init__(self, layout: Layout) -> None:
        self._flow = layout.flow
        self._apart = layout.cuts if layout.in_keys else {}
        flow, apart = self._flow, self._apart
        self.adds: list[tuple[int, ...]] = [()] * len(flow.following)
        paths = [1] * len(flow.following)
        for place in reversed(flow.order):
            following = flow.following[place]
            counts = (
                [1 if each in apart else paths[each] for each in following]
                if apart
                else [paths[each] for each in following]
            )
            if len(counts) == 2:
                one, other = counts
                self.adds[place] = (other, 0) if place in flow.outline.is_rarely_first else (0, one)
                paths[place] = one + other
            elif counts:
                *before, paths[place] = accumulate(counts)
                self.adds[place] = (0, *before)
        self.paths = paths[flow.root]

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
            if here in flow.outline.calls:
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
