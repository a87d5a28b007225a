"""The numbered text of a procedure: all that its chart says, once, in an order in which it can be read."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.engine import Policy
from praxe.engine.graph import DecisionGraph
from praxe.visualize import flowchart
from praxe.visualize.chart import Chart
from praxe.visualize.pages.outline import Outline, Point, outline
from praxe.visualize.style import Shape
from tests.visualize.stress import STRESS, stress

POLICIES = ("rc", "promad")


def told(checked: CheckedPolicy, graph: DecisionGraph, name: ProcedureName) -> tuple[Chart, Outline]:
    """Return a procedure's chart and its text."""
    chart = flowchart(checked, graph, name, language="pt").chart
    return chart, outline(chart, graph)


def leads(made: Outline) -> Counter[tuple[str, str]]:
    """Return where every point leads, read from the text alone: id of a point or answer -> id of a point."""
    found: Counter[tuple[str, str]] = Counter()

    def follow(points: tuple[Point, ...], first_of: str) -> None:
        before = first_of
        for point in points:
            if before:
                found[before, point.id] += 1
            before = ""
            for way in point.ways:
                if way.points:
                    follow(way.points, way.id)
                elif way.goes_on:
                    found[way.id, way.goes_on] += 1
            if point.goes_on:
                found[point.id, point.goes_on] += 1
            elif not point.ways and point.shape not in {Shape.END, Shape.GAP, Shape.RETURN}:
                before = point.id

    follow(made.points, made.start)
    return found


def drawn(chart: Chart) -> Counter[tuple[str, str]]:
    """Return the same from the chart: rows of a card lead to the next, the last one along the edges."""
    cards = {card.name: card for card in chart.cards}
    found: Counter[tuple[str, str]] = Counter()
    for card in chart.cards:
        rows = [row.id for row in card.rows]
        found.update(pairwise(rows))
    for edge in chart.edges:
        source = cards[edge.source]
        start = source.rows[-1].id if edge.tab is None else source.tabs[edge.tab].id
        found[start, cards[edge.target].rows[0].id] += 1
    return found


def check(chart: Chart, made: Outline) -> None:
    """Hold the text against the chart."""
    points = list(made.walk())
    rows = [row for card in chart.cards if card.shape is not Shape.START for row in card.rows]
    assert sorted(each.id for each in points) == sorted(each.id for each in rows)
    assert [each.number for each in points] == list(range(1, len(points) + 1))
    assert made.numbers == {each.id: each.number for each in points}
    assert {each.text for each in points} == {each.text for each in rows}
    tabs = [(tab.id, tab.text) for card in chart.cards for tab in card.tabs]
    assert sorted((way.id, way.text) for point in points for way in point.ways) == sorted(tabs)
    duties = [duty.id for card in chart.cards for duty in card.duties]
    assert sorted(duty.id for point in points for duty in point.duties) == sorted(duties)
    assert leads(made) == drawn(chart)


@pytest.mark.parametrize("name", POLICIES)
def test_the_text_says_what_the_chart_says(name: str) -> None:
    policy = Policy.load(f"policy/{name}")
    for procedure in policy.checked.procedures:
        check(*told(policy.checked, policy.graph, procedure))


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=1, max_value=40))
def test_the_text_of_any_procedure_says_what_its_chart_says(seed: int, size: int) -> None:
    check(*told(*stress(seed, size=size), STRESS))


def test_an_answer_holds_what_only_it_leads_to() -> None:
    policy = Policy.load("policy/rc")
    _, made = told(policy.checked, policy.graph, ProcedureName("rc_triagem"))
    points = {point.number: point for point in made.walk()}
    first = points[3]
    assert [[each.number for each in way.points] for way in first.ways] == [[4], []]
    assert first.ways[1].goes_on == points[5].id == points[4].goes_on
    assert points[4].text == "Pedir ao Adm/Fin, via Teams, que acompanhe o atendimento"


def test_what_goes_on_after_a_short_answer_is_not_nested() -> None:
    policy = Policy.load("policy/rc")
    _, made = told(policy.checked, policy.graph, ProcedureName("rc_triagem"))
    assert [point.number for point in made.points] == [1, 2, 3, 5, 7, 18, 19]


def test_clauses_are_told_once_on_the_way_down() -> None:
    policy = Policy.load("policy/rc")
    _, made = told(policy.checked, policy.graph, ProcedureName("rc_triagem"))
    points = {point.number: point for point in made.walk()}
    assert made.start_clauses == ("rc.demanda.p1.a", "rc.demanda.p1.b", "rc.demanda.p1.c")
    assert points[5].clauses == made.start_clauses
    assert points[5].sources == ()
    assert points[1].sources == ("rc.demanda.p2.a", "rc.demanda.p2.c")
    for point in points.values():
        assert set(point.sources) <= set(point.clauses)
