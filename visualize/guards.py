"""The answer that leads to each node: the last one that no way to it avoids.

In: the graph of a procedure. Out: that branch for each node, None where every way leads. It words why one procedure
enters another, and what a section of a chart is about.
"""

from __future__ import annotations

from collections.abc import Mapping

from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import Branch, BranchKind, DecisionGraph, NodeId
from praxe.visualize.dominators import chain, dominators

_Place = tuple[NodeId, str | None]  # a node, or the branch of that key which leaves it


def guards(graph: DecisionGraph, procedure: ProcedureName) -> Mapping[NodeId, Branch | None]:
    """Return the answer that must have been given where each node of `procedure` is reached."""
    following: dict[_Place, list[_Place]] = {}
    open_nodes = [graph.starts[procedure]]
    while open_nodes:
        node = open_nodes.pop()
        if (node, None) in following:
            continue
        branches = graph.branches.get(node, ())
        following[node, None] = [(node, branch.key) for branch in branches]
        following.update({(node, branch.key): [(branch.target, None)] for branch in branches})
        open_nodes += [branch.target for branch in branches]
    found = dominators((graph.starts[procedure], None), following)
    answers = {
        (branch.source, branch.key): branch
        for branches in graph.branches.values()
        for branch in branches
        if branch.kind is not BranchKind.NEXT and len(branches) > 1
    }
    return {
        place[0]: next((answers[way] for way in _ways(place, found) if way in answers), None)
        for place in found
        if place[1] is None
    }


def _ways(place: _Place, found: Mapping[_Place, _Place | None]) -> list[tuple[NodeId, str]]:
    return [(node, key) for node, key in chain(place, found) if key is not None]
