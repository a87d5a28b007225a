"""Where a case that begins with one procedure can go: the places at which something is found out, and what follows.

In: a plan and the procedure to begin with. Out: a graph without circles of spot numbers, in topological order. A
procedure that is called from one place only, or never returns, is part of its caller; a call of any other is a seam:
its part of the graph begins anew, and its return leads to wherever it was called from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from praxe.engine.compile.plan import NOWHERE, Plan


class Flow:
    """The places of one beginning."""

    def __init__(self, plan: Plan, start: str) -> None:
        self.spots = plan.spots
        self.entry = plan.starts[start]
        self._sites, self._home = _calls(plan, self.entry)
        self._landings: dict[int, int] = {}
        self.root = self.landing(self.entry)
        self.roots: dict[int, None] = {self.root: None}  # where a part begins: the entry, and both ends of each seam
        self.following: dict[int, tuple[int, ...]] = {}  # of each place: where its ways lead, in their order
        self.order = self._find_order()

    def is_seam(self, place: int) -> bool:
        """Whether a place is a call, or the return of a procedure that has several callers."""
        spot = self.spots[place]
        return spot.kind == "call" or (spot.kind == "return" and not self.is_over(place))

    def is_over(self, place: int) -> bool:
        """Whether the case ends here."""
        spot = self.spots[place]
        return spot.kind in {"end", "gap"} or (spot.kind == "return" and self._home[place] == self.entry)

    def called(self, place: int) -> tuple[int, int]:
        """Return the landings of a call's procedure, and of what follows its return."""
        spot = self.spots[place]
        return self.landing(spot.callee), self.landing(spot.ways[0].target)

    def landing(self, number: int) -> int:
        """Return the first place from a spot on."""
        passed: list[int] = []
        here = number
        while here not in self._landings:
            below = self._passes_to(here)
            if below == NOWHERE:
                self._landings[here] = here
                break
            passed.append(here)
            here = below
        end = self._landings[here]
        self._landings.update(dict.fromkeys(passed, end))
        return end

    def _passes_to(self, number: int) -> int:
        """Return where a spot leads at which nothing is found out."""
        spot = self.spots[number]
        if spot.kind == "call":
            is_part = not spot.ways or len(self._sites[spot.callee]) == 1
            return spot.callee if is_part else NOWHERE
        if spot.kind == "return":
            callers = self._sites.get(self._home[number], [])
            is_part = len(callers) == 1 and self._home[number] != self.entry
            return self.spots[callers[0]].ways[0].target if is_part else NOWHERE
        if spot.test is None and not spot.wants and spot.ways:
            return spot.ways[0].target
        return NOWHERE

    def _find_order(self) -> list[int]:
        """Return all places, each before those that follow it."""
        after: list[int] = []
        state: dict[int, Iterator[int]] = {}
        queue = [self.root]
        for root in queue:  # grows while seams are found
            stack = [root] if root not in state else []
            while stack:
                place = stack[-1]
                if place not in state:
                    state[place] = iter(self._follow(place))
                    if self.spots[place].kind == "call":
                        ends = [each for each in self.called(place) if each not in self.roots]
                        self.roots.update(dict.fromkeys(ends))
                        queue.extend(ends)
                below = next((each for each in state[place] if each not in state), None)
                if below is None:
                    after.append(stack.pop())
                else:
                    stack.append(below)
        after.reverse()
        return after

    def _follow(self, place: int) -> tuple[int, ...]:
        spot = self.spots[place]
        ends = self.is_over(place) or self.is_seam(place)
        self.following[place] = () if ends else tuple([self.landing(way.target) for way in spot.ways])
        return self.following[place]


def _calls(plan: Plan, entry: int) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Return the calls of each procedure that is reached, and the procedure of each return; both by first spot."""
    sites: dict[int, list[int]] = {}
    home: dict[int, int] = {}
    queue, met = [entry], {entry}
    for start in queue:
        for number in _spots_of(plan, start):
            spot = plan.spots[number]
            if spot.kind == "return":
                home[number] = start
            elif spot.callee != NOWHERE:
                sites.setdefault(spot.callee, []).append(number)
                if spot.callee not in met:
                    met.add(spot.callee)
                    queue.append(spot.callee)
    return sites, home


def _spots_of(plan: Plan, start: int) -> Iterable[int]:
    seen = {start}
    stack = [start]
    while stack:
        for way in plan.spots[stack.pop()].ways:
            if way.target not in seen:
                seen.add(way.target)
                stack.append(way.target)
    return sorted(seen)
