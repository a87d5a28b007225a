"""Sets of cases as multi-valued decision diagrams: equal sets have one number, so comparing them costs nothing.

In: axes, each with a number of classes. Out: numbers of sets: 0 no case, 1 every case, others a test of one axis with
one set for each of its classes. Axes are tested in ascending order. Source: R. Bryant, "Graph-based algorithms for
Boolean function manipulation", 1986; A. Srinivasan et al., "Algorithms for discrete function manipulation", 1990.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

NO_CASE: Final = 0
EVERY_CASE: Final = 1
_LAST: Final = 1 << 60  # the axis of the two ends: after all others


class Diagrams:
    """Makes and combines sets of cases."""

    def __init__(self, sizes: Sequence[int]) -> None:
        """Prepare for axes of these sizes (numbers of classes)."""
        self.sizes = list(sizes)
        self.axis_of: list[int] = [_LAST, _LAST]
        self.parts: list[tuple[int, ...]] = [(), ()]  # the set that each class leads to
        self.reads: list[int] = [0, 0]  # the axes a set depends on, one bit each
        self._bits = [1 << axis for axis in range(len(self.sizes))]
        self._masks: dict[int, int] = {}
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._either: dict[tuple[int, int], int] = {}
        self._without: dict[int, int] = {0: 1, 1: 0}
        self._kept: dict[tuple[int, int], int] = {}
        self._lightest: dict[int, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self.parts)

    def test(self, axis: int, parts: tuple[int, ...]) -> int:
        """Return the set that consists, for each class of `axis`, of the cases in the part for that class."""
        first = parts[0]
        if parts.count(first) == len(parts):
            return first
        key = (axis, parts)
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self.parts)
            self.axis_of.append(axis)
            self.parts.append(parts)
            reads = self._bits[axis]
            for each in parts:
                if each > 1:
                    reads |= self.reads[each]
            self.reads.append(self._masks.setdefault(reads, reads))  # thousands of axes are long numbers, mostly equal
        return number

    def among(self, axis: int, classes: Iterable[int]) -> int:
        """Return the cases whose class on `axis` is one of `classes`."""
        parts = [0] * self.sizes[axis]
        for each in classes:
            parts[each] = 1
        return self.test(axis, tuple(parts))

    def exactly(self, choice: Mapping[int, int]) -> int:
        """Return the cases with these classes (axis -> class)."""
        return self.all_of(self.among(axis, [each]) for axis, each in sorted(choice.items(), reverse=True))

    def both(self, a: int, b: int) -> int:
        """Return the cases in both sets."""
        if a == b or b == 1:  # noqa: PLR1714 - a tuple would cost more than the test
            return a
        if a == 1:
            return b
        if a == 0 or b == 0:
            return 0
        key = (a, b) if a < b else (b, a)
        found = self._both.get(key)
        if found is None:
            i, j = self.axis_of[a], self.axis_of[b]
            both = self.both
            if i == j:
                parts = tuple(map(both, self.parts[a], self.parts[b]))
            elif i < j:
                parts = tuple([both(each, b) for each in self.parts[a]])
            else:
                i = j
                parts = tuple([both(a, each) for each in self.parts[b]])
            found = self._both[key] = self.test(i, parts)
        return found

    def either(self, a: int, b: int) -> int:
        """Return the cases in one set or the other."""
        if a == b or b == 0:  # noqa: PLR1714 - as above
            return a
        if a == 0:
            return b
        if a == 1 or b == 1:
            return 1
        key = (a, b) if a < b else (b, a)
        found = self._either.get(key)
        if found is None:
            i, j = self.axis_of[a], self.axis_of[b]
            either = self.either
            if i == j:
                parts = tuple(map(either, self.parts[a], self.parts[b]))
            elif i < j:
                parts = tuple([either(each, b) for each in self.parts[a]])
            else:
                i = j
                parts = tuple([either(a, each) for each in self.parts[b]])
            found = self._either[key] = self.test(i, parts)
        return found

    def without(self, a: int) -> int:
        """Return all cases that are not in a set."""
        found = self._without.get(a)
        if found is None:
            found = self.test(self.axis_of[a], tuple(map(self.without, self.parts[a])))
            self._without[a] = found
            self._without[found] = a
        return found

    def minus(self, a: int, b: int) -> int:
        """Return the cases of `a` that are not in `b`."""
        return self.both(a, self.without(b)) if a and b else a

    def all_of(self, sets: Iterable[int]) -> int:
        """Return the cases in all of the sets."""
        whole = 1
        for each in sets:
            whole = self.both(whole, each)
        return whole

    def any_of(self, sets: Iterable[int]) -> int:
        """Return the cases in any of the sets."""
        whole = 0
        for each in sets:
            whole = self.either(whole, each)
        return whole

    def keep(self, a: int, axes: int) -> int:
        """Return the set with all axes forgotten but those in `axes` (bits): whatever a case's class on them is."""
        if not self.reads[a] & ~axes:
            return a
        key = (a, axes & self.reads[a])
        found = self._kept.get(key)
        if found is None:
            parts = [self.keep(each, axes) for each in self.parts[a]]
            axis = self.axis_of[a]
            found = self.test(axis, tuple(parts)) if axes >> axis & 1 else self.any_of(parts)
            self._kept[key] = found
        return found

    def given(self, a: int, choices: Mapping[int, int]) -> int:
        """Return the set as it is for cases with these classes (axis -> class)."""
        fixed = 0
        for axis in choices:
            fixed |= 1 << axis
        done: dict[int, int] = {}

        def reduced(a: int) -> int:
            if not self.reads[a] & fixed:
                return a
            found = done.get(a)
            if found is None:
                axis, parts = self.axis_of[a], self.parts[a]
                if axis in choices:
                    found = reduced(parts[choices[axis]])
                else:
                    found = self.test(axis, tuple(map(reduced, parts)))
                done[a] = found
            return found

        return reduced(a)

    def smallest(self, a: int) -> dict[int, int] | None:
        """Return a choice of few classes (axis -> class), none of them to spare, all of whose cases are in the set."""
        if a == 0:
            return None
        self._weigh(a)
        chosen: dict[int, int] = {}
        here = a
        while here != 1:
            pick = self._lightest[here][1]
            chosen[self.axis_of[here]] = pick
            here = self.parts[here][pick]
        for axis in list(chosen) if len(chosen) > 1 else ():
            fewer = {other: pick for other, pick in chosen.items() if other != axis}
            if self.given(a, fewer) == 1:
                chosen = fewer
        return chosen

    def _weigh(self, a: int) -> int:
        """Return on how many axes the smallest choice of a set is made."""
        if a == 1:
            return 0
        found = self._lightest.get(a)
        if found is None:
            best = min((self._weigh(each), pick) for pick, each in enumerate(self.parts[a]) if each)
            found = self._lightest[a] = (best[0] + 1, best[1])
        return found[0]

    def size(self, a: int) -> int:
        """Return how many tests a set is made of."""
        return len(self.nodes(a))

    def is_larger(self, a: int, most: int) -> bool:
        """Return whether a set is made of more than `most` tests."""
        seen: set[int] = set()
        stack = [a]
        while stack:
            each = stack.pop()
            if each > 1 and each not in seen:
                seen.add(each)
                if len(seen) > most:
                    return True
                stack.extend(self.parts[each])
        return False

    def nodes(self, a: int) -> set[int]:
        """Return all tests that a set is made of."""
        seen: set[int] = set()
        stack = [a]
        while stack:
            each = stack.pop()
            if each > 1 and each not in seen:
                seen.add(each)
                stack.extend(self.parts[each])
        return seen

    def weigh(self, a: int, weights: Sequence[Sequence[int]]) -> int:
        """Return how many cases a set has, when each class of each axis stands for so many (`weights`)."""
        totals = [sum(each) for each in weights]
        whole = 1
        for each in totals:
            whole *= each
        known: dict[int, int] = {0: 0, 1: whole}

        def count(a: int) -> int:
            if a not in known:
                axis = self.axis_of[a]
                shares = zip(weights[axis], self.parts[a], strict=True)
                known[a] = sum(weight * count(each) for weight, each in shares) // totals[axis]
            return known[a]

        return count(a)
