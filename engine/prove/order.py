"""What may come after what, by the shape of the graph.

In: a flow. Out: for groups of nodes, all at once, which nodes some node of the group may follow; each group is one bit,
so one sweep over the graph answers for all.
"""

from __future__ import annotations

from collections.abc import Mapping

from praxe.dsl.tree import ProcedureName
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
            for target in flow.targets[number]:
                later[number] |= later[target] | bit_of.get(target, 0)
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
                for target in flow.targets[number]:
                    after |= later[target] | bit_of.get(target, 0)
                beyond[node.callee] |= after
    return [each | beyond[node.procedure] for each, node in zip(later, flow.nodes, strict=True)]


def procedures_later(flow: Flow) -> dict[ProcedureName, int]:
    """Return, for each procedure, those (bits, by their place in `Flow.order`) that may be entered after it is.

    It is among them itself if a case may enter it twice.
    """
    place = {name: number for number, name in enumerate(flow.order)}
    within: dict[ProcedureName, int] = {}  # those entered from a procedure or from those that it calls
    after: dict[int, int] = {}  # call -> those entered after it in its own procedure
    for name in reversed(flow.order):
        lane = flow.lanes[name]
        calls = [number for number in lane if flow.callees[number] is not None]
        entered = {
            number: 1 << place[flow.procedure_of[number]] | within[flow.procedure_of[number]] for number in calls
        }
        within[name] = 0
        for each in entered.values():
            within[name] |= each
        after.update(_after_calls(flow, lane, entered) if len(calls) > 1 else dict.fromkeys(calls, 0))
    beyond = dict.fromkeys(flow.order, 0)
    for name in flow.order:
        for number in flow.lanes[name]:
            if number in after:
                beyond[flow.procedure_of[number]] |= after[number] | beyond[name]
    return {name: within[name] | beyond[name] for name in flow.order}


def _after_calls(flow: Flow, lane: range, entered: Mapping[int, int]) -> dict[int, int]:
    """Return, for each call of a procedure, the procedures that calls after it enter."""
    ahead: dict[int, int] = {}
    found: dict[int, int] = {}
    for number in reversed(lane):
        following = 0
        for target in flow.targets[number]:
            following |= ahead[target]
        if number in entered:
            found[number] = following
        ahead[number] = following | entered.get(number, 0)
    return found
