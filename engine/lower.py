"""The checked tree to the decision graph.

In: a `CheckedPolicy`. Out: its `DecisionGraph`, procedures and nodes in the author's order. Callees are lowered before
their callers: a call of a procedure that never returns has no branch, and what would only follow it is left out.
"""

from __future__ import annotations

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import Follow, ProcedureName
from praxe.engine.deadlines import Calendar
from praxe.engine.evaluate import Evaluator
from praxe.engine.fold import fold
from praxe.engine.graph import Branch, DecisionGraph, GraphNode, NodeId
from praxe.engine.lower_procedure import LoweredProcedure, lower_procedure


def lower(checked: CheckedPolicy) -> DecisionGraph:
    """Return the decision graph of a policy."""
    evaluator = Evaluator(checked.definitions, attempts={}, calendar=Calendar())
    lowered: dict[ProcedureName, LoweredProcedure] = {}
    kept: dict[ProcedureName, frozenset[NodeId]] = {}
    returning: frozenset[ProcedureName] = frozenset()
    for name in _callees_first(checked):
        made = lower_procedure(checked, checked.procedures[name], returning)
        made.branches = fold(made, evaluator)
        lowered[name], kept[name] = made, _reachable(made)
        if made.end in kept[name]:
            returning |= {name}
    nodes: dict[NodeId, GraphNode] = {}
    branches: dict[NodeId, tuple[Branch, ...]] = {}
    for name in checked.procedures:
        made = lowered[name]
        nodes |= {each: node for each, node in made.nodes.items() if each in kept[name]}
        branches |= {each: made.branches.get(each, ()) for each in made.nodes if each in kept[name]}
    return DecisionGraph(nodes, branches, {name: lowered[name].start for name in checked.procedures})


def _callees_first(checked: CheckedPolicy) -> list[ProcedureName]:
    """Return the procedures, each after those it calls. INVARIANT: calls form no circle."""
    calls = {
        name: [each.procedure.name for each in procedure.body.descendants() if isinstance(each, Follow)]
        for name, procedure in checked.procedures.items()
    }
    order: dict[ProcedureName, None] = {}
    stack = list(reversed(calls))
    while stack:
        missing = [each for each in calls[stack[-1]] if each not in order]
        if missing:
            stack.extend(reversed(missing))
        else:
            order.setdefault(stack.pop())
    return list(order)


def _reachable(made: LoweredProcedure) -> frozenset[NodeId]:
    seen = {made.start}
    stack = [made.start]
    while stack:
        for branch in made.branches.get(stack.pop(), ()):
            if branch.target not in seen:
                seen.add(branch.target)
                stack.append(branch.target)
    return frozenset(seen)
