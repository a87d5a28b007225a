"""What every way passes: the dominator tree of a graph without circles.

In: an entry and where each node leads. Out: for each node that can be reached, the last one before it that no way from
the entry avoids. Source: Cooper, Harvey and Kennedy, "A simple, fast dominance algorithm" (2001); without circles one
round in topological order is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node")


def dominators(entry: Node, following: Mapping[Node, Sequence[Node]]) -> dict[Node, Node | None]:
    """Return the immediate dominator of each node that can be reached, in topological order; the entry has none.

    Raises:
        ValueError: the graph has a circle.
    """
    order = topological(entry, following)
    place = {node: number for number, node in enumerate(order)}
    found: dict[Node, Node | None] = {entry: None}
    for node in order:
        for after in following.get(node, ()):
            found[after] = _common(found, place, found[after], node) if after in found else node
    return {node: found[node] for node in order}


def topological(entry: Node, following: Mapping[Node, Sequence[Node]]) -> list[Node]:
    """Return the nodes that can be reached, each before those it leads to.

    Raises:
        ValueError: the graph has a circle.
    """
    done: dict[Node, None] = {}
    begun: dict[Node, Iterator[Node]] = {entry: iter(following.get(entry, ()))}
    while begun:
        node, ahead = next(reversed(begun.items()))
        after = next(ahead, None)
        if after is None:
            del begun[node]
            done[node] = None
        elif after in begun:
            raise ValueError(f"a circle leads from {after!r} back to it")
        elif after not in done:
            begun[after] = iter(following.get(after, ()))
    return list(reversed(done))


def chain(node: Node, found: Mapping[Node, Node | None]) -> Iterator[Node]:
    """Yield what no way to `node` avoids, from `node` itself back to the entry."""
    each: Node | None = node
    while each is not None:
        yield each
        each = found[each]


def _common(
    found: Mapping[Node, Node | None], place: Mapping[Node, int], one: Node | None, other: Node | None
) -> Node | None:
    while one != other:
        assert one is not None and other is not None  # INVARIANT: both chains end at the entry
        if place[one] > place[other]:
            one = found[one]
        else:
            other = found[other]
    return one
