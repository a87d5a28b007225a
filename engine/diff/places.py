"""Places of two versions: which are the same one written again, which is gone or added, which was edited.

In: two flows of one space, and what shows at each node. Out: answers about pairs of positions, which name nodes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from praxe.dsl.tree import ProcedureName
from praxe.engine.diff.alike import Alike, Numbers
from praxe.engine.diff.matching import match
from praxe.engine.diff.positions import HOLE, Position
from praxe.engine.diff.shown import is_silent, same_cases
from praxe.engine.graph import GraphNode
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE
from praxe.engine.prove.flow import Flow

Pair = tuple[Position, Position]


class Edited(NamedTuple):
    """A place that is written otherwise: a node of each version, or of one only."""

    old: int | None
    new: int | None
    is_changed: bool = False  # whether the place itself is another one, and not only what follows it

    @property
    def is_alone(self) -> bool:
        """Whether one version only has it."""
        return self.old is None or self.new is None


class Places:
    """Compares the nodes of two versions one by one."""

    def __init__(
        self,
        flows: tuple[Flow, Flow],
        alike: Alike,
        known: tuple[Numbers, Numbers],
        common: Collection[ProcedureName],
    ) -> None:
        """Prepare.

        Args:
            known: in each version the waits that every case passes at once.
            common: procedures that are the same.
        """
        self._old, self._new = flows
        self._alike = alike
        self._known = known
        self._common = common
        matching = match(self._old.policy.graph, self._new.policy.graph, common)
        self._new_of, self._old_of = matching.new_of, matching.old_of
        self.is_alike = cache(self._is_alike)

    def is_same(self, pair: Pair) -> bool:
        """Return whether one place is the other written again."""
        return self._is_same(pair[0][-1], pair[1][-1])

    def is_alone(self, pair: Pair) -> tuple[bool, bool]:
        """Return whether the old place is gone, and whether the new one is added."""
        one, other = self._old.nodes[pair[0][-1]], self._new.nodes[pair[1][-1]]
        return (
            one.procedure not in self._common and one.id not in self._new_of,
            other.procedure not in self._common and other.id not in self._old_of,
        )

    def is_edited(self, pair: Pair) -> bool:
        """Return whether something is written otherwise at a pair of places, definitions that they read included."""
        if HOLE in pair:
            return False
        one, other = pair[0][-1], pair[1][-1]
        if not self._is_same(one, other):
            return any(self.is_alone(pair))
        if self._old.nodes[one].procedure in self._common:
            return False
        return self.is_changed(one, other) or any(True for _ in self.led_elsewhere(one, other))

    def is_changed(self, one: int, other: int) -> bool:
        """Return whether two places, one the other written again, show or decide something else."""
        return (
            self._alike.shapes[0][one] != self._alike.shapes[1][other]
            or self._old.cases_of[one] != self._new.cases_of[other]
        )

    def led_elsewhere(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        """Yield where two places lead on that are not the same places again."""
        for ours, theirs in zip(self._old.targets[one], self._new.targets[other], strict=False):
            before, after = self._old.nodes[ours], self._new.nodes[theirs]
            if self._new_of.get(before.id, before.id) != after.id:
                yield ours, theirs

    def decides_otherwise(self, pair: Pair, cases: int) -> bool:
        """Return whether a place, written again in the new version, gives each of some cases another answer there."""
        if HOLE in pair or not self.is_same(pair):
            return False
        one, other = (flow.cases_of[position[-1]] for flow, position in zip((self._old, self._new), pair, strict=True))
        if len(one) < 2 or len(one) != len(other) or one == other:
            return False
        all_of = self._old.diagrams.all_of
        return all(all_of((cases, ours, theirs)) == NO_CASE for ours, theirs in zip(one, other, strict=True))

    def again(self, number: int) -> int | None:
        """Return the node of the new version that is one of the old version again."""
        name = self._new_of.get(self._old.nodes[number].id)
        return None if name is None else self._new.number[name]

    def is_there_twice(self, old: int, new: int) -> bool:
        """Return whether both versions have both of two places, one of either."""
        return self._old.nodes[old].id in self._new_of and self._new.nodes[new].id in self._old_of

    def edited(self) -> Iterator[Edited]:
        """Yield all that is written otherwise: what is gone or changed, then what is added, procedure by procedure."""
        for number, _ in self._numbered(self._old):
            other = self.again(number)
            if other is None:
                yield Edited(number, None)
            elif self.is_changed(number, other):
                yield Edited(number, other, is_changed=True)
            elif any(True for _ in self.led_elsewhere(number, other)):
                yield Edited(number, other)
        for number, node in self._numbered(self._new):
            if node.id not in self._old_of:
                yield Edited(None, number)

    def _numbered(self, flow: Flow) -> Iterator[tuple[int, GraphNode]]:
        """Yield the nodes of all procedures that are not the same."""
        for name, lane in flow.lanes.items():
            if name not in self._common:
                yield from zip(lane, flow.nodes[lane.start : lane.stop], strict=True)

    def _is_same(self, one: int, other: int) -> bool:
        first, second = self._old.nodes[one], self._new.nodes[other]
        if first.procedure in self._common:
            return first.id == second.id
        return self._new_of.get(first.id) == second.id

    def _is_alike(self, one: int, other: int) -> bool:
        """Return whether a node is the other written again, shows the same, reads the same and parts cases alike."""
        known = one in self._known[0], other in self._known[1]
        if known[0] is not known[1] or not self._is_same(one, other):
            return False
        read = self._alike.read
        if self._old.cases_of[one] != self._new.cases_of[other] or read[0][one] != read[1][other]:
            return False
        ours, theirs = self._old.nodes[one], self._new.nodes[other]
        if is_silent(ours, is_known=known[0]) or is_silent(theirs, is_known=known[1]):
            return is_silent(ours, is_known=known[0]) is is_silent(theirs, is_known=known[1])
        return same_cases(self._old, one, self._new, other, are_known=known) == EVERY_CASE
