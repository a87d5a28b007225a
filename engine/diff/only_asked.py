"""Customers who are only asked something else, put to the edit that does it.

In: an example of such customers, and the regions of two versions. Out: the region through which they are asked
something else: one that nothing names yet, or that a group is named by.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.diff.examples import on_the_way
from praxe.engine.diff.reads import Read
from praxe.engine.diff.records import Example
from praxe.engine.diff.regions import Region, Regions
from praxe.engine.prove.flow import Flow


class Asking:
    """Knows which regions ask."""

    def __init__(self, flows: tuple[Flow, Flow], regions: Regions, read: tuple[Sequence[Read], Sequence[Read]]) -> None:
        """Prepare.

        Args:
            read: for each version what each of its nodes reads.
        """
        self._flows = flows
        self._regions = regions
        self._read = read

    def region_of(self, example: Example, unnamed: Collection[int]) -> int | None:
        """Return the region by which an example comes to be asked something else; None where that is not plain.

        Args:
            unnamed: the regions that nothing names yet; of two that may do it, it is one of these.
        """
        asked = {*example.asked_old} ^ {*example.asked_new}
        passed = tuple(self._passed(example))
        if not passed:
            return None
        return min(passed, key=lambda each: (not self._reads(self._regions.all[each], asked), each not in unnamed))

    def _passed(self, example: Example) -> Iterator[int]:
        """Yield the regions that an example comes by."""
        ids = [
            frozenset() if decision is None else frozenset(spot.node.id for spot, _ in on_the_way(decision))
            for decision in (example.old, example.new)
        ]
        for number, region in enumerate(self._regions.all):
            sides = zip(self._flows, region.sides, ids, strict=True)
            if any(flow.nodes[node].id in passed for flow, nodes, passed in sides for node in nodes):
                yield number

    def _reads(self, region: Region, facts: Collection[FactName]) -> bool:
        """Return whether one of some facts is read in a region, or in what is called from there."""
        return any(
            not names.isdisjoint(facts)
            for version, nodes in enumerate(region.sides)
            for node in nodes
            for names in self._read_from(version, node)
        )

    def _read_from(self, version: int, number: int) -> Iterator[frozenset[FactName]]:
        yield frozenset(self._read[version][number])
        flow = self._flows[version]
        if flow.callees[number] is not None:
            yield self._by_procedure[version][flow.procedure_of[number]]

    @cached_property
    def _by_procedure(self) -> tuple[Mapping[ProcedureName, frozenset[FactName]], ...]:
        """For each version what each procedure reads, with those it calls."""
        return tuple(_by_procedure(flow, read) for flow, read in zip(self._flows, self._read, strict=True))


def _by_procedure(flow: Flow, read: Sequence[Read]) -> Mapping[ProcedureName, frozenset[FactName]]:
    found: dict[ProcedureName, frozenset[FactName]] = {}
    for name in reversed(flow.order):  # callees first
        lane = flow.lanes[name]
        called = (found[flow.procedure_of[each]] for each in lane if flow.callees[each] is not None)
        found[name] = frozenset(fact for each in lane for fact in read[each]).union(*called)
    return found
