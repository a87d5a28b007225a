"""Sets of cases made and put together: equal sets have one number, so comparing them costs nothing.

In: axes, each with a number of classes. Out: numbers of sets: 0 no case, 1 every case, others a test of one axis with
one set for each of its classes. Axes are tested in ascending order. Source: R. Bryant, "Graph-based algorithms for
Boolean function manipulation", 1986; A. Srinivasan et al., "Algorithms for discrete function manipulation", 1990.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

NO_CASE: Final = 0
EVERY_CASE: Final = 1
LAST: Final = 1 << 60  # the axis of the two ends: after all others
MANY_SETS: Final = 12  # that are put together class by class


class TooManyTestsError(Exception):
    """A set would have been made of too many tests: a way out for whoever gave the room, never seen by callers."""


class Combined:
    """Makes and combines sets of cases."""

    def __init__(self, sizes: Sequence[int]) -> None:
        """Prepare for axes of these sizes (numbers of classes)."""
        self.sizes = list(sizes)
        self.axis_of: list[int] = [LAST, LAST]
        self.parts: list[tuple[int, ...]] = [(), ()]  # the set that each class leads to
        self._most = LAST
        self._known: list[dict[tuple[int, ...], int]] = [{} for _ in self.sizes]
        # what is known of pairs, by the set that is tested later (of one axis: has the smaller number) and the other
        self._both: dict[int, dict[int, int]] = {}
        self._either: dict[int, dict[int, int]] = {}
        self._without: dict[int, int] = {0: 1, 1: 0}

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
        i, j = self.axis_of[a], self.axis_of[b]
        if i > j or (i == j and a < b):
            a, b, i, j = b, a, j, i
        known = self._both.get(b)
        if known is None:
            known = self._both[b] = {}
        found = known.get(a)
        if found is None:
            if i != j:
                return self._both_below(a, b, j, known)
            both = self.both
            pairs = zip(self.parts[a], self.parts[b], strict=True)
            made = tuple([both(x, y) if x > 1 and y > 1 else y if x == 1 else x if y == 1 else 0 for x, y in pairs])
            found = known[a] = self.test(i, made)
        return found

    def _both_below(self, a: int, b: int, last: int, known: dict[int, int]) -> int:
        """Return the same of a set that tests an axis before `last`, which `b` tests first; `known` is of `b`."""
        made = []
        for each in self.parts[a]:
            if each < 2:
                made.append(b if each else 0)
                continue
            found = known.get(each)
            if found is None:
                is_before = self.axis_of[each] < last
                found = self._both_below(each, b, last, known) if is_before else self.both(each, b)
            made.append(found)
        whole = known[a] = self.test(self.axis_of[a], tuple(made))
        return whole

    def parted(self, a: int, one: int, other: int) -> tuple[int, int]:
        """Return the cases of a set in `one`, and the rest: those in `other`, its contrary. Both are found at once."""
        if a < 2 or one < 2 or self.axis_of[a] >= self.axis_of[one]:
            taken = self.both(a, one)
            left = self.both(a, other) if taken != a else 0
        else:
            ones, others = self._both.setdefault(one, {}), self._both.setdefault(other, {})
            known = ones.get(a) if a in others else None
            taken = self._parted_below(a, one, other, ones, others) if known is None else known
            left = others[a]
        self.together(taken, left, a)  # as they mostly are soon after
        return taken, left

    def _parted_below(self, a: int, one: int, other: int, ones: dict[int, int], others: dict[int, int]) -> int:
        """Do so with a set that tests an axis before theirs; what is found is left in `ones` and `others`."""
        taken, left = [], []
        last = self.axis_of[one]
        for each in self.parts[a]:
            if each < 2:
                taken.append(one if each else 0)
                left.append(other if each else 0)
            elif self.axis_of[each] < last:
                found = ones.get(each) if each in others else None
                taken.append(self._parted_below(each, one, other, ones, others) if found is None else found)
                left.append(others[each])
            else:
                taken.append(self.both(each, one))
                left.append(self.both(each, other))
        axis = self.axis_of[a]
        others[a] = self.test(axis, tuple(left))
        ones[a] = whole = self.test(axis, tuple(taken))
        return whole

    def either(self, a: int, b: int) -> int:
        """Return the cases in one set or the other."""
        if a == b or b == 0:  # noqa: PLR1714 - as above
            return a
        if a == 0:
            return b
        if a == 1 or b == 1:
            return 1
        i, j = self.axis_of[a], self.axis_of[b]
        if i > j or (i == j and a < b):
            a, b, i, j = b, a, j, i
        known = self._either.get(b)
        if known is None:
            known = self._either[b] = {}
        found = known.get(a)
        if found is None:
            if i != j:
                return self._either_below(a, b, j, known)
            either = self.either
            pairs = zip(self.parts[a], self.parts[b], strict=True)
            made = tuple([either(x, y) if x > 1 and y > 1 else x if not y else y if not x else 1 for x, y in pairs])
            found = known[a] = self.test(i, made)
        return found

    def _either_below(self, a: int, b: int, last: int, known: dict[int, int]) -> int:
        """Return the same of a set that tests an axis before `last`, which `b` tests first; `known` is of `b`."""
        made = []
        for each in self.parts[a]:
            if each < 2:
                made.append(1 if each else b)
                continue
            found = known.get(each)
            if found is None:
                is_before = self.axis_of[each] < last
                found = self._either_below(each, b, last, known) if is_before else self.either(each, b)
            made.append(found)
        whole = known[a] = self.test(self.axis_of[a], tuple(made))
        return whole

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
        i, j = self.axis_of[a], self.axis_of[b]
        if i > j or (i == j and a < b):
            a, b = b, a
        known = self._both.get(b)
        found = None if known is None else known.get(a)
        if found is not None:
            return found > 0
        if i == j:
            for x, y in zip(self.parts[a], self.parts[b], strict=True):
                if x and y and (x == 1 or y == 1 or self.meets(x, y)):
                    return True
        else:
            for each in self.parts[a]:
                if each and (each == 1 or self.meets(each, b)):
                    return True
        self._both.setdefault(b, {})[a] = 0
        return False

    def together(self, one: int, other: int, whole: int) -> None:
        """Keep in mind that two sets are together a third: it need not be found out."""
        if one > 1 and other > 1 and one != other:
            i, j = self.axis_of[one], self.axis_of[other]
            if i > j or (i == j and one < other):
                one, other = other, one
            self._either.setdefault(other, {})[one] = whole

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
        if len(left) == 1:
            return left.popitem()[0]
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
