"""Where finished lines get in each other's way: where they cross, and where two of them look like one.

In: wires at right angles. Out: the pairs that cross, and the pairs that lie on top of each other. Lines that
lead to one box may do both: they are one stream.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from praxe.visualize.layout.geometry import Box, Wire
from praxe.visualize.layout.grid import Grid

_LOOK_LIKE_ONE = 3.0  # points between two lines
_ALONG = 2.0  # for at least so many points
_HAIR = 0.01


@dataclass(frozen=True, slots=True)
class Stretch:
    """A straight part of a wire; `place` is that of its first point among the wire's."""

    wire: Wire
    place: int
    box: Box

    @property
    def is_upright(self) -> bool:
        """Whether it goes down."""
        return self.box.right - self.box.left < _HAIR

    @property
    def is_last(self) -> bool:
        """Whether it ends at a box."""
        return self.place + 2 == len(self.wire.points)


def crossings(wires: Sequence[Wire]) -> int:
    """Return in how many places wires to different boxes cross."""
    return len({place for _, _, place in crossing_pairs(wires)})


def crossing_pairs(wires: Sequence[Wire]) -> Iterator[tuple[Wire, Wire, tuple[int, int]]]:
    """Yield the pairs of wires to different boxes that cross, with the place."""
    parts = list(_stretches(wires))
    upright = [each for each in parts if each.is_upright]
    grid = Grid([each.box for each in upright])
    for level in parts:
        if not level.is_upright:
            for down in (upright[number] for number in grid.meeting(level.box, clearance=_HAIR)):
                if down.wire.head != level.wire.head and _cross(level.box, down.box):
                    yield level.wire, down.wire, (round(down.box.left), round(level.box.top))


def look_like_one(wires: Sequence[Wire]) -> Iterator[tuple[Stretch, Stretch]]:
    """Yield the pairs of stretches that lie on top of each other though they lead to different boxes."""
    parts = list(_stretches(wires))
    grid = Grid([each.box for each in parts])
    for one, other in ((parts[a], parts[b]) for a, b in grid.pairs(clearance=_LOOK_LIKE_ONE)):
        is_fork = one.place == other.place == 0 and one.wire.points[0] == other.wire.points[0]
        if one.wire.head != other.wire.head and not is_fork and one.is_upright is other.is_upright:
            along = (
                min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
                if one.is_upright
                else min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
            )
            if along > _ALONG:
                yield one, other


def _cross(level: Box, down: Box) -> bool:
    """Whether they meet in the middle of both; lines that only touch do not cross."""
    return level.left + _HAIR < down.left < level.right - _HAIR and down.top + _HAIR < level.top < down.bottom - _HAIR


def _stretches(wires: Sequence[Wire]) -> Iterator[Stretch]:
    for wire in wires:
        for place, (one, other) in enumerate(pairwise(wire.points)):
            (left, right), (top, bottom) = sorted((one.x, other.x)), sorted((one.y, other.y))
            yield Stretch(wire, place, Box(wire.id, left, top, right, bottom))
