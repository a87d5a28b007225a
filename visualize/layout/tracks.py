"""Where lines go sideways: the order of the stretches in the gap between two bands.

In: the crossings of one gap. Out: its tracks, each with a level, 0 the highest. Lines that enter the same box at the
same place share a track, so that a merge looks like one line; the others are ordered so that few of them cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

BESIDE = 10.0  # what comes nearer than this sideways must not be on one level
_LAID_OVER = 6.0  # verticals nearer than this look like one


@dataclass(frozen=True, slots=True)
class Crossing:
    """A line that comes into a gap at `x_in` and leaves it at `x_out` on its way to the box `head`."""

    line: str
    head: str
    x_in: float
    x_out: float


@dataclass(frozen=True, slots=True)
class Track:
    """The stretch sideways, from `left` to `right`, that some lines to one box have in common."""

    level: int
    left: float
    right: float
    crossings: tuple[Crossing, ...]

    def meets(self, other: Track) -> bool:
        """Return whether the two would run into each other on one level."""
        return self.left < other.right + BESIDE and other.left < self.right + BESIDE

    def holds(self, x: float) -> bool:
        """Return whether a line that goes down at `x` crosses it."""
        return self.left <= x <= self.right


def tracks(crossings: Sequence[Crossing]) -> list[Track]:
    """Return the tracks of one gap, from top to bottom."""
    found = _merged(crossings)
    beside = _meetings(found)
    harm = {(one, other): _cost(found[one], found[other]) for one, others in enumerate(beside) for other in others}
    burdens = [sum(harm[one, other] - harm[other, one] for other in others) for one, others in enumerate(beside)]
    levels: dict[int, int] = {}
    waiting = [(burdens[number], track.left, number) for number, track in enumerate(found)]
    heapify(waiting)
    while waiting:  # next comes the one that does least harm above all that still wait
        burden, _, best = heappop(waiting)
        if best in levels or burden != burdens[best]:
            continue  # an entry that was overtaken
        levels[best] = max((levels[other] + 1 for other in beside[best] if other in levels), default=0)
        for number in beside[best]:
            if number not in levels:
                burdens[number] -= harm[number, best] - harm[best, number]
                heappush(waiting, (burdens[number], found[number].left, number))
    ordered = (replace(track, level=levels[number]) for number, track in enumerate(found))
    return sorted(ordered, key=lambda each: (each.level, each.left))


def _meetings(found: Sequence[Track]) -> list[list[int]]:
    """For each track, those it would run into on one level."""
    beside: list[list[int]] = [[] for _ in found]
    open_ones: list[int] = []
    for number in sorted(range(len(found)), key=lambda each: found[each].left):
        open_ones = [each for each in open_ones if found[each].right + BESIDE > found[number].left]
        for other in open_ones:
            if found[number].meets(found[other]):
                beside[number].append(other)
                beside[other].append(number)
        open_ones.append(number)
    return beside


def _merged(crossings: Sequence[Crossing]) -> list[Track]:
    """The lines that leave the gap at one place for one box, each group a track."""
    grouped: dict[tuple[str, float], list[Crossing]] = {}
    for each in crossings:
        grouped.setdefault((each.head, round(each.x_out, 1)), []).append(each)
    found = []
    for group in grouped.values():
        ends = [x for each in group for x in (each.x_in, each.x_out)]
        found.append(Track(0, min(ends), max(ends), tuple(group)))
    return found


def _cost(upper: Track, lower: Track) -> int:
    """How bad it is for `upper` to run above `lower`, which it meets: lines crossed, and lines laid over each other."""
    downs = {each.x_out for each in upper.crossings}
    ups = {each.x_in for each in lower.crossings}
    crossed = sum(lower.holds(x) for x in downs) + sum(upper.holds(x) for x in ups)
    laid_over = sum(abs(down - up) < _LAID_OVER for down in downs for up in ups)
    return crossed + 10 * laid_over
