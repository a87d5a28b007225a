"""What may come after what, by the shape of the graph.

In: a flow. Out: for groups of nodes, all at once, which nodes some node of the group may follow; each group is one bit,
so one sweep over the graph answers for all.
"""

from __future__ import annotations

from collections.abc import Mapping

from praxe.engine.graph import Call
from praxe.engine.prove.flow import Flow


def groups_later(flow: Flow, bit_of: Mapping[int, int]) -> list[int]:
    """Return, for each node, the groups (bits) of which some node may follow it.

    Args:
        bit_of: node -> the groups it belongs to.
    """
    inside: dict[int, int] = {}  # start of a procedure -> all groups in it and in those it calls
    later = [0] * len(flow.nodes)
    for name in reversed(flow.order):
        whole = 0
        for number in reversed(flow.lanes[name]):
            for edge in flow.edges[number]:
                later[number] |= later[edge.target] | bit_of.get(edge.target, 0)
            start = flow.callees[number]
            if start is not None:
                later[number] |= inside[start]
            whole |= later[number] | bit_of.get(number, 0)
        inside[flow.lanes[name].start] = whole
    beyond: dict[str, int] = dict.fromkeys(flow.order, 0)
    for name in flow.order:
        for number in flow.lanes[name]:
            node = flow.nodes[number]
            if isinstance(node, Call):
                after = beyond[name]
                for edge in flow.edges[number]:
                    after |= later[edge.target] | bit_of.get(edge.target, 0)
                beyond[node.callee] |= after
    return [each | beyond[node.procedure] for each, node in zip(later, flow.nodes, strict=True)]
