"""Places in a walk through a policy, calls included, without anything in between that nobody sees.

In: a flow. Out: positions: the calls under way and a node, as numbers; a position further on is a larger tuple. Starts,
calls and returns are passed at once, so a position always stands at a decision or at something that shows.
"""

from __future__ import annotations

from typing import Final

from praxe.dsl.tree import FactName
from praxe.engine.graph import Call, Question, Return, Start
from praxe.engine.prove.flow import Flow

Position = tuple[int, ...]  # the calls under way, the innermost last, then the node
HOLE: Final[Position] = (1 << 60,)  # where a case has no answer: after everything else


def settle(flow: Flow, position: Position, asked: set[FactName]) -> Position:
    """Return the first place from `position` on that decides or shows something.

    Args:
        asked: takes the facts that are asked for on the way.
    """
    while True:
        *calls, number = position
        match flow.nodes[number]:
            case Start() | Question() as node:
                if isinstance(node, Question):
                    asked.add(node.fact)
                position = (*calls, flow.edges[number][0].target)
            case Call():
                start = flow.callees[number]
                assert start is not None  # INVARIANT: every call has a callee
                position = (*calls, number, start)
            case Return() if calls:
                caller = calls[-1]
                position = (*calls[:-1], flow.edges[caller][0].target)
            case _:
                return position


def onward(flow: Flow, position: Position, target: int, asked: set[FactName]) -> Position:
    """Return where a branch to `target` leads from a position."""
    return settle(flow, (*position[:-1], target), asked)
