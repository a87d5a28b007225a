"""Which nodes of two versions are the same ones, for a drawing of what was written otherwise.

In: two decision graphs. Out: a `Matching`: pairs of nodes, procedure by procedure. A node is found again by its id,
which edits elsewhere leave alone; else by what it says, in order; else by its place, right behind one that is matched.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from functools import cache, cached_property
from typing import Final

from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import DecisionGraph, End, GraphNode, NodeId, Return, Start, Wait

_NO_ID: Final = NodeId("")
_APART: Final = frozenset({"id", "clauses", "notes"})


@dataclass(frozen=True, kw_only=True)
class Matching:
    """Nodes of an old version and of a new one that are the same, maybe written otherwise."""

    new_of: Mapping[NodeId, NodeId]
    old_of: Mapping[NodeId, NodeId]
    orders: Sequence[tuple[Sequence[GraphNode], Sequence[GraphNode]]]  # of each procedure, in either version

    @cached_property
    def moved(self) -> frozenset[NodeId]:
        """The nodes of the new version that stand before or after others than they did."""
        return frozenset(each for ours, theirs in self.orders for each in _moved(self.new_of, ours, theirs))


def match(old: DecisionGraph, new: DecisionGraph, common: Collection[ProcedureName] = ()) -> Matching:
    """Return which nodes of two versions are the same; those of `common` procedures are left out.

    Procedures are the same if they have one name.
    """
    pairs: dict[NodeId, NodeId] = {}
    ours, theirs = _by_procedure(old), _by_procedure(new)
    orders = [(ours[name], theirs[name]) for name in ours if name in theirs and name not in common]
    for order in orders:
        pairs |= _Matcher(old, new, *order).pairs()
    return Matching(new_of=pairs, old_of={new: old for old, new in pairs.items()}, orders=orders)


class _Matcher:
    """Matches the nodes of one procedure, both in the author's order."""

    def __init__(
        self, old: DecisionGraph, new: DecisionGraph, ours: Sequence[GraphNode], theirs: Sequence[GraphNode]
    ) -> None:
        self._graphs = (old, new)
        self._ours, self._theirs = ours, theirs
        self._found: dict[NodeId, NodeId] = {}
        self._taken: set[NodeId] = set()

    def pairs(self) -> Mapping[NodeId, NodeId]:
        there = {each.id: each for each in self._theirs}
        for each in self._ours:
            if each.id in there and type(each) is type(there[each.id]):
                self._join(each.id, each.id)
        if len(self._found) < len(self._ours):
            self._by_content()
            for one, other in tuple(self._found.items()):
                self._behind(one, other)
        return self._found

    def _by_content(self) -> None:
        """Match what says the same, in order; then what says the same elsewhere."""
        for _ in range(2):
            ours, theirs = list(self._left(self._ours, self._found)), list(self._left(self._theirs, self._taken))
            said = [content(each) for each in ours], [content(each) for each in theirs]
            for block in SequenceMatcher(None, *said, autojunk=False).get_matching_blocks():
                for step in range(block.size):
                    one, other = ours[block.a + step], theirs[block.b + step]
                    if not isinstance(one, End):  # one end is like another: only its place tells which it is
                        self._join(one.id, other.id)

    def _behind(self, one: NodeId, other: NodeId) -> None:
        """Match the nodes to which the same answers of two matched nodes lead, and so on."""
        stack = [(one, other)]
        while stack:
            one, other = stack.pop()
            branches = self._graphs[0].branches.get(one, ())
            if all(branch.target in self._found for branch in branches):
                continue
            targets = {each.key: each.target for each in self._graphs[1].branches.get(other, ())}
            for branch in branches:
                pair = branch.target, targets.get(branch.key, _NO_ID)
                if self._may_join(*pair):
                    self._join(*pair)
                    stack.append(pair)

    def _may_join(self, one: NodeId, other: NodeId) -> bool:
        if one in self._found or other in self._taken or other == _NO_ID:
            return False
        return type(self._graphs[0].nodes[one]) is type(self._graphs[1].nodes[other])

    def _join(self, one: NodeId, other: NodeId) -> None:
        self._found[one] = other
        self._taken.add(other)

    @staticmethod
    def _left(nodes: Sequence[GraphNode], done: Mapping[NodeId, NodeId] | set[NodeId]) -> Iterator[GraphNode]:
        return (each for each in nodes if each.id not in done)


def content(node: GraphNode) -> Hashable:
    """Return what a node says, wherever it stands."""
    names = _told(type(node))  # type: ignore[arg-type]  # a class is hashable
    said = (type(node), *(getattr(node, name) for name in names if name != "meanwhile"))
    return (*said, *map(content, node.meanwhile)) if isinstance(node, Wait) else said


@cache
def _told(kind: type[GraphNode]) -> tuple[str, ...]:
    """Return the names of the fields of a kind of node that say what is done there."""
    return tuple(each.name for each in fields(kind) if each.compare and each.name not in _APART)


def _moved(pairs: Mapping[NodeId, NodeId], ours: Sequence[GraphNode], theirs: Sequence[GraphNode]) -> Iterator[NodeId]:
    """Yield the nodes that have to be taken out to leave the others in the order they had."""
    silent = Start | Return
    before = [pairs[each.id] for each in ours if each.id in pairs and not isinstance(each, silent)]
    known = set(before)
    after = [each.id for each in theirs if each.id in known]
    stayed: set[NodeId] = set()
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        stayed.update(after[block.b : block.b + block.size])
    return (each for each in after if each not in stayed)


def _by_procedure(graph: DecisionGraph) -> Mapping[ProcedureName, list[GraphNode]]:
    found: dict[ProcedureName, list[GraphNode]] = {name: [] for name in graph.starts}
    for node in graph.nodes.values():
        found[node.procedure].append(node)
    return found
