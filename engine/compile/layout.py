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
from praxe.engine.compile.plan import NOWHERE
from praxe.engine.compile.switch import WIDEST

DEEPEST: Final = 12  # levels of `if`
LARGEST: Final = 100  # places in one function: cases take few of its ways, and compiling it takes all of them
MOST_PATHS: Final = 2**60  # that one number counts
MOST_CALLS: Final = 40  # functions that call one another


class Layout:
    """The functions of one flow. `cuts` are their first places; what is kept of places is by their numbers."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        count = len(flow.following)
        self.cuts: dict[int, None] = {}
        self.meets: list[int | None] = [None] * count  # where a place's own branches meet
        self.falls = [False] * count  # whether a place's code can reach its end
        self._ends: list[int | None] = [None] * count  # what stands after its code
        self._home = [NOWHERE] * count  # the function in which it stands
        self._waiting: dict[int, None] = {}  # functions that are still to be laid out
        self._into = [0] * count
        self._join: dict[int, int] = {}  # place: what several ways lead to, all of them through it
        for root in flow.roots:
            self._cut(root)
        self._find_joins()
        self._settle()
        self.in_keys = self._needs_keys()
        if self.in_keys:
            self._cut_where_numbers_grow()
            self._settle()

    def is_inner(self, place: int) -> bool:
        """Whether a place is written only once, inside what leads to it."""
        return self._into[place] == 1 and place not in self.cuts

    def is_single(self, place: int) -> bool:
        """Whether a place is reached from one place only."""
        return self._into[place] == 1

    def _cut(self, place: int) -> None:
        """Make a place a function of its own; the one in which it stood is to be laid out again."""
        if place not in self.cuts:
            self.cuts[place] = None
            self._waiting[place] = None
            if self._home[place] != NOWHERE:
                self._waiting[self._home[place]] = None

    def _find_joins(self) -> None:
        """Find what stands inside what (the dominators), and cut where that is more than a function should hold."""
        flow, into = self.flow, self._into
        for place in flow.order:
            for below in flow.following[place]:
                into[below] += 1
        above = dominators(flow.order, flow.following, flow.roots)
        for place in flow.order:
            if into[place] > 1 and (over := above[place]) != ABOVE:
                if over in self._join:  # only one can stand after the branches of a place
                    self._cut(self._join[over])
                    self._cut(place)
                self._join[over] = place
        size = [1] * len(into)
        for place in reversed(flow.order):
            if size[place] > LARGEST:
                self._cut_parts(place, size)
            if above[place] != ABOVE and place not in self.cuts:
                size[above[place]] += size[place]

    def _cut_parts(self, place: int, size: list[int]) -> None:
        """Cut the largest parts of what stands inside a place."""
        for below in sorted(self._children(place), key=size.__getitem__, reverse=True):
            if size[place] <= LARGEST:
                return
            self._cut(below)
            size[place] -= size[below]

    def _children(self, place: int) -> list[int]:
        """Return the places that are written right inside the code of `place`."""
        join = self._join.get(place)
        own = [] if join is None or join in self.cuts else [join]
        return own + [each for each in self.flow.following[place] if self.is_inner(each)]

    def _settle(self) -> None:
        """Lay out functions until every place has one position, and none is too deep."""
        while self._waiting:
            root, _ = self._waiting.popitem()
            before = NOWHERE
            while before < len(self.cuts):
                before = len(self.cuts)
                body = self._place_all(root)
                if before == len(self.cuts):
                    self._find_falls(body)
                    self._cut_where_deep(root, body)
            self._waiting.pop(root, None)

    def _place_all(self, root: int) -> list[int]:
        """Find where the branches of each place of a function meet; a place that is reached out of turn is cut.

        Returns:
            The places of the function, from the outside in.
        """
        following, into, cuts, joins = self.flow.following, self._into, self.cuts, self._join
        body: list[int] = []
        stack: list[tuple[int, int | None]] = [(root, None)]
        while stack:
            place, end = stack.pop()
            body.append(place)
            self._home[place], self._ends[place] = root, end
            meet = joins.get(place)
            if meet is not None and meet in cuts:
                meet = None
            self.meets[place] = meet
            inner = end
            if meet is not None:
                stack.append((meet, end))
                inner = meet
            for below in following[place]:
                if below == inner or below in cuts:
                    continue
                if into[below] == 1:
                    stack.append((below, inner))
                else:
                    self._cut(below)
        return body

    def _find_falls(self, body: Iterable[int]) -> None:
        falls, following = self.falls, self.flow.following
        for place in reversed(list(body)):
            meet = self.meets[place]
            end = self._ends[place]
            if meet is not None:
                falls[place] = falls[meet]
            else:
                falls[place] = any(self.reaches_end(each, end) for each in following[place])

    def reaches_end(self, below: int, end: int | None) -> bool:
        """Whether code for a way to `below` can fall through to `end`."""
        return below == end or (self.falls[below] and self._into[below] == 1 and below not in self.cuts)

    def nested(self, place: int) -> list[bool]:
        """Return for each way whether what follows is indented; one need not be, if none before it falls."""
        following = self.flow.following[place]
        meet = self.meets[place]
        inner = self._ends[place] if meet is None else meet
        if len(following) == 2:
            one, other = following
            if not self.reaches_end(one, inner):
                return [True, False]
            return [self.reaches_end(other, inner), True]
        if len(following) == 1:
            return [False]
        indented = [True] * len(following)
        if 2 < len(following) <= WIDEST and not any(self.reaches_end(each, inner) for each in following[:-1]):
            indented[-1] = False
        return indented

    def _cut_where_deep(self, root: int, body: Iterable[int]) -> None:
        depths = {root: 0}
        for place in body:
            depth = depths[place]
            if depth > DEEPEST:
                self._cut(place)
                depth = 0
            meet = self.meets[place]
            if meet is not None and meet not in self.cuts:
                depths[meet] = depth
            following = self.flow.following[place]
            more = 1 if len(following) <= WIDEST else len(following).bit_length()
            for below, is_nested in zip(following, self.nested(place), strict=True):
                if self.is_inner(below):
                    depths[below] = depth + more if is_nested else depth

    # --- numbers -----------------------------------------------------------------------------------------------

    def _needs_keys(self) -> bool:
        """Whether one number cannot tell all paths apart: too many of them, seams, or too long a chain of functions."""
        if len(self.flow.roots) > 1:
            return True
        paths = [0] * len(self._into)
        calls = [0] * len(self._into)
        for place in reversed(self.flow.order):
            following = self.flow.following[place]
            paths[place] = sum([paths[each] for each in following]) or 1
            calls[place] = max([calls[each] for each in following], default=0) + (place in self.cuts)
            if paths[place] > MOST_PATHS:
                return True
        return calls[self.flow.root] > MOST_CALLS

    def _cut_where_numbers_grow(self) -> None:
        paths = [0] * len(self._into)
        for place in reversed(self.flow.order):
            following = dict.fromkeys(self.flow.following[place])
            while True:
                total = sum(1 if each in self.cuts else paths[each] for each in self.flow.following[place]) or 1
                if total <= MOST_PATHS:
                    break
                self._cut(max((each for each in following if each not in self.cuts), key=paths.__getitem__))
            paths[place] = total
