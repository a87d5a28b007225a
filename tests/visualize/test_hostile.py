"""Texts that try to break out of a picture, or merely are strange, in every place that holds a text."""

from __future__ import annotations

import pytest

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ClauseId, ProcedureName
from praxe.dsl.vocabulary import Clause, Color
from praxe.engine.graph import BranchKind, DecisionGraph
from praxe.visualize import Drawing, backend, flowchart, render
from praxe.visualize.measure import clean
from tests.visualize import checking
from tests.visualize.building import SPAN, Builder, action, business_days, fact, literal, outcome, policy, ref, words

HOSTILE = (
    '"><script>alert(1)</script>',
    "<b>&amp;</b> & &lt; \\N \\G \\l \\",
    "javascript:alert(1)",
    "a\x00b\x01c\x1fd\x7f",
    "x" * 300,
    "palavra" * 60 + " curta " + "https://exemplo.com/" + "a/" * 90,
    "☎️ 🎉 漢字 e\u0301",
    "\ud800 meio \udfff",
    "<TABLE><TR>",
    "%s {fila} {0} }{",
    "",
    "   ",
    "n1:o0:s",
    "]]>--> <!-- ",
    "\u202ertl\u202c",
    "\ufffe\uffff",
    "'\"`",
    "<>",
    "\\",
    '\\"',
    "&#0; &nbsp; &quot",
    "\n\t\r\nlinha\vnova",
)


def hostile(text: str) -> tuple[CheckedPolicy, DecisionGraph]:
    """Return a policy with a text in every place that holds one."""
    draw = Builder("p", text)
    start, test = draw.start(), draw.decide("d", ref("f"), notes=(text,))
    say = draw.step("say", text, notes=(text,), says=True)
    act = draw.step("act", action="act", arguments={"fila": literal(text)}, clauses=("c",))
    call, gap, end = draw.call("call", "other"), draw.gap("gap", text), draw.end("end", "o")
    wait = draw.wait("wait", "f", business_days(1), (draw.loose_step("duty", text),))
    draw.chain(start, test)
    draw.either(test, v=say, w=gap)
    draw.chain(say, act, call, wait)
    draw.go(wait, end, BranchKind.CAME)
    draw.go(wait, end, BranchKind.PASSED)
    place = Clause(
        name=ClauseId("c"), document="d", section=text, locator=text, kind="x", paraphrase=words(text), span=SPAN
    )
    return policy(
        (draw,),
        facts=(fact("f", text, label=text, values={"v": text, "w": text}),),
        actions=(action("act", text, text=text, actor=text, params=("fila",)),),
        outcomes=(outcome("o", text, Color.RED),),
        clauses=(place,),
        others={"other": text},
        title=text,
    )


def _drawing(text: str) -> Drawing:
    return flowchart(*hostile(text), ProcedureName("p"), language="pt", links=lambda _: text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_strange_text_is_only_a_text(text: str) -> None:
    drawing = _drawing(text)
    svg = render(drawing, "svg")
    root = checking.read_svg(svg)
    assert {each.tag.removeprefix(checking.SVG) for each in root.iter()} <= {
        "svg", "title", "desc", "style", "g", "a", "path", "polygon", "polyline", "ellipse", "text",
    }  # fmt: skip
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert "javascript" not in value or name == "aria-label"
    flat = "".join(checking.texts(root)).replace(" ", "")
    assert clean(text).replace(" ", "") in flat


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_strange_text_stays_inside_its_shape(text: str) -> None:
    for each in checking.written(checking.read_svg(render(_drawing(text), "svg"))):
        assert each.ground is not None
        assert each.left >= each.ground.left and each.right <= each.ground.right, each


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_strange_text_makes_valid_files_of_every_format(text: str) -> None:
    drawing = _drawing(text)
    assert render(drawing, "png").startswith(b"\x89PNG")
    assert render(drawing, "pdf").startswith(b"%PDF")
    checking.read_svg(backend.run(render(drawing, "dot").decode(), program="dot", form="svg"))
