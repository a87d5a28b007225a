"""Which nodes of two versions are the same ones, for a drawing of what was written otherwise.

In: two decision graphs. Out: a `Matching`: pairs of nodes, procedure by procedure. A node is found again by its id,
which edits elsewhere leave alone; else by what it says, in order; else by its place, right behind one that is matched.
Ids number equal nodes of one block: where one more or fewer of them is written, it is the neighbours that tell which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from functools import cache, cached_property
from typing import Final

from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import Decision, DecisionGraph, End, GraphNode, NodeId, Return, Start, Wait

_NO_ID: Final = NodeId("")
_APART: Final = frozenset({"id", "clauses", "notes", "facts"})  # what a condition reads, definitions tell too


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
        is_alike = {each.id for each in self._ours} == {each.id for each in self._theirs}
        doubtful = frozenset() if is_alike else _counted_otherwise(self._ours, self._theirs)
        self._by_id(doubtful)
        if len(self._found) < len(self._ours):
            if doubtful:
                self._by_source()
                self._behind_all(may_differ=False)
                self._by_neighbours()
                self._by_id()
            self._by_content()
            self._behind_all(may_differ=True)
        return self._found

    def _by_id(self, but: Collection[str] = ()) -> None:
        """Match what has the same id, except where ids of equal nodes may have moved on to one another."""
        there = {each.id: each for each in self._left(self._theirs, self._taken)}
        for each in self._left(self._ours, self._found):
            if each.id in there and type(each) is type(there[each.id]) and _key(each) not in but:
                self._join(each.id, each.id)

    def _by_source(self) -> None:
        """Match what has the same id and is led to from the same place."""
        there = {each.id for each in self._left(self._theirs, self._taken)}
        ours, theirs = _sources(self._graphs[0], self._ours), _sources(self._graphs[1], self._theirs)
        for each in self._left(self._ours, self._found):
            before = {(self._found[source], key) for source, key in ours.get(each.id, ()) if source in self._found}
            if each.id in there and not before.isdisjoint(theirs.get(each.id, ())):
                self._join(each.id, each.id)

    def _by_neighbours(self) -> None:
        """Match what says the same between the same nodes."""
        ours: list[Hashable] = [self._found.get(each.id) or content(each) for each in self._ours]
        theirs: list[Hashable] = [each.id if each.id in self._taken else content(each) for each in self._theirs]
        for one, other in _aligned(self._ours, self._theirs, (ours, theirs)):
            if one.id not in self._found and not isinstance(one, End):
                self._join(one.id, other.id)

    def _by_content(self) -> None:
        """Match what says the same, in order; then what says the same elsewhere."""
        for _ in range(2):
            ours, theirs = list(self._left(self._ours, self._found)), list(self._left(self._theirs, self._taken))
            said = [content(each) for each in ours], [content(each) for each in theirs]
            for one, other in _aligned(ours, theirs, said):
                if not isinstance(one, End):  # one end is like another: only its place tells which it is
                    self._join(one.id, other.id)

    def _behind_all(self, *, may_differ: bool) -> None:
        for one, other in tuple(self._found.items()):
            self._behind(one, other, may_differ=may_differ)

    def _behind(self, one: NodeId, other: NodeId, *, may_differ: bool) -> None:
        """Match the nodes to which the same answers of two matched nodes lead, and so on.

        Args:
            may_differ: whether they may say something else.
        """
        stack = [(one, other)]
        while stack:
            one, other = stack.pop()
            branches = self._graphs[0].branches.get(one, ())
            if all(branch.target in self._found for branch in branches):
                continue
            targets = {each.key: each.target for each in self._graphs[1].branches.get(other, ())}
            for branch in branches:
                pair = branch.target, targets.get(branch.key, _NO_ID)
                if self._may_join(*pair, may_differ=may_differ):
                    self._join(*pair)
                    stack.append(pair)

    def _may_join(self, one: NodeId, other: NodeId, *, may_differ: bool) -> bool:
        if one in self._found or other in self._taken or other == _NO_ID:
            return False
        ours, theirs = self._graphs[0].nodes[one], self._graphs[1].nodes[other]
        if type(ours) is not type(theirs):
            return False
        return may_differ or content(ours) == content(theirs) or self._is_rewritten(ours, theirs)

    def _is_rewritten(self, one: GraphNode, other: GraphNode) -> bool:
        """Return whether two conditions are what was and what came in one place: neither is found anywhere else."""
        if not isinstance(one, Decision) or not isinstance(other, Decision):
            return False
        old, new = self._conditions
        return content(one) not in new and content(other) not in old

    @cached_property
    def _conditions(self) -> tuple[frozenset[Hashable], frozenset[Hashable]]:
        """What the conditions say that have no match by their ids, in either version."""
        old, new = (
            frozenset(content(each) for each in self._left(nodes, done) if isinstance(each, Decision))
            for nodes, done in ((self._ours, self._found), (self._theirs, self._taken))
        )
        return old, new

    def _join(self, one: NodeId, other: NodeId) -> None:
        self._found[one] = other
        self._taken.add(other)

    @staticmethod
    def _left(nodes: Sequence[GraphNode], done: Mapping[NodeId, NodeId] | set[NodeId]) -> Iterator[GraphNode]:
        return (each for each in nodes if each.id not in done)


def _aligned(
    ours: Sequence[GraphNode], theirs: Sequence[GraphNode], said: tuple[Sequence[Hashable], Sequence[Hashable]]
) -> Iterator[tuple[GraphNode, GraphNode]]:
    """Yield the nodes of which the same is said, in order."""
    for block in SequenceMatcher(None, *said, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            yield ours[block.a + step], theirs[block.b + step]


def _counted_otherwise(ours: Iterable[GraphNode], theirs: Iterable[GraphNode]) -> frozenset[str]:
    """Return what is done or tested more often in one version: the ids of such nodes count those before them."""
    before, after = (Counter(map(_key, nodes)) for nodes in (ours, theirs))
    return frozenset(key for key in before.keys() & after.keys() if before[key] != after[key])


def _sources(graph: DecisionGraph, nodes: Iterable[GraphNode]) -> Mapping[NodeId, set[tuple[NodeId, str]]]:
    """Return for each node from where, and by which answer, it is led to."""
    found: dict[NodeId, set[tuple[NodeId, str]]] = {}
    for node in nodes:
        for branch in graph.branches.get(node.id, ()):
            found.setdefault(branch.target, set()).add((node.id, branch.key))
    return found


def _key(node: GraphNode) -> str:
    """Return what a node does or tests, as its id tells it."""
    return node.id.rpartition("-")[0]


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
