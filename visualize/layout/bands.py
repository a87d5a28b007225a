"""The rows that Graphviz puts boxes in, and the free corridors between the boxes of a row.

INVARIANT: no box reaches into the gap between two bands, so lines may run sideways there and nowhere else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from praxe.visualize.layout.geometry import Box

CLEARANCE = 9.0  # of a line beside a box
_SAME_ROW = 1.0


@dataclass(frozen=True, slots=True)
class Corridor:
    """Where a line may pass a band: between two boxes, or beyond the outermost."""

    left: float
    right: float

    def nearest(self, x: float) -> float:
        """Return the place in the corridor nearest to `x`."""
        return min(max(x, self.left), self.right)

    def holds(self, x: float) -> bool:
        """Return whether `x` lies inside."""
        return self.left <= x <= self.right

    def common(self, other: Corridor) -> Corridor | None:
        """Return what both share, if anything."""
        left, right = max(self.left, other.left), min(self.right, other.right)
        return Corridor(left, right) if left <= right else None


@dataclass(frozen=True, slots=True)
class Band:
    """One row of boxes, from left to right."""

    middle: float
    boxes: tuple[Box, ...]

    @property
    def height(self) -> float:
        """The height of its tallest box."""
        return max(box.height for box in self.boxes)

    def corridor(self, x: float) -> Corridor:
        """Return the corridor that a line which passes near `x` can use."""
        place = bisect_left(self.boxes, x, key=_middle)
        left = self.boxes[place - 1].right + CLEARANCE if place else float("-inf")
        right = self.boxes[place].left - CLEARANCE if place < len(self.boxes) else float("inf")
        if left > right:  # two boxes so near to each other: midway between them
            left = right = (left + right) / 2
        return Corridor(left, right)


def _middle(box: Box) -> float:
    return (box.left + box.right) / 2


def bands(boxes: Mapping[str, Box]) -> tuple[Band, ...]:
    """Return the bands from top to bottom: boxes whose middles are at one height."""
    rows: list[list[Box]] = []
    for box in sorted(boxes.values(), key=lambda each: (each.center.y, each.left)):
        if rows and box.center.y - rows[-1][0].center.y < _SAME_ROW:
            rows[-1].append(box)
        else:
            rows.append([box])
    return tuple(Band(row[0].center.y, tuple(sorted(row, key=lambda each: each.left))) for row in rows)
