"""The questions that may be asked now: those that come before the next step.

In: a place where a walk stands still, and what is known. Out: the open facts that may be read from there on before
anything is done. A question does not overtake a step: what stands after a step may be about what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from praxe.dsl.tree import FactName
from praxe.engine.graph import Call, Decision, End, Gap, Question, Retry, Return, Start, Step, Wait
from praxe.engine.program import Program, Spot, Way
from praxe.engine.values import Known


def facts_before_a_step(
    program: Program, spot: Spot, calls: Sequence[Way | None], known: Known
) -> tuple[FactName, ...]:
    """Return the open facts that tests read before the next step, wait or `pergunte`, in the order of the graph."""
    here = dict(known)
    found: dict[FactName, None] = {}
    seen: set[tuple[Spot, tuple[Way | None, ...]]] = set()
    stack = [(spot, tuple(calls))]
    while stack:
        place = stack.pop()
        if place in seen:
            continue
        seen.add(place)
        at, returning = place
        match at.node:
            case Start():
                stack.append((at.ways[0].target, returning))
            case Decision():
                way = at.leaving(here)
                if way is None:
                    found.update(dict.fromkeys(program.lacking(at, here)))
                following = (way,) if way else at.ways
                stack.extend((each.target, returning) for each in reversed(following))
            case Call():
                assert at.callee
                stack.append((at.callee, (*returning, at.onward)))
            case Return():
                if returning and (onward := returning[-1]):
                    stack.append((onward.target, returning[:-1]))
            case Step() | Question() | Retry() | Wait() | End() | Gap():
                pass  # nothing beyond is asked before this is done
            case _:
                assert_never(at.node)
    return tuple(found)


def reachable(spot: Spot, calls: Sequence[Way | None], known: Known) -> Iterator[Spot]:
    """Yield each place that a case may still come by, where it stands included."""
    seen: set[Spot] = set()
    stack = [*(way.target for way in calls if way), spot]
    while stack:
        here = stack.pop()
        if here in seen:
            continue
        seen.add(here)
        yield here
        way = here.leaving(known)
        stack.extend([way.target] if way else [each.target for each in here.ways])
        if here.callee:
            stack.append(here.callee)
