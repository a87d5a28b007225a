"""What can be said of a set of cases axis by axis: whether it depends on one, and which classes none of its cases has.

In: numbers of sets. Out: for each what is asked; worked out once, when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from praxe.engine.prove.diagrams import Diagrams

_NOTHING: Final[Mapping[int, int]] = MappingProxyType({})


class Reads:
    """The axes that each set depends on, one bit each."""

    def __init__(self, diagrams: Diagrams) -> None:
        self._diagrams = diagrams
        self._known: dict[int, int] = {0: 0, 1: 0}
        self._alone: dict[int, int] = {}  # of thousands of axes these are long numbers, mostly equal: each is kept once
        self._masks: dict[int, int] = {}

    def __getitem__(self, a: int) -> int:
        found = self._known.get(a)
        if found is None:
            axis = self._diagrams.axis_of[a]
            alone = self._alone.get(axis)
            if alone is None:
                alone = self._alone[axis] = 1 << axis
            found = alone
            last = 0
            parts = self._diagrams.parts[a]
            for each in parts if max(parts) > 1 else ():
                if each > 1:
                    below = self[each]
                    if below is not last:
                        found |= below
                        last = below
            if last:
                found = self._masks.setdefault(found, found)
            self._known[a] = found
        return found


class Excluded:
    """For some axes the classes (bits) that no case of a set is in; axes without such a class are left out."""

    def __init__(self, diagrams: Diagrams, axes: Collection[int]) -> None:
        """Prepare; only `axes` are asked about."""
        self._diagrams = diagrams
        self._axes = frozenset(axes)
        self._known: dict[int, Mapping[int, int]] = {1: _NOTHING}

    def __getitem__(self, a: int) -> Mapping[int, int]:
        """Return what no case of a set is in. INVARIANT: it has a case."""
        found = self._known.get(a)
        if found is None:
            axis, parts, known = self._diagrams.axis_of[a], self._diagrams.parts[a], self._known
            everywhere: Mapping[int, int] | None = _NOTHING if 1 in parts else None
            for each in parts if everywhere is None else ():
                if each:
                    below = known.get(each)
                    if below is None:
                        below = self[each]
                    everywhere = below if everywhere is None else shared(everywhere, below)
                    if not everywhere:
                        break
            found = everywhere or _NOTHING
            if 0 in parts and axis in self._axes:
                found = {**found, axis: sum([1 << place for place, each in enumerate(parts) if not each])}
            known[a] = found
        return found


def shared(one: Mapping[int, int], other: Mapping[int, int]) -> Mapping[int, int]:
    """Return what is excluded by both."""
    if one is other:
        return one
    return {axis: both for axis, bits in one.items() if (both := bits & other.get(axis, 0))}
