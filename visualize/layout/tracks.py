"""Where lines go sideways: the order of the stretches in the gap between two bands.

In: the crossings of one gap. Out: its tracks, each with a level, 0 the highest. Lines that enter the same box at the
same place share a track, so that a merge looks like one line; the others are ordered so that few of them cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

_BESIDE = 6.0  # lines whose ends come nearer than this must not share a level


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
        return self.left < other.right + _BESIDE and other.left < self.right + _BESIDE

    def holds(self, x: float) -> bool:
        """Return whether a line that goes down at `x` crosses it."""
        return self.left <= x <= self.right


def tracks(crossings: Sequence[Crossing]) -> list[Track]:
    """Return the tracks of one gap, from top to bottom."""
    found = _merged(crossings)
    burdens = [sum(_cost(one, other) - _cost(other, one) for other in found) for one in found]
    waiting = list(range(len(found)))
    ordered: list[Track] = []
    while waiting:  # next comes the one that does least harm above all that still wait
        best = min(waiting, key=lambda number: (burdens[number], found[number].left))
        waiting.remove(best)
        track = found[best]
        for number in waiting:
            burdens[number] -= _cost(found[number], track) - _cost(track, found[number])
        level = max((other.level + 1 for other in ordered if other.meets(track)), default=0)
        ordered.append(replace(track, level=level))
    return sorted(ordered, key=lambda each: (each.level, each.left))


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
    """How bad it is for `upper` to run above `lower`: lines crossed, and lines laid on top of each other."""
    if upper is lower or not upper.meets(lower):
        return 0
    downs = {each.x_out for each in upper.crossings}
    ups = {each.x_in for each in lower.crossings}
    crossed = sum(lower.holds(x) for x in downs) + sum(upper.holds(x) for x in ups)
    laid_over = sum(abs(down - up) < _BESIDE for down in downs for up in ups)
    return crossed + 10 * laid_over
