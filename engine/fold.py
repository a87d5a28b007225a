"""Decisions that are decided already: inside a loop written out, where its variable has become a value.

In: a procedure lowered. Out: the same without the decisions that no fact can change: what led to one leads to where
its one possible branch goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from praxe.dsl.tree import FactName, Literal, Pattern, Today, ValuePattern, ValueRef
from praxe.engine.evaluate import Evaluator, fixed_value
from praxe.engine.graph import Branch, BranchKind, Decision, GraphNode, NodeId
from praxe.engine.values import Value


def fold(
    nodes: Mapping[NodeId, GraphNode], branches: Mapping[NodeId, tuple[Branch, ...]], evaluator: Evaluator
) -> dict[NodeId, tuple[Branch, ...]]:
    """Return the branches of a procedure, led past every decision that needs no fact."""
    passed: dict[NodeId, NodeId] = {}
    for name, node in nodes.items():
        if isinstance(node, Decision) and _is_constant(node):
            value = evaluator.value(node.test, dict[FactName, Value | None]())
            taken = next((each for each in branches[name] if value is not None and _admits(each, value)), None)
            if taken:
                passed[name] = taken.target

    def destination(name: NodeId) -> NodeId:
        while name in passed:
            name = passed[name]
        return name

    return {
        source: tuple(replace(each, target=destination(each.target)) for each in outgoing)
        for source, outgoing in branches.items()
    }


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
