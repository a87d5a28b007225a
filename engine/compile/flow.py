"""Where a case that begins with one procedure can go: the places at which something is found out, and what follows.

In: a plan and the procedure to begin with. Out: a graph without circles of spot numbers, in topological order. A
procedure that is called from one place only, or never returns, is part of its caller; a call of any other is a seam:
its part of the graph begins anew, and its return leads to wherever it was called from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from praxe.engine.compile.plan import NOWHERE, Outline, Plan


class Flow:
    """The places of one beginning. `landings` and `following` are by the number of a spot."""

    def __init__(self, plan: Plan, start: str) -> None:
        self.spots = plan.spots
        self.outline = plan.outline()
        self.is_sure = plan.is_sure
        self.entry = plan.starts[start]
        self._calls = _Calls(self.outline, sorted(plan.starts.values()), self.entry)
        reached = self._calls.in_order()
        self.landings = self._land(reached)
        self.root = self.landings[self.entry]
        self.order = [spot for spot in reached if self.landings[spot] == spot]  # each before those that follow it
        self.following = self._follow()
        self.roots: dict[int, None] = {self.root: None}  # where a part begins: the entry, and both ends of each seam
        for call in self.outline.calls:
            if self.landings[call] == call:
                self.roots.update(dict.fromkeys(self.called(call)))

    def is_seam(self, place: int) -> bool:
        """Whether a place is a call, or the return of a procedure that has several callers."""
        return place in self.outline.calls or (place in self.outline.returns and not self._is_last(place))

    def called(self, place: int) -> tuple[int, int]:
        """Return the landings of a call's procedure, and of what follows its return."""
        return self.landings[self.outline.calls[place]], self.landings[self.outline.targets[place][0]]

    def _is_last(self, place: int) -> bool:
        """Whether a return ends the case."""
        return self._calls.procedure(place) == self.entry

    def _land(self, reached: list[int]) -> list[int]:
        """Return the first place from each spot on."""
        targets, finds = self.outline.targets, self.outline.finds
        special = self.outline.returns.union(self.outline.calls)
        landings = [NOWHERE] * len(targets)
        for spot in reversed(reached):
            ways = targets[spot]
            if spot in special:
                passed_to = self._passes_to(spot)
                landings[spot] = spot if passed_to == NOWHERE else landings[passed_to]
            else:
                landings[spot] = spot if finds[spot] or not ways else landings[ways[0]]
        return landings

    def _passes_to(self, spot: int) -> int:
        """Return where a call or return leads that is no place of its own."""
        outline, calls = self.outline, self._calls
        if spot in outline.calls:
            callee = outline.calls[spot]
            return callee if not outline.targets[spot] or calls.is_part(callee) else NOWHERE
        procedure = calls.procedure(spot)
        return outline.targets[calls.sites[procedure][0]][0] if calls.is_part(procedure) else NOWHERE

    def _follow(self) -> list[tuple[int, ...]]:
        targets, landings = self.outline.targets, self.landings
        following: list[tuple[int, ...]] = [()] * len(targets)
        for place in self.order:
            following[place] = tuple([landings[target] for target in targets[place]])
        for call in self.outline.calls:
            following[call] = ()  # it goes on in a part of its own
        return following


class _Calls:
    """The procedures that are reached from one on, each named by its first spot."""

    def __init__(self, outline: Outline, starts: list[int], entry: int) -> None:
        self._starts = starts
        self._ends = dict(zip(starts, [*starts[1:], len(outline.targets)], strict=True))
        self._inside: dict[int, list[tuple[int, int]]] = {start: [] for start in starts}  # its calls, and whom
        for call, callee in outline.calls.items():
            self._inside[self.procedure(call)].append((call, callee))
        self.sites: dict[int, list[int]] = {entry: []}  # of each procedure: where it is called
        queue = [entry]
        for procedure in queue:
            for call, callee in self._inside[procedure]:
                if callee not in self.sites:
                    self.sites[callee] = []
                    queue.append(callee)
                self.sites[callee].append(call)

    def procedure(self, spot: int) -> int:
        """Return the procedure of a spot."""
        return self._starts[bisect_right(self._starts, spot) - 1]

    def is_part(self, procedure: int) -> bool:
        """Whether a procedure is part of its only caller."""
        return len(self.sites[procedure]) == 1

    def in_order(self) -> list[int]:
        """Return all spots, each before those that it leads to; calls form no circle."""
        found: list[int] = []
        for procedure in self._callers_first():
            stack = [] if self.is_part(procedure) else [self._pieces(procedure)]
            while stack:
                piece = next(stack[-1], None)
                if piece is None:
                    stack.pop()
                elif isinstance(piece, range):
                    found.extend(piece)
                else:
                    stack.append(self._pieces(piece))
        return found

    def _pieces(self, procedure: int) -> Iterator[range | int]:
        """Yield the spots of a procedure, and between them the procedures that are part of it."""
        here = procedure
        for call, callee in self._inside[procedure]:
            if self.is_part(callee):
                yield range(here, call + 1)
                yield callee
                here = call + 1
        yield range(here, self._ends[procedure])

    def _callers_first(self) -> list[int]:
        left = {procedure: len(sites) for procedure, sites in self.sites.items()}
        order = [procedure for procedure, count in left.items() if not count]
        for procedure in order:
            for _, callee in self._inside[procedure]:
                left[callee] -= 1
                if not left[callee]:
                    order.append(callee)
        return order
