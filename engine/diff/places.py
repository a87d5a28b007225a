"""Places of two versions: which are the same one written again, which is gone or added, which was edited.

In: two flows of one space, and what shows at each node. Out: answers about pairs of positions, which name nodes.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from praxe.dsl.tree import ProcedureName
from praxe.engine.diff.alike import Alike, Numbers
from praxe.engine.diff.matching import match
from praxe.engine.diff.positions import HOLE, Position
from praxe.engine.diff.shown import is_silent, same_cases
from praxe.engine.prove.diagrams import EVERY_CASE
from praxe.engine.prove.flow import Flow

Pair = tuple[Position, Position]


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
        ours, theirs = self._old.edges[one], self._new.edges[other]
        if self._old.nodes[one].procedure in self._common:
            return False
        return (
            self._alike.shapes[0][one] != self._alike.shapes[1][other]
            or [each.cases for each in ours] != [each.cases for each in theirs]
            or any(
                self._new_of.get(a.branch.target, a.branch.target) != b.branch.target
                for a, b in zip(ours, theirs, strict=True)
            )
        )

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
