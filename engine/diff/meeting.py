"""Which places some cases still come by in one version, from wherever they stand.

In: a flow, places with the cases that stand there, and the nodes in question. Out: those that are met, and by whom. A
closed procedure is taken to lead every case back to its caller: then some may be said to come who do not.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from praxe.engine.diff.positions import HOLE, Position
from praxe.engine.diff.questions import leading_to
from praxe.engine.graph import Return
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.flow import Flow

MOST_MET: Final = 40_000  # places that cases are led through


def met(
    flow: Flow, standing: Iterable[tuple[Position, int]], wanted: Collection[int], until: Position = HOLE
) -> Mapping[int, int] | None:
    """Return the nodes of `wanted` that cases come to, with those cases; None where that is too much.

    Args:
        until: how far to look: no place beyond this one.
    """
    leading = _leading_to(flow, wanted)
    waiting: dict[Position, int] = {}
    queue: list[Position] = []
    found: dict[int, int] = {}
    either = flow.diagrams.either
    passed = 0

    def lead(position: Position, cases: int) -> None:
        if cases == NO_CASE or position > until or not _may_meet(flow, position, leading):
            return
        if position not in waiting:
            heapq.heappush(queue, position)
        waiting[position] = either(waiting.get(position, NO_CASE), cases)

    for position, cases in standing:
        lead(position, cases)
    while queue:
        passed += 1
        if passed > MOST_MET:
            return None
        position = heapq.heappop(queue)
        cases = waiting.pop(position)
        if position[-1] in wanted:
            found[position[-1]] = either(found.get(position[-1], NO_CASE), cases)
        for after, those in _after(flow, position, cases):
            lead(after, those)
    return found


def _after(flow: Flow, position: Position, cases: int) -> Iterator[tuple[Position, int]]:
    """Yield where cases go on from a place."""
    number = position[-1]
    callee = flow.callees[number]
    if callee is not None:
        yield (*position, callee), cases
    elif isinstance(flow.nodes[number], Return):
        for target in flow.targets[position[-2]] if len(position) > 1 else ():
            yield (*position[:-2], target), cases
    else:
        for target, those in zip(flow.targets[number], flow.cases_of[number], strict=True):
            yield (*position[:-1], target), flow.diagrams.both(cases, those)


def _may_meet(flow: Flow, position: Position, leading: Collection[int]) -> bool:
    """Return whether one of the wanted nodes can follow, in the procedure at hand or after one of the calls."""
    if position == HOLE:
        return False
    return position[-1] in leading or any(target in leading for call in position[:-1] for target in flow.targets[call])


def _leading_to(flow: Flow, wanted: Collection[int]) -> Collection[int]:
    """Return the nodes from which one of the wanted can be reached, calls included."""
    leading: set[int] = set()
    procedures = leading_to(flow, wanted)
    for name in reversed(flow.order):  # callees first
        for number in reversed(flow.lanes[name]) if name in procedures else ():
            if number in wanted or flow.callees[number] in leading or not leading.isdisjoint(flow.targets[number]):
                leading.add(number)
    return leading
