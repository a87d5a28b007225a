"""Which cases reach which node.

In: a flow, and the cases that enter at each start. Out: for every node the cases that reach it, with all facts
forgotten that no later condition reads (live-fact projection): exact for the question whether any case reaches it. A
procedure is looked at once, whoever calls it: what a call does to a case is whether the case comes back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import Call, End, Gap, Return
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE, Diagrams
from praxe.engine.prove.flow import Flow

MOST_TESTS: Final = 400  # of which a set of cases may be made, before facts are forgotten to keep it small
FEW_AXES: Final = 8  # a set that reads so many is never large enough to look at

Returns = dict[ProcedureName, int]  # of each procedure the cases in which it goes back to its caller


@dataclass(slots=True)
class Reach:
    """The cases at each node; where facts were forgotten (not `is_exact`) too many, never too few."""

    flow: Flow
    entering: Mapping[ProcedureName, int]
    avoided: Collection[int]  # nodes that a case does not go on from
    returns: Returns
    live: Sequence[int]  # the axes kept at each node
    at: list[int]
    most: int = MOST_TESTS
    is_all_or_nothing: bool = False
    is_exact: bool = True
    before: Reach | None = None  # what was reached before a node of `passed` was passed
    passed: Collection[int] = ()


def returns_of(flow: Flow, avoided: Collection[int] = (), known: Returns | None = None) -> tuple[Returns, bool]:
    """Return the cases in which each procedure goes back to its caller without passing a node of `avoided`.

    Args:
        known: the same with nothing avoided, taken over for procedures that no avoided node touches.
    """
    touched = _touched(flow, avoided) if known is not None else set(flow.order)
    returns: Returns = {}
    is_exact = True
    for name in reversed(flow.order):
        if known is not None and name not in touched:
            returns[name] = known[name]
            continue
        back, exact = _coming_back(flow, name, avoided, returns)
        returns[name] = back
        is_exact &= exact
    return returns, is_exact


def reach(
    flow: Flow,
    entering: Mapping[ProcedureName, int],
    *,
    avoided: Collection[int] = (),
    known: Returns | None = None,
    live: Sequence[int] | None = None,
    most: int = MOST_TESTS,
    is_all_or_nothing: bool = False,
) -> Reach:
    """Return which cases reach which node.

    Args:
        entering: the procedures that cases begin with, and which cases.
        avoided: nodes that a case does not go on from.
        known: `returns_of` with nothing avoided.
        live: the axes to keep at each node, if more than are read later on.
        most: tests that a set may be made of before facts are forgotten to keep it small.
        is_all_or_nothing: stop there instead.
    """
    if known is not None and not avoided:
        returns, is_exact = known, True
    else:
        returns, is_exact = returns_of(flow, avoided, known)
    kept = flow.live if live is None else live
    at = [NO_CASE] * len(flow.nodes)
    found = Reach(flow, entering, frozenset(avoided), returns, kept, at, most, is_all_or_nothing, is_exact)
    for name, cases in entering.items():
        start = flow.start_of(name)
        found.at[start] = flow.diagrams.either(found.at[start], flow.diagrams.keep(cases, kept[start]))
    _spread(found)
    return found


def reach_after(before: Reach, passed: Collection[int]) -> Reach:
    """Return which cases reach which node after having passed one of the nodes in `passed`.

    Facts do not change, so a procedure does the same whoever calls it: a case that passed a node inside it has passed
    the node wherever it comes back to. INVARIANT: `before` keeps what is read after a return (`Flow.live_beyond`).
    """
    flow = before.flow
    found = replace(before, at=[NO_CASE] * len(flow.nodes), before=before, passed=frozenset(passed))
    for number in sorted(passed):
        if before.at[number] and number not in before.avoided:
            _lead_on(found, number, before.at[number])
    for name in reversed(flow.order):  # what passed such a node inside a procedure goes back to those that called it
        lane = flow.lanes[name]
        for number in lane:
            if found.at[number] and number not in found.avoided:
                _lead_on(found, number, found.at[number])
        back = flow.return_of(name)
        if back is None or not found.at[back]:
            continue
        for call in flow.callers.get(lane.start, ()):
            returned = flow.diagrams.both(found.at[back], before.at[call])
            if returned and call not in found.avoided:
                _lead_on(found, call, returned)
    _spread(found)
    return found


def _spread(found: Reach) -> None:
    """Lead the cases at each node on to all that follow, into the procedures called too."""
    diagrams, callees = found.flow.diagrams, found.flow.callees
    at, live = found.at, found.live
    for number in range(len(at)):
        if not found.is_exact and found.is_all_or_nothing:
            return
        here = at[number]
        if here and number not in found.avoided:
            start = callees[number]
            if start is not None:
                at[start] = diagrams.either(at[start], diagrams.keep(here, live[start]))
            _lead_on(found, number, here)


def _lead_on(found: Reach, number: int, here: int) -> None:
    """Lead some cases from one node on to those that follow in its procedure."""
    flow, at, live = found.flow, found.at, found.live
    diagrams = flow.diagrams
    if flow.callees[number] is not None:
        here = diagrams.both(here, found.returns[flow.procedure_of[number]])
    for edge in flow.edges[number]:
        taken = diagrams.both(here, edge.cases)
        if taken:
            target = edge.target
            taken = diagrams.keep(taken, live[target])
            before = at[target]
            if before != taken:
                if before:
                    taken = diagrams.either(before, taken)
                if diagrams.reads[taken].bit_count() > FEW_AXES and diagrams.is_larger(taken, found.most):
                    taken, found.is_exact = trimmed(diagrams, taken, found.most), False
                at[target] = taken


def trimmed(diagrams: Diagrams, cases: int, most: int) -> int:
    """Return a superset of `cases` that is made of few tests: the facts read last are forgotten."""
    while diagrams.is_larger(cases, most):
        reads = diagrams.reads[cases]
        keep = reads
        for _ in range(max(1, reads.bit_count() // 4)):
            keep &= ~(1 << (keep.bit_length() - 1))
        cases = diagrams.keep(cases, keep)
    return cases


def _coming_back(flow: Flow, name: ProcedureName, avoided: Collection[int], returns: Returns) -> tuple[int, bool]:
    diagrams = flow.diagrams
    lane = flow.lanes[name]
    back: dict[int, int] = {}
    is_exact = True
    for number in reversed(lane):
        node = flow.nodes[number]
        if number in avoided or isinstance(node, End | Gap):
            back[number] = NO_CASE
        elif isinstance(node, Return):
            back[number] = EVERY_CASE
        else:
            cases = NO_CASE
            for edge in flow.edges[number]:
                cases = diagrams.either(cases, diagrams.both(edge.cases, back[edge.target]))
            if isinstance(node, Call):
                cases = diagrams.both(cases, returns[node.callee])
            if diagrams.reads[cases].bit_count() > FEW_AXES and diagrams.is_larger(cases, MOST_TESTS):
                cases, is_exact = trimmed(diagrams, cases, MOST_TESTS), False
            back[number] = cases
    return back[lane.start], is_exact


def _touched(flow: Flow, avoided: Collection[int]) -> set[ProcedureName]:
    """Return the procedures that have an avoided node, or call one that has."""
    touched: set[ProcedureName] = set()
    stack = [flow.nodes[number].procedure for number in avoided]
    while stack:
        name = stack.pop()
        if name not in touched:
            touched.add(name)
            stack += [flow.nodes[call].procedure for call in flow.callers.get(flow.start_of(name), ())]
    return touched
