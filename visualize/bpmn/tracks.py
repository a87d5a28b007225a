"""The upright stretches of lines between two columns: which of them share a place, and which stands left of which.

In: the links between two neighbouring columns, and the heights of their ends. Out: a track for each link that is not
straight, counted from the left. Lines that leave the same cell share a stretch, and so do lines that only meet at their
end; others never lie upon each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from praxe.visualize.bpmn.columns import Link

_APART = 6.0  # stretches that come closer than this do not share a track


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Links that share a stretch."""

    links: tuple[Link, ...]
    starts: tuple[float, ...]  # the heights at which lines come from the left
    ends: tuple[float, ...]  # and at which they go on to the right

    @property
    def low(self) -> float:
        return min(*self.starts, *self.ends)

    @property
    def high(self) -> float:
        return max(*self.starts, *self.ends)

    def meets(self, other: _Bundle) -> bool:
        """Whether both pass at one height."""
        return self.low <= other.high + _APART and other.low <= self.high + _APART

    def cost_left_of(self, other: _Bundle) -> int:
        """What it costs to stand left of another: crossings, and above all lines upon each other."""
        crossed = sum(other.low < end < other.high for end in self.ends)
        crossed += sum(self.low < start < self.high for start in other.starts)
        upon = sum(abs(end - start) < _APART for end in self.ends for start in other.starts)
        return crossed + 100 * upon


def tracks(links: Sequence[Link], y: Mapping[str, float]) -> dict[Link, int]:
    """Return the track of each link whose ends are at different heights."""
    order: list[_Bundle] = []
    for bundle in _bundles(links, y):
        order.insert(_best_place(bundle, order), bundle)
    found: dict[Link, int] = {}
    taken: list[tuple[int, _Bundle]] = []
    for bundle in order:
        track = max((number + 1 for number, other in taken if bundle.meets(other)), default=0)
        taken.append((track, bundle))
        found |= dict.fromkeys(bundle.links, track)
    return found


def _best_place(bundle: _Bundle, order: Sequence[_Bundle]) -> int:
    """Return the place from the left at which a bundle costs least."""
    cost = best = sum(bundle.cost_left_of(other) for other in order)
    place = 0
    for number, other in enumerate(order, start=1):
        cost += other.cost_left_of(bundle) - bundle.cost_left_of(other)
        if cost < best:
            best, place = cost, number
    return place


def _bundles(links: Sequence[Link], y: Mapping[str, float]) -> list[_Bundle]:
    bent = [link for link in links if y[link[0]] != y[link[1]]]
    leaving = Counter(source for source, _ in links)
    shared: dict[str, list[Link]] = {}
    for source, target in bent:
        shared.setdefault(f"from {source}" if leaving[source] > 1 else f"to {target}", []).append((source, target))
    return [
        _Bundle(
            tuple(several),
            tuple(dict.fromkeys(y[source] for source, _ in several)),
            tuple(dict.fromkeys(y[target] for _, target in several)),
        )
        for several in shared.values()
    ]
