"""Partings put together: one group of customers for each edit, as far as can be told, with an example.

In: where two versions part. Out: `ChangedGroup`s, the gravest and largest first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

from praxe.dsl.tree import FactName
from praxe.engine.diff.accepted import TurnedAway
from praxe.engine.diff.belonging import with_scenarios
from praxe.engine.diff.examples import Examples
from praxe.engine.diff.naming import Naming
from praxe.engine.diff.only_asked import Asking
from praxe.engine.diff.parting import Parting
from praxe.engine.diff.records import AlsoChanged, Begin, Behind, ChangedGroup, ChangeKind, OnlyAsked, Place
from praxe.engine.diff.together import Parted, Together
from praxe.engine.diff.touched import Both
from praxe.engine.diff.usual import SharedCases
from praxe.engine.graph import NodeId
from praxe.engine.policy import Policy
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.scenarios import Scenario

_ORDER: Final = tuple(ChangeKind)
_Begun = tuple[Begin, Parting]


class _Grouped(NamedTuple):
    """A group, and the regions that make it."""

    group: ChangedGroup
    regions: frozenset[int]


class Grouping:
    """Makes groups of partings."""

    def __init__(self, old: Policy, new: Policy, together: Together, facts: Collection[FactName]) -> None:
        """Prepare.

        Args:
            facts: those that are not the same in both versions.
        """
        space = together.space
        self._naming = Naming(old, new, together, facts)
        self._walker, self._flows = together.walker, together.flows
        self._parted: Sequence[Parted] = together.parted()
        self._diagrams = space.diagrams
        self._weights = [[1] * len(axis.classes) for axis in space.axes]
        self._accepted = together.accepted
        self._whole = self._diagrams.weigh(self._accepted.by_any, self._weights) or 1
        self._cases = (SharedCases(old, space.meanings[0], new), SharedCases(new, space.meanings[1], old))
        self.examples = Examples((old, new), self._cases, space, self._accepted.by_both)
        self._told: frozenset[int] = frozenset()  # the regions that groups are named by
        self._ending: set[int] = set()  # the regions at which cases are seen to come to another end
        self.has_questions = True

    def groups(self) -> tuple[ChangedGroup, ...]:
        """Return the groups, the gravest and largest first."""
        partings = [(parted.start, each) for parted in self._parted for each in parted.partings]
        behind = self._behind([each for parted in self._parted for each in parted.behind], partings)
        for _, each in partings:
            if pair := self._naming.edited(each):
                self._naming.unnamed.name(pair, self._naming.definitions(pair))
        together = list(_together(partings, self._naming.keys))
        self._ending.update(*(self._naming.regions_at(each) for _, each in partings if each.kind is ChangeKind.OUTCOME))
        self._told = frozenset(number for each in together for number in self._regions_told(each))
        found = self._with_asked([self._group(*each, behind) for each in self._with_regions(together)])
        found += map(self._turned_away, self._accepted.turned_away())
        return tuple(sorted(found, key=lambda each: (_ORDER.index(each.kind), -each.share)))

    def _with_regions(self, together: Iterable[Sequence[_Begun]]) -> Iterable[tuple[Sequence[_Begun], frozenset[int]]]:
        """Return partings with the regions that make them; those that one does not see there join the others."""
        found: list[tuple[Sequence[_Begun], frozenset[int]]] = []
        unseen: list[Sequence[_Begun]] = []
        for each in together:
            regions = frozenset().union(*(self._naming.regions_at(parting) for _, parting in each))
            if regions:
                found.append((each, regions))
            else:
                unseen.append(each)
        for each in unseen:
            start = each[0][0]
            number = self._naming.unnamed.making([parting for begun, parting in each if begun == start], start)
            if number is None:  # no edit that one sees: then it is by the only one there is
                place = 0 if len(found) == 1 else None
            else:
                place = next((place for place, (_, regions) in enumerate(found) if number in regions), None)
            if place is None:
                found.append((each, frozenset(() if number is None else (number,))))
            else:
                found[place] = ([*found[place][0], *each], found[place][1])
        return found

    def with_scenarios(
        self, groups: Sequence[ChangedGroup], touched: Iterable[tuple[Scenario, Both]]
    ) -> tuple[ChangedGroup, ...]:
        """Return groups with the names of the scenarios that belong to them."""
        return with_scenarios(groups, touched, self._cases[1], self._diagrams)

    def _group(
        self,
        partings: Sequence[_Begun],
        regions: frozenset[int],
        behind: Mapping[Hashable, Sequence[Behind]],
    ) -> _Grouped:
        """Return the group of partings that belong together, told for the first procedure that has any."""
        start = partings[0][0]
        own = [each for begun, each in partings if begun == start]
        cases = self._diagrams.any_of(each.cases for each in own)
        place, definitions = self._naming.place_of(own, regions)
        kind, of_kind = self._gravest(own, start, regions)
        also = dict.fromkeys(self._elsewhere([each for _, each in partings]))
        also |= dict.fromkeys(
            each for _, parting in partings for each in behind.get(self._naming.ids(parting.agreed), ())
        )
        group = ChangedGroup(
            kind=kind,
            start=start.new,
            place=place,
            definitions=definitions,
            share=self._share(cases),
            share_of_kind=self._share(of_kind),
            example=self.examples.of(of_kind, start) or self.examples.of(cases, start),
            behind=tuple(also),
            cases=cases,
            nodes=self._nodes(regions),
            begun={
                begun.new: self._diagrams.any_of(each.cases for other, each in partings if other == begun)
                for begun in dict.fromkeys(begun for begun, _ in partings)
            },
        )
        return _Grouped(group, regions)

    def _gravest(self, partings: Sequence[Parting], start: Begin, regions: frozenset[int]) -> tuple[ChangeKind, int]:
        """Return the gravest kind of difference that an edit makes to cases of its partings, and those that meet it.

        That they come to another end is not by this edit where they meet another one behind it at which one sees that.
        """
        parted = next(each for each in self._parted if each.start == start)
        if parted.ended is not None:
            ended = self._diagrams.both(parted.ended, self._diagrams.any_of(each.cases for each in partings))
            behind = (
                each.cases
                for each in parted.behind
                if each.kind is ChangeKind.OUTCOME
                and (own := self._naming.regions_at(each))
                and own.isdisjoint(regions)
                and not own.isdisjoint(self._ending)
            )
            if ended != NO_CASE and self._diagrams.minus(ended, self._diagrams.any_of(behind)) != NO_CASE:
                return ChangeKind.OUTCOME, ended
        gravest = min((each.kind for each in partings), key=_ORDER.index)
        return gravest, self._diagrams.any_of(each.cases for each in partings if each.kind is gravest)

    def also(self) -> Iterator[AlsoChanged]:
        """Yield the edits that none of the groups names. INVARIANT: these have been made."""
        if not any(parted.partings for parted in self._parted):
            return
        unseen = [[each for each in parted.behind if self._naming.edited(each) is None] for parted in self._parted]
        for region, parted, cases in self._naming.unnamed.left(self._parted, unseen):
            example, passed_by = None, (False, False)
            for each in reversed(cases or ()):  # best one that comes by in the new version
                if example is None:
                    example, passed_by = self.examples.passing(each, parted.start, self._naming.names(region))
            yield AlsoChanged(
                start=parted.start.new,
                place=self._naming.shown(region),
                definitions=region.definitions,
                example=example,
                passed_by=passed_by,
            )

    def _elsewhere(self, partings: Sequence[Parting]) -> Iterator[Behind]:
        """Yield what is written otherwise at other places where cases of one group part."""
        seen = {*self._told}
        for each in partings:
            for pair in self._naming.every_edited(each):
                if seen.isdisjoint(self._naming.regions.of(pair)):
                    seen |= self._naming.regions.of(pair)
                    place, definitions = self._naming.told_at(pair)
                    self._naming.unnamed.name(pair, definitions)
                    yield Behind(kind=each.kind, place=place, definitions=definitions)

    def _regions_told(self, partings: Sequence[_Begun]) -> frozenset[int]:
        """Return the regions that the place of a group belongs to."""
        own = (each for begun, each in partings if begun == partings[0][0])
        pair = next(filter(None, map(self._naming.edited, own)), None)
        return frozenset() if pair is None else self._naming.regions.of(pair)

    def _with_asked(self, grouped: Sequence[_Grouped]) -> list[ChangedGroup]:
        """Return groups, with those for whom only the questions differ: one edit, one group."""
        groups = [each.group for each in grouped]
        of_region = {number: place for place, each in enumerate(grouped) for number in each.regions}
        found = [asked for asked in map(self._asked_otherwise, self._parted) if asked]
        for asked in found:
            number = self._asking.region_of(asked.example, self._naming.unnamed.numbers)
            place = of_region.get(number) if number is not None else 0 if len(grouped) == 1 else None
            if place is None:
                groups.append(self._asked_alone(asked, number))
                of_region |= {} if number is None else {number: len(groups) - 1}
            elif groups[place].asked is None and groups[place].kind is not ChangeKind.QUESTIONS:
                groups[place] = replace(groups[place], asked=asked)
        return groups

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self._flows, self._naming.regions, self._walker.alike.read)

    def _asked_otherwise(self, parted: Parted) -> OnlyAsked | None:
        """Return those for whom only the questions differ, if one of them can be shown."""
        if parted.differ is None or not self._walker.is_exact:
            self.has_questions = False
            return None
        changed = self._diagrams.any_of(each.cases for each in parted.partings)
        only = self._diagrams.minus(parted.differ, changed)
        example = self.examples.asked_otherwise(only, parted.start)
        if example is None:
            return None
        return OnlyAsked(start=parted.start.new, share=self._share(only), example=example, cases=only)

    def _asked_alone(self, asked: OnlyAsked, number: int | None) -> ChangedGroup:
        """Return the group of an edit through which only the questions differ."""
        if number is not None and number in self._naming.unnamed.numbers:
            self._naming.unnamed.take(number)
        region = None if number is None else self._naming.regions.all[number]
        return ChangedGroup(
            kind=ChangeKind.QUESTIONS,
            start=asked.start,
            place=Place(old=None, new=None) if region is None else self._naming.shown(region),
            definitions=() if region is None else region.definitions,
            share=asked.share,
            share_of_kind=asked.share,
            example=asked.example,
            cases=asked.cases,
            nodes=self._nodes(() if number is None else (number,)),
            begun={asked.start: asked.cases},
        )

    def _nodes(self, regions: Iterable[int]) -> frozenset[NodeId]:
        """Return the nodes of some regions, in both versions."""
        every = (self._naming.regions.all[number] for number in regions)
        return frozenset(name for each in every for names in self._naming.names(each) for name in names)

    def _turned_away(self, turned: TurnedAway) -> ChangedGroup:
        start = self._parted[0].start  # whatever a case begins with
        share = self._share(turned.cases)
        return ChangedGroup(
            kind=turned.kind,
            start=start.new,
            place=Place(old=None, new=None),
            share=share,
            share_of_kind=share,
            example=self.examples.refused(turned, start),
            cases=turned.cases,
            by=turned.term.by,
        )

    def _behind(self, later: Iterable[Parting], first: Iterable[_Begun]) -> Mapping[Hashable, Sequence[Behind]]:
        """Return for each place at which cases part first what differs on their way and is met by no other."""
        pairs = (pair for _, each in first for pair in self._naming.every_edited(each))
        named = frozenset(number for pair in pairs for number in self._naming.regions.of(pair))
        found: dict[Hashable, dict[frozenset[int], Behind]] = {}
        for each in later:
            for pair in self._naming.every_edited(each):
                regions = self._naming.regions.of(pair)
                if each.behind is None or not named.isdisjoint(regions):
                    continue
                place, definitions = self._naming.told_at(pair)
                self._naming.unnamed.name(pair, definitions)
                places = found.setdefault(self._naming.ids(each.behind), {})
                kinds = (each.kind, places[regions].kind) if regions in places else (each.kind,)
                gravest = min(kinds, key=_ORDER.index)
                if gravest is ChangeKind.OUTCOME:
                    self._ending |= regions
                places[regions] = Behind(kind=gravest, place=place, definitions=definitions)
        return {key: tuple(places.values()) for key, places in found.items()}

    def _share(self, cases: int) -> Fraction:
        return Fraction(self._diagrams.weigh(cases, self._weights), self._whole)


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
