"""Places in a walk through a policy, calls included, without anything in between that nobody sees.

In: a flow. Out: positions: the calls under way and a node, as numbers; a position further on is a larger tuple. Starts,
calls and returns are passed at once, so a position always stands at a decision or at something that shows.
"""

from __future__ import annotations

from typing import Final, assert_never

from praxe.dsl.tree import FactName
from praxe.engine.graph import Call, Decision, End, Gap, Question, Retry, Return, Start, Step, Wait
from praxe.engine.prove.diagrams import EVERY_CASE
from praxe.engine.prove.flow import Flow

Position = tuple[int, ...]  # the calls under way, the innermost last, then the node
HOLE: Final[Position] = (1 << 60,)  # where a case has no answer: after everything else


def settle(flow: Flow, position: Position, asked: set[FactName]) -> Position:
    """Return the first place from `position` on that decides or shows something.

    Args:
        asked: takes the facts that are asked for on the way.
    """
    while True:
        number = position[-1]
        match flow.nodes[number]:
            case Decision() | Step() | End() | Gap() | Retry() | Wait():
                return position
            case Start() | Question() as node:
                if isinstance(node, Question):
                    asked.add(node.fact)
                position = (*position[:-1], flow.targets[number][0])
            case Call():
                start = flow.callees[number]
                assert start is not None  # INVARIANT: every call has a callee
                position = (*position, start)
            case Return():
                if len(position) == 1:
                    return position
                position = (*position[:-2], flow.targets[position[-2]][0])
            case node:
                assert_never(node)


def onward(flow: Flow, position: Position, target: int, asked: set[FactName]) -> Position:
    """Return where a branch to `target` leads from a position."""
    return settle(flow, (*position[:-1], target), asked)


def has_way_for_all(flow: Flow, number: int) -> bool:
    """Return whether a node plainly has a way for every case: one way for all, or a yes and a no."""
    match flow.cases_of[number]:
        case (cases,):
            return cases == EVERY_CASE
        case (yes, no):
            return flow.diagrams.without(yes) == no
        case _:
            return False
