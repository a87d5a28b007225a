"""A drawing that goes from left to right: laid out as one that goes down, seen in a mirror.

In: places. Out: the same with across and down exchanged. Doing it twice changes nothing.
"""

from __future__ import annotations

from praxe.visualize.layout.geometry import Box, Hint, Layout, Point, Sketch, Wire


def turned_sketch(sketch: Sketch) -> Sketch:
    """Return what Graphviz laid out, with across and down exchanged."""
    boxes = {name: _box(box) for name, box in sketch.boxes.items()}
    return Sketch(boxes, tuple(_hint(each) for each in sketch.hints))


def turned_layout(layout: Layout) -> Layout:
    """Return finished places, with across and down exchanged."""
    boxes = {name: _box(box) for name, box in layout.boxes.items()}
    wires = (Wire(each.id, each.tail, each.head, tuple(map(_point, each.points))) for each in layout.wires)
    return Layout(boxes, tuple(wires))


def _point(point: Point) -> Point:
    return Point(point.y, point.x)


def _box(box: Box) -> Box:
    return Box(box.name, box.top, box.left, box.bottom, box.right)


def _hint(hint: Hint) -> Hint:
    return Hint(hint.id, hint.tail, hint.head, _point(hint.start), _point(hint.end), tuple(map(_point, hint.guide)))
