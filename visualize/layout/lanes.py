"""Where lines go down: for each line, its x at every band it passes.

In: the bands and Graphviz's hints. Out: one `Lane` a line. A line keeps its x as long as it can, then takes the
corridors with the fewest bends. Lines to one box may share a vertical; others keep `APART` from each other.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from praxe.visualize.layout.bands import Band, Corridor
from praxe.visualize.layout.geometry import Box, Hint
from praxe.visualize.layout.untangle import Moves, Place

APART = 9.0
_INSET = 14.0  # of a line from the corners of the box it enters or leaves
_STRAIGHTEN = 60.0  # how far from the middle of a box its only line may enter it
_NO_STEP, _NO_STEP_INSIDE = 0.6, 1.5  # too small to be seen: at the end of a line; on its way, where nothing joins it
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
    hints: Sequence[Hint], boxes: Mapping[str, Box], rows: Sequence[Band], *, tabbed: frozenset[str], moves: Moves
) -> list[Lane]:
    """Return the lane of each hint, in their order; boxes in `tabbed` have lines that must stay under their tab.

    Args:
        moves: how far from where they would go the ends and the verticals go, to stay clear of others.
    """
    row_of = {box.name: number for number, row in enumerate(rows) for box in row.boxes}
    entries: dict[str, int] = {}
    exits: dict[str, int] = {}
    for hint in hints:
        entries[hint.head] = entries.get(hint.head, 0) + 1
        exits[hint.tail] = exits.get(hint.tail, 0) + 1
    ends = {}
    for hint in hints:
        is_free = hint.tail not in tabbed and exits[hint.tail] == 1
        wished = _ends(hint, boxes, alone=entries[hint.head] == 1, is_free=is_free)
        ends[hint.id] = _moved(hint, wished, boxes, moves)
    runs = [
        replace(run, wish=run.corridor.nearest(run.wish + moves.of(Place.WAY, hint.id)))
        for hint in hints
        for run in _runs(hint, ends[hint.id], rows, row_of[hint.tail] + 1, row_of[hint.head])
    ]
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
    for place, x in enumerate(xs[1:], start=2):
        least = _NO_STEP if place == len(xs) else _NO_STEP_INSIDE
        kept.append(kept[-1] if abs(x - kept[-1]) <= least else x)
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


def _moved(hint: Hint, ends: tuple[float, float], boxes: Mapping[str, Box], moves: Moves) -> tuple[float, float]:
    """The ends after their moves; they stay on their boxes."""
    start, end = ends
    tail, head = moves.of(Place.TAIL, hint.id), moves.of(Place.HEAD, hint.head)
    return _within(start + tail, boxes[hint.tail]) if tail else start, _within(
        end + head, boxes[hint.head]
    ) if head else end


def _within(x: float, box: Box) -> float:
    inset = min(_INSET, (box.right - box.left) / 2)
    return min(max(x, box.left + inset), box.right - inset)


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
    taken = _Taken()
    for run in sorted(runs, key=lambda each: not each.is_fixed):
        x = run.wish if run.is_fixed else _place(run, taken)
        taken.add(run, x)
        places.update(((run.hint.id, number), x) for number in range(run.first, run.last + 1))
    return places


class _Taken:
    """The verticals that have their place: in each band their x, in order, and the box they lead to."""

    def __init__(self) -> None:
        self._bands: dict[int, list[tuple[float, str]]] = defaultdict(list)
        self._of_head: dict[str, list[tuple[_Run, float]]] = defaultdict(list)

    def add(self, run: _Run, x: float) -> None:
        for number in range(run.first, run.last + 1):
            insort(self._bands[number], (x, run.hint.head))
        self._of_head[run.hint.head].append((run, x))

    def mates(self, run: _Run) -> list[float]:
        """Return where other lines to the same box go down."""
        beside = self._of_head.get(run.hint.head, ())
        return [x for other, x in beside if other.first <= run.last and run.first <= other.last]

    def room(self, run: _Run, x: float) -> float:
        """Return how far the nearest line to another box is, up to `APART`."""
        nearest = APART
        for number in range(run.first, run.last + 1):
            band = self._bands.get(number, [])
            for place in range(bisect_left(band, (x - nearest, "")), len(band)):
                other, head = band[place]
                if other - x >= nearest:
                    break
                if head != run.hint.head:
                    nearest = abs(other - x)
        return nearest


def _place(run: _Run, taken: _Taken) -> float:
    mates = [x for x in taken.mates(run) if run.corridor.holds(x)]
    steps = [run.wish + sign * step * APART / 3 for step in range(40) for sign in (1, -1)]
    edges = [edge for edge in (run.corridor.left, run.corridor.right) if abs(edge) != float("inf")]
    best, most = run.wish, -1.0
    for x in (*mates, *(x for x in steps if run.corridor.holds(x)), *edges):
        room = taken.room(run, x)
        if room >= APART:
            return x
        if room > most:
            best, most = x, room
    return best
