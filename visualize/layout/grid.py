"""Which boxes lie near a box, without asking them all.

In: boxes, by number. Out: the numbers of those that share a square of the page with another box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import floor

from praxe.visualize.layout.geometry import Box

_SQUARE = 120.0  # points


class Grid:
    """Boxes sorted into the squares of a page."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = boxes
        self._squares: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, box in enumerate(boxes):
            for square in _squares(box):
                self._squares[square].append(number)

    def meeting(self, box: Box, *, clearance: float = 0.0) -> list[int]:
        """Return the numbers of the boxes that come nearer to `box` than `clearance`, in their order."""
        near = {number for square in _squares(box) for number in self._squares.get(square, ())}
        return sorted(number for number in near if self._boxes[number].overlaps(box, clearance=clearance))

    def pairs(self, *, clearance: float = 0.0) -> Iterator[tuple[int, int]]:
        """Yield each pair of boxes that come nearer to each other than `clearance`, once."""
        for number, box in enumerate(self._boxes):
            yield from ((number, other) for other in self.meeting(box, clearance=clearance) if other > number)


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(floor(box.left / _SQUARE), floor(box.right / _SQUARE) + 1):
        for row in range(floor(box.top / _SQUARE), floor(box.bottom / _SQUARE) + 1):
            yield column, row
