"""What can still follow from a place: equal futures, and the facts that may still matter.

In: a prepared policy and what is known. Out: whether all ways on lead to the same, whatever is found out later. Two
futures are the same when the same steps, asked facts, waits, gaps and outcomes follow under the same tests; where in
the text they are written does not count, but the clauses that a step or gap cites do. Equal futures get one number
(hash-consing, as in decision diagrams: R. Bryant, 1986), so comparing them is comparing numbers. Tests are compared as
written: that two different tests always agree is not seen here, but in `settle`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import assert_never

from praxe.dsl.tree import Duration, FactName
from praxe.engine.graph import Call, Decision, End, Gap, Question, Retry, Return, Start, Step, Wait
from praxe.engine.observe import arguments_seen, attempts_made, gap_seen, step_seen
from praxe.engine.program import Program, Spot, Way
from praxe.engine.values import Known
from praxe.engine.wording import duration_text, text_of

_Task = tuple[Spot, int]  # a spot, and the number of what follows when its procedure returns


class Outlook:
    """The futures of one case. Valid as long as no fact is added to `known`."""

    def __init__(self, program: Program, known: Known) -> None:
        self._program = program
        self._known = known
        self._numbers: dict[Hashable, int] = {}
        self._futures: dict[_Task, int] = {}
        self._parts: list[tuple[tuple[FactName, ...], tuple[int, ...]]] = []  # of each number: facts read, what follows

    def way_past(self, spot: Spot, calls: Sequence[Way | None]) -> Way | None:
        """Return a way past a decision or last attempt that is not known, if all its ways lead to the same."""
        match spot.node:
            case Decision():
                passable = bool(self._program.lacking(spot, self._known))
            case Retry():
                passable = not self._program.lacking_arguments(spot, self._known) and self._is_last_attempt(spot.node)
            case _:
                passable = False
        if not passable:
            return None
        after = self._after(calls)
        first, *others = (self._future(way.target, after) for way in spot.ways)
        return spot.ways[0] if all(each == first for each in others) else None

    def open_facts(self, spot: Spot, calls: Sequence[Way | None]) -> tuple[FactName, ...]:
        """Return the unknown facts that may be read from `spot` on, in the order of the graph."""
        found: dict[FactName, None] = {}
        seen: set[int] = set()
        stack = [self._future(spot, self._after(calls))]
        while stack:
            number = stack.pop()
            if number not in seen:
                seen.add(number)
                facts, below = self._parts[number]
                found.update(dict.fromkeys(facts))
                stack.extend(reversed(below))
        return tuple(found)

    def _is_last_attempt(self, node: Retry) -> bool:
        attempts = self._known.get(node.fact)
        return (len(attempts) if isinstance(attempts, tuple) else 0) == node.attempts - 1

    def _after(self, calls: Sequence[Way | None]) -> int:
        """Return the number of what follows when the innermost procedure returns."""
        after = self._number(("return",))
        for way in calls:
            if way:  # else that call never returns
                after = self._future(way.target, after)
        return after

    def _future(self, spot: Spot, after: int) -> int:
        """Return the number of what follows from `spot` on; what it rests on is worked out first, on our own stack."""
        stack = [(spot, after)]
        while stack:
            task = stack[-1]
            missing = [] if task in self._futures else list(self._missing(task))
            if missing:
                stack.extend(missing)
                continue
            if task not in self._futures:
                self._futures[task] = self._meet(task)
            stack.pop()
        return self._futures[spot, after]

    def _missing(self, task: _Task) -> Iterator[_Task]:
        spot, after = task
        for way in self._open_ways(spot):
            if (way.target, after) not in self._futures:
                yield (way.target, after)
        if spot.callee:  # what follows the call comes first: it is what follows the callee's return
            returned = self._futures.get((spot.ways[0].target, after)) if spot.ways else after
            if returned is not None and (spot.callee, returned) not in self._futures:
                yield (spot.callee, returned)

    def _open_ways(self, spot: Spot) -> Sequence[Way]:
        """Return the ways that may still be taken from `spot`."""
        way = spot.leaving(self._known)
        return (way,) if way else spot.ways

    def _meet(self, task: _Task) -> int:
        """Return the number of a spot whose followers have theirs."""
        spot, after = task
        node, known = spot.node, self._known
        ways = self._open_ways(spot)
        below = tuple(self._futures[way.target, after] for way in ways)
        is_known = spot.leaving(known) is not None
        match node:
            case Start():
                return below[0]
            case Return():
                return after
            case Call():
                returned = below[0] if below else after
                assert spot.callee
                return self._futures[spot.callee, returned]
            case Step():
                facts = () if is_known else self._program.lacking(spot, known)
                return self._number(("step", step_seen(node), arguments_seen(spot, known)), facts, below)
            case Question():
                return below[0] if is_known else self._number(("ask", node.fact), (node.fact,), below)
            case Decision():
                return self._meet_decision(spot, node, ways, below)
            case Retry() | Wait():
                return self._meet_event(spot, node, below, is_known=is_known)
            case End():
                return self._number(("end", node.outcome))
            case Gap():
                return self._number(gap_seen(node))
            case _:
                assert_never(node)

    def _meet_decision(self, spot: Spot, node: Decision, ways: Sequence[Way], below: tuple[int, ...]) -> int:
        if spot.leaving(self._known) is not None:
            return below[0]
        facts = self._program.lacking(spot, self._known)
        if facts and len(set(below)) == 1:
            return below[0]
        keys = tuple(way.branch.key for way in ways)
        return self._number(("test", text_of(node.test), keys, bool(facts)), facts, below)

    def _meet_event(self, spot: Spot, node: Retry | Wait, below: tuple[int, ...], *, is_known: bool) -> int:
        """Return the number of a retry or wait: what is done there shows even when its end is known."""
        if isinstance(node, Retry) and self._is_last_attempt(node) and below[0] == below[-1]:
            is_known, below = not self._program.lacking_arguments(spot, self._known), below[:1]
        facts = () if is_known else self._program.lacking(spot, self._known)
        arguments = arguments_seen(spot, self._known)
        match node:
            case Retry():
                made = attempts_made(node, self._known)
                what: Hashable = ("try", node.action, made, node.clauses, node.notes)
                what = what if is_known else (what, node.fact, node.attempts)
            case Wait():
                by = node.deadline
                deadline = duration_text(by) if isinstance(by, Duration) else text_of(by)
                duties = tuple(step_seen(step) for step in node.meanwhile)
                what = ("wait", duties) if is_known else ("wait", duties, node.fact, deadline)
            case _:
                assert_never(node)
        return self._number((what, arguments), facts, below)

    def _number(self, what: Hashable, facts: tuple[FactName, ...] = (), below: tuple[int, ...] = ()) -> int:
        key = (what, below)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers)
            self._parts.append((facts, below))
        return self._numbers[key]
