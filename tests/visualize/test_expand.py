"""A procedure with its calls opened."""

from __future__ import annotations

from collections import Counter

import pytest

from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import Call, Return, Start
from praxe.visualize import StopKind, expanded, flowchart
from praxe.visualize.arrange import arrange
from praxe.visualize.chart import EdgeKind
from praxe.visualize.dominators import topological
from praxe.visualize.expand import LIMIT, expand, has_calls
from praxe.visualize.path import Marks, trail_of
from praxe.visualize.style import Shape, State
from tests.visualize import real

EVERY = [(name, procedure) for name in real.POLICIES for procedure in real.policy(name).checked.procedures]


@pytest.mark.parametrize(("name", "procedure"), EVERY)
def test_a_procedure_is_a_quotient_of_itself_with_its_calls_opened(name: str, procedure: ProcedureName) -> None:
    graph = real.policy(name).graph
    for limit in (0, 40, LIMIT):  # checked by `expand` itself
        made = expand(graph, procedure, limit=limit)
        own = sum(node.procedure == procedure for node in graph.nodes.values())
        assert len(made.graph.nodes) <= max(limit, own)
        assert (limit == 0) <= (not made.opened)


def test_opened_as_far_as_it_goes_a_chart_holds_every_step_of_every_way() -> None:
    graph = real.policy("rc").graph
    made = expand(graph, ProcedureName("rc_triagem"), limit=10_000)
    assert made.closed == 0
    inside = [node for node in made.graph.nodes.values() if not isinstance(node, Start | Return)]
    copies = Counter(str(node.procedure) for node in inside)
    sizes = Counter(str(node.procedure) for node in graph.nodes.values() if not isinstance(node, Start | Return))
    assert copies["rc_encaminhar_adm_fin"] == 2 * sizes["rc_encaminhar_adm_fin"]  # called here and one level below
    assert copies["rc_tratativa_com_abertura"] == sizes["rc_tratativa_com_abertura"]
    assert not any(isinstance(node, Return) for node in made.graph.nodes.values())


def test_what_does_not_fit_stays_closed_and_is_counted() -> None:
    opened = real.policy("promad")
    drawing = expanded(opened.checked, opened.graph, ProcedureName("promad_atendimento"), language="pt")
    assert drawing.chart.subtitle[-2:] == ("chamadas abertas", "24 chamadas ficam fechadas, para caber")
    made = expand(opened.graph, ProcedureName("promad_atendimento"))
    closed = [node for node in made.graph.nodes.values() if isinstance(node, Call) and node.id not in made.opened]
    assert len(closed) == made.closed == 24


def test_without_calls_there_is_nothing_to_open() -> None:
    opened, name = real.policy("promad"), ProcedureName("promad_servico_site")
    assert not has_calls(opened.graph, name)
    plain = flowchart(opened.checked, opened.graph, name, language="pt").chart
    chart = expanded(opened.checked, opened.graph, name, language="pt").chart
    assert (chart.cards, chart.edges, chart.subtitle) == (plain.cards, plain.edges, plain.subtitle)


def test_an_unknown_procedure_is_refused() -> None:
    with pytest.raises(ValueError, match="no procedure 'outro'"):
        expand(real.policy("rc").graph, ProcedureName("outro"))


@pytest.mark.parametrize("name", real.POLICIES)
def test_a_case_is_lit_where_it_came_by_and_moves_nothing(name: str) -> None:
    opened = real.policy(name)
    entry = opened.manifest.entry
    made = expand(opened.graph, entry)
    plain = arrange(expanded(opened.checked, opened.graph, entry, language="pt")).layout
    measured = set()
    for path in real.some_paths(name):
        lifted = made.lifted(path)
        trail = trail_of(made.graph, lifted)
        back = [node.rpartition(">")[2] for node in trail.nodes]
        assert set(back) <= {node for node, _ in path.visited}
        for node, key in trail.followed:
            if key != "enter":
                target = next(each.target for each in made.graph.branches[node] if each.key == key)  # type: ignore[index]
                assert target in trail.nodes and trail.nodes[node] < trail.nodes[target]
        if path.visited[0][0] == opened.graph.starts[entry] and path.stop not in measured:
            measured.add(path.stop)
            drawing = expanded(opened.checked, opened.graph, entry, language="pt", path=path)
            assert isinstance(drawing.marks, Marks)
            assert arrange(drawing).layout == plain
            assert (drawing.marks.badge is None) == (path.stop is StopKind.FINISHED)
            lit = [card for card in drawing.chart.cards if drawing.marks.of_card(card) is State.ON]
            assert lit and lit[0].shape is Shape.START


@pytest.mark.parametrize(("name", "procedure"), EVERY)
def test_no_line_leads_back(name: str, procedure: ProcedureName) -> None:
    """Why no chart has a pill `volta a …`: calls and blocks nest, jumps go forward, a retry is one card."""
    opened = real.policy(name)
    for chart in (
        flowchart(opened.checked, opened.graph, procedure, language="pt").chart,
        expanded(opened.checked, opened.graph, procedure, language="pt").chart,
    ):
        following: dict[str, list[str]] = {card.name: [] for card in chart.cards}
        for edge in chart.edges:
            assert edge.kind in EdgeKind
            following[edge.source].append(edge.target)
        assert len(topological(chart.cards[0].name, following)) == len(chart.cards)  # a circle raises
