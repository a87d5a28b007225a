"""Lines at right angles through the boxes that Graphviz placed.

In: a `Sketch`. Out: a `Layout`: the boxes keep their x and their order; from top to bottom everything is set anew,
as near to each other as the lines between them allow.
INVARIANT: a line goes sideways only between two bands and passes a band only through a corridor: never through a box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from praxe.visualize.layout.align import align
from praxe.visualize.layout.bands import Band, bands
from praxe.visualize.layout.clash import look_like_one
from praxe.visualize.layout.compact import Piece, settle
from praxe.visualize.layout.geometry import Box, Layout, Point, Sketch, Wire
from praxe.visualize.layout.lanes import Lane, lanes
from praxe.visualize.layout.tracks import Crossing, Track, tracks
from praxe.visualize.layout.untangle import Moves, moved

_TRIES, _LINES_TRIED = 10, 3_000  # to move apart the lines that look like one: of a large drawing, not so often


def route(sketch: Sketch, *, tabbed: frozenset[str]) -> Layout:
    """Return the finished places; `tabbed` are the boxes whose lines leave from tabs."""
    sketch, moves = align(sketch), Moves()
    best, fewest = None, 0
    for _ in range(max(1, min(_TRIES, _LINES_TRIED // max(1, len(sketch.hints))))):
        layout = _routed(sketch, tabbed, moves)
        clashes = list(look_like_one(layout.wires))
        if best is None or len(clashes) < fewest:
            best, fewest = layout, len(clashes)
        further = moved(moves, clashes, tabbed=tabbed)
        if further == moves:
            break
        moves = further
    assert best is not None  # INVARIANT: it is tried at least once
    return best


def _routed(sketch: Sketch, tabbed: frozenset[str], moves: Moves) -> Layout:
    rows = bands(sketch.boxes)
    ways = lanes(sketch.hints, sketch.boxes, rows, tabbed=tabbed, moves=moves)
    gaps = [tracks(_crossings(ways, number)) for number in range(len(rows) - 1)]
    pieces = list(_pieces(rows, gaps))
    tops = dict(zip((piece.name for piece in pieces), settle(pieces), strict=True))
    boxes = {name: box.moved_to(tops[name]) for name, box in sketch.boxes.items()}
    heights = {
        (each.line, gap): tops[_track_name(gap, number)]
        for gap, found in enumerate(gaps)
        for number, track in enumerate(found)
        for each in track.crossings
    }
    return Layout(boxes, tuple(_wire(way, boxes, heights) for way in ways))


def _crossings(ways: Sequence[Lane], gap: int) -> list[Crossing]:
    """The lines that go sideways in the gap under band number `gap`."""
    found = []
    for way in ways:
        place = gap - way.first
        if 0 <= place < len(way.xs) - 1 and way.xs[place] != way.xs[place + 1]:
            found.append(Crossing(way.hint.id, way.hint.head, way.xs[place], way.xs[place + 1]))
    return found


def _pieces(rows: Sequence[Band], gaps: Sequence[Sequence[Track]]) -> Iterator[Piece]:
    for number, row in enumerate(rows):
        for box in row.boxes:
            yield Piece(box.name, (2 * number, 0), box.left, box.right, box.height)
        for place, track in enumerate(gaps[number] if number < len(gaps) else ()):
            order = (2 * number + 1, track.level)
            yield Piece(_track_name(number, place), order, track.left, track.right, 0.0, track.crossings[0].head)


def _track_name(gap: int, number: int) -> str:
    return f"track {gap}.{number}"


def _wire(way: Lane, boxes: Mapping[str, Box], heights: Mapping[tuple[str, int], float]) -> Wire:
    hint = way.hint
    points = [Point(way.xs[0], boxes[hint.tail].bottom)]
    for place in range(len(way.xs) - 1):
        y = heights.get((hint.id, way.first + place))
        if y is not None:
            points += [Point(way.xs[place], y), Point(way.xs[place + 1], y)]
    points.append(Point(way.xs[-1], boxes[hint.head].top))
    return Wire(hint.id, hint.tail, hint.head, tuple(points))
