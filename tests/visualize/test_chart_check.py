"""The chart checker: it finds each defect that a drawing was given, and none in the drawings we make."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from praxe.dsl.vocabulary import Color
from praxe.visualize import Drawing, Theme, backend, dot, flowchart, render
from praxe.visualize.check import ChartReport, Defect, Kind, Part, Picture, check_drawing, inspect, read_svg
from praxe.visualize.layout.geometry import Box, Layout, Point, Wire
from praxe.visualize.placing import lay_out
from praxe.visualize.svg import marked_paint, treat
from tests.visualize import gallery, sample
from tests.visualize.building import Builder, outcome, policy
from tests.visualize.checking import SVG
from tests.visualize.stress import STRESS, stress

RANDOM = 500 if os.environ.get("PRAXE_DEEP") else 25


@cache
def _drawing() -> Drawing:
    return flowchart(*sample.email(), sample.EMAIL, language="pt")


@cache
def _layout() -> Layout:
    return lay_out(_drawing())


def _svg(layout: Layout) -> bytes:
    source = dot.placed(_drawing(), layout, paint=marked_paint)
    svg = backend.run(source, program="nop2", form="svg")
    return treat(svg, _drawing(), theme=Theme.LIGHT, embed_font=False)


def _report(svg: bytes) -> ChartReport:
    return inspect(read_svg(svg, _drawing().chart), procedure=sample.EMAIL)


def _of(report: ChartReport, kind: Kind) -> list[Defect]:
    return [each for each in report.defects if each.kind is kind]


def _with_wire(wire: Wire) -> Layout:
    layout = _layout()
    return Layout(layout.boxes, tuple(wire if each.id == wire.id else each for each in layout.wires))


# --- drawings spoiled on purpose ------------------------------------------------------------------------------------


def _card_on_card() -> ChartReport:
    boxes = dict(_layout().boxes)
    first, second = boxes["n2"], boxes["n3"]
    boxes["n3"] = replace(second.moved_to(first.top + first.height / 2), left=first.left, right=first.right)
    return _report(_svg(Layout(boxes, _layout().wires)))


def _line_through_card() -> ChartReport:
    wire = _layout().wires[0]
    through = next(box for box in _layout().boxes.values() if box.name not in {wire.tail, wire.head})
    start, end = wire.points[0], wire.points[-1]
    across = (Point(through.left - 20, through.center.y), Point(through.right + 20, through.center.y))
    corners = (Point(across[0].x, start.y), *across, Point(across[1].x, end.y))
    return _report(_svg(_with_wire(replace(wire, points=(start, *corners, end)))))


def _line_on_line() -> ChartReport:
    one = _layout().wires[0]
    other = next(each for each in _layout().wires if each.head != one.head and each.tail != one.tail)
    return _report(_svg(_with_wire(replace(other, points=(*one.points, *other.points[-1:])))))


def _line_across_line() -> ChartReport:
    one = max(_layout().wires, key=lambda each: each.points[-1].y - each.points[0].y)
    other = next(each for each in _layout().wires if each.head != one.head)
    x, y = one.points[0].x, one.points[0].y + 11
    sideways = (Point(x - 60, y), Point(x + 60, y), Point(x + 60, y + 30))
    return _report(_svg(_with_wire(replace(other, points=sideways))))


def _changed(change: Callable[[list[ET.Element]], None]) -> ChartReport:
    """Measure the drawing after a change to the texts of its SVG."""
    root = ET.fromstring(_svg(_layout()))
    change(list(root.iter(f"{SVG}text")))
    return _report(ET.tostring(root))


def _text_too_wide(texts: list[ET.Element]) -> None:
    texts[-1].text = f"{texts[-1].text} e mais uma porção de palavras que não cabem"


def _text_too_large(texts: list[ET.Element]) -> None:
    texts[-1].set("font-size", "90")


def _text_on_the_page(texts: list[ET.Element]) -> None:
    texts[-1].set("x", "-90")


def _text_on_text(texts: list[ET.Element]) -> None:
    texts[-1].set("x", texts[-2].get("x", ""))
    texts[-1].set("y", texts[-2].get("y", ""))


def _sentence(words: int) -> ChartReport:
    return inspect(_sentence_picture(words), procedure=sample.EMAIL)


def _one_step(words: int) -> Drawing:
    draw = Builder("p", "Um texto comprido")
    draw.chain(draw.start(), draw.step("s", "palavra " * words), draw.end("e", "fim"))
    checked, graph = policy((draw,), outcomes=(outcome("fim", "Fim", Color.GRAY),))
    return flowchart(checked, graph, next(iter(graph.starts)), language="pt")


def _sentence_picture(words: int) -> Picture:
    drawing = _one_step(words)
    return read_svg(render(drawing, "svg", embed_font=False), drawing.chart)


_SPOILED: dict[str, tuple[Kind, Callable[[], ChartReport]]] = {
    "card on card": (Kind.BOXES_OVERLAP, _card_on_card),
    "text on text": (Kind.TEXTS_OVERLAP, lambda: _changed(_text_on_text)),
    "texts of two cards": (Kind.TEXTS_OVERLAP, _card_on_card),
    "text too wide": (Kind.TEXT_CUT, lambda: _changed(_text_too_wide)),
    "text too large": (Kind.TEXT_CUT, lambda: _changed(_text_too_large)),
    "text on the page": (Kind.TEXT_CUT, lambda: _changed(_text_on_the_page)),
    "line through card": (Kind.LINE_THROUGH_BOX, _line_through_card),
    "line on line": (Kind.LINES_AS_ONE, _line_on_line),
    "line across line": (Kind.LINES_CROSS, _line_across_line),
    "long label": (Kind.LABEL_LONG, lambda: _sentence(80)),
    "small text": (Kind.TEXT_SMALL, lambda: _report(_svg(_layout()))),
}


def test_every_kind_of_defect_is_shown_here() -> None:
    assert {kind for kind, _ in _SPOILED.values()} == set(Kind)


@pytest.mark.parametrize("name", _SPOILED)
def test_a_spoiled_drawing_is_found_out(name: str) -> None:
    kind, spoil = _SPOILED[name]
    found = _of(spoil(), kind)
    assert found
    for each in found:
        assert each.element
        assert -100 < each.place.x < 5000
        assert -100 < each.place.y < 5000
        assert all(each.args.values())


def test_the_same_drawing_unspoiled_has_none_of_them() -> None:
    report = _report(_svg(_layout()))
    assert report.hard == ()
    assert {each.kind for each in report.defects} <= {Kind.LINES_CROSS, Kind.TEXT_SMALL}
    assert _of(_sentence(20), Kind.LABEL_LONG) == []


def test_what_is_printed_is_measured_sheet_by_sheet() -> None:
    small = _one_step(5)
    alone = check_drawing(_drawing())
    assert [each.args["page"] for each in _of(alone, Kind.TEXT_SMALL)] == [_drawing().chart.title]
    split = check_drawing(_drawing(), pages=[small, small])
    assert _of(split, Kind.TEXT_SMALL) == []
    assert (split.measures.sheets, split.measures.cards) == (2, alone.measures.cards)
    assert split.measures.smallest_text_on_a4 is not None and split.measures.smallest_text_on_a4 >= 6
    one_too_full = check_drawing(small, pages=[small, _drawing()])
    assert len(_of(one_too_full, Kind.TEXT_SMALL)) == 1
    assert one_too_full.measures.smallest_text_on_a4 == alone.measures.smallest_text_on_a4
    never_printed = check_drawing(_drawing(), pages=())
    assert _of(never_printed, Kind.TEXT_SMALL) == [] and never_printed.measures.smallest_text_on_a4 is None


def test_what_spoils_a_sheet_spoils_the_drawing() -> None:
    good, bad = read_svg(_svg(_layout()), _drawing().chart), _sentence_picture(80)
    report = inspect(good, procedure=sample.EMAIL, sheets=(good, bad))
    assert len(_of(report, Kind.LABEL_LONG)) == 1
    assert _of(inspect(good, procedure=sample.EMAIL, sheets=(good,)), Kind.LABEL_LONG) == []


def test_a_defect_names_its_node_and_place() -> None:
    wire, card = _layout().wires[0], _drawing().chart.cards[0]
    through = _of(_line_through_card(), Kind.LINE_THROUGH_BOX)
    assert wire.id in {each.element for each in through}
    assert card.rows[0].node in {each.node for each in through}
    cut = _of(_changed(_text_too_wide), Kind.TEXT_CUT)[0]
    assert cut.figure is not None
    assert cut.figure > 50
    assert cut.node in {row.node for card in _drawing().chart.cards for row in card.rows}


def test_cards_that_barely_touch_do_not_overlap() -> None:
    picture = read_svg(_svg(_layout()), _drawing().chart)
    card = next(each for each in picture.areas if each.part is Part.CARD)
    below = Box("", card.box.left, card.box.bottom, card.box.right, card.box.bottom + 20)
    beside = replace(picture, areas=(card, replace(card, id="x", card="x", box=below)), texts=(), lines=())
    assert not inspect(beside, procedure=sample.EMAIL).hard
    onto = replace(below, top=below.top - 2)
    moved = replace(beside, areas=(card, replace(card, id="x", card="x", box=onto)))
    assert [each.kind for each in inspect(moved, procedure=sample.EMAIL).hard] == [Kind.BOXES_OVERLAP]


def test_lines_to_one_card_may_join_and_cross() -> None:
    picture = read_svg(_svg(_layout()), _drawing().chart)
    one = replace(picture.lines[0], points=(Point(0, 0), Point(0, 50), Point(80, 50)))
    other = replace(one, id="other", points=(Point(0, 5), Point(0, 60), Point(80, 60)))
    across = replace(one, id="across", points=(Point(40, 0), Point(40, 90)))
    bare = replace(picture, areas=picture.areas, texts=(), lines=(one, other, across))
    assert not {Kind.LINES_AS_ONE, Kind.LINES_CROSS} & {
        each.kind for each in inspect(bare, procedure=sample.EMAIL).defects
    }
    elsewhere = next(
        area.id for area in picture.areas if area.part is Part.CARD and area.id not in {one.tail, one.head}
    )
    apart = replace(bare, lines=(one, replace(other, head=elsewhere), replace(across, head=elsewhere)))
    kinds = [each.kind for each in inspect(apart, procedure=sample.EMAIL).defects]
    assert kinds.count(Kind.LINES_AS_ONE) == 1
    assert kinds.count(Kind.LINES_CROSS) == 1


def test_lines_of_one_answer_may_part_on_their_way() -> None:
    picture = read_svg(_svg(_layout()), _drawing().chart)
    one = replace(picture.lines[0], points=(Point(0, 0), Point(0, 50), Point(80, 50)))
    head = next(area.id for area in picture.areas if area.part is Part.CARD and area.id not in {one.tail, one.head})
    fork = replace(one, id="fork", head=head, points=(Point(0, 0), Point(0, 90)))
    kinds = [
        [each.kind for each in inspect(replace(picture, texts=(), lines=lines), procedure=sample.EMAIL).defects]
        for lines in ((one, fork), (one, replace(fork, points=(Point(0, 20), Point(0, 90)))))
    ]
    assert [each.count(Kind.LINES_AS_ONE) for each in kinds] == [0, 1]


# --- drawings we make -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ["waiting", "asking", "gap"])
def test_a_case_on_a_chart_hides_nothing(case: str) -> None:
    path = {"waiting": gallery.waiting_case, "asking": gallery.asking_case, "gap": gallery.gap_case}[case]()
    checked, graph = gallery.gallery()
    assert check_drawing(flowchart(checked, graph, gallery.GALLERY, language="pt", path=path)).hard == ()


@pytest.mark.parametrize("seed", range(RANDOM))
def test_random_procedures_have_no_hard_defect(seed: int) -> None:
    report = check_drawing(flowchart(*stress(seed, size=8 + seed % 60), STRESS, language="pt"))
    assert report.hard == ()


def test_what_is_not_our_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="not an SVG of a drawing"):
        read_svg(b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>", _drawing().chart)
