"""Partings put together: one group of customers for each edit, as far as can be told, with an example.

In: where two versions part. Out: `ChangedGroup`s, the gravest and largest first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Final

from praxe.dsl.tree import FactName
from praxe.engine.diff.accepted import TurnedAway
from praxe.engine.diff.definitions import ChangedDefinitions
from praxe.engine.diff.examples import Examples
from praxe.engine.diff.matching import content
from praxe.engine.diff.parting import Parting
from praxe.engine.diff.places import Pair
from praxe.engine.diff.positions import HOLE, Position
from praxe.engine.diff.records import AlsoChanged, Begin, Behind, ChangedGroup, ChangeKind, Place
from praxe.engine.diff.regions import Region, Regions
from praxe.engine.diff.together import Parted, Together
from praxe.engine.diff.unnamed import Unnamed
from praxe.engine.diff.usual import SharedCases
from praxe.engine.graph import NodeId, Return
from praxe.engine.policy import Policy
from praxe.engine.prove.flow import Flow

_ORDER: Final = tuple(ChangeKind)
_Begun = tuple[Begin, Parting]


class Grouping:
    """Makes groups of partings."""

    def __init__(self, old: Policy, new: Policy, together: Together, facts: Collection[FactName]) -> None:
        """Prepare.

        Args:
            facts: those that are not the same in both versions.
        """
        space = together.space
        self._facts = facts
        self._walker, self._flows = together.walker, together.flows
        self._parted: Sequence[Parted] = together.parted()
        self._diagrams = space.diagrams
        self._weights = [[1] * len(axis.classes) for axis in space.axes]
        self._accepted = together.accepted
        self._whole = self._diagrams.weigh(self._accepted.by_any, self._weights) or 1
        cases = (SharedCases(old, space.meanings[0], new), SharedCases(new, space.meanings[1], old))
        self.examples = Examples((old, new), cases, space, self._accepted.by_both)
        self._changed = ChangedDefinitions(old.checked, new.checked)
        self._told: frozenset[int] = frozenset()  # the regions that groups are named by
        self.has_questions = True

    def groups(self) -> tuple[ChangedGroup, ...]:
        """Return the groups, the gravest and largest first."""
        partings = [(parted.start, each) for parted in self._parted for each in parted.partings]
        behind = self._behind([each for parted in self._parted for each in parted.behind], partings)
        for _, each in partings:
            if pair := self._edited(each):
                self._unnamed.name(pair, self._definitions(pair))
        together = list(_together(partings, self._edits))
        self._told = frozenset(number for each in together for number in self._regions_told(each))
        found = [self._group(each, behind) for each in together]
        found += filter(None, map(self._asked_otherwise, self._parted))
        found += map(self._turned_away, self._accepted.turned_away())
        return tuple(sorted(found, key=lambda each: (_ORDER.index(each.kind), -each.share)))

    def _group(self, partings: Sequence[_Begun], behind: Mapping[Hashable, Sequence[Behind]]) -> ChangedGroup:
        """Return the group of partings that belong together, told for the first procedure that has any."""
        start = partings[0][0]
        own = [each for begun, each in partings if begun == start]
        cases = self._diagrams.any_of(each.cases for each in own)
        gravest = min((each.kind for each in own), key=_ORDER.index)
        of_kind = self._diagrams.any_of(each.cases for each in own if each.kind is gravest)
        place, definitions = self._place_of(own, start)
        also = dict.fromkeys(self._elsewhere([each for _, each in partings]))
        also |= dict.fromkeys(each for _, parting in partings for each in behind.get(self._ids(parting.agreed), ()))
        return ChangedGroup(
            kind=gravest,
            start=start.new,
            place=place,
            definitions=definitions,
            share=self._share(cases),
            example=self.examples.of(of_kind, start) or self.examples.of(cases, start),
            behind=tuple(also),
            cases=cases,
        )

    def also(self) -> Iterator[AlsoChanged]:
        """Yield the edits that none of the groups names. INVARIANT: these have been made."""
        if not any(parted.partings for parted in self._parted):
            return
        unseen = [[each for each in parted.behind if self._edited(each) is None] for parted in self._parted]
        for region, parted, cases in self._unnamed.left(self._parted, unseen):
            example, passed_by = None, (False, False)
            for each in reversed(cases or ()):  # best one that comes by in the new version
                if example is None:
                    example, passed_by = self.examples.passing(each, parted.start, self._names(region))
            yield AlsoChanged(
                start=parted.start.new,
                place=self._shown(region),
                definitions=region.definitions,
                example=example,
                passed_by=passed_by,
            )

    def _place_of(self, partings: Sequence[Parting], start: Begin) -> tuple[Place, tuple[FactName, ...]]:
        """Return what is written otherwise; where that is not plain, the last place at which both versions agreed."""
        pair = next(filter(None, map(self._edited, partings)), None)
        if pair is not None:
            return self._told_at(pair)
        region = self._unnamed.between(partings) or self._unnamed.before(partings, start)
        if region is not None:
            return self._shown(region), region.definitions
        return self._place(partings[0].agreed), self._definitions(partings[0].agreed)

    def _told_at(self, pair: Pair) -> tuple[Place, tuple[FactName, ...]]:
        """Return how places that are written otherwise are told: by the edit, if they only lead there or back."""
        nodes = (flow.nodes[position[-1]] for flow, position in zip(self._flows, pair, strict=True))
        alone = self._walker.places.is_alone(pair)
        is_back = any(isinstance(node, Return) and is_it for node, is_it in zip(nodes, alone, strict=True))
        if is_back or self._is_led_elsewhere(pair):
            region = self._regions.all[min(self._regions.of(pair))]
            return self._shown(region), region.definitions
        return self._place(pair), self._definitions(pair)

    def _is_led_elsewhere(self, pair: Pair) -> bool:
        """Return whether two places say the same, and are only followed by others."""
        one, other = pair[0][-1], pair[1][-1]
        return self._walker.places.is_same(pair) and not self._walker.places.is_changed(one, other)

    def _elsewhere(self, partings: Sequence[Parting]) -> Iterator[Behind]:
        """Yield what is written otherwise at other places where cases of one group part."""
        seen = {*self._told}
        for each in partings:
            for pair in self._every_edited(each):
                if seen.isdisjoint(self._regions.of(pair)):
                    seen |= self._regions.of(pair)
                    place, definitions = self._told_at(pair)
                    self._unnamed.name(pair, definitions)
                    yield Behind(kind=each.kind, place=place, definitions=definitions)

    def _regions_told(self, partings: Sequence[_Begun]) -> frozenset[int]:
        """Return the regions that the place of a group belongs to."""
        own = (each for begun, each in partings if begun == partings[0][0])
        pair = next(filter(None, map(self._edited, own)), None)
        return frozenset() if pair is None else self._regions.of(pair)

    def _asked_otherwise(self, parted: Parted) -> ChangedGroup | None:
        """Return the group of those for whom only the questions differ, if one of them can be shown."""
        if parted.differ is None or not self._walker.is_exact:
            self.has_questions = False
            return None
        changed = self._diagrams.any_of(each.cases for each in parted.partings)
        only = self._diagrams.minus(parted.differ, changed)
        example = self.examples.asked_otherwise(only, parted.start)
        if example is None:
            return None
        asked = {*example.asked_old} ^ {*example.asked_new}
        region = self._unnamed.reading(self._walker.alike.read, asked)
        return ChangedGroup(
            kind=ChangeKind.QUESTIONS,
            start=parted.start.new,
            place=Place(old=None, new=None) if region is None else self._shown(region),
            definitions=() if region is None else region.definitions,
            share=self._share(only),
            example=example,
            cases=only,
        )

    def _turned_away(self, turned: TurnedAway) -> ChangedGroup:
        start = self._parted[0].start  # whatever a case begins with
        return ChangedGroup(
            kind=turned.kind,
            start=start.new,
            place=Place(old=None, new=None),
            share=self._share(turned.cases),
            example=self.examples.refused(turned, start),
            cases=turned.cases,
            by=turned.term.by,
        )

    def _behind(self, later: Iterable[Parting], first: Iterable[_Begun]) -> Mapping[Hashable, Sequence[Behind]]:
        """Return for each place at which cases part first what differs on their way and is met by no other."""
        pairs = (pair for _, each in first for pair in self._every_edited(each))
        named = frozenset(number for pair in pairs for number in self._regions.of(pair))
        found: dict[Hashable, dict[frozenset[int], Behind]] = {}
        for each in later:
            for pair in self._every_edited(each):
                regions = self._regions.of(pair)
                if each.behind is None or not named.isdisjoint(regions):
                    continue
                place, definitions = self._told_at(pair)
                self._unnamed.name(pair, definitions)
                places = found.setdefault(self._ids(each.behind), {})
                kinds = (each.kind, places[regions].kind) if regions in places else (each.kind,)
                gravest = min(kinds, key=_ORDER.index)
                places[regions] = Behind(kind=gravest, place=place, definitions=definitions)
        return {key: tuple(places.values()) for key, places in found.items()}

    def _edited(self, parting: Parting) -> Pair | None:
        """Return the places that are written otherwise, if one sees it there: where it shows, or what leads there."""
        return next(self._every_edited(parting), None)

    def _every_edited(self, parting: Parting) -> Iterator[Pair]:
        """Yield the places where cases part that are written otherwise, first what most likely makes them part."""
        places = self._walker.places
        if places.decides_otherwise(parting.agreed, parting.cases):
            yield from filter(places.is_edited, (parting.agreed, parting.at))
        else:
            yield from islice(filter(places.is_edited, (parting.at, parting.agreed)), 1)

    def _place(self, pair: Pair) -> Place:
        """Return a place as it is told: only the old one where the text there is gone."""
        old, new = self._ids(pair)
        is_gone, is_added = self._walker.places.is_alone(pair) if HOLE not in pair else (False, False)
        return Place(old=None if is_added and not is_gone else old, new=None if is_gone and not is_added else new)

    def _shown(self, region: Region) -> Place:
        """Return the place by which a region is told."""
        old, new = (
            None if number is None else flow.nodes[number].id
            for number, flow in zip((region.shown.old, region.shown.new), self._flows, strict=True)
        )
        return Place(old=old, new=new)

    def _names(self, region: Region) -> tuple[frozenset[NodeId], frozenset[NodeId]]:
        old, new = (
            frozenset(flow.nodes[number].id for number in nodes)
            for nodes, flow in zip(region.sides, self._flows, strict=True)
        )
        return old, new

    @cached_property
    def _regions(self) -> Regions:
        return Regions(self._walker.places, self._flows, self._definitions, self._reasons)

    @cached_property
    def _unnamed(self) -> Unnamed:
        return Unnamed(self._flows, self._regions)

    def _definitions(self, pair: Pair) -> tuple[FactName, ...]:
        """Return the definitions through which the text of a place, the same in both versions, means something else."""
        if HOLE in pair or not self._walker.places.is_same(pair):
            return ()
        old, new = (flow.nodes[position[-1]] for flow, position in zip(self._flows, pair, strict=True))
        return self._changed.read_by(new) if content(old) == content(new) else ()

    def _share(self, cases: int) -> Fraction:
        return Fraction(self._diagrams.weigh(cases, self._weights), self._whole)

    def _edits(self, parting: Parting) -> Iterable[Hashable]:
        """Return what partings of one edit have in common, any of it."""
        pair = self._edited(parting)
        if pair is None:
            return self._keys(parting)
        regions = (("region", number) for number in self._regions.of(pair))
        return (*self._keys(parting), *regions, *self._reasons(pair))

    def _reasons(self, pair: Pair) -> Iterator[Hashable]:
        """Yield why a pair of places means something else although the same is written there."""
        if HOLE in pair or not self._walker.places.is_same(pair):
            return
        if changed := self._definitions(pair):
            yield ("definitions", *changed)
        read = self._walker.alike.read
        for name in dict.fromkeys((*read[0][pair[0][-1]], *read[1][pair[1][-1]])):
            if name in self._facts:
                yield ("fact", name)

    def _keys(self, parting: Parting) -> tuple[Hashable, Hashable]:
        return ("from", *self._ids(parting.agreed)), ("at", *self._ids(parting.at))

    def _ids(self, pair: Pair) -> tuple[NodeId | None, NodeId | None]:
        return _id(self._flows[0], pair[0]), _id(self._flows[1], pair[1])


def _together(
    partings: Sequence[_Begun], edits_of: Callable[[Parting], Iterable[Hashable]]
) -> Iterable[Sequence[_Begun]]:
    """Put together what parts from the same place, or at the same: most likely it is one edit that does it."""
    if len(partings) < 2:
        return [[each] for each in partings]
    from networkx.utils import UnionFind  # slow to import

    edits: UnionFind[Hashable] = UnionFind()
    first: list[Hashable] = []
    for _, each in partings:
        keys = tuple(edits_of(each))
        edits.union(*keys)
        first.append(keys[0])
    found: dict[Hashable, list[_Begun]] = {}
    for begun, key in zip(partings, first, strict=True):
        found.setdefault(edits[key], []).append(begun)
    return found.values()


def _id(flow: Flow, position: Position) -> NodeId | None:
    return None if position == HOLE else flow.nodes[position[-1]].id
