"""Answers that change nothing.

In: a flow. Out: a finding for each condition all of whose branches lead to the same, and for each `pergunte` whose
answer nothing reads afterwards. Equal futures get one number, as sets of cases do; tests are compared by the cases that
take them, so two ways of writing one condition are equal.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import assert_never

from praxe.dsl.source import Span
from praxe.dsl.tree import Duration, FactName
from praxe.engine.graph import Call, Decision, End, Gap, Question, Retry, Return, Start, Step, Wait
from praxe.engine.needed import facts_read
from praxe.engine.observe import gap_seen, step_seen
from praxe.engine.prove.branches import is_turn
from praxe.engine.prove.findings import Check, ProofFinding, of_every_case
from praxe.engine.prove.flow import Flow
from praxe.engine.prove.proofs import Proofs
from praxe.engine.wording import text_of


def idle_questions(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the conditions and questions whose answers change nothing."""
    flow = proofs.flow
    futures = futures_of(flow)
    idle: dict[Span, ProofFinding] = {}
    useful: set[Span] = set()
    for number, node in enumerate(flow.nodes):
        if not proofs.whole.at[number]:
            continue
        match node:
            case Decision() if not is_turn(node):
                after = {futures[target] for target in flow.targets[number]}
                if len(after) == 1 and len(flow.targets[number]) > 1:
                    facts = ", ".join(f"`{each}`" for each in node.facts)
                    idle[node.span] = of_every_case(Check.QUESTIONS, "PX417", node.span, facts=facts)
                else:
                    useful.add(node.span)
            case Question() if not _reads_after(proofs, number, node.fact):
                idle[node.span] = of_every_case(Check.QUESTIONS, "PX417", node.span, facts=f"`{node.fact}`")
            case Question():
                useful.add(node.span)  # another copy of the line needs no answer, but this one does
            case _:
                pass
    yield from (finding for span, finding in idle.items() if span not in useful)


def futures_of(flow: Flow) -> list[int]:
    """Return a number for what follows from each node on; equal numbers, equal futures."""
    numbers: dict[Hashable, int] = {}
    futures = [0] * len(flow.nodes)
    for name in reversed(flow.order):
        for number in reversed(flow.lanes[name]):
            below = [
                (cases, futures[target])
                for cases, target in zip(flow.cases_of[number], flow.targets[number], strict=True)
            ]
            futures[number] = _future(flow, number, below, numbers)
    return futures


def _future(flow: Flow, number: int, below: list[tuple[int, int]], numbers: dict[Hashable, int]) -> int:
    node = flow.nodes[number]
    match node:
        case Start():
            return below[0][1]
        case Return():
            key: Hashable = "return"
        case Step():
            key = (step_seen(node), _arguments(node), below[0])
        case Question():
            key = ("ask", node.fact, below[0])
        case Decision():
            after = {following for _, following in below}
            if len(after) == 1 and not flow.undecided(number):
                return after.pop()
            key = ("test", tuple(sorted(_by_following(flow, below).items())))
        case Call():
            key = ("call", node.callee, tuple(below))
        case Retry():
            arguments = tuple((name, text_of(value)) for name, value in node.arguments)
            key = ("try", node.action, arguments, node.attempts, node.fact, node.clauses, node.notes, tuple(below))
        case Wait():
            duties = tuple((step_seen(step), _arguments(step)) for step in node.meanwhile)
            until = node.deadline if isinstance(node.deadline, Duration) else text_of(node.deadline)
            key = ("wait", node.fact, until, duties, tuple(below))
        case End():
            key = ("end", node.outcome)
        case Gap():
            key = gap_seen(node)
        case _:
            assert_never(node)
    return numbers.setdefault(key, len(numbers))


def _by_following(flow: Flow, below: list[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for cases, following in below:
        found[following] = flow.diagrams.either(found.get(following, 0), cases)
    return found


def _arguments(step: Step) -> Hashable:
    return tuple((name, text_of(value)) for name, value in step.arguments)


def _reads_after(proofs: Proofs, number: int, fact: FactName) -> bool:
    """Return whether something that follows a node reads a fact, in its procedure or after it."""
    flow = proofs.flow
    definitions = proofs.policy.checked.definitions
    seen: set[int] = set()
    stack = list(flow.targets[number])
    while stack:
        each = stack.pop()
        if each in seen:
            continue
        seen.add(each)
        node = flow.nodes[each]
        match node:
            case Decision(facts=facts) if fact in facts:
                return True
            case Retry(fact=own) | Wait(fact=own) if own == fact:
                return True
            case Step() | Retry():
                values = [value for _, value in node.arguments]
            case Wait():
                values = [value for step in node.meanwhile for _, value in step.arguments]
                values += [] if isinstance(node.deadline, Duration) else [node.deadline]
            case _:
                values = []
        if any(fact in facts_read(value, definitions) for value in values):
            return True
        stack += flow.targets[each]
        start = flow.callees[each]
        stack += [] if start is None else [start]
        if isinstance(node, Return):
            calls = flow.callers.get(flow.start_of(node.procedure), ())
            stack += [target for call in calls for target in flow.targets[call]]
    return False
