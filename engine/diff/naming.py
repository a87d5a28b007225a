"""What is written otherwise where cases part, and how it is told.

In: two versions walked in step. Out: for partings the place, the definitions and the regions of the edit that most
likely makes them.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from praxe.dsl.tree import FactName
from praxe.engine.diff.definitions import ChangedDefinitions
from praxe.engine.diff.matching import content
from praxe.engine.diff.parting import Parting
from praxe.engine.diff.places import Pair
from praxe.engine.diff.positions import HOLE, Position
from praxe.engine.diff.records import Place
from praxe.engine.diff.regions import Region, Regions
from praxe.engine.diff.together import Together
from praxe.engine.diff.unnamed import Unnamed
from praxe.engine.graph import NodeId, Return
from praxe.engine.policy import Policy
from praxe.engine.prove.flow import Flow


class Naming:
    """Names the edits of two versions."""

    def __init__(self, old: Policy, new: Policy, together: Together, facts: Collection[FactName]) -> None:
        """Prepare.

        Args:
            facts: those that are not the same in both versions.
        """
        self._facts = facts
        self._walker, self._flows = together.walker, together.flows
        self._changed = ChangedDefinitions(old.checked, new.checked)

    def edited(self, parting: Parting) -> Pair | None:
        """Return the places that are written otherwise, if one sees it there: where it shows, or what leads there."""
        return next(self.every_edited(parting), None)

    def every_edited(self, parting: Parting) -> Iterator[Pair]:
        """Yield the places where cases part that are written otherwise, first what most likely makes them part."""
        places = self._walker.places
        if places.decides_otherwise(parting.agreed, parting.cases):
            yield from filter(places.is_edited, (parting.agreed, parting.at))
        else:
            yield from islice(filter(places.is_edited, (parting.at, parting.agreed)), 1)

    def regions_at(self, parting: Parting) -> frozenset[int]:
        """Return the regions of all that is written otherwise where cases part."""
        return frozenset(number for pair in self.every_edited(parting) for number in self.regions.of(pair))

    def place_of(self, partings: Sequence[Parting], regions: Collection[int]) -> tuple[Place, tuple[FactName, ...]]:
        """Return what is written otherwise; where that is not plain, the last place at which both versions agreed.

        Args:
            regions: those that make the cases part.
        """
        pair = next(filter(None, map(self.edited, partings)), None)
        if pair is not None:
            return self.told_at(pair)
        if not regions:
            return self._place(partings[0].agreed), self.definitions(partings[0].agreed)
        region = self.regions.all[min(regions)]
        return self.shown(region), region.definitions

    def told_at(self, pair: Pair) -> tuple[Place, tuple[FactName, ...]]:
        """Return how places that are written otherwise are told: by the edit, if they only lead there or back."""
        nodes = (flow.nodes[position[-1]] for flow, position in zip(self._flows, pair, strict=True))
        alone = self._walker.places.is_alone(pair)
        is_back = any(isinstance(node, Return) and is_it for node, is_it in zip(nodes, alone, strict=True))
        if is_back or self._is_led_elsewhere(pair):
            region = self.regions.all[min(self.regions.of(pair))]
            return self.shown(region), region.definitions
        return self._place(pair), self.definitions(pair)

    def _is_led_elsewhere(self, pair: Pair) -> bool:
        """Return whether two places say the same, and are only followed by others."""
        one, other = pair[0][-1], pair[1][-1]
        return self._walker.places.is_same(pair) and not self._walker.places.is_changed(one, other)

    def keys(self, parting: Parting) -> Iterable[Hashable]:
        """Return what partings of one edit have in common, any of it."""
        pair = self.edited(parting)
        if pair is None:
            return self._keys(parting)
        regions = (("region", number) for number in self.regions.of(pair))
        return (*self._keys(parting), *regions, *self._reasons(pair))

    def shown(self, region: Region) -> Place:
        """Return the place by which a region is told."""
        old, new = (
            None if number is None else flow.nodes[number].id
            for number, flow in zip((region.shown.old, region.shown.new), self._flows, strict=True)
        )
        return Place(old=old, new=new)

    def names(self, region: Region) -> tuple[frozenset[NodeId], frozenset[NodeId]]:
        """Return the nodes of a region, in either version."""
        old, new = (
            frozenset(flow.nodes[number].id for number in nodes)
            for nodes, flow in zip(region.sides, self._flows, strict=True)
        )
        return old, new

    def ids(self, pair: Pair) -> tuple[NodeId | None, NodeId | None]:
        """Return the nodes at which both versions stand."""
        return _id(self._flows[0], pair[0]), _id(self._flows[1], pair[1])

    def definitions(self, pair: Pair) -> tuple[FactName, ...]:
        """Return the definitions through which the text of a place, the same in both versions, means something else."""
        if HOLE in pair or not self._walker.places.is_same(pair):
            return ()
        old, new = (flow.nodes[position[-1]] for flow, position in zip(self._flows, pair, strict=True))
        return self._changed.read_by(new) if content(old) == content(new) else ()

    @cached_property
    def regions(self) -> Regions:
        """All that is written otherwise."""
        return Regions(self._walker.places, self._flows, self.definitions, self._reasons)

    @cached_property
    def unnamed(self) -> Unnamed:
        """The regions that nothing names yet."""
        return Unnamed(self._flows, self.regions)

    def _reasons(self, pair: Pair) -> Iterator[Hashable]:
        """Yield why a pair of places means something else although the same is written there."""
        if HOLE in pair or not self._walker.places.is_same(pair):
            return
        if changed := self.definitions(pair):
            yield ("definitions", *changed)
        read = self._walker.alike.read
        for name in dict.fromkeys((*read[0][pair[0][-1]], *read[1][pair[1][-1]])):
            if name in self._facts:
                yield ("fact", name)

    def _keys(self, parting: Parting) -> tuple[Hashable, Hashable]:
        return ("from", *self.ids(parting.agreed)), ("at", *self.ids(parting.at))

    def _place(self, pair: Pair) -> Place:
        """Return a place as it is told: only the old one where the text there is gone."""
        old, new = self.ids(pair)
        is_gone, is_added = self._walker.places.is_alone(pair) if HOLE not in pair else (False, False)
        return Place(old=None if is_added and not is_gone else old, new=None if is_gone and not is_added else new)


def _id(flow: Flow, position: Position) -> NodeId | None:
    return None if position == HOLE else flow.nodes[position[-1]].id
