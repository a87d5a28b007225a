"""Numbers and days that fit several sums at once: `a - b > 3`, `b >= 5`, `a + c = 9`.

In: bounds of sums of unknowns. Out: a number for each unknown, or that there are none. One unknown after the other is
eliminated; numbers are then chosen backwards. Whole numbers tighten each bound. Source: J. Fourier, 1827, T. Motzkin,
1936; the tightening as in W. Pugh, "The Omega test", 1991, without its case splits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, gcd
from typing import Final

MOST_BOUNDS: Final = 400  # that are looked at together
MOST_CHOSEN: Final = 60  # numbers that are tried


@dataclass(frozen=True, slots=True)
class AtMost:
    """A sum of unknowns, each counted so many times, is at most a number, or below it."""

    counts: tuple[tuple[str, int], ...]
    most: Fraction
    is_below: bool = False


_Stage = tuple[str, Sequence[AtMost]]
_End = tuple[Fraction, bool]  # a number, and whether it is not itself allowed


class TooManyBoundsError(Exception):
    """More bounds than are worth looking at."""


def are_possible(bounds: Iterable[AtMost], whole: Collection[str]) -> bool:
    """Return whether numbers may be within all bounds; no, only if there are none.

    Raises:
        TooManyBoundsError: it cannot be told.
    """
    return _eliminated(bounds, whole) is not None


def fitting(
    bounds: Iterable[AtMost], whole: Collection[str], usual: Callable[[str], Fraction]
) -> Mapping[str, Fraction] | None:
    """Return numbers within all bounds; None if there are none.

    Args:
        whole: the unknowns that are whole numbers.
        usual: the number to take, or to come near, where there is a choice.

    Raises:
        TooManyBoundsError: it cannot be told.
    """
    stages = _eliminated(bounds, whole)
    return None if stages is None else _Choosing(whole, usual).chosen(stages[::-1], {})


def _eliminated(bounds: Iterable[AtMost], whole: Collection[str]) -> Sequence[_Stage] | None:
    """Return one unknown after the other with its bounds, by those after it; None if nothing is within all of them."""
    left = _tightest(_tightened(each, whole) for each in bounds)
    names = sorted({name for each in left for name, _ in each.counts})
    stages: list[_Stage] = []
    while names:
        name = min(names, key=lambda each: (each in whole, _pairs(left, each), each))  # whole ones are chosen first
        names.remove(name)
        using = [each for each in left if any(other == name for other, _ in each.counts)]
        others = [each for each in left if all(other != name for other, _ in each.counts)]
        stages.append((name, using))
        left = _tightest([*others, *(_tightened(each, whole) for each in _without(name, using))])
        if len(left) > MOST_BOUNDS:
            raise TooManyBoundsError
        if any(not each.counts and (each.most < 0 or (each.is_below and each.most == 0)) for each in left):
            return None
    return stages


def _tightest(bounds: Iterable[AtMost]) -> list[AtMost]:
    """Return, of the bounds of one sum, the tightest."""
    found: dict[tuple[tuple[str, int], ...], AtMost] = {}
    for each in bounds:
        known = found.get(each.counts)
        if known is None or (each.most, not each.is_below) < (known.most, not known.is_below):
            found[each.counts] = each
    return list(found.values())


def _tightened(bound: AtMost, whole: Collection[str]) -> AtMost:
    if not bound.counts or not all(name in whole for name, _ in bound.counts):
        return bound
    common = gcd(*(count for _, count in bound.counts))
    if common == 1 and not bound.is_below and bound.most.denominator == 1:
        return bound
    most = bound.most / common
    least = Fraction(ceil(most) - 1 if bound.is_below else floor(most))
    return AtMost(tuple((name, count // common) for name, count in bound.counts), least)


def _pairs(bounds: Collection[AtMost], name: str) -> int:
    signs = [count > 0 for each in bounds for other, count in each.counts if other == name]
    return sum(signs) * (len(signs) - sum(signs))


def _without(name: str, using: Sequence[AtMost]) -> Iterator[AtMost]:
    """Yield what each pair of bounds of one unknown says of the others."""
    counted = [(dict(each.counts), each) for each in using]
    upper = [(counts, each) for counts, each in counted if counts[name] > 0]
    lower = [(counts, each) for counts, each in counted if counts[name] < 0]
    for up, high in upper:
        for down, low in lower:
            a, b = -down[name], up[name]
            counts = {each: a * up.get(each, 0) + b * down.get(each, 0) for each in sorted({*up, *down})}
            kept = tuple((each, count) for each, count in counts.items() if count)
            yield AtMost(kept, a * high.most + b * low.most, high.is_below or low.is_below)


class _Choosing:
    """Chooses numbers for unknowns, within bounds that leave room for some if whole numbers are not asked for."""

    def __init__(self, whole: Collection[str], usual: Callable[[str], Fraction]) -> None:
        self._whole = whole
        self._usual = usual
        self._left = MOST_CHOSEN

    def chosen(self, stages: Sequence[_Stage], known: Mapping[str, Fraction]) -> Mapping[str, Fraction] | None:
        """Return what is known with numbers for the unknowns of `stages`; None if there are none.

        Raises:
            TooManyBoundsError: none of those tried fit, and there are more.
        """
        if not stages:
            return known
        (name, using), *rest = stages
        low, high = _ends(name, using, known)
        is_cut = False
        for value in self._within(name, low, high):
            if value is None or self._left < 0:
                is_cut = True
                break
            self._left -= 1
            found = self.chosen(rest, {**known, name: value})
            if found is not None:
                return found
        if is_cut:
            raise TooManyBoundsError
        return None

    def _within(self, name: str, low: _End | None, high: _End | None) -> Iterator[Fraction | None]:
        """Yield numbers between two ends, the nearest to the usual one first; None where more are not tried."""
        usual = self._usual(name)
        if name not in self._whole:
            yield _between(low, high, usual)
            return
        least = None if low is None else floor(low[0]) + 1 if low[1] else ceil(low[0])
        most = None if high is None else ceil(high[0]) - 1 if high[1] else floor(high[0])
        first = int(usual) if least is None else max(int(usual), least)
        first = first if most is None else min(first, most)
        for away in range(MOST_CHOSEN):
            for value in (first + away, first - away)[: 1 + (away > 0)]:
                if (least is None or least <= value) and (most is None or value <= most):
                    yield Fraction(value)
        if least is None or most is None or most - first >= MOST_CHOSEN or first - least >= MOST_CHOSEN:
            yield None


def _ends(name: str, using: Sequence[AtMost], known: Mapping[str, Fraction]) -> tuple[_End | None, _End | None]:
    """Return the ends between which an unknown has to be, given the numbers chosen for others."""
    low: _End | None = None
    high: _End | None = None
    for each in using:
        counts = dict(each.counts)
        count = counts.pop(name)
        end = (each.most - sum((times * known[other] for other, times in counts.items()), Fraction(0))) / count
        if count > 0 and (high is None or (end, not each.is_below) < (high[0], not high[1])):
            high = (end, each.is_below)
        elif count < 0 and (low is None or (end, each.is_below) > low):
            low = (end, each.is_below)
    return low, high


def _between(low: _End | None, high: _End | None, usual: Fraction) -> Fraction:
    """Return a number between two ends that leave room for one, the usual one if it is there."""
    if low is not None and (usual < low[0] or (usual == low[0] and low[1])):
        if not low[1]:
            return low[0]
        return low[0] + 1 if high is None or low[0] + 1 < high[0] else (low[0] + high[0]) / 2
    if high is not None and (usual > high[0] or (usual == high[0] and high[1])):
        if not high[1]:
            return high[0]
        return high[0] - 1 if low is None or high[0] - 1 > low[0] else (low[0] + high[0]) / 2
    return usual
