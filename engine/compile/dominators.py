"""Immediate dominators of a graph without circles.

In: nodes in topological order, what follows each, and the roots. Out: for each node the last one that every way to it
passes (K. D. Cooper, T. J. Harvey, K. Kennedy, A Simple, Fast Dominance Algorithm, 2001; without circles one round is
enough). Common dominators are found over jump pointers (E. W. Myers, 1983), so long chains do not cost their square.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

ABOVE: Final = -1  # what stands above all roots


def dominators(order: Sequence[int], following: Mapping[int, Sequence[int]], roots: Iterable[int]) -> dict[int, int]:
    """Return the immediate dominator of each node."""
    tree = _Tree()
    found: dict[int, int] = dict.fromkeys(roots, ABOVE)
    for node in order:
        tree.add(node, found[node])
        for below in following[node]:
            found[below] = tree.common(found[below], node) if below in found else node
    return found


class _Tree:
    """The dominator tree so far, with for each node its depth and a jump far up."""

    def __init__(self) -> None:
        self._depth = {ABOVE: 0}
        self._parent = {ABOVE: ABOVE}
        self._jump = {ABOVE: ABOVE}

    def add(self, node: int, parent: int) -> None:
        """Add a node below `parent`."""
        depth, jump = self._depth, self._jump
        far = jump[parent]
        is_even = depth[parent] - depth[far] == depth[far] - depth[jump[far]]
        depth[node] = depth[parent] + 1
        self._parent[node] = parent
        jump[node] = jump[far] if is_even else parent

    def common(self, one: int, other: int) -> int:
        """Return the lowest node that both stand below, or are."""
        depth, parent, jump = self._depth, self._parent, self._jump
        if depth[one] < depth[other]:
            one, other = other, one
        while depth[one] > depth[other]:
            one = jump[one] if depth[jump[one]] >= depth[other] else parent[one]
        while one != other:
            if jump[one] != jump[other]:
                one, other = jump[one], jump[other]
            else:
                one, other = parent[one], parent[other]
        return one
