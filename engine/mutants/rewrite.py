"""A tree with one of its parts exchanged.

In: a node, and one of the nodes below it. Out: the same node with another in that place; all else is shared.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from praxe.dsl.tree import Node

Root = TypeVar("Root", bound=Node)


def exchanged(root: Root, old: Node, new: Node) -> Root:
    """Return `root` with `new` in place of `old`, wherever that very object stands."""
    changed = _exchanged(root, old, new)
    assert isinstance(changed, type(root))  # INVARIANT: a part is exchanged for one of its own kind
    return changed


def _exchanged(node: Node, old: Node, new: Node) -> Node:
    if node is old:
        return new
    changes: dict[str, Any] = {}
    for each in fields(node):
        own = getattr(node, each.name)
        if isinstance(own, Node):
            other: object = _exchanged(own, old, new)
        elif isinstance(own, tuple) and any(isinstance(item, Node) for item in own):
            items = [_exchanged(item, old, new) if isinstance(item, Node) else item for item in own]
            other = own if all(one is two for one, two in zip(own, items, strict=True)) else tuple(items)
        else:
            continue
        if other is not own:
            changes[each.name] = other
    return replace(node, **changes) if changes else node
