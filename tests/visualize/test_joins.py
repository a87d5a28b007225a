"""Ends above the joins around them: fewer lines cross, and nothing goes in a circle."""

from __future__ import annotations

from dataclasses import replace

import pytest

from praxe.dsl.tree import ProcedureName
from praxe.dsl.vocabulary import Color
from praxe.visualize import Drawing, flowchart
from praxe.visualize.dominators import topological
from praxe.visualize.joins import joins
from praxe.visualize.placing import tried, with_all_lines
from tests.visualize.building import Builder, fact, outcome, policy, ref
from tests.visualize.stress import STRESS, stress


def _enclosed() -> Drawing:
    """Two questions: the middle answers end the case, the outer ones meet in one step."""
    draw = Builder("p", "P")
    start, first, second = draw.start(), draw.decide("a", ref("f")), draw.decide("b", ref("g"))
    step, stop, end = draw.step("s", "Seguir"), draw.gap("gap", "Nada se diz."), draw.end("e", "fim")
    draw.go(start, first)
    draw.fork(first, step, second)
    draw.fork(second, stop, step)
    draw.go(step, end)
    facts = (fact("f", "Um?"), fact("g", "Dois?"))
    return flowchart(
        *policy((draw,), facts=facts, outcomes=(outcome("fim", "Fim", Color.RED),)), ProcedureName("p"), language="pt"
    )


def test_an_end_goes_above_the_join_around_it() -> None:
    chart = _enclosed().chart
    names = {card.rows[0].text: card.name for card in chart.cards}
    assert (names["Nada se diz."], names["Seguir"]) in set(joins(chart))


@pytest.mark.parametrize("seed", range(40))
def test_ends_and_their_joins_make_no_circle(seed: int) -> None:
    chart = flowchart(*stress(seed), STRESS, language="pt").chart
    following: dict[str, list[str]] = {"": [card.name for card in chart.cards]}
    for edge in chart.edges:
        following.setdefault(edge.source, []).append(edge.target)
    for upper, lower in joins(chart):
        assert {upper, lower} - {edge.source for edge in chart.edges}
        following.setdefault(upper, []).append(lower)
    assert len(topological("", following)) == len(chart.cards) + 1


@pytest.mark.parametrize("seed", range(6))
def test_the_layout_chosen_is_the_one_with_fewer_crossings(seed: int) -> None:
    chart = replace(flowchart(*stress(seed), STRESS, language="pt").chart, sections=())
    plain, guided = tried(chart), tried(chart, is_guided=True)
    assert with_all_lines(chart).crossed == min(plain.crossed, guided.crossed)
