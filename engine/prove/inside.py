"""What happens to a case inside each procedure, whoever calls it and whatever came before: nothing is forgotten.

In: a flow. Out: for each node the cases that get from the first node of its procedure to there. Facts do not change, so
the cases that reach a node at all are those, as far as they enter the procedure: one sweep answers for every caller,
and two nodes of one procedure are passed by one case just when their sets have a case in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from praxe.dsl.tree import ProcedureName
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE, TooManyTestsError
from praxe.engine.prove.flow import STRAIGHT_ON, Flow
from praxe.engine.prove.reach import Reach, Returns, coming_back, enter, spread_in

TESTS_PER_NODE: Final = 50  # that a procedure's sets may take
TESTS_FOR_ALL: Final = 5_000  # and these besides


@dataclass(frozen=True, slots=True)
class Inside:
    """The cases at each node that enter its procedure; nothing is said of procedures `too_large`."""

    at: list[int]
    returns: Returns
    too_large: frozenset[ProcedureName]
    is_exact: bool  # whether `returns` are


def inside(flow: Flow) -> Inside:
    """Return which cases get where in each procedure."""
    at = [NO_CASE] * len(flow.nodes)
    returns: Returns = {}
    too_large: set[ProcedureName] = set()
    are_exact: dict[ProcedureName, bool] = {}
    for name in reversed(flow.order):
        lane = flow.lanes[name]
        exact = all(are_exact[flow.procedure_of[each]] for each in lane if flow.callees[each] is not None)
        try:
            if not exact:
                raise TooManyTestsError
            with flow.diagrams.room(_room(lane)):
                at[lane.start] = EVERY_CASE
                _spread(flow, lane, at, returns)
            back = flow.return_of(name)
            returns[name] = NO_CASE if back is None else at[back]
        except TooManyTestsError:
            too_large.add(name)
            returns[name], is_kept = coming_back(flow, name, (), returns)
            exact &= is_kept
        are_exact[name] = exact
    return Inside(at, returns, frozenset(too_large), all(are_exact.values()))


def reach_all(flow: Flow, within: Inside, entering: Mapping[ProcedureName, int]) -> Reach:
    """Return which cases reach which node, of those that enter; in procedures too large, with facts forgotten."""
    diagrams = flow.diagrams
    at = [NO_CASE] * len(flow.nodes)
    found = Reach(flow, entering, frozenset(), within.returns, None, at, is_exact=within.is_exact)
    for name, cases in entering.items():
        enter(found, name, cases)
    for name in flow.order:
        lane = flow.lanes[name]
        here = at[lane.start]
        if not here:
            continue
        if here == EVERY_CASE and name not in within.too_large:
            at[lane.start : lane.stop] = within.at[lane.start : lane.stop]
        else:
            try:
                if name in within.too_large:
                    raise TooManyTestsError
                with diagrams.room(_room(lane)):
                    at[lane.start : lane.stop] = [
                        diagrams.both(here, each) for each in within.at[lane.start : lane.stop]
                    ]
            except TooManyTestsError:
                spread_in(found, lane)
        for number in lane:
            if flow.callees[number] is not None and at[number]:
                enter(found, flow.procedure_of[number], at[number])
    return found


def _spread(flow: Flow, lane: range, at: list[int], returns: Returns) -> None:
    """Lead the cases at the first node of a procedure on to all others of it."""
    both, either, parted = flow.diagrams.both, flow.diagrams.either, flow.diagrams.parted
    cases_of, targets, callees, is_total = flow.cases_of, flow.targets, flow.callees, flow.is_total
    for number in lane:
        here = at[number]
        if not here:
            continue
        if callees[number] is not None:
            here = both(here, returns[flow.procedure_of[number]])
        branches = cases_of[number]
        if branches == STRAIGHT_ON:
            target = targets[number][0]
            before = at[target]
            at[target] = either(before, here) if before else here
            continue
        parts: Sequence[int]
        if is_total and len(branches) == 2 and not flow.undecided(number):
            parts = parted(here, *branches)
        else:
            parts = [both(here, each) for each in branches]
        for taken, target in zip(parts, targets[number], strict=True):
            if taken:
                before = at[target]
                at[target] = either(before, taken) if before else taken


def _room(lane: range) -> int:
    return TESTS_PER_NODE * len(lane) + TESTS_FOR_ALL
