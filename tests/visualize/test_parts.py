"""A chart cut into parts, and each part as a picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from praxe.dsl.tree import ProcedureName
from praxe.visualize import flowchart
from praxe.visualize.chart import Chart
from praxe.visualize.part_chart import Album
from praxe.visualize.parts import Divider, Part
from praxe.visualize.path import mark, reached, trail_of
from praxe.visualize.style import Shape, State
from praxe.visualize.voice import Voice
from tests.visualize import real

EVERY = [(name, procedure) for name in real.POLICIES for procedure in real.policy(name).checked.procedures]


def chart_of(name: str, procedure: str) -> Chart:
    """Return the chart of a procedure."""
    opened = real.policy(name)
    return flowchart(opened.checked, opened.graph, ProcedureName(procedure), language="pt").chart


def at_most(cards: int) -> Callable[[Part], bool]:
    """Return whether a part has only so many cards, those for the parts inside it among them."""
    return lambda part: len(part.cards) + len(part.inner) <= cards


@cache
def album_of(name: str, procedure: str, cards: int) -> Album:
    """Return the parts of a chart."""
    chart = chart_of(name, procedure)
    voice = Voice.of(real.policy(name).checked, "pt")
    return Album(chart, Divider(chart, at_most(cards)).divide(), lambda part: part.head, voice)


@pytest.mark.parametrize("cards", [4, 8])
@pytest.mark.parametrize(("name", "procedure"), EVERY)
def test_every_card_is_in_one_part_and_a_part_is_entered_at_its_head(name: str, procedure: str, cards: int) -> None:
    album = album_of(name, procedure, cards)
    chart, parts = album.chart, album.parts
    assert sorted(card for part in parts for card in part.cards) == sorted(card.name for card in chart.cards)
    for part in parts:
        for edge in chart.edges:
            if edge.target in part.everything and edge.source not in part.everything:
                assert edge.target == part.head


@pytest.mark.parametrize("cards", [4, 8])
@pytest.mark.parametrize(("name", "procedure"), EVERY)
def test_the_pictures_show_every_line_once(name: str, procedure: str, cards: int) -> None:
    """Each picture is checked to be a quotient of what it shows when it is made; together they leave nothing out."""
    album = album_of(name, procedure, cards)
    shown: set[str] = set()
    for part in album.parts:
        picture = album.picture(part)
        names = {card.name for card in picture.cards}
        assert {edge.source for edge in picture.edges} | {edge.target for edge in picture.edges} <= names
        assert len({card.id for card in picture.cards}) == len(picture.cards)
        own = {edge.id for edge in picture.edges if edge.source in part.cards}
        assert not own & shown
        shown |= own
    assert shown == {edge.id for edge in album.chart.edges}


def test_a_chart_that_fits_is_left_whole() -> None:
    album = album_of("rc", "rc_triagem", 100)
    assert album.parts == (album.whole,)
    assert album.picture(album.whole).subtitle == album.chart.subtitle
    assert album.picture(album.whole).cards == album.chart.cards


def test_the_answers_to_one_question_become_parts_together() -> None:
    chart = chart_of("promad", "promad_recusar_terceiro")
    whole = Divider(chart, at_most(12)).divide()
    cards = {card.name: card for card in chart.cards}
    tabs = {edge.target: edge.key for edge in chart.edges if edge.tab is not None}
    assert [tabs[part.head] for part in whole.inner][:2] == ["telefone", "negocio"]
    assert cards[whole.head].shape is Shape.START


def test_what_stands_elsewhere_changes_no_part() -> None:
    """The parts inside an answer are the same whatever stands beside it."""
    chart = chart_of("promad", "promad_recusar_terceiro")
    whole = Divider(chart, at_most(6)).divide()
    for part in whole.inner:
        assert Divider(chart, at_most(6))._divided(part.head, part.everything) == part


def test_a_part_that_cannot_be_cut_further_is_left_as_it_is() -> None:
    chart = chart_of("promad", "promad_efetivar")
    whole = Divider(chart, lambda _: False).divide()
    assert sorted(card for part in whole.in_order() for card in part.cards) == sorted(card.name for card in chart.cards)


@pytest.mark.parametrize("name", real.POLICIES)
def test_a_case_is_lit_on_the_parts_it_comes_by(name: str) -> None:
    opened = real.policy(name)
    voice = Voice.of(opened.checked, "pt")
    met = set()
    for path in real.some_paths(name):
        trail = trail_of(opened.graph, path)
        for procedure in {opened.graph.nodes[node].procedure for node, _ in path.visited}:
            album = album_of(name, procedure, 6)
            badges = 0
            for part in album.parts:
                picture = album.picture(part)
                marks = mark(picture, album.trail(part, trail), voice)
                lit = {card.name for card in picture.cards if marks.of_card(card) is State.ON}
                visited = reached(album.chart, trail)
                assert lit & part.cards == visited & part.cards
                for inner in part.inner:
                    assert (f"s{inner.head}" in lit) == bool(inner.everything & visited)
                for edge in picture.edges:
                    if marks.of_edge(edge) is State.ON:
                        assert {edge.source, edge.target} <= lit
                badges += marks.badge is not None
                met |= {card.shape for card in picture.cards if card.name in lit}
            assert badges <= len(album.parts)
    assert {Shape.SECTION, Shape.JUMP, Shape.START} <= met
