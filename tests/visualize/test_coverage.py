"""The scenarios on a chart: numbers on the answers, red where nobody comes by, and everything in its place."""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree as ET

import pytest

from praxe.visualize import CasePath, CoverageMarks, CoverageWords, Drawing, flowchart, render, to_dot
from praxe.visualize.arrange import arrange
from praxe.visualize.layout.geometry import Box
from tests.visualize import checking, gallery, sample

SVG = checking.SVG
_PATHS = {"none": (), "one": (gallery.waiting_case(),), "some": (gallery.waiting_case(),) * 130 + (gallery.gap_case(),)}


def marks_of(*paths: CasePath) -> CoverageMarks:
    """Return the counts of some cases."""
    visits = [node for path in paths for node in {node for node, _ in path.visited}]
    taken = [(node, key) for path in paths for node, key in path.visited if key is not None]
    return CoverageMarks(
        visits={each: visits.count(each) for each in visits}, branches={each: taken.count(each) for each in taken}
    )


@cache
def drawing(name: str = "some", language: str = "pt") -> Drawing:
    checked, graph = gallery.gallery()
    return flowchart(checked, graph, gallery.GALLERY, language=language, coverage=marks_of(*_PATHS[name]))


@cache
def root(name: str = "some", language: str = "pt") -> ET.Element:
    return checking.read_svg(render(drawing(name, language), "svg"))


def by_id(name: str, *, of: str = "some") -> ET.Element:
    return next(each for each in root(of).iter() if each.get("id") == f"cobranca-{name}" or each.get("id") == name)


def classes(element: ET.Element) -> set[str]:
    return {name for each in element.iter() for name in each.get("class", "").split()}


def is_dashed(element: ET.Element) -> bool:
    return any("stroke-dasharray" in each.attrib for each in element.iter())


def test_each_answer_has_its_number() -> None:
    shown = {
        edge.key: checking.texts(by_id(f"count-{edge.id}")) for edge in drawing().chart.edges if edge.tab is not None
    }
    assert shown["0..15"] == ["130×"]
    assert shown["366+"] == ["1×"]
    assert shown["fechou"] == ["0×"]
    assert len(shown) < sum(text.endswith("×") for text in checking.texts(root())) - 1  # one key in several cards


def test_an_answer_that_nobody_gives_is_red_and_dashed_with_its_line() -> None:
    for name in ("motivo-0a1b2c--fechou", "edge-cobranca-motivo-0a1b2c--fechou"):
        assert "px-s-gap-line" in classes(by_id(name))
        assert is_dashed(by_id(name))
    for name in ("motivo-0a1b2c--preco", "edge-cobranca-motivo-0a1b2c--preco"):
        assert "px-s-gap-line" not in classes(by_id(name))
        assert not is_dashed(by_id(name))
    assert "px-f-red" in classes(by_id("count-edge-cobranca-motivo-0a1b2c--fechou"))
    assert "px-f-green" in classes(by_id("count-edge-cobranca-motivo-0a1b2c--preco"))


def test_a_gap_is_dashed_only_if_nobody_meets_it() -> None:
    assert not is_dashed(by_id("lacuna-0a1b2c"))
    assert not is_dashed(by_id("edge-cobranca-atraso-0a1b2c--366"))
    assert is_dashed(by_id("lacuna-0a1b2c", of="one"))


def test_the_more_scenarios_the_wider_the_line() -> None:
    few = by_id("edge-cobranca-atraso-0a1b2c--366").find(f"{SVG}path")
    many = by_id("edge-cobranca-atraso-0a1b2c--0-15").find(f"{SVG}path")
    assert few is not None and many is not None
    assert float(few.attrib["stroke-width"]) < float(many.attrib["stroke-width"])


@pytest.mark.parametrize("name", list(_PATHS))
def test_every_text_is_readable_and_inside_its_shape(name: str) -> None:
    for each in checking.written(root(name)):
        assert each.ground is not None
        assert each.left >= each.ground.left and each.right <= each.ground.right, each
        for dark in (False, True):
            assert checking.contrast(each.ink, each.fill, dark=dark) >= 4.5, each


def test_nothing_moves() -> None:
    checked, graph = gallery.gallery()
    plain = flowchart(checked, graph, gallery.GALLERY, language="pt")
    assert arrange(plain).layout == arrange(drawing()).layout
    ids = {card.id for card in plain.chart.cards}
    parts = [checking.extents(checking.read_svg(render(each, "svg")), ids) for each in (plain, drawing())]
    for one, other in ((parts[0][name], parts[1][name]) for name in ids):
        assert (one.left, one.right, one.height) == pytest.approx((other.left, other.right, other.height), abs=0.01)


@pytest.mark.parametrize("case", ["gallery", "email"])
def test_a_number_covers_no_card_but_its_own_and_no_other_number(case: str) -> None:
    if case == "gallery":
        shown = drawing()
    else:
        checked, graph = sample.email()
        shown = flowchart(checked, graph, sample.EMAIL, language="pt", coverage=marks_of(*[sample.email_case()] * 1234))
    svg = checking.read_svg(render(shown, "svg"))
    cards = checking.extents(svg, {card.id for card in shown.chart.cards})
    owners = {edge.id: card.id for edge in shown.chart.edges for card in shown.chart.cards if card.name == edge.source}
    numbers = checking.extents(svg, {f"count-{edge.id}" for edge in shown.chart.edges})
    assert len(numbers) > 5
    for name, number in numbers.items():
        own = owners[name.removeprefix("count-")]
        assert not [card for card, box in cards.items() if card != own and number.overlaps(box)]
        assert not [other for other, box in numbers.items() if other != name and number.overlaps(box)]
        assert cards[own].bottom - number.top < 5  # so that the answer above stays readable
        assert isinstance(number, Box)


def test_it_says_so_in_words() -> None:
    spoken = by_id("motivo-0a1b2c").attrib["aria-label"]
    assert "preço (131 cenários)" in spoken
    assert "encerrou a empresa (0 cenários)" in spoken
    assert by_id("abertura-0a1b2c").attrib["aria-label"].endswith("nenhum cenário passa por aqui.")
    assert by_id("count-edge-cobranca-motivo-0a1b2c--preco").get("aria-hidden") == "true"
    for language, legend in (("pt", {"n× nº de cenários", "nenhum cenário"}), ("en", {"n× number of scenarios"})):
        assert legend <= set(checking.texts(root("some", language)))
    assert "os cenários dão" in " ".join(checking.texts(root()))


def test_numbers_are_there_in_dot_too() -> None:
    assert "130×" in to_dot(drawing())
    assert "×" not in to_dot(flowchart(*gallery.gallery(), gallery.GALLERY, language="pt"))


def test_the_same_counts_give_the_same_file() -> None:
    checked, graph = gallery.gallery()
    again = flowchart(checked, graph, gallery.GALLERY, language="pt", coverage=marks_of(*_PATHS["some"]))
    assert render(again, "svg") == render(drawing(), "svg")


def test_a_path_and_a_coverage_are_not_shown_together() -> None:
    checked, graph = gallery.gallery()
    with pytest.raises(ValueError, match="not both"):
        flowchart(checked, graph, gallery.GALLERY, language="pt", path=gallery.gap_case(), coverage=marks_of())


def test_branches_have_the_words_of_the_chart() -> None:
    checked, graph = gallery.gallery()
    words = CoverageWords.of(checked, graph, "pt")
    said = {
        (words.question(branch), words.answer(branch))
        for node, branches in graph.branches.items()
        for branch in branches
        if graph.nodes[node].procedure == gallery.GALLERY and words.answer(branch)
    }
    tabs = {tab.text for card in drawing().chart.cards for tab in card.tabs}
    assert {answer for _, answer in said} == tabs
    assert all(question for question, _ in said)
    assert ("Qual é o motivo do pedido?", "preço") in said
    assert any(question.startswith("Aguardar · 4 dias úteis: ") for question, _ in said)
    assert words.title(gallery.GALLERY) == "Cobrança de boletos em aberto"
