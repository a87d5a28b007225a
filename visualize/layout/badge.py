"""Where the badge of a case goes: on the top edge of its card, clear of the arrow and of the neighbours.

In: a layout and the badge's size. Out: its middle.
"""

from __future__ import annotations

from collections.abc import Iterator

from praxe.visualize.layout.geometry import Box, Layout, Point

_RAISED = 4.0  # above the edge, so that it hides no text
_OVERHANG = 6.0
_ARROW = 12.0  # room beside the middle of the card, where lines arrive


def badge_place(layout: Layout, card: str, *, width: float, height: float, is_across: bool = False) -> Point:
    """Return the middle of a badge on `card`: the first place where it hides nothing, or else the one at the right.

    Args:
        is_across: lines arrive at the left of the card, not at its top.
    """
    middles = _within(layout.boxes[card], width) if is_across else _middles(layout.boxes[card], width)
    places = [Point(x, layout.boxes[card].top - _RAISED) for x in middles]
    return next((each for each in places if _is_free(layout, card, _around(each, width, height))), places[0])


def _middles(box: Box, width: float) -> Iterator[float]:
    right = box.right + _OVERHANG - width / 2
    beside = _ARROW + width / 2
    yield max(right, box.center.x + beside)
    yield min(box.left - _OVERHANG + width / 2, box.center.x - beside)
    yield right


def _within(box: Box, width: float) -> Iterator[float]:
    yield box.right - width / 2
    yield box.left + width / 2


def _around(middle: Point, width: float, height: float) -> Box:
    return Box("", middle.x - width / 2, middle.y - height / 2, middle.x + width / 2, middle.y + height / 2)


def _is_free(layout: Layout, card: str, badge: Box) -> bool:
    boxes = (box for name, box in layout.boxes.items() if name != card)
    segments = (
        Box("", min(one.x, other.x), min(one.y, other.y), max(one.x, other.x), max(one.y, other.y))
        for wire in layout.wires
        for one, other in zip(wire.points, wire.points[1:], strict=False)
    )
    return not any(badge.overlaps(each, clearance=2) for each in (*boxes, *segments))
