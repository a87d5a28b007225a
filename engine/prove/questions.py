"""Answers that change nothing.

In: a flow. Out: a finding for each condition all of whose branches lead to the same, and for each `pergunte` whose
answer nothing reads afterwards. Equal futures get one number, as sets of cases do; tests are compared by the cases that
take them, so two ways of writing one condition are equal.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
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
    yield from _idle_conditions(proofs).values()
    yield from _idle_asked(proofs).values()


def _idle_conditions(proofs: Proofs) -> dict[Span, ProofFinding]:
    flow, at = proofs.flow, proofs.whole.at
    futures = futures_of(flow)
    idle: dict[Span, ProofFinding] = {}
    useful: list[Span] = []
    for number, node in flow.decisions:
        targets = flow.targets[number]
        if not at[number] or is_turn(node):
            continue
        if len(targets) > 1 and futures[targets[0]] == futures[targets[-1]] and _are_one(futures, targets):
            facts = ", ".join(f"`{each}`" for each in node.facts)
            idle[node.span] = of_every_case(Check.QUESTIONS, "PX417", node.span, facts=facts)
        else:
            useful.append(node.span)
    return _but(idle, useful)


def _are_one(futures: Sequence[int], targets: Sequence[int]) -> bool:
    return len({futures[each] for each in targets}) == 1


def _idle_asked(proofs: Proofs) -> dict[Span, ProofFinding]:
    idle: dict[Span, ProofFinding] = {}
    useful: list[Span] = []
    for number, node in proofs.flow.nodes_of(Question):
        if not proofs.whole.at[number]:
            continue
        if _reads_after(proofs, number, node.fact):
            useful.append(node.span)
        else:
            idle[node.span] = of_every_case(Check.QUESTIONS, "PX417", node.span, facts=f"`{node.fact}`")
    return _but(idle, useful)


def _but(idle: dict[Span, ProofFinding], useful: Sequence[Span]) -> dict[Span, ProofFinding]:
    """Leave out the lines of which another copy does change something."""
    lines = {span.line for span in idle}
    for span in useful:
        if span.line in lines:
            idle.pop(span, None)
    return idle


def futures_of(flow: Flow) -> list[int]:
    """Return a number for what follows from each node on; equal numbers, equal futures."""
    numbers: dict[Hashable, int] = {}
    futures = [0] * len(flow.nodes)
    for name in reversed(flow.order):
        for number in reversed(flow.lanes[name]):
            futures[number] = _future(flow, number, futures, numbers)
    return futures


def _future(flow: Flow, number: int, futures: Sequence[int], numbers: dict[Hashable, int]) -> int:
    node, cases, targets = flow.nodes[number], flow.cases_of[number], flow.targets[number]
    after = (futures[targets[0]],) if len(targets) == 1 else tuple([futures[target] for target in targets])
    match node:
        case Decision():
            if after and after.count(after[0]) == len(after) and not flow.undecided(number):
                return after[0]
            key: Hashable = ("test", *_by_following(flow, cases, after))
        case Step():
            key = (step_seen(node), _arguments(node) if node.arguments else (), cases, after)
        case Start():
            return after[0]
        case Return():
            key = "return"
        case Question():
            key = ("ask", node.fact, *cases, *after)
        case Call():
            key = ("call", node.callee, *cases, *after)
        case Retry():
            arguments = tuple((name, text_of(value)) for name, value in node.arguments)
            told = (node.action, arguments, node.attempts, node.fact, node.clauses, node.notes)
            key = ("try", *told, *cases, *after)
        case Wait():
            duties = tuple((step_seen(step), _arguments(step)) for step in node.meanwhile)
            until = node.deadline if isinstance(node.deadline, Duration) else text_of(node.deadline)
            key = ("wait", node.fact, until, duties, *cases, *after)
        case End():
            key = ("end", node.outcome)
        case Gap():
            key = gap_seen(node)
        case _:
            assert_never(node)
    return numbers.setdefault(key, len(numbers))


def _by_following(flow: Flow, cases: Sequence[int], after: Sequence[int]) -> Sequence[tuple[int, int]]:
    """Return what follows, each once, with the cases of which it does."""
    if len(after) == 2 and after[0] != after[1]:  # as mostly
        one, other = (after[0], cases[0]), (after[1], cases[1])
        return (one, other) if one < other else (other, one)
    if len(set(after)) == len(after):
        return sorted(zip(after, cases, strict=True))
    found: dict[int, int] = {}
    for each, following in zip(cases, after, strict=True):
        found[following] = flow.diagrams.either(found.get(following, 0), each)
    return sorted(found.items())


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
