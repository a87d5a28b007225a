"""Edits that no group of customers names, because those who come there differ already.

In: the regions of two versions, where cases parted and where they were left. Out: first the region that makes cases
part where one does not see it at once; in the end those regions that only cases come by that have parted before and
were never compared again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from praxe.dsl.tree import FactName
from praxe.engine.diff.meeting import met
from praxe.engine.diff.parting import Parting
from praxe.engine.diff.places import Pair
from praxe.engine.diff.positions import HOLE
from praxe.engine.diff.records import Begin
from praxe.engine.diff.regions import Region, Regions
from praxe.engine.diff.together import Parted
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.flow import Flow

Both = tuple[int, int]  # cases of the old version, and of the new one
_Standing = tuple[Pair, int]


class Left(NamedTuple):
    """A region that nothing names, and who comes by it; None: that would be too much to tell."""

    region: Region
    parted: Parted
    cases: Both | None


class Unnamed:
    """Knows which regions are named by now."""

    def __init__(self, flows: tuple[Flow, Flow], regions: Regions) -> None:
        self._flows = flows
        self._regions = regions
        self._left = dict(enumerate(regions.all))
        self._definitions: set[FactName] = set()

    def name(self, pair: Pair, definitions: Iterable[FactName]) -> None:
        """Take the regions at two places for named."""
        self._definitions.update(definitions)
        for number in self._regions.of(pair):
            self._left.pop(number, None)

    def making(self, partings: Sequence[Parting], start: Begin) -> int | None:
        """Return the region that most likely makes cases part where one does not see it, and take it for named.

        It is the first by which they came since both versions agreed, or came at all: best one that nothing names yet.
        """
        one, other = (flow.start_of(name) for flow, name in zip(self._flows, start, strict=True))
        agreed: list[Pair] = [each.agreed for each in partings]
        begun: list[Pair] = [((one,), (other,))] * len(partings)
        every = dict(enumerate(self._regions.all))
        for since, among in ((agreed, self._left), (begun, self._left), (begun, every)):
            number = self._first(partings, since, among)
            if number is not None:
                if number in self._left:
                    self.take(number)
                return number
        return None

    def _first(self, partings: Sequence[Parting], since: Sequence[Pair], among: Mapping[int, Region]) -> int | None:
        """Return the first region by which cases came since they stood somewhere, best all of them."""
        found: dict[int, int] = {}
        for each, pair in zip(partings, since, strict=True):
            for number, (old, new) in (self._met([(pair, each.cases)], among, until=each.at) or {}).items():
                found[number] = self._flows[0].diagrams.any_of((found.get(number, NO_CASE), old, new))
        whole = self._flows[0].diagrams.any_of(each.cases for each in partings)
        by_all = [number for number, cases in found.items() if cases == whole]
        return min(by_all or found) if found else None

    @property
    def numbers(self) -> Collection[int]:
        """The regions that nothing names yet."""
        return self._left.keys()

    def take(self, number: int) -> Region:
        """Take a region for named."""
        self._definitions.update(self._left[number].definitions)
        return self._left.pop(number)

    def left(self, every: Sequence[Parted], unseen: Sequence[Sequence[Parting]]) -> Iterator[Left]:
        """Yield the regions that only parted cases meet.

        Args:
            unseen: for each of `every` the later partings of which one does not see what makes them.
        """
        for parted, later in zip(every, unseen, strict=True):
            if not self._left:
                return
            found = [self._met(parted.lost, self._left)]
            found += [self._met([(each.agreed, each.cases)], self._left, until=each.at) for each in later]
            for number in tuple(self._left):
                cases = [None if each is None else each[number] for each in found if each is None or number in each]
                if cases and not self._is_told(self._left[number]):
                    yield Left(self.take(number), parted, self._together(cases))

    def _is_told(self, region: Region) -> bool:
        """Return whether the definitions that make a region are named, wherever else they are read."""
        return bool(region.definitions) and self._definitions.issuperset(region.definitions)

    def _together(self, cases: Sequence[Both | None]) -> Both | None:
        known = [each for each in cases if each is not None]
        if len(known) < len(cases):
            return None
        old, new = (self._flows[0].diagrams.any_of(each) for each in zip(*known, strict=True))
        return old, new

    def _met(
        self, standing: Sequence[_Standing], among: Mapping[int, Region], until: Pair = (HOLE, HOLE)
    ) -> dict[int, Both] | None:
        """Return the regions that cases come by, with those cases; None where that is too much."""
        found: dict[int, list[int]] = {}
        for version, flow in enumerate(self._flows) if standing else ():
            region_of = {node: number for number, each in among.items() for node in each.sides[version]}
            here = [(pair[version], cases) for pair, cases in standing]
            nodes = met(flow, here, region_of.keys(), until[version]) if region_of else {}
            if nodes is None:
                return None
            for node, cases in nodes.items():
                both = found.setdefault(region_of[node], [NO_CASE, NO_CASE])
                both[version] = flow.diagrams.either(both[version], cases)
        return {number: (old, new) for number, (old, new) in found.items()}
