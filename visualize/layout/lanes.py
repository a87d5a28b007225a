"""Where lines go down: for each line, its x at every band it passes.

In: the bands and Graphviz's hints. Out: one `Lane` a line. A line keeps its x as long as it can, then takes the
corridors with the fewest bends. Lines to one box may share a vertical; others keep `APART` from each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from praxe.visualize.layout.bands import Band, Corridor
from praxe.visualize.layout.geometry import Box, Hint

APART = 9.0
_INSET = 14.0  # of a line from the corners of the box it enters or leaves
_STRAIGHTEN = 60.0  # how far from the middle of a box its only line may enter it
_NO_STEP = 0.6
_NUDGE = 40.0  # how far from the middle of its box a line may leave, to go straight down


@dataclass(frozen=True, slots=True)
class Lane:
    """The way of one line: `xs[0]` at the band it leaves, then at each band passed, last at the one it enters."""

    hint: Hint
    first: int
    xs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of bands passed in one vertical; `wish` is where it would like to be."""

    hint: Hint
    first: int
    last: int
    corridor: Corridor
    wish: float
    is_fixed: bool  # it goes straight on from the box it leaves


def lanes(
    hints: Sequence[Hint], boxes: Mapping[str, Box], rows: Sequence[Band], *, tabbed: frozenset[str]
) -> list[Lane]:
    """Return the lane of each hint, in their order; boxes in `tabbed` have lines that must stay under their tab."""
    row_of = {box.name: number for number, row in enumerate(rows) for box in row.boxes}
    entries: dict[str, int] = {}
    exits: dict[str, int] = {}
    for hint in hints:
        entries[hint.head] = entries.get(hint.head, 0) + 1
        exits[hint.tail] = exits.get(hint.tail, 0) + 1
    ends = {}
    for hint in hints:
        is_free = hint.tail not in tabbed and exits[hint.tail] == 1
        ends[hint.id] = _ends(hint, boxes, alone=entries[hint.head] == 1, is_free=is_free)
    runs = [run for hint in hints for run in _runs(hint, ends[hint.id], rows, row_of[hint.tail] + 1, row_of[hint.head])]
    places = _apart(runs)
    found = []
    for hint in hints:
        start, end = ends[hint.id]
        inner = [places[hint.id, number] for number in range(row_of[hint.tail] + 1, row_of[hint.head])]
        found.append(Lane(hint, row_of[hint.tail], tuple(_straightened((start, *inner, end)))))
    return found


def _straightened(xs: Sequence[float]) -> list[float]:
    """The same without steps too small to be seen."""
    kept = [xs[0]]
    for x in xs[1:]:
        kept.append(kept[-1] if abs(x - kept[-1]) <= _NO_STEP else x)
    return kept


def _ends(hint: Hint, boxes: Mapping[str, Box], *, alone: bool, is_free: bool) -> tuple[float, float]:
    """Where a line leaves its box and enters the other: straight down if that is near the middle of both."""
    tail, head = boxes[hint.tail], boxes[hint.head]
    start, end = hint.start.x, hint.end.x
    if alone and head.left + _INSET <= start <= head.right - _INSET and abs(start - end) < _STRAIGHTEN:
        return start, start
    if is_free and tail.left + _INSET <= end <= tail.right - _INSET and abs(start - end) < _NUDGE:
        return end, end
    return start, end


def _runs(hint: Hint, ends: tuple[float, float], rows: Sequence[Band], first: int, end: int) -> list[_Run]:
    """Cut the bands passed into as few verticals as can be."""
    corridors = [rows[number].corridor(_guide_at(hint, rows[number].middle)) for number in range(first, end)]
    runs: list[_Run] = []
    place = 0
    while place < len(corridors) and corridors[place].holds(ends[0]):
        place += 1
    if place:
        runs.append(_Run(hint, first, first + place - 1, Corridor(ends[0], ends[0]), ends[0], True))
    while place < len(corridors):
        start, shared = place, corridors[place]
        while place + 1 < len(corridors) and (common := shared.common(corridors[place + 1])) is not None:
            place, shared = place + 1, common
        place += 1
        is_last = place == len(corridors)
        guide = _guide_at(hint, rows[first + start].middle)
        wish = ends[1] if is_last and shared.holds(ends[1]) else shared.nearest(guide)
        runs.append(_Run(hint, first + start, first + place - 1, shared, wish, False))
    return runs


def _guide_at(hint: Hint, y: float) -> float:
    return min(hint.guide, key=lambda point: abs(point.y - y)).x


def _apart(runs: Sequence[_Run]) -> dict[tuple[str, int], float]:
    """Give each run its x: those that cannot move first, then the others, as near to their wish as there is room."""
    places: dict[tuple[str, int], float] = {}
    placed: list[tuple[_Run, float]] = []
    for run in sorted(runs, key=lambda each: not each.is_fixed):
        neighbours = [(other, x) for other, x in placed if other.first <= run.last and run.first <= other.last]
        x = _place(run, neighbours)
        placed.append((run, x))
        places.update(((run.hint.id, number), x) for number in range(run.first, run.last + 1))
    return places


def _place(run: _Run, neighbours: Sequence[tuple[_Run, float]]) -> float:
    if run.is_fixed:
        return run.wish
    mates = [x for other, x in neighbours if other.hint.head == run.hint.head and run.corridor.holds(x)]
    strangers = [x for other, x in neighbours if other.hint.head != run.hint.head]
    steps = [run.wish + sign * step * APART / 3 for step in range(40) for sign in (1, -1)]
    edges = [edge for edge in (run.corridor.left, run.corridor.right) if abs(edge) != float("inf")]
    tries = [*mates, *(x for x in steps if run.corridor.holds(x)), *edges]
    for x in tries:
        if all(abs(x - other) >= APART for other in strangers):
            return x
    return max(tries, key=lambda x: min((abs(x - other) for other in strangers), default=0.0))
