"""From a graph to cards."""

from __future__ import annotations

import pytest

from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import BranchKind
from praxe.visualize import CasePath, Drawing, flowchart, sibling_file
from praxe.visualize.chart import Card, Chart, ChipKind, EdgeKind
from praxe.visualize.identify import slug, slugs
from praxe.visualize.links import safe_link
from praxe.visualize.style import Shape, State
from tests.visualize import gallery, sample
from tests.visualize.building import Builder, fact, policy, ref


def _chart(language: str = "pt") -> Chart:
    checked, graph = gallery.gallery()
    return flowchart(checked, graph, gallery.GALLERY, language=language).chart


def _card(chart: Chart, key: str) -> Card:
    return next(card for card in chart.cards if card.id in {f"cobranca-{key}-0a1b2c", f"steps-cobranca-{key}-0a1b2c"})


def test_steps_that_follow_one_another_share_a_card() -> None:
    steps = _card(_chart(), "dizer")
    assert [row.text for row in steps.rows] == [
        "“Bom dia! Em que posso ajudar?”",
        "Enviar o Caso para a fila FOOD - ADMINISTRATIVO/FINANCEIRO",
        "Registrar a movimentação: ‹Protocolo›",
    ]
    assert [row.tag for row in steps.rows] == ["Diga", None, None]
    assert [[(chip.kind, chip.text) for chip in row.chips] for row in steps.rows] == [
        [],
        [(ChipKind.DUE, "imediatamente"), (ChipKind.ACTOR, "Atendente N1")],
        [(ChipKind.DUE, "em até 4 dias úteis")],
    ]
    assert steps.rows[0].notes == ("Fale com calma e não interrompa o cliente.",)
    assert steps.rows[2].source == "Boletos, parágrafo 6"


def test_a_step_that_others_lead_to_begins_a_card() -> None:
    draw = Builder("p", "P")
    start, test = draw.start(), draw.decide("d", ref("f"))
    first, second, third = draw.step("a", "Um"), draw.step("b", "Dois"), draw.step("c", "Três")
    draw.chain(start, test)
    draw.fork(test, first, second)
    draw.chain(first, second, third, draw.back())
    chart = flowchart(*policy((draw,), facts=(fact("f", "F?"),)), ProcedureName("p"), language="pt").chart
    assert [[row.text for row in card.rows] for card in chart.cards if card.shape is Shape.STEPS] == [
        ["Um"],
        ["Dois", "Três"],
    ]


def test_answers_are_tabs_in_the_authors_order() -> None:
    chart = _chart()
    assert [tab.text for tab in _card(chart, "motivo").tabs] == ["preço", "encerrou a empresa", "outro caso"]
    assert [tab.text for tab in _card(chart, "atraso").tabs] == ["0 a 15 dias", "16 a 365 dias", "366 dias ou mais"]
    assert [tab.text for tab in _card(chart, "ligar").tabs] == ["sim", "não, nas 3 vezes"]
    assert [tab.text for tab in _card(chart, "esperar").tabs] == ["chegou", "prazo esgotado"]
    edges = [edge for edge in chart.edges if edge.source == _card(chart, "motivo").name]
    assert [(edge.tab, edge.key) for edge in edges] == [(0, "preco"), (1, "fechou"), (2, "otherwise")]


def test_tags_and_duties() -> None:
    chart = _chart()
    wait = _card(chart, "esperar")
    assert wait.tag == "Aguardar · 4 dias úteis"
    assert [row.text for row in wait.duties] == [
        "Insistir por e-mail e WhatsApp",
        "Avisar o líder do time de atendimento quando faltar um dia",
    ]
    assert _card(chart, "ligar").tag == "Repetir · até 3 vezes"
    assert _card(chart, "lacuna").tag == "Lacuna no texto"
    assert _card(chart, "protocolo").tag == "Perguntar"
    email = flowchart(*sample.email(), sample.EMAIL, language="pt").chart
    assert "Aguardar · até o fim do período de utilização" in {card.tag for card in email.cards}


def test_a_return_is_drawn_once_for_each_card_that_leads_to_it() -> None:
    chart = _chart()
    returns = [card for card in chart.cards if card.shape is Shape.RETURN]
    assert len(returns) == 4
    assert len({card.id for card in returns}) == 4
    assert {row.text for card in returns for row in card.rows} == {"volta a quem chamou"}
    entries = [edge.target for edge in chart.edges if edge.target in {card.name for card in returns}]
    assert len(entries) == len(set(entries))


def test_a_procedure_that_nobody_calls_just_ends() -> None:
    draw = Builder("p", "P")
    draw.chain(draw.start(), draw.back())
    chart = flowchart(*policy((draw,)), ProcedureName("p"), language="en").chart
    assert [card.rows[0].text for card in chart.cards] == ["Start", "end of the procedure"]
    assert chart.legend == ()


def test_the_legend_names_only_what_occurs() -> None:
    draw = Builder("p", "P")
    draw.chain(draw.start(), draw.step("a", "Um"), draw.gap("g", "?"))
    chart = flowchart(*policy((draw,)), ProcedureName("p"), language="pt").chart
    assert chart.legend == ((Shape.STEPS, "passo"), (Shape.GAP, "lacuna no texto"))
    assert [edge.kind for edge in chart.edges] == [EdgeKind.PLAIN, EdgeKind.GAP]


def test_title_version_and_description() -> None:
    pt, en = _chart(), _chart("en")
    assert (pt.title, en.title) == ("Cobrança de boletos em aberto", "Unpaid invoices")
    assert pt.subtitle == ("Cobrança", "versão 2026-11", "em vigor desde 22/11/2026")
    assert en.subtitle == ("Sample policy", "version 2026-11", "in force since 2026-11-22")
    assert "7 perguntas, 1 espera, 1 repetição" in pt.description
    assert _card(en, "abertura").rows[0].text == "Does the customer let you look into it?"


def test_a_call_is_linked_where_the_caller_wants() -> None:
    checked, graph = gallery.gallery()

    def href(drawing: Drawing) -> str | None:
        return _card(drawing.chart, "dominios").href

    assert href(flowchart(checked, graph, gallery.GALLERY, language="pt")) == "dominios.svg"
    assert href(flowchart(checked, graph, gallery.GALLERY, language="pt", links=lambda name: f"#{name}")) == "#dominios"
    assert href(flowchart(checked, graph, gallery.GALLERY, language="pt", links=lambda name: None)) is None
    assert sibling_file(gallery.GALLERY) == "cobranca.svg"


def test_an_unknown_procedure_or_language_is_refused() -> None:
    checked, graph = gallery.gallery()
    with pytest.raises(ValueError, match="no procedure 'outra'"):
        flowchart(checked, graph, ProcedureName("outra"), language="pt")
    with pytest.raises(ValueError, match="language 'de'"):
        flowchart(checked, graph, gallery.GALLERY, language="de")


def test_every_branch_is_an_edge() -> None:
    _, graph = gallery.gallery()
    chart = _chart()
    inside = {row.node for card in chart.cards for row in card.rows}
    branches = {(each.source, each.key) for found in graph.branches.values() for each in found if each.source in inside}
    joined = {(before.node, BranchKind.NEXT.value) for card in chart.cards for before in card.rows[:-1]}
    assert {(edge.node, edge.key) for edge in chart.edges} == branches - joined
    assert len({edge.id for edge in chart.edges}) == len(chart.edges)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("telefone.svg", "telefone.svg"),
        ("#telefone", "#telefone"),
        ("../a/b.html?x=1&y=2", "../a/b.html?x=1&y=2"),
        ("https://exemplo.com/a b", "https://exemplo.com/a%20b"),
        ("mailto:a@exemplo.com", "mailto:a@exemplo.com"),
        ("solicitação.svg", "solicita%C3%A7%C3%A3o.svg"),
        ("javascript:alert(1)", None),
        (" JaVa\x00Script:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//outro.exemplo", None),
        ("", None),
        (None, None),
    ],
)
def test_only_safe_links_are_kept(target: str | None, expected: str | None) -> None:
    assert safe_link(target) == expected


def test_ids_are_plain_and_told_apart() -> None:
    assert slug("rc_triagem/ação-x1") == "rc_triagem-acao-x1"
    assert slug("漢字") == "n"
    assert slug("a/b--0..15|17+") == "a-b--0-15-17"
    assert slugs(["a/b", "a b", "a/b"]) == {"a/b": "a-b", "a b": "a-b-2"}


def test_of_the_copies_of_a_return_only_the_one_a_case_came_in_at_is_lit() -> None:
    draw = Builder("p", "P")
    start, test = draw.start(), draw.decide("d", ref("f"))
    one, other, back = draw.step("a", "Um"), draw.step("b", "Dois"), draw.back()
    draw.chain(start, test)
    draw.fork(test, one, other)
    draw.chain(one, back)
    draw.chain(other, back)
    checked, graph = policy((draw,), facts=(fact("f", "F?"),))
    path = CasePath(visited=((start, "next"), (test, "yes"), (one, "next"), (back, None)))
    drawing = flowchart(checked, graph, ProcedureName("p"), language="pt", path=path)
    marks = drawing.marks
    assert marks is not None
    returns = [card for card in drawing.chart.cards if card.shape is Shape.RETURN]
    lit = [card for card in returns if marks.of_card(card) is State.ON]
    assert len(returns) == 2 and len(lit) == 1
    assert [marks.of_edge(edge) for edge in drawing.chart.edges if edge.target == lit[0].name] == [State.ON]
