"""A procedure with its calls opened: what each callee does stands where it is called.

In: the decision graph, a procedure, and how many nodes a picture may hold. Out: an `Expansion`: a decision graph
without the starts and returns of the callees, the `Quotient` by which the procedure itself is a summary of it, and the
way of a case through it. Calls are opened from the outer ones inwards, in the author's order, while there is room.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import Branch, Call, DecisionGraph, GraphNode, NodeId, Return, Start, Wait
from praxe.visualize.path import CasePath
from praxe.visualize.quotient import Arcs, Quotient

LIMIT = 150  # nodes: with more, a picture is hard to read
_INTO = ">"  # between the ids of a call and of a node that stands in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """A procedure with its calls opened."""

    graph: DecisionGraph
    whole: DecisionGraph  # of the policy, as it was
    procedure: ProcedureName
    opened: frozenset[NodeId]  # calls, as they are named here
    closed: int  # calls that there was no room to open
    quotient: Quotient  # from here to the procedure itself

    def lifted(self, path: CasePath) -> CasePath:
        """Return the way of a case through the opened calls, where this procedure is first entered."""
        visited: list[tuple[NodeId, str | None]] = []
        standing: list[str | None] = []  # what stands before the ids, for each call entered; None: not shown
        entering: str | None = None
        has_begun = False
        for node, key in path.visited:
            found = NodeId(f"{standing[-1]}{node}") if standing and standing[-1] is not None else node
            if isinstance(self.whole.nodes.get(node), Start):
                is_first = not has_begun and node == self.graph.starts[self.procedure]
                has_begun = has_begun or is_first
                standing.append("" if is_first else entering)
                if is_first:
                    visited.append((node, key))
            elif standing and standing[-1] is not None and found in self.graph.nodes:
                visited.append((found, key))
            entering = f"{found}{_INTO}" if found in self.opened and standing and standing[-1] is not None else None
            if isinstance(self.whole.nodes.get(node), Return) and standing:
                standing.pop()
        last = path.visited[-1][0] if path.visited else None
        is_shown = path.stopped_at is not None and path.stopped_at == last and bool(standing) and visited
        if is_shown and standing[-1] is not None:
            return replace(path, visited=tuple(visited), stopped_at=NodeId(f"{standing[-1]}{path.stopped_at}"))
        return replace(path, visited=tuple(visited))


def expand(graph: DecisionGraph, procedure: ProcedureName, *, limit: int = LIMIT) -> Expansion:
    """Return `procedure` with its calls opened, as long as there are at most `limit` nodes.

    Raises:
        ValueError: there is no such procedure.
    """
    if procedure not in graph.starts:
        raise ValueError(f"no procedure {procedure!r}; there are: {', '.join(graph.starts)}")
    own = {name: tuple(node for node in graph.nodes.values() if node.procedure == name) for name in graph.starts}
    opened, closed = _opened(graph, own, procedure, limit)
    nodes: dict[NodeId, GraphNode] = {}
    branches: dict[NodeId, tuple[Branch, ...]] = {}
    for node, leaving in _Opener(graph, own, opened).instance(procedure, "", None):
        nodes[node.id], branches[node.id] = node, leaving
    expanded = DecisionGraph(nodes, branches, {procedure: graph.starts[procedure]})
    quotient = _quotient(expanded, graph, opened)
    cards = frozenset[str](node.id for node in own[procedure])
    quotient.check(
        _arcs(branches.values()), _arcs(graph.branches.get(node.id, ()) for node in own[procedure]), cards=cards
    )
    return Expansion(graph=expanded, whole=graph, procedure=procedure, opened=opened, closed=closed, quotient=quotient)


def has_calls(graph: DecisionGraph, procedure: ProcedureName) -> bool:
    """Return whether there is anything to open in a procedure."""
    return any(isinstance(node, Call) and node.procedure == procedure for node in graph.nodes.values())


def _opened(
    graph: DecisionGraph, own: Mapping[ProcedureName, tuple[GraphNode, ...]], procedure: ProcedureName, limit: int
) -> tuple[frozenset[NodeId], int]:
    opened: set[NodeId] = set()
    closed, total = 0, len(own[procedure])
    waiting = deque([(procedure, "")])
    while waiting:
        name, before = waiting.popleft()
        for call in own[name]:
            if isinstance(call, Call):
                inside = sum(not isinstance(node, Start | Return) for node in own[call.callee])
                if total + inside <= limit:
                    total += inside
                    opened.add(NodeId(f"{before}{call.id}"))
                    waiting.append((call.callee, f"{before}{call.id}{_INTO}"))
                else:
                    closed += 1
    return frozenset(opened), closed


@dataclass(frozen=True, slots=True)
class _Opener:
    graph: DecisionGraph
    own: Mapping[ProcedureName, tuple[GraphNode, ...]]
    opened: frozenset[NodeId]

    def instance(
        self, procedure: ProcedureName, before: str, after: NodeId | None
    ) -> Iterator[tuple[GraphNode, tuple[Branch, ...]]]:
        """The nodes of a procedure with what leaves them, `before` in front of every id; a return leads to `after`."""
        for node in self.own[procedure]:
            if before and isinstance(node, Start | Return):
                continue
            made = _renamed(node, before)
            leaving = self.graph.branches.get(node.id, ())
            if isinstance(node, Call) and made.id in self.opened:
                follows = self._place(leaving[0].target, before, after) if leaving else None
                inner, start = f"{made.id}{_INTO}", self.graph.starts[node.callee]
                first = self.graph.branches[start][0]
                enters = replace(first, source=made.id, target=self._place(first.target, inner, follows))
                yield replace(made, notes=(*made.notes, *self.graph.nodes[start].notes)), (enters,)
                yield from self.instance(node.callee, inner, follows)
            else:
                moved = (
                    replace(each, source=made.id, target=self._place(each.target, before, after)) for each in leaving
                )
                yield made, tuple(moved)

    def _place(self, target: NodeId, before: str, after: NodeId | None) -> NodeId:
        if before and isinstance(self.graph.nodes[target], Return):
            assert after is not None  # INVARIANT: a call of a procedure that returns has a branch
            return after
        return NodeId(f"{before}{target}")


def _renamed(node: GraphNode, before: str) -> GraphNode:
    if not before:
        return node
    named = replace(node, id=NodeId(f"{before}{node.id}"))
    if isinstance(named, Wait):
        return replace(named, meanwhile=tuple(replace(e, id=NodeId(f"{before}{e.id}")) for e in named.meanwhile))
    return named


def _quotient(expanded: DecisionGraph, graph: DecisionGraph, opened: frozenset[NodeId]) -> Quotient:
    """Everything inside a call lies in the card of the outermost one; what leaves it, in the way after it."""
    card_of: dict[str, str] = {name: name.partition(_INTO)[0] for name in expanded.nodes}
    way_of: dict[tuple[str, str], tuple[str, str]] = {}
    for leaving in expanded.branches.values():
        for branch in leaving:
            card = card_of[branch.source]
            if card == branch.source and branch.source not in opened:
                way_of[branch.source, branch.key] = (branch.source, branch.key)
            elif card_of[branch.target] != card:
                way_of[branch.source, branch.key] = (card, graph.branches[NodeId(card)][0].key)
    return Quotient(card_of, way_of)


def _arcs(branches: Iterable[tuple[Branch, ...]]) -> Arcs:
    return {(each.source, each.key): each.target for leaving in branches for each in leaving}
