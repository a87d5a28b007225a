"""Parts of two versions that are alike from one place on, so that no case need be led through them.

In: two flows of one space. Out: for each node a number; nodes with equal numbers show the same, ask the same and
lead on the same, in every case, until their procedure ends.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

from praxe.dsl.tree import ProcedureName
from praxe.engine.diff.positions import HOLE, Position
from praxe.engine.diff.reads import Read, facts_by_node
from praxe.engine.diff.shown import shape
from praxe.engine.graph import NodeId
from praxe.engine.prove.flow import Flow

Numbers = frozenset[int]


class Alike:
    """Compares places of two versions by what comes after them."""

    def __init__(
        self, flows: tuple[Flow, Flow], known: tuple[Numbers, Numbers], common: Collection[ProcedureName] = ()
    ) -> None:
        """Compare all nodes.

        Args:
            known: in each version the waits that every case passes at once.
            common: procedures that are the same.
        """
        (old, new), (seen, seen_there) = flows, (_ids(*each) for each in zip(flows, known, strict=True))
        if any(name in common for name, _ in seen ^ seen_there):
            common = ()  # what is written the same is not seen the same
        self._known: dict[Hashable, int] = {}
        self.shapes: tuple[list[Hashable], list[Hashable]] = ([None] * len(old.nodes), [None] * len(new.nodes))
        read = facts_by_node(old)
        ours = self._numbers(old, read, known[0], self.shapes[0])
        taken = _Taken(old, ours, read)
        self.read = (read, facts_by_node(new, taken.read_of, common))
        theirs = self._numbers(new, self.read[1], known[1], self.shapes[1], taken, common)
        self.numbers = (ours, theirs)

    def at(self, old: Position, new: Position) -> bool:
        """Return whether nothing can differ from these two places on."""
        if HOLE in (old, new):
            return old == new
        ours, theirs = self.numbers
        if ours[old[-1]] != theirs[new[-1]] or len(old) != len(new):
            return False
        # what follows after each of the calls under way has to be alike too
        return len(old) == 1 or all(ours[one] == theirs[other] for one, other in zip(old, new, strict=True))

    def _numbers(
        self,
        flow: Flow,
        read: Sequence[Read],
        known: Numbers,
        shapes: list[Hashable],
        taken: _Taken | None = None,
        common: Collection[ProcedureName] = (),
    ) -> list[int]:
        numbers = [0] * len(flow.nodes)
        for name in reversed(flow.order):  # callees first
            lane = flow.lanes[name]
            if taken is not None and name in common:
                numbers[lane.start : lane.stop] = taken.numbers_of(name)
                continue
            for number in reversed(lane):
                start = flow.callees[number]
                shapes[number] = shape(flow, number, is_known=number in known)
                key = (
                    shapes[number],
                    read[number],
                    None if start is None else numbers[start],
                    flow.cases_of[number],
                    tuple([numbers[target] for target in flow.targets[number]]),
                )
                numbers[number] = self._known.setdefault(key, len(self._known))
        return numbers


def _ids(flow: Flow, numbers: Numbers) -> set[tuple[ProcedureName, NodeId]]:
    return {(flow.nodes[number].procedure, flow.nodes[number].id) for number in numbers}


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is known of the old version."""

    flow: Flow
    numbers: Sequence[int]
    read: Sequence[Read]

    def numbers_of(self, name: ProcedureName) -> Sequence[int]:
        """Return the numbers of one procedure."""
        return self.numbers[self.flow.lanes[name].start : self.flow.lanes[name].stop]

    def read_of(self, name: ProcedureName) -> Sequence[Read]:
        """Return what the nodes of one procedure read."""
        return self.read[self.flow.lanes[name].start : self.flow.lanes[name].stop]
