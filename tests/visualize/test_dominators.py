"""What every way passes, compared with leaving each node out in turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.visualize.dominators import chain, dominators, topological


@st.composite
def followings(draw: st.DrawFn) -> dict[int, list[int]]:
    """Return where each node of a graph without circles leads."""
    count = draw(st.integers(1, 10))
    return {
        node: draw(st.lists(st.integers(node + 1, count - 1), max_size=3)) if node + 1 < count else []
        for node in range(count)
    }


def reached(following: dict[int, list[int]], *, without: int | None = None) -> set[int]:
    """Return what can be reached from 0 without passing a node."""
    found: set[int] = set()
    waiting = [0]
    while waiting:
        node = waiting.pop()
        if node not in found and node != without:
            found.add(node)
            waiting += following[node]
    return found


@given(followings())
def test_a_node_dominates_what_cannot_be_reached_without_it(following: dict[int, list[int]]) -> None:
    found = dominators(0, following)
    assert set(found) == reached(following)
    for node in found:
        cut_off = set(found) - reached(following, without=node)
        assert {each for each in found if node in chain(each, found)} == cut_off


@given(followings())
def test_each_stands_before_what_it_leads_to(following: dict[int, list[int]]) -> None:
    order = topological(0, following)
    assert order[0] == 0 and len(order) == len(set(order))
    assert all(order.index(node) < order.index(after) for node in order for after in following[node])
    assert list(dominators(0, following)) == order


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="a circle leads from 1"):
        dominators(0, {0: [1], 1: [2], 2: [1]})
