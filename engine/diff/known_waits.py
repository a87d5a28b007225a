"""Waits that nobody waits at, because every case knows already how they end when it comes there.

In: a flow. Out: the numbers of those waits. Facts do not change during a walk, so a wait on a fact that was read on
every way there is passed at once, like a decision; its duties are listed all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.graph import Decision, GraphNode, Question, Return, Wait
from praxe.engine.prove.flow import Flow

_Facts = frozenset[FactName]
_NOTHING: _Facts = frozenset()


def known_waits(flow: Flow, starts: Collection[ProcedureName]) -> frozenset[int]:
    """Return the waits on a fact that is read on every way from any of `starts`."""
    waits = [number for number, node in enumerate(flow.nodes) if isinstance(node, Wait)]
    if not waits:
        return frozenset()
    own = [_surely_read(node) for node in flow.nodes]
    by: dict[ProcedureName, _Facts] = {}  # what is read on every way through a procedure
    for name in reversed(flow.order):  # callees first
        by[name] = _read_by(flow, name, own, by)
    entering: dict[ProcedureName, _Facts] = dict.fromkeys(starts, _NOTHING)
    known: set[int] = set()
    for name in flow.order:  # callers first
        if name in entering:
            known.update(_lead(flow, name, own, by, entering))
    return frozenset(known.intersection(waits))


def _surely_read(node: GraphNode) -> _Facts:
    """Return what is known whenever a case goes on from a node; a condition of several facts may do without some."""
    match node:
        case Question(fact=fact) | Wait(fact=fact):
            return frozenset((fact,))
        case Decision(facts=(fact,)):
            return frozenset((fact,))
        case _:
            return _NOTHING


def _read_by(flow: Flow, name: ProcedureName, own: Sequence[_Facts], by: dict[ProcedureName, _Facts]) -> _Facts:
    """Return what is read on every way through a procedure back to its caller."""
    before = _before(flow, name, own, by, _NOTHING)
    back = flow.return_of(name)
    return before.get(back, _NOTHING) if back is not None else _NOTHING


def _lead(
    flow: Flow,
    name: ProcedureName,
    own: Sequence[_Facts],
    by: dict[ProcedureName, _Facts],
    entering: dict[ProcedureName, _Facts],
) -> list[int]:
    """Return the nodes of a procedure that read nothing new, and note what is known where it calls others."""
    before = _before(flow, name, own, by, entering[name])
    for number, known in before.items():
        if flow.callees[number] is not None:
            callee = flow.procedure_of[number]
            entering[callee] = entering[callee] & known if callee in entering else known
    return [number for number, known in before.items() if own[number] and own[number] <= known]


def _before(
    flow: Flow, name: ProcedureName, own: Sequence[_Facts], by: dict[ProcedureName, _Facts], entering: _Facts
) -> dict[int, _Facts]:
    """Return for each node that can be reached what is read on every way there."""
    lane = flow.lanes[name]
    before = {lane.start: entering}
    for number in lane:
        if number not in before or isinstance(flow.nodes[number], Return):
            continue
        after = before[number] | own[number]
        if flow.callees[number] is not None:
            after |= by.get(flow.procedure_of[number], _NOTHING)
        for edge in flow.edges[number]:
            before[edge.target] = before[edge.target] & after if edge.target in before else after
    return before
