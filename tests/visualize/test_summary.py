"""The summary of a whole policy."""

from __future__ import annotations

import pytest

from praxe.dsl.tree import ProcedureName
from praxe.dsl.vocabulary import Color
from praxe.engine.graph import Call, Gap, Wait
from praxe.visualize import StopKind, summary
from praxe.visualize.arrange import arrange
from praxe.visualize.chart import Card, Chart, ChipKind
from praxe.visualize.guards import guards
from praxe.visualize.outline import entry_name, outline
from praxe.visualize.path import Marks, trail_of
from praxe.visualize.render import render
from praxe.visualize.style import Shape, State
from tests.visualize import checking, real
from tests.visualize.building import Builder, fact, outcome, policy, ref


def chart_of(name: str, language: str = "pt") -> Chart:
    """Return the summary of a real policy."""
    opened = real.policy(name)
    return summary(opened.checked, opened.graph, language=language).chart


def card(chart: Chart, procedure: str) -> Card:
    """Return the card of a procedure."""
    return next(each for each in chart.cards if each.rows[0].node == procedure)


@pytest.mark.parametrize("name", real.POLICIES)
def test_every_procedure_has_a_card_and_every_call_an_answer_and_a_line(name: str) -> None:
    opened, chart = real.policy(name), chart_of(name)
    shown = [str(each.rows[0].node) for each in chart.cards if each.shape is Shape.PROCEDURE]
    assert sorted(shown) == sorted(opened.checked.procedures)
    names = {each.name: str(each.rows[0].node) for each in chart.cards}
    drawn = {(names[edge.source], names[edge.target]) for edge in chart.edges}
    calls: set[tuple[str, str]] = {
        (node.procedure, node.callee) for node in opened.graph.nodes.values() if isinstance(node, Call)
    }
    entries = (opened.manifest.entry, *opened.manifest.doors)
    assert drawn == calls | {(entry_name(each), each) for each in entries}


@pytest.mark.parametrize("name", real.POLICIES)
def test_waits_gaps_and_outcomes_are_counted(name: str) -> None:
    opened, chart = real.policy(name), chart_of(name)
    for procedure in opened.checked.procedures:
        nodes = [each for each in opened.graph.nodes.values() if each.procedure == procedure]
        chips = {chip.kind: chip.text for chip in card(chart, procedure).rows[0].chips}
        for kind, of in ((ChipKind.WAIT, Wait), (ChipKind.GAP, Gap)):
            count = sum(isinstance(node, of) for node in nodes)
            assert chips.get(kind, "0 ").split()[0] == str(count), (procedure, kind)


def test_the_answers_that_lead_on_are_told_in_few_words() -> None:
    chart = chart_of("promad")
    assert [tab.text for tab in card(chart, "promad_atendimento").tabs] == [
        "sempre",
        "Canal: Telefone",
        "Canal: Negócio (e-mail ou formulário)",
        "Canal: Chat",
    ]
    assert card(chart_of("promad", "en"), "promad_atendimento").tabs[0].text == "always"
    assert [each.rows[0].text for each in chart.cards if each.shape is Shape.START] == ["Entrada", "Entrada separada"]


def test_a_guard_is_the_last_answer_that_no_way_avoids() -> None:
    draw = Builder("p", "P")
    start, first, second = draw.start(), draw.decide("d", ref("f")), draw.decide("e", ref("g"))
    both, one, after = draw.step("a", "Um"), draw.step("b", "Dois"), draw.step("c", "Três")
    draw.chain(start, first)
    draw.fork(first, second, after)
    draw.fork(second, both, one)
    draw.chain(both, after)
    draw.chain(one, after, draw.back())
    _, graph = policy((draw,), facts=(fact("f", "F?"), fact("g", "G?")))
    found = guards(graph, ProcedureName("p"))
    assert found[start] is None and found[first] is None and found[after] is None
    assert [found[each].key for each in (second, both, one) if found[each]] == ["yes", "yes", "no"]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", real.POLICIES)
def test_a_case_lights_the_procedures_it_comes_by_and_moves_nothing(name: str) -> None:
    opened = real.policy(name)
    drawn = outline(opened.graph, entries=(opened.manifest.entry, *opened.manifest.doors))
    plain = arrange(summary(opened.checked, opened.graph, language="pt")).layout
    stops = set()
    for path in real.some_paths(name):
        drawing = summary(opened.checked, opened.graph, language="pt", path=path)
        marks = drawing.marks
        assert isinstance(marks, Marks)
        lit = {str(each.rows[0].node) for each in drawing.chart.cards if marks.of_card(each) is State.ON}
        visited = {str(opened.graph.nodes[node].procedure) for node, _ in path.visited}
        assert {each for each in lit if "/" not in each} == visited
        seen = drawn.seen(trail_of(opened.graph, path))
        assert all(seen.nodes[source] <= seen.nodes[drawn.arcs[source, key]] for source, key in seen.followed)
        if path.stop not in stops:
            stops.add(path.stop)
            assert arrange(drawing).layout == plain
            assert (marks.badge is None) == (path.stop is StopKind.FINISHED)
    assert {StopKind.FINISHED, StopKind.ASKS, StopKind.GAP} <= stops


def test_the_answer_given_is_lit() -> None:
    opened = real.policy("rc")
    entered = ProcedureName("rc_tratativa_com_abertura")
    path = next(path for path in real.paths("rc") if path.visited[-1][0].startswith(entered))
    drawing = summary(opened.checked, opened.graph, language="pt", path=path)
    assert drawing.marks is not None
    lit = [tab.text for each in drawing.chart.cards for tab in each.tabs if drawing.marks.of_tab(each, tab) is State.ON]
    assert lit == ["Cliente dá abertura: sim"]


@pytest.mark.parametrize("name", real.POLICIES)
def test_nothing_overlaps(name: str) -> None:
    opened = real.policy(name)
    drawing = summary(opened.checked, opened.graph, language="pt")
    layout = arrange(drawing).layout
    assert checking.overlaps(layout, clearance=5) == []
    assert checking.cut_boxes(layout) == []
    root = checking.read_svg(render(drawing, "svg"))
    for each in checking.written(root):
        assert each.ground is None or each.left >= each.ground.left - 0.5, each.text
        assert each.ground is None or each.right <= each.ground.right + 0.5, each.text


def test_a_procedure_that_nobody_calls_is_an_entry_of_its_own() -> None:
    first, second = Builder("a", "A"), Builder("b", "B")
    first.chain(first.start(), first.end("fim", "feito"))
    second.chain(second.start(), second.end("fim", "feito"))
    checked, graph = policy((first, second), outcomes=(outcome("feito", "Feito", Color.GREEN),))
    chart = summary(checked, graph, language="pt").chart
    assert [each.rows[0].text for each in chart.cards] == ["Entrada", "A", "ninguém o chama", "B"]
    assert [chip.text for chip in chart.cards[1].rows[0].chips] == ["Feito"]
