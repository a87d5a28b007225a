"""Boxes of a row moved together, so that a drawing is no wider than its fullest row.

In: a sketch that goes down. Out: the same, the boxes of each row in their order but as near to each other as the lines
that pass between them allow, and as near as that permits to where Graphviz had them, seen from the drawing's middle.
Source: the pool-adjacent-violators algorithm for least squares under an order (Barlow and others, 1972).
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from praxe.visualize.layout.bands import CLEARANCE, Band, bands
from praxe.visualize.layout.geometry import Box, Hint, Point, Sketch
from praxe.visualize.layout.lanes import APART

_APART = 10.0  # two boxes with no line between them


def squeeze(sketch: Sketch) -> Sketch:
    """Return the sketch as narrow as its fullest row."""
    rows = bands(sketch.boxes)
    passing = Counter(place for hint in sketch.hints for place in _passed(hint, rows, sketch.boxes))
    rooms = [_rooms(row, number, passing) for number, row in enumerate(rows)]
    widths = [_width(row, room) for row, room in zip(rows, rooms, strict=True)]
    left = min(box.left for box in sketch.boxes.values())
    share = max(widths) / (max(box.right for box in sketch.boxes.values()) - left)
    boxes: dict[str, Box] = {}
    for row, room in zip(rows, rooms, strict=True):
        wishes = [(box.center.x - left) * share - (box.right - box.left) / 2 for box in row.boxes]
        steps = [box.right - box.left + gap for box, gap in zip(row.boxes, room[1:], strict=True)]
        lowest, highest = room[0], max(widths) - room[-1] - (row.boxes[-1].right - row.boxes[-1].left)
        for box, place in zip(row.boxes, _placed(wishes, steps, lowest, highest), strict=True):
            boxes[box.name] = replace(box, left=place, right=place + box.right - box.left)
    return Sketch(boxes, tuple(_followed(hint, rows, sketch.boxes, boxes) for hint in sketch.hints))


def _passed(hint: Hint, rows: Sequence[Band], boxes: Mapping[str, Box]) -> list[tuple[int, int]]:
    """The rows that a line passes, each with how many boxes of the row it leaves at its left."""
    top, bottom = boxes[hint.tail].center.y, boxes[hint.head].center.y
    found = []
    for number, row in enumerate(rows):
        if top + 1 < row.middle < bottom - 1:
            x = min(hint.guide, key=lambda point: abs(point.y - row.middle)).x
            found.append((number, bisect([box.center.x for box in row.boxes], x)))
    return found


def _rooms(row: Band, number: int, passing: Mapping[tuple[int, int], int]) -> list[float]:
    """The room before, between and after the boxes of a row."""
    rooms = []
    for place in range(len(row.boxes) + 1):
        lines = passing.get((number, place), 0)
        is_between = 0 < place < len(row.boxes)
        room = CLEARANCE * (1 + is_between) + APART * (lines - 1) if lines else 0.0
        rooms.append(max(room, _APART if is_between else 0.0))
    return rooms


def _width(row: Band, rooms: Sequence[float]) -> float:
    return sum(rooms) + sum(box.right - box.left for box in row.boxes)


def _placed(wishes: Sequence[float], steps: Sequence[float], lowest: float, highest: float) -> list[float]:
    """The lefts nearest to `wishes` that are `steps` apart at least, the first and the last within bounds."""
    starts = [0.0, *accumulate(steps[:-1])]
    pools: list[list[float]] = []
    for wish, start in zip(wishes, starts, strict=True):
        pools.append([wish - start])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    free = [_mean(pool) for pool in pools for _ in pool]
    limit = highest - starts[-1]
    return [min(max(each, lowest), limit) + start for each, start in zip(free, starts, strict=True)]


def _mean(pool: Sequence[float]) -> float:
    return sum(pool) / len(pool)


def _followed(hint: Hint, rows: Sequence[Band], before: Mapping[str, Box], boxes: Mapping[str, Box]) -> Hint:
    """The line at its boxes' new places, passing between the same boxes as before."""
    tail, head = boxes[hint.tail], boxes[hint.head]
    start = Point(hint.start.x + tail.left - before[hint.tail].left, hint.start.y)
    end = Point(head.center.x, hint.end.y)
    guide = [start]
    for number, place in _passed(hint, rows, before):
        row = [boxes[box.name] for box in rows[number].boxes]
        edges = [row[0].left - 2 * CLEARANCE, *((a.right + b.left) / 2 for a, b in pairwise(row))]
        guide.append(Point([*edges, row[-1].right + 2 * CLEARANCE][place], rows[number].middle))
    return replace(hint, start=start, end=end, guide=(*guide, end))
