"""How many paths there are from a node to every end, by the shape of the graph.

In: a graph. Out: an exact whole number, however large. The graph has no circles: loops are written out and calls form
no circle, so paths are summed from the ends backwards; those through a call are multiplied. An attempt is one node
with two branches, however often it is repeated. A path that no case can take, for its answers exclude each other,
counts too: proving that is not the business of a sum.
"""

from __future__ import annotations

from typing import NamedTuple

from praxe.engine.graph import Call, DecisionGraph, End, Gap, NodeId, Return


class _Ways(NamedTuple):
    """How many paths lead on from a node."""

    ending: int  # to an end or a gap, of this procedure or of one it calls
    returning: int  # to the return of the node's own procedure


def count_paths(graph: DecisionGraph, start: NodeId) -> int:
    """Return the number of paths from `start` to every end, gap and return."""
    known: dict[NodeId, _Ways] = {}
    stack = [start]
    while stack:
        missing = [each for each in _after(graph, stack[-1]) if each not in known]
        if missing:
            stack.extend(missing)
        else:
            name = stack.pop()
            known[name] = _ways(graph, name, known)
    return sum(known[start])


def _after(graph: DecisionGraph, name: NodeId) -> list[NodeId]:
    node = graph.nodes[name]
    inside = [graph.starts[node.callee]] if isinstance(node, Call) else []
    return [*inside, *(branch.target for branch in graph.branches[name])]


def _ways(graph: DecisionGraph, name: NodeId, known: dict[NodeId, _Ways]) -> _Ways:
    node = graph.nodes[name]
    on = [known[branch.target] for branch in graph.branches[name]]
    ending, returning = sum(each.ending for each in on), sum(each.returning for each in on)
    match node:
        case End() | Gap():
            return _Ways(1, 0)
        case Return():
            return _Ways(0, 1)
        case Call():
            inside = known[graph.starts[node.callee]]
            return _Ways(inside.ending + inside.returning * ending, inside.returning * returning)
        case _:
            return _Ways(ending, returning)
