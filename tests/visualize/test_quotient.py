"""A coarser picture is a faithful one, or it is refused."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from praxe.visualize.quotient import Quotient, QuotientError

Graph = tuple[dict[tuple[str, str], str], dict[str, str]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Return the arcs of a graph without circles, and a card for each of its nodes."""
    count = draw(st.integers(2, 9))
    nodes = [f"n{number}" for number in range(count)]
    arcs: dict[tuple[str, str], str] = {}
    for number, node in enumerate(nodes[:-1]):
        for key in range(draw(st.integers(0, 3))):
            arcs[node, f"k{key}"] = nodes[draw(st.integers(number + 1, count - 1))]
    cards = {node: f"c{draw(st.integers(0, 3))}" for node in nodes}
    return arcs, cards


def summed(graph: Graph) -> tuple[Quotient, dict[tuple[str, str], str]]:
    """Return the quotient that the cards make of a graph, and its arcs."""
    arcs, cards = graph
    ways = {way: (cards[way[0]], f">{cards[target]}") for way, target in arcs.items() if cards[way[0]] != cards[target]}
    return Quotient(cards, ways), {coarse: coarse[1][1:] for coarse in ways.values()}


@given(graphs())
def test_what_the_cards_of_a_graph_make_of_it_is_a_quotient(graph: Graph) -> None:
    quotient, coarse = summed(graph)
    quotient.check(graph[0], coarse, cards=frozenset(graph[1].values()))


@given(graphs(), st.data())
def test_an_arc_that_is_left_out_is_noticed(graph: Graph, data: st.DataObject) -> None:
    quotient, coarse = summed(graph)
    assume(coarse)
    lost = data.draw(st.sampled_from(sorted(coarse)))
    with pytest.raises(QuotientError, match="is no arc"):
        quotient.check(
            graph[0], {way: coarse[way] for way in coarse if way != lost}, cards=frozenset(graph[1].values())
        )
    forgotten = {way: coarser for way, coarser in quotient.way_of.items() if coarser != lost}
    with pytest.raises(QuotientError, match="no coarser arc does"):
        Quotient(quotient.card_of, forgotten).check(graph[0], coarse, cards=frozenset(graph[1].values()))


@given(graphs())
def test_an_arc_that_is_made_up_is_noticed(graph: Graph) -> None:
    quotient, coarse = summed(graph)
    cards = sorted(set(graph[1].values()))
    with pytest.raises(QuotientError, match="nothing leads along"):
        quotient.check(graph[0], {**coarse, (cards[0], "more"): cards[-1]}, cards=frozenset(cards))


@given(graphs())
def test_an_arc_that_leads_elsewhere_is_noticed(graph: Graph) -> None:
    quotient, coarse = summed(graph)
    assume(coarse)
    way = min(coarse)
    with pytest.raises(QuotientError, match="does not join"):
        quotient.check(graph[0], {**coarse, way: way[0]}, cards=frozenset(graph[1].values()))


@given(graphs())
def test_every_card_holds_a_node_and_every_node_is_in_a_card(graph: Graph) -> None:
    quotient, coarse = summed(graph)
    cards = frozenset(graph[1].values())
    with pytest.raises(QuotientError, match="holds nothing"):
        quotient.check(graph[0], coarse, cards=cards | {"empty"})
    with pytest.raises(QuotientError, match="is no card"):
        quotient.check(graph[0], coarse, cards=cards - {min(cards)})
    if graph[0]:
        lost = min(graph[0])[0]
        kept = {node: card for node, card in quotient.card_of.items() if node != lost}
        with pytest.raises(QuotientError):
            Quotient(kept, quotient.way_of).check(graph[0], coarse, cards=cards)
