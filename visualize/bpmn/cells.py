"""How much room each shape takes, its name included.

In: a process. Out: a `Cell` for each shape that is laid out, and one for each name of a flow. A flow runs into a cell
and out of it at the height of its middle line; what hangs below a call (the ways out of it when the case ends in there)
belongs to its cell. Text is measured with our own font, a little wider than the Arial that BPMN programs draw with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, assert_never

from praxe.visualize.bpmn.model import Element, Flow, Kind, Process
from praxe.visualize.measure import text_width, wrap

EVENT, GATEWAY, TASK_WIDTH = 36.0, 50.0, 150.0
TASK_LINE, NAME_LINE = 14.4, 13.2
NAME_GAP: Final = 5.0
EXIT_DROP: Final = 34.0  # from a boundary event to the end event below it
_TASK_TEXT, _NAME_TEXT = 13.0, 12.0  # bpmn.io writes 12 and 11; other machines have wider fonts than ours
_NAME_WIDTHS: Final = (88.0, 110.0, 135.0, 165.0, 200.0)  # the least that needs no more than so many lines
_MOST_LINES: Final = 4
_LEAST_TASK, _TASK_PADDING = 60.0, 50.0  # the icon of a task stands over its text
EXIT_NAME: Final = 70.0  # how wide the names at the right of exits are
_EXIT_ROOM, _EXIT_SIDE = 116.0, 24.0  # of one exit; from its left end to the middle of its events


@dataclass(frozen=True, slots=True)
class Cell:
    """The room for one thing: `above` and `below` its middle line."""

    width: float
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Exit:
    """A boundary event of a call with the end event below it; `x` leads from the middle of the call to theirs."""

    boundary: Element
    end: Element
    x: float


def name_lines(name: str) -> tuple[str, ...]:
    """Return a name beside a shape in lines."""
    if not name:
        return ()
    tried = (wrap(name, width=width, size=_NAME_TEXT) for width in _NAME_WIDTHS)
    return next(
        (lines for lines in tried if len(lines) <= _MOST_LINES), wrap(name, width=max(_NAME_WIDTHS), size=_NAME_TEXT)
    )


def name_height(name: str) -> float:
    """Return how high a name beside a shape is."""
    return len(name_lines(name)) * NAME_LINE


def name_width(name: str) -> float:
    """Return how wide a name beside a shape is: none of its lines is broken again."""
    return max((text_width(line, size=_NAME_TEXT) + 14 for line in name_lines(name)), default=0.0)


def task_height(element: Element, width: float = TASK_WIDTH) -> float:
    """Return how high a task has to be for its name."""
    lines = wrap(element.name, width=width - 20, size=_TASK_TEXT)
    return max(_LEAST_TASK, len(lines) * TASK_LINE + _TASK_PADDING)


def task_width(exits: int) -> float:
    """Return how wide a task is: room for what stands on its edge."""
    return max(TASK_WIDTH, exits * _EXIT_ROOM)


def exits_of(process: Process) -> Mapping[str, tuple[Exit, ...]]:
    """Return the ways out of each call when the case ends in there."""
    elements = {each.id: each for each in process.elements}
    following = {flow.source: elements[flow.target] for flow in process.flows}
    found: dict[str, list[Element]] = {}
    for each in process.elements:
        if each.host is not None:
            found.setdefault(each.host, []).append(each)
    return {
        host: tuple(
            Exit(
                boundary,
                following[boundary.id],
                place * _EXIT_ROOM + _EXIT_SIDE - task_width(len(boundaries)) / 2,
            )
            for place, boundary in enumerate(boundaries)
        )
        for host, boundaries in found.items()
    }


def cells_of(process: Process, exits: Mapping[str, tuple[Exit, ...]]) -> dict[str, Cell]:
    """Return the cells of a process, by the ids of elements and of named flows, in the author's order."""
    hanging = {each.id for several in exits.values() for way in several for each in (way.boundary, way.end)}
    named: dict[str, list[Flow]] = {}
    for flow in process.flows:
        if flow.name:
            named.setdefault(flow.source, []).append(flow)
    cells: dict[str, Cell] = {}
    for element in process.elements:
        if element.id not in hanging:
            cells[element.id] = _cell(element, exits.get(element.id, ()))
        cells |= dict(_names(named.get(element.id, [])))
    return cells


def _names(flows: list[Flow]) -> Iterator[tuple[str, Cell]]:
    for flow in flows:
        yield flow.id, Cell(name_width(flow.name) + 6, name_height(flow.name) + 4, 6)


def _cell(element: Element, exits: tuple[Exit, ...]) -> Cell:
    match element.kind:
        case Kind.START | Kind.END | Kind.CATCH | Kind.BOUNDARY:
            return _named(element.name, EVENT)
        case Kind.GATEWAY | Kind.EVENT_GATEWAY:
            return _named(element.name, GATEWAY)
        case Kind.MANUAL_TASK | Kind.USER_TASK | Kind.SCRIPT_TASK | Kind.CALL:
            width = task_width(len(exits))
            half = task_height(element, width) / 2
            return Cell(width, half, half + max((exit_height(each) for each in exits), default=0.0))
        case _:
            assert_never(element.kind)


def exit_height(way: Exit) -> float:
    """Return how far a way out of a call reaches below it."""
    spare = max(0.0, exit_name_height(way.end) - EVENT) / 2  # half of a high name stands below its event
    return EVENT / 2 + EXIT_DROP + EVENT + spare


def exit_name_height(element: Element) -> float:
    """Return how high the name at the right of an exit's event is."""
    return len(wrap(element.name, width=EXIT_NAME - 6, size=_NAME_TEXT)) * NAME_LINE


def _named(name: str, size: float) -> Cell:
    below = NAME_GAP + name_height(name) if name else 0.0
    return Cell(max(size, name_width(name)), size / 2, size / 2 + below)
