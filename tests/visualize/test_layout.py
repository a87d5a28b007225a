"""Where things go: nothing overlaps, no line runs through a box, answers leave from their own tabs."""

from __future__ import annotations

import dataclasses
from functools import cache
from itertools import pairwise

import pytest

from praxe.visualize import Drawing, flowchart
from praxe.visualize.arrange import Arranged, arrange
from praxe.visualize.layout.badge import badge_place
from praxe.visualize.layout.curve import spline
from praxe.visualize.layout.geometry import Box, Layout, Point
from praxe.visualize.render import render, svg_of
from tests.visualize import checking, gallery, sample
from tests.visualize.stress import STRESS, stress


def _drawing(name: str) -> Drawing:
    return _arranged(name).drawing


@cache
def _arranged(name: str) -> Arranged:
    return arrange(_whole(name))


def _whole(name: str) -> Drawing:
    if name == "email":
        return flowchart(*sample.email(), sample.EMAIL, language="pt")
    if name == "gallery":
        return flowchart(*gallery.gallery(), gallery.GALLERY, language="pt")
    return flowchart(*stress(int(name)), STRESS, language="pt")


def _layout(name: str) -> Layout:
    return _arranged(name).layout


_NAMES = ("email", "gallery", *map(str, range(25)))


@pytest.mark.parametrize("name", _NAMES)
def test_a_layout_has_no_defect(name: str) -> None:
    layout = _layout(name)
    assert checking.overlaps(layout) == []
    assert checking.cut_boxes(layout) == []
    assert checking.slanted(layout) == []
    assert checking.shared_stretches(layout) == []


def test_the_checks_find_what_they_look_for() -> None:
    layout = _layout("email")
    first, second, *_ = layout.boxes.values()
    moved = {
        **layout.boxes,
        second.name: dataclasses.replace(second, left=first.left, top=first.top, right=first.right),
    }
    assert checking.overlaps(Layout(moved, layout.wires))
    wire = layout.wires[-1]
    through = dataclasses.replace(wire, points=(Point(-500, 300), Point(5000, 300)))
    assert checking.cut_boxes(Layout(layout.boxes, (through,)))
    twin = dataclasses.replace(wire, id="twin", head="other")
    assert checking.shared_stretches(Layout(layout.boxes, (*layout.wires, twin)))
    assert checking.slanted(Layout(layout.boxes, (dataclasses.replace(wire, points=(Point(0, 0), Point(9, 9))),)))


@pytest.mark.parametrize("name", ["email", "gallery", "3"])
def test_lines_end_on_their_boxes(name: str) -> None:
    layout = _layout(name)
    for wire in layout.wires:
        tail, head = layout.boxes[wire.tail], layout.boxes[wire.head]
        assert wire.points[0].y == tail.bottom
        assert wire.points[-1].y == head.top
        assert tail.left <= wire.points[0].x <= tail.right
        assert head.left <= wire.points[-1].x <= head.right


@pytest.mark.parametrize("name", ["email", "gallery", "3"])
def test_every_answer_leaves_from_its_own_tab(name: str) -> None:
    drawing, layout = _drawing(name), _layout(name)
    root = checking.read_svg(svg_of(_arranged(name)))
    tabs = checking.extents(root, {tab.id for card in drawing.chart.cards for tab in card.tabs})
    left = layout.bounds.left
    offset = min(box.left for box in checking.extents(root, {card.id for card in drawing.chart.cards}).values()) - left
    wires = {wire.id: wire for wire in layout.wires}
    cards = {card.name: card for card in drawing.chart.cards}
    checked = 0
    for edge in drawing.chart.edges:
        if edge.tab is not None:
            tab = tabs[cards[edge.source].tabs[edge.tab].id]
            assert tab.left + 6 < wires[edge.id].points[0].x + offset < tab.right - 6
            checked += 1
    assert checked == len(tabs)


def test_tabs_of_a_card_stand_side_by_side_in_order() -> None:
    drawing = _drawing("gallery")
    root = checking.read_svg(svg_of(_arranged("gallery")))
    for card in drawing.chart.cards:
        boxes = checking.extents(root, {tab.id for tab in card.tabs})
        ordered = [boxes[tab.id] for tab in card.tabs]
        for one, other in pairwise(ordered):
            assert one.right < other.left
            assert one.bottom == pytest.approx(other.bottom)


def test_a_case_moves_nothing() -> None:
    checked, graph = gallery.gallery()
    plain = flowchart(checked, graph, gallery.GALLERY, language="pt")
    shown = flowchart(checked, graph, gallery.GALLERY, language="pt", path=gallery.waiting_case())
    assert arrange(plain).layout == arrange(shown).layout
    ids = {card.id for card in plain.chart.cards}
    one, other = (checking.extents(checking.read_svg(render(each, "svg")), ids) for each in (plain, shown))
    assert one == other


@pytest.mark.parametrize("name", ["email", "gallery", "3"])
def test_the_badge_of_a_case_hides_nothing(name: str) -> None:
    layout = _layout(name)
    for card in layout.boxes:
        middle = badge_place(layout, card, width=60, height=20)
        badge = Box("", middle.x - 30, middle.y - 10, middle.x + 30, middle.y + 10)
        assert not any(badge.overlaps(box) for other, box in layout.boxes.items() if other != card)


def test_corners_are_round_and_the_curve_is_whole() -> None:
    text = spline([Point(0, 0), Point(0, 20), Point(50, 20), Point(50, 60)], height=60, scale=2)
    tip, *points = text.split()
    assert tip == "e,100.00,0.00"
    assert len(points) % 3 == 1
    assert points[0] == "0.00,120.00"
    assert points[-1] == "100.00,14.00"
