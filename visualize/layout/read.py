"""Graphviz's own layout, read.

In: its JSON (`-Tjson0`). Out: a `Sketch`, turned so that y grows downwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from praxe.visualize.layout.geometry import Box, Hint, Point, Sketch

_SAMPLES = 8  # places taken of each Bézier piece
_WEIGHTS = tuple(
    ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in (n / _SAMPLES for n in range(_SAMPLES + 1))
)  # of the four points of a piece, at each place
_POINTS_PER_INCH = 72.0


def read(text: bytes, *, scale: float) -> Sketch:
    """Return the places of nodes and lines in Graphviz's JSON, which is drawn `scale` times too large.

    A line without an id only guided Graphviz; an object without a place is a section, which is drawn around its cards.
    """
    graph: Mapping[str, Any] = json.loads(text)
    page = _Page(float(graph["bb"].split(",")[3]), scale)
    names = {each["_gvid"]: str(each["name"]) for each in graph.get("objects", ())}
    boxes = {box.name: box for box in (_box(each, page) for each in graph.get("objects", ()) if "pos" in each)}
    return Sketch(boxes, tuple(_hint(each, names, page) for each in graph.get("edges", ()) if "id" in each))


@dataclass(frozen=True, slots=True)
class _Page:
    """Turns Graphviz's places into ours."""

    height: float
    scale: float

    def point(self, text: str) -> Point:
        x, y = (float(each) for each in text.split(","))
        return Point(x / self.scale, (self.height - y) / self.scale)


def _box(node: Mapping[str, Any], page: _Page) -> Box:
    x, y = page.point(node["pos"])
    half_width = float(node["width"]) * _POINTS_PER_INCH / page.scale / 2
    half_height = float(node["height"]) * _POINTS_PER_INCH / page.scale / 2
    return Box(str(node["name"]), x - half_width, y - half_height, x + half_width, y + half_height)


def _hint(edge: Mapping[str, Any], names: Mapping[int, str], page: _Page) -> Hint:
    tokens: list[str] = edge["pos"].split()
    points = [page.point(each) for each in tokens if each[0] not in "es"]
    ends = [page.point(each[2:]) for each in tokens if each[0] == "e"]
    end = ends[0] if ends else points[-1]
    return Hint(edge["id"], names[edge["tail"]], names[edge["head"]], points[0], end, tuple(_along(points)))


def _along(points: list[Point]) -> Iterator[Point]:
    """Places along a chain of cubic Bézier pieces."""
    for start in range(0, len(points) - 3, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[start : start + 4]
        for a, b, c, d in _WEIGHTS:
            yield Point(a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy)
