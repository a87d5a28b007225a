"""A value in the place of a loop's variable.

In: an expression of the body of a `para cada`, and what its variables stand for. Out: the expression without variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from praxe.dsl.tree import LoopRef, Node, ValueRef

N = TypeVar("N", bound=Node)


def substitute(tree: N, values: Mapping[str, str]) -> N:
    """Return `tree` with each loop variable replaced by the value that it stands for."""
    if not values:
        return tree
    rebuilt: dict[int, Node] = {}
    for node in reversed(tuple(tree.descendants())):  # children before parents, whatever the depth
        rebuilt[id(node)] = (
            ValueRef(name=values[node.name], span=node.span) if isinstance(node, LoopRef) else _renewed(node, rebuilt)
        )
    return rebuilt[id(tree)]  # type: ignore[return-value] # a LoopRef turns into a ValueRef: an expression all the same


def _renewed(node: Node, rebuilt: Mapping[int, Node]) -> Node:
    changes: dict[str, Any] = {}
    for each in fields(node):
        old = getattr(node, each.name)
        if isinstance(old, Node):
            new: object = rebuilt[id(old)]
        elif isinstance(old, tuple):
            new = tuple(rebuilt[id(item)] if isinstance(item, Node) else item for item in old)
            new = old if all(a is b for a, b in zip(old, new, strict=True)) else new
        else:
            continue
        if new is not old:
            changes[each.name] = new
    return replace(node, **changes) if changes else node
