"""The Mermaid export, read by Mermaid's own parser: what it reads is what we wrote, whatever the labels say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.tree import ProcedureName
from praxe.dsl.vocabulary import Color
from praxe.engine import Policy
from praxe.engine.graph import BranchKind
from praxe.visualize import summary
from praxe.visualize.chart import EdgeKind
from praxe.visualize.compose import compose
from praxe.visualize.errors import DrawingError
from praxe.visualize.measure import clean
from praxe.visualize.mermaid import MermaidPart, mermaid, no_links, to_mermaid
from praxe.visualize.mermaid_parts import MOST_CHARACTERS, MOST_EDGES
from praxe.visualize.mermaid_text import quoted, unquoted
from praxe.visualize.style import Shape
from tests.visualize.building import Builder, fact, outcome, policy, ref
from tests.visualize.node_tools import Reader, reader
from tests.visualize.sample import EMAIL, email
from tests.visualize.stress import STRESS, stress

ROOT = Path(__file__).parents[2]
POLICIES = sorted(path.parent.name for path in ROOT.glob("policy/*/policy.yaml"))
SHAPES = {
    Shape.START: "stadium",
    Shape.RETURN: "stadium",
    Shape.END: "stadium",
    Shape.STEPS: "square",
    Shape.GAP: "square",
    Shape.QUESTION: "hexagon",
    Shape.CALL: "subroutine",
    Shape.RETRY: "round",
    Shape.WAIT: "round",
}


@pytest.fixture(scope="module")
def parser() -> Iterator[Reader]:
    """Mermaid's parser: one process for all tests."""
    with reader("mermaid.mjs") as started:
        yield started


@cache
def real(name: str) -> Policy:
    return Policy.load(ROOT / "policy" / name)


def parsed(parser: Reader, part: MermaidPart) -> Any:
    """Return what Mermaid reads of a chart, which is within its limits."""
    assert len(part.text) <= MOST_CHARACTERS
    read = parser(part.text)
    assert "error" not in read, read["error"]
    assert len(read["edges"]) <= MOST_EDGES
    assert read["title"] == clean(part.title)
    used = {each for node in read["nodes"] for each in node["classes"]} - {"clickable"}
    assert used == set(read["classes"])
    return read


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("name", POLICIES)
def test_the_real_policies_are_read_whole(parser: Reader, name: str, language: str) -> None:
    checked, graph = real(name).checked, real(name).graph
    for procedure in checked.procedures:
        (part,) = mermaid(checked, graph, procedure, language=language, links=lambda each: f"{each}.md")
        read = parsed(parser, part)
        chart = compose(checked, graph, procedure, language=language, links=no_links)
        assert read["description"] == clean(chart.description)
        nodes = {node["id"]: node for node in read["nodes"]}
        assert list(nodes) == [card.name for card in chart.cards]
        for card in chart.cards:
            node = nodes[card.name]
            assert node["shape"] == SHAPES[card.shape]
            assert all(clean(row.text) in node["text"] for row in card.rows)
            assert (node["link"] is not None) == (card.shape is Shape.CALL)
        answers = {(edge["source"], edge["target"], edge["text"], edge["stroke"]) for edge in read["edges"]}
        tabs = {card.name: [tab.text for tab in card.tabs] for card in chart.cards}
        assert answers == {
            (
                edge.source,
                edge.target,
                "" if edge.tab is None else clean(tabs[edge.source][edge.tab]),
                "normal" if edge.kind is EdgeKind.PLAIN else "dotted",
            )
            for edge in chart.edges
        }


PIECES = (
    "style: a#b;",
    "classDef x:#1;",
    "%%{init: {}}%%",
    "%% nota",
    "subgraph",
    "end",
    "click n1",
    "--> n2",
    "---",
    "===",
    "***",
    "1. um",
    "- um",
    "+ um",
    "2) um",
    "> um",
    "# um",
    "| a | b |",
    "[x](y)",
    "![x](y)",
    "https://exemplo.com/a_b?c=d&e=f;g",
    "www.exemplo.com",
    "ana@exemplo.com",
    "fa:fa-car",
    "fab:fa-x",
    "$$x^2$$",
    "`code`",
    "**b** _i_ ~~s~~",
    "<b onclick='x'>&amp;</b>",
    "<br>",
    "&#35; #35; #quot; &nbsp;",
    "ﬂ°°35¶ß",
    '"',
    '""',
    "\\n \\",
    ";",
    "{{a}} [[b]] ((c))",
    "§ 4º — “x” ☎️ 漢字 e\u0301",
    "\u00ad\u200d\u2028",
    "javascript:alert(1)",
    "@{ shape: rect }",
    ":::k_step",
)
labels = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=5).map(" ".join) | st.lists(
    st.sampled_from(PIECES) | st.text(max_size=6), max_size=4
).map("".join)


@given(label=labels, answer=labels, title=labels)
def test_any_label_comes_back_as_it_was(parser: Reader, label: str, answer: str, title: str) -> None:
    lines = [
        "flowchart TB",
        f"accTitle: {unquoted(title)}",
        f"n1[{quoted([label])}]:::k_x",
        f"n2{{{{{quoted([label, 'x'])}}}}}",
    ]
    read = parser("\n".join([*lines, f"n1 -->|{quoted([answer])}| n2", "classDef k_x fill:#FFFFFF"]) + "\n")
    assert "error" not in read, read["error"]
    assert [node["id"] for node in read["nodes"]] == ["n1", "n2"]
    first, second = (node["text"] for node in read["nodes"])
    assert first == (clean(label) or "\u00a0")
    assert second == (f"{clean(label)}<br>x" if clean(label) else "x")
    assert read["edges"][0]["text"] == (clean(answer) or "\u00a0")
    assert read["title"].strip() == clean(title)


def test_every_kind_of_node_has_its_shape(parser: Reader) -> None:
    checked, graph = email()
    (part,) = mermaid(checked, graph, EMAIL, language="pt")
    shown = {node["shape"] for node in parsed(parser, part)["nodes"]}
    assert shown == set(SHAPES.values())


@pytest.mark.parametrize("name", POLICIES)
def test_the_summary_of_a_policy(parser: Reader, name: str) -> None:
    drawing = summary(real(name).checked, real(name).graph, language="pt")
    (part,) = to_mermaid(drawing)
    assert len(parsed(parser, part)["nodes"]) == len(drawing.chart.cards)


@pytest.mark.parametrize("seed", range(6))
def test_random_procedures(parser: Reader, seed: int) -> None:
    checked, graph = stress(seed, size=60)
    for part in mermaid(checked, graph, STRESS, language="en"):
        parsed(parser, part)


@pytest.mark.parametrize("size", [500, *([3000] if os.environ.get("PRAXE_DEEP") else [])])
def test_what_is_too_large_is_split_and_says_so(parser: Reader, size: int) -> None:
    checked, graph = stress(1, size=size)
    parts = mermaid(checked, graph, STRESS, language="pt")
    assert len(parts) > 1
    chart = compose(checked, graph, STRESS, language="pt", links=no_links)
    shown: list[str] = []
    inside = 0
    for number, part in enumerate(parts, start=1):
        read = parsed(parser, part)
        assert part.title == f"{chart.title} (parte {number} de {len(parts)})"
        assert f"Dividido em {len(parts)} partes" in read["description"]
        own = [node["id"] for node in read["nodes"] if node["classes"] != ["k_elsewhere"]]
        shown += own
        inside += sum(edge["source"] in own for edge in read["edges"])
    assert shown == [card.name for card in chart.cards]
    assert inside == len(chart.edges)


def test_a_card_that_mermaid_cannot_draw_is_refused() -> None:
    draw = Builder("p", "p")
    start, end = draw.start(), draw.end("end", "o")
    values = {f"v{each}": f"v{each}" for each in range(MOST_EDGES + 1)}
    test = draw.decide("d", ref("f"))
    draw.chain(start, test)
    for value in values:
        draw.go(test, end, BranchKind.VALUE, value)
    checked, graph = policy((draw,), facts=(fact("f", "f?", values=values),), outcomes=(outcome("o", "o", Color.RED),))
    with pytest.raises(DrawingError, match="Mermaid"):
        mermaid(checked, graph, ProcedureName("p"), language="en")


def test_an_unknown_procedure_is_refused() -> None:
    checked, graph = email()
    with pytest.raises(ValueError, match="nenhum"):
        mermaid(checked, graph, ProcedureName("nenhum"), language="pt")
