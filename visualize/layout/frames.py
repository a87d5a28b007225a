"""The frames behind the sections of a drawing.

In: a layout, and which boxes belong to each section. Out: the outlines of the sections, if all can be drawn: with no
box and no line of others in them. Graphviz keeps sections apart sideways; what was moved up since may be in the way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from praxe.visualize.layout.geometry import Box, Layout

MARGIN = 9.0  # around the boxes of a section
_GAP = 5.0  # two frames side by side
_LEAST = 2.0  # beside a box in its frame


def frames(layout: Layout, sections: Mapping[str, frozenset[str]]) -> tuple[Box, ...]:
    """Return the outlines of the sections, by their names, in their order; none if one of them is in the way."""
    wide = [_around(name, layout, inside) for name, inside in sections.items()]
    found = tuple(_beside(frame, wide) for frame in wide)
    is_clear = not any(_is_entered(frame, layout, sections[frame.name]) for frame in found)
    return found if is_clear and all(_holds(frame, layout, sections[frame.name]) for frame in found) else ()


def _around(name: str, layout: Layout, inside: frozenset[str]) -> Box:
    boxes = [layout.boxes[each] for each in inside]
    xs = [point.x for wire in layout.wires if wire.tail in inside and wire.head in inside for point in wire.points]
    return Box(
        name,
        min([*(box.left for box in boxes), *xs]) - MARGIN,
        min(box.top for box in boxes) - MARGIN,
        max([*(box.right for box in boxes), *xs]) + MARGIN,
        max(box.bottom for box in boxes) + MARGIN,
    )


def _holds(frame: Box, layout: Layout, inside: frozenset[str]) -> bool:
    """Whether a frame that was made narrower still has room for its boxes."""
    boxes = [layout.boxes[each] for each in inside]
    return all(frame.left + _LEAST <= box.left and box.right + _LEAST <= frame.right for box in boxes)


def _beside(frame: Box, others: Sequence[Box]) -> Box:
    """The frame, made narrower where it comes too near to another, which is made as much narrower there."""
    left, right = frame.left, frame.right
    for other in others:
        if other is not frame and frame.overlaps(other, clearance=_GAP):
            if other.center.x < frame.center.x:
                left = max(left, (other.right + frame.left + _GAP) / 2)
            else:
                right = min(right, (frame.right + other.left - _GAP) / 2)
    return Box(frame.name, left, frame.top, right, frame.bottom)


def _is_entered(frame: Box, layout: Layout, inside: frozenset[str]) -> bool:
    if any(frame.overlaps(box, clearance=1) for name, box in layout.boxes.items() if name not in inside):
        return True
    return any(
        frame.overlaps(Box("", min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)))
        for wire in layout.wires
        if wire.tail not in inside and wire.head not in inside
        for a, b in pairwise(wire.points)
    )
