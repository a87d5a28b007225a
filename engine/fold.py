"""Decisions that are decided already: inside a loop written out, where its variable has become a value.

In: a procedure lowered. Out: its branches, led past the decisions that no fact can change, and past the turns of a loop
in which nothing is done.
"""

from __future__ import annotations

from dataclasses import replace

from praxe.dsl.tree import FactName, Literal, Pattern, Today, ValuePattern, ValueRef
from praxe.engine.evaluate import Evaluator, fixed_value
from praxe.engine.graph import Branch, BranchKind, Decision, NodeId
from praxe.engine.lower_procedure import LoweredProcedure
from praxe.engine.values import Value


def fold(made: LoweredProcedure, evaluator: Evaluator) -> dict[NodeId, tuple[Branch, ...]]:
    """Return the branches of a procedure, led past every decision that needs no fact."""
    passed: dict[NodeId, NodeId] = {}

    def destination(name: NodeId) -> NodeId:
        while name in passed:
            name = passed[name]
        return name

    for name, node in reversed(made.nodes.items()):  # what follows a turn of a loop is folded before it
        if not isinstance(node, Decision):
            continue
        ways = made.branches[name]
        if name in made.turns and len({destination(each.target) for each in ways}) == 1:
            passed[name] = ways[0].target  # nothing is done for this value
        elif _is_constant(node):
            value = evaluator.value(node.test, dict[FactName, Value | None]())
            taken = next((each for each in ways if value is not None and _admits(each, value)), None)
            if taken:
                passed[name] = taken.target
    return {
        source: tuple(_led_to(destination(each.target), each) for each in outgoing)
        for source, outgoing in made.branches.items()
    }


def _led_to(target: NodeId, branch: Branch) -> Branch:
    return branch if branch.target == target else replace(branch, target=target)


def _is_constant(node: Decision) -> bool:
    return not node.facts and not any(isinstance(part, Today) for part in node.test.descendants())


def _admits(branch: Branch, value: Value) -> bool:
    match branch.kind:
        case BranchKind.YES:
            return value is True
        case BranchKind.NO:
            return value is False
        case BranchKind.VALUE:
            return any(_matches(pattern, value) for pattern in branch.patterns)
        case _:
            return branch.kind is BranchKind.OTHERWISE


def _matches(pattern: Pattern, value: Value) -> bool:
    match pattern:
        case ValuePattern(value=ValueRef() | Literal() as fixed):
            return fixed_value(fixed) == value
        case _:
            return False  # a loop's variable is never a number
