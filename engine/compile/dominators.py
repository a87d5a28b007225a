"""Immediate dominators of a graph without circles.

In: nodes in topological order, what follows each, and the roots. Out: for each node the last one that every way to it
passes (K. D. Cooper, T. J. Harvey, K. Kennedy, A Simple, Fast Dominance Algorithm, 2001; without circles one round is
enough). Common dominators are found over jump pointers (E. W. Myers, 1983), so long chains do not cost their square.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

ABOVE: Final = -1  # what stands above all roots
_UNSEEN: Final = -2


def dominators(order: Sequence[int], following: Sequence[Sequence[int]], roots: Iterable[int]) -> list[int]:
    """Return the immediate dominator of each node; nodes are numbers below the length of `following`."""
    count = len(following)
    found = [_UNSEEN] * count
    depth, jump = [0] * (count + 1), [ABOVE] * (count + 1)  # the last stands for ABOVE
    for root in roots:
        found[root] = ABOVE
    for node in order:
        parent = found[node]
        far = jump[parent]
        level = depth[parent]
        depth[node] = level + 1
        jump[node] = jump[far] if level - depth[far] == depth[far] - depth[jump[far]] else parent
        for below in following[node]:
            above = found[below]
            if above == _UNSEEN:
                found[below] = node
            elif above != ABOVE:
                found[below] = _common(above, node, found, depth, jump)
    return found


def _common(one: int, other: int, parent: Sequence[int], depth: Sequence[int], jump: Sequence[int]) -> int:
    """Return the lowest node that both stand below, or are."""
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
