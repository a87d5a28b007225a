"""Last boxes pulled under the answer that leads to them.

In: a sketch. Out: the same with those boxes moved sideways that nothing leaves and one line enters, as far as their
neighbours in the row allow: a line that goes straight down reads better than one with a step.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from praxe.visualize.layout.bands import Band, bands
from praxe.visualize.layout.geometry import Box, Hint, Point, Sketch

_APART = 20.0  # two boxes of a row
_FARTHEST = 60.0


def align(sketch: Sketch) -> Sketch:
    """Return the sketch with its last boxes under their answers."""
    boxes = dict(sketch.boxes)
    entries = Counter(hint.head for hint in sketch.hints)
    tails = {hint.tail for hint in sketch.hints}
    into = {hint.head: hint for hint in sketch.hints if entries[hint.head] == 1 and hint.head not in tails}
    for row in bands(boxes):
        current = Band(row.middle, row.boxes)
        for place, box in enumerate(row.boxes):
            hint = into.get(box.name)
            if hint is not None:
                moved = _moved(box, hint, current, place)
                boxes[box.name] = moved
                current = Band(row.middle, (*current.boxes[:place], moved, *current.boxes[place + 1 :]))
    return Sketch(boxes, tuple(_followed(hint, boxes[hint.head]) for hint in sketch.hints))


def _moved(box: Box, hint: Hint, row: Band, place: int) -> Box:
    step = hint.start.x - box.center.x
    if abs(step) > _FARTHEST:
        return box
    lowest = row.boxes[place - 1].right + _APART - box.left if place else float("-inf")
    highest = row.boxes[place + 1].left - _APART - box.right if place + 1 < len(row.boxes) else float("inf")
    step = min(max(step, min(lowest, 0.0)), max(highest, 0.0))
    return replace(box, left=box.left + step, right=box.right + step)


def _followed(hint: Hint, head: Box) -> Hint:
    """The line with its end where the box went: every line ends in the middle of a box's top."""
    return replace(hint, end=Point(head.center.x, hint.end.y))
