"""The finished SVG: what it says, in which colours, with which names."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from praxe.visualize import CasePath, Theme, flowchart, render
from praxe.visualize.palette import SHADES, Role
from tests.visualize import checking, gallery, sample
from tests.visualize.stress import STRESS, stress

SVG = checking.SVG
_CASES = {"": None, "waits": gallery.waiting_case(), "asks": gallery.asking_case(), "gap": gallery.gap_case()}


@cache
def _svg(case: str = "", language: str = "pt") -> bytes:
    checked, graph = gallery.gallery()
    return render(flowchart(checked, graph, gallery.GALLERY, language=language, path=_CASES[case]), "svg")


@cache
def _root(case: str = "", language: str = "pt") -> ET.Element:
    return checking.read_svg(_svg(case, language))


def _by_id(root: ET.Element, name: str) -> ET.Element:
    return next(each for each in root.iter() if each.get("id") == name)


def _classes(element: ET.Element) -> set[str]:
    return {name for each in element.iter() for name in each.get("class", "").split()}


# --- what it says -------------------------------------------------------------------------------------------------


def test_every_word_is_in_the_language_asked_for() -> None:
    pt, en = " ".join(checking.texts(_root())), " ".join(checking.texts(_root(language="en")))
    for word in ("Início", "PERGUNTAR", "DIGA", "REPETIR · ATÉ 3 VEZES", "AGUARDAR · 4 DIAS ÚTEIS", "ENQUANTO ISSO"):
        assert word in pt and word not in en
    for word in ("PROCEDIMENTO", "LACUNA NO TEXTO", "volta a quem chamou", "prazo esgotado", "outro caso", "pergunta"):
        assert word in pt and word not in en
    for word in ("Start", "ASK", "SAY", "RETRY · UP TO 3 TIMES", "WAIT · 4 BUSINESS DAYS", "MEANWHILE", "PROCEDURE"):
        assert word in en
    for word in ("GAP IN THE TEXT", "returns", "deadline passed", "otherwise", "question", "within 4 business days"):
        assert word in en


def test_steps_are_numbered_and_chips_are_there() -> None:
    texts = checking.texts(_root())
    assert [text for text in texts if text in {"1", "2", "3", "4"}] == ["1", "2", "3"]
    assert {"imediatamente", "Atendente N1", "em até 4 dias úteis"} <= set(texts)


def test_the_root_names_describes_and_scales() -> None:
    root = _root()
    assert root.get("lang") == "pt"
    assert root.get("role") == "graphics-document document"
    title, description = (_by_id(root, name) for name in root.attrib["aria-labelledby"].split())
    assert title.text == "Cobrança de boletos em aberto"
    assert description.text is not None and "lacuna no texto" in description.text
    _, _, width, height = (float(each) for each in root.attrib["viewBox"].split())
    assert float(root.attrib["width"]) == pytest.approx(width * 4 / 3, abs=1)
    assert float(root.attrib["height"]) == pytest.approx(height * 4 / 3, abs=1)
    assert root.attrib["style"] == "max-width:100%;height:auto"
    assert root.attrib["data-digest"].startswith("sha256:")


def test_every_card_is_spoken_of_and_no_line_is() -> None:
    groups = [each for each in _root().iter(f"{SVG}g") if each.get("class", "").startswith("node px-")]
    spoken = {each.attrib["id"]: each.attrib["aria-label"] for each in groups}
    assert {each.get("role") for each in groups} == {"graphics-symbol"}
    assert spoken["cobranca-motivo-0a1b2c"] == (
        "pergunta: Qual é o motivo do pedido? Respostas: preço, encerrou a empresa, outro caso."
    )
    assert spoken["cobranca-lacuna-0a1b2c"].startswith("Lacuna no texto: O texto não diz")
    assert "Insistir por e-mail e WhatsApp" in spoken["cobranca-esperar-0a1b2c"]
    assert all(each.get("aria-hidden") == "true" for each in _root().iter(f"{SVG}g") if each.get("class") == "edge")
    visited = _by_id(_root("waits"), "cobranca-atraso-0a1b2c").attrib["aria-label"]
    assert visited.endswith("no caminho deste caso.")


def test_cards_are_read_in_the_authors_order() -> None:
    checked, graph = gallery.gallery()
    expected = [card.id for card in flowchart(checked, graph, gallery.GALLERY, language="pt").chart.cards]
    for case in _CASES:
        groups = (
            each.get("id") for each in _root(case).iter(f"{SVG}g") if each.get("class", "").startswith("node px-")
        )
        assert list(groups) == expected


def test_the_only_tooltips_are_places_in_the_source_text() -> None:
    titles = [each.text for each in _root().iter(f"{SVG}title")]
    assert titles == ["Cobrança de boletos em aberto", "Boletos, parágrafo 6"]
    assert b"xlink:title" not in _svg()


# --- names and links ----------------------------------------------------------------------------------------------


def test_ids_are_stable_unique_and_plain() -> None:
    for case in _CASES:
        ids = [each.attrib["id"] for each in _root(case).iter() if "id" in each.attrib]
        assert max(Counter(ids).values()) == 1
        assert all(re.fullmatch(r"[A-Za-z][\w-]*", name, re.ASCII) for name in ids)
        assert {"cobranca-dizer-0a1b2c", "cobranca-motivo-0a1b2c--preco", "edge-cobranca-motivo-0a1b2c--preco"} <= set(
            ids
        )


def test_a_call_is_a_link_and_nothing_else_is() -> None:
    links = list(_root().iter(f"{SVG}a"))
    assert [each.get("href") for each in links] == ["dominios.svg"]
    assert [each.get("{http://www.w3.org/1999/xlink}href") for each in links] == ["dominios.svg"]
    assert "".join(links[0].itertext()).split() == ["PROCEDIMENTO", "Domínios"]


def test_a_tab_is_one_group_with_its_frame() -> None:
    tab = _by_id(_root(), "cobranca-motivo-0a1b2c--preco")
    assert [each.tag.removeprefix(SVG) for each in tab] == ["path", "text", "path"]


# --- colours ------------------------------------------------------------------------------------------------------


def test_one_svg_holds_both_themes() -> None:
    style = next(_root().iter(f"{SVG}style")).text or ""
    dark = style.partition("@media screen and (prefers-color-scheme:dark)")[2]
    used = {name for name in _classes(_root()) if name.startswith(("px-f-", "px-s-"))}
    assert used and dark
    for name in used:
        role = Role[name[5:].replace("-", "_").upper()]
        assert f".{name}{{{'fill' if name.startswith('px-f') else 'stroke'}:{SHADES[role][1]}}}" in dark


def test_every_colour_belongs_to_a_role() -> None:
    shades = {light for light, _ in SHADES.values()}
    for case in _CASES:
        for element in _root(case).iter():
            assert element.get("fill", "none") in {"none", *shades}
            assert element.get("stroke", "none") in {"none", *shades}


def test_a_single_theme_carries_no_other() -> None:
    checked, graph = gallery.gallery()
    drawing = flowchart(checked, graph, gallery.GALLERY, language="pt")
    dark = render(drawing, "svg", theme=Theme.DARK, embed_font=False).decode()
    assert "prefers-color-scheme" not in dark and "font-face" not in dark
    assert SHADES[Role.PAGE][1] in dark and f'fill="{SHADES[Role.CARD][0]}"' not in dark


def test_the_font_travels_along() -> None:
    style = next(_root().iter(f"{SVG}style")).text or ""
    assert style.count("@font-face") == 2
    assert "font-family:'Praxe Inter',Inter" in style
    assert not any("font-family" in each.attrib for each in _root().iter())


@pytest.mark.parametrize("case", list(_CASES))
def test_every_text_is_readable_and_inside_its_shape(case: str) -> None:
    _check_texts(_root(case))


@pytest.mark.parametrize("seed", range(6))
def test_random_texts_are_inside_their_shapes(seed: int) -> None:
    drawing = flowchart(*stress(seed), STRESS, language="pt")
    _check_texts(checking.read_svg(render(drawing, "svg")))


def test_the_email_chart_and_its_case_are_readable() -> None:
    for path in (None, sample.email_case()):
        _check_texts(
            checking.read_svg(render(flowchart(*sample.email(), sample.EMAIL, language="pt", path=path), "svg"))
        )


def _check_texts(root: ET.Element) -> None:
    written = list(checking.written(root))
    assert len(written) > 10
    for each in written:
        assert each.ground is not None
        assert each.left >= each.ground.left and each.right <= each.ground.right, each
        for dark in (False, True):
            assert checking.contrast(each.ink, each.fill, dark=dark) >= 4.5, each


def test_a_gap_is_red_and_dashed_and_so_is_its_line() -> None:
    gap, line = _by_id(_root(), "cobranca-lacuna-0a1b2c"), _by_id(_root(), "edge-cobranca-atraso-0a1b2c--366")
    assert {"px-f-gap", "px-s-gap-line"} <= _classes(gap)
    assert any("stroke-dasharray" in each.attrib for each in gap.iter())
    assert any("stroke-dasharray" in each.attrib for each in line.iter())
    assert "px-s-gap-line" in _classes(line)


def test_outcomes_have_the_colours_of_the_vocabulary() -> None:
    for key, role in (
        ("fim_retido", "green"),
        ("fim_cancelado", "red"),
        ("fim_acordo", "amber"),
        ("fim_juridico", "purple"),
    ):
        assert f"px-f-{role}" in _classes(_by_id(_root(), f"cobranca-{key}-0a1b2c"))


# --- a case -------------------------------------------------------------------------------------------------------


def test_the_path_is_lit_and_the_rest_is_dim() -> None:
    root = _root("waits")
    assert "px-f-path" in _classes(_by_id(root, "cobranca-motivo-0a1b2c--preco"))
    assert "px-f-dim" in _classes(_by_id(root, "cobranca-motivo-0a1b2c--fechou"))
    assert _classes(_by_id(root, "edge-cobranca-motivo-0a1b2c--preco")) == {"edge", "px-s-path", "px-f-path"}
    assert "px-s-dim-edge" in _classes(_by_id(root, "edge-cobranca-motivo-0a1b2c--fechou"))
    assert "px-f-question" in _classes(_by_id(root, "cobranca-atraso-0a1b2c"))
    assert "px-f-question" not in _classes(_by_id(root, "cobranca-abertura-0a1b2c"))
    assert "px-f-purple" not in _classes(_by_id(root, "cobranca-fim_juridico-0a1b2c"))
    assert "caminho deste caso" in checking.texts(root)


@pytest.mark.parametrize(
    ("case", "expected"),
    [("waits", "AGUARDANDO ATÉ 26/11/2026"), ("asks", "PERGUNTAR AGORA"), ("gap", "O TEXTO NÃO DECIDE")],
)
def test_the_place_where_a_case_stands_has_a_badge(case: str, expected: str) -> None:
    assert checking.texts(_by_id(_root(case), "badge-cobranca")) == [expected]


def test_a_case_inside_a_call_is_shown_at_the_call() -> None:
    checked, graph = gallery.gallery()
    here = gallery.case(("start", "next"), ("protocolo", "next"), ("dominios", None))
    inside = next(name for name, node in graph.nodes.items() if node.procedure == "dominios")
    path = CasePath(visited=(*here.visited, (inside, None)), stopped_at=inside, stop=gallery.asking_case().stop)
    root = checking.read_svg(render(flowchart(checked, graph, gallery.GALLERY, language="pt", path=path), "svg"))
    assert checking.texts(_by_id(root, "badge-cobranca")) == ["O CASO ESTÁ AQUI"]


def test_a_way_taken_without_an_answer_is_followed_and_claims_none() -> None:
    checked, graph = gallery.gallery()
    path = gallery.case(("start", None), ("protocolo", None), ("dizer", None), ("motivo", None), ("dominio", None))
    root = checking.read_svg(render(flowchart(checked, graph, gallery.GALLERY, language="pt", path=path), "svg"))
    assert "px-s-path" in _classes(_by_id(root, "edge-cobranca-start-0a1b2c--next"))
    assert "px-s-path" in _classes(_by_id(root, "edge-cobranca-motivo-0a1b2c--fechou"))
    assert "px-f-path" not in _classes(_by_id(root, "cobranca-motivo-0a1b2c--fechou"))


def test_lines_of_the_path_are_painted_last() -> None:
    checked, graph = sample.email()
    root = checking.read_svg(
        render(flowchart(checked, graph, sample.EMAIL, language="pt", path=sample.email_case()), "svg")
    )
    lit = ["px-s-path" in _classes(each) for each in root.iter(f"{SVG}g") if each.get("class") == "edge"]
    wires = [each.get("id", "") for each in root.iter(f"{SVG}g") if each.get("class") == "edge"]
    first = wires.index("edge-cancelamento_email-s2_espera_boleto-0a1b2c--passed")
    other = wires.index("edge-cancelamento_email-s2_espera_pago-0a1b2c--passed")
    assert any(lit) and not all(lit)
    assert other < first  # both lead to the same card and share a stretch
