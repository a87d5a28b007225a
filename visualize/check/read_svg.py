"""A finished SVG read back.

In: the SVG of a drawing and its chart, which knows what each id stands for. Out: the `Picture` that was really drawn:
outlines from the painted shapes, texts as wide as the font's own advance widths make them, lines from their curves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from praxe.engine.graph import NodeId
from praxe.visualize.chart import Chart
from praxe.visualize.check.picture import Area, Line, Part, Picture, Written
from praxe.visualize.layout.geometry import Box, Point
from praxe.visualize.measure import shorten, text_width
from praxe.visualize.svg import LINK

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TRANSFORM = re.compile(r"scale\((\S+) (\S+)\) rotate\(0\) translate\((\S+) (\S+)\)")
_ABOVE, _BELOW = 0.73, 0.2  # of a letter over and under the line it stands on, in type sizes
_REACH = 1.0  # a text may begin this far from the shape it is said to stand on
_NAME = 60  # characters of a text that names a card


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns the places of an SVG's drawing into points of its page."""

    scale: float
    left: float
    top: float

    def point(self, x: float, y: float) -> Point:
        return Point((x + self.left) * self.scale, (y + self.top) * self.scale)

    def points(self, text: str) -> list[Point]:
        numbers = [float(each) for each in _NUMBER.findall(text)]
        return [self.point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


@dataclass(frozen=True, slots=True)
class _Names:
    """What the ids of a chart stand for."""

    nodes: Mapping[str, NodeId]
    texts: Mapping[str, str]  # of cards and answers
    tabs: frozenset[str]


def read_svg(svg: bytes, chart: Chart) -> Picture:
    """Return what is drawn in `svg`, the picture of `chart`.

    Raises:
        ValueError: it is not one of our pictures.
    """
    root = ET.fromstring(svg)  # noqa: S314 - it is our own file
    _, _, width, height = (float(each) for each in root.get("viewBox", "0 0 0 0").split())
    graph = root.find(f"{_SVG}g")
    transform = _TRANSFORM.fullmatch(graph.get("transform", "")) if graph is not None else None
    if graph is None or transform is None:
        raise ValueError("not an SVG of a drawing")
    frame = _Frame(*(float(transform[place]) for place in (1, 3, 4)))
    names, edges = _names(chart), {edge.id: edge for edge in chart.edges}
    cards = {card.name: card.id for card in chart.cards}
    areas: list[Area] = []
    texts: list[Written] = []
    lines: list[Line] = []
    for group in graph.findall(f"{_SVG}g"):
        name, kind = group.get("id", ""), group.get("class", "").partition(" ")[0]
        if kind == "edge" and name in edges:
            edge = edges[name]
            ends = {"tail": cards[edge.source], "head": cards[edge.target]}
            lines.append(Line(id=name, points=tuple(_corners(group, frame)), node=names.nodes.get(name), **ends))
        elif kind == "node":
            found = _Group(frame, names, name)
            found.read(group, name)
            areas += found.areas()
            texts += found.texts
    return Picture(width=width, height=height, areas=tuple(areas), texts=tuple(texts), lines=tuple(lines))


def _names(chart: Chart) -> _Names:
    nodes: dict[str, NodeId] = {}
    texts: dict[str, str] = {}
    tabs: set[str] = set()
    for card in chart.cards:
        nodes[card.id] = card.rows[0].node
        texts[card.id] = shorten(card.rows[0].text, length=_NAME)
        nodes.update((row.id, row.node) for row in (*card.rows, *card.duties))
        for tab in card.tabs:
            nodes[tab.id] = card.rows[-1].node
            texts[tab.id] = shorten(tab.text, length=_NAME)
            tabs.add(tab.id)
        for ref in (*card.refs, *card.origins, *(ref for tab in card.tabs for ref in tab.refs)):
            nodes[f"{LINK}{ref.id}"] = card.rows[-1].node
    nodes.update((edge.id, edge.node) for edge in chart.edges)
    return _Names(nodes, texts, frozenset(tabs))


class _Group:
    """One card, heading or badge: the shapes painted so far, and what is written on them."""

    def __init__(self, frame: _Frame, names: _Names, name: str) -> None:
        self.frame, self.names, self.name = frame, names, name
        self.texts: list[Written] = []
        self._shapes: list[tuple[Box, str, bool]] = []  # with the label it belongs to, and whether it is filled

    def read(self, element: ET.Element, label: str) -> None:
        """Take in an element and all inside it; `label` is the nearest one with a name of its own."""
        for child in element:
            name = child.get("id", "")
            if child.tag == f"{_SVG}text":
                self.texts.append(self._written(child, label))
            elif child.tag in {f"{_SVG}path", f"{_SVG}polygon", f"{_SVG}polyline", f"{_SVG}ellipse"}:
                filled = child.get("fill", "none") not in {"none", "transparent"}
                self._shapes.append((_extent(child, self.frame), label, filled))
            else:
                self.read(child, name if name in self.names.nodes else label)

    def areas(self) -> Iterator[Area]:
        """Yield the outline of the whole, and of each answer on it."""
        boxes = [box for box, _, _ in self._shapes] or [text.box for text in self.texts]
        if self.name.startswith("heading-"):
            boxes += [text.box for text in self.texts]
            yield self._area(self.name, Part.HEADING, boxes)
        elif self.name not in self.names.nodes:
            yield self._area(self.name, Part.BADGE, boxes)
        else:
            yield self._area(self.name, Part.CARD, boxes)
        for tab in dict.fromkeys(label for _, label, _ in self._shapes if label in self.names.tabs):
            yield self._area(tab, Part.TAB, [box for box, label, _ in self._shapes if label == tab])

    def _area(self, name: str, part: Part, boxes: list[Box]) -> Area:
        text = self.names.texts.get(name) or shorten(self.texts[0].text if self.texts else "", length=_NAME)
        node = self.names.nodes.get(name)
        return Area(id=name, part=part, box=_around(name, boxes), card=self.name, text=text, node=node)

    def _written(self, element: ET.Element, label: str) -> Written:
        text = "".join(element.itertext())
        raw_size = float(element.get("font-size", "0"))
        width = text_width(text, size=raw_size, bold=element.get("font-weight") == "bold")
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        x -= {"middle": width / 2, "end": width}.get(element.get("text-anchor", "start"), 0.0)
        start = self.frame.point(x, y - raw_size * _ABOVE)
        end = self.frame.point(x + width, y + raw_size * _BELOW)
        box = Box(label, start.x, start.y, end.x, end.y)
        ground = next((shape for shape, _, filled in reversed(self._shapes) if filled and _begins_on(box, shape)), None)
        size, node = raw_size * self.frame.scale, self.names.nodes.get(label)
        return Written(text=text, box=box, size=size, ground=ground, label=label, card=self.name, node=node)


def _begins_on(text: Box, shape: Box) -> bool:
    return shape.left - _REACH <= text.left <= shape.right and shape.top <= text.center.y <= shape.bottom


def _extent(element: ET.Element, frame: _Frame) -> Box:
    if element.tag == f"{_SVG}ellipse":
        x, y, wide, high = (float(element.get(name, "0")) for name in ("cx", "cy", "rx", "ry"))
        points = [frame.point(x - wide, y - high), frame.point(x + wide, y + high)]
    else:
        points = frame.points(element.get("d") or element.get("points") or "")
    xs, ys = [point.x for point in points], [point.y for point in points]
    return Box("", min(xs), min(ys), max(xs), max(ys))


def _around(name: str, boxes: list[Box]) -> Box:
    return Box(
        name,
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


# --- lines --------------------------------------------------------------------------------------------------------


def _corners(group: ET.Element, frame: _Frame) -> Iterator[Point]:
    """The corners of a line and the tip of its arrow; a rounded corner counts as the corner it rounds."""
    path, arrow = group.find(f"{_SVG}path"), group.find(f"{_SVG}polygon")
    points = frame.points(path.get("d", "")) if path is not None else []
    if not points:
        return
    yield points[0]
    for place in range(0, len(points) - 3, 3):
        start, pull, _, end = points[place : place + 4]
        if not (_same(start.x, end.x) or _same(start.y, end.y)):
            if _same(pull.x, start.x):
                yield Point(start.x, end.y)
            elif _same(pull.y, start.y):
                yield Point(end.x, start.y)
        yield end
    if arrow is not None:
        last = points[-1]
        yield max(frame.points(arrow.get("points", "")), key=lambda tip: abs(tip.x - last.x) + abs(tip.y - last.y))


def _same(one: float, other: float) -> bool:
    return abs(one - other) < 0.02
