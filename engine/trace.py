"""The trace: each node of a walk, the branch taken there, and the facts and clauses that decided it.

In: a spot, the way taken, and the facts that were given. Out: one `Visit`. Where the way was taken because the answer
makes no difference, no branch is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ClauseId, Expression, FactName
from praxe.engine.evaluate import Evaluator
from praxe.engine.evidence import Evidence, evidence
from praxe.engine.graph import Call, Decision, End, Gap, GraphNode, Question, Retry, Return, Start, Step, Wait
from praxe.engine.needed import facts_read
from praxe.engine.program import Spot, Way
from praxe.engine.records import Visit
from praxe.engine.values import Known, json_value


def visit_of(
    spot: Spot, way: Way | None, given: Known, checked: CheckedPolicy, evaluator: Evaluator, *, is_hole: bool
) -> Visit:
    """Return what the trace says of one node.

    Args:
        given: the facts known, without assumptions.
        is_hole: the policy has no answer here; then all that was read shows why.
    """
    decided = way if way and spot.leaving(given) is way else None
    found = _found(spot.node, evaluator, given) if decided else _read(spot, checked) if is_hole else Evidence()
    cited: Iterable[ClauseId] = (*spot.node.clauses, *(decided.branch.clauses if decided else ()), *found.clauses)
    facts = {name: (value, checked.fact(name)) for name in found.facts if (value := given.get(name)) is not None}
    worth = {name: evaluator.derived(name, given) for name in found.derived}  # a look-up may have passed it by
    derived = {name: (value, checked.fact(name)) for name, value in worth.items() if value is not None}
    return Visit(
        node=spot.node.id,
        kind=kind_of(spot.node),
        branch=decided.branch.key if decided else None,
        facts={name: json_value(value, fact) for name, (value, fact) in facts.items()},
        derived={name: json_value(value, fact) for name, (value, fact) in derived.items()},
        clauses=checked.clauses_among(dict.fromkeys(cited)),
    )


def kind_of(node: GraphNode) -> str:
    """Return the word for a kind of node in the published JSON."""
    match node:
        case Start():
            return "start"
        case Return():
            return "return"
        case Step():
            return "step"
        case Question():
            return "question"
        case Decision():
            return "decision"
        case Call():
            return "call"
        case Retry():
            return "retry"
        case Wait():
            return "wait"
        case End():
            return "end"
        case Gap():
            return "gap"
        case _:
            assert_never(node)


def _found(node: GraphNode, evaluator: Evaluator, given: Known) -> Evidence:
    """Return what decided the way on from a node."""
    match node:
        case Decision():
            return evidence(node.test, given, evaluator)
        case Question():
            return _of_fact(node.fact)
        case Step():
            return _of_arguments(node.arguments, given, evaluator)
        case Retry():
            found = _of_arguments(node.arguments, given, evaluator)
            found.facts[node.fact] = None
            return found
        case Wait():
            duties = [argument for step in node.meanwhile for argument in step.arguments]
            found = _of_arguments(duties, given, evaluator)
            found.facts[node.fact] = None
            return found
        case Start() | Return() | Call() | End() | Gap():
            return Evidence()
        case _:
            assert_never(node)


def _read(spot: Spot, checked: CheckedPolicy) -> Evidence:
    """Return all facts that a node reads."""
    node = spot.node
    tests = [node.test] if isinstance(node, Decision) else [value for _, value, _ in spot.arguments]
    return Evidence(facts=dict.fromkeys(name for test in tests for name in facts_read(test, checked.definitions)))


def _of_fact(name: FactName) -> Evidence:
    return Evidence(facts={name: None})


def _of_arguments(arguments: Iterable[tuple[str, Expression]], given: Known, evaluator: Evaluator) -> Evidence:
    found = Evidence()
    for _, value in arguments:
        each = evidence(value, given, evaluator)
        found.facts |= each.facts
        found.derived |= each.derived
        found.clauses |= each.clauses
    return found
