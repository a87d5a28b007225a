"""How the places of a flow become functions: what is written inside which `if`, and what stands alone.

In: a flow. Out: for each place the place at which its branches meet again (written after the `if`, reached by falling
through), and the cuts, places that become functions of their own. CPython limits what one function may hold: 100 levels
of indentation, and time that grows with its length.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from praxe.engine.compile.dominators import ABOVE, dominators
from praxe.engine.compile.flow import Flow
from praxe.engine.compile.switch import WIDEST

DEEPEST: Final = 12  # levels of `if`
LARGEST: Final = 400  # places in one function
MOST_PATHS: Final = 2**60  # that one number counts
MOST_CALLS: Final = 40  # functions that call one another


class Layout:
    """The functions of one flow. `cuts` are their first places, in the order in which they were found."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.cuts: dict[int, None] = dict(flow.roots)
        self.meets: dict[int, int | None] = {}  # place: where its own branches meet
        self.falls: set[int] = set()  # places whose code can reach its end
        self._ends: dict[int, int | None] = {}  # place: what stands after its code
        self._into: dict[int, int] = {}
        self._joins: dict[int, list[int]] = {}
        self._prepare()
        self._settle()
        self.in_keys = self._needs_keys()
        if self.in_keys:
            self._cut_where_numbers_grow()
            self._settle()

    def is_inner(self, place: int) -> bool:
        """Whether a place is written only once, inside what leads to it."""
        return place not in self.cuts and self._into[place] == 1

    def is_single(self, place: int) -> bool:
        """Whether a place is reached from one place only."""
        return self._into[place] == 1

    def _prepare(self) -> None:
        flow = self.flow
        into = dict.fromkeys(flow.order, 0)
        for place in flow.order:
            for below in flow.following[place]:
                into[below] += 1
        self._into = into
        above = dominators(flow.order, flow.following, flow.roots)
        for place in flow.order:
            if into[place] > 1 and above[place] != ABOVE:
                self._joins.setdefault(above[place], []).append(place)

    def _settle(self) -> None:
        """Cut until every place has one position, and no function is too deep or too long."""
        while True:
            before = len(self.cuts)
            self._place_all()
            if len(self.cuts) > before:
                continue
            self._cut_where_long()
            if len(self.cuts) > before:
                continue
            self._find_falls()
            self._cut_where_deep()
            if len(self.cuts) == before:
                return

    def _place_all(self) -> None:
        """Find where the branches of each place meet; a place that is reached out of turn is cut."""
        following, into, cuts = self.flow.following, self._into, self.cuts
        self.meets.clear()
        self._ends.clear()
        queue = list(cuts)
        for root in queue:  # grows with the cuts
            stack: list[tuple[int, int | None]] = [(root, None)]
            while stack:
                place, end = stack.pop()
                joins = [each for each in self._joins.get(place, ()) if each not in cuts]
                if len(joins) > 1:
                    cuts.update(dict.fromkeys(joins))
                    queue.extend(joins)
                    joins = []
                inner = joins[0] if joins else end
                self.meets[place] = joins[0] if joins else None
                self._ends[place] = end
                if joins:
                    stack.append((joins[0], end))
                for below in following[place]:
                    if below in cuts or below == inner:
                        continue
                    if into[below] == 1:
                        stack.append((below, inner))
                    else:
                        cuts[below] = None
                        queue.append(below)

    def _find_falls(self) -> None:
        self.falls.clear()
        for place in reversed(self.flow.order):
            meet = self.meets[place]
            if meet is not None:
                reaches = meet in self.falls
            else:
                reaches = any(self.reaches_end(each, self._ends[place]) for each in self.flow.following[place])
            if reaches:
                self.falls.add(place)

    def reaches_end(self, below: int, end: int | None) -> bool:
        """Whether code for a way to `below` can fall through to `end`."""
        if below == end:
            return True
        return self.is_inner(below) and below in self.falls

    def nested(self, place: int) -> list[bool]:
        """Return for each way whether what follows is indented; one need not be, if none before it falls."""
        following = self.flow.following[place]
        meet = self.meets[place]
        inner = self._ends[place] if meet is None else meet
        indented = [True] * len(following)
        fall = [self.reaches_end(each, inner) for each in following]
        if len(following) == 1:
            indented = [False]
        elif len(following) == 2:
            if not fall[0]:
                indented[1] = False
            elif not fall[1]:
                indented[0] = False
        elif 2 < len(following) <= WIDEST and not any(fall[:-1]):
            indented[-1] = False
        return indented

    def _cut_where_deep(self) -> None:
        for root in list(self.cuts):
            stack = [(root, 0)]
            while stack:
                place, depth = stack.pop()
                if depth > DEEPEST:
                    self.cuts[place] = None
                    depth = 0
                meet = self.meets[place]
                if meet is not None and meet not in self.cuts:
                    stack.append((meet, depth))
                following = self.flow.following[place]
                more = 1 if len(following) <= WIDEST else len(following).bit_length()
                for below, is_nested in zip(following, self.nested(place), strict=True):
                    if self.is_inner(below):
                        stack.append((below, depth + more if is_nested else depth))

    def _cut_where_long(self) -> None:
        size: dict[int, int] = {}
        for place in reversed(self.flow.order):
            parts = [(size[each], each) for each in self._children(place)]
            total = 1 + sum(each for each, _ in parts)
            for part, below in sorted(parts, reverse=True):
                if total <= LARGEST:
                    break
                self.cuts[below] = None
                total -= part
            size[place] = total

    def _children(self, place: int) -> Iterable[int]:
        """Return the places that are written inside the code of `place`."""
        meet = self.meets[place]
        own = [] if meet is None or meet in self.cuts else [meet]
        return own + [each for each in self.flow.following[place] if self.is_inner(each)]

    # --- numbers -----------------------------------------------------------------------------------------------

    def _needs_keys(self) -> bool:
        """Whether one number cannot tell all paths apart: too many of them, seams, or too long a chain of functions."""
        if len(self.flow.roots) > 1:
            return True
        paths: dict[int, int] = {}
        calls: dict[int, int] = {}
        for place in reversed(self.flow.order):
            following = self.flow.following[place]
            paths[place] = sum(paths[each] for each in following) or 1
            calls[place] = max((calls[each] for each in following), default=0) + (place in self.cuts)
            if paths[place] > MOST_PATHS:
                return True
        return calls[self.flow.root] > MOST_CALLS

    def _cut_where_numbers_grow(self) -> None:
        paths: dict[int, int] = {}
        for place in reversed(self.flow.order):
            following = dict.fromkeys(self.flow.following[place])
            while True:
                total = sum(1 if each in self.cuts else paths[each] for each in self.flow.following[place]) or 1
                if total <= MOST_PATHS:
                    break
                self.cuts[max((each for each in following if each not in self.cuts), key=paths.__getitem__)] = None
            paths[place] = total
