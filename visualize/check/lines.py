"""Lines that mislead: through a box, on top of each other, across each other.

In: a `Picture`. Out: the defects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from praxe.visualize.check.defect import Defect, Kind
from praxe.visualize.check.picture import Line, Part, Picture
from praxe.visualize.layout.geometry import Box, Point
from praxe.visualize.layout.grid import Grid

_INSIDE = 1.0  # points that a line may reach into a box: it ends on the line around it
_APART = 1.5  # points between two lines that nobody can tell apart
_ALONG = 3.0  # for at least so many points
_STRAIGHT = 0.02
_HAIR = 0.01


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A straight part of a line."""

    line: Line
    start: Point
    end: Point

    @property
    def box(self) -> Box:
        (left, right), (top, bottom) = sorted((self.start.x, self.end.x)), sorted((self.start.y, self.end.y))
        return Box(self.line.id, left, top, right, bottom)

    @property
    def is_upright(self) -> bool:
        return abs(self.start.x - self.end.x) < _STRAIGHT

    @property
    def is_level(self) -> bool:
        return abs(self.start.y - self.end.y) < _STRAIGHT


def stretches(picture: Picture) -> list[_Stretch]:
    """Return the straight parts of all lines; pieces that go straight on are one."""
    found: list[_Stretch] = []
    for line in picture.lines:
        parts: list[_Stretch] = []
        for one, other in pairwise(line.points):
            if one == other:
                continue
            part = _Stretch(line, one, other)
            last = parts[-1] if parts else None
            if last and ((last.is_upright and part.is_upright) or (last.is_level and part.is_level)):
                parts[-1] = _Stretch(line, last.start, other)
            else:
                parts.append(part)
        found += parts
    return found


def through_boxes(picture: Picture) -> Iterator[Defect]:
    """Yield the lines that run through a card, the heading or a badge; each pair once, at the first place."""
    areas = [area for area in picture.areas if area.part is not Part.TAB]
    grid = Grid([area.box for area in areas])
    names, seen = _names(picture), set()
    for stretch in stretches(picture):
        for area in (areas[each] for each in grid.meeting(stretch.box, clearance=-_INSIDE)):
            line = stretch.line
            is_its_count = area.part is Part.BADGE and area.id == f"count-{line.id}"
            if is_its_count or (line.id, area.id) in seen or not _enters(stretch, area.box):
                continue
            seen.add((line.id, area.id))
            yield Defect(
                kind=Kind.LINE_THROUGH_BOX,
                element=line.id,
                other=area.id,
                node=line.node,
                place=_nearest(stretch, area.box.center),
                args={"tail": names[line.tail], "head": names[line.head], "other": area.text},
            )


def as_one(picture: Picture) -> Iterator[Defect]:
    """Yield the lines to different cards that lie on top of each other, and so cannot be told apart; each pair once.

    Lines that leave one answer together may part on their way.
    """
    parts = [each for each in stretches(picture) if each.is_upright or each.is_level]
    grid = Grid([each.box for each in parts])
    names, seen = _names(picture), set()
    for one, other in ((parts[a], parts[b]) for a, b in grid.pairs(clearance=_APART)):
        pair = (one.line.id, other.line.id)
        if one.line.head == other.line.head or _is_fork(one, other) or pair in seen or not _laid_over(one, other):
            continue
        seen.add(pair)
        yield _of_two(Kind.LINES_AS_ONE, one, other, _middle_of_shared(one.box, other.box), names)


def crossings(picture: Picture) -> Iterator[Defect]:
    """Yield the places where lines cross that lead to different cards; lines in one bundle cross as one."""
    parts = stretches(picture)
    level, others = [each for each in parts if each.is_level], [each for each in parts if not each.is_level]
    grid = Grid([each.box for each in others])
    names, seen = _names(picture), set()
    pairs = [(one, others[each]) for one in level for each in grid.meeting(one.box, clearance=_HAIR)]
    slanted = [number for number, each in enumerate(others) if not each.is_upright]
    pairs += [(others[a], others[b]) for b in slanted for a in range(len(others)) if a not in slanted or a < b]
    for one, other in pairs:
        place = _crossing(one, other) if one.line.head != other.line.head else None
        if place is not None and (round(place.x), round(place.y)) not in seen:
            seen.add((round(place.x), round(place.y)))
            yield _of_two(Kind.LINES_CROSS, one, other, place, names)


def _of_two(kind: Kind, one: _Stretch, other: _Stretch, place: Point, names: Mapping[str, str]) -> Defect:
    args = {
        "tail": names[one.line.tail],
        "head": names[one.line.head],
        "other_tail": names[other.line.tail],
        "other_head": names[other.line.head],
    }
    return Defect(kind=kind, element=one.line.id, other=other.line.id, node=one.line.node, place=place, args=args)


def _names(picture: Picture) -> dict[str, str]:
    return {area.id: area.text for area in picture.areas if area.part is Part.CARD}


def _enters(stretch: _Stretch, box: Box) -> bool:
    """Whether a stretch comes into a box, the outermost point of which does not count."""
    if stretch.is_upright or stretch.is_level:
        return True  # its own box does
    inner = Box("", box.left + _INSIDE, box.top + _INSIDE, box.right - _INSIDE, box.bottom - _INSIDE)
    share = _share_inside(stretch.start.x, stretch.end.x, inner.left, inner.right)
    other = _share_inside(stretch.start.y, stretch.end.y, inner.top, inner.bottom)
    return max(share[0], other[0]) < min(share[1], other[1])


def _share_inside(start: float, end: float, low: float, high: float) -> tuple[float, float]:
    """From where to where on its way from `start` (0) to `end` (1) a value lies between two others."""
    if start == end:
        return (0.0, 1.0) if low < start < high else (1.0, 0.0)
    first, last = sorted(((low - start) / (end - start), (high - start) / (end - start)))
    return max(first, 0.0), min(last, 1.0)


def _nearest(stretch: _Stretch, place: Point) -> Point:
    box = stretch.box
    return Point(min(max(place.x, box.left), box.right), min(max(place.y, box.top), box.bottom))


def _laid_over(one: _Stretch, other: _Stretch) -> bool:
    a, b = one.box, other.box
    if one.is_upright and other.is_upright:
        return abs(a.left - b.left) < _APART and min(a.bottom, b.bottom) - max(a.top, b.top) > _ALONG
    if one.is_level and other.is_level:
        return abs(a.top - b.top) < _APART and min(a.right, b.right) - max(a.left, b.left) > _ALONG
    return False


def _is_fork(one: _Stretch, other: _Stretch) -> bool:
    """Whether two lines still go together from the one answer they both leave: it leads to both."""
    return one.line.tail == other.line.tail and one.start == other.start == one.line.points[0] == other.line.points[0]


def _middle_of_shared(one: Box, other: Box) -> Point:
    across = max(one.left, other.left) + min(one.right, other.right)
    along = max(one.top, other.top) + min(one.bottom, other.bottom)
    return Point(across / 2, along / 2)


def _crossing(one: _Stretch, other: _Stretch) -> Point | None:
    """Where two stretches cross in the middle of both; lines that only touch do not cross."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = one.start, one.end, other.start, other.end
    turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if turn == 0:
        return None
    on_one = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn
    on_other = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn
    if not (_HAIR / 10 < on_one < 1 - _HAIR / 10 and _HAIR / 10 < on_other < 1 - _HAIR / 10):
        return None
    return Point(ax + on_one * (bx - ax), ay + on_one * (by - ay))
