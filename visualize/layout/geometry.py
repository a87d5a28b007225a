"""Places on the page, in points; x grows to the right and y grows downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Point(NamedTuple):
    """A place."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """The outline of a card."""

    name: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def center(self) -> Point:
        """The middle of the box."""
        return Point((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    @property
    def height(self) -> float:
        """How tall it is."""
        return self.bottom - self.top

    def moved_to(self, top: float) -> Box:
        """Return the box with another top."""
        return Box(self.name, self.left, top, self.right, top + self.height)

    def overlaps(self, other: Box, *, clearance: float = 0.0) -> bool:
        """Return whether the two come nearer to each other than `clearance`."""
        return (
            self.left < other.right + clearance
            and other.left < self.right + clearance
            and self.top < other.bottom + clearance
            and other.top < self.bottom + clearance
        )


@dataclass(frozen=True, slots=True)
class Hint:
    """A line as Graphviz would draw it: where it starts and ends, and places on its way."""

    id: str
    tail: str
    head: str
    start: Point
    end: Point
    guide: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What Graphviz laid out."""

    boxes: Mapping[str, Box]
    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True)
class Wire:
    """A line at right angles, from the bottom of one box (or of a tab) to the top of another."""

    id: str
    tail: str
    head: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The finished places."""

    boxes: Mapping[str, Box]
    wires: tuple[Wire, ...]

    @property
    def bounds(self) -> Box:
        """The smallest box that holds everything."""
        xs = [point.x for wire in self.wires for point in wire.points]
        lefts, rights = [box.left for box in self.boxes.values()], [box.right for box in self.boxes.values()]
        return Box(
            "",
            min([*lefts, *xs]),
            min(box.top for box in self.boxes.values()),
            max([*rights, *xs]),
            max(box.bottom for box in self.boxes.values()),
        )
