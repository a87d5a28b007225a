"""Where a goal can be reached from, and which facts may still be read on the way: by the shape of the graph alone.

In: a prepared policy and the spots of a goal. Out: for any place of a walk, whether the goal may still come, whatever
the facts; and the facts that what follows can read. Worked out once for each spot, from the ends backwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from praxe.dsl.tree import FactName
from praxe.engine.graph import Decision, Question, Retry, Wait
from praxe.engine.needed import needed
from praxe.engine.program import Pace, Program, Spot, Way


class _Ahead(NamedTuple):
    """What lies ahead of a spot, within its procedure and those it calls."""

    goal: bool
    returns: bool
    reads: frozenset[FactName]


class Reach:
    """What can be reached; for one goal."""

    def __init__(self, program: Program, goals: frozenset[Spot]) -> None:
        self._program = program
        self._goals = goals
        self._ahead: dict[Spot, _Ahead] = {}

    def can_come(self, spot: Spot, calls: Sequence[Way | None]) -> bool:
        """Return whether the goal may come from a place on; `calls` go on there when they return, innermost last."""
        ahead = self._of(spot)
        if ahead.goal:
            return True
        for way in reversed(calls):
            if not ahead.returns or way is None:
                return False
            ahead = self._of(way.target)
            if ahead.goal:
                return True
        return False

    def may_read(self, spot: Spot, calls: Sequence[Way | None]) -> frozenset[FactName]:
        """Return the facts that may be read from a place on."""
        return self._of(spot).reads.union(*(self._of(way.target).reads for way in calls if way))

    def _of(self, spot: Spot) -> _Ahead:
        stack = [spot]
        while stack:
            here = stack[-1]
            missing = [each for each in _next(here) if each not in self._ahead]
            if missing:
                stack += missing
                continue
            if here not in self._ahead:
                self._ahead[here] = self._meet(here)
            stack.pop()
        return self._ahead[spot]

    def _meet(self, spot: Spot) -> _Ahead:
        after = [self._ahead[way.target] for way in spot.ways]
        reads = frozenset(self._reads(spot)).union(*(each.reads for each in after))
        goal, returns = any(each.goal for each in after), any(each.returns for each in after)
        if spot.callee:
            called = self._ahead[spot.callee]
            goal, returns = called.goal or (called.returns and goal), called.returns and returns
            reads |= called.reads
        return _Ahead(spot in self._goals or goal, spot.pace is Pace.RETURN or returns, reads)

    def _reads(self, spot: Spot) -> Iterator[FactName]:
        for _, value, _ in spot.arguments:
            yield from needed(value, {}, self._program.evaluator)
        match spot.node:
            case Decision() as node:
                yield from node.facts
            case Question() | Retry() | Wait() as node:
                yield node.fact
            case _:
                pass


def _next(spot: Spot) -> Iterator[Spot]:
    yield from (way.target for way in spot.ways)
    if spot.callee:
        yield spot.callee
