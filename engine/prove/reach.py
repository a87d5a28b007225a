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
MOST_ENTERING: Final = 3_000  # the same, of the cases that enter a procedure
FEW_AXES: Final = 8  # a set that reads so many is never large enough to look at

Returns = dict[ProcedureName, int]  # of each procedure the cases in which it goes back to its caller


@dataclass(slots=True)
class Reach:
    """The cases at each node; where facts were forgotten (not `is_exact`) too many, never too few."""

    flow: Flow
    entering: Mapping[ProcedureName, int]
    avoided: Collection[int]  # nodes that a case does not go on from
    returns: Returns
    live: Sequence[int] | None  # the axes kept at each node; None: those that are read from there on
    at: list[int]
    is_exact: bool = True
    before: Reach | None = None  # what was reached before a node of `passed` was passed
    passed: Collection[int] = ()

    @property
    def kept(self) -> Sequence[int]:
        """The axes kept at each node."""
        return self.flow.live if self.live is None else self.live


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
        back, exact = coming_back(flow, name, avoided, returns)
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
) -> Reach:
    """Return which cases reach which node.

    Args:
        entering: the procedures that cases begin with, and which cases.
        avoided: nodes that a case does not go on from.
        known: `returns_of` with nothing avoided.
        live: the axes to keep at each node, if more than are read later on.
    """
    if known is not None and not avoided:
        returns, is_exact = known, True
    else:
        returns, is_exact = returns_of(flow, avoided, known)
    at = [NO_CASE] * len(flow.nodes)
    found = Reach(flow, entering, frozenset(avoided), returns, live, at, is_exact)
    for name, cases in entering.items():
        start = flow.start_of(name)
        found.at[start] = flow.diagrams.either(found.at[start], flow.diagrams.keep(cases, found.kept[start]))
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
    at, live = found.at, found.kept
    for number in range(len(at)):
        here = at[number]
        if here and number not in found.avoided:
            start = callees[number]
            if start is not None:
                at[start] = diagrams.either(at[start], diagrams.keep(here, live[start]))
            _lead_on(found, number, here)


def spread_in(found: Reach, lane: range) -> None:
    """Lead the cases at the first node of a procedure on to all others of it."""
    for number in lane:
        if found.at[number]:
            _lead_on(found, number, found.at[number])


def enter(found: Reach, name: ProcedureName, cases: int) -> None:
    """Add cases to those at the first node of a procedure; what is not read in it is forgotten."""
    diagrams, start = found.flow.diagrams, found.flow.start_of(name)
    whole = diagrams.either(found.at[start], diagrams.keep(cases, found.flow.read_in[name]))
    if whole > 1 and diagrams.reads[whole].bit_count() > FEW_AXES and diagrams.is_larger(whole, MOST_ENTERING):
        whole, found.is_exact = trimmed(diagrams, whole, MOST_ENTERING), False
    found.at[start] = whole


def _lead_on(found: Reach, number: int, here: int) -> None:
    """Lead some cases from one node on to those that follow in its procedure."""
    flow, at, live = found.flow, found.at, found.kept
    diagrams = flow.diagrams
    if flow.callees[number] is not None:
        here = diagrams.both(here, found.returns[flow.procedure_of[number]])
    for cases, target in zip(flow.cases_of[number], flow.targets[number], strict=True):
        taken = diagrams.both(here, cases)
        if taken:
            taken = diagrams.keep(taken, live[target])
            before = at[target]
            if before != taken:
                if before:
                    taken = diagrams.either(before, taken)
                if diagrams.reads[taken].bit_count() > FEW_AXES and diagrams.is_larger(taken, MOST_TESTS):
                    taken, found.is_exact = trimmed(diagrams, taken, MOST_TESTS), False
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


def coming_back(flow: Flow, name: ProcedureName, avoided: Collection[int], returns: Returns) -> tuple[int, bool]:
    """Return the cases in which a procedure goes back to its caller, facts forgotten if need be; and if none were.

    Args:
        returns: the same for the procedures that it calls.
    """
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
            for taken, target in zip(flow.cases_of[number], flow.targets[number], strict=True):
                cases = diagrams.either(cases, diagrams.both(taken, back[target]))
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
