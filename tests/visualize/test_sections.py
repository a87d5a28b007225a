"""The sections of a chart, and the frames behind them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from praxe.dsl.tree import ProcedureName
from praxe.visualize import Drawing, flowchart, render
from praxe.visualize.layout.frames import frames
from praxe.visualize.layout.geometry import Box, Layout, Point, Wire
from praxe.visualize.placing import lay_out
from praxe.visualize.section_frames import extent, framed
from tests.visualize import checking, real

EVERY = [(name, procedure) for name in real.POLICIES for procedure in real.policy(name).checked.procedures]
SECTIONS = {
    "rc_triagem": ["Natureza do motivo: Motivo técnico", "Natureza do motivo: Motivo não técnico"],
    "promad_chat": ["Chat ficou inativo: sim", "Chat ficou inativo: não"],
    "promad_negocio": ["Falou por telefone: sim", "Falou por telefone: não, nas 3 vezes"],
    "promad_negocio_sem_retorno": ["Há outros sócios-administradores: não", "Há outros sócios-administradores: sim"],
    "promad_responsabilidade": [
        "Dias desde a primeira movimentação: mais de 30 dias",
        "Dias desde a primeira movimentação: até 30 dias",
    ],
    "promad_recusar_terceiro": [
        "Canal: Telefone",
        "Canal: Negócio (e-mail ou formulário)",
        "Canal: Chat ou Outro (WhatsApp, presencial, rede social)",
    ],
}


def drawing_of(name: str, procedure: str) -> Drawing:
    """Return the flowchart of a procedure."""
    opened = real.policy(name)
    return flowchart(opened.checked, opened.graph, ProcedureName(procedure), language="pt")


@pytest.mark.parametrize(("name", "procedure"), EVERY)
def test_a_section_is_what_one_answer_leads_to(name: str, procedure: str) -> None:
    chart = drawing_of(name, procedure).chart
    assert [each.title for each in chart.sections] == SECTIONS.get(procedure, [])
    for section in chart.sections:
        entries = [edge for edge in chart.edges if edge.target in section.cards and edge.source not in section.cards]
        assert len(entries) == 1 and entries[0].tab is not None
    assert not any(one.cards & other.cards for one, other in combinations(chart.sections, 2))


@pytest.mark.parametrize("procedure", sorted(SECTIONS))
def test_a_frame_holds_its_cards_and_nothing_else(procedure: str) -> None:
    drawing = drawing_of(procedure.partition("_")[0], procedure)
    layout = lay_out(drawing)
    found = framed(drawing.chart, layout)
    assert [each.name for each in found] in ([each.id for each in drawing.chart.sections], [])
    assert found or procedure == "promad_chat"  # where keeping the two apart would make lines cross
    for frame, section in zip(found, drawing.chart.sections, strict=bool(found)):
        for card, box in layout.boxes.items():
            assert frame.overlaps(box) == (card in section.cards)
            if card in section.cards:
                assert frame.left < box.left and box.right < frame.right
                assert frame.top < box.top and box.bottom < frame.bottom
    assert not any(one.overlaps(other) for one, other in combinations(found, 2))
    room = extent(drawing.chart, layout)
    assert all(room.left <= each.left and each.right <= room.right for each in found)


def test_the_frames_are_drawn_below_everything_and_named() -> None:
    drawing = drawing_of("promad", "promad_recusar_terceiro")
    root = checking.read_svg(render(drawing, "svg"))
    kinds = [each.get("class", "").split()[0] for each in root.iter(f"{checking.SVG}g") if each.get("class")]
    drawn = [kind for kind in kinds if kind in {"cluster", "edge", "node"}]
    assert drawn[:3] == ["cluster"] * 3 and "cluster" not in drawn[3:]
    frames_drawn = checking.extents(root, {each.id for each in drawing.chart.sections})
    assert len(frames_drawn) == 3


def test_no_frame_is_drawn_if_one_would_hold_what_is_not_in_it() -> None:
    boxes = {name: Box(name, x, 0, x + 50, 40) for name, x in (("a", 0), ("b", 100), ("c", 300))}
    apart = Layout(boxes, ())
    assert len(frames(apart, {"s": frozenset({"a", "b"}), "t": frozenset({"c"})})) == 2
    assert frames(apart, {"s": frozenset({"a", "c"})}) == ()
    passing = Wire("w", "c", "c", (Point(75, -50), Point(75, 90)))
    assert frames(Layout(boxes, (passing,)), {"s": frozenset({"a", "b"})}) == ()
    assert len(frames(Layout(boxes, (replace(passing, tail="a"),)), {"s": frozenset({"a", "b"})})) == 1
