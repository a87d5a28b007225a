"""Sets of cases as multi-valued decision diagrams, and what can be asked of them.

In: axes, each with a number of classes. Out: numbers of sets, and of each what it depends on, what it is without some
axes or for some classes, and the smallest choice of classes all of whose cases are in it. How sets are made and put
together stands in `combined`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from praxe.engine.prove.by_axis import Reads
from praxe.engine.prove.combined import EVERY_CASE, MANY_SETS, NO_CASE, Combined, TooManyTestsError

__all__ = ["EVERY_CASE", "MANY_SETS", "NO_CASE", "Diagrams", "TooManyTestsError"]


class Diagrams(Combined):
    """Makes and combines sets of cases, and tells what they are."""

    def __init__(self, sizes: Sequence[int]) -> None:
        """Prepare for axes of these sizes (numbers of classes)."""
        super().__init__(sizes)
        self.reads = Reads(self)
        self._kept: dict[int, dict[int, int]] = {}
        self._along: dict[int, dict[int, int]] = {}
        self._lightest: dict[int, tuple[int, int]] = {}

    def keep(self, a: int, axes: int) -> int:
        """Return the set with all axes forgotten but those in `axes` (bits): whatever a case's class on them is."""
        if not axes:
            return 1 if a else 0
        gone = self.reads[a] & ~axes if a > 1 else 0
        if not gone:
            return a
        known = self._kept.get(axes)
        if known is None:
            known = self._kept[axes] = {}
        return self._keep(a, axes, gone.bit_length() - 1, known)

    def _keep(self, a: int, axes: int, last: int, known: dict[int, int]) -> int:
        """Do so; `last` is the last axis to be forgotten."""
        axis = self.axis_of[a]
        if axis > last:
            return a
        found = known.get(a)
        if found is None:
            if axes >> axis & 1:
                found = self.test(axis, tuple([self._keep(each, axes, last, known) for each in self.parts[a]]))
            else:
                found = 0
                for each in dict.fromkeys(self.parts[a]):
                    found = self.either(found, self._keep(each, axes, last, known))
                    if found == 1:
                        break
            known[a] = found
        return found

    def along(self, a: int, axis: int) -> int:
        """Return the set with all axes forgotten but one."""
        if a < 2:
            return a
        known = self._along.get(axis)
        if known is None:
            known = self._along[axis] = {}
        size = self.sizes[axis]
        every = (1 << size) - 1
        classes = self._classes(a, axis, every, known)
        found = known.get(~classes)  # no number of a set is negative
        if found is None:
            found = self.test(axis, tuple([classes >> each & 1 for each in range(size)]))
            known[~classes] = found
        return found

    def _classes(self, a: int, axis: int, every: int, known: dict[int, int]) -> int:
        """Return the classes (bits) of an axis that cases of a set are in; `known` is what was found of that axis."""
        own = self.axis_of[a]
        if own > axis:
            return every if a else 0
        found = known.get(a)
        if found is None:
            found = 0
            if own == axis:
                for place, each in enumerate(self.parts[a]):
                    if each:
                        found |= 1 << place
            else:
                for each in self.parts[a]:
                    if each:
                        found |= self._classes(each, axis, every, known)
                        if found == every:
                            break
            known[a] = found
        return found

    def given(self, a: int, choices: Mapping[int, int]) -> int:
        """Return the set as it is for cases with these classes (axis -> class)."""
        last = max(choices, default=-1)
        done: dict[int, int] = {}

        def reduced(a: int) -> int:
            if self.axis_of[a] > last:
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

    def has_all(self, a: int, choices: Mapping[int, int]) -> bool:
        """Return whether all cases with these classes (axis -> class) are in a set."""
        axis_of, parts = self.axis_of, self.parts
        seen = {a}
        stack = [a]
        while stack:
            here = stack.pop()
            if here < 2:
                if not here:
                    return False
                continue
            pick = choices.get(axis_of[here])
            for each in parts[here] if pick is None else (parts[here][pick],):
                if each not in seen:
                    seen.add(each)
                    stack.append(each)
        return True

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
            if self.has_all(a, fewer):
                chosen = fewer
        return chosen

    def _weigh(self, a: int) -> int:
        """Return on how many axes the smallest choice of a set is made."""
        if a == 1:
            return 0
        found = self._lightest.get(a)
        if found is None:
            parts = self.parts[a]
            if 1 in parts:
                found = (1, parts.index(1))
            else:
                least, pick = min([(self._weigh(each), pick) for pick, each in enumerate(parts) if each])
                found = (least + 1, pick)
            self._lightest[a] = found
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

    def nodes(self, *sets: int) -> set[int]:
        """Return all tests that some sets are made of."""
        seen = {each for each in sets if each > 1}
        stack = list(seen)
        while stack:
            for each in self.parts[stack.pop()]:
                if each > 1 and each not in seen:
                    seen.add(each)
                    stack.append(each)
        return seen

    def axes(self, sets: Iterable[int]) -> int:
        """Return the axes (bits) that any of some sets depends on: of many sets faster than what each `reads`."""
        bits = 0
        for axis in {self.axis_of[each] for each in self.nodes(*sets)}:
            bits |= 1 << axis
        return bits

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
