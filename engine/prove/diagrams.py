"""Sets of cases as multi-valued decision diagrams: equal sets have one number, so comparing them costs nothing.

In: axes, each with a number of classes. Out: numbers of sets: 0 no case, 1 every case, others a test of one axis with
one set for each of its classes. Axes are tested in ascending order. Source: R. Bryant, "Graph-based algorithms for
Boolean function manipulation", 1986; A. Srinivasan et al., "Algorithms for discrete function manipulation", 1990.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from praxe.engine.prove.by_axis import Reads

NO_CASE: Final = 0
EVERY_CASE: Final = 1
_LAST: Final = 1 << 60  # the axis of the two ends: after all others
MANY_SETS: Final = 12  # that are put together class by class
_SHIFT: Final = 32  # two numbers of sets in one


class TooManyTestsError(Exception):
    """A set would have been made of too many tests: a way out for whoever gave the room, never seen by callers."""


class Diagrams:
    """Makes and combines sets of cases."""

    def __init__(self, sizes: Sequence[int]) -> None:
        """Prepare for axes of these sizes (numbers of classes)."""
        self.sizes = list(sizes)
        self.axis_of: list[int] = [_LAST, _LAST]
        self.parts: list[tuple[int, ...]] = [(), ()]  # the set that each class leads to
        self.reads = Reads(self)
        self._most = _LAST
        self._known: list[dict[tuple[int, ...], int]] = [{} for _ in self.sizes]
        self._both: dict[int, int] = {}  # memories of pairs have one number for both: the larger one shifted
        self._either: dict[int, int] = {}
        self._without: dict[int, int] = {0: 1, 1: 0}
        self._kept: dict[int, dict[int, int]] = {}
        self._along: dict[int, dict[int, int]] = {}
        self._lightest: dict[int, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self.parts)

    @contextmanager
    def room(self, tests: int) -> Iterator[None]:
        """Let no more than so many new tests be made.

        Raises:
            TooManyTestsError: more would be needed.
        """
        before, self._most = self._most, min(self._most, len(self.parts) + tests)
        try:
            yield
        finally:
            self._most = before

    def test(self, axis: int, parts: tuple[int, ...]) -> int:
        """Return the set that consists, for each class of `axis`, of the cases in the part for that class."""
        first = parts[0]
        if parts.count(first) == len(parts):
            return first
        known = self._known[axis]
        number = known.get(parts)
        if number is None:
            number = len(self.parts)
            if number > self._most:
                raise TooManyTestsError
            known[parts] = number
            self.axis_of.append(axis)
            self.parts.append(parts)
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
        if a < b:
            a, b = b, a
        key = a << _SHIFT | b
        found = self._both.get(key)
        if found is None:
            i, j = self.axis_of[a], self.axis_of[b]
            both, parts = self.both, self.parts
            if i == j:
                pairs = zip(parts[a], parts[b], strict=True)
                made = tuple([both(x, y) if x > 1 and y > 1 else y if x == 1 else x if y == 1 else 0 for x, y in pairs])
            else:
                if i > j:
                    a, b, i = b, a, j
                made = tuple([both(each, b) if each > 1 else b if each else 0 for each in parts[a]])
            found = self._both[key] = self.test(i, made)
        return found

    def either(self, a: int, b: int) -> int:
        """Return the cases in one set or the other."""
        if a == b or b == 0:  # noqa: PLR1714 - as above
            return a
        if a == 0:
            return b
        if a == 1 or b == 1:
            return 1
        if a < b:
            a, b = b, a
        key = a << _SHIFT | b
        found = self._either.get(key)
        if found is None:
            i, j = self.axis_of[a], self.axis_of[b]
            either, parts = self.either, self.parts
            if i == j:
                pairs = zip(parts[a], parts[b], strict=True)
                made = tuple([either(x, y) if x > 1 and y > 1 else x if not y else y if not x else 1 for x, y in pairs])
            else:
                if i > j:
                    a, b, i = b, a, j
                made = tuple([either(each, b) if each > 1 else 1 if each else b for each in parts[a]])
            found = self._either[key] = self.test(i, made)
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

    def meets(self, a: int, b: int) -> bool:
        """Return whether two sets have a case in common: most often one is found before all of both was looked at."""
        if a < 2 or b < 2:
            return a > 0 and b > 0
        if a == b:
            return True
        key = a << _SHIFT | b if a > b else b << _SHIFT | a
        known = self._both.get(key)
        if known is not None:
            return known > 0
        i, j = self.axis_of[a], self.axis_of[b]
        if i == j:
            for x, y in zip(self.parts[a], self.parts[b], strict=True):
                if x and y and (x == 1 or y == 1 or self.meets(x, y)):
                    return True
        else:
            first, other = (a, b) if i < j else (b, a)
            for each in self.parts[first]:
                if each and (each == 1 or self.meets(each, other)):
                    return True
        self._both[key] = 0
        return False

    def together(self, one: int, other: int, whole: int) -> None:
        """Keep in mind that two sets are together a third: it need not be found out."""
        if one > 1 and other > 1 and one != other:
            self._either[one << _SHIFT | other if one > other else other << _SHIFT | one] = whole

    def all_of(self, sets: Iterable[int]) -> int:
        """Return the cases in all of the sets."""
        whole = 1
        for each in sets:
            whole = self.both(whole, each)
        return whole

    def any_of(self, sets: Iterable[int]) -> int:
        """Return the cases in any of the sets."""
        whole = 0
        left = dict.fromkeys(sets)
        if len(left) > MANY_SETS:
            return self._any_of_many(set(left))
        for each in left:
            whole = self.either(whole, each)
        return whole

    def _any_of_many(self, sets: set[int]) -> int:
        """Do so for sets that may test one axis of very many classes: class by class, not set by set."""
        axes = {self.axis_of[each] for each in sets if each}
        if 1 in sets:
            return 1
        if len(axes) > 1 or len(sets) <= MANY_SETS:
            whole = 0
            for each in sorted(sets):
                whole = self.either(whole, each)
            return whole
        columns = zip(*(self.parts[each] for each in sets if each), strict=True)
        return self.test(axes.pop(), tuple([self._any_of_many(set(each)) for each in columns]))

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

    def nodes(self, *sets: int) -> set[int]:
        """Return all tests that some sets are made of."""
        seen: set[int] = set()
        stack = list(sets)
        while stack:
            each = stack.pop()
            if each > 1 and each not in seen:
                seen.add(each)
                stack.extend(self.parts[each])
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
