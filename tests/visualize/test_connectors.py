"""Connectors in place of lines that would cross others: nothing is left out, and a case still shows its way."""

from __future__ import annotations

import re
from functools import cache

import pytest

from praxe.dsl.tree import ProcedureName
from praxe.visualize import Drawing, expanded, flowchart, render, summary
from praxe.visualize.arrange import Arranged, arrange
from praxe.visualize.chart import Chart, Edge, Ref
from praxe.visualize.connectors import connected
from praxe.visualize.coverage import CountMarks, CoverageMarks
from praxe.visualize.layout.clash import crossings
from praxe.visualize.layout.cover import cover
from praxe.visualize.pages.inline import inlined, standing_alone
from praxe.visualize.path import Marks
from praxe.visualize.placing import lay_out
from praxe.visualize.style import Shape, State
from tests.visualize import checking, real, sample
from tests.visualize.stress import STRESS, stress

ENTRY = ProcedureName("promad_chat")


@cache
def whole(name: str) -> Drawing:
    """Return a drawing some of whose lines cross when all are drawn."""
    opened = real.policy("promad")
    match name:
        case "summary":
            return summary(opened.checked, opened.graph, language="pt")
        case "expanded":
            return expanded(opened.checked, opened.graph, ENTRY, language="pt")
        case "email":
            return flowchart(*sample.email(), sample.EMAIL, language="pt")
        case _:
            return flowchart(*stress(int(name), size=40), STRESS, language="pt")


@cache
def made(name: str) -> Arranged:
    """Return that drawing as it is drawn."""
    return arrange(whole(name))


DRAWN = ("summary", "expanded", "email", "1", "2")


def arcs(chart: Chart) -> set[tuple[str, str, str, str]]:
    """Return all ways of a chart, by lines or by connectors: from, node, key, to."""
    jumps = {card.name: card for card in chart.cards if card.shape is Shape.JUMP}
    exits = {edge.target for edge in chart.edges}
    by_href = {f"#{card.id}": card.name for card in chart.cards}
    found = set()
    for edge in chart.edges:
        if edge.source in jumps:
            continue
        target = by_href[jumps[edge.target].href or ""] if edge.target in jumps else edge.target
        found.add((edge.source, str(edge.node), edge.key, target))
    assert all(name in exits or any(edge.source == name for edge in chart.edges) for name in jumps)
    for card in chart.cards:
        for ref in (*card.refs, *(ref for tab in card.tabs for ref in tab.refs)):
            found |= {(each.source, str(each.node), each.key, by_href[ref.href]) for each in ref.edges}
    return found


@pytest.mark.parametrize("name", DRAWN)
def test_no_line_crosses_another_and_no_way_is_lost(name: str) -> None:
    assert crossings(lay_out(whole(name)).wires) > 0
    assert crossings(made(name).layout.wires) == 0
    assert arcs(made(name).drawing.chart) == arcs(whole(name).chart)


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("name", real.POLICIES)
def test_a_line_leads_to_every_procedure_of_a_summary(name: str, language: str) -> None:
    opened = real.policy(name)
    chart = arrange(summary(opened.checked, opened.graph, language=language)).drawing.chart
    heads = {edge.target for edge in chart.edges}
    assert all(card.name in heads or card.shape is Shape.START for card in chart.cards)


@pytest.mark.parametrize("name", DRAWN)
def test_few_lines_are_cut_and_answers_keep_theirs(name: str) -> None:
    before, after = whole(name).chart, made(name).drawing.chart
    drawn = {(edge.id, edge.target) for edge in after.edges}
    cut = [edge for edge in before.edges if (edge.id, edge.target) not in drawn]
    assert len(cut) <= 0.4 * len(before.edges)
    answers = {card.name: {tab.key for tab in card.tabs} for card in after.cards}
    for card in before.cards:
        assert answers[card.name] == {tab.key for tab in card.tabs}
    for edge in after.edges:
        if edge.tab is not None:
            card = next(each for each in after.cards if each.name == edge.source)
            assert card.tabs[edge.tab].key == edge.key or before.is_across


def test_both_ends_of_a_line_that_is_not_drawn_name_the_other_and_lead_there() -> None:
    chart = made("summary").drawing.chart
    titles = {f"#{card.id}": card.rows[0].text for card in chart.cards}
    out = [ref for card in chart.cards for ref in (*card.refs, *(ref for tab in card.tabs for ref in tab.refs))]
    back = [ref for card in chart.cards for ref in card.origins]
    assert out and {ref.text for ref in out} == {f"→ {titles[ref.href]}" for ref in out}
    assert {ref.text for ref in back} == {f"← {titles[ref.href]}" for ref in back}

    def ends(refs: list[Ref]) -> set[Edge]:
        return {edge for ref in refs for edge in ref.edges}

    assert ends(out) == ends(back)
    assert {edge.source for edge in ends(out)} == {
        card.name for card in chart.cards if card.refs or any(tab.refs for tab in card.tabs)
    }


def test_every_link_of_the_picture_leads_to_something_in_it_and_holds_no_other() -> None:
    for name in ("summary", "expanded"):
        root = checking.read_svg(render(whole(name), "svg"))
        ids = {element.get("id") for element in root.iter()}
        links = [element for element in root.iter() if element.tag.endswith("}a")]
        inner = [link for link in links if (link.get("href") or "").startswith("#")]
        assert inner and all((link.get("href") or "")[1:] in ids for link in inner)
        assert not any(child is not link and child.tag.endswith("}a") for link in links for child in link.iter())


def test_in_a_page_links_lead_to_its_text_or_stay_inside_the_drawing() -> None:
    drawing = whole("summary")
    told = {card.id for card in drawing.chart.cards[:6]}
    page, alone = inlined(render(drawing, "svg"), told).markup, standing_alone(render(drawing, "svg"), prefix="p1.")
    for markup, kept in ((page, told), (alone, set())):
        links, ids = set(re.findall(r'href="#([^"]+)"', markup)), set(re.findall(r' id="([^"]+)"', markup))
        assert links and links - kept <= ids
    assert told & set(re.findall(r'href="#([^"]+)"', page))


def test_pills_of_a_flowchart_share_a_letter() -> None:
    drawing = connected(whole("email"), frozenset(edge.id for edge in whole("email").chart.edges[5:8]))
    pills = [card for card in drawing.chart.cards if card.shape is Shape.JUMP]
    leaving = [card for card in pills if any(edge.target == card.name for edge in drawing.chart.edges)]
    arriving = [card for card in pills if any(edge.source == card.name for edge in drawing.chart.edges)]
    assert leaving and len(leaving) + len(arriving) == len(pills)
    letters = {card.rows[0].text.removeprefix("continua em ").partition(":")[0] for card in leaving}
    assert letters == {card.rows[0].text.partition(":")[0] for card in arriving}
    assert (Shape.JUMP, "continuação") in drawing.chart.legend


@pytest.mark.parametrize("level", ["summary", "expanded"])
def test_a_case_lights_the_connectors_it_comes_by_and_moves_nothing(level: str) -> None:
    opened, lit = real.policy("promad"), 0
    for path in real.some_paths("promad"):
        if level == "summary":
            drawing = summary(opened.checked, opened.graph, language="pt", path=path)
        else:
            drawing = expanded(opened.checked, opened.graph, ENTRY, language="pt", path=path)
        shown = connected(drawing, frozenset(_cut(level)))
        assert isinstance(shown.marks, Marks)
        for edge in shown.chart.edges:
            card = next(each for each in shown.chart.cards if each.name == edge.target)
            if card.shape is Shape.JUMP:
                assert (shown.marks.of_edge(edge) is State.ON) == (shown.marks.of_card(card) is State.ON)
        taken = {edge.id for edge in drawing.chart.edges if drawing.marks and drawing.marks.of_edge(edge) is State.ON}
        lit += bool(taken & set(_cut(level)))
    assert arrange(drawing).layout == made(level).layout
    assert level == "expanded" or lit


def _cut(name: str) -> list[str]:
    drawn = {(edge.id, edge.target) for edge in made(name).drawing.chart.edges}
    return [edge.id for edge in whole(name).chart.edges if (edge.id, edge.target) not in drawn]


def test_the_scenarios_are_counted_on_connectors_too() -> None:
    checked, graph = sample.email()
    plain = flowchart(checked, graph, sample.EMAIL, language="pt")
    some = plain.chart.edges[5]
    counts = CoverageMarks(visits={}, branches={(some.node, some.key): 3})
    drawing = flowchart(checked, graph, sample.EMAIL, language="pt", coverage=counts)
    shown = connected(drawing, frozenset([some.id]))
    assert isinstance(shown.marks, CountMarks)
    pills = [card for card in shown.chart.cards if card.shape is Shape.JUMP]
    assert [shown.marks.of_card(card) for card in pills] == [State.PLAIN, State.PLAIN]
    assert connected(drawing, frozenset()) is drawing


def test_a_cover_takes_few_lines_and_leaves_each_card_one() -> None:
    lines = [("a", "x"), ("b", "y"), ("c", "y"), ("d", "z")]
    assert cover([("a", "b"), ("b", "d")], lines) == {"b"}
    assert cover([("a", "b")], lines) == {"b"}  # nothing else leads to x
    assert cover([("a", "b"), ("a", "d")], lines) == {"b"}  # the rest is left to another layout
    assert cover([("a", "d")], lines) == {"d"}
    assert cover([("a", "other"), ("other", "another")], lines) == {"a"}
    assert cover([], lines) == frozenset()
