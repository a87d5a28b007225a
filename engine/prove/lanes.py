"""The nodes of a policy by number, in an order in which every branch leads on.

In: a policy. Out: `Lanes`: procedures, each before those it calls; the nodes of one procedure next to each other; and
of each node the numbers of those that its branches lead to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import Branch, Call, DecisionGraph, GraphNode, NodeId
from praxe.engine.policy import Policy

Targets = tuple[int, ...]  # a number for each branch


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """The nodes of a policy by number. INVARIANT: every branch leads to a higher number."""

    order: Sequence[ProcedureName]
    nodes: Sequence[GraphNode]
    lanes: dict[ProcedureName, range]
    number: dict[NodeId, int]
    branches: Sequence[Sequence[Branch]]
    targets: Sequence[Targets]


def laid_out(policy: Policy) -> Lanes:
    """Number the nodes of a policy."""
    order = _callers_first(policy)
    members: dict[ProcedureName, list[GraphNode]] = {name: [] for name in order}
    for node in policy.graph.nodes.values():
        members[node.procedure].append(node)
    found = _numbered(policy.graph, order, members)
    wrong = {
        found.nodes[number].procedure
        for number, targets in enumerate(found.targets)
        if targets and min(targets) <= number
    }
    if not wrong:  # as ever, for the author's order is such a one
        return found
    return _numbered(
        policy.graph, order, {name: _sorted(found, name) if name in wrong else members[name] for name in order}
    )


def _numbered(
    graph: DecisionGraph, order: Sequence[ProcedureName], members: dict[ProcedureName, list[GraphNode]]
) -> Lanes:
    nodes: list[GraphNode] = []
    lanes: dict[ProcedureName, range] = {}
    for name, some in members.items():
        lanes[name] = range(len(nodes), len(nodes) + len(some))
        nodes += some
    names = [node.id for node in nodes]
    number = dict(zip(names, range(len(names)), strict=True))
    branches_of = graph.branches
    branches = [branches_of.get(name, ()) for name in names]
    targets = [  # mostly one
        (number[each[0].target],) if len(each) == 1 else tuple([number[branch.target] for branch in each])
        for each in branches
    ]
    return Lanes(order=order, nodes=nodes, lanes=lanes, number=number, branches=branches, targets=targets)


def _sorted(found: Lanes, name: ProcedureName) -> list[GraphNode]:
    """Return the nodes of a procedure, each before those its branches lead to."""
    before = {number: found.targets[number] for number in found.lanes[name]}
    return [found.nodes[each] for each in reversed(list(TopologicalSorter(before).static_order()))]


def _callers_first(policy: Policy) -> list[ProcedureName]:
    """Return all procedures, each before those it calls."""
    calls: TopologicalSorter[ProcedureName] = TopologicalSorter(dict.fromkeys(policy.graph.starts, ()))
    for node in policy.graph.nodes.values():
        if isinstance(node, Call):
            calls.add(node.procedure, node.callee)
    return list(calls.static_order())[::-1]
