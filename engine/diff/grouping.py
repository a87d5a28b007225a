"""Partings put together: one group of customers for each edit, as far as can be told, with an example.

In: where two versions part. Out: `ChangedGroup`s, the gravest and largest first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from praxe.dsl.tree import FactName
from praxe.engine.diff.accepted import TurnedAway
from praxe.engine.diff.definitions import ChangedDefinitions
from praxe.engine.diff.examples import Examples
from praxe.engine.diff.matching import content
from praxe.engine.diff.parting import Parting
from praxe.engine.diff.places import Pair
from praxe.engine.diff.positions import HOLE, Position
from praxe.engine.diff.records import Begin, Behind, ChangedGroup, ChangeKind, Place
from praxe.engine.diff.together import Parted, Together
from praxe.engine.diff.usual import SharedCases
from praxe.engine.graph import NodeId
from praxe.engine.policy import Policy
from praxe.engine.prove.flow import Flow

_ORDER: Final = tuple(ChangeKind)
_Begun = tuple[Begin, Parting]


class Grouping:
    """Makes groups of partings."""

    def __init__(self, old: Policy, new: Policy, together: Together) -> None:
        space = together.space
        self._policies = (old, new)
        self._walker, self._flows = together.walker, together.flows
        self._parted: Sequence[Parted] = together.parted()
        self._diagrams = space.diagrams
        self._weights = [[1] * len(axis.classes) for axis in space.axes]
        self._accepted = together.accepted
        self._whole = self._diagrams.weigh(self._accepted.by_any, self._weights) or 1
        cases = (SharedCases(old, space.meanings[0], new), SharedCases(new, space.meanings[1], old))
        self.examples = Examples((old, new), cases, space, self._accepted.by_both)
        self._changed = ChangedDefinitions(old.checked, new.checked)
        self.has_questions = True

    def groups(self) -> tuple[ChangedGroup, ...]:
        """Return the groups, the gravest and largest first."""
        partings = [(parted.start, each) for parted in self._parted for each in parted.partings]
        behind = self._behind([each for parted in self._parted for each in parted.behind], partings)
        found = [self._group(each, behind) for each in _together(partings, self._edits)]
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
        also = dict.fromkeys(each for _, parting in partings for each in behind.get(self._ids(parting.agreed), ()))
        places = [pair for each in own if (pair := self._edited(each))]
        pair = places[0] if places else own[0].agreed
        return ChangedGroup(
            kind=gravest,
            start=start.new,
            place=self._place(pair),
            definitions=self._definitions(pair),
            share=self._share(cases),
            example=self.examples.of(of_kind, start) or self.examples.of(cases, start),
            behind=tuple(also),
            cases=cases,
        )

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
        return ChangedGroup(
            kind=ChangeKind.QUESTIONS,
            start=parted.start.new,
            place=Place(old=None, new=None),
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
        known = {key for _, each in first for key in self._keys(each)}
        found: dict[Hashable, dict[Place, Behind]] = {}
        for each in later:
            pair = self._edited(each)
            if pair is None or each.behind is None or not known.isdisjoint(self._keys(each)):
                continue
            places = found.setdefault(self._ids(each.behind), {})
            place = self._place(pair)
            kinds = (each.kind, places[place].kind) if place in places else (each.kind,)
            gravest = min(kinds, key=_ORDER.index)
            places[place] = Behind(kind=gravest, place=place, definitions=self._definitions(pair))
        return {key: tuple(places.values()) for key, places in found.items()}

    def _edited(self, parting: Parting) -> Pair | None:
        """Return the places that are written otherwise, if one sees it there: where it shows, or what leads there."""
        return next((pair for pair in (parting.at, parting.agreed) if self._walker.places.is_edited(pair)), None)

    def _place(self, pair: Pair) -> Place:
        """Return a place as it is told: only the old one where the text there is gone."""
        old, new = self._ids(pair)
        is_gone, is_added = self._walker.places.is_alone(pair) if HOLE not in pair else (False, False)
        return Place(old=None if is_added and not is_gone else old, new=None if is_gone and not is_added else new)

    def _definitions(self, pair: Pair) -> tuple[FactName, ...]:
        """Return the definitions through which the text of a place, the same in both versions, means something else."""
        if HOLE in pair or not self._walker.places.is_same(pair):
            return ()
        old, new = (flow.nodes[position[-1]] for flow, position in zip(self._flows, pair, strict=True))
        return self._changed.read_by(new) if content(old) == content(new) else ()

    def _share(self, cases: int) -> Fraction:
        return Fraction(self._diagrams.weigh(cases, self._weights), self._whole)

    def _edits(self, parting: Parting) -> Iterable[Hashable]:
        """Return what partings of one edit have in common, any of it; a definition parts cases wherever it is read."""
        pair = self._edited(parting)
        changed = self._definitions(pair) if pair else ()
        return (*self._keys(parting), ("definitions", *changed)) if changed else self._keys(parting)

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
