"""Right-angled lines with round corners, as Graphviz's `pos` wants them.

In: the points of a wire. Out: `e,x,y` (the tip of the arrow), then 3k+1 Bézier points; y grows upwards there.
"""

from __future__ import annotations

from collections.abc import Sequence

from praxe.visualize.layout.geometry import Point

_RADIUS = 7.0
_ARROW = 7.0  # the line stops this short of the arrow's tip
_PULL = 0.45  # how near to the corner the control points lie, in radii


def spline(points: Sequence[Point], *, height: float, scale: float) -> str:
    """Return the `pos` attribute of a line, `scale` times as large; y is counted from `height` upwards."""
    tip = points[-1]
    corners = [*points[:-1], _towards(tip, points[-2], _ARROW)]
    curve = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        radius = min(_RADIUS, _distance(before, corner) / 2, _distance(corner, after) / 2)
        entry, leave = _towards(corner, before, radius), _towards(corner, after, radius)
        curve += [curve[-1], entry, entry]
        curve += [_towards(corner, before, radius * _PULL), _towards(corner, after, radius * _PULL), leave]
    curve += [curve[-1], corners[-1], corners[-1]]
    turned = [Point(point.x * scale, (height - point.y) * scale) for point in (tip, *curve)]
    texts = [f"{point.x:.2f},{point.y:.2f}" for point in turned]
    return " ".join([f"e,{texts[0]}", *texts[1:]])


def _distance(a: Point, b: Point) -> float:
    return abs(a.x - b.x) + abs(a.y - b.y)  # one of the two is zero


def _towards(a: Point, b: Point, length: float) -> Point:
    whole = _distance(a, b)
    share = length / whole if whole else 0.0
    return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
