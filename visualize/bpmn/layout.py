"""Where everything of a BPMN file goes: a pool for each process, one below the other, each drawn from left to right.

In: a model. Out: bounds of pools, shapes and names, and the points of each flow. No Graphviz is needed: the sizes are
BPMN's own, lines are upright or level, and run between the columns only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from praxe.visualize.bpmn.cells import (
    EVENT,
    EXIT_DROP,
    EXIT_NAME,
    GATEWAY,
    NAME_GAP,
    Cell,
    Exit,
    cells_of,
    exit_name_height,
    exits_of,
    name_height,
    name_width,
    task_height,
    task_width,
)
from praxe.visualize.bpmn.columns import Columns, Link, arrange
from praxe.visualize.bpmn.model import Element, Flow, Kind, Model, Process
from praxe.visualize.bpmn.rows import heights
from praxe.visualize.bpmn.tracks import tracks
from praxe.visualize.measure import text_width

_MARGIN, _BAND, _POOLS_APART = 30.0, 30.0, 40.0
_LEFT, _TOP = 160.0, 80.0  # where modellers begin
_CHANNEL, _TRACK = 22.0, 14.0
_POOL_TEXT: Final = 13.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle: its upper left corner, and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Layout:
    """The places of one file, by the ids of what is placed; pools by the ids of their processes."""

    pools: dict[str, Bounds] = field(default_factory=dict)
    shapes: dict[str, Bounds] = field(default_factory=dict)
    names: dict[str, Bounds] = field(default_factory=dict)
    flows: dict[str, tuple[Point, ...]] = field(default_factory=dict)


def lay_out(model: Model) -> Layout:
    """Return where everything goes."""
    layout = Layout()
    top = _TOP
    for process in model.processes:
        placed = _Pool(process, top, layout)
        top += placed.place() + _POOLS_APART
    widest = max(pool.width for pool in layout.pools.values())
    for name, pool in layout.pools.items():
        layout.pools[name] = Bounds(pool.x, pool.y, widest, pool.height)
    return layout


class _Pool:
    def __init__(self, process: Process, top: float, layout: Layout) -> None:
        self.process = process
        self.top = top
        self.layout = layout
        self.exits = exits_of(process)
        cells = cells_of(process, self.exits)
        hanging = {way.boundary.id for several in self.exits.values() for way in several}
        self.flows = [flow for flow in process.flows if flow.source not in hanging]
        links = [link for flow in self.flows for link in _links_of(flow)]
        self.arranged: Columns = arrange(cells, links)
        self.y = heights(self.arranged)
        self.x: dict[str, float] = {}
        self.bends: dict[Link, float] = {}

    def place(self) -> float:
        """Place everything of the pool; return its height."""
        width = self._place_columns()
        cells = self.arranged.cells
        highest = min(self.y[name] - cell.above for name, cell in cells.items())
        lowest = max(self.y[name] + cell.below for name, cell in cells.items())
        title = text_width(self.process.name, size=_POOL_TEXT) + 24
        height = max(lowest - highest + 2 * _MARGIN, title)
        spare = (height - (lowest - highest)) / 2
        self.y = {name: round(y - highest + self.top + spare, 1) for name, y in self.y.items()}
        self.layout.pools[self.process.id] = Bounds(_LEFT, self.top, round(width, 1), round(height, 1))
        for element in self.process.elements:
            if element.id in cells:
                self._shape(element)
                for way in self.exits.get(element.id, ()):
                    self._exit(element, way)
        ways = iter(self.arranged.ways)
        for flow in self.flows:
            self._flow(flow, [next(ways) for _ in _links_of(flow)])
        return round(height, 1)

    def _place_columns(self) -> float:
        """Give each column its place, and each channel between two its tracks; return how wide the pool is."""
        arranged = self.arranged
        column = {name: number for number, names in enumerate(arranged.columns) for name in names}
        channels: list[list[Link]] = [[] for _ in arranged.columns]
        for link in arranged.links:
            channels[column[link[0]]].append(link)
        left = _LEFT + _BAND + _MARGIN
        for names, links in zip(arranged.columns, channels, strict=True):
            width = max(arranged.cells[name].width for name in names)
            self.x |= dict.fromkeys(names, round(left + width / 2, 1))
            found = tracks(links, self.y)
            left += width + _CHANNEL
            self.bends |= {link: round(left + track * _TRACK, 1) for link, track in found.items()}
            left += max(found.values(), default=-1) * _TRACK + _CHANNEL
        return left - _CHANNEL + _MARGIN - _LEFT

    # --- shapes --------------------------------------------------------------------------------------------------

    def _shape(self, element: Element) -> None:
        x, y = self.x[element.id], self.y[element.id]
        width, height = _size(element, len(self.exits.get(element.id, ())))
        self.layout.shapes[element.id] = _around(x, y, width, height)
        if element.name and element.kind in _NAMED_BELOW:
            self._name(element.id, element.name, x, y + height / 2 + NAME_GAP)

    def _exit(self, call: Element, way: Exit) -> None:
        """Place a boundary event on the lower edge of a call, and its end event below it."""
        host = self.layout.shapes[call.id]
        x, edge = self.x[call.id] + way.x, host.y + host.height
        self.layout.shapes[way.boundary.id] = _around(x, edge, EVENT, EVENT)
        self._name_at_right(way.boundary, x, edge + NAME_GAP)
        top = edge + EVENT / 2 + EXIT_DROP
        self.layout.shapes[way.end.id] = _around(x, top + EVENT / 2, EVENT, EVENT)
        self._name_at_right(way.end, x, top + (EVENT - exit_name_height(way.end)) / 2)
        flow = next(each for each in self.process.flows if each.source == way.boundary.id)
        self.layout.flows[flow.id] = ((x, edge + EVENT / 2), (x, top))

    def _name(self, key: str, name: str, x: float, top: float) -> None:
        width, height = name_width(name), name_height(name)
        self.layout.names[key] = Bounds(round(x - width / 2, 1), round(top, 1), round(width, 1), round(height, 1))

    def _name_at_right(self, element: Element, x: float, top: float) -> None:
        height = round(exit_name_height(element), 1)
        self.layout.names[element.id] = Bounds(x + EVENT / 2 + 2, round(top, 1), EXIT_NAME, height)

    # --- flows ---------------------------------------------------------------------------------------------------

    def _flow(self, flow: Flow, ways: Sequence[Sequence[str]]) -> None:
        points = [self._beside(flow.source, 1)]
        for way in ways:
            for link in pairwise(way):
                if link in self.bends:
                    bend = self.bends[link]
                    points += [(bend, self.y[link[0]]), (bend, self.y[link[1]])]
        points.append(self._beside(flow.target, -1))
        self.layout.flows[flow.id] = tuple(_straightened(points))
        if flow.name:
            cell: Cell = self.arranged.cells[flow.id]
            self._name(flow.id, flow.name, self.x[flow.id], self.y[flow.id] - cell.above)

    def _beside(self, name: str, side: int) -> Point:
        shape = self.layout.shapes[name]
        return (shape.x + (shape.width if side > 0 else 0.0), self.y[name])


_NAMED_BELOW: Final = (Kind.START, Kind.END, Kind.CATCH, Kind.GATEWAY, Kind.EVENT_GATEWAY)


def _links_of(flow: Flow) -> Iterator[Link]:
    """The links of a flow: by way of its name, if it has one."""
    if flow.name:
        yield (flow.source, flow.id)
        yield (flow.id, flow.target)
    else:
        yield (flow.source, flow.target)


def _size(element: Element, exits: int) -> tuple[float, float]:
    if element.kind in (Kind.START, Kind.END, Kind.CATCH):
        return EVENT, EVENT
    if element.kind in (Kind.GATEWAY, Kind.EVENT_GATEWAY):
        return GATEWAY, GATEWAY
    width = task_width(exits)
    return width, task_height(element, width)


def _around(x: float, y: float, width: float, height: float) -> Bounds:
    return Bounds(round(x - width / 2, 1), round(y - height / 2, 1), round(width, 1), round(height, 1))


def _straightened(points: Sequence[Point]) -> Iterator[Point]:
    """Leave out points in the middle of a straight stretch."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    yield from kept
